"""Paragraphs that one has parted or joined, while the other has changed their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.importing.flow import Paragraph
from nianbao.importing.returned.matching import item_of
from nianbao.importing.returned.rebased import PARTED
from nianbao.importing.returned.regrouped import regrouped, runs

TRAINED, FOCUS, OTHER, LAST = "全年组织培训112人次。", "培训重点有三个方面。", "另有一段话，和上面的没有关系。", "末尾一段。"
FOUR, MORE = FOCUS.replace("三个", "四个"), TRAINED.replace("112", "113")


def items(*texts):
    return [item_of(Paragraph(text, ""), "一、总体情况") for text in texts]


def texts(some):
    return [one.text for one in some]


@pytest.mark.parametrize(
    ("base", "now", "theirs", "made"),
    [
        ([TRAINED + FOCUS], [MORE, FOCUS], [TRAINED + FOCUS.replace("培训", "")],
         [MORE, FOCUS.replace("培训", "")]),
        ([TRAINED, FOCUS], [TRAINED + FOCUS], [TRAINED, FOUR], [TRAINED + FOUR]),
        ([TRAINED, FOCUS], [TRAINED + FOCUS], [TRAINED], [TRAINED]),
        ([TRAINED + FOCUS], [MORE + FOCUS], [TRAINED, FOCUS], [MORE, FOCUS]),
        ([TRAINED, FOCUS], [TRAINED, FOUR], [TRAINED + FOCUS], [TRAINED + FOUR]),
        ([TRAINED + FOCUS + OTHER], [TRAINED, FOCUS + OTHER], [TRAINED + FOCUS, OTHER], [TRAINED, FOCUS, OTHER]),
    ],
    ids=["parted", "joined", "joined-and-taken-out", "parted-by-them", "joined-by-them", "both-parted"],
)  # fmt: skip
def test_the_words_of_both_are_kept_in_the_paragraphs_of_both(base, now, theirs, made):
    both = regrouped(items(*base, LAST), items(*now, LAST), items(*theirs, LAST))
    assert (texts(both.base), texts(both.theirs), both.disputed) == ([*now, LAST], [*made, LAST], [])


def test_where_only_the_reviewer_has_changed_anything_all_stays_as_it_is_and_so_it_does_where_both_did_the_same():
    joined = [TRAINED + FOCUS]
    for now, theirs in (([TRAINED, FOCUS], joined), (joined, joined)):
        both = regrouped(items(TRAINED, FOCUS), items(*now), items(*theirs))
        assert (texts(both.base), texts(both.theirs), both.replaced) == ([TRAINED, FOCUS], theirs, [])


def test_the_same_words_changed_by_both_are_the_reviewers_and_said():
    both = regrouped(items(TRAINED + FOCUS), items(MORE, FOCUS), items(TRAINED.replace("112", "114") + FOCUS))
    assert texts(both.theirs) == [TRAINED.replace("112", "114"), FOCUS]
    [(_, was, ours, text, made, is_mixed)] = both.disputed
    assert made == TRAINED.replace("112", "114") + PARTED + FOCUS
    assert ["112" in was, "113" in ours, "114" in text, not is_mixed] == [True] * 4


def test_a_paragraph_that_was_added_beside_a_changed_one_is_no_part_of_it():
    for more in (OTHER, "全年另行培训。", FOCUS):
        assert runs(items(TRAINED, LAST), items(MORE, more, LAST)) == []


SENTENCES = [
    f"{one}的第{number}件事已经办完，结果都上了网。" for number, one in enumerate(("规划", "预算", "招标", "抽查"), 3)
]


@given(st.sets(st.integers(1, 3)), st.sets(st.integers(1, 3)), st.integers(0, 3), st.integers(0, 3))
def test_nothing_is_lost_and_nothing_stands_twice_however_both_have_parted_them(ours, said, at, other):
    """Four sentences in one paragraph: each parts some, and changes a word of one; they ask where it is the same word."""

    def parted(sentences, places):
        return ["".join(sentences[begin:end]) for begin, end in zip([0, *sorted(places)], [*sorted(places), 4], strict=True)]

    now, theirs = [*SENTENCES], [*SENTENCES]
    now[at], theirs[other] = now[at].replace("办完", "办结"), theirs[other].replace("上了网", "公布")
    both = regrouped(items("".join(SENTENCES), LAST), items(*parted(now, ours), LAST), items(*parted(theirs, said), LAST))
    merged = [*now]
    merged[other] = merged[other].replace("上了网", "公布")
    text = "".join(texts(both.theirs)[:-1])
    assert text == "".join(merged) or (not both.replaced and text == "".join(theirs))
    assert both.disputed == []
