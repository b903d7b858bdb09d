"""Characters that nobody sees: taken out of a flow and listed; a cell that holds one of direction or control is doubtful.

A paragraph with digits that one of them turns is asked about.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.characters import cleaned, visible
from nianbao.importing.flow import Paragraph
from nianbao.importing.remark import Remark

if TYPE_CHECKING:
    from nianbao.importing.flow import Block, Flow

Listed = list[tuple[str, str]]
_DOUBT = "格里有看不见的控制符"
_TURNED = re.compile(r"[\u202b\u202e\u2067][^\n]*?[0-9]")  # what stands behind is read from the right
_GAP = re.compile(r"[0-9][\u115f\u1160\u3164\uffa0]+[0-9]")  # a blank to the eye


def without(flow: Flow) -> Flow:
    """The flow without such characters; what was taken out stands in ``unseen``."""
    listed: Listed = []
    blocks = [_cleaned(block, listed) for block in flow.blocks]
    if not listed:
        return flow
    said = tuple(block for block in blocks if block.text)
    return replace(flow, blocks=said, unseen=(*flow.unseen, *listed), remarks=(*flow.remarks, *_remarks(flow)))


def _remarks(flow: Flow) -> list[Remark]:
    """What is asked about: the paragraphs whose digits a reader sees in another order, or apart."""
    told = [one for one in flow.blocks if isinstance(one, Paragraph) and not one.around]
    odd = [one for one in told if _TURNED.search(one.text) or _GAP.search(one.text)]
    return [Remark("看不见的控制符", one.place, "", visible(one.text)) for one in odd]


def _cleaned(block: Block, listed: Listed) -> Block:
    if isinstance(block, Paragraph):
        text = _taken(block.text, block.place, listed)[0].strip()
        return block if text == block.text else replace(block, text=text, bold=min(block.bold, len(text)))
    doubtful = dict(block.doubtful)
    rows = []
    for at, row in enumerate(block.rows):
        made = [_taken(cell, f"{block.place}第{block.number(at)}行", listed) for cell in row]
        doubtful |= {(at, column): _DOUBT for column, (_, is_odd) in enumerate(made) if is_odd}
        rows.append(tuple(text for text, _ in made))
    return block if tuple(rows) == block.rows else replace(block, rows=tuple(rows), doubtful=doubtful)


def _taken(text: str, place: str, listed: Listed) -> tuple[str, bool]:
    """A text without unseen characters, and whether one of them is of those that the kit refuses, or parts digits."""
    made, refused, left_over = cleaned(text)
    for odd in refused:
        made = made.replace(odd.char, "")
    listed += [(place, str(odd)) for odd in (*refused, *left_over)]
    return made, bool(refused) or bool(_GAP.search(text))
