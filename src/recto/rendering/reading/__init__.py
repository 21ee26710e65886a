"""Report pages read back to facts: SEC `R*.htm` of any year, and pages flattened to text."""

from __future__ import annotations

from recto.rendering.reader import read_page
from recto.rendering.reading.facts import read_facts
from recto.rendering.reading.flat import looks_flat, read_flat
from recto.rendering.reading.model import ReadFact, ReadPage

__all__ = ["ReadFact", "ReadPage", "read"]


def read(data: bytes, name: str = "R1.htm") -> ReadPage:
    """A page's grid and facts. Raises SourceError (`recto:noReportTable`) where the bytes are no report page."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if looks_flat(text):
        return read_flat(text, name)
    return read_facts(read_page(text, name))
