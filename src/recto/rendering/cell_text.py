"""The text of a cell (rendering.md 19.5, 19.6; 3.4)."""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from typing import Final

from recto.names import QName
from recto.patterns import lazy
from recto.rendering.model import Cell
from recto.rendering.scaling import Scaling
from recto.rendering.spans import MONTHS
from recto.rendering.view import Item, View
from recto.taxonomy.model import Concept

_DATE: Final = lazy(r"\d{4}-\d\d-\d\d")
_PLAIN: Final = lazy(r"\s*(-?)(?:\d+(?:\.\d*)?|\.\d+)\s*")
_LONGEST_NAME: Final = 400
_ZERO: Final = lazy(r"[+-]?0*\.?0*$")


def number_cell(amount: str, lexical: str, item: Item, *, symbol: str | None) -> Cell:
    """A number: symbol, parentheses, percentages, thousands separators (19.5).

    `amount` is the number shown, scaled or not, `lexical` the reported one, which decides on the class; the sign of
    both is turned already where the label is a negated one.
    `symbol` is None where none is shown; it may be empty, which leaves its blank.
    """
    if item.traits.zero_as_none and _is_zero(lexical):
        return Cell("none", " none ", (item.fact,))
    negative = amount.startswith("-")
    digits = amount[1:] if negative else amount
    text = percentage(digits) if item.rate else grouped(digits)
    if negative:
        text = f"({text})"
    if symbol is not None:
        text = f"{symbol} {text}"
    return Cell("number", text, (item.fact,), not _is_at_least_zero(lexical))


def fact_cell(
    item: Item,
    view: View,
    scaling: Scaling,
    label_of: Callable[[Concept], str | None],
    role: str | None = None,
    *,
    symbol: str | None = None,
) -> Cell:
    """What a fact shows in a row of a label role: nil, a number in the scale of its page, or a text (19.5, 19.6)."""
    fact = item.fact
    if fact.nil:
        return Cell("nil", " ", (fact,))
    if not item.traits.numeric:
        return text_cell(item, view, label_of, role)
    lexical = view.lexical(fact)
    if role is not None and "negated" in role:
        lexical = reverse_sign(lexical)
    cell = number_cell(scaling.amount(item, lexical), lexical, item, symbol=symbol)
    if cell.kind == "number" and view.words.language:
        cell.plain, cell.text = cell.text, view.words.number(cell.text)
    return cell


def reverse_sign(amount: str) -> str:
    """For negated labels, unless the reported text is exactly `0`: `0.00` becomes `-0.00`, printed `(0.00)` (19.5)."""
    if amount.startswith("-"):
        return amount[1:]
    return f"-{amount}" if amount not in ("", "0") else amount


def grouped(digits: str) -> str:
    """Commas between groups of three characters of the integer part, whatever they are; the fraction as written."""
    whole, point, fraction = digits.partition(".")
    if not fraction:
        whole, point = digits, ""
    if len(whole) <= 3:
        return digits
    first = len(whole) % 3 or 3
    groups = [whole[:first], *[whole[at : at + 3] for at in range(first, len(whole), 3)]]
    return ",".join(groups) + point + fraction


def percentage(digits: str) -> str:
    """Two to five decimals, in binary floating point: half a unit of the fifth place is added, and the rest cut, the
    fraction by itself (19.5).
    """
    try:
        value = float(digits) * 100 + 0.000005
        whole = floor(value)
    except ValueError:
        return "NaN"
    except OverflowError:
        return "Infinity"
    fraction = f"{floor((value - whole) * 100000):05d}".rstrip("0")
    return f"{whole}.{fraction.ljust(2, '0')}%"


def _is_zero(text: str) -> bool:
    return text != "" and _ZERO.match(text) is not None and "0" in text


def _is_at_least_zero(text: str) -> bool:
    """As XPath 1.0 reads numbers: `1e3` and `+5` are none."""
    if text.isdecimal():
        return True
    match = _PLAIN.fullmatch(text)
    return match is not None and (not match[1] or _is_zero(text.strip()))


def text_cell(item: Item, view: View, label_of: Callable[[Concept], str | None], row_role: str | None) -> Cell:
    """A text, date or text block (19.6). Whatever begins like a date is shown as one, a text block too."""
    fact = item.fact
    value = view.lexical(fact)
    names = named_concepts(item, value, view)
    if names or item.traits.enumeration:
        value = ", ".join(_label(concept, view, label_of, row_role) for concept in names)
    elif item.traits.duration:
        value = view.words.duration(value.strip())
    if _DATE.match(value):
        return Cell("date", view.words.cell_date(shown_date(value), value), (fact,))
    if item.traits.text_block:
        return Cell("html", value, (fact,))
    return Cell("text", value.replace("<", "&lt;"), (fact,))


def named_concepts(item: Item, value: str, view: View) -> list[Concept]:
    """Concepts that a text names: a QName, or the members of an enumeration (3.4)."""
    found: list[Concept | None] = []
    if item.traits.enumeration:
        for name in value.split():
            namespace, _, local = name.rpartition("#")
            found.append(view.taxonomy.concept(QName(namespace, local)) if local else None)
    elif len(value) < _LONGEST_NAME and ":" in value:
        prefix, _, local = value.partition(":")
        bound = view.instance.prefixes.get(prefix) or view.taxonomy.prefixes().get(prefix)
        if prefix and bound and local and not any(character.isspace() for character in local):
            found.append(view.taxonomy.concept(QName(bound, local)))
    return [concept for concept in found if concept is not None]


def _label(concept: Concept, view: View, label_of: Callable[[Concept], str | None], role: str | None) -> str:
    """The page's own label of the concept; else its label in the row's role; else its standard label or name."""
    text = label_of(concept)
    if text is None:
        text = view.label(concept, role)
    if text is None:
        text = view.label(concept)
    return concept.name if text is None else text


def shown_date(text: str) -> str:
    """`Mar. 29,  2025`: with two blanks; the day is what follows the second hyphen as a number, `NaN` of a time
    (19.6).
    """
    years, month, day = text.split("-", 2)
    year = int(years)
    name = MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else ""
    dot = "" if name == "May" else "."
    try:
        number = float(day)
    except ValueError:
        return f"{name}{dot} NaN,  {year}"
    # XSLT's format-number of the day has two digits, and one-digit days get a blank more.
    shown = f"{number:02.0f}"
    return f"{name}{dot} {' ' if number < 10 else ''}{shown},  {year}"
