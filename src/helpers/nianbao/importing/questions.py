"""What someone has to decide of a report's text and of what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.importing import titles, unfilled
from nianbao.importing.flow import Grid
from nianbao.importing.html.covers import COVERS
from nianbao.importing.html.cuts import CUTS
from nianbao.importing.html.properties import UNKNOWN
from nianbao.importing.html.scripts import STYLES
from nianbao.importing.words import RAISED, STRUCK
from nianbao.importing.workbooks import bookfile
from nianbao.importing.workbooks.sheettext import is_heading
from nianbao.shown.blocks import SIGN_UNKNOWN, UNSEEN_ROW
from nianbao.shown.wordinks import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.importing.flow import Flow, Paragraph
    from nianbao.importing.narrative import Written
    from nianbao.importing.outline import Outline
    from nianbao.statute.formats import Format

NO_TITLE = "没有找到标题：核对是哪个机关哪一年的报告"
_OF_HEAD = "没有标题的文件开头的下列内容没有取用：是正文的，补进 narrative.md"
_BYLINES = "标题下的下列机关名称和日期没有取用：是正文的，补进 narrative.md；是落款的，写进 report.yaml"
IN_COLUMNS = "正文里的下列表格有章的标题，旁边像是这一章的文字，作为正文里的表格：把文字移到标题下面，再导入一次"
COLUMNS = "法定表格旁边的下列栏、行没有取用：核对表里的数"
_LABELS = "正文里有表格的栏目，没有和数一起读出来，没有取用：对照原件填表；是正文的，补进 narrative.md"
BESIDE = "正文里的数字挨着删去的文字、上标、下标或注音：对照原件核对"
OTHERWISE = "正文里的数字，读者看到的可能不是这样：对照原件核对"
OF_SIGNS = "正文里用符号字体的下列文字，读者看到的是别的符号，不认识的写作 □：对照原件改正"
TRACKED = "文件里有修订，正文按接受修订取用，表格里的没有填：逐条决定"
_NOTES = "文件里有脚注或尾注，没有取用：逐条决定"
_LAID = "网页上的下列内容可能盖住或截去表格，读者看到的数字可能不是这样：对照原件核对"
REMARKS = {
    "修订": TRACKED,
    "批注": "文件里有批注，没有取用：逐条决定",
    "脚注": _NOTES,
    "尾注": _NOTES,
    UNSEEN_ROW: "表格里有看不见的行，没有取用：核对",
    bookfile.HIDDEN_CONTENT: "工作簿里有看不见的内容：核对",
    bookfile.BESIDE_FACTS: "“事实”表里没有栏目的格没有取用：要的写进“备注”栏，或照改 report.yaml",
    bookfile.REMARKED: "工作表里正文旁边的格没有取用：要改的照改；是正文的，补进 narrative.md",
    bookfile.COVERING: "工作表上画的文本框、图形里有数，可能盖着表里的数：对照原件核对",
    bookfile.LEFT_ALONE: "工作簿里有宏或指向别的文件的链接，没有理会：核对",
    STRUCK: BESIDE,
    RAISED: BESIDE,
    SIGNS: OF_SIGNS,
    SIGN_UNKNOWN: OF_SIGNS,
    COVERS: _LAID,
    CUTS: _LAID,
    STYLES: "网页的脚本写了样式，读者看到的数字可能不是这样：对照原件核对",
    UNKNOWN: "表格的样式里有不认识的，读者看到的数字可能不是这样：对照原件核对",
}
UNLIKE = "下列段落印出来会与原文不同：核对 narrative.md"


def of_title(outline: Outline, titled: Iterable[str]) -> list[str]:
    """What stands where a title was looked for; ``titled`` is what the ``<title>`` of each page says."""
    like = [f"{one.place}：{one.text}（像标题，没有取用）" for one in outline.untitled if titles.is_like(one)]
    return ["印出的是按格式生成的标题", *like, *(f"网页的标题栏：{one}（没有取用）" for one in titled if one)]


def of_text(outline: Outline, written: Written) -> Iterator[tuple[str, Sequence[str]]]:
    """Each question with what it is about."""
    untitled = [one for one in outline.untitled if not titles.is_like(one)]
    labels = unfilled.said_of(outline.left_out)
    asked: dict[str, Sequence[str]] = {
        _OF_HEAD: _said(untitled),
        _BYLINES: _said(outline.bylines),
        **{question: _said(parts) for question, parts in outline.asked.items()},
        _LABELS: [labels] if labels else [],
        "下列标题不知是哪一章，作为自定的章：核对，见 narrative.md": written.disputed,
        UNLIKE: written.lost,
        "正文的表格里有读不准的格，照样写进了正文：对照原件核对": [*dict.fromkeys(written.doubtful)],
    }
    return ((question, about) for question, about in asked.items() if about)


def of_columns(outline: Outline, form: Format) -> list[str]:
    """The tables of the text that have headings of chapters, and text beside them."""
    parts = [*outline.preamble, *(part for chapter in outline.chapters for part in chapter.parts)]
    grids = [part for part in parts if isinstance(part, Grid)]
    return _said([one for one in grids if any(is_heading(row[0], [form]) and "。" in "".join(row[1:]) for row in one.rows)])


def of_remarks(flow: Flow) -> Iterator[tuple[str, str]]:
    """Each question about a file's remarks with what one of them says."""
    for one in flow.remarks:
        about = f"{one.kind}（{'，'.join(filter(None, (one.place, one.who)))}）：{one.said}"
        yield REMARKS.get(one.kind, OTHERWISE), about


def _said(parts: Iterable[Paragraph | Grid]) -> list[str]:
    return [f"{one.place}：{one.text}" for one in parts]
