"""A table that says of its own year or body is this report's only where they are; copies of which one has a fault count."""

import csv
import io

import pytest

import imports
from forms import blank, filled, put
from making import FORMATS, findings, write
from nianbao.errors import UsageError
from nianbao.importing.choosing import OF_ANOTHER, SEVERAL
from nianbao.inputs import folder
from nianbao.inputs.csvlayout import to_csv
from nianbao.inputs.form import book

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
TABLE = FORMATS["2021"].tables["table3"]


def rows(figure, odd=False, first=()):
    """Table three with the same figure in each cell; an odd one has a cell too many in a row."""
    made = list(csv.reader(io.StringIO(to_csv(TABLE, dict.fromkeys(TABLE.cells, str(figure))))))
    at = next(at for at, row in enumerate(made) if "2.重复申请" in row)
    made[at] = [*made[at][: 3 - odd], *([str(figure)] * odd), *made[at][3 - odd :], *([str(figure)] * odd)]
    return [[one] for one in first] + made


def table(made):
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>' for row in made)}</table>"


def page(*parts):
    shown = "".join(table(one) if isinstance(one, list) else f"<p>{one}</p>" for one in parts)
    return f"<h1>{TITLE}</h1><p>一、总体情况</p><p>平稳。</p><p>三、收到和处理政府信息公开申请情况</p>{shown}"


def made_of(tmp_path, *parts):
    return imports.imported(tmp_path, ("a.html", page(*parts))).made


def test_a_copy_with_a_fault_has_a_vote(tmp_path):
    made = made_of(tmp_path, rows(5, odd=True), "全年平稳。", rows(7))
    assert made.questions[SEVERAL] == ["表三：第1个表格；第2个表格"]
    assert "table3" not in made.taken


@pytest.mark.parametrize("odd", [False, True])
def test_the_copy_that_says_the_year_is_taken(tmp_path, odd):
    made = made_of(tmp_path, "2022年：", rows(7), "2023年：", rows(5, odd=odd))
    assert made.places["table3"] == "第2个表格"
    assert {cell.value for cell in made.taken["table3"].cells.values()} - {None} == (set() if odd else {5})
    assert SEVERAL not in made.questions
    assert "写明是别的年度或机关的表三" in [why for _, _, why in made.left_out]


@pytest.mark.parametrize(
    "parts",
    [
        (rows(7, first=["2022年度"]),),
        ("2022年收到和处理政府信息公开申请情况表", rows(7)),
        ("二〇二二年情况如下：", rows(7)),
        (rows(7), "以上为2022年数据。"),
        ("平稳。", "附件1：2022年收到和处理政府信息公开申请情况", "情况见下。", rows(7)),
        ("填报单位：样本县教育局", rows(7)),
    ],
)
def test_a_table_of_another_year_or_body_is_asked_about_and_not_taken(tmp_path, parts):
    made = made_of(tmp_path, *parts)
    assert len(made.questions[OF_ANOTHER]) == 1
    assert "table3" not in made.taken


@pytest.mark.parametrize(
    "parts",
    [
        ("2023年收到和处理政府信息公开申请情况表", rows(7)),
        ("2022年与2023年收到和处理政府信息公开申请情况", rows(7)),
        ("较2022年有所增加，情况如下：", rows(7)),
        ("按2021年格式填报", rows(7)),
        ("填报日期：2024年1月15日", rows(7)),
        ("2022年全年收到申请30件。", rows(7)),
        ("填报单位：市测试局", rows(7)),
    ],
)
def test_other_years_beside_a_table_are_not_its_own(tmp_path, parts):
    assert {cell.value for cell in made_of(tmp_path, *parts).taken["table3"].cells.values()} == {7}


def test_a_form_of_another_year_is_refused(tmp_path):
    form = ("form.xlsx", filled(blank("2021", 2022), "2021", {}))
    with pytest.raises(UsageError, match="for 2022, not of"):
        imports.imported(tmp_path, ("a.html", page()), form)


def test_a_form_of_another_body_is_refused(tmp_path):
    form = ("form.xlsx", filled(blank("2021", 2023), "2021", {}))
    with pytest.raises(UsageError, match="not of 样本县教育局 for 2023"):
        imports.imported(tmp_path, ("a.html", page().replace("示例市测试局", "样本县教育局")), form)


@pytest.mark.parametrize(
    ("year", "name", "codes"),
    [
        (2023, "示例市测试局", []),
        (2022, "示例市测试局", ["E112"]),
        (2023, "样本县教育局", ["E113"]),
        (2022, "样本县教育局", ["E112", "E113"]),
    ],
)
def test_a_form_in_its_place_is_that_of_the_year_and_the_bureau(tmp_path, year, name, codes):
    raw = book.made(FORMATS["2021"], name, year, None, {})
    read, _ = folder.read(put(write(tmp_path, 2023), raw))
    assert [one.code for one in findings(read, "E11") if one.place == "填报表"] == codes
