"""Findings of one cause are told once to people, and one by one to programs."""

from __future__ import annotations

from recto.findings import Finding
from recto.gathering import MANY, gathered, shortened


def facts(count: int, message: str, *, code: str = "x:y") -> list[Finding]:
    return [Finding(code, "error", message.format(n), "u", n + 1, None, (f"f{n}",)) for n in range(count)]


def test_few_findings_stay_as_they_are() -> None:
    few = facts(MANY, "Fact f{0} (s:A): refers to context 'c{0}', which does not exist.")
    assert gathered(few) == few


def test_many_of_one_cause_are_told_once() -> None:
    other = Finding("x:z", "warning", "Something else.", "u", 3)
    many = facts(MANY + 1, "Fact f{0} (s:A): refers to context 'c{0}', which does not exist.")
    [first, last] = gathered([*many, other])
    assert last == other
    assert first.line == 1
    assert first.facts == tuple(f"f{n}" for n in range(MANY + 1))
    assert first.message == (
        "Fact f0 (s:A): refers to context 'c0', which does not exist. There are 20 more of this code, in lines 2, 3, 4,"
        " 5, 6, 7, 8, 9, 10, 11, … (--to json tells each)."
    )


def test_the_wording_does_not_matter_but_the_key_does() -> None:
    assert len(gathered(facts(60, "Fact f{0} (s:A): '{0}x' is not a decimal number."))) == 1
    assert len(gathered([*facts(60, "One."), *facts(60, "Other.", code="x:z")])) == 2


def test_a_missing_taxonomy_is_told_first_and_once() -> None:
    def missing(url: str) -> Finding:
        where = (("url", url), ("reason", "offline"))
        return Finding("recto:missingDocument", "error", f"{url}: offline", document="i.xml", line=3, arguments=where)

    others = [Finding("a:b", "error", "other")]
    first = "https://xbrl.frc.org.uk/FRS-102/2024-01-01/FRS-102-2024-01-01.xsd"
    found = gathered([*others, missing(first), missing("https://x.example/b.xsd"), missing("file:///tmp/own.xsd")])
    assert [each.code for each in found] == ["recto:missingDocument", "a:b", "recto:missingDocument"]
    assert first in found[0].message
    assert "1 more of its documents" in found[0].message
    assert "`recto taxonomy get frc-2024`" in found[0].message


def test_people_get_no_more_lines_than_they_read() -> None:
    """The more there is, the fewer of one kind are told one by one; what is still too much is cut, errors last."""
    several = [each for code in "abc" for each in facts(15, "One.", code=f"x:{code}")]
    told, cut = shortened(several, 10)
    assert ([each.code for each in told], cut) == (["x:a", "x:b", "x:c"], 0)
    notes = [Finding(f"x:n{number}", "info", "A note.") for number in range(12)]
    told, cut = shortened([*notes, *facts(1, "One.")], 10)
    assert len(told) == 10
    assert cut == 3
    assert told[-1].severity == "error"
