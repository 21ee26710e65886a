"""XPath 2.0: expressions parsed once, compiled to Python closures over typed values, and kept within a budget."""

from recto.xpath.compile import compile_expression
from recto.xpath.context import Dynamic, Expression, Static
from recto.xpath.errors import Budget, BudgetError, UnsupportedError, XPathError
from recto.xpath.functions.registry import STANDARD, Library

__all__ = [
    "STANDARD",
    "Budget",
    "BudgetError",
    "Dynamic",
    "Expression",
    "Library",
    "Static",
    "UnsupportedError",
    "XPathError",
    "compile_expression",
]
