"""Period, entity, unit, segment and scenario filters 1.0."""

from __future__ import annotations

import re
from datetime import timedelta

from recto.formula.filters.base import Chosen, Cover, Filter, Source, State, contexts_where, holds, units_where
from recto.formula.functions.contexts import _container
from recto.formula.names import F_ENTITY, F_PERIOD, F_SEGMENT, F_UNIT
from recto.formula.subject import FactNode
from recto.instance.model import Context
from recto.xpath import XPathError
from recto.xpath.functions.text import _regex
from recto.xpath.temporal import Temporal
from recto.xpath.values import atomize, cast, items, string

PERIOD = Cover(("period",))
ENTITY = Cover(("entity",))
UNIT = Cover(("unit",))


def _period(source: Source) -> Filter:
    test = source.expression(source.element, "test")
    apply = contexts_where(lambda state, context: holds(test, state, state.subject.part("period", context)))
    return Filter(source.node, apply, depends=test.names, covers=PERIOD)


def _moment(which: str) -> object:
    def read(source: Source) -> Filter:
        date = source.expression(source.element, "date")
        time = source.expression(source.element, "time") if source.element.get("time") else None

        def wanted(state: State) -> object:
            day = atomize(date(state.run, state.variables))
            day = day if isinstance(day, Temporal) else cast(day, "date")
            if time is None:
                at = day.key
                return at + timedelta(days=1) if which != "start" and day.kind == "date" else at
            clock = atomize(time(state.run, state.variables))
            clock = clock if isinstance(clock, Temporal) else cast(clock, "time")
            return day.value.replace(
                hour=clock.value.hour, minute=clock.value.minute, second=clock.value.second
            ) + timedelta(days=1 if _is_midnight_end(time.text) else 0)

        def apply(state: State, facts: list[int]) -> list[int]:
            moment = wanted(state)

            def test(state: State, context: Context) -> bool:
                period = context.period
                if which == "start":
                    return period.kind == "duration" and period.start == moment
                if which == "end":
                    return period.kind == "duration" and period.end == moment
                return period.kind == "instant" and period.end == moment

            return contexts_where(test)(state, facts)

        depends = [*date.names, *(time.names if time is not None else ())]
        return Filter(source.node, apply, depends=depends, covers=PERIOD)

    return read


def _is_midnight_end(text: str) -> bool:
    return "24:00:00" in text


def _forever(source: Source) -> Filter:
    return Filter(source.node, contexts_where(lambda state, context: context.period.kind == "forever"), covers=PERIOD)


def _instant_duration(source: Source) -> Filter:
    variable = source.variable(source.element.get("variable"))
    boundary = source.element.get("boundary")

    def apply(state: State, facts: list[int]) -> list[int]:
        found = items(state.variables.get(variable, []))
        fact = found[0] if found else None
        if not isinstance(fact, FactNode) or fact.fact.context is None:
            return []
        period = fact.fact.context.period
        if period.kind != "duration":
            return []
        moment = period.start if boundary == "start" else period.end
        return contexts_where(lambda state, context: context.period.kind == "instant" and context.period.end == moment)(
            state, facts
        )

    return Filter(source.node, apply, depends=(variable,), covers=PERIOD)


def _identifier(source: Source) -> Filter:
    test = source.expression(source.element, "test")
    apply = contexts_where(lambda state, context: holds(test, state, state.subject.part("identifier", context)))
    return Filter(source.node, apply, depends=test.names, covers=ENTITY)


def _specific(source: Source) -> Filter:
    scheme = source.expression(source.element, "scheme")
    value = source.expression(source.element, "value") if source.node.name.local == "specificIdentifier" else None

    def apply(state: State, facts: list[int]) -> list[int]:
        wanted = string(atomize(scheme(state.run, state.variables)))
        own = string(atomize(value(state.run, state.variables))) if value is not None else None
        return contexts_where(
            lambda state, context: context.scheme == wanted and (own is None or context.identifier == own)
        )(state, facts)

    depends = [*scheme.names, *(value.names if value is not None else ())]
    return Filter(source.node, apply, depends=depends, covers=ENTITY)


def _regexp(attribute: str) -> object:
    def read(source: Source) -> Filter:
        pattern = source.element.get("pattern") or ""
        regex = _regex(pattern, "")
        apply = contexts_where(lambda state, context: regex.matches(getattr(context, attribute), state.run.budget))
        return Filter(source.node, apply, covers=ENTITY)

    return read


def _single_measure(source: Source) -> Filter:
    chosen = Chosen(source, source.child("measure"))

    def apply(state: State, facts: list[int]) -> list[int]:
        name = chosen.of(state)
        return units_where(lambda state, unit: unit.measure is not None and unit.measure is name)(state, facts)

    return Filter(source.node, apply, depends=chosen.depends, covers=UNIT)


def _general_measures(source: Source) -> Filter:
    test = source.expression(source.element, "test")
    apply = units_where(lambda state, unit: holds(test, state, state.subject.part("unit", unit)))
    return Filter(source.node, apply, depends=test.names, covers=UNIT)


def _segment(name: str) -> object:
    def read(source: Source) -> Filter:
        test = source.expression(source.element, "test") if source.element.get("test") else None

        def passes(state: State, context: Context) -> bool:
            part = _container(state.subject, context, name)
            if type(part) is list:
                return False
            return test is None or holds(test, state, part)

        return Filter(
            source.node,
            contexts_where(passes),
            depends=test.names if test is not None else (),
            covers=Cover((name,)),
        )

    return read


READERS = {
    (F_PERIOD, "period"): _period,
    (F_PERIOD, "periodStart"): _moment("start"),
    (F_PERIOD, "periodEnd"): _moment("end"),
    (F_PERIOD, "periodInstant"): _moment("instant"),
    (F_PERIOD, "forever"): _forever,
    (F_PERIOD, "instantDuration"): _instant_duration,
    (F_ENTITY, "identifier"): _identifier,
    (F_ENTITY, "specificScheme"): _specific,
    (F_ENTITY, "specificIdentifier"): _specific,
    (F_ENTITY, "regexpScheme"): _regexp("scheme"),
    (F_ENTITY, "regexpIdentifier"): _regexp("identifier"),
    (F_UNIT, "singleMeasure"): _single_measure,
    (F_UNIT, "generalMeasures"): _general_measures,
    (F_SEGMENT, "segment"): _segment("segment"),
    (F_SEGMENT, "scenario"): _segment("scenario"),
}
__all__ = ["READERS", "XPathError", "re"]
