"""A filing read again, to compare it with what the lake has of it."""

from __future__ import annotations

from typing import Any

from recto.errors import RectoError
from recto.lake.jobs import Job
from recto.lake.rows import Rows, read
from recto.lake.worker import digest_of, key_of


def read_again(job: Job, opening: dict[str, Any]) -> tuple[str, dict[str, Any], Rows, str | None]:
    """The key, the row of `filings` and the rows of a filing without its pages; or what kept it from being read."""
    from recto.filing import open as open_
    from recto.filing import open_bytes

    key = job.accession or job.source
    try:
        if job.error is not None:
            return key, {}, {}, job.error
        key = key_of(job, digest_of(job))
        filing = open_(job.location, **opening) if job.data is None else open_bytes(job.data, job.location, **opening)
        with filing:
            found = read(filing, key, job.known, pages=False)
        return key, found.filing, found.rows, None
    except (RectoError, OSError) as error:
        return key, {}, {}, str(error)
