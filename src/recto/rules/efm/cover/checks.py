"""What the table's checks mean. Each yields the findings of one row of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

from recto.findings import Finding, Severity
from recto.instance.model import Fact
from recto.rules.efm.cover.page import Page, Place
from recto.rules.efm.cover.table import ALL_BUT, Row
from recto.rules.efm.submission import as_date
from recto.rules.efm.telling import tell, tell_fact

Check = Callable[[Row, Page], Iterable[Finding]]


def severity_of(row: Row, page: Page) -> Severity:
    return row.severity or page.table.severities.get(row.check, "warning")  # type: ignore[return-value]


def listed(names: Sequence[str], word: str = "and") -> str:
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else "".join(names)


def form_of(page: Page) -> str:
    return f"form {page.about.form}" if page.about.form else "this form"


def where_of(row: Row, place: Place) -> str:
    """What the contexts are about, as the end of a sentence."""
    if place:
        return " with " + " and ".join(f"{axis.local} = {getattr(member, 'local', member)}" for axis, member in place)
    return {"a": " of the business contact", "f": " of the former address"}.get(row.axis, "")


def has_value(fact: Fact, values: Sequence[object]) -> bool:
    """Whether a fact has one of the values; none of them, where the list begins with the word for that."""
    if values and values[0] == ALL_BUT:
        return not has_value(fact, values[1:])
    text = fact.value.strip()
    boolean = {"true": True, "1": True, "false": False, "0": False}.get(text)
    return any(boolean is value if isinstance(value, bool) else text == str(value) for value in values)


def shown(values: Sequence[object]) -> str:
    if values and values[0] == ALL_BUT:
        return f"other than {shown(values[1:])}"
    words = [str(value).lower() if isinstance(value, bool) else str(value) for value in values]
    return listed(words, "or") if len(words) <= 6 else f"{listed(words[:6], 'or')} …"


def on_page(row: Row, page: Page, word: str, names: str, **arguments: Any) -> Finding:
    """A finding about what the cover page as a whole has or has not."""
    return tell(
        f"{row.section}.{word}",
        page.about.instance.url,
        about=names,
        severity=severity_of(row, page),
        form=form_of(page),
        **arguments,
    )


def on_fact(
    row: Row, page: Page, word: str, fact: Fact, *, severity: Severity | None = None, **arguments: Any
) -> Finding:
    """A finding about a fact of the cover page."""
    return tell_fact(
        f"{row.section}.{word}", fact, severity=severity or severity_of(row, page), form=form_of(page), **arguments
    )


def required(row: Row, page: Page) -> Iterator[Finding]:
    """`r`, `x`: each element has a value."""
    for name in row.names:
        if page.declared(name) and not page.facts(name, row):
            yield on_page(row, page, "missing", name, where=where_of(row, ()))


def required_value(row: Row, page: Page) -> Iterator[Finding]:
    """`xv`, `y`, `n`, `ru`: each element has one of these values. `ov`, `ou`: where it has one at all."""
    optional = row.check.startswith("o")
    for name in row.names:
        if not page.declared(name):
            continue
        facts = page.facts(name, row)
        if not facts and not optional:
            yield on_page(row, page, "missing", name, where=where_of(row, ()))
        for fact in facts:
            if not has_value(fact, row.value):
                yield on_fact(row, page, "value", fact, value=fact.value.strip(), values=shown(row.value))


def optional(row: Row, page: Page) -> Iterator[Finding]:
    """`o`: an element may have a value."""
    return iter(())


def any_of(row: Row, page: Page) -> Iterator[Finding]:
    """`o2`, `o3`, `n2c`: at least one of the elements has a value (of those that the row names, if it does)."""
    names = [name for name in row.names if page.declared(name)]
    facts = [fact for name in names for fact in page.facts(name, row)]
    if row.value:
        facts = [fact for fact in facts if has_value(fact, row.value)]
    if row.references and not page.about.inline and not any(page.facts(name, row) for name in row.references):
        return  # outside inline documents no address is demanded
    if names and not facts:
        wanted = f" with the value {shown(row.value)}" if row.value else ""
        yield on_page(row, page, "inclusive", listed(names, "or"), where=where_of(row, ()) + wanted)


def any_of_given(row: Row, page: Page) -> Iterator[Finding]:
    """`f2`: where the element referred to has a value, one of these has."""
    names = [name for name in row.names if page.declared(name)]
    for reference in row.references:
        for place in page.all_places([reference], row):
            fact = page.at(reference, place)
            if fact is not None and names and not any(page.at(name, place) for name in names):
                yield on_fact(row, page, "otherMissing", fact, wanted=listed(names, "or"), where=where_of(row, place))


def only_with(row: Row, page: Page) -> Iterator[Finding]:
    """`ol1`, `ol2`: an element has a value only where the one referred to has."""
    for reference in filter(page.declared, row.references):
        for name in row.names:
            for place in page.all_places([name], row):
                fact = page.at(name, place)
                if fact is not None and page.at(reference, place) is None:
                    yield on_fact(row, page, "otherMissing", fact, wanted=reference, where=where_of(row, place))


def exactly_with(row: Row, page: Page) -> Iterator[Finding]:
    """`oph`: an element has a value if and only if the one referred to has."""
    for reference in filter(page.declared, row.references):
        for name in row.names:
            if not page.declared(name):
                continue
            for place in page.all_places([name, reference], row):
                fact, other = page.at(name, place), page.at(reference, place)
                told = fact or other
                if told is not None and (fact is None) != (other is None):
                    where = where_of(row, place)
                    yield on_fact(row, page, "dependency", told, name=name, other=reference, where=where)


def exactly_with_value(row: Row, page: Page) -> Iterator[Finding]:
    """`a`, `oth`, `sr`, `tr`, `rt`, `n2e`: an element has a value if and only if the one referred to has this value."""
    for reference in row.references:
        for name in row.names:
            if not page.declared(name):
                continue
            for place in page.all_places([name, reference], row):
                fact, other = page.at(name, place), page.at(reference, place)
                wanted = any(has_value(each, row.reference_value) for each in page.places(reference).get(place, ()))
                if row.check == "rt" and other is None:
                    continue  # that the other is missing is told by itself
                if row.check in ("tr", "sr") and not wanted:
                    continue  # the day of what did not happen is idle, no fault
                told = fact or other
                if told is not None and (fact is not None) != wanted:
                    yield on_fact(
                        row,
                        page,
                        "dependentValue",
                        told,
                        name=name,
                        other=reference,
                        values=shown(row.reference_value),
                        where=where_of(row, place),
                    )


def wherever_value(row: Row, page: Page) -> Iterator[Finding]:
    """`ra`: where the element referred to has one of these values, this one has a value."""
    for reference in row.references:
        for name in row.names:
            if not page.declared(name):
                continue
            for place in page.all_places([reference], row):
                other = page.at(reference, place)
                if other is not None and has_value(other, row.reference_value) and page.at(name, place) is None:
                    where = f" where this is {other.value.strip()!r}"
                    yield on_fact(row, page, "otherMissing", other, wanted=name, where=where)


def same_value_with(row: Row, page: Page) -> Iterator[Finding]:
    """`n2h`: an element has the value only if the one referred to has it."""
    for reference in filter(page.declared, row.references):
        for name in row.names:
            for place in page.all_places([name], row):
                fact, other = page.at(name, place), page.at(reference, place)
                wanted = other is not None and has_value(other, row.reference_value)
                if fact is not None and has_value(fact, row.reference_value) and not wanted:
                    values = shown(row.reference_value)
                    yield on_fact(row, page, "valueDependency", fact, other=reference, values=values)


def not_both(row: Row, page: Page) -> Iterator[Finding]:
    """`ot1`, `n2bn1`: of the elements only one has a value."""
    for place in page.all_places(row.names, row):
        facts = [fact for name in row.names if (fact := page.at(name, place)) is not None]
        if len(facts) > 1:
            where = where_of(row, place)
            yield on_fact(row, page, "exclusive", facts[0], names=listed(row.names), where=where, others=facts[1:])


def exactly_one(row: Row, page: Page) -> Iterator[Finding]:
    """`of-rule`: exactly one of the elements has a value."""
    for place in page.all_places(row.names, row):
        facts = [fact for name in row.names if (fact := page.at(name, place)) is not None]
        if len(facts) != 1:
            where = where_of(row, place)
            yield on_fact(row, page, "exclusive", facts[0], names=listed(row.names), where=where, others=facts[1:])


_REGISTERED: Final = "Security12bTitle"


def symbol(row: Row, page: Page) -> Iterator[Finding]:
    """`t1`: a trading symbol, or that there is none, if and only if there is a title of securities."""
    titles = [name for name in row.references if page.declared(name)]
    if not titles:
        return
    for place in page.all_places((*row.names, *titles), row):
        facts = [fact for name in row.names if (fact := page.at(name, place)) is not None]
        found = [name for name in titles if page.at(name, place) is not None]
        wrong = len(facts) > 1 or bool(facts and not found)
        if _REGISTERED in titles:
            # Securities that are registered but not traded, such as those behind depositary receipts, have no exchange.
            traded = _REGISTERED in found and page.at("SecurityExchangeName", place) is not None
            wrong = wrong or (not facts and traded)
        elif found and not facts:
            wrong = page.at("NoTradingSymbolFlag", place) is None
        told = facts[0] if facts else page.at(found[0], place) if found else None
        if wrong and told is not None:
            name = ("exactly one of " if len(row.names) > 1 else "") + listed(row.names)
            where = where_of(row, place)
            yield on_fact(row, page, "dependency", told, name=name, other=listed(titles, "or"), where=where)


def exchange(row: Row, page: Page) -> Iterator[Finding]:
    """`te`: the exchange of registered securities that have a trading symbol, and of no others."""
    (name,) = row.names
    for place in page.all_places((name, *row.references), row):
        fact = page.at(name, place)
        symbols = [other for each in row.references if (other := page.at(each, place)) is not None]
        title = page.at(_REGISTERED, place)
        told = fact if fact is not None and not symbols else title if fact is None and symbols else None
        if told is not None:
            references, where = listed(row.references, "or"), where_of(row, place)
            yield on_fact(row, page, "dependency", told, name=name, other=references, where=where)


def one_true(row: Row, page: Page) -> Iterator[Finding]:
    """`tf3`: exactly one of the elements is true, the others are false; in XML only where any is told."""
    true, false = row.value[:2]
    facts = [next(iter(page.facts(name, row)), None) for name in row.names if page.declared(name)]
    trues = sum(fact is not None and has_value(fact, [true]) for fact in facts)
    falses = sum(fact is not None and has_value(fact, [false]) for fact in facts)
    if not page.about.inline and not any(facts):
        return
    if facts and (trues != 1 or falses != len(facts) - 1):
        yield on_page(row, page, "exclusiveValues", listed(row.names), value=shown([true]), other=shown([false]))


def not_both_values(row: Row, page: Page) -> Iterator[Finding]:
    """`wv`, `ws`: not all of the elements have these values."""
    values = row.value if len(row.value) == len(row.names) else row.value * len(row.names)
    found = []
    for name, value in zip(row.names, values, strict=False):
        found += [fact for fact in page.facts(name, row) if has_value(fact, [value])][:1]
    if len(found) == len(row.names):
        names, shown_values = listed(row.names), shown(list(dict.fromkeys(row.value)))
        yield on_fact(row, page, "exclusiveValue", found[0], names=names, values=shown_values, others=found[1:])


def both_or_neither(row: Row, page: Page) -> Iterator[Finding]:
    """`op`, `n2d`: all of the elements have values, or none."""
    found = {name: page.facts(name, row) for name in row.names}
    given = [facts[0] for facts in found.values() if facts]
    if given and len(given) < len(found):
        yield on_fact(row, page, "mutualDependency", given[0], names=listed(row.names), where="")


def together(row: Row, page: Page) -> Iterator[Finding]:
    """`md`: wherever one of the elements has a value, all have."""
    names = [name for name in row.names if page.declared(name)]
    for place in page.all_places(names, row):
        facts = [fact for name in names if (fact := page.at(name, place)) is not None]
        if len(facts) != len(names):
            where = where_of(row, place)
            yield on_fact(row, page, "mutualDependency", facts[0], names=listed(names), where=where)


def not_there(row: Row, page: Page) -> Iterator[Finding]:
    """`md-unexpected`: elements have no values in such contexts."""
    for name in row.names:
        for fact in page.facts(name, row):
            yield on_fact(row, page, "unexpected", fact)


def transition(row: Row, page: Page) -> Iterator[Finding]:
    """`et1`: whether the transition period is elected is told by emerging growth companies, and by no others."""
    (name,), (reference,) = row.names, row.references
    if not page.declared(name):
        return
    for place in page.all_places([name, reference], row):
        fact, other = page.at(name, place), page.at(reference, place)
        growing = other is not None and has_value(other, row.reference_value)
        told = fact or other
        if told is not None and (fact is not None) != growing:
            yield on_fact(
                row,
                page,
                "dependentValue",
                told,
                severity="error" if growing else "warning",
                name=name,
                other=reference,
                values=shown(row.reference_value),
                where=where_of(row, place),
            )


def not_after_today(row: Row, page: Page) -> Iterator[Finding]:
    """`de`, `de5pm`: the period does not end after the submission; for an event, not after the next day. `future`."""
    limit = page.about.today + timedelta(days=1 if row.check == "de5pm" else 0)
    for name in row.names:
        for fact in page.facts(name, row):
            day = as_date(fact.value)
            if day is not None and day > limit:
                yield on_fact(row, page, "future", fact, day=day.isoformat(), limit=limit.isoformat())


def year_end_change(row: Row, page: Page) -> Iterator[Finding]:
    """`e503`: the end of the fiscal year is on an 8-K if and only if its item 5.03 reports a change of it."""
    items = page.about.words("itemsList") or page.about.words("items")
    told = "itemsList" in page.about.parameters or "items" in page.about.parameters
    if not told:
        return  # which items are reported is not known
    for name in row.names:
        facts = page.facts(name, row)
        if bool(facts) != ("5.03" in items):
            yield on_page(row, page, "itemDependency", name, item="5.03")


def small_business(row: Row, page: Page) -> Iterator[Finding]:
    """`sb`: a small business is no investment company, whose file numbers begin with 811 or 814."""
    numbers = [fact.value.strip() for facts in page.places("EntityFileNumber").values() for fact in facts]
    numbers += [str(page.about.parameters.get(each) or "") for each in ("fileNumber", "entity.repFileNum")]
    number = next((each for each in numbers if each.startswith(("811-", "814-"))), None)
    for name in row.names:
        for fact in page.facts(name, row):
            if number is not None and has_value(fact, [True]):
                yield on_fact(row, page, "fileNumber", fact, number=number)


def securities(row: Row, page: Page) -> Iterator[Finding]:
    """`security-axis`: one security is told without an axis, several each with its own member."""
    for name in row.names:
        places = [place for place in page.places(name) if page.counts(row, place)]
        if () in places and len(places) > 1:
            facts = [fact for place in places for fact in page.places(name)[place]]
            yield on_fact(row, page, "securityAxes", facts[0], others=facts[1:])


def file_number(row: Row, page: Page) -> Iterator[Finding]:
    """`n2bn2`: the file number of a business development company."""
    for name in row.names:
        for fact in page.facts(name, row):
            if not fact.value.strip().startswith("814-"):
                yield on_fact(row, page, "value", fact, value=fact.value.strip(), values="814-…")


CHECKS: Final[dict[str, Check]] = {
    "r": required,
    "x": required,
    "xv": required_value,
    "y": required_value,
    "n": required_value,
    "ru": required_value,
    "ov": required_value,
    "ou": required_value,
    "o": optional,
    "o2": any_of,
    "o3": any_of,
    "n2c": any_of,
    "f2": any_of_given,
    "ol1": only_with,
    "ol2": only_with,
    "oph": exactly_with,
    "a": exactly_with_value,
    "oth": exactly_with_value,
    "sr": exactly_with_value,
    "tr": exactly_with_value,
    "rt": exactly_with_value,
    "n2e": exactly_with_value,
    "ra": wherever_value,
    "n2h": same_value_with,
    "ot1": not_both,
    "n2bn1": not_both,
    "n2bn2": file_number,
    "of-rule": exactly_one,
    "t1": symbol,
    "te": exchange,
    "tf3": one_true,
    "wv": not_both_values,
    "ws": not_both_values,
    "op": both_or_neither,
    "n2d": both_or_neither,
    "md": together,
    "md-unexpected": not_there,
    "et1": transition,
    "de": not_after_today,
    "de5pm": not_after_today,
    "future": not_after_today,
    "e503": year_end_change,
    "sb": small_business,
    "security-axis": securities,
}
"""Checks of the facts of a cover page, by the table's names for them."""
