"""Errors of expressions, and the budget that keeps a hostile one from running on."""

from __future__ import annotations

from time import monotonic


class XPathError(Exception):
    """An error of an expression, static or dynamic. `code` is prefixed: `err:XPTY0004`, `xfie:PeriodIsForever`."""

    def __init__(self, code: str, message: str):
        super().__init__(f"{code}: {message}")
        self.code = code if ":" in code else f"err:{code}"
        self.message = message


class UnknownFunctionError(XPathError):
    """A call of a function that nobody declares. `name` is in Clark notation."""

    def __init__(self, name: str, message: str):
        super().__init__("XPST0017", message)
        self.name = name


class UnsupportedError(XPathError):
    """The expression is of a later XPath than is compiled."""


class BudgetError(XPathError):
    """The expression took more steps, depth or time than it may."""

    def __init__(self, message: str):
        super().__init__("xpath:expressionBudget", message)


MOST_STEPS = 5_000_000
MOST_DEPTH = 60
"""Custom functions within one another."""
MOST_SECONDS = 20.0
MOST_ITEMS = 1_000_000
"""Of a range or sequence."""
MOST_TEXT = 10_000_000
"""Characters of a string that a function makes."""
MOST_BITS = 1 << 14
"""Of a whole number."""


class Budget:
    """Steps, depth and time that the expressions of one variable set share."""

    __slots__ = ("_until", "depth", "seconds", "steps")

    def __init__(self, steps: int = MOST_STEPS, seconds: float = MOST_SECONDS):
        self.steps = steps
        self.seconds = seconds
        self.depth = 0
        self._until: float | None = None

    def tick(self) -> None:
        self.steps -= 1
        if not self.steps & 1023:
            self.check()

    def check(self) -> None:
        """Raises `BudgetError` where steps or time are used up."""
        if self.steps < 0:
            raise BudgetError("the expression takes too many steps")
        if self._until is None:
            self._until = monotonic() + self.seconds
        elif monotonic() > self._until:
            raise BudgetError(f"the expression takes longer than {self.seconds:g} seconds")

    def spend(self, steps: int) -> None:
        """Many steps at once."""
        self.steps -= steps
        if self.steps < 0:
            raise BudgetError("the expression takes too many steps")
