"""Labels of vertical axes: upright in Chinese, and as their author has them otherwise."""

import matplotlib as mpl
import pytest

from cases import each
from nianbao import fonts
from nianbao.uprights import upright, watch

mpl.use("agg")
import matplotlib.axis
import matplotlib.figure
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure

watch(matplotlib.figure, matplotlib.axis)


def labelled(label, **look):
    figure = Figure()
    axes = figure.subplots()
    axes.set_ylabel(label, **look)
    return figure, axes.yaxis.label


def look(label):
    return label.get_text(), label.get_rotation(), label.get_ha(), label.get_va()


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("条", "条"),
        ("公开信息（条）", "公\n开\n信\n息\n︵\n条\n︶"),
        ("占比 %", "占\n比\n%"),
        ("占比(%)", "占\n比\n︵\n%\n︶"),
        ("2024年件数", "2\n0\n2\n4\n年\n件\n数"),
        ("12月件数", "12\n月\n件\n数"),
        ("占比10%以上", "占\n比\n10%\n以\n上"),
        ("占比100%", "占\n比\n1\n0\n0\n%"),
        ("GDP增速", "G\nD\nP\n增\n速"),
        ("【甲】《乙》〔丙〕件", "︻\n甲\n︼\n︽\n乙\n︾\n︹\n丙\n︺\n件"),
        ("“公开”—数……", "﹃\n公\n开\n﹄\n︱\n数\n︙\n︙"),
        ("件、户：天", "件\n︑\n户\n︓\n天"),
    ],
)
def test_a_chinese_label_is_a_column_while_it_is_drawn_and_as_before_behind_that(label, column):
    figure, made = labelled(label)
    before = look(made)
    with upright(figure):
        assert look(made) == (column, 0, "right", "center")
    assert look(made) == before


@each("label", ["count", "收费$x^2$", "甲\n乙", "1.5倍以上", "Top10数量", "2023～2024年", "主动公开政府信息数量" * 5])
def test_one_that_makes_no_column_lies_as_before(label):
    figure, made = labelled(label)
    before = look(made)
    with upright(figure):
        assert look(made) == before


@each("rotation", ["vertical", 90, 0, 45, "horizontal"])
def test_one_that_its_author_has_turned_stays_so(rotation):
    turned, label = labelled("条数", rotation=rotation)
    before = look(label)
    with upright(turned):
        assert look(label) == before
    later, label = labelled("条数")
    label.set_rotation(rotation)
    with upright(later):
        assert look(label)[:2] == ("条数", label.get_rotation())


def test_one_drawn_twice_or_on_axes_that_were_cleared_is_a_column():
    figure, label = labelled("条数", rotation="vertical")
    figure.axes[0].clear()
    figure.axes[0].set_ylabel("件数")
    for _ in range(2):
        with upright(figure):
            assert label.get_text() == "件\n数"


def test_a_place_along_the_axis_is_kept():
    placed, label = labelled("条数", loc="top")
    with upright(placed):
        assert look(label) == ("条\n数", 0, "right", "top")


def test_one_at_the_right_side_stands_beside_that():
    figure, _ = labelled("件")
    other = figure.axes[0].twinx()
    other.set_ylabel("占比")
    with upright(figure):
        assert look(other.yaxis.label) == ("占\n比", 0, "left", "center")


def test_one_of_the_whole_figure_of_a_second_axis_and_of_axes_inside_others_is_a_column_too():
    figure, _ = labelled("件数")
    second = figure.axes[0].secondary_yaxis("right")
    second.set_ylabel("户数")
    inset = figure.axes[0].inset_axes([0.3, 0.3, 0.5, 0.6])
    inset.set_ylabel("天数")
    whole = figure.supylabel("全市")
    before = look(whole)
    with upright(figure):
        assert (second.yaxis.label.get_text(), second.yaxis.label.get_ha()) == ("户\n数", "left")
        assert (inset.yaxis.label.get_text(), inset.yaxis.label.get_ha()) == ("天\n数", "right")
        assert look(whole) == ("全\n市", 0, *before[2:])
    assert look(whole) == before
    parts = Figure().subfigures(1, 2)
    label = parts[1].supylabel("各县")
    with upright(parts[0].figure):
        assert label.get_text() == "各\n县"
    turned = Figure()
    label = turned.supylabel("全市", rotation=90)
    with upright(turned):
        assert label.get_text() == "全市"
    label = turned.supylabel("全省")
    with upright(turned):
        assert label.get_text() == "全省"


def test_the_kit_s_fonts_have_each_mark_of_a_column():
    marks = "︵︶︻︼︹︺︽︾︿﹀﹃﹄﹁﹂﹇﹈︷︸︱︙︐︑︒︓︔︕︖"
    for path in fonts.PINNED.glob("*.otf"):
        assert {*map(ord, marks)} <= TTFont(path).getBestCmap().keys()
