"""Calculations 1.1: intervals, bindings, duplicates, both modes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.instance.model import Instance
from recto.names import ARC_SUMMATION_ITEM, ARC_SUMMATION_ITEM_1_1
from recto.rules.intervals import Interval, has_excess_digits, interval_of
from tests.rules.samples import codes, findings, item, linkbase, load_xbrl, locators, schema

ROUNDING = "calc11e:inconsistentCalculationUsingRounding"
TRUNCATION = "calc11e:inconsistentCalculationUsingTruncation"


def arc(source: str, target: str, arcrole: str, weight: str = "1", order: int = 1) -> str:
    return (
        f'<link:calculationArc xlink:type="arc" xlink:arcrole="{arcrole}" xlink:from="{source}" xlink:to="{target}" '
        f'weight="{weight}" order="{order}"/>'
    )


def report(
    body: str, *, arcs: str | None = None, arcrole: str = ARC_SUMMATION_ITEM_1_1, type_: str = "xbrli:monetaryItemType"
) -> Instance:
    arcs = arcs or arc("Total", "One", arcrole) + arc("Total", "Two", arcrole, order=2)
    reference = (
        '<link:arcroleRef xlink:type="simple" arcroleURI="https://xbrl.org/2023/arcrole/summation-item" '
        'xlink:href="https://www.xbrl.org/2023/calculation-1.1.xsd#summation-item"/>'
    )
    link = (
        '<link:calculationLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
        f"{locators('Total', 'One', 'Two')}{arcs}</link:calculationLink>"
    )
    files = {
        "s.xsd": schema(item("Total", type_) + item("One", type_) + item("Two", type_), linkbases=["calc.xml"]),
        "calc.xml": linkbase(link, references=reference),
    }
    return load_xbrl(files, body)


def fact(name: str, value: str, decimals: str = "0", more: str = "") -> str:
    return f'<s:{name} contextRef="y" unitRef="usd" decimals="{decimals}" {more}>{value}</s:{name}>'


def calculated(body: str, mode: str = "calc11", **more: str) -> list[str]:
    return [code for code in codes(report(body, **more), mode) if code.startswith(("calc11e:", "oime:"))]


def test_rounded_numbers_need_not_add_up_exactly() -> None:
    # 12.4 and 45.4 are 57.8 together, reported in millions as 12, 45 and 58.
    assert calculated(fact("Total", "58", "0") + fact("One", "12") + fact("Two", "45")) == []


def test_the_sum_is_out_of_reach() -> None:
    instance = report(fact("Total", "60", "0") + fact("One", "12") + fact("Two", "45"))
    found = [each for each in findings(instance, "calc11") if each.code == ROUNDING]
    assert [each.severity for each in found] == ["warning"]
    assert "59.5 to 60.5" in found[0].message
    assert "56.0 to 58.0" in found[0].message
    assert found[0].line == 9
    assert len(found[0].facts) == 3


def test_ends_of_intervals_that_touch_agree() -> None:
    assert calculated(fact("Total", "59", "0") + fact("One", "12") + fact("Two", "46", "INF")) == []
    assert calculated(fact("Total", "59", "0") + fact("One", "12.4", "INF") + fact("Two", "46", "INF")) == [ROUNDING]


def test_truncated_numbers() -> None:
    # 1.9 and 1.9 are 3.8: truncated to 1, 1 and 3. Rounded to nearest, 1 and 1 cannot be more than 3 in total.
    facts = fact("Total", "3") + fact("One", "1") + fact("Two", "1")
    assert calculated(facts, "calc11-truncation") == []
    # Two truncated ones are at least 2 together.
    low = fact("Total", "1") + fact("One", "1") + fact("Two", "1")
    assert calculated(low, "calc11-truncation") == [TRUNCATION]
    # 4 is out of reach: each item is less than 2.
    high = fact("Total", "4") + fact("One", "1") + fact("Two", "1")
    assert calculated(high, "calc11-truncation") == [TRUNCATION]


def test_a_total_without_items_is_no_calculation() -> None:
    assert calculated(fact("Total", "3")) == []
    assert calculated(fact("One", "3")) == []


def test_items_that_are_nil_do_not_count() -> None:
    nil = '<s:Two contextRef="y" unitRef="usd" xsi:nil="true"/>'
    assert calculated(fact("Total", "12") + fact("One", "12") + nil) == []
    assert calculated(fact("Total", "20") + fact("One", "12") + nil) == [ROUNDING]


def test_duplicates_narrow_the_interval() -> None:
    facts = fact("Total", "3000", "-3") + fact("Total", "2600", "-2") + fact("One", "2500", "INF")
    # 3000 alone would agree with 2500; 2600 to hundreds (2550 to 2650) does not.
    assert calculated(fact("Total", "3000", "-3") + fact("One", "2500", "INF")) == []
    assert calculated(facts) == [ROUNDING]


def test_duplicates_that_contradict_each_other() -> None:
    facts = fact("Total", "3") + fact("One", "1") + fact("One", "3") + fact("Two", "2")
    assert calculated(facts) == ["oime:disallowedDuplicateFacts"]
    assert calculated(facts, "calc11-truncation") == ["calc11e:disallowedDuplicateFactsUsingTruncation"]


def test_digits_beyond_the_decimals() -> None:
    assert calculated(fact("Total", "3") + fact("One", "1.5", "0")) == ["calc11e:excessDigits"]


def test_negative_weights_turn_the_interval() -> None:
    arcs = arc("Total", "One", ARC_SUMMATION_ITEM_1_1) + arc("Total", "Two", ARC_SUMMATION_ITEM_1_1, "-1", 2)
    facts = fact("One", "10", "INF") + fact("Two", "3")
    assert calculated(fact("Total", "7") + facts, arcs=arcs) == []
    assert calculated(fact("Total", "9") + facts, arcs=arcs) == [ROUNDING]


def test_types_must_be_decimal() -> None:
    assert "calc11e:nonDecimalItemNode" in calculated("", type_="xbrli:doubleItemType")


def test_an_item_contributes_once() -> None:
    arcs = arc("Total", "One", ARC_SUMMATION_ITEM_1_1) + arc("Total", "One", ARC_SUMMATION_ITEM_1_1, "-1", 2)
    assert "calc11e:duplicateCalculationRelationships" in calculated("", arcs=arcs)


def test_older_arcs_are_checked_when_asked_for() -> None:
    instance = report(fact("Total", "60") + fact("One", "12") + fact("Two", "45"), arcrole=ARC_SUMMATION_ITEM)
    assert ROUNDING in codes(instance, "calc11")
    assert "xbrl.5.2.5.2:calcInconsistency" in codes(instance)
    assert ROUNDING not in codes(instance)


@pytest.mark.parametrize(
    ("number", "decimals", "excess"),
    [
        ("1.50", 1, False),
        ("1.55", 1, True),
        ("1500", -2, False),
        ("1550", -2, True),
        ("0", -3, False),
        ("7", "INF", False),
    ],
)
def test_excess_digits(number: str, decimals: int, excess: bool) -> None:
    assert has_excess_digits(Decimal(number), decimals) is excess  # type: ignore[arg-type]


NUMBERS = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=4)


@given(NUMBERS, st.integers(-6, 6))
def test_a_number_lies_in_the_interval_of_its_rounded_form(number: Decimal, decimals: int) -> None:
    unit = Decimal(1).scaleb(-decimals)
    rounded = (number / unit).to_integral_value() * unit
    interval = interval_of(rounded, decimals)
    assert interval.low <= number <= interval.high


@given(NUMBERS, NUMBERS, st.sampled_from([Decimal(1), Decimal(-1), Decimal("0.5")]))
def test_sums_of_points_are_points(one: Decimal, two: Decimal, weight: Decimal) -> None:
    total = Interval(one, one).plus(Interval(two, two).times(weight))
    assert total == Interval(one + two * weight, one + two * weight)
    assert not total.empty


def test_open_ends_that_touch_do_not_meet() -> None:
    assert interval_of(Decimal(1), 0, truncated=True).meet(Interval(Decimal(2), Decimal(3))).empty
    assert not interval_of(Decimal(1), 0).meet(Interval(Decimal("1.5"), Decimal(3))).empty


def test_reports_that_oim_has_no_place_for_are_not_checked() -> None:
    facts = fact("Total", "60") + fact("One", "12") + fact("Two", "45")
    assert calculated(facts) == [ROUNDING]
    unknown = '<s:One contextRef="y" unitRef="usd" precision="0">12</s:One>'
    assert calculated(facts + unknown) == ["calc11e:oimIncompatibleReportWarning"]


def test_absurd_decimals() -> None:
    assert interval_of(Decimal(5), 10**30) == Interval(Decimal(5), Decimal(5))
    assert not interval_of(Decimal(5), -(10**30)).meet(Interval(Decimal(-7), Decimal(-7))).empty
    assert not has_excess_digits(Decimal(5), 10**30)
    assert has_excess_digits(Decimal(5), -(10**30))
    assert calculated(fact("Total", "3", "9" * 30) + fact("One", "3", "INF")) == []
