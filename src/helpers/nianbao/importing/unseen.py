"""Characters that nobody sees: taken out of a flow and listed; a cell that holds one of direction or control is doubtful."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.characters import cleaned
from nianbao.importing.flow import Paragraph

if TYPE_CHECKING:
    from nianbao.importing.flow import Block, Flow

Listed = list[tuple[str, str]]
_DOUBT = "格里有看不见的控制符"


def without(flow: Flow) -> Flow:
    """The flow without such characters; what was taken out stands in ``unseen``."""
    listed: Listed = []
    blocks = [_cleaned(block, listed) for block in flow.blocks]
    if not listed:
        return flow
    said = tuple(block for block in blocks if block.text)
    return replace(flow, blocks=said, unseen=(*flow.unseen, *listed))


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
    """A text without unseen characters, and whether one of them was of those that the kit refuses."""
    made, refused, left_over = cleaned(text)
    for odd in refused:
        made = made.replace(odd.char, "")
    listed += [(place, str(odd)) for odd in (*refused, *left_over)]
    return made, bool(refused)
