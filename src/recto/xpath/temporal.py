"""Dates, times and durations (XML Schema 2, 3.2.6 to 3.2.14; XPath functions, 10)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime, timedelta
from decimal import Decimal

from recto.xpath.errors import XPathError

_ZONE = r"(Z|[+-]\d\d:\d\d)?"
_DATE = re.compile(rf"(-?\d{{4,}})-(\d\d)-(\d\d){_ZONE}", re.ASCII)
_TIME = re.compile(rf"(\d\d):(\d\d):(\d\d)(\.\d+)?{_ZONE}", re.ASCII)
_DATE_TIME = re.compile(rf"(-?\d{{4,}})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?{_ZONE}", re.ASCII)
_DURATION = re.compile(
    r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:(T)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.ASCII
)


def _zone(text: str | None) -> int | None:
    if not text:
        return None
    if text == "Z":
        return 0
    minutes = int(text[1:3]) * 60 + int(text[4:6])
    if minutes > 840 or int(text[4:6]) > 59:
        raise ValueError("no time zone")
    return -minutes if text[0] == "-" else minutes


class Temporal:
    """An xs:date, xs:dateTime or xs:time; `zone` in minutes, None where it has none (then compared as UTC)."""

    __slots__ = ("kind", "value", "zone")

    def __init__(self, kind: str, value: datetime, zone: int | None = None):
        self.kind = kind
        self.value = value
        self.zone = zone

    @classmethod
    def parse(cls, kind: str, text: str) -> Temporal:
        """Raises `XPathError` FORG0001 where the text is none, FODT0001 for years that are out of reach."""
        text = text.strip(" \t\r\n")
        try:
            if kind == "date":
                match = _DATE.fullmatch(text)
                if match is None:
                    raise ValueError("no date")
                return cls(kind, datetime(int(match[1]), int(match[2]), int(match[3])), _zone(match[4]))
            if kind == "time":
                match = _TIME.fullmatch(text)
                if match is None:
                    raise ValueError("no time")
                hour, minute, second = int(match[1]), int(match[2]), int(match[3])
                if hour == 24 and not minute and not second:
                    hour = 0
                return cls(kind, datetime(1970, 1, 1, hour, minute, second, _micro(match[4])), _zone(match[5]))
            match = _DATE_TIME.fullmatch(text)
            if match is None:
                raise ValueError("no date and time")
            year, month, day, hour, minute, second = (int(match[at]) for at in range(1, 7))
            extra = timedelta()
            if hour == 24 and not minute and not second:
                hour, extra = 0, timedelta(days=1)
            value = datetime(year, month, day, hour, minute, second, _micro(match[7])) + extra
            return cls(kind, value, _zone(match[8]))
        except (ValueError, OverflowError) as error:
            code = "FODT0001" if "year" in str(error) and not text.startswith("0000-") else "FORG0001"
            raise XPathError(code, f"{text[:60]!r} is no xs:{kind}") from None

    @property
    def key(self) -> datetime:
        """Comparable, in universal time."""
        if not self.zone:
            return self.value
        try:
            return self.value - timedelta(minutes=self.zone)
        except OverflowError:
            return self.value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Temporal) and self.kind == other.kind and self.key == other.key

    def __hash__(self) -> int:
        return hash((self.kind, self.key))

    def __lt__(self, other: Temporal) -> bool:
        return self.key < other.key

    def __le__(self, other: Temporal) -> bool:
        return self.key <= other.key

    def __str__(self) -> str:
        value = self.value
        year = f"{value.year:04}"
        fraction = f".{value.microsecond:06}".rstrip("0") if value.microsecond else ""
        day = f"{year}-{value.month:02}-{value.day:02}"
        time = f"{value.hour:02}:{value.minute:02}:{value.second:02}{fraction}"
        text = {"date": day, "time": time}.get(self.kind, f"{day}T{time}")
        return text + zone_text(self.zone)

    __repr__ = __str__

    def plus(self, duration: Duration, sign: int = 1) -> Temporal:
        value = self.value
        try:
            months = duration.months * sign
            if months and self.kind != "time":
                total = value.year * 12 + value.month - 1 + months
                year, month = divmod(total, 12)
                last = monthrange(year, month + 1)[1]
                value = value.replace(year=year, month=month + 1, day=min(value.day, last))
            value += timedelta(microseconds=int(duration.seconds * 1_000_000) * sign)
        except (ValueError, OverflowError, ArithmeticError):
            raise XPathError("FODT0001", "the date is out of reach") from None
        if self.kind == "date":
            value = value.replace(hour=0, minute=0, second=0, microsecond=0)
        elif self.kind == "time":
            value = value.replace(year=1970, month=1, day=1)
        return Temporal(self.kind, value, self.zone)

    def minus(self, other: Temporal) -> Duration:
        apart = self.key - other.key
        return Duration(
            "dayTimeDuration",
            0,
            Decimal(apart.days * 86400 + apart.seconds) + Decimal(apart.microseconds) / 1_000_000,
        )

    def adjusted(self, zone: int | None) -> Temporal:
        """In another time zone, or without one (fn:adjust-…-to-timezone)."""
        if zone is None or self.zone is None:
            return Temporal(self.kind, self.value, zone)
        value = self.value + timedelta(minutes=zone - self.zone)
        if self.kind == "date":
            value = value.replace(hour=0, minute=0, second=0, microsecond=0)
        elif self.kind == "time":
            value = value.replace(year=1970, month=1, day=1)
        return Temporal(self.kind, value, zone)


def _micro(text: str | None) -> int:
    return int(text[1:7].ljust(6, "0")) if text else 0


def zone_text(zone: int | None) -> str:
    if zone is None:
        return ""
    if zone == 0:
        return "Z"
    hours, minutes = divmod(abs(zone), 60)
    return f"{'-' if zone < 0 else '+'}{hours:02}:{minutes:02}"


class Duration:
    """An xs:duration or one of its two ordered kinds."""

    __slots__ = ("kind", "months", "seconds")

    def __init__(self, kind: str, months: int, seconds: Decimal):
        self.kind = kind
        self.months = months
        self.seconds = seconds

    @classmethod
    def parse(cls, kind: str, text: str) -> Duration:
        match = _DURATION.fullmatch(text.strip(" \t\r\n"))
        parts = match.groups() if match is not None else ()
        if match is None or len(text) > 200 or all(part is None for at, part in enumerate(parts) if at not in (0, 4)):
            raise XPathError("FORG0001", f"{text[:60]!r} is no xs:{kind}")
        sign, years, months, days, time, hours, minutes, seconds = parts
        if (
            (time and not (hours or minutes or seconds))
            or (kind == "yearMonthDuration" and (days or time))
            or (kind == "dayTimeDuration" and (years or months))
        ):
            raise XPathError("FORG0001", f"{text[:60]!r} is no xs:{kind}")
        factor = -1 if sign else 1
        total = int(years or 0) * 12 + int(months or 0)
        rest = Decimal(int(days or 0) * 86400 + int(hours or 0) * 3600 + int(minutes or 0) * 60) + Decimal(seconds or 0)
        return cls(kind, factor * total, factor * rest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Duration) and self.months == other.months and self.seconds == other.seconds

    def __hash__(self) -> int:
        return hash((self.months, self.seconds))

    def __lt__(self, other: Duration) -> bool:
        return (self.months, self.seconds) < (other.months, other.seconds)

    def __le__(self, other: Duration) -> bool:
        return (self.months, self.seconds) <= (other.months, other.seconds)

    def __str__(self) -> str:
        negative = self.months < 0 or self.seconds < 0
        years, months = divmod(abs(self.months), 12)
        seconds = abs(self.seconds)
        whole, rest = divmod(seconds, 60)
        hours, minutes = divmod(int(whole), 60)
        days, hours = divmod(hours, 24)
        text = "".join(f"{number}{unit}" for number, unit in ((years, "Y"), (months, "M"), (days, "D")) if number)
        shown = format(rest.normalize(), "f") if rest else ""
        time = "".join(f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M"), (shown, "S")) if number)
        if not text and not time:
            return "P0M" if self.kind == "yearMonthDuration" else "PT0S"
        return f"{'-' if negative else ''}P{text}{'T' + time if time else ''}"

    __repr__ = __str__


class Partial:
    """An xs:gYear, gYearMonth, gMonth, gMonthDay or gDay (then UTC where it has no zone), or binary data: compared for
    equality by its text, which is canonical.
    """

    __slots__ = ("kind", "text")

    def __init__(self, kind: str, text: str):
        self.kind = kind
        if kind == "hexBinary":
            text = text.upper()
        elif kind == "base64Binary":
            text = "".join(text.split())
        elif text.endswith(("+00:00", "-00:00")):
            text = text[:-6] + "Z"
        self.text = text

    @property
    def key(self) -> str:
        return self.text.removesuffix("Z") if self.kind != "base64Binary" else self.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Partial) and (self.kind, self.key) == (other.kind, other.key)

    def __hash__(self) -> int:
        return hash((self.kind, self.key))

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__
