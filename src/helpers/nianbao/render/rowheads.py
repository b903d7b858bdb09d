"""Turn the labels of a statutory table's rows into headings of the PDF's tags: Typst knows headings of columns only.

Typst writes tags as plain objects, and where each object begins into one table at the end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.render.heights import Cell

_END = re.compile(rb"xref\n0 (\d+)\n((?:\d{10} \d{5} [nf]\r\n)+)(trailer\n.*?startxref\n)\d+", re.S)
_TAG = re.compile(rb"\d+ 0 obj\n<</Type/StructElem/S/(\w+)\b")
_CHILDREN, _CHILD = re.compile(rb"/K\[([^\]]*)\]"), re.compile(rb"(\d+) 0 R")
_HEADINGS = re.compile(rb"/Headers\[([^\]]*)\]")
_LOOKS = re.compile(rb"<</O/Layout/BorderStyle/\w+/BorderThickness(?:\[[^\]]*\]|[\d.]+)>>")
_NAMES, _NAME = re.compile(rb"(/IDTree<</Names\[)([^\]]*)\]"), re.compile(rb"\(([^)]*)\)(\d+ 0 R)")


def tagged(made: bytes, tables: Sequence[Sequence[Sequence[Cell]]]) -> bytes:
    """The PDF with the labels of rows as headings, each with a name, and in every other cell the names of its row's labels.

    ``tables`` are the cells of the statutory tables, row by row, as they were typeset. A table of the PDF that has other
    rows is none of them.
    """
    end = _END.search(made, made.rindex(b"xref\n0 ")) if tables else None
    if not end:
        return made
    starts = [int(line[:10]) for line in end[2].splitlines()]
    order = sorted((start, number) for number, start in enumerate(starts) if number)
    stops = {number: stop for (_, number), (stop, _) in zip(order, [*order[1:], (end.start(), 0)], strict=True)}
    objects = {number: made[start : stops[number]] for start, number in order}
    names: dict[bytes, int] = {}
    left = list(tables)
    for number in sorted(objects):
        if left and _kind(objects[number]) == b"Table":
            rows = list(_rows(objects, number))
            if list(map(len, rows)) == list(map(len, left[0])):
                _name(objects, rows, left.pop(0), names)
    for number, text in objects.items():
        if found := _NAMES.search(text):
            known = {**dict(_NAME.findall(found[2])), **{name: b"%d 0 R" % one for name, one in names.items()}}
            listed = b"".join(b"(%s)%s" % item for item in sorted(known.items()))
            objects[number] = text[: found.start()] + found[1] + listed + b"]" + text[found.end() :]
    return _written(made[: order[0][0]], objects, [number for _, number in order], end)


def _kind(text: bytes) -> bytes:
    found = _TAG.match(text)
    return found[1] if found else b""


def _children(objects: dict[int, bytes], number: int) -> list[int]:
    found = _CHILDREN.search(objects[number])
    return [int(one) for one in _CHILD.findall(found[1])] if found else []


def _rows(objects: dict[int, bytes], table: int) -> Iterator[list[int]]:
    """The objects of a table's cells, row by row."""
    for part in _children(objects, table):
        if _kind(objects[part]) in {b"THead", b"TBody", b"TFoot"}:
            for row in _children(objects, part):
                yield _children(objects, row)


def _name(
    objects: dict[int, bytes], rows: list[list[int]], cells: Sequence[Sequence[Cell]], names: dict[bytes, int]
) -> None:
    """Name the labels of one table, and in each cell those of its row."""
    first = re.search(rb"/ID\((U\d+)x", objects[rows[0][0]])
    if not first:
        return
    for row in rows:
        for number in row:  # how lines are drawn is told to nobody, and takes room
            objects[number] = _LOOKS.sub(b"", objects[number])
    labels: list[tuple[int, int, bytes]] = []  # the last row of each, its column, and its name
    for number, (row, typed) in enumerate(zip(rows, cells, strict=True)):
        labels = [label for label in labels if label[0] >= number]
        if all(cell.is_head for cell in typed):
            continue
        for at, cell in zip(row, typed, strict=True):
            before = b"".join(b"(%s)" % name for _, column, name in labels if column < cell.column)
            text = _HEADINGS.sub(rb"/Headers[\g<1>" + before + b"]", objects[at], count=1)
            if cell.is_head and not cell.is_again:
                name = b"%sx%dy%d" % (first[1], cell.column, number)
                names[name] = at
                labels.append((number + cell.along - 1, cell.column, name))
                text = text.replace(b"/S/TD", b"/S/TH", 1)
                text = text.replace(b"/A[<</O/Table", b"/ID(%s)/A[<</O/Table/Scope/Row" % name, 1)
            elif cell.is_again:
                labels += [(number + cell.along - 1, cell.column, name) for name in _again(names, first[1], cell.column)]
            objects[at] = text


def _again(names: dict[bytes, int], table: bytes, column: int) -> list[bytes]:
    """The name of the last label in a column: the next page says it again."""
    return [name for name in names if name.startswith(b"%sx%dy" % (table, column))][-1:]


def _written(head: bytes, objects: dict[int, bytes], order: list[int], end: re.Match[bytes]) -> bytes:
    """The file of these objects."""
    parts, at = [head], len(head)
    starts = {}
    for number in order:
        starts[number] = at
        parts.append(objects[number])
        at += len(objects[number])
    lines = end[2].splitlines(keepends=True)
    table = lines[0] + b"".join(b"%010d" % starts[number] + line[10:] for number, line in enumerate(lines[1:], 1))
    return b"".join([*parts, b"xref\n0 ", end[1], b"\n", table, end[3], b"%d\n%%%%EOF" % at])
