"""The lake: many filings in Delta tables, taken in once, asked with SQL."""

from recto.lake.intake import ingest
from recto.lake.items import item_name
from recto.lake.lake import Lake
from recto.lake.result import Result
from recto.lake.runs import Report

__all__ = ["Lake", "Report", "Result", "ingest", "item_name"]
