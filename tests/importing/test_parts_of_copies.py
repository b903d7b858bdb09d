"""A part of a table beside the whole one is a copy of that part; a blank form beside a filled one is none."""

import csv
import io

import openpyxl
import pytest

import imports
from imports import TITLE, rows
from nianbao.importing.choosing import SEVERAL


def as_csv(made):
    into = io.StringIO()
    csv.writer(into).writerows(made)
    return into.getvalue()


def page(key="table2"):
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows(key))
    chapter = {"table2": "二、主动公开政府信息情况", "table3": "三、收到和处理政府信息公开申请情况"}.get(key, "四、行政复议")
    head = f"<h1>{TITLE.format(2023)}</h1><p>一、总体情况</p><p>平稳。</p><p>{chapter}</p>"
    return f"{head}<table>{table}</table><p>五、存在的主要问题及改进情况</p><p>不足。</p>"


def book(**sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append([int(cell) if cell.isdecimal() else cell for cell in line])
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()


def permits(number):
    return [["第二十条第（五）项"], ["信息内容", "本年处理决定数量"], ["行政许可", number]]


def one_row(number):
    made = rows("table3")
    first = next(at for at, row in enumerate(made) if row[0].startswith("一、"))
    return [*made[:first], [*made[first][:3], *[number] * 7]]


def half(number):
    return [["行政复议"], ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"], [number] * 5]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(("key", "part"), [("table2", permits), ("table3", one_row), ("table4", half)])
def test_a_part_that_differs_from_the_whole_table_is_asked_about(tmp_path, key, part):
    made = imports.begin(tmp_path / "a", ("a.html", page(key)), ("b.csv", as_csv(part("9")))).made
    assert SEVERAL in made.questions
    assert key not in made.taken
    made = imports.begin(tmp_path / "c", ("b.csv", as_csv(part("9"))), ("a.html", page(key))).made
    assert SEVERAL in made.questions
    made = imports.begin(tmp_path / "b", ("a.html", page(key)), ("b.csv", as_csv(part("3")))).made
    assert SEVERAL not in made.questions
    assert key in made.taken


def test_a_part_on_another_sheet_is_a_copy_wherever_it_stands(tmp_path):
    for order in ({"甲": rows(), "乙": permits("9")}, {"乙": permits("9"), "甲": rows()}):
        made = imports.begin(tmp_path / "".join(order), ("a.html", page("table3")), ("b.xlsx", book(**order))).made
        assert SEVERAL in made.questions


def test_the_blank_form_beside_the_filled_one_is_no_copy(tmp_path):
    blank = [["" if cell.isdecimal() else cell for cell in row] for row in rows("table3")]
    for order in ({"甲": blank, "乙": rows("table3")}, {"甲": rows("table3"), "乙": blank}):
        made = imports.begin(tmp_path / str(order["甲"] is blank), ("a.html", page()), ("b.xlsx", book(**order))).made
        assert {cell.value for cell in made.taken["table3"].cells.values()} == {3}
        assert "空白的表三" in [why for _, _, why in made.left_out]
        assert not [one for one in made.questions if "单元格" in one or "对不上" in one or "不同的几份" in one]


def test_the_blank_form_alone_is_a_table(tmp_path):
    blank = [["" if cell.isdecimal() else cell for cell in row] for row in rows("table3")]
    made = imports.begin(tmp_path, ("a.html", page()), ("b.xlsx", book(甲=blank))).made
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {None}
