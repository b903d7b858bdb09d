"""What is looked at in a workbook before its values are read: how much it holds, and what its values do not say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from nianbao import reading
from nianbao.inputs.cells import RAISED, RULED, STRUCK, TRACKED, UNSEEN
from nianbao.textfile import TOO_MUCH, UNREADABLE
from nianbao.wording import NOT_APPLICABLE, UNFILLED, column_letter

if TYPE_CHECKING:
    from nianbao.findings import Kind

# Several times as many as the workbooks of a report have.
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_CELLS, MOST_CHARACTERS = 50, 5000, 200, 50_000, 3_000_000
MOST_RECORDS, MOST_PAIRS = 500_000, 500_000
MOST_COMMENTS, MOST_OF_FORMULAS = 1_000, 10_000_000
_HAN = re.compile("[\u4e00-\u9fff]")
_TIMES = re.compile("[百千万亿]+.{0,3}|.{0,2}元")


class Refused(Exception):
    """A workbook that is not read: in Chinese what stands there, what should and what to do; and where."""

    def __init__(self, kind: Kind, found: str, expected: str, action: str, sheet: str = "", cell: str = "") -> None:
        super().__init__(found)
        self.kind, self.found, self.expected, self.action, self.sheet, self.cell = kind, found, expected, action, sheet, cell


def damaged(why: str = "内容不完整或已损坏") -> Refused:
    """The refusal of a file that is no whole workbook."""
    return Refused(UNREADABLE, why, "完好的工作簿", "用电子表格打开，另存为新的 .xlsx")


class Comment(NamedTuple):
    """What somebody wrote on a cell: its row and column, from 0, who, and what."""

    row: int
    column: int
    who: str
    said: str


@dataclass(slots=True)
class Inspected:
    """One sheet.

    Parameters
    ----------
    texts : dict
        The text of each cell, by row and column from 0, whose value does not say what a person sees: an error, a formula
        without a result, a figure with its unit or percent sign, characters that are struck out or that nobody sees.
    hidden_rows, hidden_columns : list of (int, int)
        The first and last of each run, from 0.
    merged : list of ((int, int), (int, int))
        The first and last cell of merged ones, where the reader of values does not tell.
    zeros : list of (int, int)
        The cells of which a format shows nothing, because their number is 0.
    labels : dict
        The text of each cell with words that are struck out or that nobody sees, and why: labels, sentences.
    tracked : list of str
        What was put in, deleted or moved, and nobody has accepted yet.
    comments : list of Comment
    printed : list of str
        The lines above and below its pages.
    drawn : list of Comment
        The lines of text boxes, shapes and buttons over its cells; row -1 where it is not known where they begin.
    formulas : dict
        The formula of each cell that has one, as XLSX writes it, without the sign before it.
    """

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    zeros: list[tuple[int, int]] = field(default_factory=list)
    labels: dict[tuple[int, int], str] = field(default_factory=dict)
    tracked: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    drawn: list[Comment] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)

    def draw(self, lines: list[Comment], bounds: Bounds) -> None:
        """Keep what is drawn over the cells."""
        self.drawn += lines
        bounds.characters += sum(len(one.said) for one in lines)
        if len(self.drawn) > MOST_COMMENTS:
            bounds.refuse(f"有{len(self.drawn)}行画上去的文字", f"最多{MOST_COMMENTS}行", self.name)

    def hide(self, runs: list[tuple[int, int]], first: int, last: int) -> None:
        """Add a hidden row or column, or a run of them."""
        if runs and runs[-1][1] == first - 1:
            runs[-1] = runs[-1][0], last
        else:
            runs.append((first, last))

    def strike(self, at: tuple[int, int], text: str, is_struck: bool, is_raised: bool) -> None:
        """Keep that characters of a cell are struck out, or raised or lowered: of a label that is a mark of a footnote."""
        if is_struck:
            self._doubt(at, text, STRUCK.format(text=text))
        elif is_raised and _may_be_value(text):
            self._doubt(at, text, RAISED.format(text=text))

    def conceal(self, at: tuple[int, int], text: str, why: str) -> None:
        """Keep that nobody sees the text of a cell."""
        self._doubt(at, text, UNSEEN.format(text=text, why=why))

    def cut(self, at: tuple[int, int], text: str, why: str) -> None:
        """Keep that a value is cut off: of a label the rest is no other one."""
        if _may_be_value(text):
            self.conceal(at, text, why)

    def show(self, at: tuple[int, int], text: str, seen: str, why: str) -> None:
        """Keep what is seen of a cell with another text: a label is read as it is seen, a value is none."""
        if seen.strip() and not _may_be_value(text):
            self.texts[at] = seen
        else:
            self.conceal(at, text, why)

    def rule(self, at: tuple[int, int], text: str, why: str) -> None:
        """Keep that a conditional format may show something else than a cell's text."""
        self._doubt(at, text, RULED.format(text=text, why=why))

    def track(self, at: tuple[int, int], text: str, before: str) -> None:
        """Keep that a cell has been changed, and nobody has accepted that yet."""
        self._doubt(at, text, TRACKED.format(text=text, why=before or "空白"))

    def _doubt(self, at: tuple[int, int], text: str, said: str) -> None:
        """Keep what is said of a text, instead of it where it could pass for a value."""
        if text.strip():
            (self.texts if _may_be_value(text) else self.labels)[at] = said


def _may_be_value(text: str) -> bool:
    """Whether a text is no label and no sentence: it has no Chinese character, or is read as a value or its unit."""
    tight = reading.plain(text)
    if not _HAN.search(tight) or _TIMES.fullmatch(tight) or tight in {NOT_APPLICABLE, UNFILLED} or reading.usual(text):
        return True
    for read in (reading.change, reading.money, _unknown):
        try:
            read(text)
        except ValueError:
            continue
        return True
    return False


def _unknown(text: str) -> None:
    if not reading.unknown(text):
        raise ValueError(text)


@dataclass(slots=True)
class Bounds:
    """Counts what a workbook holds, and refuses one with more than any report has."""

    cells: int = 0
    characters: int = 0
    records: int = 0
    pairs: int = 0
    of_formulas: int = 0

    def add(self, sheet: str, row: int, column: int, characters: int) -> None:
        """Count a cell with a value, from 0."""
        self.cells += 1
        self.characters += characters
        place = f"{column_letter(column)}{row + 1}"
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            self.refuse(f"{place}格还有内容", f"最多{MOST_ROWS}行、{MOST_COLUMNS}列", sheet, place)
        if self.cells > MOST_CELLS:
            self.refuse("填了字的格太多", f"最多{MOST_CELLS}格", sheet, place)
        if self.characters > MOST_CHARACTERS:
            self.refuse("文字太多", f"最多{MOST_CHARACTERS}个字符", sheet, place)

    def formula(self, sheet: str, text: str) -> None:
        """Count the characters of a formula, for each cell that shares it."""
        self.of_formulas += len(text)
        if self.of_formulas > MOST_OF_FORMULAS:
            self.refuse("公式太长", "一份填报表的公式", sheet)

    def record(self) -> None:
        """Count a record, whatever it holds."""
        self.records += 1
        if self.records > MOST_RECORDS:
            self.refuse("空白的行列太多", "一份填报表的行列")

    def pair(self, sheet: str) -> None:
        """Count a cell that a conditional format is for."""
        self.pairs += 1
        if self.pairs > MOST_PAIRS:
            self.refuse("条件格式太多", "一份填报表的条件格式", sheet)

    def refuse(self, found: str, expected: str, sheet: str = "", cell: str = "") -> NoReturn:
        """Refuse the workbook for its size."""
        raise Refused(TOO_MUCH, found, expected, "删去与报告无关的工作表和内容，或另存一份只留表格的", sheet, cell)
