"""The order in which concepts are declared, which decides between siblings of equal order (rendering.md 4.2)."""

from __future__ import annotations

from recto.taxonomy.dts import DTS
from recto.taxonomy.model import Concept, Taxonomy


class DeclarationOrder:
    """Places of concepts among all declarations of a DTS.

    What a schema imports comes before its own elements, import by import: the elements of a filer's schema stand behind
    those of the standard schemas that it imports.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._ranks: dict[int, int] | None = None

    def key(self, concept: Concept) -> tuple[int, int]:
        """Sorts concepts by declaration."""
        if self._ranks is None:
            self._ranks = _ranks(self._taxonomy) if isinstance(self._taxonomy, DTS) else {}
        schema, element = concept.index
        return (self._ranks.get(schema, schema), element)


def _ranks(taxonomy: DTS) -> dict[int, int]:
    """Rank of each schema by its ordinal in the DTS: imported schemas before those that import them."""
    schemas = {document.url: document for document in taxonomy.members if document.compiled.kind == "schema"}
    ranks: dict[int, int] = {}
    met: set[str] = set()
    for start in schemas.values():
        stack = [(start, iter(start.compiled.imports))] if start.url not in met else []
        met.add(start.url)
        while stack:
            document, imports = stack[-1]
            reference = next(imports, None)
            if reference is None:
                stack.pop()
                ranks[document.ordinal] = len(ranks)
                continue
            _, namespace, location, bases, _ = reference
            target = schemas.get(document.absolute(bases, location)) if location else None
            if target is None and namespace:
                target = next(iter(taxonomy.schemas_of(namespace)), None)
            if target is not None and target.url not in met:
                met.add(target.url)
                stack.append((target, iter(target.compiled.imports)))
    return ranks
