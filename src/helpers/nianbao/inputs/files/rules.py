"""What the conditional formats of a sheet make of its cells: whether a person may see something else than what is stored."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from nianbao import reading
from nianbao.alike import alike
from nianbao.inputs.cells import unread
from nianbao.inputs.files import numberformat
from nianbao.inputs.files.cellfonts import INVISIBLE, Font, unseen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.inputs.files.conditions import Area, Condition, Place
    from nianbao.inputs.files.inspected import Bounds, Inspected

ALONE = "只显示数据条或图标"
_STRUCK, _RAISED, _SHOWN, _DATE = "有删去线", "有上标或下标", "显示为{}", "日期"


class Change(NamedTuple):
    """What a rule puts on a cell; what it says nothing of stays as it is.

    ``hides`` is why the number gives way to something else; ``scale`` are colours between which the ground then lies.
    """

    code: str = ""
    is_struck: bool | None = None
    is_raised: bool | None = None
    colour: str = ""
    ground: str | None = None
    size: float = 0.0
    hides: str = ""
    scale: tuple[str, ...] = ()


class Shown(NamedTuple):
    """A cell that is filled: its text as it is read, its number, the code of its format, its fonts and its colour."""

    text: str
    value: float | None
    code: str
    fonts: tuple[Font, ...]
    ground: str

    def under(self, change: Change) -> Shown:
        """The cell with what a rule puts on it."""
        fonts = tuple(
            one._replace(
                is_struck=one.is_struck if change.is_struck is None else change.is_struck,
                is_raised=one.is_raised if change.is_raised is None else change.is_raised,
                colour=change.colour or one.colour,
                size=change.size or one.size,
            )
            for one in self.fonts
        )
        ground = self.ground if change.ground is None else change.ground
        return self._replace(code=change.code or self.code, fonts=fonts, ground="" if change.scale else ground)


class Rule(NamedTuple):
    """A conditional format: its cells, its condition, the cell for which that is written, and what it changes.

    Where it ``stops``, those below it do not count.
    """

    areas: tuple[Area, ...]
    condition: Condition
    base: Place
    change: Change
    stops: bool = False


def applied(sheet: Inspected, cells: Mapping[Place, Shown], rules: Sequence[Rule], bounds: Bounds) -> None:
    """Keep of which cells the rules may show something else; the first rule counts most."""
    values = {at: one.value for at, one in cells.items()} if rules else {}
    rows: dict[int, list[int]] = {}
    for row, column in sorted(values):
        rows.setdefault(row, []).append(column)
    over: dict[Place, list[Rule]] = {}
    for rule in rules:
        for at in _within(rule.areas, rows, list(rows)):
            bounds.pair(sheet.name)
            over.setdefault(at, []).append(rule)
    for at, some in over.items():
        if unread(sheet.texts.get(at, ""))[1]:
            continue  # nobody takes it anyway
        why, is_hidden = _otherwise(at, cells[at], some, values)
        if is_hidden and cells[at].value == 0:
            sheet.zeros += [at] * (at not in sheet.zeros)
        elif why:
            sheet.rule(at, cells[at].text, why)


def _within(areas: Sequence[Area], rows: Mapping[int, Sequence[int]], order: Sequence[int]) -> Iterator[Place]:
    """The filled cells of some areas, each once."""
    seen: set[Place] = set()
    for (top, left), (bottom, right) in areas:
        for row in order[bisect_left(order, top) : bisect_right(order, bottom)]:
            columns = rows[row]
            for column in columns[bisect_left(columns, left) : bisect_right(columns, right)]:
                if (row, column) not in seen:
                    seen.add((row, column))
                    yield row, column


def _otherwise(at: Place, own: Shown, rules: Sequence[Rule], values: Mapping[Place, float | None]) -> tuple[str, bool]:
    """Why a cell may show something else than it holds, '' where it does not, and whether it is nothing that is shown."""
    certain: list[Change] = []
    possible: list[Change] = []
    for rule in rules:
        holds = rule.condition.holds(at, rule.base, values)
        if holds is not False:
            (certain if holds else possible).append(rule.change)
        if holds and rule.stops:
            break
    found = (_why(own, [*more, *certain]) for more in ([], *([one] for one in possible)))
    return next((one for one in found if one[0]), ("", False))


def _why(own: Shown, changes: Sequence[Change]) -> tuple[str, bool]:
    """The same for what all of some rules put on a cell, the first over the others."""
    cell = own
    for change in reversed(changes):
        cell = cell.under(change)
    if hides := next((one.hides for one in changes if one.hides), ""):
        return hides, True
    if cell.code != own.code:
        seen = _read(cell)
        if not seen:
            return numberformat.HIDDEN, True
        if seen != own.text and not _is_same(seen, own.text):
            return _SHOWN.format(unread(seen)[0] or seen), False
    if any(one.is_struck for one in cell.fonts) and not any(one.is_struck for one in own.fonts):
        return _STRUCK, False
    if any(one.is_raised for one in cell.fonts) and not any(one.is_raised for one in own.fonts):
        return _RAISED, False
    scale = next((one.scale for one in changes if one.scale), ())
    if any(alike(font.colour, one) for font in cell.fonts for one in scale):
        return INVISIBLE, True
    return next(((why, True) for font in cell.fonts if (why := unseen(font, cell.ground))), ("", False))


def _read(cell: Shown) -> str:
    """What is read of a cell under its format; '' where it shows nothing."""
    if cell.value is None:
        return cell.text if numberformat.text_shown(cell.text, cell.code) == cell.text else ""
    if numberformat.is_blank(cell.value, cell.code):
        return ""
    if numberformat.is_date(cell.value, cell.code):
        return _DATE
    return numberformat.with_format(cell.value, cell.code) or numberformat.typed(cell.value)


def _is_same(one: str, other: str) -> bool:
    """Whether two texts say the same number of pieces."""
    numbers = []
    for text in (one, other):
        try:
            numbers.append(reading.change(reading.usual(text) or text))
        except ValueError:
            return False
    return numbers[0] == numbers[1]
