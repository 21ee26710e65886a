"""Networks of relationships: base sets, equivalence, prohibition, override (XBRL 2.1, 3.5.3.9.7)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from recto.names import ARC_DIMENSION_DEFAULT, ARC_DOMAIN_MEMBER, ARC_PARENT_CHILD, ROLE_LINK, QName
from recto.taxonomy.dts import DTS
from recto.taxonomy.nodes import Node
from tests.taxonomy.samples import BASE, arc, items, link, linkbase, linkbase_ref, load, loc, schema

T = "http://example.com/t"
LINK = "link:presentationLink"
DEFINITION = "http://example.com/def"


def _documents(*linkbases: str, names: str = "a b c d", body: str = "") -> dict[str, str]:
    refs = "".join(linkbase_ref(f"{at}.xml") for at in range(len(linkbases)))
    documents = {f"{at}.xml": linkbase(text) for at, text in enumerate(linkbases)}
    return {"t.xsd": schema(items(names) + body, head=refs), **documents}


def _pairs(dts: DTS, role: str = ROLE_LINK, arcrole: str = ARC_PARENT_CHILD) -> list[str]:
    network = dts.network(arcrole, role)
    return [f"{each.source.qname.local}>{each.target.qname.local}" for each in network.relationships]


LOCS = loc("a") + loc("b") + loc("c") + loc("d")


def test_order_of_children_and_roots(dts: Callable[..., DTS]) -> None:
    arcs = arc("d", "c") + arc("a", "b", 'order="2"') + arc("a", "c", 'order="1.5"') + arc("a", "d", 'order="2.0"')
    taxonomy = dts(_documents(link(LINK, LOCS + arcs)))
    network = taxonomy.network(ARC_PARENT_CHILD, ROLE_LINK)
    a, d = (taxonomy.concept(QName(T, name)) for name in "ad")
    assert a is not None
    assert d is not None
    assert _pairs(taxonomy) == ["d>c", "a>b", "a>c", "a>d"]
    assert [each.target.qname.local for each in network.children(a)] == ["c", "b", "d"]
    assert [each.source.qname.local for each in network.parents(d)] == ["a"]
    assert network.roots == (a,)
    assert network.children(d)[0].order == 1.0
    assert taxonomy.network(ARC_PARENT_CHILD, "urn:none").relationships == ()


@pytest.mark.parametrize(
    ("first", "second", "stays"),
    [
        ("", 'use="prohibited"', False),
        ("", 'use="prohibited" priority="1"', False),
        ('priority="2"', 'use="prohibited" priority="1"', True),
        ('order="1"', 'use="prohibited" order="1.0"', False),
        ('order="1"', 'use="prohibited"', False),
        ('order="2"', 'use="prohibited"', True),
        ('preferredLabel="urn:x"', 'use="prohibited"', True),
        ('t:d="1.0"', 't:d="01" use="prohibited"', False),
        ('t:f="1.0"', 't:f="10e-1" use="prohibited"', False),
        ('t:b="1"', 't:b="true" use="prohibited"', False),
        ('t:s="1"', 't:s="1.0" use="prohibited"', True),
        ("", 't:s="1" use="prohibited"', True),
        ('xlink:title="x" id="i"', 'xlink:title="y" use="prohibited"', False),
        ('xbrldt:closed="true"', 'xbrldt:closed="1" use="prohibited"', False),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_prohibition(dts: Callable[..., DTS], first: str, second: str, stays: bool, turned: bool) -> None:
    types = {"d": "decimal", "f": "double", "b": "boolean", "s": "string"}
    body = "".join(f'<xs:attribute name="{name}" type="xs:{type_}"/>' for name, type_ in types.items())
    pair = [arc("a", "b", f'xmlns:t="{T}" {each}') for each in (first, second)]
    if turned:
        pair.reverse()
    lone = link(LINK, LOCS + arc("c", "d"))
    taxonomy = dts(_documents(link(LINK, LOCS + pair[0]), link(LINK, LOCS + pair[1]), lone, body=body))
    assert _pairs(taxonomy) == (["a>b", "c>d"] if stays else ["c>d"])


def test_prohibition_is_a_matter_of_one_base_set() -> None:
    prohibited = arc("a", "b", 'use="prohibited"')
    other_role = link(LINK, LOCS + prohibited, "urn:other")
    other_link = link("link:definitionLink", LOCS + prohibited)
    other_arc = link(LINK, LOCS + arc("a", "b", 'use="prohibited"', "link:definitionArc"))
    taxonomy = load(_documents(link(LINK, LOCS + arc("a", "b")), other_role, other_link, other_arc))
    assert _pairs(taxonomy) == ["a>b"]
    assert taxonomy.roles(ARC_PARENT_CHILD) == (ROLE_LINK,)
    assert taxonomy.link_roles(ARC_PARENT_CHILD) == (ROLE_LINK, "urn:other")


def test_override_keeps_the_winner_only(dts: Callable[..., DTS]) -> None:
    low, high = arc("a", "b", 'xlink:title="low"'), arc("a", "b", 'xlink:title="high" priority="3"')
    taxonomy = dts(_documents(link(LINK, LOCS + low + arc("a", "c") + "\n" + high)))
    (first, second) = taxonomy.network(ARC_PARENT_CHILD, ROLE_LINK).relationships
    assert (first.target.qname.local, second.target.qname.local) == ("c", "b")
    assert (second.priority, second.line) == (3, 2)


def test_attributes_of_relationships(dts: Callable[..., DTS]) -> None:
    text = (
        'weight="-1.0" xmlns:x="urn:x" x:y="z" preferredLabel="urn:l" xbrldt:targetRole="urn:t" xbrldt:usable="false" '
        'xbrldt:closed="true" xbrldt:contextElement="scenario"'
    )
    (each,) = dts(_documents(link(LINK, LOCS + arc("a", "b", text)))).network(ARC_PARENT_CHILD, ROLE_LINK).relationships
    assert each.weight == Decimal("-1.0")
    assert (each.preferred_label, each.target_role) == ("urn:l", "urn:t")
    assert (each.usable, each.closed, each.context_element) == (False, True, "scenario")
    assert each.attributes == {QName("urn:x", "y"): "z"}
    assert each.document == BASE + "0.xml"


def test_labels_shared_by_several_nodes_make_several_relationships(dts: Callable[..., DTS]) -> None:
    body = loc("a") + loc("x", "t.xsd#t_b") + loc("x", "t.xsd#t_c") + arc("a", "x") + arc("x", "d") + loc("d")
    assert _pairs(dts(_documents(link(LINK, body)))) == ["a>b", "a>c", "b>d", "c>d"]


def test_pointers_by_position(dts: Callable[..., DTS]) -> None:
    body = loc("x", "t.xsd#element(/1/3)") + loc("y", "t.xsd#element(t_b)") + loc("z", "t.xsd#element(nothing)")
    taxonomy = dts(_documents(link(LINK, body + arc("x", "y") + arc("x", "z"))))
    assert _pairs(taxonomy) == ["a>b"]


def test_roles_in_document_order_without_those_that_have_nothing(dts: Callable[..., DTS]) -> None:
    first = link(LINK, LOCS + arc("a", "b"), "urn:2") + link(LINK, LOCS, "urn:empty")
    second = link(LINK, LOCS + arc("a", "b"), "urn:1") + link(LINK, LOCS + arc("a", "c"), "urn:2")
    gone = link(LINK, LOCS + arc("a", "b", 'use="prohibited"'), "urn:1")
    assert dts(_documents(first, second)).roles(ARC_PARENT_CHILD) == ("urn:2", "urn:1")
    taxonomy = dts(_documents(first, second, gone))
    assert taxonomy.roles(ARC_PARENT_CHILD) == ("urn:2",)
    assert _pairs(taxonomy, "urn:2") == ["a>b", "a>c"]
    assert taxonomy.arcroles() == (ARC_PARENT_CHILD,)


def test_restriction_to_a_link_or_arc_element() -> None:
    generic = link("gen:link", LOCS + arc("a", "c", kind="gen:arc"))
    taxonomy = load(_documents(link(LINK, LOCS + arc("a", "b")) + generic))
    gen = QName.of("{http://xbrl.org/2008/generic}link")
    assert _pairs(taxonomy) == ["a>b", "a>c"]
    only = taxonomy.network(ARC_PARENT_CHILD, ROLE_LINK, link=gen)
    assert [each.target.qname.local for each in only.relationships] == ["c"]
    none = taxonomy.network(ARC_PARENT_CHILD, ROLE_LINK, link=gen, arc=QName.of("{urn:x}arc"))
    assert none.relationships == ()


def test_dimension_default(dts: Callable[..., DTS]) -> None:
    def definition(arcrole: str, source: str, target: str) -> str:
        return arc(source, target, "", "link:definitionArc", arcrole)

    body = LOCS + definition(ARC_DIMENSION_DEFAULT, "a", "b") + definition(ARC_DOMAIN_MEMBER, "b", "c")
    taxonomy = dts(_documents(link("link:definitionLink", body)))
    a, b = (taxonomy.concept(QName(T, name)) for name in "ab")
    assert a is not None
    assert b is not None
    assert taxonomy.default_member(a) is b
    assert taxonomy.default_member(b) is None


def test_cycles_and_self_references_do_no_harm() -> None:
    taxonomy = load(_documents(link(LINK, LOCS + arc("a", "b") + arc("b", "a") + arc("c", "c"))))
    assert taxonomy.network(ARC_PARENT_CHILD, ROLE_LINK).roots == ()


def test_networks_over_resources(dts: Callable[..., DTS]) -> None:
    xlink = 'xlink:type="resource" xlink:label="{0}" id="{0}"'
    node = f'<t:rule xmlns:t="http://example.com/t" xmlns:p="urn:p" {xlink}>{{1}}</t:rule>'
    inner = '<t:part test="p:x">1<t:deep/>2</t:part>'
    arcs = "".join(
        arc(*ends, kind="gen:arc", arcrole="urn:r")
        for ends in (("m", "n", 'order="2"'), ("m", "a", 'order="1"'), ("m", "k"), ("m", "k", 'use="prohibited"'))
    )
    body = LOCS + node.format("m", inner) + node.format("n", "text") + node.format("k", "") + arcs
    taxonomy = dts(_documents(link("gen:link", body)))
    network = taxonomy.node_network("urn:r")
    assert len(network) == 2
    m = network.relationships[0].source
    assert isinstance(m, Node)
    assert taxonomy.node_at(m.document, "m") is m
    targets = [each.target for each in network.of(m)]
    assert targets[0] is taxonomy.concept(QName(T, "a"))
    assert isinstance(targets[1], Node)
    assert (targets[1].id, targets[1].text, targets[1].name.local) == ("n", "text", "rule")
    part = m.element.children[0]
    assert (part.get("test"), part.text, part.string, part.children[0].tail) == ("p:x", "1", "12", "2")
    assert part.namespaces["p"] == "urn:p"
    assert [each.id for each in taxonomy.nodes.resources()] == ["m", "n", "k"]
    assert taxonomy.network("urn:r", ROLE_LINK).relationships == ()
