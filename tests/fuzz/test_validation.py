"""No mutation of a document makes a rule fail: rules find faults, or nothing."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from recto.errors import RectoError
from recto.rules import validate
from tests.instance.samples import CONTEXTS, inline, load

BODY = (
    '<div><ix:nonNumeric name="t:Note" contextRef="y" id="n" continuedAt="c" escape="true">a<ix:exclude>b</ix:exclude>'
    '</ix:nonNumeric><p><ix:continuation id="c">d</ix:continuation></p>'
    '<ix:nonFraction name="t:Sales" contextRef="y" unitRef="usd" decimals="0" scale="3" sign="-" id="f">5'
    "</ix:nonFraction>"
    '<ix:tuple name="t:Officer" tupleID="o"><ix:nonNumeric name="t:Line" contextRef="y" order="1">a</ix:nonNumeric>'
    '</ix:tuple><ix:fraction name="t:Share" contextRef="y" unitRef="pure"><ix:numerator>1</ix:numerator>'
    '<ix:denominator>3</ix:denominator></ix:fraction><ix:footnote id="x" xml:lang="en">x</ix:footnote></div>'
)
PAGE = inline(BODY, resources=f'{CONTEXTS}<ix:relationship fromRefs="f n" toRefs="x"/>')
TEXTS = ("", "x y", "9" * 30, "y", "c", "n", "o", "1e5", "-", "INF", "true", "ixt:zero-dash", "q:r")


def mutated(seed: int) -> bytes:
    chance = random.Random(seed)
    root = etree.fromstring(PAGE.encode())
    elements = list(root.iter(etree.Element))
    for _ in range(chance.randint(1, 5)):
        one, other = chance.choice(elements), chance.choice(elements)
        kind = chance.randint(0, 5)
        name = chance.choice(list(one.attrib)) if one.attrib else None
        if kind == 0:
            one.tag = other.tag
        elif kind == 1 and one not in (other, *other.iterancestors()):
            other.append(one)
        elif kind == 2 and name is not None:
            one.set(name, chance.choice(TEXTS))
        elif kind == 3 and name is not None:
            del one.attrib[name]
        elif kind == 4:
            one.text = chance.choice((*TEXTS, None))
        elif name is not None:
            other.set(name, one.get(name) or "")
    return etree.tostring(root)


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_inline_documents(seed: int) -> None:
    try:
        instances = load("inline", {"r.htm": mutated(seed)}, "r.htm")
    except RectoError:
        return
    for instance in instances:
        for finding in validate(instance):
            assert finding.code
            assert finding.message
