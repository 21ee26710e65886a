"""The regimes that recto knows.

Hosts and schemes are facts about published taxonomies and reports. A more special entry comes before the one whose
host it is part of: Ireland's accounts before those of the United Kingdom, which publishes both taxonomies.
"""

from __future__ import annotations

from typing import Final

from recto.errors import UsageError
from recto.regimes.model import Regime

SEC: Final = Regime(
    "sec",
    "U.S. Securities and Exchange Commission",
    hosts=("xbrl.sec.gov", "www.sec.gov", "fasb.org", "xbrl.us"),
    schemes=("http://www.sec.gov/CIK",),
    languages=("en-US", "en-GB"),
)
ESEF: Final = Regime(
    "esef",
    "European Single Electronic Format, annual financial reports of issuers in the European Union",
    hosts=("esma.europa.eu",),
    plain_pages=True,
    english="en-GB",
)
PLAIN: Final = Regime("plain", "no regime's rules")

REGIMES: Final[dict[str, Regime]] = {
    each.name: each
    for each in (
        SEC,
        ESEF,
        Regime(
            "esrs",
            "European Sustainability Reporting Standards",
            hosts=("xbrl.efrag.org",),
            english="en-GB",
        ),
        Regime(
            "ie",
            "Ireland: Revenue and the Companies Registration Office",
            hosts=("xbrl.frc.org.uk/ireland", "xbrl.frc.org.uk/ie"),
            schemes=("http://www.cro.ie",),
            languages=("en-IE", "en-GB", "en"),
            english="en-IE",
        ),
        Regime(
            "uk",
            "United Kingdom: HM Revenue and Customs, Companies House",
            hosts=("frc.org.uk", "hmrc.gov.uk", "companieshouse.gov.uk", "xbrl.org/uk"),
            schemes=("http://www.companieshouse.gov.uk",),
            languages=("en-GB", "en"),
            english="en-GB",
        ),
        Regime(
            "nl",
            "Netherlands: Standard Business Reporting, Chamber of Commerce (KVK)",
            hosts=("nltaxonomie.nl", "kvk.nl"),
            schemes=("http://www.kvk.nl/kvk-id",),
            languages=("nl",),
            english="en-GB",
        ),
        Regime(
            "dk",
            "Denmark: Danish Business Authority",
            hosts=("dcca.dk", "eogs.dk", "erst.dk"),
            schemes=("http://www.dcca.dk/cvr",),
            languages=("da",),
            english="en-GB",
        ),
        Regime(
            "es",
            "Spain: commercial registers, ICAC, CNMV",
            hosts=("icac.meh.es", "icac.gob.es", "cnmv.es", "registradores.org", "xbrl.es"),
            schemes=("http://www.icac.meh.es",),
            languages=("es",),
            english="en-GB",
        ),
        Regime(
            "it",
            "Italy: registers of companies (InfoCamere)",
            hosts=("infocamere.it", "xbrl.org/it"),
            schemes=("http://www.infocamere.it",),
            languages=("it",),
            english="en-GB",
        ),
        Regime(
            "se",
            "Sweden: Companies Registration Office (Bolagsverket)",
            hosts=("taxonomier.se", "bolagsverket.se"),
            schemes=("http://www.bolagsverket.se",),
            languages=("sv",),
            english="en-GB",
        ),
        Regime(
            "ferc",
            "U.S. Federal Energy Regulatory Commission",
            hosts=("ferc.gov",),
            schemes=("http://www.ferc.gov/CID",),
            languages=("en-US", "en"),
        ),
        Regime(
            "edinet",
            "Japan: Financial Services Agency (EDINET)",
            hosts=("edinet-fsa.go.jp",),
            schemes=("http://disclosure.edinet-fsa.go.jp",),
            languages=("ja",),
        ),
        Regime(
            "tdnet",
            "Japan: Tokyo Stock Exchange (TDnet)",
            hosts=("tse.or.jp", "xbrl.tdnet.info"),
            schemes=("http://www.tse.or.jp/sicc",),
            languages=("ja",),
        ),
        Regime(
            "eba",
            "European Banking Authority",
            hosts=("eba.europa.eu",),
            languages=("en",),
            english="en-GB",
        ),
        Regime(
            "eiopa",
            "European Insurance and Occupational Pensions Authority",
            hosts=("eiopa.europa.eu",),
            languages=("en",),
            english="en-GB",
        ),
        Regime(
            "au",
            "Australia: Standard Business Reporting",
            hosts=("sbr.gov.au",),
            schemes=("http://www.ato.gov.au/abn", "http://www.abr.gov.au/abn"),
            languages=("en-AU", "en"),
            english="en-AU",
        ),
        Regime(
            "my",
            "Malaysia: Companies Commission (SSM)",
            hosts=("ssm.com.my",),
            schemes=("http://www.ssm.com.my",),
            languages=("en", "ms"),
            english="en-MY",
        ),
        PLAIN,
    )
}
"""By name, in the order in which equal evidence decides."""


def named(name: str) -> Regime:
    """The regime that `--regime` names. Raises `UsageError` for a name that is none's."""
    found = REGIMES.get(name.strip().lower())
    if found is None:
        raise UsageError(f"there is no regime {name!r}: choose one of {', '.join(REGIMES)}")
    return found
