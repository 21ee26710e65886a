"""Facts (EDGAR Filer Manual, 6.5.12, 6.5.14, 6.5.25, 6.5.36, 6.5.37, 6.5.43)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from recto.findings import Finding
from recto.instance.model import Context, Fact
from recto.names import QName
from recto.rules import Rule
from recto.rules.duplicates import is_consistent
from recto.rules.efm import data
from recto.rules.efm.submission import submission
from recto.rules.efm.telling import tell_fact
from recto.rules.efm.usage import is_domain_item
from recto.rules.subject import Subject
from recto.rules.values import Values, value_key

_ENGLISH: Final = "en-us"
_TEXTS: Final = ("string", "normalizedString")


def duplicates(subject: Subject) -> Iterator[Finding]:
    """Facts that are about the same say the same, as far as they are accurate (6.5.12)."""
    values = Values(subject)
    for group in _about_the_same(subject, values):
        if not _agree(group, values):
            yield tell_fact("6.05.12.duplicateFacts", group[0], others=group[1:], count=len(group))


def _about_the_same(subject: Subject, values: Values) -> Iterator[list[Fact]]:
    """Facts of one concept, context and unit; of one language where the language of a text makes a difference."""
    groups: dict[Hashable, list[Fact]] = {}
    contexts: dict[str, Hashable] = {}
    for fact in submission(subject).own_facts():
        context = fact.context
        if context is None or not fact.valid:
            continue
        key = contexts.get(context.id)
        if key is None:
            key = contexts[context.id] = values.context_key(context)
        type_ = fact.concept.type if fact.concept is not None else None
        texts = type_ is None or type_.xsd_base in _TEXTS
        language = (fact.language or _ENGLISH).lower() if texts else None
        groups.setdefault((fact.qname, key, values.unit_key(fact.unit), language), []).append(fact)
    yield from (group for group in groups.values() if len(group) > 1)


def _agree(group: list[Fact], values: Values) -> bool:
    if not group[0].is_numeric:
        kinds = {
            None if fact.nil else value_key(fact.concept.type if fact.concept else None, fact.value) for fact in group
        }
        return len(kinds) == 1
    if any(fact.value.strip() == "NaN" for fact in group):
        return False  # no number is equal to what is none
    return is_consistent(group, values)


def english(subject: Subject) -> Iterator[Finding]:
    """What is told in another language is told in American English too (6.5.14)."""
    foreign: list[Fact] = []
    known: set[tuple[QName, str | None]] = set()
    for fact in submission(subject).own_facts():
        if fact.is_numeric:
            continue
        language = (fact.language or _ENGLISH).lower()
        if language == _ENGLISH:
            known.add((fact.qname, fact.context_id))
        elif not fact.nil and fact.value.strip() and fact.language:
            foreign.append(fact)
    if not foreign:
        return
    values = Values(subject)
    aspects = {
        (name, values.context_key(subject.instance.contexts[context]))
        for name, context in known
        if context is not None and context in subject.instance.contexts
    }
    for fact in foreign:
        if fact.context is not None and (fact.qname, values.context_key(fact.context)) not in aspects:
            yield tell_fact("6.05.14.englishMissing", fact, language=fact.language)


def domains(subject: Subject) -> Iterator[Finding]:
    """Members of domains are no facts (6.5.25)."""
    known: dict[QName, bool] = {}
    for fact in submission(subject).own_facts():
        if fact.qname not in known:
            known[fact.qname] = fact.concept is not None and is_domain_item(fact.concept)
        if known[fact.qname]:
            yield tell_fact("6.05.25.domainAsFact", fact)


def precision(subject: Subject) -> Iterator[Finding]:
    """Accuracy is told by decimals, not precision (6.5.17, 6.5.36)."""
    for fact in submission(subject).own_facts():
        if fact.precision is not None:
            yield tell_fact("6.05.17.precision", fact)


def truncated(subject: Subject) -> Iterator[Finding]:
    """A number has no digits but zeros beyond its decimals (6.5.37)."""
    for fact in submission(subject).own_facts():
        decimals = fact.decimals
        if not isinstance(decimals, int) or fact.nil:
            continue
        number = fact.number
        if number is None or not number.is_finite() or not number:
            continue
        if last_digit(number) < -decimals:
            yield tell_fact("6.05.37.truncatedDigits", fact, value=fact.value.strip(), decimals=decimals)


def last_digit(number: Decimal) -> int:
    """The power of ten of the last digit that is not zero."""
    _, digits, exponent = number.as_tuple()
    zeros = 0
    for digit in reversed(digits):
        if digit:
            break
        zeros += 1
    return int(exponent) + zeros


@lru_cache(1)
def _signs() -> dict[str, Any]:
    table: dict[str, Any] = data.table("signs", dict)
    return table


def signs(subject: Subject) -> Iterator[Finding]:
    """What by its meaning is not negative is reported so, but for parts that stand for adjustments (6.5.43)."""
    table = _signs()
    concepts = {(key.partition("/")[0], name) for key, names in table["concepts"].items() for name in names}
    local = {name for _, name in concepts}
    for fact in submission(subject).own_facts():
        if fact.qname.local not in local or fact.nil or not fact.is_numeric:
            continue
        prefix = _prefix(fact.qname.namespace)
        number = fact.number
        if (prefix, fact.qname.local) not in concepts or number is None or not number < 0:
            continue
        if fact.context is not None and not _adjusts(fact.context, table["members"]):
            yield tell_fact("6.05.43.signs", fact, value=fact.value.strip())


def _prefix(namespace: str) -> str:
    """The prefix that the SEC's tables have for a taxonomy: the word before its version."""
    words = namespace.rstrip("/").split("/")
    return words[-1] if words[-1].startswith("ifrs") else words[-2] if len(words) > 1 else ""


def _adjusts(context: Context, members: Mapping[str, Mapping[str, list[str]]]) -> bool:
    for axis, member in context.dimensions.items():
        name = member.local if isinstance(member, QName) else ""
        prefix = _prefix(axis.namespace)
        for key, axes in members.items():
            allowed = axes.get(axis.local, ()) if key.partition("/")[0] == prefix else ()
            if "*" in allowed or name in allowed:
                return True
    return False


RULES: list[Rule] = [duplicates, english, domains, precision, truncated, signs]
