"""Facts of an Inline XBRL document set (Inline XBRL 1.1, 5, 9, 10, 11 and 15)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from recto.instance.builder import Attributes, FactBuilder, FactKind, attributes_among, fault_of_fraction
from recto.instance.inline.content import ContentLimitError, Contents, said
from recto.instance.inline.document import InlineFile, Marked
from recto.instance.inline.numbers import reported_number
from recto.instance.inline.transforms import TransformError, UnknownTransform, find, namespace_of, transform
from recto.instance.inline.transforms.model import Transform
from recto.instance.inline.transforms.numbers import canonical_number
from recto.instance.model import Fact
from recto.instance.xml import NIL
from recto.names import QName
from recto.xsd import INTEGERS, SPACE

_CLAUSES = {"fraction": "7.1", "nonFraction": "10.1", "nonNumeric": "11.1"}


class _Given(Attributes, kw_only=True):
    """Where the attributes of an inline item stand among those that its element has; -1 for those that it has not."""

    name: int
    format: int
    scale: int
    sign: int
    escape: int


def _given(names: Sequence[str]) -> _Given | None:
    """None where there are some that make an item less than plain."""
    found = attributes_among(names)
    if found is None or "name" not in names or "continuedAt" in names:
        return None
    own = {name: names.index(name) if name in names else -1 for name in ("name", "format", "scale", "sign", "escape")}
    return _Given(found.id, found.context, found.unit, found.decimals, found.precision, -1, **own)


class _Failure(Exception):
    """A value that cannot be made: finding code, reason, clause."""


class FactReader:
    """Reads the facts of one target."""

    def __init__(self, builder: FactBuilder, contents: Contents, language: str | None):
        """`language` is that of the target document's root, for facts with none in scope."""
        self.builder = builder
        self._twins: list[tuple[Any, Any]] = []
        self._contents = contents
        self._language = language
        self._formats: dict[tuple[InlineFile, str], QName] = {}

    @property
    def by_element(self) -> dict[Any, Fact]:
        """The fact that each element reports."""
        found = dict(zip(self.builder.elements, self.builder.facts, strict=True))
        for twin, element in self._twins:
            found[twin] = found[element]
        return found

    def read(self, facts: Sequence[Marked]) -> None:
        """All facts, in document order; the facts of a tuple follow it in their own order."""
        if any(each.local == "tuple" for each in facts):
            children, top = _tuple_contents(facts)
            for each in top:
                self._read_nested(each, None, children)
            return
        for file, group in groupby(facts, attrgetter("file")):
            short = self._short(file)
            for each in group:
                if not short(each):
                    self._read_one(each, None)

    def _short(self, file: InlineFile) -> Callable[[Marked], bool]:
        """What does the same as `_read_one` for the numbers and texts of a file of which all is as it should be.

        It gives False where something is not, and has then added nothing.
        """
        builder, takes, prefixes, line = self.builder, self._contents.takes, file.prefixes, file.doc.line
        languages, common = file.languages()
        plain = builder.plain(file.doc.url)
        kinds: dict[str, FactKind | None] = {}
        formats: dict[str, tuple[QName, Transform] | None] = {}
        layouts: dict[tuple[str, ...], _Given | None] = {}

        def kind_of(element: Any, written: str) -> FactKind | None:
            name = prefixes.everywhere(element, written)
            kind = None if name is None else builder.kind(name.clark, written.strip(SPACE).rpartition(":")[0])
            return kind if kind is not None and kind.plain else None

        def format_of(element: Any, written: str) -> tuple[QName, Transform] | None:
            name = prefixes.everywhere(element, written)
            found = None if name is None else find(name.namespace, name.local)
            return None if name is None or found is None else (name, found.apply)

        def short(marked: Marked) -> bool:
            element = marked.element
            if len(element):
                return False
            names = tuple(element.keys())
            try:
                given = layouts[names]
            except KeyError:
                given = layouts[names] = _given(names)
            if given is None:
                return False
            values = element.values()
            name = values[given.name]
            try:
                kind = kinds[name]
            except KeyError:
                kind = kinds[name] = kind_of(element, name)
            if kind is None:
                return False
            value = written = element.text or ""
            format_ = None
            if given.format >= 0:
                try:
                    known = formats[values[given.format]]
                except KeyError:
                    known = formats[values[given.format]] = format_of(element, values[given.format])
                if known is None:
                    return False
                format_, apply = known
                made = apply(value.strip(SPACE))
                if made is None:
                    return False
                value = made
            scale = values[given.scale] if given.scale >= 0 else None
            if marked.local == "nonFraction":
                negative = given.sign >= 0
                if negative and values[given.sign] != "-":
                    return False
                try:
                    value = reported_number(value.strip(SPACE), scale, negative)
                except ValueError:
                    return False
                if "." in value and _is_whole(kind):
                    value = canonical_number(value)
            elif marked.local != "nonNumeric" or (given.escape >= 0 and values[given.escape] in ("true", "1")):
                return False
            language = (languages.get(element, common) if languages else common) or self._language
            return takes(written) and plain(
                kind, given, values, value, element, line(element), None, language, marked.hidden, format_, scale
            )

        return short

    def _read_nested(self, marked: Marked, parent: Fact | None, children: dict[Any, list[Marked]]) -> None:
        fact = self._read_one(marked, parent)
        before: Marked | None = None
        for child in children.pop(marked.element, ()):
            if before is not None and _is_twin(before, child):
                self._twins.append((child.element, before.element))
                continue
            self._read_nested(child, fact, children)
            before = child

    def _read_one(self, marked: Marked, parent: Fact | None) -> Fact:
        element = marked.element
        file = marked.file
        get = element.get
        nil = get(NIL)
        name = get("name") or ""
        qname = file.prefixes.qname(element, name)
        kind = self.builder.kind(qname.clark if qname is not None else name, name.strip(SPACE).rpartition(":")[0])
        language = file.language(element) or self._language
        value = ""
        fraction = None
        format_ = None
        failure: _Failure | None = None
        is_tuple = marked.local == "tuple"
        if not is_tuple:
            written = get("format")
            if written is not None:
                format_ = self._format(file, element, written)
            if nil is None or nil.strip(SPACE) not in ("true", "1"):
                try:
                    if marked.local == "nonFraction":
                        value = self._number(marked, format_, get("scale"), get("sign"))
                        if "." in value and _is_whole(kind):
                            value = canonical_number(value)
                    elif marked.local == "nonNumeric":
                        value = self._text(marked, format_)
                    else:
                        fraction = self._fraction(marked)
                        value = "/".join(fraction)
                except _Failure as error:
                    failure = error
                    value = self._contents.written(marked)
        broken = element in self._contents.broken
        self.builder.clause = _CLAUSES.get(marked.local)
        fact = self.builder.add(
            kind,
            element,
            file.doc.url,
            file.doc.line(element),
            value,
            attribute=get,
            nil=nil,
            language=language,
            parent=parent,
            hidden=marked.hidden,
            format=format_,
            invalid=failure.args[1] if failure is not None else "its continuation is not known" if broken else None,
            fraction=fraction,
            is_tuple=is_tuple,
            scale=get("scale"),
        )
        if failure is not None:
            code, reason, clause = failure.args
            what = {"what": "its value"} if code == "xmlSchema:valueError" else {"wanted": "one of each term"}
            self.builder.report(code, fact, f"Inline XBRL 1.1, {clause}", reason=reason, **what)
        return fact

    def _format(self, file: InlineFile, element: Any, written: str) -> QName:
        """The format's name; a registry is guessed for a prefix that is bound to nothing (and a finding tells)."""
        key = (file, written)
        found = self._formats.get(key)
        if found is not None:
            return found
        name = file.prefixes.qname(element, written.strip(SPACE))
        if name is None:
            local = written.strip(SPACE).rpartition(":")[2]
            namespace = namespace_of(local) or ""
            name = QName(namespace, local)
            assumed = f"; {namespace} is assumed" if namespace else ""
            self.builder.findings.found(
                "ix11.10.1.2:invalidTransformation",
                about=f"The format {written!r}",
                reason=f"its prefix is not bound to a namespace{assumed}",
                document=file.doc.url,
                line=file.doc.line(element),
                specification="Inline XBRL 1.1, 10.1.2",
            )
        self._formats[key] = name
        return name

    def _text(self, marked: Marked, format_: QName | None) -> str:
        try:
            if marked.element.get("escape") in ("true", "1"):
                text = self._contents.escaped(marked)
            else:
                text = self._contents.text(marked)
        except ContentLimitError as error:
            raise _Failure(error.code, error.message, "4.1.1") from None
        return text if format_ is None else _transformed(text, format_, "11.1")

    def _number(self, marked: Marked, format_: QName | None, scale: str | None, sign: str | None) -> str:
        try:
            text = self._contents.number(marked).strip(SPACE)
        except ContentLimitError as error:
            raise _Failure(error.code, error.message, "10.1.1") from None
        if format_ is not None:
            text = _transformed(text, format_, "10.1")
        if sign not in (None, "-"):
            raise _Failure("xmlSchema:valueError", f"sign {sign!r} is not '-'", "10.1.1")
        try:
            return reported_number(text, scale, sign == "-")
        except ValueError as error:
            raise _Failure("xmlSchema:valueError", str(error), "10.1.1") from None

    def _fraction(self, marked: Marked) -> tuple[str, str]:
        terms = []
        for name in ("numerator", "denominator"):
            element = next(marked.element.iter(f"{marked.file.namespace}{name}"), None)
            if element is None:
                raise _Failure("ix11.7.1.1:fractionChildren", f"the fraction has no {name}", "7.1.1")
            term = Marked(element, marked.file, name, -1)
            written = element.get("format")
            format_ = None if written is None else self._format(marked.file, element, written)
            terms.append(self._number(term, format_, element.get("scale"), element.get("sign")))
        fault = fault_of_fraction(terms[0], terms[1])
        if fault is not None:
            raise _Failure("xmlSchema:valueError", fault, "7.1.1")
        return terms[0], terms[1]


def _is_whole(kind: FactKind) -> bool:
    """Whether values are whole numbers, which are written without a fraction, be it one of zeros."""
    return kind.type is not None and kind.type.xsd_base in INTEGERS


def _transformed(text: str, format_: QName, clause: str) -> str:
    try:
        return transform(format_.namespace, format_.local, text)
    except UnknownTransform as error:
        raise _Failure(f"ix11.{clause}.2:invalidTransformation", error.message, f"{clause}.2") from None
    except TransformError as error:
        raise _Failure(f"ix11.{clause}.1:transformValueError", error.message, f"{clause}.1") from None


def _tuple_contents(facts: Sequence[Marked]) -> tuple[dict[Any, list[Marked]], list[Marked]]:
    """Children of each tuple element sorted by their order, and the facts that are in no tuple."""
    by_id: dict[str, Marked] = {}
    tag = ""
    for each in facts:
        if each.local == "tuple":
            tag = each.element.tag
            identifier = each.get("tupleID")
            if identifier is not None:
                by_id.setdefault(identifier, each)
    children: dict[Any, list[tuple[float, Marked]]] = {}
    top: list[Marked] = []
    for each in facts:
        reference = each.get("tupleRef")
        if reference is not None:
            owner = by_id[reference].element if reference in by_id else None
        else:
            owner = next(each.element.iterancestors(tag), None)
        if owner is None or owner is each.element:
            top.append(each)
        else:
            children.setdefault(owner, []).append((_order(each.get("order")), each))
    sorted_ = {owner: [each for _, each in sorted(group, key=_by_order)] for owner, group in children.items()}
    return sorted_, top + _unreachable(sorted_, top)


def _is_twin(one: Marked, other: Marked) -> bool:
    """Whether two parts of a tuple are one in the target document: equal ones of the same order (15.1.2, 15.1.3)."""
    first, second = one.get("order"), other.get("order")
    if first is None or second is None or other.local == "tuple" or _order(first) != _order(second):
        return False
    return said(one) == said(other)


def _unreachable(children: dict[Any, list[Marked]], top: Sequence[Marked]) -> list[Marked]:
    """One fact of each ring of tuples that hold each other, so that no fact is lost."""
    left = {each.element: each for group in children.values() for each in group}
    stack = [each.element for each in top]
    rings: list[Marked] = []
    while stack or left:
        if not stack:
            element, marked = next(iter(left.items()))
            del left[element]
            rings.append(marked)
            stack.append(element)
            for group in children.values():
                if marked in group:
                    group.remove(marked)
        for child in children.get(stack.pop(), ()):
            if left.pop(child.element, None) is not None:
                stack.append(child.element)
    return rings


def _by_order(entry: tuple[float, Marked]) -> float:
    return entry[0]


def _order(text: str | None) -> float:
    try:
        return float(text) if text is not None else 0.0
    except ValueError:
        return 0.0
