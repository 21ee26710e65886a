"""Dimensions 1.0: contexts and facts against hypercubes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Check = Callable[..., list[str]]
DIM = "http://xbrl.org/int/dim/arcrole/"
ARCROLES = ("all", "notAll", "hypercube-dimension", "dimension-domain", "domain-member", "dimension-default")
REFERENCES = "".join(
    f'<link:arcroleRef xlink:type="simple" arcroleURI="{DIM}{name}"'
    f' xlink:href="http://www.xbrl.org/2005/xbrldt-2005.xsd#{name}"/>'
    for name in ARCROLES
)
NAMES = ("Total", "Part", "Cube", "Axis", "Typed", "Domain", "Member")


def arc(arcrole: str, source: str, target: str, extra: str = "") -> str:
    return (
        f'<link:definitionArc xlink:type="arc" xlink:arcrole="{DIM}{arcrole}" xlink:from="{source}"'
        f' xlink:to="{target}" {extra}/>'
    )


def linkbase(*arcs: str) -> str:
    """Defaults stand in a link of their own: no two arcs of one link connect the same ends."""
    locs = "".join(f'<link:loc xlink:type="locator" xlink:href="t.xsd#{name}" xlink:label="{name}"/>' for name in NAMES)
    links = ("".join(each for each in arcs if each is not DEFAULT), DEFAULT if DEFAULT in arcs else "")
    role = "http://www.xbrl.org/2003/role/link"
    return REFERENCES + "".join(
        f'<link:definitionLink xlink:type="extended" xlink:role="{role}">{locs}{link}</link:definitionLink>'
        for link in links
    )


ALL = arc("all", "Total", "Cube", 'xbrldt:contextElement="segment" xbrldt:closed="true"')
EXPLICIT = (
    ALL,
    arc("hypercube-dimension", "Cube", "Axis"),
    arc("dimension-domain", "Axis", "Domain"),
    arc("domain-member", "Domain", "Member"),
)
TYPED = (ALL, arc("hypercube-dimension", "Cube", "Typed"))
DEFAULT = arc("dimension-default", "Axis", "Domain")
FACT = '<t:Total contextRef="c" unitRef="usd" decimals="0">1</t:Total>'


def context(segment: str = "") -> str:
    inner = f"<xbrli:segment>{segment}</xbrli:segment>" if segment else ""
    return (
        f'<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="urn:s">e</xbrli:identifier>{inner}'
        "</xbrli:entity><xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>"
    )


def explicit(member: str, axis: str = "t:Axis") -> str:
    return f'<xbrldi:explicitMember dimension="{axis}">{member}</xbrldi:explicitMember>'


def typed(content: str, axis: str = "t:Typed") -> str:
    return f'<xbrldi:typedMember dimension="{axis}">{content}</xbrldi:typedMember>'


@pytest.mark.parametrize(
    ("arcs", "segment"),
    [
        (EXPLICIT, explicit("t:Member")),
        ((*EXPLICIT, DEFAULT), ""),
        (TYPED, typed("<t:Code>7</t:Code>")),
        ((), explicit("t:Member")),
    ],
)
def test_valid(check: Check, arcs: tuple[str, ...], segment: str) -> None:
    assert check(linkbase=linkbase(*arcs), contexts=context(segment), facts=FACT) == []


@pytest.mark.parametrize(
    ("arcs", "segment", "code"),
    [
        (EXPLICIT, "", "PrimaryItemDimensionallyInvalidError"),
        (EXPLICIT, explicit("t:Part"), "PrimaryItemDimensionallyInvalidError"),
        (TYPED, explicit("t:Member"), "PrimaryItemDimensionallyInvalidError"),
        ((*EXPLICIT, DEFAULT), explicit("t:Domain"), "DefaultValueUsedInInstanceError"),
        (EXPLICIT, explicit("t:Nothing"), "ExplicitMemberUndefinedQNameError"),
        (EXPLICIT, explicit("t:Member", "t:Typed"), "ExplicitMemberNotExplicitDimensionError"),
        (EXPLICIT, typed("<t:Code>1</t:Code>", "t:Axis"), "TypedMemberNotTypedDimensionError"),
        (TYPED, typed("<t:Code>one</t:Code>"), "IllegalTypedDimensionContentError"),
        (EXPLICIT, explicit("t:Member") * 2, "RepeatedDimensionInInstanceError"),
    ],
)
def test_instances(check: Check, arcs: tuple[str, ...], segment: str, code: str) -> None:
    assert f"xbrldie:{code}" in check(linkbase=linkbase(*arcs), contexts=context(segment), facts=FACT)


@pytest.mark.parametrize(
    ("arcs", "code"),
    [
        ((arc("hypercube-dimension", "Total", "Axis"),), "HypercubeDimensionSourceError"),
        ((arc("hypercube-dimension", "Cube", "Member"),), "HypercubeDimensionTargetError"),
        ((arc("all", "Cube", "Cube", 'xbrldt:contextElement="segment"'),), "HasHypercubeSourceError"),
        ((arc("all", "Total", "Axis", 'xbrldt:contextElement="segment"'),), "HasHypercubeTargetError"),
        ((arc("all", "Total", "Cube"),), "HasHypercubeMissingContextElementAttributeError"),
        ((arc("dimension-domain", "Typed", "Domain"),), "DimensionDomainSourceError"),
        ((arc("dimension-domain", "Axis", "Cube"),), "DimensionDomainTargetError"),
        ((arc("domain-member", "Axis", "Member"),), "DomainMemberSourceError"),
        ((arc("domain-member", "Domain", "Axis"),), "DomainMemberTargetError"),
        ((arc("dimension-default", "Cube", "Member"),), "DimensionDefaultSourceError"),
        ((DEFAULT, arc("dimension-default", "Axis", "Member")), "TooManyDefaultMembersError"),
        ((arc("domain-member", "Domain", "Member", 'xbrldt:targetRole="urn:r"'),), "TargetRoleNotResolvedError"),
        ((*EXPLICIT, arc("domain-member", "Member", "Domain")), "DRSDirectedCycleError"),
        ((*EXPLICIT, arc("domain-member", "Member", "Total")), "PrimaryItemPolymorphismError"),
    ],
)
def test_taxonomies(check: Check, arcs: tuple[str, ...], code: str) -> None:
    assert f"xbrldte:{code}" in check(linkbase=linkbase(*arcs))


def test_abstract_declarations(check: Check) -> None:
    common = 'type="xbrli:stringItemType" xbrli:periodType="duration"'
    codes = check(
        schema=f'<xs:element name="C" substitutionGroup="xbrldt:hypercubeItem" {common}/>'
        f'<xs:element name="D" substitutionGroup="xbrldt:dimensionItem" {common}/>'
        f'<xs:element name="E" substitutionGroup="xbrldt:dimensionItem" abstract="true" {common}'
        ' xbrldt:typedDomainRef="t.xsd"/>'
    )
    assert {
        "xbrldte:HypercubeElementIsNotAbstractError",
        "xbrldte:DimensionElementIsNotAbstractError",
        "xbrldte:TypedDimensionURIError",
    } <= set(codes)


def test_what_is_missing_may_make_facts_valid(check: Check) -> None:
    """Where a published schema is not at hand, no fact is held against the hypercubes that are."""
    parts = {"linkbase": linkbase(*EXPLICIT), "contexts": context(""), "facts": FACT}
    missing = '<xs:import namespace="http://x.example/" schemaLocation="http://x.example/missing.xsd"/>'
    assert "xbrldie:PrimaryItemDimensionallyInvalidError" not in check(schema=missing, **parts)
