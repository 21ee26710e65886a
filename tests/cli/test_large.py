"""Reports that are too large for pages are read as they go, and told like others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from recto import limits
from tests.cli import hostile
from tests.cli.conftest import Outcome
from tests.perf import generate

Run = Callable[..., Outcome]


def typed(folder: Path) -> Path:
    source = Path(__file__).parents[1] / "data" / "typed"
    for path in source.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def late_contexts(folder: Path) -> Path:
    """Contexts after facts, a fact without context and one without value."""
    facts = hostile.FACTS + hostile.fact("A", "x") + hostile.fact("B", more='unitRef="u" decimals="0"')
    nil = '<s:C xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true" contextRef="c" unitRef="u"/>'
    files = hostile.filing(i=hostile.instance(facts + nil + hostile.context("c"), contexts=""))
    return hostile.write(folder, files)


def large(folder: Path) -> Path:
    (folder / "large.xsd").write_text("".join(generate.schema()))
    (folder / "large.xml").write_text("".join(generate.instance(2500)))
    return folder


def large_csv(folder: Path) -> Path:
    (folder / "large.xsd").write_text("".join(generate.schema()))
    (folder / "large.json").write_text(json.dumps(generate.METADATA))
    name = next(iter(generate.METADATA["tables"].values()))["url"]  # type: ignore[attr-defined]
    (folder / name).write_text("".join(generate.table(500)))
    return folder / "large.json"


@pytest.mark.parametrize("make", [typed, late_contexts, large, large_csv])
@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_is_read_as_it_goes_is_told_alike(
    make: Callable[[Path], Path], form: str, recto_command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make(tmp_path)
    mirror = Path(__file__).parents[1] / "data" / "mirror"
    arguments = ("facts", source, "--to", form, "--offline", "--taxonomies", mirror)
    loaded = recto_command(*arguments)
    monkeypatch.setattr(limits, "PAGES_SIZE", 0)
    streamed = recto_command(*arguments)
    assert streamed.status == loaded.status
    assert "too large for pages" in streamed.err
    assert streamed.out
    if form == "json":
        expected = [json.loads(line) | {"pages": []} for line in loaded.out.splitlines()]
        found = [json.loads(line) for line in streamed.out.splitlines()]
        assert found == expected
        assert [list(each) for each in found] == [list(each) for each in expected]
    else:
        head = streamed.out.splitlines()[0]
        assert head == loaded.out.splitlines()[0]
        assert streamed.out.count("\n") == loaded.out.count("\n")
