"""What the kit itself has made: report.json, report.ipynb, report.pdf → their flow."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nianbao.bundle import MIME
from nianbao.importing import kitdata
from nianbao.importing.flow import INSTEAD, Flow, Unreadable
from nianbao.importing.gathered import Gathered
from nianbao.importing.html import webpage
from nianbao.shown import pdf
from nianbao.shown.seen import MADE_BY

if TYPE_CHECKING:
    from nianbao.statute.formats import Library

MOST_PAGES = 200
_OWN = "nianbao 自己生成的 PDF"


def read_json(raw: bytes, library: Library) -> Flow:
    """The flow of a report.json or of a report.ipynb.

    Raises
    ------
    Unreadable
        When it is any other JSON, or in a format that the library does not have.
    """
    try:
        data = json.loads(raw)
    except ValueError:
        raise Unreadable("不是完整的 JSON", "report.json 或 report.ipynb", "重新复制一份") from None
    if isinstance(data, dict) and isinstance(data.get("cells"), list) and "nbformat" in data:
        return _notebook(data)
    if isinstance(data, dict) and data.keys() >= kitdata.KEYS:
        try:
            return kitdata.read(data, library)
        except (KeyError, TypeError, AttributeError, ValueError):
            raise Unreadable("不是完整的 report.json", "report.json", "重新复制一份") from None
    if isinstance(data, dict) and {"seal", "parts", "outputs"} <= data.keys():
        beside = "选同一个文件夹里的 report.json、report.html 或 report.docx"
        raise Unreadable("是 nianbao 的 manifest.json，不是印好的报告", "report.json 或 report.ipynb", beside)
    raise Unreadable("不是 nianbao 生成的 JSON", "report.json 或 report.ipynb", "核对是否放错了文件")


def _notebook(data: dict[str, Any]) -> Flow:
    """What the outputs of a notebook show."""
    shown = []
    for cell in data["cells"]:
        for output in cell.get("outputs") or () if isinstance(cell, dict) else ():
            made = output.get("data", {}) if isinstance(output, dict) else {}
            text = made.get("text/html", "") if isinstance(made, dict) else ""
            if MIME not in made:
                shown.append("".join(text) if isinstance(text, list) else str(text))
    if not any(shown):
        raise Unreadable("笔记本里没有运行的结果", "运行过的笔记本", "全部运行一遍再保存")
    flow = webpage.read(f"<body>{''.join(shown)}</body>".encode())
    return replace(flow, kind="运行过的笔记本")


def read_pdf(raw: bytes) -> Flow:
    """The flow of a PDF of the kit's own, by its tags.

    Raises
    ------
    Unreadable
        When it is another's, whose tags nobody knows, or cannot be read.
    """
    try:
        document = pdf.parsed(raw, MOST_PAGES)
    except ValueError:
        found = f"PDF 不完整、加了密码，或多于{MOST_PAGES}页"
        raise Unreadable(found, _OWN, f"{INSTEAD}；用 pdftotext -raw 转出的文字更准") from None
    if document.about.get("Keywords") != MADE_BY:
        raise Unreadable(
            "不是 nianbao 生成的 PDF，里面的上标、删去的文字和表格不一定分得出来",
            _OWN,
            f"{INSTEAD}；用 pdftotext -raw 转出的文字更准",
        )
    into = Gathered()
    into.take(document.blocks)
    return Flow("PDF", tuple(into.blocks), tuple(into.remarks))
