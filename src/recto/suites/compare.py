"""Result instances, compared with expected ones fact by fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from recto.errors import NotFoundError, RectoError
from recto.instance.model import Fact, Instance
from recto.names import ROLE_FOOTNOTE, XHTML
from recto.sources.classify import Entry, classify

_XHTML_TAG = f"{{{XHTML}}}"


Key = Callable[[Fact], tuple[Any, ...]]


def differences(
    expected: Sequence[tuple[str, str | None]], instances: Sequence[Instance], resolver: Any, key_of: Key | None = None
) -> str | None:
    """What distinguishes the instances from the expected ones; None where nothing does.

    `expected` are URLs, each with the target of an inline document set that must come out as that instance. Facts are
    compared by name, value, context and unit, whatever their order; a file that is no instance is not. `key_of`: what
    is equal for equal facts, instead of `fact_key`. Raises `UnreadableError` where an expected instance is missing.
    """
    from recto import instance

    key_of = key_of or fact_key
    wanted: Counter[tuple[Any, ...]] = Counter()
    languages: Counter[tuple[Any, ...]] = Counter()
    named = {target for _, target in expected}
    # Targets that the suite says nothing of are not compared.
    chosen = [each for each in instances if each.target in named]
    by_target = bool(chosen)
    expectations: list[tuple[str | None, Instance]] = []
    for url, target in expected:
        try:
            loaded = instance.load(_entry(url, resolver), resolver)
        except NotFoundError as error:
            raise UnreadableError(f"the expected instance {url} is not at hand") from error
        except RectoError as error:
            if url.lower().endswith(".xml"):
                return None
            raise UnreadableError(f"the expected instance {url} cannot be read: {error.message}") from error
        place = target if by_target else None
        expectations += [(place, each) for each in loaded]
        for each in loaded:
            for fact in each.facts:
                key = (place, *key_of(fact))
                wanted[key] += 1
                if fact.language:
                    languages[(*key, fact.language.lower())] += 1
    found: Counter[tuple[Any, ...]] = Counter()
    for each in chosen or instances:
        place = each.target if by_target else None
        for fact in each.facts:
            key = (place, *key_of(fact))
            found[key] += 1
            languages[(*key, (fact.language or "").lower())] -= 1
    missing, extra = wanted - found, found - wanted
    if missing:
        return f"{sum(missing.values())} expected facts are missing, such as {next(iter(missing))[1]}"
    if extra:
        return f"{sum(extra.values())} facts are not expected, such as {next(iter(extra))[1]}"
    spoken = next((key for key, count in languages.items() if count > 0), None)
    if spoken is not None:
        return f"a fact of {spoken[1]} is not in the language {spoken[-1]!r}"
    if not instances or (chosen or instances)[0].kind == "xbrl":
        return None  # what such an instance is linked to is only read, and read alike
    one = _links(expectations, key_of)
    other = _links([(each.target if by_target else None, each) for each in chosen or instances], key_of)
    if unlike := (one - other) or (other - one):
        link = next(iter(unlike))
        kind = "expected" if link in one - other else "not expected"
        return f"{sum(unlike.values())} links of facts are {kind}, such as one of {link[2]}: {link[-1]!r}"
    return None


def _links(instances: Iterable[tuple[str | None, Instance]], key_of: Key) -> Counter[tuple[Any, ...]]:
    """What facts of each target are linked to: footnotes by text, role and language, other facts by what they say."""
    found: Counter[tuple[Any, ...]] = Counter()
    for place, each in instances:
        for source, links in each.links.items():
            for link in links:
                target = link.target
                if isinstance(target, Fact):
                    end: tuple[Any, ...] = key_of(target)
                else:
                    end = (target.role or ROLE_FOOTNOTE, (target.language or "").lower(), text_key(target.text))
                found[(place, link.link_role, link.arcrole, key_of(source), end)] += 1
    return found


class UnreadableError(Exception):
    """An instance that is expected, and that there is nothing to compare with."""


def _entry(url: str, resolver: Any) -> Entry:
    """What an expected instance is: XML unless its name says otherwise."""
    if url.lower().endswith((".json", ".htm", ".html", ".xhtml")):
        found = classify("", url, lambda: resolver.read(url))
        if found is not None:
            return Entry(found.kind, (url,))
    return Entry("xbrl", (url,))


def fact_key(fact: Fact) -> tuple[Any, ...]:
    """What makes two facts equal across documents, but for their languages."""
    return keyed(fact, _context_key(fact))


def _context_key(fact: Fact) -> tuple[Any, ...]:
    context = fact.context
    aspects: tuple[Any, ...] = ()
    if context is not None:
        dimensions = frozenset(
            (axis, member if not hasattr(member, "xml") else member.xml) for axis, member in context.dimensions.items()
        )
        others = (context.segment_other, context.scenario_other)
        aspects = (context.scheme, context.identifier, context.period, dimensions, others)
    return aspects


def keyed(fact: Fact, aspects: Any, number: tuple[Any, ...] | None = None) -> tuple[Any, ...]:
    """The same with the key of its context given, and of its number where that is not compared digit by digit."""
    unit = fact.unit
    measures = (tuple(sorted(unit.numerators)), tuple(sorted(unit.denominators))) if unit is not None else ()
    value = number or number_key(fact) or text_key(fact.value)
    parent = fact_name(fact.parent) if fact.parent is not None else None
    return (fact_name(fact), fact.nil, value, aspects, measures, fact.decimals, fact.precision, parent)


def number_key(fact: Fact) -> tuple[Decimal, ...]:
    """A number, or the two of a fraction, whatever the digits that write them; empty for what is neither."""
    if fact.numerator is not None and fact.denominator is not None:
        try:
            return Decimal(fact.numerator.strip()), Decimal(fact.denominator.strip())
        except InvalidOperation:
            return ()
    return (fact.number,) if fact.is_numeric and fact.number is not None else ()


def fact_name(fact: Fact) -> str:
    return fact.qname.clark


def text_key(text: str) -> str:
    """A text without what writing it anew may change: white space, and in markup the order of attributes, the form of
    empty elements and where the namespace of XHTML is declared.
    """
    if "<" in text:
        parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
        try:
            root = etree.fromstring(f'<div xmlns="{XHTML}">{text}</div>'.encode(), parser)
        except (etree.XMLSyntaxError, ValueError):
            pass
        else:
            for element in root.iter("*"):
                if element.tag.startswith(_XHTML_TAG):
                    element.tag = element.tag[len(_XHTML_TAG) :]
            etree.cleanup_namespaces(root)
            text = etree.tostring(root, method="c14n").decode()
    return " ".join(text.split())
