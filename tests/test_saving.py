"""Saving writes what the report says, or refuses."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections import Counter
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import recto
from recto.errors import RectoError, UsageError
from recto.findings import Findings
from recto.instance.model import Fact, Instance, TypedMember
from recto.instance.oim.strings import format_period
from recto.instance.qnames import holds_names, name_of
from recto.saving import save
from tests.instance.samples import NAMESPACES, SCHEMA

TYPES = """
  <xs:element name="Names" id="t_Names" type="t:namesItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"/>
  <xs:complexType name="namesItemType"><xs:simpleContent><xs:extension base="t:names">
    <xs:attributeGroup ref="xbrli:nonNumericItemAttrs"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:simpleType name="names"><xs:list itemType="xs:QName"/></xs:simpleType>
  <xs:element name="KindAxis" id="t_KindAxis" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem"
    abstract="true" xbrli:periodType="duration" xbrldt:typedDomainRef="#t_kind"/>
  <xs:element name="kind" id="t_kind" type="xs:QName"/>
</xs:schema>"""  # noqa: E501
ROOT = f'<xbrli:xbrl {NAMESPACES} xmlns:p="urn:p" xmlns:q="urn:q">'
CONTEXT = (
    '<xbrli:context id="{}"><xbrli:entity><xbrli:identifier scheme="{}">{}</xbrli:identifier>{}</xbrli:entity>'
    "<xbrli:period>{}</xbrli:period></xbrli:context>"
)
UNITS = (
    '<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>'
    '<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>'
    '<xbrli:unit id="odd"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>p:a</xbrli:measure></xbrli:unitNumerator>'
    "<xbrli:unitDenominator><xbrli:measure>q:b</xbrli:measure><xbrli:measure>p:c</xbrli:measure>"
    "</xbrli:unitDenominator></xbrli:divide></xbrli:unit>"
    '<xbrli:unit id="bad"><xbrli:measure>zz:c</xbrli:measure></xbrli:unit>'
)


def write(folder: Path, body: str, contexts: str) -> Path:
    (folder / "t.xsd").write_text(SCHEMA.replace("</xs:schema>", TYPES), "utf-8")
    path = folder / "r.xml"
    reference = '<link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>'
    path.write_text(f"{ROOT}{reference}{contexts}{UNITS}{body}</xbrli:xbrl>", "utf-8")
    return path


def read(path: Path) -> Instance:
    with recto.open(path, offline=True, use_cache=False) as filing:
        return filing.instances[0]


PERIODS = st.sampled_from(
    (
        "<xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>",
        "<xbrli:startDate>2024-01-01T08:00:00</xbrli:startDate><xbrli:endDate>2024-12-31T17:30:00.5</xbrli:endDate>",
        "<xbrli:startDate>2024-01-01Z</xbrli:startDate><xbrli:endDate>9999-12-31Z</xbrli:endDate>",
        "<xbrli:startDate>0001-01-01</xbrli:startDate><xbrli:endDate>12000-02-28</xbrli:endDate>",
        "<xbrli:instant>2024-12-31</xbrli:instant>",
        "<xbrli:instant>never</xbrli:instant>",
        "<xbrli:forever/>",
    )
)
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("\t\n\r"), max_size=12)


def escaped(text: str) -> str:
    for plain, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"), ("\n", "&#10;")):
        text = text.replace(plain, entity)
    return text


MEMBERS = st.one_of(
    st.just(""),
    st.sampled_from(("t:Europe", "t:Other", "p:Europe", "zz:Europe")).map(
        lambda name: f'<xbrldi:explicitMember dimension="t:RegionAxis">{name}</xbrldi:explicitMember>'
    ),
    TEXTS.map(
        lambda text: f'<xbrldi:typedMember dimension="t:PlanAxis"><t:plan>{escaped(text)}</t:plan></xbrldi:typedMember>'
    ),
    st.sampled_from(("p:a", "t:a", "zz:a", "a", " q:a ")).map(
        lambda name: f'<xbrldi:typedMember dimension="t:KindAxis"><t:kind>{name}</t:kind></xbrldi:typedMember>'
    ),
    st.sampled_from(("a", "p:a")).map(
        lambda name: (
            f'<xbrldi:typedMember dimension="t:KindAxis"><t:kind xmlns="urn:d" xmlns:p="urn:local">{name}</t:kind>'
            "</xbrldi:typedMember>"
        )
    ),
    st.just('<xbrldi:typedMember dimension="t:PlanAxis"><t:plan xsi:nil="true"/></xbrldi:typedMember>'),
    st.just('<xbrldi:typedMember dimension="t:PlanAxis"/>'),
)
NUMBERS = st.sampled_from(
    ("0", "-0", "1", "-12.50", "007", ".5", " 3 ", "123456789012345678901234567890.12", "x", "1e5", "")
)
ACCURACY = st.sampled_from(
    ('decimals="0"', 'decimals="-6"', 'decimals="INF"', 'precision="3"', 'precision="0"', 'decimals="x"', "")
)
FACTS = st.one_of(
    st.builds(
        '<t:{} contextRef="{}" unitRef="{}" {}>{}</t:{}>'.format,
        st.just("Ratio"),
        st.sampled_from("abz"),
        st.sampled_from(("pure", "usd", "odd", "bad", "none")),
        ACCURACY,
        NUMBERS,
        st.just("Ratio"),
    ),
    st.sampled_from("ab").map(lambda context: f'<t:Ratio contextRef="{context}" unitRef="pure" xsi:nil="true"/>'),
    st.builds(
        '<t:Note contextRef="{}" xml:lang="{}">{}</t:Note>'.format,
        st.sampled_from("abz"),
        st.sampled_from(("en", "de-CH", "")),
        TEXTS.map(escaped),
    ),
    st.builds(
        '<t:Name contextRef="{}" {}>{}</t:Name>'.format,
        st.sampled_from("ab"),
        st.sampled_from(("", 'xmlns="urn:d"', 'xmlns:p="urn:local"', 'xmlns:t2="urn:t2"')),
        st.sampled_from(("p:x", "t:x", "x", "t2:x", " p:x ")),
    ),
    st.builds(
        '<t:Names contextRef="a" {}>{}</t:Names>'.format,
        st.sampled_from(("", 'xmlns="urn:d"', 'xmlns:p="urn:local"')),
        st.sampled_from(("p:x  q:y", "x t:y", "")),
    ),
    st.sampled_from(("2024-12-31", "12000-12-31", "never")).map(lambda day: f'<t:Day contextRef="a">{day}</t:Day>'),
    st.just('<t:Unheard contextRef="a">x</t:Unheard>'),
)


NOTES = st.lists(
    st.tuples(
        st.integers(0, 5),
        TEXTS.map(escaped) | st.just('<b xmlns="http://www.w3.org/1999/xhtml">bold</b> &amp; more'),
        st.sampled_from(("en", "de-CH")),
    ),
    max_size=3,
)


def footnotes(notes: list[tuple[int, str, str]], count: int) -> str:
    """A footnote link with a resource for each note, and an arc to it from one of the facts."""
    body = ""
    for nth, (at, text, language) in enumerate(notes):
        body += (
            f'<link:loc xlink:type="locator" xlink:href="#f{at % count}" xlink:label="l{nth}"/>'
            f'<link:footnote xlink:type="resource" xlink:label="n{nth}" xml:lang="{language}"'
            ' xlink:role="http://www.xbrl.org/2003/role/footnote">'
            f'{text}</link:footnote><link:footnoteArc xlink:type="arc" xlink:from="l{nth}" xlink:to="n{nth}"'
            ' xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote"/>'
        )
    role = "http://www.xbrl.org/2003/role/link"
    return f'<link:footnoteLink xlink:type="extended" xlink:role="{role}">{body}</link:footnoteLink>' if body else ""


def meaning(instance: Instance, fact: Fact) -> Hashable:
    """What a fact says, whatever the syntax: names by their namespaces, numbers with their accuracy."""
    from recto.instance.anchors import element_of
    from recto.instance.oim.report import inferred_decimals

    context, type_ = fact.context, fact.concept.type if fact.concept is not None else None
    assert context is not None
    element = element_of(instance, fact)
    scope: Any = element.nsmap if element is not None else instance.prefixes
    value: Hashable = fact.value
    if fact.nil:
        value = None
    elif holds_names(type_):
        value = tuple(name_of(word, scope) for word in fact.value.split())
    decimals = fact.decimals
    if fact.number is not None and decimals is None and fact.precision is not None:
        decimals = inferred_decimals(fact.value, fact.precision)
    return (
        fact.qname,
        (context.scheme, context.identifier, format_period(context.period)),
        frozenset((axis, member_meaning(axis.local, member)) for axis, member in context.dimensions.items()),
        None if fact.unit is None else (tuple(sorted(fact.unit.numerators)), tuple(sorted(fact.unit.denominators))),
        (fact.language or "").lower() if type_ is not None and type_.xsd_base == "string" else None,
        value,
        None if fact.number is None or decimals == "INF" else decimals,
        frozenset(Counter((note.text, (note.language or "").lower()) for note in fact.footnotes).items()),
    )


def member_meaning(axis: str, member: Any) -> Hashable:
    if not isinstance(member, TypedMember):
        return member
    if axis == "KindAxis":
        from lxml import etree

        element = etree.fromstring(member.xml)
        return name_of(element.text or "", element.nsmap)
    return (member.element, member.values, member.nil)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(FACTS, min_size=1, max_size=6),
    st.tuples(PERIODS, MEMBERS),
    st.tuples(PERIODS, MEMBERS),
    NOTES,
    st.sampled_from(("json", "csv", "xml")),
)
def test_what_is_saved_reads_back_as_the_same(
    tmp_path: Path,
    facts: list[str],
    one: tuple[str, str],
    other: tuple[str, str],
    notes: list[tuple[int, str, str]],
    form: str,
) -> None:
    contexts = ""
    for name, (period, member) in zip("ab", (one, other), strict=True):
        segment = f"<xbrli:segment>{member}</xbrli:segment>" if member else ""
        contexts += CONTEXT.format(name, "urn:s", f"e{name}", segment, period)
    body = "\n".join(fact.replace(" contextRef", f' id="f{nth}" contextRef', 1) for nth, fact in enumerate(facts))
    source = write(tmp_path, body + footnotes(notes, len(facts)), contexts)
    instance = read(source)
    findings = Findings()
    target = tmp_path / form / f"saved.{form}"
    shutil.rmtree(target.parent, ignore_errors=True)
    with recto.open(source, offline=True, use_cache=False) as filing:
        try:
            (saved,) = save(filing, target, findings=findings)
            assert all(fact.valid for fact in instance.facts)
        except RectoError as error:
            assert error.code == "recto:notSaved"  # noqa: PT017 - it may also be saved
            assert any(not fact.valid for fact in instance.facts) or "none of the" in error.message  # noqa: PT017
            if "none of the" in error.message:
                return
            assert not target.exists()
            try:
                (saved,) = save(filing, target, findings=findings, force=True)
            except RectoError as nothing:
                assert "none of the" in nothing.message  # noqa: PT017
                return
    left_out = {identifier for finding in findings for identifier in finding.facts}
    assert left_out >= {fact.id for fact in instance.facts if not fact.valid}
    again = read(saved)
    expected = Counter(meaning(instance, fact) for fact in instance.facts if fact.id not in left_out)
    assert Counter(meaning(again, fact) for fact in again.facts) == expected
    assert all(fact.valid and fact.home is again.home for fact in again.facts)
    for other_form in {"json", "csv", "xml"} - {form}:  # and from there into each of the others
        findings = Findings()
        with recto.open(saved, offline=True, use_cache=False) as filing:
            (third,) = save(filing, tmp_path / form / other_form / f"saved.{other_form}", findings=findings)
        left_out = {identifier for finding in findings for identifier in finding.facts}
        final = read(third)
        kept = Counter(meaning(again, fact) for fact in again.facts if fact.id not in left_out)
        assert Counter(meaning(final, fact) for fact in final.facts) == kept


NUMBER = '<t:Ratio contextRef="a" unitRef="pure" decimals="{}">{}</t:Ratio>'
CONTEXT_A = CONTEXT.format(
    "a", "urn:s", "e", "", "<xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>"
)


@pytest.mark.parametrize("form", ["json", "csv", "xml"])
def test_invalid_facts_are_refused_and_left_out_by_force(tmp_path: Path, form: str) -> None:
    source = write(tmp_path, NUMBER.format("0", "1") + NUMBER.format("x", "2") + NUMBER.format("0", "three"), CONTEXT_A)
    target = tmp_path / f"saved.{form}"
    with recto.open(source, offline=True) as filing:
        with pytest.raises(RectoError, match="2 facts are not valid") as raised:
            save(filing, target)
        assert (raised.value.code, raised.value.line) == ("recto:notSaved", 1)
        assert not target.exists()
        findings = Findings()
        (saved,) = save(filing, target, force=True, findings=findings)
    assert [each.code for each in findings] == ["recto:notSaved", "recto:notSaved"]
    assert [fact.value for fact in read(saved).facts] == ["1"]


def test_another_formats_file_is_not_written_over(tmp_path: Path) -> None:
    source = write(tmp_path, NUMBER.format("0", "1"), CONTEXT_A)
    with recto.open(source, offline=True) as filing:
        save(filing, tmp_path / "o.json")
        save(filing, tmp_path / "o.json")
        with pytest.raises(UsageError, match="holds an xBRL-JSON report"):
            save(filing, tmp_path / "o.csv")
        before = (tmp_path / "o.json").read_bytes()
        assert json.loads(before)["documentInfo"]["documentType"].endswith("xbrl-json")
        with pytest.raises(UsageError, match="holds no such report"):
            save(filing, tmp_path / "t.xsd", "xml")
        save(filing, tmp_path / "o.csv", force=True)
        save(filing, tmp_path / "o.csv")
        with pytest.raises(UsageError, match="holds an xBRL-CSV report"):
            save(filing, tmp_path / "o.json")
        (tmp_path / "p-numbers.csv").write_text("my own\n")
        with pytest.raises(UsageError, match="not written over"):
            save(filing, tmp_path / "p.csv")
        save(filing, tmp_path / "o.xml")
        save(filing, tmp_path / "o.xml")


def test_an_absent_schema_is_said_to_be_absent(tmp_path: Path) -> None:
    source = write(tmp_path, NUMBER.format("0", "1"), CONTEXT_A)
    (tmp_path / "t.xsd").unlink()
    findings = Findings()
    with recto.open(source, offline=True) as filing:
        save(filing, tmp_path / "o.json", findings=findings)
    [told] = findings
    assert told.code == "recto:taxonomyNotFound"
    assert "not found" in told.message
    again = read(tmp_path / "o.json")
    assert [(fact.value, fact.decimals, fact.is_numeric) for fact in again.facts] == [("1", 0, True)]


def test_a_schema_inside_of_an_archive_is_said_not_to_be_saved(tmp_path: Path) -> None:
    source = write(tmp_path, NUMBER.format("0", "1"), CONTEXT_A)
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for path in (source, tmp_path / "t.xsd"):
            made.write(path, path.name)
    findings = Findings()
    with recto.open(archive, offline=True) as filing:
        save(filing, tmp_path / "o.json", findings=findings)
        [told] = findings
        assert (told.code, told.severity) == ("recto:taxonomyNotSaved", "warning")
        save(filing, tmp_path / "o.zip", findings=findings)
    assert len(findings) == 1, "the package has it with the report"
