"""Every citation of the specification of the pages leads to a heading of docs/spec."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "recto"
HEADING = re.compile(r"^#{2,4} (\d+(?:\.\d+)*)\b", re.MULTILINE)
NUMBERS = r"\d+(?:\.\d+)*(?:(?:, | and | to |; )\d+(?:\.\d+)*)*"
NAMED = re.compile(rf"(rendering|metalinks)\.md,? ({NUMBERS})")
BARE = re.compile(rf"\(({NUMBERS})\)")
"""What stands in parentheses in the rooms of the pages, whose modules cite no other numbers."""


def headings(name: str) -> set[str]:
    return set(HEADING.findall((ROOT / "docs" / "spec" / f"{name}.md").read_text("utf-8")))


def texts(path: Path) -> Iterator[str]:
    """Docstrings, attribute docstrings and comments of a module."""
    source = path.read_text("utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def citations(path: Path) -> Iterator[tuple[str, str]]:
    """(document, number)."""
    for text in texts(path):
        flat = " ".join(text.split())
        for document, numbers in NAMED.findall(flat):
            yield from ((document, number) for number in re.findall(r"\d+(?:\.\d+)*", numbers))
        if path.is_relative_to(PACKAGE / "rendering") and "reading" not in path.parts:
            for numbers in BARE.findall(flat):
                if not numbers.startswith("0.0") and ("." in numbers or len(numbers) < 3):
                    yield from (("rendering", number) for number in re.findall(r"\d+(?:\.\d+)*", numbers))


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_citations_lead_to_headings(path: Path) -> None:
    known = {name: headings(name) for name in ("rendering", "metalinks")}
    assert [each for each in citations(path) if each[1] not in known[each[0]]] == []


def test_there_are_citations() -> None:
    assert sum(1 for path in PACKAGE.rglob("*.py") for _ in citations(path)) > 200
