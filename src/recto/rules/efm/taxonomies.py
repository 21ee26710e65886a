"""Which standard taxonomies a report uses, and which go together (EDGAR Filer Manual, 6.22)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from recto.findings import Finding
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.efm import data
from recto.rules.efm.submission import submission
from recto.rules.efm.telling import tell, tell_fact
from recto.rules.subject import Subject

_SEC: Final = lazy(r"https?://xbrl\.sec\.gov/([a-z]+)(?:-[\w-]+)?/(\d{4})(q\d)?")
_FASB: Final = lazy(r"https?://(?:xbrl\.)?(?:fasb\.org|us)/(us-gaap|srt)/(\d{4})(?:-\d\d-\d\d)?(q\d)?(?:/|\Z)")
_IFRS: Final = lazy(r"https?://xbrl\.ifrs\.org/taxonomy/(\d{4})-\d\d-\d\d/(ifrs)")


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
    """The standard taxonomies are of versions that go together (6.22.3)."""
    used = versions(subject.dts.namespaces())
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


@lru_cache(1)
def _deprecated() -> dict[str, dict[str, str]]:
    table = data.table("deprecated", dict)
    return {
        taxonomy: {name: version for version, names in each.items() for name in names.split()}
        for taxonomy, each in table.items()
    }


def deprecated(subject: Subject) -> Iterator[Finding]:
    """Concepts that their taxonomy has deprecated should not be used any more (6.22, 6.8)."""
    of_namespace: dict[str, tuple[str, str] | None] = {}
    told: set[str] = set()
    for fact in submission(subject).own_facts():
        namespace = fact.qname.namespace
        if namespace not in of_namespace:
            found = versions([namespace])
            taxonomy, _, version = found[0].partition("/") if found else ("", "", "")
            taxonomy = "ifrs-full" if taxonomy == "ifrs" else taxonomy
            of_namespace[namespace] = (taxonomy, version) if taxonomy else None
        place = of_namespace[namespace]
        if place is None or fact.qname.clark in told:
            continue
        since = _deprecated().get(place[0], {}).get(fact.qname.local)
        if since is not None and since[:4] <= place[1][:4]:
            told.add(fact.qname.clark)
            yield tell_fact("6.08.05.deprecatedConcept", fact, severity="warning", since=since)


RULES: list[Rule] = [compatible, deprecated]
