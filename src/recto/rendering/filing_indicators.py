"""The page of filing indicators: which templates the report says it has filed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from recto.instance.filing_indicators import FilingIndicator
from recto.instance.model import Context
from recto.rendering.model import Cell, Column, Report, Row
from recto.rendering.rows import BLANK
from recto.rendering.view import View

ROLE: Final = "urn:recto:role:filing-indicators"
"""The role of the page."""


def indicators_page(indicators: Sequence[FilingIndicator], view: View, number: int) -> Report:
    """A row for each template in the order of the report, a column for each context that indicators have.

    What is said of one template again has a row of its own, for it may be said otherwise.
    """
    contexts: dict[str, Context] = {}
    for each in indicators:
        if each.fact.context is not None:
            contexts.setdefault(_key(each.fact.context), each.fact.context)
    places = {key: index for index, key in enumerate(contexts)}
    columns = [
        Column(index + 1, (_heading(context, view, alone=len(contexts) == 1),), context.period)
        for index, context in enumerate(contexts.values())
    ]
    rows: list[Row] = []
    taken: dict[tuple[str, int], int] = {}
    by_place: dict[tuple[str, int], Row] = {}
    for each in indicators:
        assert each.fact.context is not None
        at = places[_key(each.fact.context)]
        again = taken[each.template, at] = taken.get((each.template, at), -1) + 1
        row = by_place.get((each.template, again))
        if row is None:
            concept = view.concept_of(each.fact)
            name = "" if concept is None else view.element_name(each.fact)
            row = Row(len(rows) + 1, "item", each.template, [BLANK] * len(columns), concept, name)
            rows.append(row)
            by_place[each.template, again] = row
        row.cells[at] = Cell("text", view.words.truth(each.filed), (each.fact,))
    title = view.words.filing_indicators
    return Report(
        number=number,
        stem=f"R{number}",
        role=ROLE,
        long_name=title,
        short_name=title,
        title=title,
        scale="",
        columns=columns,
        rows=rows,
        instance=view.instance,
        language=view.words.language,
        right_to_left=view.words.right_to_left,
    )


def _key(context: Context) -> str:
    return f"{context.scheme} {context.identifier} {context.period.oim}"


def _heading(context: Context, view: View, *, alone: bool) -> str:
    """The period; with the entity where there are several columns, which then may differ by it."""
    span = view.spans.of(context.period)
    period = "" if span is None else view.words.shared_period(span)
    return period if alone else f"{context.identifier}, {period}"
