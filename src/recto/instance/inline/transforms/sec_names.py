"""Names that the SEC's transformations turn into codes: states, provinces, countries and stock exchanges.

A name is compared by its key (see `name_key`), so the tables hold each wording once. Codes are those of the postal
services (states and provinces), of ISO 3166-1 (countries) and of EDGAR (countries and Canadian provinces; exchanges).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from recto.instance.inline.transforms.numbers import DASHES
from recto.patterns import lazy

STATES = """
AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado; CT Connecticut; DE Delaware;
DC District of Columbia; FL Florida; GA Georgia; HI Hawaii; ID Idaho; IL Illinois; IN Indiana; IA Iowa; KS Kansas;
KY Kentucky; LA Louisiana; ME Maine; MD Maryland; MA Massachusetts; MI Michigan; MN Minnesota; MS Mississippi;
MO Missouri; MT Montana; NE Nebraska; NV Nevada; NH New Hampshire; NJ New Jersey; NM New Mexico; NY New York;
NC North Carolina; ND North Dakota; OH Ohio; OK Oklahoma; OR Oregon; PA Pennsylvania; RI Rhode Island;
SC South Carolina; SD South Dakota; TN Tennessee; TX Texas; UT Utah; VT Vermont; VA Virginia; WA Washington;
WV West Virginia; WI Wisconsin; WY Wyoming;
AB Alberta; BC British Columbia; MB Manitoba; NB New Brunswick; NL Newfoundland; NL Newfoundland and Labrador;
NS Nova Scotia; ON Ontario; NT Northwest Territories; NU Nunavut; PE Prince Edward Island; QC Quebec; SK Saskatchewan;
YT Yukon
"""

EDGAR_ONLY = """
A0 Alberta; A1 British Columbia; A2 Manitoba; A3 New Brunswick; A4 Newfoundland; A4 Newfoundland and Labrador;
A5 Nova Scotia; A6 Ontario; A7 Prince Edward Island; A8 Quebec; A9 Saskatchewan; B0 Yukon; P8 Netherlands Antilles;
XX Unknown
"""

# ISO 3166-1 code, EDGAR code ("--" where EDGAR has none), then the names, each of which may begin with "The".
COUNTRIES = """
AF B2 Afghanistan
AX Y6 Åland Islands
AL B3 Albania
DZ B4 Algeria
AS B5 American Samoa
AD B6 Andorra
AO B7 Angola
AI 1A Anguilla
AQ B8 Antarctica
AG B9 Antigua and Barbuda
AR C1 Argentina; Republic of Argentina; Argentine Republic
AM 1B Armenia
AW 1C Aruba
AU C3 Australia; Commonwealth of Australia
AT C4 Austria; Republic of Austria
AZ 1D Azerbaijan
BS C5 Bahamas; Commonwealth of the Bahamas
BH C6 Bahrain
BD C7 Bangladesh
BB C8 Barbados
BY 1F Belarus
BE C9 Belgium; Kingdom of Belgium
BZ D1 Belize
BJ G6 Benin
BM D0 Bermuda
BT D2 Bhutan
BO D3 Bolivia
BQ -- Bonaire, Sint Eustatius and Saba
BA 1E Bosnia and Herzegovina
BW B1 Botswana
BV D4 Bouvet Island
BR D5 Brazil; Brasil; Federative Republic of Brazil; Federative Republic of Brasil
IO D6 British Indian Ocean Territory
BN D9 Brunei Darussalam; Brunei
BG E0 Bulgaria
BF X2 Burkina Faso
BI E2 Burundi
CV E8 Cabo Verde; Cape Verde
KH E3 Cambodia
CM E4 Cameroon
CA Z4 Canada
KY E9 Cayman Islands
CF F0 Central African Republic
TD F2 Chad
CL F3 Chile; Republic of Chile
CN F4 China; People's Republic of China
CX F6 Christmas Island
CC F7 Cocos Islands; Cocos (Keeling) Islands
CO F8 Colombia; Republic of Colombia
KM F9 Comoros
CD Y3 Democratic Republic of Congo; Democratic Republic of the Congo
CG G0 Congo
CK G1 Cook Islands
CR G2 Costa Rica
CI L7 Côte d'Ivoire; Ivory Coast
HR 1M Croatia
CU G3 Cuba
CW -- Curaçao
CY G4 Cyprus; Republic of Cyprus
CZ 2N Czechia; Czech Republic
DK G7 Denmark; Kingdom of Denmark
DJ 1G Djibouti
DM G9 Dominica
DO G8 Dominican Republic
EC H1 Ecuador
EG H2 Egypt; Arab Republic of Egypt
SV H3 El Salvador
GQ H4 Equatorial Guinea
ER 1J Eritrea
EE 1H Estonia
SZ V6 Eswatini; Swaziland
ET H5 Ethiopia
FK H7 Falkland Islands; Falkland Islands (Malvinas); Islas Malvinas; Malvinas Islands
FO H6 Faroe Islands
FJ H8 Fiji
FI H9 Finland
FR I0 France; French Republic
GF I3 French Guiana
PF I4 French Polynesia
TF 2C French Southern Territories
GA I5 Gabon
GM I6 Gambia
GE 2Q Georgia
DE 2M Germany; Federal Republic of Germany
GH J0 Ghana
GI J1 Gibraltar
GR J3 Greece; Hellenic Republic
GL J4 Greenland
GD J5 Grenada
GP J6 Guadeloupe
GU GU Guam
GT J8 Guatemala
GG Y7 Guernsey
GN J9 Guinea
GW S0 Guinea-Bissau
GY K0 Guyana
HT K1 Haiti
HM K4 Heard Island and McDonald Islands
VA X4 Holy See; Vatican City; Vatican City State
HN K2 Honduras
HK K3 Hong Kong
HU K5 Hungary
IS K6 Iceland
IN K7 India; Republic of India
ID K8 Indonesia; Republic of Indonesia
IR K9 Iran; Islamic Republic of Iran
IQ L0 Iraq
IE L2 Ireland; Republic of Ireland
IM Y8 Isle of Man
IL L3 Israel; State of Israel
IT L6 Italy; Italian Republic; Republic of Italy
JM L8 Jamaica
JP M0 Japan
JE Y9 Jersey
JO M2 Jordan
KZ 1P Kazakhstan; Republic of Kazakhstan
KE M3 Kenya
KI J2 Kiribati
KP M4 Democratic People's Republic of Korea; North Korea
KR M5 Republic of Korea; South Korea
KW M6 Kuwait
KG 1N Kyrgyzstan
LA M7 Lao People's Democratic Republic; Laos
LV 1R Latvia
LB M8 Lebanon
LS M9 Lesotho
LR N0 Liberia; Republic of Liberia
LY N1 Libya; State of Libya
LI N2 Liechtenstein
LT 1Q Lithuania
LU N4 Luxembourg; Duchy of Luxembourg; Grand Duchy of Luxembourg
MO N5 Macao; Macau
MG N6 Madagascar
MW N7 Malawi
MY N8 Malaysia
MV N9 Maldives
ML O0 Mali
MT O1 Malta
MH 1T Marshall Islands; Republic of Marshall Islands; Republic of the Marshall Islands
MQ O2 Martinique
MR O3 Mauritania
MU O4 Mauritius
YT 2P Mayotte
MX O5 Mexico; United Mexican States
FM 1K Micronesia; Federated States of Micronesia
MD 1S Moldova; Republic of Moldova
MC O9 Monaco
MN P0 Mongolia
ME Z5 Montenegro
MS P1 Montserrat
MA P2 Morocco
MZ P3 Mozambique
MM E1 Myanmar
NA T6 Namibia
NR P5 Nauru
NP P6 Nepal
NL P7 Netherlands; Kingdom of the Netherlands
NC 1W New Caledonia
NZ Q2 New Zealand
NI Q3 Nicaragua
NE Q4 Niger
NG Q5 Nigeria
NU Q6 Niue
NF Q7 Norfolk Island
MK 1U North Macedonia; Republic of North Macedonia; Macedonia
MP 1V Northern Mariana Islands
NO Q8 Norway; Kingdom of Norway
OM P4 Oman
PK R0 Pakistan
PW 1Y Palau
PS 1X Palestine; State of Palestine
PA R1 Panama; Republic of Panama
PG R2 Papua New Guinea
PY R4 Paraguay
PE R5 Peru; Republic of Peru
PH R6 Philippines; Republic of the Philippines
PN R8 Pitcairn
PL R9 Poland; Republic of Poland
PT S1 Portugal
PR PR Puerto Rico; Commonwealth of Puerto Rico
QA S3 Qatar
RE S4 Réunion
RO S5 Romania
RU 1Z Russian Federation; Russia
RW S6 Rwanda
BL Z0 Saint Barthélemy
SH U8 Saint Helena; Saint Helena Ascension and Tristan; Saint Helena Ascension and Tristan da Cunha
KN U7 Saint Kitts and Nevis
LC U9 Saint Lucia
MF Z1 Saint Martin
PM V0 Saint Pierre and Miquelon
VC V1 Saint Vincent; Saint Vincent and Grenadines; Saint Vincent and the Grenadines
WS Y0 Samoa
SM S8 San Marino
ST S9 Sao Tome and Principe
SA T0 Saudi Arabia; Kingdom of Saudi Arabia
SN T1 Senegal
RS Z2 Serbia
SC T2 Seychelles
SL T8 Sierra Leone
SG U0 Singapore; Republic of Singapore
SX -- Sint Maarten
SK 2B Slovakia
SI 2A Slovenia
SB D7 Solomon Islands
SO U1 Somalia
ZA T3 South Africa; Republic of South Africa
GS 1L South Georgia and South Sandwich Islands; South Georgia and the South Sandwich Islands
SS -- South Sudan
ES U3 Spain; España; Kingdom of Spain
LK F1 Sri Lanka
SD V2 Sudan
SR V3 Suriname
SJ L9 Svalbard and Jan Mayen
SE V7 Sweden; Kingdom of Sweden
CH V8 Switzerland
SY V9 Syria; Syrian Arab Republic
TW F5 Taiwan; Taiwan Province of China
TJ 2D Tajikistan
TZ W0 Tanzania; United Republic of Tanzania
TH W1 Thailand; Kingdom of Thailand
TL Z3 Timor-Leste
TG W2 Togo
TK W3 Tokelau
TO W4 Tonga
TT W5 Trinidad and Tobago
TN W6 Tunisia
TR W8 Turkey; Republic of Turkey; Türkiye
TM 2E Turkmenistan
TC W7 Turks and Caicos Islands
TV 2G Tuvalu
UG W9 Uganda
UA 2H Ukraine
AE C0 UAE; United Arab Emirates
GB X0 UK; Britain; Great Britain; United Kingdom; United Kingdom of Great Britain and Northern Ireland; England
GB X0 England and Wales
UM 2J United States Minor Outlying Islands
US X1 USA; US; United States of America; United States
UY X3 Uruguay
UZ 2K Uzbekistan
VU 2L Vanuatu
VE X5 Venezuela
VN Q1 Viet Nam; Vietnam
VG D8 British Virgin Islands; Virgin Islands British
VI VI US Virgin Islands; Virgin Islands US
WF X8 Wallis and Futuna
EH U5 Western Sahara
YE T7 Yemen
ZM Y4 Zambia
ZW Y5 Zimbabwe
"""

EXCHANGES = """
BOX BOX Exchange; BX Nasdaq BX; BX Nasdaq OMX BX; C2 Cboe C2 Exchange; CBOE Cboe Exchange; CBOE Cboe;
CBOE Chicago Board Options Exchange; CboeBYX Cboe BYX Exchange; CboeBZX Cboe BZX Exchange; CboeBZX Cboe BZX;
CboeEDGA Cboe EDGA Exchange; CboeEDGX Cboe EDGX Exchange; CHX Chicago Stock Exchange; CHX NYSE Chicago;
GEMX Nasdaq GEMX; IEX Investors Exchange; ISE Nasdaq ISE; MIAX Miami International Securities Exchange; MIAX MIAX;
MRX Nasdaq MRX; NASDAQ Nasdaq Stock Market; NASDAQ Nasdaq; NASDAQ Nasdaq Global Select Market;
NASDAQ Nasdaq Global Market; NASDAQ Nasdaq Capital Market; NYSE New York Stock Exchange; NYSE NYSE;
NYSEAMER NYSE American; NYSEAMER NYSE MKT; NYSEArca NYSE Arca; NYSENAT NYSE National; PEARL MIAX PEARL;
Phlx Nasdaq PHLX
"""

_KEY_TABLE = str.maketrans({"'": "", "\u2019": "", ".": "", ",": "", "[": "(", "]": ")", "&": " and "})
_KEY_TABLE.update({ord(char): "-" for char in DASHES})
_SPACES = lazy("[ \\t\\n\\r\\xa0]+")


def name_key(name: str) -> str | None:
    """What is compared of a name: no case, accents, apostrophes, periods or commas; any white space is one space.

    None where a non-breaking space begins or ends the name: as the SEC's formats have it, that is part of the value.
    """
    if name[:1] == "\xa0" or name[-1:] == "\xa0":
        return None
    plain = unicodedata.normalize("NFD", name.translate(_KEY_TABLE))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return _SPACES.sub(" ", letters.casefold()).strip()


def _key(name: str) -> str:
    return name_key(name) or ""


def _codes(text: str) -> dict[str, str]:
    pairs = (entry.strip().split(" ", 1) for entry in text.replace("\n", " ").split(";"))
    return {_key(name): code for code, name in pairs}


# With the article these are other wordings, which the SEC's format does not list.
_WITHOUT_ARTICLE = frozenset({"democratic republic of congo", "democratic republic of the congo"})


@cache
def countries() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Codes by key of the name: those of ISO 3166-1, and those of EDGAR (with the Canadian provinces)."""
    iso: dict[str, str] = {}
    edgar: dict[str, str] = _codes(EDGAR_ONLY)
    for line in COUNTRIES.strip().splitlines():
        for key in map(_key, line[6:].split(";")):
            for found in (key,) if key in _WITHOUT_ARTICLE else (key, f"the {key}"):
                iso[found] = line[:2]
                if line[3:5] != "--":
                    edgar[found] = line[3:5]
    return iso, edgar


@cache
def states() -> Mapping[str, str]:
    """Postal codes of the states of the USA and of the provinces of Canada, by key of the name."""
    return _codes(STATES)


_CORPORATE = lazy(" (?:inc|llc|limited liability company)$")


@cache
def _exchanges() -> Mapping[str, str]:
    return _codes(EXCHANGES)


def exchange_code(name: str) -> str | None:
    """EDGAR's code of a stock exchange; "The" before the name and "Inc." or "LLC" after it may be absent."""
    key = name_key(name)
    if key is None:
        return None
    return _exchanges().get(_CORPORATE.sub("", key.removeprefix("the ")))
