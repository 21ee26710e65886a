"""The web and its cache, against a server on this machine."""

import json
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest

import recto
from recto import limits
from recto.errors import NotFoundError, SourceError, UnsafeInputError
from recto.sources import open_source
from recto.sources import web as web_module
from recto.sources.cache import CachedResponse, HttpCache
from recto.sources.web import Web, is_immutable, is_private, is_sec
from tests.sources.samples import SCHEMA, codes, inline, instance, pack, shape, write
from tests.xml.test_urls import NOBODY


class Server(ThreadingHTTPServer):
    """Answers from `pages`: path → body, or a list of (status, headers, body) to give one after the other."""

    daemon_threads = True

    def __init__(self: Any) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = {}
        self.requests = []

    @property
    def url(self: Any) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self: Any) -> None:
        self.server.requests.append((self.path, dict(self.headers)))
        page = self.server.pages.get(self.path)
        if isinstance(page, list):
            page = page.pop(0) if len(page) > 1 else page[0]
        if isinstance(page, (str, bytes)):
            page = (200, {}, page)
        status, headers, body = page or (404, {}, "none")
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def log_message(self: Any, *_: Any) -> None:
        pass


@pytest.fixture
def server() -> Any:
    running = Server()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def web(tmp_path: Path) -> Any:
    made = []

    def make(**options: Any) -> Any:
        slept = []
        options.setdefault("trusted_hosts", frozenset(["127.0.0.1"]))
        made.append(Web(tmp_path / "cache", sleep=slept.append, queue=tmp_path / "queue", **options))
        made[-1].slept = slept
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_a_fetched_document_is_kept(server: Any, web: Any) -> None:
    server.pages["/x.xsd"] = SCHEMA
    assert web().fetch(server.url + "/x.xsd") == SCHEMA.encode()
    assert web().fetch(server.url + "/x.xsd") == SCHEMA.encode()
    assert web(offline=True).fetch(server.url + "/x.xsd") == SCHEMA.encode()
    assert len(server.requests) == 1


def test_offline_names_the_url(web: Any) -> None:
    with pytest.raises(NotFoundError) as caught:
        web(offline=True).fetch("http://example.com/x.xsd")
    assert caught.value.code == "recto:offline"
    assert str(caught.value).startswith("http://example.com/x.xsd: ")
    assert "recto is offline" in str(caught.value)


def test_without_cache_nothing_is_read_or_kept(server: Any, web: Any, tmp_path: Path) -> None:
    server.pages["/x.xsd"] = SCHEMA
    web().fetch(server.url + "/x.xsd")
    for _ in range(2):
        web(use_cache=False).fetch(server.url + "/x.xsd")
    assert len(server.requests) == 3
    with pytest.raises(NotFoundError):
        web(use_cache=False, offline=True).fetch(server.url + "/x.xsd")


def test_what_is_no_longer_fresh_is_asked_about(server: Any, web: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_module, "FRESH_FOR", -1.0)
    stamp = "Mon, 01 Jan 2024 00:00:00 GMT"
    server.pages["/x"] = [(200, {"ETag": '"1"', "Last-Modified": stamp}, "one"), (304, {}, ""), (200, {}, "two")]
    for expected in (b"one", b"one", b"two"):
        assert web().fetch(server.url + "/x") == expected
    headers = server.requests[1][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"1"', stamp)


def test_an_old_copy_is_better_than_none(server: Any, web: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    server.pages["/x"] = ["one", (500, {}, "")]
    web().fetch(server.url + "/x")
    monkeypatch.setattr(web_module, "FRESH_FOR", -1.0)
    assert web().fetch(server.url + "/x") == b"one"
    server.pages["/x"] = None
    with pytest.raises(NotFoundError):
        web().fetch(server.url + "/x")


def test_busy_servers_are_asked_again(server: Any, web: Any) -> None:
    server.pages["/x"] = [(429, {"Retry-After": "7"}, ""), (503, {}, ""), (200, {}, "at last")]
    client = web()
    assert client.fetch(server.url + "/x") == b"at last"
    assert client.slept == [7.0, 1.0]


@pytest.mark.parametrize(("status", "requests"), [(403, 1), (503, web_module.ATTEMPTS)])
def test_servers_that_refuse(server: Any, web: Any, status: Any, requests: Any) -> None:
    server.pages["/x"] = [(status, {}, "")]
    with pytest.raises(SourceError) as caught:
        web().fetch(server.url + "/x")
    assert (caught.value.code, caught.value.document) == ("recto:http", server.url + "/x")
    assert str(status) in caught.value.message
    assert len(server.requests) == requests


def test_servers_that_are_not_there(web: Any) -> None:
    client = web()
    with pytest.raises(SourceError) as caught:
        client.fetch("http://127.0.0.1:1/x")
    assert caught.value.code == "recto:http"
    assert len(client.slept) == 1, "a server that refuses the connection twice is given up"
    with pytest.raises(SourceError):
        web().fetch("http://127.0.0.1:1/y")
    assert len(client.slept) == 1, "and for a while nothing more is asked of it"


def test_redirections(server: Any, web: Any) -> None:
    server.pages |= {"/a": (301, {"Location": "/b"}, ""), "/b": "here", "/loop": (302, {"Location": "/loop"}, "")}
    assert web().fetch(server.url + "/a") == b"here"
    assert web(offline=True).fetch(server.url + "/a") == b"here"
    with pytest.raises(SourceError, match="redirected"):
        web().fetch(server.url + "/loop")
    server.pages["/file"] = (302, {"Location": "file:///etc/passwd"}, "")
    with pytest.raises(SourceError, match="redirected"):
        web().fetch(server.url + "/file")


def test_private_addresses_are_not_asked_for_a_filing(server: Any, web: Any) -> None:
    server.pages["/away"] = (302, {"Location": "http://localhost:1/x"}, "")
    for url in (
        "http://localhost/x",
        "http://10.0.0.1/x",
        "http://169.254.169.254/x",
        "http://[::1]/x",
        "http://127.1/x",
    ):
        with pytest.raises(UnsafeInputError) as caught:
            web(trusted_hosts=frozenset()).fetch(url)
        assert caught.value.code == "recto:privateAddress"
    with pytest.raises(UnsafeInputError):
        web().fetch(server.url + "/away")
    assert not is_private("www.sec.gov")
    assert not is_private("8.8.8.8")


@pytest.mark.parametrize("url", NOBODY)
def test_what_is_no_url_is_told_so(server: Any, web: Any, url: str) -> None:
    """Wherever such a reference comes from: the user, a filing, a server that sends on."""
    for client in (web(), web(offline=True)):
        with pytest.raises(NotFoundError, match="no URL"):
            client.fetch(url)
    with pytest.raises(NotFoundError, match="no URL"):
        recto.open(url)
    server.pages["/away"] = (302, {"Location": url}, "")
    with pytest.raises(NotFoundError, match="no URL"):
        web().fetch(server.url + "/away")


@pytest.mark.parametrize("reference", [*NOBODY, "file://[bad/x.xsd", "//[bad/x.xsd"])
def test_a_reference_that_is_no_url_is_a_missing_document(data: Path, tmp_path: Path, reference: str) -> None:
    report = (data / "equity" / "mill-20241231.xml").read_text(encoding="utf-8")
    path = tmp_path / "r.xml"
    path.write_text(report.replace('xlink:href="mill-20241231.xsd"', f'xlink:href="{reference}"'), encoding="utf-8")
    codes = [finding.code for finding in recto.open(path, cache_dir=tmp_path / "cache").findings]
    assert codes.count("recto:missingDocument") == 1
    assert "recto:internal" not in codes


def test_too_large_bodies(server: Any, web: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_SIZE", 1000)
    server.pages["/x"] = "y" * 2000
    with pytest.raises(UnsafeInputError) as caught:
        web().fetch(server.url + "/x")
    assert caught.value.code == "recto:tooLarge"


def test_the_sec_is_not_asked_by_nobody(web: Any) -> None:
    with pytest.raises(SourceError, match="RECTO_IDENTITY") as caught:
        web().fetch("https://www.sec.gov/Archives/edgar/data/1/x.htm")
    assert caught.value.code == "recto:identity"


def test_the_sec_is_asked_by_name_and_slowly(web: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recto.sources.web.time", SimpleNamespace(time=lambda: 1e9, monotonic=time.monotonic))
    asked = []

    def answer(request: pytest.FixtureRequest) -> Any:
        asked.append(request)
        return httpx2.Response(200, content=b"body")

    client = web(identity="Jane Doe jane@example.com", transport=httpx2.MockTransport(answer))
    for number in range(5):
        client.fetch(f"https://www.sec.gov/Archives/edgar/data/1/{number}.htm")
    assert {request.headers["User-Agent"] for request in asked} == {"Jane Doe jane@example.com"}
    assert len(client.slept) == 4
    assert client.slept[-1] == pytest.approx(0.4)
    client.fetch("https://www.sec.gov/Archives/edgar/data/1/0.htm")
    assert len(asked) == 5


TAKE_TURNS = """
import sys
from pathlib import Path
from types import SimpleNamespace
from recto.sources import web as module
module.time = SimpleNamespace(time=lambda: 1e9)
web = module.Web(sys.argv[1], queue=Path(sys.argv[1]) / "queue", sleep=print)
for _ in range(10):
    web._take_turn()
"""


def processes(script: Any, *arguments: Any) -> Any:
    """Python processes that run a script at the same time, each with one of the arguments."""
    commands = [[sys.executable, "-c", script, *map(str, argument)] for argument in arguments]
    return [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]


def test_the_limit_holds_over_all_processes(tmp_path: Path) -> None:
    running = processes(TAKE_TURNS, *[[tmp_path]] * 3)
    times = sorted(float(line) for process in running for line in process.communicate()[0].split())
    assert [process.returncode for process in running] == [0, 0, 0]
    assert times == pytest.approx([turn / 10 for turn in range(1, 30)])


def test_a_damaged_queue_starts_anew(tmp_path: Path, web: Any) -> None:
    client = web()
    for content in ("rubbish", "9e99", "nan"):
        (tmp_path / "queue").write_text(content)
        client._take_turn()
    assert client.slept == []


def test_which_urls_never_change() -> None:
    assert is_immutable("https://www.sec.gov/Archives/edgar/data/320193/000032019325000057/aapl-20250329.htm")
    assert is_immutable("https://www.sec.gov/Archives/edgar/data/320193/0000320193-25-000057.txt")
    assert is_immutable("http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd")
    assert is_immutable("https://xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd")
    assert not is_immutable("https://www.sec.gov/Archives/edgar/data/320193/000032019325000057/index.json")
    assert not is_immutable("https://www.sec.gov/Archives/edgar/data/320193/000032019325000057/")
    assert not is_immutable("https://www.sec.gov/cgi-bin/browse-edgar?x=1.htm")
    assert not is_immutable("http://example.com/2003/x.xsd")
    assert is_sec("https://xbrl.sec.gov/dei/2024/dei-2024.xsd")
    assert not is_sec("https://notsec.gov/x")


def test_damaged_cache_files_count_as_absent(tmp_path: Path) -> None:
    cache = HttpCache(tmp_path)
    response = CachedResponse("http://h/x", b"body\nwith\nlines", 1.0, '"tag"', "then")
    cache.put(response)
    path = cache.path(response.url)
    assert cache.get(response.url) == response
    whole = path.read_bytes()
    for damaged in (b"", b"other", whole[:-1], whole + b"x", whole.replace(b'"size"', b'"sise"'), whole[:20]):
        path.write_bytes(damaged)
        assert cache.get(response.url) is None
    assert cache.get("http://h/other") is None


def test_a_cache_that_cannot_be_written_is_no_obstacle(server: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    server.pages["/x"] = "body"
    client = Web(tmp_path / "file", trusted_hosts=frozenset(["127.0.0.1"]))
    assert client.fetch(server.url + "/x") == b"body"
    client.close()


PUT_OFTEN = """
import sys
from recto.sources.cache import CachedResponse, HttpCache
cache = HttpCache(sys.argv[1])
for _ in range(100):
    cache.put(CachedResponse("http://h/x", sys.argv[2].encode() * 10_000, 1.0))
"""


def test_many_processes_share_the_cache(tmp_path: Path) -> None:
    running = processes(PUT_OFTEN, [tmp_path, "a"], [tmp_path, "b"])
    cache = HttpCache(tmp_path)
    while any(process.poll() is None for process in running):
        found = cache.get("http://h/x")
        assert found is None or len(set(found.body)) == 1
    for process in running:
        process.communicate()
        assert process.returncode == 0
    assert not list(tmp_path.rglob(".new-*"))


def test_a_document_by_url(server: Any) -> None:
    server.pages |= {"/f/x.htm": inline(), "/f/x.xsd": SCHEMA}
    source = open_source(server.url + "/f/x.htm#top")
    assert shape(source) == [("inline", ["x.htm"])]
    assert source.base_url == server.url + "/f/"
    assert source.resolver.read(server.url + "/f/x.xsd") == SCHEMA.encode()
    assert source.resolver.is_local(server.url + "/f/x.xsd")
    assert source.files["x.htm"]() == inline().encode()
    source.close()


def test_archives_and_submissions_by_url(server: Any, tmp_path: Path) -> None:
    server.pages["/f.zip"] = pack(tmp_path / "f.zip", {"x.xml": instance()}).read_bytes()
    text = f"<SUBMISSION>\n<DOCUMENT>\n<TYPE>X\n<FILENAME>x.xml\n<TEXT>\n{instance()}\n</TEXT>\n</DOCUMENT>\n"
    server.pages["/s.txt"] = text
    for name in ("f.zip", "s.txt"):
        source = open_source(f"{server.url}/{name}")
        assert shape(source) == [("xbrl", ["x.xml"])]
        source.close()


def test_a_filing_reads_the_web_behind_its_mirror(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.pages["/tax/x.xsd"] = SCHEMA
    monkeypatch.setattr(web_module, "is_private", lambda host: False)
    source = open_source(write(tmp_path / "f", {"x.xml": instance()}))
    assert source.resolver.exists(server.url + "/tax/x.xsd")
    assert source.resolver.read(server.url + "/tax/x.xsd") == SCHEMA.encode()
    assert len(server.requests) == 1
    assert not source.resolver.exists(server.url + "/tax/none.xsd")
    source.close()


def test_urls_that_are_no_reports(server: Any) -> None:
    server.pages["/x.htm"] = "<html/>"
    for name in ("x.htm", "none.htm"):
        with pytest.raises(SourceError) as caught:
            open_source(f"{server.url}/{name}")
        assert caught.value.document == f"{server.url}/{name}"


FOLDER = "/Archives/edgar/data/320193/000032019325000057/"


@pytest.mark.parametrize("page", ["", "0000320193-25-000057-index.htm"])
def test_filing_folders_by_their_summary(server: Any, page: Any) -> None:
    summary = (
        '<FilingSummary><InputFiles><File doctype="10-Q" original="x.htm">x.htm</File><File>x.xsd</File>'
        '<File doctype="EX-FILING FEES" original="fees.htm">fees_htm.xml</File></InputFiles></FilingSummary>'
    )
    server.pages |= {
        FOLDER + "FilingSummary.xml": summary,
        FOLDER + "x.htm": inline(),
        FOLDER + "fees.htm": inline("fees.xsd"),
        FOLDER + "x.xsd": SCHEMA,
    }
    source = open_source(server.url + FOLDER + page)
    assert shape(source) == [("inline", ["x.htm"]), ("inline", ["fees.htm"])]
    assert source.name == "000032019325000057"
    assert source.resolver.is_local(source.base_url + "x.xsd")
    source.close()


def test_filing_folders_by_their_index(server: Any) -> None:
    names = ["x.htm", "ex99.htm", "R2.htm", "x_htm.xml", "x.xsd", "logo.jpg", "Financial_Report.xlsx"]
    index = {"directory": {"item": [{"name": name, "type": "text.gif", "size": ""} for name in names]}}
    server.pages |= {
        FOLDER + "index.json": json.dumps(index),
        FOLDER + "x.htm": inline(),
        FOLDER + "x_htm.xml": instance(),
        FOLDER + "ex99.htm": "<html/>",
    }
    source = open_source(server.url + FOLDER)
    assert shape(source) == [("inline", ["x.htm"])]
    assert FOLDER + "R2.htm" not in [path for path, _ in server.requests]
    assert sorted(source.files) == sorted(names)
    source.close()


@pytest.mark.parametrize("index", [None, "{}", "[]", "<html/>"])
def test_filing_folders_without_index(server: Any, index: Any) -> None:
    server.pages[FOLDER + "index.json"] = index
    with pytest.raises(NotFoundError):
        open_source(server.url + FOLDER)


def test_a_folder_page_without_reports_says_so(server: Any) -> None:
    server.pages[FOLDER + "index.json"] = '{"directory": {"item": []}}'
    source = open_source(server.url + FOLDER)
    assert codes(source.findings) == ["recto:noReport"]
    source.close()


def test_pages_in_place_of_schemas_are_not_kept(server: Any, web: Any) -> None:
    server.pages["/t.xsd"] = "<html>we moved</html>"
    server.pages["/u.xsd"] = ""
    for name, what in (("t", "a web page"), ("u", "nothing")):
        with pytest.raises(SourceError, match=what):
            web().fetch(server.url + f"/{name}.xsd")
        server.pages[f"/{name}.xsd"] = SCHEMA
        assert web().fetch(server.url + f"/{name}.xsd") == SCHEMA.encode()
    with pytest.raises(SourceError, match="not in the filing"):
        web(offline=True).fetch(server.url + "/v.xsd")


def test_answers_and_runs_have_an_end(server: Any, web: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    server.pages["/slow.txt"] = "y" * 100
    monkeypatch.setattr(limits, "RESPONSE_SECONDS", -1.0)
    with pytest.raises(SourceError, match="too slow"):
        web().fetch(server.url + "/slow.txt")
    with pytest.raises(SourceError, match="cannot be reached"):
        web().fetch(server.url + "/other.txt")  # the server is left alone for a while
    web_module._unreachable.clear()
    monkeypatch.setattr(limits, "RESPONSE_SECONDS", 60.0)
    monkeypatch.setattr(limits, "WEB_SECONDS", -1.0)
    with pytest.raises(SourceError, match="in all"):
        web().fetch(server.url + "/slow.txt")


def test_a_server_that_times_out_is_left_alone(web: Any) -> None:
    asked = []

    def answer(request: Any) -> Any:
        asked.append(request)
        raise httpx2.ReadTimeout("timed out", request=request)

    client = web(transport=httpx2.MockTransport(answer))
    for name in "ab":
        with pytest.raises(SourceError, match="cannot be reached"):
            client.fetch(f"http://silent.example/{name}.xsd")
    web_module._unreachable.clear()
    assert len(asked) == 1


def test_without_the_library_for_http_what_is_fetched_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", None)
    with pytest.raises(NotFoundError, match=r"pip install 'recto\[http\]'") as caught:
        Web(tmp_path).fetch("https://xbrl.example.org/a.xsd")
    assert caught.value.code == "recto:extra"
