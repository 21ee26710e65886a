"""From an entry of a filing to its instances: discovery of references, the DTS, then the facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import structs

from recto.findings import Findings
from recto.instance import xml
from recto.instance.home import Home
from recto.instance.model import Instance
from recto.names import IX, IX_1_0
from recto.taxonomy.model import Taxonomy
from recto.xml import Document, file_name, parse_or_recover

if TYPE_CHECKING:
    from recto.sources import Entry
    from recto.taxonomy.store import Store


class Reader(Protocol):
    """What this room needs of a resolver."""

    def read(self, url: str) -> bytes: ...


class Taxonomies:
    """Loads each distinct set of references once; instances of one filing mostly share theirs."""

    def __init__(self, resolver: Any, store: Store | None = None):
        self._resolver = resolver
        self._store = store
        self._loaded: dict[tuple[str, ...], Taxonomy] = {}

    def get(self, urls: Sequence[str]) -> Taxonomy:
        from recto import taxonomy

        key = tuple(urls)
        found = self._loaded.get(key)
        if found is None:
            found = self._loaded[key] = taxonomy.load(key, self._resolver, store=self._store)
        return found


def load(
    entry: Entry,
    resolver: Any,
    *,
    store: Store | None = None,
    findings: Findings | None = None,
    taxonomies: Callable[[Sequence[str]], Taxonomy] | None = None,
) -> list[Instance]:
    """The instances of an entry: one, or one for each target of an inline document set.

    What is wrong goes to each instance's `findings`, and to `findings` too where given. `store` is the taxonomy
    store; `taxonomies` replaces the loading of taxonomies altogether (`urls -> Taxonomy`).
    Raises `XMLError`, `UnsafeInputError` and `NotFoundError` where a document cannot be read at all.
    """
    get = taxonomies if taxonomies is not None else Taxonomies(resolver, store).get
    if entry.kind in ("json", "csv"):
        instances = _load_oim(entry, resolver, get)
    elif entry.kind == "schema":
        instances = [_without_facts(entry.urls, get)]
    else:
        instances = _load_documents(entry.urls, resolver, get)
    if findings is not None:
        for instance in instances:
            findings.extend(instance.findings)
    return instances


def _load_documents(urls: Sequence[str], resolver: Reader, get: Callable[[Sequence[str]], Taxonomy]) -> list[Instance]:
    findings = Findings()
    documents: list[tuple[Document, bytes]] = []
    for url in urls:
        data = resolver.read(url)
        documents.append((parse_or_recover(data, url, findings), data))
    doc, data = documents[0]
    root = xml.find_root(doc) if len(documents) == 1 else None  # several are an inline document set, or nothing
    if root is not None and not _is_inline(doc):
        parts = xml.scan(doc, root, data, findings)
        if not any(each.tag == xml.SCHEMA_REF for each in parts.references):
            findings.found("xbrl.4.2:schemaRefMissing", document=doc.url, line=doc.line(root))
        instances = [xml.read(parts, get(parts.urls), findings)]
    else:
        from recto.instance.inline import read_set

        instances = read_set(documents, get, findings)
    for instance in instances:
        _place_missing(instance.taxonomy.discovered, [document for document, _ in documents])
    return instances


def _place_missing(findings: Findings, documents: list[Document]) -> None:
    """Says of starting points of a taxonomy that are missing where the report refers to them."""
    missing = [each for each in findings if each.code == "recto:missingDocument" and each.line is None]
    if not missing:
        return
    places: dict[str, tuple[str, int]] = {}
    for document in documents:
        for element in document.root.iter(xml.SCHEMA_REF, xml.LINKBASE_REF):
            places.setdefault(xml.reference_url(document, element), (document.url, document.line(element)))
    for each in missing:
        place = places.get(each.document or "")
        if place is not None:
            findings.replace(each, structs.replace(each, document=place[0], line=place[1]))


def _is_inline(doc: Document) -> bool:
    return next(doc.root.iter(f"{{{IX}}}*", f"{{{IX_1_0}}}*"), None) is not None


def _load_oim(entry: Entry, resolver: Any, get: Callable[[Sequence[str]], Taxonomy]) -> list[Instance]:
    from recto.instance import oim

    return oim.load(entry, resolver, get)


def _without_facts(urls: Sequence[str], get: Callable[[Sequence[str]], Taxonomy]) -> Instance:
    """A taxonomy alone, as an instance that reports nothing."""
    return Instance(
        urls[0],
        (),
        "xbrl",
        None,
        get(tuple(urls)),
        (),
        {},
        {},
        {},
        tuple(urls),
        {},
        Findings(),
        Home(),
        file_name(urls[0]),
    )
