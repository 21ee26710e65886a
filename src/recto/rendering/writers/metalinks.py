"""MetaLinks.json 2.2: what an inline viewer needs to know of a filing (metalinks.md).

Keys are written in the order in which the SEC's renderer writes them.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from recto.instance.model import Fact, Instance
from recto.names import ARC_PARENT_CHILD, ARC_SUMMATION_ITEM, ARC_SUMMATION_ITEM_1_1, QName
from recto.once import Made
from recto.rendering.categories import holds
from recto.rendering.model import RenderedFiling, RenderedInstance, Report
from recto.rendering.standard import is_standard, namespace_counts, statistics
from recto.rendering.writers.anchors import anchor, html_anchors, risk_return_sections
from recto.rendering.writers.documents import documents, primary_first
from recto.taxonomy.model import Concept, Described, Taxonomy

Json = dict[str, Any]
_CALCULATIONS: Final = (ARC_SUMMATION_ITEM, ARC_SUMMATION_ITEM_1_1)


def meta_links(filing: RenderedFiling) -> bytes:
    """The document: ASCII, one blank of indentation a level."""
    tree = meta_links_tree(filing)
    return msgspec.json.format(msgspec.json.encode(tree), indent=1).decode().encode("ascii", _ESCAPE)


def meta_links_tree(filing: RenderedFiling) -> Json:
    concepts = [_concept_set(each.instance) for each in filing.instances]
    references = _References(zip(filing.instances, concepts, strict=True))
    group = _filing_group(filing)
    instances: Json = {}
    for each, names in zip(filing.instances, concepts, strict=True):
        instances[_instance_key(each)] = _instance(each, names, references.numbers, group)
    std_ref = {f"r{number}": dict(parts) for number, parts in enumerate(references.distinct)}
    return {"version": "2.2", "instance": instances, "std_ref": std_ref}


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """JSON's escapes for characters that ASCII lacks."""
    assert isinstance(error, UnicodeEncodeError)
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join([f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)]), error.end


_ESCAPE: Final = "recto.json"
codecs.register_error(_ESCAPE, _escaped)


def _filing_group(filing: RenderedFiling) -> str:
    """The group type of every page of some kinds of filing (metalinks.md 3)."""
    if any("isVip" in each.flags for each in filing.instances):
        return "Prospectus"
    if any("isFeeExhibit" in each.flags or _has_family(each.instance.taxonomy, "ffd") for each in filing.instances):
        return "Fee_Exhibit"
    return ""


def _has_family(taxonomy: Taxonomy, token: str) -> bool:
    return any(f"xbrl.sec.gov/{token}/20" in namespace for namespace in taxonomy.namespaces())


def _instance_key(rendered: RenderedInstance) -> str:
    instance = rendered.instance
    local = {document.url: document.name for document in documents(rendered)}
    names = [local.get(url, url) for url in (instance.documents or (instance.url,))]
    return " ".join(primary_first(instance, names) if instance.kind == "inline" else names)


def described_of(rendered: RenderedInstance) -> Described:
    """Where labels and references of the instance's concepts are to be had."""
    return rendered.described if rendered.described is not None else rendered.instance.taxonomy


# One instance (metalinks.md 2)


def _instance(
    rendered: RenderedInstance, concepts: list[Concept], numbers: Mapping[Concept, list[int]], group: str
) -> Json:
    instance = rendered.instance
    out: Json = {}
    every = documents(rendered)
    for document in every:
        info = instance.taxonomy.documents.get(document.url)
        if document.kind != "schema" or info is None or info.target_namespace is None:
            continue
        if not is_standard(info.target_namespace):
            out["nsprefix"] = info.prefix
            out["nsuri"] = info.target_namespace
            break
    dts: dict[str, dict[str, list[str]]] = {}
    for document in every:
        place = "local" if document.local else "remote"
        dts.setdefault(document.kind, {}).setdefault(place, []).append(document.name)
    out["dts"] = dts
    out |= _counts(instance, concepts)
    out["report"] = _reports(rendered, group)
    out["tag"] = _tags(instance.taxonomy, described_of(rendered), concepts, numbers)
    return out


def _counts(instance: Instance, concepts: list[Concept]) -> Json:
    names = {fact.qname for fact in instance.facts}
    axes: set[QName] = set()
    members: set[QName] = set()
    typed = False
    for context in {id(fact.context): fact.context for fact in instance.facts if fact.context is not None}.values():
        for axis, member in context.dimensions.items():
            axes.add(axis)
            if isinstance(member, QName):
                members.add(member)
            else:
                typed = True
    hidden: dict[str, int] = {}
    for fact in instance.facts:
        if fact.hidden and fact.has_value:
            hidden[fact.qname.namespace] = hidden.get(fact.qname.namespace, 0) + 1
    counts = statistics(instance)
    facts = namespace_counts(instance)
    namespaces = dict.fromkeys(concept.qname.namespace for concept in concepts)
    base = [(space, facts[space]) for space in namespaces if facts.get(space) and is_standard(space)]
    return {
        "keyStandard": _standard(names),
        "keyCustom": len(names) - _standard(names),
        "axisStandard": _standard(axes),
        "axisCustom": len(axes) - _standard(axes),
        "memberStandard": _standard(members) + typed,
        "memberCustom": len(members) - _standard(members),
        "hidden": {"total": sum(hidden.values()), **hidden},
        "contextCount": counts.contexts,
        "entityCount": counts.entities,
        "segmentCount": counts.segments,
        "elementCount": len(concepts),
        "unitCount": counts.units,
        "baseTaxonomies": dict(sorted(base, key=lambda pair: -pair[1])),
    }


def _standard(names: Iterable[QName]) -> int:
    return sum(is_standard(name.namespace) for name in names)


# Reports (metalinks.md 3)


def _reports(rendered: RenderedInstance, group: str) -> Json:
    instance = rendered.instance
    out: Json = {}
    if instance.kind == "inline" and _has_family(instance.taxonomy, "rr"):
        out |= risk_return_sections(instance)
    pages = list(rendered.reports)
    if rendered.uncategorized is not None:
        pages.append(rendered.uncategorized)
    for report in pages:
        entry: Json = {
            "role": report.role,
            "longName": report.long_name,
            "shortName": report.short_name,
            "isDefault": "false" if out else "true",
            "groupType": group or _group_type(report),
            "subGroupType": _sub_group_type(report),
            "menuCat": report.category,
            "order": str(report.position),
        }
        entry["firstAnchor"], entry["uniqueAnchor"] = _anchor_pair(instance, report)
        found: list[Json] = []
        for fact in dict.fromkeys(_text_blocks(report)):
            found += [each for each in html_anchors(instance, fact) if each not in found]
        if found:
            entry["htmlAnchors"] = found
        out[report.stem] = entry
    return out


def _group_type(report: Report) -> str:
    for test in ("Disclosure", "Statement", "Document"):
        if holds(test, report.long_name):
            return test.lower()
    return ""


def _sub_group_type(report: Report) -> str:
    for test, name in (("Paren", "parenthetical"), ("Policy", "policies"), ("Table", "tables"), ("Detail", "details")):
        if holds(test, report.long_name):
            return name
    return ""


def _anchor_pair(instance: Instance, report: Report) -> tuple[Json | None, Json | None]:
    """One object with both marks, printed twice, where the first fact is unique too (metalinks.md 3.2)."""
    first, unique = report.first_anchor, report.unique_anchor
    if report.uncategorized:
        unique = None  # display counts are taken before that page is made
    if first is not None and first is unique:
        both = {**anchor(instance, first), "first": True, "unique": True}
        return both, both
    return (
        {**anchor(instance, first), "first": True} if first is not None else None,
        {**anchor(instance, unique), "unique": True} if unique is not None else None,
    )


def _text_blocks(report: Report) -> Iterator[Fact]:
    for row in report.rows:
        for cell in row.cells:
            if cell.kind == "html":
                yield from cell.facts


# Tags (metalinks.md 4)


def _concept_set(instance: Instance) -> list[Concept]:
    """Concepts with facts, dimensions and members of contexts, and all of calculation and presentation."""
    taxonomy = instance.taxonomy
    found: dict[Concept, None] = {}
    for fact in instance.facts:
        if fact.concept is not None:
            found[fact.concept] = None
    for context in instance.contexts.values():
        for axis, member in context.dimensions.items():
            for name in (axis, member):
                concept = taxonomy.concept(name) if isinstance(name, QName) else None
                if concept is not None:
                    found[concept] = None
    for arcrole in (*_CALCULATIONS, ARC_PARENT_CHILD):
        for role in taxonomy.roles(arcrole):
            for relationship in taxonomy.network(arcrole, role).relationships:
                found[relationship.source] = None
                found[relationship.target] = None
    return sorted(found, key=lambda concept: (concept.qname.local, concept.qname.namespace))


def concept_id(concept: Concept) -> str:
    return concept.id or (f"{concept.prefix}_{concept.qname.local}" if concept.prefix else concept.qname.local)


def _tags(
    taxonomy: Taxonomy, described: Described, concepts: list[Concept], numbers: Mapping[Concept, list[int]]
) -> Json:
    calculations = _calculations(taxonomy)
    presentations: dict[Concept, set[str]] = {}
    for role in taxonomy.roles(ARC_PARENT_CHILD):
        for relationship in taxonomy.network(ARC_PARENT_CHILD, role).relationships:
            presentations.setdefault(relationship.target, set()).add(role)
    out: Json = {}
    for concept in concepts:
        tag: Json = {
            "xbrltype": _type_name(concept),
            "nsuri": concept.qname.namespace,
            "localname": concept.qname.local,
        }
        if concept.balance is not None:
            tag["crdr"] = concept.balance
        if concept in calculations:
            tag["calculation"] = calculations[concept]
        if concept in presentations:
            tag["presentation"] = sorted(presentations[concept])
        languages = _languages(described, concept)
        if languages:
            tag["lang"] = languages
        tag["auth_ref"] = [f"r{number}" for number in numbers.get(concept, ())]
        out[concept_id(concept)] = tag
    return out


def _type_name(concept: Concept) -> str | None:
    if concept.type is None:
        return None
    local = concept.type.qname.local
    return f"{local[1:]}@anonymousType" if local.startswith("#") else local


def _calculations(taxonomy: Taxonomy) -> dict[Concept, Json]:
    """For each concept: the roles in which it is a summand, by arc order, then those in which it is only a sum."""
    children: dict[Concept, Json] = {}
    roots: dict[Concept, Json] = {}
    arcs = [
        relationship
        for arcrole in _CALCULATIONS
        for role in taxonomy.roles(arcrole)
        for relationship in taxonomy.network(arcrole, role).relationships
    ]
    for arc in sorted(arcs, key=lambda arc: arc.order):
        children.setdefault(arc.target, {})[arc.role] = {
            "parentTag": concept_id(arc.source),
            "weight": None if arc.weight is None else float(arc.weight),
            "order": float(arc.order),
        }
        roots.setdefault(arc.source, {})[arc.role] = {"parentTag": None, "weight": None, "order": None, "root": True}
    return {
        concept: {**children.get(concept, {}), **_without(roots.get(concept, {}), children.get(concept, {}))}
        for concept in {**children, **roots}
    }


def _without(entries: Json, others: Json) -> Json:
    return {key: value for key, value in entries.items() if key not in others}


def _languages(described: Described, concept: Concept) -> Json:
    out: Json = {}
    for label in described.labels(concept):
        text = label.text.strip().replace("&", "&amp;").replace("<", "&lt;")
        roles = out.setdefault((label.language or "").lower(), {"role": {}})["role"]
        roles[(label.role or "").rpartition("/")[2]] = text
    return out


# References (metalinks.md 5)

_Parts = tuple[tuple[str, str], ...]


class _References:
    """All distinct references, numbered in the order of their parts."""

    def __init__(self, instances: Iterable[tuple[RenderedInstance, list[Concept]]]) -> None:
        of_concept: dict[Concept, set[_Parts]] = {}
        pair = Made(_pair).__getitem__
        known: Made[tuple[str | None, tuple[tuple[QName, str], ...]], _Parts] = Made(
            lambda key: (("role", key[0] or ""), *filter(None, map(pair, key[1])))
        )
        for rendered, concepts in instances:
            find = described_of(rendered).references
            for concept in concepts:
                references = find(concept)
                if references:
                    of_concept[concept] = {known[each.role, each.parts] for each in references}
        self.distinct = sorted({parts for each in of_concept.values() for parts in each})
        numbers = {parts: number for number, parts in enumerate(self.distinct)}
        self.numbers = {key: sorted([numbers[parts] for parts in each]) for key, each in of_concept.items()}


def _pair(part: tuple[QName, str]) -> tuple[str, str] | None:
    """A part of a reference; None for one without text."""
    name, text = part
    return (name.local, text) if text and not text.isspace() else None
