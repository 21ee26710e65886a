"""Regular expressions that are compiled at their first use.

Compiling takes longer than importing: a long pattern costs some milliseconds, and most commands use few of a module's.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, AnyStr, cast


class _Lazy:
    """Stands for a pattern: its methods are those of the compiled one, and are kept once it is."""

    def __init__(self, pattern: Any, flags: int):
        self._source = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._source), name)
        setattr(self, name, found)
        return found

    def __repr__(self) -> str:
        return f"lazy({self._source[0]!r})"


def lazy(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, at the first use of the result. A pattern that is wrong raises `re.error` only then."""
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))


class Choice:
    """Patterns of which one has to be found. Each is compiled once a text has the letters that it cannot be without."""

    def __init__(self, *parts: str, begin: str = "", end: str = "", flags: int = 0):
        """`begin` and `end` stand before and behind each part; `flags` are those of `re`."""
        self._source = (parts, begin, end, flags)

    @cached_property
    def _parts(self) -> list[tuple[str, re.Pattern[str] | None]]:
        """The letters of each, and the pattern; None for one that is nothing but letters."""
        parts, begin, end, flags = self._source
        made: list[tuple[str, re.Pattern[str] | None]] = []
        for part in parts:
            letters = max(_VARYING.split(part), key=len)
            pattern = None if letters == f"{begin}{part}{end}" else lazy(f"{begin}(?:{part}){end}", flags)
            made.append((letters.lower() if flags & re.IGNORECASE else letters, pattern))
        return made

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        parts, begin, end, flags = self._source
        return re.compile(f"{begin}(?:{'|'.join(parts)}){end}", flags)

    def found(self, text: str) -> bool:
        """Whether one of the patterns is found in the text."""
        known = text
        if self._source[3] & re.IGNORECASE:
            if not text.isascii():  # what equals what but for case is up to `re`
                return self._whole.search(text) is not None
            known = text.lower()
        for letters, pattern in self._parts:
            if letters in known and (pattern is None or pattern.search(text) is not None):
                return True
        return False


_VARYING = lazy(
    r"\((?:[^()]|\([^()]*\))*\)(?:[?*+]|\{[^}]*\})?"  # groups
    r"|\[[^\]]*\](?:[?*+]|\{[^}]*\})?|\\.(?:[?*+]|\{[^}]*\})?"  # classes
    r"|.[?*]|.\{[^}]*\}|[^\w ]"
)
"""What stands between the letters that every text has that matches a pattern."""
