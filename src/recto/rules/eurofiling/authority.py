"""Whose rules a report is filed by, and findings by them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Literal

from msgspec.structs import replace

from recto.findings import Finding
from recto.findings.catalogue import found
from recto.instance.model import Context, Fact, Unit
from recto.patterns import lazy
from recto.rules.subject import Subject, fact_label

SHOWN: Final = 10
"""Names that one finding lists."""
_METRIC: Final = lazy(r"([bdeimprs])[di]\d+")
Metric = Literal["monetary", "percent", "integer", "decimal", "text", ""]
_LETTERS: Final[dict[str, Metric]] = {"m": "monetary", "p": "percent", "i": "integer", "r": "decimal", "s": "text"}
_TYPES: Final[dict[str, Metric]] = {
    "monetaryItemType": "monetary",
    "percentItemType": "percent",
    "pureItemType": "percent",
    "integerItemType": "integer",
    "stringItemType": "text",
    "decimalItemType": "decimal",
}


def authority(subject: Subject) -> str:
    """`EBA` or `EIOPA`."""
    return "EIOPA" if subject.regime.name == "eiopa" else "EBA"


def tell(
    subject: Subject,
    name: str,
    document: str | None,
    line: int | None = None,
    /,
    *,
    about: str | None = None,
    element: str | None = None,
    facts: Iterable[Fact] = (),
    **arguments: Any,
) -> Finding:
    """The finding of the subject's authority, for a name such as `1.4.encoding`."""
    return found(
        f"{authority(subject)}.{name}",
        about,
        document=document,
        line=line,
        element=element,
        facts=tuple(fact.id for fact in facts),
        **arguments,
    )


def tell_fact(subject: Subject, name: str, fact: Fact, /, others: Iterable[Fact] = (), **arguments: Any) -> Finding:
    """A finding about a fact, named before the catalogue's sentence."""
    label = fact_label(fact)
    told = tell(subject, name, fact.document, fact.line, about=label, element=label, facts=(fact, *others), **arguments)
    return replace(told, message=f"Fact {fact.id} ({label}): {told.message}.")


def tell_context(subject: Subject, name: str, context: Context | Unit, /, **arguments: Any) -> Finding:
    return tell(subject, name, context.document, context.line, about=context.id, **arguments)


def listed(names: Iterable[str]) -> str:
    """Some names, and that there are more."""
    every = list(names)
    return ", ".join(every[:SHOWN]) + (f" and {len(every) - SHOWN} more" if len(every) > SHOWN else "")


def metric(fact: Fact) -> Metric:
    """What a fact's concept measures: by its type, and without the taxonomy by the letter that metrics' names begin
    with (`mi53`: a monetary instant), as the authorities' data point models name them. "" where neither tells.
    """
    concept = fact.concept
    if concept is not None and concept.type is not None:
        for each in concept.type.chain():
            known = _TYPES.get(each.qname.local)
            if known is not None:
                return known
        return ""
    match = _METRIC.fullmatch(fact.qname.local)
    return "" if match is None else _LETTERS.get(match[1], "")
