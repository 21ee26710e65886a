"""Report pages: from facts to grids as the SEC lays them out, and grids to files."""

from __future__ import annotations

from recto.rendering.render import render_reports

__all__ = ["render_reports"]
