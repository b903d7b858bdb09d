"""A Word document → its flow, with its tracked changes and comments; changes are taken as accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.importing import beside
from nianbao.importing.flow import MOST_CELLS, MOST_ROWS, Cell, Flow, Paragraph, Remark, Unreadable
from nianbao.importing.gathered import Gathered, cell_of
from nianbao.importing.package import Package
from nianbao.importing.words import one_line
from nianbao.importing.wordstyles import Styles, W
from nianbao.shown.blocks import Looks, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

DOCUMENT = "word/document.xml"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P, _TBL, _TR, _TC, _VAL = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "val"))
_GONE = {f"{W}del", f"{W}moveFrom"}
_CAME = {f"{W}ins", f"{W}moveTo"}
_SKIPPED = {f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}delInstrText", f"{_MC}Fallback"}
_LONGEST_CELL = 300


def read(raw: bytes) -> Flow:
    """The flow of a document.

    Raises
    ------
    Unreadable
        When it is damaged, locked or larger than any report; when it has macros, or parts that are other documents.
    """
    package = Package(raw, "Word 文档（.docx）")
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        raise Unreadable("文档里有宏", "没有宏的 Word 文档（.docx）", "用 Word 或 WPS 另存为 .docx")
    document = package.xml(DOCUMENT)
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise Unreadable("里面没有正文", "Word 文档（.docx）", "用 Word 或 WPS 打开，另存一份")
    if next(body.iter(f"{W}altChunk"), None) is not None:
        raise Unreadable("文档里嵌有另一个文件", "只有文字和表格的 Word 文档", "用 Word 打开，另存一份")
    reader = _Reader(Styles(package.xml("word/styles.xml"), package.xml("word/numbering.xml")))
    reader.visit(body)
    remarks = [*reader.into.remarks, *_comments(package.xml("word/comments.xml"), reader.anchors)]
    for name, kind in (("word/footnotes.xml", "脚注"), ("word/endnotes.xml", "尾注")):
        notes = package.xml(name)
        for note in notes if notes is not None else ():
            if said := _plain(note):
                remarks.append(Remark(kind, f"{kind}{note.get(f'{W}id', '')}", "", said))
    parts = ((name, package.xml(name)) for name in sorted(package.names) if beside.is_margin(name))
    around = beside.of_document(body, ((name, part) for name, part in parts if part is not None))
    return Flow("Word 文档", (*reader.into.blocks, *around), tuple(remarks))


def _comments(part: Element | None, anchors: dict[str, str]) -> Iterator[Remark]:
    for comment in part if part is not None else ():
        name = comment.get(f"{W}id", "")
        yield Remark("批注", anchors.get(name, "位置不明"), comment.get(f"{W}author", ""), _plain(comment))


def _plain(element: Element) -> str:
    return one_line("".join(one.text or "" for one in element.iter() if one.tag in {f"{W}t", f"{W}delText"}))


@dataclass
class _Reader:
    """Collects the paragraphs and tables of a body."""

    styles: Styles
    into: Gathered = field(default_factory=Gathered)
    anchors: dict[str, str] = field(default_factory=dict)
    boxes: list[Element] = field(default_factory=list)

    def visit(self, element: Element, depth: int = 0) -> None:
        """Read what stands in an element that holds paragraphs and tables."""
        if depth > 40:
            raise Unreadable("表格一层套一层，太深了", "最多40层", "把嵌套的表格拆开")
        for child in element:
            if child.tag == _P:
                self._paragraph(child)
            elif child.tag == _TBL:
                self._table(child, depth)
            elif child.tag not in _GONE and child.tag not in _SKIPPED:
                self.visit(child, depth + 1)

    def _paragraph(self, paragraph: Element) -> None:
        style, blocks = self.styles.of(paragraph), self.into.blocks
        number, place = self.styles.numbered(paragraph), self.into.place
        lines = [[Piece(number.prefix, Looks(style.words.bold))]]
        for run, kind in self._runs(paragraph, place):
            looks = self.styles.run(run, style)
            for text in _texts(run):
                if text == "\n":
                    lines.append([])
                elif kind != "gone":
                    lines[-1].append(Piece(text, looks))
        for at, line in enumerate(lines):
            self.into.paragraph(line, style.level, "" if at else number.mark)
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            begin = len(blocks)
            self.visit(box, 1)
            for at in range(begin, len(blocks)):
                one = blocks[at]
                blocks[at] = Paragraph(one.text, place, around="文本框") if isinstance(one, Paragraph) else one

    def _runs(self, element: Element, place: str) -> Iterator[tuple[Element, str]]:
        """The runs in an element, each with what a tracked change did to it: came, gone or ''."""
        around: list[tuple[Iterator[Element], str]] = [(iter(element), "")]
        while around:
            child = next(around[-1][0], None)
            kind = around[-1][1]
            if child is None:
                around.pop()
            elif child.tag in {f"{W}commentRangeStart", f"{W}commentReference"}:
                self.anchors.setdefault(child.get(f"{W}id", ""), place)
            elif child.tag in _GONE | _CAME:
                if said := _plain(child):
                    what = "删除" if child.tag in _GONE else "插入"
                    self.into.remarks.append(Remark("修订", place, child.get(f"{W}author", ""), f"{what}“{said}”"))
                around.append((iter(child), "gone" if child.tag in _GONE else "came"))
            elif child.tag == f"{W}r" or child.tag == f"{_M}r":
                self.boxes += [] if kind == "gone" else child.iter(f"{W}txbxContent")
                for inner in child.iter(f"{W}commentReference"):
                    self.anchors.setdefault(inner.get(f"{W}id", ""), place)
                yield child, kind
            elif child.tag not in _SKIPPED:
                around.append((iter(child), kind))

    def _table(self, table: Element, depth: int) -> None:
        rows = list(_children(table, _TR))
        cells = [cell for row in rows for cell in _children(row, _TC)]
        if len(rows) > MOST_ROWS or len(cells) > MOST_CELLS // 10:
            raise Unreadable(f"一个表格有{len(rows)}行、{len(cells)}格", "一张法定表格", "核对文件是否放错")
        nested = any(next(cell.iter(_TBL), None) is not None for cell in cells)
        if nested or len(cells) < 2 or any(len(_plain(cell)) > _LONGEST_CELL for cell in cells):
            for cell in cells:
                self.visit(cell, depth + 1)
            return
        self.into.grid(list(self._rows(rows, f"第{self.into.grids + 1}个表格")))

    def _rows(self, rows: list[Element], place: str) -> Iterator[list[Cell]]:
        begun: dict[int, Cell] = {}  # by its column: the cell that may go on in the next row
        for number, row in enumerate(rows, 1):
            properties = row.find(f"{W}trPr")
            kind = _changed(properties)
            if kind:
                self.into.remarks.append(Remark("修订", f"{place}第{number}行", "", f"{kind}一行：{_plain(row)}"))
            made: list[Cell] = []
            column = _number(properties, "gridBefore")
            if column:
                made.append(Cell("", column))
            for cell in _children(row, _TC):
                about = cell.find(f"{W}tcPr")
                across = max(_number(about, "gridSpan"), 1)
                merged = about.find(f"{W}vMerge") if about is not None else None
                if merged is not None and merged.get(_VAL) != "restart" and column in begun:
                    begun[column].along += 1
                else:
                    one = self._cell(cell, across, f"{place}第{number}行", kind)
                    begun[column] = one
                    made.append(one)
                column += across
            yield made

    def _cell(self, cell: Element, across: int, place: str, row_kind: str) -> Cell:
        before = len(self.into.remarks)
        said: list[Piece] = []
        for paragraph in cell.iter(_P):
            style = self.styles.of(paragraph)
            said.append(Piece(self.styles.numbered(paragraph).prefix))
            for run, kind in self._runs(paragraph, place):
                looks = self.styles.run(run, style)
                said += [Piece(text, looks) for text in _texts(run) if kind != "gone"]
            said.append(Piece("\n"))
        tracked = len(self.into.remarks) > before or bool(row_kind)
        return cell_of(said, across, more=["格里有修订"] * tracked)


def _changed(properties: Element | None) -> str:
    """What a tracked change did to a row."""
    if properties is None:
        return ""
    return "删除" if properties.find(f"{W}del") is not None else "插入" if properties.find(f"{W}ins") is not None else ""


def _children(element: Element, tag: str) -> Iterator[Element]:
    """The children of a tag, also where a content control or a tracked change stands around them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", *_CAME}:
            yield from _children(child, tag)


def _number(about: Element | None, name: str) -> int:
    found = about.find(f"{W}{name}") if about is not None else None
    value = found.get(_VAL, "0") if found is not None else "0"
    return min(int(value), 1000) if re.fullmatch("[0-9]{1,6}", value) else 0


def _texts(run: Element) -> Iterator[str]:
    """The texts of a run, a line end as a text of its own."""
    for child in run:
        if child.tag in {f"{W}t", f"{_M}t", f"{W}delText"}:
            yield (child.text or "").replace("\n", " ")
        elif child.tag in {f"{W}tab", f"{W}ptab"}:
            yield "\t"
        elif child.tag in {f"{W}br", f"{W}cr"}:
            yield "\n"
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        elif child.tag == f"{W}sym":
            yield "□"  # a sign of a font of signs, of which nobody knows what it shows
