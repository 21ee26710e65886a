"""Running the variations of a suite, on all cores."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

from recto import settings as environment
from recto.errors import NotFoundError, RectoError
from recto.findings import Finding, Findings
from recto.sources.classify import Entry
from recto.sources.opening import taxonomy_places
from recto.sources.places import Disk, Place
from recto.sources.resolver import Resolver
from recto.sources.web import Web
from recto.suites.cases import Expected, Variation, read_suite
from recto.suites.packages import is_package, is_taxonomy, open_input, packages_nearby, read_csv_index
from recto.xml import file_path, file_url

_CHUNK = 8
INCONSISTENCIES = frozenset(
    (
        "xbrl.5.2.5.2:calcInconsistency",
        "calc11e:inconsistentCalculationUsingRounding",
        "calc11e:inconsistentCalculationUsingTruncation",
        "calc11e:excessDigits",
        "calc11e:disallowedDuplicateFactsUsingTruncation",
    )
)
"""Warnings that suites count as invalid: an instance that is inconsistent with its calculations."""
CALCULATIONS_1_1 = (INCONSISTENCIES - {"xbrl.5.2.5.2:calcInconsistency"}) | {"oime:disallowedDuplicateFacts"}
"""The same in suites for Calculations 1.1, which XBRL 2.1's own check has no part in."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a variation came to. `found` are codes of errors (and inconsistencies); `reason` says why it failed."""

    variation: Variation
    passed: bool
    reason: str = ""
    found: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a suite's run was asked for."""

    index: str
    taxonomies: tuple[str, ...] = ()
    cache_dir: str | None = None
    offline: bool | None = None
    use_cache: bool = True
    rules: tuple[str, ...] | None = None
    utr: str | None = None
    keep_findings: bool = False
    filters: tuple[str, ...] = field(default=())


def run_suite(
    settings: Settings, *, jobs: int | None = None, progress: Callable[[int, int, str], None] | None = None
) -> Iterator[Outcome]:
    """The outcomes of all variations, in the suite's order. `jobs` defaults to the number of cores."""
    runner = _Runner(settings)
    if runner.index.lower().endswith(".csv"):
        variations = read_csv_index(runner.index, runner.resolver.read(runner.index))
    else:
        variations = read_suite(runner.index, runner.resolver.read)
    if settings.filters:
        variations = [each for each in variations if any(word in each.label for word in settings.filters)]
    jobs = min(jobs or os.cpu_count() or 1, max(1, len(variations) // _CHUNK))
    chunks = [variations[at : at + _CHUNK] for at in range(0, len(variations), _CHUNK)]
    done = 0
    for outcomes in _chunks(runner, settings, chunks, jobs):
        for outcome in outcomes:
            done += 1
            if progress is not None:
                progress(done, len(variations), outcome.variation.case)
            yield outcome


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
        self.index = settings.index if "://" in settings.index else file_url(settings.index)
        taxonomies = environment.taxonomies(settings.taxonomies)
        offline = environment.offline(settings.offline)
        self.web = Web(settings.cache_dir, offline=offline, use_cache=settings.use_cache)
        base = self.index.rpartition("/")[0] + "/"
        self.places = taxonomy_places((*taxonomies, *packages_nearby(file_path(self.index))), Findings())
        self.utr = settings.utr or self._registry_nearby()
        if self.utr is not None and "://" not in self.utr:
            self.utr = file_url(self.utr)
        self.base = base
        self.resolver = self._resolver(self.places)

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
        if not variation.inputs:
            reason = "nothing is to be read"
            return Outcome(variation, False, f"{reason}: {variation.description}" if variation.description else reason)
        reports: int | None = None
        try:
            found, instances, reports = self._validate(variation)
        except RectoError as error:
            found = [Finding(error.code, "error", error.message, error.document, error.line)]
            instances = []
        except Exception as error:
            return Outcome(variation, False, f"recto failed: {type(error).__name__}: {error}")
        outcome = judge(variation, found)
        if outcome.passed and variation.expected.valid and reports not in (None, variation.expected.reports):
            if variation.expected.reports is not None:
                reason = f"expected {variation.expected.reports} reports, found {reports}"
                outcome = Outcome(variation, False, reason, outcome.found, outcome.findings)
        if outcome.passed and variation.expected.instances:
            outcome = self._compare(variation, instances, outcome)
        if self.settings.keep_findings:
            return outcome
        return Outcome(outcome.variation, outcome.passed, outcome.reason, outcome.found)

    def _validate(self, variation: Variation) -> tuple[list[Finding], list[Any], int | None]:
        """Findings, instances, and for report packages the number of reports."""
        from recto import instance
        from recto.rules import validate

        found: list[Finding] = []
        instances: list[Any] = []
        rules = self.settings.rules or rules_for(variation)
        reports = None
        for item in variation.inputs:
            if is_package(item):
                more, loaded, count = open_input(item, self.settings, rules)
                found.extend(more)
                instances.extend(loaded)
                reports = count if reports is None or count is None else reports + count
        packages = [path for item in variation.inputs if is_taxonomy(item) and (path := file_path(item.url))]
        resolver = self._resolver([*taxonomy_places(packages, Findings()), *self.places]) if packages else self.resolver
        for entry in self._entries(variation):
            for each in instance.load(entry, resolver):
                instances.append(each)
                found.extend(validate(each, rules, utr=self.utr))
        return found, instances, reports

    def _entries(self, variation: Variation) -> list[Entry]:
        inputs = [item for item in variation.inputs if item.first and not is_package(item)]
        reports = [item.url for item in inputs if item.kind == "instance"]
        others = [item.url for item in inputs if item.kind == "dts"]
        for url in (*reports, *others):
            path = file_path(url)
            if path is not None and not path.exists():
                raise NotFoundError("the suite lacks this file", document=url)
        entries: list[Entry] = []
        separate = [url for url in reports if url.lower().endswith(".json")]
        documents = [url for url in reports if url not in separate]
        if len(documents) > 1 or any(url.lower().endswith((".htm", ".html", ".xhtml")) for url in documents):
            entries.append(Entry("inline", tuple(documents)))  # several documents are one set
        else:
            entries.extend(Entry("xbrl", (url,)) for url in documents)
        entries.extend(Entry("json", (url,)) for url in separate)
        if others:
            entries.append(Entry("schema", tuple(others)))
        return entries

    def _transformation(self, variation: Variation) -> Outcome:
        from recto.instance.inline.transforms import TransformError, known, transform

        assert variation.transformation is not None
        namespace, name, text = variation.transformation
        expected = variation.expected
        if not known(namespace, name):
            return Outcome(variation, False, f"no transformation {name} in {namespace}")
        try:
            value: str | None = transform(namespace, name, text)
        except TransformError as error:
            return Outcome(variation, not expected.valid, "" if not expected.valid else str(error), ("ixte",))
        if not expected.valid:
            return Outcome(variation, False, f"gave {value!r}, but the input is invalid")
        passed = expected.value is None or value == expected.value
        return Outcome(variation, passed, "" if passed else f"gave {value!r}, not {expected.value!r}")

    def _compare(self, variation: Variation, instances: list[Any], outcome: Outcome) -> Outcome:
        from recto.suites.compare import differences

        expected = variation.expected
        reason = differences(tuple(zip(expected.instances, expected.targets, strict=True)), instances, self.resolver)
        return outcome if reason is None else Outcome(variation, False, reason, outcome.found, outcome.findings)


def _with(more: tuple[str, ...]) -> tuple[str, ...]:
    """The sets of rules that are checked where none are named, and more."""
    from recto.rules import DEFAULT_RULES

    # Named, the rules of Calculations 1.1 would look at the relationships of XBRL 2.1 too.
    return (*(name for name in DEFAULT_RULES if name != "calc11"), *more)


def rules_for(variation: Variation) -> tuple[str, ...] | None:
    """The rules to check; None for all. A suite for Calculations 1.1 says how numbers were rounded."""
    mode = variation.expected.calculation
    if mode is None:
        return _with(variation.rules) if variation.rules else None
    return ("xbrl", "dimensions", "calc11-truncation" if mode.startswith("trunc") else "calc11")


def judge(variation: Variation, found: Sequence[Finding]) -> Outcome:
    """Whether what was found is what was expected."""
    expected: Expected = variation.expected
    told = CALCULATIONS_1_1 if expected.calculation is not None else INCONSISTENCIES
    blocked = re.compile(expected.blocked) if expected.blocked else None
    errors = tuple(
        dict.fromkeys(
            each.code
            for each in found
            if (each.severity == "error" or each.code in told) and not (blocked and blocked.match(each.code))
        )
    )
    reason = ""
    # What is told as a warning here may be named as an error by a suite, and the other way round.
    local_names = {each.code.rpartition(":")[2] for each in found if each.severity != "info"}
    if expected.codes:
        if any(code.startswith("xmlSchema:") for code in errors):
            local_names.add("XmlSchemaError")
        if not any(code in local_names for code in expected.codes):
            reason = f"expected {' or '.join(expected.codes)}, found {', '.join(errors) or 'nothing'}"
    elif not local_names.isdisjoint(expected.warnings):
        pass
    elif expected.valid is False and not errors:
        reason = "expected invalid, found valid"
    elif expected.valid is not False and errors:
        reason = f"expected valid, found {', '.join(errors)}"
    return Outcome(variation, not reason, reason, errors, tuple(found))
