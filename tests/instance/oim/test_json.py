"""xBRL-JSON reports, rule by rule."""

from __future__ import annotations

import copy
import json
from datetime import datetime
from typing import Any

import pytest

from recto.errors import SourceError
from recto.instance.model import Footnote, TypedMember
from recto.names import ARC_FACT_FOOTNOTE, ROLE_LINK, QName
from tests.instance.oim.reports import END, YEAR, cash, codes, fact, json_report, note, read_json, text, told

T = "https://example.org/t"
LINKS = {"linkTypes": {"footnote": ARC_FACT_FOOTNOTE}, "linkGroups": {"_": ROLE_LINK}}


def test_fact_has_all_its_aspects_and_its_line() -> None:
    report = json_report({"a": text(language="en"), "b": cash(t_RegionAxis="t:Europe", t_PlanAxis=" two  words ")})
    found = read_json(report)
    assert codes(found) == []
    words, amount = found.facts
    assert (words.value, words.language, words.unit, words.decimals) == ("words", "en", None, None)
    assert words.period.start == datetime(2024, 1, 1)
    assert words.period.end == datetime(2025, 1, 1)
    assert (amount.value, amount.decimals, amount.language) == ("1000", -3, None)
    assert amount.unit.measure is QName("http://www.xbrl.org/2003/iso4217", "USD")
    assert (amount.context.scheme, amount.context.identifier) == ("http://www.sec.gov/CIK", "0000000001")
    assert amount.dimensions[QName(T, "RegionAxis")] is QName(T, "Europe")
    plan = amount.dimensions[QName(T, "PlanAxis")]
    assert isinstance(plan, TypedMember)
    assert plan.xml == f'<t:plan xmlns:t="{T}"> two  words </t:plan>'
    assert plan.text == "two words"
    assert found.kind == "json"
    lines = json.dumps(report, indent=1).splitlines()
    assert [lines[each.line - 1].strip() for each in found.facts] == ['"a": {', '"b": {']


def test_aspects_left_out_have_their_meaning() -> None:
    found = read_json(json_report({"a": {"value": "3", "dimensions": {"concept": "t:Ratio"}}}))
    (ratio,) = found.facts
    assert codes(found) == []
    assert ratio.unit.measure is QName("http://www.xbrl.org/2003/instance", "pure")
    assert ratio.decimals == "INF"
    assert ratio.period.kind == "forever"
    assert (ratio.context.scheme, ratio.context.identifier) == ("https://xbrl.org/2021/entities", "NA")


def test_nil_facts_and_members() -> None:
    found = read_json(json_report({"a": cash(None, None, t_PlanAxis=None)}))
    (nil,) = found.facts
    assert codes(found) == []
    assert (nil.nil, nil.value, nil.decimals) == (True, "", None)
    member = nil.dimensions[QName(T, "PlanAxis")]
    assert isinstance(member, TypedMember)
    assert member.nil
    assert 'xsi:nil="true"' in member.xml


def test_equal_contexts_and_units_are_shared() -> None:
    found = read_json(json_report({"a": cash(), "b": cash("2"), "c": text()}))
    assert found.facts[0].context is found.facts[1].context
    assert (len(found.contexts), len(found.units)) == (2, 1)


def test_ids_of_contexts_and_units_avoid_those_of_facts() -> None:
    found = read_json(json_report({"c1": cash(), "u1": cash("2")}))
    assert not {"c1", "u1"} & {*found.contexts, *found.units}


def test_enumerations_become_expanded_names() -> None:
    report = json_report(
        {"a": fact("t:Regions", "t:Europe t:Asia", period=YEAR), "b": fact("t:Region", "t:Asia", period=YEAR)}
    )
    found = read_json(report)
    assert codes(found) == []
    assert [each.value for each in found.facts] == [f"{T}#Asia {T}#Europe", f"{T}#Asia"]


def test_notes_are_footnotes() -> None:
    first = {**cash(), "links": {"footnote": {"_": ["n"]}}}
    found = read_json(json_report({"a": first, "n": note("n", "see <b>below</b> &amp; above")}, **LINKS))
    assert codes(found) == []
    (link,) = found.links[found.facts[0]]
    assert isinstance(link.target, Footnote)
    assert (link.arcrole, link.link_role) == (ARC_FACT_FOOTNOTE, ROLE_LINK)
    assert (link.target.text, link.target.language) == ("see <b>below</b> &amp; above", "en")


def test_facts_are_linked_to_facts() -> None:
    more = {"linkTypes": {"explains": "https://example.org/explains"}, "linkGroups": LINKS["linkGroups"]}
    found = read_json(json_report({"a": {**cash(), "links": {"explains": {"_": ["b"]}}}, "b": text()}, **more))
    assert codes(found) == []
    assert found.links[found.facts[0]][0].target is found.facts[1]


def test_links_that_come_from_notes_are_told() -> None:
    more = {"linkTypes": {**LINKS["linkTypes"], "explains": "https://example.org/explains"}}
    linked = {**cash(), "links": {"footnote": {"_": ["n"]}}}
    explaining = {**note("n"), "links": {"explains": {"_": ["a"]}}}
    found = read_json(json_report({"a": linked, "n": explaining}, **{**LINKS, **more}))
    assert codes(found) == ["recto:linkFromNote"]
    (told,) = found.findings
    assert (told.severity, told.facts) == ("warning", ("n",))
    assert told.line


def test_properties_of_others_are_let_be() -> None:
    report = json_report({"a": {**cash(), "t:source": {"page": 7}}}, **{"t:tool": "x"})
    report["t:more"] = [1, None]
    found = read_json(report)
    assert codes(found) == []
    assert len(found.facts) == 1


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"{", 1),
        (b'{"a": 1}\n\n x', 3),
        (b'{"a":\n NaN}', 2),
        (b'\xff\xfe{\0"\0', None),
        (b'{"a": "\xff"}', 1),
        (b'{"a": "\\ud800"}', None),
        (b"[" * 100_000, None),
        (b'{"a":\n ' + b"9" * 5000 + b"}", 2),
    ],
)
def test_what_is_no_json(data: Any, line: Any) -> None:
    with pytest.raises(SourceError) as caught:
        read_json(data)
    assert caught.value.code == "xbrlje:invalidJSON"
    assert caught.value.line == line


@pytest.mark.parametrize("content", [[], {}, {"documentInfo": {"documentType": "https://xbrl.org/1999/xbrl-json"}}])
def test_documents_of_other_types(content: Any) -> None:
    with pytest.raises(SourceError) as caught:
        read_json(content)
    assert caught.value.code == "oimce:unsupportedDocumentType"


def test_byte_order_mark_is_no_content() -> None:
    assert codes(read_json(b"\xef\xbb\xbf" + json.dumps(json_report()).encode())) == []


def test_keys_that_occur_twice_are_told_with_their_lines() -> None:
    report = json.dumps(json_report(), indent=1).replace('"value": "1000"', '"value": "1000",\n"value": "7"')
    found = read_json(report)
    line = 1 + report.splitlines().index('"value": "7",')
    assert told(found) == [("xbrlje:invalidJSON", line)]
    assert found.facts == ()


def test_unknown_key_is_told_with_its_line_and_the_rest_is_read() -> None:
    report = json_report({"a": {**cash(), "colour": "red"}, "b": cash("2")})
    text = json.dumps(report, indent=1)
    found = read_json(text)
    line = 1 + next(at for at, each in enumerate(text.splitlines()) if "colour" in each)
    assert told(found) == [("xbrlje:invalidJSONStructure", line)]
    assert "/facts/a/colour" in found.findings.__iter__().__next__().message
    assert [each.value for each in found.facts] == ["1000", "2"]


def _changed(path: str, value: object) -> dict[str, object]:
    """A good report with one member set, or taken out where the value is ...; `+` in the path adds a key."""
    report = json_report({"a": cash(), "b": text(language="en")})
    at: dict[str, object] = report
    *steps, last = path.split("/")
    for step in steps:
        at = at[step]  # type: ignore[assignment]
    if value is ...:
        del at[last]
    else:
        at[last] = copy.deepcopy(value)
    return report


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("documentInfo/taxonomy", ..., "xbrlje:invalidJSONStructure"),
        ("documentInfo/taxonomy", [], "oime:noTaxonomy"),
        ("documentInfo/taxonomy", ["gone.xsd", "t.xsd"], "oime:invalidTaxonomy"),
        ("documentInfo/namespaces", [], "xbrlje:invalidJSONStructure"),
        ("documentInfo/namespaces/1t", "https://example.org/1", "xbrlje:invalidJSONStructure"),
        ("documentInfo/namespaces/v", " https://example.org/v", "xbrlje:invalidJSONStructure"),
        ("documentInfo/namespaces/v", "v", "oimce:invalidURI"),
        ("documentInfo/namespaces/v", "https://example.org/t", "oimce:multipleAliasesForURI"),
        ("documentInfo/namespaces/xs", "https://example.org/xs", "oimce:invalidURIForReservedAlias"),
        ("documentInfo/namespaces/schema", "http://www.w3.org/2001/XMLSchema", "oimce:invalidAliasForReservedURI"),
        ("documentInfo/linkTypes", {"footnote": "https://example.org/x"}, "oimce:invalidURIForReservedAlias"),
        ("documentInfo/linkGroups", {"g": ROLE_LINK}, "oimce:invalidAliasForReservedURI"),
        ("documentInfo/features", {"nobody:cares": True}, "oimce:unboundPrefix"),
        ("documentInfo/features", {"cares": True}, "xbrlje:invalidJSONStructure"),
        ("documentInfo/features", {"xbrl:allowedDuplicates": "some"}, "xbrlje:invalidJSONStructure"),
        ("documentInfo/baseURL", "there/", "oime:invalidBaseURL"),
        ("documentInfo/nobody:s", 1, "oimce:unboundPrefix"),
        ("documentInfo/surplus", 1, "xbrlje:invalidJSONStructure"),
        ("surplus", 1, "xbrlje:invalidJSONStructure"),
        ("nobody:s", 1, "oimce:unboundPrefix"),
        ("facts", [], "xbrlje:invalidJSONStructure"),
        ("facts/a", [], "xbrlje:invalidJSONStructure"),
        ("facts/a/value", ..., "xbrlje:invalidJSONStructure"),
        ("facts/a/value", 1000, "xbrlje:invalidJSONStructure"),
        ("facts/a/value", "many", "xbrlje:invalidFactValue"),
        ("facts/b/value", "a\u0000b", "xbrlje:invalidFactValue"),
        ("facts/a/decimals", "0", "xbrlje:invalidJSONStructure"),
        ("facts/a/decimals", 1.5, "xbrlje:invalidJSONStructure"),
        ("facts/b/decimals", 0, "oime:misplacedDecimalsProperty"),
        ("facts/a/value", None, "oime:misplacedDecimalsProperty"),
        ("facts/a/nobody:s", 1, "oimce:unboundPrefix"),
        ("facts/a/dimensions/concept", ..., "xbrlje:invalidJSONStructure"),
        ("facts/a/dimensions/concept", "Cash", "xbrlje:invalidJSONStructure"),
        ("facts/a/dimensions/concept", "nobody:Cash", "oimce:unboundPrefix"),
        ("facts/a/dimensions/concept", "t:Gold", "oime:unknownConcept"),
        ("facts/a/dimensions/concept", "t:Title", "oime:valueForAbstractConcept"),
        ("facts/a/dimensions/concept", "t:Officer", "oime:unsupportedConceptDataType"),
        ("facts/a/dimensions/concept", "t:Share", "oime:unsupportedConceptDataType"),
        ("facts/a/dimensions/entity", "0001", "oimce:invalidSQName"),
        ("facts/a/dimensions/entity", "nobody:1", "oimce:unboundPrefix"),
        ("facts/a/dimensions/period", ..., "oime:missingPeriodDimension"),
        ("facts/a/dimensions/period", YEAR, "oime:invalidPeriodDimension"),
        ("facts/b/dimensions/period", END, "oime:invalidPeriodDimension"),
        ("facts/a/dimensions/period", "2024-12-31", "oimce:invalidPeriodRepresentation"),
        ("facts/a/dimensions/period", "2024-12-31T24:00:00", "oimce:invalidPeriodRepresentation"),
        ("facts/a/dimensions/period", "2024-13-31T00:00:00", "oimce:invalidPeriodRepresentation"),
        ("facts/a/dimensions/period", 2024, "xbrlje:invalidJSONStructure"),
        ("facts/a/dimensions/unit", "USD", "oimce:invalidUnitStringRepresentation"),
        ("facts/a/dimensions/unit", "iso4217:USD*iso4217:EUR", "oimce:invalidUnitStringRepresentation"),
        ("facts/a/dimensions/unit", "xbrli:pure", "oime:illegalPureUnit"),
        ("facts/a/dimensions/unit", "nobody:USD", "oimce:unboundPrefix"),
        ("facts/b/dimensions/unit", "iso4217:USD", "oime:misplacedUnitDimension"),
        ("facts/a/dimensions/language", "en", "oime:misplacedLanguageDimension"),
        ("facts/b/dimensions/language", "en-US", "xbrlje:invalidLanguageCodeCase"),
        ("facts/b/dimensions/language", "en us", "xbrlje:invalidJSONStructure"),
        ("facts/a/dimensions/noteId", "a", "oime:misplacedNoteIDDimension"),
        ("facts/a/dimensions/region", "t:Asia", "xbrlje:invalidJSONStructure"),
        ("facts/a/dimensions/xbrl:region", "t:Asia", "xbrlje:invalidJSONStructure"),
        ("facts/a/dimensions/nobody:Axis", "t:Asia", "oimce:unboundPrefix"),
        ("facts/a/dimensions/t:Asia", "t:Asia", "oime:unknownDimension"),
        ("facts/a/dimensions/t:RegionAxis", "Asia", "xbrlje:invalidDimensionValue"),
        ("facts/a/dimensions/t:RegionAxis", None, "xbrlje:invalidDimensionValue"),
        ("facts/a/dimensions/t:RegionAxis", "nobody:Asia", "oimce:unboundPrefix"),
        ("facts/a/dimensions/t:RegionAxis", "t:World", "oime:invalidDimensionValue"),
        ("facts/a/dimensions/t:DayAxis", "2024-02-30", "xbrlje:invalidDimensionValue"),
        ("facts/a/dimensions/t:DayAxis", None, "xbrlje:invalidDimensionValue"),
        ("facts/a/dimensions/t:PairAxis", "1", "oime:unsupportedDimensionDataType"),
        ("facts/a/links", {"footnote": {"_": ["b"]}}, "xbrlje:unknownLinkType"),
    ],
)
def test_faults(path: Any, value: Any, expected: Any) -> None:
    assert codes(read_json(_changed(path, value))) == [expected]


def test_reserved_entity() -> None:
    report = json_report({"a": {**cash(), "dimensions": {**cash()["dimensions"], "entity": "n:NA"}}})
    report["documentInfo"]["namespaces"]["n"] = "https://xbrl.org/2021/entities"
    assert codes(read_json(report)) == ["oime:invalidUseOfReservedIdentifier"]


@pytest.mark.parametrize(
    ("concept", "value", "expected"),
    [
        ("t:Token", None, "oime:invalidFactValue"),
        ("t:Flag", "yes", "xbrlje:invalidFactValue"),
        ("t:Regions", "t:Asia  t:Europe", "xbrlje:invalidFactValue"),
        ("t:Regions", "nobody:Asia", "oimce:unboundPrefix"),
        ("t:Name", "nobody:Asia", "xbrlje:invalidFactValue"),
    ],
)
def test_values(concept: Any, value: Any, expected: Any) -> None:
    assert codes(read_json(json_report({"a": fact(concept, value, period=YEAR)}))) == [expected]


def test_value_that_does_not_fit_is_kept_and_marked() -> None:
    (wrong,) = read_json(json_report({"a": cash("many")})).facts
    assert (wrong.value, wrong.valid) == ("many", False)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"noteId": ...}, "oime:missingNoteIDDimension"),
        ({"noteId": "m"}, "oime:invalidNoteIDValue"),
        ({"language": ...}, "oime:missingLanguageForNoteFact"),
        ({"entity": "cik:1"}, "oime:misplacedNoteFactDimension"),
        ({"period": END}, "oime:misplacedNoteFactDimension"),
        ({"t:RegionAxis": "t:Asia"}, "oime:misplacedNoteFactDimension"),
        ({"unit": "iso4217:USD"}, "oime:misplacedUnitDimension"),
    ],
)
def test_faults_of_notes(change: Any, expected: Any) -> None:
    wrong = note("n")
    dimensions = {**wrong["dimensions"], **change}
    wrong["dimensions"] = {name: value for name, value in dimensions.items() if value is not ...}
    linked = {**cash(), "links": {"footnote": {"_": ["n"]}}}
    assert codes(read_json(json_report({"a": linked, "n": wrong}, **LINKS))) == [expected]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a < b", "oime:invalidXHTMLFragment"),
        ("&nbsp;", "oime:invalidXHTMLFragment"),
        ("<x xmlns='https://example.org/x'/>", "oime:invalidXHTMLFragment"),
        ("<h:b xmlns:h='http://www.w3.org/1999/xhtml'/>", "oime:xhtmlElementInNonDefaultNamespace"),
    ],
)
def test_text_of_notes(value: Any, expected: Any) -> None:
    linked = {**cash(), "links": {"footnote": {"_": ["n"]}}}
    assert codes(read_json(json_report({"a": linked, "n": note("n", value)}, **LINKS))) == [expected]


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ({"footnote": {"other": ["n"]}}, ["xbrlje:unknownLinkGroup", "oime:unusedNoteFact"]),
        ({"footnote": {"_": ["n", "gone"]}}, ["xbrlje:unknownLinkTarget"]),
        ({"footnote": {"_": ["n", "b"]}}, ["oime:illegalStandardFootnoteTarget"]),
        ({"footnote": {"_": "n"}}, ["xbrlje:invalidJSONStructure"]),
        ({}, ["oime:unusedNoteFact"]),
    ],
)
def test_faults_of_links(links: Any, expected: Any) -> None:
    facts = {"a": {**cash(), "links": links}, "b": text(), "n": note("n")}
    assert codes(read_json(json_report(facts, **LINKS))) == expected


def test_types_of_links_are_known_even_where_there_are_none() -> None:
    facts = {"a": {**cash(), "links": {"other": {}}}}
    assert codes(read_json(json_report(facts, **LINKS))) == ["xbrlje:unknownLinkType"]


def test_typed_members_are_compared_by_value() -> None:
    """The same day, once by its time zone."""
    facts = {name: cash() for name in "ab"}
    for each, day in zip(facts.values(), ("2024-01-01Z", "2024-01-01+00:00"), strict=True):
        each["dimensions"] = {**each["dimensions"], "t:DayAxis": day}
    found = read_json(json_report(facts, features={"xbrl:allowedDuplicates": "none"}))
    assert codes(found) == ["oime:disallowedDuplicateFacts"]


@pytest.mark.parametrize(
    ("allowed", "values", "expected"),
    [
        ("all", ["1000", "7000"], 0),
        ("none", ["1000", "1000"], 1),
        ("none", ["1000"], 0),
        ("complete", ["1000", "1000.0"], 0),
        ("complete", ["1000", "1001"], 1),
        ("consistent", ["1000", "1000.0"], 0),
        ("consistent", ["1000", "1400"], 1),  # of the same accuracy, but not the same (OIM 1.0, 6.2.1)
        ("consistent", ["1000", "7000"], 1),
        ("consistent", ["1000", None], 1),
    ],
)
def test_duplicates(allowed: Any, values: Any, expected: Any) -> None:
    facts = {f"f{at}": cash(value, None if value is None else -3) for at, value in enumerate(values)}
    found = read_json(json_report(facts, features={"xbrl:allowedDuplicates": allowed}))
    assert codes(found) == ["oime:disallowedDuplicateFacts"] * expected


@pytest.mark.parametrize(("other", "decimals", "expected"), [("1400", -2, 0), ("1450", -1, 0), ("1600", -2, 1)])
def test_duplicates_of_different_accuracy(other: str, decimals: int, expected: int) -> None:
    facts = {"a": cash("1000", -3), "b": cash(other, decimals)}
    found = read_json(json_report(facts, features={"xbrl:allowedDuplicates": "consistent"}))
    assert codes(found) == ["oime:disallowedDuplicateFacts"] * expected


@pytest.mark.parametrize(
    ("concept", "one", "other", "same"),
    [
        ("t:Flag", "true", "1", True),
        ("t:Flag", "true", "false", False),
        ("t:Moment", "2024-01-01T00:00:00Z", "2024-01-01T01:00:00+01:00", True),
        ("t:Moment", "2024-01-01T24:00:00", "2024-01-02T00:00:00", True),
        ("t:Moment", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00", False),
        ("t:Note", "a", "a ", False),
    ],
)
def test_duplicates_are_compared_by_value(concept: str, one: str, other: str, same: bool) -> None:
    facts = {name: fact(concept, value, period=YEAR) for name, value in (("a", one), ("b", other))}
    for allowed, expected in (("none", True), ("complete", not same), ("consistent", not same)):
        found = read_json(json_report(facts, features={"xbrl:allowedDuplicates": allowed}))
        assert codes(found) == ["oime:disallowedDuplicateFacts"] * expected


@pytest.mark.parametrize(
    ("concept", "value", "canonical"),
    [
        ("t:Cash", "1000.0", True),
        ("t:Cash", "1000", False),
        ("t:Cash", "+1000.0", False),
        ("t:Cash", "-0.0", False),
        ("t:Cash", "0.0", True),
        ("t:Flag", "true", True),
        ("t:Flag", "1", False),
        ("t:Moment", "2024-01-01T00:00:00.5", True),
        ("t:Moment", "2024-01-01T00:00:00.50", False),
        ("t:Moment", "2024-01-01T24:00:00", False),
        ("t:Regions", "t:Asia t:Europe", True),
        ("t:Regions", "t:Europe t:Asia", False),
    ],
)
def test_canonical_values(concept: Any, value: Any, canonical: Any) -> None:
    content = cash(value, 0) if concept == "t:Cash" else fact(concept, value, period=YEAR)
    found = read_json(json_report({"a": content}, features={"xbrl:canonicalValues": True}))
    assert codes(found) == ([] if canonical else ["xbrlje:nonCanonicalValue"])


def test_a_draft_is_read_as_the_recommendation() -> None:
    """The document types of candidate recommendations are told, and read all the same."""
    draft = json.dumps(json_report({"f": cash()})).replace("https://xbrl.org/2021", "https://xbrl.org/CR/2021-02-03")
    found = read_json(json.loads(draft))
    assert codes(found) == ["recto:draftDocumentType"]
    assert [each.id for each in found.facts] == ["f"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"period": "2024-01-01/2024-12-31"}, "oimce:invalidPeriodRepresentation"),
        ({"period": "2025-01-01T00:00:00/2024-01-01T00:00:00"}, "oimce:invalidPeriodRepresentation"),
        ({"unit": "xbrli:shares*iso4217:USD"}, "oimce:invalidUnitStringRepresentation"),
        ({"unit": "xbrli:pure"}, "oime:illegalPureUnit"),
        ({"language": "en"}, "oime:misplacedLanguageDimension"),
        ({"t:RegionAxis": "Europe"}, "xbrlje:invalidDimensionValue"),
        ({"t:Cash": "t:Europe"}, "oime:unknownDimension"),
    ],
)
def test_a_fact_that_is_not_known_in_full_is_kept_as_invalid(changed: dict[str, str], code: str) -> None:
    faulty = cash("27182")
    faulty["dimensions"] |= changed
    found = read_json(json_report({"a": cash(), "b": faulty}))
    assert codes(found) == [code]
    assert [(each.id, each.qname.local, each.valid) for each in found.facts] == [
        ("a", "Cash", True),
        ("b", "Cash", False),
    ]
    assert found.facts[1].number is None
    assert code not in {each.code for each in read_json(json_report({"a": cash()})).findings}
