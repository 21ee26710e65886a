"""Facts of an instance of any size as Arrow batches, in bounded memory.

The instance is parsed piece by piece (`recto.tables.pieces`), and facts are forgotten with their piece. Contexts and
units stay, and if facts stand before them they are read ahead in a pass of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, TYPE_CHECKING

from recto.instance.model import Context, Fact, Instance
from recto.instance.naming import Namer
from recto.instance.xml import REFERENCES, reference_url
from recto.tables.batch import Batch, StreamedFact
from recto.tables.facts import facts_table
from recto.tables.pieces import pieces
from recto.tables.referents import Referents
from recto.tables.schemas import FACTS, arrow_schema
from recto.taxonomy.model import Taxonomy

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 50_000
"""Facts in a batch, about."""
_FEW = 1000
"""Facts that are in hand at a time where they are told one by one."""


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


class FactStream:
    """The facts of an xBRL-XML instance one by one, read as it goes; contexts and units stay.

    `contexts` are those of the whole document. Raises XMLError where it is no instance.
    """

    def __init__(
        self,
        open_document: Callable[[], IO[bytes]],
        url: str,
        load_taxonomy: Callable[[tuple[str, ...]], Taxonomy],
    ):
        self._stream = _Stream(open_document, url, load_taxonomy)

    def contexts(self) -> Iterator[tuple[Context, Namer]]:
        """Every context, read ahead, with what names its axes."""
        for batch in self._stream.filled(BATCH):
            self._stream.referents.read_ahead()
            for context in self._stream.referents.contexts:
                yield context, batch.namer
            return

    def __iter__(self) -> Iterator[tuple[StreamedFact, Namer]]:
        """The facts, and what names them."""
        for batch in self._stream.filled(_FEW):
            for fact in batch.drain():
                yield fact, batch.namer


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
        self.load_taxonomy = load_taxonomy
        self.referents = Referents(open_document, url)

    def batches(self) -> Iterator[pa.RecordBatch]:
        for batch in self.filled(BATCH):
            yield batch.flush()

    def filled(self, size: int) -> Iterator[Batch]:
        """The batch each time that it holds `size` facts, and at the end; whoever takes it empties it."""
        batch: Batch | None = None
        referents = self.referents
        urls: list[str] = []
        for piece in pieces(self.open_document, referents.url):
            referents.piece = piece
            if batch is None:
                references = [element for element in piece.children if element.tag in REFERENCES]
                urls += [reference_url(piece.document, element) for element in references]
                if len(references) == len(piece.children):
                    continue  # more of them may follow
                taxonomy = self.load_taxonomy(tuple(dict.fromkeys(filter(None, urls))))
                referents.taxonomy = taxonomy
                batch = Batch(referents, taxonomy, piece.document.root)
            batch.add(piece)
            if len(batch.ids) >= size:
                yield batch
        if batch is not None and batch.ids:
            yield batch


def write_parquet(reader: pa.RecordBatchReader, path: str) -> int:
    """Writes batches as they come, compressed on another core while the next is read; returns the number of facts."""
    from concurrent.futures import Future, ThreadPoolExecutor

    import pyarrow.parquet as pq

    from recto.frames import UNINDEXED

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
