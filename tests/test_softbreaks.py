"""Line ends in mid-sentence: a text is read with its lines joined as its page joins them, and every place is known."""

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from making import BODY, findings, make
from nianbao.checks.prose.accounts import How, accounted
from nianbao.narrative.passages import compose
from nianbao.softbreaks import joined
from prosing import report, said


@each(
    ("typed", "text"),
    [
        ("甲乙\n丙丁。", "甲乙丙丁。"),
        ("其中，\n网站15件", "其中，网站15件"),
        ("甲 \n 乙", "甲乙"),
        ("共12\n34件", "共12 34件"),
        ("abc\ndef", "abc def"),
        ("**甲\n乙**丙", "**甲乙**丙"),
        ("[甲\n乙](http://a.cn)丙\n丁", "[甲乙](http://a.cn)丙丁"),
        ("- 甲\n  乙\n- 丙", "- 甲乙\n- 丙"),
        ("> 甲\n> 乙", "> 甲乙"),
        ("> 甲\n乙", "> 甲乙"),
        ("- > 甲\n  > 乙", "- > 甲乙"),
        ("甲\n>50件", "甲>50件"),
        ("甲\\\n乙", "甲\\乙"),
        ("![a\nb](c.png)乙\n丙", "![a\nb](c.png)乙丙"),
        ("甲。\n乙", "甲。\n乙"),
        ("甲\n\n乙", "甲\n\n乙"),
        ("甲  \n乙", "甲  \n乙"),
        ("甲<br>\n乙", "甲<br>\n乙"),
        ("甲\n一是乙", "甲\n一是乙"),
        ("甲\n　　乙", "甲\n　　乙"),
        ("### 甲\n乙", "### 甲\n乙"),
        ("（一）主动公开\n全年", "（一）主动公开\n全年"),
        ("|甲|乙|\n|---|---|\n|1|2|\n", "|甲|乙|\n|---|---|\n|1|2|\n"),
        ('[甲](http://a.cn\n"乙")丙\n丁', '[甲](http://a.cn\n"乙")丙\n丁'),
    ],
)
def test_lines_are_joined_where_the_page_joins_them_and_nowhere_else(typed, text):
    assert text == joined(typed).text


@given(st.text("甲乙a1 \n>-*。，", max_size=30))
def test_every_character_keeps_its_place(typed):
    made = joined(typed)
    for at, char in enumerate(made.text):
        place = made.typed_at(at)
        assert typed[place] == char or (typed[place], char) == ("\n", " ")
        assert made.at(place) == at


@each(
    ("text", "codes"),
    [
        ("通过信函方式，⏎收到申请30件。", []),
        ("上半年，我局⏎收到申请60件。", []),
        ("2023年，我局⏎收到政府信息公开申请100件。", []),
        ("全市各单位⏎共收到申请500件。", []),
        ("涉及土地征收的，⏎收到申请60件。", []),
        ("上年发生⏎行政复议3件。", []),
        ("征求第三方意见⏎6件，予以公开3件。", []),
        ("全年收到政府信息公开申⏎请130件，办结128件。", []),
        ("全年收到政府信息公开申请⏎131件，办结128件。", ["E501"]),
        ("全年收⏎到政府信息公开申⏎请131件，办结128件。", ["E501"]),
    ],
)
def test_a_sentence_of_several_lines_is_proved_as_one(text, codes):
    made = report("three", text.replace("⏎", "\n"))
    assert codes == [one.code for one in said(made)]
    assert all("131" in made.narrative.split("\n")[one.source.line - 1] for one in said(made))


def test_what_a_placeholder_prints_is_known_behind_a_line_end():
    made = report("three", '全年收到政府信息\n公开申请{{ 表三["一"]["总计"] }}件，\n办结{{ 表三["三（七）"]["总计"] }}件。')
    numbers = accounted(made, compose(made))
    assert [("130件", How.BOUND), ("128件", How.BOUND)] == [(one.text, one.how) for one in numbers]
    assert ["公开", "办结"] == [made.narrative.split("\n")[one.line - 1][:2] for one in numbers]


@each(
    ("text", "code"),
    [
        ("2024年2月⏎30日召开会议。", "W241"),
        ("9月⏎31日召开会议。", "W241"),
        ("截至11月底，我局共受理⏎政府信息公开申请50件。", "W240"),
        ("根据《条例》第⏎七十条规定答复。", "W243"),
        ("依据《条例》（国务院⏎令第492号）办理。", "W238"),
        ("依据国办公开办函⏎〔2019〕60号编制。", "W207"),
        ("本报告统计期限为2023年1月1日⏎至2023年12月31日。", "E112"),
        ("2023年，⏎我局开展培训5次。", "W217"),
        ("全年公开信息5条⏎条。", "W219"),
    ],
)
def test_all_rules_read_the_joined_text_and_name_the_line_as_typed(text, code):
    narrative = BODY.replace("工作有序开展。", f"工作有序开展。\n\n{text.replace('⏎', chr(10))}")
    found = findings(make(2024, narrative=narrative), code)
    first = 1 + narrative.count("\n", 0, narrative.index(text.partition("⏎")[0]))
    assert [True] == [first <= one.source.line <= first + text.count("⏎") for one in found]
