"""Statutory tables as programs lay out the text of a PDF: cells over lines, set in columns that many blanks part."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importing.test_spaced import made_of, text
from making import FORMATS
from nianbao.importing.lines import textlines
from nianbao.inputs.cells import NUMBER
from nianbao.statute import tree
from nianbao.wording import UNFILLED

SPARED = "、.，：）”。"  # begins no line


def cut(said, width):
    """A text in lines of at most some characters."""
    lines = [""]
    for char in said:
        if len(lines[-1]) >= width and char not in SPARED:
            lines.append("")
        lines[-1] += char
    return lines


class Canvas:
    """A page of characters."""

    def __init__(self):
        self.rows = {}

    def put(self, lines, top, height, left, width):
        """Set lines in the middle of a cell."""
        for at, line in enumerate(lines, top + max(height - len(lines), 0) // 2):
            for beside, char in enumerate(line, left + max(width - len(line), 0) // 2):
                self.rows.setdefault(at, {})[beside] = char

    def lines(self):
        """The lines that are there."""
        return [
            "".join(self.rows[at].get(one, " ") for one in range(max(self.rows[at]) + 1)).rstrip()
            for at in sorted(self.rows)
        ]


def spans(chains, level, begin=0):
    """The labels of a level, each with the places of the first and the last chain that has it."""
    made = []
    for at, chain in enumerate(chains, begin):
        node = chain[min(level, len(chain) - 1)]
        if level < len(chain) and made and made[-1][0] is node:
            made[-1][2] = at
        elif level < len(chain):
            made.append([node, at, at])
    return made


def head(canvas, part, edges, widths, gap):
    """Set the heads; returns how many lines they take."""
    depth, chains = part.head_depth, part.column_chains
    levels = [spans(chains, level) for level in range(depth)]

    def space(first, last):
        return sum(widths[first : last + 1]) - gap

    heights = [max(len(cut(node.label, space(first, last))) for node, first, last in some) for some in levels]
    for level, some in enumerate(levels):
        for node, first, last in some:
            end = depth if first == last and level == len(chains[first]) - 1 else level + 1
            height = sum(heights[level:end])
            lines = cut(node.label, space(first, last))
            canvas.put(lines, sum(heights[:level]), height, edges[first], space(first, last))
    return sum(heights)


def rows(canvas, part, top, stubs, edges, widths, figures, gap):
    """Set the rows below the heads: merged labels in the middle of their rows."""
    depth, chains = part.stub_depth, part.row_chains
    lefts = [sum(stubs[:level]) for level in range(depth + 1)]
    tops = [top]
    for chain in chains:
        width = lefts[depth] - lefts[max(len(chain) - 1, 0)] - gap
        tops.append(tops[-1] + (len(cut(chain[-1].label, width)) if chain else 1))
    for level in range(depth):
        for node, first, last in spans(chains, level):
            is_last = level == len(chains[first]) - 1
            width = (lefts[depth] if is_last else lefts[level + 1]) - lefts[level] - gap
            lines = cut(node.label, width)
            canvas.put(lines, tops[first], max(tops[last + 1] - tops[first], len(lines)), lefts[level], width)
    for at in range(len(chains)):
        for column, figure in enumerate(figures[at]):
            canvas.put([figure], tops[at], tops[at + 1] - tops[at], edges[column], widths[column] - gap)


@st.composite
def laid_out(draw):
    """A table and its text; in some two columns have changed places, heads and figures."""
    form, key = draw(st.sampled_from(["2019", "2021"])), draw(st.sampled_from(["table3", "table4"]))
    part = FORMATS[form].tables[key].parts[0]
    count = len(part.column_chains)
    most = draw(st.sampled_from([9, 99, 2500]))
    truth, figures = {}, []
    for chain in part.row_chains:
        row, so_far = [], 0
        for column in part.column_chains:
            number = so_far if column[-1].label == "总计" and draw(st.integers(0, 9)) else draw(st.integers(0, most))
            so_far = 0 if column[-1].label == "总计" else so_far + number
            row.append(number)
            truth[tree.labels_of(chain), tree.labels_of(column)] = number
        figures.append(list(map(str, row)))
    gap = draw(st.integers(1, 4))
    widths = [max(draw(st.integers(1, 8)), max(len(row[at]) for row in figures)) + gap for at in range(count)]
    stubs = [draw(st.integers(3, 12)) + gap for _ in range(part.stub_depth)]
    edges = [sum(stubs) + sum(widths[:at]) for at in range(count)]
    moved = None
    if draw(st.booleans()):
        moved = draw(st.sampled_from([(at, at + 1) for at in range(count - 1) if _are_akin(part, at)]))
        left, right = moved
        edges[left], edges[right] = edges[left], edges[left]
        edges[left] = edges[right] + widths[right]
    canvas = Canvas()
    top = head(canvas, part, edges, widths, gap)
    rows(canvas, part, top, stubs, edges, widths, figures, gap)
    lines = canvas.lines()
    if not draw(st.integers(0, 2)):
        lines = [" ".join(line.split()) for line in lines]
    return form, key, truth, "\n".join(lines), moved


def _are_akin(part, at):
    left, right = part.column_chains[at : at + 2]
    return len(left) == len(right) and left[:-1] == right[:-1]


def wrong(made, key, truth):
    """The cells that were read, and as another number."""
    cells = made.taken[key].cells.items() if key in made.taken else ()
    return {
        place: (cell.value, truth[place]) for place, cell in cells
        if cell.state != UNFILLED and (cell.value if cell.state == NUMBER else None) != truth[place]
    }  # fmt: skip


def is_right_or_asked_about(drawn):
    form, key, truth, said, moved = drawn
    made = made_of(text((key, said), form=form), form)
    assert not wrong(made, key, truth) or (moved and textlines.NO_ORDER in made.questions), f"{moved}\n{said}"
    lines = [line for line in made.files["narrative.md"].split("\n") if line and line[:2] not in {"# ", "##", "{{"}]
    assert lines == ["全年公开信息5条。", "解读不够。"], f"{said}\n\n" + "\n".join(lines)


@settings(max_examples=10, deadline=None)
@given(laid_out())
def test_each_cell_of_a_table_that_is_laid_out_is_right_or_asked_about(drawn):
    is_right_or_asked_about(drawn)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(laid_out())
def test_so_it_is_however_the_table_is_laid_out(drawn):
    is_right_or_asked_about(drawn)
