"""Makes a report as funds file them: holdings as typed members of an axis, three facts each, on pages by a presentation
tree, in tables of one text block that goes on from page to page over continuations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

NAMESPACE = "http://www.example.org/fund"
PAGES = 100
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LINKS = 'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"'
_KINDS = {"Value": "monetaryItemType", "Shares": "sharesItemType", "Share": "pureItemType"}
_HEADINGS = ("Table", "HoldingAxis", "Items")
_ARC = (
    '<link:{0}Arc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/{1}" '
    'xlink:from="{2}" xlink:to="{3}"/>'
)
_LOCATOR = '<link:loc xlink:type="locator" xlink:label="{0}" xlink:href="fund.xsd#f_{0}"/>'
_TEXT = "font-family:'Times New Roman',serif;font-size:10pt;line-height:120%;padding-left:2px;text-align:right"


def _schema() -> Iterator[str]:
    yield (
        f'{_HEAD}<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xbrli="http://www.xbrl.org/2003/instance" {_LINKS} xmlns:xbrldt="http://xbrl.org/2005/xbrldt" '
        f'xmlns:f="{NAMESPACE}" targetNamespace="{NAMESPACE}">\n'
        "<xs:annotation><xs:appinfo>"
    )
    for kind in ("presentation", "label"):
        yield (
            f'<link:linkbaseRef xlink:type="simple" xlink:href="fund_{kind}.xml" '
            'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
        )
    for page in range(PAGES):
        yield (
            f'<link:roleType roleURI="{NAMESPACE}/role/{page}" id="R{page}"><link:definition>{page + 10:07d} - '
            f"Disclosure - Investments, page {page + 1} (Details)</link:definition>"
            "<link:usedOn>link:presentationLink</link:usedOn></link:roleType>\n"
        )
    yield (
        '</xs:appinfo></xs:annotation>\n<xs:import namespace="http://www.xbrl.org/2003/instance" '
        'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
        '<xs:import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>\n'
        '<xs:element name="Holding" id="f_Holding" type="xs:string"/>\n'
    )
    element = (
        '<xs:element name="{0}" id="f_{0}" type="xbrli:{1}" substitutionGroup="{2}" xbrli:periodType="{3}" {4}/>\n'
    )
    typed = 'abstract="true" xbrldt:typedDomainRef="#f_Holding"'
    yield element.format("HoldingAxis", "stringItemType", "xbrldt:dimensionItem", "duration", typed)
    yield element.format("Table", "stringItemType", "xbrldt:hypercubeItem", "duration", 'abstract="true"')
    yield element.format("Items", "stringItemType", "xbrli:item", "duration", 'abstract="true"')
    yield element.format("Schedule", "stringItemType", "xbrli:item", "duration", "")
    for name, kind in _KINDS.items():
        for page in range(PAGES):
            yield element.format(f"{name}{page}", kind, "xbrli:item", "instant", "")
    yield "</xs:schema>\n"


def _presentation() -> Iterator[str]:
    yield f"{_HEAD}<link:linkbase {_LINKS}>\n"
    for page in range(PAGES):
        yield f'<link:roleRef roleURI="{NAMESPACE}/role/{page}" xlink:type="simple" xlink:href="fund.xsd#R{page}"/>\n'
    for page in range(PAGES):
        names = [f"{name}{page}" for name in _KINDS]
        yield f'<link:presentationLink xlink:type="extended" xlink:role="{NAMESPACE}/role/{page}">'
        yield from (_LOCATOR.format(name) for name in (*_HEADINGS, *names))
        arcs = [("Table", "HoldingAxis"), ("Table", "Items"), *(("Items", name) for name in names)]
        for order, (parent, child) in enumerate(arcs, 1):
            arc = _ARC.format("presentation", "parent-child", parent, child)
            yield arc.replace("/>", f' order="{order}"/>')
        yield "</link:presentationLink>\n"
    yield "</link:linkbase>\n"


def _labels() -> Iterator[str]:
    yield f'{_HEAD}<link:linkbase {_LINKS}><link:labelLink xlink:type="extended" '
    yield 'xlink:role="http://www.xbrl.org/2003/role/link">\n'
    for name in (*_HEADINGS, "Schedule", *(f"{name}{page}" for name in _KINDS for page in range(PAGES))):
        yield (
            f'{_LOCATOR.format(name)}<link:label xlink:type="resource" xlink:label="of{name}" '
            f'xlink:role="http://www.xbrl.org/2003/role/label" xml:lang="en-US">Label of {name}</link:label>'
            f"{_ARC.format('label', 'concept-label', name, f'of{name}')}\n"
        )
    yield "</link:labelLink></link:linkbase>\n"


def _document(holdings: int) -> Iterator[str]:
    entity = '<xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier>'
    yield (
        f'{_HEAD}<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" '
        'xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" '
        f'xmlns:xbrli="http://www.xbrl.org/2003/instance" {_LINKS} xmlns:iso4217="http://www.xbrl.org/2003/iso4217" '
        f'xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:f="{NAMESPACE}"><head><title>Fund</title></head><body>\n'
        '<div style="display:none"><ix:header><ix:references>'
        '<link:schemaRef xlink:type="simple" xlink:href="fund.xsd"/></ix:references><ix:resources>\n'
    )
    for number in range(holdings):
        yield (
            f'<xbrli:context id="c{number}">{entity}<xbrli:segment><xbrldi:typedMember dimension="f:HoldingAxis">'
            f"<f:Holding>Company {number}, common stock</f:Holding></xbrldi:typedMember></xbrli:segment></xbrli:entity>"
            "<xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>\n"
        )
    yield (
        f'<xbrli:context id="year">{entity}</xbrli:entity><xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate>'
        "<xbrli:endDate>2024-12-31</xbrli:endDate></xbrli:period></xbrli:context>"
        '<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>'
        '<xbrli:unit id="shares"><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unit>'
        '<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>'
        "</ix:resources></ix:header></div>\n"
    )
    number = (
        '<td style="{0}">{1}<ix:nonFraction name="f:{2}" contextRef="c{3}" id="{4}{3}" unitRef="{5}" {6} '
        'format="ixt:num-dot-decimal">{7}</ix:nonFraction></td>'
    )
    each = -(-holdings // PAGES)
    for page in range(PAGES):
        after = f' continuedAt="k{page + 1}"' if page + 1 < PAGES else ""
        yield f'<div style="page-break-after:always"><h2 id="p{page}">Schedule of investments, page {page + 1}</h2>\n'
        if page == 0:
            yield f'<ix:nonNumeric name="f:Schedule" contextRef="year" id="block" escape="true"{after}>'
        else:
            yield f'<ix:continuation id="k{page}"{after}>'
        yield '<table style="border-collapse:collapse;width:100%">\n'
        for at in range(page * each, min((page + 1) * each, holdings)):
            worth, shares, part = at * 7919 % 99_999 + 100, at * 104_729 % 9_999_999 + 1, at % 900 / 100
            yield f'<tr><td style="{_TEXT}">Company {at}, common stock, listed somewhere</td>'
            yield number.format(_TEXT, "$", f"Value{page}", at, "v", "usd", 'decimals="-3" scale="3"', f"{worth:,}")
            yield number.format(_TEXT, "", f"Shares{page}", at, "s", "shares", 'decimals="0"', f"{shares:,}")
            yield number.format(_TEXT, "", f"Share{page}", at, "p", "pure", 'decimals="4" scale="-2"', f"{part:.2f}")
            yield "</tr>\n"
        yield f"</table>{'</ix:nonNumeric>' if page == 0 else '</ix:continuation>'}</div>\n"
    yield "</body></html>\n"


def write(facts: int, folder: Path) -> Path:
    """The report, its schema and linkbases in a folder; the path of the document."""
    folder.mkdir(parents=True, exist_ok=True)
    parts: dict[str, Iterable[str]] = {
        "fund.xsd": _schema(),
        "fund_presentation.xml": _presentation(),
        "fund_label.xml": _labels(),
        "fund.htm": _document(facts // len(_KINDS)),
    }
    for name, text in parts.items():
        with (folder / name).open("w", encoding="utf-8") as stream:
            stream.writelines(text)
    return folder / "fund.htm"
