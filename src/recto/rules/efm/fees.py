"""Exhibits of filing fees: what their lines hold and how their amounts agree (EDGAR's Filing Fee Data taxonomy, ffd).

An interpreter over a table of our own (`tables/fees.json`), which restates the SEC's. A line of a table is a context
with one typed axis; what is about the exhibit as a whole has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache, reduce
from typing import Any, Final

from msgspec import Struct, field

from recto.arithmetic import add, multiply, number_of, subtract
from recto.findings import Finding, Severity
from recto.instance.model import Fact
from recto.names import QName
from recto.rules.efm import data
from recto.rules.efm.cover.table import ALL_BUT
from recto.rules.efm.facts import last_digit
from recto.rules.efm.submission import FFD, Submission, as_date
from recto.rules.efm.telling import tell, tell_fact

Line = tuple[tuple[str, str], ...]
"""Local names of axes with their members, in the order of names; () is the exhibit as a whole."""
Values = Sequence[Any]
_ABSENT: Final = "absent"
_PRESENT: Final = (ALL_BUT, _ABSENT)
_EVERY_FORM: Final = frozenset(("all", "n/a"))
Where = Mapping[str, Any]
"""Values by what is to have one of them: an element of the line itself; `NAME other`, of the other lines of its kind;
`NAME on KIND`, of all lines of a kind; `NAME sum KIND`, their sum; `NAME above NAME NAME`, whether an amount is above
a sum; `late`, the days that a fee is late. `lines` holds where a kind of lines is there, `other` where another line
has all of what it says."""


class Row(Struct, frozen=True):
    """What one check demands on some forms. Names are prefixed (`ffd:FeeAmt`), or `header:` with a parameter."""

    check: str
    rule: str
    """The SEC's name of it."""
    names: tuple[str, ...]
    forms: int
    """The position of its list of submission types in `Table.forms`."""
    severity: Severity
    other_forms: bool = False
    axis: str = ""
    value: tuple[Any, ...] | None = None
    where: dict[str, Any] = field(default_factory=dict)
    exclude: tuple[dict[str, Any], ...] = ()
    references: tuple[str, ...] = ()
    reference_value: tuple[Any, ...] = _PRESENT
    reference_axis: str | None = None
    reference_where: dict[str, Any] = field(default_factory=dict)
    reference_exclude: tuple[dict[str, Any], ...] = ()
    referred: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Conditions of the lines that elements refer to, by element."""
    same: tuple[str, ...] = ()
    """Elements that two lines have in common."""
    subtract: tuple[bool, ...] = ()
    tolerance: float = 0
    comparison: str = "equal"
    binding: str = "opt-opt"
    pattern: str = ""
    range: tuple[str, str] | None = None
    days: tuple[str, str] | None = None
    date_format: str = ""
    map: dict[str, tuple[Any, ...]] | None = None
    decimals: int = 0
    axis_name: str = ""
    if_axis: bool = False
    bind_absent: bool = False


class Table(Struct, frozen=True):
    """All rows, with the lists of submission types and axes that they refer to."""

    forms: tuple[frozenset[str], ...]
    axes: dict[str, tuple[str, ...]]
    rows: tuple[Row, ...]


@lru_cache(1)
def table() -> Table:
    return data.table("fees", Table)


class Exhibit:
    """The facts of an exhibit by element and line."""

    def __init__(self, about: Submission):
        self.about = about
        self.facts: dict[str, dict[Line, Fact]] = {}
        self.lines: dict[Line, dict[str, str]] = {}
        for fact in about.own_facts():
            if fact.context is None or fact.nil or not fact.value.strip():
                continue
            prefix = "ffd" if FFD.match(fact.qname.namespace) else "dei" if fact.qname.namespace == about.dei else ""
            members = ((axis.local, str(member)) for axis, member in fact.context.dimensions.items())
            line = tuple(sorted(members))
            if prefix:
                self.facts.setdefault(f"{prefix}:{fact.qname.local}", {}).setdefault(line, fact)
                self.lines.setdefault(line, {})[f"{prefix}:{fact.qname.local}"] = fact.value.strip()

    @cached_property
    def form(self) -> str:
        """The submission type, as told, else as the exhibit says."""
        said = self.facts.get("ffd:SubmissnTp", {}).get(())
        told = self.about.parameters.get("submissionType")
        return str(told or (said.value if said is not None else "")).strip()

    def declared(self, name: str) -> bool:
        """Whether the taxonomy that the exhibit uses has an element: what it has not cannot be demanded."""
        dts, (prefix, _, local) = self.about.dts, name.partition(":")
        spaces = filter(FFD.match, dts.namespaces()) if prefix == "ffd" else (self.about.dei,)
        return any(dts.concept(QName(each, local)) is not None for each in spaces if each)

    def on(self, line: Line, axis: str) -> bool:
        """Whether a line is of the kind that an axis of the table stands for."""
        axes = table().axes[axis] or ("",)
        return "" in axes if not line else len(line) == 1 and line[0][0] in axes

    def lines_of(self, axis: str) -> list[Line]:
        return [line for line in self.lines if self.on(line, axis)] or ([()] if not table().axes[axis] else [])

    def others(self, line: Line) -> list[Line]:
        """The other lines of a line's kind."""
        kind = [axis for axis, _ in line]
        return [each for each in self.lines if each != line and [axis for axis, _ in each] == kind]

    @cached_property
    def days_late(self) -> int:
        """Days between the last on which a 424I is in time and that of its submission: the 90th after the fiscal year
        or the business ended, or the next day that is not of a weekend (holidays are not known).
        """
        text = self.value("ffd:CeasedOprsDt", ()) or self.value("ffd:RptgFsclYrEndDt", ()) or ""
        end, filed = as_date(text), self.about.filed
        if end is None or filed is None:
            return 0
        weekday = (end.weekday() + _IN_TIME) % 7
        return max(0, (filed - end).days - _IN_TIME - (7 - weekday if weekday > _FRIDAY else 0))

    def value(self, name: str, line: Line) -> str | None:
        """What a line, or the header, says of an element."""
        if name == "header:submissionType":
            return self.form or None
        if name.startswith("header:"):
            told = self.about.parameters.get(name[7:])
            return None if told in (None, "") else str(told)
        fact = self.facts.get(name, {}).get(line)
        return fact.value.strip() if fact is not None else None

    def holds(self, conditions: Where, line: Line) -> bool:
        return all(self._holds(name, values, line) for name, values in conditions.items())

    def _holds(self, said: str, values: Any, line: Line) -> bool:
        name, _, rest = said.partition(" ")
        way, _, names = rest.partition(" ")
        if name == "lines":
            return any(each for axis in values for each in self.lines_of(axis))
        if name == "other":
            return any(self.holds(values, each) for each in self.others(line))
        if name == "late":
            return _is_one(str(self.days_late), values)
        if not way:
            return _is_one(self.value(name, line), values)
        if way == "sum":
            return _is_one(str(self.total([name], self.lines_of(names))), values)
        if way in ("above", "below"):
            number = _number(self.value(name, line))
            sum_ = self.total(names.split(), [line])
            return number is not None and ((number > sum_ if way == "above" else number < sum_) == values[0])
        return self._on_lines(name, values, self.others(line) if way == "other" else self.lines_of(names))

    def _on_lines(self, name: str, values: Values, lines: Iterable[Line]) -> bool:
        """Whether some line has one of the values; where an absent one is among them, whether all have."""
        wanted = [each for each in values if each != ALL_BUT]
        found = (_is_one(self.value(name, each), wanted) for each in lines)
        return (all(found) if _ABSENT in wanted else any(found)) != (ALL_BUT in values)

    def total(self, names: Iterable[str], lines: Sequence[Line]) -> Decimal:
        numbers = (_number(self.value(name, line)) for name in names for line in lines)
        return reduce(add, (each for each in numbers if each is not None), Decimal(0))

    def bound(self, row: Row) -> Iterator[tuple[str, Line, Fact]]:
        """The facts that a row is about."""
        for name in row.names:
            for line, fact in self.facts.get(name, {}).items():
                if self.on(line, row.axis) and self.holds(row.where, line):
                    yield name, line, fact

    def summed(self, names: Iterable[str], axis: str, row: Row, where: Where) -> list[Decimal]:
        """The numbers of some elements on all lines of a kind."""
        found = []
        for name in names:
            for line, fact in self.facts.get(name, {}).items():
                left_out = any(self.holds(each, line) for each in row.reference_exclude)
                if self.on(line, axis) and self.holds(where, line) and not left_out:
                    found.append(_number(fact.value) or Decimal(0))
        return found


_IN_TIME: Final = 90
_FRIDAY: Final = 4
_YEAR: Final = Decimal(365)
_MONTH_AND_DAY: Final = "%m%d"


def _number(text: str | None) -> Decimal | None:
    found = number_of(text) if text else None
    return found if found is not None and found.is_finite() else None


def _equals(text: str, value: object) -> bool:
    if isinstance(value, bool):
        return text in (("true", "1") if value else ("false", "0"))
    if isinstance(value, int | float):
        return _number(text) == Decimal(str(value))
    return text == str(value)


def _is_one(text: str | None, values: Values) -> bool:
    """Whether a value is one of a list, or none of it where it begins with the word for that. A list may be a pattern
    or a bound.
    """
    if values and values[0] in ("~", "~*"):
        return text is not None and re.search(str(values[1]), text) is not None
    excluded = ALL_BUT in values
    if values and values[0] == "less than or equal":
        number = _number(text)
        low = _ABSENT in values if text is None else number is not None and number <= Decimal(str(values[1]))
        return low != excluded
    wanted = [each for each in values if each != ALL_BUT]
    found = _ABSENT in wanted if text is None else any(_equals(text, each) for each in wanted if each != _ABSENT)
    return found != excluded


def _shown(values: Values) -> str:
    said = [str(each).lower() if isinstance(each, bool) else str(each) for each in values if each != ALL_BUT]
    words = " or ".join(said[:6]) + (" …" if len(said) > 6 else "")
    return f"other than {words}" if ALL_BUT in values else words


def _where(line: Line) -> str:
    return " of the line " + ", ".join(f"{axis} {member}" for axis, member in line) if line else ""


def _on_exhibit(row: Row, exhibit: Exhibit, word: str, about: str, **arguments: Any) -> Finding:
    url = exhibit.about.instance.url
    return tell(f"FFD.{word}", url, about=about, severity=row.severity, rule=row.rule, **arguments)


def _on_fact(row: Row, word: str, fact: Fact, **arguments: Any) -> Finding:
    return tell_fact(f"FFD.{word}", fact, severity=row.severity, rule=row.rule, **arguments)


def required(row: Row, exhibit: Exhibit) -> Iterator[Finding]:
    """`fe`, `fw`: each line has a value of each element."""
    for name in filter(exhibit.declared, row.names):
        for line in exhibit.lines_of(row.axis):
            if exhibit.value(name, line) is None and exhibit.holds(row.where, line):
                yield _on_exhibit(row, exhibit, "missing", name, where=_where(line))


def value(row: Row, exhibit: Exhibit) -> Iterator[Finding]:
    """`ov`, `ov-pattern`, `xv-sbtpmap`, `max-decimals`: a value is one of those listed, in a range of numbers or days,
    of a pattern, of the submission type, of no more decimals.
    """
    wanted = row.map.get(exhibit.form, ()) if row.map is not None else row.value
    for _, _, fact in exhibit.bound(row):
        text = fact.value.strip()
        number = _number(text)
        if row.decimals:
            good, said = number is None or -last_digit(number) <= row.decimals, f"of {row.decimals} decimals at most"
        elif row.range is not None:
            low, high = map(Decimal, row.range)
            good, said = number is None or low <= number <= high, f"from {low} to {high}"
        elif row.days is not None:
            day, (first, last) = as_date(text), row.days
            good, said = day is None or first <= day.isoformat() <= last, f"from {first} to {last}"
        elif row.pattern:
            good, said = re.match(row.pattern, text) is not None, f"of the pattern {row.pattern}"
        else:
            good, said = _is_one(text, wanted or ()), _shown(wanted or ())
        if not good:
            yield _on_fact(row, "value", fact, value=text, wanted=said)


def one_rule(row: Row, exhibit: Exhibit) -> Iterator[Finding]:
    """`of-rule`: each line names one rule by which its fee is computed."""
    for line in exhibit.lines_of(row.axis):
        if not exhibit.holds(row.where, line):
            continue
        found = [name for name in row.names if _is_one(exhibit.value(name, line), row.value or (True,))]
        if len(found) != 1:
            yield _on_exhibit(row, exhibit, "oneRule", ", ".join(row.names), where=_where(line), count=len(found))


def dependent(row: Row, exhibit: Exhibit) -> Iterator[Finding]:
    """`fdep…`: where an element has a value, others have one of these (or are absent). `…-any`: one of them has."""
    for name in row.names:
        lines = [(line, fact) for each, line, fact in exhibit.bound(row) if each == name]
        found: list[tuple[Line, Fact | None]] = [*lines]
        if row.bind_absent and not found and exhibit.holds(row.where, ()):
            found = [((), None)]
        for line, fact in found:
            text = fact.value.strip() if fact is not None else None
            if row.value is not None and not _is_one(text, row.value):
                continue
            wrong = [other for other in row.references if not _refers(row, exhibit, other, line)]
            if len(wrong) == len(row.references) if "-any" in row.check else wrong:
                yield from _depends(row, exhibit, name, fact, line, wrong)


def _refers(row: Row, exhibit: Exhibit, name: str, line: Line) -> bool:
    """Whether an element has the value that is demanded, on the line or on any of another kind."""
    axis = row.axis if row.reference_axis is None else row.reference_axis
    wanted = _PRESENT if "-any" in row.check else row.reference_value
    if axis == row.axis:
        text = exhibit.value(name, line) if exhibit.holds(row.reference_where, line) else None
        return _is_one(text, wanted)
    texts = [
        exhibit.value(name, each)
        for each in exhibit.facts.get(name, {})
        if exhibit.on(each, axis) and exhibit.holds(row.reference_where, each)
    ]
    return _is_one(texts[0] if texts else None, wanted)


def _depends(
    row: Row, exhibit: Exhibit, name: str, fact: Fact | None, line: Line, others: Sequence[str]
) -> Iterator[Finding]:
    wanted = "a value" if row.reference_value == _PRESENT else _shown(row.reference_value)
    names = ", ".join(others)
    if fact is not None:
        yield _on_fact(row, "dependency", fact, names=names, wanted=wanted.replace(_ABSENT, "no value"))
    else:
        yield _on_exhibit(row, exhibit, "missing", names, where=_where(line))


def sums(row: Row, exhibit: Exhibit) -> Iterator[Finding]:
    """`tsum-…`: a total is the sum of what the lines have. `asum-…`: so it is for the sums of two elements."""
    axis = row.axis if row.reference_axis is None else row.reference_axis
    parts = exhibit.summed(row.references, axis, row, row.reference_where)
    total = reduce(add, parts, Decimal(0))
    if row.check.startswith("tsum"):
        for _, _, fact in exhibit.bound(row):
            number = _number(fact.value)
            if number is not None and not _agree("equal", number, total, row):
                yield _on_fact(row, "sum", fact, value=fact.value.strip(), expected=str(total), names=_names(row))
        return
    facts = [fact for _, _, fact in exhibit.bound(row)]
    if facts and (parts or row.binding.endswith("-opt")):
        own = reduce(add, (_number(each.value) or Decimal(0) for each in facts), Decimal(0))
        if not _agree(row.comparison, own, total, row):
            yield _on_fact(
                row, "sum", facts[0], others=facts[1:], value=str(own), expected=str(total), names=_names(row)
            )


def _names(row: Row) -> str:
    return ", ".join(row.references)


def _agree(comparison: str, one: Decimal, two: Decimal, row: Row) -> bool:
    tolerance = Decimal(str(row.tolerance))
    if comparison == "equal":
        return -tolerance <= subtract(one, two) <= tolerance
    if comparison in ("not-equal", "not equal"):
        return not -tolerance <= subtract(one, two) <= tolerance
    return subtract(one, two) <= tolerance


def computed(row: Row, exhibit: Exhibit) -> Iterator[Finding]:
    """`tmult`, `tdiff`, `tequals`, `tnotGt`, `calculation` (of interest): what a line computes of its own amounts."""
    for _, line, fact in exhibit.bound(row):
        number = _number(fact.value)
        parts = [_number(exhibit.value(name, line)) for name in row.references]
        if number is None:
            continue
        if row.check in ("tmult", "tequals", "calculation"):
            known = [each for each in parts if each is not None]
            if len(known) < len(parts) or (row.check == "calculation" and exhibit.about.filed is None):
                continue
            expected = known[0] if row.check == "tequals" else multiply(known[0], known[1])
            if row.check == "calculation":
                expected = multiply(expected, Decimal(exhibit.days_late)) / _YEAR
        else:
            signs = (*row.subtract, *(False for _ in parts))
            expected = Decimal(0)
            for each, minus in zip(parts, signs, strict=False):
                expected = (subtract if minus else add)(expected, each or Decimal(0))
        if number > expected if row.check == "tnotGt" else not _agree("equal", number, expected, row):
            yield _on_fact(row, "computed", fact, value=fact.value.strip(), expected=str(expected), names=_names(row))


def compared(row: Row, exhibit: Exhibit) -> Iterator[Finding]:
    """`comparison`: a value agrees with another of its line, or of the header."""
    for _, line, fact in exhibit.bound(row):
        for name in row.references:
            other = exhibit.value(name, line)
            text = fact.value.strip()
            if row.date_format and other is not None:
                day = as_date(text)
                text, other = day.strftime(_MONTH_AND_DAY) if day is not None else text, re.sub(r"\D", "", other)
            if other is not None and not _compares(row.comparison, text, other):
                yield _on_fact(row, "compared", fact, value=fact.value.strip(), name=name, other=other)


def compared_elsewhere(row: Row, exhibit: Exhibit) -> Iterator[Finding]:
    """`comparison-otherContext`: so it does with that of other lines which have something in common with it."""
    assert row.reference_axis is not None
    for _, line, fact in exhibit.bound(row):
        shared = [exhibit.value(name, line) for name in row.same]
        for name in row.references:
            for other, theirs in exhibit.facts.get(name, {}).items():
                if (
                    exhibit.on(other, row.reference_axis)
                    and exhibit.holds(row.reference_where, other)
                    and None not in shared
                    and [exhibit.value(each, other) for each in row.same] == shared
                    and not _compares(row.comparison, fact.value.strip(), theirs.value.strip())
                ):
                    own, told = fact.value.strip(), theirs.value.strip()
                    yield _on_fact(row, "compared", fact, others=[theirs], value=own, name=name, other=told)


def known_elsewhere(row: Row, exhibit: Exhibit) -> Iterator[Finding]:
    """`fdepflag-anotherLine`: a value is one that a line of some kind has."""
    assert row.reference_axis is not None
    lines = [each for each in exhibit.lines_of(row.reference_axis) if exhibit.holds(row.reference_where, each)]
    known = {text for each in lines for name in row.references if (text := exhibit.value(name, each)) is not None}
    for _, _, fact in exhibit.bound(row):
        if fact.value.strip() not in known:
            yield _on_fact(row, "value", fact, value=fact.value.strip(), wanted=_shown(sorted(known)))


def above_zero(row: Row, exhibit: Exhibit) -> Iterator[Finding]:
    """`fdepflag-any-gt-zero`: a total is above zero, unless a line is of some kind. `fdep-not-…`: where one is."""
    assert row.reference_axis is not None
    if not exhibit.holds(row.where, ()) or any(exhibit.holds(each, ()) for each in row.exclude):
        return
    some = any(
        exhibit.on(line, row.reference_axis)
        and exhibit.holds(where, line)
        and not any(exhibit.holds(each, line) for each in row.reference_exclude)
        for name, where in row.referred.items()
        for line in exhibit.facts.get(name, {})
    )
    if some != row.check.startswith("fdep-not"):
        return
    for name in filter(exhibit.declared, row.names):
        fact = exhibit.facts.get(name, {}).get(())
        if fact is None:
            yield _on_exhibit(row, exhibit, "missing", name, where="")
        else:
            yield _on_fact(row, "value", fact, value=fact.value.strip(), wanted="above zero")


def _compares(comparison: str, one: str, two: str) -> bool:
    if comparison == "equal":
        return one == two
    if comparison == "not equal":
        return one != two
    days, numbers = (as_date(one), as_date(two)), (_number(one), _number(two))
    if numbers[0] is not None and numbers[1] is not None:
        return numbers[0] <= numbers[1]
    return days[0] is None or days[1] is None or days[0] <= days[1]


def not_after_today(row: Row, exhibit: Exhibit) -> Iterator[Finding]:
    """`future`: what happened did so before the submission."""
    for _, _, fact in exhibit.bound(row):
        day = as_date(fact.value)
        if day is not None and day > exhibit.about.today:
            yield _on_fact(row, "value", fact, value=day.isoformat(), wanted=f"{exhibit.about.today} at the latest")


def lines(row: Row, exhibit: Exhibit) -> Iterator[Finding]:
    """`axis-exist`, `axis-not-exist`: a table without lines says so, and no other. `exist-in-axis-value`: some line has
    a value. `noDups`: no two lines are the same.
    """
    if row.axis_name:
        some = any(line[0][0] == row.axis_name.rpartition(":")[2] for line in exhibit.lines if len(line) == 1)
        for name in filter(exhibit.declared, row.names):
            fact = exhibit.facts.get(name, {}).get(())
            if row.check == "axis-exist" and not some and fact is None:
                yield _on_exhibit(row, exhibit, "missing", name, where="")
            elif row.check == "axis-not-exist" and some and fact is not None:
                yield _on_fact(row, "value", fact, value=fact.value.strip(), wanted="absent where the table has lines")
        return
    found = [line for line in exhibit.lines if line and exhibit.on(line, row.axis)]
    if row.check == "noDups":
        seen: dict[frozenset[tuple[str, str]], Line] = {}
        for line in found:
            first = seen.setdefault(frozenset(exhibit.lines[line].items()), line)
            if first is not line:
                yield _on_exhibit(row, exhibit, "sameLine", _where(line).strip(), other=_where(first).strip())
    elif found or not row.if_axis:
        for name in filter(exhibit.declared, row.names):
            if not any(_is_one(exhibit.value(name, line), row.value or ()) for line in found):
                yield _on_exhibit(row, exhibit, "missing", name, where=f" on any line, as {_shown(row.value or ())}")


_CHECKS: Final[dict[str, Callable[[Row, Exhibit], Iterable[Finding]]]] = {
    "fe": required,
    "fw": required,
    "of-rule": one_rule,
    "tmult": computed,
    "tdiff": computed,
    "tequals": computed,
    "tnotGt": computed,
    "calculation": computed,
    "comparison": compared,
    "comparison-otherContext": compared_elsewhere,
    "fdepflag-anotherLine": known_elsewhere,
    "fdepflag-any-gt-zero": above_zero,
    "fdep-not-flag-any-gt-zero": above_zero,
    "future": not_after_today,
    "axis-exist": lines,
    "axis-not-exist": lines,
    "exist-in-axis-value": lines,
    "noDups": lines,
    "xv-sbtpmap": value,
    "max-decimals": value,
}
_BY_BEGINNING: Final = (("fdep", dependent), ("tsum-", sums), ("asum-", sums), ("ov", value))


def check_of(row: Row) -> Callable[[Row, Exhibit], Iterable[Finding]]:
    """What the table's word for a check means."""
    known = _CHECKS.get(row.check)
    return known or next(check for start, check in _BY_BEGINNING if row.check.startswith(start))


def fees(filed: Submission) -> Iterator[Finding]:
    """What the lines and totals of a fee exhibit hold, by the form."""
    exhibit = Exhibit(filed)
    known = table()
    for row in known.rows:
        forms = known.forms[row.forms]
        if forms & _EVERY_FORM or (exhibit.form in forms) != row.other_forms:
            yield from check_of(row)(row, exhibit)
