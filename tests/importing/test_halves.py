"""Tables that were cut between their columns: one table again, each figure in its column; in doubt none is joined."""

from itertools import pairwise

import pytest

from imports import made_of, rows
from making import FORMATS
from nianbao.importing import halves, labelled
from nianbao.importing.flow import Grid, Paragraph
from nianbao.inputs.outline import is_value
from nianbao.statute.formats import Library

LABELS = labelled.labels_of(Library(FORMATS, {}), FORMATS["2021"])
CHAPTERS = {"table3": "三、收到和处理政府信息公开申请情况", "table4": "四、政府信息公开行政复议、行政诉讼情况"}


def counted(key):
    """A table with another figure in each cell, and these by cell."""
    made, count = [], 0
    for row in rows(key):
        made.append([str(count := count + 1) if is_value(cell) else cell for cell in row])
    table = FORMATS["2021"].tables[key]
    return made, {cell: number for number, cell in enumerate(table.cells, 1)}


def cut(key, *places, is_repeated=False):
    """A table in parts that end before some columns of figures, each with the labels of the rows.

    A head that goes on in the next part stands there once more where it is repeated.
    """
    table, _ = counted(key)
    part = FORMATS["2021"].tables[key].parts[0]
    stub, chains = part.stub_depth, part.column_chains
    edges = [0, *places, len(chains)]
    made = []
    for begin, end in pairwise(edges):
        some = [[*row[:stub], *row[stub + begin : stub + end]] for row in table]
        if is_repeated and begin and chains[begin][0] == chains[begin - 1][0]:
            some[0][stub] = chains[begin][0].label
        while not any(some[part.head_depth - 1]) and len(some) > 3:
            del some[part.head_depth - 1]
        made.append(some)
    return made


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("key", "places"), [("table4", (5,)), ("table4", (5, 10)), ("table3", (3,)), ("table3", (1, 6))], ids=str
)
@pytest.mark.parametrize("between", ["", "（二）行政诉讼情况", "续表"])
def test_each_figure_of_a_table_cut_between_its_columns_stands_in_its_own(key, places, between):
    first, *parts = cut(key, *places)
    flow = [first, *(one for some in parts for one in ([between, some] if between else [some]))]
    made = made_of(*flow, chapter=CHAPTERS[key])
    assert {cell: one.value for cell, one in made.taken[key].cells.items()} == counted(key)[1]
    assert [question for question in made.questions if "没有找到" not in question] == []
    assert not between or between in str(made.left_out)


def grids(*parts):
    return [Grid(tuple(map(tuple, part)), f"第{at}个表格") for at, part in enumerate(parts, 1)]


def test_a_head_that_goes_on_may_stand_there_once_more():
    once, again = (halves.rejoined(grids(*cut("table3", 3, is_repeated=one)), LABELS) for one in (False, True))
    assert once == again
    assert once[0].place == "第1个表格右接第2个表格"


def test_a_blank_paragraph_between_two_parts_keeps_them_not_apart():
    first, second = grids(*cut("table3", 3))
    assert halves.rejoined([first, Paragraph("", ""), second], LABELS)[-1].place == "第1个表格右接第2个表格"


def test_parts_that_do_not_fit_are_not_joined():
    first, second = cut("table3", 3)
    blank = [[*row] for row in second]
    blank[5][3] = ""
    other = [[*row] for row in second]
    other[5], other[6] = other[6], other[5]
    swapped = [[*row] for row in second]
    swapped[2][3], swapped[2][4] = swapped[2][4], swapped[2][3]
    fewer = second[:-1]
    lawsuits = cut("table4", 5)[1]
    again = cut("table4", 5, 10)
    for parts in (
        (first, blank),
        (first, other),
        (first, swapped),
        (first, fewer),
        (second, first),
        (first, first),
        (first, lawsuits),
        (again[0], again[2], again[1]),
        (lawsuits, again[0]),
    ):
        assert halves.rejoined(grids(*parts), LABELS) == grids(*parts)
    for line in ("共收到14件。", "四、政府信息公开行政复议、行政诉讼情况"):
        one, two = grids(first, second)
        flow = [one, Paragraph(line, "第1段"), two]
        assert halves.rejoined(flow, LABELS) == flow


def test_what_nobody_knows_of_a_cell_stays_with_it():
    one, two = grids(*cut("table3", 3))
    two = Grid(two.rows, two.place, {(4, 5): "划掉"}, {(4, 6): "看不见"}, formulas={(5, 3): "=A1"})
    (made,) = halves.rejoined([one, two], LABELS)
    assert made.doubtful == {(4, 8): "划掉"}
    assert made.marks == {(4, 9): "看不见"}
    assert made.formulas == {(5, 6): "=A1"}
