"""Match filters 1.0 and relative filters 1.0: facts with the aspects of what another variable is bound to."""

from __future__ import annotations

from recto.formula.compiler import resolve
from recto.formula.filters.base import Cover, Filter, Source, State
from recto.formula.functions.dimensions import explicit_member
from recto.formula.names import F_MATCH, F_RELATIVE
from recto.formula.subject import FactNode
from recto.instance.columns import Profile
from recto.instance.model import TypedMember
from recto.names import QName
from recto.xpath import XPathError
from recto.xpath.values import items

_NONE = Profile(False, False, False, False, False, False, False, frozenset(), True, True)
_PROFILES = {
    "matchConcept": ("concept", _NONE._replace(concept=True)),
    "matchLocation": ("location", _NONE._replace(location=True)),
    "matchUnit": ("unit", _NONE._replace(unit=True)),
    "matchEntityIdentifier": ("entity", _NONE._replace(entity=True)),
    "matchPeriod": ("period", _NONE._replace(period=True)),
    "matchSegment": ("segment", _NONE._replace(segment=True, dimensional=False)),
    "matchScenario": ("scenario", _NONE._replace(scenario=True, dimensional=False)),
    "matchNonXDTSegment": ("segment", _NONE._replace(segment=True)),
    "matchNonXDTScenario": ("scenario", _NONE._replace(scenario=True)),
}


def _bound(state: State, variable: str) -> list[FactNode] | None:
    """The facts that a variable is bound to; None where it is bound to anything else, or nothing."""
    found = items(state.variables.get(variable, []))
    if not found or not all(isinstance(each, FactNode) and each.subject is state.subject for each in found):
        return None
    return found


def _matching(source: Source) -> Filter:
    variable = source.variable(source.element.get("variable"))
    any_ = source.element.get("matchAny") in ("true", "1")
    local = source.node.name.local
    if local == "matchDimension":
        text = source.element.get("dimension") or ""
        axis = resolve(text, source.element.namespaces, source.element.namespaces.get("", ""))
        if axis is None:
            raise XPathError("XPST0081", f"the prefix of {text!r} is bound to nothing")
        profile = _NONE._replace(axes=frozenset((axis,)))
        covers = Cover((), (axis,))
    else:
        aspect, profile = _PROFILES[local]
        covers = Cover((aspect,))

    def chosen(state: State, facts: list[int], *, wanted: bool) -> list[int]:
        bound = _bound(state, variable)
        if bound is None:
            return []
        codes = state.columns.codes(profile)
        found = {codes[node.fact.index] for node in bound}
        if len(found) > 1 and not any_:
            raise XPathError(
                "xbrlmfe:inconsistentMatchedVariableSequence",
                f"the facts of ${variable} differ in what is to be matched",
            )
        return [at for at in facts if (codes[at] in found) is wanted]

    return Filter(
        source.node,
        lambda state, facts: chosen(state, facts, wanted=True),
        depends=(variable,),
        covers=covers,
        own_complement=lambda state, facts: chosen(state, facts, wanted=False),
    )


def _relative(source: Source) -> Filter:
    variable = source.variable(source.element.get("variable"))

    def chosen(state: State, facts: list[int], *, wanted: bool) -> list[int]:
        bound = _bound(state, variable)
        if bound is None or state.uncovered is None:
            return []
        all_facts = state.columns.facts
        kept: list[int] = []
        taxonomy = state.subject.taxonomy
        defaults = {axis for axis in state.columns.axes if taxonomy.default_member(taxonomy.concept(axis)) is not None}
        # Of dimensions only those that the fact itself has count (Relative filters 1.0, 2).
        groups: dict[frozenset[QName], list[int]] = {}
        for at in facts:
            groups.setdefault(frozenset(all_facts[at].dimensions) | defaults, []).append(at)
        for axes, group in groups.items():
            profile = state.uncovered
            if profile.dimensional:
                own = frozenset(axis for axis in axes if (axis in profile.axes) is profile.only)
                profile = profile._replace(axes=own, only=True)
            codes = state.columns.codes(profile)
            found = {codes[node.fact.index] for node in bound}
            kept += [at for at in group if (codes[at] in found) is wanted]
        return sorted(kept)

    return Filter(
        source.node,
        lambda state, facts: chosen(state, facts, wanted=True),
        depends=(variable,),
        covers=Cover(),
        own_complement=lambda state, facts: chosen(state, facts, wanted=False),
    )


READERS = {(F_MATCH, name): _matching for name in (*_PROFILES, "matchDimension")}
READERS[F_RELATIVE, "relativeFilter"] = _relative
__all__ = ["READERS", "QName", "TypedMember", "explicit_member"]
