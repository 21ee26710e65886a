"""From a page's grid to its facts: what each printed cell says about value, unit, period and members."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from recto.patterns import lazy
from recto.rendering.model import Cell, Column, Report, Row
from recto.rendering.reading.amounts import (
    Amount,
    Category,
    Scale,
    date_in_label,
    parse_amount,
    parse_date,
    parse_months,
    tells_months,
    unit_of_heading,
    written_date,
)
from recto.rendering.reading.model import Moment, ReadFact, ReadPage
from recto.rendering.reading.titles import NO_UNIT, TitleUnit, split_title, unit_names

Members = tuple[tuple[str, str], ...]

_MARKUP = lazy(r"<[^>]*>")
_BEGINNING = lazy(r"\b(?:beginning|opening|begin|start)\b", re.I)
_MEMBER_KEY = lazy(r"^(?P<axis>[^=]+)=(?P<member>.+)$")


@dataclass(slots=True)
class Printed:
    """A cell that shows something, with the columns in which it may stand."""

    row: int
    cell: Cell
    columns: tuple[int, ...]


@dataclass(slots=True)
class _ColumnSense:
    months: int | None
    end: date | None
    currencies: dict[str, str]
    units: tuple[str, ...]
    """Other headings: `shares`, `$ / shares`, `bbl`; members too, which a page does not tell from units."""


@dataclass(slots=True)
class _Page:
    report: Report
    title: str
    scale: Scale
    currencies: dict[str, str]
    """Symbol → code, of the title and of all columns."""
    promoted: bool
    """One currency was promoted to the title, so that columns name none."""
    columns: list[_ColumnSense]
    types: dict[str, str] = field(default_factory=dict)
    """Element key → data type, from the definition panels."""
    instants: frozenset[str] = frozenset()
    """Element keys whose panel says that they are measured at a moment."""
    first_balances: frozenset[int] = frozenset()
    """Rows that show a balance at the beginning of their column's duration."""
    unit: TitleUnit = NO_UNIT
    """What else than a currency was promoted to the title."""
    base: str = ""
    """The symbol whose rows carry no suffix."""


def read_facts(report: Report, printed: Sequence[Printed] | None = None) -> ReadPage:
    """The facts of a page. Without `printed` every cell stands in its own column."""
    cells = list(_known(report)) if printed is None else list(printed)
    page = _understand(report)
    page.base = _base_symbol(page, cells)
    facts = tuple(_facts(page, cells))
    scales = tuple(page.scale.powers.items())
    return ReadPage(report, facts, page.title, scales, sum(1 for each in cells if len(each.columns) > 1))


def _known(report: Report) -> Iterator[Printed]:
    for number, row in enumerate(report.rows):
        if row.kind in ("item", "total"):
            for position, cell in enumerate(row.cells):
                if cell.kind not in ("blank", "embedded"):
                    yield Printed(number, cell, (position,))


def _understand(report: Report) -> _Page:
    scale = Scale.parse(report.scale)
    columns = [_column_sense(column) for column in report.columns]
    types = {panel.key: panel.data_type for panel in report.panels}
    elsewhere = any(column.currencies for column in columns)
    title, currencies, unit = split_title(report.title, scale.powers, _number_types(report, types), elsewhere=elsewhere)
    promoted = bool(currencies)
    for column in columns:
        for symbol, code in column.currencies.items():
            currencies.setdefault(symbol, code)
    instants = frozenset(panel.key for panel in report.panels if panel.period_type == "instant")
    first = frozenset(_first_balances(report, instants))
    return _Page(report, title, scale, currencies, promoted, columns, types, instants, first, unit)


def _number_types(report: Report, types: dict[str, str]) -> set[str]:
    """Local names of the data types of rows that show numbers."""
    shown = {row.element for row in report.rows if any(cell.kind == "number" for cell in row.cells)}
    return {types[element].rpartition(":")[2] for element in shown if element in types}


def _first_balances(report: Report, instants: frozenset[str]) -> Iterator[int]:
    """Rows with a balance at the beginning of a duration.

    A page does not print label roles. A roll forward shows the beginning, what moved it, and the end: where a section
    shows one instant element on several rows, all but the last are taken as beginnings; a lone row by its label.
    Where all columns are moments, a column is the end of a period that the page does not print (rendering.md 6.5):
    there a row must say that it is a beginning, or show something else than the last one.
    """
    rows: dict[str, list[int]] = {}
    spans = any(parse_months(label) for column in report.columns for label in column.labels)

    def shows(number: int) -> list[str]:
        return [cell.text for cell in report.rows[number].cells]

    for number, row in enumerate([*report.rows, None]):
        if row is None or row.kind == "section":
            for numbers in rows.values():
                if len(numbers) > 1:
                    for each in numbers[:-1]:
                        if spans or _BEGINNING.search(report.rows[each].label) or shows(each) != shows(numbers[-1]):
                            yield each
                elif _BEGINNING.search(report.rows[numbers[0]].label):
                    yield numbers[0]
            rows.clear()
        elif row.element in instants:
            rows.setdefault(row.element, []).append(number)


def _column_sense(column: Column) -> _ColumnSense:
    sense = _ColumnSense(None, None, {}, ())
    for label in column.labels:
        months, day, unit = parse_months(label), parse_date(label), unit_of_heading(label)
        if months is not None:
            sense.months = months
        elif day is not None:
            sense.end = day
        elif unit is not None:
            sense.currencies[unit[0]] = unit[1]
        elif not tells_months(label):
            sense.units += (label,)
    return sense


def _row_suffix(page: _Page, label: str) -> tuple[str, str]:
    """(label, unit suffix): `Amount | $ / shares` → (`Amount`, `$ / shares`)."""
    head, bar, tail = label.rpartition(" | ")
    known = {*page.scale.powers, *page.currencies, page.unit.text, "shares", "(per share)"}
    for column in page.columns:
        known.update(column.units)
    if bar and tail and (tail in known or " / " in tail):
        return head, tail
    return label, ""


def _base_symbol(page: _Page, cells: Sequence[Printed]) -> str:
    """The symbol of rows without suffix: that of most unsuffixed rows which print one (rendering.md 15.2)."""
    counts: dict[str, int] = {}
    for each in cells:
        amount = parse_amount(each.cell.text) if each.cell.kind == "number" else None
        if amount is not None and amount.symbol and not _row_suffix(page, page.report.rows[each.row].label)[1]:
            counts[amount.symbol] = counts.get(amount.symbol, 0) + 1
    if counts:
        return max(counts, key=counts.__getitem__)
    return next(iter(page.currencies), "")


def _facts(page: _Page, cells: Sequence[Printed]) -> Iterator[ReadFact]:
    symbols: dict[int, set[str]] = {}
    for each in cells:
        amount = parse_amount(each.cell.text)
        if amount is not None and amount.symbol:
            symbols.setdefault(each.row, set()).add(amount.symbol)
    paths = _paths(page.report)
    for each in cells:
        row = page.report.rows[each.row]
        path, members = paths[each.row]
        yield _fact(page, each, row, path, members, symbols.get(each.row, set()))


def _paths(report: Report) -> list[tuple[tuple[str, ...], Members]]:
    """For each row the labels above it and the members that sections name."""
    found = []
    section: tuple[str, ...] = ()
    members: Members = ()
    abstract: tuple[str, ...] = ()
    for row in report.rows:
        if row.kind == "section":
            section, abstract = tuple(row.label.split(" | ")), ()
            members = _named(row) or _members(row.panel_key)
        elif row.kind == "abstract":
            abstract = (row.label,)
        found.append((section + abstract, _named(row) or members))
    return found


def _named(row: Row) -> Members:
    return tuple((str(axis), member) for axis, member in row.members)


def _members(key: str | None) -> Members:
    match = _MEMBER_KEY.match(key or "")
    return ((_colon(match["axis"]), _colon(match["member"])),) if match is not None else ()


def _colon(name: str) -> str:
    """`us-gaap_Assets` → `us-gaap:Assets`: a prefix holds no underscore in practice, a local name may."""
    return name.replace("_", ":", 1)


def _fact(
    page: _Page,
    each: Printed,
    row: Row,
    path: tuple[str, ...],
    members: Members,
    row_symbols: set[str],
) -> ReadFact:
    label, suffix = _row_suffix(page, row.label)
    label, day = date_in_label(label) if row.calendar else (label, None)
    senses = [page.columns[c] for c in each.columns]
    shared = _shared([page.report.columns[c].labels for c in each.columns])
    data_type = page.types.get(row.element)
    amount = parse_amount(each.cell.text) if each.cell.kind in ("number", "text", "none") else None
    if data_type is not None and amount is not None and each.cell.kind == "text":
        amount = None
    months = senses[0].months if senses and all(s.months == senses[0].months for s in senses) else None
    end = senses[0].end if senses and all(s.end == senses[0].end for s in senses) else None
    if day is not None:
        months, end = None, day
    category = _category(amount, suffix, data_type, row_symbols, page) if amount is not None else None
    units = _units(page, senses, category, amount, suffix, row_symbols, data_type) if amount is not None else ()
    if (
        data_type is None
        and category == "money"
        and amount is not None
        and not (amount.symbol or suffix or row_symbols)
    ):
        units += ("pure",)
    power = 0
    if amount is not None and category is not None:
        power = _power(page, senses, category, amount, suffix, row_symbols, data_type)
    return ReadFact(
        row=each.row,
        column=each.columns[0] if len(each.columns) == 1 else None,
        candidates=each.columns,
        label=label,
        path=path,
        element=_colon(row.element) if row.element else None,
        members=members,
        headings=shared,
        months=months,
        end=end,
        unit=units[0] if units else None,
        unit_candidates=units,
        category=category,
        text=_plain(each.cell),
        value=_scaled(amount.digits, power) if amount is not None else None,
        decimals=amount.places - power if amount is not None else None,
        nil=each.cell.kind == "nil",
        moment=_moment(page, each.row, row, months, end, day),
        data_type=data_type,
    )


def _scaled(digits: Decimal, power: int) -> Decimal:
    """Written out: 12 in millions is 12000000, not 12E+6."""
    sign, figures, exponent = digits.as_tuple()
    if not isinstance(exponent, int):
        return digits
    exponent += power
    if exponent > 0:  # by hand, as arithmetic would round to its precision
        return Decimal((sign, (*figures, *(0,) * exponent), 0))
    return Decimal((sign, figures, exponent))


def _moment(
    page: _Page, number: int, row: Row, months: int | None, end: date | None, day: date | None
) -> Moment | None:
    if row.element not in page.instants:
        return None
    if day is not None or (end is None and not months):
        return "end"
    if number in page.first_balances:
        return "start"
    if not months:
        return "end"
    written = written_date(row.label)
    return "start" if written is not None and end is not None and written < end - timedelta(days=20) else "end"


def _plain(cell: Cell) -> str:
    """The text of a cell; of a text block the text in its markup."""
    if cell.kind != "html":
        return html.unescape(cell.text).strip()
    return " ".join(html.unescape(_MARKUP.sub(" ", cell.text)).split())


def _shared(headings: list[tuple[str, ...]]) -> tuple[str, ...]:
    first = headings[0] if headings else ()
    return tuple(label for label in first if all(label in each for each in headings))


def _category(amount: Amount, suffix: str, data_type: str | None, row_symbols: set[str], page: _Page) -> Category:
    if amount.percent:
        return "percent"
    local = (data_type or "").rpartition(":")[2]
    for part, category in _TYPE_PARTS:
        if part in local:
            return category
    if suffix == "shares":
        return "shares"
    if " / " in suffix or suffix == "(per share)" or " / " in amount.symbol:
        return "per share"
    if suffix and suffix == page.unit.text:
        return "number"
    if amount.symbol or suffix or row_symbols:
        return "money"
    if data_type is None and page.unit.text and not page.currencies:
        if page.unit.text == "shares":
            return "shares"
        return "per share" if page.unit.is_rate else "number"
    if data_type is None and page.base:
        return "money"
    return "number"


_TYPE_PARTS: tuple[tuple[str, Category], ...] = (
    ("perShareItemType", "per share"),
    ("PerShare", "per share"),
    ("onetaryItemType", "money"),
    ("MonetaryType", "money"),
    ("sharesItemType", "shares"),
    ("percentItemType", "percent"),
    ("pureItemType", "number"),
    ("ntegerItemType", "number"),
)


def _money_symbols(
    page: _Page, senses: list[_ColumnSense], amount: Amount, suffix: str, row_symbols: set[str]
) -> list[str]:
    """Symbols that an amount of money may have, the likeliest first."""
    if amount.symbol:
        return [amount.symbol.partition(" / ")[0]]
    if suffix and suffix not in ("shares", "(per share)"):
        return [suffix.partition(" / ")[0]]
    named = list(dict.fromkeys(symbol for sense in senses for symbol in sense.currencies))
    if len(named) == 1:
        return named
    if row_symbols:
        return sorted(row_symbols, key=lambda symbol: symbol != page.base)
    return [page.base] if page.base else list(page.currencies)[:1]


def _units(
    page: _Page,
    senses: list[_ColumnSense],
    category: Category | None,
    amount: Amount,
    suffix: str,
    row_symbols: set[str],
    data_type: str | None,
) -> tuple[str, ...]:
    if category == "shares":
        return ("shares",)
    if category == "percent":
        return ("pure",)
    if category == "number":
        if suffix:
            return (suffix,)
        other = _other_unit(page, senses, data_type)
        if other or not page.unit.text or _is_ratio(data_type):
            return (other or "pure",)
        return unit_names(page.unit, page.currencies)
    if category == "per share" and page.unit.is_rate and not suffix and not amount.symbol:
        return unit_names(page.unit, page.currencies)
    codes: dict[str, None] = {}
    symbols = _money_symbols(page, senses, amount, suffix, row_symbols)
    for symbol in symbols:
        for sense in senses:
            code = sense.currencies.get(symbol)
            if code is not None:
                codes.setdefault(code)
    if not codes:
        for symbol in symbols:
            codes.setdefault(page.currencies.get(symbol, symbol))
    if category == "per share":
        below = (suffix if " / " in suffix else amount.symbol).partition(" / ")[2] or "shares"
        return tuple(f"{code}/{below}" for code in codes)
    return tuple(codes)


def _power(
    page: _Page,
    senses: list[_ColumnSense],
    category: Category,
    amount: Amount,
    suffix: str,
    row_symbols: set[str],
    data_type: str | None,
) -> int:
    if category == "money":
        symbols = _money_symbols(page, senses, amount, suffix, row_symbols)
        return page.scale.power(symbols[0] if symbols else "", "money")
    if category == "per share":
        rate = page.unit.text if page.unit.is_rate and not amount.symbol else ""
        return (
            page.scale.power((suffix if " / " in suffix else amount.symbol) or rate, "per share")
            if suffix or rate
            else 0
        )
    if category == "shares":
        return page.scale.power("shares", "shares")
    unit = suffix or _other_unit(page, senses, data_type) or ("" if _is_ratio(data_type) else page.unit.text)
    return page.scale.power(unit, category) if unit else 0


def _is_ratio(data_type: str | None) -> bool:
    return (data_type or "").endswith(("pureItemType", "percentItemType"))


def _other_unit(page: _Page, senses: list[_ColumnSense], data_type: str | None) -> str:
    """The unit of a bare number that is no money: the columns' only one that is neither shares nor a ratio.

    Where there are more, the only one that the scale line names, unless the number is a count.
    """
    named = {unit for sense in senses for unit in sense.units if unit != "shares" and " / " not in unit}
    if len(named) > 1 and "nteger" not in (data_type or ""):
        named &= page.scale.powers.keys()
    return next(iter(named)) if len(named) == 1 else ""
