"""What stands on the sheets, and in the files, of tables beside the text → the chapters of these tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.importing import around, ending, outline
from nianbao.importing.flow import Grid, Paragraph
from nianbao.importing.furniture import has_figure, is_guide, is_hint
from nianbao.importing.workbooks import sheets
from nianbao.inputs.layout import is_caption
from nianbao.narrative.headings import by_words, heading_of
from nianbao.reading import is_note
from nianbao.statute import tree
from nianbao.wording import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.importing.outline import Outline, Part, Table
    from nianbao.statute.formats import Format, Section

_CAPTION, AROUND = "表题，印表时自动带上", "表格上下的文字"
_SHORT = 6  # characters of a line that ends with a colon and is a label
ASKED = "法定表格所在的工作表或文件里，表格上下的下列内容没有取用：是正文的，补进 narrative.md"


def put(into: Outline, streams: Iterable[Sequence[Part]], form: Format) -> list[str]:
    """Put each table, with the notes, sentences and tables beside it, at the end of its chapter.

    Other lines are left out. The kit prints a table whose chapter the report does not have by itself.

    Returns
    -------
    list of str
        What was left out and may be text.
    """
    asked: list[str] = []
    for stream in streams:
        if not any(isinstance(one, outline.Table) for one in stream):
            asked += _leave_out(stream, into)
            continue
        told: dict[Section, list[Part]] = {}
        for section, part in _by_section(stream, form, into):
            told.setdefault(section, []).append(part)
        for section, parts in told.items():
            asked += _put(into, section, parts, form)
    return asked


def _by_section(stream: Sequence[Part], form: Format, into: Outline) -> Iterable[tuple[Section, Part]]:
    """Each part with the chapter of its table: that above, or that below for what stands above and no note of the former."""
    tables = [(at, part) for at, part in enumerate(stream) if isinstance(part, outline.Table)]
    is_below = False  # 填表说明：
    for at, part in enumerate(stream):
        is_below = isinstance(part, Paragraph) and (is_below or is_guide(part.text))
        above = [one for place, one in tables if place <= at]
        below = [one for place, one in tables if place > at]
        if is_below:
            into.leave_out([part], sheets.GUIDE)
        elif isinstance(part, Paragraph) and (part.around or is_hint(part.text)):
            into.leave_out([part], "模板的提示")
        elif isinstance(part, Paragraph) and any(_is_caption(part.text, one, form) for _, one in tables):
            into.leave_out([part], _CAPTION)
        else:
            is_of_above = isinstance(part, outline.Table) or not below or _is_said_of(part, stream[at + 1 :])
            yield _section((above[-1:] if above and is_of_above else below or above)[0], form), part


def _is_said_of(part: Part, behind: Sequence[Part]) -> bool:
    """Whether what stands between two tables speaks of the one above."""
    if isinstance(part, Paragraph):
        return around.is_said_below(part.text) or (bool(behind) and isinstance(behind[0], Grid))
    return True


def _section(table: Table, form: Format) -> Section:
    return next(one for one in form.sections if one.table == table.id)


def _is_caption(text: str, table: Table, form: Format) -> bool:
    """Whether a line is the caption of a table, or the heading of its chapter, with what stands before and behind a name."""
    caption, section = form.tables[table.id].caption, _section(table, form)
    heading = heading_of(0, 0, text)
    is_named = heading.numeral != "" and section in by_words(heading, form) and not ending.is_sentence(Paragraph(text, ""))
    tight = tree.normalise(text)
    return is_named or is_caption(text, tree.normalise(caption)) or tight == tree.normalise(form.tables[table.id].name)


def _put(into: Outline, section: Section, parts: Sequence[Part], form: Format) -> list[str]:
    """Put some parts into a chapter, which is made where they are more than its table; returns what may be text too."""
    kept: list[Part] = []
    left: list[Part] = []
    for part, below in zip(parts, [*parts[1:], None], strict=True):
        if not isinstance(part, outline.Table) and _is_line(part) and not isinstance(below, Grid):
            left.append(part)
        else:
            kept.append(part)
    asked = _leave_out(left, into)
    chapter = next((one for one in into.chapters if _is_of(one.heading.text, section, form)), None)
    if chapter is None and any(not isinstance(part, outline.Table) for part in kept):
        numerals = [heading_of(0, 0, one.heading.text).numeral for one in into.chapters]
        if section.numeral in numerals:
            return asked + _leave_out(kept, into)
        number = NUMERALS.index(section.numeral)
        at = next((at for at, one in enumerate(numerals) if one in NUMERALS and NUMERALS.index(one) > number), len(numerals))
        chapter = outline.Chapter(Paragraph(section.heading, parts[0].place))
        into.chapters.insert(at, chapter)
    if chapter:
        chapter.parts += outline.text_of(kept, False, into)
    return asked


def _is_line(part: Paragraph | Grid) -> bool:
    """Whether a part is a line that is no text: neither a sentence nor a note; a row of cells without a figure too."""
    if isinstance(part, Grid):
        return len(part.rows) == 1 and not has_figure(part.text)
    return not (ending.is_sentence(part) or is_note(part.text) or (part.text[-1] in "：:；" and len(part.text) > _SHORT))


def _leave_out(parts: Iterable[Part], into: Outline) -> list[str]:
    """List what stands beside tables; returns what may be text: tables, sentences, figures that are no day."""
    told = [one for one in parts if not isinstance(one, outline.Table)]
    into.leave_out(told, AROUND)
    return [f"{one.place}：{one.text}" for one in told if _may_be_text(one)]


def _may_be_text(part: Paragraph | Grid) -> bool:
    if isinstance(part, Paragraph) and part.around:
        return False
    return not _is_line(part) or (has_figure(part.text) and not ending.day_in(part.text))


def _is_of(heading: str, section: Section, form: Format) -> bool:
    return section in by_words(heading_of(0, 0, heading), form)
