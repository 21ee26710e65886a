"""What is validated: an instance with its DTS, the documents behind them, and the grammar that they follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, cast

from recto.errors import RectoError
from recto.findings import Finding, Severity
from recto.findings.catalogue import found
from recto.instance import anchors
from recto.instance.anchors import Anchors
from recto.instance.model import Fact, Instance
from recto.names import XSI
from recto.regimes import Regime, recognize
from recto.schema import Assessor, Fault, Grammar
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.model import Concept
from recto.taxonomy.networks import Arc
from recto.xml import Document

if TYPE_CHECKING:
    from recto.filed import Filed
    from recto.taxonomy.dts import DTS

Check = Callable[["Subject"], Iterable[Finding]]
_SCHEMA_LOCATION = f"{{{XSI}}}schemaLocation"


class Subject:
    """One instance (or a taxonomy alone, as an instance without facts) as the rules see it.

    Rules look into the documents that belong to the filing. A standard taxonomy was validated by its publisher; it is
    not validated anew with each filing, but the filing's own arcs are checked against all that they connect.
    """

    def __init__(
        self,
        instance: Instance,
        *,
        chosen: frozenset[str] | None = None,
        utr: str | None = None,
        regime: Regime | None = None,
        parameters: Mapping[str, str] | None = None,
        filing: Filed | None = None,
        further: Mapping[str, Instance] | None = None,
    ):
        """`chosen` are the rules asked for by name, None where all are checked; `utr` is the units registry's URL.

        `regime`: whose report it is; None: what it shows itself to be. `parameters`: values the caller gave, by name.
        """
        self.instance = instance
        self.chosen = chosen
        self.utr = utr
        self.regime = regime if regime is not None else recognize((instance,))
        """Whose report it is (`regime.name` is what `RuleSet.regimes` holds)."""
        self.parameters: Mapping[str, str] = dict(parameters or {})
        """Values for filer rules and formulas, by name: `recto validate --param NAME=VALUE`."""
        self.filing = filing
        """The filing that the instance is one of; None where an instance is looked at by itself."""
        self.further: Mapping[str, Instance] = dict(further or {})
        """Further instances that formulas name, by name: `recto validate --instance NAME=SOURCE`."""
        self.dts = cast("DTS", instance.taxonomy)
        self.cache: dict[str, Any] = {}
        """For rules that share work."""
        self._arcs: dict[tuple[str, str], list[Arc[Any]]] = {}
        self._trees: dict[str, Document | None] = {}

    @property
    def resolver(self) -> Any:
        """What finds documents by URL."""
        return self.dts.discovery.resolver

    @cached_property
    def grammar(self) -> Grammar:
        return Grammar(self.dts, lambda: self.hints, self.tree)

    @cached_property
    def hints(self) -> dict[str, list[str]]:
        """Namespaces and URLs that xsi:schemaLocation on the filing's document elements gives."""
        found: dict[str, list[str]] = {}
        trees = [tree for document in self.own_documents if (tree := self.tree(document)) is not None]
        if self.anchors is not None:
            trees.extend(self.anchors.documents.values())
        for tree in trees:
            words = (tree.root.get(_SCHEMA_LOCATION) or "").split()
            for namespace, location in zip(words[::2], words[1::2], strict=False):
                found.setdefault(namespace, []).append(tree.resolve(tree.root, location))
        return found

    @cached_property
    def assessor(self) -> Assessor:
        return Assessor(self.grammar)

    @cached_property
    def anchors(self) -> Anchors | None:
        return anchors(self.instance)

    @cached_property
    def own_documents(self) -> list[LoadedDocument]:
        """Schemas and linkbases that belong to the filing, in discovery order, with their extended links."""
        self.dts.settle()
        return [document for document in self.dts.members if document.local]

    @cached_property
    def own_urls(self) -> frozenset[str]:
        return frozenset(document.url for document in self.own_documents)

    def own_concepts(self) -> Iterator[tuple[LoadedDocument, Concept]]:
        """The elements that the filing's own schemas declare; of a name that is declared twice the first."""
        for document in self.own_documents:
            if document.compiled.kind == "schema":
                for ordinal in range(document.compiled.element_count):
                    concept = self.dts.concept_declared(document, ordinal)
                    if concept is not None and concept.index == (document.ordinal, ordinal):
                        yield document, concept

    def document_at(self, url: str) -> LoadedDocument | None:
        """The document of the DTS at a URL (without fragment); None where it was not to be had."""
        discovery = self.dts.discovery
        return discovery.by_key.get(discovery.key(url))

    def arcs(self, arcrole: str, role: str) -> list[Arc[Any]]:
        """The effective arcs of an arcrole in a link role, whatever they connect; made once."""
        key = (arcrole, role)
        known = self._arcs.get(key)
        if known is None:
            known = self._arcs[key] = self.dts.arcs(arcrole, role)
        return known

    def tree(self, document: LoadedDocument) -> Document | None:
        """The parsed document; None where it cannot be parsed (which was reported when it was loaded)."""
        url = document.url
        if url not in self._trees:
            if isinstance(document.tree, Document):
                self._trees[url] = document.tree
            else:
                try:
                    self._trees[url] = self.dts.document_tree(url)
                except RectoError:
                    self._trees[url] = None
        return self._trees[url]

    def place_of(self, element: Any | None) -> tuple[str, int | None]:
        """The document and line of an element; the instance's URL where it is in none of the filing's documents."""
        if element is not None:
            root = element.getroottree().getroot()
            read = list(self.anchors.documents.values()) if self.anchors is not None else []
            for tree in (*read, *self._trees.values()):
                if tree is not None and tree.root is root:
                    return tree.url, tree.line(element)
        return self.instance.url, None


def finding(
    code: str,
    document: str | None,
    line: int | None,
    /,
    *,
    about: str | None = None,
    severity: Severity | None = None,
    element: str | None = None,
    facts: tuple[str, ...] = (),
    specification: str | None = None,
    **arguments: Any,
) -> Finding:
    """What the catalogue says of a code, about something and with the arguments that its sentence names."""
    return found(
        code,
        about,
        document=document,
        line=line,
        severity=severity,
        element=element,
        facts=facts,
        specification=specification,
        **arguments,
    )


def fault_finding(fault: Fault, document: Document) -> Finding:
    """A fault of XML Schema validity as a finding."""
    name = prefixed(fault.element)
    return found(
        _schema_code(fault),
        name,
        document=document.url,
        line=document.line(fault.element),
        element=name,
        **fault.arguments,
    )


def fault_sentence(fault: Fault) -> str:
    """What the finding of a fault says, as a part of another sentence."""
    return found(_schema_code(fault), prefixed(fault.element), **fault.arguments).message.rstrip(".")


def _schema_code(fault: Fault) -> str:
    return fault.code if ":" in fault.code else f"xmlSchema:{fault.code}"


def fact_finding(
    code: str,
    fact: Fact,
    /,
    *,
    severity: Severity | None = None,
    others: tuple[Fact, ...] = (),
    specification: str | None = None,
    **arguments: Any,
) -> Finding:
    """A finding about a fact, named before the catalogue's sentence."""
    label = fact_label(fact)
    return found(
        code,
        label,
        about=f"Fact {fact.id} ({label})",
        document=fact.document,
        line=fact.line,
        severity=severity,
        element=label,
        facts=(fact.id, *(other.id for other in others)),
        specification=specification,
        **arguments,
    )


def fact_label(fact: Fact) -> str:
    return fact.concept.name if fact.concept is not None else fact.qname.local


def concept_finding(code: str, concept: Concept, /, *, specification: str | None = None, **arguments: Any) -> Finding:
    """A finding about a concept, named before the catalogue's sentence."""
    return found(
        code,
        concept.name,
        about=concept.name,
        document=concept.document,
        line=concept.line,
        element=concept.name,
        specification=specification,
        **arguments,
    )


def prefixed(element: Any) -> str:
    """An element's name with the prefix that the document gives it."""
    local = element.tag.rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


def of_taxonomy(rule: Check) -> Check:
    """A rule that looks at nothing but the filing's own documents of the DTS and the grammar: instances with the same
    DTS, and the same schemas for what it lacks, share what it finds.
    """

    @wraps(rule)
    def shared(subject: Subject) -> Iterator[Finding]:
        known: dict[tuple[Check, str], list[Finding]] = subject.dts.kept("findings of rules", lambda _: {})
        key = (rule, repr(subject.hints))
        if key not in known:
            try:
                known[key] = list(rule(subject))
            except Exception:  # told by who asked, after what was found before it
                yield from rule(subject)
                return
        yield from known[key]

    return shared
