"""By what statements are known: names of abstracts and concepts in the taxonomies in use, and words of titles.

Names are local names of US-GAAP, IFRS, the taxonomies of the Netherlands, Denmark, Japan, Spain and FERC, and dei;
patterns cover the years in which they changed, and extensions that filers name alike.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from recto.patterns import Choice, lazy

Kind = Literal["income", "comprehensive income", "balance", "cash flow", "equity", "cover"]
KINDS: Final[tuple[Kind, ...]] = ("balance", "income", "comprehensive income", "cash flow", "equity", "cover")

_ABSTRACT: Final = r"(?:Abstract|Table|LineItems|Heading|TitleItems|Presentation|Member)?$"


class Names:
    """Names, beginnings of names, and patterns. Most are plain words, for which no pattern has to be compiled."""

    __slots__ = ("_exact", "_patterns", "_prefixes")

    def __init__(self, parts: tuple[str, ...], end: str):
        plain = [part for part in parts if part.isidentifier()]
        rest = [part for part in parts if not part.isidentifier()]
        whole = end == "$"
        self._exact = frozenset(plain if whole else ())
        self._prefixes = tuple(() if whole or end else plain)
        if end and not whole:
            rest = list(parts)
        self._patterns = Choice(*rest, begin="^", end=end)

    def match(self, name: str) -> bool:
        """Whether a local name is one of these."""
        return name in self._exact or name.startswith(self._prefixes) or self._patterns.found(name)


def _pattern(*parts: str, end: str = "") -> Names:
    return Names(parts, end)


ABSTRACTS: Final[dict[Kind, Names]] = {
    "balance": _pattern(
        r"\w*Statements?OfFinancialPosition\w*",
        r"\w*Statements?OfFinancialCondition\w*",
        r"\w*Statements?OfCondition\w*",
        r"\w*BalanceSheets?(?!Parenthetical)\w*",
        r"\w*Statements?OfAssetsAndLiabilities\w*",
        r"\w*Statements?OfNetAssets\w*",
        r"BalanceSituacion\w*",
        end=_ABSTRACT,
    ),
    "income": _pattern(
        r"\w*IncomeStatements?\w*",
        r"\w*Statements?OfIncome(?!AndComprehensive)\w*",
        r"\w*Statements?OfOperations\w*",
        r"\w*Statements?OfEarnings\w*",
        r"\w*ProfitOrLoss\w*",
        r"\w*ProfitAndLoss\w*",
        r"CuentaPerdidasGanancias\w*",
        end=_ABSTRACT,
    ),
    "comprehensive income": _pattern(
        r"\w*StatementOfIncomeAndComprehensiveIncome\w*",
        r"\w*StatementOfOtherComprehensiveIncome\w*",
        r"\w*Statements?OfComprehensive(?:Income|Loss)\w*",
        r"\w*Statements?OfAccumulatedOtherComprehensiveIncome\w*",
        r"ComprehensiveIncomeNetOfTax\w*",
        end=_ABSTRACT,
    ),
    "cash flow": _pattern(
        r"\w*Statements?OfCashFlows?(?!Parenthetical)\w*",
        r"\w*CashFlowStatements?\w*",
        r"EstadoFlujosEfectivo\w*",
        end=_ABSTRACT,
    ),
    "equity": _pattern(
        r"\w*StatementOfStockholdersEquity\w*",
        r"\w*StatementOfPartnersCapital\w*",
        r"\w*Statements?Of(?:Stock|Share)holders(?:Equity|Deficit)\w*",
        r"\w*Statements?OfChangesIn\w*(?:Equity|NetAssets|Capital|Deficit)\w*",
        r"\w*IncreaseDecreaseInStockholdersEquity\w*",
        r"\w*IncreaseDecreaseInPartnersCapital\w*",
        r"\w*ChangesInNetAssets\w*",
        r"CambiosPatrimonioNeto\w*",
        end=_ABSTRACT,
    ),
    "cover": _pattern(
        r"Cover\w*",
        r"\w*DocumentAndEntityInformation\w*",
        r"\w*Documentand\w*Information\w*",
        r"DocumentInformation\w*",
        r"EntityInformation\w*",
        r"Entities\w*",
        end=_ABSTRACT,
    ),
}
"""Abstracts that head a statement, as roots of its tree or just below."""

CONTENT: Final[dict[Kind, tuple[Names, ...]]] = {
    "balance": (
        _pattern(
            *("Assets", "AssetsTotal", "TotalAssets", "Activo", "ActivoTotal", "TotalActivo", "AssetsAndOtherDebits"),
            end="$",
        ),
        _pattern(
            *("LiabilitiesAndStockholdersEquity", "EquityAndLiabilities", "LiabilitiesAndEquity", "AssetsNet"),
            *(
                "LiabilitiesAndPartnersCapital",
                "NetAssets",
                "AssetsNetAvailableForBenefits",
                "PatrimonioNetoPasivoTotal",
            ),
            *(
                "LiabilitiesAndNetAssets",
                "NetAssetsAvailableForBenefits",
                "AssetsNetInLiquidation",
                "BalanceSheetTotal",
            ),
            *("NetAssetsLiabilities", r"PatrimonioNetoYPasivo\w*", "AssetsLessLiabilities"),
            *("LiabilitiesAndOtherCredits", "LiabilitiesAndProprietaryCapital"),
            end="$",
        ),
        _pattern(
            "Liabilities", r"LiabilitiesCurrent", "CurrentLiabilities", "NoncurrentLiabilities", r"Pasivo\w*", end="$"
        ),
        _pattern(
            *("StockholdersEquity", "Equity", "PartnersCapital", "MembersEquity", "EquityAttributableToOwnersOfParent"),
            *(
                "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
                "PatrimonioNeto",
                "LiabilitiesNet",
            ),
            *(
                "PartnersCapitalIncludingPortionAttributableToNoncontrollingInterest",
                "CommonStockValue",
                "IssuedCapital",
            ),
            end="$",
        ),
    ),
    "income": (
        _pattern(
            *(r"Revenues?(?!Recognition)", "SalesRevenue", "InterestAndDividendIncomeOperating", "InterestIncome"),
            *("PremiumsEarned", "GrossInvestmentIncome", "NoninterestIncome", "InvestmentIncome", "OperatingLeases"),
            *("NetSales", "Turnover", "InsuranceRevenue", "InterestAndFee", "InterestRevenue", "OperatingRevenue"),
            *(
                r"Perdidas?Ganancias\w*CifraNegocios",
                "RealEstateRevenue",
                "OtherIncome",
                "NetInvestmentIncome",
                "Sales",
            ),
            *("NetPremiums", "DividendIncome", "RoyaltyIncome", "FeesAndCommissions", "RegulatedAndUnregulated"),
        ),
        _pattern(
            *(
                "CostOf",
                "CostsAnd",
                "OperatingExpenses",
                "SellingGeneral",
                "GeneralAndAdministrative",
                "ResearchAndDev",
            ),
            *("InterestExpense", "NoninterestExpense", "BenefitsLosses", "EmployeeBenefitsExpense", "LaborAnd"),
            *("Depreciation", "AdministrativeExpense", "FinanceCosts", "ProfessionalFees", "OtherExpense", "Expenses"),
            *("ProvisionForLoan", "ProvisionForCredit", "PolicyholderBenefits", "DistributionCosts", "SellingExpense"),
            *(
                "RawMaterials",
                "InvestmentAdvisory",
                "ManagementFee",
                "SalariesAnd",
                "Compensation",
                "ExplorationExpense",
            ),
            *("InsuranceServiceExpenses", r"Perdidas?Ganancias\w*Gastos", "SponsorFees", "LossesAnd", "ExpenseBy"),
        ),
        _pattern(
            *("IncomeLossFromContinuingOperationsBefore", "ProfitLossBeforeTax", "OperatingIncomeLoss", "GrossProfit"),
            *(
                "ProfitLossFromOperatingActivities",
                "IncomeLossBeforeIncomeTax",
                "NetInvestmentIncome",
                "OperatingProfit",
            ),
            *(
                "InvestmentIncomeOperatingAfterExpense",
                "InterestIncomeExpense",
                "OrdinaryIncome",
                r"\w+BeforeIncomeTax",
            ),
            *("NonoperatingIncomeExpense", r"Perdidas?Ganancias\w*ResultadoAntesImpuestos", "RealizedAndUnrealized"),
        ),
        _pattern(
            "IncomeTaxExpense", "IncomeTaxesPaidTotal", "TaxExpense", "CurrentIncomeTaxExpense", end=r"(?!\w*Relat)"
        ),
        _pattern(
            *("NetIncomeLoss", "ProfitLoss$", "ProfitLossAttributable", "IncomeLossFromContinuingOperations$"),
            *("NetIncreaseDecreaseInNetAssetsResultingFromOperations", "IncomeLossIncludingPortion", "NetIncome"),
            *("StockholdersEquityPeriodIncreaseFromOperations", "ProfitLossFromContinuingOperations", "NetLoss"),
            *(
                "IncreaseDecreaseInNetAssets",
                r"Perdidas?Ganancias\w*ResultadoEjercicio",
                "InvestmentCompanyNetAssetsFrom",
            ),
            *("NetIncreaseDecreaseInNetAssets", "ProfitLossForPeriod"),
        ),
        _pattern(
            *("EarningsPerShare", "IncomeLossFromContinuingOperationsPer", r"Basic\w*Earnings", r"Diluted\w*Earnings"),
            *("WeightedAverageNumber", "BasicAndDiluted", r"NetIncomeLoss\w*Per", "BasicEarnings", "DilutedEarnings"),
            *(r"\w+PerUnit", r"\w+PerOutstanding"),
        ),
    ),
    "comprehensive income": (
        _pattern(
            *(
                "ComprehensiveIncomeNetOfTax",
                "ComprehensiveIncome",
                "ComprehensiveIncomeLoss",
                "TotalComprehensiveIncome",
            ),
            *("ComprehensiveIncomeNetOfTaxIncludingPortionAttributableToNoncontrollingInterest",),
            *("ComprehensiveIncomeAttributableToOwnersOfParent", "ComprehensiveLoss"),
            end="$",
        ),
        _pattern(
            *("OtherComprehensiveIncome", "OtherComprehensive", "GainsLossesOnCashFlowHedges", "GainsLossesOnExchange"),
            *("CambiosPatrimonioNetoIngresosGastosReconocidos", r"\w*OtherComprehensive(?:Income|Loss)"),
        ),
    ),
    "cash flow": (
        _pattern(
            r"NetCashProvidedByUsedInOperatingActivities\w*",
            *(r"CashFlowsFromUsedInOperatin?gActivities\w*", r"CashFlowsFromUsedInOperations\w*"),
            *(r"NetCashProvidedByOperatingActivities\w*", r"NetCashUsedInOperatingActivities\w*"),
            *(r"NetCash\w*Operating\w*", r"EstadoFlujosEfectivo\w*Explotacion\w*"),
            end="$",
        ),
        _pattern(r"NetCash\w*Investing\w*", r"CashFlowsFromUsedInInvesting\w*", r"EstadoFlujosEfectivo\w*Inversion\w*"),
        _pattern(
            r"NetCash\w*Financing\w*", r"CashFlowsFromUsedInFinancing\w*", r"EstadoFlujosEfectivo\w*Financiacion\w*"
        ),
        _pattern(
            r"Cash\w*PeriodIncreaseDecrease\w*",
            *(r"IncreaseDecreaseInCash\w*", r"NetIncreaseDecreaseInCash\w*", r"EstadoFlujosEfectivo\w*Aumento\w*"),
        ),
    ),
    "equity": (
        _pattern(
            *("StockholdersEquity", "Equity", "PartnersCapital", "MembersEquity", "AssetsNet"),
            *(
                "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
                "LimitedLiabilityCompanyLLCMembersEquity",
            ),
            *("PartnersCapitalIncludingPortionAttributableToNoncontrollingInterest", "NetAssets", "TrustNetAssets"),
            *("StockholdersEquityIncludingPortionAttributableToNoncontrollingInterestAdjustedBalance1",),
            *(
                "AssetsNetAvailableForBenefits",
                "StockholdersEquityIncludingTemporaryEquity",
                r"CambiosPatrimonioNeto\w*",
            ),
            end="$",
        ),
        _pattern(
            *(r"Stock(?:Issued|Repurchased|Granted)\w*", r"Dividends\w*", r"AdjustmentsToAdditionalPaidInCapital\w*"),
            *(r"AdjustmentsRelatedToTaxWithholding\w*", r"Noncontrolling\w*", r"IncreaseDecreaseThrough\w*"),
            *(
                r"TreasuryStock\w*Acquired\w*",
                r"SharesOutstanding",
                r"PartnersCapitalAccount\w*",
                r"MinorityInterestDecrease\w*",
            ),
            *(
                r"CambiosPatrimonioNeto\w*",
                r"IssueOf\w*",
                r"Transactions?With\w*",
                r"TemporaryEquity\w*",
                r"ShareBasedCompensation\w*",
            ),
            *(
                r"InvestmentCompany(?:Distribution|Dividend|NetAssets|Reinvest)\w*",
                r"CapitalUnits\w*",
                r"Shares?Issued\w*",
            ),
            *(
                "DividendsPaid",
                "DividendsDeclared",
                r"Distributions?\w*",
                r"NetAssets\w*Increase\w*",
                r"StockIssued\w*",
            ),
        ),
    ),
    "cover": (),
}
"""Concepts that make a page that statement: each pattern is one of the things it must have some of."""

EQUITY_AXES: Final = frozenset(
    ("StatementEquityComponentsAxis", "ComponentsOfEquityAxis", "PartnerCapitalComponentsAxis", "EquityComponentsAxis")
)
ENTITY_AXES: Final = frozenset(
    (
        *("LegalEntityAxis", "ConsolidatedAndSeparateFinancialStatementsAxis", "ConsolidatedEntitiesAxis"),
        *("ConsolidatedOrNonConsolidatedAxis", "DeiLegalEntityAxis"),
    )
)
"""Axes whose members say that a statement is that of a part of the group."""

TITLES: Final[dict[Kind, Choice]] = {
    "balance": Choice(
        r"balance sheet",
        r"financial (?:position|condition)",
        r"assets and liabilities",
        r"statements? of (?:net )?assets(?! and)",
        r"net assets (?:available|in liquidation)",
        r"statements? of condition",
        r"bilan[zc]",
        r"balance (?:de )?situaci",
        r"balans",
        r"stato patrimoniale",
        r"貸借対照表",
        r"財政状態",
        r"资产负债表",
        r"資產負債表",
        r"재무상태표",
        r"الميزانية العمومية",
        r"المركز المالي",
        r"מאזן",
        r"המצב הכספי",
        r"ισολογισμός",
        r"χρηματοοικονομικής θέσης",
        r"rozvaha",
        flags=re.I,
    ),
    "income": Choice(
        r"(?:statements?|accounts?) of (?:(?!comprehensive)\w+ ){0,2}"
        r"(?:income|operations|earnings|loss|losses|profit|revenues?|expenses)",
        r"income statement",
        r"(?:profit|income) (?:and|or|&) loss",
        r"profit\s*[/&]\s*loss",
        r"results of operations",
        r"earnings statement",
        r"operations statement",
        r"gewinn.?\s?und.?\s?verlust",
        r"compte de r.sultat",
        r"conto economico",
        r"p.rdidas (?:y )?ganancias",
        r"resultatopg",
        r"winst.?\s?en.?\s?verlies",
        r"損益計算書",
        r"利润表",
        r"利潤表",
        r"손익계산서",
        r"قائمة الدخل",
        r"רווח והפסד",
        r"κατάσταση αποτελεσμάτων",
        flags=re.I,
    ),
    "comprehensive income": Choice(
        r"comprehensive (?:\(?loss\)?|\(?income\)?|earnings|gain|profit)",
        r"gesamtergebnis",
        r"r.sultat global",
        r"包括利益",
        flags=re.I,
    ),
    "cash flow": Choice(
        r"cash\s?flow",
        r"kapitalfluss",
        r"flux de tr.sorerie",
        r"flujos? de efectivo",
        r"flujos efectivo",
        r"rendiconto finanziario",
        r"kasstroom",
        r"pengestr",
        r"キャッシュ",
        r"现金流量表",
        r"現金流量表",
        r"현금흐름표",
        r"التدفقات النقدية",
        r"תזרימי המזומנים",
        r"ταμειακών ροών",
        flags=re.I,
    ),
    "equity": Choice(
        r"(?:changes? in|statements? of|consolidated) (?:[\w'’()/&,-]+ ){0,9}?"
        r"\(?(?:equity|deficit|deficiency|capital|net assets)",
        r"(?:stock|share)holders?['’]?s?['’]? (?:equity|deficit|investment)",
        r"equity statement",
        r"(?:equity|capital) accounts?",
        r"changes in (?:[\w'’]+ ){0,4}equity",
        r"eigenkapital",
        r"capitaux propres",
        r"patrimonio neto",
        r"株主資本",
        r"所有者权益变动",
        r"التغيرات في حقوق",
        r"שינויים בהון",
        r"μεταβολών",
        flags=re.I,
    ),
    "cover": Choice(
        r"cover",
        r"document and entity information",
        r"entity information",
        r"document information",
        flags=re.I,
    ),
}
NO_STATEMENT: Final = Choice(
    r"par\w{1,3}th\w{1,4}(?:ic)?al",
    r"\((?:detail|table|polic)",
    r"schedules? of investment",
    r"supplement(?:al|ary)",
    r"additional information",
    r"\(details",
    r"condensed financial information of",
    flags=re.I,
)
"""Words of titles that no statement has."""
PART_OF_GROUP: Final = Choice(
    r"parent (?:company|only)",
    r"company only",
    r"guarantor",
    r"variable interest",
    r"unconsolidated",
    r"predecessor",
    r"separate",
    r"pro forma",
    flags=re.I,
)
SHAPED: Final = lazy(r"^\S+ - (Statement|Disclosure|Schedule|Document) - ")
"""Role definitions as the SEC's filers write them."""
