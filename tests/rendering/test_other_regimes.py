"""Pages of reports that are not the SEC's: titles, order, the grid of other facts, and pages without a taxonomy."""

from __future__ import annotations

from pathlib import Path

import pytest

import recto
from recto.rendering.definitions import Definition
from recto.rendering.roles import last_step, order_key
from recto.rendering.view import in_words
from recto.statements.names import TITLES

SCHEMA = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:s="http://s.example/"
 targetNamespace="http://s.example/">
<xsd:annotation><xsd:appinfo>{roles}
<link:linkbaseRef xlink:type="simple" xlink:href="l.xml" xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>
</xsd:appinfo></xsd:annotation>
<xsd:import namespace="http://www.xbrl.org/2003/instance"
 schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
{elements}
</xsd:schema>"""
ROLE = """<link:roleType roleURI="http://s.example/role/{id}" id="{id}"><link:definition>{text}</link:definition>
<link:usedOn>link:presentationLink</link:usedOn></link:roleType>"""
ELEMENT = """<xsd:element name="{name}" id="s_{name}" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item"
 xbrli:periodType="instant" nillable="true"/>"""
LINKBASE = """<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
{refs}{links}</link:linkbase>"""
LINK = """<link:presentationLink xlink:type="extended" xlink:role="http://s.example/role/{id}">
<link:loc xlink:type="locator" xlink:href="s.xsd#s_{above}" xlink:label="a"/>
<link:loc xlink:type="locator" xlink:href="s.xsd#s_{below}" xlink:label="b"/>
<link:presentationArc xlink:type="arc" xlink:from="a" xlink:to="b" order="1"
 xlink:arcrole="http://www.xbrl.org/2003/arcrole/parent-child"/></link:presentationLink>"""
INSTANCE = """<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:s="http://s.example/"
 xmlns:iso4217="http://www.xbrl.org/2003/iso4217">
<link:schemaRef xlink:type="simple" xlink:href="s.xsd"/>
<context id="c"><entity><identifier scheme="http://x.example/">1</identifier></entity>
<period><instant>2023-12-31</instant></period></context>
<unit id="u"><measure>iso4217:EUR</measure></unit>
{facts}
</xbrl>"""
FACT = '<s:{name} contextRef="c" unitRef="u" decimals="0">{value}</s:{name}>'
NAMES = ("Assets", "Cash", "Equity", "StrayAmount")


def write(folder: Path, roles: dict[str, str], *, schema: bool = True) -> Path:
    if schema:
        declared = "".join(ROLE.format(id=name, text=text) for name, text in roles.items() if text)
        elements = "".join(ELEMENT.format(name=name) for name in NAMES)
        (folder / "s.xsd").write_text(SCHEMA.format(roles=declared, elements=elements))
    links = "".join(
        LINK.format(id=name, above=("Assets", "Equity")[at % 2], below="Cash") for at, name in enumerate(roles)
    )
    (folder / "l.xml").write_text(LINKBASE.format(refs="", links=links))
    facts = "".join(FACT.format(name=name, value=100 * at) for at, name in enumerate(NAMES, 1))
    path = folder / "i.xbrl"
    path.write_text(INSTANCE.format(facts=facts))
    return path


def opened(path: Path, **options: object) -> recto.Filing:
    return recto.open(path, offline=True, use_cache=False, **options)  # type: ignore[arg-type]


def test_titles_and_order(tmp_path: Path) -> None:
    roles = {"z": "[310000] Statement of income", "y": "[210000] Statement of position", "BalanceSheet": ""}
    filing = opened(write(tmp_path, roles))
    assert [report.title for report in filing.reports] == [
        "Statement of position",
        "Statement of income",
        "Balance Sheet",
        "Other facts",
    ]
    assert {report.category for report in filing.reports} == {""}
    assert not [finding for finding in filing.findings if finding.code.startswith(("EFM", "EXG"))]


def test_titles_and_order_are_explained_as_they_were_made(tmp_path: Path) -> None:
    roles = {"z": "[310000] Statement of income", "y": "Notes", "BalanceSheet": ""}
    pages = [report.explain() for report in opened(write(tmp_path, roles)).reports[:3]]
    assert [each.text for page in pages for each in page if each.rule == "title" and not each.clause] == [
        "'Statement of income' is the role's definition '[310000] Statement of income' without number and kind.",
        "'Notes' is the role's definition.",
        "'Balance Sheet' is the last step of its role's URI, since that has no definition.",
    ]
    numbered, without, *_ = [each.text for page in pages for each in page if each.rule == "order"]
    assert "this one's is '310000'" in numbered
    assert "this one's has none" in without


def test_facts_that_no_tree_holds_are_a_grid(tmp_path: Path) -> None:
    page = opened(write(tmp_path, {"y": "Position"})).reports[-1]
    assert not page.show_elements
    assert [(row.label, row.cells[0].facts[0].value) for row in page.rows] == [
        ("Equity", "300"),
        ("Stray Amount", "400"),
    ]


def test_pages_without_the_taxonomy(tmp_path: Path) -> None:
    filing = opened(write(tmp_path, {"y": "Position"}, schema=False))
    (page,) = filing.reports
    assert [row.label for row in page.rows] == ["Assets", "Cash", "Equity", "Stray Amount"]
    assert page.note.startswith("Approximate")
    assert filing.coverage().lost == 0


def test_the_secs_form_is_told_by_the_caller(tmp_path: Path) -> None:
    filing = opened(write(tmp_path, {"y": "Position"}), regime="sec")
    assert filing.reports[0].title.strip() in ("", "- EUR (€)")
    assert filing.reports[-1].uncategorized


@pytest.mark.parametrize(
    ("role", "title"),
    [
        ("http://x.example/role/BalanceSheet", "Balance Sheet"),
        ("http://x.example/role/balance_sheet/", "balance sheet"),
        ("urn:x#Cash", "Cash"),
    ],
)
def test_last_step(role: str, title: str) -> None:
    assert last_step(role) == title


def test_order_by_numbers() -> None:
    numbers = ["3-02", "", "10", "3-10", "[x]", "9"]
    definitions = [Definition(number, number if number != "[x]" else "") for number in numbers]
    keys = sorted((order_key(each, index), each.number) for index, each in enumerate(definitions))
    assert [number for _, number in keys] == ["3-02", "3-10", "9", "10", "", ""]


def test_nothing_is_said_that_presupposes_what_is_missing(tmp_path: Path) -> None:
    filing = opened(write(tmp_path, {"y": "Position"}, schema=False))
    assert [finding.code for finding in filing.validate()] == ["recto:missingDocument"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Section477CompaniesAct2006ToSmallOnes", "Section 477 Companies Act 2006 To Small Ones"),
        ("LLPAccountsAbstract", "LLP Accounts"),
        ("BusinessResultsLineItems", "Business Results"),
        ("si168", "si168"),
        ("x17", "x17"),
    ],
)  # fmt: skip
def test_names_in_words(name: str, words: str) -> None:
    assert in_words(name) == words


CODED = """<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:m="http://www.eba.europa.eu/xbrl/crr/dict/met"
 xmlns:xbrldi="http://xbrl.org/2006/xbrldi">
<link:schemaRef xlink:type="simple" xlink:href="http://www.eba.europa.eu/eu/fr/xbrl/crr/fws/case/1.0/mod/case.xsd"/>
<context id="c"><entity><identifier scheme="http://x.example/">1</identifier></entity>
<period><instant>2023-12-31</instant></period>
<scenario><xbrldi:explicitMember dimension="m:BAS">m:x17</xbrldi:explicitMember></scenario></context>
<m:si1 contextRef="c">text</m:si1></xbrl>"""


def test_codes_are_told_with_their_axis(tmp_path: Path) -> None:
    """Without the taxonomy a member `x17` says nothing by itself. Dates are as Europeans write them in English."""
    path = tmp_path / "i.xbrl"
    path.write_text(CODED)
    (page,) = opened(path).reports
    assert [row.label for row in page.rows] == ["BAS: x17", "si1"]
    assert page.columns[0].labels == ("31 Dec 2023",)
    assert page.language == "en-GB"


@pytest.mark.parametrize(
    ("label", "shown"),
    [("Current assets [abstract]", "Current assets"), ("流動資産 [目次項目]", "流動資産"), ("Of [2019]", "Of [2019]")],
)
def test_labels_do_not_say_what_kind_of_element_it_is(tmp_path: Path, label: str, shown: str) -> None:
    path = write(tmp_path, {"y": "Position"})
    links = (tmp_path / "l.xml").read_text()
    resource = f"""<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
<link:loc xlink:type="locator" xlink:href="s.xsd#s_Assets" xlink:label="a"/>
<link:label xlink:type="resource" xlink:label="l" xml:lang="en"
 xlink:role="http://www.xbrl.org/2003/role/label">{label}</link:label>
<link:labelArc xlink:type="arc" xlink:from="a" xlink:to="l"
 xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label"/></link:labelLink></link:linkbase>"""
    (tmp_path / "l.xml").write_text(links.replace("</link:linkbase>", resource))
    schema = (tmp_path / "s.xsd").read_text()
    declared = ELEMENT.format(name="Assets")
    abstract = declared.replace("nillable", 'abstract="true" nillable')
    (tmp_path / "s.xsd").write_text(schema.replace(declared, abstract))
    text = path.read_text()
    path.write_text(text.replace(FACT.format(name="Assets", value=100), ""))
    assert shown in [row.label for row in opened(path).reports[0].rows]


def test_a_statement_is_found_by_its_title(tmp_path: Path) -> None:
    """Where the taxonomy has names of its own for what a balance sheet must have. Small words may be left out."""
    path = write(tmp_path, {"y": "Comparative Balance Sheet - Assets And Other Debits"})
    for name, new in (("Assets", "UtilityPlant"), ("Cash", "SpecialDeposits"), ("StrayAmount", "DeferredDebits")):
        for file in ("s.xsd", "l.xml", "i.xbrl"):
            text = (tmp_path / file).read_text()
            (tmp_path / file).write_text(text.replace(f"s_{name}", f"s_{new}").replace(f"s:{name}", f"s:{new}"))
            (tmp_path / file).write_text((tmp_path / file).read_text().replace(f'"{name}"', f'"{new}"'))
    text = path.read_text()
    earlier = text[text.index("<context") : text.index("</context>") + 10]
    for year in ("2021", "2022"):
        text = text.replace("<unit", earlier.replace('"c"', f'"c{year}"').replace("2023", year) + "<unit", 1)
        text = text.replace(
            "</xbrl>", f'<s:SpecialDeposits contextRef="c{year}" unitRef="u" decimals="0">5</s:SpecialDeposits></xbrl>'
        )
    path.write_text(text)
    filing = opened(path)
    assert filing.statement("balance").title == "Comparative Balance Sheet - Assets And Other Debits"
    assert filing.report("the sheet of debits").stem == "R1"


@pytest.mark.parametrize(
    ("language", "title", "date", "direction"),
    [
        ("ar", "قائمة المركز المالي", "31/12/2023", "rtl"),
        ("he", "דוח על המצב הכספי", "31 בדצמ׳ 2023", "rtl"),
        ("zh", "资产负债表", "2023年12月31日", ""),
        ("el", "Κατάσταση χρηματοοικονομικής θέσης", "31 Δεκ 2023", ""),
    ],
)
def test_other_scripts(tmp_path: Path, language: str, title: str, date: str, direction: str) -> None:
    """Titles tell the kind of statement; pages say language and direction; a terminal gets no marks of direction."""
    path = write(tmp_path, {"y": title})
    path.write_text(path.read_text().replace('decimals="0">200', 'decimals="0">-200'))
    filing = opened(path, language=language)
    page = filing.reports[0]
    assert page.title == title
    assert TITLES["balance"].found(title)
    assert page.columns[0].labels[0] == date
    assert page.right_to_left is (direction == "rtl")
    assert not set(page.text) & {"\u200e", "\u200f", "\u061c"}
    (folder := tmp_path / "pages").mkdir()
    filing.render(folder, formats=["html"])
    html = (folder / "R1.htm").read_text()
    assert f'<html lang="{language}"' in html
    assert ('dir="rtl"' in html) is (direction == "rtl")
