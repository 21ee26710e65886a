"""Functions that a DTS declares: signatures and their implementations (Custom function implementation 1.0)."""

from __future__ import annotations

from typing import Any, Final

from recto.formula import names as N
from recto.formula.compiler import custom_function, resolve, variable_name
from recto.names import XBRLI, XSD, QName
from recto.taxonomy.nodes import Node

_IMPLEMENTATION: Final = QName(N.CUSTOM, "implementation")
RESERVED = frozenset(
    (
        XBRLI,
        XSD,
        N.XFI,
        N.XFF,
        "http://www.w3.org/2005/xpath-functions",
        "http://www.w3.org/2005/xqt-errors",
        "http://www.w3.org/XML/1998/namespace",
        "http://www.w3.org/2001/XMLSchema-instance",
        "http://www.w3.org/2005/xpath-datatypes",
        "http://www.xbrl.org/2003/linkbase",
        "http://www.xbrl.org/2003/XLink",
        "http://www.w3.org/1999/xlink",
        N.VARIABLE,
        N.FORMULA,
    )
)


class Functions:
    """The functions of a DTS. `signatures`: names of all that are declared."""

    def __init__(self, definitions: Any):
        self._definitions = definitions
        self.signatures: set[str] = set()
        self._implementations: list[tuple[QName, Node]] = []

    def read(self, node: Node) -> None:
        element = node.element
        name = resolve(element.get("name") or "", element.namespaces)
        if name is None:
            self._definitions.error(
                "err:XPST0081", f"the function's name {element.get('name')!r} is of no namespace", node
            )
            return
        if not name.namespace or name.namespace in RESERVED:
            self._definitions.error(
                "xbrlve:noProhibitedNamespaceForCustomFunction",
                f"{name.clark}: the namespace is reserved for other functions",
                node,
            )
            return
        targets = [each.target for each in self._definitions.network(N.ARC_IMPLEMENTATION).of(node)]
        implementations = [each for each in targets if isinstance(each, Node)]
        if len(implementations) > 1:
            self._definitions.error(
                "xbrlcfie:tooManyCFIRelationships", f"{name.clark} has several implementations", node
            )
            return
        self.signatures.add(name.clark)
        if not implementations:
            return  # it is the processor's to supply, or to miss where it is called
        implementation = implementations[0]
        wanted = sum(child.name.local == "input" for child in element.children)
        given = sum(child.name.local == "input" for child in implementation.element.children)
        if wanted != given:
            self._definitions.error(
                "xbrlcfie:inputMismatch", f"{name.clark} has {wanted} inputs, its implementation {given}", node
            )
            return
        self._definitions.compiler.library.add(custom_function(self._definitions.compiler, node, implementation, name))
        self._implementations.append((name, implementation))

    def check_implementers(self, found: list[Node]) -> None:
        """Each implementation is of one function (Custom function implementation 1.0, 2.2)."""
        network = self._definitions.network(N.ARC_IMPLEMENTATION)
        for node in found:
            if node.name is _IMPLEMENTATION:
                signatures = len(network.into(node))
                if signatures > 1:
                    self._definitions.error(
                        "xbrlcfie:tooManyCFIRelationships", "an implementation has several functions", node
                    )
                elif not signatures:
                    self._definitions.error(
                        "xbrlcfie:missingCFIRelationship", "an implementation has no function", node
                    )

    def check_implementations(self) -> None:
        for name, node in self._implementations:
            known = {
                variable_name(child.get("name") or "", child.namespaces)
                for child in node.element.children
                if child.name.local in ("input", "step")
            }
            for child in node.element.children:
                if child.name.local not in ("step", "output"):
                    continue
                expression = self._definitions.compile(node, child, None, f"function {name.local}")
                for free in expression.names if expression is not None else ():
                    if free not in known:
                        self._definitions.error(
                            "err:XPST0008", f"function {name.local}: there is no variable ${free}", node
                        )
