"""Continuations: each belongs to one chain, which never turns back or nests (Inline XBRL 1.1, 4.1, 6.1 and 11.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.findings import Finding
from recto.validation.inline.documents import IX_, InlineDocument, inline_documents
from recto.validation.subject import Subject, prefixed

_CONTINUATION = IX_ + "continuation"
_SECTIONS = {IX_ + "nonNumeric": "11.1.2", IX_ + "footnote": "6.1.2", _CONTINUATION: "4.1.2"}


def continuations(subject: Subject) -> Iterator[Finding]:
    """Every rule on continuedAt."""
    documents = inline_documents(subject)
    if not any(inline.elements.get("continuation") for inline in documents) and not any(
        element.get("continuedAt") is not None
        for inline in documents
        for element in inline.of("nonNumeric", "footnote")
    ):
        return
    chains = _Chains(documents)
    yield from chains.placed()
    yield from chains.referenced()
    yield from chains.followed()


class _Chains:
    def __init__(self, documents: list[InlineDocument]):
        self.home: dict[Any, InlineDocument] = {}
        self.by_id: dict[str, Any] = {}
        """Elements that a continuedAt could mean, right or wrong."""
        self.sources: list[Any] = []
        self.continuations: list[Any] = []
        for inline in documents:
            for name in ("nonNumeric", "footnote", "continuation", "nonFraction", "fraction", "tuple"):
                for element in inline.of(name):
                    self.home[element] = inline
                    identifier = element.get("id")
                    if identifier is not None:
                        self.by_id.setdefault(identifier, element)
                    if element.get("continuedAt") is not None and element.tag in _SECTIONS:
                        self.sources.append(element)
            self.continuations.extend(inline.of("continuation"))

    def placed(self) -> Iterator[Finding]:
        """No continuation stands in ix:hidden (4.1.1)."""
        for element in self.continuations:
            if any(each.tag == IX_ + "hidden" for each in element.iterancestors()):
                yield self._error("4.1.1", "ancestorNodeDisallowed", element, "ix:continuation stands in ix:hidden")

    def referenced(self) -> Iterator[Finding]:
        """A continuation is referred to exactly once (4.1.2)."""
        count: dict[str, int] = {}
        for element in self.sources:
            target = element.get("continuedAt").strip()
            count[target] = count.get(target, 0) + 1
            if count[target] == 2:
                message = f"a second element is continued at {target!r}"
                yield self._error("4.1.2", "continuationReferences", element, message)
            found = self.by_id.get(target)
            if found is not None and found.tag != _CONTINUATION:
                message = f"{prefixed(element)} is continued at {target!r}, which is {prefixed(found)}"
                yield self._error(_SECTIONS[element.tag], "continuationTarget", element, message)
        reached = self._reached()
        for element in self.continuations:
            if element not in reached:
                message = f"ix:continuation {element.get('id')!r} continues no ix:nonNumeric or ix:footnote"
                yield self._error("4.1.2", "continuationNotReferenced", element, message)

    def _reached(self) -> set[Any]:
        found: set[Any] = set()
        for element in self.sources:
            if element.tag == _CONTINUATION:
                continue
            for each in self._chain(element)[1:]:
                found.add(each)
        return found

    def _chain(self, element: Any) -> list[Any]:
        """The element and its continuations, up to a gap or the first that occurs again."""
        chain = [element]
        seen = {element}
        while True:
            target = chain[-1].get("continuedAt")
            following = self.by_id.get(target.strip()) if target is not None else None
            if following is None or following.tag != _CONTINUATION or following in seen:
                return chain
            chain.append(following)
            seen.add(following)

    def followed(self) -> Iterator[Finding]:
        """Chains do not turn back, and no part of one lies in another part (4.1.2, 6.1.2, 11.1.2)."""
        for element in self.sources:
            if element.tag == _CONTINUATION:
                continue
            chain = self._chain(element)
            last = chain[-1].get("continuedAt")
            again = self.by_id.get(last.strip()) if last is not None else None
            if again in chain:
                message = f"the chain of {prefixed(element)} comes back to {last.strip()!r}"
                yield self._error("4.1.2", "continuationCycle", chain[-1], message)
            members = set(chain)
            for each in chain:
                outer = next((at for at in each.iterancestors() if at in members), None)
                if outer is not None:
                    message = f"{prefixed(each)} lies within another part of its own chain"
                    yield self._error(_SECTIONS[element.tag], "continuationChainNested", each, message)

    def _error(self, section: str, name: str, element: Any, message: str) -> Finding:
        return self.home[element].error(f"ix11.{section}:{name}", element, message, section)


RULES = (continuations,)
