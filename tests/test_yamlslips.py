"""Slips of the hand in YAML: each is told once, at its own line, as a clerk would name it; what is right is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.inputs.contract import BureauParams, ReportParams
from nianbao.yamlfile import read_yaml
from nianbao.yamlrows import read_rows_of
from nianbao.yamlslips import slips
from nianbao.yamltyped import typed

BUREAU = "name: 示例市教育局\nshort: 市教育局\nlevel: 市\n"
COLON, BLANK, TAB, WIDE = "全角冒号“：”", "后面缺一个空格", "制表符", "全角空格"
SIGNED = "signature: 示例市教育局\n"

# The spoilt text, and for each fault its line and a word of it.
SPOILT = {
    "colon first": ("date：2025-01-20\n" + SIGNED, (1, COLON)),
    "colon last": (SIGNED + "date：2025-01-20\n", (2, COLON)),
    "colon between": (SIGNED + "date：2025-01-20\neditor: 办公室\n", (2, COLON)),
    "colon with a blank": (SIGNED + "date： 2025-01-20\n", (2, COLON)),
    "colon alone in the file": ("date：2025-01-20\n", (1, COLON)),
    "colon in all lines": ("date：2025-01-20\nsignature：甲\n", (1, COLON), (2, COLON)),
    "colon nested": ("facts:\n  访问量:\n    value：5\n    unit: 万次\n", (3, COLON)),
    "colon nested last": ("facts:\n  访问量:\n    value: 5\n    unit：万次\n", (4, COLON)),
    "colon nested alone": ("facts:\n  访问量:\n    value：5\n" + SIGNED, (3, COLON)),
    "colon nested twice": ("facts:\n  访问量:\n    value：5\n    unit：万次\n", (3, COLON), (4, COLON)),
    "colon before a block": ("facts：\n  访问量: {value: 5}\n" + SIGNED, (1, COLON)),
    "colon before a nested block": ("facts:\n  访问量：\n    value: 5\n", (2, COLON)),
    "colon before braces": ("facts:\n  访问量：{value: 5, unit: 万次}\n", (2, COLON)),
    "colon in braces": ("facts:\n  访问量: {value：5}\n", (2, COLON)),
    "colon in braces first": ("facts:\n  访问量: {value：5, unit: 万次}\n", (2, COLON)),
    "colon in braces last": ("facts:\n  访问量: {value: 5, unit：万次}\n", (2, COLON)),
    "colon in braces before a quote": ('facts:\n  访问量: {value: 5, unit："万次"}\n', (2, COLON)),
    "colon behind a quoted key": ('facts:\n  访问量: {value: 5, "unit"：万次}\n', (2, COLON)),
    "colon in nested braces": ("facts: {访问量：{value: 5}}\n", (1, COLON)),
    "colon in a later line of braces": ("facts: {访问量: {value: 5},\n  信息: {value：6}}\n", (2, COLON)),
    "blank first": ("date:2025-01-20\n" + SIGNED, (1, BLANK)),
    "blank last": (SIGNED + "date:2025-01-20\n", (2, BLANK)),
    "blank between": (SIGNED + "editor:办公室\ndate: 2025-01-20\n", (2, BLANK)),
    "blank nested": ("facts:\n  访问量:\n    value:5\n    unit: 万次\n", (3, BLANK)),
    "blank nested alone": ("facts:\n  访问量:\n    value:5\n", (3, BLANK)),
    "blank in braces": ("facts:\n  访问量: {value:5, unit: 万次}\n", (2, BLANK)),
    "blank before braces": ("facts:\n  访问量:{value: 5}\n", (2, BLANK)),
    "blank before nested braces": ("facts: {访问量:{value: 5}}\n", (1, BLANK)),
    "wide blank": (SIGNED + "date:\u30002025-01-20\n", (2, BLANK)),
    "tab": ("facts:\n\t访问量: {value: 5}\n", (2, TAB)),
    "tab behind blanks": ("facts:\n  访问量:\n  \tvalue: 5\n", (3, TAB)),
    "tab twice": ("facts:\n\t访问量: {value: 5}\n\t信息: {value: 6}\n", (2, TAB), (3, TAB)),
    "wide margin": ("facts:\n\u3000\u3000访问量: {value: 5}\n", (2, WIDE)),
    "wide margin deeper": ("facts:\n  访问量:\n  \u3000value: 5\n", (3, WIDE)),
    "wide margin at the end": (SIGNED + "\u3000date: 2025-01-20\n", (2, WIDE)),
    "comma": ("facts:\n  访问量: {value: 5，unit: 万次}\n", (2, "全角逗号“，”")),
    "comma and colon": ("facts:\n  访问量: {value: 5，unit：万次}\n", (2, "全角逗号“，”")),
    "braces": ("facts:\n  访问量: ｛value: 5, unit: 万次｝\n", (2, "全角花括号")),
    "braces and colon": ("facts:\n  访问量: ｛value：5｝\n", (2, "全角花括号")),
    "closing brace": ("facts:\n  访问量: {value: 5, unit: 万次｝\n" + SIGNED, (2, "后面是全角的“｝”")),
    "brackets": ("extra_rows:\n  table2:\n    部分: ［甲, 乙］\n", (3, "全角方括号")),
    "thousands": ("facts:\n  访问量: {value: 1,234}\n", (2, "千位分隔符把数值拆成了两半：1,234")),
    "thousands before a unit": ("facts:\n  访问量: {value: 12,345, unit: 条}\n", (2, "12,345")),
    "thousands and millions": ("facts: {访问量: {value: 1,234,567}}\n", (1, "两半：1,234,567")),
    "quotes": (SIGNED + "date: “2025-01-20”\n", (2, "全角引号")),
    "quotes around a number": ("facts:\n  访问量: {value: “5”, unit: “条”}\n", (2, "全角引号")),
    "quotes around a key": ("facts:\n  访问量:\n    “value”: 5\n", (3, "全角引号")),
    "not set deeper": ("facts:\n访问量: {value: 5}\n信息: {value: 6}\n" + SIGNED, (2, "“facts:”下面的内容没有缩进")),
    "not set deeper nested": ("facts:\n  访问量:\n  value: 5\n  unit: 条\n", (3, "“访问量:”下面的内容没有缩进")),
    "set deeper": (SIGNED + "  date: 2025-01-20\n", (2, "多缩进")),
    "set less deep": ("facts:\n   访问量: {value: 5}\n  信息: {value: 6}\n", (3, "缩进2个空格")),
    "quote": (SIGNED + "editor: '办公室\ndate: 2025-01-20\n", (2, "引号 ' 没有成对")),
    "quote closed wide": ('editor: "办公室”\n' + SIGNED, (1, "后面是全角的“””")),
    "quote closed by the next": ('editor: "办公室\nsignature: "甲"\n', (1, '引号 " 没有成对')),
    "quote in braces": ('facts:\n  访问量: {value: 5, unit: "条}\n' + SIGNED, (2, '引号 " 没有成对')),
    "brace": ("facts:\n  访问量: {value: 5\n  信息: {value: 6}\n" + SIGNED, (2, "花括号 { 没有成对")),
    "brace outside": ("facts: {访问量: {value: 1}\ndate: 2021-02-05\n", (1, "花括号 { 没有成对")),
    "several": (
        "date：2025-01-20\neditor:办公室\nfacts:\n\t访问量: {value: 5，unit: 万次}\n  信息: {unit：条}\n",
        (1, COLON), (2, BLANK), (4, TAB), (4, "全角逗号"), (5, COLON),
    ),
}  # fmt: skip


def faults(tmp_path, text, model=ReportParams):
    path = tmp_path / "report.yaml"
    path.write_text(text, "utf-8")
    file = read_yaml(path)
    typed(model, file)
    return file.faults


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_slip_is_told_once_at_its_line(spoilt, tmp_path):
    text, *expected = SPOILT[spoilt]
    found = faults(tmp_path, text)
    assert [("F102", line) for line, _ in expected] == [(one.code, one.source.line) for one in found], found
    for (line, word), fault in zip(expected, found, strict=True):
        assert word in fault.found
        assert text.split("\n")[line - 1].strip() == fault.place
        assert fault.expected
        assert fault.action


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (BUREAU.replace("name: ", "name："), 1, COLON),
        (BUREAU.replace("short: ", "short："), 2, COLON),
        (BUREAU.replace("level: ", "level："), 3, COLON),
        (BUREAU.replace("name: ", "name:"), 1, BLANK),
        (BUREAU + "issues: {规章：否}\n", 4, COLON),
        (BUREAU + "issues:\n规章: 否\n", 5, "没有缩进"),
        (BUREAU + "issues:\n  规章：否\n", 5, COLON),
        (BUREAU.replace("市\n", "“市”\n"), 3, "全角引号"),
        ("{name：甲, short: 乙, level: 市}\n", 1, COLON),
    ],
)
def test_a_bureau_is_not_said_to_lack_what_a_slip_hides(text, line, word, tmp_path):
    [fault] = faults(tmp_path, text, BureauParams)
    assert ("F102", line) == (fault.code, fault.source.line)
    assert word in fault.found


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("- authority：shili-szf\n  year: 2024\n", 1, COLON),
        ("- authority：shili-szf\n- authority：shili-jyj\n", 1, COLON),
        ("- {authority: shili-szf，year: 2024}\n", 1, "全角逗号"),
        ("- authority: shili-szf\n  year:2024\n", 2, BLANK),
    ],
)
def test_rows_have_their_slips_told_too(text, line, word, tmp_path):
    path = tmp_path / "rows.yaml"
    path.write_text(text, "utf-8")
    _, found = read_rows_of(path)
    assert ("F102", line) == (found[0].code, found[0].source.line)
    assert word in found[0].found


def test_what_does_not_follow_from_a_slip_is_told_with_it(tmp_path):
    found = faults(tmp_path, "date: 2025-02-30\nsignatur: 甲\nfacts:\n  访问量:\n    value：5\n")
    assert [("F102", 5), ("F106", 1), ("F104", 2)] == [(one.code, one.source.line) for one in found]


def test_an_error_before_the_first_slip_is_told_too(tmp_path):
    found = faults(tmp_path, "editor: @办公室\ndate：2025-01-20\nsignature: 甲\n")
    assert [1, 2] == [one.source.line for one in found]


RIGHT = [
    "facts: {甲，乙: {value: 5, source: 见，http://a.cn，9:00}, 丙：丁: {value: 1}}\n",
    "source: 统计年报：第3页\n",
    "source: 未知：原因\nother: a\n",
    "url: http://example.cn/a:b，见：附件\ntime: 9:00\n",
    "第二十条第（五）项：许可: 5\n",
    "contact: 地址\n  电话：123\n  传真:456\nlevel: 市\n",
    "contact:\n  电话：123\nlevel: 市\n",
    "contact: 地址\n  　电话\nlevel: 市\n",
    "facts: {甲: {value: 1, source: 年报，第3页：总计}, 乙: {value: '1,234', source: \"甲，乙: 丙\"}}\n",
    "facts: {\n甲: {value: 1},\n乙: {value: 2}\n}\nlevel: 市\n",
    "text: |\n  乙：丙\n　　段首\n\tx\n  {甲\nlevel: 市\n".replace("　　段首\n\tx\n", "  　　段首\n  \tx\n"),
    "text: >-\n  “甲\n   乙: 丙\nlevel: 市\n",
    "text: \"甲\n  乙：丙 {\n\n  丁: 戊\"\nlevel: 市\n",
    "text: 'it''s：甲'\nname: “示例”\n",
    "rows:\n- 甲：乙\n- 丙\nmore:\n  - 丁：戊\n  - {a: 1}\n",
    "- a: 1\n  b: 2\n- a: 3\n  b: 4\n",
    "- - a: 1\n    b：c: 2\n",
    '"a": 1\n"b：c": {"d":5, "e": "｝"}\n',
    "a: 1 # 注：释 {\n# 甲：乙\n  # 丙:丁\nb: ［甲］、｛乙｝\n",
    "a: &x\n  b: 1\nc: !!str\n  d\n",
    "date:\t2025-01-20\nfacts: {a: 1,\tb: 2}\t\n",
    "a:\n   b: 1\n   c:\n    d: 1\ne:\n b: 1\n",
    "---\na: 1\n",
    "a: [1,234, 甲：乙, 'x']\nb: [{a: 1}, 乙]\n",
    "? a\n: b\n",
    "",
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_has_no_slips(text, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(text, "utf-8")
    assert [] == [one for one in read_yaml(path).faults if "顶层" not in one.found]
    assert [] == slips(text)


def test_a_fault_elsewhere_turns_no_right_line_into_a_slip(tmp_path):
    text = "name: 甲\nlevel: 区\ncontact:\n  电话：123\nissues: {规章: 也许}\n"
    assert [("F105", 1), ("F106", 2), ("F106", 5)] == sorted(
        (one.code, one.source.line) for one in faults(tmp_path, text, BureauParams)
    )
    text = BUREAU.replace("level: 市", "level: 区\n  电话：123")
    assert ["F106"] == [one.code for one in faults(tmp_path, text, BureauParams)]
    assert [("F104", 2)] == [(one.code, one.source.line) for one in faults(tmp_path, "editor:\nsignatur: 甲\n")]


VALUE = st.text("甲乙：，。；、“”‘’（）｛｝［］《》　5/ab", min_size=1, max_size=12).map(lambda text: "值" + text.strip(" "))
QUOTED = VALUE.map(lambda text: f'"{text}: {{ # [ \'"')
ANY = VALUE | QUOTED


@pytest.mark.slow
@given(st.lists(ANY, min_size=3, max_size=3), st.lists(st.tuples(ANY, ANY), max_size=3), st.lists(ANY, max_size=3))
def test_no_punctuation_inside_a_right_value_is_a_slip(plain, pairs, items):
    text = "".join(f"k{at}: {value}\n" for at, value in enumerate(plain)) + "facts:\n"
    text += "".join(f"  名{at}: {{value: {one}, source: {other}}}\n" for at, (one, other) in enumerate(pairs))
    text += "rows:\n" + "".join(f"  - {item}\n" for item in items) + "last: |\n  " + plain[0] + "\n"
    assert [] == slips(text)
    assert [] == slips(text, range(0))
