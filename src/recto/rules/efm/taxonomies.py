"""Which standard taxonomies a report uses, and which go together (EDGAR Filer Manual, 6.22)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from recto.findings import Finding
from recto.instance.model import Fact
from recto.names import QName
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.efm import data
from recto.rules.efm.submission import FUND_FORMS, is_standard, submission
from recto.rules.efm.telling import tell, tell_fact
from recto.rules.subject import Subject

_SEC: Final = lazy(r"https?://xbrl\.sec\.gov/([a-z]+)(?:-[\w-]+)?/(\d{4})(q\d)?")
_FASB: Final = lazy(r"https?://(?:xbrl\.)?(?:fasb\.org|us)/(us-gaap|srt)/(\d{4})(?:-\d\d-\d\d)?(q\d)?(?:/|\Z)")
_SPAC: Final = lazy(r"https?://xbrl\.sec\.gov/spac/")
_ENUMERATIONS: Final = ("enumerationItemType", "enumerationSetItemType")
_IFRS: Final = lazy(r"https?://xbrl\.ifrs\.org/taxonomy/(\d{4})-\d\d-\d\d/(ifrs)")
_REPOSITORIES: Final = ("K SDR", "L SDR")
_WITHOUT_IFRS: Final = frozenset(form for form in FUND_FORMS if not form.startswith("N-2")).union(
    ("N-Q", "N-Q/A"), _REPOSITORIES
)


@lru_cache(1)
def _compatible() -> dict[str, frozenset[str]]:
    table = data.table("compatible", dict)
    return {key: frozenset(value) for key, value in table.items()}


def versions(namespaces: Iterable[str]) -> list[str]:
    """The standard taxonomies that namespaces are of, as `us-gaap/2024`, in order; parts of one count as that."""
    found: dict[str, None] = {}
    for namespace in namespaces:
        if (match := _SEC.match(namespace)) or (match := _FASB.match(namespace)):
            found[f"{match.group(1)}/{match.group(2)}{match.group(3) or ''}"] = None
        elif match := _IFRS.match(namespace):
            found[f"ifrs/{match.group(1)}"] = None
    return list(found)


def compatible(subject: Subject) -> Iterator[Finding]:
    """The standard taxonomies are of versions that go together, those that are not at hand too (6.22.3)."""
    used = versions((*subject.dts.namespaces(), *subject.dts.discovery.missing))
    table = _compatible()
    known = [each for each in used if each in table or any(each in others for others in table.values())]
    leading = [each for each in table if each in known]
    if len(known) < 2:
        return
    for key in leading:
        if all(each == key or each in table[key] for each in known):
            return
    if not leading:
        return  # of versions that EDGAR does not take any more nothing is known
    yield tell("6.22.03.incompatibleTaxonomies", subject.instance.url, about=", ".join(known))


def forms(subject: Subject) -> Iterator[Finding]:
    """Some taxonomies, and inline documents, are not for every form (6.22.3)."""
    filed = submission(subject)
    form, url = filed.document_type, subject.instance.url
    if not form:
        return
    used = {each.partition("/")[0] for each in versions(subject.dts.namespaces())}
    if "rr" in used and form not in FUND_FORMS:
        yield tell("6.22.03.taxonomyOfForm", url, about=form, taxonomy="rr")
    if "ifrs" in used and form in _WITHOUT_IFRS:
        yield tell("6.22.03.taxonomyOfForm", url, about=form, taxonomy="ifrs")
    if filed.inline and form in _REPOSITORIES:
        yield tell("6.22.03.inlineOfForm", url, about=form)


def inline_alone(subject: Subject) -> Iterator[Finding]:
    """The taxonomy of special purpose acquisition companies is for inline documents (EDGAR's XBRL guide, 10.8)."""
    url = subject.instance.url
    if subject.instance.kind == "xbrl" and not url.endswith("_htm.xml"):
        for namespace in subject.dts.namespaces():
            if _SPAC.match(namespace):
                yield tell("EXG:10.8.xmlNotAllowed", url, about=namespace)


def locations(subject: Subject) -> Iterator[Finding]:
    """What a filing refers to is part of it, or of a publisher whose taxonomies EDGAR supports (6.22)."""
    own = subject.own_urls
    for url in (*subject.dts.documents, *subject.dts.discovery.missing):
        if url.startswith(("http://", "https://")) and url not in own and not is_standard(url):
            yield tell("6.22.00.location", subject.instance.url, about=url)


@lru_cache(1)
def _deprecated() -> dict[str, dict[str, str]]:
    table = data.table("deprecated", dict)
    return {
        taxonomy: {name: version for version, names in each.items() for name in names.split()}
        for taxonomy, each in table.items()
    }


def deprecated(subject: Subject) -> Iterator[Finding]:
    """Concepts that their taxonomy has deprecated are not used: by facts, as axes, members and values (6.5.42).

    What was deprecated after the version at hand is told too: EDGAR has one list for all versions.
    """
    since: dict[QName, str | None] = {}
    contexts: dict[str, tuple[QName, ...]] = {}
    found: dict[QName, list[Fact]] = {}
    for fact in submission(subject).own_facts():
        names = [fact.qname]
        context = fact.context
        if context is not None and context.dimensions:
            if context.id not in contexts:
                ends = (name for pair in context.dimensions.items() for name in pair if isinstance(name, QName))
                contexts[context.id] = tuple(ends)
            names += contexts[context.id]
        type_ = fact.concept.type if fact.concept is not None else None
        if type_ is not None and not fact.nil and type_.qname.local in _ENUMERATIONS:
            for value in fact.value.split():
                namespace, _, local = value.rpartition("#")
                names.append(QName(namespace, local))
        for name in names:
            if name not in since:
                since[name] = _since(name)
            if since[name] is not None:
                found.setdefault(name, []).append(fact)
    for name, facts in found.items():
        concept = name.local if name is not facts[0].qname else ""
        yield tell_fact(
            "6.05.42.deprecatedConcept",
            facts[0],
            others=facts[1:],
            concept=concept or "its concept",
            since=since[name],
            count=len(facts),
        )


def _since(name: QName) -> str | None:
    """Since which version of its taxonomy a concept is deprecated; None where it is not."""
    found = versions([name.namespace])
    taxonomy = found[0].partition("/")[0] if found else ""
    return _deprecated().get("ifrs-full" if taxonomy == "ifrs" else taxonomy, {}).get(name.local)


RULES: list[Rule] = [compatible, forms, inline_alone, locations, deprecated]
