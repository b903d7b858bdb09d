"""The pictures of a Word document: where each is kept in it, and what a reader sees of it otherwise than it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.shown.blocks import Drawn
from nianbao.shown.wordruns import MC
from nianbao.shown.wordstyles import W

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

ABOUT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
OLD = "{urn:schemas-microsoft-com:vml}imagedata"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TITLE = "{urn:schemas-microsoft-com:office:office}title"
_SHAPE = "{urn:schemas-microsoft-com:vml}shape"
_CHART = "/chart"  # how the address of what a drawing shows ends, where that is a chart
_TURNED = ("rot", "flipH", "flipV")
_CUT = ("croptop", "cropbottom", "cropleft", "cropright")
CHART, TOGETHER, CUT, TURNED, ELSEWHERE = (
    "是 Word 画的图表",
    "几幅组合在一起",
    "裁剪过",
    "旋转、翻转过",
    "只是链接，不在文件里",
)


def all_in(body: Element) -> list[Element]:
    """What tells of each drawing of a document, in the order in which they are counted."""
    return [*body.iter(ABOUT), *old_in(body)]


def old_in(body: Element) -> list[Element]:
    """Those of the old kind, but for what stands in for a drawing of today in old programs."""
    instead = {one for part in body.iter(f"{MC}Fallback") for one in part.iter(OLD)}
    return [one for one in body.iter(OLD) if one not in instead]


def shown_in(run: Element, numbers: Mapping[Element, int]) -> Iterator[Drawn]:
    """The pictures of a run, but for those in text boxes, which are read with these; ``numbers`` are those of `all_in`."""
    for child in run:
        drawing = next(iter(child.iterfind(f"{MC}Choice/{W}drawing")), child)
        if drawing.tag == f"{W}drawing" and (about := next(drawing.iter(ABOUT), None)) is not None:
            made = _drawing(drawing, about)
            if made and about in numbers:
                yield made._replace(number=numbers[about])
        elif drawing.tag == f"{W}pict" and (kept := next(drawing.iter(OLD), None)) is not None and kept in numbers:
            shape = next(drawing.iter(_SHAPE), None)
            words = (shape.get("alt") if shape is not None else "") or kept.get(_TITLE) or ""
            odd = CUT if any(kept.get(one) for one in _CUT) else ""
            yield Drawn(numbers[kept], kept.get(f"{_R}id", ""), words, odd=odd)


def _drawing(drawing: Element, about: Element) -> Drawn | None:
    """The picture that a drawing is; none for lines and other shapes, for text boxes, and for what nobody sees."""
    kept = [*drawing.iter(f"{_A}blip")]
    of = next(drawing.iter(f"{_A}graphicData"), None)
    is_chart = of is not None and of.get("uri", "").endswith(_CHART)
    if (
        about.get("hidden") in {"1", "true"}
        or not (kept or is_chart)
        or next(drawing.iter(f"{W}txbxContent"), None) is not None
    ):
        return None
    picture = next(drawing.iter(f"{_PIC}cNvPr"), None)
    name = picture.get("name", "") if picture is not None else ""
    address = kept[0].get(f"{_R}embed", "") if kept else ""
    return Drawn(0, address, about.get("descr", ""), name, CHART if is_chart else _odd(drawing, kept))


def _odd(drawing: Element, kept: list[Element]) -> str:
    """Why a picture is kept otherwise than it is shown; '' where it is not."""
    shapes = [*drawing.iter(f"{_A}xfrm")]
    if len(kept) > 1:
        return TOGETHER
    if any(one.get(side, "").strip("-0") for one in drawing.iter(f"{_A}srcRect") for side in "ltrb"):
        return CUT
    if any(one.get(way, "0") not in {"0", "false"} for one in shapes for way in _TURNED):
        return TURNED
    return "" if kept[0].get(f"{_R}embed") else ELSEWHERE
