"""What the made-up company reports: its concepts, statements and amounts; `make` writes them down as reports."""

from __future__ import annotations

# name: (kind, label, total label or "", what it is in words of our own); kinds: i instant amount, d duration amount,
# e per share, t text block, s string, y date, b truth, a abstract, h hypercube, x axis, m member
CONCEPTS = {
    "dei:CoverAbstract": ("a", "Cover page", "", ""),
    "dei:EntityRegistrantName": ("s", "Entity Registrant Name", "", "The filer's name, as its charter has it."),
    "dei:EntityCentralIndexKey": ("s", "Entity Central Index Key", "", "The number by which the SEC knows the filer."),
    "dei:DocumentType": ("s", "Document Type", "", "The form, such as 10-K."),
    "dei:DocumentPeriodEndDate": ("y", "Document Period End Date", "", "The last day that the report is about."),
    "dei:DocumentFiscalYearFocus": ("s", "Document Fiscal Year Focus", "", "The fiscal year, by its number."),
    "dei:DocumentFiscalPeriodFocus": ("s", "Document Fiscal Period Focus", "", "FY, or the quarter."),
    "dei:CurrentFiscalYearEndDate": ("s", "Current Fiscal Year End Date", "", "The day on which years end."),
    "dei:AmendmentFlag": ("b", "Amendment Flag", "", "Whether the report amends an earlier one."),
    "us-gaap:IncomeStatementAbstract": ("a", "Income Statement [Abstract]", "", ""),
    "us-gaap:Revenues": ("d", "Net sales", "", "What customers owe for goods and services, less what they get back."),
    "us-gaap:CostOfRevenue": ("d", "Cost of sales", "", "What it took to make or buy what was sold."),
    "us-gaap:GrossProfit": ("d", "Gross profit", "", "Sales less the cost of what was sold."),
    "us-gaap:SellingGeneralAndAdministrativeExpense": ("d", "Selling and administration", "", "What selling cost."),
    "us-gaap:ResearchAndDevelopmentExpense": ("d", "Research", "", "What looking for new products cost."),
    "us-gaap:OperatingExpenses": ("d", "Operating expenses", "Total operating expenses", "Costs not of single sales."),
    "us-gaap:OperatingIncomeLoss": ("d", "Operating income", "", "Gross profit less operating expenses."),
    "us-gaap:IncomeTaxExpenseBenefit": ("d", "Income taxes", "", "Taxes on the year's income, paid or to be paid."),
    "us-gaap:NetIncomeLoss": ("d", "Net income", "", "What is left to the owners of the parent."),
    "us-gaap:EarningsPerShareBasic": ("e", "Earnings per share, basic", "", "Net income by shares outstanding."),
    "us-gaap:StatementOfFinancialPositionAbstract": ("a", "Statement of Financial Position [Abstract]", "", ""),
    "us-gaap:CashAndCashEquivalentsAtCarryingValue": ("i", "Cash and cash equivalents", "", "Money at hand."),
    "us-gaap:AccountsReceivableNetCurrent": ("i", "Receivables", "", "What customers owe, less what is doubtful."),
    "us-gaap:InventoryNet": ("i", "Inventories", "", "What is held to be sold or used up, less allowances."),
    "us-gaap:AssetsCurrent": ("i", "Current assets", "Total current assets", "Assets that turn to money in a year."),
    "us-gaap:PropertyPlantAndEquipmentNet": ("i", "Property and equipment", "", "Land, mills and machines, less wear."),
    "us-gaap:Assets": ("i", "Assets", "Total assets", "All that the entity owns or has a right to."),
    "us-gaap:AccountsPayableCurrent": ("i", "Payables", "", "What is owed to suppliers."),
    "us-gaap:OperatingLeaseLiability": (
        "i",
        "Lease liabilities",
        "",
        "What is still to be paid under operating leases.",
    ),
    "us-gaap:LongTermDebt": ("i", "Debt", "", "What was borrowed for longer than a year."),
    "us-gaap:Liabilities": ("i", "Liabilities", "Total liabilities", "All that the entity owes."),
    "us-gaap:CommonStockValue": ("i", "Common stock", "", "What holders paid for their shares."),
    "us-gaap:RetainedEarningsAccumulatedDeficit": ("i", "Retained earnings", "", "Earnings kept."),
    "us-gaap:StockholdersEquity": (
        "i",
        "Equity",
        "Total equity",
        "Assets less liabilities: what belongs to the owners.",
    ),
    "us-gaap:LiabilitiesAndStockholdersEquity": (
        "i",
        "Liabilities and equity",
        "Total liabilities and equity",
        "Both.",
    ),
    "us-gaap:StatementOfCashFlowsAbstract": ("a", "Statement of Cash Flows [Abstract]", "", ""),
    "us-gaap:NetCashProvidedByUsedInOperatingActivities": ("d", "Cash from operations", "", "Cash that business made."),
    "us-gaap:NetCashProvidedByUsedInInvestingActivities": ("d", "Cash used for investments", "", "Cash for machines."),
    "us-gaap:NetCashProvidedByUsedInFinancingActivities": ("d", "Cash from financing", "", "Cash lent and paid back."),
    "us-gaap:CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalentsPeriodIncreaseDecreaseIncludingExchangeRateEffect": (
        "d",
        "Change in cash",
        "",
        "By how much cash grew.",
    ),
    "us-gaap:SegmentReportingAbstract": ("a", "Segment Reporting [Abstract]", "", ""),
    "us-gaap:SegmentReportingDisclosureTextBlock": ("t", "Segments", "", "The note on segments."),
    "us-gaap:LesseeOperatingLeasesTextBlock": ("t", "Leases", "", "The note on leases."),
    "us-gaap:LeasesAbstract": ("a", "Leases [Abstract]", "", ""),
    "us-gaap:StatementTable": ("h", "Statement [Table]", "", ""),
    "us-gaap:StatementBusinessSegmentsAxis": ("x", "Segments [Axis]", "", "Parts of the business."),
    "us-gaap:SegmentDomain": ("m", "Segments [Domain]", "", ""),
    "us-gaap:StatementLineItems": ("a", "Statement [Line Items]", "", ""),
    "srt:StatementGeographicalAxis": ("x", "Regions [Axis]", "", "Where customers are."),
    "srt:SegmentGeographicalDomain": ("m", "Regions [Domain]", "", ""),
    "country:US": ("m", "United States", "", ""),
    "country:DE": ("m", "Germany", "", ""),
    "mno:MillsMember": ("m", "Mills", "", "Flour and meal."),
    "mno:OrchardsMember": ("m", "Orchards", "", "Apples, pears, and what is made of them."),
    "mno:HarvestInsurance": ("d", "Harvest insurance", "", "What insuring the harvest cost."),
    "mno:CarbonLevy": ("d", "Carbon levy", "", "What the state takes for carbon."),
}
G = "us-gaap:"
INCOME = [
    "Revenues",
    "CostOfRevenue",
    "GrossProfit",
    "SellingGeneralAndAdministrativeExpense",
    "ResearchAndDevelopmentExpense",
    "mno:HarvestInsurance",
    "mno:CarbonLevy",
    "OperatingExpenses",
    "OperatingIncomeLoss",
    "IncomeTaxExpenseBenefit",
    "NetIncomeLoss",
    "EarningsPerShareBasic",
]
BALANCE = [
    "CashAndCashEquivalentsAtCarryingValue",
    "AccountsReceivableNetCurrent",
    "InventoryNet",
    "AssetsCurrent",
    "PropertyPlantAndEquipmentNet",
    "Assets",
    "AccountsPayableCurrent",
    "OperatingLeaseLiability",
    "LongTermDebt",
    "Liabilities",
    "CommonStockValue",
    "RetainedEarningsAccumulatedDeficit",
    "StockholdersEquity",
    "LiabilitiesAndStockholdersEquity",
]
CASH = [
    "NetCashProvidedByUsedInOperatingActivities",
    "NetCashProvidedByUsedInInvestingActivities",
    "NetCashProvidedByUsedInFinancingActivities",
    "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalentsPeriodIncreaseDecreaseIncludingExchangeRateEffect",
]
SUMS = {
    "Income": {
        "GrossProfit": "+Revenues -CostOfRevenue",
        "OperatingExpenses": "+SellingGeneralAndAdministrativeExpense +ResearchAndDevelopmentExpense +mno:HarvestInsurance +mno:CarbonLevy",
        "OperatingIncomeLoss": "+GrossProfit -OperatingExpenses",
        "NetIncomeLoss": "+OperatingIncomeLoss -IncomeTaxExpenseBenefit",
    },
    "Balance": {
        "AssetsCurrent": "+CashAndCashEquivalentsAtCarryingValue +AccountsReceivableNetCurrent +InventoryNet",
        "Assets": "+AssetsCurrent +PropertyPlantAndEquipmentNet",
        "Liabilities": "+AccountsPayableCurrent +OperatingLeaseLiability +LongTermDebt",
        "StockholdersEquity": "+CommonStockValue +RetainedEarningsAccumulatedDeficit",
        "LiabilitiesAndStockholdersEquity": "+Liabilities +StockholdersEquity",
    },
    "Cash": {
        "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalentsPeriodIncreaseDecreaseIncludingExchangeRateEffect": "+NetCashProvidedByUsedInOperatingActivities +NetCashProvidedByUsedInInvestingActivities +NetCashProvidedByUsedInFinancingActivities"
    },
}
# In thousands of dollars: the year's figures as each report gives them.
YEARS = {
    2024: dict(
        zip(
            INCOME,
            (561_300, 381_700, 179_600, 70_900, 22_400, None, 300, 93_600, 86_000, 18_900, 67_100, 2.24),
            strict=True,
        )
    ),
    2023: dict(
        zip(
            INCOME,
            (522_800, 359_900, 162_900, 66_100, 20_300, None, None, 86_400, 76_500, 16_800, 59_700, 1.99),
            strict=True,
        )
    ),
    2022: dict(
        zip(
            INCOME,
            (498_200, 352_300, 145_900, 62_800, 18_900, None, None, 82_800, 63_100, 13_900, 49_200, 1.64),
            strict=True,
        )
    ),
}
BALANCES = {
    2024: dict(
        zip(
            BALANCE,
            (
                88_400,
                61_900,
                74_300,
                224_600,
                301_500,
                526_100,
                48_800,
                31_200,
                120_000,
                200_000,
                90_000,
                236_100,
                326_100,
                526_100,
            ),
            strict=True,
        )
    ),
    2023: dict(
        zip(
            BALANCE,
            (
                71_900,
                58_200,
                70_600,
                200_700,
                289_400,
                490_100,
                45_700,
                28_400,
                137_000,
                211_100,
                90_000,
                189_000,
                279_000,
                490_100,
            ),
            strict=True,
        )
    ),
    2022: dict(
        zip(
            BALANCE,
            (
                65_300,
                55_000,
                66_900,
                187_200,
                280_700,
                467_900,
                43_400,
                24_600,
                150_000,
                218_000,
                90_000,
                159_900,
                249_900,
                467_900,
            ),
            strict=True,
        )
    ),
}
FLOWS = {
    2024: (95_800, -42_300, -37_000, 16_500),
    2023: (84_200, -34_600, -43_000, 6_600),
    2022: (71_500, -30_200, -36_000, 5_300),
}
SPLIT = {
    ("us-gaap:StatementBusinessSegmentsAxis", "mno:MillsMember"): {2024: 333_100, 2023: 318_400, 2022: 309_600},
    ("us-gaap:StatementBusinessSegmentsAxis", "mno:OrchardsMember"): {2024: 228_200, 2023: 204_400, 2022: 188_600},
    ("srt:StatementGeographicalAxis", "country:US"): {2024: 402_900, 2023: 381_000, 2022: 371_700},
    ("srt:StatementGeographicalAxis", "country:DE"): {2024: 158_400, 2023: 141_800, 2022: 126_500},
}
