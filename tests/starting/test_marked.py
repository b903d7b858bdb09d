"""Last year's text as a draft: no number of last year's gets through unmarked, and what prints this year's data stays."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import each
from making import BUREAU, findings, write
from nianbao.inputs.folder import read
from nianbao.paths import ReportPaths
from nianbao.starting.marked import MARKED, NOTE, marked
from nianbao.starting.starter import create
from nianbao.statute.formats import library

NOTICE = library().formats["2021"].notice


def drafted(text):
    return marked(text, 2024, 2025, NOTICE).partition("-->\n\n")[2]


@each(
    ("text", "carried"),
    [
        ("召开会议15次", "召开会议【核对：15】次"),
        ("访问15.67万次，占40.5%", "访问【核对：15.67】万次，占【核对：40.5%】"),
        ("共1,113件、１２件", "共【核对：1,113】件、【核对：１２】件"),
        ("分四次公布，培训二十余人次", "分【核对：四】次公布，培训【核对：二十】余人次"),
        ("百分之九十五", "【核对：百分之九十五】"),
        ("2024年新收", "{{ 年度 }}年新收"),
        ("2023年新收", "【核对：2023】年新收"),
        ("2024年3月5日印发，12月31日前", "【核对：2024年3月5日】印发，【核对：12月31日】前"),
        ("自2024年1月1日至2024年12月31日", "自{{ 年度 }}年1月1日至{{ 年度 }}年12月31日"),
        ("从2024年1月1日起至12月31日止", "从{{ 年度 }}年1月1日起至12月31日止"),
        ("2024年1月—12月，截至2024年12月底", "{{ 年度 }}年1月—12月，截至{{ 年度 }}年12月底"),
        ("2023年1月1日至2024年12月31日", "【核对：2023年1月1日至2024年12月31日】"),
        ("2024年1月1日起施行，至2024年底", "【核对：2024年1月1日】起施行，至{{ 年度 }}年底"),
        ("有效期至2024年12月31日", "有效期至【核对：2024年12月31日】"),
        ("2024年1月1日至2024年11月30日", "【核对：2024年1月1日】至【核对：2024年11月30日】"),
        ("市府办发〔2024〕5号", "市府办发【核对：〔2024〕5号】"),
        *[(one, one) for one in (
            "表1 各科室发布情况", "图2 各月访问量", "见表1至3、图2和附图1", "国办函〔2019〕60号",
            "第四十九、五十条和第五十一条第2款",
            "自{{ 年度 }}年1月1日至{{ 年度 }}年12月31日", "截至{{ 年度 }}年12月底", "从{{年度}}年1月1日起至12月31日止",
            "{{ 年度 + 1 }}年，我局将改进",
        )],
        ("图1 2022—2024年信息数", "图1 【核对：2022】—{{ 年度 }}年信息数"),
        ("报表3份，图2幅", "报表【核对：3】份，图【核对：2】幅"),
        ("不足。\n\n2025年，我局将改进", "不足。\n\n{{ 年度 + 1 }}年，我局将改进"),
        ("已列入2025年计划，2025年1月20日印发", "已列入【核对：2025】年计划，【核对：2025年1月20日】印发"),
        ("{{ 年度 }}年3月5日印发", "{{ 年度 }}年【核对：3月5日】印发"),
        ("市府办发﹝2024﹞5号", "市府办发【核对：﹝2024﹞5号】"),
        (f"格式见{NOTICE}", f"格式见{NOTICE}"),
        ("《条例》第二十条、第20条", "《条例》第二十条、第20条"),
        ("1. 一是公开\n2. 二是\n（1）三是", "1. 一是公开\n2. 二是\n（1）三是"),
        ("### （一）主动公开", "### （一）主动公开"),
        *[(one, one) for one in (
            "改进措施：1、加强培训；2、强化考核。", "措施：（1）甲；(2)乙，（3）丙。", "1.甲。2．乙。3.丙",
            "措施：1）甲；2）乙（见附件）；3）丙。", "“一是甲。”1、乙；2、丙。\n3、丁；4、戊", "下一步 1. 甲 2. 乙",
        )],
        ("共受理：2、甲；3.5万；1.5万", "共受理：【核对：2】、甲；【核对：3.5】万；【核对：1.5】万"),
        ("政策文件（其中：1）和规章（其中：2）", "政策文件（其中：【核对：1】）和规章（其中：【核对：2】）"),
        ("新增3（2）个，1、2、3月开展", "新增【核对：3】（【核对：2】）个，【核对：1】、【核对：2】、【核对：3月】开展"),
        ("措施：1、甲15件；2、乙；4、丙", "措施：1、甲【核对：15】件；2、乙；【核对：4】、丙"),
        ("做到“两个维护”，开展两项", "做到“两个维护”，开展【核对：两】项"),
        ("（国务院令第711号）", "（国务院令第711号）"),
        ("滨河路18号；邮编：700000；电话：0900-8219000", "滨河路18号；邮编：700000；电话：0900-8219000"),
        ("电话82190000，传真：0900-8219001", "电话82190000，传真：0900-8219001"),
        ("栏目为甲、乙、丙三类，见附件：1.目录、附表2", "栏目为甲、乙、丙三类，见附件：1.目录、附表2"),
        ("热线12345接电1234件", "热线12345接电【核对：1234】件"),
        ("接听咨询电话12600次，热线23456次", "接听咨询电话【核对：12600】次，热线【核对：23456】次"),
        ("三所学校、四座场馆", "【核对：三】所学校、【核对：四】座场馆"),
        ("三分之一上网，壹佰元", "【核对：三分之一】上网，【核对：壹佰】元"),
        ("参加活动万余人次", "参加活动【核对：万余】人次"),
        ("甲局 1、乙局 2、丙局 3", "甲局 【核对：1】、乙局 【核对：2】、丙局 【核对：3】"),
        ("规章：1、规范性文件：2、", "规章：【核对：1】、规范性文件：【核对：2】、"),
        ("附件12个、命令3条，网上路演3号", "附件【核对：12】个、命令【核对：3】条，网上路演【核对：3】号"),
        ("电话接待30次，公开0900-82190000", "电话接待【核对：30】次，公开0900-82190000"),
        *[(one, one) for one in ('新收{{ 表三["一"]["总计"] }}件', "{% if 年度 == 2024 %}。{% endif %}")],
        ("<!-- 12 -->见[网址](http://a.cn/2024/1.html)", "<!-- 12 -->见[网址](http://a.cn/2024/1.html)"),
        ("网站(http://a.cn/2024)|35|", "网站(http://a.cn/2024)|【核对：35】|"),
        ("【核对：3】件", "【核对：3】件"),
    ],
)  # fmt: skip
def test_numbers_are_marked_and_nothing_else(text, carried):
    assert carried == drafted(text)


@each(
    "text",
    [
        "召开12次，{{ 年度 }}年12月31日；表1 甲\n\n2024年，我局将改进。国办函〔2019〕60号。",
        "2023年1月1日至12月31日，图1 2021—2023年",
    ],
)
def test_a_draft_of_a_draft_is_the_same(text):
    """What of it was marked is right by then; the note above it stands there once."""
    first = marked(text, 2023, 2024, NOTICE)
    settled = re.sub("【核对：([^】]*)】", r"\1", first)
    again = marked(settled, 2024, 2025, NOTICE)
    assert 1 == again.count("<!--")
    assert first.partition("-->")[2] == again.partition("-->")[2]


PIECES = ["召开", "12", "3.5%", "2024年", "，", "件", "{{ 年度 }}", "\n", "二十余次", "第", "条", "（", "1."]
KEPT = r"【核对：[^】]*】|\{\{.*?\}\}|第[0-9]+条|^[ \t]*(?:[0-9]{1,2}[.、)）](?![0-9])|（[0-9]{1,2}）)|(?<=，)1[.](?![0-9])"


def test_a_comment_that_is_not_closed_hides_no_number():
    """What stands between it and the end of the next one is printed."""
    text = "公开1200条。<!-- 月报 --\n\n受理35件。<!-- 2023年的月报 -->\n\n公开9件。\n"
    carried = marked(text, 2023, 2024, "")
    assert ("【核对：35】" in carried, "<!-- 2023年的月报 -->" in carried, carried.count(MARKED)) == (
        True,
        True,
        3 + NOTE.count(MARKED),
    )


@each(
    "opening",
    ["{{ 事实.公开 }条", "{{ 事实.公开条", "{% if 年度 }", "【核对：3件", "[指南](指南.pdf"],
)
def test_nothing_else_that_is_not_closed_hides_a_number_either(opening):
    text = f"{opening}，受理申请35件（其中自然人），办结33件。\n\n下文{{{{ 年度 }}}}，{{% if 年度 %}}【核对：4】。\n"
    assert {"【核对：35】", "【核对：33】"} <= {*re.findall("【核对：[0-9]+】", drafted(text))}


@each("text", ["第1、" * 7000, "第11111、" * 3000])
def test_a_long_line_of_anything_is_read_at_once(text):
    begun = process_time()
    drafted(text)
    assert process_time() - begun < 1  # a twentieth of one; it took seven


def test_what_is_closed_is_kept_with_all_that_stands_in_it():
    text = '[指南](指南_(2023).pdf "2023年版")，{{ 表三["一"]["总计"] }}件【核对：3】'
    assert text == drafted(text)


@pytest.mark.slow
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_digit_is_left_bare(pieces):
    assert not re.search("[0-9]", re.sub(KEPT, "", drafted("".join(pieces)), flags=re.M))


def test_the_draft_of_a_report_builds_and_names_every_mark(tmp_path):
    facts = (
        "facts:\n  访问量: {value: 15.67, unit: 万次}\n  权责清单: {value: 3, unit: 项, parts: {行政许可: 1, 行政处罚: 2}}\n"
    )
    body = (
        "# 示例市测试局2024年政府信息公开工作年度报告\n\n## 一、总体情况\n\n召开会议15次，访问{{ 事实.访问量 }}，"
        "权责清单"
        "{{ 事实.权责清单 }}，其中行政许可{{ 事实.权责清单.行政许可 }}。\n\n"
        "## 五、存在的主要问题及改进情况\n\n分两批整改。\n"
    )
    write(tmp_path, 2024, body, facts)
    started = create(tmp_path, BUREAU, 2025, text=True)
    assert (1, 1, ("会议",)) == (started.draft.marks, started.draft.placeholders, started.draft.offered)
    report, faults = read(ReportPaths(tmp_path, BUREAU, 2025))
    assert () == faults
    assert {"访问量": None, "权责清单": None, "会议": None} == {name: fact.value for name, fact in report.facts.items()}
    assert {"行政许可": None, "行政处罚": None} == report.facts["权责清单"].parts
    written = (tmp_path / BUREAU / "2025" / "report.yaml").read_text("utf-8")
    assert "访问量: {value: , unit: 万次}  # 2024年：15.67万次" in written
    assert "# 2024年：3项，行政许可1，行政处罚2" in written
    assert "召开会议{{ 事实.会议 }}，" in report.narrative
    assert ["【核对：两】"] == [one.found for one in findings(report, "E103")]
    assert ["事实 · 访问量", "事实 · 权责清单", "事实 · 会议"] == [one.place for one in findings(report, "E116")]


def test_the_facts_of_last_year_are_comments_where_no_text_is_carried_over(tmp_path):
    write(tmp_path, 2024, report="facts: {访问量: {value: 15.67, unit: 万次}}\n")
    create(tmp_path, BUREAU, 2025)
    report, faults = read(ReportPaths(tmp_path, BUREAU, 2025))
    assert ((), {}) == (faults, report.facts)
    assert "#  访问量: {value: , unit: 万次}  # 2024年：15.67万次" in report.folder.joinpath("report.yaml").read_text(
        "utf-8"
    )


def test_the_form_has_last_years_facts(tmp_path):
    write(tmp_path, 2024, report="facts: {权责清单: {value: 3, unit: 项, parts: {行政许可: 3}}}\n")
    create(tmp_path, BUREAU, 2025, workbook=True)
    report, faults = read(ReportPaths(tmp_path, BUREAU, 2025))
    assert () == faults
    assert {"权责清单": {"行政许可": None}} == {name: fact.parts for name, fact in report.facts.items()}


def test_without_a_report_of_last_year_there_is_no_text(tmp_path):
    from nianbao.errors import UsageError

    with pytest.raises(UsageError, match="2024"):
        create(tmp_path, BUREAU, 2025, text=True)
    assert [] == list(tmp_path.iterdir())
