"""The sample filings in a lake: it says what they say, to the last digit, and taking them in again changes nothing."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import recto
from recto.cli import main
from recto.lake import Lake, ingest
from recto.lake.care import vacuum, verify
from recto.lake.compaction import compact
from recto.lake.jobs import jobs_of
from recto.lake.names import standard_prefix
from recto.lake.places import Place
from recto.names import QName

EACH = int(os.environ.get("TEST_EACH_FILING", "12"))
"""Every so many-th filing is taken in; 1 for all of them."""


def test_the_lake_equals_its_filings(shared_data: Path, tmp_path: Path) -> None:
    opening: dict[str, Any] = {"taxonomies": [str(shared_data / "taxonomies")], "offline": True}
    paths = [path for path in sorted((shared_data / "filings").iterdir()) if path.is_dir()][::EACH]
    lake = tmp_path / "lake"
    report = ingest(paths, lake, workers=2, **opening)
    assert (report.state, report.taken + report.failed) == ("done", len(paths))
    assert report.failed == sum(not holds_report(path, opening) for path in paths), report.failures
    with Lake(lake) as opened:
        sources = {row["source"]: row for row in opened.sql("select * from filings where status = 'ok'").records()}
        compared = sum(compare(opened, row, path, opening) for path, row in sources.items())
        assert {True, False} == presented(opened)
    assert compared == report.facts
    before = contents(lake)
    report = ingest(paths, lake, workers=2, **opening)
    assert (report.taken, report.known) == (0, len(paths))
    assert contents(lake) == before, "no commit, no other file"
    assert [str(each) for each in verify(Place(lake), jobs_of([str(path) for path in sources]), opening=opening)] == []
    asked = [answers(lake)]
    compact(Place(lake), whole=True)
    asked.append(answers(lake))
    vacuum(Place(lake), hours=0)
    asked.append(answers(lake))
    assert asked[0] == asked[1] == asked[2]
    damaged = next((lake / "facts").glob("*.parquet"))
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[: len(whole) // 2] + bytes([whole[len(whole) // 2] ^ 1]) + whole[len(whole) // 2 + 1 :])
    assert main(["lake", "verify", "--lake", str(lake)]) == 1
    damaged.unlink()
    assert [each.code for each in verify(Place(lake))] == ["recto:lakeFile"]


def holds_report(path: Path, opening: dict[str, Any]) -> bool:
    with recto.open(path, **opening) as filing:
        return bool(filing.instances)


def compare(lake: Lake, row: dict[str, Any], path: str, opening: dict[str, Any]) -> int:
    """Each fact of a filing with its row; how many there are."""
    held = lake.sql("select * from facts where filing = ? order by fact", [row["filing"]]).records()
    texts = lake.sql("select fact, text from texts where filing = ?", [row["filing"]]).records()
    text = {each["fact"]: each["text"] for each in texts}
    with recto.open(path, **opening) as filing:
        facts = [fact for instance in filing.instances for fact in instance.facts if not fact.is_tuple]
        assert len(held) == len(facts) == row["facts"], path
        for number, (mine, fact) in enumerate(zip(held, facts, strict=True)):
            where = (path, fact.id, fact.qname)
            assert mine["concept"].rpartition(":")[2] == fact.qname.local.rpartition(":")[2], where
            standard = standard_prefix(fact.qname.namespace)
            assert standard is None or mine["concept"].partition(":")[0] == standard, where
            assert (mine["id"], mine["nil"], mine["valid"]) == (fact.id, fact.nil, fact.valid), where
            value = text.get(number) if mine["value"] is None else mine["value"]
            assert value == (fact.value if fact.valid and not fact.nil else None), where
            if fact.is_numeric and value is not None and mine["number"] is not None:
                assert mine["number"] == Decimal(value) == fact.number, where
            assert (mine["is_exact"] is True) == (fact.decimals == "INF"), where
            assert mine["decimals"] == (fact.decimals if isinstance(fact.decimals, int) else None), where
            if fact.context is None:
                continue
            assert (mine["entity"], mine["scheme"]) == (fact.context.identifier, fact.context.scheme), where
            last = fact.period.last_day
            assert mine["end"] == (last.date() if last else None), where
            assert mine["start"] == (fact.period.start.date() if fact.period.start else None), where
            assert members(mine["dimensions"]) == Counter(
                (axis.local, member.local if isinstance(member, QName) else member.text)
                for axis, member in fact.context.dimensions.items()
            ), where
    return len(facts)


def presented(lake: Lake) -> set[bool]:
    """That cells have the numbers of their facts, with the sign that their labels give; which signs there are."""
    cells = lake.sql("""select c.number as shown, c.presented, coalesce(c.label_role, '') like '%negated%' as turned,
        f.number from cells c join facts f using (filing, fact) where f.number is not null""").records()
    for row in cells:
        assert row["shown"] == row["number"]
        assert row["presented"] == (-row["number"] if row["turned"] else row["number"])
    return {row["turned"] for row in cells}


def members(dimensions: str | None) -> Counter[tuple[str, Any]]:
    """Axis and member without prefixes; a typed member as it is."""
    found = json.loads(dimensions or "{}")
    return Counter(
        (axis.rpartition(":")[2], value.rpartition(":")[2] if isinstance(value, str) and "://" not in value else value)
        for axis, value in found.items()
    )


def contents(lake: Path) -> dict[str, str]:
    """Digest of every file but the reports of runs."""
    return {
        str(path.relative_to(lake)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in lake.rglob("*")
        if path.is_file() and path.parent.name != "_runs"
    }


def answers(lake: Path) -> list[Any]:
    """Rows and sums of every table, and of the views."""
    with Lake(lake) as opened:
        tables = ("filings", "facts", "texts", "concepts", "labels", "arcs", "pages", "cells", "findings", "footnotes")
        views = ("reported", "latest", "restatements", "companies")
        return [
            opened.sql(f"select count(*) as n, sum(hash(t)::hugeint) as h from {name} t").records()
            for name in (*tables, *views)
        ]
