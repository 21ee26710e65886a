"""The static files of a folder of pages: style sheet, script, and the `index.html` that browses the pages."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from functools import cache
from pkgutil import get_data

from recto.rendering.model import RenderedFiling, Report
from recto.rendering.writers.html import normalize_space

STATIC = ("report.css", "Show.js")
"""Files that go beside the pages as they are."""

_LINES_PER_PAGE = 400


@cache
def static_file(name: str) -> bytes:
    data = get_data(__package__, f"static/{name}")
    if data is None:
        raise FileNotFoundError(name)
    return data


def index_page(
    filing: RenderedFiling, *, downloads: Iterable[str] = (), reports: Sequence[Report] | None = None
) -> bytes:
    """A page with a menu by category and a frame. It opens from disk and needs no server.

    `downloads`: names of files in the same folder that the page offers. `reports`: the pages written, if not all.
    """
    import msgspec

    pages = filing.reports if reports is None else reports
    title, subtitle = _names(filing)
    known = {report.role for report in pages}
    entries = [
        {
            "stem": report.stem,
            "name": report.short_name or report.stem,
            "category": report.category or "Pages",
            "parent": report.parent_role in known,
            "lines": _lines(report),
        }
        for report in pages
    ]
    links = "\n".join(f'<a href="{html.escape(name)}" download>{html.escape(_label(name))}</a>' for name in downloads)
    values = {
        "@TITLE_JSON@": _json(msgspec.json.encode(title)),
        "@TITLE@": html.escape(title),
        "@SUBTITLE@": html.escape(subtitle),
        "@DOWNLOADS@": links,
        "@REPORTS@": _json(msgspec.json.encode(entries)),
    }
    text = static_file("index.html").decode()
    parts = text.split("@")
    out = [parts[0]]
    index = 1
    while index < len(parts):
        value = values.get(f"@{parts[index]}@")
        if value is not None and index + 1 < len(parts):
            out += [value, parts[index + 1]]
            index += 2
        else:
            out.append("@" + parts[index])
            index += 1
    return "".join(out).encode("utf-8", "replace")


def _json(data: bytes) -> str:
    """JSON that may stand inside a script element."""
    return data.decode().replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _label(name: str) -> str:
    return {"Financial_Report.xlsx": "Excel", "MetaLinks.json": "MetaLinks"}.get(name, name)


def _lines(report: Report) -> list[str]:
    seen: dict[str, None] = {}
    for row in report.rows:
        if row.kind != "abstract" and row.label:
            seen.setdefault(normalize_space(row.label))
            if len(seen) >= _LINES_PER_PAGE:
                break
    return list(seen)


def filing_name(filing: RenderedFiling) -> str:
    """Who filed, else the name of the instance."""
    return _names(filing)[0]


def _names(filing: RenderedFiling) -> tuple[str, str]:
    """Who filed, and what: from the cover's facts, else the instance's file name."""
    wanted = {"EntityRegistrantName": "", "DocumentType": "", "DocumentPeriodEndDate": ""}
    for each in filing.instances:
        for fact in each.instance.facts:
            local = fact.qname.local
            if local in wanted and not wanted[local] and not fact.dimensions:
                wanted[local] = " ".join(fact.value.split())
    name = wanted["EntityRegistrantName"] or (filing.instances[0].instance.name if filing.instances else "") or "Filing"
    return name, ", ".join(value for value in (wanted["DocumentType"], wanted["DocumentPeriodEndDate"]) if value)
