"""A paragraph that its reviewer has changed: its placeholders stay where they print what stands there."""

import pytest

from cases import each
from nianbao.importing.flow import Paragraph
from nianbao.importing.returned import result, wordings
from nianbao.importing.returned.tokens import CONDITION, TEXT, Token
from reviewed import FIRST, NOTE, began, changed, found, lines, merged, said


@pytest.mark.slow
def test_only_the_paragraph_that_was_changed_is_another_line_and_its_placeholders_stay(paths):
    begun = began(paths, said("余票每十分钟刷新", "余票每五分钟刷新"), said("按月上网", "按周上网"))
    old, new = changed(begun)
    assert new == [one.replace("每十分钟", "每五分钟").replace("按月上网", "按周上网") for one in old]
    assert "{{ 事实.直连景区 }}" in new[1]
    assert NOTE in new[0]
    assert begun.made.questions == {}


@pytest.mark.slow
def test_a_number_that_a_placeholder_prints_is_asked_about_where_the_reviewer_wrote_another(paths):
    begun = began(paths, said("年内收到申请1件", "年内收到申请37件"))
    [asked] = begun.made.questions.values()
    assert "【37】" in asked[0]
    assert "表三“一”“总计”" in asked[0]
    assert '{{ 表三["一"]["总计"] }}' in asked[0]
    _, [new] = changed(begun)
    assert "年内收到申请37件，{{ 表三" in new
    assert "{% if" in new


@pytest.mark.slow
def test_two_paragraphs_with_run_in_headings_that_were_joined_keep_the_bold_of_both_and_all_placeholders(paths):
    def edit(document):
        first, second = found(document, "（一）文物普查进展"), found(document, "（二）景区")
        for run in [*second.runs]:
            first._p.append(run._r)
        second._p.getparent().remove(second._p)

    begun = began(paths, edit)
    [new] = [one for one in merged(begun) if "（二）景区" in one]
    assert new.startswith(f"{FIRST}{NOTE}") or new.startswith(FIRST)
    old = "".join(one for one in lines(paths) if "（一）文物" in one or "（二）景区" in one)
    assert new.count("{{") == old.count("{{")
    assert new.count("**") == 4
    assert begun.made.questions == {}
    [(_, first, whole), (_, second, after)] = begun.made.revised  # each of both has a row of import.md
    assert (f"{first}{second}", second[:3], after) == (whole, "（二）", result.JOINED)


@each("text", ["2021. 春季发布会。", "> 5万元的项目。", "- 3件未办结。"])
def test_a_sign_that_a_reader_sees_before_the_words_of_a_line_stands_there_once(text):
    """And the number of an item is none of its words."""
    theirs = text.replace("。", "，已公布。")
    assert wordings.merged([Token(text, text, TEXT)], text, Paragraph(theirs, "")).source == theirs
    item = wordings.merged([Token("1. 2021. 春。", "1. 2021. 春。", TEXT)], "", Paragraph("2021. 春夏。", "", mark="1."))
    assert item.source == "1. 2021. 春夏。"


@each(
    ("theirs", "is_asked"),
    [
        ("全年平稳。共发生复议6件。另有诉讼。", True),  # of the branch that was printed, or of both
        ("全年平稳。发生复议6件。均已审结。另有诉讼。", True),
        ("全年平稳。没有投诉。发生复议6件。另有诉讼。", False),
        ("全年向好。发生复议6件。又有诉讼。", False),
        ("全年平稳，发生复议6件。另有诉讼。", False),
    ],
)
def test_words_that_are_put_right_beside_what_a_condition_printed_are_asked_about(theirs, is_asked):
    condition = Token("{% if 复议 %}发生复议6件。{% else %}没有复议。{% endif %}", "发生复议6件。", CONDITION)
    tokens = [Token("全年平稳。", "全年平稳。", TEXT), condition, Token("另有诉讼。", "另有诉讼。", TEXT)]
    made = wordings.merged(tokens, "全年平稳。发生复议6件。另有诉讼。", Paragraph(theirs, ""))
    assert condition.source in made.source
    assert made.beside == ((condition,) if is_asked else ())


@pytest.mark.slow
def test_a_word_beside_a_condition_of_the_folder_is_asked_about(paths):
    begun = began(paths, said("评审意见。没有", "评审意见。全年没有"))
    [asked] = begun.made.questions[result.EDGES]
    assert asked.startswith("一、总体情况：{% if")
    assert [*begun.made.questions] == [result.EDGES]
