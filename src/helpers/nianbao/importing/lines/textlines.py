"""The lines of a flow → its tables and its paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.importing import halves, pagenumbers, unfilled
from nianbao.importing.lines import brokenlines, runs, spaced, strayrows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Block
    from nianbao.importing.labelled import Labels

NO_ORDER = "下列表格的栏名折成几行，看不出有的栏的先后，按法定格式的次序读：对照原件核对"
NO_ROW = "下列行在表格里，不知是哪一行，没有取用：对照原件填上"


@dataclass(slots=True)
class Read:
    """A flow whose tables are grids and whose paragraphs are whole.

    Parameters
    ----------
    said : list of (str, str, str)
        What was made of its lines: place, text, what it was taken for.
    left_out : list of (str, str, str)
        The numbers of pages: place, text, why.
    asked : dict
        What someone has to decide → what it is about.
    """

    blocks: list[Block]
    said: list[tuple[str, str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str, str]] = field(default_factory=list)
    asked: dict[str, list[str]] = field(default_factory=dict)


def read(blocks: Sequence[Block], labels: Labels) -> Read:
    """Find the tables and paragraphs of a flow."""
    kept, numbers = pagenumbers.without(blocks)
    kept = halves.rejoined(kept, labels)
    tables = spaced.with_tables(kept, labels)
    whole = unfilled.set_aside(runs.with_tables(tables.blocks, labels), labels)
    stray = strayrows.set_aside(whole, kept, labels)
    broken = brokenlines.joined(stray.blocks, numbers)
    left_out = [(one.place, one.text, one.around or "页面上的文字") for one in numbers]
    asked = {NO_ROW: tables.lost, NO_ORDER: tables.unseen, strayrows.LEFT: [*tables.left, *stray.left]}
    asked |= {strayrows.KEPT: stray.kept, brokenlines.UNCERTAIN: broken.uncertain}
    return Read(broken.blocks, tables.said + broken.said, left_out, {one: about for one, about in asked.items() if about})
