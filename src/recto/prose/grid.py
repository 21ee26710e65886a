"""Tables of text blocks: HTML's table model (HTML, 4.9.12), and what filers' habits make of it.

Filers lay tables out with spacer columns, and set `$`, `)` and `%` in cells of their own: signs are joined to their
numbers, footnote marks are kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import chain
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from recto.patterns import lazy
from recto.prose.style import vanishes

_SPACE: Final = lazy(r"[ \t\r\n\xa0\u2000-\u200a\u202f\u3000]+")
_CONTROL: Final = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_CURRENCY: Final = r"(?:[A-Z]{0,3}[$€£¥₹₩]|CHF|Rs\.?|kr\.?|zł|[A-Z]{3})"
_OPENING: Final = lazy(rf"[-−+(]?\s*{_CURRENCY}\s*[-−]?\(?|\(")
_CLOSING: Final = lazy(r"\)?\s*(?:%|‰|x|bps?|pp)?\s*\)?")
_NUMBER: Final = lazy(r"[-−+(]?\s*[^\w\s]{0,3}\s*\(?\d[\d,.]*\s*\)?\s*%?\)?|[—–-]|\$\s*[—–-]")
_VALUE: Final = lazy(
    rf"(?P<open>\(?)\s*(?P<minus>[-−+]?)\s*(?:{_CURRENCY})?\s*(?P<inner>\(?)\s*(?P<sign>[-−]?)\s*"
    r"(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)\s*(?P<percent>%?)\s*\)?\s*%?\)?"
)
_NIL: Final = lazy(rf"(?:{_CURRENCY}\s*)?[—–-]+\s*%?")
_YEAR: Final = lazy(r"(?:19|20)\d\d")
_MARK: Final = lazy(
    r"(?<=[\w%)\]—–.])\s*((?:\((?:\d{1,2}|[a-z]{1,2})\)|\[\d{1,2}\]|[*†‡§]+)(?:\s*,?\s*\((?:\d{1,2}|[a-z])\))*)$"
)
_ONLY_MARK: Final = lazy(r"(?:\((?:\d{1,2}|[a-z]{1,2})\)|\[\d{1,2}\]|[*†‡§]+|\(\d{1,2}\)\s*\(\d{1,2}\))")
_COUNT: Final = lazy(r"[ \t\n\f\r]*\+?0*([0-9]+)")
"""A number as HTML reads it from an attribute: what stands behind it does not count."""
_MOST_COLUMNS: Final = 1_000
_MOST_SPAN: Final = 65_534
"""HTML's own bound for rowspan."""


class Cell(Struct):
    """A cell in its place; what it spans is its own."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    mark: str = ""
    """Footnote marks that stand above the line."""
    head: bool = False


class TextTable(Struct):
    """A table of a text block, as a reader sees it."""

    rows: list[list[str]]
    """All rows, headings too, of equal length; a spanning cell's text stands where it begins."""
    heads: int = 0
    """Rows at the top that are headings."""
    full: list[list[str]] = field(default_factory=list)
    """As `rows`, the text of a spanning cell repeated wherever it reaches, footnote marks taken off."""
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    """(row, column) → footnote marks of the cell, `(1)`."""

    @property
    def columns(self) -> list[str]:
        """A name for each column: its headings from top to bottom, made distinct."""
        names: list[str] = []
        for at in range(len(self.rows[0]) if self.rows else 0):
            parts = dict.fromkeys(row[at] for row in self.full[: self.heads] if row[at])
            name = " ".join(parts) or ("label" if at == 0 else f"column {at + 1}")
            number = 2
            base = name
            while name in names:
                name = f"{base} ({number})"
                number += 1
            names.append(name)
        return names

    @property
    def body(self) -> list[list[str]]:
        """The rows below the headings, spanning cells repeated, footnote marks taken off."""
        return self.full[self.heads :]

    @property
    def notes(self) -> list[str]:
        """For each row of `body` its footnote marks, `label (1); 2024 (2)`."""
        names = self.columns
        found = []
        for at in range(self.heads, len(self.rows)):
            row = [(column, mark) for (line, column), mark in sorted(self.marks.items()) if line == at]
            found.append("; ".join(f"{names[column]} {mark}" for column, mark in row))
        return found

    def to_arrow(self, *, numbers: bool = False) -> Any:
        """As a `recto.frames.Table` of strings, with a column `notes` where there are footnote marks.

        `numbers`: columns that hold nothing but numbers become decimals (dashes and blanks null, percent as printed).
        """
        from recto.frames import text_table

        columns: dict[str, list[Any]] = {}
        for at, name in enumerate(self.columns):
            texts = [row[at] or None for row in self.body]
            columns[name] = as_numbers(texts) if numbers else texts
        if self.marks:
            columns["notes"] = [note or None for note in self.notes]
        return text_table(columns)

    def to_pandas(self, *, numbers: bool = False) -> Any:
        """A pandas DataFrame; see `to_arrow`."""
        return self.to_arrow(numbers=numbers).to_pandas()

    def to_polars(self, *, numbers: bool = False) -> Any:
        """A polars DataFrame; see `to_arrow`."""
        return self.to_arrow(numbers=numbers).to_polars()

    def __repr__(self) -> str:
        return f"<recto.TextTable {len(self.body)} rows: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from recto.reprs import listing

        return listing("", self.columns, self.body)


def squeeze(text: str) -> str:
    """White space as a reader sees it; control characters, which steer terminals, are dropped."""
    return _SPACE.sub(" ", _CONTROL.sub("", text)).strip()


def is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip()) is not None


def number_of(text: str) -> Decimal | None:
    """`$ (1,234.5)` → -1234.5; `12%` → 12. None for what is no number."""
    match = _VALUE.fullmatch(text.strip())
    if match is None:
        return None
    try:
        number = Decimal(match["digits"].replace(",", ""))
    except InvalidOperation:
        return None
    negative = bool(match["open"] or match["inner"]) or "-" in (match["minus"] + match["sign"]).replace("−", "-")
    return number.copy_negate() if negative else number


def as_numbers(texts: list[str | None]) -> list[Any]:
    """Decimals where every text that says something is a number, else the texts."""
    found: list[Any] = []
    for text in texts:
        if text is None or _NIL.fullmatch(text):
            found.append(None)
            continue
        number = number_of(text)
        if number is None:
            return texts
        found.append(number)
    return found if any(number is not None for number in found) else texts


def groups_of(table: Any) -> list[list[Any]]:
    """The rows of each row group; rows that stand in none make up one, and what foots the table comes last."""
    groups: list[list[Any]] = []
    feet: list[list[Any]] = []
    loose: list[Any] | None = None
    for child in table:
        if child.tag == "tr":
            if loose is None:
                loose = []
                groups.append(loose)
            loose.append(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            (feet if child.tag == "tfoot" else groups).append([row for row in child if row.tag == "tr"])
            loose = None
    return groups + feet


def rows_of(table: Any) -> Iterator[Any]:
    """All rows, in the order in which they are seen."""
    return chain.from_iterable(groups_of(table))


def cells_of(table: Any) -> Iterator[Any]:
    """The cells of a table's own rows."""
    for row in rows_of(table):
        for cell in row:
            if cell.tag in ("td", "th"):
                yield cell


def layout(table: Any, seen: Callable[[Any], bool], vanished: bool = False) -> list[list[Cell]]:
    """The cells of each row that say something, in their places (HTML, 4.9.12: forming a table).

    A cell reaches to the end of its row group at most, as browsers show it. `vanished`: letters of the table have no
    size where it does not give them one.
    """
    rows: list[list[Cell]] = []
    for group in groups_of(table):
        _lay_out([row for row in group if seen(row)], rows, seen, vanished)
    return rows


def _lay_out(group: Sequence[Any], rows: list[list[Cell]], seen: Callable[[Any], bool], vanished: bool) -> None:
    taken: dict[int, int] = {}
    """Column → rows, this one included, that a cell from above still covers."""
    for nth, element in enumerate(group):
        left = len(group) - nth
        number, at = len(rows), 0
        line: list[Cell] = []
        new: dict[int, int] = {}
        above = element.getparent()
        in_head = above.tag == "thead"
        small = vanishes(element, vanished if above.tag == "table" else vanishes(above, vanished))
        for cell in element:
            if cell.tag not in ("td", "th") or not seen(cell):
                continue
            while taken.get(at, 0) > 0:
                at += 1
            columns, height = _span(cell.get("colspan"), _MOST_COLUMNS), _span(cell.get("rowspan"), _MOST_SPAN, 0)
            text, mark = _cell_text(cell, seen, vanishes(cell, small))
            height = min(height or left, left)  # 0: to the end of its group
            if text or mark:
                line.append(Cell(number, at, height, columns, text, mark, in_head or cell.tag == "th"))
            if height > 1:
                new.update(dict.fromkeys(range(at, min(at + columns, _MOST_COLUMNS)), height))
            at = min(at + columns, _MOST_COLUMNS)
        for column in list(taken):
            taken[column] -= 1
            if taken[column] <= 0:
                del taken[column]
        for column, height in new.items():
            taken[column] = max(taken.get(column, 0), height - 1)
        rows.append(line)


def _span(text: str | None, most: int, least: int = 1) -> int:
    found = _COUNT.match(text or "")
    if found is None:
        return 1
    return most if len(found[1]) > 6 else min(max(int(found[1]), least), most)


def _cell_text(cell: Any, seen: Callable[[Any], bool], vanished: bool) -> tuple[str, str]:
    """The text of a cell and what stands raised in it, if it looks like a footnote's mark."""
    texts: list[str] = []
    marks: list[str] = []
    _gather(cell, texts, marks, seen, vanished)
    return squeeze("".join(texts)), " ".join(dict.fromkeys(marks))


def image_text(element: Any) -> str:
    """What stands for an image: its alternative text, else its file's name."""
    name = squeeze(element.get("alt") or element.get("title") or "")
    if not name:
        source = (element.get("src") or "").partition("?")[0]
        name = "" if source.startswith("data:") else squeeze(source.rpartition("/")[2])
    return f"[image: {name}]" if name else "[image]"


_BREAKS: Final = frozenset(("br", "p", "div", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "h4"))


def _gather(element: Any, texts: list[str], marks: list[str], seen: Callable[[Any], bool], vanished: bool) -> None:
    if element.text and not vanished:
        texts.append(element.text)
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and seen(child):
            small = vanishes(child, vanished)
            raised = squeeze("".join(child.itertext())) if _is_raised(child, tag) and not small else ""
            if tag == "img":
                texts.append(image_text(child))
            elif raised and (
                _ONLY_MARK.fullmatch(raised) or re.fullmatch(r"[\da-z]{1,2}(?:,\s*[\da-z]{1,2})*", raised)
            ):
                marks.append(raised)
            else:
                if tag in _BREAKS:
                    texts.append(" ")
                _gather(child, texts, marks, seen, small)
                if tag in _BREAKS:
                    texts.append(" ")
        if child.tail and not vanished:
            texts.append(child.tail)


def _is_raised(element: Any, tag: str) -> bool:
    if tag == "sup":
        return True
    style = element.get("style")
    return style is not None and re.search(r"vertical-align\s*:\s*(?:super|text-top)", style, re.I) is not None


def table_of(rows: Sequence[Sequence[Cell]]) -> TextTable:
    """Cells with their spans as a plain grid: columns are the clusters of overlapping cells, narrow cells first."""
    joined = [_join(row) for row in rows]
    clusters = _clusters([cell for row in joined for cell in row])
    blank = [""] * len(clusters)
    shown = [list(blank) for _ in joined]
    full = [list(blank) for _ in joined]
    marks: dict[tuple[int, int], str] = {}
    for number, row in enumerate(joined):
        for cell in row:
            places = [
                at for at, each in enumerate(clusters) if each[0] < cell.column + cell.columns and cell.column < each[1]
            ]
            if not places:
                continue
            first = places[0]
            text = cell.text
            if cell.mark and not text.endswith(cell.mark):
                text = f"{text} {cell.mark}".strip()
            shown[number][first] = f"{shown[number][first]} {text}".strip()
            if cell.mark:
                key = (number, first)
                marks[key] = f"{marks[key]} {cell.mark}" if key in marks else cell.mark
            for line in range(number, min(number + cell.rows, len(full))):
                for at in places:
                    full[line][at] = f"{full[line][at]} {cell.text}".strip()
    kept = [number for number, line in enumerate(shown) if any(line)]
    renumbered = {number: at for at, number in enumerate(kept)}
    heads = _heads([joined[number] for number in kept], [shown[number] for number in kept])
    return TextTable(
        [shown[number] for number in kept],
        heads,
        [full[number] for number in kept],
        {(renumbered[row], column): mark for (row, column), mark in marks.items() if row in renumbered},
    )


def _clusters(cells: list[Cell]) -> list[list[int]]:
    clusters: list[list[int]] = []
    for start, columns in sorted({(cell.column, cell.columns) for cell in cells}, key=lambda each: (each[1], each[0])):
        end = start + columns
        touched = [cluster for cluster in clusters if cluster[0] < end and start < cluster[1]]
        if not touched:
            clusters.append([start, end])
        elif len(touched) == 1:
            low, high = min(touched[0][0], start), max(touched[0][1], end)
            if not any(each is not touched[0] and each[0] < high and low < each[1] for each in clusters):
                touched[0][:] = [low, high]
    clusters.sort()
    return clusters


def _heads(cells: Sequence[Sequence[Cell]], rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top are headings: those marked so, else those before the first number that is no year."""
    marked = 0
    for line in cells:
        if not line or not all(cell.head for cell in line):
            break
        marked += 1
    if marked and marked < len(rows):
        return marked
    for at, row in enumerate(rows):
        said = [text for text in row[1:] if text]
        if any(is_number(text) and not _YEAR.fullmatch(text) for text in said):
            return at
        if row[0] and not said and at:  # a section heads what is below it
            return at
        if row[0] and said and at and not any(rows[at - 1][:1]):
            # a row with a label below rows without one is the first of the body
            return at if not all(_YEAR.fullmatch(text) for text in said) else at + 1
    return 1 if len(rows) > 1 else 0


def _join(row: Sequence[Cell]) -> list[Cell]:
    """Signs joined to the numbers beside them, footnote marks taken off them."""
    out: list[Cell] = []
    prefix: Cell | None = None
    for each in row:
        cell = each
        if prefix is not None:
            if is_number(cell.text) or cell.text[:1].isdigit() or cell.text[:1] in "([—–-":
                glue = "" if prefix.text.endswith("(") else " "
                columns = cell.column + cell.columns - prefix.column
                cell = replace(cell, text=f"{prefix.text}{glue}{cell.text}", column=prefix.column, columns=columns)
            else:
                out.append(prefix)
            prefix = None
        if cell.text and _OPENING.fullmatch(cell.text):
            prefix = cell
        elif out and cell.text and _CLOSING.fullmatch(cell.text):
            last = out[-1]
            out[-1] = replace(
                last, columns=cell.column + cell.columns - last.column, text=last.text + cell.text, mark=last.mark
            )
        elif out and _is_mark_of(cell, out[-1]):
            last = out[-1]
            mark = " ".join(part for part in (last.mark, cell.text, cell.mark) if part)
            out[-1] = replace(last, columns=cell.column + cell.columns - last.column, mark=mark)
        else:
            out.append(cell)
    if prefix is not None:
        out.append(prefix)
    return [_unmarked(cell) for cell in out]


def _is_mark_of(cell: Cell, last: Cell) -> bool:
    """Whether a cell holds nothing but the footnote mark of the number before it."""
    if not cell.text:
        return bool(cell.mark) and cell.column == last.column + last.columns
    letter = re.fullmatch(r"\([a-z]{1,2}\)|\[\d{1,2}\]|[*†‡§]+", cell.text) is not None
    return letter and is_number(last.text)


def _unmarked(cell: Cell) -> Cell:
    if cell.mark or not cell.text:
        return cell
    match = _MARK.search(cell.text)
    if match is None:
        return cell
    return replace(cell, text=cell.text[: match.start()].rstrip(), mark=match[1])
