"""What multiplies is bounded: contents in contents, continuations that facts share, arcs between many locators."""

from __future__ import annotations

from pathlib import Path

import pytest

import recto
from recto import limits
from tests.cli import hostile

PARENT_CHILD = hostile.PARENT_CHILD
TEXT = 'type="xbrli:stringItemType" substitutionGroup="xbrli:item"'
SCHEMA = hostile.schema("".join(map(hostile.item, hostile.ITEMS)) + hostile.item("T", TEXT))


def opened(folder: Path, **files: str | None) -> recto.Filing:
    return recto.open(hostile.write(folder, hostile.filing(**files)), offline=True)


def told(filing: recto.Filing, code: str) -> list[str]:
    return [each.message for each in filing.findings if each.code == code]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CONTENT_SIZE", 20_000)
    monkeypatch.setattr(limits, "CONTENT_TIMES", 0)
    monkeypatch.setattr(limits, "ARC_PAIRS", 50)


@pytest.mark.usefixtures("narrow")
def test_continuations_that_many_facts_share(tmp_path: Path) -> None:
    facts = "".join(
        f'<ix:nonNumeric id="t{n}" name="s:T" contextRef="c" continuedAt="k0">x</ix:nonNumeric>' for n in range(100)
    )
    parts = "".join(
        f'<ix:continuation id="k{n}" continuedAt="k{n + 1}">{"y" * 50}</ix:continuation>' for n in range(20)
    )
    last = f'<ix:continuation id="k20">{"y" * 50}</ix:continuation>'
    filing = opened(tmp_path, i=None, s=SCHEMA, h=hostile.inline(f"<div>{facts}{parts}{last}</div>"))
    valid = [fact for fact in filing.facts if fact.valid]
    assert 1 <= len(valid) < 100
    assert {fact.value for fact in valid} == {"x" + "y" * 50 * 21}
    assert len(told(filing, "recto:contentLimit")) == 100 - len(valid)
    assert "recto:internal" not in {each.code for each in filing.validate()}


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("more", ["", ' escape="true"'])
def test_texts_in_texts(more: str, tmp_path: Path) -> None:
    start = "".join(f'<ix:nonNumeric id="t{n}" name="s:T" contextRef="c"{more}>' for n in range(50))
    body = f"{start}<p>{'y' * 1000}</p>{'</ix:nonNumeric>' * 50}"
    filing = opened(tmp_path, i=None, s=SCHEMA, h=hostile.inline(body))
    values = [fact.value for fact in filing.facts if fact.valid]
    assert 10 <= len(values) <= 20
    assert len(told(filing, "recto:contentLimit")) == 50 - len(values)
    assert sum(len(fact.value) for fact in filing.facts) <= 20_000


@pytest.mark.usefixtures("narrow")
def test_numbers_in_numbers(tmp_path: Path) -> None:
    start = "".join(f'<ix:nonFraction id="n{n}" name="s:A" contextRef="c" unitRef="u" decimals="0">' for n in range(50))
    filing = opened(tmp_path, i=None, h=hostile.inline(f"<p>{start}{'9' * 1000}{'</ix:nonFraction>' * 50}</p>"))
    assert sum(len(fact.value) for fact in filing.facts) <= 20_000
    assert told(filing, "recto:contentLimit")


@pytest.mark.usefixtures("narrow")
def test_footnotes_in_footnotes(tmp_path: Path) -> None:
    start = "".join(f'<ix:footnote id="n{n}" xml:lang="en">' for n in range(50))
    body = f"<div>{start}{'y' * 1000}{'</ix:footnote>' * 50}</div>"
    fact = '<p><ix:nonFraction id="f" name="s:A" contextRef="c" unitRef="u" decimals="0">1</ix:nonFraction></p>'
    relations = "".join(f'<ix:relationship fromRefs="f" toRefs="n{n}"/>' for n in range(50))
    inline = hostile.inline(fact + body).replace("<ix:resources>", f"<ix:resources>{relations}")
    filing = opened(tmp_path, i=None, h=inline)
    notes = filing.facts[0].footnotes
    assert sum(len(note.text) for note in notes) <= 20_000
    assert told(filing, "recto:contentLimit")


def arcs(size: int, count: int = 1) -> str:
    locators = "".join(
        f'<link:loc xlink:type="locator" xlink:href="s.xsd#s_{side}{n}" xlink:label="{side}"/>'
        for side in "PQ"
        for n in range(size)
    )
    arc = f'<link:presentationArc xlink:type="arc" xlink:arcrole="{PARENT_CHILD}" xlink:from="P" xlink:to="Q"/>\n'
    return (
        f'<link:presentationLink xlink:type="extended" xlink:role="{hostile.ROLE}">{locators}\n{arc * count}'
        "</link:presentationLink>"
    )


@pytest.mark.usefixtures("narrow")
def test_arcs_between_many_locators(tmp_path: Path) -> None:
    names = [*hostile.ITEMS, *(f"{side}{n}" for side in "PQ" for n in range(10))]
    schema = hostile.schema("".join(map(hostile.item, names)))
    filing = opened(tmp_path, s=schema, l=hostile.linkbase(hostile.SHEET + arcs(10)))
    assert len(filing.reports) == 1
    assert [row.label for row in filing.reports[0].rows if row.kind != "abstract"]
    assert len(told(filing, "recto:tooManyArcs")) == 1
    finding = next(each for each in filing.findings if each.code == "recto:tooManyArcs")
    assert finding.document is not None
    assert (finding.document.rpartition("/")[2], finding.line) == ("l.xml", 12)
    few = tmp_path / "few"
    few.mkdir()
    assert not told(opened(few, s=schema, l=hostile.linkbase(hostile.SHEET + arcs(5))), "recto:tooManyArcs")


@pytest.mark.usefixtures("narrow")
def test_footnotes_of_many_facts(tmp_path: Path) -> None:
    facts = "".join(hostile.fact("A", str(n), f'id="f{n}" contextRef="c" unitRef="u" decimals="0"') for n in range(10))
    ends = "".join(
        f'<link:loc xlink:type="locator" xlink:href="#f{n}" xlink:label="F"/><link:footnote xlink:type="resource"'
        f' xlink:label="N" xlink:role="http://www.xbrl.org/2003/role/footnote" xml:lang="en">n{n}</link:footnote>'
        for n in range(10)
    )
    arc = '<link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote"'
    link = (
        '<link:footnoteLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
        f'{ends}{arc} xlink:from="F" xlink:to="N"/></link:footnoteLink>'
    )
    filing = opened(tmp_path, i=hostile.instance(facts + link))
    assert len(told(filing, "recto:tooManyArcs")) == 1
    assert not filing.facts[0].footnotes


@pytest.mark.usefixtures("narrow")
def test_relationships_of_many_facts(tmp_path: Path) -> None:
    facts = "".join(
        f'<p><ix:nonFraction id="f{n}" name="s:A" contextRef="c" unitRef="u" decimals="0">{n}</ix:nonFraction>'
        f'<ix:footnote id="n{n}" xml:lang="en">n{n}</ix:footnote></p>'
        for n in range(20)
    )
    froms, tos = (" ".join(f"{kind}{n}" for n in range(20)) for kind in "fn")
    relation = "".join(f'<ix:relationship fromRefs="{froms}" toRefs="{each}"/>' for each in ("n0", tos))
    inline = hostile.inline(facts).replace("<ix:resources>", f"<ix:resources>{relation}")
    filing = opened(tmp_path, i=None, h=inline)
    assert len(told(filing, "recto:tooManyArcs")) == 1
    assert [note.text for note in filing.facts[0].footnotes] == ["n0"]
