"""What contexts hold, apart from documents that hold them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from lxml import etree

from recto.instance.contexts import canonical
from recto.instance.periods import moment


@pytest.mark.parametrize(
    "text",
    [
        '<a:x xmlns:a="http://u.example" xmlns:b="http://v.example">t</a:x>',
        '<x xmlns="http://u.example"/>',
        '<x xmlns="http://u.example" xmlns:q="http://q.example">é "q"\tq</x>',
        '<a:x xmlns:a="http://u.example">1 &gt; 2 &amp; 3</a:x>',
        '<a:x xmlns:a="http://u.example?a&amp;b">1</a:x>',
        "<x>1</x>",
        '<a:x xmlns:a="http://u.example" b="1">t</a:x>',
        '<a:x xmlns:a="http://u.example"><a:y/></a:x>',
    ],
)
def test_canonical_form_is_that_of_libxml2(text: Any) -> None:
    element = etree.fromstring(f'<r xmlns:r="http://r.example">{text}tail</r>')[0]
    written = etree.tostring(element, method="c14n", exclusive=True, with_comments=False, with_tail=False)
    assert canonical(element) == written.decode()


def test_relative_namespaces_have_a_form_too() -> None:
    element = etree.fromstring('<a:x xmlns:a="relative" b="1"><a:y/></a:x>')
    assert canonical(element) == '<a:x xmlns:a="relative" b="1"><a:y/></a:x>'


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("2024-12-31", False, datetime(2024, 12, 31)),
        ("2024-12-31", True, datetime(2025, 1, 1)),
        (" 2024-12-31 ", True, datetime(2025, 1, 1)),
        ("2024-12-31T24:00:00", True, datetime(2025, 1, 1)),
    ],
)
def test_moments(text: Any, end: Any, expected: Any) -> None:
    assert moment(text, end=end) == (expected, "")


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2024-W01-1", "20241231", "9999-12-31", "0000-01-01", "2024-1-1", "１２３４-01-01"]
)
def test_what_is_no_date(text: Any) -> None:
    with pytest.raises(ValueError, match="date"):
        moment(text, end=True)
