"""What the reviewer of a file that came back was given: as the file says (`shown.prints`), or the nearest known file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.importing.flow import LINK, Grid
from nianbao.importing.returned.matching import item_of, matched
from nianbao.importing.returned.mergedrows import differences
from nianbao.importing.returned.printed import made_of
from nianbao.importing.words import RAISED, STRUCK
from nianbao.shown.blocks import PICTURE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Block, Flow
    from nianbao.importing.imported import Imported
    from nianbao.importing.returned.printed import Own
    from nianbao.statute.formats import Library


@dataclass(frozen=True, slots=True)
class Given:
    """What a reviewer was given, as far as the report's folder prints it.

    Parameters
    ----------
    made : Imported
        What is read of it.
    blocks : tuple of Block
        Its paragraphs and tables.
    is_known : bool
        Whether the file tells what it was; else it is the nearest file that the report is known to have made.
    """

    made: Imported
    blocks: tuple[Block, ...]
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Apart:
    """A file that came back without what its notebook's own cells had printed, and what its reviewer changed of that.

    ``changed`` has the number of a cell, what it printed, and what stands in its place; '' for nothing.
    """

    flow: Flow
    given: tuple[Block, ...]
    changed: tuple[tuple[int, str, str], ...]


def apart(flow: Flow) -> Apart:
    """A file that tells what its reviewer was given, and that, both without what cells of the notebook had printed."""
    before, after = ([item_of(one, "") for one in some] for some in ([one for one, _ in flow.given], flow.blocks))
    at_before = matched(before, after)
    found = {a: b for b, a in at_before.items()}
    gone, changed = set[int](), list[tuple[int, str, str]]()
    for at, (block, cell) in enumerate(flow.given):
        if not cell:
            continue
        gone |= {found[at]} if at in found else set()
        changed += ((cell, *some) for some in _changes(block, flow.blocks[found[at]] if at in found else None))
    left = tuple(one for at, one in enumerate(flow.blocks) if at not in gone)
    # How the words of a cell look, as a footnote's mark, is no question where they came back as they were.
    same = {flow.blocks[at].place for at in gone if before[at_before[at]].key == after[at].key}
    is_known = [one.kind in {RAISED, STRUCK} and one.block in same for one in flow.remarks]
    remarks = tuple(one for one, known in zip(flow.remarks, is_known, strict=True) if not known)
    given_ = tuple(one for one, cell in flow.given if not cell)
    return Apart(replace(flow, blocks=left, remarks=remarks), given_, tuple(changed))


def _changes(before: Block, after: Block | None) -> list[tuple[str, str]]:
    """What became of a block: what it said, and what stands in its place; cell by cell where both are tables of one head."""
    if after is None or item_of(before, "").key == item_of(after, "").key:
        return [] if after else [(before.text, "")]
    some = differences(before.rows, after.rows) if isinstance(before, Grid) and isinstance(after, Grid) else []
    return [(f"{place}：{old}", new) for place, old, new in some] or [(before.text, after.text)]


def on_own_pages(blocks: Sequence[Block], own: Own) -> tuple[Block, ...]:
    """The blocks, the tables among them on pages with the headers and footers that the folder prints.

    What a reviewer writes into a header says nothing of the tables, which are the folder's own.
    """
    printed = next((one.printed for one in own.base.flow.blocks if isinstance(one, Grid)), ())
    return tuple(replace(one, printed=printed) if isinstance(one, Grid) else one for one in blocks)


def read(own: Own, given_: Sequence[Block], known: Library) -> Given | None:
    """What a reviewer was given, read as the report; none where it cannot be."""
    here = own.base.flow.blocks
    around = (one for one in here if not isinstance(one, Grid) and one.around not in {"", LINK, PICTURE})
    blocks = (*on_own_pages(given_, own), *around)
    flow = replace(own.base.flow, blocks=blocks, remarks=())
    if flow == own.base.flow:
        return Given(own.made, blocks)  # the folder has not changed since
    try:
        return Given(made_of(flow, own.report, known), blocks)
    except UsageError:
        return None
