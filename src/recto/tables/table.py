"""A table that any Arrow-speaking tool takes as it is, with the few conversions that people ask for by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recto import files
from recto.errors import UsageError

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow as pa

FORMATS = ("csv", "json", "parquet", "arrow")

UNINDEXED = frozenset({"value", "text", "documentation"})
"""Columns written to Parquet without statistics: pyarrow cannot read a page back whose bounds take 8 MiB or more."""


class Table:
    """An immutable Arrow table; `pyarrow`, `polars`, `pandas`, `duckdb` take it through `__arrow_c_stream__`."""

    __slots__ = ("_table",)

    def __init__(self, table: pa.Table):
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    @property
    def columns(self) -> list[str]:
        return list(self._table.column_names)

    @property
    def schema(self) -> pa.Schema:
        return self._table.schema

    def to_arrow(self) -> pa.Table:
        return self._table

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame on Arrow-backed types, so that decimals stay exact and nulls stay null."""
        import pandas as pd

        return self._table.to_pandas(types_mapper=pd.ArrowDtype)

    def to_polars(self) -> polars.DataFrame:
        import polars as pl

        frame = pl.from_arrow(self._table)
        assert isinstance(frame, pl.DataFrame)
        return frame

    def to_dicts(self) -> Iterator[dict[str, Any]]:
        for batch in self._table.to_batches(max_chunksize=4096):
            yield from batch.to_pylist()

    def write(self, path: str | Path, format: str | None = None) -> None:
        """Writes `path` by its extension or `format`, in place of an old file only when the new one is whole.

        Raises UsageError for a format that is none of csv, json, parquet, arrow.
        """
        path = Path(path)
        chosen = format or {".jsonl": "json", ".feather": "arrow", ".ipc": "arrow"}.get(path.suffix, path.suffix[1:])
        if chosen not in FORMATS:
            raise UsageError(f"a table cannot be written as '{chosen}': choose one of {', '.join(FORMATS)}")
        with files.replacing(path) as part:
            getattr(self, f"_write_{chosen}")(Path(part))

    def _write_parquet(self, path: Path) -> None:
        import pyarrow.parquet as pq

        indexed = [name for name in self.columns if name not in UNINDEXED]
        pq.write_table(self._table, path, compression="zstd", write_statistics=indexed)

    def _write_arrow(self, path: Path) -> None:
        import pyarrow as pa

        with pa.ipc.new_file(path, self._table.schema) as sink:
            sink.write_table(self._table)

    def _write_csv(self, path: Path) -> None:
        with open(path, "w", encoding="utf-8", newline="") as file:
            for line in self.csv_lines():
                file.write(line)

    def _write_json(self, path: Path) -> None:
        with open(path, "wb") as file:
            for line in self.json_lines():
                file.write(line)

    def chunks(self, format: str) -> Iterator[bytes]:
        """The table in one of `FORMATS`, as bytes for a stream."""
        if format == "csv":
            yield from (text.encode() for text in self.csv_lines())
        elif format == "json":
            yield from self.json_lines()
        else:
            import tempfile

            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"table.{format}"
                self.write(path, format)
                with open(path, "rb") as file:
                    while chunk := file.read(1 << 20):
                        yield chunk

    def csv_lines(self) -> Iterator[str]:
        """RFC 4180 lines, header first; lists are JSON in their cell, null is empty."""
        import csv
        import io

        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")

        def flush() -> str:
            text = buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
            return text

        writer.writerow(self.columns)
        for batch in self._table.to_batches(max_chunksize=4096):
            plain = [_csv_column(column) for column in batch.columns]
            writer.writerows(zip(*plain, strict=True))
            yield flush()
        tail = flush()
        if tail:
            yield tail

    def json_lines(self) -> Iterator[bytes]:
        """One JSON object a line; amounts are strings, so that no reader turns them into floats."""
        import msgspec

        encoder = msgspec.json.Encoder(decimal_format="string", enc_hook=str)
        buffer = bytearray()
        for batch in self._table.to_batches(max_chunksize=4096):
            rows = batch.to_pylist()
            for row in rows:
                for name, value in row.items():
                    if value.__class__.__name__ == "Decimal":
                        row[name] = plain_number(value)
            buffer.clear()
            for row in rows:
                buffer += encoder.encode(row) + b"\n"
            yield bytes(buffer)


def plain_number(value: Any) -> str:
    """A decimal without exponent and without zeros that only the column's scale added."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _csv_column(column: pa.Array) -> list[Any]:
    import json

    import pyarrow as pa

    values: list[Any] = column.to_pylist()
    if pa.types.is_nested(column.type):
        return [None if v is None else json.dumps(v, ensure_ascii=False) for v in values]
    if pa.types.is_decimal(column.type):
        return [None if v is None else plain_number(v) for v in values]
    if pa.types.is_boolean(column.type):
        return [None if v is None else str(v).lower() for v in values]
    if pa.types.is_temporal(column.type):
        return [None if v is None else v.isoformat() for v in values]
    return values
