"""A table as WordprocessingML: merged cells, heads that are repeated over pages, columns that fit."""

from __future__ import annotations

from itertools import chain, pairwise, takewhile
from typing import TYPE_CHECKING

from nianbao.render.heights import Rows as Lines
from nianbao.render.heights import breaks_in
from nianbao.render.shares import cut, parts
from nianbao.render.verdict import ERROR, WARNING
from nianbao.render.word.blocks import ENDS, LONG_HEAD, ROW_HEIGHT, TALL, Block, Rows
from nianbao.render.word.grid import empty, is_head, labels, merged, placed, within
from nianbao.render.word.markup import value
from nianbao.render.word.styles import AREA, SIDE, TABLE_SIZE
from nianbao.render.word.widths import CHARACTER, around, counts, needs, shares, side_of, texts, wide
from nianbao.shown.joined import said_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.render.word.grid import Cell, Place, Table

MOST_COLUMNS = 63  # Word opens no table of more
_MANY_WORDS = 120  # characters of a head that is not repeated, as it may fill the page
_FEW = 3  # rows below the head of a statutory table; fewer look lost at the end of a page, and at the beginning of the next
_NARROW, _ONE = 3, 200  # characters of a column in which one stands below another, and the room of one
_SIZES = (TABLE_SIZE, 15, 13)  # of text, in half points: a wide table gets smaller, and then it is parted by columns
# How a draft marks a cell that a finding is about, with a colour and a frame, which tells it without colours.
_SIDES = ("top", "left", "bottom", "right")
_FRAMES = {ERROR: ("single", 18, "A8201A", "FBD9D5"), WARNING: ("dashed", 12, "8A5A00", "FDF0CF")}
_LOOK = (
    '<w:tblLook w:val="{:04X}" w:firstRow="{:d}" w:lastRow="0" w:firstColumn="{:d}" w:lastColumn="0" w:noHBand="1" '
    'w:noVBand="1"/>'
)


def tables(table: Table, room: int) -> Iterator[Block]:
    """The table in a room of some width; one that is too wide as several, each of which begins with its labels.

    There is none without cells: Word opens no table without rows.
    """
    grid = list(placed(table.rows))
    columns = max((sum(across for _, across, _ in row) for row in grid), default=0)
    if not columns:
        return
    for row in grid:
        if missing := columns - sum(across for _, across, _ in row):
            row.append((empty(), missing, False))
    if len(table.shares) == columns <= MOST_COLUMNS:
        yield from _given(table, grid, [round(room * share / 100) for share in table.shares])
        return
    least, most = needs(grid, columns)
    smallest = [wide(one, _SIZES[-1]) for one in least]
    first, joined = labels(table, grid), merged(grid)
    first = first if sum(smallest[:first]) <= room / 2 else 0
    places = parts(smallest, first, room, chain.from_iterable(joined)) or [[*range(columns)]]
    size = next(
        (one for one in _SIZES if all(sum(wide(least[at], one) for at in part) <= room for part in places)), _SIZES[-1]
    )
    for part in places:
        few, many = ([wide(some[column], size) for column in part] for some in (least, most))
        asked = shares(few, many, room, list(texts(grid, part, size)))
        side = SIDE if places[1:] else side_of(many, room)
        # All parts are as wide as the page.
        more = (room - sum(asked)) / len(asked) if places[1:] else 2 * (side - SIDE)
        widths = [max(1, int(one + more)) for one in asked]
        said = said_of(first, cut(joined, first, part[first])) if part is not places[0] else ""
        yield _block(table, [within(row, set(part)) for row in grid], widths, size, table.heads, said, side)


def _given(table: Table, grid: Sequence[Sequence[Place]], widths: Sequence[int]) -> Iterator[Block]:
    """A table with columns of given widths; where a page cannot hold it, each of its parts, which repeats its own heads."""
    whole = _block(table, grid, widths, TABLE_SIZE, table.heads)
    if not whole.rows or whole.rows.is_short or table.heads or not whole.rows.parts:
        yield whole
        return
    for start, stop in pairwise((0, *whole.rows.parts, len(grid))):
        heads = sum(1 for _ in takewhile(is_head, grid[start:stop]))
        yield _block(table, grid[start:stop], widths, TABLE_SIZE, heads)


def _block(
    table: Table,
    grid: Sequence[Sequence[Place]],
    widths: Sequence[int],
    size: int,
    heads: int,
    said: str = "",
    side: int = SIDE,
) -> Block:
    """A table, or a part of one, with what it says of itself."""
    last = len(grid) - 1
    cells = [_cells(row, widths, size, side) for row in grid]
    lines = counts(grid, widths, size, side)
    words = sum(len(cell.text) for row in grid[:heads] for cell, _, is_going_on in row if not is_going_on)
    if words > _MANY_WORDS or sum(lines[:heads]) > LONG_HEAD:
        heads = 0
    of_heads = list(map(is_head, grid))
    under = [range(heads)] * len(grid) if heads or not table.kind else _under(of_heads)
    parts = sorted({head.start for head in under} - {0})
    rows = Rows([], lines, under, parts, table.kind, heads, side)
    rows.breaks = _breaks(grid, rows) if table.kind else []
    kept = rows.kept()
    for number, row in enumerate(cells):
        head = "<w:tblHeader/>" if number < heads else ""
        # Headings stay with what they head.
        is_kept = number < last and (kept[number] or of_heads[number])
        height = ROW_HEIGHT if table.kind else ""
        whole = "<w:cantSplit/>" if table.kind or lines[number] < TALL else ""
        rows.xml.append(f"<w:tr><w:trPr>{whole}{height}{head}</w:trPr>{row.replace(ENDS, '') if is_kept else row}</w:tr>")
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    style, look = "Form" if table.kind else "Grid", _look(grid, len(rows.head_of(0)))
    about = f'<w:tblCaption w:val="{value(table.name)}"/>' if table.name else ""
    about += f'<w:tblDescription w:val="{said}"/>' if said else ""
    return Block(
        "",
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{look}{about}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>",
        rows=rows,
        inset=0 if table.kind else max(0, (AREA - sum(widths)) // 2),
    )


def _look(grid: Sequence[Sequence[Place]], heads: int) -> str:
    """Whether the first row and the first column are headings, for programs that read tables out."""
    has_heads, has_labels = heads > 0, all(row[0][0].is_head for row in grid[heads:])
    return _LOOK.format(0x600 + 0x20 * has_heads + 0x80 * has_labels, has_heads, has_labels)


def _cells(row: Sequence[Place], widths: Sequence[int], size: int, side: int) -> str:
    """The cells of a row, none of which stays with the next; each cell is written once."""
    column, cells = 0, []
    for cell, across, is_going_on in row:
        width = sum(widths[column : column + across])
        if cell.written is None:
            written = cell.write(size, width - around(side))
            cell.written = _upright(written, width - 2 * side) if _is_upright(cell, width - 2 * side) else written
        cells.append(_cell(cell, width, across, is_going_on))
        column += across
    return "".join(cells)


def _is_upright(cell: Cell, room: int) -> bool:
    """Whether a label of many rows in a narrow column has one character in each line, as in the official form."""
    return cell.is_head and not cell.shown and room < _NARROW * CHARACTER and cell.along >= len(cell.text) > _NARROW


def _upright(written: str, room: int) -> str:
    """A paragraph in whose lines one character has room, in the middle of a cell; a mark behind it hangs."""
    side = (room - _ONE) // 2
    at = f'<w:ind w:left="{side}" w:right="{side}"/><w:jc w:val="center"/>'
    return written.replace("</w:pPr>", f"{at}</w:pPr>")


def _under(of_heads: Sequence[bool]) -> list[range]:
    """Of each row of a table of parts the rows of the head above it; of these themselves the place where they begin."""
    found, head = [], range(0)
    for at, is_of_head in enumerate(of_heads):
        begins = is_of_head and (not at or not of_heads[at - 1])
        head = range(at, at + 1) if begins else range(head.start, at + 1) if is_of_head else head
        found.append(range(head.start, head.start) if is_of_head else head)
    return found


def _breaks(grid: Sequence[Sequence[Place]], rows: Rows) -> list[tuple[int, int]]:
    """The rows with which another page may begin, with what each costs: below a head those that no label reaches into."""
    shared = tuple(sum(is_going_on for _, _, is_going_on in row) for row in grid)
    if not rows.heads:
        return list(breaks_in(Lines(tuple(rows.counts), (), shared, tuple(rows.under), tuple(rows.parts))))
    return [(at, 0) for at in range(rows.heads + _FEW, len(grid) - _FEW + 1) if not shared[at]]


def _cell(cell: Cell, width: int, across: int, is_going_on: bool) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    merged = "<w:vMerge/>" if is_going_on else '<w:vMerge w:val="restart"/>' if cell.along > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.shade}"/>' if cell.shade else _framed(cell.mark)
    inside = (not is_going_on and cell.written) or ""
    if not inside.endswith("</w:p>"):
        inside += f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{ENDS}</w:pPr></w:p>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}{shade}</w:tcPr>{inside}</w:tc>'


def _framed(mark: str) -> str:
    if mark not in _FRAMES:
        return ""
    line, size, ink, fill = _FRAMES[mark]
    sides = (f'<w:{side} w:val="{line}" w:sz="{size}" w:space="0" w:color="{ink}"/>' for side in _SIDES)
    return f'<w:tcBorders>{"".join(sides)}</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
