"""Nothing half-finished is published: no mark of the kit, no stand-in, no hint of a form, no garbled character.

The patterns are data: ``unfinished.yaml``. What the fonts of the PDF cannot print is found here too, before a build fails.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao import fonts, markdown
from nianbao.addresses import WRITTEN
from nianbao.characters import LOST
from nianbao.checks.lines import line_of, line_with, lines_of
from nianbao.checks.places import beside
from nianbao.checks.wordings import any_of, wordings
from nianbao.findings import Finding, Kind, Severity, Source, enumerated
from nianbao.inputs.report import SIGNATURE
from nianbao.narrative.headings import FILE
from nianbao.textfile import OPENS
from nianbao.wording import PART_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage

TO_FILL = Kind("E103", Severity.ERROR, "留有待填标记", acceptable=True)
BRACES = Kind("E105", Severity.ERROR, "留有花括号", acceptable=True)
STAND_IN = Kind("E106", Severity.ERROR, "留有代替内容的记号", acceptable=True)
TO_DO = Kind("E107", Severity.ERROR, "留有待办字样", acceptable=True)
HINT = Kind("E108", Severity.ERROR, "留有填写说明", acceptable=True)
NO_HEADING = Kind("E109", Severity.ERROR, "标题没有写完", acceptable=True)
GARBLED = Kind("E110", Severity.ERROR, "乱码", acceptable=True)
NO_GLYPH = Kind("E111", Severity.ERROR, "字体缺字", acceptable=True)
PATH = Kind("E115", Severity.ERROR, "留有本机路径", acceptable=True)
REMARK = Kind("E118", Severity.ERROR, "注释会照样印出", acceptable=True)
_MENDED = {
    TO_FILL: ("填好的内容", "填写或删去"),
    BRACES: ("文字，或完整的占位符", "补全占位符或删去花括号"),
    STAND_IN: ("数字、日期或名称", "填写；确要这样印的，在 report.yaml 的 accepted 中写明原因"),
    TO_DO: ("写完的内容", "写完，或删去这几个字"),
    HINT: ("本机关的内容", "删去表样里的说明"),
    NO_HEADING: ("标题的文字，下面有内容", "写上标题的文字，或删去这一行"),
    GARBLED: ("看得懂的文字", "改成原来的字；多半是换编码或从别处粘贴时变坏的"),
    REMARK: ("不印出的注释：<!-- … -->", "补全注释的记号，用半角；或删去这条注释"),
    PATH: ("读者打得开的网址，或文件的名称", "删去路径"),
}
# An address is not read by anyone as text: www.shili.gov.cn/xx/. What is looked for has a beginning and a greatest
# length, so that a text of nothing but signs is read through once.
_ADDRESS = re.compile(
    rf"\]\((?:data:[^)\s]*|[^)\s]{{0,500}})\)|{WRITTEN}|(?<![!-?A-~])[!-?A-~]{{1,64}}@[!-~]+"
    r"|(?<![0-9A-Za-z.-])(?:[0-9A-Za-z-]{1,63}\.){1,10}cn\b[!-~]*"
)
_MARKED = re.compile(r"[]@:.\\]")  # what an address and an escaped sign have
_ESCAPED = re.compile(r"\\([\\`*_#+\-.!\[\]<>|])")
_HEADING = re.compile(r"^ {0,3}(#{3,6})\s+(.*?)[\s#]*$")
# A name without its characters, or how numbers of documents are written: “李××”代替, 编号格式为“采砂〔年度〕××号”.
_QUOTED = re.compile("“([^”]*)”")
_PATTERN = re.compile("代替|替代|隐去|隐名|脱敏|遮盖|格式|样式|编号|形式|显示|表示|命名")
# By what a mark of some kinds shows where it stands; of any other the words around it tell that.
_SHOWS = {STAND_IN: re.compile(r"\w|[^\s（）()〔〕\[\]]"), REMARK: re.compile(r"\w")}
_NEAR, _BEFORE, _BEHIND = 24, 8, 6  # characters beside a quotation, and beside a mark that shows nothing by itself
# A label that a list or a text follows: 问题：, 改进措施：.
_LABEL = re.compile(r"^\**(?:存在的?|主要的?)*(?:问题|不足)\**[：:]\**$|^\**(?:改进|整改)(?:措施|情况|方向)?\**[：:]\**$")
# A line that ends in an arrow, and what says that a flow begins.
_STEP = re.compile(r"([^。；！]*[^。；！-])-+>\s*")
_FLOW = re.compile("(?:流程|步骤|程序|环节|顺序)(?:[为是：:]|如下|依次)")
# What is said to a colleague, and not to the public: 请核对后发布, 待审, 待更新. What are steps stands in unfinished.yaml.
_ASKED = re.compile(
    "请[^，。；]{0,10}?(?:核对|核实|核定|确认|补充|更新|修改|定稿|后再?(?:发布|公开|公布|印发|上报|上网|删))"
    r"|(?<![^，。；：:、\s（(])(?:尚|还|仍)?待"
)
_LONGEST = 30  # characters of a heading; a longer line is a sentence that stands for itself


@lru_cache(maxsize=1)
def patterns() -> dict[Kind, re.Pattern[str]]:
    """What each kind looks for, from the data file."""
    opens, known = {REMARK: [rf"{OPENS}[^\n]{{0,40}}"]}, wordings("unfinished")
    begins = known["begins"]
    return {kind: any_of([*opens.get(kind, []), *known[kind.code]], begins=begins.get(kind.code, "")) for kind in _MENDED}


@lru_cache(maxsize=1)
def _as_steps() -> re.Pattern[str]:
    """What the lines of a flow ask of applicants and others, and the names of its steps, from the data file."""
    return any_of(wordings("unfinished")["steps"])


def marks(text: str) -> Iterator[tuple[Kind, str]]:
    """What is left over in a line, in its order; a place is named once."""
    text = _as_printed(text)
    found = [(one.start(), one.end(), kind, one.group()) for kind, rule in patterns().items() for one in rule.finditer(text)]
    last = -1
    for start, end, kind, mark in sorted(found, key=lambda one: one[:2]):
        if start >= last and not (kind is STAND_IN and _is_pattern(text, start, end)):
            shows = _SHOWS.get(kind)
            yield kind, (mark if shows is None or shows.search(mark) else _around(text, start, end)).strip()
            last = end


def _is_pattern(text: str, start: int, end: int) -> bool:
    """Whether a mark is but a part of a quotation that is said to be a pattern, or to stand for a name."""
    for quoted in _QUOTED.finditer(text):
        if quoted.start() < start and end < quoted.end() and len(quoted[1]) > end - start:
            return bool(_PATTERN.search(text[max(0, quoted.start() - _NEAR) : quoted.end() + _NEAR]))
    return False


def _around(text: str, start: int, end: int) -> str:
    """A mark that shows nothing by itself, with the words around it: 发布信息   条."""
    return text[max(0, start - _BEFORE) : end + _BEHIND]


def left_over(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Nothing unfinished stands in the text of the chapters, in their headings or in the attachments.

    The marks to fill in of a chapter are one finding: a draft taken from last year has dozens.
    """
    for passage in narrative.passages:
        to_fill = []
        for kind, source, mark in _marked(report, passage):
            if kind is TO_FILL:
                to_fill.append((source, mark))
            else:
                yield _finding(kind, passage.place, source, mark)
        if to_fill:
            numbers = list(dict.fromkeys(str(source.line) for source, _ in to_fill))
            where = f"；在第{'、'.join(numbers)}行" if len(numbers) > 1 else ""
            found = enumerated([mark for _, mark in to_fill], measure="处")
            yield _finding(TO_FILL, passage.place, to_fill[0][0], found + where)


def _marked(report: Report, passage: Passage) -> Iterator[tuple[Kind, Source, str]]:
    """What is left over in a chapter, in its order, each with its line."""
    yield from ((kind, Source(FILE, passage.line or None), mark) for kind, mark in marks(passage.heading))
    steps = _steps(passage)
    for start, line in lines_of(passage):
        for kind, mark in marks(steps.get(start, line)):
            yield kind, line_of(report, passage, start + max(line.find(mark), 0)), mark


def _steps(passage: Passage) -> dict[int, str]:
    """By where they begin, the lines that end in an arrow to the line below, without it.

    One says 流程为…, or it or one beside it has an arrow more. An arrow at the end of any other line may end a comment, as
    may that of a line that asks a colleague for something.
    """
    lines = [one for one in lines_of(passage) if one[1].strip()]
    steps = [_STEP.fullmatch(line) for _, line in lines]
    found = {}
    for at, ((start, line), step) in enumerate(zip(lines[:-1], steps, strict=False)):
        is_flow = _FLOW.search(line) or line.count("->") > 1 or steps[at + 1] or (at and steps[at - 1])
        if step and is_flow and not _ASKED.search(_as_steps().sub("", line)) and not _HEADING.match(lines[at + 1][1]):
            found[start] = step[1]
    return found


def settled(text: str) -> str:
    """A text with blanks for each sentence that has a mark in it, or lost a placeholder: what it will say, nobody knows."""
    if LOST not in text and not patterns()[TO_FILL].search(text):
        return text
    pieces = re.split(f"([{PART_ENDS}\n])", text)
    return "".join(" " * len(one) if LOST in one or patterns()[TO_FILL].search(one) else one for one in pieces)


def left_over_beside(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Nothing unfinished stands in what is printed beside the text: title, number, signature, notes and labels of tables."""
    for place, source, text in beside(report, narrative):
        for kind, mark in marks(text):
            # A mark in the title or the signature is what `contents.signature` finds.
            if kind is not TO_FILL or place not in {"标题", SIGNATURE}:
                yield _finding(kind, place, source, mark)


def left_over_of_bureau(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """bureau.yaml has nothing left to fill in: its names stand in what each file says of itself, whatever the title is."""
    for key, field in type(report.bureau).model_fields.items():
        text = getattr(report.bureau, key)
        for kind, mark in marks(text) if isinstance(text, str) else ():
            if kind is TO_FILL:
                yield _finding(kind, field.title or key, Source("../bureau.yaml"), mark)


def empty_headings(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Each heading inside a chapter has a text below it."""
    for passage in narrative.passages:
        if passage.tables:
            continue  # The table may be what stands below it.
        lines = [(start, line.rstrip()) for start, line in lines_of(passage) if line.strip()]
        for (start, line), (_, below) in pairwise([*lines, (0, "")]):
            heading, after = _HEADING.match(line), _HEADING.match(below)
            is_empty = heading and (not below or (after and len(after[1]) <= len(heading[1])))
            if _LABEL.match(line) and (not below or _LABEL.match(below) or after):
                found = f"“{line}”下面没有内容"
                yield _finding(NO_HEADING, passage.place, line_of(report, passage, start), found)
            if heading and is_empty and not _stands_alone(heading[2]):
                found = f"“{heading[2]}”下面没有内容"
                yield _finding(NO_HEADING, passage.place, line_of(report, passage, start), found)


def unprintable(report: Report, narrative: Narrative, official: Path | None = None) -> Iterator[Finding]:
    """Each character has a glyph in the fonts of the PDF: the kit's own, and those in the folder ``official``."""
    for place, source, text, passage in _printed(report, narrative):
        garbled = patterns()[GARBLED]
        for char in fonts.missing(text, official):
            if garbled.fullmatch(char) or char == LOST:
                continue
            at = source
            if passage and char not in passage.heading:
                at = line_with(report, passage, char)
            yield without_glyph(char, place, at, text)


def without_glyph(char: str, place: str, source: Source | None, text: str) -> Finding:
    """That no font of the PDF has a character of a text."""
    near = " ".join(text[max(0, text.index(char) - 12) : text.index(char) + 13].split())
    found = f"“{char}”（U+{ord(char):04X} {unicodedata.name(char, '')}）在“{near}”".replace(" ）", "）")
    action = "换一个字，或用 --fonts 指定含有该字的字体文件夹"
    return Finding(NO_GLYPH, place, source, found, "PDF 的字体里有的字", action)


def _finding(kind: Kind, place: str, source: Source | None, found: str) -> Finding:
    return Finding(kind, place, source, found, *_MENDED[kind])


def _as_printed(line: str) -> str:
    """A line with a word in place of each of its addresses, and without the backslashes that make text of signs."""
    if _MARKED.search(line) is None:
        return line
    return _ESCAPED.sub(r"\1", _ADDRESS.sub("网址", line))


def _stands_alone(heading: str) -> bool:
    return len(heading) > _LONGEST or heading.rstrip("*").endswith(("。", "；", "！", "："))


def is_rare(text: str) -> bool:
    """Whether a text may hold a character that the pinned fonts have not; they have all of GB 2312's."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _printed(report: Report, narrative: Narrative) -> Iterator[tuple[str, Source | None, str, Passage | None]]:
    """All that is printed and may hold a rare character: what it is, where it begins, the text, and the passage it is."""
    yield from ((*one, None) for one in beside(report, narrative) if is_rare(one[2]))
    for passage in narrative.passages:
        if is_rare(passage.heading + passage.html):
            text = f"{passage.heading}\n{markdown.plain_text(passage.html)}"
            yield passage.place, Source(FILE, passage.line or None), text, passage
