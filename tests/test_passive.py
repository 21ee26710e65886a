"""Nothing of a filing runs, fetches or controls a terminal."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

import recto
from recto.cells import inert
from recto.cli._app import app
from recto.passive import passive
from recto.printable import printable
from recto.rendering.model import Column, Report, Row
from recto.rendering.writers.html import PageWriter
from recto.rendering.writers.notebook import notebook_html

ORDINARY = [
    "<p style=\"font:10pt 'Times New Roman'\">Sales &amp; <b>net</b></p>",
    '<div style="font-family:&quot;Arial&quot;,sans-serif"><br/><hr/>5 &lt; 6<!-- Field: Page --></div>',
    '<a href="https://www.sec.gov/x?a=1">SEC</a> <a href="#top">up</a> <a href="r2.htm">r2</a>',
    '<img src="logo.jpg" alt="Logo"><img src="data:image/png;base64,AAAA">',
    "<TABLE BORDER=0><TR><TD nowrap>once = 5</TD></TR></TABLE>",
    "a text with onclick= in it, and url(x), and javascript:",
]
ACTIVE = [
    '<p onclick="alert(1)">kept</p>',
    "<p/onclick=alert(1)>kept</p>",
    "kept<script>alert(1)</script>",
    "kept<scr<script>ipt>alert(1)</script>",
    '<a href="javascript:alert(1)">kept</a>',
    '<a href="&#106;avascript:alert(1)">kept</a>',
    '<a href="jav\tascript:alert(1)">kept</a>',
    "<a href=javascript:alert(1)>kept</a>",
    '<a href="data:text/html,x">kept</a>',
    'kept<img src="http://evil.example/x.png" onerror="alert(1)">',
    'kept<img src="//evil.example/x.png">',
    'kept<img srcset="http://evil.example/x.png 1x">',
    'kept<img src="data:image/svg+xml,x">',
    'kept<iframe src="x.htm"></iframe>',
    '<form action="http://evil.example/">kept<input autofocus></form>',
    '<span style="background:url(http://evil.example/y.png)">kept</span>',
    '<span style="background:u&#114;l(http://evil.example/y.png)">kept</span>',
    '<span style="background:\\75rl(http://evil.example/y.png)">kept</span>',
    'kept<svg onload="alert(1)"><script>alert(1)</script></svg>',
    'kept<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    'kept<base href="http://evil.example/"><meta http-equiv="refresh" content="0;url=http://evil.example/">',
    '<p title=\'"\' onclick="alert(1)">kept</p>',
    '<p title="a>b" onclick="alert(1)">kept</p>',
    '<table background="http://evil.example/y.png"><tr><td>kept</td></tr></table>',
    'kept<link rel="stylesheet" href="x.css"><style>@import url(http://evil.example/)</style>',
    "kept<![CDATA[<img src=x onerror=alert(1)>]]>",
    "kept<?xml-stylesheet href='x'?>",
    "kept<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
]


FORBIDDEN = frozenset(("script", "iframe", "svg", "math", "style", "form", "input", "base", "meta", "link"))


def assert_inert(markup: str) -> None:
    tree = html.fragment_fromstring(markup or "<p></p>", create_parent="div")
    for element in tree.iter():
        if isinstance(element.tag, str):
            assert element.tag not in (
                "script",
                "iframe",
                "svg",
                "math",
                "style",
                "form",
                "input",
                "base",
                "meta",
                "link",
            )
            for name, value in element.attrib.items():
                assert not name.startswith("on")
                assert name not in ("action", "srcset", "background", "formaction", "srcdoc")
                if name in ("href", "src"):
                    assert not re.match(r"\s*(j\s*a\s*v|vbs|data:text|data:image/svg)", value, re.IGNORECASE)
                if name == "src":
                    assert not re.match(r"\s*(\w+:)?//", value)
                assert "url(" not in value.lower() or name in ("title", "alt", "href")


@pytest.mark.parametrize("markup", ORDINARY)
def test_ordinary_markup_stays_as_it_is(markup: str) -> None:
    assert passive(markup) is markup


@pytest.mark.parametrize("markup", ACTIVE)
def test_what_runs_or_fetches_goes_and_the_rest_stays(markup: str) -> None:
    made = passive(markup)
    assert "kept" in made
    assert_inert(made)


PIECES = st.sampled_from(
    [*ORDINARY, *ACTIVE, "<", ">", '"', "'", "</", "<!--", "-->", "<p ", "x=", "on", "load=", "&lt;script>", "<td", " "]
)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_whatever_is_put_together_is_inert_and_stays_so(markup: str) -> None:
    made = passive(markup)
    assert_inert(made)
    assert passive(made) == made or made == markup


def test_deep_markup_is_rewritten_too() -> None:
    assert "deep" in passive('<div onclick="x">' * 3000 + "deep")


def page(key: str) -> Report:
    rows = [Row(1, "section", "X", [], panel_key=key)]
    return Report(
        1, "R1", "r", "T", "T", "T", "", [Column(1, ("a",))], rows, footnotes=[(1, '<img src=x onerror="p()">')]
    )


def test_a_typed_member_ends_no_string_of_a_script() -> None:
    text = PageWriter().page(page("x'+alert(1)+'\\")).decode()
    assert "showAR( this, 'defref_x\\'+alert(1)+\\'\\\\', window )" in text


def test_footnotes_are_passive_on_pages_and_in_notebooks() -> None:
    assert "onerror" not in PageWriter().page(page("k")).decode()
    assert "onerror" not in notebook_html(page("k"))


def test_control_characters_are_written_out() -> None:
    assert printable("a\x1b[31m\x9b\u202eb\tc\n") == "a\\u001b[31m\\u009b\\u202eb\tc\n"


def test_no_command_hands_controls_of_a_filing_to_the_terminal(tmp_path: Path) -> None:
    name = "\x9b2J\x9b31m\u202egnp.exe"
    (tmp_path / "r.json").write_text(
        json.dumps(
            {
                "documentInfo": {
                    "documentType": "https://xbrl.org/2021/xbrl-json",
                    "namespaces": {"t": "urn:t"},
                    "taxonomy": ["t.xsd"],
                },
                "facts": {name: {"value": name + "\x1b[2J", "dimensions": {"concept": "t:A", "entity": "t:x"}}},
            }
        )
    )
    for command in ("show", "facts", "validate"):
        result = CliRunner().invoke(app, [command, str(tmp_path / "r.json"), "--offline"])
        text = result.stderr if command == "facts" else result.output
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://evil.example","x")',
        "=1",
        "@SUM(A1)",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "-A1",
        "-E5",
        "- an item of a list",
        "\t=1+1",
        "\r@x",
        "＝1+1",
    ],
)
def test_text_is_no_formula_in_a_csv(text: str) -> None:
    assert inert(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "-1234.50",
        "+5",
        "-1e3",
        "-1.5E-07",
        "--12-31",
        "+1 (408) 996-1010",
        "-5 %",
        "a=b",
        "'=x",
        "x",
        " =1",
        "—",
    ],
)
def test_numbers_dates_and_other_text_stay(text: str) -> None:
    assert inert(text) == text


FORMULA = '=HYPERLINK("http://evil.example","x")'


def test_no_command_writes_a_formula(data: Path, tmp_path: Path) -> None:
    """As a value, a label, a title: marked as text in a CSV, text in a workbook, and to the letter everywhere else."""
    for name in ("orchard-20241231.htm", "orchard-20241231.xsd"):
        text = (data / "inline" / name).read_text("utf-8")
        text = text.replace(">Ghent<", f">{FORMULA}<").replace("Inventories<", "=1+Inventories<")
        (tmp_path / name).write_text(text, "utf-8")
    source = str(tmp_path / "orchard-20241231.htm")

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(app, [*arguments, "--offline", "--no-cache"])
        assert not done.exception or isinstance(done.exception, SystemExit), done.exception
        return done.stdout

    for arguments in (
        ("facts", source, "--to", "csv"),
        ("show", source, "--to", "csv"),
        *(("show", source, str(page), "--to", "csv") for page in (2, 4)),
    ):
        cells = [cell for row in csv.reader(io.StringIO(run(*arguments))) for cell in row]
        assert not [cell for cell in cells if cell.startswith("=")], arguments
        assert [cell for cell in cells if cell.startswith("'=")], arguments
    table = recto.open(source, offline=True, use_cache=False).table("facts")
    assert "'=HYPER" in "".join(table.csv_lines())
    assert FORMULA in [json.loads(line)["value"] for line in run("facts", source, "--to", "json").splitlines()]
    for arguments in (("facts", source), ("show", source, "4")):
        path = tmp_path / f"{arguments[0]}.xlsx"
        run(*arguments, "-o", str(path))
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        found = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
        assert found, arguments
        assert {cell.data_type for cell in found} == {"s"}
