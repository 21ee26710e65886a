"""Damaged instances, cut into pieces: the table that is streamed is that of the loaded instance; nothing breaks."""

from __future__ import annotations

import io
import random

import pytest

from recto.errors import RectoError, XMLError
from recto.instance import load
from recto.sources.classify import Entry
from recto.sources.places import Members, Mirror
from recto.sources.resolver import Resolver
from recto.tables import facts_table, pieces
from recto.tables.stream import stream_facts
from tests.fuzz.budget import seeds
from tests.fuzz.test_readers import BASE, SEEDS, broken, files_in

SAME = ("id", "concept", "value", "number", "decimals", "unit", "period", "dimensions", "language", "valid", "line")


@pytest.mark.parametrize("name", ["typed", "equity", "linkbases"])
def test_streams_of_damaged_instances(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, mirror, document, kind = SEEDS[name]
    files = files_in(folder)
    for seed in seeds(40):
        chance = random.Random(seed)
        data = broken({document: files[document]}, chance)[document]
        if seed % 3 == 0:
            at = chance.randrange(len(data))
            data = data[:at] + chance.choice([b"", b"<", b"&", b"-->", b"<!--", b"\x00", b"</"]) + data[at + 1 :]
        monkeypatch.setattr(pieces, "PIECE", chance.choice([64, 500, 4000]))
        try:
            compare(files | {document: data}, mirror, document, kind)
        except RectoError:
            continue
        except Exception as error:
            raise AssertionError(f"seed {seed} of {name!r}: {type(error).__name__}: {error}") from error


def compare(files: dict[str, bytes], mirror: object, document: str, kind: str) -> None:
    members = {name: (lambda data=data: data) for name, data in files.items()}
    resolver = Resolver([Members(BASE, members), Mirror(mirror)], base_url=BASE)  # type: ignore[arg-type]
    (instance,) = load(Entry(kind, (BASE + document,)), resolver)  # type: ignore[arg-type]
    data = files[document]
    try:
        streamed = stream_facts(lambda: io.BytesIO(data), instance.url, lambda _: instance.taxonomy).read_all()
    except XMLError:
        assert any(each.code.startswith("xml:") for each in instance.findings) or b"xbrl" not in data
        return
    loaded = facts_table([instance])
    for column in SAME:
        assert streamed[column].to_pylist() == loaded[column].to_pylist(), column
