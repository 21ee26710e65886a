"""Instances cut into pieces give the same children, on the same lines, as when they are parsed whole."""

from __future__ import annotations

import io
import random
from typing import Any, Never

import pytest
from lxml import etree

from recto.errors import XMLError
from recto.tables import pieces as module
from recto.tables.pieces import pieces
from recto.tables.stream import stream_facts

HEAD = (
    '<?xml version="1.0"?>\n<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance"\n'
    '    xmlns:t="http://t.example/" xml:lang="en">\n'
)
TAIL = "</xbrli:xbrl>\n"
CONTEXT = (
    '<xbrli:context id="c{0}"><xbrli:entity><xbrli:identifier scheme="http://e.example">1</xbrli:identifier>'
    "</xbrli:entity>\n<xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>\n"
)
PARTS = (
    CONTEXT,
    '<t:Fact id="f{0}" contextRef="c">{0}</t:Fact>\n',
    '<t:Fact id="f{0}" contextRef="c"/>',
    '<t:Tuple id="t{0}"><t:Fact id="a{0}">1</t:Fact>\n<t:Fact id="b{0}">2</t:Fact></t:Tuple>\n',
    '<!-- <t:Fact id="no{0}"/> <t:Fact>-->\n',
    '<t:Text id="x{0}"><![CDATA[<t:Fact id="no"/> <t:Fact>]]></t:Text>\n\n',
    '<u:Fact xmlns:u="http://u.example/" id="u{0}">q:w</u:Fact>',
    "<?t <t:Fact/> <t:Fact?>",
    '<t:Long id="l{0}">' + "words and words\n" * 40 + "</t:Long>\n",
)


def read(text: str) -> list[tuple[str, str | None, int]]:
    return [
        (element.tag, element.get("id"), element.sourceline + piece.lines)
        for piece in pieces(lambda: io.BytesIO(text.encode()), "https://x.example/i.xml")
        for element in piece.children
    ]


def whole(text: str) -> list[tuple[str, str | None, int]]:
    parser = etree.XMLParser(remove_comments=True, remove_pis=True)
    return [(each.tag, each.get("id"), each.sourceline) for each in etree.fromstring(text.encode(), parser)]


@pytest.mark.parametrize("size", [64, 300, 1000, 1 << 16])
@pytest.mark.parametrize("seed", range(12))
def test_pieces_are_the_whole(monkeypatch: pytest.MonkeyPatch, size: Any, seed: Any) -> None:
    chance = random.Random(seed)
    text = HEAD + "".join(chance.choice(PARTS).format(number) for number in range(chance.randint(1, 60))) + TAIL
    monkeypatch.setattr(module, "PIECE", size)
    assert read(text) == whole(text)


def test_most_of_an_instance_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEAD + "".join(CONTEXT.format(n) + PARTS[1].format(n) for n in range(300)) + TAIL
    monkeypatch.setattr(module, "PIECE", 2000)
    monkeypatch.setattr(module, "_as_one", lambda *given: pytest.fail("it was not cut"))
    assert len(list(pieces(lambda: io.BytesIO(text.encode()), "https://x.example/i.xml"))) > 20
    assert read(text) == whole(text)


def test_what_cannot_be_cut_is_parsed_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PIECE", 512)
    doctype = HEAD.replace("<xbrli", '<!DOCTYPE x [<!ENTITY e "v">]>\n<xbrli', 1)
    text = doctype + "".join(PARTS[1].format(n) for n in range(60)) + TAIL
    assert [each[1] for each in read(text)] == [f"f{n}" for n in range(60)]
    tuple_ = "<t:Tuple>" + "".join(PARTS[1].format(n) for n in range(90)) + "</t:Tuple>"
    text = HEAD + PARTS[1].format("x") * 30 + tuple_ + PARTS[1].format("y") * 30 + TAIL
    assert read(text) == whole(text)


@pytest.mark.parametrize("size", [64, 700, 1 << 16])
def test_faults_are_told_with_their_line(monkeypatch: pytest.MonkeyPatch, size: Any) -> None:
    monkeypatch.setattr(module, "PIECE", size)
    text = HEAD + "".join(PARTS[1].format(n) for n in range(50)) + '<t:Fact id="bad">1</t:Other>\n' + TAIL
    with pytest.raises(XMLError) as caught:
        read(text)
    assert caught.value.line == text[: text.index("bad")].count("\n") + 1
    with pytest.raises(XMLError, match=r"no XBRL instance"):
        read("<html/>")
    with pytest.raises(XMLError):
        read(text[:400])


def test_references_are_gathered_before_the_taxonomy_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    head = HEAD.replace(
        'xml:lang="en"',
        'xml:lang="en" xmlns:link="http://www.xbrl.org/2003/linkbase"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink" xml:base="https://b.example/x/"',
    )
    references = "".join(
        f'<link:schemaRef xlink:type="simple" xlink:href="s{n}.xsd"{extra}/>\n'
        for n, extra in enumerate(["", ' xml:base="../y/"', "", *[""] * 20])
    )
    text = head + references + CONTEXT.format(1) + PARTS[1].format(1) + TAIL
    asked = []

    def load(urls: Any) -> Never:
        asked.append(urls)
        raise XMLError("enough", document="x")

    for size in (64, 700, 1 << 16):
        monkeypatch.setattr(module, "PIECE", size)
        with pytest.raises(XMLError, match="enough"):
            stream_facts(lambda: io.BytesIO(text.encode()), "https://x.example/i.xml", load).read_all()
    wanted = [f"https://b.example/{'y' if n == 1 else 'x'}/s{n}.xsd" for n in range(23)]
    assert asked == [tuple(wanted)] * 3
