"""Contexts: one entity by an identifier that the authority takes, one reference date, members alone (2.6 to 2.15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recto.findings import Finding
from recto.instance.model import Context
from recto.names import XBRLI
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.eurofiling.authority import authority, listed, tell, tell_context
from recto.rules.lei import SCHEME, is_lei, is_lei_form
from recto.rules.subject import Subject
from recto.rules.values import Values

QUALIFIED: Final = "https://eurofiling.info/eu/rs"
"""The scheme of identifiers with a suffix that tells the scope of consolidation."""
_SCHEMES: Final = {
    "EBA": (SCHEME, QUALIFIED, "http://www.eurofiling.info/eu/rs", "http://eurofiling.info/eu/rs"),
    "EIOPA": (SCHEME, QUALIFIED, "LEI", "SC"),
}
_SUFFIXES: Final = ("CON", "IND", "CRDLIQSUBGRP")
_COUNTRY: Final = lazy(r"[A-Z]{2}000\.[A-Z]+")
_LONG: Final = 128
_DAY: Final = lazy(r"\s*\d{4}-\d{2}-\d{2}\s*")
_DATES: Final = tuple(f"{{{XBRLI}}}{local}" for local in ("instant", "startDate", "endDate"))


def identifiers(subject: Subject) -> Iterator[Finding]:
    """All contexts are about one entity, told as the authority has it (2.8, 2.9)."""
    contexts = subject.instance.contexts
    entities: dict[tuple[str, str], Context] = {}
    for context in contexts.values():
        entities.setdefault((context.scheme, context.identifier), context)
    if len(entities) > 1:
        names = listed(identifier for _, identifier in entities)
        yield tell(subject, "2.9.identifiers", subject.instance.url, count=len(entities), names=names)
    for context in entities.values():
        yield from _identifier(subject, context)


def _identifier(subject: Subject, context: Context) -> Iterator[Finding]:
    scheme, identifier = context.scheme, context.identifier
    where = (context.document or subject.instance.url, context.line)
    known = _SCHEMES[authority(subject)]
    if scheme not in known:
        names = ", ".join(repr(each) for each in known[:2])
        yield tell(subject, "2.8.scheme", *where, about=scheme, known=names)
        return
    yield from check_identifier(subject, scheme, identifier, *where)


def check_identifier(
    subject: Subject, scheme: str, identifier: str, document: str, line: int | None
) -> Iterator[Finding]:
    """Whether an identifier is of the form that its scheme asks for."""
    if scheme == "SC":
        return
    if scheme in (SCHEME, "LEI"):
        name = identifier
    else:
        name, dot, suffix = identifier.partition(".")
        if dot and (_COUNTRY.fullmatch(identifier) or suffix == "AUTALL" or not is_lei_form(name)):
            return  # of a member state, an authority, or a token: nothing more is known of these
        if dot and suffix not in _SUFFIXES:
            reason = f"{suffix} is none of {', '.join(_SUFFIXES)}"
            yield tell(subject, "2.8.identifier", document, line, about=identifier, reason=reason)
            return
    if not is_lei_form(name):
        reason = "an LEI has 20 capital letters and digits"
        yield tell(subject, "2.8.identifier", document, line, about=identifier, reason=reason)
    elif not is_lei(name):
        yield tell(subject, "2.8.lei", document, line, about=name)


def periods(subject: Subject) -> Iterator[Finding]:
    """Periods are instants, days without time and zone, and all the same (2.10, 2.11, 2.13)."""
    dates: dict[str, Context] = {}
    for context in subject.instance.contexts.values():
        period = context.period
        if not context.valid:
            continue
        if period.end is None:
            yield tell_context(subject, "2.11.forever", context)
        elif period.start is not None:
            yield tell_context(subject, "2.13.duration", context)
        else:
            dates.setdefault(period.days[1] or "", context)
    anchors = subject.anchors
    for identifier, element in (anchors.contexts if anchors is not None else {}).items():
        for each in element.iter(*_DATES):
            text = each.text or ""
            if "T" in text or not _DAY.fullmatch(text):
                owner = subject.instance.contexts.get(identifier)
                if owner is not None:
                    yield tell_context(subject, "2.10.time", owner, text=text.strip())
    if len(dates) > 1:
        yield tell(subject, "2.13.dates", subject.instance.url, count=len(dates), names=listed(sorted(dates)))


def containers(subject: Subject) -> Iterator[Finding]:
    """No segment; in scenarios members of dimensions alone (2.14, 2.15)."""
    for context in subject.instance.contexts.values():
        if context.segment_other or "segment" in context.containers.values():
            yield tell_context(subject, "2.14.segment", context)
        if context.scenario_other:
            yield tell_context(subject, "2.15.scenario", context)


def spare(subject: Subject) -> Iterator[Finding]:
    """Each context is used, says something of its own, and has a short id (2.6, 2.7)."""
    instance = subject.instance
    if instance.kind not in ("xbrl", "inline"):
        return  # in other formats facts have no contexts but their own
    used = {fact.context_id for fact in instance.facts}
    unused = [context for context in instance.contexts.values() if context.id not in used]
    for context in unused[:1]:
        names = listed(each.id for each in unused)
        yield tell(subject, "2.7.unused", context.document, context.line, count=len(unused), names=names)
    values = Values(subject)
    known: dict[object, Context] = {}
    for context in instance.contexts.values():
        first = known.setdefault(values.context_key(context), context)
        if first is not context:
            yield tell_context(subject, "2.7.duplicate", context, other=first.id)
        if len(context.id) > _LONG:
            yield tell(subject, "2.6.id", context.document, context.line, about=context.id[:20], length=len(context.id))


RULES: list[Rule] = [identifiers, periods, containers, spare]
