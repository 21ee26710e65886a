"""The declared schemas of every table, column by column: type, meaning, unit, what null means, and the source.

Columns follow from these declarations and from the request, never from the rows that happen to come back.
`docs/tables.md` is generated from this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

AMOUNT_PRECISION = 38
AMOUNT_SCALE = 12
"""Amounts are decimal128(38, 12): 26 integer digits, 12 of fraction."""


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column. `type` is read by `arrow_type`; `null` says what a null means ("never" if it can't be)."""

    name: str
    type: str
    meaning: str
    null: str = "never"
    source: str = ""


DIMENSION = "list<struct<axis: string, member: string, typed: bool, axis_label: string, member_label: string>>"

FACTS: tuple[ColumnSpec, ...] = (
    ColumnSpec(
        "id", "string", "Fact id: its id attribute, or one made up that is unique in the instance", source="OIM"
    ),
    ColumnSpec("concept", "string", "Prefixed name as in the filing", source="OIM concept"),
    ColumnSpec("namespace", "string", "Namespace of the concept"),
    ColumnSpec("label", "string", "Standard label in English", "no such label"),
    ColumnSpec("scheme", "string", "Scheme of the entity identifier", "no context", "OIM entity"),
    ColumnSpec("entity", "string", "Entity identifier", "no context", "OIM entity"),
    ColumnSpec(
        "period", "string", "`instant` or `start/end`, the end exclusive", "forever, or no context", "OIM period"
    ),
    ColumnSpec(
        "period_start",
        "timestamp[s]",
        "Start of a duration, inclusive",
        "instant, forever, or beyond the years 1 to 9999",
        "OIM period",
    ),
    ColumnSpec("period_end", "timestamp[s]", "End, exclusive: midnight after the last day", "forever", "OIM period"),
    ColumnSpec("start", "date32", "First day of a duration", "instant or forever"),
    ColumnSpec("end", "date32", "Last day, included, as people write it", "forever"),
    ColumnSpec(
        "unit", "string", "Unit in OIM's form: `iso4217:USD`, `iso4217:USD/xbrli:shares`", "not numeric", "OIM unit"
    ),
    ColumnSpec("unit_id", "string", "Id of the unit in the document", "not numeric"),
    ColumnSpec("language", "string", "Effective xml:lang of a text fact", "numeric, or none in force", "OIM language"),
    ColumnSpec(
        "dimensions",
        DIMENSION,
        "Axes reported with their members and English labels; defaults are not reported",
        source="OIM",
    ),
    ColumnSpec(
        "value", "string", "Lexical value in full precision, inline scale and sign applied", "nil, or not valid"
    ),
    ColumnSpec("number", "float64", "The value as a number to calculate with", "not numeric, nil, or not valid"),
    ColumnSpec(
        "exact",
        "amount",
        "The value to the last digit",
        "as `number`, or more than 38 digits with 12 of fraction: then read `value`",
    ),
    ColumnSpec(
        "decimals",
        "int32",
        "Accuracy: digits after the decimal point that are right",
        "not given, or infinite",
        "XBRL 2.1, 4.6.5",
    ),
    ColumnSpec("is_exact", "bool", "decimals is INF", "no accuracy given", "XBRL 2.1, 4.6.5"),
    ColumnSpec("nil", "bool", "The fact is nil"),
    ColumnSpec("numeric", "bool", "The concept is numeric"),
    ColumnSpec("balance", "string", "`debit` or `credit`", "none declared", "XBRL 2.1, 5.1.1.2"),
    ColumnSpec("period_type", "string", "`instant` or `duration`", "unknown concept", "XBRL 2.1, 5.1.1.1"),
    ColumnSpec("data_type", "string", "Declared type, Clark notation", "unknown concept"),
    ColumnSpec("hidden", "bool", "Inside ix:hidden", source="Inline XBRL 1.1, 9"),
    ColumnSpec("valid", "bool", "Value, context, dimensions, unit and accuracy could be established"),
    ColumnSpec("instance", "string", "URL of the instance or of the inline set's first document"),
    ColumnSpec("target", "string", "Target document of an inline set", "the default one", "Inline XBRL 1.1, 3"),
    ColumnSpec("document", "string", "URL of the document in which the fact stands"),
    ColumnSpec("line", "int32", "Line in the document, from 1", "unknown"),
)

CONCEPT_COLUMNS = ("concept", "namespace", "label", "balance", "period_type", "data_type")
"""Columns of `facts` that follow from the concept alone."""

CONTEXT_COLUMNS = (
    *("scheme", "entity", "period", "period_start", "period_end", "start", "end"),
    "dimensions",
)
"""Columns of `facts` that follow from the context alone."""

FACT_PAGES: tuple[ColumnSpec, ...] = (
    ColumnSpec("pages", "list<string>", "Report pages that show the fact, in page order"),
    ColumnSpec(
        "presented",
        "float64",
        "Value with the sign of its first page: negated labels turn it",
        "as `number`, or on no page",
    ),
)

FACT_FISCAL: tuple[ColumnSpec, ...] = (
    ColumnSpec("fiscal_year", "int32", "Fiscal year in which the period ends, worked out from dates", "no dates"),
    ColumnSpec("fiscal_quarter", "int32", "Fiscal quarter in which the period ends, 1 to 4", "no dates"),
    ColumnSpec(
        "fiscal_period",
        "string",
        "`FY`, `Q1` to `Q4`, `6M`, `9M` (year to date); of an instant what it ends",
        "any other span, or an instant that ends none",
    ),
    ColumnSpec("cover_year", "int32", "Fiscal year that the cover page claims for the report", "none claimed"),
    ColumnSpec("cover_period", "string", "Fiscal period that the cover page claims for the report", "none claimed"),
)

CONCEPTS: tuple[ColumnSpec, ...] = (
    ColumnSpec("concept", "string", "Prefixed name"),
    ColumnSpec("namespace", "string", "Namespace"),
    ColumnSpec("local_name", "string", "Local name"),
    ColumnSpec("id", "string", "The declaration's id", "none"),
    ColumnSpec(
        "kind", "string", "`item`, `tuple`, `dimension`, `hypercube`", source="XBRL 2.1, 5.1.1; Dimensions 1.0, 2"
    ),
    ColumnSpec("data_type", "string", "Declared type, Clark notation", "none"),
    ColumnSpec("item_type", "string", "XBRL item type it derives from, local name", "not an item", "XBRL 2.1, 5.1.1.3"),
    ColumnSpec("numeric", "bool", "Numeric item"),
    ColumnSpec("abstract", "bool", "Abstract"),
    ColumnSpec("nillable", "bool", "May be nil"),
    ColumnSpec("period_type", "string", "`instant` or `duration`", "not an item"),
    ColumnSpec("balance", "string", "`debit` or `credit`", "none declared"),
    ColumnSpec("label", "string", "Standard label in English", "none"),
    ColumnSpec("documentation", "string", "Documentation label in English", "none"),
    ColumnSpec("document", "string", "Schema"),
    ColumnSpec("line", "int32", "Line of the declaration"),
)

LABELS: tuple[ColumnSpec, ...] = (
    ColumnSpec("concept", "string", "Prefixed name"),
    ColumnSpec("role", "string", "Label role", "none given", "XBRL 2.1, 5.2.2.2.2"),
    ColumnSpec("language", "string", "xml:lang", "none in force"),
    ColumnSpec("text", "string", "The label as written"),
    ColumnSpec("link_role", "string", "Role of the extended link"),
    ColumnSpec("document", "string", "Linkbase"),
    ColumnSpec("line", "int32", "Line of the label"),
)

RELATIONSHIPS: tuple[ColumnSpec, ...] = (
    ColumnSpec("arcrole", "string", "Arcrole", source="XBRL 2.1, 5.2"),
    ColumnSpec("role", "string", "Link role"),
    ColumnSpec("role_definition", "string", "Its definition; the role itself where there is none"),
    ColumnSpec("source", "string", "Prefixed name of the concept from which the arc goes"),
    ColumnSpec("target", "string", "Prefixed name of the concept to which it goes"),
    ColumnSpec("order", "float64", "Order among siblings; 1 where none is given"),
    ColumnSpec("weight", "float64", "Calculation weight", "not a summation-item arc", "XBRL 2.1, 5.2.5.2.1"),
    ColumnSpec("preferred_label", "string", "Preferred label role", "none"),
    ColumnSpec("target_role", "string", "xbrldt:targetRole", "none", "Dimensions 1.0, 2.4.3"),
    ColumnSpec(
        "context_element", "string", "xbrldt:contextElement", "not a has-hypercube arc", "Dimensions 1.0, 2.3.1"
    ),
    ColumnSpec("closed", "bool", "xbrldt:closed", source="Dimensions 1.0, 2.3.3"),
    ColumnSpec("usable", "bool", "xbrldt:usable", source="Dimensions 1.0, 2.5.3"),
    ColumnSpec("document", "string", "Linkbase"),
    ColumnSpec("line", "int32", "Line of the arc"),
)

REPORTS: tuple[ColumnSpec, ...] = (
    ColumnSpec("page", "string", "`R4`"),
    ColumnSpec("number", "int32", "Page number"),
    ColumnSpec("role", "string", "Link role"),
    ColumnSpec("title", "string", "Title as the page prints it"),
    ColumnSpec("short_name", "string", "Title without what was promoted to it"),
    ColumnSpec("long_name", "string", "Role definition"),
    ColumnSpec("category", "string", "Menu category of FilingSummary.xml"),
    ColumnSpec("scale", "string", "Scale line; empty where nothing is scaled"),
    ColumnSpec("rows", "int32", "Number of rows"),
    ColumnSpec("columns", "int32", "Number of columns"),
)

CELLS: tuple[ColumnSpec, ...] = (
    ColumnSpec("page", "string", "`R4`"),
    ColumnSpec("row", "int32", "Row on the page, from 0"),
    ColumnSpec("column", "int32", "Column on the page, from 0"),
    ColumnSpec("row_kind", "string", "`item` or `total`"),
    ColumnSpec("depth", "int32", "Depth of the concept in the presentation tree"),
    ColumnSpec("concept", "string", "Prefixed name of the fact's concept"),
    ColumnSpec("label", "string", "Row label"),
    ColumnSpec("label_role", "string", "Preferred label role", "none"),
    ColumnSpec("section", "string", "Label of the section in which the row stands", "none"),
    ColumnSpec("headings", "list<string>", "Column headings, top down"),
    ColumnSpec("start", "date32", "First day of the fact's duration", "instant or forever"),
    ColumnSpec("end", "date32", "Last day of the fact's period, included", "forever"),
    ColumnSpec("unit", "string", "Unit in OIM's form", "not numeric"),
    ColumnSpec("dimensions", DIMENSION, "Axes reported with their members and English labels"),
    ColumnSpec("text", "string", "The cell as the page prints it"),
    ColumnSpec("value", "string", "Lexical value in full precision, as reported", "nil, or not valid"),
    ColumnSpec("number", "float64", "The value as a number to calculate with", "see facts.number"),
    ColumnSpec("exact", "amount", "The value to the last digit", "see facts.exact"),
    ColumnSpec("presented", "float64", "The number with the sign that the page shows", "see facts.number"),
    ColumnSpec("decimals", "int32", "Accuracy of the fact", "see facts.decimals"),
    ColumnSpec("fact", "string", "Id of the fact shown"),
    ColumnSpec("instance", "string", "URL of the instance that holds the fact"),
)

READ: tuple[ColumnSpec, ...] = (
    ColumnSpec("page", "string", "File that was read"),
    ColumnSpec("title", "string", "Title without the currency promoted to it"),
    ColumnSpec("row", "int32", "Row on the page, from 0"),
    ColumnSpec("column", "int32", "Column on the page, from 0", "the text leaves it open: see `candidates`"),
    ColumnSpec("candidates", "list<int32>", "Columns in which the cell may stand"),
    ColumnSpec("path", "list<string>", "Labels that lead to the row: section members, then the abstract above it"),
    ColumnSpec("label", "string", "Row label without its unit suffix and date"),
    ColumnSpec("element", "string", "Prefixed name", "the page does not tell"),
    ColumnSpec("members", "list<string>", "`axis=member` pairs that the page names"),
    ColumnSpec("headings", "list<string>", "Headings of the column; those that all candidates share"),
    ColumnSpec("months", "int32", "Months of the duration", "an instant, or not told"),
    ColumnSpec("end", "date32", "Last day of the period, included", "not told"),
    ColumnSpec(
        "moment",
        "string",
        "`start` or `end` of the period, for what is measured at a moment",
        "a duration, or not told",
    ),
    ColumnSpec("unit", "string", "`USD`, `shares`, `USD/shares`, `pure`; the likeliest where open", "text"),
    ColumnSpec("unit_candidates", "list<string>", "Every unit that the page allows"),
    ColumnSpec("text", "string", "The cell as printed"),
    ColumnSpec("value", "string", "Exact decimal, scale applied, sign as presented", "text or nil"),
    ColumnSpec("number", "float64", "`value` as a number to calculate with", "text or nil"),
    ColumnSpec("exact", "amount", "`value` as an exact amount", "text, nil, or more than 38 digits"),
    ColumnSpec("decimals", "int32", "Accuracy of the print: -6 for whole millions", "text or nil"),
    ColumnSpec("nil", "bool", "The cell shows a nil fact"),
    ColumnSpec("data_type", "string", "Type from the definition panel, prefixed", "the page does not tell"),
)

TABLES: dict[str, tuple[ColumnSpec, ...]] = {
    "facts": FACTS,
    "concepts": CONCEPTS,
    "labels": LABELS,
    "relationships": RELATIONSHIPS,
    "reports": REPORTS,
    "cells": CELLS,
    "read": READ,
}


def arrow_type(spec: str) -> pa.DataType:
    """The Arrow type of a ColumnSpec."""
    import pyarrow as pa

    simple = {
        "string": pa.string,
        "bool": pa.bool_,
        "int32": pa.int32,
        "float64": pa.float64,
        "date32": pa.date32,
        "timestamp[s]": lambda: pa.timestamp("s"),
        "amount": lambda: pa.decimal128(AMOUNT_PRECISION, AMOUNT_SCALE),
        "list<string>": lambda: pa.list_(pa.string()),
        "list<int32>": lambda: pa.list_(pa.int32()),
        DIMENSION: lambda: pa.list_(
            pa.struct(
                [
                    pa.field("axis", pa.string(), nullable=False),
                    pa.field("member", pa.string(), nullable=False),
                    pa.field("typed", pa.bool_(), nullable=False),
                    pa.field("axis_label", pa.string()),
                    pa.field("member_label", pa.string()),
                ]
            )
        ),
    }
    return simple[spec]()


@cache
def arrow_schema(columns: tuple[ColumnSpec, ...]) -> pa.Schema:
    """The Arrow schema of a table; each field's metadata holds its meaning."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field(c.name, arrow_type(c.type), nullable=c.null != "never", metadata={"description": c.meaning})
            for c in columns
        ]
    )


def axis_columns(axes: tuple[str, ...]) -> tuple[ColumnSpec, ...]:
    """One column for each requested axis: its member, prefixed, or the typed value."""
    return tuple(
        ColumnSpec(axis, "string", f"Member of {axis}: prefixed name, or the typed value", "axis not reported")
        for axis in axes
    )


def markdown() -> str:
    """The reference of all tables, as `docs/tables.md` prints it."""
    lines = ["# Tables", "", "Generated by `make docs` from `recto.tables.schemas`.", ""]
    lines += [
        "`number` is float64, for calculating; `exact` is the same to the last digit, as `decimal128(38, 12)`.",
        "A value that does not fit exactly is null in `exact` and stands in `value`.",
        "Where `axes` is asked for, `facts` has one more string column for each axis, named after it;",
        "where `pages` is asked for, it has `pages` and `presented`, where `fiscal` is, the columns of fiscal periods.",
    ]
    for name, columns in [*TABLES.items(), ("facts, with pages", FACT_PAGES), ("facts, with fiscal", FACT_FISCAL)]:
        lines += ["", f"## {name}", "", "| column | type | meaning | null means | source |", "|---|---|---|---|---|"]
        for c in columns:
            kind = "decimal128(38, 12)" if c.type == "amount" else c.type
            lines.append(f"| `{c.name}` | `{kind}` | {c.meaning} | {c.null} | {c.source} |")
    return "\n".join(lines) + "\n"
