"""`make bench`: what recto costs, beside libxml2 merely parsing the same documents, in one run.

In process: a filing is opened anew in each run, with the compiled taxonomies warm. Whole process: a command from
start to end. `--peers` (after `make bench-peers`) sets Arelle and edgartools beside it. `--write` puts the tables into
docs/performance.md. Without arguments the sample filings of ../shared are measured, or the repository's own where
those are absent.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import recto
from tests.perf.bars import Figures, bars
from tests.perf.generate import write as generate
from tests.perf.lake import section as lake_section
from tests.perf.measure import (
    Run,
    alternating,
    combined,
    in_process,
    megabytes,
    milliseconds,
    ratio,
    table,
    whole_process,
)
from tests.perf.plot import scatter
from tests.perf.viewer import section as viewer_section

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".bench" / "peers" / "bin" / "python"
RECTO = str(Path(sys.executable).with_name("recto"))
CHOSEN = ("aapl-2025q2-10q", "msft-2015-10k")
SAMPLES = (*CHOSEN, "nflx-2023-10k", "aapl-2022-10k", "pg-2019-10k", "nflx-2010q3-10q", "wk-2023-8k")

SEC_RENDERER = {
    "aapl-2025q2-10q": (2.49, 1.30, 4.47, 234),
    "msft-2015-10k": (3.43, 1.74, 5.56, 253),
    "aapl-2022-10k": (2.61, 1.43, 4.87, 212),
    "pg-2019-10k": (4.97, 2.67, 7.51, 313),
    "acorn-2025-8k": (1.49, 1.19, 3.32, 159),
}
"""The SEC's renderer (Arelle 2.47.3 with the EDGAR plug-in 25.4), measured once as a whole process on a quiet machine
with 2 cores where libxml2 parses the Apple 10-Q's documents in 10 ms: seconds to render, to load, to validate with the
filer manual's rules; peak memory in MB."""

BARS_NOTE = """\
Times of whole processes are demanded for a machine on which libxml2 takes 40 ms and 110 ms to parse the documents of
the two filings, in a new process; the bars are scaled by what it takes here, in the same run.
"""


def sources(names: list[str]) -> tuple[list[Path], Path]:
    """The filings to measure, and the taxonomies they need."""
    unpack = ROOT.parent / "shared" / "unpack"
    if not unpack.exists():
        folder = ROOT / "tests" / "data"
        return [folder / name for name in names or ("inline", "equity", "typed")], folder / "mirror"
    shared = Path(subprocess.run([str(unpack)], check=True, capture_output=True, text=True).stdout.strip())
    return [shared / "filings" / name for name in names or SAMPLES], shared / "taxonomies"


def own_documents(filing: Path) -> list[Path]:
    """The XML documents of the filing itself: instance or inline document, schema, linkbases."""
    return [
        path
        for path in sorted(filing.iterdir())
        if path.suffix in (".xml", ".xsd", ".htm", ".xhtml") and not _extracted(path)
    ]


def _extracted(path: Path) -> bool:
    """The SEC's extraction of an inline document, which nobody has to read."""
    return path.name.endswith("_htm.xml")


def parse_all(paths: list[Path]) -> None:
    parser = etree.XMLParser(huge_tree=True, recover=True)
    for path in paths:
        etree.parse(str(path), parser)


_COLD = """
import sys, time
from lxml import etree
parser = etree.XMLParser(huge_tree=True, recover=True)
start = time.perf_counter()
kept = [etree.parse(path, parser) for path in sys.argv[1:]]
print(time.perf_counter() - start)
"""


def parse_cold(paths: list[Path]) -> Run:
    """The same in a new process, whose memory has to be claimed first, as a command's has."""
    return Run(float(subprocess.check_output([sys.executable, "-c", _COLD, *map(str, paths)])))


def measure(filing: Path, taxonomies: Path, runs: int) -> dict[str, Run | None]:
    """Every figure of one filing, by the name of what was done."""
    documents = own_documents(filing)

    def opened() -> recto.Filing:
        return recto.open(filing, taxonomies=[taxonomies], offline=True)

    def load() -> None:
        _ = len(opened().facts)  # the sequence alone reads nothing yet

    def followed() -> None:
        filing = opened()
        _ = len(filing.facts), filing.findings

    def pages(folder: str) -> None:
        opened().render(folder)

    common = [str(filing), "--taxonomies", str(taxonomies), "--offline"]
    base, loaded = alternating(lambda: parse_all(documents), load, runs)
    found: dict[str, Run | None] = {"libxml2": base, "load": loaded}
    with tempfile.TemporaryDirectory() as folder:
        steps: dict[str, Callable[[], Run]] = {
            "links": lambda: in_process(followed, runs),
            "render": lambda: in_process(lambda: pages(folder), runs),
            "validate": lambda: in_process(lambda: list(opened().validate()), runs),
            "arrow": lambda: in_process(lambda: opened().to_arrow(), runs),
        }
        commands: dict[str, Callable[[], Run]] = {
            "libxml2 cold": lambda: parse_cold(documents),
            "recto render": lambda: whole_process([RECTO, "render", *common, "-o", folder], 1),
            "recto validate": lambda: whole_process([RECTO, "validate", *common], 1, statuses=(0, 1)),
        }
        turns = [{name: command() for name, command in commands.items()} for _ in range(runs)]
        found |= {name: combined([turn[name] for turn in turns]) for name in commands}
        for name, step in steps.items():
            try:
                found[name] = step()
            except (AttributeError, ImportError, RuntimeError) as error:
                print(f"{filing.name}: {name}: {error}", file=sys.stderr)
                found[name] = None
            gc.collect()
    return found


def filings_table(measured: dict[str, dict[str, Run | None]]) -> str:
    head = [
        "filing",
        "libxml2",
        "load",
        "",
        "with links",
        "load and render",
        "validate",
        "arrow",
        "libxml2 cold",
        "recto render",
        "",
        "peak",
        "recto validate",
    ]
    rows = []
    for name, runs in measured.items():
        base = runs["libxml2"]
        rows.append(
            [
                name,
                milliseconds(base),
                milliseconds(runs["load"]),
                ratio(runs["load"], base),
                milliseconds(runs["links"]),
                milliseconds(runs["render"]),
                milliseconds(runs["validate"]),
                milliseconds(runs["arrow"]),
                milliseconds(runs["libxml2 cold"]),
                milliseconds(runs["recto render"]),
                ratio(runs["recto render"], runs["libxml2 cold"]),
                megabytes(runs["recto render"]),
                milliseconds(runs["recto validate"]),
            ]
        )
    return table(head, rows)


def resident() -> float:
    """Megabytes of memory this process holds now."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 1_048_576


def growth(filings: list[Path], taxonomies: Path) -> list[float]:
    """Memory (MB) of this process after each of ten filings that it renders, one after another."""
    held = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(10):
            with recto.open(filings[number % len(filings)], taxonomies=[taxonomies], offline=True) as filing:
                filing.render(folder)
            del filing
            gc.collect()
            held.append(resident())
    return held


def large(facts: int) -> dict[str, Run | None]:
    """A report of that many facts to Parquet, from XML and from CSV."""
    runs: dict[str, Run | None] = {}
    with tempfile.TemporaryDirectory() as folder:
        for form in ("xml", "csv"):
            entry = generate(facts, Path(folder) / form, form)
            target = str(Path(folder) / f"{form}.parquet")
            try:
                runs[form] = whole_process(
                    [RECTO, "facts", str(entry), "--offline", "--to", "parquet", "-o", target], 1
                )
            except RuntimeError as error:
                print(error, file=sys.stderr)
                runs[form] = None
    return runs


def large_table(facts: int, runs: dict[str, Run | None]) -> str:
    rows = [
        [
            f"{facts:,} facts, {form}",
            "–" if run is None else f"{run.seconds:.1f} s",
            "–" if run is None else f"{facts / run.seconds:,.0f} facts/s",
            megabytes(run),
        ]
        for form, run in runs.items()
    ]
    return table(["report", "time", "speed", "peak"], rows)


def taxonomy(taxonomies: Path) -> tuple[Run | None, Run | None]:
    """The whole us-gaap taxonomy of 2024: compiled cold, and read again in compiled form."""
    url = "https://xbrl.fasb.org/us-gaap/2024/entire/us-gaap-entryPoint-std-2024.xsd"
    if not (taxonomies / url.removeprefix("https://")).exists():
        return None, None
    with tempfile.TemporaryDirectory() as cache:
        command = [RECTO, "taxonomy", "compile", url, "--taxonomies", str(taxonomies), "--offline", "--cache-dir"]
        cold = whole_process([*command, cache], 0, statuses=(0, 1))
        os.environ["RECTO_CACHE_DIR"] = cache

        def reload() -> None:
            _ = recto.open(url, taxonomies=[taxonomies], offline=True).taxonomy

        warm = in_process(reload, 3)
        del os.environ["RECTO_CACHE_DIR"]
    return cold, warm


def growth_of_cost(taxonomies: Path, filings: Path) -> list[tuple[float, float, str]]:
    """(facts, seconds to load, lay out and write, name) of every sample filing, with the caches warm."""
    points = []
    with tempfile.TemporaryDirectory() as folder:
        for filing in sorted(path for path in filings.iterdir() if path.is_dir()):
            for _ in range(2):
                started = time.perf_counter()
                try:
                    opened = recto.open(filing, taxonomies=[taxonomies], offline=True)
                    opened.render(folder)
                except recto.RectoError as error:
                    print(error, file=sys.stderr)
                    break
            else:
                if opened.facts:
                    points.append((len(opened.facts), time.perf_counter() - started, filing.name))
    return points


def peers(filings: list[Path], taxonomies: Path) -> str:
    """Arelle and edgartools on the same filings, where they are installed."""
    if not PEERS.exists():
        return "Not installed: `make bench-peers`."
    rows = []
    for filing in filings:
        command = [str(PEERS), "-P", str(ROOT / "tests/perf/peers.py"), str(filing), str(taxonomies)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        try:
            figures = json.loads(done.stdout.splitlines()[-1])
        except (IndexError, ValueError):
            print(done.stderr[-2000:], file=sys.stderr)
            figures = {}
        for name, figure in figures.items():
            if "error" in figure:
                rows.append([filing.name, name, figure["error"][:60], "", ""])
            else:
                rows.append(
                    [
                        filing.name,
                        name,
                        f"{figure['seconds']:.2f} s",
                        f"{figure['megabytes']:,.0f} MB",
                        str(figure["facts"]),
                    ]
                )
    return table(["filing", "program", "load", "peak", "facts"], rows)


def phases(filings: list[Path], taxonomies: Path, runs: int) -> str:
    """Where the time of `recto validate` goes, in new processes: all that takes a hundredth of it."""
    found: list[dict[str, float]] = []
    for filing in filings:
        command = [sys.executable, str(ROOT / "tests/perf/phases.py"), str(filing), str(taxonomies)]
        measured = [json.loads(subprocess.check_output(command)) for _ in range(runs)]
        found.append({name: statistics.median(each[name] for each in measured) for name in measured[0]})
    least = [sum(each.values()) / 100 for each in found]
    names = dict.fromkeys(
        name for each, limit in zip(found, least, strict=True) for name, taken in each.items() if taken >= limit
    )
    rows = [[name, *(f"{each[name]:.0f} ms" if name in each else "–" for each in found)] for name in names]
    rest = [sum(taken for name, taken in each.items() if name not in names) for each in found]
    rows.append(["everything else", *(f"{each:.0f} ms" for each in rest)])
    return table(["", *(filing.name for filing in filings)], rows)


def beside_the_sec(measured: dict[str, dict[str, Run | None]]) -> str:
    """recto as measured now beside the SEC's renderer as it was measured once."""
    rows = []
    for name, each in measured.items():
        known = SEC_RENDERER.get(name)
        render, validate = each.get("recto render"), each.get("recto validate")
        if known is not None and render is not None:
            times = [f"{known[0]:.2f} s", f"{render.seconds:.2f} s", f"{known[0] / render.seconds:.1f} ×"]
            checks = [f"{known[2]:.2f} s", "–" if validate is None else f"{validate.seconds:.2f} s"]
            rows.append([name, *times, *checks, f"{known[3]} MB", megabytes(render)])
    heads = ["filing", "SEC: render", "recto", "faster", "SEC: validate", "recto", "SEC: peak", "recto"]
    return table(heads, rows) if rows else ""


def _put(title: str, text: str) -> None:
    """Writes a section of docs/performance.md anew, or adds it."""
    path = ROOT / "docs" / "performance.md"
    before, _, rest = path.read_text("utf-8").partition(f"## {title}\n")
    after = rest[at:] if (at := rest.find("\n## ")) >= 0 else ""
    path.write_text(f"{before.rstrip()}\n\n## {title}\n\n{text.strip()}\n{after}", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="sample filings (default: a choice of them)")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--facts", type=int, default=1_000_000, help="size of the large report; 0 leaves it out")
    parser.add_argument("--filings", type=int, default=77, help="taken into a lake, made of the samples; 0: no lake")
    parser.add_argument("--lake", type=Path, help="of tests/perf/edgar.py, to be asked instead of a small one")
    parser.add_argument("--only", choices=["lake"], help="this section alone; --write puts it in place of the old one")
    parser.add_argument("--peers", action="store_true", help="measure Arelle and edgartools too")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    given = parser.parse_args()
    filings, taxonomies = sources(given.names)
    if given.only:
        made = lake_section(filings[0].parent, taxonomies, count=given.filings, lake=given.lake)
        print(made)
        if given.write:
            _put("The lake", made)
        return 0

    parts = [
        "# Performance\n",
        f"Made by `make bench`, Python {platform.python_version()}, {os.cpu_count()} cores ({platform.machine()}).\n"
        f"Times are medians of {given.runs} runs, all in one run of the program, with the compiled taxonomies warm;\n"
        "× is the ratio to libxml2 merely parsing the filing's own documents: in the same process for what is done in\n"
        "it, in a new one (cold) for commands. To load is to read every document of the DTS, and every fact with its\n"
        "value; with links, every locator is followed too, which is otherwise left until something asks.\n",
    ]
    measured: dict[str, dict[str, Run | None]] = {}
    for filing in filings:
        print(f"measuring {filing.name} …", file=sys.stderr)
        measured[filing.name] = measure(filing, taxonomies, given.runs)
    parts += ["## Filings\n", filings_table(measured), ""]
    if others := beside_the_sec(measured):
        note = "The SEC's renderer was measured once, on a quiet machine of this kind (`SEC_RENDERER`).\n"
        parts += ["## Beside the SEC's renderer\n", note, others, ""]
    chosen = [filing for filing in filings if filing.name in CHOSEN]
    if chosen:
        parts += ["## Where the time of `recto validate` goes\n", phases(chosen, taxonomies, given.runs), ""]
    held = growth(filings, taxonomies)
    parts += [
        "## Ten filings in one process\n",
        f"{held[0]:,.0f} MB after the first, {held[8]:,.0f} MB after the ninth, {held[9]:,.0f} MB after the tenth\n",
    ]
    reports = large(given.facts) if given.facts else {}
    if reports:
        parts += ["## A large report to Parquet\n", large_table(given.facts, reports), ""]
    cold, warm = taxonomy(taxonomies)
    if cold is not None:
        row = ["us-gaap 2024, every linkbase", f"{cold.seconds:.1f} s", megabytes(cold), milliseconds(warm)]
        parts += ["## A large taxonomy\n", table(["taxonomy", "cold compile", "peak", "reload"], [row]), ""]
    figures = Figures(measured, held, reports.get("xml"), given.facts, cold, warm)
    parts[2:2] = ["## The bars\n", bars(figures), "", BARS_NOTE]
    if given.write and len(filings) > 1:
        points = growth_of_cost(taxonomies, filings[0].parent)
        picture = scatter(points, "facts", "seconds to load, lay out and write all pages")
        (ROOT / "docs" / "performance.svg").write_text(picture, "utf-8")
        parts += [
            "## How cost grows",
            "",
            "![Seconds against number of facts, one point a filing](performance.svg)",
            "",
        ]
    parts += ["## The viewer\n", viewer_section(filings[0], taxonomies, facts=70_000 if given.facts else 0), ""]
    if given.filings:
        made = lake_section(filings[0].parent, taxonomies, count=given.filings, lake=given.lake)
        parts += ["## The lake\n", made]
    if (taxonomies.parent / "formula").exists():
        from tests.perf.formulas import section

        beside = PEERS if given.peers and PEERS.exists() else None
        made = section(taxonomies.parent, given.runs, large=given.facts >= 1_000_000, peers=beside)
        parts += ["## Formulas\n", made, ""]
    if given.peers:
        parts += ["## Beside others\n", peers(filings, taxonomies), ""]
    text = "\n".join(parts)
    print(text)
    if given.write:
        (ROOT / "docs" / "performance.md").write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
