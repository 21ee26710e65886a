"""Running the variations of a suite, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from recto import settings as environment
from recto.errors import NotFoundError, RectoError, UsageError
from recto.findings import Finding, Findings
from recto.sources.classify import Entry, classify
from recto.sources.contents import FileReader
from recto.sources.opening import open_local, taxonomy_places
from recto.sources.places import Disk, Place
from recto.sources.resolver import Resolver
from recto.sources.source import Around, FilingSource, LazyWeb
from recto.suites.cases import read_suite
from recto.suites.extensions import undiscovered
from recto.suites.formulas import has_formulas, key_by_types, outcomes_of, produced, supply_functions, unlike
from recto.suites.functions import called
from recto.suites.judging import Outcome, Status, failed, has_no_place, judge, missing_url
from recto.suites.model import Call, Input, Variation
from recto.suites.packages import holds_reports, is_package, is_taxonomy, packages_nearby, read_csv_index
from recto.xml import file_path, file_url

if TYPE_CHECKING:
    from recto.filing import Filing
    from recto.formula.subject import Subject as FormulaSubject
    from recto.instance.model import Instance

_CHUNK = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """What a suite's run was asked for."""

    index: str
    taxonomies: tuple[str, ...] = ()
    cache_dir: str | None = None
    offline: bool | None = None
    use_cache: bool = True
    """Whether fetched documents and compiled taxonomies are kept and used."""
    rules: tuple[str, ...] | None = None
    utr: str | None = None
    keep_findings: bool = False
    filters: tuple[str, ...] = field(default=())
    compiled: bool = True
    """Whether taxonomies are read in compiled form."""
    share: tuple[int, int] | None = None
    """(k, n): only the k-th of n parts of the suite, k from 0; a test case is in one part as a whole."""


def run_suite(
    settings: Settings, *, jobs: int | None = None, progress: Callable[[int, int, str], None] | None = None
) -> Iterator[Outcome]:
    """The outcomes of all variations, in the suite's order. `jobs` defaults to the number of cores.

    Raises `UsageError` for rules that are none, and for filters that no variation fits.
    """
    from recto.rules import REGISTRY

    unknown = [name for name in settings.rules or () if name not in REGISTRY]
    if unknown:
        raise UsageError(f"no rules are called {unknown[0]!r}; there are {', '.join(REGISTRY)}")
    runner = _Runner(settings)
    if runner.index.lower().endswith(".csv"):
        variations = read_csv_index(runner.index, runner.resolver.read(runner.index))
    else:
        variations = read_suite(runner.index, runner.resolver.read)
    if settings.share is not None:
        variations = _share(variations, *settings.share)
    if settings.filters:
        variations = [each for each in variations if any(word in each.label for word in settings.filters)]
        if not variations:
            raise UsageError(f"no variation's test case or id has {' or '.join(map(repr, settings.filters))}")
    jobs = min(jobs or os.cpu_count() or 1, max(1, len(variations) // _CHUNK))
    chunks = [variations[at : at + _CHUNK] for at in range(0, len(variations), _CHUNK)]
    done = 0
    for outcomes in _chunks(runner, settings, chunks, jobs):
        for outcome in outcomes:
            done += 1
            if progress is not None:
                progress(done, len(variations), outcome.variation.case)
            yield outcome


def _share(variations: Sequence[Variation], part: int, parts: int) -> list[Variation]:
    cases = {case: number for number, case in enumerate(dict.fromkeys(each.base for each in variations))}
    return [each for each in variations if cases[each.base] % parts == part]


def _chunks(
    runner: _Runner, settings: Settings, chunks: Sequence[list[Variation]], jobs: int
) -> Iterator[list[Outcome]]:
    if jobs <= 1:
        for chunk in chunks:
            yield [runner.run(each) for each in chunk]
        return
    context = get_context("fork") if hasattr(os, "fork") else get_context()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(settings,)) as pool:
        yield from pool.map(_work, chunks)


_worker: _Runner | None = None


def _start(settings: Settings) -> None:
    global _worker
    _worker = _Runner(settings)


def _work(chunk: list[Variation]) -> list[Outcome]:
    assert _worker is not None
    return [_worker.run(each) for each in chunk]


class _Runner:
    """Runs variations one by one; what they share (places of documents, compiled schemas) is kept."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self._supplied = False
        self.index = settings.index if "://" in settings.index else file_url(settings.index)
        taxonomies = environment.taxonomies(settings.taxonomies)
        self.web = LazyWeb(
            settings.cache_dir,
            offline=environment.offline(settings.offline),
            use_cache=settings.use_cache,
            identity=None,
            trusted_hosts=frozenset(),
        )
        self._subjects: dict[str, FormulaSubject] = {}
        self.base = self.index.rpartition("/")[0] + "/"
        self.places = taxonomy_places((*taxonomies, *packages_nearby(file_path(self.index))), Findings())
        self.utr = settings.utr or self._registry_nearby()
        if self.utr is not None and "://" not in self.utr:
            self.utr = file_url(self.utr)
        self.resolver = self._resolver(self.places)
        self.store = None
        if settings.compiled and settings.use_cache:
            from recto.suites.shared import SharedStore

            self.store = SharedStore(environment.cache_dir(settings.cache_dir))

    def _resolver(self, places: Sequence[Place]) -> Resolver:
        return Resolver([Disk(local=self.base), *places], web=self.web, base_url=self.base)

    def _registry_nearby(self) -> str | None:
        """A units registry that lies by the suite: it brings its own, which its expectations go by."""
        path = file_path(self.index)
        for folder in list(path.absolute().parents)[:4] if path is not None else ():
            for found in sorted(folder.glob("utr*.xml")):
                if b"http://www.xbrl.org/2009/utr" in found.read_bytes()[:4096]:
                    return str(found)
        return None

    def run(self, variation: Variation) -> Outcome:
        if variation.transformation is not None:
            return self._transformation(variation)
        if variation.unreadable is not None:
            return failed(variation, f"the test case cannot be read: {variation.unreadable}")
        if variation.call is not None:
            return self._called(variation, variation.call)
        if not any(item.first for item in variation.inputs):
            if variation.expected.unchecked:
                return judge(variation, ())
            return failed(variation, f"nothing is to be read: {variation.description}".rstrip(": "))
        filings: list[Filing] = []
        try:
            outcome = self._judged(variation, filings)
        except Exception as error:
            outcome = failed(variation, f"recto failed: {type(error).__name__}: {error}")
        for each in filings:
            each.close()
        return outcome if self.settings.keep_findings else replace(outcome, findings=())

    def _supply(self, variation: Variation) -> None:
        """Functions that a suite leaves to the processor, once there are linkbases that may call them."""
        if not self._supplied and any(each.element == "linkbase" for each in variation.inputs):
            self._supplied = True
            supply_functions()

    def _judged(self, variation: Variation, filings: list[Filing]) -> Outcome:
        self._supply(variation)
        found: list[Finding] = []
        reports: int | None = None
        further: dict[str, Instance] = {}
        try:
            further = self._further(variation)
            reports = self._validate(variation, found, filings, further)
        except RectoError as error:
            found.append(Finding(error.code, "error", error.message, error.document, error.line))
        instances = [each for filing in filings for each in filing.__dict__.get("instances", ())]
        if variation.expected.codes and any(map(has_formulas, filings)):
            found += self._of_output(filings, further)
        unchecked = self._unchecked(variation, filings) if variation.regime is None else []
        outcome = judge(variation, found, unchecked)
        if outcome.status == "failed" and (missing := self._missing(found)):
            return replace(outcome, status="not checked", reason=f"{missing} is not at hand ({outcome.reason})")
        expected = variation.expected
        if (
            outcome.passed
            and expected.valid
            and None not in (reports, expected.reports)
            and reports != expected.reports
        ):
            reason = f"expected {expected.reports} reports, found {reports}"
            outcome = replace(outcome, status="failed", reason=reason)
        if outcome.passed and (expected.counts or expected.messages):
            unlike_it = unlike(expected, outcomes_of(filings, further))
            outcome = outcome if unlike_it is None else replace(outcome, status="failed", reason=unlike_it)
        if outcome.passed and expected.tables:
            unlike_it = self._tables(variation, filings)
            outcome = outcome if unlike_it is None else replace(outcome, status="failed", reason=unlike_it)
        if outcome.passed and expected.instances:
            key_of = None
            if any(map(has_formulas, filings)):
                outcomes = outcomes_of(filings, further)
                instances, key_of = produced(outcomes), key_by_types(outcomes)
            outcome = self._compare(variation, instances, outcome, key_of)
        return outcome

    def _further(self, variation: Variation) -> dict[str, Instance]:
        """The instances that formulas name besides the one that they are about (Instances 1.0)."""
        return {
            item.name: subject.instance
            for item in variation.inputs
            if item.first and item.name and (subject := self._subject(item.url)) is not None
        }

    def _of_output(self, filings: Sequence[Filing], further: Mapping[str, Instance]) -> list[Finding]:
        """What is wrong with the facts that formulas gave."""
        from recto.rules import validate

        try:
            made = produced(outcomes_of(filings, further))
        except RectoError:
            return []
        return [finding for each in made for finding in validate(each, ("dimensions",))]

    def _tables(self, variation: Variation, filings: Sequence[Filing]) -> str | None:
        from recto.suites.tables import unlike as unlike_tables

        made = [
            each for filing in filings for at in range(len(filing.instances)) for each in filing.table_outcomes(at).sets
        ]
        return unlike_tables(variation.expected.tables, made, self.resolver.read)

    def _called(self, variation: Variation, call: Call) -> Outcome:
        try:
            return called(variation, call, self._subject)
        except Exception as error:
            return failed(variation, f"recto failed: {type(error).__name__}: {error}")

    def _subject(self, url: str, kind: str = "instance") -> FormulaSubject | None:
        """The report at a URL as expressions see it; several calls in turn are about the same one."""
        from recto.filing import Filing
        from recto.formula.subject import Subject

        known = self._subjects.get(url)
        if known is None:
            entries = self._entries([Input(kind, "", url, True)])
            filing = Filing(FilingSource(url, self.base, self.resolver, entries, {}), store=self.store)
            self._subjects = {url: Subject(filing.instances[0])} if filing.instances else {}
            known = self._subjects.get(url)
        return known

    def _missing(self, found: Sequence[Finding]) -> str | None:
        """A document outside the suite that the variation needs and no place has: a taxonomy that was not given."""
        for each in found:
            url = missing_url(each)
            if each.code == "recto:missingDocument" and not url.startswith(("file:", self.base)):
                if not has_no_place(url, found):
                    return url
        return None

    def _unchecked(self, variation: Variation, filings: Sequence[Filing]) -> list[str]:
        """What the documents hold, or the suite wants, that no rule looks at."""
        given = [each.url for each in variation.inputs if each.kind == "dts" and file_path(each.url)]
        own: list[str] = []
        for filing in filings:
            for instance in filing.__dict__.get("instances", ()):
                own += [url for url, about in instance.taxonomy.documents.items() if about.local]
        return undiscovered(set(given) - set(own), self.resolver.read)

    def _validate(
        self, variation: Variation, found: list[Finding], filings: list[Filing], further: Mapping[str, Instance]
    ) -> int | None:
        """Adds what is found, and the filings that were opened; the number of reports where packages were."""
        from recto.filing import Filing

        rules = self.settings.rules or rules_for(variation)
        reports = None
        for source, package in self._sources(variation, found):
            filing = Filing(
                source,
                store=self.store,
                regime=variation.regime or "plain",
                parameters=cast("Any", variation.parameters),
            )
            filings.append(filing)
            if package:
                count = sum(entry.kind != "schema" for entry in source.entries)
                reports = count + (reports or 0)
                if (not source.entries and variation.regime is None) or variation.container:
                    # It may be meant to have no report: the specification's codes tell whether it may.
                    found.extend(each for each in source.findings if each.code != "recto:noReport")
                    continue
            # What assertions come to is counted in suites, not taken for an error of the report.
            told = filing.validate(rules, utr=self.utr, instances=further)
            found.extend(each for each in told if not each.code.startswith("formula:"))
        return reports

    def _sources(self, variation: Variation, found: list[Finding]) -> Iterator[tuple[FilingSource, bool]]:
        """The filings that a variation is about, and whether each is a package."""
        packages = [item for item in variation.inputs if is_package(item)]
        alone = not any(item.first for item in variation.inputs if item not in packages)
        for item in packages:
            path = self._path(item)
            if is_taxonomy(item) and not (alone and (variation.regime is not None or holds_reports(path))):
                self._check_package(path, found)
            else:
                yield open_local(path, Around([*self.places], self.web, Findings())), True
        taxonomies = [
            found_path for item in variation.inputs if is_taxonomy(item) and (found_path := file_path(item.url))
        ]
        places = [*taxonomy_places(taxonomies, Findings()), *self.places] if taxonomies else self.places
        resolver = self._resolver(places) if taxonomies else self.resolver
        documents = [item for item in variation.inputs if item.first and not item.name and item not in packages]
        entries = self._entries(documents)
        base = entries[0].urls[0].rpartition("/")[0] + "/" if entries else self.base
        files = {}
        for item in variation.inputs:
            file = file_path(item.url)
            if item not in packages and file is not None and file.is_file():
                within = item.url.startswith(base) and "%" not in item.url
                files[item.url[len(base) :] if within else file.name] = FileReader(file)
        if entries:
            yield FilingSource(variation.id, base, resolver, entries, files), False

    def _path(self, item: Input) -> Path:
        path = file_path(item.url)
        if path is None or not path.exists():
            raise NotFoundError("the suite lacks this file", document=item.url)
        return path

    def _check_package(self, path: Path, found: list[Finding]) -> None:
        """What is found in a taxonomy package, but for the taxonomies in it."""
        from recto.sources.packages import open_package, read_metadata

        findings = Findings()
        read_metadata(open_package(path, findings), findings)
        found.extend(findings)

    def _entries(self, inputs: Sequence[Input]) -> list[Entry]:
        """Inline documents are one document set; every other report is one of its own."""
        inline: list[str] = []
        entries: list[Entry] = []
        others = []
        for item in inputs:
            local = self._path(item) if file_path(item.url) is not None else None
            if item.kind == "dts":
                others.append(item.url)
            elif item.url.lower().endswith(".json"):
                entries.append(Entry("json", (item.url,)))
            elif item.url.lower().endswith((".htm", ".html", ".xhtml")) or item.element in ("ixds", "inline"):
                inline.append(item.url)
            else:
                sniffed = classify(local.name, item.url, FileReader(local)) if local is not None else None
                if sniffed is not None and sniffed.kind == "inline":
                    inline.append(item.url)
                else:
                    entries.append(Entry("xbrl", (item.url,)))
        if inline:
            entries.insert(0, Entry("inline", tuple(inline)))
        if others:
            entries.append(Entry("schema", tuple(others)))
        return entries

    def _transformation(self, variation: Variation) -> Outcome:
        from recto.instance.inline.transforms import TransformError, known, transform

        assert variation.transformation is not None
        namespace, name, text = variation.transformation
        expected = variation.expected
        if not known(namespace, name):
            return failed(variation, f"no transformation {name} in {namespace}")
        try:
            value: str | None = transform(namespace, name, text)
        except TransformError as error:
            status: Status = "failed" if expected.valid else "passed"
            return Outcome(variation, status, str(error) if expected.valid else "", ("ixte",))
        if not expected.valid:
            return failed(variation, f"gave {value!r}, but the input is invalid")
        passed = expected.value is None or value == expected.value
        return Outcome(variation, "passed") if passed else failed(variation, f"gave {value!r}, not {expected.value!r}")

    def _compare(self, variation: Variation, instances: list[Any], outcome: Outcome, key_of: Any = None) -> Outcome:
        from recto.suites.compare import UnreadableError, differences

        expected = variation.expected
        wanted = tuple(zip(expected.instances, expected.targets, strict=True))
        try:
            reason = differences(wanted, instances, self.resolver, key_of)
        except UnreadableError as error:
            if set(expected.instances) <= set(expected.files):
                return outcome
            return replace(outcome, status="not checked", reason=str(error))
        return outcome if reason is None else replace(outcome, status="failed", reason=reason)


def _with(more: tuple[str, ...]) -> tuple[str, ...]:
    """The sets of rules that are checked where none are named, and more."""
    from recto.rules import DEFAULT_RULES

    # Named, the rules of Calculations 1.1 would look at the relationships of XBRL 2.1 too.
    return (*(name for name in DEFAULT_RULES if name != "calc11"), *more)


def rules_for(variation: Variation) -> tuple[str, ...] | None:
    """The rules to check; None for all. A suite for Calculations 1.1 says how numbers were rounded."""
    mode = variation.expected.calculation
    if variation.regime == "sec":
        # The manual has a rule of its own for duplicates, and none that demands sums (6.5.12, 6.14).
        from recto.rules import default_rules

        return tuple(name for name in default_rules("sec") if name not in ("duplicates", "calc11"))
    if variation.regime is not None:
        return None
    if mode is None:
        return _with(variation.rules) if variation.rules else None
    return ("xbrl", "dimensions", "calc11-truncation" if mode.startswith("trunc") else "calc11")
