"""Text blocks by words: a full-text index (tantivy) beside the tables, brought up to date when it is asked.

It holds the plain text of `texts`. It is made of committed filings only, in one commit, so that a filing is in it whole
or not at all; it may be deleted at any time, and is then made anew. Of a bucket, or of a folder that cannot be written,
it lies in the cache.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from recto import files, settings
from recto.errors import SourceError, UsageError
from recto.lake.database import Database
from recto.lake.places import Place
from recto.lake.result import Result
from recto.lake.store import Store
from recto.prose import plain, prose

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER: Final = "index/texts"
_STATE: Final = "recto.txt"
_VERSION: Final = 1
_HEAP: Final = 64_000_000
_LONGEST: Final = 2_000_000
"""Characters of a text that are indexed."""
Progress = Callable[[int, int, str], None]


def _tantivy() -> Any:
    try:
        import tantivy
    except ModuleNotFoundError:
        raise SourceError("search by words needs tantivy: pip install 'recto[lake]'", code="recto:extra") from None
    return tantivy


class Found(Result):
    """Texts that were found: a row for each, the best first."""

    __slots__ = ()

    def text(self, *, width: int = 60) -> str:
        """Each with what it is part of, and a snippet below."""
        parts = []
        for row in self.to_dicts():
            head = [row["company"] or row["entity"], row["form"], row["period"], row["filing"], row["concept"]]
            parts += ["  ".join(str(each) for each in (*head, f"fact {row['fact']}") if each), f"    {row['snippet']}"]
        return "\n".join(parts)


class TextIndex:
    """The index of a lake's texts."""

    def __init__(self, database: Database):
        self._tantivy = _tantivy()
        self.database = database
        self.folder = _folder(database)
        builder = self._tantivy.SchemaBuilder()
        builder.add_text_field("body", stored=True, tokenizer_name="en_stem")
        for name in ("filing", "concept", "entity", "form"):
            builder.add_text_field(name, stored=name in ("filing", "concept"), tokenizer_name="raw")
        builder.add_integer_field("fact", stored=True)
        builder.add_integer_field("day", indexed=True, fast=True)
        self.schema = builder.build()

    @property
    def is_current(self) -> bool:
        try:
            return (self.folder / _STATE).read_text(encoding="utf-8") == self._state()
        except OSError:
            return False

    def _state(self) -> str:
        return f"{_VERSION} {self.database.place.url} {self.database.snapshot.versions['filings']}\n"

    def open(self) -> Any:
        return self._tantivy.Index(self.schema, path=str(self.folder))

    def update(self, progress: Progress | None = None) -> int:
        """Takes in the texts of filings that it lacks; returns how many filings. Another process may be at it: then
        nothing is done here. Raises `SourceError` where it cannot be written."""
        if self.is_current:
            return 0
        try:
            index = self.open()
        except ValueError:  # made by another version of tantivy, or damaged: it can be made anew
            _clear(self.folder)
            index = self.open()
        wanted = {
            row["filing"]: row
            for row in self.database.query(
                """select filing, entity, form, coalesce(accepted::date, filed, period) as day from filings
                where status = 'ok' and texts > 0"""
            ).to_pylist()
        }
        index.reload()
        held = {term for term, _ in index.searcher().terms_with_prefix("filing", "")}
        new = {key: row for key, row in wanted.items() if key not in held}
        if new:
            try:
                writer = index.writer(_HEAP, 1)
            except ValueError as error:
                if "lock" in str(error).lower():
                    return 0
                raise SourceError(f"the index of texts cannot be written: {error}", document=str(self.folder)) from None
            done: set[str] = set()
            for row in self._texts(set(new)):
                about = new[row["filing"]]
                if row["filing"] not in done:
                    done.add(row["filing"])
                    if progress is not None and len(done) % 20 == 0:
                        progress(len(done), len(new), "reading texts")
                writer.add_document(
                    self._tantivy.Document(
                        body=bare_text(row["text"], row["markup"])[:_LONGEST],
                        filing=row["filing"],
                        concept=row["concept"],
                        entity=about["entity"] or "",
                        form=about["form"] or "",
                        fact=row["fact"],
                        day=about["day"].toordinal() if about["day"] is not None else 0,
                    )
                )
            writer.commit()
            writer.wait_merging_threads()
        files.write(self.folder / _STATE, self._state().encode())
        return len(new)

    def _texts(self, filings: set[str]) -> Iterator[dict[str, Any]]:
        """Rows of `texts` of these filings, read group by group, so that memory is bounded."""
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        place = self.database.place
        keys = pa.array(sorted(filings), pa.string())
        for file in self.database.snapshot.files["texts"]:
            with place.open(f"texts/{file.name}") as stream:
                parquet = pq.ParquetFile(stream)
                for group in range(parquet.num_row_groups):
                    mine = pc.is_in(parquet.read_row_group(group, columns=["filing"])["filing"], value_set=keys)
                    if not pc.any(mine).as_py():
                        continue
                    columns = ["filing", "fact", "concept", "markup", "text"]
                    table = parquet.read_row_group(group, columns=columns).filter(mine)
                    for batch in table.to_batches(max_chunksize=256):
                        yield from batch.to_pylist()

    def search(
        self,
        words: str,
        *,
        entity: str | None = None,
        concept: str | None = None,
        form: str | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int = 20,
    ) -> Found:
        """The texts that hold all words (or what tantivy's query language asks for), the best first."""
        tantivy = self._tantivy
        index = self.open()
        index.reload()
        searcher = index.searcher()
        query, _ = index.parse_query_lenient(words, ["body"], conjunction_by_default=True)
        parts = [(tantivy.Occur.Must, query)]
        for name, value in (("entity", entity), ("concept", concept), ("form", form)):
            if value is not None:
                parts.append((tantivy.Occur.Must, tantivy.Query.term_query(self.schema, name, value)))
        if since is not None or until is not None:
            days = (since.toordinal() if since else 1, until.toordinal() if until else date.max.toordinal())
            parts.append(
                (tantivy.Occur.Must, tantivy.Query.range_query(self.schema, "day", tantivy.FieldType.Integer, *days))
            )
        hits = searcher.search(tantivy.Query.boolean_query(parts), limit, count=False).hits
        snippets = tantivy.SnippetGenerator.create(searcher, query, self.schema, "body")
        snippets.set_max_num_chars(240)
        rows = []
        for score, address in hits:
            document = searcher.doc(address)
            snippet = " ".join(snippets.snippet_from_doc(document).fragment().split())
            told = {name: document.get_first(name) for name in ("filing", "fact", "concept")}
            rows.append(told | {"score": float(score), "snippet": snippet})
        return self._answer(rows)

    def _answer(self, rows: list[dict[str, Any]]) -> Found:
        import pyarrow as pa

        listed = self.database.query(
            """select filing, company, ticker, entity, form, period, accepted from filings
            where filing in (select unnest(?)) and status = 'ok'""",
            [sorted({row["filing"] for row in rows})],
        ).to_pylist()
        about = {row["filing"]: row for row in listed}
        return Found(
            pa.Table.from_pylist([about[row["filing"]] | row for row in rows if row["filing"] in about], _schema())
        )


def _schema() -> pa.Schema:
    import pyarrow as pa

    text = pa.string()
    return pa.schema(
        [
            *(("company", text), ("ticker", text), ("entity", text), ("filing", text), ("form", text)),
            *(("period", pa.date32()), ("accepted", pa.timestamp("us", tz="UTC")), ("concept", text)),
            *(("fact", pa.int32()), ("score", pa.float64()), ("snippet", text)),
        ]
    )


def plain_text(text: str, markup: bool) -> str:
    """A text as people read it."""
    return plain(prose(text), width=0) if markup else text


_UNSEEN: Final = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.S | re.I)
_TAG: Final = re.compile(r"<[^>]*>")


def bare_text(text: str, markup: bool) -> str:
    """The words of a text, in a fiftieth of the time that `plain_text` takes."""
    if not markup:
        return text
    return " ".join(unescape(_TAG.sub(" ", _UNSEEN.sub(" ", text))).split())


def asked(words: str) -> str:
    """The words of a question. Raises `UsageError` where there are none."""
    if not any(character.isalnum() for character in words):
        raise UsageError("give words to look for")
    return words


class IndexState(Struct, frozen=True):
    """The state of a lake's text index: filings in it, filings with texts that it lacks, texts and bytes."""

    folder: str
    filings: int = 0
    behind: int = 0
    texts: int = 0
    bytes: int = 0
    problem: str | None = None
    """Why it cannot be read; it is made anew when texts are next searched."""


def index_state(store: Store) -> IndexState:
    """Looks at the index of a lake's texts, and changes nothing."""
    table = store.read_filings(["filing", "status", "texts"])
    wanted = {
        key
        for key, status, texts in zip(*(table[name].to_pylist() for name in table.column_names), strict=True)
        if status == "ok" and texts
    }
    folder = _place_of(store.place)
    if not (folder / "meta.json").exists():
        return IndexState(str(folder), behind=len(wanted))
    size = sum(each.stat().st_size for each in folder.iterdir() if each.is_file())
    try:
        searcher = _tantivy().Index.open(str(folder)).searcher()
        held = {term for term, _ in searcher.terms_with_prefix("filing", "")}
    except (ValueError, OSError, SourceError) as error:
        return IndexState(str(folder), behind=len(wanted), bytes=size, problem=str(error))
    return IndexState(str(folder), len(held & wanted), len(wanted - held), searcher.num_docs, size)


def _place_of(place: Place) -> Path:
    """Where the index lies: beside the tables; of a bucket, or of a folder that cannot be written, in the cache."""
    if not place.remote:
        here = Path(place.at(FOLDER))
        above = next((each for each in (here, *here.parents) if each.exists()), here)
        if os.access(above, os.W_OK):
            return here
    return settings.cache_dir() / "lakes" / hashlib.sha256(place.url.encode()).hexdigest()[:24]


def _folder(database: Database) -> Path:
    folder = _place_of(database.place)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _clear(folder: Path) -> None:
    for each in folder.iterdir():
        if each.is_file():
            each.unlink()
