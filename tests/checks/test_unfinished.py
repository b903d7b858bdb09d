"""Findings: what is not yet written or filled in is named with its place; the gravest findings come first."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from cases import each
from making import BODY, WHOLE, codes, fact, findings, make, write
from nianbao import fonts
from nianbao.checks.check import check
from nianbao.checks.unfinished import REMARK, marks
from nianbao.inputs import folder
from nianbao.narrative.passages import compose
from nianbao.textfile import COMMENT


@each(
    ("params", "text", "places"),
    [
        ({}, "", []),
        ({"date": None}, "", ["成文日期"]),
        ({"signature": None}, "", ["落款"]),
        ({"signature": "【填写：机关全称】"}, "", ["落款"]),
        ({}, "# 【填写：标题】\n", ["标题"]),
        ({}, "# \n", ["标题"]),
        ({"date": None, "signature": ""}, "# 【核对：年度】报告\n", ["标题", "成文日期", "落款"]),
    ],
)
def test_title_date_and_signature_must_be_there(params, text, places):
    found = findings(make(narrative=text + BODY, **params), "E101")
    assert places == [one.place for one in found]


@each("title", ["", "# 示例市测试局2024年政府信息公开工作年度报告\n\n"])
@each(("key", "place"), [("name", "机关全称"), ("short", "机关简称"), ("term", "用语")])
def test_a_placeholder_of_bureau_yaml_is_an_error_whatever_the_title_says(key, place, title):
    made = make(narrative=title + WHOLE)
    made = replace(made, bureau=made.bureau.model_copy(update={key: "【填写：机关】"}))
    assert [(place, "../bureau.yaml")] == [(one.place, str(one.source)) for one in findings(made, "E10")]


MARKED = """# 标题

【填写：引言】

## 一、总体情况【核对：核实】

{% if 年度 == 1 %}
【填写：不会印出】
{% endif %}
【填写：甲】与【填写：乙】，开设【政策解读】栏目

【填写：甲】

## 五、问题

【核对：跨行的
内容】
"""


def test_the_marks_to_fill_in_of_a_chapter_are_one_finding_with_the_lines_of_all():
    found = findings(make(narrative=MARKED), "E103")
    chapter = "【核对：核实】、【填写：甲】、【填写：乙】、【填写：甲】；在第5、10、12行"
    assert ["【填写：引言】", chapter, "【核对：跨行的"] == [one.found for one in found]
    assert [3, 5, 16] == [one.source.line for one in found]
    assert ["引言", "一、总体情况【核对：核实】"] == [one.place for one in found][:2]


def test_of_many_marks_in_a_line_the_first_are_named_and_all_counted():
    [found] = findings(make(narrative="".join(f"【核对：{number}】" for number in range(37))), "E103")
    assert found.found.endswith("【核对：7】等37处")


@each(
    "sentence",
    [
        "“示例水务”公众号推送信息【核对：312】期，阅读量达【核对：47】万次。",
        "公开农村供水工程【核对：2537】处，库容【核对：104】立方米，覆盖人口【核对：12.6】万人；",
        "统计期限自【核对：2022年1月1日】起至【核对：2022年12月31日】止。",
        "新收申请【核对：199】件。",
    ],
)
def test_a_sentence_with_a_mark_has_no_finding_but_the_marks(sentence):
    before, after = (make(narrative=f"## 一、总体情况\n\n{text}无。\n") for text in ("", sentence))
    known = {(one.code, one.place) for one in findings(before)}
    assert {"E103"} == {one.code for one in findings(after) if (one.code, one.place) not in known}


def test_the_sentence_beside_one_with_a_mark_is_still_checked():
    text = "## 一、总体情况\n\n召开会议【核对：3】次。统计期限自2022年1月1日起至2022年12月31日止。\n"
    assert ["E112"] == [one.code for one in findings(make(narrative=text)) if one.code == "E112"]


LEFT_OVER = {
    "E103": ["【填写：数字】", "【核对：上年数】件"],
    "E105": ["｛ 名称", "甲}乙", "{甲}"],
    "E106": [
        "新收申请XX件", "ＸＸ局", "xx件", "对××公司", "X年X月X日", "×年", "〔2021〕X号", "第X届", "___年", "发布____条",
        "共？？件", "见????", "□□市", "示教发〔 〕3号", "印发《》",
        "申请**件", "申请*件", "发布信息   条", "发布信息（）条", "申请（ ）件", "增长  %",
        "2024年 月 日", "示教发〔2024〕 号", "信息●●条",
        "■条", "经费？万元", "？条", "N条", "0X条", "‹数量>条", "[数量]条", "%s条",
    ],
    "E107": [
        "TODO", "TODO：补充", "（待补充）", "（待定）", "（待核实）", "〔待填〕", "【待填】", "【核对】",
        "[待确认]", "（需补充）",
        "（待办公室提供）", "8万元（待财务科核实）", "【李主任：此处再核】", "待完善",
        "todo：补充数据", "（此处省略）",
        "批注[1]：核实", "工作年度报告（送审稿）", "（待补充具体数字）", "（数据待核）",
        "此段等办公室核实。", "（略）待核实后补充", "同上。",
        "数据待定。", "**（三）管理情况。**数据待定。", "待财务科提供后补充。", "此处数字暂缺。", "此处需补数。",
        "情况同去年。",
        "具体数字待补。", "待定。", "等办公室核实后再填。", "发布信息，数量待核。", "这里待补充。", "本段文字待写。",
        "数据尚未提供。", "请财务科补数。", "其他同上年。", "内容见去年报告。", "（一）公开情况。待补充。", "此数未核。",
    ],
    "E108": [
        "（该部分以表格形式报告）", "该部分以文字形式报告", "（此处填写主动公开情况）", "此处填写",
        "（该部分主要包括五个方面）", "（请填写本机关名称）",
        "单击此处输入文字。", "某某局", "（填写说明：一行）",
        "（不超过1000字）", "请在此输入文字", "错误！未找到引用源。",
    ],
    "E109": ["###", "＃", "### （一）", "（二）", "**（三）**", "### 1."],
    "E110": ["文\ufffd字", "私\ue123用", "锟斤拷", "共#REF!件", "\U000f1234", "nan条", "共undefined条",
        "1.2E+05条", "鏀垮簻淇℃伅"],
}  # fmt: skip


@each(("code", "line"), [(code, line) for code, lines in LEFT_OVER.items() for line in lines])
def test_what_is_left_over_is_an_error_with_its_line(code, line):
    text = BODY.replace("逐项改进。", f"逐项改进。\n\n{line}\n\n下一步加强。")
    (found, *more) = [one for one in findings(make(narrative=text), "E1") if one.code not in {"E111"}]
    assert (code, 9, "五、存在的主要问题及改进情况") == (found.code, found.source.line, found.place)
    assert {code} == {code, *(one.code for one in more)}
    assert found.severity.blocks


REAL = [
        "开设【政策解读】【回应关切】栏目", "国办发【2021】5号", "XXGK系统", "登录www.shili.gov.cn/xx/xxgk.html查询",
        "[专栏](https://a.cn/xx/)", "X光机", "MAXX平台", "公开了吗？", "（待遇）", "有待补充完善", "A_B_C", "一份报告——总结",
        "3×5米", "#话题#", "（需填写申请表的，到窗口办理）", "在此补充说明", "本部分以表格形式说明", "邮箱xx@shili.gov.cn",
        "二〇〇一年", "张**等", "本部分内容较多", "对某某单位作出处罚", "《办法（试行）》", "□是 □否", "第20次",
        "（待办事项公开）", "（请阅读指南）", "C919X型",
        "收到**12**件", "**全年12件**，办结", "机制尚待完善。", "《办法（征求意见稿）》",
        "是否公开？个别事项",
        "以“张某某”“李××”代替姓名", "编号格式为“采砂〔年度〕××号”",
        "甲  乙", "（见附件）件", "[名称](https://a.cn)", "N95口罩", "100%", "同比100%。", "收到 12 件", "共 3 条，",
    ]  # fmt: skip


def test_real_text_is_no_left_over():
    told = {line: codes(make(narrative=BODY.replace("逐项改进。", f"逐项改进。\n\n{line}\n")), "E") for line in REAL}
    assert {} == {line: found for line, found in told.items() if found}


@each(
    ("params", "title", "place"),
    [
        ({}, "# XX局2024年政府信息公开工作年度报告\n\n", "标题"),
        ({"signature": "示例市测试局（待定）"}, "", "落款"),
        ({"editor": "TODO"}, "", "责任编辑"),
        ({"number": "示测〔2025〕X号"}, "", "文号"),
    ],
)
def test_what_is_left_over_beside_the_text_is_found_too(params, title, place):
    (found,) = findings(make(narrative=title + BODY, **params), "E10")
    assert place == found.place
    assert found.source.line


def test_notes_labels_and_attachments_are_looked_at(tmp_path):
    paths = write(tmp_path, narrative=f"{BODY}\n## 附件：表\n\n共XX件。\n")
    paths.report_file.write_text(paths.report_file.read_text("utf-8") + 'table3: {notes: "注：数据（待核实）"}\n', "utf-8")
    text = paths.table_file("table3").read_text("utf-8-sig").replace("（一）予以公开", "（一）予以公开（含XX）")
    paths.table_file("table3").write_text(text, "utf-8-sig", newline="")
    made, faults = folder.read(paths)
    assert not faults
    found = [(one.code, one.place, str(one.source)) for one in findings(made, "E10")]
    assert [("E106", "附件：表", "narrative.md 第11行"), ("E107", "表三 注", "report.yaml 第3行")] == found[:2]
    assert [("E106", "表三 栏目", "table3.csv")] == found[2:]


def test_a_value_with_a_mark_is_found_where_its_placeholder_stands():
    text = BODY.replace("逐项改进。", "共{{ 事实.量 }}。")
    (found,) = findings(make(narrative=text, facts={"量": fact("量", 3, "XX条")}), "E106")
    assert ("五、存在的主要问题及改进情况", "narrative.md") == (found.place, found.source.file)


@each(
    ("text", "empty"),
    [
        ("### （一）甲\n\n### （二）乙\n\n文。", ["（一）甲"]),
        ("### （一）甲\n\n文。\n\n### （二）乙", ["（二）乙"]),
        ("### （一）甲\n\n#### 1.丙\n\n文。", []),
        ("#### 1.丙\n\n### （二）乙\n\n文。", ["1.丙"]),
        ("### 一是加强学习。\n\n### 二是加强检查。", []),
        ("### （一）甲\n\n![图](图.png)", []),
    ],
)
def test_a_heading_without_text_below_it_is_named(text, empty):
    found = findings(make(narrative=BODY.replace("逐项改进。", text)), "E109")
    assert [f"“{one}”下面没有内容" for one in empty] == [one.found for one in found]
    assert all(one.source.line for one in found)


def test_a_blank_is_shown_with_the_words_around_it():
    text = BODY.replace("逐项改进。", "逐项改进。发布信息   条，申请（ ）件。")
    assert ["项改进。发布信息   条，申请（", "息   条，申请（ ）件。"] == [
        one.found for one in findings(make(narrative=text), "E106")
    ]


@pytest.mark.parametrize("text", ["问题：\n\n改进：", "**存在问题：**\n\n改进措施：\n\n加强培训。"])
def test_a_label_without_text_below_it_is_named(text):
    found = findings(make(narrative=BODY.replace("逐项改进。", text)), "E109")
    assert text.count("：") - text.count("培训") == len(found)


def test_a_label_may_head_what_follows_it():
    assert [] == findings(
        make(narrative=BODY.replace("逐项改进。", "问题：\n\n解读少。\n\n改进措施：\n\n- 加强培训。")), "E109"
    )


def test_two_headings_alike_have_their_own_lines():
    text = BODY.replace("工作有序开展。", "### 工作\n\n有序。\n\n### 工作").replace("逐项改进。", "### 工作")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line == "### 工作"]
    assert lines[1:] == [one.source.line for one in findings(make(narrative=text), "E109")]


@each(("length", "is_empty"), [(13, True), (30, True), (31, False)])
def test_a_long_heading_is_a_sentence_that_stands_alone(length, is_empty):
    text = BODY.replace("逐项改进。", f"### {'改' * length}")
    assert is_empty == bool(findings(make(narrative=text), "E109"))


def test_a_heading_above_a_table_is_not_empty():
    text = BODY + "\n## 三、申请\n\n见下。\n\n### （一）数量\n\n{{ 表三 }}\n"
    assert [] == findings(make(narrative=text), "E109")


def test_a_character_that_no_font_has_is_named_with_its_place_unless_the_official_fonts_have_it(monkeypatch):
    text = BODY.replace("逐项改进。", "逐项改进。\n\n下一步请\U00031350来。")
    (found,) = findings(make(narrative=text), "E111")
    assert ("五、存在的主要问题及改进情况", 9) == (found.place, found.source.line)
    assert "U+31350" in found.found
    assert "下一步请" in found.found
    own = fonts.covered
    monkeypatch.setattr(fonts, "covered", lambda place: own(place) if place == fonts.PINNED else frozenset({0x31350}))
    made = make(narrative=text)
    assert not [one for one in check(made, compose(made), Path("fonts")) if one.code == "E111"]


def test_a_missing_character_of_title_and_signature_is_named_too():
    made = make(narrative=f"# 示例市\U00031350局2024年政府信息公开工作年度报告\n\n{BODY}", signature="示例市\U00031350局")
    assert ["标题", "落款"] == [one.place for one in findings(made, "E111")]


def test_the_pinned_fonts_have_every_character_of_gb2312():
    """So that a text in these needs no look at the fonts."""
    pairs = [bytes([first, second]) for first in range(0xA1, 0xF8) for second in range(0xA1, 0xFF)]
    assert [] == fonts.missing("".join(pair.decode("gb2312", "ignore") for pair in pairs))


@each(
    ("text", "places"),
    [
        (BODY, []),
        ("", ["一、总体情况", "五、存在的主要问题及改进情况"]),
        (BODY.replace("逐项改进。", ""), ["五、存在的主要问题及改进情况"]),
        (BODY.replace("逐项改进。", "<!-- 待写 -->"), ["五、存在的主要问题及改进情况"]),
        (f"{BODY}\n## 六、其他\n", ["六、其他"]),
        (f"{BODY}\n## 六、其他\n\n无。", []),
        (f"{BODY}\n## 三、申请\n", []),
    ],
)
def test_a_chapter_must_be_written(text, places):
    assert places == [one.place for one in findings(make(narrative=text), "E104")]


def test_unfilled_cells_of_a_table_are_one_finding():
    made = make(values={"表三": {("一", "自然人"): "未填", ("一", "总计"): "未填", ("四", "总计"): "未填"}})
    row, other = "一、本年新收政府信息公开申请数量", "四、结转下年度继续办理"
    found = f"3格未填：{row} / 申请人情况·自然人、{row} / 申请人情况·总计、{other} / 申请人情况·总计"
    assert [("表三", found)] == [(one.place, one.found) for one in findings(made, "E102")]


def test_a_table_without_any_number_is_one_finding():
    assert [("表二", "整张表未填"), ("表三", "整张表未填"), ("表四", "整张表未填")] == [
        (one.place, one.found) for one in findings(make(fill="未填"), "E102")
    ]


def test_an_unknown_is_told_with_its_reasons():
    made = make(
        values={"表三": {("一", "自然人"): "未知：遗失", ("一", "总计"): "未知：遗失", ("四", "总计"): "未知：未统计"}}
    )
    assert [("表三", "3格未知（遗失；未统计）")] == [(one.place, one.found) for one in findings(made, "I101")]


def test_findings_come_gravest_first():
    documents = {"本年制发件数": 3, "本年废止件数": 1, "现行有效件数": 2}
    table2 = {("行政规范性文件", column): count for column, count in documents.items()}
    made = make(values={"表二": table2, "表三": {("一", "自然人"): 1, ("四", "总计"): "未知：遗失"}})
    order = "".join(one[0] for one in codes(made))
    assert sorted(order, key="FEWI".index) == list(order)
    assert {"E", "W", "I"} == set(order)


PASTED = """引言一句。
引言又一句。

## 一、总体情况

第一段。
**（二）第二段。**接着写。
1. 不算。
- 也不算。
## 五、问题

（一）标题
正文{{ 年度 }}年，
折行不算。

有空行，也不算。
"""


def test_paragraphs_made_of_line_ends_are_noted_once_for_the_whole_text_with_the_line_of_the_first():
    (found,) = findings(make(narrative=PASTED), "I108")
    assert ("正文", 2) == (found.place, found.source.line)
    assert "3处没有空行的换行按Word的习惯分了段，第一处在“引言一句。”与“引言又一句。”之间" == found.found
    assert "一行里" in found.action


def test_the_first_place_is_named_by_its_line_in_the_file_as_written():
    text = "\n\n" + PASTED.replace("引言一句。\n", "").replace(
        "第一段。", "{% if 年度 == 2024 %}\n年度{{ 年度 }}。\n{% endif %}"
    )
    (found,) = findings(make(narrative=text), "I108")
    assert "**（二）第二段。**接着写。" == text.splitlines()[found.source.line - 1]


@each("address", ["https://www.shili.gov.cn/xxgk/", "www.shili.gov.cn", "shiliju@shili.gov.cn"])
def test_an_address_in_brackets_is_no_empty_pair_of_brackets(address):
    text = BODY.replace("工作有序开展。", f"可在本机关门户网站（{address}）下载，或到〔{address}〕查阅。")
    assert [] == findings(make(narrative=text), "E106")


def test_text_with_a_blank_line_between_its_paragraphs_gives_no_note():
    assert [] == findings(make(narrative=re.sub("\n+", "\n\n", PASTED.replace("年，\n", "年，"))), "I108")


@each(
    ("line", "code"),
    [
        ("培训时间（待定，请办公室补）。", "E107"),
        ("网站改版情况（请信息科补充数据）。", "E107"),
        ("○○科负责信息更新。", "E106"),
        ("全年召开会议△△次。", "E106"),
        ("某某科负责信息更新。", "E108"),
        ("[图片]", "E108"),
        (r"附件见 C:\Users\某人\年报.docx。", "E115"),
        ("附件见 D:/年报/表.xlsx。", "E115"),
        ("附件见 file:///C:/年报.docx。", "E115"),
        (r"附件见 \\\\server\share\年报.docx。", "E115"),
        ("附件见 /home/zhang/年报.docx。", "E115"),
        ("#", "E109"),
        ("###", "E109"),
    ],
)
def test_what_is_left_over_is_named_with_its_own_line(line, code):
    text = BODY + f"\n### 小标题\n\n正文。\n\n{line}\n\n正文。\n"
    [found] = [one for one in findings(make(narrative=text)) if one.severity.blocks]
    assert (code, text.splitlines().index(line) + 1) == (found.code, found.source.line)


def test_a_comment_with_a_slip_in_its_signs_is_an_error_and_takes_no_text_with_it():
    slips = [
        "月报 -->", "<!-- 月报 --", "<!- 月报 -->", "<!- 月报 ->", "<!—— 月报 ——>", "<!-- 月报 -- >", "＜!-- 月报 --＞",
        "‹!-- 月报 --", "《！——月报——》", "< !-- 月报 -->", "<！-- 月报 -->", "!-- 月报 -->", "<-- 月报 -->", "<!-- 月报 ->",
        "<!-- 月报 -－>", "<!--月报", "<! 月报>", "网信办月报 -->，", f"勿公开{'-' * 12}>", f"勿公开 —{'—' * 99}>",
    ]  # fmt: skip
    lines = [f"网站访问量25万次。{slip}" for slip in slips]
    text = f"{BODY}\n" + "\n\n".join(lines) + "\n\n下一段。<!-- 另一条 -->\n"
    made = make(narrative=text)
    assert [text.splitlines().index(line) + 1 for line in lines] == [one.source.line for one in findings(made, "E118")]
    assert "下一段。" in compose(made).passages[-1].html


@each(
    "line",
    [
        "申请--&gt;受理-->答复。",
        "满意度<95%！",
        "《办法》！——记者问。",
        "甲<!-- 月报 -->乙。",
        "太好了！——《示例报》",
        "甲<!-- 数字已与网信办核对!-->乙。",
        "甲<!-- 《！》和<!DOCTYPE>都不是 -->乙。",
        "流程：受理--> （答复）、申请-->、答复。",
        "〈政府信息公开条例——〉解读。",
        "流程为受理-->\n\n答复。",
        "受理-->\n答复-->\n办结",
        "申请-->\n请补充材料-->\n答复。",
        "收到申请-->\n通知申请人：请补充身份信息-->\n请申请人确认受理方式-->\n答复。",
        "受理-->\n待审核-->\n请补充有关证明材料-->\n答复。",
        "请登录网站提交申请-->\n提请审核确认-->\n待遇核定-->\n办结",
        "申请-->\n待补充材料-->\n答复。",
        "收到申请-->\n请第三方确认-->\n答复。",
        "收到申请-->\n待申请人补正-->\n请权利人书面确认-->\n待第三方反馈意见-->\n答复。",
        "甲<!-- 《\n！》不是 -->乙。",
    ],
)
def test_arrows_dashes_and_whole_comments_are_no_slips(line):
    assert [] == findings(make(narrative=f"{BODY}\n{line}\n"), "E118")


def test_a_comment_may_not_hold_what_opens_one_by_the_rule_for_slips():
    """What is a slip in a line ends a comment as well: the two rules are one."""
    for opening in ("《 ! 月报", "＜　！月报", "！--月报", "＜-- 月报"):
        assert not COMMENT.search(f"<!-- 甲{opening} -->")
        assert [REMARK] == [kind for kind, _ in marks(opening)]


def test_what_a_step_asks_of_a_colleague_is_the_end_of_a_comment():
    asked = ("请补充数据-->", "待核实-->", "待领导看-->", "待更新数据-->")
    asked += (
        "请核对后发布-->",
        "待补充数据-->",
        "请科室确认-->",
        "请办公室核对流程：这里-->",
        "待审-->",
        "办结，请领导看过后公布-->",
    )
    text = f"{BODY}\n\n" + "".join(f"受理-->\n\n{one}\n\n答复-->\n\n办结。\n\n" for one in asked)
    lines = [at for at, one in enumerate(text.splitlines(), 1) if one in asked]
    assert lines == [one.source.line for one in findings(make(narrative=text), "E118")]


def test_the_last_arrow_of_a_flow_and_a_line_with_a_sentence_point_at_nothing():
    text = f"{BODY}\n\n受理-->\n答复-->\n\n### 下一步\n\n访问25万次。勿公开-->\n\n访问5万次。勿公开-->\n\n完。\n"
    lines = [at for at, one in enumerate(text.splitlines(), 1) if one == "答复-->" or "勿" in one]
    assert lines == [one.source.line for one in findings(make(narrative=text), "E118")]


@each(
    "line",
    [
        "二○○九年、二〇〇〇年的文件已清理。",
        "定点医院（待定点医院审核）另行公布。",
        "申请人逾期不补正的（请申请人补正三次以上），按规定处理。",
        "网站 https://www.shili.gov.cn/home/a/b 与 www.shili.gov.cn/var/x 已更新。",
        "许可/处罚/强制的数量，比例1:2，时间9:/10:。",
        "公开目录的数据待完善，更新待加强。",
        "问题：平台数据待更新，栏目内容待完善。",
        "1件待申请人补充材料后答复，2件待部门核实后答复，其余待办理。",
        "新收申请数量与去年相同。总体情况与上年持平。复议情况同比无变化。",
        "此处公园的道路待修，此处不再赘述，请见上年报告附件，请办公室答复的申请2件。",
        "部分历史数据缺失，有的数据尚未提供给平台。",
    ],
)
def test_what_only_looks_left_over_is_nothing(line):
    assert not [one for one in findings(make(narrative=f"{BODY}\n{line}\n")) if one.severity.blocks]


@pytest.mark.parametrize(("fill", "moved"), [(0, True), (3, False)])
def test_beside_zeros_a_blank_is_said_to_be_one_beside_which_figures_may_have_moved(fill, moved):
    [found] = findings(make(values={"表三": {("一", "总计"): "未填"}}, fill=fill), "E102")
    assert ("移了位" in found.action, "填 0" in found.action) == (moved, not moved)


def test_zeros_that_last_year_settles_tell_nothing_of_blanks():
    values = {"表三": {("二", "总计"): 0}}
    found = {one.place: one.action for one in findings(make(values=values, fill="未填"), "E102")}
    assert "填 0" in found["表三"]


def test_nor_do_zeros_of_a_form_which_keeps_every_cell_in_its_place():
    report = replace(make(values={"表三": {("一", "总计"): "未填"}}), placed=frozenset({"table3"}))
    [found] = findings(report, "E102")
    assert "填 0" in found.action
