"""A flow → the parts of one report: its title, preamble, chapters and signature; what is none of them is set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.hanzi import simplified
from nianbao.importing import attachments, chapters, contents, ending, formlines, signers, titles
from nianbao.importing.flow import DRAWN, LINK, Grid, Paragraph
from nianbao.importing.furniture import (
    has_figure,
    is_about_the_page,
    is_among_text,
    is_furniture,
    is_hint,
    is_label,
    is_of_the_text,
    is_pair,
    may_be_text,
)
from nianbao.importing.gathered import accepted
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.importing.titles import Title
    from nianbao.statute.formats import Format

NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔﹝\[［（(【]\s*[12][0-9]{3}\s*(?:年)?[〕﹞\]］）)】]\s*第?\s*[0-9]{1,5}\s*号")
AFTER, COVER, WHO = "落款之后的文字", "封面、目录", "填表人、联系人的表格"
BARE, SHORT = "没有标题和章节的文件里的文字", "没有标题的文件开头的短行"
_SEEN = {"侧栏", "页脚", "导航", "按钮", "表单", DRAWN}  # of a page, and seen all the same
UNNUMBERED = "下列章的标题没有序号，按文字和次序认作这一章：核对，补上序号"
PARTED = "下列章的标题和后面的文字之间没有隔开，从法定的标题之后分开：核对"
ASIDE = "正文之间的下列内容在网页的侧栏、页脚等处，或在文本框里，没有取用：是正文的，补进 narrative.md"
COUNTED = "表格上下的下列内容里有数，没有取用：是正文的，补进 narrative.md"
MAKERS = "正文里的下列表格说填表人、联系人，没有取用：是正文的，补进 narrative.md"
SIGNED = "落款不止一处，日期不同，没有取用下列的：核对 report.yaml 的 date"
UNSIGNED = "正文末尾的下列行像落款，不是本报告的机关或日期，作为正文：是落款的，从 narrative.md 移到 report.yaml"
AROUND_SIGNATURE = "落款前后的下列内容像是网页的，没有取用：是正文的，补进 narrative.md"
HINTS = "下列句子读作模板的提示，没有取用：是正文的，补进 narrative.md"
QUESTIONS = (UNNUMBERED, PARTED, ASIDE, COUNTED, MAKERS, SIGNED, UNSIGNED, AROUND_SIGNATURE, HINTS)
LISTED = "附件说明，按附件自动印出"  # why the list of the attachments above the signature is left out


@dataclass(frozen=True, slots=True)
class Table:
    """The place of a statutory table in the text."""

    id: str
    place: str


Part = Paragraph | Grid | Table


@dataclass(slots=True)
class Chapter:
    """A chapter's heading, and what stands below it."""

    heading: Paragraph
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The parts of one report.

    Parameters
    ----------
    values : dict
        What report.yaml holds of it: ``date``, ``signature``, ``editor``, ``number`` → its text and its place.
    left_out : list of (str, str, str)
        What was left out: its place, its text, and why.
    moved : list of Paragraph
        The names of attachments that stand below the signature, and were put above it.
    untitled : list of Paragraph
        What was left out at the beginning of a report whose title is not known: ``titles`` of these are like one.
    bylines : list of Paragraph
        What was left out below the title: names of bodies, days beside them.
    asked : dict
        Each question about what was left out, or taken in a way that someone has to prove → what it is about.
    """

    title: Title | None = None
    values: dict[str, tuple[str, str]] = field(default_factory=dict)
    preamble: list[Part] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)
    attachments: list[Chapter] = field(default_factory=list)
    left_out: list[tuple[str, str, str]] = field(default_factory=list)
    moved: list[Paragraph] = field(default_factory=list)
    untitled: list[Paragraph] = field(default_factory=list)
    bylines: list[Paragraph] = field(default_factory=list)
    asked: dict[str, list[Paragraph | Grid]] = field(default_factory=lambda: {question: [] for question in QUESTIONS})

    def ask(self, question: str, *parts: Paragraph | Grid) -> None:
        """Add to what a question is about."""
        self.asked[question] += parts

    def leave_out(self, parts: Iterable[Part], why: str) -> None:
        """Set parts aside."""
        for part in parts:
            if isinstance(part, Paragraph):
                self.left_out.append((part.place, part.text, part.around or why))
            elif isinstance(part, Grid):
                self.left_out.append((part.place, part.text, why))


def read(title: Title | None, parts: Sequence[Part], form: Format, names: Sequence[str] = ()) -> Outline:
    """The outline of one report; ``parts`` are what stands below its title, ``names`` the body's, where they are known."""
    into = Outline(title)
    known = [one for one in (title.name if title else "", *names) if one]
    kept: list[Part] = []
    aside: list[tuple[int, Paragraph]] = []  # what of the page stands among the text, and how many parts above it
    alone = chapters.standing_alone(parts, form)
    for part in parts:
        if isinstance(part, Paragraph) and (part.around not in {"", LINK} or is_hint(part.text)):
            into.leave_out([part], "模板的提示")
            if part.around in {"", LINK} and may_be_text(part.text):
                into.ask(HINTS, part)
            bare = replace(part, around="")
            is_of_text = ending.is_sentence(bare) or (part.around == DRAWN and _is_of_text(bare, form, known))
            aside += [(len(kept), part)] if part.around in _SEEN and is_of_text else []
        elif isinstance(part, Paragraph):
            made = chapters.parted(part, form, alone)
            if chapters.is_guessed(part, made, form):
                into.ask(PARTED, part)
            kept += made
        else:
            kept += ending.signed_in(accepted(part), known) if isinstance(part, Grid) else [part]
    marks = chapters.headings(kept, form)
    lost = chapters.without_numeral(kept, marks, form)
    into.ask(UNNUMBERED, *(part for at in lost if isinstance(part := kept[at], Paragraph)))
    marks = sorted([*marks, *lost])
    first = marks[0] if marks else ending.begin(kept, known)
    for begin, end in zip(marks, [*marks[1:], len(kept)], strict=False):
        heading = kept[begin]
        assert isinstance(heading, Paragraph)
        into.chapters.append(Chapter(heading, kept[begin + 1 : end]))
    _above(kept[:first], kept[first:], known, into)
    last = into.chapters[-1].parts if into.chapters else kept[first:]
    end = len(kept) - len(last) + _below(last, known, into)
    into.ask(ASIDE, *(part for at, part in aside if at <= end and (first < at if marks else part.around == DRAWN)))
    into.bylines = [one for one in into.bylines if not ending.is_said(one.text, known, into.values)]
    for chapter in into.chapters:
        chapter.parts = text_of(chapter.parts, chapter is into.chapters[-1], into)
    return into


def holds_tables_alone(outline: Outline) -> bool:
    """Whether nothing is there but the statutory tables, below the headings of their chapters."""
    parts = [*outline.preamble, *(part for one in outline.chapters for part in one.parts)]
    has_more = outline.attachments or outline.values
    return bool(parts) and all(isinstance(part, Table) for part in parts) and not has_more


def _is_of_text(line: Paragraph, form: Format, known: Sequence[str]) -> bool:
    """Whether a line in a box heads a chapter of the report, or signs it."""
    return bool(chapters.headings([line], form)) or signers.is_signature(line.text, known) or bool(ending.day_in(line.text))


def _above(parts: Sequence[Part], below: Sequence[Part], known: Sequence[str], into: Outline) -> None:
    """What stands between the title and the first chapter: number, date, preamble; the rest belongs to the page."""
    begin = -1 if into.title else max((at for at, part in enumerate(parts) if titles.is_like(part)), default=-1)
    headings = {tree.normalise(one.heading.text) for one in into.chapters}
    lines, is_in_contents, of_label = {*contents.lines_of(below)}, False, False
    for at, part in enumerate(parts):
        if isinstance(part, Grid) and is_about_the_page(part):
            into.leave_out([part], "页面上的文字")
            continue
        if isinstance(part, Grid) and not into.preamble and (contents.is_of_cover(part) or formlines.says_who(part)):
            into.leave_out([part], COVER)
            is_told = contents.is_table(part) or any(is_label(row[0]) for row in part.rows)
            into.bylines += [] if is_told else [Paragraph(part.text, part.place)]
            continue
        if not isinstance(part, Paragraph):
            into.preamble.append(part)
            continue
        text = part.text
        is_value = of_label and len(text) <= chapters.LONGEST and not re.search("[。：:；]", text)
        of_label = is_label(text)
        bare = text.strip("（）() 　")
        if is_value or of_label:
            into.leave_out([part], "页面上的文字")
        elif NUMBER.fullmatch(simplified(text)) and "number" not in into.values:
            into.values["number"] = text, part.place
        elif ending.day_in(bare) and "date" not in into.values:
            into.values["date"] = bare, part.place
            into.values["date_below_title"] = "是", part.place
        elif part.around or is_furniture(text) or is_pair(text, _texts([*parts[:at][-1:], *parts[at + 1 :][:1]])):
            into.leave_out([part], "页面上的文字")
        elif into.title is None and (at <= begin or _is_of_head(text)):
            is_short = _is_of_head(text) and len(text) <= chapters.LONGEST
            into.leave_out([part], SHORT if is_short else "没有标题的文件开头的文字")
            into.untitled += [] if is_short and not titles.is_like(part) else [part]
        elif into.title and not into.preamble and signers.is_byline(text, known):
            into.leave_out([part], "标题下的日期" if signers.is_month(text) else "标题下的机关名称")
            into.bylines.append(part)
        elif contents.is_line_of(text, headings, lines, is_in_contents):
            into.leave_out([part], "目录")
            is_in_contents = True
        else:
            into.preamble.append(part)


def _texts(parts: Iterable[Part]) -> list[str]:
    return [part.text for part in parts if isinstance(part, Paragraph)]


def _is_of_head(text: str) -> bool:
    """Whether a line above the text may be of a page's head: it is short, or no running text."""
    return text[-1] not in "。：:；" and (len(text) <= chapters.LONGEST or not re.search("[，,。；：:《]", text))


def _below(parts: list[Part], known: Sequence[str], into: Outline) -> int:
    """Take signature, date, editor and attachments from what stands below the last chapter's heading; where they begin."""
    cut = ending.find(parts, known)
    if "date" in cut.values and (above := into.values.pop("date_below_title", None)):
        text, _ = into.values.pop("date")
        into.left_out.append((above[1], text, "标题下的日期；落款已有日期"))
    into.values |= cut.values
    into.ask(SIGNED, *cut.others)
    into.ask(UNSIGNED, *ending.like_signatures(parts[: cut.begin], known))
    rest = parts[cut.end :]
    del parts[cut.begin :]
    attached: Chapter | None = None
    for part in rest:
        page = part if isinstance(part, Paragraph) and (part.around or is_furniture(part.text)) else None
        if isinstance(part, Paragraph) and not page and attachments.is_heading(part.text):
            attached = Chapter(part)
            into.attachments.append(attached)
        elif attached and not page:
            attached.parts.append(part)
        else:
            into.leave_out([part], "页面上的文字" if page else AFTER)
            attached = attached if attached and page and (attached.parts or is_among_text(page.text)) else None
            if isinstance(part, Grid) or (isinstance(part, Paragraph) and ending.may_be_text(part, "date" in cut.values)):
                into.ask(AROUND_SIGNATURE, part)
    for one in [one for one in into.attachments if all(map(attachments.is_name, one.parts))]:
        # What is attached does not stand here: as an official text has it, its name stands above the signature.
        into.attachments.remove(one)
        if one.parts or not ending.is_of_files(one.heading):
            into.moved += [one.heading, *(part for part in one.parts if isinstance(part, Paragraph))]
        else:
            into.leave_out([one.heading], "页面上的文字")
    parts += into.moved
    listed = attachments.list_in(parts, [one.heading.text for one in into.attachments])
    into.leave_out(parts[listed:], LISTED)
    del parts[listed:]
    return cut.begin


def text_of(parts: list[Part], is_last: bool, into: Outline) -> list[Part]:
    """The parts of a chapter without those of the page: among its text only numbers of pages and buttons.

    Below the last chapter's text the page may begin again.
    """
    end = len(parts)
    while is_last and end and _is_below(parts[end - 1]):
        end -= 1
    kept: list[Part] = []
    tables = {at for at, part in enumerate(parts) if isinstance(part, Table)}
    beside = formlines.beside([part if isinstance(part, Paragraph) else None for part in parts], tables)
    for at, part in enumerate(parts):
        if isinstance(part, Paragraph) and at in beside:
            printed, said = beside[at]
            told = replace(part, text=said)
            into.leave_out([told], "表格上下的文字")
            if has_figure(said) and not formlines.is_one(said):
                into.ask(COUNTED, told)
            kept += [replace(part, text=printed, bold=min(part.bold, len(printed)))] if printed else []
        elif isinstance(part, Grid) and formlines.says_who(part):
            into.leave_out([part], WHO)
            into.ask(MAKERS, part)
        elif isinstance(part, Paragraph) and (at >= end or (not part.mark and is_among_text(part.text))):
            into.leave_out([part], "页面上的文字")
            if at >= end and not is_of_the_text(part.text):
                into.ask(AROUND_SIGNATURE, part)
        else:
            kept.append(part)
    return kept


def _is_below(part: Part) -> bool:
    """Whether a part may belong to the page below the text: no item of a list, no note, nothing with a number."""
    if not isinstance(part, Paragraph) or part.mark or re.search("[0-9０-９]", part.text):
        return isinstance(part, Paragraph) and is_among_text(part.text)
    return is_furniture(part.text) and not reading.is_note(part.text)
