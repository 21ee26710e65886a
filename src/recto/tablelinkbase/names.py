"""Namespaces, arcroles and names of Table linkbase 1.0."""

from __future__ import annotations

from typing import Final

from recto.names import QName

TABLE: Final = "http://xbrl.org/2014/table"
MODEL: Final = "http://xbrl.org/2014/table/model"

_ARC: Final = "http://xbrl.org/arcrole/2014/"
ARC_BREAKDOWN: Final = _ARC + "table-breakdown"
ARC_TREE: Final = _ARC + "breakdown-tree"
ARC_SUBTREE: Final = _ARC + "definition-node-subtree"
ARC_FILTER: Final = _ARC + "table-filter"
ARC_PARAMETER: Final = _ARC + "table-parameter"
ARC_NODE_FILTER: Final = _ARC + "aspect-node-filter"

N_TABLE: Final = QName(TABLE, "table")
N_BREAKDOWN: Final = QName(TABLE, "breakdown")
N_RULE: Final = QName(TABLE, "ruleNode")
N_CONCEPTS: Final = QName(TABLE, "conceptRelationshipNode")
N_MEMBERS: Final = QName(TABLE, "dimensionRelationshipNode")
N_ASPECT: Final = QName(TABLE, "aspectNode")
NODES: Final = frozenset((N_RULE, N_CONCEPTS, N_MEMBERS, N_ASPECT))

ARCROLES: Final = (ARC_BREAKDOWN, ARC_TREE, ARC_SUBTREE, ARC_FILTER, ARC_PARAMETER, ARC_NODE_FILTER)

AXES: Final = ("z", "y", "x")
TAG_START: Final = "table.periodStart"
TAG_END: Final = "table.periodEnd"
PREFERRED_LABEL: Final = QName("http://xbrl.org/2013/preferred-label", "preferredLabel")
