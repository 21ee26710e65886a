"""Small taxonomies: a resolver over texts, and shorthands for schemas and linkbases."""

from __future__ import annotations

from collections.abc import Mapping

import recto.taxonomy
from recto.errors import NotFoundError
from recto.findings import Findings
from recto.taxonomy.dts import DTS
from recto.taxonomy.store import Store
from recto.xml import resolve_url, split_fragment

BASE = "http://example.com/t/"


class Texts:
    """A resolver over documents given as text; `shared` ones do not belong to the filing."""

    def __init__(self, documents: Mapping[str, str | bytes], shared: frozenset[str] = frozenset()) -> None:
        self.documents = {
            resolve_url(BASE, name): text.encode() if isinstance(text, str) else text
            for name, text in documents.items()
        }
        self.shared = {resolve_url(BASE, name) for name in shared}
        self.reads: list[str] = []

    def read(self, url: str) -> bytes:
        self.reads.append(url)
        try:
            return self.documents[split_fragment(url)[0]]
        except KeyError:
            raise NotFoundError("recto is offline", document=url) from None

    def exists(self, url: str) -> bool:
        return split_fragment(url)[0] in self.documents

    def is_local(self, url: str) -> bool:
        return split_fragment(url)[0] not in self.shared

    def stamp(self, url: str) -> None:
        return None

    def resolve(self, url: str) -> str:
        return split_fragment(url)[0]


def schema(body: str = "", *, namespace: str = "http://example.com/t", head: str = "", attributes: str = "") -> str:
    """A schema with the usual prefixes; `t` is its own namespace. `head` goes into an appinfo."""
    target = f'targetNamespace="{namespace}" xmlns:t="{namespace}"' if namespace else ""
    appinfo = f"<xs:annotation><xs:appinfo>{head}</xs:appinfo></xs:annotation>" if head else ""
    return (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance" '
        f'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:xbrldt="http://xbrl.org/2005/xbrldt" {target} {attributes} elementFormDefault="qualified">{appinfo}'
        f'<xs:import namespace="http://www.xbrl.org/2003/instance" '
        f'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>{body}</xs:schema>'
    )


def item(name: str, type_: str = "xbrli:monetaryItemType", more: str = 'xbrli:periodType="instant"') -> str:
    return f'<xs:element id="t_{name}" name="{name}" type="{type_}" substitutionGroup="xbrli:item" {more}/>'


def items(names: str) -> str:
    return "".join(item(name) for name in names.split())


def linkbase_ref(href: str) -> str:
    return (
        f'<link:linkbaseRef xlink:type="simple" xlink:href="{href}" '
        f'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
    )


def linkbase(body: str, attributes: str = "") -> str:
    return (
        f'<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:gen="http://xbrl.org/2008/generic" '
        f'xmlns:label="http://xbrl.org/2008/label" {attributes}>{body}</link:linkbase>'
    )


def link(kind: str, body: str, role: str = "http://www.xbrl.org/2003/role/link") -> str:
    return f'<{kind} xlink:type="extended" xlink:role="{role}">{body}</{kind}>'


def loc(name: str, href: str | None = None) -> str:
    href = f"t.xsd#t_{name}" if href is None else href
    return f'<link:loc xlink:type="locator" xlink:label="{name}" xlink:href="{href}"/>'


PARENT_CHILD = "http://www.xbrl.org/2003/arcrole/parent-child"


def arc(
    source: str, target: str, more: str = "", kind: str = "link:presentationArc", arcrole: str = PARENT_CHILD
) -> str:
    return f'<{kind} xlink:type="arc" xlink:arcrole="{arcrole}" xlink:from="{source}" xlink:to="{target}" {more}/>'


def label(name: str, text: str, language: str = "en", role: str = "label", id_: str = "") -> str:
    own_id = f'id="{id_}"' if id_ else ""
    return (
        f'<link:label xlink:type="resource" xlink:label="{name}" xml:lang="{language}" {own_id} '
        f'xlink:role="http://www.xbrl.org/2003/role/{role}">{text}</link:label>'
    )


def label_arc(source: str, target: str, more: str = "") -> str:
    return arc(source, target, more, "link:labelArc", "http://www.xbrl.org/2003/arcrole/concept-label")


def load(
    documents: Mapping[str, str | bytes],
    *entries: str,
    store: Store | None = None,
    shared: frozenset[str] = frozenset(),
) -> DTS:
    resolver = Texts(documents, shared)
    urls = [resolve_url(BASE, entry) for entry in entries or ("t.xsd",)]
    return recto.taxonomy.load(urls, resolver, store=store, findings=Findings())
