"""Inline XBRL transformations: text as displayed to the lexical value of a fact.

    transform(namespace, local_name, text) -> str    the value, or TransformError (UnknownTransform)
    known(namespace, local_name) -> bool             whether a registry defines the format
    find(namespace, local_name) -> Format | None     the format itself
    namespace_of(local_name) -> str | None           the newest registry with such a format, to repair a document
    registries() -> {namespace: {name: Format}}      what there is, with a description and an example of each

Known are XBRL International's registries 1 to 5 and the SEC's. Registries are immutable once recommended, so they are
tables of this package. A value is checked only as far as its format demands, not against the type of its concept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from recto.instance.inline.transforms import sec, trr1, trr2, trr4
from recto.instance.inline.transforms.model import Format, Registry, TransformError, UnknownTransform
from recto.xsd import SPACE

__all__ = ["Format", "TransformError", "UnknownTransform", "find", "known", "namespace_of", "registries", "transform"]

# Registries are built when first asked for: a filing names one or two.
_BUILDERS: dict[str, Callable[[], Registry]] = {
    trr1.NAMESPACES[0]: trr1.registry,
    trr1.NAMESPACES[1]: trr1.registry,
    trr2.NAMESPACE_2: trr2.registry_2,
    trr2.NAMESPACE_3: trr2.registry_3,
    trr4.NAMESPACE_4: trr4.registry_4,
    trr4.NAMESPACE_5: trr4.registry_5,
    sec.NAMESPACE: sec.registry,
}
_FORMATS: dict[tuple[str, str], Format] = {}


@cache
def _registry(namespace: str) -> Mapping[str, Format]:
    formats = _BUILDERS[namespace]()
    _FORMATS.update(((namespace, name), entry) for name, entry in formats.items())
    return MappingProxyType(formats)


_SHOWN = 80


def transform(namespace: str, local_name: str, text: str) -> str:
    """The lexical value that the format (given by its expanded name) makes of the text of an inline element.

    XML white space at the ends of the text is ignored. Raises UnknownTransform where no registry defines the format,
    TransformError where the text is not valid input of it (Inline XBRL 1.1, 10.1 and 11.1).
    """
    entry = find(namespace, local_name)
    if entry is None:
        raise UnknownTransform(f'no transformation registry defines "{local_name}" in namespace "{namespace}"')
    value = entry.apply(text.strip(SPACE))
    if value is None:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        raise TransformError(f'"{shown}" is not valid input of {local_name}, which expects {entry.expects}')
    return value


def find(namespace: str, local_name: str) -> Format | None:
    """The format; None where no registry defines it."""
    entry = _FORMATS.get((namespace, local_name))
    if entry is None and namespace in _BUILDERS:
        entry = _registry(namespace).get(local_name)
    return entry


def known(namespace: str, local_name: str) -> bool:
    """Whether a registry defines the format."""
    return namespace in _BUILDERS and local_name in _registry(namespace)


def namespace_of(local_name: str) -> str | None:
    """The namespace of the newest registry that defines a format of this name; None where none does.

    For documents that leave the format's prefix undeclared, which is an error to report: the name alone nearly always
    tells the registry's generation, and a format that survives from one to the next keeps its meaning.
    """
    return next((namespace for namespace in reversed(_BUILDERS) if known(namespace, local_name)), None)


def registries() -> Mapping[str, Mapping[str, Format]]:
    """All formats, by namespace and local name; for listings."""
    return MappingProxyType({namespace: _registry(namespace) for namespace in _BUILDERS})
