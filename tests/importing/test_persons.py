"""Who filled a table in, and how to reach them, is never printed: neither below the table nor in a note."""

import pytest

from imports import made_of, rows
from nianbao.importing import doubts

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


def published(made):
    return made.files["table2.csv"] + made.files["narrative.md"]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    "parts",
    [
        lambda who: [rows(), NOTE, who],
        lambda who: [who, rows()],
        lambda who: [[*rows(), [NOTE], [who]]],
        lambda who: [[*rows(), [NOTE]], who],
        lambda who: [[*rows(), [f"{NOTE}{who}"]]],
        lambda who: [[*rows(), [NOTE, who]]],
        lambda who: [rows(), f"{NOTE}{who}"],
        lambda who: [rows(), f"注：{who}"],
    ],
)
def test_who_filled_a_table_in_is_left_out_and_listed(parts, who, tmp_path):
    made = made_of(tmp_path, *parts(who))
    assert not [one for one in TRACES if one in published(made)]
    assert any(one in text for _, text, why in made.left_out for one in TRACES if why == "表格上下的文字")
    has_note = NOTE in "".join(str(one) for one in parts(who))
    assert has_note == (NOTE in published(made))


@pytest.mark.parametrize(
    "note",
    [
        "注：申请由申请人填表，报送数据以年末为准，共12345678901元。",
        "注：统计口径：按件计；负责受理的是办公室，可电话咨询。",
        "说明：1.本表由办公室填报。2.2023-1-20起施行。",
    ],
)
@pytest.mark.parametrize("parts", [lambda note: [rows(), note], lambda note: [[*rows(), [note]]]])
def test_a_note_that_names_nobody_is_whole(parts, note, tmp_path):
    assert note in published(made_of(tmp_path, *parts(note))).replace("\\", "")


def test_bare_names_and_numbers_behind_a_note_are_left_out(tmp_path):
    made = made_of(tmp_path, [*rows(), [NOTE], ["张三  0938-8213456"]])
    assert not [one for one in TRACES if one in published(made)]
    made = made_of(tmp_path, [*rows(), ["注：填表人张三，联系电话0938-8213456"]])
    assert not [one for one in TRACES if one in published(made)]


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
def test_a_figure_beside_who_filled_a_table_in_is_asked_about(line, is_asked, tmp_path):
    made = made_of(tmp_path, rows(), line)
    assert line in [text for _, text, why in made.left_out if why == "表格上下的文字"]
    assert [question for question, about in made.questions.items() if line in about[0]] == [doubts.COUNTED] * is_asked
    made = made_of(tmp_path / "b", [*rows(), [line]])
    assert [question for question, about in made.questions.items() if line in about[0]] == [doubts.COUNTED] * is_asked
