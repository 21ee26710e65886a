"""Functions on sequences, booleans, errors and maps."""

from __future__ import annotations

import math
from typing import Any

from recto.findings.catalogue import entry
from recto.names import QName
from recto.xpath import values
from recto.xpath.arithmetic import arithmetic
from recto.xpath.context import ERR, Dynamic
from recto.xpath.errors import MOST_ITEMS, BudgetError, XPathError
from recto.xpath.functions.registry import declare
from recto.xpath.nodes import Node
from recto.xpath.temporal import Duration, Partial
from recto.xpath.values import MapItem, QNameValue, Untyped, Value, items, one_or_list


@declare("fn:true")
def _true(dynamic: Dynamic) -> Value:
    return True


@declare("fn:false")
def _false(dynamic: Dynamic) -> Value:
    return False


@declare("fn:not", "item()*")
def _not(dynamic: Dynamic, value: Value) -> Value:
    return not values.boolean(value)


@declare("fn:boolean", "item()*")
def _boolean(dynamic: Dynamic, value: Value) -> Value:
    return values.boolean(value)


@declare("fn:empty", "item()*")
def _empty(dynamic: Dynamic, value: Value) -> Value:
    return type(value) is list and not value


@declare("fn:exists", "item()*")
def _exists(dynamic: Dynamic, value: Value) -> Value:
    return type(value) is not list or bool(value)


@declare("fn:count", "item()*")
def _count(dynamic: Dynamic, value: Value) -> Value:
    return len(value) if type(value) is list else 1


@declare("fn:data", "item()*", least=0, context=True)
def _data(env: list[Any], static: Any, given: list[Value]) -> Value:
    from recto.xpath.context import focus

    return values.atomize(given[0] if given else focus(env))


@declare("fn:zero-or-one", "item()*")
def _zero_or_one(dynamic: Dynamic, value: Value) -> Value:
    if type(value) is list and value:
        raise XPathError("FORG0003", "more than one item")
    return value


@declare("fn:one-or-more", "item()*")
def _one_or_more(dynamic: Dynamic, value: Value) -> Value:
    if type(value) is list and not value:
        raise XPathError("FORG0004", "no item")
    return value


@declare("fn:exactly-one", "item()*")
def _exactly_one(dynamic: Dynamic, value: Value) -> Value:
    if type(value) is list:
        raise XPathError("FORG0005", "not exactly one item")
    return value


@declare("fn:head", "item()*")
def _head(dynamic: Dynamic, value: Value) -> Value:
    return value[0] if type(value) is list and value else value


@declare("fn:tail", "item()*")
def _tail(dynamic: Dynamic, value: Value) -> Value:
    return one_or_list(value[1:]) if type(value) is list else []


@declare("fn:reverse", "item()*")
def _reverse(dynamic: Dynamic, value: Value) -> Value:
    return value[::-1] if type(value) is list else value


@declare("fn:unordered", "item()*")
def _unordered(dynamic: Dynamic, value: Value) -> Value:
    return value


@declare("fn:subsequence", "item()*", "xs:double", "xs:double", least=2)
def _subsequence(dynamic: Dynamic, value: Value, start: float, length: float = math.inf) -> Value:
    first = math.floor(start + 0.5) if math.isfinite(start) else start
    last = first + (math.floor(length + 0.5) if math.isfinite(length) else length)
    return one_or_list([item for at, item in enumerate(items(value), 1) if first <= at < last])


@declare("fn:insert-before", "item()*", "xs:integer", "item()*")
def _insert_before(dynamic: Dynamic, value: Value, at: int, more: Value) -> Value:
    found = items(value)
    at = max(at - 1, 0)
    made = [*found[:at], *items(more), *found[at:]]
    if len(made) > MOST_ITEMS:
        raise BudgetError("the sequence is too long")
    return one_or_list(made)


@declare("fn:remove", "item()*", "xs:integer")
def _remove(dynamic: Dynamic, value: Value, at: int) -> Value:
    return one_or_list([item for number, item in enumerate(items(value), 1) if number != at])


CODEPOINTS = "http://www.w3.org/2005/xpath-functions/collation/codepoint"


def check_collation(uri: str) -> None:
    """Raises `XPathError` FOCH0002 for any but the one by code points."""
    if uri != CODEPOINTS:
        raise XPathError("FOCH0002", f"there is no collation {uri[:100]!r}")


def key(item: Any) -> Any:
    """Hashable; equal for values that `eq` finds equal, and for NaN. Values that cannot be compared are different."""
    if type(item) is bool:
        return ("boolean", item)
    if isinstance(item, str):
        return ("text", str(item))
    if isinstance(item, float):
        return ("number", "NaN" if math.isnan(item) else values.shortest(item) if math.isfinite(item) else item)
    if values.is_number(item):
        return ("number", item)
    return (values.type_name(item) if not isinstance(item, Duration) else "duration", item)


@declare("fn:distinct-values", "xs:anyAtomicType*", "xs:string", least=1)
def _distinct_values(dynamic: Dynamic, value: Value, collation: str = CODEPOINTS) -> Value:
    check_collation(collation)
    found: dict[Any, Any] = {}
    for item in items(value):
        found.setdefault(key(item), item)
    return one_or_list(list(found.values()))


@declare("fn:index-of", "xs:anyAtomicType*", "xs:anyAtomicType", "xs:string", least=2)
def _index_of(dynamic: Dynamic, value: Value, wanted: Any, collation: str = CODEPOINTS) -> Value:
    check_collation(collation)
    sought = key(wanted)
    if sought == ("number", "NaN"):
        return []
    return one_or_list([at for at, item in enumerate(items(value), 1) if key(item) == sought])


@declare("fn:deep-equal", "item()*", "item()*", "xs:string", least=2)
def _deep_equal(dynamic: Dynamic, left: Value, right: Value, collation: str = CODEPOINTS) -> Value:
    check_collation(collation)
    a, b = items(left), items(right)
    return len(a) == len(b) and all(_same(one, other) for one, other in zip(a, b, strict=True))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Node) != isinstance(other, Node):
        return False
    if not isinstance(one, Node):
        return bool(key(one) == key(other))
    if one.kind != other.kind or one.name != other.name:
        return False
    if one.kind in ("attribute", "text"):
        return bool(one.string == other.string)
    mine, theirs = ({a.name: a.string for a in each.attributes()} for each in (one, other))
    a, b = ([c for c in each.children() if c.kind != "text" or c.string.strip()] for each in (one, other))
    return mine == theirs and len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))


@declare("fn:sum", "xs:anyAtomicType*", "xs:anyAtomicType?", least=1)
def _sum(dynamic: Dynamic, value: Value, zero: Value = 0) -> Value:
    found = _summable(value)
    if not found:
        return zero
    dynamic.budget.spend(len(found))
    if len(found) > 2 and all(type(item) is not float and values.is_number(item) for item in found):
        total = found[0]
        for item in found[1:]:
            total = arithmetic(total, item, "+")
        return total
    total = found[0]
    if not values.is_number(total) and values.type_name(total) not in ("yearMonthDuration", "dayTimeDuration"):
        raise XPathError("FORG0006", f"an xs:{values.type_name(total)} cannot be added up")
    for item in found[1:]:
        try:
            total = arithmetic(total, item, "+")
        except XPathError as error:
            if error.code == "err:XPTY0004":
                raise XPathError("FORG0006", error.message) from None
            raise
    return total


def _summable(value: Value) -> list[Any]:
    return [values.cast(item, "double") if type(item) is Untyped else item for item in items(value)]


@declare("fn:avg", "xs:anyAtomicType*")
def _avg(dynamic: Dynamic, value: Value) -> Value:
    found = _summable(value)
    if not found:
        return []
    total = _sum(dynamic, found if len(found) > 1 else found[0])
    return arithmetic(total, len(found), "div")


def _extreme(dynamic: Dynamic, value: Value, operator: str) -> Value:
    found = _summable(value)
    if not found:
        return []
    dynamic.budget.spend(len(found))
    if any(isinstance(item, float) for item in found) and all(map(values.is_number, found)):
        found = values.promoted(found)
        if any(math.isnan(item) for item in found):
            return type(found[0])(math.nan)
    best = found[0]
    if isinstance(best, (QNameValue, Partial)) or (isinstance(best, Duration) and best.kind == "duration"):
        raise XPathError("FORG0006", f"values of xs:{values.type_name(best)} have no order")
    for item in found[1:]:
        try:
            if values.compare(item, best, operator):
                best = item
        except XPathError as error:
            raise XPathError("FORG0006", error.message) from None
    return str(best) if type(best) is values.AnyURI else best


@declare("fn:max", "xs:anyAtomicType*", "xs:string", least=1)
def _max(dynamic: Dynamic, value: Value, collation: str = CODEPOINTS) -> Value:
    check_collation(collation)
    return _extreme(dynamic, value, "gt")


@declare("fn:min", "xs:anyAtomicType*", "xs:string", least=1)
def _min(dynamic: Dynamic, value: Value, collation: str = CODEPOINTS) -> Value:
    check_collation(collation)
    return _extreme(dynamic, value, "lt")


_CALLED = "fn:error was called"


@declare("fn:error", "xs:QName?", "xs:string", "item()*", least=0)
def _error(dynamic: Dynamic, code: Value = None, message: str = "", objects: Value = None) -> Value:
    if not isinstance(code, QNameValue):
        raise XPathError("FOER0000", message or _CALLED)
    name: QName = code.name
    told = f"{'err' if name.namespace == ERR else code.prefix}:{name.local}"
    # A code of a specification, or one of the taxonomy's own, which is told whole.
    raise XPathError(told if entry(told) is not None else f"{{{name.namespace}}}{name.local}", message or _CALLED)


@declare("fn:trace", "item()*", "xs:string")
def _trace(dynamic: Dynamic, value: Value, label: str) -> Value:
    return value


@declare("fn:position", context=True)
def _position(env: list[Any], static: Any, given: list[Value]) -> Value:
    from recto.xpath.context import focus

    focus(env)
    return env[1]


@declare("fn:last", context=True)
def _last(env: list[Any], static: Any, given: list[Value]) -> Value:
    from recto.xpath.context import focus

    focus(env)
    return env[2]


# Maps (XPath functions 3.1, 17)


@declare("fn:parse-json", "xs:string?", "item()*", least=1)
def _parse_json(dynamic: Dynamic, text: Value, options: Value = None) -> Value:
    if type(text) is list:
        return []
    import json

    try:
        return _from_json(json.loads(text, parse_int=float, parse_float=float))
    except (ValueError, RecursionError):
        raise XPathError("FOJS0001", "the text is not JSON") from None


def _from_json(value: Any) -> Value:
    if isinstance(value, dict):
        return MapItem({key(name): (name, _from_json(each)) for name, each in value.items()})
    if isinstance(value, list):
        return MapItem({key(at): (at, _from_json(each)) for at, each in enumerate(value, 1)})
    return [] if value is None else value


def _map(value: Value) -> MapItem:
    if type(value) is not MapItem:
        raise XPathError("XPTY0004", "a map is needed")
    return value


@declare("map:get", "item()*", "xs:anyAtomicType")
def _map_get(dynamic: Dynamic, value: Value, name: Any) -> Value:
    found = _map(value).get(key(name))
    return found[1] if found is not None else []


@declare("map:contains", "item()*", "xs:anyAtomicType")
def _map_contains(dynamic: Dynamic, value: Value, name: Any) -> Value:
    return key(name) in _map(value)


@declare("map:keys", "item()*")
def _map_keys(dynamic: Dynamic, value: Value) -> Value:
    return one_or_list([name for name, _ in _map(value).values()])


@declare("map:size", "item()*")
def _map_size(dynamic: Dynamic, value: Value) -> Value:
    return len(_map(value))
