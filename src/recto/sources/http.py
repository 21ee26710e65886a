"""The library that speaks HTTP, which an installation may lack."""

from __future__ import annotations

from typing import Any

from recto.errors import NotFoundError


def http_library(url: str | None) -> Any:
    """The module that speaks HTTP. Raises NotFoundError (`recto:extra`), which says how to have it, where it is not."""
    try:
        import httpx2
    except ModuleNotFoundError:
        message = "nothing can be fetched without httpx2: pip install 'recto[http]'"
        raise NotFoundError(message, code="recto:extra", document=url) from None
    return httpx2
