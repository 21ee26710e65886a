"""The catalogue's entries: one module for each specification or regulator.

A module gives `TITLE`, `PREFIXES` (how its codes begin, before the first `:` or `.`) and `CODES`: from a code to its
severity, its specification and clause, and its sentence, whose fields (`{subject}`, `{name}`) are the finding's.
"""
