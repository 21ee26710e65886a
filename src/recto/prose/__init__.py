"""The HTML of text blocks as people read it: paragraphs, headings, lists, tables. Nothing of it is run or fetched."""

from recto.prose.blocks import Block, prose
from recto.prose.grid import TextTable, is_number, number_of
from recto.prose.writing import markdown, plain

__all__ = ["Block", "TextTable", "is_number", "markdown", "number_of", "plain", "prose"]
