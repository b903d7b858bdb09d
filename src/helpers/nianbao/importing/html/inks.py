"""Whether a reader of a web page can tell its words from what lies behind them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nianbao.alike import BLACK, WHITE, alike
from nianbao.shown.colours import Colour, colour_in, colour_of, grounds_in
from nianbao.shown.htmltree import up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from selectolax.lexbor import LexborNode

ASKED = frozenset({"color", "text-fill-color", "background-color", "background-image"})
ALIKE = "与底色相同的文字"
FAINT, OVER_PICTURE, UNKNOWN_INK = "几乎看不见的文字", "图片上的文字", "颜色不明的文字"
DOUBTS = frozenset({FAINT, OVER_PICTURE, UNKNOWN_INK})
# Of 255: what faint words differ by, what is light; what is seen of a colour; how many colours may lie behind words.
_NEAR, _LIGHT, _SEEN, _MOST = 40, 128, 0.4, 20
_PART, _WHOLE = re.compile("/|no-repeat|repeat-[xy]|space|round"), re.compile(r"(?:auto|cover|100%|[\s,])+")
_GROUNDS = ("background-color", "background-image")
_PAGE = {"html", "body"}
_PARTLY = 0.5  # of a ground that lies behind some of the cells
_ROWS, _CELLS = {"table", "thead", "tbody", "tfoot", "tr"}, {"td", "th"}
_TABLE = _ROWS | _CELLS


class Ink(NamedTuple):
    """What hides the words of an element, and what makes them doubtful; '' for nothing."""

    hides: str = ""
    doubt: str = ""


class Inks:
    """Knows the colours of the words of a page and of what lies behind them."""

    def __init__(self, about: Callable[[LexborNode], Mapping[str, str]], body: LexborNode) -> None:
        self.about = about
        self.link = colour_of(body.attributes.get("link") or "")
        self.inks: dict[int, Colour] = {}
        self.grounds: dict[int, tuple[list[Colour], bool]] = {}
        self.bare: dict[int, Ink] = {}

    def of(self, node: LexborNode, about: Mapping[str, str]) -> Ink | None:
        """What becomes of the words of a cell, or of another element that has a colour or a ground of its own.

        ``None`` for all others: their words look as those around them, and the rows of a table have none.
        """
        if node.tag in _ROWS:
            return None
        own = self._own_ink(node, about)
        grounds = self._own_grounds(node, about)
        if own is None and not grounds:
            return self._of_bare(node.parent) if node.tag in _CELLS else None
        ink = own or (self._ink(node.parent) if node.parent is not None else Colour(BLACK))
        return _seen(ink, *self._behind(node, grounds))

    def _of_bare(self, row: LexborNode | None) -> Ink:
        """What becomes of the words of a cell without a colour or a ground of its own: the same of all such in a row."""
        if row is None:
            return _seen(Colour(BLACK), [], False)
        if row.mem_id not in self.bare:
            self.bare[row.mem_id] = _seen(self._ink(row), *self._around(row))
        return self.bare[row.mem_id]

    def _own_ink(self, node: LexborNode, about: Mapping[str, str]) -> Colour | None:
        """The colour that an element says; ``None`` where it says none."""
        fill = about.get("text-fill-color", "currentcolor")
        said = about.get("color") if fill == "currentcolor" else fill
        if said == "initial":
            return Colour(BLACK)
        if found := colour_in(said) if said else None:
            return found
        given = node.attributes
        if not said and node.tag == "font" and given.get("color"):
            return colour_of(given["color"] or "")
        if not said and node.tag == "body" and given.get("text"):
            return colour_of(given["text"] or "")
        return self.link if not said and node.tag == "a" and "href" in given else None

    def _ink(self, node: LexborNode) -> Colour:
        """The colour of the words of an element."""
        asked: list[int] = []
        found: Colour | None = None
        for at in up(node):
            if found := self.inks.get(at.mem_id):
                break
            asked.append(at.mem_id)
            if found := self._own_ink(at, self.about(at)):
                break
        self.inks |= dict.fromkeys(asked, found or Colour(BLACK))
        return found or Colour(BLACK)

    def _own_grounds(self, node: LexborNode, about: Mapping[str, str]) -> list[Colour]:
        """What an element has behind its words; it may be of the colour of the words."""
        if any("currentcolor" in about.get(name, "") for name in _GROUNDS):
            ink = self._ink(node)
            about = {**about, **{name: about.get(name, "").replace("currentcolor", f"#{ink.rgb}") for name in _GROUNDS}}
        columns = node.css("col, colgroup") if node.tag == "table" else ()
        behind = (one._replace(opacity=_PARTLY) for column in columns for one in _own_grounds(column, self.about(column)))
        return [one for one in [*behind, *_own_grounds(node, about)] if not one.is_clear]

    def _behind(self, node: LexborNode, own: list[Colour]) -> tuple[list[Colour], bool]:
        """What may lie behind the words of an element, and whether its table or what lies in it has a picture there."""
        has_picture = any(not one.rgb for one in own) and node.tag not in _PAGE and _is_in_table(node)
        if any(map(_covers, own)) or node.parent is None:
            return own, has_picture
        around, has_more = self._around(node.parent)
        return [*own, *around], has_picture or has_more

    def _around(self, node: LexborNode) -> tuple[list[Colour], bool]:
        """What lies behind an element and those around it."""
        asked: list[tuple[LexborNode, list[Colour]]] = []
        found: tuple[list[Colour], bool] = [Colour(WHITE)], False
        for at in up(node):
            if at.mem_id in self.grounds:
                found = self.grounds[at.mem_id]
                break
            asked.append((at, self._own_grounds(at, self.about(at))))
        for at, own in reversed(asked):
            if own:
                has_picture = at.tag in _TABLE and any(not one.rgb for one in own)
                found = (
                    (own, has_picture) if any(map(_covers, own)) else ([*own, *found[0]][:_MOST], found[1] or has_picture)
                )
            self.grounds[at.mem_id] = found
        return found


def _seen(ink: Colour, behind: list[Colour], has_picture: bool) -> Ink:
    """What becomes of words of a colour over what may lie behind them, a picture in their table among it or not."""
    if not ink.rgb:
        return Ink(doubt=UNKNOWN_INK)
    solid = [one for one in behind if one.rgb]
    like = [alike(ink.rgb, one.rgb) for one in solid]
    if like and all(like) and len(solid) == len(behind):
        return Ink(ALIKE)
    if len(solid) < len(behind) and (has_picture or _is_light(ink)):
        return Ink(doubt=OVER_PICTURE)
    is_faint = any(like) or any(_is_near(ink, one) for one in solid) or ink.opacity < _SEEN
    return Ink(doubt=FAINT if is_faint else "")


def _covers(ground: Colour) -> bool:
    return bool(ground.rgb) and ground.is_solid


def _own_grounds(node: LexborNode, about: Mapping[str, str]) -> list[Colour]:
    """The pictures of an element and its colour, which an old attribute gives where no style does."""
    given = node.attributes
    pictures = [
        one
        for one in grounds_in(about.get("background-image", ""))
        if not one.rgb or "gradient" in about["background-image"]
    ]
    pictures += [Colour("")] if _is_partial(about.get("background-image", ""), about) else []
    pictures += [Colour("")] if given.get("background") and "background-image" not in about else []
    said, old = about.get("background-color"), colour_of(given.get("bgcolor") or "")
    plain = [one for one in grounds_in(said) if one.rgb] if said else [old] if old is not None else []
    return [*pictures, *plain]


def _is_partial(image: str, about: Mapping[str, str]) -> bool:
    """Whether a gradient may lie behind a part of an element only."""
    if "gradient" not in image:
        return False
    said = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", image)
    sizes, ways = about.get("background-size", "auto"), about.get("background-repeat", "repeat")
    return bool(_PART.search(f"{said} {ways}")) or not _WHOLE.fullmatch(sizes)


def _is_in_table(node: LexborNode) -> bool:
    at: LexborNode | None = node
    while at is not None and at.tag not in _TABLE:
        at = at.parent
    return at is not None


def _is_near(one: Colour, other: Colour) -> bool:
    pairs = [(int(one.rgb[at : at + 2], 16), int(other.rgb[at : at + 2], 16)) for at in (0, 2, 4)]
    return all(abs(first - second) <= _NEAR for first, second in pairs)


def _is_light(ink: Colour) -> bool:
    return sum(int(ink.rgb[at : at + 2], 16) for at in (0, 2, 4)) / 3 > _LIGHT
