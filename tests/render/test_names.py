"""Names and notes that a notebook's cells show beside its tables and pictures: they stand with these, as in narrative.md."""

import re
import time

import pandas as pd
from nbformat.v4 import new_code_cell, new_output

from cases import each
from kinds import html
from nianbao.render import mislaid, names
from nianbao.render.outputs import page_of
from pictures import png
from published import of, pdf, text

TABLE = "|镇|件|\n|--|--|\n|甲镇|3|\n"
FRAME = html(pd.DataFrame({"town": ["Oneton"], "count": [5]}).to_html())
PICTURE = f"![丙](data:image/png;base64,{png(60, 30)})"
UNTITLED = f'<img src="data:image/png;base64,{png(60, 30)}" alt="图">'


def figure(title=""):
    return html(f'<div class="report"><figure class="numbered">{UNTITLED}<figcaption>{title}</figcaption></figure></div>')


def styled(caption):
    return html(pd.DataFrame({"a": [1]}).style.set_caption(caption).to_html())


def body(*cells):
    made = of(*cells)
    made.metadata["lang"] = "zh-CN"
    return page_of(made).body


def shown(*cells):
    """What stands on the page of these cells, in order: names as *…*, notes as (…), tables, pictures, and text."""
    made = re.sub(r"<style.*?</style>", "", body(*cells), flags=re.S)
    made = re.sub(
        r'<div class="note">(.*?)</div>', lambda note: re.sub("<p>(.*?)</p>", r"(\1)\n", note[1]), made, flags=re.S
    )
    made = re.sub(r"<(?:fig)?caption[^>]*>(.*?)</(?:fig)?caption>", r"\n*\1*\n", made)
    made = re.sub("<tbody.*?</tbody>", "", re.sub(r"<thead.*?</thead>", "table\n", made, flags=re.S), flags=re.S)
    return " ".join(re.sub("<[^>]*>", "", re.sub("<img[^>]*>", "picture\n", made)).split())


@each(
    ("cells", "expected"),
    [
        ([f"表1 甲\n\n{TABLE}\n注：乙。\n\n丙。"], "*表1 甲* table (注：乙。) 丙。"),
        (["表1 甲", FRAME], "*表1 甲* table"),
        (["丙。\n\n表1 甲（单位：件）", FRAME, "注：乙。\n\n丁。"], "丙。 *表1 甲（单位：件）* table (注：乙。) 丁。"),
        (["表1 甲\n\n单位：件", TABLE], "*表1 甲（单位：件）* table"),
        (["表1 甲\n\n2024年\n\n单位：件", FRAME], "*表1 甲（2024年 单位：件）* table"),
        (["表1 甲", "2024年", "单位：件", FRAME], "*表1 甲（2024年 单位：件）* table"),
        (["表1 甲", "2024年\n\n单位：件", FRAME], "*表1 甲（2024年 单位：件）* table"),
        (["2024年\n\n表1 甲", f"单位：件\n\n{TABLE}"], "*表1 甲（2024年 单位：件）* table"),
        (["表1 甲", "（统计期限：2024年1月1日至12月31日）", FRAME], "*表1 甲（统计期限：2024年1月1日至12月31日）* table"),
        ([TABLE, "注：1. 甲。", "2. 乙。"], "table (注：1. 甲。) (2. 乙。)"),
        ([FRAME, "注：\n\n- 甲\n- 乙"], "table (注：) (• 甲) (• 乙)"),
        ([figure(), "图1 甲"], "picture *图1 甲*"),
        (["图1 甲", figure(), "图2 乙", figure()], "*图1 甲* picture *图2 乙* picture"),
        ([figure(), "图1 甲", figure(), "图2 乙\n\n丙。"], "picture *图1 甲* picture *图2 乙* 丙。"),
        ([figure(), "资料来源：甲\n\n图1 乙"], "picture *图1 乙* (资料来源：甲)"),
        ([figure("甲"), "资料来源：乙"], "picture *图1 甲* (资料来源：乙)"),
        ([figure("甲"), "图1：甲"], "picture *图1：甲*"),
        (["图1 甲", figure("甲")], "*图1 甲* picture"),
        (["图3 甲", figure("图3 甲")], "*图3 甲* picture"),
        ([figure("图3 甲"), "图3 甲"], "picture *图3 甲*"),
        ([figure(), "图1 甲", figure("乙"), figure()], "picture *图1 甲* picture *图2 乙* picture *图3*"),
        ([f"图1 甲\n\n{PICTURE}\n\n图2 乙", figure()], "*图1 甲* picture *图2 乙* picture"),
        ([figure("甲"), f"图1 甲\n\n注：乙。\n\n{PICTURE}\n\n图2 丙"], "picture *图1 甲* (注：乙。) picture *图2 丙*"),
    ],
)
def test_a_line_beside_a_table_or_picture_is_its_name_or_note_also_in_the_next_cell(cells, expected):
    assert shown(*cells) == expected


@each(
    ("cells", "kept"),
    [
        (["表1显示，各镇都有。", FRAME], "表1显示，各镇都有。"),
        (["见表1", FRAME], "见表1"),
        (["表1 甲。", FRAME], "表1 甲。"),
        (["图1 甲", FRAME], "图1 甲"),
        (["表1 甲", figure("乙")], "表1 甲"),
        (["表1 甲", "## 乙", FRAME], "表1 甲"),
        (["表1 甲", new_code_cell("print(1)", outputs=[new_output("stream", text="1\n")]), FRAME], "表1 甲"),
        (["> 表1 甲", FRAME], "表1 甲"),
        ([FRAME, "甲。\n\n注：乙。"], "注：乙。"),
        ([figure(), "图1说明，各镇都有。"], "图1说明，各镇都有。"),
        ([figure("甲"), "图1 乙"], "图1 乙"),
        ([figure("甲"), "图1 甲", "图1 甲"], "图1 甲"),
        (["注：甲。", FRAME], "注：甲。"),
        (["表2 甲", styled("表1 乙")], "表2 甲"),
        (["续表1", styled("表1 乙")], "续表1"),
    ],
)
def test_what_is_no_name_and_no_note_stays_text(cells, kept):
    assert f"<p>{kept}</p>" in body(*cells)


@each(
    ("cells", "expected"),
    [
        (["表1 甲", styled("表1 甲")], "*表1 甲* table"),
        (["表1：甲", styled("表1 甲")], "*表1：甲* table"),
        (["表1 甲", styled("甲")], "*表1 甲* table"),
        (["表1", styled("甲")], "*表1 甲* table"),
        (["表1：", styled("表1 甲")], "*表1 甲* table"),
        (["表1 甲（单位：件）", styled("表1 甲")], "*表1 甲（单位：件）* table"),
        (["表1 甲", styled("甲（单位：件）")], "*表1 甲（单位：件）* table"),
        (["表1 甲\n\n单位：件", styled("表1 甲")], "*表1 甲（单位：件）* table"),
        (["表1[^a]", styled("表1 甲"), "[^a]: 丁。"], "*表1 甲[1]* table [1] 丁。"),
        (["图1", figure("甲")], "*图1 甲* picture"),
        ([figure("甲"), "图1："], "picture *图1 甲*"),
        (["图3", figure("图3 甲")], "*图3 甲* picture"),
        ([figure("甲"), "表2 乙\n\n图1："], "picture *图1 甲* 表2 乙 图1："),
        (["图3[^a]", figure("甲"), "[^a]: 丁。"], "*图3 甲[1]* picture [1] 丁。"),
        (["表1 甲", "单位：件", FRAME], "*表1 甲（单位：件）* table"),
    ],
)
def test_two_that_say_the_same_of_a_table_or_picture_are_one_name(cells, expected):
    assert shown(*cells) == expected


@each(
    ("cells", "expected"),
    [
        ([figure(), figure(), "图1 甲", "图2 乙"], "picture *图1 甲* picture *图2 乙*"),
        (["丙。", PICTURE, figure(), "图1 甲\n\n图2 乙\n\n丁。"], "丙。 picture *图1 甲* picture *图2 乙* 丁。"),
        ([f"{PICTURE}\n\n{PICTURE}\n\n图1 甲\n\n图2 乙"], "picture *图1 甲* picture *图2 乙*"),
        (["图1 甲\n\n图2 乙", figure(), figure()], "*图1 甲* picture *图2 乙* picture"),
        ([figure("甲"), figure("乙"), "图1 甲", "图2 乙"], "picture *图1 甲* picture *图2 乙*"),
        (["表1 甲", "表2 乙", FRAME, TABLE], "*表1 甲* table *表2 乙* table"),
        ([figure(), figure(), "图1 甲\n\n图2 乙\n\n图3 丙"], "picture *图1* picture *图1 甲* 图2 乙 图3 丙"),
        ([figure("甲"), figure("乙"), "图1 丙", "图2 丁"], "picture *图1 甲* picture *图2 乙* 图1 丙 图2 丁"),
        ([figure(), figure(), "> 图1 甲\n>\n> 图2 乙"], "picture *图1* picture *图2* 图1 甲 图2 乙"),
        ([figure(), figure(), "图1 甲\n\n丙。\n\n图2 乙"], "picture *图1* picture *图1 甲* 丙。 图2 乙"),
    ],
)
def test_several_pictures_have_the_names_that_follow_or_precede_all_of_them_in_order(cells, expected):
    assert shown(*cells) == expected


def test_a_figure_is_told_of_by_its_name():
    made = of(figure(), "图1 “甲”<b>乙</b>")
    made.metadata["lang"] = "zh-CN"
    page = page_of(made)
    assert 'alt="图1 “甲”乙"' in page.body
    assert not page.findings


def alternatives(*cells):
    return re.findall('alt="([^"]*)"', body(*cells))


def test_a_name_tells_of_the_figure_beside_it_alone():
    assert alternatives(f"图1 甲\n\n{PICTURE}\n\n图2 乙", figure()) == ["丙", "图2 乙"]
    above, below = body(f"图1 甲\n\n{PICTURE}\n\n图2 乙", figure()).split('<div class="report">')[1:]
    assert ["图1" in above, "图2" in above, "图1" in below, "图2" in below] == [True, False, False, True]


@each(
    ("cells", "expected"),
    [
        (["表1 甲[^a]", FRAME], "*表1 甲[1]* table"),
        (["表1 甲[^a]\n\n单位：件", TABLE], "*表1 甲[1]（单位：件）* table"),
        (["表1 甲", f"单位：件[^a]\n\n{TABLE}"], "*表1 甲（单位：件[1]）* table"),
        (["图1 甲[^a]", figure()], "*图1 甲[1]* picture"),
        ([figure(), "资料来源：甲\n\n图1 乙[^a]"], "picture *图1 乙[1]* (资料来源：甲)"),
        ([figure("甲"), "图1 甲[^a]"], "picture *图1 甲[1]*"),
        ([figure(), "图1 甲，[^a]"], "picture *图1* 图1 甲，[1]"),
        ([TABLE, "注：甲[^a]。"], "table (注：甲[1]。)"),
    ],
)
def test_the_mark_of_a_footnote_stands_in_a_name_and_is_no_part_of_it(cells, expected):
    assert shown(*cells, "[^a]: 丁。") == f"{expected} [1] 丁。"


def test_no_other_words_for_a_name_have_the_mark_of_its_footnote():
    assert alternatives("图1 甲[^a]", figure(), "[^a]: 丁。") == ["图1 甲"]
    assert alternatives(figure("甲"), "图1 甲[^a]", "[^a]: 丁。") == ["图1 甲"]
    page = page_of(of("表1 甲[^a]", FRAME, "表1 甲（续表）[^a]", TABLE, "乙。\n\n图5 各镇[^a]\n\n乙。", "[^a]: 丁。"))
    assert [one.found for one in page.findings] == ["“图5 各镇”旁边没有图片"]


def test_many_names_and_notes_take_no_longer_each():
    many = "".join(f"<p>注：{number}。</p>\n" for number in range(1000))
    listed = "".join(f"<p>图{number} 甲</p>\n<p>乙。</p>\n" for number in range(1, 1000))
    table = '<div class="report"><div class="scroll"><table>\n<tr><td>1</td></tr></table></div>\n</div>'
    begin = time.process_time()
    assert len([*names.named([(1, table), (2, f'<div class="report">{many}</div>')], is_report=False)]) == 1
    assert len([*mislaid.lonely([(1, f'<div class="report">{listed}</div>')], is_report=False)]) == 999
    rows = table.replace("<tr><td>1</td></tr>", "<tr><td>1</td></tr>\n" * 20_000)
    notes = [(number, f'<div class="report"><p>注：{number}。</p>\n</div>') for number in range(2, 40)]
    assert len([*names.named([(1, rows), *notes], is_report=False)]) == 1
    assert time.process_time() - begin < 3


def test_a_name_of_another_cell_is_the_tables_in_the_pdf():
    made = of("表1 各镇情况", FRAME, "注：甲。")
    made.metadata["lang"] = "zh-CN"
    reader = pdf(page_of(made))
    assert text(reader).startswith("表1各镇情况")
    assert "/Caption" in {one.get("/S") for one in elements(reader)}


def elements(reader):
    """The structure elements of a PDF."""
    todo = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        one = todo.pop().get_object()
        if isinstance(one, dict):
            yield one
            inside = one.get("/K", [])
            todo += inside if isinstance(inside, list) else [inside]


@each(
    ("cells", "said"),
    [
        (["表1 甲", FRAME, f"表3 乙\n\n{TABLE}"], "表1（第2个单元格）、表3（第3个单元格）：缺表2"),
        ([figure("图1 甲"), figure("图1 乙")], "图1（第1个单元格）、图1（第2个单元格）：图1重号"),
        ([figure("甲"), figure("图3 乙")], "图1（第1个单元格）、图3（第2个单元格）：缺图2"),
        ([figure("图1-1 甲"), figure("图1-3 乙")], "图1-1（第1个单元格）、图1-3（第2个单元格）：缺图1-2"),
        ([figure("Figure 2. Towns")], "图2（第1个单元格）：缺图1"),
        ([figure(), "图2 甲"], "图2（第1个单元格）：缺图1"),
    ],
)
def test_numbers_that_disagree_with_their_places_are_a_warning(cells, said):
    made = of(*cells)
    made.metadata["lang"] = "zh-CN"
    [found] = [one for one in page_of(made).findings if one.code == "W227"]
    assert found.found == said


@each(
    "cells",
    [
        [figure("图1 甲"), figure("乙"), figure("图三 丙"), "表1 甲", FRAME, "表2 乙", TABLE, f"续表2\n\n{TABLE}"],
        [figure("附图2 甲"), figure("图1-1 甲"), figure("图1-2 乙"), figure("图2-1 丙")],
        ["表1 甲\n\n单位：件", TABLE, FRAME, figure("图2024年走势")],
    ],
)
def test_numbers_in_order_are_no_warning(cells):
    assert "W227" not in {one.code for one in page_of(of(*cells)).findings}


@each(
    ("cells", "said"),
    [
        (["表1 甲", "## 乙", FRAME], "“表1 甲”下面没有表格"),
        ([FRAME, "表1 甲\n\n乙。"], "“表1 甲”下面没有表格"),
        (["甲。\n\n图1 乙\n\n丙。"], "“图1 乙”旁边没有图片"),
        (["表1 甲", new_code_cell("print(1)", outputs=[new_output("stream", text="1\n")])], None),
        (["表1 甲\n\n表2 乙\n\n图1 丙"], "“表1 甲”下面没有表格、“表2 乙”下面没有表格、“图1 丙”旁边没有图片"),
        (["图1 甲\n\n图2 乙", "丙。", figure("甲"), "丙。", figure("乙")], None),
        (["图1 甲\n\n图2 乙\n\n图3 丙", figure("甲"), "丙。", figure("乙")], "“图3 丙”旁边的图片已有名称“图1 甲”"),
        (["表6 甲", "图1 乙", figure()], "“表6 甲”下面没有表格"),
        ([figure(), "图1 甲", "图2 乙"], "“图2 乙”旁边的图片已有名称“图1 甲”"),
        ([figure(), figure(), figure(), "图1 甲", "图2 乙"], "“图2 乙”旁边的图片已有名称“图1 甲”"),
        (["表2 甲", styled("表1 乙")], "“表2 甲”下面的表格已有名称“表1 乙”"),
        (["图1 乙", figure("甲")], "“图1 乙”旁边的图片已有名称“图1 甲”"),
        ([styled("表1 甲"), "图1 乙"], "“图1 乙”旁边没有图片"),
        (["甲见表1。\n\n表1显示，各镇都有。\n\n附表1 甲"], None),
        ([figure("甲"), "图1 乙"], "“图1 乙”旁边的图片已有名称“图1 甲”"),
        ([TABLE, "丙。\n\n图1 甲", figure()], None),
        ([html('<iframe src="https://a.test"></iframe>'), "图1 甲"], None),
        (["图1 甲\n\n丙。\n\n图2 乙"], "“图1 甲”旁边没有图片、“图2 乙”旁边没有图片"),
        (
            ["图1 甲", new_code_cell("print()", outputs=[new_output("stream", text="\n")]), figure("图2 乙")],
            "“图1 甲”旁边的图片已有名称“图2 乙”",
        ),
    ],
)
def test_a_name_without_its_table_or_picture_is_a_warning(cells, said):
    made = of(*cells)
    made.metadata["lang"] = "zh-CN"
    assert "、".join(one.found for one in page_of(made).findings if one.code == "W228") == (said or "")
