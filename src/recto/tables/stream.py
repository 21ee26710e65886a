"""Facts of an instance of any size as Arrow batches, in bounded memory.

The instance is parsed piece by piece (`recto.tables.pieces`), and facts are forgotten with their piece. Contexts and
units stay, and if facts stand before them they are read ahead in a pass of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from recto.findings import Findings
from recto.instance.builder import decimals_of, normalize, white_space
from recto.instance.contexts import read_context, read_unit, text_of
from recto.instance.model import Context, Fact, Instance, Unit
from recto.instance.naming import Namer
from recto.instance.xml import CONTEXT, NIL, UNIT
from recto.names import QName
from recto.tables.facts import Describer, amount, facts_table
from recto.tables.pieces import Piece, pieces
from recto.tables.schemas import CONCEPT_COLUMNS, CONTEXT_COLUMNS, FACTS, arrow_schema
from recto.taxonomy.model import Concept, Taxonomy
from recto.taxonomy.values import check
from recto.xml import resolve_url, split_fragment, xlink

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 50_000
"""Facts in a batch, about."""

_REFERENCES = frozenset(
    f"{{http://www.xbrl.org/2003/linkbase}}{name}" for name in ("schemaRef", "linkbaseRef", "roleRef", "arcroleRef")
)
_SPACE = " \t\r\n"
_UNKNOWN = -1
"""Place of a context or unit that was not met yet."""


def stream_facts(
    open_document: Callable[[], IO[bytes]],
    url: str,
    load_taxonomy: Callable[[tuple[str, ...]], Taxonomy],
) -> pa.RecordBatchReader:
    """The facts of an xBRL-XML instance as batches with the schema of `facts`; nothing is kept but contexts and units.

    `open_document` opens the instance anew each time it is called. Raises XMLError where it is no instance.
    """
    import pyarrow as pa

    return pa.RecordBatchReader.from_batches(arrow_schema(FACTS), _Stream(open_document, url, load_taxonomy).batches())


def batches_of(instance: Instance, facts: Iterable[Fact]) -> pa.RecordBatchReader:
    """Facts as they are read (from xBRL-CSV, row by row) as batches with the schema of `facts`.

    `instance` says whose they are; its own `facts` are not looked at.
    """
    import pyarrow as pa

    def batches() -> Iterator[pa.RecordBatch]:
        rest = iter(facts)
        while some := [(instance, fact) for fact in islice(rest, BATCH)]:
            yield from facts_table([instance], facts=some).to_batches()

    return pa.RecordBatchReader.from_batches(arrow_schema(FACTS), batches())


class _Stream:
    def __init__(
        self,
        open_document: Callable[[], IO[bytes]],
        url: str,
        load_taxonomy: Callable[[tuple[str, ...]], Taxonomy],
    ):
        self.open_document = open_document
        self.url = url
        self.load_taxonomy = load_taxonomy
        self.references: list[str] = []
        self.contexts: dict[str | None, int | None] = {None: None}
        self.units: dict[str | None, int | None] = {None: None}
        self.context_values: list[Context] = []
        self.unit_values: list[Unit] = []
        self.findings = Findings()
        self.piece: Piece | None = None
        self._all_read = False

    def keep(self, element: Any, tag: str) -> None:
        """Reads a context or unit of the piece in hand once."""
        identifier = element.get("id") or ""
        assert self.piece is not None
        document, prefixes = self.piece.document, self.piece.prefixes
        if tag == CONTEXT:
            if identifier not in self.contexts:
                self.contexts[identifier] = len(self.context_values)
                self.context_values.append(read_context(element, document, prefixes, self.findings))
        elif identifier not in self.units:
            self.units[identifier] = len(self.unit_values)
            self.unit_values.append(read_unit(element, document, prefixes, self.findings))

    def read_ahead(self) -> None:
        """Reads every context and unit of the document, once."""
        if self._all_read:
            return
        self._all_read = True
        in_hand = self.piece
        for piece in pieces(self.open_document, self.url):
            self.piece = piece
            for element in piece.children:
                tag = element.tag
                if tag in (CONTEXT, UNIT):
                    self.keep(element, tag)
        self.piece = in_hand

    def batches(self) -> Iterator[pa.RecordBatch]:
        columns: _Columns | None = None
        for piece in pieces(self.open_document, self.url):
            self.piece = piece
            if columns is None:
                for element in piece.children:
                    if element.tag in _REFERENCES:
                        href = resolve_url(self.url, element.get(xlink.HREF) or "")
                        self.references.append(split_fragment(href)[0])
                taxonomy = self.load_taxonomy(tuple(dict.fromkeys(self.references)))
                columns = _Columns(self, taxonomy, piece.document.root)
            columns.add(piece.children, piece.lines)
            if len(columns.ids) >= BATCH:
                yield columns.flush()
        if columns is not None and columns.ids:
            yield columns.flush()


class _Kind:
    """What is known of one element name."""

    __slots__ = ("checked", "index", "is_tuple", "numeric", "plain", "space")

    def __init__(self, index: int, concept: Concept | None):
        type_ = concept.type if concept is not None else None
        self.index = index
        self.is_tuple = concept is not None and concept.kind == "tuple"
        self.numeric = concept is not None and concept.is_numeric
        self.space = white_space(type_)
        plain = self.numeric or type_ is None or (type_.xsd_base in ("string", "normalizedString") and not type_.facets)
        self.checked = None if plain else type_
        self.plain = self.numeric
        """A number holds no elements, and no white space but around it."""


class _Columns:
    """The facts of the batch in hand, column by column; what concerns concept, context or unit as an index."""

    def __init__(self, stream: _Stream, taxonomy: Taxonomy, root: Any):
        self.stream = stream
        self.taxonomy = taxonomy
        self.kinds: dict[str, _Kind | None] = {}
        self.concepts: list[tuple[QName, Concept | None]] = []
        self.decimals_seen: dict[str | None, tuple[int | None, bool | None]] = {None: (None, None)}
        self.language = root.get(xlink.XML_LANG)
        self.namer = Namer(({k: v for k, v in root.nsmap.items() if k}, taxonomy.prefixes()))
        self.describer = Describer(self.namer, taxonomy)
        self.ordinal = 0
        self.tuples = False
        """Some concept met so far is a tuple."""
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
        self.lines: list[int] = []

    def kind(self, tag: str) -> _Kind | None:
        """None for what is no fact."""
        if tag in (CONTEXT, UNIT) or tag in _REFERENCES or tag.startswith("{http://www.xbrl.org/2003/linkbase}"):
            found = None
        else:
            name = QName.of(tag)
            concept = self.taxonomy.concept(name)
            found = _Kind(len(self.concepts), concept)
            self.tuples = self.tuples or found.is_tuple
            self.concepts.append((name, concept))
        self.kinds[tag] = found
        return found

    def add(self, elements: list[Any], lines: int) -> None:
        """Adds the facts among the elements, whose lines are so many more than they say.

        Column by column, since a loop in C costs a third of one in Python.
        """
        known = self.kinds
        tags = [element.tag for element in elements]
        for tag in set(tags).difference(known):
            self.kind(tag)
        kinds = [known[tag] for tag in tags]
        if self.tuples or None in kinds:
            elements = list(self._facts(elements, kinds))
            kinds = [known[element.tag] for element in elements]
        facts = [kind for kind in kinds if kind is not None]
        first = len(self.ids)
        self.concept += [kind.index for kind in facts]
        self.numeric += [kind.numeric for kind in facts]
        names = [element.get("id") for element in elements]
        self.ids += names if None not in names else self._named(names)
        self.ordinal += len(elements)
        self.context += self._places([element.get("contextRef") for element in elements], self.stream.contexts)
        units = [element.get("unitRef") for element in elements]
        self.unit_id += units
        self.unit += self._places(units, self.stream.units)
        self._add_decimals([element.get("decimals") for element in elements])
        self.lines += [element.sourceline + lines for element in elements]
        language = self.language
        self.languages += [
            None if kind.numeric else element.get(xlink.XML_LANG, language)
            for kind, element in zip(facts, elements, strict=True)
        ]
        texts = [element.text for element in elements]
        self.value += [
            text
            if text and kind.plain and text[0] not in _SPACE and text[-1] not in _SPACE
            else self._value(kind, element, row)
            for row, (kind, element, text) in enumerate(zip(facts, elements, texts, strict=True), first)
        ]

    def _facts(self, elements: Iterable[Any], kinds: Iterable[_Kind | None]) -> Iterator[Any]:
        """The items; contexts and units are kept aside, tuples are opened."""
        for element, kind in zip(elements, kinds, strict=True):
            if kind is None:
                if element.tag in (CONTEXT, UNIT):
                    self.stream.keep(element, element.tag)
            elif kind.is_tuple:
                children = list(element)
                yield from self._facts(children, [self.kinds.get(c.tag) or self.kind(c.tag) for c in children])
            else:
                yield element

    def _named(self, names: list[str | None]) -> list[str]:
        return [name or f"f-{self.ordinal + number}" for number, name in enumerate(names)]

    def _places(self, references: list[str | None], table: dict[str | None, int | None]) -> list[int | None]:
        """Indices of contexts or units; None for one that does not exist anywhere in the document."""
        places = [table.get(reference, _UNKNOWN) for reference in references]
        if _UNKNOWN in places:
            self.stream.read_ahead()
            for reference in set(references).difference(table):
                table[reference] = None
            places = [table[reference] for reference in references]
        return places

    def _value(self, kind: _Kind, element: Any, row: int) -> str | None:
        text = element.text or "" if not len(element) else text_of(element)
        if not text or text.isspace():
            nil = element.get(NIL)
            if nil is not None and nil.strip(_SPACE) in ("true", "1"):
                return None
        value = text if kind.space == "preserve" else normalize(text, kind.space)
        if kind.checked is not None and check(kind.checked, value, namespaces=element.nsmap) is not None:
            self.invalid.append(row)
        return value

    def _add_decimals(self, texts: list[str | None]) -> None:
        seen = self.decimals_seen
        for text in dict.fromkeys(texts):
            if text not in seen:
                decimals = decimals_of(text)
                finite = decimals if isinstance(decimals, int) else None
                seen[text] = (finite, None if decimals is None else decimals == "INF")
        self.decimals += [seen[text][0] for text in texts]
        self.exact += [seen[text][1] for text in texts]

    def flush(self) -> pa.RecordBatch:
        """The batch as Arrow columns; the lists are empty afterwards."""
        import pyarrow as pa

        schema = arrow_schema(FACTS)
        count = len(self.ids)
        numbers, bad = _amounts(self.value, self.numeric)
        valid = [True] * count
        for row in (*self.invalid, *bad):
            valid[row] = False
        columns: dict[str, Any] = {
            "id": self.ids,
            "unit_id": self.unit_id,
            "language": self.languages,
            "value": self.value,
            "decimals": self.decimals,
            "is_exact": self.exact,
            "nil": [each is None for each in self.value],
            "numeric": self.numeric,
            "valid": valid,
            "line": self.lines,
        }
        arrays = {name: pa.array(values, schema.field(name).type) for name, values in columns.items()}
        arrays["number"] = numbers
        arrays["hidden"] = pa.repeat(pa.scalar(False), count)
        arrays["document"] = arrays["instance"] = pa.repeat(pa.scalar(self.stream.url), count)
        arrays |= self._of_concepts(schema)
        arrays |= self._of_contexts(schema)
        names = [self.namer.unit(unit) for unit in self.stream.unit_values]
        arrays["unit"] = pa.array(names, pa.string()).take(pa.array(self.unit, pa.int32()))
        self._clear()
        return pa.RecordBatch.from_arrays([arrays[name] for name in schema.names], schema=schema)

    def _of_concepts(self, schema: pa.Schema) -> dict[str, pa.Array]:
        for name, concept in self.concepts[len(self.described_concepts) :]:
            self.described_concepts.append(self.describer.concept(name, concept))
        return _spread(self.described_concepts, self.concept, CONCEPT_COLUMNS, schema)

    def _of_contexts(self, schema: pa.Schema) -> dict[str, pa.Array]:
        for context in self.stream.context_values[len(self.described_contexts) :]:
            self.described_contexts.append(self.describer.context(context))
        return _spread(self.described_contexts, self.context, CONTEXT_COLUMNS, schema)


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


def _amounts(values: list[str | None], numeric: list[bool]) -> tuple[pa.Array, list[int]]:
    """Amounts of the numeric facts, and the rows whose value is no number."""
    from decimal import Decimal, InvalidOperation

    import pyarrow as pa

    type_ = arrow_schema(FACTS).field("number").type
    texts = [value if wanted else None for value, wanted in zip(values, numeric, strict=True)]
    try:
        return pa.array(texts, pa.string()).cast(type_), []
    except pa.ArrowInvalid:
        pass
    found: list[Decimal | None] = []
    bad: list[int] = []
    for row, text in enumerate(texts):
        try:
            found.append(None if text is None else amount(Decimal(text)))
        except InvalidOperation:
            found.append(None)
            bad.append(row)
    return pa.array(found, type_), bad


def write_parquet(reader: pa.RecordBatchReader, path: str) -> int:
    """Writes batches as they come, compressed on another core while the next is read; returns the number of facts."""
    from concurrent.futures import Future, ThreadPoolExecutor

    import pyarrow.parquet as pq

    from recto.tables.table import UNINDEXED

    count = 0
    indexed = [name for name in reader.schema.names if name not in UNINDEXED]
    with (
        pq.ParquetWriter(path, reader.schema, compression="zstd", write_statistics=indexed) as writer,
        ThreadPoolExecutor(1) as pool,
    ):
        pending: Future[None] | None = None
        for batch in reader:
            if pending is not None:
                pending.result()
            pending = pool.submit(writer.write_batch, batch)
            count += batch.num_rows
        if pending is not None:
            pending.result()
    return count
