"""A cell's text becomes one of four states; 0, 不适用 and 未填 stay apart, and nothing turns into 0 unless declared so."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from nianbao import reading
from nianbao.characters import in_a_line
from nianbao.findings import Source
from nianbao.inputs.cells import NUMBER, Cell, TableInput, place_of, read_cell
from nianbao.statute.tree import Node
from nianbao.wording import NOT_APPLICABLE, UNFILLED, UNKNOWN
from sheets import codes, params, table_of

WHERE = Source("table2.csv", 3, "B3")


def read(text, kind="count", unit="", **given):
    """The cell, and all that was said about it."""
    intake = TableInput()
    cell = read_cell(text, Node("栏", kind=kind, unit=unit), params(**given), WHERE, lambda: "表二 规章 / 栏", intake)
    return cell, intake


@each(
    ("text", "state"),
    [
        ("0", NUMBER),
        ("", UNFILLED),
        (" ", UNFILLED),
        ("\u00a0", UNFILLED),
        ("未填", UNFILLED),
        ("不适用", NOT_APPLICABLE),
        ("不 适用", NOT_APPLICABLE),
    ],
)
def test_nought_not_applicable_and_unfilled_are_three_things(text, state):
    cell, intake = read(text)
    assert (state, 0 if state == NUMBER else None) == (cell.state, cell.value)
    assert TableInput() == intake


@each("kind", ["count", "change", "money"])
@each("text", ["/", "-", "--", "_", "—", "——", "–", "―", "──", "−", "无", "／", "－", " / "])
def test_a_mark_reads_not_applicable_and_says_so(text, kind):
    cell, intake = read(text, kind)
    assert Cell(NOT_APPLICABLE, source=WHERE) == cell
    assert [("I105", "表二 规章 / 栏", WHERE)] == [(note.code, note.place, note.source) for note in intake.notes]
    assert "读作不适用" in intake.notes[0].found


@each(
    ("text", "meaning", "expected"),
    [
        ("/", "0", (NUMBER, 0)),
        ("—", "未填", (UNFILLED, None)),
        ("无", "不适用", (NOT_APPLICABLE, None)),
        ("", "0", (NUMBER, 0)),
        (" ", "不适用", (NOT_APPLICABLE, None)),
        ("零", "0", (NUMBER, 0)),
        ("／", "0", (NUMBER, 0)),
    ],
)
def test_a_declared_mark_reads_as_declared_and_says_so(text, meaning, expected):
    cell, intake = read(text, marks={text: meaning})
    assert expected == (cell.state, cell.value)
    assert ["I105"] == codes(intake.notes)
    assert f"“{reading.plain(text) or '空格'}”读作{meaning}" == intake.notes[0].found


@each("text", ["~", "N/A", "·", "\\", "一", "同上", "?"])
def test_an_undeclared_mark_stops_the_report_and_is_never_nought(text):
    cell, intake = read(text)
    assert Cell(UNFILLED, source=WHERE) == cell
    assert ["F202"] == codes(intake.faults)


@each("text", ["减3", "减11", "+2", "-1", "－8", "增2"])
def test_a_signed_number_is_an_error_in_a_count_and_read_in_a_change(text):
    cell, intake = read(text)
    assert (UNFILLED, None) == (cell.state, cell.value)
    assert ["F202"] == codes(intake.faults)
    assert f"“{text}”（带有正负号或增减字样）" == intake.faults[0].found
    assert reading.change(text) == read(text, "change")[0].value


@each(
    "text",
    [
        *(
            "本年共办理3件，其中1件结转",
            "“智慧城市”2020年一期项目",
            "14万余条",
            "2100余条",
            "1***",
            "约5",
            "1 2",
            "2\n0",
        ),
        *("007", "2021-02-05", "2021年2月5日", "12:30", "3.5", "①", "3²"),
    ],
)
@each("kind", ["count", "change"])
def test_digits_are_never_picked_out_of_text(text, kind):
    cell, intake = read(text, kind)
    assert Cell(UNFILLED, source=WHERE) == cell
    [fault] = intake.faults
    assert ("F202", "表二 规章 / 栏", WHERE) == (fault.code, fault.place, fault.source)
    assert in_a_line(text) in fault.found
    assert "整数" in fault.expected
    assert "改正这一格" == fault.action


@each(
    ("text", "value", "unit"),
    [("160.5964万元", "160.5964", "万元"), ("79000.1元", "79000.1", "元"), ("1,113.50元", "1113.50", "元"), ("0", "0", "")],
)
def test_money_keeps_its_digits_and_unit_where_the_head_fixes_none(text, value, unit):
    cell, intake = read(text, "money")
    assert Cell(NUMBER, Decimal(value), unit, WHERE) == cell
    assert value == format(cell.value, "f")
    assert TableInput() == intake


def test_bare_money_without_a_unit_is_a_warning():
    cell, intake = read("8040", "money")
    assert Cell(NUMBER, Decimal(8040), "", WHERE) == cell
    assert ["W204"] == codes(intake.notes)


def test_bare_money_takes_the_unit_of_the_head_without_a_word():
    cell, intake = read("12.50", "money", "万元")
    assert ("12.50", "万元") == (format(cell.value, "f"), cell.unit)
    assert TableInput() == intake


@each(("text", "value"), [("79000.1元", "7.90001"), ("80000元", "8"), ("0元", "0"), ("1.2亿元", "12000")])
def test_money_in_another_unit_than_the_heads_is_converted_exactly_and_said(text, value):
    cell, intake = read(text, "money", "万元")
    assert (value, "万元") == (format(cell.value, "f"), cell.unit)
    assert ["I106"] == codes(intake.notes)
    assert f"{text} = {value}万元" == intake.notes[0].found


@each("text", ["约8万元", "8.5万元（含税）", "-5万元", "减5万元", "设备采购2020年二期"])
def test_unclear_money_is_a_fault(text):
    cell, intake = read(text, "money")
    assert Cell(UNFILLED, source=WHERE) == cell
    assert ["F202"] == codes(intake.faults)
    assert "金额，如 8.5万元" in intake.faults[0].expected


def test_an_unknown_carries_its_reason():
    assert (Cell(UNKNOWN, source=WHERE, reason="台账遗失"), TableInput()) == read("未知：台账遗失")
    assert (Cell(UNKNOWN, source=WHERE, reason="台账遗失"), TableInput()) == read("未知: 台账遗失", "money", "万元")


@each("text", ["未知", "未知：", "未知: "])
def test_a_bare_unknown_is_refused(text):
    cell, intake = read(text)
    assert Cell(UNFILLED, source=WHERE) == cell
    assert ["F202"] == codes(intake.faults)
    assert "须写明原因" in intake.faults[0].found


@given(st.text(max_size=12), st.sampled_from(["count", "change", "money"]))
def test_whatever_is_written_is_read_or_refused_and_nought_only_comes_from_nought(text, kind):
    cell, intake = read(text, kind)
    assert cell.state in {NUMBER, NOT_APPLICABLE, UNFILLED, UNKNOWN}
    if cell.value == 0:
        assert set("0零〇") & set(reading.plain(text))
    if cell.state == UNFILLED:
        assert intake.faults or reading.plain(text) in {"", UNFILLED}
    assert all(fault.code == "F202" and fault.source == WHERE for fault in intake.faults)


@each(
    ("table", "row", "column", "expected"),
    [
        (("2021", "table2"), ("规章",), ("本年制发件数",), "表二 规章 / 本年制发件数"),
        (
            ("2021", "table3"),
            ("三、…", "（一）予以公开"),
            ("申请人情况", "法人或其他组织", "其他"),
            "表三 （一）予以公开 / 法人或其他组织·其他",
        ),
        (("2021", "table4"), (), ("行政诉讼", "复议后起诉", "总计"), "表四 复议后起诉·总计"),
    ],
)
def test_a_cell_is_named_by_its_table_row_and_column(table, row, column, expected):
    assert expected == place_of(table_of(*table), row, column)
