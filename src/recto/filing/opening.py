"""Opening a source as a `Filing`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from recto import settings
from recto.filing.facade import Filing
from recto.filing.reading import Progress

if TYPE_CHECKING:
    from recto.taxonomy.store import Store


def open(
    source: str | os.PathLike[str],
    *,
    taxonomies: Sequence[str | os.PathLike[str]] = (),
    cache_dir: str | os.PathLike[str] | None = None,
    offline: bool | None = None,
    use_cache: bool = True,
    identity: str | None = None,
    language: str | Sequence[str] = (),
    regime: str | None = None,
    parameters: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Filing:
    """Opens a filing. Its documents are found and classified at once; facts and pages are read when asked for.

    `source`: a folder, a document, a zip or report package, an SGML full submission, one of these as `.gz`, an
    `https://` URL or an EDGAR accession number.
    `taxonomies`: taxonomy packages, and folders laid out HOST/PATH; default `RECTO_TAXONOMIES`.
    `cache_dir`: where fetched documents and compiled taxonomies are kept; default `RECTO_CACHE_DIR`, else the user's
    cache folder. `offline`: fetch nothing; default `RECTO_OFFLINE`. `use_cache`: False leaves the cache alone.
    `identity`: how the SEC may reach the user (name and e-mail address); default `RECTO_IDENTITY`.
    `language`: of labels and headings, best first, as BCP 47 tags; default: the report's own, then English.
    `regime`: whose report it is (`recto.regimes.REGIMES`); default: what it shows itself to be.
    `parameters`: values for filer rules and formulas, by name.

    Raises `UsageError` for a regime that is none, `SourceError` (or its `NotFoundError`, `UnsafeInputError`) where the
    source cannot be read.
    """
    from recto.sources import open_source

    given, store = _at_hand(taxonomies, cache_dir, use_cache)
    opened = open_source(
        source,
        taxonomies=given,
        cache_dir=cache_dir,
        offline=offline,
        use_cache=use_cache,
        identity=identity,
        plain_pages=_plain_pages(regime),
    )
    return Filing(opened, store=store, progress=progress, language=language, regime=regime, parameters=parameters)


def _at_hand(
    taxonomies: Sequence[str | os.PathLike[str]], cache_dir: str | os.PathLike[str] | None, use_cache: bool
) -> tuple[list[str | os.PathLike[str]], Store | None]:
    """The taxonomies given, in the settings, and kept by the user; where compiled ones are kept."""
    given = settings.taxonomies(taxonomies)
    if not use_cache:
        return given, None
    from recto.installed import folder, installed
    from recto.taxonomy.store import Store

    return given + installed(cache_dir), Store(folder(cache_dir).parent)


def _plain_pages(regime: str | None) -> bool:
    if regime is None:
        return False
    from recto import regimes

    return regimes.named(regime).plain_pages


def open_bytes(
    data: bytes,
    name: str,
    *,
    taxonomies: Sequence[str | os.PathLike[str]] = (),
    cache_dir: str | os.PathLike[str] | None = None,
    offline: bool | None = None,
    use_cache: bool = True,
    identity: str | None = None,
    language: str | Sequence[str] = (),
    regime: str | None = None,
    parameters: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Filing:
    """Opens a filing zip, report package or SGML full submission that is in memory; `name` is its file name.

    Arguments and errors as for `open`.
    """
    from recto.sources.opening import open_data

    given, store = _at_hand(taxonomies, cache_dir, use_cache)
    opened = open_data(
        data, name, taxonomies=given, cache_dir=cache_dir, offline=offline, use_cache=use_cache, identity=identity
    )
    return Filing(opened, store=store, progress=progress, language=language, regime=regime, parameters=parameters)
