"""The lines around a table, in its rows and on its sheet: what each says, where it stands, and of which rows it speaks."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeGuard

from nianbao import reading
from nianbao.checks import disowned
from nianbao.importing import titles
from nianbao.importing.celledlines import OF_ABOVE
from nianbao.importing.copies import Line
from nianbao.importing.counted import is_chapter
from nianbao.importing.edges import SAID
from nianbao.importing.flow import PRINTED, Grid, Paragraph
from nianbao.importing.html import controls
from nianbao.importing.lines import strayrows
from nianbao.importing.pieces import Piece
from nianbao.inputs.labels import UNLIKE, apart, likeness
from nianbao.statute import tree
from nianbao.wording import FOUR_DIGITS, HAN_DIGITS, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.importing.copies import Copy
    from nianbao.importing.flow import Block
    from nianbao.importing.pieces import RowKey
    from nianbao.statute.tree import Table

SHEET, HEADING, ATTACHMENT, ABOVE, INSIDE, BELOW = "工作表", "章", "附件", "上", "内", "下"
FILE = "文件"
REMARK = "备注"  # beside a row
NAMES = {SHEET, FILE}
CONTROL = "控件"  # what a web page shows above a table in a list or on a button, or says of it in an attribute
OF_OTHER = "别的表"  # a line above, which speaks of the table above that
_OF_BELOW = re.compile("以下|下[表列]|如下")
_NAMES_NEXT = re.compile(f"[:：]$|表[{HAN_DIGITS}0-9]|(?:情况|统计表?|[报附]表)$")
_ATTACHED = re.compile(r"附\s*(?:[件表录]|[:：])")
_BRACKETED = re.compile("[（(【].*[)）】]")
_CAPTION = re.compile(f"20[0-9]{{2}}|[前本今]年|{LAST_YEAR}")  # what a line right above a table may say of that
_OWN = ("本表", "此表", "该表", "表中", "表内", "勘误", "更正")
# How a line begins that is a note in other words.
_EXPLAINS = re.compile(
    "[（(]?(?:需要?|特别?|数据|统计|情况|补充)(?:的)?说明(?:的是|如下)?[:：，,]|[（(]?(?:数据|统计)口径[:：]"
)
_OF_TIME = re.compile(rf"[（(【]?(?:{FOUR_DIGITS}年|{LAST_YEAR})度?(?:数据?|情况|年报|统计表|表)?[)）】]?")
_ITEM = re.compile("[（(]?[0-9]{1,2}[)）.、．]|[①-⑳]")
_GENERAL = {"其他", "总计", ""}
_MATTERS = re.compile("申请|受理|许可|处罚|强制|复议|诉讼|(?:事业性)?收费(?:金额)?|案件")  # what the tables count
_MOST = 6  # lines above or below a table
# What speaks of all rows, though it names some.
_OF_ALL = re.compile('本表|全表|表[中内]|以[上下]|各[项类栏行]|等|均|全部|所有|[上下该]表(?![“"]?[一二三四1-9(])')
_NUMBER = re.compile("(?<=表)[1-9](?![0-9])")
_SPAN = re.compile(f"表[{HAN_DIGITS}][至到—–~-]+")
# What is said of a row that stands before it.
_SAID_OF = (
    '[”」"]?(?:的?(?:处理)?(?:决定)?(?:数量|数据|件数|数|一?栏|一?项|一?行))*[^,。;]{0,8}?'
    "(?:[为是系按以用应仍尚还待暂未误]|有误)"
)


def lines(
    copy: Copy, parts: Sequence[Block | Piece], edges: Sequence[int], table: Table, others: Sequence[Table]
) -> tuple[Line, ...]:
    """What stands around a table: names of sheet and file, rows without figures, lines above, between and below its pieces.

    These end at another table, a heading, a report's title, and where the sheet or file ends (``edges``); above headings
    only that of the attachment counts in which the table stands. What names rows of the ``others`` only speaks of no row.
    """
    orders = [at for at, part in enumerate(parts) if any(part is piece for piece in copy.pieces)]
    named = [(one.grid.sheet, one.grid.file) for one in copy.pieces]
    found = [Line(name, where) for some in named for name, where in zip(some, (SHEET, FILE), strict=True) if name]
    printed = [text for piece in copy.pieces for text in piece.grid.printed]
    # What names a row, as the title of a chart does, speaks of what is drawn, and of no row itself.
    found += [Line(text, PRINTED, places=frozenset() if _names_rows(text, table) else None) for text in printed]
    found += [line for piece in copy.pieces for line in _inside(copy, piece, table)]
    for one in _above(parts, orders[0], edges):
        found.append(replace(one, places=_places(one.text, parts[orders[0]], copy, table)))
    for at, order in enumerate(orders[1:], 1):
        found += [_between(one, at, orders, parts, copy, table) for one in _above(parts, order, edges)]
    below = _below(parts, orders[0], orders[-1], edges, copy.wanted.year)
    found += [replace(one, places=_places(one.text, None, copy, table)) for one in below]
    of_all = (one if one.places is not None or one.where in NAMES else _of_other(one, table, others) for one in found)
    return tuple(dict.fromkeys(of_all))


def _of_other(line: Line, table: Table, others: Sequence[Table]) -> Line:
    """A line as one that speaks of no row, where it names another table or rows of one, and none of what this counts."""
    own = "".join([table.caption, *table.labels])
    is_of_own = any(one in own for one in _MATTERS.findall(tree.normalise(line.text)))
    is_of_other = not is_of_own and any(_names_rows(line.text, one) for one in others if one is not table)
    return replace(line, places=frozenset()) if is_of_other or _names_another(line.text, table, others) else line


def _names_another(text: str, table: Table, others: Sequence[Table]) -> bool:
    """Whether a sentence names another table, by its name, and not this one: 表四的数尚未审定。

    表2 that ends without a stop may be the author's own number of this one, and a span of names (表二至表四) may hold it.
    """
    tight = _NUMBER.sub(lambda one: HAN_DIGITS[int(one[0])], tree.normalise(text))
    is_own = table.name in tight or table.caption in text or _SPAN.search(tight) or disowned.POINTS_AT.search(tight)
    return text[-1] in "。！；" and not is_own and any(one.name in tight for one in others if one is not table)


def _inside(copy: Copy, piece: Piece, table: Table) -> Iterator[Line]:
    """The texts in the rows of a table without figures; what is counted below a note goes on with it.

    What stands beside a row's label, where its figures should, is said of that row: 行政处罚，待定.
    """
    is_note = False
    for row in piece.rows:
        place = piece.key(row)
        texts = said_in(piece.grid.rows[row], place in copy.said)
        is_note = bool(texts) and (_is_note(texts[0]) or (is_note and bool(_ITEM.match(texts[0]))))
        is_row = len(texts) > 1 and any(_is_like(one, table.row_labels) for one in texts[:-1])
        for text in texts:
            places = frozenset([place]) if is_row and not disowned.POINTS_AT.search(text) else None
            yield Line(text, INSIDE, len(texts) == 1, places, is_note)


def said_in(row: Sequence[str], is_said: bool = False) -> list[str]:
    """The texts of a row that holds no figure and is no row of heads."""
    filled = list(dict.fromkeys(filter(None, row)))
    return filled if is_said or (len(filled) < 3 and not any(map(reading.is_figure, filled))) else []


def _is_like(text: str, labels: Iterable[str]) -> bool:
    return any(likeness(apart(text), apart(one)) > UNLIKE for one in labels)


def rows_of(pieces: Iterable[Piece]) -> frozenset[RowKey]:
    """The rows with figures."""
    rows = ((piece, row) for piece in pieces for row in piece.rows)
    return frozenset(piece.key(row) for piece, row in rows if any(map(reading.is_figure, piece.grid.rows[row])))


def _is_note(text: str) -> bool:
    return reading.is_note(text) or _EXPLAINS.match(text) is not None


def is_said_below(text: str, is_note: bool = False) -> bool:
    """Whether a line below a table speaks of that, and of none that follows."""
    is_own = bool(OF_ABOVE.match(text)) or text[:2] in _OWN or bool(_BRACKETED.fullmatch(text))
    return (is_own or is_note or _is_note(text)) and not _OF_BELOW.search(text)


def _is_line(part: Block | Piece) -> TypeGuard[Block]:
    is_seen = isinstance(part, Paragraph) and part.around in {"", strayrows.NAMED, SAID}
    return is_seen or (isinstance(part, Grid) and len(part.rows) == 1)


def _is_control(part: Block | Piece) -> TypeGuard[Paragraph]:
    """Whether a page shows or says a line in a list, in an attribute, or on a button that is no command."""
    if not isinstance(part, Paragraph):
        return False
    is_button = part.around == controls.BUTTON and bool(_OF_TIME.fullmatch(part.text))
    return is_button or part.around in {controls.CHOSEN, controls.ATTRIBUTE}


def _above(parts: Sequence[Block | Piece], at: int, edges: Sequence[int]) -> Iterator[Line]:
    """The lines above a place, the nearest first, up to another table or a heading."""
    is_here, is_near = True, True
    begin = max((one for one in edges if one <= at), default=0)
    for order in range(at - 1, begin - 1, -1):
        part = parts[order]
        is_here = is_here and at - order <= _MOST
        if is_here and _is_control(part):
            yield Line(part.text, CONTROL, is_near)
        if not _is_line(part):
            is_here = is_here and isinstance(part, Paragraph)
            continue
        if isinstance(part, Paragraph) and (is_chapter(part.text) or _ATTACHED.match(part.text)):
            where = HEADING if is_chapter(part.text) else ATTACHMENT
            yield from [Line(part.text, where, is_near and is_here)] if is_here or where == ATTACHMENT else []
            return
        is_of_other = _is_of_other(parts, begin, order)
        if is_here:
            yield Line(part.text, OF_OTHER if is_of_other else ABOVE, is_near, is_note=_is_of_note(parts, order))
        is_near = is_near and part.text[-1] not in "。！；" and not is_of_other


def _is_of_other(parts: Sequence[Block | Piece], begin: int, order: int) -> bool:
    """Whether a line speaks of the table above it, if one stands in its chapter, and from ``begin`` on."""
    line = parts[order]
    if not isinstance(line, Paragraph) or not is_said_below(line.text):
        return False
    above = next((one for one in reversed(parts[begin:order]) if not _is_line(one) or is_chapter(one.text)), None)
    is_right_below = order > begin and isinstance(parts[order - 1], Piece) and not _may_be_of_next(parts, order)
    return not (above is None or _is_line(above)) and (is_right_below or bool(OF_ABOVE.match(line.text)))


def _is_of_note(parts: Sequence[Block | Piece], at: int) -> bool:
    """Whether a line is a note, or is counted below one, with nothing between: 2.…"""
    while _is_line(part := parts[at]) and at and _ITEM.match(part.text):
        at -= 1
    said = [part.text] if _is_line(part) else said_in(part.grid.rows[part.rows[-1]]) if isinstance(part, Piece) else []
    return bool(said) and _is_note(said[0])


def _may_be_of_next(parts: Sequence[Block | Piece], order: int) -> bool:
    """Whether what stands below a table may be said of the next, right below it: （2022年）, 注：2022年数据, 本表作废."""
    line = parts[order]
    is_plain = _is_line(line) and not OF_ABOVE.match(line.text)
    return is_plain and order + 1 < len(parts) and _is_table(parts[order + 1])


def _has_caption(parts: Sequence[Block | Piece], at: int, edges: Sequence[int]) -> bool:
    """Whether right above a table stands what says of which year it is, as a note may, or in brackets."""
    above = next(_above(parts, at, edges), None)
    if above is None or above.where != ABOVE:
        return False
    is_odd = bool(_BRACKETED.fullmatch(above.text)) or reading.is_note(above.text)
    return is_odd or (above.text[-1] not in "。！；" and bool(_CAPTION.search(above.text)))


def _below(parts: Sequence[Block | Piece], first: int, at: int, edges: Sequence[int], year: int) -> Iterator[Line]:
    """The lines below a table whose ``first`` piece and last one (``at``) stand there."""
    below = parts[at + 1 : min((one for one in edges if one > at), default=len(parts))][: _MOST + 1]
    titled = titles.find(below)
    for count, part in enumerate(below[: min(_MOST, titled[0].begin) if titled else _MOST]):
        if _is_table(part):
            return
        if _is_line(part):
            if is_chapter(part.text) or _ATTACHED.match(part.text):
                return
            is_next = part.text[:2] not in _OWN and _may_be_of_next(parts, at + 1 + count)
            if is_next and _has_caption(parts, first, edges):
                return
            # One right above another table is more likely of that; what voids a table, and names none, may be of either.
            is_of_next = bool(below[1:]) and _is_table(below[1]) and not _voids(part.text, year)
            is_near = count == 0 and not is_of_next
            yield Line(part.text, BELOW, is_near, is_note=_is_of_note(parts, at + 1 + count))


def _voids(text: str, year: int) -> bool:
    """Whether a line says that a table is a draft, void or none of the whole year, and does not say which table."""
    is_of_next = _OF_BELOW.search(text) or _NAMES_NEXT.search(text)
    return not is_of_next and disowned.is_no_whole_year(text, year)


def _is_table(part: Block | Piece) -> bool:
    return isinstance(part, Piece) or (isinstance(part, Grid) and len(part.rows) > 1)


def _between(line: Line, at: int, orders: Sequence[int], parts: Sequence[Block | Piece], copy: Copy, table: Table) -> Line:
    """A line above a piece that is not the first: it speaks of the pieces behind it, or of those before."""
    places = _places(line.text, parts[orders[at]], copy, table)
    some = orders[:at] if line.where == OF_OTHER else orders[at:]
    pieces = [one for one in copy.pieces if any(parts[order] is one for order in some)]
    where = ABOVE if line.where == OF_OTHER else line.where
    return replace(line, where=where, places=rows_of(pieces) if places is None else places)


def _places(text: str, below: Block | Piece | None, copy: Copy, table: Table) -> frozenset[RowKey] | None:
    """The rows of which a line speaks: those of the piece below, if it names its parts only, or those it says a thing of."""
    tight = tree.normalise(text)
    names = _names(table)
    named = {label for label, name in names.items() if name in tight}
    if not named or tree.normalise(table.caption) in tight:
        return None
    if isinstance(below, Piece) and len(table.parts) > 1:
        rows = [{tree.normalise(chain[-1].label) for chain in part.row_chains if chain} for part in table.parts]
        own = set().union(*(some for some in rows if named & some))
        there = {cell for row in below.rows for cell in map(tree.normalise, below.grid.rows[row]) if cell in names}
        if there and there <= own:
            return rows_of([below])
    if _OF_ALL.search(tight) or any(not re.search(re.escape(names[label]) + _SAID_OF, tight) for label in named):
        return None
    placed = ((piece, row) for piece in copy.pieces for row in piece.rows)
    return frozenset(piece.key(row) for piece, row in placed if named & {*map(tree.normalise, piece.grid.rows[row])}) or None


def _names_rows(text: str, table: Table) -> bool:
    """Whether a line names rows of a table, and neither it nor all of it."""
    tight = tree.normalise(text)
    is_of_all = tree.normalise(table.caption) in tight or _OF_ALL.search(tight)
    return not is_of_all and any(name in tight for name in _names(table).values())


@lru_cache(maxsize=64)
def _names(table: Table) -> dict[str, str]:
    """The labels of a table's rows, as they are compared → the words by which a line names them: 处罚."""
    labels = {tree.normalise(chain[-1].label) for part in table.parts for chain in part.row_chains if chain}
    short = {label: re.sub("^行政(?:事业性)?(?=..)", "", apart(label).words) for label in labels}
    return {label: name for label, name in short.items() if name not in _GENERAL}
