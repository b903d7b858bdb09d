"""Turn the labels of a table's rows into headings of the PDF's tags: Typst knows headings of columns only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.render.formcells import Cell

_TAG = re.compile(rb"<</Type/StructElem/S/(\w+)\b")
_CHILDREN, _CHILD = re.compile(rb"/K\[([^\]]*)\]"), re.compile(rb"(\d+) 0 R")
_HEADINGS = re.compile(rb"/Headers\[([^\]]*)\]")
_LOOKS = re.compile(rb"<</O/Layout/BorderStyle/\w+/BorderThickness(?:\[[^\]]*\]|[\d.]+)>>")
_ID = re.compile(rb"\((U\d+x\d+y\d+)\)")
_CELLS = (b"<</Type/StructElem/S/TD", b"<</Type/StructElem/S/TH")
_NAMES, _NAME = re.compile(rb"(/IDTree<</Names\[)([^\]]*)\]"), re.compile(rb"\(([^)]*)\)(\d+ 0 R)")


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table, row by row, whether it is a statutory one, and what its tag says of it beside its cells."""

    rows: Sequence[Sequence[Cell]]
    is_statutory: bool
    said: str = ""


def tag(objects: dict[int, bytes], tables: Sequence[Table]) -> None:
    """Make headings of the labels of rows, each with a name, and write into other cells the names of their rows' labels.

    ``objects`` are those of the PDF. ``tables`` are those of the page, as they were typeset. A table of the PDF that has
    other rows is none of them.
    """
    names: dict[bytes, int] = {}
    left = list(tables)
    for number in sorted(objects):
        if left and _kind(objects[number]) == b"Table":
            rows = list(_rows(objects, number))
            ahead = range(1 + next((at for at, one in enumerate(left) if one.is_statutory), len(left) - 1))
            place = next((at for at in ahead if list(map(len, rows)) == list(map(len, left[at].rows))), None)
            if place is not None:
                _name(objects, rows, left[place].rows, names)
                if said := left[place].said:
                    about = b"<</O/Table/Summary<%s>>>" % f"\ufeff{said}".encode("utf-16-be").hex().encode()
                    objects[number] = _attributed(objects[number], about)
                del left[: place + 1]
    for number, text in objects.items():
        if found := _NAMES.search(text):
            known = {**dict(_NAME.findall(found[2])), **{name: b"%d 0 R" % one for name, one in names.items()}}
            short = {name: b"(%0*x)" % (len(f"{len(known):x}"), at) for at, name in enumerate(sorted(known))}
            listed = b"".join(short[name] + known[name] for name in short)
            objects[number] = text[: found.start()] + found[1] + listed + b"]" + text[found.end() :]
            _shorten(objects, short)


def _shorten(objects: dict[int, bytes], short: dict[bytes, bytes]) -> None:
    """Give headings shorter names: they make up much of a table's tags."""
    for number, text in objects.items():
        if text.startswith(_CELLS):
            objects[number] = _ID.sub(lambda name: short.get(name[1], name[0]), text).replace(b"/Headers[]", b"")


def _attributed(tag: bytes, said: bytes) -> bytes:
    """A tag with children that says this beside what it says already."""
    mark, others = (b"/A[", b"") if b"/A[" in tag else (b"/K[", b"]/K[")
    return tag.replace(mark, b"/A[" + said + others, 1)


def _kind(text: bytes) -> bytes:
    found = _TAG.match(text)
    return found[1] if found else b""


def _children(objects: dict[int, bytes], number: int) -> list[int]:
    found = _CHILDREN.search(objects[number])
    return [int(one) for one in _CHILD.findall(found[1])] if found else []


def _rows(objects: dict[int, bytes], table: int) -> Iterator[list[int]]:
    """The objects of a table's cells, row by row."""
    for part in _children(objects, table):
        kind = _kind(objects[part])
        for row in [part] if kind == b"TR" else _children(objects, part) if kind in {b"THead", b"TBody", b"TFoot"} else ():
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
