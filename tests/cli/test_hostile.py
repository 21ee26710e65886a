"""Broken and hostile sources through the commands, as users run them: the finding, the exit status, what is delivered.

Every command ends within bounded time, with no traceback; whatever of the source can be read is still delivered.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from recto.cli import UNREADABLE
from tests.cli.conftest import Outcome
from tests.cli.hostile import SOURCES, filing, instance, write
from tests.effort import bounded

Run = Callable[..., Outcome]

SOUND, PART, NO_PAGE, NO_REPORT, REFUSED = (0, 0, 0, 0), (1, 0, 0, 0), (1, 1, 0, 1), (1, 2, 2, 2), (2, 2, 2, 2)
INVALID, ALL_INVALID = (1, 0, 1, 0), (1, 1, 1, 1)
"""Exit statuses of validate, render, facts and show: no error; errors, but pages; errors, and no fact that a page can
show; no report; unreadable."""

Expected = tuple[tuple[int, int, int, int], str, str, int | None]

EXPECTED: dict[str, Expected] = {
    "sound": (SOUND, "", "", None),
    "sound inline": (SOUND, "", "", None),
    "reference that is a link": (PART, "xmlSchema:cvc-attribute.4", "l.xml", 4),
    "missing taxonomy": (PART, "recto:missingDocument", "s.xsd", 9),
    "missing schema": (PART, "recto:missingDocument", "i.xml", 3),
    "truncated instance": (INVALID, "xml:truncated", "i.xml", 8),
    "truncated inline": (INVALID, "xml:truncated", "h.htm", 10),
    "truncated linkbase": (PART, "xml:truncated", "l.xml", 9),
    "truncated schema": (INVALID, "xml:truncated", "s.xsd", 11),
    "linkbase cut in its first tag": (PART, "xml:truncated", "l.xml", 2),
    "unknown role": (PART, "xbrl.3.5.2.4.1:roleRefMissing", "l.xml", 4),
    "unknown arcrole": (PART, "xbrl.3.5.2.5.1:arcroleRefMissing", "l.xml", 8),
    "undefined concept": (PART, "xbrl:schemaImportMissing", "i.xml", 9),
    "context without facts": (SOUND, "", "", None),
    "fact without context": (INVALID, "xbrl.4.6.1:itemContextRef", "i.xml", 9),
    "fact without contextRef": (INVALID, "xbrl.4.6.1:itemContextRef", "i.xml", 9),
    "fact without unit": (INVALID, "xbrl.4.6.2:numericUnit", "i.xml", 9),
    "no contexts at all": (ALL_INVALID, "xbrl.4.6.1:itemContextRef", "i.xml", 5),
    "prefix not bound": (NO_PAGE, "xml:notWellFormed", "i.xml", 6),
    "inline without header": (PART, "ix11.8.1.3:headerMissing", "h.htm", 1),
    "duplicate ids": (PART, "xml.3.3.1:idMustBeUnique", "i.xml", 5),
    "ten thousand contexts with one typo": (ALL_INVALID, "xmlSchema:valueError", "i.xml", 4),
    "a typo in one of ten thousand contexts": (INVALID, "xmlSchema:valueError", "i.xml", 7004),
    "huge attribute": (INVALID, "xbrl.4.6.1:itemContextRef", "i.xml", 9),
    "first moment of the calendar": (SOUND, "", "", None),
    "last moment of the calendar": (SOUND, "", "", None),
    "day after the calendar": (SOUND, "", "", None),
    "huge value": (SOUND, "xbrl:inconsistentDuplicates", "i.xml", 6),
    "not UTF-8": (INVALID, "xml:encoding", "i.xml", 9),
    "schema that imports itself": (SOUND, "", "", None),
    "schema that includes itself": (SOUND, "", "", None),
    "cycle of imports": (SOUND, "", "", None),
    "presentation cycle": (NO_PAGE, "xbrl.5.1.4.3:cycles", "l.xml", 16),
    "presentation of itself": (NO_PAGE, "xbrl.5.1.4.3:cycles", "l.xml", 13),
    "definition cycle": (PART, "xbrl.5.1.4.3:cycles", "l.xml", 15),
    "requires-element cycle": (SOUND, "", "", None),
    "essence-alias cycle": (PART, "xbrl.5.1.4.3:cycles", "l.xml", 17),
    "calculation cycle": (SOUND, "", "", None),
    "domain cycle": (PART, "xbrldte:DRSDirectedCycleError", "l.xml", 18),
    "circular type derivation": (PART, "xmlSchema:ct-props-correct.3", "s.xsd", 12),
    "circular simple types": (PART, "xmlSchema:st-props-correct.2", "s.xsd", 12),
    "circular substitution groups": (INVALID, "xmlSchema:valueError", "i.xml", 7),
    "tuples in themselves": (PART, "recto:tooDeep", "i.xml", 9),
    "groups in themselves": (PART, "xmlSchema:mg-props-correct.2", "s.xsd", 12),
    "xml:base on everything": (SOUND, "", "", None),
    "xml:base of nonsense": (PART, "recto:missingDocument", "l.xml", 5),
    "pattern that explodes": (INVALID, "xmlSchema:valueError", "i.xml", 7),
    "contents that explode": (PART, "xmlSchema:cvc-complex-type.2.4", "i.xml", 9),
    "deep nesting": (REFUSED, "xml:tooDeep", "i.xml", 9),
    "deep inline": (REFUSED, "xml:tooDeep", "h.htm", 8),
    "deep schema": (SOUND, "", "", None),
    "billion laughs": (REFUSED, "xml:nestedEntity", "i.xml", 2),
    "billion laughs inline": (REFUSED, "xml:nestedEntity", "h.htm", 2),
    "billion laughs in a linkbase": (PART, "xml:entityDeclaration", "l.xml", 2),
    "external entity": (REFUSED, "xml:externalEntity", "i.xml", 2),
    "external entity inline": (REFUSED, "xml:externalEntity", "h.htm", 2),
    "schema with an external entity": (NO_PAGE, "xml:externalEntity", "s.xsd", 2),
    "named characters": (SOUND, "", "", None),
    "named characters without declaration": (PART, "xml:notWellFormed", "h.htm", 8),
    "wrong zip": (NO_REPORT, "recto:noReport", "", None),
    "zip cut short": (REFUSED, "zip:damaged", "x.zip", None),
    "zip with a damaged member": (PART, "zip:damaged", "l.xml", None),
    "zip bomb": (REFUSED, "zip:bomb", "x.zip", None),
    "zip that climbs out": (REFUSED, "zip:pathTraversal", "x.zip", None),
    "zip in zip in zip": (NO_REPORT, "recto:noReport", "", None),
    "binary .xml": (REFUSED, "recto:unknownKind", "x.xml", None),
    "empty .xml": (REFUSED, "recto:unknownKind", "x.xml", None),
    "binary .htm": (REFUSED, "recto:unknownKind", "x.htm", None),
    "empty .htm": (REFUSED, "recto:unknownKind", "x.htm", None),
    "binary .json": (REFUSED, "recto:unknownKind", "x.json", None),
    "empty .json": (REFUSED, "recto:unknownKind", "x.json", None),
    "binary .zip": (REFUSED, "rpe:invalidArchiveFormat", "x.zip", None),
    "empty .zip": (REFUSED, "rpe:invalidArchiveFormat", "x.zip", None),
    "binary .txt": (REFUSED, "recto:unknownKind", "x.txt", None),
    "empty .txt": (REFUSED, "recto:unknownKind", "x.txt", None),
    "binary .xbri": (REFUSED, "rpe:invalidArchiveFormat", "x.xbri", None),
    "empty .xbri": (REFUSED, "rpe:invalidArchiveFormat", "x.xbri", None),
    "binary .xsd": (REFUSED, "recto:unknownKind", "x.xsd", None),
    "empty .xsd": (REFUSED, "recto:unknownKind", "x.xsd", None),
    "binary .nc": (REFUSED, "recto:unknownKind", "x.nc", None),
    "empty .nc": (REFUSED, "recto:unknownKind", "x.nc", None),
    "binary .bin": (REFUSED, "recto:unknownKind", "x.bin", None),
    "empty .bin": (REFUSED, "recto:unknownKind", "x.bin", None),
    "other XML": (REFUSED, "recto:unknownKind", "x.xml", None),
    "other HTML": (REFUSED, "recto:unknownKind", "x.htm", None),
    "other JSON": (REFUSED, "oimce:unsupportedDocumentType", "x.json", 1),
    "JSON list": (REFUSED, "oimce:unsupportedDocumentType", "x.json", 1),
    "text": (REFUSED, "recto:unknownKind", "x.txt", None),
    "deep JSON": (REFUSED, "xbrlje:invalidJSON", "x.json", None),
    "folder without XBRL": (NO_REPORT, "recto:noReport", "", None),
    "empty folder": (NO_REPORT, "recto:noReport", "", None),
    "absent": (REFUSED, "recto:notFound", "absent.xml", None),
    "link to itself": (SOUND, "", "", None),
    "submission": (SOUND, "", "", None),
    "submission without end tags": (PART, "recto:truncatedSubmission", "x.txt", 3),
    "submission cut short": (PART, "recto:truncatedSubmission", "x.txt", 42),
    "submission of hostile names": (SOUND, "", "", None),
    "JSON": (SOUND, "", "", None),
    "JSON with an unknown key": (PART, "xbrlje:invalidJSONStructure", "x.json", 13),
    "JSON with equal keys": (NO_PAGE, "xbrlje:invalidJSON", "x.json", 16),
    "JSON with NaN": (REFUSED, "xbrlje:invalidJSON", "x.json", 16),
    "JSON cut short": (REFUSED, "xbrlje:invalidJSON", "x.json", 40),
    "JSON not UTF-8": (REFUSED, "xbrlje:invalidJSON", "x.json", None),
    "JSON of great numbers": (REFUSED, "xbrlje:invalidJSON", "x.json", 16),
    "JSON of wrong types": (NO_PAGE, "xbrlje:invalidJSONStructure", "x.json", 15),
    "CSV": (SOUND, "", "", None),
    "CSV with a wrong column": (NO_PAGE, "xbrlce:unknownColumn", "t.csv", 1),
    "CSV without its table": (NO_PAGE, "xbrlce:missingRequiredCSVFile", "x.json", 31),
    "CSV with ragged rows": (PART, "xbrlce:unmappedCellValue", "t.csv", 2),
    "CSV of binary junk": (NO_PAGE, "xbrlce:invalidCSVFileFormat", "t.csv", 1),
    "CSV that climbs out": (NO_PAGE, "xbrlce:missingRequiredCSVFile", "x.json", 31),
    "CSV that extends itself": (NO_PAGE, "xbrlce:cycleInExtensionChain", "x.json", 2),
}
"""Statuses, the first code, and where: document and line."""


@pytest.mark.parametrize("name", SOURCES)
def test_every_command_ends_as_it_should(name: str, recto_command: Run, tmp_path: Path) -> None:
    statuses, code, document, line = EXPECTED[name]
    (tmp_path / "in").mkdir()
    source = SOURCES[name](tmp_path / "in")
    with bounded(30):
        validate = recto_command("validate", source, "--to", "json", "--offline")
        render = recto_command("render", source, "-o", tmp_path / "out", "--offline")
        facts = recto_command("facts", source, "--to", "json", "--offline")
        show = recto_command("show", source, "--offline")
    assert (validate.status, render.status, facts.status, show.status) == statuses
    for outcome in (validate, render, facts, show):
        assert "Traceback" not in outcome.err
        assert "recto:internal" not in outcome.err
    assert validate.err
    assert render.err
    if statuses == REFUSED:
        first = validate.err.splitlines()[0]
        assert first.startswith(f"error {code} ")
        assert f"{document}{'' if line is None else f':{line}'} " in first
        assert render.err == facts.err == show.err == validate.err
        assert not (tmp_path / "out").exists()
    elif code:
        found = json.loads(validate.out.splitlines()[0])
        assert (found["code"], found["document"].rpartition("/")[2], found["line"]) == (code, document, line)
        assert found["message"]
    else:
        assert validate.out == ""
    if statuses in (SOUND, PART):
        assert list((tmp_path / "out").glob("R*.htm"))
        assert facts.out.count("\n") >= 1
    assert len(recto_command("validate", source, "--offline").out.splitlines()) <= 40  # causes, each told once


@pytest.mark.parametrize(
    "name",
    [
        "sound inline",
        "missing taxonomy",
        "missing schema",
        "truncated instance",
        "truncated schema",
        "unknown role",
        "undefined concept",
        "fact without context",
        "no contexts at all",
        "prefix not bound",
        "presentation cycle",
        "circular substitution groups",
        "zip with a damaged member",
        "wrong zip",
        "other JSON",
        "JSON of wrong types",
        "CSV without its table",
    ],
)
def test_commands_agree(name: str, recto_command: Run, tmp_path: Path) -> None:
    """Whatever makes pages ends with the same status, and all tell the same number of errors."""
    (tmp_path / "in").mkdir()
    source = SOURCES[name](tmp_path / "in")
    outcomes = {
        "facts": recto_command("facts", source, "--offline"),
        "show": recto_command("show", source, "--offline"),
        "text": recto_command("text", source, "--offline"),
        "explain": recto_command("explain", source, "--left-out", "--offline"),
        "render": recto_command("render", source, "-o", tmp_path / "out", "--offline"),
        "view": recto_command("view", source, "-o", tmp_path / "view.html", "--offline"),
        "save": recto_command("save", source, "-o", tmp_path / "saved.json", "--offline", "--force"),
    }
    makes_pages = ("show", "text", "render", "view")
    assert len({outcomes[each].status for each in makes_pages}) == 1, {k: v.status for k, v in outcomes.items()}
    assert all("recto:internal" not in outcome.err for outcome in outcomes.values())
    told = {command: _errors_told(outcome.err) for command, outcome in outcomes.items()}
    if outcomes["show"].status != UNREADABLE:
        assert len({told[each] for each in ("facts", "text", "explain", "save")}) == 1, told


def _errors_told(err: str) -> tuple[int, bool]:
    """How many errors were found while reading, and whether a taxonomy is missing."""
    match = re.search(r"^([\d,]+) errors? found while reading", err, re.M)
    return (int(match[1].replace(",", "")) if match else 0), "The taxonomy is missing" in err


def test_all_three_numbers_of_facts(recto_command: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source = SOURCES["fact without context"](tmp_path / "in")
    done = recto_command("render", source, "-o", tmp_path / "out", "--offline")
    assert "1 page" in done.err
    assert "; 3 of 4 facts shown (75.0 %), 1 rejected (" in done.err


@pytest.mark.parametrize("command", ["facts", "show", "validate", "text"])
def test_taxonomies_that_are_nowhere(command: str, recto_command: Run, tmp_path: Path) -> None:
    write(tmp_path, filing())
    done = recto_command(command, tmp_path, "--taxonomies", tmp_path / "absent")
    assert (done.status, done.out) == (2, "")
    assert done.err == f"error recto:notFound {tmp_path / 'absent'} no such file or folder of taxonomies\n"


@pytest.mark.parametrize("name", ["undefined concept", "fact without context", "fact without unit"])
def test_why_a_fact_is_on_no_page_is_told_once(name: str, tmp_path: Path) -> None:
    import recto

    filing = recto.open(SOURCES[name](tmp_path), offline=True)
    assert filing.reports
    told = [found.facts for found in filing.findings if found.code == EXPECTED[name][1]]
    assert len(told) == 1
    assert len(told[0]) == 1


def test_memory_stays_bounded(tmp_path: Path) -> None:
    """Commands run under a limit of address space that a bomb of any kind would break."""
    resource = pytest.importorskip("resource")
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30));"
        "from recto.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    assert resource
    for name in ("zip bomb", "billion laughs", "deep nesting", "huge attribute", "contents that explode"):
        folder = tmp_path / name
        folder.mkdir()
        source = SOURCES[name](folder)
        done = subprocess.run(
            [sys.executable, "-c", program, "validate", str(source), "--offline"], capture_output=True, timeout=60
        )
        assert done.returncode == EXPECTED[name][0][0], done.stderr


def test_output_that_cannot_be_written(recto_command: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source = write(tmp_path / "in", filing())
    (tmp_path / "file").write_text("x")
    for arguments in (
        ("render", source, "-o", tmp_path / "file"),
        ("render", source, "-o", tmp_path / "file" / "below"),
        ("facts", source, "-o", tmp_path / "file" / "below.csv"),
        ("facts", source, "--to", "parquet", "-o", tmp_path / "absent" / "x.parquet"),
        ("validate", source, "-o", tmp_path / "in"),
        ("save", source, "-o", tmp_path / "in"),
        ("render", source, "-o", "/proc/recto"),
        ("facts", source, "-o", "/proc/recto.csv"),
    ):
        done = recto_command(*arguments, "--offline")
        assert done.status == 2, arguments
        assert done.err.startswith("error recto:"), done.err
        assert "recto:internal" not in done.err
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize(
    "arguments",
    [
        ("frobnicate",),
        ("sqll", "select 1"),
        ("facts",),
        ("facts", "{}", "--to", "pdf"),
        ("render", "{}", "-o", "{}/out", "--format", "pdf"),
        ("render", "{}", "-o", "{}/out", "--only", "R99"),
        ("validate", "{}", "--rules", "astrology"),
        ("validate", "{}", "--to", "xml"),
        ("show", "{}", "R0"),
        ("show", "{}", "R99"),
        ("show", "{}", "no such page"),
        ("save", "{}", "-o", "{}/x.pdf"),
        ("read", "{}/absent.htm"),
        ("read", "{}"),
        ("facts", "{}", "--frobnicate"),
    ],
)
def test_requests_that_make_no_sense(arguments: tuple[str, ...], recto_command: Run, tmp_path: Path) -> None:
    write(tmp_path, filing())
    done = recto_command(*(each.replace("{}", str(tmp_path)) for each in arguments))
    assert done.status == 2
    assert done.out == ""
    assert done.err
    assert "recto:internal" not in done.err


@pytest.mark.parametrize("content", ["", "<html><body>Hello</body></html>", "a letter\n", instance(), "\0\1\2"])
def test_pages_that_are_none(content: str, recto_command: Run, tmp_path: Path) -> None:
    page = tmp_path / "R2.htm"
    page.write_text(content)
    done = recto_command("read", page)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("error recto:noReportTable ")
    assert "R2.htm" in done.err


def test_compare_tells_why_there_is_nothing(recto_command: Run, tmp_path: Path) -> None:
    for name in ("sound", "missing taxonomy", "missing schema"):
        (tmp_path / name).mkdir()
        SOURCES[name](tmp_path / name)
    done = recto_command("compare", tmp_path / "sound", tmp_path / "sound", "--concept", "AA", "--offline")
    assert (done.status, done.out) == (0, "")
    assert "no fact matches concept=AA" in done.err
    done = recto_command("compare", tmp_path / "sound", tmp_path / "missing taxonomy", "--offline")
    assert "missing taxonomy: the taxonomy is missing (http://example.org/a.xsd)" in done.err
