"""What a run of a suite gives: the outcomes of its variations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import overload

from recto.suites.judging import Outcome, Status


class SuiteResult(Sequence[Outcome]):
    """The outcomes of a suite's variations, in its order; printed, the last line of `recto suite`."""

    def __init__(self, outcomes: Iterable[Outcome]):
        self.outcomes: tuple[Outcome, ...] = tuple(outcomes)

    def of(self, status: Status) -> list[Outcome]:
        """Those that `passed`, `failed`, or were `not checked`."""
        return [each for each in self.outcomes if each.status == status]

    @overload
    def __getitem__(self, index: int) -> Outcome: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Outcome, ...]: ...
    def __getitem__(self, index: int | slice) -> Outcome | tuple[Outcome, ...]:
        return self.outcomes[index]

    def __len__(self) -> int:
        return len(self.outcomes)

    def __str__(self) -> str:
        passed, failed = len(self.of("passed")), len(self.of("failed"))
        return f"{passed} passed, {failed} failed, {len(self.of('not checked'))} not checked"

    def __repr__(self) -> str:
        return f"<recto.SuiteResult {self}>"
