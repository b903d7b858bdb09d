"""The body of a page alone, with its styles inline: what a clerk pastes into the editor of the bureau's website.

Such editors drop style sheets, classes, ids and scripts. What is left here is what two well-known cleaners leave as it is:
DOMPurify as it comes, and nh3 with ``style`` allowed. wangEditor makes one line of a table in a ``<div>``, drops captions
and the pictures of a ``<figure>``. So names and pictures are paragraphs here, and tables stand in no box. The page around it
has a title of its own, the one ``<h1>`` of a page: headings are one level lower. Only this module knows css-inline.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import css_inline

from nianbao.paths import TEMPLATES
from nianbao.render import clean
from nianbao.render.frames import without_blank_heads
from nianbao.render.page import FOREIGN_STAMP_LINE, STAMP_LINE
from nianbao.shown.html import read_fragment
from nianbao.shown.htmltree import INLINE, body_of
from nianbao.shown.seen import Seen, squeezed

if TYPE_CHECKING:
    from nianbao.render.page import Page

_NAMED = re.compile(r"(<table\b[^>]*>)\s*<caption\b[^>]*>(.*?)</caption>", re.S)
_HEADING = re.compile(r"(?<=<h)[1-5]\b|(?<=</h)[1-5]\b")
_OF_FIGURES = re.compile(r"<(/?)(figure|figcaption|img|pre|p|a|h[1-6])\b[^>]*>")


def to_fragment(page: Page) -> str:
    """The fragment as HTML; a draft says so in a line of its own above the title."""
    stamp = f'<p class="stamp">{page.stamp_line}</p>\n' if page.is_draft else ""
    body = stamp + _in_paragraphs(clean.without_screen(page.body))
    styled = css_inline.inline_fragment(body, _css(), load_remote_stylesheets=False)
    made = without_blank_heads(clean.bare(_without_boxes(styled, page.language))).strip() + "\n"
    return _HEADING.sub(lambda level: str(int(level[0]) + 1), made)


def _in_paragraphs(body: str) -> str:
    """A page's body whose captions are paragraphs, those of tables above them, and whose figures are paragraphs too.

    No paragraph stands in a link, a heading or another one: there a name is a line of its own.
    """
    figures = lines = 0  # those that are open: and the paragraphs, headings, links and code
    name = -1  # of an open name the number of its own paragraphs so far

    def part(tag: re.Match[str]) -> str:
        nonlocal figures, lines, name
        is_end, step = bool(tag[1]), -1 if tag[1] else 1
        if tag[2] == "figure":
            figures += step
            return ""
        if tag[2] == "figcaption" and figures:
            name = -1 if is_end else 0
            if lines:
                return "" if is_end else "<br>"
            return "</p>" if is_end else '<p class="caption">'
        if tag[2] == "img":
            is_line = figures and not lines and name < 0
            return f'<p class="picture">{tag[0]}</p>' if is_line else tag[0]
        if name >= 0 and tag[2] != "a":
            name += not is_end
            return "<br>" if name > 1 and not is_end else ""
        lines += step
        return tag[0]

    return _OF_FIGURES.sub(part, _NAMED.sub(r'<p class="caption">\2</p>\1', body))


def _without_boxes(styled: str, language: str) -> str:
    """HTML without the boxes that have no style and hold no line of their own; each of its parts names the language.

    A page that names none may show marks in the forms of another country.
    """
    body = body_of(styled)
    for box in body.css("div:not([style])"):
        if not any(one.tag in INLINE or (one.tag == "-text" and one.text().strip()) for one in box.iter(include_text=True)):
            box.unwrap()
    for part in body.iter():
        part.attrs["lang"] = language
    return (body.html or "").removeprefix("<body>").removesuffix("</body>")


def read(made: bytes) -> Seen:
    """What a fragment shows, and whether it begins with the mark of a draft."""
    seen = read_fragment(made.decode())
    stamped = seen.blocks[:1] in {(squeezed(one),) for one in (STAMP_LINE, FOREIGN_STAMP_LINE)}
    return Seen(seen.blocks[stamped:], (stamped,), seen.grids)


@lru_cache(maxsize=1)
def _css() -> str:
    return (TEMPLATES / "fragment.css").read_text("utf-8")
