"""SQL that may come from strangers: one `select` over the lake, which reads and writes nothing else.

DuckDB itself refuses files outside the lake's folder. That leaves statements other than `select` (`copy` may write into
the folder), and functions in a `select` that do something: `enable_logging` makes files, and ends the process where it
may not. So functions that make tables must be among those that only compute.
"""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from recto import limits
from recto.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

TABLE_FUNCTIONS: Final = frozenset(
    (
        *("as_known_on", "generate_series", "histogram", "json_each", "json_tree", "range", "repeat", "unnest"),
        *("duckdb_columns", "duckdb_functions", "duckdb_tables", "duckdb_views", "pragma_table_info"),
    )
)
"""Functions after `from` that only compute, or tell what tables there are."""


def lock(connection: Any, folder: str) -> None:
    """Closes a connection to all files but those of a folder."""
    quoted = folder.replace("'", "''")
    connection.execute(f"set allowed_directories = ['{quoted}']; set enable_external_access = false")


def spill(connection: Any) -> None:
    """Sends what memory does not hold to the system's folder for such files, not to `.tmp` where the user is."""
    quoted = tempfile.gettempdir().replace("'", "''")
    connection.execute(f"set temp_directory = '{quoted}/recto-duckdb-{id(connection):x}'")


def bound(connection: Any) -> None:
    """Limits the memory and the temporary files of all statements together."""
    connection.execute(f"set memory_limit = '{limits.SQL_MEMORY}B'; set max_temp_directory_size = '{limits.SQL_DISK}B'")


def require_select(cursor: Any, statement: str) -> None:
    """Raises `UsageError` unless the statement is one `select` whose functions only compute."""
    import duckdb

    if [each.type.name for each in duckdb.extract_statements(statement)] != ["SELECT"]:
        raise UsageError("give one `select` statement", code="recto:sql")
    ((text,),) = cursor.execute("select json_serialize_sql(?)", [statement]).fetchall()
    try:
        tree = json.loads(text)
    except RecursionError:
        raise UsageError("the statement is too deep", code="recto:sql") from None
    for name in _table_functions(tree):
        if name.casefold() not in TABLE_FUNCTIONS:
            raise UsageError(f"{name}() may not be asked here: only the tables of the lake", code="recto:sql")


def _table_functions(node: Any) -> Iterator[str]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if each.get("type") == "TABLE_FUNCTION":
                yield str(each["function"]["function_name"])
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each


def bounded(cursor: Any, relation: Any) -> pa.Table:
    """The rows of a statement, within the limits of time and size. Raises `UsageError` beyond them."""
    import duckdb
    import pyarrow as pa

    watch = threading.Timer(limits.SQL_SECONDS, cursor.interrupt)
    watch.daemon = True
    watch.start()
    try:
        reader = relation.to_arrow_reader()
        parts, size = [], 0
        for each in reader:
            parts.append(each)
            size += each.nbytes
            if size > limits.SQL_ANSWER:
                raise UsageError(
                    f"the answer has more than {limits.SQL_ANSWER >> 20:,} MB: ask for fewer rows or columns",
                    code="recto:sql",
                )
        return pa.Table.from_batches(parts, reader.schema)
    except (duckdb.InterruptException, OSError) as error:
        if isinstance(error, OSError) and "interrupt" not in str(error).casefold():
            raise
        raise UsageError(f"the statement took longer than {limits.SQL_SECONDS:g} s", code="recto:sql") from None
    finally:
        watch.cancel()
