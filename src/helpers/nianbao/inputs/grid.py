"""Read the cells of one table from a grid of text that is laid out like the official form.

Heads and row labels may have several levels. Merged cells are as spreadsheets save them: the text in the first cell, blanks
after it. A number whose place is not certain is a fault; it is never dropped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.findings import Finding, Kind, Severity, nearest
from nianbao.inputs.cells import NO_UNIT, TableInput, place_of, read_cell
from nianbao.inputs.labels import apart, is_explained, likeness, match
from nianbao.inputs.layout import block_of, money_unit
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.findings import Source
    from nianbao.inputs.contract import ReportParams
    from nianbao.inputs.labels import Chain
    from nianbao.inputs.layout import Line
    from nianbao.statute.tree import Labels, Node, Part, Table


MISPLACED = Kind("F201", Severity.FAULT, "表格的栏目对不上")
EXTRA = Kind("F204", Severity.FAULT, "多出的单元格")
GUESSED = Kind("I103", Severity.NOTE, "按近似或位置识别")


# A label as typed, the heading it was read as, and its place.
Guess = tuple[str, str, "Source"]


class GridReader:
    """Reads one part of a table's file; ``into`` holds what it found, ``guessed`` the labels that are not the headings' own.

    Parameters
    ----------
    name : str
        The file, as findings name it.
    """

    def __init__(self, table: Table, name: str, params: ReportParams) -> None:
        self.table, self.name, self.params = table, name, params
        self.into = TableInput()
        self.guessed: list[Guess] = []

    def read(self, part: Part, lines: list[Line]) -> Part:
        """Read the lines of one part; returns it with as many lines as a row that repeats has."""
        block = block_of(part, lines)
        head, body = block.head, block.body
        place = f"{self.table.name} {part.title}".strip()
        stub = _stub_width(head, part)
        known = [apart(label) for chain in part.column_chains for label in tree.labels_of(chain)]
        seen = list(dict.fromkeys(cell for line in head or body[:1] for cell in line.filled()))
        if stub is None or not any(
            likeness(apart(cell), label) for line in head for cell in line.filled() for label in known
        ):
            source, found = (head or body)[0].source(self.name) if lines else None, "、".join(seen)[:60]
            expected = "、".join(chain[-1].label for chain in part.column_chains)[:80]
            self._fault(MISPLACED, place, source, f"认不出表头“{found}”", expected, "表头按法定格式写全")
            return part
        self._misplaced([*head, *(replace(line, cells=line.cells[:stub]) for line in body)], place)
        stubs = _stub_paths([line.cells[:stub] for line in body])
        kept = [index for index, line in enumerate(body) if not _is_group(line, stub, part)]
        body = tuple(body[index] for index in kept)
        paths, part = _repeats([stubs[index] for index in kept], part)
        width = max(line.width for line in (*head, *body))
        heads = _filled_paths([line.cells[stub:width] for line in head])
        columns = self._matched(
            heads, part.column_chains, part.title, "栏",
            [head[-1].source(self.name, index + stub) for index in range(len(heads))],
        )  # fmt: skip
        sources = [line.source(self.name) for line in body]
        rows = self._matched(paths, part.row_chains, part.title, "行", sources) if part.rows else self._only_row(body, place)
        known_columns = [(chain[-1], tree.labels_of(chain)) if chain else None for chain in columns]
        for line, chain in zip(body, rows, strict=False):
            if chain is not None:
                self._read_row(line, stub, chain, known_columns, place)
        return part

    def _read_row(
        self, line: Line, stub: int, chain: Chain, columns: Sequence[tuple[Node, Labels] | None], place: str
    ) -> None:
        texts = [*line.cells, *[""] * (stub + len(columns) - len(line.cells))][stub:]
        label = tree.labels_of(chain)
        if _is_shifted(line, texts, stub, columns):
            found = "、".join(filter(None, texts))
            self._fault(
                EXTRA, f"{place} {label[-1] if label else ''}".strip(), line.source(self.name),
                f"“{found}”：{len(columns)}格只有{len(list(filter(None, texts)))}格有数，像是丢了空格",
                f"{len(columns)}格，没有的也留出空格", "对照原件，把各数放回自己的格子；没有发生的填 0",
            )  # fmt: skip
            return
        for index, text in enumerate(texts):
            source = line.source(self.name, index + stub)
            column = columns[index] if index < len(columns) else None
            if index >= len(columns) and text:
                self._fault(
                    EXTRA, place, source, f"“{text}”", f"这一行只有{len(columns)}格数字", "删去多出的格，或核对是否错位"
                )
            if column is not None:
                node, head = column
                called = place_of(self.table, label, head)
                self.into.cells[label, head] = read_cell(text, node, self.params, source, called, self.into)

    def _matched(
        self, found: list[Labels], chains: list[Chain], title: str, what: str, sources: Sequence[Source]
    ) -> list[Chain | None]:
        """The chain of each path; those read by likeness or place are noted, those that are none are faults."""
        place = " ".join(filter(None, (self.table.name, title, "表头" if what == "栏" else "")))
        result = match(found, chains)
        for path, chain, source in zip(found, result, sources, strict=True):
            if chain is None:
                continue
            for above in range(min(len(path), len(chain))):
                label, node = path[-1 - above], chain[-1 - above]
                if is_explained(label, node.label) or _in_own_term(label, node.label, self.params):
                    self.into.labels[title, *tree.labels_of(chain[: len(chain) - above])] = label
            own = {tree.normalise(node.label) for node in chain}
            odd = [label for label in path or [""] if tree.normalise(label) not in own]
            if odd or tree.normalise(path[-1]) != tree.normalise(chain[-1].label):
                typed = odd[-1] if odd else path[-1]
                at = path.index(typed) - len(path) if path else -1
                guess = typed, chain[max(at, -len(chain))].label
                if guess not in [one[:2] for one in self.guessed]:
                    self.guessed.append((*guess, source))
        missing = [chain[-1].label for chain in chains if chain not in result]
        strays = [index for index, chain in enumerate(result) if chain is None]
        for index in strays:
            self._stray(found[index], missing, [chain[-1].label for chain in chains], place, what, sources[index])
        if missing and not strays:
            where = replace(sources[-1], cell=None) if sources else None
            shown = f"缺少{len(missing)}{what}：{'、'.join(missing)}"
            self._fault(MISPLACED, place, where, shown, f"法定格式的全部{what}", "补上；没有发生的填 0")
        return [chain if chain is None else _with_typed_unit(chain, path) for chain, path in zip(result, found, strict=True)]

    def _stray(self, path: Labels, missing: list[str], names: list[str], place: str, what: str, source: Source) -> None:
        """The fault of a label that is none of the headings, or may be more than one."""
        label = path[-1] if path else "（空）"
        if reading.is_figure(label):
            return  # `_misplaced` has already added this fault
        typed = apart(label)
        by_ordinal = [name for name in (*missing, *names) if typed.ordinal and apart(name).ordinal == typed.ordinal]
        by_words = [name for name in names if likeness(typed, apart(name)) == 3]
        if by_words and tree.normalise(by_words[0]) == typed.whole and by_words[0] not in missing:
            shown = f"{what}“{label}”写了不止一次"
        elif len(by_words) == 1 and by_ordinal and by_words[0] not in by_ordinal:
            shown = f"{what}“{label}”的序号是“{by_ordinal[0]}”，文字是“{by_words[0]}”"
        elif any(char.isdigit() for char in typed.words) and not any(
            char.isdigit() for name in names for char in apart(name).words
        ):
            shown = f"{what}“{label}”里的数字不知属于哪一格"
        else:
            shown = f"{what}“{label}”不在本格式中{nearest(label, missing)}"
        action = "改正；确为地方增加的行，请在 report.yaml 的 extra_rows 中声明" if what == "行" else "按法定格式改正表头"
        self._fault(MISPLACED, place, source, shown, "、".join(missing) or f"没有这一{what}", action)

    def _misplaced(self, labels: list[Line], place: str) -> None:
        """Add a fault for each row with numbers where labels belong, so that no number is lost."""
        for line in labels:
            figures = [(index, text) for index, text in enumerate(line.cells) if reading.is_figure(text)]
            if figures:
                found, action = "、".join(text for _, text in figures), "核对表头是否缺行、数字是否错位"
                source = line.source(self.name, figures[0][0])
                self._fault(EXTRA, place, source, f"“{found}”", "这里应是栏名、行名或空格", action)

    def _only_row(self, body: Sequence[Line], place: str) -> list[Chain | None]:
        if len(body) <= 1:
            return [()] * len(body)
        self._fault(MISPLACED, place, body[1].source(self.name), f"{len(body)}行数字", "1行数字", "只留一行")
        return [None] * len(body)

    def _fault(self, kind: Kind, place: str, source: Source | None, found: str, expected: str, action: str) -> None:
        self.into.faults.append(Finding(kind, place, source, found, expected, action))


def said_of_labels(table: Table, guessed: list[Guess]) -> list[Finding]:
    """One note of a table on the labels that are not the headings' own words."""
    if not guessed:
        return []
    shown = "；".join(f"“{typed or '（空）'}”读作“{name}”" for typed, name, _ in guessed[:5])
    more = f"……共{len(guessed)}处" if len(guessed) > 5 else ""
    return [Finding(GUESSED, table.name, guessed[0][2], shown + more, "", "核对；印出的是法定名称")]


def said_of_unit(table: Table, into: TableInput) -> list[Finding]:
    """A warning for each amount whose head names another unit than the line ``单位：元`` above the table."""
    said, found = money_unit(into.asides), []
    for key, (_, column) in table.cells.items() if said else ():
        cell = into.cells[key]
        if column[-1].kind == "money" and cell.value and cell.unit == column[-1].unit != said:
            shown = f"表上写“单位：{said}”，栏名{f'写“{cell.unit}”' if cell.unit else '没有单位'}"
            place = place_of(table, *key)
            found.append(Finding(NO_UNIT, place, cell.source, shown, "数字加单位，如 8.04万元", "核对单位，写在数字后"))
    return found


def _with_typed_unit(chain: Chain, path: Labels) -> Chain:
    """A money column whose head has lost its unit has none: its amounts need their own."""
    typed = tree.normalise("".join(path))
    if not chain or not chain[-1].unit or chain[-1].unit in typed or not typed:
        return chain
    return (*chain[:-1], replace(chain[-1], unit=""))


def _is_group(line: Line, stub: int, part: Part) -> bool:
    """Whether a line holds a group's label alone, such as ``（三）不予公开`` above its items."""
    groups = {tree.normalise(node.label) for chain in part.row_chains for node in chain[:-1]}
    filled = line.filled()
    return len(filled) == 1 and not any(line.cells[stub:]) and tree.normalise(filled[0]) in groups


def _in_own_term(label: str, name: str, params: ReportParams) -> bool:
    """Whether a label is the statutory one in the bureau's own term."""
    term = params.term or ""
    return bool(term) and term in label and tree.normalise(label).replace(term, "政府信息") == tree.normalise(name)


def _is_shifted(line: Line, texts: list[str], stub: int, columns: Sequence[tuple[Node, Labels] | None]) -> bool:
    """Whether a row has lost blanks, so that nobody knows which cells its figures belong to.

    Its line ends before the table does; or blanks follow a figure that is the sum of those before it, with the total blank.
    """
    filled = [text for text in texts if text]
    if not filled or len(filled) >= len(columns) or any(texts[len(columns) :]):
        return False
    if len(line.cells) < stub + len(columns):
        return True
    total = columns[-1][0].label if columns[-1] else ""
    figures = [int(text) if text.isdecimal() else -1 for text in texts[: len(filled)]]
    return (
        tree.normalise(total) == "总计" and len(figures) > 2 and min(figures) >= 0 and figures[-1] == sum(figures[:-1]) > 0
    )


def _repeats(paths: list[Labels], part: Part) -> tuple[list[Labels], Part]:
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


def _stub_width(head: Sequence[Line], part: Part) -> int | None:
    """The number of columns before the first heading that is not the corner; ``None`` without such a heading."""
    width = max((len(line.cells) for line in head), default=0)
    corners = {line.cells[0] for line in head if line.cells} if part.rows else {""}
    for index in range(1 if part.rows else 0, width):
        if any(set(line.cells[index : index + 1]) - corners - {""} for line in head):
            return index
    return None


def _filled_paths(head: list[tuple[str, ...]]) -> list[Labels]:
    """Each column's labels from the top down; a blank below equal heads belongs to the merged cell on its left."""
    width = max(len(row) for row in head)
    grid = [[*row, *[""] * (width - len(row))] for row in head]
    for level in range(len(grid) - 1):
        for i in range(1, width):
            if not grid[level][i] and all(grid[above][i] == grid[above][i - 1] for above in range(level)):
                grid[level][i] = grid[level][i - 1]
    columns = [tuple(dict.fromkeys(grid[level][i] for level in range(len(grid)) if grid[level][i])) for i in range(width)]
    while columns and not columns[-1]:
        columns.pop()
    return columns


def _stub_paths(stubs: list[tuple[str, ...]]) -> list[Labels]:
    """Each row's labels from the left; blanks before the first label belong to the merged cell above."""
    result: list[Labels] = []
    last: list[str] = []
    for stub in stubs:
        first = next((i for i, label in enumerate(stub) if label), None)
        row = [] if first is None else [*last[:first], *stub[first:]]
        last = row or last
        result.append(tuple(dict.fromkeys(label for label in row if label)))
    return result
