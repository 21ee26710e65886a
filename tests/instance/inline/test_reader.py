"""Inline XBRL document sets, rule by rule."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest

from recto.instance import ancestors
from recto.instance.inline.numbers import reported_number
from recto.names import ARC_FACT_FOOTNOTE, IX_1_0, ROLE_LINK
from tests.instance.samples import CONTEXTS, SCHEMA_REF, codes, faults, inline, load, only, values


def number(text: str, attributes: str = "", name: str = "t:Sales") -> str:
    return (
        f'<ix:nonFraction id="n" name="{name}" contextRef="y" unitRef="usd" decimals="0" {attributes}>{text}'
        "</ix:nonFraction>"
    )


def text(content: str, attributes: str = "", identifier: str = "s") -> str:
    return f'<ix:nonNumeric id="{identifier}" name="t:Note" contextRef="y" {attributes}>{content}</ix:nonNumeric>'


@pytest.mark.parametrize(
    ("attributes", "content", "value"),
    [
        ('format="ixt:num-dot-decimal"', "1,234.50", "1234.5"),
        ('format="ixt:num-dot-decimal" scale="9"', "4.0", "4000000000"),
        ('scale="9"', "4.0", "4000000000.0"),
        ('format="ixt:num-dot-decimal" scale="6"', "1,234", "1234000000"),
        ('format="ixt:num-dot-decimal" scale="6" sign="-"', "1.5", "-1500000"),
        ('format="ixt:num-dot-decimal" scale="-2"', "12.5", "0.125"),
        ('format="ixt:num-comma-decimal" scale="3"', "1.234,5", "1234500"),
        ('format="ixt:fixed-zero" scale="6"', "\u2014", "0"),
        ('scale="0"', " 7 ", "7"),
        ("", "<b>1</b>2<!-- no -->", "12"),
    ],
)
def test_numbers_are_transformed_scaled_and_signed(read_inline: Any, attributes: Any, content: Any, value: Any) -> None:
    fact = only(read_inline(number(content, attributes)))
    assert (fact.value, fact.valid) == (value, True)


@pytest.mark.parametrize(
    ("content", "scale", "negative", "value"),
    [
        ("5.00", "6", False, "5000000.00"),
        ("5.20", "6", False, "5200000"),
        ("0.10", "1", False, "1"),
        ("007", None, False, "7"),
        ("0", "9", True, "-0"),
        ("3", "-8", False, "0.00000003"),
        ("1E3", None, False, "1000"),
        (".5", "2", False, "50"),
        ("123456789012345678901234567890.12", "3", False, "123456789012345678901234567890120"),
    ],
)
def test_numbers_never_have_an_exponent(content: Any, scale: Any, negative: Any, value: Any) -> None:
    assert reported_number(content, scale, negative) == value


def test_a_plain_number_is_what_decimal_arithmetic_makes_of_it() -> None:
    chance = random.Random(7)
    for _ in range(3000):
        whole = "".join(chance.choices("00012345", k=chance.randint(1, 5)))
        fraction = "".join(chance.choices("00012", k=chance.randint(0, 4)))
        text, power = f"{whole}.{fraction}" if fraction else whole, chance.randint(-25, 25)
        exact = Decimal(text).scaleb(power)
        places = len(fraction) - min(power, 0)
        if exact == exact.to_integral_value() and ".0" not in text:
            places = 0
        assert reported_number(text, str(power), False) == f"{exact:.{places}f}", (text, power)


@pytest.mark.parametrize("content", ["", "1,000", "one", "1.2.3", "--1", "1e99999"])
def test_what_is_no_number_is_reported(content: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message quotes the text
        reported_number(content, None, False)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (number("x", 'format="ixt:num-dot-decimal"'), "ix11.10.1.1:transformValueError"),
        (number("1", 'format="ixt:no-such-format"'), "ix11.10.1.2:invalidTransformation"),
        (number("1,000"), "xmlSchema:valueError"),
        (number("1", 'scale="six"'), "xmlSchema:valueError"),
        (text("x", 'format="ixt:date-monthname-day-year-en"'), "ix11.11.1.1:transformValueError"),
    ],
)
def test_values_that_cannot_be_made(read_inline: Any, body: Any, code: Any) -> None:
    found = read_inline("\n" + body)
    fact = only(found)
    assert not fact.valid
    (finding,) = faults(found)
    assert (finding.code, finding.facts, finding.line) == (code, (fact.id,), fact.line)


def test_nested_numbers_each_have_their_own_properties(read_inline: Any) -> None:
    inner = number("5", 'scale="3"').replace('id="n"', 'id="inner"')
    found = read_inline(number(inner, 'scale="3"', "t:Ratio"))
    assert values(found) == {"n": "5000", "inner": "5000"}


def test_hidden_facts_nil_facts_and_places(read_inline: Any) -> None:
    hidden = '<ix:nonNumeric id="h" name="t:Note" contextRef="y">secret</ix:nonNumeric>'
    nil = '<ix:nonFraction id="z" name="t:Sales" contextRef="y" unitRef="usd" xsi:nil="true"/>'
    found = read_inline(f"\n<p>{text('shown')}{nil}</p>", hidden=hidden)
    assert [(fact.id, fact.hidden, fact.nil, fact.value) for fact in found.facts] == [
        ("h", True, False, "secret"),
        ("s", False, False, "shown"),
        ("z", False, True, ""),
    ]
    assert found.facts[2].line == found.facts[1].line > found.facts[0].line
    assert not faults(found)
    assert (found.name, found.kind, found.target) == ("r_htm.xml", "inline", None)


def test_plain_text_keeps_what_nested_elements_say_and_drops_excluded(read_inline: Any) -> None:
    nested = number("1,5", 'format="ixt:num-dot-decimal"')
    found = read_inline(text(f"a <b>b</b> {nested} <ix:exclude>page <i>9</i></ix:exclude>c &amp; d"))
    assert values(found)["s"] == "a b 1,5 c & d"


def test_formats_of_text_are_applied_to_trimmed_content(read_inline: Any) -> None:
    body = text(" March 4, 2025\n", 'format="ixt:date-monthname-day-year-en"').replace("t:Note", "t:Day")
    fact = only(read_inline(body))
    assert (fact.value, fact.format.local) == ("2025-03-04", "date-monthname-day-year-en")


def test_continuations_join_in_chain_order(read_inline: Any) -> None:
    body = (
        '<ix:continuation id="c2"> three</ix:continuation>'
        + text("one", 'continuedAt="c1"')
        + '<p><ix:continuation id="c1" continuedAt="c2"> two<ix:exclude>x</ix:exclude></ix:continuation></p>'
    )
    assert only(read_inline(body)).value == "one two three"


def test_continuations_cross_files() -> None:
    first = inline(text("one", 'continuedAt="c1" escape="true"'))
    second = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"><body>'
        '<ix:continuation id="c1"><p>two</p></ix:continuation></body></html>'
    )
    (found,) = load("inline", {"a.htm": first, "b.htm": second}, "a.htm", "b.htm")
    assert only(found).value == "one<p>two</p>"
    assert [url.rpartition("/")[2] for url in found.documents] == ["a.htm", "b.htm"]


@pytest.mark.parametrize(
    ("chain", "code"),
    [
        ('<ix:continuation id="c1" continuedAt="c1">two</ix:continuation>', "ix11.4.1.2:continuationCycle"),
        ('<ix:continuation id="c1" continuedAt="c9">two</ix:continuation>', "ix11.4.1.2:continuationMissing"),
        ("", "ix11.11.1.2:continuationMissing"),
    ],
)
def test_broken_chains_end_where_they_break(read_inline: Any, chain: Any, code: Any) -> None:
    found = read_inline(text("one ", 'continuedAt="c1"') + chain)
    assert only(found).value == ("one two" if chain else "one ")
    assert codes(found) == [code]


def test_escaped_content_is_xhtml_without_inline_elements(read_inline: Any) -> None:
    content = (
        '<p class="a &gt; &quot;b&quot;">x &lt; y &amp; z<br/>'
        + text("in<i>ner</i>", identifier="inner")
        + '</p><ix:exclude><hr/></ix:exclude><td/><!-- gone --><img src="a.gif" alt=""/>'
    )
    found = read_inline(text(content, 'escape="true"'))
    assert values(found) == {
        "s": '<p class="a &gt; &quot;b&quot;">x &lt; y &amp; z<br/>in<i>ner</i></p><td></td><img src="a.gif" alt=""/>',
        "inner": "inner",
    }


def test_excluded_content_inside_and_outside_of_nested_escaped_facts(read_inline: Any) -> None:
    inner = text("<b>1</b><ix:exclude>2</ix:exclude>", 'escape="1"', "inner")
    found = read_inline(text(f"<ix:exclude>0<ix:exclude>00</ix:exclude>{inner}</ix:exclude>3", 'escape="true"'))
    assert values(found) == {"s": "3", "inner": "<b>1</b>"}


def test_other_prefixes_for_xhtml_and_inline_elements() -> None:
    source = inline(text("<x:p>a<br/></x:p>", 'escape="true"')).replace('xmlns="', 'xmlns:x="')
    for name in ("html", "head", "title", "body", "div", "br"):
        source = source.replace(f"<{name}", f"<x:{name}").replace(f"</{name}>", f"</x:{name}>")
    source = source.replace("ix:", "i:").replace("xmlns:i:", "xmlns:i").replace("xmlns:ix=", "xmlns:i=")
    (found,) = load("inline", {"r.htm": source}, "r.htm")
    assert only(found).value == "<p>a<br/></p>"


def test_inline_xbrl_as_default_namespace(read_inline: Any) -> None:
    body = (
        '<nonNumeric xmlns="http://www.xbrl.org/2013/inlineXBRL" id="s" name="t:Note" contextRef="y" escape="true">'
        '<p xmlns="http://www.w3.org/1999/xhtml">a</p><exclude>b</exclude></nonNumeric>'
    )
    assert only(read_inline(body)).value == "<p>a</p>"


@pytest.mark.parametrize(
    ("head", "root", "expected"),
    [
        ("", "", '<a href="x.htm#p">l</a><img src="../i.gif"/>'),
        (
            '<base href="https://e.org/a/b/"/>',
            "",
            '<a href="https://e.org/a/b/x.htm#p">l</a><img src="https://e.org/a/i.gif"/>',
        ),
        (
            "",
            'xml:base="https://e.org/q/"',
            '<a href="https://e.org/q/x.htm#p">l</a><img src="https://e.org/i.gif"/>',
        ),
    ],
)
def test_relative_urls_become_absolute_where_the_document_states_a_base(
    read_inline: Any, head: Any, root: Any, expected: Any
) -> None:
    references = f'<ix:references xml:base="https://example.org/filing/">{SCHEMA_REF}</ix:references>'
    content = '<a href="x.htm#p">l</a><img src="../i.gif"/>'
    found = read_inline(text(content, 'escape="true"'), head=head, root=root, references=references)
    assert only(found).value == expected


def test_language_in_scope(read_inline: Any) -> None:
    body = text("a", identifier="a") + f'<div xml:lang="fr">{text("b", identifier="b")}</div>'
    body += text("c", 'xml:lang="de"', "c")
    found = read_inline(body, root='xml:lang="en"')
    assert {fact.id: fact.language for fact in found.facts} == {"a": "en", "b": "fr", "c": "de"}
    references = f'<ix:references xml:lang="it">{SCHEMA_REF}</ix:references>'
    assert [fact.language for fact in read_inline(body, references=references).facts] == ["it", "fr", "de"]


def test_tuples_by_nesting_by_reference_and_in_order(read_inline: Any) -> None:
    line = '<ix:nonNumeric id="{}" name="t:Line" contextRef="y" order="{}" {}>{}</ix:nonNumeric>'
    body = (
        line.format("late", 2, 'tupleRef="o"', "late")
        + f'<ix:tuple id="t" tupleID="o" name="t:Officer">{line.format("in", 1, "", "in")}'
        + f'<ix:tuple id="u" name="t:Officer" order="3">{line.format("deep", 1, "", "deep")}</ix:tuple></ix:tuple>'
        + text("free")
    )
    found = read_inline(body)
    assert [(fact.id, fact.parent.id if fact.parent else None) for fact in found.facts] == [
        ("t", None),
        ("in", "t"),
        ("late", "t"),
        ("u", "t"),
        ("deep", "u"),
        ("s", None),
    ]
    assert not faults(found)


def test_tuples_that_hold_each_other_lose_no_fact(read_inline: Any) -> None:
    body = (
        '<ix:tuple id="a" tupleID="a" tupleRef="b" name="t:Officer" order="1"/>'
        '<ix:tuple id="b" tupleID="b" tupleRef="a" name="t:Officer" order="1"/>'
    )
    assert sorted(fact.id for fact in read_inline(body).facts) == ["a", "b"]


def test_fractions(read_inline: Any) -> None:
    body = (
        '<ix:fraction name="t:Share" contextRef="y" unitRef="pure" id="f">'
        '<ix:numerator scale="1">1</ix:numerator> of '
        '<ix:denominator format="ixt:num-dot-decimal">3,000</ix:denominator>'
        "</ix:fraction>"
    )
    fact = only(read_inline(body))
    assert (fact.numerator, fact.denominator, fact.value) == ("10", "3000", "10/3000")


FOOTNOTES = (
    '<ix:footnote id="n1" footnoteRole="http://www.xbrl.org/2003/role/footnote" xml:lang="en" continuedAt="n2">'
    "See <b>P&amp;G</b></ix:footnote>"
    '<ix:continuation id="n2">, page<ix:exclude> 9</ix:exclude></ix:continuation>'
)


def test_footnotes_and_relationships(read_inline: Any) -> None:
    relations = (
        '<ix:relationship fromRefs="s n" toRefs="n1" order="2"/>'
        '<ix:relationship fromRefs="s" toRefs="n" arcrole="http://e.org/explains" linkRole="http://e.org/role"/>'
    )
    from tests.instance.samples import CONTEXTS

    found = read_inline(text("x") + number("1") + FOOTNOTES, resources=CONTEXTS + relations)
    note, amount = found.by_id["s"], found.by_id["n"]
    (footnote,) = found.footnotes(note)
    assert (footnote.text, footnote.language, footnote.id) == ("See <b>P&amp;G</b>, page", "en", "n1")
    assert found.footnotes(amount) == (footnote,)
    assert [(link.arcrole, link.link_role, link.order) for link in found.links[note]] == [
        (ARC_FACT_FOOTNOTE, ROLE_LINK, 2.0),
        ("http://e.org/explains", "http://e.org/role", 1.0),
    ]
    assert found.links[note][1].target is amount
    assert not faults(found)


@pytest.mark.parametrize(
    ("relation", "code"),
    [
        ('fromRefs="gone" toRefs="n1"', "ix11.13.1.2:relationshipFromRef"),
        ('fromRefs="s" toRefs="gone"', "ix11.13.1.2:relationshipToRef"),
        ('fromRefs="s" toRefs="n1 n"', "ix11.13.1.2:relationshipReferencesMixed"),
    ],
)
def test_relationships_to_nothing(read_inline: Any, relation: Any, code: Any) -> None:
    from tests.instance.samples import CONTEXTS

    resources = f"{CONTEXTS}<ix:relationship {relation}/>"
    assert codes(read_inline(text("x") + number("1") + FOOTNOTES, resources=resources)) == [code]


def test_inline_xbrl_1_0_footnotes() -> None:
    body = (
        '<ix:nonNumeric id="s" name="t:Note" contextRef="y" footnoteRefs="k">x</ix:nonNumeric>'
        '<ix:footnote footnoteID="k" xml:lang="en">why <i>so</i></ix:footnote>'
    )
    (found,) = load("inline", {"r.htm": inline(body, ix=IX_1_0)}, "r.htm")
    (footnote,) = found.footnotes(only(found))
    assert (footnote.text, footnote.id) == ("why <i>so</i>", "k")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32"])
def test_each_target_is_an_instance(encoding: str) -> None:
    references = f'<ix:references>{SCHEMA_REF}</ix:references><ix:references target="B">{SCHEMA_REF}</ix:references>'
    body = text("a", identifier="a") + text("b", 'target="B"', "b").replace('contextRef="y"', 'contextRef="i"')
    document = inline(body, references=references).encode(encoding)
    default, other = load("inline", {"r.htm": document}, "r.htm")
    assert (default.target, other.target) == (None, "B")
    assert (values(default), values(other)) == ({"a": "a"}, {"b": "b"})
    assert default.taxonomy is other.taxonomy
    assert (list(default.contexts), list(other.contexts)) == (["y"], ["i"])
    assert (list(default.units), list(other.units)) == ([], [])
    assert (default.name, other.name) == ("r_htm.xml", "r_B_htm.xml")


def test_references_of_several_files_are_merged() -> None:
    empty = inline("", resources="", references='<ix:references id="r2"/>')
    first = inline(text("x"))
    (found,) = load("inline", {"a.htm": empty, "b.htm": first}, "a.htm", "b.htm")
    assert only(found).document.endswith("b.htm")
    assert [url.rpartition("/")[2] for url in found.schema_refs] == ["t.xsd"]
    assert not faults(found)


def test_conflicting_references() -> None:
    references = (
        f'<ix:references xml:lang="en">{SCHEMA_REF}</ix:references>'
        f'<ix:references xml:lang="de" xmlns:t="urn:other">{SCHEMA_REF}</ix:references>'
    )
    (found,) = load("inline", {"r.htm": inline("", references=references)}, "r.htm")
    assert codes(found) == [
        "ix11.12.1.2:referencesAttributeDuplication",
        "ix11.12.1.2:referencesNamespacePrefixConflict",
    ]


def test_a_set_without_header() -> None:
    source = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"'
        ' xmlns:t="https://example.org/t"><body>' + text("x") + "</body></html>"
    )
    (found,) = load("inline", {"r.htm": source}, "r.htm")
    assert codes(found) == [
        "ix11.8.1.3:headerMissing",
        "ix11.12.1.2:missingReferences",
        "ix11.11.1.2:contextReference",
        "xbrl:schemaImportMissing",
    ]
    assert only(found).value == "x"


def test_undeclared_prefixes_are_reported(read_inline: Any) -> None:
    found = read_inline(number("1,000", 'format="lost:num-dot-decimal"') + text("x").replace("t:Note", "gone:Note"))
    sales, note = found.facts
    assert (sales.value, sales.valid, note.concept) == ("1000", True, None)
    assert codes(found) == ["ix11.10.1.2:invalidTransformation", "xbrl:schemaImportMissing"]
    assert "prefix" in [finding.message for finding in faults(found)][1]


def test_ancestors_name_what_stands_around_a_fact(read_inline: Any) -> None:
    body = text(f"<p><span>{number('1')}</span></p>", 'continuedAt="c"')
    body += f'<div><ix:continuation id="c"><b>{text("y", identifier="z")}</b></ix:continuation></div>'
    found = read_inline(body + FOOTNOTES.replace("See ", text("in", identifier="q")))
    assert ancestors(found, found.by_id["n"]) == ("span", "p", "t:Note", "body", "html")
    assert ancestors(found, found.by_id["z"]) == ("b", "ix:continuation", "div", "body", "html")
    assert ancestors(found, found.by_id["q"]) == ("link:footnote", "body", "html")


@pytest.mark.parametrize(
    "body",
    [
        '<ix:tuple id="f" name="t:Note"/>',
        '<ix:nonNumeric id="f" name="t:Officer" contextRef="y">x</ix:nonNumeric>',
    ],
)
def test_items_are_no_tuples(read_inline: Any, body: Any) -> None:
    found = read_inline(body)
    assert codes(found) == ["xmlSchema:valueError"]
    assert not only(found).valid


TARGET = 'target="x"'


def test_an_explanation_is_part_of_the_target_of_what_it_explains() -> None:
    note = '<ix:nonNumeric name="t:Note" contextRef="y" id="{}" {}>a</ix:nonNumeric>'
    relation = (
        '<ix:relationship fromRefs="{}" toRefs="{}" arcrole="http://www.xbrl.org/2009/arcrole/fact-explanatoryFact"/>'
    )
    page = inline(
        f"<p>{note.format('c', '')}{note.format('b', '')}{note.format('a', TARGET)}</p>",
        resources=CONTEXTS + relation.format("a", "b") + relation.format("b", "c"),
        references=f'<ix:references>{SCHEMA_REF}</ix:references><ix:references target="x">{SCHEMA_REF}</ix:references>',
    )
    default, other = load("inline", {"r.htm": page}, "r.htm")
    assert [fact.id for fact in default.facts] == ["c", "b"]
    assert [fact.id for fact in other.facts] == ["c", "b", "a"]
    assert [link.target.id for links in other.links.values() for link in links] == ["b", "c"]
