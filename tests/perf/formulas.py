"""Formulas: the rule sets and suites at hand, and reports made here, beside the bars."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.perf.measure import Run, table, whole_process

_PATIENCE = 240.0
"""Seconds after which another program is stopped."""
_ARELLE = 15.6
"""Seconds that Arelle takes for the first report on the machine that the bars are of."""
_MACHINE = (
    "\n\nThe bars are of a machine on which Arelle takes 15.6 s for the first of these, in the same run;"
    " here it takes {0:.1f} times as long, so the bars ask for {0:.1f} times as much as they were meant to."
)
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


def arelle(python: Path, path: Path, data: Path) -> Run:
    """What Arelle takes to validate a report, or to run a suite, with its formulas; offline."""
    with tempfile.TemporaryDirectory() as home:
        cache = Path(home) / "arelle" / "cache"
        cache.mkdir(parents=True)
        for scheme in ("http", "https"):
            (cache / scheme).symlink_to(data / "taxonomies")
        command = [str(python), "-m", "arelle.CntlrCmdLine", "--xdgConfigHome", home, "--validate", "--formula", "run"]
        command += ["--internetConnectivity", "offline"]
        if path.name.startswith("ssm"):
            command += ["--packages", str(data / "packages" / "ssmxt-2022.zip")]
        command += ["--logFile", str(Path(home) / "log.txt"), "--file", str(path)]
        return whole_process(["timeout", "-s", "KILL", f"{_PATIENCE:.0f}", *command], 0, statuses=range(-9, 256))


def section(data: Path, runs: int, *, large: bool, peers: Path | None = None) -> str:
    """The table of bars for formulas. `data`: where `formula/`, `suites/` and `taxonomies/` are.

    `peers`: the Python that Arelle is installed for, to set it beside; None to leave it out.
    """
    given = ["--taxonomies", str(data / "packages" / "ssmxt-2022.zip"), "--taxonomies", str(data / "taxonomies")]
    options = [*given, "--offline"]
    recto = [sys.executable, "-m", "recto"]
    rows = []
    measured: list[float] = []
    others: list[float] = []

    def row(
        work: str,
        command: str,
        path: Path,
        seconds: float,
        peak: float | None = None,
        *,
        times: int = runs,
        beside: bool = True,
    ) -> None:
        own = ["--offline"] if path.parent.parent != data and command != "suite" else options
        run = whole_process([*recto, command, str(path), *own], times, statuses=(0, 1))
        took = f"{run.seconds:.2f} s" + (f", {run.megabytes:.0f} MB" if run.megabytes is not None else "")
        met = run.seconds <= seconds and (peak is None or run.megabytes is None or run.megabytes <= peak)
        bar = f"{seconds:g} s" + (f", {peak:g} MB" if peak is not None else "")
        measured.append(run.seconds)
        other = ["–"] if peers is not None else []
        if peers is not None and beside:
            run = arelle(peers, path, data)
            others.append(run.seconds)
            late = "> " if run.seconds >= _PATIENCE else ""
            other = [f"{late}{run.seconds:.1f} s, {run.megabytes:.0f} MB"]
        rows.append([work, took, bar, "yes" if met else "**no**", *other])

    formula, suites = data / "formula", data / "suites"
    row("ESRS, 1,214 facts, `recto validate`", "validate", formula / "esrs-1k.xbrl", 1.0, 120)
    row("ESRS, 7,284 facts of six years, `recto validate`", "validate", formula / "esrs-8k.xbrl", 1.5)
    row("SSM, 2,000 facts, `recto validate`", "validate", formula / "ssm-2k.xbrl", 2.0)
    row("formula suite, 681", "suite", suites / "formula-1.0" / "index.xml", 8.0, times=0)
    row("function registry, 618", "suite", suites / "function-registry" / "functionregistry.xml", 3.0, times=0)
    row("table suite, 364", "suite", suites / "table-linkbase-1.0" / "testcases-index.xml", 6.0, times=0)
    with tempfile.TemporaryDirectory() as folder:
        for facts, seconds in ((20_000, 1.0), (80_000, 1.0), (1_000_000, 15.0)) if large else ((80_000, 1.0),):
            report = make(Path(folder), facts)
            work = f"50 assertions × 4 variables, {facts:,} facts"
            # Arelle takes the square of the facts.
            row(f"{work}, `recto formulas`", "formulas", report, seconds, times=0, beside=facts <= 20_000)
            if facts == 80_000:
                row(f"{work}, `recto validate`", "validate", report, seconds, times=0, beside=False)
    heads = ["work", "measured", "bar", "met", *(["Arelle 2.47"] if peers is not None else [])]
    grows = _MACHINE.format(others[0] / _ARELLE) if others else ""
    if large:
        grows += f"\n\nFrom 80,000 to 1,000,000 facts (12.5 ×): {measured[-1] / measured[-3]:.1f} × the time.\n"
    return table(heads, rows) + grows
