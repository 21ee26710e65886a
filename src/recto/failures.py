"""What failed in a way that nobody foresaw, as one finding: the rest of the work goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from recto.errors import RectoError
from recto.findings import Finding, catalogue

Locate: TypeAlias = "Callable[[Any], tuple[str | None, int | None]]"
_SHOWN = 200
_AFTER = "the rest goes on"


def failure(error: Exception, what: str, document: str | None = None, locate: Locate | None = None) -> Finding:
    """The finding for an error that broke off `what`: a rule, a page, a document.

    An error of recto's own tree keeps its code. Any other becomes `recto:internal`; its place is that of the fact,
    concept or element that was at work when it was raised, as far as that can be seen, else `document`. `locate` gives
    document and line of an XML element.
    """
    if isinstance(error, RectoError):
        where = error.document or document
        return Finding(
            error.code,
            "error",
            f"{what} broke off: {error.message}",
            where,
            error.line,
            subject=error.subject,
            arguments=error.arguments,
        )
    found, line = _place(error, locate)
    said = " ".join(str(error).split())[:_SHOWN]
    reason = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return catalogue.found("recto:internal", what, document=found or document, line=line, reason=reason, after=_AFTER)


def _place(error: BaseException, locate: Locate | None) -> tuple[str | None, int | None]:
    """Document and line of the innermost thing with a place among the variables of the calls that led to the error."""
    found: tuple[str | None, int | None] = (None, None)
    trace = error.__traceback__
    while trace is not None:
        for value in trace.tb_frame.f_locals.values():
            try:
                place = _place_of(value, locate)
            except Exception:  # a variable that is half made must not hide what failed
                place = None
            if place is not None:
                found = place
        trace = trace.tb_next
    return found


def _place_of(value: Any, locate: Locate | None) -> tuple[str | None, int | None] | None:
    document, line = getattr(value, "document", None), getattr(value, "line", None)
    if isinstance(document, str) and isinstance(line, int):
        return document, line or None
    if locate is not None and isinstance(getattr(value, "sourceline", None), int):
        return locate(value)
    return None
