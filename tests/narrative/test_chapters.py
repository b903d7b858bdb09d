"""Chapters by numeral and wording together: what both say is read, what only one says is said, what they dispute stops."""

import pytest

from cases import each
from making import BODY, make
from nianbao.narrative import passages

ONE, FIVE = "## 一、总体情况\n\n甲。\n\n", "## 五、存在的主要问题及改进情况\n\n戊。\n\n"
TWO, THREE = "## 二、主动公开政府信息情况\n\n乙。\n\n", "## 三、收到和处理政府信息公开申请情况\n\n丙。\n\n"
FOUR, SIX = "## 四、政府信息公开行政复议、行政诉讼情况\n\n丁。\n\n", "## 六、其他需要报告的事项\n\n己。\n\n"
ALL = ONE + TWO + THREE + FOUR + FIVE + SIX


@pytest.fixture
def composed(tmp_path):
    """The narrative of a sound report with this text."""

    def run(text, **more):
        return passages.compose(make(narrative=text, folder=tmp_path, **more))

    return run


def own(found):
    """{statutory numeral: printed heading} of the chapters that the bureau wrote."""
    return {one.section.numeral: one.heading for one in found.sections if one.own and one.line}


@each(
    "heading",
    [
        "## 一.总体情况", "## 一，总体情况", "## 一、 总体情况", "## （一）总体情况", "## (一)总体情况",
        "## 第一部分 总体情况",
        "## 第一部分：总体情况", "## 第一章　总体情况", "## **一、总体情况**", "## 一　总体情况", "## 1、总体情况",
        "## １．总体情况",
        "## 总体情况",
        "## 一、概述", "## 一、2024年政府信息公开工作总体情况", "## 一、总体情况 ##", "## 一、總體情況", "## 一、基本情况",
        "# 一、总体情况", "### 一、总体情况", "一、总体情况", "**一、总体情况**", "　　一、总体情况", "第一部分 总体情况",
    ],
)  # fmt: skip
def test_a_heading_is_understood_however_it_is_marked_and_numbered(heading, composed):
    found = composed(f"# 报告\n\n{heading}\n\n甲。\n\n{TWO}{THREE}{FOUR}{FIVE}")
    assert () == found.faults
    printed = heading.strip("#*　 ")
    assert printed == own(found)["一"]
    assert "甲。" == next(one.markdown for one in found.sections if one.section.numeral == "一")


@each(
    ("numeral", "wording"),
    [
        ("二", "主动公开政务信息情况"), ("二", "政府信息主动公开情况"), ("二", "主動公開政府信息情況"), ("二",
        "信息公开情况"),
        ("三", "收到和处理政务公开申请情况"), ("三", "依申请公开政府信息情况"), ("三", "政府信息公开申请办理情况"),
        ("四", "因政府信息公开申请行政复议、提起行政诉讼情况"), ("四", "行政复议诉讼情况"), ("四", "复议、诉讼"),
        ("五", "存在的主要问题及改进措施"), ("五", "存在问题和下一步打算"), ("五", "工作中的不足"), ("五", "下一步工作安排"),
        ("六", "其他需要报告的事项"), ("六", "其它需报告事项"), ("六", "信息处理费收取情况"), ("六", "附则"),
    ],
)  # fmt: skip
def test_variants_of_wording_are_understood(numeral, wording, composed):
    chapters = dict(zip("一二三四五六", ALL.split("## ")[1:], strict=True))
    text = "".join(f"## {numeral}、{wording}\n\n字。\n\n" if one == numeral else f"## {chapters[one]}" for one in chapters)
    found = composed(text)
    assert () == found.faults
    assert f"{numeral}、{wording}" == own(found)[numeral]


def test_a_heading_without_number_signs_is_pointed_at_once_a_file(composed):
    found = composed(ALL.replace("## 二", "二").replace("## 四", "**四").replace("行政诉讼情况", "行政诉讼情况**"))
    [note] = found.notes
    assert ("I111", 5) == (note.kind.code, note.source.line)
    assert "第5行没有 ##，认作一章：“二、主动公开政府信息情况”；第13行没有 ##" in note.found
    assert set("一二三四五六") == set(own(found))


@each(
    "line",
    [
        "一、总体情况良好，各项工作有序推进。", "（一）主动公开情况", "一是总体情况", "1.主动公开情况", "一、主动公开情况",
        "二、主动公开政府信息情况的说明见下，其中规章和行政规范性文件、行政许可、行政处罚、行政强制和收费各有一栏",
    ],
)  # fmt: skip
def test_a_line_that_only_looks_like_a_heading_stays_text(line, composed):
    found = composed(ALL.replace("甲。", f"甲。\n\n{line}\n\n又。"))
    assert ((), ()) == (found.faults, found.notes)
    assert line in found.sections[0].markdown


def both(numeral, wording, heading):
    return f"“{heading}”：序号是“{numeral}”，文字是“{wording}”"


FEES = "## 四、收费情况\n\n未收费。\n\n"


@each(
    ("text", "found"),
    [
        (
            ONE + TWO.replace("二、", "三、") + THREE.replace("三、", "二、") + FIVE,
            [
                both("三、收到和处理政府信息公开申请情况", "二、主动公开政府信息情况", "三、主动公开政府信息情况"),
                both("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "二、收到和处理政府信息公开申请情况"),
            ],
        ),
        (ONE + TWO + THREE + FEES + FIVE, [both("四、政府信息公开行政复议、行政诉讼情况", "六、其他需要报告的事项",
        "四、收费情况")]),
        (
            ONE + "## 四、机构建设和经费保障\n\n丁。\n\n" + FIVE,
            ["“四、机构建设和经费保障”：序号是“四、政府信息公开行政复议、行政诉讼情况”，文字认不出是哪一章"],
        ),
        (
            ONE + TWO + THREE + FEES,
            [both("四、政府信息公开行政复议、行政诉讼情况", "六、其他需要报告的事项", "四、收费情况")],
        ),
    ],
)  # fmt: skip
def test_where_numeral_and_wording_disagree_it_stops_and_says_both_readings(text, found, composed):
    faults = composed(text).faults
    assert {"F304"} == {fault.code for fault in faults}
    assert sorted(found) == sorted(fault.found for fault in faults)
    assert all("{" in fault.action for fault in faults)


def test_other_numerals_are_read_by_wording_where_the_order_agrees_and_said(composed):
    """An old report without chapter 五: its 六 is numbered 五."""
    found = composed(ONE + TWO + THREE + FOUR + SIX.replace("六、", "五、"))
    assert () == found.faults
    assert "五、其他需要报告的事项" == own(found)["六"]
    assert ["“五、其他需要报告的事项”按文字和次序认作“六、其他需要报告的事项”"] == [note.found for note in found.notes]
    assert ["五、存在的主要问题及改进情况"] == [section.heading for section in found.missing]


def test_eight_chapters_keep_their_numerals_and_order(composed):
    text = ALL.replace("## 六、其他需要报告的事项", "## 八、其他需要报告的事项")
    found = composed(text.replace("## 八、", "## 六、机构情况\n\n庚。\n\n## 七、培训情况\n\n辛。\n\n## 八、"))
    assert () == found.faults
    assert ["一", "二", "三", "四", "五", "六", "七", "八"] == [one.numeral for one in found.sections]


@pytest.mark.parametrize(
    ("heading", "printed"),
    [("## 四、收费情况 {无}", "四、收费情况"), ("## 四、收费情况{无}", "四、收费情况")],
)
def test_the_bureau_may_say_which_chapter_a_heading_is(heading, printed, composed):
    found = composed(
        f"{ONE}{TWO}{THREE}{heading}\n\n未收费。\n\n" + FOUR.replace("四、", "五、") + FIVE.replace("五、", "六、")
    )
    assert () == found.faults
    headings = [one.heading for one in found.sections]
    assert printed == headings[3]
    assert ["五、政府信息公开行政复议、行政诉讼情况", "六、存在的主要问题及改进情况"] == headings[4:]
    assert ["table4"] == found.sections[4].tables


def test_a_chapter_named_in_braces_is_that_one(composed):
    found = composed(ONE + TWO + THREE + FOUR + "## 五、工作思考 {五}\n\n戊。\n\n")
    assert "五、工作思考" == own(found)["五"]
    [fault] = composed(f"{ONE}## 二、{{九}}\n").faults
    assert "“{九}”" in fault.found or "{九}" in fault.found


def test_a_table_whose_numeral_is_taken_stands_behind_the_chapter_before_which_is_an_error(composed):
    found = composed(f"{ONE}{TWO}{THREE}## 四、收费情况 {{无}}\n\n未收费。\n\n{FIVE}")
    assert () == found.faults
    assert ["一", "二", "三", "四", "五"] == [one.numeral for one in found.sections]
    assert ["table3", "table4"] == found.sections[2].tables
    assert ["四、政府信息公开行政复议、行政诉讼情况"] == [section.heading for section in found.missing]


@pytest.mark.parametrize(
    ("text", "headings", "tables"),
    [
        (
            ONE + FIVE.replace("五、", "二、") + SIX.replace("六、", "三、"),
            ["一、总体情况", "二、存在的主要问题及改进情况", "三、其他需要报告的事项"],
            [["table2", "table3", "table4"], [], []],
        ),
        (
            ONE + TWO + THREE + FIVE.replace("五、", "四、") + SIX.replace("六、", "五、"),
            [
                "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
                "四、存在的主要问题及改进情况",
                "五、其他需要报告的事项",
            ],
            [[], ["table2"], ["table3", "table4"], [], []],
        ),
    ],
)  # fmt: skip
def test_reports_of_fewer_chapters_are_read_by_wording_and_order_and_lose_no_table(text, headings, tables, composed):
    found = composed(text)
    assert () == found.faults
    assert headings == [one.heading for one in found.sections]
    assert tables == [one.tables for one in found.sections]
    assert ["I111"] == [note.kind.code for note in found.notes]


def test_chapters_in_another_order_are_printed_in_the_statutory_one_and_that_is_said(composed):
    one, two, *others, five, six = (f"## {text}" for text in ALL.split("## ")[1:])
    found = composed("".join((two, one, *others, six, five)))
    assert list("一二三四五六") == [passage.numeral for passage in found.sections]
    [note] = found.notes
    assert "I111" == note.kind.code
    assert "”写在“二、主动公开政府信息情况”之后，印在它之前" in note.found
    assert "”写在“六、其他需要报告的事项”之后，印在它之前" in note.found
    assert () == composed(ALL).notes


def test_a_heading_that_has_words_of_two_chapters_is_the_one_it_is_spelt_like(composed):
    heading = "三、因政府信息公开申请行政复议、提起行政诉讼情况"
    found = composed(f"{ONE}{TWO}## {heading}\n\n丁。\n\n{FIVE.replace('五、', '四、')}")
    assert () == found.faults
    assert [[], ["table2", "table3"], ["table4"], []] == [one.tables for one in found.sections]
    assert f"“{heading}”按文字和次序认作“四、" in found.notes[0].found


def test_a_numeral_that_stands_twice_is_printed_so_and_said(composed):
    found = composed(ONE + TWO + THREE + FOUR + FIVE.replace("五、", "四、"))
    assert () == found.faults
    assert ["四、政府信息公开行政复议、行政诉讼情况", "四、存在的主要问题及改进情况"] == [
        one.heading for one in found.sections
    ][3:]
    assert "按文字和次序认作“五、" in found.notes[0].found


@each("heading", ["七、收费和减免情况", "七、其他事项", "七、依申请公开情况", "七、行政复议情况", "八、主动公开"])
def test_a_chapter_behind_a_complete_report_is_a_further_one_whatever_its_words(heading, composed):
    found = composed(f"{ALL}## {heading}\n\n庚。\n")
    assert () == found.faults
    assert heading == found.sections[-1].heading


@pytest.mark.parametrize("line", ["二、主动公开政府信息情况：", "二、主动公开政府信息情况。"])
def test_a_heading_without_number_signs_may_end_in_a_stop(line, composed):
    found = composed(ALL.replace("## 二、主动公开政府信息情况", line))
    assert () == found.faults
    assert line == own(found)["二"]


def test_a_table_of_contents_is_text(composed):
    contents = "\n".join(line.removeprefix("## ") for line in ALL.splitlines() if line.startswith("##"))
    found = composed(f"目录\n{contents}\n\n{ONE}{FIVE}")
    assert () == found.faults
    assert {"一", "五"} == set(own(found))
    assert "二、主动公开政府信息情况" in found.preamble.markdown


@each(
    ("text", "found"),
    [
        (f"示例市某局文件\n\n# 年度报告\n\n{ALL}", "标题之前的“示例市某局文件”"),
        (f"{ONE}## 附件1：表\n\n甲。\n\n{FIVE}", "“五、存在的主要问题及改进情况”在附件之后"),
        (f"{ALL}## 附件1：表\n\n甲。\n\n## \n", "“”"),
    ],
)
def test_text_that_would_be_lost_or_moved_is_a_fault(text, found, composed):
    assert found in [fault.found for fault in composed(text).faults]


@each("heading", ["附件1 统计表", "附件１：表", "附件1-1：", "附件1《办法》", "附表", "附：名单", "附录一"])
def test_attachments_are_known_by_their_first_word(heading, composed):
    found = composed(f"{ALL}## {heading}\n\n甲。\n")
    assert [heading] == [one.heading for one in found.attachments]


@pytest.mark.parametrize("line", ["# 报告{{ 表三 }}", "## 一、总体情况{{ 表三 }}"])
def test_a_table_in_a_heading_is_a_fault(line, composed):
    text = f"{line}\n\n{ALL}" if line.startswith("# ") else ALL.replace("## 一、总体情况", line)
    assert ["F306"] == [fault.code for fault in composed(text).faults]


def test_three_chapters_may_hold_the_tables_where_they_stand(composed):
    tables = "".join(f"{{{{ 表{name} }}}}\n\n" for name in "二三四")
    text = f"{ONE}{tables}## 二、存在的问题及改进 {{五}}\n\n戊。\n\n## 三、其他事项 {{六}}\n\n己。\n"
    found = composed(text)
    assert () == found.faults
    assert ["一、总体情况", "二、存在的问题及改进", "三、其他事项"] == [one.heading for one in found.sections]
    assert ["table2", "table3", "table4"] == found.sections[0].tables


@each("heading", ["一、目标任务", "（一）目标任务", "编制说明", "1. 目标", "附则", "情况附后"])
@each("between", ["", "为做好工作，制定本方案。\n\n"])
def test_a_heading_within_an_attachment_is_no_attachment_of_its_own(heading, between, composed):
    [fault] = composed(f"{ALL}## 附件1：方案\n\n{between}## {heading}\n\n甲。\n\n## 附件2：目录\n\n乙。\n").faults
    assert ("F304", heading) == (fault.code, fault.place)
    assert "附件里的小标题写 ###" in fault.action


@each("heading", ["附件2：目录", "附表1", "附录A 目录", "附：名单", "附图：流程", "**附件2：目录**"])
def test_a_further_attachment_is_one(heading, composed):
    found = composed(f"{ALL}## 附件1：方案\n\n### 一、目标任务\n\n甲。\n\n## {heading}\n\n乙。\n")
    assert (() == found.faults, 2) == (True, len(found.attachments))


def test_a_bureaus_own_term_is_understood_in_its_headings(composed):
    found = composed(ALL.replace("政府信息", "政务信息"))
    assert () == found.faults
    assert set("一二三四五六") == set(own(found))


def test_the_attachments_heading_is_no_chapter(composed):
    found = composed(f"{BODY}\n## 附件：统计表\n\n甲。\n")
    assert () == found.faults
    assert ["附件：统计表"] == [one.heading for one in found.attachments]
    assert "甲。" == found.attachments[0].markdown


def test_a_numeral_that_leaves_a_gap_is_a_warning(composed):
    found = composed(ALL[: ALL.index("## 六、")].replace("## 五、", "## 七、"))
    assert () == found.faults
    assert ["W216"] == [note.kind.code for note in found.notes]


WHOLE = "示例市测试局2024年政府信息公开工作年度报告"


@each(
    "written",
    [
        "# 示例市测试局2024年\n政府信息公开工作年度报告\n", "# 示例市测试局\n2024年政府信息公开工作\n年度报告\n",
        "# 示例市测试局<br>2024年政府信息公开工作年度报告\n", "# 示例市测试局 <BR/>\n2024年政府信息公开工作年度报告  \n",
        "# 示例市测试局2024年\n政府信息公开工作年度报告\n引言。\n",
    ],
)  # fmt: skip
def test_a_title_on_several_lines_is_one(written, composed):
    found = composed(f"{written}\n{ALL}")
    assert () == found.faults
    assert (found.title, found.preamble.markdown) == (WHOLE, "引言。" if "引言" in written else "")


@each("below", ["\n政府信息公开工作年度报告\n", "根据条例，编制本报告\n", "- 报告\n", "现将情况报告如下。\n"])
def test_text_below_a_title_is_text(below, composed):
    found = composed(f"# 示例市测试局2024年\n{below}\n{ALL}")
    assert (found.title, found.preamble.line) == ("示例市测试局2024年", 1)
    assert "报告" in found.preamble.markdown
    found = composed(f"# {WHOLE}\n{below}\n{ALL}")
    assert found.title == WHOLE
