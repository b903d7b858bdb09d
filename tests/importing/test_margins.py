"""Columns beside a table: row numbers on its left and last year's figures on its right are none of its own."""

import pytest

from imports import TITLE as ANY_TITLE
from imports import imported, made_of, rows
from nianbao.importing.margins import COMPARED, NUMBERED

TITLE = ANY_TITLE.format(2023)
HEADS = {"table3": 3, "table4": 3}
RIGHT = ["同比", "同比（%）", "上年总计", "较上年增减", "去年"]


def beside(key, left="", right="", first=1):
    """A table with a column on its left, on its right, or both."""
    made, number = [], first - 1
    for at, row in enumerate(rows(key)):
        is_body = at >= HEADS[key]
        number += is_body
        front = [left if at == 0 else str(number) if is_body else ""] if left else []
        behind = [right if at == 0 else "5" if is_body else ""] if right else []
        made.append([*front, *row, *behind])
    return made


def said(made):
    return [why for _, _, why in made.left_out if why in {NUMBERED, COMPARED}]


@pytest.mark.parametrize("key", HEADS)
@pytest.mark.parametrize(
    ("left", "right"), [("序号", ""), ("行次", ""), ("序号", "上年"), *(("", right) for right in RIGHT)]
)
def test_columns_whose_heads_say_what_they_are_are_left_out_and_listed(left, right, key, tmp_path):
    text = "\r\n".join(",".join(row) for row in beside(key, left, right))
    for made in (imported(tmp_path, ("a.csv", text)).made, made_of(tmp_path / "2", beside(key, left, right))):
        assert {3} == {cell.value for cell in made.taken[key].cells.values()}
        assert said(made) == [NUMBERED] * bool(left) + [COMPARED] * bool(right)
        assert not [one for one in made.questions if "没有找到" not in one]


@pytest.mark.parametrize(
    "made",
    [beside("table3", "序号", first=4), beside("table3", "件数"), beside("table3", "", "合格率"), beside("table3", "同比")],
)
def test_columns_that_nobody_can_be_sure_of_are_asked_about(made, tmp_path):
    read = imported(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in made))).made
    assert {None} == {cell.value for cell in read.taken["table3"].cells.values()}
    assert read.questions


def in_parts(anew, remark=""):
    """Table two with 序号 on its left, below the head of each part, and 备注 on its right."""
    made, number = [], 0
    for row in rows("table2"):
        if row[0].startswith("第"):
            made.append([row[0]])
            number = 0 if anew else number
        elif row[0] == "信息内容":
            made.append(["序号", *row, *[""] * (4 - len(row)), *(["备注"] if remark else [])])
        else:
            number += 1
            made.append([str(number), *row, *[""] * (4 - len(row)), *([remark] if remark and number == 1 else [])])
    return made


@pytest.mark.parametrize("remark", ["", "含联合发文1件"])
@pytest.mark.parametrize("anew", [False, True])
def test_rows_are_numbered_in_a_table_of_parts(anew, remark, tmp_path):
    made = imported(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in in_parts(anew, remark)))).made
    assert {3, 8} == {cell.value for cell in made.taken["table2"].cells.values()}
    assert said(made) == [NUMBERED]
    assert remark in made.files["table2.csv"]


@pytest.mark.parametrize("first", ["", "2022年度"])
def test_remarks_beside_what_is_not_read_are_listed(first, tmp_path):
    """A part whose heads are unknown keeps what is said beside its rows; so does a table that is none of this report."""
    odd = [["甲" if cell == "本年制发件数" else cell for cell in row] for row in in_parts(False, "含联合发文1件")]
    text = "\r\n".join([TITLE, "一、总体情况", "平稳。", *filter(None, [first]), *(",".join(row) for row in odd)])
    made = imported(tmp_path, ("a.txt", text)).made
    assert made.questions
    assert "含联合发文1件" in made.files["table2.csv"] + "".join(text for _, text, _ in made.left_out)
