"""Changes of one place in the small filing of `small_efm`: which file, what stands there, what comes in its place."""

from __future__ import annotations

from tests.rules.small_efm import DEF, INSTANCE, NAMESPACES, NOTES, SCHEMA, links

Change = tuple[str, str, str]
FACTS, ELEMENTS, ROLES, LINKS, LABELS = (f"<!-- {name} -->" for name in "facts elements roles links labels".split())
NOW = "<xbrli:instant>2024-12-31</xbrli:instant>"


def facts(content: str) -> Change:
    return (INSTANCE, FACTS, content)


def elements(content: str) -> Change:
    return (SCHEMA, ELEMENTS, content)


def definitions(*arcs: tuple[str, ...]) -> Change:
    return (DEF, LINKS, links("definition", NOTES, list(arcs)))


def imported(name: str, namespace: str) -> Change:
    """The filing's schema imports one more."""
    return (SCHEMA, "<xs:import ", f'<xs:import namespace="{namespace}" schemaLocation="{name}"/><xs:import ')


def empty(name: str, namespace: str) -> tuple[str, str]:
    """A schema that declares nothing."""
    return (name, f'<xs:schema {NAMESPACES} targetNamespace="{namespace}"/>')
