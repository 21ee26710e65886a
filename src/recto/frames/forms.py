"""The format that a file's name promises."""

from __future__ import annotations

from collections.abc import Sequence

from recto.errors import UsageError

_EXTENSIONS = {
    "jsonl": "json",
    "feather": "arrow",
    "ipc": "arrow",
    "htm": "html",
    "markdown": "md",
    "txt": "text",
    "pq": "parquet",
}


def form_of(path: object, forms: Sequence[str], *, given: str | None = None, default: str | None = None) -> str:
    """The format to write: the one that is `given`, else the one that the extension of `path` names.

    `default` is for no path at all and for `-`. Raises UsageError where that is none of `forms`: a file never holds
    another format than its name says.
    """
    name = "" if path is None else str(path).replace("\\", "/").rpartition("/")[2]
    if given is None and name in ("", "-") and default is not None:
        return default
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    chosen = given or _EXTENSIONS.get(extension, extension)
    if chosen in forms:
        return chosen
    known = ", ".join(f".{form}" if form != "text" else ".txt" for form in forms)
    if given is not None:
        raise UsageError(f"this cannot be written as {given!r}: choose one of {', '.join(forms)}")
    raise UsageError(f"the extension of {name!r} names no format that this can be written in: choose one of {known}")
