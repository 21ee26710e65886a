"""Formulas: the rule sets and suites at hand, and reports made here, beside the bars."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.perf.measure import table, whole_process

_VARIABLES = 4
_ASSERTIONS = 50
_NAMES = (
    'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:gen="http://xbrl.org/2008/generic"'
    ' xmlns:variable="http://xbrl.org/2008/variable" xmlns:va="http://xbrl.org/2008/assertion/value"'
    ' xmlns:cf="http://xbrl.org/2008/filter/concept" xmlns:t="http://example.com/t"'
)
_ARC = "http://xbrl.org/arcrole/2008/"


def make(folder: Path, facts: int) -> Path:
    """A report of so many facts with fifty assertions of four variables each; one sum in a hundred is wrong."""
    concepts = [f"c{number}" for number in range(_ASSERTIONS * _VARIABLES)]
    link = []
    for number in range(_ASSERTIONS):
        link.append(
            f'<va:valueAssertion xlink:type="resource" xlink:label="a{number}" id="a{number}" aspectModel="dimensional"'
            ' implicitFiltering="true" test="$v0 = $v1 + $v2 + $v3"/>'
        )
        for at in range(_VARIABLES):
            name = f"v{number}-{at}"
            link.append(
                f'<variable:factVariable xlink:type="resource" xlink:label="{name}" bindAsSequence="false"/>'
                f'<variable:variableArc xlink:type="arc" xlink:arcrole="{_ARC}variable-set" xlink:from="a{number}"'
                f' xlink:to="{name}" name="v{at}"/>'
                f'<cf:conceptName xlink:type="resource" xlink:label="f{name}"><cf:concept><cf:qname>'
                f"t:{concepts[number * _VARIABLES + at]}</cf:qname></cf:concept></cf:conceptName>"
                f'<variable:variableFilterArc xlink:type="arc" xlink:arcrole="{_ARC}variable-filter"'
                f' xlink:from="{name}" xlink:to="f{name}" complement="false" cover="true"/>'
            )
    role = "http://www.xbrl.org/2003/role/link"
    (folder / "f.xml").write_text(
        f'<link:linkbase {_NAMES}><gen:link xlink:type="extended" xlink:role="{role}">{"".join(link)}</gen:link>'
        "</link:linkbase>"
    )
    elements = "".join(
        f'<element name="{name}" id="{name}" type="xbrli:decimalItemType" substitutionGroup="xbrli:item"'
        ' xbrli:periodType="instant"/>'
        for name in concepts
    )
    (folder / "t.xsd").write_text(
        f'<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://example.com/t" {_NAMES}>'
        '<import namespace="http://www.xbrl.org/2003/instance"'
        f' schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>{elements}</schema>'
    )
    path = folder / "report.xbrl"
    with path.open("w") as stream:
        stream.write(
            f'<xbrli:xbrl {_NAMES}><link:schemaRef xlink:type="simple" xlink:href="t.xsd"/><link:linkbaseRef'
            ' xlink:type="simple" xlink:href="f.xml"'
            ' xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
            '<xbrli:unit id="u"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>\n'
        )
        for context in range(facts // len(concepts)):
            stream.write(
                f'<xbrli:context id="x{context}"><xbrli:entity><xbrli:identifier scheme="http://e">{context}'
                "</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:instant>2024-12-31</xbrli:instant>"
                "</xbrli:period></xbrli:context>\n"
            )
            for number, name in enumerate(concepts):
                value = 6 if number % _VARIABLES == 0 else number % _VARIABLES
                if number == 0 and context % 100 == 0:
                    value = 7
                stream.write(f'<t:{name} contextRef="x{context}" unitRef="u" decimals="0">{value}</t:{name}>\n')
        stream.write("</xbrli:xbrl>")
    return path


def section(data: Path, runs: int, *, large: bool) -> str:
    """The table of bars for formulas. `data`: where `formula/`, `suites/` and `taxonomies/` are."""
    given = ["--taxonomies", str(data / "packages" / "ssmxt-2022.zip"), "--taxonomies", str(data / "taxonomies")]
    options = [*given, "--offline"]
    recto = [sys.executable, "-m", "recto"]
    rows = []

    def row(work: str, arguments: list[str], seconds: float, peak: float | None = None, times: int = runs) -> None:
        run = whole_process([*recto, *arguments], times, statuses=(0, 1))
        measured = f"{run.seconds:.2f} s" + (f", {run.megabytes:.0f} MB" if run.megabytes is not None else "")
        met = run.seconds <= seconds and (peak is None or run.megabytes is None or run.megabytes <= peak)
        bar = f"{seconds:g} s" + (f", {peak:g} MB" if peak is not None else "")
        rows.append([work, measured, bar, "yes" if met else "**no**"])

    formula = data / "formula"
    row("ESRS, 1,214 facts, `recto validate`", ["validate", str(formula / "esrs-1k.xbrl"), *options], 1.0, 120)
    row("ESRS, 7,284 facts, `recto formulas`", ["formulas", str(formula / "esrs-8k.xbrl"), *options], 1.5)
    row("SSM, 2,000 facts, `recto formulas`", ["formulas", str(formula / "ssm-2k.xbrl"), *options], 2.0)
    for suite, seconds in (("formula-1.0/index.xml", 8.0), ("function-registry/functionregistry.xml", 3.0)):
        row(f"suite {suite}", ["suite", str(data / "suites" / suite), *options], seconds, times=0)
    with tempfile.TemporaryDirectory() as folder:
        for facts, seconds in ((80_000, 1.0), (1_000_000, 15.0)) if large else ((80_000, 1.0),):
            report = make(Path(folder), facts)
            work = f"50 assertions × 4 variables, {facts:,} facts"
            row(work, ["formulas", str(report), "--offline"], seconds, times=0)
    return table(["work", "measured", "bar", "met"], rows)
