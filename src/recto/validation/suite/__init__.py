"""Conformance suites in XBRL International's form: index, test cases, variations, and what each must come to."""

from recto.validation.suite.cases import Expected, Input, Variation, read_suite
from recto.validation.suite.run import Outcome, Settings, run_suite

__all__ = ["Expected", "Input", "Outcome", "Settings", "Variation", "read_suite", "run_suite"]
