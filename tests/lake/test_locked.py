"""SQL of strangers, and of `recto sql` unless it is told otherwise: it reads the lake, and does nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from recto import limits
from recto.cli import main
from recto.errors import UsageError
from recto.lake import Lake


@pytest.fixture(params=["closed", "without files"])
def locked(lake_folder: Path, request: pytest.FixtureRequest) -> Iterator[Lake]:
    closed = request.param == "closed"
    with Lake(lake_folder, closed=closed, files=closed) as lake:
        yield lake


@pytest.mark.parametrize(
    "statement",
    [
        "copy (select 1) to '{0}'",
        "copy facts to '{0}' (format parquet)",
        "export database '{0}'",
        "attach '{0}' as other",
        "create table x as select 1",
        "set enable_external_access = true",
        "install httpfs",
        "load httpfs",
        "call enable_logging(storage = 'file', storage_path = '{0}')",
        "pragma database_list",
        "explain analyze copy (select 1) to '{0}'",
        "select 1; copy (select 1) to '{0}'",
        "with x as (select 1) insert into facts select * from x",
        "",
    ],
)
def test_only_select(locked: Lake, tmp_path: Path, statement: str) -> None:
    with pytest.raises(UsageError) as told:
        locked.sql(statement.format(tmp_path / "written"))
    assert told.value.code == "recto:sql"
    assert "one `select`" in str(told.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "source",
    [
        "read_text('{0}')",
        "read_csv('{0}')",
        "read_parquet('{0}')",
        "read_blob('{0}')",
        "sniff_csv('{0}')",
        "glob('{0}*')",
        "main.read_text('{0}')",
        "READ_TEXT('{0}')",
        "query('select * from read_text(''{0}'')')",
        "query_table('facts')",
        "duckdb_settings()",
        "duckdb_secrets()",
        "pandas_scan(1)",
        "checkpoint()",
        "enable_logging(storage = 'file', storage_path = '{0}.log')",
    ],
)
def test_no_function_that_reads_or_does_something(locked: Lake, tmp_path: Path, source: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    called = source.format(secret)
    for statement in (
        f"select * from {called}",
        f"with x as (from {called}) select * from x",
        f"select (select count(*) from {called})",
        f"select 1 where exists (from {called})",
        f"select * from filings join lateral (from {called}) on true",
        f"(select 1) union all (select 1 from {called})",
        f"select list_transform([1], x -> (select count(*) from {called}))",
        f"select count(*) filter (exists (from {called})) from filings",
    ):
        with pytest.raises(UsageError) as told:
            locked.sql(statement)
        assert told.value.code == "recto:sql"
        assert "may not be asked" in str(told.value)
    assert [each.name for each in tmp_path.iterdir()] == ["secret.txt"]


def test_no_file_by_its_name(locked: Lake, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a\n1\n")
    with pytest.raises(UsageError):
        locked.sql(f"select * from '{tmp_path}/x.csv'")


@pytest.mark.parametrize(
    "statement",
    [
        "select count(*) as n from facts",
        "from filings limit 1",
        "with x as (select 1 as a) select * from x",
        "values (1)",
        "describe facts",
        "summarize filings",
        "show tables",
        "select * from range(3)",
        "select unnest([1, 2])",
        "select * from as_known_on('2022-03-31') limit 1",
        "select * from restatements limit 1",
        "select a.filing, d.key from facts a, json_each(a.dimensions) d limit 1",
        "select count(*) from (unpivot (select 1 as a, 2 as b) on a, b)",
    ],
)
def test_questions_are_answered(locked: Lake, statement: str) -> None:
    assert len(locked.sql(statement)) > 0


def test_questions_with_a_name_are_answered(locked: Lake, tmp_path: Path) -> None:
    assert len(locked.series("revenue", "QWK")) > 0
    assert len(locked.peers("revenue", 2023)) > 0
    assert len(locked.statement("QWK", "income")) > 0
    assert len(locked.subsequent_events()) > 0
    assert len(locked.search("crusher")) == 1
    assert len(locked.restatements("QWK")) > 0
    assert len(locked.concepts("QWK")) > 0
    locked.export("statements", tmp_path / "sets")
    assert {"sub.txt", "num.txt"} <= {each.name for each in (tmp_path / "sets").iterdir()}


def test_strangers_take_no_end_of_time_or_memory(lake_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Lake(lake_folder, closed=True) as lake:
        monkeypatch.setattr(limits, "SQL_SECONDS", 0.2)
        for statement in ("select count(*) from range(1000000000000000)", "select * from range(1000000000000000)"):
            with pytest.raises(UsageError, match="took longer"):
                lake.sql(statement)
        monkeypatch.undo()
        monkeypatch.setattr(limits, "SQL_ANSWER", 1 << 20)
        with pytest.raises(UsageError, match="more than 1 MB"):
            lake.sql("select a.* from facts a, facts b")
        with pytest.raises(UsageError, match=r"deep|depth"):
            lake.sql("select " + "1 + (" * 900 + "1" + ")" * 900)
        with pytest.raises(UsageError):
            lake.sql("select " + " + ".join(["1"] * 5000))
        assert lake.sql("select count(*) as n from filings").records() == [{"n": 15}]


def test_the_command(lake_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "x.csv"
    statement = f"copy (select count(*) as n from filings) to '{target}'"
    assert main(["sql", statement, "--lake", str(lake_folder)]) == 2
    assert "one `select`" in capsys.readouterr().err
    assert not target.exists()
    assert main(["sql", statement, "--files", "--lake", str(lake_folder)]) == 0
    assert target.read_text() == "n\n15\n"
    assert main(["sql", f"select n + 1 as m from '{target}'", "--files", "--lake", str(lake_folder)]) == 0
    assert "16" in capsys.readouterr().out


def test_any_folder(lake_folder: Path, tmp_path: Path) -> None:
    """Its name may have any character, and it may be a link."""
    folder = tmp_path / "a'b [x] *"
    shutil.copytree(lake_folder, folder)
    (tmp_path / "link").symlink_to(folder)
    for each in (folder, tmp_path / "link"):
        with Lake(each, closed=True) as lake:
            assert lake.sql("select count(*) as n from filings").records() == [{"n": 15}]
