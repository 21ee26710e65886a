"""Codes of the filing rules of the European Banking Authority and of EIOPA: `EBA.1.4.encoding`, `EIOPA.1.4.encoding`.

Both authorities number their rules as the European Filing Rules do (CWA 16744-3), on which theirs are based.
"""

from __future__ import annotations

from typing import Final

from recto.findings import Severity
from recto.findings.catalogue import Codes

TITLE: Final = "Filing rules of EBA and EIOPA"

_SPECIFICATIONS: Final = {"EBA": "EBA Filing Rules 5", "EIOPA": "EIOPA XBRL Filing Rules 2"}
_BOTH: Final[dict[str, tuple[Severity, Severity, str]]] = {
    "1.1.extension": ("warning", "error", "The name {name} should end in {wanted}."),
    "1.1.fileName": ("info", "info", "The name {name} is not of the form {form}: {reason}."),
    "1.4.encoding": ("error", "error", "The document is encoded in {encoding}, not in UTF-8."),
    "1.5.entryPoint": (
        "error",
        "error",
        "The report refers to {url}, which is no entry point of a module that the authority publishes.",
    ),
    "1.5.entryPoints": ("error", "error", "The report refers to {count} entry points, not to one: {names}."),
    "1.6.missing": ("error", "error", "The report has no filing indicator that says of a template that it is filed."),
    "1.6.duplicate": ("error", "error", "The template {subject} has {count} filing indicators."),
    "1.6.context": (
        "error",
        "error",
        "The context of the filing indicator of {subject} has a segment or scenario, and should have neither.",
    ),
    "1.6.value": ("error", "error", "No template of the taxonomy has the filing indicator {subject}."),
    "1.6.outsideTuple": ("error", "error", "The filing indicator of {subject} stands outside of find:fIndicators."),
    "1.6.order": ("info", "warning", "Facts stand before the filing indicators, which should come first."),
    "1.7.notFiled": (
        "error",
        "error",
        "The package has {name}, though the filing indicator of {subject} says that the template is not filed.",
    ),
    "1.7.noIndicator": (
        "error",
        "error",
        "The package has {name}, but no filing indicator says that a template with that table is filed.",
    ),
    "1.9.reports": ("error", "error", "The file holds {count} reports, not one."),
    "1.13.standalone": ("warning", "warning", "The XML declaration should have no standalone."),
    "1.14.schemaLocation": ("error", "error", "{subject} has {attribute}, which must not be used."),
    "1.15.xInclude": ("error", "error", "The document has xi:include, which must not be used."),
    "2.1.xmlBase": ("error", "error", "{subject} has xml:base, which must not be used."),
    "2.4.linkbaseRef": ("error", "error", "The report refers to a linkbase, which it must not."),
    "2.5.comment": (
        "info",
        "info",
        "The document has comments ({count}): what stands in them is not read.",
    ),
    "2.6.id": ("info", "warning", "the id of context {subject}… has {length} characters, and should be short."),
    "2.7.unused": ("warning", "error", "Contexts that no fact uses ({count}): {names}."),
    "2.7.duplicate": ("warning", "warning", "Context {subject} says the same as context {other}."),
    "2.8.scheme": ("error", "error", "The scheme {subject!r} of the entity is not one of {known}."),
    "2.8.identifier": ("error", "error", "The identifier {subject!r} of the entity is not acceptable: {reason}."),
    "2.8.lei": ("warning", "warning", "The check digits of the LEI {subject!r} are wrong."),
    "2.9.identifiers": ("error", "error", "The contexts are about {count} entities, not about one: {names}."),
    "2.10.time": ("error", "error", "The period of context {subject} has a time or time zone: {text}."),
    "2.11.forever": ("error", "error", "The period of context {subject} is forever."),
    "2.13.duration": ("error", "error", "The period of context {subject} is a duration, not an instant."),
    "2.13.dates": ("error", "error", "The contexts are about {count} reference dates, not about one: {names}."),
    "2.14.segment": ("error", "error", "Context {subject} has a segment."),
    "2.15.scenario": ("error", "error", "The scenario of context {subject} holds more than members of dimensions."),
    "2.16.duplicate": ("error", "error", "it is reported {count} times in contexts that say the same{where}"),
    "2.16.units": ("error", "error", "it is reported in {count} units for one context: {units}"),
    "2.17.precision": ("error", "error", "its accuracy is told by precision, not by decimals"),
    "2.18.decimals": ("error", "error", "decimals {decimals} is less than {least}, the least for {what}"),
    "2.18.integer": ("error", "error", "it is a whole number, and decimals is {decimals}, not 0"),
    "2.18.parameter": ("error", "error", "The parameter {subject} is {value!r}, and should be {wanted}."),
    "2.19.nil": ("error", "error", "it is nil, which no fact must be"),
    "2.19.empty": ("error", "error", "its text is empty, which none must be"),
    "2.21.units": ("warning", "error", "Unit {subject} says the same as unit {other}."),
    "2.22.unused": ("warning", "error", "Units that no fact uses ({count}): {names}."),
    "2.24.currency": ("error", "error", "Unit {subject} is of money, and is not a currency alone."),
    "2.25.footnotes": ("warning", "warning", "The report has footnotes, which are not read."),
    "2.26.generator": (
        "info",
        "info",
        "No processing instruction instance-generator names the software that made the document.",
    ),
    "3.1.currencies": ("error", "error", "Amounts are reported in {count} currencies, not in one: {names}."),
    "3.1.denomination": ("error", "error", "it is in {unit}, though its member says {currency}"),
    "3.2.pure": ("error", "error", "it is no amount of money, so its unit should be xbrli:pure, not {unit}"),
    "3.2.fraction": ("warning", "warning", "the rate {value} is likely meant as a percentage: write 0.5 for 50 %"),
    "3.4.prefixes": ("info", "info", "Prefixes that are declared and not used ({count}): {names}."),
    "3.5.prefix": ("info", "info", "The namespace {subject} has the prefix {prefix}, and should have {wanted}."),
    "csv.file": ("error", "error", "The package has no {subject}."),
    "csv.header": ("error", "error", "The first row of {subject} is {found!r}, and should be {wanted!r}."),
    "csv.row": ("error", "error", "{subject} has a row of {count} cells where two should be: {row!r}."),
    "csv.parameter": ("error", "error", "The parameter {subject} of parameters.csv is missing or empty."),
    "csv.period": ("error", "error", "The parameter refPeriod is {value!r}, which is no date."),
    "csv.boolean": ("error", "error", "The filing indicator of {subject} is {value!r}, neither true nor false."),
    "csv.special": ("error", "error", "{name} has the value {value!r}, which must not be used."),
    "csv.foreign": ("error", "error", "The package has {name}, which is no part of a report."),
}
"""Number and name to the severities at EBA and at EIOPA, and the sentence."""


_ALONE: Final = {"1.1.fileName": "EBA", "2.26.generator": "EIOPA", "3.2.fraction": "EBA"}
"""What only one of them asks for."""


def _code(authority: str, name: str) -> str:
    return f"{authority}.{name}"


CODES: Final[Codes] = {
    _code(authority, name): (
        severities[at],
        f"{_SPECIFICATIONS[authority]}, {'xBRL-CSV' if name[:3] == 'csv' else name.rpartition('.')[0]}",
        sentence,
    )
    for at, authority in enumerate(("EBA", "EIOPA"))
    for name, (*severities, sentence) in _BOTH.items()
    if _ALONE.get(name, authority) == authority
}
