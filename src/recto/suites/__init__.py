"""Conformance suites in XBRL International's form: index, test cases, variations, and what each must come to."""

from recto.suites.cases import Expected, Input, Variation, read_suite
from recto.suites.run import Outcome, Settings, run_suite

__all__ = ["Expected", "Input", "Outcome", "Settings", "Variation", "read_suite", "run_suite"]
