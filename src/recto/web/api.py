"""What the API answers. Each function takes the shelf and checked parameters and is called in a thread."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from starlette.responses import Response

from recto.charts.making import row_specification
from recto.errors import NotFoundError, UsageError
from recto.rendering.writers.folder import file_bytes
from recto.viewer import answers
from recto.viewer.bundle import image_type
from recto.web.openapi import NUMBER, TEXT, Operation, Parameter, Schema
from recto.web.periods import in_period
from recto.web.shelf import Shelf

_PAGE_FORMATS: Final = {
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/plain; charset=utf-8",
}
_MOST: Final = answers.MOST_FACTS
_LIMIT: Schema = {"type": "integer", "minimum": 1, "maximum": _MOST, "default": 50}
_PAGE = Parameter("page", "A page: R4, its number, or words of its title.", TEXT)


def list_filings(shelf: Shelf) -> Any:
    return {
        "filings": [
            {"id": each.id, "name": each.name, "title": each.title or None, "error": each.error or None}
            for each in shelf.entries
        ],
        "uploads": shelf.uploads,
        "hosts": sorted(shelf.hosts),
    }


def add_filing(shelf: Shelf, *, name: str = "", url: str = "", body: bytes = b"") -> Any:
    if bool(url) == bool(name):
        raise UsageError("give either `url`, or `name` and the file as the request's body")
    entry = shelf.add_url(url) if url else shelf.upload(name, body)
    return {"id": entry.id, "name": entry.name}


def get_filing(shelf: Shelf, *, filing: str) -> Any:
    return answers.summary(shelf.book(filing).description)


def get_part(shelf: Shelf, *, filing: str, part: str) -> Any:
    return Response(shelf.book(filing).part(part), media_type="application/json", headers=_KEPT)


_KEPT: Final = {"cache-control": "private, max-age=60"}


def get_page(shelf: Shelf, *, filing: str, page: str, format: str = "json") -> Any:
    report = shelf.book(filing).filing.report(page)
    if format == "xlsx":
        from recto.rendering.writers.xlsx import workbook

        return _download(workbook([report]), "xlsx", report.stem)
    if format == "html":
        from recto.rendering.writers.html import PageWriter

        return _download(PageWriter().page(report), "html", report.stem)
    from recto.rendering.writers.folder import page_as

    return Response(page_as(report, format).encode("utf-8", "replace"), media_type=_PAGE_FORMATS[format])


def get_workbook(shelf: Shelf, *, filing: str) -> Any:
    from recto.rendering.writers.xlsx import workbook

    book = shelf.book(filing)
    return _download(workbook(list(book.description.reports)), "xlsx", "filing")


def _download(data: bytes, form: str, stem: str) -> Response:
    extension = "htm" if form == "html" else form
    headers = {"content-disposition": f'attachment; filename="{stem}.{extension}"'}
    return Response(data, media_type=_PAGE_FORMATS[form], headers=headers)


def read_page(shelf: Shelf, *, filing: str, page: str, first: int = 1, rows: int = 100) -> Any:
    book = shelf.book(filing)
    return answers.page_answer(book.description, book.filing.report(page), first=max(first, 1), rows=rows)


def find_facts(
    shelf: Shelf,
    *,
    filing: str,
    concept: str = "",
    text: str = "",
    page: str = "",
    period: str = "",
    offset: int = 0,
    limit: int = 50,
) -> Any:
    description = shelf.book(filing).description
    found = in_period(answers.facts_matching(description, concept=concept, text=text, page=page), period)
    return {
        "count": len(found),
        "facts": [answers.fact_answer(description, fact) for fact in found[offset : offset + limit]],
    }


def get_fact(shelf: Shelf, *, filing: str, fact: str) -> Any:
    description = shelf.book(filing).description
    return answers.fact_answer(description, answers.fact_named(description, fact), whole=True)


def get_fact_text(shelf: Shelf, *, filing: str, fact: str, offset: int = 0, limit: int = 8000) -> Any:
    description = shelf.book(filing).description
    return answers.text_answer(description, answers.fact_named(description, fact), offset=offset, limit=limit)


def explain(shelf: Shelf, *, filing: str, page: str = "", row: str = "", column: str = "", fact: str = "") -> Any:
    book = shelf.book(filing)
    explainer = book.filing.explainer
    if bool(page) == bool(fact):
        raise UsageError("give either `page` (with `row`, `column`) or `fact`")
    if fact:
        return {"decisions": explainer.fact(answers.fact_named(book.description, fact))}
    return {"decisions": explainer.answer(book.filing.report(page), row or None, column or None)}


def get_findings(shelf: Shelf, *, filing: str) -> Any:
    return Response(shelf.book(filing).part("findings"), media_type="application/json")


def search(shelf: Shelf, *, filing: str, q: str, limit: int = 50) -> Any:
    return answers.search(shelf.book(filing).description, q, limit=limit)


def find(shelf: Shelf, *, filing: str, q: str) -> Any:
    return shelf.book(filing).description.index.find(q)


def get_chart(shelf: Shelf, *, filing: str, page: str, row: int) -> Any:
    book = shelf.book(filing)
    return row_specification(book.filing.report(page), row - 1)


def get_file(shelf: Shelf, *, filing: str, name: str) -> Any:
    """A picture of the filing's own; nothing else of it is handed out as a file."""
    data = file_bytes(book_files(shelf, filing), name) if "/" not in name and "\\" not in name else None
    kind = image_type(data) if data is not None else None
    if data is None or kind is None:
        raise NotFoundError(f"the filing has no picture {name!r}")
    return Response(data, media_type=kind, headers=_KEPT)


def book_files(shelf: Shelf, filing: str) -> dict[str, object]:
    return dict(shelf.book(filing).filing.source.files)


def compare(shelf: Shelf, *, a: str, b: str, page: str = "", limit: int = 200) -> Any:
    from recto.comparison import compare as compare_

    found = compare_(shelf.book(a).filing, shelf.book(b).filing)
    changes = [each for each in found if page.casefold() in each.page.casefold()]
    told = {"note": found.note} if found.note else {}
    return {"count": len(changes), **told, "changes": [msgspec.to_builtins(each) for each in changes[:limit]]}


def compare_text(shelf: Shelf, *, a: str, b: str, concept: str) -> Any:
    from recto.viewer.differences import text_difference

    return text_difference(shelf.book(a).description, shelf.book(b).description, concept)


def compare_texts(shelf: Shelf, *, a: str, b: str) -> Any:
    from recto.viewer.differences import text_changes

    return {"texts": text_changes(shelf.book(a).description, shelf.book(b).description)}


def operations() -> list[Operation]:
    p = Parameter
    two = (
        p("a", "Id of the earlier filing.", TEXT, required=True),
        p("b", "Id of the later filing.", TEXT, required=True),
    )
    return [
        Operation("GET", "/api/filings", "The filings that are open here", list_filings),
        Operation(
            "POST",
            "/api/filings",
            "Upload a filing, or name one at a URL",
            add_filing,
            (p("name", "The file's name, whose ending tells its kind.", TEXT), p("url", "An https URL.", TEXT)),
            body="application/octet-stream",
            status=201,
        ),
        Operation("GET", "/api/filings/{filing}", "Who filed what, and its pages", get_filing),
        Operation(
            "GET", "/api/filings/{filing}/parts/{part:path}", "A part of the description (docs/viewer.md)", get_part
        ),
        Operation(
            "GET",
            "/api/filings/{filing}/pages/{page}",
            "A page as a file",
            get_page,
            (
                p(
                    "format",
                    "json, md, csv, txt, xlsx or html.",
                    {"type": "string", "enum": list(_PAGE_FORMATS), "default": "json"},
                ),
            ),
        ),
        Operation(
            "GET",
            "/api/filings/{filing}/pages/{page}/rows",
            "A page as rows with values and facts",
            read_page,
            (
                p("first", "First row, from 1.", NUMBER),
                p("rows", "How many.", {"type": "integer", "minimum": 1, "maximum": 500}),
            ),
        ),
        Operation(
            "GET",
            "/api/filings/{filing}/workbook",
            "All pages as a workbook",
            get_workbook,
            media=_PAGE_FORMATS["xlsx"],
        ),
        Operation(
            "GET",
            "/api/filings/{filing}/facts",
            "Facts by concept, text, page or period",
            find_facts,
            (
                p("concept", "Words of the concept's name or label.", TEXT),
                p("text", "Words of the value.", TEXT),
                _PAGE,
                p(
                    "period",
                    "2024, 2024-12-31 (its last day), FY2024, latest, …; or part of it in words.",
                    TEXT,
                ),
                p("offset", "Facts to pass over.", NUMBER),
                p("limit", "At most so many.", _LIMIT),
            ),
        ),
        Operation("GET", "/api/filings/{filing}/facts/{fact}", "One fact, with its concept and places", get_fact),
        Operation(
            "GET",
            "/api/filings/{filing}/facts/{fact}/text",
            "The text of a fact",
            get_fact_text,
            (
                p("offset", "Characters to pass over.", {**NUMBER, "maximum": 1 << 30}),
                p("limit", "At most so many.", {"type": "integer", "minimum": 1, "maximum": 100_000}),
            ),
        ),
        Operation(
            "GET",
            "/api/filings/{filing}/explain",
            "Why a page, row, column or cell looks so, or where a fact is shown",
            explain,
            (
                _PAGE,
                p("row", "A row: number from 1, or words.", TEXT),
                p("column", "A column: number from 1, or words.", TEXT),
                p("fact", "A fact's id or number.", TEXT),
            ),
        ),
        Operation("GET", "/api/filings/{filing}/findings", "What validation says", get_findings),
        Operation(
            "GET",
            "/api/filings/{filing}/search",
            "Pages, lines and facts with these words or digits",
            search,
            (
                p("q", "What to look for.", {**TEXT, "minLength": 1}, required=True),
                p("limit", "At most so many of each.", _LIMIT),
            ),
        ),
        Operation(
            "GET",
            "/api/filings/{filing}/find",
            "The same as the viewer lists it: groups of hits, each with its place",
            find,
            (p("q", "What to look for.", {**TEXT, "minLength": 1}, required=True),),
        ),
        Operation(
            "GET",
            "/api/filings/{filing}/charts/{page}/{row}",
            "A row as a Vega-Lite specification",
            get_chart,
        ),
        Operation(
            "GET", "/api/filings/{filing}/files/{name}", "A picture that the filing brings", get_file, media="image/*"
        ),
        Operation(
            "GET",
            "/api/compare",
            "What changed from one filing to another",
            compare,
            (
                *two,
                p("page", "Only of pages with this in their title.", TEXT),
                p("limit", "At most so many.", {"type": "integer", "minimum": 1, "maximum": 2000}),
            ),
        ),
        Operation(
            "GET",
            "/api/compare/texts",
            "The text blocks that changed from one filing to another",
            compare_texts,
            two,
        ),
        Operation(
            "GET",
            "/api/compare/text",
            "What changed in a text block",
            compare_text,
            (
                *two,
                p("concept", "Name of its concept.", TEXT, required=True),
            ),
        ),
    ]
