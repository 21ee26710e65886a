"""Where findings lead, and which text blocks of two filings differ."""

from __future__ import annotations

import shutil
from pathlib import Path

import recto
from recto.findings import Finding
from recto.viewer import Description
from recto.viewer.differences import text_changes
from recto.viewer.places import Places


def test_lines_around_a_finding_are_told_and_long_ones_cut() -> None:
    long = b"x" * 1000 + b'<a id="f-7"/>' + b"y" * 1000
    files: dict[str, object] = {"folder/a.xml": b"one\r\ntwo\n" + long + b"\nfour\nfive\nsix"}
    places = Places(files, ())

    def lines(line: int | None, **more: object) -> tuple[int, tuple[str, ...]]:
        return places.lines(Finding("code", "error", "message", document="http://x/a.xml", line=line, **more))  # type: ignore[arg-type]

    assert lines(1) == (1, ("one", "two", lines(1)[1][2]))
    first, found = lines(3, facts=("f-7",))
    assert (first, len(found)) == (1, 5)
    assert "f-7" in found[2]
    assert len(found[2]) < 230
    assert lines(6) == (4, ("four", "five", "six"))
    assert lines(7) == lines(None) == (0, ())
    assert Places({}, ()).lines(Finding("code", "error", "message", document="a.xml", line=1)) == (0, ())


def test_a_finding_leads_to_the_page_of_its_role_or_concept(data: Path) -> None:
    filing = recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True)
    places = Places({}, filing.rendered.reports)

    def page(subject: str | None, *arguments: tuple[str, str]) -> tuple[int, int]:
        return places.page(Finding("code", "error", "message", subject=subject, arguments=arguments))

    assert page("http://www.example.org/orchard/role/BalanceSheet") == (1, -1)
    assert page("us-gaap:InventoryNet") == (1, 2)
    assert page("D2024", ("concept", "us-gaap:InventoryWriteDown")) == (3, 2)
    assert page("us-gaap:NoSuchThing") == page(None) == (-1, -1)


def test_text_blocks_that_differ(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data / "inline", tmp_path / "later")
    path = tmp_path / "later" / "orchard-20241231.htm"
    path.write_text(path.read_text("utf-8").replace("is insured", "has burnt down"), "utf-8")
    before, after = (
        Description(recto.open(source, taxonomies=[data / "mirror"], offline=True))
        for source in (data / "inline", tmp_path / "later")
    )
    name = "us-gaap:InventoryDisclosureTextBlock"
    assert [(each["kind"], each["concept"]) for each in text_changes(before, after)] == [("changed", name)]
    assert text_changes(before, before) == []
