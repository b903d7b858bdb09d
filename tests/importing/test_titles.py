"""A report's title, however it is worded: whose report it is, and of which year."""

from cases import each
from nianbao.importing import titles
from nianbao.importing.flow import Paragraph

NAME = "示例市测试局"


@each(
    "text",
    [
        "示例市测试局2023年政府信息公开工作年度报告",
        "示例市测试局 2023年度 政府信息公开工作年度报告",
        "示例市测试局2023年度政务信息公开年度工作报告",
        "示例市测试局关于2023年政府信息公开工作的年度报告",
        "示例市测试局二〇二三年政府信息公开工作年度报告",
        "2023年示例市测试局政府信息公开工作年度报告",
        "示例市测试局政府信息公开工作年度报告（2023年）",
        "示例市测试局政府信息公开工作2023年度报告",
        "《示例市测试局2023年政府信息公开工作年度报告》",
        "示例市测试局2023年政府信息公开年报",
    ],
)
def test_a_title_names_the_body_and_the_year(text):
    assert titles.parse(text) == (NAME, 2023)


@each(
    "text",
    [
        "政府信息公开工作年度报告", "2023年工作总结", "一、总体情况", "政府信息公开指南（2023年版）",
        "根据要求，现公布2023年政府信息公开工作年度报告。", "关于编制2023年报告的通知",
        "现公布示例市测试局2023年政府信息公开工作年度报告",
    ],
)  # fmt: skip
def test_what_is_no_title_is_none(text):
    assert titles.parse(text) is None


@each("name", ["示例总署（本级机关）", "示例市“两山”办公室", "“放管服”示例中心", "示例市发改委(物价局)"])
def test_a_body_is_called_as_the_title_writes_it(name):
    assert titles.parse(f"《{name} 2023年政府信息公开工作年度报告》") == (name, 2023)
    assert titles.parse(f"{name[:3]} {name[3:]}政府信息公开工作年度报告（2023年）") == (name, 2023)


def found(*lines):
    return [(one.lines, one.name, one.year) for one in titles.find([Paragraph(line, "") for line in lines])]


def test_a_title_may_stand_in_several_lines():
    assert found(NAME, "2023年政府信息公开", "工作年度报告") == [((NAME, "2023年政府信息公开", "工作年度报告"), NAME, 2023)]
    assert found(f"{NAME}2023年", "政府信息公开工作年度报告", "一、总体情况") == [
        ((f"{NAME}2023年", "政府信息公开工作年度报告"), NAME, 2023)
    ]


def test_a_line_of_a_sentence_that_goes_over_lines_is_no_title():
    title = f"{NAME}2023年政府信息公开工作年度报告"
    first = ((NAME, "2023年政府信息公开工作年度报告"), NAME, 2023)
    assert found(
        NAME, "2023年政府信息公开工作年度报告", "根据条例第五十条规定，公布", title, "。本报告由六个部分组成。"
    ) == [first]
    assert found(title, "根据条例第五十条规定，", title, "一、总体情况") == [((title,), NAME, 2023)]


def test_a_line_above_that_is_no_name_does_not_belong_to_the_title():
    title = f"{NAME}2023年政府信息公开工作年度报告"
    assert found("法定主动公开内容", title) == [((title,), NAME, 2023)]
    assert found("法定主动公开内容", "2023年政府信息公开工作年度报告") == [(("2023年政府信息公开工作年度报告",), "", 2023)]
