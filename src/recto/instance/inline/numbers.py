"""Numbers of Inline XBRL: scale and sign applied to the transformed text (Inline XBRL 1.1, 10.1.2)."""

from __future__ import annotations

import re
from decimal import Context, Decimal

from recto.patterns import lazy

_DIGITS = lazy(r"[1-9][0-9]*|0", re.ASCII)
_PLAIN = lazy(r"([0-9]{1,40})(?:\.([0-9]{1,40}))?", re.ASCII)
_NEAR = range(-20, 21)
"""Powers of ten by which the point of a plain number is moved in its text."""
_NUMBER = lazy(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
_MAX_SCALE = 400
_MAX_EXPONENT = 4000
_EXACT = Context(prec=6000, Emax=99999, Emin=-99999)
_TEN = Decimal(10)
_ONE = Decimal(1)


def reported_number(text: str, scale: str | None, negative: bool) -> str:
    """The number that the content means, without exponent.

    An integral result loses a fraction of zeros, unless the content was itself written with `.0` (rendering.md, 19.5).
    Raises ValueError if the content is no number or the scale no (sensible) integer.
    """
    power = _scale(scale)
    sign = "-" if negative else ""
    if power >= 0 and _DIGITS.fullmatch(text):
        return f"{sign}{text}{'0' * power}" if power and text != "0" else sign + text
    plain = _PLAIN.fullmatch(text) if power in _NEAR else None
    if plain is not None:
        return sign + _moved(plain[1], plain[2] or "", power, keep=".0" in text)
    if not _NUMBER.fullmatch(text):
        if text in ("INF", "-INF", "NaN"):
            return text
        raise ValueError(f"{text!r} is not a number")
    number = Decimal(text)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and abs(exponent) > _MAX_EXPONENT:
        raise ValueError(f"{text[:40]!r} is out of all proportion")
    if power:
        number = _EXACT.multiply(number, _EXACT.power(_TEN, power))
    if negative:
        number = number.copy_negate()
    if ".0" not in text and number == number.to_integral_value():
        number = number.quantize(_ONE, context=_EXACT)
    return f"{number:f}"


def _moved(whole: str, fraction: str, power: int, *, keep: bool) -> str:
    """A number whose point is moved by some digits. `keep`: also a fraction of zeros."""
    digits = whole + fraction
    places = len(fraction)
    if power >= 0:
        digits += "0" * power
    else:
        places -= power
    digits = digits.rjust(places + 1, "0")
    at = len(digits) - places
    whole, fraction = digits[:at].lstrip("0") or "0", digits[at:]
    return f"{whole}.{fraction}" if fraction and (keep or fraction.strip("0")) else whole


def _scale(text: str | None) -> int:
    if text is None:
        return 0
    try:
        power = int(text)
    except ValueError:
        raise ValueError(f"scale {text!r} is not an integer") from None
    if abs(power) > _MAX_SCALE:
        raise ValueError(f"scale {text} is out of all proportion")
    return power
