"""The xff functions, which ask what is bound in an evaluation (function registry, 80155 to 80158)."""

from __future__ import annotations

from typing import Any

from recto.formula.functions.library import function
from recto.formula.names import ASPECTS
from recto.xpath import Dynamic, XPathError
from recto.xpath.values import QNameValue, Value, one_or_list


def _evaluation(dynamic: Dynamic) -> Any:
    evaluation = getattr(dynamic, "evaluation", None)
    if evaluation is None:
        raise XPathError("xffe:invalidFunctionUse", "the function is for expressions within a variable set")
    return evaluation


@function("xff:uncovered-aspect", "xs:string", "xs:QName?", least=1)
def _uncovered_aspect(dynamic: Dynamic, aspect: str, dimension: Value = None) -> Value:
    evaluation = _evaluation(dynamic)
    if not evaluation.binder.made.implicit:
        raise XPathError("xffe:invalidFunctionUse", "the function is for sets with implicit filtering")
    if aspect == "dimension":
        if not isinstance(dimension, QNameValue):
            raise XPathError("XPTY0004", "a dimension is to be named")
        return evaluation.uncovered_dimension(dimension.name)
    if aspect not in ASPECTS:
        raise XPathError("XPTY0004", f"there is no aspect {aspect[:40]!r}")
    return evaluation.uncovered(aspect)


@function("xff:has-fallback-value", "xs:QName")
def _has_fallback_value(dynamic: Dynamic, variable: QNameValue) -> Value:
    evaluation = _evaluation(dynamic)
    known = evaluation.fell_back(variable.name.clark)
    if known is None:
        raise XPathError("xffe:invalidFunctionUse", f"there is no variable ${variable}")
    return known


@function("xff:uncovered-non-dimensional-aspects")
def _uncovered_non_dimensional_aspects(dynamic: Dynamic) -> Value:
    return one_or_list(list(_evaluation(dynamic).uncovered_aspects()))


@function("xff:uncovered-dimensional-aspects")
def _uncovered_dimensional_aspects(dynamic: Dynamic) -> Value:
    return one_or_list([QNameValue(name) for name in _evaluation(dynamic).uncovered_dimensions()])
