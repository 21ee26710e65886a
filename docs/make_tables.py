"""Writes docs/tables.md from the declared schemas; `make docs` runs it, and a test tells when it is behind."""

from pathlib import Path

from recto.tables.schemas import markdown

(Path(__file__).resolve().parent / "tables.md").write_text(markdown(), encoding="utf-8")
