"""Writers: pages and what goes with them, as the SEC makes them and in other formats.

`write_folder` writes a whole folder; the modules here write one thing each: `html` pages, `summary` FilingSummary.xml,
`metalinks` MetaLinks.json, `xlsx` the workbook, `text`, `markdown`, `json_` and `csv_` a page for other readers.
"""

from __future__ import annotations

from recto.rendering.writers.folder import FORMATS, Written, page_as, write_folder

__all__ = ["FORMATS", "Written", "page_as", "write_folder"]
