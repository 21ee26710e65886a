"""Trees that print, export and draw: calculation with sums, presentation, dimensions, concepts; notes; charts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import recto
from recto.charts.drawing import chart_data, save
from recto.errors import UsageError
from recto.filing import Filing
from tests.trees.samples import write_filing


@pytest.fixture(scope="module")
def filing(tmp_path_factory: pytest.TempPathFactory) -> Filing:
    return recto.open(write_filing(tmp_path_factory.mktemp("trees")), offline=True)


def test_the_calculation_of_a_page(filing: Filing) -> None:
    tree = filing.calculation("Profit")
    assert [(line.depth, line.concept.qname.local, line.weight) for line in tree] == [
        (0, "Profit", None),
        (1, "Sales", Decimal(1)),
        (1, "Costs", Decimal(-1)),
        (2, "Wages", Decimal(1)),
        (2, "Rent", Decimal(1)),
    ]
    profit, _, costs, _, _ = tree.lines
    this, last = 0, 1
    assert [period.days[1] for period in tree.periods] == ["2024-12-31", "2023-12-31"]
    assert profit.cells[this].sum == profit.cells[this].value == 70
    assert profit.cells[this].mark == "="
    assert profit.cells[last].difference == Decimal(5)
    assert profit.cells[last].mark == "≠"
    assert [concept.qname.local for concept in costs.cells[last].missing] == ["Rent"]
    assert [(line.label, difference) for line, _, difference in tree.differences] == [
        ("Profit", Decimal(5)),
        ("Costs", Decimal(10)),
    ]


def test_names_are_in_what_they_name_something_of(filing: Filing) -> None:
    concepts, dimensions = filing.concepts, filing.dimensions
    sales = concepts["Sales"]
    for name in ("Sales", "sales", sales.name, sales.concept.qname.clark, sales):
        assert name in concepts
    assert "Salse" not in concepts
    assert 3 not in concepts
    for each in dimensions:
        assert each in dimensions
        assert each.name in dimensions
        assert each.name.partition(":")[2] in dimensions
    assert "Nothing" not in dimensions


def test_a_concept_has_its_facts_in_all_reports_of_a_filing(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_filing(tmp_path / name)
    with recto.open(tmp_path, offline=True) as both:
        assert len(both.instances) == 2
        facts = both.concepts["Sales"].facts
        assert facts == tuple(both.facts.where(concept="Sales"))
        assert {fact.home.instance for fact in facts} == set(both.instances)


def test_a_source_without_a_report_says_so(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html/>")
    with recto.open(tmp_path, offline=True) as nothing:
        for ask in (
            lambda: nothing.documentation,
            lambda: nothing.taxonomy,
            lambda: nothing.tables,
            lambda: nothing.assertions(),
            lambda: nothing.concepts.to_arrow(),
        ):
            with pytest.raises(UsageError, match="the source holds no report"):
                ask()


def test_a_name_alone_is_one_of_its_kind(filing: Filing, tmp_path: Path) -> None:
    assert [page.stem for page in filing.render(tmp_path / "p", formats="md", only="R1")] == ["R1"]
    assert [path.name for path in (tmp_path / "p").iterdir()] == ["R1.md"]
    assert list(filing.validate("xbrl")) == list(filing.validate(["xbrl"]))
    (tmp_path / "t").mkdir()
    with recto.open(filing.source.base_url, taxonomies=tmp_path / "t", offline=True) as again:
        assert len(again.facts) == len(filing.facts)


def test_a_calculation_prints_and_exports(filing: Filing, tmp_path: Path) -> None:
    tree = filing.calculation("Profit")
    lines = str(tree).splitlines()
    assert lines[1].split() == ["weight", "2024-01-01/2024-12-31", "2023-01-01/2023-12-31"]
    assert lines[2].split() == ["Profit", "70", "=", "65", "≠", "60", "(+5)"]
    assert lines[4].split()[:2] == ["Costs", "−"]
    frame = tree.to_pandas()
    assert frame[frame.concept.str.endswith("Profit")]["sum"].tolist() == [70.0, 60.0]
    assert "<table>" in tree._repr_html_()
    for extension in ("txt", "csv", "json", "xlsx", "parquet", "html", "md"):
        tree.write(tmp_path / f"tree.{extension}")
        assert (tmp_path / f"tree.{extension}").stat().st_size
    with pytest.raises(UsageError, match="extension"):
        tree.write(tmp_path / "tree.doc")


def test_a_page_that_calculates_nothing(data: Path) -> None:
    typed = recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True)
    with pytest.raises(UsageError, match="calculates nothing"):
        typed.calculation("R1")


def test_the_presentation_of_a_page(filing: Filing) -> None:
    tree = filing.presentation("Profit")
    assert [(line.depth, line.label, line.facts) for line in tree] == [
        (0, "Statement of profit", 0),
        (1, "Sales by region", 0),
        (2, "Region", 0),
        (3, "All regions", 0),
        (4, "North", 0),
        (1, "Sales", 3),
        (1, "Wages", 2),
        (1, "Rent", 1),
        (1, "Costs", 2),
        (1, "Profit", 2),
    ]
    assert tree.to_pandas().depth.tolist() == [0, 1, 2, 3, 4, 1, 1, 1, 1, 1]


def test_dimensions(filing: Filing) -> None:
    (axis,) = filing.dimensions
    assert (axis.name, axis.label, axis.facts, axis.typed, axis.used) == ("t:RegionAxis", "Region", 1, False, True)
    assert [(member.name, member.facts, member.default) for member in axis.members] == [
        ("t:North", 1, False),
        ("t:AllRegions", 0, True),
        ("t:South", 0, False),
    ]
    assert axis.default is not None
    assert axis.default.name == "t:AllRegions"
    assert filing.dimensions["regionaxis"] is axis
    with pytest.raises(KeyError):
        filing.dimensions["NoAxis"]
    assert "North" in str(filing.dimensions)
    assert filing.dimensions.to_pandas()["facts"].sum() == 1


def test_concepts(filing: Filing) -> None:
    assert filing.concepts["t:Costs"].label() == "Costs"
    assert filing.concepts["costs"].definition == "Wages and rent of the year."
    assert len(filing.concepts["Costs"].facts) == 2
    assert [entry.name for entry in filing.concepts.search("cost")] == ["t:Costs"]
    assert [entry.name for entry in filing.concepts.search("wages year")] == ["t:Costs"]
    assert filing.concepts.search("nothing like it") == []
    with pytest.raises(KeyError, match="did you mean t:Costs"):
        filing.concepts["Csots"]


@pytest.mark.parametrize("form", ["svg", "png", "html", "json"])
@pytest.mark.parametrize(
    "make",
    [
        lambda filing: filing.report("Profit").chart(),
        lambda filing: filing.report("Profit").chart(lines="Sales", kind="line"),
        lambda filing: filing.facts.where(concept="Sales", dimensions=False).chart(),
        lambda filing: filing.calculation("Profit").chart(),
    ],
)
def test_charts_are_drawn_offline(filing: Filing, form: str, make: Callable[[Filing], Any], tmp_path: Path) -> None:
    pytest.importorskip("altair")
    chart = make(filing)
    save(chart, tmp_path / f"chart.{form}")
    data = (tmp_path / f"chart.{form}").read_bytes()
    starts = {"svg": b"<svg", "png": b"\x89PNG", "html": b"<!DOCTYPE html>", "json": b"{"}
    assert data.lstrip().startswith(starts[form])
    if form == "html":
        assert b'src="http' not in data
    if form == "json":
        assert "mark" in json.loads(data)


@pytest.mark.parametrize("lines", [None, "Sales"])
def test_a_series_has_one_value_a_period(filing: Filing, lines: str | None) -> None:
    """Members in sections of a page are series of their own, not stacked on the total."""
    pytest.importorskip("altair")
    values = filing.report("Profit").chart(lines=lines).to_dict()["datasets"]["values"]
    assert len({(each["series"], each["end"]) for each in values}) == len(values)
    assert all("," not in each["series"] for each in values) == (lines is None)


def test_a_notebook_fetches_nothing_for_a_chart(filing: Filing) -> None:
    pytest.importorskip("altair")
    bundle = filing.report("Profit").chart()._repr_mimebundle_()
    assert "text/html" not in bundle
    assert bundle["image/svg+xml"].startswith("<svg")


def test_what_cannot_be_drawn(filing: Filing) -> None:
    pytest.importorskip("altair")
    with pytest.raises(UsageError, match="no such numbers"):
        filing.report("Profit").chart(lines="Nothing")
    with pytest.raises(UsageError, match="no fact matches"):
        filing.facts.where(concept="Nothing").chart()
    with pytest.raises(UsageError, match="kind"):
        filing.report("Profit").chart(kind="pie")
    with pytest.raises(UsageError, match="svg"):
        chart_data(filing.report("Profit").chart(), "gif")


def test_notes_as_text(data: Path) -> None:
    filing = recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True)
    (note,) = [report for report in filing.notes if "nventor" in report.short_name]
    assert "Inventories are stated at cost" in note.text
    assert "Inventories are stated at cost" in note.markdown


def test_plot_and_text_commands(data: Path, tmp_path: Path) -> None:
    from recto.cli import main

    source = [str(data / "inline"), "--taxonomies", str(data / "mirror"), "--offline"]
    pytest.importorskip("altair")
    assert main(["plot", source[0], "balance", "-o", str(tmp_path / "c.svg"), *source[1:]]) == 0
    assert (tmp_path / "c.svg").read_bytes().startswith(b"<svg")
    assert main(["plot", source[0], "--concept", "Cash", "-o", str(tmp_path / "c.png"), *source[1:]]) == 0
    assert main(["plot", source[0], *source[1:]]) == 2
    assert main(["plot", source[0], "--concept", "Csah", "-o", str(tmp_path / "d.png"), *source[1:]]) == 2
    assert main(["plot", source[0], "balance", "-o", str(tmp_path / "c.gif"), *source[1:]]) == 2
    assert main(["text", source[0], "-o", str(tmp_path / "n.md"), *source[1:]]) == 0
    assert "Inventories are stated at cost" in (tmp_path / "n.md").read_text("utf-8")
    assert main(["text", source[0], "-o", str(tmp_path / "n.docx"), *source[1:]]) == 2


def test_a_page_whose_axis_only_the_hypercube_names(tmp_path: Path) -> None:
    """Facts without the axis stand with its default, those with a member below them."""
    write_filing(tmp_path)
    schema = tmp_path / "t.xsd"
    text = schema.read_text("utf-8")
    tree = re.search(r"<link:presentationLink.*?</link:presentationLink>", text, re.S)
    assert tree is not None
    hidden = r'<link:presentationArc [^>]*xlink:{}="(?:Table|RegionAxis|AllRegions|North)"[^>]*/>'
    bare = re.sub(hidden.format("from"), "", re.sub(hidden.format("to"), "", tree[0]))
    schema.write_text(text.replace(tree[0], bare), "utf-8")
    (page,) = recto.open(tmp_path, offline=True, regime="plain").reports
    shown = [(row.kind, row.label, [cell.text.strip("$ ") for cell in row.cells]) for row in page.rows]
    assert ("item", "Sales", ["100", "90"]) in shown
    assert ("item", "Profit", ["70", "65"]) in shown
    assert shown.index(("item", "Sales", ["60", ""])) > [label for _, label, _ in shown].index("North")
