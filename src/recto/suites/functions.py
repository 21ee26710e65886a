"""Registries of functions: a call is evaluated, and what it gives must make expressions true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from recto.errors import RectoError
from recto.suites.expected import local_code
from recto.suites.judging import Outcome, failed
from recto.suites.model import Call, Variation

if TYPE_CHECKING:
    from recto.formula.subject import Subject
    from recto.xpath.values import Value


class Open(Protocol):
    """What gives the report (or DTS) at a URL; None where there is none."""

    def __call__(self, url: str, kind: str = "instance") -> Subject | None: ...


def called(variation: Variation, call: Call, open_subject: Open) -> Outcome:
    """The outcome of a variation that calls a function."""
    from recto.xpath import XPathError

    expected = variation.expected
    about = next((each for each in variation.inputs if each.url == call.file), None)
    about = about or next((each for each in variation.inputs if each.first), None)
    try:
        subject = open_subject(about.url, about.kind) if about is not None else None
        value = evaluated(call.text, call.namespaces, subject, {}, open_subject)
    except XPathError as error:
        code = local_code(error.code)
        if code in expected.codes or (expected.valid is False and not expected.codes):
            return Outcome(variation, "passed", "", (error.code,))
        wanted = " or ".join(expected.codes) or "a value"
        return Outcome(variation, "failed", f"expected {wanted}, found {error}", (error.code,))
    except RectoError as error:
        return failed(variation, f"{error.code}: {error.message}")
    if expected.codes and not expected.tests:
        return failed(variation, f"expected {' or '.join(expected.codes)}, found a value")
    for test in expected.tests:
        try:
            true = evaluated(test.text, test.namespaces, subject, {"result": value}, open_subject, boolean=True)
        except XPathError as error:
            return failed(variation, f"{error} in the test {' '.join(test.text.split())}")
        if not true:
            return failed(variation, f"not true: {' '.join(test.text.split())}")
    return Outcome(variation, "passed")


def evaluated(
    text: str,
    namespaces: object,
    subject: Subject | None,
    variables: dict[str, Value],
    open_subject: Open,
    *,
    boolean: bool = False,
) -> Value:
    """What an expression gives about a report. Raises `XPathError`."""
    from typing import Any, cast

    from recto.formula.compiler import Run
    from recto.formula.functions.library import FUNCTIONS
    from recto.xpath import Budget, Static, compile_expression
    from recto.xpath.values import boolean as truth

    expression = compile_expression(text, Static(cast("Any", namespaces), FUNCTIONS))
    run = Run(subject, Budget(), open_subject)
    value = expression(run, variables, subject.root) if subject is not None else expression(run, variables)
    return truth(value) if boolean else value
