"""Prefixed names in content and attribute values, resolved against the namespaces in scope."""

from __future__ import annotations

from typing import Any

from recto.names import QName


class Prefixes:
    """Resolves prefixed names of one document.

    lxml builds an element's namespace map anew at each request, which is slow for thousands of facts. Where all
    namespace declarations stand on the root, which is the rule, the root's map serves every element.
    """

    __slots__ = ("_cache", "root", "simple")

    def __init__(self, root: Any, data: bytes = b""):
        """`data` are the document's bytes; without them no declaration is taken for granted."""
        self.root: dict[str | None, str] = dict(root.nsmap)
        self.simple = bool(self.root) and data.count(b"xmlns") == len(self.root)
        self._cache: dict[str, QName | None] = {}

    def map(self, element: Any) -> dict[str | None, str]:
        """prefix → namespace in scope of the element; None is the default namespace."""
        return self.root if self.simple else element.nsmap

    def qname(self, element: Any, text: str | None) -> QName | None:
        """The name that `text` means as content of type xs:QName in the element; None for an unbound prefix or bad name."""
        if not text:
            return None
        if not self.simple:
            return _resolve(element.nsmap, text)
        cache = self._cache
        if text in cache:
            return cache[text]
        name = cache[text] = _resolve(self.root, text)
        return name


def _resolve(namespaces: dict[str | None, str], text: str) -> QName | None:
    prefix, colon, local = text.strip().partition(":")
    if not colon:
        return QName(namespaces.get(None, ""), prefix) if prefix else None
    namespace = "http://www.w3.org/XML/1998/namespace" if prefix == "xml" else namespaces.get(prefix)
    return QName(namespace, local) if namespace and local and ":" not in local else None
