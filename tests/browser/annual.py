"""Small reports of our own for the browser: one in ESEF with anchors and labels in four languages, and one in two
inline documents with nested tags, a hidden fact that text stands for, a continuation and a second target.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from tests.rules import small_esef

_WORDS = {
    "own:CarsInProduction": ("Cars in production", "Fahrzeuge in Herstellung", "製造中の自動車", "מכוניות בייצור"),
    "ifrs-full:Assets": ("Total assets", "Summe der Vermögenswerte", "資産合計", "סך הנכסים"),
    "ifrs-full:CurrentAssets": ("Current assets", "Kurzfristige Vermögenswerte", "流動資産", "נכסים שוטפים"),
}
LANGUAGES = ("en", "de", "ja", "he")


def _labels() -> str:
    out = []
    for concept, words in _WORDS.items():
        name = concept.replace(":", "_")
        out.append(small_esef.loc(concept))
        out += [small_esef.label(name, text, language=tag) for tag, text in zip(LANGUAGES, words, strict=True)]
        arcrole = "http://www.xbrl.org/2003/arcrole/concept-label"
        out.append(small_esef.arc("label", arcrole, concept, f"l_{name}"))
    link = 'xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link"'
    return small_esef.linkbase(f"<link:labelLink {link}>{''.join(out)}</link:labelLink>")


def esef_report(folder: Path, *, weight: str = "1", again: bool = False) -> tuple[Path, Path]:
    """(report package, folder of taxonomies). Assets are 1,234 thousand: 1,000 current ones and 234 cars; `weight` is
    theirs in the calculation. `again`: assets are reported twice."""
    made = small_esef.Esef(folder)
    documents = {**small_esef.documents(), small_esef.LAB: _labels()}
    report = documents[small_esef.REPORT]
    for old, new in ((">30<", ">1,234<"), (">20<", ">1,000<"), (">10<", ">234<")):
        report = report.replace(old, new)
    if again:
        report = report.replace("<!-- body -->", small_esef.fact("ifrs-full:Assets", "1,234", more='id="assets-again"'))
    documents[small_esef.REPORT] = report
    documents[small_esef.CAL] = documents[small_esef.CAL].replace('weight="1"', f'weight="{weight}"')
    with zipfile.ZipFile(made.path, "w") as package:
        for name, text in documents.items():
            package.writestr(f"own-2021-12-31-en/{name}", text)
    return made.path, made.taxonomies


_SECOND = """
<p id="nested"><ix:nonNumeric name="dei:EntityRegistrantName" contextRef="D2024" id="name-again">Orchard &amp; Sons,
<ix:nonNumeric name="orc:PlaceOfInventory" contextRef="D2024" id="place-nested">Ghent</ix:nonNumeric>
</ix:nonNumeric></p>
<p style="-sec-ix-hidden:amendment">This is no amendment.</p>
<p>Elsewhere: <ix:nonFraction name="us-gaap:Cash" contextRef="I2024" unitRef="USD" decimals="0" scale="0"
 format="ixt:num-dot-decimal" id="cash-elsewhere" target="other">7</ix:nonFraction></p>
<p>Stock: <ix:nonFraction name="us-gaap:InventoryNet" contextRef="I2024" unitRef="USD" decimals="-3" scale="3"
 format="ixt:num-dot-decimal" id="inventory-again">2,100</ix:nonFraction>, of which 77 % lie in Ghent.</p>
"""


def two_documents(data: Path, folder: Path) -> Path:
    """The inline report of `tests/data` with a second document, which has what is rare."""
    target = folder / "orchard"
    shutil.copytree(data / "inline", target)
    first = target / "orchard-20241231.htm"
    text = first.read_text("utf-8")
    head = text[: text.index("<body>")]
    second = f"{head}<body><h1>An exhibit</h1>{_SECOND}</body></html>"
    (target / "orchard-exhibit.htm").write_text(second, "utf-8")
    other = (
        '<ix:references target="other"><link:schemaRef xlink:type="simple" xlink:href="orchard-20241231.xsd"/>'
        "</ix:references>"
    )
    first.write_text(text.replace("<ix:resources>", f"{other}<ix:resources>", 1), "utf-8")
    return target
