"""CSV files as xBRL-CSV has them: RFC 4180, UTF-8 with or without byte order mark, any line ending."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from recto.instance.oim.kinds import Fault

_OTHER_ENCODINGS: Final = (b"\xff\xfe", b"\xfe\xff", b"\0", b"+/v")
_FIELD_LIMIT: Final = 1 << 30


def rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line (from 1) that it begins on. Raises Fault (`invalidCSVFileFormat`)."""
    if data.startswith(_OTHER_ENCODINGS) or data[1:2] == b"\0":
        raise Fault("invalidCSVFileFormat", "the file is not in UTF-8")
    if csv.field_size_limit() < _FIELD_LIMIT:
        csv.field_size_limit(_FIELD_LIMIT)  # text blocks are longer than the limit that Python sets
    stream = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    reader = csv.reader(stream, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise Fault("invalidCSVFileFormat", f"line {line}: {error}") from None
    except UnicodeDecodeError as error:
        raise Fault("invalidCSVFileFormat", f"after line {line}: not in UTF-8: {error.reason}") from None
