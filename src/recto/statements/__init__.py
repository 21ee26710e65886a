"""The financial statements among the pages of a filing, and pages by the words that people have for them."""

from recto.statements.evidence import Evidence, evidence
from recto.statements.find import KINDS, Kind, find_statements, statement
from recto.statements.kinds import kind_of
from recto.statements.words import find_page

__all__ = ["KINDS", "Evidence", "Kind", "evidence", "find_page", "find_statements", "kind_of", "statement"]
