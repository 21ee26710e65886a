from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from recto.lake import Lake


@pytest.fixture
def lake(lake_folder: Path) -> Any:
    with Lake(lake_folder) as opened:
        yield opened
