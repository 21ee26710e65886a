"""A small DTS with formulas, and instances of it."""

from __future__ import annotations

from pathlib import Path

import recto
from recto.filing import Filing

T = "http://example.com/t"
_NAMES = (
    'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:t="http://example.com/t" '
    'xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:gen="http://xbrl.org/2008/generic" '
    'xmlns:variable="http://xbrl.org/2008/variable" xmlns:va="http://xbrl.org/2008/assertion/value" '
    'xmlns:ea="http://xbrl.org/2008/assertion/existence" xmlns:cf="http://xbrl.org/2008/filter/concept" '
    'xmlns:msg="http://xbrl.org/2010/message" xmlns:cfi="http://xbrl.org/2010/custom-function" '
    'xmlns:pf="http://xbrl.org/2008/filter/period" '
    'xmlns:gf="http://xbrl.org/2008/filter/general" xmlns:xfi="http://www.xbrl.org/2008/function/instance" '
    'xmlns:f="urn:f" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
)
ARC = "http://xbrl.org/arcrole/2008/"


def resource(name: str, label: str, attributes: str = "", content: str = "") -> str:
    return f'<{name} xlink:type="resource" xlink:label="{label}" id="{label}" {attributes}>{content}</{name}>'


def arc(source: str, target: str, arcrole: str, name: str = "") -> str:
    kind = "variable:variableArc" if name else "gen:arc"
    own = f' name="{name}"' if name else ""
    uri = arcrole if ":" in arcrole else ARC + arcrole
    return f'<{kind} xlink:type="arc" xlink:arcrole="{uri}" xlink:from="{source}" xlink:to="{target}"{own}/>'


def variable(assertion: str, name: str, concept: str = "", attributes: str = 'bindAsSequence="false"') -> str:
    """A fact variable of one concept, or of any."""
    label = f"{assertion}-{name}"
    made = resource("variable:factVariable", label, attributes) + arc(assertion, label, "variable-set", name)
    if concept:
        content = f"<cf:concept><cf:qname>t:{concept}</cf:qname></cf:concept>"
        made += resource("cf:conceptName", f"{label}-f", "", content)
        made += arc(label, f"{label}-f", "variable-filter")
    return made


def value_assertion(label: str, test: str, implicit: str = "true") -> str:
    attributes = f'aspectModel="dimensional" implicitFiltering="{implicit}" test="{test}"'
    return resource("va:valueAssertion", label, attributes)


def opened(folder: Path, formulas: str, facts: list[tuple[str, str, int]], names: str = "a b c") -> Filing:
    """`facts`: concept, value and day of January 2024 on which it stands, each in CHF."""
    link = '<gen:link xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">' + formulas + "</gen:link>"
    (folder / "f.xml").write_text(f"<link:linkbase {_NAMES}>{link}</link:linkbase>")
    elements = "".join(
        f'<element name="{name}" id="{name}" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item"'
        ' xbrli:periodType="instant" nillable="true"/>'
        for name in names.split()
    )
    (folder / "t.xsd").write_text(
        f'<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="{T}" {_NAMES}>'
        '<import namespace="http://www.xbrl.org/2003/instance"'
        ' schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
        f"{elements}</schema>"
    )
    contexts = "".join(
        f'<xbrli:context id="c{day}"><xbrli:entity><xbrli:identifier scheme="http://e">e</xbrli:identifier>'
        f"</xbrli:entity><xbrli:period><xbrli:instant>2024-01-{day:02}</xbrli:instant></xbrli:period></xbrli:context>"
        for day in sorted({day for _, _, day in facts})
    )
    reported = "".join(
        f'<t:{name} contextRef="c{day}" unitRef="u" decimals="0">{value}</t:{name}>' for name, value, day in facts
    )
    (folder / "i.xbrl").write_text(
        f'<xbrli:xbrl {_NAMES}><link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>'
        '<link:linkbaseRef xlink:type="simple" xlink:href="f.xml"'
        ' xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
        f'{contexts}<xbrli:unit id="u"><xbrli:measure>iso4217:CHF</xbrli:measure></xbrli:unit>{reported}</xbrli:xbrl>'
    )
    return recto.open(folder / "i.xbrl", offline=True, use_cache=False)
