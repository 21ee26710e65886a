"""xBRL-CSV reports, rule by rule."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from recto import taxonomy
from recto.errors import SourceError
from recto.findings import Findings
from recto.instance.oim.read_csv import stream_facts
from recto.names import ARC_FACT_FOOTNOTE, ROLE_LINK, QName
from tests.instance.oim.reports import codes, csv_report, read_csv, resolver, template, told
from tests.instance.samples import BASE

T = "https://example.org/t"
ASSETS = "date,cash\n2024-12-31@end,1000\n2023@end,900d-2\n"
COLUMN = {"dimensions": {"concept": "t:Cash", "period": "2024@end", "unit": "iso4217:USD"}}


def _one(columns: dict[str, object], rows: str, **more: object) -> Any:
    """A report whose only template has these columns."""
    return read_csv(csv_report(tableTemplates={"t": {"columns": columns}}, **more), rows)


def test_facts_have_their_aspects_ids_and_lines() -> None:
    found = read_csv(csv_report(), ASSETS)
    assert codes(found) == []
    assert [(each.id, each.value, each.decimals, each.line) for each in found.facts] == [
        ("t.r_1.cash", "1000", 0, 2),
        ("t.r_2.cash", "900", -2, 3),
    ]
    first = found.facts[0]
    assert first.document == BASE + "t.csv"
    assert first.period.end == datetime(2025, 1, 1)
    assert first.context.identifier == "0000000001"
    assert first.unit.measure.local == "USD"
    assert found.kind == "csv"


def test_byte_order_mark_quotes_and_line_endings() -> None:
    rows = '\ufeff"date","cash"\r\n"2024-12-31@end","1000"\r2023@end,"9"'
    assert [each.value for each in read_csv(csv_report(), rows).facts] == ["1000", "9"]


def test_text_of_any_length_with_line_breaks() -> None:
    words = "a,b\r\n" + "long " * 50_000
    columns = {"words": {"dimensions": {"concept": "t:Note", "period": "2024", "language": "en-US"}}}
    found = _one(columns, f'words\n"{words}"\n##1\n#empty\n#nil\n')
    assert [(each.value, each.nil) for each in found.facts] == [(words, False), ("#1", False), ("", False), ("", True)]
    assert [each.line for each in found.facts] == [2, 4, 5, 6]
    assert found.facts[0].language == "en-US"


def test_dimensions_are_inherited_and_taken_back() -> None:
    metadata = csv_report(
        dimensions={"entity": "cik:1", "t:RegionAxis": "t:Asia", "period": "2024@end", "unit": "iso4217:EUR"},
        decimals=2,
        tableTemplates={
            "t": {
                "dimensions": {"unit": "iso4217:USD"},
                "decimals": 1,
                "columns": {
                    "a": {"dimensions": {"concept": "t:Cash"}},
                    "b": {
                        "decimals": "#none",
                        "dimensions": {"concept": "t:Cash", "t:RegionAxis": "#none", "unit": "iso4217:GBP"},
                    },
                },
            }
        },
    )
    found = read_csv(metadata, "a,b\n1,2\n")
    assert codes(found) == []
    a, b = found.facts
    assert (a.decimals, a.unit.measure.local, list(a.dimensions.values())) == (1, "USD", [QName(T, "Asia")])
    assert (b.decimals, b.unit.measure.local, dict(b.dimensions)) == ("INF", "GBP", {})


def test_unit_and_language_are_dropped_where_they_have_no_meaning() -> None:
    metadata = csv_report(dimensions={"unit": "iso4217:USD", "language": "en", "period": "2024"}, decimals=0)
    columns = {"flag": {"dimensions": {"concept": "t:Flag"}}, "sales": {"dimensions": {"concept": "t:Sales"}}}
    metadata["tableTemplates"]["t"] = {"columns": columns}
    found = read_csv(metadata, "flag,sales\ntrue,7\n")
    assert codes(found) == []
    flag, sales = found.facts
    assert (flag.unit, flag.language, flag.decimals) == (None, None, None)
    assert (sales.unit.measure.local, sales.language) == ("USD", None)


def test_parameters_of_columns_tables_reports_and_files() -> None:
    columns = {
        "region": {},
        "cash": {
            "decimals": "$places",
            "dimensions": {
                "concept": "t:Cash",
                "period": "$year@end",
                "unit": "$money",
                "t:RegionAxis": "$region",
                "t:PlanAxis": "$rowNumber",
            },
        },
        "sales": {"dimensions": {"concept": "t:Sales", "period": "$year", "unit": "$money"}},
        "opening": {"dimensions": {"concept": "t:Cash", "period": "$year@start", "unit": "$money"}},
    }
    metadata = csv_report(
        tableTemplates={"t": {"columns": columns}},
        parameters={"money": "iso4217:USD", "year": "2023"},
        parameterURL="p.csv",
        tables={"t": {"url": "t.csv", "parameters": {"year": "2024"}}},
    )
    rows = "region,cash,sales,opening\nt:Asia,1,2,3\n,4,,\n"
    found = read_csv(metadata, rows, p_csv="name,value\nplaces,-3\n,\n")
    assert codes(found) == []
    cash, sales, opening, other = found.facts
    assert (cash.decimals, cash.period.end) == (-3, datetime(2025, 1, 1))
    assert cash.dimensions[QName(T, "RegionAxis")] is QName(T, "Asia")
    assert cash.dimensions[QName(T, "PlanAxis")].text == "1"
    assert other.dimensions[QName(T, "PlanAxis")].text == "2"
    assert QName(T, "RegionAxis") not in other.dimensions
    assert (sales.period.start, opening.period.end) == (datetime(2024, 1, 1), datetime(2024, 1, 1))


def test_columns_that_a_file_leaves_out_give_nothing() -> None:
    columns = {"region": {}, "cash": {"dimensions": {**COLUMN["dimensions"], "t:RegionAxis": "$region"}}}
    found = _one(columns, "cash\n5\n")
    assert codes(found) == []
    assert dict(found.facts[0].dimensions) == {}


def test_property_groups() -> None:
    columns = {
        "kind": {
            "propertyGroups": {
                "high": {"decimals": -6, "dimensions": {"t:RegionAxis": "t:Europe"}},
                "low": {"dimensions": {"t:RegionAxis": "$region", "unit": "iso4217:EUR"}},
            }
        },
        "region": {},
        "cash": {"propertiesFrom": ["kind"], "dimensions": {"concept": "t:Cash", "period": "2024@end"}},
    }
    metadata = csv_report(tableTemplates={"t": {"columns": columns, "dimensions": {"unit": "iso4217:USD"}}})
    found = read_csv(metadata, "kind,region,cash\nhigh,,1\nlow,t:Asia,2\n,,3\n")
    assert codes(found) == []
    high, low, none = found.facts
    assert (high.decimals, high.unit.measure.local, high.dimensions[QName(T, "RegionAxis")].local) == (
        -6,
        "USD",
        "Europe",
    )
    assert (low.decimals, low.unit.measure.local, low.dimensions[QName(T, "RegionAxis")].local) == (
        "INF",
        "EUR",
        "Asia",
    )
    assert dict(none.dimensions) == {}


def test_comment_columns_may_hold_anything() -> None:
    columns = {"why": {"comment": True}, "cash": COLUMN}
    assert codes(_one(columns, "why,cash,\n#?,1,\n")) == []


def test_row_ids() -> None:
    columns = {"key": {}, "cash": COLUMN}
    metadata = csv_report(tableTemplates={"t": {"columns": columns, "rowIdColumn": "key"}})
    found = read_csv(metadata, "key,cash\n007,1\nb-c,2\n,\n")
    assert codes(found) == []
    assert [each.id for each in found.facts] == ["t.r_007.cash", "t.r_b-c.cash"]


def test_notes_and_links() -> None:
    metadata = csv_report(
        tableTemplates={
            "t": template(),
            "n": {"columns": {"words": {"dimensions": {"concept": "xbrl:note", "language": "en", "entity": "#none"}}}},
        },
        tables={"t": {"url": "t.csv"}, "n": {"url": "n.csv"}},
        links={"footnote": {"_": {"t.r_1.cash": ["n.r_1.words"]}}},
    )
    metadata["documentInfo"] |= {"linkTypes": {"footnote": ARC_FACT_FOOTNOTE}, "linkGroups": {"_": ROLE_LINK}}
    found = read_csv(metadata, ASSETS, n_csv="words\nsee <i>below</i>\n")
    assert codes(found) == []
    assert [each.text for each in found.footnotes(found.facts[0])] == ["see <i>below</i>"]
    metadata["links"]["footnote"] = {"x": {}, "_": {"t.r_9.cash": ["n.r_1.words"], "t.r_1.cash": ["n.r_9.words"]}}
    metadata["links"]["other"] = {"_": {"t.r_1.cash": []}}
    found = read_csv(metadata, ASSETS, n_csv="words\nsee\n")
    assert codes(found) == [
        "xbrlce:unknownLinkGroup",
        "xbrlce:unknownLinkSource",
        "xbrlce:unknownLinkTarget",
        "xbrlce:unknownLinkType",
    ]


def test_a_note_that_nothing_leads_to_is_told_where_it_stands() -> None:
    words = {"dimensions": {"concept": "xbrl:note", "language": "en", "entity": "#none"}}
    metadata = csv_report(
        tableTemplates={"t": template(), "n": {"columns": {"words": words}}},
        tables={"t": {"url": "t.csv"}, "n": {"url": "n.csv"}},
    )
    (finding,) = read_csv(metadata, ASSETS, n_csv="words\n\nsee\n").findings
    assert (finding.code, finding.document, finding.line) == ("oime:unusedNoteFact", BASE + "n.csv", 3)


def test_units_stand_where_they_were_first_used() -> None:
    columns = {"money": {}, "cash": {**COLUMN, "dimensions": {**COLUMN["dimensions"], "unit": "$money"}}}
    found = _one(columns, "money,cash\niso4217:USD,1\niso4217:EUR,2\niso4217:USD,3\n")
    assert [(unit.document, unit.line) for unit in found.units.values()] == [(BASE + "t.csv", 2), (BASE + "t.csv", 3)]


def test_optional_tables_may_be_absent() -> None:
    tables = {"t": {"url": "t.csv", "optional": True}}
    assert codes(read_csv(csv_report(tables=tables))) == []
    assert codes(read_csv(csv_report())) == ["xbrlce:missingRequiredCSVFile"]


def test_metadata_that_extend_others() -> None:
    base = csv_report()
    base["documentInfo"]["namespaces"] = {"t": T}
    del base["tables"]
    own = {
        "documentInfo": {
            "documentType": "https://xbrl.org/2021/xbrl-csv",
            "extends": ["b.json"],
            "namespaces": {"cik": "http://www.sec.gov/CIK", "iso4217": "http://www.xbrl.org/2003/iso4217"},
        },
        "tables": {"t": {"url": "t.csv"}},
    }
    found = read_csv(own, ASSETS, b_json=json.dumps(base))
    assert codes(found) == []
    assert len(found.facts) == 2
    assert found.schema_refs == (BASE + "t.xsd",)


def test_chains_may_meet_again() -> None:
    own = csv_report()
    own["documentInfo"]["extends"] = ["a.json", "b.json"]
    middle = json.dumps({"documentInfo": {"documentType": own["documentInfo"]["documentType"], "extends": ["c.json"]}})
    last = csv_report()
    del last["tables"]
    assert codes(read_csv(own, ASSETS, a_json=middle, b_json=middle, c_json=json.dumps(last))) == []


@pytest.mark.parametrize(
    ("own", "base", "expected"),
    [
        ({}, None, "xbrlce:unresolvableBaseMetadataFile"),
        ({}, {"documentInfo/extends": ["r.json"]}, "xbrlce:cycleInExtensionChain"),
        (
            {},
            {"documentInfo/documentType": "https://xbrl.org/2021/xbrl-json"},
            "xbrlce:multipleDocumentTypesInExtensionChain",
        ),
        ({}, {"dimensions/entity": "cik:2"}, "xbrlce:conflictingMetadataValue"),
        ({"decimals": 0}, {"decimals": 1}, "xbrlce:illegalRedefinitionOfNonExtensibleProperty"),
        ({}, {"dimensions": {}, "documentInfo/final": {"dimensions": True}}, "xbrlce:illegalExtensionOfFinalProperty"),
        (
            {},
            {"documentInfo/taxonomy": ["other.xsd"], "documentInfo/final": {"taxonomy": True}},
            "xbrlce:illegalExtensionOfFinalProperty",
        ),
        ({}, {"documentInfo/namespaces/t": "https://example.org/x"}, "xbrlce:conflictingMetadataValue"),
        ({}, {"documentInfo/documentType": 1}, "oimce:unsupportedDocumentType"),
    ],
)
def test_faults_of_extension(own: Any, base: Any, expected: Any) -> None:
    metadata = csv_report(**own)
    metadata["documentInfo"]["extends"] = ["b.json"]
    files = {}
    if base is not None:
        other = csv_report()
        for path, value in base.items():
            at = other
            *steps, last = path.split("/")
            for step in steps:
                at = at[step]
            at[last] = value
        files["b_json"] = json.dumps(other)
    try:
        found = codes(read_csv(metadata, ASSETS, **files))
    except SourceError as error:
        found = [error.code]
    assert found == [expected]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"surplus": 1}, "xbrlce:invalidJSONStructure"),
        ({"decimals": "2"}, "xbrlce:invalidDecimalsValue"),
        ({"decimals": 1.5}, "xbrlce:invalidJSONStructure"),
        ({"dimensions": {"entity": 1}}, "xbrlce:invalidJSONStructure"),
        ({"dimensions": {"entity": "1"}}, "oimce:invalidSQName"),
        ({"dimensions": {"xbrl:x": "1"}}, "xbrlce:invalidJSONStructure"),
        ({"dimensions": {"period": "yesterday"}}, "xbrlce:invalidPeriodRepresentation"),
        ({"dimensions": {"period": "$date@middle"}}, "xbrlce:invalidPeriodSpecifier"),
        ({"dimensions": {"period": "$1"}}, "xbrlce:invalidReference"),
        ({"dimensions": {"unit": "USD"}}, "oimce:invalidUnitStringRepresentation"),
        ({"dimensions": {"unit": "xbrli:pure"}}, "oime:illegalPureUnit"),
        ({"dimensions": {"language": "en us"}}, "xbrlce:invalidLanguageCode"),
        ({"dimensions": {"concept": "Cash"}}, "xbrlce:invalidConceptQName"),
        ({"dimensions": {"concept": "t:Title"}}, "oime:valueForAbstractConcept"),
        ({"dimensions": {"concept": "t:Share"}}, "oime:unsupportedConceptDataType"),
        ({"dimensions": {"concept": "x:Cash"}}, "oimce:unboundPrefix"),
        ({"dimensions": {"t:RegionAxis": "#what"}}, "xbrlce:unknownSpecialValue"),
        ({"dimensions": {"t:RegionAxis": "t:World"}}, "xbrlce:invalidDimensionValue"),
        ({"dimensions": {"t:DayAxis": "1"}}, "xbrlce:invalidDimensionValue"),
        ({"dimensions": {"t:PairAxis": "$date"}}, "oime:unsupportedDimensionDataType"),
        ({"tableTemplates": {"t": {}}}, "xbrlce:invalidJSONStructure"),
        ({"tableTemplates": {"t": template(rowIdColumn="key")}}, "xbrlce:undefinedRowIdColumn"),
        (
            {"tableTemplates": {"t": {"rowIdColumn": "k", "columns": {"k": {"comment": True}}}}},
            "xbrlce:invalidRowIdColumn",
        ),
        ({"tableTemplates": {"t": {"columns": {"a.b": {}}}}}, "xbrlce:invalidIdentifier"),
        ({"tableTemplates": {"t": {"columns": {"a": {"decimals": 1}}}}}, "xbrlce:misplacedDecimalsOnNonFactColumn"),
        (
            {"tableTemplates": {"t": {"columns": {"a": {"comment": True, "dimensions": {}}}}}},
            "xbrlce:conflictingColumnType",
        ),
        (
            {"tableTemplates": {"t": {"columns": {"a": {"propertiesFrom": ["b"]}}}}},
            "xbrlce:invalidPropertyGroupColumnReference",
        ),
        ({"tables": {"t": {"url": "t.csv", "template": "gone"}}}, "xbrlce:unknownTableTemplate"),
        ({"tables": {"t": {}}}, "xbrlce:invalidJSONStructure"),
        ({"tables": {"t": {"url": "t.csv", "none:x": 1}}}, "oimce:unboundPrefix"),
        ({"tables": {"t": {"url": "t.csv", "parameters": {"p": "1"}}}}, "xbrlce:unreferencedParameter"),
        ({"parameters": {"p": "1"}}, "xbrlce:unreferencedParameter"),
        ({"parameterURL": "gone.csv"}, "xbrlce:missingParametersFile"),
    ],
)
def test_faults_of_metadata(change: Any, expected: Any) -> None:
    found = read_csv(csv_report(**change), ASSETS)
    assert codes(found) == [expected]
    assert found.findings.__iter__().__next__().line


def test_metadata_that_are_no_json() -> None:
    with pytest.raises(SourceError) as caught:
        read_csv('{"documentInfo":\n [}', ASSETS)
    assert (caught.value.code, caught.value.line) == ("xbrlce:invalidJSON", 2)


def test_keys_of_metadata_that_occur_twice() -> None:
    report = json.dumps(csv_report(), indent=1).replace('"tables": {', '"tables": {},\n"tables": {', 1)
    assert "xbrlce:invalidJSON" in codes(read_csv(report, ASSETS))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"decimals": 1}, {"decimals": 1}, "xbrlce:repeatedPropertyGroupDecimalsProperty"),
        (
            {"dimensions": {"period": "2024"}},
            {"dimensions": {"period": "2023"}},
            "xbrlce:repeatedPropertyGroupDimension",
        ),
    ],
)
def test_property_groups_do_not_compete(one: Any, other: Any, expected: Any) -> None:
    columns = {
        "a": {"propertyGroups": {"x": one}},
        "b": {"propertyGroups": {"x": other}},
        "cash": {"propertiesFrom": ["a", "b"]},
    }
    assert codes(_one(columns, "cash\n")) == [expected]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("date,money\n2024@end,1\n", [("xbrlce:unknownColumn", 1)]),
        ("date,cash,cash\n2024@end,1,1\n", [("xbrlce:repeatedColumnIdentifier", 1)]),
        ("date,2nd\n2024@end,1\n", [("xbrlce:invalidHeaderValue", 1)]),
        ("date;cash\n2024@end;1\n", [("xbrlce:invalidHeaderValue", 1)]),
        ("date,cash\n2024@end,#none\n", [("xbrlce:illegalUseOfNone", 2)]),
        ("date,cash\n2024@end,#?\n", [("xbrlce:unknownSpecialValue", 2)]),
        ("date,cash\n2024@end,many\n", [("xbrlce:invalidFactValue", 2)]),
        ("date,cash\n2024@end,1d\n", [("xbrlce:invalidDecimalsSuffix", 2)]),
        ("date,cash\n2024@end,1d+2\n", [("xbrlce:invalidDecimalsSuffix", 2)]),
        ("date,cash\n\n2024-13,1\n", [("xbrlce:invalidPeriodRepresentation", 3)]),
        ("date,cash\n2024,1\n", [("oime:invalidPeriodDimension", 2)]),
        ("date,cash\n,1\n", [("oime:missingPeriodDimension", 2)]),
        ("date,cash\n2024@end,\n", [("xbrlce:unmappedCellValue", 2)]),
        ("date,cash,\n2024@end,1,x\n", [("xbrlce:unmappedCellValue", 2)]),
        ("date,cash\n2024@end,1,x\n", [("xbrlce:unmappedCellValue", 2)]),
        ('date,cash\n2024@end,"1"x\n', [("xbrlce:invalidCSVFileFormat", 2)]),
        ('date,cash\n2024@end,"1\n', [("xbrlce:invalidCSVFileFormat", 2)]),
    ],
)
def test_faults_of_rows(rows: Any, expected: Any) -> None:
    assert told(read_csv(csv_report(), rows)) == expected


@pytest.mark.parametrize("data", [ASSETS.encode("utf-16"), b"date,cash\n2024@end,\xff\n"])
def test_encodings_other_than_utf_8(data: Any) -> None:
    assert codes(read_csv(csv_report(), t_csv=data)) == ["xbrlce:invalidCSVFileFormat"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("key,cash\n,1\n", "xbrlce:missingRowIdentifier"),
        ("key,cash\na.b,1\n", "xbrlce:invalidRowIdentifier"),
        ("key,cash\na,1\na,2\n", "xbrlce:repeatedRowIdentifier"),
    ],
)
def test_faults_of_row_ids(rows: Any, expected: Any) -> None:
    columns = {"key": {}, "cash": COLUMN}
    metadata = csv_report(tableTemplates={"t": {"columns": columns, "rowIdColumn": "key"}})
    assert codes(read_csv(metadata, rows)) == [expected]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("kind,cash\nhuge,1\n", "xbrlce:unknownPropertyGroup"),
        ("kind,cash\n#none,1\n", "xbrlce:illegalUseOfNone"),
        ("kind,cash\nhigh,\n", "xbrlce:unmappedCellValue"),
    ],
)
def test_faults_of_property_groups(rows: Any, expected: Any) -> None:
    columns = {"kind": {"propertyGroups": {"high": {"decimals": 0}}}, "cash": {"propertiesFrom": ["kind"], **COLUMN}}
    assert codes(_one(columns, rows)) == [expected]


@pytest.mark.parametrize(
    ("dimensions", "cell", "expected"),
    [
        ({"concept": "$gone"}, "", "xbrlce:invalidReferenceTarget"),
        ({"unit": "$gone"}, "", "xbrlce:invalidReferenceTarget"),
        ({"concept": "#none"}, "", "oime:missingConceptDimension"),
        ({"concept": "$x"}, "Cash", "xbrlce:invalidConceptQName"),
        ({"concept": "$x"}, "t:Gold", "oime:unknownConcept"),
        ({"unit": "$x"}, "USD", "oimce:invalidUnitStringRepresentation"),
        ({"entity": "$x"}, "USD", "oimce:invalidSQName"),
        ({"t:RegionAxis": "$x"}, "#nil", "xbrlce:invalidDimensionValue"),
        ({"t:DayAxis": "$x"}, "#nil", "xbrlce:invalidDimensionValue"),
        ({"period": "$x@end"}, "2024-01-01T00:00:00", "xbrlce:referenceTargetNotDuration"),
    ],
)
def test_faults_of_references(dimensions: Any, cell: Any, expected: Any) -> None:
    columns = {"x": {}, "cash": {"dimensions": {**COLUMN["dimensions"], **dimensions}}}
    assert codes(_one(columns, f"x,cash\n{cell},1\n")) == [expected]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("name,value\np,0,\n", []),
        ("name,value\np,0\np,1\n", ["xbrlce:invalidParameterCSVFile"]),
        ("value,name\n0,p\n", ["xbrlce:invalidParameterCSVFile"]),
        ("name,value\np\n", ["xbrlce:invalidParameterCSVFile"]),
        ("name,value\np,0,1\n", ["xbrlce:invalidParameterCSVFile"]),
        ("name,value\n1p,0\n", ["xbrlce:invalidIdentifier"]),
        ("", ["xbrlce:invalidParameterCSVFile"]),
    ],
)
def test_files_of_parameters(rows: Any, expected: Any) -> None:
    columns = {"cash": {"decimals": "$p", **COLUMN}}
    metadata = csv_report(tableTemplates={"t": {"columns": columns}}, parameterURL="p.csv")
    assert codes(read_csv(metadata, "cash\n", p_csv=rows)) == expected


def test_decimals_of_parameters_are_integers() -> None:
    columns = {"d": {}, "cash": {"decimals": "$d", **COLUMN}}
    assert codes(_one(columns, "d,cash\n1.5,1\n")) == ["xbrlce:invalidDecimalsValue"]
    found = _one(columns, "d,cash\n-3,1\n,2\n#none,3\n4,5d6\n")
    assert [each.decimals for each in found.facts] == [-3, "INF", "INF", 6]
    assert codes(found) == ["xbrlce:unmappedCellValue"]


def test_duplicates_over_tables() -> None:
    metadata = csv_report(tables={"t": {"url": "t.csv"}, "s": {"url": "t.csv", "template": "t"}})
    metadata["documentInfo"]["features"] = {"xbrl:allowedDuplicates": "none"}
    found = read_csv(metadata, ASSETS)
    assert codes(found) == ["oime:disallowedDuplicateFacts"] * 2
    assert len(found.facts) == 4


def test_stream_yields_facts_before_the_file_ends() -> None:
    rows = ASSETS + "2022@end,1\n" * 50 + 'x,"'
    files = resolver(t_csv=rows)
    findings = Findings()
    report, stream = stream_facts(
        json.dumps(csv_report()).encode(), BASE + "r.json", files, lambda urls: taxonomy.load(urls, files), findings
    )
    assert report.facts == ()
    assert next(stream).value == "1000"
    assert len(findings) == 0
    assert len(list(stream)) == 51
    assert [each.code for each in findings] == ["xbrlce:invalidCSVFileFormat"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("#what", "xbrlce:unknownSpecialValue"), ("yesterday", "xbrlce:invalidPeriodRepresentation")],
)
def test_faults_of_parameters(value: Any, expected: Any) -> None:
    columns = {"cash": {"dimensions": {**COLUMN["dimensions"], "period": "$p"}}}
    assert codes(_one(columns, "cash\n1\n", parameters={"p": value})) == [expected]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("date,cash\nx,27182\n2023-12-31T00:00:00,5\n", "xbrlce:invalidPeriodRepresentation"),
        ("date,cash\n2024-12-31T00:00:00,27182dx\n2023-12-31T00:00:00,5\n", "xbrlce:invalidDecimalsSuffix"),
    ],
)
def test_a_cell_whose_fact_is_not_known_in_full_is_kept_as_invalid(table: str, code: str) -> None:
    found = read_csv(csv_report(), table)
    assert [each for each, _ in told(found)] == [code]
    assert [(each.qname.local, each.line, each.valid) for each in found.facts] == [
        ("Cash", 2, False),
        ("Cash", 3, True),
    ]
    assert found.facts[0].number is None


@pytest.mark.parametrize("column", [{"none:x": 1}, {"propertyGroups": {"b": {"none:x": 1}}}])
def test_properties_of_others_have_declared_prefixes(column: dict[str, object]) -> None:
    assert codes(_one({"a": column}, "a\n")) == ["oimce:unboundPrefix"]


def test_links_that_are_empty_have_types_and_groups_all_the_same() -> None:
    metadata = csv_report(links={"footnote": {"none": {}}, "other": {}})
    metadata["documentInfo"]["linkTypes"] = {"footnote": ARC_FACT_FOOTNOTE}
    assert codes(read_csv(metadata, ASSETS)) == ["xbrlce:unknownLinkGroup", "xbrlce:unknownLinkType"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [("#none", "illegalUseOfNone"), ("#other", "unknownSpecialValue"), ("#nil", "unknownPropertyGroup")],
)
def test_special_values_are_no_property_groups(cell: str, code: str) -> None:
    columns = {"kind": {"propertyGroups": {"a": {}}}, "cash": {**COLUMN, "propertiesFrom": ["kind"]}}
    assert codes(_one(columns, f"kind,cash\n{cell},1\n")) == [f"xbrlce:{code}"]


def test_a_unit_is_not_nil() -> None:
    columns = {"unit": {}, "cash": {"dimensions": {**COLUMN["dimensions"], "unit": "$unit"}}}
    found = _one(columns, "unit,cash\n#nil,1\n#none,1\n")
    assert codes(found) == ["oimce:invalidUnitStringRepresentation"]
    assert [each.unit.measure.local for each in found.facts if each.valid] == ["pure"]


def test_the_number_of_a_row_is_no_column() -> None:
    columns = {"rowNumber": {}, "cash": {"dimensions": {**COLUMN["dimensions"], "t:PlanAxis": "$rowNumber"}}}
    found = _one(columns, "rowNumber,cash\nx,1\n")
    assert codes(found) == ["xbrlce:unmappedCellValue"]
    assert found.facts[0].dimensions[QName(T, "PlanAxis")].text == "1"


def test_a_unit_that_notes_inherit_leaves_their_language() -> None:
    words = {"dimensions": {"concept": "xbrl:note", "language": "en", "entity": "#none", "unit": "iso4217:USD"}}
    metadata = csv_report(
        tableTemplates={"t": template(), "n": {"columns": {"words": words}}},
        tables={"t": {"url": "t.csv"}, "n": {"url": "n.csv"}},
        links={"footnote": {"_": {"t.r_1.cash": ["n.r_1.words"]}}},
    )
    metadata["documentInfo"] |= {"linkTypes": {"footnote": ARC_FACT_FOOTNOTE}, "linkGroups": {"_": ROLE_LINK}}
    assert codes(read_csv(metadata, ASSETS, n_csv="words\nsee\n")) == []
