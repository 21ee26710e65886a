"""Whether what was found is what a variation expects: passed, failed, or not checked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from recto.findings import Finding
from recto.suites.expected import local_code
from recto.suites.model import Expected, Told, Variation

Status = Literal["passed", "failed", "not checked"]

INCONSISTENCIES: Final = frozenset(
    (
        "xbrl.5.2.5.2:calcInconsistency",
        "calc11e:inconsistentCalculationUsingRounding",
        "calc11e:inconsistentCalculationUsingTruncation",
        "calc11e:excessDigits",
        "calc11e:disallowedDuplicateFactsUsingTruncation",
    )
)
"""Warnings that suites count as invalid: an instance that is inconsistent with its calculations."""
CALCULATIONS_1_1: Final = (INCONSISTENCIES - {"xbrl.5.2.5.2:calcInconsistency"}) | {"oime:disallowedDuplicateFacts"}
"""The same in suites for Calculations 1.1, which XBRL 2.1's own check has no part in."""
_SECTION: Final = re.compile(r"EFM\.(\d+)\.(\d+)(?:\.(\d+))?(?:\.|\Z)")
_BY_SPECIFICATION: Final = {"60403": "", "60535": "utre:"}
"""Sections of the SEC's manual that demand what a specification demands, with what its codes begin with: documents
valid by XBRL 2.1, units by the registry."""
_ELEMENT: Final = re.compile(r"[A-Z][a-z]+[A-Z][A-Za-z0-9]+\Z")
"""The name of an element, as taxonomies write them."""
_WRONG: Final = re.compile(r"(?:Missing|Value|Unexpected|Dependency)\Z")
_SCHEMA_FAULT: Final = "xbrl.core.xml.SchemaValidationError."
"""What codes of faults that XML Schema finds begin with in suites that name them after one processor."""
_ILL_FORMED: Final = "60305"
"""The manual's section for documents that are not well-formed."""
_BY_SCHEMA: Final = ("xmlSchema:", "html:syntaxError")
_PARSING: Final = frozenset(("html:syntaxError", "xml:notWellFormed"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a variation came to. `found` are codes of errors (and inconsistencies, and warnings where the suite lists
    them); `reason` says why it failed or what was not checked.
    """

    variation: Variation
    status: Status
    reason: str = ""
    found: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        return self.status == "passed"


def failed(variation: Variation, reason: str) -> Outcome:
    return Outcome(variation, "failed", reason)


def judge(variation: Variation, found: Sequence[Finding], unchecked: Iterable[str] = ()) -> Outcome:
    """The outcome. `unchecked` says what takes part in the expectation that recto does not check.

    An expectation that is met is not passed where something else was expected that nobody looked at, and one that is
    not met is no failure where only that could have met it.
    """
    expected = variation.expected
    blocked = re.compile(expected.blocked) if expected.blocked else None
    counted = [each for each in found if not (blocked and blocked.match(each.code))]
    reasons = (*expected.unchecked, *unchecked)
    if variation.regime == "esef":
        outcome = _judge_named(variation, counted)
    elif expected.told or (variation.regime == "sec" and expected.valid is True):
        outcome = _judge_listed(variation, counted, expected.told or ())
    else:
        outcome = _judge(variation, counted, invalidating=frozenset() if reasons else _invalidating(expected))
    return _with_unchecked(replace(outcome, findings=tuple(found)), reasons)


def _invalidating(expected: Expected) -> frozenset[str]:
    """Codes of warnings that make a report invalid in the eyes of suites that check calculations."""
    if expected.counts or expected.messages:
        return frozenset()  # those suites are about assertions
    return CALCULATIONS_1_1 if expected.calculation is not None else INCONSISTENCIES


def _with_unchecked(outcome: Outcome, reasons: tuple[str, ...]) -> Outcome:
    if not reasons:
        return outcome
    expected = outcome.variation.expected
    if outcome.passed and not expected.codes:
        return replace(outcome, status="not checked", reason="; ".join(reasons))
    if outcome.status == "failed" and expected.valid is not True and not outcome.found:
        return replace(outcome, status="not checked", reason=f"{'; '.join(reasons)} ({outcome.reason})")
    if outcome.passed and expected.unchecked:
        return replace(outcome, status="not checked", reason="; ".join(reasons))
    return outcome


def _judge(variation: Variation, found: Sequence[Finding], invalidating: frozenset[str]) -> Outcome:
    """Suites of specifications: errors count; of several codes one must be found; of warnings each that is named."""
    expected: Expected = variation.expected
    errors = tuple(dict.fromkeys(each.code for each in found if each.severity == "error" or each.code in invalidating))
    # What is told as a warning here may be named as an error by a suite, and the other way round.
    local_names = {local_code(each.code) for each in found if each.severity != "info"}
    if any(code.startswith(_BY_SCHEMA) for code in errors):
        local_names.add("XmlSchemaError")
        local_names.update(code for code in expected.codes if code.startswith(_SCHEMA_FAULT))
    missing = [code for code in expected.warnings if code not in local_names]
    reason = ""
    if expected.codes and not any(code in local_names for code in expected.codes):
        reason = f"expected {' or '.join(expected.codes)}, found {', '.join(errors) or 'nothing'}"
    elif expected.all_codes and (unlike := _unlike(expected.codes, errors, local_names)):
        reason = unlike
    elif missing:
        reason = f"expected the warning {' and '.join(missing)}, found {', '.join(sorted(local_names)) or 'nothing'}"
    elif expected.valid is False and not errors and not expected.codes:
        reason = "expected invalid, found valid"
    elif expected.valid is not False:
        unnamed = [code for code in errors if code.rpartition(":")[2] not in expected.warnings]
        if unnamed:
            reason = f"expected valid, found {', '.join(unnamed)}"
    return Outcome(variation, "failed" if reason else "passed", reason, errors)


def _unlike(codes: Sequence[str], errors: Sequence[str], found: Collection[str]) -> str:
    """Where all codes must be found and no other error: which are missing, and which are too many."""
    missing = [code for code in codes if code not in found]
    more = [code for code in errors if local_code(code) not in codes]
    parts = ((f"expected {', '.join(missing)}" if missing else ""), (f"unexpected {', '.join(more)}" if more else ""))
    return "; ".join(part for part in parts if part)


def _judge_listed(variation: Variation, found: Sequence[Finding], wanted: Sequence[Told]) -> Outcome:
    """Suites that list all that must be told: each is, with its severity, and nothing else.

    But where a document must be found to break a specification, one of the codes named will do, and what else it
    breaks may follow from that. And a fault that both a specification and the manual have a code for may be told by
    both.
    """
    told = [each for each in found if each.severity != "info" and each.code not in INCONSISTENCIES]
    codes = tuple(dict.fromkeys(each.code for each in told))
    missing = [each for each in wanted if not any(_is(each, finding) for finding in told)]
    alternatives = [each for each in wanted if each.severity == "error" and _is_specification(each)]
    if any(each not in missing for each in alternatives):
        missing = [each for each in missing if each not in alternatives]
    unexpected = dict.fromkeys(
        f"{finding.severity} {finding.code}"
        for finding in told
        if not any(_is(each, finding) for each in wanted)
        and not (alternatives and (finding.severity == "error" or finding.code.startswith("EFM.")))
        and not _is_told_twice(finding, told)
    )
    reasons = []
    if missing:
        names = (f"{each.severity} {each.section or ''} {each.name}".replace("  ", " ") for each in missing)
        reasons.append(f"expected {', '.join(names)}")
    if unexpected:
        reasons.append(f"{'unexpected' if wanted else 'expected valid, found'} {', '.join(unexpected)}")
    elif missing and not told:
        reasons.append("found nothing")
    return Outcome(variation, "failed" if reasons else "passed", "; ".join(reasons), codes)


def _judge_named(variation: Variation, found: Sequence[Finding]) -> Outcome:
    """Suites that name all that must be told, without severities: ESMA's.

    What the specifications tell is counted where the regulation has no name for it: not assertions one by one, nor what
    makes a document no valid Inline XBRL.
    """
    expected = variation.expected
    told = [each for each in found if each.severity != "info" and not _is_summed_up(each, found)]
    codes = tuple(dict.fromkeys(each.code for each in told))
    names = {_last(each.code) for each in told}
    missing = [code for code in expected.codes if code.lower() not in names]
    listed = {code.lower() for code in expected.codes}
    reasons = []
    if missing:
        reasons.append(f"expected {', '.join(missing)}, found {', '.join(codes) or 'nothing'}")
    elif expected.valid is False and not expected.codes:
        if not any(each.severity == "error" for each in told):
            reasons.append("expected invalid, found valid")
    else:
        unexpected = [code for code in codes if _last(code) not in listed]
        if unexpected:
            reasons.append(f"{'unexpected' if listed else 'expected valid, found'} {', '.join(unexpected)}")
    return Outcome(variation, "failed" if reasons else "passed", "; ".join(reasons), codes)


def _is_summed_up(finding: Finding, found: Sequence[Finding]) -> bool:
    """Whether a finding of a specification is one that a finding by the regulation says again."""
    if finding.code.startswith("formula:"):
        return True
    invalid = any(each.code.endswith(".invalidInlineXBRL") for each in found)
    return invalid and not finding.code.startswith("ESEF.") and finding.severity == "error"


def _is_told_twice(finding: Finding, told: Sequence[Finding]) -> bool:
    """Whether a fault is one that the manual has a code of its own for: in HTML on the same line, of characters in the
    same document, of a document that is not to be had where EDGAR has none.
    """
    if finding.code == "recto:missingDocument":
        return has_no_place(missing_url(finding), told)
    if finding.code == "html:syntaxError":
        place = (finding.document, finding.line)
        return any(
            each.code.startswith("EFM.5.02.05.disallowed") and (each.document, each.line) == place for each in told
        )
    return finding.code == "xml:notWellFormed" and any(
        each.code.startswith("EFM.6.03.05.") and each.document == finding.document for each in told
    )


def _names(finding: Finding, name: str) -> bool:
    """Whether a finding is about an element, which newer test cases name with what is wrong of it: `…Missing`."""
    return name in finding.message or _WRONG.sub("", name) in finding.message


def missing_url(finding: Finding) -> str:
    """What `recto:missingDocument` is about."""
    return finding.message.partition(" could not be found")[0]


def has_no_place(url: str, found: Iterable[Finding]) -> bool:
    """Whether a document is told of as one that EDGAR does not have, wherever it may be had."""
    return any(each.code == "EFM.6.22.00.location" and url in each.message for each in found)


def _last(code: str) -> str:
    """The last part of a code, by which suites call it."""
    return re.split(r"[:.]", code)[-1].lower()


def _is_specification(wanted: Told) -> bool:
    """Whether what must be found is an error by a specification, rather than by the SEC's manual."""
    if wanted.section is None:
        return not wanted.name.startswith("EFM.")
    return wanted.section in (*_BY_SPECIFICATION, _ILL_FORMED)


def _is(wanted: Told, finding: Finding) -> bool:
    """Whether a finding is the one that is wanted: of its severity, and of its section or code."""
    if finding.severity != wanted.severity:
        return False
    if wanted.section is None:
        if wanted.name in _PARSING and (finding.code in _PARSING or finding.code.startswith("xmlSchema:")):
            return True
        return _last(finding.code) == _last(wanted.name)
    match = _SECTION.match(finding.code)
    if match is not None:
        major, minor, clause = match.groups()
        same = f"{major}{int(minor):02}{int(clause or 0):02}" == wanted.section
        # The suite calls a finding about the cover page by the element that it is about; others by words of its own.
        return same and (_ELEMENT.match(wanted.name) is None or _names(finding, wanted.name))
    prefix = _BY_SPECIFICATION.get(wanted.section)
    return prefix is not None and finding.code.startswith(prefix)
