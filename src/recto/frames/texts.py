"""Values of tables as texts."""

from __future__ import annotations

from typing import Any


def plain_number(value: Any) -> str:
    """A decimal without exponent and without zeros that only the column's scale added."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_text(value: Any) -> str:
    """A value as a table for people prints it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if value.__class__.__name__ == "Decimal":
        return plain_number(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def flat_text(value: Any) -> Any:
    """A list as one text: `axis=member; axis=member`, `R2 R4`."""
    if not isinstance(value, list):
        return value
    if value and isinstance(value[0], dict):
        if "axis" in value[0]:
            return "; ".join(f"{each['axis']}={each['member']}" for each in value)
        return "; ".join("=".join(str(part) for part in each.values()) for each in value)
    return " ".join(str(each) for each in value)


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it stands; nothing in it becomes markup or HTML."""
    for character in "\\`*_|<":
        if character in text:
            text = text.replace(character, "\\" + character)
    text = text.replace("\n", " ")
    return "\\" + text if text[:1] in ("#", "+", "-", ">") and text[1:2] in (" ", "") else text
