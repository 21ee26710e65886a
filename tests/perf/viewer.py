"""What the viewer costs: first page and others, a large inline report, a file beside rendering, many readers at once.

`python tests/perf/viewer.py` prints it; `make bench` too.
"""

from __future__ import annotations

import argparse
import gc
import http.client
import random
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import recto
from recto.viewer import Description
from recto.web import Shelf, create_app, listen
from tests.perf import browser, fund, generate
from tests.perf.measure import table, whole_process

_SPACES = (
    'xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" '
    'xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" '
    'xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" '
    f'xmlns:big="{generate.NAMESPACE}"'
)
_PER_PAGE = 200
_STYLE = "font-family:'Times New Roman',serif;font-size:10pt;line-height:120%;padding-left:2px;text-align:right"


def document(facts: int) -> Iterator[str]:
    """An inline report as funds file them: tables of facts page after page, in one text block that goes on from page
    to page over continuations.
    """
    contexts = facts // generate.FACTS_PER_CONTEXT + 1
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<html {_SPACES}><head><title>Large</title></head><body>\n'
    yield '<div style="display:none"><ix:header><ix:references>'
    yield '<link:schemaRef xlink:type="simple" xlink:href="large.xsd"/></ix:references><ix:resources>\n'
    for number in range(contexts):
        start, end = generate.period(number)
        yield (
            f'<xbrli:context id="c{number}"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001'
            f"</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:startDate>{start}</xbrli:startDate>"
            f"<xbrli:endDate>{end}</xbrli:endDate></xbrli:period></xbrli:context>\n"
        )
    yield '<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>'
    yield '<xbrli:unit id="sh"><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unit>'
    yield "</ix:resources></ix:header></div>\n"
    pages = -(-facts // _PER_PAGE)
    for page in range(pages):
        yield f'<div style="page-break-after:always"><h2 id="p{page}">Schedule of investments, page {page + 1}</h2>\n'
        after = f' continuedAt="k{page + 1}"' if page + 1 < pages else ""
        if page == 0:
            yield f'<ix:nonNumeric name="big:Item2" contextRef="c0" id="block" escape="true"{after}>'
        else:
            yield f'<ix:continuation id="k{page}"{after}>'
        yield '<table style="border-collapse:collapse;width:100%">\n'
        for number in range(page * _PER_PAGE, min((page + 1) * _PER_PAGE, facts)):
            concept = number % generate.CONCEPTS
            context = number // generate.FACTS_PER_CONTEXT
            text = generate.value(number)
            named = f'name="big:Item{concept}" contextRef="c{context}" id="f{number}"'
            if concept % 3 == 2:
                tagged = f"<ix:nonNumeric {named}>{text}</ix:nonNumeric>"
            else:
                unit = "usd" if concept % 3 == 0 else "sh"
                tagged = (
                    f'<ix:nonFraction {named} unitRef="{unit}" decimals="0" format="ixt:num-dot-decimal">'
                    f"{int(text):,}</ix:nonFraction>"
                )
            yield (
                f'<tr><td style="{_STYLE}">Holding number {number}, common stock, of some company</td>'
                f'<td style="{_STYLE}">{tagged}</td></tr>\n'
            )
        yield "</table>"
        yield "</ix:nonNumeric>" if page == 0 else "</ix:continuation>"
        yield "</div>\n"
    yield "</body></html>\n"


def write(facts: int, folder: Path) -> Path:
    """The report and its schema in a folder; the path of the document."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "large.xsd").write_text("".join(generate.schema()), "utf-8")
    path = folder / "large.htm"
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(document(facts))
    return path


LARGE: Final = (("one page", write), ("100 pages, typed members", fund.write))
"""Shapes of large reports: facts that no page but one shows, and holdings as funds report them."""


def first_pages(filing: recto.Filing) -> tuple[float, float, float]:
    """Seconds from a loaded filing to its first page (layout, head and page), median of the others, and the slowest."""
    _ = filing.instances
    start = time.perf_counter()
    description = Description(filing)
    description.encode("filing")
    description.encode(f"pages/{description.reports[0].stem}")
    first = time.perf_counter() - start
    others: list[float] = []
    for report in description.reports[1:]:
        start = time.perf_counter()
        description.encode(f"pages/{report.stem}")
        others.append(time.perf_counter() - start)
    others.sort()
    return first, others[len(others) // 2] if others else 0.0, others[-1] if others else 0.0


def large(path: Path) -> list[tuple[str, float]]:
    """Seconds of opening a large inline report: loading, the first page and what leads to it, the first piece of the
    document; and, for comparison, of parsing the same bytes with libxml2.
    """
    data = path.read_bytes()
    taken: list[tuple[str, float]] = []
    start = time.perf_counter()

    def done(what: str) -> None:
        nonlocal start
        taken.append((what, time.perf_counter() - start))
        start = time.perf_counter()

    etree.fromstring(data, etree.XMLParser(huge_tree=True, collect_ids=False))
    done("libxml2")
    filing = recto.open(path, offline=True)
    _ = filing.instances
    done("loading")
    description = Description(filing)
    description.encode("filing")
    description.encode(f"pages/{description.reports[0].stem}")
    done("first page")
    description.documents.outline(0)
    description.encode("documents/0/0")
    done("document")
    return taken


def readers(source: Path, taxonomies: Path, *, count: int = 50, seconds: float = 10.0) -> dict[str, float]:
    """Many readers at once over HTTP, pages and facts mixed: requests a second, latencies, errors, growth of memory."""
    import uvicorn

    shelf = Shelf([str(source)], options={"taxonomies": [str(taxonomies)], "offline": True})
    listener = listen()
    port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(shelf), log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    base = f"/api/filings/{shelf.entries[0].id}"
    book = shelf.book(shelf.entries[0].id)
    stems = [report.stem for report in book.description.reports]
    facts = len(book.description.numbering.facts)
    taken: list[float] = []
    errors: list[int] = []
    until = time.perf_counter() + seconds

    def read(number: int) -> None:
        chance = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < until:
            path = chance.choice(
                (
                    f"{base}/parts/pages/{chance.choice(stems)}",
                    f"{base}/facts/{chance.randrange(facts)}",
                    f"{base}/parts/explain/{chance.choice(stems)}",
                    f"{base}/parts/facts/0",
                )
            )
            start = time.perf_counter()
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            taken.append(time.perf_counter() - start)
            if response.status != 200:
                errors.append(response.status)
        connection.close()

    def phase() -> float:
        nonlocal until
        until = time.perf_counter() + seconds
        threads = [threading.Thread(target=read, args=(number,)) for number in range(count)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        gc.collect()
        return resident()

    before = phase()
    taken.clear()
    after = phase()
    server.should_exit = True
    thread.join(timeout=10)
    taken.sort()
    return {
        "requests a second": len(taken) / seconds,
        "median ms": 1000 * taken[len(taken) // 2],
        "99 % ms": 1000 * taken[len(taken) * 99 // 100],
        "errors": len(errors),
        "MB": after,
        "growth MB": after - before,
    }


def resident() -> float:
    """Resident memory of this process in MB."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def beside_rendering(source: Path, taxonomies: Path, runs: int) -> tuple[float, float]:
    """Seconds of `recto render` and of `recto view`, each in processes of their own."""
    command = str(Path(sys.executable).with_name("recto"))
    common = [str(source), "--taxonomies", str(taxonomies), "--offline", "-o"]
    with tempfile.TemporaryDirectory() as folder:
        render = whole_process([command, "render", *common, f"{folder}/pages"], runs)
        view = whole_process([command, "view", *common, f"{folder}/report.html"], runs)
    return render.seconds, view.seconds


def section(source: Path, taxonomies: Path, *, facts: int = 70_000, runs: int = 3, seconds: float = 10.0) -> str:
    """All of it, as Markdown."""
    filing = recto.open(source, taxonomies=[taxonomies], offline=True)
    first, other, slowest = first_pages(filing)
    render, view = beside_rendering(source, taxonomies, runs)
    rows = [
        [f"{source.name}: first page of a loaded filing", f"{1000 * first:.0f} ms", "300 ms"],
        [f"{source.name}: other pages, median and slowest", f"{1000 * other:.1f}, {1000 * slowest:.1f} ms", "50 ms"],
        ["`recto view` beside `recto render`", f"{1000 * view:.0f} / {1000 * render:.0f} ms", f"{view / render:.2f} ×"],
    ]
    for name, make in LARGE if facts else ():
        with tempfile.TemporaryDirectory() as folder:
            path = make(facts, Path(folder))
            found = dict(large(path))
            told = f"{facts:,} facts, {path.stat().st_size / 1e6:.0f} MB inline, {name}"
            opened = found["loading"] + found["first page"]
            rows += [
                [f"{told}: loading, first page", f"{found['loading']:.1f} + {found['first page']:.1f} s", "2 s"],
                ["the same, of parsing with libxml2", f"{opened / found['libxml2']:.1f} ×", ""],
                ["first piece of its document", f"{found['document']:.1f} s", "2 s"],
            ]
    crowd = readers(source, taxonomies, seconds=seconds)
    rows += [[f"50 readers at once: {name}", f"{value:,.1f}", ""] for name, value in crowd.items()]
    drawn = browser.rows(source.name, source, [taxonomies])
    for name, make in LARGE if facts and drawn else ():
        with tempfile.TemporaryDirectory() as folder:
            drawn += browser.rows(f"{facts:,} facts, {name}", make(facts, Path(folder)), [])
    heads = ["in a browser (ms)", "first page", "others: median, slowest", "document"]
    shown = "\n\n" + table(heads, drawn) if drawn else ""
    return table(["the viewer", "measured", "bar"], rows) + shown


if __name__ == "__main__":
    from tests.perf.bench import sources

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", default="aapl-2025q2-10q")
    parser.add_argument("--facts", type=int, default=70_000)
    parser.add_argument("--seconds", type=float, default=10.0)
    given = parser.parse_args()
    (chosen,), mirrors = sources([given.name])
    print(section(chosen, mirrors, facts=given.facts, seconds=given.seconds))
