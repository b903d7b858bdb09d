"""A table that stands in a file several times: one copy is taken where all say the same of each cell, else none."""

import csv
import io

import imports
from making import FORMATS
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
    made = imports.imported(tmp_path, ("a.html", page(rows(3), rows(4)))).made
    assert made.questions[DIFFER] == ["表三：第1个表格；第2个表格"]
    assert "table3" not in made.taken


def test_of_copies_that_say_the_same_one_is_taken(tmp_path):
    made = imports.imported(tmp_path, ("a.html", page(rows(4), rows(4)))).made
    assert DIFFER not in made.questions
    assert [cell.value for cell in made.taken["table3"].cells.values() if cell.value is not None] == [3, 3]
    assert [why for _, _, why in made.left_out] == ["表三又出现一次，内容相同"]
