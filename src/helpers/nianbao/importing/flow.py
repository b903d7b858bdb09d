"""What a file says, in the order in which it says it: paragraphs and rectangles of text, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field

# Several times as many and as long as any report has.
MOST_BLOCKS, MOST_ROWS, MOST_COLUMNS, LONGEST = 20_000, 2_000, 100, 20_000


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
    """

    text: str
    place: str
    level: int = 0
    bold: int = 0
    mark: str = ""
    around: str = ""


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
    numbers : tuple of int
        The number of each row in its file, from 1.
    spanned : frozenset of (int, int)
        (row, column) of what belongs to the cell on its left.
    """

    rows: tuple[tuple[str, ...], ...]
    place: str
    doubtful: dict[tuple[int, int], str] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()
    spanned: frozenset[tuple[int, int]] = frozenset()

    def number(self, row: int) -> int:
        """The number of a row as a person counts it."""
        return self.numbers[row] if self.numbers else row + 1


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Remark:
    """A change that was tracked in a document, or a comment on it: its place, who made it, and what it says."""

    kind: str
    place: str
    who: str
    said: str


@dataclass(frozen=True, slots=True)
class Flow:
    """All of one file.

    Parameters
    ----------
    kind : str
        What kind of file it is, as import.md names it.
    told : dict
        What the file tells of itself beside its text, where it is one of the kit's own: ``date``, ``format`` …
    """

    kind: str
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()
    told: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Cell:
    """A cell of a table as a file lays it out: its text, and the columns and rows that it takes."""

    text: str
    across: int = 1
    along: int = 1
    doubt: str = ""


def set_out(rows: list[list[Cell]], place: str) -> Grid:
    """The cells of a table as a rectangle.

    Raises
    ------
    Unreadable
        When it is larger than any statutory table.
    """
    if len(rows) > MOST_ROWS:
        raise Unreadable(f"{place}有{len(rows)}行", f"最多{MOST_ROWS}行", "删去多余的行；核对文件是否放错")
    taken: dict[tuple[int, int], str] = {}
    doubtful: dict[tuple[int, int], str] = {}
    spanned: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            across = min(max(cell.across, 1), MOST_COLUMNS + 1)
            if column + across > MOST_COLUMNS:
                if not cell.text:
                    column += across
                    continue
                raise Unreadable(
                    f"{place}有{column + across}栏以上", f"最多{MOST_COLUMNS}栏", "删去多余的栏；核对文件是否放错"
                )
            for below in range(number, min(number + max(cell.along, 1), len(rows))):
                for beside in range(column, column + across):
                    taken.setdefault((below, beside), "")
                    if beside > column:
                        spanned.add((below, beside))
            taken[number, column] = cell.text
            if cell.doubt:
                doubtful[number, column] = cell.doubt
            column += across
    width = max((column + 1 for (_, column), text in taken.items() if text), default=0)
    made = tuple(tuple(taken.get((number, column), "") for column in range(width)) for number in range(len(rows)))
    return Grid(made, place, doubtful, spanned=frozenset(spanned))
