"""Report pages as their style sheet and script show them: headings stay in view, and a phone is wide enough."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import recto


@pytest.fixture
def pages(data: Path, tmp_path: Path) -> Path:
    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as filing:
        filing.render(tmp_path / "pages", formats=["html"])
    return tmp_path / "pages"


def test_headings_stay_in_view(browser: Any, pages: Path) -> None:
    page = browser.new_page(viewport={"width": 1000, "height": 200})
    page.goto(f"{(pages / 'R2.htm').as_uri()}")
    page.evaluate("scrollTo(0, 150)")
    rows = "[...document.querySelectorAll('table.report tr:has(> th)')]"
    heads = page.evaluate(f"{rows}.map(row => row.lastElementChild.getBoundingClientRect().top)")
    page.close()
    assert heads
    assert heads == sorted(heads)
    assert 0 <= heads[0] <= 30


def test_a_phone_shows_labels_beside_a_column(browser: Any, pages: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True)
    page = context.new_page()
    for name in ("R2.htm", "index.html"):
        page.goto(f"{(pages / name).as_uri()}")
        if name == "index.html":
            page.wait_for_selector("html[data-ready]")
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
            continue
        assert page.evaluate("matchMedia('(max-width: 640px)').matches || innerWidth <= 640")
        label, number = (
            page.evaluate(f"document.querySelector('table.report td.{kind}').getBoundingClientRect().toJSON()")
            for kind in ("pl", "nump")
        )
        assert label["width"] <= 0.45 * 390
        assert number["right"] <= 390
    context.close()
