"""Real filings: the inline document says what its extraction by the SEC says; documents reveal where facts stand."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from recto import instance
from recto.instance import Instance, ancestors, element_of
from recto.instance.write_xml import to_xml
from recto.sources import open_source
from recto.taxonomy.store import Store
from recto.xml import file_url
from tests.instance.test_write_xml import aspects


def read(kind: str, path: Path, shared_data: Path) -> Instance:
    source = open_source(path.parent, taxonomies=[shared_data / "taxonomies"], offline=True)
    store = Store(os.environ["RECTO_CACHE_DIR"])
    return instance.load(SimpleNamespace(kind=kind, urls=(file_url(path),)), source.resolver, store=store)[0]


PAIRS = ["aapl-2025q2-10q/aapl-20250329", "acorn-2025-8k/form8-k", "sgml-8k-2025b/ea0238372-8k_abvcbio"]


@pytest.mark.parametrize("stem", PAIRS)
def test_extraction_agrees_with_the_sec(shared_data: Path, stem: Any) -> None:
    path = shared_data / "filings" / stem
    inline = read("inline", path.with_suffix(".htm"), shared_data)
    extracted = read("xbrl", path.with_name(path.name + "_htm.xml"), shared_data)
    assert inline.name == path.name + "_htm.xml"
    assert [fact.id for fact in inline.facts] == [fact.id for fact in extracted.facts]
    assert [aspects(inline, fact) for fact in inline.facts] == [aspects(extracted, fact) for fact in extracted.facts]
    assert inline.schema_refs == extracted.schema_refs
    assert set(inline.contexts) == set(extracted.contexts)
    assert not list(inline.findings)
    assert not list(extracted.findings)


def test_the_list_of_pairs_is_complete(shared_data: Path) -> None:
    folders = shared_data / "filings"
    found = {
        f"{path.parent.name}/{path.name.removesuffix('_htm.xml')}"
        for path in folders.glob("*/*_htm.xml")
        if path.with_name(path.name.removesuffix("_htm.xml") + ".htm").exists()
    }
    assert found == set(PAIRS)


@pytest.mark.parametrize("name", ["aapl-2025q2-10q", "pg-2019-10k", "bst-2016-sample"])
def test_ancestors_and_counts_as_metalinks_has_them(shared_data: Path, name: Any) -> None:
    expected = json.loads((shared_data / "expected" / name / "MetaLinks.json").read_text())
    for document, said in expected["instance"].items():
        found = read("inline", shared_data / "filings" / name / document, shared_data)
        facts: dict[tuple[str, str], list] = {}
        for fact in found.facts:
            facts.setdefault((element_of(found, fact).get("name"), fact.context_id), []).append(fact)
        anchors = [
            page[key] for page in said["report"].values() for key in ("firstAnchor", "uniqueAnchor") if page[key]
        ]
        assert anchors
        for anchor in anchors:
            around = [list(ancestors(found, fact)) for fact in facts[anchor["name"], anchor["contextRef"]]]
            assert anchor["ancestors"] in around
        hidden = Counter(fact.qname.namespace for fact in found.facts if fact.hidden and fact.valid)
        assert dict(hidden) == {key: count for key, count in said["hidden"].items() if key != "total"}
        assert len(found.contexts) == said["contextCount"]


def test_long_text_blocks_and_footnotes_survive_the_way_through_xml(shared_data: Path) -> None:
    found = read("inline", shared_data / "filings" / "pg-2019-10k" / "fy181910-kreport.htm", shared_data)
    assert len(found.facts) == 1908
    assert sum(map(len, found.links.values())) == 339
    text = to_xml(found)
    source = open_source(shared_data / "filings" / "pg-2019-10k", taxonomies=[shared_data / "taxonomies"], offline=True)
    resolver = SimpleNamespace(read=lambda url: text if url.endswith("pg_htm.xml") else source.resolver.read(url))
    entry = SimpleNamespace(kind="xbrl", urls=(found.url.rpartition("/")[0] + "/pg_htm.xml",))
    (again,) = instance.load(entry, resolver, taxonomies=lambda urls: found.taxonomy)
    valid = [fact for fact in found.facts if fact.valid]
    assert [fact.value for fact in found.facts if not fact.valid] == ["Ohio", "310411980"]
    assert [aspects(again, fact) for fact in again.facts] == [aspects(found, fact) for fact in valid]
