"""The SEC's data sets as an export: Financial Statement Data Sets (`sub`, `num`, `tag`, `pre`), and the Notes set
(with `dim`, `txt`, `ren`, `cal`), with the SEC's names and types of columns.

As in the SEC's files, fields are separated by tabs and unquoted, dates are rounded to the nearest end of a month
(`datp`, `durp` say by how much), values to four decimals. What neither filings nor their headers tell (`sic` of a
source without header, `context` of a text) stays empty. Each folder holds `load.sql`, which loads it into DuckDB.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from recto import files
from recto.errors import NotFoundError, UsageError
from recto.lake.asked import Asked

_SUB: Final = (
    *(("adsh", "VARCHAR"), ("cik", "BIGINT"), ("name", "VARCHAR"), ("sic", "INTEGER"), ("countryba", "VARCHAR")),
    *(("stprba", "VARCHAR"), ("cityba", "VARCHAR"), ("zipba", "VARCHAR"), ("bas1", "VARCHAR"), ("bas2", "VARCHAR")),
    *(("baph", "VARCHAR"), ("countryma", "VARCHAR"), ("stprma", "VARCHAR"), ("cityma", "VARCHAR")),
    *(("zipma", "VARCHAR"), ("mas1", "VARCHAR"), ("mas2", "VARCHAR"), ("countryinc", "VARCHAR")),
    *(("stprinc", "VARCHAR"), ("ein", "VARCHAR"), ("former", "VARCHAR"), ("changed", "DATE"), ("afs", "VARCHAR")),
    *(("wksi", "BOOLEAN"), ("fye", "VARCHAR"), ("form", "VARCHAR"), ("period", "DATE"), ("fy", "INTEGER")),
    *(("fp", "VARCHAR"), ("filed", "DATE"), ("accepted", "TIMESTAMP"), ("prevrpt", "BOOLEAN"), ("detail", "BOOLEAN")),
    *(("instance", "VARCHAR"), ("nciks", "INTEGER"), ("aciks", "VARCHAR")),
)
_TAG: Final = (
    *(("tag", "VARCHAR"), ("version", "VARCHAR"), ("custom", "BOOLEAN"), ("abstract", "BOOLEAN")),
    *(("datatype", "VARCHAR"), ("iord", "VARCHAR"), ("crdr", "VARCHAR"), ("tlabel", "VARCHAR"), ("doc", "VARCHAR")),
)
_VALUE: Final = "DECIMAL(28, 4)"
_KEY: Final = (("adsh", "VARCHAR"), ("tag", "VARCHAR"), ("version", "VARCHAR"), ("ddate", "DATE"), ("qtrs", "INTEGER"))
STATEMENTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "sub": _SUB,
    "tag": _TAG,
    "num": (
        *_KEY,
        *(
            ("uom", "VARCHAR"),
            ("segments", "VARCHAR"),
            ("coreg", "VARCHAR"),
            ("value", _VALUE),
            ("footnote", "VARCHAR"),
        ),
    ),
    "pre": (
        *(("adsh", "VARCHAR"), ("report", "INTEGER"), ("line", "INTEGER"), ("stmt", "VARCHAR"), ("inpth", "BOOLEAN")),
        *(("rfile", "VARCHAR"), ("tag", "VARCHAR"), ("version", "VARCHAR"), ("plabel", "VARCHAR")),
        ("negating", "BOOLEAN"),
    ),
}
NOTES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "sub": (
        *_SUB,
        *(("pubfloatusd", "DOUBLE"), ("floatdate", "DATE"), ("floataxis", "VARCHAR"), ("floatmems", "INTEGER")),
    ),
    "tag": _TAG,
    "dim": (("dimhash", "VARCHAR"), ("segments", "VARCHAR"), ("segt", "BOOLEAN")),
    "num": (
        *_KEY,
        *(("uom", "VARCHAR"), ("dimh", "VARCHAR"), ("iprx", "INTEGER"), ("value", _VALUE), ("footnote", "VARCHAR")),
        *(("footlen", "INTEGER"), ("dimn", "INTEGER"), ("coreg", "VARCHAR"), ("durp", "DOUBLE"), ("datp", "DOUBLE")),
        ("dcml", "INTEGER"),
    ),
    "txt": (
        *_KEY,
        *(("iprx", "INTEGER"), ("lang", "VARCHAR"), ("dcml", "INTEGER"), ("durp", "DOUBLE"), ("datp", "DOUBLE")),
        *(
            ("dimh", "VARCHAR"),
            ("dimn", "INTEGER"),
            ("coreg", "VARCHAR"),
            ("escaped", "BOOLEAN"),
            ("srclen", "INTEGER"),
        ),
        *(("txtlen", "INTEGER"), ("footnote", "VARCHAR"), ("footlen", "INTEGER"), ("context", "VARCHAR")),
        ("value", "VARCHAR"),
    ),
    "ren": (
        *(("adsh", "VARCHAR"), ("report", "INTEGER"), ("rfile", "VARCHAR"), ("menucat", "VARCHAR")),
        *(("shortname", "VARCHAR"), ("longname", "VARCHAR"), ("roleuri", "VARCHAR"), ("parentroleuri", "VARCHAR")),
        *(("parentreport", "INTEGER"), ("ultparentrpt", "INTEGER")),
    ),
    "pre": (
        *(("adsh", "VARCHAR"), ("report", "INTEGER"), ("line", "INTEGER"), ("stmt", "VARCHAR"), ("inpth", "BOOLEAN")),
        *(("tag", "VARCHAR"), ("version", "VARCHAR"), ("prole", "VARCHAR"), ("plabel", "VARCHAR")),
        ("negating", "BOOLEAN"),
    ),
    "cal": (
        *(("adsh", "VARCHAR"), ("grp", "INTEGER"), ("arc", "INTEGER"), ("negative", "BOOLEAN"), ("ptag", "VARCHAR")),
        *(("pversion", "VARCHAR"), ("ctag", "VARCHAR"), ("cversion", "VARCHAR")),
    ),
}
SETS: Final = {"statements": (STATEMENTS, "txt"), "notes": (NOTES, "tsv")}
"""Name of a set → its tables with their columns, and the ending of its files."""
_MANY: Final = 100
"""Filings that are read at a time."""
Progress = Callable[[int, int, str], None]


class Exported(Struct, frozen=True):
    """What was written: rows of each file."""

    folder: str
    filings: int
    rows: dict[str, int]


def export(
    lake: Asked,
    folder: Path,
    *,
    name: str,
    filings: Sequence[str],
    progress: Progress | None = None,
) -> Exported:
    """Writes the data set `name` of these filings into a folder. Raises `UsageError`, `NotFoundError`."""
    from recto.lake.dataset_rows import Rows

    if name not in SETS:
        raise UsageError(f"{name!r} is no data set of the SEC's: choose one of {', '.join(SETS)}")
    if not filings:
        raise NotFoundError("no filing of the lake is asked for", code="recto:noFilings")
    tables, ending = SETS[name]
    counts = dict.fromkeys(tables, 0)
    rows = Rows(lake, notes=name == "notes")
    folder.mkdir(parents=True, exist_ok=True)
    parts = {table: files.writing(folder / f"{table}.{ending}", "w") for table in tables}
    opened = {table: part.__enter__() for table, part in parts.items()}
    try:
        for table, columns in tables.items():
            opened[table].write("\t".join(column for column, _ in columns) + "\n")
        for at in range(0, len(filings), _MANY):
            if progress is not None:
                progress(at, len(filings), "writing")
            for table, made in rows.of(filings[at : at + _MANY]).items():
                for line in _lines(made, tables[table]):
                    opened[table].write(line)
                    counts[table] += 1
    except BaseException as error:
        for part in parts.values():
            part.__exit__(type(error), error, error.__traceback__)
        raise
    for part in parts.values():
        part.__exit__(None, None, None)
    files.write(folder / "load.sql", load_script(name).encode())
    return Exported(str(folder), len(filings), counts)


def _lines(rows: Iterable[dict[str, Any]], columns: Sequence[tuple[str, str]]) -> Iterator[str]:
    names = [name for name, _ in columns]
    for row in rows:
        yield "\t".join([_field(row.get(name)) for name in names]) + "\n"


def _field(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if hasattr(value, "strftime"):
        return str(value.strftime("%Y-%m-%d %H:%M:%S.0" if hasattr(value, "hour") else "%Y%m%d"))
    return " ".join(value.split()) if isinstance(value, str) else str(value)


def load_script(name: str) -> str:
    """SQL for DuckDB that loads the files of a set, from the folder it is run in."""
    tables, ending = SETS[name]
    parts = [f"-- In DuckDB, from this folder: .read load.sql\n-- {name.capitalize()}, with the SEC's columns."]
    for table, columns in tables.items():
        listed = ", ".join(f'"{column}" {type_}' for column, type_ in columns)
        parts.append(
            f"CREATE OR REPLACE TABLE {table} ({listed});\n"
            f"COPY {table} FROM '{table}.{ending}' (DELIMITER '\\t', HEADER, QUOTE '', ESCAPE '', NULLSTR '',"
            " DATEFORMAT '%Y%m%d', TIMESTAMPFORMAT '%Y-%m-%d %H:%M:%S.%g');"
        )
    return "\n\n".join(parts) + "\n"
