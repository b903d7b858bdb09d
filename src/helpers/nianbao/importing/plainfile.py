"""A CSV, or text that was pasted → its flow."""

from __future__ import annotations

import re
from dataclasses import replace

from nianbao import reading
from nianbao.importing import pagenumbers
from nianbao.importing.flow import MOST_COLUMNS, MOST_ROWS, Flow, Paragraph, Unreadable
from nianbao.importing.rectangles import Cell, set_out
from nianbao.importing.words import is_wide, one_line
from nianbao.textfile import LONGEST_LINE, MOST_LINES, decoded, lines_of

MOST_BYTES = 2 << 20
# A cell in quotes, as programs write one that holds a quote, a separator or a line end.
_QUOTED = {one: re.compile(rf'(?:^|(?<={one}))"([^"]*+(?:""[^"]*+)*+)"(?={one}|$)', re.M) for one in "\t,;"}
_LINE_END, _SEPARATOR = "\x1e", "\x1f"  # stand for those inside a cell
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")


def is_text(raw: bytes) -> bool:
    """Whether bytes are text."""
    try:
        text = decoded(raw)[0]
    except UnicodeError:
        return False
    return "\0" not in text


def read(raw: bytes) -> Flow:
    """The flow of a text: lines whose cells are parted by commas, tabs or semicolons are tables, all others paragraphs.

    Raises
    ------
    Unreadable
        When it is longer than any report.
    """
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"有 {len(raw) / (1 << 20):.1f} MiB", f"最多 {MOST_BYTES >> 20} MiB 的文字", "核对是否放错了文件")
    text, encoding = decoded(raw)
    text = lines_of(text)
    lines = text.split("\n")
    if len(lines) > MOST_LINES or max(map(len, lines)) > LONGEST_LINE:
        raise Unreadable("行太多，或有一行太长", f"最多{MOST_LINES}行，一行最多{LONGEST_LINE}个字符", "核对是否放错了文件")
    separator = _separator(lines)
    flow = _table(text, separator) if separator else _paragraphs(lines)
    return flow if not encoding else Flow(f"{flow.kind}（{encoding}）", flow.blocks)


def _separator(lines: list[str]) -> str:
    """What parts the cells of a CSV; '' where the text is none: most of its lines have no cells, or they are sentences."""
    filled = [line for line in lines if line.strip(' ,;\t"')]
    for separator in ("\t", ",", ";"):
        with_cells = [line for line in filled if separator in reading.COMMAS.sub("", line)]
        if len(with_cells) >= max(2, len(filled) / 3) and not _is_prose(with_cells, separator):
            return separator
    return ""


def _is_prose(lines: list[str], separator: str) -> bool:
    """Whether the lines with separators are sentences: a third of them ends as one, or their cells are long on average."""
    cells = [cell for line in lines for cell in line.split(separator) if cell.strip()]
    sentences = sum(_is_sentence(line, separator) for line in lines)
    return 3 * sentences > len(lines) or sum(len(cell) for cell in cells) > 14 * len(cells)


def _is_sentence(line: str, separator: str) -> bool:
    """Whether a line ends as a sentence does, and no part of it is blank or a figure, as cells are."""
    parts = [part.strip() for part in line.split(separator)]
    return parts[-1][-1:] in set("。！；") and not any(not part or reading.is_figure(part) for part in parts)


def _table(text: str, separator: str) -> Flow:
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    number = 0
    for line in _QUOTED[separator].sub(lambda cell: _unquoted(cell, separator), text).split("\n"):
        number += 1 + line.count(_LINE_END)
        # A sentence beside tables is no row of cells, whatever commas it has.
        is_row = separator == "\t" or not _is_sentence(reading.COMMAS.sub("", line), separator)
        parts = line.split(separator) if is_row else [line]
        cells = [one_line(cell.replace(_LINE_END, "\n").replace(_SEPARATOR, separator)) for cell in parts]
        width = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
        if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
            limit = f"最多{MOST_ROWS}行、{MOST_COLUMNS}栏"
            raise Unreadable(f"第{number}行超出一张表的大小", limit, "核对引号和分隔符，以及是否放错了文件")
        if width:
            rows.append([Cell(cell) for cell in cells[:MOST_COLUMNS]])
            numbers.append(number)
    grid = set_out(rows, "CSV")
    return Flow("CSV", (replace(grid, numbers=tuple(numbers)),))


def _unquoted(cell: re.Match[str], separator: str) -> str:
    """What stands in a quoted cell, with signs in the place of its separators and line ends.

    Where no cell stands beside it, quotes are the text's own: those around several lines, and those around a line of a text
    that was copied with its tabs.
    """
    text, said = cell.string, cell[1]
    has_neighbour = text[cell.start() - 1 : cell.start()] == separator or text[cell.end() : cell.end() + 1] == separator
    if not has_neighbour and (separator == "\t" or "\n" in said):
        return cell[0]
    return said.replace('""', '"').replace("\n", _LINE_END).replace(separator, _SEPARATOR)


def _paragraphs(lines: list[str]) -> Flow:
    blocks: list[Paragraph] = []
    feed = ""  # of a page that begins with a blank line
    for number, line in enumerate(lines, 1):
        hashes = _HASHES.match(line)
        text = one_line(line[hashes.end() :] if hashes else line)
        if text:
            level = len(hashes[1]) if hashes else 0
            laid = feed + line.lstrip("\f") if feed else line
            blocks.append(Paragraph(text, f"第{number}行", level, indent=_indent(line), line=number, laid=laid))
        feed = "" if text else feed or "\f" * ("\f" in line)
    return Flow("文字", tuple(pagenumbers.marked(blocks)))


def _indent(line: str) -> int:
    """How many columns of blanks a line begins with."""
    blank = line[: len(line) - len(line.lstrip())].expandtabs()
    return sum(2 if is_wide(char) else 1 for char in blank if char != "\f")
