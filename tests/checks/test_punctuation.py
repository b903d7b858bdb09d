"""Brackets without their end and half-width marks among full-width ones are told; what offices write otherwise is not."""

import time

import pytest

from making import BODY, findings, make
from nianbao.checks.lines import as_read

FULL = "落实条例，明确责任，完善制度。" * 6


def told(text, code):
    body = BODY.replace("工作有序开展。", "落实条例，明确责任，完善制度。" * 9)
    made = make(narrative=body.replace("逐项改进。", text))
    return [(one.place.partition(" · ")[2], one.source.line, one.found) for one in findings(made, code)]


def test_a_bracket_that_nobody_closes_is_told_with_its_line():
    assert told("下一步加强培训。\n\n（以上数据由**办公室**提供。\n\n1）改进。", "W236") == [
        ("（以上数据由办公室提供。", 9, "“（以上数据由办公室提供。”")
    ]
    assert [one[0] for one in told("落实《政府信息公开条例，公开（含网站（首页）信息。", "W236")] == [
        "《政府信息公开条例，公开", "（含网站（首页）信息。"
    ]  # fmt: skip


def test_a_half_that_closes_what_nobody_opened_is_told_with_its_line():
    wrong = {
        "以上数据由办公室提供）。": "以上数据由办公室提供）", "落实《条例》》要求。": "落实《条例》》",
        "推进放管服”改革。": "推进放管服”", "推进“放管服改革。": "“放管服改革。", "设有解读】栏目。": "设有解读】",
    }  # fmt: skip
    assert {text: [one[:2] for one in told(f"先培训。\n\n{text}", "W236")] for text in wrong} == {
        text: [(shown, 9)] for text, shown in wrong.items()
    }
    assert [one[0] for one in told("渠道（含自助机；1）网站；2）微信。", "W236")] == ["（含自助机；1）网站；2"]
    assert told("栏目(网址：https://www.shili.gov.cn/zwgk，已更新。", "W236")[0][0] == "(网址："
    for listed in (
        "公开信息（其中：1）主动公开（含：2）依申请公开。",
        "公开（如下：一）网站（含：二）微信。",
        "渠道（包括：1）网站（窗口、2）微信。",
    ):
        assert len(told(listed, "W236")) == 2, listed


def test_many_halves_in_a_chapter_are_told_once_with_how_many_there_are():
    [(place, _, found)] = told(f"先培训。\n\n甲{'（' * 6000}", "W236")
    assert (place, found) == ("", f"“{'（' * 12}”等6000处")
    assert len(told("甲（\n\n" * 10, "W236")) == 10


def test_brackets_of_both_widths_over_paragraphs_and_of_items_are_whole():
    right = (
        "（工作日9:00—17:30）（一）公开。1）网站；（2)微信;a）微博。", "(一）公开（含网站)，〔2024〕5号、[2024]6号。",
        "渠道为：1）网站、b)微信，推进“‘放管服’改革”、“互联网+”。", "（注：一是网站。\n\n二是微信。）",
        "《关于《条例》的通知》，见[（附件](a.html)。", "一）网站\n\n二）微信", "欢迎监督:)\n\n谢谢;-)，",
        "来源:(一）网站", "栏目(网址：https://www.shili.gov.cn/zwgk)已更新。", "网站(www.shili.gov.cn)、平台(https://a.gov.cn/)同步。",
        "见https://a.gov.cn/plan_(2).pdf，见[方案](</a (1).pdf>)、[方案](https://a.gov.cn/b(1).pdf)。",
        "| 项（件 | 数） |\n|---|---|\n| 甲 | 1 |",
        "信息20条（其中网站：12）。", "（合计：12）", "（总数：20，其中：5）", "公开（合计：12）、网站3条。",
        "（排名：1）\n\n（含网站，微信，2）", "（级别：A）的单位3家，信息（总数：12）已公开。",
        "公开（网站：1）条（微信：2）条。", "申请（其中：1）自然人、（其中：3）企业。", "活动（其中：2）线上（含：1）现场。",
        "信息（总数：12），渠道有：1）网站；2）微信。", "渠道（包括：1）网站；2）微信）。",
    )  # fmt: skip
    assert [text for text in right if told(text, "W236")] == []


def test_marks_in_half_width_are_told_once_a_chapter_where_the_report_has_few():
    assert told(f"完善制度,加强培训;提高质量.\n\n{FULL}", "W237") == [("", 7, "“完善制度,加强培训;提高质量.”等3处")]
    spoken = "按时公开:网站、“《条例》:解读”，公开了吗?公开了!按一:二分配，注:二是网站"
    assert told(f"{spoken}\n\n{FULL * 2}", "W237") == [("", 7, "“按时公开:网站、“《条例》:解读”等5处")]
    named = "根据《关于印发<年度报告格式>的通知》（示例办函[2021]30号）和《关于公布 <清单> 的通知》编制"
    for typed in (named, named.replace("<", r"\<").replace("[", r"\[")):
        assert told(f"{typed}。\n\n{FULL}", "W237") == [("", 7, "“根据《关于印发<年度报告格式>的通知》”等3处")], typed
    short = "依据《关于印发<格式>的通知》,编制报告."
    assert told(short, "W237") == [("", 7, "“依据《关于印发<格式>的通知》,编制报”")]
    for right in (
        "访问首页>政务公开>年报，答复时间<法定期限，数量>5件。",
        "见[通知](a.html)、“示例公开[2021]版”，〔2021〕5号，<u>公开</u>。",
        "1,113条、3.5%。",
        "见www.shili.gov.cn,3月起。",
        "完善A,B两类。",
        "1.网站;2.微信。",
        "先培训。一.加强领导。二.完善制度，十一.落实责任：（三）.做好培训；第四.开展培训。",
        "10:30至11:00，按一:二的比例，见“责任:10人”。",
        "|责任:单位|何时?|\n|---|---|\n|甲:乙|是!|",
        "见https://www.shili.gov.cn/搜?q=甲 、`甲:乙`。",
        "新收?件，转办!件。",
        "电话:0900000。",
        "完善制度,加强培训," * 30,
    ):
        assert told(f"{right}\n\n{FULL}", "W237") == [], right


@pytest.mark.slow
def test_what_opens_a_link_and_closes_none_is_read_in_linear_time():
    begun, size = time.process_time(), 100_000
    for opened in ("[](", "[](()", "[](<", "[](a("):
        assert as_read(opened * size)[0] == opened * size
    assert time.process_time() - begun < 7  # a third of one; of the first it took minutes


@pytest.mark.parametrize(
    ("text", "shown", "line"),
    [
        ("加强信息管理，\n\n- 图解发布4篇\n- 视频解读1个", "加强信息管理，", 7),
        ("加强信息管理、\n\n完善制度。", "加强信息管理、", 7),
        ("先培训。\n\n完善制度,", "完善制度,", 9),
        ("先培训。\n\n**加强管理，**\n\n完善制度。", "加强管理，", 9),
        ("做到：\n\n- 及时公开，\n- 全面公开，\n\n完善制度。", "全面公开，", 10),
        ("一是培训，\n\n二是公开，\n\n完善制度。", "二是公开，", 9),
        *(
            (f"先培训。\n\n加强管理，{behind}\n\n完善制度。\n\n[^1]: 见附件。", "加强管理，", 9)
            for behind in ("[^1]", "<br>", "<br/>", "&nbsp;", "&emsp;&emsp;", "<br>&nbsp;")
        ),
        ("先培训。\n\n做好工作（加强管理，）\n\n完善制度。", "做好工作（加强管理，", 9),
        ("先培训。\n\n做到“加强管理，”\n\n完善制度。", "做到“加强管理，", 9),
        ("加强信息管理，\n\n（二）平台建设。", "加强信息管理，", 7),
    ],
)
def test_a_paragraph_or_list_that_ends_in_a_comma_is_told_with_its_line(text, shown, line):
    assert told(text, "W519") == [(shown, line, f"“{shown}”")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("加强管理，\n\n| 月 |\n|---|\n| 1 |\n\n先培训，加强管理，\n\n完善制度。", [13]),
        ("甲，加强信息公开管理培训，\n\n完善制度。\n\n乙，加强信息公开管理培训，\n\n完善制度。", [7, 11]),
        ("加强管理，\n\n完善制度。\n\n加强管理，\n\n完善制度。", [7, 11]),
    ],
)
def test_of_equal_ends_each_is_told_with_its_own_line(text, lines):
    assert [line for _, line, _ in told(text, "W519")] == lines


def test_a_comma_that_a_table_a_picture_a_list_or_the_next_item_follows_is_right():
    for whole in (
        "全年办理情况，\n\n| 月 | 件 |\n|---|---|\n| 1 | 2 |\n| 2 | 3 |", "围绕职责，\n\n- 一是公开。\n- 二是解读。",
        "做到以下几点，\n\n- 及时公开，\n- 全面公开。", "一是培训，\n\n二是公开。", "《条例》规定，\n\n> 依法公开。",
        "培训，公开，\n解读。", "做好工作（含培训，公开），完善制度。", "培训，<br>解读。",
        "培训，公开。[^1]\n\n[^1]: 见附件。",
        "主要做法如下，\n\n（一）公开制度。\n\n（二）解读制度。",
        "主要做法如下，\n\n1.公开制度。\n\n2.解读制度。",
        "主要做法如下，\n\n①公开制度。\n\n②解读制度。", "主要做法如下，\n\n**一、公开制度。**",
    ):  # fmt: skip
        assert told(whole, "W519") == [], whole
    made = make(narrative=BODY + "\n## 三、申请情况\n\n办理情况，\n")
    assert findings(made, "W519") == []


def test_wide_digits_and_blanks_between_characters_are_a_note_a_chapter():
    said = "参训人员３５人次。\n\n**（四）平台建设。** 县政府网站更新， 共2次。"
    assert told(said, "I119") == [("", 7, "“参训人员３５人次。”等3处")]
    assert told("**（四）平台建设。** 县政府网站。", "I119") == [("", 7, "“（四）平台建设。 县政府网站。”")]
    for right in (
        "（１）培训。\n\n１．公开。", "表１ 各镇情况，图２。", "附件 年度清单", "地址：河堤路 电话：0999-5550123。",
        "| 合 计 | 1 |\n|---|---|\n| 甲 乙 | 2 |\n| 丙 | 3 |", "共 35 件，App 更新。", "培训，\n公开。\n\n  解读。",
        "见[清单](a.html) 和 [目录](b.html)。",
    ):  # fmt: skip
        assert told(right, "I119") == [], right
