"""Answers about a filing for programs and language models: facts, pages and search results, each with its place.

Every number comes with concept, period, unit and where it is shown, so that it can be cited. What is long is cut, and
says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from recto.errors import NotFoundError, UsageError
from recto.instance.model import Fact, Footnote, TypedMember
from recto.names import QName
from recto.rendering.model import Cell, Report
from recto.rendering.view import LANGUAGES, in_words
from recto.rendering.writers.lines import cell_text
from recto.viewer import search as search_
from recto.viewer import words
from recto.viewer.describe import Description
from recto.viewer.facts import plain

if TYPE_CHECKING:
    from recto.comparison import Change

Answer = dict[str, Any]
MOST_FACTS: Final = 200
LONGEST: Final = 600
"""Characters of a text in a list; `text_answer` gives the whole."""


def summary(description: Description) -> Answer:
    """Who filed what, and the pages."""
    head = description.head()
    note = "There are no pages; find_facts has the facts, and validate tells what is wrong." if not head.pages else ""
    return {
        **({"note": note} if note else {}),
        "filer": head.title,
        "report": head.subtitle,
        "source": head.name,
        "facts": head.facts,
        "documents": [each.name for each in head.documents],
        "pages": [{"page": each.stem, "title": each.name, "category": each.category} for each in head.pages],
    }


def fact_answer(description: Description, fact: Fact, *, whole: bool = False) -> Answer:
    """One fact; `whole` adds definition, references, labels, footnotes and all places."""
    numbering = description.numbering
    number = numbering.number[fact]
    concept = fact.concept
    taxonomy = numbering.instances[_instance(description, number)].taxonomy
    text = plain(fact.value) if fact.unit is None else fact.value
    answer: Answer = {
        "fact": fact.id,
        "number": number,
        "concept": concept.name if concept is not None else fact.name,
        "label": taxonomy.label(concept, languages=LANGUAGES) if concept is not None else None,
        "value": None if fact.nil or not fact.valid else text[:LONGEST],
        "unit": None if fact.unit is None else words.unit(fact.unit),
        "decimals": fact.decimals,
        "period": None if fact.period is None else words.period(fact.period),
        "dimensions": _dimensions(fact, taxonomy),
        "shown": [_shown(description, place) for place in description.places.get(number, ())[:3]],
        "document": fact.document.rpartition("/")[2],
        "line": fact.line,
    }
    if len(text) > LONGEST:
        answer["cut"] = len(text)
    if fact.nil:
        answer["nil"] = True
    if not fact.valid:
        answer["invalid"] = True
    if whole and concept is not None:
        entry = description.concept_entry(concept, taxonomy)
        answer |= {
            "definition": entry.definition or None,
            "references": list(entry.references),
            "type": entry.type,
            "balance": entry.balance or None,
            "labels": [list(each) for each in entry.labels],
            "footnotes": [
                plain(note.text) for note in numbering.instances[_instance(description, number)].footnotes(fact)
            ],
            "shown": [_shown(description, place) for place in description.places.get(number, ())],
        }
    return answer


def _notes(description: Description, fact: Fact) -> tuple[Footnote, ...]:
    numbering = description.numbering
    return numbering.instances[_instance(description, numbering.number[fact])].footnotes(fact)


def _instance(description: Description, number: int) -> int:
    firsts = description.numbering.firsts
    return max(index for index, first in enumerate(firsts) if first <= number)


def _dimensions(fact: Fact, taxonomy: Any) -> dict[str, str]:
    out: dict[str, str] = {}
    for axis, member in fact.dimensions.items():
        out[_name(axis, taxonomy)] = (
            ("nil" if member.nil else member.text) if isinstance(member, TypedMember) else _name(member, taxonomy)
        )
    return out


def _name(name: QName, taxonomy: Any) -> str:
    concept = taxonomy.concept(name)
    return name.local if concept is None else str(concept.name)


def _shown(description: Description, place: tuple[int, int, int]) -> str:
    """`R4 row 3 column 1`, counted from 1 as `explain` and people count."""
    page, row, column = place
    return f"{description.reports[page].stem} row {row + 1} column {column + 1}"


_AROUND: Final = 1500
"""Characters of markup on either side of a fact in its document."""


def source_text(description: Description, fact: Fact) -> Answer | None:
    """What stands around a fact in its inline document: `{document, before, text, after}`; None where there is none."""
    number = description.numbering.number[fact]
    for index, (name, _) in enumerate(description.documents.names):
        document = description.documents.document(index)
        for piece in document.outline.facts.get(number, ())[:1]:
            markup = document.piece(piece)
            at = markup.find(f'data-f="{number}"')
            start = max(markup.rfind("<", 0, at), 0) if at >= 0 else 0
            end = markup.find("</span>", start) if at >= 0 else 0
            return {
                "document": name,
                "before": _flat(markup[max(0, start - _AROUND) : start])[-LONGEST // 2 :],
                "text": _flat(markup[start:end])[:LONGEST],
                "after": _flat(markup[end : end + _AROUND])[: LONGEST // 2],
            }
    return None


def _flat(markup: str) -> str:
    """Text of a cut out piece of markup, without what is left of tags at its ends."""
    head, bracket, rest = markup.partition(">")
    if bracket and "<" not in head:
        markup = rest
    return " ".join(plain(markup).split())


def text_answer(description: Description, fact: Fact, *, offset: int = 0, limit: int = 8000) -> Answer:
    """The text of a fact from `offset` on, without markup."""
    text = " ".join(plain(fact.value).split()) if fact.valid else ""
    part = text[offset : offset + limit]
    answer: Answer = {"fact": fact.id, "text": part, "characters": len(text)}
    if offset + limit < len(text):
        answer["next"] = offset + limit
    return answer


def page_answer(description: Description, report: Report, *, first: int = 1, rows: int = 100) -> Answer:
    """A page: headings, and rows with what each cell shows, its exact value and its fact. Rows are counted from 1."""
    lines: list[Answer] = []
    for index, row in enumerate(report.rows[first - 1 : first - 1 + rows], first):
        line: Answer = {"row": index, "label": row.label}
        if row.kind in ("abstract", "section"):
            line["kind"] = row.kind
        else:
            line["concept"] = row.concept.name if row.concept is not None else None
            line["cells"] = [_cell(cell) for cell in row.cells]
        lines.append(line)
    answer: Answer = {
        "page": report.stem,
        "title": report.title,
        "scale": report.scale.strip() or None,
        "columns": [" | ".join(column.labels) for column in report.columns],
        "rows": lines,
    }
    if report.footnotes:
        answer["footnotes"] = {number: plain(note)[:LONGEST] for number, note in report.footnotes}
    if first - 1 + rows < len(report.rows):
        answer["more"] = f"{len(report.rows)} rows in all; ask from row {first + rows}"
    return answer


def _cell(cell: Cell) -> Answer | None:
    if not cell.facts and cell.kind == "blank":
        return None
    shown = plain(cell_text(cell)).strip()
    answer: Answer = {"shown": " ".join(shown.split())[:LONGEST]}
    if cell.facts:
        fact = cell.facts[0]
        answer["fact"] = fact.id
        if fact.unit is not None and not fact.nil and fact.valid:
            answer["value"] = fact.value
            answer["unit"] = words.unit(fact.unit)
        if len(shown) > LONGEST:
            answer["cut"] = len(shown)
    return answer


def facts_matching(
    description: Description,
    *,
    concept: str = "",
    text: str = "",
    page: str = "",
    numeric: bool | None = None,
) -> Iterator[Fact]:
    """Facts in document order. `concept`: words of its name or label; `text`: words of the value; `page`: its page."""
    stems = {report.stem.casefold(): index for index, report in enumerate(description.reports)}
    wanted_page = None
    if page:
        wanted_page = stems.get(description.filing.report(page).stem.casefold())
    names, values = concept.casefold().split(), text.casefold().split()
    known: dict[int, str] = {}
    for number, fact in enumerate(description.numbering.facts):
        if wanted_page is not None and not any(place[0] == wanted_page for place in description.places.get(number, ())):
            continue
        if numeric is not None and (fact.unit is not None) != numeric:
            continue
        if names:
            concept_number = description.numbering.columns[number][0]
            said = known.get(concept_number)
            if said is None:
                said = known[concept_number] = _words(description, number, fact)
            if not all(word in said for word in names):
                continue
        if values:
            if not fact.valid:
                continue
            folded = plain(fact.value).casefold()
            if not all(word in folded for word in values):
                continue
        yield fact


def _words(description: Description, number: int, fact: Fact) -> str:
    if fact.concept is None:
        return f"{fact.name} {in_words(fact.qname.local)}".casefold()
    taxonomy = description.numbering.instances[_instance(description, number)].taxonomy
    return f"{fact.concept.name} {taxonomy.label(fact.concept, languages=LANGUAGES) or ''}".casefold()


def fact_named(description: Description, name: str | int) -> Fact:
    """The fact of that number or id. Raises `NotFoundError`."""
    text = str(name)
    for each in description.numbering.instances:
        found = each.by_id.get(text)
        if found is not None:
            return found
    facts = description.numbering.facts
    if text.isdecimal() and len(text) < 10 and int(text) < len(facts):
        return facts[int(text)]
    raise NotFoundError(f"there is no fact {text!r}", document=description.filing.name)


def search(description: Description, query: str, *, limit: int = 30) -> Answer:
    """Pages, lines and facts with all words of the query, singular or plural; texts with an excerpt. A line has the
    words of its page's title, its section and its concept too, those in its own label come first."""
    asked = search_.wanted(query)
    if not asked:
        raise UsageError("say what to look for")
    index = description.index
    pages = [
        {"page": report.stem, "title": report.short_name}
        for report in description.reports
        if all(word in f"{report.stem} {report.short_name}".casefold() for word in asked)
    ]
    digits = search_.typed_digits(query)
    lines = [] if digits else [each for each in index.lines_with(asked) if not each.heading]
    numbers = index.numbers_with(digits) if digits else list(_unshown(description, asked))
    found = sorted([*numbers, *index.texts_with(asked)]) if not digits else [*numbers, *index.texts_with(asked)]
    facts: list[Answer] = []
    for number in found[:limit]:
        answer = fact_answer(description, description.numbering.facts[number])
        if number in index.texts:
            answer["excerpt"] = search_.excerpt(index.texts[number], asked, 400)
            answer.pop("value")
        facts.append(answer)
    answer = {"pages": pages[:limit], "lines": [_line(description, each) for each in lines[:limit]], "facts": facts}
    if len(lines) > limit:
        answer["more"] = f"{len(lines)} lines have these words: add words, or read the page"
    if not (pages or lines or facts):
        known = any(fact.valid for fact in description.numbering.facts)
        hint = (
            "try one of them, or find_facts with part of a concept's name"
            if known
            else "no fact is valid, see validate"
        )
        answer["note"] = f"Nothing has all of these words: {hint}."
    return answer


def _line(description: Description, line: search_.Line) -> Answer:
    """A line with what it shows: each cell under its heading, with exact value, unit, period and fact."""
    report = description.reports[line.page]
    row = report.rows[line.row]
    cells: list[Answer] = []
    for column, cell in zip(report.columns, row.cells, strict=True):
        each = _cell(cell)
        if each is None or len(cells) == _CELLS:
            continue
        period = cell.facts[0].period if cell.facts else None
        told = {"period": words.period(period)} if period is not None else {}
        cells.append({"column": " | ".join(column.labels), **each, **told})
    concept = row.concept.name if row.concept is not None else None
    within = {"section": line.section} if line.section else {}
    return {"page": report.stem, "row": line.row + 1, "label": row.label, **within, "concept": concept, "cells": cells}


def _unshown(description: Description, asked: Sequence[str]) -> Iterator[int]:
    """Numbers that are on no page and have all words, in their concept, axes or members."""
    for number, fact in enumerate(description.numbering.facts):
        if fact.unit is None or not fact.valid or description.places.get(number):
            continue
        own = _words(description, number, fact)
        if any(word in own for word in asked):
            taxonomy = description.numbering.instances[_instance(description, number)].taxonomy
            told = " ".join(f"{axis} {member}" for axis, member in _dimensions(fact, taxonomy).items()).casefold()
            if all(word in f"{own} {told}" for word in asked):
                yield number


_CELLS: Final = 4
"""Cells of a line that an answer to a search has."""
_VALUE: Final = 200
"""Characters of a value in a comparison."""


def comparison(changes: Sequence[Change], *, kind: str = "", first: int = 1, count: int = 20) -> Answer:
    """Changes from one filing to another, as they come (restated first). `kind`: only those of it."""
    kinds: dict[str, int] = {}
    for each in changes:
        kinds[each.kind] = kinds.get(each.kind, 0) + 1
    chosen = [each for each in changes if kind in ("", each.kind)]
    answer: Answer = {"count": len(chosen), "kinds": kinds}
    answer["changes"] = [_change(each) for each in chosen[first - 1 : first - 1 + count]]
    if first - 1 + count < len(chosen):
        answer["more"] = f"ask from first={first + count}, or for one kind, or for a page by words of its title"
    return answer


def _change(each: Change) -> Answer:
    told: Answer = {
        "kind": each.kind,
        "concept": each.concept,
        "label": each.label,
        "members": list(each.member_labels),
        "page": each.page,
        "period": each.words,
        "unit": each.unit,
        "earlier": None if each.a is None else each.a[:_VALUE],
        "later": None if each.b is None else each.b[:_VALUE],
        "difference": each.difference,
        "fact_earlier": each.fact_a,
        "fact_later": each.fact_b,
    }
    return {key: value for key, value in told.items() if value not in (None, [], "")}
