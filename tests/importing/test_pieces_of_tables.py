"""Statutory tables that a PDF's text has in pieces: none is a paragraph that nobody is asked about, and no text is lost."""

import random
from itertools import product

import pytest

from cases import each
from importing.test_laidout import Canvas, cut, head, rows
from importing.test_spaced import CHAPTERS, HEADS, made_of, written
from imports import TITLE
from making import FORMATS
from nianbao.importing.lines import strayrows, textlines
from nianbao.inputs.cells import NUMBER
from nianbao.statute import tree
from nianbao.wording import UNFILLED

ONE = ["2023年，本机关贯彻落实条例，各项工作平稳推进。", "全年主动公开信息575条，", "其中公示公告56条。"]
FIVE = [
    "（一）存在的问题",
    "公开的内容不够及时，个别栏目更新间隔超过3个月。",
    "（二）改进措施",
    "对照11个问题逐项整改，已完成9项。",
]
SIX = ["本年度无其他需要报告的事项。"]
TEXT = {*ONE, *FIVE, *SIX, "全年主动公开信息575条，其中公示公告56条。"}


def figures(chance, form, key):
    """Each row's labels with its figures, whose totals are right; and the truth, cell by cell."""
    typed, truth = {}, {}
    for (row, column), (_, chain) in FORMATS[form].tables[key].cells.items():
        some = typed.setdefault(row, [])
        last = max((at + 1 for at, (_, is_total) in enumerate(some) if is_total), default=0)
        is_total = chain[-1].label == "总计"
        number = sum(one for one, _ in some[last:]) if is_total else chance.choice([0, 0, 1, chance.randint(0, 40)])
        some.append((number, is_total))
        truth[row, column] = number
    return {row: [str(number) for number, _ in some] for row, some in typed.items()}, truth


def in_lines(form, key, typed):
    """As a PDF's text has it in the order of its content: a row a line."""
    return written(form, key, {row: " " + " ".join(some) for row, some in typed.items()}).split("\n")


def a_cell_a_line(form, key, typed):
    """As it has it with each cell in a line of its own, long ones in two."""
    cells = [cell for line in in_lines(form, key, typed) for cell in line.split(" ")]
    return [line for cell in cells for line in cut(cell, 18)]


def laid_out(form, key, typed):
    """As it has it in the layout of the page, in narrow columns."""
    part = FORMATS[form].tables[key].parts[0]
    if part.head_depth < 2:
        return in_lines(form, key, typed)
    widths = [7] * len(part.column_chains)
    stubs = [7, 9, 8][: part.stub_depth]
    edges = [sum(stubs) + sum(widths[:at]) for at in range(len(widths))]
    canvas = Canvas()
    top = head(canvas, part, edges, widths, 3)
    some = [typed[tree.labels_of(chain)] for chain in part.row_chains]
    rows(canvas, part, top, stubs, edges, widths, some, 3)
    return canvas.lines()


def dropped(chance, lines, five):
    begin = chance.randrange(len(lines))
    return lines[:begin] + lines[begin + chance.choice([1, 1, 4]) :], five


def without_a_word(chance, lines, five):
    at = chance.randrange(len(lines))
    words = lines[at].split() or [""]
    words[chance.randrange(len(words))] = ""
    return [*lines[:at], *filter(str.strip, [" ".join(words)]), *lines[at + 1 :]], five


def glued(chance, lines, five):
    at = chance.randrange(len(lines))
    return [*lines[:at], lines[at].replace(" ", ""), *lines[at + 1 :]], five


def parted(chance, lines, five):
    at = chance.choice([at for at, line in enumerate(lines) if len(line.strip()) > 3])
    line = lines[at].strip()
    cuts = [cut for cut in range(1, len(line)) if not (line[cut].isdigit() and line[cut - 1].isdigit())]
    to = chance.choice(cuts)
    return [*lines[:at], *filter(None, (line[:to].strip(), line[to:].strip())), *lines[at + 1 :]], five


def in_another_order(chance, lines, five):
    begin = chance.randrange(len(lines))
    some = lines[begin : begin + 12]
    chance.shuffle(some)
    return [*lines[:begin], *some, *lines[begin + 12 :]], five


def moved(chance, lines, five):
    """Some lines stand between the paragraphs of another chapter."""
    begin = chance.choice([0, chance.randrange(len(lines))])
    end = begin + chance.choice([1, 3, 12])
    at = chance.randrange(len(five) + 1)
    return lines[:begin] + lines[end:], [*five[:at], *lines[begin:end], *five[at:]]


DAMAGES = [dropped, without_a_word, glued, parted, in_another_order, moved]
# Figures that change places are right for all that anyone can see.
SHOWS_NO_ORDER = {dropped, without_a_word, parted, in_another_order, moved}


def report(key, lines, five):
    """A whole report with the lines of one table, and the text of its fifth chapter."""
    chapters = [line for one, heading in CHAPTERS.items() for line in (heading, *(lines if one == key else []))]
    head = [TITLE.format(2023), "一、总体情况", *ONE]
    return [*head, *chapters, "五、存在的主要问题及改进情况", *five, "六、其他需要报告的事项", *SIX]


def paragraphs(made):
    """The paragraphs and headings that are printed, but for those of chapters."""
    lines = made.files["narrative.md"].split("\n")
    return [
        line.removeprefix("### ") for line in lines if (line and line[:2] not in {"# ", "##", "{{"}) or line[:3] == "###"
    ]


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("seeds", [range(1), range(1, 3)])
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("laid", [in_lines, a_cell_a_line, laid_out])
def test_no_piece_of_a_table_is_a_paragraph_unasked_and_no_text_is_lost(seeds, damage, laid):
    for seed, key in product(seeds, CHAPTERS):
        chance = random.Random(f"{damage.__name__} {laid.__name__} {key} {seed}")
        form = chance.choice(["2019", "2021"])
        typed, truth = figures(chance, form, key)
        lines, five = laid(form, key, typed), FIVE
        for _ in range(chance.choice([1, 1, 3])):
            lines, five = damage(chance, lines, five) if len(lines) > 5 else (lines, five)
        said = "\n".join(report(key, lines, five))
        made = made_of(said, form)
        asked = " ".join(about for some in made.questions.values() for about in some)
        printed = paragraphs(made)
        assert not [one for one in printed if one not in TEXT and one not in asked], f"{seed}\n{said}"
        assert "".join(one for one in printed if one in TEXT) == "".join([*ONE, *FIVE, *SIX]), f"{seed}\n{said}"
        cells = made.taken[key].cells.items() if key in made.taken and damage not in SHOWS_NO_ORDER else ()
        assert not [cell for cell, found in cells if found.state == NUMBER and found.value != truth[cell]], f"{seed}\n{said}"
        assert all(found.state in {NUMBER, UNFILLED} for _, found in cells)


FOUR = "\n".join([*HEADS["table4"].replace(" ", "\n").split("\n")[:7], *"1023"])


@each("figures_", [["25", "", "9", "", "7"], ["0931"], ["12", "/"]])
def test_figures_of_a_table_that_was_not_read_are_no_paragraphs_of_another_chapter(figures_):
    made = made_of("\n".join(report("table4", [FOUR], [*FIVE[:2], "", *figures_, "", *FIVE[2:]])))
    assert paragraphs(made) == [*ONE, *FIVE, *SIX]
    said = [one.partition("：")[2] for one in made.questions[strayrows.LEFT]]
    assert " / ".join(filter(None, figures_)) in said


@pytest.mark.parametrize(
    "cut",
    [
        ["公开不够及时，栏目更新间隔最长的超过", "3", "个月，已改正。"],
        ["栏目更新间隔超过 个月。", "3 25"],
        ["已完成整改的", "9", "项，其余在办。"],
    ],
)
def test_a_figure_that_may_be_of_a_sentence_stays_and_is_asked_about(cut):
    for lines in ([FOUR], []):
        made = made_of("\n".join(report("table4", lines, [*cut, *FIVE[2:]])))
        assert "".join(cut).replace(" ", "") in "".join(paragraphs(made)).replace(" ", "")
        figure = next(one for one in cut if one.replace(" ", "").isdigit())
        assert [one.partition("：")[2] for one in made.questions[strayrows.KEPT]] == [figure]


def test_figures_alone_in_a_line_are_asked_about_where_all_tables_were_read():
    typed, _ = figures(random.Random(0), "2021", "table4")
    made = made_of("\n".join(report("table4", in_lines("2021", "table4", typed), [*FIVE, "4"])))
    assert paragraphs(made) == [*ONE, *FIVE, "4", *SIX]
    assert [one.partition("：")[2] for one in made.questions[strayrows.KEPT]] == ["4"]


NARROW = """（本列数据的勾稽关系为： 申请人情况
第一项加第二项之和，等于 自然人 法人或其他组织 总计
第三项加第四项之和） 商业企 科研机 社会公 法律服 其他
业 构 益组织 务机构"""


def test_heads_of_which_no_line_is_a_whole_label_are_a_table_s():
    typed, truth = figures(random.Random(0), "2021", "table3")
    below = in_lines("2021", "table3", typed)[3:]
    made = made_of("\n".join(report("table3", [NARROW, *below], FIVE)))
    assert {key: cell.value for key, cell in made.taken["table3"].cells.items()} == truth
    assert textlines.NO_ORDER not in made.questions


def test_heads_that_run_into_each_other_leave_no_word_in_the_text():
    """结果 above 维持, and 审结总计 in one line."""
    half = "结果\n维持\n结果\n纠正\n其他\n结果\n尚未\n审结总计"
    heads = f"行政复议 行政诉讼\n{half}\n未经复议直接起诉 复议后起诉\n{half}结果{half.removeprefix('结果')}"
    for figures_ in ("1 1 4 6 12 5 6 9 7 27 7 7 8 1 23", "1 1 4 6 12 5 6 9 7", ""):
        made = made_of("\n".join(report("table4", [heads, *filter(None, [figures_])], FIVE)))
        assert paragraphs(made) == [*ONE, *FIVE, *SIX]
        read = [cell.value for cell in made.taken["table4"].cells.values()] if "table4" in made.taken else []
        assert read in ([], [*map(int, figures_.split())], [None] * 15)
