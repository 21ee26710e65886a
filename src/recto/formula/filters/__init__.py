"""Filters: each a function from facts to facts, the aspects it covers, and the variables it depends on."""

from recto.formula.filters.base import Cover, Filter, State, Use, read_filter

__all__ = ["Cover", "Filter", "State", "Use", "read_filter"]
