"""What a report is submitted as: its form, filer and dates, from the submission's header, parameters or cover page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from recto.instance.model import Context, Fact, Period
from recto.names import QName
from recto.patterns import lazy
from recto.rules.subject import Subject

if TYPE_CHECKING:
    from recto.taxonomy.discovery import LoadedDocument

DEI: Final = lazy(r"http://xbrl\.(?:sec\.gov|us)/dei/([\w.-]+)\Z")
FFD: Final = lazy(r"https?://xbrl\.sec\.gov/ffd/")
"""The taxonomy of filing fees."""
STANDARD: Final = tuple(
    f"{scheme}://{host}/"
    for scheme in ("http", "https")
    for host in (
        "fasb.org",
        "xbrl.fasb.org",
        "xbrl.sec.gov",
        "xbrl.us",
        "taxonomies.xbrl.us",
        "xbrl.ifrs.org",
        "www.xbrl.org",
        "xbrl.org",
        "www.w3.org",
    )
)
"""What namespaces begin with that have publishers whose taxonomies EDGAR supports."""
CIK: Final = "http://www.sec.gov/CIK"
_HEADER: Final = {"form": "submissionType", "cik": "CIK", "period": "periodOfReport"}
"""What a full submission's header says, by the name that the same has as a parameter."""
_PUBLISHED: Final = lazy(
    r"https?://(?:xbrl\.sec\.gov/[a-z]+(?:-[\w-]+)?/|(?:xbrl\.)?fasb\.org/[\w-]+/|(?:taxonomies\.)?xbrl\.us/[\w-]+/"
    r"|xbrl\.ifrs\.org/taxonomy/|(?:www\.)?xbrl\.org/|www\.w3\.org/).*\d{4}"
)
_ISO: Final = lazy(r"(\d{4})-?(\d{2})-?(\d{2})")
_AMERICAN: Final = lazy(r"(\d{2})-(\d{2})-(\d{4})")
CLASS_RULES: Final = frozenset(("485APOS", "485BPOS", "485BXT", "497", "497K", "497VPI", "497VPU", "N-1A", "N-1A/A"))
"""Forms of funds, whose reports are not about a period."""
FUND_FORMS: Final = CLASS_RULES | frozenset(
    ("N-2", "N-2/A", "N-2MEF", "N-2ASR", "N-2 POSASR", "N-CSR", "N-CSR/A", "N-CSRS", "N-CSRS/A")
)
"""Forms of investment companies: they may use the taxonomy of risks and returns, and their pages stand in any order."""


class Submission:
    """One instance with what is known of the submission that it is part of. Made once for an instance."""

    def __init__(self, subject: Subject):
        self.subject = subject
        self.instance = subject.instance
        self.dts = subject.dts
        self.inline = subject.instance.kind == "inline"

    @cached_property
    def parameters(self) -> Mapping[str, Any]:
        """What the caller or the header says, by the SEC's names: `submissionType`, `CIK`, `periodOfReport`, …"""
        filing = self.subject.filing
        found: dict[str, Any] = {}
        if filing is not None:
            for name, parameter in _HEADER.items():
                if filing.source.header.get(name):
                    found[parameter] = filing.source.header[name]
        found.update(self.subject.parameters)
        return found

    def flag(self, name: str) -> bool | None:
        """A parameter that is true or false; None where it is not given."""
        value = self.parameters.get(name)
        if value is None or value == "":
            return None
        return str(value).strip().lower() in ("true", "1", "yes")

    def words(self, name: str) -> tuple[str, ...]:
        """A parameter that is a list; as text it is separated by commas."""
        value = self.parameters.get(name)
        if value is None:
            return ()
        each = value.split(",") if isinstance(value, str) else value
        return tuple(str(word).strip() for word in each)

    @cached_property
    def dei(self) -> str:
        """The namespace of the Document and Entity Information that the report uses; "" for none."""
        for namespace in self.dts.namespaces():
            if DEI.match(namespace):
                return namespace
        return ""

    @cached_property
    def dei_version(self) -> str:
        match = DEI.match(self.dei)
        return match.group(1) if match else ""

    @cached_property
    def dei_facts(self) -> Mapping[str, Sequence[Fact]]:
        """Facts of the cover page by local name, in document order."""
        found: dict[str, list[Fact]] = {}
        known: dict[str, bool] = {}
        for fact in self.instance.facts:
            namespace = fact.qname.namespace
            if namespace not in known:
                known[namespace] = DEI.match(namespace) is not None
            if known[namespace]:
                found.setdefault(fact.qname.local, []).append(fact)
        return found

    def dei_value(self, name: str) -> str | None:
        """The value of a fact of the cover page that is about the filer as a whole; None where there is none."""
        fact = self.dei_fact(name)
        return fact.value.strip() if fact is not None else None

    def dei_fact(self, name: str) -> Fact | None:
        for fact in self.dei_facts.get(name, ()):
            if fact.context is not None and not fact.context.dimensions and not fact.nil and fact.value.strip():
                return fact
        return None

    @cached_property
    def document_type(self) -> str:
        """What the cover page calls the form."""
        return self.dei_value("DocumentType") or ""

    @cached_property
    def form(self) -> str:
        """The submission type; where none is told, the document type, as amendment where it says to be one."""
        told = self.parameters.get("submissionType")
        if told:
            return str(told).strip()
        form = self.document_type
        if form and not form.endswith("/A") and self.dei_value("AmendmentFlag") in ("true", "1"):
            return form + "/A"
        return form

    @property
    def told_form(self) -> bool:
        """Whether the submission type is known, not concluded from the cover page."""
        return bool(self.parameters.get("submissionType"))

    @cached_property
    def attachment(self) -> str:
        """The type of the document as an attachment of its submission (`EX-101`, `EX-99.K SDR`); "" if not told.

        An instance in XML may have `.INS` after it.
        """
        types = self.parameters.get("documentTypes")
        if isinstance(types, Mapping) and self.instance.url in types:
            told = types[self.instance.url]
        else:
            told = self.parameters.get("attachmentDocumentType") or self.parameters.get("exhibitType") or ""
        return str(told).strip().removesuffix(".INS")

    @cached_property
    def is_fees(self) -> bool:
        """Whether it is an exhibit of filing fees, which has rules of its own in place of those of cover pages."""
        if self.attachment.startswith("EX-"):
            return self.attachment.startswith("EX-FILING FEES")
        return any(FFD.match(each) for each in self.dts.namespaces())

    @cached_property
    def required_context(self) -> Context | None:
        """The context of the filer as a whole for the period that the report is about (6.5.19).

        It is that of the document type, else the longest one without dimensions that ends with the period.
        """
        fact = self.dei_fact("DocumentType")
        if fact is not None and fact.context is not None and fact.context.period.kind == "duration":
            return fact.context
        for context in self.instance.contexts.values():
            if not context.dimensions and context.period.kind == "duration":
                return context
        return None

    @cached_property
    def required_period(self) -> Period | None:
        """The period of the document type's context; None where that is none."""
        fact = self.dei_fact("DocumentType")
        period = fact.period if fact is not None else None
        return period if period is not None and period.kind == "duration" else None

    @cached_property
    def period_of_report(self) -> date | None:
        """The end of the period: as told, else of the cover page, else of the required context."""
        for text in (str(self.parameters.get("periodOfReport") or ""), self.dei_value("DocumentPeriodEndDate") or ""):
            if (found := as_date(text)) is not None:
                return found
        context = self.required_context
        day = context.period.last_day if context is not None else None
        return day.date() if day is not None else None

    @cached_property
    def filed(self) -> date | None:
        """The day on which the submission is, or was, made, where that is told."""
        told = str(self.parameters.get("datetimeForTesting") or self.parameters.get("filed") or "")
        filing = self.subject.filing
        if not told and filing is not None:
            told = filing.source.header.get("filed", "")
        return as_date(told)

    @property
    def today(self) -> date:
        """The same; where it is not told, today."""
        return self.filed or date.today()

    @cached_property
    def custom_namespaces(self) -> frozenset[str]:
        """Target namespaces of the filing's own schemas."""
        return frozenset(
            document.namespace or ""
            for document in self.subject.own_documents
            if document.compiled.kind == "schema" and not self.is_published(document.namespace or "")
        )

    @cached_property
    def custom_documents(self) -> list[LoadedDocument]:
        """The filing's own schemas and linkbases; copies of standard taxonomies are none."""
        return [
            document
            for document in self.subject.own_documents
            if document.compiled.kind != "schema" or not self.is_published(document.namespace or "")
        ]

    def is_published(self, namespace: str) -> bool:
        """Whether a namespace is one of a standard taxonomy: dated as its publisher dates them."""
        return _PUBLISHED.match(namespace) is not None

    def is_custom(self, name: QName) -> bool:
        """Whether the filer made a name up."""
        return name.namespace in self.custom_namespaces

    @cached_property
    def is_fund(self) -> bool:
        """Whether the form is a fund's prospectus."""
        return self.document_type in CLASS_RULES or self.form in CLASS_RULES

    def own_facts(self) -> Iterator[Fact]:
        for fact in self.instance.facts:
            if not fact.is_tuple:
                yield fact


def is_standard(namespace: str) -> bool:
    """Whether a namespace is that of a publisher whose taxonomies EDGAR supports."""
    return namespace.startswith(STANDARD)


def as_date(text: str) -> date | None:
    """A day as `2024-12-31`, `20241231` or, as EDGAR's headers have it, `12-31-2024`; None for what is none."""
    text = text.strip()
    match = _ISO.match(text)
    if match is not None:
        year, month, day = match.groups()
    else:
        match = _AMERICAN.match(text)
        if match is None:
            return None
        month, day, year = match.groups()
    try:
        return datetime(int(year), int(month), int(day)).date()
    except ValueError:
        return None


def submission(subject: Subject) -> Submission:
    """The submission that a subject belongs to."""
    found: Submission | None = subject.cache.get("efm")
    if found is None:
        found = subject.cache["efm"] = Submission(subject)
    return found
