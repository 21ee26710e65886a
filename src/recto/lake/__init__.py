"""The lake: many filings in Delta tables, taken in once, asked with SQL."""

from recto.lake.intake import Report, ingest
from recto.lake.items import item_name
from recto.lake.lake import Lake
from recto.lake.result import Result

__all__ = ["Lake", "Report", "Result", "ingest", "item_name"]
