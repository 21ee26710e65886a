"""What the table's checks mean. Each yields the findings of one row of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Final

from recto.findings import Finding, Severity
from recto.instance.model import Fact
from recto.rules.efm.cover.page import Page, Place
from recto.rules.efm.cover.table import Row
from recto.rules.efm.submission import as_date
from recto.rules.efm.telling import tell, tell_fact

Check = Callable[[Row, Page], Iterable[Finding]]


def severity_of(row: Row, page: Page) -> Severity:
    return row.severity or page.table.severities.get(row.check, "warning")  # type: ignore[return-value]


def lower(name: str) -> str:
    """A name as it begins or goes on in a code: `EntityFileNumber` is `entityFileNumber`."""
    local = name.rpartition(":")[2]
    return local[:1].lower() + local[1:]


def upper(name: str) -> str:
    local = name.rpartition(":")[2]
    return local[:1].upper() + local[1:]


def listed(names: Sequence[str], word: str = "and") -> str:
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else "".join(names)


def about(page: Page) -> str:
    return f"form {page.about.form}" if page.about.form else "this form"


def missing(row: Row, page: Page, name: str, place: Place = ()) -> Finding:
    """An element that the form's cover page must have and has not."""
    where = where_of(row, place)
    verb = "must" if severity_of(row, page) == "error" else "should"
    return tell(
        row.section,
        f"{lower(name)}Missing",
        f"The cover page of {about(page)} {verb} have a value for {name}{where}.",
        page.about.instance.url,
        severity=severity_of(row, page),
        element=name,
    )


def where_of(row: Row, place: Place) -> str:
    if place:
        return " with " + " and ".join(f"{axis.local} = {getattr(member, 'local', member)}" for axis, member in place)
    return {"a": " of the business contact", "f": " of the former address"}.get(row.axis, "")


def has_value(fact: Fact, values: Sequence[object]) -> bool:
    text = fact.value.strip()
    boolean = {"true": True, "1": True, "false": False, "0": False}.get(text)
    return any(boolean is value if isinstance(value, bool) else text == str(value) for value in values)


def shown(values: Sequence[object]) -> str:
    words = [str(value).lower() if isinstance(value, bool) else str(value) for value in values]
    return listed(words, "or") if len(words) <= 6 else f"{listed(words[:6], 'or')} …"


def required(row: Row, page: Page) -> Iterator[Finding]:
    """`r`, `x`: each element has a value."""
    for name in row.names:
        if page.declared(name) and not page.facts(name, row):
            yield missing(row, page, name)


def required_value(row: Row, page: Page) -> Iterator[Finding]:
    """`xv`: each element has one of these values. `y`, `n`, `ru`: the same. `ov`, `ou`: where it has one at all."""
    optional = row.check.startswith("o")
    for name in row.names:
        if not page.declared(name):
            continue
        facts = page.facts(name, row)
        if not facts and not optional:
            yield missing(row, page, name)
        for fact in facts:
            if not has_value(fact, row.value):
                yield tell_fact(
                    row.section,
                    f"{lower(name)}Value",
                    fact,
                    f"the value {fact.value.strip()!r} should be {shown(row.value)} on {about(page)}",
                    severity=severity_of(row, page),
                )


def optional(row: Row, page: Page) -> Iterator[Finding]:
    """`o`: an element may have a value."""
    return iter(())


def any_of(row: Row, page: Page) -> Iterator[Finding]:
    """`o2`, `o3`, `n2c`: at least one of the elements has a value (of those that the row names, if it does)."""
    names = [name for name in row.names if page.declared(name)]
    facts = [fact for name in names for fact in page.facts(name, row)]
    if row.value:
        facts = [fact for fact in facts if has_value(fact, row.value)]
    if names and not facts:
        wanted = f" with the value {shown(row.value)}" if row.value else ""
        yield tell(
            row.section,
            f"{lower(names[0])}{''.join(map(upper, names[1:]))}Inclusive",
            f"The cover page of {about(page)} should have at least one of {listed(names, 'or')}{where_of(row, ())}"
            f"{wanted}.",
            page.about.instance.url,
            severity=severity_of(row, page),
        )


def any_of_given(row: Row, page: Page) -> Iterator[Finding]:
    """`f2`: where the element referred to has a value, one of these has."""
    names = [name for name in row.names if page.declared(name)]
    for reference in row.references:
        for place in page.all_places([reference], row):
            if names and not any(page.at(name, place) for name in names):
                fact = page.at(reference, place)
                assert fact is not None
                code = f"{lower(reference)}{''.join(map(upper, names))}Missing"
                message = f"at least one of {listed(names, 'or')} should have a value{where_of(row, place)} too"
                yield tell_fact(row.section, code, fact, message, severity=severity_of(row, page))


def only_with(row: Row, page: Page) -> Iterator[Finding]:
    """`ol1`, `ol2`: an element has a value only where the one referred to has."""
    for reference in row.references:
        for name in row.names:
            for place in page.all_places([name], row):
                fact = page.at(name, place)
                if fact is not None and page.at(reference, place) is None:
                    code = f"{lower(name)}{upper(reference)}Missing"
                    yield tell_fact(
                        row.section,
                        code,
                        fact,
                        f"it demands a value for {reference}{where_of(row, place)}",
                        severity=severity_of(row, page),
                    )


def exactly_with(row: Row, page: Page) -> Iterator[Finding]:
    """`oph`: an element has a value if and only if the one referred to has."""
    for reference in row.references:
        for name in row.names:
            if not page.declared(name):
                continue
            for place in page.all_places([name, reference], row):
                fact, other = page.at(name, place), page.at(reference, place)
                if (fact is None) != (other is None):
                    yield _dependency(row, page, name, reference, fact or other, place)


def _dependency(row: Row, page: Page, name: str, reference: str, fact: Fact | None, place: Place) -> Finding:
    assert fact is not None
    code = f"{lower(name)}{upper(reference)}Dependency"
    message = f"{name} should have a value if and only if {reference} has one{where_of(row, place)}"
    return tell_fact(row.section, code, fact, message, severity=severity_of(row, page))


def exactly_with_value(row: Row, page: Page) -> Iterator[Finding]:
    """`a`, `oth`, `sr`, `tr`, `rt`, `n2e`: an element has a value if and only if the one referred to has this value."""
    for reference in row.references:
        for name in row.names:
            if not page.declared(name):
                continue
            for place in page.all_places([name, reference], row):
                fact, other = page.at(name, place), page.at(reference, place)
                wanted = other is not None and has_value(other, row.reference_value)
                if row.check == "rt" and other is None:
                    continue  # that the other is missing is told by itself
                if (fact is not None) != wanted:
                    told = fact or other
                    assert told is not None
                    yield tell_fact(
                        row.section,
                        f"{lower(name)}{upper(reference)}DependentValue",
                        told,
                        f"{name} should have a value if and only if that of {reference} is"
                        f" {shown(row.reference_value)}{where_of(row, place)}",
                        severity=severity_of(row, page),
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
                    yield tell_fact(
                        row.section,
                        f"{lower(reference)}Value{upper(name)}Missing",
                        other,
                        f"with the value {other.value.strip()!r}, {name} should have a value too",
                        severity=severity_of(row, page),
                    )


def same_value_with(row: Row, page: Page) -> Iterator[Finding]:
    """`n2h`: an element has the value if and only if the one referred to has it."""
    for reference in row.references:
        for name in row.names:
            for place in page.all_places([name, reference], row):
                fact, other = page.at(name, place), page.at(reference, place)
                one, two = (each is not None and has_value(each, row.reference_value) for each in (fact, other))
                if one and not two:
                    assert fact is not None
                    code = f"{lower(name)}{upper(reference)}ValueDependency"
                    message = f"{reference} must have the value {shown(row.reference_value)} too"
                    yield tell_fact(row.section, code, fact, message, severity=severity_of(row, page))


def not_both(row: Row, page: Page) -> Iterator[Finding]:
    """`ot1`, `n2bn1`: of the elements only one has a value."""
    for place in page.all_places(row.names, row):
        facts = [fact for name in row.names if (fact := page.at(name, place)) is not None]
        if len(facts) > 1:
            code = f"{lower(row.names[0])}{''.join(map(upper, row.names[1:]))}Exclusive"
            message = f"only one of {listed(row.names)} should have a value{where_of(row, place)}"
            yield tell_fact(row.section, code, facts[0], message, severity=severity_of(row, page), others=facts[1:])


def exactly_one(row: Row, page: Page) -> Iterator[Finding]:
    """`of-rule`: exactly one of the elements has a value."""
    for place in page.all_places(row.names, row):
        facts = [fact for name in row.names if (fact := page.at(name, place)) is not None]
        if len(facts) != 1:
            code = f"{lower(row.names[0])}{''.join(map(upper, row.names[1:]))}ExclusivePresence"
            message = f"one of {listed(row.names)} should have a value{where_of(row, place)}, not both"
            yield tell_fact(row.section, code, facts[0], message, severity=severity_of(row, page), others=facts[1:])


_REGISTERED: Final = "Security12bTitle"


def symbol(row: Row, page: Page) -> Iterator[Finding]:
    """`t1`: a trading symbol, or that there is none, if and only if there is a title of securities."""
    titles = row.references
    for place in page.all_places((*row.names, *titles), row):
        facts = [fact for name in row.names if (fact := page.at(name, place)) is not None]
        found = [name for name in titles if page.at(name, place) is not None]
        wrong = len(facts) > 1 or (facts and not found)
        if _REGISTERED in titles:
            wrong = wrong or (not facts and _REGISTERED in found)
        elif found and not facts:
            wrong = row.names[0] != "SecurityExchangeName" or page.at("NoTradingSymbolFlag", place) is None
        if wrong:
            told = facts[0] if facts else page.at(found[0], place)
            assert told is not None
            code = f"{lower(row.names[0])}{''.join(map(upper, (*row.names[1:], *titles)))}ExclusiveDependency"
            message = (
                f"{'exactly one of ' if len(row.names) > 1 else ''}{listed(row.names)} should have a value if and only"
                f" if {listed(titles, 'or')} has one{where_of(row, place)}"
            )
            yield tell_fact(row.section, code, told, message, severity=severity_of(row, page))


def exchange(row: Row, page: Page) -> Iterator[Finding]:
    """`te`: the exchange of registered securities that have a trading symbol, and of no others."""
    (name,) = row.names
    for place in page.all_places((name, *row.references), row):
        fact = page.at(name, place)
        symbols = [other for each in row.references if (other := page.at(each, place)) is not None]
        title = page.at(_REGISTERED, place)
        if fact is None and title is not None and symbols:
            yield tell_fact(
                row.section,
                f"{lower(name)}{''.join(map(upper, row.references))}Dependency",
                title,
                f"{name} should have a value{where_of(row, place)}",
                severity=severity_of(row, page),
            )
        elif fact is not None and not symbols:
            yield tell_fact(
                row.section,
                f"{lower(name)}{''.join(map(upper, row.references))}Dependency",
                fact,
                f"it should have a value only where {listed(row.references, 'or')} has one{where_of(row, place)}",
                severity=severity_of(row, page),
            )


def one_true(row: Row, page: Page) -> Iterator[Finding]:
    """`tf3`: exactly one of the elements is true, the others are false."""
    true, false = row.value[:2]
    facts = [next(iter(page.facts(name, row)), None) for name in row.names if page.declared(name)]
    if not facts:
        return
    trues = sum(fact is not None and has_value(fact, [true]) for fact in facts)
    falses = sum(fact is not None and has_value(fact, [false]) for fact in facts)
    if trues != 1 or falses != len(facts) - 1:
        yield tell(
            row.section,
            f"{lower(row.names[0])}{''.join(map(upper, row.names[1:]))}ExclusiveValues",
            f"On the cover page of {about(page)} exactly one of {listed(row.names)} should be {shown([true])}, and"
            f" the others {shown([false])}.",
            page.about.instance.url,
            severity=severity_of(row, page),
        )


def not_both_values(row: Row, page: Page) -> Iterator[Finding]:
    """`wv`, `ws`: not all of the elements have these values."""
    values = row.value if len(row.value) == len(row.names) else row.value * len(row.names)
    found = []
    for name, value in zip(row.names, values, strict=False):
        found += [fact for fact in page.facts(name, row) if has_value(fact, [value])][:1]
    if len(found) == len(row.names):
        code = f"{lower(row.names[0])}{''.join(map(upper, row.names[1:]))}ExclusiveValue"
        message = f"only one of {listed(row.names)} may have the value {shown(list(dict.fromkeys(row.value)))}"
        yield tell_fact(row.section, code, found[0], message, severity=severity_of(row, page), others=found[1:])


def both_or_neither(row: Row, page: Page) -> Iterator[Finding]:
    """`op`: all of the elements have values, or none."""
    found = {name: page.facts(name, row) for name in row.names}
    given = [facts[0] for facts in found.values() if facts]
    if given and len(given) < len(found):
        code = f"{lower(row.names[0])}{''.join(map(upper, row.names[1:]))}Both"
        message = f"all of {listed(row.names)} should have values, or none"
        yield tell_fact(row.section, code, given[0], message, severity=severity_of(row, page))


def together(row: Row, page: Page) -> Iterator[Finding]:
    """`md`: wherever one of the elements has a value, all have."""
    names = [name for name in row.names if page.declared(name)]
    for place in page.all_places(names, row):
        facts = [fact for name in names if (fact := page.at(name, place)) is not None]
        if len(facts) != len(names):
            code = f"{lower(names[0])}{''.join(map(upper, names[1:]))}MutualDependency"
            message = f"all of {listed(names)} must have values where one has{where_of(row, place)}"
            yield tell_fact(row.section, code, facts[0], message, severity=severity_of(row, page), others=facts[1:])


def not_there(row: Row, page: Page) -> Iterator[Finding]:
    """`md-unexpected`, `fw-unexpected`: elements have no values in such contexts."""
    if row.where:
        return  # the period is looked at by `fund_class`
    for name in row.names:
        for fact in page.facts(name, row):
            code, message = f"{lower(name)}Unexpected", "it should have no value in such a context"
            yield tell_fact(row.section, code, fact, message, severity=severity_of(row, page))


def transition(row: Row, page: Page) -> Iterator[Finding]:
    """`et1`: whether the transition period is elected is told by emerging growth companies, and by no others."""
    (name,), (reference,) = row.names, row.references
    if not page.declared(name):
        return
    for place in page.all_places([name, reference], row):
        fact, other = page.at(name, place), page.at(reference, place)
        growing = other is not None and has_value(other, row.reference_value)
        if growing and fact is None:
            assert other is not None
            message = f"{name} must have a value where {reference} is true"
            code = f"{lower(name)}{upper(reference)}Dependency"
            yield tell_fact(row.section, code, other, message, severity="error")
        elif fact is not None and not growing:
            message = f"it should have a value only where {reference} is true"
            code = f"{lower(name)}{upper(reference)}Dependency"
            yield tell_fact(row.section, code, fact, message, severity="warning")


def not_after_today(row: Row, page: Page) -> Iterator[Finding]:
    """`de`, `de5pm`: the period does not end after the submission; for an event of that day, not after the next."""
    limit = page.about.today + timedelta(days=1 if row.check == "de5pm" else 0)
    for name in row.names:
        for fact in page.facts(name, row):
            day = as_date(fact.value)
            if day is not None and day > limit:
                message = f"the day {day.isoformat()} must not be later than {limit.isoformat()}, when it was submitted"
                yield tell_fact(row.section, f"{lower(name)}Value", fact, message, severity=severity_of(row, page))


def later(row: Row, page: Page) -> Iterator[Finding]:
    """`future`: the day is not later than today."""
    for name in row.names:
        for fact in page.facts(name, row):
            day = as_date(fact.value)
            if day is not None and day > page.about.today:
                code = f"{lower(name)}ExpectedValue"
                message = f"the day {day.isoformat()} should not lie in the future"
                yield tell_fact(row.section, code, fact, message, severity=severity_of(row, page))


def year_end_change(row: Row, page: Page) -> Iterator[Finding]:
    """`e503`: the end of the fiscal year is on an 8-K if and only if its item 5.03 reports a change of it."""
    items = page.about.words("itemsList") or page.about.words("items")
    told = "itemsList" in page.about.parameters or "items" in page.about.parameters
    for name in row.names:
        facts = page.facts(name, row)
        if bool(facts) != ("5.03" in items) and (told or facts):
            message = f"{name} must have a value if and only if item 5.03 is reported"
            code = f"{lower(name)}503Dependency"
            if facts:
                yield tell_fact(row.section, code, facts[0], message, severity=severity_of(row, page))
            else:
                yield tell(row.section, code, message + ".", page.about.instance.url, severity=severity_of(row, page))


def small_business(row: Row, page: Page) -> Iterator[Finding]:
    """`sb`: a small business is no investment company, whose file numbers begin with 811 or 814."""
    numbers = [fact.value.strip() for facts in page.places("EntityFileNumber").values() for fact in facts]
    numbers.append(str(page.about.parameters.get("fileNumber") or ""))
    if not any(number.startswith(("811-", "814-")) for number in numbers):
        return
    for name in row.names:
        for fact in page.facts(name, row):
            if has_value(fact, [True]):
                code = f"{lower(name)}FileNumberDependentValue"
                message = "an investment company with a file number of 811 or 814 is no small business"
                yield tell_fact(row.section, code, fact, message, severity=severity_of(row, page))


def securities(row: Row, page: Page) -> Iterator[Finding]:
    """`security-axis`: one security is told without an axis, several each with its own member."""
    for name in row.names:
        places = [place for place in page.places(name) if page.counts(row, place)]
        if () in places and len(places) > 1:
            facts = [fact for place in places for fact in page.places(name)[place]]
            code = f"{lower(name)}SecurityAxes"
            message = "a single security should be told without an axis, several in contexts with a member for each"
            yield tell_fact(row.section, code, facts[0], message, severity=severity_of(row, page), others=facts[1:])


def file_number(row: Row, page: Page) -> Iterator[Finding]:
    """`n2bn2`: the file number of a business development company."""
    for name in row.names:
        for fact in page.facts(name, row):
            if not fact.value.strip().startswith("814-"):
                message = "the file number of a business development company begins with 814-"
                yield tell_fact(row.section, f"{lower(name)}Value", fact, message, severity=severity_of(row, page))


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
    "future": later,
    "e503": year_end_change,
    "sb": small_business,
    "security-axis": securities,
}
"""Checks of the facts of a cover page, by the table's names for them."""
