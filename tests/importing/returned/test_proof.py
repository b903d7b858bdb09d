"""What a merged text prints otherwise than the file that came back is asked about."""

import sys
from collections import Counter

import pytest

from cases import each
from nianbao.importing.flow import Paragraph
from nianbao.importing.returned import merge, proof
from nianbao.importing.returned.matching import item_of
from reviewed import IF, came_back, with_lines

ORDER = "票务由专人维护，每周核对一次。\n\n景区停车场另有通告，节前张贴。\n\n"


SWAPPED = [
    ("票务由专人维护，每周核对一次。", "甲"),
    ("景区停车场另有通告，节前张贴。", "票务由专人维护，每周核对一次。"),
    ("<p>甲</p>", "<p>景区停车场另有通告，节前张贴。</p>"),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("broken", "does", "changes"),
    [
        ("remove", lambda *_: None, [("<p>景区停车场另有通告，节前张贴。</p>", "")]),
        ("_keep", lambda self, *_: None, SWAPPED),
        ("_change", lambda self, *_: None, [("节前张贴", "节后张贴")]),
        ("_add", lambda self, *_: None, [("<p>景区停车场", "<p>新增的一段。</p><p>景区停车场")]),
    ],
)
def test_whatever_a_merge_does_wrong_its_print_is_unlike_the_file_and_asked_about(paths, monkeypatch, broken, does, changes):
    text = with_lines(paths, ORDER)
    assert came_back(paths, text, *changes).made.questions == {}
    monkeypatch.setattr(merge._Merging, broken, does)
    [(question, about)] = came_back(paths, text, *changes).made.questions.items()
    assert "与稿子不同" in question
    assert len(about) <= 2


@pytest.mark.slow
def test_paragraphs_that_cannot_stand_in_the_files_order_are_asked_about(paths):
    """The last one of a condition's lines and the first one behind them have changed places."""
    begun = came_back(
        paths,
        with_lines(paths, IF),
        ("<p>公告期满后由景区办理票务。</p>", ""),
        ("每周核对一次。</p>", "每周核对一次。</p><p>公告期满后由景区办理票务。</p>"),
    )
    [(question, [about])] = begun.made.questions.items()
    assert "与稿子不同" in question
    assert "次序" in about


def listed(*marks_and_texts):
    return [item_of(Paragraph(text, "", mark=mark, depth=bool(mark)), "一、总体情况") for mark, text in marks_and_texts]


LETTERS, POSTS, FILES, NEW = "接收群众来信。", "回复网上留言。", "整理历史档案。", "另有一段文字。"


@each(
    ("first", "second", "third", "asked"),
    [
        (("1.", LETTERS), ("", f"2. {POSTS}"), ("", f"3. {FILES}"), []),
        (("", f"1. {LETTERS}"), ("", f"2. {POSTS}"), ("", f"3. {FILES}"), []),
        (("1.", LETTERS), ("", f"3. {FILES}"), ("", f"2. {POSTS}"), ["次序不同"]),
        (("1.", LETTERS), ("", POSTS), ("2.", FILES), ["编号不同，稿子是“2. 回复网上留言。”，印的是“回复网上留言。”"]),
    ],
)  # fmt: skip
def test_of_a_torn_list_is_asked_only_what_reads_otherwise(first, second, third, asked):
    file = listed(("1.", LETTERS), ("", NEW), ("2.", POSTS), ("3.", FILES))
    text = listed(first, ("", NEW), second, third)
    for there, here in ((file, text), (text, file)):
        told = [*proof.otherwise(there, here, Counter())]
        assert len(told) == len(asked)
        assert here is text or all("次序" in one or "编号" in one for one in told)
    told = [*proof.otherwise(file, text, Counter())]
    assert all(part in one for part, one in zip(asked, told, strict=True)), told


def test_a_heading_that_is_a_paragraph_has_no_other_number():
    heading, paragraph = (item_of(Paragraph(POSTS, ""), "一、总体情况", is_heading=so) for so in (True, False))
    assert not any("编号" in one for one in proof.otherwise([heading], [paragraph], Counter()))


def test_a_number_that_the_reviewer_has_typed_and_a_list_counts_otherwise_is_asked_about():
    file, text = listed(("1.", LETTERS), ("", f"8. {POSTS}")), listed(("1.", LETTERS), ("2.", POSTS))
    assert any("8. " in one for one in proof.otherwise(file, text, Counter()))
    assert any("8. " in one for one in proof.otherwise(text, file, Counter()))


def test_a_list_that_is_numbered_otherwise_is_asked_about_once_with_its_numbers_in_the_file_and_in_print():
    """Also where print makes text of its items, or joins it to another list; a list of a list is another one."""
    file = listed(("1.", LETTERS), ("2.", POSTS), ("", NEW), ("1.", FILES), ("2.", "公布办事指南。"))
    shown = "稿子是“1. 整理历史档案。”“2. 公布办事指南。”，印的是“3. 整理历史档案。”“4. 公布办事指南。”"
    for one in (("3.", FILES), ("", f"3. {FILES}")):
        text = listed(("1.", LETTERS), ("2.", POSTS), ("", NEW), one, ("4.", "公布办事指南。"))
        assert [*proof.otherwise(file, text, Counter())] == [f"一、总体情况：列表的编号不同，{shown}"]


def test_numbers_that_what_the_folder_has_put_in_or_taken_out_makes_other_ones_are_not_asked_about():
    file = listed(("1.", LETTERS), ("2.", POSTS), ("3.", FILES))
    own, gone = listed(("1.", NEW))[0], file[0]
    for text, apart in (
        (listed(("1.", LETTERS), ("2.", NEW), ("3.", POSTS), ("4.", FILES)), own),
        (listed(("1.", POSTS), ("2.", FILES)), gone),
    ):
        assert [*proof.otherwise(file, text, Counter([apart.key]))] == []


def test_an_item_of_which_print_makes_several_paragraphs_is_asked_about_once():
    file, text = (
        listed(("1.", f"{LETTERS}{POSTS}"), ("2.", FILES)),
        listed(("", f"1. {LETTERS}"), ("", POSTS), ("", f"2. {FILES}")),
    )
    assert [*proof.otherwise(file, text, Counter())] == [f"一、总体情况：稿子里的一段印成了几段，“{LETTERS}{POSTS}”"]


def test_of_many_paragraphs_that_differ_no_two_are_put_together_that_begin_none_of_them():
    def calls(count):
        file, text = ([item_of(Paragraph(f"{word}第{at:03}段。", ""), "一") for at in range(count)] for word in ("甲", "乙"))
        seen = []
        sys.setprofile(lambda frame, event, argument: seen.append(event))
        try:
            assert len([*proof.otherwise(file, text, Counter())]) == 2 * count
        finally:
            sys.setprofile(None)
        return len(seen)

    assert calls(60) < 5 * calls(30)
