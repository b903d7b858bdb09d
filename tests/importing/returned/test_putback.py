"""A heading that a reviewer has taken out above what stays, and paragraphs joined around what the folder has put between."""

import pytest

from nianbao.importing.returned import putback, result
from reviewed import began, changed, found, lines, merged, said

PUT = "全年另行开展两次专题培训，参训人员共九十人。"
FIRST, SECOND = "普查信息专业", "对应的安排是"


def without(*headings):
    def edit(document):
        for one in [one for one in document.paragraphs if one.text.startswith(headings)]:
            one._p.getparent().remove(one._p)

    return edit


def joined(document):
    first, second = found(document, FIRST), found(document, SECOND)
    for run in [*second.runs]:
        first._p.append(run._r)
    second._p.getparent().remove(second._p)


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(("numeral", "below"), [("三", "表三"), ("五", f"“{FIRST}术语多，读者反映看不…”")])
def test_a_heading_taken_out_above_what_stays_is_one_question_that_names_both(paths, numeral, below):
    begun = began(paths, without(f"{numeral}、"))
    assert changed(begun) == ([], [])
    [(question, [about])] = begun.made.questions.items()
    assert question == putback.HEADLESS
    assert (about.startswith(f"“{numeral}、"), below in about) == (True, True)


@pytest.mark.slow
def test_other_changes_beside_it_are_merged_and_of_two_headings_each_is_named(paths):
    begun = began(paths, without("三、", "五、"), said("更正记录长期保留", "更正记录永久保留"))
    [old], [new] = changed(begun)
    assert new == old.replace("更正记录长期保留", "更正记录永久保留")
    [(question, about)] = begun.made.questions.items()
    assert (question, [one[1] for one in about]) == (putback.HEADLESS, ["三", "五"])


@pytest.mark.slow
def test_a_heading_that_was_reworded_and_one_that_can_go_and_a_chapter_that_was_cut_ask_nothing_of_it(paths):
    for edits in (
        [said("五、存在的主要问题及改进情况", "五、困难和打算")],
        [without("六、")],
        [without("五、", FIRST, SECOND)],
    ):
        begun = began(paths, *edits)
        assert putback.HEADLESS not in begun.made.questions
        assert changed(begun)[0]


@pytest.mark.slow
@pytest.mark.parametrize("own", [SECOND, "对应的安排都已定下"])
def test_paragraphs_that_were_joined_around_one_of_the_folders_keep_all_and_are_one_question(paths, own):
    text = paths.narrative_file.read_text("utf-8")
    paths.narrative_file.write_text(text.replace(SECOND, f"{PUT}\n\n{own}"), "utf-8")
    begun = began(paths, joined)
    before, after = lines(paths), merged(begun)
    first, second = (next(one for one in before if one.startswith(some)) for some in (FIRST, own))
    assert after == [*before[: before.index(first)], first + second, "", PUT, *before[before.index(second) + 1 :]]
    [(question, [about])] = begun.made.questions.items()
    assert (question, PUT in about) == (result.BETWEEN, True)
