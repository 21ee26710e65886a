"""XHTML content as text: what stands between the tags of an element, with its markup, free of namespaces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from recto.names import XHTML, XML

_XHTML = f"{{{XHTML}}}"
_XML = f"{{{XML}}}"


def escape_text(text: str) -> str:
    """Character data with the three characters escaped that may not stand in it."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def escape_attribute(text: str) -> str:
    return escape_text(text).replace('"', "&quot;")


def inner_markup(
    element: Any,
    *,
    transparent: str = "",
    dropped: str = "",
    attribute: Callable[[Any, str, str], str] | None = None,
) -> str:
    """The content of an element as markup; names in XHTML's namespace (or none) without prefix, no declarations.

    Elements whose tag begins with `transparent` leave only their content, those with tag `dropped` nothing.
    `attribute(element, name, value)` may change an attribute's value (URLs made absolute).
    """
    parts: list[str] = []
    _inner(element, parts, transparent, dropped, attribute)
    return "".join(parts)


def _inner(
    element: Any, parts: list[str], transparent: str, dropped: str, attribute: Callable[[Any, str, str], str] | None
) -> None:
    if element.text:
        parts.append(escape_text(element.text))
    for child in element:
        tag = child.tag
        if tag == dropped:
            pass
        elif transparent and tag.startswith(transparent):
            _inner(child, parts, transparent, dropped, attribute)
        else:
            name = _name(child, tag)
            parts.append(f"<{name}")
            for key, value in child.items():
                if attribute is not None:
                    value = attribute(child, key, value)
                parts.append(f' {_attribute_name(child, key)}="{escape_attribute(value)}"')
            if len(child) or child.text:
                parts.append(">")
                _inner(child, parts, transparent, dropped, attribute)
                parts.append(f"</{name}>")
            else:
                parts.append("/>" if name in EMPTY else f"></{name}>")
        if child.tail:
            parts.append(escape_text(child.tail))


def _name(element: Any, tag: str) -> str:
    if tag.startswith(_XHTML):
        return tag[len(_XHTML) :]
    if tag[:1] != "{":
        return tag
    local = tag.rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


def _attribute_name(element: Any, key: str) -> str:
    if key[:1] != "{":
        return key
    namespace, _, local = key[1:].rpartition("}")
    if namespace == XML:
        return f"xml:{local}"
    prefix = next((prefix for prefix, bound in element.nsmap.items() if bound == namespace and prefix), None)
    return f"{prefix}:{local}" if prefix else local


EMPTY = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "frame",
        "basefont",
        "isindex",
    ]
)
"""XHTML elements that never have content."""
