"""A changed paragraph beside its line: placeholders stay where their values stand unchanged, and nothing is guessed."""

import re

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from nianbao.importing import prose
from nianbao.importing.flow import Grid, Paragraph
from nianbao.importing.returned import tokens
from nianbao.importing.returned.celltexts import merged_table
from nianbao.importing.returned.edits import Edits
from nianbao.importing.returned.meanings import settled
from nianbao.importing.returned.rebased import rebased
from nianbao.importing.returned.result import Result
from nianbao.importing.returned.wordings import merged
from nianbao.likeness import common
from nianbao.narrative.values import Figure

NAMES = {
    name: Figure.of(value, "", name, with_unit=False) for name, value in (("甲", 34), ("乙", 34), ("丙", 5), ("丁", 12))
}


def made(line, text):
    """The line as it is merged, and the placeholders that are lost with a figure in their place."""
    [own] = tokens.read([line], 0, 1, NAMES)
    result = merged(own.tokens, "", Paragraph(text, ""))
    return result.source, [one.token.source for one in result.lost if one.is_figure]


@each(
    ("line", "text", "source", "lost"),
    [
        ("收到{{ 甲 }}件。", "共收到34件。", "共收到{{ 甲 }}件。", []),
        ("收到{{ 甲 }}件。", "收到37件。", "收到37件。", ["{{ 甲 }}"]),
        ("收到{{ 甲 }}件。", "收到134件。", "收到134件。", ["{{ 甲 }}"]),
        ("收到{{ 甲 }}件。", "收到34.5件。", "收到34.5件。", ["{{ 甲 }}"]),
        ("收到{{ 甲 }}件，办结{{ 乙 }}件。", "收到34件，已办结34件。", "收到{{ 甲 }}件，已办结{{ 乙 }}件。", []),
        ("收到{{ 甲 }}件，办结{{ 丙 }}件。", "办结5件，收到34件。", "办结{{ 丙 }}件，收到{{ 甲 }}件。", []),
        ("**（一）甲。**收到{{ 丙 }}件。", "（一）乙。收到5件。", "**（一）乙。**收到{{ 丙 }}件。", []),
        ("**（二）乙。**收到{{ 丙 }}件。", "甲4次。（二）乙。收到5件。", "甲4次。**（二）乙。**收到{{ 丙 }}件。", []),
        ("收到{{ 丙 }}件<!-- 核对过 -->。", "收到7件。", "收到7件<!-- 核对过 -->。", ["{{ 丙 }}"]),
        ("{{ 丙 }}件{% if 丙 == 5 %}，办{{ 丁 }}次{% endif %}。", "5件，共办12次。", "{{ 丙 }}件，共办{{ 丁 }}次。", []),
        ("{{ 丙 }}{% if 丙 == 5 %}，都办{% endif %}。", "全5，都办。", "全{{ 丙 }}{% if 丙 == 5 %}，都办{% endif %}。", []),
        ("- 共{{ 丙 }}件", "共5件{新}", "- 共{{ 丙 }}件{{ '{' }}新{{ '}' }}", []),
        ("共{{ 丙 }}件*重要*。", "共5件*不*重要。", "共{{ 丙 }}件*\\*不\\*重要*。", []),
    ],
)  # fmt: skip
def test_a_line_prints_what_the_reviewer_wrote_with_the_placeholders_that_are_certain(line, text, source, lost):
    assert made(line, text) == (source, lost)


def test_a_value_that_stands_twice_is_no_other_quantitys():
    """受理 and 办结 print the same number today; where they change places nobody knows whose it is."""
    source, lost = made("受理{{ 甲 }}件，办结{{ 乙 }}件。", "办结34件，受理34件。")
    assert "办结{{ 甲 }}" not in source
    assert "受理{{ 乙 }}" not in source
    assert len(lost) == 2 - source.count("{{")


@each(
    ("now", "theirs", "text", "both", "is_mixed"),
    [
        ("共37件，平稳。", "共34件，很平稳。", "共37件，很平稳。", False, False),
        ("共37件，平稳。", "共35件，平稳。", "共35件，平稳。", True, False),
        ("全年共34件，平稳。", "共34件，平稳有序。", "全年共34件，平稳有序。", False, False),
        ("共34件（含移动），平稳。", "共34件（含流动），平稳。", "共34件（含移动）（含流动），平稳。", True, True),
        ("共34件（含移动），平稳。", "共34件（含移动），很平稳。", "共34件（含移动），很平稳。", False, False),
        ("新增一句。共34件，平稳。", "另一句。共34件，平稳。", "新增一句。另一句。共34件，平稳。", True, True),
    ],
)
def test_what_both_have_changed_is_together_and_of_the_same_words_the_reviewers_stay(now, theirs, text, both, is_mixed):
    assert rebased("共34件，平稳。", now, theirs) == (text, both, is_mixed)


@each(
    ("base", "now", "theirs"),
    [
        ("组织培训十二次。", "组织培训二十二次。", "组织培训十三次。"),
        ("检查三十五家。", "检查一百三十五家。", "检查三十六家。"),
        ("办结率九成。", "办结率九成五。", "办结率八成。"),
        ("降低三分之一。", "降低三分之二。", "降低四分之一。"),
        ("一月十五日公布。", "十一月十五日公布。", "一月二十五日公布。"),
        ("1月15日公布。", "11月15日公布。", "1月25日公布。"),
        ("见第十号文件。", "见第二十号文件。", "见第十一号文件。"),
        ("十余个部门参加。", "二十余个部门参加。", "十五个部门参加。"),
        ("发放三百二十册。", "发放三百二十五册。", "发放四百二十册。"),
        ("汛期前完成。", "主汛期前完成。", "汛前完成。"),
        ("全部办结。", "全部按时办结。", "部分办结。"),
    ],
)
def test_two_changes_in_one_word_or_number_are_never_put_together(base, now, theirs):
    """What nobody has written would be printed otherwise, such as 二十三次."""
    assert rebased(base, now, theirs) == (theirs, True, False)
    assert rebased(base, theirs, now) == (now, True, False)


def test_lines_that_are_not_changed_stay_to_the_byte():
    edits = Edits(["甲", "", "  乙  ", "", "", "丙", ""])
    assert edits.text() == "甲\n\n  乙  \n\n\n丙\n"
    edits.add(0, "新")
    edits.dropped.add(5)
    assert edits.text() == "甲\n\n新\n\n  乙  \n\n"


@each(
    ("line", "text", "kept"),
    [
        ("主动公开{{ 丙 }}件、依申请公开{{ 丁 }}件。", "主动公开12件、依申请公开5件。", []),
        ("主动公开{{ 丙 }}件、依申请公开12件。", "主动公开12件、依申请公开5件。", []),
        ("一处新增{{ 丙 }}件，二处新增{{ 丁 }}件。", "一处新增12件，二处新增5件。", []),
        ("批次{{ 丙 }}个、{{ 丁 }}个。", "批次12个、5个。", []),
        ("主动公开{{ 丙 }}件。", "不予公开5件。", []),
        ("依申请公开{{ 丙 }}件、不予公开{{ 丁 }}件。", "不予公开12件、依申请公开5件。", ["{{ 丁 }}", "{{ 丙 }}"]),
        ("新收录批次{{ 丙 }}个。", "新增5个批次。", []),
        ("收录批次{{ 丙 }}个。", "收录5个批次。", ["{{ 丙 }}"]),
    ],
)
def test_a_placeholder_stays_only_where_the_words_that_its_value_counts_are_the_same(line, text, kept):
    """The reviewer has exchanged two numbers, or set one behind another word: what it counts then, nobody knows."""
    source, lost = made(line, text)
    assert re.findall(r"\{\{.*?\}\}", source) == kept
    assert sorted(lost + kept) == sorted(re.findall(r"\{\{.*?\}\}", line))


@each(
    ("rows", "theirs", "replaced"),
    [
        (["| 甲\\|乙 | {{ 丙 }} |"], [["甲|乙", "5"]], {}),
        (["| 甲\\|乙 | {{ 丙 }} |"], [["甲|丁", "5"]], {2: "| 甲\\|丁 | {{ 丙 }} |"}),
        (["|  网站  |{{ 丙|带单位 }}|"], [["网站", "5"]], {}),
        (["| 网站 | {{ 丙 }} |", "| - | {{ 丁 }} |"], [["网站|微信", "5"], ["-", "12"]], {2: "| 网站\\|微信 | {{ 丙 }} |"}),
        (["| 网站 | {{ 丙 }} | <!-- 核 -->"], [["微信", "5"]], {2: "| 微信 | {{ 丙 }} <!-- 核 --> |"}),
    ],
)  # fmt: skip
def test_only_the_rows_of_a_table_are_written_in_which_a_cell_was_changed(rows, theirs, replaced):
    lines = ["| 渠道 | 次数 |", "|:---:|---|", *rows]
    own = tokens.read(lines, 0, len(lines), NAMES)
    made = merged_table(Grid([["渠道", "次数"], *theirs], ""), own)
    assert (made.replaced, made.dropped, made.lost) == (replaced, set(), [])


@each(
    "theirs",
    [
        [["全年情况", "全年"], ["渠道", "次数"], ["微信", "5"], ["网站", "7"]],
        [["微信", "5"], ["网站", "7"]],
        [["微信", "5"], ["渠道", "次数"], ["网站", "7"]],
    ],
)
def test_a_table_whose_head_is_gone_or_has_a_row_above_it_is_written_anew(theirs):
    lines = ["| 渠道 | 次数 |", "|:---:|---|", "| 微信 | {{ 丙 }} |", "| 网站 | 7 |"]
    own = tokens.read(lines, 0, len(lines), NAMES)
    made = merged_table(Grid(theirs, ""), own)
    written = prose.table(Grid(theirs, "")).replace("|---|---|", "|:---:|---|")  # its columns stay aligned as they were
    assert (made.replaced, made.added, made.dropped) == ({0: written}, {}, {1, 2, 3})
    assert [one.token.source for one in made.lost] == ["{{ 丙 }}"]


def test_a_head_with_other_words_stays_the_head():
    lines = ["| 渠道 | 次数 |", "|:---:|---|", "| 微信 | {{ 丙 }} |", "| 网站 | 7 |"]
    made = merged_table(Grid([["平台", "发布量"], ["微信", "5"], ["网站", "7"]], ""), tokens.read(lines, 0, 4, NAMES))
    assert (made.replaced, made.added, made.dropped, made.lost) == ({0: "| 平台 | 发布量 |"}, {}, set(), [])


@given(st.text("公开信息", max_size=12), st.text("公开信息", max_size=12))
def test_what_two_texts_have_in_common_is_their_longest_common_subsequence(one, other):
    row = [0] * (len(other) + 1)
    for char in one:
        above = row[:]
        for at, beside in enumerate(other, 1):
            row[at] = above[at - 1] + 1 if char == beside else max(above[at], row[at - 1])
    assert common(one, other) == row[-1]


def settled_(old, new, lost=()):
    """The merged text, and what its questions name."""
    result = Result(lines=[("一", one) for one in tokens.read(old.split("\n"), 0, old.count("\n") + 1, NAMES)])
    result.lost = [("一", one) for one in lost]
    text = settled(old, new, result)
    return text, sorted(
        re.findall(r"\{\{.*?\}\}|<!--.*?-->", "".join(one for some in result.asked.values() for one in some))
    )


@each(
    ("old", "new", "text", "asked"),
    [
        ("收到{{ 丙 }}件；办结{{ 丁 }}件。", "收到5件。\n\n办结12件。", "收到{{ 丙 }}件。\n\n办结{{ 丁 }}件。", []),
        ("**（一）甲。**收到{{ 丙 }}件。", "乙。（一）甲。收到5件。", "乙。（一）甲。收到{{ 丙 }}件。", []),
        ("甲句。<!-- 问 -->收到{{ 丙 }}件。", "另一句。收到5件。", "另一句。<!-- 问 -->收到{{ 丙 }}件。", []),
        ("收到{{ 丙 }}件。<!-- 问 -->", "新收5件。", "新收5件。", ["<!-- 问 -->", "{{ 丙 }}"]),
        ("收到{{ 丙 }}件。", "没收到5件。", "没收到5件。", ["{{ 丙 }}"]),
        ("收到{{ 丙 }}件。", "收到5件。\n\n收到5件。", "收到5件。\n\n收到5件。", ["{{ 丙 }}"]),
        ("甲{{ '{' }}句{{ 丙 }}。\n\n乙{{ 丙 }}。", "乙{{ 丙 }}。", "乙{{ 丙 }}。", ["{{ 丙 }}"]),
    ],
)  # fmt: skip
def test_a_placeholder_or_comment_that_a_merge_has_taken_out_is_set_back_or_named_by_a_question(old, new, text, asked):
    assert settled_(old, new) == (text, asked)


def test_a_question_of_a_placeholder_that_was_set_back_is_not_asked():
    [own] = tokens.read(["收到{{ 丙 }}件。"], 0, 1, NAMES)
    lost = merged(own.tokens, "", Paragraph("收到7件。", "")).lost
    assert settled_("收到{{ 丙 }}件。", "甲句。收到5件。", lost) == ("甲句。收到{{ 丙 }}件。", [])
    assert settled_("收到{{ 丙 }}件。", "收到7件。", lost) == ("收到7件。", ["{{ 丙 }}"])


def test_a_number_that_is_the_same_behind_other_words_is_not_said_to_be_another():
    [own] = tokens.read(["新收录批次{{ 丙 }}个。"], 0, 1, NAMES)
    [lost] = merged(own.tokens, "", Paragraph("新增5个批次。", "")).lost
    assert (lost.is_same, lost.instead) == (True, "新增【5】个批次。")
