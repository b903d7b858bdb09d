"""Signs of other markup in a report's text."""

import pytest

from making import BODY, REST, findings, make
from nianbao.narrative.passages import compose


def said(text):
    made = make(narrative=BODY + f"\n{text}\n" + REST)
    return [(one.source.line, one.found.partition("”")[0][1:], one.action) for one in findings(made, "W229")]


@pytest.mark.parametrize(
    ("line", "sign", "action"),
    [
        ("办理情况见[^1]。", "[^1]", "注：…"),
        ("[^1]: 数据截至12月31日。", "[^1]:", "注：…"),
        ("\\pagebreak", "\\pagebreak", "分页"),
        ("\u3000\u3000\\newpage", "\\newpage", "分页"),
        ("删去~~这句~~。", "~~这句~~", "<s>"),
        ("- [ ] 完成培训", "- [ ]", "方括号"),
        ("- [x] 完成培训", "- [x]", "方括号"),
        ("运行`nianbao`。", "`nianbao`", "反引号"),
        ("```", "```", "反引号"),
        ("==重点==工作。", "==重点==", "**…**"),
        ("&nbsp;&nbsp;工作有序。", "&nbsp;", "字符"),
        ("占地20m^2^。", "^2^", "<sup>"),
        ("排放CO~2~减少。", "~2~", "<sub>"),
        ("[TOC]", "[TOC]", "删去"),
        ("::: note", "::: note", "删去"),
        ("![各镇][1]", "![各镇][1]", "文件名"),
        ("[1]: a.png", "[1]: a.png", "网址"),
        ("约$x^2$件。", "$x^2$", "文字"),
        ("| 镇 | 件 |\n| 甲 | 三 |", "| 镇 | 件 |", "|---|"),
        ("｜镇｜件｜\n｜甲｜三｜", "｜镇｜件｜", "|---|"),
        ("镇\t件\n甲\t三\n乙\t四", "制表符隔开的几行", "|---|"),
    ],
)
def test_a_sign_that_would_be_printed_as_typed_is_a_warning(line, sign, action):
    [first, *_] = said(f"平稳。\n\n{line}\n\n平稳。")
    assert first[:2] == (11, sign)
    assert action in first[2]


@pytest.mark.parametrize(
    "line",
    [
        "|镇|件|\n|--|--|\n|甲|三|",
        "**重点**工作，CO<sub>2</sub>，20m²，5‰，10℃，①②。",
        "[专栏](https://example.com/a~b~c?x=1&amp=2)",
        "甲|乙两地，A&B公司，5~10件，约~5件。",
        "联系电话：\t无",
        "（^_^）",
        "示府发[2023]45号；[电话]：无",
        "单价$5，总价$50。",
        "甲 = 乙 == 丙",
        "![说明](a.png)",
    ],
)
def test_other_signs_are_passed(line):
    assert said(f"平稳。\n\n{line}\n\n平稳。") == []


def test_a_table_that_is_html_is_refused_with_what_to_write_instead():
    text = "\n<table><tr><td colspan=2>甲</td></tr></table>\n"
    [one] = compose(make(narrative=BODY + text + REST)).faults
    assert "合并的格子拆开" in one.action
