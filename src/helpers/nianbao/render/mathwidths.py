"""How wide formulas are where a browser prints them: one wider than its line goes on on the next one."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from nianbao.render.frames import with_style
from nianbao.shown.htmltree import body_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MATH = re.compile(r"<math\b[^>]*>.*?</math>", re.S)
_ROOM = 27.0  # em of a line
# In em: a sign that is no ideograph, beside an operator, beside a cell; the size of what is above or below; a root, a box.
_LETTER, _BESIDE, _CELL, _SCRIPT = 0.6, 0.6, 0.9, 0.75
_AROUND = {"msqrt": 1.0, "mroot": 1.2, "menclose": 0.8, "mspace": 1.0}
_WORDS = {"mi", "mn", "mo", "mtext", "ms"}
_STACKED = {"mfrac", "munder", "mover", "munderover"}
_SCRIPTED = {"msub", "msup", "msubsup"}


def fitted(html: str) -> str:
    """A page's body in which a formula that may be wider than a line says how large its pieces are."""

    def small(formula: re.Match[str]) -> str:
        tree = body_of(formula[0])
        if _wide(tree) <= _ROOM:
            return formula[0]
        pieces = [_wide(one) for one in tree.css("math > semantics > mrow > *")]
        size = min(1.0, _ROOM / max(pieces or [_wide(tree)]))
        return with_style(formula[0], f"--piece: {size:.2f}")

    return _MATH.sub(small, html) if "<math" in html else html


def width(formula: str) -> float:
    """The width of a formula, given as MathML, in em; rather more than less."""
    return _wide(body_of(formula))


def _wide(node: LexborNode) -> float:
    """The width of a part of a formula, in em; rather more than less."""
    tag = node.tag or ""
    if tag in _WORDS:
        text = node.text().strip()
        return sum(1.0 if char >= "⺀" else _LETTER for char in text) + _BESIDE * (tag == "mo")
    if tag == "mtable":
        rows = [[_wide(cell) + _CELL for cell in row.iter()] for row in node.iter()]
        return sum(map(max, zip_longest(*rows, fillvalue=0.0)))
    wide = [_wide(one) for one in node.iter()]
    if tag in _STACKED:
        return max(wide, default=0.0) + 0.3
    if tag in _SCRIPTED:
        return wide[0] + _SCRIPT * max(wide[1:], default=0.0) if wide else 0.0
    return sum(wide) + _AROUND.get(tag, 0.0)
