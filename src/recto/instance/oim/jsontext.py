"""JSON documents with the places of their parts: values as Python objects, lines of members when asked for."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, Final, NamedTuple

from recto.errors import SourceError
from recto.patterns import lazy

_SPACE: Final = lazy(r"[ \t\r\n]*")
_SURROGATE: Final = lazy(r"\\u[dD][89abAB]")
_OTHER_ENCODINGS: Final = (b"\xff\xfe", b"\xfe\xff", b"\0", b"+/v")

Path = tuple["str | int", ...]
"""Where a value stands: keys of objects, positions in arrays."""


class Member(NamedTuple):
    """A member of an object: where its key stands in the text, and where its value begins and ends."""

    key: str
    at: int
    start: int
    end: int


class JSONText:
    """One JSON document (RFC 8259, UTF-8). `value` is the whole of it; duplicate keys are kept aside.

    Raises SourceError with `code` for what is no JSON document.
    """

    def __init__(self, data: bytes, url: str, code: str):
        self.url = url
        self.code = code
        self.text = self._decode(data)
        self._repeats = False
        self._lines: list[int] | None = None
        self._members: dict[int, dict[str, Member]] = {}
        self._decoder = json.JSONDecoder(object_pairs_hook=self._object, parse_constant=_no_constant)
        try:
            self.value: Any = self._decoder.decode(self.text)
        except json.JSONDecodeError as error:
            raise self._error(error.msg, error.lineno) from None
        except RecursionError:
            raise self._error("nested too deeply") from None
        except ValueError:  # a constant, or an integer of more digits than Python reads
            raise self._no_value() from None
        if _SURROGATE.search(self.text):
            self._require_characters()

    @property
    def has_repeated_keys(self) -> bool:
        return self._repeats

    def repeated_keys(self) -> list[tuple[Path, int]]:
        """Every key that its object has already: path and line."""
        try:
            return list(self._repeated(self._skip(0), ()))
        except RecursionError:
            return [((), 1)]

    def line(self, path: Sequence[str | int]) -> int:
        """The line (from 1) of the member or item at `path`; of the nearest one around it where there is none."""
        at = start = self._skip(0)
        for step in path:
            if isinstance(step, str):
                if self.text[start] != "{":
                    break
                member = self._index(start).get(step)
                if member is None:
                    break
                at, start = member.at, member.start
            else:
                items = list(self._items(start)) if self.text[start] == "[" else []
                if step >= len(items):
                    break
                at = start = items[step]
        return self.line_at(at)

    def lines_of_members(self, path: Sequence[str]) -> dict[str, int]:
        """The line of each member of the object at `path`, by key; an empty dict where there is no such object."""
        start = self._skip(0)
        for step in path:
            member = self._index(start).get(step) if self.text[start] == "{" else None
            if member is None:
                return {}
            start = member.start
        if self.text[start] != "{":
            return {}
        return {key: self.line_at(member.at) for key, member in self._index(start).items()}

    def lines_of_keys(self, path: Sequence[str], keys: Iterable[str]) -> dict[str, int]:
        """The same for an object with very many members, whose keys are given in order, by a search for each.

        A key that is not found as JSON writers write it counts as standing where the one before it does.
        """
        find, text = self.text.find, self.text
        at, line, counted = self._start_of(path), 1, 0
        lines = {}
        for key in keys:
            needle = json.dumps(key, ensure_ascii=False)
            found = find(needle, at)
            while found >= 0:
                after = self._skip(found + len(needle))
                if text[after : after + 1] == ":":
                    at = after
                    line += text.count("\n", counted, found)
                    counted = found
                    break
                found = find(needle, after)
            lines[key] = line
        return lines

    def _start_of(self, path: Sequence[str]) -> int:
        start = self._skip(0)
        for step in path:
            start = self._index(start)[step].start
        return start

    def line_at(self, position: int) -> int:
        if self._lines is None:
            self._lines = [match.start() for match in re.finditer("\n", self.text)]
        return bisect_right(self._lines, position) + 1

    def members(self, start: int) -> Iterator[Member]:
        """The members of the object that begins at `start`, in order, repeated keys too."""
        text = self.text
        at = self._skip(start + 1)
        while text[at] != "}":
            if text[at] == ",":
                at = self._skip(at + 1)
            key, after = scanstring(text, at + 1)
            value = self._skip(self._skip(after) + 1)
            end = self._end(value)
            yield Member(key, at, value, end)
            at = self._skip(end)

    def _items(self, start: int) -> Iterator[int]:
        at = self._skip(start + 1)
        while self.text[at] != "]":
            if self.text[at] == ",":
                at = self._skip(at + 1)
            yield at
            at = self._skip(self._end(at))

    def _index(self, start: int) -> dict[str, Member]:
        found = self._members.get(start)
        if found is None:
            found = self._members[start] = {member.key: member for member in self.members(start)}
        return found

    def _end(self, start: int) -> int:
        return _SCANNER.raw_decode(self.text, start)[1]

    def _skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        assert match is not None
        return match.end()

    def _repeated(self, start: int, path: Path) -> Iterator[tuple[Path, int]]:
        if self.text[start] == "{":
            seen = set()
            for member in self.members(start):
                if member.key in seen:
                    yield (*path, member.key), self.line_at(member.at)
                seen.add(member.key)
                yield from self._repeated(member.start, (*path, member.key))
        elif self.text[start] == "[":
            for position, at in enumerate(self._items(start)):
                yield from self._repeated(at, (*path, position))

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            self._repeats = True
        return found

    def _decode(self, data: bytes) -> str:
        if data.startswith(_OTHER_ENCODINGS) or data[1:2] == b"\0":
            raise self._error("not in UTF-8")
        try:
            return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        except UnicodeDecodeError as error:
            raise self._error(f"not in UTF-8: {error.reason}", data.count(b"\n", 0, error.start) + 1) from None

    def _require_characters(self) -> None:
        """Escapes that are half a surrogate pair make no character."""
        try:
            json.dumps(self.value, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            raise self._error("an escape is half of a surrogate pair, which is no character") from None

    def _no_value(self) -> SourceError:
        for match in _STRINGS_AND_ODDITIES.finditer(self.text):
            if match[1] is not None:
                line = self.text.count("\n", 0, match.start()) + 1
                what = match[1] if len(match[1]) < 20 else f"a number of {len(match[1])} digits"
                return self._error(f"{what} is not a JSON value", line)
        return self._error("a number cannot be read")

    def _error(self, message: str, line: int | None = None) -> SourceError:
        return SourceError(f"not valid JSON: {message}", code=self.code, document=self.url, line=line)


_SCANNER: Final = json.JSONDecoder()
_STRINGS_AND_ODDITIES: Final = lazy(r'"(?:[^"\\]|\\.)*"|(NaN|-?Infinity|\d{4000,})')


def _no_constant(name: str) -> None:
    raise ValueError(name)


def pointer(path: Sequence[str | int]) -> str:
    """A path as messages show it: `/facts/f1/dimensions`."""
    return "".join(f"/{step}" for step in path) or "/"
