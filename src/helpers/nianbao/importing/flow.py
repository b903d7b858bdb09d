"""What a file says, in the order in which it says it: paragraphs and rectangles of text, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao.importing.remark import Remark
    from nianbao.inputs.sheets import Facts

# Several times as many and as long as any report has.
MOST_BLOCKS, MOST_CHARACTERS, LONGEST = 5_000, 500_000, 8_000
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL, MOST_CELLS = 1_000, 100, 2_000, 100_000

_MOST_SHOWN, _FIRST_SHOWN = 6, 3  # rows of a table that a question shows whole, and of a longer one
DRAWN = "文本框"  # where a line stands that is drawn over a sheet, or beside the text of a document
LINK = "链接"  # around a line that is a link, which may be text
PRINTED = "页眉页脚"  # where a line stands above or below the pages of a sheet or a document


INSTEAD = "用网页或 Word 版的报告；没有的，打开它复制全文，存成 .txt，再导入"
"""What to do about a file whose words a person can read and the kit cannot."""


class Unreadable(Exception):
    """A file that cannot be imported: in Chinese what stands there, what was expected, and what to do."""

    def __init__(self, found: str, expected: str, action: str) -> None:
        super().__init__(found)
        self.found, self.expected, self.action = found, expected, action


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as a reader sees it.

    Parameters
    ----------
    place : str
        Where it stands, as a person would point at it: ``第12段``.
    level : int
        Its level as a heading, by its markup; 0 for none.
    bold : int
        How many of its first characters are in bold type.
    mark : str
        The sign or the number that a list puts before it.
    around : str
        What of the page it belongs to when it is none of the text: ``导航``, ``隐藏的文字``, ``链接`` …
    is_tagged : bool
        Whether ``<sup>`` and ``<sub>`` in it are tags, around what is raised or lowered.
    depth : int
        How many lists it stands in.
    indent, line, laid : int, int, str
        Of one line of a text: in how many columns nothing stands before it, its number, and the line with all its blanks;
        -1, 0 and '' elsewhere.
    is_cut : bool
        Whether nobody knows if it ends where it does.
    sheet : str
        The name of the sheet that it stands on.
    strong : str
        Its words in bold type, without white space.
    goes_on : bool
        Whether it is a line of the paragraph before it, behind a break.
    """

    text: str
    place: str
    level: int = 0
    bold: int = 0
    mark: str = ""
    around: str = ""
    is_tagged: bool = False
    depth: int = 0
    indent: int = -1
    is_cut: bool = False
    line: int = 0
    sheet: str = ""
    laid: str = ""
    strong: str = ""
    goes_on: bool = False


Place = tuple[int, int]  # row and column, from 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A rectangle of text: the text of merged cells in the first of them, blanks in the others.

    Parameters
    ----------
    rows : tuple of tuple of str
    place : str
        ``第2个表格``.
    doubtful : dict
        (row, column), from 0, of each cell whose text may not be taken as it stands → why.
    marks : dict
        (row, column) of each cell with words that are struck, changed, or not seen as they are → why.
    numbers : tuple of int
        The number of each row in its file, from 1.
    merged : dict
        (row, column) of what belongs to a merged cell, but not its first → that of its first, where its text stands.
    widths : tuple of int
        How many columns the cells of each row take; a row may end before the table does.
    is_placed : bool
        Whether every cell stands in its place, as in the form: no row can have lost its blanks.
    remarks : dict
        The number of a row, from 0 → what is said beside it under 备注.
    sheet : str
        The name of the sheet that it stands on.
    file : str
        The name of the file that it stands in, where that lies beside the one with the report's text.
    printed : tuple of str
        The lines above and below the pages of its sheet or document, and those drawn over its sheet.
    formulas : dict
        (row, column) of each cell whose text is the result of a formula → that, as XLSX writes it.
    gone : frozenset of int
        The rows that a tracked change has taken out.
    """

    rows: tuple[tuple[str, ...], ...]
    place: str
    doubtful: dict[Place, str] = field(default_factory=dict)
    marks: dict[Place, str] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()
    merged: dict[Place, Place] = field(default_factory=dict)
    widths: tuple[int, ...] = ()
    is_placed: bool = False
    remarks: dict[int, str] = field(default_factory=dict)
    sheet: str = ""
    file: str = ""
    printed: tuple[str, ...] = ()
    formulas: dict[Place, str] = field(default_factory=dict)
    gone: frozenset[int] = frozenset()

    def part(self, begin: int, end: int) -> Grid:
        """Some of its rows, with their places."""

        def of(said: dict[Place, str]) -> dict[Place, str]:
            return {(row - begin, at): one for (row, at), one in said.items() if begin <= row < end}

        merged = {at: first for at, first in self.merged.items() if begin <= at[0] < end}
        return replace(
            self,
            rows=self.rows[begin:end],
            doubtful=of(self.doubtful),
            marks=of(self.marks),
            formulas=of(self.formulas),
            numbers=tuple(map(self.number, range(begin, end))),
            merged={(row - begin, at): (top - begin, left) for (row, at), (top, left) in merged.items()},
            widths=self.widths[begin:end],
            remarks={row - begin: text for row, text in self.remarks.items() if begin <= row < end},
            gone=frozenset(row - begin for row in self.gone if begin <= row < end),
        )

    def doubt(self, at: Place) -> str:
        """Why the text of a cell may not be taken as it stands; '' where it may, and of a blank with words nobody sees."""
        return self.doubtful.get(at, "") or (self.marks.get(at, "") if any(self.rows[at[0]][at[1] : at[1] + 1]) else "")

    @property
    def text(self) -> str:
        """What stands in it, in one line."""
        return " / ".join("，".join(filter(None, row)) for row in self.rows if any(row))

    def width(self, row: int) -> int:
        """How many columns the cells of a row take."""
        return self.widths[row] if self.widths else len(self.rows[row])

    def is_spanned(self, row: int, column: int) -> bool:
        """Whether a place belongs to the cell on its left."""
        return self.merged.get((row, column), (row, column))[1] < column

    def number(self, row: int) -> int:
        """The number of a row as a person counts it."""
        return self.numbers[row] if self.numbers else row + 1


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a file holds.

    Parameters
    ----------
    place : str
        As that of the paragraph that lists it: ``第1幅图``.
    above : int
        How many blocks of its file are above it.
    data : bytes
        b'' where they are not what a reader sees, and where they cannot be read.
    words, name : str
        What the file says of it, and the name that it may have had as a file of its own.
    odd : str
        Why a reader sees another picture than its bytes are; '' where that is not so.
    """

    place: str
    above: int
    data: bytes
    words: str = ""
    name: str = ""
    odd: str = ""


def brief(text: str) -> str:
    """The text of a table; of one with many rows the first of them, and how many there are."""
    rows = text.split(" / ")
    return text if len(rows) <= _MOST_SHOWN else f"{' / '.join(rows[:_FIRST_SHOWN])} / ……共{len(rows)}行"


@dataclass(frozen=True, slots=True)
class Flow:
    """All of one file.

    Parameters
    ----------
    kind : str
        What kind of file it is, as import.md names it.
    unseen : tuple of (str, str)
        The characters that nobody sees and that were taken out: the place, and what they are.
    facts : dict
        The facts of a form: (sheet, row) → name, value, unit, note.
    said : tuple of (str, str, str)
        What else is to be known of it: place, text, what is made of it.
    of : (str, int, str) or None
        The body and the year that a form says are its own, and where it says so.
    titled : str
        What a page's ``<title>`` says.
    links : tuple of (str, str)
        The links of a Word document: their words and their addresses.
    given : tuple of (Block, int)
        The paragraphs, tables and pictures that a Word document of the kit's was printed with (`shown.prints`), each with
        the number of the notebook's cell that printed it, 0 for the report; none where it does not say them.
    pictures : tuple of Picture
        Those that stand in its text.
    """

    kind: str
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()
    unseen: tuple[tuple[str, str], ...] = ()
    facts: Facts = field(default_factory=dict)
    said: tuple[tuple[str, str, str], ...] = ()
    of: tuple[str, int, str] | None = None
    titled: str = ""
    links: tuple[tuple[str, str], ...] = ()
    given: tuple[tuple[Block, int], ...] = ()
    pictures: tuple[Picture, ...] = ()
