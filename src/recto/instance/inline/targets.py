"""Target documents of a set: which facts and references belong to each (Inline XBRL 1.1, 3 and 12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, field

from recto.findings import Findings
from recto.instance.inline.document import InlineFile, Marked
from recto.instance.xml import LINKBASE_REF, SCHEMA_REF, reference_url
from recto.xml import xlink

_OWN = frozenset(("id", "target"))


class Target(Struct):
    """One target document; `name` is None for the default one."""

    name: str | None
    facts: list[Marked] = field(default_factory=list)
    references: list[tuple[InlineFile, Any]] = field(default_factory=list)
    """schemaRef and linkbaseRef elements."""
    attributes: dict[str, str] = field(default_factory=dict)
    """Attributes of the `ix:references` elements, which the target document's root bears."""
    namespaces: dict[str | None, str] = field(default_factory=dict)

    @property
    def urls(self) -> list[str]:
        urls = [reference_url(file.doc, each) for file, each in self.references]
        return [url for url in urls if url]

    @property
    def language(self) -> str | None:
        """The `xml:lang` of the target document's root."""
        return self.attributes.get(xlink.XML_LANG)


def collect_targets(files: Sequence[InlineFile], findings: Findings) -> list[Target]:
    """The targets that have facts or references, the default one first. A set without either has the default one."""
    targets: dict[str | None, Target] = {}
    for file in files:
        for references in file.references:
            name = references.get("target")
            _merge(targets.setdefault(name, Target(name)), references, findings)
    for file in files:
        if not file.has_targets and file.facts:
            targets.setdefault(None, Target(None)).facts.extend(file.facts)
            continue
        for fact in file.facts:
            name = fact.element.get("target")
            target = targets.get(name)
            if target is None:
                target = targets[name] = Target(name)
            target.facts.append(fact)
    if len(targets) > 1:
        _add_explanations(files, targets)
    if not targets:
        targets[None] = Target(None)
    if not any(file.headers for file in files):
        _missing(files, "ix11.8.1.3:headerMissing", findings)
    for target in targets.values():
        if not target.references:
            which = "the default target" if target.name is None else f"target {target.name!r}"
            _missing(files, "ix11.12.1.2:missingReferences", findings, which)
    return sorted(targets.values(), key=lambda target: target.name is not None)


def _add_explanations(files: Sequence[InlineFile], targets: dict[str | None, Target]) -> None:
    """A fact that explains another is part of that fact's target too, as a footnote is (Inline XBRL 1.1, 13)."""
    by_id = {identifier: fact for file in files for fact in file.facts if (identifier := fact.get("id"))}
    explained = [
        (by_id[source], by_id[target])
        for file in files
        for each in file.relationships
        for source in (each.get("fromRefs") or "").split()
        for target in (each.get("toRefs") or "").split()
        if source in by_id and target in by_id
    ]
    within = {name: {fact.element for fact in target.facts} for name, target in targets.items()}
    changed: set[str | None] = set()
    pending = True
    while pending:
        pending = False
        for source, explanation in explained:
            for name, elements in within.items():
                if source.element in elements and explanation.element not in elements:
                    elements.add(explanation.element)
                    targets[name].facts.append(explanation)
                    changed.add(name)
                    pending = True
    order = {file.doc.url: number for number, file in enumerate(files)}
    for name in changed:
        targets[name].facts.sort(key=lambda fact: (order[fact.file.doc.url], fact.ordinal))


def _missing(files: Sequence[InlineFile], code: str, findings: Findings, subject: str | None = None) -> None:
    findings.found(code, subject, document=files[0].doc.url, line=1)


def _merge(target: Target, references: Marked, findings: Findings) -> None:
    """Adds one ix:references element to what its target has already."""
    element = references.element
    file = references.file
    for child in element:
        if child.tag in (SCHEMA_REF, LINKBASE_REF):
            target.references.append((file, child))
    for name, value in element.items():
        if name in _OWN or name == xlink.XML_BASE:
            continue
        if name in target.attributes:
            _conflict(references, "referencesAttributeDuplication", target, findings, name=name)
        else:
            target.attributes[name] = value
    known = target.namespaces
    for prefix, namespace in element.nsmap.items():
        if known.setdefault(prefix, namespace) != namespace:
            what = f"prefix {prefix!r}" if prefix else "the default namespace"
            meant = {"what": what, "one": known[prefix], "other": namespace}
            _conflict(references, "referencesNamespacePrefixConflict", target, findings, **meant)


def _conflict(references: Marked, code: str, target: Target, findings: Findings, /, **arguments: str) -> None:
    which = "the default target" if target.name is None else f"target {target.name!r}"
    findings.found(
        f"ix11.12.1.2:{code}",
        which,
        document=references.file.doc.url,
        line=references.line,
        element="ix:references",
        specification="Inline XBRL 1.1, 12.1.2",
        **arguments,
    )


def resource_elements(file: InlineFile) -> Iterator[Any]:
    """Contexts, units and role references of a file. Inline XBRL 1.0 and careless documents nest them deeper."""
    for resources in file.resources:
        yield from resources.element
