"""Markdown of a notebook, as Jupyter knows it: CommonMark, GFM, footnotes and formulas. Its HTML has still to be cleaned.

The narrative of a report has a dialect of its own (`nianbao.markdown`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar
from mdit_py_plugins.gfm import gfm_plugin

from nianbao.render.code import highlighted
from nianbao.render.mathematics import mathml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_WIDE = "\u2e80"  # the first of the characters between which no blank belongs
_CHECKBOX = re.compile(r'<input class="task-list-item-checkbox"[^>]*>')


def to_html(text: str, name: str) -> str:
    """A passage of Markdown as HTML, which is not clean yet; footnotes have the ``name`` in their ids."""
    html = _PARSER.render(text, {"docId": name})
    if "\ufffd" not in text:
        html = html.replace("\ufffd", "")  # what a reference to a character that prints nothing (&#1;) becomes
    # The fonts have no ticked boxes.
    return _CHECKBOX.sub(lambda box: "■" if "checked=" in box[0] else "□", html)


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """Any address makes a link or picture: which of them stay is judged where all HTML is."""
        return True


_SPACED, _TIGHT = (math_inline_dollar(spaced, False, True) for spaced in (True, False))


def _formula(state: StateInline, silent: bool) -> bool:
    """``$x$`` and ``$ x $`` are formulas; $5 and $10 are money."""
    rule = _SPACED if state.src[state.pos + 1 : state.pos + 2].isspace() else _TIGHT
    return rule(state, silent)


def _softbreak(tokens: Sequence[Token], index: int, *_: Any) -> str:
    """Between Chinese characters a line end is nothing, elsewhere a blank."""
    before = tokens[index - 1].content[-1:] if index else ""
    behind = tokens[index + 1].content[:1] if index + 1 < len(tokens) else ""
    return "" if before >= _WIDE and behind >= _WIDE else "\n"


def _named(state: StateCore) -> None:
    """Headings get the names that Jupyter gives them, so that a table of contents leads to them."""
    for heading, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if heading.type == "heading_open":
            text = "".join(one.content for one in inline.children or () if one.type in {"text", "code_inline"})
            heading.attrSet("id", text.strip().replace(" ", "-"))


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"highlight": lambda code, language, _: highlighted(code, language)})
    parser.use(gfm_plugin)
    parser.use(
        dollarmath_plugin, allow_labels=False, double_inline=True, renderer=lambda tex, how: mathml(tex, how["display_mode"])
    )
    parser.inline.ruler.at("math_inline", _formula)
    parser.use(amsmath_plugin, renderer=lambda tex: mathml(tex, True))
    parser.core.ruler.push("named", _named)
    renderer: Any = parser.renderer
    rules = renderer.rules
    rules["softbreak"] = _softbreak
    rules["footnote_anchor"] = lambda *_: ""  # the fonts have no arrow back
    inside = rules["math_inline_double"]
    rules["math_inline_double"] = lambda *given: inside(*given).replace("<div", "<span").replace("</div", "</span")
    return parser


_PARSER = _parser()
