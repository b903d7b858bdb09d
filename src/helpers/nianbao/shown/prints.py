"""What a document was printed with, kept in its properties: it tells, when it comes back, who has changed what since."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from nianbao.shown.blocks import BREAK, Block, Cell, Looks, Paragraph, Piece, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROPERTY = "nianbao-{}"
"""The names of the kit's own properties of a document, which hold what was printed, one after another."""
_MOST = 255  # characters of a property that Word keeps
_MOST_CELLS = 1_000  # rows or columns that a cell takes, and the number of a cell of a notebook
_ESCAPED = re.compile("[\\s\U00010000-\U0010ffff]")  # what programs take away at an end, or count as two characters
_LOOKS: dict[str, tuple[str, Any]] = {
    "b": ("bold", True),
    "a": ("link", True),
    "s": ("struck", True),
    "u": ("raised", "sup"),
    "d": ("raised", "sub"),
}


@dataclass(frozen=True, slots=True)
class Printed:
    """The paragraphs and tables of a document, and its pictures by what it says of them, each with `Paragraph.own`.

    A draft also has the findings that stand behind its report.
    """

    blocks: Sequence[Block]
    pictures: Sequence[tuple[str, int]] = ()
    findings: Sequence[str] = ()


def properties(printed: Printed) -> dict[str, str]:
    """The properties that a document gets, by their names: JSON without white space, in pieces."""
    said = [[*map(_block, printed.blocks)], [*map(list, printed.pictures)], *filter(None, [[*printed.findings]])]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    text = _ESCAPED.sub(lambda found: "\\u0020" if found[0] == " " else json.dumps(found[0])[1:-1], text)
    starts = range(0, len(text), _MOST)
    return {PROPERTY.format(number): text[at : at + _MOST] for number, at in enumerate(starts, 1)}


def read(properties_: Mapping[str, str]) -> Printed | None:
    """What the properties of a document hold; none where it has none, or where they hold anything else."""
    names = (PROPERTY.format(number) for number in range(1, len(properties_) + 1))
    try:
        blocks, pictures, *more = json.loads("".join(properties_.get(name, "") for name in names))
        findings = tuple(_text(one) for some in more for one in some)
        if more and (len(more) > 1 or not findings):
            raise ValueError(more)
        return Printed([*map(_read, blocks)], [(_text(name), _number(own)) for name, own in pictures], findings)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _block(block: Block) -> dict[str, Any]:
    """A block as JSON: without what is as usual."""
    if isinstance(block, Table):
        return {"rows": [[*map(_cell, row)] for row in block.rows]} | ({"own": block.own} if block.own else {})
    shown = (one for one in block.pieces if one is BREAK or not one.looks.around)
    pieces: list[Any] = []
    for looks, some in groupby(shown, key=lambda one: None if one is BREAK else _signs(one.looks)):
        if looks is None:
            pieces += [0 for _ in some]
        elif text := "".join(one.text for one in some):
            pieces.append([looks, text] if looks else text)
    about = {"level": block.level, "marks": [*block.marks], "depth": block.depth, "own": block.own}
    return {"text": pieces} | {name: said for name, said in about.items() if said}


def _signs(looks: Looks) -> str:
    return "".join(sign for sign, (name, value) in _LOOKS.items() if getattr(looks, name) == value)


def _cell(cell: Cell) -> Any:
    """A cell; only its text where that is all."""
    blocks = [*map(_block, cell.blocks)]
    spans = (("across", cell.across, 1), ("along", cell.along, 1), ("head", cell.is_head, False))
    about = {name: said for name, said, usual in spans if said != usual}
    if not about and len(blocks) == 1 and blocks[0].keys() == {"text"}:
        [pieces] = blocks[0].values()
        if all(isinstance(one, str) for one in pieces):
            return "".join(pieces)
    return {"blocks": blocks} | about


def _read(said: Any) -> Block:
    """A block of JSON; raises `ValueError`, `TypeError` or `KeyError` for what `_block` does not write."""
    own = _number(said.get("own", 0)) if isinstance(said, dict) else 0
    if "rows" in said:
        return Table([[*map(_read_cell, row)] for row in said["rows"]], own=own)
    marks = tuple(map(_text, said.get("marks", ())))
    level, depth = (_number(said.get(name, 0)) for name in ("level", "depth"))
    return Paragraph([*map(_piece, said["text"])], level, marks, depth, own=own)


def _piece(said: Any) -> Piece:
    if said == 0:
        return BREAK
    signs, text = ("", said) if isinstance(said, str) else said
    return Piece(_text(text), Looks(**dict(_LOOKS[sign] for sign in _text(signs))))


def _read_cell(said: Any) -> Cell:
    if isinstance(said, str):
        return Cell([Paragraph([Piece(said)] if said else [])])
    across, along = (_number(said.get(name, 1)) for name in ("across", "along"))
    return Cell([*map(_read, said["blocks"])], across, along, bool(said.get("head")))


def _number(said: Any) -> int:
    if not isinstance(said, int) or not 0 <= said <= _MOST_CELLS:
        raise ValueError(said)
    return said


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError(said)
    return said
