"""Regular expressions that are compiled at their first use.

Compiling takes longer than importing: a long pattern costs some milliseconds, and most commands use few of a module's.
"""

from __future__ import annotations

import re
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
