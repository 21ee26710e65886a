"""Functions on nodes and qualified names (XPath functions, 2, 11, 14 and 15)."""

from __future__ import annotations

from typing import Any

from recto.names import XML, XSI
from recto.names import QName as Name
from recto.xml.xlink import XML_LANG
from recto.xpath import values
from recto.xpath.context import Static, focus, is_name
from recto.xpath.errors import XPathError
from recto.xpath.functions.registry import declare
from recto.xpath.nodes import DocumentNode, ElementNode, Node
from recto.xpath.values import AnyURI, QNameValue, Value, items, one_or_list


def _node(env: list[Any], given: list[Value]) -> Node | None:
    value = given[0] if given else focus(env)
    if type(value) is list:
        return None
    if not isinstance(value, Node):
        raise XPathError("XPTY0004", "a node is needed")
    return value


def name_of(node: Node) -> QNameValue | None:
    if not node.name:
        return None
    return QNameValue(Name.of(node.name), node.prefix if isinstance(node, ElementNode) else "")


@declare("fn:node-name", "node()?", least=0, context=True)
def _node_name(env: list[Any], static: Static, given: list[Value]) -> Value:
    node = _node(env, given)
    name = name_of(node) if node is not None else None
    return [] if name is None else name


@declare("fn:name", "node()?", least=0, context=True)
def _name(env: list[Any], static: Static, given: list[Value]) -> Value:
    node = _node(env, given)
    name = name_of(node) if node is not None else None
    return "" if name is None else str(name)


@declare("fn:local-name", "node()?", least=0, context=True)
def _local_name(env: list[Any], static: Static, given: list[Value]) -> Value:
    node = _node(env, given)
    return node.name.rpartition("}")[2] if node is not None else ""


@declare("fn:namespace-uri", "node()?", least=0, context=True)
def _namespace_uri(env: list[Any], static: Static, given: list[Value]) -> Value:
    node = _node(env, given)
    return AnyURI(Name.of(node.name).namespace if node is not None and node.name else "")


@declare("fn:root", "node()?", least=0, context=True)
def _root(env: list[Any], static: Static, given: list[Value]) -> Value:
    node = _node(env, given)
    return [] if node is None else node.tree.document


@declare("fn:nilled", "node()?", least=0, context=True)
def _nilled(env: list[Any], static: Static, given: list[Value]) -> Value:
    node = _node(env, given)
    if not isinstance(node, ElementNode):
        return []
    return (node.attribute(f"{{{XSI}}}nil") or "").strip() in ("true", "1")


@declare("fn:base-uri", "node()?", least=0, context=True)
def _base_uri(env: list[Any], static: Static, given: list[Value]) -> Value:
    node = _node(env, given)
    url = getattr(node.tree, "url", None) if node is not None else None
    url = url or getattr(env[3].subject, "url", None)
    return AnyURI(url) if url else []


@declare("fn:document-uri", "node()?")
def _document_uri(dynamic: Any, node: Value) -> Value:
    url = getattr(node.tree, "url", None) if isinstance(node, DocumentNode) else None
    return AnyURI(url) if url else []


@declare("fn:static-base-uri", context=True)
def _static_base_uri(env: list[Any], static: Static, given: list[Value]) -> Value:
    return AnyURI(static.base()) if static.base is not None else []


@declare("fn:lang", "xs:string?", "node()", least=1, context=True)
def _lang(env: list[Any], static: Static, given: list[Value]) -> Value:
    node: Node | None = _node(env, given[1:])
    wanted = "" if type(given[0]) is list else given[0].lower()
    while node is not None:
        language = node.attribute(XML_LANG) if isinstance(node, ElementNode) else None
        if language is not None:
            return language.lower() == wanted or language.lower().startswith(wanted + "-")
        node = node.parent
    return False


@declare("fn:id", "xs:string*", "node()", least=1, context=True)
def _id(env: list[Any], static: Static, given: list[Value]) -> Value:
    node = _node(env, given[1:])
    wanted = {word for text in items(given[0]) for word in text.split()}
    if node is None:
        return []
    return one_or_list([node.tree.node(each) for each in node.tree.root.iter() if each.get("id") in wanted])


@declare("fn:QName", "xs:string?", "xs:string")
def _qname(dynamic: Any, namespace: Value, text: str) -> Value:
    uri = "" if type(namespace) is list else namespace
    prefix, colon, local = text.partition(":")
    if not is_name(local if colon else prefix) or (colon and (not is_name(prefix) or not uri)):
        raise XPathError("FOCA0002", f"{text[:60]!r} is no name")
    return QNameValue(Name(uri, local if colon else text), prefix if colon else "")


@declare("fn:resolve-QName", "xs:string?", "element()")
def _resolve_qname(dynamic: Any, text: Value, node: ElementNode) -> Value:
    if type(text) is list:
        return []
    prefix, colon, local = text.strip().partition(":")
    if not is_name(local if colon else prefix):
        raise XPathError("FOCA0002", f"{text[:60]!r} is no name")
    uri = node.namespaces.get(prefix if colon else "")
    if uri is None and colon:
        raise XPathError("FONS0004", f"the prefix {prefix!r} is bound to nothing")
    return QNameValue(Name(uri or "", local if colon else prefix), prefix if colon else "")


@declare("fn:local-name-from-QName", "xs:QName?")
def _local_name_from(dynamic: Any, name: Value) -> Value:
    return [] if type(name) is list else name.name.local


@declare("fn:namespace-uri-from-QName", "xs:QName?")
def _namespace_uri_from(dynamic: Any, name: Value) -> Value:
    return [] if type(name) is list else AnyURI(name.name.namespace)


@declare("fn:prefix-from-QName", "xs:QName?")
def _prefix_from(dynamic: Any, name: Value) -> Value:
    return [] if type(name) is list or not name.prefix else name.prefix


@declare("fn:namespace-uri-for-prefix", "xs:string?", "element()")
def _namespace_uri_for(dynamic: Any, prefix: Value, node: ElementNode) -> Value:
    uri = node.namespaces.get("" if type(prefix) is list else prefix)
    return [] if uri is None else AnyURI(uri)


@declare("fn:in-scope-prefixes", "element()")
def _in_scope_prefixes(dynamic: Any, node: ElementNode) -> Value:
    return one_or_list(list({**node.namespaces, "xml": XML}))


def _document(env: list[Any], static: Static, href: Value) -> Any:
    """The document node at a URL, relative to where the expression stands. Raises FODC0002, FODC0005."""
    from recto.xml.urls import resolve_url

    reader = getattr(env[3].subject, "document", None)
    if reader is None:
        raise XPathError("FODC0002", "no documents are read here")
    base = static.base() if static.base is not None else getattr(env[3].subject, "url", "")
    try:
        url = resolve_url(base, href)
    except ValueError:
        raise XPathError("FODC0005", f"{href[:100]!r} is no URL") from None
    return reader(url.partition("#")[0]).document


@declare("fn:doc", "xs:string?", context=True)
def _doc(env: list[Any], static: Static, given: list[Value]) -> Value:
    return [] if type(given[0]) is list else _document(env, static, given[0])


@declare("fn:doc-available", "xs:string?", context=True)
def _doc_available(env: list[Any], static: Static, given: list[Value]) -> Value:
    try:
        return type(given[0]) is not list and bool(_document(env, static, given[0]))
    except XPathError:
        return False


@declare("fn:collection", "xs:string?", least=0)
def _collection(dynamic: Any, url: Value = None) -> Value:
    raise XPathError("FODC0002", "documents other than the report are not read")


__all__ = ["name_of", "values"]
