"""A filing that would run scripts, fetch, refresh and lead away does nothing and asks for nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import recto
from tests.browser.conftest import Open, Serve

EVIL = "http://evil.invalid"
ACTIVE = f"""
<div onclick="boom()" onmouseover="boom()" onload="boom()">over me</div>
<script>boom()</script><script src="{EVIL}/x.js"></script>
<a href="javascript:boom()">a link</a> <a href="{EVIL}/away" target="_top">away</a>
<a href="data:text/html,&lt;script&gt;boom()&lt;/script&gt;">data</a>
<svg xmlns="http://www.w3.org/2000/svg"><script>boom()</script><image href="{EVIL}/x.svg"/>
  <animate onbegin="boom()" attributeName="x" dur="1s"/><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="{EVIL}/f"/></foreignObject></svg>
<math xmlns="http://www.w3.org/1998/Math/MathML"><mtext><img xmlns="http://www.w3.org/1999/xhtml" src="{EVIL}/m.png" onerror="boom()"/></mtext>
  <maction actiontype="statusline" href="javascript:boom()">x</maction></math>
<img src="{EVIL}/i.png" onerror="boom()" alt="x"/> <img src="x" onerror="boom()" alt="y"/> <img srcset="{EVIL}/s.png 2x" alt="z"/>
<iframe src="{EVIL}/f" srcdoc="&lt;script&gt;boom()&lt;/script&gt;"></iframe>
<object data="{EVIL}/o"></object><embed src="{EVIL}/e"/>
<form action="{EVIL}/form"><input name="a" autofocus="autofocus" onfocus="boom()"/><button>send</button></form>
<p style="background:url({EVIL}/bg.png);behavior:url({EVIL}/b.htc);list-style-image:url('{EVIL}/l.png')">styled</p>
<p style="background:u\\72l({EVIL}/esc.png)">escaped</p>
<table background="{EVIL}/t.png"><tr><td background="{EVIL}/td.png">cell</td></tr></table>
<video src="{EVIL}/v" autoplay="autoplay" onerror="boom()"></video><audio src="{EVIL}/a"></audio>
<details open="open" ontoggle="boom()"><summary>d</summary></details>
<meta http-equiv="refresh" content="0;url={EVIL}/refresh"/><base href="{EVIL}/"/><link rel="stylesheet" href="{EVIL}/s.css"/>
<style>@import url({EVIL}/imp.css); p {{ background: url({EVIL}/css.png) }} @font-face {{ font-family: x; src: url({EVIL}/font) }}</style>
"""  # noqa: E501
HEAD = f"""<meta http-equiv="refresh" content="0;url={EVIL}/refresh"/><base href="{EVIL}/"/>
<link rel="stylesheet" href="{EVIL}/s.css"/><script>boom()</script>
<style>@import url({EVIL}/imp.css); body {{ background: url({EVIL}/css.png); color: red }}</style>"""


@pytest.fixture
def hostile(data: Path, tmp_path: Path) -> Path:
    """The small inline filing with all that, in its document, in a text block and in a label."""
    folder = tmp_path / "hostile"
    shutil.copytree(data / "inline", folder)
    path = folder / "orchard-20241231.htm"
    text = path.read_text("utf-8")
    text = text.replace("</title></head>", f"</title>{HEAD}</head>").replace(
        "<body>", f'<body onload="boom()">{ACTIVE}', 1
    )
    end = text.index(">", text.index('escape="true"')) + 1
    text = text[:end] + ACTIVE + text[end:]
    path.write_text(text, "utf-8")
    schema = folder / "orchard-20241231.xsd"
    schema.write_text(
        schema.read_text("utf-8").replace("Inventories", "&lt;img src=x onerror=boom()&gt; Inventories"), "utf-8"
    )
    return folder


@pytest.mark.parametrize("home", ["served", "file", "index"])
def test_it_does_nothing_and_asks_for_nothing(
    watched: Open, serve: Serve, hostile: Path, data: Path, tmp_path: Path, home: str
) -> None:
    watch = watched()
    watch.page.add_init_script("window.boom = () => { console.error('boom'); }")
    if home == "served":
        own = serve(hostile, taxonomies=[data / "mirror"])
        listed = watch.page.request.get(f"{own}/api/filings").json()["filings"]
        url = f"{own}/view/{listed[0]['id']}"
    else:
        filing = recto.open(hostile, taxonomies=[data / "mirror"], offline=True)
        if home == "file":
            filing.view(tmp_path / "report.html", validate=True)
            url = (tmp_path / "report.html").as_uri()
        else:
            filing.render(tmp_path / "pages")
            url = (tmp_path / "pages" / "index.html").as_uri()
        own = tmp_path.as_uri()
    page = watch.open(f"{url}#/R2")
    page.wait_for_selector("td.num")
    pages = [a.get_attribute("href") for a in page.locator("nav a").all()]
    for each in pages:
        page.evaluate("hash => { location.hash = hash }", each)
        page.wait_for_timeout(350)
    watch.shot(f"hostile-{home}")
    page.keyboard.press("d")
    page.wait_for_selector("#document iframe")
    page.wait_for_timeout(800)
    watch.shot(f"hostile-document-{home}")
    inner = page.evaluate("document.querySelector('#document iframe').contentDocument.body.innerHTML.toLowerCase()")
    for word in (
        "<script",
        "onclick",
        "javascript:",
        "<svg",
        "<math",
        "<iframe",
        "<form",
        "<base",
        "<meta",
        "evil.invalid/away",
    ):
        assert word not in inner, word
    page.evaluate("for (const a of document.querySelector('#document iframe').contentDocument.links) a.click()")
    page.evaluate("location.hash = '#/findings'")
    page.wait_for_timeout(500)
    page.evaluate("location.hash = '#/find?q=styled'")
    page.wait_for_timeout(700)
    assert watch.problems == []
    assert watch.outside(own) == []
    assert page.url.startswith(own)
    assert len(page.context.pages) == 1
