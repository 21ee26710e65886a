"""Stand-ins for schemas that were not to be had, so that a report can be shown without its taxonomy.

What a missing schema declares shows in what refers to it: locators of the report's own linkbases name its elements by
id, facts use them with a unit and a period, contexts use its axes and members. From that a schema is written that says
no more than this, and the DTS is discovered once more with it in the place of the one that is missing. The instance
itself keeps the taxonomy it was read with: stand-ins are for pages alone, and nothing is validated against them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from recto.instance.model import Fact, Instance, TypedMember, Unit
from recto.instance.xhtml import escape_attribute
from recto.names import ENUM2, ISO4217, QName
from recto.patterns import lazy

if TYPE_CHECKING:
    from recto.taxonomy.dts import DTS
    from recto.taxonomy.store import Store

_NUMERIC: Final = "http://www.xbrl.org/dtr/type/numeric"
_TEXT: Final = "http://www.xbrl.org/dtr/type/non-numeric"
_NAME: Final = lazy(r"[^\W\d][\w.-]*")
_DATE: Final = lazy(r"\d{4}-\d\d-\d\d")
_MARKUP: Final = lazy(r"</?(?:div|p|span|table|ul|ol|br|b|i|font)\b[^>]*>")
_DURATION: Final = lazy(r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?")
_RATE: Final = lazy(r"(Percent|Percentage|Rate|Ratio|Yield)(?![a-z])")
_ABSTRACT: Final = ("Abstract", "LineItems", "RollForward", "Heading", "Title")
_MEMBER: Final = ("Member", "Domain")


class _Element(Struct):
    """What is known of an element of a missing schema."""

    identifier: str
    kind: str = "xbrli:item"
    type: str = "xbrli:stringItemType"
    period: str = "duration"
    abstract: bool = False
    typed: bool = False


class _Schema(Struct):
    """A missing schema: its URL, its namespace as far as it is known, and its elements by local name."""

    url: str
    namespace: str | None = None
    prefix: str = ""
    elements: dict[str, _Element] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    """Item types that the report's own schemas use, with what each is taken to restrict."""


def incomplete(instance: Instance) -> bool:
    """Whether documents of the instance's taxonomy, other than linkbases, were not to be had."""
    discovery = getattr(instance.taxonomy, "discovery", None)
    return discovery is not None and any(_may_be_schema(url) for url in discovery.missing)


def missing_documents(instance: Instance) -> tuple[str, ...]:
    """URLs of the documents of the instance's taxonomy that were not to be had, in the order of their discovery."""
    discovery = getattr(instance.taxonomy, "discovery", None)
    return () if discovery is None else tuple(discovery.missing)


def completed(instance: Instance, store: Store | None = None, *, only_for_facts: bool = False) -> DTS | None:
    """The instance's DTS with stand-ins for the schemas that are missing; None where none is missed.

    The result is for showing facts, not for judging them. `only_for_facts`: none is missed where all facts have what
    they need of the schemas that are missing, whatever else names them.
    """
    from recto import taxonomy

    if not incomplete(instance):
        return None
    missing = _Missing(instance)
    schemas = missing.schemas()
    if not schemas or (only_for_facts and not missing.take_facts()):
        return None
    resolver = _Resolver(instance.taxonomy.discovery.resolver, schemas)  # type: ignore[attr-defined]
    known = instance.taxonomy.discovery.missing  # type: ignore[attr-defined]
    extra = [schema.url for schema in schemas if schema.url not in known]
    return taxonomy.load([*instance.schema_refs, *extra], resolver, store=store)


def _may_be_schema(url: str) -> bool:
    return not url.endswith((".xml", ".json"))


class _Missing:
    """Gathers what the report shows of the schemas that are missing."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.taxonomy = instance.taxonomy
        discovery: Any = instance.taxonomy.discovery  # type: ignore[attr-defined]
        self.discovery = discovery
        prefixes = {**instance.taxonomy.prefixes(), **instance.prefixes}
        self.prefixes = {prefix: namespace for prefix, namespace in prefixes.items() if prefix}
        self.by_url = {
            discovery.key(url): _Schema(url, namespace)
            for url, namespace in discovery.missing.items()
            if _may_be_schema(url)
        }
        self.by_namespace: dict[str, _Schema] = {}

    def schemas(self) -> list[_Schema]:
        for document in self.instance.taxonomy.members:  # type: ignore[attr-defined]
            self._locators(document)
        for schema in self.by_url.values():
            self._settle_namespace(schema)
        self._types()
        self._facts()
        self._members()
        every = [*self.by_url.values(), *self.by_namespace.values()]
        return [schema for schema in {id(each): each for each in every}.values() if schema.elements or schema.types]

    def take_facts(self) -> bool:
        """Whether some fact's concept is unknown for want of these schemas, or all facts' are, of whatever."""
        unknown = {fact.qname.namespace for fact in self.instance.facts if fact.concept is None}
        if not unknown or all(fact.concept is None for fact in self.instance.facts):
            return bool(unknown)
        return any(not schema.namespace or schema.namespace in unknown for schema in self.by_url.values())

    def _locators(self, document: Any) -> None:
        """Elements that the linkbases refer to by id."""
        wanted: dict[int, _Schema] = {}
        for number, (bases, href, _) in enumerate(document.compiled.parts):
            schema = self.by_url.get(self.discovery.key(document.absolute(bases, href)))
            if schema is not None:
                wanted[number] = schema
        if not wanted:
            return
        for part, fragment, _ in document.compiled.nodes_in_order():
            schema = wanted.get(part)
            if schema is not None and fragment and _NAME.fullmatch(fragment):
                prefix, local = self._taken_apart(fragment)
                schema.prefix = schema.prefix or prefix
                schema.elements.setdefault(local, _guessed(local, fragment))

    def _taken_apart(self, identifier: str) -> tuple[str, str]:
        """Prefix and local name of an id that is made in the usual way, `us-gaap_Assets`, `jppfs_cor_Assets`."""
        at = identifier.rfind("_")
        while at > 0:
            if identifier[:at] in self.prefixes and at + 1 < len(identifier):
                return identifier[:at], identifier[at + 1 :]
            at = identifier.rfind("_", 0, at)
        prefix, _, local = identifier.partition("_")
        return (prefix, local) if local else ("", identifier)

    def _settle_namespace(self, schema: _Schema) -> None:
        if not schema.elements and schema.namespace is None:
            return
        schema.namespace = schema.namespace or self.prefixes.get(schema.prefix) or "urn:recto:missing:" + schema.url
        self.by_namespace.setdefault(schema.namespace, schema)

    def _element(self, name: QName) -> _Element | None:
        """What stands for the declaration of a name; None where the DTS declares it."""
        if self.taxonomy.concept(name) is not None or not _NAME.fullmatch(name.local) or not name.namespace:
            return None
        for each in self.by_url.values():
            if each.namespace == name.namespace and name.local in each.elements:
                return each.elements[name.local]
        schema = self._schema(name.namespace)
        if not schema.prefix:
            schema.prefix = next((prefix for prefix, bound in self.prefixes.items() if bound == name.namespace), "")
        identifier = f"{schema.prefix}_{name.local}" if schema.prefix else name.local
        return schema.elements.setdefault(name.local, _Element(identifier))

    def _schema(self, namespace: str) -> _Schema:
        schema = self.by_namespace.get(namespace)
        if schema is None:
            url = f"recto-missing:/{len(self.by_namespace)}.xsd"
            schema = self.by_namespace[namespace] = _Schema(url, namespace)
        return schema

    def _types(self) -> None:
        """Types that are declared nowhere, as the elements of the report's own schemas name them."""
        for document, ordinal in self.taxonomy.elements():  # type: ignore[attr-defined]
            if document.local:
                name = document.compiled.element(ordinal).type
                if name:
                    self._type(QName.of(document.name(name)))

    def _type(self, name: QName) -> None:
        if name.namespace and _NAME.fullmatch(name.local) and self.taxonomy.type(name) is None:
            self._schema(name.namespace).types.setdefault(name.local, _base_of(name.local))

    def _facts(self) -> None:
        tuples = {fact.parent for fact in self.instance.facts if fact.parent is not None}
        for fact in self.instance.facts:
            element = self._element(fact.qname) if fact.concept is None else None
            if element is None:
                continue
            if fact in tuples or (fact.context_id is None and fact.unit_id is None and not fact.value):
                element.kind, element.type = "xbrli:tuple", ""
                continue
            element.kind, element.abstract = "xbrli:item", False
            if fact.context is not None:
                element.period = "instant" if fact.context.period.kind == "instant" else "duration"
            if not (fact.nil and element.type != "xbrli:stringItemType"):
                element.type = _type_of(fact)
                if element.type.startswith("enum2:"):
                    self._named_by(fact)

    def _named_by(self, fact: Fact) -> None:
        """Concepts that an enumeration's value names."""
        self._type(QName(ENUM2, "enumerationSetItemType"))
        for name in fact.value.split():
            namespace, _, local = name.rpartition("#")
            if local:
                self._element(QName(namespace, local))

    def _members(self) -> None:
        for context in self.instance.contexts.values():
            for axis, member in context.dimensions.items():
                element = self._element(axis)
                if element is not None:
                    element.kind, element.abstract = "xbrldt:dimensionItem", True
                    element.typed = isinstance(member, TypedMember)
                if isinstance(member, QName):
                    element = self._element(member)
                    if element is not None:
                        element.abstract = True


def _guessed(local: str, identifier: str) -> _Element:
    """What the usual endings of names tell."""
    if local.endswith("Axis"):
        return _Element(identifier, kind="xbrldt:dimensionItem", abstract=True)
    if local.endswith("Table"):
        return _Element(identifier, kind="xbrldt:hypercubeItem", abstract=True)
    return _Element(identifier, abstract=local.endswith((*_ABSTRACT, *_MEMBER)))


def _base_of(name: str) -> str:
    """What an item type restricts, by its name."""
    folded = name.casefold()
    for part, base in (
        ("pershare", "decimal"),
        ("percent", "pure"),
        ("pure", "pure"),
        ("monetary", "monetary"),
        ("shares", "shares"),
        ("integer", "integer"),
        ("decimal", "decimal"),
        ("boolean", "boolean"),
        ("date", "date"),
    ):
        if part in folded:
            return f"xbrli:{base}ItemType"
    physical = ("area", "volume", "mass", "weight", "length", "energy", "power", "memory", "speed", "flow", "ghg")
    return "xbrli:decimalItemType" if folded.startswith(physical) else "xbrli:stringItemType"


def _type_of(fact: Fact) -> str:
    """The item type that a fact's unit, name and value make likely."""
    if fact.unit_id is not None:
        return _numeric_type(fact.unit, fact.qname.local)
    if fact.qname.local.endswith("TextBlock") or _MARKUP.search(fact.value):
        return "text:textBlockItemType"
    if _DATE.fullmatch(fact.value):
        return "xbrli:dateItemType"
    if _DURATION.fullmatch(fact.value):
        return "xbrli:durationItemType"
    if fact.qname.local.endswith("ExtensibleList") or fact.qname.local.endswith("ExtensibleEnumeration"):
        return "enum2:enumerationSetItemType"
    if fact.value in ("true", "false"):
        return "xbrli:booleanItemType"
    return "xbrli:stringItemType"


def _numeric_type(unit: Unit | None, local: str) -> str:
    if unit is None or not unit.numerators:
        return "xbrli:decimalItemType"
    first = unit.numerators[0]
    below = {measure.local for measure in unit.denominators}
    if first.namespace == ISO4217:
        if not below:
            return "xbrli:monetaryItemType"
        return "numeric:perShareItemType" if below == {"shares"} else "xbrli:decimalItemType"
    if first.local == "shares" and not below:
        return "xbrli:sharesItemType"
    if first.local == "pure" and not below:
        return "numeric:percentItemType" if _RATE.search(local) else "xbrli:pureItemType"
    return "xbrli:decimalItemType"


class _Resolver:
    """Finds the stand-ins where the schemas themselves are not to be had."""

    def __init__(self, resolver: Any, schemas: Iterable[_Schema]) -> None:
        self._resolver = resolver
        self._made = {schema.url: _written(schema) for schema in schemas}

    def read(self, url: str) -> bytes:
        made = self._made.get(url)
        return bytes(self._resolver.read(url)) if made is None else made

    def exists(self, url: str) -> bool:
        return url in self._made or bool(self._resolver.exists(url))

    def is_local(self, url: str) -> bool:
        return url in self._made or bool(self._resolver.is_local(url))  # and so it is kept in no store

    def stamp(self, url: str) -> Any:
        return None if url in self._made else self._resolver.stamp(url)

    def resolve(self, url: str) -> str:
        return str(self._resolver.resolve(url))


def _written(schema: _Schema) -> bytes:
    return "".join(_lines(schema)).encode()


def _lines(schema: _Schema) -> Iterator[str]:
    namespace = _quoted(schema.namespace or "")
    prefix = schema.prefix if _NAME.fullmatch(schema.prefix) else "recto-missing"
    yield (
        '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"'
        ' xmlns:xbrldt="http://xbrl.org/2005/xbrldt"'
        f' xmlns:enum2="{ENUM2}" xmlns:numeric="{_NUMERIC}" xmlns:text="{_TEXT}"'
        f" xmlns:{prefix}={namespace} targetNamespace={namespace}>"
        '<xsd:import namespace="http://www.xbrl.org/2003/instance"'
        ' schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
        '<xsd:import namespace="http://xbrl.org/2005/xbrldt"'
        ' schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>'
        f'<xsd:import namespace="{_NUMERIC}" schemaLocation="{_NUMERIC}-2009-12-16.xsd"/>'
        f'<xsd:import namespace="{_TEXT}" schemaLocation="http://www.xbrl.org/dtr/type/nonNumeric-2009-12-16.xsd"/>\n'
    )
    for local, each in schema.elements.items():
        shared = f'<xsd:element name={_quoted(local)} id={_quoted(each.identifier)} substitutionGroup="{each.kind}"'
        if each.kind == "xbrli:tuple":
            yield f"{shared}/>\n"
            continue
        typed = ' xbrldt:typedDomainRef="#recto"' if each.typed else ""
        abstract = ' abstract="true"' if each.abstract else ""
        yield f'{shared} type="{each.type}" xbrli:periodType="{each.period}" nillable="true"{abstract}{typed}/>\n'
    for local, base in schema.types.items():
        yield (
            f"<xsd:complexType name={_quoted(local)}><xsd:simpleContent>"
            f'<xsd:restriction base="{base}"/></xsd:simpleContent></xsd:complexType>\n'
        )
    yield "</xsd:schema>"


def _quoted(text: str) -> str:
    return f'"{escape_attribute(text)}"'
