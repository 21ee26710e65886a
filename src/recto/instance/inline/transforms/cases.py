"""The test format of the transformation suites: one document of groups, each of variations of one format.

    <testcase xmlns="http://xbrl.org/2011/conformance-rendering/transforms">
      <transform name="ixt:datedaymonth"> <variation input="13/08" output="--08-13" result="valid"/> … </transform>

The format's prefix is bound in the document; an output counts only where the result is "valid".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recto.instance.inline.transforms import TransformError, UnknownTransform, transform

NAMESPACE = "http://xbrl.org/2011/conformance-rendering/transforms"
ROOT = f"{{{NAMESPACE}}}testcase"


@dataclass(frozen=True, slots=True)
class Case:
    """One variation: `expected` is the value, or None where the input must be refused; `line` is 1-based."""

    namespace: str
    name: str
    text: str
    expected: str | None
    description: str
    line: int

    def run(self) -> tuple[bool, str]:
        """Whether it passes, and what came out: the value, or the message of the error."""
        try:
            value = transform(self.namespace, self.name, self.text)
        except UnknownTransform as error:
            return False, error.message
        except TransformError as error:
            return self.expected is None, error.message
        return value == self.expected, value


def read_cases(root: Any) -> Iterator[Case]:
    """The variations of a suite in document order; `root` is the lxml element of its `testcase`."""
    for group in root.iter(f"{{{NAMESPACE}}}transform"):
        prefix, _, name = group.get("name", "").strip().rpartition(":")
        namespace = group.nsmap.get(prefix or None, "")
        for variation in group.iter(f"{{{NAMESPACE}}}variation"):
            valid = variation.get("result") == "valid"
            yield Case(
                namespace,
                name,
                variation.get("input", ""),
                variation.get("output", "") if valid else None,
                variation.get("description", ""),
                variation.sourceline,
            )
