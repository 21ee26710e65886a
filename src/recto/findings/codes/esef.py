"""Codes of ESEF: the regulatory technical standard and ESMA's Reporting Manual.

The names are those of ESMA's suite.
"""

from __future__ import annotations

from typing import Final

from recto.findings import Severity
from recto.findings.catalogue import Codes

TITLE: Final = "ESEF"
_RULES: Final[dict[str, tuple[Severity, str]]] = {
    "2.1.1.invalidIdentifier": ("error", "Context {subject} has {identifier}, which is no Legal Entity Identifier."),
    "2.1.1.invalidIdentifierFormat": (
        "error",
        "Context {subject}: {identifier!r} has not the form of a Legal Entity Identifier.",
    ),
    "1.3.3.emptyTextBlock": ("warning", "{subject} is a text block, and empty."),
    "1.4.1.differentExtensionDataType": ("warning", "{subject} is anchored to {other}, which is of another type."),
    "2.1.2.inappropriateInstantDate": (
        "error",
        "Context {subject} is about the end of {day}; the end of a year is told by its last day.",
    ),
    "2.2.5.roundedValueBelowScaleNotNull": (
        "warning",
        "Fact {subject} is shown as zero, and its value is {value} (decimals {decimals}).",
    ),
    "2.2.7.improperApplicationOfEscapeAttribute": (
        "error",
        "Fact {subject} has escape={escaped}; it is true for text blocks and for nothing else.",
    ),
    "2.2.8.missingFactID": ("warning", "{count} facts such as {subject} have no id."),
    "2.5.4.displayNoneUsedToHideTaggedFacts": ("error", "A style hides {name}, which is tagged."),
    "3.4.1.IncorrectSummationItemArcroleUsed": (
        "error",
        "Sums in the role {subject} are not those of Calculations 1.1.",
    ),
    "2.1.2.periodWithTimeContent": ("error", "The period of context {subject} has a time of day."),
    "2.1.2.periodWithTimeZone": ("error", "The period of context {subject} has a time zone."),
    "2.1.3.scenarioContainsNonDimensionalContent": (
        "error",
        "The scenario of context {subject} holds something else than dimensions.",
    ),
    "2.1.3.segmentUsed": ("error", "Context {subject} has a segment; ESEF has dimensions in scenarios."),
    "2.1.4.multipleIdentifiers": ("error", "Context {subject} is about {identifier}, others about {other}."),
    "2.2.1.precisionAttributeUsed": ("error", "Fact {subject} tells its accuracy by precision, not decimals."),
    "2.2.2.percentGreaterThan100": ("warning", "Fact {subject} is a percentage above 100 %: {value}."),
    "2.2.3.incorrectTransformationRuleApplied": (
        "error",
        "Fact {subject} has a format of {registry}, not of the fourth transformation registry or a later one.",
    ),
    "2.2.4.inconsistentDuplicateNonnumericFactInInlineXbrlDocument": (
        "warning",
        "{count} facts of {subject} about the same say different things.",
    ),
    "2.2.4.inconsistentDuplicateNumericFactInInlineXbrlDocument": (
        "error",
        "{count} facts of {subject} about the same contradict each other.",
    ),
    "2.2.6.escapedHTMLUsedInBlockTagWithSpecialCharacters": (
        "error",
        "The text block {subject} has characters of markup, and no attribute escape that is true.",
    ),
    "2.3.1.footnoteInLanguagesOtherThanLanguageOfContentOfAnyTextualFact": (
        "error",
        "Footnote {subject} is in the language {language}, in which no text of the report is.",
    ),
    "2.3.1.footnoteOnlyInLanguagesOtherThanLanguageOfAReport": (
        "error",
        "Footnotes such as {subject} are in other languages than that of the report, {language}.",
    ),
    "2.3.1.nonStandardRoleForFootnote": (
        "error",
        "Footnote {subject} has a role, a link role or an arcrole that XBRL 2.1 does not define.",
    ),
    "2.3.1.undefinedLanguageForFootnote": ("error", "Footnote {subject} has no language."),
    "2.3.1.unusedFootnote": ("warning", "Footnote {subject} belongs to no fact."),
    "2.4.1.esefIxHiddenStyleNotLinkingFactInHiddenSection": (
        "warning",
        "An -esef-ix-hidden style names {subject!r}, which is no hidden fact.",
    ),
    "2.4.1.factInHiddenSectionNotInReport": (
        "warning",
        "Fact {subject} is hidden, and no -esef-ix-hidden style tells where the report shows it.",
    ),
    "2.4.1.fractionDefinedInExtensionTaxonomy": ("error", "{subject} is a fraction."),
    "2.4.1.fractionElementUsed": ("error", "{subject} is not used in ESEF."),
    "2.4.1.transformableElementIncludedInHiddenSection": (
        "error",
        "Fact {subject} is hidden, though a format could make its value.",
    ),
    "2.4.1.tupleDefinedInExtensionTaxonomy": ("error", "{subject} is a tuple."),
    "2.4.1.tupleElementUsed": ("error", "{subject} is not used in ESEF."),
    "2.4.2.htmlOrXmlBaseUsed": ("error", "{subject} changes the base of references."),
    "2.5.1.MIMETypeNotSpecified": ("error", "An embedded image does not say its type."),
    "2.5.1.embeddedImageNotUsingBase64Encoding": ("warning", "An embedded image is not in base64."),
    "2.5.1.executableCodePresent": ("error", "{subject} runs something."),
    "2.5.1.imageDoesNotMatchItsFileExtension": ("error", "The image {subject} is by its content: {kind}."),
    "2.5.1.imageFormatNotSupported": ("error", "The image is {subject}, not PNG, GIF, SVG or JPEG."),
    "2.5.1.imageInIXbrlElementNotEmbedded": (
        "error",
        "The image {subject} is part of what a fact or footnote says, and is not embedded.",
    ),
    "2.5.1.incorrectMIMETypeSpecified": ("error", "An embedded image says to be {subject}, and is {kind}."),
    "2.5.1.inlineXbrlDocumentContainsExternalReferences": ("error", "The image {reference} is not in the package."),
    "2.5.2.taggedTextFactOnlyInLanguagesOtherThanLanguageOfAReport": (
        "error",
        "Fact {subject} is not told in the language of the report, {language}.",
    ),
    "2.5.2.undefinedLanguageForTextFact": ("error", "The text of fact {subject} has no language."),
    "2.5.3.targetAttributeUsedForESEFContents": ("warning", "{subject} has the target {target!r}."),
    "2.5.4.embeddedCssForMultiHtmlIXbrlDocumentSets": (
        "warning",
        "One of several documents holds styles, which belong in a file of their own.",
    ),
    "2.5.4.externalCssFileForSingleIXbrlDocument": (
        "warning",
        "The single document takes its styles from {reference}.",
    ),
    "2.6.1.incorrectFileExtension": ("error", "The report {subject} is named neither .xhtml nor .html."),
    "2.6.1.reportIncorrectlyPlacedInPackage": (
        "error",
        "The report {subject} does not lie in the folder reports of the package.",
    ),
    "2.6.2.reportSetIncorrectlyPlacedInPackage": (
        "error",
        "The documents of the report lie in several folders: {subject}.",
    ),
    "2.7.1.targetXBRLDocumentWithFormulaErrors": ("error", "{count} assertions are not satisfied: {subject}."),
    "2.7.1.targetXBRLDocumentWithFormulaWarnings": ("warning", "{count} assertions are not satisfied: {subject}."),
    "3.1.1.extensionTaxonomyWrongFilesStructure": (
        "error",
        "The extension taxonomy has no linkbase file for {subject}.",
    ),
    "3.1.1.linkbasesNotSeparateFiles": ("error", "{subject} holds links that belong in files of their own: {kinds}."),
    "3.1.2.requiredEntryPointNotImported": (
        "error",
        "The extension taxonomy {subject} imports no entry point of ESMA's taxonomy.",
    ),
    "3.1.5.baseComponentInNameOfTaxonomyFileExceedsTwentyCharacters": (
        "warning",
        "The first part of the name of {subject} has more than 20 characters.",
    ),
    "3.1.5.extensionTaxonomyDocumentNameDoesNotFollowNamingConvention": (
        "warning",
        "{subject} is not named as BASE-DATE_SUFFIX.EXTENSION.",
    ),
    "3.2.2.domainMemberWrongDataType": ("error", "{subject} is a member, and not of the type of domain items."),
    "3.2.3.typedDimensionDefinitionInExtensionTaxonomy": ("error", "{subject} is a typed axis."),
    "3.2.5.abstractConceptDefinitionInExtensionTaxonomy": (
        "warning",
        "{subject} is abstract; the core taxonomy has abstracts.",
    ),
    "3.3.1.ExtensionConceptAnchoredToAbstractConcept": (
        "warning",
        "{subject} is anchored to {other}, which is abstract.",
    ),
    "3.3.1.anchoringRelationshipsForDimensionsDefinedUsingWiderNarrowerArcrole": (
        "error",
        "The axis {subject} is anchored as if it were a line item.",
    ),
    "3.3.1.anchoringRelationshipsForDomainMembersDefinedUsingWiderNarrowerArcrole": (
        "error",
        "The member {subject} is anchored as if it were a line item.",
    ),
    "3.3.1.anchoringWrongArcrole": (
        "error",
        "The definition linkbase has an arc of the arcrole {subject}, which is neither of dimensions nor of anchoring.",
    ),
    "3.3.1.extensionConceptsNotAnchored": ("error", "{subject} is not anchored to the core taxonomy."),
    "3.3.2.anchoringRelationshipsForConceptsDefinedInElrContainingDimensionalRelationships": (
        "error",
        "The link role {subject} has anchors beside dimensions.",
    ),
    "3.4.2.extensionTaxonomyLineItemNotLinkedToAnyHypercube": ("error", "{subject} belongs to no hypercube."),
    "3.4.2.incorrectContextElementUsed": ("error", "The hypercube {subject} is not for scenarios."),
    "3.4.2.notAllArcroleUsedInDefinitionLinkbase": ("error", "The hypercube {subject} is excluded."),
    "3.4.2.openPositiveHypercubeInDefinitionLinkbase": ("error", "The hypercube {subject} is not closed."),
    "3.4.3.extensionTaxonomyDimensionNotAssignedDefaultMemberInDedicatedPlaceholder": (
        "error",
        "The axis {subject} has no default member in the link role for that.",
    ),
    "3.4.3.extensionTaxonomyOverridesDefaultMembers": (
        "error",
        "The axis {subject} of the core taxonomy gets another default member.",
    ),
    "3.4.4.missingPreferredLabelRole": (
        "warning",
        "{subject} stands twice in one place of {role}, without preferred labels to tell the two apart.",
    ),
    "3.4.5.extensionTaxonomyElementDuplicateLabels": (
        "error",
        "{subject} has two labels of the role {role} in one language.",
    ),
    "3.4.5.extensionTaxonomyElementLabelCustomRole": (
        "warning",
        "A label has the role {subject}, which is of no specification.",
    ),
    "3.4.5.taxonomyElementDuplicateLabels": (
        "error",
        "{subject} of the core taxonomy gets a second standard label in one language.",
    ),
    "3.4.6.UsableConceptsNotAppliedByTaggedFacts": (
        "warning",
        "No fact applies what the extension taxonomy holds of {subject}.",
    ),
    "3.4.6.UsableConceptsNotIncludedInDefinitionLink": (
        "warning",
        "The issuer's definition linkbase has no place for what facts report of {subject}.",
    ),
    "3.4.6.UsableConceptsNotIncludedInPresentationLink": (
        "warning",
        "The issuer's presentation linkbase has no place for what facts report of {subject}.",
    ),
    "3.4.7.singleExtendedLinkRoleUsedForAllPFSs": (
        "warning",
        "The link role {subject} holds more than one primary financial statement.",
    ),
    "4.1.4.externalCssFileForXhtmlDocument": ("warning", "The single document takes its styles from {reference}."),
    "RTS.Annex.II.Par.1.factsWithOtherThanDeclaredCurrencyOnly": (
        "error",
        "{count} amounts, that of {subject} first, are not told in {currency}.",
    ),
    "RTS.Annex.II.Par.1.Par.7.missingPrimaryFinancialStatement": (
        "error",
        "The presentation of {subject} begins with no primary financial statement.",
    ),
    "RTS.Annex.II.Par.2.missingMandatoryMarkups": (
        "warning",
        "Of what must be marked up where the report has it, there is no {subject}.",
    ),
    "RTS.Annex.III.Par.1.invalidInlineXBRL": ("error", "{subject} is no valid Inline XBRL 1.1: {reason}."),
    "RTS.Annex.IV.Par.11.customDataTypeDuplicatingXbrlOrDtrEntry": (
        "error",
        "The type {subject} says nothing more than {base}.",
    ),
    "RTS.Annex.IV.Par.4.2.monetaryConceptWithoutBalance": (
        "error",
        "The amount {subject} is neither debit nor credit.",
    ),
    "RTS.Annex.IV.Par.4.extensionConceptNoLabel": ("error", "{subject} has no label."),
    "RTS.Annex.IV.Par.4.extensionConceptNoStandardLabel": ("error", "{subject} has no standard label."),
    "RTS.Annex.IV.Par.4.extensionElementDuplicatesCoreElement": (
        "error",
        "{subject} is the same as {core} of the core taxonomy.",
    ),
    "RTS.Annex.IV.Par.4.missingLabelForRoleInReportLanguage": (
        "error",
        "{subject} has no standard label in the language of the report, {language}.",
    ),
    "RTS.Annex.IV.Par.8.coreTaxonomyLabelModification": (
        "error",
        "A label of {subject}, an element of the core taxonomy, is prohibited.",
    ),
    "RTS.Annex.IV.Par.8.coreTaxonomyReferenceModification": (
        "error",
        "A reference of {subject}, an element of the core taxonomy, is prohibited.",
    ),
    "RTS.Art.3.htmlDoctype": ("error", "The document declares itself to be {subject}, not XHTML."),
    "RTS.Art.6.a.noInlineXbrlTags": ("error", "{subject} holds no Inline XBRL."),
}


def clause(code: str) -> str:
    """The guidance or article of a code."""
    parts = code.split(".")[:-1]
    if parts[0] != "RTS":
        return "ESEF Reporting Manual, " + ".".join(parts)
    words = " ".join(parts[1:]).replace("Art ", "Article ").replace("Par ", "paragraph ")
    return f"Delegated Regulation (EU) 2019/815, {words}"


_UNITS: Final = "RTS.III.1.G1-7-1.customUnitInUtr"
_RULES[_UNITS] = ("warning", "Unit {subject} has the measure {measure}, which the units registry has already.")

CODES: Final[Codes] = {
    f"ESEF.{code}": (severity, clause(code), sentence) for code, (severity, sentence) in _RULES.items()
}
