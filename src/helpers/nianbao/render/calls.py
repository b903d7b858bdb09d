"""What Typst is told of the pages of a Chinese report, in the HTML that pandoc gets: calls of the functions of report.typ.

An element stands for each call, or for its end: report.lua turns it into that. A statutory table, any other table and a note
say in an attribute what their function is given.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from nianbao.render import stack
from nianbao.render.pagination import PAGE
from nianbao.render.sheets import AT_END, OVER, planned
from nianbao.render.stack import noted_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.render.fits import Fits
    from nianbao.render.pagination import Choice
    from nianbao.render.sheets import Sheets
    from nianbao.render.stack import Entry
    from nianbao.render.statutory import Form

_LINES = re.compile(' data-lines="[^"]*"')
_AT = {AT_END: 'at: "end"', OVER: 'at: "over"'}


def told(body: str, forms: Mapping[str, Form], found: Mapping[int, int]) -> str:
    """A page's body, in which `ends.told` says where lines end, with what is chosen for its pages.

    ``found`` are the lines below which Typst has found some tables, by their marks.
    """
    entries = stack.of(body, forms)
    calls = _Calls(body, planned(entries, found))
    made, done = list[str](), 0
    for entry in entries:
        if entry.begin >= done:  # no note that stands with its picture
            made += [body[done : entry.begin], calls.made(entry)]
            done = entry.end
            if entry.note and calls.is_taken(entry):
                made.append(body[done : entry.note.begin])
                done = entry.note.end
    return "".join(made) + body[done:]


class _Calls:
    """The HTML of what stands on the pages, with what is chosen for it."""

    def __init__(self, body: str, sheets: Sheets) -> None:
        self.body, self.sheets = body, sheets
        choices = zip(sheets.pages.choices(), sheets.pages.starts, strict=True)
        self.choices: dict[Entry, tuple[Choice | None, int]] = dict(zip(sheets.chosen, choices, strict=True))
        self.ending = {
            one.above for one in sheets.entries if one.above and (one.kind == "picture" or one in sheets.asked)
        }  # of these Typst has to know where they end
        self.last = {one.risers[-1] for one in sheets.entries if one.risers}
        self.notes = {one.note: one for one in sheets.entries if one.note}

    def made(self, entry: Entry) -> str:
        """One entry."""
        html = self.body[entry.begin : entry.end]
        if entry.kind == "text":
            return self._text(entry, html)
        if entry.form:
            return _LINES.sub(f' data-lines="{self._form(entry, entry.form.fits)}"', html)
        if entry.kind == "picture":
            return self._picture(entry, html)
        if entry.kind == "own":
            given = f"kept: {_said(entry.is_kept and entry.rows > 0)}, rows: {entry.rows}, "
            given += f"named: {_said(entry.is_named)}, " if entry.is_long else ""
            return _given(html, f"{given}beside: {self.sheets.ahead[entry]}, below: {entry.below}")
        return _given(html, self._note(self.notes[entry])) if entry in self.notes else html

    def is_taken(self, picture: Entry) -> bool:
        """Whether the note of a picture stands with it wherever it stands."""
        return picture.kind == "picture" and bool(picture.risers or picture.is_followed)

    def _note(self, above: Entry) -> str:
        """How a note stands below a table or a picture."""
        if above.form:
            choice, _ = self.choices[above]
            how = choice[2] if choice and not choice[1] else 0
            return _AT.get(how, "")
        if above.kind == "picture":
            return "lone: true"
        return 'at: "rows", inset: true' if above.is_long else "inset: true"

    def _text(self, entry: Entry, html: str) -> str:
        """A paragraph, with whatever its last lines stay with; perhaps its first two stay together."""
        choice, _ = self.choices.get(entry, (None, 0))
        is_whole = entry in self.choices and not (choice and choice[0])
        lines, first, before = entry.lines or 0, "", ""
        if entry.is_closing and lines == 3 and not entry.is_item:
            first, before = _span("#led;"), f"#closing({_said(entry.is_headed)})["
        elif lines > 1 and (entry.is_kept or entry.is_closing):
            before = "#undivided[" if lines < 4 or is_whole else "#unwidowed["
        elif is_whole:
            before = "#unorphaned["
        last = _span("#text-end;") if entry in self.ending else ""
        last += _span(f"#stay({entry.behind});") if entry.behind else ""
        calls = ["]" if before else "", f"#back({entry.behind})" if entry.behind else ""]
        calls.append("#place.flush()" if entry in self.last else "")  # no picture goes on behind text of which it is none
        after = "".join(_call(one) for one in calls if one)
        if not (before or last or after):
            return html
        tag, _, text = html.partition(">")
        if tag.startswith("<li"):
            return f"{tag}>{_call(before)}<p>{text}{last}</p>{after}"
        return f"{_call(before)}{tag}>{first}{text.removesuffix('</p>')}{last}</p>{after}"

    def _picture(self, entry: Entry, html: str) -> str:
        """A picture, in a row with those right above and below it; with its note where other pictures or text go by it."""
        number = str(entry.begin) if entry.risers else "none"
        given = f"(kept: {_said(entry.is_kept)}, beside: {self.sheets.ahead[entry]}, below: {entry.below}, "
        given += f"several: {_said(entry.is_several)}, behind: {number}, note: "
        before = "" if entry.is_next else f"#apart(fit: {_said(entry.above is not None)}, "
        if entry.note and self.is_taken(entry):
            note = self.body[entry.note.begin : entry.note.end]
            opened = _call(f"{before}{given}[") + _given(note, self._note(entry)) + _call("], body: [")
        else:
            opened = _call(f"{before}{given}none, body: [")
        if html.startswith("<figure"):
            shown = html.replace("<figure", '<figure data-placed="1"', 1)
        else:
            shown = html.replace(">", '><span data-placed="1"></span>', 1)
        return opened + shown + _call("])," if entry.is_followed else "]))")

    def _form(self, entry: Entry, fits: Fits | None) -> str:
        """How a statutory table is shown: so many lines of its page, or from one of them on."""
        if not fits:
            return "0"
        mark = f", mark: {entry.begin}" if entry in self.sheets.asked and entry.above else ""
        return self._fitted(entry, fits) + mark

    def _fitted(self, entry: Entry, fits: Fits) -> str:
        choice, start = self.choices[entry]
        ahead = self.sheets.ahead[entry]
        lines, number, how = choice or (fits.easiest, 0, 0)
        if choice and number < 0:
            return f"{lines}, space: {fits.rests[lines][how][2]:.1f}"
        if choice and number:
            count, _, row, _, other, _ = fits.parted[number - 1]
            return f"{lines}, parts: ({count}, {row:.3f}pt, {other:.3f}pt, {PAGE - start - ahead - lines})"
        notes = noted_lines(entry.note.rows) if entry.note else 0
        told = f"{lines}, noted: true" if notes else f"{lines}"
        is_moved = choice and start + ahead + fits.least + notes <= PAGE < start + ahead + lines + notes
        if entry not in self.sheets.unsure or not entry.above or is_moved:
            return told
        top = self.sheets.top(entry)
        return f"{told}, fit: (least: {fits.least}, fresh: {top}, around: {ahead + notes})"


def _said(is_so: bool) -> str:
    return "true" if is_so else "false"


def _given(html: str, given: str) -> str:
    """An element whose function is given something."""
    return html.replace(">", f' data-given="{escape(given)}">', 1) if given else html


def _call(call: str) -> str:
    """A call, or its end, between paragraphs."""
    return f'<div data-call="{escape(call)}"></div>' if call else ""


def _span(call: str) -> str:
    """A call in a paragraph."""
    return f'<span data-call="{call}"></span>'
