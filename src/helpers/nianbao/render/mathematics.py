"""Formulas: TeX → MathML, which a browser shows and Typst sets."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from nianbao.render.pandoc import PANDOC

# What pandoc knows as functions. It takes any other word in a formula for a product of its letters.
_FUNCTIONS = {
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp", "gcd", "hom",
    "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sec", "sin", "sinh", "sup", "tan",
    "tanh",
}  # fmt: skip
_WORD = re.compile(r"<mi[^>]*>([A-Za-z]{2,})</mi>")
# What MathJax reads beside dollars.
_BRACKETS = re.compile(r"\\\[(.*?)\\\]|\\\((.*?)\\\)", re.S)


@lru_cache(maxsize=4096)
def mathml(tex: str, on_its_own_line: bool) -> str:
    """A formula as ``<math>``; its TeX as code where pandoc does not understand it."""
    made = PANDOC.mathml(tex.strip(), on_its_own_line)
    if not made:
        return f"<code>{escape(tex.strip())}</code>"
    return _WORD.sub(lambda word: word[0] if word[1] in _FUNCTIONS else f"<mtext>{word[1]}</mtext>", made)


def with_dollars(text: str) -> str:
    r"""A text whose formulas stand between dollars, also those that stood in ``\[ \]`` or ``\( \)``."""
    return _BRACKETS.sub(lambda one: f"$${one[1]}$$" if one[1] is not None else f"${one[2]}$", text)
