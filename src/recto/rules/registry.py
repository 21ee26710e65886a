"""The registry of rule sets: what each is called, where its rules are, and what it needs to be checked at all."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Need = Literal["pages"]
"""What a rule set cannot do without beyond an instance with its DTS. `pages`: the report pages (`Subject.rendered`)."""


class RuleSet(Struct, frozen=True):
    """A set of rules, one specification's or one regulator's. Its module's `rules()` gives its rules in order."""

    name: str
    module: str
    title: str
    """What `--help` says of it."""
    needs: frozenset[Need] = frozenset()
    regimes: frozenset[str] | None = None
    """Names of the regimes whose reports it is checked on by default; None for all."""
    covered_in: frozenset[str] = frozenset()
    """Names of the regimes whose own rules say the same, so that it is not checked on their reports by default."""
    unchecked: tuple[str, ...] = ()
    """What the specification or regulator demands that it does not check, and why: `recto validate -v` says so."""
    on_request: bool = False
    """It is only checked where it is asked for by name."""


REGISTRY: dict[str, RuleSet] = {
    each.name: each
    for each in (
        RuleSet("xbrl", "recto.rules.xbrl21", "XBRL 2.1, with the schemas of its documents"),
        RuleSet("dimensions", "recto.rules.dimensions", "Dimensions 1.0"),
        RuleSet("inline", "recto.rules.inline", "Inline XBRL 1.1"),
        RuleSet("utr", "recto.rules.utr", "the units registry"),
        RuleSet("calc11", "recto.rules.calc11", "Calculations 1.1; asked for by name, for summations of XBRL 2.1 too"),
        RuleSet(
            "calc11-truncation", "recto.rules.calc11.truncation", "the same for truncated numbers", on_request=True
        ),
        RuleSet("enumerations", "recto.rules.enumerations", "Extensible Enumerations 1.0 and 2.0"),
        RuleSet("generic", "recto.rules.generic", "generic links, labels, references, preferred labels"),
        RuleSet("formula", "recto.rules.formula", "Formula 1.0: the assertions of the DTS, where it has any"),
        RuleSet("tables", "recto.rules.tables", "Table linkbase 1.0: the tables of the DTS, where it has any"),
        RuleSet("table-constraints", "recto.rules.table_constraints", "xBRL-CSV Table Constraints 1.0"),
        RuleSet(
            "duplicates",
            "recto.rules.duplicates",
            "facts that say the same, or contradict each other",
            covered_in=frozenset(("esef",)),
        ),
        RuleSet(
            "efm",
            "recto.rules.efm",
            "the EDGAR Filer Manual, 5.2 and 6",
            regimes=frozenset(("sec",)),
            unchecked=(
                "the registrant's name and former names as EDGAR has them for the CIK (6.5.24)",
                "whether the CIK, its co-registrants, series and classes exist and belong together (6.5.2, 6.5.41)",
                "the filer's status, file numbers and fees as EDGAR has them (6.5.40, fee exhibits)",
                "what was filed before: amendments, exhibits referred to, and reports that are due",
                "submission type, period and items against the submission, unless a header or --param tells them",
                "names made of labels, and whether elements and labels are chosen well (6.6, 6.8, 6.11, 6.13, 6.15)",
            ),
        ),
        RuleSet(
            "efm-pages",
            "recto.rules.efm.pages",
            "the EDGAR Filer Manual, 6.24 to 6.26, as pages show it",
            needs=frozenset(("pages",)),
            regimes=frozenset(("sec",)),
        ),
        RuleSet(
            "esef",
            "recto.rules.esef",
            "ESEF: the RTS and ESMA's Reporting Manual",
            regimes=frozenset(("esef",)),
            unchecked=(
                "whether the Legal Entity Identifier was issued, and to this issuer",
                "names made of labels (3.2.1), and whether elements and anchors are chosen well",
                "whether block tags hold all that they should, and which year's taxonomy is due",
                "rules of single officially appointed mechanisms",
            ),
        ),
        RuleSet(
            "eurofiling",
            "recto.rules.eurofiling",
            "the filing rules of EBA and EIOPA that need no formula",
            regimes=frozenset(("eba", "eiopa")),
        ),
        RuleSet(
            "xbrl-xml",
            "recto.rules.xbrl_xml",
            "xBRL-XML 1.0, for reports that mean to be of that format",
            on_request=True,
        ),
    )
}
"""Rule sets by name, in the order in which they are checked."""

DEFAULT_RULES = tuple(each.name for each in REGISTRY.values() if not each.on_request and each.regimes is None)
"""The sets of rules that are checked where none are named, on reports of any regime."""


def default_rules(regime: str) -> tuple[str, ...]:
    """The sets of rules that are checked on reports of a regime where none are named, in the registry's order."""
    return tuple(
        each.name
        for each in REGISTRY.values()
        if not each.on_request and regime not in each.covered_in and (each.regimes is None or regime in each.regimes)
    )
