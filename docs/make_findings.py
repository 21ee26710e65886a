"""Writes docs/findings.md from the catalogue of codes; `make docs` runs it, and a test tells when it is behind."""

from pathlib import Path

from recto.findings.catalogue import markdown

(Path(__file__).resolve().parent / "findings.md").write_text(markdown(), encoding="utf-8")
