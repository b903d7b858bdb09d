"""A report comes back from its reviewer: what was not touched keeps its lines, and what was is merged."""

import html
import io
import random
import re
from copy import deepcopy

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import office
from nianbao import load
from nianbao.importing import session
from nianbao.importing.returned import comeback, result
from nianbao.shown.seen import squeezed
from reviewed import (
    BUREAU,
    FIRST_WITHIN,
    IF,
    YEAR,
    began,
    came_back,
    changed,
    edited,
    found,
    lines,
    merged,
    outputs,
    printed,
    said,
    with_lines,
)


def test_paragraphs_that_were_added_removed_and_moved(paths):
    def edit(document):
        found(document, "（二）景区").insert_paragraph_before("新增的一段，共3件*。")
        found(document, "（三）政策文件")._p.getparent().remove(found(document, "（三）政策文件")._p)
        last, first = found(document, "对应的安排"), found(document, "普查信息专业")
        first._p.addprevious(last._p)

    begun = began(paths, edit)
    old, new = lines(paths), merged(begun)
    [third] = [one for one in old if "（三）政策" in one]
    at = next(at for at, one in enumerate(new) if "（二）景区" in one)
    assert new[at - 2 : at] == ["新增的一段，共3件*。", ""]
    assert third not in new
    [moved] = [one for one in old if one.startswith("对应的安排")]
    assert new[new.index(moved) + 2].startswith("普查信息专业")
    assert sorted(filter(None, old)) == sorted([third, *(one for one in new if one and not one.startswith("新增的"))])
    assert {text for _, *some in begun.made.revised for text in some} >= {"（新增）", "（删去）", "（移动）"}


def test_a_lead_that_was_changed_is_written_with_its_placeholders_and_the_others_stay_computed(paths):
    begun = began(paths, said("全年作出行政许可", "全年共作出行政许可"))
    _, new = changed(begun)
    assert new[0] == "## 二、主动公开政府信息情况"
    assert new[1].startswith("{{ 年度 }}年，制发行政规范性文件{{ 表二")
    assert "全年共作出{{ 列举(" in new[1]
    assert len(new) == 2
    [(question, _)] = begun.made.questions.items()
    assert "导语" in question


@pytest.mark.slow
def test_a_chapter_of_which_only_the_heading_was_changed_keeps_its_computed_lead(paths):
    """Its text is neither written out nor asked about; a paragraph below it has the lead above it in narrative.md."""
    begun = began(paths, said("三、收到和处理政府信息公开申请情况", "三、收到和办理政府信息公开申请情况"))
    assert [one for one in changed(begun)[1] if one] == ["## 三、收到和办理政府信息公开申请情况"]
    assert begun.made.questions == {}


@pytest.mark.slow
def test_what_is_asked_about_above_the_first_chapter_is_asked_of_the_preamble(paths):
    text = f"本报告所列数据来自{{{{ 年度 }}}}年台账。\n\n{paths.narrative_file.read_text('utf-8')}"
    begun = came_back(paths, text, ("来自2024年台账", "来自2025年台账"))
    asked = [about for some in begun.made.questions.values() for about in some]
    assert any(about.startswith("引言：") and "2025" in about for about in asked), asked
    assert not [about for about in asked if about.startswith("：")]


def test_a_chapter_that_was_added_and_a_heading_that_was_changed(paths):
    def edit(document):
        last = found(document, "所办申请达不到")
        for text in ("七、附则", "本报告由局办公室解释。"):
            made = deepcopy(last._p)
            paragraph = docx.text.paragraph.Paragraph(made, last._parent)
            for run in paragraph.runs[1:]:
                run.text = ""
            paragraph.runs[0].text = text
            (document.paragraphs[[one._p for one in document.paragraphs].index(last._p)])._p.addnext(made)
            last = paragraph

    begun = began(paths, edit, said("五、存在的主要问题及改进情况", "五、存在的问题及改进措施"))
    old, new = changed(begun)
    assert old == ["## 五、存在的主要问题及改进情况"]
    assert new == ["## 五、存在的问题及改进措施", "## 七、附则", "本报告由局办公室解释。"]


@pytest.mark.slow
def test_what_is_new_behind_lines_of_a_condition_stands_behind_the_condition(paths):
    begun = came_back(paths, with_lines(paths, IF), ("<p>票务由专人", "<p>新增的一段。</p><p>票务由专人"))
    new = merged(begun)
    at = new.index("新增的一段。")
    assert new[at - 3 : at + 2] == ["公告期满后由景区办理票务。", "{% endif %}", "", "新增的一段。", ""]
    assert begun.made.questions == {}


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "changes",
    [
        [("公告期三十天", "公告期二十天")],
        [("<p>公告期满后由景区办理票务。</p>", "")],
        [(f"<p>{FIRST_WITHIN}</p>", ""), ("每周核对一次。</p>", f"每周核对一次。</p><p>{FIRST_WITHIN}</p>")],
    ],
)  # fmt: skip
def test_what_was_changed_removed_or_moved_in_lines_of_a_condition_is_asked_about(paths, changes):
    [(question, about)] = came_back(paths, with_lines(paths, IF), *changes).made.questions.items()
    assert "按条件" in question
    assert "{% if 事实.直连景区 %}" in about[0]


def _changed_at_random(paths, chance, saved):
    """Change some paragraphs of the document; each of them is another line, all other lines are the same."""
    document = docx.Document(io.BytesIO((outputs(paths) / "report.docx").read_bytes()))
    source = paths.narrative_file.read_text("utf-8")
    own = [one for one in document.paragraphs if len(one.text) > 40 and not re.match("20|（四）", one.text)]
    wrote = []
    for one in chance.sample(own, chance.randint(1, 3)):
        text, at = one.text, chance.randrange(12, len(one.text) - 4)
        text = text[:at] + chance.choice(["甚", "（新）", "*", "_", "{", "计3件"]) + text[at + chance.randint(0, 3) :]
        for run in one.runs[1:]:
            run.text = ""
        one.runs[0].text = text
        wrote.append(squeezed(text))
    made = paths.params.parent / "reviewed.docx"
    document.save(made)
    begun = session.begin(paths, [saved(made)])
    old, new = source.split("\n"), merged(begun)
    assert len(old) == len(new)
    assert sum(a != b for a, b in zip(old, new, strict=True)) == len(wrote)
    assert not {comeback.OTHERWISE, comeback.UNSURE, result.BY_HAND} & set(begun.made.questions), begun.made.questions
    try:
        paths.narrative_file.write_bytes(begun.files[paths.narrative_file])
        printed = squeezed(
            re.sub("<[^>]*>", "", "".join(one.html for one in load(BUREAU, YEAR, paths.params).narrative.passages))
        )
        assert [one for one in wrote if one not in squeezed(html.unescape(printed))] == []
    finally:
        paths.narrative_file.write_text(source, "utf-8")


@pytest.mark.slow
@given(st.integers(0, 2**32 - 1))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_exactly_the_paragraphs_that_were_changed_are_other_lines_and_print_what_was_written(paths, seed):
    _changed_at_random(paths, random.Random(seed), lambda file: file)


@pytest.mark.slow
@given(st.integers(0, 2**32 - 1))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_so_they_are_where_another_program_has_saved_the_document(paths, seed):
    (paths.params.parent / "saved").mkdir(exist_ok=True)
    _changed_at_random(paths, random.Random(seed), lambda file: office.resaved(paths.params.parent / "saved", file))


def test_a_chapter_that_was_moved_is_asked_about_and_a_paragraph_that_went_names_its_placeholders(paths):
    def edit(document):
        before = found(document, "五、存在的主要问题")
        for words_ in ("六、其他", "所办申请达不到"):
            before._p.addprevious(found(document, words_)._p)
        gone = found(document, "（二）景区")
        gone._p.getparent().remove(gone._p)

    begun = began(paths, edit)
    about = [one for some in begun.made.questions.values() for one in some]
    assert any("移了位置" in one and "六、其他" in one for one in about)
    placeholders = re.findall(r"\{\{.*?\}\}", "".join(set(lines(paths)) - set(merged(begun))))
    assert placeholders
    assert [one for one in placeholders if one not in "".join(about)] == []


TABLE = """| 片区 | 件数 | 说明 |
|---|---:|---|
| 城东 | 20 | 含**重点**项目 |
| 城西 | {{ 事实.直连景区 }} | 无 |

"""


@pytest.mark.slow
def test_a_row_that_was_put_in_and_one_that_was_taken_out_leave_the_others_to_the_byte(paths):
    row = '<tr>\n<th scope="row">城西</th>'
    text = with_lines(paths, TABLE)
    begun = came_back(paths, text, (row, f"<tr><td>城南</td><td>0.9%</td><td>新|设-1#!</td></tr>{row}"))
    old, new = lines(paths), merged(begun)
    assert [one for one in new if one not in old] == [r"| 城南 | 0.9% | 新\|设-1#! |"]
    assert [one for one in new if "城南" not in one] == old
    begun = came_back(paths, text, (">城东</th>", ">城东北角</th>"))
    assert [one for one in merged(begun) if one not in old] == ["| 城东北角 | 20 | 含**重点**项目 |"]


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["单位：件\n\n", "（单位：件）\n\n", "2024年　　单位：件\n\n", "2024年\n\n单位：件\n\n"])
def test_a_table_whose_unit_stands_on_a_line_of_its_own_keeps_its_lines(paths, unit):
    """Where a cell was changed, its name or its unit: only that line is another one."""
    text = with_lines(paths, f"见表1。\n\n表1 各片区件数\n\n{unit}{TABLE}")
    changes = (
        (("单位：件）<", "单位：户）<"), "单位：件", "单位：户"),
        ((">20</td>", ">21</td>"), "| 20 |", "| 21 |"),
        (("表1 各片区件数", "表1 各片区件次"), "表1 各片区件数", "表1 各片区件次"),
    )
    for change, old, new in changes if unit.startswith("2024年\n") else changes[:1]:
        begun = came_back(paths, text, change)
        assert merged(begun) == text.replace(old, new).split("\n")


def _since(paths, text, *edits):
    """What comes of a document that a reviewer has edited, where the folder has got another text since it was made."""
    made = edited(paths, *edits)
    paths.narrative_file.write_text(text, "utf-8")
    return session.begin(paths, [made])


def _exchanged(text):
    """The text with the first two run-in paragraphs of a chapter the other way round."""
    first, second = re.findall(r"(?m)^\*\*（[一二]）.*$", text)[:2]
    return text.replace(first, "\0").replace(second, first).replace("\0", second)


@pytest.mark.slow
def test_what_the_folder_has_moved_since_stays_where_it_is_and_is_the_reviewers_where_that_one_has_changed_it(paths):
    """The reviewer has changed words of the one paragraph, and of another chapter."""
    text = _exchanged(paths.narrative_file.read_text("utf-8"))
    begun = _since(paths, text, said("每十分钟", "每五分钟"), said("周一不闭馆", "周一也开馆"))
    assert merged(begun) == text.replace("每十分钟", "每五分钟").replace("周一不闭馆", "周一也开馆").split("\n")
    assert (begun.made.questions, [one for one in begun.made.revised if "（移动）" in one]) == ({}, [])


@pytest.mark.slow
def test_exchanged_items_of_a_numbered_list_keep_their_numbers(paths):
    """The folder has exchanged them since the file was made; its reviewer changed another paragraph."""
    text = with_lines(paths, "1. 甲项公开更快。\n2. 乙项查询更准。\n\n")
    paths.narrative_file.write_text(text, "utf-8")
    printed(paths)
    text = text.replace("1. 甲项公开更快。\n2. 乙项查询更准。", "1. 乙项查询更准。\n2. 甲项公开更快。")
    begun = _since(paths, text, said("周一不闭馆", "周一也开馆"))
    assert (merged(begun), begun.made.questions) == (text.replace("周一不闭馆", "周一也开馆").split("\n"), {})


@pytest.mark.slow
def test_an_item_that_one_has_moved_and_another_has_changed_has_the_number_of_its_place(paths):
    text = with_lines(paths, "1. 甲项公开更快。\n2. 乙项查询更准。\n3. 丙项办理更近。\n\n")
    paths.narrative_file.write_text(text, "utf-8")
    printed(paths)
    items = "1. 丙项办理更近。\n2. 甲项公开更快。\n3. 乙项查询更准。"
    text = text.replace("1. 甲项公开更快。\n2. 乙项查询更准。\n3. 丙项办理更近。", items)
    begun = _since(paths, text, said("丙项办理", "丙类事项办理"))
    assert (merged(begun), begun.made.questions) == (text.replace("丙项", "丙类事项").split("\n"), {})


@pytest.mark.slow
def test_what_both_have_moved_to_other_places_is_asked_about(paths):
    def edit(document):
        found(document, "对应的安排")._p.addnext(found(document, "（二）景区")._p)

    text = _exchanged(paths.narrative_file.read_text("utf-8"))
    begun = _since(paths, text, edit)
    [about] = begun.made.questions[result.PLACE]
    assert "（二）景区" in about
    assert sorted(filter(None, merged(begun))) == sorted(filter(None, text.split("\n")))


@pytest.mark.slow
def test_what_both_have_put_in_one_place_stands_with_the_folders_first_and_is_asked_about(paths):
    def edit(document):
        found(document, "（三）政策文件").insert_paragraph_before("开通电话咨询。")

    text = paths.narrative_file.read_text("utf-8").replace("**（三）政策文件", "新增线上预约。\n\n**（三）政策文件")
    begun = _since(paths, text, edit)
    assert merged(begun) == text.replace("线上预约。\n", "线上预约。\n\n开通电话咨询。\n").split("\n")
    [about] = begun.made.questions.pop(result.TOGETHER)
    assert ("新增线上预约。" in about, "开通电话咨询。" in about, begun.made.questions) == (True, True, {})


@pytest.mark.slow
def test_rows_of_a_table_that_two_have_changed_are_merged(paths):
    """The folder has a row and a cell more since the file was made; its reviewer changed another row."""
    text = with_lines(paths, TABLE)
    paths.narrative_file.write_text(text, "utf-8")
    printed(paths)

    def edit(document):
        [cell] = [cell for table in document.tables for row in table.rows for cell in row.cells if cell.text == "无"]
        cell.paragraphs[0].runs[0].text = "暂无"

    now = text.replace("| 城东 | 20 |", "| 城东 | 21 |").replace("| 无 |\n", "| 无 |\n| 城北 | 7 | 未改 |\n")
    begun = _since(paths, now, edit)
    assert merged(begun) == now.replace("| 无 |", "| 暂无 |").split("\n")
    assert begun.made.questions == {}


ATTACHED = "\n## 附件\n\n甲市场的名录，按月核对。\n\n## 附件\n\n乙市场的名录，按季核对。\n"


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(("old", "new"), [("按月核对", "按周核对"), ("按季核对", "按年核对")])
def test_of_two_chapters_with_one_heading_each_is_changed_in_its_place(paths, old, new):
    text = paths.narrative_file.read_text("utf-8") + ATTACHED
    begun = came_back(paths, text, (old, new))
    assert merged(begun) == text.replace(old, new).split("\n")
    assert begun.made.questions == {}


def test_an_item_that_was_put_into_a_list_goes_into_the_list(paths):
    items = "1. 甲事项已办。\n2. 乙事项已办。\n\n"
    begun = came_back(paths, with_lines(paths, items), ("乙事项已办。</li>", "丙事项已办。</li><li>乙事项已办。</li>"))
    new = merged(begun)
    at = new.index("1. 甲事项已办。")
    assert new[at : at + 4] == ["1. 甲事项已办。", "2. 丙事项已办。", "3. 乙事项已办。", ""]
    assert begun.made.questions == {}


NUMBERED = """历年发布会如下。

2021. 春季发布会，发布方案。

2022. 夏季发布会，发布进展。

2024. 冬季发布会，发布成果。

倒数三项。

3. 完成扫尾工作。

2. 完成复核工作。

1. 完成公布工作。

渠道分两类。

1. 网站，全年更新。
2. 公众号，每周更新。

1. 电子屏，滚动播放。
2. 公告栏，按月张贴。

"""


@pytest.mark.slow
def test_numbers_that_no_list_counts_and_other_lists_stay_where_words_were_changed(paths):
    text = with_lines(paths, NUMBERED)
    changes = [("春季发布会", "春季新闻发布会"), ("扫尾工作", "全部扫尾工作"), ("全年更新", "全年及时更新")]
    begun = came_back(paths, text, *changes)
    for old, new in changes:
        text = text.replace(old, new)
    assert (merged(begun), begun.made.questions) == (text.split("\n"), {})


@pytest.mark.slow
def test_a_list_is_counted_as_in_the_file_and_a_paragraph_that_became_an_item_is_asked_about(paths):
    """The reviewer has Word count on in the second list."""
    text = with_lines(paths, NUMBERED)
    begun = came_back(paths, text, ("<ol>\n<li>电子屏", '<ol start="3">\n<li>电子屏'))
    assert (begun.made.questions, changed(begun)[1]) == ({}, ["3. 电子屏，滚动播放。", "4. 公告栏，按月张贴。"])
    asked = came_back(paths, text, ("<p>倒数三项。</p>", "<ol><li>倒数三项。</li></ol>")).made.questions
    said_ = "一、总体情况：列表的编号不同，稿子是“1. 倒数三项。”，印的是“倒数三项。”"
    assert [one for some in asked.values() for one in some] == [said_]


TWO_LISTS = """1. 甲项公开更快。
   其中网站最快。
2. 乙项查询更准。

以上由办公室牵头。

1. 丙项办理更近。
2. 丁项材料更少。

"""


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("changes", "written"),
    [
        (
            [("<li>乙项查询更准。</li>", '</ol><p>另设专窗。</p><ol start="2"><li>乙项查询更准。</li>')],
            TWO_LISTS.replace("2. 乙", "\n   另设专窗。\n\n2. 乙"),
        ),
        (
            [("<li>乙项查询更准。</li>", '</ol><p>4. 另设专窗。</p><ol start="2"><li>乙项查询更准。</li>')],
            TWO_LISTS.replace("2. 乙", "\n   4\\. 另设专窗。\n\n2. 乙"),
        ),
        (
            [
                ("<p>以上由办公室牵头。</p>", "<ol><li>丙项办理更近。</li></ol><p>以上由办公室牵头。</p>"),
                ("<ol>\n<li>丙项办理更近。</li>\n", '<ol start="2">'),
            ],
            TWO_LISTS.replace("1. 丙项办理更近。\n", "").replace("以上", "1. 丙项办理更近。\n\n以上"),
        ),
    ],
    ids=["torn", "torn by a number", "crossing"],
)
def test_a_list_that_a_reviewer_has_torn_or_given_an_item_reads_as_in_the_file_and_nothing_is_asked(paths, changes, written):
    begun = came_back(paths, with_lines(paths, TWO_LISTS), *changes)
    made = "\n".join(merged(begun))
    at, end = made.index("1. 甲项"), made.index("2. 丁项")
    expected = written.strip().split("\n2. 丁项")[0]
    assert ([one for one in made[at:end].strip().split("\n") if one], begun.made.questions) == (
        [one for one in expected.split("\n") if one],
        {},
    )


@pytest.mark.slow
def test_items_that_both_have_put_into_one_list_are_counted_and_the_folders_own_is_not_asked_about(paths):
    """In other places of it: each of the four has the number of its place."""
    text = with_lines(paths, "1. 甲项公开更快。\n2. 乙项查询更准。\n\n")
    paths.narrative_file.write_text(text, "utf-8")
    printed(paths)

    def edit(document):
        one = found(document, "甲项公开更快")
        new = deepcopy(one._p)
        one._p.addprevious(new)
        docx.text.paragraph.Paragraph(new, one._parent).runs[0].text = "丁项材料更少。"

    now = text.replace("2. 乙项查询更准。", "2. 乙项查询更准。\n3. 丙项办理更近。")
    items = "1. 丁项材料更少。\n2. 甲项公开更快。\n3. 乙项查询更准。\n4. 丙项办理更近。"
    begun = _since(paths, now, edit)
    assert (items in "\n".join(merged(begun)), begun.made.questions) == (True, {})


@pytest.mark.slow
def test_items_of_a_list_that_became_paragraphs_are_no_items(paths):
    items = "1. 甲事项已办。\n2. 乙事项待办\n\n"
    old = "<ol>\n<li>甲事项已办。</li>\n<li>乙事项待办</li>\n</ol>"
    begun = came_back(paths, with_lines(paths, items), (old, "<p>一是甲事项已办。</p><p>二是乙事项待办</p>"))
    new = merged(begun)
    at = new.index("一是甲事项已办。")
    assert ([one for one in new[at : at + 4] if one][:2], begun.made.questions) == (
        ["一是甲事项已办。", "二是乙事项待办"],
        {},
    )


ALIGNED = """| 乡镇 | 报送 | 采用 |
|:---|---:|:---:|
| 东乡 | 40 | 30 |

"""


@pytest.mark.by_turns(4)
@pytest.mark.parametrize(
    ("change", "dashes"),
    [
        (lambda row, cells: [*row, "<td>备注</td>" if cells == "乡镇" else "<td></td>"], "|:---|---:|:---:|---|"),
        (lambda row, cells: [row[0], "<td>序号</td>", *row[1:]], "|:---|---|---:|:---:|"),
        (lambda row, cells: row[::2], "|:---|:---:|"),
        (lambda row, cells: [row[0], row[2], row[1]], None),
    ],
)
def test_a_table_that_gets_other_columns_keeps_the_alignment_of_those_that_it_had(paths, change, dashes):
    text = with_lines(paths, ALIGNED)
    paths.narrative_file.write_text(text, "utf-8")
    page = html.unescape(load(BUREAU, YEAR, paths.params).chapter("一").html)
    rows = [found for found in re.findall(r"<tr>.*?</tr>", page, re.S) if "乡" in found]
    changes = []
    for row in rows:
        cells = re.findall(r"<t[dh].*?</t[dh]>", row, re.S)
        changes.append((row, f"<tr>{''.join(change(cells, re.sub('<.*?>', '', cells[0]).strip()))}</tr>"))
    new = changed(came_back(paths, text, *changes))[1]
    [shown] = [one for one in new if re.fullmatch(r"[|:-]+", one)] or [None]
    assert shown == dashes


@pytest.mark.by_turns(5)
@pytest.mark.parametrize(
    ("five", "six", "braces"), [("四", "五", ""), ("六", "七", ""), ("五", "五", ""), ("六", "五", "{}"), ("二", "三", "")]
)
def test_headings_that_a_reviewer_has_numbered_otherwise_are_changed_in_their_places(five, six, braces, paths):
    edits = [said("五、存在", f"{five}、存在"), said("六、其他", f"{six}、其他")]
    begun = began(paths, *edits)
    new = [f"## {five}、存在的主要问题及改进情况", f"## {six}、其他需要报告的事项"]
    new = [f"{one} {{{own}}}" if braces else one for one, own in zip(new, "五六", strict=True)]
    old = ["## 五、存在的主要问题及改进情况", "## 六、其他需要报告的事项"]
    assert changed(begun) == ([one for one in old if one not in new], [one for one in new if one not in old])
    assert len(merged(begun)) == len(lines(paths))
    # A report that counts its chapters through without 二 to 四 has no place for those that the file shows.
    assert [len(some) for some in begun.made.questions.values()] == ([6] if five == "二" else [])
