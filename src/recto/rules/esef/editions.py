"""What later editions of the Reporting Manual ask, of reports that use the taxonomy of their year or a later one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from recto.arithmetic import rounded
from recto.findings import Finding
from recto.instance.anchors import element_of
from recto.names import ARC_SUMMATION_ITEM, XHTML
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.esef.report import ANCHOR, report, tell, tell_concept, tell_element, tell_fact, types_of
from recto.rules.inline.support import NAMESPACE, files_of
from recto.rules.subject import Subject

_TAXONOMY: Final = lazy(r"https?://www\.esma\.europa\.eu/taxonomy/(\d{4})-\d\d-\d\d/")
_NOT_DISPLAYED: Final = lazy(r"(?:^|[;\s])display\s*:\s*none")
_FACTS: Final = (f"{NAMESPACE}nonFraction", f"{NAMESPACE}nonNumeric")
_STYLED: Final = f"{{{XHTML}}}*"


def edition(subject: Subject) -> int:
    """The year of the newest version of ESMA's taxonomy that a report uses; 0 for none."""
    matches = map(_TAXONOMY.match, subject.dts.namespaces())
    return max((int(match.group(1)) for match in matches if match is not None), default=0)


def since_2022(subject: Subject) -> Iterator[Finding]:
    """No style hides a fact outside of what is hidden by its element (2.5.4)."""
    if edition(subject) < 2022:
        return
    for file in files_of(subject):
        for styled in file.doc.root.iter(_STYLED):
            style = styled.get("style")
            if style and "none" in style and _NOT_DISPLAYED.search(style):
                for each in styled.iter(*_FACTS):
                    if next(each.iterancestors(f"{NAMESPACE}hidden"), None) is None:
                        yield tell_element(
                            "2.5.4.displayNoneUsedToHideTaggedFacts", each, file.doc, name=each.get("name")
                        )


def since_2024(subject: Subject) -> Iterator[Finding]:
    """Instants are the ends of years, facts have ids, numbers show what they are, escape is for text blocks; sums are
    those of Calculations 1.1 (2.1.2, 2.2.5, 2.2.7, 2.2.8, 3.4.1); anchors join like types (1.4.1).
    """
    if edition(subject) < 2024:
        return
    for context in subject.instance.contexts.values():
        day = context.period.last_day if context.period.kind == "instant" else None
        if day is not None and (day.month, day.day) == (1, 1):
            code = "2.1.2.inappropriateInstantDate"
            yield tell(code, context.document, context.line, about=context.id, day=day.date().isoformat())
    yield from _facts(subject)
    own = subject.own_urls
    for role in subject.dts.own_link_roles(ARC_SUMMATION_ITEM):
        for each in subject.dts.network(ARC_SUMMATION_ITEM, role).relationships:
            if each.document in own:
                yield tell("3.4.1.IncorrectSummationItemArcroleUsed", each.document, each.line, about=role)
                break
    for role in subject.dts.own_link_roles(ANCHOR):
        for each in subject.dts.network(ANCHOR, role).relationships:
            types = [concept.type.qname if concept.type is not None else None for concept in (each.source, each.target)]
            if each.document in own and types[0] != types[1]:
                code = "1.4.1.differentExtensionDataType"
                yield tell(code, each.document, each.line, about=each.source.name, other=each.target.name)


def _facts(subject: Subject) -> Iterator[Finding]:
    unnamed: list[Any] = []
    for fact in report(subject).facts:
        if not fact.has_id:
            unnamed.append(fact)
        number = fact.number if not fact.nil else None
        if number is not None and number and isinstance(fact.decimals, int) and not rounded(number, fact.decimals):
            yield tell_fact(
                "2.2.5.roundedValueBelowScaleNotNull", fact, value=fact.value.strip(), decimals=fact.decimals
            )
        if fact.concept is None or fact.is_numeric or fact.nil:
            continue
        element = element_of(subject.instance, fact)
        if element is not None and element.tag.startswith(NAMESPACE):
            escaped = (element.get("escape") or "").strip() in ("true", "1")
            block = "textBlockItemType" in types_of(fact.concept)
            if escaped != block:
                yield tell_fact("2.2.7.improperApplicationOfEscapeAttribute", fact, escaped=str(escaped).lower())
            if block and not fact.value.strip():
                yield tell_concept("1.3.3.emptyTextBlock", fact.concept)
    if unnamed:
        yield tell_fact("2.2.8.missingFactID", *unnamed, count=len(unnamed))


RULES: list[Rule] = [since_2022, since_2024]
