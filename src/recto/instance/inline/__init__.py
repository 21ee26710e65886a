"""Reader of Inline XBRL document sets (Inline XBRL 1.1; 1.0 too)."""

from recto.instance.inline.reader import read_set

__all__ = ["read_set"]
