"""Which inline documents are one document set, and which are reports of their own that lie beside each other.

Nothing in a document says what set it is of. Documents of a set refer to the same schemas, and an id is unique in a
set (Inline XBRL 1.1, 4.7 and 14): so a document that defines every context that it uses, and one of them otherwise than
the others do, is of no set with them. Accounts of small companies lie so in folders by the thousand: they refer to one
published taxonomy, and call their contexts alike. Read as one set, all of them would tell of the first company.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from recto.patterns import lazy
from recto.sources.candidate import Candidate
from recto.xml import is_absolute

_CONTEXT = lazy(rb"<(?:[\w.-]{1,99}:)?context\s([^<>]{0,4096})>")
_END = lazy(rb"</(?:[\w.-]{1,99}:)?context\s*>")
_ID = lazy(rb"\bid\s*=\s*[\"']([^\"']*)[\"']")
_IDENTIFIER = lazy(rb"<(?:[\w.-]{1,99}:)?identifier\s[^<>]*>([^<]*)<")
_USED = lazy(rb"\bcontextRef\s*=\s*[\"']\s*([^\"'\s]*)\s*[\"']")
_PREFIX = lazy(rb"(</?)[\w.-]+:")


class _Stated(Struct):
    """What documents say of contexts, found by a search that needs no parsing: by id, and of which entities."""

    contexts: dict[bytes, bytes] = field(default_factory=dict)
    entities: set[bytes] = field(default_factory=set)
    whole: bool = False
    """Whether all contexts that are used are there."""

    def agrees(self, other: _Stated, published: bool) -> bool:
        """Whether both may be of one report; `published`: they have no schema of their own in common."""
        if published and self.entities and other.entities and self.entities.isdisjoint(other.entities):
            return False
        return all(self.contexts.get(name, text) == text for name, text in other.contexts.items())

    def take(self, other: _Stated) -> None:
        self.contexts.update(other.contexts)
        self.entities.update(other.entities)


def _stated(document: Candidate) -> _Stated:
    data = document.read() if document.read is not None else b""
    contexts: dict[bytes, bytes] = {}
    entities: set[bytes] = set()
    start = _CONTEXT.search(data)
    while start is not None:
        end = _END.search(data, start.end())
        if end is None:
            break
        body = data[start.end() : end.start()]
        name = _ID.search(start[1])
        if name is not None:
            contexts[name[1].strip()] = b"".join(_PREFIX.sub(rb"\1", body).split())
            entities.update(each.strip() for each in _IDENTIFIER.findall(body))
        start = _CONTEXT.search(data, end.end())
    whole = bool(contexts) and all(match[1] in contexts for match in _USED.finditer(data))
    return _Stated(contexts, entities, whole)


def document_sets(documents: Iterable[Candidate]) -> list[list[Candidate]]:
    """The sets that inline documents make, in the documents' order; one without schemas is of the first."""
    alike: dict[tuple[str, ...], list[Candidate]] = {}
    for document in documents:
        alike.setdefault(document.schemas, []).append(document)
    loose = alike.pop((), [])
    groups = [group for each in alike.values() for group in _apart(each)]
    if not loose:
        return groups
    if not groups:
        return [loose]
    groups[0].extend(loose)
    return groups


def _apart(documents: list[Candidate]) -> list[list[Candidate]]:
    """Documents that refer to the same schemas, without those that are reports of their own."""
    if len(documents) < 2:
        return [documents]
    published = _is_published(documents[0])
    groups: list[tuple[list[Candidate], _Stated]] = []
    for document in documents:
        own = _stated(document)
        for group, stated in groups:
            if not own.whole or stated.agrees(own, published):
                group.append(document)
                stated.take(own)
                break
        else:
            groups.append(([document], own))
    return [group for group, _ in groups]


def by_themselves(documents: Sequence[Candidate]) -> list[Candidate]:
    """Reports that lie in one place and make no filing: several, each of one document and by published schemas alone.

    None where one of them has a schema of its own, or several are a set.
    """
    reports = [each for each in documents if each.kind in ("xbrl", "inline")]
    if len(reports) < 2 or not all(each.schema_refs and _is_published(each) for each in reports):
        return []
    sets = document_sets([each for each in reports if each.kind == "inline"])
    if any(len(each) > 1 for each in sets):
        return []
    return [each for each in reports if each.kind == "inline" or not any(is_extracted(each, one) for one in sets)]


def is_beside(document: Candidate, other: Candidate) -> bool:
    """Whether another document is of the same set as one, by schemas, targets and contexts."""
    if other.schemas != document.schemas or not other.targets & document.targets:
        return False
    return len(_apart([document, other])) == 1


def is_extracted(instance: Candidate, documents: Sequence[Candidate]) -> bool:
    """Whether an instance is what these inline documents say: the same schemas, and of some context the same."""
    if not instance.schemas or all(instance.schemas != each.schemas for each in documents):
        return False
    if not _is_published(instance):
        return True
    own = set(_stated(instance).contexts.values())
    theirs = {text for each in documents for text in _stated(each).contexts.values()}
    return not own or not theirs or not own.isdisjoint(theirs)


def _is_published(document: Candidate) -> bool:
    return all(is_absolute(reference) for reference in document.schema_refs)
