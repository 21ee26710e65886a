"""The functions of XPath 2.0, and a few of later versions that real rules use."""

from recto.xpath.functions.registry import STANDARD, Library, declare

__all__ = ["STANDARD", "Library", "declare"]
