"""Namespaces and arcroles of Formula 1.0 and what belongs to it."""

from __future__ import annotations

from typing import Final

from recto.names import QName

VARIABLE: Final = "http://xbrl.org/2008/variable"
FORMULA: Final = "http://xbrl.org/2008/formula"
VALIDATION: Final = "http://xbrl.org/2008/validation"
VALUE: Final = "http://xbrl.org/2008/assertion/value"
EXISTENCE: Final = "http://xbrl.org/2008/assertion/existence"
CONSISTENCY: Final = "http://xbrl.org/2008/assertion/consistency"
INSTANCES: Final = "http://xbrl.org/2010/variable/instance"
MESSAGE: Final = "http://xbrl.org/2010/message"
CUSTOM: Final = "http://xbrl.org/2010/custom-function"
SEVERITIES: Final = ("http://xbrl.org/2016/assertion-severity", "http://xbrl.org/2022/assertion-severity")
XFI: Final = "http://www.xbrl.org/2008/function/instance"
TUPLE: Final = "http://xbrl.org/2010/formula/tuple"
XFM: Final = "http://www.xbrl.org/2008/function/math"
XFF: Final = "http://www.xbrl.org/2010/function/formula"

F_CONCEPT: Final = "http://xbrl.org/2008/filter/concept"
F_BOOLEAN: Final = "http://xbrl.org/2008/filter/boolean"
F_DIMENSION: Final = "http://xbrl.org/2008/filter/dimension"
F_ENTITY: Final = "http://xbrl.org/2008/filter/entity"
F_GENERAL: Final = "http://xbrl.org/2008/filter/general"
F_MATCH: Final = "http://xbrl.org/2008/filter/match"
F_PERIOD: Final = "http://xbrl.org/2008/filter/period"
F_RELATIVE: Final = "http://xbrl.org/2008/filter/relative"
F_SEGMENT: Final = "http://xbrl.org/2008/filter/segment-scenario"
F_TUPLE: Final = "http://xbrl.org/2008/filter/tuple"
F_UNIT: Final = "http://xbrl.org/2008/filter/unit"
F_VALUE: Final = "http://xbrl.org/2008/filter/value"
F_COVER: Final = "http://xbrl.org/2010/filter/aspect-cover"
F_RELATION: Final = "http://xbrl.org/2010/filter/concept-relation"
FILTERS: Final = frozenset(
    (
        F_CONCEPT,
        F_BOOLEAN,
        F_DIMENSION,
        F_ENTITY,
        F_GENERAL,
        F_MATCH,
        F_PERIOD,
        F_RELATIVE,
        F_SEGMENT,
        F_TUPLE,
        F_UNIT,
        F_VALUE,
        F_COVER,
        F_RELATION,
    )
)

_ARC: Final = "http://xbrl.org/arcrole/2008/"
ARC_SET: Final = _ARC + "variable-set"
ARC_FILTER: Final = _ARC + "variable-filter"
ARC_SET_FILTER: Final = _ARC + "variable-set-filter"
ARC_PRECONDITION: Final = _ARC + "variable-set-precondition"
ARC_EQUALITY: Final = _ARC + "equality-definition"
COMPARED: Final = tuple(QName("http://xbrl.org/2008/variable/aspectTest", name).clark for name in "ab")
"""The variables of a definition of equality: the two members that are compared (Variables 1.0, 2.5)."""
ARC_BOOLEAN: Final = _ARC + "boolean-filter"
ARC_ASSERTION_SET: Final = _ARC + "assertion-set"
ARC_CONSISTENCY_FORMULA: Final = _ARC + "consistency-assertion-formula"
ARC_CONSISTENCY_PARAMETER: Final = _ARC + "consistency-assertion-parameter"
ARC_SATISFIED: Final = "http://xbrl.org/arcrole/2010/assertion-satisfied-message"
ARC_UNSATISFIED: Final = "http://xbrl.org/arcrole/2010/assertion-unsatisfied-message"
ROLE_MESSAGE: Final = "http://www.xbrl.org/2010/role/message"
ARC_IMPLEMENTATION: Final = "http://xbrl.org/arcrole/2010/function-implementation"
ARC_INSTANCE_VARIABLE: Final = "http://xbrl.org/arcrole/2010/instance-variable"
ARC_FORMULA_INSTANCE: Final = "http://xbrl.org/arcrole/2010/formula-instance"
ARC_SCOPE: Final = "http://xbrl.org/arcrole/2010/variables-scope"
ARC_SEVERITIES: Final = (
    "http://xbrl.org/arcrole/2016/assertion-unsatisfied-severity",
    "http://xbrl.org/arcrole/2022/assertion-unsatisfied-severity",
)
ASPECT_MODELS: Final = frozenset(("dimensional", "non-dimensional"))

ASPECTS: Final = {
    "concept": "concept",
    "location": "location",
    "entity-identifier": "entity",
    "period": "period",
    "unit": "unit",
    "complete-segment": "segment",
    "complete-scenario": "scenario",
    "non-XDT-segment": "segment",
    "non-XDT-scenario": "scenario",
}
"""Aspects as filters and functions name them, with our own names."""
