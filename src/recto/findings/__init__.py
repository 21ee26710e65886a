"""Findings: what is wrong, or worth knowing, in a filing that could be read.

Every code stands in one catalogue (`recto.findings.catalogue`; docs/findings.md is made of it) with its severity, its
clause and its sentence. Programs get every finding; faces that print for people group them by `key`.
"""

from __future__ import annotations

from recto.findings.growing import Findings
from recto.findings.model import Finding, Severity

__all__ = ["Finding", "Findings", "Severity"]
