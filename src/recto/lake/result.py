"""What a question gives: an Arrow table that shows itself in terminals and notebooks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from recto.frames import Table, plain_number
from recto.reprs import listing

if TYPE_CHECKING:
    import pyarrow as pa

SHOWN = 40


class Result(Table):
    """Rows and columns; `to_arrow()`, `to_pandas()`, `to_polars()`, `to_dicts()`, `write(path)`."""

    __slots__ = ()

    def records(self) -> list[dict[str, Any]]:
        """All rows as dictionaries."""
        names = self._table.column_names
        columns = map(_values, self._table.itercolumns())
        return [dict(zip(names, row, strict=False)) for row in zip(*columns, strict=True)]

    def text(self, *, width: int = 60) -> str:
        """The rows as aligned text, with a head."""
        lines = [self.columns, *([_cell(value, width) for value in row.values()] for row in self.to_dicts())]
        widths = [max(len(line[at]) for line in lines) for at in range(len(self.columns))]
        right = [_is_number(field.type) for field in self.schema]
        shown = [
            "  ".join(
                cell.rjust(size) if number else cell.ljust(size)
                for cell, size, number in zip(line, widths, right, strict=True)
            ).rstrip()
            for line in lines
        ]
        return "\n".join([shown[0], "  ".join("-" * size for size in widths), *shown[1:]])

    def _repr_html_(self) -> str:
        rows = [[_cell(value, 200) for value in row.values()] for row in self._table.slice(0, SHOWN).to_pylist()]
        more = f" (of {len(self):,})" if len(self) > SHOWN else ""
        return listing(f"{min(len(self), SHOWN):,} rows{more}", tuple(self.columns), rows)

    def __repr__(self) -> str:
        return f"<recto.lake.Result {len(self):,} rows: {', '.join(self.columns)}>"


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _values(column: pa.ChunkedArray) -> list[Any]:
    """As Python's values; days, of which there are few, and moments faster than pyarrow makes them."""
    import pyarrow as pa

    if column.type == pa.timestamp("us", tz="UTC"):
        numbers = column.cast(pa.int64()).to_pylist()
        return [None if each is None else _EPOCH + timedelta(microseconds=each) for each in numbers]
    if column.type != pa.date32():
        return list(column.to_pylist())
    coded = column.combine_chunks().dictionary_encode()
    days = [*coded.dictionary.to_pylist(), None]
    return [days[at] for at in coded.indices.fill_null(len(days) - 1).to_pylist()]


def _is_number(type_: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_))


def _cell(value: Any, width: int) -> str:
    if value is None:
        return ""
    if value.__class__.__name__ == "Decimal":
        text = plain_number(value)
        whole, point, rest = text.partition(".")
        return f"{int(whole):,}{point}{rest}" if whole.lstrip("-").isdecimal() and whole != "-0" else text
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).replace("T00:00:00", "")
    text = " ".join(str(value).split())
    text = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return text if len(text) <= width else text[: width - 1] + "…"


def unit_words(unit: str | None) -> str:
    """`iso4217:USD/xbrli:shares` as `USD/shares`."""
    return "/".join(part.rpartition(":")[2] for part in (unit or "").split("/"))
