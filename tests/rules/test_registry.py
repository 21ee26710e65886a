"""What every set of rules promises, in one suite: each set of the registry passes it, on reports of several kinds."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

import pytest

import recto
from recto.errors import UsageError
from recto.findings import catalogue
from recto.regimes import REGIMES
from recto.rules import REGISTRY, RuleSet, default_rules, validate
from tests.rules.small_filing import Filing

NAMES = {"plain", *(each if isinstance(each, str) else each.name for each in REGIMES)}
SETS = list(REGISTRY.values())
TOTAL = '<t:Total contextRef="now" unitRef="usd" decimals="0">{}</t:Total>'
WRONG = TOTAL.format("many") + TOTAL.format(1) + TOTAL.format(2) + '<t:Other contextRef="none" unitRef="no">x</t:Other>'


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    """A sound report, one with faults, and one without facts."""
    found = []
    for name, facts in (("sound", TOTAL.format(1)), ("wrong", WRONG), ("empty", "")):
        folder = tmp_path / name
        folder.mkdir()
        Filing(folder)(facts=facts)
        found.append(folder / "i.xml")
    return found


@pytest.mark.parametrize("each", SETS, ids=lambda each: each.name)
def test_a_set_is_named_and_lists_its_rules(each: RuleSet) -> None:
    assert REGISTRY[each.name] is each
    assert each.title
    module = import_module(each.module)
    rules = module.rules()
    assert all(callable(rule) and len(inspect.signature(rule).parameters) == 1 for rule in rules)
    assert len({(rule.__module__, rule.__name__) for rule in rules}) == len(rules)
    assert all(inspect.getdoc(rule) or inspect.getdoc(import_module(rule.__module__)) for rule in rules)
    assert each.regimes is None or each.regimes <= set(NAMES)


@pytest.mark.parametrize("each", SETS, ids=lambda each: each.name)
def test_a_set_tells_what_the_catalogue_has_and_the_same_again(each: RuleSet, reports: list[Path]) -> None:
    for path in reports:
        filing = recto.open(path, offline=True, use_cache=False)
        first = list(validate(filing, [each.name]))
        assert first == list(validate(filing, [each.name]))
        for found in first:
            assert catalogue.entry(found.code) is not None, found.code
            assert found.message
            assert found.code != "recto:internal", found.message


@pytest.mark.parametrize("each", SETS, ids=lambda each: each.name)
def test_a_set_is_asked_by_default_where_its_regime_is(each: RuleSet) -> None:
    asked = {known for known in NAMES if each.name in default_rules(known)}
    if each.on_request:
        assert asked == set()
    else:
        wanted = set(NAMES) if each.regimes is None else set(each.regimes)
        assert asked == wanted - each.covered_in


def test_a_set_that_does_not_exist_is_refused(reports: list[Path]) -> None:
    with pytest.raises(UsageError):
        list(validate(recto.open(reports[0], offline=True, use_cache=False), ["absent"]))
