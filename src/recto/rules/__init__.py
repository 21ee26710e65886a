"""Rules: a registry of rule sets, one module or package for each; each rule a small function that yields findings.

    from recto.rules import validate

    for finding in validate(filing):
        print(finding)

Documents of the filing itself are validated; standard taxonomies are taken as their publishers made them (see
`recto.rules.subject.Subject`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from recto.errors import RectoError, UsageError
from recto.findings import Finding, Findings, catalogue
from recto.rules.registry import DEFAULT_RULES, REGISTRY, RuleSet, default_rules

if TYPE_CHECKING:
    from recto.filed import Filed
    from recto.instance.model import Instance
    from recto.regimes import Regime
    from recto.rules.subject import Subject

Rule = Callable[["Subject"], Iterable[Finding]]


def validate(
    subject: Filed | Instance,
    rules: Iterable[str] | None = None,
    *,
    utr: str | None = None,
    instances: Mapping[str, Instance] | None = None,
) -> Iterator[Finding]:
    """Everything found in a filing or instance: what reading it met, then what the rules find; no finding twice.

    `rules` names sets of rules (`REGISTRY`); None means those of the report's regime (`default_rules`). `utr`
    is the URL of a units registry to use instead of the published one. `instances`: further instances by the names that
    formulas give them. Raises `UsageError` for an unknown name, `RectoError` where the filing cannot be read.
    """
    chosen = [rules] if isinstance(rules, str) else None if rules is None else list(rules)
    unknown = [name for name in chosen or () if name not in REGISTRY]
    if unknown:
        raise UsageError(f"no rules are called {unknown[0]!r}; there are {', '.join(REGISTRY)}")
    yield from Findings(_all(subject, chosen, utr, instances or {}))


def _all(
    subject: Filed | Instance, named: list[str] | None, utr: str | None, further: Mapping[str, Instance]
) -> Iterator[Finding]:
    from recto.regimes import recognize
    from recto.rules.subject import Subject

    if not hasattr(subject, "source"):
        instances: tuple[Instance, ...] = (cast("Any", subject),)
    else:
        filing = cast("Filed", subject)
        whole = _of_filing(filing, named)
        try:
            instances = filing.instances
        except RectoError:
            told = list(whole)
            if not told and not _is_plain_page(filing):
                raise
            yield from filing.source.findings
            yield from told
            return
        yield from filing.findings
        yield from whole
    regime: Regime = getattr(subject, "regime", None) or recognize(instances)
    chosen = list(default_rules(regime.name)) if named is None else named
    modules = [import_module(REGISTRY[name].module) for name in chosen]
    for instance in instances:
        each = Subject(
            instance,
            chosen=None if named is None else frozenset(named),
            utr=utr,
            regime=regime,
            parameters=getattr(subject, "parameters", None),
            filing=None if subject is instance else cast("Filed", subject),
            further=further,
        )
        each.cache["rules"] = chosen
        if "formula" not in chosen and import_module("recto.rules.formula").has_formulas(instance):
            yield catalogue.found("recto:formulaNotRun", document=instance.url)
        found = _of_instance(each, modules, regime)
        yield from found if instance.kind in ("xbrl", "inline") else _with_taxonomy(found, instance)


def _is_plain_page(filing: Filed) -> bool:
    """Whether the filing is of a regime whose reports may be pages without any markup, and such a page."""
    regime = filing.named_regime
    if regime is None or not regime.plain_pages:
        return False
    return all(
        name.lower().endswith((".xhtml", ".html", ".htm")) for entry in filing.source.entries for name in entry.urls
    )


def _of_filing(filing: Filed, named: list[str] | None) -> Iterator[Finding]:
    """What rules find that look at a filing as a whole, of which no instance need be readable."""
    regime = filing.named_regime
    if named is None and regime is None:
        try:
            regime = filing.regime
        except RectoError:
            return
    chosen = named if named is not None else default_rules(regime.name if regime is not None else "plain")
    for name in chosen:
        rule = getattr(import_module(REGISTRY[name].module), "of_filing", None)
        if rule is not None:
            yield from _guarded(rule, filing, filing.source.base_url, _nowhere)


def _of_instance(subject: Subject, modules: list[ModuleType], regime: Regime) -> Iterator[Finding]:
    from recto.regimes import fitting

    yield from subject.instance.taxonomy.findings
    yield from fitting(subject.instance.findings, regime)
    for module in modules:
        for rule in module.rules():
            yield from _guarded(rule, subject, subject.instance.url, subject.place_of)


def _with_taxonomy(found: Iterable[Finding], instance: Instance) -> Iterator[Finding]:
    """What was found, and that the taxonomy is invalid where one of its documents is (OIM 1.0, taxonomy)."""
    code = "oime:invalidTaxonomy"
    documents = instance.taxonomy.documents
    fault: Finding | None = None
    told = False
    for each in found:
        told = told or each.code == code
        missing = each.code == "recto:missingDocument"  # nothing is known against what is not at hand
        if fault is None and each.severity == "error" and not missing and each.document in documents:
            fault = each
        yield each
    if fault is not None and not told:
        reason = f"{fault.document} has errors, {fault.code} among them"
        yield catalogue.found(code, document=instance.url, reason=reason)


def _nowhere(found: object) -> tuple[str | None, int | None]:
    return None, None


def _guarded(
    rule: Callable[[Any], Iterable[Finding]], about: object, document: str | None, place: Callable[..., Any]
) -> Iterator[Finding]:
    """What a rule finds. One that fails is one finding, and the others go on."""
    try:
        yield from rule(about)
    except RecursionError as error:
        from recto.schema.depth import reached

        url, line = place(reached(error))
        yield catalogue.found("recto:tooDeep", document=url, line=line, what=f"the check {rule.__name__!r}")
    except Exception as error:
        from recto.failures import failure

        name = f"{rule.__module__.removeprefix('recto.rules.')}.{rule.__name__}"
        yield failure(error, f"The rule {name}", document, place)


__all__ = ["DEFAULT_RULES", "REGISTRY", "Rule", "RuleSet", "default_rules", "validate"]
