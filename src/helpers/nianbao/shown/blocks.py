"""What a file shows, in the order in which it shows it: paragraphs of pieces, and tables of cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence


class Looks(NamedTuple):
    """How words look.

    Parameters
    ----------
    raised : str
        ``sup`` where they stand above the line, or are read above other words; ``sub`` where they stand below it.
    around : str
        What of the page they belong to when they are none of its text: ``导航``, ``隐藏的文字`` …
    is_gone : bool
        Whether they take no room either: a cell that looks so has no place in its row.
    doubt : str
        Why a reader may see another number than they say: ``图片`` among them, moved …
    has_lines : bool
        Whether the line breaks of the file end lines for a reader too.
    size : float
        How large they are, of other words of their cell; 0 where nobody knows.
    within : str
        Which link, insertion or field they are in; '' for none.
    """

    bold: bool = False
    link: bool = False
    struck: bool = False
    raised: str = ""
    around: str = ""
    is_gone: bool = False
    doubt: str = ""
    has_lines: bool = False
    size: float = 0.0
    within: str = ""


PLAIN, HIDDEN = Looks(), "隐藏的文字"
BULLET = "•"


class Piece(NamedTuple):
    """Some words of a paragraph that look alike, with the white space of the file."""

    text: str
    looks: Looks = PLAIN


BREAK = Piece("\n")
"""The end of a line inside a paragraph; known by identity."""


class Note(NamedTuple):
    """What is written on a text: its kind, by whom, and the change, or the number of the comment or note.

    Of a change, ``text`` is its paragraph as accepted, and ``at`` is how many characters of that stand before the change;
    where the change ``is_gone`` with the whole of it, ``text`` is the paragraph as it was.
    """

    kind: str
    who: str
    said: str
    text: str = ""
    at: int = 0
    is_gone: bool = False


class Drawn(NamedTuple):
    """A picture: its number in the file, its address there, what the file says of it, the name it may have had as a file.

    ``odd`` says why what the address leads to is not what a reader sees; '' where it is.
    """

    number: int
    address: str
    words: str = ""
    name: str = ""
    odd: str = ""


CHANGE, COMMENT, FOOTNOTE, ENDNOTE, UNSEEN_ROW = "修订", "批注", "脚注", "尾注", "看不见的行"
RESTYLED = "格式"  # of a paragraph: a tracked change of how it or its words look
ROW_GONE, ROW_CAME = "删除一行", "插入一行"  # what is said of a row that a tracked change has taken out, or put in
PICTURE, MOVED, ADDED, WRITTEN = "图片", "被样式挪动的文字", "样式表加上的字", "脚本写的字"
SIGN, GAP = "样式表加上的图标", "被样式隔开的文字"
FIELD, PLACEHOLDER, BACKWARDS = "域算出来的文字", "占位的文字", "从右往左排的文字"
COUNTED, TOLD = "样式表加上的数字", "样式表加上的文字"
SIGN_UNKNOWN = "不认识的符号"  # of a font of signs
ELSEWHERE = frozenset({PICTURE, ADDED, WRITTEN, SIGN, GAP, COUNTED, TOLD})
"""The doubts of what an element shows that its words do not say: one without words is doubtful too."""
UNSAID = frozenset({FIELD, COUNTED, TOLD, SIGN_UNKNOWN})
"""Those of a number, or of words, that stand nowhere in the file as a text: they are asked about in a paragraph too."""


@dataclass(slots=True)
class Paragraph:
    """What stands between the beginnings and ends of blocks.

    Parameters
    ----------
    level : int
        Its level as a heading; 0 for none.
    marks : tuple of str
        The numbers (``3.``) or signs (``•``) that lists put before it, the outermost first.
    depth : int
        How many lists it stands in.
    notes : list of Note
        What is written on it.
    boxes : list of Paragraph or Table
        What stands in text boxes that hang on it.
    own : int
        The number of the notebook's cell that prints it beside the report; 0 of the report's own.
    number : str
        The number that a list puts before its text, as its first piece; '' for none, or where that is one of ``marks``.
    pictures : list of Drawn
        Those that stand in it.
    """

    pieces: list[Piece] = field(default_factory=list)
    level: int = 0
    marks: tuple[str, ...] = ()
    depth: int = 0
    notes: list[Note] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    own: int = 0
    number: str = ""
    pictures: list[Drawn] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """A cell of a table: what stands in it, the columns and rows that it takes, and whether it is a heading."""

    blocks: list[Block]
    across: int = 1
    along: int = 1
    is_head: bool = False


@dataclass(slots=True)
class Table:
    """A table; a cell stands in the row where it begins.

    ``looks`` are those of the words around it, ``notes`` what is written on whole rows, by their number from 0; ``own`` is
    as a paragraph's.
    """

    rows: list[list[Cell]]
    captions: list[Block] = field(default_factory=list)
    looks: Looks = PLAIN
    notes: dict[int, Note] = field(default_factory=dict)
    own: int = 0


Block = Paragraph | Table


class Spanning(Protocol):
    """A cell, with the columns and rows that it takes."""

    across: int
    along: int


_Cell = TypeVar("_Cell", bound=Spanning)


def placed(rows: Sequence[Sequence[_Cell]], taken: Container[tuple[int, int]]) -> Iterator[tuple[int, int, _Cell]]:
    """Each cell with its row and column, which is the first that no cell above has taken.

    Parameters
    ----------
    taken : container of (int, int)
        The rows and columns that cells have taken so far; the caller adds those of each cell as it comes.
    """
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            yield number, column, cell
            column += max(cell.across, 1)
