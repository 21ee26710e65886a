"""Codes of Calculations 1.1."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "Calculations 1.1"
CODES: Final[Codes] = {
    "calc11e:disallowedDuplicateFactsUsingTruncation": (
        "warning",
        "Calculations 1.1, 4",
        "its duplicates contradict each other, so its calculations cannot be checked: {reason}",
    ),
    "calc11e:duplicateCalculationRelationships": (
        "error",
        "Calculations 1.1, 3.1",
        "{item} contributes to {total} more than once in {role}.",
    ),
    "calc11e:excessDigits": (
        "warning",
        "Calculations 1.1, 4",
        "it has digits beyond its decimals, so its calculations cannot be checked",
    ),
    "calc11e:inconsistentCalculationUsingRounding": (
        "warning",
        "Calculations 1.1, 4",
        "the total stands for {total}, but what is reported of its items ({reported} of {items}) adds up to {sum} in {role}",
    ),
    "calc11e:inconsistentCalculationUsingTruncation": (
        "warning",
        "Calculations 1.1, 4",
        "the total stands for {total}, but what is reported of its items ({reported} of {items}) adds up to {sum} in {role}",
    ),
    "calc11e:nonDecimalItemNode": (
        "error",
        "Calculations 1.1, 3.1",
        "{subject} is part of a summation in {role}, but is no item of a decimal type.",
    ),
    "calc11e:oimIncompatibleReportWarning": (
        "warning",
        "Calculations 1.1, 4",
        "{what}, which OIM does not know, so no calculation of the report is checked",
    ),
    "calc11e:tuplesInReportWarning": ("warning", "Calculations 1.1, 4", "facts in tuples take no part in calculations"),
}
