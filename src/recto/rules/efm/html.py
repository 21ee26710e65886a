"""The HTML that EDGAR takes: elements, attributes, references (EDGAR Filer Manual, 5.2.2 and 5.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from recto.patterns import lazy
from recto.xml.xlink import XML_LANG

if TYPE_CHECKING:
    from recto.rules.subject import Subject

_CORE: Final = frozenset("id class style title lang dir".split())


def _also(names: str) -> frozenset[str]:
    return _CORE | frozenset(names.split())


_PLAIN: Final = (
    "address b big blockquote center cite code dd dfn dl dt em i kbd samp small span strike strong sub sup tt u var"
    " tbody thead tfoot"
).split()
ELEMENTS: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(_PLAIN, _CORE),
    **dict.fromkeys("h1 h2 h3 h4 h5 h6 div p caption".split(), _also("align")),
    **dict.fromkeys("menu dir".split(), _also("compact")),
    **dict.fromkeys("ul li".split(), _also("compact type value")),
    "a": _also("href name rel rev"),
    "br": _also("clear"),
    "font": _also("color size"),
    "hr": _also("align noshade size width"),
    "img": _also("align alt border height width name src hspace vspace"),
    "ol": _also("compact start type"),
    "pre": _also("width"),
    "table": _also("align bgcolor border cellpadding cellspacing width summary frame rules"),
    **dict.fromkeys(
        "td th".split(), _also("align bgcolor colspan rowspan height nowrap valign width abbr axis headers scope")
    ),
    "tr": _also("align bgcolor valign"),
}
"""Elements of text in text blocks, with their attributes."""
BY_CONTENT: Final = frozenset(("a", "img", "table"))
"""Those of which more is asked than which attributes they have."""
DISALLOWED: Final = frozenset(
    (
        "abbr acronym area base bdo button cite col colgroup dd del embed fieldset form input ins label legend map"
        " noscript object optgroup option param q rb rbc rp rt rtc ruby script select style textarea"
    ).split()
)
"""Elements of XHTML that inline documents do not have; what is no element of XHTML 1.1 the schema tells."""
DISALLOWED_ATTRIBUTES: Final = frozenset(
    (
        *(("a", name) for name in ("charset", "coords", "hreflang", "name", "shape", "target")),
        *(("link", name) for name in ("charset", "href", "hreflang", "media", "rel", "rev", "target")),
        *(("img", name) for name in ("ismap", "usemap")),
        ("blockquote", "cite"),
        ("body", "link"),
        ("head", "profile"),
        ("html", "lang"),
        ("html", "version"),
        ("meta", "scheme"),
    )
)
"""(element, attribute) of XHTML that inline documents do not have."""
_ACTIVE: Final = lazy(r"^[\s\x00]*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
_ARCHIVES: Final = lazy(r"https?://www\.sec\.gov/(?:ix\?doc=/)?Archives/edgar/data/", re.IGNORECASE)
_ABSOLUTE: Final = lazy(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")
_ELSEWHERE: Final = lazy(r"\s*(?:https?|ftp):", re.IGNORECASE)
_IMAGES: Final = (".jpg", ".gif")
_MAGIC: Final = {".jpg": b"\xff\xd8", ".gif": b"GIF8"}


def is_active(reference: str) -> bool:
    """Whether following a reference runs something."""
    return _ACTIVE.match(reference) is not None


def is_external(reference: str) -> bool:
    """Whether a link leads away from the submission and from others filed before."""
    return _ELSEWHERE.match(reference) is not None and _ARCHIVES.match(reference.strip()) is None


def is_remote(source: str) -> bool:
    """Whether an image lies elsewhere than in the submission."""
    return _ABSOLUTE.match(source) is not None


def is_image(name: str) -> bool:
    return name.strip().lower().endswith(_IMAGES)


def is_intact(name: str, data: bytes) -> bool:
    """Whether a file that is named as an image begins like one."""
    suffix = name[name.rfind(".") :].lower()
    return data.startswith(_MAGIC.get(suffix, b""))


def faults(element: Any, name: str, subject: Subject) -> Iterator[str]:
    """What EDGAR does not take of an element of a text, in words that end a sentence. `name` is without namespace."""
    allowed = ELEMENTS.get(name)
    if allowed is None:
        yield f"<{name}> is not allowed"
        return
    if element.tag == name and element.nsmap:
        yield f"<{name}> declares a namespace"
    for attribute in element.attrib:
        if attribute not in allowed and not (attribute == XML_LANG and element.tag != name):
            yield f"<{name}> may not have the attribute {attribute}"
    if name == "table" and any(outer.tag == element.tag for outer in element.iterancestors()):
        yield "a table stands within a table"
    if name == "a":
        reference = element.get("href") or ""
        if is_active(reference):
            yield f"the link {reference!r} runs something"
        elif is_external(reference):
            yield f"the link {reference!r} leads outside EDGAR"
    elif name == "img":
        yield from _image(element.get("src") or "", subject)


def _image(source: str, subject: Subject) -> Iterator[str]:
    if is_active(source) or is_remote(source) or not is_image(source):
        yield f"the image {source!r} is no JPEG or GIF file of the submission"
        return
    filing = subject.filing
    if filing is None or not filing.source.files:
        return
    read = filing.source.files.get(source) or filing.source.files.get(source.rpartition("/")[2])
    if read is None:
        if len(filing.source.files) > 1:  # a single document is not seen with what belongs to it
            yield f"the image {source!r} is not in the submission"
    elif not is_intact(source, read()):
        yield f"the image {source!r} is none by its content"
