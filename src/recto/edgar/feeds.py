"""What was filed lately: the RSS feeds of XBRL filings; and the day's archive of all submissions."""

from __future__ import annotations

import re
import tarfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from recto import limits
from recto.edgar.addresses import WWW
from recto.edgar.listed import ListedFiling
from recto.errors import RectoError, SourceError
from recto.xml import parse

LATEST = f"{WWW}/Archives/edgar/usgaap.rss.xml"
"""The last two hundred filings with financial statements in XBRL, made anew every ten minutes."""
_EDGAR = "{https://www.sec.gov/Archives/edgar}"
_EDGAR_OLD = "{http://www.sec.gov/Archives/edgar}"


def monthly_url(year: int, month: int) -> str:
    """All XBRL filings of a month."""
    return f"{WWW}/Archives/edgar/monthly/xbrlrss-{year}-{month:02d}.xml"


def read_feed(data: bytes, url: str) -> list[ListedFiling]:
    """The filings of an RSS feed, in its order (the newest first). Raises `SourceError` where it is none."""
    try:
        root = parse(data, url).root
    except RectoError as error:
        raise SourceError(f"the feed cannot be read: {error.message}", code="recto:listing", document=url) from None
    found = []
    for item in root.iter(f"{_EDGAR}xbrlFiling", f"{_EDGAR_OLD}xbrlFiling"):
        each = _filing(item)
        if each is not None:
            found.append(each)
    return found


def _filing(item: Any) -> ListedFiling | None:
    space = item.tag[: item.tag.index("}") + 1]

    def text(name: str) -> str:
        return (item.findtext(space + name) or "").strip()

    try:
        accepted, period = text("acceptanceDatetime"), text("period")
        return ListedFiling(
            int(text("cikNumber")),
            text("companyName"),
            text("formType"),
            datetime.strptime(text("filingDate"), "%m/%d/%Y").date(),
            text("accessionNumber"),
            date.fromisoformat(period) if period else None,
            datetime.strptime(accepted, "%Y%m%d%H%M%S") if accepted else None,
            xbrl=True,
        )
    except ValueError:
        return None


_MEMBER = re.compile(r"(?:.*/)?(\d{10}-\d{2}-\d{6})(?:\.corr\d+)?\.(?:nc|txt)\Z")


def read_archive(file: IO[bytes], name: str) -> Iterator[tuple[str, bytes]]:
    """Accession number and submission of each member of a `Feed` archive, one after the other.

    Nothing is written to the disk; members that are no plain files, or are named otherwise, are passed over.
    Raises `SourceError` where the archive is damaged or cut off: what came before was good.
    """
    try:
        with tarfile.open(fileobj=file, mode="r|*") as archive:
            for member in archive:
                match = _MEMBER.fullmatch(member.name)
                if match is None or not member.isfile() or member.size > limits.FILE_SIZE:
                    continue
                stream = archive.extractfile(member)
                if stream is not None:
                    data = stream.read()
                    if len(data) != member.size:
                        raise tarfile.ReadError("unexpected end of data")
                    yield match[1], data
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise SourceError(f"the archive is damaged: {error}", code="recto:archive", document=name) from None
