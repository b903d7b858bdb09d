"""Labels and heads that are not as they seem: struck out, seen by nobody, or shown as other words than they are."""

import io

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

import words
from cases import each
from imports import TITLE, begin, of_page, rows
from machine import in_turn
from nianbao.importing.words import in_cell
from nianbao.shown.blocks import ADDED, Looks, Piece
from nianbao.shown.wordinks import TINY
from reportbooks import book
from tablefiles import CHAPTERS

WHITE, STRUCK = openpyxl.styles.Font(color="FFFFFFFF"), openpyxl.styles.Font(strike=True)
IN_WORD = {
    "struck": "<w:strike/>",
    "white": '<w:color w:val="FFFFFF"/>',
    "hidden": "<w:vanish/>",
    "tiny": '<w:sz w:val="2"/>',
}
IN_BOOKS = {"struck": {"font": STRUCK}, "white": {"font": WHITE}, "hidden": {"number_format": ";;;"}}
ON_PAGES = {
    "struck": "<s>{}</s>",
    "white": '<span style="color:#fff">{}</span>',
    "hidden": '<span style="display:none">{}</span>',
    "tiny": '<span style="font-size:0">{}</span>',
}
# A label of each kind: a row's, a head, that of a group of rows or columns, a part's title; and how many cells it has.
LABELS = [
    ("table2", "行政许可", 1), ("table2", "本年制发件数", 2), ("table2", "第二十条第（六）项", 2),
    ("table3", "总计", 25), ("table3", "法人或其他组织", 125), ("table3", "1.属于国家秘密", 7),
    ("table3", "（三）不予公开", 56), ("table4", "行政复议", 5), ("table4", "结果维持", 3),
]  # fmt: skip


def of_book(root, key, label, **looks):
    """What is made of a table in a workbook, with other looks of the cells with a label."""
    chapter = CHAPTERS[key]
    made = openpyxl.load_workbook(io.BytesIO(book((chapter, [[TITLE.format(2023)], [chapter], *rows(key)]))))
    for cell in (cell for row in made.active.iter_rows() for cell in row if cell.value == label):
        for name, value in looks.items():
            setattr(cell, name, value)
    into = io.BytesIO()
    made.save(into)
    return begin(root, ("a.xlsx", into.getvalue())).made


def of_document(root, key, label, properties):
    """The same in a Word document."""
    heads = [words.paragraph(one) for one in (TITLE.format(2023), CHAPTERS[key])]
    made = [[words.run(cell, properties) if cell == label else cell for cell in row] for row in rows(key)]
    return begin(root, ("a.docx", words.document(*heads, words.table(made)))).made


@pytest.mark.slow
def test_figures_below_or_beside_a_label_of_a_workbook_that_is_struck_or_unseen_are_not_taken(tmp_path):
    wrong = {}
    for (key, label, count), looks in in_turn(LABELS, IN_BOOKS):
        taken = of_book(tmp_path / label, key, label, **IN_BOOKS[looks]).taken[key]
        if len(taken.doubtful) != count or any(f"“{label}”：格里" not in one.rule for one in taken.doubts):
            wrong[label, looks] = taken.doubts
    assert wrong == {}


@pytest.mark.slow
def test_so_are_those_of_a_page_and_a_word_document(tmp_path):
    wrong = {}
    for (key, label, count), looks in in_turn(LABELS, IN_WORD):
        page = rows(key, **{label: ON_PAGES[looks].format(label)})
        for kind, made in (
            ("docx", of_document(tmp_path / "docx" / label, key, label, IN_WORD[looks])),
            ("html", of_page(tmp_path / "html" / label, page, chapter=CHAPTERS[key])),
        ):
            taken = made.taken[key]
            is_doubtful = len(taken.doubtful) >= count and all("：格里" in one.rule for one in taken.doubts)
            # A group or a title that nobody sees leaves its rows under the one above.
            if not is_doubtful and not taken.faults:
                wrong[kind, label, looks] = taken.doubts
    assert wrong == {}


RAISED_LABELS = [("table2", "行政许可", "行政许可{}（1）"), ("table3", "总计", "总计{}（1）")]


@pytest.mark.parametrize(("key", "label", "text"), RAISED_LABELS)
def test_a_raised_mark_behind_a_label_is_none_of_it(key, label, text, tmp_path):
    def given(with_mark):
        words, mark = text.split("{}")
        raised = TextBlock(InlineFont(vertAlign="superscript"), mark)
        value = CellRichText(words or label, raised) if with_mark else label
        taken = of_book(tmp_path / str(with_mark), key, label, value=value).taken[key]
        return taken.cells, taken.doubts, taken.faults

    marked, plain = given(True), given(False)
    assert [one[1:] for one in (marked, plain)] == [([], [])] * 2
    assert [one.value for one in marked[0].values()] == [one.value for one in plain[0].values()]


@each(
    ("looks", "mark"),
    [
        ({"struck": True}, "格里有删去的文字"),
        ({"around": "隐藏的文字"}, "格里的字看不见：行政许可（隐藏的文字）"),
        ({"doubt": TINY}, f"格里的字看不见：行政许可（{TINY}）"),
        ({"raised": "sup"}, ""),
        ({"doubt": ADDED}, ""),
    ],
)
def test_words_are_marked_that_are_struck_or_that_nobody_sees(looks, mark):
    assert in_cell([Piece("行政许可", Looks()._replace(**looks))])[2] == mark


@pytest.mark.slow
def test_a_label_or_head_is_read_as_its_number_format_shows_it(tmp_path):
    wrong = {}
    for (key, label, count), code in in_turn(LABELS, ['@"（上年）"', '"2022年"@', '0;0;0;"行政处罚"', '@"（上年）"']):
        made = of_book(tmp_path / label, key, label, number_format=code)
        taken = made.taken.get(key)
        there = [] if taken is None else [cell for cell in taken.cells.values() if cell.value is not None]
        if taken is not None and len(taken.cells) - len(there) < count:
            wrong[label, code] = taken.doubts
    assert wrong == {}


@pytest.mark.slow
def test_what_only_changes_how_a_label_looks_is_no_question(tmp_path):
    for at, looks in enumerate(
        [{"number_format": "@"}, {"number_format": '@"："'}, {"font": openpyxl.styles.Font(bold=True)}]
    ):
        for key, label in (("table2", "行政许可"), ("table3", "总计")):
            taken = of_book(tmp_path / f"{at}{key}", key, label, **looks).taken[key]
            assert not taken.doubtful
            assert not taken.faults


def test_a_white_head_on_a_dark_ground_is_seen(tmp_path):
    dark = openpyxl.styles.PatternFill("solid", fgColor="FF1F4E79")
    assert not of_book(tmp_path, "table3", "总计", font=WHITE, fill=dark).taken["table3"].doubtful


def test_words_that_nobody_sees_in_a_blank_cell_make_no_figure_doubtful(tmp_path):
    made = [[*row[:1], ON_PAGES["hidden"].format("请填写")] if row[0] == "行政许可" else row for row in rows("table2")]
    taken = of_page(tmp_path, made).taken["table2"]
    assert not taken.doubtful
    assert [row[-1] for row, _ in taken.blanks] == ["行政许可"]
