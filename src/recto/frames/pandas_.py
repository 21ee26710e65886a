"""Arrow tables as pandas frames on which everything works that people do with frames."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import pyarrow as pa


def frame(table: pa.Table, *, exact: bool = False) -> pandas.DataFrame:
    """See `recto.frames.Table.to_pandas`."""
    import pandas as pd

    names = list(table.column_names)
    columns: dict[int, Any] = {}
    beside = names.index("exact") if "exact" in names else None
    for at, (name, column) in enumerate(zip(names, table.columns, strict=True)):
        if exact and beside is not None and name in ("number", "presented"):
            turned = _turned(table, name, beside)
            columns[at] = _decimals(turned)
        else:
            columns[at] = _column(column, exact=exact or name == "exact")
    found = pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows))
    found.columns = pd.Index(names)
    return found


def _turned(table: pa.Table, name: str, beside: int) -> list[Any]:
    """Exact amounts for a column of floats, which may have the other sign."""
    exact = table.column(beside).to_pylist()
    floats = table.column(name).to_pylist()
    return [
        value if value is None or other is None or (value < 0) == (other < 0) else value.copy_negate()
        for value, other in zip(exact, floats, strict=True)
    ]


def _column(column: pa.ChunkedArray, *, exact: bool) -> Any:
    import pandas as pd
    import pyarrow as pa

    kind = column.type
    if pa.types.is_nested(kind):
        from recto.frames.texts import flat_text

        return pd.Series([flat_text(value) for value in column.to_pylist()], dtype=_texts())
    if pa.types.is_decimal(kind):
        if exact:
            return _decimals(column.to_pylist())
        return column.cast(pa.float64()).to_pandas()
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return column.cast(pa.timestamp("s")).to_pandas().astype("datetime64[s]")
    if pa.types.is_boolean(kind) and column.null_count:
        return column.to_pandas(types_mapper={kind: pd.BooleanDtype()}.get)
    if pa.types.is_integer(kind) and column.null_count:
        whole = pa.int64() if pa.types.is_int64(kind) else pa.int32()
        mapped = {pa.int32(): pd.Int32Dtype(), pa.int64(): pd.Int64Dtype()}
        return column.cast(whole).to_pandas(types_mapper=mapped.get)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pd.Series(column.to_pylist(), dtype=_texts())
    return column.to_pandas()


def _decimals(values: list[Any]) -> Any:
    """`Decimal` objects, NA for none: arithmetic with NA gives NA, with None it would raise."""
    import pandas as pd

    return pd.Series([pd.NA if value is None else _plain(value) for value in values], dtype=object)


def _plain(value: Decimal) -> Decimal:
    """Without the zeros that only the column's scale added."""
    from recto.frames.texts import plain_number

    return Decimal(plain_number(value))


def _texts() -> Any:
    """`str` where pandas has it, else its dtype for strings."""
    import pandas as pd

    return "str" if int(pd.__version__.partition(".")[0]) >= 3 else pd.StringDtype()
