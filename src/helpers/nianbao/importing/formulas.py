"""What the formulas of a table's cells take: figures of another year, file or row, or some that nobody has counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks import disowned, whose
from nianbao.importing import dated
from nianbao.reading import is_figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Grid
    from nianbao.importing.places import Places
    from nianbao.importing.taken import Taken
    from nianbao.statute.tree import CellKey

ASKED = (
    "下列单元格的数是公式算的：公式取了别的年度、不满一年、别的机关、别的文件或别的行的数，或是随机、取整、按比例算出来的，"
    "照保存的结果取用：核对"
)
_MOST = 50  # rows and columns of a range that are looked at
# What counts, adds up and looks up; any other function may make another number of a count.
_ORDINARY = {
    "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "SUBTOTAL", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "COUNTBLANK", "IF",
    "IFS", "IFERROR", "IFNA", "ISERROR", "ISNA", "ISNUMBER", "ISBLANK", "ISTEXT", "AND", "OR", "NOT", "TRUE", "FALSE",
    "N", "T", "VALUE", "NUMBERVALUE", "VLOOKUP", "HLOOKUP", "XLOOKUP", "LOOKUP", "INDEX", "MATCH", "XMATCH", "CHOOSE",
    "OFFSET", "INDIRECT", "ADDRESS", "ROW", "ROWS", "COLUMN", "COLUMNS", "DATE", "DATEVALUE", "YEAR", "MONTH", "DAY",
    "EOMONTH", "TEXT", "TRIM", "LEFT", "RIGHT", "MID", "LEN", "FIND", "SEARCH", "EXACT", "CONCATENATE", "CONCAT", "ABS",
    "UNIQUE", "FILTER", "FREQUENCY",
}  # fmt: skip
_OF_MONEY = {"ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "TRUNC"}  # an amount may be rounded to what its unit shows
_FACTORS, _OF_UNITS = {1.0}, {1.0, 100.0, 10_000.0, 100_000_000.0}  # 元 to 万元
_TEXT = re.compile('"([^"]*)"')
_SHEET = re.compile(r"(?:'((?:[^']|''){1,250})'|(?<![\w.\[\]:])([\w.\[\]:]{1,250}))!")
_CELLS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?(?![\w(])")
_COLUMNS = re.compile(r"\$?[A-Z]{1,3}:\$?[A-Z]{1,3}(?!\w)|\$?[0-9]{1,7}:\$?[0-9]{1,7}")
_FUNCTION = re.compile(r"(?<![\w.])(_?[A-Za-z][\w.]*)\(")
_NAME = re.compile(r"(?<![\w.])[A-Za-z_\u4e00-\u9fff][\w.]*(?![\w(])")
_DAY = re.compile(r"DATE\(([0-9]{4}),([0-9]{1,2}),([0-9]{1,2})\)")
_FACTOR = re.compile(r"[*/^]\s*[-+(]*([0-9.]+)|(?<![\w.)])([0-9.]+)\s*[*/^]|(?<![\w.])([0-9.]+)%")
_YEAR = re.compile("(?<![0-9.])20[0-9]{2}(?![0-9.])")
# The parts of a year; the figures of all of them together are the year's.
_PART = re.compile("([上下])半年|([一二三四1-4])季度|(?<![0-9])(1[0-2]|[1-9])月")
_WHOLE = ({"上", "下"}, {"一", "二", "三", "四"}, {"1", "2", "3", "4"}, {str(month) for month in range(1, 13)})
# Rows and columns in which last year's figures belong, and rows that may be reckoned from others.
_OF_LAST, _RECKONED = re.compile("上年|上一年|现行有效|对外公开总"), re.compile("总计|合计|^[一二三四]、")
_LAST = re.compile("去年|上一?年")


def odd(taken: Taken, places: Places) -> list[tuple[CellKey, str]]:
    """The cells that are taken and whose formulas may not give the year's own figure, each with its formula."""
    found = {key: at for key, cell in taken.cells.items() if cell.value is not None and (at := places.cell(cell.source))}
    own = {(piece.grid.sheet, piece.grid.number(row), column): key for key, (piece, row, column) in found.items()}
    made = []
    for key, (piece, row, column) in found.items():
        formula = piece.grid.formulas.get((row, column), "")
        if formula and (_is_odd(formula, key, taken, places) or _is_of_other_row(formula, key, piece.grid, own)):
            made.append((key, formula))
    return made


def named(taken: Taken, places: Places) -> list[str]:
    """Such cells as a person names them, those whose formulas differ in their cells only together."""
    alike: dict[str, list[str]] = {}
    for key, formula in odd(taken, places):
        place = places.named(taken.cells[key].source)
        alike.setdefault(_CELLS.sub("A1", formula), []).append(f"{taken.table.name}（{place}）：={formula}")
    return [f"{some[0]}，等{len(some)}格" if len(some) > 1 else some[0] for some in alike.values()]


def _is_odd(formula: str, key: CellKey, taken: Taken, places: Places) -> bool:
    """Whether a formula names another year, a part of one, a body or a file, or makes another number of those it takes."""
    year, name = places.copy.wanted
    texts, rest = _TEXT.findall(formula), _TEXT.sub('""', formula)
    sheets, rest = [one or other for one, other in _SHEET.findall(rest)], _SHEET.sub("", rest)
    rest = _COLUMNS.sub("§", _CELLS.sub("§", rest))
    is_of_last = bool(_OF_LAST.search(" ".join((*key[0], *key[1]))))
    is_money = taken.table.cells[key][1][-1].kind == "money"
    functions = {one.upper().rpartition(".")[2] for one in _FUNCTION.findall(rest)}
    said = [*_without_parts(sheets), *texts, *_NAME.findall(rest)]
    return (
        any("[" in one for one in sheets)
        or "#REF" in formula
        or not functions <= (_ORDINARY | _OF_MONEY if is_money else _ORDINARY)
        or any(_is_of_other_time(one, year, is_of_last) for one in said)
        or any(name and whose.is_anothers(one, name, is_sheet=True) for one in sheets)
        or _has_other_days(rest, year, is_of_last)
        or any(not _is_known(one, _OF_UNITS if is_money else _FACTORS) for one in _FACTOR.findall(rest))
    )


def _without_parts(sheets: list[str]) -> list[str]:
    """The names of sheets, without the parts of the year that they name where these are all of it: 1月 to 12月."""
    parts = [
        set(filter(None, one)) for one in zip(*(found.groups() for found in map(_PART.search, sheets) if found), strict=True)
    ]
    names = [one.replace(":", "—") for one in sheets]
    return [_PART.sub("", one) for one in names] if any(some in _WHOLE for some in parts) else names


def _is_of_other_time(text: str, year: int, is_of_last: bool) -> bool:
    """Whether a name or a text in a formula names another year or a part of one; last year where that belongs there."""
    text = disowned.narrow(_LAST.sub("", text) if is_of_last else text).strip("<>=*")
    years = disowned.years(text, year, is_sheet=True) - ({year - 1} if is_of_last else set())
    is_early = dated.is_early(text, year) and not re.search("[^0-9]0?1[^0-9]0?1(?:日|$)", text)
    return bool((years and year not in years) or is_early or disowned.is_no_whole_year(text, year, is_sheet=True))


def _has_other_days(rest: str, year: int, is_of_last: bool) -> bool:
    """Whether a formula counts another year, from another day than its first, or up to another than its last."""
    days = {tuple(map(int, one)) for one in _DAY.findall(rest)}
    ours = {(one, *day) for one in (year, *([year - 1] if is_of_last else [])) for day in ((1, 1), (12, 31))}
    years = {*map(int, _YEAR.findall(_DAY.sub("", rest)))} - {year, *([year - 1] if is_of_last else [])}
    return bool(years or days - ours - {(year + 1, 1, 1)})


def _is_known(factor: tuple[str, str, str], known: set[float]) -> bool:
    number = factor[0] or factor[1]
    return number.replace(".", "", 1).isdecimal() and float(number) in known


def _is_of_other_row(formula: str, key: CellKey, grid: Grid, own: dict[tuple[str, int, int], CellKey]) -> bool:
    """Whether a formula takes figures of this table only, and those of other rows; some rows are reckoned from others."""
    others, bare = [one or other for one, other in _SHEET.findall(formula)], _SHEET.sub("", formula)
    rows = {grid.number(at): row for at, row in enumerate(grid.rows)}
    cells = [(row, column) for row, column in _cells(bare) if _may_be_figure(rows.get(row), column)]
    keys = [own.get((grid.sheet, row, column)) for row, column in cells]
    if not keys or None in keys or any(one != grid.sheet for one in others):
        return False
    is_alone = bool(re.fullmatch(r"[-+]?\$?[A-Z]{1,3}\$?[0-9]+", bare))
    label = "".join((*key[0][-1:], *key[1][-1:]))
    may_be = "总计" in label or "合计" in label or (bool(_RECKONED.search(label)) and not is_alone)
    return not may_be and not any(one and one[0] == key[0] for one in keys)


def _may_be_figure(row: Sequence[str] | None, column: int) -> bool:
    """Whether a cell of a row may hold a figure: any may that does not stand in the table."""
    return row is None or any(map(is_figure, row[column : column + 1]))


def _cells(formula: str) -> Iterator[tuple[int, int]]:
    """The number of the row, from 1, and the column, from 0, of each cell that a formula names, within bounds."""
    for left, top, right, bottom in _CELLS.findall(formula):
        rows = range(int(top), min(int(bottom or top), int(top) + _MOST) + 1)
        columns = [_number(left), *([_number(right)] if right else [])]
        yield from ((row, column) for row in rows for column in range(columns[0], min(columns[-1], columns[0] + _MOST) + 1))


def _number(letters: str) -> int:
    """The number of a column, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
