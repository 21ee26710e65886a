"""Character classes of XML Schema's regular expressions."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.taxonomy import patterns
from recto.taxonomy.automaton import Automaton
from recto.taxonomy.blocks import blocks
from recto.taxonomy.patterns import PatternError, _Translator, compile_pattern


def test_the_short_way_to_decimal_digits_finds_all_of_them() -> None:
    assert patterns._multi("d") == patterns._property("Nd")


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|aa)*b", "(a?){50}b", "((a*)*)*b", "a*a*a*a*a*b", "a*a*b"])
def test_no_expression_takes_ages(pattern: Any) -> None:
    matcher = compile_pattern(pattern)
    assert not matcher.fullmatch("a" * 4000 + "c")
    assert matcher.fullmatch("aaab")


@given(
    st.lists(st.sampled_from([*"ab.()|*+?", "[ab]", "{2}", "{0,3}", "{2,}", "[^a]"]), max_size=10).map("".join),
    st.text(alphabet="ab1", max_size=7),
)
def test_both_ways_of_matching_agree(pattern: Any, text: Any) -> None:
    try:
        tokens = _Translator(pattern).tokens()
        expected = re.compile("".join(tokens)).fullmatch(text)
    except (PatternError, re.error):
        return
    assert Automaton(tokens).fullmatch(text) == bool(expected)


def test_an_expression_with_too_many_positions_is_refused() -> None:
    with pytest.raises(PatternError, match="positions"):
        compile_pattern("((a{1,99}b?){1,99}){1,99}")


def test_blocks_of_unicode() -> None:
    known = blocks()
    assert len(known) - len({"GreekandCoptic", "HighSurrogates", "HighPrivateUseSurrogates", "LowSurrogates"}) == 93
    assert compile_pattern(r"\p{IsKannada}+").fullmatch("\u0c80\u0cff")
    assert not compile_pattern(r"\p{IsKannada}+").fullmatch("abc")
    assert compile_pattern("[\\p{IsPrivateUse}-[\ue001]]").fullmatch("\U000f0000")
    assert compile_pattern(r"\P{IsSpecials}").fullmatch("\ufefe")
    assert not compile_pattern(r"\P{IsSpecials}").fullmatch("\ufffd")
    with pytest.raises(PatternError, match="no block"):
        compile_pattern(r"\p{IsKlingon}")
