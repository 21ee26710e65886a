"""Tools that ask a lake: many filings, their numbers over time, their texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from recto.web import lake
from recto.web.shelf import Shelf

Answer = dict[str, Any]
_MOST: Final = 60
_SERIES: Final = "period start end value unit concept derived restated filing form facts".split()


class LakeTools:
    """Each public method but `all` is a tool; its docstring is what the model reads."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def all(self) -> list[Callable[..., Answer]]:
        return [
            self.lake_companies,
            self.lake_filings,
            self.lake_concepts,
            self.lake_series,
            self.lake_statement,
            self.lake_peers,
            self.lake_restatements,
            self.lake_subsequent_events,
            self.lake_search,
            self.lake_text,
            self.query_lake,
        ]

    def lake_companies(self, words: str = "", offset: int = 0) -> Answer:
        """Companies in the lake, by words of their name, ticker or identifier; and how much the lake holds."""
        about = lake.about(self._shelf)
        return about | lake.companies(self._shelf, words=words, offset=max(offset, 0), limit=_MOST)

    def lake_filings(self, company: str = "", form: str = "", since: str = "", offset: int = 0) -> Answer:
        """Filings in the lake, newest first. `filing` is the key by which list_pages, read_page and the others read
        one. `form`: 10-K; `since`: 2024-06-30."""
        return lake.filings(self._shelf, company=company, form=form, since=since, offset=max(offset, 0), limit=_MOST)

    def lake_concepts(self, company: str, words: str = "") -> Answer:
        """What a company reports numbers of: concepts with label, unit, and from when to when."""
        return lake.concepts(self._shelf, company=company, words=words, limit=_MOST)

    def lake_series(
        self, company: str, concept: str, frequency: str = "year", first_reported: bool = False, as_known_on: str = ""
    ) -> Answer:
        """A number of a company over time. `concept`: us-gaap:Assets, or a line item: revenue, net_income, eps, assets.
        `frequency`: quarter, year, ttm. Derived values name the facts they were worked out from."""
        found = lake.series(
            self._shelf,
            company=company,
            concept=concept,
            frequency=frequency,
            first_reported="yes" if first_reported else "",
            as_known_on=as_known_on,
        )
        return found | {"chart": None, "rows": _short(found["rows"])}

    def lake_statement(self, company: str, kind: str = "income", frequency: str = "year", periods: int = 4) -> Answer:
        """A statement over several periods. `kind`: income, balance, cash flow, equity, comprehensive income."""
        return lake.statement(
            self._shelf, company=company, kind=kind, frequency=frequency, periods=min(max(periods, 1), 8)
        )

    def lake_peers(self, concept: str, year: int, period: str = "FY") -> Answer:
        """One number of all companies for a fiscal year (or Q1 to Q4), the greatest first."""
        found = lake.peers(self._shelf, concept=concept, year=year, period=period, limit=_MOST)
        return found | {"rows": _short(found["rows"], ("company",))}

    def lake_restatements(self, company: str = "", concept: str = "") -> Answer:
        """Numbers that a later filing tells otherwise, with both filings."""
        return lake.restatements(self._shelf, company=company, concept=concept, limit=_MOST)

    def lake_subsequent_events(self, company: str = "", words: str = "", since: str = "") -> Answer:
        """What companies tell of after the ends of their periods: notes as text, the latest first."""
        return lake.subsequent_events(self._shelf, company=company, words=words, since=since, limit=20)

    def lake_search(self, query: str, company: str = "", form: str = "", since: str = "") -> Answer:
        """Texts (notes, policies) of all filings that hold these words; lake_text gives one whole."""
        return lake.search(self._shelf, q=query, company=company, form=form, since=since, limit=20)

    def lake_text(self, filing: str, fact: int, offset: int = 0) -> Answer:
        """A text of a filing, 6,000 characters at a time from `offset` on."""
        return lake.text(self._shelf, filing=filing, fact=fact, offset=max(offset, 0), limit=6000)

    def query_lake(self, select: str) -> Answer:
        """One SQL `select` in DuckDB's dialect. Tables: filings, facts, texts, concepts, labels, arcs, pages, cells,
        findings; views: reported, latest, first_reported, restatements, companies. `describe facts` tells columns."""
        return lake.query(self._shelf, select=select, limit=_MOST)


def _short(rows: list[Answer], more: tuple[str, ...] = ()) -> list[Answer]:
    """The newest rows of a series, with what has to be cited."""
    chosen = rows if more else rows[-_MOST:]
    return [{key: row[key] for key in (*more, *_SERIES) if row.get(key) is not None} for row in chosen]
