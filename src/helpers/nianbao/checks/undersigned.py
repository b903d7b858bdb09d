"""A name or a day at the end of the text, where the signature is printed below it anyway."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.lines import line_of
from nianbao.findings import Finding, Kind, Severity
from nianbao.narrative.attached import lists, name_of, unmarked
from nianbao.offices import ENDS
from nianbao.reading import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

SIGNED = Kind("W221", Severity.WARNING, "正文末尾又写了落款")

_LINE = re.compile(r"[^\s\u3000][^\n]*")
_RULE = re.compile(r"[-*_=\s>]+")
# A quotation, an item of a list, a heading: with what such a line opens.
_BLANK = "[ \t\u3000]"
_OPENED = re.compile(rf"(?:>{_BLANK}*|[-+*•·●■◆▪○◇□]{_BLANK}+|[0-9]{{1,2}}[.、)）](?![0-9]){_BLANK}*|#{{3,6}} +)+")
_INSIDE = frozenset(">-+*•·●■◆▪○◇□0123456789")
_MARKS = re.compile(r"[*_\\]|&[a-z]+;|<[^<>]*>")
# Each digit of a day may be typed as a figure, as a character, and the nought as a letter or a circle: 二0二五年1月二十日.
_DIGIT = r"[\d〇○Oo零一二三四五六七八九]"
_COUNT = r"(?:[\d〇○Oo零元一二三四五六七八九十廿卅]{0,3}|[Xx×]{1,2})"
_DAY = re.compile(
    r"[(\[【]?(?:(?:成文|发布|公开|公布|编制|报告)?(?:日期|时间):)?"
    rf"(?:[2二][0〇○Oo零]{_DIGIT}{{2}}[年./-]{_COUNT}[月./-](?:{_COUNT}[日号]|[Xx×]{{1,2}}|\d{{0,2}})|20\d\d[01]\d[0-3]\d)"
    r"(?:\(?(?:星期|周)[一二三四五六日天]\)?)?(?:\d{1,2}:\d\d(?::\d\d)?)?(?:印发|发布|公布)?[)\]】]?"
)
# A name and a day in one line, in either order, with a sign between them.
_AROUND = "()[]【】,、;:/|·—–-"
_DAY_LAST = re.compile(f"(?:{_DAY.pattern})$")
_DAY_FIRST = re.compile(rf"(?>{_DAY.pattern})[{re.escape(_AROUND)}]*+(?![由报送交向在至到经被对])")
_BODY = re.compile(rf"(?!20\d\d[年./-])[\u4e00-\u9fffA-Za-z0-9()·、]{{2,40}}(?:{ENDS}|科|股|组|专班|会议)")
_SEAL = re.compile(
    r"\((?:盖章|公章|签章|印章|加盖公章|代章|章|印)\)|(?:落款|署名|(?:发布|公开|公布|编制|制作|报告)?(?:单位|机关|机构|部门)):"
)
# What stands below a signature, or between its lines: who to ask, who has edited it, how it is published, whose seal.
_BELOW = re.compile(
    r"[(\[【]?(?:联系|咨询|电话|手机|传真|邮箱|地址|经办|填报|审核|签发|责任编辑|编辑|校对|抄送|抄报|主送|印发|公开方式|公开属性|信息公开选项|代章"
    r"|[此本](?:件|页|文)|附件?:).{0,60}"
)
_STOPS = "。!?;”"
_LEAD = 10  # characters of a line without a stop that leads to the next one: 投诉受理机构
# Any other lines below a signature: what a web page has there (打印本页　关闭窗口), the number of copies.
_MOST_BELOW, _LONGEST_BELOW = 6, 60
_SENTENCE_END = re.compile(rf"(?<=[{_STOPS}])(?=.)")


def signed(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """The text does not end in a name or a day, which are printed below it anyway; attachments typed below are no text."""
    last = narrative.sections[-1] if narrative.sections else None
    if last is None or not last.own or not last.line:
        return
    text, known = last.markdown, {name_of(one.heading) for one in narrative.attachments}
    names = {plain(str(one)) for one in (report.bureau.name, report.bureau.short, report.params.signature) if one}
    attached = [*(one.at for one in lists(text, known)), *(at for at, _ in unmarked(text, known, is_last=True))]
    signatures = (_signature(text[:end], names) for end in (len(text), *sorted(attached, reverse=True)))
    at, said = next(filter(None, signatures), (0, ""))
    if not said:
        return
    own = " ".join(str(one) for one in (report.params.signature, report.params.date) if one)
    expected, action = f"只印一次：{own}" if own else "正文不写落款", "从正文里删去；落款和成文日期只写在 report.yaml"
    yield Finding(SIGNED, last.heading, line_of(report, last, at), f"“{said}”", expected, action)


def _signature(text: str, names: set[str]) -> tuple[int, str] | None:
    """Where the signature stands in which a text ends, and its words, if it ends so."""
    lines = [one for one in _LINE.finditer(text) if not _RULE.fullmatch(one[0])]
    opened = [_OPENED.match(one[0]) for one in lines]
    marks = [one[0].strip(" \t\u3000")[:1] if one else "" for one in opened]
    said = [
        _SENTENCE_END.split(plain(_MARKS.sub("", line[0][mark.end() if mark else 0 :])))[-1].rstrip(".。")
        for line, mark in zip(lines, opened, strict=True)
    ]
    while said and _BELOW.fullmatch(said[-1]):
        said.pop()
    begin = _begin(said, names, _stands_apart(text, [one[0] for one in lines[: len(said)]]))
    if begin is None:
        begin, said = _above_others(said, names, [plain(line[0]) for line in lines], marks)
    if begin is None or (begin and marks[begin] in _INSIDE and _goes_on(lines[begin - 1][0], marks[begin - 1 : begin + 1])):
        return None
    return lines[begin].start(), " ".join(said[begin:])


def _above_others(
    said: list[str], names: set[str], lines: Sequence[str], marks: Sequence[str]
) -> tuple[int | None, list[str]]:
    """The first line of a name and a day above a few last lines that are no text, and the lines down to them."""
    for end in range(len(said) - 1, max(0, len(said) - _MOST_BELOW - 1), -1):
        line = lines[end]
        if marks[end] or "|" in line or line[-1] in _STOPS or len(line) > _LONGEST_BELOW:
            break
        begin = _begin(said[:end], names, stands_apart=False)
        if begin is not None and (begin == 0 or lines[begin - 1][-1] in _STOPS):
            return begin, said[:end]
    return None, said


def _goes_on(above: str, marks: Sequence[str]) -> bool:
    """Whether a line of a list or a quotation is one of several there, or led to by the line above it."""
    return len({*marks}) == 1 or above.rstrip().endswith(("：", ":", "，", ",", "、"))


def _begin(said: Sequence[str], names: set[str], stands_apart: bool) -> int | None:
    """The first of the last lines that sign: name and day in one line or two, or one of them that ``stands_apart``."""
    if not said:
        return None
    end = said[-1]
    days = filter(None, (_DAY_LAST.search(end), _DAY_FIRST.match(end)))
    if any(_is_body(end[: day.start()] + end[day.end() :], names) for day in days):
        return len(said) - 1
    above = next((at for at in range(len(said) - 2, -1, -1) if not _BELOW.fullmatch(said[at])), None)
    if above is not None and (
        (_is_day(end) and _is_body(said[above], names)) or (_is_body(end, names) and _is_day(said[above]))
    ):
        return above
    is_own = any(one in names or one.removesuffix("办公室") in names for one in _names(end))  # or its office's
    return len(said) - 1 if stands_apart and (_is_day(end) or is_own) else None


def _stands_apart(text: str, lines: Sequence[str]) -> bool:
    """Whether the last line is a paragraph of its own, and nothing above it leads to it."""
    if len(lines) < 2:
        return False
    above, end = lines[-2].rstrip(), lines[-1].strip()
    if above.endswith(("：", ":", "，", ",", "、", "|")) or above.lstrip().startswith("#"):
        return False
    if len(plain(above)) <= _LEAD and plain(above)[-1] not in _STOPS:
        return False
    is_paragraph = not text[: text.rindex(end)].rstrip(" \t\u3000").endswith(above + "\n")
    return is_paragraph or plain(above)[-1] in _STOPS or plain(end)[:-1].rfind("。") > 0


def _is_day(text: str) -> bool:
    return _DAY.fullmatch(text) is not None


def _is_body(text: str, names: set[str]) -> bool:
    """Whether a text is a body's name: the report's own, or words that end as one's name does."""
    return any(one in names or _BODY.fullmatch(one) for one in _names(text))


def _names(text: str) -> tuple[str, str]:
    """What of a text may be a name: it without its seal, and also without brackets and marks around it."""
    bare = _SEAL.sub("", text)
    return bare, bare.strip(_AROUND)
