"""Names of registrants: that of the cover page is the one that the SEC knows (EDGAR Filer Manual, 6.5.24)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from recto.findings import Finding
from recto.rules import Rule
from recto.rules.efm.submission import Submission, submission
from recto.rules.efm.telling import tell_fact
from recto.rules.subject import Subject

_SHORT: Final = {"incorporated": "inc", "corporation": "corp", "company": "co", "limited": "ltd", "and": ""}
"""Words that names are written with in more than one way."""


def names(subject: Subject) -> Iterator[Finding]:
    """The registrant's name begins with the one by which the SEC knows its CIK; inline, as people would read it."""
    filed = submission(subject)
    known = registrants(filed)
    context = filed.required_context
    official = known.get(context.identifier) if context is not None else None
    fact = filed.dei_fact("EntityRegistrantName")
    if not official or fact is None or filed.document_type == "L SDR":
        return
    value = fact.value.strip()
    if not (plain(value).startswith(plain(official)) if filed.inline else _begins(value, official)):
        yield tell_fact("6.05.24.registrantName", fact, value=value, official=official)


def _begins(value: str, official: str) -> bool:
    return value.casefold().startswith(official.casefold())


def registrants(filed: Submission) -> Mapping[str, str]:
    """Names by CIK, as the caller gave them: a mapping, or two lists in the same order (`cikList`, `cikNameList`)."""
    told = filed.parameters.get("cikNameList")
    if isinstance(told, Mapping):
        return {str(cik): str(name) for cik, name in told.items() if name}
    if not isinstance(told, str) or not told:
        return {}
    return dict(zip(filed.words("cikList"), told.split("|Edgar|"), strict=False))


def plain(name: str) -> str:
    """A name without what it may be written with or without: articles, punctuation, single letters, states."""
    name = re.sub(r"/.+/|\\.+\\", " ", name)
    name = re.sub(r"\s*\(.+\)\s*\Z", " ", name)
    name = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    name = "".join(each for each in name if not unicodedata.combining(each))
    name = re.sub(r"['\u2018\u2019\u058a\u05be\u2010-\u2015\ufe58\ufe63\uff0d-]", "", name)
    words = re.sub(r"[^\w]", " ", name).split()
    if words[:1] == ["the"]:
        words = words[1:]
    return "".join(_SHORT.get(word, word) for word in words if len(word) > 1)


RULES: list[Rule] = [names]
