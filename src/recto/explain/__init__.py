"""Why a page looks as it does: the decisions of the layout that touched a page, a row, a column, a cell or a fact.

Each answer is a list of `Decision`s, one line each, with the clause of the rendering rules that made it.
"""

from recto.explain.answers import Explainer
from recto.explain.model import Decision

__all__ = ["Decision", "Explainer"]
