"""The description of a filing: parts fit the schema, agree with each other, and lead from facts to text and back."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import recto
from recto.errors import NotFoundError
from recto.viewer import Description
from recto.viewer.model import schema
from tests.browser.annual import esef_report
from tests.viewer.sweep import kind, place_problems, schema_problems, validator

ROOT = Path(__file__).resolve().parents[2]
Opener = Callable[..., recto.Filing]


@pytest.fixture(scope="module")
def orchard(data: Path) -> Description:
    return Description(recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True))


def test_every_part_fits_the_schema(orchard: Description) -> None:
    names = [*orchard.names(), "explain/R2/1/0"]
    assert {name.partition("/")[0] for name in names} >= {
        "filing",
        "pages",
        "facts",
        "concepts",
        "documents",
        "explain",
    }
    for name in names:
        validator(kind(name)).validate(json.loads(orchard.encode(name)))


def test_the_schema_in_the_documentation_is_current() -> None:
    text = (ROOT / "docs" / "viewer.schema.json").read_text("utf-8")
    assert json.loads(text) == json.loads(json.dumps(schema())), "run docs/make_viewer.py"


def test_parts_that_there_are_not(orchard: Description) -> None:
    for name in """pages pages/R99 facts/1 facts/-1 facts/x texts/999 documents/1/outline documents/0/9 explain/R2/99/0
        explain/R2/-1/0 ../etc labels/xx/R2 contexts/1""".split():
        with pytest.raises(NotFoundError):
            orchard.part(name)


def test_cells_lead_to_facts_and_facts_to_cells(orchard: Description) -> None:
    head = json.loads(orchard.encode("filing"))
    facts = json.loads(orchard.encode("facts/0"))
    pages = [json.loads(orchard.encode(f"pages/{page['stem']}")) for page in head["pages"]]
    seen = set()
    for number, places in facts["shown"].items():
        for page, row, column in places:
            cell = pages[page]["rows"][row]["cells"][column]
            assert int(number) in cell["f"]
            seen.add((page, row, column))
    for page, each in enumerate(pages):
        for row, line in enumerate(each["rows"]):
            for column, cell in enumerate(line.get("cells", ())):
                assert bool(cell.get("f")) == ((page, row, column) in seen)


def test_labels_concepts_and_values(orchard: Description) -> None:
    facts = json.loads(orchard.encode("facts/0"))
    concepts = json.loads(orchard.encode("concepts/0"))["concepts"]
    contexts = json.loads(orchard.encode("contexts"))
    at = facts["id"].index("inventory-2024")
    concept = concepts[facts["concept"][at]]
    assert concept["name"] == "us-gaap:InventoryNet"
    assert concept["balance"] == "debit"
    cash = next(each for each in concepts if each["name"] == "dei:EntityRegistrantName")
    assert cash["definition"] == "The name of the filer."  # of the standard taxonomy's companion documents
    assert facts["value"][at] == "2100000"
    assert contexts["contexts"][facts["context"][at]]["period"] == "At Dec. 31, 2024"
    assert contexts["units"][facts["unit"][at]]["text"] == "USD"


def test_every_fact_of_an_inline_filing_is_found_in_its_document(orchard: Description) -> None:
    assert list(place_problems(orchard)) == []


def test_every_fact_of_the_samples_is_found_in_its_document(shared_data: Path) -> None:
    for name in sorted(os.listdir(shared_data / "filings")):
        folder = shared_data / "filings" / name
        if not any(path.suffix in (".htm", ".xhtml", ".html") for path in folder.glob("*")):
            continue
        filing = recto.open(folder, taxonomies=[shared_data / "taxonomies"], offline=True)
        try:
            if not any(each.kind == "inline" for each in filing.instances):
                continue
        except recto.RectoError:
            continue
        assert list(place_problems(Description(filing, kinds=("documents",)))) == [], name


def test_parts_of_samples_fit_the_schema(shared_data: Path) -> None:
    """Some of each kind; `python tests/viewer/sweep.py` asks it of all."""
    for path in (
        "filings/acorn-2025-8k",
        "filings/sec-625-rr-rendering-01-embedding-commands-gd-000gd",
        "filings/efm-525-ned-13-resources-i13001gd",
        "world/nl-jaarrekening/jaarrekening-de-other-gaap-2023.xbri",
        "world/ie-ros19-invalid.htm/ros19-invalid.htm",
        "world/ebax-97_fact.xbrl/97_fact.xbrl",
    ):
        with recto.open(shared_data / path, taxonomies=[shared_data / "taxonomies"], offline=True) as filing:
            assert list(schema_problems(Description(filing))) == [], path


def test_a_page_that_is_too_large_has_only_cells_that_show_something() -> None:
    from recto.viewer.numbering import Numbering
    from recto.viewer.pages import page
    from tests.rendering.small import Small

    small = Small()
    small.abstract("Head", label="Head")
    small.concept("Sales", label="Sales")
    small.concept("Costs", label="Costs")
    small.page("1 - Disclosure - X (Details)", "Head\n  Sales\n  Costs")
    small.fact("Sales", "2024", "1", "usd", 0)
    small.fact("Costs", "2023", "1", "usd", 0)
    rendered = small.render()
    (report,) = rendered.reports
    numbering = Numbering([each.instance for each in rendered.instances], [None])
    assert [(row.at, len(row.cells)) for row in page(report, numbering).rows] == [((), 0), ((), 2), ((), 2)]
    report.too_large = True
    assert [(row.at, len(row.cells)) for row in page(report, numbering).rows] == [((), 0), ((0,), 1), ((1,), 1)]


def test_rows_of_a_large_page_come_in_parts(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Description(recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True))
    rows = json.loads(whole.encode("pages/R2"))["rows"]
    monkeypatch.setattr("recto.viewer.pages.ROWS_PER_PART", 2)
    cut = Description(whole.filing)
    first = json.loads(cut.encode("pages/R2"))
    assert first["more"] == -(-len(rows) // 2) - 1
    names = [name for name in cut.names() if name.startswith("pages/R2/")]
    assert len(names) == first["more"]
    assert first["rows"] + [row for name in names for row in json.loads(cut.encode(name))["rows"]] == rows
    with pytest.raises(NotFoundError):
        cut.part(f"pages/R2/{first['more'] + 1}")


def test_rows_of_uncategorized_facts_tell_their_elements() -> None:
    from recto.viewer.numbering import Numbering
    from recto.viewer.pages import page
    from tests.rendering.small import Small

    small = Small()
    small.abstract("Head", label="Head")
    small.concept("Sales", label="Sales")
    small.concept("Costs", label="Costs")
    small.page("1 - Disclosure - X (Details)", "Head\n  Sales")
    small.fact("Sales", "2024", "1", "usd", 0)
    small.fact("Costs", "2024", "1", "usd", 0)
    rendered = small.render()
    numbering = Numbering([each.instance for each in rendered.instances], [None])
    told = [[row.element for row in page(each, numbering).rows] for each in rendered.reports]
    assert told == [["", ""], ["t_Costs"]]


def test_numbers_of_a_page_in_another_language_have_their_english_form(data: Path) -> None:
    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True, language="de") as filing:
        page = json.loads(Description(filing).encode("pages/R2"))
    assert page["language"] == "de"
    cells = [cell for row in page["rows"] for cell in row.get("cells", ()) if cell.get("k") == "number"]
    assert ("2.100", "2,100") in {(cell["t"], cell.get("p")) for cell in cells}
    assert all("p" not in cell or cell["p"] != cell["t"] for cell in cells)


def test_weights_and_sums_are_plain_numbers(tmp_path: Path) -> None:
    report, taxonomies = esef_report(tmp_path, weight="1.0")
    with recto.open(report, taxonomies=[taxonomies], offline=True) as filing:
        (total,) = json.loads(Description(filing).encode("calculations"))["sums"]
    assert [weight for _, _, weight in total["items"]] == ["1", "1"]
    assert total["sum"] == "1234000"


@pytest.mark.parametrize("name", ["typed/bank-20241231.xml", "equity/mill-20241231.xml"])
def test_facts_axes_and_members_without_a_taxonomy_have_their_names(data: Path, tmp_path: Path, name: str) -> None:
    shutil.copy(data / name, tmp_path)
    with recto.open(tmp_path / Path(name).name, offline=True) as filing:
        described = Description(filing)
        facts, contexts = (json.loads(described.encode(name)) for name in ("facts/0", "contexts"))
        concepts = json.loads(described.encode("concepts/0"))["concepts"]
        assert any(each.get("dimensions") for each in contexts["contexts"])
        assert min(facts["concept"]) >= 0
        undeclared = {concepts[at]["name"]: concepts[at] for at in facts["concept"] if concepts[at].get("undeclared")}
        assert set(undeclared) == {fact.name for fact in described.numbering.facts}
        assert all(" " in each["label"] or each["label"] in each["name"] for each in undeclared.values())
        assert all(isinstance(axis, int) for each in contexts["contexts"] for axis, _ in each.get("dimensions", ()))
        assert list(schema_problems(described)) == []
        for page in (json.loads(described.encode(name)) for name in described.names() if name.startswith("pages/")):
            for row in page["rows"]:
                numbers = {facts["concept"][fact] for cell in row.get("cells", ()) for fact in cell.get("f", ())}
                assert row.get("concept") is None or numbers <= {row["concept"]}  # rows name what their facts name
