"""The lines of one table whose cells blanks part → a rectangle of text: certain rows as they are, all others in doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from nianbao.importing.lines import fitted, headorder, strips
from nianbao.importing.lines.tablelines import OF_LAST, in_columns, tight
from nianbao.importing.pagenumbers import may_be_folios
from nianbao.inputs.outline import is_value
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Grid
    from nianbao.importing.lines.tablelines import Line, Words
    from nianbao.statute.tree import Part, Table

_OF_LAST = re.compile(OF_LAST)
_OF_ANOTHER = re.compile(f"{OF_LAST}|同比|20[0-9][0-9]年")  # what no row of a bureau's own is called
_MONEY = re.compile("[万亿]?元")
UNSURE = "格与格之间只有空格或没有间隔，不知各数属于哪一格"


class Made(NamedTuple):
    """A table of some lines.

    Parameters
    ----------
    lost : list of Line
        The lines with figures that are no row that anyone knows.
    is_seen : bool
        Whether the lines of the heads show the order of all columns.
    rows : int
        How many rows are known that have figures.
    certain : int
        How many rows have figures that are certain.
    whole : int
        How many the statute has, where the heads go over several levels.
    """

    grid: Grid
    lost: list[Line]
    is_seen: bool = True
    rows: int = 0
    certain: int = 0
    whole: int = 0

    @property
    def is_read(self) -> bool:
        """Whether some rows are certain, or most are known."""
        is_known = self.rows > len(self.lost) and 2 * self.rows >= self.whole
        return self.certain > 0 or is_known


@dataclass(slots=True)
class _Rows:
    """The rows of a grid that is being made, with what is in doubt."""

    rows: list[list[str]] = field(default_factory=list)
    doubtful: dict[tuple[int, int], str] = field(default_factory=dict)
    count: int = 0
    certain: int = 0

    def add(self, names: Sequence[str], line: Line, count: int, is_certain: bool) -> None:
        """A row of figures; where it is not certain, each cell has all that stands behind the label."""
        self.count += 1
        self.certain += is_certain
        if not is_certain:
            number = len(self.rows)
            self.doubtful |= {(number, len(names) + at): UNSURE for at in range(max(count, 1))}
        self.rows.append(
            [*names, *(line.values if is_certain else [line.behind(tight(names[-1]) if names else "")] * max(count, 1))]
        )

    def grid(self, place: str) -> Grid:
        return replace(strips.laid(self.rows or [[]], place), doubtful=self.doubtful)


def of_lines(lines: Sequence[Line], place: str, owner: str, words: Words, is_scattered: bool) -> Made:
    """The table that some lines are; ``is_scattered`` where each stood for one cell."""
    tables = [table for table in words.labels.tables if table.id == owner]
    lines = in_columns(lines)
    if all(part.head_depth == 1 for table in tables for part in table.parts):
        return _flat(lines, place, words)
    made = [(_foreign(lines, table), _deep(lines, place, table, is_scattered)) for table in tables]
    return max(made, key=lambda one: (-one[0], len(one[1].grid.rows) - len(one[1].lost)))[1]


def _foreign(lines: Sequence[Line], table: Table) -> int:
    """How many words are no piece of a label that a table has in a format: 申请人逾期未按收费通知 is none of 2019's."""
    chains = [chain for part in table.parts for chain in (*part.row_chains, *part.column_chains)]
    labels = {tight(one) for chain in chains for one in tree.labels_of(chain)} | {tight(table.parts[0].corner or "")}
    return sum(not any(tight(word) in one for one in labels) for line in lines for word in line.words)


def _flat(lines: Sequence[Line], place: str, words: Words) -> Made:
    """A table whose parts have heads of one level, each with its own columns."""
    into = _Rows()
    lost: list[Line] = []
    pending, unknown = "", 0
    head: list[str] = []
    are_grouped = any(line.is_grouped for line in lines)
    are_below = _are_below(lines, words)
    has_dashes = fitted.has_dashes(lines)
    for line in lines:
        line = _with_unit(line)
        text = "".join(line.words)
        if words.is_title(line.text):
            into.rows.append([line.text])
            head, pending = [], ""
        elif not line.is_data and any(map(str.isdigit, text)):
            lost.append(line)  # a figure with its unit apart: 550.5 万元
        elif not line.is_data:
            pending += text
            parted = words.parted(tight(pending))
            if parted and parted[0] in words.labels.stubs:
                head = parted if len(parted) != len(line.words) or pending != text else [*line.words]
                into.rows.append(head)
                pending = ""
            elif head and parted and not set(parted) & words.labels.rows:
                head += parted
                pending = ""
        else:
            known = _row_in(line.label, words) or _row_in(tight(pending) + line.label, words)
            if known and pending and not known.startswith(tight(pending)) and len(head) > 1:
                head[-1] += pending  # a unit below the head of its column
            count = max(len(head) - 1, 0)
            is_whole = bool(line.words) or bool(known)
            is_certain = is_whole and 0 < count == len(line.values) and fitted.is_sure(line, are_grouped)
            is_certain = is_certain and (bool(line.words) or are_below)
            is_certain = is_certain and not fitted.has_glued_dash(line, [has_dashes or "增" not in one for one in head[1:]])
            is_piece = not is_certain and not known and words.are_scraps(line)  # of another table's row
            if not is_whole or is_piece or (not known and _OF_ANOTHER.search(line.label)):
                lost.append(line)
            else:
                name = text if is_certain and not pending else known or _before_figures(line)
                into.add([name], line, count, is_certain)
                unknown += not is_certain and not known
            pending = ""
    return Made(into.grid(place), lost, rows=into.count - unknown, certain=into.certain)


def _with_unit(line: Line) -> Line:
    """A line with a unit of money as part of the figure before it: 政府集中采购 13 97.92 万元."""
    words = line.words
    if line.values or len(words) < 3 or not _MONEY.fullmatch(words[-1]) or not is_value(words[-2]):
        return line
    end = next(at for at in range(len(words) - 2, -1, -1) if not is_value(words[at - 1]) or not at)
    values = (*words[end:-2], f"{words[-2]}{words[-1]}")
    return replace(line, words=words[:end], values=values, spans=())


def _are_below(lines: Sequence[Line], words: Words) -> bool:
    """Whether figures alone in a line stand below their label: none below a head or other figures, no label without any.

    Where others stand behind their labels, one alone may be the number of a page.
    """
    alone = [line.text for line in lines if line.is_data and not line.words]
    if may_be_folios(alone) and any(line.is_data and line.words for line in lines):
        return False
    before = ""  # what the line above is: of a head, a label, figures
    for line in lines:
        is_row = bool(_row_in(line.label, words))
        if (line.is_data and not line.words and before != "label") or (before == "label" and is_row):
            return False
        before = "figures" if line.is_data else "label" if is_row or before == "label" else "head"
        if words.is_title(line.text):
            before = "head"
    return before != "label"


def _row_in(text: str, words: Words) -> str:
    """The row whose label a text is, or begins with before its figures; '' for none."""
    bare = re.sub("[0-9].*", "", text)
    return next((one for one in (text, bare) if one in words.labels.rows), "")


def _before_figures(line: Line) -> str:
    return re.sub(r"\s*[0-9].*", "", "".join(line.words)) or line.text


def _deep(lines: Sequence[Line], place: str, table: Table, is_scattered: bool) -> Made:
    """A table whose heads have several levels: in the order of the official form where they are the official ones."""
    part = table.parts[0]
    into = _Rows()
    count = len(part.column_chains)
    begin = next((at for at, line in enumerate(lines) if line.is_data or _names(line, part)), len(lines))
    data = [line for line in lines if line.is_data]
    order = headorder.order_of(lines[:begin], part, not is_scattered)
    sums = fitted.totals_tell(data, part) if order.needs_sums else True
    is_official, is_seen = order.is_official and sums is not False, order.is_seen and sums is not None
    into.rows.append(headorder.heads_of(part))
    is_even = all(len(line.values) == count for line in data)
    are_grouped = any(line.is_grouped for line in data)
    if not part.rows:
        own, named = [line for line in data if not line.words], [line for line in data if line.words]
        is_one = is_official and len(own) == 1 and all(_OF_LAST.search(line.label) for line in named)
        is_one = is_one and fitted.is_certain(own[0], part, is_even or bool(named), are_grouped)
        text = " ".join(line.text for line in own)
        into.add([], replace(data[0], words=(), text=text) if not is_one else own[0], count if own else 0, is_one)
        return Made(into.grid(place), named, is_seen or not is_one, into.count if own else 0, into.certain)
    found, is_whole = fitted.rows_of(lines[begin:], part)
    is_placed = is_official and (is_whole or not is_scattered)
    said: set[int] = set()
    for line, at in sorted(((line, at) for line, at in found if at is not None), key=lambda one: one[1]):
        chain = part.row_chains[at]
        names = [node.label for node in chain if id(node) not in said]
        said |= {id(node) for node in chain}
        is_one = sum(other == at for _, other in found) == 1
        if names:
            into.add(names, line, count, is_one and is_placed and fitted.is_certain(line, part, is_even, are_grouped))
    return Made(
        into.grid(place),
        [line for line, at in found if at is None],
        is_seen or not is_placed,
        into.count,
        into.certain,
        len(part.row_chains),
    )


def _names(line: Line, part: Part) -> bool:
    """Whether a line without figures is of the rows and not of the heads: a group, or a piece of one with its ordinal."""
    texts = {tight(node.label) for chain in part.row_chains for node in chain}
    return any(one.startswith(line.label[:2]) for one in texts) if len(line.label) > 1 else False
