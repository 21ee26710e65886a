"""Which regime a report belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest

import recto
from recto import UsageError
from recto.regimes import REGIMES, named
from recto.rules import REGISTRY, default_rules

INSTANCE = """<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:x="{namespace}">
<link:schemaRef xlink:type="simple" xlink:href="{entry}"/>
<context id="c"><entity><identifier scheme="{scheme}">1</identifier></entity>
<period><instant>2023-12-31</instant></period></context>
<x:A contextRef="c">text</x:A>
</xbrl>"""


def report(
    folder: Path, *, entry: str = "own.xsd", namespace: str = "http://own.example/", scheme: str = "x:y"
) -> Path:
    path = folder / "i.xbrl"
    path.write_text(INSTANCE.format(entry=entry, namespace=namespace, scheme=scheme))
    return path


def opened(path: Path, **options: object) -> recto.Filing:
    return recto.open(path, offline=True, use_cache=False, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ({"scheme": "http://www.sec.gov/CIK"}, "sec"),
        ({"namespace": "http://fasb.org/us-gaap/2024"}, "sec"),
        ({"entry": "http://www.esma.europa.eu/taxonomy/2021-03-24/esef_all.xsd"}, "esef"),
        ({"entry": "https://xbrl.frc.org.uk/FRS-101/2021-01-01/FRS-101-2021-01-01.xsd"}, "uk"),
        ({"entry": "https://xbrl.frc.org.uk/ireland/FRS-101/2022-01-01/ie-FRS-101-2022-01-01.xsd"}, "ie"),
        ({"entry": "https://eCollection.ferc.gov/taxonomy/form1/form-1.xsd"}, "ferc"),
        ({"scheme": "http://disclosure.edinet-fsa.go.jp"}, "edinet"),
        ({"entry": "http://www.eba.europa.eu/eu/fr/xbrl/dora.xsd", "scheme": "http://eurofiling.info/eu/rs"}, "eba"),
        ({"scheme": "http://standards.iso.org/iso/17442"}, "plain"),  # anyone may use it
        ({"namespace": "http://notsec.example/xbrl.sec.gov/"}, "plain"),
        ({}, "plain"),
    ],
)
def test_recognized(tmp_path: Path, evidence: dict[str, str], expected: str) -> None:
    assert opened(report(tmp_path, **evidence)).regime.name == expected


def test_the_caller_decides(tmp_path: Path) -> None:
    filing = opened(report(tmp_path, scheme="http://www.sec.gov/CIK"), regime="esef")
    assert filing.regime is REGIMES["esef"]
    with pytest.raises(UsageError, match="no regime 'mars'"):
        opened(report(tmp_path), regime="mars")


def test_languages_and_parameters_are_kept(tmp_path: Path) -> None:
    filing = opened(report(tmp_path), language="de", parameters={"cik": "1"})
    assert filing.requested_languages == ("de",)
    assert filing.parameters == {"cik": "1"}


def test_rule_sets_follow_the_regime() -> None:
    assert "xbrl" in default_rules("plain")
    for rules in REGISTRY.values():
        for name in rules.regimes or ():
            assert named(name)
        assert (rules.name in default_rules("plain")) == (not rules.on_request and rules.regimes is None)
