"""Facts that can be asked: by concept, period, members, unit and text, lazily, one question after another."""

from recto.select.facts import Facts
from recto.select.periods import PeriodTest

__all__ = ["Facts", "PeriodTest"]
