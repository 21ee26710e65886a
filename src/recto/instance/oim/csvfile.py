"""CSV files as xBRL-CSV has them: RFC 4180, UTF-8 with or without byte order mark, any line ending."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from recto.instance.oim.kinds import Fault

_OTHER_ENCODINGS: Final = (b"\xff\xfe", b"\xfe\xff", b"\0", b"+/v")
_FIELD_LIMIT: Final = 1 << 30


class FileFault(Fault):
    """What makes a CSV file unreadable from a line on."""

    def __init__(self, line: int, message: str):
        super().__init__("invalidCSVFileFormat", message)
        self.line = line


def rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line (from 1) that it begins on. Raises FileFault (`invalidCSVFileFormat`)."""
    if data.startswith(_OTHER_ENCODINGS) or data[1:2] == b"\0":
        raise FileFault(1, "the file is not in UTF-8")
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
        raise FileFault(line, f"the row that begins here is not CSV: {error}") from None
    except UnicodeDecodeError as error:
        raise FileFault(line, f"here or later the file is not in UTF-8: {error.reason}") from None
