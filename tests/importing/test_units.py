"""A number is taken in its unit or not at all: what stands around it may say another one than its head does."""

import io
from decimal import Decimal

import openpyxl
import pytest

from cases import each
from imports import begin, made_of, rows
from nianbao.inputs.cells import NUMBER

FEE, HEAD = "行政事业性收费", "本年收费金额（单位：万元）"
UNSURE = "下列单元格读不准，没有填：对照原件填上"


def money_of(made):
    table = made.taken["table2"].table
    return next(
        (cell.state, str(cell.value), cell.unit)
        for key, cell in made.taken["table2"].cells.items() if table.cells[key][1][-1].kind == "money"
    )  # fmt: skip


@each(
    "parts",
    [
        (rows(**{FEE: f"{FEE}（元）"}),),
        (rows(**{FEE: f"{FEE}（单位：元）"}),),
        ("单位：元", rows()),
        ("表二　　金额单位：元", "第1页", rows()),
        ("主动公开政府信息情况表（元）", rows()),
        (rows(), "单位：千元"),
        (rows(), "注：表中收费金额以元为单位。"),
        ([["单位：元"], *rows()],),
        ([["2023年度", "单位：元"], *rows()],),
        ([*rows(), ["注：收费金额单位为元"]],),
        (rows(信息内容="信息内容（单位：元）"),),
        (rows(**{HEAD: "本年收费金额（单位：万元/元）"}),),
        (rows(**{HEAD: "本年收费金额（元）（单位：万元）"}),),
        (rows(**{HEAD: "本年收费金额（单位：千元）"}),),
        (rows(**{HEAD: "本年收费金额（单位：百万元）"}),),
        (rows(**{HEAD: "本年收费金额（单位：美元）"}),),
        (rows(**{HEAD: "本年收费金额（单位：件）"}),),
        (rows(money="8元（万元）"),),
        (rows(money="80000元/8万元"),),
        (rows(money="8千元"),),
        ("单位：千", rows()),
    ],
)
def test_money_in_a_doubtful_unit_is_not_taken(parts):
    made = made_of(*parts)
    assert ("未填", "None", "") == money_of(made)
    assert "8" in "".join(made.questions[UNSURE])


@each(
    ("parts", "money"),
    [
        ((rows(),), ("8", "万元")),
        (("单位：件", rows()), ("8", "万元")),
        (("单位：件、万元", rows()), ("8", "万元")),
        (("制表单位：广元市", rows()), ("8", "万元")),
        ((rows(), "注：含上年补缴的3万元，每件5元。"), ("8", "万元")),
        (("单位：元", rows(money="8万元")), ("8", "万元")),
        ((rows(**{HEAD: "本年收费金额（单位：万 元）"}),), ("8", "万元")),
        ((rows(**{HEAD: "本年收费金额（人民币元）"}),), ("8", "元")),
        ((rows(money="0", **{FEE: f"{FEE}（元）"}),), ("0", "万元")),
    ],
)
def test_money_whose_unit_all_agree_on_is_taken(parts, money):
    made = made_of(*parts)
    assert (NUMBER, *money) == money_of(made)
    assert UNSURE not in made.questions


@each(
    "parts",
    [
        ("单位：元", rows(form="2019"), "单位：万元"),
        ("单位：元/件", rows(form="2019")),
        (rows(form="2019", 政府集中采购="政府集中采购（万元）"),),
        ("单位：元", rows(form="2019", 采购总金额="采购总金额（万元）")),
    ],
)
def test_an_amount_of_purchases_in_a_doubtful_unit_is_not_taken(parts):
    assert money_of(made_of(*parts, year=2020))[0] == "未填"


@each("line", ["单位：元", "（单位：元）", "金额单位：元", "注：金额单位为元。", "注：表中收费金额的单位为元"])
@each("where", ["above", "below"])
@each(("form", "year"), [("2021", 2023), ("2019", 2020)])
def test_a_unit_that_one_line_says_for_a_table_whose_head_says_none_is_its_amounts(form, year, where, line):
    table = rows(form=form, **{HEAD: "本年收费金额"})
    parts = (line, table) if where == "above" else (table, line)
    made = made_of(*parts, year=year)
    assert {(NUMBER, Decimal(8), "元")} == {
        (cell.state, cell.value, cell.unit)
        for key, cell in made.taken["table2"].cells.items()
        if made.taken["table2"].table.cells[key][1][-1].kind == "money"
    }
    assert "8元" in made.files["table2.csv"]
    assert UNSURE not in made.questions
    assert {f"单位按“{line}”"} == {one.rule for one in made.taken["table2"].changes}


FIRST = "一、本年新收政府信息公开申请数量"


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("parts", "unfilled"),
    [
        ((rows("table3"),), 0),
        (("单位：件", rows("table3")), 0),
        (("单位：件、人次", rows("table3", 自然人="自然人（人次）")), 0),
        ((rows("table3", **{FIRST: f"{FIRST}（件）"}),), 0),
        (("单位：千件", rows("table3")), 175),
        ((rows("table3"), "注：表中数量以千件为单位。"), 175),
        (("单位：%", rows("table3")), 175),
        ((rows("table3", 自然人="自然人（千件）"),), 25),
        (("单位：件", rows("table3", 自然人="自然人（人次）")), 25),
        ((rows("table3", **{FIRST: f"{FIRST}（万件）"}),), 7),
        ((rows("table3", 总计="总计（%）"),), 25),
        (("单位：万", rows("table3")), 175),
        (("单位：千", rows("table3")), 175),
        ((rows("table3", 自然人="自然人（万）"),), 25),
        ((rows("table3", **{FIRST: f"{FIRST}（万）"}),), 7),
        (("以下数据均以千件计", rows("table3")), 175),
        (("（以千计）", rows("table3")), 175),
        (([["（×1000）"], *rows("table3")],), 175),
        (("以件计", rows("table3")), 0),
    ],
)
def test_counts_in_thousands_or_of_another_thing_are_not_taken(parts, unfilled):
    made = made_of(*parts, chapter="三、收到和处理政府信息公开申请情况")
    cells = made.taken["table3"].cells
    assert unfilled == sum(cell.state == "未填" for cell in cells.values())


@pytest.mark.parametrize(("typed", "state"), [("2件", NUMBER), ("2份", "未填"), ("2千件", "未填"), ("2%", "未填")])
def test_a_count_of_other_pieces_than_its_tables_is_not_taken(typed, state):
    made = rows("table3")
    made[4][-1] = typed
    cells = made_of("单位：件", made, chapter="三、收到和处理政府信息公开申请情况").taken["table3"].cells
    assert [state] == list({cell.state for cell in cells.values()} - {NUMBER}) or state == NUMBER


def test_a_chapters_heading_may_say_the_unit():
    made = made_of(rows(), chapter="二、主动公开政府信息情况（单位：元）")
    assert ("未填", "None", "") == money_of(made)
    made = made_of(rows(), "三、收到和处理政府信息公开申请情况（单位：元）", "无。")
    assert (NUMBER, "8", "万元") == money_of(made)


@pytest.mark.parametrize(("name", "state"), [("表三（千件）", "未填"), ("表三（万）", "未填"), ("表三（件）", NUMBER)])
def test_the_name_of_a_sheet_may_say_the_unit(tmp_path, name, state):
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows("table3"):
        book.active.append([int(cell) if cell.isdecimal() else cell for cell in row])
    into = io.BytesIO()
    book.save(into)
    made = begin(tmp_path, ("a.xlsx", into.getvalue())).made
    assert {cell.state for cell in made.taken["table3"].cells.values()} == {state}


@each(("money", "taken"), [("￥91.6", "未填"), ("¥91.6", "未填"), ("￥80000元", NUMBER), ("￥0", NUMBER)])
def test_an_amount_with_a_sign_of_money_alone_is_not_taken_for_ten_thousands(money, taken):
    made = made_of(rows(money=money))
    assert money_of(made)[0] == taken
    assert [one.rule for one in made.taken["table2"].doubts] == (
        ["只有货币符号，不知是元还是万元"] if taken == "未填" else []
    )
    assert [one.rule for one in made.taken["table2"].changes] == (["去掉货币符号、全角改半角"] if taken == NUMBER else [])


def test_an_amount_with_a_sign_of_money_in_a_column_of_yuan_is_yuan():
    assert (NUMBER, "8040", "元") == money_of(made_of(rows(money="￥8040", **{HEAD: "本年收费金额（单位：元）"})))


@pytest.mark.parametrize("unit", ["角", "分"])
def test_money_in_smaller_units_is_not_taken(unit):
    assert money_of(made_of(f"单位：{unit}", rows()))[0] == "未填"
    assert money_of(made_of(rows(**{HEAD: f"本年收费金额（单位：{unit}）"})))[0] == "未填"
    assert money_of(made_of(rows(**{HEAD: f"本年收费金额（{unit}）"})))[0] == "未填"
