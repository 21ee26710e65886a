"""Rows of the SEC's data sets, made of a lake's tables."""

from __future__ import annotations

import calendar
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from recto.lake.asked import Asked
from recto.lake.words import bare_text
from recto.names import ARC_SUMMATION_ITEM, ARC_SUMMATION_ITEM_1_1

Made = dict[str, list[dict[str, Any]]]
_STATEMENTS: Final = {
    "balance": "BS",
    "income": "IS",
    "comprehensive income": "CI",
    "cash flow": "CF",
    "equity": "EQ",
}
_CATEGORIES: Final = {
    "Cover": "C",
    "Statements": "S",
    "Notes": "N",
    "Policies": "P",
    "Tables": "T",
    "Details": "D",
    "Uncategorized": "U",
}
_LEVELS: Final = "NPTD"
_FILERS: Final = {
    "large accelerated filer": "1-LAF",
    "accelerated filer": "2-ACC",
    "smaller reporting accelerated filer": "3-SRA",
    "non-accelerated filer": "4-NON",
    "smaller reporting company": "5-SML",
}
_DEI: Final = (
    *("EntityAddressAddressLine1", "EntityAddressAddressLine2", "EntityAddressCityOrTown", "EntityAddressCountry"),
    *("EntityAddressStateOrProvince", "EntityAddressPostalZipCode", "CityAreaCode", "LocalPhoneNumber"),
    *("EntityIncorporationStateCountryCode", "EntityTaxIdentificationNumber", "EntityFilerCategory"),
    *("EntityWellKnownSeasonedIssuer", "EntityPublicFloat"),
)
_LEGAL_ENTITY: Final = "dei:LegalEntityAxis"
_LONGEST: Final = {"segments": 1024, "footnote": 512, "text": 2048}
_INFINITE: Final = 32767


class Rows:
    """Makes the rows of filings; a tag, and a set of members, is told once."""

    def __init__(self, lake: Asked, *, notes: bool):
        self.lake = lake
        self.notes = notes
        self._tags: set[tuple[str, str]] = set()
        self._dimensions: dict[str | None, tuple[str, str, int, str | None]] = {None: ("0x00000000", "", 0, None)}
        """Members as the lake writes them → hash, segments, number of axes, co-registrant."""

    def of(self, filings: Sequence[str]) -> Made:
        keys = [list(filings)]
        concepts = self.lake.sql("select * from concepts where filing in (select unnest(?))", keys).records()
        self._about = {(row["filing"], row["concept"]): row for row in concepts}
        self._pages = self.lake.sql(
            "select * from pages where filing in (select unnest(?)) order by filing, number", keys
        ).records()
        self._footnotes: dict[tuple[str, int], list[str]] = {}
        for row in self.lake.sql(
            "select filing, fact, text from footnotes where filing in (select unnest(?)) order by filing, fact, number",
            keys,
        ).records():
            self._footnotes.setdefault((row["filing"], row["fact"]), []).append(bare_text(row["text"] or "", True))
        made: Made = {"sub": self._submissions(filings), "pre": self._presentation(filings)}
        new: list[dict[str, Any]] = []
        made["num"] = self._numbers(filings, new)
        if self.notes:
            made["txt"] = self._texts(filings, new)
            made["ren"] = self._renderings()
            made["cal"] = self._calculations(filings)
            made["dim"] = new
        made["tag"] = self._told_tags(concepts)
        return made

    # Submissions

    def _submissions(self, filings: Sequence[str]) -> list[dict[str, Any]]:
        rows = self.lake.sql(
            """select f.*, exists(select 1 from filings g where g.entity = f.entity and g.period = f.period
                    and g.accepted > f.accepted and starts_with(g.form, f.form) and g.amendment) as prevrpt
            from filings f where filing in (select unnest(?)) order by filing""",
            [list(filings)],
        ).records()
        told = self.lake.sql(
            """select filing, split_part(concept, ':', 2) as name, value, "end" from facts
            where filing in (select unnest($filings)) and concept in (select 'dei:' || unnest($names))
                and dimensions is null and valid and not nil order by filing, fact""",
            {"filings": list(filings), "names": list(_DEI)},
        ).records()
        cover: dict[str, dict[str, Mapping[str, Any]]] = {}
        for row in told:
            cover.setdefault(row["filing"], {}).setdefault(row["name"], row)
        places = self.lake.sql(
            """select filing, min_by(document, instance) as document, list(distinct entity) as entities
            from facts where filing in (select unnest(?)) group by 1""",
            [list(filings)],
        ).records()
        about = {row["filing"]: row for row in places}
        detailed = {page["filing"] for page in self._pages if page["category"] == "Details"}
        return [self._submission(row, cover.get(row["filing"], {}), about, detailed) for row in rows]

    def _submission(
        self,
        row: Mapping[str, Any],
        cover: Mapping[str, Mapping[str, Any]],
        about: Mapping[str, Mapping[str, Any]],
        detailed: set[str],
    ) -> dict[str, Any]:
        def told(name: str) -> str | None:
            found = cover.get(name)
            return None if found is None else found["value"]

        place = about.get(row["filing"], {})
        others = sorted({each for each in place.get("entities") or () if each and each != row["entity"]})
        phone = " ".join(each for each in (told("CityAreaCode"), told("LocalPhoneNumber")) if each)
        state = told("EntityIncorporationStateCountryCode")
        end = (row["fiscal_year_end"] or "").replace("-", "")
        float_ = cover.get("EntityPublicFloat")
        return {
            "adsh": row["filing"],
            "cik": row["cik"],
            "name": row["company"],
            "countryba": told("EntityAddressCountry") or ("US" if told("EntityAddressStateOrProvince") else None),
            "stprba": told("EntityAddressStateOrProvince"),
            "cityba": told("EntityAddressCityOrTown"),
            "zipba": told("EntityAddressPostalZipCode"),
            "bas1": told("EntityAddressAddressLine1"),
            "bas2": told("EntityAddressAddressLine2"),
            "baph": phone or None,
            "stprinc": state,
            "ein": (told("EntityTaxIdentificationNumber") or "").replace("-", "") or None,
            "afs": _FILERS.get((told("EntityFilerCategory") or "").lower()),
            "wksi": (told("EntityWellKnownSeasonedIssuer") or "").lower() in ("yes", "true"),
            "fye": end if len(end) == 4 else None,
            "form": row["form"],
            "period": None if row["period"] is None else month_end(row["period"]),
            "fy": row["fiscal_year"],
            "fp": row["fiscal_period"],
            "filed": row["filed"] or (row["accepted"].date() if row["accepted"] else None),
            "accepted": _eastern(row["accepted"]),
            "prevrpt": row["prevrpt"],
            "detail": row["filing"] in detailed,
            "instance": place.get("document"),
            "nciks": 1 + len(others),
            "aciks": " ".join(others) or None,
            "pubfloatusd": None if float_ is None else float_["value"],
            "floatdate": None if float_ is None else month_end(float_["end"]),
        }

    # Facts

    def _numbers(self, filings: Sequence[str], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
        shown = "" if self.notes else "and exists (select 1 from shown s where s.filing = f.filing and s.fact = f.fact)"
        rows = self.lake.sql(
            f"""with shown as (
                select c.filing, c.fact from cells c join pages p on p.filing = c.filing and p.page = c.page
                where c.filing in (select unnest($filings)) and c.fact is not null
                    and (p.statement is not null or p.category in ('Statements', 'Cover'))
            )
            select f.* from facts f where f.filing in (select unnest($filings)) and f.unit is not null
                and (f.valid or f.nil) and f."end" is not null {shown} order by f.filing, f.fact""",
            {"filings": list(filings)},
        ).records()
        made = []
        counts: dict[tuple[Any, ...], int] = {}
        for row in rows:
            told = self._placed(row, new)
            if told is None:
                continue
            number = row["number"]
            value = None if number is None or abs(number) >= Decimal(10) ** 24 else round(number, 4)
            told |= {
                "uom": unit(row["unit"]),
                "value": None if value is None else f"{value:.4f}",
                "dcml": _INFINITE if row["is_exact"] or row["decimals"] is None else row["decimals"],
            }
            key = tuple(told[name] for name in ("adsh", "tag", "version", "ddate", "qtrs", "uom", "dimh", "coreg"))
            told["iprx"] = counts.get(key, 0)
            counts[key] = told["iprx"] + 1
            if told["iprx"] and not self.notes:
                continue  # that set tells a number once
            made.append(told)
        return made

    def _texts(self, filings: Sequence[str], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
        rows = self.lake.sql(
            """select f.*, t.text, coalesce(t.markup, false) as markup from facts f
            left join (select * from texts where filing in (select unnest($filings))) t
                on t.filing = f.filing and t.fact = f.fact
            where f.filing in (select unnest($filings)) and f.unit is null and f.valid and not f.nil
                and f."end" is not null order by f.filing, f.fact""",
            {"filings": list(filings)},
        ).records()
        made = []
        counts: dict[tuple[Any, ...], int] = {}
        for row in rows:
            told = self._placed(row, new)
            if told is None:
                continue
            source = row["text"] if row["text"] is not None else row["value"] or ""
            text = " ".join(bare_text(source, row["markup"]).split())
            key = tuple(told[name] for name in ("adsh", "tag", "version", "ddate", "qtrs", "dimh", "coreg"))
            told |= {
                "iprx": counts.get(key, 0),
                "lang": row["language"],
                "dcml": _INFINITE,
                "escaped": row["markup"],
                "srclen": len(source),
                "txtlen": len(text),
                "value": text[: _LONGEST["text"]],
            }
            counts[key] = told["iprx"] + 1
            made.append(told)
        return made

    def _placed(self, row: Mapping[str, Any], new: list[dict[str, Any]]) -> dict[str, Any] | None:
        """What numbers and texts have in common; None for a concept that is not known."""
        about = self._about.get((row["filing"], row["concept"]))
        if about is None:
            return None
        day = month_end(row["end"])
        days = 0 if row["start"] is None else (row["end"] - row["start"]).days
        quarters = round(days * 4 / 365)
        hashed, segments, axes, entity = self._members(row["dimensions"], new)
        notes = "; ".join(self._footnotes.get((row["filing"], row["fact"]), ()))
        return {
            "adsh": row["filing"],
            "tag": about["local_name"],
            "version": version(about),
            "ddate": day,
            "qtrs": quarters,
            "segments": segments or None,
            "dimh": hashed,
            "dimn": axes,
            "coreg": entity,
            "footnote": notes[: _LONGEST["footnote"]] or None,
            "footlen": len(notes),
            "durp": round(0.0 if row["start"] is None else quarters - days * 4 / 365, 9),
            "datp": float((day - row["end"]).days),
        }

    def _members(self, text: str | None, new: list[dict[str, Any]]) -> tuple[str, str, int, str | None]:
        found = self._dimensions.get(text)
        if found is None:
            assert text is not None
            pairs: dict[str, str] = json.loads(text)
            entity = pairs.get(_LEGAL_ENTITY)
            segments = "".join(
                f"{_short(axis, 'Axis')}={_short(member, 'Member')};"
                for axis, member in sorted(pairs.items())
                if axis != _LEGAL_ENTITY
            )
            hashed = "0x" + hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
            cut = segments[: _LONGEST["segments"]]
            found = (hashed, cut, len(pairs), None if entity is None else _short(entity, "Member"))
            self._dimensions[text] = found
            new.append({"dimhash": hashed, "segments": cut, "segt": cut != segments})
        return found

    # Tags, pages, trees

    def _told_tags(self, concepts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        made = []
        for row in concepts:
            key = (row["local_name"], version(row))
            if key in self._tags:
                continue
            self._tags.add(key)
            type_ = (row["data_type"] or "").rpartition("}")[2].removesuffix("ItemType")
            made.append(
                {
                    "tag": key[0],
                    "version": key[1],
                    "custom": row["own"],
                    "abstract": row["abstract"],
                    "datatype": None if row["abstract"] else type_ or None,
                    "iord": {"instant": "I", "duration": "D"}.get(row["period_type"] or ""),
                    "crdr": {"credit": "C", "debit": "D"}.get(row["balance"] or ""),
                    "tlabel": (row["label"] or "")[:512] or None,
                    "doc": row["documentation"],
                }
            )
        return made

    def _presentation(self, filings: Sequence[str]) -> list[dict[str, Any]]:
        pages = {(page["filing"], page["page"]): page for page in self._pages}
        rows = self.lake.sql(
            """select distinct filing, page, "row", concept, label, label_role from cells
            where filing in (select unnest(?)) and concept is not null order by filing, page, "row" """,
            [list(filings)],
        ).records()
        made = []
        lines: dict[tuple[str, str], int] = {}
        for row in rows:
            page = pages.get((row["filing"], row["page"]))
            about = self._about.get((row["filing"], row["concept"]))
            if page is None or about is None:
                continue
            statement = _statement(page)
            if statement is None and not self.notes:
                continue
            line = lines[row["filing"], row["page"]] = lines.get((row["filing"], row["page"]), 0) + 1
            role = row["label_role"] or ""
            made.append(
                {
                    "adsh": row["filing"],
                    "report": page["number"],
                    "line": line,
                    "stmt": statement,
                    "inpth": "parenthetical" in (page["long_name"] or "").lower(),
                    "rfile": "H",
                    "tag": about["local_name"],
                    "version": version(about),
                    "prole": role.rpartition("/")[2] or None,
                    "plabel": (row["label"] or "")[:512],
                    "negating": "negated" in role,
                }
            )
        return made

    def _renderings(self) -> list[dict[str, Any]]:
        made = []
        for page in self._pages:
            category = _CATEGORIES.get(page["category"] or "", "O")
            chain = self._parents(page, category)
            made.append(
                {
                    "adsh": page["filing"],
                    "report": page["number"],
                    "rfile": "H",
                    "menucat": category,
                    "shortname": page["short_name"],
                    "longname": page["long_name"],
                    "roleuri": page["role"],
                    "parentroleuri": chain[0]["role"] if chain else None,
                    "parentreport": chain[0]["number"] if chain else None,
                    "ultparentrpt": chain[-1]["number"] if chain else None,
                }
            )
        return made

    def _parents(self, page: Mapping[str, Any], category: str) -> list[Mapping[str, Any]]:
        """Pages of higher categories whose name begins this page's, from the nearest to the highest."""
        if category not in _LEVELS[1:]:
            return []
        name = _bare(page["short_name"])
        found: list[Mapping[str, Any]] = []
        for level in reversed(_LEVELS[: _LEVELS.index(category)]):
            fitting = [
                other
                for other in self._pages
                if other["filing"] == page["filing"]
                and _CATEGORIES.get(other["category"] or "") == level
                and _bare(other["short_name"])
                and name.startswith(_bare(other["short_name"]))
            ]
            if fitting:
                found.append(max(fitting, key=lambda other: len(_bare(other["short_name"]))))
        return found

    def _calculations(self, filings: Sequence[str]) -> list[dict[str, Any]]:
        rows = self.lake.sql(
            """select filing, role, source, target, weight, dense_rank() over (partition by filing order by role) as grp
            from arcs where filing in (select unnest(?)) and arcrole in (?, ?)
            order by filing, role, source, "order", target""",
            [list(filings), ARC_SUMMATION_ITEM, ARC_SUMMATION_ITEM_1_1],
        ).records()
        made = []
        arcs: dict[tuple[str, int], int] = {}
        for row in rows:
            total = self._about.get((row["filing"], row["source"]))
            part = self._about.get((row["filing"], row["target"]))
            if total is None or part is None:
                continue
            arc = arcs[row["filing"], row["grp"]] = arcs.get((row["filing"], row["grp"]), 0) + 1
            made.append(
                {
                    "adsh": row["filing"],
                    "grp": row["grp"],
                    "arc": arc,
                    "negative": (row["weight"] or 0) < 0,
                    "ptag": total["local_name"],
                    "pversion": version(total),
                    "ctag": part["local_name"],
                    "cversion": version(part),
                }
            )
        return made


def month_end(day: date) -> date:
    """The end of a month that is nearest to a day; of two equally near ones the later."""
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    before = day.replace(day=1) - timedelta(days=1)
    return last if last - day <= day - before else before


def version(concept: Mapping[str, Any]) -> str:
    """`us-gaap/2023` for a standard taxonomy; the filing's key for its own concepts."""
    if concept["own"]:
        return str(concept["filing"])
    year = re.search(r"/((?:19|20)\d\d)(?:-\d\d-\d\d)?(?:/|$)", concept["namespace"])
    prefix = str(concept["concept"]).partition(":")[0].removesuffix("-full")
    return f"{prefix}/{year[1]}" if year is not None else str(concept["filing"])


def unit(text: str) -> str:
    """`iso4217:USD/xbrli:shares` as `USD/shares`."""
    return "/".join("*".join(part.rpartition(":")[2] for part in side.split("*")) for side in text.split("/"))


def _short(name: str, end: str) -> str:
    """Local name without the words that all axes and members have."""
    local = name.partition(":")[2] if ":" in name else name
    for word in (end, "Domain"):
        local = local.removesuffix(word) or local
    return local.removeprefix("Statement") or local


def _statement(page: Mapping[str, Any]) -> str | None:
    if page["statement"] is not None:
        return _STATEMENTS.get(page["statement"], "UN")
    return {"Cover": "CP", "Statements": "UN"}.get(page["category"] or "")


def _bare(name: str | None) -> str:
    return re.sub(r"\s*\([^)]*\)\s*$", "", name or "").strip().lower()


def _eastern(moment: Any) -> Any:
    """EDGAR's own time, as the SEC's files have it."""
    if moment is None:
        return None
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo("America/New_York")).replace(tzinfo=None)
