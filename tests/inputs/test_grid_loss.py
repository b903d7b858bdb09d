"""No number in a table's file is ever lost, moved or turned into 0 unsaid: it stands in its cell, or there is a fault."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from making import keys_of
from nianbao import reading
from nianbao.findings import Finding, Source
from nianbao.inputs.cells import NO_UNIT, NUMBER, gathered
from nianbao.wording import UNFILLED, column_letter
from sheets import TABLES, at, codes, official, read, row_of, table_of

# tmp_path is one folder for all examples of a test: each overwrites the file.
SHARED_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=50)
SPELLINGS = {"987": 987, "1,987": 1987, "９８７": 987, " 987\u00a0": 987, "减987": -987, "987.50万元": Decimal("987.50")}


def numbered(form, table):
    keys = keys_of(table_of(form, table))
    return official(table_of(form, table), lambda *key: keys.index(key) + 1)


@pytest.mark.by_turns(6)
@pytest.mark.parametrize(("form", "table"), TABLES)
@SHARED_FOLDER
@given(data=st.data())
def test_a_number_put_anywhere_lands_in_its_cell_or_is_a_fault(form, table, data, tmp_path):
    rows = official(table_of(form, table))
    text = data.draw(st.sampled_from(list(SPELLINGS)))
    line = data.draw(st.integers(1, len(rows) + 2))
    column = data.draw(st.integers(0, max(map(len, rows)) + 2))
    rows += [[] for _ in range(line - len(rows))]
    row = rows[line - 1]
    row += [""] * (column - len(row))
    row[column : column + data.draw(st.integers(0, 1))] = [text]
    intake = read(tmp_path, table_of(form, table), rows)
    assert {UNFILLED, NUMBER} >= {cell.state for cell in intake.cells.values()}
    if not intake.faults:
        assert [SPELLINGS[text]] == [cell.value for cell in intake.cells.values() if cell.value]
        [cell] = [cell for cell in intake.cells.values() if cell.value]
        assert Source(f"{table}.csv", line, f"{column_letter(column)}{line}") == cell.source


@pytest.mark.by_turns(6)
@pytest.mark.parametrize(("form", "table"), TABLES)
@SHARED_FOLDER
@given(data=st.data())
def test_however_labels_are_spoilt_every_number_stands_in_one_cell_or_there_is_a_fault(form, table, data, tmp_path):
    rows = numbered(form, table)
    texts = sorted({cell for row in rows for cell in row if not reading.is_figure(cell)} | {"", "备注", "合计"})
    for _ in range(data.draw(st.integers(1, 3))):
        row = data.draw(st.sampled_from([row for row in rows if row]))
        place = data.draw(st.integers(0, len(row) - 1))
        match data.draw(st.sampled_from(["write", "insert", "drop", "swap", "repeat", "remove"])):
            case "write":
                row[place] = data.draw(st.sampled_from(texts))
            case "insert":
                row.insert(place, data.draw(st.sampled_from(texts)))
            case "drop":
                del row[place]
            case "swap":
                other = data.draw(st.sampled_from(rows))
                row[:], other[:] = other[:], row[:]
            case "repeat":
                rows.append(list(row))
            case "remove":
                rows.remove(row)
    intake = read(tmp_path, table_of(form, table), rows)
    if not intake.faults:
        written = Counter(reading.money(cell)[0] for row in rows for cell in row if reading.is_figure(cell))
        assert written == Counter(cell.value for cell in intake.cells.values() if cell.value is not None)


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_every_cell_of_the_format_is_there_whatever_the_file_holds(form, table, tmp_path):
    rows = numbered(form, table)
    intake = read(tmp_path, table_of(form, table), rows[: len(rows) // 2])
    assert set(keys_of(table_of(form, table))) == set(intake.cells)
    assert UNFILLED in {cell.state for cell in intake.cells.values()}


def test_extra_cells_where_one_belongs_are_faults_with_their_addresses(tmp_path):
    rows = numbered("2021", "table2")
    row_of(rows, "行政许可")[1:] = ["2", "0", "0"]
    faults = read(tmp_path, table_of("2021", "table2"), rows).faults
    assert [("F204", "C7", "“0”"), ("F204", "D7", "“0”")] == [
        (fault.code, fault.source.cell, fault.found) for fault in faults
    ]


@pytest.mark.parametrize("blank", ["", " ", "\u00a0"])
def test_a_blank_cell_is_unfilled_and_a_short_row_as_well(blank, tmp_path):
    table = table_of("2021", "table2")
    rows = numbered("2021", "table2")
    row_of(rows, "规章")[3], row_of(rows, "行政许可")[1:] = blank, []
    intake = read(tmp_path, table, rows)
    assert [] == intake.faults
    assert (UNFILLED, Source("table2.csv", 3, "D3")) == (lambda cell: (cell.state, cell.source))(
        at(intake, table, "规章", "现行有效件数")
    )
    assert UNFILLED == at(intake, table, "行政许可", "本年处理决定数量").state


def test_a_blank_declared_nought_counts_in_a_short_row_as_well(tmp_path):
    table = table_of("2021", "table2")
    rows = numbered("2021", "table2")
    row_of(rows, "规章")[3], row_of(rows, "行政许可")[1:] = "", []
    intake = read(tmp_path, table, rows, marks={"": "0"})
    assert [0, 0] == [
        at(intake, table, "规章", "现行有效件数").value,
        at(intake, table, "行政许可", "本年处理决定数量").value,
    ]
    assert [("I105", "“空格”读作0，共2格：规章 / 现行有效件数、行政许可 / 本年处理决定数量")] == [
        (note.code, note.found) for note in intake.notes
    ]


def test_a_note_of_several_cells_names_every_reading_and_cell_while_they_are_few():
    table = table_of("2021", "table2")
    amounts = ["8.04", "8.04", "8.04", "3.5"]
    notes = [Finding(NO_UNIT, f"{table.name} 第{at}格", Source("table2.csv", at), one) for at, one in enumerate(amounts)]
    assert ["8.04；3.5，共4格：第0格、第1格、第2格、第3格"] == [one.found for one in gathered(notes, table)]


def test_a_second_row_of_numbers_in_table_4_is_a_fault(tmp_path):
    rows = numbered("2021", "table4")
    [fault] = read(tmp_path, table_of("2021", "table4"), [*rows, rows[-1]]).faults
    assert ("F201", Source("table4.csv", 5), "2行数字") == (fault.code, fault.source, fault.found)


@pytest.mark.parametrize("line", ["（盖章）", "领导签字：", "本表一式两份"])
def test_what_stands_below_table_4_costs_it_no_number(line, tmp_path):
    rows = numbered("2021", "table4")
    intake = read(tmp_path, table_of("2021", "table4"), [*rows, [line]])
    assert [("F204", Source("table4.csv", 5, "A5"), f"“{line}”")] == [
        (fault.code, fault.source, fault.found) for fault in intake.faults
    ]
    assert all(cell.value is not None for cell in intake.cells.values())


@pytest.mark.parametrize(("table", "lost"), [("table3", 0), ("table3", 1), ("table3", 2), ("table4", 0), ("table4", 1)])
def test_a_lost_head_row_is_read_where_the_others_tell_the_columns(table, lost, tmp_path):
    rows = numbered("2021", table)
    del rows[lost]
    intake = read(tmp_path, table_of("2021", table), rows)
    assert [] == intake.faults
    assert list(range(1, len(intake.cells) + 1)) == [intake.cells[key].value for key in keys_of(table_of("2021", table))]


def test_heads_that_do_not_tell_the_columns_are_one_fault_that_shows_the_numbers_in_their_place(tmp_path):
    rows = numbered("2021", "table3")
    faults = read(tmp_path, table_of("2021", "table3"), rows[3:]).faults
    assert {"F201"} == set(codes(faults)) or {"F204"} == set(codes(faults))


def test_a_title_that_shares_its_row_with_a_number_is_the_title_and_the_number_is_one_fault(tmp_path):
    rows = numbered("2021", "table2")
    rows[0].append("5")
    [fault] = read(tmp_path, table_of("2021", "table2"), rows).faults
    assert ("F204", "“5”", "B1") == (fault.code, fault.found, fault.source.cell)


def test_faults_name_the_place_as_a_person_would(tmp_path):
    rows = numbered("2021", "table3")
    row_of(rows, "（一）予以公开")[4] = "约3"
    [fault] = read(tmp_path, table_of("2021", "table3"), rows).faults
    assert """[故障 F202] 单元格不是数字：表三 （一）予以公开 / 法人或其他组织·商业企业（table3.csv 第6行 E6格）
  实际：“约3”（不是数字）
  应为：不小于0的整数；或 不适用、未填、未知：原因
  处理：改正这一格""" == str(fault)
