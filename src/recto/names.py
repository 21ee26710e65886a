"""Qualified names, and the namespaces, roles and arcroles that XBRL's specifications fix."""

from __future__ import annotations

from threading import RLock
from typing import ClassVar, Final
from weakref import ref


class QName:
    """An expanded name (namespace URI, local name), interned: equal names are the same object.

    Interning makes equality and hashing those of an object's identity, the cheapest there are. The table holds names
    weakly: one that nothing uses any more goes, so that a process that reads filing after filing does not grow.
    """

    __slots__ = ("__weakref__", "local", "namespace")
    namespace: str
    local: str
    _table: ClassVar[dict[str, _Interned]] = {}
    _lock: ClassVar[RLock] = RLock()

    def __new__(cls, namespace: str, local: str) -> QName:
        """`QName("", "x")` is the name x in no namespace."""
        return cls.of(f"{{{namespace}}}{local}" if namespace else local)

    @classmethod
    def of(cls, clark: str) -> QName:
        """The name written in Clark notation `{namespace}local`, which is also lxml's tag."""
        known = cls._table.get(clark)
        if known is not None:
            name = known()
            if name is not None:
                return name
        return cls._made(clark)

    @classmethod
    def _made(cls, clark: str) -> QName:
        with cls._lock:
            known = cls._table.get(clark)
            name = known() if known is not None else None
            if name is None:
                name = object.__new__(cls)
                if clark[:1] == "{":
                    namespace, _, local = clark[1:].rpartition("}")
                else:
                    namespace, local = "", clark
                object.__setattr__(name, "namespace", namespace)
                object.__setattr__(name, "local", local)
                interned = _Interned(name, _forget)
                interned.clark = clark
                cls._table[clark] = interned
            return name

    @property
    def clark(self) -> str:
        return f"{{{self.namespace}}}{self.local}" if self.namespace else self.local

    def __setattr__(self, key: str, value: object) -> None:
        raise AttributeError("QName is immutable")

    def __lt__(self, other: QName) -> bool:
        return (self.namespace, self.local) < (other.namespace, other.local)

    def __repr__(self) -> str:
        return f"QName({self.clark!r})"

    def __str__(self) -> str:
        return self.clark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (QName.of, (self.clark,))


class _Interned(ref[QName]):
    """A weak reference to a name that knows the name's place in the table."""

    __slots__ = ("clark",)
    clark: str


def _forget(
    interned: ref[QName],
    # Bound here: at the end of the process, the module's own names may be gone first.
    table: dict[str, _Interned] = QName._table,
    lock: RLock = QName._lock,
) -> None:
    with lock:
        if table.get(interned.clark) is interned:  # type: ignore[attr-defined]  # and not a later one of the same name
            del table[interned.clark]


# Namespaces
XML: Final = "http://www.w3.org/XML/1998/namespace"
XSD: Final = "http://www.w3.org/2001/XMLSchema"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
XLINK: Final = "http://www.w3.org/1999/xlink"
XHTML: Final = "http://www.w3.org/1999/xhtml"
XBRLI: Final = "http://www.xbrl.org/2003/instance"
LINK: Final = "http://www.xbrl.org/2003/linkbase"
XL: Final = "http://www.xbrl.org/2003/XLink"
XBRLDT: Final = "http://xbrl.org/2005/xbrldt"
XBRLDI: Final = "http://xbrl.org/2006/xbrldi"
ISO4217: Final = "http://www.xbrl.org/2003/iso4217"
REF: Final = "http://www.xbrl.org/2004/ref"
GEN: Final = "http://xbrl.org/2008/generic"
GEN_LABEL: Final = "http://xbrl.org/2008/label"
GEN_REFERENCE: Final = "http://xbrl.org/2008/reference"
IX: Final = "http://www.xbrl.org/2013/inlineXBRL"
IX_1_0: Final = "http://www.xbrl.org/2008/inlineXBRL"
ENUM: Final = "http://xbrl.org/2014/extensible-enumerations"
ENUM2: Final = "http://xbrl.org/2020/extensible-enumerations-2.0"
UTR: Final = "http://www.xbrl.org/2009/utr"
FIND: Final = "http://www.eurofiling.info/xbrl/ext/filing-indicators"
"""Eurofiling's filing indicators, in tuples."""
FI: Final = "http://www.xbrl.org/taxonomy/int/filing-indicators/REC/2021-02-03"
"""Filing Indicators 1.0, as facts with a dimension."""

# Link and resource roles (XBRL 2.1, 3.5.3 and 5.2)
ROLE_LINK: Final = "http://www.xbrl.org/2003/role/link"
ROLE_LABEL: Final = "http://www.xbrl.org/2003/role/label"
ROLE_TERSE: Final = "http://www.xbrl.org/2003/role/terseLabel"
ROLE_VERBOSE: Final = "http://www.xbrl.org/2003/role/verboseLabel"
ROLE_DOCUMENTATION: Final = "http://www.xbrl.org/2003/role/documentation"
ROLE_TOTAL: Final = "http://www.xbrl.org/2003/role/totalLabel"
ROLE_PERIOD_START: Final = "http://www.xbrl.org/2003/role/periodStartLabel"
ROLE_PERIOD_END: Final = "http://www.xbrl.org/2003/role/periodEndLabel"
ROLE_REFERENCE: Final = "http://www.xbrl.org/2003/role/reference"
ROLE_FOOTNOTE: Final = "http://www.xbrl.org/2003/role/footnote"

# Arcroles (XBRL 2.1, 5.2; Dimensions 1.0; generic links)
ARC_CONCEPT_LABEL: Final = "http://www.xbrl.org/2003/arcrole/concept-label"
ARC_CONCEPT_REFERENCE: Final = "http://www.xbrl.org/2003/arcrole/concept-reference"
ARC_PARENT_CHILD: Final = "http://www.xbrl.org/2003/arcrole/parent-child"
ARC_SUMMATION_ITEM: Final = "http://www.xbrl.org/2003/arcrole/summation-item"
ARC_SUMMATION_ITEM_1_1: Final = "https://xbrl.org/2023/arcrole/summation-item"
ARC_GENERAL_SPECIAL: Final = "http://www.xbrl.org/2003/arcrole/general-special"
ARC_ESSENCE_ALIAS: Final = "http://www.xbrl.org/2003/arcrole/essence-alias"
ARC_SIMILAR_TUPLES: Final = "http://www.xbrl.org/2003/arcrole/similar-tuples"
ARC_REQUIRES_ELEMENT: Final = "http://www.xbrl.org/2003/arcrole/requires-element"
ARC_FACT_FOOTNOTE: Final = "http://www.xbrl.org/2003/arcrole/fact-footnote"
ARC_ALL: Final = "http://xbrl.org/int/dim/arcrole/all"
ARC_NOT_ALL: Final = "http://xbrl.org/int/dim/arcrole/notAll"
ARC_HYPERCUBE_DIMENSION: Final = "http://xbrl.org/int/dim/arcrole/hypercube-dimension"
ARC_DIMENSION_DOMAIN: Final = "http://xbrl.org/int/dim/arcrole/dimension-domain"
ARC_DOMAIN_MEMBER: Final = "http://xbrl.org/int/dim/arcrole/domain-member"
ARC_DIMENSION_DEFAULT: Final = "http://xbrl.org/int/dim/arcrole/dimension-default"
ARC_ELEMENT_LABEL: Final = "http://xbrl.org/arcrole/2008/element-label"
ARC_ELEMENT_REFERENCE: Final = "http://xbrl.org/arcrole/2008/element-reference"
