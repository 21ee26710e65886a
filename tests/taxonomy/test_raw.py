"""Documents as written, for validation; and what a DTS frees when it is let go."""

from __future__ import annotations

import gc
import weakref

from recto.names import XLINK
from recto.taxonomy import raw
from recto.taxonomy.compiled import MemoryDocument
from recto.taxonomy.discovery import LoadedDocument
from tests.taxonomy.samples import BASE, arc, items, label, link, linkbase, linkbase_ref, load, loc, schema

NAMESPACE = "http://example.com/let-go"
DOCUMENTS = {
    "t.xsd": schema(items("a b a"), namespace=NAMESPACE, head=linkbase_ref("l.xml")),
    "l.xml": linkbase(
        link(
            "link:presentationLink",
            "<link:documentation>note</link:documentation>"
            + loc("a")
            + loc("lost")
            + label("l", "text")
            + "\n"
            + arc("a", "nothing", 'use="prohibited" xlink:title="t" id="i"'),
        )
    ),
}


def test_everything_as_written() -> None:
    taxonomy = load(DOCUMENTS)
    ((document, found),) = raw.links(taxonomy, local=True)
    assert document.url == BASE + "l.xml"
    assert found.attributes[f"{{{XLINK}}}type"] == "extended"
    assert [each.attributes[f"{{{XLINK}}}label"] for each in found.locators] == ["a", "lost"]
    assert [each.name.rpartition("}")[2] for each in found.others] == ["documentation"]
    (only,) = found.arcs
    assert (only.line, only.attributes["id"], only.attributes[f"{{{XLINK}}}title"]) == (2, "i", "t")
    assert len(found.resources) == 1
    assert [record.name for _, record in raw.elements(taxonomy, local=True)] == ["a", "b", "a"]
    assert taxonomy.document_tree(BASE + "l.xml").root.tag.endswith("}linkbase")


def test_a_dts_that_is_let_go_waits_for_no_collection() -> None:
    gc.collect()
    gc.disable()
    try:
        taxonomy = load(DOCUMENTS)
        for arcrole in taxonomy.arcroles():
            taxonomy.roles(arcrole)
        alive = weakref.ref(taxonomy)
        del taxonomy
        assert alive() is None
        kinds = (LoadedDocument, MemoryDocument)
        left = [each for each in gc.get_objects() if isinstance(each, kinds) and each.namespace == NAMESPACE]
        assert left == []
    finally:
        gc.enable()
