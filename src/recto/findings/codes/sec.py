"""Codes of Pages of the SEC's renderer, and its Filer Manual as far as pages depend on it."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "Pages of the SEC's renderer, and its Filer Manual as far as pages depend on it"
CODES: Final[Codes] = {
    "EFM.6.05.05": ("error", "EFM 6.5.5", "Context {context} has a scenario."),
    "EFM.6.05.08": ("error", "EDGAR Filer Manual, 6.5.8", "No fact refers to context {context}."),
    "EFM.6.07.12": (
        "error",
        "EFM 6.7.12",
        "The definition {text!r} of role {role} has not the form 'number - Statement|Disclosure|Schedule|Document - title'; its page has no title.",
    ),
    "EFM.6.07.19": ("error", "EFM 6.7.19", "it is a tuple, which pages do not show"),
    "EFM.6.12.09": ("warning", "EFM 6.12.9", "{text!r} orders the units {names} but not {missing}."),
    "EFM.6.26.01": (
        "warning",
        "EFM 6.26.1",
        "{text!r} is not shown: no fact uses {names}, whose default member is not in the presentation.",
    ),
    "EFM.6.26.02": (
        "warning",
        "EFM 6.26.2",
        "{concept} of {label}, {value!r}, is shown nowhere: {text!r} has no period {word} at that date for label role {role}.",
    ),
    "EFM.6.26.03": (
        "warning",
        "EFM 6.26.3",
        "{text!r} looks like a statement of changes in equity but has no period with balances at both its ends; it is laid out as any other statement.",
    ),
    "EFM.6.26.04.embeddingCmdInvalidMember": (
        "error",
        "EFM 6.26.4",
        "The embedding command of {concept} in context {context} is refused: {text}.",
    ),
    "EFM.6.26.04.embeddingCmdMalformedAxis": (
        "error",
        "EFM 6.26.4",
        "The embedding command of {concept} in context {context} is refused: {text}.",
    ),
    "EFM.6.26.04.embeddingCmdMalformedDirectionToken": (
        "error",
        "EFM 6.26.4",
        "The embedding command of {concept} in context {context} is refused: {text}.",
    ),
    "EFM.6.26.04.embeddingCmdMalformedMember": (
        "error",
        "EFM 6.26.4",
        "The embedding command of {concept} in context {context} is refused: {text}.",
    ),
    "EFM.6.26.04.embeddingCmdMalformedStyleToken": (
        "error",
        "EFM 6.26.4",
        "The embedding command of {concept} in context {context} is refused: {text}.",
    ),
    "EFM.6.26.05.embeddingCmdMissingIterator": (
        "error",
        "EFM 6.26.5",
        "{text!r} has no rows or no columns to lay out.",
    ),
    "EFM.6.26.06": ("warning", "EFM 6.26.6", "Axis {axis} of {text!r} has no order and is in no embedding command."),
    "EFM.6.26.07": ("warning", "EFM 6.26.7", "The bar chart of {text!r} has no annual returns to show."),
    "EFM.6.26.08": ("error", "EFM 6.26.8", "The bar chart of {text!r} would have {count} bars; {most} are the most."),
    "EFM.6.26.09": ("warning", "EFM 6.26.9", "{text!r} shows elements: its concepts stay on rows."),
    "EXG.7.3.FactsNotInMovements": (
        "warning",
        "SEC's renderer",
        "Facts {names} of context {context} at {label} belong to no movement of {text!r} and are not shown there.",
    ),
    "EXG.7.3.UncategorizedDimensionedFact": (
        "warning",
        "SEC's renderer",
        "Fact {subject} of context {context}{axes} is on no page; {reason}.",
    ),
    "EXG.7.3.UncategorizedFact": (
        "warning",
        "SEC's renderer",
        "Fact {subject} of context {context}{axes} is on no page; {reason}.",
    ),
    "EXG.rendering.tooManyCells": ("warning", "SEC's renderer", "{title} has too many cells to be shown ({stem})."),
    "EXG.rendering.tooManyDimensions": (
        "warning",
        "SEC's renderer",
        "{text!r} has {count} axes with {combinations} combinations of members.",
    ),
    "info:columnsShownElsewhere": (
        "info",
        "recto",
        "{subject!r}: columns {columns} are not shown, since all they show is shown elsewhere.",
    ),
    "info:columnWithFewFacts": ("info", "recto", "{subject!r}: a column at {label} with few facts is not shown."),
    "info:embeddingSeparator": (
        "info",
        "recto",
        "The embedding keyword 'separator' is not supported; it is passed over.",
    ),
    "info:embeddingStyle": (
        "info",
        "recto",
        "The embedding style {subject!r} is not supported; compact stands for it.",
    ),
    "info:inferredDurations": ("info", "recto", "Durations between the balances of {subject!r} were inferred."),
    "info:unableToAddOnLinkbase": (
        "info",
        "SEC's renderer",
        "Documentation of standard concepts is not at hand: {reason}.",
    ),
}
