"""A report's own tables stay in its text, whatever words they share with a statutory one; that is taken as ever."""

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import imports
from imports import TITLE, rows
from machine import in_turn
from nianbao import markdown
from nianbao.importing import prose
from nianbao.importing.flow import Grid
from nianbao.importing.said.leftout import IN_TEXT

OWN = [
    [["公开渠道", "数量"], ["网站", "90"], ["微信", "94"], ["其他", "5"]],
    [["项目", "数量"], ["网站公开", "90"], ["微信公开", "94"]],
    [["项目", "金额"], ["印刷费", "91"], ["邮寄费", "94"]],
    [["渠道", "数量", "占比"], ["网站", "90", "45%"], ["其他", "5", "5%"]],
    [["指标", "单位", "数量"], ["行政许可", "件", "12"], ["行政处罚", "件", "77"]],
    [["申请人", "件数"], ["自然人", "12"], ["商业企业", "77"], ["其他", "1"]],
    [["类别", "数量", "备注"], ["行政处罚", "12", "注甲"], ["行政强制", "13", "注乙"]],
    [["项目", "件数"], ["一、本年新收政府信息公开申请数量", "184"], ["二、上年结转政府信息公开申请数量", "77"]],
    [["类别", "自然人", "企业", "其他", "总计"], ["件数", "14", "15", "16", "45"]],
    [["年度", "自然人", "商业企业", "总计"], ["2022年", "14", "15", "29"], ["2023年", "16", "17", "33"]],
    [["项目", "2022年", "2023年"], ["行政处罚", "14", "15"], ["行政强制", "16", "17"]],
]


def html(made):
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>' for row in made)}</table>"


def page(own, *statutory):
    chapters = {"table2": "二、主动公开政府信息情况", "table3": "三、收到和处理政府信息公开申请情况"}
    told = "".join(
        f"<p>{heading}</p>{html(rows(key)) if key in statutory else '<p>无。</p>'}" for key, heading in chapters.items()
    )
    end = "<p>五、存在的主要问题及改进情况</p><p>不足。</p>"
    return f"<h1>{TITLE.format(2023)}</h1><p>一、总体情况</p><p>情况如下：</p>{html(own)}{told}{end}"


@pytest.mark.by_turns(6)
@pytest.mark.parametrize(("own", "statutory"), in_turn(OWN, [("table2", "table3"), ("table3",)]))
def test_a_table_of_the_text_is_one_of_markdown(own, statutory, tmp_path):
    made = imports.begin(tmp_path, ("a.html", page(own, *statutory))).made
    text = made.files["narrative.md"].partition("## 二")[0]
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.split("\n") if line.startswith("|")]
    assert [table[0], *table[2:]] == own
    assert {*made.taken} == {*statutory}
    assert {cell.value for one in made.taken.values() for cell in one.cells.values()} <= {3, 8}
    assert made.left_out == []
    assert [one for one in made.questions if "没有找到" not in one] == []


BESIDE = {
    "table3": [
        [
            ["季度", "新收申请", "予以公开", "不予公开", "总计"],
            ["一季度", "5", "2", "1", "8"],
            ["二季度", "6", "1", "2", "9"],
        ],
        [
            ["月份", "新收", "予以公开", "其他处理", "结转下年度继续办理"],
            ["1月", "5", "2", "1", "8"],
            ["2月", "6", "1", "2", "9"],
        ],
        [["乡镇", "自然人", "商业企业", "总计"], ["甲镇", "5", "2", "7"], ["乙镇", "6", "1", "7"]],
    ],
    "table4": [
        [[head, "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"], [first, *"11114"], [last, *"21115"]]
        for head, first, last in [
            ("年度", "2021", "2022"),
            ("年份", "2022年", "2023年"),
            ("", "上年", "本年"),
            ("法院", "甲法院", "乙法院"),
        ]
    ],
}


LINES = ["<p>分类情况</p>", "<p>单位：件</p>", "<p>注：含结转件。</p>", "<p>分类看，情况如下。单位：件</p>"]


@pytest.mark.by_turns(9)
@pytest.mark.parametrize("order", ["above", "below"])
@pytest.mark.parametrize(
    ("key", "own", "between"),
    [
        *((key, own, "") for key, some in BESIDE.items() for own in some),
        *(("table3", BESIDE["table3"][0], line) for line in LINES),
    ],
)
def test_a_table_of_the_text_right_beside_a_statutory_one(key, own, between, order, tmp_path):
    heading = {"table3": "三、收到和处理政府信息公开申请情况", "table4": "四、政府信息公开行政复议、行政诉讼情况"}[key]
    both = [html(rows(key)), between, html(own)]
    both = both if order == "below" else both[::-1]
    head = f"<h1>{TITLE.format(2023)}</h1><p>一、总体情况</p><p>平稳。</p><p>{heading}</p>"
    made = imports.begin(tmp_path, ("a.html", head + "".join(both))).made
    assert {cell.value for cell in made.taken[key].cells.values()} == {3}
    text = made.files["narrative.md"]
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.split("\n") if line.startswith("|")]
    assert [table[0], *table[2:]] == own
    assert [one for one in made.questions if "没有找到" not in one] == []


def test_a_table_with_a_sentence_before_each_of_its_parts_is_one(tmp_path):
    table = rows("table2")
    begins = [*(at for at, row in enumerate(table) if row[0].startswith("第")), len(table)]
    parts = [
        f"<p>（{number}）情况如下：</p>{html(table[begin:end])}"
        for number, begin, end in zip("一二三四", begins[:-1], begins[1:], strict=True)
    ]
    head = f"<h1>{TITLE.format(2023)}</h1><p>一、总体情况</p><p>平稳。</p><p>二、主动公开政府信息情况</p>"
    made = imports.begin(tmp_path / "a", ("a.html", head + "".join(parts))).made
    assert {int(cell.value) for cell in made.taken["table2"].cells.values()} == {3, 8}
    assert made.files["narrative.md"].count("{{ 表二 }}") == 1
    assert [one for one in made.questions if "没有找到" not in one] == []
    # What stands in another chapter, or says a cell once more, is another copy.
    for more in ("<p>五、存在的主要问题及改进情况</p>" + parts[3], parts[3].replace("8", "9")):
        kept = parts[:3] if "五、" in more else parts
        made = imports.begin(tmp_path / str(len(kept)), ("a.html", head + "".join(kept) + more)).made
        assert [one for one in made.questions if one.startswith("同一张表有内容不同的几份")]


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("at", range(1, 14))
def test_a_table_over_two_pages_is_one_wherever_it_is_cut(at, tmp_path):
    table = rows("table2")
    head = f"<h1>{TITLE.format(2023)}</h1><p>一、总体情况</p><p>平稳。</p><p>二、主动公开政府信息情况</p>"
    made = imports.begin(tmp_path, ("a.html", f"{head}{html(table[:at])}<p>-4-</p>{html(table[at:])}")).made
    assert {int(cell.value) for cell in made.taken["table2"].cells.values()} == {3, 8}
    assert "|" not in made.files["narrative.md"]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("line", ["续表", "（续表三）", "表三（续）", "续上表", "（续）"])
def test_a_line_that_heads_the_rest_of_a_table_is_no_text_and_not_asked_about(line, tmp_path):
    table = rows("table3")
    head = f"<h1>{TITLE.format(2023)}</h1><p>一、总体情况</p><p>平稳。</p><p>三、收到和处理政府信息公开申请情况</p>"
    page_ = f"{head}{html(table[:15])}<p>{line}</p>{html([*table[:3], *table[15:]])}"
    made = imports.begin(tmp_path, ("a.html", page_)).made
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {3}
    assert line not in made.files["narrative.md"]
    assert line in [text for _, text, _ in made.left_out]
    assert [one for one in made.questions if "没有找到" not in one] == []


def permits(*more, number="40"):
    return [["信息内容", "本年处理决定数量"], ["行政处罚", number], ["行政强制", "5"], *more]


@pytest.mark.parametrize("line", ["其中，执法大队作出：", "其中：", "其中，执法大队的处罚、强制："])
def test_what_a_table_tells_of_another_one_is_of_the_text(line):
    made = imports.made_of(rows("table2"), line, permits())
    assert {3, 8} == {int(cell.value) for cell in made.taken["table2"].cells.values()}
    assert "| 行政处罚 | 40 |" in made.files["narrative.md"]
    assert [one for one in made.questions if "没有找到" not in one] == []


LINES = {
    "1—6月份处罚、强制如下。": True,
    "其中截至6月底的处罚、强制情况是：": True,
    "2024年计划作出的处罚、强制决定数量如下。": True,
    "示例市综合执法大队的处罚情况如下：": True,
    "处罚、强制数量为上年数，今年的还在统计。": True,
    "处罚、强制数量以百件为单位，情况如下。": True,
    "以下为上半年数据：": False,
}


@pytest.mark.parametrize(("line", "is_of_part"), LINES.items())
def test_a_line_before_a_part_speaks_of_that_part(line, is_of_part):
    """A line that names what the part counts leaves all other parts as they are; one that names nothing, those before it."""
    table = rows("table2")
    begins = [*(at for at, row in enumerate(table) if row[0].startswith("第")), len(table)]
    parts = [table[begin:end] for begin, end in pairwise(begins)]
    made = imports.made_of(*parts[:2], line, *parts[2:])
    taken = made.taken["table2"]
    unread = {taken.table.cells[key][0][-1].label for key, cell in taken.cells.items() if cell.value is None}
    assert unread == {"行政处罚", "行政强制"} | (set() if is_of_part else {"行政事业性收费"})
    asked = [one for question, some in made.questions.items() if "没有找到" not in question for one in some]
    assert asked
    assert all(line in one for one in asked)


OF_FOUR = {
    "heads": [["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"], [*"7777", "28"]],
    "groups": [["行政复议", "行政诉讼"], ["71", "72"]],
    "years": [
        ["类别", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"],
        ["复议", *"7777", "28"],
        ["诉讼", *"6666", "24"],
    ],
}


@pytest.mark.parametrize("own", OF_FOUR)
def test_last_years_figures_below_table_four_cost_it_no_cell(own):
    chapter = "四、政府信息公开行政复议、行政诉讼情况"
    made = imports.made_of(rows("table4"), "上年行政复议情况", OF_FOUR[own], chapter=chapter)
    assert {cell.value for cell in made.taken["table4"].cells.values()} == {3}
    listed = [text for _, text, why in made.left_out if "写明不是本报告的" in why]
    figure = OF_FOUR[own][1][-1]
    assert any(figure in text for text in [*listed, made.files["narrative.md"]])
    assert [one for one in made.questions if "没有找到" not in one] == []


def test_tables_that_differ_are_listed_as_they_stand():
    made = imports.made_of(permits(), rows("table2"))
    assert [one for one in made.questions if one.startswith("同一张表有内容不同的几份")]
    assert any("行政处罚，40" in text for _, text, _ in made.left_out)


@given(st.lists(st.text(r"甲1.-+#!*_`|\[]()<>&", min_size=1, max_size=8), min_size=2, max_size=4))
def test_a_cell_is_printed_as_it_stands_whatever_signs_it_has(cells):
    """And a sign of the beginning of a line has no backslash before it."""
    written = prose.table(Grid((tuple("甲乙丙丁"[: len(cells)]), tuple(cells)), ""))
    made, faults = markdown.to_html(written, "narrative.md", 1, Path())
    shown = [unescape(re.sub("<[^>]*>", "", one)) for one in re.findall("<t[dh].*?</t[dh]>", made)[len(cells) :]]
    assert ((), cells) == (tuple(faults), shown)
    assert not re.search(r"\\[-+.#!]", written.replace(r"\\", ""))


ABOVE = [
    ("各单位信息发布情况见下表。", False),
    ("网站访问平稳。各科室信息发布数量如下表：", False),
    ("各单位信息发布情况（截至11月）见下表。", True),
]


@pytest.mark.parametrize(("text", "is_asked"), ABOVE)
def test_what_points_at_an_own_table_may_say_whose_numbers_that_has(text, is_asked):
    own = [["单位", "条数"], ["办公室", "90"], ["水资源科", "94"]]
    made = imports.made_of(text, own, chapter="六、其他需要报告的事项")
    assert bool(made.questions.get(IN_TEXT)) is is_asked
