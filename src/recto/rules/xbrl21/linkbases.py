"""Linkbases: schema validity, references to roles, extended links, linkbaseRef (XBRL 2.1, 3.5, 4.3 and 5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.findings import Finding
from recto.names import LINK, XSD
from recto.rules.subject import Subject, fault_finding, finding, of_taxonomy, prefixed
from recto.rules.xbrl21.links import ARCROLE_REF, ROLE_REF, CompiledLink, LinkChecker, Scope
from recto.rules.xbrl21.roles import LINK_ELEMENTS, LINKBASE_ARCROLE, LINKBASE_REF_ROLES
from recto.schema.depth import bounded
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.networks import Anchor
from recto.xml import Document, split_fragment
from recto.xml.xlink import ARCROLE, HREF, ROLE, TYPE

_LINKBASE = f"{{{LINK}}}linkbase"
_LINKBASE_REF = f"{{{LINK}}}linkbaseRef"
_ANNOTATION = f"{{{XSD}}}annotation"
_APPINFO = f"{{{XSD}}}appinfo"


@of_taxonomy
def linkbase_validity(subject: Subject) -> Iterator[Finding]:
    """Linkbase documents are schema valid (XBRL 2.1, 3.5.2)."""
    for document in subject.own_documents:
        if document.compiled.root == _LINKBASE:
            tree = subject.tree(document)
            if tree is not None:
                for fault in bounded(subject.assessor.strict(tree.root), tree.root):
                    yield fault_finding(fault, tree)


def own_linkbases(subject: Subject) -> Iterator[tuple[LoadedDocument, Document, list[Any]]]:
    """The filing's documents that hold linkbases, with the linkbase elements in the order of their compilation."""
    for document in subject.own_documents:
        compiled = document.compiled
        if compiled.kind == "linkbase":
            tree = subject.tree(document)
            if tree is not None:
                yield document, tree, [tree.root]
        elif compiled.kind == "schema" and (compiled.links or compiled.role_refs):
            tree = subject.tree(document)
            if tree is not None:
                found = [
                    child
                    for annotation in tree.root.iter(_ANNOTATION)
                    if annotation.getparent() is tree.root
                    for appinfo in annotation
                    if appinfo.tag == _APPINFO
                    for child in appinfo
                    if child.tag == _LINKBASE
                ]
                yield document, tree, found


def extended_links(subject: Subject) -> Iterator[Finding]:
    """Every extended link of the filing's linkbases (XBRL 2.1, 3.5.3 and 5.2)."""
    for document, tree, linkbases in own_linkbases(subject):
        # Links and nodes were numbered as they stand in the document.
        ends = subject.dts.node_targets(document)
        ordinal = 0
        for linkbase in linkbases:
            scope = Scope(tree)
            yield from role_references(subject, tree, linkbase, scope)
            checker = LinkChecker(subject, scope)
            for link in linkbase:
                if link.get(TYPE) == "extended":
                    compiled = CompiledLink(document, ordinal, ends)
                    ordinal += 1
                    if not checker.in_order(link, compiled):
                        yield from checker.check(link, compiled.in_turn())


def role_references(subject: Subject, tree: Document, parent: Any, scope: Scope) -> Iterator[Finding]:
    """roleRef and arcroleRef: once for each URI, leading to its declaration (XBRL 2.1, 3.5.2.4 and 3.5.2.5)."""
    for element in parent:
        tag = element.tag
        if tag != ROLE_REF and tag != ARCROLE_REF:
            continue
        is_role = tag == ROLE_REF
        uri = (element.get("roleURI" if is_role else "arcroleURI") or "").strip()
        known = scope.roles if is_role else scope.arcroles
        section = "3.5.2.4" if is_role else "3.5.2.5"
        if uri in known:
            yield _error(f"xbrl.{section}:duplicateReference", tree, element, name=prefixed(element), uri=uri)
        known.add(uri)
        wanted = "roleType" if is_role else "arcroleType"
        found = declaration_at(subject, tree.resolve(element, element.get(HREF) or ""))
        if found is not None and found != (wanted, uri):
            what = "nothing" if found == ("", "") else f"the {found[0]} of {found[1]}" if found[0] else "something else"
            yield _error(
                f"xbrl.{section}:referenceTarget",
                tree,
                element,
                name=prefixed(element),
                uri=uri,
                what=what,
                wanted=wanted,
            )


def declaration_at(subject: Subject, url: str) -> tuple[str, str] | None:
    """Kind and URI of the role declaration at a URL; empty where there is none, None where the document is missing."""
    address, fragment = split_fragment(url)
    document = subject.document_at(address)
    if document is None:
        return None
    target = subject.dts.resolve(document, fragment) if fragment else None
    # A declaration that stands out of place has an ordinal, but is not among those of the schema.
    if isinstance(target, Anchor) and target.kind == "role" and target.ordinal < len(document.compiled.role_types):
        record = document.compiled.role_types[target.ordinal]
        return record[0], record[1]
    return ("", "")


def linkbase_references(subject: Subject) -> Iterator[Finding]:
    """linkbaseRef in schemas: its arcrole, and its role against what the linkbase holds (XBRL 2.1, 4.3, 5.1.2)."""
    for document in subject.own_documents:
        if not document.compiled.linkbase_refs:
            continue
        tree = subject.tree(document)
        if tree is None:
            continue
        for element in tree.root.iter(_LINKBASE_REF):
            yield from linkbase_reference(subject, tree, element)


def linkbase_reference(subject: Subject, tree: Document, element: Any) -> Iterator[Finding]:
    """One linkbaseRef, in a schema or an instance."""
    if element.get(ARCROLE) != LINKBASE_ARCROLE:
        yield _error(
            "xbrl.4.3.3:linkbaseRefArcrole",
            tree,
            element,
            arcrole=element.get(ARCROLE),
            wanted=LINKBASE_ARCROLE,
        )
    address, fragment = split_fragment(tree.resolve(element, element.get(HREF) or ""))
    document = subject.document_at(address)
    if document is None:
        return
    links = list(document.compiled.links)
    if document.compiled.kind != "linkbase" and not links and not fragment:
        yield _error("xbrl.4.3.2:linkbaseRefTarget", tree, element, target=address)
        return
    if fragment and not _leads_to_linkbase(subject, document, fragment):
        yield _error(
            "xbrl.4.3.2:linkbaseRefTarget",
            tree,
            element,
            target=element.get(HREF),
        )
        return
    allowed = LINKBASE_REF_ROLES.get(element.get(ROLE) or "")
    if allowed is None:
        return
    for link in links:
        if link[0] in LINK_ELEMENTS and link[0] != allowed:
            yield _error(
                "xbrl.4.3.4:linkbaseRefRole",
                tree,
                element,
                wanted=allowed.rpartition("}")[2],
                target=address,
                held=link[0].rpartition("}")[2],
            )
            return


def _leads_to_linkbase(subject: Subject, document: LoadedDocument, fragment: str) -> bool:
    tree = subject.tree(document)
    if tree is None:
        return True
    target = tree.find(fragment)
    return target is not None and target.tag == _LINKBASE


def _error(code: str, tree: Document, element: Any, **arguments: Any) -> Finding:
    return finding(code, tree.url, tree.line(element), element=prefixed(element), **arguments)


RULES = (linkbase_validity, extended_links, linkbase_references)
