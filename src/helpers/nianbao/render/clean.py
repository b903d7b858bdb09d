"""Make the HTML of a notebook's outputs safe to publish: without scripts, and without anything loaded from elsewhere."""

from __future__ import annotations

import hashlib
import re
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

import nh3

from nianbao.addresses import is_link, is_place, picture_kind
from nianbao.bundle import for_page
from nianbao.render.frames import TABLE, aligned
from nianbao.render.styles import is_coloured, safe_sheet, safe_style

if TYPE_CHECKING:
    from collections.abc import Callable

_STYLE = re.compile("(<style[^>]*>)(.*?)</style>", re.S)
# What pandas says below a frame of which it shows a part.
_PANDAS_SIZE = re.compile(r"(?<=</table>\n)<p>\d+ rows × \d+ columns</p>\n(?=</div>\Z)")
# A table with the style sheets right before it, and the element around it that pandas makes.
_SHEETED = re.compile(rf"(?:<style[^>]*>[^<]*</style>\s*)*{TABLE.pattern}")
_ALONE = re.compile(rf"\s*(?:<div>\s*(?=.*</div>\s*\Z))?({_SHEETED.pattern})\s*(?:</div>\s*)?", re.S)
# Presentation MathML without what links, embeds or runs.
MATH = {
    "math", "semantics", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup",
    "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "mtable", "mtr", "mtd", "mpadded", "mphantom", "mstyle",
    "menclose", "merror",
}  # fmt: skip
_MATH_LOOKS = {
    "display", "displaystyle", "scriptlevel", "mathvariant", "form", "fence", "separator", "stretchy", "largeop", "accent",
    "accentunder", "movablelimits", "lspace", "rspace", "minsize", "maxsize", "width", "columnalign", "columnspacing",
    "rowspacing", "linethickness", "notation",
}  # fmt: skip
TAGS = MATH | nh3.ALLOWED_TAGS | {
    "details", "summary", "style", "figure", "figcaption", "colgroup", "col", "caption", "section",
}  # fmt: skip
# Of what is nested deeper than a page ever is, Typst makes no PDF. Boxes have no depth there.
MOST_NESTED = 22
_NESTED = re.compile(r"<(/?)(?!(?:div|span|br|img|wbr|hr|col|style)\b)\w")
# A list that begins with what is no item: a browser does not count it, and other formats do.
_HEADLESS = re.compile(r"<[ou]l\b[^>]*>(?=\s*+(?!<li\b|</[ou]l>))")
# What is set as code is: each format, and the plan of lines, would have looks of its own for each of these.
_LIKE_CODE = re.compile(r"<(/?)(?:samp|tt|var|kbd)\b")
# An anchor, as HTML was written before: a name instead of an id.
_ANCHOR = re.compile(r"(<a\s(?![^>]*\bid\s*=)(?:[^>]*\s)?)name(?=\s*=)", re.I)
_OWN, _BOXED = '<div class="report">', r'<div class="scroll">\g<0></div>'
_SIZED = re.compile(r"(?<![\w-])(?:min-)?width: \d")  # wider than a screen, perhaps
_COUNT = re.compile("[0-9]{1,9}")  # other numbers, such as negative ones, are not in every format what they are in a browser
_JUDGED = {"style", "href", "src", "start"}  # the attributes that are safe with some values only
_CELL = {"colspan", "rowspan", "headers", "scope"}


def _safe_attribute(tag: str, name: str, value: str, is_alone: bool = True) -> str | None:
    """The value to keep, or ``None`` to drop the attribute; ``is_alone`` where no style sheet stands beside it."""
    if name not in _JUDGED:
        return value
    if name == "style":
        return safe_style(value, tag, is_alone)
    if (name == "href" and not is_link(value)) or (name == "src" and not picture_kind(value)):
        return None
    if name == "start" and not _COUNT.fullmatch(value):
        return None
    return value


def _with_places(tag: str, name: str, value: str) -> str | None:
    return value if name == "href" and is_place(value) else _safe_attribute(tag, name, value)


def _with(picture: Callable[[str], str], is_alone: bool) -> Callable[[str, str, str], str | None]:
    return lambda tag, name, value: _safe_attribute(tag, name, picture(value) if name == "src" else value, is_alone)


def _cleaner(rule: Callable[[str, str, str], str | None]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS,
        # A formula is read from its MathML in every format, and not from other words that it carries.
        # What stands in a player is for browsers without one.
        clean_content_tags={"script", "annotation", "annotation-xml", "noscript", "template", "audio", "video", "canvas"},
        attributes={"*": {"class", "id", "style", "lang", "title"}, "a": {"href"}, "img": {"src", "alt", "width", "height"},
                    "td": _CELL, "th": _CELL, "ol": {"start"}, "details": {"open"}, "col": {"span"}, "colgroup": {"span"},
                    **dict.fromkeys(MATH, _MATH_LOOKS)},
        attribute_filter=rule,
        url_schemes={"http", "https", "mailto", "data", "attachment"},
        link_rel=None,
    )  # fmt: skip


_CLEAN, _CLEAN_FINDINGS = _cleaner(_safe_attribute), _cleaner(_with_places)
_CLEAN_BESIDE_SHEETS = _cleaner(partial(_safe_attribute, is_alone=False))
_SCREEN, _DIV = "<div data-screen", re.compile("<(?:(/)div>|div\\b[^>]*>)")
_CELL_BARE = {"colspan", "rowspan"}
_BARE = nh3.Cleaner(
    tags=MATH | nh3.ALLOWED_TAGS,
    attributes={"*": {"style", "lang", "title"}, "a": {"href"}, "img": {"src", "alt", "width", "height"}, "td": _CELL_BARE,
                "th": {*_CELL_BARE, "scope"}, "ol": {"start"}, "col": {"span"}, "colgroup": {"span"},
                **dict.fromkeys(MATH, _MATH_LOOKS)},
    attribute_filter=lambda tag, name, value: None if name == "href" and value.startswith("#") else value,
    url_schemes={"http", "https", "mailto", "data"},
    link_rel="noopener noreferrer",
)  # fmt: skip


def clean(html: str, inside: str = "", picture: Callable[[str], str] | None = None) -> str:
    """The HTML fragment without scripts, images from elsewhere, and tags and attributes that are not on the lists.

    A link keeps its address where that is of the web, of a mailbox or in the page. In the result < stands at the beginning
    of tags only, and neither < nor > in the value of an attribute. A list holds items only. Style sheets reach what lies
    ``inside`` of an element, which is named by a selector. ``picture`` gives a picture's data for its address, or ''.
    """
    html = _ANCHOR.sub(r"\1id", html)
    is_alone = "<style" not in html.lower()
    cleaner = _CLEAN if is_alone else _CLEAN_BESIDE_SHEETS
    safe = (_cleaner(_with(picture, is_alone)) if picture and "src" in html.lower() else cleaner).clean(html)
    safe = _LIKE_CODE.sub(r"<\1code", safe)
    if _HEADLESS.search(safe):
        safe = cleaner.clean(_HEADLESS.sub(r"\g<0><li>", safe))
    return _STYLE.sub(lambda style: f"{style[1]}{made}</style>" if (made := safe_sheet(style[2], inside)) else "", safe)


def too_deep(clean_html: str) -> bool:
    """Whether tags are nested deeper than the PDF can show."""
    steps = (-1 if tag[1] else 1 for tag in _NESTED.finditer(clean_html))
    return max(accumulate(steps), default=0) > MOST_NESTED


def findings(html: str) -> str:
    """The panel of findings on top of a draft, cleaned; its links into the input folder stay.

    It is for the screen only, and nothing else in a page can bear the mark that says so.
    """
    safe = _CLEAN_FINDINGS.clean(html)
    return safe.replace("<div", _SCREEN, 1)


def bare(html: str) -> str:
    """A page's HTML as most editors keep it: with inline styles, without classes, ids and what refers to them.

    ``nh3.clean`` leaves it as it is where it allows ``style``, but for pictures, whose data it drops.
    """
    return _BARE.clean(html)


def on_screen(html: str) -> tuple[int, int]:
    """Where that stands in a page's HTML which is for the screen only: the findings on top of a draft; (0, 0) if nowhere."""
    begin = html.find(_SCREEN)
    if begin < 0:
        return 0, 0
    tags = list(_DIV.finditer(html, begin))
    depths = accumulate(-1 if tag[1] else 1 for tag in tags)
    return begin, next(tag.end() for tag, depth in zip(tags, depths, strict=True) if depth == 0)


def without_screen(html: str) -> str:
    """A page's HTML without what is for the screen only."""
    begin, end = on_screen(html)
    return html[:begin] + html[end:]


def framed(fragment: str, picture: Callable[[str], str] | None = None) -> str:
    """An output's HTML, cleaned. What nianbao did not make has the look of the report; each table scrolls when too wide.

    Its style sheets reach nothing outside of it. One whose sheets say no colour has those of the page. ``picture`` is that
    of `clean`.
    """
    if fragment.startswith(_OWN):
        fragment = for_page(fragment)
    name = f"own-{hashlib.sha256(fragment.encode()).hexdigest()[:8]}"
    safe = clean(fragment, f".{name}", picture)
    if not safe.startswith(_OWN) and safe.strip():
        safe = f"{_OWN}{_scrolling(aligned(_PANDAS_SIZE.sub('', safe)))}</div>"
    sheets = [style[2] for style in _STYLE.finditer(safe)]
    # Only a class that begins with "own-" tells the page that the colours are not its own.
    kind = "" if any(map(is_coloured, sheets)) else "plain "
    return f'<div class="{kind}{name}">{safe}</div>' if sheets else safe


def _scrolling(safe: str) -> str:
    """Clean HTML in a box that scrolls; its tables have one each, but those that hold others."""
    if alone := _ALONE.fullmatch(safe):
        return f'<div class="scroll">{alone[1]}</div>'
    if "<table" in TABLE.sub("", safe):
        return f'<div class="scroll">{safe}</div>'
    kind = "wide sized" if _SIZED.search(safe) and "<table" not in safe else "wide"
    return f'<div class="{kind}">{_SHEETED.sub(_BOXED, safe)}</div>'
