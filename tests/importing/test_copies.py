"""A table that stands in a file several times: one copy is taken where all say the same of each cell, else none."""

import csv
import io

import pytest

import imports
from making import FORMATS
from nianbao.importing import choosing
from nianbao.inputs.csvlayout import to_csv

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
TABLE = FORMATS["2021"].tables["table3"]
DIFFER = "同一张表有内容不同的几份，没有取用任何一份：留下正确的一份，再导入一次"


def rows(column):
    """Table three with blanks but for one 3, in one column of the first row of figures, and in its total."""
    made = list(csv.reader(io.StringIO(to_csv(TABLE, dict.fromkeys(TABLE.cells, "")))))
    first = next(at for at, row in enumerate(made) if row and row[0].startswith("一、"))
    made[first] += [""] * (10 - len(made[first]))
    made[first][column] = made[first][-1] = "3"
    return made


def page(*tables):
    shown = (
        f"<table>{''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>' for row in made)}</table>"
        for made in tables
    )
    return f"<h1>{TITLE}</h1><p>一、总体情况</p><p>平稳。</p><p>三、收到和处理政府信息公开申请情况</p>{''.join(shown)}"


def test_copies_with_a_number_in_other_columns_do_not_say_the_same(tmp_path):
    made = imports.begin(tmp_path, ("a.html", page(rows(3), rows(4)))).made
    assert made.questions[DIFFER] == ["表三：第1个表格；第2个表格"]
    assert "table3" not in made.taken


def test_of_copies_that_say_the_same_one_is_taken(tmp_path):
    made = imports.begin(tmp_path, ("a.html", page(rows(4), rows(4)))).made
    assert DIFFER not in made.questions
    assert [cell.value for cell in made.taken["table3"].cells.values() if cell.value is not None] == [3, 3]
    assert [why for _, _, why in made.left_out] == ["表三又出现一次，内容相同"]


def captioned(*years, before=(3, 5), after=()):
    """A page of 2023 with a copy of table three for each column of ``before``, and captions above and below them."""
    above, below = ("".join(f"<li>{one}</li>" for one in some) for some in (years, after))
    made = page(*map(rows, before)).replace("<table>", f"<ul>{above}</ul><table>", 1)
    return f"{made}<ul>{below}</ul>"


@pytest.mark.slow
def test_as_many_captions_of_years_in_a_row_as_copies_go_in_their_order(tmp_path):
    for at, (page_, left) in enumerate(
        [
            (captioned("2022年", "2023年"), ["第1个表格"]),
            (captioned("2023年度", "2022年度"), ["第2个表格"]),
            (captioned("上年数据", "本年数据"), ["第1个表格"]),
            (captioned("本年数据", "上年数据"), ["第2个表格"]),
            (captioned(after=("2022年", "2023年")), ["第1个表格"]),
            (captioned("填报日期：2024年1月3日", "2023年度"), ["第2个表格"]),
        ]
    ):
        made = imports.begin(tmp_path / str(at), ("a.html", page_)).made
        assert "table3" in made.taken
        assert [place for place, _, _ in made.left_out if place.endswith("表格")] == left
        assert choosing.UNSURE not in made.questions


@pytest.mark.slow
def test_of_copies_below_other_captions_of_years_none_is_taken(tmp_path):
    several = captioned("2022年", "2023年", "2021年"), captioned("2022年", "2023年", before=(3, 5, 4))
    for at, page_ in enumerate([*several, captioned("2022年 2023年")]):
        made = imports.begin(tmp_path / str(at), ("a.html", page_)).made
        assert "table3" not in made.taken
        assert DIFFER in made.questions


@pytest.mark.parametrize("last", ["上年", "去年", "上一年", "前一年", "前一年度"])
def test_the_copy_below_a_name_of_last_year_is_last_years(last, tmp_path):
    copies = [imports.rows(), [[last]], [["9" if cell == "3" else cell for cell in row] for row in imports.rows()]]
    text = "\n".join(",".join(row) for rows_ in copies for row in rows_)
    made = imports.begin(tmp_path, ("a.csv", text)).made
    assert {cell.value for cell in made.taken["table2"].cells.values()} == {3, 8}
