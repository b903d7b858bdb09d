"""The words that an XLSX workbook draws over the cells of a sheet: text boxes, shapes, buttons, titles of charts."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from nianbao.inputs.files.inspected import Comment
from nianbao.inputs.files.packed import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.files.packed import Package

# Of old programs, whose files may be no sound XML: how a shape begins, what it says, where it stands, how a line ends.
_SHAPE = re.compile(r"<v:(?:shape|rect|roundrect|oval|line)(?=[\s>])")
_BOX, _END = re.compile(r"<v:textbox\b[^<>]*>"), "</v:textbox>"
_BEGIN = re.compile(r"<x:Anchor>\s*([0-9]{1,5})\s*,[^,<]*,\s*([0-9]{1,7})\s*,")
_LINE, _TAG = re.compile(r"<br\s*/?>|</(?:div|p)>", re.I), re.compile(r"<[^<>]*>")
_OF_COMMENT = 'ObjectType="Note"'


def drawn(package: Package, sheet: str) -> list[Comment]:
    """What is drawn on a sheet, a line each, with the row and the column where it begins; -1 where that is not known."""
    parts = package.related(sheet)
    found = [one for part in parts.get("drawing", ()) for one in _drawn(package, part)]
    found += [one for part in parts.get("vmlDrawing", ()) for one in _of_old(package.read(part).decode("utf-8", "replace"))]
    # A button stands there once for old programs and once for new ones.
    return [*{one.said: one for one in reversed(found)}.values()][::-1]


def _drawn(package: Package, part: str) -> Iterator[Comment]:
    yield from _lines(package.read(part))
    related = package.related(part)
    for other in (*related.get("diagramData", ()), *related.get("chart", ())):
        yield from (one._replace(row=-1, column=-1) for one in _lines(package.read(other)))


def _lines(data: bytes) -> list[Comment]:
    made: list[Comment] = []
    place = {"row": "", "col": ""}
    inside, is_begin = "", False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal inside, is_begin
        inside, is_begin = name, name == "from" or (is_begin and name in {"row", "col", "colOff", "rowOff"})
        if name == "from":
            place.update(row="", col="")
        elif name == "p":
            row, column = (int(one) if one.isdecimal() else -1 for one in (place["row"][:7], place["col"][:5]))
            made.append(Comment(row, column, "", ""))

    def text(some: str) -> None:
        if inside in place and is_begin:
            place[inside] += some.strip()
        elif inside == "t" and made:
            made[-1] = made[-1]._replace(said=made[-1].said + some)

    def end(_: str) -> None:
        nonlocal inside
        inside = ""

    if data:
        parse(data, start, end, text)
    return [one for one in made if one.said.strip()]


def _of_old(text: str) -> Iterator[Comment]:
    """What the drawing of old programs says, but for the boxes of comments."""
    for shape in _SHAPE.split(text)[1:]:
        begin = _BEGIN.search(shape)
        row, column = (int(begin[2]), int(begin[1])) if begin else (-1, -1)
        *boxes, _ = shape.split(_END) if _OF_COMMENT not in shape else [""]
        for said in [box[found.end() :] for box in boxes if (found := _BOX.search(box))]:
            for line in _LINE.split(said):
                if told := " ".join(html.unescape(_TAG.sub("", line)).split()):
                    yield Comment(row, column, "", told)
