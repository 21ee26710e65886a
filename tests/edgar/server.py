"""A server with EDGAR's layout, on this machine: what it lists it has, and it may have bad days."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COLUMNS = (
    *("accessionNumber", "filingDate", "reportDate", "acceptanceDateTime", "form", "size", "isXBRL", "isInlineXBRL"),
    "primaryDocument",
)


class EdgarServer(ThreadingHTTPServer):
    """`pages`: path → bytes. `bad`: path → what goes wrong, one thing a request, until none is left."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, bytes] = {}
        self.bad: dict[str, list[str | int]] = {}
        self.requests: list[tuple[str, dict[str, str], int]] = []
        self.changed: Callable[[], None] | None = None
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()

    def company(
        self, cik: int, name: str, tickers: list[str], recent: list[dict], older: Sequence[list[dict]] = ()
    ) -> None:
        """Adds a company: its submissions, its older pages, and the ticker file's line."""
        names = [f"CIK{cik:010d}-submissions-{number:03d}.json" for number in range(1, len(older) + 1)]
        files = []
        for page, rows in zip(names, older, strict=True):
            days = sorted(row["filingDate"] for row in rows)
            files.append({"name": page, "filingCount": len(rows), "filingFrom": days[0], "filingTo": days[-1]})
            self.pages[f"/submissions/{page}"] = json.dumps(_columns(rows)).encode()
        found = {"cik": str(cik), "name": name, "tickers": tickers, "fiscalYearEnd": "0930", "sic": "3571"}
        found["filings"] = {"recent": _columns(recent), "files": files}
        self.pages[f"/submissions/CIK{cik:010d}.json"] = json.dumps(found).encode()
        listed = json.loads(self.pages.get("/files/company_tickers.json", b"{}"))
        for ticker in tickers:
            listed[str(len(listed))] = {"cik_str": cik, "ticker": ticker, "title": name}
        self.pages["/files/company_tickers.json"] = json.dumps(listed).encode()

    def bulk(self) -> bytes:
        """submissions.zip, of all companies so far."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, body in self.pages.items():
                if path.startswith("/submissions/"):
                    archive.writestr(path.rpartition("/")[2], body)
        return buffer.getvalue()


def row(accession: str, filed: str, period: str, form: str = "10-K", *, xbrl: int = 1) -> dict:
    values = (accession, filed, period, f"{filed}T16:30:00.000Z", form, 1234, xbrl, xbrl, "a.htm")
    return dict(zip(COLUMNS, values, strict=True))


def _columns(rows: list[dict]) -> dict[str, list]:
    return {name: [each[name] for each in rows] for name in COLUMNS}


def index(*lines: str) -> bytes:
    head = "Description: Master Index\n \nCIK|Company Name|Form Type|Date Filed|Filename\n" + "-" * 80 + "\n"
    return (head + "".join(line + "\n" for line in lines)).encode("latin-1")


def feed_archive(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


class _Handler(BaseHTTPRequestHandler):
    server: EdgarServer

    def do_GET(self) -> None:
        bad = self.server.bad.get(self.path) or []
        what = bad.pop(0) if bad else 200
        body = self.server.pages.get(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        if "@" not in headers.get("user-agent", ""):
            what = 403  # an undeclared automated tool
        if body is None and what == 200:
            what = 404
        tag = f'"{hash(body)}"'
        start = 0
        if what == 200 and headers.get("if-none-match") == tag:
            what = 304
        self.server.requests.append((self.path, headers, what if isinstance(what, int) else 200))
        if isinstance(what, int) and what != 200:
            self.send_response(what)
            if what == 429:
                self.send_header("Retry-After", "3")
            if what != 304:
                self.send_header("Content-Length", "0")
            self.end_headers()
            return
        assert body is not None
        if headers.get("range", "").startswith("bytes=") and headers.get("if-range") == tag:
            start = int(headers["range"][6:].rstrip("-"))
        sent = body[start:]
        if "gzip" in headers.get("accept-encoding", "") and not start:
            sent = gzip.compress(sent)
        self.send_response(206 if start else 200)
        self.send_header("ETag", tag)
        if "gzip" in headers.get("accept-encoding", "") and not start:
            self.send_header("Content-Encoding", "gzip")
        length = len(sent) + {"too long": 10, "too short": -10}.get(str(what), 0)
        self.send_header("Content-Length", str(length))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        self.end_headers()
        if what == "slow":
            for at in range(0, len(sent), 1 + len(sent) // 5):
                self.wfile.write(sent[at : at + 1 + len(sent) // 5])
                self.wfile.flush()
                time.sleep(0.02)
        elif what == "cut off":
            self.wfile.write(sent[: len(sent) // 2])
            self.close_connection = True
        else:
            self.wfile.write(sent)
            self.close_connection = what in ("too long", "too short")

    def log_message(self, *_: object) -> None:
        pass
