"""What an element's own style says of how its text is seen (CSS 2.2)."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from recto.patterns import lazy

White = Literal["", "lines", "kept"]
"""What becomes of white space: it collapses; its line breaks stay; all of it stays (CSS 2.2, 16.6)."""

PREFORMATTED: Final = frozenset(("pre", "xmp", "listing", "plaintext"))
_UNSEEN: Final = lazy(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.I)
_WHITE: Final = lazy(r"(?:^|;)\s*white-space\s*:\s*([\w-]+)", re.I)
_WHITES: Final[dict[str, White]] = {
    "normal": "", "nowrap": "", "initial": "", "pre-line": "lines", "pre": "kept", "pre-wrap": "kept",
    "break-spaces": "kept",
}  # fmt: skip
_SIZE: Final = lazy(r"(?:^|;)\s*font(?:-size)?\s*:([^;]*)", re.I)
_LENGTH: Final = lazy(r"(?<![\w.#/-])\+?(\d*\.?\d+)(px|pt|pc|in|cm|mm|q|r?em|ex|ch|v[wh]|%)?(?=[\s/!]|$)", re.I)
_NAMED: Final = lazy(r"(?<![\w-])(?:(?:x?x-)?small|medium|(?:x?x-|xxx-)?large|initial)(?![\w-])", re.I)
_RELATIVE: Final = frozenset(("em", "ex", "ch", "%"))


def unseen(element: Any) -> bool:
    """Whether a reader does not see the element (CSS 2.2, 9.2.4 and 11.2; HTML, 6.1)."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _UNSEEN.search(style) is not None


def white_space(element: Any, around: White) -> White:
    """What becomes of white space in the element, where `around` it has that."""
    style = element.get("style")
    said = _WHITE.findall(style) if style else ()
    if said:
        return _WHITES.get(said[-1].lower(), around)
    return "kept" if element.tag in PREFORMATTED else around


def vanishes(element: Any, around: bool) -> bool:
    """Whether letters in the element have no size (CSS 2.2, 15.7), where those `around` it have none or some."""
    style = element.get("style")
    for match in _SIZE.finditer(style) if style else ():
        value = match[1]
        length = next((each for each in _LENGTH.finditer(value) if each[2] or not float(each[1])), None)
        if length is not None and not float(length[1]):
            around = True
        elif length is not None:
            around = around and (length[2] or "").lower() in _RELATIVE
        elif _NAMED.search(value):
            around = False
    return around
