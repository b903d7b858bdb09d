"""What cells put into a report as it is: text that they print, and tables without rows; seldom meant for the public."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.bundle import MIME
from nianbao.findings import Finding
from nianbao.onpages import EMPTY, PRINTED
from nianbao.render import printed
from nianbao.render.parts import IMAGES, is_tagged, merged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

_BETTER = {MIME, "text/html", "text/markdown", "text/latex", *IMAGES}
_TABLE = re.compile(r"<table\b.*?</table>", re.S | re.I)
_CELLS, _FILLED = re.compile(r"<td\b[^>]*>(.*?)</td>", re.S | re.I), re.compile(r"<(?:img|svg|math)\b", re.I)
_TAG = re.compile("<[^>]*>")
SHOWN = 40  # characters of what is printed


def found_in(cell: NotebookNode, number: int) -> Iterator[Finding]:
    """A warning for a cell of a report that prints text, and one for a table of it that has no filled cell."""
    if is_tagged(cell, "cell") or is_tagged(cell, "output"):
        return
    outputs, place = list(merged(cell.get("outputs", []))), f"第{number}个单元格"
    if text := next(filter(None, map(_text, outputs)), ""):
        action = "要发布的，改用 display(Markdown(…)) 显示，或写进正文；不要的，删去，或给单元格加标签 remove-output"
        found = f"印出“{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}”，会原样发布"
        yield Finding(PRINTED, place, None, found, "供公众阅读的内容", action)
    if any(_is_empty(table) for output in outputs for table in _TABLE.findall(output.get("data", {}).get("text/html", ""))):
        action = "核对数据和筛选条件；确实没有的，改成一句话，或给单元格加标签 remove-output"
        yield Finding(EMPTY, place, None, "表格里没有一格有内容", "有内容的表格", action)


def _text(output: NotebookNode) -> str:
    """What an output shows as text only, in one line."""
    if output.output_type == "stream":
        text = printed.plain(output.text) if output.name == "stdout" else ""
    else:
        data = output.get("data", {})
        text = data.get("text/plain", "") if not data.keys() & _BETTER else ""
    return " ".join(text.split())


def _is_empty(table: str) -> bool:
    return not any(_FILLED.search(cell) or _TAG.sub("", cell).strip() for cell in _CELLS.findall(table))
