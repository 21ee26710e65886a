"""Makes the tables of `recto.rules.efm` from the SEC's own (`$D/efm`): facts restated in a form of our own.

    python tools/efm_tables.py $D/efm

The SEC's staff published its tables in the public domain (17 U.S.C. 105). What is taken from them are facts: which
elements a form's cover page has, in which section of the filer manual that is said, which concepts are deprecated
since when, which taxonomies go together. Their sentences are not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TABLES = Path(__file__).resolve().parents[1] / "src" / "recto" / "rules" / "efm" / "tables"


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def section(text: str) -> str:
    """`6.5.21` as the codes have it: `6.05.21`."""
    major, *rest = text.split(".")
    return ".".join([major, *(part.zfill(2) for part in rest)])


def forms_of(names: Iterable[str], classes: dict[str, Any]) -> tuple[bool, list[str]]:
    """Whether the forms are those that are not meant, and the forms, without references to classes."""
    found: dict[str, None] = {}
    excluded = False
    for name in names:
        if name == "!not!":
            excluded = True
        elif name.startswith("@"):
            more_excluded, more = forms_of(classes[name[1:]], classes)
            excluded |= more_excluded
            found.update(dict.fromkeys(more))
        else:
            found[name] = None
    return excluded, list(found)


def cover(data: dict[str, Any]) -> dict[str, Any]:
    """One row for each thing that the cover page of some forms must, may or may not have."""
    classes = {key: value for key, value in data["sub-type-classes"].items() if isinstance(value, list)}
    rows = []
    for each in data["sub-type-element-validations"]:
        if "xbrl-names" not in each:
            continue
        if "validation" not in each:  # the SEC keeps the value where there is one: it is welcome on these forms
            if each["sub-types"] == ["@all"] or each.get("source") != "inline" or len(each["sub-types"]) < 5:
                continue
            each["validation"], each["efm"] = "o", ""
        excluded, forms = forms_of(as_list(each.get("sub-types", [])), classes)
        guide = each.get("msgSection", "")
        row: dict[str, Any] = {
            "check": each["validation"].strip("()"),
            "names": [name.strip() for name in as_list(each["xbrl-names"])],
            "section": section(each["efm"]) if each.get("efm") and each["efm"][0] != "(" else guide,
            "forms": forms,
        }
        if excluded:
            row["other_forms"] = True
        if "sub-types-pattern" in each:
            row["pattern"] = each["sub-types-pattern"]
        if each.get("source", "both") != "both":
            row["source"] = each["source"]
        if "axis" in each:
            row["axis"] = each["axis"]
        if "value" in each:
            row["value"] = as_list(each["value"])
        if "references" in each:
            row["references"] = [name.strip() for name in as_list(each["references"])]
        if "reference-value" in each:
            row["reference_value"] = as_list(each["reference-value"])
        for old, new in (
            ("elo-name", "header"),
            ("elo-item", "item"),
            ("check-after", "after"),
            ("lang", "language"),
            ("facts-namespace", "namespace"),
            ("earliest-taxonomy", "earliest"),
            ("docTypes", "document_types"),
            ("severity", "severity"),
            ("taxonomy", "taxonomy"),
            ("where", "where"),
            ("bind-if-absent", "bind_absent"),
        ):
            if old in each:
                row[new] = each[old]
        visible = {"cover": "warning", "COVER": "error"}.get(each.get("dei/cover", ""))
        if visible:
            row["visible"] = visible
        rows.append(row)
    # What a newer version of a taxonomy brings is demanded since the day from which on that version is.
    since = {
        tuple(row["names"]): row["after"]
        for row in rows
        if row["check"] == "taxonomy-version-required" and "after" in row
    }
    for row in rows:
        for names, after in since.items():
            if row["check"] == "r" and "after" not in row and set(row["names"]) <= set(names):
                row["after"] = after
    axes = {
        key: {name: each[name] for name in ("axes", "members", "cubes") if name in each}
        for key, each in data["axis-validations"].items()
    }
    severities = {key.strip("()"): each["severity"] for key, each in data["validations"].items()}
    return {"severities": severities, "axes": axes, "rows": rows}


_FEE_KEYS = {
    "axis": "axis",
    "value": "value",
    "where": "where",
    "exclude": "exclude",
    "references": "references",
    "reference-value": "reference_value",
    "references-axes": "reference_axis",
    "references-where": "reference_where",
    "references-exclude": "reference_exclude",
    "references-subtract": "subtract",
    "tolerance": "tolerance",
    "comparison": "comparison",
    "comparison-element-match": "same",
    "binding": "binding",
    "value-pattern": "pattern",
    "value-numeric-range": "range",
    "value-date-range": "days",
    "references-date-format": "date_format",
    "value-map": "map",
    "max-decimals": "decimals",
    "axis-name": "axis_name",
    "if-axis-exist": "if_axis",
    "bind-if-absent": "bind_absent",
}


def condition(name: str, values: Any) -> tuple[str, Any]:
    """A condition in our words: `NAME other`, of the other lines of its kind; `NAME on KIND`, of all lines of a kind;
    `NAME sum KIND`, of their sum; `lines`, of kinds that have lines; `late`, of days; `other`, of another line.
    """
    if name == "!axis-exist!":
        return "lines", values
    if name == "!anotherLine!":
        return "other", conditions(values, {})
    if name.startswith("function:"):
        return "late", values
    said = [each for each in values if each != "!anotherLine!"]
    if " axis" in name:
        element, _, kind = name.partition(" axis")
        way, _, kind = kind.partition(" ")
        return f"{element} {'sum' if way == 'Sum' else 'on'} {kind}", said
    return (name if len(said) == len(values) else f"{name} other"), said


def conditions(given: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """Conditions in our words; a comparison of amounts is `NAME above NAME NAME`, their sum, or `… below …`."""
    found = dict(condition(name, values) for name, values in given.items() if name != "comparison")
    if "comparison" in given:
        (name,), others = row["comparison-names"], " ".join(row["comparison-ref-names"])
        found[f"{name} {_COMPARISONS[row['comparison-operator']]} {others}"] = given["comparison"]
    return found


_COMPARISONS = {"greater": "above", "less than": "below"}
_UNCLEAR = ("r424iRdmtCr",)
"""Rules whose row does not say enough: whether a credit is told with its sign."""


def referred(row: dict[str, Any]) -> dict[str, Any]:
    """Conditions of lines by the element that refers to them. Those of elements that are absent refer to none."""
    found = {each["name"]: conditions(row[each["where-key"]], row) for each in row["references"]}
    return {name: where for name, where in found.items() if "absent" not in where.get(name, ())}


def fees(data: dict[str, Any]) -> dict[str, Any]:
    """One row for each thing that a fee exhibit must or may not have."""
    classes = data["sub-type-classes"]
    lists = {key: value for key, value in classes.items() if isinstance(value, list)}
    sets: list[list[str]] = []
    rows = []

    def meant(value: Any) -> Any:
        """A list without references to classes of forms."""
        if not isinstance(value, list) or not any(isinstance(each, str) and each.startswith("@") for each in value):
            return value
        excluded, found = forms_of(value, lists)
        return ["!not!", *found] if excluded else found

    for each in data["sub-type-element-validations"]:
        kind = each.get("validation")
        if kind in (None, "fo", "skip-if-absent", "(blank)", "md") or each["efm"].removeprefix("ft.") in _UNCLEAR:
            continue
        excluded, forms = forms_of(as_list(each["sub-types"]), lists)
        if forms not in sets:
            sets.append(forms)
        row: dict[str, Any] = {
            "check": kind,
            "rule": each["efm"].removeprefix("ft."),
            "names": as_list(each["xbrl-names"]) if each["xbrl-names"] else [],
            "forms": sets.index(forms),
            "severity": each.get("severity") or data["validations"][kind]["severity"],
        }
        if excluded:
            row["other_forms"] = True
        for old, new in _FEE_KEYS.items():
            if old in each:
                row[new] = each[old]
        if any(isinstance(reference, dict) for reference in as_list(row.get("references", []))):
            row["referred"] = referred(each)
            del row["references"]
        if kind == "calculation":  # of interest, by the days that the fee is late
            row["references"] = [name for name in row["references"] if not name.startswith("function:")]
        for key in ("value", "references", "reference_value"):
            if key in row:
                row[key] = meant(as_list(row[key]))
        for key in ("where", "reference_where"):
            if key in row:
                row[key] = {name: meant(value) for name, value in conditions(row[key], each).items()}
        for key in ("exclude", "reference_exclude"):
            if key in row:
                row[key] = [conditions(where, each) for where in row[key]]
        if isinstance(row.get("map"), str):
            row["map"] = classes[row["map"][1:]]
        rows.append(row)
    axes = {
        key: [(name or "").removeprefix("ffd:") for name in each["axes"]]
        for key, each in data["axis-validations"].items()
    }
    return {"forms": sets, "axes": axes, "rows": rows}


def deprecated(folder: Path) -> dict[str, dict[str, str]]:
    """Taxonomy → version of deprecation → names, separated by blanks."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*-deprecated-concepts.json")):
        taxonomy = path.name.removesuffix("-deprecated-concepts.json")
        names: dict[str, list[str]] = {}
        for name, version in json.loads(path.read_text("utf-8")).items():
            if isinstance(version, str):
                names.setdefault(version, []).append(name)
        if names:
            found[taxonomy] = {version: " ".join(sorted(each)) for version, each in sorted(names.items())}
    return found


def compatible(data: dict[str, Any]) -> dict[str, list[str]]:
    """Taxonomy and version → those that may stand beside it."""
    classes = {key: value for key, value in data["taxonomy-classes"].items() if isinstance(value, list)}
    return {
        key: forms_of(value, classes)[1] for key, value in data["compatible-classes"].items() if isinstance(value, list)
    }


def signs(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "concepts": data["conceptNames"],
        "members": data["excludedAxesMembers"],
    }


def main(folder: Path) -> None:
    def read(name: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((folder / name).read_text("utf-8"))
        return content

    tables = {
        "cover": cover(read("dei-validations.json")),
        "fees": fees(read("ft-validations.json")),
        "deprecated": deprecated(folder),
        "compatible": compatible(read("taxonomy-compatibility.json")),
        "signs": signs(read("signwarnings.json")),
        "axes": {key: value for key, value in read("axiswarnings.json").items() if isinstance(value, str)},
        "transformations": {
            key: value for key, value in read("ixbrl-transform-registries.json").items() if key.startswith("http")
        },
    }
    TABLES.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
        if name in ("cover", "fees"):  # one row a line, so that changes can be read
            rows = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in table["rows"])
            head = json.dumps({key: table[key] for key in table if key != "rows"}, separators=(",", ":"))
            text = f'{head[:-1]},"rows":[\n{rows}\n]}}'
        (TABLES / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
