"""How rows of a large table are cut into stretches, each of which is sorted for itself.

A table that is too large to be sorted at once is cut by what most questions to it name: facts by entity, texts by
concept, the rest by filing. The cuts stay as the lake grows, so that what comes in is sorted into the stretches that it
belongs to, one at a time. Facts are cut further, into blocks of a few companies that are sorted by concept: a company
of all concepts, and a concept of all companies, each touch few groups of rows.
"""

from __future__ import annotations

import math
import re
import uuid
from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from recto.lake.places import Place
from recto.lake.schemas import TABLES
from recto.lake.store import COMPACTED, ROW_GROUP, DataFile

SORTED_AT_ONCE = 6_000_000
"""Rows that are sorted in one go: a gigabyte or two."""
BYTES_AT_ONCE = 256 << 20
"""Bytes of files that are."""
OUTGROWN = 4
"""Times as many rows as the cuts were made for: then others are made."""
_SHARE = 1 / 4
"""Of the groups of rows, squared: those of a block. A company is read in all columns of a block, a concept in four or
five of a group or two of each block."""
_FOLDER = "_layout"
_NAME = re.compile(rf"{COMPACTED}[0-9a-f]+x([0-9a-f]{{8}})([ds])(\d+)")


class Layout(Struct, frozen=True):
    """The cuts of a table: a stretch, or a block, begins with each key named."""

    id: str
    rows: int
    """That there were when it was made."""
    stretches: tuple[str, ...]
    blocks: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: str, counts: Sequence[tuple[str | None, int]], at_once: int) -> Layout:
        """From rows of each key, in the order of the keys."""
        rows = sum(count for _, count in counts)
        blocks: tuple[str, ...] = ()
        if table == "facts":
            groups = rows / ROW_GROUP
            blocks = _cuts(counts, max(1, round(groups / max(1.0, math.sqrt(groups * _SHARE)))))
        return cls(uuid.uuid4().hex[:8], rows, _cuts(counts, math.ceil(rows / at_once)), blocks)

    @property
    def count(self) -> int:
        return len(self.stretches) + 1

    def place(self, key: str | None) -> tuple[int, int]:
        """The stretch and the block of a key."""
        return bisect_right(self.stretches, key or ""), bisect_right(self.blocks, key or "")

    def place_of(self, file: DataFile) -> tuple[int, bool] | None:
        """The stretch of a file, and whether it is sorted; None for what was not made by these cuts."""
        match = _NAME.fullmatch(file.batch)
        return None if match is None or match[1] != self.id else (int(match[3]), match[2] == "s")

    def batch(self, name: str, stretch: int, *, in_order: bool) -> str:
        """The batch of a file of a stretch; `name` is that of the compaction that makes it."""
        return f"{name}x{self.id}{'s' if in_order else 'd'}{stretch}"


def new_name() -> str:
    """A compaction's name: with it begin the names of the files that it makes."""
    return COMPACTED + uuid.uuid4().hex[:16]


def key_of(table: str) -> str:
    """The column by which a table is cut."""
    return {"facts": "entity", "texts": "concept"}.get(table, "filing")


def at_once(files: Iterable[DataFile]) -> int:
    """How many rows of such files are sorted in one go."""
    held = list(files)
    rows, size = sum(each.rows for each in held), sum(each.size for each in held)
    return max(1, min(SORTED_AT_ONCE, rows * BYTES_AT_ONCE // max(1, size)))


def stored(place: Place, table: str) -> Layout | None:
    """The cuts of a table; None where it has none."""
    try:
        return msgspec.json.decode(place.read(f"{_FOLDER}/{table}.json"), type=Layout)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def store(place: Place, table: str, layout: Layout) -> None:
    assert table in TABLES
    place.write(f"{_FOLDER}/{table}.json", msgspec.json.encode(layout))


def _cuts(counts: Sequence[tuple[str | None, int]], parts: int) -> tuple[str, ...]:
    """The keys at which about equal numbers of rows begin: no key is in two parts."""
    total = sum(count for _, count in counts)
    found: list[str] = []
    before = last = 0
    for key, count in counts:
        part = before * parts // total
        if key and part > last:
            found.append(key)
            last = part
        before += count
    return tuple(found)
