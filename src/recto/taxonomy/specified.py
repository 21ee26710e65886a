"""What the schemas of Formula 1.0, its messages and severities, and of tables fix by name: resources, arcs, arcroles.

For where no copy of these schemas is to be had: linkbases of formulas and tables are then read and checked all the
same, but for what their elements may hold, which is left open (the rules on formulas and tables look at that).
Sources: the specifications' sections on syntax.
"""

from __future__ import annotations

from typing import Final, NamedTuple

_XBRL: Final = "http://www.xbrl.org/"
_ARCROLE: Final = "http://xbrl.org/arcrole/"
RESOURCE: Final = "xl:resource"
ARC: Final = "gen:arc"


class Specified(NamedTuple):
    """A schema. `elements`: name, id and head of the substitution group, `prefix:name`; an id ending in `!` is that of
    an abstract one. `arcroles`: what follows `http://xbrl.org/arcrole/`, id, cycles allowed, element that uses it.
    """

    namespace: str
    prefix: str
    urls: tuple[str, ...]
    elements: tuple[tuple[str, str, str], ...] = ()
    arcroles: tuple[tuple[str, str, str, str], ...] = ()
    roles: tuple[tuple[str, str, str], ...] = ()


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in text.strip().splitlines())


def _filters(text: str) -> tuple[tuple[str, str, str], ...]:
    """`name id`, all of them filters."""
    return tuple((name, f"xml-{identifier}-filter", "variable:filter") for name, identifier in _rows(text))


def _schema(
    namespace: str, prefix: str, files: str, elements: object = (), arcroles: str = "", roles: str = ""
) -> Specified:
    urls = tuple(f"{_XBRL}{file}" for file in files.split())
    return Specified(f"http://xbrl.org/{namespace}", prefix, urls, elements, _rows(arcroles), _rows(roles))  # type: ignore[arg-type]


_SEVERITIES = (("error", "error", RESOURCE), ("warning", "warning", RESOURCE), ("ok", "ok", RESOURCE))
SCHEMAS: Final = (
    _schema(
        "2008/variable",
        "variable",
        "2008/variable.xsd",
        _rows("""
            resource ! xl:resource
            function xml-custom-function-signature variable:resource
            parameter xml-parameter variable:resource
            equalityDefinition xml-equality-definition variable:resource
            variable xml-abstract-variable! variable:resource
            filter xml-abstract-filter! variable:resource
            variableSet xml-abstract-variable-set! variable:resource
            generalVariable xml-general-variable variable:variable
            factVariable xml-fact-variable variable:variable
            precondition xml-precondition variable:resource
            variableFilterArc xml-variable-filter-arc gen:arc
            variableSetFilterArc xml-variable-set-filter-arc gen:arc
            variableArc xml-variable-arc gen:arc
        """),
        """
            2008/equality-definition equality-definition undirected gen:arc
            2008/variable-set variable-set undirected variable:variableArc
            2008/variable-filter variable-filter undirected variable:variableFilterArc
            2008/variable-set-filter variable-set-filter undirected variable:variableSetFilterArc
            2008/variable-set-precondition variable-set-precondition undirected gen:arc
        """,
    ),
    _schema("2008/formula", "formula", "2008/formula.xsd", (("formula", "xml-formula", "variable:variableSet"),)),
    _schema(
        "2008/validation",
        "validation",
        "2008/validation.xsd",
        _rows("""
            assertion xml-abstract-assertion! variable:resource
            variableSetAssertion xml-abstract-variable-set-assertion! variable:variableSet
            assertionSet xml-assertion-set variable:resource
        """),
        "2008/assertion-set assertion-set undirected gen:arc",
    ),
    _schema(
        "2008/assertion/value",
        "va",
        "2008/value-assertion.xsd",
        (("valueAssertion", "xml-value-assertion", "validation:variableSetAssertion"),),
    ),
    _schema(
        "2008/assertion/existence",
        "ea",
        "2008/existence-assertion.xsd",
        (("existenceAssertion", "xml-existence-assertion", "validation:variableSetAssertion"),),
    ),
    _schema(
        "2008/assertion/consistency",
        "ca",
        "2008/consistency-assertion.xsd",
        (("consistencyAssertion", "xml-consistency-assertion", "validation:assertion"),),
        """
            2008/consistency-assertion-formula consistency-assertion-formula undirected gen:arc
            2008/consistency-assertion-parameter consistency-assertion-parameter undirected variable:variableArc
        """,
    ),
    _schema(
        "2008/filter/boolean",
        "bf",
        "2008/boolean-filter.xsd",
        _filters("andFilter and\norFilter or"),
        "2008/boolean-filter boolean-filter undirected variable:variableFilterArc",
    ),
    _schema(
        "2008/filter/concept",
        "cf",
        "2008/concept-filter.xsd",
        _filters("""
            conceptName concept-name
            conceptPeriodType concept-period-type
            conceptBalance concept-balance
            conceptCustomAttribute concept-custom-attribute
            conceptDataType concept-data-type
            conceptSubstitutionGroup concept-substitution-group
        """),
    ),
    _schema(
        "2008/filter/dimension",
        "df",
        "2008/dimension-filter.xsd",
        _filters("explicitDimension explicit-dimension\ntypedDimension typed-dimension"),
    ),
    _schema(
        "2008/filter/entity",
        "ef",
        "2008/entity-filter.xsd",
        _filters("""
            identifier entity-identifier
            specificScheme specific-entity-scheme
            regexpScheme regular-expression-entity-scheme
            specificIdentifier specific-entity-identifier
            regexpIdentifier regular-expression-entity-identifier
        """),
    ),
    _schema("2008/filter/general", "gf", "2008/general-filter.xsd", _filters("general general")),
    _schema(
        "2008/filter/match",
        "mf",
        "2008/match-filter.xsd 2013/match-filter.xsd",
        _filters("""
            matchConcept match-concept
            matchLocation match-location
            matchUnit match-unit
            matchEntityIdentifier match-entity-identifier
            matchPeriod match-period
            matchSegment match-complete-segment
            matchScenario match-complete-scenario
            matchNonXDTSegment match-nonxdt-segment
            matchNonXDTScenario match-nonxdt-scenario
            matchDimension match-dimension
        """),
    ),
    _schema(
        "2008/filter/period",
        "pf",
        "2008/period-filter.xsd",
        _filters("""
            period period
            periodStart period-start
            periodEnd period-end
            periodInstant period-instant
            forever forever
            instantDuration instant-duration
        """),
    ),
    _schema("2008/filter/relative", "rf", "2008/relative-filter.xsd", _filters("relativeFilter relative")),
    _schema(
        "2008/filter/segment-scenario",
        "ssf",
        "2008/segment-scenario-filter.xsd",
        _filters("segment segment\nscenario scenario"),
    ),
    _schema(
        "2008/filter/tuple",
        "tf",
        "2008/tuple-filter.xsd",
        _filters("parentFilter parent\nancestorFilter ancestor\nsiblingFilter sibling\nlocationFilter location"),
    ),
    _schema(
        "2008/filter/unit",
        "uf",
        "2008/unit-filter.xsd",
        _filters("singleMeasure single-measure-unit\ngeneralMeasures general-unit"),
    ),
    _schema("2008/filter/value", "vf", "2008/value-filter.xsd", _filters("nil nil\nprecision precision")),
    _schema("2010/filter/aspect-cover", "acf", "2010/aspect-cover-filter.xsd", _filters("aspectCover aspect-cover")),
    _schema(
        "2010/filter/concept-relation",
        "crf",
        "2010/concept-relation-filter.xsd",
        _filters("conceptRelation concept-relation"),
    ),
    _schema(
        "2010/custom-function",
        "cfi",
        "2010/custom-function-implementation.xsd",
        (("implementation", "xml-implementation", "variable:resource"),),
        "2010/function-implementation cfi-implementation none gen:arc",
    ),
    _schema(
        "2010/message",
        "msg",
        "2010/generic-message.xsd",
        (("message", "xml-message", RESOURCE),),
        "",
        """
            http://www.xbrl.org/2010/role/message standard-message msg:message
            http://www.xbrl.org/2010/role/verboseMessage verbose-message msg:message
            http://www.xbrl.org/2010/role/terseMessage terse-message msg:message
        """,
    ),
    _schema(
        "2010/message/validation",
        "valm",
        "2010/validation-message.xsd",
        (),
        """
            2010/assertion-satisfied-message assertion-satisfied-message undirected gen:arc
            2010/assertion-unsatisfied-message assertion-unsatisfied-message undirected gen:arc
        """,
    ),
    _schema(
        "2016/assertion-severity",
        "sev",
        "2016/assertion-severity.xsd",
        _SEVERITIES,
        "2016/assertion-unsatisfied-severity assertion-unsatisfied-severity undirected gen:arc",
    ),
    _schema(
        "2022/assertion-severity",
        "sev",
        "2022/assertion-severity.xsd",
        (*_SEVERITIES, ("expression", "expression", RESOURCE)),
        "2022/assertion-unsatisfied-severity assertion-unsatisfied-severity undirected gen:arc",
    ),
    _schema(
        "2014/table",
        "table",
        "2014/table.xsd",
        _rows("""
            table xml-table xl:resource
            breakdown xml-breakdown xl:resource
            definitionNode xml-abstract-definition-node! xl:resource
            closedDefinitionNode xml-abstract-closed-definition-node! table:definitionNode
            ruleNode xml-rule-node table:closedDefinitionNode
            conceptRelationshipNode xml-concept-relationship-node table:closedDefinitionNode
            dimensionRelationshipNode xml-dimension-relationship-node table:closedDefinitionNode
            aspectNode xml-aspect-node table:definitionNode
            tableBreakdownArc xml-table-breakdown-arc gen:arc
            breakdownTreeArc xml-breakdown-tree-arc gen:arc
            tableFilterArc xml-table-filter-arc gen:arc
            tableParameterArc xml-table-parameter-arc gen:arc
            definitionNodeSubtreeArc xml-definition-node-subtree-arc gen:arc
            aspectNodeFilterArc xml-aspect-node-filter-arc gen:arc
        """),
        """
            2014/table-breakdown table-breakdown undirected table:tableBreakdownArc
            2014/breakdown-tree breakdown-tree undirected table:breakdownTreeArc
            2014/table-filter table-filter undirected table:tableFilterArc
            2014/table-parameter table-parameter undirected table:tableParameterArc
            2014/definition-node-subtree definition-node-subtree undirected table:definitionNodeSubtreeArc
            2014/aspect-node-filter aspect-node-filter undirected table:aspectNodeFilterArc
        """,
    ),
)
BY_NAMESPACE: Final = {each.namespace: each for each in SCHEMAS}
NAMESPACES: Final = {url: each.namespace for each in SCHEMAS for url in each.urls}
"""By the URL under which the schema is published."""
PREFIXES: Final = {each.prefix: each.namespace for each in SCHEMAS}


def arcrole(tail: str) -> str:
    return _ARCROLE + tail
