"""Placeholders that a merge would lose: set back where their sentences stand, or asked about."""

from copy import deepcopy

import docx
import pytest

from nianbao.importing.returned.result import GONE
from reviewed import began, came_back, changed, found, lines, merged, with_lines


def test_a_paragraph_that_was_parted_keeps_its_placeholders_in_both_parts(paths):
    def edit(document):
        one = found(document, "（一）文物普查进展")
        head, _, tail = one.text.partition("全年复查")
        other = deepcopy(one._p)
        one._p.addnext(other)
        for paragraph, text in ((one, head), (docx.text.paragraph.Paragraph(other, one._parent), f"全年复查{tail}")):
            for run in paragraph.runs[1:]:
                run.text = ""
            paragraph.runs[0].text = text

    begun = began(paths, edit)
    _, new = changed(begun)
    assert "{{ 事实.复查文物点 }}" in "".join(new)
    assert "{{ 事实.新发现文物点 }}" in "".join(new)


@pytest.mark.slow
def test_a_paragraph_that_was_parted_behind_a_comment_keeps_the_comment_and_its_placeholders(paths):
    line = "馆内{{ 事实.直连景区 }}开放。<!-- 数由景区科报 -->直连的景区{{ 事实.直连景区 }}，余票按时刷新。"
    shown = ("开放。直连的景区", "开放。</p><p>直连的景区")
    begun = came_back(paths, with_lines(paths, f"{line}\n\n"), shown)
    [old], new = [one for one in lines(paths) if "余票按时" in one], merged(begun)
    first, second = (next(one for one in new if words_ in one) for words_ in ("馆内", "余票按时"))
    assert f"{first}{second}" == old
    assert begun.made.questions == {}


@pytest.mark.slow
def test_a_sentence_that_ends_in_a_condition_and_is_set_back_has_one_stop(paths):
    def edit(document):
        one = found(document, "没有因政府信息公开引起的")
        head, words_, tail = one.text.partition("没有因政府")
        one.insert_paragraph_before(head, one.style)
        for run in one.runs[1:]:
            run.text = ""
        one.runs[0].text = words_ + tail

    begun = began(paths, edit)
    [old] = [one for one in lines(paths) if "没有因政府信息公开引起的" in one]
    assert [one for one in merged(begun) if "没有因政府" in one] == [old[old.index("{% if") :]]


def moved(words, where, to, behind, now=None):
    """An edit: words of one paragraph stand behind others in another one, or ``now`` other ones in their place."""

    def edit(document):
        first, second = found(document, where), found(document, to)
        for one, old, new in ((first, words, ""), (second, behind, f"{behind}{now or words}")):
            [run] = [run for run in one.runs if old in run.text]
            run.text = run.text.replace(old, new)

    return edit


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("words", "where", "to", "behind", "source"),
    [
        (
            "年内收到申请1件，",
            "（四）申请答复",
            "（五）平台",
            "闲置账号3个。",
            '年内收到申请{{ 表三["一"]["总计"] }}件，下半年',
        ),
        (
            "，新发现61处",
            "（一）文物普查",
            "（三）政策",
            "清单为130项",
            "{{ 事实.权责清单 }}，新发现{{ 事实.新发现文物点 }}，含",
        ),
        ("权责清单为130项，", "（三）政策", "（一）文物普查", "874处，", "，权责清单为{{ 事实.权责清单 }}，新发现"),
    ],
)
def test_a_clause_that_was_moved_to_another_paragraph_keeps_its_placeholder(paths, words, where, to, behind, source):
    begun = began(paths, moved(words, where, to, behind))
    [there] = [one for one in merged(begun) if to in one]
    assert source in there
    assert sorted("".join(lines(paths))) == sorted("".join(merged(begun)))
    assert begun.made.questions == {}


@pytest.mark.slow
def test_a_number_that_was_moved_in_other_words_is_asked_about_with_its_new_place(paths):
    edit = moved("年内收到申请1件，", "（四）申请答复", "（五）平台", "闲置账号3个。", "全年共收到申请1件，")
    [(question, [about])] = began(paths, edit).made.questions.items()
    assert question == GONE
    assert about.endswith('（{{ 表三["一"]["总计"] }}）；“1”现在是文字，在“全年共收到申请1件”里')


@pytest.mark.slow
def test_a_number_that_stands_there_in_a_text_of_its_own_is_named_and_one_that_was_taken_out_is_not(paths):
    edit = moved("，新发现61处", "（一）文物普查", "（三）政策", "清单为130项", "（另有61处）")
    [(_, [about])] = began(paths, edit).made.questions.items()
    assert about.endswith("（{{ 事实.新发现文物点 }}）；“61处”现在是文字，在“权责清单为…（另有61处）”里")
    edit = moved("，新发现61处", "（一）文物普查", "（三）政策", "清单为130项", "（已公开）")
    [(_, [about])] = began(paths, edit).made.questions.items()
    assert about.endswith("（{{ 事实.新发现文物点 }}）")
