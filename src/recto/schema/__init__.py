"""XML Schema 1.0 as far as XBRL documents need it: components, content models, assessment of elements."""

from recto.schema.assess import Assessor
from recto.schema.faults import Fault
from recto.schema.grammar import Grammar

__all__ = ["Assessor", "Fault", "Grammar"]
