"""Conformance suites in XBRL International's form: index, test cases, variations, and what each must come to."""

from recto.suites.cases import read_suite
from recto.suites.judging import Outcome
from recto.suites.model import Expected, Input, Variation
from recto.suites.result import SuiteResult
from recto.suites.run import Settings, run_suite

__all__ = ["Expected", "Input", "Outcome", "Settings", "SuiteResult", "Variation", "read_suite", "run_suite"]
