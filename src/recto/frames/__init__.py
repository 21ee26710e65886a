"""Tables that any Arrow-speaking tool takes; as frames of pandas and polars, and as files of any format."""

from recto.frames.forms import form_of
from recto.frames.table import FORMATS, UNINDEXED, Table, text_table
from recto.frames.texts import flat_text, plain_number, plain_text

__all__ = ["FORMATS", "UNINDEXED", "Table", "flat_text", "form_of", "plain_number", "plain_text", "text_table"]
