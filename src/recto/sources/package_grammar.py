"""The content models of taxonomy packages' metadata and catalogs (Taxonomy Packages 1.0, 3.2 and 4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from recto.patterns import lazy
from recto.xml import Document

CATALOG: Final = "urn:oasis:names:tc:entity:xmlns:xml:catalog"
_DATE: Final = lazy(r"(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_COUNTRY: Final = lazy(r"[A-Z]{2}")
_LANGUAGE: Final = lazy(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")

Fault = tuple[str, int]
"""What is wrong, and the line."""


def _is_date(text: str) -> bool:
    match = _DATE.fullmatch(text.strip())
    try:
        return match is not None and bool(date(int(match[1]), int(match[2]), int(match[3])))
    except ValueError:
        return False


_CONTENT: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "taxonomyPackage": (
        ("identifier",),
        ("name", "description", "*"),
        ("version", "?"),
        ("license", "?"),
        ("publisher", "*"),
        ("publisherURL", "?"),
        ("publisherCountry", "?"),
        ("publicationDate", "?"),
        ("entryPoints", "?"),
        ("supersededTaxonomyPackages", "?"),
        ("versioningReports", "?"),
    ),
    "entryPoints": (("entryPoint", "*"),),
    "entryPoint": (
        ("name", "description", "*"),
        ("version", "?"),
        ("entryPointDocument", "+"),
        ("languages", "?"),
    ),
    "supersededTaxonomyPackages": (("taxonomyPackageRef", "*"),),
    "versioningReports": (("versioningReport", "*"),),
    "languages": (("language", "*"),),
    "license": (),
    "entryPointDocument": (),
    "versioningReport": (),
}
"""Of each element with element content: what may stand in it, in order; `?`, `*` and `+` say how often."""
_REQUIRED: Final = {
    "license": ("href", "name"),
    "entryPointDocument": ("href",),
    "versioningReport": ("href",),
}
_VALUES: Final[dict[str, tuple[Callable[[str], bool], str]]] = {
    "publicationDate": (_is_date, "a date"),
    "publisherCountry": (lambda text: _COUNTRY.fullmatch(text) is not None, "a country code of two capital letters"),
    "language": (lambda text: _LANGUAGE.fullmatch(text.strip()) is not None, "a language code"),
}


def metadata_faults(document: Document, namespace: str) -> Iterator[Fault]:
    """What is wrong with a `taxonomyPackage` whose elements are of the namespace (in braces)."""
    yield from _element(document, document.root, namespace)


def _element(document: Document, element: Any, namespace: str) -> Iterator[Fault]:
    local = element.tag[len(namespace) :]
    line = document.line(element)
    for name in _REQUIRED.get(local, ()):
        if element.get(name) is None:
            yield f"{local} lacks the attribute {name}", line
    model = _CONTENT.get(local)
    children = [child for child in element if isinstance(child.tag, str)]
    if model is None:
        if children:
            yield f"{local} must hold nothing but text", line
        check = _VALUES.get(local)
        text = "".join(element.itertext())
        if check is not None and not check[0](text):
            yield f"{local} must be {check[1]}, not {text!r}", line
        return
    if any(text and text.strip() for text in (element.text, *(child.tail for child in element))):
        yield f"{local} must not hold text of its own", line
    yield from _sequence(document, element, children, model, namespace)
    for child in children:
        if child.tag.startswith(namespace):
            yield from _element(document, child, namespace)


def _sequence(
    document: Document, element: Any, children: list[Any], model: tuple[tuple[str, ...], ...], namespace: str
) -> Iterator[Fault]:
    at = 0
    for particle in model:
        names = [name for name in particle if name not in "?*+"]
        often = particle[-1] if particle[-1] in "?*+" else ""
        count = 0
        while at < len(children) and children[at].tag in [f"{namespace}{name}" for name in names]:
            at, count = at + 1, count + 1
            if often in ("", "?"):
                break
        if not count and often in ("", "+"):
            yield f"{element.tag[len(namespace) :]} lacks {names[0]}", document.line(element)
    if children and element.tag == f"{namespace}license":
        yield f"{element.tag[len(namespace) :]} must be empty", document.line(element)
        return
    for child in children[at:]:
        inside, _, local = child.tag.rpartition("}")
        # Elements of others stand at the end, but for what holds nothing of its own.
        if not inside or inside + "}" == namespace:
            yield f"{local} must not stand here", document.line(child)
            return


def catalog_faults(document: Document) -> Iterator[Fault]:
    """What is wrong with a catalog: of XML Catalogs it has `rewriteURI` only (4.1)."""
    root = document.root
    if root.tag != f"{{{CATALOG}}}catalog":
        yield f"the root element is {root.tag}", document.line(root)
        return
    children = [child for child in root if isinstance(child.tag, str)]
    if not children:
        yield "the catalog is empty", document.line(root)
    if any(text and text.strip() for text in (root.text, *(child.tail for child in root))):
        yield "the catalog must not hold text of its own", document.line(root)
    yield from _attributes(document, root, ("id",))
    for child in children:
        namespace, _, local = child.tag.rpartition("}")
        if namespace[1:] == CATALOG and local == "rewriteURI":
            missing = [name for name in ("uriStartString", "rewritePrefix") if child.get(name) is None]
            if missing:
                yield f"a rewriteURI lacks {' and '.join(missing)}", document.line(child)
            if len(child) or (child.text or "").strip():
                yield "a rewriteURI must be empty", document.line(child)
            yield from _attributes(document, child, ("id", "uriStartString", "rewritePrefix"))
        elif not namespace or namespace[1:] == CATALOG:
            yield f"{local} must not stand in the catalog of a package", document.line(child)


def _attributes(document: Document, element: Any, known: tuple[str, ...]) -> Iterator[Fault]:
    """Attributes of an element of a catalog that are not known; those of other namespaces may stand there."""
    for name in element.keys():  # noqa: SIM118 (lxml's elements iterate over children)
        if name not in known and (name[:1] != "{" or name.startswith(f"{{{CATALOG}}}")):
            yield f"{element.tag.rpartition('}')[2]} must not have the attribute {name}", document.line(element)
