"""Codes of XML Schema."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "XML Schema"
CODES: Final[Codes] = {
    "xmlSchema:ag-props-correct.3": (
        "error",
        "XML Schema 1.0 Part 1",
        "The attribute group {name!r} contains itself{through}.",
    ),
    "xmlSchema:attributesExtraneous": (
        "error",
        "XBRL 2.1, 4.6",
        "{subject}: the attribute {name} of XBRL's own namespace must not be passed on to the target document.",
    ),
    "xmlSchema:attributesRequired": ("error", "XBRL 2.1, 4.7.1 and 4.8.1", "{subject} has no id."),
    "xmlSchema:c-fields-xpaths": ("error", "XML Schema 1.0 Part 1", "The path {path} of {subject} is wrong: {reason}."),
    "xmlSchema:c-props-correct.2": (
        "error",
        "XML Schema 1.0 Part 1",
        "The xs:keyref {name!r} has {count} fields, but the key that it refers to {wanted}.",
    ),
    "xmlSchema:c-selector-xpath": (
        "error",
        "XML Schema 1.0 Part 1",
        "The path {path} of {subject} is wrong: {reason}.",
    ),
    "xmlSchema:cos-all-limited.1.2": (
        "error",
        "XML Schema 1.0 Part 1",
        "The {type}: an xs:all can neither extend a content model nor be extended.",
    ),
    "xmlSchema:cos-ct-extends.1.1": (
        "error",
        "XML Schema 1.0 Part 1",
        "Nothing may derive from {base} by {way}: it is final.",
    ),
    "xmlSchema:cos-ct-extends.1.4.3.2.2.1": (
        "error",
        "XML Schema 1.0 Part 1",
        "The {type} extends {base}, so its content must be {how} too.",
    ),
    "xmlSchema:cos-nonambig": ("error", "XML Schema 1.0 Part 1", "The content model of {type} is ambiguous: {reason}."),
    "xmlSchema:cos-st-restricts.2.3.1.1": (
        "error",
        "XML Schema 1.0 Part 1",
        "Nothing may derive from {base} by {way}: it is final.",
    ),
    "xmlSchema:cos-st-restricts.3.3.1": (
        "error",
        "XML Schema 1.0 Part 1",
        "Nothing may derive from {base} by {way}: it is final.",
    ),
    "xmlSchema:ct-props-correct.3": (
        "error",
        "XML Schema 1.0 Part 1",
        "The type {name!r} derives from itself{through}.",
    ),
    "xmlSchema:cvc-attribute.3": ("error", "XML Schema 1.0 Part 1", "The attribute {name} of {subject}: {reason}."),
    "xmlSchema:cvc-attribute.4": (
        "error",
        "XML Schema 1.0 Part 1",
        "The attribute {name} of {subject} is {value}, but must be {fixed!r}.",
    ),
    "xmlSchema:cvc-complex-type.2.1": ("error", "XML Schema 1.0 Part 1", "{subject} must be empty."),
    "xmlSchema:cvc-complex-type.2.2": ("error", "XML Schema 1.0 Part 1", "{subject} may hold text only."),
    "xmlSchema:cvc-complex-type.2.3": (
        "error",
        "XML Schema 1.0 Part 1",
        "{subject} has text, but may hold elements only.",
    ),
    "xmlSchema:cvc-complex-type.2.4": (
        "error",
        "XML Schema 1.0 Part 1",
        "The elements are not those of the content model: {reason}.",
    ),
    "xmlSchema:cvc-complex-type.3.2.2": (
        "error",
        "XML Schema 1.0 Part 1",
        "{subject} cannot have the attribute {name}.",
    ),
    "xmlSchema:cvc-complex-type.4": ("error", "XML Schema 1.0 Part 1", "{subject} lacks its attribute {name}."),
    "xmlSchema:cvc-elt.1": ("error", "XML Schema 1.0 Part 1", "No declaration of {subject} is to be found."),
    "xmlSchema:cvc-elt.2": ("error", "XML Schema 1.0 Part 1", "{subject} is abstract, so it cannot be used."),
    "xmlSchema:cvc-elt.3.1": (
        "error",
        "XML Schema 1.0 Part 1",
        "{subject} is not nillable, so it cannot have xsi:nil.",
    ),
    "xmlSchema:cvc-elt.3.2.1": ("error", "XML Schema 1.0 Part 1", "{subject} is nil, so it must be empty."),
    "xmlSchema:cvc-elt.4.2": ("error", "XML Schema 1.0 Part 1", "The type {type!r} of {subject} is not known."),
    "xmlSchema:cvc-elt.4.3": (
        "error",
        "XML Schema 1.0 Part 1",
        "{subject} cannot have the type {type!r}, which {reason}.",
    ),
    "xmlSchema:cvc-elt.5.2.2.2": ("error", "XML Schema 1.0 Part 1", "{subject} is {value}, but must be {fixed!r}."),
    "xmlSchema:cvc-id.2": ("error", "XML Schema 1.0 Part 1", "The id {name!r} occurs more than once."),
    "xmlSchema:cvc-identity-constraint.3": (
        "error",
        "XML Schema 1.0 Part 1",
        "A field of {name!r} {reason} in {subject}.",
    ),
    "xmlSchema:cvc-identity-constraint.4.1": (
        "error",
        "XML Schema 1.0 Part 1",
        "{subject} repeats {value}, which {name!r} allows once.",
    ),
    "xmlSchema:cvc-identity-constraint.4.2.1": (
        "error",
        "XML Schema 1.0 Part 1",
        "{subject} lacks a part of the key {name!r}.",
    ),
    "xmlSchema:cvc-identity-constraint.4.2.2": (
        "error",
        "XML Schema 1.0 Part 1",
        "{subject} repeats {value}, which {name!r} allows once.",
    ),
    "xmlSchema:cvc-identity-constraint.4.3": (
        "error",
        "XML Schema 1.0 Part 1",
        "{subject} refers to {value}, but no key {name!r} is that.",
    ),
    "xmlSchema:cvc-type.2": ("error", "XML Schema 1.0 Part 1", "The type of {subject} is abstract."),
    "xmlSchema:cvc-type.3.1.1": ("error", "XML Schema 1.0 Part 1", "{subject} cannot have the attribute {name}."),
    "xmlSchema:cvc-type.3.1.3": ("error", "XML Schema 1.0 Part 1", "The value of {subject} is not valid: {reason}."),
    "xmlSchema:derivation-ok-restriction.1": (
        "error",
        "XML Schema 1.0 Part 1",
        "Nothing may derive from {base} by {way}: it is final.",
    ),
    "xmlSchema:derivation-ok-restriction.2.1.1": (
        "error",
        "XML Schema 1.0 Part 1",
        "The {type}: the attribute {name!r} is required in {base}.",
    ),
    "xmlSchema:derivation-ok-restriction.2.1.2": (
        "error",
        "XML Schema 1.0 Part 1",
        "The {type}: the type of the attribute {name!r} does not derive from that in {base}.",
    ),
    "xmlSchema:derivation-ok-restriction.2.1.3": (
        "error",
        "XML Schema 1.0 Part 1",
        "The {type}: the attribute {name!r} must stay fixed to {fixed!r}.",
    ),
    "xmlSchema:derivation-ok-restriction.2.2": (
        "error",
        "XML Schema 1.0 Part 1",
        "The {type}: {base} has no attribute {name!r} to restrict.",
    ),
    "xmlSchema:derivation-ok-restriction.3": (
        "error",
        "XML Schema 1.0 Part 1",
        "The {type}: the attribute {name!r} is required in {base}.",
    ),
    "xmlSchema:derivation-ok-restriction.4.1": (
        "error",
        "XML Schema 1.0 Part 1",
        "The {type}: {base} admits no further attributes.",
    ),
    "xmlSchema:derivation-ok-restriction.4.2": (
        "error",
        "XML Schema 1.0 Part 1",
        "The {type} admits attributes that {base} does not.",
    ),
    "xmlSchema:derivation-ok-restriction.5.1": (
        "error",
        "XML Schema 1.0 Part 1",
        "The {type} has elements, but {base} has text only.",
    ),
    "xmlSchema:derivation-ok-restriction.5.2": (
        "error",
        "XML Schema 1.0 Part 1",
        "The {type}: {base} has no text that could be restricted.",
    ),
    "xmlSchema:derivation-ok-restriction.5.3.2": (
        "error",
        "XML Schema 1.0 Part 1",
        "The {type} is empty, but {base} must have elements.",
    ),
    "xmlSchema:derivation-ok-restriction.5.4.1.2": (
        "error",
        "XML Schema 1.0 Part 1",
        "The content of the {type} is mixed, but that of {base} is not.",
    ),
    "xmlSchema:derivation-ok-restriction.5.4.2": (
        "error",
        "XML Schema 1.0 Part 1",
        "The {type} admits what {base} does not: {reason}.",
    ),
    "xmlSchema:e-props-correct.4": (
        "error",
        "XML Schema 1.0 Part 1",
        "The element {name!r} cannot substitute {head}: {reason}.",
    ),
    "xmlSchema:e-props-correct.6": (
        "error",
        "XML Schema 1.0 Part 1",
        "The element {name!r} substitutes itself{through}.",
    ),
    "xmlSchema:mg-props-correct.2": ("error", "XML Schema 1.0 Part 1", "The group {name!r} contains itself{through}."),
    "xmlSchema:p-props-correct.2.1": (
        "error",
        "XML Schema 1.0 Part 1",
        "minOccurs {least} of {subject} exceeds maxOccurs {most}.",
    ),
    "xmlSchema:s4s-att-not-allowed": (
        "error",
        "XML Schema 1.0 Part 1",
        "{subject} cannot have the attribute {name!r}.",
    ),
    "xmlSchema:s4s-elt-must-match": ("error", "XML Schema 1.0 Part 1", "The content of {parent} is wrong: {reason}."),
    "xmlSchema:s4s-att-invalid-value": (
        "error",
        "XML Schema 1.0 Part 1",
        "The attribute {name!r} of {subject} is wrong: {reason}.",
    ),
    "xmlSchema:s4s-att-must-appear": ("error", "XML Schema 1.0 Part 1", "{subject} lacks its attribute {name!r}."),
    "xmlSchema:s4s-elt-character": ("error", "XML Schema 1.0 Part 1", "Text stands in {subject}."),
    "xmlSchema:s4s-elt-invalid": ("error", "XML Schema 1.0 Part 1", "{subject} cannot stand here."),
    "xmlSchema:sch-props-correct.2": ("error", "XML Schema 1.0 Part 1", "A second {kind} is called {name!r}."),
    "xmlSchema:src-attribute.1": ("error", "XML Schema 1.0 Part 1", "{subject} cannot have both default and fixed."),
    "xmlSchema:src-attribute.2.1": ("error", "XML Schema 1.0 Part 1", "{subject} needs either a name or a ref."),
    "xmlSchema:src-attribute.3": (
        "error",
        "XML Schema 1.0 Part 1",
        "{subject} has a type attribute and a type within.",
    ),
    "xmlSchema:src-element.1": ("error", "XML Schema 1.0 Part 1", "{subject} cannot have both default and fixed."),
    "xmlSchema:src-element.2.1": ("error", "XML Schema 1.0 Part 1", "{subject} needs either a name or a ref."),
    "xmlSchema:src-element.3": ("error", "XML Schema 1.0 Part 1", "{subject} has a type attribute and a type within."),
    "xmlSchema:src-ct.1": (
        "error",
        "XML Schema 1.0 Part 1",
        "Complex content cannot derive from {base}, which is a simple type.",
    ),
    "xmlSchema:src-ct.2": (
        "error",
        "XML Schema 1.0 Part 1",
        "Simple content cannot derive from {base} in this way: {reason}.",
    ),
    "xmlSchema:src-import.3": (
        "error",
        "XML Schema 1.0 Part 1, 4.2.3",
        "{url} is imported for the namespace {wanted!r}, but its own is {own!r}",
    ),
    "xmlSchema:src-include.2": (
        "error",
        "XML Schema 1.0 Part 1, 4.2.1",
        "{url} is included, but its namespace is another: {namespace!r}",
    ),
    "xmlSchema:src-pattern": (
        "error",
        "XML Schema 1.0 Part 1",
        "The pattern is no regular expression of XML Schema: {reason}.",
    ),
    "xmlSchema:src-resolve": (
        "error",
        "XML Schema 1.0 Part 1",
        "The {what} {name!r} that {subject} refers to is not declared.",
    ),
    "xmlSchema:src-simple-type.1": (
        "error",
        "XML Schema 1.0 Part 1",
        "A simple type cannot derive from {base}, which is a complex one.",
    ),
    "xmlSchema:st-props-correct.2": (
        "error",
        "XML Schema 1.0 Part 1",
        "The type {name!r} derives from itself{through}.",
    ),
    "xmlSchema:st-props-correct.3": (
        "error",
        "XML Schema 1.0 Part 1",
        "Nothing may derive from {base} by {way}: it is final.",
    ),
    "xmlSchema:valueError": ("error", "XML Schema 1.0 Part 2", "{what} is not valid: {reason}"),
}
