"""Labels of vertical axes in Chinese: one character below the other, where matplotlib would lay them on their side."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_CHINESE = re.compile("[\u3400-\u9fff]")
# A run of letters, digits and signs, or any other character.
_PIECE = re.compile(r"[^\s\u0080-\U0010ffff()\[\]{}]+|\S")
_BESIDES = re.compile(r"[0-9]{1,2}%|.{1,2}")  # what stands side by side: 10, 10%
_STACKED = re.compile("[0-9A-Z]{3,}%?")  # what stands one below the other: 2024, GDP
_FORMULA = "$"
# Of a label on its side, turned about its anchor: at which side of the axis it stands, and where along it.
_BESIDE = {"bottom": "right", "top": "left"}
_ALONG = {"left": "bottom", "center": "center", "right": "top"}
# Marks that have another form in a column. Quotation marks are those of columns, as GB/T 15834 has them.
_UPRIGHT = str.maketrans(
    "（）()【】〔〕《》〈〉“”‘’「」『』[]{}—–…，、。：；！？",
    "︵︶︵︶︻︼︹︺︽︾︿﹀﹃﹄﹁﹂﹁﹂﹃﹄﹇﹈︷︸︱︱︙︐︑︒︓︔︕︖",
)
_LYING = "～~-"  # marks without such a form
_LINE = 1.45  # of a character's height, a line of the column
_TURNED = "nianbao_turned"


def watch(module: ModuleType, axis: ModuleType) -> None:
    """From now on labels know whether their author has turned them, which matplotlib does not tell from its own doing.

    The modules are ``matplotlib.figure`` and ``matplotlib.axis``.
    """
    text, figure, vertical = module.Text, module.FigureBase, axis.YAxis
    if hasattr(text, _TURNED):
        return
    setattr(text, _TURNED, False)
    turn, begin, label = text.set_rotation, vertical._init, figure.supylabel

    @wraps(turn)
    def set_rotation(self: Any, s: Any) -> None:
        turn(self, s)
        setattr(self, _TURNED, True)

    @wraps(begin)
    def _init(self: Any) -> None:
        begin(self)
        setattr(self.label, _TURNED, False)

    @wraps(label)
    def supylabel(self: Any, t: str, **look: Any) -> Any:
        was_turned = getattr(self._supylabel, _TURNED, False)
        made = label(self, t, **look)
        setattr(made, _TURNED, was_turned or "rotation" in look)
        return made

    text.set_rotation, vertical._init, figure.supylabel = set_rotation, _init, supylabel


@contextmanager
def upright(figure: Any) -> Iterator[None]:
    """While a figure is drawn, the labels of its vertical axes stand upright, but those that its author has turned."""
    kept = [(one, _look(one), one._multialignment) for one in _lying(figure)]
    for one, look, _ in kept:
        text, _, across, along = look
        is_anchored = one.get_rotation_mode() == "anchor"
        place = {"ha": _BESIDE[along], "va": _ALONG[across]} if is_anchored else {"ha": across, "va": along}
        one.update({"text": "\n".join(_pieces(text)), "rotation": 0, "multialignment": "center", **place})
    try:
        yield
    finally:
        for one, (text, rotation, across, along), multialignment in kept:
            one.update({"text": text, "rotation": rotation, "ha": across, "va": along})
            one._multialignment = multialignment
            setattr(one, _TURNED, False)


def _look(label: Any) -> tuple[str, float, str, str]:
    return label.get_text(), label.get_rotation(), label.get_ha(), label.get_va()


def _lying(figure: Any) -> list[Any]:
    """The labels that lie on their side because nobody said how they should stand, and that have room in a column."""
    labels = [(one.yaxis.label, one) for one in _axes(figure.axes) if one.name == "rectilinear"]
    labels += [(one._supylabel, one) for one in _figures(figure) if one._supylabel]
    return [label for label, of in labels if _is_lying(label) and _has_room(label, of.bbox.height * 72 / figure.dpi)]


def _axes(some: list[Any]) -> Iterator[Any]:
    """Some axes, those inside them and those beside them."""
    for one in some:
        yield one
        yield from _axes(one.child_axes)


def _figures(figure: Any) -> Iterator[Any]:
    """A figure and those inside it."""
    yield figure
    for one in figure.subfigs:
        yield from _figures(one)


def _is_lying(label: Any) -> bool:
    text, rotation, across, along = _look(label)
    is_plain = rotation == 90 and _FORMULA not in text and not getattr(label, _TURNED, False)
    is_placed = along in _BESIDE or label.get_rotation_mode() != "anchor"
    return is_plain and is_placed and across in _ALONG and bool(_CHINESE.search(text)) and "\n" not in text


def _has_room(label: Any, room: float) -> bool:
    pieces = _pieces(label.get_text())
    is_column = all(_BESIDES.fullmatch(one) and one not in _LYING for one in pieces)
    return is_column and len(pieces) * _LINE * label.get_fontsize() <= room


def _pieces(text: str) -> list[str]:
    """What stands in each line of the column."""
    pieces = [one.translate(_UPRIGHT) for one in _PIECE.findall(text)]
    return [line for one in pieces for line in (one if _STACKED.fullmatch(one) else [one])]
