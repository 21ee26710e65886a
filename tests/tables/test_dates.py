"""Dates of frames compare with dates as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

import recto


def test_dates_in_pandas_compare_with_texts(data: Path) -> None:
    pytest.importorskip("pandas")
    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as filing:
        frame = filing.to_pandas()
        ends = {fact.period.last_day.date() for fact in filing.facts if fact.period and fact.period.last_day}
    assert len(ends) > 1
    for end in ends:
        same = frame[frame["end"] == str(end)]
        assert len(same) > 0
    assert len(frame[frame["end"] >= str(min(ends))]) == frame["end"].notna().sum()
