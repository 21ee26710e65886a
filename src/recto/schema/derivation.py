"""Whether complex types derive from their bases as XML Schema allows (XML Schema 1.0 part 1, 3.4.6 and 3.9.6).

A restriction must admit nothing that its base does not. The table of 3.9.6 is followed, but two of its refusals are not
held against a schema, for they change nothing that documents may hold: alternatives of a choice in another order, and
one alternative, itself a group, in place of the choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recto import limits
from recto.names import QName
from recto.schema.assess import derived, normalized
from recto.schema.components import (
    UNBOUNDED,
    AttributeUse,
    ComplexType,
    ElementDecl,
    Particle,
    Wildcard,
)
from recto.schema.grammar import Grammar
from recto.taxonomy.model import DataType
from recto.taxonomy.types import ANY_TYPE

_STRENGTH = {"skip": 0, "lax": 1, "strict": 2}

Problem = tuple[str, dict[str, object]]
"""XML Schema's code for the rule, and what its sentence names besides the type."""


def derivation_problems(grammar: Grammar, type_: ComplexType) -> Iterator[Problem]:
    """What is wrong with the way in which a type derives from its base."""
    base = type_.base
    if base is None or not type_.derivation:
        return
    if type_.derivation == "extension":
        yield from _extension(type_, base)
    elif isinstance(base, ComplexType) and not base.anything:
        yield from _attributes(type_, base)
        yield from _content(grammar, type_, base)


def _extension(type_: ComplexType, base: DataType | ComplexType) -> Iterator[Problem]:
    """Derivation Valid (Extension), 3.4.6."""
    if not isinstance(base, ComplexType) or base.anything or base.simple is not None or type_.simple is not None:
        return
    if type_.other_text:
        how = "mixed" if base.mixed else "elements only"
        yield "cos-ct-extends.1.4.3.2.2.1", {"base": _shown(base.name), "how": how}
    if type_.particle is not None and type_.particle is not base.particle and base.particle is not None:
        own = type_.particle.parts[-1]
        if _plain(own).kind == "all" or _plain(base.particle).kind == "all":
            yield "cos-all-limited.1.2", {}


def _attributes(type_: ComplexType, base: ComplexType) -> Iterator[Problem]:
    """Derivation Valid (Restriction, Complex), 3.4.6, clauses 2 to 4."""
    for name, use in type_.attributes.items():
        above = base.attributes.get(name)
        if above is use:
            continue
        label = name.local
        if above is None:
            if base.wildcard is None or not base.wildcard.admits(name.namespace):
                yield "derivation-ok-restriction.2.2", {"base": _shown(base.name), "name": label}
        elif above.required and not use.required:
            yield "derivation-ok-restriction.2.1.1", {"base": _shown(base.name), "name": label}
        elif use.type is not None and above.type is not None and not derived(use.type, above.type):
            yield "derivation-ok-restriction.2.1.2", {"base": _shown(base.name), "name": label}
        elif above.fixed is not None and (use.fixed is None or not _same(use, above)):
            yield "derivation-ok-restriction.2.1.3", {"name": label, "fixed": above.fixed}
    for name, above in base.attributes.items():
        if above.required and name not in type_.attributes:
            yield "derivation-ok-restriction.3", {"base": _shown(base.name), "name": name.local}
    if type_.wildcard is not None:
        if base.wildcard is None:
            yield "derivation-ok-restriction.4.1", {"base": _shown(base.name)}
        elif not _within(type_.wildcard, base.wildcard):
            yield "derivation-ok-restriction.4.2", {"base": _shown(base.name)}


def _content(grammar: Grammar, type_: ComplexType, base: ComplexType) -> Iterator[Problem]:
    """The same, clause 5."""
    if type_.simple is not None:
        if base.simple is None and not (base.mixed and (base.particle is None or base.particle.nullable)):
            yield "derivation-ok-restriction.5.2", {"base": _shown(base.name)}
        return
    if base.simple is not None:
        yield "derivation-ok-restriction.5.1", {"base": _shown(base.name)}
        return
    own = None if type_.particle is None else _plain(type_.particle)
    if own is None or (own.kind and not own.parts and own.kind != "choice"):
        if base.particle is not None and not base.particle.nullable:
            yield "derivation-ok-restriction.5.3.2", {"base": _shown(base.name)}
        return
    if type_.mixed and not base.mixed:
        yield "derivation-ok-restriction.5.4.1.2", {"base": _shown(base.name)}
        return
    if base.particle is None:
        yield "derivation-ok-restriction.5.4.2", {"base": _shown(base.name), "reason": "the base is empty"}
        return
    problem = restriction_problem(grammar, own, base.particle)
    if problem is not None:
        yield "derivation-ok-restriction.5.4.2", {"base": _shown(base.name), "reason": problem}


def restriction_problem(grammar: Grammar, particle: Particle, base: Particle) -> str | None:
    """Why a particle is no valid restriction of another (3.9.6), as a sentence without its end; None where it is."""
    try:
        return _Comparison(grammar).problem(_plain(particle), _plain(base))
    except (OverflowError, RecursionError):
        return None


class _Comparison:
    def __init__(self, grammar: Grammar):
        self.grammar = grammar
        self.steps = 0

    def problem(self, own: Particle, base: Particle) -> str | None:
        self.steps += 1
        if self.steps > limits.SCHEMA_STEPS:
            raise OverflowError
        if own.kind and not own.parts and own.kind != "choice":
            return None if base.nullable else f"{_label(base)} is left out"
        if base.wildcard is not None:
            if own.kind:
                return self._all_admitted(own, base)
            return self._range(own, base) or self._admitted(own, base.wildcard)
        if own.wildcard is not None:
            return f"a wildcard stands for {_label(base)}"
        if own.element is not None:
            if base.element is not None:
                return self._element(own, own.element, base, base.element)
            return self._as_group(own, base)
        if base.element is not None:
            return self._only_part(own, base)
        return self._groups(own, base)

    def _groups(self, own: Particle, base: Particle) -> str | None:
        fault = self._group(own, base)
        if fault is not None and base.kind == "choice" and base.least <= 1 <= base.most:
            if any(self.problem(own, part) is None for part in base.parts):
                return None  # one of the alternatives alone
        return fault

    def _group(self, own: Particle, base: Particle) -> str | None:
        if own.kind == base.kind:
            fault = self._range(own, base)
            if fault is not None:
                return fault
            if own.kind == "choice":
                return self._each_somewhere(own.parts, base)
            return self._in_order(own.parts, base)
        if own.kind == "sequence" and base.kind == "all":
            return self._range(own, base) or self._unordered(own.parts, base)
        if own.kind == "sequence" and base.kind == "choice":
            count = len(own.parts)
            return self._between(own.least * count, _times(own.most, count), base) or self._each_somewhere(
                own.parts, base
            )
        return f"xs:{own.kind} (line {own.line}) cannot restrict xs:{base.kind}"

    def _as_group(self, own: Particle, base: Particle) -> str | None:
        """An element for a group: as a group of the same kind that holds nothing else (RecurseAsIfGroup)."""
        fault = self.problem_of_groups(Particle(1, 1, kind=base.kind, parts=(own,), line=own.line), base)
        if fault is not None and base.kind == "choice":
            once = Particle(1, 1, element=own.element, line=own.line)
            fault = self._between(own.least, own.most, base) or self._each_somewhere((once,), base)
        return fault

    def problem_of_groups(self, own: Particle, base: Particle) -> str | None:
        self.steps += 1
        return self._groups(own, base)

    def _only_part(self, own: Particle, base: Particle) -> str | None:
        """A group for an element: of those that substitute it, which it may stand for a choice of (3.9.6)."""
        return self._each_part(own, base, Particle(0, UNBOUNDED, element=base.element))

    def _each_part(self, own: Particle, base: Particle, often: Particle) -> str | None:
        """Each part restricts `often`, and all of them together stand as often as the base may."""
        for part in own.parts:
            fault = self.problem(part, often)
            if fault is not None:
                return fault
        return self._between(*_total(own), base)

    def _element(self, own: Particle, decl: ElementDecl, base: Particle, above: ElementDecl) -> str | None:
        """NameAndTypeOK; an element may also restrict one that it substitutes."""
        if decl.name is not above.name:
            if above.is_global and self.grammar.substitutes(decl.name.clark, above.name):
                return self._range(own, base)
            return f"{_label(own)} stands for {_label(base)}"
        fault = self._range(own, base)
        if fault is not None or decl is above:
            return fault
        if decl.nillable and not above.nillable:
            return f"{_label(own)} is nillable"
        type_, over = self.grammar.type_of(decl), self.grammar.type_of(above)
        if not derived(type_, over):
            return f"the type of {_label(own)} does not derive from {_shown(_name_of(over))}"
        if above.fixed is not None:
            simple = over if isinstance(over, DataType) else over.simple or ANY_TYPE
            if decl.fixed is None or normalized(decl.fixed, simple) != normalized(above.fixed, simple):
                return f"{_label(own)} must stay fixed to {above.fixed!r}"
        blocked = self.grammar.blocks(above) - self.grammar.blocks(decl)
        return f"{_label(own)} must block {' and '.join(sorted(blocked))}" if blocked else None

    def _admitted(self, own: Particle, wildcard: Wildcard) -> str | None:
        """NSCompat and NSSubset."""
        if own.element is not None:
            if not wildcard.admits(own.element.name.namespace):
                return f"{_label(own)} is not in a namespace that the wildcard admits"
            return None
        assert own.wildcard is not None
        if not _within(own.wildcard, wildcard):
            return "its wildcard admits further namespaces"
        if wildcard.allowed is not None and _STRENGTH[own.wildcard.process] < _STRENGTH[wildcard.process]:
            return "its wildcard processes contents less strictly"
        return None

    def _all_admitted(self, own: Particle, base: Particle) -> str | None:
        """NSRecurseCheckCardinality."""
        assert base.wildcard is not None
        return self._each_part(own, base, Particle(0, UNBOUNDED, wildcard=base.wildcard))

    def _in_order(self, own: Sequence[Particle], base: Particle) -> str | None:
        """Recurse: part for part, leaving out none that must be there."""
        at = 0
        parts = base.parts
        for part in own:
            fault = f"nothing like {_label(part)} may stand there"
            while at < len(parts):
                found = self.problem(part, parts[at])
                if found is None:
                    break
                if not parts[at].nullable:
                    return found
                if _alike(part, parts[at]):
                    fault = found
                at += 1
            else:
                return fault
            at += 1
        needed = next((part for part in parts[at:] if not part.nullable), None)
        return f"{_label(needed)} is left out" if needed is not None else None

    def _each_somewhere(self, own: Sequence[Particle], base: Particle) -> str | None:
        """RecurseLax and MapAndSum, but for the order."""
        for part in own:
            faults: list[str] = []
            for above in base.parts:
                fault = self.problem(part, above)
                if fault is None:
                    break
                faults.insert(0 if _alike(part, above) else len(faults), fault)
            else:
                return faults[0] if faults and _any_alike(part, base) else f"{_label(part)} is none of its alternatives"
        return None

    def _unordered(self, own: Sequence[Particle], base: Particle) -> str | None:
        """RecurseUnordered: each part for another one of an xs:all."""
        left = list(base.parts)
        for part in own:
            found = next((above for above in left if self.problem(part, above) is None), None)
            if found is None:
                return f"nothing like {_label(part)} may stand there"
            left.remove(found)
        needed = next((part for part in left if not part.nullable), None)
        return f"{_label(needed)} is left out" if needed is not None else None

    def _range(self, own: Particle, base: Particle) -> str | None:
        """Occurrence Range OK."""
        return self._between(own.least, own.most, base, own)

    @staticmethod
    def _between(least: int, most: int, base: Particle, own: Particle | None = None) -> str | None:
        label = _label(own) if own is not None else "the group"
        if least < base.least:
            return f"{label} may occur {least} times, but must {base.least} times"
        if base.most != UNBOUNDED and most > base.most:
            often = "any number of" if most >= UNBOUNDED else str(most)
            return f"{label} may occur {often} times, but only {base.most} times in the base"
        return None


def _plain(particle: Particle) -> Particle:
    """A particle without groups that say nothing (3.9.6: pointless ones)."""
    if not particle.kind:
        return particle
    parts: list[Particle] = []
    for each in particle.parts:
        part = _plain(each)
        if part.most == 0 or (part.kind and not part.parts and (part.kind != "choice" or part.least == 0)):
            continue
        if part.kind == particle.kind and part.kind != "all" and part.least == part.most == 1:
            parts.extend(part.parts)
        else:
            parts.append(part)
    if len(parts) == 1:
        only = parts[0]
        if particle.least == particle.most == 1:
            return only
        if only.least == only.most == 1:
            return Particle(
                particle.least,
                particle.most,
                element=only.element,
                wildcard=only.wildcard,
                kind=only.kind,
                parts=only.parts,
                line=only.line,
            )
    return Particle(particle.least, particle.most, kind=particle.kind, parts=tuple(parts), line=particle.line)


def _total(particle: Particle) -> tuple[int, int]:
    """Effective Total Range (3.8.6)."""
    if not particle.kind:
        return particle.least, particle.most
    totals = [_total(part) for part in particle.parts]
    least: int = 0
    most: int = 0
    if totals and particle.kind == "choice":
        least, most = min(total[0] for total in totals), max(total[1] for total in totals)
    elif totals:
        least, most = sum(total[0] for total in totals), sum(total[1] for total in totals)
    return particle.least * least, _times(particle.most, most)


def _times(often: int, each: int) -> int:
    return min(often * each, UNBOUNDED)


def _alike(own: Particle, base: Particle) -> bool:
    return own.element is not None and base.element is not None and own.element.name is base.element.name


def _any_alike(own: Particle, base: Particle) -> bool:
    return any(_alike(own, part) for part in base.parts)


def _same(use: AttributeUse, above: AttributeUse) -> bool:
    type_ = above.type or ANY_TYPE
    return normalized(use.fixed or "", type_) == normalized(above.fixed or "", type_)


def _within(own: Wildcard, base: Wildcard) -> bool:
    """Wildcard Subset (3.10.6)."""
    if base.allowed is None:
        return True
    if own.allowed is None:
        return False
    if base.negated:
        return own.allowed >= base.allowed if own.negated else not own.allowed & base.allowed
    return not own.negated and own.allowed <= base.allowed


def _name_of(type_: DataType | ComplexType) -> QName:
    return type_.qname if isinstance(type_, DataType) else type_.name


def _label(particle: Particle | None) -> str:
    if particle is None:
        return "nothing"
    if particle.element is not None:
        return particle.element.name.local
    return "a wildcard" if particle.wildcard is not None else f"xs:{particle.kind}"


def _shown(name: QName) -> str:
    return f"the type of {name.local[1:]}" if name.local.startswith("#") else name.local
