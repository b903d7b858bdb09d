"""Read the cells of one table from a grid of text that is laid out like the official form.

Heads and row labels may have several levels. Merged cells are as spreadsheets save them: the text in the first cell, blanks
after it. Labels are matched by their normalised text, then by position within their part; each match by position adds a
note. A number whose place is not certain is a fault; it is never dropped.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.findings import Finding, Kind, Severity, Source, nearest
from nianbao.inputs.cells import Cell, TableInput, place_of, read_cell
from nianbao.statute import tree
from nianbao.wording import UNFILLED, column_letter

if TYPE_CHECKING:
    from nianbao.inputs.contract import ReportParams
    from nianbao.statute.tree import Node, Part, Table


MISPLACED = Kind("F201", Severity.FAULT, "表格的栏目对不上")
EXTRA = Kind("F204", Severity.FAULT, "多出的单元格")
GUESSED = Kind("I103", Severity.NOTE, "按近似或位置识别")

Rows = list[tuple[int, list[str]]]


def read_grid(rows: Rows, name: str, table: Table, params: ReportParams, into: TableInput) -> None:
    """Put the cells of a grid laid out as the official form into a table's input.

    Parameters
    ----------
    rows : list of (int, list of str)
        The non-blank rows with their numbers, from 1; cells are stripped of white space.
    name : str
        The file they come from, as findings name it.
    """
    if rows and _is_caption(rows[0][1], table):
        rows = rows[1:]
    for part, block in _blocks(rows, table, name, into):
        _read_part(part, block, table, name, params, into)
    for key in table.cells:
        into.cells.setdefault(key, Cell(UNFILLED, source=Source(name)))


def _is_caption(row: list[str], table: Table) -> bool:
    """Whether a row holds the table's own caption (``三、收到和处理……情况``) and nothing else."""
    filled = {tree.normalise(cell) for cell in row if cell}
    return len(filled) == 1 and tree.normalise(table.caption) in filled.pop()


def _blocks(rows: Rows, table: Table, name: str, into: TableInput) -> list[tuple[Part, Rows]]:
    """The file's rows by part: a part with a title runs from the row that shows it to the next title."""
    if not table.parts[0].title:
        return [(table.parts[0], rows)]
    titles = {tree.normalise(part.title): part for part in table.parts}
    blocks: dict[str, Rows] = {}
    here: Rows | None = None
    for number, row in rows:
        filled = [cell for cell in row if cell]
        title = tree.normalise(filled[0])
        if len(set(filled)) == 1 and title in titles:
            here = blocks.setdefault(titles[title].title, [])
        elif here is None:
            source, expected = Source(name, number), f"只有“{table.parts[0].title}”的一行"
            found, here = f"“{'、'.join(filled)}”", []
            into.faults.append(Finding(MISPLACED, table.name, source, found, expected, "每部分以其标题行开头"))
        else:
            here.append((number, row))
    lost = [f"“{part.title}”" for part in table.parts if part.title not in blocks]
    if lost:
        found, action = f"文件中没有{'、'.join(lost)}", "补上，或改正标题行的文字"
        into.faults.append(Finding(MISPLACED, table.name, Source(name), found, "每部分的标题行及其下的行", action))
    return [(part, blocks[part.title]) for part in table.parts if part.title in blocks]


def _read_part(part: Part, rows: Rows, table: Table, name: str, params: ReportParams, into: TableInput) -> None:
    head, body = rows[: part.head_depth], rows[part.head_depth :]
    place = f"{table.name} {part.title}".strip()
    known = {tree.normalise(label) for chain in part.column_chains for label in tree.labels_of(chain)}
    width = max((len(row) for _, row in head), default=0)
    stub = _stub_width(head, part)
    seen = {tree.normalise(cell): cell for _, row in head for cell in row if cell}
    if stub is None or not any(one in label or label in one for one in seen for label in known):
        source, found = Source(name, head[0][0] if head else None), f"认不出表头“{'、'.join(seen.values())[:60]}”"
        expected = "、".join(chain[-1].label for chain in part.column_chains)[:80]
        into.faults.append(Finding(MISPLACED, place, source, found, expected, "表头按法定格式写全"))
        return
    _misplaced([*head, *((number, row[:stub]) for number, row in body)], place, name, into)
    columns = _match(
        _filled_paths([row[stub:] for _, row in head]), part.column_chains, f"{place} 表头", "栏",
        [Source(name, head[-1][0], f"{column_letter(i)}{head[-1][0]}") for i in range(stub, width)], into,
    )  # fmt: skip
    labels = _stub_paths([row[:stub] for _, row in body])
    lines = [Source(name, number) for number, _ in body]
    if columns is None:
        return
    chains = _match(labels, part.row_chains, place, "行", lines, into) if part.rows else _only_row(body, place, name, into)
    heads = [tree.labels_of(chain) for chain in columns]
    for (number, row), chain in zip(body, chains or [], strict=False):
        label = tree.labels_of(chain)
        for index, text in enumerate([*row, *[""] * (stub + len(columns) - len(row))][stub:]):
            source = Source(name, number, f"{column_letter(index + stub)}{number}")
            if index >= len(columns):
                if text:
                    into.faults.append(
                        Finding(
                            EXTRA,
                            place,
                            source,
                            f"“{text}”",
                            f"这一行只有{len(columns)}格数字",
                            "删去多出的格，或核对是否错位",
                        )
                    )
                continue
            key = (label, heads[index])
            into.cells[key] = read_cell(text, columns[index][-1], params, source, place_of(table, *key), into)


def _stub_width(head: Rows, part: Part) -> int | None:
    """The number of columns before the first heading that is not the corner; ``None`` without such a heading."""
    width = max((len(row) for _, row in head), default=0)
    corners = {row[0] for _, row in head if row} if part.rows else {""}
    firsts = (i for i in range(1 if part.rows else 0, width) if any(set(row[i : i + 1]) - corners - {""} for _, row in head))
    return next(firsts, None)


def _misplaced(labels: Rows, place: str, name: str, into: TableInput) -> None:
    """Add a fault for each row with numbers where labels belong, so that no number is lost."""
    for number, row in labels:
        figures = [(index, text) for index, text in enumerate(row) if reading.is_figure(text)]
        if figures:
            source = Source(name, number, f"{column_letter(figures[0][0])}{number}")
            found, action = "、".join(text for _, text in figures), "核对表头是否缺行、数字是否错位"
            into.faults.append(Finding(EXTRA, place, source, f"“{found}”", "这里应是栏名、行名或空格", action))


def _only_row(body: Rows, place: str, name: str, into: TableInput) -> list[tuple[Node, ...]] | None:
    if len(body) <= 1:
        return [()] * len(body)
    into.faults.append(Finding(MISPLACED, place, Source(name, body[1][0]), f"{len(body)}行数字", "1行数字", "只留一行"))
    return None


def _filled_paths(head: list[list[str]]) -> list[tree.Labels]:
    """Each column's labels from the top down; a blank below equal heads belongs to the merged cell on its left."""
    width = max(len(row) for row in head)
    grid = [row + [""] * (width - len(row)) for row in head]
    for level in range(len(grid) - 1):
        for i in range(1, width):
            if not grid[level][i] and all(grid[above][i] == grid[above][i - 1] for above in range(level)):
                grid[level][i] = grid[level][i - 1]
    columns = [tuple(dict.fromkeys(grid[level][i] for level in range(len(grid)) if grid[level][i])) for i in range(width)]
    while columns and not columns[-1]:
        columns.pop()
    return columns


def _stub_paths(stubs: list[list[str]]) -> list[tree.Labels]:
    """Each row's labels from the left; blanks before the first label belong to the merged cell above."""
    result: list[tree.Labels] = []
    last: list[str] = []
    for stub in stubs:
        first = next((i for i, label in enumerate(stub) if label), None)
        row = [] if first is None else [*last[:first], *stub[first:]]
        last = row or last
        result.append(tuple(dict.fromkeys(label for label in row if label)))
    return result


def _match(
    found: list[tree.Labels], chains: list[tuple[Node, ...]], place: str, what: str, sources: list[Source], into: TableInput
) -> list[tuple[Node, ...]] | None:
    """The statutory chain of each found label path, by its labels or by position; ``None``, with faults, on a mismatch.

    Position counts only when as many paths are unmatched as chains are missing.
    """
    by_path = {tuple(map(tree.normalise, tree.labels_of(chain))): chain for chain in chains}
    by_leaf: dict[str, list[tuple[Node, ...]]] = {}
    for chain in chains:
        by_leaf.setdefault(tree.normalise(chain[-1].label), []).append(chain)
    result: list[tuple[Node, ...] | None] = []
    for path in found:
        tight = tuple(map(tree.normalise, path))
        leaf = by_leaf.get(tight[-1], []) if tight else []
        result.append(by_path.get(tight) or (leaf[0] if len(leaf) == 1 else None))
    for place_of_hit, hit in enumerate(chains):
        # Of labels written twice, the one in the statutory place is kept, else the first.
        same = [index for index, one in enumerate(result) if one is hit]
        kept = place_of_hit if place_of_hit in same else same[0] if same else None
        result = [None if index in same and index != kept else one for index, one in enumerate(result)]
    missing = [chain for chain in chains if chain not in result]
    strays = [index for index, chain in enumerate(result) if chain is None]
    if len(strays) != len(missing) or not all(
        _could_be(found[index], lost, chains, index) for index, lost in zip(strays, missing, strict=True)
    ):
        _mismatch(found, strays, missing, place, what, sources, into)
        return None
    for index, lost in zip(strays, missing, strict=True):
        result[index] = lost
        label = "/".join(found[index]) or "（空）"
        into.notes.append(
            Finding(
                GUESSED,
                place,
                sources[index],
                f"“{label}”按位置读作“{lost[-1].label}”",
                lost[-1].label,
                f"确认后改正{what}名",
            )
        )
    return [chain for chain in result if chain is not None]


def _could_be(path: tree.Labels, lost: tuple[Node, ...], chains: list[tuple[Node, ...]], index: int) -> bool:
    """Whether an unmatched label may be read as the missing one: one contains the other, or they are alike.

    A blank or repeated label has to stand in the missing one's place.
    """
    label, name = tree.normalise(path[-1]) if path else "", tree.normalise(lost[-1].label)
    if not label or label in {tree.normalise(node.label) for chain in chains for node in chain}:
        return chains.index(lost) == index
    if lost[-1].unit and any(unit in label.replace(lost[-1].unit, "") for unit in reading.YUAN):
        return False  # a heading in another unit is another heading
    return label in name or name in label or SequenceMatcher(None, label, name).ratio() >= 0.5


def _mismatch(
    found: list[tree.Labels], strays: list[int], missing: list[tuple[Node, ...]],
    place: str, what: str, sources: list[Source], into: TableInput,
) -> None:  # fmt: skip
    names = [chain[-1].label for chain in missing]
    for index in strays:
        label = found[index][-1] if found[index] else "（空）"
        if reading.is_figure(label):
            continue  # `_misplaced` has already added this fault
        shown = f"{what}“{label}”不在本格式中{nearest(label, names)}"
        action = "改正；确为地方增加的行，请在 report.yaml 的 extra_rows 中声明" if what == "行" else "按法定格式改正表头"
        into.faults.append(Finding(MISPLACED, place, sources[index], shown, "、".join(names) or "没有这一" + what, action))
    if not strays:
        where = replace(sources[-1], cell=None) if sources else None
        shown = f"缺少{len(names)}{what}：{'、'.join(names)}"
        into.faults.append(Finding(MISPLACED, place, where, shown, f"法定格式的全部{what}", "补上；没有发生的填 0"))
