"""The short way by which most items are read gives what the long way gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import asdict

import recto
from recto.instance import xml as reader
from recto.instance.model import Fact
from tests.formula.small import opened

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
    instance = recto.open(path, offline=True, use_cache=False).instances[0]
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
