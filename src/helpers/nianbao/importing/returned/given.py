"""What the reviewer of a file that came back was given, by the digests of its paragraphs and tables (`shown.prints`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.importing import prose
from nianbao.importing.flow import LINK, Grid
from nianbao.importing.outline import Table
from nianbao.importing.returned.matching import item_of, likeness
from nianbao.importing.returned.printed import made_of
from nianbao.shown.prints import digest, digest_of_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        None where the file does not hold the digests, or what was given cannot be read as the report.
    """
    if not theirs.prints:
        return None
    here = own.base.flow.blocks
    text = [one for one in here if isinstance(one, Grid) or one.around in {"", LINK}]
    found: dict[str, list[Block]] = {}
    for flow in (*others, theirs, own.base.flow):
        found |= _by_print(flow.blocks)
    guessed = _guessed([*theirs.prints], text, theirs.blocks, found)
    blocks = [guessed.get(at) or _taken(found.get(one, [])) for at, one in enumerate(theirs.prints)]
    around = [one for one in here if one not in text]
    all_ = (*(one for one in blocks if one), *around)
    try:
        made = made_of(replace(own.base.flow, blocks=all_, remarks=()), own.report, known)
    except UsageError:
        return None
    return Given(made, all_, frozenset(print_of(one) for one in guessed.values()), None in blocks)


def _by_print(blocks: Sequence[Block]) -> dict[str, list[Block]]:
    """Each digest → the blocks that have it, in their order: a heading may stand in the text as well."""
    found: dict[str, list[Block]] = {}
    for one in blocks:
        found.setdefault(print_of(one), []).append(one)
    return found


def _taken(blocks: list[Block]) -> Block | None:
    """The first of some blocks, which is taken from them where there are others."""
    return (blocks.pop(0) if len(blocks) > 1 else blocks[0]) if blocks else None


def _guessed(
    prints: Sequence[str], here: Sequence[Block], there: Sequence[Block], found: dict[str, list[Block]]
) -> dict[int, Block]:
    """The numbers of digests that no flow has → what the folder prints in their place, between the same neighbours."""
    mine, taken = [print_of(one) for one in here], {*prints}
    guessed: dict[int, Block] = {}
    fresh = [item_of(one, "") for one in there if print_of(one) not in taken]
    for what, begin, end, b_begin, b_end in SequenceMatcher(None, prints, mine, autojunk=False).get_opcodes():
        gaps = [at for at in range(begin, end) if prints[at] not in found]
        some = [at for at in range(b_begin, b_end) if mine[at] not in taken] if what == "replace" else []
        nearest = sorted(some, key=lambda at: -max((likeness(item_of(here[at], ""), one) for one in fresh), default=0.0))
        guessed |= {at: here[b] for at, b in zip(gaps, sorted(nearest[: len(gaps)]), strict=False)}
    return guessed
