"""Names that the Open Information Model fixes: document types, reserved prefixes and link aliases, lexical patterns."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from recto.names import ARC_FACT_FOOTNOTE, ISO4217, ROLE_LINK, UTR, XBRLI, XSD, QName
from recto.patterns import lazy

XBRL: Final = "https://xbrl.org/2021"
JSON_TYPE: Final = "https://xbrl.org/2021/xbrl-json"
CSV_TYPE: Final = "https://xbrl.org/2021/xbrl-csv"
DRAFT: Final = lazy(r"https?://(?:www\.)?xbrl\.org/(?:PWD|CR|PR)/\d{4}-\d\d-\d\d(/xbrl-(?:json|csv))")
"""The document types of drafts of the Recommendations of 2021, with what follows `XBRL` in those of the latter."""
ENTITIES: Final = "https://xbrl.org/2021/entities"
"""With the identifier `NA`: the scheme that xBRL-XML has where a report names no entity (xBRL-XML 1.0, 3.2)."""
NO_ENTITY: Final = "NA"
NOTE: Final = QName(XBRL, "note")
PURE: Final = QName(XBRLI, "pure")
ARC_EXPLANATORY_FACT: Final = "http://www.xbrl.org/2009/arcrole/fact-explanatoryFact"

RESERVED_PREFIXES: Final = {"iso4217": ISO4217, "utr": UTR, "xbrl": XBRL, "xbrli": XBRLI, "xs": XSD}
RESERVED_LINK_ALIASES: Final = {
    "_": ROLE_LINK,
    "footnote": ARC_FACT_FOOTNOTE,
    "explanatoryFact": ARC_EXPLANATORY_FACT,
}
CORE_DIMENSIONS: Final = ("concept", "entity", "period", "unit", "language")

_START = (
    "A-Za-z_\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_REST = _START + "\\-0-9\xb7\u0300-\u036f\u203f-\u2040"


class Names:
    """A pattern made of names. Texts in ASCII need its small form only; the whole one takes long to compile."""

    __slots__ = ("_ascii", "_build", "_whole")

    def __init__(self, build: Callable[[str, str], str]):
        """`build` makes the pattern of the characters (as of a class) that names begin with, and of those within."""
        self._build = build
        self._ascii = re.compile(build("A-Za-z_", "A-Za-z_\\-0-9")).fullmatch
        self._whole: Callable[[str], re.Match[str] | None] | None = None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        if text.isascii():
            return self._ascii(text)
        if self._whole is None:
            self._whole = re.compile(self._build(_START, _REST)).fullmatch
        return self._whole(text)


NCNAME: Final = Names(lambda start, rest: f"[{start}][{rest}.]*")
QNAME: Final = Names(lambda start, rest: f"[{start}][{rest}.]*:[{start}][{rest}.]*")
SQNAME: Final = Names(lambda start, rest: f"[{start}][{rest}.]*:[^ \t\r\n]+")
IDENTIFIER: Final = Names(lambda start, rest: f"[{start}][{rest}]*")
"""A name without full stop (xBRL-CSV 1.0, identifiers)."""
ROW_IDENTIFIER: Final = Names(lambda start, rest: f"[{rest}]+")
LANGUAGE: Final = lazy("[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
NOT_XML: Final = lazy("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that no XML document can hold, so no value of an XML Schema type has it."""
