"""EDGAR asked as the user: with the settings, cache and manners of `recto.sources.web`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recto import settings
from recto.edgar import Edgar, ListedFiling
from recto.edgar.client import Day


@contextmanager
def edgar(
    *,
    cache_dir: str | os.PathLike[str] | None = None,
    offline: bool | None = None,
    use_cache: bool = True,
    identity: str | None = None,
    bulk: str | Path | None = None,
) -> Iterator[Edgar]:
    """EDGAR, with arguments as `recto.open` takes them; connections are given back when the block ends."""
    from urllib.parse import urlsplit

    from recto.sources.web import Web

    stand_in = settings.edgar()
    web = Web(
        cache_dir,
        offline=settings.offline(offline),
        use_cache=use_cache,
        identity=settings.identity(identity),
        edgar=stand_in,
        trusted_hosts=frozenset((urlsplit(stand_in).hostname or "",)) if stand_in else frozenset(),
    )
    try:
        yield Edgar(web, bulk=bulk)
    finally:
        web.close()


def filings(
    company: str,
    *,
    form: str | tuple[str, ...] | list[str] = (),
    since: Day = None,
    until: Day = None,
    xbrl: bool = False,
    cache_dir: str | os.PathLike[str] | None = None,
    offline: bool | None = None,
    identity: str | None = None,
    bulk: str | Path | None = None,
) -> list[ListedFiling]:
    """A company's filings on EDGAR, the newest first.

    `company`: a ticker, a CIK or a name. `form`: one or several (`10-K`, `10-K/A`). `since` and `until`: a day of
    filing, `2020`, `2020-06` or `2020-06-30`. `xbrl`: only filings that hold XBRL. Each result's `source` is what
    `recto.open` takes. `bulk`: a `submissions.zip` of the SEC's, read in place of its server. Raises `NotFoundError`
    for a company that EDGAR does not know, `UsageError` where a name is that of several, `SourceError` where EDGAR
    cannot be asked (`RECTO_IDENTITY` must name the user).
    """
    with edgar(cache_dir=cache_dir, offline=offline, identity=identity, bulk=bulk) as each:
        forms = [form] if isinstance(form, str) else form
        return each.filings(company, forms=forms, since=since, until=until, xbrl=xbrl)
