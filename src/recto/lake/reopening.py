"""A filing of a lake, opened again from where it was taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from recto.edgar import accession_url
from recto.errors import NotFoundError, SourceError
from recto.lake.asked import Asked
from recto.lake.jobs import Job, jobs_of
from recto.lake.worker import digest_of

if TYPE_CHECKING:
    from recto.filing import Filing


def about(lake: Asked, filing: str) -> dict[str, Any]:
    """What the lake knows of a filing: `source`, `digest`, `company`, `form`, `period`. Raises `NotFoundError`."""
    rows = lake.sql(
        "select source, digest, company, form, period from filings where filing = ? and status = 'ok'", [filing]
    ).records()
    if not rows:
        raise NotFoundError(f"the lake has no filing {filing!r}", code="recto:unknownFiling")
    return rows[0]


def is_elsewhere(source: str) -> bool:
    """Whether it is fetched: a URL, or an accession number."""
    if source.startswith(("http://", "https://")):
        return True
    return accession_url(source) is not None and not Path(source).exists()


def reopen(lake: Asked, filing: str, options: dict[str, Any]) -> Filing:
    """See `Lake.open`."""
    from recto.filing import open as open_
    from recto.filing import open_bytes

    row = about(lake, filing)
    source, digest = row["source"], row["digest"]
    if is_elsewhere(source):
        return open_(source, **options)
    job = _job(source)
    if job is None:
        raise NotFoundError(
            f"{filing} was taken in from {source}, which is not there", code="recto:sourceIsGone", document=source
        )
    if digest is not None and digest_of(job) != digest:
        raise SourceError(
            f"{source} has changed since {filing} was taken in: the lake's numbers may not be its own",
            code="recto:sourceHasChanged",
            document=source,
        )
    return open_(job.location, **options) if job.data is None else open_bytes(job.data, job.location, **options)


def _job(source: str) -> Job | None:
    """What was taken in, of itself or out of the archive that holds it; None where neither is there."""
    path = Path(source)
    if path.exists():
        return Job(source, source)
    for parent in path.parents:
        if parent.is_file():
            return next((job for job in jobs_of([str(parent)]) if job.source == source and job.data is not None), None)
    return None
