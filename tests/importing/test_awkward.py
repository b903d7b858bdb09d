"""Awkward tables: each figure that is taken is the one that was put into its cell; all else is 未填, or asked about."""

import csv
import io
import random

import openpyxl
import pytest

import imports
from forms import saved
from machine import in_turn
from making import FORMATS
from nianbao.errors import UsageError
from nianbao.importing.choosing import SEVERAL
from nianbao.inputs.cells import NUMBER
from nianbao.inputs.csvlayout import to_csv

OTHER = 1_000_000  # is added to what belongs to another year or section


def grid(form, key):
    """A table with another figure in each cell; as the rows of its CSV, with its cells' figures."""
    table = FORMATS[form].tables[key]
    figures = random.Random(key).sample(range(100, 99_999), len(table.cells))
    values = dict(zip(table.cells, map(str, figures), strict=True))
    return [*csv.reader(io.StringIO(to_csv(table, values).lstrip("\ufeff")))], values


def is_data(row):
    return any(map(str.isdecimal, row))


def first(rows):
    """The first column of figures."""
    return min(at for row in rows for at, text in enumerate(row) if text.isdecimal())


def other(text, named=""):
    return str(int(text) + OTHER) if text.isdecimal() else named.format(text) if text else ""


def beside(rows, named):
    """Another year's figure behind each figure."""
    begin = first(rows)
    return [[*row[:begin], *(one for text in row[begin:] for one in (text, other(text, named)))] for row in rows]


def before(rows, named):
    """Another year's figure before each figure."""
    begin = first(rows)
    return [[*row[:begin], *(one for text in row[begin:] for one in (other(text, named), text))] for row in rows]


def behind(rows, named):
    """All of another year's figures behind this year's."""
    return [[*row, *(other(text, named) for text in row[first(rows) :])] for row in rows]


def at_first_data(rows, make):
    at = next(at for at, row in enumerate(rows) if is_data(row))
    return [*rows[:at], *make(rows[at:])]


def total(rows):
    return ["合计", *[""] * (first(rows) - 1), *["9999999"] * (len(rows[0]) - first(rows))]


def numbered(rows):
    return [[str(at) if is_data(row) else "序号" * (at == 0), *row] for at, row in enumerate(rows)]


def section(rows, name, more):
    return [[name], *([str(int(text) + more) if text.isdecimal() else text for text in row] for row in rows)]


AWKWARD = {
    "last year beside": lambda rows: beside(rows, "上年"),
    "last year beside, same heads": lambda rows: beside(rows, "{}"),
    "last year beside, named": lambda rows: beside(rows, "上年{}"),
    "last year before": lambda rows: before(rows, "上年{}"),
    "last year before, same heads": lambda rows: before(rows, "{}"),
    "last year behind": lambda rows: behind(rows, "{}"),
    "last year behind, named": lambda rows: behind(rows, "上年{}"),
    "plan beside": lambda rows: beside(rows, "计划"),
    "up to now beside": lambda rows: beside(rows, "累计"),
    "quarters": lambda rows: before(before(rows, "上半年{}"), "一季度"),
    "two years headed": lambda rows: [
        [*[""] * first(rows), "本年", *[""] * (len(rows[0]) - 1), "上年"],
        *behind(rows, "{}"),
    ],
    "the total moved to the front": lambda rows: [
        [*row[: first(rows)], row[-1], *row[first(rows) : -1]] if len(row) == len(rows[0]) else row for row in rows
    ],
    "no total": lambda rows: [row[:-1] for row in rows],
    "a share behind": lambda rows: [
        [*row, "占比（%）" if at == 0 else "12.5" * is_data(row)] for at, row in enumerate(rows)
    ],
    "rows are numbered": numbered,
    "texts": lambda rows: [[f" {text} " if text.isdecimal() else text for text in row] for row in rows],
    "thousands": lambda rows: [[f"{int(text):,}" if text.isdecimal() else text for text in row] for row in rows],
    "a blank in a number": lambda rows: [
        [f"{text[:-3]} {text[-3:]}" if text.isdecimal() and len(text) > 3 else text for text in row] for row in rows
    ],
    "pieces": lambda rows: [[f"{text}件" if text.isdecimal() else text for text in row] for row in rows],
    "a sign in each row": lambda rows: [[*row[:-1], "/" if row[-1].isdecimal() else row[-1]] for row in rows],
    "blank columns": lambda rows: [[one for text in row for one in (text, "")] for row in rows],
    "no first line": lambda rows: rows[1:],
    "no heads": lambda rows: at_first_data(rows, lambda body: body)[
        next(at for at, row in enumerate(rows) if is_data(row)) :
    ],
    "half of the heads": lambda rows: [
        [text[: len(text) // 2 + 1] for text in row] if not is_data(row) else row for row in rows
    ],
    "a sum below": lambda rows: [*rows, total(rows)],
    "a sum on top": lambda rows: at_first_data(rows, lambda body: [total(rows), *body]),
    "rows in another order": lambda rows: at_first_data(rows, lambda body: [*reversed(body)]),
    "labels twice": lambda rows: [*rows[:-1], [*(rows[-2][: first(rows)]), *rows[-1][first(rows) :]]],
    "a label lost": lambda rows: [*rows[:-1], [*[""] * first(rows), *rows[-1][first(rows) :]]],
    "heads again in the middle": lambda rows: [*rows[: len(rows) // 2], *rows[:2], *rows[len(rows) // 2 :]],
    "turned": lambda rows: [list(column) for column in zip(*(row + [""] * (9 - len(row)) for row in rows), strict=False)],
    "merged cells lost": lambda rows: [[text for text in row if text] for row in rows],
    "lines of the form": lambda rows: [["2023年度", "", "单位：示例市测试局"], *rows, ["填表人：张三"], ["注：1", "2"]],
    "a row of last year's below each": lambda rows: [
        one for row in rows for one in ([row, [other(text, "上年") for text in row]] if is_data(row) else [row])
    ],
    "a figure too many": lambda rows: [*rows[:-1], [*rows[-1][: first(rows)], "777777", *rows[-1][first(rows) :]]],
    "two figures in a cell": lambda rows: [*rows[:-1], [*rows[-1][:-1], f"{rows[-1][-1]}/5"]],
}


def as_csv(rows):
    into = io.StringIO()
    csv.writer(into).writerows(rows)
    return into.getvalue()


def as_xlsx(rows):
    opened = openpyxl.Workbook()
    for row in rows:
        opened.active.append([int(text) if text.isdecimal() else text or None for text in row])
    return saved(opened)


def as_html(rows):
    made = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    return f"<p>一、总体情况</p><p>平稳。</p><table>{made}</table>"


MAKERS = {"a.csv": as_csv, "a.xlsx": as_xlsx, "a.html": as_html}


# Of these each figure that stands there is taken.
NO_OTHER = {"texts", "thousands", "a sign in each row"}


@pytest.mark.slow
@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("awkward", AWKWARD)
def test_no_figure_is_taken_for_another_cells(awkward, form, tmp_path):
    """Each table in a kind of file, by turns: they all become rows."""
    turn = [*AWKWARD].index(awkward) + (form == "2021")
    for at, key in enumerate(FORMATS[form].tables, turn):
        rows, values = grid(form, key)
        name, make = [*MAKERS.items()][at % len(MAKERS)]
        file = name, make(AWKWARD[awkward](rows))
        try:
            made = imports.begin(tmp_path / key, file, year=2023 if form == "2021" else 2020).made
        except UsageError:
            continue
        cells = made.taken[key].cells if key in made.taken else {}
        taken = {cell: str(one.value) for cell, one in cells.items() if one.state == NUMBER and cell in values}
        assert {cell: values[cell] for cell in taken} == taken, (key, name)
        shown = {text.strip().replace(",", "") for row in AWKWARD[awkward](rows) for text in row}
        assert awkward not in NO_OTHER or {*taken.values()} == {*values.values()} & shown, (key, name)


@pytest.mark.by_turns(7)
@pytest.mark.parametrize("key", ["table2", "table3", "table4"])
@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("names", [("办公室", "法规科"), ("", "")])
def test_a_table_of_each_section_is_none_of_the_report(key, make, names, tmp_path):
    rows, _ = grid("2021", key)
    both = [row for at, name in enumerate(names) for row in section(rows, name, at + 1) if any(row)]
    if make != "a.html":
        with pytest.raises(UsageError, match="several times"):
            imports.imported(tmp_path, (make, MAKERS[make](both)))
        return
    made = imports.begin(tmp_path, (make, MAKERS[make](both))).made
    assert SEVERAL in made.questions
    assert key not in made.taken


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(("make", "lost"), in_turn(MAKERS, range(6)))
def test_a_row_that_has_lost_a_figure_is_not_shifted_left(make, lost, tmp_path):
    rows, _ = grid("2021", "table3")
    figures = [3, 1, 2, 4, 5, 6, 21]
    del figures[lost]
    rows[5] = [*rows[5][:3], *map(str, figures), ""]
    made = imports.begin(tmp_path, (make, MAKERS[make](rows))).made
    row = [cell for key, cell in made.taken["table3"].cells.items() if key[0][-1] == "（一）予以公开"]
    assert len(row) == 7
    assert {cell.state for cell in row} == {"未填"}
