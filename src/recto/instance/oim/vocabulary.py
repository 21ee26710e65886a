"""Names that the Open Information Model fixes: document types, reserved prefixes and link aliases, lexical patterns."""

from __future__ import annotations

import re
from typing import Final

from recto.names import ARC_FACT_FOOTNOTE, ISO4217, ROLE_LINK, UTR, XBRLI, XSD, QName

XBRL: Final = "https://xbrl.org/2021"
JSON_TYPE: Final = "https://xbrl.org/2021/xbrl-json"
CSV_TYPE: Final = "https://xbrl.org/2021/xbrl-csv"
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
NCNAME: Final = re.compile(f"[{_START}][{_REST}.]*")
QNAME: Final = re.compile(f"[{_START}][{_REST}.]*:[{_START}][{_REST}.]*")
SQNAME: Final = re.compile(f"[{_START}][{_REST}.]*:[^ \t\r\n]+")
IDENTIFIER: Final = re.compile(f"[{_START}][{_REST}]*")
"""A name without full stop (xBRL-CSV 1.0, identifiers)."""
ROW_IDENTIFIER: Final = re.compile(f"[{_REST}]+")
LANGUAGE: Final = re.compile("[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
UNIT_NAME: Final = f"[{_START}][{_REST}.]*:[{_START}][{_REST}.]*"
NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that no XML document can hold, so no value of an XML Schema type has it."""
