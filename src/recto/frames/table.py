"""A table that any Arrow-speaking tool takes as it is, with the few conversions that people ask for by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recto import files
from recto.frames.forms import form_of
from recto.frames.texts import escape_markdown, flat_text, plain_number, plain_text

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow as pa

    from recto.workbook import Styles

FORMATS = ("csv", "json", "parquet", "arrow", "xlsx", "html", "md")

UNINDEXED = frozenset({"value", "text", "documentation"})
"""Columns written to Parquet without statistics: pyarrow cannot read a page back whose bounds take 8 MiB or more."""


_SHOWN = 20
"""Rows that a notebook shows."""
_HTML_HEAD = (
    '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Facts</title>\n'
    "<style>body{font:14px system-ui,sans-serif}table{border-collapse:collapse}"
    "th,td{padding:2px 8px;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}"
    "th{position:sticky;top:0;background:#f4f4f4}</style></head>\n<body>\n"
)


class Table:
    """An immutable Arrow table; `pyarrow`, `polars`, `pandas`, `duckdb` take it through `__arrow_c_stream__`."""

    __slots__ = ("_table",)

    def __init__(self, table: pa.Table):
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)

    def __getattr__(self, name: str) -> Any:
        """Whatever else a `pyarrow.Table` has: `num_rows`, `column(name)`, `to_pylist()`, …"""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._table, name)

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

    def to_pandas(self, *, exact: bool = False) -> pandas.DataFrame:
        """A DataFrame that one can calculate with: amounts are float64, dates `datetime64`, texts `str`.

        Exact amounts stand beside them as `Decimal` objects (column `exact`); with `exact`, the columns of amounts
        (`number`, `presented`, periods of a page) hold `Decimal` objects too. Lists become texts, as in the CSV:
        `axis=member; axis=member`, `R2 R4`. Where there is no value stands NaN, NaT or NA.
        """
        from recto.frames.pandas_ import frame

        return frame(self._table, exact=exact)

    def to_polars(self) -> polars.DataFrame:
        import polars as pl

        frame = pl.from_arrow(self._table)
        assert isinstance(frame, pl.DataFrame)
        return frame

    def to_dicts(self) -> Iterator[dict[str, Any]]:
        for batch in self._table.to_batches(max_chunksize=4096):
            yield from batch.to_pylist()

    def __repr__(self) -> str:
        return f"<recto.Table {len(self):,} rows: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from recto.reprs import listing

        shown = self._table.slice(0, _SHOWN)
        more = f", the first {_SHOWN}" if len(self) > _SHOWN else ""
        rows = ([plain_text(value) for value in row] for row in Table(shown).rows())
        return listing(f"{len(self):,} rows{more}", self.columns, rows)

    def write(self, path: str | Path, format: str | None = None) -> None:
        """Writes `path` by its extension or `format`, in place of an old file only when the new one is whole.

        Raises UsageError for a format that is none of `FORMATS`.
        """
        chosen = form_of(path, FORMATS, given=format)
        with files.replacing(Path(path)) as part:
            getattr(self, f"_write_{chosen}")(Path(part))

    def to_excel(self, path: str | Path, *, sheet: str = "Facts") -> None:
        """Writes a workbook of one sheet, typed, the header frozen and with filters."""
        with files.replacing(Path(path)) as part:
            self._write_xlsx(Path(part), sheet)

    def rows(self) -> Iterator[list[Any]]:
        """The rows as plain values; lists as texts, as in the CSV."""
        for batch in self._table.to_batches(max_chunksize=4096):
            yield from map(list, zip(*(_flat_column(column) for column in batch.columns), strict=True))

    def sheet(self, styles: Styles) -> str:
        """A sheet of a workbook: typed, the header frozen and with filters."""
        from recto.workbook import data_sheet

        columns = [at for at, name in enumerate(self.columns) if name != "is_exact"]
        exact = self.columns.index("exact") if {"number", "exact"} <= set(self.columns) else None
        kept = [at for at in columns if at != exact]

        def rows() -> Iterator[list[Any]]:
            number = self.columns.index("number") if exact is not None else None
            for row in self.rows():
                if exact is not None and number is not None and row[exact] is not None:
                    row[number] = row[exact]  # a sheet has one column for both
                yield [row[at] for at in kept]

        return data_sheet([self.columns[at] for at in kept], rows(), styles)

    def _write_xlsx(self, path: Path, sheet: str = "Facts") -> None:
        from recto.workbook import Styles, workbook

        styles = Styles()
        path.write_bytes(workbook([(sheet, self.sheet(styles))], styles, title=sheet))

    def _write_html(self, path: Path) -> None:
        from html import escape

        def line(cells: Iterator[str], tag: str) -> str:
            return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>\n"

        with open(path, "w", encoding="utf-8") as file:
            file.write(_HTML_HEAD + "<table>\n<thead>" + line(iter(self.columns), "th") + "</thead>\n<tbody>\n")
            for row in self.rows():
                file.write(line((plain_text(value) for value in row), "td"))
            file.write("</tbody>\n</table>\n</body>\n</html>\n")

    def _write_md(self, path: Path) -> None:
        with open(path, "w", encoding="utf-8") as file:
            file.write("| " + " | ".join(map(escape_markdown, self.columns)) + " |\n")
            file.write("|" + " --- |" * len(self.columns) + "\n")
            for row in self.rows():
                file.write("| " + " | ".join(escape_markdown(plain_text(value)) for value in row) + " |\n")

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

            with tempfile.TemporaryDirectory() as folder:  # its readers want a file that can be sought
                path = Path(folder) / f"table.{format}"
                self.write(path, format)
                with open(path, "rb") as file:
                    while chunk := file.read(1 << 20):
                        yield chunk

    def csv_lines(self) -> Iterator[str]:
        """RFC 4180 lines, header first; lists are JSON in their cell, null is empty, and no text is a formula."""
        import io

        from recto.cells import CellWriter

        buffer = io.StringIO()
        writer = CellWriter(buffer)

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
                    elif isinstance(value, list):
                        row[name] = _plain_list(value)
            buffer.clear()
            for row in rows:
                buffer += encoder.encode(row) + b"\n"
            yield bytes(buffer)


def _plain_list(values: list[Any]) -> list[Any]:
    """A list of structs with its amounts as texts, as they stand in other columns."""
    return [
        {name: plain_number(part) if part.__class__.__name__ == "Decimal" else part for name, part in value.items()}
        if isinstance(value, dict)
        else value
        for value in values
    ]


def _flat_column(column: pa.Array) -> list[Any]:
    import pyarrow as pa

    values: list[Any] = column.to_pylist()
    return [flat_text(value) for value in values] if pa.types.is_nested(column.type) else values


def text_table(columns: Mapping[str, Sequence[Any]]) -> Table:
    """A table of texts and exact numbers: a column that holds `Decimal`s is decimal128, others are strings."""
    import pyarrow as pa

    arrays = []
    for values in columns.values():
        numbers = any(value.__class__.__name__ == "Decimal" for value in values)
        try:
            arrays.append(pa.array(values, pa.decimal128(38, 12)) if numbers else pa.array(values, pa.string()))
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            arrays.append(pa.array([None if value is None else str(value) for value in values], pa.string()))
    return Table(pa.Table.from_arrays(arrays, names=list(columns)))


def _csv_column(column: pa.Array) -> list[Any]:
    import json

    import pyarrow as pa

    values: list[Any] = column.to_pylist()
    if pa.types.is_nested(column.type):
        return [None if v is None else json.dumps(_plain_list(v), ensure_ascii=False, default=str) for v in values]
    if pa.types.is_decimal(column.type):
        return [None if v is None else plain_number(v) for v in values]
    if pa.types.is_boolean(column.type):
        return [None if v is None else str(v).lower() for v in values]
    if pa.types.is_temporal(column.type):
        return [None if v is None else v.isoformat() for v in values]
    return values
