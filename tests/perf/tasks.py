"""The tasks of docs/how-to, as programs in other libraries: measured by docs/make_comparison.py, never imported.

Each runs where the real filings stand, on the 10-K of Apple for 2022 (`aapl-2022-10k`); recto's own are the pages of
docs/how-to. What is said of a result was seen with edgartools 5.62.1 and Arelle 2.47.3.
"""

from __future__ import annotations

EDGARTOOLS = 'from edgar.xbrl import XBRL\nxbrl = XBRL.from_directory("aapl-2022-10k")\n'
ARELLE = (
    "from arelle import Cntlr, XbrlConst\n"
    'model = Cntlr.Cntlr().modelManager.load("aapl-2022-10k/aapl-20220924_htm.xml")\n'
)

TASKS: dict[str, tuple[str, str]] = {
    # page of docs/how-to: (edgartools, Arelle); "" where there is no way that is not a program of its own
    "revenue-by-segment": (
        EDGARTOOLS
        + 'axis = "us-gaap:StatementBusinessSegmentsAxis"\n'
        + 'sales = xbrl.facts.query().by_concept("RevenueFromContract").by_dimension(axis).to_dataframe()\n'
        + 'print(sales.pivot_table("numeric_value", "dim_us-gaap_StatementBusinessSegmentsAxis", "period_end"))\n',
        ARELLE
        + "rows = {}\n"
        + "for fact in model.facts:\n"
        + '    if fact.qname.localName.startswith("RevenueFromContract") and fact.isNumeric:\n'
        + "        for axis, value in fact.context.qnameDims.items():\n"
        + '            if axis.localName == "StatementBusinessSegmentsAxis" and len(fact.context.qnameDims) == 1:\n'
        + "                rows.setdefault(value.member.label(), {})[fact.context.endDate] = fact.xValue\n"
        + "for member, values in rows.items():\n"
        + "    print(member, *(values[end] for end in sorted(values)))\n",
    ),
    "balance-sheet": (
        EDGARTOOLS + "print(xbrl.statements.balance_sheet().to_dataframe())\n",
        ARELLE
        + "links = model.relationshipSet(XbrlConst.parentChild)\n"
        + 'role = next(each for each in links.linkRoleUris if each.endswith("/CONSOLIDATEDBALANCESHEETS"))\n'
        + "links = model.relationshipSet(XbrlConst.parentChild, role)\n"
        + "def show(concept, depth, preferred=None):\n"
        + "    facts = [f for f in model.factsByQname[concept.qname] if not f.context.qnameDims]\n"
        + "    values = {f.context.endDate: f.xValue for f in facts}\n"
        + '    print("  " * depth + concept.label(preferred), *values.values())\n'
        + "    for link in links.fromModelObject(concept):\n"
        + "        show(link.toModelObject, depth + 1, link.preferredLabel)\n"
        + "for root in links.rootConcepts:\n"
        + "    show(root, 0)\n",
    ),
    "facts-of-a-year": (
        EDGARTOOLS
        + 'facts = xbrl.facts.query().by_fiscal_year(2022).by_fiscal_period("FY").to_dataframe()\n'
        + 'plain = facts[~facts.is_dimensioned].drop_duplicates(["concept", "period_key", "numeric_value"])\n'
        + "print(plain)\n",
        ARELLE
        + "for fact in model.facts:\n"
        + "    context = fact.context\n"
        + "    days = (context.endDatetime - context.startDatetime).days if context.isStartEndPeriod else 0\n"
        + '    if str(context.endDate) == "2022-09-24" and not context.qnameDims and days in (0, *range(350, 372)):\n'
        + "        print(fact.concept.label(), fact.value[:80])\n",
    ),
    "notes": (
        EDGARTOOLS + 'for page in xbrl.disclosures():\n    print(page.text() or "")\n',
        "from lxml import html\n"
        + ARELLE
        + "for fact in model.facts:\n"
        + "    if fact.concept.isTextBlock:\n"
        + '        print(html.fromstring(f"<div>{fact.value}</div>").text_content())\n',
    ),
    "chart": (
        "import matplotlib\n"
        + EDGARTOOLS
        + 'facts = xbrl.facts.time_series("us-gaap:NetIncomeLoss").drop_duplicates("date")\n'
        + 'facts.plot(x="date", y="numeric_value").figure.savefig("/tmp/net-income.svg")\n',
        "",
    ),
    "cell-to-fact": (
        EDGARTOOLS
        + 'line = xbrl.statements.income_statement()["Net income"]\n'
        + 'fact = xbrl.facts.query().by_concept(line.concept.replace("_", ":"), exact=True).execute()[0]\n'
        + 'print(fact["label"], fact["value"], fact["fact_id"], fact["context_ref"])\n',
        ARELLE
        + 'fact = next(f for f in model.factsByLocalName["NetIncomeLoss"] if str(f.context.endDate) == "2022-09-24")\n'
        + "print(fact.concept.label(), fact.value, fact.modelDocument.basename, fact.sourceline, fact.id)\n",
    ),
    "axes-and-members": (
        EDGARTOOLS
        + "for axis, members in xbrl.facts.get_unique_dimensions().items():\n"
        + "    print(axis, *sorted(members))\n",
        ARELLE
        + "used = {}\n"
        + "for context in model.contexts.values():\n"
        + "    for axis, value in context.qnameDims.items():\n"
        + "        used.setdefault(axis, set()).add(value.memberQname if value.isExplicit else value.stringValue)\n"
        + "for axis, members in used.items():\n"
        + "    print(axis, *members)\n",
    ),
    "concept": (
        EDGARTOOLS + 'entry = xbrl.element_catalog["us-gaap_Assets"]\n' + "print(entry.labels)\n",
        ARELLE
        + 'concept = model.nameConcepts["Assets"][0]\n'
        + "print(concept.label(), concept.label(XbrlConst.documentationLabel))\n",
    ),
    "calculation": (
        EDGARTOOLS
        + "arcs = xbrl.calculation_linkbase()\n"
        + 'arcs = arcs[arcs.role_uri.str.endswith("/CONSOLIDATEDSTATEMENTSOFOPERATIONS")]\n'
        + "facts = xbrl.facts.to_dataframe().query(\"not is_dimensioned and period_type == 'duration'\")\n"
        + 'facts = facts.assign(name=facts.concept.str.partition(":")[2]).drop_duplicates(["name", "period_end"])\n'
        + 'values = facts.pivot(index="name", columns="period_end", values="numeric_value")\n'
        + 'for total, items in arcs.groupby("parent_concept"):\n'
        + "    sums = values.reindex(items.concept).mul(items.weight.values, axis=0).sum()\n"
        + "    print(total, values.loc[total].dropna().to_dict(), (values.loc[total] - sums).dropna().to_dict())\n",
        ARELLE
        + "links = model.relationshipSet(XbrlConst.summationItem)\n"
        + 'role = next(r for r in links.linkRoleUris if r.endswith("/CONSOLIDATEDSTATEMENTSOFOPERATIONS"))\n'
        + "links = model.relationshipSet(XbrlConst.summationItem, role)\n"
        + "def values(concept):\n"
        + "    facts = [f for f in model.factsByQname[concept.qname] if not f.context.qnameDims]\n"
        + "    return {f.contextID: f.xValue for f in facts}\n"
        + "def show(concept, depth):\n"
        + "    items = links.fromModelObject(concept)\n"
        + "    for context, value in values(concept).items():\n"
        + "        total = sum(i.weightDecimal * values(i.toModelObject).get(context, 0) for i in items)\n"
        + '        print("  " * depth + concept.label(), value, total if items else "")\n'
        + "    for item in items:\n"
        + "        show(item.toModelObject, depth + 1)\n"
        + "for root in links.rootConcepts:\n"
        + "    show(root, 0)\n",
    ),
    "compare": (
        "from edgar.xbrl import XBRL, XBRLS\n"
        + 'both = XBRLS([XBRL.from_directory("aapl-2022-10k"), XBRL.from_directory("aapl-2010-10k")])\n'
        + "print(both.statements.income_statement().to_dataframe())\n",
        "",
    ),
    "excel": (
        "import pandas\n"
        + EDGARTOOLS
        + 'with pandas.ExcelWriter("/tmp/report.xlsx") as book:\n'
        + '    for name in ("income_statement", "balance_sheet", "cashflow_statement"):\n'
        + "        getattr(xbrl.statements, name)().to_dataframe().to_excel(book, sheet_name=name)\n"
        + '    xbrl.facts.to_dataframe().to_excel(book, sheet_name="facts")\n',
        "from arelle import ViewFileFactTable\n" + ARELLE + 'ViewFileFactTable.viewFacts(model, "/tmp/report.xlsx")\n',
    ),
    "duckdb": (
        "import duckdb\n"
        + EDGARTOOLS
        + "facts = xbrl.facts.to_dataframe()\n"
        + "sql = \"select concept, max(numeric_value) as most from facts where currency = 'USD'\"\n"
        + 'print(duckdb.sql(sql + " group by 1 order by 2 desc, 1 limit 5"))\n',
        "import duckdb, pandas\n"
        + ARELLE
        + "rows = [(str(f.qname), f.unitID, float(f.xValue)) for f in model.facts if f.isNumeric and not f.isNil]\n"
        + 'facts = pandas.DataFrame(rows, columns=["concept", "unit", "number"])\n'
        + "sql = \"select concept, max(number) as most from facts where unit = 'usd'\"\n"
        + 'print(duckdb.sql(sql + " group by 1 order by 2 desc, 1 limit 5"))\n',
    ),
}

SEEN: dict[str, tuple[str, str, str]] = {
    # what came out: (recto, edgartools, Arelle)
    "revenue-by-segment": ("5 segments by 3 years", "the same", "the same"),
    "balance-sheet": (
        "33 lines by 2 years, in the page's order, dates as columns",
        "the same lines, and below them those of members; further columns with balance, weight, a standard concept",
        "33 lines printed; no frame, and the order of the two years is that of the facts",
    ),
    "facts-of-a-year": (
        "319 facts; of duplicates the most precise",
        "fiscal years by the periods' ends; duplicates by equal value only; 52 weeks are known",
        "by dates worked out by hand; duplicates stay",
    ),
    "notes": (
        "11 notes: paragraphs, lists, tables in columns",
        "58 pages, details and tables among them; paragraphs and tables folded at 80 columns",
        "54 text blocks as one run of characters each: paragraphs and cells are not set apart",
    ),
    "chart": ("SVG or PNG", "by pandas and matplotlib, which it does not bring along", "none"),
    "cell-to-fact": (
        "the fact of the cell with document, line, pages and definition",
        "a value and an id, found again by the concept; no document and no line",
        "document and line; there are no cells, so the fact is looked for by name and date",
    ),
    "axes-and-members": (
        "24 axes with labels, defaults and numbers of facts",
        "24 axes with the members in use",
        "24 axes with the members in use",
    ),
    "concept": (
        "label, type and definition; searched by words",
        "labels of the filing's own linkbase; definitions are in a taxonomy that it does not read",
        "the label; the definition only where the DTS names the linkbase that holds it, which the SEC's does not",
    ),
    "calculation": (
        "a tree with values, sums and differences by year; within accuracy, as XBRL 2.1 and Calculations 1.1 have it",
        "arcs as a frame; sums by pandas, without regard to accuracy",
        "sums by a walk of one's own; its validation reports differences with regard to accuracy",
    ),
    "compare": (
        "restated, new, gone, called otherwise, moved: 1,002 changes in twelve years",
        "no list of changes, but what recto lacks for single filings: statements of several years stitched into one,"
        " with concepts made comparable",
        "none for facts; taxonomies can be compared (versioning reports)",
    ),
    "excel": (
        "statements laid out as pages, and all facts, typed",
        "frames by pandas, unformatted",
        "one sheet of facts along the presentation tree",
    ),
    "duckdb": ("5 rows", "the same", "the same, by a frame of one's own"),
}
