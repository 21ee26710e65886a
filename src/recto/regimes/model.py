"""What a regime is."""

from __future__ import annotations

from msgspec import Struct


class Regime(Struct, frozen=True):
    """A regulator's or registry's way of reporting in XBRL."""

    name: str
    """What `--regime` calls it."""
    title: str
    """Who receives such reports, in words."""
    hosts: tuple[str, ...] = ()
    """Hosts, each with all below it, of its taxonomies' URLs and namespaces; `host/path` for a part of one."""
    schemes: tuple[str, ...] = ()
    """Schemes of entity identifiers that it alone uses; each with all that begins with it."""
    languages: tuple[str, ...] = ()
    """In which its reports are written, where they do not say."""
    english: str = "en"
    """Whose English a report in English is in where it does not say: dates are written so."""

    plain_pages: bool = False
    """Whether a report may be a page of XHTML without any markup."""

    def __str__(self) -> str:
        return f"{self.name} ({self.title})"
