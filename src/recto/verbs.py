"""What the commands do, as functions: a page read back, a report saved, validated, a suite run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recto.errors import SourceError
from recto.findings import Findings

if TYPE_CHECKING:
    from recto.filing import Filing
    from recto.rendering.reading import ReadPage
    from recto.saving import Form
    from recto.suites import SuiteResult

Source = str | os.PathLike[str]


def read(page: Source | bytes, name: str | None = None) -> ReadPage:
    """A report page back to facts: an SEC `R*.htm` of any year, or the text of such a page, flattened.

    `page`: a file, or its bytes; `name`: what to call them in errors. Each fact has label, path, element, members,
    period, unit, and an exact value. Raises `SourceError` where there is no such file, or it is no report page.
    """
    from recto.rendering.reading import read as read_bytes

    if isinstance(page, bytes):
        return read_bytes(page, name or "page")
    try:
        data = Path(page).read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", document=os.fspath(page)) from error
    return read_bytes(data, name or os.fspath(page))


def save(
    source: Filing | Source,
    path: Source,
    form: Form | None = None,
    *,
    force: bool = False,
    findings: Findings | None = None,
    **options: Any,
) -> list[Path]:
    """Writes the whole report as xBRL-JSON, xBRL-CSV or xBRL-XML, and returns the files written: of each report, the
    one to open first.

    `source`: a filing, or what `recto.open` takes (`options` are its). `form`: `json`, `csv` or `xml`, else by the
    extension of `path`: `.json`, `.csv`, `.xml`, `.xbrl`, or a report package `.zip`, `.xbr`. `force`: save what could
    be read where facts would be lost. `findings` takes in what a format cannot say.

    Raises `UsageError` for another format, and `RectoError` (`recto:notSaved`) where facts would be lost.
    """
    from recto.saving import save as save_filing

    return save_filing(_opened(source, options), path, form, findings=findings, force=force)


def validate(
    source: Filing | Source,
    rules: Iterable[str] | None = None,
    *,
    instances: Mapping[str, Filing | Source] | None = None,
    **options: Any,
) -> Findings:
    """Everything that is wrong with a filing, or worth knowing: what reading it met, and what the rules find.

    `source`: a filing, or what `recto.open` takes (`options` are its). `rules` names sets of rules
    (`recto.rules.REGISTRY`); None means those of the report's regime. `instances`: further reports by the names that
    formulas of the taxonomy give them (Instances 1.0), the first of each. Raises `UsageError` for rules that are none,
    `SourceError` where a source cannot be read.
    """
    from recto.filing.outcomes import instance_of

    further = {name: instance_of(_opened(each, options), 0) for name, each in (instances or {}).items()}
    return Findings(_opened(source, options).validate(rules, instances=further))


def suite(
    index: Source,
    *,
    rules: Iterable[str] | None = None,
    only: Iterable[str] = (),
    utr: str | None = None,
    jobs: int | None = None,
    taxonomies: Sequence[Source] = (),
    cache_dir: Source | None = None,
    offline: bool | None = None,
    use_cache: bool = True,
    compiled: bool = True,
    findings: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> SuiteResult:
    """Runs the conformance suite whose index, or single test case, `index` is: a path or URL.

    `only`: variations whose test case or id has one of these texts. `utr`: the units registry to check against.
    `jobs`: processes, one for each core by default. `compiled`: taxonomies are read in compiled form. `findings`: the
    outcomes keep all that was found. Other arguments as for `validate` and `open`.

    Raises `UsageError` for rules that are none and texts that no variation has, `SourceError` where the index cannot be
    read.
    """
    from recto.suites import Settings, SuiteResult, run_suite

    asked = Settings(
        os.fspath(index),
        tuple(os.fspath(each) for each in taxonomies),
        None if cache_dir is None else os.fspath(cache_dir),
        offline,
        use_cache,
        None if rules is None else (rules,) if isinstance(rules, str) else tuple(rules),
        utr,
        findings,
        (only,) if isinstance(only, str) else tuple(only),
        compiled,
    )
    return SuiteResult(run_suite(asked, jobs=jobs, progress=progress))


def _opened(source: Filing | Source, options: dict[str, Any]) -> Filing:
    if isinstance(source, str | os.PathLike):
        from recto.filing import open as open_

        return open_(source, **options)
    return source
