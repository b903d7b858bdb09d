"""Rows with the same sign or words in each: they are rows of one table, and are not called by what they have in common."""

import pytest

from imports import made_of, rows

CHAPTER = "三、收到和处理政府信息公开申请情况"


def with_signs(sign, columns):
    """Table three with a sign in some of the seven columns of figures, in each row."""
    made = []
    for row in rows("table3"):
        places = [at for at, text in enumerate(row) if text == "3"]
        signed = [places[at] for at in columns] if places else []
        made.append([sign if at in signed else text for at, text in enumerate(row)])
    return made


def questions(made):
    return [one for one in made.questions if "没有找到" not in one]


@pytest.mark.parametrize(("sign", "value"), [("/", None), ("—", None), ("无", None), ("0件", 0), ("零", 0)])
@pytest.mark.parametrize("columns", [range(1, 6), [6], range(7)])
def test_rows_with_the_same_sign_are_rows_of_one_table(sign, value, columns, tmp_path):
    made = made_of(tmp_path, with_signs(sign, columns), chapter=CHAPTER)
    values = [cell.value for cell in made.taken["table3"].cells.values()]
    row = [value if at in columns else 3 for at in range(7)]
    assert values == row * (len(values) // 7)
    assert questions(made) == []


def test_rows_with_the_same_unclear_words_are_asked_about_cell_by_cell(tmp_path):
    made = made_of(tmp_path, with_signs("约3件", [6]), chapter=CHAPTER)
    values = [cell.value for cell in made.taken["table3"].cells.values()]
    assert values == [3, 3, 3, 3, 3, 3, None] * (len(values) // 7)
    [asked] = questions(made)
    assert asked.startswith("下列单元格读不准")


@pytest.mark.parametrize("columns", [range(1, 6), [6]])
def test_a_table_with_signs_may_go_on_another_page(columns, tmp_path):
    table = with_signs("/", columns)
    made = made_of(tmp_path, table[:14], "-4-", table[14:], chapter=CHAPTER)
    assert "table3" in made.taken
    assert questions(made) == []


def test_a_table_of_nothing_but_signs_is_none_without_figures(tmp_path):
    """Such a table of the report and a blank form of it are one table."""
    blank = [["" if text == "3" else text for text in row] for row in rows("table3")]
    made = made_of(tmp_path, with_signs("/", range(7)), "说明如下。", blank, chapter=CHAPTER)
    assert {cell.state for cell in made.taken["table3"].cells.values()} == {"不适用"}
