"""Columns beside a table: row numbers on its left and last year's figures on its right are none of its own."""

import pytest

from imports import imported, made_of, rows
from nianbao.importing.margins import COMPARED, NUMBERED

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
