"""What making the SEC's pages shows of a filing (EDGAR Filer Manual, 6.24 to 6.26, and what else pages depend on).

Layout knows which movement lacks an instant, or which embedding command names what is not there: that it is a rule of
the manual is told here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recto.findings import Finding
from recto.rules import Rule
from recto.rules.subject import Subject

_MANUAL: Final = re.compile(r"EFM\.6\.(?:24|25|26|12\.09|07\.12)")


def pages(subject: Subject) -> Iterator[Finding]:
    """Rules of the manual about pages."""
    filing = subject.filing
    if filing is None or subject.instance is not filing.instances[0]:
        return
    for each in filing.rendered.findings:
        if _MANUAL.match(each.code):
            yield each


def rules() -> list[Rule]:
    return [pages]
