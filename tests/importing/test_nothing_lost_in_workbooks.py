"""Whatever sheets a workbook has, in whatever order: its tables are read, each figure is in a file or asked about."""

import random
import re

import pytest

import imports
from imports import TITLE, rows
from reportbooks import HEADINGS, Numbered, book

CHAPTERS = [*HEADINGS.values()]
HEADS = ["项目", "件数", "网站", "微信", "金额", "2022年", "2023年", "增减", "备注", "公开渠道", "办结", "收文"]
LABELS = [
    ["网站", "微信", "其他", "总计"],
    ["养老科", "救助科", "合计"],
    ["一季度", "二季度", "三季度", "四季度"],
    ["新收", "办结", "结转"],
    ["来信", "来电", "来访"],
]
KEYS = {2: "table2", 3: "table3", 4: "table4"}
SENTENCES = ["全年公开{}条。", "其中办结{}件，另有{}件正在办理。", "（一）召开会议{}次。", "平稳。"]
NOTES = ["注：含延续{}件。", "填表人：张三", "单位：件", "填报单位：示例市测试局"]
SHEETS = ["养老科", "去年对比", "台账", "Sheet5", "渠道明细", "经费"]


def own(chance, figure):
    """A table of the text: heads, then rows with a label and figures, some with a blank cell."""
    width, labels = chance.randint(1, 4), chance.choice(LABELS)
    body = [[label, *(figure() if chance.random() < 0.9 else "" for _ in range(width))] for label in labels]
    return [chance.sample(HEADS, width + 1), *([*row[:1], row[1] or figure(), *row[2:]] for row in body)]


def said(chance, figure, some):
    return [re.sub("{}", lambda _: figure(), chance.choice(some))]


def statutory(chance, figure, number, heading):
    """The rows of a sheet with a statutory table, and what each of its cells says."""
    table = [[figure() if cell in {"3", "8"} else cell for cell in row] for row in rows(KEYS[number])]
    above = [[heading]] if chance.random() < 0.5 else []
    above += [said(chance, figure, NOTES[1:])] if chance.random() < 0.3 else []
    below = [said(chance, figure, NOTES)] if chance.random() < 0.4 else []
    if chance.random() < 0.4:
        extra = [[""]] * chance.randint(0, 2) + [["渠道情况"]] * chance.randint(0, 1) + own(chance, figure)
        below += extra
    return [*above, *table, *below]


def text(chance, figure, numbers, is_first, is_last):
    """The rows of a sheet of the text with some chapters, not all of which have a text."""
    made = [[TITLE.format(2023)]] if is_first else []
    for number in numbers:
        made.append([CHAPTERS[number - 1]])
        for _ in range(chance.randint(0 if number in KEYS else 1, 2)):
            made += own(chance, figure) if chance.random() < 0.25 else [said(chance, figure, SENTENCES)]
            made += [["其中："]] * (chance.random() < 0.1)
    return made + [["示例市测试局"], ["2024年1月20日"]] * is_last


def workbook(chance):
    """The sheets of a workbook, and whether it is signed."""
    figure = Numbered()
    cuts = sorted(chance.sample(range(1, 6), chance.choice([0, 0, 0, 1, 2, 5])))
    runs = [range(begin + 1, end + 1) for begin, end in zip([0, *cuts], [*cuts, 6], strict=True)]
    is_signed = chance.random() < 0.7
    sheets = [
        (f"正文{at}" if cuts else "正文", text(chance, figure, run, at == 0, is_signed and run[-1] == 6))
        for at, run in enumerate(runs)
    ]
    sheets += [(f"表{'一二三四'[number - 1]}", statutory(chance, figure, number, CHAPTERS[number - 1])) for number in KEYS]
    for name in chance.sample(SHEETS, chance.randint(0, 2)):
        sheets.append((name, [*([[name]] * (chance.random() < 0.3)), *own(chance, figure)]))
    if chance.random() < 0.4:
        sheets.append(("填表说明", [["一、本表由各科室填写。"], ["二、没有发生的填0。"]]))
    if chance.random() < 0.7:
        chance.shuffle(sheets)
    return sheets, is_signed


# Each of the first has found a fault.
@pytest.mark.by_turns(7)
@pytest.mark.parametrize(
    "seed", [0, 1, 8, 10, 15, 21, 27, *(pytest.param(one, marks=pytest.mark.slow) for one in range(30, 50))]
)
def test_each_cell_of_a_workbook_is_read_and_each_figure_is_somewhere(tmp_path, seed):
    sheets, is_signed = workbook(random.Random(seed))
    made = imports.begin(tmp_path, ("a.xlsx", book(*sheets))).made
    unread = {key for key, one in made.taken.items() if any(cell.value is None for cell in one.cells.values())}
    assert (sorted(made.taken), unread) == (["table2", "table3", "table4"], set()), made.questions
    said = "\n".join([*made.files.values(), *(one for about in made.questions.values() for one in about)])
    typed = re.findall("1[0-9]{4}", " ".join(cell for _, made_of in sheets for row in made_of for cell in row))
    lost = [one for one in typed if one not in said]
    assert lost == [], [one for one in made.left_out if any(figure in one[1] for figure in lost)]
    text = made.files["narrative.md"]
    assert not [line for line in text.split("\n") if "　" in line]
    assert [line for line in text.split("\n") if line.startswith("## ")] == [
        f"## {one}" for number, one in enumerate(CHAPTERS, 1) if f"## {one}" in text or number not in KEYS
    ]
    assert (made.outline.values.get("signature", ("",))[0] == "示例市测试局") == is_signed
    # No sheet of a section, and no guide, is printed.
    for name, rows_ in sheets:
        if name in SHEETS:
            figures = [cell for row in rows_ for cell in row if cell.isdecimal()]
            assert not [one for one in figures if one in text]
