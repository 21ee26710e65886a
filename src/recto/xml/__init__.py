"""Documents: hardened XML parsing, URLs and base URIs, line numbers, XLink attributes and pointers."""

from recto.xml.parsing import DEFAULT_LIMITS, Document, Limits, parse, parse_or_recover
from recto.xml.sniffing import sniff_root
from recto.xml.urls import (
    checked_url,
    file_name,
    file_path,
    file_url,
    is_absolute,
    normalize_start,
    normalize_url,
    resolve_url,
    split_fragment,
    split_url,
)
from recto.xml.xlink import is_pointer

__all__ = [
    "DEFAULT_LIMITS",
    "Document",
    "Limits",
    "checked_url",
    "file_name",
    "file_path",
    "file_url",
    "is_absolute",
    "is_pointer",
    "normalize_start",
    "normalize_url",
    "parse",
    "parse_or_recover",
    "resolve_url",
    "sniff_root",
    "split_fragment",
    "split_url",
]
