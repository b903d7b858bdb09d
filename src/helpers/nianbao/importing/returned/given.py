"""What the reviewer of a file that came back was given, by the digests of its paragraphs and tables (`shown.prints`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.importing import prose
from nianbao.importing.flow import LINK, Grid
from nianbao.importing.outline import Table
from nianbao.importing.returned.matching import item_of, likeness
from nianbao.importing.returned.printed import made_of
from nianbao.likeness import MOST_PAIRS
from nianbao.shown.prints import digest, digest_of_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from nianbao.importing.flow import Block, Flow
    from nianbao.importing.imported import Imported
    from nianbao.importing.outline import Part
    from nianbao.importing.returned.printed import Own
    from nianbao.statute.formats import Library


@dataclass(frozen=True, slots=True)
class Given:
    """What a reviewer was given.

    Parameters
    ----------
    made : Imported
        What is read of it.
    blocks : tuple of Block
        Its paragraphs and tables.
    guessed : frozenset of str
        The digests of what the folder prints in the place of a paragraph that both it and the reviewer have changed:
        what was given there is not known, and taken to be that.
    is_short : bool
        Whether there were paragraphs that neither has any more, and that nothing takes the place of.
    is_known : bool
        Whether the file tells what it was; else it is the nearest file that the report is known to have made.
    """

    made: Imported
    blocks: tuple[Block, ...]
    guessed: frozenset[str] = frozenset()
    is_short: bool = False
    is_known: bool = True

    @property
    def is_sure(self) -> bool:
        """Whether all of it is known."""
        return self.is_known and not self.guessed and not self.is_short

    def is_asked(self, now: Part | None) -> bool:
        """Whether nobody knows what was given where the folder prints a part now; None for where it prints nothing."""
        if not self.is_known:
            return True
        return self.is_short if now is None else not isinstance(now, Table) and print_of(now) in self.guessed


def print_of(block: Block) -> str:
    """The digest of a paragraph or a table of a file."""
    return digest_of_rows(block.rows) if isinstance(block, Grid) else digest(prose.plain(block))


def pieced(own: Own, theirs: Flow, others: Sequence[Flow], known: Library) -> Given | None:
    """What the reviewer was given, pieced together of the blocks of all flows that have its digests.

    Parameters
    ----------
    theirs : Flow
        The file that came back. What has a digest in it was not changed.
    others : sequence of Flow
        Files that were published.

    Returns
    -------
    Given
        None where the file does not hold the digests, what was given cannot be read as the report, or too much was
        changed to tell.
    """
    if not theirs.prints:
        return None
    here = own.base.flow.blocks
    text = [one for one in here if _is_text(one)]
    found: dict[str, list[Block]] = {}
    for flow in (*others, theirs, own.base.flow):
        found |= _by_print(flow.blocks)
    unknown = guessed([*theirs.prints], text, theirs.blocks, found)
    if unknown is None:
        return None
    blocks = [unknown.get(at) or _taken(found.get(one, [])) for at, one in enumerate(theirs.prints)]
    mine = {print_of(one) for one in text}
    joined = {at: parted(one, blocks[:at], blocks[at + 1 :], mine) for at, one in unknown.items()}
    blocks = [joined.get(at, one) for at, one in enumerate(blocks)]
    around = [one for one in here if not _is_text(one)]
    all_ = (*_numbered([one for one in blocks if one]), *around)
    try:
        made = made_of(replace(own.base.flow, blocks=all_, remarks=()), own.report, known)
    except UsageError:
        return None
    return Given(made, all_, frozenset(print_of(one) for one in unknown.values()), None in blocks)


def parted(block: Block, above: Sequence[Block | None], below: Sequence[Block | None], mine: AbstractSet[str]) -> Block:
    """A paragraph of the folder without those that it has been joined of since, and that are known to have been given.

    Parameters
    ----------
    block : Block
        What the folder prints in the place of a block that nobody has any more.
    above, below : sequence of Block or None
        What was given above and below that one.
    mine : set of str
        The digests of what the folder prints by itself.
    """
    if isinstance(block, Grid):
        return block
    first, last = (
        [
            one.text
            for one in takewhile(lambda one: one and print_of(one) not in mine, run)
            if not isinstance(one, Grid) and one
        ]
        for run in (reversed(above), below)
    )
    begin, end = 0, len(block.text)
    for text in reversed(first):
        begin += len(text) if block.text.startswith(text, begin) else 0
    for text in reversed(last):
        end -= len(text) if block.text.endswith(text, begin, end) else 0
    bold = max(0, min(block.bold, end) - begin)
    return replace(block, text=block.text[begin:end], bold=bold) if begin < end else block


def _numbered(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks whose items of a list have the numbers of the places where they were printed, wherever they stand by now."""
    for depth, run in groupby(blocks, _depth):
        if not depth:
            yield from run
            continue
        items = [one for one in run if not isinstance(one, Grid)]
        marks = sorted((one.mark for one in items), key=lambda mark: int(mark[:-1]))
        yield from (replace(one, mark=mark) for one, mark in zip(items, marks, strict=True))


def _depth(block: Block) -> int:
    """How deep a numbered item of a list stands, from 1; 0 of any other block."""
    return block.depth + 1 if not isinstance(block, Grid) and block.mark[:-1].isdecimal() else 0


def _is_text(block: Block) -> bool:
    """Whether a block is no line around the text."""
    return isinstance(block, Grid) or block.around in {"", LINK}


def _by_print(blocks: Sequence[Block]) -> dict[str, list[Block]]:
    """Each digest → the blocks that have it, in their order: a heading may stand in the text as well."""
    found: dict[str, list[Block]] = {}
    for one in blocks:
        found.setdefault(print_of(one), []).append(one)
    return found


def _taken(blocks: list[Block]) -> Block | None:
    """The first of some blocks, which is taken from them where there are others."""
    return (blocks.pop(0) if len(blocks) > 1 else blocks[0]) if blocks else None


def guessed(
    prints: Sequence[str], here: Sequence[Block], there: Sequence[Block], found: Mapping[str, list[Block]]
) -> dict[int, Block] | None:
    """What the folder prints in the place of blocks that nobody has any more, between the same neighbours.

    Of more than were given, those that are most like what the file that came back has of its own.

    Parameters
    ----------
    prints : sequence of str
        The digests of what was given.
    here, there : sequence of Block
        What the folder prints, and what came back.
    found : mapping
        The digests of which somebody has the block.

    Returns
    -------
    dict
        The numbers of digests → blocks of the folder. None where too many would have to be compared.
    """
    mine, taken = [print_of(one) for one in here], {*prints}
    made: dict[int, Block] = {}
    fresh, pairs = [item_of(one, "") for one in there if print_of(one) not in taken], 0
    for what, begin, end, b_begin, b_end in SequenceMatcher(None, prints, mine, autojunk=False).get_opcodes():
        gaps = [at for at in range(begin, end) if prints[at] not in found]
        some = [at for at in range(b_begin, b_end) if mine[at] not in taken] if what == "replace" and gaps else []
        if len(some) > len(gaps):
            pairs += len(some) * len(fresh)
            if pairs > MOST_PAIRS:
                return None
            likest = [max((likeness(item_of(here[at], ""), one) for one in fresh), default=0.0) for at in some]
            nearest = sorted(range(len(some)), key=lambda at: -likest[at])[: len(gaps)]
            some = [some[at] for at in sorted(nearest)]
        made |= {at: here[b] for at, b in zip(gaps, some, strict=False)}
    return made
