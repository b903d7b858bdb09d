"""Signs of other markup than the narrative's (docs/text.md): they would be printed as they are typed."""

from __future__ import annotations

import re
from html.entities import html5
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.checks.lines import line_of, lines_of
from nianbao.findings import Finding, Kind, Severity, enumerated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage

RAW = Kind("W229", Severity.WARNING, "排版记号会照原样印出")

# Each with what to do.
_SIGNS = {
    r"\[\^(?=[^\]\n]*[^\s\]])[^\]^\n]{1,40}\]:?": "脚注改成表格下面的“注：…”，或写在括号里",
    r"\\(?:pagebreak|newpage|clearpage)\b|^\s*[<\[【（(]?!?[-—=]*\s*分页符?\s*[-—=]*[>\]】）)]?\s*$": "删去：分页由排版决定",
    r"~~[^~\n]{1,200}~~": "不要的文字删去；要印删除线的，写 <s>…</s>",
    r"^\s*(?:[-*+•]\s+)?\[[ xX√✓]\](?=\s)": "删去方括号",
    r"^\s*(?:```|~~~)[A-Za-z]*\s*$|`[^`\n]{1,200}`": "删去反引号",
    r"==[^=\s][^=\n]{0,200}==": "删去等号；要突出的写 **…**",
    r"&(?:[A-Za-z]{2,16}[0-9]{0,2}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5});": "换成字符本身",
    r"(?<=\w)\^[^\s^]{1,8}\^|(?<=[A-Za-z])~[0-9]{1,3}~": "上标写 <sup>2</sup>，下标写 <sub>2</sub>",
    r"^\s*>?\s*\[!(?i:note|tip|important|warning|caution)\]": "删去",
    r"^\s*\[\[?_?(?i:toc)_?\]\]?\s*$|^\s*:::.*$|^\s*\+[-=+]{3,}\+\s*$": "删去",
    r"!\[[^\]\n]{0,100}\]\[[^\]\n]{0,100}\]": "图片写成 ![说明](文件名)",
    r"^\s*\[[^\]^\n]{1,100}\]:\s*[!-~]*[./][!-~]*": "链接写成 [文字](网址)，图片写成 ![说明](文件名)",
    r"\$[^$\s][^$\n]{0,100}[\\^_][^$\n]{0,100}\$": "写成文字，上标写 <sup>2</sup>，下标写 <sub>2</sub>",
    r"\$\$[^$\n]{1,200}\$\$|\\\([^\n]{1,100}?\\\)": "写成文字，上标写 <sup>2</sup>，下标写 <sub>2</sub>",
}
_SLANTED = r"_(?=[^_\n]{0,100}[\u4e00-\u9fff])[^_\s，。；：](?:[^_\n，。；：]{0,98}[^_\s，。；：])?_"
_STRONG = {
    r"(?<![\w*])\*{3}[^*\s][^*\n]{0,100}\*{3}(?!\*)": "要突出的写 **…**，前后各两个星号",
    rf"(?<!\w){_SLANTED}(?!_)|(?<!_){_SLANTED}(?!\w)": "要突出的写 *…*，前后各一个星号",
    r"(?<![A-Za-z0-9_])__(?=[^_\n]{0,100}[\u4e00-\u9fff])[^_\s][^_\n]{0,100}__(?![A-Za-z0-9_])": "要突出的写 **…**",
}
_FOUND = [(re.compile(sign), action) for sign, action in (_SIGNS | _STRONG).items()]
_ANY = re.compile(r"[\\~`=&^\[$]|分页|:::|\+[-=]|\*\*\*|_")
# A paragraph that stars open and none close, but for notes.
_NOTE, _OPEN = re.compile(r'<div class="note">.*?</div>', re.S), re.compile(r"<p>(\*\*[^*<\s][^*<\n]*)")
_ADDRESS = re.compile(r"https?://[^\s`\u2e80-\uffef]*")
# A row without the line that parts head and rows below it.
_ROW = re.compile(r"<p>([^<\n]*[|｜][^<\n]*)")
_TABS, _STROKES, _BLANKS = map(
    re.compile, (r"(?<=\S)\t+(?=\S)", r"(?<=\S)\s*(?<!\\)[|｜]\s*(?=\S)", r"(?<=\S)[ \u00a0\u3000]{2,}(?=\S)")
)
_FIGURES = re.compile(r"[-+]?[0-9０-９][0-9０-９,，.．%％]*")
_STOPS = re.compile(r"[。；！？，]")
# 1. and 一是 as Word parts them from what they number, and 联系人：.
_MARK = re.compile(
    r"\s*(?:[(（]?(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})[)）.．、]|[0-9]{1,2}(?:[.．][0-9]{1,2})+[.．、]?(?=\t+\D)"
    r"|第?[一二三四五六七八九十]{1,3}(?:是|[章节条款项]|，|、)|第[一二三四五六七八九十]|[•·●■◆▪○◇□–—*+-]|[①-⑳]|[^\t]{1,12}[：:])\t+"
)
_LONGEST = 30  # characters of a sign that are shown
_TABLE = "写成表格：每行以 | 开头和结尾，格子用 | 隔开，表头下面加一行 |---|---|"


def raw(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """No line holds signs of footnotes, strokes, code, boxes to tick or page breaks, or is a row of what is no table."""
    for passage in narrative.passages:
        place = passage.place
        rows = {one for _, html in passage.pieces for one in _ROW.findall(html)}
        lines = list(lines_of(passage))
        for start, line in lines:
            typed = _ADDRESS.sub("http://", line)
            for sign, action in _FOUND if _ANY.search(typed) else ():
                found = (one[0] for one in sign.finditer(typed))
                if signs := [one.strip() for one in found if one[0] != "&" or one[1] == "#" or one[1:] in html5]:
                    yield _finding(report, passage, place, start, action, *signs)
            if line.strip()[:1] in {"|", "｜"} and any(one.startswith(line.strip()) for one in rows):
                yield _finding(report, passage, place, start, _TABLE, line.strip())
        open_ = (
            {one.rstrip()[:_LONGEST] for one in _OPEN.findall(_NOTE.sub("", passage.html))}
            if "**" in passage.markdown
            else ()
        )
        for start, line in lines if open_ else ():
            if line.lstrip()[:_LONGEST].rstrip() in open_:
                yield _finding(report, passage, place, start, "补上后面的两个星号，或删去前面的", line.strip())
        for (start, line), (_, below) in pairwise(lines):
            if parting := _parting(line, below, rows):
                yield _finding(report, passage, place, start, _TABLE, f"{parting}隔开的几行")
                break


def _parting(line: str, below: str, printed: Collection[str]) -> str:
    """What parts the cells of two lines that are rows of a table which was not made one; '' where nothing does."""
    if line.strip()[:1] in {"|", "｜"}:
        return ""
    if _cells(_TABS, line, below):
        return "制表符"
    if _STOPS.search(line + below):
        return ""
    if _cells(_STROKES, line, below) and any(line.strip() in one for one in printed):
        return "竖线"
    cells = [] if "|" in line else _cells(_BLANKS, line, below)
    return "空格" if len(cells) > 2 or (cells and _FIGURES.fullmatch(cells[1])) else ""


def _cells(parting: re.Pattern[str], line: str, below: str) -> list[str]:
    """The cells of the lower one of two lines with the same number of cells; none where each is one."""
    if not parting.search(below):
        return []
    own = parting.split(_MARK.sub("", below.strip(), count=1))
    above = parting.split(_MARK.sub("", line.strip(), count=1)) if len(own) > 1 else []
    return own if len(above) == len(own) else []


def _finding(report: Report, passage: Passage, place: str, at: int, action: str, *signs: str) -> Finding:
    some = [f"“{one if len(one) <= _LONGEST else f'{one[:_LONGEST]}…'}”" for one in dict.fromkeys(signs)]
    return Finding(RAW, place, line_of(report, passage, at), f"{enumerated(some)}会照原样印出", "正文能用的写法", action)
