"""What cells show that is seldom meant so: text that they print, tables cut or empty, all behind the signature."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from nianbao.bundle import MIME
from nianbao.findings import Finding
from nianbao.onpages import BEHIND, CUT, EMPTY, PRINTED
from nianbao.render import effects, printed
from nianbao.render.parts import IMAGES, is_tagged, outputs_of
from nianbao.shown.htmltree import body_of
from nianbao.wholeframes import SCIENTIFIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nbformat import NotebookNode
    from selectolax.lexbor import LexborNode

_BETTER = {MIME, "text/html", "text/markdown", "text/latex", *IMAGES}
SHOWN = 40  # characters of what is printed
_LEFT_OUT, _LONG = {"...", "…", "⋮"}, 40  # signs of rows and columns; characters of a text that pandas cuts, at least
_SIGNATURE = '<div class="signature"'
_TAG = re.compile("<(?!img|table|math|svg)[^>]*>")


def found_in(cell: NotebookNode, number: int, fragments: Iterable[str], is_report: bool) -> Iterator[Finding]:
    """A warning for what a cell prints, and for a table that is cut or has no filled cell.

    ``fragments`` are what the cell shows on the page, as clean HTML. A page that is no report may show text, but no objects
    such as <Axes: > and no values of `effects`, and numbers however they are written; of its tables, frames have to be
    whole: nobody can scroll paper.
    """
    if is_tagged(cell, "cell") or is_tagged(cell, "output"):
        return
    place = f"第{number}个单元格"
    texts = ((text, output) for output in outputs_of(cell) if (text := _text(output, is_report, cell.source)))
    for text, output in islice(texts, 1):
        is_value = output.output_type == "execute_result"
        drop = "在最后一行末尾加分号" if is_value else "删去"
        action = f"要发布的，改用 display(Markdown(…)) 显示，或写进正文；不要的，{drop}，或给单元格加标签 remove-output"
        found = f"{'最后一行的值是' if is_value else '印出'}“{text[:SHOWN]}{'…' * (len(text) > SHOWN)}”，会原样发布"
        yield Finding(PRINTED, place, None, found, "供公众阅读的内容", action)
    tables = _tables(fragments)
    whole = tables if is_report else list(filter(_is_frame, tables))
    if what := next(filter(None, map(_cut, whole)), "") or (is_report and next(filter(None, map(_rounded, whole)), "")):
        accepted = "；只是省略的，接受时写明" if is_report else ""
        action = f"先 import nianbao 再显示；很长的表只显示要发布的行、栏，或用 frame.style 显示{accepted}"
        yield Finding(CUT, place, None, what, "印全的表格", action)
    if any(map(_is_empty, whole)):
        action = "核对数据和筛选条件；确实没有的，改成一句话，或给单元格加标签 remove-output"
        yield Finding(EMPTY, place, None, "表格里没有一格有内容", "有内容的表格", action)


def _tables(fragments: Iterable[str]) -> list[LexborNode]:
    return [table for one in fragments if "<table" in one for table in body_of(one).css("table")]


def behind(shown: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """A warning for the first cell that shows something behind the report's signature.

    ``shown`` are the fragments of the page with the numbers of their cells.
    """
    found: list[int] = []
    is_signed = False
    for number, fragment in shown:
        if _SIGNATURE in fragment:
            found, is_signed = [], True
        elif is_signed and _TAG.sub("", fragment).strip():
            found.append(number)
    if found:
        action = "把单元格移到印出落款的单元格之前；确要印在报告后面的，写成附件，或在 report.yaml 接受并写明"
        yield Finding(BEHIND, f"第{found[0]}个单元格", None, "显示的内容印在落款和成文日期之后", "落款在正文最后", action)


def _text(output: NotebookNode, is_report: bool, source: str) -> str:
    """What an output shows as text only, in one line; on a page that is no report the first object in it.

    There it is a value too of a call with no other purpose than its effect.
    """
    if output.output_type == "stream":
        text = printed.plain(output.text) if output.name == "stdout" else ""
    else:
        data = output.get("data", {})
        text = data.get("text/plain", "") if not data.keys() & _BETTER else ""
    is_value = output.output_type == "execute_result"
    is_told = is_report or (is_value and (effects.sets(source) or effects.writes(source)))
    return " ".join((text if is_told else printed.object_in(text)).split())


def _is_frame(table: LexborNode) -> bool:
    """Whether a table is a frame of pandas, or a styled one."""
    about = table.attributes
    return "dataframe" in (about.get("class") or "").split() or (about.get("id") or "").startswith("T_")


def _cut(table: LexborNode) -> str:
    """What a table does not show, as pandas leaves it out: rows, columns, the end of a text; '' when it is whole."""
    rows = [[one.text().strip() for one in row.css("th, td")] for row in table.css("tr")]
    heads = [one.text().strip() for one in table.css("thead th")]
    if any(len(row) > 1 and all(text in _LEFT_OUT for text in row) for row in rows):
        return "有一行全是“...”：中间的行没有印"
    if any(text in _LEFT_OUT for text in heads):
        return "有一栏的栏名是“...”：中间的栏没有印"
    for text in (text for row in rows for text in row):
        if text.endswith("...") and len(text) >= _LONG:
            return f"“{text[:SHOWN]}…”：后面的字没有印"
    return ""


def _rounded(table: LexborNode) -> str:
    """A number of a table in scientific notation, which readers of a report do not read; '' without one."""
    texts = (text for one in table.css("th, td") if SCIENTIFIC.fullmatch(text := one.text().strip()))
    return next((f"“{text}”：是科学记数法，后面的数字没有印" for text in texts), "")


def _is_empty(table: LexborNode) -> bool:
    """Whether no cell shows anything, a colour neither. Headings are no cells, unless none else are below the head."""
    cells = table.css("td") or table.css(":not(thead) > tr > th")
    return not any(one.text().strip() or "background" in (one.html or "") or one.css_first("img, math") for one in cells)
