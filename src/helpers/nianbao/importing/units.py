"""The units that stand around a number: in its column's heads, its row's labels, above and below its table.

A unit behind the number itself is the number's. One without is in doubt where what stands around it says two things, or
what the table is not in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.around import ABOVE, BELOW, HEADING, NAMES, OF_OTHER
from nianbao.importing.counted import is_part_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.copies import Copy
    from nianbao.importing.flow import Grid
    from nianbao.importing.pieces import Piece, RowKey
    from nianbao.inputs.cells import Cell
    from nianbao.statute.tree import Node

    _Rows = list[tuple[Piece, int]]

_AROUND = {*NAMES, HEADING, ABOVE, OF_OTHER, BELOW}
_LONGEST = 120  # characters of a line beside a table
# What a text says is asked for every number of its table.
_once = lru_cache(maxsize=1_000)
# Pieces of the same: an application is 1件, and a notice 1个.
_THINGS = dict.fromkeys(("件次", "件", "起", "宗", "例", "个", "项", "条", "部"), "件") | {
    "人次": "人",
    "名": "人",
    "户": "家",
}
_COUNTED = r"([十百千万亿]*)(件次|人次|[件起宗例个项条部人名家户次份篇]|[%‰])"
_OF_COUNTS = re.compile(rf"(?:[(\[/、和或以]|单位[:为]?|^[0-9]+\(?){_COUNTED}(?=$|[)\]、,/和或;:。]|为单位)")
# A multiple alone: 单位：万, （千）, 以千计, ×1000.
_MULTIPLE = re.compile(
    r"(?:[(\[]|单位[:为]?)([百千万亿])(?=$|[)\]、,/和或;:。])|[以按][“\x22]?([十百千万亿]+)(?:件|[个条项宗起例份])?[”\x22]?(?:为(?:计量)?单位|计|统计|填)|[×xX*](10+)(?![0-9])"
)
_SIGN_OF_MONEY = re.compile("[¥￥]|人民币")
_SMALL = re.compile(r"(?:单位[:为]?\(?|[(\[])(?:人民币)?([角分])(?=$|[)\],;。])")
_SAYS_A_UNIT = re.compile(rf"单位|计量|^[(\[]?[十百千万亿]*元[)\]]?$|[(\[][十百千万亿]*元[)\]]|{_MULTIPLE.pattern}")
_FOR_ALL = re.compile(
    r"[(\[]?(?:(?:备?注|说明):)?(?:本表|表中|上表|以上)?(?:收费|采购)?(?:金额)?(?:计量)?的?单位(?:均)?[:为](?:人民币)?((?:万|亿)?元)[)\]]?。?"
)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What names a unit beside a row: lines around its table, labels with their columns, lines in the table; all heads."""

    around: tuple[str, ...]
    labels: list[tuple[int, str]]
    heads: _Rows
    lines: tuple[str, ...]


@_once
def _may_say(text: str) -> bool:
    tight = reading.plain(text)
    return len(tight) <= _LONGEST and (reading.is_note(text) or _says_a_unit(text))


@_once
def _says_a_unit(text: str) -> bool:
    return bool(_SAYS_A_UNIT.search(reading.plain(text)))


class Units:
    """What stands around the numbers of one copy of a table."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self._rows = [(piece, row) for piece in copy.pieces for row in piece.rows]
        self._titles = [at for at, (piece, row) in enumerate(self._rows) if _is_title(piece.grid.rows[row])]
        self._beside: dict[RowKey, _Beside] = {}
        self._over: dict[tuple[RowKey, int], list[str]] = {}

    def doubt(self, place: tuple[Piece, int, int] | None, cell: Cell, column: Node) -> str:
        """Why the unit of a number is in doubt, though the number can be read; '' where it is not.

        Parameters
        ----------
        place : tuple or None
            The piece, row and column in which the number stands.
        """
        if place is None or not cell.value:
            return ""
        text = reading.plain(place[0].grid.rows[place[1]][place[2]])
        if column.kind == "money":
            if reading.money(text)[1]:
                return ""  # it says itself what it is in
            if _SIGN_OF_MONEY.match(text) and cell.unit != "元":
                return f"只有货币符号，不知是元还是{cell.unit or '别的单位'}"
            said = {line: found for line in self._texts(place) if (found := _of_money(line))}
            said |= {line: found for line in self._heads(place) if line not in said and (found := _counted(line))}
            said |= {line: found for line in _remarks(place) if (found := _of_money(f"({line})") or _counted(f"({line})"))}
            return _said(said, cell.unit) if set().union(*said.values()) - {cell.unit} else ""
        said = {line: found for line in (*self._texts(place), text) if (found := _counted(line))}
        said |= {line: found for line in _remarks(place) if (found := _counted(f"({line})") | _of_money(f"({line})"))}
        common = set.intersection(*said.values()) if said else {"件"}
        return "" if any(len(unit) == 1 and unit not in "%‰" for unit in common) else _said(said, "个数")

    def said_once(self, place: tuple[Piece, int, int] | None, cell: Cell, column: Node) -> tuple[str, str]:
        """The unit of an amount without one that one line around its table says for all of it, and that line; or two blanks.

        Neither a head nor a label nor another line says any.
        """
        if place is None or column.kind != "money" or cell.unit or not cell.value:
            return "", ""
        around = self._of(place).around
        lines = [*around, *(line for line in self._texts(place) if line not in around), *self._heads(place)]
        said = {line: found for line in lines if (found := reading.units_in(line))}
        line = next(iter(said), "")
        whole = _FOR_ALL.fullmatch(reading.plain(line)) if len(said) == 1 and line in around else None
        return (whole[1], line) if whole else ("", "")

    def _texts(self, place: tuple[Piece, int, int]) -> Iterator[str]:
        """What may say the unit of a number: lines around its table and in it, labels of its row, heads over its column."""
        beside = self._of(place)
        yield from beside.around
        yield from (text for at, text in beside.labels if at < place[2])
        yield from self._heads(place)
        yield from beside.lines

    def _heads(self, place: tuple[Piece, int, int]) -> Iterator[str]:
        """The heads over the column of a number, and the head of the labels."""
        for piece, row in self._of(place).heads:
            here = piece.key(row), place[2]
            if here not in self._over:
                self._over[here] = [*filter(_names_a_unit, _over(piece.grid, row, place[2]))]
            yield from self._over[here]

    def _of(self, place: tuple[Piece, int, int]) -> _Beside:
        """What stands beside the numbers of one row, which is asked for each of them."""
        here = place[0].key(place[1])
        if here not in self._beside:
            inside, outside = self._parted(here)
            above = inside[: next(at for at, (piece, row) in enumerate(inside) if piece.key(row) == here)]
            heads = [one for one in above if _is_head(_cells(*one)) and one[0].key(one[1]) not in self._copy.said]
            lines = [line for line in self._lines(inside) if len(line) == 1 or any(map(_says_a_unit, line))]
            lines += [line for line in self._lines(outside) if reading.is_note(line[0])]
            labels = [one for one in _labels(place[0].grid, place[1]) if _names_a_unit(one[1])]
            around, inside_ = (tuple(filter(_names_a_unit, some)) for some in (self._around(here), chain(*lines)))
            self._beside[here] = _Beside(around, labels, heads, inside_)
        return self._beside[here]

    def _lines(self, rows: _Rows) -> list[list[str]]:
        """The texts of each row that is a line, or some: one or two, and no figure, or more that are no heads."""
        return [line for one in rows if (line := _line(_cells(*one), one[0].key(one[1]) in self._copy.said))]

    def _around(self, here: RowKey) -> tuple[str, ...]:
        """What may say a unit beside the table: its sheet's name, the lines above and below that speak of a row.

        The heading of the chapter above it is one of them.
        """
        around = self._copy.around
        said = [one.text for one in around if one.where in _AROUND and (one.places is None or here in one.places)]
        sheets = {one.text for one in around if one.where in NAMES}
        return tuple(dict.fromkeys(text for text in said if text in sheets or _may_say(text)))

    def _parted(self, here: RowKey) -> tuple[_Rows, _Rows]:
        """The rows of the part in which a row stands, with those above the first part; and all other rows."""
        rows, titles = self._rows, self._titles
        own = next(at for at, (piece, row) in enumerate(rows) if piece.key(row) == here)
        begin = max((at for at in titles if at <= own), default=0)
        end = min((at for at in titles if at > own), default=len(rows))
        first = titles[0] if titles else 0
        return [*rows[:first], *rows[begin:end]], [*rows[first:begin], *rows[end:]]


def _cells(piece: Piece, row: int) -> Sequence[str]:
    return piece.grid.rows[row]


def _remarks(place: tuple[Piece, int, int]) -> list[str]:
    """What is said under 备注 beside a number, in pieces: 百件."""
    return [one for one in re.split("[,，;；。、]", place[0].grid.remarks.get(place[1], "")) if one]


def _said(said: dict[str, set[str]], read: str) -> str:
    named = "、".join(f"“{line}”" for line in said)
    return f"单位不一或不明：{named[:_LONGEST]}，不能当{read or '没有单位的金额'}"


@_once
def _of_money(text: str) -> set[str]:
    """The units of money that a label or line names; 角 and 分, too, which no amount here can be in."""
    return reading.units_in(text) | set(_SMALL.findall(reading.plain(text)))


@_once
def _names_a_unit(text: str) -> bool:
    return bool(_counted(text) or _of_money(text))


@_once
def _counted(text: str) -> set[str]:
    """The units of counts that a label or line names: 件, 千件, 人, %."""
    tight = reading.plain(text)
    multiples = {f"{one[1] or one[2] or one[0]}件" for one in _MULTIPLE.finditer(tight)}
    return multiples | {f"{one[1]}{_THINGS.get(one[2], one[2])}" for one in _OF_COUNTS.finditer(tight)}


@_once
def _is_head(cells: Sequence[str]) -> bool:
    filled = set(filter(None, cells))
    return len(filled) > 1 and not any(map(reading.is_figure, filled))


@_once
def _line(cells: Sequence[str], is_said: bool) -> list[str]:
    filled = [text for text in dict.fromkeys(cells) if text]
    return filled if is_said or (len(filled) < 3 and not any(map(reading.is_figure, filled))) else []


@_once
def _is_title(cells: Sequence[str]) -> bool:
    return any(is_part_title(text) for text in dict.fromkeys(cells) if text)


def _labels(grid: Grid, row: int) -> Iterator[tuple[int, str]]:
    """The labels of a row's numbers, those of merged cells too, each with its column: it is on the left of its numbers."""
    for at in range(len(grid.rows[row])):
        above = (grid.rows[one][at] for one in range(row, -1, -1) if grid.rows[one][at])
        text = next(above, "")
        if text and not reading.is_figure(text):
            yield at, text


def _over(grid: Grid, row: int, column: int) -> Iterator[str]:
    """The heads in a row that stand over a column, and the head of the labels."""
    for at in dict.fromkeys((0, column)):
        top, left = grid.merged.get((row, at), (row, at))
        # A part of the table on another page may have fewer columns.
        if top >= 0 and left < len(grid.rows[top]) and (text := grid.rows[top][left]):
            yield text
