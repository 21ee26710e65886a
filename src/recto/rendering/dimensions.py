"""Axes of a page: defaults, order of typed members, the scenario order of equity statements (rendering.md 5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from recto.names import QName
from recto.rendering.tree import AxisTable, descendants
from recto.rendering.view import Typed, View
from recto.taxonomy.model import Concept, DataType, Taxonomy
from recto.xsd import INTEGERS

if TYPE_CHECKING:
    from recto.rendering.candidate import Candidate

_SCENARIO_ORDERS: Final = {
    "StatementScenarioAxis": (
        (
            "ScenarioPreviouslyReportedMember",
            "RestatementAdjustmentMember",
            "ChangeInAccountingPrincipleMember",
        ),
        ("ScenarioUnspecifiedDomain",),
    ),
    "RetrospectiveApplicationAndRetrospectiveRestatementAxis": (
        (
            "PreviouslyStatedMember",
            "IncreaseDecreaseDueToChangesInAccountingPolicyAndCorrectionsOfPriorPeriodErrorsMember",
            "FinancialEffectOfChangesInAccountingPolicyMember",
            "IncreaseDecreaseDueToChangesInAccountingPolicyRequiredByIFRSsMember",
            "IncreaseDecreaseDueToVoluntaryChangesInAccountingPolicyMember",
            "FinancialEffectOfCorrectionsOfAccountingErrorsMember",
        ),
        ("RestatedMember",),
    ),
}


def resolve_defaults(candidate: Candidate, view: View) -> None:
    """Finds each axis' default among its members. An axis with children that lacks it and that is not in the walked
    tree, for want of facts that use it, takes the page away (5.3).
    """
    network = candidate.network
    assert network is not None
    phantoms: list[str] = []
    seen: set[Concept] = set()
    for arc in network.relationships:
        axis = arc.source
        if axis.kind != "dimension" or axis in seen:
            continue
        seen.add(axis)
        default = view.taxonomy.default_member(axis)
        lacking = default is None or default not in descendants(network, axis)
        table = candidate.tree.tables.get(axis.qname)
        if table is not None:
            table.default = default.qname if default is not None else None
            table.default_less = lacking
        elif lacking:
            phantoms.append(axis.name)
    if phantoms and view.sec:
        candidate.suppressed = True
        if view.record is not None:
            names = ", ".join(phantoms)
            view.record.fail(candidate, "5.3", f"no fact uses {names}, whose default member is not in the presentation")
        view.observe("phantomAxes", text=candidate.definition.text, names=", ".join(phantoms))


def reorder_scenarios(table: AxisTable) -> None:
    """Puts scenario members in the order of restatement, in equity statements only (5.5)."""
    name = table.axis.qname
    order_of = _SCENARIO_ORDERS.get(name.local)
    family = "/us-gaap/" if name.local == "StatementScenarioAxis" else "ifrs-full"
    if order_of is None or family not in name.namespace:
        return
    order = [QName(name.namespace, local) for local in order_of[0]]
    last = {QName(name.namespace, local) for local in order_of[1]}
    members = sorted(table.positions, key=lambda member: table.positions[member])
    table.positions = {member: index for index, member in enumerate(_merge_sorted(members, order, last))}


def _merge_sorted(members: list[object], order: list[QName], last: set[QName]) -> list[object]:
    """A merge sort whose merge takes both heads where the left need not follow: unrelated members interleave (5.5)."""
    if len(members) < 2:
        return members
    middle = len(members) // 2
    left = _merge_sorted(members[:middle], order, last)
    right = _merge_sorted(members[middle:], order, last)
    merged: list[object] = []
    i = j = 0
    while i < len(left) and j < len(right):
        a, b = left[i], right[j]
        if a in last or (a in order and b in order and order.index(a) > order.index(b)):
            merged.append(b)
            j += 1
        else:
            merged += (a, b)
            i += 1
            j += 1
    return merged + left[i:] + right[j:]


# Typed members


def place_typed_members(table: AxisTable, members: set[Typed], view: View) -> None:
    """Positions for typed members in the order of their values, after the table's own (9.2). Values of several kinds,
    nil and zero among them, sort as texts; the text of nil is `None` (5.2).
    """
    type_ = typed_domain_type(table.axis, view.taxonomy)
    start = max([len(table.positions), *(position + 1 for position in table.positions.values())])
    ordered = sorted(members, key=lambda member: "None" if member.nil else _value_text(member, type_))
    keys = [_typed_key(member, type_, zero_as_text=view.sec) for member in ordered]
    if len({key[0] for key in keys}) == 1:
        ordered = [member for _, member in sorted(zip(keys, ordered, strict=True), key=lambda pair: pair[0][1:])]
    for index, member in enumerate(ordered):
        table.positions[member] = start + index


def nil_as_none(member: Typed) -> str:
    """A typed member's text as the SEC's renderer sorts and names it (5.2, 19.7)."""
    return "None" if member.nil else member.text


def _typed_key(member: Typed, type_: DataType | None, *, zero_as_text: bool) -> tuple[str, *tuple[object, ...]]:
    """Kind of value, and the value in a form that compares. `zero_as_text`: to the SEC's renderer zero is no number."""
    if member.nil:
        return ("nil",)
    if type_ is not None and type_.enumeration:
        order = {value: index for index, value in enumerate(type_.enumeration)}
        if all(value in order for value in member.values):
            return ("enumeration", *(order[value] for value in member.values))
    base = type_.xsd_base if type_ is not None else "string"
    if len(member.values) == 1:
        text = member.values[0]
        try:
            if base == "date":
                return ("date", date.fromisoformat(text[:10]))
            if base in ("decimal", "double", "float") or base in INTEGERS:
                number = Decimal(text)
                return ("number", number) if number or not zero_as_text else ("string", text)
        except (ValueError, InvalidOperation):
            pass
    return ("string", *member.values)


def typed_domain_type(axis: Concept, taxonomy: Taxonomy) -> DataType | None:
    """The type of the axis' typed domain element."""
    element = taxonomy.typed_domain(axis)
    return element.type if element is not None else None


def typed_label(axis_label: str, axis: Concept, member: Typed, view: View) -> str:
    """`Axis label: value` (5.2)."""
    if member.nil:
        return f"{axis_label}: (nil)"
    text = member.text
    if axis.kind == "tuple":
        return f"{axis_label} {text}"
    type_ = typed_domain_type(axis, view.taxonomy)
    if type_ is not None and type_.xsd_base == "duration":
        text = view.words.duration(text)
    elif type_ is not None and type_.xsd_base in INTEGERS:
        text = _value_text(member, type_)
    elif type_ is not None and type_.xsd_base == "boolean":
        text = ", ".join(view.words.truth(value in ("true", "1")) for value in member.values)
    return f"{axis_label}: {text}"


def _value_text(member: Typed, type_: DataType | None) -> str:
    """The values as text: integers as numbers are written, truth as `True` and `False`, others as they stand."""
    return ", ".join(shown_value(value, type_) for value in member.values)


def shown_value(text: str, type_: DataType | None) -> str:
    """One value of a typed member as the SEC's renderer writes it."""
    if type_ is not None and type_.xsd_base in INTEGERS:
        return _plain_integer(text)
    if type_ is not None and type_.xsd_base == "boolean" and text in ("true", "false", "1", "0"):
        return "True" if text in ("true", "1") else "False"
    return text


def _plain_integer(text: str) -> str:
    """Values are shown, not their lexical forms: `007` is 7 (5.2)."""
    try:
        return str(int(text))
    except ValueError:
        return text
