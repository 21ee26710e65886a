"""What a suite says: variations, their inputs, and what must come out of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Input:
    """A document of a variation. `kind`: `instance`, `dts` (a schema or linkbase to start from), `package`, `container`
    (a report package) or `file` (what only lies by: an image, an exhibit).
    """

    kind: str
    element: str
    """The name of the element in the suite: `xsd`, `instance`, …"""
    url: str
    first: bool
    """It is to be read, not merely found by what is read."""
    document_type: str | None = None
    """The type of a document of a submission (`EX-99.K SDR`), where the suite says so."""
    name: str = ""
    """What formulas call it, where it is a further instance (Instances 1.0)."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding that must be told: the SEC's form of an expectation.

    `section` is the section of the filer manual as the suite writes it (`60521` for 6.05.21), None where `name` is the
    whole code of a specification.
    """

    severity: Literal["error", "warning"]
    name: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many evaluations must satisfy an assertion, and how many must not."""

    assertion: str
    satisfied: int
    unsatisfied: int


@dataclass(frozen=True, slots=True)
class Said:
    """A message that evaluations of an assertion must give, in a language ("" for any)."""

    assertion: str
    satisfied: bool
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Test:
    """An XPath expression with the prefixes in force. It must be true of what a call gives, its `$result`."""

    text: str
    namespaces: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Call:
    """An expression that a registry of functions tests. `file`: the URL of the document that it is about."""

    text: str
    namespaces: Mapping[str, str]
    file: str | None


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out: `valid` is None where only warnings or documents are named."""

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
    """Codes of warnings by local name, each of which must be reported."""
    told: tuple[Told, ...] | None = None
    """All findings that must be told, where the suite lists them: nothing else may be, and no warning either."""
    calculation: str | None = None
    """How Calculations 1.1 is to take reported numbers: `round-to-nearest` or `truncate`; None in other suites."""
    reports: int | None = None
    """How many reports a package must turn out to hold."""
    blocked: str | None = None
    """A pattern of codes that do not count."""
    counts: tuple[Count, ...] = ()
    messages: tuple[Said, ...] = ()
    tests: tuple[Test, ...] = ()
    tables: tuple[str, ...] = ()
    """URLs of table models, to be compared with the tables of the report."""
    all_codes: bool = False
    """Whether each of the codes must be reported, and no other error."""
    files: tuple[str, ...] = ()
    """Of `instances` those that a suite calls files: lists of facts in a form of its own, compared if instances."""
    unchecked: tuple[str, ...] = ()
    """What else must come out that the runner does not compare, in words."""


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
    call: Call | None = None
    rules: tuple[str, ...] = ()
    """Sets of rules to check besides those that are checked of any report."""
    unreadable: str | None = None
    """Why the test case cannot be read at all."""
    parameters: Mapping[str, object] = field(default_factory=dict)
    """What is known of the report from outside: the SEC's submission type, period and so on."""
    regime: str | None = None
    """Whose reports the suite is about, where it says so."""

    @property
    def container(self) -> bool:
        """Whether a package is looked at, not the reports in it."""
        return any(each.kind == "container" for each in self.inputs)

    @property
    def label(self) -> str:
        return f"{self.case} {self.id}"
