"""The catalogue's entries: one module for each specification or regulator.

A module gives `TITLE` and `CODES`: from a code to its severity, its specification and clause, and its sentence, whose
fields (`{subject}`, `{name}`) are the finding's. How its codes begin stands in `recto.findings.catalogue.MODULES`.
`OTHERS` has an entry for all further codes of a prefix, where these are those of functions that expressions call.
"""
