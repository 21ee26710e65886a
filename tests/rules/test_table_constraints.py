"""xBRL-CSV Table Constraints 1.0: faults of the constraints, and tables that do not keep to them."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from recto import instance
from recto.rules import validate
from tests.instance.oim.reports import NAMESPACES, TAXONOMY
from tests.instance.samples import BASE, Files

TC = "https://xbrl.org/PR/2026-03-18/tc"
METADATA: dict[str, Any] = {
    "documentInfo": {
        "documentType": "https://xbrl.org/2021/xbrl-csv",
        "namespaces": {**NAMESPACES, "tc": TC},
        "taxonomy": ["t.xsd"],
    },
    "dimensions": {"entity": "cik:1", "period": "2024-12-31@end", "unit": "iso4217:USD"},
    "parameters": {"day": "2024-12-31"},
    "tableTemplates": {
        "cash": {
            "columns": {
                "plan": {"tc:constraints": {"type": "xs:string", "minLength": 1, "patterns": ["[a-z]+"]}},
                "day": {"comment": True},
                "note": {"tc:constraints": {"type": "xs:integer", "optional": True, "nillable": True}},
                "value": {
                    "dimensions": {"concept": "t:Cash", "t:PlanAxis": "$plan"},
                    "tc:constraints": {"type": "xs:decimal", "minInclusive": "0", "optional": True},
                },
            },
            "tc:keys": {"unique": [{"name": "plans", "fields": ["plan"]}], "sortKey": "plans"},
            "tc:columnOrder": ["plan", "day", "note", "value"],
            "tc:tableConstraints": {"minTables": 1, "maxTables": 1, "minTableRows": 1, "maxTableRows": 3},
        },
        "more": {
            "columns": {
                "of": {"tc:constraints": {"type": "xs:string"}},
                "since": {"tc:constraints": {"type": "xs:date", "timeZone": False, "optional": True}},
                "value": {"dimensions": {"concept": "t:Cash", "t:PlanAxis": "$of"}},
            },
            "tc:parameters": {"scope": {"type": "xs:token", "enumerationValues": ["own", "group"], "optional": True}},
            "tc:keys": {"reference": [{"name": "of", "fields": ["of"], "referencedKeyName": "plans"}]},
        },
    },
    "tables": {
        "cash": {"url": "cash.csv"},
        "more": {"url": "more.csv", "parameters": {"scope": "own"}},
    },
}
CASH = "plan,day,note,value\na,x,1,5\nb,x,,6\n"
MORE = "of,since,value\na,2024-01-01,\nb,,\n"


def codes(metadata: dict[str, Any], **files: str) -> list[str]:
    given = {"cash.csv": CASH, "more.csv": MORE, **{name.replace("_", "."): text for name, text in files.items()}}
    resolver = Files({**TAXONOMY, **given, "r.json": json.dumps(metadata)})
    from types import SimpleNamespace

    (found,) = instance.load(SimpleNamespace(kind="csv", urls=(BASE + "r.json",)), resolver)
    told = validate(found, ["table-constraints"])
    return [each.code for each in told if each.code.startswith(("tc", "recto:internal"))]


def changed(path: str, value: Any) -> dict[str, Any]:
    metadata = copy.deepcopy(METADATA)
    *parts, last = path.split("/")
    place = metadata
    for part in parts:
        place = place[int(part)] if isinstance(place, list) else place[part]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return metadata


def test_in_order() -> None:
    assert codes(METADATA) == []


PLAN = "tableTemplates/cash/columns/plan/tc:constraints"
SINCE = "tableTemplates/more/columns/since/tc:constraints"
KEYS = "tableTemplates/cash/tc:keys"


@pytest.mark.parametrize(
    ("code", "path", "value"),
    [
        ("tcme:invalidNamespacePrefix", "documentInfo/namespaces/tc", "https://x.example/tc"),
        ("tcme:misplacedOrUnknownProperty", "tableTemplates/cash/tc:constraints", {}),
        ("tcme:misplacedOrUnknownProperty", f"{PLAN}/tc:more", 1),
        ("tcme:invalidJSONStructure", f"{PLAN}/colour", "red"),
        ("tcme:invalidJSONStructure", f"{PLAN}/minLength", -1),
        ("tcme:invalidJSONStructure", f"{PLAN}/optional", "yes"),
        ("tcme:invalidJSONStructure", f"{PLAN}/patterns", []),
        ("tcme:invalidJSONStructure", f"{PLAN}/type", None),
        ("tcme:invalidJSONStructure", f"{KEYS}/unique/0/shared", "yes"),
        ("tcme:invalidJSONStructure", f"{KEYS}/unique/0/severity", 1),
        ("tcme:invalidJSONStructure", f"{KEYS}/sortKey", 1),
        ("tcme:invalidJSONStructure", "tableTemplates/more/tc:keys/reference/0/negate", 1),
        ("tcme:invalidJSONStructure", "tableTemplates/cash/tc:columnOrder", ["plan", "day", "note", "value", "value"]),
        ("tcme:invalidJSONStructure", "tableTemplates/cash/tc:tableConstraints", {"maxTables": 0}),
        ("tcme:unknownType", f"{PLAN}/type", "xs:IDREFS"),
        ("tcme:unknownType", f"{PLAN}/type", "xs:NMTOKEN"),
        ("tcme:illegalConstraint", PLAN, {"type": "xs:integer", "fractionDigits": 1}),
        ("tcme:unknownPeriodType", PLAN, {"type": "period", "periodType": "fortnight"}),
        ("tcme:unknownDurationType", PLAN, {"type": "xs:duration", "durationType": "long"}),
        ("tcme:illegalConstraint", PLAN, {"type": "xs:string", "periodType": "year"}),
        ("tcme:illegalConstraint", PLAN, {"type": "xs:string", "durationType": "dayTime"}),
        ("tcme:illegalConstraint", PLAN, {"type": "xs:string", "timeZone": True}),
        ("tcme:illegalConstraint", PLAN, {"type": "xs:integer", "minLength": 1}),
        ("tcme:illegalConstraint", PLAN, {"type": "xs:string", "totalDigits": 1}),
        ("tcme:illegalConstraint", PLAN, {"type": "xs:string", "minInclusive": "a"}),
        ("tcme:illegalConstraint", PLAN, {"type": "xs:integer", "minInclusive": "a"}),
        ("tcme:illegalConstraint", PLAN, {"type": "xs:integer", "enumerationValues": ["a"]}),
        ("tcme:illegalConstraint", "tableTemplates/cash/columns/day/tc:constraints", {"type": "xs:string"}),
        ("tcme:missingKeyProperty", KEYS, {}),
        ("tcme:duplicateKeyName", f"{KEYS}/unique", [{"name": "plans", "fields": ["plan"]}] * 2),
        ("tcme:illegalKeyField", f"{KEYS}/unique/0/fields", ["day"]),
        ("tcme:illegalKeyField", PLAN, {"type": "xs:double"}),
        ("tcme:illegalKeyField", PLAN, {"type": "xs:date"}),
        ("tcme:illegalKeyField", PLAN, {"type": "language"}),
        ("tcme:illegalKeyField", PLAN, {"type": "xs:duration"}),
        ("tcme:unknownKey", f"{KEYS}/sortKey", "other"),
        ("tcme:unknownKey", "tableTemplates/more/tc:keys/reference/0/referencedKeyName", "other"),
        ("tcme:unknownSeverity", f"{KEYS}/unique/0/severity", "fatal"),
        ("tcme:inconsistentReferenceKeyFields", "tableTemplates/more/columns/of/tc:constraints/type", "xs:integer"),
        ("tcme:inconsistentColumnOrderDefinition", "tableTemplates/cash/tc:columnOrder", ["plan"]),
        ("tcme:columnParameterConflict", "tableTemplates/cash/tc:parameters", {"day": {"type": "xs:date"}}),
    ],
)  # fmt: skip
def test_faults_of_constraints(code: str, path: str, value: Any) -> None:
    assert code in codes(changed(path, value))


def test_parameters_of_a_unique_key_come_first() -> None:
    metadata = changed("tableTemplates/cash/tc:parameters", {"site": {"type": "xs:string", "optional": True}})
    unique = metadata["tableTemplates"]["cash"]["tc:keys"]["unique"]
    unique[0]["fields"] = ["site", "plan"]
    assert "tcme:illegalUniqueKeyOrder" not in codes(metadata)
    unique[0]["fields"] = ["plan", "site"]
    assert "tcme:illegalUniqueKeyOrder" in codes(metadata)


def test_shared_keys() -> None:
    """Keys of one name in two templates are shared by both, and alike."""
    metadata = changed(f"{KEYS}/unique/0/shared", True)
    metadata["tableTemplates"]["more"]["tc:keys"]["unique"] = [{"name": "plans", "fields": ["of"], "shared": True}]
    assert codes(metadata) == ["tcre:uniqueKeyViolation", "tcre:uniqueKeyViolation"]
    other = copy.deepcopy(metadata)
    other["tableTemplates"]["more"]["tc:keys"]["unique"][0]["severity"] = "warning"
    assert codes(other) == ["tcme:inconsistentSharedKeySeverity"]
    other["tableTemplates"]["more"]["tc:keys"]["unique"][0] = {
        "name": "plans",
        "fields": ["of", "since"],
        "shared": True,
    }
    assert codes(other) == ["tcme:inconsistentSharedKeyFields"]
    other["tableTemplates"]["more"]["tc:keys"]["unique"][0] = {"name": "plans", "fields": ["of"]}
    assert codes(other) == ["tcme:duplicateKeyName"]


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("tcre:invalidValue", {"cash_csv": CASH.replace("a,", "A,")}),
        ("tcre:invalidValue", {"cash_csv": CASH.replace(",5", ",-5")}),
        ("tcre:invalidValue", {"cash_csv": CASH.replace("a,x,1", "#nil,x,1")}),
        ("tcre:missingValue", {"cash_csv": CASH.replace("a,", ",")}),
        ("tcre:missingColumn", {"cash_csv": "plan,day,note\na,x,1\nb,x,\n"}),
        ("tcre:invalidColumnOrder", {"cash_csv": "day,plan,note,value\nx,a,1,5\nx,b,,6\n"}),
        ("tcre:uniqueKeyViolation", {"cash_csv": CASH + "b,x,,7\n"}),
        ("tcre:sortKeyViolation", {"cash_csv": CASH + "aa,x,,7\n"}),
        ("tcre:referenceKeyViolation", {"more_csv": MORE + "c,,\n"}),
        ("tcre:minTableRowsViolation", {"cash_csv": "plan,day,note,value\n"}),
        ("tcre:maxTableRowsViolation", {"cash_csv": CASH + "c,x,,7\nd,x,,8\n"}),
        ("tcre:unexpectedTimeZone", {"more_csv": MORE.replace("2024-01-01", "2024-01-01Z")}),
    ],
)
def test_tables_that_do_not_keep_to_them(code: str, files: dict[str, str]) -> None:
    assert code in codes(METADATA, **files)


@pytest.mark.parametrize(
    ("code", "constraint", "value"),
    [
        ("tcre:invalidPeriodType", {"type": "period", "periodType": "quarter"}, "2024"),
        ("", {"type": "period", "periodType": "quarter"}, "2024Q1"),
        ("", {"type": "period", "periodType": "instant"}, "2024@end"),
        ("", {"type": "period", "periodType": "week"}, "2024W5"),
        ("tcre:invalidValue", {"type": "period"}, "someday"),
        ("tcre:invalidDurationType", {"type": "xs:duration", "durationType": "yearMonth"}, "P1D"),
        ("", {"type": "xs:duration", "durationType": "dayTime"}, "P1DT2H"),
        ("tcre:missingTimeZone", {"type": "xs:dateTime", "timeZone": True}, "2024-01-01T00:00:00"),
        ("", {"type": "xs:dateTime", "timeZone": True}, "2024-01-01T00:00:00Z"),
        ("tcre:invalidValue", {"type": "unit"}, "USD"),
        ("", {"type": "unit"}, "iso4217:USD"),
        ("tcre:invalidValue", {"type": "entity"}, "nobody:1"),
        ("tcre:invalidValue", {"type": "language"}, "EN"),
        ("", {"type": "language"}, "en-us"),
        ("tcre:invalidValue", {"type": "concept"}, "Cash"),
        ("", {"type": "concept"}, "t:Cash"),
        ("tcre:invalidValue", {"type": "decimals"}, "2.5"),
        ("tcre:invalidValue", {"type": "xs:token", "enumerationValues": ["a", "b"]}, "c"),
    ],
)
def test_values(code: str, constraint: dict[str, Any], value: str) -> None:
    metadata = changed(SINCE, {**constraint, "optional": True})
    found = codes(metadata, more_csv=f"of,since,value\na,{value},\n")
    assert found == ([code] if code else [])


def test_parameters_and_numbers_of_tables() -> None:
    assert codes(changed("tables/more/parameters/scope", "all")) == ["tcre:invalidValue"]
    assert codes(changed("tables/more/parameters", {"scope": "own", "since": "2024"})) == [
        "tcre:columnParameterConflict"
    ]
    assert "tcre:minTablesViolation" in codes(changed("tables/cash", None))
    metadata = changed("tables/again", {"url": "again.csv", "template": "cash"})
    assert "tcre:maxTablesViolation" in codes(metadata, again_csv="plan,day,note,value\nz,x,,1\n")


def test_keys_that_must_not_be_known_and_warnings() -> None:
    metadata = changed("tableTemplates/more/tc:keys/reference/0/negate", True)
    assert codes(metadata) == ["tcre:referenceKeyViolation"] * 2


@pytest.mark.parametrize(
    ("constraints", "wrong"),
    [
        ({"type": "xs:string", "length": 1, "minLength": 1}, True),
        ({"type": "xs:string", "length": 1, "maxLength": 1}, True),
        ({"type": "xs:string", "minLength": 2, "maxLength": 1}, True),
        ({"type": "xs:string", "minLength": 1, "maxLength": 1}, False),
        ({"type": "xs:decimal", "totalDigits": 1, "fractionDigits": 2}, True),
        ({"type": "xs:decimal", "totalDigits": 2, "fractionDigits": 2}, False),
        ({"type": "xs:integer", "minInclusive": "1", "minExclusive": "0"}, True),
        ({"type": "xs:integer", "maxInclusive": "1", "maxExclusive": "2"}, True),
        ({"type": "xs:date", "minInclusive": "2024-01-02", "maxInclusive": "2024-01-01"}, True),
        ({"type": "xs:date", "minInclusive": "2024-01-01", "maxInclusive": "2024-01-01"}, False),
        ({"type": "xs:date", "minInclusive": "2024-01-01", "maxExclusive": "2024-01-01"}, True),
        ({"type": "xs:gDay", "minExclusive": "---01", "maxInclusive": "---01"}, True),
        ({"type": "decimals", "minExclusive": "1", "maxExclusive": "1"}, False),
        ({"type": "xs:duration", "minInclusive": "P1M", "maxInclusive": "P30D"}, False),
        ({"type": "xs:string", "patterns": ["[a-z"]}, True),
        ({"type": "xs:string", "patterns": ["(?=a)b"]}, True),
        ({"type": "xs:string", "enumerationValues": ["abc"], "maxLength": 2}, True),
        ({"type": "xs:string", "enumerationValues": ["A"], "patterns": ["[a-z]"]}, True),
        ({"type": "xs:string", "enumerationValues": ["a"], "patterns": ["[a-z]"]}, False),
        ({"type": "concept", "enumerationValues": ["Cash"]}, True),
        ({"type": "concept", "enumerationValues": ["t:Cash"]}, False),
        ({"type": "unit", "enumerationValues": ["USD"]}, True),
        ({"type": "xs:boolean", "enumerationValues": ["true"]}, True),
    ],
)
def test_constraints_that_do_not_agree(constraints: dict[str, Any], wrong: bool) -> None:
    """Such as facets of one type must not be together (XML Schema 2, 4.3)."""
    found = codes(changed(PLAN, {**constraints, "optional": True}), cash_csv="plan,day,note,value\n")
    assert ("tcme:illegalConstraint" in found) is wrong


def test_the_namespaces_of_drafts() -> None:
    for stage in ("CR/2025-10-07", "DPR/YYYY-MM-DD", "2026"):
        metadata = changed("documentInfo/namespaces/tc", f"https://xbrl.org/{stage}/tc")
        assert codes(metadata) == codes(METADATA)


def test_a_number_has_a_digit_at_least() -> None:
    constraints = {"type": "xs:decimal", "totalDigits": 0}
    assert "tcme:invalidJSONStructure" in codes(changed(PLAN, constraints))


def keyed(
    constraints: dict[str, Any], keys: list[str], *, more: str = "of,since,value\n", sort: bool = False
) -> list[str]:
    """What is told of a key whose field has these constraints, for a table with these values in its rows."""
    metadata = changed(PLAN, constraints)
    metadata["tableTemplates"]["more"]["columns"]["of"] = {"tc:constraints": constraints}
    template = metadata["tableTemplates"]["cash"]
    del template["tc:tableConstraints"], template["columns"]["value"]["dimensions"]["t:PlanAxis"]
    if not sort:
        del template["tc:keys"]["sortKey"]
    return codes(
        metadata, cash_csv="\n".join(["plan,day,note,value", *(f"{each},,,1" for each in keys)]), more_csv=more
    )


@pytest.mark.parametrize(
    ("constraints", "lesser", "greater"),
    [
        ({"type": "xs:integer"}, "9", "10"),
        ({"type": "xs:byte"}, "-10", "-9"),
        ({"type": "xs:decimal"}, "1.5", "1.50001"),
        ({"type": "decimals"}, "9", "10"),
        ({"type": "xs:boolean"}, "false", "1"),
        ({"type": "xs:duration", "durationType": "dayTime"}, "PT10H", "P1D"),
        ({"type": "xs:duration", "durationType": "yearMonth"}, "P9M", "P1Y"),
        ({"type": "xs:dateTime", "timeZone": True}, "2024-01-01T00:30:00+01:00", "2024-01-01T00:00:00Z"),
        ({"type": "xs:time", "timeZone": False}, "09:00:00", "10:00:00"),
        ({"type": "xs:gYear", "timeZone": False}, "-0100", "0099"),
        ({"type": "period", "timeZone": False}, "2024Q1", "2024"),
        ({"type": "period", "timeZone": False}, "2024", "2024@end"),
        ({"type": "xs:string", "optional": True}, "", "#empty"),
        ({"type": "xs:string", "optional": True}, "#empty", "A"),
    ],
)
def test_the_values_of_a_sort_key_rise(constraints: dict[str, Any], lesser: str, greater: str) -> None:
    assert keyed(constraints, [lesser, greater], sort=True) == []
    assert keyed(constraints, [greater, lesser], sort=True) == ["tcre:sortKeyViolation"]


@pytest.mark.parametrize(
    ("constraints", "one", "other"),
    [
        ({"type": "xs:integer"}, "1", "01"),
        ({"type": "xs:dateTime", "timeZone": True}, "2024-01-01T00:00:00Z", "2024-01-01T01:00:00+01:00"),
        ({"type": "xs:dateTime", "timeZone": False}, "2024-01-01T24:00:00", "2024-01-02T00:00:00"),
        ({"type": "xs:duration", "durationType": "yearMonth"}, "P12M", "P1Y"),
        ({"type": "period", "timeZone": False}, "2024", "2024-01-01..2024-12-31"),
        ({"type": "xs:token"}, "a  b", "a b"),
        ({"type": "xs:string", "optional": True}, "#none", ""),
    ],
)
def test_values_that_mean_the_same_are_one_key(constraints: dict[str, Any], one: str, other: str) -> None:
    assert keyed(constraints, [one, other]) == ["tcre:uniqueKeyViolation"]


def test_references_to_what_is_nought_false_or_nothing() -> None:
    assert keyed({"type": "xs:integer"}, ["1"], more="of,since,value\n0,,\n") == ["tcre:referenceKeyViolation"]
    assert keyed({"type": "xs:boolean"}, ["1"], more="of,since,value\nfalse,,\n") == ["tcre:referenceKeyViolation"]
    optional = {"type": "xs:string", "optional": True}
    assert keyed(optional, ["a"], more="of,since,value\n#none,2024-01-01,\n") == []
    assert keyed(optional, ["a"], more="of,since,value\n#empty,,\n") == ["tcre:referenceKeyViolation"]


def test_values_that_are_not_valid_are_not_sorted_nor_looked_for() -> None:
    found = keyed({"type": "xs:integer"}, ["1", "x", "2"], more="of,since,value\ny,,\n", sort=True)
    assert found == ["tcre:invalidValue"] * 2


def test_the_first_row_out_of_order_is_told_and_no_other() -> None:
    assert keyed({"type": "xs:string"}, ["c", "b", "a"], sort=True) == ["tcre:sortKeyViolation"]


def test_tables_of_one_template_do_not_overlap_in_their_sort_key() -> None:
    metadata = changed("tables/again", {"url": "again.csv", "template": "cash"})
    del metadata["tableTemplates"]["cash"]["tc:tableConstraints"]
    header = "plan,day,note,value\n"
    assert codes(metadata, again_csv=header + "c,x,,1\n") == []
    assert codes(metadata, again_csv=header + "aa,x,,1\nc,x,,1\n") == ["tcre:sortKeyViolation"]


@pytest.mark.parametrize(
    ("of", "other"),
    [
        ({"type": "xs:date", "timeZone": False}, {"type": "xs:date", "timeZone": True}),
        ({"type": "xs:duration", "durationType": "dayTime"}, {"type": "xs:duration", "durationType": "yearMonth"}),
        ({"type": "concept"}, {"type": "xs:QName"}),
    ],
)
def test_fields_that_refer_are_of_the_same_kind(of: dict[str, Any], other: dict[str, Any]) -> None:
    metadata = changed(PLAN, other)
    metadata["tableTemplates"]["more"]["columns"]["of"] = {"tc:constraints": of}
    assert codes(metadata) == ["tcme:inconsistentReferenceKeyFields"]


def test_a_key_whose_structure_is_wrong_is_not_told_as_unknown_too() -> None:
    assert codes(changed(f"{KEYS}/unique/0/fields", [])) == ["tcme:invalidJSONStructure"]
    assert codes(changed(KEYS, {"sortKey": "plans"}))[0] == "tcme:missingKeyProperty"
