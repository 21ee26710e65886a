"""Damaged and hostile reports: findings or one error, never anything else."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recto.errors import RectoError
from tests.instance.oim.reports import (
    YEAR,
    cash,
    csv_report,
    fact,
    json_report,
    note,
    read_csv,
    read_json,
    template,
    text,
)

GOOD = json_report(
    {
        "a": {**cash(t_RegionAxis="t:Asia", t_PlanAxis="p"), "links": {"footnote": {"_": ["n"]}}},
        "b": text(language="en"),
        "c": fact("t:Regions", "t:Asia", period=YEAR),
        "n": note("n"),
    },
    linkTypes={"footnote": "http://www.xbrl.org/2003/arcrole/fact-footnote"},
    linkGroups={"_": "http://www.xbrl.org/2003/role/link"},
    features={"xbrl:allowedDuplicates": "none", "xbrl:canonicalValues": False},
)
METADATA = csv_report(
    parameters={"p": "0"},
    tableTemplates={"t": {**template(rowIdColumn="date", decimals="$p")}},
)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(["", "#nil", "#none", "$x", "$x@end", "$", "a:b", "t:Cash", ":", "\0", "2024-01-01T00:00:00", "é"]),
    st.builds(list),
    st.builds(dict),
    st.builds(lambda: {"": ""}),
    st.builds(lambda: ["", None]),
)
_SETTINGS = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    for key, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += _paths(each, (*path, key))
    return found


@st.composite
def damaged(draw: Any, content: Any) -> Any:
    """A copy of JSON content with a few members replaced, taken out, or given other keys."""
    content = json.loads(json.dumps(content))
    for _ in range(draw(st.integers(1, 3))):
        paths = _paths(content)
        if not paths:
            break
        *steps, last = draw(st.sampled_from(paths))
        at = content
        for step in steps:
            at = at[step]
        what = draw(st.sampled_from(["set", "delete", "rename"]))
        if what == "set":
            at[last] = draw(ODD)
        elif what == "delete" or isinstance(at, list):
            del at[last]
        else:
            at[draw(st.sampled_from(["x", "x:y", "", "t:DayAxis", "noteId", "#"]))] = at.pop(last)
    return content


def _read(read: Any, *arguments: Any) -> None:
    try:
        found = read(*arguments)
    except RectoError:
        return
    for each in found.findings:
        assert each.code
        assert each.document


@_SETTINGS
@given(damaged(GOOD))
def test_damaged_json(content: Any) -> None:
    _read(read_json, content)


@_SETTINGS
@given(damaged(METADATA), st.sampled_from(["date,cash\n2024@end,1\n", "", "date\n", "cash,date\n1d0,#nil\n", "\0"]))
def test_damaged_metadata(content: Any, rows: Any) -> None:
    _read(read_csv, content, rows)


@_SETTINGS
@given(st.text(alphabet='date,csh\n\r"#$@2014-dINF\0 é', max_size=60))
def test_damaged_tables(rows: Any) -> None:
    _read(read_csv, METADATA, "date,cash\n" + rows)


@_SETTINGS
@given(st.data())
def test_damaged_bytes(data: Any) -> None:
    raw = bytearray(json.dumps(GOOD).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    _read(read_json, bytes(raw))
