"""Elements that nest more deeply than assessment can follow: told with their place, and the rest is still checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from recto.schema.faults import Fault, fault


def bounded(faults: Iterator[Fault], element: Any) -> Iterator[Fault]:
    """The faults of an element; where elements nest too deeply to be followed, that is the last of them."""
    try:
        yield from faults
    except RecursionError as error:
        at = reached(error)
        at = element if at is None else at
        local = str(at.tag).rpartition("}")[2]
        name = f"{at.prefix}:{local}" if at.prefix else local
        yield fault("recto:tooDeep", at, what=f"checks beyond {name}")


def reached(error: BaseException) -> Any | None:
    """The innermost element that an assessment was at when it broke off; None where it was at none."""
    found = None
    trace = error.__traceback__
    while trace is not None:
        element = trace.tb_frame.f_locals.get("element")
        if isinstance(element, etree._Element):
            found = element
        trace = trace.tb_next
    return found
