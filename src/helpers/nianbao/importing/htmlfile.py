"""A web page, or a piece of one that was pasted → its flow, as a browser shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.importing import beside
from nianbao.importing.flow import MOST_BLOCKS, Cell, Flow, Paragraph, Unreadable, set_out
from nianbao.importing.words import Words, one_line
from nianbao.render.htmltree import INLINE, UNSEEN, is_for_the_screen, parsed
from nianbao.textfile import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from nianbao.importing.flow import Block

MOST_TAGS, DEEPEST, MOST_TABLES_INSIDE = 100_000, 300, 12
MOST_ATTRIBUTES = 1_000  # of one tag: a parser compares each with all before it
_LIKE = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|div|p|h[1-6]|table|tbody|tr|td|section|article|span|meta)\b", re.I
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font-family\s*:[^;]*(?:黑体|楷体|SimHei|KaiTi)", re.I)
_AROUND = {
    "nav": "导航", "footer": "页脚", "aside": "侧栏", "form": "表单", "button": "按钮", "select": "选项", "textarea": "表单",
    "option": "选项",
}  # fmt: skip
_TAG = re.compile(rb"<(/?)([A-Za-z][^\s/>]*)")
_BEGUN = re.compile(r"<(?:!--|/?[a-z][^\s/>]*)", re.I)
# What stands within these is no tag.
_ENDS = {"<!--": re.compile("-->"), "<script": re.compile("</script", re.I), "<style": re.compile("</style", re.I)}
_ATTRIBUTE = re.compile(r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
# Their ends may be left out, or they have none: counting does not tell how deep these are.
_UNCOUNTED = {
    b"p", b"li", b"dt", b"dd", b"tr", b"td", b"th", b"thead", b"tbody", b"tfoot", b"option", b"html", b"head", b"body",
    b"br", b"hr", b"img", b"input", b"meta", b"link", b"col", b"wbr", b"area", b"base", b"embed", b"param", b"source",
    b"colgroup",
}  # fmt: skip
_UNSEEN = UNSEEN | {"noscript", "iframe", "object", "svg", "canvas", "audio", "video", "-comment", "input"}
# What makes another figure of a cell's digits than a reader sees.
_DOUBTS = {"del, s, strike": "格里有删去的文字", "sup, sub, ruby": "格里有上标、下标或注音"}
_LONGEST_CELL = 300  # characters: a cell with more lays out a page


def is_html(raw: bytes) -> bool:
    """Whether bytes look like HTML."""
    head = raw[:4096]
    return bool(_LIKE.search(head.replace(b"\0", b"")))


def read(raw: bytes) -> Flow:
    """The flow of a page.

    Raises
    ------
    Unreadable
        When it has more elements than any page of a report, or is in no known encoding.
    """
    if raw.count(b"<") > MOST_TAGS:
        raise Unreadable("标签太多，不像一份报告的网页", f"最多{MOST_TAGS}个标签", "只保存报告所在的网页，或复制其正文")
    _not_too_deep(raw)
    try:
        text = _text(raw)
    except (UnicodeError, LookupError):
        raise Unreadable("不是可识别的编码", "UTF-8、UTF-16、GBK", "在浏览器里打开，另存为 UTF-8") from None
    _not_too_many_attributes(text)
    reader = _Reader()
    body = parsed(text).body
    if body is not None:
        reader.visit(body)
    return Flow("网页", (*reader.blocks, *beside.of_page(body)) if body is not None else ())


def _not_too_deep(raw: bytes) -> None:
    """Refuse what takes a parser long: elements within elements, open ones above all, many times as deep as a page has."""
    depth = deepest = tables = inner = 0
    for found in _TAG.finditer(raw):
        name, step = found[2].lower(), -1 if found[1] else 1
        if name not in _UNCOUNTED:
            depth = max(depth + step, 0)
            deepest = max(deepest, depth)
        if name == b"table":
            tables = max(tables + step, 0)
            inner = max(inner, tables)
    if deepest > DEEPEST or inner > MOST_TABLES_INSIDE:
        found_, limit = "标签一层套一层，太深了", f"最多{DEEPEST}层，表格{MOST_TABLES_INSIDE}层"
        raise Unreadable(found_, limit, "只复制报告的正文，另存为网页")


def _not_too_many_attributes(text: str) -> None:
    at = 0
    while tag := _BEGUN.search(text, at):
        at, count = tag.end(), 0
        if behind := _ENDS.get(tag[0].lower()):
            end = behind.search(text, at)
            at = end.end() if end else len(text)
        while one := _ATTRIBUTE.match(text, at):
            at, count = one.end(), count + 1
            if count > MOST_ATTRIBUTES:
                limit = f"最多{MOST_ATTRIBUTES}个"
                raise Unreadable("一个标签的属性太多，不像一份报告的网页", limit, "只复制报告的正文，另存为网页")


def _text(raw: bytes) -> str:
    declared = _CHARSET.search(raw[:4096])
    name = declared.group(1).decode().lower() if declared else ""
    if name in {"gb2312", "gbk", "gb18030", "big5"}:
        try:
            return raw.decode("big5" if name == "big5" else "gb18030")
        except UnicodeDecodeError:
            pass
    return decoded(raw)[0]


class _Reader:
    """Collects the paragraphs and tables of a tree; it walks on a stack of its own, however deep the tree is."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.words = Words()
        self.level, self.mark, self.around = 0, "", ""
        self.paragraphs = self.grids = 0

    def visit(self, node: LexborNode) -> None:
        """Read what stands in an element."""
        around = [self._within(node, False, False)]
        while around:
            step = next(around[-1], None)
            if step is None:
                around.pop()
            else:
                around.append(self._within(*step))
        self._flush()

    def _within(self, node: LexborNode, bold: bool, link: bool) -> Iterator[tuple[LexborNode, bool, bool]]:
        number = 0
        for child in node.iter(include_text=True):
            tag = child.tag
            if tag == "-text":
                self.words.add(child.text_content or "", bold, link)
            elif tag in _UNSEEN:
                continue
            elif tag == "br":
                self._flush()
            elif tag == "table":
                self._flush()
                yield from self._table(child, bold, link)
            elif tag in INLINE and not _is_hidden(child):
                yield child, bold or tag in {"b", "strong"} or _is_bold(child), link or tag == "a"
            else:
                self._flush()
                outer = self.level, self.mark, self.around
                self.level = int(tag[1]) if tag in {"h1", "h2", "h3", "h4", "h5", "h6"} else self.level
                if tag == "li":
                    number += 1
                    self.mark = f"{number}." if node.tag == "ol" else "-"
                self.around = self.around or _around(child)
                yield child, bold or _is_bold(child), link
                self._flush()
                self.level, self.mark, self.around = outer

    def _flush(self) -> None:
        text, bold, is_link = self.words.taken()
        if not text:
            return
        self.paragraphs += 1
        around = self.around or ("链接" if is_link else "")
        self.blocks.append(Paragraph(text, f"第{self.paragraphs}段", self.level, bold, self.mark, around))
        self.mark = ""
        if len(self.blocks) > MOST_BLOCKS:
            raise Unreadable("段落太多，不像一份报告的网页", f"最多{MOST_BLOCKS}段", "只保存报告所在的网页，或复制其正文")

    def _table(self, table: LexborNode, bold: bool, link: bool) -> Iterator[tuple[LexborNode, bool, bool]]:
        rows = _rows(table)
        cells = [cell for row in rows for cell in row]
        is_layout = len(table.css("table")) > 1 or len(cells) < 2 or any(len(one.text) > _LONGEST_CELL for one in cells)
        if is_layout or self.around or _is_hidden(table):
            outer, self.around = self.around, self.around or _around(table)
            yield table, bold, link
            self._flush()
            self.around = outer
            return
        for caption in table.css("caption"):
            self.words.add(one_line(caption.text()))
            self._flush()
        self.grids += 1
        grid = set_out(rows, f"第{self.grids}个表格")
        if any(map(any, grid.rows)):
            self.blocks.append(grid)


def _around(node: LexborNode) -> str:
    if is_for_the_screen(node):
        return "只在屏幕上显示的部分"
    return "隐藏的文字" if _is_hidden(node) else _AROUND.get(node.tag or "", "")


def _style(node: LexborNode) -> str:
    return node.attributes.get("style") or ""


def _is_hidden(node: LexborNode) -> bool:
    return "hidden" in node.attributes or bool(_HIDDEN.search(_style(node)))


def _is_bold(node: LexborNode) -> bool:
    return bool(_BOLD.search(_style(node)))


def _rows(table: LexborNode) -> list[list[Cell]]:
    rows = []
    for row in table.css("tr"):
        if _is_hidden(row):
            continue
        rows.append([_cell(cell) for cell in row.iter() if cell.tag in {"td", "th"} and not _is_hidden(cell)])
    return rows


def _cell(cell: LexborNode) -> Cell:
    across, along = (_count(cell.attributes.get(name)) for name in ("colspan", "rowspan"))
    doubts = [why for tags, why in _DOUBTS.items() if any(one.text().strip() for one in cell.css(tags))]
    return Cell(_said(cell), across, along, "、".join(doubts))


def _said(node: LexborNode) -> str:
    """The text of a cell in one line."""
    said: list[str] = []
    around = [iter([node])]
    while around:
        child = next(around[-1], None)
        if child is None:
            around.pop()
        elif child.tag == "-text":
            said.append(child.text_content or "")
        elif child.tag not in _UNSEEN and not _is_hidden(child):
            if child.tag not in INLINE or child.tag == "br":
                said.append("\n")
            around.append(child.iter(include_text=True))
    return one_line("".join(said))


def _count(value: str | None) -> int:
    """A number of an attribute; browsers let no cell span more than 1,000 columns."""
    return min(int(value[:5]), 1000) if value and value.strip().isdecimal() else 1
