"""Facts from what a reader found: the part that is the same whatever the syntax."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from recto.findings import Findings
from recto.instance.home import Home
from recto.instance.model import Context, Decimals, Fact, Unit
from recto.names import XBRLI, XSI, QName
from recto.patterns import lazy
from recto.taxonomy.model import Concept, DataType, Taxonomy
from recto.taxonomy.values import WhiteSpace, check, form_of, unrestricted, white_space
from recto.xml.xlink import XML_LANG
from recto.xsd import SPACE, collapsed, replaced

_INTEGER = lazy(r"[+-]?[0-9]+")
_DECIMAL = lazy(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def normalize(text: str, mode: WhiteSpace) -> str:
    """White space as XML Schema's facet says; only its four characters count, a no-break space is text."""
    if mode == "preserve":
        return text
    if mode == "replace":
        return replaced(text)
    return collapsed(text)


def decimals_of(text: str | None) -> Decimals | None:
    """The value of a decimals or precision attribute; None where absent. Raises ValueError."""
    if text is None:
        return None
    text = text.strip(SPACE)
    if text == "INF":
        return "INF"
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"{text!r} is neither an integer nor INF")
    return int(text)


class FactKind(Struct):
    """What all facts of one name have in common."""

    name: QName
    label: str
    """The name as messages write it."""
    concept: Concept | None
    is_tuple: bool
    is_fraction: bool
    space: WhiteSpace
    type: DataType | None
    """The type to check values against; None where any text is valid."""
    fault: str | None
    """Why no fact of this name can be valid."""
    default: str | None = None
    """What an empty element means (XML Schema 1, 3.3.4: default or fixed value)."""
    numeric: bool = False
    accurate: bool | None = None
    """Whether its type gives facts an accuracy where they give none; None until that is asked."""
    plain: bool = False
    """Whether its facts are items whose text alone says whether it is a value."""
    form: Callable[[str], Any] | None = None
    """Of a number: matches texts that are values just as they stand, digits alone among them."""


class Attributes(Struct):
    """Where the attributes of an item stand among those that its element has; -1 for those that it has not."""

    id: int
    context: int
    unit: int
    decimals: int
    precision: int
    language: int


_Reading: TypeAlias = tuple[bool, WhiteSpace, "DataType | None", "Callable[[str], Any] | None"]
"""Whether values are fractions, their white space, the type to check them against, the form of a number."""
Plain = Callable[..., bool]
_READ = ("id", "contextRef", "unitRef", "decimals", "precision", XML_LANG)


def attributes_among(names: Sequence[str]) -> Attributes | None:
    """None where those are missing or too many that make an item plain, or there are xsi:nil and its like."""
    if any(name.startswith(f"{{{XSI}}}") for name in names) or "contextRef" not in names:
        return None
    if "unitRef" in names and ("decimals" in names) is ("precision" in names):
        return None
    return Attributes(*[names.index(name) if name in names else -1 for name in _READ])


def settled(kind: FactKind, value: str, is_nil: bool, element: Any, fault: str | None = None) -> tuple[str, str | None]:
    """What an item with this text says, and why it is not valid (`fault` where that is known already)."""
    if is_nil:
        return "", fault or _nil_fault(kind, value)
    value = normalize(value or kind.default or "", kind.space)
    if fault is None and kind.type is not None:
        names = element.nsmap if kind.type.xsd_base == "QName" else None
        fault = check(kind.type, value, namespaces=names)
    return value, fault


def _nil_fault(kind: FactKind, value: str) -> str | None:
    if kind.concept is not None and not kind.concept.nillable:
        return "it is nil, but its element is not nillable"
    if value.strip(SPACE):
        return "it is nil, but has content"
    return None


def _reads_alone(type_: DataType | None) -> bool:
    """Whether values of a type mean the same wherever they stand: they are no names with prefixes."""
    return type_ is None or type_.xsd_base != "QName"


def _has_accuracy(tree: Any) -> bool:
    if tree is None:
        return False
    tag, attributes, children, _ = tree
    if tag.endswith("attribute") and ("default" in attributes or "fixed" in attributes):
        name = attributes.get("name") or attributes.get("ref") or ""
        return re.split("[}:]", name)[-1] in ("decimals", "precision")
    return any(map(_has_accuracy, children))


def fault_of_fraction(numerator: str, denominator: str) -> str | None:
    """What is wrong with the terms of a fraction: both are decimals, the lower one is not zero (XBRL 2.1, 5.1.1.3)."""
    for name, term in (("numerator", numerator), ("denominator", denominator)):
        if _DECIMAL.fullmatch(term) is None:
            return f"the {name} {term!r} is no decimal number"
    return None if any(digit in denominator for digit in "123456789") else "the denominator is zero"


class FactBuilder:
    """Makes the facts of one instance, in document order, and reports what does not hold together."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        contexts: Mapping[str, Context],
        units: Mapping[str, Unit],
        findings: Findings,
        ids: Callable[[], Container[str]],
    ):
        """`ids()` are all ids of facts in the documents, which made-up ids must avoid."""
        self.home = Home()
        """Who will answer for the facts."""
        self.taxonomy = taxonomy
        self.contexts = contexts
        self.units = units
        self.findings = findings
        self.facts: list[Fact] = []
        self.elements: list[Any] = []
        self.clause: str | None = None
        """Inline XBRL's section on the elements that are being read (`10.1`), whose codes broken references get."""
        self._find_ids = ids
        self._ids: Container[str] | None = None
        self._kinds: dict[str, FactKind] = {}
        self._readings: dict[DataType | None, _Reading] = {}
        self.accuracies: dict[str, Decimals | None] = {}
        """Texts of `decimals` and `precision` that could be read, and what they say."""

    def kind(self, clark: str, prefix: str | None = None) -> FactKind:
        """What is known of a fact's name, in Clark notation; `prefix` is the one that the document writes."""
        kind = self._kinds.get(clark)
        if kind is None:
            kind = self._kinds[clark] = self._make_kind(QName.of(clark), prefix)
        return kind

    def _make_kind(self, name: QName, prefix: str | None) -> FactKind:
        concept = self.taxonomy.concept(name)
        label = f"{prefix}:{name.local}" if prefix and ":" not in name.local else name.local
        if concept is None:
            return FactKind(name, label, None, False, False, "preserve", None, None)
        fraction, space, to_check, form = self._reading(concept.type)
        fault = None
        if concept.kind not in ("item", "tuple"):
            fault = f"{concept.name} is neither an item nor a tuple, so it cannot be reported"
        elif concept.abstract:
            fault = f"{concept.name} is abstract, so it cannot be reported"
        if concept.kind != "item":
            to_check = form = None
        return FactKind(
            name,
            label,
            concept,
            concept.kind == "tuple",
            fraction,
            space,
            to_check,
            fault,
            self._default(concept),
            concept.is_numeric,
            None,
            concept.kind == "item" and not fraction and fault is None and _reads_alone(to_check),
            form,
        )

    def _reading(self, type_: DataType | None) -> _Reading:
        """How values of a type are read; most of a filing's concepts share a few types."""
        known = self._readings.get(type_)
        if known is None:
            item = type_.item_type if type_ is not None else None
            fraction = item is not None and item.local == "fractionItemType"
            to_check = None if type_ is None or fraction or unrestricted(type_) else type_
            form = None if to_check is None else form_of(to_check)
            known = self._readings[type_] = (fraction, white_space(type_), to_check, form)
        return known

    def gives_accuracy(self, kind: FactKind) -> bool:
        """Whether the type has a default or fixed value for decimals or precision (XBRL 2.1, 4.6.3)."""
        if kind.accurate is None:
            kind.accurate = any(map(_has_accuracy, self._definitions(kind)))
        return kind.accurate

    def _definitions(self, kind: FactKind) -> Iterator[Any]:
        """The schema components that define the type of facts of a kind, those of XBRL itself left out."""
        taxonomy: Any = self.taxonomy
        type_ = kind.concept.type if kind.concept is not None else None
        find = getattr(taxonomy, "component", None)
        if type_ is None or find is None:
            return
        for document in taxonomy.schemas_of(kind.name.namespace):
            ordinal = document.compiled.find_element(kind.name.local)
            if ordinal >= 0:
                yield document.compiled.element(ordinal).definition
        for each in type_.chain():
            found = find("complexType", each.qname) if each.qname.namespace != XBRLI else None
            if found is not None:
                yield found[1]

    def _default(self, concept: Concept) -> str | None:
        schema, ordinal = concept.index
        for document in getattr(self.taxonomy, "schemas_of", lambda _: ())(concept.qname.namespace):
            if document.ordinal == schema:
                attributes = document.compiled.attributes(ordinal)
                return attributes.get("fixed", attributes.get("default")) if attributes else None
        return None

    def add(
        self,
        kind: FactKind,
        element: Any,
        document: str,
        line: int,
        value: str,
        *,
        attribute: Callable[[str], str | None],
        nil: str | None = None,
        language: str | None = None,
        parent: Fact | None = None,
        hidden: bool = False,
        format: QName | None = None,
        invalid: str | None = None,
        fraction: tuple[str, str] | None = None,
        is_tuple: bool = False,
        scale: str | None = None,
    ) -> Fact:
        """One more fact. `attribute` reads the element's attributes; `invalid` is why its value could not be made."""
        index = len(self.facts)
        identifier = attribute("id")
        has_id = identifier is not None
        if identifier is None:
            identifier = self._unused(index)
        is_nil = nil is not None and nil.strip(SPACE) in ("true", "1")
        context_id = unit_id = decimals = precision = None
        context = unit = None
        sound = True
        where = (document, line, kind, identifier)
        if not is_tuple:
            context_id = attribute("contextRef")
            if context_id is not None:
                context = self.contexts.get(context_id) or self.contexts.get(context_id.strip(SPACE))
            if context is None:
                self._no_context(where, context_id)
            sound = context is not None and context.valid
            unit_id = attribute("unitRef")
            if unit_id is None and kind.numeric and not kind.is_fraction:
                sound = False
            if unit_id is not None:
                unit = self.units.get(unit_id) or self.units.get(unit_id.strip(SPACE))
                if unit is None:
                    code = f"ix11.{self.clause}.2:unitReference" if self.clause else "xbrl.4.6.2:numericUnit"
                    self._report(code, where, reason=f"refers to the unit {unit_id!r}, which does not exist")
                decimals = self._accuracy(where, "decimals", attribute("decimals"))
                precision = self._accuracy(where, "precision", attribute("precision"))
                sound = sound and unit is not None and unit.valid and self._is_accurate(kind, attribute, is_nil)
        if kind.concept is None:
            self._no_concept(where)
        fault = kind.fault or invalid
        if kind.concept is not None and kind.is_tuple != is_tuple and fault is None:
            fault = "it is reported as a tuple, but is an item" if is_tuple else "it is a tuple, but has a value"
        if is_nil or not is_tuple:
            value, fault = settled(kind, value, is_nil, element, fault)
        if fault is not None and invalid is None:
            self._report("xmlSchema:valueError", where, what="its value", reason=fault)
        fact = Fact(
            identifier,
            kind.name,
            kind.concept,
            context_id,
            context,
            unit_id,
            unit,
            value,
            is_nil,
            decimals,
            precision,
            language,
            document,
            line,
            index,
            hidden,
            parent,
            format,
            has_id,
            sound and fault is None,
            nil,
            scale,
            fraction[0] if fraction else None,
            fraction[1] if fraction else None,
            fault is None,
            self.home,
        )
        self.facts.append(fact)
        self.elements.append(element)
        return fact

    def plain(self, document: str) -> Plain:
        """What does the same as `add` for items of a document of which all is as it should be.

        It gives False where something is not, and has then added nothing. It takes a `FactKind` that is `plain`, the
        element with the values of its attributes and where they stand among them, its text and line, and the rest as
        `add` does.
        """
        contexts, units, accuracies, facts, home = self.contexts, self.units, self.accuracies, self.facts, self.home
        add, keep = facts.append, self.elements.append
        taken: Container[str] | None = None

        def plain(
            kind: FactKind,
            given: Attributes,
            values: Sequence[str],
            value: str,
            element: Any,
            line: int,
            parent: Fact | None,
            language: str | None,
            hidden: bool = False,
            format: QName | None = None,
            scale: str | None = None,
        ) -> bool:
            nonlocal taken
            try:
                context = contexts[values[given.context]]
                unit = unit_id = decimals = precision = None
                sound = context.valid
                if given.unit >= 0:
                    unit = units[values[given.unit]]
                    unit_id = unit.id
                    if given.decimals >= 0:
                        decimals = accuracies[values[given.decimals]]
                    if given.precision >= 0:
                        precision = accuracies[values[given.precision]]
                    sound = sound and unit.valid
                elif kind.numeric:
                    sound = False
            except KeyError:
                return False
            form = kind.form
            if form is None or (not (value.isdecimal() and value.isascii()) and form(value) is None):
                value = normalize(value or kind.default or "", kind.space)
                if kind.type is not None and check(kind.type, value) is not None:
                    return False
            index = len(facts)
            if given.id >= 0:
                identifier = values[given.id]
            else:
                identifier = f"f-{index}"
                if taken is None or identifier in taken:
                    identifier = self._unused(index)
                    taken = self._ids
            add(
                Fact(
                    identifier,
                    kind.name,
                    kind.concept,
                    context.id,
                    context,
                    unit_id,
                    unit,
                    value,
                    False,
                    decimals,
                    precision,
                    (values[given.language] or None) if given.language >= 0 else language,
                    document,
                    line,
                    index,
                    hidden,
                    parent,
                    format,
                    given.id >= 0,
                    sound,
                    None,
                    scale,
                    home=home,
                )
            )
            keep(element)
            return True

        return plain

    def report(self, code: str, fact: Fact, specification: str | None = None, /, **arguments: Any) -> None:
        """A finding about a fact that exists already."""
        label = self.kind(fact.qname.clark).label
        self.findings.found(
            code,
            label,
            about=f"Fact {fact.id} ({label})",
            document=fact.document,
            line=fact.line,
            element=label,
            facts=(fact.id,),
            specification=specification,
            **arguments,
        )

    def _report(self, code: str, where: tuple[str, int, FactKind, str], /, **arguments: Any) -> None:
        document, line, kind, identifier = where
        self.findings.found(
            code,
            kind.label,
            about=f"Fact {identifier} ({kind.label})",
            document=document,
            line=line,
            element=kind.label,
            facts=(identifier,),
            **arguments,
        )

    def _no_concept(self, where: tuple[str, int, FactKind, str]) -> None:
        name = where[2].name
        if self.taxonomy.lacks(name.namespace):
            return  # the missing document is told, and may well declare it
        if ":" in name.local or not name.local:
            reason = "the prefix of its name is not bound to a namespace"
        else:
            reason = f"no schema of the taxonomy declares this element of namespace {name.namespace or '(none)'}"
        self._report("xbrl:schemaImportMissing", where, reason=reason)

    def _no_context(self, where: tuple[str, int, FactKind, str], context_id: str | None) -> None:
        reason = "has no contextRef"
        if context_id is not None:
            reason = f"refers to the context {context_id!r}, which does not exist"
        inline = self.clause is not None and context_id is not None
        code = f"ix11.{self.clause}.2:contextReference" if inline else "xbrl.4.6.1:itemContextRef"
        self._report(code, where, reason=reason)

    def _accuracy(self, where: tuple[str, int, FactKind, str], name: str, text: str | None) -> Decimals | None:
        if text is None:
            return None
        try:
            return self.accuracies[text]
        except KeyError:
            pass
        try:
            value = self.accuracies[text] = decimals_of(text)
        except ValueError as error:
            self._report("xmlSchema:valueError", where, what=f"its attribute {name}", reason=error)
            return None
        return value

    def _is_accurate(self, kind: FactKind, attribute: Callable[[str], str | None], is_nil: bool) -> bool:
        """Whether the accuracy of a numeric fact is known: it is given once (XBRL 2.1, 4.6.3), and could be read."""
        if is_nil or kind.is_fraction:
            return True
        texts = [text for text in (attribute("decimals"), attribute("precision")) if text is not None]
        if not texts:
            return not kind.numeric or self.gives_accuracy(kind)
        return len(texts) == 1 and texts[0] in self.accuracies  # those read without fault are known

    def _unused(self, index: int) -> str:
        taken = self._ids
        if taken is None:
            taken = self._ids = self._find_ids()
        name = f"f-{index}"
        while name in taken:
            name += "x"
        return name
