"""What every test of sources has around it."""

import pytest


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No setting of the user's reaches a test, and no test the user's cache."""
    for name in ("RECTO_TAXONOMIES", "RECTO_OFFLINE", "RECTO_IDENTITY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("recto.sources.web._unreachable", {})
    monkeypatch.setenv("RECTO_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
