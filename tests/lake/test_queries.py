"""docs/queries.md: its questions run as they are written, and the answers below them are current."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def made() -> Any:
    spec = importlib.util.spec_from_file_location("make_queries", ROOT / "docs" / "make_queries.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_answers_are_current(tmp_path: Path) -> None:
    module = made()
    text = module.TARGET.read_text("utf-8")
    assert module.answered(text, module.sample_lake(tmp_path)) == text, "make docs"
    titles = [line for line in text.splitlines() if line.startswith("## ")]
    for who in ("analyst", "auditor", "researcher", "regulator", "after the end of the period"):
        assert any(who in title for title in titles)
