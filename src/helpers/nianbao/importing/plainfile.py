"""A CSV, or text that was pasted → its flow."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

from nianbao.importing.flow import MOST_COLUMNS, MOST_ROWS, Cell, Flow, Paragraph, Unreadable, set_out
from nianbao.importing.words import is_wide, one_line
from nianbao.textfile import LONGEST_LINE, MOST_LINES, decoded, lines_of

MOST_BYTES = 2 << 20
_GROUPS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")  # commas of 1,113 beside blanks
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
        with_cells = [line for line in filled if separator in (_GROUPS.sub("", line) if " " in line.strip() else line)]
        if len(with_cells) >= max(2, len(filled) / 3) and not _is_prose(with_cells, separator):
            return separator
    return ""


def _is_prose(lines: list[str], separator: str) -> bool:
    """Whether the lines with separators are sentences: their cells have more than 14 characters on average."""
    cells = [cell for line in lines for cell in line.split(separator) if cell.strip()]
    return sum(len(cell) for cell in cells) > 14 * len(cells)


def _table(text: str, separator: str) -> Flow:
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=separator)
    try:
        for row in reader:
            cells = [one_line(cell) for cell in row]
            width = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
            if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
                limit = f"最多{MOST_ROWS}行、{MOST_COLUMNS}栏"
                action = "核对引号和分隔符，以及是否放错了文件"
                raise Unreadable(f"第{reader.line_num}行超出一张表的大小", limit, action)
            if width:
                rows.append([Cell(cell) for cell in cells[:MOST_COLUMNS]])
                numbers.append(reader.line_num)
    except csv.Error:
        raise Unreadable(f"到第{reader.line_num}行还不是可读的 CSV", "成对的引号", "核对引号，或另存为“CSV UTF-8”") from None
    grid = set_out(rows, "CSV")
    return Flow("CSV", (replace(grid, numbers=tuple(numbers)),))


def _paragraphs(lines: list[str]) -> Flow:
    blocks = []
    for number, line in enumerate(lines, 1):
        hashes = _HASHES.match(line)
        text = one_line(line[hashes.end() :] if hashes else line)
        if text:
            blocks.append(Paragraph(text, f"第{number}行", len(hashes[1]) if hashes else 0, indent=_indent(line)))
    return Flow("文字", tuple(blocks))


def _indent(line: str) -> int:
    """How many columns of blanks a line begins with."""
    blank = line[: len(line) - len(line.lstrip())].expandtabs()
    return sum(2 if is_wide(char) else 1 for char in blank if char != "\f")
