"""Tables of which cells were deleted or put in, so that a spreadsheet has moved the rest: no figure is another cell's."""

from itertools import cycle

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from cases import each
from making import FORMATS
from nianbao import reading
from nianbao.inputs.variants import Variant, read_grid
from nianbao.statute.names import locate
from nianbao.wording import UNFILLED
from sheets import TABLES, official, params, row_of, table_of

NEW, RULES = "一、本年新收政府信息公开申请数量", "行政规范性文件"


def summed(table, figure):
    """The table's rows with figures that add up wherever a sum stands; ``figure`` gives each of the others."""
    values = {}
    for row, column in table.cells:
        if table.id != "table2" and column[-1] == "总计":
            same = [key for key in values if key[0] == row and (table.id == "table3" or key[1][:-1] == column[:-1])]
            values[row, column] = sum(values[key] for key in same)
        else:
            values[row, column] = figure()
    return official(table, lambda row, column: values[row, column]), values


def taken(table, rows):
    """The cells that an import takes, and those that the reader leaves open."""
    own = Variant("", table)
    made = read_grid([(number, row) for number, row in enumerate(rows, 1) if any(row)], "a", own, [own], params())
    sure = {key: cell.value for key, cell in made.cells.items() if cell.state != UNFILLED and key not in made.unsure}
    return sure, made


def wide(rows):
    """The rows, each as long as the longest."""
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def figures(rows):
    return [(number, place) for number, row in enumerate(rows) for place, cell in enumerate(row) if reading.is_figure(cell)]


@pytest.mark.by_turns(6)
@pytest.mark.parametrize(("form", "key"), TABLES)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_no_cell_of_a_row_that_lost_some_is_taken_wrong(form, key, data):
    table = table_of(form, key)
    rows, values = summed(table, lambda: data.draw(st.integers(1, 9)))
    rows = wide(rows)
    number, _ = data.draw(st.sampled_from(figures(rows)))
    for _ in range(data.draw(st.integers(1, 2))):
        places = [place for line, place in figures(rows) if line == number]
        if places:
            place = data.draw(st.sampled_from(places))
            rows[number] = [*rows[number][:place], *rows[number][place + 1 :], ""]
    sure, _ = taken(table, rows)
    wrong = {one: value for one, value in sure.items() if value != values[one]}
    assert wrong == {}


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_no_cell_of_a_column_that_lost_one_or_took_one_in_is_taken_wrong(form, data):
    table = table_of(form, "table3")
    rows, values = summed(table, lambda: data.draw(st.integers(1, 9)))
    rows = [*wide(rows), [""] * 10]
    number, place = data.draw(st.sampled_from(figures(rows)))
    column = [row[place] for row in rows]
    put_in = data.draw(st.sampled_from([None, "", "5"]))
    made = column[:number] + ([*column[number + 1 :], ""] if put_in is None else [put_in, *column[number:-1]])
    for row, cell in zip(rows, made, strict=True):
        row[place] = cell
    sure, _ = taken(table, rows)
    assert {one: value for one, value in sure.items() if value != values[one]} == {}


def sparse(draw):
    """表三 with blanks for 0, and totals in the rows that others add up to only."""
    table = table_of("2019", "table3")
    columns = table.parts[0].column_chains
    labels = [tuple(node.label for node in chain) for chain in table.parts[0].row_chains]
    done = [[draw(0, 2) * draw(0, 9) for _ in columns[1:]] for _ in labels[2:-2]]
    result = [sum(column) for column in zip(*done, strict=True)]
    kept = [draw(0, 3) for _ in columns[1:]]
    new = [one + other for one, other in zip(result, kept, strict=True)]
    made = [[*new, sum(new)], [0] * len(columns), *([*row, 0] for row in done), [*result, sum(result)], [*kept, sum(kept)]]
    heads = [tuple(node.label for node in chain) for chain in columns]
    values = {
        (label, head): value for label, row in zip(labels, made, strict=True) for head, value in zip(heads, row, strict=True)
    }
    return table, wide(official(table, lambda row, column: values[row, column] or "")), values


def test_rows_that_end_with_a_blank_are_taken_where_their_columns_add_up():
    number = iter(range(1, 10_000))
    table, rows, values = sparse(lambda _, high: next(number) ** 2 % (high + 1))
    sure, _ = taken(table, rows)
    assert sure == {one: value for one, value in values.items() if value}


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_no_cell_of_rows_without_totals_that_lost_some_is_taken_wrong(data):
    table, rows, values = sparse(lambda low, high: data.draw(st.integers(low, high)))
    begin = data.draw(st.integers(3, len(rows) - 1))
    end = data.draw(st.sampled_from([begin, len(rows) - 1]))
    place, gone = data.draw(st.integers(3, 9)), data.draw(st.integers(1, 2))
    for number in range(begin, end + 1):
        rows[number] = [*rows[number][:place], *rows[number][place + gone :], "", ""][: len(rows[number])]
    sure, _ = taken(table, rows)
    assert {one: value for one, value in sure.items() if value != (values[one] or None)} == {}


@each("label", ["（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "1.属于国家秘密", "3.其他"])
@each("is_put_in", [True, False])
def test_names_a_row_too_high_or_too_low_name_no_figures(label, is_put_in):
    table = table_of("2021", "table3")
    number = iter(range(1, 10_000))
    rows, values = summed(table, lambda: next(number))
    place = row_of(rows, label).index(label)
    at_row = rows.index(row_of(rows, label))
    column = [row[place] for row in rows]
    made = [*column[:at_row], "", *column[at_row:-1]] if is_put_in else [*column[:at_row], *column[at_row + 1 :], ""]
    for row, cell in zip(rows, made, strict=True):
        row[place] = cell
    sure, _ = taken(table, rows)
    assert {one for one, value in sure.items() if value != values[one]} == set()


def test_a_part_whose_title_has_a_figure_beside_it_leaves_the_table_open():
    table = table_of("2021", "table2")
    rows = wide(official(table, lambda *_: 3))
    column = [row[1] for row in rows]
    at_row = rows.index(row_of(rows, "行政处罚"))
    for row, cell in zip(rows, [*column[:at_row], *column[at_row + 1 :], ""], strict=True):
        row[1] = cell
    sure, _ = taken(table, rows)
    assert sure == {}


@each(
    ("cells", "is_taken"),
    [
        (["5", "0", "0", "0", "0", "0", ""], True),  # the total alone is gone: less stands on its left than before that
        (["0", "0", "0", "0", "0", "0", ""], True),
        (["5", "0", "0", "0", "0", "5", ""], False),
        (["5", "0", "0", "0", "2", "", ""], False),
        (["5", "2", "", "", "", "", "7"], True),  # a blank is 0, and they add up
        (["5", "2", "0", "0", "0", "7", "正确"], False),  # from a column of checks
        (["5", "2", "0", "0", "0", "0", "未填"], True),
    ],
)
def test_a_row_that_ends_with_a_blank_is_taken_where_its_figures_show_their_places(cells, is_taken):
    table = table_of("2021", "table3")
    rows = official(table)
    row_of(rows, NEW)[3:] = cells
    sure, _ = taken(table, rows)
    key = locate(table, ("一", "自然人"))[0]
    assert (key in sure) == is_taken


@pytest.mark.parametrize("form", FORMATS)
def test_a_wrong_total_beside_blanks_is_said_first_with_the_sum_of_its_row(form):
    table, some = table_of(form, "table3"), cycle([1, 0])
    rows, _ = summed(table, lambda: next(some))
    rows = wide(rows)
    number, last = max(one for one in figures(rows) if NEW in rows[one[0]])
    total = int(rows[number][last])
    rows[number][last] = str(total + 1)
    blank = next(line for line, _ in figures(rows) if line > number)
    rows[blank][last - 1] = rows[blank][last - 2] = ""
    _, made = taken(table, rows)
    [found] = [one for one in made.notes if one.code == "W230"]
    assert f"{NEW}（{total + 1}，各项之和{total}）“" in found.found
    assert found.action.startswith("先核对合计与各项，改正写错的数；")
