"""Reports made by hand, for the writers' tests."""

from __future__ import annotations

from recto.rendering.model import Cell, Column, Panel, Report, Row


def number(text: str, *footnotes: int) -> Cell:
    return Cell("number", text, negative="(" in text, footnotes=footnotes)


def income() -> Report:
    """Two durations, a total, a section, a text block and a custom element."""
    columns = [
        Column(1, ("12 Months Ended", "Dec. 31, 2024", "USD ($)")),
        Column(2, ("12 Months Ended", "Dec. 31, 2023", "USD ($)")),
    ]
    rows = [
        Row(1, "abstract", "Revenues & gains:", [Cell(), Cell()], element="us-gaap_RevenuesAbstract", depth=1),
        Row(2, "item", "Net  sales", [number("$ 1,234"), number("$ 999")], element="us-gaap_Revenues", depth=2),
        Row(3, "item", "Costs", [number("(200)"), Cell("nil")], element="acme_Costs", depth=2),
        Row(4, "total", "Income", [number("$ 1,034"), number("$ 999")], element="us-gaap_NetIncomeLoss", depth=1),
        Row(5, "section", "Europe", [Cell(), Cell()], panel_key="srt_Axis=acme_EuropeMember"),
        Row(6, "item", "Share", [number("90.00%"), Cell("none")], element="us-gaap_Share", depth=2),
        Row(
            7,
            "item",
            "Policy",
            [
                Cell(
                    "html",
                    "<p>Caf\u00e9 &amp; bar</p><table><tr><td>Cash</td><td>$</td><td>5</td><td>)</td></tr></table>",
                ),
                Cell(),
            ],
            element="us-gaap_PolicyTextBlock",
            depth=1,
        ),
    ]
    panel = Panel(
        "us-gaap_Revenues", "us-gaap_Revenues", "us-gaap_", "Sales <net>.", "", "xbrli:monetaryItemType", "credit"
    )
    member = Panel("srt_Axis=acme_EuropeMember", "srt_Axis=acme_EuropeMember")
    return Report(
        4,
        "R4",
        "http://acme.example/role/Income",
        "00004 - Statement - INCOME",
        "INCOME",
        "INCOME - USD ($)",
        " $ in Millions",
        columns,
        rows,
        panel_maker=lambda page: [panel, member],
        category="Statements",
        position=4,
        instance_name="acme.htm",
    )


def noted() -> Report:
    """Footnotes on a row, on a cell and on a column's heading."""
    columns = [Column(1, ("Dec. 31, 2024",)), Column(2, ("Dec. 31, 2023",), footnotes=(1,))]
    rows = [
        Row(1, "item", "Cash", [number("$ 5", 2, 3), number("$ 4")], element="us-gaap_Cash"),
        Row(2, "total", "Assets", [number("7"), number("6")], element="us-gaap_Assets", footnotes=(4,)),
    ]
    notes = [(1, "restated"), (2, "<b>restricted</b>"), (3, "c"), (4, "d")]
    return Report(2, "R2", "r", "2 - Statement - BALANCE", "BALANCE", "BALANCE", "", columns, rows, footnotes=notes)
