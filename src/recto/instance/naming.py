"""Names as people and OIM write them: prefixed, with the prefixes that the filing itself uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from recto.instance.model import Instance, Member, Unit
from recto.names import ISO4217, UTR, XBRLI, QName


class Namer:
    """Writes QNames with prefixes: the instance's own first, then those of its schemas, then made-up ones (`ns0`)."""

    def __init__(self, bindings: Iterable[Mapping[str, str]] = ()):
        self._prefix: dict[str, str] = {}
        self._namespace: dict[str, str] = {}
        self._names: dict[QName, str] = {}
        for mapping in bindings:
            for prefix, namespace in mapping.items():
                if prefix:
                    self.bind(prefix, namespace)
        for prefix, namespace in (("xbrli", XBRLI), ("iso4217", ISO4217), ("utr", UTR)):
            self.bind(prefix, namespace)

    @classmethod
    def of(cls, instance: Instance) -> Namer:
        return cls((instance.prefixes, instance.taxonomy.prefixes()))

    def bind(self, prefix: str, namespace: str) -> None:
        """Binds both ways unless either side is bound already."""
        if prefix not in self._namespace and namespace not in self._prefix:
            self._prefix[namespace] = prefix
            self._namespace[prefix] = namespace

    @property
    def namespaces(self) -> Mapping[str, str]:
        """prefix → namespace, of all that was bound so far."""
        return self._namespace

    def prefix(self, namespace: str) -> str:
        found = self._prefix.get(namespace)
        if found is None:
            number = 0
            while f"ns{number}" in self._namespace:
                number += 1
            found = f"ns{number}"
            self.bind(found, namespace)
        return found

    def name(self, qname: QName) -> str:
        """`us-gaap:Assets`; the bare local name where there is no namespace."""
        text = self._names.get(qname)
        if text is None:
            text = f"{self.prefix(qname.namespace)}:{qname.local}" if qname.namespace else qname.local
            self._names[qname] = text
        return text

    def member(self, member: Member) -> str:
        return self.name(member) if isinstance(member, QName) else member.text

    def unit(self, unit: Unit) -> str:
        """OIM's unit string: measures sorted and joined by `*`, numerators over denominators (xBRL-JSON 1.0, unit)."""

        def side(measures: tuple[QName, ...]) -> str:
            return "*".join(sorted(self.name(measure) for measure in measures))

        numerator, denominator = side(unit.numerators), side(unit.denominators)
        if not denominator:
            return numerator
        if len(unit.numerators) > 1:
            numerator = f"({numerator})"
        return f"{numerator}/{f'({denominator})' if len(unit.denominators) > 1 else denominator}"
