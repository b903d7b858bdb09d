"""Labels of a table with one wrong character: the figures are read, and the labels asked about."""

import pytest

from imports import made_of, rows
from nianbao.importing.misprints import ASKED
from nianbao.wording import UNFILLED

MISPRINTS = {
    ("table3", "法律服务机构"): "法律服务机枸", ("table3", "三、本年度办理结果"): "三、本年度辨理结果",
    ("table3", "4.保护第三方合法权益"): "4.保护第三方合法权宜", ("table4", "尚未审结"): "尚末审结",
    ("table2", "现行有效件数"): "现行有郊件数",
}  # fmt: skip


@pytest.mark.parametrize("key", MISPRINTS)
def test_the_figures_below_a_label_with_one_wrong_character_are_read_and_it_is_asked_about(tmp_path, key):
    (table, label), typed = key, MISPRINTS[key]
    made = made_of(tmp_path, rows(table, **{label: typed}))
    assert UNFILLED not in {cell.state for cell in made.taken[table].cells.values()}
    [said] = made.questions[ASKED]
    assert said.endswith(f"：“{typed}”读作“{label}”")
    assert typed not in made.files[f"{table}.csv"]


OTHERS = {
    "上年制发件数": "本年制发件数", "现行无效件数": "现行有效件数", "行政认定": "行政许可",
    "第二十条第（七）项": "第二十条第（五）项",
    "4.保护第二方合法权益": "4.保护第三方合法权益", "四、结转本年度继续办理": "四、结转下年度继续办理",
}  # fmt: skip


@pytest.mark.parametrize("typed", OTHERS)
def test_a_label_of_another_year_or_number_or_with_more_wrong_characters_is_none(tmp_path, typed):
    key = "table3" if OTHERS[typed][1] in ".、" else "table2"
    made = made_of(tmp_path, rows(key, **{OTHERS[typed]: typed}))
    assert ASKED not in made.questions
    assert UNFILLED in {cell.state for cell in made.taken[key].cells.values()}


def test_a_row_of_a_bureaus_own_is_no_misprint_of_one_that_is_there(tmp_path):
    table = rows("table2")
    at = next(number for number, row in enumerate(table) if row[0] == "行政处罚")
    made = made_of(tmp_path, [*table[: at + 1], ["行政处分", *table[at][1:]], *table[at + 1 :]])
    assert ASKED not in made.questions
    assert made.taken["table2"].local == {"第二十条第（六）项": ["行政处分"]}
