"""Discovery of a DTS (XBRL 2.1, 3.2): which documents, in which order, and what is reported on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recto.names import QName
from recto.taxonomy.dts import DTS
from tests.taxonomy.samples import BASE, arc, item, items, link, linkbase, linkbase_ref, load, loc, schema

T = "http://example.com/t"


def _import(namespace: str, location: str) -> str:
    return f'<xs:import namespace="{namespace}" schemaLocation="{location}"/>'


def _urls(dts: DTS) -> list[str]:
    return [url.removeprefix(BASE) for url in dts.documents if url.startswith(BASE)]


def _codes(dts: DTS) -> list[tuple[str, str | None, int | None]]:
    return [(each.code, (each.document or "").removeprefix(BASE), each.line) for each in dts.findings]


def test_depth_first_in_document_order(dts: Callable[..., DTS]) -> None:
    documents = {
        "t.xsd": schema(_import("urn:a", "a.xsd") + _import("urn:b", "b.xsd"), head=linkbase_ref("pre.xml")),
        "a.xsd": schema(_import("urn:c", "sub/c.xsd"), namespace="urn:a"),
        "b.xsd": schema(_import("urn:a", "a.xsd") + _import("urn:c", "sub/c.xsd"), namespace="urn:b"),
        "sub/c.xsd": schema(_import(T, "../t.xsd"), namespace="urn:c"),
        "pre.xml": linkbase(link("link:presentationLink", loc("x", "d.xsd#t_x"))),
        "d.xsd": schema(item("x"), namespace="urn:d"),
    }
    taxonomy = dts(documents)
    assert _urls(taxonomy) == ["t.xsd", "pre.xml", "d.xsd", "a.xsd", "sub/c.xsd", "b.xsd"]
    assert taxonomy.documents[BASE + "pre.xml"].first_link == "presentationLink"
    assert taxonomy.documents[BASE + "d.xsd"].referenced_from == BASE + "pre.xml"
    assert taxonomy.namespaces()[0] == T
    assert not list(taxonomy.findings)
    assert taxonomy.concept(QName("urn:d", "x")) is not None
    appinfo = f"<xs:annotation><xs:appinfo>{linkbase_ref('pre.xml')}</xs:appinfo></xs:annotation>"
    documents["t.xsd"] = schema(_import("urn:a", "a.xsd") + appinfo + _import("urn:b", "b.xsd"))
    assert _urls(dts(documents)) == ["t.xsd", "a.xsd", "sub/c.xsd", "pre.xml", "d.xsd", "b.xsd"]


def test_core_schemas_are_listed_without_being_read(dts: Callable[..., DTS]) -> None:
    taxonomy = dts({"t.xsd": schema()})
    assert "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd" in taxonomy.documents
    assert "http://www.xbrl.org/2003/xlink-2003-12-31.xsd" in taxonomy.documents
    assert taxonomy.concept(QName.of("{http://www.xbrl.org/2003/instance}item")) is not None


def test_http_and_https_are_one_document() -> None:
    documents = {
        "t.xsd": schema(_import("urn:a", "a.xsd") + _import("urn:a", "https://example.com/t/a.xsd")),
        "a.xsd": schema(namespace="urn:a"),
    }
    taxonomy = load(documents)
    assert _urls(taxonomy) == ["t.xsd", "a.xsd"]
    assert not list(taxonomy.findings)


def test_chameleon_includes_take_the_namespace_of_each_includer(dts: Callable[..., DTS]) -> None:
    part = schema(
        '<xs:complexType name="own"><xs:simpleContent><xs:extension base="xbrli:stringItemType"/></xs:simpleContent>'
        "</xs:complexType>" + item("x", "own"),
        namespace="",
    )
    documents = {
        "t.xsd": schema('<xs:include schemaLocation="part.xsd"/>' + _import("urn:a", "a.xsd")),
        "a.xsd": schema('<xs:include schemaLocation="part.xsd"/>', namespace="urn:a"),
        "part.xsd": part,
    }
    taxonomy = dts(documents)
    for namespace in (T, "urn:a"):
        concept = taxonomy.concept(QName(namespace, "x"))
        assert concept is not None
        assert concept.type is not None
        assert concept.type.qname == QName(namespace, "own")
        assert concept.type.xsd_base == "string"
    assert taxonomy.concept(QName("", "x")) is None
    assert not list(taxonomy.findings)


def test_redefined_type_derives_from_the_original(dts: Callable[..., DTS]) -> None:
    simple = '<xs:simpleType name="code"><xs:restriction base="{}">{}</xs:restriction></xs:simpleType>'
    redefinition = simple.format("t:code", '<xs:maxLength value="3"/>')
    documents = {
        "t.xsd": schema(f'<xs:redefine schemaLocation="old.xsd">{redefinition}</xs:redefine>'),
        "old.xsd": schema(simple.format("xs:token", '<xs:minLength value="1"/>')),
    }
    type_ = dts(documents).type(QName(T, "code"))
    assert type_ is not None
    assert [each.facets for each in type_.chain()][:2] == [{"maxLength": "3"}, {"minLength": "1"}]
    assert type_.xsd_base == "token"


def test_embedded_linkbase_and_xml_base(dts: Callable[..., DTS]) -> None:
    embedded = (
        '<link:linkbase xml:base="sub/">'
        + link("link:presentationLink", loc("a", "d.xsd#t_a") + loc("b", "d.xsd#t_b") + arc("a", "b"))
        + "</link:linkbase>"
    )
    documents = {"t.xsd": schema(head=embedded), "sub/d.xsd": schema(items("a b"), namespace="urn:d")}
    taxonomy = dts(documents)
    network = taxonomy.network("http://www.xbrl.org/2003/arcrole/parent-child", "http://www.xbrl.org/2003/role/link")
    assert [each.target.qname.local for each in network.relationships] == ["b"]
    assert not list(taxonomy.findings)


def test_missing_documents_are_reported_where_they_are_referred_to(dts: Callable[..., DTS]) -> None:
    documents = {
        "t.xsd": schema("\n" + _import("urn:gone", "gone.xsd") + item("a"), head=linkbase_ref("pre.xml")),
        "pre.xml": linkbase("\n\n" + link("link:presentationLink", loc("x", "lost.xsd#x"))),
    }
    taxonomy = dts(documents)
    assert _codes(taxonomy) == [("recto:missingDocument", "pre.xml", 3), ("recto:missingDocument", "t.xsd", 2)]
    assert all("offline" in each.message for each in taxonomy.findings)
    assert taxonomy.concept(QName(T, "a")) is not None


def test_a_truncated_document_gives_what_can_be_read() -> None:
    text = schema("\n" + item("a") + "\n" + item("b"))
    taxonomy = load({"t.xsd": text[: text.index("b", text.index('name="a"')) + 20]})
    assert {each.code for each in taxonomy.findings} <= {"xml:notWellFormed", "xml:truncated"}
    assert taxonomy.findings.has_errors
    assert taxonomy.concept(QName(T, "a")) is not None


def test_references_to_something_else() -> None:
    documents = {
        "t.xsd": schema(
            _import("urn:other", "a.xsd") + _import("urn:l", "pre.xml") + '<xs:include schemaLocation="a.xsd"/>',
            head=linkbase_ref("a.xsd") + linkbase_ref("page.xml"),
        ),
        "a.xsd": schema(namespace="urn:a"),
        "pre.xml": linkbase(""),
        "page.xml": "<html/>",
    }
    assert [code for code, _, _ in _codes(load(documents))] == [
        "recto:wrongRoot",
        "recto:wrongRoot",
        "xmlSchema:src-import.3",
        "recto:wrongRoot",
        "xmlSchema:src-include.2",
    ]


def test_locators_that_lead_nowhere_are_found_in_the_filing() -> None:
    documents = {
        "t.xsd": schema(items("a"), head=linkbase_ref("pre.xml")),
        "pre.xml": linkbase(link("link:presentationLink", loc("a") + "\n" + loc("b") + arc("a", "b"))),
    }
    taxonomy = load(documents)
    assert _codes(taxonomy) == [("xbrl.3.5.3.7.2", "pre.xml", 2)]
    assert list(taxonomy.roles("http://www.xbrl.org/2003/arcrole/parent-child")) == []


@pytest.mark.parametrize("entries", [("t.xsd",), ("gone.xsd",)])
def test_what_cannot_be_read_at_all(entries: tuple[str, ...]) -> None:
    taxonomy = load({"t.xsd": b"PK\x03\x04 no XML"}, *entries)
    assert len(list(taxonomy.findings)) == 1
    assert not taxonomy.documents


def test_long_chains_of_imports_need_no_deep_recursion() -> None:
    documents = {
        f"{at}.xsd": schema(_import(f"urn:{at + 1}", f"{at + 1}.xsd"), namespace=f"urn:{at}") for at in range(1500)
    }
    assert len(load(documents, "0.xsd").namespaces()) == 1500 + 4
