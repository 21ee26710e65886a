"""What formulas of a variation come to, compared with what the suite wants: counts, messages, facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recto.suites.model import Expected

if TYPE_CHECKING:
    from recto.filing import Filing
    from recto.formula.evaluate import AssertionResult, Outcomes
    from recto.instance.model import Instance


def has_formulas(filing: Filing) -> bool:
    """Whether the DTS of the filing's report has formulas that give facts."""
    from recto.formula.definitions import definitions

    instances = filing.__dict__.get("instances", ())
    return any(made.kind == "formula" for each in instances for made in definitions(each.taxonomy).sets)


def outcomes_of(filings: Sequence[Filing]) -> list[Outcomes]:
    """What formulas came to in every report that was read."""
    return [
        filing.formula_outcomes(at) for filing in filings for at in range(len(filing.__dict__.get("instances", ())))
    ]


def produced(outcomes: Sequence[Outcomes]) -> list[Instance]:
    """The instances that formulas gave."""
    return [each.output.instance() for each in outcomes if each.output is not None]


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
