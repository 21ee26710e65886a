"""Sources: what recto can open, and how URLs become bytes."""

from recto.sources.classify import Entry
from recto.sources.opening import open_source
from recto.sources.resolver import Resolver
from recto.sources.source import FilingSource

__all__ = ["Entry", "FilingSource", "Resolver", "open_source"]
