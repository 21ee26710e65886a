"""`recto plot`: charts."""

from __future__ import annotations

from typing import Any

import click

from recto.cli._options import open_report, source_argument, source_options
from recto.cli._output import output, remark
from recto.cli._progress import progress

FORMATS = ("svg", "png", "html", "json")


@click.command(short_help="A chart of a page, a calculation, or of facts.")
@source_argument
@click.argument("page", required=False, metavar="[PAGE]")
@click.option("--line", "lines", multiple=True, metavar="WORDS", help="Of PAGE only lines with these words.")
@click.option("--calculation", is_flag=True, help="How the numbers of PAGE add up, in its first period.")
@click.option("--concept", multiple=True, metavar="NAME", help="Chart facts of this concept. Repeatable.")
@click.option("--axis", multiple=True, metavar="NAME", help="Facts on this axis, or AXIS=MEMBER.")
@click.option("--member", multiple=True, metavar="NAME", help="Facts with this member.")
@click.option("--period", multiple=True, metavar="PERIOD", help="Facts of this period, as in `recto facts`.")
@click.option("--unit", multiple=True, metavar="UNIT", help="Facts in this unit.")
@click.option("--dimensions/--no-dimensions", default=None, help="Facts with members, or without any.")
@click.option("--kind", type=click.Choice(["bar", "line"]), help="Default: bars of a page, lines of facts.")
@click.option("--lake", metavar="DIR", help="SOURCE is a company in this lake, PAGE a statement or a number over time.")
@click.option("--frequency", type=click.Choice(["quarter", "year", "ttm"]), help="Of --lake: by what. Default: year.")
@click.option("--to", "form", type=click.Choice(FORMATS), help="Default: by the extension of FILE, else svg.")
@click.option("-o", "--output", "path", metavar="FILE", help="Write to FILE instead of stdout.")
@source_options
def command(
    source: str,
    page: str | None,
    lines: tuple[str, ...],
    calculation: bool,
    kind: str | None,
    lake: str | None,
    frequency: str | None,
    form: str | None,
    path: str | None,
    **options: Any,
) -> None:
    """Draw a chart of PAGE (as in `recto show`: `income`, `R4`, words of a title), or of the facts that --concept and
    the like choose. SVG and PNG are drawn here and fetch nothing; `html` is one file that shows the chart from disk;
    `json` is Vega-Lite.

    With --lake, SOURCE is a company, and PAGE a statement over many periods (`income`), a concept or a line item
    (`revenue`) over time; --concept draws further ones beside it.
    """
    from recto.errors import UsageError
    from recto.frames.forms import form_of

    form = form_of(path, FORMATS, given=form, default="svg")
    asked = {name: options.pop(name) for name in ("concept", "axis", "member", "period", "unit")}
    asked = {name: value for name, value in asked.items() if value}
    dimensions = options.pop("dimensions")
    if lake is not None:
        wrong = calculation or dimensions is not None or {*asked} - {"concept"}
        if wrong:
            raise UsageError("charts of a lake take --line, --concept, --kind and --frequency alone")
        chart = _of_lake(
            lake, source, [each for each in (page, *asked.get("concept", ())) if each], lines, frequency, kind
        )
        _write(chart, form, path)
        return
    if frequency is not None:
        raise UsageError("--frequency is for charts of a lake: give --lake")
    if page is None and not asked:
        raise UsageError("name a page (`income`, `R4`) or facts (--concept NAME)")
    if page is not None and asked:
        raise UsageError("a chart is of a page or of facts: leave out the page, or --concept and the like")
    with progress() as report:
        filing = open_report(source, {**options, "progress": report})
        style = {} if kind is None else {"kind": kind}
        if page is None:
            facts = filing.facts.where(**asked, dimensions=dimensions)
            if not facts:
                raise UsageError(facts.nothing())
            chart = facts.chart(**style)
        elif calculation:
            chart = filing.calculation(page).chart()
        else:
            chart = filing.report(page).chart(lines=lines or None, **style)
    _write(chart, form, path)
    remark(filing.findings, laid_out=filing.rendered.findings if page is not None else None)


def _of_lake(
    lake: str, company: str, names: list[str], lines: tuple[str, ...], frequency: str | None, kind: str | None
) -> Any:
    from recto.errors import UsageError
    from recto.lake import Lake, item_name
    from recto.statements.kinds import kind_of

    if not names:
        raise UsageError("name a statement (`income`), a concept or a line item (`revenue`)")
    with Lake(lake) as opened:
        if len(names) == 1 and kind_of(names[0]) is not None and item_name(names[0]) is None:
            shown = opened.statement(company, names[0], frequency=frequency or "year")
            return shown.chart(lines=lines or None, kind=kind)
        if lines:
            raise UsageError("--line is for statements")
        return opened.series(names, company, frequency=frequency or "year").chart(kind=kind)


def _write(chart: Any, form: str, path: str | None) -> None:
    from recto.charts.drawing import chart_data

    data = chart_data(chart, form)
    with output(path, binary=form == "png") as stream:
        stream.write(data if form == "png" else data.decode())
