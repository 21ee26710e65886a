"""The store of compiled documents: same model, no damage ever shows, many processes at once."""

from __future__ import annotations

import marshal
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import recto.taxonomy
from recto.findings import Findings
from recto.taxonomy.binary import StoredDocument, encode
from recto.taxonomy.compiled import CompiledDocument, MemoryDocument
from recto.taxonomy.dts import DTS
from recto.taxonomy.packed import DamagedError
from recto.taxonomy.schemas import compile_document
from recto.taxonomy.store import Store
from recto.xml import parse
from tests.taxonomy.samples import (
    BASE,
    Texts,
    arc,
    item,
    items,
    label,
    label_arc,
    link,
    linkbase,
    linkbase_ref,
    load,
    loc,
    schema,
)

DOCUMENTS = {
    "t.xsd": schema(
        items("a b")
        + '<xs:element name="c" substitutionGroup="xbrli:item" t:x="1"><xs:simpleType><xs:restriction base="xs:token">'
        '<xs:enumeration value="é"/></xs:restriction></xs:simpleType></xs:element>'
        '<xs:complexType name="own" id="i"><xs:simpleContent><xs:extension base="xbrli:stringItemType"/>'
        "</xs:simpleContent></xs:complexType>",
        head=linkbase_ref("l.xml")
        + '<link:roleType roleURI="urn:r" id="r"><link:usedOn>t:x</link:usedOn></link:roleType>',
    ),
    "l.xml": linkbase(
        link("link:presentationLink", loc("a") + loc("b") + arc("a", "b", 'order="2" t:y="" xmlns:t="urn:t"'))
        + link(
            "link:labelLink",
            loc("a")
            + loc("b", "t.xsd#element(/1/4)")
            + label("l", "Ä", id_="l")
            + label_arc("a", "l")
            + label_arc("b", "l"),
        )
        + '<link:roleRef roleURI="urn:r" xlink:type="simple" xlink:href="t.xsd#r"/>'
    ),
}
SHARED = frozenset(DOCUMENTS)


def everything(document: CompiledDocument) -> dict[str, Any]:
    """All that the reading interface gives, for comparison."""
    document.complete()
    rows = sum(group[3] for each in document.links for group in each[4])
    nodes = [document.node(at) for at in range(document.node_count)]
    elements = [document.element(at) for at in range(document.element_count)]
    resources = [what for part, what, _ in nodes if part < 0]
    fragments = {str(what) for part, what, _ in nodes if part >= 0}
    ids = {element.id for element in elements} | fragments | {"r", "i", "l", "absent"}
    components = sorted(document.components())
    variants = 1 + max((row[2] for row in document.rows(0, rows)), default=-1)
    plain = [name for name in CompiledDocument.__slots__ if not name.startswith("_")]
    return {
        **{name: _listed(getattr(document, name)) for name in plain},
        "elements": elements,
        "named": {element.name: document.find_element(element.name) for element in elements},
        "ids": {each: document.find_id(each) for each in ids},
        "components": [(each, document.component(*each)) for each in components],
        "nodes": nodes,
        "resources": [document.resource(int(at)) for at in resources],
        "rows": list(document.rows(0, rows)),
        "variants": [document.variant(at) for at in range(variants)],
        "sources": {each: sorted(document.arcs_from(each)) for each in fragments | {"absent"}},
        "places": [document.link_and_group(row) for row in range(rows)],
    }


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _compiled(name: str) -> MemoryDocument:
    return compile_document(parse(DOCUMENTS[name].encode(), BASE + name))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_stored_form_gives_all_that_the_memory_form_gives(name: str) -> None:
    compiled = _compiled(name)
    stored = StoredDocument(encode(compiled))
    assert everything(stored) == everything(compiled)
    assert stored.find_element("absent") == -1


_names = st.text("abcé-_.\U0001f600", min_size=1, max_size=4)


@given(st.lists(_names, max_size=12), st.lists(st.tuples(_names, _names, st.integers(0, 3)), max_size=12))
@settings(max_examples=60)
def test_any_document_survives_the_round_trip(names: list[str], arcs: list[tuple[str, str, int]]) -> None:
    made = parse(schema("".join(item(f"n{name}") for name in names)).encode(), BASE)
    body = "".join(loc(name) + label(name, name * 2) for pair in arcs for name in pair[:2])
    body += "".join(label_arc(source, target, f'priority="{priority}"') for source, target, priority in arcs)
    links = parse(linkbase(link("link:labelLink", body)).encode(), BASE)
    for document in (made, links):
        compiled = compile_document(document)
        assert everything(StoredDocument(encode(compiled))) == everything(compiled)


def _texts(dts: DTS) -> list[str]:
    return [text for name in "ab" if (c := dts.concept_by_id(BASE + "t.xsd", f"t_{name}")) and (text := dts.label(c))]


def test_a_second_load_compiles_nothing(tmp_path: Path) -> None:
    compiled: list[str] = []
    for expected in (2, 0):
        compiled.clear()
        resolver = Texts(DOCUMENTS, SHARED)
        dts = recto.taxonomy.load(
            [BASE + "t.xsd"], resolver, store=Store(tmp_path), progress=lambda url, _: compiled.append(url)
        )
        assert len(compiled) == expected
        assert _texts(dts) == ["Ä", "Ä"]
    assert Store(tmp_path).size()[0] == 2


def test_the_filings_own_documents_are_not_stored(tmp_path: Path) -> None:
    load(DOCUMENTS, store=Store(tmp_path), shared=frozenset({"l.xml"}))
    assert Store(tmp_path).size()[0] == 1


def test_unsound_documents_are_not_stored(tmp_path: Path) -> None:
    documents = {"t.xsd": DOCUMENTS["t.xsd"][:-20]}
    for _ in range(2):
        dts = load(documents, store=Store(tmp_path), shared=frozenset(documents))
        assert [each.severity for each in dts.findings if each.code.startswith("xml:")] == ["error"]
    assert Store(tmp_path).size()[0] == 0


def test_damage_is_never_seen(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(DOCUMENTS, store=store, shared=SHARED)
    objects = sorted(tmp_path.glob("**/*.rtx"))
    sound = {path: path.read_bytes() for path in objects}
    chance = random.Random(7)
    for path in objects:
        data = sound[path]
        damaged = [data[:size] for size in (0, 1, 20, len(data) // 2, len(data) - 1)] + [
            data + b"\0",
            b"\0" * len(data),
        ]
        for _ in range(40):
            flipped = bytearray(data)
            flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            damaged.append(bytes(flipped))
        for each in damaged:
            path.write_bytes(each)
            dts = load(DOCUMENTS, store=store, shared=SHARED)
            assert _texts(dts) == ["Ä", "Ä"]
            assert not list(dts.findings)
            assert path.read_bytes() == data, "rebuilt"
            path.write_bytes(each)
            assert _texts(dts) == ["Ä", "Ä"], "what is in use does not change"
            del dts


def test_every_flipped_bit_is_noticed() -> None:
    data = encode(_compiled("l.xml"))
    for at in range(len(data)):
        flipped = bytearray(data)
        flipped[at] ^= 0x10
        if bytes(flipped[12:16]) != data[12:16]:
            continue
        with pytest.raises(DamagedError):
            StoredDocument(bytes(flipped))


def test_a_store_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "compiled").write_text("a file where the folder would be")
    dts = load(DOCUMENTS, store=Store(tmp_path), shared=SHARED)
    assert _texts(dts) == ["Ä", "Ä"]


class _Files(Texts):
    """Documents on disk, with stamps."""

    def __init__(self, folder: Path) -> None:
        super().__init__({})
        self.folder = folder

    def _path(self, url: str) -> Path:
        return self.folder / url.removeprefix(BASE)

    def read(self, url: str) -> bytes:
        self.reads.append(url)
        return self._path(url).read_bytes()

    def is_local(self, url: str) -> bool:
        return False

    def stamp(self, url: str) -> Any:
        status = self._path(url).stat()
        return (str(self._path(url)), status.st_size, status.st_mtime_ns)


def _write(folder: Path, documents: dict[str, str], age: float) -> None:
    for name, text in documents.items():
        (folder / name).write_text(text)
        os.utime(folder / name, (time.time() - age,) * 2)


def test_stamps_save_reading_and_are_not_trusted_too_early(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    files = tmp_path / "files"
    files.mkdir()
    _write(files, DOCUMENTS, age=0)
    for _ in range(2):
        resolver = _Files(files)
        recto.taxonomy.load([BASE + "t.xsd"], resolver, store=store)
        assert len(resolver.reads) == 2
    _write(files, DOCUMENTS, age=60)
    for reads in (2, 0):
        resolver = _Files(files)
        dts = recto.taxonomy.load([BASE + "t.xsd"], resolver, store=store)
        assert len(resolver.reads) == reads
    _write(files, {"l.xml": DOCUMENTS["l.xml"].replace("Ä", "changed")}, age=50)
    dts = recto.taxonomy.load([BASE + "t.xsd"], _Files(files), store=store)
    assert _texts(dts) == ["changed", "changed"]


def test_damaged_stamps(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    files = tmp_path / "files"
    files.mkdir()
    _write(files, DOCUMENTS, age=60)
    recto.taxonomy.load([BASE + "t.xsd"], _Files(files), store=store)
    stamps = [path for path in (store.folder / "stamps").glob("*/*") if path.is_file()]
    assert len(stamps) == 2
    for bad in (b"", b"x" * 64 + b" y\n", b"0" * 64 + b" y\n", b"\xff\xfe"):
        for path in stamps:
            path.write_bytes(bad)
        assert _texts(recto.taxonomy.load([BASE + "t.xsd"], _Files(files), store=store)) == ["Ä", "Ä"]


def test_entries_are_listed_and_removed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    both = {**DOCUMENTS, "u.xsd": schema(items("x"), namespace="urn:u", head=linkbase_ref("l.xml"))}
    resolver = Texts(both, frozenset(both))
    first, dts = store.compile([BASE + "t.xsd"], resolver, findings=Findings())
    store.compile([BASE + "u.xsd"], resolver)
    assert first.documents == 2
    assert first.urls == (BASE + "t.xsd",)
    assert [entry.urls for entry in store.list()] == [(BASE + "t.xsd",), (BASE + "u.xsd",)]
    assert store.size()[0] == 3
    assert not store.remove("unknown")
    assert store.remove(BASE + "u.xsd")
    assert store.size()[0] == 2
    assert store.remove(first.key)
    assert store.size() == (0, 0)
    assert _texts(dts) == ["Ä", "Ä"]
    store.clear()
    assert not (tmp_path / "compiled").exists()


def test_tidying_takes_what_dead_writers_and_other_versions_left(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(DOCUMENTS, store=store, shared=SHARED)
    living = next(tmp_path.glob("**/*.rtx")).parent
    old, new = living / ".recto-1.part", living / ".recto-2.part"
    for path in (old, new):
        path.write_bytes(b"")
    os.utime(old, (0, 0))
    other = tmp_path / "compiled" / "v0"
    other.mkdir()
    store.tidy()
    assert (old.exists(), new.exists(), other.exists()) == (False, True, False)
    assert store.size()[0] == 2


_WRITER = """
import sys
sys.path.insert(0, {root!r})
from tests.taxonomy.samples import *
from recto.taxonomy.store import Store
import shutil
documents = {{"t.xsd": schema(items(" ".join(f"n{{i}}" for i in range(3000))))}}
store = Store({cache!r})
print("ready", flush=True)
while True:
    load(documents, store=store, shared=frozenset(documents))
    for path in store.folder.glob("objects/*/*.rtx"):
        path.unlink(missing_ok=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills processes by signal")
def test_writers_killed_at_any_moment_and_several_at_once(tmp_path: Path) -> None:
    root = str(Path(__file__).resolve().parents[2])
    documents = {"t.xsd": schema(items(" ".join(f"n{at}" for at in range(3000))))}
    store = Store(tmp_path)
    chance = random.Random(3)
    for _ in range(4):
        code = _WRITER.format(root=root, cache=str(tmp_path))
        writers = [
            subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            for _ in range(2)
        ]
        try:
            for writer in writers:
                assert writer.stdout is not None
                assert writer.stdout.readline().strip() == b"ready"
            until = time.monotonic() + 0.15 + chance.random() / 4
            while time.monotonic() < until:
                dts = load(documents, store=store, shared=frozenset(documents))
                assert dts.concept_by_id(BASE + "t.xsd", "t_n2999") is not None
                assert not list(dts.findings)
        finally:
            for writer in writers:
                writer.send_signal(signal.SIGKILL)
                writer.wait()
                assert writer.stdout is not None
                writer.stdout.close()
        dts = load(documents, store=store, shared=frozenset(documents))
        assert dts.concept_by_id(BASE + "t.xsd", "t_n2999") is not None


def test_bytes_of_another_shape_are_damaged_and_make_nothing() -> None:
    """Whoever writes into a cache that is shared can make no process do anything: what is read is plain data."""
    from recto.taxonomy import packed

    code = marshal.dumps(compile("raise SystemExit", "x", "exec"))
    readers = (packed.core, packed.tree, packed.extras, packed.blobs, packed.variants, packed.content, packed.bindings)
    for read in readers:
        for data in (code, pickle.dumps(object), b"", b"\xc1", packed.pack({"a": [1]}), packed.pack([[[[]]]])):
            with pytest.raises(DamagedError):
                read(data)


def test_a_file_whose_sections_lie_beyond_its_end_is_damaged() -> None:
    from zlib import crc32

    from recto.taxonomy import binary
    from recto.taxonomy.compiled import MemoryDocument

    data = bytearray(encode(MemoryDocument("schema", "x", "urn:x")))
    head = binary._HEADER.size
    data[head + 8 : head + 16] = (1 << 40).to_bytes(8, sys.byteorder)
    magic, format_, _, size = binary._HEADER.unpack_from(data)
    data[:head] = binary._HEADER.pack(magic, format_, crc32(data[head:]), size)
    with pytest.raises(DamagedError):
        StoredDocument(bytes(data))
