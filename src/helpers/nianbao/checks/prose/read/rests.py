"""What numbers leave of their total: 行政复议9件：维持6件，其他3件; 不予处理44件中，信访5件，其余39件."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product
from typing import TYPE_CHECKING

from nianbao.checks.prose.words import RESULTS, SEVERAL

if TYPE_CHECKING:
    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.read.lists import Lists
    from nianbao.checks.prose.said import Said

# The rows of 公开, 不公开 and 信息不存在, which may be of more than these; in how many ways a sentence with them is read.
_OPENINGS, _MOST_WAYS = tuple(f"表三/三（{one}）/总计" for one in "一三四"), 16


def rest(lists: Lists, all_: str) -> Said | None:
    """What remains of a total, which is ``all_`` for outcomes without one."""
    parts = lists.parts
    if not parts or parts[-1].family == "方式":
        return None
    whole = lists.whole if lists.whole and lists.whole.cells else None
    if whole is None and parts[-1].family == RESULTS and len(lists.run) > len(parts):
        whole = lists.run[-len(parts) - 1][1]  # 行政复议4件，维持2件，其余2件终止
    if whole is None and parts[-1].family != "结果":
        return None
    cells = rests_of(whole.cells[0] if whole else all_, parts)
    likely = any(one.sure or one.likely for one in parts)
    left = replace(parts[-1], name="其余", case="", result="", cells=cells, any=True, sure=False, likely=likely)
    return left if cells else None


def is_rest(lists: Lists, count: Count) -> bool:
    """Whether a number is all that those before it leave of one that heads them."""
    parts = [one.value for one, _ in lists.numbers]
    if lists.current:
        return bool(parts) and lists.current.total.value == sum(parts) + count.value
    return any(parts[at] == sum(parts[at + 1 :]) + count.value for at in range(len(parts) - 1))


def rests_of(whole: str, parts: list[Said]) -> tuple[str, ...]:
    """What remains of a total without some of its parts, as expressions; none where one of them has no cell of its own.

    公开59件 may be of two: those in part may be counted too.
    """
    cells = [_cells_of_part(one) for one in {one.cells: one for one in parts}.values()]
    return tuple("-".join([whole, *"+".join(way).split("+")]) for way in islice(product(*cells), _MOST_WAYS))


def _cells_of_part(part: Said) -> tuple[str, ...]:
    """The cells that a part of a total may be of."""
    own = part.cells if part.cells and part.cells[0].startswith(_OPENINGS) else part.cells[:1]
    known = own if len(part.cells) == 1 or own != part.cells[:1] or part.name == SEVERAL else ()
    return tuple(cell for cell in known if "-" not in cell)
