"""The kinds of findings that only a finished page has: about its figures, and about what it does not show, or should not."""

from __future__ import annotations

from nianbao.findings import Kind, Severity

NAMELESS = Kind("I502", Severity.NOTE, "图没有标题和替代文字")
UNDESCRIBED = Kind("W508", Severity.WARNING, "图片没有替代文字")
UNORDERED = Kind("W227", Severity.WARNING, "图表的序号不连贯")
NOWHERE = Kind("W228", Severity.WARNING, "正文指向的图表不存在")
UNSHOWN = Kind("W503", Severity.WARNING, "笔记本里有页面显示不了的内容")
TRACE = Kind("W504", Severity.WARNING, "页面上有代码、出错记录或本机的名称")
UNFINISHED = Kind("W505", Severity.WARNING, "笔记本没有运行完")
LEFT = Kind("W507", Severity.WARNING, "笔记本留下了不能发布的东西")
PRINTED = Kind("W509", Severity.WARNING, "单元格印出的文字会原样发布")
EMPTY = Kind("W510", Severity.WARNING, "单元格显示的表格是空的")
CUT = Kind("W517", Severity.WARNING, "单元格显示的表格没有印全")
BEHIND = Kind("W514", Severity.WARNING, "单元格的内容印在落款之后")
TORN = Kind("W515", Severity.WARNING, "有一行字被拉开")
FOOTNOTES = Kind("W518", Severity.WARNING, "脚注和注文对不上")
LACKING = Kind("E505", Severity.ERROR, "图中字体缺字")
# What is expected of a picture in Markdown, and what to do.
DESCRIBED = "方括号里有图的内容", "写明图的内容，如 ![三年收到的申请数量](图.png)；只是装饰的，写 ![装饰](图.png)"
# The same of a picture among a cell's outputs.
UNTITLED = "说明图的内容", "用 matplotlib 画的，先 import nianbao，再给图加标题；别的写明 Image(…, alt=…)，SVG 里写 <title>"
OF_PAGES = (
    NAMELESS,
    UNDESCRIBED,
    UNORDERED,
    NOWHERE,
    UNSHOWN,
    TRACE,
    UNFINISHED,
    LEFT,
    PRINTED,
    EMPTY,
    CUT,
    BEHIND,
    FOOTNOTES,
    LACKING,
)
