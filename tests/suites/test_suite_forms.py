"""The forms that test cases take in the suites of XBRL International."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import recto
from recto.cli import main
from recto.errors import RectoError, UsageError
from recto.findings import Finding
from recto.suites import Outcome, Settings, run_suite
from recto.suites.compare import text_key
from recto.suites.judging import judge
from recto.suites.model import Expected, Told, Variation
from tests.instance.samples import CONTEXTS, SCHEMA, SCHEMA_REF, inline, xbrl

NOTE = '<ix:nonNumeric name="t:Note" contextRef="y"{more}>a</ix:nonNumeric>'
VALID = inline(f"<p>{NOTE.format(more='')}</p>")
INVALID = VALID.replace('contextRef="y"', 'contextRef="y" continuedAt="nowhere"', 1)
RESULT = xbrl('<t:Note contextRef="y">a</t:Note>')


def run(folder: Path, data: str, result: str, files: dict[str, str], more: str = 'id="V-1" name="one"') -> Outcome:
    """One variation in the folder's `case.xml`."""
    for name, text in {"t.xsd": SCHEMA, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "case.xml").write_text(
        '<testcase xmlns="http://xbrl.org/2008/conformance" xmlns:c="https://xbrl.org/2023/conformance">'
        f"<variation {more}><data>{data}</data>{result}</variation></testcase>"
    )
    (outcome,) = run_suite(Settings(str(folder / "case.xml"), offline=True, cache_dir=str(folder / "cache")), jobs=1)
    return outcome


def read_first(*names: str) -> str:
    return "".join(f'<instance readMeFirst="true">{name}</instance>' for name in names)


@pytest.mark.parametrize(
    ("page", "result", "passed"),
    [
        (VALID, '<result expected="valid"/>', True),
        (VALID, '<result expected="invalid" nonStandardErrorCodes="true"><error>DanglingChain</error></result>', False),
        (
            INVALID,
            '<result expected="invalid" nonStandardErrorCodes="true"><error>DanglingChain</error></result>',
            True,
        ),
        (INVALID, '<result><error nonStandardErrorCodes="true">DanglingChain</error></result>', True),
        (INVALID, '<result expected="invalid"><error>DanglingChain</error></result>', False),
        (INVALID, '<result expected="valid" blockedMessageCodes="ix11\\..*"/>', True),
        (INVALID, '<result expected="valid"><ignore-error>danglingContinuation</ignore-error></result>', False),
    ],
)
def test_codes_of_one_processor(tmp_path: Path, page: str, result: str, passed: bool) -> None:
    outcome = run(tmp_path, read_first("r.html"), result, {"r.html": page})
    assert outcome.passed is passed, outcome.reason


def test_names_that_one_processor_gives_faults_of_schemas(tmp_path: Path) -> None:
    """They are faults that XML Schema finds, by whatever rule of it."""
    page = VALID.replace('name="t:Note"', "")
    for name in ("cvc-complex-type_4", "cvc-attribute_3"):
        result = f"<result><error>xbrl.core.xml.SchemaValidationError.{name}</error></result>"
        assert run(tmp_path, read_first("r.html"), result, {"r.html": page}).passed
        assert not run(tmp_path, read_first("r.html"), result, {"r.html": VALID}).passed


@pytest.mark.parametrize(
    ("codes", "match", "passed"),
    [
        ("continuationMissing", 'match="all"', True),
        ("continuationMissing other", 'match="all"', False),
        ("continuationMissing other", 'match="any"', True),
        ("other", "", False),
    ],
)
def test_codes_all_of_which_are_expected(tmp_path: Path, codes: str, match: str, passed: bool) -> None:
    errors = "".join(f"<error>ix11.11.1.2:{code}</error>" for code in codes.split())
    result = f"<result {match}>{errors}</result>"
    assert run(tmp_path, read_first("r.html"), result, {"r.html": INVALID}).passed is passed
    two = INVALID.replace("</p>", NOTE.format(more=' id="a"').replace('"y"', '"nowhere"') + "</p>")
    strict = run(tmp_path, read_first("r.html"), result, {"r.html": two})
    assert strict.passed is (passed and "all" not in match)


def test_result_instances_of_other_formats(tmp_path: Path) -> None:
    result = '<result expected="valid"><instance>{}</instance></result>'
    same = JSON.replace("cik:1", "cik:0000000001")
    files = {"r.xml": RESULT, "same.json": same, "other.json": same.replace('"a"', '"b"'), "x.json": "{}"}
    assert run(tmp_path, read_first("r.xml"), result.format("same.json"), files).passed
    assert run(tmp_path, read_first("r.xml"), result.format("other.json"), files).status == "failed"
    for name in ("x.json", "absent.json", "absent.xml"):
        assert run(tmp_path, read_first("r.xml"), result.format(name), files).status == "not checked", name


def test_result_instances_of_targets(tmp_path: Path) -> None:
    body = NOTE.format(more=' xml:lang="en"') + NOTE.format(more=' target="other"')
    references = f'<ix:references target="other">{SCHEMA_REF}</ix:references>'
    page = inline(f"<p>{body}</p>").replace("<ix:resources>", f"{references}<ix:resources>")
    two = xbrl('<t:Note contextRef="y">a</t:Note>' * 2)
    files = {"r.html": page, "one.xml": RESULT, "two.xml": two, "none.xml": xbrl("")}
    result = '<result expected="valid"><instance>one.xml</instance><instance target="other">{}</instance></result>'
    assert run(tmp_path, read_first("r.html"), result.format("one.xml"), files).passed
    assert not run(tmp_path, read_first("r.html"), result.format("none.xml"), files).passed
    # Of a target that is not named nothing is expected.
    assert run(tmp_path, read_first("r.html"), result.format("one.xml").replace(OTHER, ""), files).passed
    # As many facts, but not in the targets that are expected to have them.
    swapped = (
        '<result expected="valid"><instance>two.xml</instance><instance target="other">none.xml</instance></result>'
    )
    assert not run(tmp_path, read_first("r.html"), swapped, files).passed


OTHER = '<instance target="other">one.xml</instance>'


FOOTNOTE = """<link:footnoteLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
  <link:loc xlink:type="locator" xlink:href="#f" xlink:label="f"/>
  <link:footnote xlink:type="resource" xlink:label="n" xlink:role="http://www.xbrl.org/2003/role/footnote"
    xml:lang="en">see <b xmlns="http://www.w3.org/1999/xhtml">below</b></link:footnote>
  <link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote"
    xlink:from="f" xlink:to="n"/></link:footnoteLink>"""


@pytest.mark.parametrize(
    ("footnote", "passed"),
    [
        (FOOTNOTE, True),
        (FOOTNOTE.replace("below", "above"), False),
        (FOOTNOTE.replace('"en"', '"de"'), False),
        ("", False),
    ],
)
def test_the_footnotes_of_a_result(tmp_path: Path, footnote: str, passed: bool) -> None:
    body = NOTE.format(more=' id="f"') + '<ix:footnote id="n" xml:lang="en">see <b>below</b></ix:footnote>'
    page = inline(f"<p>{body}</p>", resources='<ix:relationship fromRefs="f" toRefs="n"/>' + CONTEXTS)
    files = {"r.html": page, "one.xml": xbrl('<t:Note contextRef="y" id="f">a</t:Note>' + footnote)}
    outcome = run(
        tmp_path, read_first("r.html"), '<result expected="valid"><instance>one.xml</instance></result>', files
    )
    assert outcome.passed is passed, outcome.reason


def test_the_language_of_a_result(tmp_path: Path) -> None:
    files = {"r.html": VALID, "en.xml": RESULT.replace("<t:Note", '<t:Note xml:lang="en"')}
    result = '<result expected="valid"><instance>en.xml</instance></result>'
    outcome = run(tmp_path, read_first("r.html"), result, files)
    assert outcome.reason == "a fact of {https://example.org/t}Note is not in the language 'en'"


def test_several_documents_are_one_set(tmp_path: Path) -> None:
    start, end = VALID.index("<ix:header>"), VALID.index("</ix:header>") + len("</ix:header>")
    other = VALID[:start] + VALID[end:]
    files = {"a.html": VALID, "b.html": other}
    assert run(tmp_path, read_first("a.html", "b.html"), '<result expected="valid"/>', files).passed
    plain = {"a.xml": RESULT, "b.xml": RESULT}
    assert run(tmp_path, read_first("a.xml", "b.xml"), '<result expected="valid"/>', plain).passed
    # Each of several instances is one of its own: the error of the second is found.
    plain["b.xml"] = RESULT.replace('contextRef="y"', 'contextRef="x"')
    assert not run(tmp_path, read_first("a.xml", "b.xml"), '<result expected="valid"/>', plain).passed


def test_packages_by_name(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    with zipfile.ZipFile(tmp_path / "tests" / "one.zip", "w") as archive:
        archive.writestr("a/x.txt", "")
    data = "<metadata>a</metadata><catalog/>"
    assert run(tmp_path, data, "<result><error>tpe:metadataDirectoryNotFound</error></result>", {}).passed


def test_packages_by_the_index(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    with zipfile.ZipFile(tmp_path / "schemas" / "example.zip", "w") as archive:
        archive.writestr("a/t.xsd", SCHEMA)
        archive.writestr(
            "a/META-INF/catalog.xml",
            '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
            '<rewriteURI uriStartString="http://www.example.com/" rewritePrefix="../"/></catalog>',
        )
    page = VALID.replace('"t.xsd"', '"http://www.example.com/t.xsd"')
    assert run(tmp_path, read_first("r.html"), '<result expected="valid"/>', {"r.html": page}).passed


TUPLE = '<xs:element name="Pair" substitutionGroup="xbrli:tuple"><xs:complexType/></xs:element>'


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (xbrl('<t:Cash contextRef="e" unitRef="usd" precision="0">1</t:Cash>'), "unsupportedZeroPrecisionFact"),
        (xbrl("<t:Pair/>"), "unsupportedTuple"),
        (
            RESULT.replace("<xbrli:xbrl", '<xbrli:xbrl xml:base="x/"').replace('"t.xsd"', '"../t.xsd"'),
            "unsupportedXmlBase",
        ),
        (
            xbrl("", refs=f'{SCHEMA_REF}<link:linkbaseRef xlink:type="simple" xlink:href="l.xml"/>'),
            "unsupportedLinkbaseReference",
        ),
    ],
)
def test_xbrl_xml(tmp_path: Path, report: str, code: str) -> None:
    linkbase = '<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase"/>'
    files = {"r.xml": report, "l.xml": linkbase, "t.xsd": SCHEMA.replace("</xs:schema>", f"{TUPLE}</xs:schema>")}
    outcome = run(tmp_path, read_first("r.xml"), f"<result><error>xbrlxe:{code}</error></result>", files)
    assert outcome.passed, outcome.reason


def test_contexts_of_xbrl_xml(tmp_path: Path) -> None:
    segment = CONTEXTS.replace(
        "</xbrli:entity>", "<xbrli:segment><t:Other>a</t:Other></xbrli:segment></xbrli:entity>", 1
    )
    report = xbrl('<t:Note contextRef="y">a</t:Note>', contexts=segment)
    result = "<result><error>xbrlxe:nonDimensionalSegmentScenarioContent</error></result>"
    assert run(tmp_path, read_first("r.xml"), result, {"r.xml": report}).passed


def test_markup_is_compared_as_markup() -> None:
    assert text_key('<p class="a" id="b">x<br/></p>') == text_key('<p id="b"  class="a">x<br></br></p>')
    assert text_key('<p xmlns="http://www.w3.org/1999/xhtml">x</p>') == text_key("<p>x</p>")
    assert text_key("a  b\n") == "a b"
    assert text_key("a < b") == "a < b"
    assert text_key("<p>x</p>") != text_key("<p>y</p>")


JSON = """{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json", "taxonomy": ["t.xsd"],
  "namespaces": {"t": "https://example.org/t", "cik": "http://www.sec.gov/CIK"}}, "facts": {"f": {"value": "a",
  "dimensions": {"concept": "t:Note", "entity": "cik:1", "period": "2024-01-01T00:00:00/2025-01-01T00:00:00"}}}}"""


def test_an_invalid_taxonomy_makes_a_report_invalid(tmp_path: Path) -> None:
    assert run(tmp_path, read_first("r.json"), '<result expected="valid"/>', {"r.json": JSON}).passed
    wrong = SCHEMA.replace('name="Day" id="t_Day" type="xbrli:dateItemType"', 'name="Day" id="t_Day" type="xs:date"')
    result = "<result><error>oime:invalidTaxonomy</error></result>"
    outcome = run(tmp_path, read_first("r.json"), result, {"r.json": JSON, "t.xsd": wrong})
    assert outcome.passed
    assert "xbrl.5.1.1.3:itemType" in outcome.found


CALCULATIONS = """<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
  <link:calculationLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
    <link:loc xlink:type="locator" xlink:href="t.xsd#t_Sales" xlink:label="total"/>
    <link:loc xlink:type="locator" xlink:href="t.xsd#t_Part" xlink:label="part"/>
    <link:calculationArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item"
      xlink:from="total" xlink:to="part" weight="1" order="1"/></link:calculationLink></link:linkbase>"""


@pytest.mark.parametrize(
    ("part", "more", "mode", "result", "passed"),
    [
        ("1.4", "", "round-to-nearest", 'expected="valid"/>', True),
        ("1.4", "", "truncate", 'expected="valid"/>', True),
        ("2.0", "", "round-to-nearest", 'expected="valid"/>', False),
        ("2.0", "", "round-to-nearest", "><error>calc11e:inconsistentCalculationUsingRounding</error></result>", True),
        ("2.0", "", "truncate", "><error>calc11e:inconsistentCalculationUsingTruncation</error></result>", True),
        ("1.4", "<t:Pair/>", "truncate", "><warning>calc11e:tuplesInReportWarning</warning></result>", True),
        ("2.0", "<t:Pair/>", "truncate", "><error>calc11e:tuplesInReportWarning</error></result>", True),
    ],
)
def test_modes_of_calculations(tmp_path: Path, part: str, more: str, mode: str, result: str, passed: bool) -> None:
    item = '<xs:element name="Part" id="t_Part" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" {}/>'
    schema = SCHEMA.replace("</xs:schema>", item.format('xbrli:periodType="duration"') + TUPLE + "</xs:schema>")
    facts = '<t:Sales contextRef="y" unitRef="usd" decimals="0">1</t:Sales>' + more
    facts += f'<t:Part contextRef="y" unitRef="usd" decimals="1">{part}</t:Part>'
    references = f'{SCHEMA_REF}<link:linkbaseRef xlink:type="simple" xlink:href="c.xml" xlink:arcrole="{LINKBASE}"/>'
    files = {"r.xml": xbrl(facts, refs=references), "c.xml": CALCULATIONS, "t.xsd": schema}
    outcome = run(tmp_path, read_first("r.xml"), f'<result c:mode="{mode}" {result}', files)
    assert outcome.passed is passed, outcome.reason


LINKBASE = "http://www.w3.org/1999/xlink/properties/linkbase"


def sec(folder: Path, asserts: str, data: str = "", page: str = VALID) -> Outcome:
    """A variation in the SEC's form."""
    (folder / "t.xsd").write_text(SCHEMA)
    (folder / "r.html").write_text(page)
    (folder / "case.xml").write_text(
        '<testcase xmlns="http://edgar/2009/conformance"><variation id="_001"><data>'
        f'<instance readMeFirst="true">r.html</instance>{data}</data><result>{asserts}</result></variation></testcase>'
    )
    settings = Settings(str(folder / "case.xml"), offline=True, cache_dir=str(folder / "cache"), rules=("inline",))
    (outcome,) = run_suite(settings, jobs=1)
    return outcome


def test_what_the_sec_lists(tmp_path: Path) -> None:
    """Each finding that is listed must be told with its severity, and no other may be."""
    listed = '<assert severity="{}" num="{}" name="{}"/>'
    dangling = sec(tmp_path, listed.format("wrn", "60508", "Unused"), page=INVALID)
    assert dangling.reason.startswith("expected warning 60508 Unused; unexpected error ix11.")
    (code,) = dangling.found
    assert sec(tmp_path, listed.format("err", "99999", code), page=INVALID).passed
    assert not sec(tmp_path, listed.format("wrn", "99999", code), page=INVALID).passed
    assert not sec(tmp_path, listed.format("err", "60512", "Duplicate-Facts"), page=INVALID).passed
    both = listed.format("err", "60512", "Duplicate-Facts") + listed.format("err", "99999", code)
    assert not sec(tmp_path, both, page=INVALID).passed


def test_parameters(tmp_path: Path) -> None:
    parameters = """<parameter name="ELOparams" value='{"submissionType": "8-K", "CIK": "0000000001"}'/>"""
    variation = sec(tmp_path, "", parameters).variation
    assert variation.parameters == {"submissionType": "8-K", "CIK": "0000000001"}
    assert variation.regime == "sec"
    damaged = sec(tmp_path, "", '<parameter name="ELOparams" value="{"/>').variation
    assert damaged.expected.unchecked == ("the parameters cannot be read",)


@pytest.mark.parametrize(
    ("result", "data"),
    [
        ('<result><assertionTests assertionID="a" countSatisfied="one"/></result>', ""),
        ("<result><somethingNew/></result>", ""),
        ('<result expected="valid"/>', "<somethingNew>x</somethingNew>"),
        ('<result expected="valid"/><somethingNew/>', ""),
        ('<result expected="valid"/><result expected="valid"/>', ""),
    ],
)
def test_what_is_not_checked_is_told(tmp_path: Path, result: str, data: str) -> None:
    """What the runner does not compare, or does not know, is no pass."""
    outcome = run(tmp_path, read_first("r.html") + data, result, {"r.html": VALID})
    assert (outcome.status, bool(outcome.reason)) == ("not checked", True)
    if "valid" in result:
        assert run(tmp_path, read_first("r.html") + data, result, {"r.html": INVALID}).status == "failed"


def test_assertions_that_a_report_lacks(tmp_path: Path) -> None:
    result = '<result><assertionTests assertionID="a" countSatisfied="1" countNotSatisfied="0"/></result>'
    outcome = run(tmp_path, read_first("r.html"), result, {"r.html": VALID})
    assert (outcome.status, outcome.reason) == ("failed", "there is no assertion a")


def test_calls_of_functions(tmp_path: Path) -> None:
    """What a call gives must make every test true; where errors are named, it must give one of them."""

    def called(expression: str, outputs: str) -> Outcome:
        data = f"<call>{expression}</call>"
        variation = f'<variation id="V-1"><inputs>{data}</inputs><outputs>{outputs}</outputs></variation>'
        (tmp_path / "case.xml").write_text(f"<testcase>{variation}</testcase>", "utf-8")
        [outcome] = run_suite(Settings(str(tmp_path / "case.xml"), offline=True), jobs=1)
        return outcome

    assert called("1 + 1", "<test>$result eq 2</test><test>$result instance of xs:integer</test>").passed
    assert called("1 + 1", "<test>$result eq 3</test>").reason == "not true: $result eq 3"
    assert called("1 + 'a'", "<error>err:XPTY0004</error>").passed
    assert called("1 div 0", "<error>err:XPTY0004</error>").status == "failed"
    assert called("1", "<error>err:XPTY0004</error>").status == "failed"
    assert called("1 +", "<test>true()</test>").status == "failed"
    assert called("1", "<test>$result +</test>").status == "failed"


def test_expected_warnings_are_looked_for(tmp_path: Path) -> None:
    outcome = run(tmp_path, read_first("r.html"), "<result><warning>x:odd</warning></result>", {"r.html": VALID})
    assert outcome.status == "failed"


FORMULA = """<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:gen="http://xbrl.org/2008/generic"
 xmlns:v="http://xbrl.org/2008/variable" xmlns:xlink="http://www.w3.org/1999/xlink">
<gen:link xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
<v:parameter xlink:type="resource" xlink:label="p" name="p" select="1"/></gen:link></link:linkbase>"""


def test_formulas_are_not_passed_over(tmp_path: Path) -> None:
    files = {"r.html": VALID, "f.xml": FORMULA}
    data = read_first("r.html") + "<linkbase>f.xml</linkbase>"
    outcome = run(tmp_path, data, '<result expected="valid"/>', files)
    assert outcome.status == "not checked"
    assert str(outcome.reason).startswith("formulas that the report does not lead to are not processed")
    outcome = run(tmp_path, data, "<result><error>xbrlve:something</error></result>", files)
    assert outcome.status == "not checked"


def test_a_taxonomy_that_is_not_at_hand(tmp_path: Path) -> None:
    page = VALID.replace('"t.xsd"', '"http://www.example.com/t.xsd"')
    outcome = run(tmp_path, read_first("r.html"), '<result expected="valid"/>', {"r.html": page})
    assert outcome.status == "not checked"
    assert "http://www.example.com/t.xsd is not at hand" in outcome.reason


def test_reports_in_packages(tmp_path: Path) -> None:
    """What a suite calls a taxonomy package is the report where it holds reports."""
    for name, page in (("good", VALID), ("bad", INVALID)):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.writestr("a/reports/r.html", page)
            archive.writestr("a/reports/t.xsd", SCHEMA)
    data = '<taxonomyPackage readMeFirst="true">{}.zip</taxonomyPackage>'
    assert run(tmp_path, data.format("good"), '<result expected="valid"/>', {}).passed
    assert not run(tmp_path, data.format("bad"), '<result expected="valid"/>', {}).passed


def test_a_suite_is_shared_out_by_test_case(tmp_path: Path) -> None:
    case = '<testcase><variation id="{0}1"/><variation id="{0}2"/></testcase>'
    for name in "abc":
        (tmp_path / f"{name}.xml").write_text(case.format(name))
    index = tmp_path / "index.xml"
    index.write_text("<testcases>" + "".join(f'<testcase uri="{name}.xml"/>' for name in "abc") + "</testcases>")
    found = [
        [each.variation.id for each in run_suite(Settings(str(index), offline=True, share=(part, 2)), jobs=1)]
        for part in range(2)
    ]
    assert found == [["a1", "a2", "c1", "c2"], ["b1", "b2"]]


@pytest.mark.parametrize(("name", "text"), [("case.xml", "<nothing/>"), ("index.csv", "one,two\n1,2\n")])
def test_what_is_no_index_of_test_cases_is_refused(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(RectoError) as raised:
        list(run_suite(Settings(str(tmp_path / name), offline=True, cache_dir=str(tmp_path / "cache")), jobs=1))
    assert raised.value.code == "recto:unknownSuite"


def test_what_selects_nothing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run of nothing is no run that all passed."""
    assert run(tmp_path, read_first("r.html"), '<result expected="valid"/>', {"r.html": VALID}).passed
    index = str(tmp_path / "case.xml")
    assert len(recto.suite(index, only="V-1", rules="inline", offline=True)) == 1
    with pytest.raises(UsageError, match="no variation's test case or id has 'V-2'"):
        recto.suite(index, only="V-2", offline=True)
    with pytest.raises(UsageError, match="no rules are called 'xbrll'"):
        recto.suite(index, rules=["xbrll"], offline=True)
    assert main(["suite", index, "--only", "V-2", "--offline"]) == 2
    (tmp_path / "case.xml").write_text("<testcases/>")
    assert main(["suite", index, "--offline"]) == 1
    assert capsys.readouterr().out == "0 passed, 0 failed, 0 not checked\n"


@pytest.mark.parametrize(
    ("name", "met"),
    [
        ("EntityRegistrantName", True),
        ("EntityRegistrantNameMissing", True),
        ("EntityRegistrantNameValue", True),
        ("EntityCentralIndexKeyMissing", False),
        ("Entity-Registrant-Name", True),
    ],
)
def test_elements_in_the_names_of_what_the_sec_expects(name: str, met: bool) -> None:
    """Newer test cases of the SEC's say after an element's name what is wrong of it."""
    finding = Finding("EFM.6.05.21.missing", "error", "The cover page has no value for EntityRegistrantName.")
    expected = Expected(False, told=(Told("error", name, "60521"),))
    variation = Variation("case.xml", "case.xml", "V-1", "one", "", (), expected, regime="sec")
    assert judge(variation, [finding]).passed is met
