"""What a page cannot show stands there as a box that says so, in the page's language: nothing is left out without a word."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from nianbao.render import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from nbformat import NotebookNode

_CHINESE = {
    "not shown here": "此处未显示",
    "an interactive chart (Plotly)": "交互式图表（Plotly）",
    "an interactive chart (Vega)": "交互式图表（Vega）",
    "an interactive chart (Bokeh)": "交互式图表（Bokeh）",
    "a widget": "交互控件",
    "a program for browsers": "浏览器里运行的程序",
    "an embedded page": "嵌入的网页",
    "a video": "视频",
    "a sound": "音频",
    "an animation": "动画",
    "an embedded file": "嵌入的文件",
    "a drawing that a browser makes": "浏览器里画的图",
    "a picture": "图片",
    "a drawing": "SVG 图",
    "a formula": "公式",
    "the number of an equation": "公式编号",
    "the rules of an array": "公式中数组的框线",
    "a formula has columns and rows only": "公式里只有行和列",
    "something of the kind": "这一类内容",
    "letters of a figure": "图中的字",
    "no font has them": "字体里没有",
    "letters of the text": "文字",
    "the PDF has no font for them": "PDF 的字体里没有",
    "a link": "链接",
    "it leads nowhere from a published page": "发布后打不开",
    "the hints of a table": "表格的悬停提示",
    "only a screen shows them": "只有屏幕上显示",
    "it has no static form": "没有静态形式",
    "a published page loads nothing from elsewhere": "发布的网页不从别处加载内容",
    "it is not beside the notebook": "不在笔记本所在的文件夹里",
    "it cannot be read": "读不出来",
    "it is not understood": "含有不认识的 TeX 命令",
    "no equation has this label": "没有公式有这个标签",
    "the cell failed": "单元格出错",
}
# The beginnings of kinds of output that need a program, and what they are.
_KINDS = {
    "application/vnd.plotly": "an interactive chart (Plotly)",
    "application/vnd.vega": "an interactive chart (Vega)",
    "application/vnd.bokeh": "an interactive chart (Bokeh)",
    "application/vnd.holoviews": "an interactive chart (Bokeh)",
    "application/vnd.jupyter.widget": "a widget",
    "application/javascript": "a program for browsers",
    "application/pdf": "an embedded file",
    "video/": "a video",
    "audio/": "a sound",
}
_TAGS = {
    "iframe": "an embedded page", "video": "a video", "audio": "a sound", "object": "an embedded file",
    "embed": "an embedded file", "canvas": "a drawing that a browser makes",
}  # fmt: skip
_EMBEDDED = re.compile(rf"<({'|'.join(_TAGS)})\b([^>]*)>", re.I)
_ADDRESS = re.compile(r"""\b(?:src|data)\s*=\s*["']?((?:https?:)?//[^"'\s>]{1,100})""", re.I)
_SCRIPT = re.compile(r"<script\b", re.I)
# How an object without a text of its own is printed.
_OBJECT = re.compile(r"\s*<[^\n]*(?: object| at 0x)[^\n]*>\s*")
MOST_LINES = 200
_UNKNOWN, _TEXTS = "something of the kind", {"text/plain", "text/html"}


def said(text: str, language: str) -> str:
    """A text of the kit's in the language of a page: Chinese, or English on any page that is not Chinese."""
    return _CHINESE.get(text, text) if language.startswith("zh") else text


def words(what: str, why: str, language: str, named: str = "") -> str:
    """What is not shown, and why, as a sentence."""
    thing = f"{said(what, language)}{f' {named}' if named else ''}"
    if language.startswith("zh"):
        return f"［{said('not shown here', language)}：{thing}（{said(why, language)}）］"
    return f"[not shown here: {thing} ({why})]"


def box(text: str) -> str:
    """A sentence as a box."""
    return f'<div class="report"><div class="unshown"><p>{escape(text)}</p></div></div>'


def by_kind(data: Mapping[str, object]) -> str:
    """What an output is that nothing but a program could show; '' where its text will do."""
    known = next((what for kind in data for begin, what in _KINDS.items() if kind.startswith(begin)), "")
    if known:
        return known
    plain = data.get("text/plain")
    other = [kind for kind in data if kind not in _TEXTS]
    return _UNKNOWN if other and (not plain or _OBJECT.fullmatch(str(plain))) else ""


def named(data: Mapping[str, object]) -> str:
    """The type of an output of which nothing else is known; '' for any other."""
    what = by_kind(data)
    return next(kind for kind in data if kind not in _TEXTS) if what == _UNKNOWN else ""


def embedded(html: str, is_blank: bool) -> Iterator[tuple[str, str]]:
    """What a fragment of HTML holds that no page shows: what it is, and its address or ''."""
    found = list(dict.fromkeys(_in_tags(html)))
    yield from found
    if is_blank and not found and _SCRIPT.search(html):
        yield "a program for browsers", ""


def _in_tags(html: str) -> Iterator[tuple[str, str]]:
    if 'class="anim-controls"' in html:  # matplotlib's player
        yield "an animation", ""
    for tag in _EMBEDDED.finditer(html):
        address = _ADDRESS.search(tag[2])
        yield _TAGS[tag[1].lower()], address[1] if address else ""


def failed(output: NotebookNode, language: str, folders: Iterable[Path]) -> str:
    """The error of a cell as a box, in its colours and without folders."""
    head = f"{output.ename}: {output.evalue}"
    lines = "\n".join(output.get("traceback") or [head]).rstrip().split("\n")
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES // 2], "…", *lines[-MOST_LINES // 2 :]]
    text = printed.html(printed.without_places("\n".join(lines), folders))
    title = escape(said("the cell failed", language))
    return f'<div class="report"><div class="failed"><p>{title}</p><pre>{text}</pre></div></div>'
