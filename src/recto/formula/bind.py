"""Binding the variables of a variable set to facts (Variables 1.0, 3): joins by codes, sequences, fallback.

Two facts match on the aspects that neither variable covers when their codes for those aspects are equal, so a variable
is joined to what is bound before it by looking its facts up by code. Fallback is an outer join; then evaluations go
that a richer one dominates: the same facts, fewer of them fallen back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import compress, product
from math import prod
from typing import Any

from recto.formula.compiler import Run
from recto.formula.definitions import Definitions
from recto.formula.filters import Cover, State
from recto.formula.filters.combined import merged
from recto.formula.sets import Variable, VariableSet
from recto.formula.subject import UNKNOWN, Subject
from recto.instance.columns import Profile
from recto.xpath import Expression
from recto.xpath.errors import BudgetError
from recto.xpath.functions.general import key
from recto.xpath.nodes import Node
from recto.xpath.values import Value, items, one_or_list

MOST_ROWS = 2_000_000
"""Partial evaluations of one variable set."""
FALLBACK = None
Row = tuple[Any, ...]
"""What each variable is bound to so far: a tuple of ordinals of facts, or None where it fell back; for a general
variable its value in a tuple."""


def profile_of(cover: Cover, *, dimensional: bool) -> Profile:
    """The aspects that a variable leaves uncovered."""
    flags: Any = [
        name not in cover.aspects for name in ("concept", "location", "entity", "period", "unit", "segment", "scenario")
    ]
    if not dimensional:
        return Profile(*flags, frozenset(), False)  # type: ignore[call-arg]
    if cover.all_axes:
        return Profile(*flags, cover.axes, True, True)  # type: ignore[call-arg]
    return Profile(*flags, cover.axes)  # type: ignore[call-arg]


class Bound:
    """A variable while its set is evaluated."""

    def __init__(self, variable: Variable, subject: Subject):
        self.variable = variable
        self.name = variable.name
        self.subject = subject
        """The instance that its facts are of."""
        self.fixed: list[int] | None = None
        """Facts that pass all filters that depend on no variable."""
        self.dynamic: list[Any] = []
        self.uncovered: Profile | None = None
        self.fallback: Value = None
        self.has_fallback = False
        self.groups: dict[Profile, dict[int, list[tuple[int, ...]]]] = {}


class Binder:
    """Binds one variable set in one instance."""

    def __init__(
        self,
        definitions: Definitions,
        made: VariableSet,
        order: Sequence[Variable],
        subject: Subject,
        run: Run,
        parameters: Mapping[str, Value],
        subjects: Mapping[str, Subject] | None = None,
    ):
        self.made = made
        self.subject = subject
        self.run = run
        self.parameters = dict(parameters)
        for name, own in made.parameters.items():
            if own in parameters:
                self.parameters[name] = parameters[own]
        self.order = order
        others = subjects or {}
        self.bound = [Bound(each, others.get(each.instance, subject)) for each in order]
        self.place = {each.name: at for at, each in enumerate(order)}
        later = [set(each.depends) for each in order]
        self.needed = [any(each.name in after for after in later[at + 1 :]) for at, each in enumerate(order)]
        self.reason = ""
        """Why there are no evaluations."""
        self._plans: dict[tuple[int, ...], tuple[int, list[int]]] = {}

    # Facts of a variable

    def _state(self, bound: Bound, variables: Mapping[str, Value]) -> State:
        return State(bound.subject, self.run, variables)

    def _prepare(self, bound: Bound) -> None:
        variable = bound.variable
        state = self._state(bound, self.parameters)
        static = [use for use in variable.filters if not (use.depends & self.place.keys()) and not _is_relative(use)]
        bound.dynamic = [use for use in variable.filters if use not in static]
        columns = bound.subject.columns
        found = columns.everything
        names = [use for use in static if use.filter.node.name.local == "conceptName" and not use.complement]
        for use in [*names, *[use for use in static if use not in names], *self.made.group_filters]:
            found = use.select(state, found)
        reported = columns.reported(nils=variable.nils)
        bound.fixed = list(compress(found, map(reported.__getitem__, found)))
        if all(not callable(use.filter.covers) for use in variable.filters) or not any(
            use.depends & self.place.keys() for use in variable.filters
        ):
            bound.uncovered = self._uncovered(bound, state)
        if variable.fallback is not None:
            bound.has_fallback = True
            bound.fallback = variable.fallback(self.run, self.parameters, self.subject.root)

    def _uncovered(self, bound: Bound, state: State) -> Profile:
        covers = [use.filter.cover(state) for use in bound.variable.filters if use.covers]
        return profile_of(merged(covers), dimensional=self.made.dimensional)

    def _units(self, bound: Bound, facts: Sequence[int], uncovered: Profile) -> list[tuple[int, ...]]:
        """What a variable may be bound to: a fact, or for sequences all that match in what is uncovered."""
        if not bound.variable.sequence:
            return list(zip(facts, strict=True))
        codes = bound.subject.columns.codes(uncovered)
        groups: dict[int, list[int]] = {}
        for at in facts:
            groups.setdefault(codes[at], []).append(at)
        if bound.variable.matches:
            return [tuple(group) for group in groups.values()]
        full = bound.subject.columns.codes(Profile(dimensional=self.made.dimensional))
        made: list[tuple[int, ...]] = []
        for group in groups.values():
            # No two facts of a sequence may match in all aspects: where some do, there is a sequence with each of them.
            alike: dict[int, list[int]] = {}
            for at in group:
                alike.setdefault(full[at], []).append(at)
            if len(alike) == len(group):
                made.append(tuple(group))
                continue
            self.run.budget.spend(prod(map(len, alike.values())) * len(alike))
            made += [tuple(sorted(choice)) for choice in product(*alike.values())]
        return made

    def variables_of(self, row: Row) -> dict[str, Value]:
        """The values of the variables bound in a row, and of the parameters."""
        values = dict(self.parameters)
        for at, entry in enumerate(row):
            values[self.bound[at].name] = self.value_of(at, entry)
        return values

    def evaluator(self, expression: Expression, item: Any) -> Callable[[Row], Value]:
        """The expression as a function of rows: of what is bound only what it refers to is made."""
        given: dict[str, Value] = {}
        wanted: list[tuple[int, int]] = []
        typed: list[tuple[int, int, list[Any], Bound]] = []
        for name, slot in expression.free:
            at = self.place.get(name)
            if at is not None:
                bound = self.bound[at]
                if bound.variable.fact and not bound.variable.sequence and name in expression.typed:
                    typed.append((slot, at, bound.subject.typed, bound))
                    bound.subject.read_typed(bound.fixed or ())
                else:
                    wanted.append((slot, at))
            elif name in self.parameters:
                given[name] = self.parameters[name]
        prepared = expression.prepared(self.run, given, item)
        if len(prepared.missing) > len(wanted) + len(typed):
            return lambda row: expression(self.run, self.variables_of(row), item)
        evaluate, env, value_of = expression.evaluate, prepared.env, self.value_of

        def of(row: Row) -> Value:  # what is filled in for a row is filled in anew for the next
            for slot, at, values, bound in typed:
                entry = row[at]
                if entry is FALLBACK:
                    env[slot] = value_of(at, entry)
                else:
                    value = values[entry[0]]
                    env[slot] = value if value is not UNKNOWN else bound.subject.typed_at(entry[0])
            for slot, at in wanted:
                env[slot] = value_of(at, row[at])
            return evaluate(env)

        return of

    def tested(self, expression: Expression, rows: Sequence[Row]) -> list[bool] | None:
        """What a test gives for all rows at once, where it compares decimals; None where each is to be looked at."""
        columns: dict[int, list[Any]] = {}
        for name, slot in expression.free if expression.columns is not None else ():
            at = self.place.get(name)
            if at is None:
                column = [self.parameters.get(name)] * len(rows)
            else:
                bound = self.bound[at]
                if not bound.variable.fact or bound.variable.sequence or bound.has_fallback:
                    return None
                bound.subject.read_typed(bound.fixed or ())
                typed = bound.subject.typed
                column = [typed[row[at][0]] for row in rows]
            if set(map(type, column)) != {Decimal}:
                return None
            columns[slot] = column
        if expression.columns is None or not columns:
            return None
        try:
            return list(expression.columns(columns))
        except ArithmeticError:
            return None

    def value_of(self, at: int, entry: Any) -> Value:
        bound = self.bound[at]
        if not bound.variable.fact:
            return entry[0]
        if entry is FALLBACK:
            return bound.fallback if bound.has_fallback else []
        node_at = bound.subject.node_at
        if len(entry) == 1:
            return node_at(entry[0])
        return one_or_list([node_at(each) for each in entry])

    # The join

    def rows(self) -> list[Row]:
        """All evaluations, by variable in `order`; before preconditions."""
        rows: list[Row] = [()]
        for at, bound in enumerate(self.bound):
            if bound.variable.fact:
                self._prepare(bound)
                rows = self._join(rows, at, bound)
            else:
                rows = self._general(rows, bound)
            if not rows:
                some = bool(bound.fixed) or not bound.variable.fact
                self.reason = (
                    f"nothing that ${_shown(bound.name)} may be bound to matches what is bound before it"
                    if some
                    else f"there is no fact for ${_shown(bound.name)}"
                )
                return []
        kept = self._undominated(rows)
        if not kept:
            self.reason = "there is no fact for any of its variables"
        return kept

    def _general(self, rows: list[Row], bound: Bound) -> list[Row]:
        expression = bound.variable.expression
        if expression is None:
            return []
        made: list[Row] = []
        for row in rows:
            self.run.budget.tick()
            value = expression(self.run, self.variables_of(row), self.subject.root)
            if bound.variable.sequence:
                made.append((*row, (value,)))
            else:
                made += [(*row, (item,)) for item in items(value)]
            if len(made) > MOST_ROWS:
                raise BudgetError("the variable set has too many evaluations")
        return made

    def _join(self, rows: list[Row], at: int, bound: Bound) -> list[Row]:
        made: list[Row] = []
        simple = not bound.dynamic and bound.uncovered is not None
        fixed = bound.fixed or []
        units = self._units(bound, fixed, bound.uncovered) if simple and bound.uncovered is not None else []
        budget = self.run.budget
        looked_up = self._looked_up(rows, at, bound, units) if simple else None
        if looked_up is not None:
            return looked_up
        for row in rows:
            uncovered = bound.uncovered
            mine = units
            if not simple:
                mine, uncovered = self._dynamic_units(row, bound, fixed)
            assert uncovered is not None
            found = self._matches(row, at, bound, mine, uncovered, shared=simple)
            budget.spend(len(found) + 1)
            for unit in found:
                made.append((*row, unit))
            if not found or (bound.has_fallback and not self._settled(row, at, uncovered)):
                if bound.has_fallback:
                    made.append((*row, FALLBACK))
            if len(made) > MOST_ROWS:
                raise BudgetError("the variable set has too many evaluations")
            self._profiles_of(row, at, uncovered)
        return made

    def _looked_up(self, rows: list[Row], at: int, bound: Bound, units: list[tuple[int, ...]]) -> list[Row] | None:
        """The join where one look-up for each row does it: nothing fell back, and one variable decides what matches.

        None where it takes more than that.
        """
        others = [u for u in range(at) if self.bound[u].variable.fact]
        if not self.made.implicit or not others or any(self.bound[u].has_fallback for u in others):
            return None
        if any(not row[u] for row in rows[:1] for u in others):
            return None
        uncovered = bound.uncovered
        assert uncovered is not None
        main, rest = self._plan(tuple(others), at, uncovered, shared=True)
        other = self.bound[main]
        if rest or other.subject is not bound.subject or any(self.bound[u].variable.sequence for u in others):
            return None
        assert other.uncovered is not None
        codes = bound.subject.columns.codes(other.uncovered.both(uncovered))
        if bound.has_fallback and not (rows and self._settled(rows[0], at, uncovered)):
            return None
        nothing: list[tuple[Any, ...]] = [FALLBACK] if bound.has_fallback else []  # type: ignore[list-item]
        mine = [codes[unit[0]] for unit in units]
        only = dict(zip(mine, units, strict=True))
        made: list[Row] = []
        if len(only) == len(units) and not nothing:  # no row can meet more than one
            met = map(only.get, [codes[row[main][0]] for row in rows])
            made = [(*row, unit) for row, unit in zip(rows, met, strict=True) if unit is not None]
        else:
            index: dict[int, list[tuple[int, ...]]] = {}
            for code, unit in zip(mine, units, strict=True):
                index.setdefault(code, []).append(unit)
            for row in rows:
                for unit in index.get(codes[row[main][0]], nothing):
                    made.append((*row, unit))
                if len(made) > MOST_ROWS:
                    raise BudgetError("the variable set has too many evaluations")
        self.run.budget.spend(len(rows) + len(made))
        return made

    def _profiles_of(self, row: Row, at: int, uncovered: Profile) -> None:
        bound = self.bound[at]
        if bound.uncovered is None:
            # Covers that depend on what is bound: the last ones serve for the joins to come.
            bound.uncovered = uncovered

    def _settled(self, row: Row, at: int, uncovered: Profile) -> bool:
        """Whether falling back where facts match can only give what those facts give too."""
        if self.needed[at]:
            return False
        if at == len(self.bound) - 1:
            return any(self.bound[u].variable.fact and row[u] is not FALLBACK for u in range(at)) or True
        if not self.made.implicit:
            return True
        for u in range(at):
            other = self.bound[u]
            if other.variable.fact and row[u] is not FALLBACK and other.uncovered is not None:
                if other.subject is self.bound[at].subject and uncovered.within(other.uncovered):
                    return True
        return False

    def _dynamic_units(self, row: Row, bound: Bound, fixed: list[int]) -> tuple[list[tuple[int, ...]], Profile]:
        state = self._state(bound, self.variables_of(row))
        uncovered = self._uncovered(bound, state)
        state.uncovered = uncovered
        facts = fixed
        for use in bound.dynamic:
            facts = use.select(state, facts)
        if bound.variable.sequence and self.made.implicit and row:
            facts = [unit[0] for unit in self._matches(row, len(row), bound, [(at,) for at in facts], uncovered)]
        return self._units(bound, facts, uncovered), uncovered

    def _matches(
        self, row: Row, at: int, bound: Bound, units: list[tuple[int, ...]], uncovered: Profile, *, shared: bool = False
    ) -> list[tuple[int, ...]]:
        """The units that match what the row has bound (implicit filtering; Variables 1.0, 3.1.3)."""
        if not self.made.implicit:
            return units
        others = tuple(u for u in range(at) if self.bound[u].variable.fact and row[u] is not FALLBACK and row[u])
        if not others or not units:
            return units
        main, rest = self._plan(others, at, uncovered, shared=shared)
        other = self.bound[main]
        assert other.uncovered is not None
        both = other.uncovered.both(uncovered)
        if other.subject is not bound.subject:
            found = self._across(row[main][0], other, bound, units, both)
        elif shared:
            index = bound.groups.get(both)
            if index is None:
                index = bound.groups[both] = {}
                codes = bound.subject.columns.codes(both)
                for unit in units:
                    index.setdefault(codes[unit[0]], []).append(unit)
            found = index.get(bound.subject.columns.codes(both)[row[main][0]], [])
        else:
            codes = bound.subject.columns.codes(both)
            wanted = codes[row[main][0]]
            found = [unit for unit in units if codes[unit[0]] == wanted]
        for u in rest:
            if not found:
                break
            third = self.bound[u]
            assert third.uncovered is not None
            both = third.uncovered.both(uncovered)
            if third.subject is not bound.subject:
                found = self._across(row[u][0], third, bound, found, both)
                continue
            codes = bound.subject.columns.codes(both)
            wanted = codes[row[u][0]]
            found = [unit for unit in found if codes[unit[0]] == wanted]
        return found

    def _plan(self, others: tuple[int, ...], at: int, uncovered: Profile, *, shared: bool) -> tuple[int, list[int]]:
        """The variable to look facts up by, and those that must be compared besides."""
        key_ = (*others, at)
        plan = self._plans.get(key_) if shared else None
        if plan is None:
            profiles = {u: self.bound[u].uncovered.both(uncovered) for u in others}  # type: ignore[union-attr]
            main = others[0]
            for u in others[1:]:
                if profiles[main].within(profiles[u]) and not profiles[u].within(profiles[main]):
                    main = u
            same = self.bound[main].subject
            rest = [
                u
                for u in others
                if u != main and (self.bound[u].subject is not same or not profiles[u].within(profiles[main]))
            ]
            plan = (main, rest)
            if shared:
                self._plans[key_] = plan
        return plan

    def _across(
        self, fact: int, other: Bound, bound: Bound, units: list[tuple[int, ...]], both: Profile
    ) -> list[tuple[int, ...]]:
        """Matching facts of another instance: by the aspects themselves, as codes are of one instance each."""
        wanted = _aspects(other.subject, fact, both)
        return [unit for unit in units if _aspects(bound.subject, unit[0], both) == wanted]

    # Fallback

    def _undominated(self, rows: list[Row]) -> list[Row]:
        """Without evaluations in which all facts fell back, and those that a richer one stands for."""
        fact_places = [at for at, bound in enumerate(self.bound) if bound.variable.fact]
        if not fact_places:
            return rows
        if not any(self.bound[at].has_fallback for at in fact_places):
            return rows
        patterns: dict[tuple[int, ...], list[int]] = {}
        for number, row in enumerate(rows):
            fallen = tuple(at for at in fact_places if row[at] is FALLBACK)
            patterns.setdefault(fallen, []).append(number)
        kept: set[int] = set()
        marks: dict[tuple[tuple[int, ...], tuple[int, ...]], set[Any]] = {}
        for fallen, numbers in patterns.items():
            if len(fallen) == len(fact_places):
                continue
            richer: list[tuple[list[int], set[Any]]] = []
            for other, theirs in patterns.items():
                shown = self._compared(fallen, other)
                if shown is None:
                    continue
                known = marks.get((other, tuple(shown)))
                if known is None:
                    known = marks[other, tuple(shown)] = {self._projection(rows[number], shown) for number in theirs}
                richer.append((shown, known))
            shown = [at for at in range(len(self.bound)) if at not in fallen]
            seen: set[Any] = set()
            for number in numbers:
                if fallen:
                    mark = self._projection(rows[number], shown)
                    if mark in seen:
                        continue
                    seen.add(mark)
                if not any(self._projection(rows[number], places) in known for places, known in richer):
                    kept.add(number)
        return [row for number, row in enumerate(rows) if number in kept]

    def _compared(self, fallen: tuple[int, ...], other: tuple[int, ...]) -> list[int] | None:
        """Places in which an evaluation must equal one that fell back elsewhere, which then stands for it.

        What depends on a variable that fell back here and is bound there is not compared. None where none can stand
        for it: nothing that fell back here is bound there, or something that must be equal fell back there.
        """
        loose = {self.bound[at].name for at in fallen if at not in other}
        if not loose:
            return None
        shown = []
        for at, bound in enumerate(self.bound):
            if bound.variable.depends & loose:
                loose.add(bound.name)
            elif at not in fallen:
                if at in other:
                    return None
                shown.append(at)
        return shown

    def _projection(self, row: Row, shown: list[int]) -> tuple[Any, ...]:
        return tuple(
            [row[at] if self.bound[at].variable.fact else tuple(map(_mark, items(row[at][0]))) for at in shown]
        )


def _shown(name: str) -> str:
    return name.rpartition("}")[2]


def _mark(item: Any) -> Any:
    return id(item) if isinstance(item, Node) else key(item)


def _is_relative(use: Any) -> bool:
    return bool(use.filter.node.name.local == "relativeFilter")


def _aspects(subject: Subject, at: int, profile: Profile) -> tuple[Any, ...]:
    from recto.instance.columns import unit_key

    fact = subject.columns.facts[at]
    return (
        subject.columns.context_key(fact.context, profile),
        unit_key(fact.unit) if profile.unit and fact.unit is not None else None,
        fact.qname if profile.concept else None,
        (fact.parent.qname if fact.parent is not None else None) if profile.location else None,
    )
