"""The declared schemas of the lake's tables; `recto sql --help` names the tables.

Types are those of `recto.tables.schemas`, in Delta's range: dates, microseconds in UTC, 128-bit decimals. A filing is
named by its accession number, or by its name and the digest of its content; `filing` and `fact` together name a fact.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from recto.tables.schemas import ColumnSpec

if TYPE_CHECKING:
    import pyarrow as pa

_C = ColumnSpec
_FILING = _C("filing", "string", "Accession number, or name and digest of the content")
_FACT = _C("fact", "int32", "Number of the fact in its filing, from 0")
_ACCEPTED = _C("accepted", "time", "When EDGAR accepted the filing, in UTC", "not known: the source has no header")

FILINGS = (
    _FILING,
    _C("batch", "string", "The batch with which the filing's rows were committed"),
    _C("run", "string", "The run that took it in"),
    _C("ingested", "time", "When it was taken in"),
    _C("status", "string", "`ok`, or `failed`: then only `findings` has rows of it"),
    _C("problem", "string", "Code of the finding that stopped it", "not failed"),
    _C("source", "string", "Where it was read"),
    _C("name", "string", "What the source is called"),
    _C("digest", "string", "SHA-256 of its documents, or of the submission", "failed before it was read"),
    _C("entity", "string", "Identifier of the entity that most facts are of", "no facts"),
    _C("cik", "int64", "Central Index Key", "not the SEC's"),
    _C("company", "string", "Name of the registrant", "not told"),
    _C("ticker", "string", "Trading symbol on the cover", "not told"),
    _C("form", "string", "Submission type or document type", "not told"),
    _C("amendment", "bool", "Amends an earlier one", "not told"),
    _C("period", "date32", "Last day of the period of report", "not told"),
    _C("filed", "date32", "Day of filing", "not known"),
    _ACCEPTED,
    _C("fiscal_year_end", "string", "Month and day as the cover gives it, `--09-30`", "not told"),
    _C("fiscal_year", "int32", "Fiscal year as the cover gives it", "not told"),
    _C("fiscal_period", "string", "`FY`, `Q1` … as the cover gives it", "not told"),
    _C("basis", "string", "Accounting taxonomy of most facts: `us-gaap`, `ifrs-full`, …", "none known"),
    _C("taxonomy", "string", "Namespace of that taxonomy", "none known"),
    _C("with_pages", "bool", "Pages and cells were made"),
    *(
        _C(name, "int32", f"Rows of `{name}`")
        for name in ("facts", "texts", "concepts", "labels", "arcs", "pages", "cells", "findings", "footnotes")
    ),
    _C("checksum", "string", "Digest of the filing's facts, as `recto lake verify` computes it again", "failed"),
    _C("seconds", "float64", "Time that reading it took"),
)

FACTS = (
    _FILING,
    _FACT,
    _ACCEPTED,
    _C("scheme", "string", "Scheme of the entity identifier", "no context"),
    _C("entity", "string", "Entity identifier: the CIK with its zeros", "no context"),
    _C("concept", "string", "Prefixed name; standard taxonomies have one prefix in all years"),
    _C("start", "date32", "First day of a duration", "instant or forever"),
    _C("end", "date32", "Last day, included", "forever"),
    _C("period", "string", "The period in OIM's form", "whole days: `start` and `end` say it"),
    _C("unit", "string", "Unit in OIM's form", "not numeric"),
    _C("axes", "int32", "Number of axes reported: 0 is a total"),
    _C("dimensions", "string", "JSON object axis → member, axes in order", "no axes"),
    _C("value", "string", "Lexical value in full precision", "nil, invalid, or a long text: see `texts`"),
    _C("number", "amount", "Exact value", "not numeric, nil, or too long: then read `value`"),
    _C("decimals", "int32", "Digits after the decimal point that are right", "not given, or infinite"),
    _C("is_exact", "bool", "decimals is INF", "no accuracy given"),
    _C("nil", "bool", "The fact is nil"),
    _C("valid", "bool", "It has a value that fits its type, context and unit"),
    _C("hidden", "bool", "Inside ix:hidden"),
    _C("language", "string", "Language of a text", "numeric, or none in force"),
    _C("id", "string", "Fact id"),
    _C("instance", "int32", "Number of the report in the filing, from 0"),
    _C("document", "string", "File name of the document"),
    _C("line", "int32", "Line in the document, from 1", "unknown"),
)

TEXTS = (
    _FILING,
    _FACT,
    _ACCEPTED,
    _C("entity", "string", "Entity identifier", "no context"),
    _C("concept", "string", "Prefixed name"),
    _C("end", "date32", "Last day of the period", "forever"),
    _C("language", "string", "Language", "none in force"),
    _C("markup", "bool", "The value is escaped XHTML"),
    _C("text", "string", "The value as reported"),
)

CONCEPTS = (
    _FILING,
    _C("concept", "string", "Prefixed name, as in `facts`"),
    _C("name", "string", "Prefixed name as the filing writes it"),
    _C("namespace", "string", "Namespace"),
    _C("local_name", "string", "Local name"),
    _C("own", "bool", "Declared by the filing itself: an extension"),
    _C("kind", "string", "`item`, `tuple`, `dimension`, `hypercube`"),
    _C("data_type", "string", "Declared type, Clark notation", "none"),
    _C("item_type", "string", "XBRL item type it derives from", "not an item"),
    _C("numeric", "bool", "Numeric item"),
    _C("abstract", "bool", "Abstract"),
    _C("nillable", "bool", "May be nil"),
    _C("period_type", "string", "`instant` or `duration`", "not an item"),
    _C("balance", "string", "`debit` or `credit`", "none declared"),
    _C("label", "string", "Standard label", "none"),
    _C("documentation", "string", "Documentation label", "none, or not the filing's own concept"),
)

LABELS = (
    _FILING,
    _C("concept", "string", "Prefixed name, as in `facts`"),
    _C("role", "string", "Label role", "none given"),
    _C("language", "string", "Language", "none in force"),
    _C("text", "string", "The label"),
)

ARCS = (
    _FILING,
    _C("arcrole", "string", "Arcrole"),
    _C("role", "string", "Link role"),
    _C("definition", "string", "The role's definition"),
    _C("source", "string", "Concept from which the arc goes, as in `facts`"),
    _C("target", "string", "Concept to which it goes"),
    _C("order", "float64", "Order among siblings"),
    _C("weight", "amount", "Calculation weight", "not a summation-item arc"),
    _C("preferred_label", "string", "Preferred label role", "none"),
)

PAGES = (
    _FILING,
    _C("page", "string", "`R4`"),
    _C("number", "int32", "Page number"),
    _C("role", "string", "Link role"),
    _C(
        "statement",
        "string",
        "`balance`, `income`, `comprehensive income`, `cash flow`, `equity`",
        "no primary statement",
    ),
    _C("title", "string", "Title as the page prints it"),
    _C("short_name", "string", "Title without what was promoted to it"),
    _C("long_name", "string", "Role definition"),
    _C("category", "string", "Menu category"),
    _C("scale", "string", "Scale line; empty where nothing is scaled"),
    _C("rows", "int32", "Number of rows"),
    _C("columns", "int32", "Number of columns"),
)

CELLS = (
    _FILING,
    _C("page", "string", "`R4`"),
    _C("row", "int32", "Row, from 0"),
    _C("column", "int32", "Column, from 0", "the row shows no fact: a heading"),
    _C("kind", "string", "Row kind: `item`, `total`, `abstract`, `section`"),
    _C("depth", "int32", "Depth of the concept in its tree"),
    _C("concept", "string", "Concept of the row, as in `facts`", "a section"),
    _C("label", "string", "Row label"),
    _C("label_role", "string", "Role of the label", "a section"),
    _C("heading", "string", "Column headings, joined by ` | `", "no column"),
    _C("text", "string", "What the cell prints", "no fact, or a long text: see `texts`"),
    _C("number", "amount", "Value as reported", "not numeric or nil"),
    _C("presented", "amount", "Value with the sign that the page gives it", "as `number`"),
    _C("fact", "int32", "Number of the fact in the filing", "the row shows no fact"),
)

FINDINGS = (
    _FILING,
    _C("code", "string", "Code"),
    _C("severity", "string", "`error`, `warning`, `info`"),
    _C("message", "string", "What is wrong"),
    _C("document", "string", "Document", "none"),
    _C("line", "int32", "Line, from 1", "none"),
    _C("element", "string", "Element", "none"),
    _C("specification", "string", "Specification and clause", "none"),
)

FOOTNOTES = (
    _FILING,
    _FACT,
    _C("number", "int32", "Number among the fact's footnotes, from 0"),
    _C("text", "string", "The note, as serialized XHTML"),
    _C("role", "string", "Role", "none"),
    _C("language", "string", "Language", "none in force"),
    _C("arcrole", "string", "Arcrole from fact to note"),
    _C("document", "string", "File name of the document"),
    _C("line", "int32", "Line, from 1", "unknown"),
)

TABLES: dict[str, tuple[ColumnSpec, ...]] = {
    "filings": FILINGS,
    "facts": FACTS,
    "texts": TEXTS,
    "concepts": CONCEPTS,
    "labels": LABELS,
    "arcs": ARCS,
    "pages": PAGES,
    "cells": CELLS,
    "findings": FINDINGS,
    "footnotes": FOOTNOTES,
}
"""`filings` is the commit point: rows of the others count once it lists their batch."""
DATA = tuple(name for name in TABLES if name != "filings")

SORTED: dict[str, tuple[str, ...]] = {
    "filings": ("cik", "accepted", "filing"),
    "facts": ("concept", "entity", "end", "filing"),
    "texts": ("concept", "filing", "fact"),
    "concepts": ("concept", "filing"),
    "labels": ("filing", "concept"),
    "arcs": ("filing", "arcrole", "role"),
    "pages": ("filing", "number"),
    "cells": ("filing", "page", "row"),
    "findings": ("filing",),
    "footnotes": ("filing", "fact"),
}
"""How rows are sorted within a file. Compaction of `facts` sorts by blocks of entities first (`recto.lake.layouts`)."""

UNINDEXED = frozenset({"text", "value", "documentation", "message", "dimensions"})
"""Columns written without statistics: pyarrow cannot read a page back whose bounds take 8 MiB or more."""


@cache
def arrow_schema(table: str) -> pa.Schema:
    import pyarrow as pa

    from recto.tables.schemas import AMOUNT_PRECISION, AMOUNT_SCALE

    types = {
        "string": pa.string(),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "float64": pa.float64(),
        "bool": pa.bool_(),
        "date32": pa.date32(),
        "time": pa.timestamp("us", tz="UTC"),
        "amount": pa.decimal128(AMOUNT_PRECISION, AMOUNT_SCALE),
    }
    return pa.schema([(each.name, types[each.type]) for each in TABLES[table]])
