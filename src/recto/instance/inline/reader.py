"""From the files of an Inline XBRL document set to one instance for each target document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from recto.errors import XMLError
from recto.findings import Findings
from recto.instance.anchors import Anchors
from recto.instance.builder import FactBuilder
from recto.instance.contexts import read_context, read_unit, settled
from recto.instance.inline.content import Contents
from recto.instance.inline.document import InlineFile, scan
from recto.instance.inline.facts import FactReader
from recto.instance.inline.relations import read_relations
from recto.instance.inline.targets import Target, collect_targets, resource_elements
from recto.instance.model import Context, Fact, Instance, Unit
from recto.instance.xml import ARCROLE_REF, CONTEXT, ROLE_REF, UNIT, keep_by_id, reference_url
from recto.taxonomy.model import Taxonomy
from recto.xml import Document, file_name


class _Shared(Struct):
    """What the header of a document set holds for all its targets."""

    contexts: dict[str, Context] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    context_elements: dict[str, Any] = field(default_factory=dict)
    unit_elements: dict[str, Any] = field(default_factory=dict)
    role_references: list[str] = field(default_factory=list)


def read_set(
    documents: Sequence[tuple[Document, bytes]],
    taxonomy: Callable[[Sequence[str]], Taxonomy],
    findings: Findings,
) -> list[Instance]:
    """The target documents of a set: the default one first, then the others as they first appear.

    `findings` receives what concerns the set as a whole; it becomes the first instance's. Raises `XMLError` where no
    file of the set has an Inline XBRL element.
    """
    files = [scan(doc, data) for doc, data in documents]
    if not any(file.names for file in files):
        doc = documents[0][0]
        raise XMLError.of("recto:notXBRL", document=doc.url)
    shared = _read_resources(files, findings)
    targets = collect_targets(files, findings)
    contents = Contents(files, findings)
    instances = []
    for number, target in enumerate(targets):
        own = findings if number == 0 else Findings()
        urls = dict.fromkeys([*target.urls, *shared.role_references])
        instances.append(_read_target(target, files, shared, contents, taxonomy(tuple(urls)), own))
    for file in files:
        file.forget_markup()
    return instances


def _read_resources(files: Sequence[InlineFile], findings: Findings) -> _Shared:
    shared = _Shared()
    places: dict[str, InlineFile] = {}
    for file in files:
        for element in resource_elements(file):
            tag = element.tag
            if tag in (CONTEXT, UNIT):
                table = shared.context_elements if tag == CONTEXT else shared.unit_elements
                known = len(table)
                other = places.get(tag + element.get("id", ""), file)
                code = "xml.3.3.1:idMustBeUnique" if other is file else "ix11.14.1.2:resourceIdDuplication"
                keep_by_id(table, element, file.doc, findings, code)
                if len(table) > known:
                    places[tag + element.get("id")] = file
            elif tag in (ROLE_REF, ARCROLE_REF):
                url = reference_url(file.doc, element)
                if url:
                    shared.role_references.append(url)
    for key, element in shared.context_elements.items():
        file = places[CONTEXT + key]
        shared.contexts[key] = read_context(element, file.doc, file.prefixes, findings)
    for key, element in shared.unit_elements.items():
        file = places[UNIT + key]
        shared.units[key] = read_unit(element, file.doc, file.prefixes, findings)
    return shared


def _read_target(
    target: Target,
    files: Sequence[InlineFile],
    shared: _Shared,
    contents: Contents,
    taxonomy: Taxonomy,
    findings: Findings,
) -> Instance:
    known = {key: settled(context, taxonomy, shared.context_elements[key]) for key, context in shared.contexts.items()}
    builder = FactBuilder(taxonomy, known, shared.units, findings, lambda: _ids(files))
    reader = FactReader(builder, contents, target.language)
    reader.read(target.facts)
    links, arcs = read_relations(files, reader, contents, findings)
    first = files[0].doc
    contexts, units = _used(builder.facts, known, shared.units)
    return Instance(
        first.url,
        tuple(file.doc.url for file in files),
        "inline",
        target.name,
        taxonomy,
        tuple(builder.facts),
        contexts,
        units,
        _prefixes(files),
        tuple(target.urls),
        links,
        findings,
        builder.home,
        _target_name(first.url, target.name),
        Anchors(
            {file.doc.url: file.doc for file in files},
            builder.elements,
            shared.context_elements,
            shared.unit_elements,
            arcs,
            files,
        ),
    )


def _used(
    facts: Sequence[Fact], contexts: Mapping[str, Context], units: Mapping[str, Unit]
) -> tuple[Mapping[str, Context], Mapping[str, Unit]]:
    """The contexts and units that the target's facts refer to, in order of declaration: the target has no others."""
    used_contexts = {fact.context.id for fact in facts if fact.context is not None}
    used_units = {fact.unit.id for fact in facts if fact.unit is not None}
    return (
        {key: context for key, context in contexts.items() if key in used_contexts},
        {key: unit for key, unit in units.items() if key in used_units},
    )


def _ids(files: Sequence[InlineFile]) -> set[str]:
    return {identifier for file in files for each in file.facts if (identifier := each.element.get("id"))}


def _prefixes(files: Sequence[InlineFile]) -> dict[str, str]:
    prefixes: dict[str, str] = {}
    for file in files:
        for prefix, namespace in file.prefixes.root.items():
            if prefix:
                prefixes.setdefault(prefix, namespace)
    return prefixes


def _target_name(url: str, target: str | None) -> str:
    """The name that the SEC gives to the extracted instance."""
    stem = file_name(url).rpartition(".")[0] or file_name(url)
    return f"{stem}_htm.xml" if target is None else f"{stem}_{target}_htm.xml"
