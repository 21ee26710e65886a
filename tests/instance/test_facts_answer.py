"""A fact says what a person asks first, and leads back to where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

import recto
from recto.errors import UsageError
from recto.filing import Filing


@pytest.fixture(scope="module")
def filing(data: Path) -> Filing:
    return recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True)


def fact(filing: Filing, identifier: str) -> recto.Fact:
    return filing.instances[0].by_id[identifier]


def test_words(filing: Filing) -> None:
    cash = fact(filing, "cash-2024")
    assert str(cash) == "Cash: 1.25 million USD (1,250,000), as of December 31, 2024"
    assert repr(cash) == "<recto.Fact cash-2024 us-gaap:Cash = 1.25 million USD (1,250,000), as of December 31, 2024>"
    assert "as of December 31, 2024" in cash._repr_html_()
    assert cash.label() == "Cash"
    assert cash.label("verbose") is None
    assert fact(filing, "name").period.words == "year ended December 31, 2024"


def test_place(filing: Filing) -> None:
    place = fact(filing, "cash-2024").place
    assert place.id == "cash-2024"
    assert str(place) == f"{place.name}:{place.line} #cash-2024"
    assert place.url.endswith("#cash-2024")
    from lxml import etree

    tree = etree.parse(place.document.removeprefix("file://"))
    prefixes = {"ix": "http://www.xbrl.org/2013/inlineXBRL"}
    (element,) = tree.xpath(place.xpath, namespaces=prefixes)
    assert element.get("id") == "cash-2024"


def test_pages(filing: Filing) -> None:
    assert fact(filing, "cash-2024").pages
    page = filing.report(fact(filing, "cash-2024").pages[0])
    assert any(fact(filing, "cash-2024") in cell.facts for row in page.rows for cell in row.cells)


def test_footnotes(filing: Filing) -> None:
    assert len(fact(filing, "inventory-2024").footnotes) == 1
    assert fact(filing, "cash-2024").footnotes == ()


def test_text_of_a_number_and_of_markup(filing: Filing) -> None:
    assert fact(filing, "cash-2024").text == "1250000"
    assert fact(filing, "cash-2024").tables == []
    assert fact(filing, "write-down-2023").text == ""
    text = fact(filing, "inventories").text
    assert "Inventories are stated at cost" in text
    assert "<" not in text


def test_a_fact_of_no_filing(data: Path) -> None:
    from recto import instance
    from recto.sources import open_source

    source = open_source(data / "inline", taxonomies=[data / "mirror"], offline=True)
    alone = instance.load(source.entries[0], source.resolver)[0].facts[0]
    with pytest.raises(UsageError, match="pages"):
        alone.pages  # noqa: B018
    assert alone.label()
