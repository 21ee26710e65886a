"""Facts and views as Arrow tables: pinned schemas, exact amounts, open to every reader."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lxml import etree

import recto
from recto.errors import UsageError
from recto.filing import Filing
from recto.instance.naming import Namer
from recto.names import QName
from recto.tables import Table, concepts_table, facts_table, labels_table, relationships_table
from recto.tables.facts import amount
from recto.tables.schemas import TABLES, arrow_schema, markdown
from recto.tables.stream import stream_facts, write_parquet
from recto.xml import file_path

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def filing(data: Path) -> Filing:
    return recto.open(data / "typed", taxonomies=[data / "mirror"], offline=True)


@pytest.fixture(scope="module")
def facts(filing: Filing) -> Table:
    return Table(facts_table(filing.instances))


def test_schemas_are_pinned() -> None:
    pinned = json.loads((Path(__file__).parent / "schemas.json").read_text())
    found = {
        name: {field.name: f"{field.type}{'' if field.nullable else ' not null'}" for field in arrow_schema(columns)}
        for name, columns in TABLES.items()
    }
    assert found == pinned


def test_the_reference_of_tables_is_current() -> None:
    assert (ROOT / "docs" / "tables.md").read_text() == markdown()


def test_every_fact_is_there_with_its_aspects(filing: Filing, facts: Table) -> None:
    rows = list(facts.to_dicts())
    reported = [fact for fact in filing.facts if not fact.is_tuple]
    assert [row["id"] for row in rows] == [fact.id for fact in reported]
    namer = Namer.of(filing.instances[0])
    for row, fact in zip(rows, reported, strict=True):
        assert row["concept"] == namer.name(fact.qname)
        assert row["period"] == (fact.period.oim if fact.period else None)
        assert {d["axis"]: d["member"] for d in row["dimensions"]} == {
            namer.name(axis): namer.member(member) for axis, member in fact.dimensions.items()
        }
        if fact.number is not None:
            assert row["exact"] == fact.number
            assert row["number"] == float(fact.number)
        assert row["value"] == (None if fact.nil else fact.value)


def test_an_axis_asked_for_is_a_column_whether_or_not_it_occurs(filing: Filing) -> None:
    absent = QName("http://example.org/none", "NoAxis")
    used = next(axis for fact in filing.facts for axis in fact.dimensions)
    table = facts_table(filing.instances, axes=[used, absent])
    namer = Namer.of(filing.instances[0])
    assert table.column_names[-2:] == [namer.name(used), namer.name(absent)]
    column = table.column(namer.name(used)).to_pylist()
    assert any(value is not None for value in column)
    assert set(table.column(namer.name(absent)).to_pylist()) == {None}


def test_columns_do_not_follow_from_rows(filing: Filing, facts: Table) -> None:
    none = facts_table(filing.instances, facts=())
    assert none.num_rows == 0
    assert none.schema.equals(facts.schema)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234.5", "1234.5"),
        ("-0.000000000001", "-0.000000000001"),
        ("0.0000000000001", None),
        ("1E+26", None),
        ("99999999999999999999999999", "99999999999999999999999999"),
        ("NaN", None),
    ],
)
def test_amounts_are_exact_or_null(text: str, expected: str | None) -> None:
    assert amount(Decimal(text)) == (None if expected is None else Decimal(expected))


def test_pandas_polars_and_duckdb_open_each_output(tmp_path: Path, facts: Table) -> None:
    import duckdb
    import pandas
    import polars

    for extension in ("csv", "json", "parquet", "arrow"):
        facts.write(tmp_path / f"facts.{extension}")
    parquet, csv = str(tmp_path / "facts.parquet"), str(tmp_path / "facts.csv")
    assert len(pandas.read_parquet(parquet)) == len(pandas.read_csv(csv)) == len(facts)
    assert polars.read_parquet(parquet).height == polars.read_csv(csv).height == len(facts)
    assert polars.read_ndjson(tmp_path / "facts.json").height == len(facts)
    assert polars.read_ipc(tmp_path / "facts.arrow").height == len(facts)
    counted = duckdb.sql(f"select count(*), count(number) from '{parquet}'").fetchall()
    assert counted == [(len(facts), sum(row["number"] is not None for row in facts.to_dicts()))]


def test_the_capsule_interface_hands_columns_over(facts: Table) -> None:
    import polars

    assert pa.table(facts).equals(facts.to_arrow())
    assert polars.DataFrame(facts).height == len(facts)
    assert facts.to_polars().columns == facts.columns
    assert list(facts.to_pandas().columns) == facts.columns


def test_a_text_of_nine_mebibytes_can_be_read_back(tmp_path: Path) -> None:
    long = "x" * (9 << 20)
    schema = pa.schema([("id", pa.string()), ("value", pa.string())])
    table = Table(pa.table([["a", "b"], [long, "short"]], schema=schema))
    table.write(tmp_path / "long.parquet")
    assert pq.read_table(tmp_path / "long.parquet").column("value")[0].as_py() == long


def test_json_keeps_decimals_as_text(facts: Table) -> None:
    lines = b"".join(facts.json_lines()).splitlines()
    for line, row in zip(lines, facts.to_dicts(), strict=True):
        exact = json.loads(line)["exact"]
        assert (None if exact is None else Decimal(exact)) == row["exact"]
        assert exact is None or isinstance(exact, str)


def test_an_unknown_format_writes_nothing(tmp_path: Path, facts: Table) -> None:
    target = tmp_path / "facts.doc"
    with pytest.raises(UsageError):
        facts.write(target)
    assert list(tmp_path.iterdir()) == []


def test_views_have_their_declared_schemas(filing: Filing) -> None:
    instance = filing.instances[0]
    for name, table in (
        ("concepts", concepts_table(instance)),
        ("labels", labels_table(instance)),
        ("relationships", relationships_table(instance)),
    ):
        assert table.schema.equals(arrow_schema(TABLES[name]))
        assert table.num_rows > 0
    whole = concepts_table(instance, whole=True)
    assert whole.num_rows > concepts_table(instance).num_rows


def test_streamed_facts_equal_those_of_the_model(data: Path, tmp_path: Path) -> None:
    filing = recto.open(data / "equity", taxonomies=[data / "mirror"], offline=True)
    instance = filing.instances[0]
    path = file_path(instance.url)
    assert path is not None
    reader = stream_facts(partial(open, path, "rb"), instance.url, lambda references: instance.taxonomy)
    target = tmp_path / "facts.parquet"
    assert write_parquet(reader, str(target)) == len(instance.facts)
    model = facts_table([instance])
    assert pq.read_table(target).to_pylist() == model.to_pylist()


def test_contexts_may_stand_behind_facts_or_nowhere(data: Path, tmp_path: Path) -> None:
    """Every fact refers to a context or unit of its own that does not exist, or stands at the end: one more pass."""
    filing = recto.open(data / "equity", taxonomies=[data / "mirror"], offline=True)
    taxonomy = filing.instances[0].taxonomy
    fact = next(fact for fact in filing.facts if fact.is_numeric)
    name = f"{{{fact.qname.namespace}}}{fact.qname.local}"
    root = etree.Element(
        "{http://www.xbrl.org/2003/instance}xbrl", nsmap={"xbrli": "http://www.xbrl.org/2003/instance"}
    )
    for number in range(200):
        etree.SubElement(root, name, contextRef=f"none{number}" if number % 2 else "c", unitRef="u").text = str(number)
    context = etree.SubElement(root, "{http://www.xbrl.org/2003/instance}context", id="c")
    entity = etree.SubElement(context, "{http://www.xbrl.org/2003/instance}entity")
    etree.SubElement(entity, "{http://www.xbrl.org/2003/instance}identifier", scheme="http://e.org").text = "1"
    period = etree.SubElement(context, "{http://www.xbrl.org/2003/instance}period")
    etree.SubElement(period, "{http://www.xbrl.org/2003/instance}instant").text = "2024-12-31"
    opened = []

    def open_document() -> io.BytesIO:
        opened.append(1)
        return io.BytesIO(etree.tostring(root))

    rows = stream_facts(open_document, "file:///x.xml", lambda _: taxonomy).read_all().to_pylist()
    assert len(opened) == 2
    assert [row["end"] is not None for row in rows] == [number % 2 == 0 for number in range(200)]
    assert {row["unit"] for row in rows} == {None}
    assert {(row["value"], row["valid"], row["nil"]) for row in rows} == {(None, False, False)}


ODD_FACTS = """
  <t:Money contextRef="c" unitRef="USD" decimals="x">1</t:Money>
  <t:Money contextRef="c" unitRef="USD" decimals="99999999999999999999">2</t:Money>
  <t:Money contextRef="c" unitRef="USD" decimals="0">1e9</t:Money>
  <t:Money contextRef="c" unitRef="USD" decimals="0"> 3
  </t:Money>
  <t:Money contextRef="c" unitRef="USD" decimals="0">4<t:Note contextRef="c">n</t:Note></t:Money>
  <t:Money contextRef="c" unitRef="USD" decimals="0" xsi:nil="true">5</t:Money>
  <t:Money contextRef="c" decimals="0">6</t:Money>
  <t:Unheard contextRef=" c " unitRef="USD" decimals="0">7</t:Unheard>
  <t:Unheard><t:Money contextRef="c" unitRef="USD" decimals="0" xml:lang="fr">8</t:Money></t:Unheard>
  <t:Note contextRef="c" xml:lang="">n</t:Note>
  <t:Note contextRef="c" xml:lang="fr"><t:Money contextRef="c" unitRef="USD">9</t:Money></t:Note>
  <link:footnoteLink xlink:type="simple"/>
"""


def test_odd_facts_are_streamed_as_they_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "t.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="http://t.example/"'
        ' xmlns:xbrli="http://www.xbrl.org/2003/instance" targetNamespace="http://t.example/"'
        ' elementFormDefault="qualified"><xs:import namespace="http://www.xbrl.org/2003/instance"'
        ' schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
        '<xs:element name="Money" id="t_Money" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item"'
        ' xbrli:periodType="instant" nillable="true"/>'
        '<xs:element name="Note" id="t_Note" type="xbrli:stringItemType" substitutionGroup="xbrli:item"'
        ' xbrli:periodType="instant"/></xs:schema>'
    )
    (tmp_path / "i.xml").write_text(
        '<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xmlns:t="http://t.example/" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xml:lang="en">'
        '<link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>'
        '<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="http://e.example">1</xbrli:identifier>'
        "</xbrli:entity><xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>"
        '<xbrli:unit id="USD"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>' + ODD_FACTS + "</xbrli:xbrl>"
    )
    instance = recto.open(tmp_path / "i.xml", offline=True).instances[0]
    open_document = partial(open, tmp_path / "i.xml", "rb")
    streamed = stream_facts(open_document, instance.url, lambda _: instance.taxonomy).read_all()
    loaded = facts_table([instance])
    for column in loaded.schema.names:
        assert streamed[column].to_pylist() == loaded[column].to_pylist(), column
    assert loaded["valid"].to_pylist().count(False) == 6
    assert loaded["decimals"].to_pylist()[:2] == [None, None]
