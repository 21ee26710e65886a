"""Charts as objects of Altair, which notebooks show, and as files, drawn offline by vl-convert."""

from __future__ import annotations

import os
from functools import cache
from typing import Any, Final

from recto import files
from recto.errors import UsageError
from recto.frames.forms import form_of

FORMATS: Final = ("svg", "png", "html", "json")


def drawn(specification: dict[str, Any], *, width: int | None = None, height: int | None = None) -> Any:
    """A specification as an `altair.Chart`. Raises `UsageError` where Altair is not installed."""
    sizes = {name: size for name, size in (("width", width), ("height", height)) if size is not None}
    return _chart_class().from_dict(specification | sizes)


@cache
def _chart_class() -> Any:
    """`altair.Chart` that a notebook shows without fetching a script: as Vega-Lite where it knows it, else as SVG."""
    try:
        import altair
    except ModuleNotFoundError:
        raise UsageError("charts need altair and vl-convert-python: pip install 'recto[charts]'") from None

    def bundle(self: Any, *include: object, **exclude: object) -> Any:
        specification = self.to_dict()
        major = altair.SCHEMA_VERSION.lstrip("v").partition(".")[0]
        return {
            f"application/vnd.vegalite.v{major}+json": specification,
            "image/svg+xml": chart_data(self, "svg").decode(),
            "text/plain": repr(self),
        }

    return type("Chart", (altair.Chart,), {"_repr_mimebundle_": bundle, "__doc__": altair.Chart.__doc__})


def chart_data(chart: Any, form: str) -> bytes:
    """A chart as a file: `svg`, `png`, `html` (one file that fetches nothing), `json` (Vega-Lite).

    Raises `UsageError` for another format, and where vl-convert-python is not installed.
    """
    if form == "json":
        text: str = chart.to_json(indent=1)
        return f"{text}\n".encode()
    if form not in FORMATS:
        raise UsageError(f"a chart cannot be written as {form!r}: choose one of {', '.join(FORMATS)}")
    try:
        import vl_convert
    except ModuleNotFoundError:
        raise UsageError("drawing charts needs vl-convert-python: pip install 'recto[charts]'") from None
    specification = chart.to_dict()
    if form == "svg":
        return vl_convert.vegalite_to_svg(specification).encode()
    if form == "png":
        return vl_convert.vegalite_to_png(specification, scale=2)
    return vl_convert.vegalite_to_html(specification, bundle=True).encode()


def save(chart: Any, path: str | os.PathLike[str], format: str | None = None) -> None:
    """Writes a chart by the extension of `path`: .svg, .png, .html or .json."""
    files.write(path, chart_data(chart, form_of(path, FORMATS, given=format)))
