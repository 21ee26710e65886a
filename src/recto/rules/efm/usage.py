"""Which elements a report uses: of facts, as axes and members, as the concepts of enumerations."""

from __future__ import annotations

from recto.names import QName
from recto.rules.efm.submission import is_standard, submission
from recto.rules.subject import Subject
from recto.taxonomy.model import Concept


def used_concepts(subject: Subject) -> list[Concept]:
    """Concepts of facts, and axes and members of the contexts that facts have, in the order of their first use."""
    found: list[Concept] | None = subject.cache.get("efm.used")
    if found is None:
        names: dict[QName, None] = {}
        contexts: set[str] = set()
        for fact in submission(subject).own_facts():
            names[fact.qname] = None
            if fact.context is not None and fact.context.id not in contexts:
                contexts.add(fact.context.id)
                for axis, member in fact.context.dimensions.items():
                    names[axis] = None
                    if isinstance(member, QName):
                        names[member] = None
        found = [concept for name in names if (concept := subject.dts.concept(name)) is not None]
        subject.cache["efm.used"] = found
    return found


def is_domain_item(concept: Concept) -> bool:
    """Whether a concept is a domain or a member of one: by its type, or where it is standard by its name."""
    if is_standard(concept.qname.namespace) and concept.qname.local.endswith(("Domain", "Member")):
        return True
    return concept.type is not None and any(
        each.qname.local == "domainItemType" and is_standard(each.qname.namespace) for each in concept.type.chain()
    )
