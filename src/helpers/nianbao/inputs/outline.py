"""The outline of a part: the label path of each column and row, of lines that are set out as the official form."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.findings import nearest
from nianbao.inputs.labels import SAME, apart, likeness
from nianbao.statute import tree
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.inputs.labels import Chain
    from nianbao.inputs.layout import Line
    from nianbao.statute.tree import Labels, Part

Place = tuple[int, int]  # row and column, from 0
_ELSEWHERE = "”之下，这不是它的类别"
_EXPLAINED = re.compile(rf"[^()]{{0,4}}\((?![{HAN}]+\))[^()]*\)?")  # what is said of a group, and no row's label: (上年)


def stub_width(head: Sequence[Line], part: Part) -> int | None:
    """The number of columns before the first heading that is not the corner; ``None`` without such a heading."""
    width = max((len(line.cells) for line in head), default=0)
    corners = {line.cells[0] for line in head if line.cells} if part.rows else {""}
    for index in range(1 if part.rows else 0, width):
        if any(set(line.cells[index : index + 1]) - corners - {""} for line in head):
            return index
    return None


def column_places(head: Sequence[Sequence[str]]) -> list[list[Place]]:
    """Where each column's labels stand, from the top down; a blank below equal heads belongs to the cell on its left."""
    width = max((len(row) for row in head), default=0)
    grid = [[*row, *[""] * (width - len(row))] for row in head]
    places = [[(level, i) for i in range(width)] for level in range(len(grid))]
    for level in range(len(grid) - 1):
        for i in range(1, width):
            if not grid[level][i] and all(grid[above][i] == grid[above][i - 1] for above in range(level)):
                grid[level][i], places[level][i] = grid[level][i - 1], places[level][i - 1]
    columns = [[row[i] for row in places] for i in range(width)]
    while columns and not any(grid[level][i] for level, i in columns[-1]):
        columns.pop()
    return columns


def column_paths(head: Sequence[Sequence[str]]) -> list[Labels]:
    """Each column's labels from the top down."""
    return [_labels(head, places) for places in column_places(head)]


def row_places(stubs: Sequence[Sequence[str]]) -> list[list[Place]]:
    """Where each row's labels stand, from the left; blanks before the first label belong to the merged cell above."""
    result: list[list[Place]] = []
    last: list[Place] = []
    for at, stub in enumerate(stubs):
        first = next((i for i, label in enumerate(stub) if label), None)
        row = [] if first is None else [*last[:first], *((at, i) for i in range(first, len(stub)))]
        last = row or last
        result.append(row)
    return result


def row_paths(stubs: Sequence[Sequence[str]]) -> list[Labels]:
    """Each row's labels from the left."""
    return [_labels(stubs, places) for places in row_places(stubs)]


def _labels(cells: Sequence[Sequence[str]], places: Sequence[Place]) -> Labels:
    """What stands in some places, each text once; a row may end before the others do."""
    return tuple(dict.fromkeys(cells[row][at] for row, at in places if at < len(cells[row]) and cells[row][at]))


def parted(path: Labels, part: Part) -> Labels:
    """A path with the labels taken apart that are a group's and a row's in one: ``三、本年度办理结果（一）予以公开``."""
    result: list[str] = []
    for at, label in enumerate(path):
        tight = tree.normalise(label)
        group = next((one for one in part.groups if tight.startswith(one) and tight != one), "")
        if group and _EXPLAINED.fullmatch(tight.removeprefix(group)):
            group = ""
        # Above another label stands what was filled in from the row before: its group only.
        result += (
            [label] if not group else [part.groups[group], *([tight.removeprefix(group)] if at == len(path) - 1 else [])]
        )
    return tuple(dict.fromkeys(result))


def repeats(paths: list[Labels], part: Part) -> tuple[list[Labels], Part]:
    """The paths of a part's rows, and the part with a line for each time that a row which repeats stands there."""
    names = {tree.normalise(row.label): row for row in part.rows if row.repeats}
    times: dict[str, int] = {}
    last, result = "", []  # type: str, list[Labels]
    for path in paths:
        typed = tree.normalise(path[-1]) if path else ""
        name = names[typed].label if typed in names else last if not path else ""
        last = name
        times[name] = times.get(name, 0) + 1
        result.append((name, f"第{times[name]}行") if name else path)
    for name, count in times.items():
        if count == 1:
            result = [(name,) if path[:1] == (name,) else path for path in result]
    return result, replace(part, rows=tree.repeated(part.rows, times))


def is_group(line: Line, stub: int, part: Part) -> bool:
    """Whether a line holds a group's label alone, such as ``（三）不予公开`` above its items."""
    filled = line.filled()
    return len(filled) == 1 and not any(line.cells[stub:]) and tree.normalise(filled[0]) in part.groups


def without_copies(
    head: Sequence[Line], body: Sequence[Line], stub: int, count: int
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines without the copies of a merged cell: columns that equal the one on their left, where there are too many."""
    lines = [*head, *body]
    width = max((line.width for line in lines), default=0)
    cells = [[*line.cells, *[""] * (width - len(line.cells))] for line in lines]
    kept = [at for at in range(width) if at <= stub or any(row[at] != row[at - 1] for row in cells)]
    if width - stub <= count or len(kept) - stub != count:
        return tuple(head), tuple(body)
    cut = [line.only([at for at in kept if at < len(line.cells)]) for line in lines]
    return tuple(cut[: len(head)]), tuple(cut[len(head) :])


def is_summed_up(texts: Sequence[str]) -> bool:
    """Whether blanks follow a figure that is the sum of those before it, as where a row has lost its blanks.

    Before one blank it may be more than their sum: what the row has lost may be a figure.
    """
    figures = [int(text) if text.isdecimal() else -1 for text in texts[: sum(map(bool, texts))]]
    if not 2 < len(figures) < len(texts) or min(figures) < 0:
        return False
    rest = sum(figures[:-1])
    return figures[-1] >= rest > 0 if len(figures) == len(texts) - 1 else figures[-1] == rest > 0


def set_out(line: Line, stub: int, count: int) -> Line:
    """A line whose labels have lost the blanks around them, with its figures back in the last columns."""
    filled, values = line.filled(), line.cells[: line.width][-count:]
    labels = len(filled) - count
    lost = stub - (line.width - count)
    if not 0 < labels <= stub or lost <= 0 or labels + count != line.width or not all(map(is_value, values)):
        return line
    if any(map(is_value, line.cells[:labels])):
        return line
    at = [*range(labels), *[None] * lost, *range(labels, line.width)]
    return line.laid(at)


def out_of_order(found: Sequence[Chain | None], chains: Sequence[Chain]) -> list[str]:
    """The labels of the headings that do not stand in the order of the official form."""
    known = {id(chain): at for at, chain in enumerate(chains)}
    places = [known[id(one)] for one in found if one]
    return [chains[at][-1].label for at, other in zip(places, sorted(places), strict=True) if at != other]


def taken_for(found: Sequence[Labels], result: Sequence[Chain | None], chains: Sequence[Chain]) -> list[tuple[str, str]]:
    """The labels that are another heading's, each with the heading that it was read for by its place."""
    known = {node.tight for chain in chains for node in chain}
    return [
        (path[-1], chain[-1].label)
        for path, chain in zip(found, result, strict=True)
        if path and chain and tree.normalise(path[-1]) in known and chain[-1].tight not in map(tree.normalise, path)
    ]


def said_of(path: Labels, missing: Sequence[str], names: Sequence[str], what: str) -> str:
    """What is wrong with the label of a row or column that is none of the ``names``, of which some are ``missing``."""
    label = path[-1] if path else "（空）"
    typed = apart(label)
    by_ordinal = [name for name in (*missing, *names) if typed.ordinal and apart(name).ordinal == typed.ordinal]
    by_words = [name for name in names if likeness(typed, apart(name)) == SAME]
    if by_words and tree.normalise(by_words[0]) == typed.whole and by_words[0] not in missing:
        return f"{what}“{label}”写了不止一次"
    if len(by_words) == 1 and by_ordinal and by_words[0] not in by_ordinal:
        return f"{what}“{label}”的序号是“{by_ordinal[0]}”，文字是“{by_words[0]}”"
    if by_words and by_words[0] in missing and len(path) > 1:
        return f"{what}“{label}”在“{'”“'.join(path[:-1])}{_ELSEWHERE}"
    if any(char.isdigit() for char in typed.words) and not any(
        char.isdigit() for name in names for char in apart(name).words
    ):
        return f"{what}“{label}”里的数字不知属于哪一格"
    return f"{what}“{label}”不在本格式中{nearest(label, missing)}"


def said_of_each(strays: Mapping[int, Labels], missing: Sequence[str], names: Sequence[str], what: str) -> dict[int, str]:
    """The same of several labels by their places; of those that stand side by side under one wrong head it is told once."""
    runs: list[tuple[str, list[int]]] = []
    for at, path in strays.items():
        said = said_of(path, missing, names, what)
        before = runs[-1][1][-1] if runs and said.endswith(_ELSEWHERE) and runs[-1][0].endswith(_ELSEWHERE) else -1
        if 0 <= before == at - 1 and strays[before][:-1] == path[:-1]:
            runs[-1][1].append(at)
        else:
            runs.append((said, [at]))
    return {run[0]: said.replace("”在“", f"”等{len(run)}{what}在“", 1) if run[1:] else said for said, run in runs}


def is_value(text: str) -> bool:
    """Whether a cell is a figure, or stands for one: ``/``, ``无``, ``0件``."""
    return reading.is_figure(text) or (text != "" and reading.usual(text) is not None)
