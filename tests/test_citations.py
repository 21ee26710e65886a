"""Every citation of the description of pages in a docstring or comment leads to a heading of it.

`rendering.md 6.1` and `metalinks.md 3` may stand anywhere; within the rooms that make and explain pages, a number in
parentheses alone, `(6.1)` or `(10.1, 10.2)`, is one of rendering.md, and of metalinks.md in its own writer.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SPEC = ROOT / "docs" / "spec"
NUMBER = r"\d{1,2}(?:\.\d{1,2})?"
LIST = rf"{NUMBER}(?:(?:, | and | to |; |-){NUMBER})*"
NAMED = re.compile(rf"(rendering|metalinks)\.md,? §?({LIST})")
BARE = re.compile(rf"\(({LIST})\)")
ROOMS = ("rendering", "explain")


def headings(name: str) -> frozenset[str]:
    text = (SPEC / f"{name}.md").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^##+ (\d+(?:\.\d+)?)", text, re.M))


HEADINGS = {name: headings(name) for name in ("rendering", "metalinks")}


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """Docstrings and comments with their lines; what stands in backticks is code."""
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, re.sub(r"`[^`]*`", "", node.value.value)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], re.sub(r"`[^`]*`", "", token.string)


def citations(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line, file of the specification and number of each citation."""
    parts = path.relative_to(ROOT).parts
    bare = parts[:2] == ("src", "recto") and parts[2] in ROOMS and "reading" not in parts
    if not bare and not NAMED.search(path.read_text(encoding="utf-8")):
        return
    for line, text in prose(path):
        for match in NAMED.finditer(text):
            for number in re.findall(NUMBER, match[2]):
                yield line, match[1], number
        if bare:
            own = "metalinks" if path.stem == "metalinks" else "rendering"
            for match in BARE.finditer(text):
                for number in re.findall(NUMBER, match[1]):
                    yield line, own, number


@pytest.fixture(scope="module")
def found() -> list[tuple[Path, int, str, str]]:
    files = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
    return [(path.relative_to(ROOT), *each) for path in files for each in citations(path)]


def test_every_citation_leads_to_a_heading(found: list[tuple[Path, int, str, str]]) -> None:
    lost = [f"{path}:{line}: {name}.md {number}" for path, line, name, number in found if number not in HEADINGS[name]]
    assert not lost


def test_the_specification_is_cited(found: list[tuple[Path, int, str, str]]) -> None:
    assert len(found) > 250
    assert len({number for _, _, name, number in found if name == "rendering"}) > 60


def test_sections_that_the_specification_itself_names_exist() -> None:
    """`§6.1` in the text, and `rendering.md §0.4` in the other."""
    for name in HEADINGS:
        text = (SPEC / f"{name}.md").read_text(encoding="utf-8")
        for other, number in re.findall(r"(?:(rendering|metalinks)\.md )?§(\d{1,2}(?:\.\d{1,2})?)", text):
            assert number in HEADINGS[other or name], number
