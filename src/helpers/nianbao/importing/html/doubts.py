"""What a web page does to words so that a reader may see other ones: moves, turns, cuts, folds them, adds to them."""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING

from nianbao.importing.html.boxes import FLEXES
from nianbao.importing.html.fonts import SIGNS
from nianbao.importing.html.gaps import is_apart
from nianbao.importing.html.lengths import LENGTH, pixels
from nianbao.importing.html.properties import AT_REST, KEPT, MOVES, SHIFTS, TURNS
from nianbao.shown.blocks import ADDED, GAP, MOVED, PICTURE, WRITTEN
from nianbao.shown.htmltree import INLINE, up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from selectolax.lexbor import LexborNode

UNPRINTED, UNKNOWN = "打印时隐藏的文字", "样式不明的文字"
TURNED, CUT, SMALL = "被样式改了样子的文字", "被样式截去的文字", "字号极小的文字"
PALE, FOLDED, TIGHT = "几乎透明的文字", "折叠起来的文字", "行高太小的文字"
_KNOWN_FILTER = re.compile(
    r"(?<![\w.])(?:blur|brightness|contrast|invert|opacity|url)\(|drop-shadow\([^()]*?(?<![\w.#])-?(?:[6-9]|[1-9][0-9.]+)(?:px|pt)|drop-shadow\([^()]*\dr?em"
)
_SHIFT = re.compile(r"(?:(?:translate(?:3d|x|y|z)?|perspective)\([^()]*\)\s*|matrix\(1(?:[\s,]+0){2}[\s,]+1[^()]*\)\s*)+")
_STILL = re.compile(
    rf"|{KEPT}|(?:(?:(?:translate(?:3d|x|y|z)?|rotate[xyz]?|skew[xy]?)\((?:[\s,]*0[a-z%]*)+\)|scale(?:3d|x|y)?\((?:[\s,]*1)+\))\s*)+"
    r"|matrix\(1(?:[\s,]+0){2}[\s,]+1(?:[\s,]+0){2}\)"
)
_GROWN = re.compile(r"(?:scale(?:3d|x|y)?\((?:[\s,]*(?:0?[.][3-9][0-9]*|[1-9][0-9.]*))+\)\s*)+")
_OF_ITSELF = {"px", "pt", "rem", "cm", "mm", "in", "pc"}
_RAISES = re.compile(r"\b(?:sups|subs|sinf|frac|afrc|ordn|super|sub|ordinal|diagonal-fractions|stacked-fractions)\b")
_BREAKS = re.compile(r"inherit|-webkit-box|block|list-item|flex|grid|table(?:-.*)?|flow-root|inline-flex|ruby.*")
# What nobody works out here; what a telephone leaves free at its edges is none of a desk's.
_SUBSTITUTED = re.compile(r"(?<![\w-])(?:attr|if|var|inherit|random|random-item|--[\w-]+|env(?!\(\s*safe-area))\(")
_FORMULAS = {"math", "mrow", "mstyle", "mpadded", "merror", "semantics", "maction", "none", "mprescripts", "mfrac", "msqrt"}
_ODD = {"font", "dialog", "marquee", *_FORMULAS}
_LEAST_DIGIT, _DIGIT, _LEAST_LINE, _NARROW = 5, 7, 10, -3  # px of a digit and of a line; of letters set closer
_LOW = 6  # px of a line
_PALE = 0.35  # of opacity
_ALL_OUT = 40  # px
_BY_ALL = re.compile(r"[1-9][0-9]{2,}(?:[.][0-9]*)?%")
_GAP = 5  # px
_PICTURES = ("background-image", "border-image", "border-image-source")
_WAYS, _LARGE = ("flex-direction", "flex-wrap"), 20  # px: a line is set in further by its indent
_PAGE, _LISTS = 8, dict.fromkeys(("ul", "ol", "blockquote", "dd"), 40)  # px: room on the left that a browser leaves
# How a box is made to stand elsewhere than in its place.
_SETS = ("margin-left", "margin-right", "display", "float", "position")
_SET = re.compile("auto|flex|grid|left|right|absolute|fixed")
_ACROSS = re.compile(r"translate(?:x|3d)?\(\s*([^,()\s]+)")


def of(node: LexborNode, about: Mapping[str, str]) -> str:
    """Why the words of an element may not be read as they stand; '' where they may."""
    if node.tag == "details" and ("open" not in node.attributes or node.attributes.get("name")):
        return FOLDED  # of several with one name a browser opens one
    if any(one.tag == "template" and "shadowrootmode" in one.attributes for one in node.iter()):
        return WRITTEN
    if not about and "dir" not in node.attributes and node.tag not in _ODD and "popover" not in node.attributes:
        return ""
    if why := of_all(node, about):
        return why
    if node.tag == "tr" and any(not AT_REST[name].fullmatch(about.get(name, "none")) for name in _WAYS):
        return TURNED
    if node.tag not in INLINE and not is_in_cell(node):
        return ""
    if _has_picture(node, about) and not any(map(str.isdigit, node.text())) and is_in_cell(node):
        return PICTURE
    if is_apart(node, about):
        return GAP
    if _is_cut(node, about):
        return CUT
    return MOVED if _is_moved(node, about) else ""


def of_all(node: LexborNode, about: Mapping[str, str]) -> str:
    """What is done to all words in an element, wherever it stands."""
    of_these = {
        TURNED: _is_turned(node, about),
        PALE: _is_pale(about),
        SMALL: _is_small(node, about),
        TIGHT: is_tight(about),
    }
    return next((why for why, is_so in of_these.items() if is_so), "")


def in_cell(tag: str, around: str) -> str:
    """What of the doubts about an element's surroundings goes on in it: where a cell lies does not change its number."""
    return "" if tag in {"td", "th"} and around in {MOVED, ADDED, CUT, GAP} else around


def is_in_cell(node: LexborNode) -> bool:
    """Whether an element is a cell of a table, or lies in one."""
    at: LexborNode | None = node
    while at is not None and at.tag not in {"td", "th", "table", "body"}:
        at = at.parent
    return at is not None and at.tag in {"td", "th"}


def is_always_seen(node: LexborNode) -> bool:
    """Whether an element is the one that is seen of what is folded."""
    at = node.prev
    while at is not None and at.tag != "summary":
        at = at.prev
    return at is None and node.tag == "summary" and node.parent is not None and node.parent.tag == "details"


def _is_turned(node: LexborNode, about: Mapping[str, str]) -> bool:
    if node.tag in _FORMULAS and any(one.tag == "-text" and one.text().strip() for one in node.iter(include_text=True)):
        return True  # no browser shows it there
    if (node.attributes.get("dir") or "").lower() == "rtl":
        return True
    if any(name in about and not AT_REST[name].fullmatch(about[name]) for name in TURNS):
        return True
    if any(_SUBSTITUTED.search(value) and name[:2] != "--" for name, value in about.items()):
        return True
    transform, filters = about.get("transform", ""), about.get("filter", "")
    if transform and not any(one.fullmatch(transform) for one in (_STILL, _GROWN, _SHIFT)):
        return True
    if _KNOWN_FILTER.search(filters):
        return True
    features = " ".join(about.get(name, "") for name in ("font-feature-settings", "font-variant", "font-variant-numeric"))
    is_behind = about.get("z-index", "").startswith("-") and about.get("position", "static") != "static"
    is_out = pixels(about.get("text-indent", ""), 0) < -_ALL_OUT
    if ((is_behind or is_out) and _is_of_table(node)) or (is_behind and node.css_first("table") is not None):
        return True
    if _is_away(node, f"{transform} {about.get('translate', '')}"):
        return True
    is_close = pixels(about.get("letter-spacing", ""), 0) <= _NARROW
    return is_close or bool(_RAISES.search(features) or SIGNS.search(faces_of(node, about).lower()))


def _is_away(node: LexborNode, moves: str) -> bool:
    """Whether a table is moved by as much as it takes."""
    return bool(_BY_ALL.search(moves)) and (_is_of_table(node) or node.css_first("table") is not None)


def _is_of_table(node: LexborNode) -> bool:
    return node.tag in {"table", "thead", "tbody", "tfoot", "tr"} or is_in_cell(node)


def faces_of(node: LexborNode, about: Mapping[str, str]) -> str:
    """The fonts that an element names, as they stand; '' for none."""
    named = node.attributes.get("face") if node.tag == "font" else ""
    said = about.get("font-family") or named or ""
    return "" if said in {"inherit", "unset"} else said


def is_shifted_out(
    node: LexborNode, about: Mapping[str, str], of_others: Callable[[LexborNode], Mapping[str, str]], most: float = _GAP
) -> bool:
    """Whether a block of the text begins so far on the left of its page that its first characters are cut off.

    What lies in a cell, or in a box that the page sets somewhere, has room of its own.
    """
    own = _shift(about) if about else 0
    if own > -_LARGE or node.tag in INLINE or is_in_cell(node):
        return False
    room = _PAGE + pixels(about.get("padding-left", ""), 0)
    for at in up(node.parent) if about.get("position") not in {"absolute", "fixed"} else ():
        said = of_others(at)
        if _SET.search(" ".join(said.get(name, "") for name in _SETS)):
            return False
        room += pixels(said.get("padding-left", ""), _LISTS.get(at.tag or "", 0)) + _shift(said)
    return own + room < -most


def is_still(about: Mapping[str, str], most: float) -> bool:
    """Whether an element is drawn in its place, or by so many pixels at most beside it."""
    transform, steps = about.get("transform", "none"), [about.get("translate", "none")]
    if "perspective" in transform and not _STILL.fullmatch(
        re.sub(r"perspective\([^()]*\)", "", transform).strip() or "none"
    ):
        return False
    if _SHIFT.fullmatch(transform) and not _STILL.fullmatch(transform):
        steps += re.findall(r"\(([^()]*)\)", transform)
    elif re.search("translate|matrix|perspective", transform) and not _STILL.fullmatch(transform):
        return False
    return all(abs(pixels(one, 0)) <= most for part in steps for one in re.split(r"[\s,]+", part))


def _shift(about: Mapping[str, str]) -> float:
    """By how many pixels an element begins on the right of where it would."""
    names = ["margin-left", "text-indent", *(["left"] if about.get("position", "static") != "static" else [])]
    moved = _ACROSS.search(about.get("transform", ""))
    across = (about.get("translate", "").split() or [""])[0]
    return sum(pixels(one, 0) for one in (*(about.get(name, "") for name in names), moved[1] if moved else "", across))


def _is_pale(about: Mapping[str, str]) -> bool:
    """Whether an element is hard to see, or nobody knows how well it is seen."""
    said = about.get("opacity", "")
    seen = LENGTH.fullmatch(said)
    return "(" in said or (seen is not None and float(seen[1]) / (100 if seen[2] else 1) < _PALE)


def _is_small(node: LexborNode, about: Mapping[str, str]) -> bool:
    """Whether words are too small to be read, or nobody knows how large they are."""
    size = about.get("font-size", "")
    return pixels(size, _LEAST_DIGIT) < _LEAST_DIGIT or ("(" in size and (node.tag in INLINE or is_in_cell(node)))


def of_size(size: float, opacity: float) -> str:
    """Why words of a size in pixels, of which so much is seen, may not be read."""
    return PALE if opacity < _PALE else SMALL if size < _LEAST_DIGIT else ""


def is_tight(about: Mapping[str, str]) -> bool:
    """Whether lines are so low that those above each other may lie over each other."""
    height = about.get("line-height", "normal")
    found = LENGTH.fullmatch(height)
    return "(" in height or (found is not None and pixels(height if found[2] else f"{height}em", _LOW) < _LOW)


def is_large_enough(about: Mapping[str, str]) -> bool:
    """Whether words have a size of their own, and one that can be read."""
    found = LENGTH.fullmatch(about.get("font-size", ""))
    return found is not None and found[2] in _OF_ITSELF and pixels(found[0], 0) >= _LEAST_DIGIT


def _is_cut(node: LexborNode, about: Mapping[str, str]) -> bool:
    """Whether an element may be too small for the figure in it, and shows no more than it has room for."""
    if "line-clamp" in about and about["line-clamp"] not in {"none", "initial", "unset"}:
        return True
    if not any(about.get(name, "visible") in {"hidden", "clip", "scroll", "auto"} for name in ("overflow-x", "overflow-y")):
        return False
    is_cell = node.tag in {"td", "th"}
    wide = [pixels(one, inf) for name in ("width", "max-width") if "%" not in (one := about.get(name, ""))]
    tall = [pixels(about.get(name, ""), inf) for name in ("height", "max-height")]
    needed = len("".join(node.text().split())) * _DIGIT
    return any(one < needed for one in wide) or (not is_cell and any(one < _LEAST_LINE or one < needed / 50 for one in tall))


def _is_moved(node: LexborNode, about: Mapping[str, str]) -> bool:
    if node.tag in {"dialog", "marquee"} or "popover" in node.attributes:
        return True
    if any(name in about and not AT_REST[name].fullmatch(about[name]) for name in MOVES):
        return True
    if _SHIFT.fullmatch(about.get("transform", "")) and not _STILL.fullmatch(about["transform"]):
        return True
    # What nobody works out here: a length that is counted, or all properties at once.
    if "all" in about or any("(" in about.get(name, "") for name in SHIFTS):
        return True
    if about.get("position") in {"relative", "sticky"}:
        most_of = {"left": 1, "right": 1, **({} if node.tag in INLINE else {"top": _GAP, "bottom": _GAP})}
        if any(abs(pixels(about.get(name, ""), 0)) > most for name, most in most_of.items()):
            return True
    room = max(pixels(about.get(name, ""), 0) for name in ("margin-left", "padding-left"))
    indent = pixels(about.get("text-indent", ""), 0)
    in_line = node.tag in INLINE and "inline" in about.get("display", "")
    back = min(pixels(about.get(name, ""), 0) for name in ("margin-left", "margin-right", "margin-top"))
    if indent + room < (_NARROW if in_line else -_LARGE) or back < (_NARROW if node.tag in INLINE else -_LARGE):
        return True
    shown = about.get("display", "")
    if shown in {"list-item", "table-column", "table-column-group"}:
        return True
    if FLEXES.fullmatch(shown) and sum(any(map(str.isdigit, one.text())) for one in node.iter(include_text=True)) > 1:
        return True
    return node.tag in INLINE and bool(_BREAKS.fullmatch(shown)) and _has_figures_beside(node)


def _has_figures_beside(node: LexborNode) -> bool:
    """Whether there are figures in the cell of an element, or its paragraph, that are none of its own."""
    around = node.parent
    while around is not None and around.tag in INLINE:
        around = around.parent
    within = sum(map(str.isdigit, around.text())) if around is not None else 0
    return within > sum(map(str.isdigit, node.text())) > 0


def _has_picture(node: LexborNode, about: Mapping[str, str]) -> bool:
    """Whether a picture is shown by the style of an element."""
    return (
        any("url(" in (said := about.get(name, "")) or "image" in said for name in _PICTURES)
        or "background" in node.attributes
    )
