"""Read a CSV file into a grid of text."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.findings import Finding, Source
from nianbao.inputfiles import read_file
from nianbao.textfile import TOO_MUCH, UNREADABLE, read_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nianbao.inputs.cells import TableInput
    from nianbao.inputs.layout import Rows

# Several times as many and as long as any statutory table has.
MOST_ROWS, MOST_CELLS, LONGEST_CELL = 1000, 100, 2000
EXPECTED, SAVE_AS = "逗号或制表符分隔的文本", "“CSV UTF-8”"


def read_csv(path: Path, into: TableInput, read: Callable[[Path], bytes] = read_file) -> Rows | None:
    """The non-blank rows of a CSV file with their numbers; ``None``, with a fault, when the file is not a CSV.

    UTF-8 with or without BOM, UTF-16 with BOM and GBK are read; separators are commas, tabs or semicolons.

    Parameters
    ----------
    read : callable
        What opens it: `InputFiles.read` for the files of params.
    """
    file = read_text(path, path.name, EXPECTED, SAVE_AS, read)
    into.notes.extend(file.notes)
    if file.faults:
        into.faults.extend(file.faults)
        return None
    text = file.text
    if text.count('"') % 2:
        line = next(number for number, written in enumerate(text.split("\n"), 1) if written.count('"') % 2)
        source = Source(path.name, line)
        into.faults.append(
            Finding(UNREADABLE, path.name, source, f"第{line}行的引号没有成对", "成对的引号", "补上或删去引号")
        )
        return None
    separator = max(",\t;", key=text.count)
    rows: Rows = []
    lines = csv.reader(io.StringIO(text, newline=None), delimiter=separator)
    try:
        for number, row in enumerate(lines, 1):
            cells = [cell.strip() if reading.plain(cell) else "" for cell in row]
            if any(cells):
                rows.append((number, cells))
            if fault := _too_much(path.name, number, cells, len(rows)):
                into.faults.append(fault)
                return None
    except csv.Error:  # a cell without an end
        source, action = Source(path.name, lines.line_num), f"核对引号，或在电子表格里另存为{SAVE_AS}"
        into.faults.append(Finding(UNREADABLE, path.name, source, "到这一行还不是可读的 CSV", EXPECTED, action))
        return None
    return rows


def _too_much(name: str, number: int, cells: list[str], rows: int) -> Finding | None:
    """The fault of a row that no statutory table has."""
    width = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
    longest = max(map(len, cells), default=0)
    if rows > MOST_ROWS:
        found, expected = "还有更多的行，不是一张法定表格", f"最多{MOST_ROWS}行"
    elif width > MOST_CELLS:
        found, expected = f"这一行有{width}格，不是一张法定表格", f"最多{MOST_CELLS}格"
    elif longest > LONGEST_CELL:
        found, expected = f"一格里有{longest}个字符", f"最多{LONGEST_CELL}个字符"
    else:
        return None
    return Finding(TOO_MUCH, name, Source(name, number), found, expected, "核对引号和分隔符，以及是否放错了文件")
