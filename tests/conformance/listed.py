"""Lists of variations that are not passed, each under its reason."""

from __future__ import annotations

from pathlib import Path


def listed(suite: str) -> dict[str, str]:
    """Variation (test case and id) → reason, from `SUITE_failures.txt`: lines that are not indented are reasons."""
    found, reason = {}, ""
    for line in (Path(__file__).parent / f"{suite}_failures.txt").read_text("utf-8").splitlines():
        if line.startswith("  "):
            found[line.strip()] = reason
        else:
            reason = line
    return found
