"""Prefixed names in content and attribute values, resolved against the namespaces in scope."""

from __future__ import annotations

from typing import Any

from recto.names import XML, QName
from recto.patterns import lazy

_DECLARATION = lazy(rb"xmlns(?::([^\s=]+))?\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
"""Begins with what can be searched for quickly; what only looks like a declaration does no harm."""


class Prefixes:
    """Resolves prefixed names of one document.

    lxml builds an element's namespace map anew at each request, which is slow for thousands of facts. A prefix that
    the root binds, and that no other element binds otherwise, means the same everywhere, so the root's map serves.
    """

    __slots__ = ("_cache", "_changing", "root")

    def __init__(self, root: Any, data: bytes):
        """`data` are the document's bytes, in an encoding that extends ASCII (else every prefix is looked up)."""
        self.root: dict[str | None, str] = dict(root.nsmap)
        self._cache: dict[str, QName | None] = {}
        self._changing = set() if data.count(b"xmlns") == len(self.root) else _changing(data, self.root)

    def qname(self, element: Any, text: str | None) -> QName | None:
        """The name that `text` means as content of type xs:QName in the element.

        None for an unbound prefix and for what is no name.
        """
        if not text:
            return None
        cache = self._cache
        if text in cache:
            return cache[text]
        prefix = text.strip().rpartition(":")[0] or None
        if prefix in self._changing or prefix not in self.root:
            return _resolve(element.nsmap, text)
        name = cache[text] = _resolve(self.root, text)
        return name

    def everywhere(self, element: Any, text: str) -> QName | None:
        """The same where the text means one name wherever it stands; else None."""
        name = self.qname(element, text)
        return name if text in self._cache else None


def _changing(data: bytes, root: dict[str | None, str]) -> set[str | None]:
    """Prefixes (None: the default namespace) for which the document has different bindings."""
    bindings: dict[bytes, set[bytes]] = {}
    for prefix, one, other in _DECLARATION.findall(data):
        bindings.setdefault(prefix, set()).add(one or other)
    if any((prefix or "").encode() not in bindings for prefix in root):
        return set(root)
    return {prefix.decode("utf-8", "replace") or None for prefix, values in bindings.items() if len(values) > 1}


def _resolve(namespaces: dict[str | None, str], text: str) -> QName | None:
    prefix, colon, local = text.strip().partition(":")
    if not colon:
        return QName(namespaces.get(None, ""), prefix) if prefix else None
    namespace = XML if prefix == "xml" else namespaces.get(prefix)
    return QName(namespace, local) if namespace and local and ":" not in local else None
