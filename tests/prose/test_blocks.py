"""What a reader sees of HTML: its table model, lists, preformatted text, what is hidden, what stands for images."""

from __future__ import annotations

from decimal import Decimal

import pytest

from recto.prose import markdown, number_of, plain, prose


def test_cells_that_span_rows_keep_the_others_in_place() -> None:
    markup = (
        '<table><tr><td rowspan="2">Segment</td><td>2024</td><td>2023</td></tr><tr><td>USD</td><td>EUR</td></tr>'
        "<tr><td>Cider</td><td>10</td><td>9</td></tr></table>"
    )
    (table,) = [block.table for block in prose(markup)]
    assert table is not None
    assert table.rows == [["Segment", "2024", "2023"], ["", "USD", "EUR"], ["Cider", "10", "9"]]
    assert table.columns == ["Segment", "2024 USD", "2023 EUR"]
    assert table.body == [["Cider", "10", "9"]]


def test_a_rowspan_of_zero_reaches_to_the_end() -> None:
    markup = '<table><tr><td rowspan="0">a</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr></table>'
    assert [row[1] for row in prose(markup)[0].rows] == ["1", "2", "3"]


def test_preformatted_text_stays_as_it_is() -> None:
    (block,) = prose("<pre>Place   2024\nGhent     10\n</pre>")
    assert (block.kind, block.text) == ("pre", "Place   2024\nGhent     10")
    assert markdown([block]) == "```\nPlace   2024\nGhent     10\n```\n"
    assert plain([block], width=5) == "Place   2024\nGhent     10\n"


@pytest.mark.parametrize("style", ["white-space: pre", "WHITE-SPACE:Pre-Wrap", "color: red; white-space:break-spaces"])
def test_a_block_set_out_by_white_space_stays_as_it_is(style: str) -> None:
    (block,) = prose(f'<div style="{style}">Place   2024\n<span>Ghent</span>     10<br>Mons\t9\n</div>')
    assert (block.kind, block.text) == ("pre", "Place   2024\nGhent     10\nMons    9")


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ('<p style="white-space: pre-line">First  line\n  second</p>', ["First line\nsecond"]),
        ('<p style="white-space: pre-wrap">One.  Two.\r\nA new line.</p>', ["One. Two.\nA new line."]),
        ('<p style="white-space: pre">One  line</p>', ["One line"]),
        ('<p>a\nb <span style="white-space: pre-wrap">c\nd</span>\ne</p>', ["a b c\nd e"]),
        (
            '<div style="white-space: pre-line">a\nb<p style="white-space: normal">c\nd</p>e\nf</div>',
            ["a\nb", "c d", "e\nf"],
        ),
        ('<div style="white-space:pre-line"><p>a\nb</p></div><p>c\nd</p>', ["a\nb", "c d"]),
        ('<p style="white-space: pre-line; white-space: nowrap">a\nb</p>', ["a b"]),
        ('<pre style="white-space: normal">a\n  b</pre>', ["a b"]),
        ('<pre>a<br>b<span style="display:none">c</span></pre>', ["a\nb"]),
    ],
)  # fmt: skip
def test_line_breaks_stay_where_a_reader_sees_them(markup: str, texts: list[str]) -> None:
    assert [block.text for block in prose(markup)] == texts


@pytest.mark.parametrize(
    ("style", "seen"),
    [
        ("font-size: 0", False),
        ("FONT-SIZE:0px", False),
        ("font-size:0.00pt;color:red", False),
        ("font: 0/0 a", False),
        ("font: bold 0 Arial", False),
        ("font-size:0 !important", False),
        ("font-size: 9pt; font-size: 0", False),
        ("font-size: 0; font-size: 9pt", True),
        ("font-size:0.83em", True),
        ("font:10pt/0 Arial", True),
        ("font: 700 10pt Arial", True),
        ("font-family: a0; line-height: 0", True),
    ],
)
def test_letters_without_size_are_not_read(style: str, seen: bool) -> None:
    text = "shown and this, too" if seen else "shown , too"
    (block,) = prose(f'<p>shown <span style="{style}">and this</span>, too</p>')
    assert block.text == text
    (block,) = prose(f'<table><tr><td>a</td><td>1 <span style="{style}">9</span></td></tr></table>')
    assert block.rows == [["a", "1 9" if seen else "1"]]
    (block,) = prose(f'<table><tr style="{style}"><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>')
    assert block.rows == ([["a", "1"]] if seen else []) + [["b", "2"]]


def test_what_has_a_size_of_its_own_is_read_again() -> None:
    """Filers put elements beside each other without the gap of the blank between them."""
    inside = (
        '<span style="font-size: 9pt">seen</span> gap <b style="font-size: 50%">half of nothing</b> <img alt="logo">'
    )
    assert [block.text for block in prose(f'<div style="font-size: 0">{inside}</div>')] == ["seen[image: logo]"]
    cells = '<td style="font-size:10pt">a</td><td>b</td><td><font style="font:8pt Arial">c</font></td>'
    (block,) = prose(f'<table style="font-size:0"><tr>{cells}</tr></table>')
    assert block.rows == [["a", "c"]]
    inner = '<table><tr style="font-size:9pt"><td>x</td><td>1</td></tr></table>'
    frame = f'<table><tr style="font-size:0"><td>gone {inner}</td></tr></table>'
    assert [block.rows for block in prose(frame)] == [[["x", "1"]]]


def test_lists_keep_their_marks_and_nest() -> None:
    blocks = prose("<ul><li>one</li><li>two<ul><li>sub</li></ul></li><li>three</li></ul>")
    assert [(block.marker, block.depth, block.text) for block in blocks] == [
        ("•", 0, "one"),
        ("•", 0, "two"),
        ("◦", 1, "sub"),
        ("•", 0, "three"),
    ]
    assert plain(blocks).splitlines() == ["• one", "• two", "  ◦ sub", "• three"]


@pytest.mark.parametrize(
    ("attributes", "markers"),
    [
        ("", ["1.", "2."]),
        ('start="3"', ["3.", "4."]),
        ('type="a"', ["a.", "b."]),
        ('type="I"', ["I.", "II."]),
        ('style="list-style-type: lower-roman"', ["i.", "ii."]),
        ('type="I" reversed="reversed"', ["II.", "I."]),
        ('start="5" reversed=""', ["5.", "4."]),
        ('style="list-style: none inside"', ["", ""]),
    ],
)
def test_ordered_lists_count(attributes: str, markers: list[str]) -> None:
    assert [block.marker for block in prose(f"<ol {attributes}><li>x</li><li>y</li></ol>")] == markers


def test_items_as_rows_of_a_table() -> None:
    blocks = prose("<table><tr><td>•</td><td>one</td></tr><tr><td>•</td><td>two</td></tr></table>")
    assert [(block.kind, block.marker, block.text) for block in blocks] == [("item", "•", "one"), ("item", "•", "two")]


def test_what_is_hidden_is_not_read() -> None:
    markup = (
        '<p>seen</p><p style="display:none">x</p><div hidden>x</div><table><tr style="DISPLAY: none"><td>x</td></tr>'
    )
    assert [block.text for block in prose(markup + "</table><p style='visibility:hidden'>x</p>")] == ["seen"]


def test_images_leave_their_text() -> None:
    assert prose('<p><img src="a/chart.jpg" alt="Inventory by place"/></p>')[0].text == "[image: Inventory by place]"
    assert prose('<p><img src="http://example.org/a/chart.jpg?x=1"/></p>')[0].text == "[image: chart.jpg]"
    assert prose('<p><img src="data:image/png;base64,AAAA"/></p>')[0].text == "[image]"


def test_items_of_a_list_without_marks_have_none() -> None:
    assert plain(prose('<ul style="list-style-type:none"><li>x</li><li>y</li></ul>')).split() == ["x", "y"]


def test_a_table_keeps_its_caption_and_every_mark() -> None:
    caption, block = prose("<table><caption>By <b>place</b></caption><tr><td>a*b*</td><td>5</td></tr></table>")
    assert (caption.kind, caption.text) == ("paragraph", "By place")
    assert block.rows == [["a*b *", "5"]]


def test_signs_are_joined_and_footnote_marks_kept_apart() -> None:
    markup = (
        "<table><tr><td></td><td colspan=3>2024</td></tr>"
        "<tr><td>Cash (1)</td><td>$</td><td>(1,234</td><td>)</td><td><sup>(a)</sup></td></tr>"
        "<tr><td>Share</td><td></td><td>12.5</td><td>%</td><td></td></tr></table>"
    )
    (table,) = [block.table for block in prose(markup)]
    assert table is not None
    assert table.rows == [["", "2024"], ["Cash (1)", "$ (1,234) (a)"], ["Share", "12.5%"]]
    assert table.body == [["Cash", "$ (1,234)"], ["Share", "12.5%"]]
    assert table.notes == ["label (1); 2024 (a)", ""]
    frame = table.to_pandas(numbers=True)
    assert list(frame["2024"]) == [-1234.0, 12.5]
    assert list(frame["notes"].fillna("")) == ["label (1); 2024 (a)", ""]


def test_a_table_that_only_lays_out_is_opened() -> None:
    inner = "<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>"
    blocks = prose(f"<table><tr><td><p>before</p>{inner}</td></tr></table>")
    assert [block.kind for block in blocks] == ["paragraph", "table"]


def test_control_characters_do_not_reach_a_terminal() -> None:
    assert prose("<p>a&#27;[31mb\u202ec\u009bd</p>")[0].text.isprintable()
    assert prose("a\x1b[2Jb")[0].text == "a[2Jb"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("$ (1,234.5)", "-1234.5"),
        ("12%", "12"),
        ("−7", "-7"),
        ("(3)%", "-3"),
        ("€ 1", "1"),
        ("n/a", None),
        ("1 (a)", None),
    ],
)
def test_numbers_as_printed(text: str, number: str | None) -> None:
    assert number_of(text) == (None if number is None else Decimal(number))
