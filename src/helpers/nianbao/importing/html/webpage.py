"""A web page, or a piece of one that was pasted → its flow, as a browser shows it."""

from __future__ import annotations

import re
from contextlib import suppress
from html import escape
from typing import TYPE_CHECKING

from nianbao.hanzi import simplified
from nianbao.importing import beside
from nianbao.importing.flow import Flow, Picture, Unreadable
from nianbao.importing.gathered import Gathered
from nianbao.importing.html import controls, fonts, unveiled
from nianbao.importing.html.covers import COVERS
from nianbao.importing.html.cuts import CUTS
from nianbao.importing.html.doubts import is_in_cell
from nianbao.importing.html.looks import LONGEST_SHEETS, Looking
from nianbao.importing.html.properties import UNKNOWN
from nianbao.importing.html.scripts import STYLES, makes_styles
from nianbao.importing.html.whole import OF_THE_PAGE
from nianbao.importing.remark import Remark
from nianbao.importing.words import one_line
from nianbao.pictures import data_of
from nianbao.shown import html
from nianbao.shown.blocks import TOLD, WRITTEN
from nianbao.shown.htmltree import INLINE, UNSEEN, body_of, parsed
from nianbao.shown.rules import TooMuch
from nianbao.textfile import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

MOST_TAGS, DEEPEST, MOST_TABLES_INSIDE = 100_000, 300, 12
_WITHOUT_WORDS = {"hidden", "checkbox", "radio", "file", "image", "password", "color", "range"}  # boxes that show no value
KIND = "网页"
LONGEST_TITLE = 200  # characters of a page's <title>
_LONGEST_REMARK = 80
_IN_LINES = (INLINE - {"br"}) | {"-text", "-comment", "script", "style", "input"}
MOST_ATTRIBUTES = 1_000  # of one tag: a parser compares each with all before it
_LIKE = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|div|p|h[1-6]|table|tbody|tr|td|section|article|span|meta)\b", re.I
)
_CHARSET = re.compile(rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
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
_UNSEEN = UNSEEN | {
    "noscript", "iframe", "object", "svg", "canvas", "audio", "video", "-comment", "input", "rp", "annotation",
    "annotation-xml",
}  # fmt: skip


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
        text, encoding = _text(raw)
    except (UnicodeError, LookupError):
        raise Unreadable("不是可识别的编码", "UTF-8、UTF-16、GBK", "在浏览器里打开，另存为 UTF-8") from None
    _not_too_many_attributes(text)
    into, said = Gathered(), list[tuple[str, str, str]]()
    tree = parsed(text)
    body = tree.body
    if body is not None:
        into.remarks += _shown_in(body)
        controls.mark(body)
        try:
            looking = Looking(body)
        except TooMuch:
            raise Unreadable("样式太多，不像一份报告的网页", f"样式最多{LONGEST_SHEETS}个字符", "只复制报告的正文") from None
        seen = html.blocks_in(body, looking, _UNSEEN, looking.of_page(body))
        if not unveiled.has_report(seen) and (hidden := unveiled.hidden_text(body, looking)):
            unveiled.show(hidden)
            looking = Looking(body)
            seen = html.blocks_in(body, looking, _UNSEEN, looking.of_page(body))
            said += [unveiled.SAID] if unveiled.has_report(seen) else []
        into.take(seen)
        into.remarks += [Remark(UNKNOWN, "", "", "、".join(looking.strange))] if looking.strange else []
        into.remarks += [Remark(STYLES, "", "", "<script>")] if makes_styles(body) and body.css_first("table") else []
        laid = {COVERS: looking.covers, CUTS: looking.cuts}
        into.remarks += [Remark(kind, "", "", "、".join(names)) for kind, names in laid.items() if names]
        into.remarks += [Remark(TOLD, "", "", words) for words in looking.told]
        said += [*beside.of_sheets(text, tree.css("link[rel][href]"), body), *fonts.said(looking.named)]
    around = beside.of_page(body) if body is not None else []
    pictures = tuple(_pictures(into, body)) if into.pictures and body is not None else ()
    titled = tree.css_first("head > title")
    name = one_line(titled.text())[:LONGEST_TITLE] if titled else ""
    kind = f"{KIND}（{encoding}）" if encoding else KIND
    return Flow(kind, (*into.blocks, *around), tuple(into.remarks), said=tuple(said), titled=name, pictures=pictures)


def _pictures(into: Gathered, body: LexborNode) -> Iterator[Picture]:
    """The pictures that a page holds itself."""
    numbers = {one.mem_id: number for number, one in enumerate(beside.pictured(body), 1)}
    for above, one in into.pictures:
        data = b""
        with suppress(ValueError):
            data = data_of(one.address)
        yield Picture(beside.NTH.format(numbers.get(one.number, 0)), above, data, one.words, odd=one.odd)


def _shown_in(body: LexborNode) -> list[Remark]:
    """Write what boxes for typing hold, and that a script writes, as text that no number is; returns those in the text.

    What stands in a box, nobody has published; what a script writes, the file does not hold.
    """
    remarks = []
    for box in body.css("input"):
        value = (box.attributes.get("value") or box.attributes.get("placeholder") or "").strip()
        if value and (box.attributes.get("type") or "text").lower() not in _WITHOUT_WORDS:
            if not is_in_cell(box):
                if not any(map(str.isdigit, value)):
                    continue
                if _is_of_the_page(box):
                    _set_aside(box, value)
                    continue
                remarks.append(Remark("输入框", "", "", value))
            box.insert_after(f"{value}（输入框）")  # and the box stays, for the selectors that name it
    for script in body.css("script"):
        if "document.write" in script.text() and not is_in_cell(script) and not _is_of_the_page(script):
            remarks.append(Remark(WRITTEN, "", "", _line_around(script)[:_LONGEST_REMARK]))
    return remarks


def _set_aside(box: LexborNode, value: str) -> None:
    """Make a box that shows its value one of several lines, which is none of the text, and is listed as such."""
    area = body_of("<textarea></textarea>").css_first("textarea")
    assert area is not None
    area.inner_html = escape(value)
    box.insert_after(area)


def _is_of_the_page(node: LexborNode) -> bool:
    """Whether an element stands in no line of text, or in one about the page."""
    line = _line_around(node)
    return not line or bool(OF_THE_PAGE.search(simplified(line)))


def _line_around(node: LexborNode) -> str:
    """The words of the line that an element stands in, as far as the next element that begins a line."""
    while (parent := node.parent) is not None and parent.tag in _IN_LINES and not _beside(node):
        node = parent
    return one_line(_beside(node))


def _beside(node: LexborNode) -> str:
    words = [""]
    for step in ("prev", "next"):
        one = getattr(node, step)
        while one is not None and one.tag in _IN_LINES:
            text = "" if one.tag in UNSEEN else one.text()
            words = [text, *words] if step == "prev" else [*words, text]
            one = getattr(one, step)
    return "".join(words).strip()


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


def _text(raw: bytes) -> tuple[str, str]:
    """The text of a page, and its encoding where it has to be told: Big5 that the page does not name."""
    declared = _CHARSET.search(raw[:4096])
    name = declared.group(1).decode().lower() if declared else ""
    if name in {"gb2312", "gbk", "gb18030", "big5"}:
        try:
            return raw.decode("cp950" if name == "big5" else "gb18030"), ""
        except UnicodeDecodeError:
            pass
    text, encoding = decoded(raw)
    return text, encoding if encoding == "Big5" else ""
