"""Cells of statutory tables that a reviewer has changed: asked about, and never written."""

import pytest

import forms
from nianbao import load
from nianbao.inputs.form import book
from reviewed import BUREAU, YEAR, began, said


def test_a_figure_of_a_table_is_asked_about_with_both_values_and_never_written(paths):
    def edit(document):
        document.tables[0].rows[6].cells[1].paragraphs[0].runs[0].text = "72"

    begun = began(paths, edit)
    [asked] = begun.made.questions.values()
    assert asked == ["表二 行政许可 / 本年处理决定数量：稿子是72，table2.csv是71"]
    assert {path.name for path in begun.files} == {"import.md"}


@pytest.mark.slow
def test_the_text_of_a_folder_with_a_form_is_merged_and_its_figures_are_compared(paths):
    read = load(BUREAU, YEAR, paths.params).report
    cells = {key: {place: cell.value for place, cell in some.items()} for key, some in read.cells.items()}
    forms.put(paths, book.made(read.format, read.bureau.name, YEAR, None, cells))

    def edit(document):
        document.tables[0].rows[6].cells[1].paragraphs[0].runs[0].text = "72"

    begun = began(paths, edit, said("每十分钟", "每五分钟"))
    [asked] = begun.made.questions.values()
    assert [one.partition("：")[2] for one in asked] == ["稿子是72，form.xlsx是71"]
    assert {path.name for path in begun.files} == {"import.md", "narrative.md"}


def test_a_label_of_a_statutory_table_that_was_changed_is_asked_about_with_both_words(paths):
    def edit(document):
        document.tables[0].rows[2].cells[0].paragraphs[0].runs[0].text = "政府规章"

    [asked] = began(paths, edit).made.questions.values()
    assert asked == ["表格里：稿子写“政府规章”，印的没有", "表格里：印的是“规章”，稿子没有"]
