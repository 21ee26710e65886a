"""The facts of a filing, or those of them that were asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import RLock
from typing import TYPE_CHECKING, Any, overload

from recto.errors import UsageError
from recto.instance.model import Fact, Instance, Period, Unit
from recto.instance.naming import Namer
from recto.names import QName
from recto.once import once
from recto.select import matching
from recto.select.periods import AMONG, period_test

if TYPE_CHECKING:
    from recto.filed import Filed
    from recto.frames import Table

Step = Callable[[list[Fact]], list[Fact]]
_SHOWN = 20
_TOLD = 8


class Facts(Sequence[Fact]):
    """Facts in document order: a sequence that can be asked on, and printed.

    A question costs nothing until its answer is looked at. All of a filing's facts include tuples and what stands in
    them; an answer holds items only.
    """

    def __init__(self, filing: Filed, steps: tuple[tuple[str, Step], ...] = ()):
        self._filing = filing
        self._steps = steps
        self._lock = RLock()

    @once
    def _chosen(self) -> tuple[Fact, ...]:
        facts = [fact for each in self._filing.instances for fact in each.facts]
        if self._steps:
            facts = [fact for fact in facts if not fact.is_tuple]
        for _, step in self._steps:
            facts = step(facts)
        return tuple(facts)

    def where(
        self,
        *,
        concept: Any = None,
        period: Any = None,
        axis: Any = None,
        member: Any = None,
        unit: Any = None,
        dimensions: bool | None = None,
        text: Any = None,
    ) -> Facts:
        """Those facts that fit all that is named; where several are given for one thing, one of them.

        `concept`: `us-gaap:Assets`, `Assets`, `*Debt*`, a `QName` or a `Concept`. `period`: `2024`, `2024-12-31`,
        `2024-Q2`, `FY2024`, `FY2024-Q2`, `instant`, `duration`, `START/END`, a date, a `Period`; `latest`: of each line
        the facts whose period ends last; `FY`: the last whole fiscal year that the filing is about, and the instant at
        its end.
        `axis`, `member`: names likewise; both together name a pair, as do `AXIS=MEMBER` and a mapping of axes to
        members. `unit`: `USD`, `USD/shares`, a `Unit`.
        `dimensions`: False for facts without members, True for those with some. `text`: texts that hold these words.

        Raises `UsageError` for a period that is none, and for what names nothing.
        """
        steps = list(self._steps)

        def add(name: str, value: object, test: matching.Test) -> None:
            steps.append((f"{name}={value}", lambda facts: [fact for fact in facts if test(fact)]))

        namer = self._namer
        if concept is not None:
            add("concept", _said(concept), matching.concept_test(concept, namer))
        if axis is not None or member is not None:
            words = " ".join(f"{n}={_said(v)}" for n, v in (("axis", axis), ("member", member)) if v is not None)
            test = matching.dimension_test(axis, member, namer)
            steps.append((words, lambda facts: [fact for fact in facts if test(fact)]))
        if unit is not None:
            add("unit", _said(unit), matching.unit_test(unit, namer))
        if dimensions is not None:
            if not isinstance(dimensions, bool):
                raise UsageError(f"dimensions is True or False, not {dimensions!r}; axis and member name some")
            add("dimensions", dimensions, lambda fact: bool(fact.dimensions) is dimensions)
        if text is not None:
            add("text", _said(text), matching.text_test(text))
        if period is not None:
            periods = matching.many(period)
            said = [str(each).strip().lower() for each in periods]
            tests = [period_test(each) for each, words in zip(periods, said, strict=True) if words not in AMONG]
            if tests:
                add("period", _said(period), lambda fact: any(test(fact) for test in tests))
            steps += [(f"period={words}", AMONG[words]) for words in AMONG if words in said]
        return Facts(self._filing, tuple(steps))

    def filter(self, test: Callable[[Fact], bool]) -> Facts:
        """Those facts for which the function says true."""
        return Facts(self._filing, (*self._steps, ("filter", lambda facts: [fact for fact in facts if test(fact)])))

    def deduplicated(self) -> Facts:
        """One fact of each set of duplicates that agree: the most precise, as pages show it; contradictions all stay.

        Duplicates agree on concept, entity, period, members, unit, language and tuple (OIM Common 1.0).
        """
        return Facts(self._filing, (*self._steps, ("deduplicated", self._deduplicate)))

    def _deduplicate(self, facts: list[Fact]) -> list[Fact]:
        from recto.select.duplicates import superseded

        dropped = superseded(self._filing.instances, facts)
        return [fact for fact in facts if fact not in dropped]

    def one(self) -> Fact:
        """The only fact. Raises `UsageError` where there is none, with what comes near, or where there are several."""
        found = self._chosen
        if len(found) == 1:
            return found[0]
        if not found:
            raise UsageError(self.nothing())
        listed = "; ".join(f"{fact.id} {fact}" for fact in found[:_TOLD])
        more = f"; and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
        raise UsageError(f"{len(found)} facts match{self._asked}, not one: {listed}{more}")

    def nothing(self) -> str:
        """Why nothing matches, with what comes near."""
        if not self._steps:
            return "the filing has no facts"
        text = f"no fact matches{self._asked}"
        for count, (words, _) in enumerate(self._steps, 1):
            if not Facts(self._filing, self._steps[:count]):
                before = Facts(self._filing, self._steps[: count - 1])
                return text + _near(words, before)
        return text

    @property
    def _asked(self) -> str:
        words = ", ".join(words for words, _ in self._steps)
        return f" {words}" if words else ""

    def _namer(self, fact: Fact) -> Namer:
        return fact.home.namer  # type: ignore[no-any-return]

    @once
    def _rows(self) -> list[tuple[Instance, Fact]]:
        return [(fact.home.instance, fact) for fact in self._chosen if not fact.is_tuple]

    @property
    def concepts(self) -> tuple[str, ...]:
        """Prefixed names of the concepts, in order of first use."""
        return tuple(dict.fromkeys(fact.name for fact in self._chosen))

    @property
    def axes(self) -> tuple[str, ...]:
        """Prefixed names of the axes that these facts use, in order of first use."""
        return tuple(dict.fromkeys(self._namer(fact).name(axis) for fact in self._chosen for axis in fact.dimensions))

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods in words, latest end first."""
        found = dict.fromkeys(fact.period for fact in self._chosen if fact.period is not None)
        ended = [period for period in found if period.end is not None]
        ended.sort(key=lambda period: (period.end, period.start is None), reverse=True)
        return tuple(dict.fromkeys(period.words for period in [*ended, *(p for p in found if p.end is None)]))

    def to_arrow(self, *, pages: bool = False, axes: bool = False, fiscal: bool = False) -> Table:
        """The facts as a table (docs/tables.md) that Arrow-speaking tools take; it has `to_pandas()`, `to_polars()`,
        `to_excel(path)` and `write(path)`.

        `pages`: also the pages that show each, and the value as they present it. `axes`: a column for each axis that
        these facts use, and one for its members' labels. `fiscal`: fiscal year, quarter and period of each fact, worked
        out from its dates, and what the cover page claims.
        """
        from recto.frames import Table
        from recto.tables import facts_table, pages_of

        used: dict[QName, None] = {}
        if axes:
            used = dict.fromkeys(axis for _, fact in self._rows for axis in fact.dimensions)
        return Table(
            facts_table(
                self._filing.instances,
                facts=self._rows,
                axes=tuple(used),
                labels=axes,
                pages=pages_of(self._filing.reports) if pages else None,
                fiscal=fiscal,
            )
        )

    def to_pandas(self, *, exact: bool = False, pages: bool = False, axes: bool = False, fiscal: bool = False) -> Any:
        """A pandas DataFrame to calculate with (`Table.to_pandas`); columns as `to_arrow`."""
        return self.to_arrow(pages=pages, axes=axes, fiscal=fiscal).to_pandas(exact=exact)

    def to_polars(self, *, pages: bool = False, axes: bool = False, fiscal: bool = False) -> Any:
        """A polars DataFrame; columns as `to_arrow`."""
        return self.to_arrow(pages=pages, axes=axes, fiscal=fiscal).to_polars()

    def by_period(self, *, exact: bool = False) -> Table:
        """The facts as lines over periods: a row for each concept with its members and unit, a column for each period,
        the latest first; floats, or with `exact` decimals. Of duplicates that agree the most precise counts. Words have
        a row only where there are no numbers.
        """
        from recto.frames import Table
        from recto.tables import lines_table

        return Table(lines_table(self.deduplicated()._rows, exact=exact))

    def to_excel(self, path: str | os.PathLike[str], *, pages: bool = True, axes: bool = True) -> None:
        """Writes a workbook: typed, the header frozen and with filters."""
        self.to_arrow(pages=pages, axes=axes).to_excel(os.fspath(path))

    def write(self, path: str | os.PathLike[str], format: str | None = None) -> None:
        """Writes the facts by the extension of `path`: .csv, .json, .parquet, .arrow, .xlsx, .html or .md."""
        self.to_arrow(pages=True, axes=True).write(os.fspath(path), format)

    def chart(self, **options: Any) -> Any:
        """An `altair.Chart` of the numbers over time; `kind`, `title`, `width`, `height` as in
        `recto.charts.making.facts_chart`.
        """
        from recto.charts.making import facts_chart

        if not self._chosen:
            raise UsageError(self.nothing())
        return facts_chart(self._chosen, **options)

    def __len__(self) -> int:
        return len(self._chosen)

    def __bool__(self) -> bool:
        return bool(self._chosen)

    @overload
    def __getitem__(self, index: int) -> Fact: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Fact, ...]: ...
    def __getitem__(self, index: int | slice) -> Fact | tuple[Fact, ...]:
        return self._chosen[index]

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._chosen)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Facts | tuple | list):
            return list(self) == list(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        """The first facts, a line each."""
        lines = [str(fact) for fact in self._chosen[:_SHOWN]]
        if len(self) > _SHOWN:
            lines.append(f"… {len(self) - _SHOWN:,} more")
        return "\n".join(lines) or self.nothing()

    def __repr__(self) -> str:
        return f"<recto.Facts {len(self):,}{self._asked}>"

    def _repr_html_(self) -> str:
        from recto.reprs import listing

        rows = (
            (
                fact.label(),
                fact._said,
                "" if fact.period is None else fact.period.words,
                ", ".join(m for _, m in fact.member_labels),
            )
            for fact in self._chosen[:_SHOWN]
        )
        more = f", the first {_SHOWN}" if len(self) > _SHOWN else ""
        return listing(f"{len(self):,} facts{more}", ("concept", "value", "period", "members"), rows)


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{_said(name)}={_said(wanted)}" for name, wanted in value.items())
    if isinstance(value, Unit):
        return matching.bare(value)
    if isinstance(value, Period):
        return value.words
    return ", ".join(str(getattr(each, "name", None) or each) for each in matching.many(value))


def _near(words: str, before: Facts) -> str:
    """What the facts have that comes near to what was asked of them in vain."""
    name, _, value = words.partition("=")
    if name == "concept":
        from recto.select.near import near_names

        found = near_names(value, before)
        return f"; did you mean {' or '.join(found)}?" if found else ""
    if name in ("axis", "member"):
        from difflib import get_close_matches

        axes = {each.rpartition(":")[2].casefold(): each for each in before.axes}
        wanted = value.partition("=")[0].partition(" ")[0].rpartition(":")[2].casefold()
        close = get_close_matches(wanted, axes, n=3, cutoff=0.6)
        if close:
            return f"; did you mean {' or '.join(axes[each] for each in close)}?"
        listed = ", ".join(before.axes[:_TOLD])
        return f"; axes in use: {listed}" if listed else "; these facts have no members"
    if name == "period":
        listed = "; ".join(before.periods[:_TOLD])
        return f"; there is {listed}" if listed else ""
    if name == "unit":
        units = dict.fromkeys(matching.bare(fact.unit) for fact in before if fact.unit is not None)
        return f"; units in use: {', '.join(list(units)[:_TOLD])}" if units else ""
    return ""
