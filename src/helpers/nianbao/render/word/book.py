"""What a Word document holds beside its text: links, places, lists, pictures, formulas."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.render.word.pictures import Files


class Listing(NamedTuple):
    """A list: in how many lists it lies, its first number, whether it is numbered, and in how many of its kind it lies."""

    level: int
    first: int
    is_numbered: bool
    depth: int


@dataclass(slots=True)
class Book:
    """What a document holds beside its text.

    ``formulas`` are those of the page, in their order; ``step`` is how far a list in an item stands from the one around it;
    ``line`` is how tall each line of the text is, 0 where it is as tall as what stands in it;
    ``targets`` are the ids of the elements to which links of the page lead.
    """

    pictures: Files
    formulas: Iterator[str]
    step: int = 0
    line: int = 0
    targets: frozenset[str] = frozenset()
    smaller: set[str] = field(default_factory=set)  # the styles of smaller text in tables
    links: dict[str, str] = field(default_factory=dict)  # their names by address
    own: dict[int, int] = field(default_factory=dict)  # the number of a block → of the notebook's cell that shows it
    lists: list[Listing] = field(default_factory=list)
    _placed: set[str] = field(default_factory=set)
    _numbers: dict[str, int] = field(init=False)  # of the targets

    def __post_init__(self) -> None:
        self._numbers = {target: number for number, target in enumerate(sorted(self.targets), 1)}

    def link(self, address: str) -> str:
        """The beginning of a link."""
        if address.startswith("#"):
            leads = f'w:anchor="{self._name(address[1:])}"'
        else:
            leads = f'r:id="{self.links.setdefault(address, f"link{len(self.links) + 1}")}"'
        return f'<w:hyperlink {leads} w:history="1">'

    def place(self, name: str | None) -> str:
        """The mark of an element with some id; '' where no link leads to it, or it has stood before."""
        if not name or name not in self.targets or name in self._placed:
            return ""
        self._placed.add(name)
        number = len(self._placed)
        return f'<w:bookmarkStart w:id="{number}" w:name="{self._name(name)}"/><w:bookmarkEnd w:id="{number}"/>'

    def _name(self, target: str) -> str:
        return f"place{self._numbers[target]}"


def is_place(part: object) -> bool:
    """Whether a part of a paragraph is the mark of a place, which nobody sees."""
    return isinstance(part, str) and part.startswith("<w:bookmark")
