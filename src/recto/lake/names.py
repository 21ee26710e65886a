"""One name for a concept in all filings and years: standard taxonomies have one prefix, whatever a filing binds."""

from __future__ import annotations

import json
import re

from recto.instance.model import Context, Instance
from recto.instance.naming import Namer
from recto.names import QName

_STANDARD = re.compile(
    r"https?://(?:fasb\.org/(?P<fasb>us-gaap|srt|us-types|[a-z][\w-]*)/\d{4}"
    r"|xbrl\.(?:us|sec\.gov)/(?P<sec>[a-z][\w-]*)/\d{4}"
    r"|xbrl\.ifrs\.org/taxonomy/\d{4}-\d\d-\d\d/(?P<ifrs>[a-z][\w-]*)"
    r"|xbrl\.iasb\.org/taxonomy/\d{4}-\d\d-\d\d(?P<iasb>))",
)
_RESERVED = frozenset(("us-gaap", "dei", "srt", "ifrs-full", "country", "currency", "exch", "invest", "ecd", "cyd"))


def standard_prefix(namespace: str) -> str | None:
    """The prefix that a standard taxonomy of the FASB, the SEC or the IFRS has in the lake; None for others."""
    match = _STANDARD.match(namespace)
    if match is None:
        return None
    return match["fasb"] or match["sec"] or match["ifrs"] or "ifrs"


class Names:
    """Names of one report's concepts and members, as the lake writes them."""

    def __init__(self, instance: Instance):
        self.namer = Namer.of(instance)
        self._names: dict[QName, str] = {}

    def name(self, qname: QName) -> str:
        found = self._names.get(qname)
        if found is None:
            prefix = standard_prefix(qname.namespace)
            if prefix is not None:
                found = f"{prefix}:{qname.local}"
            else:
                found = self.namer.name(qname)
                if found.partition(":")[0] in _RESERVED:  # an extension that takes a standard prefix for itself
                    found = "own-" + found
            self._names[qname] = found
        return found

    def dimensions(self, context: Context) -> str | None:
        """Axes and members as a JSON object, axes in alphabetical order; None where there are none."""
        if not context.dimensions:
            return None
        pairs = {
            self.name(axis): self.name(member) if isinstance(member, QName) else member.text
            for axis, member in context.dimensions.items()
        }
        return json.dumps(pairs, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
