"""The rules of Calculations 1.1: types, bindings and intervals."""

from __future__ import annotations

from collections.abc import Generator, Hashable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from recto.arithmetic import shown
from recto.findings import Finding
from recto.instance.model import Decimals, Fact
from recto.names import ARC_SUMMATION_ITEM, ARC_SUMMATION_ITEM_1_1, XBRLI, QName
from recto.rules.intervals import ZERO, Interval, has_excess_digits, interval_of
from recto.rules.subject import Subject, fact_finding, fact_label, finding
from recto.rules.values import Values
from recto.taxonomy.model import Concept, Relationship
from recto.xsd import DECIMALS

_SPECIFICATION = "Calculations 1.1, 4"
_FRACTION = QName(XBRLI, "fractionItemType")


def arcroles(subject: Subject) -> list[str]:
    """The arcroles to check: that of XBRL 2.1 too where these rules are asked for by name.

    Otherwise XBRL 2.1's own check speaks for it, and no total is told of twice.
    """
    asked = [ARC_SUMMATION_ITEM_1_1] if subject.chosen is None else [ARC_SUMMATION_ITEM_1_1, ARC_SUMMATION_ITEM]
    present = subject.dts.arcroles()
    return [arcrole for arcrole in asked if arcrole in present]


def _networks(subject: Subject) -> Iterator[tuple[str, Concept, Sequence[Relationship]]]:
    """(link role, total, relationships) of each total in each network that is to be checked."""
    for arcrole in arcroles(subject):
        for role in subject.dts.roles(arcrole):
            network = subject.dts.network(arcrole, role)
            for total in dict.fromkeys(each.source for each in network.relationships):
                yield role, total, network.children(total)


def _is_decimal(concept: Concept) -> bool:
    type_ = concept.type
    return concept.kind == "item" and type_ is not None and type_.xsd_base in DECIMALS


def item_types(subject: Subject) -> Iterator[Finding]:
    """Totals and items are of decimal types (Calculations 1.1, 3.1: calc11e:nonDecimalItemNode)."""
    for _, total, relationships in _networks(subject):
        for each in relationships:
            for concept in (total, each.target):
                if not _is_decimal(concept):
                    yield finding(
                        "calc11e:nonDecimalItemNode",
                        each.document,
                        each.line,
                        element=concept.name,
                        about=concept.name,
                        role=each.role,
                    )


def duplicate_relationships(subject: Subject) -> Iterator[Finding]:
    """An item contributes to a total once in a network (Calculations 1.1, 3.1: duplicateCalculationRelationships)."""
    for role, total, relationships in _networks(subject):
        seen: set[Concept] = set()
        for each in relationships:
            if each.target in seen:
                yield finding(
                    "calc11e:duplicateCalculationRelationships",
                    each.document,
                    each.line,
                    element=total.name,
                    item=each.target.name,
                    total=total.name,
                    role=role,
                )
            seen.add(each.target)


def rounded_calculations(subject: Subject) -> Iterator[Finding]:
    """Totals agree with their items, all rounded to nearest (Calculations 1.1, 4)."""
    yield from _Checker(subject, False).findings()


def truncated_calculations(subject: Subject) -> Iterator[Finding]:
    """Totals agree with their items, all truncated (Calculations 1.1, 4)."""
    yield from _Checker(subject, True).findings()


class _Point(Struct, frozen=True):
    """The facts of one concept under the same dimensions, and what they stand for together.

    `interval` is None where all are nil, or where they are at fault, which `fault` tells.
    """

    facts: list[Fact]
    interval: Interval | None
    fault: str | None = None


class _Checker:
    def __init__(self, subject: Subject, truncated: bool):
        self._subject = subject
        self._truncated = truncated
        self._values = Values(subject)
        self._points: dict[tuple[QName, Hashable], _Point] = {}
        self._reported: set[str] = set()

    def findings(self) -> Iterator[Finding]:
        networks = list(_networks(self._subject))
        if not networks or (yield from self._incompatible()):
            return
        concepts = {total.qname for _, total, _ in networks}
        concepts.update(each.target.qname for _, _, relationships in networks for each in relationships)
        facts = self._collect(concepts)
        for role, total, relationships in networks:
            if not _is_decimal(total):
                continue
            unique = {each.target: each for each in relationships if _is_decimal(each.target)}
            for aspects in facts.get(total.qname, ()):
                yield from self._check(role, total, list(unique.values()), aspects, facts)

    def _incompatible(self) -> Generator[Finding, None, bool]:
        """Whether the report has what OIM has no place for, so that it cannot be checked; tuples are only left out."""
        tuples: Fact | None = None
        for fact in self._subject.instance.facts:
            if fact.is_tuple:
                tuples = tuples or fact
                continue
            type_ = fact.concept.type if fact.concept is not None else None
            context = fact.context
            if type_ is not None and type_.item_type is _FRACTION:
                what = "it is a fraction"
            elif fact.precision == 0 and not fact.nil:
                what = "its precision is 0"
            elif context is not None and (context.segment_other or context.scenario_other):
                what = f"its context {context.id} has segment or scenario content that is no dimension"
            else:
                continue
            yield fact_finding("calc11e:oimIncompatibleReportWarning", fact, what=what)
            return True
        if tuples is not None:
            yield fact_finding("calc11e:tuplesInReportWarning", tuples)
        return False

    def _collect(self, concepts: set[QName]) -> dict[QName, dict[Hashable, list[Fact]]]:
        """Facts of the concepts by name, then by all other dimensions. Facts in tuples are no data points of OIM."""
        found: dict[QName, dict[Hashable, list[Fact]]] = {}
        values = self._values
        for fact in self._subject.instance.facts:
            if fact.qname not in concepts or fact.context is None or fact.parent is not None or not fact.valid:
                continue
            aspects = (values.context_key(fact.context), values.unit_key(fact.unit))
            found.setdefault(fact.qname, {}).setdefault(aspects, []).append(fact)
        return found

    def _check(
        self,
        role: str,
        total: Concept,
        relationships: list[Relationship],
        aspects: Hashable,
        facts: dict[QName, dict[Hashable, list[Fact]]],
    ) -> Iterator[Finding]:
        bound: list[tuple[Relationship, _Point]] = []
        for each in relationships:
            items = facts.get(each.target.qname, {}).get(aspects)
            if items:
                bound.append((each, self._point(each.target.qname, aspects, items)))
        if not bound:
            return
        reported = self._point(total.qname, aspects, facts[total.qname][aspects])
        faults = [point for point in (reported, *(point for _, point in bound)) if point.fault is not None]
        if faults:
            for point in faults:
                yield from self._fault(point)
            return
        contributions = [(each, point.interval) for each, point in bound if point.interval is not None]
        if reported.interval is None or not contributions:
            return
        computed = ZERO
        for each, interval in contributions:
            computed = computed.plus(interval.times(each.weight if each.weight is not None else Decimal(1)))
        if not computed.meet(reported.interval).empty:
            return
        mode = "Truncation" if self._truncated else "Rounding"
        first = reported.facts[0]
        yield fact_finding(
            f"calc11e:inconsistentCalculationUsing{mode}",
            first,
            others=(*reported.facts[1:], *(fact for _, point in bound for fact in point.facts)),
            total=reported.interval,
            reported=len(contributions),
            items=len(relationships),
            sum=computed,
            role=role,
        )

    def _point(self, name: QName, aspects: Hashable, facts: list[Fact]) -> _Point:
        point = self._points.get((name, aspects))
        if point is None:
            point = self._points[name, aspects] = self._make_point(facts)
        return point

    def _make_point(self, facts: list[Fact]) -> _Point:
        """The numbers that all of the facts may stand for (Calculations 1.1, 4, on duplicates)."""
        numbers: list[tuple[Decimal, Decimals]] = []
        for fact in facts:
            number = None if fact.nil else fact.number
            if number is None or not number.is_finite():
                continue
            accuracy = self._accuracy(fact)
            if accuracy is None:
                return _Point(facts, None, "")  # precision 0: nothing is known of the value
            if has_excess_digits(number, accuracy):
                return _Point(facts, None, "calc11e:excessDigits")
            numbers.append((number, accuracy))
        if not numbers:
            return _Point(facts, None)
        repeated = (
            "calc11e:disallowedDuplicateFactsUsingTruncation" if self._truncated else "oime:disallowedDuplicateFacts"
        )
        if len(numbers) < len(facts):
            return _Point(facts, None, repeated)
        met: Interval | None = None
        for number, accuracy in dict.fromkeys(numbers):
            each = interval_of(number, accuracy, truncated=self._truncated)
            met = each if met is None else met.meet(each)
        assert met is not None
        return _Point(facts, None, repeated) if met.empty else _Point(facts, met)

    def _accuracy(self, fact: Fact) -> Decimals | None:
        """Decimals; infinite where the fact gives none, as OIM has it; None for precision 0."""
        if fact.decimals is None and fact.precision is None:
            decimals, precision = self._values.accuracy(fact)
            if decimals is None and precision is None:
                return "INF"
        return self._values.decimals(fact)

    def _fault(self, point: _Point) -> Iterator[Finding]:
        """Why no sum can be checked that the point is part of; told once."""
        first = point.facts[0]
        if not point.fault or first.id in self._reported:
            return
        self._reported.add(first.id)
        if point.fault == "calc11e:excessDigits":
            problem = "it has digits beyond its decimals, so its calculations cannot be checked"
        else:
            values = ", ".join("nil" if fact.number is None else shown(fact.number) for fact in point.facts)
            problem = f"{fact_label(first)} is reported with values that contradict each other ({values})"
        yield fact_finding(
            point.fault,
            first,
            severity="warning",
            specification=_SPECIFICATION,
            others=tuple(point.facts[1:]),
            reason=problem,
        )
