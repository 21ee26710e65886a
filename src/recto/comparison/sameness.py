"""What is the same in two filings although written otherwise: names of another year, labels with other dates.

A taxonomy carries the date of its version in its namespace, and a filer's own the date of the report; the concept
stays. Labels say of which day or year they are; what they call stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from recto.names import QName

if TYPE_CHECKING:
    from recto.instance.model import Instance

_VERSION: Final = re.compile(
    r"(?:nt|v|r|rel|release)?[-_.]?\d+(?:[-_.]\d+)*(?:q[1-4])?|(?:q[1-4]|h[12])[-_]?\d{2,4}", re.I
)
"""A segment of a path that only tells a version or a date."""
_TAIL: Final = re.compile(r"[-_.]?(?:19|20)\d{2}(?:[-_.]?\d{2}(?:[-_.]?\d{2})?|q[1-4])?$", re.I)
"""A date at the end of a segment."""
_MOVED: Final = {"xbrl.us/us-gaap": "fasb.org/us-gaap", "xbrl.us/dei": "xbrl.sec.gov/dei"}
"""Where a standard taxonomy stood before it moved."""

_MONTH: Final = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|tember|t|ober|ember)?\.?"
)
_YEAR: Final = r"(?:19|20)\d{2}"
_DATES: Final = re.compile(
    rf"""(?<!\w)(?:
        {_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*,?\s*{_YEAR})?(?!\w)
      | \d{{1,2}}(?:st|nd|rd|th|er|\.)?\s+(?:de\s+|of\s+)?[^\W\d]{{3,10}}\.?,?\s+(?:de\s+)?{_YEAR}(?!\w)
      | {_MONTH},?\s+{_YEAR}(?!\w)
      | {_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\w)
      | \d{{1,2}}[-./]\d{{1,2}}[-./](?:{_YEAR}|\d{{2}})(?!\w)
      | {_YEAR}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?
      | (?:(?:fiscal|fy|cy)\s*)?(?:q[1-4][\s-]*)?{_YEAR}(?:[\s-]*q[1-4])?(?!\w)
    )""",
    re.I | re.X,
)
_ASIDE: Final = re.compile(r"\((?:unaudited|audited|in [^()]*)\)", re.I)
"""What a title or label says of its numbers, not of what they are: pages add units in this way."""
_WORD: Final = re.compile(r"\w+")


def family(namespace: str) -> str:
    """The namespace without scheme, `www.`, versions and dates: equal for the years of one taxonomy."""
    text = namespace.casefold().rstrip("/#")
    text = text.partition("://")[2] or text
    host, slash, path = text.removeprefix("www.").partition("/")
    if not slash:  # a URN, or a host alone
        return _TAIL.sub("", host)
    segments = [_TAIL.sub("", each) for each in path.split("/") if _VERSION.fullmatch(each) is None]
    kept = "/".join([host, *(each for each in segments if each)])
    return _MOVED.get(kept, kept)


class Names:
    """Tells names of two filings alike where their namespaces are those of two years of one taxonomy.

    Namespaces that both use are what they are. Others are alike if they differ by versions and dates only, or else if
    both filings write them with the same prefix (a filer that changed its address), each time if that tells one from
    the other.
    """

    def __init__(self, a: Iterable[Instance] = (), b: Iterable[Instance] = ()):
        self._known: dict[QName, str] = {}
        self._namespaces: dict[str, str] = {}
        ours, theirs = _used(a), _used(b)
        both = ours.keys() & theirs.keys()
        first, second = ({name: family(name) for name in used if name not in both} for used in (ours, theirs))
        for each in (first, second):
            counts = Counter(each.values())
            for name, found in list(each.items()):
                if counts[found] > 1:
                    each[name] = name
        shared = set(first.values()) & set(second.values())
        prefixes = {ours[name]: found for name, found in first.items() if found not in shared}
        for name, found in second.items():
            if found not in shared:
                second[name] = prefixes.get(theirs[name], found)
        self._namespaces.update(first)
        self._namespaces.update(second)

    def key(self, name: QName) -> str:
        """Equal for names that are the same."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = f"{{{self._namespaces.get(name.namespace, name.namespace)}}}{name.local}"
        return found


def _used(instances: Iterable[Instance]) -> Mapping[str, str]:
    """Namespaces of what the facts report, with a prefix for each."""
    found: dict[str, str] = {}
    for instance in instances:
        for fact in instance.facts:
            unit = fact.unit
            names = [fact.qname, *(unit.numerators + unit.denominators if unit is not None else ())]
            for axis, member in fact.dimensions.items():
                names += [axis, member] if isinstance(member, QName) else [axis]
            for name in names:
                if name.namespace not in found:
                    found[name.namespace] = instance.home.namer.prefix(name.namespace)
    return found


def same_words(label: str) -> str:
    """The words of a label or title, without dates, units, case, marks, and whether somebody audited it."""
    return " ".join(_WORD.findall(_DATES.sub(" ", _ASIDE.sub(" ", label.casefold())))) or " ".join(label.split())
