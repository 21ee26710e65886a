"""The content model of XHTML 1.1 as Inline XBRL 1.1 has it: each element's content and attributes, as a schema.

Sources: XHTML Modularization 1.1 and the schema of Inline XBRL 1.1 (2013), which adds Inline XBRL's elements wherever
text or blocks may stand. Written as tables, from which a small schema is made for libxml2: to compile the published
one, of forty documents, takes longer than to validate a report of a thousand facts.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from lxml import etree

from recto.names import IX, XHTML, XML, XSD
from recto.patterns import lazy

_HEADINGS = "h1 h2 h3 h4 h5 h6"
_BLOCKS = f"{_HEADINGS} ul ol dl p div pre blockquote address hr table form fieldset"
_TEXT = "br span em strong dfn code samp kbd var cite abbr acronym q tt i b big small sub sup bdo"
_CONTROLS = "input select textarea label button"
_INLINE = f"{_TEXT} a img map object {_CONTROLS} ruby"
_TERMS = ("numerator", "denominator")
_MARKED = "footnote fraction nonFraction nonNumeric tuple continuation denominator exclude header numerator"
_FLOWING = frozenset(f"ix:{name}" for name in _MARKED.split() if name not in ("nonFraction", *_TERMS, "header"))
"""Elements of Inline XBRL in which text and blocks may stand."""
_ANYWHERE = "ins del script noscript ix:any"


def _without(names: str, *left_out: str) -> str:
    return " ".join(name for name in names.split() if name not in left_out)


_SETS = {
    "block": f"{_BLOCKS} {_ANYWHERE}",
    "inline": f"{_INLINE} {_ANYWHERE}",
    "flow": f"{_BLOCKS} {_INLINE} {_ANYWHERE}",
    "pre": f"{_without(_TEXT, 'big', 'small', 'sub', 'sup')} a map {_ANYWHERE}",
    "linked": f"{_without(_INLINE, 'a')} {_ANYWHERE}",
    "labeled": f"{_without(_INLINE, 'a', 'label', 'ruby')} {_ANYWHERE}",
    "form": f"{_without(_BLOCKS, 'form')} {_ANYWHERE}",
    "pressed": f"{_without(_BLOCKS, 'form', 'fieldset')} {_TEXT} img map object {_ANYWHERE}",
    "loaded": "script style meta link object",
}
"""Elements that may stand in the same places."""

CONTENT = {
    "html": "head, body",
    "head": "&loaded*, ((title, &loaded*, (base, &loaded*)?) | (base, &loaded*, title, &loaded*))",
    **dict.fromkeys(("body", "blockquote", "noscript"), "&block*"),
    **dict.fromkeys(("script", "style", "title", "textarea", "option", "rb", "rt", "rp"), "mixed"),
    **dict.fromkeys(("meta", "link", "base", "hr", "param", "br", "img", "input", "col", "area"), ""),
    **dict.fromkeys((*_HEADINGS.split(), *_TEXT.split()[1:]), "mixed &inline*"),
    **dict.fromkeys(("p", "address", "dt", "caption", "legend"), "mixed &inline*"),
    **dict.fromkeys(("div", "ins", "del", "li", "dd", "th", "td"), "mixed &flow*"),
    "object": "mixed (param | &flow)*",
    **dict.fromkeys(("ul", "ol"), "li+"),
    "dl": "(dt | dd)+",
    "pre": "mixed &pre*",
    "table": "caption?, (col* | colgroup*), ((thead?, tfoot?, tbody+) | tr+)",
    "form": "&form*",
    "fieldset": "mixed (legend | &flow)*",
    "a": "mixed &linked*",
    "map": "(&block | area)*",
    "select": "(optgroup | option)+",
    "label": "mixed &labeled*",
    "button": "mixed &pressed*",
    "ruby": "rb, (rt | (rp, rt, rp))",
    "colgroup": "col*",
    **dict.fromkeys(("thead", "tfoot", "tbody"), "tr+"),
    "tr": "(th | td)+",
    "optgroup": "option+",
}
"""What an element holds: nothing, text (`mixed`), elements; `&` names a set."""

_CORE = "id:ID class:classes title:string"
_LANGUAGE = "xml:lang dir:ltr|rtl"
_COMMON = f"{_CORE} {_LANGUAGE} style:string"
_ALIGNED = "align:left|center|right|justify|char char:character charoff:length valign:top|middle|bottom|baseline"
_FOCUS = "onfocus:string onblur:string"
_KEYS = "tabindex:number accesskey:character"
_AREA = "shape:rect|circle|poly|default coords:string"
_REFERENCE = "href:anyURI charset:string type:string hreflang:language rel:names rev:names"
_CELL = (
    f"abbr:string axis:string headers:IDREFS scope:row|col|rowgroup|colgroup rowspan:number colspan:number {_ALIGNED}"
)
_COLUMN = f"span:number width:lengths {_ALIGNED}"
_BARE = {
    "html": f"{_LANGUAGE} version=-//XBRL International//DTD XHTML Inline XBRL 1.1//EN",
    "head": f"{_LANGUAGE} profile:anyURI",
    "script": "charset:string type:string! src:anyURI defer:defer",
    "style": f"title:string {_LANGUAGE} type:string! media:string",
    "meta": f"{_LANGUAGE} http-equiv:NMTOKEN name:NMTOKEN content:string! scheme:string",
    "title": _LANGUAGE,
    "base": "href:anyURI!",
    "param": "id:ID name:string! value:string valuetype:data|ref|object type:string",
    "br": _CORE,
    "bdo": f"{_CORE} xml:lang dir:ltr|rtl!",
    "map": f"id:ID! class:classes title:string {_LANGUAGE}",
    **dict.fromkeys(("ruby", "rb", "rt", "rp"), ""),
}
"""Attributes of elements that do not have all the common ones."""
_MORE = {
    "body": "onload:string onunload:string",
    "link": f"{_REFERENCE} media:string",
    "object": "declare:declare classid:anyURI codebase:anyURI data:anyURI type:string codetype:string archive:addresses"
    " standby:string height:length width:length name:string tabindex:number usemap:IDREF",
    "pre": "xml:space",
    **dict.fromkeys(("blockquote", "q"), "cite:anyURI"),
    **dict.fromkeys(("ins", "del"), "cite:anyURI datetime:dateTime"),
    "table": "summary:string width:length border:number frame:void|above|below|hsides|lhs|rhs|vsides|box|border"
    " rules:none|groups|rows|cols|all cellspacing:length cellpadding:length",
    "form": "action:anyURI! method:get|post enctype:string accept-charset:string accept:string onsubmit:string"
    " onreset:string",
    "a": f"{_REFERENCE} {_KEYS} {_AREA} {_FOCUS}",
    "img": "src:anyURI! alt:string! longdesc:anyURI height:length width:length usemap:IDREF ismap:ismap",
    "input": "type:text|password|checkbox|radio|submit|reset|hidden|image|button|file name:string value:string"
    " checked:checked disabled:disabled readonly:readonly size:number maxlength:number src:anyURI alt:string"
    f" {_KEYS} accept:string usemap:IDREF ismap:ismap {_FOCUS} onselect:string onchange:string",
    "select": f"name:string size:number multiple:multiple disabled:disabled tabindex:number {_FOCUS} onchange:string",
    "textarea": "name:string rows:number! cols:number! disabled:disabled readonly:readonly"
    f" {_KEYS} {_FOCUS} onselect:string onchange:string",
    "label": f"for:IDREF accesskey:character {_FOCUS}",
    "button": f"name:string value:string type:button|submit|reset disabled:disabled {_KEYS} {_FOCUS}",
    **dict.fromkeys(("col", "colgroup"), _COLUMN),
    **dict.fromkeys(("thead", "tfoot", "tbody", "tr"), _ALIGNED),
    **dict.fromkeys(("th", "td"), _CELL),
    "legend": "accesskey:character",
    "area": f"href:anyURI {_AREA} nohref:nohref alt:string! {_KEYS} {_FOCUS}",
    "optgroup": "disabled:disabled label:string!",
    "option": "selected:selected disabled:disabled label:string value:string",
}
"""Attributes beside the common ones: `name:type`, with `!` where required; a type is one of those below, one of XML
Schema's, or the words that are allowed."""

_TYPES = """
<xs:simpleType name="number"><xs:restriction base="xs:nonNegativeInteger"/></xs:simpleType>
<xs:simpleType name="character"><xs:restriction base="xs:string"><xs:length value="1"/></xs:restriction></xs:simpleType>
<xs:simpleType name="names"><xs:list itemType="xs:NMTOKEN"/></xs:simpleType>
<xs:simpleType name="classes"><xs:restriction base="h:names"><xs:pattern value=".+"/></xs:restriction></xs:simpleType>
<xs:simpleType name="addresses"><xs:list itemType="xs:anyURI"/></xs:simpleType>
<xs:simpleType name="share">
<xs:restriction base="xs:string"><xs:pattern value="\\d+[%]|\\d*\\.\\d+[%]"/></xs:restriction></xs:simpleType>
<xs:simpleType name="length"><xs:union memberTypes="xs:nonNegativeInteger h:share"/></xs:simpleType>
<xs:simpleType name="part">
<xs:restriction base="xs:string"><xs:pattern value="\\d*\\*"/></xs:restriction></xs:simpleType>
<xs:simpleType name="lengths"><xs:union memberTypes="h:length h:part"/></xs:simpleType>
"""
_OWN_TYPES = frozenset(re.findall(r'name="(\w+)"', _TYPES))
_HEAD = f'xmlns:xs="{XSD}" xmlns:h="{XHTML}" xmlns:ix="{IX}" elementFormDefault="qualified"'
_XML_SCHEMA = f"""<xs:schema xmlns:xs="{XSD}" targetNamespace="{XML}">
<xs:attribute name="lang"><xs:simpleType><xs:union memberTypes="xs:language"><xs:simpleType>
<xs:restriction base="xs:string"><xs:enumeration value=""/></xs:restriction></xs:simpleType></xs:union></xs:simpleType>
</xs:attribute>
<xs:attribute name="space"><xs:simpleType><xs:restriction base="xs:NCName"><xs:enumeration value="default"/>
<xs:enumeration value="preserve"/></xs:restriction></xs:simpleType></xs:attribute></xs:schema>"""
_RARE = frozenset(
    f"{_CONTROLS} ins del script noscript object param map area form fieldset legend optgroup option ruby rb rt rp"
    " bdo tt samp kbd var dfn cite q acronym abbr address".split()
)
_OCCURS = {"": "", "*": ' minOccurs="0" maxOccurs="unbounded"', "+": ' maxOccurs="unbounded"', "?": ' minOccurs="0"'}
_TOKENS = lazy(r"[()|,]|&?[\w:]+|[*+?]")


@cache
def schema(*, whole: bool = True) -> etree.XMLSchema:
    """The schema that libxml2 makes of the tables; made once.

    That of what reports are made of (not `whole`) is made in half the time. What it finds valid is valid; elements of
    forms, scripts and the like it does not know.
    """
    documents = {"xhtml.xsd": _xhtml(frozenset() if whole else _RARE), "ix.xsd": _inline(), "xml.xsd": _XML_SCHEMA}
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    parser.resolvers.add(_Documents(documents))
    return etree.XMLSchema(etree.fromstring(documents["xhtml.xsd"], parser, base_url="model:///xhtml.xsd"))


_CHECKING = Lock()
"""An `XMLSchema` keeps the errors of its last document, whichever thread that was of."""


def errors(root: Any) -> list[Any]:
    """The errors that libxml2 finds below and in a document element, in the order in which elements end."""
    with _CHECKING:
        if schema(whole=False).validate(root) or schema().validate(root):
            return []
        return list(schema().error_log)


def allows(tag: str, name: str, value: str) -> bool:
    """Whether an attribute of an element may have a value, by itself."""
    element = etree.Element(tag, {name: value})
    with _CHECKING:
        schema().validate(element)
        return all(each.type in _NOT_VALUES for each in schema().error_log)


_NOT_VALUES = (etree.ErrorTypes.SCHEMAV_ELEMENT_CONTENT, etree.ErrorTypes.SCHEMAV_CVC_COMPLEX_TYPE_4)
"""What else is wrong with an element that has one attribute and no content."""


# What the tables say of one element


def plain(name: str) -> str:
    """An attribute's name as the tables have it, `xml:lang`."""
    return name.replace(f"{{{XML}}}", "xml:")


@lru_cache(128)
def attributes(name: str) -> dict[str, bool]:
    """The attributes of an element of XHTML, each with whether it is required; none for unknown elements."""
    words = _words(_attributes_of(name)) if name in CONTENT else ()
    names = (word if word.startswith("xml:") else re.split("[:=]", word)[0] for word in words)
    return {known: word.endswith("!") for known, word in zip(names, words, strict=True)}


@lru_cache(128)
def names_in(name: str) -> frozenset[str]:
    """The elements that may stand somewhere in one, of XHTML or `ix:nonNumeric`; `ix:any` for all Inline XBRL's."""
    inner = CONTENT.get(name) or ("&flow" if name in _FLOWING else "")
    return frozenset(each for token in _TOKENS.findall(inner) for each in _SETS.get(token[1:], token).split())


@lru_cache(128)
def content(name: str) -> re.Pattern[str] | None:
    """What the `sequence` of an element of XHTML is to match; None for unknown elements."""
    if name not in CONTENT:
        return None

    def part(token: str) -> str:
        if token in _SIGNS:
            return token.replace(",", "")
        return f"(?:{'|'.join(f'{each} ' for each in _SETS.get(token[1:], token).split())})"

    return re.compile("".join(map(part, _TOKENS.findall(CONTENT[name].removeprefix("mixed")))))


_SIGNS = frozenset("()|,*+?")


def described(name: str) -> str:
    """The content of an element of XHTML as a document type definition would write it."""
    return re.sub(r"&(\w+)", lambda match: f"({' | '.join(_SETS[match[1]].split())})", CONTENT[name])


def sequence(element: Any) -> str:
    """The names of the elements in one, each with a blank behind it."""
    names = (child.tag for child in element.iterchildren(etree.Element))
    plain_names = (name.replace(f"{{{XHTML}}}", "") for name in names)
    return "".join("ix:any " if name.startswith(f"{{{IX}}}") else f"{name} " for name in plain_names)


class _Documents(etree.Resolver):  # type: ignore[misc]
    def __init__(self, documents: dict[str, str]):
        self._documents = documents

    def resolve(self, url: str, public_id: str, context: Any) -> Any:
        name = url.rpartition("/")[2]
        return self.resolve_string(self._documents[name], context, base_url=f"model:///{name}")


def _xhtml(left_out: frozenset[str] = frozenset()) -> str:
    types: dict[tuple[str, str], str] = {}
    elements = []
    for name, content in CONTENT.items():
        if name in left_out:
            continue
        type_ = types.setdefault((content, _attributes_of(name)), f"{name}.type")
        elements.append(f'<xs:element name="{name}" type="h:{type_}"/>')
    groups = []
    for name, names in _SETS.items():
        references = "".join(map(_reference, _without(names, *left_out).split()))
        groups.append(f'<xs:group name="{name}"><xs:choice>{references}</xs:choice></xs:group>')
    made = (_complex(name, content, attributes) for (content, attributes), name in types.items())
    return (
        f'<xs:schema {_HEAD} targetNamespace="{XHTML}"><xs:import namespace="{XML}" schemaLocation="xml.xsd"/>'
        f'<xs:import namespace="{IX}" schemaLocation="ix.xsd"/>{_TYPES}{"".join(groups)}{"".join(made)}'
        f"{''.join(elements)}</xs:schema>"
    )


def _inline() -> str:
    """Inline XBRL's elements as far as XHTML stands in them; the rest is looked at by `grammar`."""
    anything = '<xs:anyAttribute namespace="##any" processContents="skip"/>'
    flowing = '<xs:group ref="h:flow" minOccurs="0" maxOccurs="unbounded"/>'
    skipped = f'<xs:any namespace="{IX}" processContents="skip" minOccurs="0" maxOccurs="unbounded"/>'
    inner = dict.fromkeys(_MARKED.split(), flowing)
    inner["nonFraction"] = '<xs:element ref="ix:nonFraction" minOccurs="0"/>'
    inner["header"] = skipped
    text = f'<xs:simpleContent><xs:extension base="xs:string">{anything}</xs:extension></xs:simpleContent>'
    elements = []
    for name, content in inner.items():
        type_ = f'<xs:complexType mixed="true"><xs:sequence>{content}</xs:sequence>{anything}</xs:complexType>'
        if name in _TERMS:
            type_ = f"<xs:complexType>{text}</xs:complexType>"
        elements.append(f'<xs:element name="{name}" nillable="true">{type_}</xs:element>')
    return (
        f'<xs:schema {_HEAD} targetNamespace="{IX}"><xs:import namespace="{XHTML}" schemaLocation="xhtml.xsd"/>'
        f"{''.join(elements)}</xs:schema>"
    )


def _complex(name: str, content: str, attributes: str) -> str:
    mixed = ' mixed="true"' if content.startswith("mixed") else ""
    tokens = _TOKENS.findall(content.removeprefix("mixed"))
    model = f"<xs:sequence>{_model(tokens)}</xs:sequence>" if tokens else ""
    uses = "".join(_attribute(each) for each in _words(attributes))
    return f'<xs:complexType name="{name}"{mixed}>{model}{uses}</xs:complexType>'


def _attributes_of(name: str) -> str:
    return _BARE[name] if name in _BARE else f"{_COMMON} {_MORE.get(name, '')}"


def _words(attributes: str) -> list[str]:
    """The attributes of a table; a fixed value, which may hold blanks, is the last."""
    before, equals, fixed = attributes.partition("=")
    words = before.split()
    return [*words[:-1], f"{words[-1]}={fixed}"] if equals else words


def _model(tokens: list[str]) -> str:
    """The particles of a content model up to its end or closing parenthesis."""
    parts: list[str] = []
    kind = "sequence"
    while tokens and tokens[0] != ")":
        token = tokens.pop(0)
        if token == "|":
            kind = "choice"
        elif token != ",":
            inner = _model(tokens) if token == "(" else ""
            if token == "(":
                tokens.pop(0)
            occurs = _OCCURS[tokens.pop(0) if tokens and tokens[0] in _OCCURS else ""]
            parts.append(inner.replace(">", f"{occurs}>", 1) if inner else _reference(token, occurs))
    return f"<xs:{kind}>{''.join(parts)}</xs:{kind}>"


def _reference(name: str, occurs: str = "") -> str:
    if name == "ix:any":
        return f'<xs:any namespace="{IX}"{occurs}/>'
    if name.startswith("&"):
        return f'<xs:group ref="h:{name[1:]}"{occurs}/>'
    return f'<xs:element ref="{name if ":" in name else "h:" + name}"{occurs}/>'


def _attribute(text: str) -> str:
    if text.startswith("xml:"):
        return f'<xs:attribute ref="{text}"/>'
    name, equals, fixed = text.partition("=")
    if equals:
        return f'<xs:attribute name="{name}" type="xs:normalizedString" fixed="{fixed}"/>'
    name, _, type_ = text.partition(":")
    use = ' use="required"' if type_.endswith("!") else ""
    type_ = type_.rstrip("!")
    if "|" not in type_ and type_ != name:
        prefix = "h" if type_ in _OWN_TYPES else "xs"
        return f'<xs:attribute name="{name}" type="{prefix}:{type_}"{use}/>'
    values = "".join(f'<xs:enumeration value="{value}"/>' for value in type_.split("|"))
    return (
        f'<xs:attribute name="{name}"{use}><xs:simpleType><xs:restriction base="xs:NMTOKEN">{values}'
        "</xs:restriction></xs:simpleType></xs:attribute>"
    )
