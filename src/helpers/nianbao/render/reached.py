"""What a page scrolls sideways: reached by keyboard in every browser, each with a name of its own."""

from __future__ import annotations

import re
from collections import Counter
from html import escape, unescape

from nianbao.render.mathwidths import width

# A table in its box with its name, what an output has in a width of its own, a drawing, and a formula on lines of its own.
_BOX = re.compile(
    r'<div (?P<table>class="scroll\b[^>]*>'
    r"(?:\s*(?:<style>[^<]*</style>\s*)?<table\b[^>]*>\s*<caption\b[^>]*>(?P<name>.*?)</caption>)?)"
    r'|<div (?P<output>class="wide sized">)'
    r'|<div (?P<figure>class="wide drawn">.*?<figcaption[^>]*>(?P<title>.*?)</figcaption>)'
    r'|<div (?P<formula>class="math block">(?P<math><math\b.*?</math>))',
    re.S,
)
_TAG = re.compile("<[^>]*>")
_ROOM = 16.0  # em: the line of the narrowest phone, 320 pixels wide
_KINDS = {
    "table": ("表格", "table"),
    "output": ("输出", "output"),
    "figure": ("图", "figure"),
    "formula": ("公式", "formula"),
}


def reached(body: str, is_chinese: bool) -> str:
    """A page's body in which all that may scroll is a region: a stop of the tab key, named by the table's name or its kind.

    What has the name of one above it has a number too, because regions of one name cannot be told apart. A formula that no
    screen is too narrow for stays as it is.
    """
    counts: Counter[str] = Counter()

    def region(box: re.Match[str]) -> str:
        if box["math"] and width(box["math"]) <= _ROOM:
            return box[0]
        kind = next(one for one in _KINDS if box[one])
        name = (
            " ".join(unescape(_TAG.sub("", box["name"] or box["title"] or "")).split())
            or _KINDS[kind][0 if is_chinese else 1]
        )
        counts[name] += 1
        if counts[name] > 1:
            name += f"（{counts[name]}）" if is_chinese else f" ({counts[name]})"
        return f'<div tabindex="0" role="region" aria-label="{escape(name)}" {box[kind]}'

    return _BOX.sub(region, body)
