"""Codes of xBRL-CSV Table Constraints 1.0."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "xBRL-CSV Table Constraints 1.0"
_METADATA: Final = {
    "invalidNamespacePrefix": "The prefix {prefix!r} is bound to {namespace!r}: {reason}.",
    "misplacedOrUnknownProperty": "{subject}: the property {name!r} is unknown, or stands in the wrong place.",
    "invalidJSONStructure": "The structure of {subject} is not as it must be: {reason}.",
    "unknownType": "{subject}: the type {type!r} is none that values can be constrained to.",
    "unknownPeriodType": "{subject}: the period type {type!r} is unknown.",
    "unknownDurationType": "{subject}: the duration type {type!r} is unknown.",
    "illegalConstraint": "A constraint of {subject} is not for it: {reason}.",
    "missingKeyProperty": "{subject} has neither unique nor reference keys.",
    "duplicateKeyName": "{subject}: more than one key is called {name!r}.",
    "illegalKeyField": "{subject}: {field!r} cannot be a field of a key: {reason}.",
    "illegalUniqueKeyOrder": "{subject} names a parameter after a column.",
    "unknownKey": "{subject}: there is no unique key {name!r}.",
    "unknownSeverity": "{subject}: the severity {value!r} is neither error nor warning.",
    "inconsistentSharedKeySeverity": "{subject} has another severity than the key of that name elsewhere.",
    "inconsistentSharedKeyFields": "{subject} has other fields than the key of that name elsewhere: {reason}.",
    "inconsistentReferenceKeyFields": "{subject} has other fields than the key {name!r} that it refers to: {reason}.",
    "inconsistentColumnOrderDefinition": "{subject}: the order of columns does not name each column once.",
    "columnParameterConflict": "{subject}: {name!r} is the name of a column and of a parameter.",
}
_REPORT: Final = {
    "invalidValue": "The value of {subject} is not valid: {reason}.",
    "missingValue": "{subject} has no value, and must have one.",
    "invalidPeriodType": "{subject}: {value!r} is no period of the type {type}.",
    "invalidDurationType": "{subject}: {value!r} is no duration of the type {type}.",
    "missingTimeZone": "{subject}: {value!r} has no time zone, and must have one.",
    "unexpectedTimeZone": "{subject}: {value!r} has a time zone, and must have none.",
    "missingColumn": "{subject} is missing.",
    "invalidColumnOrder": "{subject}: the columns are not in the order {order}.",
    "columnParameterConflict": "{subject}: the parameter {name!r} has the name of a constrained column.",
    "uniqueKeyViolation": "{subject}: the key {key} has the value {value} in more than one row.",
    "sortKeyViolation": "{subject}: the rows are not in the order of the key {key}: {reason}.",
    "referenceKeyViolation": "{subject}: the value {value} of the key {key} is {wrong} one of {other}.",
    "minTablesViolation": "{subject} has {count} tables, and must have {least} at least.",
    "maxTablesViolation": "{subject} has {count} tables, and may have {most} at most.",
    "minTableRowsViolation": "{subject} has {count} rows, and must have {least} at least.",
    "maxTableRowsViolation": "{subject} has {count} rows, and may have {most} at most.",
}
CODES: Final[Codes] = {
    f"{prefix}:{name}": ("error", TITLE, sentence)
    for prefix, entries in (("tcme", _METADATA), ("tcre", _REPORT))
    for name, sentence in entries.items()
}
