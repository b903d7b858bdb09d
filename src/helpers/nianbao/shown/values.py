"""Which values a browser takes for a property of CSS: it passes over the others, and keeps what was said before."""

from __future__ import annotations

import re
from functools import lru_cache

import tinycss2

from nianbao.shown.colours import is_colour
from nianbao.shown.longhands import PREFIX

_KEPT = "inherit|initial|unset|revert|revert-layer"
_VALID = {
    "display": re.compile(
        rf"{_KEPT}|none|contents|(?:block|inline|flow|flow-root|list-item|ruby(?:-base|-text)?|math|run-in|-webkit-[a-z-]+"
        r"|(?:inline-)?(?:block|flex|grid|table)|table-[a-z-]+|flex|grid|table|\s)+|.*\(.*"
    ),
    "visibility": re.compile(rf"{_KEPT}|visible|hidden|collapse|.*\(.*"),
    "opacity": re.compile(rf"{_KEPT}|[-+]?[0-9.]+(?:e[-+]?[0-9]+)?%?|[a-z-]+\(.*"),
    "position": re.compile(rf"{_KEPT}|static|relative|absolute|fixed|sticky|-webkit-sticky|.*\(.*"),
    "float": re.compile(rf"{_KEPT}|none|left|right|inline-start|inline-end|.*\(.*"),
    "font-size": re.compile(
        rf"{_KEPT}|[+]?[0-9.]+(?:e[-+]?[0-9]+)?(?:[a-z]+|%)|0+|[a-z-]+\(.*|(?:x{{1,3}}-)?(?:small|large)"
        r"|smaller|larger|medium|math"
    ),
}
_COLOURS = {"color", "background-color", "-webkit-text-fill-color"}
_LENGTH = re.compile(
    r"[-+]?(?:0+(?:[.]0+)?|(?:[0-9]*[.])?[0-9]+(?:e[-+]?[0-9]+)?(?:%|px|pt|pc|r?(?:em|ex|ch|cap|ic|lh)|cm|mm|in|q"
    r"|[sld]?v(?:[whib]|min|max)|cq(?:[whib]|min|max)))"
)
_SIZES = "auto none normal min-content max-content fit-content stretch intrinsic hanging each-line -webkit-fill-available"
_LINE = "none hidden dotted dashed solid double groove ridge inset outset auto thin medium thick invert"
_GROUND = (
    "none repeat repeat-x repeat-y no-repeat space round scroll fixed local left right top bottom center auto cover contain"
    " border-box padding-box content-box text border-area border padding content"
)
_STRIKES = (
    "none underline overline line-through blink solid double dotted dashed wavy auto from-font spelling-error grammar-error"
)
# What stands in the values of some properties beside lengths, colours and functions.
_WORDS = {
    re.compile("(?:margin|padding|inset)(?:-.*)?|left|right|top|bottom|(?:max-|min-)?(?:width|height|(?:inline|block)-size)"
               "|text-indent|letter-spacing|word-spacing|line-height"): _SIZES,
    re.compile("overflow(?:-[xy]|-inline|-block)?"): "visible hidden scroll auto clip overlay",
    re.compile("background|background-image"): _GROUND,
    re.compile("text-decoration(?:-line)?"): _STRIKES,
    re.compile("(?:border|outline)(?!-(?:image|radius|collapse|spacing|shape|color)).*"): _LINE,
    re.compile("vertical-align"): "baseline sub super top text-top middle bottom text-bottom -webkit-baseline-middle",
    re.compile("content"): "none normal open-quote close-quote no-open-quote no-close-quote",
    re.compile("transform|filter"): "none",
    re.compile("(?:box|text)-shadow"): "none inset",
    re.compile("font-size"): "xx-small x-small small medium large x-large xx-large xxx-large smaller larger math",
    re.compile("z-index"): "auto",
}  # fmt: skip
_TWICE = re.compile(r"(\S+)(?:\s.*)?\s\1")  # of display
_OF_OLD = re.compile(
    r"(?:alpha|progid|gray|xray|chroma|mask|glow|shadow|wave|dropshadow|flip[hv])\b"
)  # filters of old browsers
_NUMBERS = re.compile("line-height|z-index|opacity")
_FONT = re.compile(
    r"(?:caption|icon|menu|message-box|small-caption|status-bar|.*(?:[0-9][a-z]*|[%)])\s+\S.*"
    r"|.*(?:small|medium|large)(?:er)?\s.*)",
    re.S,
)


def is_valid(name: str, value: str) -> bool:
    """Whether a browser takes a value, of properties whose values are all known."""
    return (name not in _VALID or bool(_VALID[name].fullmatch(value))) and (name not in _COLOURS or is_colour(value))


@lru_cache(maxsize=10_000)
def is_sure(name: str, value: str) -> bool:
    """Whether a value is surely one that a browser takes; of properties that nobody asks for all are."""
    name = PREFIX.sub("", name)
    if value in {"revert", "var()"}:
        return False
    if "var(" in value:
        return True
    if name == "font":
        return bool(re.fullmatch(_KEPT, value) or _FONT.fullmatch(value))
    if name == "display":
        return not _TWICE.fullmatch(value)
    if name == "filter" and _OF_OLD.match(value):
        return False
    words = next((words for names, words in _WORDS.items() if names.fullmatch(name)), None)
    if words is None or re.fullmatch(_KEPT, value):
        return True
    known = words.split()
    tokens = tinycss2.parse_component_value_list(value, skip_comments=True)
    return all(_is_known(one, known, bool(_NUMBERS.fullmatch(name))) for one in tokens)


def _is_known(token: tinycss2.ast.Node, words: list[str], has_numbers: bool) -> bool:
    if token.type == "ident":
        return token.lower_value in words or is_colour(token.lower_value)
    if token.type in {"dimension", "percentage"}:
        return bool(_LENGTH.fullmatch(tinycss2.serialize([token]).lower()))
    return token.type != "number" or has_numbers or not token.value
