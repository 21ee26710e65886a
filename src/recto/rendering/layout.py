"""From axes to layout commands, and from facts to places (rendering.md 7, 8, 9)."""

from __future__ import annotations

from math import prod
from typing import Final

from recto.names import QName
from recto.rendering.candidate import GRID_ROLE, Candidate
from recto.rendering.dimensions import place_typed_members
from recto.rendering.facts import FactSet
from recto.rendering.lines import NOWHERE, Axis, Command, Coordinates, Placement
from recto.rendering.spans import Span
from recto.rendering.tree import AxisTable
from recto.rendering.units import UnitText
from recto.rendering.view import Item, MemberKey, Place, Typed, View

_RXP: Final = "http://xbrl.sec.gov/rxp/role/"
_RXP_PAGES: Final = frozenset(_RXP + name for name in ("Detail", "ByCategory", "ByProject", "ByGovernment"))
_FEE_TABLES: Final = ("/ffd/main/role/feesOffering", "/ffd/main/role/feesOffset", "/ffd/main/role/feesByCmbdPrspcts")
_NO_UNITS: Final = ("/ffd/main/role/", "/ffd/424i/role/")
_MANY: Final = 10**9
_EQUITY_ROW_AXES: Final = (
    ("us-gaap", "CreationDateAxis"),
    ("ifrs", "CreationDateAxis"),
    ("us-gaap", "StatementScenarioAxis"),
    ("us-gaap", "AdjustmentsForNewAccountingPronouncementsAxis"),
    ("us-gaap", "AdjustmentsForChangeInAccountingPrincipleAxis"),
    ("us-gaap", "ErrorCorrectionsAndPriorPeriodAdjustmentsRestatementByRestatementPeriodAndAmountAxis"),
    ("ifrs", "RetrospectiveApplicationAndRetrospectiveRestatementAxis"),
)


def real_axes(candidate: Candidate, view: View) -> list[AxisTable]:
    """Axes with a member table, by the order of their arcs, then by standard label or name (8)."""
    tables = list(candidate.tree.tables.values())
    tables.sort(key=lambda table: (table.order, view.order_label(table.axis)))
    return tables


def equity_row_axes(view: View) -> list[QName]:
    """Axes that stand on the rows of an equity statement, in this order (8)."""
    spaces = {"us-gaap": view.families.us_gaap, "ifrs": view.families.ifrs}
    return [QName(space, local) for family, local in _EQUITY_ROW_AXES if (space := spaces[family]) is not None]


def has_no_unit_headings(candidate: Candidate, *, statement_like: bool) -> bool:
    """Pages of fee exhibits that do not tell units: fee tables, and others that are not laid out as statements (8)."""
    if is_fee_table(candidate):
        return True
    ordinary = not (candidate.is_statement or statement_like or candidate.shows_elements)
    return ordinary and any(part in candidate.role for part in _NO_UNITS)


def is_fee_table(candidate: Candidate) -> bool:
    """Fee tables: concepts on columns, one row a line number; not what is laid out as changes in equity (8)."""
    return not candidate.is_equity and any(part in candidate.role for part in _FEE_TABLES)


def has_blank_total(candidate: Candidate) -> bool:
    """Pages that leave a heading blank where others say Total (15.1)."""
    return is_fee_table(candidate) or (candidate.role == _RXP + "Detail" and not candidate.is_equity)


def plan(candidate: Candidate, view: View, *, statement_like: bool) -> list[Command]:
    """The layout of a candidate (8). `statement_like`: the filing has embedding commands, so that every page of no
    special kind is laid out as a statement.
    """
    axes: list[Axis] = [table.axis.qname for table in real_axes(candidate, view)]
    period: list[Axis] = ["period"] if candidate.spans else []
    unit: list[Axis] = ["unit"] if any(item.unit is not None for item in candidate.items) else []
    primary: list[Axis] = ["primary"]
    rows: list[Axis]
    columns: list[Axis]
    ordered: list[Command] | None = None
    if candidate.is_equity:
        on_rows = [axis for axis in equity_row_axes(view) if axis in axes]
        rows = [*period, *primary, *on_rows]
        columns = [axis for axis in axes if axis not in on_rows] + unit
    elif candidate.role in _RXP_PAGES:
        aside = [
            axis
            for axis in axes
            if candidate.role == _RXP + "ByCategory" and isinstance(axis, QName) and axis.local == "LegalEntityAxis"
        ][:1]
        rows = [axis for axis in axes if axis not in aside] + period
        columns = (aside or primary) + unit
        rows += primary if aside else []
    elif candidate.is_repurchases or is_fee_table(candidate):
        rows = period + axes
        columns = primary + unit
    elif candidate.is_statement or statement_like or candidate.shows_elements:
        given = list(candidate.embedding.commands) if candidate.embedding is not None else []
        ordered = [Command(False, axis) for axis in period]
        ordered += [Command(not candidate.is_embedded, axis) for axis in axes]
        ordered += [Command(True, axis) for axis in primary] + [Command(False, axis) for axis in unit]
        if given:
            ordered = _merge_commands(given, ordered, candidate, view)
        return _turned(candidate, ordered, view)
    else:
        rows = axes + primary
        columns = period + unit
    ordered = [Command(True, axis) for axis in rows] + [Command(False, axis) for axis in columns]
    return _turned(candidate, ordered, view)


def _merge_commands(given: list[Command], generated: list[Command], candidate: Candidate, view: View) -> list[Command]:
    """Given commands first; generated ones for the other axes; the period in front unless given (21.3)."""
    present = {command.axis for command in generated}
    named = {command.axis for command in given}
    commands = [command for command in given if command.axis in present]
    for command in generated:
        if command.axis not in named and command.axis != "period":
            commands.append(command)
            table = candidate.tree.tables.get(command.axis) if isinstance(command.axis, QName) else None
            if table is not None and table.order == float("-inf"):
                view.observe("unorderedAxis", axis=table.axis.name, text=candidate.definition.text)
    if "period" in present and "period" not in named:
        commands.insert(0, Command(False, "period"))
    return commands


def _turned(candidate: Candidate, commands: list[Command], view: View) -> list[Command]:
    """Rows and columns exchanged on a transposed page; on one of {Elements} the primary axis stays on rows (21.3)."""
    if candidate.mode == "transposed":
        commands = [_flipped(command) for command in commands]
    if candidate.mode == "elements" and any(each.axis == "primary" and not each.row for each in commands):
        commands = [_flipped(each) if each.axis == "primary" else each for each in commands]
        view.observe("elementsOnColumns", text=candidate.definition.text)
    if candidate.is_bar_chart and len({command.row for command in commands}) == 1:
        commands = [_flipped(each) if each.axis == "primary" else each for each in commands]
    return commands


def _flipped(command: Command) -> Command:
    return Command(not command.row, command.axis, command.display, command.members)


def warn_of_many_dimensions(candidate: Candidate, view: View) -> None:
    """A page whose facts and members could combine in a billion ways is told; it is laid out all the same (8)."""
    tables = candidate.tree.tables.values()
    if len(tables) > 1 and 4 * len(view.instance.facts) ** 2 >= _MANY:
        combinations = prod(len(table.positions) + table.typed for table in tables) * len(candidate.tree.occurrences)
        combinations *= len(candidate.spans) * len({item.unit for item in candidate.items if item.unit is not None})
        if combinations >= _MANY:
            view.findings.found(
                "EXG.rendering.tooManyDimensions",
                text=candidate.definition.text,
                count=len(tables),
                combinations=combinations,
            )


# Placing


class Spot:
    """Coordinates that facts of one context and period share; unit and concept are filled in for each."""

    __slots__ = ("columns", "filtered", "lacks", "pairs", "rows")

    def __init__(self) -> None:
        self.rows: Coordinates = ()
        self.columns: Coordinates = ()
        self.pairs: list[QName] = []
        """Explicit members met before the first axis that filters the facts out: they count all the same (9.4)."""
        self.filtered = False
        self.lacks: Axis | None = None
        """The axis that filters the facts out; None where the page lacks the axis altogether."""


def place_facts(candidate: Candidate, facts: FactSet, view: View) -> list[Placement]:
    """A placement for each occurrence of each fact that no axis filters out. Marks facts as used, and notes the
    page's pairs (9).
    """
    if not candidate.is_uncategorized:
        _place_typed(candidate, view)
    placer = Placer(candidate, _unit_order(candidate.items), strict=view.sec and candidate.role != GRID_ROLE)
    placements = placer.place()
    if view.record is not None:
        view.record.placers[candidate] = placer
    if candidate.tree.unit_positions:
        _order_units(candidate, placements, view)
    facts.use(placement.item.fact for placement in placements)
    return placements


def _order_units(candidate: Candidate, placements: list[Placement], view: View) -> None:
    """Puts units into the order of the concepts of the tree that are named like them, if all that are shown are (7)."""
    kept = {placement.item.unit.id for placement in placements if placement.item.unit is not None}
    named = {unit: position for unit, position in candidate.tree.unit_positions.items() if unit in kept}
    if not named:
        return
    if len(named) < len(kept):
        view.observe(
            "unorderedUnits",
            text=candidate.definition.text,
            names=", ".join(sorted(named)),
            missing=", ".join(sorted(kept - named.keys())),
        )
        return
    axes = [command.axis for command in candidate.commands if command.row]
    on_rows = "unit" in axes
    if not on_rows:
        axes = [command.axis for command in candidate.commands if not command.row]
    index = axes.index("unit")
    for placement in placements:
        if placement.item.unit is None:
            continue
        position = named[placement.item.unit.id]
        if on_rows:
            placement.rows = _with(placement.rows, index, position)
        else:
            placement.columns = _with(placement.columns, index, position)


def _place_typed(candidate: Candidate, view: View) -> None:
    for axis, table in candidate.tree.tables.items():
        if table.typed:
            members = {member for item in candidate.items if isinstance(member := item.place.members.get(axis), Typed)}
            place_typed_members(table, members, view)


def _unit_order(items: list[Item]) -> dict[UnitText, int]:
    """Units by the line on which they stand; units of one line in the order of first use (7)."""
    units = dict.fromkeys(item.unit for item in items if item.unit is not None)
    ordered = sorted(units, key=lambda unit: unit.line)
    return {unit: index for index, unit in enumerate(ordered)}


class Placer:
    def __init__(self, candidate: Candidate, units: dict[UnitText, int], *, strict: bool = True) -> None:
        """`strict`: a fact without a member on an axis that has no default does not belong to the page."""
        self.candidate = candidate
        self.units = units
        self.strict = strict
        self.spots: dict[tuple[int, Span | None], Spot] = {}
        """By the identity of the place, and the period."""
        self.row_commands = [command for command in candidate.commands if command.row]
        self.column_commands = [command for command in candidate.commands if not command.row]
        self.positions = {
            command.axis: _positions(candidate.tree.tables[command.axis], command)
            for command in candidate.commands
            if isinstance(command.axis, QName)
        }
        self.axes = {command.axis for command in candidate.commands if isinstance(command.axis, QName)}
        rows = [command.axis for command in self.row_commands]
        columns = [command.axis for command in self.column_commands]
        self.primary_row = rows.index("primary") if "primary" in rows else None
        self.primary_column = columns.index("primary") if "primary" in columns else None
        self.unit_row = rows.index("unit") if "unit" in rows else None
        self.unit_column = columns.index("unit") if "unit" in columns else None

    def place(self) -> list[Placement]:
        candidate, units = self.candidate, self.units
        occurrences = candidate.tree.occurrences
        balances = candidate.tree.balances
        pairs: set[object] = set()
        placements: list[Placement] = []
        moving = candidate.is_uncategorized and bool(self.axes)  # members get their places as they are met (22)
        for item, span, tie in candidate.memberships:
            key = (id(item.place), span)
            spot = self.spots.get(key)
            if spot is None or moving:
                spot = self.spots[key] = self._spot(item.place, span)
            concept = item.concept
            if spot.pairs:
                pairs.update([(concept, member) for member in spot.pairs])
            if spot.filtered:
                continue
            unit = NOWHERE if item.unit is None else units[item.unit]
            rows, columns = _with(spot.rows, self.unit_row, unit), _with(spot.columns, self.unit_column, unit)
            tied = balances.get(concept) if balances else None
            placed = False
            for position, role in occurrences.get(concept, ()):
                if tied is not None and role in tied:
                    if role != tie:
                        continue
                elif tie is not None:
                    continue
                placements.append(
                    Placement(
                        item,
                        role,
                        position,
                        span,
                        _with(rows, self.primary_row, position),
                        _with(columns, self.primary_column, position),
                    )
                )
                placed = True
            if placed:
                pairs.add(concept)
        candidate.pairs = pairs
        return placements

    def _spot(self, place: Place, span: Span | None) -> Spot:
        spot = Spot()
        if not self.axes.issuperset(place.members):
            spot.filtered = True
            return spot
        for commands in (self.row_commands, self.column_commands):
            coordinates: list[int] = []
            for command in commands:
                position = self._position(command.axis, span, place)
                if position is None:
                    spot.filtered = True
                    spot.lacks = command.axis
                    return spot
                coordinates.append(position)
                member = place.members.get(command.axis) if isinstance(command.axis, QName) else None
                if isinstance(member, QName):
                    spot.pairs.append(member)
            if commands is self.row_commands:
                spot.rows = tuple(coordinates)
            else:
                spot.columns = tuple(coordinates)
        return spot

    def _position(self, axis: Axis, span: Span | None, place: Place) -> int | None:
        """None: the facts do not belong to the page (9.1)."""
        if axis == "primary" or axis == "unit":
            return NOWHERE
        if axis == "period":
            return NOWHERE if span is None else self.candidate.spans.get(span)
        table = self.candidate.tree.tables[axis]
        positions = self.positions[axis]
        member: MemberKey | None = place.members.get(axis)
        if self.candidate.is_uncategorized:
            # No fact is filtered out. Members without a place of their own, typed ones and the missing default, stand
            # behind those met so far (22): the default may come to share the place of the last member.
            if isinstance(member, Typed):
                return positions.setdefault(member, len(positions))
            return positions.get(member or table.default, len(positions))
        if member is not None:
            return positions.get(member)
        if table.typed:
            return NOWHERE
        if table.default_less or table.default is None:
            return None if self.strict else NOWHERE
        return positions.get(table.default)


def _positions(table: AxisTable, command: Command) -> dict[object, int]:
    """The members of an axis that a page shows: all, or those that an embedding command lists (21.1)."""
    if command.members is None:
        return table.positions
    return {member: table.positions[member] for member in command.members if member in table.positions}


def _with(coordinates: Coordinates, index: int | None, position: int) -> Coordinates:
    if index is None:
        return coordinates
    return (*coordinates[:index], position, *coordinates[index + 1 :])


def scalable(placements: list[Placement]) -> dict[str, list[Item]]:
    """Facts by unit id that decide on scaling: numbers that are not nil (9.4)."""
    found: dict[str, list[Item]] = {}
    for placement in placements:
        item = placement.item
        unit = item.unit
        if unit is not None and not item.fact.nil and (item.traits.monetary or item.traits.shares or unit.symbol):
            found.setdefault(unit.id, []).append(item)
    return found
