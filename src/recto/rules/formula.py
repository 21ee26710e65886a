"""Formula 1.0: assertions of the DTS, evaluated; on where it has any. Other rooms' findings come as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from recto.findings import Finding
from recto.xml import file_name

if TYPE_CHECKING:
    from recto.formula.definitions import Definitions
    from recto.formula.evaluate import Outcomes
    from recto.instance.model import Fact, Instance
    from recto.rules import Rule
    from recto.rules.subject import Subject


def rules() -> Sequence[Rule]:
    return (assertions,)


ONLY: Final = "formula:only"
"""The parameter that names assertions, separated by commas, where not all are to be evaluated."""
_MOST_PLACES: Final = 100


def _places(facts: Sequence[Fact]) -> str:
    """Facts with their places: `f-1 report.xbrl:12, f-2 report.xbrl:14`."""
    told = [f"{fact.id} {file_name(fact.document)}:{fact.line}" for fact in facts[:_MOST_PLACES]]
    return ", ".join(told) + (f" and {len(facts) - _MOST_PLACES} more" if len(facts) > _MOST_PLACES else "")


def assertions(subject: Subject) -> Iterator[Finding]:
    """The assertions of the DTS. What is found is kept for rules that judge a report by it."""
    found = subject.cache.setdefault("formula", [])
    for each in _assertions(subject):
        found.append(each)
        yield each


def _assertions(subject: Subject) -> Iterator[Finding]:
    """Each unsatisfied evaluation with its message and facts; what is wrong with formulas by their own codes."""
    instance = subject.instance
    if not has_formulas(instance):
        return  # nothing of formulas is loaded for a report without them
    outcomes = _outcomes(subject)
    if outcomes is None:
        return
    yield from outcomes.findings
    for result in outcomes.assertions:
        specification = _SPECIFICATIONS.get(result.kind)
        for detail in result.details:
            if detail.severity == "ok":
                continue
            place = detail.facts[0] if detail.facts else None
            yield Finding(
                f"formula:{result.kind}AssertionUnsatisfied",
                detail.severity,
                detail.message,
                place.document if place is not None else result.document,
                place.line if place is not None else result.line,
                None,
                tuple(fact.id for fact in detail.facts),
                specification,
                subject=result.id or None,
                arguments=(("assertion", result.id), ("places", _places(detail.facts))),
            )


def _outcomes(subject: Subject) -> Outcomes | None:
    """Those of the filing, which are kept for who asks again; of an instance by itself, made here.

    None where nothing of the DTS is asked for.
    """
    wanted = [each for each in subject.parameters.get(ONLY, "").split(",") if each]
    if wanted:
        wanted = sorted(_definitions(subject.instance).named(wanted)[0])
        if not wanted:
            return None
    filing = subject.filing
    if filing is not None:
        for at, each in enumerate(filing.instances):
            if each is subject.instance:
                return filing.formula_outcomes(at, only=wanted, instances=subject.further)
    from recto.formula.evaluate import evaluate

    return evaluate(subject.instance, parameters=subject.parameters, only=wanted, instances=subject.further)


def unknown(instances: Sequence[Instance], names: Sequence[str]) -> list[str]:
    """Those of some ids of assertions that no DTS of the instances has."""
    known = [set(_definitions(each).named(names)[1]) for each in instances if has_formulas(each)]
    return [name for name in names if all(name in missing for missing in known)]


def _definitions(instance: Instance) -> Definitions:
    from recto.formula.definitions import definitions

    return definitions(instance.taxonomy)


def has_formulas(instance: Instance) -> bool:
    """Whether the DTS of an instance has formulas or assertions."""
    from recto.formula import names

    arcroles = instance.taxonomy.arcroles()
    return any(each in arcroles for each in (names.ARC_SET, names.ARC_PRECONDITION, names.ARC_CONSISTENCY_FORMULA))


_SPECIFICATIONS = {
    "value": "Value assertions 1.0",
    "existence": "Existence assertions 1.0",
    "consistency": "Consistency assertions 1.0",
}
