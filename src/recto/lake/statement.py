"""A company's statement over many periods, row for row as its newest filing lays it out.

The lines of older filings are matched to the rows: by concept; by amounts that both tell of the same days; or by label,
where no filing has both. What older filings state and the newest does not comes behind, as `older`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from recto.errors import NotFoundError, UsageError
from recto.lake.asked import Asked
from recto.lake.derive import Worked
from recto.lake.history import History, Known
from recto.lake.periods import Row, frequency_of, lay_out
from recto.lake.renames import plain_label
from recto.lake.result import Result
from recto.lake.series import record, schema
from recto.lake.years import Place
from recto.statements.kinds import kind_of
from recto.tables.views import is_negated

if TYPE_CHECKING:
    import pyarrow as pa

_DAY: Final = timedelta(days=1)
_Key = tuple[str, str | None]
"""Concept, and members as the lake writes them."""


class Line(Struct):
    """A row of the statement."""

    kind: str
    depth: int
    label: str
    label_role: str | None
    concept: str | None
    members: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    """Concepts whose facts it shows → how they were matched: `same`, `label`, `3 values`."""


class StatementHistory(Result):
    """A statement over periods: a row for each line and period, as `columns` tells; `wide()` sets periods side by
    side, `chart()` draws lines."""

    __slots__ = ()

    def wide(self, *, newest_first: bool = True) -> Result:
        """One row a line, one column a period: `label`, then `FY2023` …, with the signs that pages show."""
        import pyarrow as pa

        rows = list(self.to_dicts())
        periods = _periods(rows)
        if newest_first:
            periods.reverse()
        lines: dict[int, dict[str, Any]] = {}
        for row in rows:
            line = lines.setdefault(row["row"], {"label": "  " * max(0, row["depth"] - 1) + row["label"]})
            if row["fiscal_year"] is not None:
                line[_name(row)] = row["presented"]
        amount = self.schema.field("presented").type
        columns = [pa.array([line["label"] for line in lines.values()], pa.string())]
        columns += [pa.array([line.get(name) for line in lines.values()], amount) for name in periods]
        return Result(pa.table(columns, names=["label", *periods]))

    def text(self, *, width: int = 60) -> str:
        return self.wide().text(width=width)

    def _repr_html_(self) -> str:
        return self.wide()._repr_html_()

    def chart(
        self,
        *,
        lines: str | Sequence[str] | None = None,
        kind: str | None = None,
        title: str | None = None,
        width: int = 480,
        height: int = 280,
    ) -> Any:
        """Lines of the statement over time, as an `altair.Chart`: those with these words; None: the first line and
        the totals. Raises `UsageError` where there are no such numbers."""
        from recto.lake.drawing import statement_chart

        return statement_chart(self, lines=lines, kind=kind, title=title, width=width, height=height)

    def __repr__(self) -> str:
        return f"<recto.lake.StatementHistory {len(self):,} values>"


def statement_schema() -> pa.Schema:
    import pyarrow as pa

    text = pa.string()
    head = [("row", pa.int32()), ("kind", text), ("depth", pa.int32()), ("label", text), ("line", text)]
    tail = [("presented", pa.decimal128(38, 12)), ("members", text), ("matched", text), ("reported_label", text)]
    return pa.schema([*(pa.field(*each) for each in head), *schema(), *(pa.field(*each) for each in tail)])


def statement_history(
    lake: Asked, company: str, kind: str, *, frequency: str, periods: int | None, known: Known
) -> StatementHistory:
    """See `Lake.statement`."""
    import pyarrow as pa

    frequency_of(frequency)
    name = kind_of(kind)
    if name is None or name == "cover":
        raise UsageError(
            f"{kind!r} is no kind of statement: choose one of balance, income, comprehensive income, cash flow, equity"
        )
    if name == "balance" and frequency == "ttm":
        raise UsageError("a balance is of a day: ask for its quarters or years, not for twelve months")
    found = lake.company(company)
    history = History(lake, found, known)
    cells = _cells(history, name)
    newest = max((row["filing"] for row in cells), key=history.order.__getitem__, default=None)
    if newest is None:
        raise NotFoundError(
            f"no filing of {found['company']} has a page that is a statement of that kind"
            " (filings that were taken in without pages have none)",
            code="recto:noStatement",
        )
    lines = _lines(cells, newest)
    _match(lines, cells, newest, history)
    laid = _laid(history, lines, frequency, balance=name == "balance")
    kept = _columns(laid.values(), balance=name == "balance")
    if periods is not None:
        kept = kept[-periods:]
    labels = {(row["filing"], row["concept"]): row["label"] for row in cells}
    records: list[dict[str, Any]] = []
    for number, line in enumerate(lines):
        records += _records(number, line, laid.get(number, []), kept, found, labels, history)
    return StatementHistory(pa.Table.from_pylist(records, statement_schema()))


def _cells(history: History, kind: str) -> list[dict[str, Any]]:
    """Rows of the pages that are this statement, of all filings; of several pages of a filing those of the first."""
    rows = history.lake.sql(
        """with page as (
            select filing, arg_min(page, number) as page from pages
            where filing in (select unnest(?)) and statement = ? group by 1
        )
        select c.filing, c.row, c.kind, c.depth, c.concept, c.label, c.label_role, c.fact, f.start, f."end", f.unit,
            f.number, f.dimensions
        from cells c join page p using (filing, page)
        left join (select * from facts where entity = ? and valid and number is not null and period is null) f
            on f.filing = c.filing and f.fact = c.fact
        order by c.filing, c.row, c.column""",
        [list(history.filings), kind, history.company["entity"]],
    )
    return rows.records()


def _lines(cells: Iterable[Mapping[str, Any]], newest: str) -> list[Line]:
    found: dict[tuple[int, str | None], Line] = {}
    numbers: dict[int, bool] = {}
    for row in cells:
        if row["filing"] != newest:
            continue
        shows = row["number"] is not None
        numbers[row["row"]] = numbers.get(row["row"], False) or shows
        members = row["dimensions"] if shows else None
        key = (row["row"], members)
        if key not in found:
            found[key] = Line(row["kind"], row["depth"], row["label"], row["label_role"], row["concept"], members)
    return [
        line
        for (number, _), line in found.items()
        if line.kind in ("abstract", "section") or line.concept is None or numbers[number]
    ]


def _match(lines: list[Line], cells: Sequence[Mapping[str, Any]], newest: str, history: History) -> None:
    """Gives each line the concepts of older filings that are its own, and adds the lines that have none."""
    values: dict[_Key, dict[tuple[Any, ...], set[Any]]] = {}
    users: dict[_Key, set[str]] = {}
    about: dict[_Key, Mapping[str, Any]] = {}
    for row in sorted(cells, key=lambda row: history.order[row["filing"]]):
        if row["concept"] is None or row["number"] is None:
            continue
        key = (row["concept"], row["dimensions"])
        values.setdefault(key, {}).setdefault((row["start"], row["end"], row["unit"]), set()).add(row["number"])
        users.setdefault(key, set()).add(row["filing"])
        about[key] = row
    here: dict[_Key, list[Line]] = {}
    for line in lines:
        if line.concept is not None and line.kind in ("item", "total"):
            line.names[line.concept] = "same"
            here.setdefault((line.concept, line.members), []).append(line)
    for key in sorted(users, key=lambda key: -max(history.order[each] for each in users[key])):
        if key in here:
            continue
        best: tuple[int, bool] = (0, False)
        chosen: list[_Key] = []
        for other in here:
            if other[1] != key[1] or users[key] & users.get(other, set()):
                continue
            shared = values[key].keys() & values.get(other, {}).keys()
            agree = sum(1 for span in shared if values[key][span] & values[other][span] - {0})
            if shared and agree <= len(shared) - agree:
                continue
            alike = plain_label(about[key]["label"]) == plain_label(here[other][0].label)
            if (agree, alike) > best:
                best, chosen = (agree, alike), [other]
            elif (agree, alike) == best and (agree or alike):
                chosen.append(other)
        if len(chosen) == 1 and (best[0] or best[1]):
            why = f"{best[0]} value{'s' if best[0] > 1 else ''}" if best[0] else "label"
            for line in here[chosen[0]]:
                line.names[key[0]] = why
            users[chosen[0]] = users.get(chosen[0], set()) | users[key]
            for span, told in values[key].items():
                values.setdefault(chosen[0], {}).setdefault(span, set()).update(told)
        else:
            row = about[key]
            line = Line("older", row["depth"], row["label"], row["label_role"], key[0], key[1], {key[0]: "older"})
            lines.append(line)
            here[key] = [line]


def _laid(history: History, lines: Sequence[Line], frequency: str, *, balance: bool) -> dict[int, list[Row]]:
    """The periods of each line. Of a balance within a statement of flows: all its days, to be chosen from."""
    concepts = {name for line in lines for name in line.names}
    facts = history.lake.sql(
        """select filing, fact, concept, start, "end", unit, number, decimals, is_exact, dimensions
        from facts where entity = ? and concept in (select unnest(?)) and valid and number is not null
            and period is null and "end" is not null and unit is not null""",
        [history.company["entity"], sorted(concepts)],
    )
    held: dict[_Key, list[dict[str, Any]]] = {}
    for row in facts.records():
        held.setdefault((row["concept"], row["dimensions"]), []).append(row)
    laid: dict[int, list[Row]] = {}
    for number, line in enumerate(lines):
        rows = [row for name in line.names for row in held.get((name, line.members), ())]
        instants = [row for row in rows if row["start"] is None]
        flows = [row for row in rows if row["start"] is not None]
        if balance or (instants and not flows):
            reported = history.versions(instants, line.concept)
            if balance:
                laid[number] = lay_out(reported, history.years, frequency)
            else:
                laid[number] = [
                    Row(Place(0, None), None, each.last, Worked(None, each.last, each.number, ((1, each),)))
                    for each in reported
                ]
        elif flows:
            laid[number] = lay_out(history.versions(flows, line.concept), history.years, frequency)
    return laid


def _columns(laid: Iterable[Sequence[Row]], *, balance: bool) -> list[Row]:
    """The periods of the statement, in order: those of any line."""
    found: dict[Place, Row] = {}
    for rows in laid:
        for row in rows:
            if row.place.name is None or row.last is None or row.worked is None:
                continue
            other = found.get(row.place)
            if other is None or other.last is None or row.last > other.last:
                found[row.place] = row
    return sorted(found.values(), key=lambda row: row.last or date.min)


def _records(
    number: int,
    line: Line,
    rows: Sequence[Row],
    columns: Sequence[Row],
    company: Mapping[str, Any],
    labels: Mapping[tuple[str, str], str],
    history: History,
) -> list[dict[str, Any]]:
    head: dict[str, Any] = {
        "row": number,
        "kind": line.kind,
        "depth": line.depth,
        "label": line.label,
        "line": line.concept,
        "members": line.members,
        "company": company["company"],
        "entity": company["entity"],
        "name": line.concept,
    }
    by_place = {row.place: row for row in rows}
    by_day = {row.last: row for row in rows if row.start is None}
    beginning = line.label_role is not None and line.label_role.endswith("eriodStartLabel")
    made = []
    for column in columns:
        row = by_place.get(column.place)
        if row is None and column.start is not None and column.last is not None:
            row = by_day.get(column.start - _DAY if beginning else column.last)
        if row is None or row.worked is None:
            continue
        told = record(Row(column.place, row.start, row.last, row.worked), company, line.concept or "")
        value = told["value"]
        latest = row.worked.latest
        made.append(
            head
            | told
            | {
                "presented": -value if value is not None and is_negated(line.label_role) else value,
                "matched": line.names.get(latest.concept, "same"),
                "reported_label": labels.get((latest.filing, latest.concept)),
            }
        )
    if not made and line.kind != "older":
        made.append(head | {"derived": None, "facts": []})
    return made


def _periods(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Names of periods, in order of time."""
    ends: dict[str, date] = {}
    for row in rows:
        if row["fiscal_year"] is not None and row["end"] is not None:
            name = _name(row)
            ends[name] = max(ends.get(name, date.min), row["end"])
    return sorted(ends, key=lambda name: (ends[name], name))


def _name(row: Mapping[str, Any]) -> str:
    return str(Place(row["fiscal_year"], row["fiscal_period"]))
