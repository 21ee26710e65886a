"""What kind of filing this is: taxonomy families and document type (rendering.md 1.2 and 1.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from recto.instance.model import Instance
from recto.patterns import lazy

_FAMILY: Final = lazy(r"(?:xbrl.sec.gov|fasb.org)/([^/]+)/20")
_IFRS: Final = lazy(r"ifrs.org/taxonomy/20[^/]*/ifrs")
_ONLY_DEI: Final = "/xbrl.sec.gov/dei/20"
_SDR: Final = lazy(r"EX-99.[KL] SDR")
_PROXY: Final = lazy(r"DEF ?14")


class Families(Struct, frozen=True):
    """Tokens of the taxonomies in the DTS (`us-gaap`, `dei`, `rr`, …), and the namespaces of the two that matter by
    name.
    """

    tokens: frozenset[str]
    us_gaap: str | None
    ifrs: str | None


def families(namespaces: Iterable[str]) -> Families:
    tokens: set[str] = set()
    us_gaap: str | None = None
    ifrs: str | None = None
    for namespace in namespaces:
        found = _FAMILY.search(namespace)
        if found:
            tokens.add(found.group(1))
            if found.group(1) == "us-gaap":
                us_gaap = namespace
        elif _IFRS.search(namespace):
            tokens.add("ifrs")
            ifrs = namespace
    return Families(frozenset(tokens), us_gaap, ifrs)


def is_family(namespace: str) -> bool:
    """Whether the namespace is that of one of the families."""
    return _FAMILY.search(namespace) is not None or _IFRS.search(namespace) is not None


def document_type(instance: Instance) -> str | None:
    """The first valid `DocumentType` fact, of any namespace, whose context has no segment."""
    for fact in instance.facts:
        context = fact.context
        if (
            fact.qname.local == "DocumentType"
            and fact.has_value
            and not fact.nil
            and context is not None
            and not context.segment_other
            and "segment" not in context.containers.values()
        ):
            return fact.value.strip()
    return None


def flags(tokens: frozenset[str], kind: str | None, fact_namespaces: Iterable[str]) -> frozenset[str]:
    """Names of the flags that hold (1.3). `kind` is the document type; all tests of it are of its beginning."""
    type_ = kind or ""
    held: set[str] = set()

    def note(name: str, holds: bool) -> bool:
        if holds:
            held.add(name)
        return holds

    for name, token in (
        ("isIfrs", "ifrs"),
        ("isRxp", "rxp"),
        ("isShr", "shr"),
        ("isUsgaap", "us-gaap"),
    ):
        note(name, token in tokens)
    rr = note("isRR", "rr" in tokens)
    oef = note("isOEF", "oef" in tokens)
    vip = note("isVip", "vip" in tokens)
    note("isN3N4N6", vip)
    note("isRRorOEF", rr or oef)
    note("isFeeExhibit", type_ == "EX-FILING FEES")
    prospectus = note("isN2Prospectus", not rr and type_.startswith(("497", "N-2")))
    ncsr = note("isNcsr", type_.startswith("N-CSR"))
    proxy = note("isProxy", _PROXY.match(type_) is not None)
    sdr = note("isSdr", _SDR.match(type_) is not None)
    shr_only = note("isOnlyShr", type_.startswith(("EX-26", "F-SR")))
    statements = note("isDefinitelyFs", sdr or type_.startswith(("10-Q", "10-K", "20-F", "40-F")))
    n1a = note("isN1a", rr or (oef and not ncsr))
    others = n1a or vip or prospectus or proxy or "rxp" in tokens or shr_only
    note("isDefinitelyNotFs", not statements and others)
    spaces = list(fact_namespaces)
    note("isOnlyDei", bool(spaces) and all(_ONLY_DEI in space for space in spaces))
    return frozenset(held)


def is_risk_return(tokens: frozenset[str], kind: str | None) -> bool:
    """Whether the menu is that of risk/return filings (17.4)."""
    prospectuses = ("485APOS", "485BPOS", "485BXT", "497", "N-1A")
    return "rr" in tokens or ("oef" in tokens and (kind or "").startswith(prospectuses))
