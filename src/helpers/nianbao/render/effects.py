"""Calls at a cell's end whose value nobody means to show: they set something in a figure, or write something."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

_OWN = re.compile(r"[%!?]")  # what IPython's own lines have and most Python has not
_MOST = 100  # such signs, beyond which IPython takes seconds to read them
# With what they give back: the limits of an axis, a list of what was set; how many characters were written, a place.
_DRAWING = {
    *("rlim", "thetalim", "axis", "margins", "setp", "set"),
    *(f"{what}{axis}{end}" for what in ("set_", "") for axis in "xyz" for end in ("lim", "bound", "ticks", "ticklabels")),
}
_WRITING = {"write", "write_text", "write_bytes", "setlocale", "system", "seek", "truncate"}
_PLAIN = {"xlim", "ylim", "axis", "setp"}  # which pylab has as names of their own


def sets(source: str) -> bool:
    """Whether a cell ends with a call that sets something in a figure: ``plt.xlim(0, 10)``; ``plt.xlim()`` asks for it."""
    return _called(source) in _DRAWING


def writes(source: str) -> bool:
    """Whether it ends with a call that writes or sets something else, and gives back how much."""
    return _called(source) in _WRITING


@lru_cache(maxsize=8)
def _called(source: str) -> str:
    """The name of what a cell calls at its end, with something that it is given; '' where it ends otherwise."""
    body = _read(source) or (_read(_translated(source)) if len(_OWN.findall(source)) <= _MOST else [])
    call = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
    if not isinstance(call, ast.Call) or not (call.args or call.keywords):
        return ""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) and call.func.id in _PLAIN else ""


def _read(source: str) -> list[ast.stmt]:
    """The statements of a text; none where it is no Python."""
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _translated(source: str) -> str:
    """A cell as IPython gives it to Python: its commands (%, !, ?) are calls."""
    from IPython.core.inputtransformer2 import TransformerManager  # takes 0.1 s, and few cells ask

    try:
        return TransformerManager().transform_cell(source)
    except (SyntaxError, ValueError, RuntimeError):
        return ""
