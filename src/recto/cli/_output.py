"""Where results and messages go."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any, cast

import click

from recto import files
from recto.errors import UsageError
from recto.printable import printable

if TYPE_CHECKING:
    from recto.findings import Finding


NO_METADATA = "xbrlce:unresolvableBaseMetadataFile"
"""The code of what a report in CSV lacks where what its tables mean is not to be had."""


class _Printable:
    """A text stream on which control characters are written out, as JSON writes them: a terminal obeys none.

    Of a text for people, the lines below headings are of hyphens where the stream's encoding has no others.
    """

    def __init__(self, stream: IO[str], form: str):
        self._stream = stream
        self._hyphens = form == "text" and not _can_write(stream, _RULE)
        self.flush = stream.flush

    def write(self, text: str) -> int:
        return self._stream.write(printable(text.replace(_RULE, "-") if self._hyphens else text))


_RULE = "\u2500"


def _can_write(stream: IO[str], text: str) -> bool:
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeError, LookupError):
        return False
    return True


@contextmanager
def output(path: str | None, *, binary: bool = False, form: str = "text") -> Iterator[IO[Any]]:
    """The stream for results: stdout for None or `-`, else a file that gets its name only when it is complete.

    What is read by people (`form` `text` or `md`), and anything on a terminal, has its control characters written out.
    """
    if path is None or path == "-":
        if binary and sys.stdout.isatty():
            raise UsageError("a terminal cannot show this format: give a file with -o, or another format with --to")
        stream: IO[Any] = sys.stdout.buffer if binary else sys.stdout
        if not binary and form != "text" and not sys.stdout.isatty() and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")  # data is UTF-8, whatever the user's terminal takes
        if not binary and (form in ("text", "md") or sys.stdout.isatty()):
            yield cast("IO[Any]", _Printable(stream, form))
        else:
            yield stream
        stream.flush()
        return
    with files.writing(path) if binary else files.writing(path, "w") as file:
        yield file


def echo(text: str) -> None:
    """A line for people on stdout."""
    click.echo(printable(text))


def message(text: str) -> None:
    """A line for people on stderr; where that cannot be written, nobody reads it."""
    with suppress(OSError, ValueError):
        click.echo(printable(text), err=True)


def explain(error: BaseException) -> None:
    """One line on stderr for an error that stops the command, in a finding's form: severity, code, place, message."""
    from recto.errors import RectoError
    from recto.findings import Finding
    from recto.findings.catalogue import found

    if isinstance(error, RectoError):
        finding = Finding(error.code, "error", error.message, error.document, error.line)
    elif isinstance(error, OSError | MemoryError):
        name = getattr(error, "filename", None)
        text = getattr(error, "strerror", None) or str(error) or type(error).__name__
        finding = found("recto:system", document=None if name is None else str(name), reason=text)
    else:
        reason = f"{type(error).__name__}: {error}"
        finding = found("recto:internal", "recto", reason=reason, after="RECTO_DEBUG=1 shows where")
    message(str(finding).replace("\n", " "))


def summarize(findings: Iterable[Finding], *, limit: int = 20) -> Counter[str]:
    """Prints errors and warnings to stderr, at most `limit`, and a line of totals; returns how many of each."""
    from recto.gathering import gathered

    found = list(findings)
    counts: Counter[str] = Counter(finding.severity for finding in found)
    notable = gathered(finding for finding in found if finding.severity != "info")
    notable.sort(key=lambda finding: finding.severity != "error")
    for finding in notable[:limit]:
        message(str(finding).replace("\n", " "))
    if len(notable) > limit:
        message(f"… and {len(notable) - limit} more: `recto validate` lists all")
    if counts:
        message(", ".join(_counted(counts[word], word) for word in ("error", "warning", "info") if counts[word]))
    return counts


def remark(findings: Iterable[Finding], *, laid_out: Iterable[Finding] | None = None) -> None:
    """What people must know of errors, on stderr, for commands whose business they are not: a taxonomy that is missing,
    and how many errors reading met, and laying out the pages. The numbers are the same whichever command tells them.
    """
    from recto.gathering import gathered, is_of_taxonomy

    found = list(findings)
    missing = [each for each in found if is_of_taxonomy(each) or each.code == NO_METADATA]
    for finding in gathered(missing):
        message(str(finding).replace("\n", " "))
    errors = sum(finding.severity == "error" for finding in found) - len(missing)
    if errors:
        message(f"{_counted(errors, 'error')} found while reading: `recto validate` tells them")
    if laid_out is not None:
        more = sum(finding.severity == "error" for finding in set(laid_out).difference(found))
        if more:
            message(f"{_counted(more, 'error')} found while laying out the pages: `recto render` tells them")


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 or word == 'info' else 's'}"
