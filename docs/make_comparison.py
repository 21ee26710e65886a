"""Writes docs/comparison.md: the tasks of docs/how-to in recto, edgartools and Arelle, with lines of code and time.

Needs `make bench-peers` and ../shared; `make comparison` runs it. Times are of the processor, for the whole process,
the least of three runs: other work on the machine counts little.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from docs.make_how_to import PAGES, code_of  # noqa: E402
from tests.perf.tasks import SEEN, TASKS  # noqa: E402

PEERS = Path(os.environ.get("RECTO_PEERS") or ROOT / ".bench" / "peers") / "bin" / "python"
RUNS = 3
HEAD = """# The same tasks in recto, edgartools and Arelle

Written by `docs/make_comparison.py` from [tests/perf/tasks.py](../tests/perf/tasks.py) and [how-to](how-to/README.md): {versions}.
The filing is Apple's 10-K for 2022 (`aapl-2022-10k`, 1,174 facts), for the comparison of two with that for 2010, on disk, with nothing fetched.
*Lines* are lines of code with imports and the opening of the filing. *Time* is the processor's, for the whole process from start to end, the least of {runs} runs, caches warm.

| task | recto | edgartools | Arelle |
|---|---|---|---|
"""
NOTES = """
## What each needs

- **recto** reads the filing and the taxonomies it names, from a folder or package, from its cache or from the web. Standard taxonomies are compiled once and kept; the times are with them kept.
- **edgartools** is made to work with EDGAR at hand: `Company("AAPL").get_filings(form="10-K").latest().xbrl()` finds, fetches and reads a filing in a line, which is shorter than naming a folder. From disk there is `XBRL.from_directory`, as here. It reads the filing's own documents and no standard taxonomy: what only these tell (definitions, standard labels, defaults, types) is absent. It wants `EDGAR_IDENTITY` set. In this version it reads no Inline XBRL from disk, only the instance that EDGAR extracts.
- **Arelle** is a processor, not a library of tasks: what people ask of one filing is a small program over its model. Offline it wants its cache laid out beforehand (`webCache.cacheDir`, `webCache.workOffline`); the code here leaves these two settings out of its count.

## Where they are better

- edgartools has what one filing does not hold: companies, filings, ownership forms, funds' holdings, the text of the 10-K itself by items; standardized concepts across companies; statements of many years stitched together. recto has the lake for questions over many filings, and no forms but those in XBRL.
- Its statements can be asked for with ratios and trends, and its tables in the terminal are colored.
- Arelle loads and validates any DTS of any regime, has a graphical interface, plug-ins for the rules of many regulators, versioning reports, and many years of use. Where it and recto disagree on validity, read both.
- Both have more users, and answers to more questions on the web.

## The code

"""
TITLES = {"recto": "recto", "edgartools": "edgartools", "arelle": "Arelle"}
OFFLINE = """
import os, warnings
warnings.simplefilter("ignore")
from arelle import Cntlr
_made = Cntlr.Cntlr.__init__
def _make(self, *arguments, **more):
    more.setdefault("logFileName", "logToBuffer")
    _made(self, *arguments, **more)
    self.webCache.cacheDir, self.webCache.workOffline = os.environ["ARELLE_CACHE"], True
Cntlr.Cntlr.__init__ = _make
"""
_TIMED = """
import os, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, used.ru_utime + used.ru_stime, len(done.stdout))
sys.stderr.buffer.write(done.stderr)
"""


def codes() -> dict[str, dict[str, str]]:
    """Task → program → code; tasks in the order of tests/perf/tasks.py."""
    found = {}
    for task, (edgartools, arelle) in TASKS.items():
        own = code_of(PAGES / f"{task}.md").replace('"2024"', '"aapl-2022-10k"').replace('"2023"', '"aapl-2010-10k"')
        found[task] = {"recto": own, "edgartools": edgartools, "arelle": arelle}
    return found


def title_of(task: str) -> str:
    return (PAGES / f"{task}.md").read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")


def lines_of(code: str) -> int:
    return sum(1 for line in code.splitlines() if line.strip())


def seconds(program: str, code: str, data: Path, cache: Path) -> float:
    """Processor time of the whole process, the least of some runs."""
    settings = {
        **os.environ,
        "RECTO_TAXONOMIES": str(data / "taxonomies"),
        "RECTO_OFFLINE": "1",
        "PYTHONPATH": str(ROOT / "src") if program == "recto" else "",
        "ARELLE_CACHE": str(cache),
        "EDGAR_IDENTITY": "recto comparison recto@example.com",
        "MPLBACKEND": "agg",
    }
    settings.pop("PYTHONDONTWRITEBYTECODE", None)
    python = sys.executable if program == "recto" else str(PEERS)
    whole = (OFFLINE if program == "arelle" else "") + code
    with tempfile.TemporaryDirectory() as folder:
        for each in (data / "filings").iterdir():
            (Path(folder) / each.name).symlink_to(each)
        times = []
        for _ in range(RUNS):
            done = subprocess.run(
                [sys.executable, "-c", _TIMED, python, "-c", whole],
                cwd=folder,
                env=settings,
                capture_output=True,
                text=True,
                check=True,
            )
            status, used, _ = done.stdout.split()
            if status != "0":
                raise SystemExit(f"{program}:\n{code}\n{done.stderr}")
            times.append(float(used))
    return min(times)


def versions() -> str:
    import recto

    said = subprocess.run(
        [
            str(PEERS),
            "-c",
            "from importlib.metadata import version as v; print(f\"edgartools {v('edgartools')}, Arelle {v('arelle-release')}\")",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    return f"recto {recto.__version__}, {said}, Python {sys.version.split()[0]}"


def main() -> None:
    data = Path(
        subprocess.run([ROOT.parent / "shared" / "unpack"], check=True, capture_output=True, text=True).stdout.strip()
    )
    rows, listings = [], []
    with tempfile.TemporaryDirectory() as folder:
        for scheme in ("http", "https"):
            (Path(folder) / scheme).symlink_to(data / "taxonomies")
        for task, by_program in codes().items():
            cells, listing = [], [f"### {title_of(task)}\n"]
            for (program, code), seen in zip(by_program.items(), SEEN[task], strict=True):
                if not code:
                    cells.append(f"— <br>{seen}")
                    continue
                took = seconds(program, code, data, Path(folder))
                count = lines_of(code)
                cells.append(f"{count} line{'' if count == 1 else 's'}, {took:.1f} s<br>{seen}")
                listing.append(f"{TITLES[program]}:\n\n```python\n{code.rstrip()}\n```\n")
            rows.append(f"| [{title_of(task)}](how-to/{task}.md) | " + " | ".join(cells) + " |")
            listings.append("\n".join(listing))
            print(rows[-1], flush=True)
    text = HEAD.format(versions=versions(), runs=RUNS) + "\n".join(rows) + "\n" + NOTES + "\n".join(listings)
    (ROOT / "docs" / "comparison.md").write_text(re.sub(r"\n{3,}", "\n\n", text), encoding="utf-8")


if __name__ == "__main__":
    main()
