"""Garbage collection put off: what is made meanwhile grows old, and is looked at all the same once it is much."""

from __future__ import annotations

import subprocess
import sys

import pytest

_MADE = "from recto import uncollected as u\nimport gc\nassert gc.get_freeze_count() == 0\n"
OLD = """
with u.uncollected():
    kept = [[] for _ in range(u._MANY + 1000)]
assert len(gc.get_objects(generation=0)) < 1000, "they would be gone through at the next collection"
assert gc.get_freeze_count() == 0
"""
FEW = """
with u.uncollected():
    kept = [[] for _ in range(u._MANY // 2)]
assert len(gc.get_objects(generation=2)) < u._MANY // 2, "few are left to the collector"
"""
LITTLE_BY_LITTLE = """
import types
gc.set_threshold(10**9)
asked = []
u.gc = types.SimpleNamespace(**{name: getattr(gc, name) for name in dir(gc)})
u.gc.get_freeze_count = lambda: asked.append(1) or 0
kept = []
for _ in range(40):
    with u.uncollected():
        kept += [[] for _ in range(u._MANY // 10)]
assert not asked, "to count what is frozen takes time, and little was made each time"
"""
FROZEN = """
gc.freeze()
count = gc.get_freeze_count()
with u.uncollected():
    kept = [[] for _ in range(u._MANY + 1000)]
assert gc.get_freeze_count() == count, "what somebody has frozen is thawed"
"""
GARBAGE = """
import weakref
class Ring: pass
u._ENOUGH = 3 * u._MANY
rings = []
for _ in range(4):
    with u.uncollected():
        ring = Ring()
        ring.ring = ring
        ring.much = [[] for _ in range(u._MANY + 1000)]
    rings.append(weakref.ref(ring))
    del ring
assert [each() for each in rings[:2]] == [None] * 2, "garbage that grew old is never collected"
"""
DISABLED = """
gc.disable()
with u.uncollected():
    pass
assert not gc.isenabled()
"""


PROGRAMS = {
    "old": OLD,
    "few": FEW,
    "little by little": LITTLE_BY_LITTLE,
    "frozen": FROZEN,
    "garbage": GARBAGE,
    "off": DISABLED,
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_what_is_made_uncollected(program: str) -> None:
    """In processes of their own: the tests' own objects are frozen."""
    done = subprocess.run([sys.executable, "-c", _MADE + program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
