"""docs/comparison.md is about the tasks of docs/how-to, and shows the code that was measured."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.perf.tasks import SEEN, TASKS

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")


def same(code: str) -> str:
    """What tells one piece of code from another, its layout aside."""
    return ast.dump(ast.parse(code))


SHOWN = {same(code) for code in re.findall(r"```python\n(.*?)```", PAGE, re.S)}


@pytest.mark.parametrize("task", TASKS)
def test_the_code_of_each_program_stands_there(task: str) -> None:
    own = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "how-to" / f"{task}.md").read_text("utf-8"), re.S)
    assert own is not None
    here = own[1].replace('"2024"', '"aapl-2022-10k"').replace('"2023"', '"aapl-2010-10k"')
    for code in (here, *TASKS[task]):
        if code:
            assert same(code) in SHOWN
    assert f"](how-to/{task}.md)" in PAGE
    assert all(seen in PAGE for seen in SEEN[task])
