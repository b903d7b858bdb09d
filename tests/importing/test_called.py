"""What the title of a report, and the name of its file, say of it: a draft, a part of the year, another year or body."""

from functools import lru_cache

import pytest

import imports
from making import FORMATS
from nianbao.importing import titles
from nianbao.importing.said import names
from nianbao.importing.said.harmless import known_in
from nianbao.statute.formats import library

BODY = "青河县教育局"
TITLES = [
    "青河县教育局2023年政府信息公开工作年度报告", "青河县教育局2023年度政府信息公开工作年度报告（公开版）",
    "2023年青河县教育局政府信息公开年报", "青河县教育局政府信息公开工作2023年度报告",
    "青河县史志办2023年政府信息公开工作年度报告",
]  # fmt: skip
ODD_TITLES = [
    "青河县教育局2023年上半年政府信息公开工作报告", "青河县教育局2023年政府信息公开工作年度报告（草案）",
    "青河县教育局2023年政府信息公开工作年度报告（征求意见稿）", "青河县教育局2023年第三季度政府信息公开工作报告",
    "2023年政府信息公开工作年度报告（初稿）", "青河县教育局2023年政府信息公开工作半年报告",
    "2023年一季度政务公开工作报告",
    "青河县教育局2023年前三季度政府信息公开工作报告", "青河县教育局2023年政府信息公开工作年度报告（稿）",
    "青河县教育局2023年政府信息公开工作年度报告（样本）", "青河县教育局2023年政府信息公开工作年度报告（上会稿）",
    "青河县教育局2023年政府信息公开工作年度报告（清样）", "青河县教育局2023年政府信息公开工作年度报告（过会前）",
]  # fmt: skip
# As the files of an office are called.
PLAIN = [
    "2023年年报", "附件2 县教育局2023年度政府信息公开年报", "年报定稿", "政府信息公开年报（定稿1.8）", "0115年报",
    "政务公开年报20240115", "青河县教育局2023年政府信息公开工作年度报告", "2023年政府信息公开工作年度报告（终稿）",
    "教育局2023年年报", "青河县教育局2023年度政府信息公开年报（盖章）", "年报（正式稿）", "年报最终版", "年报最终版2",
    "年报改", "年报（已审）", "年报20240108", "年报2024.1.8", "年报2024-01-08", "年报1月8日", "年报（1月15日）",
    "2023年报0108", "2023政务公开年报", "2023年度报告", "政府信息公开年报2023", "信息公开年报（教育局）",
    "县教育局政务公开年报", "年报 - 副本", "年报(1)", "新建 Microsoft Word 文档", "新建文本文档", "未命名", "下载", "a",
    "index", "report", "content_123456", "t20240115_3456789", "P020240115412345678901", "年报v2", "2023年年报final",
    "关于报送2023年度政府信息公开年报的函", "附件1：2023年政府信息公开工作年度报告", "附件", "正文", "正文+表格",
    "年报（公开版）", "年报（发布稿）", "年报（上网稿）", "年报（审定稿）", "年报（存档）", "年报（签字版）",
    "年报（报县政府办）", "县政府办：教育局年报", "报政府办2023年年报", "教育局（2023年年报）", "王老师年报", "张三-年报",
    "青教发〔2024〕3号 年报", "青教〔2024〕3号关于2023年政府信息公开工作的报告", "2023年政府信息公开年报修改",
    "2023年政府信息公开年报（修改版）", "2023年度政府信息公开年报（新）", "2023年度政府信息公开年报2024年1月",
    "二〇二三年年报", "2023年度年报1.15", "2023年年报20231228", "2024年1月报送2023年年报", "教育局办公室2023年年报",
    "年报-办公室", "年报（县教育局办公室）", "微信图片文字", "青河县教育局2023年政府信息公开工作年度报告_青河县人民政府",
    "政府信息公开工作年度报告_信息公开_青河县教育局", "2023年度政府信息公开工作年度报告-青河县人民政府门户网站", "年报稿",
    "年报文稿", "年报（上报）", "年报上报稿", "2023年政府信息公开统计表及年报", "2023年年报（含表）",
    "前一年年报", "前一年度",
    "去年年报", "去年", "2022年格式2023年年报", "2022-2023年报", "2023年政府信息公开年报_海东市人民政府",
    "年报（印发版）", "2024-01-18 县教育局年报（发布）", "教育局2023信息公开年报-排版后", "年报_校对完", "年报（加密后）",
    "县教育局（12月31日口径）2023年报", "教育局+2023年度+政府信息公开工作报告", "政务公开办反馈后修订-教育局",
    "zfxxgknb2023",
    "下载的网页", "QH教育2023年报", "qhjyj-2023-report", "三张统计表-教育", "年报（张三改）", "art_1234_5678",
    "青河县人民政府门户网站 政府信息公开年报 2023年青河县教育局", "关于印发2023年政府信息公开工作年度报告的通知",
]  # fmt: skip
# Of the files of single tables and of accounts that a page was saved from: the statutory captions in short, the body's
# place and matter.
OF_TABLES = [
    "主动公开", "依申请公开统计", "复议诉讼情况", "2023主动公开", "1.主动公开", "依申请（2023）", "1.主动公开（2023年）",
    "行政复议诉讼", "2.收到和处理申请情况", "主动公开统计数据",
]  # fmt: skip
OF_ACCOUNTS = [
    "青河民政公众号", "青河民政0118", "青河发布", "青河县政府网", "公众号文章", "政务公开_青河县", "青河民政微信",
    "青河2023年报",
    "青河县民政局公众号0120",
]  # fmt: skip
ODD = [
    "2023年年报（征求意见稿）", "2022年年报", "年报初稿", "年报-未审核", "送审稿20240105", "年报草稿",
    "2023年政府信息公开年报（讨论稿）", "2023半年报", "青河县民政局2023年年报", "大同镇2023年年报", "年报第二稿",
    "年报（修改稿）", "年报一稿", "年报3稿", "年报20230705", "2023年上半年年报", "年报0630", "2023年1-6月",
    "2023年第一季度", "年报（待审）", "年报（草案）", "2024年年报", "年报2022", "年报（报批稿）", "2023年年报(模板)",
    "2023年年报（样表）", "2021-2022年年报", "年报作废", "教育局年报（旧）", "年报（初审稿）",
    "年报备份", "年报（报审）", "年报（会签）", "年报（过程稿）", "年报_draft", "年报未定", "年报-领导改",
    "年报_青河县残联",
    "县卫健局2023年年报", "2023年政府信息公开年报-大同镇人民政府", "2023年政府信息公开年报-南山县人民政府门户网站",
    # Of each nobody knows what it says of the report.
    "年报（上会稿）", "年报（党组会审议）", "年报（呈批）", "年报（待签）", "年报（清样）", "年报（校样）",
    "年报（打印稿）", "年报（初版）",
    "年报（终审前）", "年报 未终审", "年报（报主任）", "年报（请各股室核）", "年报（未公开版）", "年报（缺表四）",
    "年报（不含乡镇）",
    "年报2023H1", "年报-局长阅", "年报（未改完）", "年报（过会前）", "年报（摘要）", "年报_tmp", "年报（估）",
    "年报（还要改）",
]  # fmt: skip


@lru_cache
def known(body):
    return known_in(FORMATS["2021"], library(), 2023, body)


def is_odd_file(name, body=BODY):
    return names.is_odd_file(known(body), name)


@pytest.mark.slow
def test_ordinary_names_of_files_say_nothing():
    assert [one for one in PLAIN if is_odd_file(one)] == []
    assert [one for one in [*OF_TABLES, *OF_ACCOUNTS] if is_odd_file(one, "青河县民政局")] == []
    assert [one for one in ("云岭健康0120", "云岭卫生公众号") if is_odd_file(one, "云岭县卫生健康局")] == []


def test_the_name_of_a_file_says_that_it_is_a_draft_or_of_another_year_or_body():
    assert [one for one in ODD if not is_odd_file(one)] == []
    of_others = ["主动公开初稿", "南山民政公众号", "南山发布", "青河教育公众号"]
    of_others += ["政务公开_南山县", "青河县2023年年报", "青河大同镇"]
    of_parts = ["网上申请", "主动公开（2022年）", "依申请公开0630", "主动公开（乡镇）", "主动公开上半年", "青河民政（草稿）"]
    assert [one for one in [*of_others, *of_parts] if not is_odd_file(one, "青河县民政局")] == []


def test_a_file_that_came_back_may_be_a_draft_and_name_its_reader_but_be_no_old_copy_and_of_no_other_year():
    usual = [
        "青河县2023年报（领导修改稿）", "审核稿", "2023年报（局长改）", "送审稿20240105", "第二稿(1)", "县府办返回稿",
        "2024年1月12日改", "年报2024.1.22李科审", "废止文件情况修改稿", "旧城改造办改", "reviewed",
    ]  # fmt: skip
    assert [one for one in usual if names.is_other_years(known(BODY), one)] == []
    others = ["2022年报修改稿", "2023年报（旧）", "2023年上半年年报", "2023年报0630", "年报_old", "审核稿-作废"]
    assert [one for one in others if not names.is_other_years(known(BODY), one)] == []


@pytest.mark.slow
def test_what_the_own_body_is_called_says_nothing():
    own = [("旧州镇2023年政府信息公开年报", "旧州镇人民政府"), ("旧城改造办公室年报", "青河县旧城改造办公室")]
    own.append(("2023年年报_青河县人民政府", "教育局"))
    assert [name for name, body in own if is_odd_file(name, body)] == []
    assert [name for name, body in own if not is_odd_file(f"{name}（旧）", body)] == []


def test_a_title_says_that_a_report_is_a_draft_or_of_a_part_of_the_year():
    assert [one for one in TITLES if names.is_odd_title(known(BODY), one)] == []
    assert [one for one in ODD_TITLES if not (titles.parse(one) and names.is_odd_title(known(BODY), one))] == []


def test_a_pages_title_of_two_years_is_not_cut_to_one():
    two = "青河县教育局2022-2023年度政府信息公开工作年度报告"
    assert titles.of_pages([two], 2023) is None
    assert titles.of_pages([two.replace("-", "年--")], 2023) is None
    one = titles.of_pages(["2023年政府信息公开工作年度报告-青河县教育局"], 2023)
    assert one.text == "2023年政府信息公开工作年度报告"


def test_the_title_and_the_name_of_the_file_are_one_question_each_and_the_report_is_taken(tmp_path):
    title = imports.TITLE.format(2023) + "（草案）"
    page = f"<h1>{title}</h1><p>一、总体情况</p><p>平稳。</p>"
    files = [("2022年年报.html", page), ("2023年年报.csv", "\n".join(",".join(row) for row in imports.rows()))]
    made = imports.begin(tmp_path, *files).made
    assert made.questions[names.OF_TITLE] == [f"2022年年报.html 第1段：{title}"]
    assert made.questions[names.OF_FILE] == ["2022年年报.html"]
    assert "table2" in made.taken


def test_the_name_of_a_file_of_tables_is_asked_about_once(tmp_path):
    table = "\n".join(",".join(row) for row in imports.rows())
    made = imports.begin(tmp_path, ("统计表0630.csv", table)).made
    assert sum("统计表0630" in one for some in made.questions.values() for one in some) == 1
