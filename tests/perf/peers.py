"""Runs in an environment of its own (`make bench-peers`): times other programs on one filing; prints one JSON line.

usage: peers.py FILING TAXONOMIES. Each program is measured in a process of its own; its second load counts.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path


def entry_of(filing: Path) -> Path:
    """The inline document, else the instance."""
    for path in sorted(filing.glob("*.htm")):
        if b"http://www.xbrl.org/2013/inlineXBRL" in path.read_bytes()[:20_000]:
            return path
    for path in sorted(filing.glob("*.xml")):
        if (
            b"http://www.xbrl.org/2003/instance" in path.read_bytes()[:20_000]
            and b"<linkbase" not in path.read_bytes()[:2_000]
        ):
            return path
    raise SystemExit(f"{filing}: no entry")


def arelle(filing: Path, taxonomies: Path) -> dict[str, float]:
    """Arelle, offline, its web cache made of links into the mirror folder."""
    from arelle import Cntlr, PluginManager
    from arelle.FileSource import openFileSource

    home = Path(tempfile.mkdtemp())
    os.environ["XDG_CONFIG_HOME"] = str(home)
    controller = Cntlr.Cntlr(logFileName="logToBuffer")
    cache = home / "cache"
    cache.mkdir()
    for scheme in ("http", "https"):
        (cache / scheme).symlink_to(taxonomies)
    controller.webCache.cacheDir = str(cache)
    controller.webCache.workOffline = True
    PluginManager.addPluginModule("inlineXbrlDocumentSet")
    entry = entry_of(filing)
    started = time.perf_counter()
    for _ in range(2):
        started = time.perf_counter()
        model = controller.modelManager.load(openFileSource(str(entry), controller))
        facts = len(model.facts)
        elapsed = time.perf_counter() - started
        controller.modelManager.close()
    return {"seconds": elapsed, "facts": facts}


def edgartools(filing: Path, taxonomies: Path) -> dict[str, float]:
    """edgartools, which reads the filing's own documents and no standard taxonomy."""
    from edgar.xbrl import XBRL

    for _ in range(2):
        started = time.perf_counter()
        xbrl = XBRL.from_directory(filing)
        facts = len(xbrl.facts.get_facts())
        elapsed = time.perf_counter() - started
    return {"seconds": elapsed, "facts": facts}


def main() -> None:
    filing, taxonomies = Path(sys.argv[1]), Path(sys.argv[2])
    figures: dict[str, dict[str, float | str]] = {}
    for program in (arelle, edgartools):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                figure: dict[str, float | str] = dict(program(filing, taxonomies))
                figure["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            except BaseException as error:
                figure = {"error": f"{type(error).__name__}: {error}"}
            os.write(write, json.dumps(figure).encode())
            os._exit(0)
        os.close(write)
        with os.fdopen(read, "rb") as stream:
            figures[program.__name__] = json.loads(stream.read() or b'{"error": "no answer"}')
        os.waitpid(child, 0)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
