"""Reports in CSV: their parameters, filing indicators and tables, as files of the package.

These are looked at as files, for they can be read where the authority's metadata are not at hand.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Final
from urllib.parse import unquote

from recto.errors import RectoError
from recto.findings import Finding
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.eurofiling.authority import tell
from recto.rules.eurofiling.contexts import QUALIFIED, check_identifier
from recto.rules.eurofiling.facts import least_of_money
from recto.rules.eurofiling.indicators import codes
from recto.rules.lei import SCHEME
from recto.rules.subject import Subject
from recto.xml import resolve_url

PARAMETERS: Final = "parameters.csv"
INDICATORS: Final = "FilingIndicators.csv"
_HEADERS: Final = {PARAMETERS: ["name", "value"], INDICATORS: ["templateID", "reported"]}
_PREFIXES: Final = {"lei": SCHEME, "rs": QUALIFIED}
_INTEGER: Final = lazy(r"-?\d{1,6}")
_SPECIAL: Final = ("#nil", "#none", "#empty")
_FOREIGN: Final = lazy(r"(?:^|/)(?:\.[^/]+|Thumbs\.db|__MACOSX)(?:/|$)", re.IGNORECASE)
_LARGEST: Final = 64 << 20
"""Bytes of a table that is looked through for special values."""


def is_csv(subject: Subject) -> bool:
    return subject.instance.kind == "csv"


def read(subject: Subject, name: str) -> list[list[str]] | None:
    """The rows of a file beside the report's metadata; None where there is none."""
    try:
        data = subject.resolver.read(resolve_url(subject.instance.url, name))
    except RectoError:
        return None
    return [row for row in csv.reader(io.StringIO(data.decode("utf-8-sig", "replace"))) if row]


def pairs(subject: Subject, name: str) -> Iterator[tuple[int, str, str]]:
    """Rows of a file of two columns, with their numbers, the first being the header's."""
    for number, row in enumerate(read(subject, name) or (), 1):
        if number > 1 and len(row) == 2:
            yield number, row[0], row[1].strip()


def files(subject: Subject) -> Iterator[Finding]:
    """There are a file of parameters and one of filing indicators, each of two columns, and nothing foreign."""
    if not is_csv(subject):
        return
    for name, header in _HEADERS.items():
        url = resolve_url(subject.instance.url, name)
        rows = read(subject, name)
        if rows is None:
            yield tell(subject, "csv.file", subject.instance.url, about=name)
            continue
        first = rows[0] if rows else []
        if first != header:
            yield tell(subject, "csv.header", url, 1, about=name, found=",".join(first), wanted=",".join(header))
        for number, row in enumerate(rows[1:], 2):
            if len(row) != 2:
                yield tell(subject, "csv.row", url, number, about=name, count=len(row), row=",".join(row)[:80])
    for name in names(subject):
        if _FOREIGN.search(name):
            yield tell(subject, "csv.foreign", subject.instance.url, name=name)


def names(subject: Subject) -> list[str]:
    """Names of the files of the package; none where the report is no package."""
    return [] if subject.filing is None else [unquote(name) for name in subject.filing.source.files]


def parameters(subject: Subject) -> Iterator[Finding]:
    """Parameters tell the entity, the reference date and the accuracy of numbers (2.8, 2.10, 2.18)."""
    if not is_csv(subject) or read(subject, PARAMETERS) is None:
        return
    url = resolve_url(subject.instance.url, PARAMETERS)
    given = {name: (number, value) for number, name, value in pairs(subject, PARAMETERS)}
    for name in ("entityID", "refPeriod"):
        if not given.get(name, (0, ""))[1]:
            yield tell(subject, "csv.parameter", url, about=name)
    line, entity = given.get("entityID", (0, ""))
    prefix, colon, identifier = entity.partition(":")
    if entity and (not colon or prefix not in _PREFIXES):
        yield tell(subject, "2.8.scheme", url, line, about=prefix if colon else entity, known="'lei', 'rs'")
    elif entity:
        yield from check_identifier(subject, _PREFIXES[prefix], identifier, url, line)
    line, period = given.get("refPeriod", (0, ""))
    if period and not _is_day(period):
        yield tell(subject, "csv.period", url, line, value=period)
    yield from _accuracy(subject, url, given)


def _accuracy(subject: Subject, url: str, given: dict[str, tuple[int, str]]) -> Iterator[Finding]:
    eased = given.get("refPeriod", (0, ""))[1] >= "2025-04-01"
    money = min(least_of_money(subject), -4 if eased else -3)
    for name, (line, value) in given.items():
        if not name.startswith("decimals") or value == "INF":
            continue
        if _INTEGER.fullmatch(value) is None:
            yield tell(subject, "2.18.parameter", url, line, about=name, value=value, wanted="a whole number or INF")
        elif name == "decimalsMonetary" and int(value) < money:
            yield tell(subject, "2.18.parameter", url, line, about=name, value=value, wanted=f"{money} or more")
        elif name == "decimalsPercentage" and int(value) < 4:
            yield tell(subject, "2.18.parameter", url, line, about=name, value=value, wanted="4 or more")
        elif name == "decimalsInteger" and int(value) != 0:
            yield tell(subject, "2.18.parameter", url, line, about=name, value=value, wanted="0")


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def indicators(subject: Subject) -> Iterator[Finding]:
    """Each filing indicator is true or false, once for each template; tables are there for templates that are filed
    alone (1.6, 1.7).
    """
    if not is_csv(subject) or read(subject, INDICATORS) is None:
        return
    url = resolve_url(subject.instance.url, INDICATORS)
    lines: dict[str, list[int]] = {}
    filed: dict[str, bool] = {}
    known = codes(subject)
    for number, template, value in pairs(subject, INDICATORS):
        if value.lower() not in ("true", "false", "1", "0"):
            yield tell(subject, "csv.boolean", url, number, about=template, value=value)
        lines.setdefault(template, []).append(number)
        filed[template] = filed.get(template, False) or value.lower() in ("true", "1")
        if known and template not in known:
            yield tell(subject, "1.6.value", url, number, about=template)
    for template, numbers in lines.items():
        if len(numbers) > 1 and not subject.instance.facts:  # else told of the facts
            yield tell(subject, "1.6.duplicate", url, numbers[1], about=template, count=len(numbers))
    if not any(filed.values()):
        yield tell(subject, "1.6.missing", url)
    for name in tables(subject):
        stem = name.rpartition("/")[2].rpartition(".")[0]
        own = next((each for each in sorted(filed, key=len, reverse=True) if _is_part(stem, each)), None)
        if own is None:
            yield tell(subject, "1.7.noIndicator", subject.instance.url, name=name.rpartition("/")[2])
        elif not filed[own]:
            yield tell(subject, "1.7.notFiled", subject.instance.url, about=own, name=name.rpartition("/")[2])


def _is_part(table: str, template: str) -> bool:
    """Whether a table, `c_73.00.a`, is one of a template, `C_73.00`."""
    one, other = table.casefold(), template.casefold()
    return one == other or one.startswith((other + ".", other + "_"))


def tables(subject: Subject) -> list[str]:
    """Names of the package's tables of facts."""
    folder = unquote(subject.instance.url).rpartition("/")[0]
    found = []
    for name in names(subject):
        own = name.rpartition("/")[2]
        if name.lower().endswith(".csv") and own not in _HEADERS and folder.endswith(name.rpartition("/")[0]):
            found.append(name)
    return found


def special(subject: Subject) -> Iterator[Finding]:
    """No cell has one of the values that stand for none or empty (2.19)."""
    if not is_csv(subject) or subject.filing is None:
        return
    for name in tables(subject):
        try:
            data = subject.filing.source.files[name]()
        except (RectoError, KeyError):
            continue
        if b"#" not in data or len(data) > _LARGEST:
            continue
        url = resolve_url(subject.instance.url, name.rpartition("/")[2])
        rows = csv.reader(io.StringIO(data.decode("utf-8-sig", "replace")))
        for number, row in enumerate(rows, 1):
            value = next((cell for cell in row if cell in _SPECIAL), None)
            if value is not None:
                yield tell(subject, "csv.special", url, number, name=name.rpartition("/")[2], value=value)
                break


RULES: list[Rule] = [files, parameters, indicators, special]
