"""What formulas of a variation come to, compared with what the suite wants: counts, messages, facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import TYPE_CHECKING, Any

from recto.suites.model import Expected

if TYPE_CHECKING:
    from recto.filing import Filing
    from recto.formula.evaluate import AssertionResult, Outcomes
    from recto.instance.model import Fact, Instance

_MOST_PLACES = 1_000


def has_formulas(filing: Filing) -> bool:
    """Whether the DTS of the filing's report has assertions or formulas, whose facts the suite then names."""
    from recto.formula.definitions import definitions

    found = [definitions(each.taxonomy) for each in filing.__dict__.get("instances", ())]
    return any(made.sets or made.consistency for made in found)


def outcomes_of(filings: Sequence[Filing], further: Mapping[str, Instance]) -> list[Outcomes]:
    """What formulas came to in every report that was read. `further`: the instances that they name besides."""
    return [
        filing.formula_outcomes(at, instances=further)
        for filing in filings
        for at in range(len(filing.__dict__.get("instances", ())))
    ]


def produced(outcomes: Sequence[Outcomes]) -> list[Instance]:
    """The instances that formulas gave, those with names too."""
    given = [output for each in outcomes for output in (each.output, *each.outputs.values())]
    return [each.instance() for each in given if each is not None]


def key_by_types(outcomes: Sequence[Outcomes]) -> Callable[[Fact], tuple[Any, ...]] | None:
    """What is equal for facts with s-equal contexts by the types of the report's DTS; None where nothing is given."""
    from recto.formula.subject import Subject
    from recto.instance.columns import Profile
    from recto.suites.compare import keyed

    outputs = [output for each in outcomes for output in (each.output, *each.outputs.values()) if output is not None]
    if not outputs:
        return None
    columns = Subject(outputs[0].source).columns
    return lambda fact: keyed(fact, columns.context_key(fact.context, Profile()), _to_accuracy(fact))


def _to_accuracy(fact: Fact) -> tuple[Decimal, ...] | None:
    """A number as its accuracy has it: numbers are compared within it (XBRL 2.1, 4.10, v-equal)."""
    number = fact.number if fact.is_numeric and fact.numerator is None and not fact.nil else None
    if number is None or number == 0:
        return None
    places = fact.decimals
    if places is None and fact.precision not in (None, 0, "INF"):
        places = int(fact.precision) - number.adjusted() - 1
    if places is None or places == "INF" or abs(int(places)) > _MOST_PLACES:
        return None
    with localcontext() as context:
        context.prec = max(number.adjusted() + 1, 1) + abs(int(places)) + 10
        return (number.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_EVEN),)


def supply_functions() -> None:
    """The functions that suites leave to the processor."""
    from recto.formula.functions.dimensions import dimension_equal
    from recto.formula.functions.library import supply
    from recto.names import QName
    from recto.xpath.arithmetic import arithmetic
    from recto.xpath.values import atomize, items, one_or_list

    exposures = QName("http://www.example.com/wgt-avg", "ExposuresDimension")

    def weighted(dynamic: Any, probabilities: Any, values: Any) -> Any:
        """Each probability of default times the exposure of the same member."""
        return one_or_list(
            [
                arithmetic(atomize(one), atomize(other), "*")
                for one in items(probabilities)
                for other in items(values)
                if dimension_equal(one, other, exposures)
            ]
        )

    supply("{http://www.example.com/wgt-avg/function}PDxEV", weighted, "node()+", "node()+")


def unlike(expected: Expected, outcomes: Sequence[Outcomes]) -> str | None:
    """What of assertions is not as expected; None where all is."""
    by_id: dict[str, list[AssertionResult]] = {}
    for each in outcomes:
        for result in each.assertions:
            by_id.setdefault(result.id, []).append(result)
    for wanted in expected.counts:
        found = by_id.get(wanted.assertion)
        if found is None:
            return f"there is no assertion {wanted.assertion}"
        numbers = sum(each.satisfied for each in found), sum(each.unsatisfied for each in found)
        if numbers != (wanted.satisfied, wanted.unsatisfied):
            return (
                f"expected {wanted.satisfied} satisfied and {wanted.unsatisfied} unsatisfied evaluations of"
                f" {wanted.assertion}, found {numbers[0]} and {numbers[1]}"
            )
    for said in expected.messages:
        given = {
            message
            for each in by_id.get(said.assertion, ())
            for message in (
                each.satisfied_messages
                if said.satisfied
                else [one for detail in each.details for one in detail.messages]
            )
        }
        if not any(text == said.text and (not said.language or language == said.language) for language, text in given):
            return f"expected the message {said.text!r} of {said.assertion}, found {sorted(given)}"
    return None
