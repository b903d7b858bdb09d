"""Labels of vertical axes in Chinese: one character below the other, where matplotlib would lay them on their side."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHINESE = re.compile("[\u3400-\u9fff]")
# What stands side by side: letters and digits. A longer run leaves the column crooked.
_PIECE = re.compile(r"[!-~]+|[^!-~\s]")
_LONG = 2
_FORMULA = "$"
# Of a label on its side: at which side of the axis it stands, and where along it.
_BESIDE = {"bottom": "right", "top": "left"}
_ALONG = {"left": "bottom", "center": "center", "right": "top"}
# Marks that have another form in a column.
_UPRIGHT = str.maketrans("（）()", "︵︶︵︶")
_LINE = 1.45  # of a character's height, a line of the column


@contextmanager
def upright(figure: Any) -> Iterator[None]:
    """While a figure is drawn, the labels of its vertical axes stand upright, but those that its author has turned."""
    kept = [(one, _look(one)) for one in _lying(figure)]
    for one, look in kept:
        text, _, across, along = look
        one.update({"text": "\n".join(_pieces(text)), "rotation": 0, "ha": _BESIDE[along], "va": _ALONG[across]})
    try:
        yield
    finally:
        for one, (text, rotation, across, along) in kept:
            one.update({"text": text, "rotation": rotation, "ha": across, "va": along})


def _look(label: Any) -> tuple[str, float, str, str]:
    return label.get_text(), label.get_rotation(), label.get_ha(), label.get_va()


def _lying(figure: Any) -> list[Any]:
    """The labels that lie on their side because nobody said how they should stand, and that have room in a column."""
    axes = [one for one in figure.axes if one.name == "rectilinear" and _is_lying(one.yaxis.label)]
    return [one.yaxis.label for one in axes if _has_room(one.yaxis.label, one.bbox.height * 72 / figure.dpi)]


def _is_lying(label: Any) -> bool:
    text, rotation, across, along = _look(label)
    is_plain = rotation == 90 and along in _BESIDE and across in _ALONG and _FORMULA not in text
    return is_plain and bool(_CHINESE.search(text)) and "\n" not in text


def _has_room(label: Any, room: float) -> bool:
    pieces = _pieces(label.get_text())
    return len(pieces) * _LINE * label.get_fontsize() <= room and max(map(len, pieces)) <= _LONG


def _pieces(text: str) -> list[str]:
    return [one.translate(_UPRIGHT) for one in _PIECE.findall(text)]
