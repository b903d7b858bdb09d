"""Read a Word document back: its paragraphs with the marks that Word puts before them, its tables, its stamps."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from nianbao.shown.seen import Grid, Seen, Slot, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

STAMP = "草稿"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TEXTS = {f"{_W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_P, _TBL, _TR, _TC, _VAL = (f"{_W}{name}" for name in ("p", "tbl", "tr", "tc", "val"))
_SIDES = ("default", "even")
_HEADS = {"TableHead", "TableHeadRight", "TableLabel"}


def read(made: bytes) -> Seen:
    """What a document says from its first paragraph to its last, without what its headers and footers repeat."""
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        body = _part(package, "word/document.xml")[0]
        reader = _Reader(_lists(_part(package, "word/numbering.xml")))
        reader.visit(body)
        links = {one.get("Id"): one.get("Target", "") for one in _part(package, "word/_rels/document.xml.rels")}
        headers = {one.get(f"{_W}type"): one.get(f"{_R}id") for one in body.iter(f"{_W}headerReference")}
        stamps = tuple(side in headers and STAMP in _text(_part(package, f"word/{links[headers[side]]}")) for side in _SIDES)
        about = [one.text or "" for one in _part(package, "docProps/core.xml")]
    return Seen(tuple(filter(None, reader.blocks)), stamps, tuple(reader.grids), (squeezed(about[0]), *about[1:]))


def _part(package: zipfile.ZipFile, name: str) -> Element:
    return ElementTree.fromstring(package.read(name))


def _lists(numbering: Element) -> dict[str, tuple[bool, dict[str, int]]]:
    """Of each list whether it is numbered, and the first number of its levels that have one of their own."""
    numbered = {
        one.get(f"{_W}abstractNumId"): one.find(f"{_W}lvl/{_W}numFmt").get(_VAL) == "decimal"  # type: ignore[union-attr]
        for one in numbering.iter(f"{_W}abstractNum")
    }
    found = {}
    for one in numbering.iter(f"{_W}num"):
        starts = {
            level.get(f"{_W}ilvl", ""): int(level.find(f"{_W}startOverride").get(_VAL, "1"))  # type: ignore[union-attr]
            for level in one.iter(f"{_W}lvlOverride")
        }
        shape = one.find(f"{_W}abstractNumId")
        assert shape is not None
        found[one.get(f"{_W}numId", "")] = numbered[shape.get(_VAL)], starts
    return found


def _text(element: Element) -> str:
    return squeezed("".join(one.text or "" for one in element.iter() if one.tag in _TEXTS))


@dataclass
class _Reader:
    """Collects the text of the paragraphs of a tree, and the tables in it."""

    lists: dict[str, tuple[bool, dict[str, int]]]
    blocks: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    counts: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    def visit(self, element: Element) -> None:
        for child in element:
            if child.tag == _P:
                self.blocks += [*self._mark(child), _text(child)]
            elif child.tag == _TBL:
                self.grids.append(self._grid(child))

    def _mark(self, paragraph: Element) -> Iterator[str]:
        """The number or the sign that Word puts before a paragraph."""
        given = paragraph.find(f"{_W}pPr/{_W}numPr")
        if given is None:
            return
        level, name = (one.get(_VAL, "") for one in given)
        is_numbered, starts = self.lists[name]
        number = starts.get(level, 1) + self.counts[name, level]
        self.counts[name, level] += 1
        yield f"{number}." if is_numbered else "•"

    def _grid(self, table: Element) -> Grid:
        """A table; its cells are read row by row, and one that goes on in the next row is read once."""
        rows: list[list[Slot]] = []
        begun: dict[int, tuple[int, int]] = {}  # by its column: the row and the place there of the cell that may go on
        for number, row in enumerate(table.findall(_TR)):
            rows.append([])
            column = 0
            for cell in row.findall(_TC):
                span, merged = cell.find(f"{_W}tcPr/{_W}gridSpan"), cell.find(f"{_W}tcPr/{_W}vMerge")
                across = int(span.get(_VAL, "1")) if span is not None else 1
                if merged is not None and merged.get(_VAL) != "restart":
                    top, place = begun[column]
                    one = rows[top][place]
                    rows[top][place] = Slot(one.text, one.across, number - top + 1, one.head)
                else:
                    begun[column] = number, len(rows[-1])
                    rows[-1].append(self._slot(cell, across))
                column += across
        return tuple(map(tuple, rows))

    def _slot(self, cell: Element, across: int) -> Slot:
        begin = len(self.blocks)
        self.visit(cell)
        style = cell.find(f"{_P}/{_W}pPr/{_W}pStyle")
        return Slot(
            "".join(self.blocks[begin:]), across, 1, style is not None and style.get(_VAL, "").partition("-")[0] in _HEADS
        )
