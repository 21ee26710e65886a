"""What the viewer costs in a browser: opening, other pages, the document; served and from disk."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import recto
from recto.web import Shelf, create_app, listen

_SHOWN = """(hash) => new Promise((resolve) => {
    const start = performance.now();
    const look = () => {
        const { state } = globalThis.recto.app;
        if (state.view === 'page' && `#/${state.stem}` === hash) resolve(performance.now() - start);
        else setTimeout(look, 0);
    };
    location.hash = hash;
    look();
})"""
_PAINTED = """new MutationObserver((_, observer) => {
    if (!document.querySelector('main table.report')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => performance.mark('painted')));
}).observe(document, { childList: true, subtree: true });"""
_FIRST = "performance.getEntriesByName('painted')[0]?.startTime"
_SETTLING = 2.0
"""Seconds that a new tab is given before it is asked for anything: browsers load pages of their own then."""
_DRAWN = "document.querySelector('#document iframe')?.contentDocument?.querySelectorAll('.recto-piece *').length > 20"
_PAGES = 25


def measure(browser: Any, url: str) -> list[str]:
    """Milliseconds from leaving another page of the place until the first page is painted; median and slowest of the
    next ones until they are drawn; until the document is."""
    page = browser.new_page()
    page.add_init_script(_PAINTED)
    page.goto(url.rpartition("/")[0] + "/")
    time.sleep(_SETTLING)
    page.goto(url)
    while (first := page.evaluate(_FIRST)) is None:
        time.sleep(0.005)
    stems = page.evaluate("recto.filing.head.pages.map((page) => page.stem)")[1 : _PAGES + 1]
    others = sorted(page.evaluate(_SHOWN, f"#/{stem}") for stem in stems) or [0.0]
    start = time.perf_counter()
    page.keyboard.press("d")
    while not page.evaluate(_DRAWN) and time.perf_counter() < start + 30:
        time.sleep(0.005)
    document = 1000 * (time.perf_counter() - start)
    page.close()
    return [f"{first:.0f}", f"{others[len(others) // 2]:.0f}, {others[-1]:.0f}", f"{document:.0f}"]


@contextmanager
def served(source: Path, taxonomies: list[Path]) -> Iterator[tuple[str, recto.Filing]]:
    """The address of a filing that is loaded, and whose first page was made."""
    import uvicorn

    shelf = Shelf([str(source)], options={"taxonomies": [str(each) for each in taxonomies], "offline": True})
    listener = listen()
    server = uvicorn.Server(uvicorn.Config(create_app(shelf), log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    entry = shelf.entries[0].id
    filing = shelf.book(entry).filing
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/view/{entry}", filing
    server.should_exit = True
    thread.join(timeout=10)


def rows(name: str, source: Path, taxonomies: list[Path]) -> list[list[str]]:
    """Rows of a table; none where there is no browser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        return []
    if chromium is None:
        return []
    out: list[list[str]] = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        browser.new_page().close()
        with served(source, taxonomies) as (url, filing):
            out.append([f"{name}, served", *measure(browser, url)])
            filing.view(Path(folder) / "report.html")
        out.append([f"{name}, one file", *measure(browser, (Path(folder) / "report.html").as_uri())])
        browser.close()
    return out
