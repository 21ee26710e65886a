"""What the trees share: they print as text, show as tables in notebooks, and become frames and files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from recto import limits
from recto.frames import Table
from recto.prose.writing import length, pad
from recto.rendering.tree import TreeTooLargeError
from recto.taxonomy.model import Concept, Network, Relationship


class Printed:
    """Something with a title, headings and rows of texts; the first column is indented by depth."""

    title: str = ""

    def headings(self) -> Sequence[str]:
        raise NotImplementedError

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """(depth, texts)."""
        raise NotImplementedError

    def to_arrow(self) -> Table:
        raise NotImplementedError

    def to_pandas(self, *, exact: bool = False) -> Any:
        """A pandas DataFrame to calculate with; with `exact` amounts are `Decimal` objects."""
        return self.to_arrow().to_pandas(exact=exact)

    def to_polars(self) -> Any:
        """A polars DataFrame."""
        return self.to_arrow().to_polars()

    def write(self, path: str | os.PathLike[str], format: str | None = None) -> None:
        """Writes by extension: `.txt` as it prints; `.csv`, `.json`, `.parquet`, `.arrow`, `.xlsx`, `.html`, `.md`."""
        from recto import files
        from recto.frames import FORMATS, form_of

        form = form_of(path, ("text", *FORMATS), given=format)
        if form == "text":
            files.write(path, f"{self}\n".encode())
        else:
            self.to_arrow().write(os.fspath(path), form)

    def __str__(self) -> str:
        rows = [(depth, list(texts)) for depth, texts in self.rows()]
        lines = [("  " * depth + texts[0], texts[1:]) for depth, texts in rows]
        heads = list(self.headings())
        first = max([length(label) for label, _ in lines] + [length(heads[0])], default=0)
        widths = [
            max([length(texts[at]) for _, texts in lines] + [length(head)], default=0)
            for at, head in enumerate(heads[1:])
        ]
        shown = [self.title] if self.title else []
        words = [any(texts[at][:1].isalpha() for _, texts in lines) for at in range(len(widths))]
        for label, texts in [(heads[0], heads[1:]), *lines]:
            cells = [pad(text, width, right=not left) for text, width, left in zip(texts, widths, words, strict=True)]
            shown.append("  ".join([pad(label, first), *cells]).rstrip())
        return "\n".join(shown)

    def _repr_html_(self) -> str:
        from recto.reprs import listing

        rows = (["\u2003" * depth + texts[0], *texts[1:]] for depth, texts in self.rows())
        return listing(self.title, self.headings(), rows)


def places_of(network: Network) -> Iterator[tuple[Concept, Relationship | None, int]]:
    """Every place of a network's tree, from the roots down: concept, the arc that leads to it (None for a root), depth.

    Depth first, without recursion. What stands below a concept of its own path is not followed. Raises RectoError
    (`recto:treeTooLarge`) where shared parts multiply into more than `limits.TREE_PLACES`.
    """
    count = 0
    for root in network.roots:
        yield root, None, 0
        path = {root}
        stack = [(root, iter(network.children(root)))]
        while stack:
            concept, arcs = stack[-1]
            arc = next(arcs, None)
            if arc is None:
                stack.pop()
                path.discard(concept)
                continue
            count += 1
            if count > limits.TREE_PLACES:
                raise TreeTooLargeError(network.role, arc)
            yield arc.target, arc, len(stack)
            if arc.target not in path:
                path.add(arc.target)
                stack.append((arc.target, iter(network.children(arc.target))))


def table_of(columns: dict[str, tuple[str, Sequence[Any]]]) -> Table:
    """A table of columns with their types as `recto.tables.schemas` spells them."""
    import pyarrow as pa

    from recto.tables.schemas import arrow_type

    arrays = [pa.array(list(values), arrow_type(kind)) for kind, values in columns.values()]
    return Table(pa.Table.from_arrays(arrays, names=list(columns)))
