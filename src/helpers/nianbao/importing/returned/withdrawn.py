"""What an earlier file of a reviewer has brought into the folder, and a later one has as it was printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.importing import yamltext
from nianbao.importing.flow import Paragraph
from nianbao.importing.returned import proof
from nianbao.importing.returned.matching import item_of, matched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from nianbao.importing.imported import Imported
    from nianbao.importing.returned.matching import Item

_AT_END = "report.yaml"


def touched(given: Imported, theirs: Imported) -> tuple[str, ...]:
    """The keys of what a reviewer has changed, of that before and behind the change: reworded, added, taken out, moved."""
    return tuple(proof.since(_all(given), _all(theirs)))


def withdrawn(before: AbstractSet[str], given: Imported, theirs: Imported, now: Imported) -> Iterator[str]:
    """Each place that the folder prints otherwise than a file, where the file has what its reviewer was given.

    Parameters
    ----------
    before : set of str
        What the files that were merged earlier have touched; no other place is told.
    """
    there, here = _all(theirs), _all(now)
    some = before & proof.since(there, here).keys() - proof.since(_all(given), there).keys()
    pairs = matched(there, here) if some else {}
    ours = {old: here[new] for new, old in pairs.items()}
    for at, one in enumerate(there):
        other = ours.get(at)
        if other and some & {one.key, other.key}:
            said = f"“{one.text}”移了位置" if other.key == one.key else f"现在印“{other.text}”，这一稿是“{one.text}”"
            yield f"{one.chapter}：{said}"
        elif not other and one.key in some:
            yield f"{one.chapter}：现在没有印“{one.text}”，这一稿有"
    yield from (
        f"{one.chapter}：现在印“{one.text}”，这一稿没有"
        for at, one in enumerate(here)
        if at not in pairs and one.key in some
    )


def _all(made: Imported) -> list[Item]:
    """All of a report, with what stands at its end as lines that say what each is."""
    values = made.outline.values if made.outline else {}
    ends = (Paragraph(f"{yamltext.NAMES[key]}：{values[key][0]}", "") for key in yamltext.NAMES if key in values)
    return [*proof.whole(made), *(item_of(one, _AT_END) for one in ends)]
