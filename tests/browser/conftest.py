"""A browser (Debian's chromium, driven by Playwright), a server, and a page that is watched."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from recto.web import Shelf, create_app, listen

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = """--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync
    --no-first-run""".split()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("there is no chromium: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


class Watched:
    """A page with what it logged and asked for."""

    def __init__(self, page: Any, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.problems: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.problems.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("dialog", self._dialog)
        page.on("request", lambda request: self.requests.append(request.url))

    def _dialog(self, dialog: Any) -> None:
        self.problems.append("a dialog opened")
        dialog.dismiss()

    def open(self, url: str) -> Any:
        self.page.goto(url)
        self.page.wait_for_selector("html[data-ready]")
        return self.page

    def shot(self, name: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(self.folder / f"{name}.png"))

    def forget_our_own(self) -> None:
        """Playwright's listeners and axe would run in frames too, where no script may: the browser says so."""
        ours = ("Blocked script execution in 'about:srcdoc'", "Failed to execute 'postMessage' on 'DOMWindow'")
        self.problems = [each for each in self.problems if not any(text in each for text in ours)]

    def outside(self, own: str) -> list[str]:
        """What was asked for that is neither the page's own nor in the page itself."""
        return [url for url in self.requests if not url.startswith((own, "data:", "blob:", "about:"))]


Open = Callable[..., Watched]


@pytest.fixture
def watched(browser: Any, tmp_path: Path) -> Iterator[Open]:
    contexts: list[Any] = []

    def opened(*, size: tuple[int, int] = (1360, 860), dark: bool = False) -> Watched:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        return Watched(context.new_page(), tmp_path / "screenshots")

    yield opened
    for context in contexts:
        context.close()


Serve = Callable[..., str]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Starts a server over sources, in a thread of this process; gives its address."""
    uvicorn = pytest.importorskip("uvicorn")
    servers: list[tuple[Any, threading.Thread]] = []

    def started(*sources: Path, lake: Any = None, **options: Any) -> str:
        shelf = Shelf([str(source) for source in sources], options={"offline": True, **options}, lake=lake)
        listener = listen()
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(create_app(shelf), log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        servers.append((server, thread))
        return f"http://127.0.0.1:{port}"

    yield started
    for server, thread in servers:
        server.should_exit = True
        thread.join(timeout=10)
