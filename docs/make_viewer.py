"""Writes docs/viewer.schema.json from the code: the JSON Schema of the description that the viewer reads."""

from __future__ import annotations

import json
from pathlib import Path

from recto.viewer.model import schema

if __name__ == "__main__":
    target = Path(__file__).with_name("viewer.schema.json")
    target.write_text(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n", "utf-8")
