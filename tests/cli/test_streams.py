"""Standard streams that are closed, full, or cannot take every character; a command that is asked to end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recto.cli import ESCAPE, main
from tests.cli import hostile

RECTO = [sys.executable, "-m", "recto"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    schema = hostile.schema(
        "".join(map(hostile.item, hostile.ITEMS))
        + hostile.item("T", 'type="xbrli:stringItemType" substitutionGroup="xbrli:item"')
    )
    facts = hostile.FACTS + hostile.fact("T", "caf\u00e9 \u2019 \U0001f600", 'contextRef="c"')
    return hostile.write(folder, hostile.filing(i=hostile.instance(facts), s=schema))


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    recto = " ".join(RECTO)
    return subprocess.run(
        ["bash", "-c", command.replace("recto ", f"{recto} ", 1)],
        capture_output=True,
        env={**os.environ, "RECTO_OFFLINE": "1", **environment},
        timeout=120,
        encoding="utf-8",
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["facts", "show", "facts --to parquet"])
@pytest.mark.parametrize("where", [">/dev/full", ">&-"])
def test_results_that_cannot_be_written(command: str, where: str, source: Path) -> None:
    done = shell(f"recto {command} {source} {where}")
    assert done.returncode == 2
    assert done.stderr.startswith("error recto:system ")
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_that_leaves_is_no_error(source: Path) -> None:
    done = shell(f"recto facts {source} | head -1; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("id,concept,")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("where", ["2>/dev/full", "2>&-"])
def test_messages_that_nobody_reads(where: str, source: Path) -> None:
    done = shell(f"recto validate {source} {where}")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_characters_that_an_encoding_lacks(encoding: str, source: Path) -> None:
    found = shell(f"recto facts {source} --to json --concept T", PYTHONIOENCODING=encoding)
    assert (found.returncode, found.stderr) == (0, "")
    assert json.loads(found.stdout)["value"] == "caf\u00e9 \u2019 \U0001f600"
    assert "caf\u00e9 \u2019 \U0001f600" in shell(f"recto facts {source}", PYTHONIOENCODING=encoding).stdout
    page = shell(f"recto show {source} Sheet\u2019", PYTHONIOENCODING=encoding)
    assert page.returncode == 2
    assert "recto:internal" not in page.stderr


def test_lines_below_headings(data: Path) -> None:
    """Of hyphens where the terminal's encoding has no others; what a filing says is not changed so."""
    about = f"{data / 'inline'} --taxonomies {data / 'mirror'} --offline"
    rule = next(line for line in shell(f"recto show {about} R2").stdout.splitlines() if "\u2500" in line)
    plain = shell(f"recto show {about} R2", PYTHONIOENCODING="latin-1").stdout.splitlines()
    assert rule.replace("\u2500", "-") in plain


def test_what_an_encoding_lacks_is_written_out_as_in_json() -> None:
    with pytest.raises(SystemExit):
        sys.exit(main(["--version"]))  # which registers the handler
    text = "caf\u00e9 \u2019 \U0001f600 \udcff"
    written = text.encode("latin-1", ESCAPE).decode("latin-1")
    assert written == "caf\u00e9 \\u2019 \\ud83d\\ude00 \\udcff"
    assert json.loads(f'"{written}"') == text


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_command_that_is_asked_to_end_leaves_the_old_file(source: Path, tmp_path: Path) -> None:
    many = "".join(
        hostile.fact("A", str(n), f'id="f{n}" contextRef="c" unitRef="u" decimals="0"') for n in range(60_000)
    )
    (source / "i.xml").write_text(hostile.instance(many))
    target = tmp_path / "out.csv"
    target.write_text("old")
    run = subprocess.Popen(
        [*RECTO, "facts", str(source), "-o", str(target), "--offline"], stderr=subprocess.PIPE, encoding="utf-8"
    )
    until = time.monotonic() + 60
    while run.poll() is None and not list(tmp_path.glob(".recto-*.part")) and time.monotonic() < until:
        time.sleep(0.01)
    run.send_signal(signal.SIGTERM)
    _, err = run.communicate(timeout=60)
    assert (run.returncode, err.strip()) == (130, "recto: stopped")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
