"""Who filled a table in, and how to reach them, is never printed: neither below the table nor in a note."""

import json

import pytest

from cases import each
from imports import begin, made_of, rows
from machine import in_turn
from making import write
from nianbao.document.data import data_of
from nianbao.importing import formlines, outline
from nianbao.importing.flow import Paragraph
from nianbao.inputs import folder
from nianbao.inputs.persons import published
from nianbao.narrative.passages import compose

NOTE = "注：数据截至12月31日。"
WHO = [
    "填表人：张三",
    "填表人：张三　联系电话：0938-8213456",
    "联系人：张三　电话：13812345678",
    "联系电话：0938-8213456",
    "单位负责人：李四",
    "审 核 人：李四    填 表 人：张三",
    "制表：张三",
    "2.填表人：张三",
    "（联系人：张三；联系电话：0938-8213456）",
]
TRACES = ("张三", "李四", "8213456", "13812345678")


def texts(made):
    return made.files["table2.csv"] + made.files["narrative.md"]


OF_FORMS = [
    "填报单位（盖章）：示例市测试局　单位：件",
    "填报单位(公章)：示例市测试局",
    "表号：政公开01表",
    "表　号：国统01表　制定机关：国务院办公厅",
    "有效期至：2024年6月",
    "政公开2表",
    "表一",
    "（表二）",
    "附表2-1：",
]


def test_what_a_form_says_above_its_table_is_no_text_and_listed():
    kept = {}
    for line in OF_FORMS:
        for between in ([], ["单位：件"]):
            made = made_of(line, *between, rows())
            is_listed = [line in text for _, text, _ in made.left_out].count(True) == 1
            if line in texts(made) or not is_listed or len(made.questions) > 1:  # tables three and four are missing
                kept[line] = made.left_out, made.questions
    assert kept == {}
    made = made_of("（单位：件、万元）", rows())
    assert "单位：件" not in made.files["narrative.md"]
    assert [text for _, text, _ in made.left_out] == ["（单位：件、万元）"]
    below = made_of(rows(), "表5", [["镇", "件"], ["甲", "3"]])
    assert "表5" in texts(below)


@each(
    ("line", "between"),
    [
        ("公众如需查阅可联系我局，办公室电话：0932-8212345", [f"（{one}）按规定公开" for one in "一二三四五六"]),
        ("公众如需查阅可联系我局，办公室电话：0932-8212345", ["办理情况"]),
        ("联系电话：0932-8212345", ["依法公开", "及时公开", "全面公开"]),
        ("联系电话：0932-8212345", ["（一）依法公开"]),
        ("部门名称：统一规范，职能清晰", ["一是公开权责清单", "二是公开办事指南"]),
        ("部门名称：统一规范，职能清晰", []),
        ("政公开02表显示，全年收到申请310件，同比增长两成", []),
        ("政公开02表 全年收到申请310件", []),
    ],
)
def test_a_line_of_the_text_some_lines_above_a_table_is_whole(line, between):
    parts = [Paragraph(line, "第1段"), *(Paragraph(one, "第2段") for one in between), None]
    assert formlines.beside(parts, {len(parts) - 1}) == {}


PARTS = [
    lambda who: [rows(), NOTE, who],
    lambda who: [who, rows()],
    lambda who: [[*rows(), [NOTE], [who]]],
    lambda who: [[*rows(), [NOTE]], who],
    lambda who: [[*rows(), [f"{NOTE}{who}"]]],
    lambda who: [[*rows(), [NOTE, who]]],
    lambda who: [rows(), f"{NOTE}{who}"],
    lambda who: [rows(), f"注：{who}"],
]


@each(("who", "parts"), in_turn(WHO, PARTS))
def test_who_filled_a_table_in_is_left_out_and_listed(parts, who):
    made = made_of(*parts(who))
    assert not [one for one in TRACES if one in texts(made)]
    assert any(one in text for _, text, why in made.left_out for one in TRACES if why == "表格上下的文字")
    has_note = NOTE in "".join(str(one) for one in parts(who))
    assert has_note == (NOTE in texts(made))


@pytest.mark.parametrize(
    "note",
    [
        "注：申请由申请人填表，报送数据以年末为准，共12345678901元。",
        "注：统计口径：按件计；负责受理的是办公室，可电话咨询。",
        "说明：1.本表由办公室填报。2.2023-1-20起施行。",
    ],
)
@pytest.mark.parametrize("parts", [lambda note: [rows(), note], lambda note: [[*rows(), [note]]]])
def test_a_note_that_names_nobody_is_whole(parts, note):
    assert note in texts(made_of(*parts(note))).replace("\\", "")


def test_bare_names_and_numbers_behind_a_note_are_left_out():
    made = made_of([*rows(), [NOTE], ["张三  0938-8213456"]])
    assert not [one for one in TRACES if one in texts(made)]
    made = made_of([*rows(), ["注：填表人张三，联系电话0938-8213456"]])
    assert not [one for one in TRACES if one in texts(made)]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("key", ["table2", "table3", "table4"])
@pytest.mark.parametrize(
    "who",
    [
        ["制表人 张三"],
        ["制表人　张三　　审核人　李四"],
        ["填表人", "张三"],
        ["审核人李四 2024年1月5日"],
        ["制表人 张三 电话 0938-8213456"],
    ],
)
def test_a_name_without_a_colon_in_a_row_of_its_own_is_no_row_of_the_table(who, key, tmp_path):
    text = "\r\n".join(",".join(row) for row in [*rows(key), who])
    made = begin(tmp_path, ("a.csv", text)).made
    assert {"3"} >= {str(cell.value) for cell in made.taken[key].cells.values() if cell.value != 8}
    assert made.questions == {}
    assert not [one for one in TRACES if one in made.files[f"{key}.csv"]]
    assert "张三" in str(made.left_out) or "李四" in str(made.left_out)


@each(
    ("line", "kept"),
    [
        ("制表人 张三", ""), ("统计负责人（签字）：张三", ""), ("续表", "续表"),
        ("单位：示例市教育局", "单位：示例市教育局"), ("张三 0938-8213456", ""),
        ("其中2件补正，联系人：张三 13812345678", "其中2件补正"), ("数据经审核人确认。", "数据经审核人确认。"),
    ],
)  # fmt: skip
def test_of_a_line_all_but_who_filled_a_table_in_may_be_published(line, kept):
    assert published(line) == kept


@pytest.mark.parametrize(
    "line", ["制表人 张三", "填表人：张三　联系电话：0938-8213456", "注：据台账。联系人：张三 13812345678"]
)
def test_who_filled_a_table_in_is_in_no_published_file(line, tmp_path):
    paths = write(tmp_path, report="facts: {来信: {value: 3, unit: 件, source: 联系人：张三 13812345678}}\n")
    paths.table_file("table4").write_text("\r\n".join(",".join(row) for row in [*rows("table4"), [line]]), "utf-8")
    read, faults = folder.read(paths)
    assert faults == ()
    data = json.dumps(data_of(read, compose(read), list(read.notes)).to_json(), ensure_ascii=False)
    assert not [one for one in TRACES if one in data]


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(
    ("line", "is_asked"),
    [
        ("联系人：张三 全年接待群众来访97人次", True),
        ("填表人：张三　共计 12 件", True),
        ("填表人：张三　联系电话：0938-8213456　2024年1月5日", False),
        ("联系人：张三　电话：13812345678", False),
        ("联系人：张三　电话：8213456转801　地址：人民路12号3楼", False),
        ("联系电话：（0938）8213456、8213457", False),
        ("填报时间：2024年1月", False),
        ("制表：张三　第1页　共2页", False),
    ],
)
def test_a_figure_beside_who_filled_a_table_in_is_asked_about(line, is_asked):
    made = made_of(rows(), line)
    assert line in [text for _, text, why in made.left_out if why == "表格上下的文字"]
    assert [question for question, about in made.questions.items() if line in about[0]] == [outline.COUNTED] * is_asked
    made = made_of([*rows(), [line]])
    assert [question for question, about in made.questions.items() if line in about[0]] == [outline.COUNTED] * is_asked
