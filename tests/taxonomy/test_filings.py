"""Real filings: the compiled and the uncompiled paths give the same model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

import recto.taxonomy
from recto.findings import Findings
from recto.sources.places import Disk, Mirror
from recto.sources.resolver import Resolver
from recto.taxonomy.binary import StoredDocument, encode
from recto.taxonomy.compiled import CompiledDocument, MemoryDocument
from recto.taxonomy.dts import DTS
from recto.taxonomy.model import Concept, DataType
from recto.taxonomy.schemas import compile_document
from recto.taxonomy.store import Store
from recto.xml import file_url, parse
from tests.taxonomy.test_store import everything


class _InMemory(Store):
    """Keeps what the compiler makes, as it is: the uncompiled path, without compiling for each filing anew."""

    def __init__(self) -> None:
        super().__init__("/nonexistent")
        self.made: dict[str, CompiledDocument] = {}

    def get(self, url: str, resolver: Any, compile_: Any) -> CompiledDocument:
        key = resolver.resolve(url)
        if key not in self.made:
            self.made[key] = compile_(url, resolver.read(url))[0]
        return self.made[key]


@pytest.fixture(scope="module")
def in_memory() -> _InMemory:
    return _InMemory()


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("cache"))


def _load(data: Path, folder: Path, store: Store) -> DTS:
    base = file_url(folder) + "/"
    resolver = Resolver([Disk(local=base), Mirror(data / "taxonomies")], base_url=base)
    urls = [file_url(path) for path in sorted(folder.rglob("*.xsd"))]
    return recto.taxonomy.load(urls, resolver, store=store, findings=Findings())


@cache
def _fields(cls: type, *without: str) -> Callable[[Any], tuple[Any, ...]]:
    """Gives the values of all fields of an object, but for some."""
    names = [name for base in cls.__mro__ for name in getattr(base, "__slots__", ()) if name not in without]
    return attrgetter(*names)


def _type(type_: DataType | None) -> Any:
    if type_ is None:
        return None
    return [(each.qname, each.xsd_base, each.enumeration, dict(each.facets)) for each in type_.chain()]


def _concept(dts: DTS, concept: Concept, types: dict[int, Any]) -> Iterator[Any]:
    """`types` keeps what was made of each type of the DTS, which holds them all."""
    key = id(concept.type)
    if key not in types:
        types[key] = _type(concept.type)
    yield _fields(Concept, "type")(concept), types[key]
    for each in (*dts.labels(concept), *dts.references(concept)):
        yield _fields(type(each))(each)


def _model(dts: DTS) -> Iterator[Any]:
    yield list(dts.documents.values())
    yield [str(each) for each in dts.findings]
    yield dict(dts.prefixes()), dts.namespaces(), [(tag, each) for tag, each in dts.all_role_types()]
    concepts: dict[Concept, None] = {}
    types: dict[int, Any] = {}
    for arcrole in dts.arcroles():
        roles = dts.roles(arcrole)
        yield arcrole, roles, [dts.role_definition(role) for role in roles]
        for role in roles:
            for each in dts.network(arcrole, role).relationships:
                concepts[each.source] = concepts[each.target] = None
                yield each.source.qname, each.target.qname, _fields(type(each), "source", "target")(each)
    for concept in concepts:
        yield from _concept(dts, concept, types)


@pytest.mark.long
def test_both_paths_give_the_same_model_of_every_filing(shared_data: Path, in_memory: _InMemory, stored: Store) -> None:
    folders = [path for path in sorted((shared_data / "filings").iterdir()) if path.is_dir()]
    relationships = 0
    for folder in folders:
        compiled, uncompiled = (_load(shared_data, folder, store) for store in (stored, in_memory))
        for one, other in zip(_model(compiled), _model(uncompiled), strict=True):
            assert one == other, folder.name
            relationships += 1
    assert len(folders) >= 70
    assert relationships > 100_000
    assert any(isinstance(each.compiled, StoredDocument) for each in compiled.members)
    for url, document in in_memory.made.items():
        assert isinstance(document, MemoryDocument)
        if document.element_count + document.node_count < 1000:
            assert everything(StoredDocument(encode(document))) == everything(document), url


def test_the_whole_of_a_large_schema(shared_data: Path) -> None:
    path = shared_data / "taxonomies/xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd"
    compiled = compile_document(parse(path.read_bytes(), file_url(path)))
    assert compiled.element_count > 15_000
    assert everything(StoredDocument(encode(compiled))) == everything(compiled)


def test_the_whole_us_gaap_taxonomy_loads_without_findings(shared_data: Path, stored: Store) -> None:
    resolver = Resolver([Mirror(shared_data / "taxonomies")])
    url = "https://xbrl.fasb.org/us-gaap/2024/entire/us-gaap-entryPoint-std-2024.xsd"
    dts = recto.taxonomy.load([url], resolver, store=stored, findings=Findings())
    assert len(dts.documents) > 400
    assert not list(dts.findings)
