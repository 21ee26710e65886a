"""Collects the fragments in `changes/` into a section of CHANGELOG.md: `docs/make_changelog.py 1.2.0 2026-12-01`.

A fragment is `NAME.KIND.md`: what users notice, one sentence a line. With no arguments, prints what would be added.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KINDS = {"added": "Added", "changed": "Changed", "fixed": "Fixed", "removed": "Removed"}


def fragments(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.md") if path.name != "README.md")


def section(paths: Sequence[Path]) -> str:
    """The lines of fragments, by kind. Raises ValueError for a fragment of no kind, or without text."""
    lines: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for path in paths:
        kind = path.name.removesuffix(".md").rpartition(".")[2]
        text = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        if kind not in KINDS or not text:
            raise ValueError(f"{path.name}: a fragment is NAME.KIND.md with text; KIND is one of {', '.join(KINDS)}")
        lines[kind] += [f"- {line.removeprefix('- ')}" for line in text]
    return "\n\n".join(f"### {KINDS[kind]}\n\n" + "\n".join(each) for kind, each in lines.items() if each)


def release(root: Path, version: str, day: str) -> None:
    """Puts what is unreleased, fragments included, under a version, and removes the fragments."""
    paths = fragments(root / "changes")
    changelog = root / "CHANGELOG.md"
    text = changelog.read_text(encoding="utf-8")
    head, mark, rest = text.partition("## Unreleased\n")
    if not mark:
        raise ValueError("CHANGELOG.md has no section Unreleased")
    collected = section(paths)
    body = rest.strip("\n")
    new = f"## {version} ({day})\n\n" + (f"{collected}\n\n" if collected else "") + f"{body}\n"
    changelog.write_text(f"{head}## Unreleased\n\n{new}", encoding="utf-8")
    for path in paths:
        path.unlink()


if __name__ == "__main__":
    if len(sys.argv) == 3:
        release(ROOT, sys.argv[1], sys.argv[2])
    else:
        print(section(fragments(ROOT / "changes")))
