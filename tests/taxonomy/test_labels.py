"""Labels, references and generic labels: lookup, prohibition, the choice by language (rendering.md 1.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from recto.names import ROLE_DOCUMENTATION, ROLE_LABEL, ROLE_TERSE, QName
from recto.taxonomy.companions import companion_urls
from recto.taxonomy.documentation import Documentation
from recto.taxonomy.dts import DTS
from tests.taxonomy.samples import (
    BASE,
    Texts,
    arc,
    items,
    label,
    label_arc,
    link,
    linkbase,
    linkbase_ref,
    load,
    loc,
    schema,
)

T = "http://example.com/t"


def _documents(*linkbases: str, head: str = "") -> dict[str, str]:
    refs = head + "".join(linkbase_ref(f"{at}.xml") for at in range(len(linkbases)))
    documents = {f"{at}.xml": linkbase(text) for at, text in enumerate(linkbases)}
    return {"t.xsd": schema(items("a b"), head=refs), **documents}


def _a(taxonomy: DTS):  # type: ignore[no-untyped-def]
    concept = taxonomy.concept(QName(T, "a"))
    assert concept is not None
    return concept


def _labels(*labels: str) -> str:
    arcs = label_arc("a", "l")
    return link("link:labelLink", loc("a") + "".join(labels) + arcs)


@pytest.mark.parametrize(
    ("tags", "wanted", "chosen"),
    [
        (["en-GB", "en-US"], ["en-US"], "en-US"),
        (["en-GB", "EN-us"], ["en-US"], "EN-us"),
        (["en-GB", "en"], ["en-US"], "en"),
        (["zh", "zh-Hant"], ["zh-Hant-TW"], "zh-Hant"),
        (["de-AT-x", "de-AT"], ["de"], "de-AT"),
        (["en-AU", "es"], ["en-US"], "en-AU"),
        (["es"], ["en-US", "en-GB"], None),
        (["es", "en"], ["fr", "es"], "es"),
        (["fr", "es"], ["es", "fr"], "es"),
    ],
)
def test_choice_by_language(tags: Sequence[str], wanted: Sequence[str], chosen: str | None) -> None:
    taxonomy = load(_documents(_labels(*(label("l", tag, tag) for tag in tags))))
    assert taxonomy.label(_a(taxonomy), ROLE_LABEL, wanted) == chosen


def test_labels_by_priority_then_document_order(dts: Callable[..., DTS]) -> None:
    body = loc("a") + label("x", " X ") + label("y", "Y") + label("z", "Z", role="terseLabel")
    arcs = label_arc("a", "x") + label_arc("a", "y", 'priority="2"') + label_arc("a", "z")
    taxonomy = dts(_documents(link("link:labelLink", body + arcs)))
    assert [(each.text, each.priority) for each in taxonomy.labels(_a(taxonomy))] == [("Y", 2), (" X ", 0), ("Z", 0)]
    assert taxonomy.label(_a(taxonomy)) == "Y"
    assert taxonomy.label(_a(taxonomy), ROLE_TERSE) == "Z"
    assert taxonomy.label(_a(taxonomy), ROLE_DOCUMENTATION) is None
    assert taxonomy.label(_a(taxonomy), ROLE_LABEL, link_role="urn:other") is None


def test_labels_of_one_priority_stand_by_the_order_of_their_arcs(dts: Callable[..., DTS]) -> None:
    body = loc("a") + label("x", " X ") + label("y", "Y") + label("z", "Z", role="terseLabel")
    arcs = label_arc("a", "x", 'order="3"') + label_arc("a", "y", 'order="2"') + label_arc("a", "z")
    taxonomy = dts(_documents(link("link:labelLink", body + arcs)))
    assert [(each.text, each.priority) for each in taxonomy.labels(_a(taxonomy))] == [("Z", 0), ("Y", 0), (" X ", 0)]
    assert taxonomy.label(_a(taxonomy)) == "Y"
    assert taxonomy.label(_a(taxonomy), ROLE_TERSE) == "Z"
    assert taxonomy.label(_a(taxonomy), ROLE_DOCUMENTATION) is None
    assert taxonomy.label(_a(taxonomy), ROLE_LABEL, link_role="urn:other") is None


def test_prohibition_of_a_label_in_another_document(dts: Callable[..., DTS]) -> None:
    old = link("link:labelLink", loc("a") + label("l", "old", id_="old") + label_arc("a", "l"))
    body = loc("a") + loc("l", "0.xml#old") + label_arc("a", "l", 'use="prohibited" priority="1"')
    taxonomy = dts(_documents(old, link("link:labelLink", body + label("n", "new") + label_arc("a", "n"))))
    assert [each.text for each in taxonomy.labels(_a(taxonomy))] == ["new"]
    assert not list(taxonomy.findings)


def test_labels_of_a_concept_pointed_to_by_position(dts: Callable[..., DTS]) -> None:
    body = loc("a", "t.xsd#element(/1/3)") + label("l", "text") + label_arc("a", "l")
    taxonomy = dts(_documents(link("link:labelLink", body)))
    assert taxonomy.label(_a(taxonomy)) == "text"


def test_same_id_in_another_schema_is_another_concept(dts: Callable[..., DTS]) -> None:
    body = loc("a", "u.xsd#t_a") + label("l", "other") + label_arc("a", "l")
    documents = {**_documents(link("link:labelLink", body)), "u.xsd": schema(items("a"), namespace="urn:u")}
    taxonomy = dts(documents)
    assert taxonomy.labels(_a(taxonomy)) == ()
    other = taxonomy.concept(QName("urn:u", "a"))
    assert other is not None
    assert taxonomy.label(other) == "other"


def test_markup_in_a_label_and_inherited_language(dts: Callable[..., DTS]) -> None:
    markup = '<p xmlns="http://www.w3.org/1999/xhtml">one <b>two</b></p> three'
    text = f'<link:label xlink:type="resource" xlink:label="l" xlink:role="{ROLE_LABEL}">{markup}</link:label>'
    (found,) = (
        taxonomy.labels(_a(taxonomy))
        for taxonomy in [dts({"t.xsd": schema(items("a"), head=linkbase_ref("l.xml")), "l.xml": _in_english(text)})]
    )
    assert [(each.text, each.language) for each in found] == [("one two three", "en")]


def _in_english(text: str) -> str:
    return linkbase(link("link:labelLink", loc("a") + text + label_arc("a", "l")), 'xml:lang="en"')


def test_references_by_arc_line_with_their_parts(dts: Callable[..., DTS]) -> None:
    def reference(name: str, number: str) -> str:
        return (
            f'<link:reference xlink:type="resource" xlink:label="{name}" xlink:role="urn:r" '
            f'xmlns:ref="http://www.xbrl.org/2006/ref"><ref:Name>N</ref:Name><ref:Number> {number} </ref:Number>'
            "</link:reference>"
        )

    def reference_arc(name: str) -> str:
        return arc("a", name, "", "link:referenceArc", "http://www.xbrl.org/2003/arcrole/concept-reference")

    body = loc("a") + reference("r1", "1") + reference("r2", "2")
    later, sooner = "\n\n" + reference_arc("r1"), "\n" + reference_arc("r2")
    taxonomy = dts(
        _documents(link("link:referenceLink", body + later), link("link:referenceLink", body + sooner, "urn:x"))
    )
    found = taxonomy.references(_a(taxonomy))
    assert [each.arc_line for each in found] == [2, 3]
    assert [(part.local, text) for part, text in found[0].parts] == [("Name", "N"), ("Number", " 2 ")]
    assert found[0].role == "urn:r"


def test_generic_label_of_a_role_type(dts: Callable[..., DTS]) -> None:
    role_type = (
        '<link:roleType roleURI="urn:r" id="r"><link:definition>definition</link:definition>'
        "<link:usedOn>link:presentationLink</link:usedOn></link:roleType>"
    )
    resource = (
        '<label:label xlink:type="resource" xlink:label="l" xml:lang="en" '
        'xlink:role="http://www.xbrl.org/2008/role/label"> generic </label:label>'
    )
    labelled = arc("r", "l", "", "gen:arc", "http://xbrl.org/arcrole/2008/element-label")
    documents = _documents(link("gen:link", loc("r", "t.xsd#r") + resource + labelled), head=role_type)
    taxonomy = dts(documents)
    assert taxonomy.role_definition("urn:r") == "generic"
    assert not list(taxonomy.findings)


def test_companions_stand_beside_the_dts() -> None:
    body = loc("a") + label("l", "what it is", role="documentation") + label_arc("a", "l")
    documents = {
        **_documents(_labels(label("l", "A"))),
        "doc.xml": linkbase(link("link:labelLink", body + loc("b", "unknown.xsd#b"))),
        "ref.xsd": schema(head=linkbase_ref("doc.xml"), namespace="urn:ref"),
    }
    taxonomy = load(documents)
    assert taxonomy.label(_a(taxonomy), ROLE_DOCUMENTATION) is None
    before = list(taxonomy.documents)
    documentation = Documentation(taxonomy, [BASE + "ref.xsd", BASE + "gone.xml"])
    assert documentation.label(_a(taxonomy), ROLE_DOCUMENTATION) == "what it is"
    assert documentation.label(_a(taxonomy)) == "A"
    assert taxonomy.label(_a(taxonomy), ROLE_DOCUMENTATION) is None
    assert list(taxonomy.documents) == before
    assert "urn:ref" not in taxonomy.namespaces()
    assert [(each.code, each.severity) for each in documentation.findings] == [("info:unableToAddOnLinkbase", "info")]
    assert not list(taxonomy.findings)


@pytest.mark.parametrize(
    ("url", "companions"),
    [
        ("http://xbrl.sec.gov/dei/2019/dei-2019-01-31.xsd", ["dei-doc-2019-01-31.xml", "dei-ref-2019-01-31.xml"]),
        ("http://xbrl.sec.gov/dei/2022/dei-2022.xsd", ["dei-2022_doc.xsd", "dei-2022_ref.xsd"]),
        ("https://xbrl.sec.gov/ecd/2024/ecd-2024.xsd", []),
        ("http://taxonomies.xbrl.us/us-gaap/2009/elts/us-gaap-2009-01-31.xsd", []),
        (
            "http://taxonomies.xbrl.us/us-gaap/2009/non-gaap/dei-2009-01-31.xsd",
            ["dei-doc-2009-01-31.xml", "dei-ref-2009-01-31.xml"],
        ),
        ("https://xbrl.sec.gov/dei/2024/dei-2024.xsd", ["dei-2024_doc.xsd", "dei-2024_ref.xsd"]),
        ("https://xbrl.sec.gov/country/2024/country-2024.xsd", ["country-2024_doc.xsd"]),
        ("https://xbrl.sec.gov/exch/2021/exch-2021.xsd", ["exch-2021_doc.xsd", "exch-2021_ref.xsd"]),
        ("https://xbrl.sec.gov/vip/2022/vip-2022.xsd", ["vip-2022_ref.xsd"]),
        ("https://xbrl.sec.gov/currency/2024/currency-2024.xsd", []),
        ("https://xbrl.sec.gov/exch/2023/exch-2023.xsd", ["exch-2023_doc.xsd", "exch-2023_ref.xsd"]),
        ("https://xbrl.sec.gov/exch/2024/exch-2024.xsd", ["exch-2024_doc.xsd"]),
        ("https://xbrl.sec.gov/oef/2024/oef-2024.xsd", []),
        (
            "http://xbrl.fasb.org/us-gaap/2016/elts/us-gaap-2016-01-31.xsd",
            ["us-gaap-doc-2016-01-31.xml", "us-gaap-ref-2016-01-31.xml"],
        ),
        (
            "http://xbrl.ifrs.org/taxonomy/2017-03-09/full_ifrs/full_ifrs-cor_2017-03-09.xsd",
            ["labels/doc_full_ifrs-en_2017-03-09.xml", "linkbases/ias_1/ref_ias_1_2017-03-09.xml"],
        ),
    ],
)
def test_companions_of_standard_schemas(url: str, companions: list[str]) -> None:
    folder = url.rpartition("/")[0] + "/"
    others = ("x-doc-2024.xml", *(url[len(folder) : -4] + end for end in ("_doc.xsd", "_ref.xsd")))
    present = {folder + name: "" for name in (*companions, *others)}
    documents = {url: schema(items("a"), namespace="urn:std"), **present}
    resolver = Texts(documents, frozenset(documents))
    import recto.taxonomy

    taxonomy = recto.taxonomy.load([url], resolver)
    assert companion_urls(taxonomy.members, {"urn:std"}, resolver) == [folder + name for name in companions]
    assert companion_urls(taxonomy.members, {"urn:other"}, resolver) == []
