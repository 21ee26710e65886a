"""Invalid means no value: the text of a fact that is no value of its type is in no output but what tells of it."""

from __future__ import annotations

import base64
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import recto
from recto.cli import main
from recto.saving import save
from tests.test_saving import CONTEXT_A, NUMBER, write

BAD = "31415x"
"""Stands as the value of a number; another fact says 27182 at the same place, a third has no accuracy."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    facts = NUMBER.format("0", BAD) + NUMBER.format("0", "27182") + NUMBER.format("x", "16180")
    return write(tmp_path / "in", facts, CONTEXT_A)


def texts(folder: Path) -> str:
    """All that stands in the files of a folder; what is packed is unpacked."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".parquet":
            import pyarrow.parquet as pq

            found.append(str(pq.read_table(path).to_pylist()))
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                found += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        elif path.suffix == ".js" and path.parent.suffix == ".files":
            packed = re.findall(r"= \"([A-Za-z0-9+/=]+)\"", path.read_text("utf-8"))
            found += [zlib.decompress(base64.b64decode(each)).decode() for each in packed]
        elif path.is_file():
            found.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(found)


def facts_(filing: Any, folder: Path) -> None:
    for form in ("csv", "json", "parquet", "xlsx", "html", "md"):
        filing.facts.to_arrow().write(folder / f"facts.{form}")


def records(filing: Any, folder: Path) -> None:
    from recto.records import records

    (folder / "records.txt").write_text(str(list(records(filing))), "utf-8")


def pages(filing: Any, folder: Path) -> None:
    filing.render(folder, formats=["html", "xlsx", "md", "json"])


def viewer(filing: Any, folder: Path) -> None:
    filing.view(folder / "view.html", largest=0)


def saved(filing: Any, folder: Path) -> None:
    for form in ("json", "csv", "xml"):
        save(filing, folder / form / f"saved.{form}", force=True)


def values(filing: Any, folder: Path) -> None:
    from recto.instance import typed_value

    (folder / "values.txt").write_text(str([(typed_value(fact), fact.number) for fact in filing.facts]), "utf-8")


def calculated(filing: Any, folder: Path) -> None:
    (folder / "found.txt").write_text(str(list(filing.validate(["duplicates", "calc11"]))), "utf-8")


@pytest.mark.parametrize("output", [facts_, records, pages, viewer, saved, values, calculated])
def test_an_invalid_fact_has_no_value_anywhere(
    source: Path, tmp_path: Path, output: Callable[[Any, Path], None]
) -> None:
    (tmp_path / "out").mkdir()
    with recto.open(source, offline=True, use_cache=False) as filing:
        assert [fact.valid for fact in filing.facts] == [False, True, False]
        output(filing, tmp_path / "out")
    findings = rf".{{1,7}}{BAD}.{{1,7}} is not a decimal number"
    found = re.sub(findings, "", texts(tmp_path / "out"))
    assert BAD not in found
    assert "16180" not in found
    assert output is calculated or "27182" in found or "27,182" in found


def test_an_invalid_fact_has_no_value_in_the_lake(source: Path, tmp_path: Path) -> None:
    pytest.importorskip("deltalake")
    assert main(["ingest", str(source), "--lake", str(tmp_path / "lake"), "--offline"]) == 0
    rows = recto.Lake(tmp_path / "lake").sql("select value, number, valid from facts order by valid, value").to_dicts()
    assert [(row["value"], row["valid"]) for row in rows] == [(None, False), (None, False), ("27182", True)]
