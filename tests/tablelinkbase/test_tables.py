"""Tables laid out and filled; what is wrong with them; tables as pages and as `recto show` prints them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import recto
from recto.cli import main
from recto.errors import UsageError
from recto.findings import Finding
from recto.tablelinkbase.aspects import fact_value, value_key
from recto.tablelinkbase.layout import constraints
from recto.tablelinkbase.model import LayoutTable
from tests.tablelinkbase.small import (
    ROLE,
    SIMPLE,
    STD,
    arc,
    breakdown,
    concept,
    member,
    node,
    rule,
    rule_set,
    table,
    text,
    tree,
    write,
)


def the_table(path: Path) -> LayoutTable:
    (only,) = recto.open(path, offline=True).tables
    (made,) = only.tables
    return made


def values(made: LayoutTable) -> list[list[str]]:
    return [[" ".join(fact.value for fact in cell) for cell in row] for piece in made.cells for row in piece]


def told(path: Path) -> list[Finding]:
    return [each for each in recto.open(path, offline=True).validate(["tables"]) if each.code.startswith("xbrlte:")]


def on_x(*nodes: str) -> str:
    """Nodes on the x-axis of a table whose rows are two concepts; arcs between them are among them."""
    return "".join(
        (
            *(
                table(),
                breakdown("Y"),
                breakdown("X"),
                rule("sales", concept("Sales")),
                rule("costs", concept("Costs")),
            ),
            *(arc("breakdown", "T", "Y", 1, axis="y"), arc("breakdown", "T", "X", 2, axis="x")),
            *(tree("Y", "sales", "costs"), *nodes),
        )
    )


def test_cells_show_the_facts_that_fit(tmp_path: Path) -> None:
    made = the_table(write(tmp_path))
    assert made.shape == (1, 2, 3)
    assert values(made) == [["100", "60", "40"], ["30", "10", ""]]
    header = made.headers["x"][0]
    assert [[(cell.span, cell.rollup) for cell in row] for row in header.rows] == [
        [(3, False)],
        [(1, True), (1, False), (1, False)],
    ]
    assert [label for _, _, label in made.headers["y"][0].rows[0][0].labels] == ["Sales", "r010"]


def test_a_report_without_facts_has_empty_cells(tmp_path: Path) -> None:
    assert values(the_table(write(tmp_path, facts=False))) == [["", "", ""], ["", "", ""]]


def test_a_parent_comes_last_where_it_says_so(tmp_path: Path) -> None:
    made = the_table(write(tmp_path, SIMPLE.replace('id="X">', 'id="X" parentChildOrder="children-first">')))
    assert values(made) == [["60", "40", "100"], ["10", "", "30"]]


def test_slices_multiply_and_so_do_breakdowns_of_one_axis(tmp_path: Path) -> None:
    more = "".join(
        (
            *(
                breakdown("Z"),
                arc("breakdown", "T", "Z", 3, axis="z"),
                rule("none"),
                rule("main", store("Main Street")),
            ),
            tree("Z", "none", "main"),
        )
    )
    made = the_table(write(tmp_path, SIMPLE + more))
    assert made.shape == (2, 2, 3)
    assert values(made) == [["100", "60", "40"], ["30", "10", ""], ["8", "5", ""], ["", "", ""]]
    same_axis = the_table(write(tmp_path, (SIMPLE + more).replace('axis="z"', 'axis="y"')))
    assert same_axis.shape == (1, 4, 3)
    assert values(same_axis) == [["100", "60", "40"], ["8", "5", ""], ["30", "10", ""], ["", "", ""]]


def store(name: str) -> str:
    return (
        f'<formula:typedDimension dimension="t:Store"><formula:value><t:store>{name}</t:store></formula:value>'
        "</formula:typedDimension>"
    )


def test_open_nodes_come_from_the_facts(tmp_path: Path) -> None:
    aspect = node(
        "aspectNode", "open", '<table:dimensionAspect includeUnreportedValue="true">t:Store</table:dimensionAspect>'
    )
    made = the_table(write(tmp_path, on_x(aspect, tree("X", "open"))))
    assert values(made) == [["100", "8"], ["30", ""]]
    only = node("aspectNode", "open", "<table:dimensionAspect>t:Store</table:dimensionAspect>")
    assert values(the_table(write(tmp_path, on_x(only, tree("X", "open"))))) == [["8"], [""]]
    kept = (
        '<df:explicitDimension xlink:type="resource" xlink:label="f" id="f"><df:dimension><df:qname>t:Region</df:qname>'
        "</df:dimension><df:member><df:qname>t:North</df:qname></df:member></df:explicitDimension>"
    )
    region = node("aspectNode", "open", "<table:dimensionAspect>t:Region</table:dimensionAspect>")
    filtered = on_x(region, tree("X", "open"), kept, arc("node-filter", "open", "f"))
    assert values(the_table(write(tmp_path, filtered))) == [["60"], ["10"]]


def test_networks_give_trees(tmp_path: Path) -> None:
    members = node("dimensionRelationshipNode", "tree", "<table:dimension>t:Region</table:dimension>")
    made = the_table(write(tmp_path, on_x(members, tree("X", "tree"))))
    assert values(made) == [["100", "60", "", "40"], ["30", "10", "", ""]]
    concepts = node(
        "conceptRelationshipNode",
        "tree",
        "<table:relationshipSource>t:Heading</table:relationshipSource>"
        "<table:arcrole>http://www.xbrl.org/2003/arcrole/parent-child</table:arcrole>",
    )
    rows = "".join((table(), breakdown("Y"), arc("breakdown", "T", "Y", 1, axis="y"), concepts, tree("Y", "tree")))
    made = the_table(write(tmp_path, rows))
    assert values(made) == [["100"], ["30"], ["70"]]
    assert [[cell.span for cell in row] for row in made.headers["y"][0].rows] == [[3], [1, 2], [1, 1, 1]]


def test_tags_choose_among_constraint_sets(tmp_path: Path) -> None:
    sets = rule_set("n", member("North")) + rule_set("s", member("South"))
    tagged = on_x(rule("either", sets), tree("X", "either"))
    tagged = tagged.replace('id="sales"', 'id="sales" tagSelector="s"').replace(
        'id="costs"', 'id="costs" tagSelector="n"'
    )
    assert values(the_table(write(tmp_path, tagged))) == [["40"], ["10"]]


def test_parameters_make_a_set_of_tables(tmp_path: Path) -> None:
    parameter = (
        '<variable:parameter xlink:type="resource" xlink:label="p" id="p" name="region"'
        " select=\"(QName('http://example.org/tables', 't:North'), QName('http://example.org/tables', 't:South'))\"/>"
    )
    by_name = member("x").replace(
        "<formula:qname>t:x</formula:qname>", "<formula:qnameExpression>$r</formula:qnameExpression>"
    )
    made = on_x(rule("region", by_name), tree("X", "region"), parameter, arc("parameter", "T", "p", name="r"))
    (only,) = recto.open(write(tmp_path, made), offline=True).tables
    assert [values(each) for each in only.tables] == [[["60"], ["10"]], [["40"], [""]]]


def test_each_cell_agrees_with_a_search_of_all_facts(tmp_path: Path) -> None:
    path = write(tmp_path)
    filing = recto.open(path, offline=True)
    (made,) = filing.tables[0].tables
    (z,) = made.places["z"]
    for y, row in zip(made.places["y"], made.cells[0], strict=True):
        for x, cell in zip(made.places["x"], row, strict=True):
            wanted = constraints((z, y, x), frozenset())
            axes = {aspect for aspect in wanted if not isinstance(aspect, str)}
            fitting = [
                fact
                for fact in filing.facts
                if all(value_key(fact_value(fact, aspect)) == value_key(value) for aspect, value in wanted.items())
                and not set(fact.dimensions) - axes
            ]
            assert list(cell) == fitting


def test_an_invalid_fact_is_in_no_cell(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text("utf-8").replace(">60<", ">sixty<"), "utf-8")
    filing = recto.open(path, offline=True)
    (made,) = filing.tables[0].tables
    assert values(made) == [["100", "", "40"], ["30", "10", ""]]
    assert "sixty" not in "".join(
        cell.text for page in filing.table_pages("T") for row in page.rows for cell in row.cells
    )


X_NODES = on_x(rule("north", member("North")), tree("X", "north"))
START = "http://www.xbrl.org/2003/role/periodStartLabel"


def networks(links: str) -> str:
    """A table whose rows are the concepts of a network in which Heading is the parent of Sales, and the network."""
    source = "<table:relationshipSource>t:Heading</table:relationshipSource>"
    arcrole = f"<table:arcrole>{STD}parent-child</table:arcrole>"
    shown = node("conceptRelationshipNode", "tree", source + f"<table:linkrole>{ROLE}</table:linkrole>" + arcrole)
    parts = (table(), breakdown("Y"), arc("breakdown", "T", "Y", 1, axis="y"), tree("Y", "tree"), shown)
    return "".join(parts) + f'</gen:link>{links}<gen:link xlink:type="extended" xlink:role="{ROLE}">'


def presented(link: str, name: str, more: str = "") -> str:
    locs = "".join(
        f'<link:loc xlink:type="locator" xlink:href="#t_{each}" xlink:label="{each}"/>' for each in ("Heading", "Sales")
    )
    return (
        f'<link:{link} xlink:type="extended" xlink:role="{ROLE}">{locs}<link:{name} xlink:type="arc"'
        f' xlink:arcrole="{STD}parent-child" xlink:from="Heading" xlink:to="Sales" order="1" {more}/></link:{link}>'
    )


FAULTS = {
    "xbrlte:tableBreakdownSourceError": SIMPLE + arc("breakdown", "Y", "X", axis="x"),
    "xbrlte:tableBreakdownTargetError": SIMPLE + arc("breakdown", "T", "sales", axis="x"),
    "xbrlte:breakdownTreeSourceError": SIMPLE + arc("tree", "T", "sales"),
    "xbrlte:breakdownTreeTargetError": SIMPLE + arc("tree", "X", "T"),
    "xbrlte:definitionNodeSubtreeSourceError": SIMPLE + arc("below", "T", "sales"),
    "xbrlte:definitionNodeSubtreeTargetError": SIMPLE + arc("below", "sales", "T"),
    "xbrlte:tableParameterSourceError": SIMPLE + arc("parameter", "X", "sales", name="p"),
    "xbrlte:tableParameterTargetError": SIMPLE + arc("parameter", "T", "sales", name="p"),
    "xbrlte:tableFilterSourceError": SIMPLE + arc("filter", "X", "sales"),
    "xbrlte:tableFilterTargetError": SIMPLE + arc("filter", "T", "sales"),
    "xbrlte:aspectNodeFilterSourceError": SIMPLE + arc("node-filter", "T", "sales"),
    "xbrlte:aspectNodeFilterTargetError": SIMPLE + arc("node-filter", "sales", "costs"),
    "xbrlte:prohibitedDefinitionNodeSubtreeSourceError": X_NODES
    + node("dimensionRelationshipNode", "tree", "<table:dimension>t:Region</table:dimension>")
    + arc("below", "tree", "north"),
    "xbrlte:cyclicDefinitionNodes": SIMPLE + arc("below", "north", "all"),
    "xbrlte:abstractRuleNodeNoChildren": X_NODES.replace('id="north"', 'id="north" abstract="true"'),
    "xbrlte:nonAbstractMergedRuleNode": SIMPLE.replace('id="all"', 'id="all" merge="true"'),
    "xbrlte:mergedRuleNodeWithTaggedRuleSet": on_x(
        rule("all", rule_set("a", member("North")), merge="true", abstract="true"),
        tree("X", "all"),
    ),
    "xbrlte:duplicateTag": on_x(rule("north", rule_set("a", member("North")) * 2), tree("X", "north")),
    "xbrlte:invalidUseOfLabel": SIMPLE.replace('id="all"', 'id="all" merge="true" abstract="true"'),
    "xbrlte:unrecognisedAspectRule": on_x(rule("north", "<t:rule/>"), tree("X", "north")),
    "xbrlte:incompleteAspectRule": on_x(rule("north", "<formula:period/>"), tree("X", "north")),
    "xbrlte:invalidQNameAspectValue": X_NODES.replace("t:North", "t:Nowhere"),
    "xbrlte:multipleValuesForAspect": on_x(rule("north", member("North") + member("South")), tree("X", "north")),
    "xbrlte:constraintSetAspectMismatch": on_x(
        rule("north", member("North") + rule_set("a", store("x"))), tree("X", "north")
    ),
    "xbrlte:expressionNotCastableToRequiredType": on_x(
        node(
            "dimensionRelationshipNode",
            "tree",
            "<table:dimension>t:Region</table:dimension><table:generationsExpression>'x'</table:generationsExpression>",
        ),
        tree("X", "tree"),
    ),
    "xbrlte:relationshipNodeTooManyGenerations": on_x(
        node(
            "dimensionRelationshipNode",
            "tree",
            "<table:dimension>t:Region</table:dimension><table:formulaAxis>child</table:formulaAxis>"
            "<table:generations>2</table:generations>",
        ),
        tree("X", "tree"),
    ),
    "xbrlte:invalidConceptRelationshipSource": "".join(
        (
            *(table(), breakdown("Y"), arc("breakdown", "T", "Y", 1, axis="y"), tree("Y", "tree")),
            node(
                "conceptRelationshipNode",
                "tree",
                "<table:relationshipSource>t:Nothing</table:relationshipSource>"
                "<table:arcrole>http://www.xbrl.org/2003/arcrole/parent-child</table:arcrole>",
            ),
        )
    ),
    "xbrlte:ambiguousConceptNetwork": networks(
        presented("presentationLink", "presentationArc") + presented("definitionLink", "definitionArc")
    ),
    "xbrlte:ambiguousPreferredLabel": networks(
        presented(
            "presentationLink",
            "presentationArc",
            f'preferredLabel="{START}" xmlns:pl="http://xbrl.org/2013/preferred-label" pl:preferredLabel="{START}"',
        )
    ),
    "xbrlte:invalidDimensionRelationshipSource": on_x(
        node(
            "dimensionRelationshipNode",
            "tree",
            "<table:relationshipSource>t:Sales</table:relationshipSource><table:dimension>t:Region</table:dimension>",
        ),
        tree("X", "tree"),
    ),
    "xbrlte:invalidExplicitDimensionQName": on_x(
        node("dimensionRelationshipNode", "tree", "<table:dimension>t:Store</table:dimension>"), tree("X", "tree")
    ),
    "xbrlte:invalidDimensionQNameOnAspectNode": on_x(
        node("aspectNode", "open", "<table:dimensionAspect>t:Sales</table:dimensionAspect>"), tree("X", "open")
    ),
    "xbrlte:closedDefinitionNodeZeroCardinality": on_x(
        node(
            "dimensionRelationshipNode",
            "tree",
            "<table:relationshipSource>t:South</table:relationshipSource><table:dimension>t:Region</table:dimension>"
            "<table:formulaAxis>child</table:formulaAxis>",
        ),
        tree("X", "tree"),
    ),
    "xbrlte:missingAspectValue": SIMPLE.replace(concept("Costs"), ""),
    "xbrlte:tableMissingConceptAspect": SIMPLE.replace(concept("Costs"), "").replace(concept("Sales"), ""),
    "xbrlte:aspectClashBetweenBreakdowns": SIMPLE.replace(member("North"), concept("Profit"))
    .replace(member("South"), concept("Profit"))
    .replace(member("All"), concept("Profit")),
    "xbrlte:tagSelectorClash": on_x(
        rule(
            "either",
            rule_set("n", member("North")) + rule_set("s", member("South")),
            tagSelector="n",
        ),
        tree("X", "either"),
    ).replace('id="sales"', 'id="sales" tagSelector="s"'),
    "xbrlte:noMatchingConstraintSet": on_x(rule("either", rule_set("n", member("North"))), tree("X", "either")),
    "xbrlte:tableParameterNameClash": SIMPLE
    + '<variable:parameter xlink:type="resource" xlink:label="p" id="p" name="a" select="1"/>'
    + '<variable:parameter xlink:type="resource" xlink:label="q" id="q" name="b" select="2"/>'
    + arc("parameter", "T", "p", 1, name="r")
    + arc("parameter", "T", "q", 2, name="r"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_what_is_wrong_is_told(tmp_path: Path, code: str) -> None:
    found = told(write(tmp_path, FAULTS[code]))
    assert code in [each.code for each in found], found
    assert all(each.document and each.line and each.subject for each in found)


def test_a_good_table_has_no_finding(tmp_path: Path) -> None:
    assert told(write(tmp_path)) == []


def test_one_bad_table_leaves_the_others(tmp_path: Path) -> None:
    other = SIMPLE.replace('"T"', '"U"').replace(concept("Costs"), "")
    for name in ("X", "Y", "sales", "costs", "all", "north", "south"):
        other = other.replace(f'"{name}"', f'"{name}2"')
    filing = recto.open(write(tmp_path, SIMPLE + other), offline=True)
    assert [each.id for each in filing.tables] == ["T"]
    assert [each.code for each in filing.table_outcomes().findings] == ["xbrlte:missingAspectValue"]


# Pages


def test_tables_are_pages(tmp_path: Path) -> None:
    filing = recto.open(write(tmp_path), offline=True)
    page = next(each for each in filing.reports if each.category == "Tables")
    assert page.title == "Sales by region"
    assert [column.labels for column in page.columns] == [
        ("Everywhere",),
        ("Everywhere", "North"),
        ("Everywhere", "South"),
    ]
    assert [(row.label, [cell.text for cell in row.cells]) for row in page.rows] == [
        ("r010 Sales", ["100", "60", "40"]),
        ("Costs", ["30", "10", ""]),
    ]
    assert page.rows[0].cells[1].facts[0].dimensions
    shown = {fact for each in filing.reports for fact in each.facts}
    assert shown == set(filing.facts)


def test_show_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(write(tmp_path, facts=False))
    assert main(["show", path, "--table", "T", "--offline"]) == 0
    shown = capsys.readouterr().out
    assert "Sales by region" in shown
    assert "Everywhere" in shown
    assert main(["show", path, "--table", "TT", "--offline"]) == 2
    assert "did you mean T?" in capsys.readouterr().err
    assert main(["show", path, "R1", "--table", "T", "--offline"]) == 2
    with pytest.raises(UsageError):
        recto.open(path, offline=True).table_pages("TT")


@pytest.mark.parametrize("form", ["html", "md", "json", "csv", "xlsx", "parquet"])
def test_a_table_is_written_in_every_format(tmp_path: Path, form: str) -> None:
    path, out = str(write(tmp_path)), tmp_path / f"o.{form}"
    assert main(["show", path, "--table", "T", "--offline", "-o", str(out)]) == 0
    assert out.stat().st_size > 100
    if form in ("html", "md", "csv"):
        assert "r010 Sales" in out.read_text()


def test_a_table_of_very_many_places_is_refused(tmp_path: Path) -> None:
    many = "".join(
        breakdown(f"B{at}")
        + arc("breakdown", "T", f"B{at}", 10 + at, axis="x")
        + "".join(rule(f"n{at}_{n}") for n in range(60))
        + tree(f"B{at}", *(f"n{at}_{n}" for n in range(60)))
        for at in range(3)
    )
    found = recto.open(write(tmp_path, SIMPLE + many), offline=True).table_outcomes()
    assert found.sets == ()
    assert [each.code for each in found.findings] == ["xpath:expressionBudget"]


def test_headings_stand_over_groups_of_columns_and_codes_below_them(tmp_path: Path) -> None:
    """As templates of regulators have them: a roll-up has no heading of its own, and rows stand in below their own."""
    code = "http://example.org/role/code"
    coded = SIMPLE + "".join(text(name, words, code) for name, words in (("all", "010"), ("north", "020")))
    coded += rule("detail", concept("Profit")) + text("detail", "of which: <profit>".replace("<", "&lt;"))
    coded += arc("below", "costs", "detail")
    filing = recto.open(write(tmp_path, coded), offline=True)
    page = next(each for each in filing.reports if each.table)
    assert page.table == "T"
    assert [[(each.text, each.columns, each.rows) for each in line] for line in page.headings] == [
        [("Everywhere", 3, 1)],
        [("", 1, 1), ("North", 1, 1), ("South", 1, 1)],
        [("010", 1, 1), ("020", 1, 1), ("", 1, 1)],
    ]
    filing.render(tmp_path / "out")
    markup = (tmp_path / "out" / f"{page.stem}.htm").read_text()
    assert '<th class="th up" colspan="3"><div>Everywhere</div></th>' in markup
    assert 'rowspan="3"' in markup
    assert "padding-inline-start: 14px" in markup
    assert "of which: &lt;profit&gt;" in markup
    lines = page.text.splitlines()
    assert [line.split() for line in lines[2:6]] == [
        ["Everywhere"],
        ["─" * len(lines[3].strip())],
        ["North", "South"],
        ["010", "020"],
    ]
    assert lines[-1].startswith("  of which: <profit>")


def test_a_leaf_that_ends_above_reaches_down(tmp_path: Path) -> None:
    flat = SIMPLE + rule("rest", member("South")) + text("rest", "Elsewhere") + arc("tree", "X", "rest", 2)
    page = next(each for each in recto.open(write(tmp_path, flat), offline=True).reports if each.table)
    assert [(each.text, each.columns, each.rows) for each in page.headings[0]] == [
        ("Everywhere", 3, 1),
        ("Elsewhere", 1, 2),
    ]
    assert page.columns[3].labels == ("Elsewhere",)


def test_tables_are_explained_and_are_in_the_viewer(tmp_path: Path) -> None:
    from recto.viewer.describe import Description

    filing = recto.open(write(tmp_path), offline=True)
    page = next(each for each in filing.reports if each.table)
    (why,) = page.explain()
    assert "table T" in why.text
    assert page.explain("Sales", 1)[0].facts
    assert page.explain("Costs", 3)[0].rule == "empty"
    filing.view(tmp_path / "view.html")
    part: Any = Description(filing).page(page.stem)
    assert [[each.text for each in line] for line in part.headings] == [["Everywhere"], ["", "North", "South"]]


def test_blocks_of_a_wide_table_that_show_nothing_are_left_out_of_the_terminal(tmp_path: Path) -> None:
    nodes = [f"s{number}" for number in range(40)]
    wide = [rule(name, store("Main Street" if name == "s30" else name)) + text(name, f"Store {name}") for name in nodes]
    path = write(tmp_path, on_x(*wide, tree("X", *nodes)))
    from recto.rendering.writers.text import page_text

    shown = page_text(next(each for each in recto.open(path, offline=True).reports if each.table), width=80)
    assert "Store s30" in shown
    assert "Store s5 " not in shown


def test_a_wide_template_that_shows_nothing_tells_its_rows_once(tmp_path: Path) -> None:
    nodes = [f"s{number}" for number in range(40)]
    wide = [rule(name, store(name)) + text(name, f"Store {name}") for name in nodes]
    path = write(tmp_path, on_x(*wide, tree("X", *nodes)), facts=False)
    from recto.rendering.writers.text import page_text

    (page,) = recto.open(path, offline=True).table_pages("T")
    shown = page_text(page, width=80)
    assert "Store s0 " in shown
    assert "Store s39" in shown
    assert shown.count("Costs") == 1


def test_a_node_that_only_holds_others_together_is_no_row(tmp_path: Path) -> None:
    """Without a label and without cells; what stands below it stands where it would."""
    held = on_x(rule("north", member("North")), tree("X", "north")).replace(tree("Y", "sales", "costs"), "")
    held += rule("root", "", abstract="true") + rule("group", "", abstract="true") + text("group", "Money")
    held += tree("Y", "root") + arc("below", "root", "group") + arc("below", "group", "sales")
    held += arc("below", "group", "costs", 2)
    (page,) = recto.open(write(tmp_path, held), offline=True).table_pages("T")
    assert [(row.label, row.depth) for row in page.rows] == [("Money", 0), ("Sales", 1), ("Costs", 1)]


def test_rows_stand_in_however_short_their_labels_are(tmp_path: Path) -> None:
    held = on_x(rule("north", member("North")), tree("X", "north")).replace(tree("Y", "sales", "costs"), "")
    held += rule("group", "", abstract="true") + text("group", "abc") + tree("Y", "group")
    held += (
        text("sales", "d0") + text("costs", "d1") + arc("below", "group", "sales") + arc("below", "group", "costs", 2)
    )
    (page,) = recto.open(write(tmp_path, held), offline=True).table_pages("T")
    assert [line[:4] for line in page.text.splitlines()[-3:]] == ["abc", "  d0", "  d1"]


def test_a_row_has_the_label_that_its_relationship_prefers(tmp_path: Path) -> None:
    source = "<table:relationshipSource>t:Heading</table:relationshipSource>"
    arcrole = "http://www.xbrl.org/2003/arcrole/parent-child"
    rows = node("conceptRelationshipNode", "tree", f"{source}<table:arcrole>{arcrole}</table:arcrole>")
    held = table() + breakdown("Y") + arc("breakdown", "T", "Y", 1, axis="y") + rows + tree("Y", "tree")
    path = write(tmp_path, held)
    total = "http://www.xbrl.org/2003/role/totalLabel"
    labels = (
        '<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
        '<link:loc xlink:type="locator" xlink:href="#t_Costs" xlink:label="c"/>'
        f'<link:label xlink:type="resource" xlink:label="l" xlink:role="{total}" xml:lang="en">Costs in all'
        "</link:label>"
        '<link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label" xlink:from="c"'
        ' xlink:to="l"/></link:labelLink></link:linkbase>'
    )
    schema = (tmp_path / "t.xsd").read_text()
    schema = schema.replace("</link:linkbase>", labels, 1)
    schema = schema.replace('xlink:to="Costs" order="2"', f'xlink:to="Costs" order="2" preferredLabel="{total}"', 1)
    (tmp_path / "t.xsd").write_text(schema)
    (page,) = recto.open(path, offline=True).table_pages("T")
    assert [row.label for row in page.rows] == ["Heading", "Sales", "Costs in all", "Profit"]


def test_long_labels_and_headings_of_a_template_have_rows_that_are_tall_enough(tmp_path: Path) -> None:
    """Spreadsheets other than Excel show what does not fit over the row below."""
    import openpyxl

    long = "a label that goes on and on beyond what the widest of columns holds in one line of its text, and further"
    heading = "a heading of the first column that is longer than its numbers"
    tables = SIMPLE.replace(">Sales</label", f">{long}</label").replace(">North</label", f">{heading}</label")
    out = tmp_path / "o.xlsx"
    assert main(["show", str(write(tmp_path, tables)), "--table", "T", "--offline", "-o", str(out)]) == 0
    sheet = openpyxl.load_workbook(out).worksheets[0]
    rows = {str(row[0].value).strip(): row[0].row for row in sheet.iter_rows()}
    heights = {label: sheet.row_dimensions[at].height for label, at in rows.items()}
    assert heights[f"r010 {long}"] == 30
    assert heights["Costs"] is None
    assert sheet.row_dimensions[1].height is None
    assert sheet.row_dimensions[2].height == 45
    assert sheet.column_dimensions["C"].width == 30
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$A", "$1:$2")
    assert sheet.page_setup.fitToWidth is None
    columns = "".join(rule(f"n{at}", member("North")) + text(f"n{at}", heading) for at in range(20))
    names = [f"n{at}" for at in range(20)]
    wide = table() + breakdown("X") + breakdown("Y") + arc("breakdown", "T", "X", axis="x") + columns
    wide += arc("breakdown", "T", "Y", axis="y") + rule("sales", concept("Sales")) + tree("Y", "sales")
    path = write(tmp_path, wide + tree("X", *names))
    assert main(["show", str(path), "--table", "T", "--offline", "-o", str(out)]) == 0
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert sheet.page_setup.fitToWidth == 3, "twenty columns of 30 characters, and the labels"


def test_spaces_before_labels_of_a_flat_template_are_its_hierarchy(tmp_path: Path) -> None:
    """As the templates of Malaysia's SSM have them; what the layout of the XML puts before a label is none."""
    nodes = {"heading": "Results", "sales": "  Sales", "costs": "    Costs", "profit": "\n      Profit\n"}
    tables = table() + text("T", "Flat") + breakdown("Y") + arc("breakdown", "T", "Y", axis="y")
    for name, label in nodes.items():
        tables += rule(name, concept(name.title()) if name != "heading" else concept("Sales")) + text(name, label)
    page = recto.open(write(tmp_path, tables + tree("Y", *nodes)), offline=True).table_pages("T")[0]
    assert [(row.label, row.depth) for row in page.rows] == [
        ("Results", 0),
        ("Sales", 1),
        ("Costs", 2),
        ("Profit", 0),
    ]
