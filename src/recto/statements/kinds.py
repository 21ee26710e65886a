"""What people call the kinds of statements."""

from __future__ import annotations

import re
from typing import Final

from recto.statements.names import Kind

_FILLING: Final = frozenset(
    "consolidated condensed interim unaudited audited the of in a an statement statements and or company group".split()
)
_PLURALS: Final = {
    "sheets": "sheet",
    "flows": "flow",
    "stockholders'": "stockholders",
    "shareholder's": "shareholders",
    "stockholder": "stockholders",
    "shareholder": "shareholders",
    "earning": "earnings",
    "incomes": "income",
    "pages": "page",
    "partner": "partners",
    "losses": "loss",
}
_NAMES: Final[dict[Kind, tuple[str, ...]]] = {
    "balance": (
        *("balance", "balance sheet", "financial position", "financial condition", "sheet", "assets liabilities"),
    ),
    "income": ("income", "profit loss", "pl", "pnl", "results operations", "income loss", "profit"),
    "comprehensive income": (
        *("comprehensive income", "comprehensive loss", "comprehensive income loss", "other comprehensive income"),
        *("oci", "comprehensive earnings", "other comprehensive income loss"),
    ),
    "cash flow": ("cash flow", "cashflow", "cashflows", "cash"),
    "equity": (
        *("equity", "stockholders equity", "shareholders equity", "changes equity", "changes stockholders equity"),
        *("changes shareholders equity", "owners equity", "partners capital", "changes net assets", "changes capital"),
        *("changes partners capital", "shareholders deficit", "stockholders deficit", "members equity"),
    ),
    "cover": ("cover", "cover page", "document entity information", "dei"),
}
_ONLY_AS_STATEMENT: Final[dict[str, Kind]] = {
    "operations": "income",
    "earnings": "income",
    "loss": "income",
    "operation": "income",
    "net assets": "equity",
    "operations comprehensive income": "income",
    "income comprehensive income": "income",
    "capital": "equity",
    "operations comprehensive loss": "income",
    "profit loss comprehensive income": "income",
    "cash": "cash flow",
}
"""Words that name a statement only together with `statement`."""


def kind_of(words: str) -> Kind | None:
    """The kind of statement that words name: `income`, `Balance Sheets`, `statement of operations`; None for others."""
    folded = words.casefold().replace("’", "'").replace("p&l", "pl").replace("p & l", "pl")
    parts = [_PLURALS.get(part, part) for part in re.findall(r"[\w']+", folded)]
    parts = [_PLURALS.get(part.strip("'"), part.strip("'")) for part in parts]
    kept = " ".join(part for part in parts if part not in _FILLING)
    for kind, names in _NAMES.items():
        if kept in names and not (kept == "cash" and "statement" not in parts and "statements" not in parts):
            return kind
    if "statement" in parts or "statements" in parts:
        return _ONLY_AS_STATEMENT.get(kept)
    return None
