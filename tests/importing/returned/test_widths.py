"""A number that a reviewer has typed in full width is the one that a placeholder prints."""

import pytest

from reviewed import began, came_back, changed, found, said, with_lines


def test_a_number_of_a_placeholder_in_full_width_keeps_it_and_is_said(paths):
    def edit(document):
        [run] = [run for run in found(document, "增至11家").runs if "增至11家" in run.text]
        run.text = run.text.replace("增至11家", "增至１１家")

    begun = began(paths, edit)
    assert (changed(begun), begun.made.questions) == (([], []), {})
    [(_, text, why)] = begun.made.said
    assert ("１１家" in text, "全角" in why) == (True, True)


@pytest.mark.slow
def test_so_does_one_of_several_figures_beside_other_changes(paths):
    begun = began(paths, said("网站访问量10.93万次", "本网站的访问量１０．９３万次"))
    _, [new] = changed(begun)
    assert "本网站的访问量{{ 事实.访问量 }}" in new
    assert begun.made.questions == {}


@pytest.mark.slow
def test_another_number_in_full_width_and_one_that_no_placeholder_prints_are_the_reviewers(paths):
    begun = began(paths, said("增至11家", "增至１２家"))
    _, [new] = changed(begun)
    assert "增至１２家" in new
    assert begun.made.questions
    text = with_lines(paths, "全年开放日办了5场。\n\n")
    _, [new] = changed(came_back(paths, text, ("办了5场", "办了５场")))
    assert new == "全年开放日办了５场。"


PRINTED, TYPED = "开放景区{{ 事实.直连景区 }}处，票务直连。", "开放景区１１处，票务直连。"


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("typed", [TYPED, TYPED.replace("票", "{{ 事实.直连景区 }}处景区票")])
def test_a_typed_number_in_full_width_that_the_reviewer_left_is_no_change(typed, paths):
    begun = came_back(paths, with_lines(paths, f"{PRINTED}\n\n{typed}\n\n"))
    assert (changed(begun), begun.made.questions, begun.made.said) == (([], []), {}, [])


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("typed", [TYPED, TYPED.replace("票", "{{ 事实.直连景区 }}处景区票")])
def test_it_stays_as_typed_beside_what_the_reviewer_changed(typed, paths):
    begun = came_back(paths, with_lines(paths, f"{PRINTED}\n\n{typed}\n\n"), ("开放景区１１", "已开放景区１１"))
    assert changed(begun) == ([typed], [f"已{typed}"])
