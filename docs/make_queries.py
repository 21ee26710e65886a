"""Runs the questions of docs/queries.md on the sample lake and writes their answers below them: `make docs`.

With --check, only tells whether the answers are current. Blocks of `python` have the lake as `lake`; those of `sql` are
statements; what follows them, a block of `text`, is the answer.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

TARGET = ROOT / "docs" / "queries.md"
EXAMPLE = ROOT / "examples" / "subsequent-events"
_BLOCK = re.compile(r"```(python|sql)\n((?:(?!```).)*)```\n\n```text\n(?:(?!```).)*```", re.S)


def sample_lake(folder: Path) -> Path:
    """A lake of the repository's own filings: those of examples/lake, and examples/subsequent-events."""
    from examples.lake.history import write
    from recto.lake import ingest

    write(folder)
    report = ingest(
        [folder / "filings", EXAMPLE / "filing"],
        folder / "lake",
        workers=2,
        taxonomies=[str(folder / "taxonomies"), str(EXAMPLE / "taxonomy")],
        offline=True,
    )
    assert (report.taken, report.failed) == (16, 0), report
    return folder / "lake"


def answered(text: str, folder: Path) -> str:
    """The page with the answers that its questions get now."""
    import recto

    with recto.Lake(folder) as lake:
        names: dict[str, object] = {"lake": lake, "recto": recto}

        def answer(match: re.Match[str]) -> str:
            language, code = match[1], match[2]
            if language == "sql":
                told = lake.sql(code).text()
            else:
                with contextlib.redirect_stdout(io.StringIO()) as out:
                    exec(compile(code, str(TARGET), "exec"), names)
                told = out.getvalue().rstrip()
            return f"```{language}\n{code}```\n\n```text\n{told}\n```"

        return _BLOCK.sub(answer, text)


def main() -> int:
    text = TARGET.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        made = answered(text, sample_lake(Path(folder)))
    if "--check" in sys.argv[1:]:
        return 0 if made == text else 1
    TARGET.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
