"""Whether the heads of a table are the statutory ones, each in its column, however their lines are cut.

In a PDF's text a head goes over lines, and the lines of heads beside each other stand in any order: 企业 above 商业. Their
pieces are put together again. What stands beside each other in a line then tells which column is on the left of which, or
the order in which heads in lines of their own are read; no line may say otherwise. Sums tell where the totals stand.
Where the order of some is not seen, that of the statute is taken, and asked about.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nianbao.importing.lines.tablelines import tight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.importing.lines.tablelines import Line
    from nianbao.statute.tree import Node, Part

TOTAL = "总计"
_APART_FROM = 10_000  # lines of their own for what runs into another head: it may stand elsewhere
_MOST_STEPS = 2_000  # of the search; nobody knows what takes more
_CORNER = -1  # the column of what stands above the labels of the rows
_APART = 2  # blanks between heads in different lines of which one is on the right of the other


class Order(NamedTuple):
    """How the columns stand.

    Parameters
    ----------
    is_official : bool
        Whether the heads are the statutory ones, and no line says that they stand in another order.
    needs_sums : bool
        Whether only sums can tell where the totals stand.
    is_seen : bool
        Whether the order of all other columns is seen.
    """

    is_official: bool
    needs_sums: bool = False
    is_seen: bool = True


_UNKNOWN = Order(False)


@dataclass(frozen=True, slots=True)
class _Head:
    """A head, and the first and the last of its columns."""

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """Where a piece of a head stands: its line, its head, where it begins in that; and in which columns of the text."""

    line: int
    head: int
    at: int
    begin: int
    end: int


def heads_of(part: Part) -> list[str]:
    """The heads, level by level."""
    return [one.text for one in _heads(part, plain=True)]


def _heads(part: Part, plain: bool = False) -> list[_Head]:
    made: list[_Head] = []
    for level in range(part.head_depth):
        nodes: dict[int, tuple[Node, list[int]]] = {}
        for at, chain in enumerate(part.column_chains):
            if level < len(chain):
                nodes.setdefault(id(chain[level]), (chain[level], []))[1].append(at)
        made += [_Head(node.label if plain else tight(node.label), at[0], at[-1]) for node, at in nodes.values()]
    return made


def order_of(lines: Sequence[Line], part: Part, has_lines: bool = True) -> Order:
    """How the columns of a table stand by the lines of its heads.

    Parameters
    ----------
    has_lines : bool
        Whether what stands beside each other in a line does so in the table too.
    """
    heads, corner = _heads(part), tight(part.corner or "")
    text = tight("".join(word for line in lines for word in line.words))
    whole = Counter("".join(one.text for one in heads))
    has_corner = bool(corner) and Counter(text) == whole + Counter(corner)
    if not has_corner and Counter(text) != whole:
        return _UNKNOWN
    tokens = [tight(word) for line in lines for word in line.words]
    by_level = [one.text for one in heads]
    leaves = [tight(chain[-1].label) for chain in part.column_chains]
    groups = [one.text for one in heads if one.first < one.last]
    for order in (by_level, [*groups, *leaves]):
        if _is_read_so(tokens, "".join(order), corner if has_corner else ""):
            return Order(True)
    if not has_lines:
        return _UNKNOWN
    all_heads = [*heads, *([_Head(corner, _CORNER, _CORNER)] if has_corner else [])]
    pieces = _Search(all_heads, lines).found()
    return _Columns(pieces, all_heads, part).order() if pieces else _UNKNOWN


def _is_read_so(tokens: Sequence[str], order: str, corner: str) -> bool:
    """Whether words are the heads one after the other, with the pieces of the corner among them."""
    ways = {(0, 0)}
    for token in tokens:
        ways = {
            after
            for heads, beside in ways
            for after, there in (
                ((heads + len(token), beside), order.startswith(token, heads)),
                ((heads, beside + len(token)), corner.startswith(token, beside)),
            )
            if there
        }
    return (len(order), len(corner)) in ways


class _Search:
    """Puts the pieces of heads together: each character of each head once, and no line against the order of its columns."""

    def __init__(self, heads: Sequence[_Head], lines: Sequence[Line]) -> None:
        self.heads = heads
        self.tokens = [
            (number, tight(word), begin, end)
            for number, line in enumerate(lines) for word, (begin, end) in line.words_at()
        ]  # fmt: skip
        self.used = [0] * len(heads)
        self.pieces: list[_Piece] = []
        self.steps = 0

    def found(self) -> list[_Piece]:
        """The pieces; none where there is no way, or too long a one."""
        return self.pieces if self._placed(list(self.tokens)) else []

    def _placed(self, tokens: list[tuple[int, str, int, int]]) -> bool:
        if not tokens:
            return True
        self.steps += 1
        if self.steps > _MOST_STEPS:
            return False
        (line, token, begin, end), rest = tokens[0], tokens[1:]
        for head, at in self._places(line, token):
            mask = ((1 << len(token)) - 1) << at
            self.used[head] |= mask
            self.pieces.append(_Piece(line, head, at, begin, end))
            if self._placed(rest):
                return True
            self.pieces.pop()
            self.used[head] &= ~mask
        if any(token in one.text for one in self.heads):
            return False
        return any(
            self._placed([(line, token[:cut], begin, end), (_APART_FROM + self.steps, token[cut:], begin, end), *rest])
            for cut in range(len(token) - 1, 0, -1)
            if any(token[:cut] in one.text for one in self.heads)
        )

    def _places(self, line: int, token: str) -> Iterator[tuple[int, int]]:
        """The heads that a piece may be of, and where it begins there: the next piece of one on the left at first."""
        beside = [one for one in self.pieces if one.line == line]
        ways = [
            (at > 0 and not self.used[head] & (1 << (at - 1)), one.first, head, at)
            for head, one in enumerate(self.heads)
            for at in range(len(one.text) - len(token) + 1)
            if one.text.startswith(token, at) and not self.used[head] & (((1 << len(token)) - 1) << at)
            if all(self._may_follow(before, head, at) for before in beside)
        ]
        yield from ((head, at) for _, _, head, at in sorted(ways))

    def _may_follow(self, before: _Piece, head: int, at: int) -> bool:
        return before.at < at if before.head == head else self.heads[before.head].first <= self.heads[head].last


class _Columns:
    """What the pieces of the heads tell of the order of the columns."""

    def __init__(self, pieces: Sequence[_Piece], heads: Sequence[_Head], part: Part) -> None:
        self.count = len(part.column_chains)
        self.totals = {at for at, chain in enumerate(part.column_chains) if chain[-1].label == TOTAL}
        self.pieces = [(one, heads[one.head]) for one in pieces if heads[one.head].first != _CORNER]
        self.is_left = [[False] * self.count for _ in range(self.count)]
        self.lines: dict[int, set[int]] = {}  # the columns, but for totals, of which a piece stands in a line
        self.of: dict[int, list[int]] = {at: [] for at in range(self.count)}  # the places of a column's pieces
        for order, (one, head) in enumerate(self.pieces):
            if head.first == head.last:
                self.of[head.first].append(order)
                self.lines.setdefault(one.line, set()).update({head.first} - self.totals)

    def order(self) -> Order:
        """How the columns stand."""
        for piece, left in self.pieces:
            for other, right in self.pieces:
                if left.last < right.first and (piece.line == other.line or self._is_beside(piece, left, other, right)):
                    self._add(range(left.first, left.last + 1), range(right.first, right.last + 1))
        lone = [at for at in range(self.count) if at not in self.totals and self._is_lone(at)]
        for one in lone:
            after = (at for at in lone if self.of[one][-1] < self.of[at][0] and not self.is_left[at][one])
            self._add([one], list(after))
        self._close()
        open_ = {(one, two) for two in range(self.count) for one in range(two) if not self.is_left[one][two]}
        if any(self.is_left[two][one] for two in range(self.count) for one in range(two + 1)):
            return _UNKNOWN
        of_sums = {(one, two) for one, two in open_ if two in self.totals and not self.totals & {*range(one, two)}}
        return Order(True, bool(of_sums), open_ == of_sums)

    def _is_beside(self, one: _Piece, left: _Head, other: _Piece, right: _Head) -> bool:
        """Whether a head is on the left of one in another line: both of groups, or one that stands alone in its line."""
        are_groups = left.first < left.last and right.first < right.last
        if are_groups:
            return 0 <= one.end <= other.begin - _APART
        return (self._is_alone(one) or self._is_alone(other)) and 0 <= one.end < other.begin

    def _is_alone(self, piece: _Piece) -> bool:
        return sum(one.line == piece.line for one, _ in self.pieces) == 1

    def _is_lone(self, column: int) -> bool:
        """Whether no piece of a column stands in a line with one of another column, but totals."""
        return not any(column in some and len(some) > 1 for some in self.lines.values())

    def _add(self, left: Iterable[int], right: Iterable[int]) -> None:
        for column in left:
            for beside in right:
                self.is_left[column][beside] = True

    def _close(self) -> None:
        """Add what follows: a column on the left of one is on the left of what that is on the left of."""
        for middle in range(self.count):
            for column in range(self.count):
                if self.is_left[column][middle]:
                    self._add([column], [at for at in range(self.count) if self.is_left[middle][at]])
