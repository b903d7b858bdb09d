"""What several copies of a form say in one place → what stands there, and in what they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.importing.forms.filled import Said


class Settled(NamedTuple):
    """What is to stand in a place, ``None`` where nothing is, and what was said there where it is not the same."""

    said: Said | None
    differing: tuple[Said, ...] = ()

    @property
    def shown(self) -> str:
        """What was said, and where."""
        return "；".join(f"{one.place}填“{one.text}”" for one in self.differing)

    def key(self, name: str) -> str:
        """What a question about a place is known by, whichever files say it."""
        return f"{name} {sorted(str(one.meaning) for one in self.differing)}"


def settle(some: Iterable[Said]) -> Settled:
    """What was said in one place: where several differ, what the report's folder has stays, and else nobody's is taken."""
    by_meaning: dict[object, Said] = {}
    for one in some:
        by_meaning.setdefault(one.meaning, one)
    told = (*by_meaning.values(),)
    if len(told) < 2:
        return Settled(told[0] if told else None)
    return Settled(next((one for one in told if one.is_held), None), told)
