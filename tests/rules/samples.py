"""Small filings in memory for the rules."""

from __future__ import annotations

from collections.abc import Iterable

from recto.findings import Finding
from recto.instance.model import Instance
from recto.rules import validate
from tests.instance.samples import load

XS = (
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance" '
    'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:s="https://example.org/s"'
)
IMPORTS = (
    '<xs:import namespace="http://www.xbrl.org/2003/instance" '
    'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
    '<xs:import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>'
)


def schema(body: str, *, root: str = "", linkbases: Iterable[str] = ()) -> str:
    """A schema of namespace https://example.org/s, prefix s."""
    references = "".join(
        f'<link:linkbaseRef xlink:type="simple" xlink:href="{href}" '
        'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
        for href in linkbases
    )
    notes = f"<xs:annotation><xs:appinfo>{references}</xs:appinfo></xs:annotation>" if references else ""
    return (
        f'<xs:schema {XS} {root} targetNamespace="https://example.org/s" elementFormDefault="qualified">'
        f"{notes}{IMPORTS}{body}</xs:schema>"
    )


def item(name: str, type_: str = "xbrli:monetaryItemType", more: str = "", period: str = "duration") -> str:
    return (
        f'<xs:element name="{name}" id="s_{name}" type="{type_}" substitutionGroup="xbrli:item" nillable="true" '
        f'xbrli:periodType="{period}" {more}/>'
    )


def linkbase(body: str, *, root: str = "", references: str = "") -> str:
    return (
        '<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:xbrldt="http://xbrl.org/2005/xbrldt" {root}>{references}{body}</link:linkbase>'
    )


def locators(*names: str, href: str = "s.xsd") -> str:
    return "".join(
        f'<link:loc xlink:type="locator" xlink:href="{href}#s_{name}" xlink:label="{name}"/>' for name in names
    )


def findings(instance: Instance, *rules: str) -> list[Finding]:
    """What the rules find, leaving out what reading reports and contexts that nothing uses."""
    read = set(instance.findings) | set(instance.taxonomy.findings)
    return [found for found in validate(instance, rules or None) if found not in read]


def codes(instance: Instance, *rules: str) -> list[str]:
    return [found.code for found in findings(instance, *rules)]


def load_xbrl(files: dict[str, str], body: str, *, contexts: str | None = None) -> Instance:
    """An instance that refers to s.xsd."""
    from tests.instance.samples import CONTEXTS, xbrl

    text = xbrl(
        body,
        root='xmlns:s="https://example.org/s"',
        contexts=CONTEXTS if contexts is None else contexts,
        refs='<link:schemaRef xlink:type="simple" xlink:href="s.xsd"/>',
    )
    return load("xbrl", {**files, "r.xml": text}, "r.xml")[0]
