"""The server: what it answers, what it refuses, and that nothing makes it fail."""

from __future__ import annotations

import json
import random
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette")

from recto.errors import RectoError, UnsafeInputError, UsageError
from recto.web import Shelf, create_app
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


def test_what_is_not_there(client: Client) -> None:
    inline = ids(client)[0]
    base = f"/api/filings/{inline}"
    strange = ["/nowhere", "/view/x", "/front/../app.py", "/front/%2e%2e%2fapp.py", "/front/x.js", "/api/filings/x"]
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
    described = client("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    rng = random.Random(14)
    words = [
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
    ]
    known = ids(client)
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
                answer = client(f"{filled}?{urllib.parse.urlencode(query)}", method=method.upper(), body=b"x")
                assert answer.status < 500, (filled, query, answer.body[:300])
