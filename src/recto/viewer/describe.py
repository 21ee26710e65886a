"""The description of one filing: each part made when it is first asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from recto import version
from recto.errors import NotFoundError, RectoError, UsageError
from recto.instance.model import Fact
from recto.passive import passive
from recto.rendering.model import Report
from recto.rendering.writers.folder import file_bytes
from recto.rendering.writers.naming import filing_names
from recto.viewer import facts, pages
from recto.viewer.harmless import harmless
from recto.viewer.model import (
    CONCEPTS_PER_PART,
    FACTS_PER_PART,
    VERSION,
    AbsencesPart,
    CalculationsPart,
    CellExplainPart,
    ConceptEntry,
    DecisionEntry,
    DocumentEntry,
    ExplainPart,
    FindingEntry,
    FindingsPart,
    Head,
    InstanceEntry,
    LabelsPart,
    PageEntry,
    Part,
    SumPart,
    TextPart,
)
from recto.viewer.numbering import Numbering
from recto.viewer.places import Places
from recto.viewer.words import References

if TYPE_CHECKING:
    from recto.explain import Decision
    from recto.filed import Filed
    from recto.rendering.model import RenderedFiling
    from recto.taxonomy.model import Concept, Taxonomy
    from recto.viewer.documents import Documents
    from recto.viewer.search import Index

KINDS = (
    "pages",
    "facts",
    "concepts",
    "contexts",
    "texts",
    "calculations",
    "findings",
    "explain",
    "documents",
    "charts",
)
"""Kinds of parts, as `Head.parts` lists them."""
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_MOST_CELLS = 1500
"""Cells of a page up to which its explanation holds those of the cells."""


class Description:
    """The parts of a filing's description. It may be asked by several threads."""

    def __init__(
        self,
        filing: Filed,
        *,
        kinds: tuple[str, ...] = KINDS,
        validate: bool = True,
        raw: bool = False,
        reports: Sequence[Report] | None = None,
        whole: int = 0,
    ) -> None:
        """`kinds`: the parts that will be given out, which the head lists. `validate`: findings are those of
        validation, not only of reading and rendering. `raw`: text blocks are left as the filer wrote them.
        `reports`: the pages to describe, if not all. `whole`: bytes up to which a document is one part, as filed."""
        self.filing = filing
        self.kinds = kinds
        self._raw = raw
        self._whole = whole
        self._validate = validate
        self._lock = threading.RLock()
        if "explain" in kinds:
            _ = filing.explainer  # before there are pages: they are laid out once
        self.rendered: RenderedFiling = filing.rendered
        self.reports: Sequence[Report] = self.rendered.reports if reports is None else reports
        self.numbering = Numbering(
            [each.instance for each in self.rendered.instances], [each.described for each in self.rendered.instances]
        )
        self._pages: dict[str, Part] = {}
        self._numbered = False
        self._findings: FindingsPart | None = None

    # The parts

    def part(self, name: str) -> Part:
        """The part of that name (`recto.viewer.model.PARTS`). Raises `NotFoundError` where there is none."""
        kind, _, rest = name.partition("/")
        try:
            with self._lock:
                return self._part(kind, rest.split("/") if rest else [])
        except (KeyError, IndexError, ValueError):
            raise NotFoundError(f"the description has no part {name!r}", document=self.filing.name) from None

    def _part(self, kind: str, rest: list[str]) -> Part:
        if kind == "filing" and not rest:
            return self.head()
        if kind == "contexts" and not rest:
            return facts.contexts(self.numbering)
        if kind == "calculations" and not rest:
            return self.calculations()
        if kind == "findings" and not rest:
            return self.findings_part()
        if kind == "pages" and len(rest) == 1:
            return self.page(rest[0])
        if kind == "pages" and len(rest) == 2:
            report = self._report(rest[0])
            number = _below(rest[1], pages.more(report) + 1)
            return pages.rows(report, self.numbering, number) if number else self.page(rest[0])
        if kind == "facts" and len(rest) == 1:
            number = _below(rest[0], self._count(len(self.numbering.facts), FACTS_PER_PART))
            return facts.facts(number, self.numbering, self.places)
        if kind == "concepts" and len(rest) == 1:
            self._number_pages()
            number = _below(rest[0], self._count(len(self.numbering.concepts), CONCEPTS_PER_PART))
            return facts.concepts(number, self.numbering)
        if kind == "texts" and len(rest) == 1:
            return self.text(_below(rest[0], len(self.numbering.facts)))
        if kind == "documents" and len(rest) == 2:
            number = _below(rest[0], len(self.documents.names))
            if rest[1] == "outline":
                return self.documents.outline(number)
            if rest[1] == "source":
                return self.documents.whole(number, self._file)
            return self.documents.piece(number, _below(rest[1], len(self.documents.outline(number).sizes)))
        if kind == "explain" and rest == ["facts"]:
            return self.absences()
        if kind == "explain" and len(rest) == 1:
            return self.explain(self._report(rest[0]))
        if kind == "explain" and len(rest) == 3:
            return self.explain_cell(self._report(rest[0]), int(rest[1]), int(rest[2]))
        if kind == "labels" and len(rest) == 2:
            return self.labels(rest[0], rest[1])
        raise KeyError(kind)

    def encode(self, name: str) -> bytes:
        """The part as JSON."""
        return msgspec.json.encode(self.part(name))

    def names(self) -> Iterator[str]:
        """Names of all parts of the kinds that are given out, but those of single cells and of other languages."""
        yield "filing"
        kinds = self.kinds
        for report in self.reports if "pages" in kinds else ():
            yield f"pages/{report.stem}"
            for number in range(pages.more(report)):
                yield f"pages/{report.stem}/{number + 1}"
        for number in range(self._count(len(self.numbering.facts), FACTS_PER_PART)) if "facts" in kinds else ():
            yield f"facts/{number}"
        if "concepts" in kinds:
            self._number_pages()
            for number in range(self._count(len(self.numbering.concepts), CONCEPTS_PER_PART)):
                yield f"concepts/{number}"
        for kind in ("contexts", "calculations", "findings"):
            if kind in kinds:
                yield kind
        for number in self._texts_apart() if "texts" in kinds else ():
            yield f"texts/{number}"
        if "explain" in kinds:
            yield "explain/facts"
            for report in self.reports:
                yield f"explain/{report.stem}"
        for number in range(len(self.documents.names)) if "documents" in kinds else ():
            if self.documents.size(number) <= self._whole:
                yield f"documents/{number}/source"
                continue
            yield f"documents/{number}/outline"
            for piece in range(len(self.documents.outline(number).sizes)):
                yield f"documents/{number}/{piece}"

    @staticmethod
    def _count(things: int, size: int) -> int:
        return -(-things // size)

    # The head

    def head(self) -> Head:
        shapes: dict[str, Any] = {}
        if self._has("charts"):
            from recto.charts.shapes import shapes as all_shapes
            from recto.viewer.vega import is_here

            shapes = dict(all_shapes()) if is_here() else {}
        title, subtitle = filing_names(self.rendered)
        self._number_pages()
        known = {report.role for report in self.reports}
        numbering = self.numbering
        firsts = numbering.firsts
        return Head(
            version=VERSION,
            generator=f"recto {version.VERSION}",
            name=self.filing.name,
            title=title,
            subtitle=subtitle,
            instances=tuple(
                InstanceEntry(each.name, each.kind, first, len(each.facts), each.target)
                for each, first in zip(numbering.instances, firsts, strict=True)
            ),
            pages=tuple(
                PageEntry(
                    report.stem,
                    report.short_name or report.stem,
                    report.category,
                    report.parent_role in known,
                    len(report.rows),
                    len(report.columns),
                )
                for report in self.reports
            ),
            documents=tuple(DocumentEntry(*each) for each in self.documents.names) if self._has("documents") else (),
            facts=len(numbering.facts),
            concepts=len(numbering.concepts),
            languages=self.languages if not self._raw else (),
            images=tuple(self.images),
            parts=tuple(each for each in self.kinds if each != "charts" or shapes),
            charts=shapes,
        )

    def _has(self, kind: str) -> bool:
        return kind in self.kinds

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Languages of the labels of the concepts that are shown, the most frequent first."""
        self._number_pages()
        counts: dict[str, int] = {}
        numbering = self.numbering
        for concept, taxonomy in zip(numbering.concepts, numbering.taxonomy_of, strict=True):
            labels = taxonomy.labels(concept) if not isinstance(concept, str) else ()
            for language in {each.language for each in labels if each.language}:
                counts[language] = counts.get(language, 0) + 1
        return tuple(sorted(counts, key=lambda each: (-counts[each], each)))

    def concept_entry(self, concept: Concept, taxonomy: Taxonomy) -> ConceptEntry:
        """What part `concepts/N` says of one concept."""
        described = self.numbering.described(self.numbering.concept(concept, taxonomy))
        return facts.concept_entry(concept, taxonomy, described, facts.Anchoring(self.numbering), References())

    @cached_property
    def images(self) -> list[str]:
        """Names of the pictures that the filing brings: only these are ever asked for."""
        names = {path.rpartition("/")[2] for path in self.filing.source.files}
        return sorted(name for name in names if name.casefold().endswith(_PICTURES))

    @cached_property
    def index(self) -> Index:
        """What searches go through."""
        from recto.viewer.search import Index

        return Index(self.reports, self.numbering, self.languages, lambda: self.places)

    # Pages

    @cached_property
    def by_stem(self) -> dict[str, Report]:
        return {report.stem: report for report in self.reports}

    def _report(self, stem: str) -> Report:
        return self.by_stem[stem]

    def page(self, stem: str) -> Part:
        known = self._pages.get(stem)
        if known is None:
            known = self._pages[stem] = pages.page(self._report(stem), self.numbering, lambda: self.languages)
        return known

    def _number_pages(self) -> None:
        """Rows may name concepts without facts, which have to have numbers before concepts are handed out."""
        if not self._numbered:
            self._numbered = True
            for report in self.reports:
                pages.number_concepts(report, self.numbering)

    @cached_property
    def places(self) -> dict[int, tuple[facts.Place, ...]]:
        return facts.places(self.reports, self.numbering)

    # Texts and documents

    @cached_property
    def texts(self) -> list[int]:
        """Numbers of the facts whose text is a part of its own."""
        return [
            number
            for number, fact in enumerate(self.numbering.facts)
            if len(fact.value) > facts.LONGEST and fact.valid and not fact.nil
        ]

    def _texts_apart(self) -> list[int]:
        """Those that stand in no document that is described too, from whose pieces they could be taken."""
        if not self._has("documents"):
            return self.texts
        placed = self.documents.placed()
        return [number for number in self.texts if number not in placed]

    def text(self, number: int) -> TextPart:
        fact: Fact = self.numbering.facts[number]
        if facts.is_block(fact.concept) or "</" in fact.value:
            return TextPart(raw=passive(fact.value)) if self._raw else TextPart(html=harmless(fact.value))
        return TextPart(text=fact.value)

    def _file(self, name: str) -> bytes | None:
        return file_bytes(self.filing.source.files, name)

    @cached_property
    def documents(self) -> Documents:
        from recto.viewer.documents import Documents

        return Documents(self.numbering)

    # What is said of the facts

    def calculations(self) -> CalculationsPart:
        from recto.calculations import totals

        networks: dict[str, int] = {}
        sums: list[SumPart] = []
        number = self.numbering.number
        for instance in self.numbering.instances:
            for each in totals(instance):
                definition = instance.taxonomy.role_definition(each.role)
                sums.append(
                    SumPart(
                        network=networks.setdefault(definition, len(networks)),
                        total=-1 if each.fact is None else number[each.fact],
                        items=tuple(
                            (
                                -1 if item.fact is None else number[item.fact],
                                self.numbering.concept(item.concept, instance.taxonomy),
                                format(item.weight, "f"),
                            )
                            for item in each.items
                        ),
                        sum=format(each.sum, "f"),
                        consistent=each.consistent,
                        consistent11=each.consistent_1_1,
                        interval=str(each.interval),
                    )
                )
        return CalculationsPart(tuple(networks), tuple(sums))

    def findings_part(self) -> FindingsPart:
        """Part `findings`, made once."""
        with self._lock:
            if self._findings is None:
                self._findings = self.findings()
            return self._findings

    def findings(self) -> FindingsPart:
        ids: dict[str, int] = {}
        for number, fact in enumerate(self.numbering.facts):
            ids.setdefault(fact.id, number)
        found = self.filing.validate() if self._validate else iter(self.rendered.findings)
        entries: list[FindingEntry] = []
        places = Places(self.filing.source.files, self.reports)
        try:
            for each in found:
                page, row = places.page(each)
                first, lines = places.lines(each)
                entries.append(
                    FindingEntry(
                        each.severity,
                        each.code,
                        each.message,
                        (each.document or "").rpartition("/")[2],
                        each.line or 0,
                        tuple(ids[fact] for fact in each.facts if fact in ids)[:50],
                        each.specification or "",
                        page,
                        row,
                        first,
                        lines,
                    )
                )
        except RectoError as error:
            entries.append(FindingEntry("error", error.code, error.message))
        return FindingsPart(tuple(entries))

    def explain(self, report: Report) -> ExplainPart:
        explainer = self.filing.explainer
        return ExplainPart(
            _decisions(explainer.page(report)),
            tuple([_decisions(explainer.row(report, row)) for row in report.rows]),
            tuple([_decisions(explainer.column(report, column)) for column in report.columns]),
            self._cells(report) if len(report.rows) * len(report.columns) <= _MOST_CELLS else None,
        )

    def _cells(self, report: Report) -> dict[str, tuple[DecisionEntry, ...]]:
        explainer = self.filing.explainer
        return {
            f"{index}/{position}": _decisions(explainer.cell(report, row, column))
            for index, row in enumerate(report.rows)
            for position, (column, cell) in enumerate(zip(report.columns, row.cells, strict=True))
            if cell.facts
        }

    def explain_cell(self, report: Report, row: int, column: int) -> CellExplainPart:
        if row < 0 or column < 0:
            raise IndexError
        found = self.filing.explainer.cell(report, report.rows[row], report.columns[column])
        return CellExplainPart(_decisions(found))

    def absences(self) -> AbsencesPart:
        left_out = self.filing.explainer.left_out()
        return AbsencesPart({self.numbering.number[fact]: _decision(each) for fact, each in left_out})

    def labels(self, language: str, stem: str) -> LabelsPart:
        """The words of a page in another language, where its concepts have labels in it."""
        if language not in self.languages:
            raise KeyError(language)
        own, other = self._report(stem), self._translated(language)[stem]
        rows = {row.id: row.label for row in other.rows}
        columns = {column.id: column.labels for column in other.columns}
        return LabelsPart(
            other.title,
            tuple(None if rows.get(row.id) in (None, row.label) else rows[row.id] for row in own.rows),
            tuple(None if columns.get(each.id) in (None, each.labels) else columns[each.id] for each in own.columns),
        )

    def _translated(self, language: str) -> dict[str, Report]:
        from recto.rendering import render_reports

        if not hasattr(self, "_translations"):
            self._translations: dict[str, dict[str, Report]] = {}
        known = self._translations.get(language)
        if known is None:
            filing = render_reports(self.numbering.instances, languages=(language,))
            known = self._translations[language] = {report.stem: report for report in filing.reports}
        return known


def _below(text: str, limit: int) -> int:
    number = int(text) if text.isdecimal() and len(text) < 10 else limit
    if number >= limit:
        raise KeyError(text)
    return number


def _decisions(found: list[Decision]) -> tuple[DecisionEntry, ...]:
    return tuple([_decision(each) for each in found])


def _decision(each: Decision) -> DecisionEntry:
    return DecisionEntry(each.rule, each.text, each.clause)


def part_name(value: Any) -> str:
    """A page, as a user names it, made the name of its part. Raises `UsageError` for what can be none."""
    text = str(value)
    if not text.replace("/", "").isalnum():
        raise UsageError(f"{text!r} names no part")
    return text
