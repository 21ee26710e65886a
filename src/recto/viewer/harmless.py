"""What a filing wrote, made harmless: XHTML in which nothing runs, fetches or leads anywhere.

Only elements and attributes on a list stay (a style sheet for libxslt does the work, so that large documents cost
little). It is the first of three locks: the viewer shows the result in a frame that allows no script, under a policy
that allows no request.
"""

from __future__ import annotations

import os
import re
import threading
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from recto.names import IX, IX_1_0, XHTML
from recto.patterns import lazy

_KEPT: Final = (
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn "
    "dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark menu nav "
    "nobr ol p pre q rp rt ruby s samp section small span strike strong sub sup table tbody td tfoot th thead time tr "
    "tt u ul var wbr"
).split()
_DROPPED: Final = (
    "applet area audio base basefont bgsound button canvas datalist dialog embed fencedframe frame frameset head "
    "iframe input isindex link map math meta meter noembed noframes noscript object optgroup option param portal "
    "progress script select slot source style svg template textarea title track video xml"
).split()
"""These go with all that is in them; any other element that is not kept leaves its content."""
_ATTRIBUTES: Final = (
    "abbr align alt bgcolor border cellpadding cellspacing class clear color cols colspan dir face frame headers "
    "height hspace id lang noshade nowrap rowspan rules scope size span start style title type valign value vspace "
    "width"
).split()
_MARKED: Final = "nonFraction nonNumeric continuation footnote fraction numerator denominator tuple".split()
MARK: Final = f"{{urn:recto:{os.urandom(8).hex()}}}"
"""Namespace of the marks (`f`, `k`, `w`) that `recto.viewer.documents` sets before, and which become `data-f` etc.
A filing's own `data-` attributes never pass, and none can know the namespace, which is another in each process."""


def _each(names: list[str], prefixes: tuple[str, ...]) -> str:
    return "|".join(f"{prefix}{name}" for name in names for prefix in prefixes)


def _sheet() -> str:
    kept = _each(_KEPT, ("h:", ""))
    dropped = _each(_DROPPED, ("h:", "", "s:"))
    marked = _each(_MARKED, ("i:", "j:"))
    attributes = f" {' '.join(_ATTRIBUTES)} "
    return f"""<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="{XHTML}"
 xmlns:h="{XHTML}" xmlns:s="http://www.w3.org/2000/svg" xmlns:i="{IX}" xmlns:j="{IX_1_0}"
 xmlns:m="{MARK[1:-1]}" exclude-result-prefixes="h i j m s">
<xsl:output method="xml" omit-xml-declaration="yes" indent="no"/>
<xsl:template match="/"><div><xsl:apply-templates/></div></xsl:template>
<xsl:template match="*"><xsl:apply-templates/></xsl:template>
<xsl:template match="comment()|processing-instruction()"/>
<xsl:template match="{dropped}|i:header|j:header|i:hidden|j:hidden"/>
<xsl:template match="{kept}">
<xsl:element name="{{local-name()}}" namespace="{XHTML}">
<xsl:copy-of select="@*[not(namespace-uri()) and contains('{attributes}', concat(' ', name(), ' '))]"/>
<xsl:apply-templates select="@m:*|@href|@src|self::h:a/@name|self::a/@name"/>
<xsl:apply-templates/></xsl:element></xsl:template>
<xsl:template match="text()"><xsl:copy/></xsl:template>
<xsl:template match="{marked}"><span><xsl:apply-templates select="@m:*"/><xsl:apply-templates/></span></xsl:template>
<xsl:template match="@*"/>
<xsl:template match="@m:*"><xsl:attribute name="data-{{local-name()}}"><xsl:value-of select="."/></xsl:attribute>
</xsl:template>
<xsl:template match="@href"><xsl:if test="starts-with(., '#')"><xsl:copy/></xsl:if></xsl:template>
<xsl:template match="h:a/@name|a/@name"><xsl:copy/></xsl:template>
<xsl:template match="h:img/@src|img/@src"><xsl:attribute name="data-src"><xsl:value-of select="."/></xsl:attribute>
</xsl:template>
</xsl:stylesheet>"""


_local = threading.local()
_STYLES: Final = etree.XPath("//@style[contains(., '(') or contains(., '\\') or contains(., '@') or contains(., '<')]")
_PARSER: Final = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}
_FUNCTION: Final = lazy(r"(?:rgba?|hsla?|calc|min|max|clamp|translate[XYxy]?|rotate|scale)$")
_CALL: Final = lazy(r"([\w-]*)\(")
_SAFE_IMAGE: Final = lazy(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*$")


def _transform(tree: Any) -> Any:
    sheet = getattr(_local, "sheet", None)
    if sheet is None:
        access = etree.XSLTAccessControl.DENY_ALL
        sheet = _local.sheet = etree.XSLT(etree.XML(_sheet()), access_control=access)
    return sheet(tree).getroot()


def harmless_tree(root: Any) -> Any:
    """The same content under a `div`, harmless. `root` is left as it is."""
    result = _transform(root)
    for style in _STYLES(result):
        owner = style.getparent()
        cleaned = harmless_style(str(style))
        if cleaned != style:
            owner.set("style", cleaned)
    return result


def harmless(markup: str) -> str:
    """A text block or footnote as well-formed XHTML content. What can be read neither as XML nor as HTML becomes its
    text.
    """
    if "<" not in markup and "&" not in markup:
        return markup.replace(">", "&gt;")
    root = _parsed(markup)
    try:
        result = None if root is None else harmless_tree(root)
    except etree.XSLTError:  # nested more deeply than libxslt follows
        result = None
    if result is None:
        return re.sub(r"<[^>]*>?", " ", markup).replace("&", "&amp;").replace(">", "&gt;")
    return inner(result)


def inner(element: Any) -> str:
    """What stands between an element's tags, as XML; names of XHTML without prefix or declaration."""
    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    start, end = text.find(">") + 1, text.rfind("</")
    return text[start:end].replace(f' xmlns="{XHTML}"', "") if end >= start else ""


def _parsed(markup: str) -> Any | None:
    wrapped = f'<text xmlns="{XHTML}">{markup}</text>'
    try:
        return etree.fromstring(wrapped, etree.XMLParser(**_PARSER))
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        parser = etree.HTMLParser(no_network=True, huge_tree=True, encoding="utf-8", remove_pis=True)
        return etree.fromstring(f"<html><body>{markup}</body></html>".encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


@lru_cache(maxsize=4096)
def harmless_style(style: str) -> str:
    """Declarations that can fetch nothing: without `url(…)` and other functions but those of colors and lengths."""
    kept = [each for each in style.split(";") if _is_safe(each)]
    return ";".join(kept)


def _is_safe(declaration: str) -> bool:
    if "\\" in declaration or "@" in declaration or "<" in declaration or "/*" in declaration:
        return False
    folded = declaration.casefold()
    if "behavior" in folded or "binding" in folded or "javascript" in folded:
        return False
    return all(_FUNCTION.match(name) for name in _CALL.findall(folded))


def harmless_sheet(css: str) -> str:
    """A style sheet of rules for selectors, without rules that begin with `@`, and with harmless declarations."""
    css = re.sub(r"/\*.*?(?:\*/|$)", " ", css.replace("<!--", " ").replace("-->", " "), flags=re.S)
    css = re.sub(r"@[^{};]*(?:;|$)", " ", css)
    css = re.sub(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}?", " ", css)
    rules: list[str] = []
    for selector, body in re.findall(r"([^{}]*)\{([^{}]*)\}", css):
        name = selector.rpartition(";")[2].strip()
        if name and "@" not in selector and "<" not in name and "\\" not in name:
            declarations = harmless_style(" ".join(body.split()))
            if declarations:
                rules.append(f"{name}{{{declarations}}}")
    return "\n".join(rules)


def is_harmless_image(url: str) -> bool:
    """An image that the document carries in itself."""
    return _SAFE_IMAGE.match(url) is not None
