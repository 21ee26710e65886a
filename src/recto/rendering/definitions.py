"""Role definitions: what kind of page a role is, its number and its name (rendering.md 2.2 to 2.4)."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from recto.patterns import lazy

_SHAPE: Final = lazy(r"(\d+(?:\.\d+)*) - (Statement|Disclosure|Schedule|Document) - (.*\S)")
_QUALIFIER: Final = lazy(r"\s*\{\s*(transposed|unlabeled|elements)\s*\}\s*", re.IGNORECASE)
_NO_STATEMENT: Final = ("parenthetical", "(table", "(detail", "(polic")
_EQUITY_NUMBERS: Final = frozenset(("148600", "148610"))


class Definition(Struct, frozen=True):
    """A role's definition, taken apart."""

    text: str
    """As written: the page's long name, and the key by which pages are sorted."""
    number: str = ""
    type: str = ""
    """`statement`, `disclosure`, `schedule`, `document`; empty where the text has not the accepted shape."""
    short_name: str = ""
    """Empty where the text has not the accepted shape: the page then has a blank title."""
    mode: str = ""
    """`transposed`, `elements`, `unlabeled` or empty."""

    @property
    def is_parsed(self) -> bool:
        return bool(self.type)


def parse_definition(text: str) -> Definition:
    match = _SHAPE.fullmatch(text)
    if match is None:
        return Definition(text)
    number, type_, title = match.groups()
    modes = [found.casefold() for found in _QUALIFIER.findall(title)]
    return Definition(text, number, type_.casefold(), remove_qualifiers(title), _mode(modes))


def remove_qualifiers(title: str) -> str:
    """Without `{Transposed}` and the like and without the blanks around them: `A {Unlabeled} B` becomes `AB` (2.3)."""
    return _QUALIFIER.sub("", title)


def _mode(modes: list[str]) -> str:
    if "transposed" in modes:
        return modes[0]
    return "elements" if "elements" in modes else "unlabeled" if modes else ""


def is_equity_statement(definition: Definition) -> bool:
    """Statement of changes in equity, by number or by words of the title (2.4)."""
    if not _may_be_special(definition):
        return False
    name = definition.short_name.casefold()
    if definition.number in _EQUITY_NUMBERS:
        return True
    owners = any(word in name for word in ("stockholder", "shareholder", "changes"))
    if owners and ("equity" in name or "deficit" in name):
        return True
    if ("partners" in name or "accounts" in name) and "capital" in name:
        return True
    return "statement" in name and "equity" in name


def is_cash_flow_statement(definition: Definition) -> bool:
    """Cash flow statement that is no equity statement, by words of the title (2.4)."""
    if not _may_be_special(definition) or is_equity_statement(definition):
        return False
    name = definition.short_name.casefold()
    cash = name.find("cash")
    return cash >= 0 and name.find("flow", cash) >= 0 and "supplement" not in name


def _may_be_special(definition: Definition) -> bool:
    name = definition.short_name.casefold()
    return definition.type == "statement" and not any(word in name for word in _NO_STATEMENT)
