"""What a conditional format makes of a cell: where a person may see something else than what is stored, it is no value."""

import struct
from pathlib import Path

import pytest

import office
from cases import each
from nianbao.inputs.cells import unread
from nianbao.inputs.files import conditions, numberformat
from nianbao.inputs.files.conditions import ALWAYS, NEVER, UNKNOWN
from nianbao.inputs.files.workbook import read_workbook
from nianbao.inputs.files.xlslooks import Looks
from nianbao.inputs.files.xlsrules import Rules
from workbooks import SHEET, altered, made, ods

GOLDEN = Path(__file__).parent.parent / "golden"
ALIKE, STRUCK, ALONE = "字与底色相同", "有删去线", "只显示数据条或图标"
WHITE = {"font_color": "#FFFFFF"}
TRUE = {"type": "formula", "criteria": "=TRUE"}


def looks(about, rule=None):
    """A rule that puts looks on a cell."""
    return (rule or TRUE), about


def bare(**rule):
    """A rule with looks of its own."""
    return rule, None


def by_value(criteria, value, about=None, **more):
    return looks(about or WHITE, {"type": "cell", "criteria": criteria, "value": value, **more})


SCALE = {"type": "2_color_scale", "min_color": "#000000", "max_color": "#000000"}
# value, rule, why its number is not taken; '' where it is
CHANGES = [
    (1843, looks({"num_format": '0"0"'}), "显示为18430"), (1843, looks({"num_format": "0.0,"}), "显示为1.8"),
    (1843, looks({"num_format": '0"万"'}), "显示为1843万"), (1843, looks({"num_format": "0%"}), "显示为184300%"),
    (1843, looks({"num_format": ";;;"}), numberformat.HIDDEN), (1843, looks({"num_format": "yyyy"}), "显示为日期"),
    (1843, looks({"font_strikeout": True}), STRUCK), (1843, looks(WHITE), ALIKE),
    (1843, looks({"bg_color": "#000000"}), ALIKE), (1843, looks({"bg_color": "#FF0000", "font_color": "#FF0000"}), ALIKE),
    (1843, bare(type="data_bar", bar_only=True), ALONE),
    (1843, bare(type="icon_set", icon_style="3_arrows", icons_only=True), ALONE), (1843, bare(**SCALE), ALIKE),
    (1843, by_value(">", 100), ALIKE), (1843, by_value("between", None, minimum=1, maximum=2000), ALIKE),
    (1843, looks(WHITE, {"type": "duplicate"}), ALIKE), (1843, looks(WHITE, {"type": "top", "value": 1}), ALIKE),
    (1843, looks(WHITE, {"type": "formula", "criteria": "=MOD(A1,2)=1"}), ALIKE),
]  # fmt: skip
ORDINARY = [
    (1843, looks({"num_format": "0"})), (1843, looks({"num_format": "#,##0"})), (1843, looks({"num_format": '0"件"'})),
    (1843, looks({"num_format": "0.00"})), (1843, looks({"bg_color": "#EEEEEE"})),
    (1843, looks({"font_color": "#9C0006", "bg_color": "#FFC7CE"})),
    (1843, looks({"bg_color": "#FFFF00"}, {"type": "blanks"})),
    (1843, bare(type="data_bar")), (1843, bare(type="data_bar", data_bar_2010=True)),
    (1843, bare(type="icon_set", icon_style="3_arrows")), (1843, bare(type="3_color_scale")),
    (1843, by_value("<", 100)), (1843, by_value("not between", None, minimum=1, maximum=2000)),
    (1843, looks({**WHITE, "bg_color": "#1F4E79"})), (0, by_value("==", 0, {"font_color": "#BFBFBF"})),
    ("规章", looks(WHITE)),
]  # fmt: skip


def ruled(rows):
    """A workbook with a value in each row and a rule for it."""

    def write(book, sheet):
        for row, (value, (rule, about)) in enumerate(rows):
            sheet.write(row, 0, value)
            said = {key: text.replace("A1", f"A{row + 1}") if key == "criteria" else text for key, text in rule.items()}
            sheet.conditional_format(row, 0, row, 0, said | ({"format": book.add_format(about)} if about else {}))

    return made(write)


def read(raw, name="form.xlsx"):
    book = raw if not isinstance(raw, bytes) else read_workbook(Path(name), lambda _: raw)
    assert book.faults == []
    return book


def whys(book):
    """Why the text of each row is not certain."""
    return [unread(cells[0]) for _, cells in book.sheets[0].rows]


def test_what_a_rule_shows_otherwise_is_no_value():
    book = read(ruled([one[:2] for one in CHANGES]))
    assert whys(book) == [(str(value), f"条件格式会改变看到的内容（{why}）") for value, _, why in CHANGES]


def test_ordinary_rules_change_nothing():
    book = read(ruled(ORDINARY))
    assert [cells[0] for _, cells in book.sheets[0].rows] == [str(value) for value, _ in ORDINARY]
    assert book.notes == []


@pytest.mark.parametrize("suffix", [".ods", ".xls"])
def test_rules_that_libreoffice_has_saved_are_read_alike(suffix):
    book = read(read_workbook(GOLDEN / f"ruled{suffix}"))
    _are_alike(book, suffix)


@pytest.mark.browser
def test_libreoffice_saves_rules_so_that_they_are_read_alike(tmp_path):
    source = tmp_path / "form.xlsx"
    source.write_bytes(ruled([*(one[:2] for one in CHANGES), *ORDINARY]))
    for path in office.saved(source, tmp_path, ".ods", ".xlsx", ".xls"):
        _are_alike(read(read_workbook(path)), path.suffix)


def _are_alike(book, suffix):
    """The rules of all kinds; LibreOffice writes some of them into no XLS."""
    is_lost = [suffix == ".xls" and (about is None or "num_format" in about) for _, (_, about), _ in CHANGES]
    found = whys(book)
    for number, (value, _, why) in enumerate(CHANGES):
        expected = ("", "") if is_lost[number] else (str(value), f"条件格式会改变看到的内容（{why}）")
        assert found[number] == expected, (suffix, CHANGES[number])
    assert found[len(CHANGES) :] == [("", "")] * len(ORDINARY), suffix


def test_a_zero_that_a_rule_hides_is_said_and_read():
    zeros = [(0, by_value("==", 0)), (0, looks({"num_format": ";;;"})), (0, bare(type="data_bar", bar_only=True))]
    book = read(ruled(zeros))
    assert [cells[0] for _, cells in book.sheets[0].rows] == ["0", "0", "0"]
    assert [note.found for note in book.notes] == ["A1、A2、A3存的是0，显示为空白"]


def test_a_rule_by_formula_looks_at_the_cell_that_it_names():
    def write(book, sheet):
        white = {"type": "formula", "format": book.add_format(WHITE)}
        sheet.write_column(0, 0, [5, 0, 7])
        sheet.write_column(0, 1, [1, 2, 3])
        sheet.conditional_format("A1:A3", white | {"criteria": "=A1=7"})
        sheet.conditional_format("B1:B3", white | {"criteria": "=$A1>6"})

    rows = [[bool(unread(cell)[1]) for cell in cells] for _, cells in read(made(write)).sheets[0].rows]
    assert rows == [[False, False], [False, False], [True, True]]


def test_the_rule_above_counts_more_and_one_that_stops_is_the_last():
    def write(book, sheet):
        black, white = (book.add_format({"font_color": colour}) for colour in ("#111111", "#FFFFFF"))
        grey = book.add_format({"bg_color": "#EEEEEE"})
        sheet.write_column(0, 0, [1, 2, 3])
        for cells, first, stops in (("A1", black, False), ("A2", grey, True), ("A3", grey, False)):
            sheet.conditional_format(cells, TRUE | {"format": first, "stop_if_true": stops})
            sheet.conditional_format(cells, TRUE | {"format": white})

    # Black counts more than white; grey stops; white goes with grey.
    assert [bool(why) for _, why in whys(read(made(write)))] == [False, False, False]
    raw = made(write)
    raw = altered(raw, **{SHEET: lambda data: data.replace(b'priority="1"', b'priority="9"')})
    assert [bool(why) for _, why in whys(read(raw))] == [True, False, False]


def test_a_rule_since_excel_2010_has_its_own_looks_and_its_own_place_for_its_cells():
    rule = (
        b'<extLst><ext><x14:conditionalFormattings xmlns:x14="urn:x" xmlns:xm="urn:y"><x14:conditionalFormatting>'
        b'<x14:cfRule type="expression" priority="1"><xm:f>TRUE</xm:f><x14:dxf><font><strike/></font></x14:dxf></x14:cfRule>'
        b"<xm:sqref>B1</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    raw = made(lambda _, sheet: sheet.write_row(0, 0, [4, 5]))
    raw = altered(raw, **{SHEET: lambda data: data.replace(b"</worksheet>", rule)})
    [(_, cells)] = read(raw).sheets[0].rows
    assert [unread(cell)[1] for cell in cells] == ["", f"条件格式会改变看到的内容（{STRUCK}）"]


@each(
    ("written", "meant"),
    [
        ("formula-is(TRUE())", ALWAYS), ("is-true-formula(0)", NEVER), ("error", NEVER), ("duplicate", UNKNOWN),
        (">=3", conditions.compared(">=", "3")), ("cell-content()=5", conditions.compared("=", "5")),
        ("between(1,5)", conditions.compared("between", "1", "5")), ("formula-is([.B2]=0)", conditions.of_formula("B2=0")),
        ("cell-content-is-not-between(1,5)", conditions.compared("not between", "1", "5")), ("=[.C3]", UNKNOWN),
    ],
)  # fmt: skip
def test_the_conditions_of_an_ods_are_understood_or_may_hold(written, meant):
    assert conditions.of_ods(written) == meant


def test_rules_of_styles_in_an_ods_are_read_where_it_has_no_others():
    said = (
        '<style:style style:name="white" style:family="table-cell">'
        '<style:text-properties fo:color="#ffffff" xmlns:fo="urn:x"/>'
        '</style:style><style:style style:name="ce1" style:family="table-cell">'
        '<style:map style:condition="cell-content()=5" style:apply-style-name="white"/></style:style>'
    )
    row = (
        '<table:table-row><table:table-cell table:style-name="ce1" office:value-type="float" office:value="{0}">'
        "<text:p>{0}</text:p></table:table-cell></table:table-row>"
    )
    found = whys(read(ods(row.format(5) + row.format(6), looks=said), "a.ods"))
    assert found == [("5", f"条件格式会改变看到的内容（{ALIKE}）"), ("", "")]


HIDES = b"\x03\0\0;;;"
NUMBERS, COLOURS = struct.Struct("<IH"), struct.Struct("<HH")
# Its height is not said, nor whether it is struck; its colour is the ninth, white.
FONT = bytes(64) + struct.pack("<i4xHH4x", -1, 0, 0) + struct.pack("<IIII", 9, 0, 0x80, 1) + bytes(22)
STRIKES = bytes(64) + struct.pack("<iIHH4x", -1, 0x80, 0, 0) + struct.pack("<IIII", 0xFFFFFFFF, 0, 0, 1) + bytes(22)
HEADER = struct.pack("<HHQ", 0x87A, 0, 0)


def of_12(kind, more, template=0, change=b""):
    """A CF12 record without formulas."""
    about = struct.pack("<BBHHI", kind, 0, 0, 0, len(change)) + (change or bytes(2))
    return HEADER + about + struct.pack("<HBHHB", 0, 0, 1, template, 0) + more


def of_1(change, formula=b"\x1d\x01", kind=2, sign=0):
    return struct.pack("<BBHH", kind, sign, len(formula), 0) + change + formula


@each(
    ("kind", "body", "condition", "said"),
    [
        (0x1B1, of_1(NUMBERS.pack(1 << 25, 1) + struct.pack("<H", 2 + len(HIDES)) + HIDES), ALWAYS, {"code": ";;;"}),
        (0x1B1, of_1(NUMBERS.pack(1 << 25, 0) + b"\0\x02"), ALWAYS, {"code": "0.00"}),
        (0x1B1, of_1(NUMBERS.pack(1 << 26, 0) + FONT, b"\x1d\x00"), NEVER, {"colour": "FFFFFF"}),
        (0x1B1, of_1(NUMBERS.pack(1 << 26, 0) + STRIKES, b"\x1e\x05\0", 1, 3), conditions.compared("=", "5"),
         {"is_struck": True}),
        (0x1B1, of_1(NUMBERS.pack(1 << 26 | 1 << 29, 0) + FONT + COLOURS.pack(1 << 10, 0x38 | 0x3E << 7), b"\x41\x22\0"),
         ALWAYS, {"colour": "FFFFFF", "ground": "indexed62"}),
        (0x1B1, of_1(NUMBERS.pack(1 << 26 | 3 << 28, 0) + FONT + bytes(8) + COLOURS.pack(1 << 10, 9 | 9 << 7)),
         ALWAYS, {"colour": "FFFFFF", "ground": "FFFFFF"}),
        (0x1B1, of_1(NUMBERS.pack(1 << 26, 0) + FONT, b"\x4c\0\0\0\xc0\x1e\0\0\x0b"), conditions.of_formula("A1=0"),
         {"colour": "FFFFFF"}),
        (0x1B1, of_1(NUMBERS.pack(1 << 26, 0)), UNKNOWN, {"hides": "读不出这条条件格式"}),
        (0x87A, of_12(4, bytes(3) + b"\x00" + bytes(40)), ALWAYS, {"hides": ALONE}),
        (0x87A, of_12(6, bytes(5) + b"\x01" + bytes(40)), ALWAYS, {"hides": ALONE}),
        (0x87A, of_12(3, bytes(4) + b"\x02\0" + bytes(8) + struct.pack("<II8xd", 2, 0, 1) + struct.pack("<II8x", 1, 8)),
         ALWAYS, {"scale": ("000000", "000000")}),
        (0x87A, of_12(2, b"", 10, NUMBERS.pack(1 << 26, 0) + FONT), ALWAYS, {"colour": "FFFFFF"}),
    ],
)  # fmt: skip
def test_a_rule_of_an_xls_is_understood_or_may_hide_everything(kind, body, condition, said):
    rules = Rules(Looks())
    rules.take(kind, body)
    [rule] = rules.made
    assert (rule.condition, {key: one for key, one in rule.change._asdict().items() if key in said}) == (condition, said)


@pytest.mark.parametrize("body", [of_12(4, bytes(3) + b"\x02" + bytes(40)), of_12(6, bytes(6) + bytes(40))])
def test_bars_and_icons_beside_the_number_of_an_xls_are_no_rule(body):
    rules = Rules(Looks())
    rules.take(0x87A, body)
    assert rules.made == []
