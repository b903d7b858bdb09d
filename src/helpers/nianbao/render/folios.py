"""The pages of a report where a browser prints them, played through: 22 lines each, where they end, and what fills them.

A browser breaks the pages itself, and has no table that is as tall as its page has room. Here each paragraph is told where
its lines and its pages end, and each table and picture how many lines it takes, so that the text below is on the grid.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, takewhile
from math import ceil
from typing import TYPE_CHECKING

from nianbao.names import is_placed
from nianbao.render import columns, headings, mathwidths
from nianbao.render.broken import KEPT, Broken, ended, in_lines
from nianbao.render.clean import on_screen
from nianbao.render.columns import Own
from nianbao.render.forms import Printed
from nianbao.render.frames import TABLE, with_style
from nianbao.render.lines import leads, lines_of
from nianbao.render.measures import PICTURE, Picture, plain, printed_lines
from nianbao.render.pagination import CHARACTERS, HEADED, INDENT, NOTE_LINE, PAGE, Choice, Pages, evened
from nianbao.render.wide import BOX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

# What an own table on two pages costs, a page filled to its last line, and a heading with a single line at the end of one.
_PARTED, _TIGHT, _ALONE = 24, 6, 8
_TOKEN = re.compile(
    r'<div class="(?P<box>note|signature|editor|below-title|attached)">(?P<inside>.*?)</div>'
    r'|<div class="(?P<begin>attachment)">'
    r"|<blockquote>(?P<quote>(?:\s*<p>[^<]*(?:<(?!/?(?:p|blockquote)\b)[^<]*)*</p>)+)\s*</blockquote>"
    rf"|{BOX.pattern}(?=<div hidden )"  # what is parted on paper
    rf'|(?P<own>(?P<around><div (?:hidden )?class="scroll">)(?P<table>{TABLE.pattern}))</div>'
    rf'|(?P<statutory><div class="scroll (?P<kind>kept|dense)">(?P<form>(?=<table class="statutory"){TABLE.pattern}))'
    rf"|(?P<picture>{PICTURE.pattern})"
    r"|<(?P<tag>h[1-6]|p)\b[^>]*>(?P<text>.*?)</(?P=tag)>"
    r"|<li\b[^>]*>(?P<item>[^<]*(?:<(?!/?(?:li|[uo]l|p|div|table|figure|pre|blockquote|details)\b)[^<]*)*)"
    r"|<(?P<rule>hr)\b"
    r"|<pre\b[^>]*>(?P<printed>.*?)</pre>"
    r'|(?P<other><div class="failed">.*?</pre>|<(?:table|figure|img|blockquote|math|details)\b)',
    re.S,
)
_HEADINGS = {f"h{level}" for level in range(2, 7)}
_QUOTED = CHARACTERS - 4  # characters of a line of a quotation
_QUOTE = re.compile(r"<p>(?P<text>.*?)</p>", re.S)
_LISTED = CHARACTERS - 7  # and of a line of a list of attachments
_UNCOUNTED = ("<img", "<math")


@dataclass(frozen=True, slots=True)
class _Shown:
    """Where on a page something stands that is printed as it is chosen, and what is printed then; if anything is chosen."""

    begin: int
    end: int
    told: Callable[[Choice | None], str]
    is_known: bool = True


def filled(body: str) -> str:
    """A page's body, in which paragraphs have the marks that end their lines, and tables and pictures their heights."""
    body = columns.parted(body)
    made, done = [], 0
    for begin, end, told in _made(body):
        if begin >= done:  # no paragraph that stands with the picture before it
            made += [body[done:begin], told]
            done = end
    return mathwidths.fitted(columns.fitted(headings.told("".join(made) + body[done:], ended)))


def _made(body: str) -> Iterator[tuple[int, int, str]]:
    """Where each table, each picture and each paragraph begins and ends, and what is printed for it.

    A table has its box but the end of this; a picture has the paragraphs behind it with it.
    """
    found, shown, set_in = [*_tokens(body)], list[_Shown](), leads(body)

    def play(pages: Pages) -> None:
        shown[:] = _played(pages, found, set_in)

    pages = evened(play, Pages(_PARTED, _TIGHT, near=1))
    choices = iter(pages.choices())
    for what in shown:
        yield what.begin, what.end, what.told(next(choices) if what.is_known else None)


def _played(pages: Pages, found: Sequence[re.Match[str]], set_in: Mapping[int, float]) -> Iterator[_Shown]:
    """Play through what stands on the pages; what of it is printed as it is chosen."""
    for at, one in enumerate(found):
        boxes = [*takewhile(lambda box: box["box"], found[at + 1 :])]
        note = boxes.pop(0) if boxes and boxes[0]["box"] == "note" else None
        ending = sum(map(_box_lines, boxes))  # what stays with this: a signature, a list of attachments, an editor's line
        text = one["text"] or one["item"] or one["quote"] or ""
        if one["picture"] or one["own"] or one["statutory"]:
            yield _placed(pages, one, note, ending, [*_behind(found[at:])])
        elif one["other"] or any(tag in text for tag in _UNCOUNTED):
            pages.lose()
        elif one["printed"] is not None:
            lines = printed_lines(one["printed"])
            pages.block(lines) if pages.has_room(lines) else pages.lose()
        elif one["begin"]:
            pages.fresh()
        elif one["rule"]:
            pages.block(1)
        elif one["quote"]:
            for quoted in _QUOTE.finditer(one.string, *one.span("quote")):
                broken = in_lines(quoted["text"], room=_QUOTED)
                pages.run(broken.lines, kept=KEPT)
                yield _Shown(*quoted.span(), partial(_opened, quoted[0], broken, 1, 0), is_known=False)
        elif one["box"] == "below-title":
            pages.ahead += _box_lines(one)
        elif one["tag"] == "p" or one["item"]:
            is_headed = bool(at) and one[0].startswith("<p>") and found[at - 1]["tag"] in _HEADINGS
            yield from _run(pages, one, set_in.get(one.start(), INDENT), ending, is_headed)
        elif one["tag"]:
            pages.ahead += headings.heading_lines(one["tag"], text)


def _run(pages: Pages, one: re.Match[str], lead: float, ending: int, is_headed: bool) -> Iterator[_Shown]:
    """Place a paragraph, or an item of a list, whose last lines stay with so many of an ``ending``.

    Chromium parts what has too few lines for two pages, but what is told to stay whole: an item with lists in it is not.
    """
    broken = in_lines(one["text"] or one["item"] or "", lead)
    left, alone = (HEADED, _ALONE) if is_headed else (1, 0.0)
    holds_lists = bool(one["item"]) and not one.string.startswith("</li>", one.end())
    pages.run(broken.lines, left, 1 if holds_lists and broken.lines == KEPT else KEPT, ending, alone=alone)
    if ending:
        pages.block(ending)
    yield _Shown(*one.span(), partial(_opened, one[0], broken, 0 if holds_lists else left, ending), is_headed)


def _opened(paragraph: str, broken: Broken, left: int, ending: int, choice: Choice | None) -> str:
    """A paragraph in its lines, below a heading, or above so many of an ``ending``, which stays with its last ones.

    So many lines are ``left`` at the end of a page; one, where it is chosen. What has too few lines for two pages is whole.
    """
    is_alone = choice is not None and choice[0] == 1
    is_whole = 1 < broken.lines < KEPT + (1 if is_alone else left)
    styles = {f"--ending: {ending}": ending, "--left: 1": is_alone, "--inside: avoid": is_whole}
    style = "; ".join(style for style, is_so in styles.items() if is_so)
    tag, end = paragraph.index(">") + 1, "</p>" if paragraph.startswith("<p") else ""
    return with_style(f"{paragraph[:tag]}{broken.html}{end}", style)


def _tokens(body: str) -> Iterator[re.Match[str]]:
    """What stands on a page."""
    begin, end = on_screen(body)
    for one in (*_TOKEN.finditer(body, 0, begin), *_TOKEN.finditer(body, end)):
        if one["item"] is None or one["item"].strip():
            yield one


def _behind(found: Sequence[re.Match[str]]) -> Iterator[tuple[int, str, int]]:
    """How many lines each paragraph right behind what stands first takes, its HTML and its end; that of notes above it too.

    A paragraph right above a signature does not count, and one that speaks of a picture by its place.
    """
    done = found[0].end()
    for (before, one), after in zip(pairwise(found), found[2:], strict=False):
        is_text = one["tag"] == "p" and one[0].startswith("<p>") and not any(tag in one[0] for tag in _UNCOUNTED)
        is_text = is_text and not is_placed(one["text"])
        is_note = one["box"] == "note" and before is found[0]
        if one.string[before.end() : one.start()].strip() or after["box"] or not (is_text or is_note):
            return
        if is_text:
            broken = in_lines(one["text"])
            yield broken.lines, one.string[done : one.start()] + _opened(one[0], broken, 1, 0, None), one.end()
            done = one.end()


def _placed(
    pages: Pages, one: re.Match[str], note: re.Match[str] | None, ending: int, behind: Sequence[tuple[int, str, int]]
) -> _Shown:
    """Place a table or a picture with its notes, and with so many lines of an ``ending``.

    Of a picture that begins a page some of the paragraphs ``behind`` it may be printed before it.
    """
    notes = ending + (_box_lines(note) if note else 0)
    if what := one["picture"]:
        picture = Picture.of(what, notes)
        if not picture:
            pages.lose()
            return _Shown(*one.span(), lambda _: what, is_known=False)
        pages.picture(picture.tall, picture.around + notes, picture.read, [lines for lines, _, _ in behind])
        end = behind[-1][2] if behind else one.end()
        return _Shown(one.start(), end, partial(_pictured, what, picture, [html for _, html, _ in behind]))
    if one["own"]:
        table = Own.of(one["table"])
        notes = ending + (_box_lines(note, table.share) if note else 0)
        if table.lines + notes > PAGE:
            pages.long(lambda start: table.ends(start, notes))
        else:
            pages.table([(table.lines + notes, 0.0, (table.lines, 0, 0))], table.parted(notes))
        return _Shown(*one.span("own"), lambda choice: table.made(one["around"], one["table"], choice, notes))
    form = Printed.of(one["kind"], one["form"], notes)
    return _Shown(*one.span("statutory"), form.made, form.place(pages))


def _pictured(what: str, picture: Picture, behind: Sequence[str], choice: Choice | None) -> str:
    """A picture in its size with the paragraphs ``behind`` it, in one box with those that are printed before it."""
    lines, count, _ = choice or (PAGE, 0, 0)
    boxed = with_style(what, picture.style(lines)) + "".join(behind[:count])
    return (f'<div class="rise">{boxed}</div>' if count else boxed) + "".join(behind[count:])


def _box_lines(box: re.Match[str], share: float = 1.0) -> int:
    """How many lines a box takes, with the empty one beside it; notes stand in a ``share`` of the width of the page."""
    paragraphs = box["inside"].split("</p>")[:-1]
    if box["box"] == "note":
        return ceil(sum(ceil(len(plain(one)) / (share * NOTE_LINE)) for one in paragraphs) / 2)
    room = _LISTED if box["box"] == "attached" else CHARACTERS
    return sum(lines_of(one, 0, room) for one in paragraphs) + (box["box"] != "editor")
