"""Anchors of text blocks for MetaLinks (metalinks.md 3)."""

from __future__ import annotations

from recto.rendering.writers.anchors import html_anchors
from tests.instance.samples import inline, load, only


def test_anchors_of_the_own_element_with_id_or_name_and_without_href() -> None:
    body = (
        '<p><ix:nonNumeric name="t:Note" contextRef="y" escape="true"><p><a id="n1" class="x">a</a>'
        '<a href="#n1" id="n2">b</a><a class="y">c</a></p></ix:nonNumeric></p>'
    )
    (instance,) = load("inline", {"r.htm": inline(body)}, "r.htm")
    (found,) = html_anchors(instance, only(instance))
    assert found == {"qname": "t:Note", "context": "y", "lang": "en-US", "attributes": "id='n1', class='x'"}
