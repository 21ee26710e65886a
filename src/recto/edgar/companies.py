"""Companies by CIK, ticker or name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from recto.edgar.addresses import WWW
from recto.edgar.listed import Company
from recto.errors import NotFoundError, SourceError, UsageError

TICKERS = f"{WWW}/files/company_tickers.json"
NAMES = f"{WWW}/Archives/edgar/cik-lookup-data.txt"
_ENDINGS = frozenset("inc corp corporation co company ltd limited plc llc lp sa ag nv se the new de holdings".split())
_CIK = re.compile(r"(?:CIK)?0*(\d{1,10})", re.IGNORECASE)


def cik_of(text: str) -> int | None:
    """The CIK that `320193`, `0000320193` or `CIK0000320193` is."""
    match = _CIK.fullmatch(text.strip())
    return int(match[1]) if match else None


def read_tickers(data: bytes) -> list[Company]:
    """Companies of `company_tickers.json`, one for each CIK, in the file's order (the largest first)."""
    try:
        rows = json.loads(data)
        found: dict[int, Company] = {}
        for row in rows.values() if isinstance(rows, dict) else rows:
            cik = int(row["cik_str"])
            old = found.get(cik)
            found[cik] = Company(cik, str(row["title"]), (*(old.tickers if old else ()), str(row["ticker"])))
        return list(found.values())
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SourceError("the list of tickers cannot be read", code="recto:listing", document=TICKERS) from None


def read_names(data: bytes) -> Iterator[tuple[str, int]]:
    """Name and CIK of every filer there ever was, from `cik-lookup-data.txt` (`NAME:0000012345:` a line)."""
    for line in data.decode("latin-1").splitlines():
        name, _, cik = line.rstrip(":").rpartition(":")
        if name and cik.isdecimal():
            yield name, int(cik)


def words(name: str) -> tuple[str, ...]:
    """A name's words as they are compared: lower case, without points and legal forms."""
    found = re.findall(r"[a-z0-9&]+", name.lower().replace(".", "").replace("'", ""))
    while len(found) > 1 and found[-1] in _ENDINGS:
        found.pop()
    return tuple(found)


def find_by_ticker(companies: Iterable[Company], text: str) -> Company | None:
    wanted = text.strip().upper().replace(".", "-")
    return next((each for each in companies if wanted in each.tickers), None)


def find_by_name(companies: Iterable[tuple[str, int]], text: str) -> tuple[str, int] | None:
    """The company of that name: the same words, else the only one whose name begins with them, or holds them.

    Raises `UsageError` where several do.
    """
    wanted = words(text)
    if not wanted:
        return None
    named = [(words(name), name, cik) for name, cik in companies]
    size = len(wanted)
    exact = {cik: name for found, name, cik in named if found == wanted}
    for chosen in (
        exact,
        {cik: name for found, name, cik in named if found[:size] == wanted},
        {cik: name for found, name, cik in named if set(wanted) <= set(found)},
    ):
        if len(chosen) == 1:
            cik, name = next(iter(chosen.items()))
            return name, cik
        if chosen:
            some = ", ".join(f"{name} ({cik})" for cik, name in list(chosen.items())[:8])
            more = "" if len(chosen) <= 8 else f" and {len(chosen) - 8} more"
            raise UsageError(f"{text!r} may be {some}{more}: give the ticker or the CIK", code="recto:ambiguousCompany")
    return None


def no_company(text: str) -> NotFoundError:
    return NotFoundError(
        f"EDGAR knows no company {text!r}: give a ticker, a CIK or a name", code="recto:unknownCompany"
    )
