"""The documents of a DTS as summaries list them: by kind, local or remote (rendering.md 17.3, metalinks.md 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from msgspec import Struct

from recto.instance.model import Instance
from recto.patterns import lazy
from recto.rendering.model import RenderedInstance

_IMAGE: Final = lazy(r"""<img\b[^>]*?\bsrc\s*=\s*["']?([^"'\s>]+\.(?:gif|jpe?g|png))["'\s>]""", re.I)
_ESCAPED_IMAGE: Final = lazy(r"&lt;\s*img\b.*?src\s*=\s*(?:[\"']|&quot;)?([^\"'&\s]+\.(?:gif|jpe?g|png))", re.I | re.S)


class Listed(Struct, frozen=True):
    """One document. `kind` is `instance`, `inline`, `schema`, the local name of a linkbase's first extended link,
    `linkbase` for one without links, or `supplemental`."""

    url: str
    kind: str
    local: bool

    @property
    def name(self) -> str:
        """Base name of a local document, the URL of another."""
        return base_name(self.url) if self.local else self.url


def base_name(url: str) -> str:
    return unquote(url.rpartition("/")[2])


def stem(name: str) -> str:
    return base_name(name).rpartition(".")[0] or name


def documents(rendered: RenderedInstance) -> list[Listed]:
    """All documents sorted by URL, the instance's own first seen as `instance` or `inline`."""
    instance = rendered.instance
    own = "inline" if instance.kind == "inline" else "instance"
    listed = {url: Listed(url, own, True) for url in (instance.documents or (instance.url,))}
    for url, info in instance.taxonomy.documents.items():
        if url in listed:
            continue
        kind: str = info.kind
        if kind == "linkbase":
            kind = info.first_link or "linkbase"
        listed[url] = Listed(url, kind, info.local)
    for url in _schemas_of_companions(rendered):
        listed.setdefault(url, Listed(url, "schema", False))
    return [listed[url] for url in sorted(listed)]


def _schemas_of_companions(rendered: RenderedInstance) -> Iterator[str]:
    """Schemas of roles that companion linkbases name: those linkbases are not listed, these are **[quirk]**."""
    for member in getattr(rendered.described, "members", ()):
        for _, _, href, bases, _ in member.compiled.role_refs:
            if href:
                yield member.absolute(bases, href).partition("#")[0]


def primary_first(instance: Instance, names: list[str]) -> list[str]:
    """The document that the target document is named after goes first."""
    target = _target_stem(instance)
    return sorted(names, key=lambda name: stem(name) != target)


def _target_stem(instance: Instance) -> str:
    name = stem(instance.name) if instance.name else stem(instance.url)
    return name.removesuffix("_htm") if instance.kind == "inline" else name


def referenced_images(instance: Instance) -> Iterator[str]:
    """File names of pictures that text blocks of the instance show."""
    for fact in instance.facts:
        value = fact.value
        if len(value) < 10 or ("<img" not in value and "<IMG" not in value):
            continue
        for match in _IMAGE.finditer(value):
            yield base_name(match[1])


def document_images(data: bytes) -> Iterator[str]:
    """File names of pictures that an inline document shows."""
    folded = data.lower()
    found = list(_images(data, folded))
    if b"&lt;" in folded:
        found += _ESCAPED_IMAGE.finditer(data.decode("utf-8", "replace"))
    for match in found:
        if not match[1].startswith("data:"):
            yield base_name(match[1])


def _images(data: bytes, folded: bytes) -> Iterator[re.Match[str]]:
    at = folded.find(b"<img")
    while at >= 0:
        end = data.find(b">", at) + 1 or len(data)
        match = _IMAGE.match(data[at:end].decode("utf-8", "replace"))
        if match is not None:
            yield match
        at = folded.find(b"<img", at + 1)
