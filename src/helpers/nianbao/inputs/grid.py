"""Read the cells of one table from a grid of text that is laid out like the official form.

Heads and row labels may have several levels. Merged cells are as spreadsheets save them: the text in the first cell, blanks
after it. A number whose place is not certain is a fault; it is never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputs import oddlabels, outline, shifted
from nianbao.inputs.cells import NONE_SUCH, TableInput, place_of, read_cell
from nianbao.inputs.labels import apart, is_explained, is_half_of, likeness, match
from nianbao.inputs.layout import block_of
from nianbao.inputs.outline import (
    column_paths,
    is_group,
    out_of_order,
    parted,
    repeats,
    row_paths,
    said_of_each,
    set_out,
    stub_width,
    without_copies,
)
from nianbao.inputs.strays import EXTRA, stray
from nianbao.reading import is_figure, unit_in
from nianbao.statute import tree
from nianbao.statute.formats import TERM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.inputs.contract import ReportParams
    from nianbao.inputs.labels import Chain
    from nianbao.inputs.layout import Line
    from nianbao.inputs.oddlabels import Marks
    from nianbao.inputs.shifted import Row
    from nianbao.statute.tree import Labels, Node, Part, Table


MISPLACED = Kind("F201", Severity.FAULT, "表格的栏目对不上")
MONEY = ("元", "万", "亿")  # how an amount ends that was typed with its unit
GUESSED = Kind("I103", Severity.NOTE, "按近似或位置识别")


# A label as typed, the heading it was read as, and its place.
Guess = tuple[str, str, "Source"]


@dataclass(slots=True)
class GridReader:
    """Reads one part of a table's file; ``into`` holds what it found, ``guessed`` the labels that are not the headings' own.

    Parameters
    ----------
    name : str
        The file, as findings name it.
    term : str
        What the report calls 政府信息.
    unit : str
        The unit of money that a line above or below the table names, or ''.
    is_placed : bool
        Whether every cell stands in its place.
    has_zeros : bool
        Whether a cell of the table is 0: then a blank is none.
    marks : dict
        The cells with words that are struck or that nobody sees.
    """

    table: Table
    name: str
    params: ReportParams
    term: str
    unit: str
    is_placed: bool
    has_zeros: bool
    marks: Marks
    into: TableInput = field(default_factory=TableInput)
    guessed: list[Guess] = field(default_factory=list)
    unsure_lines: set[int | None] = field(default_factory=set)
    is_unsure: bool = False

    def read(self, part: Part, lines: list[Line]) -> Part:
        """Read the lines of one part; returns it with as many lines as a row that repeats has."""
        part = self._read(part, lines)
        for line in self.unsure_lines:
            of_line = {key for key, cell in self.into.cells.items() if cell.source and cell.source.line == line}
            self.into.unsure |= of_line
            self.is_unsure = self.is_unsure or not of_line
        self.into.unsure |= self.into.cells.keys() if self.is_unsure else set()
        return part

    def _read(self, part: Part, lines: list[Line]) -> Part:
        head, body = (block := block_of(part, lines)).head, block.body
        place = f"{self.table.name} {part.title}".strip()
        stub = stub_width(head, part)
        head, body = without_copies(head, body, stub or 0, len(part.column_chains))
        body = tuple(set_out(line, stub or 0, len(part.column_chains)) for line in body)
        known = [apart(label) for chain in part.column_chains for label in tree.labels_of(chain)]
        seen = list(dict.fromkeys(cell for line in head or body[:1] for cell in line.filled()))
        if stub is None or not any(
            likeness(apart(cell), label) for line in head for cell in line.filled() for label in known
        ):
            source = (head or body)[0].source(self.name) if lines else Source(self.name)
            found = f"认不出表头“{'、'.join(seen)[:60]}”" if seen else "没有表头"
            expected = "、".join(chain[-1].label for chain in part.column_chains)[:80]
            self._fault(MISPLACED, place, source, found, expected, "表头按法定格式写全")
            return part
        self._misplaced([*head, *(replace(line, cells=line.cells[:stub]) for line in body)], place)
        stubs = [parted(path, part) for path in row_paths([line.cells[:stub] for line in body])]
        kept = [index for index, line in enumerate(body) if not is_group(line, stub, part)]
        whole, body = body, tuple(body[index] for index in kept)
        paths, part = repeats([stubs[index] for index in kept], part)
        # Blanks behind the heads are none of theirs, but where the columns have fewer.
        end = max(stub + len(part.column_chains), *(line.width for line in head))
        heads = column_paths([line.cells[stub:end] for line in head])
        columns = self._matched(
            heads, part.column_chains, part.title, "栏",
            [head[-1].source(self.name, index + stub) for index in range(len(heads))],
        )  # fmt: skip
        self._copied(heads, columns, body, stub, head[-1], place)
        sources = [line.source(self.name, *line.apart[:1]) for line in body]
        rows = self._matched(paths, part.row_chains, part.title, "行", sources) if part.rows else self._only_row(body, place)
        known_columns = [(chain[-1], tree.labels_of(chain)) if chain else None for chain in columns]
        for line, chain in zip(body, rows, strict=False):
            if chain is not None:
                self._read_row(line, stub, chain, known_columns, place)
        if self.marks:
            of_lines = dict(zip(kept, rows, strict=False))
            self.into.odd |= oddlabels.of_part(self.marks, self.name, head, whole, stub, of_lines, columns)
        if sum(chain is not None for chain in rows) == len(part.row_chains):
            self._alone(body, rows, stub, place)
        if not self.is_placed and None not in columns:  # the head's own fault is enough
            heads = [tree.labels_of(chain) for chain in columns if chain]
            given = shifted.Given(self.table, part, body, rows, heads, stub, self.into.cells)
            self.is_unsure = self.is_unsure or given.is_off()
            if lost := given.lost(are_zeros=self.params.mark("") is not None, has_zeros=self.has_zeros):
                self._lost(lost, place)
        return part

    def _read_row(
        self, line: Line, stub: int, chain: Chain, columns: Sequence[tuple[Node, Labels] | None], place: str
    ) -> None:
        texts = [*line.cells, *[""] * (stub + len(columns) - len(line.cells))][stub:]
        label = tree.labels_of(chain)
        if not self.is_placed and None not in columns and shifted.is_short(self.table, line, texts, stub, columns):
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
                self.unsure_lines.add(line.number)
            if column is not None:
                node, head = column
                called = partial(place_of, self.table, label, head)
                cell = read_cell(text, node, self.params, source, called, self.into)
                # An amount under a head with its own unit is printed as typed, without one.
                is_bare = node.unit and cell.value is not None and not text.endswith(MONEY) and cell.shown is None
                self.into.cells[label, head] = replace(cell, shown=text) if is_bare and self._has_own_unit(node) else cell

    def _lost(self, lost: Sequence[Row], place: str) -> None:
        """Leave open the cells of rows that may have lost a cell, or have figures of the row above or below."""
        self.unsure_lines |= {row.line for row in lost}
        self.into.notes.append(shifted.finding(self.table, lost, place, self.name))

    def _matched(
        self, found: list[Labels], chains: list[Chain], title: str, what: str, sources: Sequence[Source]
    ) -> list[Chain | None]:
        """The chain of each path; those read by likeness or place are noted, those that are none are faults."""
        place = " ".join(filter(None, (self.table.name, title, "表头" if what == "栏" else "")))
        result = match(found, chains, of_columns=what == "栏")
        self.into.taken_for += outline.taken_for(found, result, chains)
        for path, chain, source in zip(found, result, sources, strict=True):
            if chain is None:
                continue
            kept: set[str] = set()
            own = {tree.normalise(node.label) for node in chain}
            for above in range(min(len(path), len(chain))):
                label, node = path[-1 - above], chain[-1 - above]
                in_other_unit = node.kind == "money" and unit_in(label) != node.unit
                if in_other_unit or is_explained(label, node.label) or self._in_own_term(label, node.label):
                    self.into.labels[title, *tree.labels_of(chain[: len(chain) - above])] = label
                    kept.add(tree.normalise(label))
            odd = [label for label in path or [""] if tree.normalise(label) not in own | kept]
            if odd or tree.normalise(path[-1]) not in {tree.normalise(chain[-1].label), *kept}:
                typed = odd[-1] if odd else path[-1]
                at = path.index(typed) - len(path) if path else -1
                guess = typed, chain[max(at, -len(chain))].label
                self.guessed += [] if guess in [one[:2] for one in self.guessed] else [(*guess, source)]
        if moved := out_of_order(result, chains):
            shown = f"{what}的次序与法定的不同：{'、'.join(moved)}"
            self.into.notes.append(Finding(GUESSED, place, sources[0], shown, "", "已按名称读；核对名称和数字"))
        known = set(map(id, result))
        missing = [chain[-1].label for chain in chains if id(chain) not in known]
        strays = [index for index, chain in enumerate(result) if chain is None]
        names = [chain[-1].label for chain in chains]
        told = said_of_each({index: found[index] for index in strays}, missing, names, what)
        for index in strays:
            if what == "行" and not missing and sources[index].cell:
                continue  # what stands alone there, `_alone` says
            if index in told and not is_figure((found[index] or [""])[-1]):  # `_misplaced` has added the fault of a figure
                self._stray(told[index], missing, place, what, sources[index])
            if what == "行" and not missing and found[index]:
                self.into.locals.append((title, found[index][-1]))
        if missing and not strays:
            where = replace(sources[-1], cell=None) if sources else Source(self.name)
            shown = f"缺少{len(missing)}{what}：{'、'.join(missing)}"
            self._fault(MISPLACED, place, where, shown, f"法定格式的全部{what}", "补上；没有发生的填 0")
            self.is_unsure = self.is_unsure or what == "栏"
        return [
            chain if chain is None else self._with_typed_unit(chain, path) for chain, path in zip(result, found, strict=True)
        ]

    def _copied(
        self, heads: list[Labels], columns: Sequence[Chain | None], body: Sequence[Line], stub: int, head: Line, place: str
    ) -> None:
        """A fault for a column that repeats its neighbour's label and figures: a copy where another column belongs."""
        for index in range(1, len(heads)):
            pair = [[*line.cells, *[""] * (stub + index + 1)][stub + index - 1 : stub + index + 1] for line in body]
            is_copy = heads[index] == heads[index - 1] != () and all(one == other for one, other in pair)
            is_copy = is_copy and not is_half_of(heads[index][-1], columns[index - 1 : index + 1])
            if is_copy and columns[index] and any(one.strip("0") for one, _ in pair):
                found = f"“{heads[index][-1]}”两栏名称和数字都相同"
                self._fault(
                    MISPLACED, place, head.source(self.name, stub + index), found, "各栏不同", "核对是否重复了一栏、漏了一栏"
                )
                self.is_unsure = True

    def _with_typed_unit(self, chain: Chain, path: Labels) -> Chain:
        """A money column has the unit that its head was typed with, else the table's; without one, amounts need theirs."""
        if not chain or chain[-1].kind != "money":
            return chain
        return (*chain[:-1], replace(chain[-1], unit=unit_in(path[-1] if path else "") or self.unit))

    def _has_own_unit(self, node: Node) -> bool:
        """Whether a column has another unit than the statute gives it."""
        return not any(
            column[-1].label == node.label and column[-1].unit == node.unit for _, column in self.table.cells.values()
        )

    def _in_own_term(self, label: str, name: str) -> bool:
        """Whether a label is the statutory one in the bureau's own term."""
        meant = tree.normalise(label).replace(tree.normalise(self.term), TERM)
        return self.term != TERM and self.term in label and meant == tree.normalise(name)

    def _stray(self, shown: str, missing: list[str], place: str, what: str, source: Source) -> None:
        """The fault of labels that are none of the headings, or may be more than one."""
        action = "改正；确为地方增加的行，请在 report.yaml 的 extra_rows 中声明" if what == "行" else "按法定格式改正表头"
        self._fault(MISPLACED, place, source, shown, "、".join(missing) or NONE_SUCH.format(what=what), action)
        self.is_unsure = self.is_unsure or what == "栏"

    def _misplaced(self, labels: list[Line], place: str) -> None:
        """Add a fault for each row with numbers where labels belong, so that no number is lost."""
        for line in labels:
            figures = [(index, text) for index, text in enumerate(line.cells) if is_figure(text)]
            if figures:
                found, action = "、".join(text for _, text in figures), "核对表头是否缺行、数字是否错位"
                source = line.source(self.name, figures[0][0])
                self._fault(EXTRA, place, source, f"“{found}”", "这里应是栏名、行名或空格", action)
                self.unsure_lines.add(line.number)

    def _only_row(self, body: Sequence[Line], place: str) -> list[Chain | None]:
        """Which line is the row of figures, of a part whose rows have no names."""
        if len(body) <= 1:
            return [()] * len(body)
        told = [line for line in body if not line.apart] or [line for line in body if any(map(is_figure, line.cells))]
        if len(told) != 1:
            self._fault(MISPLACED, place, body[1].source(self.name), f"{len(body)}行数字", "1行数字", "只留一行")
            return [None] * len(body)
        return [() if line is told[0] else None for line in body]

    def _alone(self, body: Sequence[Line], rows: Sequence[Chain | None], stub: int, place: str) -> None:
        """Add a fault for each cell of a line that is no row, beside all the statutory ones."""
        for line, at in ((one, at) for one, chain in zip(body, rows, strict=True) if chain is None for at in one.apart):
            if at >= stub or not is_figure(line.cells[at]):  # `_misplaced` has added the fault of a figure there
                self.into.faults.append(stray(place, line.source(self.name, at), f"“{line.cells[at]}”"))

    def _fault(self, kind: Kind, place: str, source: Source | None, found: str, expected: str, action: str) -> None:
        self.into.faults.append(Finding(kind, place, source, found, expected, action))
