"""The pipeline: from instances to pages, in the passes of rendering.md 0.2."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from recto.failures import failure
from recto.findings import Finding, Findings
from recto.findings.observed import Judge
from recto.instance.model import Fact, Instance
from recto.rendering.candidate import Candidate
from recto.rendering.candidates import find_candidates, place_in_time
from recto.rendering.categories import file_reports
from recto.rendering.embedding import Embedder, find_embeddings, tell_stray_members
from recto.rendering.facts import FactSet, admit
from recto.rendering.filing_flags import is_risk_return
from recto.rendering.headings import Headings
from recto.rendering.layout import place_facts, plan, scalable, warn_of_many_dimensions
from recto.rendering.lines import Grid, build_grid
from recto.rendering.merge import (
    hide_redundant_columns,
    hide_repeated_balances,
    hide_stunted_columns,
    merge_instants,
    merge_units,
    suppress_flow_through,
)
from recto.rendering.model import RenderedFiling, RenderedInstance, Report
from recto.rendering.pages import make_report
from recto.rendering.panels import Panels
from recto.rendering.recorder import Record, Recorder
from recto.rendering.titles import propose, suppress_common_period
from recto.rendering.tree import CycleError
from recto.rendering.view import LANGUAGES, Item, View
from recto.taxonomy.model import Described
from recto.uncollected import uncollected

if TYPE_CHECKING:
    from recto.regimes import Regime
    from recto.tablelinkbase.model import TableSet
    from recto.taxonomy.store import Store

APPROXIMATE: Final = (
    "Approximate: the taxonomy is missing, and what it says of these concepts was guessed from the report itself."
)
Progress = Callable[[int, int, str], None]
Tables = Callable[[Instance], "Sequence[TableSet]"]


def render_reports(
    instances: Sequence[Instance],
    *,
    languages: Sequence[str] = LANGUAGES,
    resolver: Any = None,
    findings: Findings | None = None,
    progress: Progress | None = None,
    recorder: Recorder | None = None,
    regime: Regime | None = None,
    store: Store | None = None,
    tables: Tables | None = None,
    judge: Judge | None = None,
    drawn: bool = True,
) -> RenderedFiling:
    """Lays out every page of a filing.

    `languages`: of labels, best first; `en-US` and `en-GB` follow. `resolver`: where documentation and references of
    standard concepts are to be had (1.4); None leaves them out. `findings`: of loading, which the pages' own join.
    `progress` is told pages done, pages in all and the page's title. `recorder` is told what the layout decides.
    `regime`: whose report it is, for its forms; None: what each shows itself to be. `store`: of compiled
    taxonomies, for reports whose own are missing in part. `tables`: gives the tables that an instance's DTS draws.
    `judge`: what rules say of what the layout meets. `drawn`: False leaves out all that no rule needs: cells, panels,
    what is uncategorized; there are no pages then.
    """
    filing = RenderedFiling(findings=Findings(findings or ()))
    described = resolver if drawn else None
    layout = _Filing(filing, tuple(languages), described, progress, recorder, regime, store, tables)
    layout.judge, layout.drawn = judge, drawn
    with uncollected():
        for instance in instances:
            layout.add(instance)
        layout.finish()
    return filing


class _Filing:
    """What carries over from instance to instance: page numbers, numbers of charts and of uncategorized pages (16)."""

    def __init__(
        self,
        filing: RenderedFiling,
        languages: tuple[str, ...],
        resolver: Any,
        progress: Progress | None,
        recorder: Recorder | None,
        regime: Regime | None,
        store: Store | None,
        tables: Tables | None,
    ) -> None:
        self.filing = filing
        self.languages = languages
        self.resolver = resolver
        self.progress = progress
        self.recorder = recorder
        self.regime = regime
        self.store = store
        self.tables = tables
        self.last_page = 0
        self.uncategorized = 9999
        self.risk_return = False
        self.judge: Judge | None = None
        self.drawn = True

    def add(self, instance: Instance) -> None:
        described = _documentation(instance, self.filing.findings) if self.resolver is not None else instance.taxonomy
        view = View(instance, self.languages, self.filing.findings, described, regime=self.regime, store=self.store)
        if not view.sec:
            view.findings = _Others(self.filing.findings)
        if view.sec:
            view.judge = self.judge
        record = self.recorder.listen(view) if self.recorder is not None else None
        view.record = record
        rendered = RenderedInstance(
            instance, document_type=view.document_type, flags=view.flags, described=view.described, sec=view.sec
        )
        self.filing.instances.append(rendered)
        self.risk_return = self.risk_return or is_risk_return(view.families.tokens, view.document_type)
        layout = _Layout(self, view, rendered, record)
        try:
            layout.run()
        except CycleError as error:
            view.findings.raised(error)
            rendered.reports.clear()
            if record is not None:
                record.stop("4.1", "a presentation tree runs in a circle, so that no page of the instance is made")
        except Exception as error:  # the pages that are made, and the other instances, are not lost with it
            view.findings.add(failure(error, "Laying out the pages", instance.url))
            if record is not None:
                record.stop("0.2", "laying out the pages failed (a finding tells why)")
        if record is None:
            layout.dissolve()
        if rendered.reports:
            self.last_page = rendered.reports[-1].number

    def finish(self) -> None:
        file_reports(self.filing, risk_return=self.risk_return)


class _Others(Findings):
    """Findings of laying out a report that is not the SEC's: what its filer manual says is not said of it."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(findings)
        self._whole = findings

    def add(self, finding: Finding) -> None:
        if _is_for_all(finding):
            super().add(finding)
            self._whole.add(finding)

    def later(self, make: Callable[[], Iterable[Finding]]) -> None:
        super().later(lambda: filter(_is_for_all, make()))
        self._whole.later(lambda: filter(_is_for_all, make()))


def _is_for_all(finding: Finding) -> bool:
    return not finding.code.startswith(("EFM.", "EXG.", "info"))


def _documentation(instance: Instance, findings: Findings) -> Described:
    """Documentation and references of standard concepts, for namespaces that have facts only (1.4)."""
    documentation = instance.taxonomy.documentation(fact.qname.namespace for fact in instance.facts)
    findings.extend(documentation.findings)
    return documentation


class _Layout:
    """The passes over one instance."""

    def __init__(self, filing: _Filing, view: View, rendered: RenderedInstance, record: Record | None) -> None:
        self.filing = filing
        self.view = view
        self.rendered = rendered
        self.record = record
        self.facts: FactSet = admit(view)
        self.candidates: list[Candidate] = []
        if self.record is not None:
            self.record.facts = self.facts
        self.scalable: dict[Candidate, dict[str, list[Item]]] = {}
        self.panels = Panels(view)
        self.has_embeddings = False
        self.counts: dict[Fact, int] = {}
        """Visible cells that show a fact, over all pages (metalinks.md 3.1)."""

    def run(self) -> None:
        view, findings = self.view, self.view.findings
        view.tell_scenarios()
        self.candidates = find_candidates(view, self.facts)
        if self.record is not None:
            self.record.candidates = self.candidates
        embeddings = find_embeddings(self.candidates, self.facts, view) if view.sec else {}
        self.has_embeddings = bool(embeddings)
        if self.record is not None:
            self.record.embeddings = embeddings
        self.rendered.has_embeddings = self.has_embeddings
        for candidate in self.candidates:
            if candidate.items and not candidate.suppressed:
                place_in_time(candidate, self.facts, view)
        for candidate in self.candidates:
            if candidate.items and not candidate.suppressed and not candidate.is_embedded:
                self._try(candidate, self.lay_out)
        if not self.has_embeddings and view.sec:
            suppress_flow_through(self.candidates, findings)
        self._number()
        if not self.filing.drawn and not self.has_embeddings:
            for candidate in self.candidates:
                if candidate.grid is not None and not candidate.is_embedded:
                    self._try(candidate, self._finish)
            self._tell_skipped()
            return
        for candidate in self.candidates:
            if candidate.grid is not None:
                self._count(candidate.grid)
        embedder = Embedder(self._embedded, self.filing.filing.images, view, self.facts, embeddings)
        total = len(self.candidates)
        for index, candidate in enumerate(self.candidates):
            if candidate.grid is not None and not candidate.is_embedded:
                if self.filing.progress is not None:
                    self.filing.progress(index, total, candidate.title)
                self._try(candidate, lambda each: self._emit(each, embedder))
        embedder.closed = True
        for candidate in self.candidates:
            if candidate.is_embedded and not candidate.was_inserted and candidate.items and not candidate.suppressed:
                candidate.is_embedded = False
                candidate.embedding = None
                self._try(candidate, lambda each: self._page_of_its_own(each, embedder))
        self._tell_skipped()
        self._add_uncategorized(embedder)
        self.rendered.placed = frozenset(fact for fact, layouts in self.facts.used.items() if layouts > 0)

    def dissolve(self) -> None:
        """Unties rows and columns, which know each other: so grids need not wait for the garbage collector."""
        for candidate in self.candidates:
            if candidate.grid is not None:
                for column in candidate.grid.columns:
                    column.cells = {}

    def _try(self, candidate: Candidate, step: Callable[[Candidate], None]) -> None:
        """One step of one page. A page that fails is one finding; its facts are shown with the uncategorized ones."""
        try:
            step(candidate)
        except CycleError:
            raise
        except Exception as error:
            finding = failure(error, f"The page {candidate.title!r}", self.view.instance.url)
            self.view.findings.add(finding)
            if self.record is not None:
                self.record.fail(candidate, "9", f"its layout failed, as a finding tells ({finding.code})")
            candidate.grid = None
            for item in candidate.items:
                if self.facts.is_used(item.fact):
                    self.facts.used[item.fact] -= 1

    def _page_of_its_own(self, candidate: Candidate, embedder: Embedder) -> None:
        self.lay_out(candidate)
        if candidate.grid is not None:
            self._count(candidate.grid)
            self._emit(candidate, embedder)

    def lay_out(self, candidate: Candidate) -> None:
        """Pass 4 for one candidate."""
        view = self.view
        if candidate.is_embedded and tell_stray_members(candidate, view):
            if self.record is not None:
                self.record.fail(candidate, "21.1", "the command that calls it lists members that are not on its axes")
            return
        candidate.commands = plan(candidate, view, statement_like=self.has_embeddings)
        if len({command.row for command in candidate.commands}) < 2:
            candidate.suppressed = not candidate.is_embedded  # an embedded one may still be a page of its own (21.4)
            after = ".AfterTransposition" if candidate.mode == "transposed" else ""
            if self.record is not None:
                self.record.fail(candidate, "21.4", "its layout has no rows or no columns")
            view.observe("nothingToLayOut", code=after, text=candidate.definition.text)
            return
        warn_of_many_dimensions(candidate, view)
        placements = place_facts(candidate, self.facts, view)
        if not placements:
            candidate.vanished = True
            return
        self.scalable[candidate] = scalable(placements)
        candidate.grid = grid = build_grid(
            candidate.commands, placements, by_fact=candidate.shows_elements, traced=self.record is not None
        )
        if candidate.is_target and not candidate.shows_elements:
            suppress_common_period(grid)
        if candidate.is_equity:
            _mark_calendar_rows(grid, view)
        propose(candidate, Headings(candidate, view))
        if not candidate.shows_elements:
            merge_units(grid)
            merge_instants(grid)
            hide_redundant_columns(grid)

    def _number(self) -> None:
        """Numbers for all candidates with facts that were not dropped in placing, pages or not: hence gaps (16.1)."""
        number = self.filing.last_page
        for candidate in self.candidates:
            if candidate.items and not candidate.vanished:
                number += 1
                candidate.number = number

    def _next(self) -> int:
        return self.filing.last_page + 1

    def _count(self, grid: Grid) -> None:
        counts = self.counts
        for row in grid.rows:
            if not row.hidden:
                for column, slot in row.cells.items():
                    if not column.hidden:
                        counts[slot.item.fact] = counts.get(slot.item.fact, 0) + 1

    def _finish(self, candidate: Candidate) -> None:
        """What pass 7 hides."""
        grid = candidate.grid
        assert grid is not None
        if candidate.is_cash_flow and self.view.sec:
            for item in hide_stunted_columns(candidate, self.facts.memberships, self.view.findings):
                self.facts.memberships[item] -= 1
                self.facts.used[item.fact] -= 1
        hide_repeated_balances(grid)

    def _report(self, candidate: Candidate, embedder: Embedder) -> Report:
        self._finish(candidate)
        grid = candidate.grid
        assert grid is not None
        embed = (lambda item: embedder.cell(item, candidate)) if self.has_embeddings else None
        report = make_report(candidate, self.view, self.scalable[candidate], self.facts.footnotes, embed)
        self._anchor(report, grid)
        if self.record is not None:
            self.record.finish(candidate, report, self.scalable[candidate])
        return report

    def _anchor(self, report: Report, grid: Grid) -> None:
        """The first fact that stands in the document's text, and the first of those that stands in one cell of all
        pages (metalinks.md 3.1). Hidden rows count.
        """
        for row in grid.rows:
            for _, slot in row.shown_cells():
                if slot.item.fact.hidden:
                    continue
                fact = slot.item.fact
                if report.first_anchor is None:
                    report.first_anchor = fact
                if self.counts.get(fact) == 1:
                    report.unique_anchor = fact
                    return

    def _emit(self, candidate: Candidate, embedder: Embedder) -> None:
        report = self._report(candidate, embedder)
        report.panel_maker = self.panels.of_page
        report.instance_name = instance_name(self.view.instance)
        if self.view.approximate:
            report.note = APPROXIMATE
        if report.too_large:
            self.view.findings.found("EXG.rendering.tooManyCells", title=report.title, stem=report.stem)
        if candidate.is_uncategorized:
            self.rendered.uncategorized = report
        else:
            self.rendered.reports.append(report)

    def _embedded(self, candidate: Candidate, embedder: Embedder) -> Report | None:
        """An embedded candidate laid out, for the cell that calls it."""
        if candidate.grid is None:
            self.lay_out(candidate)
        if candidate.grid is None:
            return None
        return self._report(candidate, embedder)

    def _tell_skipped(self) -> None:
        for candidate in self.candidates:
            for item, role, side in candidate.skipped:
                if self.facts.is_used(item.fact) or item.fact in self.facts.spent or item.place.span is None:
                    continue
                word = "starting" if side == "start" else "ending"
                self.view.observe(
                    "skippedBalance",
                    fact=item.fact,
                    concept=item.concept.name,
                    label=item.place.span.label,
                    value=item.fact.value,
                    text=candidate.definition.text,
                    word=word,
                    role=role,
                )

    def _behind(self) -> int:
        """The number of one more page."""
        return self.rendered.reports[-1].number + 1 if self.rendered.reports else self._next()

    def _add_indicators(self) -> None:
        from recto.rendering.filing_indicators import indicators_page

        report = indicators_page(self.facts.indicators, self.view, self._behind())
        report.panel_maker = self.panels.of_page
        report.instance_name = instance_name(self.view.instance)
        self.facts.use(report.facts)
        self.rendered.reports.append(report)

    def _add_tables(self, tables: Tables) -> None:
        """The tables of the DTS that show a fact (Table linkbase 1.0)."""
        from recto.rendering.table_pages import table_pages

        for report in table_pages(tables(self.view.instance), self.view, self._behind()):
            report.panel_maker = self.panels.of_page
            report.instance_name = instance_name(self.view.instance)
            self.facts.use(report.facts)
            self.rendered.reports.append(report)

    def _add_uncategorized(self, embedder: Embedder) -> None:
        from recto.rendering.uncategorized import grid_candidate, left_over, uncategorized_candidate, warn_of

        if self.facts.indicators:
            self._add_indicators()
        if self.filing.tables is not None and not self.view.sec:
            self._add_tables(self.filing.tables)
        items = left_over(self.facts)
        if not items:
            return
        warn_of(items, self.candidates, self.view)
        if self.record is not None:
            self.record.uncategorized = {item.fact for item in items}
        if self.view.sec and not self.view.approximate:
            candidate = uncategorized_candidate(items, self.view)
            candidate.number = self.filing.uncategorized
            self.filing.uncategorized -= 1
        else:
            alone = len(self.rendered.reports) == bool(self.facts.indicators)
            candidate = grid_candidate(items, self.view, alone=alone)
            candidate.number = self._behind()
        place_in_time(candidate, self.facts, self.view)
        self._try(candidate, lambda each: self._page_of_its_own(each, embedder))


def _mark_calendar_rows(grid: Grid, view: View) -> None:
    """Rows with start or end labels stand at an instant: that at which their duration starts or ends (10.3)."""
    for row in grid.rows:
        span = row.span
        if row.side is not None and span is not None:
            row.calendar = True
            moment = span.end if span.start is None or row.side == "end" else span.start
            row.span = view.spans.instant(moment)


def instance_name(instance: Instance) -> str:
    """The document that FilingSummary names for a page: of an inline set, the one its target is named after (17.2)."""
    names = [url.rpartition("/")[2] for url in instance.documents] or [instance.url.rpartition("/")[2]]
    if instance.kind == "inline" and instance.name:
        stem = instance.name.rpartition(".")[0].removesuffix("_htm")
        for name in names:
            if name.rpartition(".")[0] == stem:
                return name
    return names[0]
