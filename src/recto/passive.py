"""Markup that comes from a filing, made passive: it runs and fetches nothing.

A filing is a stranger's file. Its text blocks and footnotes stand in pages as they are, which is what the SEC does, as
long as they hold nothing that a browser runs, or fetches by itself; what does is written anew from a list of what may
stay. Elements and attributes of ordinary HTML stay; scripts, handlers, forms, frames, foreign vocabularies, addresses
of other schemes, remote images and styles that name addresses go. Links that a reader must click stay.

The result is safe whatever a browser makes of the original: it is put together of known tags, checked attributes and
escaped text only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import Any, Final

from recto.patterns import lazy

_PLAIN: Final = (
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn "
    "dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark menu nav ol "
    "p pre q s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr"
).split()
"""Elements that stay."""
_VOID: Final = frozenset(("br", "col", "hr", "img", "wbr"))
_GONE: Final = frozenset(
    "applet audio base bgsound canvas datalist embed frame frameset head iframe input isindex keygen link math meta "
    "noembed noframes noscript object plaintext portal script select style svg template textarea title video "
    "xmp".split()
)
"""Elements that go with all that they hold; others that are not on the list leave what they hold."""
_ATTRIBUTES: Final = frozenset(
    "abbr align alt axis bgcolor border bordercolor cellpadding cellspacing char charoff cite class clear color "
    "colspan compact datetime dir face frame headers height href hspace id lang name noshade nowrap reversed rowspan "
    "rules scope size span src start style summary title type valign value vspace width".split()
)
_ELEMENTS: Final = frozenset(_PLAIN)
_ATTRIBUTE_NAMES: Final = _ATTRIBUTES - {"src", "href"}
_HREF: Final = lazy(r"(?:https?|ftp|mailto):|[^:\\]*(?:[/?#]|$)", re.IGNORECASE)
_SRC: Final = lazy(r"(?!//)[^:\\]*$|data:image/(?:png|gif|jpe?g|webp)[;,]", re.IGNORECASE)
_STYLE: Final = r"url\s*\(|image(?:-set)?\s*\(|src\s*\(|expression\s*\(|@import|behaviou?r\s*:|-moz-binding"
_BAD_STYLE: Final = lazy(rf"{_STYLE}|\\|/\*", re.IGNORECASE)
_REGULAR: Final = lazy(r"""<!--.*-->|</?[a-z][^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""", re.I | re.S)
"""A comment, or a tag whose quotes are closed within it."""
_SUSPICIOUS: Final = lazy(
    rf"""</?(?!(?:{"|".join(_PLAIN)})(?![^\s/>]))[a-z]"""  # another element
    r"""|[\s"'/](?:on\w+|formaction|action|srcset|srcdoc|poster|ping|background|\w+src|[\w.-]+:[\w.-]+|http-equiv)\s*="""
    r"""|[\s"'/]href\s*=(?!\s*["'](?:(?:https?|ftp|mailto):|[^:\\&"']*["'/?#]))"""
    r"""|[\s"'/]src\s*=(?!\s*["'](?!//|/?\\)(?:[^:\\&"']*["']|data:image/(?:png|gif|jpe?g|webp)[;,]))"""
    r"""|style\s*=(?!\s*["'])|style\s*=\s*(?:"[^"]*&(?!quot;|amp;|nbsp;)[^"]*"|'[^']*&(?!quot;|amp;|nbsp;)[^']*')"""
    rf"""|{_STYLE}|\\[0-9a-f]{{1,6}}""",
    re.IGNORECASE,
)
_USUAL: Final = lazy(r"""/?([a-z][a-z0-9]*)((?: [a-z]+="[\w .,;:#%!+'-]*")*)\s*/?>""", re.ASCII)
"""Most tags: nothing in the values of their attributes can be an address, a function or a reference, which is told
sooner than by `_SUSPICIOUS`."""
_NAMES: Final = lazy(r' ([a-z]+)="')
_CONTROLS: Final = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def passive(markup: str) -> str:
    """Markup of a filing, without what runs or fetches something; the same string if there is nothing of it."""
    if "<" not in markup:
        return markup
    pieces = markup.split("<")
    del pieces[0]
    try:
        tags = {piece[: piece.index(">") + 1] for piece in set(pieces)}  # most are written many times
    except ValueError:  # a tag that holds another, or does not end
        return _rewritten(markup)
    return markup if all(map(_harmless, tags)) else _rewritten(markup)


@lru_cache(4096)
def _harmless(tag: str) -> bool:
    """Whether a tag (or comment), its `<` left off, may stay as it is. Reports repeat few tags thousands of times."""
    usual = _USUAL.fullmatch(tag)
    if usual is not None and usual[1] in _ELEMENTS and _ATTRIBUTE_NAMES.issuperset(_NAMES.findall(usual[2])):
        folded = tag.casefold()
        if "behav" not in folded and "binding" not in folded:
            return True
    tag = f"<{tag}"
    return _REGULAR.fullmatch(tag) is not None and _SUSPICIOUS.search(tag) is None


_TIMES: Final = 4
_BOUND_MET: Final = (1, 114)
"""Types of libxml2's error where a bound of its own is met: XML_ERR_INTERNAL_ERROR, XML_ERR_RESOURCE_LIMIT."""


def _rewritten(markup: str) -> str:
    """Markup written anew until it is what a parser makes of it, so that no browser finds another tree in it."""
    for _ in range(_TIMES):
        made = _written_anew(markup)
        if made == markup:
            return made
        markup = made
    return escape(markup)


def _written_anew(markup: str) -> str:
    from lxml import etree, html

    parser = html.HTMLParser(huge_tree=True)
    try:
        text = _CONTROLS.sub("", markup).encode("utf-8", "replace").decode()
        root = html.fragment_fromstring(text, create_parent="div", parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):  # hardly HTML
        return escape(markup)
    if any(each.type in _BOUND_MET for each in parser.error_log):  # it nests too deeply: the rest was lost
        return escape(markup)
    return "".join(_written(root))


def _written(root: Any) -> Iterator[str]:
    """The content of an element, by a walk without recursion: markup nests as deep as it likes."""
    yield escape(root.text or "", quote=False)
    stack: list[tuple[Iterator[Any], str, str]] = [(iter(root), "", "")]
    while stack:
        element = next(stack[-1][0], None)
        if element is None:
            _, end, tail = stack.pop()
            yield end + tail
            continue
        tail = escape(element.tail or "", quote=False)
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _GONE or ":" in tag:
            yield tail
            continue
        known = tag in _PLAIN
        if known:
            yield f"<{tag}{''.join(_attributes(element))}>"
        yield escape(element.text or "", quote=False)
        stack.append((iter(element), f"</{tag}>" if known and tag not in _VOID else "", tail))


def _attributes(element: Any) -> Iterator[str]:
    for name, value in element.attrib.items():
        if name not in _ATTRIBUTES:
            continue
        if name in ("href", "cite") and _HREF.match(_address(value)) is None:
            continue
        if name == "src" and _SRC.match(_address(value)) is None:
            continue
        if name == "style":
            value = ";".join(part for part in value.split(";") if _BAD_STYLE.search(part) is None)
            if not value:
                continue
        yield f' {name}="{escape(value)}"'


_IGNORED: Final = lazy(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060\ufeff]")


def _address(value: str) -> str:
    """An address as a browser reads it: white space and controls within it do not count."""
    return _IGNORED.sub("", value)
