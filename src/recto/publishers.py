"""Where publishers keep their taxonomies, so that a missing one can be named and had: `recto taxonomy get NAME`.

A table of addresses, nothing of what stands there. Sizes are those of the archives when they were looked at; terms are
the publisher's, which whoever fetches a taxonomy accepts.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from recto.patterns import lazy

_FAF: Final = "Financial Accounting Foundation, terms in the archive and at fasb.org/terms"
_SEC: Final = "U.S. government work, not subject to copyright (17 U.S.C. 105)"
_IFRS: Final = "IFRS Foundation, terms at ifrs.org/legal"
_ESMA: Final = "European Securities and Markets Authority, esma.europa.eu/legal-notice"
_FRC: Final = "Financial Reporting Council, terms in the archive and at frc.org.uk"
_XBRL: Final = "XBRL International, terms at xbrl.org/legal"
_NL: Final = "SBR Nederland, terms at sbr-nl.nl"
_FERC: Final = "Federal Energy Regulatory Commission, terms at eCollection.ferc.gov/taxonomy/terms"


class Published(Struct, frozen=True):
    """A taxonomy as its publisher offers it."""

    name: str
    """What `recto taxonomy get` calls it."""
    url: str
    """Of a taxonomy package; of an entry point where there is no package."""
    terms: str
    size: int = 0
    """Bytes of the archive; 0 where not known."""
    base: str = ""
    """What the archive's files are found below, where it has no catalog that says so."""
    probe: str = ""
    """A file below `base` that shows where in the archive that is."""

    @property
    def is_package(self) -> bool:
        return self.url.endswith(".zip")


def _table() -> dict[str, Published]:
    found: list[Published] = []

    def add(name: str, url: str, terms: str, size: int = 0, base: str = "", probe: str = "") -> None:
        found.append(Published(name, url, terms, size, base, probe))

    gaap = {2020: 6_345_468, 2021: 6_526_936, 2022: 6_485_888, 2023: 6_607_657, 2024: 7_115_653, 2025: 7_101_405}
    srt = {2020: 158_794, 2021: 186_168, 2022: 182_036, 2023: 188_585, 2024: 188_150, 2025: 191_908, 2026: 195_234}
    sec = {2021: 598_328, 2022: 576_613, 2023: 954_681, 2024: 1_084_829, 2025: 1_201_089, 2026: 1_175_887}
    for year, size in {**gaap, 2026: 7_387_980}.items():
        dated = f"{year}-01-31" if year < 2022 else str(year)
        add(f"us-gaap-{year}", f"https://xbrl.fasb.org/us-gaap/{year}/us-gaap-{dated}.zip", _FAF, size)
    for year, size in srt.items():
        dated = f"{year}-01-31" if year < 2022 else str(year)
        add(f"srt-{year}", f"https://xbrl.fasb.org/srt/{year}/srt-{dated}.zip", _FAF, size)
    for year, size in sec.items():
        base, probe = "https://xbrl.sec.gov/", f"dei/{year}/dei-{year}.xsd"
        add(f"sec-{year}", f"https://xbrl.sec.gov/{year}.zip", _SEC, size, base, probe)
    add("ifrs-2017", "http://xbrl.ifrs.org/taxonomy/2017-03-09/IFRST_2017-03-09.zip", _IFRS)
    ifrs = "https://www.ifrs.org/content/dam/ifrs/standards/taxonomy/ifrs-taxonomies/"
    for year, file in (
        (2019, "IFRST_2019-03-27"),
        (2020, "IFRST_2020-03-16"),
        (2021, "IFRST_2021-03-24"),
        (2022, "IFRSAT-2022-03-24"),
        (2024, "IFRSAT-2024-03-27_29.08.24"),
    ):
        add(f"ifrs-{year}", f"{ifrs}{file}.zip", _IFRS)
    esma = "https://www.esma.europa.eu/sites/default/files/"
    for year, file in (
        (2017, "library/esef_taxonomy_2017"),
        (2019, "library/esef_taxonomy_2019"),
        (2020, "library/esef_taxonomy_2020"),
        (2021, "library/esef_taxonomy_2021"),
        (2022, "2023-12/esef_taxonomy_2022_v1.1"),
        (2024, "2025-01/esef_taxonomy_2024"),
    ):
        add(f"esef-{year}", f"{esma}{file}.zip", _ESMA)
    add("lei-2018", "http://www.xbrl.org/taxonomy/int/lei/lei-taxonomy-CR-2018-11-01.zip", _XBRL)
    add("lei-2020", "https://www.xbrl.org/taxonomy/int/lei/lei-taxonomy-REC-2020-07-02.zip", _XBRL)
    frc = "https://www.frc.org.uk/documents/"
    add("frc-2023", frc + "372/The_2023_Taxonomy_suite_v1.0.1.zip", _FRC)
    add("frc-2024", frc + "6566/FRC-2024-Taxonomy-v1.0.0_GJp67Do.zip", _FRC)
    add("frc-2025", frc + "7759/FRC-2025-Taxonomy-v1.0.0_LK4mek8.zip", _FRC)
    sbr = "https://www.sbr-nl.nl/sites/default/files/bestanden/taxonomie/"
    add("nl-nt16", sbr + "NT16_20220803%20Taxonomie%20%28SBRlight%29.zip", _NL)
    add("nl-nt17", sbr + "NT17_20230811%20Taxonomie%20SBRLight.zip", _NL)
    add("nl-nt18", sbr + "NT18_20240126%20Taxonomie%20%28SBRLight%29.zip", _NL)
    add("nl-nt19", sbr + "NT19_20241209%20Taxonomie%28SBRlight%29.zip", _NL)
    for form in ("1", "1-F", "2", "2-A", "3-Q", "6", "6-Q", "60", "714"):
        file = form.replace("-", "")
        url = f"https://eCollection.ferc.gov/taxonomy/form{file}/2022-01-01/form/form{file}/form-{form}_2022-01-01.xsd"
        add(f"ferc-form{file.lower()}-2022", url, _FERC)
    return {each.name: each for each in found}


PUBLISHED: Final = _table()
"""By name."""

_NAMES: Final = (
    (lazy(r"xbrl\.fasb\.org/us-gaap/(\d{4})"), "us-gaap-{}"),
    (lazy(r"xbrl\.fasb\.org/srt/(\d{4})"), "srt-{}"),
    (lazy(r"xbrl\.sec\.gov/[\w-]+/(\d{4})"), "sec-{}"),
    (lazy(r"xbrl\.ifrs\.org/taxonomy/(\d{4})"), "ifrs-{}"),
    (lazy(r"www\.esma\.europa\.eu/taxonomy/(\d{4})"), "esef-{}"),
    (lazy(r"xbrl\.frc\.org\.uk/.*?(\d{4})-\d\d-\d\d"), "frc-{}"),
    (lazy(r"xbrl\.org/taxonomy/int/lei/(\d{4})"), "lei-{}"),
    (lazy(r"www\.nltaxonomie\.nl/(nt\d\d)/"), "nl-{}"),
    (lazy(r"ecollection\.ferc\.gov/taxonomy/(form\w+/\d{4})"), "ferc-{}"),
)


def publisher_of(url: str) -> str | None:
    """The name of the published taxonomy that holds the document at `url`; None where none that is known does."""
    for shape, name in _NAMES:
        match = shape.search(url.lower())
        if match is not None:
            found = name.format(match[1].replace("/", "-"))
            return found if found in PUBLISHED else None
    return None


def near(name: str) -> str:
    """Names of published taxonomies that one could have meant, as a sentence's end; empty where none is near."""
    from difflib import get_close_matches

    found = get_close_matches(name.lower(), PUBLISHED, n=3, cutoff=0.6)
    found = found or [each for each in PUBLISHED if name.lower() in each][-3:]
    return f"; did you mean {' or '.join(found)}?" if found else ""
