"""What a variation's `result` says must come out, in the forms that suites have."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from recto.suites.model import Count, Expected, Said, Test, Told
from recto.xml import Document
from recto.xml.integers import natural
from recto.xml.xlink import XML_LANG

_NO_SECTION: Final = "99999"
"""What the SEC's suite writes where the code is not one of its manual's sections."""


def read_result(result: Any, document: Document) -> Expected:
    """The expectation that a `result` (or `outputs`) element states. Elements it does not know are not checked."""
    expected = _expected(result, document)
    modes = [value for name, value in result.attrib.items() if name.rpartition("}")[2] == "mode"]
    if modes:
        expected = replace(expected, calculation=modes[0].strip())
    match = (result.get("match") or "").strip()
    if match == "all":
        expected = replace(expected, all_codes=True)
    elif match not in ("", "any"):
        expected = replace(expected, unchecked=(*expected.unchecked, f"what match={match!r} means is not known"))
    reports = (result.get("report_count") or "").strip()
    if (number := natural(reports)) is not None:
        expected = replace(expected, reports=number)
    blocked = result.get("blockedMessageCodes") or result.getparent().get("blockedMessageCodes")
    ignored = [re.escape("".join(each.itertext()).strip()) for each in result if local_name(each) == "ignore-error"]
    if blocked or ignored:
        expected = replace(expected, blocked=blocked or "|".join(f".*{code}" for code in ignored))
    return expected


def _expected(result: Any, document: Document) -> Expected:
    codes: list[str] = []
    warnings: list[str] = []
    told: list[Told] = []
    instances: list[str] = []
    files: list[str] = []
    targets: list[str | None] = []
    counts: list[Count] = []
    messages: list[Said] = []
    tests: list[Test] = []
    tables: list[str] = []
    unchecked: dict[str, None] = {}
    foreign = _is_foreign(result)
    for child in result:
        local = local_name(child)
        text = "".join(child.itertext()).strip()
        if local == "error" and (foreign or _is_foreign(child)):
            foreign = True  # codes of one processor: any error will do
        elif local == "error":
            codes.append(local_code(text or child.get("code") or child.get("num") or ""))
        elif local == "warning":
            warnings.append(local_code(text))
        elif local == "assert":
            told += _told(child, unchecked)
        elif local in ("instance", "file") and text:
            instances.append(document.resolve(child, text))
            targets.append(child.get("target") or None)
            files += [instances[-1]] if local == "file" else []
        elif local == "assertionTests":
            counts += _count(child, unchecked)
        elif local == "messageTests":
            messages += _messages(child)
        elif local == "test":
            tests.append(Test(text, namespaces_of(child)))
        elif local == "table" and text:
            tables.append(document.resolve(child, text))
        elif local and local != "ignore-error":
            unchecked[f"what <{local}> expects is not known"] = None
    word = (result.get("expected") or "").strip().lower()
    more = tuple(unchecked)
    if word in ("valid", "invalid"):
        valid: bool | None = word == "valid"
    elif codes or foreign or any(each.severity == "error" for each in told):
        valid = False
    elif warnings or told:
        valid = None
    elif word:
        # Some suites name the error itself.
        named = (local_code(result.get("expected") or ""),)
        return Expected(False, named, tuple(instances), tuple(targets), unchecked=more)
    else:
        valid = True
    names = tuple(code for code in codes if code)
    return Expected(
        valid,
        names,
        tuple(instances),
        tuple(targets),
        None,
        tuple(warnings),
        tuple(told) or None,
        counts=tuple(counts),
        messages=tuple(messages),
        tests=tuple(tests),
        tables=tuple(tables),
        files=tuple(files),
        unchecked=more,
    )


def namespaces_of(element: Any) -> dict[str, str]:
    """The prefixes in force; those of expressions have no default namespace."""
    return {prefix: uri for prefix, uri in element.nsmap.items() if prefix}


def _count(element: Any, unchecked: dict[str, None]) -> list[Count]:
    numbers = [natural(element.get(name) or "0") for name in ("countSatisfied", "countNotSatisfied")]
    if None in numbers:
        unchecked["the numbers of an <assertionTests> cannot be read"] = None
        return []
    return [Count(element.get("assertionID") or "", *[number or 0 for number in numbers])]


def _messages(element: Any) -> list[Said]:
    assertion = element.get("assertionID") or ""
    return [
        Said(
            assertion,
            local_name(child) == "satisfied",
            child.get("lang") or child.get(XML_LANG) or "",
            " ".join("".join(child.itertext()).split()),
        )
        for child in element
        if local_name(child) in ("satisfied", "notSatisfied")
    ]


def _told(element: Any, unchecked: dict[str, None]) -> list[Told]:
    """The SEC's form: a severity, and the section and name of what must be found."""
    name = (element.get("name") or "").strip()
    section = (element.get("num") or "").strip()
    severity = element.get("severity", "err")
    if severity not in ("err", "wrn") or not (name or section):
        unchecked[f"an <assert> of severity {severity!r} is not known"] = None
        return []
    return [Told("error" if severity == "err" else "warning", name, section if section != _NO_SECTION else None)]


def _is_foreign(element: Any) -> bool:
    """Whether the codes in an element are not those of a specification but of the processor that made the suite."""
    return element.get("nonStandardErrorCodes") in ("true", "1")


def local_code(text: str) -> str:
    """The local name of an error code, however it is written (`prefix:name`, `{namespace}name`)."""
    return text.strip().rpartition("}")[2].rpartition(":")[2]


def local_name(element: Any) -> str:
    """An element's local name; "" for none, and for comments."""
    tag = element.tag if element is not None else None
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
