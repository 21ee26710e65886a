"""The content model of Inline XBRL's elements, which its schema defines on top of XHTML (Inline XBRL 1.1, part 2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree
from msgspec import Struct, field

from recto.findings import Finding
from recto.instance.inline.document import InlineFile
from recto.names import LINK, XBRLI, XHTML, XML, XSI
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.inline.support import CLAUSES, NAMESPACE, at, broken, files_of, local_name, shown
from recto.rules.subject import Subject
from recto.xml.integers import integer
from recto.xsd import SPACE

CODE = "html:syntaxError"
SCHEMA = "Inline XBRL 1.1, schema"
_XHTML = f"{{{XHTML}}}"
_XSI = f"{{{XSI}}}"
_XBRLI = f"{{{XBRLI}}}"
_LINK = f"{{{LINK}}}"
_BASE = f"{{{XML}}}base"
_NIL = f"{{{XSI}}}nil"
_XSI_ATTRIBUTES = frozenset(f"{_XSI}{name}" for name in ("type", "schemaLocation", "noNamespaceSchemaLocation"))

_NCNAME = lazy(r"[^\W\d][\w.\-\u00b7]*")
_QNAME = lazy(r"(?:[^\W\d][\w.\-\u00b7]*:)?[^\W\d][\w.\-\u00b7]*")
_DECIMAL = lazy(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_INTEGER = lazy(r"[+-]?[0-9]+")


def _matching(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text.strip(SPACE)) is not None


def _identifiers(text: str) -> bool:
    names = text.split()
    return bool(names) and all(_NCNAME.fullmatch(name) for name in names)


def _accuracy(text: str) -> bool:
    text = text.strip(SPACE)
    return text == "INF" or _INTEGER.fullmatch(text) is not None


def _precision(text: str) -> bool:
    text = text.strip(SPACE)
    return text == "INF" or (_INTEGER.fullmatch(text) is not None and integer(text) >= 0)


_NAME = _matching(_NCNAME)
_VALUES: dict[str, tuple[Callable[[str], bool], str]] = {
    "continuedAt": (_NAME, "an NCName"),
    "contextRef": (_NAME, "an NCName"),
    "decimals": (_accuracy, "an integer or INF"),
    "escape": (lambda text: text.strip(SPACE) in ("true", "false", "1", "0"), "true or false"),
    "format": (_matching(_QNAME), "a prefixed name"),
    "fromRefs": (_identifiers, "a list of identifiers"),
    "id": (_NAME, "an NCName"),
    "name": (_matching(_QNAME), "a prefixed name"),
    "order": (_matching(_DECIMAL), "a decimal number"),
    "precision": (_precision, "a non-negative integer or INF"),
    "scale": (_matching(_INTEGER), "an integer"),
    "sign": (lambda text: text == "-", "a hyphen"),
    "target": (_NAME, "an NCName"),
    "toRefs": (_identifiers, "a list of identifiers"),
    "tupleID": (_NAME, "an NCName"),
    "tupleRef": (_NAME, "an NCName"),
    "unitRef": (_NAME, "an NCName"),
    _NIL: (lambda text: text.strip(SPACE) in ("true", "false", "1", "0"), "true or false"),
}
"""Attributes whose type restricts what they may say, and what they may say."""

_BASE_CLASS = frozenset(("footnote", "fraction", "nonFraction", "nonNumeric", "tuple"))
_FLOW_CLASS = _BASE_CLASS | {"continuation", "denominator", "exclude", "header", "numerator"}
_NO_INLINE = frozenset(
    "area base br col colgroup dl head hr html img input link meta ol optgroup option param ruby script select style "
    "table tbody textarea tfoot thead title tr ul".split()
)
"""XHTML elements whose content model has no place for Inline XBRL."""


class _Model(Struct, frozen=True):
    """What an element may bear and hold. `foreign` says which attributes of other namespaces it takes."""

    required: frozenset[str]
    allowed: frozenset[str]
    foreign: str = ""
    nillable: bool = False
    content: str = "flow"


def _model(
    required: str, optional: str = "", foreign: str = "", nillable: bool = False, content: str = "flow"
) -> _Model:
    must = frozenset(required.split())
    return _Model(must, must | frozenset(optional.split()), foreign, nillable, content)


_SHARED = "id order target tupleRef"
_MODELS = {
    "continuation": _model("id", "continuedAt"),
    "denominator": _model("", "format scale sign", content="text"),
    "exclude": _model(""),
    "footnote": _model("id", "continuedAt footnoteRole title", "xml"),
    "fraction": _model("contextRef name unitRef", _SHARED, "other", True),
    "header": _model("", content="header"),
    "hidden": _model("", content="hidden"),
    "nonFraction": _model(
        "contextRef name unitRef", f"{_SHARED} decimals format precision scale sign", "other", True, "number"
    ),
    "nonNumeric": _model("contextRef name", f"{_SHARED} continuedAt escape format", "other", True),
    "numerator": _model("", "format scale sign", content="text"),
    "references": _model("", "id target", "other", content="references"),
    "relationship": _model("fromRefs toRefs", "arcrole linkRole order", "xml", content="empty"),
    "resources": _model("", content="resources"),
    "tuple": _model("name", f"{_SHARED} tupleID", "other", True),
}


class _Shape(Struct):
    """Elements of one name with attributes of the same names: what of them depends on their values alone."""

    checks: list[tuple[int, Callable[[str], bool], set[str] | None]] | None
    """For attributes that may not say everything: their places, what they must pass, and the values that passed where
    many elements share them. None where some attribute is amiss, whatever it says."""
    texts: bool
    """Whether text alone is content that fits."""
    places: set[str] = field(default_factory=set)
    """Names of elements that it may stand in."""


_OWN = frozenset(("continuedAt", "id", "tupleID"))
"""Attributes that say something else on each element."""


def _shape(model: _Model, names: list[str]) -> _Shape:
    known = model.allowed | {_NIL} if model.nillable else model.allowed
    sound = model.required <= set(names) and known.issuperset(names)
    checks = [
        (place, _VALUES[name][0], None if name in _OWN else set[str]())
        for place, name in enumerate(names)
        if name in _VALUES
    ]
    return _Shape(checks if sound else None, model.content in ("flow", "number", "text"))


def elements(subject: Subject) -> Iterator[Finding]:
    """Attributes, content and place of every Inline XBRL element fit its schema (Inline XBRL 1.1, 3.2 and schema)."""
    for file in files_of(subject):
        shapes: dict[tuple[str, ...], _Shape] = {}
        for element in file.doc.root.iter(f"{NAMESPACE}*"):
            names = element.keys()
            local = element.tag[len(NAMESPACE) :]
            model = _MODELS.get(local)
            if model is None:
                yield _fault(file, element, f"there is no element ix:{local} in Inline XBRL 1.1")
                continue
            shape = shapes.get((local, *names))
            if shape is None:
                shape = shapes[local, *names] = _shape(model, names)
            if not _say_what_they_may(shape, element.values()):
                yield from _attributes(file, element, model)
            if not (shape.texts and element.text and not len(element)):
                yield from _CONTENTS[model.content](file, element)
            parent = element.getparent()
            if parent is None or parent.tag not in shape.places:
                misplaced = list(_place(file, element, local))
                yield from misplaced
                if not misplaced and parent is not None:
                    shape.places.add(parent.tag)


def _say_what_they_may(shape: _Shape, values: list[str]) -> bool:
    """Whether no attribute of an element of that shape is amiss."""
    if shape.checks is None:
        return False
    for place, check, passed in shape.checks:
        value = values[place]
        if passed is not None and value in passed:
            continue
        if not check(value):
            return False
        if passed is not None:
            passed.add(value)
    return True


def strangers(subject: Subject) -> Iterator[Finding]:
    """XHTML's elements hold XHTML and Inline XBRL alone (Inline XBRL 1.1, 4, and schema)."""
    for file in files_of(subject):
        own: set[str] = set()
        for element in file.doc.root.iter(etree.Element):
            tag = element.tag
            if tag in own:
                continue
            if tag.startswith((_XHTML, NAMESPACE)):
                own.add(tag)
                continue
            parent = element.getparent()
            if parent is not None and parent.tag.startswith(_XHTML):
                problem = f"it must not stand in {shown(parent)}: it is neither XHTML nor Inline XBRL"
                yield _fault(file, element, problem)


def xml_base(subject: Subject) -> Iterator[Finding]:
    """XHTML elements have no xml:base (Inline XBRL 1.1, schema: XHTML's attributes do not include it)."""
    for file in files_of(subject):
        if file.doc.has_base:
            for element in file.doc.root.iter(f"{_XHTML}*"):
                if element.get(_BASE) is not None:
                    yield _fault(file, element, "the attribute xml:base is not allowed here")


def _fault(file: InlineFile, element: Any, problem: str) -> Finding:
    identifier = element.get("id") or element.get("name")
    which = f"{shown(element)} {identifier}" if identifier else shown(element)
    return at(CODE, file, element, about=which, reason=problem)


def _attributes(file: InlineFile, element: Any, model: _Model) -> Iterator[Finding]:
    allowed = model.allowed
    found = element.keys()
    for name in model.required:
        if name not in found:
            yield _fault(file, element, f"the attribute {name} is missing")
    for name in found:
        if name in allowed or (name == _NIL and model.nillable):
            check = _VALUES.get(name)
            if check is not None and not check[0](element.get(name)):
                yield _fault(file, element, f"the attribute {name} is {element.get(name)!r}, but must be {check[1]}")
        elif name not in _XSI_ATTRIBUTES:
            yield from _foreign(file, element, name, model)


def _foreign(file: InlineFile, element: Any, name: str, model: _Model) -> Iterator[Finding]:
    """An attribute that is none of the element's own."""
    namespace = name[1:].rpartition("}")[0]
    if model.foreign == "xml" and namespace == XML:
        return
    written = name.rpartition("}")[2]
    if model.foreign == "other" and namespace and not name.startswith(NAMESPACE) and name != _NIL:
        if namespace != XBRLI:
            return
        if element.tag == f"{NAMESPACE}references":
            yield broken("qualifiedAttributeDisallowed", "12.1.1", file, element, written=written)
        else:
            which = element.get("id") or element.get("name")
            name = f"{shown(element)} {which}" if which else shown(element)
            yield at("xmlSchema:attributesExtraneous", file, element, about=name, name=written)
        return
    yield _fault(file, element, f"the attribute {written} is not allowed here")


def _place(file: InlineFile, element: Any, local: str) -> Iterator[Finding]:
    """Whether the element may stand where it does; children of `ix:header` and the like are checked from there."""
    parent = element.getparent()
    if parent is None:
        yield _fault(file, element, "it must stand in an XHTML document")
        return
    tag = parent.tag
    if tag.startswith(_XHTML):
        if local not in _FLOW_CLASS or tag[len(_XHTML) :] in _NO_INLINE:
            yield _fault(file, element, f"it must not stand in {shown(parent)}")
    elif tag.startswith(NAMESPACE):
        model = _MODELS.get(tag[len(NAMESPACE) :])
        if model is not None and model.content == "flow" and local not in _FLOW_CLASS:
            yield _fault(file, element, f"it must not stand in {shown(parent)}")


def _flow(file: InlineFile, element: Any) -> Iterator[Finding]:
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and not tag.startswith((_XHTML, NAMESPACE)):
            yield _fault(file, element, f"{shown(child)} must not stand in it")


def _text_only(file: InlineFile, element: Any) -> Iterator[Finding]:
    if any(isinstance(child.tag, str) for child in element):
        yield _fault(file, element, "it must hold nothing but text")
    elif not "".join(element.itertext()):
        yield _fault(file, element, "it must not be empty")


def _number(file: InlineFile, element: Any) -> Iterator[Finding]:
    """A number holds text or one nested number, one of them unless it is nil (Inline XBRL 1.1, 10.1.1)."""
    if not len(element):
        if not element.text and (element.get(_NIL) or "").strip(SPACE) not in ("true", "1"):
            reason = "it is empty, but must hold text or another ix:nonFraction"
            yield broken("nonFractionChildren", f"{CLAUSES['nonFraction']}.1", file, element, reason=reason)
        return
    children = [child for child in element if isinstance(child.tag, str)]
    clause = CLAUSES["nonFraction"]
    for child in children:
        if child.tag != element.tag:
            problem = f"{shown(child)} must not stand in it; it may hold text or another ix:nonFraction"
            yield broken("nonFractionChildren", f"{clause}.2", file, element, reason=problem)
            return
    if len(children) > 1:
        reason = "it holds more than one ix:nonFraction"
        yield broken("nonFractionChildren", f"{clause}.2", file, element, reason=reason)
    elif children and _has_text(element):
        reason = "it holds both text and another ix:nonFraction"
        yield broken("nonFractionChildren", f"{clause}.1", file, element, reason=reason)


def _has_text(element: Any) -> bool:
    if element.text and element.text.strip(SPACE) and isinstance(element.tag, str):
        return True
    return any(child.tail and child.tail.strip(SPACE) for child in element)


def _only(names: frozenset[str], *, least: int = 0) -> Callable[[InlineFile, Any], Iterator[Finding]]:
    """Content of elements only, of the names (in Clark notation) given."""

    def check(file: InlineFile, element: Any) -> Iterator[Finding]:
        if _has_text(element):
            yield _fault(file, element, "it must not hold text of its own")
        children = [child for child in element if isinstance(child.tag, str)]
        for child in children:
            if child.tag not in names:
                yield _fault(file, element, f"{shown(child)} must not stand in it")
        if len(children) < least:
            yield _fault(file, element, "it must not be empty")

    return check


_ORDER = {"hidden": 0, "references": 1, "resources": 2}


def _header(file: InlineFile, element: Any) -> Iterator[Finding]:
    """At most one `ix:hidden`, then `ix:references`, then at most one `ix:resources` (Inline XBRL 1.1, 8.1)."""
    yield from _only(frozenset(f"{NAMESPACE}{name}" for name in _ORDER))(file, element)
    reached = -1
    for child in element:
        place = _ORDER.get(local_name(child), -1)
        if place < 0:
            continue
        if place < reached:
            yield _fault(file, child, "it stands too late in ix:header; the order is hidden, references, resources")
        elif place == reached and place != 1:
            yield _fault(file, child, "ix:header must not hold a second one")
        reached = max(reached, place)


_CONTENTS: dict[str, Callable[[InlineFile, Any], Iterator[Finding]]] = {
    "flow": _flow,
    "text": _text_only,
    "number": _number,
    "empty": _only(frozenset()),
    "header": _header,
    "hidden": _only(frozenset(f"{NAMESPACE}{name}" for name in _BASE_CLASS), least=1),
    "references": _only(frozenset((f"{_LINK}schemaRef", f"{_LINK}linkbaseRef")), least=1),
    "resources": _only(
        frozenset(
            (
                f"{NAMESPACE}relationship",
                f"{_LINK}roleRef",
                f"{_LINK}arcroleRef",
                f"{_XBRLI}context",
                f"{_XBRLI}unit",
            )
        )
    ),
}

RULES: tuple[Rule, ...] = (elements, strangers, xml_base)
