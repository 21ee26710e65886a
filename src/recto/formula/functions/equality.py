"""Functions that compare nodes (function registry, 80200 to 80219; XBRL 2.1, 4.10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from recto.formula.functions.library import function, item_of, mistyped
from recto.formula.subject import FactNode, PartNode
from recto.instance.columns import unit_key
from recto.names import XBRLI, XSD, XSI, QName
from recto.xpath import Dynamic, XPathError
from recto.xpath.nodes import AttributeNode, ElementNode, Node
from recto.xpath.values import Untyped, Value, cast, compare, is_number, items

_REFERENCES = ("id", "contextRef", "unitRef")
_LOCATIONS = f"{{{XSI}}}schemaLoc"


def _typed(node: Node) -> Any:
    try:
        return node.atom
    except XPathError:
        return Untyped(node.string)


def _equal_values(left: Any, right: Any) -> bool:
    if type(left) is list or type(right) is list:
        return bool(left == right)
    if type(left) is Untyped and type(right) is Untyped:
        return left.strip() == right.strip()
    try:
        return compare(left, right, "eq") or (left != left and right != right)
    except XPathError:
        return False


def x_equal(left: Node, right: Node) -> bool:
    """X-equal: elements and attributes of equal typed values; other nodes of equal text (XBRL 2.1, 4.10)."""
    if isinstance(left, AttributeNode) and isinstance(right, AttributeNode):
        return left.name == right.name and _equal_values(left.atom, right.atom)
    return _equal_values(_typed(left), _typed(right))


def s_equal(left: Any, right: Any, *, top: bool = True) -> bool:
    """S-equal: equal in structure, whatever prefixes and the order of attributes are (XBRL 2.1, 4.10).

    Ids of the nodes themselves (`top`) do not count.
    """
    if left is right:
        return True
    if isinstance(left, AttributeNode) or isinstance(right, AttributeNode):
        return isinstance(left, AttributeNode) and isinstance(right, AttributeNode) and x_equal(left, right)
    if not isinstance(left, ElementNode) or not isinstance(right, ElementNode):
        return bool(left.kind == right.kind and left.string == right.string)
    if left.name != right.name:
        return False
    mine, theirs = _attributes(left), _attributes(right)
    if top:
        mine.pop("id", None)
        theirs.pop("id", None)
    if isinstance(left, FactNode) and isinstance(right, FactNode):
        # What facts refer to is compared, not the references (XBRL 2.1, 4.10).
        if left.fact.is_tuple != right.fact.is_tuple or not c_equal(left, right) or not u_equal(left, right):
            return False
        for name in _REFERENCES:
            mine.pop(name, None)
            theirs.pop(name, None)
    if mine.keys() != theirs.keys() or not all(_equal_values(mine[name].atom, theirs[name].atom) for name in mine):
        return False
    a, b = _elements(left), _elements(right)
    if len(a) != len(b):
        return False
    if a:
        if not all(s_equal(one, other, top=False) for one, other in zip(a, b, strict=True)):
            return False
        pieces = getattr(left.tree, "subject", left).pieces
        return not pieces.is_mixed(left.element) or " ".join(left.string.split()) == " ".join(right.string.split())
    return _equal_values(_typed(left), _typed(right))


def _attributes(node: ElementNode) -> dict[str, AttributeNode]:
    return {each.name: each for each in node.attributes() if not each.name.startswith(_LOCATIONS)}


def _elements(node: ElementNode) -> list[Any]:
    return [child for child in node.children() if child.kind == "element"]


def c_equal(left: FactNode, right: FactNode) -> bool:
    """Contexts that are the same or s-equal (XBRL 2.1, 4.10, contexts); tuples have none."""
    a, b = left.fact.context, right.fact.context
    if a is b:
        return True
    if a is None or b is None:
        return False
    if (a.scheme, a.identifier) != (b.scheme, b.identifier):
        return False
    if (a.period.start, a.period.end) != (b.period.start, b.period.end):
        return False
    for part in ("segment", "scenario"):
        mine = [child for each in _part(left, part) for child in _elements(each)]
        theirs = [child for each in _part(right, part) for child in _elements(each)]
        if len(mine) != len(theirs) or not all(map(s_equal, mine, theirs)):
            return False
    return True


def _part(node: FactNode, part: str) -> list[ElementNode]:
    element = node.subject.part("context", node.fact.context).element  # type: ignore[arg-type]
    return [node.subject.tree.node(each) for each in element.iter(f"{{{XBRLI}}}{part}")]


def u_equal(left: FactNode, right: FactNode) -> bool:
    a, b = left.fact.unit, right.fact.unit
    if a is None or b is None:
        return a is b
    return a is b or unit_key(a) == unit_key(b)


def v_equal(left: FactNode, right: FactNode) -> bool:
    """Items of equal value in equal contexts and units, within the lesser of their accuracies (XBRL 2.1, 4.10)."""
    a, b = left.fact, right.fact
    if a.is_tuple or b.is_tuple:
        return False
    if not c_equal(left, right) or not u_equal(left, right):
        return False
    if a.nil or b.nil:
        return a.nil and b.nil
    if a.numerator is not None and b.numerator is not None:
        return _fraction(a) == _fraction(b)
    if a.is_numeric and b.is_numeric:
        return _numbers_equal(left, right)
    return bool(_normal(left) == _normal(right))


def _fraction(fact: Any) -> tuple[Any, ...]:
    return tuple([cast(Untyped(part or ""), "decimal") for part in (fact.numerator, fact.denominator)])


def _normal(node: FactNode) -> Any:
    value = node.atom
    return " ".join(value.split()) if isinstance(value, str) else value


def _numbers_equal(left: FactNode, right: FactNode) -> bool:
    from decimal import ROUND_HALF_UP, Decimal, localcontext

    values: list[Decimal] = []
    places: list[Any] = []
    for node in (left, right):
        number = node.fact.number
        if number is None:
            return False
        values.append(number)
        places.append(decimals_of(node))
    if None in places:
        return False
    known = [place for place in places if place != "INF"]
    if not known:
        return values[0] == values[1]
    with localcontext() as context:
        context.prec = 400
        quantum = Decimal(1).scaleb(-min(known))
        return values[0].quantize(quantum, ROUND_HALF_UP) == values[1].quantize(quantum, ROUND_HALF_UP)


def decimals_of(node: FactNode) -> Any:
    """Decimals of a number, inferred where precision is given; "INF", or None where nothing is known."""
    fact = node.fact
    if fact.decimals is not None:
        return fact.decimals
    if fact.precision is None or fact.precision == 0:
        return None
    number = fact.number
    if fact.precision == "INF" or number is None or number == 0:
        return "INF"
    return int(fact.precision) - number.adjusted() - 1


def p_equal(left: Node, right: Node) -> bool:
    """Facts in the same tuple, or both at the top."""
    if isinstance(left, FactNode) and isinstance(right, FactNode):
        if left.fact.parent is None and right.fact.parent is None:
            return left.subject is right.subject
        return left.fact.parent is right.fact.parent
    return left.parent is right.parent


def _pairs(left: Value, right: Value, test: Callable[[Any, Any], bool]) -> bool:
    a, b = items(left), items(right)
    return len(a) == len(b) and all(test(one, other) for one, other in zip(a, b, strict=True))


def _sets(left: Value, right: Value, test: Callable[[Any, Any], bool]) -> bool:
    def distinct(nodes: list[Any]) -> list[Any]:
        kept: list[Any] = []
        for node in nodes:
            if not any(test(node, other) for other in kept):
                kept.append(node)
        return kept

    a, b = distinct(items(left)), distinct(items(right))
    return len(a) == len(b) and all(any(test(one, other) for other in b) for one in a)


def _facts(value: Value) -> None:
    for node in items(value):
        if not isinstance(node, FactNode) or node.fact.is_tuple:
            raise XPathError("xfie:NodeIsNotXbrlItem", "a node is no item")


def _declare(name: str, test: Callable[[Any, Any], bool], *, facts: bool, sets: bool = True) -> None:
    @function(f"xfi:{name}", "node()*", "node()*")
    def sequences(dynamic: Dynamic, left: Value, right: Value) -> Value:
        if facts:
            _facts(left)
            _facts(right)
        return _pairs(left, right, test)

    if sets:

        @function(f"xfi:{name}-set", "node()*", "node()*")
        def as_sets(dynamic: Dynamic, left: Value, right: Value) -> Value:
            if facts:
                _facts(left)
                _facts(right)
            return _sets(left, right, test)


def _identical(one: Any, other: Any) -> bool:
    return one is other


@function("xfi:identical-nodes", "node()*", "node()*")
def _identical_nodes(dynamic: Dynamic, left: Value, right: Value) -> Value:
    return _pairs(left, right, _identical)


@function("xfi:identical-node-set", "node()*", "node()*")
def _identical_node_set(dynamic: Dynamic, left: Value, right: Value) -> Value:
    return _sets(left, right, _identical)


_declare("s-equal", s_equal, facts=False)
_declare("x-equal", x_equal, facts=False, sets=False)
_declare("u-equal", u_equal, facts=True)
_declare("v-equal", v_equal, facts=True)
_declare("c-equal", c_equal, facts=True)
_declare("cu-equal", lambda a, b: c_equal(a, b) and u_equal(a, b), facts=True, sets=False)
_declare("pc-equal", lambda a, b: p_equal(a, b) and c_equal(a, b), facts=True, sets=False)
_declare("pcu-equal", lambda a, b: p_equal(a, b) and c_equal(a, b) and u_equal(a, b), facts=True, sets=False)


@function("xfi:p-equal", "node()+", "node()+")
def _p_equal(dynamic: Dynamic, left: Value, right: Value) -> Value:
    for node in (*items(left), *items(right)):
        if not isinstance(node, FactNode):
            raise XPathError("xfie:ElementIsNotXbrlConcept", "an element is no fact")
    return _pairs(left, right, p_equal)


@function("xfi:duplicate-item", "node()", "node()")
def _duplicate_item(dynamic: Dynamic, left: Value, right: Value) -> Value:
    a, b = item_of(left), item_of(right)
    if a is b:
        return False
    return a.fact.qname is b.fact.qname and p_equal(a, b) and c_equal(a, b) and u_equal(a, b)


@function("xfi:duplicate-tuple", "node()", "node()")
def _duplicate_tuple(dynamic: Dynamic, left: Value, right: Value) -> Value:
    for node in (left, right):
        if not isinstance(node, FactNode) or not node.fact.is_tuple:
            raise mistyped("tuple")
    return duplicate_tuples(left, right)


def duplicate_tuples(left: FactNode, right: FactNode, *, top: bool = True) -> bool:
    """Tuples in the same place with the same content (XBRL 2.1, 4.10, duplicate tuples)."""
    if left is right or left.fact.qname is not right.fact.qname or (top and not p_equal(left, right)):
        return False
    mine, theirs = (
        [each.subject.node(each.subject.columns.facts[at]) for at in each.subject.columns.children(each.fact)]
        for each in (left, right)
    )
    if len(mine) != len(theirs):
        return False

    def matches(one: FactNode, other: FactNode) -> bool:
        if one.fact.is_tuple and other.fact.is_tuple:
            return duplicate_tuples(one, other, top=False)
        return one.fact.qname is other.fact.qname and v_equal(one, other)

    return all(any(matches(one, other) for other in theirs) for one in mine) and all(
        any(matches(one, other) for one in mine) for other in theirs
    )


@function("xfi:nodes-correspond", "node()", "node()")
def _nodes_correspond(dynamic: Dynamic, left: Value, right: Value) -> Value:
    return corresponds(left, right)


def corresponds(left: Any, right: Any) -> bool:
    """Elements of the same name with corresponding attributes and content, texts of equal value."""
    if left.kind != right.kind or left.name != right.name:
        return False
    if left.kind != "element":
        return _equal_values(_typed(left), _typed(right))
    return s_equal(left, right)


__all__ = ["XSD", "PartNode", "QName", "is_number", "s_equal"]
