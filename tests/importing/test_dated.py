"""A day before the end of the year, on which a table was filled in: nobody has the figures of the whole year then."""

import pytest

import imports
from nianbao.importing.choosing import EARLY
from nianbao.importing.dated import is_early
from nianbao.importing.said.leftout import OF_OTHERS
from reportbooks import book

EARLY_DAYS = [
    "有效期至：2023年6月",
    "填报日期：2023年7月5日", "填表日期：2023.6.30", "报出日期：2023年10月8日", "统计日期：2023-06-30",
    "统计日期：2023年7月", "填报单位：县民政局　填表人：张三　填报日期：2023年7月5日", "填报人：张三 2023年7月5日",
    "2023年7月5日", "导出时间：2023-07-05 10:11:12", "打印时间：2023/7/5", "本表于2023年7月5日导出",
    "填报日期：，2023-07-05 00:00:00", "填表日期：20230705", "填报日期：二〇二三年七月五日",
    "填报日期 2023年11月30日 联系电话：0906-8822", "（2023年7月5日）", "报送时间：2023年7月", "填表日期：2022年12月31日",
    "制表时间：2023年07月05日 制表人：李四", "2023-06-30 09:00:00",
    "报送日期：2022年1月8日", "统计截止：2023年11月", "填报日期：2023年第三季度", "填报时间：2023年上半年",
    "填报日期：8月5日", "制表：张三 2023.6.30", "审核：李四　2023年6月",
]  # fmt: skip
OTHERS = [
    "有效期至：2024年12月", "有效期至：2023年12月31日",
    "填报日期：2024年1月8日", "填报日期：2023年12月25日", "填报日期：2023年12月", "统计时间：2023年1月1日—12月31日",
    "统计期间：2023年1月1日至2023年12月31日", "统计时间：2023.1-12", "统计时间：2023年", "成立日期：2023年5月1日",
    "批准日期：2019年11月", "2023年1月至12月", "我局于2023年5月成立。", "规章于2023年6月1日施行", "截至2023年12月31日",
    "2023年7月5日起施行", "2023年度", "2023年政府信息公开工作年度报告", "表号：政公开01表",
    "2023年5月印发《办法》", "填报日期：20231231", "2023年6月，我局制定办法",
    "填报日期：1月8日", "填报日期：12月", "数据截止时间：2023年12月31日24时", "填报日期：2023年第四季度", "填报日期：2023年",
]  # fmt: skip


def test_a_day_before_the_years_last_weeks_is_early():
    assert [one for one in EARLY_DAYS if not is_early(one, 2023)] == []


def test_other_days_and_spans_are_not():
    assert [one for one in OTHERS if is_early(one, 2023)] == []


def test_a_table_filled_in_in_the_middle_of_the_year_is_taken_and_asked_about():
    day = "填报日期：2023年7月5日"
    made = imports.made_of(imports.rows(), "填报单位：示例市测试局", "填表人：张三", day)
    assert made.questions[EARLY] == [f"{day}：表二"]
    assert "table2" in made.taken
    assert not any(day in one for question, some in made.questions.items() if question != EARLY for one in some)


@pytest.mark.parametrize(
    "day", ["报送日期：2022年1月8日", "统计截止：2023年11月", "填报日期：2023年第三季度", "填表日期：8月5日"]
)
def test_so_is_one_with_any_other_time_behind_such_a_label(day):
    for parts in ([imports.rows(), day], [day, imports.rows()], [[*imports.rows(), [f"填表人：张三　{day}"]]]):
        made = imports.made_of(*parts)
        assert "table2" in made.taken
        assert [question for question in made.questions if "没有找到" not in question] == [EARLY]


def test_what_says_when_its_figures_are_of_is_no_such_day():
    for line in ["统计截止时间：2022年12月31日", "统计时间：2023年1-6月", "数据截至2023年11月30日", "统计时间：2022年"]:
        made = imports.made_of(line, imports.rows())
        assert "table2" not in made.taken


@pytest.mark.parametrize(
    "line",
    [
        "填报日期：1月8日", "统计区间：2023-01-01至2023-12-31", "数据截止时间：2023年12月31日24时", "填报日期 2024-01-08",
        "统计期限为2023年1月1日至12月31日", "说明：本表由各单位填报。",
        "说明：1.本表由各单位填报；2.统计期限为2023年1月1日至12月31日；3.没有的填0。",
    ],
)  # fmt: skip
def test_an_ordinary_time_or_direction_in_a_row_below_a_table_is_no_question(line, tmp_path):
    made = imports.begin(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in [*imports.rows("table3"), [line]]))).made
    assert {3} == {cell.value for cell in made.taken["table3"].cells.values()}
    assert made.questions == {}


def test_so_is_the_day_on_the_cover_of_a_workbook(tmp_path):
    made = imports.begin(tmp_path, ("a.xlsx", book(("封面", [["填报日期", "2023年7月5日"]]), ("表二", imports.rows())))).made
    assert made.questions[OF_OTHERS] == ["工作表“封面”第1行：填报日期　2023年7月5日"]
