"""Read a CSV file into a grid of text."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.findings import Finding, Source
from nianbao.textfile import decoded, encoding_notes
from nianbao.yamlfile import UNREADABLE

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.inputs.cells import TableInput
    from nianbao.inputs.layout import Rows


LONGEST = 1000  # rows, several times as many as any statutory table has


def read_csv(path: Path, into: TableInput) -> Rows | None:
    """The non-blank rows of a CSV file with their numbers; ``None``, with a fault, when the file is not a CSV.

    UTF-8 with or without BOM, UTF-16 with BOM and GBK are read; separators are commas, tabs or semicolons.
    """
    text = _decode(path, into)
    if text is None:
        return None
    if text.count('"') % 2:
        line = next(number for number, written in enumerate(text.splitlines(), 1) if written.count('"') % 2)
        fault = _unreadable(path, f"第{line}行的引号没有成对")
        into.faults.append(replace(fault, source=Source(path.name, line), expected="成对的引号", action="补上或删去引号"))
        return None
    separator = max(",\t;", key=text.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=None), delimiter=separator))
    except csv.Error:
        into.faults.append(_unreadable(path, "不是可读的 CSV"))
        return None
    rows = [(number, [cell.strip() if reading.plain(cell) else "" for cell in row]) for number, row in enumerate(lines, 1)]
    rows = [(number, row) for number, row in rows if any(row)]
    if len(rows) > LONGEST:
        into.faults.append(_unreadable(path, f"有{len(rows)}行，不是一张法定表格"))
        return None
    return rows


def _decode(path: Path, into: TableInput) -> str | None:
    try:
        raw = path.read_bytes()
    except OSError:
        into.faults.append(_unreadable(path, "没有读取权限，或不是文件"))
        return None
    if raw[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}:
        into.faults.append(_unreadable(path, "是 Excel 工作簿，不是 CSV"))
        return None
    try:
        text, encoding = decoded(raw)
    except UnicodeError:
        into.faults.append(_unreadable(path, "不是可识别的编码（UTF-8、UTF-16、GBK）"))
        return None
    into.notes.extend(encoding_notes(path.name, encoding, "“CSV UTF-8”"))
    return text


def _unreadable(path: Path, found: str) -> Finding:
    expected = "逗号或制表符分隔的文本"
    return Finding(UNREADABLE, path.name, Source(path.name), found, expected, "在电子表格里另存为“CSV UTF-8”")
