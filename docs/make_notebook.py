"""Writes and executes docs/notebook.ipynb: a filing in a notebook, from its pages to its facts.

Run by `make docs`. The filing is the repository's own example, so that nothing needs fetching.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

HERE = Path(__file__).resolve().parent

CELLS = (
    ("md", "# recto in a notebook\n\nA filing opens in a line. Its pages are listed as the SEC would list them."),
    (
        "code",
        "import recto\n\n"
        'filing = recto.open("../examples/subsequent-events/filing",\n'
        '                    taxonomies=["../examples/subsequent-events/taxonomy"], offline=True)\n'
        "filing",
    ),
    ("md", "A page shows itself. `report` takes a name (`R3`), a number, a role, or words of the title."),
    ("code", 'page = filing.report("subsequent events (details)")\npage'),
    ("md", "Every cell leads to its facts, and every fact to its place in the filing."),
    (
        "code",
        'row = next(row for row in page.rows if row.label.startswith("Principal balance"))\n'
        "fact = next(fact for cell in row.cells for fact in cell.facts)\nfact",
    ),
    ("code", "fact.concept"),
    ("md", "Facts as a table: amounts are exact decimals, each axis has its member, both ends of a period are there."),
    (
        "code",
        "facts = filing.to_arrow(pages=True)\n"
        'columns = ["concept", "start", "end", "unit", "value", "number", "decimals", "pages"]\n'
        "facts.to_pandas()[columns].head(8)",
    ),
    ("code", 'facts.to_polars().group_by("unit").len().sort("len", descending=True)'),
    ("md", "A page can be read back, without its filing, from the SEC's HTML or from flattened text."),
    (
        "code",
        "import tempfile\nfrom pathlib import Path\n\nfrom recto.rendering.reading import read\n\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        '    filing.render(folder, formats=("html",))\n'
        '    back = read((Path(folder) / "R3.htm").read_bytes(), "R3.htm")\n'
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
