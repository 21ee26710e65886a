"""Discovery of a DTS: from the starting points to every document they lead to (XBRL 2.1, 3.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from recto.errors import RectoError, SourceError, UnsafeInputError, XMLError
from recto.failures import failure
from recto.findings import Findings
from recto.taxonomy.builtin import core_namespace, core_schema, registry_namespace, severities
from recto.taxonomy.compiled import LABEL_ARCROLES, Bases, CompiledDocument
from recto.taxonomy.model import DocumentInfo
from recto.taxonomy.schemas import LINKBASE, SCHEMA, compile_document
from recto.xml import Document, parse, resolve_url, split_fragment

Progress = Callable[[str, int], None]
"""Called with the URL of each document about to be compiled, and the number of documents so far."""


class ResolverLike(Protocol):
    """What discovery needs of `recto.sources.Resolver`."""

    def read(self, url: str) -> bytes: ...
    def exists(self, url: str) -> bool: ...
    def is_local(self, url: str) -> bool: ...
    def stamp(self, url: str) -> Any: ...
    def resolve(self, url: str) -> str: ...


class StoreLike(Protocol):
    """What discovery needs of `recto.taxonomy.store.Store`."""

    def get(
        self, url: str, resolver: ResolverLike, compile_: Callable[[str, bytes], tuple[CompiledDocument, bool]]
    ) -> CompiledDocument: ...
    def own(
        self,
        url: str,
        resolver: ResolverLike,
        compile_: Callable[[str, bytes], tuple[CompiledDocument, bool]],
        trees: dict[str, Document],
    ) -> CompiledDocument: ...


class LoadedDocument:
    """A compiled document in its place in a DTS: its URL, and what its references lead to."""

    __slots__ = (
        "chameleon",
        "compiled",
        "ends",
        "found",
        "heads",
        "local",
        "namespace",
        "ordinal",
        "prefix",
        "referenced_from",
        "targets",
        "tree",
        "types",
        "url",
        "variants",
    )

    def __init__(self, url: str, compiled: CompiledDocument, *, local: bool, ordinal: int, referenced_from: str | None):
        self.url = url
        self.compiled = compiled
        self.local = local
        self.ordinal = ordinal
        self.referenced_from = referenced_from
        self.namespace = compiled.namespace
        self.chameleon = False
        self.targets: list[LoadedDocument | None] = []
        """The document that each part of the compiled document's locators refers to."""
        self.found: dict[str, Any] = {}
        """Fragment → what it identifies, as far as asked."""
        self.heads: dict[str, Any] = {"": (None, "other")}
        """Name of a substitution group as written → (its name, the kind of its members)."""
        self.types: dict[str, Any] = {}
        """Name of a type as written → the type."""
        self.ends: list[Any] | None = None
        """What each node leads to, once its arcs have been asked for."""
        self.variants: dict[int, Any] = {}
        self.tree: Any = None
        self.prefix = next(
            (prefix for prefix, uri in compiled.prefixes.items() if prefix and uri == compiled.namespace), ""
        )

    def absolute(self, bases: Bases, href: str) -> str:
        url = self.url
        for base in bases:
            url = resolve_url(url, base)
        return resolve_url(url, href)

    def name(self, clark: str) -> str:
        """A name that the schema uses, in the namespace that it has here (a chameleon takes its includer's)."""
        if self.chameleon and clark[:1] != "{" and ":" not in clark:
            return f"{{{self.namespace}}}{clark}"
        return clark

    @property
    def info(self) -> DocumentInfo:
        first = self.compiled.first_link if self.compiled.kind == "linkbase" else None
        return DocumentInfo(
            url=self.url,
            kind="linkbase" if self.compiled.kind == "linkbase" else "schema",
            target_namespace=self.namespace,
            prefix=self.prefix or None,
            local=self.local,
            first_link=first.rpartition("}")[2] if first else None,
            referenced_from=self.referenced_from,
        )

    def release(self) -> None:
        """Lets go of other documents and of trees, so that nothing waits for the garbage collector."""
        self.targets.clear()
        self.found.clear()
        self.tree = self.ends = None
        self.compiled.abandon()

    def __repr__(self) -> str:
        return f"LoadedDocument({self.url!r})"


def settle_links(
    document: LoadedDocument, discovery: Discovery
) -> tuple[list[tuple[str, str, int, int]], dict[str, None]]:
    """Compiles a document's extended links, where that was put off, and finds what their locators refer to.

    Gives (arcrole, link role, link, group) of each group of arcs, and the arcroles to labels and references.
    """
    document.compiled.complete()
    widest = getattr(document.compiled, "widest", None)
    if widest is not None:
        discovery.findings.found("recto:tooManyArcs", document=document.url, line=widest[0], count=widest[1])
    discovery.aim(document)
    groups: list[tuple[str, str, int, int]] = []
    labelling: dict[str, None] = {}
    for at, link in enumerate(document.compiled.links):
        for nth, group in enumerate(link[4]):
            arcrole = group[0]
            if arcrole in LABEL_ARCROLES:
                labelling[arcrole] = None
            if group[3]:
                groups.append((arcrole, link[1], at, nth))
    return groups, labelling


_Reference = tuple[str, int, str, "str | None"]
"""URL, line, how (import, include, redefine, linkbaseRef, roleRef, loc, entry), namespace of an import."""


class Discovery:
    """Loads documents depth first, in the order in which references stand; each document once."""

    def __init__(
        self,
        resolver: ResolverLike,
        findings: Findings,
        *,
        store: StoreLike | None = None,
        progress: Progress | None = None,
        keep_trees: bool = False,
    ):
        self.resolver = resolver
        self.findings = findings
        self.order: list[LoadedDocument] = []
        self.by_key: dict[str, LoadedDocument | None] = {}
        """Canonical URL → its (first) document; None where it could not be read."""
        self.missing: dict[str, str | None] = {}
        """URL of each document that was not to be had → the namespace it is imported for, None where it is not."""
        self._store = store
        self._progress = progress
        self._keep_trees = keep_trees
        self._trees: dict[str, Document] = {}
        """By URL, of documents that are about to be opened."""
        self._chameleons: dict[tuple[str, str], LoadedDocument] = {}
        self._compiled: dict[str, tuple[CompiledDocument, bool] | None] = {}
        self._keys: dict[str, str] = {}

    def beside(self, findings: Findings) -> Discovery:
        """Another discovery that knows the documents of this one, but adds none to them."""
        other = Discovery(self.resolver, findings, store=self._store, progress=self._progress)
        other.order = list(self.order)
        other.by_key = dict(self.by_key)
        other._chameleons = dict(self._chameleons)
        return other

    def key(self, url: str) -> str:
        """The document's identity: one for all URLs that lead to it, `http` and `https` alike."""
        key = self._keys.get(url)
        if key is None:
            key = self.resolver.resolve(url)
            if key.startswith("https:"):
                key = "http" + key[5:]
            self._keys[url] = key
        return key

    def load(self, urls: Sequence[str], *, add_on: bool = False) -> list[LoadedDocument]:
        """Loads the documents and all that they lead to; returns those that were not there before.

        With `add_on` only linkbases are followed.
        """
        before = len(self.order)
        pending: list[Iterator[_Reference]] = [iter([(split_fragment(url)[0], 0, "entry", None) for url in urls])]
        parents: list[LoadedDocument | None] = [None]
        while pending:
            reference = next(pending[-1], None)
            if reference is None:
                pending.pop()
                parents.pop()
                continue
            document = self._open(reference, parents[-1], add_on)
            if document is not None:
                pending.append(self._references(document, add_on))
                parents.append(document)
        new = self.order[before:]
        for document in new:
            self.aim(document)
        return new

    def aim(self, document: LoadedDocument) -> None:
        """Finds the documents that locators refer to; once more when compiling the links has shown more of them."""
        for bases, href, _ in document.compiled.parts[len(document.targets) :]:
            document.targets.append(self.by_key.get(self.key(document.absolute(bases, href))))

    def _references(self, document: LoadedDocument, add_on: bool) -> Iterator[_Reference]:
        compiled = document.compiled
        absolute = document.absolute
        for kind, ordinal in compiled.reference_order:
            if kind == "linkbaseRef":
                href, _, _, bases, line = compiled.linkbase_refs[ordinal]
                if href:
                    yield split_fragment(absolute(bases, href))[0], line, kind, None
            elif add_on:
                continue
            elif kind == "import":
                tag, namespace, location, bases, line = compiled.imports[ordinal]
                if location and location.strip():
                    yield split_fragment(absolute(bases, location))[0], line, tag, namespace
            else:
                yield from self._references_of_links(document)

    def _references_of_links(self, document: LoadedDocument) -> Iterator[_Reference]:
        compiled = document.compiled
        known = set()  # the roles of a filing stand in one schema
        for _, _, href, bases, line in compiled.role_refs:
            address = (bases, href.partition("#")[0])
            if href and address not in known:
                known.add(address)
                yield split_fragment(document.absolute(bases, href))[0], line, "roleRef", None
        for bases, href, line in compiled.parts:
            if line >= 0:
                yield split_fragment(document.absolute(bases, href))[0], line, "loc", None

    def _open(self, reference: _Reference, parent: LoadedDocument | None, add_on: bool) -> LoadedDocument | None:
        """The document if it is new, else None."""
        url, _, how, _ = reference
        key = self.key(url)
        known = self.by_key.get(key)
        if known is not None and not (how in ("include", "redefine") and known.compiled.namespace is None):
            self._check(known, reference, parent)
            return None
        if known is None and key in self.by_key:
            return None
        read = self._compiled[key] if key in self._compiled else self._read(url, key, reference, parent)
        self._compiled[key] = read
        if read is None:
            self.by_key.setdefault(key, None)
            return None
        compiled, local = read
        document = LoadedDocument(
            url,
            compiled,
            local=local,
            ordinal=len(self.order),
            referenced_from=parent.url if parent is not None else None,
        )
        if how in ("include", "redefine") and compiled.namespace is None and parent is not None and parent.namespace:
            if (key, parent.namespace) in self._chameleons:
                return None
            document.namespace = parent.namespace
            document.chameleon = True
            document.prefix = parent.prefix
            self._chameleons[key, parent.namespace] = document
        elif known is not None:
            return None
        document.tree = self._trees.pop(url, None)
        self._check(document, reference, parent)
        self.by_key.setdefault(key, document)
        self.order.append(document)
        return document

    def _check(self, document: LoadedDocument, reference: _Reference, parent: LoadedDocument | None) -> None:
        """Whether the document is what the reference takes it for (XBRL 2.1, 5.1; XML Schema 1.0, 4.2)."""
        url, line, how, namespace = reference
        compiled = document.compiled
        where = parent.url if parent is not None else None
        if how in ("import", "include", "redefine") and compiled.kind != "schema":
            self._wrong(url, "a schema", compiled.root, where, line)
        elif how == "import" and (compiled.namespace or "") != (namespace or ""):
            self.findings.found(
                "xmlSchema:src-import.3",
                document=where,
                line=line or None,
                url=url,
                wanted=namespace or "none",
                own=compiled.namespace or "none",
            )
        elif how == "include" and compiled.namespace and parent is not None and compiled.namespace != parent.namespace:
            self.findings.found(
                "xmlSchema:src-include.2", document=where, line=line or None, url=url, namespace=compiled.namespace
            )
        elif how == "linkbaseRef" and not (compiled.kind == "linkbase" or compiled.first_link):
            self._wrong(url, "a linkbase", compiled.root, where, line)
        elif how == "entry" and compiled.kind == "other":
            self._wrong(url, "a schema or linkbase", compiled.root, where, line)

    def _wrong(self, url: str, wanted: str, root: str, where: str | None, line: int) -> None:
        self.findings.found(
            "recto:wrongRoot", document=where or url, line=line or None, url=url, wanted=wanted, name=root
        )

    def _read(
        self, url: str, key: str, reference: _Reference, parent: LoadedDocument | None
    ) -> tuple[CompiledDocument, bool] | None:
        core = core_namespace(key)
        if core is not None:
            return core_schema(core), False  # type: ignore[return-value]
        local = self.resolver.is_local(url)
        try:
            if self._store is None:
                compiled = self._compile_own(url, self.resolver.read(url))[0]
            elif local:
                compiled = self._store.own(url, self.resolver, self._compile_own, self._trees)
            else:
                compiled = self._store.get(url, self.resolver, self._compile)
        except RectoError as error:
            if not isinstance(error, SourceError) or isinstance(error, UnsafeInputError):
                self.findings.raised(error, document=url)
                return None
            registry = registry_namespace(key)
            if registry is not None:
                return core_schema(registry), False  # type: ignore[return-value]
            built_in = severities(key)
            if built_in is not None:
                return built_in, False
            self._missing(url, error, reference, parent)
            return None
        except Exception as error:  # one document that recto fails on does not take the others along
            self.findings.add(failure(error, "Reading", url))
            return None
        return compiled, local

    def _compile_own(self, url: str, data: bytes) -> tuple[CompiledDocument, bool]:
        """The same of a document of the filing itself, whose links wait until they are asked for."""
        return self._compile(url, data, lazy=True)

    def _compile(self, url: str, data: bytes, *, lazy: bool = False) -> tuple[CompiledDocument, bool]:
        """The compiled document, and whether it is sound (else it is not worth keeping)."""
        if self._progress is not None:
            self._progress(url, len(self.order))
        before = len(self.findings)
        try:
            document = parse(data, url, self.findings)
        except XMLError as error:
            self.findings.raised(error, document=url)
            document = parse(data, url, recover=True)
            if document.root.tag not in (SCHEMA, LINKBASE):
                raise
        compiled = compile_document(document, lazy=lazy)
        if lazy and self._keep_trees:
            self._trees[url] = document
        return compiled, len(self.findings) == before and compiled.widest is None

    def _missing(self, url: str, error: SourceError, reference: _Reference, parent: LoadedDocument | None) -> None:
        self.missing[url] = reference[3]
        line = reference[1]
        if parent is not None and not line:  # a locator's document: its line is known when the links are compiled
            parent.compiled.complete()
            key = self.key(url)
            line = next(
                (at for bases, href, at in parent.compiled.parts if self.key(parent.absolute(bases, href)) == key), 0
            )
        self.findings.found(
            "recto:missingDocument",
            document=parent.url if parent is not None else url,
            line=line or None,
            url=url,
            reason=error.message,
        )
