"""Pages by the words that people have for them; where words would have to guess, the candidates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from recto.errors import UsageError
from recto.patterns import lazy
from recto.rendering.model import Report
from recto.statements.find import statement
from recto.statements.kinds import kind_of

_RANKS: Final = ("Cover", "Statements", "Notes", "Policies", "Tables", "Details")
_SHOWN: Final = 12
_SUFFIX: Final = lazy(r"\s*\((?:unaudited|audited|parenthetical)\)", re.I)


_SMALL: Final = frozenset(
    "a an and das de del den der des di du e el en et for i il in la las le les los of og on the to und van y".split()
)
"""Words that a title may lack though people say them."""


def find_page(reports: Sequence[Report], page: str | int, *, source: str = "the filing") -> list[Report]:
    """The page that `page` names: its stem (`R4`), number, role URI, a kind of statement, or words of its title.

    The first is the answer; further ones are other statements of the same kind. Words prefer a whole title, then
    statements over notes over policies, tables and details, then titles that begin with them, hold them as a phrase,
    or hold them all.

    Raises `UsageError` where there is no such page, with what comes near; and where words fit several pages no better
    than each other, with the candidates.
    """
    text = str(page).strip()
    folded = text.casefold()
    for report in reports:
        if folded in (report.stem.casefold(), str(report.number)) or text == report.role:
            return [report]
    whole = [report for report in reports if folded and folded in _titles(report)]
    if whole:
        return _only(whole, text, reports)
    kind = kind_of(text)
    if kind is not None:
        return statement(reports, kind, source=source)
    ranked = [(rank, report) for report in reports if (rank := _rank(report, folded)) is not None]
    if not ranked:
        raise UsageError(_nothing(reports, text, source))
    best = min(rank for rank, _ in ranked)
    return _only([report for rank, report in ranked if rank == best], text, reports)


def _only(found: list[Report], text: str, reports: Sequence[Report]) -> list[Report]:
    if len(found) == 1:
        return found
    listed = "; ".join(f"{report.stem} {report.short_name}" for report in found[:_SHOWN])
    more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    raise UsageError(f"{text!r} fits {len(found)} pages no better than each other: {listed}{more}")


def _titles(report: Report) -> set[str]:
    names = {report.short_name.casefold(), report.title.casefold()}
    return names | {_SUFFIX.sub("", name).strip() for name in names if "parenthetical" not in name}


def _rank(report: Report, phrase: str) -> tuple[int, int] | None:
    words = [word for word in phrase.split() if word not in _SMALL] or phrase.split()
    name, title = report.short_name.casefold(), report.title.casefold()
    if not words or not all(word in title for word in words):
        return None
    if name.startswith(phrase):
        fit = 0
    elif re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", title):
        fit = 1
    elif phrase in title:
        fit = 2
    else:
        fit = 3
    category = _RANKS.index(report.category) if report.category in _RANKS else 2
    if category <= 1:
        category = 1
    if "parenthetical" in title and "parenthetical" not in phrase:
        category = 2 * len(_RANKS)
    return (category, fit)


def _nothing(reports: Sequence[Report], text: str, source: str) -> str:
    if not reports:
        return f"no page is called {text!r}: {source} has no pages"
    from difflib import get_close_matches

    names = {name.casefold(): report for report in reports for name in (report.short_name, report.stem)}
    near = get_close_matches(text.casefold(), names, n=3, cutoff=0.6)
    kinds = ("income", "balance", "cash flow", "equity", "comprehensive income", "cover")
    named = get_close_matches(text.casefold(), kinds, n=1, cutoff=0.7)
    if not near and not named:  # a misspelled word of a longer title
        words = {}
        for report in reversed(reports):  # of several pages with a word the first is meant
            words.update(dict.fromkeys(re.findall(r"\w{4,}", report.short_name.casefold()), report))
        for word in text.casefold().split():
            near += [words[each].short_name.casefold() for each in get_close_matches(word, words, n=2, cutoff=0.75)]
    meant = [f"{names[name].stem} {names[name].short_name}" for name in dict.fromkeys(near)]
    meant += named
    told = f"; did you mean {' or '.join(meant)}?" if meant else ""
    return f"no page is called {text!r}; there are {len(reports)} pages ({reports[0].stem} to {reports[-1].stem}){told}"
