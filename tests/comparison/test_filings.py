"""Two filings of one filer, a year apart: what `recto.compare` finds, prints and writes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import recto
from recto.cli import main

SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
 targetNamespace="{namespace}" elementFormDefault="qualified">
 <xs:annotation><xs:appinfo>
  <link:roleType roleURI="http://orchard.example/role/balance" id="balance">
   <link:definition>1 - Statement - Balance Sheet</link:definition>
   <link:usedOn>link:presentationLink</link:usedOn></link:roleType>
  <link:linkbaseRef xlink:type="simple" xlink:href="links.xml"
   xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>
 </xs:appinfo></xs:annotation>
 <xs:import namespace="http://www.xbrl.org/2003/instance"
  schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
 <xs:element name="Head" id="orc_Head" substitutionGroup="xbrli:item" abstract="true" nillable="true"
  xbrli:periodType="duration" type="xbrli:stringItemType"/>{elements}</xs:schema>"""
ELEMENT = """<xs:element name="{name}" id="orc_{name}" substitutionGroup="xbrli:item" nillable="true"
 xbrli:periodType="{period}" type="xbrli:{type}ItemType"/>"""
LINKS = """<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
 <link:roleRef roleURI="http://orchard.example/role/balance" xlink:type="simple" xlink:href="orc.xsd#balance"/>
 <link:presentationLink xlink:type="extended" xlink:role="http://orchard.example/role/balance">
  <link:loc xlink:type="locator" xlink:label="Head" xlink:href="orc.xsd#orc_Head"/>{arcs}</link:presentationLink>
 <link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">{labels}</link:labelLink>
</link:linkbase>"""
ARC = """<link:loc xlink:type="locator" xlink:label="{name}" xlink:href="orc.xsd#orc_{name}"/><link:presentationArc
 xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/parent-child" xlink:from="Head" xlink:to="{name}"
 order="{order}"/>"""
LABEL = """<link:loc xlink:type="locator" xlink:label="{name}" xlink:href="orc.xsd#orc_{name}"/><link:label
 xlink:type="resource" xlink:label="l_{name}" xlink:role="http://www.xbrl.org/2003/role/label" xml:lang="en">{text}
 </link:label><link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label"
 xlink:from="{name}" xlink:to="l_{name}"/>"""
CONTEXT = """<xbrli:context id="{id}"><xbrli:entity><xbrli:identifier scheme="http://orchard.example">{entity}
</xbrli:identifier></xbrli:entity><xbrli:period>{period}</xbrli:period></xbrli:context>"""


def write(
    folder: Path, year: int, labels: dict[str, str], facts: list[tuple[str, str, str]], *, entity: str = "orchard"
) -> Path:
    """A filing whose namespace carries the year. Facts: (concept, context `I2024` or `D2024`, value)."""
    folder.mkdir()
    kinds = {name: (context[0] == "I", name.startswith("Text")) for name, context, _ in facts}
    elements = "".join(
        ELEMENT.format(name=name, period="instant" if moment else "duration", type="string" if words else "monetary")
        for name, (moment, words) in kinds.items()
    )
    arcs = "".join(ARC.format(name=name, order=at) for at, name in enumerate(kinds, 1))
    told = "".join(LABEL.format(name=name, text=labels.get(name, name)) for name in kinds)
    namespace = f"http://www.orchard.example/{year}1231"
    contexts = []
    for context in dict.fromkeys(context for _, context, _ in facts):
        days = f"<xbrli:instant>{context[1:]}-12-31</xbrli:instant>"
        if context[0] == "D":
            days = (
                f"<xbrli:startDate>{context[1:]}-01-01</xbrli:startDate>"
                f"<xbrli:endDate>{context[1:]}-12-31</xbrli:endDate>"
            )
        contexts.append(CONTEXT.format(id=context, entity=entity, period=days))
    items = "".join(
        f'<o:{name} contextRef="{context}">{value}</o:{name}>'
        if name.startswith("Text")
        else f'<o:{name} contextRef="{context}" unitRef="u" decimals="0">{value}</o:{name}>'
        for name, context, value in facts
    )
    (folder / "orc.xsd").write_text(SCHEMA.format(namespace=namespace, elements=elements))
    (folder / "links.xml").write_text(LINKS.format(arcs=arcs, labels=told))
    (folder / "report.xml").write_text(
        '<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"'
        f' xmlns:o="{namespace}"><link:schemaRef xlink:type="simple" xlink:href="orc.xsd"/>{"".join(contexts)}'
        f'<xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>{items}</xbrli:xbrl>'
    )
    return folder


Pair = tuple[Path, Path]


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    a = write(
        tmp_path / "a",
        2023,
        {"Cash": "Cash at December 31, 2023", "Debt": "Debt", "TextPhone": "Phone"},
        [("Cash", "I2023", "1000"), ("Debt", "I2023", "7"), ("TextPhone", "D2023", "0049"), ("Sales", "D2023", "50")],
    )
    b = write(
        tmp_path / "b",
        2024,
        {"Cash": "Cash at December 31, 2024", "Debt": "Borrowings", "TextPhone": "Phone"},
        [
            *(("Cash", "I2023", "1200"), ("Cash", "I2024", "1300"), ("Debt", "I2023", "7")),
            *(("TextPhone", "D2023", "0050"), ("Profit", "D2023", "3"), ("Profit", "D2024", "4")),
        ],
    )
    return a, b


def test_a_concept_of_another_year_is_the_same(pair: Pair) -> None:
    found = recto.compare(*pair, offline=True)
    told = [(each.kind, each.concept, each.period, each.a, each.b) for each in found]
    assert told == [
        ("restated", "o:Cash", "2023-12-31", "1000", "1200"),
        ("restated", "o:TextPhone", "2023-01-01/2023-12-31", "0049", "0050"),
        ("new", "o:Profit", "2024-01-01/2024-12-31", None, "4"),
        ("gone", "o:Sales", "2023-01-01/2023-12-31", "50", None),
        ("relabelled", "o:Debt", None, "Debt", "Borrowings"),
    ]
    assert (found[0].difference, found[0].percent, found[1].difference) == (Decimal(200), 20.0, None)
    assert found.counts == {"restated": 2, "new": 1, "gone": 1, "relabelled": 1}


def test_it_is_printed_for_people(pair: Pair) -> None:
    text = str(recto.compare(*pair, offline=True))
    assert "Cash at December 31, 2024, Dec. 31, 2023: 1,000 → 1,200 USD  (+200, +20.0 %)" in text
    assert "Phone, 12 months ended Dec. 31, 2023: “0049” → “0050”" in text  # words are no numbers
    assert re.search(r"\dT00", text) is None


def test_only_what_is_asked_for(pair: Pair) -> None:
    def told(**asked: object) -> list[str]:
        return [each.concept for each in recto.compare(*pair, offline=True, **asked)]

    assert told(kinds=["gone"]) == ["o:Sales"]
    assert told(concept="Cash") == ["o:Cash"]
    assert told(period="Dec. 31, 2023", kinds=["restated"]) == ["o:Cash", "o:TextPhone"]
    with pytest.raises(recto.UsageError, match="no change is called"):
        told(kinds=["changed"])
    with pytest.raises(recto.UsageError, match="no calendar"):
        told(period="2023-02-30")


def test_frames_and_sheets_tell_numbers_from_words(pair: Pair, tmp_path: Path) -> None:
    found = recto.compare(*pair, offline=True)
    frame = found.to_pandas()
    assert (frame["number_b"] - frame["number_a"]).iloc[0] == 200.0
    assert frame["number_a"].isna().tolist() == [False, True, True, False, True]
    assert found.to_polars()["end"][0] == date(2023, 12, 31)
    found.to_excel(tmp_path / "c.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "c.xlsx")["Changes"].iter_rows(values_only=True))
    at = rows[0].index("a")
    assert [row[at] for row in rows[1:3]] == [1000, "0049"]


def test_another_entity_is_told(pair: Pair, tmp_path: Path) -> None:
    other = write(tmp_path / "c", 2024, {}, [("Cash", "I2023", "1")], entity="grove")
    assert "different entities: orchard and grove" in recto.compare(pair[0], other, offline=True).note


def test_a_namespace_that_moved_is_known_by_its_prefix(pair: Pair, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    moved.mkdir()
    for file in pair[1].iterdir():
        (moved / file.name).write_text(
            file.read_text().replace("http://www.orchard.example/2024", "http://grove.org/2024")
        )
    assert recto.compare(pair[0], moved, offline=True).counts == recto.compare(*pair, offline=True).counts


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("c.json", lambda path: len(path.read_text().splitlines())),
        ("c.csv", lambda path: len(path.read_text().splitlines()) - 1),
        ("c.md", lambda path: len(path.read_text().splitlines()) - 2),
        ("c.html", lambda path: path.read_text().count("<tr>") - 1),
        ("c.xlsx", lambda path: openpyxl.load_workbook(path)["Changes"].max_row - 1),
        ("c.parquet", lambda path: len(__import__("pyarrow.parquet").parquet.read_table(path))),
    ],
)
def test_files_by_extension(pair: Pair, tmp_path: Path, name: str, read: Callable[[Path], int]) -> None:
    assert main(["compare", *map(str, pair), "--offline", "-o", str(tmp_path / name)]) == 0
    assert read(tmp_path / name) == 5


def test_any_other_extension_is_an_error(pair: Pair, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *map(str, pair), "--offline", "-o", str(tmp_path / "c.docx")]) == 2
    assert "c.docx" in capsys.readouterr().err
    assert not (tmp_path / "c.docx").exists()


def test_records_have_dates_as_people_write_them(pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *map(str, pair), "--offline", "--to", "json", "--only", "restated"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(each["start"], each["end"], each["numeric"]) for each in records] == [
        (None, "2023-12-31", True),
        ("2023-01-01", "2023-12-31", False),
    ]


def test_two_pages(pair: Pair, tmp_path: Path) -> None:
    pages = []
    for side in pair:
        with recto.open(side, offline=True, regime="sec") as filing:
            filing.render(tmp_path / f"{side.name}-pages", formats=["html"])
        pages.append(tmp_path / f"{side.name}-pages" / "R1.htm")
    found = recto.compare(*pages)
    assert ("restated", "1000", "1200") in [(each.kind, each.a, each.b) for each in found]
    assert "Dec. 31, 2023" in str(found)
    with pytest.raises(recto.UsageError, match="a filing and a page"):
        recto.compare(pages[0], pair[1], offline=True)


def test_targets_of_one_document_set_are_reports_of_their_own(data: Path, tmp_path: Path) -> None:
    from tests.browser.annual import two_documents

    a = two_documents(data, tmp_path / "a")
    b = two_documents(data, tmp_path / "b")
    exhibit = b / "orchard-exhibit.htm"
    exhibit.write_text(exhibit.read_text("utf-8").replace(">7<", ">8<"), "utf-8")
    options = {"taxonomies": [str(data / "mirror")], "offline": True}
    assert list(recto.compare(a, a, **options)) == []
    found = list(recto.compare(a, b, **options))
    assert [(each.concept.rpartition(":")[2], each.number_a, each.number_b) for each in found] == [
        ("Cash", Decimal(7), Decimal(8))
    ]


@pytest.mark.parametrize("name", ["page.html", "x.xsd"])
def test_what_holds_no_report_is_not_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Nothing to compare is no answer that nothing changed; nor is there anything to save."""
    schema = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x"/>'
    (tmp_path / name).write_text(schema if name == "x.xsd" else "<html/>")
    assert main(["compare", str(tmp_path), str(tmp_path), "--offline"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "there is no XBRL report" in told.err
    assert main(["save", str(tmp_path), "-o", str(tmp_path / "o.json"), "--offline"]) == 2
    assert not (tmp_path / "o.json").exists()


def test_an_empty_name_is_no_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a variable that was not set: the folder one is in was read."""
    monkeypatch.chdir(tmp_path)
    for name in ("", " "):
        with pytest.raises(recto.NotFoundError, match="its name is empty"):
            recto.open(name)
        assert main(["facts", name]) == 2
