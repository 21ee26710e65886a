"""Pages of rendered HTML as plain text, so that a test can say what it expects and a reader can see it.

A row is a line: its class, then its cells, `class text`, with `COLSxROWS` after the class where a cell spans several.
"""

from __future__ import annotations

import re
from pathlib import Path

from lxml import html


def _squeeze(text: str | None) -> str:
    return re.sub(r"\s+", " ", (text or "").replace("\xa0", " ")).strip()


def grid(page: Path) -> str:
    """The report table of a page."""
    document = html.fromstring(page.read_bytes())
    lines = []
    for row in document.xpath('//table[@class="report"]/tr|//table[@class="report"]/tbody/tr'):
        cells = [_cell(cell) for cell in row.xpath("./td|./th")]
        lines.append(f"{row.get('class') or '-'}: {' | '.join(cells)}".rstrip())
    return "\n".join(lines)


def _cell(cell: html.HtmlElement) -> str:
    spans = (cell.get("colspan", "1"), cell.get("rowspan", "1"))
    shape = "" if spans == ("1", "1") else " " + "x".join(spans)
    return f"{cell.get('class') or '-'}{shape} {_squeeze(cell.text_content())}".rstrip()


def panels(page: Path) -> dict[str, str]:
    """Definition panels by key, without the `defref_`."""
    document = html.fromstring(page.read_bytes())
    found = document.xpath('//table[starts-with(@id,"defref_")]')
    return {table.get("id").removeprefix("defref_"): _squeeze(table.text_content()) for table in found}


def flattened(page: Path) -> list[str]:
    """Texts of the report table in reading order: each piece of a heading, each cell, blank ones left out."""
    document = html.fromstring(page.read_bytes())
    texts = []
    for cell in document.xpath('//table[@class="report"]//*[self::td or self::th]'):
        lines = "\n".join(cell.itertext()) if cell.tag == "th" else cell.text_content()
        texts += [_squeeze(line) for line in lines.split("\n") if _squeeze(line)]
    return texts


def expected(text: str) -> str:
    """A test's own listing, without its indentation."""
    return "\n".join(line.strip() for line in text.strip().splitlines())
