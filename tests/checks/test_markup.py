"""Signs of other markup in a report's text."""

from cases import each
from making import BODY, REST, findings, make
from nianbao.narrative.passages import compose


def said(text):
    made = make(narrative=BODY + f"\n{text}\n" + REST)
    return [(one.source.line, one.found.partition("”")[0][1:], one.action) for one in findings(made, "W229")]


@each(
    ("line", "sign", "action"),
    [
        ("办理情况见[^1]。", "[^1]", "注：…"),
        ("[^1]: 数据截至12月31日。", "[^1]:", "注：…"),
        ("办理情况见[^注 一]。", "[^注 一]", "注：…"),
        ("[^注 一]: 数据截至12月31日。", "[^注 一]:", "注：…"),
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
        ("[[toc]]", "[[toc]]", "删去"),
        ("> [!NOTE]", "> [!NOTE]", "删去"),
        ("【分页】", "【分页】", "分页"),
        ("[分页符]", "[分页符]", "分页"),
        ("平稳&mdash;有序", "&mdash;", "字符"),
        ("5&times;3", "&times;", "字符"),
        ("***重点***工作", "***重点***", "**…**"),
        ("做好__重点__工作", "__重点__", "**…**"),
        ("_各镇情况_：平稳", "_各镇情况_", "*…*"),
        ("表5 _各镇_情况", "_各镇_", "*…*"),
        ("**重点工作有序。", "**重点工作有序。", "星号"),
        ("约$$x$$件。", "$$x$$", "文字"),
        ("约\\(x\\)件。", "\\(x\\)", "文字"),
        ("::: note", "::: note", "删去"),
        ("![各镇][1]", "![各镇][1]", "文件名"),
        ("[1]: a.png", "[1]: a.png", "网址"),
        ("约$x^2$件。", "$x^2$", "文字"),
        ("| 镇 | 件 |\n| 甲 | 三 |", "| 镇 | 件 |", "|---|"),
        ("｜镇｜件｜\n｜甲｜三｜", "｜镇｜件｜", "|---|"),
        ("镇\t件\n甲\t三\n乙\t四", "制表符隔开的几行", "|---|"),
        ("1.\t甲\t3\n2.\t乙\t4", "制表符隔开的几行", "|---|"),
        ("一\t3\n二\t4", "制表符隔开的几行", "|---|"),
        ("甲 | 乙\n1 | 2", "竖线隔开的几行", "|---|"),
        ("甲|乙|丙\n1|2|3", "竖线隔开的几行", "|---|"),
        ("甲｜乙\n子｜丑", "竖线隔开的几行", "|---|"),
        ("甲  乙  丙\n1  2  3", "空格隔开的几行", "|---|"),
        ("镇  件\n甲  3", "空格隔开的几行", "|---|"),
        ("镇　　件　　条\n甲　　三　　四", "空格隔开的几行", "|---|"),
    ],
)
def test_a_sign_that_would_be_printed_as_typed_is_a_warning(line, sign, action):
    [first, *_] = said(f"平稳。\n\n{line}\n\n平稳。")
    assert first[:2] == (11, sign)
    assert action in first[2]


def test_all_signs_of_one_kind_in_a_line_are_shown():
    [one] = findings(make(narrative=BODY + "\n运行`甲`、`乙`、`甲`、`丙`和`丁`。\n" + REST), "W229")
    assert "“`甲`”、“`乙`”、“`丙`”、“`丁`”会照原样印出" == one.found


PASSED = [
    "|镇|件|\n|--|--|\n|甲|三|",
    "**重点**工作，CO<sub>2</sub>，20m²，5‰，10℃，①②。",
    "[专栏](https://example.com/a~b~c?x=1&amp=2)",
    "甲|乙两地，A&B公司，5~10件，约~5件。",
    "联系电话：\t无",
    "1.\t甲。\n2.\t乙。",
    "1、\t甲\n2、\t乙",
    "1.1\t甲\n1.2\t乙",
    "（一）\t甲\n（二）\t乙",
    "一是\t平稳。\n二是\t加强。",
    "第一，\t平稳。\n第二，\t加强。",
    "①\t平稳。\n②\t加强。",
    "•\t平稳。\n•\t加强。",
    "联系人：\t张三\n电话：\t1234",
    "联系人：张三  电话：1234\n地址：甲路1号  邮编：100000",
    "甲 | 乙\n--- | ---\n1 | 2",
    "|  镇  |  件  |\n|  --  |  --  |\n|  甲  |  3  |\n|  乙  |  4  |",
    "甲|乙两地平稳。\n丙|丁两地加强。",
    "　　甲  乙，平稳  有序。\n　　丙  丁，逐项  改进。",
    "平稳，https://a.cn/~~x~~/y?a=1&copy=2",
    "平稳，https://a.cn/?q=1&lt;=3",
    "（^_^）",
    "[^_^]",
    "[TOC]课程",
    "身份证号1***，张**、李**，申请人王**，138***1234。",
    "a__甲__b.docx，____，A&B;",
    "2024年_各镇_情况表.xlsx，甲_乙，经办人：_，_ _，x_1和y_2。",
    "|甲|\n|--|\n|3**|\n\n**含乙。",
    "示府发[2023]45号；[电话]：无",
    "单价$5，总价$50。",
    "甲 = 乙 == 丙",
    "![说明](a.png)",
]


def test_other_signs_are_passed():
    told = {line: said(f"平稳。\n\n{line}\n\n平稳。") for line in PASSED}
    assert {} == {line: found for line, found in told.items() if found}


def test_a_table_that_is_html_is_refused_with_what_to_write_instead():
    text = "\n<table><tr><td colspan=2>甲</td></tr></table>\n"
    [one] = compose(make(narrative=BODY + text + REST)).faults
    assert "合并的格子拆开" in one.action
