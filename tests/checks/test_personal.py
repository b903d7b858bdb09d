"""What names a person and is printed is a warning with its place, unless the bureau declares it."""

from dataclasses import replace

import pytest

from cases import each
from making import BODY, findings, make

MAIL, MOBILE, IDENTITY = "zhangsan@example.com", "13900001111", "110101190001011234"


def told(made):
    return [(one.place, str(one.source), one.found) for one in findings(made, "W601")]


@each(
    ("written", "found"),
    [
        (f"见{MAIL}。", "电子邮箱 zha***@example.com"),
        ("见a@b.cn。", "电子邮箱 ***@b.cn"),
        ("见wang@b.cn。", "电子邮箱 wa***@b.cn"),
        (f"致电{MOBILE}。", "手机号码 139***11"),
        ("致电139 0000 1111。", "手机号码 139***11"),
        ("致电139-0000-1111。", "手机号码 139***11"),
        ("致电１３９００００１１１１。", "手机号码 139***11"),
        (f"手机{MOBILE}，邮箱另见。", "手机号码 139***11"),
        (f"邮箱另见，{MOBILE}。", "手机号码 139***11"),
        (f"手机{MOBILE},邮箱另见。", "手机号码 139***11"),
        (f"手机+86{MOBILE}。", "手机号码 139***11"),
        (f"手机+86 {MOBILE}。", "手机号码 139***11"),
        (f"身份证{IDENTITY}。", "身份证号码 110***34"),
        ("身份证11010119000101123X。", "身份证号码 110***3X"),
    ],
)
def test_an_address_or_a_number_in_the_text_is_told_with_its_line(written, found):
    made = make(narrative=BODY.replace("工作有序开展。", f"工作有序开展。\n\n{written}"))
    assert [("一、总体情况", "narrative.md 第5行", found)] == told(made)


@each(
    "written",
    [
        "电话0932-8213018。",
        "投资13900001111元。",
        "访问13900001111次。",
        "编号113900001111。",
        "统一社会信用代码11620000AB1234567X。",
        "号码110101199913011234。",
        "@示例市发布。",
        "比例为3.13900001111。",
    ],
)
def test_what_is_no_persons_is_not_told(written):
    assert [] == told(make(narrative=BODY.replace("工作有序开展。", written)))


@pytest.mark.parametrize("number", [MAIL, MOBILE])
def test_what_is_declared_as_contact_is_not_told(number):
    made = make(narrative=BODY.replace("工作有序开展。", f"见{number}。"))
    assert 1 == len(told(made))
    declared = made.bureau.model_copy(update={"contact": f"办公室 {number}"})
    assert [] == told(replace(made, bureau=declared))


@pytest.mark.parametrize("number", [MAIL, MOBILE])
def test_the_preambles_contact_line_declares_it(number):
    assert [] == told(make(narrative=f"本报告如有疑问，请联系办公室：{number}。\n\n{BODY}"))
    assert ["引言"] == [place for place, *_ in told(make(narrative=f"报告由{number}编写。\n\n{BODY}"))]


def test_an_identity_number_is_nobodys_contact():
    made = make(narrative=f"联系电话：{IDENTITY}。\n\n{BODY}")
    declared = made.bureau.model_copy(update={"contact": IDENTITY})
    assert ["引言"] == [place for place, *_ in told(replace(made, bureau=declared))]


def test_the_lines_outside_the_text_are_searched_too():
    made = make(editor=f"甲 {MOBILE}", number=f"示测〔2025〕{MAIL}")
    assert ["文号", "责任编辑"] == sorted(place for place, *_ in told(made))


def test_what_tables_print_beside_their_numbers_is_searched_too():
    made = make(extra_rows={"table2": {"第二十条第（一）项": [f"联系人王某{MOBILE}"]}})
    key = next(iter(made.cells["table3"]))
    cells = {**made.cells, "table3": {**made.cells["table3"], key: replace(made.cells["table3"][key], shown=f"/{MOBILE}")}}
    made = replace(made, cells=cells, labels={"table4": {("", ("行政复议",)): f"复议{MAIL}"}})
    assert ["表三 单元格", "表二 地方增加行", "表四 栏目"] == sorted(place for place, *_ in told(made))


def test_the_same_number_in_two_chapters_is_told_with_both_lines():
    text = BODY.replace("工作有序开展。", f"致电{MOBILE}。").replace("逐项改进。", f"甲。\n\n致电{MOBILE}。")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if MOBILE in line]
    assert lines == [one.source.line for one in findings(make(narrative=text), "W601")]
