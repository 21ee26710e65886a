"""Document type declarations, made harmless before the parser sees them.

The parser is never given a declaration that it could act on: the document type declaration is cut out and, where the
document refers to named characters, replaced by one that declares just these, on as many lines. So nothing is fetched,
nothing nests, and the size of what references expand to is known beforehand.
"""

from __future__ import annotations

import re
from html.entities import name2codepoint

from recto import limits
from recto.errors import UnsafeInputError, XMLError
from recto.findings import Findings
from recto.patterns import lazy

_PROLOG = lazy(rb"\s*+(?>(?><\?.*?\?>|<!--.*?-->)\s*+)*+(?=<!DOCTYPE)", re.DOTALL)
_TOKEN = lazy(rb"<!--.*?-->|<\?.*?\?>|\"[^\"]*\"|'[^']*'|\[|\]|>", re.DOTALL)
_COMMENT = lazy(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ENTITY = lazy(rb"<!ENTITY\s+(%\s+)?([^\s\"'<>%&;]+)\s+(SYSTEM\b|PUBLIC\b|\"[^\"]*\"|'[^']*')")
_NAME = lazy(rb"<!DOCTYPE\s+([^\s\[>]+)")
_REFERENCE = lazy(rb"&([A-Za-z_:\x80-\xff][^\s;&<>\"'#]*);")
_NESTED = lazy(rb"&(?!#|(?:amp|lt|gt|quot|apos);)|&#0*(?:38|60);|&#[xX]0*(?:26|3[cC]);|<")
_BUILT_IN = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))


def disarm(data: bytes, url: str, findings: Findings | None, *, html_names: bool = False) -> bytes:
    """`data` (in an encoding that extends ASCII) without its document type declaration, line for line.

    Named characters of XHTML 1.0 stay usable in a document that declares a type, and in any with `html_names`;
    so do entities of plain text that the document declares itself. Raises `UnsafeInputError` for external entities,
    for entities made of markup or of other entities, and for expansions beyond `limits.XML_EXPANSION`.
    """
    prolog = _PROLOG.match(data)
    if prolog is None:
        if not html_names:
            return data
        start = end = _root_start(data)
        declared: dict[bytes, bytes] = {}
        name = b"html"
    else:
        start = prolog.end()
        end, subset = _extent(data, start, url)
        named = _NAME.match(data, start)
        name = named.group(1) if named else b"html"
        declared = _declared(subset, url, data.count(b"\n", 0, start) + 1, findings)
    used = _used(data, end, declared, url)
    lines = data.count(b"\n", start, end) - sum(value.count(b"\n") for value in used.values())
    if not used:
        return data[:start] + b"\n" * lines + data[end:]
    entities = b"".join(b"<!ENTITY %s %s>" % item for item in used.items())
    return b"".join((data[:start], b"<!DOCTYPE %s [" % name, entities, b"\n" * lines, b"]>", data[end:]))


def _extent(data: bytes, start: int, url: str) -> tuple[int, bytes]:
    """Where the declaration ends, and its internal subset."""
    opened = closed = -1
    for token in _TOKEN.finditer(data, start + 9):
        text = token.group()
        if text == b"[" and opened < 0:
            opened = token.end()
        elif text == b"]" and opened >= 0:
            closed = token.start()
        elif text == b">" and (opened < 0 or closed >= 0):
            return token.end(), data[opened:closed] if opened >= 0 else b""
    line = data.count(b"\n", 0, start) + 1
    raise XMLError.of("xml:notWellFormed", document=url, line=line, reason="the document type declaration does not end")


def _declared(subset: bytes, url: str, line: int, findings: Findings | None) -> dict[bytes, bytes]:
    """The general entities that an internal subset declares, name → quoted literal; parameter entities do nothing."""
    entities: dict[bytes, bytes] = {}
    for parameter, name, value in _ENTITY.findall(_COMMENT.sub(b"", subset)):
        if parameter or name in _BUILT_IN:
            continue
        shown = name.decode("utf-8", "replace")
        if value in (b"SYSTEM", b"PUBLIC"):
            raise UnsafeInputError.of("xml:externalEntity", document=url, line=line, name=shown)
        if _NESTED.search(value):
            raise UnsafeInputError.of("xml:nestedEntity", document=url, line=line, name=shown)
        entities.setdefault(name, value.replace(b"%", b"&#37;"))
        if findings is not None:
            findings.found("xml:entityDeclaration", document=url, line=line, name=shown)
    return entities


def _used(data: bytes, start: int, declared: dict[bytes, bytes], url: str) -> dict[bytes, bytes]:
    """Quoted literals of the entities that the content refers to."""
    used: dict[bytes, bytes] = {}
    size = 0
    for match in _REFERENCE.finditer(data, start):
        name = match.group(1)
        value = used.get(name)
        if value is None:
            if name in _BUILT_IN:
                continue
            value = declared.get(name)
            if value is None:
                code = name2codepoint.get(name.decode("latin-1"))
                if code is None:
                    continue  # undeclared: the parser says so, with its line
                value = b'"&#%d;"' % code
            used[name] = value
        size += len(value)
        if size > limits.XML_EXPANSION:
            line = data.count(b"\n", 0, match.start()) + 1
            raise UnsafeInputError.of("xml:entityExpansion", document=url, line=line, most=limits.XML_EXPANSION)
    return used


def _root_start(data: bytes) -> int:
    match = re.match(rb"\s*+(?>(?><\?.*?\?>|<!--.*?-->)\s*+)*+", data, re.DOTALL)
    return match.end() if match else 0
