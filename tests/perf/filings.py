"""Makes many filings of a few: `python tests/perf/filings.py SAMPLES FOLDER --count 5000 [--first 0]`.

Each is a sample filing in turn, with an accession number, dates and values of its own: contexts move by whole days, the
digits of numbers are others, the rest (linkbases, labels, texts) stays. The same number makes the same filing, so that
they can be made, taken in and removed some at a time.
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

_DATE = re.compile(rb"(<(?:\w+:)?(?:startDate|endDate|instant)>\s*)(\d{4})-(\d\d)-(\d\d)")
_NUMBER = re.compile(rb"(\sunitRef=\"[^\"]*\"[^<>]*[^/<>]>)([\d.,]+)(?=</)")
_DOCUMENTS = (".xml", ".htm", ".xhtml")
_LEFT_OUT = (".jpg", ".gif", ".png", ".absent")


def samples(folder: Path) -> list[Path]:
    """The filings: folders with documents right in them."""
    return sorted(
        each
        for each in folder.iterdir()
        if each.is_dir() and any(path.suffix in _DOCUMENTS for path in each.iterdir() if path.is_file())
    )


def accession(number: int) -> str:
    return f"{1_900_000 + number // 1000:010d}-{number // 100 % 100:02d}-{number:06d}"


def write(sample: Path, number: int, folder: Path) -> Path:
    """Writes filing `number`, made of that sample; returns its folder."""
    made = folder / accession(number)
    made.mkdir(parents=True, exist_ok=True)
    for path in sorted(sample.iterdir()):
        if path.is_dir() or path.suffix in _LEFT_OUT:
            continue
        if path.suffix in _DOCUMENTS:
            (made / path.name).write_bytes(varied(path.read_bytes(), number))
        else:
            shutil.copyfile(path, made / path.name)
    return made


def varied(document: bytes, number: int) -> bytes:
    """A document with other dates in its contexts and other digits in its numbers; a linkbase or schema has none."""
    moved = timedelta(days=number % 2000)
    turned = bytes.maketrans(b"123456789", bytes(ord("1") + (digit + number) % 9 for digit in range(9)))

    def day(match: re.Match[bytes]) -> bytes:
        try:
            found = date(int(match[2]), int(match[3]), int(match[4])) - moved
        except (ValueError, OverflowError):
            return match[0]
        return match[1] + found.isoformat().encode()

    return _NUMBER.sub(lambda match: match[1] + match[2].translate(turned), _DATE.sub(day, document))


def generate(chosen: list[Path], first: int, until: int, folder: Path) -> Iterator[Path]:
    for number in range(first, until):
        yield write(chosen[number % len(chosen)], number, folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samples", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=5_000)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    for _ in generate(samples(given.samples), given.first, given.first + given.count, given.folder):
        pass
