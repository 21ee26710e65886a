"""docs/api.md says what the source says, and has every public field."""

from __future__ import annotations

import ast
from pathlib import Path

import recto
from tests.makers import maker

ROOT = Path(__file__).resolve().parents[2]


def test_the_reference_is_what_the_source_says() -> None:
    module = maker("api")
    assert module.text() == (ROOT / "docs" / "api.md").read_text("utf-8"), "run docs/make_api.py"


def test_every_public_field_stands_in_it() -> None:
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    sections = {part.partition("\n")[0].strip(): part for part in text.split("\n## ")[1:]}
    for node in ast.parse((ROOT / "tests" / "api" / "recto.pyi").read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef) and node.name in recto.__all__:
            section = sections[node.name]
            for each in node.body:
                name = getattr(getattr(each, "target", None), "id", None) or getattr(each, "name", "__")
                assert name.startswith("__") or f"\n- `{name}" in section, (node.name, name)
    assert set(recto.__all__) - {"__version__"} - set(sections) <= {"FINDINGS"} | {
        name for name in recto.__all__ if not callable(getattr(recto, name))
    }
