"""Symbols of units, as the XBRL units registry (UTR, 2024-10-22, status REC) gives them; only those that are not
the id itself.

A table of facts, not a copy of the registry: the registry's structure, names and definitions are not here.
"""

from __future__ import annotations

from typing import Final

from recto.names import ISO4217, UTR


def _table(text: str) -> dict[str, str]:
    return dict(entry.split("=", 1) for entry in text.split())


_CURRENCIES: Final = _table(
    "AED=د.إ AFN=؋ ALL=L AMD=֏ ANG=NAƒ AOA=Kz ARS=$ AUD=$ AWG=ƒ AZN=₼ BAM=KM BBD=$ BDT=৳ BGN=лв BHD=.د.ب BIF=FBu BMD=$ "
    "BND=$ BOB=Bs. BRL=R$ BSD=$ BTN=Ch. BWP=P BYN=Br BYR=Br BZD=$ CAD=$ CDF=CF CHF=SFr CLP=$ CNY=¥ "
    "COP=$ CRC=₡ CUC=CUC$ "
    "CUP=$MN CVE=Esc CZK=Kč DJF=Fdj DKK=kr DOP=$ DZD=دج EGP=ج.م. ERN=Nfk ETB=Br EUR=€ FJD=$ FKP=£ GBP=£ GEL=ლ GHS=GH₵ "
    "GIP=£ GMD=D GNF=FG GTQ=Q GYD=$ HKD=$ HNL=L HRK=kn HTG=G HUF=Ft IDR=Rp ILS=₪ INR=₨ IQD=د.ع IRR=﷼ "
    "ISK=kr JMD=$ JOD=JD "
    "JPY=¥ KES=Ksh KGS=сом KHR=៛ KMF=₣ KPW=₩ KRW=₩ KWD=د.ك KYD=$ KZT=₸ LAK=₭ LBP=LL LKR=රු LRD=$ LSL=M LTL=Lt LVL=Ls "
    "LYD=ل.د MAD=د.م. MGA=Ar MKD=ден MMK=K MNT=₮ MOP=MOP$ MRO=UM MUR=₨ MVR=Rf. MWK=MK MXN=$ MYR=RM MZN=MT NAD=$ NGN=₦ "
    "NIO=C$ NOK=kr NPR=₨ NZD=$ OMR=ر.ع. PAB=B/. PEN=S/ PGK=K PHP=₱ PKR=₨ PLN=zł PYG=₲ QAR=ر.ق RSD=дин RUB=₽ RWF=FRw "
    "SAR=ر.س SBD=$ SCR=SRe SEK=kr SGD=$ SHP=£ SLL=Le SOS=Sh.So SRD=$ STD=Db SVC=₡ SYP=LS SZL=E THB=฿ TND=د.ت TOP=T$ "
    "TRY=₺ TTD=$ TWD=$ TZS=Tsh UAH=₴ UGX=USh USD=$ USN=$ USS=$ UYU=$ VEB=Bs. VEF=Bs.F VND=₫ VUV=VT WST=WS$ XCD=$ "
    "XSU=Sucre ZAR=R ZMK=ZK ZMW=ZK ZWG=ZiG ZWL=$"
)
_MEASURES: Final = _table(
    "acre=a sqft=ft² sqmi=mi² sqyd=yd² Btu=BTU ft_lb=ft-lb ft3=ft³ sqkm=km² sqm=m² m3=m³ Y=yr M=mo D=d "
    "H=h MM=m S=s Q=qtr "
    "WK=wk MWM=MW-M GWM=GW-M Celsius=°C F=°F Bar=bar Degree=°"
) | {"aft": "acre ft"}
_ALIKE: Final = frozenset(
    "A Ah B Bcf Bcfe Boe C Cal GB GJ GT GV GW GWh Gt GtCO2e Hz J K MB MBbls MBoe MJ MMBTU MMBbls MMBoe MMcf MMcfe MT "
    "MV MVA MW MWd MWh Mcf Mcfe Mt MtCO2e Mvar N PB Pa T TB TJ TW TWh Tcf Tcfe V VA VAh W Wh atm bbl bu cm dm dth ft "
    "g gal ha hp in kB kJ kT kV kW kWh kg km kt ktCO2e l lb m mJ mi mm nmi oz ozt psi rad t tCO2e var yd shares".split()
)
"""Measures whose symbol is their id."""
SYMBOLS: Final = _ALIKE | set(_MEASURES.values()) | set(_CURRENCIES) | set(_CURRENCIES.values())
"""What pages write for units that the registry knows; codes of currencies stand beside their symbols."""
_TABLES: Final = {ISO4217: _CURRENCIES, UTR: _MEASURES}


def registered_symbol(namespace: str, local: str) -> str | None:
    """The registry's symbol of a measure where it differs from the measure's name."""
    table = _TABLES.get(namespace)
    return table.get(local) if table is not None else None
