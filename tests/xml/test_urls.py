"""URLs: resolving references, fragments, file paths."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.xml import (
    file_name,
    file_path,
    file_url,
    is_absolute,
    normalize_start,
    normalize_url,
    resolve_url,
    split_fragment,
    split_url,
)

BASE = "http://example.com/a/b/instance.xml"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("c.xsd", "http://example.com/a/b/c.xsd"),
        (" c.xsd\n", "http://example.com/a/b/c.xsd"),
        ("../c.xsd", "http://example.com/a/c.xsd"),
        ("./c.xsd#x", "http://example.com/a/b/c.xsd#x"),
        ("../../../../c.xsd", "http://example.com/c.xsd"),
        ("#id", "http://example.com/a/b/instance.xml#id"),
        ("", BASE),
        ("..", "http://example.com/a/"),
        ("/c.xsd", "http://example.com/c.xsd"),
        ("//other.org/c.xsd", "http://other.org/c.xsd"),
        ("HTTPS://Other.ORG/C.xsd", "https://other.org/C.xsd"),
        ("my file.xsd", "http://example.com/a/b/my%20file.xsd"),
        ("my%20file.xsd", "http://example.com/a/b/my%20file.xsd"),
        ("é.xsd", "http://example.com/a/b/%C3%A9.xsd"),
        ("http://[bad/c.xsd", "http://[bad/c.xsd"),
    ],
)
def test_references_resolve_to_one_spelling(href: Any, expected: Any) -> None:
    assert resolve_url(BASE, href) == expected


def test_references_resolve_against_files() -> None:
    assert resolve_url("file:///data/a%20b/x.xml", "../y.xsd") == "file:///data/y.xsd"
    assert resolve_url("file:///data/f.zip/top/x.xml", "sub/y.xsd") == "file:///data/f.zip/top/sub/y.xsd"
    assert resolve_url("http://h/x.xml?v=1#f", "y.xsd") == "http://h/y.xsd"


def test_dot_segments_are_removed_from_absolute_urls_too() -> None:
    assert normalize_url("http://h/a/../b/./c.xsd") == "http://h/b/c.xsd"
    assert normalize_url("http://H") == "http://h/"
    assert normalize_url("file:/tmp/x") == "file:///tmp/x"
    assert normalize_url("relative/x") == "relative/x"


def test_fragments_are_decoded() -> None:
    assert split_fragment("http://h/x#a%20b") == ("http://h/x", "a b")
    assert split_fragment("http://h/x") == ("http://h/x", "")


NOBODY = (
    "http://[bad/x.xsd",
    "http://host:abc/x.xsd",
    "http://host:99999/x.xsd",
    "http://.../x.xsd",
    f"http://{'a' * 64}.example/x.xsd",
)
"""URLs that name no server, each in its own way."""


@pytest.mark.parametrize("url", NOBODY)
def test_what_names_no_server_has_no_parts(url: str) -> None:
    assert split_url(url) is None


@pytest.mark.parametrize("url", ["http://h/x", "https://[::1]:8080/x", "http://u:p@h.example:65535/x?y#z", "x.xsd", ""])
def test_all_else_has(url: str) -> None:
    parts = split_url(url)
    assert parts is not None
    assert parts.geturl() == url


def test_paths_become_urls_and_back(tmp_path: Path) -> None:
    path = tmp_path / "a b#c%é.xml"
    url = file_url(path)
    assert url.endswith("/a%20b%23c%25%C3%A9.xml")
    assert file_path(url) == path
    assert file_name(url) == path.name
    assert normalize_url(url) == url
    assert file_path("http://h/x") is None
    assert file_path("file://other/x") is None
    assert file_path("file:///x%00y") is None
    assert file_path("file://[bad/x") is None
    assert is_absolute("urn:x:y")
    assert not is_absolute("c:x"[2:])


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_reference_raises_and_normal_form_is_stable(base: Any, href: Any) -> None:
    url = resolve_url("http://example.com/" + base, href)
    assert normalize_url(normalize_url(url)) == normalize_url(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://example.com/b%c3%a9.xsd", "http://example.com/b%C3%A9.xsd"),
        ("http://example.com/%62.xsd", "http://example.com/b.xsd"),
        ("http://example.com/a/%2e%2e/c.xsd", "http://example.com/c.xsd"),
        ("http://example.com/a%2fb%2Fc", "http://example.com/a%2Fb%2Fc"),
        ("http://example.com/a?%7e=%c3#%5f", "http://example.com/a?~=%C3#_"),
        ("http://Example.COM:80/x", "http://example.com/x"),
        ("https://example.com:443/x", "https://example.com/x"),
        ("https://example.com:80/x", "https://example.com:80/x"),
        ("http://example.com/100%", "http://example.com/100%"),
    ],
)
def test_percent_encoding_and_ports_have_one_form(url: str, expected: str) -> None:
    assert normalize_url(url) == expected
    assert normalize_url(expected) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("HTTP://Example.ORG/Tax/", "http://example.org/Tax/"),
        ("http://Exam", "http://exam"),
        ("http://example.org/%62%c3", "http://example.org/b%C3"),
        ("", ""),
    ],
)
def test_beginnings_of_urls(start: str, expected: str) -> None:
    assert normalize_start(start) == expected
