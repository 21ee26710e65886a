"""URLs of documents: resolving, splitting, and turning file paths into URLs and back (RFC 3986, RFC 8089)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from recto.errors import NotFoundError
from recto.patterns import lazy

_PLAIN = lazy(r"[A-Za-z0-9_.-]+\Z")
_UNSAFE = lazy(r"[^!#$%&'()*+,/:;=?@\[\]~A-Za-z0-9_.-]")
_PORTS = {"http": ":80", "https": ":443"}
_OCTET = lazy(r"%([0-9A-Fa-f]{2})")
_START = lazy(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SCHEME = lazy(r"([A-Za-z][A-Za-z0-9+.-]+):")


@lru_cache(maxsize=16384)
def resolve_url(base: str, href: str) -> str:
    """`href` made absolute against `base`, in normal form; a fragment in `href` is kept.

    White space around the reference is dropped, as for any `xs:anyURI`; characters that no URI may hold are
    percent-encoded (XLink 1.0, 5.4), so that a file name with blanks has one spelling. An empty `href` is the base.
    """
    href = href.strip()
    if not href:
        return split_fragment(base)[0]
    if _PLAIN.match(href) and "?" not in base and "#" not in base:
        return base[: base.rfind("/") + 1] + href if href not in (".", "..") else urljoin(base, href)
    if href[0] == "#":
        return split_fragment(base)[0] + _encode(href)
    address, _, fragment = href.partition("#")
    if fragment and not address[-1].isspace():  # many pointers lead into one document
        return resolve_url(base, address) + "#" + _encode(fragment)
    try:
        return normalize_url(urljoin(base, _encode(href)))
    except ValueError:  # such as a bracket that opens no IPv6 address
        return _encode(href)


def split_fragment(url: str) -> tuple[str, str]:
    """`(url without fragment, fragment)`; the fragment is percent-decoded and "" where there is none."""
    address, _, fragment = url.partition("#")
    return address, unquote(fragment) if "%" in fragment else fragment


@lru_cache(maxsize=16384)
def normalize_url(url: str) -> str:
    """Scheme and host in lower case, dot segments and default ports removed, percent-encoding in its one form: only of
    what needs it, with capital digits (RFC 3986, 6.2.2 and 6.2.3).
    """
    try:
        scheme, host, path, query, fragment = urlsplit(_encode(url))
    except ValueError:
        return url
    if "%" in url:
        path, query, fragment = map(_one_form, (path, query, fragment))
    port = _PORTS.get(scheme)
    if port is not None and host.endswith(port):
        host = host[: -len(port)]
    if not scheme:
        return url
    if "/." in path or "//" in path:
        path = _remove_dots(path)
    if not path and host:
        path = "/"
    normal = urlunsplit((scheme, host.lower(), path, query, fragment))
    return "file://" + normal[5:] if scheme == "file" and not normal.startswith("file://") else normal


def normalize_start(start: str) -> str:
    """The beginning of a URL, as catalogs have it, in the form that `normalize_url` gives whole ones."""
    start = _START.sub(lambda match: match[0].lower(), _encode(start), count=1)
    return _one_form(start) if "%" in start else start


def _one_form(text: str) -> str:
    return _OCTET.sub(_octet, text)


def _octet(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def split_url(url: str) -> SplitResult | None:
    """The parts of a URL; None for what nobody can be asked for: a bracket that opens no IPv6 address, a port that is
    no number up to 65535, a host whose labels are empty or too long for a name (RFC 3986, 3.2; RFC 1035, 2.3.4).
    """
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises
        host = parts.hostname or ""
        if not host.isascii():
            host.encode("idna")
    except ValueError:
        return None
    if host and not all(0 < len(label) < 64 for label in host.removesuffix(".").split(".")):
        return None
    return parts


def checked_url(url: str) -> SplitResult:
    """The parts of a URL. Raises `NotFoundError` for what has the form of none: nobody can be asked for it."""
    parts = split_url(url)
    if parts is None:
        raise NotFoundError(
            "it is no URL that a server could be asked for: its host or port is malformed", document=url
        )
    return parts


def is_absolute(url: str) -> bool:
    return _SCHEME.match(url) is not None


def file_url(path: str | Path) -> str:
    """The `file:///…` URL of a path (made absolute, links not followed). A folder's URL has no closing slash."""
    return "file://" + quote(Path(path).absolute().as_posix(), safe="/!$&'()*+,;=:@~")


def file_path(url: str) -> Path | None:
    """The path that a `file:` URL names; None for any other URL, and for one that names another host."""
    if not url.startswith("file:"):
        return None
    parts = split_url(url)
    if parts is None or parts.netloc not in ("", "localhost") or "%00" in parts.path:
        return None
    return Path(unquote(parts.path))


def file_name(url: str) -> str:
    """The last segment of a URL's path, decoded: what people call the document."""
    return unquote(url.partition("#")[0].partition("?")[0].rpartition("/")[2])


def _encode(url: str) -> str:
    return _UNSAFE.sub(lambda match: quote(match.group()), url)


def _remove_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:]:
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
