"""Whether a fact has the concept, members, unit or text that a question names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from recto.errors import UsageError
from recto.instance.model import Fact, Unit
from recto.instance.naming import Namer
from recto.names import QName
from recto.taxonomy.model import Concept

Test = Callable[[Fact], bool]


def many(value: Any) -> list[Any]:
    """A value, or each of several, as a list."""
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        return [value]
    return list(value)


def named(name: str, pattern: str) -> bool:
    """Whether a prefixed name is meant by a pattern, which may leave the prefix out; case does not count."""
    if ":" not in pattern:
        name = name.rpartition(":")[2]
    return fnmatchcase(name.casefold(), pattern.casefold())


def name_test(wanted: Any, namer: Callable[[Fact], Namer]) -> Callable[[Fact, QName], bool]:
    """For a name: a `QName`, a `Concept` or what is about one, Clark notation, or a pattern such as `us-gaap:Assets`,
    `Assets`, `*Debt*`.
    """
    about = getattr(wanted, "concept", wanted)
    if isinstance(about, Concept):
        wanted = about.qname
    if isinstance(wanted, QName):
        return lambda fact, name: name is wanted or name == wanted
    if not isinstance(wanted, str):
        raise UsageError(f"{wanted!r} names nothing: write a name, such as us-gaap:Assets or *Debt*")
    pattern = wanted.strip()
    if pattern.startswith("{"):
        return lambda fact, name: name.clark == pattern
    return lambda fact, name: named(namer(fact).name(name), pattern)


def concept_test(wanted: Any, namer: Callable[[Fact], Namer]) -> Test:
    tests = [name_test(each, namer) for each in many(wanted)]
    known: dict[QName, bool] = {}

    def test(fact: Fact) -> bool:
        found = known.get(fact.qname)
        if found is None:
            found = known[fact.qname] = any(each(fact, fact.qname) for each in tests)
        return found

    return test


def dimension_test(axis: Any, member: Any, namer: Callable[[Fact], Namer]) -> Test:
    """Some axis that is named, with some member that is named; `AXIS=MEMBER` names both, as does {axis: member}."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(axis, Mapping):
        if member is not None:
            raise UsageError("a mapping of axes to members names them all: leave member out")
        pairs = [(own, wanted) for own, members in axis.items() for wanted in many(members)]
        axis = []
    for each in [None] if axis is None else many(axis):
        own, equals, value = str(each).partition("=") if isinstance(each, str) and each[:1] != "{" else (each, "", "")
        for wanted in [value] if equals else [None] if member is None else many(member):
            pairs.append((own, wanted))
    tests = [
        (
            None if own is None else name_test(own, namer),
            wanted,
            None if wanted is None else name_test(str(wanted) if isinstance(wanted, int) else wanted, namer),
        )
        for own, wanted in pairs
    ]

    def matches(fact: Fact, value: Any, wanted: Any, test: Callable[[Fact, QName], bool] | None) -> bool:
        if test is None:
            return True
        if isinstance(value, QName):
            return test(fact, value)
        text, said = value.text.casefold(), str(wanted).casefold()
        return text == said or fnmatchcase(text, said)

    def test(fact: Fact) -> bool:
        return any(
            (own is None or own(fact, name)) and matches(fact, value, wanted, inner)
            for name, value in fact.dimensions.items()
            for own, wanted, inner in tests
        )

    return test


def unit_test(wanted: Any, namer: Callable[[Fact], Namer]) -> Test:
    """For `USD`, `iso4217:USD`, `USD/shares`, `pure`, a pattern of these, or a `Unit`."""
    units = [(each.numerators, each.denominators) for each in many(wanted) if isinstance(each, Unit)]
    patterns = ["".join(each.casefold().split()) for each in many(wanted) if isinstance(each, str)]
    if len(units) + len(patterns) < len(many(wanted)):
        raise UsageError(f"{wanted!r} is no unit: write USD, USD/shares, pure")

    def test(fact: Fact) -> bool:
        if fact.unit is None:
            return False
        if (fact.unit.numerators, fact.unit.denominators) in units:
            return True
        names = (namer(fact).unit(fact.unit).casefold(), bare(fact.unit).casefold())
        return any(fnmatchcase(name, pattern) for pattern in patterns for name in names)

    return test


def bare(unit: Unit) -> str:
    over, under = ("*".join(sorted(each.local for each in side)) for side in (unit.numerators, unit.denominators))
    return f"{over}/{under}" if under else over


def text_test(wanted: Any) -> Test:
    """For texts that hold all of these words, as a reader sees them; case does not count."""
    phrases = [" ".join(str(each).casefold().split()) for each in many(wanted)]

    def test(fact: Fact) -> bool:
        if fact.nil or not fact.valid or fact.is_tuple or fact.is_numeric:
            return False
        text = " ".join(fact.text.casefold().split())
        return all(phrase in text for phrase in phrases)

    return test
