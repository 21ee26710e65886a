"""Codes of the EDGAR Filer Manual, chapters 5.2 and 6."""

from __future__ import annotations

from typing import Final

from recto.findings import Severity
from recto.findings.catalogue import Codes

TITLE: Final = "EDGAR Filer Manual"
_COVER: Final[dict[str, tuple[Severity, str]]] = {
    "missing": ("warning", "The cover page of {form} has no value for {subject}{where}."),
    "unexpected": ("warning", "the cover page of {form} should have no value for it."),
    "value": ("warning", "the value {value!r} should be {values} on {form}."),
    "inclusive": ("warning", "The cover page of {form} has a value for none of {subject}{where}."),
    "otherMissing": ("warning", "{wanted} should have a value too{where}."),
    "dependency": ("warning", "{name} should have a value if and only if {other} has one{where}."),
    "dependentValue": ("warning", "{name} should have a value if and only if that of {other} is {values}{where}."),
    "valueDependency": ("error", "{other} must have the value {values} too."),
    "exclusive": ("warning", "exactly one of {names} should have a value{where}."),
    "exclusiveValues": (
        "warning",
        "On the cover page of {form} exactly one of {subject} should be {value}, and the others {other}.",
    ),
    "exclusiveValue": ("error", "only one of {names} may have the value {values}."),
    "mutualDependency": ("warning", "all of {names} should have values, or none{where}."),
    "future": ("error", "the day {day} is later than {limit}, when it was submitted."),
    "itemDependency": ("error", "There must be {subject} if and only if item {item} is reported."),
    "fileNumber": ("warning", "an investment company with the file number {number} is no small business."),
    "securityAxes": (
        "warning",
        "a single security should be told of without an axis, several in contexts with a member for each.",
    ),
    "versionRequired": ("error", "{form} demands {subject}, which {version} and later have; the report uses {used}."),
    "taxonomyRequired": ("error", "{form} demands the taxonomy {subject}, which the report does not use."),
    "taxonomyUnexpected": ("error", "{form} must not use the taxonomy {subject}."),
    "duration": (
        "error",
        "The period of {form} must be of {months} months; that of context {subject} has {days} days.",
    ),
    "period": ("warning", "its period should be the year that ends on {day}."),
    "monthly": ("warning", "There should be a fact of {subject} about each month of the year; {months} have none."),
    "factsDependency": ("warning", "{form} uses the taxonomy {subject}, and has no fact of it."),
    "factsUnexpected": ("warning", "{form} should have no facts of the taxonomy {taxonomy}."),
    "headerValue": ("warning", "the value {value!r} is not that of the submission's header, {told!r}."),
    "headerUnexpected": (
        "warning",
        "The submission's header says {subject} = {value}, which does not go with {form}.",
    ),
}
"""Cover pages: what is found of one kind in any section."""
_COVER_SECTIONS: Final = {
    "6.05.20": "dependentValue future missing mutualDependency unexpected value",
    "6.05.21": "exclusiveValue itemDependency missing otherMissing unexpected",
    "6.05.26": "missing securityAxes unexpected",
    "6.05.40": "dependentValue fileNumber headerUnexpected headerValue missing unexpected",
    "6.05.46": "dependency exclusive securityAxes unexpected",
    "6.05.47": "missing unexpected",
    "6.05.48": "dependency inclusive missing otherMissing unexpected",
    "6.05.49": "dependentValue exclusiveValues missing unexpected value versionRequired",
    "6.05.50": "dependentValue missing unexpected",
    "6.05.51": "dependency inclusive missing otherMissing unexpected value",
    "6.05.52": "missing unexpected",
    "6.05.53": "otherMissing unexpected",
    "6.05.54": "missing mutualDependency unexpected versionRequired",
    "6.05.55": "dependentValue exclusive factsUnexpected inclusive missing mutualDependency taxonomyRequired unexpected value valueDependency",
    "6.05.56": "factsUnexpected taxonomyRequired",
    "6.05.57": "dependency duration exclusive missing unexpected",
    "6.05.58.01": "taxonomyRequired",
    "6.05.58.02": "missing",
    "6.05.58.10": "missing unexpected",
    "6.05.59.01": "taxonomyRequired",
    "6.05.59.02": "period",
    "6.05.59.03": "monthly",
    "6.05.59.04": "future",
    "6.05.60": "taxonomyRequired taxonomyUnexpected",
    "6.05.77": "itemDependency",
    "EXG:3.4": "factsDependency factsUnexpected taxonomyRequired",
}
"""What each section has rules of. The severity is the rule's own."""

_RULES: Final[dict[str, tuple[Severity, str]]] = {
    "5.01.01.fileName": (
        "error",
        "The name {subject} does not begin with a {begin}, hold letters, digits, . - and _ alone, and end with {ending}.",
    ),
    "5.01.01.fileNameLength": ("error", "The name {subject} has {length} characters; 32 are the most."),
    "5.02.05.12.unsupportedTransformationRegistry": ("warning", "EDGAR does not take the formats of {subject}."),
    "5.02.05.14.hidden-fact-eligible-for-transform": ("warning", "it is hidden, though a format could make its value."),
    "5.02.05.14.hidden-fact-multiple-references": ("warning", "{count} places are styled to show it; one should be."),
    "5.02.05.14.hidden-fact-not-found": ("error", "A style names the hidden fact {subject!r}, which there is not."),
    "5.02.05.14.hidden-fact-not-referenced": (
        "warning",
        "it is hidden, and no -sec-ix-hidden style tells where the document shows it.",
    ),
    "5.02.05.activeContent": ("error", "{subject} runs something: {text}."),
    "5.02.05.anchorElementPosition": (
        "warning",
        "An anchor without href should stand in html, body and div elements alone.",
    ),
    "5.02.05.disallowedAttribute": ("error", "EDGAR does not take the attribute {attribute} of {subject}."),
    "5.02.05.disallowedElement": ("error", "EDGAR does not take the element {subject}."),
    "5.02.05.disallowedRedact": ("error", "{subject} is to be redacted, which {form} does not provide for."),
    "5.02.05.disallowedMetaContent": ("error", "The content type must be text/html, not {content!r}."),
    "5.02.05.doctypeDisallowed": ("error", "An inline document has no document type declaration."),
    "5.02.05.externalReference": ("error", "{subject} refers to {reference}, outside the submission."),
    "5.02.05.fractionDisallowed": ("error", "EDGAR does not take {subject}."),
    "5.02.05.graphicFileType": ("error", "The image {source!r} is no JPEG or GIF file by its name."),
    "5.02.05.graphicDataUrl": ("error", "{subject} holds its picture in a data: URL, which EDGAR does not take."),
    "5.02.05.headerDisplayNone": ("warning", "{subject} stands in no element with the style display:none."),
    "5.02.05.nestedTable": ("error", "A table stands within a table."),
    "5.02.05.schemaLocationDisallowed": ("warning", "{subject} should have no xsi:schemaLocation."),
    "5.02.05.selfClosedTagWarning": (
        "warning",
        "<{subject}/> and the like are written without an end tag, which HTML takes for a start.",
    ),
    "5.02.05.standardNamespacePrefix": (
        "error",
        "The namespace {subject} has the prefix {prefix!r}; it must have {wanted!r}.",
    ),
    "5.02.05.targetDisallowed": ("error", "{subject} has the target {target!r}; EDGAR takes the default alone."),
    "5.02.05.tupleDisallowed": ("error", "EDGAR does not take {subject}."),
    "5.02.05.xhtmlNamespaceMissing": ("error", "The document element must be html of XHTML, not {subject}."),
    "5.02.05.xmlBaseDisallowed": ("error", "{subject} has an xml:base."),
    "6.03.02.sdrMissingFile": ("error", "The report of a repository has no {subject} in a file of its own."),
    "6.03.02.sdrMissingStandardSchema": ("error", "The report of a repository does not use us-gaap."),
    "6.03.08.sdrMultipleK": ("error", "The submission of a repository has more than one report K."),
    "6.03.08.sdrNoK": ("error", "The submission of a repository has no report K."),
    "6.03.02.linkElement": ("error", "The linkbase {subject} begins with {kind}, which EDGAR does not take."),
    "6.03.06.pointer": ("error", "{subject} refers to {reference}, by a place rather than an id."),
    "6.03.03.fileName": ("error", "The file {subject} is not named as {form}."),
    "6.03.03.linkMissing": ("error", "The linkbase {subject} holds no {kind}."),
    "6.03.05.invalidCharacter": ("error", "The document {subject} has {text}, which EDGAR does not take."),
    "6.03.11.xmlBase": ("error", "{subject} has an xml:base."),
    "6.05.01.entityScheme": (
        "error",
        "Context {subject} has the scheme {scheme}; that of EDGAR is http://www.sec.gov/CIK.",
    ),
    "6.05.02.entityIdentifier": ("error", "Context {subject}: {identifier!r} is no CIK of ten digits."),
    "6.05.03.entityIdentifiers": ("error", "Context {subject} is about the filer {identifier}, others about {other}."),
    "6.05.04.scenario": ("error", "Context {subject} has a scenario."),
    "6.05.05.segmentContent": ("error", "Context {subject} holds something else than dimensions."),
    "6.05.07.duplicateContext": ("error", "Context {subject} is the same as {other}."),
    "6.05.09.endAfterStart": ("error", "Context {subject} ends within the first day of context {other}, {day}."),
    "6.05.12.duplicateFacts": ("error", "{count} facts about the same say different things."),
    "6.05.14.englishMissing": ("error", "it is in the language {language}, and there is none of the same in en-US."),
    "6.05.15.notWellFormed": ("error", "the text block is not well-formed: {reason}"),
    "6.05.16.textBlock": ("error", "the text block is not as it must be: {reason}"),
    "6.05.17.precision": ("error", "its accuracy is told by precision; EDGAR takes decimals."),
    "6.05.19.requiredContext": ("error", "No context without dimensions is about the period of the report."),
    "6.05.20.exhibitDocumentType": ("error", "The document type {subject} is not that of the exhibit, {wanted}."),
    "6.05.20.coverPage": ("error", "There is no cover page: no Document and Entity Information."),
    "6.05.24.registrantName": ("error", "the name {value!r} is not that of the registrant, {official!r}."),
    "6.05.24.multipleL": ("error", "There is another report L about {subject}, {cik}."),
    "6.05.23.cik": ("error", "the CIK {value} is not that of its context, {other}."),
    "6.05.23.submissionCik": ("error", "the CIK {value} is not that of the submission, {other}."),
    "6.05.25.domainAsFact": ("error", "a member of a domain is no fact."),
    "6.05.27.footnoteContent": ("error", "A footnote link may not hold {subject}."),
    "6.05.28.footnoteRole": ("error", "A footnote may not have the role {role}."),
    "6.05.28.footnoteLinkRole": ("error", "{subject} has the role {role}; footnotes are linked in the default role."),
    "6.05.29.footnoteLocatorRole": ("error", "A locator of a footnote link may not have the role {role}."),
    "6.05.30.footnoteArcrole": ("error", "A footnote arc may not have the arcrole {arcrole}."),
    "6.05.33.danglingFootnote": ("error", "A footnote belongs to no fact."),
    "6.05.34.footnoteText": ("error", "The text of a footnote is not as it must be: {reason}"),
    "6.05.37.truncatedDigits": ("error", "{value} has digits that decimals {decimals} cuts off."),
    "6.05.39.typedDimension": ("error", "Context {subject} has the typed axis {axis} of the filer's own."),
    "6.05.41.seriesNotDeclared": ("warning", "For series {subject} the filer's schema declares no {name}."),
    "6.05.41.seriesNotInContext": ("warning", "No fact is about series {subject}, {name}."),
    "6.05.41.seriesNotOnAxis": ("warning", "{name} of series {subject} is no member of the axis of legal entities."),
    "6.05.42.deprecatedConcept": (
        "warning",
        "{concept} is deprecated since the taxonomy of {since}; {count} facts use it.",
    ),
    "6.05.45.coverPageFactNotVisible": (
        "warning",
        "it is hidden, and no -sec-ix-hidden style tells where the cover page shows it.",
    ),
    "6.05.58.03.dependency": ("warning", "Context {subject} has a value of {name}, and none of {other}."),
    "6.05.58.04.conversionMethod": (
        "warning",
        "Context {subject} has a conversion method, though its amount is in the reporting currency {currency}.",
    ),
    "6.05.58.05.amountOfYear": (
        "warning",
        "There is no amount in the reporting currency {subject} for the twelve months that end on {day}.",
    ),
    "6.05.58.06.paymentType": ("warning", "it is a total, and no single payment is of this type."),
    "6.05.58.07.total": ("warning", "Context {subject} is a payment of the type {type}, which has no total."),
    "6.05.58.08.government": ("warning", "Context {subject} is about {member}, and no payment names it as {name}."),
    "6.05.58.09.project": ("warning", "Context {subject} is about {member}, and no payment names it as {name}."),
    "6.05.58.exhibitDocumentType": ("error", "the document type {value} does not go with the exhibit {exhibit}."),
    "6.05.58.fiscalYearEnd": ("warning", "the fiscal year ends on {value}, and the period on {day}."),
    "6.05.57.classNotDeclared": ("error", "For class {subject} the filer's schema declares no {name}."),
    "6.05.57.classNotInContext": ("error", "No fact is about class {subject}, {name}."),
    "6.05.57.classNotOnAxis": ("error", "{name} of class {subject} is no member of the axis of classes."),
    "6.05.43.signs": ("warning", "the value {value} is negative, which by the meaning of the element it is not."),
    "6.23.01.fileName": ("error", "The file {subject} is not named as {form}."),
    "6.23.01.linkMissing": ("error", "The linkbase {subject} holds no {kind}."),
    "6.07.01.include": ("error", "The schema includes another."),
    "6.07.04.targetNamespace": ("error", "The target namespace {subject} has not the form http://AUTHORITY/YYYYMMDD."),
    "6.07.07.prefix": ("error", "The prefix {subject} of the filer's namespace has an underscore."),
    "6.07.08.embeddedLinkbase": ("error", "The schema holds a linkbase, which must have a file of its own."),
    "6.07.09.roleAuthority": ("error", "The role {subject} has another authority than the namespace {namespace}."),
    "6.07.09.roleEnding": ("error", "The role {subject} does not end with /role/NAME."),
    "6.07.11.usedOn": ("error", "The declaration of the role {subject} lacks the use on {missing}."),
    "6.07.12.order": ("warning", "{subject!r} ({kind}) comes after {other!r} ({before})."),
    "6.07.13.arcroleAuthority": (
        "error",
        "The arcrole {subject} has another authority than the namespace {namespace}.",
    ),
    "6.07.13.arcroleEnding": ("error", "The arcrole {subject} does not end with /arcrole/NAME."),
    "6.07.15.arcroleDefinition": ("error", "The arcrole {subject} has no definition."),
    "6.07.17.elementId": ("error", "{subject} has the id {id}; it must be {wanted}."),
    "6.07.18.nillable": ("error", "{subject} must be nillable."),
    "6.07.19.tuple": ("error", "{subject} is a tuple."),
    "6.07.21.abstractInstant": ("error", "{subject} is abstract, and must have the period type duration."),
    "6.07.23.axisName": ("error", "{subject}: dimensions, and nothing else, have names that end with Axis."),
    "6.07.24.tableName": ("error", "{subject}: hypercubes, and nothing else, have names that end with Table."),
    "6.07.25.substitutionGroup": ("error", "{subject} has the substitution group {group}, which EDGAR does not take."),
    "6.07.26.lineItems": ("error", "{subject} ends with LineItems, and must be abstract."),
    "6.07.28.domainInstant": ("error", "{subject} is of a domain, and must have the period type duration."),
    "6.07.20.typedDomain": ("error", "{subject} is a typed axis of the filer's own."),
    "6.07.29.nameLength": ("error", "The name {subject} has {length} bytes; 200 are the most."),
    "6.07.30.length": ("error", "{subject} has more than 255 bytes."),
    "6.07.32.nonnumericInstant": ("error", "{subject} is escaped text, and must have the period type duration."),
    "6.07.32.textBlockInstant": ("error", "{subject} is a text block, and must have the period type duration."),
    "6.09.04.resourceRole": ("error", "{subject} has no role."),
    "6.09.05.customResourceRole": ("error", "{subject} has the role {role}, which is of no standard taxonomy."),
    "6.09.06.customArcrole": ("error", "{subject} refers to the arcrole {arcrole}, which is of no standard taxonomy."),
    "6.09.07.kindsOfLinks": ("error", "{subject} stands in a linkbase with {other}; a linkbase has links of one kind."),
    "6.09.09.priority": ("error", "{subject} has the priority {priority}; it must be below ten."),
    "6.10.01.standardLabel": ("error", "{subject} is used, and has no standard label."),
    "6.10.03.englishLabel": (
        "error",
        "{subject} is used, and has a label of the role {role} in {languages} but not in en-US.",
    ),
    "6.10.05.documentation": ("error", "The filer documents {subject}, which is of a standard taxonomy."),
    "6.10.08.labelNotTrimmed": ("error", "The label {text!r} begins or ends with white space."),
    "6.12.01.order": ("error", "{subject} has no order."),
    "6.12.02.sameOrder": ("error", "Below {subject}, {one} and {two} have the same order (role {role})."),
    "6.12.03.notPresented": ("error", "{subject} is used, and stands in no presentation group."),
    "6.12.06.multipleRoots": ("warning", "The presentation group {subject} has several roots: {roots}."),
    "6.12.07.balanceLabel": (
        "warning",
        "{subject} is about a duration, and its label {label} is for balances; it is passed over (role {role}).",
    ),
    "6.12.08.axisWithoutDomain": ("warning", "The axis {subject} has no domain below it in the group {role}."),
    "6.14.01.order": ("error", "{subject} has no order."),
    "6.14.02.weight": ("error", "{subject} has the weight {weight}; it must be 1 or -1."),
    "6.14.04.circular": ("error", "{subject} is part of its own sum (role {role})."),
    "6.16.01.order": ("error", "{subject} has no order."),
    "6.16.04.tangledDomain": ("error", "{subject} leads to {member} in more than one way (role {role})."),
    "6.16.06.closedNotAll": ("error", "The table {subject}, which is excluded, is closed (role {role})."),
    "6.16.08.excludesItself": ("error", "The table {subject} is both included and excluded (role {role})."),
    "6.18.01.customReference": ("error", "{subject} is the filer's own, and has a reference."),
    "6.22.00.location": ("error", "EDGAR supports no taxonomy at {subject}, which the filing refers to."),
    "EXG:10.8.xmlNotAllowed": ("error", "The taxonomy {subject} is for inline documents alone."),
    "6.22.03.inlineOfForm": ("error", "Form {subject} is not filed as an inline document."),
    "6.22.03.taxonomyOfForm": ("error", "Form {subject} does not use the taxonomy {taxonomy}."),
    "6.22.03.incompatibleTaxonomies": ("error", "These taxonomies do not go together: {subject}."),
    "6.05.11.duplicateUnit": ("error", "Unit {subject} is the same as {other}."),
    "6.05.32.footnoteLocator": ("error", "A locator of a footnote link leads to {reference}, out of the instance."),
    "6.05.36.measureLength": ("error", "Unit {subject} has a measure whose name is longer than 200 bytes."),
    "6.05.38.forever": ("error", "Context {subject} is about all time."),
    "6.05.44.customAxis": ("warning", "Context {subject} has the filer's axis {axis}; there is {wanted}."),
    "6.07.03.standardAuthority": ("error", "The filer's namespace {subject} has the authority of a standard taxonomy."),
    "6.07.05.authority": ("error", "The target namespace {subject} has no valid authority."),
    "6.07.07.prefixes": ("error", "The namespace {namespace} must have one prefix; it has {subject}."),
    "6.07.10.roleTwice": ("error", "The role {subject} is declared by another schema too."),
    "6.07.14.arcroleTwice": ("error", "The arcrole {subject} is declared by another schema too."),
    "6.07.16.standardName": ("error", "{subject} has the same name as {other} of a standard taxonomy."),
    "6.07.27.domainName": (
        "error",
        "{subject}: elements of the type domainItemType, and no other, have names that end with Domain or Member.",
    ),
    "6.07.31.fraction": ("error", "{subject} is a fraction."),
    "6.09.03.ineffectiveArc": ("error", "{subject} says what another arc says already."),
    "6.09.03.prohibitsNothing": ("error", "{subject} prohibits an arc, and there is none like it."),
    "6.10.02.labelTwice": ("error", "{subject} has two labels of the role {role} in {language}."),
    "6.10.04.sameLabel": ("error", "{subject} has the same standard label as {other}: {text!r}."),
    "6.10.06.labelText": (
        "error",
        "The label {text!r} is longer than 511 characters, or has a character < or blanks in a row.",
    ),
    "6.10.09.numericLabel": ("error", "{subject} is no number, and has a label of the role {role}."),
    "6.12.05.samePreferredLabel": (
        "error",
        "{subject} stands twice below one parent with the same preferred label (role {role}).",
    ),
    "6.14.03.periodTypes": ("error", "{subject} is the sum of {other}, which is of another period type (role {role})."),
    "6.14.05.notPresented": (
        "error",
        "{subject} is the sum of {other}, and no presentation group has both (role {role}).",
    ),
    "6.16.03.domainType": (
        "error",
        "{subject} is a domain or default, and not of the type domainItemType (role {role}).",
    ),
    "6.16.05.severalTables": ("error", "{subject} has more than one table in the role {role}."),
    "6.16.07.excludedAxis": (
        "error",
        "Members of the axis {subject} are excluded, and no table includes it (role {role}).",
    ),
    "6.16.09.targetRole": ("error", "An arc to {subject} goes on in the role {role}, which has nothing for it."),
    "6.18.02.standardReference": (
        "error",
        "The filer's linkbase has a reference for {subject}, which is of a standard taxonomy.",
    ),
}
"""Codes without `EFM.`; the clause is read from the code."""


_FEES: Final[dict[str, tuple[Severity, str]]] = {
    "missing": ("warning", "The fee exhibit has no value of {subject}{where} (rule {rule})."),
    "value": ("warning", "the value {value} should be {wanted} (rule {rule})."),
    "oneRule": ("warning", "Exactly one of {subject} should be true{where}; {count} are (rule {rule})."),
    "dependency": ("warning", "where it has this value, {names} should have {wanted} (rule {rule})."),
    "sum": ("warning", "the value {value} is not {expected}, the sum of {names} (rule {rule})."),
    "computed": ("warning", "the value {value} does not agree with {expected}, made of {names} (rule {rule})."),
    "compared": ("warning", "the value {value} does not agree with {name}, {other} (rule {rule})."),
    "sameLine": ("warning", "What the exhibit says {subject} is what it says {other} (rule {rule})."),
}
"""Exhibits of filing fees."""
_PERMITTED: Final = "6.12.10 6.12.11 6.12.12 6.14.06 6.14.07 6.14.08 6.14.09 6.14.10 6.14.11".split()
_DEFINED: Final = "6.16.10 6.16.11 6.16.12 6.16.13 6.16.14 6.16.15".split()
_EXTENSIONS: Final[dict[str, tuple[Severity, str]]] = {
    "relationshipNotPermitted": ("error", "The filer may not relate {subject} to {other} in the role {role}."),
    "roleSource": ("error", "The filer may not relate {subject} to anything in the role {role}."),
    "targetRole": ("error", "The relationship of {subject} to {other} may not have a target role (role {role})."),
    "memberInRoles": ("error", "{other} is a member in more than one of the taxonomy's roles."),
}
"""What filers may not add to taxonomies of the SEC."""


def clause(code: str) -> str:
    """The section of a code as people cite it: `6.05.12.x` is 6.5.12."""
    guide, colon, rest = code.partition(":")
    numbers = [part for part in (rest if colon else code).split(".") if part.isdigit()]
    return " ".join(
        filter(None, ("EDGAR Filer Manual,", guide if colon else "", ".".join(str(int(n)) for n in numbers)))
    )


def _code(section: str, word: str) -> str:
    return f"EFM.{section.replace(':', '.')}.{word}"


CODES: Final[Codes] = (
    {
        f"EFM.{code.replace(':', '.')}": (severity, clause(code), sentence)
        for code, (severity, sentence) in _RULES.items()
    }
    | {
        _code(section, word): (_COVER[word][0], clause(section), _COVER[word][1])
        for section, words in _COVER_SECTIONS.items()
        for word in words.split()
    }
    | {
        f"EFM.FFD.{word}": (severity, "EDGAR Filer Manual, fee exhibits", told)
        for word, (severity, told) in _FEES.items()
    }
    | {
        _code(section, word): (_EXTENSIONS[word][0], clause(section), _EXTENSIONS[word][1])
        for section in (*_PERMITTED, *_DEFINED)
        for word in (_EXTENSIONS if section in ("6.16.14", "6.16.15") else ("relationshipNotPermitted",))
    }
)
