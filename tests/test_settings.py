"""Settings from the environment: what is given comes first, and one module reads them."""

import os
from pathlib import Path
from typing import Any

import pytest

from recto import settings

PACKAGE = Path(settings.__file__).parent


def test_only_settings_reads_the_environment() -> None:
    readers = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if any(word in path.read_text() for word in ("os.environ", "getenv"))
    }
    assert readers == {"settings.py"}


def test_taxonomies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECTO_TAXONOMIES", os.pathsep.join(("a", "", "b")))
    assert settings.taxonomies() == ["a", "b"]
    assert settings.taxonomies(["c"]) == ["c"]
    monkeypatch.delenv("RECTO_TAXONOMIES")
    assert settings.taxonomies() == []


@pytest.mark.parametrize(
    ("text", "meant"), [("", False), ("0", False), ("No", False), (" off ", False), ("1", True), ("yes", True)]
)
def test_offline(monkeypatch: pytest.MonkeyPatch, text: Any, meant: Any) -> None:
    monkeypatch.setenv("RECTO_OFFLINE", text)
    assert settings.offline() is meant
    assert settings.offline(not meant) is not meant


def test_folders_and_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RECTO_CACHE_DIR", str(tmp_path))
    assert settings.cache_dir() == tmp_path
    assert settings.cache_dir("x") == Path("x")
    monkeypatch.delenv("RECTO_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert settings.cache_dir().name == "recto"
    monkeypatch.setenv("RECTO_IDENTITY", "")
    assert settings.identity() is None
    assert settings.identity("Jane Doe jane@example.com") == "Jane Doe jane@example.com"


def test_switches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RECTO_DEBUG", raising=False)
    monkeypatch.setenv("NO_COLOR", "")
    assert not settings.debug()
    assert not settings.no_color()
    monkeypatch.setenv("RECTO_DEBUG", "")
    monkeypatch.setenv("NO_COLOR", "1")
    assert settings.debug()
    assert settings.no_color()
