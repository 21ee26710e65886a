"""The viewer as a file that opens from disk, from an e-mail or from any web host, without server or network."""

from __future__ import annotations

import base64
import hashlib
import html
import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from recto.errors import SourceError
from recto.files import write, write_all
from recto.rendering.writers.folder import file_bytes
from recto.viewer.describe import Description
from recto.viewer.link import front_file, later, linked

if TYPE_CHECKING:
    from recto.filed import Filed

LARGEST: Final = 24 << 20
"""Bytes of compressed parts up to which they stand in the file itself; beyond, in a folder beside it."""
_LEVEL: Final = 4
WHOLE: Final = 8 << 20
"""Bytes of a document up to which it stands in a file as it was filed; pieces of a larger one are shown sooner."""
_FULL: Final = 512 << 10
"""Bytes of parts beyond which another bundle of their kind is begun."""
_PIECES: Final = 12
"""Pieces of a document that are packed together."""
_POLICY: Final = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: 'self'{images}; "
    "frame-src 'self'; form-action 'none'; base-uri 'none'"
)


FOLDER_KINDS: Final = ("pages", "facts", "concepts", "contexts", "texts", "findings", "documents")
"""Parts of the viewer that stands in a folder of rendered pages."""


def write_view(filing: Filed, path: str | os.PathLike[str], *, validate: bool, largest: int | None) -> list[str]:
    """What `Filing.view` does."""
    target = Path(path)
    description = Description(filing, validate=validate, whole=WHOLE)
    images = _images(description, filing.source.files)
    folder = f"{target.stem}.files"
    page = packed_page(description, images=images, folder=folder, largest=LARGEST if largest is None else largest)
    try:
        if page.files:
            (target.parent / folder).mkdir(parents=True, exist_ok=True)
            write_all(target.parent / folder, page.files)
        write(target, page.html)
    except OSError as error:
        raise SourceError(f"the file cannot be written: {error.strerror}", document=str(target)) from error
    return [target.name, *(f"{folder}/{name}" for name in page.files)]


def _images(description: Description, files: Mapping[str, object]) -> dict[str, bytes]:
    """The pictures that the filing brings and its documents name."""
    found: dict[str, bytes] = {}
    for name in description.images:
        data = file_bytes(files, name)
        if data is not None and any(name in each for each in description.documents.images):
            found[name] = data
    return found


class Page(msgspec.Struct):
    """What was made: the file, and what goes into the folder beside it, if anything does."""

    html: bytes
    files: dict[str, bytes] = {}


def plain_page(description: Description, *, downloads: Iterable[str] = ()) -> Page:
    """The viewer with its parts as they are, without compression: quick to write, for a folder of pages.

    Documents stand beside it in scripts that hold nothing but text, and are loaded when they are looked at.
    """
    bundles = _bundles(description)
    head = msgspec.structs.replace(description.head(), downloads=tuple(downloads))
    del bundles["filing"]
    first = _first_page(description, bundles)
    names = {part: name for name, group in bundles.items() for part in group}
    tags: list[bytes] = []
    files: dict[str, bytes] = {}
    for name in list(bundles):  # each is let go when it stands in the page
        data = _joined(bundles.pop(name))
        if name.startswith("document-"):
            files[f"{name}.js"] = _SCRIPT % (name.encode(), data)
        else:
            tags.append(b'<script type="application/json" id="bundle-%s">%s</script>' % (name.encode(), _json(data)))
    boot = {"parts": names, "beside": True, "folder": "."}
    given = {"filing": msgspec.Raw(msgspec.json.encode(head)), **first}
    page = _page(head.title, {**boot, "given": given}, tags, images=" file:", beside=bool(files))
    return Page(page, files)


def packed_page(
    description: Description,
    *,
    images: Mapping[str, bytes] | None = None,
    folder: str = "",
    largest: int = LARGEST,
) -> Page:
    """The viewer with its parts compressed. `images`: files that documents show, by name. `folder`: what the folder
    beside the file is called where its parts are larger than `largest`.
    """
    bundles = _bundles(description)
    given = {"filing": msgspec.Raw(bundles.pop("filing")["filing"]), **_first_page(description, bundles)}
    for name, data in (images or {}).items():
        url = image_url(name, data)
        if url is not None:
            bundles.setdefault(f"image-{len(bundles)}", {})[f"files/{name}"] = msgspec.json.encode(url)
    head = description.head()
    parts = {part: name for name, group in bundles.items() for part in group}
    packed = {name: base64.b64encode(zlib.compress(_joined(group), _LEVEL)).decode() for name, group in bundles.items()}
    digests: list[str] = []
    if "charts" in head.parts:
        from recto.viewer.vega import packed as packed_vega

        packed["vega"], digest = packed_vega()
        digests.append(digest)
        parts["vega"] = "vega"
    title = head.title
    if sum(map(len, packed.values())) <= largest or not folder:
        tags = [
            f'<script type="application/json+deflate" id="bundle-{name}">{data}</script>'.encode()
            for name, data in packed.items()
        ]
        return Page(_page(title, {"parts": parts, "given": given}, tags, digests))
    files = {f"{name}.js": _SCRIPT % (name.encode(), f'"{data}"'.encode()) for name, data in packed.items()}
    return Page(_page(title, {"parts": parts, "folder": folder, "given": given}, [], digests, beside=True), files)


_SCRIPT: Final = b'(globalThis.rectoBundles = globalThis.rectoBundles || {})["%s"] = %s;\n'


def _first_page(description: Description, bundles: Mapping[str, Mapping[str, bytes]]) -> dict[str, msgspec.Raw]:
    """The part that is shown first, which the page brings along as it is, before all others."""
    names = [f"pages/{report.stem}" for report in description.reports[:1]]
    return {name: msgspec.Raw(group[name]) for name in names for group in bundles.values() if name in group}


def _bundles(description: Description) -> dict[str, dict[str, bytes]]:
    """The parts by what they are packed with: those of a kind, as many as a browser reads without a halt."""
    bundles: dict[str, dict[str, bytes]] = {}
    filled: dict[str, tuple[int, int]] = {}
    for name in description.names():
        data = description.encode(name)
        kind = _bundle(name)
        count, size = filled.get(kind, (0, 0))
        if size > _FULL:
            count, size = count + 1, 0
        filled[kind] = count, size + len(data)
        bundles.setdefault(f"{kind}.{count}" if count else kind, {})[name] = data
    return bundles


def _bundle(name: str) -> str:
    words = name.split("/")
    if words[0] == "documents" and words[2] == "source":
        return f"document-{words[1]}"
    if words[0] == "documents":
        return f"document-{words[1]}-{0 if words[2] == 'outline' else int(words[2]) // _PIECES}"
    return words[0]


def _joined(parts: Mapping[str, bytes]) -> bytes:
    """Parts that are JSON already, as one object."""
    return b"{" + b",".join(msgspec.json.encode(name) + b":" + data for name, data in parts.items()) + b"}"


def _page(
    title: str,
    boot: dict[str, Any],
    tags: list[bytes],
    digests: Iterable[str] = (),
    *,
    beside: bool = False,
    images: str = "",
) -> bytes:
    """`digests`: of scripts that the page's own may run. `beside`: scripts stand in a folder.
    `images`: from where pictures may come besides.
    """
    script, rest = linked(), later()
    allowed = " ".join(f"'sha256-{digest}'" for digest in (_digest(script), _digest(rest), *digests))
    policy = _POLICY.format(scripts=f"{allowed} file: 'self'" if beside else allowed, images=images)
    return shell(
        title,
        policy=f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
        boot=msgspec.json.encode(boot),
        script=f"<script>{script}</script>",
        rest=[f'<script type="text/plain" id="later">{rest}</script>'.encode(), *tags],
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def shell(title: str, *, policy: str, boot: bytes, script: str, rest: Sequence[bytes] = ()) -> bytes:
    """The page of the viewer; what it is given is markup, but for the title and `boot`, which is JSON.
    `rest`: elements, one a line, behind the script: the first page is drawn before they are read."""
    page = front_file("shell.html").decode()
    style = f"<style>\n{front_file('viewer.css').decode()}</style>"
    values = {"POLICY": policy, "TITLE": html.escape(title), "STYLE": style, "SCRIPT": script}
    parts = page.split("@")
    out = [
        values.get(part, part).encode("utf-8", "replace") if index % 2 else part.encode()
        for index, part in enumerate(parts)
    ]
    out[parts.index("BOOT")] = b'<script type="application/json" id="boot">%s</script>' % _json(boot)
    out[parts.index("REST")] = b"\n".join(rest)
    return b"".join(out)


def _json(data: bytes) -> bytes:
    """JSON that may stand in a script element."""
    return data.replace(b"<", b"\\u003c")


def image_url(name: str, data: bytes) -> str | None:
    """A picture as a `data:` URL; None for what is no picture that is shown."""
    kind = image_type(data)
    return None if kind is None else f"data:{kind};base64,{base64.b64encode(data).decode()}"


def image_type(data: bytes) -> str | None:
    """The media type of a picture by its first bytes: PNG, JPEG, GIF, WebP."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    return "image/webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None
