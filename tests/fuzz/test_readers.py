"""Filings with a few things wrong, in every syntax: each reader and the validation report them and never break.

What is wrong is what goes wrong in practice: an element too much or too few, two attributes exchanged, a value of
another kind, a reference to something else. A fixed budget by default; `RECTO_FUZZ_SECONDS=3600` for a long run, each
failure names the seed that reproduces it.
"""

from __future__ import annotations

import contextlib
import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from recto.errors import RectoError
from recto.instance import load
from recto.names import QName
from recto.rules import validate
from recto.sources.classify import Entry
from recto.sources.places import Members, Mirror
from recto.sources.resolver import Resolver
from recto.suites.cases import read_suite
from recto.taxonomy.model import DataType
from recto.taxonomy.patterns import PatternError, compile_pattern
from recto.taxonomy.values import check, check_built_in
from tests.fuzz.budget import seeds

DATA = Path(__file__).resolve().parents[1] / "data"
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "subsequent-events"
BASE = "https://fuzz.example/"
ROUNDS = 25
SEEDS = {
    "typed": (DATA / "typed", DATA / "mirror", "bank-20241231.xml", "xbrl"),
    "equity": (DATA / "equity", DATA / "mirror", "mill-20241231.xml", "xbrl"),
    "inline": (DATA / "inline", DATA / "mirror", "orchard-20241231.htm", "inline"),
    "linkbases": (EXAMPLE / "filing", EXAMPLE / "taxonomy", "exbm-20211231.xml", "xbrl"),
}
VALUES = (
    "",
    " ",
    "0",
    "-1",
    "1e9",
    "99999999999999999999999999",
    "INF",
    "NaN",
    "true",
    "2024-02-30",
    "2024-12-31T25:00:00",
    "9999-12-31",
    "-0001-01-01",
    "a:b:c",
    "nope:x",
    "#",
    "#element(/1/1)",
    "#xpointer(/)",
    "http://www.xbrl.org/2003/role/label",
    "..",
    "%zz",
    "\u00e9\u4e2d\U0001f600",
    "x" * 5000,
)


def break_tree(root: Any, chance: random.Random) -> None:
    """One to three faults in an XML document."""
    for _ in range(chance.randint(1, 3)):
        elements = list(root.iter(etree.Element))
        element = chance.choice(elements)
        other = chance.choice(elements)
        parent = element.getparent()
        kind = chance.randrange(9)
        if kind == 0 and parent is not None:
            parent.remove(element)
        elif kind == 1 and parent is not None:
            parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(element))
        elif kind == 2 and parent is not None and len(other) < 50:
            other.append(copy.deepcopy(element))
        elif kind == 3 and element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(VALUES))
        elif kind == 4 and element.attrib:
            del element.attrib[chance.choice(list(element.attrib))]
        elif kind == 5 and element.attrib and other.attrib:
            name, wrong = chance.choice(list(element.attrib)), chance.choice(list(other.attrib))
            element.set(name, other.get(wrong))
        elif kind == 6 and other.attrib:
            name = chance.choice(list(other.attrib))
            element.set(name, other.get(name))
        elif kind == 7:
            element.text = chance.choice(VALUES)
        else:
            element.tag = other.tag


def broken(files: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    out = dict(files)
    for name in chance.sample(sorted(out), chance.randint(1, min(2, len(out)))):
        root = etree.fromstring(out[name])
        break_tree(root, chance)
        out[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return out


def read(files: dict[str, bytes], mirror: Path, entry: Entry) -> None:
    """Loads and validates; a RectoError is a proper end."""
    members = {name: (lambda data=data: data) for name, data in files.items()}
    resolver = Resolver([Members(BASE, members), Mirror(mirror)], base_url=BASE)
    try:
        instances = load(entry, resolver)
    except RectoError:
        return
    for instance in instances:
        for found in validate(instance):
            assert found.code
            assert found.message


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in (".xml", ".xsd", ".htm")
    }


@pytest.mark.parametrize("name", SEEDS)
def test_filings_with_faults(name: str) -> None:
    folder, mirror, document, kind = SEEDS[name]
    files = files_in(folder)
    assert document in files
    for seed in seeds(ROUNDS):
        damaged = broken(files, random.Random(seed))
        try:
            read(damaged, mirror, Entry(kind, (BASE + document,)))  # type: ignore[arg-type]
        except Exception as error:
            raise AssertionError(f"seed {seed} of {name!r}: {type(error).__name__}: {error}") from error


def break_json(value: Any, chance: random.Random) -> Any:
    """The JSON value with one thing in it wrong."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        out = dict(value)
        key = chance.choice(list(out))
        kind = chance.randrange(6)
        if kind == 0:
            del out[key]
        elif kind == 1:
            out[chance.choice(VALUES)] = out[key]
        else:
            out[key] = break_json(out[key], chance)
        return out
    if isinstance(value, list) and value and chance.random() < 0.8:
        at = chance.randrange(len(value))
        return [*value[:at], break_json(value[at], chance), *value[at + 1 :]]
    return chance.choice([None, True, 1, 1.5, -(10**40), [], {}, [None], {"a": {}}, *VALUES])


REPORT = {
    "documentInfo": {
        "documentType": "https://xbrl.org/2021/xbrl-json",
        "namespaces": {
            "bank": "http://bank.example/20241231",
            "iso4217": "http://www.xbrl.org/2003/iso4217",
            "cid": "urn:cid",
            "xbrl": "https://xbrl.org/2021",
        },
        "taxonomy": ["bank-20241231.xsd"],
    },
    "facts": {
        "f1": {
            "value": "1000",
            "decimals": 0,
            "dimensions": {
                "concept": "bank:Deposits",
                "entity": "cid:1",
                "period": "2025-01-01T00:00:00",
                "unit": "iso4217:USD",
            },
        },
        "f2": {
            "value": None,
            "dimensions": {"concept": "bank:Deposits", "period": "2024-01-01T00:00:00/2025-01-01T00:00:00"},
        },
    },
}
TABLES = {
    "documentInfo": {
        "documentType": "https://xbrl.org/2021/xbrl-csv",
        "namespaces": REPORT["documentInfo"]["namespaces"],
        "taxonomy": ["bank-20241231.xsd"],
    },
    "dimensions": {"entity": "cid:1", "period": "2024-01-01T00:00:00/2025-01-01T00:00:00"},
    "tableTemplates": {
        "t": {
            "columns": {"name": {}, "value": {"decimals": 0, "dimensions": {"concept": "$name", "unit": "iso4217:USD"}}}
        }
    },
    "tables": {"t1": {"template": "t", "url": "t1.csv"}},
}
ROWS = b"name,value\nbank:Deposits,1000\nbank:Loans,#none\n"


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_oim_reports_with_faults(kind: str) -> None:
    files = files_in(DATA / "typed")
    for seed in seeds(ROUNDS):
        chance = random.Random(seed)
        damaged = dict(files)
        damaged["r.json"] = json.dumps(break_json(REPORT if kind == "json" else TABLES, chance)).encode()
        rows = bytearray(ROWS)
        if seed % 2:
            rows[chance.randrange(len(rows))] = chance.randrange(256)
        damaged["t1.csv"] = bytes(rows)
        try:
            read(damaged, DATA / "mirror", Entry(kind, (BASE + "r.json",)))  # type: ignore[arg-type]
        except Exception as error:
            raise AssertionError(f"seed {seed} of {kind!r}: {type(error).__name__}: {error}") from error


SUITE = b"""<testcases><testcase uri="a.xml"/><testcases root="b"><testcase uri="c.xml"/></testcases></testcases>"""
CASE = b"""<testcase><variation id="V-1" name="n"><data><instance readMeFirst="true">i.xml</instance></data>
<result expected="valid"><error>a:b</error><file>o.xml</file></result></variation></testcase>"""


def test_suites_with_faults() -> None:
    for seed in seeds(ROUNDS):
        chance = random.Random(seed)
        trees = [etree.fromstring(SUITE), etree.fromstring(CASE)]
        break_tree(chance.choice(trees), chance)
        index, case = (etree.tostring(tree) for tree in trees)
        with contextlib.suppress(RectoError):
            read_suite(
                BASE + "index.xml", lambda url, index=index, case=case: index if url.endswith("index.xml") else case
            )


BUILT_INS = (
    "decimal integer byte float boolean date dateTime time gYear gYearMonth gMonthDay gDay gMonth duration QName NCName"
    " anyURI language hexBinary base64Binary NMTOKENS unsignedLong Name"
).split()


@settings(max_examples=200)
@given(st.sampled_from(BUILT_INS), st.text(max_size=40))
def test_values_of_any_text(name: str, text: str) -> None:
    why = check_built_in(name, text)
    assert why is None or why


@settings(max_examples=150)
@given(st.text(alphabet=r"ab01\[]()*+?{},-^$.|dswicpPLNuIs", max_size=14), st.text(max_size=12))
def test_any_pattern(pattern: str, text: str) -> None:
    with contextlib.suppress(PatternError):
        compile_pattern(pattern)
    type_ = DataType(QName("urn:x", "t"), None, "token", (), {"pattern": pattern})
    why = check(type_, text)
    assert why is None or why


@settings(max_examples=100)
@given(
    st.sampled_from(BUILT_INS),
    st.dictionaries(
        st.sampled_from("length minLength maxLength totalDigits fractionDigits minInclusive maxExclusive".split()),
        st.one_of(st.integers(-3, 30).map(str), st.text(max_size=6)),
        max_size=3,
    ),
    st.text(alphabet="0123456789.-+eETZ:PYMDHSINF aBc", max_size=20),
)
def test_any_facets(base: str, facets: dict[str, str], text: str) -> None:
    why = check(DataType(QName("urn:x", "t"), None, base, (), facets), text)
    assert why is None or why
