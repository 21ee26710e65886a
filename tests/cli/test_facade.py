"""The public surface, and what it costs to import it."""

from __future__ import annotations

import statistics
import subprocess
import sys

import pytest

import recto


def test_public_names_are_pinned() -> None:
    assert recto.__all__ == [
        "Cell",
        "Column",
        "Concept",
        "Context",
        "Fact",
        "Filing",
        "Finding",
        "Findings",
        "Footnote",
        "Instance",
        "NotFoundError",
        "Period",
        "QName",
        "RectoError",
        "Report",
        "Row",
        "SourceError",
        "Taxonomy",
        "TypedMember",
        "Unit",
        "UnsafeInputError",
        "UsageError",
        "XMLError",
        "__version__",
        "filings",
        "open",
    ]


@pytest.mark.parametrize("name", recto.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(recto, name) is not None


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        recto.opne  # noqa: B018


def test_import_is_quick_and_light() -> None:
    code = (
        "import time; start = time.perf_counter(); import recto; elapsed = time.perf_counter() - start; import sys; "
        "heavy = {'pyarrow', 'lxml', 'rich', 'click', 'httpx2', 'pandas', 'polars', 'duckdb', 'xlsxwriter'}; "
        "print(elapsed, *sorted(heavy & set(sys.modules)))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(3)
    ]
    assert all(run[1:] == [] for run in runs), runs
    assert statistics.median(float(run[0]) for run in runs) < 0.150
