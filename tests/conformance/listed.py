"""Lists of variations that are not passed, each under its reason."""

from __future__ import annotations

from pathlib import Path


def listed(suite: str) -> dict[str, str]:
    """Variation (test case and id) → reason, from `SUITE_failures.txt`: lines that are not indented are reasons.

    Those that the runner does not decide have reasons that begin with `Not checked`. Empty for a suite without a list.
    """
    found: dict[str, str] = {}
    reason = ""
    path = Path(__file__).parent / f"{suite}_failures.txt"
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        if line.startswith("  "):
            found[line.strip()] = reason
        else:
            reason = line
    return found
