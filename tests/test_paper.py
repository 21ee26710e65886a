"""What the documents promise of themselves: fragments of the changelog, floors of dependencies, public names."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import recto
from tests.makers import maker

ROOT = Path(__file__).resolve().parents[1]


def test_fragments_are_of_a_kind() -> None:
    made = maker("changelog")
    made.section(made.fragments(ROOT / "changes"))


def test_a_release_collects_the_fragments(tmp_path: Path) -> None:
    made = maker("changelog")
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes" / "a.fixed.md").write_text("- It works.\n")
    (tmp_path / "changes" / "b.added.md").write_text("It is new.\n")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n- An old line.\n")
    made.release(tmp_path, "1.0.0", "2026-12-01")
    assert (tmp_path / "CHANGELOG.md").read_text() == (
        "# Changelog\n\n## Unreleased\n\n## 1.0.0 (2026-12-01)\n\n"
        "### Added\n\n- It is new.\n\n### Fixed\n\n- It works.\n\n- An old line.\n"
    )
    assert not list((tmp_path / "changes").iterdir())
    (tmp_path / "changes" / "c.other.md").write_text("x")
    with pytest.raises(ValueError, match=r"c\.other\.md"):
        made.release(tmp_path, "1.0.1", "2026-12-02")


def requirements() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [each for group in project["optional-dependencies"].values() for each in group]
    return [each for each in (*project["dependencies"], *extras) if not each.startswith("recto[")]


@pytest.mark.parametrize("requirement", requirements())
def test_every_dependency_has_a_floor_that_is_not_above_what_is_tested(requirement: str) -> None:
    match = re.match(r"([A-Za-z0-9_.-]+)(?:\[[^]]*\])?>=([\d.]+)", requirement)
    assert match is not None, "each has a floor, and none a ceiling"
    try:
        installed = metadata.version(match[1])
    except metadata.PackageNotFoundError:
        pytest.skip(f"{match[1]} is not installed here")
    numbers = [tuple(int(each) for each in re.findall(r"\d+", text)[:3]) for text in (match[2], installed)]
    assert numbers[0] <= numbers[1]


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md")),
    ],
)
def test_links_between_documents_lead_somewhere(name: str) -> None:
    path = ROOT / name
    text = re.sub(r"```.*?```|`[^`]*`", "", path.read_text(encoding="utf-8"), flags=re.S)
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    lost = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert not lost


def test_the_public_names_are_those_that_are_promised() -> None:
    assert set(recto.__all__) >= {
        "Cell", "Column", "Concept", "Context", "Fact", "Filing", "Finding", "Findings", "Footnote", "Instance",
        "NotFoundError", "Period", "QName", "RectoError", "Report", "Row", "SourceError", "Taxonomy", "TypedMember",
        "Unit", "UnsafeInputError", "UsageError", "XMLError", "filings", "open",
    }  # fmt: skip
    for name in recto.__all__:
        assert getattr(recto, name) is not None
