"""The sheets of a workbook → the rows of each statutory table, found by its labels wherever they stand, and of the facts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.findings import Finding
from nianbao.inputs.cells import NO_RESULT, NOT_A_NUMBER, TWO_UNITS, Aside, place_of
from nianbao.inputs.files.workbook import located
from nianbao.inputs.formlabels import NOTES
from nianbao.inputs.layout import is_caption, title_key
from nianbao.reading import is_figure
from nianbao.statute import tree
from nianbao.wording import UNFILLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.findings import Source
    from nianbao.inputs.cells import TableInput
    from nianbao.inputs.files.workbook import Merged, Sheet
    from nianbao.inputs.layout import Rows
    from nianbao.inputs.oddlabels import Marks
    from nianbao.statute.tree import CellKey, Table

# What the form adds to the official tables; nothing that is printed is called so.
CHECK = "自动核对"
_CHECKED = re.compile(rf"{CHECK}|[✓✗]|合计 |#|Err:|{NO_RESULT}$")  # what a check says, or why it says nothing
FACTS = "事实"  # its sheet without a table
CARRIED = "从{}年度报告结转，请核对。"  # the comment on a cell that is filled from last year's report
_CARRIED = re.compile(re.escape(CARRIED).replace(r"\{\}", "[0-9]{4}"))
FACT_HEAD = ("名称", "值", "单位")
_OF_NAMES, _OF_UNITS = {"名称", "指标", "指标名称"}, {"单位", "计量单位"}
_OF_VALUES = re.compile(r"(?:值|数值|数量|数据)(?:\((?:单位:?)?([^()]{1,6})\))?")
# (sheet, row number) → name, value, unit and note of a fact.
Facts = dict[tuple[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Region:
    """The rows of one table in one sheet, without the columns and rows that the form adds; and what its notes say.

    In a form, which checks itself, every cell ``is_placed``: it stands where the form has it. ``marks`` are the cells with
    words that are struck or that nobody sees. A remark is (number of its row, its column from 0, text).
    """

    sheet: str
    rows: Rows
    remarks: tuple[tuple[int, int, str], ...] = ()
    is_placed: bool = False
    merged: tuple[Merged, ...] = ()
    marks: Marks = field(default_factory=dict)


def is_form(sheets: Iterable[Sheet]) -> bool:
    """Whether a workbook is a form of the kit's, which checks itself."""
    return any(_has_checks(sheet.rows) for sheet in sheets)


def _has_checks(rows: Rows) -> bool:
    return any(cell.startswith(CHECK) for _, cells in rows for cell in cells)


class Finder:
    """Which table a row belongs to.

    Parameters
    ----------
    tables : mapping
        Table id → the table in each format that it may have been filled in.
    of_form : bool
        Whether all sheets are those of a workbook that `is_form`.
    """

    def __init__(self, tables: Mapping[str, Sequence[Table]], of_form: bool = False) -> None:
        self.of_form = of_form
        self.words = {key: set().union(*map(_words, some)) for key, some in tables.items()}
        times = Counter(word for some in self.words.values() for word in some)
        self.own = {key: {word for word in some if times[word] == 1} for key, some in self.words.items()}
        self.names = {one.name: key for key, some in tables.items() for one in some}
        self.rules = {rule.text for some in tables.values() for one in some for rule in one.identities}
        self.widths = {key: min(one.width for one in some) for key, some in tables.items()}
        self.captions = {key: {tree.normalise(one.caption) for one in some} for key, some in tables.items()}

    def regions(self, sheets: Sequence[Sheet]) -> dict[str, list[Region]]:
        """The regions of each table; a row without a word of its own belongs to the table above it.

        A sheet of the form is its table's, whatever else is typed there.
        """
        of_form = self.of_form or is_form(sheets)
        result: dict[str, list[Region]] = {key: [] for key in self.own}
        for sheet in sheets:
            owner = self.names.get(sheet.name, "") if of_form else ""
            ahead, parts = ([], {owner: sheet.rows}) if owner else self._parts(sheet.rows)
            marks = {(row + 1, column): why for (row, column), why in sheet.labels.items()}
            for at, (key, rows) in enumerate(parts.items()):
                region = self.region(key, sheet.name, [*ahead, *rows] if at == 0 else rows, of_form)
                result[key].append(replace(region, merged=sheet.merged, marks=marks))
        return result

    def _parts(self, sheet: Rows) -> tuple[Rows, dict[str, Rows]]:
        """The rows of a sheet above its tables, and those of each table; a word alone makes none beside another one."""
        owners: list[str] = []
        for _, cells in sheet:
            owners.append(self.table_of(cells) or (owners[-1] if owners else ""))
        said = {
            key: [cells for (_, cells), one in zip(sheet, owners, strict=True) if one == key] for key in {*owners} - {""}
        }
        stray = {key for key, rows in said.items() if len(said) > 1 and self._is_stray(key, rows)}
        ahead: Rows = []
        parts: dict[str, Rows] = {}
        last = ""
        for row, owner in zip(sheet, owners, strict=True):
            last = last if owner in stray else owner
            (parts.setdefault(last, []) if last else ahead).append(row)
        return ahead, parts

    def _is_stray(self, key: str, rows: Sequence[Sequence[str]]) -> bool:
        """Whether rows have one word of a table, and not one figure."""
        words = {tree.normalise(cell) for cells in rows for cell in cells} & self.own[key]
        return len(words) < 2 and not any(is_figure(cell) for cells in rows for cell in cells)

    def region(self, key: str, sheet: str, rows: Rows, of_form: bool = False) -> Region:
        """The rows of a table without the form's own rows, and columns behind the table's, whose texts are remarks.

        A table without sums, which no form checks, has the form's column of notes.
        """
        typed = {cell for _, cells in rows for cell in cells}
        is_placed = _has_checks(rows) or (of_form and NOTES in typed)
        if not is_placed and NOTES not in typed:
            return Region(sheet, rows)
        own = [(number, cells) for number, cells in rows if not next(filter(None, cells), "").startswith(CHECK)]
        named = {at: cell for _, cells in own for at, cell in enumerate(cells) if cell in {CHECK, NOTES}}
        edge = min((at for at in named if at >= self.widths[key]), default=None)  # right of it stands nothing of the table
        words = (at for _, cells in own for at, cell in enumerate(cells[:edge]) if self._is_word(key, cell))
        last = max(words, default=0)
        added = {at: cell for at, cell in named.items() if at > last}
        noted = [(number, at, cell) for number, cells in rows for at, cell in enumerate(cells) if added.get(at) == NOTES]
        kept = [
            (number, [self._typed(cell, added.get(at, CHECK if is_check else "")) for at, cell in enumerate(cells)])
            for number, cells in rows
            for is_check in [(number, cells) not in own]
        ]
        said = tuple(one for one in noted if one[-1] not in {"", NOTES})
        return Region(sheet, [row for row in kept if any(row[1])], said, is_placed=is_placed and sheet != "")

    def _typed(self, cell: str, head: str) -> str:
        """What of a cell is none of the form's own, by what heads its column or row: notes are `Region.remarks`."""
        is_own = head == NOTES or (head == CHECK and (_CHECKED.match(cell) or cell in self.rules))
        return "" if is_own else cell

    def whole(self, rows: Rows) -> list[str]:
        """The tables of which half of the words stand in some rows."""
        texts = {cell for _, cells in rows for cell in cells if cell}
        said = {word for text in texts for word in (tree.normalise(text), title_key(text))}
        return [key for key, words in self.words.items() if 2 * len(words & said) > len(words)]

    def _is_word(self, key: str, cell: str) -> bool:
        return bool(cell) and tree.normalise(cell) in self.words[key]

    def table_of(self, cells: list[str]) -> str:
        """The one table that a row's words name, or ''."""
        filled = [cell for cell in cells if cell]
        said = {tree.normalise(cell) for cell in filled} | {title_key(cell) for cell in filled}
        named = [key for key, words in self.own.items() if words & said]
        if not named and len(filled) == 1:
            named = [key for key, some in self.captions.items() if any(is_caption(filled[0], one) for one in some)]
        return named[0] if len(named) == 1 else ""


def _words(table: Table) -> frozenset[str]:
    """Caption, titles and labels of a table, as they are compared."""
    return table.words.union([tree.normalise(table.caption)], filter(None, (title_key(part.title) for part in table.parts)))


def is_hint(comment: str) -> bool:
    """Whether a comment is one that the form itself puts on a cell, with nothing added to it."""
    return _CARRIED.fullmatch(comment.strip()) is not None


def fact_head(cells: Sequence[str]) -> tuple[list[int], str] | None:
    """The columns of name, value, unit and note below a row of heads, and the unit that it gives all values.

    ``None`` where it does not head facts. A column that it does not have lies behind its last one.
    """
    tight = [tree.normalise(cell) for cell in cells]
    values = {at: found for at, cell in enumerate(tight) if (found := _OF_VALUES.fullmatch(cell))}
    heads = [
        next((at for at, cell in enumerate(tight) if is_head(at, cell)), len(cells))
        for is_head in (
            lambda _, cell: cell in _OF_NAMES,
            lambda at, _: at in values,
            lambda _, cell: cell in _OF_UNITS,
            lambda _, cell: cell == NOTES,
        )
    ]
    unit = (values[heads[1]][1] or "") if heads[1] in values else ""
    is_whole = heads[0] < len(cells) and heads[1] in values and (heads[2] < len(cells) or unit)
    return (heads, unit) if is_whole else None


def facts_of(sheets: Iterable[Sheet]) -> Facts:
    """The rows below a head 名称, 值, 单位, with what stands below 备注; a value without a name is one too.

    A name or a unit that is struck out or that nobody sees stands there as that.
    """
    found = {}
    for sheet in sheets:
        head: tuple[list[int], str] | None = None
        for number, cells in sheet.rows:
            if made := fact_head(cells):
                head = made
            elif head:
                row = [sheet.labels.get((number - 1, at), cells[at]) if at < len(cells) else "" for at in head[0]]
                if row[2] and head[1] and row[2] != head[1]:
                    row[2] = TWO_UNITS.format(text=row[2], why=head[1])
                row[2] = row[2] or head[1]
                if row[0] or row[1]:
                    found[sheet.name, number] = row
    return found


def beside_facts(sheets: Iterable[Sheet]) -> Iterator[tuple[str, int, int, str]]:
    """The sheet, the row, the column from 0 and the text of each cell below the heads of facts that is of none.

    It has no head above it, or is a remark in a row whose fact was taken out, of which unit and last year's value stay.
    """
    for sheet in sheets:
        heads, columns = list[str](), list[int]()
        for number, cells in sheet.rows:
            if made := fact_head(cells):
                heads, columns = cells, made[0]
            elif heads:
                note = -1 if any(cells[at] for at in columns[:2] if at < len(cells)) else columns[3]
                headed = {at for at, one in enumerate(heads) if one.strip() and at != note}
                some = ((at, one) for at, one in enumerate(cells) if one.strip() and at not in headed)
                yield from ((sheet.name, number, at, one) for at, one in some)


def without_merged(read: TableInput, region: Region) -> TableInput:
    """What was read, without the numbers of merged cells that are several of the table's: nobody knows whose they are."""
    texts = dict(region.rows)
    areas: dict[Merged, list[CellKey]] = {}
    for key, cell in read.cells.items() if region.merged else ():
        place = place_in(cell.source)
        area = next((one for one in region.merged if place and covers(one, place)), None)
        if area:
            areas.setdefault(area, []).append(key)
    for ((row, column), _), keys in areas.items():
        text = [*texts.get(row + 1, []), *[""] * (column + 1)][column]
        sources = {place_in(read.cells[key].source): read.cells[key].source for key in keys}
        if text and (len(keys) > 1 or (row, column) not in sources):
            assert read.table
            named, source = place_of(read.table, *keys[0]), next(iter(sources.values()))
            found = f"“{text}”在合并的单元格里，这里有{len(keys)}格，不知属于哪一格"
            read.faults.append(Finding(NOT_A_NUMBER, named, source, found, "一格一个数", "取消合并，把各数填进自己的格子"))
            read.cells |= {key: replace(read.cells[key], state=UNFILLED, value=None, unit="") for key in keys}
    return read


def place_in(source: Source | None) -> tuple[int, int] | None:
    """The row and column, from 0, of a cell's address; ``None`` for anything else."""
    column = _column(source.cell) if source and source.cell else -1
    return (source.line - 1, column) if source and source.line is not None and column >= 0 else None


@lru_cache(maxsize=4096)
def _column(cell: str) -> int:
    """The column of a cell's address, which is asked for a dozen times; -1 where it has none."""
    column = 0
    for letter in cell.rstrip("0123456789"):
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1


def covers(area: Merged, place: tuple[int, int]) -> bool:
    """Whether merged cells cover a place."""
    (top, left), (bottom, right) = area
    return top <= place[0] <= bottom and left <= place[1] <= right


def on_sheet(read: TableInput, sheet: str) -> TableInput:
    """What was read of a region, with the sheet in the address of each cell and row: ``表三!D5``, ``表三!5:5``."""

    def there(source: Source | None) -> Source | None:
        return located(source, sheet) if source else None

    def named(finding: Finding) -> Finding:
        return replace(finding, source=there(finding.source))

    read.cells = {key: replace(cell, source=there(cell.source)) for key, cell in read.cells.items()}
    read.faults[:] = map(named, read.faults)
    read.notes[:] = map(named, read.notes)
    read.captions[:] = [(text, located(source, sheet)) for text, source in read.captions]
    read.asides[:] = [Aside(one.text, one.printed, located(one.source, sheet)) for one in read.asides]
    return read
