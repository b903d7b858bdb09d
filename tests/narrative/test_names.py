"""Placeholders: what they print, where it came from, what they refuse, and that the template language is a small one."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import each
from making import REST, fact, make
from nianbao.characters import LOST
from nianbao.narrative import passages
from nianbao.narrative.filling import fill
from nianbao.narrative.names import scope

FACTS = {
    one.name: one
    for one in (
        fact("访问量", "15.67", "万次"),
        fact("信息", 475, "条"),
        fact("权责清单", 237, "项", 行政许可="1", 行政处罚="236"),
        fact("满意率", None, reason="未作调查"),
    )
}
CELLS = {"表三": {("一", "总计"): 6, ("一", "自然人"): 4, ("二", "总计"): "未知：台账遗失", ("四", "总计"): "不适用"}}
CELLS["表三"] |= {("三（三）", row, "总计"): 1 for row in "128"}
LAST = make(2023, {"表三": {("一", "总计"): 4}}, facts={"访问量": fact("访问量", 12, "万次"), "旧": fact("旧", 3, "条")})
PRICE = {"表二": {("行政事业性收费", "本年收费金额（单位：万元）"): Decimal("8.50")}}


def passage(text, line="", **more):
    """The passage and faults of a text in chapter 一, from line 3 on."""
    settings = {"values": CELLS | PRICE, "facts": FACTS, "previous": LAST} | more
    found = passages.compose(make(narrative=f"## 一、情况\n\n{text}\n{REST}", **settings))
    return next(one for one in found.sections if one.numeral == "一"), found.faults


def printed(text, **more):
    found, faults = passage(text, **more)
    assert not faults, faults
    return found.markdown


def refusal(text, **more):
    _, faults = passage(text, **more)
    assert faults, "not refused"
    return faults[0]


@each(
    ("text", "shown"),
    [
        ("{{ 机关 }}（{{ 机关简称 }}）{{ 年度 }}年", "示例市测试局（市测试局）2024年"),
        ("{{ 事实.访问量 }}", "15.67万次"),
        ('{{ 事实["访问量"] }}', "15.67万次"),
        ("{{ 事实.权责清单 }}，其中许可{{ 事实.权责清单.行政许可 }}", "237项，其中许可1项"),
        ("{{ 事实.满意率 }}", "未知"),
        ('{{ 表三["一"]["总计"] }}件', "6件"),
        ('{{ 表三["三（三）"]["总计"] }}件', "3件"),
        ('{{ 表三["二"]["总计"] }}、{{ 表三["四"]["总计"] }}', "未知、不适用"),
        ('{{ 表二["行政事业性收费"]["本年收费金额（单位：万元）"] }}', "8.50"),
        ('{{ 上年.表三["一"]["总计"] }}、{{ 上年.事实.访问量 }}', "4、12万次"),
        ('{{ 表三["一"]["总计"]|同比(上年.表三["一"]["总计"]) }}', "同比增长50%"),
        ("{{ 上年.事实.访问量|同比(事实.访问量) }}", "同比下降23.42%"),
        ('{{ 表三["一"]["自然人"]|占比(表三["一"]["总计"]) }}', "66.67%"),
        ("{{ 156700|万 }}", "15.67万"),
        ("{{ 事实.信息|不带单位 }}", "475"),
        ('{{ 表二["行政事业性收费"]["本年收费金额（单位：万元）"]|带单位 }}', "8.50万元"),
        ('{{ 事实.信息 - 500 }}、{{ (事实.信息 - 500)|绝对值 }}', "-25、25"),
        ('{{ 表三["一"]["总计"] + 表三["一"]["自然人"] }}', "10"),
        ("{{ 年度 - 1 }}年", "2023年"),
        ('{{ 列举({"甲": 2, "乙": 0, "丙": 1}, "件") }}', "甲2件、丙1件"),
        ('{% if 表三["一"]["总计"] > 5 and not 事实.信息 == 0 %}多{% elif 年度 == 2024 %}中{% else %}少{% endif %}', "多"),
        ("{% if 年度 == 2024 %}今{% else %}昔{% endif %}", "今"),
        ('{{ "增" if 事实.访问量 > 15 else "减" }}', "增"),
        ('{% set 差 = 表三["一"]["总计"] - 上年.表三["一"]["总计"] %}多{{ 差 }}件', "多2件"),
        ('{% if 表三["二"]["总计"] is 未知 %}不详{% else %}{{ 表三["二"]["总计"] }}{% endif %}', "不详"),
        ("{% if 表三 is 有未知 and 表三 is not 齐全 %}缺{% endif %}{% if 表四 is 齐全 %}全{% endif %}", "缺全"),
        ("{# 内部说明 #}正文{#", "{# 内部说明 #}正文{#"),
        ('{{ 表3["一"]["总计"] }}、{{ 表 三["一"]["总计"] }}、{{ 表３["一"]["总计"] }}', "6、6、6"),
        ('{{ 上年.表3["一"]["总计"] }}、{{ 上年.表 三["一"]["总计"] }}', "4、4"),
        ('{% if 上年.表　三 is 齐全 %}{{ 列举({"表3": 表3["一"]["总计"]}, "件") }}{% endif %}', "表36件"),
        ("表三所列、表3、{甲}、{甲: 乙}、事实清楚、事实、上年、{年度报告}、年度、见表三[下载](http://a.cn)、认定事实.据此",
         "表三所列、表3、{甲}、{甲: 乙}、事实清楚、事实、上年、{年度报告}、年度、见表三[下载](http://a.cn)、认定事实.据此"),
        ("{%- if 年度 == 2024 -%} 今 {%- endif -%}", "今"),
    ],
)  # fmt: skip
def test_what_a_placeholder_prints(text, shown):
    assert shown == printed(text)


@each(
    ("parts", "shown"),
    [
        ((3, 2, 1), "，其中予以公开2件、部分公开1件"),
        ((2, 2, 0), "，均予以公开"),
        ((1, 0, 1), "，部分公开"),
        ((3, 0, 2), "，其中部分公开2件"),
        ((3, 0, 0), ""),
    ],
)
def test_how_a_whole_falls_into_items_reads_well(parts, shown):
    whole, one, other = parts
    assert f"办结{shown}；" == printed(f'办结{{{{ 分述({whole}, {{"予以公开": {one}, "部分公开": {other}}}, "件") }}}}；')


@pytest.mark.parametrize("text", ["{{ 上年.表三['一']['总计'] }}", "{% if 上年 %}{{ 上年.事实.旧 }}{% endif %}有"])
def test_without_last_year_a_value_is_refused_and_a_question_is_answered(text):
    if text.startswith("{%"):
        assert "有" == printed(text, previous=None)
    else:
        refused = refusal(text, previous=None)
        assert ("F303", "没有上年报告", "上年的报告") == (refused.code, refused.found, refused.expected)
        assert "先用 {% if 上年 %} 判断" in refused.action


@each(
    ("text", "written"),
    [
        ("{ 事实.访问量 }}", "{{ 事实.访问量 }}"), ("{{ 事实.访问量 }", "{{ 事实.访问量 }}"),
        ("{事实.访问量}", "{{ 事实.访问量 }}"),
        ("{{ 事实.访问量", "{{ 事实.访问量 }}"), ("访问量为事实.访问量", "{{ 事实.访问量 }}"),
        ("，事实.访问两", "{{ 事实.访问两 }}"),
        ("事实.权责清单.行政许可", "{{ 事实.权责清单.行政许可 }}"), ('事实["访问量"]', '{{ 事实["访问量"] }}'),
        ('{ 表三["一"]["总计"] }', '{{ 表三["一"]["总计"] }}'), ('收到表三["一"]["总计"]件', '{{ 表三["一"]["总计"] }}'),
        ('表3["一"]["总计"]', '{{ 表3["一"]["总计"] }}'), ("见表三[", "{{ 表三[ }}"), ("上年.表三", "{{ 上年.表三 }}"),
        ("上年.事实.访问量", "{{ 上年.事实.访问量 }}"), ("{年度}", "{{ 年度 }}"),
        ("{ 年度 - 1 }}", "{{ 年度 - 1 }}"), ("{机关简称}", "{{ 机关简称 }}"),
        ("{{ 年度 }", "{{ 年度 }}"), ("{{ 甲 }", "{{ 名称 }}"),
    ],
)  # fmt: skip
@each("more", ["", "{{ 年度 }}年\n\n", "{# 注 #}{% if 年度 %}有{% endif %}\n\n"])
def test_a_placeholder_that_lost_something_is_a_fault_at_its_line(text, written, more):
    [fault] = passage(f"{more}正文{text}\n{more}")[1]
    assert ("F301", 3 + more.count("\n")) == (fault.code, fault.source.line)
    assert "占位符不完整" in fault.found
    assert written == fault.expected


@each("text", ["｛｛ 年度 ｝｝", "{｛ 年度 }}", "｛{ 年度 }}", "{{ 年度 }｝"])
def test_full_width_braces_are_no_braces(text):
    assert "全角" in refusal(text).found


@each("text", ["{% 甲", "{% 甲 %}", "{% if 年度 %}有"])
def test_a_statement_without_end_or_of_no_known_kind_is_a_fault(text):
    assert "F301" == refusal(text).code


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("{{ 事实.访问两 }}", "访问量"), ("{{ 事买.访问量 }}", "事实"), ("{{ 事实.权责清单.行政许克 }}", "行政许可"),
        ('{{ 表三["一"]["自然入"] }}', "自然人"), ('{{ 表三["三（十）"]["总计"] }}', "三（"),
        ("{{ 上年.事实.访问 }}", "访问量"),
        ("{{ 上年.表5 }}", "表"), ("{{ 事实.信息|同笔(3) }}", "同比"), ("{% if 表三 is 齐 %}{% endif %}", "齐全"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "place",
    ["{}", "{{% if 年度 == 1 %}}{}{{% endif %}}", "{{% if 年度 %}}好{{% else %}}{}{{% endif %}}"],
    ids=["plain", "if", "else"],
)
def test_an_undefined_name_is_found_wherever_it_stands_with_its_line_and_the_nearest_name(text, near, place):
    found = refusal("第一行\n\n" + place.format(text))
    assert ("F302", "narrative.md", 5) == (found.code, found.source.file, found.source.line)
    assert "没有“" in found.found
    assert f"是否为“{near}" in found.found


@each(
    ("text", "found"),
    [
        ("{{ 上年 }}", "这里写的不是一个值，印不出来"),
        ("{{ 上年.表三 }}", "这里写的不是一个值，印不出来"),
        ("{{ 表三 is 齐全 }}", "这里写的不是一个值，印不出来"),
        ("{{ none }}", "这里写的不是一个值，印不出来"),
        ("{{ 事实 }}", "事实：后面还要写事实的名称"),
        ('{{ 表三["一"] }}', "表三.一：后面还要写行名或栏名"),
        ('{{ 表四["行政诉讼"]["总计"] }}', "表四.行政诉讼.总计：这样写有2格"),
        ("{{ 机关.upper }}", "机关.upper：“机关”是一个值，后面不能再写名称"),
        ("{{ 上年.年度.real }}", "上年.年度.real：“年度”是一个值，后面不能再写名称"),
        ("{{ 列举 }}", "“列举”后面没有括号：{{ 列举 }}"),
        ("{{ 机关|万 }}", "“示例市测试局”不是数字"),
        ("{{ 事实.信息|同比(表三) }}", "参与计算的不是一个数字"),
        ("{{ 事实.信息|同比 }}", "这些值不能这样比较或计算"),
        ("{{ 列举(1) }}", "这些值不能这样比较或计算"),
        ('{% if 表三["一"]["总计"] == "6" %}是{% endif %}', "2024年 表三“一”“总计”是数字，不能与文字“6”比较；数字不加引号"),
        ("{% if 事实.访问量 == 15.67 %}是{% endif %}", "小数 15.67：{% if 事实.访问量 == 15.67 %}是{% endif %}"),
        ('{{ "甲" if 年度 == 1 }}', 'if 后面没有 else：{{ "甲" if 年度 == 1 }}'),
        ("{% set 表三 = 5 %}", "“表三”已有所指：{% set 表三 = 5 %}"),
        ("{% if 年度 == 1 %}{% set 甲 = 1 %}{% endif %}{{ 甲 }}", "有的名称走到这里还没有值"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_a_clerk_understands(text, found):
    assert found == refusal(text).found


@each("state", ["未知：台账遗失", "不适用"])
@each(
    "use",
    [
        "{{% if {} > 0 %}}有{{% endif %}}", "{{% if {} %}}有{{% endif %}}", "{{% if {} == 0 %}}无{{% endif %}}",
        "{{% if {} != 0 %}}有{{% endif %}}", "{{% if 0 == {} %}}无{{% endif %}}", "{{% if 5 > {} %}}少{{% endif %}}",
        "{{{{ {} + 1 }}}}", "{{{{ 1 - {} }}}}", "{{{{ {}|万 }}}}", "{{{{ {}|占比(5) }}}}", "{{{{ 5|同比({}) }}}}",
        '{{{{ 列举({{"甲": {}}}, "件") }}}}',
    ],
)  # fmt: skip
def test_no_sentence_is_built_on_a_value_that_is_not_there(state, use):
    found = refusal(use.format('表三["一"]["总计"]'), values={"表三": {("一", "总计"): state}})
    assert ("F303", 3) == (found.code, found.source.line)
    assert f"2024年 表三“一”“总计”是“{state.partition('：')[0]}”，不能比较或计算" == found.found


@each(
    ("text", "shown"),
    [
        ("{{ 甲|占比(5) }}、{{ 5|占比(甲) }}、{{ 5|同比(甲) }}、{{ 甲|万 }}、{{ 甲 + 1 }}、{{ 1 - 甲 }}、{{ (-甲)|绝对值 }}",
         "未填、未填、未填、未填、未填、未填、未填"),
        ('{{ 列举({"甲": 甲, "乙": 2}, "件") }}{{ 分述(甲, {"乙": 2}, "件") }}{{ 分述(2, {"甲": 甲}) }}', "未填未填未填"),
        ("前{% if 甲 == 0 %}无{% else %}有{{ 甲 }}件{% endif %}后", "前未填后"),
        ("{% if 甲 %}有{% endif %}{% if not 甲 %}无{% endif %}{% if 5 != 甲 %}非五{% endif %}", "未填未填未填"),
        ("{% if 年度 == 2024 or 甲 > 0 %}今{% endif %}{% if 年度 == 2023 and 甲 > 0 %}昔{% endif %}", "今"),
        ("{% if 甲 > 0 or 年度 == 2024 %}今{% endif %}", "未填"),
        ("{% if 年度 == 2023 %}昔{% elif 甲 == 0 %}无{% elif 年度 == 2024 %}今{% endif %}", "未填"),
        ("{% if 年度 == 2024 %}今{% elif 甲 == 0 %}无{% endif %}", "今"),
        ("{% if 年度 == 2024 %}{% if 甲 %}有{% endif %}、{% if 年度 == 2024 %}今{% endif %}{% endif %}", "未填、今"),
        ('{{ "增" if 甲 > 15 else "减" }}、{{ 甲 == 0 or 5 }}、{{ ("增" if 甲 else "减") + "长" }}', "未填、未填、未填"),
        ("{% set 差 = 甲 - 1 %}{% set 或 = 甲 or 5 %}{{ 差 }}、{{ 或 }}、{% if 差 > 0 %}多{% endif %}", "未填、未填、未填"),
        ("{% if 甲 == 0 %}\n本年没有。\n\n{% else %}\n本年有。\n\n{% endif %}\n下一段。", "未填\n下一段。"),
        ("{% if 事实.待填 > 1 %}多{% endif %}{{ 事实.待填|带单位 }}", "未填未填"),
    ],
)  # fmt: skip
def test_what_hangs_on_a_value_that_is_still_to_be_filled_in_is_unfilled_as_a_whole(text, shown):
    given = {"values": {"表三": {("一", "总计"): "未填"}}, "facts": {"待填": fact("待填", None, "次")}}
    assert shown == printed(text.replace("甲", '表三["一"]["总计"]').replace('"表三["一"]["总计"]"', '"甲"'), **given)


def test_what_last_year_did_not_fill_in_and_what_nobody_knows_is_refused_beside_what_is_to_be_filled_in():
    given = {"values": {"表三": {("一", "总计"): "未填", ("二", "总计"): "未知：台账遗失"}}}
    for use in ('表三["一"]["总计"] + 表三["二"]["总计"]', '表三["一"]["总计"]|占比(表三["二"]["总计"])'):
        assert "2024年 表三“二”“总计”是“未知”，不能比较或计算" == refusal(f"{{{{ {use} }}}}", **given).found
    last = make(2023, {"表三": {("一", "总计"): "未填"}})
    found = refusal('{% if 上年.表三["一"]["总计"] == 0 %}无{% endif %}', previous=last).found
    assert "2023年 表三“一”“总计”是“未填”，不能比较或计算" == found


def test_an_unknown_fact_refuses_to_be_reckoned_with_by_name():
    assert "事实“满意率”是“未知”，不能比较或计算" == refusal("{% if 事实.满意率 > 90 %}高{% endif %}").found


def test_not_applicable_counts_as_zero_only_when_declared():
    text = '{{ 表三["四"]["总计"] + 1 }}'
    assert "不适用" in refusal(text).found
    assert "1" == printed(text, not_applicable={"as_zero": "是"})


# Two spaces part one from the next.
ATTACKS = """
''.__class__  ''.__class__.__mro__[1].__subclasses__()  机关.__class__  事实.__init__.__globals__
表三.report.folder  事实.访问量.__class__  事实.访问量.origin  上年.names  ().__class__  [].append(1)
机关.format('x')  列举.__globals__  列举.__code__  9**9**9  'a' * 10**8  10**8 * 'a'  '%s' % 机关  机关 ~ 机关
1 / 3  7 // 2  range(10**9)  列举(*(9**9**9,))  列举(**{'items': 9**9**9})  列举(items=9**9**9)  self
self._TemplateReference__context  loop  cycler.__init__  lipsum()  namespace()  joiner  dict(甲=1)  config  request
机关|attr('__class__')  机关|map('upper')  机关[0:2]  机关[0]  表三[机关]  (机关, 年度)  [1, 2]  机关 is callable
机关 is defined  表三['一']['总计'].real  {'甲': 1}['甲']  {'甲': 9**9**9}  1 if 9**9**9 else 2  机关()  ''.join  _
__builtins__
"""


@each("attack", re.split(r"  |\n", ATTACKS.strip()))
def test_the_template_language_reaches_nothing_but_the_reports_values(attack):
    assert refusal(f"{{{{ {attack} }}}}").code in {"F301", "F302"}


@each(
    "tag",
    [
        "{% for i in 年度 %}{{ i }}{% endfor %}", "{% macro 甲() %}{% endmacro %}", "{% include 'x' %}", "{% do 1 %}",
        "{% extends 'x' %}", "{% block x %}{% endblock %}", "{% filter 万 %}1{% endfilter %}", "{% set 甲 %}乙{% endset %}",
        "{% call 列举() %}{% endcall %}", "{% with %}{% endwith %}", "{% import 'x' as y %}",
        "{% autoescape true %}{% endautoescape %}",
        "{% from 'x' import y %}", "{% set 甲.乙 = 1 %}", "{% set 甲, 乙 = 1, 2 %}",
    ],
)  # fmt: skip
def test_there_are_no_loops_macros_or_includes(tag):
    found = refusal(f"正文\n{tag}")
    assert ("F301", 4) == (found.code, found.source.line)


@each(
    ("text", "found"),
    [
        ("{{ 事实.访问量", "占位符不完整，会当作文字印出：{{ 事实.访问量"),
        ("{{ }}", "读不懂：{{ }}"),
        ("{{ 表三[“一”][“总计”] }}", "占位符里有全角符号：{{ 表三[“一”][“总计”] }}"),
        ('{{ 表三["一"]["总计"]｜同比（3） }}', '占位符里有全角符号：{{ 表三["一"]["总计"]｜同比（3） }}'),
        ("“甲”{{ 事实 访问量 }}", "读不懂：“甲”{{ 事实 访问量 }}"),
        ("｛｛ 事实.访问量 ｝｝", "全角的“｛｛”"),
        ("｛% if 年度 %｝", "全角的“｛%”"),
        ("{% if 年度 %}甲", "{% if %} 没有对应的 {% endif %}"),
        ("{% endif %}", "没有这样的语句，或 {% if %} 与 {% endif %} 不成对：{% endif %}"),
        ("{% 如果 年度 %}", "没有这样的语句，或 {% if %} 与 {% endif %} 不成对：{% 如果 年度 %}"),
    ],
)
def test_a_syntax_error_is_told_in_chinese_with_what_stands_there(text, found):
    fault = refusal(f"第一行\n\n{text}")
    assert ("F301", 5, found) == (fault.code, fault.source.line, fault.found)


@pytest.mark.slow
@given(st.text('{}%#“年度事实.访问量 |表三[]"一总计if else set=+-()1', max_size=30))
def test_no_template_crashes(text):
    _, faults = passage(text)
    assert {fault.code[0] for fault in faults} <= {"F"}


@pytest.mark.slow
@given(st.integers(0, 10**9), st.integers(0, 6))
def test_a_fact_prints_the_digits_it_was_given_with(digits, places):
    text = format(Decimal(digits).scaleb(-places), "f")
    assert f"{text}次" == printed("{{ 事实.量 }}", facts={"量": fact("量", text, "次")})


def test_every_printed_value_knows_where_it_came_from():
    text = '{{ 事实.访问量 }}，{{ 表三["一"]["总计"]|同比(上年.表三["一"]["总计"]) }}，'
    text += '{{ 表三["三（三）"]["总计"] }}件，{{ 表三["二"]["总计"] }}'
    found, _ = passage(text)
    assert (
        ("15.67万次", "2024年 事实“访问量”（report.yaml 第5行）"),
        ("同比增长50%", "2024年 表三“一”“总计”；2023年 表三“一”“总计”"),
        ("3", "2024年 表三“三（三）”“总计”"),
        ("未知", "2024年 表三“二”“总计”"),
    ) == tuple((one.text, one.origin) for one in found.values)


@each("before", ["", "\n\n", "{% if 年度 == 2024 %}\n全年\n{% endif %}\n", "前文。\n\n{{ 表三 }}\n\n后文，"])
def test_every_printed_value_knows_its_place_in_the_text(before):
    found, _ = passage(
        before + '访问{{ 事实.访问量 }}，其中{{ 表三["三（三）"]["总计"] }}件。\n\n{{ 表四 }}\n\n共{{ 事实.信息 }}。'
    )
    assert ["15.67万次", "3", "475条"] == [found.markdown[one.at : one.at + len(one.text)] for one in found.values]


def test_values_of_branches_not_taken_are_not_claimed():
    found, _ = passage("{% if 年度 == 1 %}{{ 事实.访问量 }}{% else %}{{ 事实.信息 }}{% endif %}")
    assert [("475条", "2024年 事实“信息”（report.yaml 第5行）")] == [(one.text, one.origin) for one in found.values]


@each(
    ("text", "shown"),
    [
        ("甲。{% if 年度 %}乙。{% endif %}\n\n丙。", "甲。乙。\n\n丙。"),
        ("{% if 年度 %}甲。{% else %}乙。{% endif %}\n\n丙。", "甲。\n\n丙。"),
        ("甲。\n\n{% if 年度 %}\n乙。\n\n{% endif %}\n丙。", "甲。\n\n乙。\n\n丙。"),
        ("甲\n{% if 年度 %}{% set 数 = 1 %}\n  {% endif %}\n乙", "甲\n  乙"),
        ("甲{% if 年度 -%}\n乙{%- endif %}\n\n丙", "甲乙\n\n丙"),
        ("甲{% if 年度 %}\n乙{% endif %}丙", "甲\n乙丙"),
    ],
)
def test_a_tag_takes_a_line_break_along_only_when_it_has_the_line_to_itself(text, shown):
    """Text that ends with a tag ends its line: the paragraph below stays one of its own."""
    assert printed(text) == shown


def money(**amounts):
    """Facts in units of money, as ``甲="5万元"``."""
    return {name: fact(name, re.match("[0-9.]+", text)[0], re.sub("[0-9.]+", "", text)) for name, text in amounts.items()}


@each(
    ("text", "printed"),
    [
        ("{{ (事实.甲 + 事实.甲 + 事实.乙)|带单位 }}", "19万元"), ("{{ (事实.预算 - 事实.甲 - 事实.乙)|带单位 }}", "-6万元"),
        ("{{ '超' if 事实.甲 + 事实.预算 > 事实.乙 else '未超' }}", "超"),
        ("{{ 事实.乙|占比(事实.甲 + 事实.预算) }}", "69.23%"),
        ("{{ (事实.乙 + 事实.零)|同比(事实.预算) }}", "同比增长12.5%"), ("{{ -事实.乙 < -事实.预算 }}", None),
        ("{{ '大' if 事实.乙|绝对值 > 事实.预算 else '小' }}", "大"),
        ('{{ 列举({"甲": 事实.甲, "乙": 事实.乙}, "万元") }}', "甲5万元、乙9万元"),
        ('{{ 分述(事实.乙, {"甲": 事实.甲, "乙": 事实.零}, "元") }}', "，其中甲50000元"),
    ],
)  # fmt: skip
def test_amounts_keep_their_unit_through_every_sum(text, printed):
    names = scope(make(facts=money(甲="5万元", 预算="8万元", 乙="90000元", 零="0元")))
    filled = fill(text, names)
    assert (printed or LOST, bool(printed)) == (filled.text, not filled.problems)


def test_an_amount_is_never_listed_in_a_unit_that_is_none_of_money():
    names = scope(make(facts=money(甲="5万元")))
    assert fill('{{ 列举({"甲": 事实.甲}, "件") }}', names).problems
