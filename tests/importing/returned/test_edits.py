"""Lines of narrative.md that are put in, moved and taken out: lists stay lists, lines among lines stay among them."""

import pytest

from nianbao.importing.returned import lists
from nianbao.importing.returned.edits import Edits
from nianbao.importing.returned.lists import Listed

LIST = ["前。", "", "1. 甲。", "2. 乙。", "", "后。"]
ONE, OTHER = Listed(1, 1), Listed(2, 1)
LINES = ["下一步，一是甲；", "二是乙；", "三是丙。", "", "后。"]


def test_an_item_that_is_put_into_a_list_does_not_tear_it_and_is_counted():
    """Above the list, behind what stands above it, as well: it becomes the first."""
    for after, order in ((0, "丙甲乙"), (1, "丙甲乙"), (2, "甲丙乙"), (3, "甲乙丙")):
        edits = Edits([*LIST])
        edits.listed |= {2: ONE, 3: ONE}
        edits.add(after, "3. 丙。", ONE)
        items = [f"{number}. {one}。" for number, one in enumerate(order, 1)]
        assert edits.text().split("\n") == [*LIST[:2], *items, *LIST[4:]]


def test_only_a_list_that_was_changed_is_counted_anew_and_only_where_it_counts():
    """With items of several lines, and in lists in lists; numbers that no list counts stay."""
    others = ["1. 一", "", "3. 三", "", "隔开。", ""]
    for items, after in (
        (["1. 甲", "   续。", "   - 内", "2. 乙"], ["1. 乙", "2. 甲", "   续。", "   - 内"]),
        (["- 外", "    1. 甲", "    2. 乙"], ["- 外", "    1. 乙", "    2. 甲"]),
        (["1. 甲", "1. 乙"], ["1. 乙", "1. 甲"]),
    ):
        edits = Edits([*others, *items])
        end = len(others) + len(items) - 1
        first = next(at for at, one in enumerate(edits.lines) if one.endswith(". 甲"))
        edits.move([*range(first, end)], end)
        assert edits.text().split("\n") == [*others, *after]


@pytest.mark.parametrize(
    "lines",
    ["2021. 春。\n\n2022. 夏。\n\n2024. 冬。", "3. 丙。\n2. 乙。\n1. 甲。", "1. 甲。\n2. 乙。\n\n1. 丙。\n2. 丁。"],
    ids=["years", "countdown", "two-lists"],
)
def test_numbers_stay_where_a_line_has_other_words_and_no_item_was_put_in_taken_out_or_moved(lines):
    for at, one in enumerate(lines.split("\n")):
        if one:
            edits = Edits(lines.split("\n"))
            edits.replace([at], one.replace("。", "的。"), one)
            assert edits.text() == lines.replace(one, one.replace("。", "的。"))


def test_each_of_two_lists_is_counted_by_itself():
    lines = ["1. 甲。", "2. 乙。", "", "1. 丙。", "2. 丁。"]
    for after, block, listed, expected in (
        (0, "2. 新。", ONE, "1. 甲。|2. 新。|3. 乙。||1. 丙。|2. 丁。"),
        (3, "2. 新。", OTHER, "1. 甲。|2. 乙。||1. 丙。|2. 新。|3. 丁。"),
        (2, "1. 新。", OTHER, "1. 甲。|2. 乙。||1. 新。|2. 丙。|3. 丁。"),
    ):
        edits = Edits([*lines])
        edits.listed |= {0: ONE, 1: ONE, 3: OTHER, 4: OTHER}
        edits.add(after, block, listed)
        assert edits.text() == expected.replace("|", "\n")
    edits = Edits([*lines])
    edits.dropped |= {3}
    assert edits.text() == "1. 甲。\n2. 乙。\n\n1. 丁。"


def test_an_item_that_crosses_to_the_list_beside_its_own_begins_or_goes_on_the_list_that_the_file_has_it_in():
    lines = ["1. 甲。", "2. 乙。", "", "中。", "", "1. 丙。", "2. 丁。"]
    for crossing, expected in (
        (OTHER, "1. 甲。|2. 乙。||1. 丙。||中。||2. 丁。"),
        (ONE, "1. 甲。|2. 乙。||3. 丙。||中。||1. 丁。"),
    ):
        edits = Edits([*lines])
        edits.listed |= {0: ONE, 1: ONE, 5: crossing, 6: OTHER}
        edits.move([5], 1)
        assert edits.text().replace("乙。\n1", "乙。\n\n1").replace("乙。\n3", "乙。\n\n3") == expected.replace("|", "\n")


def test_an_item_that_only_the_folder_has_is_of_the_list_of_those_beside_it_in_the_folder():
    edits = Edits(["1. 夹。", "2. 甲。", "3. 夹二。", "4. 乙。", "5. 夹三。"])
    edits.listed |= {1: ONE, 3: ONE}
    edits.dropped |= {1}
    edits.add(0, "1. 新。", ONE)
    assert edits.text().split("\n") == ["1. 夹。", "2. 新。", "3. 夹二。", "4. 乙。", "5. 夹三。"]


@pytest.mark.parametrize(
    ("block", "set_in"),
    [("中。", "   中。"), ("2．中。", "   2．中。"), ("## 中", "## 中"), ("| 中 |\n|---|", "| 中 |\n|---|")],
    ids=["paragraph", "numbered", "heading", "table"],
)
def test_a_paragraph_that_is_put_between_two_items_is_set_in_so_that_their_list_goes_on(block, set_in):
    """Also behind lists in the item; what stood there before stays as it is, and so does what is no paragraph."""
    lines = ["1. 甲。", "2. 乙。", "   - 内。", "3. 丙。", "", "旧。", "", "4. 丁。"]
    edits = Edits([*lines])
    edits.listed |= dict.fromkeys((0, 1, 3, 7), ONE)
    edits.add(2, block)
    assert edits.text().split("\n\n") == ["\n".join(lines[:3]), *set_in.split("\n\n"), "3. 丙。", "旧。", "4. 丁。"]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("1. 2.  3.", [0, 0, None, 0]),
        ("1. 2. 1. 2.", [0, 0, 2, 2]),
        ("1. 2. 1.  3. 2.", [0, 0, 2, None, 0, 2]),
        ("3. 4. 1.", [0, 0, 2]),
        ("- 1. -", [None, 1, None]),
    ],
    ids=["torn", "two", "crossing", "not from 1", "bullets"],
)
def test_which_items_are_of_one_list_is_told_by_their_numbers(marks, expected):
    found = lists.numbered((one, 1) for one in marks.split(" "))
    assert [found[at].list if at in found else None for at in range(len(expected))] == expected


def test_a_list_in_a_list_ends_with_the_item_that_it_stands_in():
    found = lists.numbered([("1.", 1), ("1.", 2), ("2.", 2), ("2.", 1), ("1.", 2), ("3.", 2), ("3.", 1)])
    assert [found[at].list for at in range(7)] == [0, 1, 1, 0, 4, 5, 0]


def test_a_line_that_becomes_the_first_among_lines_has_no_blank_line_around_it():
    edits = Edits(["## 章", "", "一是甲；", "二是乙；", "三是丙。"])
    edits.move([3], 0)
    assert edits.text().split("\n") == ["## 章", "", "二是乙；", "一是甲；", "三是丙。"]


def test_a_sentence_that_stood_among_lines_and_is_moved_has_no_blank_line_around_it():
    edits = Edits([*LINES])
    edits.move([1], 2)
    assert edits.text().split("\n") == [LINES[0], LINES[2], LINES[1], *LINES[3:]]


def test_a_paragraph_that_is_moved_stands_apart():
    edits = Edits(["甲。", "", "乙。", "", "丙。"])
    edits.move([0], 2)
    assert edits.text().split("\n") == ["乙。", "", "甲。", "", "丙。"]


@pytest.mark.parametrize("apart", ["\n", "\n\n"])
def test_an_item_that_is_moved_leaves_the_list_as_close_as_it_was(apart):
    """Also where it becomes the first, behind the paragraph above the list."""
    for at, after, order in ((1, 2, "甲丙乙"), (2, 0, "甲丙乙"), (0, 2, "乙丙甲"), (2, -1, "丙甲乙")):
        lines = f"前文。\n\n{apart.join(f'- {one}' for one in '甲乙丙')}\n\n后文。".split("\n")
        items = [number for number, line in enumerate(lines) if line.startswith("-")]
        edits = Edits([*lines])
        edits.move([items[at]], items[after] if after >= 0 else 0)
        assert edits.text() == f"前文。\n\n{apart.join(f'- {one}' for one in order)}\n\n后文。"


@pytest.mark.parametrize(
    ("text", "moved", "after", "expected"),
    [
        ("- 甲\n- 乙\n\n中。\n\n- 甲\n\n- 丙", 0, 1, "- 乙\n- 甲\n\n中。\n\n- 甲\n\n- 丙"),
        ("- 甲\n- 乙\n\n```\n- 甲\n\n- 乙\n```", 0, 1, "- 乙\n- 甲\n\n```\n- 甲\n\n- 乙\n```"),
        ("- 甲\n\n  - 乙\n\n  - 丙\n- 乙\n- 丁", 5, 6, "- 甲\n\n  - 乙\n\n  - 丙\n- 丁\n- 乙"),
        ("- 甲\n  续。\n- 乙\n- 丙", 3, 1, "- 甲\n  续。\n- 丙\n- 乙"),
        ("- 甲\n- 乙\n\n中。\n\n1. 一\n\n2. 二", 0, 5, "- 乙\n\n中。\n\n1. 一\n\n- 甲\n\n2. 二"),
    ],
    ids=["same-words", "code", "inner", "item-of-lines", "into-a-loose-one"],
)
def test_how_close_a_list_is_is_told_by_its_own_lines(text, moved, after, expected):
    edits = Edits(text.split("\n"))
    edits.move([moved], after)
    assert edits.text() == expected
