"""Rules of Inline XBRL 1.1, one after the other."""

from __future__ import annotations

import pytest

from recto.instance.model import Instance
from recto.rules.subject import Subject
from tests.instance.samples import CONTEXTS, SCHEMA_REF, inline, load
from tests.rules.samples import findings

NOTE = '<ix:nonNumeric name="t:Note" contextRef="y"{more}>{text}</ix:nonNumeric>'
CASH = '<ix:nonFraction name="t:Sales" contextRef="y" unitRef="usd" decimals="0"{more}>{text}</ix:nonFraction>'
REFERENCES = f"<ix:references>{SCHEMA_REF}</ix:references>"


def note(text: str = "a", more: str = "") -> str:
    return NOTE.format(text=text, more=f" {more}" if more else "")


def cash(text: str = "1", more: str = "") -> str:
    return CASH.format(text=text, more=f" {more}" if more else "")


def document(body: str, **more: str) -> Instance:
    return load("inline", {"r.htm": inline(body, **more)}, "r.htm")[0]


def codes(body: str, **more: str) -> list[str]:
    """Codes of the rules, and of reading."""
    instance = document(body, **more)
    read = [each.code for each in instance.findings if each.code.startswith("ix11")]
    return read + [each.code for each in findings(instance, "inline")]


def test_a_document_without_faults() -> None:
    text = note("a<ix:exclude>b</ix:exclude>", 'id="n" continuedAt="c" escape="true"')
    body = text + '<p><ix:continuation id="c">d</ix:continuation></p>' + cash("5", 'scale="3" sign="-" id="f"')
    assert codes(f"<div>{body}</div>") == []


@pytest.mark.parametrize(
    "body",
    [
        note(more='foo="bar"'),
        note(more='ix:foo="bar"'),
        '<ix:nonNumeric name="t:Note">a</ix:nonNumeric>',
        '<ix:nonNumeric contextRef="y">a</ix:nonNumeric>',
        '<ix:nonFraction name="t:Sales" contextRef="y" decimals="0">1</ix:nonFraction>',
        note(more='order="first"'),
        note(more='escape="yes"'),
        cash(more='sign="+"'),
        cash(more='scale="1.5"'),
        note(more='id="1a"'),
        '<ix:exclude id="x">a</ix:exclude>',
        "<ix:nothing/>",
        f"<table>{note()}</table>",
        f"<table><tr>{note()}</tr></table>",
        "<ix:references/>",
        "<p><ix:hidden>a</ix:hidden></p>",
        '<p xml:base="http://example.org/">a</p>',
        note("<xbrli:period/>"),
    ],
)
def test_the_schema(body: str) -> None:
    found = [each for each in findings(document(f"<div>{body}</div>"), "inline") if each.code == "html:syntaxError"]
    assert found
    assert all(each.line and each.document and each.element for each in found)


def test_lines_of_the_schema_beyond_16_bits() -> None:
    """libxml2 counts lines in 16 bits."""
    page = inline("<div>" + "\n" * 70_000 + "<p>\n<p/></p></div>" + note())
    (found,) = findings(load("inline", {"r.htm": page}, "r.htm")[0], "inline")
    assert found.code == "html:syntaxError"
    assert found.line == page[: page.index("<p/>")].count("\n") + 1 > 70_000


@pytest.mark.parametrize(
    "header",
    [
        f"{REFERENCES}<ix:resources>{CONTEXTS}</ix:resources><ix:hidden>{note()}</ix:hidden>",
        f"<ix:hidden/>{REFERENCES}<ix:resources>{CONTEXTS}</ix:resources>",
        f"<ix:hidden><p>{note()}</p></ix:hidden>{REFERENCES}<ix:resources>{CONTEXTS}</ix:resources>",
        f"<ix:hidden>text{note()}</ix:hidden>{REFERENCES}<ix:resources>{CONTEXTS}</ix:resources>",
        f"<ix:hidden>{note()}</ix:hidden><ix:hidden>{note()}</ix:hidden>{REFERENCES}<ix:resources>{CONTEXTS}</ix:resources>",
        f"{note()}{REFERENCES}<ix:resources>{CONTEXTS}</ix:resources>",
        f"{REFERENCES}<ix:resources>{CONTEXTS}{note()}</ix:resources>",
        f"<ix:references>{SCHEMA_REF}<p/></ix:references><ix:resources>{CONTEXTS}</ix:resources>",
    ],
)
def test_the_content_of_the_header(header: str) -> None:
    page = inline(f"<p>{note()}</p>")
    start, end = page.index("<ix:header>") + len("<ix:header>"), page.index("</ix:header>")
    instance = load("inline", {"r.htm": page[:start] + header + page[end:]}, "r.htm")[0]
    assert "html:syntaxError" in [each.code for each in findings(instance, "inline")]


def test_a_header_in_the_head() -> None:
    page = inline(note())
    start, end = page.index('<div style="display:none">'), page.index("</ix:header></div>") + len("</ix:header></div>")
    header = page[start:end].removeprefix('<div style="display:none">').removesuffix("</div>")
    page = (page[:start] + page[end:]).replace("</head>", f"{header}</head>")
    assert [each.code for each in findings(load("inline", {"r.htm": page}, "r.htm")[0], "inline")] == [
        "html:syntaxError"
    ]


def test_attributes_of_the_target_document() -> None:
    assert codes(note(more='xbrli:period="p"')) == ["xmlSchema:attributesExtraneous"]
    assert codes(note(more='t:mark="p"')) == []
    references = f'<ix:references xbrli:mark="p">{SCHEMA_REF}</ix:references>'
    assert codes(note(), references=references) == ["ix11.12.1.1:qualifiedAttributeDisallowed"]


def test_numbers_within_numbers() -> None:
    assert codes(cash(cash("5", 'scale="2"'), 'scale="02"')) == []
    properties = "ix11.10.1.2:nestedNonFractionProperties"
    assert codes(cash(cash("5", 'scale="2"'), 'scale="3"')) == [properties]
    assert codes(cash(cash("5").replace('unitRef="usd"', 'unitRef="pure"'))) == [properties]
    assert codes(cash(cash("5", 'format="ixt:num-dot-decimal"'))) == [properties]
    assert "ix11.10.1.1:nonFractionChildren" in codes(cash(f"1{cash('5')}"))
    assert "ix11.10.1.2:nonFractionChildren" in codes(cash("<b>5</b>"))
    assert "ix11.10.1.2:nonFractionChildren" in codes(cash(cash() + cash()))
    nil = '<ix:nonFraction name="t:Sales" contextRef="y" unitRef="usd" xsi:nil="true"/>'
    assert "ix11.10.1.2:nestedNonFractionIsNil" in codes(cash(nil))


def test_chains() -> None:
    def continuation(name: str, text: str = "c", more: str = "") -> str:
        return f'<p><ix:continuation id="{name}" {more}>{text}</ix:continuation></p>'

    start = note(more='continuedAt="a"')
    assert codes(start + continuation("a", more='continuedAt="b"') + continuation("b")) == []
    assert codes(start) == ["ix11.11.1.2:continuationMissing"]
    assert codes(continuation("a")) == ["ix11.4.1.2:continuationNotReferenced"]
    assert "ix11.4.1.2:continuationCycle" in codes(start + continuation("a", more='continuedAt="a"'))
    assert codes(start + start + continuation("a")) == ["ix11.4.1.2:continuationReferences"]
    assert codes(note("x", 'id="n" continuedAt="n"')) == ["ix11.11.1.2:continuationTarget"]
    assert "ix11.4.1.2:continuationTarget" in codes(
        note("x", 'id="n"') + start + continuation("a", more='continuedAt="n"')
    )
    footnote = '<p><ix:footnote id="f" xml:lang="en" continuedAt="{}">x</ix:footnote></p>'
    assert codes(note("x", 'id="n"') + footnote.format("n")) == ["ix11.6.1.2:continuationTarget"]
    assert codes(footnote.format("g")) == ["ix11.6.1.2:continuationMissing"]
    inside = note(continuation("a").removeprefix("<p>").removesuffix("</p>"), 'continuedAt="a"')
    assert codes(inside) == ["ix11.4.1.2:continuationChainNested"]
    around = continuation("a", note(more='continuedAt="a"'))
    assert codes(around) == ["ix11.11.1.2:continuationChainNested"]
    within = '<ix:footnote id="f" xml:lang="en" continuedAt="a">{}</ix:footnote>'.format
    assert codes(continuation("a", within("x"))) == ["ix11.6.1.2:continuationChainNested"]


def test_exclusions_need_something_to_be_left_out_of() -> None:
    assert codes("<p><ix:exclude>a</ix:exclude></p>") == ["ix11.5.1.1:excludeMisplaced"]
    assert codes(note("b<b><ix:exclude>a</ix:exclude></b>")) == []


def test_footnotes_have_a_language() -> None:
    assert codes('<p><ix:footnote id="n">a</ix:footnote></p>') == ["ix11.6.1.2:footnoteLang"]
    assert codes('<p xml:lang="en"><ix:footnote id="n">a</ix:footnote></p>') == []


def test_identifiers() -> None:
    assert codes(note(more='id="a"') + '<p id="a">b</p>') == ["xml.3.3.1:idMustBeUnique"]
    page = inline(note(more='id="a"'))
    other = inline(note(more='id="a"'), references="", resources="").replace("<ix:resources></ix:resources>", "")
    (instance, *_) = load("inline", {"r.htm": page, "q.htm": other}, "r.htm", "q.htm")
    assert [each.code for each in findings(instance, "inline")] == ["xml.3.3.1:idMustBeUnique"]


def test_contexts_of_two_documents_have_different_ids() -> None:
    (found,) = load("inline", {"a.htm": inline(note()), "b.htm": inline(note("b"))}, "a.htm", "b.htm")
    assert {each.code for each in found.findings} == {"ix11.14.1.2:resourceIdDuplication"}
    assert all(each.document is not None and each.document.endswith("/b.htm") for each in found.findings)
    assert any("the id 'y' is used already" in each.message for each in found.findings)


def test_two_references_with_ids() -> None:
    references = f'<ix:references id="a">{SCHEMA_REF}</ix:references><ix:references id="b">{SCHEMA_REF}</ix:references>'
    assert codes(note(), references=references) == ["ix11.12.1.2:referencesTargetId"]


def test_a_set_without_resources() -> None:
    page = inline("", resources="").replace("<ix:resources></ix:resources>", "")
    instance = load("inline", {"r.htm": page}, "r.htm")[0]
    assert [each.code for each in findings(instance, "inline")] == ["ix11.14.1.2:missingResources"]


def test_numbers_without_format() -> None:
    assert codes(cash("-1")) == ["ix11.10.1.2:nonFractionNegative"]
    assert codes(cash(" 1 ", 'sign="-"')) == []
    fraction = (
        '<ix:fraction name="t:Share" contextRef="y" unitRef="pure">'
        "<ix:numerator>-1</ix:numerator><ix:denominator>3</ix:denominator></ix:fraction>"
    )
    assert codes(fraction) == ["ix11.7.1.2:numeratorNegative"]
    other = fraction.replace(">-1<", ">1<").replace(">3<", ">-3<")
    assert codes(other) == ["ix11.7.1.2:denominatorNegative"]


@pytest.mark.parametrize("body", [note("a", 'xsi:nil="true"'), note("<b>a</b>", 'xsi:nil="1"')])
def test_nil_facts_hold_nothing(body: str) -> None:
    assert codes(body) == ["html:syntaxError"]
    assert codes(note("<!-- a -->", 'xsi:nil="true"')) == []


def test_relationships_from_a_fact_to_itself() -> None:
    relation = (
        '<ix:relationship fromRefs="x" toRefs="{}" arcrole="http://www.xbrl.org/2009/arcrole/fact-explanatoryFact"/>'
    )
    facts = note("a", 'id="x"') + note("b", 'id="z"')
    found = codes(facts, resources=CONTEXTS + relation.format("x z"))
    assert "ix11.13.1.2:relationshipCrossDuplication" in found
    assert "ix11.13.1.2:relationshipCrossDuplication" not in codes(facts, resources=CONTEXTS + relation.format("z"))


def test_roles_of_relationships_are_referred_to_in_the_resources() -> None:
    facts = note(more='id="a"') + '<ix:footnote id="n" xml:lang="en"{}>see</ix:footnote>'
    relation = '<ix:relationship fromRefs="a" toRefs="n"{}/>'
    role, arcrole = "https://example.org/role", "https://example.org/arcrole"
    where = 'xlink:type="simple" xlink:href="https://example.org/r.xsd#r"'
    reference = f'<link:roleRef roleURI="{role}" {where}/><link:arcroleRef arcroleURI="{arcrole}" {where}/>'
    assert codes(facts.format(""), resources=relation.format("") + CONTEXTS) == []
    for attribute, code in (
        (f' linkRole="{role}"', "xbrl.3.5.2.4.1:roleRefMissing"),
        (f' arcrole="{arcrole}"', "xbrl.3.5.2.5.1:arcroleRefMissing"),
    ):
        assert code in codes(facts.format(""), resources=relation.format(attribute) + CONTEXTS)
        assert code not in codes(facts.format(""), resources=reference + relation.format(attribute) + CONTEXTS)
    assert "xbrl.3.5.2.4.1:roleRefMissing" in codes(
        facts.format(f' footnoteRole="{role}"'), resources=relation.format("") + CONTEXTS
    )
    standard = "http://www.xbrl.org/2003/"
    for attribute, code in (
        (f' linkRole="{standard}role/label"', "xbrl.3.5.3.3:roleOnWrongElement"),
        (f' arcrole="{standard}arcrole/parent-child"', "xbrl.3.5.3.9.1:arcroleOnWrongElement"),
    ):
        assert code in codes(facts.format(""), resources=relation.format(attribute) + CONTEXTS)
    wrong = facts.format(f' footnoteRole="{standard}role/label"')
    assert "xbrl.3.5.3.8.3:roleOnWrongElement" in codes(wrong, resources=relation.format("") + CONTEXTS)


def test_classes() -> None:
    assert codes('<p class=" ">a</p>') == ["html:syntaxError"]
    assert codes('<p class="a">a</p>') == []


def test_xhtml() -> None:
    from recto.rules.inline.xhtml import documents

    page = inline('<p>a</p><p><a name="x">b</a></p><p align="left">c</p>', head='<meta charset="utf-8"/>')
    found = list(documents(Subject(load("inline", {"r.htm": page}, "r.htm")[0])))
    assert [each.element for each in found] == ["meta", "meta", "a", "p"]
    assert dict(found[2].arguments)["reason"] == "its attribute name is not allowed"
    assert found[2].line


def test_fractions() -> None:
    def fraction(text: str, more: str = "") -> str:
        return f'<ix:fraction name="t:Share" contextRef="y" unitRef="pure" {more}>{text}</ix:fraction>'

    top, bottom = "<ix:numerator>1</ix:numerator>", "<ix:denominator>3</ix:denominator>"
    assert codes(fraction(f"{top} of {bottom}")) == []
    assert codes(fraction(f"{top}{bottom}{note()}")) == ["ix11.7.1.1:fractionDescendants"]
    assert codes(fraction(fraction(top + bottom))) == []
    nil = fraction("", 'xsi:nil="true"')
    assert codes(nil) == []
    assert "ix11.7.1.2:nestedFractionIsNil" in codes(fraction(top + bottom + nil))
    inner = fraction(top + bottom).replace('"pure"', '"usd"')
    assert "ix11.7.1.2:nestedFractionProperties" in codes(fraction(inner))
    assert codes(fraction(top)) == ["ix11.7.1.1:fractionChildren"]
    assert codes(fraction(top + top + bottom)) == ["ix11.7.1.1:fractionChildren"]


def test_continuations_are_not_hidden() -> None:
    hidden = '<ix:continuation id="c">d</ix:continuation>'
    found = findings(document(note("a", 'continuedAt="c"'), hidden=hidden), "inline")
    (told,) = [each for each in found if each.code == "ix11.4.1.1:ancestorNodeDisallowed"]
    assert (told.severity, told.line, told.element) == ("error", 2, "ix:continuation")


def test_equal_parts_of_a_tuple_are_one() -> None:
    """Of parts with the same order and content the target document has one (15.1.3)."""
    line = '<ix:nonNumeric name="t:Line" contextRef="y" order="{}" id="{}">{}</ix:nonNumeric>'
    parts = line.format("1", "a", "x y") + line.format("1.0", "b", " x <b>y</b>") + line.format("2", "c", "x y")
    footnote = '<ix:footnote id="n" xml:lang="en">z</ix:footnote>'
    relation = '<ix:relationship fromRefs="b" toRefs="n"/>'
    found = document(f'<ix:tuple name="t:Officer">{parts}</ix:tuple>{footnote}', resources=relation + CONTEXTS)
    assert [fact.id for fact in found.facts if not fact.is_tuple] == ["a", "c"]
    assert [each.text for each in found.footnotes(found.facts[1])] == ["z"]


def test_tuples_hold_what_their_type_says() -> None:
    sales = CASH.format(text="1", more=' order="{}"')
    line = '<ix:nonNumeric name="t:Line" contextRef="y" order="{}">a</ix:nonNumeric>'
    share = (
        '<ix:fraction name="t:Share" contextRef="y" unitRef="pure" order="9"><ix:numerator>1</ix:numerator>'
        "<ix:denominator>3</ix:denominator></ix:fraction>"
    )
    for body, expected in (
        (line.format(1) + sales.format(2), []),
        (line.format(3) + sales.format(2), ["xmlSchema:cvc-complex-type.2.4"]),
        (line.format(1) + share, ["xmlSchema:cvc-complex-type.2.4"]),
    ):
        assert codes(f'<ix:tuple name="t:Officer">{body}</ix:tuple>') == expected


def test_tuples() -> None:
    def officer(text: str, more: str = "") -> str:
        return f'<ix:tuple name="t:Officer" {more}>{text}</ix:tuple>'

    line = '<ix:nonNumeric name="t:Line" contextRef="y" {more}>a</ix:nonNumeric>'
    assert codes(officer(line.format(more='order="1"'))) == []
    apart = officer("", 'tupleID="o"') + line.format(more='tupleRef="o" order="1"')
    assert codes(apart) == []
    assert codes(officer(line.format(more=""))) == ["ix11.15.1.2:tupleOrder"]
    twice = officer(line.format(more='order="1"') + line.format(more='order="1.0"'))
    assert codes(twice) == []
    assert codes(twice.replace(">a</ix:nonNumeric></ix", ">b</ix:nonNumeric></ix")) == ["ix11.15.1.2:tupleOrder"]
    assert codes(line.format(more='tupleRef="o" order="1"')) == ["ix11.15.1.2:tupleReference"]
    assert codes(officer("")) == ["ix11.15.1.1:tupleEmpty"]
    assert codes(officer("", 'xsi:nil="true"')) == []
    filled = officer(line.format(more='order="1"'), 'xsi:nil="true"')
    assert codes(filled) == ["ix11.15.1.1:tupleNilContent"]
    other = officer(line.format(more='order="1"') + line.format(more='order="1" t:more="b"'))
    assert codes(other) == ["ix11.15.1.2:tupleOrder"]
    assert codes(line.format(more='order="1"')) == ["ix11.15.1.2:tupleOrder"]
    stranger = officer(line.format(more='order="1"') + '<p><ix:footnote id="f" xml:lang="en">a</ix:footnote></p>')
    assert codes(stranger) == ["ix11.15.1.1:tupleDescendants"]
    same = officer("", 'tupleID="o"') * 2
    assert "ix11.15.1.2:tupleIdDuplication" in codes(same)
    assert "ix11.15.1.2:tupleTargetMismatch" in codes(officer(line.format(more='order="1" target="x"')))
    ring = officer("", 'tupleID="o" tupleRef="p" order="1"') + officer("", 'tupleID="p" tupleRef="o" order="1"')
    assert "ix11.15.1.2:tupleCycle" in codes(ring)


def test_broken_references_have_the_codes_of_their_element() -> None:
    assert "ix11.11.1.2:contextReference" in codes(note().replace('"y"', '"z"'))
    assert "ix11.10.1.2:contextReference" in codes(cash().replace('"y"', '"z"'))
    assert "ix11.10.1.2:unitReference" in codes(cash().replace('"usd"', '"z"'))


def test_older_documents_are_left_alone() -> None:
    instance = document(note(more='foo="bar"'), ix="http://www.xbrl.org/2008/inlineXBRL")
    assert findings(instance, "inline") == []


def test_numbers_hold_something() -> None:
    assert codes(cash("")) == ["ix11.10.1.1:nonFractionChildren"]
    assert codes(cash("", 'format="ixt:fixed-zero"')) == ["ix11.10.1.1:nonFractionChildren"]
    assert codes(cash("-", 'format="ixt:fixed-zero"')) == []


def test_minus_zero_is_not_negative() -> None:
    assert codes(cash("-0")) == []
    assert codes(cash("-0.00")) == []
    assert codes(cash("-0.01")) == ["ix11.10.1.2:nonFractionNegative"]


def test_elements_of_other_namespaces() -> None:
    assert codes('<p><svg xmlns="http://www.w3.org/2000/svg"><g/></svg></p>') == ["html:syntaxError"]
    assert codes('<div><q:foo xmlns:q="urn:q">x</q:foo></div><q:bar xmlns:q="urn:q"/>') == ["html:syntaxError"] * 2
