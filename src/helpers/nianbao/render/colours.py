"""The colours that style sheets give to words and cells, as attributes of their tags: paper knows no style sheets.

It reads clean HTML, in which the rules of a sheet reach only what lies inside of its own output (see `styles`).
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any

import tinycss2

from nianbao.language import say
from nianbao.render.paints import paint
from nianbao.shown.htmltree import body_of
from nianbao.shown.rules import TooMuch, sheets_of
from nianbao.shown.sheets import About, styled

if TYPE_CHECKING:
    from collections.abc import Mapping

_STYLED = re.compile(r"<(?:style\b|mark\b|[^>]* style=\"[^\"]*(?:color|background|font-weight))", re.I)
_ASKED = frozenset({"color", "background-color", "background-image", "font-weight"})
_APART = re.compile(r"(<(style|math)\b[^>]*>.*?</\2>)", re.S)  # in these stand no words that could have a look
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b([^>]*)>|[^<]+")
_NUMBER = "data-nianbao-number"
_VOID = {"br", "img", "hr", "wbr", "col"}
_CELLS = {"td", "th"}
# Of these, pandoc keeps no attribute: a span inside has the colours. Those of other elements, such as boxes, lists and rows,
# are those of the cells and words in them.
_WORDS = {
    "b", "strong", "i", "em", "u", "code", "a", "mark", "p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "summary",
    "abbr", "cite", "del", "dfn", "ins", "q", "s", "small", "strike", "sub", "sup", "time",
}  # fmt: skip
_BOLD = {"bold", "bolder", "600", "700", "800", "900"}
# What sheets may say of elements, and how many elements may be looked at for it, less than a second; of a page with more
# no style sheet is read.
MOST_SAID, MOST_SEEN = 400_000, 20_000_000

_MARKED = {"fill": 'rgb("#ffff00ff")'}  # as browsers have it
Look = dict[str, str]  # "fill", "ink" and "bold", with what Typst is told of each


@dataclass(slots=True)
class _Open:
    """An open tag, whether it holds a span, and the look that what it holds has yet to be given."""

    tag: str
    is_spanned: bool
    owed: Look


def coloured(html: str) -> str:
    """Clean HTML whose cells and words have their colours as ``data-typst`` attributes, which pandoc hands on to Typst."""
    if not _STYLED.search(html):
        return html
    try:
        looks = _looks(html)
    except TooMuch:
        logging.getLogger("nianbao").warning(say("the PDF leaves out the colours of style sheets: they have too many rules"))
        looks = _looks(html, with_sheets=False)
    return _with_looks(html, looks)


def _looks(html: str, with_sheets: bool = True) -> dict[int, About]:
    """What is said of elements, by the places of their tags; raises `TooMuch`."""
    number = count()

    def numbered(tag: re.Match[str]) -> str:
        return f'<{tag[2]} {_NUMBER}="{next(number)}"{tag[3]}>' if tag[2] and not tag[1] else tag[0]

    body = body_of(_parted(html, numbered))
    said, maybe = styled(body, _ASKED, sheets_of(body) if with_sheets else (), MOST_SAID, "screen", MOST_SEEN)
    if any(_look(about) != _look(said.get(one, {})) for one, others in maybe.items() for about in others):
        logging.getLogger("nianbao").warning(
            say("the PDF leaves out colours of style sheets: not every browser takes their rules")
        )
    return {int(one.attributes[_NUMBER] or 0): said[one.mem_id] for one in body.css(f"[{_NUMBER}]") if one.mem_id in said}


def _parted(html: str, made: Any) -> str:
    """Clean HTML with something else for each tag and text that may have a look."""
    parts = _APART.split(html)
    return "".join(_TAG.sub(made, part) if at % 3 == 0 else part if at % 3 == 1 else "" for at, part in enumerate(parts))


def _with_looks(html: str, looks: Mapping[int, About]) -> str:
    around, number = [_Open("", False, {})], count()

    def with_look(tag: re.Match[str]) -> str:
        closing, name, rest = tag.groups()
        if name is None:
            owed = "" if tag[0].isspace() else _attributes(around[-1].owed)
            return f"<span{owed}>{tag[0]}</span>" if owed else tag[0]
        if closing:
            return _ended(around, tag[0], name)
        about = looks.get(next(number), {})
        if name in _VOID:
            return tag[0]
        look = around[-1].owed | (_MARKED if name == "mark" and "background-color" not in about else {}) | _look(about)
        if name not in _CELLS | _WORDS and name != "span":
            around.append(_Open(name, False, look))
            return tag[0]
        if name in {"b", "strong"} and look:
            look["bold"] = "yes"
        told = _attributes(look)
        around.append(_Open(name, bool(told) and name in _WORDS, {}))
        return f"{tag[0]}<span{told}>" if around[-1].is_spanned else f"<{name}{rest}{told}>"

    return _parted(html, with_look)


def _ended(around: list[_Open], tag: str, name: str) -> str:
    """An end tag, and that of the span inside."""
    if around[-1].tag != name and name not in {one.tag for one in around[1:]}:
        return tag
    while (one := around.pop()).tag != name:
        pass
    return f"</span>{tag}" if one.is_spanned else tag


def _attributes(look: Look) -> str:
    """What pandoc hands on to Typst. Bold is a hair of stroke in the text's colour: the pinned fonts have one weight."""
    told = {"fill": look.get("fill"), "text:fill": look.get("ink")}
    told["text:stroke"] = f"0.019em + {look.get('ink', 'black')}" if look.get("bold") else None
    return "".join(f' data-typst:{name}="{escape(value)}"' for name, value in told.items() if value)


def _look(about: About) -> Look:
    """The look of an element by what is said of it; what is not understood, or is seen through, changes nothing."""
    look = {"ink": _paint(about.get("color", ""))}
    image = _paint(about.get("background-image", ""))
    look["fill"] = image if image.startswith("gradient") else _paint(about.get("background-color", ""))
    look = {name: told for name, told in look.items() if told and not told.endswith('00")')}
    return look | ({"bold": "yes" if about["font-weight"] in _BOLD else ""} if "font-weight" in about else {})


@lru_cache(maxsize=1_000)
def _paint(value: str) -> str:
    return next(filter(None, map(paint, tinycss2.parse_component_value_list(value))), "")
