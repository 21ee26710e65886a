"""Invalid means no value: the text of a fact that is no value of its type is in no output but what tells of it."""

from __future__ import annotations

import base64
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import recto
from recto.cli import main
from recto.errors import RectoError
from recto.saving import save
from tests.test_saving import CONTEXT_A, NUMBER, write

BAD = "31415x"
"""Stands as the value of a number; another fact says 27182 at the same place, a third has no accuracy."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    facts = NUMBER.format("0", BAD) + NUMBER.format("0", "27182") + NUMBER.format("x", "16180")
    return write(tmp_path / "in", facts, CONTEXT_A)


def texts(folder: Path) -> str:
    """All that stands in the files of a folder; what is packed is unpacked."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".parquet":
            import pyarrow.parquet as pq

            found.append(str(pq.read_table(path).to_pylist()))
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                found += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        elif path.suffix == ".js" and path.parent.suffix == ".files":
            packed = re.findall(r"= \"([A-Za-z0-9+/=]+)\"", path.read_text("utf-8"))
            found += [zlib.decompress(base64.b64decode(each)).decode() for each in packed]
        elif path.is_file():
            found.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(found)


def facts_(filing: Any, folder: Path) -> None:
    for form in ("csv", "json", "parquet", "xlsx", "html", "md"):
        filing.facts.to_arrow().write(folder / f"facts.{form}")


def records(filing: Any, folder: Path) -> None:
    from recto.records import records

    (folder / "records.txt").write_text(str(list(records(filing))), "utf-8")


def pages(filing: Any, folder: Path) -> None:
    filing.render(folder, formats=["html", "xlsx", "md", "json"])


def viewer(filing: Any, folder: Path) -> None:
    filing.view(folder / "view.html", largest=0)


def saved(filing: Any, folder: Path) -> None:
    for form in ("json", "csv", "xml"):
        save(filing, folder / form / f"saved.{form}", force=True)


def values(filing: Any, folder: Path) -> None:
    from recto.instance import typed_value

    (folder / "values.txt").write_text(str([(typed_value(fact), fact.number) for fact in filing.facts]), "utf-8")


def calculated(filing: Any, folder: Path) -> None:
    (folder / "found.txt").write_text(str(list(filing.validate(["duplicates", "calc11"]))), "utf-8")


@pytest.mark.parametrize("output", [facts_, records, pages, viewer, saved, values, calculated])
def test_an_invalid_fact_has_no_value_anywhere(
    source: Path, tmp_path: Path, output: Callable[[Any, Path], None]
) -> None:
    (tmp_path / "out").mkdir()
    with recto.open(source, offline=True, use_cache=False) as filing:
        assert [fact.valid for fact in filing.facts] == [False, True, False]
        output(filing, tmp_path / "out")
    findings = rf".{{1,7}}{BAD}.{{1,7}} is not a decimal number"
    found = re.sub(findings, "", texts(tmp_path / "out"))
    found = re.sub(r'"lines":\[(?:"(?:[^"\\]|\\.)*",?)+\]', "", found)  # the filing's own lines, around what is wrong
    assert BAD not in found
    assert "16180" not in found
    assert output is calculated or "27182" in found or "27,182" in found


def test_an_invalid_fact_has_no_value_in_the_lake(source: Path, tmp_path: Path) -> None:
    pytest.importorskip("deltalake")
    assert main(["ingest", str(source), "--lake", str(tmp_path / "lake"), "--offline"]) == 0
    rows = recto.Lake(tmp_path / "lake").sql("select value, number, valid from facts order by valid, value").to_dicts()
    assert [(row["value"], row["valid"]) for row in rows] == [(None, False), (None, False), ("27182", True)]


WORDS = ("31415", "Brumaire", "BADBLOCK")
"""Of values that none of the facts below has: a number, a date, a text block about no known period."""


@pytest.fixture
def annual(data: Path, tmp_path: Path) -> Path:
    """The small inline filing whose cash, whose date and whose note are invalid, each in its way."""
    folder = tmp_path / "annual"
    shutil.copytree(data / "inline", folder)
    path = folder / "orchard-20241231.htm"
    text = path.read_text("utf-8")
    start, end = text.index('<xbrli:context id="D2023">'), text.index('<xbrli:context id="I2024">')
    bad = text[start:end].replace('"D2023"', '"Bad"').replace("2023-12-31", "2023-13-31")
    for old, new in (
        (">1,250<", ">31415x<"),
        (">December 31, 2024<", ">1 Brumaire 2024<"),
        ("Inventories are stated at cost", "BADBLOCK"),
        ('TextBlock" contextRef="D2024"', 'TextBlock" contextRef="Bad"'),
        ('<xbrli:context id="D2023">', f'{bad}<xbrli:context id="D2023">'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    return folder


def selected(filing: Any, told: list[str]) -> None:
    facts = filing.facts
    assert len(facts.where(concept="Cash")) == 2
    for word in WORDS:
        assert not facts.where(text=word)
    told.append(facts.to_pandas().to_csv())
    told.append(str(facts.to_polars().to_dicts()))
    told.append(facts.by_period().to_pandas().to_csv())
    told.append(str(facts.periods))
    assert len(facts.deduplicated()) == len(facts)


def charted(filing: Any, told: list[str]) -> None:
    told.append(str(filing.facts.where(concept="Cash").chart().to_dict()))
    told.append(str(filing.report("R2").chart().to_dict()))


def read_by_people(filing: Any, told: list[str]) -> None:
    assert not filing.notes
    for report in filing.reports:
        told += [report.text, report.markdown, report._repr_html_(), str(report.explain())]
        told.append(report.to_pandas().to_csv())
    told.append(str(filing.presentation("R2")))


def asked(filing: Any, told: list[str]) -> None:
    """What the viewer, its API and language models are answered; the document itself is shown as it is."""
    from recto.viewer import Description, answers

    description = Description(filing)
    told.append(str(answers.summary(description)))
    told.append(str(answers.search(description, "2024")))
    for report in description.reports:
        told.append(str(answers.page_answer(description, report)))
    for fact in filing.facts:
        if not fact.valid:
            answer = answers.fact_answer(description, fact, whole=True)
            assert answer["value"] is None
            assert answer["invalid"] is True
            told += [str(answer), str(answers.text_answer(description, fact))]
            told += [str(each) for each in answers.facts_matching(description, text=fact.text)]
    for word in WORDS:
        assert not answers.search(description, word).get("facts")


def compared(filing: Any, told: list[str]) -> None:
    whole = recto.open(Path(__file__).parent / "data" / "inline", **OPTIONS)
    for change in (recto.compare(filing, whole), recto.compare(whole, filing)):
        told += [str(change), change.to_pandas().to_csv()]


OPTIONS: dict[str, Any] = {
    "taxonomies": [Path(__file__).parent / "data" / "mirror"],
    "offline": True,
    "use_cache": False,
}


@pytest.mark.parametrize("output", [selected, charted, read_by_people, asked, compared])
def test_what_people_ask_of_a_filing_holds_no_invalid_value(
    annual: Path, output: Callable[[Any, list[str]], None]
) -> None:
    told: list[str] = []
    with recto.open(annual, **OPTIONS) as filing:
        assert [fact.id for fact in filing.facts if not fact.valid] == ["end", "cash-2024", "inventories"]
        output(filing, told)
    assert len("".join(told)) > 100
    for word in (*WORDS, "forever"):
        assert word not in "".join(told)


def test_a_fact_says_that_it_is_invalid_where_its_text_is_shown(annual: Path) -> None:
    with recto.open(annual, **OPTIONS) as filing:
        shown = {fact.id: (repr(fact), str(fact), fact._repr_html_()) for fact in filing.facts if not fact.valid}
    assert all("invalid: " in each for said in shown.values() for each in said)
    assert not any("forever" in each for each in shown["inventories"])


CONTEXT = (
    '<xbrli:context id="a"><xbrli:entity><xbrli:identifier scheme="urn:s">1</xbrli:identifier></xbrli:entity>'
    "<xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>"
    "</xbrli:period></xbrli:context>"
)
PERIOD = CONTEXT[CONTEXT.index("<xbrli:period>") : CONTEXT.index("</xbrli:context>")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (PERIOD, ""),
        (PERIOD, "<xbrli:period/>"),
        ("<xbrli:startDate>2024-01-01</xbrli:startDate>", ""),
        ("<xbrli:startDate>2024-01-01</xbrli:startDate>", "<xbrli:instant>2024-01-01</xbrli:instant>"),
        ("<xbrli:period>", "<xbrli:period><xbrli:forever/>"),
        ("</xbrli:endDate>", "</xbrli:endDate><xbrli:endDate>2023-12-31</xbrli:endDate>"),
        ('<xbrli:identifier scheme="urn:s">1</xbrli:identifier>', ""),
        (' scheme="urn:s"', ""),
        (' scheme="urn:s"', ' scheme=" "'),
    ],
)
def test_what_a_context_lacks_makes_its_facts_invalid(tmp_path: Path, old: str, new: str) -> None:
    assert old in CONTEXT
    path = write(tmp_path, NUMBER.format("0", "5"), CONTEXT.replace(old, new))
    with recto.open(path, offline=True, use_cache=False) as filing:
        assert [fact.valid for fact in filing.facts] == [False]
        assert any(finding.severity == "error" for finding in filing.validate(["xbrl"]))
    with pytest.raises(RectoError, match="not valid"):
        save(filing, tmp_path / "out.json")


@pytest.mark.parametrize(
    "unit",
    [
        "",
        "<xbrli:divide/>",
        "<xbrli:divide><xbrli:unitNumerator>{0}</xbrli:unitNumerator></xbrli:divide>",
        "<xbrli:divide><xbrli:unitNumerator>{0}</xbrli:unitNumerator><xbrli:unitDenominator/></xbrli:divide>",
        "<xbrli:divide><xbrli:unitDenominator>{0}</xbrli:unitDenominator></xbrli:divide>",
        "{0}<xbrli:divide><xbrli:unitNumerator>{0}</xbrli:unitNumerator>"
        "<xbrli:unitDenominator>{0}</xbrli:unitDenominator></xbrli:divide>",
        "<xbrli:measure>zz:USD</xbrli:measure>",
        "<xbrli:measure/>",
    ],
)
def test_what_a_unit_lacks_makes_its_facts_invalid(tmp_path: Path, unit: str) -> None:
    own = f'<xbrli:unit id="own">{unit.format("<xbrli:measure>iso4217:USD</xbrli:measure>")}</xbrli:unit>'
    path = write(tmp_path, own + NUMBER.format("0", "5").replace('"pure"', '"own"'), CONTEXT_A)
    with recto.open(path, offline=True, use_cache=False) as filing:
        assert [fact.valid for fact in filing.facts] == [False]
        assert any(finding.severity == "error" for finding in filing.validate(["xbrl"]))
    with pytest.raises(RectoError, match="not valid"):
        save(filing, tmp_path / "out.json")
