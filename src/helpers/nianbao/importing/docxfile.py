"""A Word document → its flow, with its tracked changes and comments; changes are taken as accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.importing import beside
from nianbao.importing.flow import MOST_BLOCKS, MOST_CELLS, MOST_ROWS, Cell, Flow, Paragraph, Remark, Unreadable, set_out
from nianbao.importing.package import Package
from nianbao.importing.words import Words, one_line
from nianbao.importing.wordstyles import Styles, W

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from nianbao.importing.flow import Block

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
    remarks = [*reader.remarks, *_comments(package.xml("word/comments.xml"), reader.anchors)]
    for name, kind in (("word/footnotes.xml", "脚注"), ("word/endnotes.xml", "尾注")):
        notes = package.xml(name)
        for note in notes if notes is not None else ():
            if said := _plain(note):
                remarks.append(Remark(kind, f"{kind}{note.get(f'{W}id', '')}", "", said))
    parts = ((name, package.xml(name)) for name in sorted(package.names) if beside.is_margin(name))
    around = beside.of_document(body, ((name, part) for name, part in parts if part is not None))
    return Flow("Word 文档", (*reader.blocks, *around), tuple(remarks))


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
    blocks: list[Block] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)
    paragraphs: int = 0
    grids: int = 0
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
        if len(self.blocks) > MOST_BLOCKS:
            raise Unreadable("段落太多，不像一份报告", f"最多{MOST_BLOCKS}段", "只保留报告的正文")

    def _paragraph(self, paragraph: Element) -> None:
        style = self.styles.of(paragraph)
        number = self.styles.numbered(paragraph)
        place = f"第{self.paragraphs + 1}段"
        lines: list[Words] = [Words()]
        hidden: list[str] = []
        if number.prefix:
            lines[-1].add(number.prefix, style.bold)
        for run, kind in self._runs(paragraph, place):
            looks = self.styles.run(run, style)
            for text in _texts(run):
                if looks.hidden:
                    hidden.append(text)
                elif text == "\n":
                    lines.append(Words())
                elif kind != "gone":
                    lines[-1].add(text, looks.bold)
        for words in lines:
            text, bold, _ = words.taken()
            if text:
                self.paragraphs += 1
                mark = number.mark if words is lines[0] else ""
                self.blocks.append(Paragraph(text, f"第{self.paragraphs}段", style.level, bold, mark))
        if said := one_line("".join(hidden)):
            self.blocks.append(Paragraph(said, place, around="隐藏的文字"))
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            begin = len(self.blocks)
            self.visit(box, 1)
            for at in range(begin, len(self.blocks)):
                one = self.blocks[at]
                self.blocks[at] = Paragraph(one.text, place, around="文本框") if isinstance(one, Paragraph) else one

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
                    self.remarks.append(Remark("修订", place, child.get(f"{W}author", ""), f"{what}“{said}”"))
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
        self.grids += 1
        place = f"第{self.grids}个表格"
        grid = set_out(list(self._rows(rows, place)), place)
        if any(map(any, grid.rows)):
            self.blocks.append(grid)

    def _rows(self, rows: list[Element], place: str) -> Iterator[list[Cell]]:
        begun: dict[int, Cell] = {}  # by its column: the cell that may go on in the next row
        for number, row in enumerate(rows, 1):
            properties = row.find(f"{W}trPr")
            kind = _changed(properties)
            if kind:
                self.remarks.append(Remark("修订", f"{place}第{number}行", "", f"{kind}一行：{_plain(row)}"))
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
        before = len(self.remarks)
        said: list[str] = []
        struck = raised = False
        for paragraph in cell.iter(_P):
            style = self.styles.of(paragraph)
            number = self.styles.numbered(paragraph)
            said.append(number.prefix)
            for run, kind in self._runs(paragraph, place):
                looks = self.styles.run(run, style)
                text = "".join(_texts(run))
                struck = struck or (looks.struck and bool(text.strip()))
                raised = raised or (looks.raised and bool(text.strip()))
                said.append("" if kind == "gone" or looks.hidden else text)
            said.append("\n")
        tracked = len(self.remarks) > before or bool(row_kind)
        doubts = {"格里有修订": tracked, "格里有删去的文字": struck, "格里有上标或下标": raised}
        doubt = "、".join(why for why, is_so in doubts.items() if is_so)
        return Cell(one_line("".join(said)), across, 1, doubt)


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
