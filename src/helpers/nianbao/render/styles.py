"""CSS made safe to publish: it decorates, but it loads, says, hides, covers and moves nothing.

What may stand in it is listed: properties, and for each the words, lengths and colours that are harmless in any element.
A page shows on the screen what it shows on paper, where a style sheet has no effect but that of its colours (`colours`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import tinycss2
from tinycss2.color4 import parse_color
from tinycss2.serializer import serialize_identifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tinycss2.ast import Node

_CONDITIONS = {"media", "supports"}
_PIXELS = {"px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "em": 16, "rem": 16, "ex": 8, "ch": 8}
_COLOURS = {"rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix", "light-dark"}
_GRADIENTS = {f"{again}{kind}-gradient" for again in ("", "repeating-") for kind in ("linear", "radial", "conic")}
_PAINTED = {"color", "background", "background-color", "background-image"}
_SEEN_THROUGH = {"none", "transparent", "currentcolor", "initial", "unset", "inherit", "revert"}
_OPAQUE = 0.5  # of a colour of words
_SIDES = ("", "-top", "-right", "-bottom", "-left")
# Properties whose value is words of a few. `display` changes the kind of box, but puts none beside or over another.
_WORDS = {
    name: set(words.split())
    for name, words in {
        "text-align": "left right center justify start end",
        "vertical-align": "baseline top middle bottom sub super text-top text-bottom",
        "display": "block table table-row table-cell",
        "white-space": "normal pre-wrap pre-line break-spaces",
        "word-break": "normal break-all break-word",
        "overflow-wrap": "anywhere break-word",
        "text-decoration": "none underline overline line-through solid double dotted dashed wavy",
        "text-decoration-line": "none underline overline line-through",
        "text-decoration-style": "solid double dotted dashed wavy",
        "font-style": "normal italic oblique",
        "font-variant": "normal small-caps",
        "border-collapse": "collapse separate",
        "box-sizing": "border-box content-box",
    }.items()
}
_LINES = {
    "none", "hidden", "solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset", "thin", "medium", "thick",
}  # fmt: skip
_SIZES = {"xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large"}
# Properties whose value is lengths: the most, in pixels, and the words beside them. The least is 0.
_LENGTHS = {
    **{f"margin{side}": (200, {"auto"}) for side in _SIDES},
    **{f"padding{side}": (200, set[str]()) for side in _SIDES},
    **dict.fromkeys(("width", "min-width", "max-width"), (2000, {"auto", "none"})),
    "min-height": (1000, {"auto"}),
    "border-spacing": (50, set()),
    **{
        f"border-{one}radius": (200, set[str]())
        for one in ("", *(f"{y}-{x}-" for y in ("top", "bottom") for x in ("left", "right")))
    },
    "letter-spacing": (16, {"normal"}),
    "word-spacing": (16, {"normal"}),
}
_SIZED = {*_LENGTHS, "height", "font", "font-size", "overflow-wrap", "white-space", "word-break", "display", "box-sizing"}
_MOST_BORDER = 6  # pixels
_BORDERS = {f"border{side}{part}" for side in _SIDES for part in ("", "-width", "-style", "-color")}
# A background inside of a line is as tall as its padding, and lies over the line above.
_MOST_ABOVE, _MOST_ABOVE_IN_SHEETS = 3, 12
_BOXES = {
    "div", "p", "table", "td", "th", "tr", "section", "article", "figure", "figcaption", "caption", "blockquote", "pre",
    "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "aside", "details",
    "summary",
}  # fmt: skip


@lru_cache(maxsize=1024)
def safe_style(css: str, tag: str = "div", is_alone: bool = True) -> str:
    """The declarations of a ``style`` attribute that do no more than decorate, for an element with this tag.

    One that takes a colour away says nothing where it ``is_alone``, without a style sheet that gives one; it is left out.
    """
    try:
        nodes = tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)
        return "; ".join(_declarations((node for node in nodes if not (is_alone and _is_seen_through(node))), tag))
    except RecursionError:
        return ""


def safe_sheet(css: str, inside: str = "") -> str:
    """A style sheet with its rules, and those for media, but no imports and fonts; '' when it is nested too deep to read.

    With ``inside``, a selector, its rules reach only what lies inside of such an element.
    """
    try:
        rules = "".join(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), inside))
    except RecursionError:
        return ""
    # Only a string can hold one, and a page has < at the beginning of tags only.
    return rules.replace("<", "\\3c ")


def is_coloured(sheet: str) -> bool:
    """Whether a safe style sheet says a colour, be it of words, of their ground or of lines."""
    return any(map(_is_painted, _said(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))))


def _said(nodes: Iterable[Node]) -> Iterator[Node]:
    """The declarations of rules, and of the rules in them."""
    for node in nodes:
        if node.type == "declaration":
            yield node
        else:
            yield from _said(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))


def _is_seen_through(node: Node) -> bool:
    if node.type != "declaration" or node.lower_name not in _PAINTED:
        return False
    return all(_is_word(one, _SEEN_THROUGH) for one in node.value if one.type not in {"whitespace", "comment"})


def _is_painted(declaration: Node) -> bool:
    name, value = declaration.lower_name, declaration.value
    return (name in _PAINTED or name in _BORDERS or name.startswith("text-decoration")) and any(
        one.type == "function" or (_is_colour(one) and not _is_word(one, _SEEN_THROUGH)) for one in value
    )


def _rules(nodes: Iterable[Node], inside: str) -> Iterator[str]:
    for node in nodes:
        condition = node.type == "at-rule" and node.lower_at_keyword in _CONDITIONS and node.content is not None
        if not (condition or node.type == "qualified-rule") or any(one.type == "error" for one in node.prelude):
            continue
        if not condition and "&" in tinycss2.serialize(node.prelude):
            continue  # `:not(&)` is what lies outside of the rule around it
        content = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        # A rule within a rule is already inside.
        within = inside if condition else ""
        parts = [f"{one};" for one in _declarations(content)] + [one.rstrip() for one in _rules(content, within)]
        head = f"@{node.lower_at_keyword} " if condition else ""
        selector = tinycss2.serialize(node.prelude).strip() if condition or not inside else _limited(node.prelude, inside)
        if parts:
            yield f"{head}{selector} {{ {' '.join(parts)} }}\n"


def _limited(prelude: Sequence[Node], inside: str) -> str:
    """A list of selectors, each for what lies inside of another."""
    selectors: list[list[Node]] = [[]]
    for node in prelude:
        if node == ",":
            selectors.append([])
        else:
            selectors[-1].append(node)
    return ", ".join(f"{inside} {tinycss2.serialize(one).strip()}" for one in selectors)


def _declarations(nodes: Iterable[Node], tag: str = "") -> Iterator[str]:
    """The declarations that may stay, in an element with this tag, or in any."""
    for node in nodes:
        if node.type != "declaration":
            continue
        value = [one for one in node.value if one.type not in {"whitespace", "comment"}]
        name = "min-height" if node.lower_name == "height" and tag != "img" else node.lower_name
        if value and _is_harmless(name, value, tag):
            # A box that is as high as its text, and no lower, covers and cuts nothing.
            written = serialize_identifier(node.name) if name == node.lower_name else name
            # In a sheet a length may outdo those of other sheets; none outdoes what the page says of paper.
            is_first = node.important and not (tag and name in _SIZED)
            yield f"{written}: {tinycss2.serialize(node.value).strip()}{' !important' if is_first else ''}"


def _is_harmless(name: str, value: Sequence[Node], tag: str) -> bool:
    if name in _WORDS:
        return all(_is_word(one, _WORDS[name]) or (name == "text-decoration" and _is_colour(one)) for one in value)
    if name in _LENGTHS or (name == "height" and tag == "img"):
        most, words = _LENGTHS.get(name, (2000, {"auto"}))
        return all(_is_word(one, words) or _is_length(one, most) or one == "/" for one in value) and _is_low(
            name, value, tag
        )
    if name in _BORDERS:
        return all(_is_word(one, _LINES) or _is_length(one, _MOST_BORDER, False) or _is_colour(one) for one in value)
    known = _OTHERS.get(name)
    return known is not None and known(value)


def _is_low(name: str, value: Sequence[Node], tag: str) -> bool:
    """Whether padding above and below reaches over no other line."""
    if not name.startswith("padding") or tag in _BOXES:
        return True
    above = value[::2] if name == "padding" else value if name in {"padding-top", "padding-bottom"} else ()
    return all(_is_length(one, _MOST_ABOVE if tag else _MOST_ABOVE_IN_SHEETS, False) for one in above)


def _is_word(node: Node, words: set[str]) -> bool:
    return node.type == "ident" and node.lower_value in words


def _is_length(node: Node, most: float, with_shares: bool = True) -> bool:
    if node.type == "dimension":
        return 0 <= node.value * _PIXELS.get(node.lower_unit, -1) <= most and node.value >= 0
    return (node.type == "number" and node.value == 0) or (
        with_shares and node.type == "percentage" and 0 <= node.value <= 100
    )


def _is_colour(node: Node) -> bool:
    """A colour, or a function that computes one of no more than numbers and colours."""
    if node.type == "function":
        return node.lower_name in _COLOURS and all(_is_plain(one) or _is_colour(one) for one in node.arguments)
    return node.type == "hash" or (node.type == "ident" and (parse_color(node) is not None))


def _is_plain(node: Node) -> bool:
    return node.type in {"whitespace", "comment", "ident", "number", "percentage", "dimension", "literal"}


def _is_ink(value: Sequence[Node]) -> bool:
    """A colour in which words can be seen."""
    colour = parse_color(value[0]) if len(value) == 1 else None
    return colour == "currentcolor" or (colour is not None and colour.alpha is not None and colour.alpha >= _OPAQUE)


def _is_background(value: Sequence[Node]) -> bool:
    return all(
        _is_plain(one) or _is_colour(one) or (
            one.type == "function" and one.lower_name in _GRADIENTS
            and all(_is_plain(part) or _is_colour(part) for part in one.arguments)
        )
        for one in value
    ) and not any(_is_word(one, {"text", "fixed"}) for one in value)  # fmt: skip


def _is_size(node: Node) -> bool:
    """A size that is none of its element's parent: in many of these, one inside another, words get as small as a point."""
    if node.type == "dimension" and node.lower_unit not in {"em", "ex", "ch"}:
        return _is_length(node, 64) and not _is_length(node, 7.99)
    return _is_word(node, _SIZES)


def _is_line_height(node: Node) -> bool:
    return _is_word(node, {"normal"}) or (
        (node.type == "number" or (node.type == "dimension" and node.lower_unit == "em")) and 1 <= node.value <= 4
    ) or (node.type == "percentage" and 100 <= node.value <= 400)  # fmt: skip


def _is_weight(node: Node) -> bool:
    return _is_word(node, {"normal", "bold", "bolder", "lighter"}) or (node.type == "number" and 100 <= node.value <= 900)


def _is_family(value: Sequence[Node]) -> bool:
    return all(one.type in {"ident", "string"} or one == "," for one in value)


def _is_font(value: Sequence[Node]) -> bool:
    """Style and weight, then a size with or without the height of lines, then families."""
    at = next((number for number, one in enumerate(value) if _is_size(one) and one.type == "dimension"), len(value))
    before, behind = value[:at], value[at + 1 :]
    if behind and behind[0] == "/":
        if len(behind) < 2 or not _is_line_height(behind[1]):
            return False
        behind = behind[2:]
    looks = _WORDS["font-style"] | _WORDS["font-variant"]
    return bool(behind) and _is_family(behind) and all(_is_weight(one) or _is_word(one, looks) for one in before)


_OTHERS: dict[str, Callable[[Sequence[Node]], bool]] = {
    "color": _is_ink,
    "text-decoration-color": lambda value: all(map(_is_colour, value)),
    **dict.fromkeys(
        (
            "background",
            "background-color",
            "background-image",
            "background-size",
            "background-position",
            "background-repeat",
        ),
        _is_background,
    ),
    "font": _is_font,
    "font-family": _is_family,
    "font-size": lambda value: len(value) == 1 and _is_size(value[0]),
    "font-weight": lambda value: len(value) == 1 and _is_weight(value[0]),
    "line-height": lambda value: len(value) == 1 and _is_line_height(value[0]),
}
