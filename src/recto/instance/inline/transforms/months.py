"""Month names, for the formats that read dates in words.

Outside English, names are matched by their stem, without regard to case and accents: the registries list the
lower, upper and title forms with and without accents of an abbreviation, followed by any ending.
English is matched exactly, in title or upper case, in full or by three letters, as its formats demand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from recto.instance.inline.transforms.numbers import numbered

_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

ENGLISH_LONG: Mapping[str, int] = {name: number for number, name in enumerate(_ENGLISH, 1)}
ENGLISH_SHORT: Mapping[str, int] = {name[:3]: number for number, name in enumerate(_ENGLISH, 1)}
ENGLISH: Mapping[str, int] = {
    form: number for number, name in enumerate(_ENGLISH, 1) for form in (name, name.upper(), name[:3], name[:3].upper())
}

HINDI: Mapping[str, int] = numbered("जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर")

ROMAN: Mapping[str, int] = {
    form: number
    for numeral, number in numbered("I II III IV V VI VII VIII IX X XI XII").items()
    for form in (numeral, numeral.lower())
}

# Twelve stems to a language, already folded (see `fold`); "/" separates the alternatives of one month. Czech has no
# stems: names in the form that stands after a day, and abbreviations.
_STEMS = {
    "bg": "ян фев мар апр маи юни юли авг сеп окт ное дек",
    "cs": (
        "ledna/led unora/uno brezna/bre dubna/dub kvetna/kve cervna/cvn cervence/cvc srpna/srp zari/zar rijna/rij "
        "listopadu/lis prosince/pro"
    ),
    "cy": "ion chwe maw ebr mai meh gor aws med hyd tach rhag",
    "da": "jan feb mar apr maj jun jul aug sep okt nov dec",
    "de": "jan/jaen feb mar/maer/mrz apr mai jun jul aug sep okt nov dez",
    "el": "ιαν φεβ μαρ απρ/αριλ μαι ιουν ιουλ αυγ σεπ οκτ νοε δεκ",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "et": "jaan veebr marts apr mai juuni juuli aug sept okt nov dets",
    "fi": "tam hel maa huh tou kes hei elo syy lok mar jou",
    "fr": "janv fevr mars avr mai juin juil aout sept oct nov dec",
    "hr": "sij velj ozu tra svi lip srp kol ruj lis stu pro",
    "hu": "jan feb marc apr maj jun jul aug szept okt nov dec",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "lt": "sau vas kov bal geg bir lie rugp/rgp rugs/rgs spa/spl lap gru/grd",
    "lv": "janv febr marts apr maijs jun jul aug sept okt nov dec",
    "nl": "jan feb maa/mrt apr mei jun jul aug sep okt nov dec",
    "no": "jan feb mar apr mai jun jul aug sep okt nov des",
    "pl": "sty lut mar kwi maj cze lip sie wrz paz lis gru",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "ro": "ian feb mar apr mai iun iul aug sep oct noi/nov dec",
    "sk": "jan feb mar apr maj jun jul aug sep okt nov dec",
    "sl": "jan feb mar apr maj jun jul avg sep okt nov dec",
    "sv": "jan feb mar apr maj jun jul aug sep okt nov dec",
}
# What a month may be besides where no day stands before it: other cases in Czech, mutated beginnings in Welsh.
_ALONE = {
    "cs": (
        "leden/lednu unor/unoru brezen/breznu duben/dubnu kveten/kvetnu cerven/cervnu cervenec/cervenci srpen/srpnu - "
        "rijen/rijnu listopad prosinec/prosinci"
    ),
    "cy": "- - faw - fai feh ngor - fed - dach/nhach/thach rag",
}


def _numbers(stems: str) -> dict[str, int]:
    return {stem: number for number, month in enumerate(stems.split(), 1) for stem in month.split("/") if stem != "-"}


LANGUAGES: Mapping[str, Mapping[str, int]] = {language: _numbers(stems) for language, stems in _STEMS.items()}
"""Month names by language, as they stand in a date with a day."""
ALONE: Mapping[str, Mapping[str, int]] = {
    language: {**months, **_numbers(_ALONE.get(language, ""))} for language, months in LANGUAGES.items()
}
"""The same where only a year follows."""

# The months of the Indian national (Saka) calendar, as patterns over folded text: spellings in Latin letters vary
# widely, so each is known by what its spellings share.
SAKA: tuple[str, ...] = (
    r"c\S*ait|चैत्र",
    r"vai|वैशाख|बैसाख",
    r"jy|ज्येष्ठ",
    r"a\S*dha|आषाढ",
    r"\S*vana|श्रावण|सावन",
    r"bh\S*dra|prosthapada|भाद्रपद|भादो",
    r"a\S*in|आश्विन",
    r"k\S*rti|कार्तिक",
    r"m\S*rga|agra|मार्गशीर्ष|अगहन",
    r"pau|पौष",
    r"m\S*gh|माघ",
    r"ph\S*lg|फाल्गुन",
)


def fold(text: str) -> str:
    """Text in lower case without the accents of Latin, Greek and Cyrillic letters; other scripts stay whole."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f").casefold()


def alternatives(names: Mapping[str, int]) -> str:
    """The names as a regular expression group that prefers the longest (Červenec before Červen)."""
    return "(" + "|".join(sorted(names, key=lambda name: (-len(name), name))) + ")"
