"""The runs of a paragraph of Word's: what stands around each, what it says, and what a reader sees that it does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.shown import wordsigns
from nianbao.shown.blocks import (
    BACKWARDS,
    BREAK,
    COMMENT,
    ENDNOTE,
    FIELD,
    FOOTNOTE,
    PLACEHOLDER,
    SIGN_UNKNOWN,
    Note,
    Piece,
)
from nianbao.shown.wordchanges import CAME, GONE
from nianbao.shown.wordstyles import W

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from nianbao.shown.blocks import Looks
    from nianbao.shown.wordchanges import Changes

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SKIPPED = {f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}delInstrText", f"{MC}Fallback"}
_VAL = f"{W}val"
_COMMENTED = f"{W}commentRangeStart"
_REFERENCES = {
    f"{W}commentReference": COMMENT, f"{W}footnoteReference": FOOTNOTE, f"{W}endnoteReference": ENDNOTE,
}  # fmt: skip
_RUNS, _TEXTS = {f"{W}r", f"{M}r"}, {f"{W}t", f"{M}t", f"{W}delText"}
_CHOICE = "下拉框"
_DRAWN = {f"{W}drawing", f"{W}pict", f"{MC}AlternateContent"}
PICTURES = {*_DRAWN, f"{W}object"}
# Parts of formulas that stand above or below their line, or beside a sign that is none of the text.
_RAISED = {
    **dict.fromkeys(("num", "sup", "deg", "rad", "m", "d", "nary", "acc", "bar", "groupChr", "borderBox", "limUpp"), "sup"),
    **dict.fromkeys(("eqArr", "sPre"), "sup"),
    **dict.fromkeys(("den", "sub", "lim"), "sub"),
}
# What Word makes of these when it shows them: the number of the page, a day.
_MADE = {f"{W}{name}" for name in ("pgNum", "dayShort", "monthShort", "yearShort", "dayLong", "monthLong", "yearLong")}
# What may make a part of a number a word of its own.
_LINKS = {f"{W}hyperlink", f"{W}fldSimple"}
# Fields that show nothing: marks for an index, a list of contents, values that others use.
_SILENT = {"XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "FORMCHECKBOX", "FORMDROPDOWN", "HYPERLINK"}


class Around(NamedTuple):
    """What stands around a run: a tracked change, one that deletes it, how a formula raises it, why it is in doubt.

    ``within`` is as that of `Looks`.
    """

    is_changed: bool = False
    is_gone: bool = False
    raised: str = ""
    doubt: str = ""
    within: str = ""


PLAINLY = Around()
"""What stands around a run of which nothing is to be said."""


def runs(element: Element, changes: Changes) -> Iterator[tuple[Element, Around]]:
    """The runs in an element with what stands around each; what is written on it goes into the notes of ``changes``."""
    around, notes = [(iter(element), PLAINLY)], changes.notes
    while around:
        child = next(around[-1][0], None)
        within = around[-1][1]
        if child is None:
            around.pop()
        elif child.tag == _COMMENTED:
            notes.append(Note(COMMENT, "", child.get(f"{W}id", "")))
        elif child.tag in GONE or child.tag in CAME:
            changes.add(child, within.is_changed)
            around.append((iter(child), within._replace(is_changed=True, is_gone=within.is_gone or child.tag in GONE)))
        elif child.tag in _RUNS:
            for one in child:
                if one.tag in _REFERENCES:
                    notes.append(Note(_REFERENCES[one.tag], "", one.get(f"{W}id", "")))
            yield child, within
        elif child.tag == f"{W}fldSimple" and not plain(child) and _is_shown(child.get(f"{W}instr", "")):
            yield child, within._replace(doubt=FIELD)
        elif child.tag not in SKIPPED:
            is_turned = child.tag == f"{W}bdo" and child.get(_VAL) == "rtl"
            doubt = BACKWARDS if is_turned else within.doubt
            raised, inside = _raised(child) or within.raised, within.within + _named(child)
            around.append((iter(child), within._replace(raised=raised, doubt=doubt, within=inside)))


def plain(element: Element) -> str:
    """All text below an element, deleted text too."""
    return "".join(one.text or "" for one in element.iter() if one.tag in {f"{W}t", f"{W}delText"})


def placeholders(body: Element) -> set[Element]:
    """The runs that stand in for what nobody has typed yet into a content control."""
    controls = [one for one in body.iter(f"{W}sdt") if one.find(f"{W}sdtPr/{W}showingPlcHdr") is not None]
    return {run for one in controls for run in one.iter(f"{W}r")}


def _raised(element: Element) -> str:
    """How a part of a formula stands, or ''."""
    return _RAISED.get(element.tag.removeprefix(M), "") if element.tag.startswith(M) else ""


def _named(element: Element) -> str:
    """What tells a link or a field from another one; '' of anything else."""
    return " ".join(element.attrib.values()) if element.tag in _LINKS else ""


def _is_shown(code: str) -> bool:
    """Whether a field shows something, by its code."""
    words = code.split()
    return bool(words) and words[0].upper() not in _SILENT


class Words:
    """Tells the words of runs, one run after the other, and knows the fields that have begun and not ended."""

    def __init__(self, body: Element) -> None:
        self.placeholders = placeholders(body)
        self.open: list[tuple[list[str], bool]] = []  # of each field its code, and whether its result has begun

    def begin(self) -> None:
        """Begin a paragraph: a result may go on in it, the code of a field does not."""
        self.open = [(code, has_result) for code, has_result in self.open if has_result]

    def of(self, run: Element, looks: Looks) -> Iterator[Piece]:
        """The words of a run; what is read above others is raised, what stands in the code of a field is in doubt."""
        if run in self.placeholders:
            looks = looks._replace(doubt=looks.doubt or PLACEHOLDER)
        for child in run:
            if child.tag == f"{W}fldChar":
                yield from self._field(child, looks)
            elif child.tag == f"{W}instrText" and self.open:
                self.open[-1][0].append(child.text or "")
            elif not self.open:
                yield from self._pieces(child, looks)
            elif all(has_result or not code for code, has_result in self.open):
                codes = "".join("".join(code) for code, _ in self.open)
                yield from self._pieces(child, looks._replace(within=looks.within + codes))
            else:
                yield from self._pieces(child, looks._replace(doubt=looks.doubt or FIELD))

    def _field(self, mark: Element, looks: Looks) -> Iterator[Piece]:
        """What is shown for a field that Word makes the words of when it shows the document."""
        kind = mark.get(f"{W}fldCharType")
        if mark.find(f"{W}ffData/{W}ddList") is not None:
            yield Piece("", looks._replace(doubt=_CHOICE))
        if kind == "begin":
            self.open.append(([], False))
        elif self.open and kind in {"separate", "end"}:
            code, has_result = self.open.pop()
            if kind == "separate":
                self.open.append((code, True))
            elif not has_result and _is_shown("".join(code)):
                yield Piece("", looks._replace(doubt=FIELD))

    def _pieces(self, child: Element, looks: Looks) -> Iterator[Piece]:
        if child.tag in _TEXTS:
            yield Piece((child.text or "").replace("\n", " "), looks)
        elif child.tag in {f"{W}tab", f"{W}ptab"}:
            yield Piece("\t", looks)
        elif child.tag in {f"{W}br", f"{W}cr"}:
            yield BREAK
        elif child.tag == f"{W}noBreakHyphen":
            yield Piece("-", looks)
        elif child.tag == f"{W}sym":
            sign = wordsigns.character(child.get(f"{W}font", ""), child.get(f"{W}char", ""))
            yield Piece(sign, looks) if sign else Piece("□", looks._replace(doubt=looks.doubt or SIGN_UNKNOWN))
        elif child.tag in _MADE:
            yield Piece("", looks._replace(doubt=FIELD))
        elif child.tag == f"{W}ruby":
            for part, look in ((f"{W}rubyBase", looks), (f"{W}rt", looks._replace(raised="sup"))):
                for inner in child.iterfind(f"{part}/{W}r"):
                    yield from self.of(inner, look)


def boxes(run: Element) -> list[Element]:
    """The text boxes that hang on a run, without what stands in for them in old programs."""
    if not any(one.tag in _DRAWN for one in run):
        return []
    instead = {box for fallback in run.iter(f"{MC}Fallback") for box in fallback.iter(f"{W}txbxContent")}
    return [box for box in run.iter(f"{W}txbxContent") if box not in instead]
