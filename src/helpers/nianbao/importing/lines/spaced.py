"""Tables of a text whose cells blanks part, or nothing: rows that are certain → rectangles of text, all others in doubt.

A row is certain where its label stands in its line, and behind it as many figures as the table has columns, unless two of
them may be one with a blank in it (2 345): then only sums that hold in a table whose rows all fit tell. What a line says
that is no row's is asked about, and is no text of a chapter.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nianbao.importing.flow import Paragraph
from nianbao.importing.lines import grids, headorder, runs, strayrows
from nianbao.importing.lines.tablelines import Line, Words, line_of, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Block
    from nianbao.importing.labelled import Labels

READ = "格与格之间只有空格：一行的数正好和栏目一样多的，按次序读"
_FEWEST = 4  # figures of a table
_SHORT = 2  # characters of a line below a table that is no piece of a label for certain
_LONGEST_TITLE = 12
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
    unseen : list of str
        The tables of which some columns are read where the statute has them, as no line shows their order: their places.
    left : list of str
        The lines of tables of which hardly any row is known: place and text.
    """

    blocks: list[Block] = field(default_factory=list)
    said: list[tuple[str, str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def with_tables(blocks: Sequence[Block], labels: Labels) -> Spaced:
    """The flow with each run of lines that is such a table as a grid."""
    into = Spaced()
    words = words_of(labels)
    blocks = _with_whole_titles(blocks, words)
    at = 0
    while at < len(blocks):
        lines = _run(blocks, at, words)
        for owner, some in _by_table(lines, words):
            own = blocks[at : at + len(some)]
            by_heads = "" if owner else _by_heads(some, words)
            if by_heads or (owner and _is_spaced(some, owner, words)):
                _take(some, owner or by_heads, words, into)
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
    """The lines of a table, or of several, from a label on up to the last that has figures, or is a piece of its label."""
    lines: list[Line] = []
    for block in blocks[begin:]:
        if not isinstance(block, Paragraph) or block.around or block.mark or block.level or "|" in block.text:
            break
        line = line_of(block)
        if not words.is_of_table(line, bool(lines)) or not (lines or line.words):
            break
        lines.append(line)
    while lines and not lines[-1].is_data and (len(lines[-1].label) < _SHORT or _is_text(lines[-1], words)):
        lines.pop()
    return [words.in_label(at, lines) for at in range(len(lines))]


def _is_text(line: Line, words: Words) -> bool:
    """Whether a line below a table is no row of it: no labels, and no digits as in 政府集中采购 23 550.5 万元."""
    return not words.are_scraps(line) and not any(map(str.isdigit, line.text))


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


def _by_heads(lines: Sequence[Line], words: Words) -> str:
    """The table whose heads lines are that have no whole label, such as heads of one character a line; '' for none."""
    end = next((at for at, line in enumerate(lines) if line.is_data), 0)
    tables = [table for table in words.labels.tables if table.parts[0].head_depth > 1] if end > 1 else []
    return next((one.id for one in tables if headorder.order_of(lines[:end], one.parts[0]).is_official), "")


def _is_headed(lines: Sequence[Line], words: Words) -> bool:
    """Whether a line is whole labels, or the first lines are all heads of a table in pieces."""
    is_one = any(not line.is_data and (words.is_title(line.text) or words.parted(line.label)) for line in lines)
    return is_one or bool(_by_heads(lines, words))


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
    made = grids.of_lines(lines, place, owner, words, is_scattered)
    if not made.is_read:
        unread = [Paragraph(line.text, line.place, around=strayrows.WHY) for line in lines]
        into.blocks += unread
        into.left.append(strayrows.said(unread))
        return
    into.blocks.append(made.grid)
    into.said.append((place, lines[0].text, READ))
    into.lost += [f"{line.place}：{line.text}" for line in made.lost]
    into.unseen += [] if made.is_seen else [place]


def _with_whole_titles(blocks: Sequence[Block], words: Words) -> list[Block]:
    """A flow with the title of a part that goes over lines, 第二十条第（一） above 项, as one line."""
    made: list[Block] = []
    at = 0
    while at < len(blocks):
        count = next((count for count in (3, 2) if _is_title_of_lines(blocks[at : at + count], count, words)), 1)
        one = blocks[at]
        text = "".join(block.text for block in blocks[at : at + count])
        made.append(replace(one, text=text) if count > 1 and isinstance(one, Paragraph) else one)
        at += count
    return made


def _is_title_of_lines(blocks: Sequence[Block], count: int, words: Words) -> bool:
    lines = [one.text for one in blocks if isinstance(one, Paragraph) and one.indent >= 0 and not one.around]
    text = "".join(lines)
    is_cut = len(lines) == count and text.endswith("项") and not lines[0].endswith("项") and text.count("条") == 1
    return is_cut and len(text) < _LONGEST_TITLE and words.is_title(text)
