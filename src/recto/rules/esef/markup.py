"""Inline XBRL and XHTML of the report (Reporting Manual, 2.3 to 2.5; RTS, Annex III)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from recto.findings import Finding
from recto.instance.anchors import element_of
from recto.instance.model import Fact, Footnote
from recto.names import ARC_FACT_FOOTNOTE, ROLE_FOOTNOTE, ROLE_LINK, XHTML, XML, QName
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.esef import html
from recto.rules.esef.report import primary, report, tell, tell_element, tell_fact, types_of
from recto.rules.inline.support import NAMESPACE, files_of
from recto.rules.subject import Subject

_XHTML: Final = f"{{{XHTML}}}"
_HIDDEN: Final = lazy(r"(?:^|[;\s])-esef-ix-hidden\s*:\s*([^\s;]+)")
_FIXED: Final = frozenset(
    ("anyURI", "base64Binary", "duration", "hexBinary", "NOTATION", "QName", "time", "token", "language")
)
_ENUMERATIONS: Final = frozenset(("enumerationItemType", "enumerationSetItemType"))


def elements(subject: Subject) -> Iterator[Finding]:
    """No tuples, fractions, targets; no xml:base (2.4.1, 2.4.2, 2.5.3)."""
    for file in files_of(subject):
        document = file.doc
        for element in document.root.iter("*"):
            tag = element.tag
            if tag.startswith(NAMESPACE):
                local = tag[len(NAMESPACE) :]
                if local == "tuple":
                    yield tell_element("2.4.1.tupleElementUsed", element, document)
                elif local == "fraction":
                    yield tell_element("2.4.1.fractionElementUsed", element, document)
                if element.get("target") is not None:
                    target = element.get("target")
                    yield tell_element("2.5.3.targetAttributeUsedForESEFContents", element, document, target=target)
            if element.get(f"{{{XML}}}base") is not None or tag == f"{_XHTML}base":
                yield tell_element("2.4.2.htmlOrXmlBaseUsed", element, document)


def pages(subject: Subject) -> Iterator[Finding]:
    """No active content; images of the formats allowed; style sheets where they belong (2.5.1, 2.5.4)."""
    files = files_of(subject)
    filing = subject.filing
    for file in files:
        yield from html.active(file.doc)
        yield from html.images(file.doc, filing)
        yield from html.document_type(file.doc, subject.resolver.read(file.doc.url))
    if not report(subject).complete:
        return
    if len(files) > 1:
        for file in files:
            for style in file.doc.root.iter(f"{_XHTML}style"):
                yield tell_element("2.5.4.embeddedCssForMultiHtmlIXbrlDocumentSets", style, file.doc)
    elif files:
        yield from html.external_styles(files[0].doc, "2.5.4.externalCssFileForSingleIXbrlDocument")


def hidden(subject: Subject) -> Iterator[Finding]:
    """A fact is hidden only where no format can make its value, and the report shows where it belongs (2.4.1)."""
    references: dict[str, tuple[Any, Any]] = {}
    for file in files_of(subject):
        for element in file.doc.root.iter(f"{_XHTML}*"):
            style = element.get("style")
            if style and "-esef-ix-hidden" in style and (match := _HIDDEN.search(style)) is not None:
                references.setdefault(match.group(1), (element, file.doc))
    known: set[str] = set()
    for fact in report(subject).facts:
        if not fact.hidden:
            continue
        type_ = fact.concept.type if fact.concept is not None else None
        chain = [each.qname.local for each in type_.chain()] if type_ is not None else []
        fixed = type_ is None or type_.xsd_base in _FIXED or not _ENUMERATIONS.isdisjoint(chain)
        if fact.has_id:
            known.add(fact.id)
        if not fixed and not fact.nil:
            yield tell_fact("2.4.1.transformableElementIncludedInHiddenSection", fact)
        elif not fact.has_id or fact.id not in references:
            yield tell_fact("2.4.1.factInHiddenSectionNotInReport", fact)
    for identifier, (element, document) in references.items():
        if identifier not in known:
            code = "2.4.1.esefIxHiddenStyleNotLinkingFactInHiddenSection"
            yield tell_element(code, element, document, about=identifier)


def languages(subject: Subject) -> Iterator[Finding]:
    """Texts have a language, and are told in that of the report (2.5.2)."""
    filed = report(subject)
    told: set[object] = set()
    spoken: dict[tuple[QName, str | None], set[str]] = {}
    first: dict[tuple[QName, str | None], Fact] = {}
    for fact in filed.facts:
        type_ = fact.concept.type if fact.concept is not None else None
        if fact.is_numeric or fact.nil or type_ is None or type_.xsd_base not in ("string", "normalizedString"):
            continue
        if not fact.language:
            if fact.qname not in told:
                told.add(fact.qname)
                yield tell_fact("2.5.2.undefinedLanguageForTextFact", fact)
            continue
        key = (fact.qname, fact.context_id)
        spoken.setdefault(key, set()).add(primary(fact.language))
        first.setdefault(key, fact)
    if not filed.language:
        return
    for key, found in spoken.items():
        if filed.language not in found:
            code = "2.5.2.taggedTextFactOnlyInLanguagesOtherThanLanguageOfAReport"
            yield tell_fact(code, first[key], language=filed.language)


def footnotes(subject: Subject) -> Iterator[Finding]:
    """Footnotes have roles of XBRL 2.1, belong to facts, and are in a language of the report (2.3.1)."""
    filed = report(subject)
    texts = {primary(fact.language) for fact in filed.facts if fact.language and not fact.is_numeric and not fact.nil}
    notes: dict[str, Footnote] = {}
    odd: dict[str, Footnote] = {}
    foreign: dict[str, Footnote] = {}
    linked: set[str | None] = set()
    for links in subject.instance.links.values():
        told = [(link, link.target) for link in links if isinstance(link.target, Footnote)]
        for link, note in told:
            linked.add(note.id)
            notes.setdefault(note.id or note.text, note)
            if (
                link.arcrole != ARC_FACT_FOOTNOTE
                or link.link_role != ROLE_LINK
                or note.role not in (None, ROLE_FOOTNOTE)
            ):
                odd.setdefault(note.id or note.text, note)
        spoken = [primary(note.language or "") for _, note in told]
        if told and filed.language and filed.language not in spoken:
            for _, note in told:
                foreign.setdefault(note.id or note.text, note)
    for note in odd.values():
        yield tell("2.3.1.nonStandardRoleForFootnote", note.document, note.line, about=note.id)
    for note in notes.values():
        language = primary(note.language or "")
        if not language:
            yield tell("2.3.1.undefinedLanguageForFootnote", note.document, note.line, about=note.id)
        elif texts and language not in texts:
            code = "2.3.1.footnoteInLanguagesOtherThanLanguageOfContentOfAnyTextualFact"
            yield tell(code, note.document, note.line, about=note.id, language=language)
    for note in foreign.values():
        if note.language:
            code = "2.3.1.footnoteOnlyInLanguagesOtherThanLanguageOfAReport"
            yield tell(code, note.document, note.line, about=note.id, language=filed.language)
    for file in files_of(subject):
        for element in file.doc.root.iter(f"{NAMESPACE}footnote"):
            if element.get("id") not in linked and "".join(element.itertext()).strip():
                yield tell_element("2.3.1.unusedFootnote", element, file.doc, about=element.get("id"))


def text_blocks(subject: Subject) -> Iterator[Finding]:
    """A text block with characters of markup keeps its markup (2.2.6)."""
    for fact in report(subject).facts:
        if fact.concept is None or ("<" not in fact.value and "&" not in fact.value):
            continue
        element = element_of(subject.instance, fact)
        if (
            element is None
            or not element.tag.startswith(NAMESPACE)
            or "textBlockItemType" not in types_of(fact.concept)
        ):
            continue
        if (element.get("escape") or "").strip() not in ("true", "1"):
            yield tell_fact("2.2.6.escapedHTMLUsedInBlockTagWithSpecialCharacters", fact)


RULES: list[Rule] = [elements, pages, hidden, languages, footnotes, text_blocks]
