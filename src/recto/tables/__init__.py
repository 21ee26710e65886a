"""Facts, concepts, labels, relationships, reports and cells as Arrow tables with declared schemas."""

from recto.frames import Table
from recto.tables.facts import facts_table
from recto.tables.lines import lines_table
from recto.tables.views import (
    cells_table,
    concepts_table,
    labels_table,
    pages_of,
    read_table,
    relationships_table,
    reports_table,
)

__all__ = [
    "Table",
    "cells_table",
    "concepts_table",
    "facts_table",
    "labels_table",
    "lines_table",
    "pages_of",
    "read_table",
    "relationships_table",
    "reports_table",
]
