"""Codes of Table linkbase 1.0."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "Table linkbase 1.0"
_ENDS: Final = (
    ("tableBreakdown", "a table", "a breakdown"),
    ("breakdownTree", "a breakdown", "a definition node"),
    ("definitionNodeSubtree", "a definition node", "a definition node"),
    ("tableParameter", "a table", "a parameter"),
    ("tableFilter", "a table", "a filter"),
    ("aspectNodeFilter", "an aspect node", "a filter"),
)
CODES: Final[Codes] = {
    f"xbrlte:{code}": ("error", "Table linkbase 1.0", f"{{subject}}: {sentence}")
    for code, sentence in (
        *((f"{name}SourceError", f"a relationship of this kind begins at {source}") for name, source, _ in _ENDS),
        *((f"{name}TargetError", f"a relationship of this kind leads to {target}") for name, _, target in _ENDS),
        ("prohibitedDefinitionNodeSubtreeSourceError", "a node whose children come from a network has nodes below it"),
        ("tableParameterNameClash", "several of its parameters are called ${name}"),
        ("cyclicDefinitionNodes", "a node is below itself, or deeper than {most} nodes"),
        ("abstractRuleNodeNoChildren", "an abstract rule node has no nodes below"),
        ("nonAbstractMergedRuleNode", "a rule node that is merged is not abstract"),
        ("mergedRuleNodeWithTaggedRuleSet", "a rule node that is merged has a tagged rule set"),
        ("duplicateTag", "several rule sets of a node have the tag {tag}"),
        ("invalidUseOfLabel", "a node that stands for no one header has a label"),
        ("unrecognisedAspectRule", "{rule} is no rule for an aspect"),
        ("incompleteAspectRule", "a rule gives no whole value of the aspect {aspect}"),
        ("invalidQNameAspectValue", "{name} is no value of the aspect {aspect}"),
        ("multipleValuesForAspect", "several rules of a node give the aspect {aspect}"),
        ("constraintSetAspectMismatch", "the rule sets of a node give different aspects"),
        ("expressionNotCastableToRequiredType", "the expression of {property} gives no {type}"),
        ("relationshipNodeTooManyGenerations", "{generations} generations do not go with the axis {axis}"),
        ("ambiguousConceptNetwork", "the relationships of a network are of several elements"),
        ("ambiguousPreferredLabel", "a relationship has two preferred labels"),
        ("invalidConceptRelationshipSource", "{concept} is no concept that facts can have"),
        ("invalidDimensionRelationshipSource", "{member} is no member of the dimension {dimension} in this role"),
        ("invalidExplicitDimensionQName", "{dimension} is no explicit dimension"),
        ("invalidDimensionQNameOnAspectNode", "{dimension} is no dimension"),
        ("closedDefinitionNodeZeroCardinality", "a node of a network comes to no header"),
        ("missingAspectValue", "a header gives no value of the aspect {aspect}, which others of its breakdown give"),
        ("tableMissingConceptAspect", "no breakdown gives the concept"),
        ("aspectClashBetweenBreakdowns", "several breakdowns give the aspect {aspect}"),
        ("tagSelectorClash", "tag selectors choose several constraint sets of one header: {tags}"),
        ("noMatchingConstraintSet", "no constraint set of a header is chosen by the tag selectors of a cell"),
    )
}
