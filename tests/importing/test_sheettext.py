"""The text of a sheet: chapters whose text stands beside their headings, and what is said beside the text."""

import random
import re

import openpyxl
import pytest

from forms import saved
from imports import TITLE, begin
from nianbao.importing.questions import IN_COLUMNS, REMARKS
from nianbao.importing.workbooks.bookfile import REMARKED
from reportbooks import HEADINGS, Numbered

HEAD, NAME, DAY = TITLE.format(2023), "示例市测试局", "2024年1月20日"
TEXT = {
    HEADINGS["一"]: ["全年公开101条。", "一是办结102件。"],
    HEADINGS["五"]: ["（一）主要问题", "公开的广度不够，有103处。", "（二）改进措施", "逐项整改104项。"],
    HEADINGS["六"]: ["本年度无其他需要报告的事项。"],
}
PRINTED = [HEAD, *(one for heading, lines in TEXT.items() for one in (heading, *lines))]


def sheet(rows, merged=0, sheet="正文"):
    """A workbook of one sheet; texts in its first column take some columns."""
    made = openpyxl.Workbook()
    made.active.title = sheet
    for at, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            made.active.cell(at, column).value = cell or None
        if merged and row[0]:
            made.active.merge_cells(start_row=at, start_column=1, end_row=at, end_column=merged)
    return saved(made)


def read(tmp_path, raw):
    return begin(tmp_path, ("a.xlsx", raw)).made


def printed(made):
    return [line.lstrip("# ").replace("\\", "") for line in made.files["narrative.md"].split("\n") if line]


def of_report(made):
    return [made.outline.values[key][0] for key in ("signature", "date")]


def plain(remarks=()):
    """The report with one paragraph a row, and remarks in some rows or between them: (row, column) → text."""
    rows = [[one] for one in [*PRINTED, NAME, DAY]]
    for (at, column), text in sorted(remarks, reverse=True):
        if column < 0:
            rows.insert(at, [*[""] * -column, text])
        else:
            rows[at] += [*[""] * (column - len(rows[at])), text]
    return rows


REMARK = [
    [((2, 11), "请核对数字")],
    [((3, 11), "这里要改成25条"), ((5, 12), "王科长：这一段是去年的。")],
    [((1, 11), "待定")],
    [((2, 11), "25")],
    [((3, -11), "这里要改成25条")],
    [((5, -11), "2.这里要改成25条，请办公室核对以后重新填写这一段的数字。"), ((2, 11), "请核对")],
]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("remarks", REMARK)
@pytest.mark.parametrize("merged", [10, 0])
def test_a_remark_beside_the_text_is_asked_about_and_not_printed(remarks, merged, tmp_path):
    made = read(tmp_path, sheet(plain(remarks), merged))
    assert printed(made) == PRINTED
    assert [
        one.rpartition("：" if "：" not in text else "）：")[2]
        for one, (_, text) in zip(made.questions[REMARKS[REMARKED]], sorted(remarks, key=lambda one: one[0][0]), strict=True)
    ] == [text for _, text in sorted(remarks, key=lambda one: one[0][0])]
    assert of_report(made) == [NAME, DAY]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("merged", [8, 0])
@pytest.mark.parametrize("column", [3, 11])
@pytest.mark.parametrize("beside", [True, False])
def test_a_signature_on_the_right_of_the_text_is_no_remark(merged, column, beside, tmp_path):
    rows = [[one] for one in PRINTED]
    blank = [""] * column
    rows += [[NAME, *blank, DAY]] if beside else [["", *blank, NAME], ["", *blank, DAY]]
    made = read(tmp_path, sheet(rows, merged if not beside else 0))
    assert printed(made) == PRINTED
    assert REMARKS[REMARKED] not in made.questions
    assert of_report(made) == [NAME, DAY]


def in_columns(chance):
    """The report with headings in one column and texts in another, and what it says of itself in rows of its own."""
    left, counted, heads = chance.choice([0, 1]), chance.random() < 0.3, chance.random() < 0.5
    of_itself = chance.random() < 0.5
    by_line = chance.random() < 0.5
    blank = [""] * left
    rows = [[*blank, "章节", *(["序号"] if counted else []), "内容"]] if heads else []
    first = [["标题", HEAD]] if of_itself else [[HEAD, ""]]
    last = [["落款", NAME], ["日期", DAY]] if of_itself else [["", NAME], ["", DAY]]
    if of_itself and chance.random() < 0.5:
        first, last = [*first, *last], []
    body = []
    for heading, lines in TEXT.items():
        words = heading if chance.random() < 0.8 else f"{heading[0]}．{heading[2:]}"
        lines = lines if by_line else ["\n".join(lines)]
        body += [[words if at == 0 else "", line] for at, line in enumerate(lines)]
    for at, (label, text) in enumerate([*first, *body, *last], 1):
        rows.append([*blank, label, *([str(at)] if counted and label != HEAD else []), text])
    return rows


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("seed", range(20))
def test_texts_beside_the_headings_of_their_chapters_stand_below_them(seed, tmp_path):
    made = read(tmp_path, sheet(in_columns(random.Random(seed))))
    assert [line.replace("．", "、", 1) if "．" in line[:2] else line for line in printed(made)] == PRINTED
    assert of_report(made) == [NAME, DAY]
    assert REMARKS[REMARKED] not in made.questions


def test_rows_that_are_no_chapters_are_asked_about(tmp_path):
    rows = [["标题", HEAD], ["文号", "示测发〔2024〕3号"], ["责任科室", "办公室，共105人"]]
    rows += [[heading, "\n".join(lines)] for heading, lines in TEXT.items()] + [["落款", NAME], ["日期", DAY]]
    made = read(tmp_path, sheet(rows))
    assert printed(made) == PRINTED
    assert made.questions[REMARKS[REMARKED]] == [f"{REMARKED}（工作表“正文”A3格）：责任科室：办公室，共105人"]
    assert made.outline.values["number"][0] == "示测发〔2024〕3号"


def test_a_table_of_the_text_is_no_text_beside_headings(tmp_path):
    figure = Numbered()
    own = [["问题", "措施"], ["一、公开不够", "加强培训。"], ["二、更新不快", f"清理{figure()}条。"]]
    rows = [[one] for one in [HEAD, HEADINGS["一"], "全年公开101条。"]] + own + [[HEADINGS["六"]], ["无。"], [NAME], [DAY]]
    text = read(tmp_path, sheet(rows)).files["narrative.md"]
    assert "| 一、公开不够 | 加强培训。 |" in text


def test_texts_beside_headings_in_a_table_of_a_page_are_asked_about(tmp_path):
    rows = "".join(f"<tr><td>{heading}</td><td>{''.join(lines)}</td></tr>" for heading, lines in TEXT.items())
    page = f"<h1>{HEAD}</h1><p>{HEADINGS['二']}</p><p>另见附表。</p><table>{rows}</table><p>{NAME}</p><p>{DAY}</p>"
    made = begin(tmp_path, ("a.html", page)).made
    assert made.questions[IN_COLUMNS]
    assert "102" in made.files["narrative.md"]


def test_figures_beside_texts_in_columns_are_no_numbers_of_rows(tmp_path):
    """What counts the rows one by one, on the left of the texts, is left out; other figures stay, or are asked about."""
    rows = [[HEAD], *([heading, "\n".join(lines)] for heading, lines in TEXT.items())]
    rows[2:2] = [["", "微信", "7", "8"], ["", "网站", "5", "9"], ["（三）信息", "56", "发布各类信息情况。"]]
    made = read(tmp_path, sheet(rows))
    said = f"{made.files['narrative.md']}{made.left_out}{made.questions}"
    assert [one for one in ("7", "8", "5", "9", "56") if not re.search(rf"(?<![0-9]){one}(?![0-9])", said)] == []
