"""Report pages with faults, formats of inline documents, dates and patterns: read, or refused as they must be."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest

import recto
from recto.errors import RectoError
from recto.instance.inline.transforms import TransformError, registries, transform
from recto.rendering.reading import read
from recto.taxonomy.patterns import PatternError, compile_pattern
from tests.effort import bounded
from tests.fuzz.budget import seeds
from tests.fuzz.test_damaged_sources import damaged
from tests.rendering.reading.test_flat import PAGE

PIECES = (
    "|", "\n", "$", "(1)", "[1]", "12 Months Ended", "Dec. 31, 2024", "USD ($)", "$ / shares", "In Thousands",
    "<td class='nump'>", "</tr>", "<th colspan='99999999'>", "rowspan='-1'", "<table>", "&nbsp;", "(", ")", "-", "—",
    "1,2,3", "9" * 400, "Feb. 30, 2024", "xbrli_", "&#xd800;", "\x00",
)  # fmt: skip


@pytest.fixture(scope="module")
def pages(data: Path, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Pages of the repository's own filings, and a flattened one."""
    found = [PAGE.encode()]
    for name in ("inline", "equity", "typed"):
        folder = tmp_path_factory.mktemp(name)
        with recto.open(data / name, taxonomies=[data / "mirror"], offline=True) as filing:
            filing.render(folder)
        found += [path.read_bytes() for path in sorted(folder.glob("R*.htm"))]
    return found


def test_pages_with_faults(pages: list[bytes]) -> None:
    for seed in seeds(150):
        chance = random.Random(seed)
        page = chance.choice(pages)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(page))
            page = page[:at] + chance.choice(PIECES).encode() + page[at + chance.randrange(4) * 5 :]
        if seed % 3 == 0:
            page = damaged(page, chance)
        with bounded(10, seed), contextlib.suppress(RectoError):
            result = read(page, "R2.htm")
            assert all(fact.label is not None for fact in result.facts), seed


CHARACTERS = "0123456789.,- '()/年月日元一二三十百千万零０１٠١०一 \xa0janfebmarchdeczéroAD令和昭和ptymwdh%$—"
WORDS = ("2024-02-30", "31 février 2020", "no", "none", "one hundred twenty three", "9" * 500, "0" * 40, "1,2,3,4", "")


def test_formats_take_any_text() -> None:
    formats = [(namespace, name) for namespace, names in registries().items() for name in names]
    for seed in seeds(3):
        chance = random.Random(seed)
        for namespace, name in formats:
            example = registries()[namespace][name].example
            text = chance.choice((example[0] if isinstance(example, tuple) else str(example), *WORDS))
            letters = list(text)
            for _ in range(chance.randint(0, 4)):
                at = chance.randrange(len(letters) + 1)
                letters[at : at + chance.randrange(2)] = chance.choice(CHARACTERS)
            with contextlib.suppress(TransformError):
                assert isinstance(transform(namespace, name, "".join(letters)), str), (seed, name)


PARTS = ("a", "b", "[ab]", ".", "(", ")", "|", "*", "+", "?", "{2}", "{0,3}", "{2,}", "\\d", "\\i", "\\c", "[^a]", "()")


def test_no_pattern_runs_away() -> None:
    for seed in seeds(300):
        chance = random.Random(seed)
        pattern = "".join(chance.choice(PARTS) for _ in range(chance.randint(1, 16)))
        text = "".join(chance.choice("ab1") for _ in range(chance.choice((3, 30, 3000))))
        with bounded(5, (seed, pattern, text[:40])), contextlib.suppress(PatternError):
            compile_pattern(pattern).fullmatch(text)
