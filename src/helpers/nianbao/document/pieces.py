"""The pieces of a report as a notebook shows them: title, preamble, chapters, signature."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from nianbao import reading, titles
from nianbao.bundle import PIECE, for_notebook
from nianbao.document import tables
from nianbao.inputs.report import DATE, SIGNATURE
from nianbao.narrative import attached
from nianbao.notes import with_notes
from nianbao.reading import Unknown
from nianbao.wording import UNKNOWN, day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage
    from nianbao.statute.tree import Table

_MANY = 12  # attachments of which the list stands on one page with the signature
_EDITOR = re.compile(r"责任编辑\s*[:：]")


@dataclass(frozen=True, slots=True)
class Shown:
    """Pieces of the report on display: HTML as it will be published, each inside ``<div class="report">``."""

    pieces: tuple[str, ...]

    @property
    def html(self) -> str:
        """The pieces' HTML, without the ``<div>`` around each."""
        return "\n".join(self.pieces)

    def _repr_html_(self) -> str:
        return "\n".join(f'<div class="report">{for_notebook(html)}</div>' for html in self.pieces)

    def __repr__(self) -> str:
        return PIECE if self.pieces else ""

    def __add__(self, other: Shown) -> Shown:
        return Shown(self.pieces + other.pieces)


NOTHING = Shown(())


def shown(html: str) -> Shown:
    """One piece; `NOTHING` when its HTML is empty."""
    return Shown((html,)) if html else NOTHING


def title(report: Report, narrative: Narrative) -> Shown:
    """The title, in parts that stay together: the bureau's name, then the rest; below it number and date."""
    name, text = report.bureau.name, narrative.title
    parts = titles.parts(name, text.removeprefix(name)) if text.startswith(name) else titles.parts(text, "")
    lines = f"<p>{_text(report.params.number)}</p>" if report.params.number else ""
    lines += f'<p class="day">（{_date(report)}）</p>' if report.params.date_below_title else ""
    return shown(f"<h1>{titles.in_html(parts)}</h1>" + (f'\n<div class="below-title">{lines}</div>' if lines else ""))


def text(passage: Passage) -> Shown:
    """Heading and text of one passage without its tables."""
    return shown(_heading(passage) + "".join(html for _, html in placed(passage)))


def placed(one: Passage) -> Iterator[tuple[str, str]]:
    """The pieces of a passage: (table id, "") or ("", HTML), which begins below a table with the notes of this."""
    below = False
    for table_id, html in one.pieces:
        yield table_id, with_notes(html) if below and html else html
        below = bool(table_id)


def passage(report: Report, one: Passage) -> Shown:
    """Heading, text and tables of one passage in their order."""
    made, html = NOTHING, _heading(one)
    for table_id, piece in placed(one):
        if not table_id:
            html += piece
            continue
        made += shown(html) + table(report, report.format.tables[table_id])
        html = ""
    return made + shown(html)


def table(report: Report, one: Table) -> Shown:
    """A table with the notes below it."""
    asides = "".join(f"<p>{escape(aside.text)}</p>" for aside in report.asides.get(one.id, ()) if aside.printed)
    return shown(tables.to_html(report, one) + (f'<div class="note">{asides}</div>' if asides else ""))


def _heading(one: Passage) -> str:
    """A heading; that of an attachment has its title in parts, as a report's has."""
    if (label := attached.label_of(one.heading)) and label.title:
        return f"<h2>{escape(label.mark)}{titles.in_html(titles.parts(label.title, ''))}</h2>\n"
    return f"<h2>{escape(one.heading)}</h2>\n" if one.heading else ""


def attachments(report: Report, narrative: Narrative) -> Shown:
    """The attachments, each of them on a page of its own on paper."""
    made = NOTHING
    for one in narrative.attachments:
        first, *rest = passage(report, one).pieces
        made += Shown((f'<div class="attachment">{first}</div>', *rest))
    return made


def listed(narrative: Narrative) -> str:
    """The list of attachments (附件说明) as HTML; '' where there is none to be printed. Source: GB/T 9704-2012, 7.3.4.

    The one that a bureau has typed at the end of the text is printed as it names them. There is none where no attachment has
    a name, and where the bureau has typed one in the text.
    """
    headings = [one.heading for one in narrative.attachments]
    names, numbers = [*map(attached.name_of, headings)], attached.numbers(headings)
    if narrative.listed:
        names = [name for _, name in narrative.listed]
        numbers = [number or at for at, (number, _) in enumerate(narrative.listed, 1)]
    elif any([*attached.lists(one.markdown, {*names})] for one in narrative.sections) or all(
        map(attached.is_unnamed, headings)
    ):
        return ""
    names = [*map(escape, names)]
    if len(names) > 1:
        names = [f'<span class="number">{number}. </span>{name}' for number, name in zip(numbers, names, strict=True)]
    lines = "\n".join(f"<p>{'附件：' if at == 0 else ''}{name}</p>" for at, name in enumerate(names))
    return f'<div class="attached">{lines}</div>'


def ending(report: Report, narrative: Narrative) -> Shown:
    """What stands below the text: the list of attachments, and on the same page signature, date and editor."""
    above, below = shown(listed(narrative)), signature(report)
    return shown(above.html + below.html) if len(narrative.attachments) <= _MANY else above + below


def signature(report: Report) -> Shown:
    """Signature, date and responsible editor; what the bureau accepts to be missing is left out."""
    typed, accepted = report.params, {one.place for one in report.params.accepted if one.code == "E101"}
    lines: list[str] = []
    if typed.signature or not accepted & {SIGNATURE, ""}:
        signed = typed.signature or "（落款未填）"
        lines += [_text(signed)] if isinstance(signed, Unknown) else map(escape, titles.signed(signed))
    if not typed.date_below_title and (typed.date or not accepted & {DATE, ""}):
        lines.append(_date(report))
    html = _signed(lines)
    if typed.editor:
        editor = _text(typed.editor)
        # An editor's line that brings its own words keeps them, with their colon.
        said = editor if _EDITOR.match(editor) else f"责任编辑：{editor}"
        html += f'<div class="editor"><p>{said}</p></div>'
    return shown(html)


def sign(name: str, date: datetime.date | str) -> Shown:
    """What stands below the text of a notebook of one's own, as below a report's: who signs it, and the day.

    Parameters
    ----------
    name : str
        An authority, or several with 、 between them or on lines of their own, which stand one below the other.
    date : datetime.date or str
        The day, or a text of it in any usual form: ``2025-10-15``, ``2025年10月15日``.

    Raises
    ------
    ValueError
        When the name is blank or no text, or the date is no day.
    """
    if not isinstance(name, str) or not any(map(str.isalnum, name)):
        raise ValueError("落款是空的，或者不是文字：写明署名的机关，几个机关之间用“、”")
    if not isinstance(date, (str, datetime.date)):
        raise ValueError(f"“{date}”不是日期：成文日期写成 2025-10-15 或 2025年10月15日")
    try:
        signed_on = reading.day(date) if isinstance(date, str) else date
    except ValueError as error:
        raise ValueError(f"“{date}”{error}：成文日期写成 2025-10-15 或 2025年10月15日") from None
    typed = [one.strip().strip("、") for one in name.splitlines()]
    names = [escape(line) for one in typed if one for line in titles.signed(one)]
    return shown(_signed([*names, day(signed_on)]))


def _signed(lines: Sequence[str]) -> str:
    return f'<div class="signature">{"".join(f"<p>{line}</p>" for line in lines)}</div>' if lines else ""


def whole(report: Report, narrative: Narrative) -> Shown:
    """All of a report, in printed order."""
    made = sum((passage(report, one) for one in (narrative.preamble, *narrative.sections)), title(report, narrative))
    return made + ending(report, narrative) + attachments(report, narrative)


def _date(report: Report) -> str:
    return (
        _text(report.params.date)
        if isinstance(report.params.date, Unknown)
        else day(report.date)
        if report.date
        else "（日期未填）"
    )


def _text(value: str | Unknown) -> str:
    """A text as HTML; 未知 where it is unknown."""
    return UNKNOWN if isinstance(value, Unknown) else escape(value)
