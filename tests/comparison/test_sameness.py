"""Names of two years of one taxonomy, and labels with other dates, are the same."""

from __future__ import annotations

import pytest

from recto.comparison.sameness import family, same_words


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("http://fasb.org/us-gaap/2023", "http://fasb.org/us-gaap/2024"),
        ("http://xbrl.us/us-gaap/2009-01-31", "http://fasb.org/us-gaap/2019-01-31"),
        ("http://xbrl.us/dei/2009-01-31", "http://xbrl.sec.gov/dei/2024"),
        ("http://xbrl.ifrs.org/taxonomy/2017-03-09/ifrs-full", "https://xbrl.ifrs.org/taxonomy/2023-03-23/ifrs-full"),
        ("http://www.orchard.example/20231231", "http://orchard.example/20241231"),
        (
            "http://www.nltaxonomie.nl/nt17/kvk/20221214/dictionary",
            "http://www.nltaxonomie.nl/nt18/kvk/20231213/dictionary",
        ),
        ("http://example.org/orc-20231231", "http://example.org/orc-20241231"),
    ],
)
def test_years_of_one_taxonomy(a: str, b: str) -> None:
    assert family(a) == family(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("http://fasb.org/us-gaap/2024", "http://fasb.org/srt/2024"),
        ("http://example.org/a", "http://example.org/b"),
        ("http://www.eba.europa.eu/xbrl/crr/dict/met", "http://www.eba.europa.eu/xbrl/crr/dict/dim"),
        ("urn:example:a", "urn:example:b"),
    ],
)
def test_other_taxonomies(a: str, b: str) -> None:
    assert family(a) != family(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Balance at Dec. 31, 2023", "Balance at Dec. 31, 2024"),
        ("Notes payable (March 2023)", "Notes payable (March 2025)"),
        ("Bilanz zum 31. Dezember 2023", "Bilanz zum 31. Dezember 2024"),
        ("Activo a 31 de diciembre de 2023", "Activo a 31 de diciembre de 2024"),
        ("Fiscal 2023 plan", "Fiscal 2024 plan"),
        ("2023年3月31日残高", "2024年3月31日残高"),
        ("Net Sales (Unaudited)", "NET SALES"),
        ("Shares issued", "Shares issued (in shares)"),
        ("Other income/(expense), net", "Other income (expense) net"),
    ],
)
def test_labels_of_another_year(a: str, b: str) -> None:
    assert same_words(a) == same_words(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Retained earnings", "Accumulated deficit"),
        ("1.000% Notes", "1.375% Notes"),
        ("Level 1", "Level 2"),
        ("May sell", "Sell"),
    ],
)
def test_other_labels(a: str, b: str) -> None:
    assert same_words(a) != same_words(b)
