"""Regimes: whose rules a report is made by, and what follows from that for its rules, pages and languages.

A report's regime is recognized from what it refers to and what it reports: its entry points, the namespaces of its
facts and taxonomy, the scheme of its entities, and the header or package it came in. No regime is guessed: where
nothing speaks for one, the report is `plain`.
"""

from __future__ import annotations

from recto.regimes.fitting import fitting
from recto.regimes.languages import languages_of
from recto.regimes.model import Regime
from recto.regimes.recognition import recognize
from recto.regimes.table import PLAIN, REGIMES, SEC, named

__all__ = ["PLAIN", "REGIMES", "SEC", "Regime", "fitting", "languages_of", "named", "recognize"]
