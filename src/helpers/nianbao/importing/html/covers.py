"""What a web page lays over the figures of its tables: rows that are moved, lines, pictures and grounds without words."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from nianbao.importing.html.boxes import is_unseen
from nianbao.importing.html.doubts import is_still
from nianbao.importing.html.lengths import pixels
from nianbao.importing.html.properties import AT_REST
from nianbao.shown.colours import grounds_in
from nianbao.shown.htmltree import INLINE, next_to, up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence, Set

    from selectolax.lexbor import LexborNode

    from nianbao.shown.sheets import Beside

    About = Callable[[LexborNode], Mapping[str, str]]

COVERED, COVERS = "可能被别的内容盖住的文字", "可能盖住表格的内容"
_ROWS, _CELLS = {"tr", "thead", "tbody", "tfoot"}, {"td", "th"}
_PARTS = {*_ROWS, *_CELLS, "table", "caption", "col", "colgroup"}
_PAINTED = {"hr", "img", "svg", "canvas", "video", "object", "embed", "iframe", "input"}
_ANCHORS = ("position-area", "inset-area", "position-anchor")
_EDGES = ("top", "bottom", "left", "right")
_OUTSET = re.compile(r"/[^/]*/\s*[0-9.]*[1-9]")
_NONE = re.compile("none|hidden|initial|unset|inherit|revert")
_LENGTH = re.compile(r"(?<![\w.#])[0-9.]+(?:px|pt|em|rem)(?![\w.])")
_FACTOR = re.compile(r"(?<![\w.%])((?:[0-9]*[.])?[0-9]+(?:e[-+]?[0-9]+)?)(%?)(?![\w%])")
_WHOLE_PAGE = re.compile(
    r"(?:9[0-9]|[1-9][0-9]{2,})(?:[.][0-9]+)?(?:%|[dsl]?v(?:[whib]|min|max))|.*\(.*|stretch|-webkit-fill-available"
)
_SET, _WIDTHS = {"absolute", "fixed"}, {"thin": 1, "medium": 3, "thick": 5}
_LINE, _SHADOW, _STEP, _JUMP = 3, 10, 10, 20  # px: of a line, of a shadow, of a move inside a table, and around one
_HEAD, _PATCH = 200, 3  # px: how far down no table begins; what has no room for a figure
_MOST_GROWN, _TALL, _BROAD = 1.3, 600, 900  # the others in px: of what covers a page
_NEAR, MOST_TOLD = 3, 5  # elements beside a table; elements that are told of


def in_tables(body: LexborNode, laid: Set[int], about: About) -> Iterator[tuple[int, str]]:
    """The numbers of the tables with figures over whose cells something of their own may lie, and why.

    Parameters
    ----------
    laid : set of int
        What `laid_in` gives.
    """
    for table in tables_with_figures(body):
        inside = (node for node in table.css("*") if node.mem_id != table.mem_id)
        if table.mem_id in laid or any(node.mem_id in laid or _is_over(node, about(node)) for node in inside):
            yield table.mem_id, COVERED


def around(body: LexborNode, laid: Set[int], about: About) -> list[str]:
    """What stands elsewhere on the page and may lie over a table with figures: tags and names, one each."""
    tables = tables_with_figures(body)
    holding = {one.mem_id for table in tables for one in up(table)}
    inside = {one.mem_id for table in tables for one in table.css("*")}
    near = (islice(next_to(at, step), _NEAR) for table in tables for at in up(table) for step in ("prev", "next"))
    beside = {one.mem_id for some in near for one in some}
    found = [node for table in tables for node in up(table) if node.mem_id in laid and node.mem_id != table.mem_id]
    found += [one for table in tables for one in _over_another(table, about)]
    for node in body.css("*") if tables else ():
        if node.mem_id not in holding | inside:
            said = about(node)
            is_over = _is_set_over(node, said, about, holding) or (node.mem_id in beside and _reaches(node, said))
            if is_over and not any(is_unseen(about(one)) for one in up(node)):
                found.append(node)
    return list(dict.fromkeys(map(named, found)))[:MOST_TOLD]


def tables_with_figures(body: LexborNode) -> list[LexborNode]:
    """The tables that lay out no other one, and have figures."""
    return [one for one in body.css("table") if len(one.css("table")) < 2 and any(map(str.isdigit, one.text()))]


def named(node: LexborNode) -> str:
    """The tag of an element, and its id or its first class."""
    said = node.attributes
    names = [f"#{said['id']}"] if said.get("id") else [f".{one}" for one in (said.get("class") or "").split()[:1]]
    return "".join([node.tag or "", *names])


def _is_over(node: LexborNode, said: Mapping[str, str]) -> bool:
    """Whether an element of a table may lie over cells around it."""
    if not said or is_unseen(said):
        return False
    if _line(said, "outline") > _LINE or (_is_painted_late(node, said) and _shadow(said) >= _SHADOW):
        return True
    back = min(pixels(said.get(name, ""), 0) for name in ("margin-top", "margin-bottom"))
    if node.tag == "caption" and back < -_LINE:
        return True
    if _casts(said):
        return True
    if node.tag in _PARTS:
        return node.tag not in {"col", "colgroup"} and (_is_moved(said, _LINE) or _is_grown(said))
    is_sign = not any(map(str.isalnum, node.text())) and (node.tag in _PAINTED or _paints(said, node))
    if is_sign and (back < -_LINE or min(pixels(said.get(one, ""), 0) for one in ("margin-left", "margin-right")) < -_LINE):
        return True
    is_set = said.get("position") in _SET and any(said.get(one, "auto") != "auto" for one in _EDGES)
    return back < -_JUMP or is_set or _is_moved(said, _STEP) or _is_grown(said)


def _casts(said: Mapping[str, str]) -> bool:
    """Whether an element throws its words, or a border's picture, beyond itself."""
    is_far = not AT_REST["text-shadow"].fullmatch(said.get("text-shadow", "none")) or "drop-shadow(" in said.get(
        "filter", ""
    )
    return is_far or bool(_OUTSET.search(f"{said.get('border-image', '')} // {said.get('border-image-outset', '')}"))


def _over_another(table: LexborNode, about: About) -> Iterator[LexborNode]:
    """The table, or what it stands in, where it is moved over another one before it."""
    for at in up(table):
        said = about(at)
        back = min(pixels(said.get(name, ""), 0) for name in ("margin-top", "margin-bottom"))
        is_moved = back < -_JUMP or (said.get("position") not in _SET and _is_moved(said, _JUMP))
        if said and is_moved and any(tables_with_figures(one) for one in next_to(at, "prev")):
            yield at


def _is_moved(said: Mapping[str, str], most: float) -> bool:
    """Whether an element stands elsewhere than in its place by more than so many pixels, or nobody knows by how many."""
    lengths = [said.get(one, "auto") for one in _EDGES] if said.get("position") in {"relative", *_SET} else []
    if any("(" in one or abs(pixels(one, 0)) > most for one in lengths):
        return True
    return not is_still(said, most)


def _is_grown(said: Mapping[str, str]) -> bool:
    """Whether an element is drawn larger than it is."""
    scaled = [*re.findall(r"scale\w*\(([^()]*)\)?", said.get("transform", "")), said.get("scale", "")]
    if any("(" in one for one in scaled) or re.search(r"scale\w*\([^()]*\(", said.get("transform", "")):
        return True
    factors = (float(one) / (100 if share else 1) for part in scaled for one, share in _FACTOR.findall(part))
    return any(one > _MOST_GROWN for one in factors)


def _is_painted_late(node: LexborNode, said: Mapping[str, str]) -> bool:
    """Whether the shadow of an element is painted after words around it."""
    return node.tag in INLINE or said.get("position", "static") != "static" or "inline" in said.get("display", "")


def _line(said: Mapping[str, str], name: str) -> float:
    """How wide a line is."""
    width = said.get(f"{name}-width", "medium")
    is_none = _NONE.fullmatch(said.get(f"{name}-style", "none"))
    return 0 if is_none else _WIDTHS.get(width, pixels(width, _SHADOW))


def _shadow(said: Mapping[str, str]) -> float:
    shadow = said.get("box-shadow", "none")
    return 0 if "inset" in shadow else max((pixels(one, 0) for one in _LENGTH.findall(shadow)), default=0)


def _paints(said: Mapping[str, str], node: LexborNode | None = None) -> bool:
    """Whether something is seen of an element that has no words."""
    grounds = [*grounds_in(said.get("background-image", "")), *grounds_in(said.get("background-color", ""))]
    grounds += grounds_in(node.attributes.get("bgcolor") or "") if node is not None else []
    if said.get("backdrop-filter", "none") not in {"none", "initial"}:
        return True
    is_lined = max(_line(said, "border-left"), _line(said, "border-right"), _line(said, "outline")) > _LINE
    return any(not one.is_clear for one in grounds) or is_lined or _shadow(said) >= _SHADOW


def laid_in(added: Sequence[Beside]) -> set[int]:
    """The elements before or after whose words sheets have something without words stand that may lie over them."""
    return {node.mem_id for node, about in added if not is_unseen(about) and _is_patch(about)}


def _is_patch(said: Mapping[str, str]) -> bool:
    """Whether something without words is painted so large, or so far from its place, that it may lie over figures."""
    if said.get("z-index", "").startswith("-"):
        return False
    back = min(pixels(said.get(name, ""), 0) for name in ("margin-top", "margin-bottom", "margin-left", "margin-right"))
    is_away = said.get("position") in _SET or back < -_LINE or _is_moved(said, _LINE)
    is_thin = any(pixels(said.get(one, ""), _JUMP) <= _PATCH for one in ("width", "height"))
    return _line(said, "outline") > _LINE or _shadow(said) >= _SHADOW or (is_away and not is_thin and _paints(said))


def _is_set_over(node: LexborNode, said: Mapping[str, str], about: About, holding: set[int]) -> bool:
    """Whether an element outside of tables is set somewhere on the page, over what it holds."""
    position = said.get("position")
    if position not in _SET or said.get("z-index", "").startswith("-"):
        return False
    if not (node.tag in _PAINTED or _paints(said, node)):
        return False
    if position == "fixed":
        return _is_as_large_as_the_page(said)
    if any(one in said for one in _ANCHORS):
        return True
    if all(said.get(one, "auto") == "auto" for one in _EDGES):
        return False
    holder = next((one for one in up(node) if one.mem_id != node.mem_id and _is_holder(about(one))), None)
    top, height = pixels(said.get("top", ""), _HEAD), pixels(said.get("height", ""), _HEAD)
    is_high = holder is None and "top" in said and top + height <= _HEAD
    return not is_high and (holder is None or holder.mem_id in holding)


def _is_holder(said: Mapping[str, str]) -> bool:
    return said.get("position", "static") not in {"static", "initial", "unset"} or said.get("transform", "none") != "none"


def _is_as_large_as_the_page(said: Mapping[str, str]) -> bool:
    is_tall = any(_is_whole(said, one, _TALL) for one in ("height", "min-height")) or {"top", "bottom"} <= said.keys()
    is_wide = any(_is_whole(said, one, _BROAD) for one in ("width", "min-width")) or {"left", "right"} <= said.keys()
    return is_tall and is_wide


def _is_whole(said: Mapping[str, str], name: str, least: float) -> bool:
    """Whether a size is as large as the page's, or nobody works it out here."""
    size = said.get(name, "")
    return bool(_WHOLE_PAGE.fullmatch(size)) or ("%" not in size and pixels(size, 0) >= least)


def _reaches(node: LexborNode, said: Mapping[str, str]) -> bool:
    """Whether an element beside a table reaches into it."""
    if not said:
        return False
    back = min(pixels(said.get(name, ""), 0) for name in ("margin-top", "margin-bottom"))
    is_shown = node.text().strip() or node.tag in _PAINTED or _paints(said, node)
    is_moved = said.get("position") not in _SET and _is_moved(said, _JUMP)
    return bool(is_shown) and (back < -_JUMP or _line(said, "outline") > _JUMP or is_moved)
