"""Damaged sources of every kind: read as far as they go, or refused with a RectoError; never anything else."""

import contextlib
import random
from pathlib import Path
from typing import Any

import pytest

from recto.errors import RectoError
from recto.findings import Findings
from recto.sources import open_source
from recto.xml import parse
from tests.fuzz import budget
from tests.sources.samples import CATALOG, JSON, PACKAGE, inline, instance, pack
from tests.sources.test_sgml import submission

JUNK = (
    b"<!DOCTYPE ",
    b"]]>",
    b"<!--",
    b"&#0;",
    b"\xff\xfe",
    b"<DOCUMENT>\n",
    b'"',
    b"'",
    b'<?xml encoding="x"?>',
    b"../",
)
PACKED = {
    "top/META-INF/reportPackage.json": '{"documentInfo": {"documentType": "https://xbrl.org/report-package/2023/xbri"}}',
    "top/META-INF/catalog.xml": CATALOG,
    "top/META-INF/taxonomyPackage.xml": PACKAGE,
    "top/reports/r.xhtml": inline(),
}
TYPED = b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY % p "q">]><a>&x;&nbsp;</a>'


def damaged(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        fault, at, length = chance.randrange(4), chance.randrange(len(spoilt) + 1), chance.randint(1, 60)
        if fault == 0:
            spoilt[at : at + 1] = bytes([chance.randrange(256)])
        elif fault == 1:
            del spoilt[at : at + length]
        elif fault == 2:
            other = chance.randrange(len(spoilt) + 1)
            spoilt[at:at] = spoilt[other : other + length]
        else:
            spoilt[at:at] = chance.choice(JUNK)
    return bytes(spoilt)


@pytest.mark.parametrize("name", ["x.xbri", "x.zip", "x.txt", "x.xml", "wide.xml", "typed.xml", "x.htm", "x.json"])
def test_damaged_sources(tmp_path: Path, name: Any) -> None:
    seeds = {
        "x.txt": submission().encode(),
        "x.xml": instance().encode(),
        "wide.xml": instance().encode("utf-16"),
        "typed.xml": TYPED,
        "x.htm": inline().encode(),
        "x.json": JSON.encode(),
    }
    whole = seeds.get(name) or pack(tmp_path / "whole.zip", PACKED).read_bytes()
    for seed in budget.seeds(30):
        data = damaged(whole, random.Random(f"{name} {seed}"))
        path = tmp_path / name
        path.write_bytes(data)
        with contextlib.suppress(RectoError):
            source = open_source(path, offline=True, taxonomies=[path] if seed % 3 == 0 else [])
            for entry in source.entries:
                for url in entry.urls:
                    parse(source.resolver.read(url), url, Findings())
            source.close()
        for recover in (False, True):
            with contextlib.suppress(RectoError):
                document = parse(data, "u", Findings(), recover=recover)
                assert all(document.line(element) > 0 for element in document.root.iter())
