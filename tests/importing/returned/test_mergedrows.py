"""The rows of a table that the folder and a reviewer have changed."""

from cases import each
from nianbao.importing.returned import mergedrows
from nianbao.importing.returned.mergedrows import differences, rebased_rows

HEAD, EAST, WEST = ("片区", "件数", "说明"), ("城东", "20", "含重点项目"), ("城西", "32", "无")
EDITED = ("城东", "21", EAST[2])
BASE = [HEAD, EAST, WEST]
NORTH, SOUTH = ("城北", "7", "未改"), ("城南", "5", "新设")


@each(
    ("now", "theirs", "made"),
    [
        ([HEAD, EAST, WEST, NORTH], [HEAD, EAST, ("城西", "32", "暂无")], [HEAD, EAST, ("城西", "32", "暂无"), NORTH]),
        ([HEAD, ("城东", "21", EAST[2]), WEST], [HEAD, EAST, WEST, NORTH], [HEAD, ("城东", "21", EAST[2]), WEST, NORTH]),
        ([HEAD, ("城东", "21", EAST[2]), WEST], [HEAD, ("城东", "20", "无"), WEST], [HEAD, ("城东", "21", "无"), WEST]),
        ([HEAD, WEST], [HEAD, EAST, ("城西", "33", "无")], [HEAD, ("城西", "33", "无")]),
        ([HEAD, EAST, ("城西", "33", "无")], [HEAD, WEST], [HEAD, ("城西", "33", "无")]),
        ([HEAD, WEST, EAST], [HEAD, EAST, WEST, NORTH], [HEAD, WEST, NORTH, EAST]),
        ([HEAD, EAST, WEST, NORTH], [HEAD, EAST, WEST, NORTH], [HEAD, EAST, WEST, NORTH]),
        ([HEAD, SOUTH, EAST, WEST], [HEAD, EAST, WEST, NORTH], [HEAD, SOUTH, EAST, WEST, NORTH]),
    ],
)
def test_what_only_one_has_done_is_so_in_the_rows(now, theirs, made):
    rows = rebased_rows(BASE, now, theirs)
    assert (sorted(rows.rows[1:]), rows.rows[0], rows.disputed) == (sorted(made[1:]), made[0], ())


@each(
    ("now", "theirs", "row", "why"),
    [
        ([HEAD, EDITED, WEST], [HEAD, ("城东", "22", EAST[2]), WEST], EDITED, mergedrows.SAME_WORDS),
        ([HEAD, EDITED, WEST], [HEAD, WEST], EDITED, mergedrows.GONE_THERE),
        ([HEAD, WEST], [HEAD, EDITED, WEST], EDITED, mergedrows.GONE_HERE),
        ([HEAD, EAST, WEST, NORTH], [HEAD, EAST, WEST, SOUTH], NORTH, mergedrows.SAME_PLACE),
        ([HEAD, EAST, WEST, NORTH], [row[:2] for row in BASE], NORTH, mergedrows.COLUMNS),
    ],
)
def test_a_row_that_both_have_changed_and_one_that_would_go_is_asked_about_with_what_both_did(now, theirs, row, why):
    rows = rebased_rows(BASE, now, theirs)
    assert [*rows.disputed] == [(row, why)]
    assert {one for one in now if one not in BASE} <= {*rows.rows, row}


def test_what_differs_in_tables_of_one_head_is_told_by_cell_and_row_and_of_others_not():
    new = ("高新区", "705", "本年新设的片区")
    assert differences(BASE, [HEAD, EDITED, new]) == [
        ("城东 / 件数", EAST[1], "21"),
        ("“高新区”一行", "", " | ".join(new)),
        ("“城西”一行", " | ".join(WEST), ""),
    ]
    assert differences(BASE, BASE) == differences(BASE, [row[:2] for row in BASE]) == []
