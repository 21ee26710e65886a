"""What a fact needs to answer for itself: where it stands, what its concept is called, which pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from recto.errors import UsageError
from recto.instance.asking import Place
from recto.instance.model import Fact, Instance
from recto.names import ROLE_DOCUMENTATION, ROLE_LABEL

if TYPE_CHECKING:
    from recto.fiscal import Calendar
    from recto.instance.naming import Namer
    from recto.taxonomy.model import Concept, Described, Reference

ENGLISH = ("en-US", "en", "en-GB")
_ROLES = {
    **dict.fromkeys(("", "label", "standard"), ROLE_LABEL),
    "documentation": ROLE_DOCUMENTATION,
    **{
        short: f"http://www.xbrl.org/2003/role/{name}"
        for short, name in {
            "terse": "terseLabel",
            "verbose": "verboseLabel",
            "total": "totalLabel",
            "start": "periodStartLabel",
            "end": "periodEndLabel",
            "positive": "positiveLabel",
            "negative": "negativeLabel",
        }.items()
    },
    "negated": "http://www.xbrl.org/2009/role/negatedLabel",
    "net": "http://www.xbrl.org/2009/role/netLabel",
}
"""Short names of label roles."""


class Filing(Protocol):
    """What is asked of the filing that a fact was read from."""

    def pages_of(self, fact: Fact) -> tuple[str, ...]: ...

    @property
    def languages(self) -> Sequence[str]:
        """Of labels, best first."""


class Home:
    """Shared by an instance and its facts; what it finds out is found out once."""

    def __init__(self) -> None:
        self.instance: Any = None
        self.filing: Filing | None = None
        self._lock = Lock()
        self._namer: Namer | None = None
        self._described: Described | None = None
        self._calendar: Calendar | None = None
        self._ends: frozenset[Any] = frozenset()

    def _known(self) -> Instance:
        if self.instance is None:
            raise UsageError("the fact belongs to no report that was read")
        found: Instance = self.instance
        return found

    @property
    def described(self) -> Described:
        """Labels and references, with the documentation that standard taxonomies keep in files of their own."""
        found = self._described
        if found is None:
            instance = self._known()
            found = instance.taxonomy.documentation(fact.qname.namespace for fact in instance.facts)
            self._described = found
        return found

    def references(self, concept: Concept | None) -> Sequence[Reference]:
        return () if concept is None or self.instance is None else self.described.references(concept)

    @property
    def namer(self) -> Namer:
        if self._namer is None:
            from recto.instance.naming import Namer

            self._namer = Namer.of(self._known())
        return self._namer

    def label(self, concept: Concept | None, role: str | None, language: str | None) -> str | None:
        """A label of the concept; see `Fact.label`."""
        if concept is None or self.instance is None:
            return None
        wanted = ROLE_LABEL if role is None else _ROLES.get(role, role)
        taxonomy = self.described if wanted == ROLE_DOCUMENTATION else self._known().taxonomy
        languages = (
            (language,) if language is not None else (*(() if self.filing is None else self.filing.languages), *ENGLISH)
        )
        text = taxonomy.label(concept, wanted, languages)
        if text is None and language is None:
            text = next((each.text for each in taxonomy.labels(concept) if each.role == wanted), None)
        return None if text is None else " ".join(text.split()) or None

    def name(self, fact: Fact) -> str:
        return self.namer.name(fact.qname)

    def place(self, fact: Fact) -> Place:
        from recto.instance.anchors import element_of

        element = element_of(self._known(), fact) if self.instance is not None else None
        path = None
        if element is not None:
            path = element.getroottree().getpath(element)
        return Place(fact.document, fact.line, fact.id if fact.has_id else None, path)

    def pages(self, fact: Fact) -> tuple[str, ...]:
        if self.filing is None:
            raise UsageError("only facts of a filing that recto.open gave have pages")
        return self.filing.pages_of(fact)

    @property
    def calendar(self) -> Calendar:
        """The fiscal calendar that the report shows."""
        if self._calendar is None:
            with self._lock:
                if self._calendar is None:
                    from recto.instance.cover import calendar_of, last_days

                    self._ends = last_days(self._known())
                    self._calendar = calendar_of(self._known())
        return self._calendar

    @property
    def ends(self) -> frozenset[Any]:
        """Last days of the durations that the report reports."""
        _ = self.calendar
        return self._ends
