"""What the formulas of a table's cells take: figures of another year, file or row, or some that nobody has counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from nianbao.checks import disowned, whose
from nianbao.importing import dated
from nianbao.importing.taken import Taking
from nianbao.importing.workbooks import months
from nianbao.inputs.files.xlsformulas import LONGEST, UNREAD
from nianbao.reading import is_figure
from nianbao.wording import LAST_YEAR, column_letter, column_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from nianbao.importing.flow import Grid
    from nianbao.importing.places import Places
    from nianbao.importing.taken import Taken
    from nianbao.statute.tree import CellKey

ASKED = (
    "下列单元格的数是公式算的：公式取了别的年度、不满一年、别的机关、别的文件或别的行的数，或是随机、取整、按比例算出来的，"
    "或读不懂（记作 ?）、太长，照保存的结果取用：核对"
)
_MOST = 2_000  # cells that a formula names, one by one, and that are looked at
# What counts, adds up and looks up; any other function may make another number of a count.
_ORDINARY = {
    "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "SUBTOTAL", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "COUNTBLANK", "IF",
    "IFS", "IFERROR", "IFNA", "ISERROR", "ISNA", "ISNUMBER", "ISBLANK", "ISTEXT", "AND", "OR", "NOT", "TRUE", "FALSE",
    "N", "T", "VALUE", "NUMBERVALUE", "VLOOKUP", "HLOOKUP", "XLOOKUP", "LOOKUP", "INDEX", "MATCH", "XMATCH", "CHOOSE",
    "OFFSET", "INDIRECT", "ADDRESS", "ROW", "ROWS", "COLUMN", "COLUMNS", "DATE", "DATEVALUE", "YEAR", "MONTH", "DAY",
    "EOMONTH", "TEXT", "TRIM", "LEFT", "RIGHT", "MID", "LEN", "FIND", "SEARCH", "EXACT", "CONCATENATE", "CONCAT", "ABS",
    "UNIQUE", "FILTER", "FREQUENCY",
}  # fmt: skip
_ROUNDING = {"ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "TRUNC"}  # an amount may be rounded to what its unit shows
_ADDING = {"SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "SUBTOTAL", "N"}
# MAX(0,…) of one number, which may be a sum; for several cells stands §§.
_ONE = r"(?:(?!§§)[^(),])*(?:\([^()]*\)(?:(?!§§)[^(),])*)*"
_NOT_BELOW_ZERO = re.compile(rf"(?<![\w.])MAX\((?:0,(?={_ONE}\))|(?={_ONE},0\)))")
_PARTED = re.compile(r"[*/^%¦]|\.[0-9]")  # may make fractions of whole numbers, or takes whole columns: ¦
_FACTORS, _OF_UNITS = {1.0}, {1.0, 100.0, 10_000.0, 100_000_000.0}  # 元 to 万元
_TEXT = re.compile('"([^"]*)"')
_SHEET = re.compile(r"(?:'((?:[^']|''){1,250})'|(?<![\w.\[\]:])([\w.\[\]:]{1,250}))!")
_CELLS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?(?![\w(])")
_COLUMNS = re.compile(r"\$?[A-Z]{1,3}:\$?[A-Z]{1,3}(?!\w)|\$?[0-9]{1,7}:\$?[0-9]{1,7}")
_FUNCTION = re.compile(r"(?<![\w.])(_?[A-Za-z][\w.]*)\(")
_NAME = re.compile(r"(?<![\w.])[A-Za-z_\u4e00-\u9fff][\w.]*(?![\w(])")
_DAY = re.compile(r"DATE\(([0-9]{4}),([0-9]{1,2}),([0-9]{1,2})\)")
_FACTOR = re.compile(r"[*/^]\s*[-+(]*([0-9.]+)|(?<![\w.)])([0-9.]+)\s*[*/^]|(?<![\w.])([0-9.]+)%")
_OF_YUAN = re.compile(
    r"(?<![\w.)*/^%])[0-9]+(?:\.[0-9]+)?(?=/1(?:0{4}|0{8})(?![\w.^*%]))"
)  # an amount that is put into 万元
_YEAR = re.compile("(?<![0-9.])20[0-9]{2}(?![0-9.])")
# A number that stands alone or is added to others is no year; one that is compared is.
_ADDED = re.compile(
    r"(?<![\w.])SUM\([^()<>=]*\)|(?:^|(?<=\())20[0-9]{2}(?=[-+])|(?<=[-+])20[0-9]{2}(?![0-9.<>=])|^20[0-9]{2}$"
)
# Rows and columns in which last year's figures belong, and rows that may be reckoned from others.
_OF_LAST, _RECKONED = re.compile(f"{LAST_YEAR}|现行有效|对外公开总"), re.compile("总计|合计|^[一二三四]、")
_REFERENCE = re.compile(rf"(?:{_SHEET.pattern})?(?:{_CELLS.pattern}|\$?([A-Z]{{1,3}}):\$?([A-Z]{{1,3}})(?![\w(]))")
# The column that a look-up takes, by its number: VLOOKUP("许可",明细!A:C,2,0).
_LOOKED_UP = re.compile(
    rf"VLOOKUP\([^(),]*,({_SHEET.pattern})?\$?([A-Z]{{1,3}})[$0-9]*:\$?[A-Z]{{1,3}}[$0-9]*,([0-9]{{1,2}})"
)
_LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells of a sheet that a formula names: rows from 1, columns from 0; whole columns have all rows."""

    sheet: str
    rows: range
    columns: range

    def has(self, row: int, column: int) -> bool:
        """Whether it means a cell."""
        return row in self.rows and column in self.columns


def takings(taken: Taken, places: Places) -> list[Taking]:
    """The cells that are taken and whose formulas name other sheets."""
    found = []
    for key, cell in taken.cells.items():
        at = places.cell(cell.source) if cell.value is not None else None
        formula = at[0].grid.formulas.get(at[1:], "") if at else ""
        if at and {*_sheets(_TEXT.sub("", formula))} - {at[0].grid.sheet} and len(formula) <= LONGEST:
            is_of_last = bool(_OF_LAST.search(" ".join((*key[0], *key[1]))))
            found.append(Taking(f"{taken.table.name}（{places.named(cell.source)}）", formula, at[0].grid, is_of_last))
    return found


def references(formula: str, sheet: str) -> Iterator[Reference]:
    """The cells that a formula on a sheet names; of a table that is looked up in, the column that is taken."""
    bare = _LOOKED_UP.sub(_column_of, _TEXT.sub("", formula))
    for quoted, name, left, top, right, bottom, begin, end in _REFERENCE.findall(bare):
        rows = _span(int(top or 1), int(bottom or top or _LAST_ROW))
        columns = _span(column_number(left or begin), column_number(right or end or left))
        yield Reference((quoted or name).replace("''", "'") or sheet, rows, columns)


def _span(one: int, other: int) -> range:
    """The rows or columns from one to another, whichever comes first: B4:B2 is B2:B4."""
    return range(min(one, other), max(one, other) + 1)


def _column_of(found: re.Match[str]) -> str:
    letter = column_letter(column_number(found[4]) + int(found[5]) - 1)
    return f"VLOOKUP({found[1] or ''}{letter}:{letter}"


def functions(formula: str) -> set[str]:
    """The functions that a formula calls."""
    return {one.upper().rpartition(".")[2] for one in _FUNCTION.findall(_SHEET.sub("", _TEXT.sub("", formula)))}


def odd(taken: Taken, places: Places) -> list[tuple[CellKey, str]]:
    """The cells that are taken and whose formulas may not give the year's own figure, each with its formula."""
    found = {key: at for key, cell in taken.cells.items() if cell.value is not None and (at := places.cell(cell.source))}
    own = {(piece.grid.sheet, piece.grid.number(row), column): key for key, (piece, row, column) in found.items()}
    grids = {id(piece.grid): piece.grid for piece, _, _ in found.values()}
    rows = {at: {grid.number(row): cells for row, cells in enumerate(grid.rows)} for at, grid in grids.items()}
    made = []
    for key, (piece, row, column) in found.items():
        formula = piece.grid.formulas.get((row, column), "")
        if not formula:
            continue
        some = _cells(formula) if len(formula) <= LONGEST else None
        takes = _own_cells(some or [], formula, piece.grid, rows[id(piece.grid)], own)
        if (
            some is None
            or (takes is not None and len(some) > _MOST)
            or _is_odd(formula, key, taken, places, takes is not None)
            or _is_of_other_row(formula, key, takes or [])
        ):
            made.append((key, formula))
    return made


def named(taken: Taken, places: Places) -> list[str]:
    """Such cells as a person names them, those whose formulas differ in their cells only together."""
    alike: dict[str, list[str]] = {}
    for key, formula in odd(taken, places):
        place = places.named(taken.cells[key].source)
        alike.setdefault(_CELLS.sub("A1", formula), []).append(f"{taken.table.name}（{place}）：={formula}")
    return [f"{some[0]}，等{len(some)}格" if len(some) > 1 else some[0] for some in alike.values()]


def details(grids: Sequence[Grid], tables: Collection[str]) -> set[str]:
    """The sheets whose cells formulas on the sheets of tables take, by way of others too."""
    taken = {grid.sheet: set[str]() for grid in grids}
    for grid in grids:
        names = {name.replace("''", "'") for one in grid.formulas.values() for name in _sheets(one)}
        taken[grid.sheet] |= names - {grid.sheet}
    found, more = set[str](), {*tables}
    while more:
        more = {name for one in more for name in taken.get(one, ())} - found
        found |= more
    return found


def added_up(grid: Grid) -> list[set[str]]:
    """The sheets whose cells each cell of a table adds up; none where one does anything else with another sheet's."""
    found: list[set[str]] = []
    for formula in grid.formulas.values():
        others = {*_sheets(formula)} - {grid.sheet}
        rest = _CELLS.sub("", _SHEET.sub("", formula))
        if others and not ({*_FUNCTION.findall(rest)} <= {"SUM"} and re.fullmatch("[SUM(),+ ]*", rest)):
            return []
        found += [{one.replace("''", "'") for one in others}] if others else []
    return found


def _is_odd(formula: str, key: CellKey, taken: Taken, places: Places, is_of_own: bool) -> bool:
    """Whether a formula names another year, a part of one, a body or a file, or makes another number of those it takes.

    ``is_of_own`` says that each cell that it names is one of the table.
    """
    year, name = places.copy.wanted
    texts, rest = _TEXT.findall(formula), _TEXT.sub('""', formula)
    are_some = months.are_some("".join(rest.split()))
    sheets, rest = _sheets(rest), _SHEET.sub("", rest)
    rest = _COLUMNS.sub("¦", _CELLS.sub(lambda one: "§§" if one[3] else "§", rest))
    is_of_last = bool(_OF_LAST.search(" ".join((*key[0], *key[1]))))
    is_money = taken.table.cells[key][1][-1].kind == "money"
    rest = _OF_YUAN.sub("1", rest) if is_money else rest
    functions = {one.upper().rpartition(".")[2] for one in _FUNCTION.findall(_NOT_BELOW_ZERO.sub("(", rest))}
    names = _NAME.findall(rest)
    is_whole = is_of_own and not names and not _PARTED.search(rest) and functions <= _ADDING | _ROUNDING
    is_sum = ":" in ":".join({*sheets}) and functions <= _ADDING and "-" not in rest
    bodies = [] if not name or (is_sum and whose.adds_up(name)) else sheets
    said = [*months.without_parts(sheets), *texts, *names]
    return (
        any("[" in one for one in sheets)
        or "#REF" in formula
        or UNREAD in rest
        or not functions <= (_ORDINARY | _ROUNDING if is_money or is_whole else _ORDINARY)
        or any(_is_of_other_time(one, year, is_of_last) for one in said)
        or any(whose.is_anothers(one, name, is_sheet=True) for one in bodies)
        or are_some
        or _has_other_days(rest, year, is_of_last)
        or any(not _is_known(one, _OF_UNITS if is_money else _FACTORS) for one in _FACTOR.findall(rest))
    )


def _sheets(formula: str) -> list[str]:
    return [one or other for one, other in _SHEET.findall(formula)]


def _is_of_other_time(text: str, year: int, is_of_last: bool) -> bool:
    """Whether a name or a text in a formula names another year or a part of one; last year where that belongs there."""
    text = disowned.compared(re.sub(LAST_YEAR, "", text) if is_of_last else text).strip("<>=*")
    years = disowned.years(text, year, is_sheet=True) - ({year - 1} if is_of_last else set())
    is_early = dated.is_early(text, year) and not re.search("[^0-9]0?1[^0-9]0?1(?:日|$)", text)
    return bool((years and year not in years) or is_early or disowned.is_no_whole_year(text, year, is_sheet=True))


def _has_other_days(rest: str, year: int, is_of_last: bool) -> bool:
    """Whether a formula counts another year, from another day than its first, or up to another than its last."""
    rest = "".join(rest.split())
    days = {tuple(map(int, one)) for one in _DAY.findall(rest)}
    ours = {(one, *day) for one in (year, *([year - 1] if is_of_last else [])) for day in ((1, 1), (12, 31))}
    rest = _DAY.sub("", rest)
    rest = rest if "YEAR(" in rest.upper() else _ADDED.sub("", rest)
    years = {*map(int, _YEAR.findall(rest))} - {year, *([year - 1] if is_of_last else [])}
    return bool(years or days - ours - {(year + 1, 1, 1)})


def _is_known(factor: tuple[str, str, str], known: set[float]) -> bool:
    number = factor[0] or factor[1]
    return number.replace(".", "", 1).isdecimal() and float(number) in known


def _own_cells(
    some: Sequence[tuple[int, int]],
    formula: str,
    grid: Grid,
    rows: Mapping[int, Sequence[str]],
    own: Mapping[tuple[str, int, int], CellKey],
) -> list[CellKey] | None:
    """The cells of this table among some that a formula names; None where it names any others that may hold a figure."""
    if any(one != grid.sheet for one in _sheets(formula)):
        return None
    keys = [own.get((grid.sheet, row, at)) for row, at in some if _may_be_figure(rows.get(row), at)]
    known = [one for one in keys if one]
    return known if len(known) == len(keys) else None


def _is_of_other_row(formula: str, key: CellKey, takes: Sequence[CellKey]) -> bool:
    """Whether a formula takes figures of this table only, and those of other rows; some rows are reckoned from others."""
    is_alone = bool(re.fullmatch(r"[-+]?\$?[A-Z]{1,3}\$?[0-9]+", _SHEET.sub("", formula)))
    label = "".join((*key[0][-1:], *key[1][-1:]))
    may_be = "总计" in label or "合计" in label or (bool(_RECKONED.search(label)) and not is_alone)
    return bool(takes) and not may_be and not any(one[0] == key[0] for one in takes)


def _may_be_figure(row: Sequence[str] | None, column: int) -> bool:
    """Whether a cell of a row may hold a figure: any may that does not stand in the table."""
    return row is None or any(map(is_figure, row[column : column + 1]))


def _cells(formula: str) -> list[tuple[int, int]]:
    """The row, from 1, and the column, from 0, of each cell that a formula names, but of one more than `_MOST` at most."""
    ranges = (
        (_span(int(top), int(bottom or top)), _span(column_number(left), column_number(right or left)))
        for left, top, right, bottom in _CELLS.findall(_SHEET.sub("", formula))
    )
    return [*islice(((row, column) for rows, columns in ranges for row in rows for column in columns), _MOST + 1)]
