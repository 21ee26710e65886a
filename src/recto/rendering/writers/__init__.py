"""Writers: pages and what goes with them, as the SEC makes them and in other formats.

`folder.write_folder` writes a whole folder; the other modules write one thing each: `html` pages, `summary`
FilingSummary.xml, `metalinks` MetaLinks.json, `xlsx` the workbook, `text`, `markdown`, `json_` and `csv_` a page for
other readers.
"""
