"""Patterns that are compiled late find what patterns compiled at once find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.patterns import Choice
from recto.statements import names

TITLES = [*names.TITLES.values(), names.NO_STATEMENT, names.PART_OF_GROUP]
NAMES = [
    each._patterns
    for each in (*names.ABSTRACTS.values(), *(one for group in names.CONTENT.values() for one in group))
    if each._patterns._source[0]
]


@pytest.mark.parametrize("choice", [*TITLES, *NAMES], ids=lambda each: each._source[0][0])
@given(data=st.data())
def test_a_choice_finds_what_its_pattern_finds(choice: Choice, data: st.DataObject) -> None:
    parts, *_, flags = choice._source
    part = data.draw(st.sampled_from(parts))
    text = data.draw(st.text("Aa (/'", max_size=3)) + data.draw(st.from_regex(re.compile(part, flags)))
    for each in (text, text.upper(), text[1:], text[:-1]):
        assert choice.found(each) == (choice._whole.search(each) is not None)
