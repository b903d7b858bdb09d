"""Labels of vertical axes: upright in Chinese, and as their author has them otherwise."""

import matplotlib as mpl
import pytest

from cases import each
from nianbao.uprights import upright

mpl.use("agg")
from matplotlib.figure import Figure


def labelled(label, **look):
    figure = Figure()
    axes = figure.subplots()
    axes.set_ylabel(label, **look)
    return figure, axes.yaxis.label


def look(label):
    return label.get_text(), label.get_rotation(), label.get_ha(), label.get_va()


@pytest.mark.parametrize(
    ("label", "column"), [("条", "条"), ("公开信息（条）", "公\n开\n信\n息\n︵\n条\n︶"), ("占比 %", "占\n比\n%")]
)
def test_a_chinese_label_is_a_column_while_it_is_drawn_and_as_before_behind_that(label, column):
    figure, made = labelled(label)
    before = look(made)
    with upright(figure):
        assert look(made) == (column, 0, "right", "center")
    assert look(made) == before


@each("label", ["count", "收费$x^2$", "甲\n乙", "2024年的条数", "主动公开政府信息数量" * 5])
def test_one_that_makes_no_column_lies_as_before(label):
    figure, made = labelled(label)
    before = look(made)
    with upright(figure):
        assert look(made) == before


def test_one_that_its_author_has_turned_stays_so_and_a_place_along_the_axis_is_kept():
    turned, label = labelled("条", rotation=0)
    with upright(turned):
        assert look(label)[1:3] == (0, "center")
    placed, label = labelled("条数", loc="top")
    with upright(placed):
        assert look(label) == ("条\n数", 0, "right", "top")


def test_one_at_the_right_side_stands_beside_that():
    figure, _ = labelled("件")
    other = figure.axes[0].twinx()
    other.set_ylabel("占比")
    with upright(figure):
        assert look(other.yaxis.label) == ("占\n比", 0, "left", "center")
