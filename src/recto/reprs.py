"""Small HTML tables that notebooks show for an object (`_repr_html_`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LONGEST = 300
"""Characters of a value that are shown."""


def _escape(text: str) -> str:
    from html import escape  # few programs show anything in a notebook

    return escape(text)


def shorten(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"


def properties(title: str, rows: Iterable[tuple[str, object]]) -> str:
    """A titled table of names and values; what is None or empty is left out."""
    body = "".join(
        f'<tr><th style="text-align:left">{_escape(name)}</th>'
        f'<td style="text-align:left">{_escape(shorten(str(value)))}</td></tr>'
        for name, value in rows
        if value is not None and value != ""
    )
    return f"<div><strong>{_escape(shorten(title))}</strong><table>{body}</table></div>"


def listing(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A titled table with headings."""
    head = "".join(f'<th style="text-align:left">{_escape(each)}</th>' for each in headings)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align:left">{_escape(shorten(str(cell)))}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return f"<div><strong>{_escape(title)}</strong><table><tr>{head}</tr>{body}</table></div>"
