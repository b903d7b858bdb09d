"""Placeholders that a merge would lose: set back where their sentences stand, or asked about."""

from copy import deepcopy

import docx

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


def test_a_paragraph_that_was_parted_behind_a_comment_keeps_the_comment_and_its_placeholders(paths):
    line = "馆内{{ 事实.直连景区 }}开放。<!-- 数由景区科报 -->直连的景区{{ 事实.直连景区 }}，余票按时刷新。"
    shown = ("开放。直连的景区", "开放。</p><p>直连的景区")
    begun = came_back(paths, with_lines(paths, f"{line}\n\n"), shown)
    [old], new = [one for one in lines(paths) if "余票按时" in one], merged(begun)
    first, second = (next(one for one in new if words_ in one) for words_ in ("馆内", "余票按时"))
    assert f"{first}{second}" == old
    assert begun.made.questions == {}


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
