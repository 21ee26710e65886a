"""The EDGAR Filer Manual, 5.2: inline documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rules.small_efm import BALANCE, INLINE, INSTANCE, page

Codes = Callable[..., list[str]]
NUMBER = '<ix:nonFraction {} name="us-gaap:Sales" contextRef="year" unitRef="usd" decimals="0">1</ix:nonFraction>'
TARGET = 'target="other"'
PRESENTED = "EFM.6.12.03.notPresented"


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("EFM.5.02.05.activeContent", "<p onclick='x()'>x</p>"),
        ("EFM.5.02.05.activeContent", '<p><a href="javascript:x()">x</a></p>'),
        ("EFM.5.02.05.anchorElementPosition", "<p><a>x</a></p>"),
        ("EFM.5.02.05.disallowedAttribute", '<p><a target="_blank" href="#x">x</a></p>'),
        ("EFM.5.02.05.disallowedElement", "<form action='#x'><p>x</p></form>"),
        ("EFM.5.02.05.disallowedElement", "<p><button>x</button></p>"),
        ("EFM.5.02.05.externalReference", '<p><a href="https://example.com/">x</a></p>'),
        ("EFM.5.02.05.graphicFileType", '<p><img alt="" src="p.png"/></p>'),
        ("EFM.5.02.05.graphicFileType", '<p><img alt="" src="p.jpeg"/></p>'),
        ("EFM.5.02.05.graphicDataUrl", '<p><img alt="" src="data:image/gif;base64,R0lGODlh"/></p>'),
        ("EFM.5.02.05.nestedTable", "<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>"),
        ("EFM.5.02.05.selfClosedTagWarning", "<div/>"),
        ("EFM.5.02.05.targetDisallowed", f"<p>{NUMBER.format(TARGET)}</p>"),
        ("EFM.5.02.05.xmlBaseDisallowed", '<p xml:base="http://example.com/">x</p>'),
    ],
)
def test_bodies(efm_codes: Codes, code: str, body: str) -> None:
    assert code in efm_codes(without=[INSTANCE], more={INLINE: page(body)})


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("EFM.5.02.05.disallowedMetaContent", {"head": '<meta http-equiv="Content-Type" content="text/plain"/>'}),
        ("EFM.5.02.05.disallowedMetaContent", {"head": '<meta name="author" content="Example Inc."/>'}),
        ("EFM.5.02.05.schemaLocationDisallowed", {"html": 'xsi:schemaLocation="http://example.com/ x.xsd"'}),
    ],
)
def test_heads(efm_codes: Codes, code: str, changes: dict[str, str]) -> None:
    assert code in efm_codes(without=[INSTANCE], more={INLINE: page("", **changes)})


def test_documents_as_wholes(efm_codes: Codes) -> None:
    def found(old: str, new: str) -> list[str]:
        return efm_codes(without=[INSTANCE], more={INLINE: page("").replace(old, new, 1)})

    assert "EFM.5.02.05.doctypeDisallowed" in found("<html", "<!DOCTYPE html><html")
    assert "EFM.5.02.05.standardNamespacePrefix" in found("xmlns:ixt=", "xmlns:tr=")
    assert "EFM.5.02.05.headerDisplayNone" in found('<div style="display:none">', "<div>")
    assert "EFM.5.02.05.12.unsupportedTransformationRegistry" in found(
        'decimals="0">30',
        'decimals="0" format="old:numdotdecimal" xmlns:old="http://www.xbrl.org/2008/inlineXBRL/transformation">30',
    )


def hidden(*facts: str, body: str = "") -> dict[str, str]:
    return {INLINE: page(body).replace("<ix:references>", f"<ix:hidden>{''.join(facts)}</ix:hidden><ix:references>")}


def test_hidden_facts(efm_codes: Codes) -> None:
    """A number could stand in the text; a text without a format could not, and the document must show where it is."""
    number = NUMBER.format('id="h"')
    assert "EFM.5.02.05.14.hidden-fact-eligible-for-transform" in efm_codes(without=[INSTANCE], more=hidden(number))
    nil = NUMBER.format('id="h" xsi:nil="true"').replace(">1<", "><")
    reference = '<span style="-sec-ix-hidden:h">none</span>'
    assert "EFM.5.02.05.14.hidden-fact-not-referenced" in efm_codes(without=[INSTANCE], more=hidden(nil))
    twice = hidden(nil, body=f"<p>{reference}{reference}</p>")
    assert "EFM.5.02.05.14.hidden-fact-multiple-references" in efm_codes(without=[INSTANCE], more=twice)
    wrong = hidden(nil, body=f"<p>{reference.replace(':h', ':x')}</p>")
    assert "EFM.5.02.05.14.hidden-fact-not-found" in efm_codes(without=[INSTANCE], more=wrong)
    once = hidden(nil, body=f"<p>{reference}</p>")
    assert efm_codes(without=[INSTANCE], more=once) == [PRESENTED]


def test_what_is_hidden_of_cover_pages_and_funds(efm_codes: Codes) -> None:
    """Readers see what a cover page must show; other facts of Document and Entity Information may be hidden."""
    nil = '<ix:nonNumeric {} name="dei:{}" contextRef="year" xsi:nil="true"></ix:nonNumeric>'
    address = nil.format('id="h"', "EntityAddressAddressLine3")
    assert "EFM.6.05.45.coverPageFactNotVisible" in efm_codes(without=[INSTANCE], more=hidden(address))
    shown = hidden(address, body='<p style="-sec-ix-hidden:h">none</p>')
    assert "EFM.6.05.45.coverPageFactNotVisible" not in efm_codes(without=[INSTANCE], more=shown)
    assert efm_codes(without=[INSTANCE], more=hidden(nil.format("", "AmendmentDescription"))) == [PRESENTED]


def test_footnotes_belong_to_facts(efm_codes: Codes) -> None:
    note = '<p><ix:footnote id="n" xml:lang="en-US">Restated</ix:footnote></p>'
    assert "EFM.6.05.33.danglingFootnote" in efm_codes(without=[INSTANCE], more={INLINE: page(note)})
    linked = '<ix:relationship fromRefs="f" toRefs="n"/></ix:resources>'
    number = NUMBER.format('id="f"')
    tied = page(f"{note}<p>{number}</p>").replace("</ix:resources>", linked)
    assert "EFM.6.05.33.danglingFootnote" not in efm_codes(without=[INSTANCE], more={INLINE: tied})


def test_links_to_what_was_filed_are_none_to_elsewhere(efm_codes: Codes) -> None:
    addresses = (
        "https://www.sec.gov/Archives/edgar/data/1/2/x.htm",
        "https://www.sec.gov/ix?doc=/Archives/edgar/data/1/x.htm",
    )
    body = "".join(f'<p><a href="{each}">x</a></p>' for each in addresses)
    assert efm_codes(without=[INSTANCE], more={INLINE: page(body)}) == []


def test_tuples_and_fractions(efm_codes: Codes) -> None:
    body = '<div><ix:tuple name="own:Set" tupleID="t"/></div>'
    assert "EFM.5.02.05.tupleDisallowed" in efm_codes(without=[INSTANCE], more={INLINE: page(body)})
    parts = "<ix:numerator>1</ix:numerator>/<ix:denominator>2</ix:denominator>"
    body = f'<p><ix:fraction name="own:Part" contextRef="year" unitRef="usd">{parts}</ix:fraction></p>'
    assert "EFM.5.02.05.fractionDisallowed" in efm_codes(without=[INSTANCE], more={INLINE: page(body)})


def test_the_document_element_is_html(efm_codes: Codes) -> None:
    bare = page("").replace('xmlns="http://www.w3.org/1999/xhtml"', "")
    assert "EFM.5.02.05.xhtmlNamespaceMissing" in efm_codes(without=[INSTANCE], more={INLINE: bare})


def test_parts_that_are_redacted(efm_codes: Codes) -> None:
    """Only some forms have parts that are not for the public."""
    code = "EFM.5.02.05.disallowedRedact"
    for style, told in (
        ("-sec-ix-redact:true", True),
        ("color:red; -sec-ix-redact : true; margin:0", True),
        ("-sec-ix-redact:false", False),
        ("x-sec-ix-redact:true", False),
    ):
        body = f'<p style="{style}">x</p>'
        assert (code in efm_codes(without=[INSTANCE], more={INLINE: page(body)})) is told, style
        for form in ("SBSEF-FIN-REQ", "EX-99.C.SBSEF", "17AD-27"):
            content = page(body).replace(">8-K<", f">{form}<")
            assert code not in efm_codes(without=[INSTANCE], more={INLINE: content})


def test_footnotes_are_linked_in_the_default_role(efm_codes: Codes) -> None:
    note = '<p><ix:footnote id="n" xml:lang="en-US" footnoteRole="http://www.xbrl.org/2003/role/footnote">x</ix:footnote></p>'
    number = NUMBER.format('id="f"')
    content = page(f"{note}<p>{number}</p>")
    for role, told in (("http://www.xbrl.org/2003/role/link", False), (BALANCE, True)):
        relationship = f'<ix:relationship fromRefs="f" toRefs="n" linkRole="{role}"/></ix:resources>'
        found = efm_codes(without=[INSTANCE], more={INLINE: content.replace("</ix:resources>", relationship)})
        assert ("EFM.6.05.28.footnoteLinkRole" in found) is told
