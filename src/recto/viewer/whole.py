"""An inline document as one part: its own text, and which of its elements report which facts.

Nothing is made harmless here: the front end parses the text where nothing runs or loads, and keeps what is on its list
(`rawdoc.js`). Making this part takes a fraction of the time that pieces take, so files on disk carry documents this
way, up to a size beyond which pieces are shown sooner.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from recto.names import XHTML
from recto.patterns import lazy
from recto.viewer.harmless import harmless_sheet
from recto.viewer.model import SourcePart

if TYPE_CHECKING:
    from recto.instance.inline.document import InlineFile

_STYLE: Final = f"{{{XHTML}}}style"
_IMAGE: Final = f"{{{XHTML}}}img"
_DECLARATION: Final = lazy(r"\s*<\?xml[^>]*?(?:encoding\s*=\s*[\"']([\w.-]+)[\"'])?[^>]*\?>", re.IGNORECASE)


def source_part(
    file: InlineFile,
    facts: Mapping[Any, tuple[int, str]],
    hidden: Mapping[str, int],
    title: str,
    read: Callable[[str], bytes | None],
) -> SourcePart:
    """`facts`: element → fact and kind; `hidden`: hidden facts by id; `read` gives the bytes of a file of the filing by
    its name, None where there is none."""
    name = file.doc.url.rpartition("/")[2]
    root = file.doc.root
    numbers: list[int] = []
    blocks: list[int] = []
    for each in file.facts:
        said = facts.get(each.element)
        numbers.append(-1 if said is None else said[0])
        if said is not None and said[1] == "b":
            blocks.append(said[0])
    continued: dict[str, int] = {}
    for each in file.continuations:
        said = facts.get(each.element)
        identifier = each.element.get("id")
        if said is not None and identifier is not None:
            continued[identifier] = said[0]
            if said[1] == "b":
                blocks.append(said[0])
    sheets = [harmless_sheet("".join(style.itertext())) for style in root.iter(_STYLE)]
    data = read(name)
    markup = None if data is None else _text(data)
    if markup is None:
        markup = etree.tostring(root, encoding="unicode", with_tail=False)
    return SourcePart(
        name=name,
        markup=markup,
        namespace=file.namespace[1:-1],
        facts=tuple(numbers),
        blocks=tuple(dict.fromkeys(blocks)),
        continued=continued,
        hidden=dict(hidden) if "-ix-hidden" in markup else {},
        style="\n".join(each for each in sheets if each),
        images=tuple(dict.fromkeys(str(each.get("src")) for each in root.iter(_IMAGE) if each.get("src"))),
        language=file.language(root) or "",
        title=title,
    )


def _text(data: bytes) -> str | None:
    """A document's text without its XML declaration, where a browser's XML parser needs no more to read it: UTF-8, and
    no document type, which may declare entities."""
    if b"<!DOCTYPE" in data[:4096]:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    declaration = _DECLARATION.match(text)
    if declaration is None:
        return text
    if (declaration[1] or "utf-8").casefold() not in ("utf-8", "us-ascii", "ascii"):
        return None
    return text[declaration.end() :]
