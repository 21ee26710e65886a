"""The server: what it answers, what it refuses, and that nothing makes it fail."""

from __future__ import annotations

import asyncio
import json
import random
import re
import socket
import urllib.parse
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette")

from recto.errors import NotFoundError, RectoError, SourceError, UnsafeInputError, UsageError
from recto.lake import Lake, ingest
from recto.viewer.link import address
from recto.web import Shelf, create_app, listen
from recto.web.shelf import UPLOAD_MEMBERS
from tests.apart import apart


class Answer:
    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Asks an ASGI application directly."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def __call__(
        self, path: str, *, method: str = "GET", body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        return apart(self.ask(path, method=method, body=body, headers=headers))

    async def ask(
        self, path: str, *, method: str = "GET", body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        route, _, query = path.partition("?")
        given = {"host": "127.0.0.1:8765", "content-length": str(len(body)), **(headers or {})}
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "path": urllib.parse.unquote(route),
            "raw_path": route.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "scheme": "http",
            "server": ("127.0.0.1", 8765),
            "client": ("127.0.0.1", 9),
            "root_path": "",
        }
        messages: list[dict[str, Any]] = []
        sent = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return sent.pop() if sent else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            messages.append(message)

        await self.app(scope, receive, send)
        head = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        return Answer(messages[0]["status"], head, b"".join(each.get("body", b"") for each in messages[1:]))


@pytest.fixture(scope="module")
def shelf(data: Path) -> Iterator[Shelf]:
    found = Shelf(
        [str(data / "inline"), str(data / "equity")], options={"taxonomies": [str(data / "mirror")], "offline": True}
    )
    yield found
    found.close()


@pytest.fixture
def client(shelf: Shelf) -> Client:
    return Client(create_app(shelf))


def ids(client: Client) -> list[str]:
    return [each["id"] for each in client("/api/filings").json()["filings"]]


def test_pages_facts_and_parts(client: Client) -> None:
    inline, equity = ids(client)
    base = f"/api/filings/{inline}"
    assert [page["page"] for page in client(base).json()["pages"]] == ["R1", "R2", "R3", "R4"]
    assert client(f"{base}/parts/pages/R2").json()["stem"] == "R2"
    assert client(f"{base}/pages/R2?format=csv").body.startswith(b"kind,section")
    assert client(f"{base}/pages/R2?format=xlsx").body.startswith(b"PK")
    assert client(f"{base}/workbook").body.startswith(b"PK")
    assert client(f"{base}/pages/R2/rows").json()["rows"]
    found = client(f"{base}/facts?concept=inventory&page=R2").json()
    assert found["facts"][0]["concept"] == "us-gaap:InventoryNet"
    assert client(f"{base}/facts/inventory-2024").json()["value"] == "2100000"
    for period, facts in (
        ("2024-12-31", ["cash-2024"]),
        ("Dec. 31, 2023", ["cash-2023"]),
        ("2024", ["cash-2024"]),
        ("2025-01-01", []),
        ("latest", ["cash-2024"]),
        ("at dec", ["cash-2024", "cash-2023"]),
    ):
        told = client(f"{base}/facts?concept=us-gaap:Cash&period={period.replace(' ', '%20')}").json()
        assert [each["fact"] for each in told["facts"]] == facts, period
    assert client(f"{base}/facts?period=soon").status == 400
    assert client(f"{base}/search?q=2,100").json()["facts"]
    assert client(f"{base}/explain?page=R2&row=inventories&column=1").json()["decisions"]
    assert client(f"{base}/explain?fact=inventory-2024").json()["decisions"]
    assert client(f"{base}/findings").json() is not None
    chart = client(f"{base}/charts/R2/4").json()
    assert chart["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert chart["datasets"]["values"]
    assert client(f"/api/compare?a={inline}&b={equity}").json()["count"] > 0
    assert b'id="boot"' in client(f"/view/{inline}").body
    assert client("/front/main.js").headers["content-type"].startswith("text/javascript")


def test_the_page_of_an_open_filing_brings_all_that_its_first_page_needs(data: Path) -> None:
    shelf = Shelf([str(data / "inline")], options={"taxonomies": [str(data / "mirror")], "offline": True})
    client = Client(create_app(shelf))
    (entry,) = ids(client)

    def given() -> Any:
        page = client(f"/view/{entry}").body.decode()
        assert page.count("<script") == 2
        assert re.search(r'<script src="/front/linked-main\.js\?v=\w{12}">', page)
        assert '<link rel="stylesheet"' not in page
        return json.loads(page.partition('id="boot">')[2].partition("</script>")[0])["given"]

    assert given() == {}  # nothing is opened for it
    head = client(f"/api/filings/{entry}/parts/filing").json()
    first = client(f"/api/filings/{entry}/parts/pages/R1").json()
    assert given() == {"filing": head, "pages/R1": first}
    for name in ("linked-main", "later-main", "linked-home"):
        assert client(f"/front/{name}.js").headers["cache-control"] == "no-cache"
        kept = client(address(name))
        assert kept.headers["content-type"].startswith("text/javascript")
        assert "immutable" in kept.headers["cache-control"]
    shelf.close()


def test_what_is_not_there(client: Client) -> None:
    inline = ids(client)[0]
    base = f"/api/filings/{inline}"
    strange = [
        "/nowhere",
        "/view/x",
        "/front/../app.py",
        "/front/%2e%2e%2fapp.py",
        "/front/x.js",
        "/front/linked-x.js",
        "/front/later-.js",
        "/api/filings/x",
    ]
    own = ["parts/pages/R99", "facts/x", "files/orchard-20241231.htm", "files/..%2f..%2fetc%2fpasswd"]
    for path in [*strange, *(f"{base}/{each}" for each in own)]:
        assert client(path).status == 404, path
    wrong = ["search", "search?q=", "pages/R2?format=exe", "facts?limit=0", "facts?limit=9999", "explain"]
    for path in [*wrong, f"explain?page={'x' * 500}"]:
        assert client(f"{base}/{path}").status == 400, path


def test_hosts_origins_and_headers(client: Client) -> None:
    assert client("/api/filings", headers={"host": "evil.example"}).status == 403
    assert client("/api/filings", headers={"host": "localhost:1"}).status == 200
    assert client("/api/filings", headers={"host": "[::1]:8765"}).status == 200
    assert client("/api/filings", headers={"origin": "http://evil.example"}).status == 403
    assert client("/api/filings", headers={"origin": "null"}).status == 403
    assert client("/api/filings", headers={"origin": "http://[evil"}).status == 403
    assert client("/api/filings", headers={"origin": "http://127.0.0.1:8765"}).status == 200
    assert client("/api/filings?name=x.zip", method="POST", headers={"sec-fetch-site": "cross-site"}).status == 403
    headers = client("/").headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_tokens(shelf: Shelf) -> None:
    client = Client(create_app(shelf, hosts=["example.com"], token="secret"))
    assert client("/api/filings").status == 401
    assert client("/api/filings?token=wrong").status == 401
    given = client("/?token=secret")
    assert given.status == 303
    assert client("//evil.example/?token=secret").headers["location"] == "/evil.example/"
    cookie = given.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.casefold()
    assert client("/api/filings", headers={"cookie": "recto-token=secret"}).status == 200
    assert client("/api/filings", headers={"authorization": "Bearer secret", "host": "example.com"}).status == 200


def test_uploads_are_limited_in_kind_and_size(client: Client, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = (data / "equity" / "mill-20241231.xml").read_bytes()
    made = client("/api/filings?name=..%2F..%2Fmill.xml", method="POST", body=document)
    assert made.status == 201
    assert made.json()["name"] == "mill.xml"
    assert client("/api/filings?name=x.exe", method="POST", body=b"MZ").status == 422
    assert client("/api/filings?name=x.zip", method="POST", headers={"content-length": str(1 << 40)}).status == 400
    assert client("/api/filings", method="POST").status == 400
    assert client("/api/filings?name=broken.zip", method="POST", body=b"no zip").status == 201
    broken = next(each for each in ids(client) if "broken" in each)
    assert client(f"/api/filings/{broken}").status == 422


def test_archives_that_lead_out_or_unpack_to_too_much_are_refused(client: Client, tmp_path: Path) -> None:
    def told(name: str, entry: str, data: bytes) -> str:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr(entry, data)
        answer = client(f"/api/filings?name={name}", method="POST", body=path.read_bytes())
        assert answer.status == 201
        refused = client(f"/api/filings/{answer.json()['id']}")
        assert refused.status == 422
        return str(refused.json()["code"])

    assert told("slip.zip", "../../escaped.htm", b"<html/>") == "zip:pathTraversal"
    assert told("bomb.zip", "a.xml", b"<a>" + b" " * 90_000_000 + b"</a>") == "zip:bomb"


def test_archives_of_too_many_files_are_refused_before_they_are_opened(client: Client, tmp_path: Path) -> None:
    def upload(count: int) -> Answer:
        path = tmp_path / f"{count}.zip"
        with zipfile.ZipFile(path, "w") as made:
            for number in range(count):
                made.writestr(f"{number}.txt", b"")
        return client(f"/api/filings?name={path.name}", method="POST", body=path.read_bytes())

    assert upload(UPLOAD_MEMBERS).status == 201
    refused = upload(UPLOAD_MEMBERS + 1)
    assert refused.status == 422
    assert "5,000 files" in refused.json()["message"]


def test_answers_are_sent_at_once_and_do_not_wait_for_acknowledgements() -> None:
    async def accepted() -> int:
        option = asyncio.get_running_loop().create_future()

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            own = writer.get_extra_info("socket")
            option.set_result(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listener = listen()
        async with await asyncio.start_server(connected, sock=listener):
            _reader, writer = await asyncio.open_connection(*listener.getsockname())
            found: int = await option
            writer.close()
        return found

    assert apart(accepted())
    with listen() as taken, pytest.raises(OSError, match="in use"):
        listen(port=taken.getsockname()[1])


def test_urls_are_fetched_from_allowed_hosts_only() -> None:
    shelf = Shelf(hosts=["www.sec.gov"])
    for url in """http://www.sec.gov/x https://evil.example/x https://www.sec.gov.evil.example/ file:///etc/passwd
        https://www.sec.gov@evil.example/ https://www.sec.gov:8080/
        https://www.sec.gov:x/ https://[www.sec.gov/ /etc/passwd 0000320193-25-000057""".split():
        with pytest.raises(UsageError):
            shelf.add_url(url)
    assert shelf.add_url("https://www.sec.gov/Archives/x/").source == "https://www.sec.gov/Archives/x/"
    with pytest.raises(UnsafeInputError):
        shelf.upload("x.exe", b"")
    with pytest.raises(RectoError):
        Shelf(uploads=False).upload("x.zip", b"")


def test_requests_at_random_from_the_openapi_document(client: Client) -> None:
    """No request that the document allows, and none that it does not, makes the server fail."""
    _ask_at_random(client, ids(client))


def test_requests_at_random_to_a_lake(lake_folder: Path, opening: dict[str, Any]) -> None:
    shelf = Shelf(options=opening, lake=Lake(lake_folder, closed=True))
    client = Client(create_app(shelf))
    described = client("/api/openapi.json").json()
    assert {"/api/lake", "/api/lake/series", "/api/lake/search"} <= set(described["paths"])
    _ask_at_random(client, ["0009990001-23-000012"], words=["QWK", "revenue", "us-gaap:Assets", "2023-01-01", "10-K"])
    shelf.close()


def test_a_lake(lake_folder: Path, opening: dict[str, Any]) -> None:
    shelf = Shelf(options=opening, lake=Lake(lake_folder, closed=True))
    client = Client(create_app(shelf))
    assert client("/api/lake").json()["filings"] == 15
    assert {each["ticker"] for each in client("/api/lake/companies").json()["rows"]} == {"QWK", "SLH"}
    company = client("/api/lake/companies/QWK").json()
    assert len(company["filings"]) == 12
    assert company["statements"] == ["balance", "cash flow", "income"]
    key = company["filings"][0]["filing"]
    series = client("/api/lake/series?company=QWK&concept=revenue&frequency=year").json()
    row = series["rows"][-1]
    assert (row["period"], row["value"], row["unit"]) == ("FY2023", "625000000", "USD")
    assert series["chart"]["datasets"]["values"]
    # The number that the lake names leads to the same fact in the filing, opened from where it was taken in.
    place = row["facts"][0]
    fact = client(f"/api/filings/{place['filing']}/facts/{place['fact']}").json()
    assert fact["value"] == row["value"]
    assert fact["number"] == place["fact"]
    assert b'"lake":true' in client(f"/view/{key}").body
    assert {each["id"] for each in client("/api/filings").json()["filings"]} == {place["filing"], key}
    lines = client("/api/lake/statement?company=QWK&kind=income").json()["lines"]
    assert lines[1]["values"]["FY2023"]["presented"] == "625000000"
    assert client("/api/lake/search?q=crusher").json()["count"] == 1
    assert client("/api/lake/restatements?company=QWK").json()["count"] == 10
    assert client("/api/lake/companies/nobody").status == 404
    assert client("/api/lake/series?company=QWK").status == 400
    assert client("/api/filings/nothing").status == 404
    shelf.close()


def test_filings_of_a_lake_whose_source_is_gone_has_changed_or_is_elsewhere(
    history: Path, opening: dict[str, Any], tmp_path: Path
) -> None:
    folder = tmp_path / "filings"
    folder.mkdir()
    source = sorted((history / "filings").iterdir())[0]
    path = folder / source.name
    path.write_bytes(source.read_bytes())
    archive = tmp_path / "archive.zip"
    with zipfile.ZipFile(archive, "w") as made:
        other = sorted((history / "filings").iterdir())[1]
        made.writestr(other.name, other.read_bytes())
    ingest([folder, archive], tmp_path / "lake", workers=1, **opening)
    with Lake(tmp_path / "lake") as lake:
        with lake.open(other.stem, **opening) as filing:
            assert filing.reports
        with pytest.raises(NotFoundError, match="no filing"):
            lake.open("0000000000-00-000000")
        path.write_bytes(path.read_bytes() + b"\n")
        with pytest.raises(SourceError, match="has changed"):
            lake.open(source.stem, **opening)
        path.unlink()
        with pytest.raises(NotFoundError, match="not there"):
            lake.open(source.stem, **opening)


def _ask_at_random(client: Client, known: list[str], words: Sequence[str] = ()) -> None:
    described = client("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    rng = random.Random(14)
    words = [
        *words,
        "R2",
        "1",
        "0",
        "inventory-2024",
        "-1",
        "",
        "x" * 399,
        "é ☃",
        "%00",
        "a/b",
        "..",
        "cash",
        "999999",
        "2024",
        "'\"<>",
        "x" * 401,
        "99999999999999999999",
        "1e9",
        "１",
        "²",
        "\u202e",
        "pages/R1",
        "explain/R1/0/0",
        "explain/R1/-1/0",
        "documents/0/outline",
        "labels/en-US/R1",
    ]
    heads = [{"host": "["}, {"origin": "x" * 9000}, {"range": "bytes=0-1,5-2"}, {"content-length": "-1"}]
    heads += [{"content-length": "abc"}, {"cookie": "recto-token=é"}, {"authorization": "Bearer é"}]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            for _ in range(25):
                filled, query = path, {}
                for parameter in operation["parameters"]:
                    value = rng.choice(words)
                    if parameter["in"] == "path":
                        value = (
                            rng.choice(known) if parameter["name"] == "filing" and rng.random() < 0.9 else value or "x"
                        )
                        filled = filled.replace("{" + parameter["name"] + "}", urllib.parse.quote(value, safe=""))
                    elif parameter.get("required") or rng.random() < 0.5:
                        if parameter["name"] in ("a", "b") and rng.random() < 0.8:
                            value = rng.choice(known)
                        enum = parameter["schema"].get("enum")
                        query[parameter["name"]] = rng.choice(enum) if enum and rng.random() < 0.7 else value
                if query.get("url", "").startswith("http"):
                    continue
                asked = rng.choices([method.upper(), "HEAD", "OPTIONS", "PUT", "DELETE"], [12, 1, 1, 1, 1])[0]
                headers = rng.choice(heads) if rng.random() < 0.1 else None
                address = f"{filled}?{urllib.parse.urlencode(query)}"
                answer = client(address, method=asked, body=b"x" if asked == "POST" else b"", headers=headers)
                assert answer.status < 500, (filled, query, answer.body[:300])
