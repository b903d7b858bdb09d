"""Cells of a table that were deleted or put in, in all kinds of files: the figures that moved are not taken for others."""

from itertools import product

import pytest

import tablefiles
from imports import rows
from machine import in_turn
from nianbao.reading import is_figure
from nianbao.wording import UNFILLED

# Where figures move up by a row: the first of these rows, and how many.
OF_GROUPS = [("table2", "2021", "行政处罚", 2), ("table2", "2019", "行政许可", 2), ("table3", "2021", "1.属于国家秘密", 3)]
KINDS = ["html", "csv", "xlsx", "docx"]
ROWS = [("2021", "行政规范性文件"), ("2019", "行政许可"), ("2019", "行政事业性收费")]


def made_in(kind, root, key, made):
    width = max(map(len, made))
    made = [[*row, *[""] * (width - len(row))] for row in made]
    return tablefiles.made_in(kind, root, key, made)


def numbered(key, form="2021"):
    """A table with another figure in each cell."""
    count = iter(range(11, 1000))
    return [[str(next(count)) if cell == "3" else cell for cell in row] for row in rows(key, form)]


def without(made, at, *places):
    """The rows, one of them without some of its cells, and blanks at its end."""
    row = [cell for place, cell in enumerate(made[at]) if place not in places]
    return [*made[:at], [*row, *[""] * len(places)], *made[at + 1 :]]


def taken(made, key):
    """The labels of the rows that have a number."""
    return {row[-1] if row else "" for (row, _), cell in made.taken[key].cells.items() if cell.state != UNFILLED}


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(("kind", "row"), in_turn(KINDS, [*product(ROWS, [(1,), (2,), (1, 2)])]))
def test_a_row_of_table_two_that_lost_cells_is_not_taken(kind, row, tmp_path):
    (form, label), places = row
    made = numbered("table2", form)
    at = next(at for at, row in enumerate(made) if row[0] == label)
    read = made_in(kind, tmp_path, "table2", without(made, at, *(one for one in places if made[at][one])))
    assert label not in taken(read, "table2")
    assert "行政处罚" in taken(read, "table2")
    asked = [one.place for one in read.taken["table2"].faults]
    assert len(asked) == (0 if places == (1, 2) and label == "行政事业性收费" else 1)


@pytest.mark.parametrize("kind", KINDS)
def test_the_row_of_table_four_that_lost_a_cell_is_not_taken(kind, tmp_path):
    made = numbered("table4")
    read = made_in(kind, tmp_path, "table4", without(made, 3, 7))
    assert taken(read, "table4") == set()
    [doubt] = read.taken["table4"].doubts
    assert "11，12，13" in doubt.found


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_took_in_what_stood_beside_the_table_is_not_taken(kind, tmp_path):
    made = numbered("table2")
    made = [[*row, "勾稽关系" if at == 1 else "√"] if len([*filter(None, row)]) == 4 else row for at, row in enumerate(made)]
    at = next(at for at, row in enumerate(made) if row[0] == "行政规范性文件")
    read = made_in(kind, tmp_path, "table2", without(made, at, 2))
    assert taken(read, "table2") == {"规章", "行政许可", "行政处罚", "行政强制", "行政事业性收费"}


def test_rows_that_all_end_with_the_same_figure_of_a_column_beside_them_are_not_taken(tmp_path):
    made = [
        [row[0], "上年", "5.2"] if row[0] == "x" else [*row[:-1], "5.2", ""] if len([*filter(None, row)]) > 1 else row
        for row in ([cell for cell in row if cell] for row in numbered("table2"))
    ]
    heads = numbered("table2")
    made = [[*heads[at], "增减率（%）" if at == 1 else ""] if row[0] in {"信息内容"} else row for at, row in enumerate(made)]
    read = made_in("xlsx", tmp_path, "table2", made)
    assert "行政事业性收费" not in taken(read, "table2")


def moved_up(made, first, last):
    """The rows, the figures of some of them one row up, so that the last of these has none."""
    figures = [[cell for cell in row if is_figure(cell)] for row in made]
    figures[first : last + 1] = [*figures[first + 1 : last + 1], [""] * len(figures[last])]
    blanks = [len(row) - len(some) for row, some in zip(made, figures, strict=True)]
    return [[*row[:blank], *some] for row, blank, some in zip(made, blanks, figures, strict=True)]


@pytest.mark.by_turns(5)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("key", "form", "label", "rows"), OF_GROUPS)
def test_of_a_blank_row_in_a_table_with_zeros_the_question_says_that_figures_may_have_moved(
    key, form, label, rows, kind, tmp_path
):
    made = [["0" if cell == "12" else cell for cell in row] for row in numbered(key, form)]
    begin = next(at for at, row in enumerate(made) if label in row)
    read = made_in(kind, tmp_path, key, moved_up(made, begin, begin + rows - 1))
    [asked] = [question for question in read.questions if "空白" in question]
    assert "移了行或格" in asked
    assert "填 0" not in asked


def test_of_blanks_in_a_table_without_zeros_the_question_says_first_to_look_for_figures_that_moved(tmp_path):
    made = numbered("table2")
    made = moved_up(made, *[at for at, row in enumerate(made) if row[0] in {"行政处罚", "行政强制"}])
    [asked] = [question for question in made_in("csv", tmp_path, "table2", made).questions if "空白" in question]
    assert asked.index("没有移过行或格的") < asked.index("填 0")


def test_the_title_of_a_part_beside_a_figure_is_no_row_of_the_bureaus_own(tmp_path):
    made = numbered("table2")
    width = max(map(len, made))
    made = [[*row, *[""] * (width - len(row))] for row in made]
    column = [row[3] for row in made]
    for row, cell in zip(made, [*column[:2], "7", *column[2:-1]], strict=True):
        row[3] = cell
    read = made_in("xlsx", tmp_path, "table2", made)
    assert read.taken["table2"].local == {}
    assert taken(read, "table2") == set()
