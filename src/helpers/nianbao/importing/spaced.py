"""Tables of a text whose cells blanks part, or nothing: rows that are certain → rectangles of text, all others in doubt.

A row is certain where its label stands in its line, and behind it as many figures as the table has columns, unless two of
them may be one with a blank in it (2 345): then only sums that hold in a table whose rows all fit tell. What a line says
that is no row's is asked about, and is no text of a chapter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nianbao.importing import fitted, headorder, runs, strips
from nianbao.importing.flow import Paragraph
from nianbao.importing.tablelines import Line, Words, line_of, tight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Block, Grid
    from nianbao.importing.labelled import Labels
    from nianbao.statute.tree import Part, Table

READ = "格与格之间只有空格：一行的数正好和栏目一样多的，按次序读"
UNSURE = "格与格之间只有空格或没有间隔，不知各数属于哪一格"
_FEWEST = 4  # figures of a table
_SHORT = 2  # characters of a line below a table that is no piece of a label for certain
_LONG = 9  # digits that are no figure of a report


@dataclass(slots=True)
class Spaced:
    """What becomes of a flow.

    Parameters
    ----------
    said : list of (str, str, str)
        The tables that were read: the place, the first line, what was made of it.
    lost : list of str
        The lines with figures that are no row that anyone knows: place and text.
    """

    blocks: list[Block] = field(default_factory=list)
    said: list[tuple[str, str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def with_tables(blocks: Sequence[Block], labels: Labels) -> Spaced:
    """The flow with each run of lines that is such a table as a grid."""
    into = Spaced()
    words = Words(labels)
    blocks = words.with_whole_titles(blocks)
    at = 0
    while at < len(blocks):
        lines = _run(blocks, at, words)
        for owner, some in _by_table(lines, words):
            own = blocks[at : at + len(some)]
            if owner and _is_spaced(some, owner, words):
                _take(some, owner, words, into)
            elif owner and _is_scattered(own, some, words):
                _take(_gathered(some), owner, words, into, is_scattered=True)
            else:
                into.blocks += own
            at += len(some)
        if not lines:
            into.blocks.append(blocks[at])
            at += 1
    return into


def _run(blocks: Sequence[Block], begin: int, words: Words) -> list[Line]:
    """The lines of a table, or of several, from one on up to the last that has figures, or is a piece of its label."""
    lines: list[Line] = []
    for block in blocks[begin:]:
        if not isinstance(block, Paragraph) or block.around or block.mark or block.level or "|" in block.text:
            break
        line = line_of(block)
        if not words.is_of_table(line, bool(lines)):
            break
        lines.append(line)
    while lines and not lines[-1].is_data and len(lines[-1].label) < _SHORT:
        lines.pop()
    return [words.in_label(at, lines) for at in range(len(lines))]


def _by_table(lines: Sequence[Line], words: Words) -> list[tuple[str, list[Line]]]:
    """The lines table by table: one ends where a label of another one stands."""
    parts: list[tuple[str, list[Line]]] = []
    for line in lines:
        here = parts[-1][0] if parts else ""
        owner = words.owner(line, here)
        if not parts or (owner and here and owner != here):
            parts.append((owner, []))
        elif owner and not here:
            parts[-1] = owner, parts[-1][1]
        parts[-1][1].append(line)
    return parts


def _is_headed(lines: Sequence[Line], words: Words) -> bool:
    return any(not line.is_data and (words.is_title(line.text) or words.parted(line.label)) for line in lines)


def _is_spaced(lines: Sequence[Line], owner: str, words: Words) -> bool:
    """Whether the figures of a table stand in the lines of its labels, or several in a line; a head is there too."""
    in_lines = sum(bool(line.words) and line.is_data for line in lines)
    several = sum(len(line.values) > 1 or len(line.text) > _LONG for line in lines if line.is_data and not line.words)
    is_table = in_lines > 1 or several > 1 or (several > 0 and (owner in words.labels.rowless or in_lines > 0))
    return is_table and _is_headed(lines, words)


def _is_scattered(blocks: Sequence[Block], lines: Sequence[Line], words: Words) -> bool:
    """Whether lines of one cell each are a table of which some lines would stay in the text, being pieces of labels."""
    if sum(line.is_data for line in lines) < _FEWEST or not _is_headed(lines, words):
        return False
    made = list(runs.of_lines(blocks, words.labels))
    return any(isinstance(one, Paragraph) for one in made)


def _gathered(lines: Sequence[Line]) -> list[Line]:
    """Lines of one cell each as lines of a row's words and all the figures below them."""
    made: list[Line] = []
    for line in lines:
        if made and line.is_data and not line.words:
            last = made[-1]
            made[-1] = replace(last, text=f"{last.text} {line.text}", values=(*last.values, *line.values), spans=())
        elif made and not made[-1].is_data and line.words:
            last = made[-1]
            words = *last.words, *line.words
            made[-1] = replace(line, place=last.place, text=f"{last.text} {line.text}", words=words, spans=())
        else:
            made.append(line)
    return made


def _take(lines: list[Line], owner: str, words: Words, into: Spaced, is_scattered: bool = False) -> None:
    place = f"{lines[0].place}至{lines[-1].place}"
    tables = [table for table in words.labels.tables if table.id == owner]
    if all(part.head_depth == 1 for table in tables for part in table.parts):
        grid, lost = _flat(lines, place, words)
    else:
        made = [_deep(lines, place, table, is_scattered) for table in tables]
        grid, lost = max(made, key=lambda one: len(one[0].rows) - len(one[1]))
    into.blocks.append(grid)
    into.said.append((place, lines[0].text, READ))
    into.lost += [f"{line.place}：{line.text}" for line in lost]


@dataclass(slots=True)
class _Rows:
    """The rows of a grid that is being made, with what is in doubt."""

    rows: list[list[str]] = field(default_factory=list)
    doubtful: dict[tuple[int, int], str] = field(default_factory=dict)

    def add(self, names: Sequence[str], line: Line, count: int, is_certain: bool) -> None:
        """A row of figures; where it is not certain, each cell has all that stands behind the label."""
        if not is_certain:
            number = len(self.rows)
            self.doubtful |= {(number, len(names) + at): UNSURE for at in range(max(count, 1))}
        self.rows.append(
            [*names, *(line.values if is_certain else [line.behind(tight(names[-1]) if names else "")] * max(count, 1))]
        )

    def grid(self, place: str) -> Grid:
        return replace(strips.laid(self.rows, place), doubtful=self.doubtful)


def _flat(lines: Sequence[Line], place: str, words: Words) -> tuple[Grid, list[Line]]:
    """A table whose parts have heads of one level, each with its own columns."""
    into = _Rows()
    lost: list[Line] = []
    pending = ""
    head: list[str] = []
    are_grouped = any(line.is_grouped for line in lines)
    are_below = _are_below(lines, words)
    for line in lines:
        text = "".join(line.words)
        if words.is_title(line.text):
            into.rows.append([line.text])
            head, pending = [], ""
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
            if not is_whole:
                lost.append(line)
            else:
                name = text if is_certain and not pending else known or _before_figures(line)
                into.add([name], line, count, is_certain)
            pending = ""
    return into.grid(place), lost


def _are_below(lines: Sequence[Line], words: Words) -> bool:
    """Whether figures alone in a line stand below their label: none below a head or other figures, no label without any."""
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


def _deep(lines: Sequence[Line], place: str, table: Table, is_scattered: bool) -> tuple[Grid, list[Line]]:
    """A table whose heads have several levels: in the order of the official form where they are the official ones."""
    part = table.parts[0]
    into = _Rows()
    count = len(part.column_chains)
    begin = next((at for at, line in enumerate(lines) if line.is_data or _names(line, part)), len(lines))
    data = [line for line in lines if line.is_data]
    order = headorder.order_of(lines[:begin], part, not is_scattered)
    is_official = order.is_known and (not order.needs_sums or fitted.totals_tell(data, part))
    into.rows.append(headorder.heads_of(part))
    is_even = all(len(line.values) == count for line in data)
    are_grouped = any(line.is_grouped for line in data)
    if not part.rows:
        is_one = (
            is_official and len(data) == 1 and not data[0].words and fitted.is_certain(data[0], part, is_even, are_grouped)
        )
        into.add(
            [], replace(data[0], text=" ".join(one for line in data for one in line.values or [line.text])), count, is_one
        )
        return into.grid(place), []
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
    return into.grid(place), [line for line, at in found if at is None]


def _names(line: Line, part: Part) -> bool:
    """Whether a line without figures is of the rows and not of the heads: a group, or a piece of one with its ordinal."""
    texts = {tight(node.label) for chain in part.row_chains for node in chain}
    return any(one.startswith(line.label[:2]) for one in texts) if len(line.label) > 1 else False
