"""XML Schema 1.0 as far as XBRL documents need it: components, content models, assessment of elements."""

from recto.validation.schema.assess import Assessor, Fault
from recto.validation.schema.grammar import Grammar

__all__ = ["Assessor", "Fault", "Grammar"]
