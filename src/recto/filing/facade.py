"""`Filing`: its facts, taxonomy, pages and findings, made when asked for; other rooms of recto do the work."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from threading import RLock
from typing import TYPE_CHECKING, Any

from recto.errors import UsageError
from recto.filing.outcomes import Computed
from recto.filing.reading import Progress, Reading
from recto.findings import Finding, Findings
from recto.once import once

if TYPE_CHECKING:
    from types import TracebackType

    import pyarrow as pa

    from recto.coverage import Coverage
    from recto.explain import Decision, Explainer
    from recto.formula.evaluate import AssertionResult, Outcomes
    from recto.instance.filing_indicators import FilingIndicator
    from recto.instance.model import Fact, Instance
    from recto.records import Streamed
    from recto.regimes import Regime
    from recto.rendering.model import RenderedFiling, Report
    from recto.rendering.recorder import Recorder
    from recto.select import Facts
    from recto.sources import FilingSource
    from recto.statements import Kind
    from recto.tablelinkbase.model import TableSet
    from recto.tablelinkbase.tables import TableOutcomes
    from recto.tables import Table
    from recto.taxonomy.model import Described, Taxonomy
    from recto.taxonomy.store import Store
    from recto.trees import Calculation, Concepts, Dimensions, Presentation


class Filing:
    """An XBRL filing: one or several instances, the taxonomies they name, and the pages made of them.

    What is asked for is made once and never changes; no question changes the answer to another. Any number of threads
    may ask one filing, and what hangs on it: its taxonomies, instances, facts, pages and tables.
    """

    def __init__(
        self,
        source: FilingSource,
        *,
        store: Store | None = None,
        progress: Progress | None = None,
        language: str | Sequence[str] = (),
        regime: str | None = None,
        parameters: Mapping[str, str] | None = None,
    ):
        from recto import regimes

        self.source = source
        self.progress = progress
        self._named_regime = None if regime is None else regimes.named(regime)
        self.parameters: Mapping[str, str] = dict(parameters or {})
        """Values for filer rules and formulas, by name, as the caller gave them."""
        self.requested_languages: tuple[str, ...] = (language,) if isinstance(language, str) else tuple(language)
        """Languages that the caller asked for, best first."""
        self._store = store
        self._lock = RLock()
        self._reading = Reading(source, store, progress)
        self._computed = Computed()

    @property
    def name(self) -> str:
        """What the source is called: its folder's or file's name, or its accession number."""
        return self.source.name

    @once
    def instances(self) -> tuple[Instance, ...]:
        """Every instance, in the filing's order; an inline document set gives one for each target.

        An entry that cannot be read becomes an error in `findings` where others can. Raises that `RectoError` where
        none can.
        """
        found = self._reading.instances()
        for each in found:
            each.home.filing = self
        return found

    @property
    def named_regime(self) -> Regime | None:
        """Whose report the caller said this is; None where nothing was said."""
        return self._named_regime

    @once
    def regime(self) -> Regime:
        """Whose report this is: as the caller named it, else as the reports show (`recto.regimes`)."""
        from recto.regimes import recognize

        return self._named_regime or recognize(self.instances, self.source.header)

    @once
    def languages(self) -> tuple[str, ...]:
        """Languages of labels and headings, best first: those asked for, the report's own, English."""
        from recto.regimes import languages_of

        return languages_of(self.instances, self.regime, self.requested_languages)

    @once
    def facts(self) -> Facts:
        """The facts of all instances, in document order, tuples and what stands in them too; ask them with `where`."""
        from recto.select import Facts

        return Facts(self)

    @property
    def taxonomy(self) -> Taxonomy:
        """The DTS of the first instance (most filings have one instance). Raises `UsageError` where there is none."""
        if not self.instances:
            raise UsageError("the source holds no report and no taxonomy", document=self.name)
        return self.instances[0].taxonomy

    @once
    def rendered(self) -> RenderedFiling:
        """All pages as grids, with what the summary says of each instance."""
        return self._lay_out(None)

    @once
    def met_in_layout(self) -> tuple[Finding, ...]:
        """What rules about pages find, for which no page need be drawn (EDGAR Filer Manual, 6.24 to 6.26)."""
        from recto.filing.pages import met_in_layout

        return met_in_layout(self, self._store)

    def _lay_out(self, recorder: Recorder | None) -> RenderedFiling:
        from recto.filing.pages import lay_out

        rendered = lay_out(self, recorder, self._store)
        for report in rendered.reports:
            report.explainer = self._explain
        return rendered

    @once
    def explainer(self) -> Explainer:
        """Says why pages look as they do. Asked for before there are pages it costs little; else they are laid out
        once more, with a recorder.
        """
        from recto.explain import Explainer
        from recto.rendering.recorder import Recorder

        recorder = Recorder()
        if "rendered" in self.__dict__:
            return Explainer(self._lay_out(recorder), recorder)
        self.__dict__["rendered"] = rendered = self._lay_out(recorder)
        return Explainer(rendered, recorder)

    def _explain(self, report: Report, row: str | int | None, column: str | int | None) -> list[Decision]:
        return self.explainer.answer(report, row, column)

    @property
    def reports(self) -> list[Report]:
        """The report pages, in FilingSummary's order."""
        return self.rendered.reports

    @once
    def findings(self) -> Findings:
        """What was found in opening and reading the filing; `rendered.findings` has what the pages met too."""
        from recto.regimes import fitting

        instances = self.instances
        found = Findings(fitting(self.source.findings, self.regime))
        for failure in self._reading.failures:
            found.raised(failure)
        for each in instances:  # a taxonomy's findings are known only now: each locator has to be followed
            found.extend(each.taxonomy.findings)
            found.extend(fitting(each.findings, self.regime))
        return found

    @property
    def filing_indicators(self) -> tuple[FilingIndicator, ...]:
        """Which templates the reports say they have filed, in either form of filing indicators, in document order."""
        from recto.instance.filing_indicators import filing_indicators

        return tuple(each for instance in self.instances for each in filing_indicators(instance))

    @once
    def documentation(self) -> Described:
        """Labels and references of the first instance's taxonomy, with the documentation of standard concepts.

        Raises `UsageError` where there is none.
        """
        if not self.instances:
            raise UsageError("the source holds no report and no taxonomy", document=self.name)
        first = self.instances[0]
        return first.taxonomy.documentation(fact.qname.namespace for fact in first.facts)

    def pages_of(self, fact: Fact) -> tuple[str, ...]:
        """The pages that show the fact, `("R4",)`, in page order."""
        return self._pages_by_fact.get(fact, ())

    @once
    def _pages_by_fact(self) -> dict[Fact, tuple[str, ...]]:
        from recto.records import pages_by_fact

        return {fact: tuple(stems) for fact, stems in pages_by_fact(self.reports).items()}

    def report(self, page: str | int) -> Report:
        """The page that `page` names: `R4`, a number, a role URI, a kind of statement (`income`), words of its title.

        Raises `UsageError` where there is no such page, and where words fit several no better than each other.
        """
        return self.find_pages(page)[0]

    def find_pages(self, page: str | int) -> list[Report]:
        """The page that `page` names, as for `report`, and the other statements of its kind. Raises as `report` does;
        where the taxonomy is missing, the error says so.
        """
        from recto.statements import find_page

        try:
            return find_page(self.reports, page, source=self.name)
        except UsageError as error:
            missing = self.missing_documents
            if not missing:
                raise
            text = f"{error.message}; the taxonomy is missing ({missing[0]}), so that pages are made without it"
            raise UsageError(text, document=error.document) from None

    @property
    def missing_documents(self) -> tuple[str, ...]:
        """URLs of documents of the reports' taxonomies that were not to be had."""
        from recto.instance.standins import missing_documents

        return tuple(dict.fromkeys(url for each in self.instances for url in missing_documents(each)))

    def statement(self, kind: str) -> Report:
        """A financial statement: `income`, `comprehensive income`, `balance`, `cash flow`, `equity` or `cover`.

        Of several the consolidated one; `statements` has them all. Raises `UsageError` where there is none, with what
        there is.
        """
        from recto.statements import statement

        return statement(self.reports, kind, source=self.name)[0]

    @once
    def statements(self) -> Mapping[Kind, Sequence[Report]]:
        """The pages that are financial statements, by kind; of several the consolidated one first."""
        from recto.statements import find_statements

        return find_statements(self.reports)

    @property
    def notes(self) -> list[Report]:
        """The notes to the statements; where pages have no categories, those that show a text block."""
        notes = [report for report in self.reports if report.category == "Notes"]
        return notes or [report for report in self.reports if any(fact.is_text_block for fact in report.facts)]

    def calculation(self, page: str | int) -> Calculation:
        """How the numbers of a page add up: a tree with values, sums and differences, period by period.

        `page` as for `report`: `income`, `R4`, … Raises `UsageError` where there is none, or nothing is calculated.
        """
        from recto.trees import calculation

        report = self.report(page)
        return calculation(report.instance or self.instances[0], report)

    def presentation(self, page: str | int) -> Presentation:
        """The tree of concepts from which a page is made; `page` as for `report`."""
        from recto.trees import presentation

        report = self.report(page)
        return presentation(report.instance or self.instances[0], report)

    @once
    def dimensions(self) -> Dimensions:
        """The axes of the filing with members and defaults, and how many facts use each."""
        from recto.trees import dimensions

        return dimensions(self.instances)

    @once
    def concepts(self) -> Concepts:
        """The concepts that the filing uses: `concepts["Assets"]`, `concepts.search("lease liability")`."""
        from recto.trees import Concepts

        return Concepts(self.instances)

    def render(
        self,
        folder: str | os.PathLike[str],
        *,
        formats: Collection[str] | None = None,
        only: Sequence[str | int] = (),
    ) -> list[Report]:
        """Writes the pages into `folder`, made if need be, and returns the reports that were written.

        `formats`: of `html`, `xlsx`, `md`, `json`, `txt`, `csv`; default html, and xlsx where the SEC makes a workbook.
        With html come FilingSummary.xml, MetaLinks.json (inline filings), the style sheet and script, and index.html.
        `only`: just these pages, named as for `report`, without the files that describe the filing as a whole.

        Raises `UsageError` for an unknown page or format, `SourceError` where the folder cannot be written.
        """
        from recto.filing.pages import folder_index
        from recto.rendering.writers.folder import write_folder

        pages = [only] if isinstance(only, str) else only
        chosen = _in_order(self.reports, [self.report(page) for page in pages]) if pages else None
        write_folder(
            self.rendered,
            folder,
            formats=formats,
            only=chosen,
            files=self.source.files,
            progress=self.progress,
            index=lambda reports, downloads: folder_index(self, reports, downloads),
        )
        return self.reports if chosen is None else chosen

    def view(self, path: str | os.PathLike[str], *, validate: bool = False, largest: int | None = None) -> list[str]:
        """Writes the viewer as one file that opens from disk: pages, facts, their places in the documents, and why
        pages look as they do. Returns the names of what was written.

        `validate`: with what validation says, else only with what reading and rendering met. `largest`: bytes from
        which the parts stand in a folder beside the file (`report.files` for `report.html`); default 24 MiB.

        Raises `SourceError` where the file cannot be written.
        """
        from recto.viewer.bundle import write_view

        return write_view(self, path, validate=validate, largest=largest)

    def validate(
        self,
        rules: Iterable[str] | None = None,
        *,
        utr: str | None = None,
        instances: Mapping[str, Instance] | None = None,
    ) -> Iterator[Finding]:
        """Checks the filing against the specifications; yields what reading it met, then what the rules find.

        `rules` names sets of rules (`recto.rules.REGISTRY`); None means all. Raises `UsageError` for others.
        `utr` is the URL of a units registry to use instead of the published one. `instances`: further instances by the
        names that formulas of the DTS give them (Instances 1.0).
        """
        from recto.rules import validate

        self._reading.keep_trees = True
        return validate(self, rules, utr=utr, instances=instances)

    def assertions(
        self, instance: int = 0, *, only: Collection[str] = (), languages: Sequence[str] = ()
    ) -> list[AssertionResult]:
        """What came of each assertion and formula of the DTS in an instance (Formula 1.0), by the filing's parameters.

        `only`: ids of assertions, formulas and assertion sets. `languages`: of messages, best first; those asked for
        when the filing was opened, and English, where none are given. Raises `UsageError` where the filing has no such
        instance, or its DTS nothing of such an id.
        """
        return self.formula_outcomes(instance, only=only, languages=languages).assertions

    def formula_outcomes(
        self,
        instance: int = 0,
        *,
        only: Collection[str] = (),
        languages: Sequence[str] = (),
        instances: Mapping[str, Instance] | None = None,
    ) -> Outcomes:
        """The same with findings of the formulas themselves, and the facts that formulas give (`output`, `outputs`).

        `instances`: further instances by the names that the DTS gives them (Instances 1.0).
        """
        languages = languages or (*self.requested_languages, "en")
        return self._computed.formulas(self, instance, only, languages, instances)

    @property
    def tables(self) -> tuple[TableSet, ...]:
        """The tables that the DTS draws (Table linkbase 1.0), filled with the facts of the first instance."""
        return self.table_outcomes().sets

    def table_pages(self, table: str) -> list[Report]:
        """A table of the DTS by its id as pages, one for each slice and value of its parameters, empty ones too.

        Raises `UsageError` where the DTS has no such table, or it cannot be laid out.
        """
        from recto.filing.outcomes import pages_of_table

        return pages_of_table(self, table, self.languages, self._store)

    def table_outcomes(self, instance: int = 0) -> TableOutcomes:
        """The tables of an instance, and what is wrong with them. Raises `UsageError` for an unknown instance."""
        return self._computed.tables(self, instance)

    def to_arrow(self, *, pages: bool = False, axes: bool = False, fiscal: bool = False) -> Table:
        """The facts as a table (docs/tables.md); see `recto.Facts.to_arrow`.

        The result speaks `__arrow_c_stream__`, and has `to_pandas()`, `to_polars()` and `write(path)`.
        """
        return self.facts.to_arrow(pages=pages, axes=axes, fiscal=fiscal)

    def to_pandas(self, *, exact: bool = False, pages: bool = False, axes: bool = False, fiscal: bool = False) -> Any:
        """The facts as a pandas DataFrame to calculate with; see `recto.Facts.to_pandas`."""
        return self.facts.to_pandas(exact=exact, pages=pages, axes=axes, fiscal=fiscal)

    def to_polars(self, *, pages: bool = False, axes: bool = False, fiscal: bool = False) -> Any:
        """The facts as a polars DataFrame."""
        return self.facts.to_polars(pages=pages, axes=axes, fiscal=fiscal)

    def to_excel(self, path: str | os.PathLike[str]) -> None:
        """Writes a workbook: the statements as the pages lay them out, and a sheet of all facts."""
        from recto.desk import write_workbook

        chosen = [report for report in self.reports if any(report in pages for pages in self.statements.values())]
        write_workbook(chosen, self.to_arrow(pages=True, axes=True), path, title=self.name)

    def table(self, name: str) -> Table:
        """Another view as an Arrow table: `concepts`, `labels`, `relationships`, `reports` or `cells` (docs/tables.md).

        The first three are of the first instance. Raises `UsageError` for any other name.
        """
        from recto import tables

        makers: dict[str, Callable[[], pa.Table]] = {
            "facts": lambda: tables.facts_table(self.instances),
            "concepts": lambda: tables.concepts_table(self.instances[0], described=self.documentation),
            "labels": lambda: tables.labels_table(self.instances[0], described=self.documentation),
            "relationships": lambda: tables.relationships_table(self.instances[0]),
            "reports": lambda: tables.reports_table(self.reports),
            "cells": lambda: tables.cells_table(self.reports),
        }
        if name not in makers:
            raise UsageError(f"there is no table {name!r}: choose one of {', '.join(makers)}")
        if not self.instances:
            raise UsageError("the source holds no report", document=self.name)
        return tables.Table(makers[name]())

    def facts_reader(self, findings: Findings | None = None) -> pa.RecordBatchReader:
        """The facts as Arrow batches with the columns of `to_arrow()`; `findings` takes in what reading them meets.

        A large xBRL-XML instance, and any xBRL-CSV report, is read as it goes, so that memory does not grow with it.
        """
        if "instances" not in self.__dict__:
            from recto.streaming import batches

            found = batches(self.source, self._reading.taxonomy, Findings() if findings is None else findings)
            if found is not None:
                return found
        return self.to_arrow().to_arrow().to_reader()

    def streamed_records(self, findings: Findings) -> Streamed | None:
        """The facts as records (`recto.records`), read as it goes, where the report is too large for pages
        (`limits.PAGES_SIZE`); None for others. `findings` takes in what reading them meets.
        """
        if "instances" in self.__dict__:
            return None
        from recto.streaming import streamed

        return streamed(self.source, self._reading.taxonomy, findings)

    def coverage(self) -> Coverage:
        """How many of the reported facts stand on at least one page."""
        from recto.coverage import coverage

        return coverage(self.rendered)

    def __repr__(self) -> str:
        return f"<recto.Filing {self.name!r}>"

    def _repr_html_(self) -> str:
        """Notebooks show the list of pages."""
        from recto.reprs import listing

        rows = ((report.stem, report.category, report.title) for report in self.reports)
        return listing(f"{self.name}: {len(self.facts):,} facts", ("page", "category", "title"), rows)

    def __enter__(self) -> Filing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of what holds files or connections open. The filing's facts and pages stay usable."""
        close = getattr(self.source, "close", None)
        if close is not None:
            close()

    def dissolve(self) -> None:
        """Unties filing, reports and facts, which know each other: then what nobody holds is freed at once, without
        the garbage collector. For whoever reads many filings and keeps none; the filing is of no use afterwards."""
        made = self.__dict__
        rendered = made.pop("rendered", None)
        if rendered is not None:
            for report in rendered.reports:
                report.explainer = report.desk = None
        for instance in made.pop("instances", ()):
            instance.home.filing = instance.home.instance = None
        for name in ("facts", "explainer"):
            made.pop(name, None)


def _in_order(reports: Sequence[Report], chosen: Sequence[Report]) -> list[Report]:
    wanted = {id(report) for report in chosen}
    return [report for report in reports if id(report) in wanted]
