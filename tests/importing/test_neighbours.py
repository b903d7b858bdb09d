"""Statutory tables beside each other, above each other, beside columns of checks, last year's and remarks: cell by cell."""

import random

import openpyxl
import pytest

from forms import saved
from imports import TITLE, begin, rows
from nianbao.importing import choosing
from reportbooks import HEADINGS, Numbered

KEYS = ["table2", "table3", "table4"]
LEFT = ["序号", "核对", "责任科室"]
RIGHT = ["校验", "核对", "2022年", "占比", "备注", "责任科室", "较上年增减"]
VALUES = {
    "序号": "1",
    "核对": "√",
    "责任科室": "办公室",
    "校验": "0",
    "2022年": "7",
    "占比": "12.5%",
    "备注": "",
    "较上年增减": "-3",
}


def statutory(key, figure):
    """The rows of a table, whose figures stand there once, each as long as the longest; and the figures."""
    made = [[figure() if cell in {"3", "8"} else cell for cell in row] for row in rows(key)]
    width = max(map(len, made))
    figures = [cell for row in made for cell in row if cell.isdecimal()]
    return [[*row, *[""] * (width - len(row))] for row in made], figures


def with_columns(made, chance):
    """A table with columns of no table's on its left and right, in all rows but those of titles."""
    left, right = chance.sample(LEFT, chance.randint(0, 1)), chance.sample(RIGHT, chance.randint(0, 2))
    is_headed, done = set(), []
    for row in made:
        is_body, is_title = any(cell.isdecimal() for cell in row), row[0].startswith("第")

        def cells(heads, side, is_body=is_body, is_title=is_title):
            if is_body:
                return [VALUES[one] for one in heads]
            if is_title or side in is_headed:
                return [""] * len(heads)
            is_headed.add(side)
            return list(heads)

        done.append([*cells(left, "left"), *row, *cells(right, "right")])
    return done


def beside(tables, gap):
    """Some rectangles as one, with blank columns between."""
    height = max(map(len, tables))
    made = []
    for at in range(height):
        row = []
        for number, table in enumerate(tables):
            row += [*[""] * (gap if number else 0), *(table[at] if at < len(table) else [""] * len(table[0]))]
        made.append(row)
    return made


def workbook(text, sheets):
    made = openpyxl.Workbook()
    made.active.title = "正文"
    for line in text:
        made.active.append([line])
    for name, filled in sheets:
        sheet = made.create_sheet(name)
        for at, row in enumerate(filled, 1):
            for column, cell in enumerate(row, 1):
                sheet.cell(at, column).value = int(cell) if cell.isdecimal() else cell or None
    return saved(made)


def sheets(chance, figure):
    """Sheets with the three tables, beside or below each other, one of them beside last year's; and each table's figures."""
    tables = {key: statutory(key, figure) for key in KEYS}
    figures = {key: said for key, (_, said) in tables.items()}
    filled = {key: with_columns(made, chance) for key, (made, _) in tables.items()}
    twice = chance.choice([*KEYS, ""])
    if twice:
        pair = [("2023年", filled[twice]), ("2022年", statutory(twice, figure)[0])]
        chance.shuffle(pair)
        made = [[[caption, *[""] * (len(table[0]) - 1)], *table] for caption, table in pair]
        filled[twice] = beside(made, chance.choice([1, 2, 5]))
    order = chance.sample(KEYS, 3)
    cut = chance.choice([[[0], [1], [2]], [[0, 1], [2]], [[0], [1, 2]]])
    blank = [[]] * chance.randint(1, 3)
    rows_of = []
    for some in cut:
        one = [filled[order[at]] for at in some]
        is_beside = twice not in [order[at] for at in some]
        below = [row for table in one for row in [*table, *blank]]
        rows_of.append(beside(one, chance.choice([1, 3])) if is_beside else below)
    if chance.random() < 0.5:
        return [("附表", [row for some in rows_of for row in [*some, *blank]])], figures
    return [(f"附表{at}", some) for at, some in enumerate(rows_of)], figures


TEXT = [
    TITLE.format(2023),
    HEADINGS["一"],
    "平稳。",
    HEADINGS["五"],
    "不足。",
    HEADINGS["六"],
    "无。",
    "示例市测试局",
    "2024年1月20日",
]


@pytest.mark.by_turns(10)
@pytest.mark.parametrize("seed", [*range(8), 24, 38, *(pytest.param(one, marks=pytest.mark.slow) for one in range(40, 60))])
def test_tables_beside_each_other_and_columns_beside_them_cost_no_cell(tmp_path, seed):
    filled, figures = sheets(random.Random(seed), Numbered())
    made = begin(tmp_path, ("a.xlsx", workbook(TEXT, filled))).made
    read = {key: [str(cell.value) for cell in one.cells.values()] for key, one in made.taken.items()}
    assert read == figures, made.questions
    assert choosing.SEVERAL not in made.questions
    assert sum(map(len, made.questions.values())) <= 1, made.questions
