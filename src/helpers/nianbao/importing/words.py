"""The words of a paragraph as a reader sees them: white space as a browser shows it, struck and hidden ones set aside."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from nianbao.inputs import cells
from nianbao.shown.blocks import ADDED, MOVED, PICTURE, UNSAID, WRITTEN, Piece
from nianbao.shown.wordinks import SIGNS, UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BLANK = re.compile("[ \t\r\n\f]+")
_EDGE = " \t\r\n\f\u3000\u00a0\u2002\u2003\u2009\ufeff\u200b"
_WIDE = {"W", "F"}
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]*[”）]*")
_DIGIT = re.compile(r"\d")
STRUCK, RAISED = "删去的文字", "上标、下标或注音"
_SIZED, _PARTED = "大小不一的数字", "一部分是链接、插入或域的数"
_NUMBER = re.compile(r"\d(?:[\d\s,，.．]*\d)?")
_ALIKE = 0.95  # of a size; nobody sees that less is another one
_IN_CELL = "格里有{}"
_WORDS = re.compile("[\u4e00-\u9fff]")
_WORD = 4  # characters of 不适用, 无, — at most
_NEAR = 8  # characters on either side that are told of what is asked about
_LONGEST = 200  # of what is asked about


class Said(NamedTuple):
    """What the pieces of a paragraph say.

    Parameters
    ----------
    bold : int
        How many of its first characters are in bold type.
    is_link : bool
        Whether all of it is a link.
    is_tagged : bool
        Whether ``<sup>`` and ``<sub>`` in it are tags, around what is raised or lowered.
    aside : tuple of (str, str)
        The words that are none of the text, and why: struck, hidden …
    doubts : tuple of (str, str)
        What stands beside digits and would make other numbers of them, in 【】 between the words around it.
    """

    text: str
    bold: int = 0
    is_link: bool = False
    is_tagged: bool = False
    aside: tuple[tuple[str, str], ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()


def is_wide(char: str) -> bool:
    """Whether a character is Chinese script or full-width punctuation."""
    return unicodedata.east_asian_width(char) in _WIDE or char in "“”‘’…—·"


def said(pieces: Sequence[Piece]) -> Said:
    """What the pieces of a paragraph say."""
    aside = [(one_line(text), why) for text, why in _aside(pieces)]
    kept = [one for one in pieces if not _why_not(one)]
    is_tagged = any(one.looks.raised and one.text.strip(_EDGE) for one in kept) and not any("<" in one.text for one in kept)
    written = list(_tagged(kept)) if is_tagged else kept
    bold = [flag for text, looks in written for flag in [looks.bold] * len(text)]
    links = [one.looks.link for one in kept if one.text.strip(_EDGE)]
    text, bold = _collapsed("".join(one.text for one in written), bold)
    begin, end = len(text) - len(text.lstrip(_EDGE)), len(text.rstrip(_EDGE))
    text, bold = text[begin:end], bold[begin:end]
    leading = next((at for at, is_bold in enumerate(bold) if not is_bold), len(text))
    doubts = tuple(_doubts(pieces))
    return Said(text, leading, bool(links) and all(links), is_tagged, tuple(one for one in aside if one[0]), doubts)


def in_cell(pieces: Sequence[Piece]) -> tuple[str, tuple[str, ...], str]:
    """What a cell says.

    Returns
    -------
    str
        Its text in one line.
    tuple of str
        Why that may not be taken as it stands: a reader sees another figure.
    str
        Why its words may be none of a label: they are struck, or nobody sees them. '' where they are seen.
    """
    text = one_line("".join(one.text for one in pieces if not one.looks.around))
    seen = [one for one in pieces if one.text.strip() and not one.looks.around]
    is_struck = any(one.looks.struck for one in seen)
    doubts = {STRUCK: is_struck, RAISED: any(one.looks.raised for one in seen)}
    doubts |= {one.looks.around: True for one in pieces if one.looks.around and _DIGIT.search(one.text)}
    shown = (one for one in pieces if one.looks.doubt and not one.looks.around)
    doubts |= {one.looks.doubt: True for one in shown if _DIGIT.search(one.text or text) or _is_all(one, text)}
    doubts |= dict.fromkeys(() if any(doubts.values()) else _uneven(seen), True)
    unseen = next(filter(None, (_unseen_in(one, text) for one in pieces if one.text.strip(_EDGE))), "")
    words = one_line("".join(one.text for one in pieces))
    mark = cells.UNSEEN.format(text=words, why=unseen) if unseen and _WORDS.search(words) else ""
    mark = mark or (_IN_CELL.format(STRUCK) if is_struck else "")
    return text, tuple(_IN_CELL.format(why) for why, is_so in doubts.items() if is_so), mark


def _uneven(pieces: Sequence[Piece]) -> set[str]:
    """How the digits of one number differ: the last ones may be the mark of a footnote."""
    if len({(one.looks.size, one.looks.within) for one in pieces if _DIGIT.search(one.text)}) < 2:
        return set()
    whole = "".join(one.text for one in pieces)
    looks = [one.looks for one in pieces for _ in one.text]
    found: set[str] = set()
    for number in _NUMBER.finditer(whole):
        digits = [looks[at] for at in range(*number.span()) if whole[at].isdigit()]
        sizes = [one.size for one in digits]
        found |= {_SIZED} if min(sizes) < max(sizes) * _ALIKE else set()
        found |= {_PARTED} if len({one.within for one in digits}) > 1 else set()
    return found


def _unseen_in(piece: Piece, text: str) -> str:
    """Why nobody sees the words of a piece, where they are all of a cell's, or stand among its text; '' where they are."""
    looks = piece.looks
    return (looks.around if not text else "") or (looks.doubt if looks.doubt in UNSEEN else "")


def sentence_at(text: str, at: int, said: str = "") -> str:
    """The sentence of a text in which a place lies, in one line; where it stands in what is ``said``, the one before it."""
    found = [one for one in _SENTENCE.finditer(text) if one[0].strip()]
    number = next((number for number, one in enumerate(found) if at < one.end()), len(found) - 1)
    shown = [one_line(one[0]) for one in found[max(number - 1, 0) : number + 1]]
    return next((one for one in reversed(shown) if one not in said), "")


def one_line(text: str) -> str:
    """A text as one line: a line end beside a wide character, or at an edge, is nothing, any other white space a blank."""
    return _collapsed(text, [False] * len(text))[0].strip(_EDGE)


def _why_not(piece: Piece) -> str:
    return piece.looks.around or (STRUCK if piece.looks.struck else "")


def _aside(pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    for why, some in groupby(pieces, key=_why_not):
        if why:
            yield "".join(one.text for one in some), why


def _tagged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for raised, some in groupby(pieces, key=lambda one: one.looks.raised):
        together = list(some)
        if raised and "".join(one.text for one in together).strip(_EDGE):
            looks = together[0].looks
            yield from (Piece(f"<{raised}>", looks), *together, Piece(f"</{raised}>", looks))
        else:
            yield from together


def _doubts(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """What is struck or raised and holds digits, or stands beside one; a number that is no text of the file."""
    yield from _unseen(pieces)
    shown = [one for one in pieces if not one.looks.around and (one.text or one.looks.doubt in UNSAID)]
    whole, at = "".join(one.text for one in shown), 0
    for what, some in groupby(shown, key=_doubt_of):
        text = "".join(one.text for one in some)
        near = one_line(whole[max(at - _NEAR, 0) : at]), one_line(whole[at + len(text) : at + len(text) + _NEAR])
        beside = near[0][-1:] + near[1][:1]
        # What a page moves to an edge, as the dates of a list, is as it says, where no other figure stands beside it.
        read = beside if what == MOVED else text if what not in {STRUCK, RAISED} else beside + text
        is_shown = what and text.strip() and _DIGIT.search(text if what == MOVED else read) and _DIGIT.search(read)
        if is_shown or what in UNSAID or (what == SIGNS and any(map(_is_of_signs, text))):
            yield what, f"{near[0]}【{text.strip()[:_LONGEST]}】{near[1]}"
        at += len(text)


def _unseen(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """The words that nobody sees and that begin or end with a digit beside one that is seen, with those around them."""
    whole, at = "".join(one.text for one in pieces), 0
    for why, some in groupby(pieces, key=lambda one: one.looks.around):
        text = "".join(one.text for one in some)
        before, after = whole[max(at - _NEAR, 0) : at], whole[at + len(text) : at + len(text) + _NEAR]
        meets = (before[-1:] + text.strip()[:1], text.strip()[-1:] + after[:1])
        if why and any(len(pair) > 1 and pair.isdigit() for pair in meets):
            yield why, f"{one_line(before)}【{one_line(text)}】{one_line(after)}"
        at += len(text)


def _is_of_signs(char: str) -> bool:
    """Whether a font of signs may show another one for a character: Chinese ones come from another font."""
    return not char.isspace() and not is_wide(char)


def _is_all(piece: Piece, text: str) -> bool:
    """Whether a cell without digits, blank or with a word as 无, shows what stands elsewhere."""
    return len(text) <= _WORD and piece.looks.doubt in {ADDED, WRITTEN, *UNSAID}


def _doubt_of(piece: Piece) -> str:
    looks = piece.looks
    return STRUCK if looks.struck else RAISED if looks.raised else "" if looks.doubt == PICTURE else looks.doubt


def _collapsed(text: str, bold: list[bool]) -> tuple[str, list[bool]]:
    made: list[str] = []
    kept: list[bool] = []
    at = 0
    for blank in _BLANK.finditer(text):
        made.append(text[at : blank.start()])
        kept += bold[at : blank.start()]
        at = blank.end()
        before, after = text[blank.start() - 1 : blank.start()], text[at : at + 1]
        is_break = "\n" in blank.group() and (not before or not after or is_wide(before) or is_wide(after))
        if not is_break:
            made.append(" ")
            kept.append(bold[blank.start()])
    return "".join((*made, text[at:])), [*kept, *bold[at:]]
