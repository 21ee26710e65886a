"""No filing makes recto send requests inside the user's network, whatever its hosts resolve to."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import httpx2
import pytest

from recto.errors import UnsafeInputError
from recto.sources.guard import GuardedTransport
from recto.sources.web import Web, is_private, wrong_content


class Answers:
    """Answers every request, and keeps them."""

    def __init__(self: Any, *failing: str) -> Any:
        self.requests: list[httpx2.Request] = []
        self.failing = failing

    def __call__(self: Any, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        if request.url.host in self.failing:
            raise httpx2.ConnectError("refused", request=request)
        if request.url.path == "/away":
            return httpx2.Response(302, headers={"Location": "http://inside.example/x"})
        return httpx2.Response(200, content=b"<x/>")


def client(answers: Answers, hosts: dict[str, list[str]], *, trusted: frozenset[str] = frozenset()) -> httpx2.Client:
    def resolve(host: str, port: int) -> list[str]:
        if host not in hosts:
            raise socket.gaierror("no such host")
        return hosts[host]

    return httpx2.Client(transport=GuardedTransport(httpx2.MockTransport(answers), is_private, trusted, resolve))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::",
    ],
)  # fmt: skip
def test_names_that_lead_inside_are_refused(address: str) -> None:
    answers = Answers()
    with pytest.raises(UnsafeInputError) as raised:
        client(answers, {"evil.example": ["93.184.216.34", address]}).get("http://evil.example/x.xsd")
    assert raised.value.code == "recto:privateAddress"
    assert answers.requests == []


def test_the_address_that_was_looked_at_is_connected_to() -> None:
    answers = Answers("93.184.216.34")
    with client(answers, {"good.example": ["93.184.216.34", "2606:2800:220:1::1"]}) as web:
        assert web.get("https://good.example:8443/x.xsd?y").content == b"<x/>"
    first, second = answers.requests
    assert (first.url.host, second.url.host) == ("93.184.216.34", "2606:2800:220:1::1")
    assert second.url.port == 8443
    assert second.headers["Host"] == "good.example:8443"
    assert second.extensions["sni_hostname"] == "good.example"


def test_trusted_hosts_and_hosts_that_do_not_exist() -> None:
    answers = Answers()
    web = client(answers, {}, trusted=frozenset(("localhost",)))
    assert web.get("http://localhost/x").status_code == 200
    with pytest.raises(httpx2.ConnectError):
        web.get("http://nowhere.example/x")


def test_redirections_are_looked_at_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = {"good.example": ["93.184.216.34"], "inside.example": ["10.0.0.1"]}
    monkeypatch.setattr("recto.sources.guard.addresses_of", lambda host, port: hosts[host])
    answers = Answers()
    web = Web(tmp_path)
    monkeypatch.setattr(httpx2, "HTTPTransport", lambda: httpx2.MockTransport(answers))
    with pytest.raises(UnsafeInputError) as raised:
        web.fetch("http://good.example/away")
    assert raised.value.code == "recto:privateAddress"
    assert [request.url.host for request in answers.requests] == ["93.184.216.34"]


@pytest.mark.parametrize(
    ("url", "body", "wrong"),
    [
        ("http://e.example/t.xsd", b"", "nothing"),
        ("http://e.example/t.xsd", b" \r\n", "nothing"),
        ("http://e.example/t.xml", b"<!DOCTYPE HTML><html>", "a web page"),
        ("http://e.example/t.XSD", b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><html lang='en'>", "a web page"),
        ("http://e.example/t.xsd", b"<xs:schema/>", ""),
        ("http://e.example/t.xml", b"<htmlish/>", ""),
        ("http://e.example/t.htm", b"<html>", ""),
        ("http://e.example/t", b"", ""),
    ],
)
def test_what_is_no_schema(url: str, body: bytes, wrong: str) -> None:
    assert wrong_content(url, body) == wrong
