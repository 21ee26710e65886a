"""Reading a suite: from its index over test cases to variations.

The form has grown over twenty years and has no one schema. What is common: an index (`testcases`, `documentation`,
`testSuite`, `registry`) names test case documents by URI; a test case holds variations; a variation has input documents
in `data`, of which some are to be read first, and says in `result` what must come out.
What a variation says that is not known here is told as not checked, never passed over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from recto.errors import RectoError, XMLError
from recto.suites.expected import local_name, namespaces_of, read_result
from recto.suites.model import Call, Expected, Input, Variation
from recto.xml import Document, parse, resolve_url

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
    "image": "file",
    "primary": "file",
    "exhibit": "file",
}
_SAID = frozenset(("name", "description", "reference", "documentation", "number", "creator"))
"""Elements of a variation that are for people."""
_PACKAGE_PARTS = frozenset(("metadata", "catalog", "taxonomy"))
"""What the suite of Taxonomy Packages 1.0 describes a package by, which lies in `tests` under the variation's name."""
_DEPTH = 12
"""Indexes within indexes."""
_SEC = "http://edgar/2009/conformance"
"""The namespace of the SEC's test cases."""
_SEC_PARAMETERS: Final = "ELOparams"
"""The parameter that holds all others, as a JSON object."""


def read_suite(url: str, read: Read) -> list[Variation]:
    """All variations of the suite (or single test case) at `url`, in order. Raises `RectoError` where it is none."""
    document = _parse(url, read)
    if local_name(document.root) not in _INDEX and not _is_case(document.root):
        raise XMLError.of(
            "recto:unknownSuite", document=url, line=1, reason=f"its root element is {local_name(document.root)!r}"
        )
    regime = _regime(document)
    found = list(_variations(document, url, read, set(), 0))
    return [replace(each, regime=each.regime or regime) for each in found] if regime else found


def _regime(index: Document) -> str | None:
    """Whose reports a suite is about: the SEC's has a form of its own, ESMA's its subject in its name."""
    if any(isinstance(each.tag, str) and each.tag.startswith(f"{{{_SEC}}}") for each in index.root.iter()):
        return "sec"
    words = (index.root.get("name") or "").split()
    return "esef" if "ESEF" in words else None


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
            case = _relative(url, root_url)
            yield Variation(case, url, "-", "unreadable", error.message, (), Expected(), unreadable=error.message)
            continue
        yield from _variations(inner, root_url, read, seen, depth + 1)


def _case_urls(document: Document) -> Iterator[str]:
    """URLs of the test cases that an index names, in order. `root` attributes of ancestors prefix a URI."""
    for element in document.root.iter():
        local = local_name(element)
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
    return local_name(root) in ("testcase", "testCase", "test-case") or any(
        local_name(child) == "variation" for child in root
    )


def _case(document: Document, root_url: str) -> Iterator[Variation]:
    case = _relative(document.url, root_url)
    rules = ("xbrl-xml",) if _tests_xbrl_xml(document) else ()
    for element in document.root.iter():
        local = local_name(element)
        if local == "transform":
            yield from _transformations(element, document, case)
        elif local == "variation" and local_name(element.getparent()) != "transform":
            variation = _variation(element, document, case)
            regime = "sec" if element.tag.startswith(f"{{{_SEC}}}") else None
            yield replace(variation, rules=rules, regime=regime) if rules or regime else variation


def _tests_xbrl_xml(document: Document) -> bool:
    """Whether a test case is about xBRL-XML 1.0, whose rules hold only for reports that mean to be of that format."""
    return any(
        local_name(element) == "error" and "".join(element.itertext()).strip().startswith("xbrlxe:")
        for element in document.root.iter()
    )


def _transformations(transform: Any, document: Document, case: str) -> Iterator[Variation]:
    prefix, _, name = (transform.get("name") or "").rpartition(":")
    namespace = transform.nsmap.get(prefix or None, "")
    for number, element in enumerate((each for each in transform if local_name(each) == "variation"), 1):
        text = element.get("input") or ""
        valid = element.get("result") == "valid"
        expected = Expected(valid=valid, value=element.get("output") if valid else None)
        identifier = element.get("id") or f"{name} {number}"
        description = element.get("description") or ""
        yield Variation(case, document.url, identifier, repr(text), description, (), expected, (namespace, name, text))


def _variation(element: Any, document: Document, case: str) -> Variation:
    inputs: list[Input] = []
    expected = Expected()
    parameters: dict[str, object] = {}
    unchecked: dict[str, None] = {}
    description = name = ""
    call: Call | None = None
    results = 0
    for child in element:
        local = local_name(child)
        if local in ("data", "inputs"):
            inputs = _inputs(child, document, unchecked)
            parameters = _parameters(child, unchecked)
            call = _call(child, document)
        elif local in ("result", "outputs"):
            results += 1
            expected = read_result(child, document)
        elif local == "results":
            for each in child:
                results += 1
                expected = read_result(each, document)
        elif local == "description":
            description = " ".join("".join(child.itertext()).split())
        elif local == "name":
            name = " ".join("".join(child.itertext()).split())
        elif local and local not in _SAID and local not in _PACKAGE_PARTS:
            unchecked[f"what <{local}> says is not known"] = None
    if results > 1:
        unchecked["of several results only the last is compared"] = None
    name = element.get("name") or name
    if not any(item.first for item in inputs) and any(local_name(each) in _PACKAGE_PARTS for each in element.iter()):
        inputs = [Input("package", "taxonomyPackage", document.resolve(element, f"tests/{name}.zip"), True)]
    types = {item.url: item.document_type for item in inputs if item.document_type}
    if types:
        parameters["documentTypes"] = types
    if unchecked:
        expected = replace(expected, unchecked=(*unchecked, *expected.unchecked))
    return Variation(
        case,
        document.url,
        element.get("id") or name,
        name,
        description,
        tuple(inputs),
        expected,
        parameters=parameters,
        call=call,
    )


def _call(data: Any, document: Document) -> Call | None:
    """The expression that a test of a function evaluates, and the document that it is about."""
    element = next((each for each in data if local_name(each) == "call"), None)
    if element is None:
        return None
    name = element.get("file")
    named = [each for each in data if local_name(each) != "call" and each.get("id") == name] if name else []
    href = named[0].get("{http://www.w3.org/1999/xlink}href") if named else None
    return Call("".join(element.itertext()), namespaces_of(element), document.resolve(named[0], href) if href else None)


def _inputs(data: Any, document: Document, unchecked: dict[str, None]) -> list[Input]:
    found: list[Input] = []
    for child in data:
        local = local_name(child)
        kind = _INPUTS.get(local)
        text = "".join(child.itertext()).strip() or child.get("{http://www.w3.org/1999/xlink}href") or ""
        if kind is None or not text:
            if local and local not in ("call", "parameter") and local not in _PACKAGE_PARTS:
                unchecked[f"the input <{local}> is not known" if text else f"the input <{local}> is empty"] = None
            continue
        first = child.get("readMeFirst") in ("true", "1")
        kind_of_file = child.get("exhibitType") or child.get("docType")
        name = (child.get("name") or "").rpartition(":")[2] if local == "instance" else ""
        found.append(Input(kind, local, document.resolve(child, text), first, kind_of_file, name))
    if found and not any(item.first for item in found):
        # Nothing is marked: instances are read, else everything.
        wanted = "instance" if any(item.kind == "instance" for item in found) else ""
        found = [replace(item, first=item.kind == wanted or (not wanted and item.kind != "file")) for item in found]
    if not any(item.first and not item.name for item in found):  # a name alone sets no instance beside others
        found = [replace(item, name="") for item in found]
    return found


def _parameters(data: Any, unchecked: dict[str, None]) -> dict[str, object]:
    """What a variation says of the report from outside. The SEC's suite gives all of it as one JSON object."""
    found: dict[str, object] = {}
    for child in data:
        if local_name(child) != "parameter":
            continue
        name, value = child.get("name") or "", child.get("value") or ""
        if name != _SEC_PARAMETERS:
            prefix, colon, local = name.partition(":")
            namespace = child.nsmap.get(prefix) if colon else None
            if namespace:
                found[f"{{{namespace}}}{local}"] = value
                found.setdefault(local, value)
            else:
                found[name] = value
            continue
        try:
            content = json.loads(value)
        except (ValueError, RecursionError):
            content = None
        if isinstance(content, dict):
            found.update(content)
        else:
            unchecked["the parameters cannot be read"] = None
    return found


def _parse(url: str, read: Read) -> Document:
    return parse(read(url), url)


def _relative(url: str, root_url: str) -> str:
    folder = resolve_url(root_url, ".")
    return url[len(folder) :] if url.startswith(folder) else url
