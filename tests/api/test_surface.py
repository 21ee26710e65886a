"""The public surface: names, types, and what each leads to."""

from __future__ import annotations

import ast
from pathlib import Path
from types import ModuleType

import pytest

import recto
from tests.makers import maker

ROOT = Path(__file__).resolve().parents[2]
STUB = Path(__file__).with_name("recto.pyi")
INTERNAL = {"FilingSource", "Streamed"}
"""What a filing hands to the rooms above it, not to people."""


@pytest.fixture(scope="module")
def made() -> ModuleType:
    return maker("stub")


def test_the_stub_is_what_the_source_says(made: ModuleType) -> None:
    told = "the public surface has changed: see docs/versioning.md; if it is meant, run docs/make_stub.py"
    assert made.stub() == STUB.read_text("utf-8"), told


def test_every_name_has_its_place_in_it() -> None:
    body = ast.parse(STUB.read_text("utf-8")).body
    names = {node.name for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    assert names | {"__version__"} >= set(recto.__all__)
    assert recto.__all__ == sorted(recto.__all__)


@pytest.mark.parametrize("owner", ["Filing", "Facts", "Fact", "Report", "Calculation", "Comparison", "ReadPage"])
def test_what_a_public_class_gives_is_public(owner: str) -> None:
    """A class of recto's that a member gives has a name that people can import and look up."""
    tree = ast.parse(STUB.read_text("utf-8"))
    private = {node.name for node in tree.body if isinstance(node, ast.ClassDef)} - set(recto.__all__)
    node = next(each for each in tree.body if isinstance(each, ast.ClassDef) and each.name == owner)
    given = [each.returns for each in node.body if isinstance(each, ast.FunctionDef) and each.returns is not None]
    given += [each.annotation for each in node.body if isinstance(each, ast.AnnAssign)]
    names = {each.id for root in given for each in ast.walk(root) if isinstance(each, ast.Name)}
    assert names & private - INTERNAL == set()
