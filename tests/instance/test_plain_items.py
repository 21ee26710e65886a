"""The short way by which most items are read gives what the long way gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict

import recto
from recto.instance import xml as reader
from recto.instance.inline import facts as inline_reader
from recto.instance.model import Fact, Instance
from tests.formula.small import opened
from tests.instance.samples import IXT, inline, load

_ODD = (
    '<t:a contextRef="c1" unitRef="u" decimals="0" id="x">1</t:a>',
    '<t:a contextRef=" c1 " unitRef="u" decimals="0">1</t:a>',
    '<t:a contextRef="c1" unitRef="u" precision="4" xml:lang="de"> 1.50 </t:a>',
    '<t:a contextRef="c1" unitRef="u" decimals="0" precision="4">2</t:a>',
    '<t:a contextRef="c1" unitRef="u" decimals="INF">not a number</t:a>',
    '<t:a contextRef="c1" unitRef="u">3</t:a>',
    '<t:a contextRef="c1">4</t:a>',
    '<t:a contextRef="c1" unitRef="v" decimals="0">5</t:a>',
    '<t:a contextRef="c9" unitRef="u" decimals="0">6</t:a>',
    '<t:a contextRef="c1" unitRef="u" decimals="few">7</t:a>',
    '<t:a contextRef="c1" unitRef="u" decimals="0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:nil="true"/>',
    '<t:a contextRef="c1" unitRef="u" decimals="0"><t:b/></t:a>',
    '<t:z contextRef="c1" unitRef="u" decimals="0">8</t:z>',
)


def _read(path: Path) -> tuple[list[dict[str, object]], list[str]]:
    return _both(recto.open(path, offline=True, use_cache=False).instances[0])


def _both(instance: Instance) -> tuple[list[dict[str, object]], list[str]]:
    return [_told(fact) for fact in instance.facts], [str(each) for each in instance.findings]


def _told(fact: Fact) -> dict[str, object]:
    found = asdict(fact)
    for name in ("home", "concept", "context", "unit"):
        found[name] = found[name] is not None
    return found


def test_both_ways_give_the_same_facts_and_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(tmp_path, "", [("a", str(day), day) for day in range(1, 9)] + [("b", "2.5", 1)])
    path = tmp_path / "i.xbrl"
    text = path.read_text("utf-8")
    path.write_text(text.replace("</xbrli:xbrl>", "\n".join(_ODD) + "</xbrli:xbrl>"), "utf-8")
    facts, findings = _read(path)
    assert len(facts) == 9 + len(_ODD)
    monkeypatch.setattr(reader, "attributes_among", lambda names: None)
    others, told = _read(path)
    for one, other in zip(facts, others, strict=True):
        assert one == other
    assert findings == told


_NUMBER = 'name="t:Cash" contextRef="i" unitRef="usd" decimals="0"'
_TEXT = 'contextRef="y"'
_INLINE = (
    f'<ix:nonFraction {_NUMBER} format="ixt:num-dot-decimal">1,234.50</ix:nonFraction>',
    f'<ix:nonFraction {_NUMBER} id="f-3" scale="6" sign="-" format="ixt:num-dot-decimal"> 12.5 </ix:nonFraction>',
    f'<ix:nonFraction {_NUMBER} scale="many">1</ix:nonFraction>',
    f'<ix:nonFraction {_NUMBER} sign="+">1</ix:nonFraction>',
    f'<ix:nonFraction {_NUMBER} format="ixt:num-dot-decimal">12,34x</ix:nonFraction>',
    f'<ix:nonFraction {_NUMBER} format="ixt:of-no-registry">1</ix:nonFraction>',
    f'<ix:nonFraction {_NUMBER} format="none:num-dot-decimal">1</ix:nonFraction>',
    f'<ix:nonFraction {_NUMBER} format="ixt:fixed-zero"><b>no</b></ix:nonFraction>',
    f'<ix:nonFraction {_NUMBER} xsi:nil="true"></ix:nonFraction>',
    f'<ix:nonFraction {_NUMBER} precision="3">1</ix:nonFraction>',
    f"<ix:nonFraction {_NUMBER}></ix:nonFraction>",
    f"<ix:nonFraction {_NUMBER.replace('i', 'q', 1)}>1</ix:nonFraction>",
    '<ix:nonFraction name="t:Cash" contextRef=" i " unitRef="usd" decimals="0">1</ix:nonFraction>',
    '<ix:nonFraction name="t:Cash" contextRef="i" unitRef="eur" decimals="0">1</ix:nonFraction>',
    '<ix:nonFraction name="t:Nothing" contextRef="i" unitRef="usd" decimals="0">1</ix:nonFraction>',
    '<ix:nonFraction name=" t:Cash" contextRef="i" unitRef="usd" decimals="0">1</ix:nonFraction>',
    '<ix:nonFraction name="x:Cash" contextRef="i" unitRef="usd" decimals="0">1</ix:nonFraction>',
    '<ix:nonFraction xmlns:x="https://example.org/t" name="x:Cash" contextRef="i" unitRef="usd" decimals="0">1'
    "</ix:nonFraction>",
    f'<ix:nonNumeric name="t:Note" {_TEXT} xml:lang="de"> Worte </ix:nonNumeric>',
    f'<p xml:lang="fr"><ix:nonNumeric name="t:Token" {_TEXT} id="own"> a   b </ix:nonNumeric></p>',
    f'<ix:nonNumeric name="t:Note" {_TEXT} escape="true">a &amp; b</ix:nonNumeric>',
    f'<ix:nonNumeric name="t:Note" {_TEXT} continuedAt="c">one </ix:nonNumeric>',
    '<ix:continuation id="c">two</ix:continuation>',
    f'<ix:nonNumeric name="t:Day" {_TEXT} format="ixt:date-month-day-year-en">May 4, 2024</ix:nonNumeric>',
    f'<ix:nonNumeric name="t:Day" {_TEXT}>May 4</ix:nonNumeric>',
    f'<ix:nonNumeric name="t:Flag" {_TEXT} format="ixt:fixed-true"></ix:nonNumeric>',
    f'<ix:nonNumeric name="t:Name" {_TEXT}>t:Cash</ix:nonNumeric>',
    f'<ix:nonNumeric name="t:Title" {_TEXT}>abstract</ix:nonNumeric>',
    f'<ix:nonNumeric name="t:Sales" {_TEXT}>7</ix:nonNumeric>',
)


def test_both_ways_give_the_same_inline_facts_and_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = f'<ix:nonNumeric name="t:Note" {_TEXT}>hidden</ix:nonNumeric>'
    document = inline("\n".join(_INLINE), hidden=hidden, root='xml:lang="en"')
    assert IXT in document
    (instance,) = load("inline", {"a.htm": document}, "a.htm")
    facts, findings = _both(instance)
    assert len(facts) == len(_INLINE)
    assert len(findings) > 10
    monkeypatch.setattr(inline_reader, "_given", lambda names: None)
    (instance,) = load("inline", {"a.htm": document}, "a.htm")
    others, told = _both(instance)
    for one, other in zip(facts, others, strict=True):
        assert one == other
    assert findings == told


def test_most_inline_facts_take_the_short_way(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[Any] = []
    long_way = inline_reader.FactReader._read_one

    def noted(self: Any, marked: Any, parent: Fact | None) -> Fact:
        taken.append(marked)
        return long_way(self, marked, parent)

    monkeypatch.setattr(inline_reader.FactReader, "_read_one", noted)
    document = inline(_INLINE[0] + _INLINE[1] + _INLINE[18])
    (instance,) = load("inline", {"a.htm": document}, "a.htm")
    assert [fact.value for fact in instance.facts] == ["1234.5", "-12500000", " Worte "]
    assert len(taken) == 1  # the first that says `decimals="0"`, which is read once
