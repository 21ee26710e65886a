"""Names that come near to one that nothing has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from recto.instance.model import Fact

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def near_names(wanted: str, facts: Iterable[Fact], *, most: int = 3) -> list[str]:
    """Prefixed names of concepts that are spelled, or whose labels read, much like `wanted`."""
    local = wanted.rpartition(":")[2].strip("*").casefold()
    names: dict[str, str] = {}
    labels: dict[str, str] = {}
    for fact in facts:
        names.setdefault(fact.qname.local.casefold(), fact.name)
        if fact.qname.local.casefold() not in labels:
            labels[(fact.label() or "").casefold()] = fact.name
    found = [names[each] for each in get_close_matches(local, names, n=most, cutoff=0.7)]
    found += [labels[each] for each in get_close_matches(local, labels, n=most, cutoff=0.75)]
    if not found:
        words = {word.casefold() for word in _WORDS.findall(wanted.rpartition(":")[2])} - {"of", "and", "the"}
        scored = []
        for name in dict.fromkeys(names.values()):
            own = {word.casefold() for word in _WORDS.findall(name.rpartition(":")[2])}
            share = len(words & own)
            if words and share and (share == len(words) or any(local in each for each in own)):
                scored.append((-share, len(own), name))
            elif local and local in name.casefold():
                scored.append((0, len(own), name))
        found = [name for _, _, name in sorted(scored)]
    return list(dict.fromkeys(found))[:most]
