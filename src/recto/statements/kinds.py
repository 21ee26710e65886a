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


_ELSEWHERE: Final[dict[Kind, tuple[str, ...]]] = {
    "balance": (
        *("bilanz", "bilan", "balance de situación", "balance situación", "estado de situación financiera", "balans"),
        *("stato patrimoniale", "balanse", "balansräkning", "balanço", "bilans", "rozvaha", "tase", "mérleg"),
        *("貸借対照表", "連結貸借対照表", "財政状態計算書", "资产负债表", "資產負債表", "재무상태표"),
        *("ισολογισμός", "الميزانية العمومية", "قائمة المركز المالي", "מאזן", "דוח על המצב הכספי"),
    ),
    "income": (
        *("gewinn- und verlustrechnung", "guv", "compte de résultat", "cuenta de pérdidas y ganancias"),
        *("cuenta de resultados", "conto economico", "winst- en verliesrekening", "winst-en-verliesrekening"),
        *("resultatopgørelse", "resultaträkning", "resultatregnskap", "demonstração de resultados", "tuloslaskelma"),
        *("rachunek zysków i strat", "損益計算書", "連結損益計算書", "利润表", "利潤表", "손익계산서"),
        *("κατάσταση αποτελεσμάτων", "قائمة الدخل", "דוח רווח והפסד"),
    ),
    "cash flow": (
        *("kapitalflussrechnung", "tableau des flux de trésorerie", "estado de flujos de efectivo"),
        *("rendiconto finanziario", "kasstroomoverzicht", "pengestrømsopgørelse", "kassaflödesanalys"),
        *("kontantstrømoppstilling", "キャッシュ・フロー計算書", "现金流量表", "現金流量表", "현금흐름표"),
        *("قائمة التدفقات النقدية", "דוח על תזרימי המזומנים"),
    ),
    "equity": (
        *("eigenkapitalveränderungsrechnung", "eigenkapitalspiegel", "tableau de variation des capitaux propres"),
        *("estado de cambios en el patrimonio neto", "variazioni del patrimonio netto", "egenkapitalopgørelse"),
        *("mutatieoverzicht eigen vermogen", "株主資本等変動計算書", "所有者权益变动表"),
    ),
}
"""What statements are called in the languages of other regimes."""


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
    plain = " ".join(folded.split())
    return next((kind for kind, names in _ELSEWHERE.items() if plain in names), None)
