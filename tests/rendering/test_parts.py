"""Definitions, flags, units, panels, charts (rendering.md 1, 2, 8, 19.7, 21.6)."""

from __future__ import annotations

import struct
import zlib

import pytest

from recto.instance.model import Unit
from recto.names import ISO4217, UTR, XBRLI, QName
from recto.rendering.charts import draw_bars
from recto.rendering.definitions import (
    is_cash_flow_statement,
    is_equity_statement,
    parse_definition,
    remove_qualifiers,
)
from recto.rendering.filing_flags import families, flags, is_risk_return
from recto.rendering.symbols import registered_symbol
from recto.rendering.units import UnitText
from recto.rendering.view import pretty_name
from tests.rendering.small import Small
from tests.taxonomy.samples import load, schema


@pytest.mark.parametrize(
    ("text", "number", "type_", "name", "mode"),
    [
        ("0000012.1 - Disclosure - X", "0000012.1", "disclosure", "X", ""),
        ("1 - Statement - A - B", "1", "statement", "A - B", ""),
        ("1 - Schedule - X {Elements} {Unlabeled}", "1", "schedule", "X", "elements"),
        ("1 - Document - X { unlabeled }", "1", "document", "X", "unlabeled"),
        ("1 - Statement - X {Unlabeled} {Transposed}", "1", "statement", "X", "unlabeled"),
        ("1 - Statement - X {Transposed} {Elements}", "1", "statement", "X", "transposed"),
        ("1 - Statement - X {Foo}", "1", "statement", "X {Foo}", ""),
        ("12 - disclosure - X", "", "", "", ""),
        ("1-Statement-X", "", "", "", ""),
        ("1 - Statement -  ", "", "", "", ""),
    ],
)
def test_definitions(text: str, number: str, type_: str, name: str, mode: str) -> None:
    definition = parse_definition(text)
    assert (definition.number, definition.type, definition.short_name, definition.mode) == (number, type_, name, mode)
    assert definition.text == text


def test_qualifiers_take_their_blanks_with_them() -> None:
    assert remove_qualifiers("A {Unlabeled} B") == "AB"


@pytest.mark.parametrize(
    ("title", "equity", "cash"),
    [
        ("Statements of Stockholders' Equity", True, False),
        ("CONSOLIDATED STATEMENTS OF CHANGES IN DEFICIT", True, False),
        ("Statement of Partners' Capital", True, False),
        ("Statement of Financial Condition and Equity", True, False),
        ("Balance Sheets", False, False),
        ("Statements of Cash Flows", False, True),
        ("Statements of Cash Flows (Supplemental)", False, False),
        ("Flows of Cash", False, False),
        ("Statements of Stockholders' Equity (Parenthetical)", False, False),
        ("Cash Flow (Details)", False, False),
    ],
)
def test_special_statements(title: str, equity: bool, cash: bool) -> None:
    definition = parse_definition(f"1 - Statement - {title}")
    assert (is_equity_statement(definition), is_cash_flow_statement(definition)) == (equity, cash)
    assert not is_equity_statement(parse_definition(f"1 - Disclosure - {title}"))


def test_equity_by_number() -> None:
    assert is_equity_statement(parse_definition("148600 - Statement - Anything"))


def test_families_of_taxonomies() -> None:
    found = families(
        (
            "http://fasb.org/us-gaap/2024",
            "http://xbrl.sec.gov/dei/2024",
            "https://xbrl.ifrs.org/taxonomy/2023-03-23/ifrs-full",
            "http://xbrl.us/us-gaap/2009-01-31",
            "http://example.com/20241231",
        )
    )
    assert found.tokens == {"us-gaap", "dei", "ifrs"}
    assert found.us_gaap == "http://fasb.org/us-gaap/2024"
    assert found.ifrs == "https://xbrl.ifrs.org/taxonomy/2023-03-23/ifrs-full"


@pytest.mark.parametrize(
    ("tokens", "kind", "held"),
    [
        ("us-gaap dei", "10-Q/A", {"isUsgaap", "isDefinitelyFs"}),
        ("rr dei", "485BPOS", {"isRR", "isRRorOEF", "isN1a", "isDefinitelyNotFs"}),
        ("oef", "N-CSR", {"isOEF", "isRRorOEF", "isNcsr"}),
        ("vip", "485BPOS", {"isVip", "isN3N4N6", "isDefinitelyNotFs"}),
        ("dei", "EX-FILING FEES", {"isFeeExhibit"}),
        ("dei", "DEF 14A", {"isProxy", "isDefinitelyNotFs"}),
        ("us-gaap", "EX-99.K SDR", {"isUsgaap", "isSdr", "isDefinitelyFs"}),
        ("shr", "F-SR", {"isShr", "isOnlyShr", "isDefinitelyNotFs"}),
        ("dei", "N-2", {"isN2Prospectus", "isDefinitelyNotFs"}),
        ("dei", None, set()),
    ],
)
def test_flags(tokens: str, kind: str | None, held: set[str]) -> None:
    assert flags(frozenset(tokens.split()), kind, ["http://fasb.org/us-gaap/2024"]) == held


def test_a_cover_page_alone() -> None:
    assert flags(frozenset(("dei",)), "8-K", ["http://xbrl.sec.gov/dei/2024"]) == {"isOnlyDei"}


def test_risk_return_menus() -> None:
    assert is_risk_return(frozenset(("rr",)), None)
    assert is_risk_return(frozenset(("oef",)), "485BPOS")
    assert not is_risk_return(frozenset(("oef",)), "N-CSR")


def test_names_in_words() -> None:
    assert pretty_name("EntityFoo123Bar") == "Entity Foo 123Bar"


def unit(above: tuple[QName, ...], below: tuple[QName, ...] = ()) -> UnitText:
    return UnitText(Unit("u", above, below), load({"t.xsd": schema()}))


USD, EUR = QName(ISO4217, "USD"), QName(ISO4217, "EUR")
SHARES, PURE, BARRELS = QName(XBRLI, "shares"), QName(XBRLI, "pure"), QName(UTR, "bbl")


@pytest.mark.parametrize(
    ("above", "below", "symbol", "heading", "suffix"),
    [
        ((USD,), (), "$", "USD ($)", "$"),
        ((SHARES,), (), "shares", "shares", "shares"),
        ((PURE,), (), "pure", None, None),
        ((USD,), (SHARES,), "$ / shares", "$ / shares", "$ / shares"),
        ((USD,), (BARRELS,), "$ / bbl", "$ / bbl", "$ / bbl"),
        ((BARRELS,), (), "bbl", "bbl", "bbl"),
        ((QName(UTR, "sqft"),), (), "ft²", "ft²", "ft²"),
        ((QName("http://example.com/t", "Segment"),), (), "Segment", "Segment", "Segment"),
        ((BARRELS, QName(UTR, "D")), (), "bbl d", "bbl d", "bbl d"),
        ((USD, BARRELS), (SHARES,), "($ bbl) / shares", "($ bbl) / shares", "($ bbl) / shares"),
        ((), (SHARES,), "per shares", "per shares", "per shares"),
    ],
)
def test_units(above: tuple[QName, ...], below: tuple[QName, ...], symbol: str, heading: str, suffix: str) -> None:
    made = unit(above, below)
    assert (made.symbol, made.heading, made.suffix) == (symbol, heading, suffix)


def test_symbols_of_the_registry() -> None:
    assert registered_symbol(ISO4217, "JPY") == "¥"
    assert registered_symbol(ISO4217, "MRU") is None
    assert registered_symbol(UTR, "aft") == "acre ft"


# Panels


def test_panels_of_elements_and_of_members_on_rows() -> None:
    small = Small()
    small.concept("B", label="B", documentation="What B is.")
    small.concept("us-gaap:A", label="A")
    small.abstract("Head", label="Head")
    small.axis("RegionAxis", "Everywhere", label="Region")
    small.members("Everywhere Europe")
    small.labels["B", "documentation"] = small.labels.pop(("B", "documentationLabel"))
    small.page("1 - Disclosure - X", "Head\n  RegionAxis\n    Everywhere\n      Europe\n  B\n  us-gaap:A")
    small.fact("B", "2024", "1", "usd", 0, {"RegionAxis": "Europe"})
    small.fact("us-gaap:A", "2024", "1", "usd", 0)
    report = small.report()
    assert [panel.key for panel in report.panels] == ["t_B", "t_Head", "us-gaap_A", "t_RegionAxis=t_Europe"]
    first, _, third, last = report.panels
    assert (first.prefix, first.data_type, first.balance, first.period_type) == (
        "t_",
        "xbrli:monetaryItemType",
        "na",
        "duration",
    )
    assert third.definition is None
    assert (last.data_type, last.references) == ("na", None)
    section = next(row for row in report.rows if row.kind == "section")
    assert section.panel_key == "t_RegionAxis=t_Europe"


# Charts


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and the palette indexes of a PNG of this module's own kind."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    position, data, size = 8, b"", (0, 0)
    while position < len(png):
        (length,) = struct.unpack(">I", png[position : position + 4])
        kind, body = png[position + 4 : position + 8], png[position + 8 : position + 8 + length]
        (check,) = struct.unpack(">I", png[position + 8 + length : position + 12 + length])
        assert check == zlib.crc32(kind + body)
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
        elif kind == b"IDAT":
            data += body
        position += 12 + length
    raw = zlib.decompress(data)
    width, height = size
    return width, height, b"".join(raw[y * (width + 1) + 1 : (y + 1) * (width + 1)] for y in range(height))


def test_bars_are_as_long_as_their_values() -> None:
    width, height, image = pixels(draw_bars([(2001, 0.10), (2002, None), (2003, -0.05)]))
    assert (width, height) == (640, 360)
    blue = 2
    lengths = [sum(image[y * width + x] == blue for y in range(height)) for x in (107, 320, 533)]
    assert lengths[1] == 0
    assert abs(lengths[0] - 2 * lengths[2]) <= 2
    assert lengths[0] > 100


def test_a_chart_of_nothing_is_blank() -> None:
    assert set(pixels(draw_bars([]))[2]) == {0}
