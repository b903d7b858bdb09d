"""The rows of a table of Word's: what a tracked change has done to one, and whether anybody sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.shown.blocks import CHANGE, ROW_CAME, ROW_GONE, Note
from nianbao.shown.wordchanges import CAME, words_in
from nianbao.shown.wordruns import plain
from nianbao.shown.wordstyles import W, is_on, number_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

_AROUND = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", *CAME}  # what may stand around rows and cells
_LEAST_HEIGHT = 120  # twentieths of a point


def children(element: Element, tag: str) -> Iterator[Element]:
    """The children of a tag, also where a content control or a tracked change stands around them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            yield from children(child, tag)


def changed(row: Element) -> Note | None:
    """What a tracked change did to a row or its cells, and who did it, with the words of its cells; none without one."""
    properties, cells = row.find(f"{W}trPr"), [*children(row, f"{W}tc")]
    for name, what in (("del", ROW_GONE), ("ins", ROW_CAME)):
        if properties is not None and (found := properties.find(f"{W}{name}")) is not None:
            shown = ["".join(words_in(one, is_gone=False)) if what == ROW_CAME else plain(one) for one in cells]
            return _note(what, found, shown)
    said: dict[str, Element] = {}  # by its tag: what the properties of the first cell say that has it
    for cell in cells:
        about = cell.find(f"{W}tcPr")
        for one in about if about is not None else ():
            said.setdefault(one.tag, one)
    for name, what in (("cellDel", "删除格"), ("cellIns", "插入格"), ("cellMerge", "合并格")):
        if (found := said.get(f"{W}{name}")) is not None:  # after which nobody knows whose the other cells are
            return _note(f"有{what}的一行", found, map(plain, cells))
    return None


def _note(what: str, change: Element, cells: Iterable[str]) -> Note:
    return Note(CHANGE, change.get(f"{W}author", ""), f"{what}：{'｜'.join(filter(str.strip, cells))}")


def is_flat(properties: Element | None) -> bool:
    """Whether a row is hidden, or of no height to speak of."""
    if properties is None:
        return False
    is_exact = properties.find(f"{W}trHeight[@{W}hRule='exact']") is not None
    is_exact = is_exact and number_in(properties, "trHeight") < _LEAST_HEIGHT
    return is_exact or is_on(properties.find(f"{W}hidden"))
