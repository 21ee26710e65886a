"""Writes and executes docs/notebook.ipynb: the tasks of docs/how-to in a notebook.

Run by `make docs`. The reports are the repository's own, so that nothing needs fetching.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

HERE = Path(__file__).resolve().parent

CELLS = (
    (
        "md",
        "# One filing on the desk\n\nAn annual report, from its pages to its facts: each task of [how to](how-to/README.md)"
        " in a line or two. The reports are the repository's own, so that nothing needs fetching.",
    ),
    (
        "code",
        "import os\n\nimport recto\n\n"
        'os.chdir("../examples/annual-reports")\n'
        'os.environ |= {"RECTO_TAXONOMIES": "taxonomy", "RECTO_OFFLINE": "1"}\n'
        'filing = recto.open("2024")\nfiling',
    ),
    ("md", "## Statements\n\nBy kind, whatever the page is called."),
    ("code", 'filing.statement("income")'),
    ("md", "A page is a frame: a row a line, a column a period."),
    (
        "code",
        'balance = filing.statement("balance").to_pandas()\n'
        'balance[["label", "concept", "unit", "2024-12-31", "2023-12-31"]].tail(6)',
    ),
    ("md", "## Facts that can be asked\n\nRevenue by segment over periods; any member of an axis is a row."),
    ("code", 'sales = filing.facts.where(concept="Revenues", axis="*SegmentsAxis")\nsales.by_period()'),
    ("md", "Numbers are there to calculate with; `exact=True` gives `Decimal` objects."),
    (
        "code",
        'years = sales.by_period().to_pandas().set_index("members").filter(like="20").T.sort_index()\n'
        "years.pct_change().round(3)",
    ),
    ("md", "The facts of the last fiscal year, without dimensions, each once."),
    ("code", 'filing.facts.where(period="FY", dimensions=False).deduplicated()'),
    ("md", "## The way back\n\nA cell leads to its facts, a fact to its place, its pages, its concept."),
    ("code", 'fact = filing.statement("income").cell("net income").facts[0]\nfact'),
    ("code", "fact.place, fact.pages, fact.label(), fact.definition"),
    ("md", "Axes with their members, and how many facts use each."),
    ("code", "filing.dimensions"),
    ("md", "Concepts, by name or by words of labels, names and definitions."),
    ("code", 'filing.concepts["Assets"]'),
    ("code", 'filing.concepts.search("lease liability")'),
    ("md", "## Trees\n\nThe calculation, with sums: one total of 2022 is not what its items add up to."),
    ("code", 'filing.calculation("income")'),
    (
        "code",
        'tree = filing.calculation("income").to_pandas()\n'
        'tree[tree.consistent_1_1 == False][["label", "end", "number", "sum", "difference"]]',
    ),
    ("md", "## Notes as text and tables"),
    ("code", "print(filing.notes[0].text)"),
    ("code", "filing.notes[0].facts[0].tables[0].to_pandas(numbers=True)"),
    ("md", "## Charts\n\nVega-Lite, drawn here as SVG or PNG; of facts, of a page, of a calculation."),
    ("code", "sales.chart()"),
    ("code", 'filing.calculation("income").chart()'),
    ("md", "## Two reports compared"),
    ("code", 'recto.compare("2023", "2024")'),
    (
        "md",
        "## Files and other tools\n\nA workbook of statements and facts; a query in DuckDB, which takes the table as it is.",
    ),
    (
        "code",
        "import tempfile\nfrom pathlib import Path\n\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        '    filing.to_excel(Path(folder) / "report.xlsx")\n'
        "    print([each.name for each in Path(folder).iterdir()])",
    ),
    (
        "code",
        "import duckdb\n\nfacts = filing.to_arrow()\n"
        "duckdb.sql(\"select concept, max(number) as most from facts where unit like '%USD' group by 1 order by 2 desc, 1 limit 5\")",
    ),
    ("code", 'filing.to_polars().group_by("unit").len().sort("len", descending=True)'),
    ("md", "A page can be read back, without its filing, from the SEC's HTML or from flattened text."),
    (
        "code",
        "with tempfile.TemporaryDirectory() as folder:\n"
        '    filing.render(folder, formats=("html",))\n'
        '    back = recto.read(Path(folder) / "R2.htm")\n'
        "[(each.label, str(each.value), each.unit, str(each.end)) for each in back.facts[:5]]",
    ),
)


def main() -> None:
    cells = [new_markdown_cell(text) if kind == "md" else new_code_cell(text) for kind, text in CELLS]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    notebook = new_notebook(cells=cells)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(HERE)}}).execute()
    for cell in notebook.cells:
        cell.metadata.clear()
    notebook.metadata = nbformat.from_dict({"language_info": {"name": "python"}})
    text = nbformat.writes(notebook).replace(str(HERE.parent), "/recto")
    (HERE / "notebook.ipynb").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
