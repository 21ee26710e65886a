"""The facts of the batch in hand, column by column, since a loop in C costs a third of one in Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from recto.instance.builder import FactBuilder, FactKind, decimals_of, normalize, settled
from recto.instance.model import Context, Unit
from recto.instance.naming import Namer
from recto.instance.xml import CONTEXT, FOOTNOTE_LINK, NIL, REFERENCES, UNIT, composed, language_of, stands_for_others
from recto.names import QName
from recto.tables.facts import Describer, decimals_column, numbers
from recto.tables.pieces import Piece
from recto.tables.referents import Referents
from recto.tables.schemas import CONCEPT_COLUMNS, CONTEXT_COLUMNS, FACTS, arrow_schema
from recto.taxonomy.model import Concept, Taxonomy
from recto.taxonomy.values import all_valid, check
from recto.xml import xlink
from recto.xsd import SPACE

if TYPE_CHECKING:
    import pyarrow as pa

_NO_FACTS = REFERENCES | {CONTEXT, UNIT, FOOTNOTE_LINK}


class StreamedFact(NamedTuple):
    """What a record tells of a fact."""

    id: str
    qname: QName
    context: Context | None
    unit: Unit | None
    language: str | None
    value: str | None
    decimals: int | Literal["INF"] | None
    nil: bool
    valid: bool
    line: int


class _Kind:
    """What is known of one element name."""

    __slots__ = ("as_written", "decimal", "index", "known", "measured", "numeric", "undeclared")

    def __init__(self, index: int, known: FactKind):
        concept = known.concept
        type_ = concept.type if concept is not None else None
        self.index = index
        self.known = known
        self.numeric = concept is not None and concept.is_numeric
        self.measured = self.numeric and not known.is_fraction
        """Its facts need a unit and an accuracy."""
        self.undeclared = concept is None
        """Its facts are numbers if they have a unit."""
        plain = known.fault is None and known.default is None and not known.is_fraction and not known.is_tuple
        self.as_written = plain and known.type is None and known.space == "preserve"
        """Any text is a value, just as it is."""
        bare = type_ is not None and not any(each.facets or each.enumeration for each in type_.chain())
        self.decimal = type_ if plain and bare and type_ is not None and type_.xsd_base == "decimal" else None
        """The type of plain decimal numbers, which are checked many at once."""


class Batch:
    """The facts of the batch in hand, column by column; what concerns concept, context or unit as an index."""

    def __init__(self, referents: Referents, taxonomy: Taxonomy, root: Any):
        self.referents = referents
        self.taxonomy = taxonomy
        self.kinds: dict[str, _Kind | None] = {}
        self._inner: dict[str, _Kind] = {}
        self.concepts: list[tuple[QName, Concept | None]] = []
        self.decimals_seen: dict[str | None, tuple[int | None, bool | None]] = {None: (None, None)}
        self.readable: dict[str, bool] = {}
        """Texts of decimals and precision → whether they are such."""
        self.language = root.get(xlink.XML_LANG) or None
        self.namer = Namer(({k: v for k, v in root.nsmap.items() if k}, taxonomy.prefixes()))
        self.describer = Describer(self.namer, taxonomy)
        self.ordinal = 0
        self.tuples = False
        """Some concept met so far is a tuple."""
        self.undeclared = False
        """Some element met so far has no declaration."""
        self._builder = FactBuilder(taxonomy, {}, {}, referents.findings, frozenset)
        self.described_concepts: list[tuple[Any, ...]] = []
        self.described_contexts: list[tuple[Any, ...]] = []
        self._clear()

    def _clear(self) -> None:
        self.ids: list[str] = []
        self.concept: list[int] = []
        self.context: list[int | None] = []
        self.unit: list[int | None] = []
        self.unit_id: list[str | None] = []
        self.value: list[str | None] = []
        self.decimals: list[int | None] = []
        self.exact: list[bool | None] = []
        self.languages: list[str | None] = []
        self.numeric: list[bool] = []
        self.invalid: list[int] = []
        """Rows without a value of their type."""
        self.unfounded: list[int] = []
        """Rows whose accuracy is not known, or that lack a unit."""
        self.holders: list[int] = []
        """Rows of what seems to be tuples."""
        self.lines: list[int] = []

    def kind(self, element: Any) -> _Kind | None:
        """That of a child of the root, by the first of its name; None for what is no fact."""
        tag = element.tag
        aside = tag in _NO_FACTS or element.get(xlink.TYPE) == "extended"
        found = self.kinds[tag] = None if aside else self._inner_kind(tag)
        return found

    def _inner_kind(self, tag: str) -> _Kind:
        """That of an element in a tuple, where only facts stand."""
        found = self._inner.get(tag)
        if found is None:
            known = self._builder.kind(tag)
            found = self._inner[tag] = _Kind(len(self.concepts), known)
            self.tuples = self.tuples or known.is_tuple
            self.undeclared = self.undeclared or found.undeclared
            self.concepts.append((known.name, known.concept))
        return found

    def add(self, piece: Piece) -> None:
        """Adds the facts of a piece, column by column, since a loop in C costs a third of one in Python."""
        known = self.kinds
        elements = piece.children
        tags = [element.tag for element in elements]
        for tag in set(tags).difference(known):
            self.kind(elements[tags.index(tag)])
        kinds = [known[tag] for tag in tags]
        ordinals: Sequence[int] = range(self.ordinal, self.ordinal + len(elements))
        nested = self.tuples or self.undeclared
        if nested:
            found = list(self._facts(elements, kinds))
            elements, ordinals = [element for element, _, _ in found], [ordinal for _, ordinal, _ in found]
            kinds = [kind for _, _, kind in found]
        else:
            if None in kinds:
                self._keep(elements, kinds)
                elements = [element for element, kind in zip(elements, kinds, strict=True) if kind is not None]
                ordinals = ordinals[: len(elements)]
            self.ordinal += len(elements)
        facts = [kind for kind in kinds if kind is not None]
        self.concept += map(_INDEX, facts)
        names = [element.get("id") for element in elements]
        self.ids += (
            names
            if None not in names
            else [f"f-{ordinal}" if name is None else name for name, ordinal in zip(names, ordinals, strict=True)]
        )
        holders: list[int] = []
        if nested:  # what seems to be a tuple has no context, unit and accuracy, whatever it says
            pairs = enumerate(zip(facts, elements, strict=True))
            holders = [at for at, (kind, element) in pairs if stands_for_others(kind.known, element)]
        self.context += self.referents.of_contexts(_values("contextRef", elements, holders))
        units = _values("unitRef", elements, holders)
        self.unit += self.referents.of_units(units)
        self.unit_id += units
        numeric = list(map(_NUMERIC, facts))
        if self.undeclared:
            numeric = [
                unit is not None if kind.undeclared else kind.numeric for kind, unit in zip(facts, units, strict=True)
            ]
        self.numeric += numeric
        # Without a unit there is nothing that could be exact.
        decimals = [
            None if unit is None else element.get("decimals") for unit, element in zip(units, elements, strict=True)
        ]
        self._add_decimals(decimals)
        first = len(self.lines)
        self.holders += [first + at for at in holders]
        self._found(facts, elements if piece.precise else (), units, decimals, first)
        lines = piece.lines
        self.lines += [element.sourceline + lines for element in elements]
        language = self.language
        self.languages += (
            [
                None if number else language_of(element) if nested else element.get(xlink.XML_LANG, language) or None
                for number, element in zip(numeric, elements, strict=True)
            ]
            if piece.languages
            else [None if number else language for number in numeric]
        )
        self._add_values(facts, elements, piece.nils)

    def _found(
        self,
        kinds: list[_Kind],
        elements: Sequence[Any],
        units: list[str | None],
        decimals: list[str | None],
        first: int,
    ) -> None:
        """Notes the facts that lack a unit, or whose accuracy is not known. `elements`: where some have a precision."""
        precisions = [element.get("precision") for element in elements] or [None] * len(kinds)
        rows = list(zip(kinds, units, decimals, precisions, strict=True))
        unfounded = {row for row in set(rows) if self._lacks(*row)}  # most facts of a kind are alike in this
        if unfounded:
            self.unfounded += [at for at, row in enumerate(rows, first) if row in unfounded]

    def _lacks(self, kind: _Kind, unit: str | None, decimals: str | None, precision: str | None) -> bool:
        """Whether such facts lack a unit or a known accuracy."""
        if unit is None:
            return kind.measured
        if decimals is None and precision is None:
            return kind.measured and not self._builder.gives_accuracy(kind.known)
        return (decimals is not None and precision is not None) or not self._readable(decimals or precision or "")

    def _readable(self, text: str) -> bool:
        known = self.readable.get(text)
        if known is None:
            try:
                decimals_of(text)
                known = True
            except ValueError:
                known = False
            self.readable[text] = known
        return known

    def _add_values(self, facts: list[_Kind], elements: list[Any], nils: bool) -> None:
        """The values of facts; most are taken as they stand, the others as loading takes them."""
        first = len(self.value)
        texts = [element.text for element in elements]
        simple = not nils and not any(map(len, elements))
        values = [
            text
            if simple
            and text
            and (kind.as_written or (kind.decimal is not None and text[0] not in SPACE and text[-1] not in SPACE))
            else self._value(kind.known, element, row)
            for row, (kind, element, text) in enumerate(zip(facts, elements, texts, strict=True), first)
        ]
        self._check_decimals(facts, values, first)
        self.value += values

    def _check_decimals(self, kinds: list[_Kind], values: list[str | None], first: int) -> None:
        """Looks whether decimal numbers are such; `first` is the row of the first."""
        numbers = [v for kind, v in zip(kinds, values, strict=True) if kind.decimal is not None and v is not None]
        type_ = next((kind.decimal for kind in kinds if kind.decimal is not None), None)
        if type_ is None or all_valid(type_, numbers):
            return
        for at, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if kind.decimal is not None and value is not None:
                values[at] = value = normalize(value, kind.known.space)
                if check(kind.decimal, value) is not None:
                    self.invalid.append(first + at)

    def _keep(self, elements: Iterable[Any], kinds: Iterable[_Kind | None]) -> None:
        """Keeps contexts and units aside."""
        for element, kind in zip(elements, kinds, strict=True):
            if kind is None and element.tag in (CONTEXT, UNIT):
                self.referents.keep(element, element.tag)

    def _facts(self, elements: Iterable[Any], kinds: Iterable[_Kind | None]) -> Iterator[tuple[Any, int, _Kind | None]]:
        """The items with their ordinals among all facts, and their kinds.

        Contexts and units are kept aside, tuples are opened.
        """
        for element, kind in zip(elements, kinds, strict=True):
            if kind is None:
                self._keep([element], [kind])
                continue
            ordinal = self.ordinal
            self.ordinal += 1
            if not kind.known.is_tuple:
                yield element, ordinal, kind
            if stands_for_others(kind.known, element):
                children = list(element)
                yield from self._facts(children, [self._inner_kind(child.tag) for child in children])

    def _value(self, kind: FactKind, element: Any, row: int) -> str | None:
        nil = element.get(NIL)
        is_nil = nil is not None and nil.strip(SPACE) in ("true", "1")
        if stands_for_others(kind, element):
            return None if is_nil else ""
        fault = None
        if len(element) or kind.is_fraction:
            text, _, fault = composed(kind, element)
        else:
            text = element.text or ""
        value, fault = settled(kind, text, is_nil, element, kind.fault or fault)
        if fault is not None:
            self.invalid.append(row)
        return None if is_nil else value

    def _add_decimals(self, texts: list[str | None]) -> None:
        seen = self.decimals_seen
        for text in dict.fromkeys(texts):
            if text not in seen:
                try:
                    decimals = decimals_of(text)
                except ValueError:
                    decimals = None
                seen[text] = (decimals_column(decimals), None if decimals is None else decimals == "INF")
        found = [seen[text] for text in texts]
        self.decimals += map(_FIRST, found)
        self.exact += map(_SECOND, found)

    def flush(self) -> pa.RecordBatch:
        """The batch as Arrow columns; the lists are empty afterwards."""
        import pyarrow as pa

        schema = arrow_schema(FACTS)
        count = len(self.ids)
        nil = self._nil()
        valid = self._valid(nil)
        if not all(valid):
            self.value = [value if good else None for value, good in zip(self.value, valid, strict=True)]
        columns: dict[str, Any] = {
            "id": self.ids,
            "unit_id": self.unit_id,
            "language": self.languages,
            "value": self.value,
            "decimals": self.decimals,
            "is_exact": self.exact,
            "nil": nil,
            "numeric": self.numeric,
            "valid": valid,
            "line": self.lines,
        }
        arrays = {name: pa.array(values, schema.field(name).type) for name, values in columns.items()}
        arrays |= numbers(_where(arrays["value"], arrays["numeric"]))
        arrays["hidden"] = pa.repeat(pa.scalar(False), count)
        arrays["document"] = arrays["instance"] = pa.repeat(pa.scalar(self.referents.url), count)
        arrays["target"] = pa.nulls(count, pa.string())
        arrays |= self._of_concepts(schema)
        arrays |= self._of_contexts(schema)
        names = [self.namer.unit(unit) for unit in self.referents.units]
        arrays["unit"] = pa.array(names, pa.string()).take(pa.array(self.unit, pa.int32()))
        self._clear()
        return pa.RecordBatch.from_arrays([arrays[name] for name in schema.names], schema=schema)

    def drain(self) -> Iterator[StreamedFact]:
        """The batch fact by fact; the lists are empty afterwards."""
        nil = self._nil()
        valid = self._valid(nil)
        contexts, units = self.referents.contexts, self.referents.units
        for row, identifier in enumerate(self.ids):
            context, unit = self.context[row], self.unit[row]
            yield StreamedFact(
                identifier,
                self.concepts[self.concept[row]][0],
                None if context is None else contexts[context],
                None if unit is None else units[unit],
                self.languages[row],
                self.value[row] if valid[row] else None,
                "INF" if self.exact[row] else self.decimals[row],
                nil[row],
                valid[row],
                self.lines[row],
            )
        self._clear()

    def _nil(self) -> list[bool]:
        return [each is None for each in self.value] if None in self.value else [False] * len(self.value)

    def _valid(self, nil: list[bool]) -> list[bool]:
        """Which facts are valid, as `FactBuilder` has it."""
        contexts = [context.valid for context in self.referents.contexts]
        units = [unit.valid for unit in self.referents.units]
        sound = all(contexts) and None not in self.context
        valid = [sound or (context is not None and contexts[context]) for context in self.context]
        wrong = {
            (unit, named)
            for unit, named in set(zip(self.unit, self.unit_id, strict=True))
            if named is not None and (unit is None or not units[unit])
        }
        if wrong:
            for row, pair in enumerate(zip(self.unit, self.unit_id, strict=True)):
                valid[row] = valid[row] and pair not in wrong
        for row in self.holders:
            valid[row] = True
        for row in self.unfounded:
            if not nil[row] or (self.unit_id[row] is None and self.numeric[row]):
                valid[row] = False
        for row in self.invalid:
            valid[row] = False
        return valid

    def _of_concepts(self, schema: pa.Schema) -> dict[str, pa.Array]:
        for name, concept in self.concepts[len(self.described_concepts) :]:
            self.described_concepts.append(self.describer.concept(name, concept))
        return _spread(self.described_concepts, self.concept, CONCEPT_COLUMNS, schema)

    def _of_contexts(self, schema: pa.Schema) -> dict[str, pa.Array]:
        for context in self.referents.contexts[len(self.described_contexts) :]:
            self.described_contexts.append(self.describer.context(context))
        return _spread(self.described_contexts, self.context, CONTEXT_COLUMNS, schema)


def _where(values: pa.Array, wanted: pa.Array) -> pa.Array:
    """Those values that are wanted, none in place of the others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(wanted, values, pa.scalar(None, values.type))


_INDEX, _NUMERIC = attrgetter("index"), attrgetter("numeric")
_FIRST, _SECOND = itemgetter(0), itemgetter(1)


def _values(name: str, elements: list[Any], without: Iterable[int]) -> list[str | None]:
    """An attribute of each element, None for those at some places."""
    values = [element.get(name) for element in elements]
    for at in without:
        values[at] = None
    return values


def _spread(
    described: list[tuple[Any, ...]], rows: list[Any], names: tuple[str, ...], schema: pa.Schema
) -> dict[str, pa.Array]:
    """One value for each distinct thing, spread over the rows; only what the batch uses is turned into Arrow."""
    import pyarrow as pa

    encoded = pa.array(rows, pa.int32()).dictionary_encode()
    used = encoded.dictionary.to_pylist()
    columns = [pa.array([described[i][k] for i in used], schema.field(name).type) for k, name in enumerate(names)]
    found = {name: column.take(encoded.indices) for name, column in zip(names, columns, strict=True)}
    if "dimensions" in found and encoded.null_count:
        lists = [[] if each is None else each for each in found["dimensions"].to_pylist()]
        found["dimensions"] = pa.array(lists, schema.field("dimensions").type)
    return found
