"""docs/queries.md: its questions run as they are written, and the answers below them are current."""

from __future__ import annotations

from pathlib import Path

from tests.makers import maker

ROOT = Path(__file__).resolve().parents[2]


def test_the_answers_are_current(tmp_path: Path) -> None:
    module = maker("queries")
    text = module.TARGET.read_text("utf-8")
    assert module.answered(text, module.sample_lake(tmp_path)) == text, "make docs"
    titles = [line for line in text.splitlines() if line.startswith("## ")]
    for who in ("analyst", "auditor", "researcher", "regulator", "after the end of the period"):
        assert any(who in title for title in titles)
