"""Line items that compare: from the concepts and trees of a filing to one name, by the rules of line_items.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from msgspec import Struct, field

from recto.errors import UsageError
from recto.lake.asked import Asked
from recto.lake.statements import statement_roles
from recto.names import ARC_PARENT_CHILD, ARC_SUMMATION_ITEM, ARC_SUMMATION_ITEM_1_1


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """See the head of line_items.toml."""

    rule: str
    concepts: tuple[str, ...] = ()
    sum: tuple[tuple[str, ...], ...] = ()
    least: int = 1
    own: bool = False
    on: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    weight: int | None = None
    has_part: tuple[str, ...] = ()
    except_: tuple[str, ...] = field(default=(), name="except")
    need: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    pick: str = ""
    kinds: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    no_other: str = ""
    but: str = ""


class Item(Struct, frozen=True, forbid_unknown_fields=True):
    label: str
    period: str
    rules: tuple[Rule, ...]


class Choice(Struct, frozen=True):
    """What a rule chose in a filing: one concept, or several that are added up."""

    item: str
    rule: str
    concepts: tuple[str, ...]
    others: tuple[str, ...] = ()
    """Concepts that would belong to the sum, but that the rule does not know: where they tell something, it is null."""
    where: tuple[str, ...] = ()
    """A sum counts only for periods for which one of these is told, too."""


@cache
def items() -> dict[str, Item]:
    """The rule table, by name of the item, in its order."""
    import tomllib

    import msgspec

    text = files("recto.lake").joinpath("line_items.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Item])


@lru_cache(maxsize=4096)
def item_name(text: str) -> str | None:
    """The line item that is called so: by name or label, however it is written."""
    wanted = text.strip().casefold().replace("_", " ").replace("-", " ")
    for name, each in items().items():
        if wanted in (name.replace("_", " "), each.label.casefold()):
            return name
    return None


def named(names: str | Sequence[str] | None) -> list[str]:
    """Names of line items; all for None. Raises `UsageError` for one that there is not."""
    if names is None:
        return list(items())
    found = []
    for each in [names] if isinstance(names, str) else names:
        name = item_name(each)
        if name is None:
            raise UsageError(f"{each!r} is no line item: choose of {', '.join(items())}")
        found.append(name)
    return found


def concepts_of(names: Iterable[str]) -> set[str]:
    """The standard concepts that rules of these items name."""
    found: set[str] = set()
    for name in names:
        for rule in items()[name].rules:
            found.update(rule.concepts, rule.need, rule.unless, rule.where, rule.kinds, *rule.sum)
    return found


class Trees(Struct):
    """Where the concepts of one filing stand."""

    on: dict[str, set[str]] = field(default_factory=dict)
    """Concept → statements in whose tree it is."""
    order: dict[str, int] = field(default_factory=dict)
    """Concept → its place in the trees of statements."""
    parts: dict[str, dict[str, float]] = field(default_factory=dict)
    """Total → its parts with their weights, in calculations of statements."""
    credits: set[str] = field(default_factory=set)
    """Concepts of balances on the credit side, as far as rules ask for them (`no_other`)."""

    def is_total_of(self, total: str, concept: str, depth: int = 6) -> bool:
        """Whether a calculation makes up the total of the concept, over several steps too."""
        parts = self.parts.get(total, {})
        return concept in parts or (depth > 0 and any(self.is_total_of(each, concept, depth - 1) for each in parts))


def choose(name: str, trees: Trees, told: Mapping[str, object]) -> Choice | None:
    """What the rules of an item choose in a filing. `told`: concepts of which it has numbers without members."""
    for rule in items()[name].rules:
        if all(each in told for each in rule.need) and not any(each in told for each in rule.unless):
            concepts = _sum(rule, trees, told) if rule.sum else _one(rule, trees, told)
            if concepts:
                return Choice(name, rule.rule, concepts, _others(rule, concepts, trees, told), rule.where)
    return None


def _others(rule: Rule, chosen: Sequence[str], trees: Trees, told: Mapping[str, object]) -> tuple[str, ...]:
    """What is called as the rule's kinds are, stands beside them, and is neither a part nor a total of them."""
    if not rule.no_other:
        return ()
    wanted, unwanted = re.compile(rule.no_other), re.compile(rule.but or "(?!)")
    listed = {each for group in rule.sum for each in group}
    return tuple(
        each
        for each in sorted(trees.credits)
        if each in told
        and each not in listed
        and wanted.search(each.partition(":")[2])
        and not unwanted.search(each.partition(":")[2])
        and trees.on.get(each, set()) & set(rule.on)
        and not any(trees.is_total_of(each, one) or trees.is_total_of(one, each) for one in chosen)
    )


def _sum(rule: Rule, trees: Trees, told: Mapping[str, object]) -> tuple[str, ...]:
    found = []
    for group in rule.sum:
        concept = next((each for each in group if each in told and _stands(each, rule, trees)), None)
        if concept is not None:
            found.append(concept)
    whole = [each for each in found if not any(trees.is_total_of(other, each) for other in found if other != each)]
    return tuple(whole) if len(found) >= rule.least else ()


def _one(rule: Rule, trees: Trees, told: Mapping[str, object]) -> tuple[str, ...]:
    if rule.own:
        candidates = [each for each in related(rule, trees) if each in told and each not in rule.except_]
        candidates = [each for each in candidates if _stands(each, rule, trees)]
        if len(candidates) > 1 and rule.pick == "first":
            candidates = sorted(candidates, key=lambda each: trees.order.get(each, 1 << 30))[:1]
        return tuple(candidates) if len(candidates) == 1 else ()
    candidates = [each for each in rule.concepts if each in told and _stands(each, rule, trees)]
    if len(candidates) > 1 and rule.pick == "total":
        totals = [
            each
            for each in candidates
            if not any(trees.is_total_of(other, each) for other in candidates if other != each)
            and any(trees.is_total_of(each, other) for other in candidates if other != each)
        ]
        candidates = totals or candidates
    return tuple(candidates[:1]) if candidates and _is_whole(candidates[0], rule, trees, told) else ()


def _is_whole(concept: str, rule: Rule, trees: Trees, told: Mapping[str, object]) -> bool:
    """Whether it is no mere kind of what is looked for: beside it stands no other kind that it is not the total of,
    unless a calculation goes on with it alone."""
    if concept not in rule.kinds:
        return True
    beside = [
        each
        for each in rule.kinds
        if each != concept and each in told and _stands(each, rule, trees) and not trees.is_total_of(concept, each)
    ]
    goes_on = [parts for parts in (trees.parts.get(total, {}) for total in _RESULTS) if concept in parts]
    return not beside or any(not any(each in parts for each in beside) for parts in goes_on)


_RESULTS = ("us-gaap:GrossProfit", "us-gaap:OperatingIncomeLoss", "ifrs-full:GrossProfit")
"""What costs are taken off in."""


def related(rule: Rule, trees: Trees) -> list[str]:
    """Concepts that stand in calculations as the rule wants it, whatever they are called."""
    found = []
    for total in rule.part_of:
        for part, weight in trees.parts.get(total, {}).items():
            if rule.weight is None or (weight > 0) == (rule.weight > 0):
                found.append(part)
    for part in rule.has_part:
        found += [total for total, parts in trees.parts.items() if part in parts]
    return list(dict.fromkeys(found))


def _stands(concept: str, rule: Rule, trees: Trees) -> bool:
    if rule.on and not trees.on.get(concept, set()) & set(rule.on):
        return False
    if not rule.own and (rule.part_of or rule.has_part):
        return concept in related(rule, trees)
    return True


def credits_of(lake: Asked, filings: Sequence[str], names: Iterable[str]) -> dict[str, set[str]]:
    """Filing → concepts of balances on the credit side that are called as rules of these items ask (`no_other`)."""
    patterns = {rule.no_other for name in names for rule in items()[name].rules if rule.no_other}
    found: dict[str, set[str]] = {}
    if patterns:
        rows = lake.sql(
            """select filing, concept from concepts where filing in (select unnest(?)) and balance = 'credit'
                and period_type = 'instant' and not abstract and regexp_matches(local_name, ?)""",
            [list(filings), "|".join(f"(?:{each})" for each in sorted(patterns))],
        )
        for row in rows.records():
            found.setdefault(row["filing"], set()).add(row["concept"])
    return found


_CALCULATION = (ARC_SUMMATION_ITEM, ARC_SUMMATION_ITEM_1_1)


def trees_of(lake: Asked, filings: Sequence[str]) -> dict[str, Trees]:
    """The trees of filings, as far as statements go."""
    found = {key: Trees() for key in filings}
    roles = statement_roles(lake, filings)
    arcs = lake.sql(
        """select filing, arcrole, role, source, target, "order", weight from arcs
        where filing in (select unnest(?)) and arcrole in (?, ?, ?) order by filing, role, "order", target""",
        [list(filings), ARC_PARENT_CHILD, *_CALCULATION],
    )
    columns = [arcs.column(name).to_pylist() for name in ("filing", "arcrole", "role", "source", "target", "weight")]
    walks: dict[tuple[str, str], dict[str, list[str]]] = {}
    for filing, arcrole, role, source, target, weight in zip(*columns, strict=True):
        kind = roles.get(filing, {}).get(role)
        if kind is None:
            continue
        trees = found[filing]
        if arcrole in _CALCULATION:
            trees.parts.setdefault(source, {})[target] = float(weight or 0)
        else:
            trees.on.setdefault(target, set()).add(kind)
            walks.setdefault((filing, role), {}).setdefault(source, []).append(target)
    for (filing, _), children in walks.items():
        order = found[filing].order
        for concept in _walk(children):
            order.setdefault(concept, len(order))
    return found


def _walk(children: Mapping[str, Sequence[str]]) -> Iterable[str]:
    below = {each for targets in children.values() for each in targets}
    waiting = [each for each in reversed(list(children)) if each not in below]
    seen: set[str] = set()
    while waiting:
        concept = waiting.pop()
        if concept not in seen:
            seen.add(concept)
            yield concept
            waiting.extend(reversed(children.get(concept, ())))
