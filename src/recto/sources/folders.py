"""Where recto keeps what it fetched and compiled."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def default_cache_dir() -> Path:
    """The folder that `RECTO_CACHE_DIR` names, else the user's cache folder for recto."""
    named = os.environ.get("RECTO_CACHE_DIR")
    if named:
        return Path(named)
    if sys.platform == "linux":  # what platformdirs says there, without its import (XDG Base Directory Specification)
        base = os.environ.get("XDG_CACHE_HOME", "").strip()
        return (Path(base) if base else Path.home() / ".cache") / "recto"
    import platformdirs

    return platformdirs.user_cache_path("recto")
