"""Addresses of published taxonomies, and which of them a missing document belongs to."""

from __future__ import annotations

import pytest

from recto.publishers import PUBLISHED, publisher_of


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd", "us-gaap-2024"),
        ("https://xbrl.sec.gov/dei/2023/dei-2023.xsd", "sec-2023"),
        ("http://www.esma.europa.eu/taxonomy/2021-03-24/esef_cor.xsd", "esef-2021"),
        ("https://xbrl.ifrs.org/taxonomy/2022-03-24/full_ifrs/full_ifrs-cor_2022-03-24.xsd", "ifrs-2022"),
        ("https://xbrl.frc.org.uk/FRS-102/2025-01-01/FRS-102-2025-01-01.xsd", "frc-2025"),
        ("https://eCollection.ferc.gov/taxonomy/form1/2022-01-01/form/form1/form-1_2022-01-01.xsd", "ferc-form1-2022"),
        ("https://xbrl.fasb.org/us-gaap/1999/x.xsd", None),
        ("https://example.org/us-gaap/2024/x.xsd", None),
    ],
)
def test_publisher_of(url: str, name: str | None) -> None:
    assert publisher_of(url) == name


def test_every_entry_can_be_fetched_and_has_terms() -> None:
    for name, each in PUBLISHED.items():
        assert name == each.name
        assert each.url.startswith(("https://", "http://"))
        assert each.terms
        assert each.is_package or each.url.endswith(".xsd")
        assert bool(each.base) == bool(each.probe)
