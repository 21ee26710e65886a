"""Reading a suite: from its index over test cases to variations.

The form has grown over twenty years and has no one schema. What is common: an index (`testcases`, `documentation`,
`testSuite`, `registry`) names test case documents by URI; a test case holds variations; a variation has input documents
in `data`, of which some are to be read first, and says in `result` what must come out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from recto.errors import RectoError, XMLError
from recto.xml import Document, parse, resolve_url
from recto.xml.integers import natural

Read = Callable[[str], bytes]

_INDEX = frozenset(("testcases", "documentation", "testSuite", "registry", "testsuite"))
_INPUTS = {
    "instance": "instance",
    "ixds": "instance",
    "xhtml": "instance",
    "inline": "instance",
    "json": "instance",
    "csv": "instance",
    "reportPackage": "instance",
    "xsd": "dts",
    "schema": "dts",
    "linkbase": "dts",
    "dts": "dts",
    "taxonomyPackage": "package",
    "package": "package",
}
_PACKAGE_PARTS = frozenset(("metadata", "catalog", "taxonomy"))
"""What the suite of Taxonomy Packages 1.0 describes a package by, which lies in `tests` under the variation's name."""
_DEPTH = 12
"""Indexes within indexes."""


@dataclass(frozen=True, slots=True)
class Input:
    """A document of a variation. `kind`: `instance`, `dts` (a schema or linkbase to start from) or `package`."""

    kind: str
    element: str
    """The name of the element in the suite: `xsd`, `instance`, …"""
    url: str
    first: bool
    """It is to be read, not merely found by what is read."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out: `valid` is None where only errors or documents are named."""

    valid: bool | None = None
    codes: tuple[str, ...] = ()
    """Error codes by local name, any of which must be reported."""
    instances: tuple[str, ...] = ()
    """URLs of result instances, to be compared fact by fact."""
    targets: tuple[str | None, ...] = ()
    """Of each result instance: the target of the inline document set that it is; None for the default target."""
    value: str | None = None
    """What a transformation must give."""
    warnings: tuple[str, ...] = ()
    calculation: str | None = None
    """How Calculations 1.1 is to take reported numbers: `round-to-nearest` or `truncate`; None in other suites."""
    reports: int | None = None
    """How many reports a package must turn out to hold."""
    blocked: str | None = None
    """A pattern of codes that do not count."""


@dataclass(frozen=True, slots=True)
class Variation:
    """One test. `base` is its test case's URL, `registry` names a transformation's namespace and local name."""

    case: str
    base: str
    id: str
    name: str
    description: str
    inputs: tuple[Input, ...]
    expected: Expected
    transformation: tuple[str, str, str] | None = None
    """Namespace, local name and input text, where the variation tests a transformation."""
    rules: tuple[str, ...] = ()
    """Sets of rules to check besides those that are checked of any report."""

    @property
    def label(self) -> str:
        return f"{self.case} {self.id}"


def read_suite(url: str, read: Read) -> list[Variation]:
    """All variations of the suite (or single test case) at `url`, in order. Raises `RectoError` where it is none."""
    document = _parse(url, read)
    if _local(document.root) not in _INDEX and not _is_case(document.root):
        raise XMLError(
            f"{_local(document.root)!r} is neither an index of test cases nor a test case",
            code="recto:unknownSuite",
            document=url,
            line=1,
        )
    return list(_variations(document, url, read, set(), 0))


def _variations(document: Document, root_url: str, read: Read, seen: set[str], depth: int) -> Iterator[Variation]:
    if _is_case(document.root):
        yield from _case(document, root_url)
        return
    for url in _case_urls(document):
        if url in seen or depth > _DEPTH:
            continue
        seen.add(url)
        try:
            inner = _parse(url, read)
        except RectoError as error:
            yield Variation(_relative(url, root_url), url, "-", "unreadable", error.message, (), Expected())
            continue
        yield from _variations(inner, root_url, read, seen, depth + 1)


def _case_urls(document: Document) -> Iterator[str]:
    """URLs of the test cases that an index names, in order. `root` attributes of ancestors prefix a URI."""
    for element in document.root.iter():
        local = _local(element)
        href = None
        if local in ("testcase", "testCase", "test-case", "testcases", "testSuite", "conformanceTest"):
            href = element.get("uri") or element.get("href") or element.get("{http://www.w3.org/1999/xlink}href")
        elif local == "url":  # registries of functions
            href = element.get("{http://www.w3.org/1999/xlink}href")
        if not href:
            continue
        prefix = "".join(
            folder.rstrip("/") + "/"
            for folder in (each.get("root") for each in reversed(list(element.iterancestors())))
            if folder
        )
        yield document.resolve(element, prefix + href)


def _is_case(root: Any) -> bool:
    return _local(root) in ("testcase", "testCase", "test-case") or any(_local(child) == "variation" for child in root)


def _case(document: Document, root_url: str) -> Iterator[Variation]:
    case = _relative(document.url, root_url)
    rules = ("xbrl-xml",) if _tests_xbrl_xml(document) else ()
    for element in document.root.iter():
        local = _local(element)
        if local == "transform":
            yield from _transformations(element, document, case)
        elif local == "variation" and _local(element.getparent()) != "transform":
            variation = _variation(element, document, case)
            yield replace(variation, rules=rules) if rules else variation


def _tests_xbrl_xml(document: Document) -> bool:
    """Whether a test case is about xBRL-XML 1.0, whose rules hold only for reports that mean to be of that format."""
    return any(
        _local(element) == "error" and "".join(element.itertext()).strip().startswith("xbrlxe:")
        for element in document.root.iter()
    )


def _transformations(transform: Any, document: Document, case: str) -> Iterator[Variation]:
    prefix, _, name = (transform.get("name") or "").rpartition(":")
    namespace = transform.nsmap.get(prefix or None, "")
    for number, element in enumerate((each for each in transform if _local(each) == "variation"), 1):
        text = element.get("input") or ""
        valid = element.get("result") == "valid"
        expected = Expected(valid=valid, value=element.get("output") if valid else None)
        identifier = element.get("id") or f"{name} {number}"
        description = element.get("description") or ""
        yield Variation(case, document.url, identifier, repr(text), description, (), expected, (namespace, name, text))


def _variation(element: Any, document: Document, case: str) -> Variation:
    inputs: list[Input] = []
    expected = Expected()
    description = name = ""
    for child in element:
        local = _local(child)
        if local == "data":
            inputs = _inputs(child, document)
        elif local == "result":
            expected = _result(child, document)
        elif local == "results":
            for each in child:
                expected = _result(each, document)
        elif local == "description":
            description = " ".join("".join(child.itertext()).split())
        elif local == "name":
            name = " ".join("".join(child.itertext()).split())
    name = element.get("name") or name
    if not any(item.first for item in inputs) and any(_local(each) in _PACKAGE_PARTS for each in element.iter()):
        inputs = [Input("package", "taxonomyPackage", document.resolve(element, f"tests/{name}.zip"), True)]
    return Variation(case, document.url, element.get("id") or name, name, description, tuple(inputs), expected)


def _inputs(data: Any, document: Document) -> list[Input]:
    found: list[Input] = []
    for child in data:
        local = _local(child)
        kind = _INPUTS.get(local)
        text = "".join(child.itertext()).strip() or child.get("{http://www.w3.org/1999/xlink}href") or ""
        if kind is None or not text:
            continue
        first = child.get("readMeFirst") in ("true", "1")
        found.append(Input(kind, local, document.resolve(child, text), first))
    if found and not any(item.first for item in found):
        # Nothing is marked: instances are read, else everything.
        wanted = "instance" if any(item.kind == "instance" for item in found) else ""
        found = [Input(item.kind, item.element, item.url, item.kind == wanted or not wanted) for item in found]
    return found


def _result(result: Any, document: Document) -> Expected:
    expected = _expected(result, document)
    modes = [value for name, value in result.attrib.items() if name.rpartition("}")[2] == "mode"]
    if modes:
        expected = replace(expected, calculation=modes[0].strip())
    reports = (result.get("report_count") or "").strip()
    if (number := natural(reports)) is not None:
        expected = replace(expected, reports=number)
    blocked = result.get("blockedMessageCodes") or result.getparent().get("blockedMessageCodes")
    ignored = [re.escape("".join(each.itertext()).strip()) for each in result if _local(each) == "ignore-error"]
    if blocked or ignored:
        expected = replace(expected, blocked=blocked or "|".join(f".*{code}" for code in ignored))
    return expected


def _expected(result: Any, document: Document) -> Expected:
    codes: list[str] = []
    warnings: list[str] = []
    instances: list[str] = []
    targets: list[str | None] = []
    foreign = _is_foreign(result)
    for child in result:
        local = _local(child)
        text = "".join(child.itertext()).strip()
        if local == "error" and (foreign or _is_foreign(child)):
            foreign = True  # codes of one processor: any error will do
        elif local == "error":
            codes.append(_code(text or child.get("code") or child.get("num") or ""))
        elif local == "assert" and child.get("name"):
            (codes if child.get("severity", "err") == "err" else warnings).append(_code(child.get("name")))
        elif local == "warning":
            warnings.append(_code(text))
        elif local == "assert":  # the SEC's form: a severity and the name of what must be found
            name = _code(child.get("name") or "")
            severity = child.get("severity")
            if name and severity in ("err", "wrn"):
                (codes if severity == "err" else warnings).append(name)
        elif local in ("instance", "file") and text:
            instances.append(document.resolve(child, text))
            targets.append(child.get("target") or None)
    word = (result.get("expected") or "").strip().lower()
    if word in ("valid", "invalid"):
        valid: bool | None = word == "valid"
    elif codes or foreign:
        valid = False
    elif warnings:
        valid = None
    elif word and word not in ("valid", "invalid"):
        # Some suites name the error itself.
        return Expected(False, (_code(result.get("expected") or ""),), tuple(instances), tuple(targets))
    else:
        valid = True
    told = tuple(code for code in codes if code)
    return Expected(valid, told, tuple(instances), tuple(targets), None, tuple(warnings))


def _is_foreign(element: Any) -> bool:
    """Whether the codes in an element are not those of a specification but of the processor that made the suite."""
    return element.get("nonStandardErrorCodes") in ("true", "1")


def _code(text: str) -> str:
    """The local name of an error code, however it is written (`prefix:name`, `{namespace}name`)."""
    return text.strip().rpartition("}")[2].rpartition(":")[2]


def _parse(url: str, read: Read) -> Document:
    return parse(read(url), url)


def _local(element: Any) -> str:
    """An element's local name; "" for none."""
    tag = element.tag if element is not None else None
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _relative(url: str, root_url: str) -> str:
    folder = resolve_url(root_url, ".")
    return url[len(folder) :] if url.startswith(folder) else url
