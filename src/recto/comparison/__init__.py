"""What changed between two filings, or two report pages, line by line.

A line is a concept with its members, wherever a page shows it. A concept of another year's taxonomy is the same, and
so is a label or title with another date.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from recto.comparison.changes import KINDS, Change, ChangeKind, changes
from recto.comparison.lines import Line, Value, lines_of_filing, lines_of_pages
from recto.comparison.result import FORMS, Comparison
from recto.comparison.sameness import Names
from recto.errors import SourceError, UsageError

if TYPE_CHECKING:
    from recto.filing import Filing
    from recto.instance.model import Fact
    from recto.rendering.reading import ReadPage

__all__ = [
    "FORMS",
    "KINDS",
    "Change",
    "ChangeKind",
    "Comparison",
    "Line",
    "Value",
    "changes",
    "compare",
    "lines_of_filing",
    "lines_of_pages",
]


def compare(
    a: Filing | ReadPage | str | os.PathLike[str],
    b: Filing | ReadPage | str | os.PathLike[str],
    *,
    kinds: Collection[ChangeKind] = (),
    concept: Any = None,
    period: Any = None,
    **options: Any,
) -> Comparison:
    """What changed from `a`, the earlier, to `b`, the later: filings, pages that `recto.read` gave, or sources that
    `recto.open` or `recto.read` take (`options` are those of `recto.open`).

    restated: the same concept, members, period and unit with another value (numbers that agree at the coarser of their
    accuracies are the same); new, gone: a line that only one of them has; relabelled, moved: a line that is called
    otherwise or stands on other pages. `kinds`: only these. `concept`, `period`: only such facts, in the words of
    `Facts.where`.

    Raises `UsageError` for a filing and a page, or what no period is; `SourceError` where a source cannot be read, or
    holds no report.
    """
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise UsageError(f"no change is called {unknown[0]!r}: choose of {', '.join(KINDS)}")
    asked = {name: value for name, value in (("concept", concept), ("period", period)) if value not in (None, ())}
    first, second = (_opened(side, options) for side in (a, b))
    filings = [each for each in (first, second) if hasattr(each, "reports")]
    if len(filings) == 1 or (asked and not filings):
        raise UsageError(
            "a filing and a page cannot be compared: name two of one kind"
            if filings
            else "only facts of filings can be chosen: leave out concept and period to compare pages"
        )
    if not filings:
        found = changes(lines_of_pages([first]), lines_of_pages([second]))  # type: ignore[list-item]
        compared = Comparison(first.title, second.title, found)  # type: ignore[union-attr]
    else:
        compared = _of_filings(first, second, asked)  # type: ignore[arg-type]
    return compared.of(*kinds) if kinds else compared


def _of_filings(a: Filing, b: Filing, asked: dict[str, Any]) -> Comparison:
    for each in (a, b):
        if not any(instance.documents for instance in each.instances):
            raise SourceError.of("recto:noReport", document=each.source.base_url)
    names = Names(a.instances, b.instances)
    chosen = [each.facts.where(**asked) if asked else None for each in (a, b)]
    wanted: list[set[Fact] | None] = [None if facts is None else set(facts) for facts in chosen]
    found = changes(lines_of_filing(a, names, wanted[0]), lines_of_filing(b, names, wanted[1]))
    theirs = [{fact.context.identifier for fact in each.facts if fact.context is not None} for each in (a, b)]
    notes = [
        f"{each.name}: the taxonomy is missing ({each.missing_documents[0]}), so that lines have no labels of its own"
        for each in dict.fromkeys((a, b))
        if each.missing_documents
    ]
    if all(theirs) and not theirs[0] & theirs[1]:
        notes.append(f"they are reports of different entities: {min(theirs[0])} and {min(theirs[1])}")
    if all(facts is not None and not facts for facts in chosen):
        notes += dict.fromkeys(facts.nothing() for facts in chosen if facts is not None)
    return Comparison(_called(a), _called(b), found, note="; ".join(dict.fromkeys(notes)))


def _opened(side: Any, options: dict[str, Any]) -> Filing | ReadPage:
    if not isinstance(side, str | os.PathLike):
        return side  # type: ignore[no-any-return]
    page = _as_page(os.fspath(side))
    if page is not None:
        return page
    from recto.filing import open as open_

    return open_(side, **options)


def _as_page(source: str) -> ReadPage | None:
    """The page, where the source is a file that holds one and no filing."""
    from recto.rendering.reading import read

    if not os.path.isfile(source) or not source.lower().endswith((".htm", ".html", ".txt")):
        return None
    with open(source, "rb") as file:
        data = file.read()
    try:
        return read(data, source)
    except SourceError:
        return None


_COVER: Sequence[str] = ("EntityRegistrantName", "DocumentType", "DocumentPeriodEndDate")


def _called(filing: Filing) -> str:
    """Whose report of what it is, as its cover says, and the source's name."""
    told: dict[str, str] = {}
    for fact in filing.facts:
        if fact.qname.local in _COVER and not fact.nil and fact.valid:
            told.setdefault(fact.qname.local, " ".join(fact.text.split()))
    words = ", ".join(told[name] for name in _COVER if name in told)
    return f"{words} ({filing.name})" if words else filing.name
