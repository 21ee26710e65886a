"""Names with prefixes in values: what they mean depends on the namespaces in scope (XML Schema 2, 3.2.18)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml import etree

from recto.names import QName
from recto.patterns import lazy
from recto.taxonomy.model import DataType

_DTR = "http://www.xbrl.org/dtr/type/"
_SQNAMES = frozenset(("SQNameItemType", "SQNamesItemType", "SQNameType", "SQNamesType"))
_CONTENT = frozenset(("prefixedContentItemType", "prefixedContentType"))
_WORD = lazy(r"[^ \t\r\n]+")
_PREFIXES = lazy(r"([^\W\d][\w.\-]*):(?=\S)")

Scope = Mapping[Any, str]
"""prefix → namespace; the default namespace under None."""


def holds_names(type_: DataType | None, *, names: bool = False) -> bool:
    """Whether values are names with prefixes, or lists or unions of such; with `names`, those of the types registry
    that have prefixes too (SQName, prefixed content) do not count.
    """
    if type_ is None:
        return False
    if type_.xsd_base in ("QName", "NOTATION"):
        return True
    for each in type_.chain():
        if not names and each.qname.namespace.startswith(_DTR) and each.qname.local in _SQNAMES | _CONTENT:
            return True
        if each.item is not None and holds_names(each.item, names=names):
            return True
        if any(holds_names(member, names=names) for member in each.members):
            return True
    return False


def used_prefixes(type_: DataType | None, text: str, scope: Scope) -> Iterator[tuple[str | None, str]]:
    """(prefix, namespace) of each prefix that a value of the type uses; None is the default namespace's."""
    for prefix in dict.fromkeys(_PREFIXES.findall(text)):
        if prefix in scope:
            yield prefix, scope[prefix]
    if scope.get(None) and holds_names(type_, names=True) and any(":" not in word for word in _WORD.findall(text)):
        yield None, scope[None]


def rewritten(text: str, scope: Scope, prefix_of: Callable[[str], str], *, names: bool) -> str:
    """The value with other prefixes, those that `prefix_of` gives to their namespaces.

    With `names` every word is a name, so that one without prefix is in the default namespace.
    """

    def replace(match: re.Match[str]) -> str:
        word = match[0]
        prefix, colon, local = word.partition(":")
        if colon:
            return f"{prefix_of(scope[prefix])}:{local}" if prefix in scope else word
        return f"{prefix_of(scope[None])}:{word}" if names and scope.get(None) else word

    return _WORD.sub(replace, text)


def name_of(text: str, scope: Scope) -> QName | None:
    """The name that a text means; None where its prefix is not bound."""
    prefix, colon, local = text.strip().partition(":")
    if not colon:
        return QName(scope.get(None, ""), prefix)
    return QName(scope[prefix], local) if prefix in scope else None


def with_prefixes(element: Any, type_: DataType | None) -> str:
    """Canonical XML of an element whose text is a value of the type, with the prefixes that the text uses declared.

    So are those of the texts and attributes within it, whose types are not looked at.
    """
    used = {prefix for prefix, _ in used_prefixes(type_, element.text or "", element.nsmap)}
    for each in element.iter("*"):
        for text in (*each.values(), *((each.text,) if each is not element and each.text else ())):
            used.update(prefix for prefix in _PREFIXES.findall(text) if prefix in each.nsmap)
    prefixes = [prefix or "#default" for prefix in used]
    data: bytes = etree.tostring(
        element, method="c14n", exclusive=True, with_comments=False, with_tail=False, inclusive_ns_prefixes=prefixes
    )
    return data.decode()
