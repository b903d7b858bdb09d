"""What a person sees in a workbook is what is read: another number, or one that nobody sees, has no certain value."""

from pathlib import Path
from time import process_time

import pytest

import office
from cases import each
from nianbao.inputs.files import numberformat
from nianbao.inputs.files.workbook import read_workbook
from workbooks import SHEET, altered, made, ods

GOLDEN = Path(__file__).parent.parent / "golden"


def other(shown, stored):
    return f"显示的与存的数不同：{shown}，存的是{stored}"


def unseen(text, why="数字格式不显示它"):
    return f"格里的字看不见：{text}（{why}）"


ALIKE, TINY, SIGNS, TIMES = "字与底色相同", "字小得看不见", "符号字体，看到的是别的符号", "重复填满格子，看到的是几遍"
# value, number format, what is read
FORMATS = [
    (3, ";;;", unseen(3)), (3, '"";"";""', unseen(3)), (3, "0;;", "3"), (-3, "0;;", unseen(-3)), (3, '""', unseen(3)),
    (3, '[=3]"";General', unseen(3)), (0, '[=0]"";General', "0"), (7, '[=0]"";General', "7"),
    (0, "#,###", "0"), (0, "0;-0;;@", "0"),
    (12345, "0,", other(12, 12345)), (12000, '0,"千"', other("12千", 12000)), (5, '0"万"', "5万"),
    (12345, '0!.0,"万"', other("1.2万", 12345)), (12.46, "0.0", other("12.5", 12.46)), (12.5, "0.00", "12.5"),
    (12.46, "0", other("12", 12.46)), (1234567, "#,##0", "1234567"),
    (1113, '#,##0"件"', "1113件"), (1234567.5, "#,##0.00", "1234567.5"),
    (0.4, "0%", "40%"), (0.1246, "0%", other("12%", 0.1246)), (0.123, "0.00%", "12.3%"), (40, '0"%"', "40%"),
    (-3, "0;0", other("3", -3)), (-3, '0;"减"0', "减3"), (-3, "0_);[Red]\\(0\\)", "-3"), (3, "-0", other("-3", 3)),
    (3, "+0;-0;0", "+3"), (-8, "+0;-0;0", "-8"), (-5, "[$¥-804]#,##0", "-¥5"),
    (3, '"无"', other("无", 3)), (0, '0;0;"-"', "0"),
    (12, "[DBNum1]0", other("格式[DBNum1]0", 12)), (12345, "0.00E+00", other("格式0.00E+00", 12345)),
    (3, "# ?/?", other("格式# ?/?", 3)),
    (7, "000", "7"), (7, '"第"0"号"', "第7号"), (3, "General", "3"),
    (3, 'General"件"', "3件"), (3, "@", "3"), (3, "0.##", "3"),
    (0.5, "#.0", "0.5"), (138, "0-00", other("1-38", 138)),
    (2, '[>1]0;"多"', "2"),
    (3, "[White]0", unseen(3)), (3, "0;[白色]-0", "3"),
    (-3, "0;[Color2]-0", unseen(-3)), (-2, '[<0]0;0', other("格式[<0]0;0", -2)),
    (1843, "*10", other(11843, 1843)), (1843, "0*0", other(18430, 1843)), (7, "*00", "7"), (1843, "* #,##0", "1843"),
    (1843, "*-0", other(-1843, 1843)), (5, "[$-411]ggge", other("格式[$-411]ggge", 5)), (5, "**0", "5"),
]  # fmt: skip


@each(("value", "code", "text"), FORMATS)
def test_the_number_that_a_format_shows_is_read_or_it_is_no_number(value, code, text):
    assert (numberformat.with_format(value, code) or numberformat.typed(value)) == text


# value, looks, what is read
LOOKS = [
    (3, {"font_color": "#FFFFFF"}, unseen(3, ALIKE)), (3, {"font_color": "#FDFEFD"}, unseen(3, ALIKE)),
    (3, {"font_color": "#FFFFFF", "bg_color": "#1F4E79"}, "3"),
    (3, {"font_color": "#FFC7CE", "bg_color": "#FFC7CE"}, unseen(3, ALIKE)),
    (3, {"bg_color": "#000000"}, unseen(3, ALIKE)),
    (3, {"font_color": "#FFFFFF", "bg_color": "#4472C4", "pattern": 4}, "3"),
    (3, {"font_size": 1}, unseen(3, TINY)), (3, {"font_color": "#808080"}, "3"),
    (3, {"font_size": 3}, unseen(3, TINY)), (3, {"font_size": 6}, "3"),
    ("减3", {"font_color": "#FFFFFF"}, unseen("减3", ALIKE)), ("规章", {"font_color": "#FFFFFF"}, "规章"),
    ("5", {"num_format": ";;;"}, unseen("5")), ("5", {"num_format": "0;-0;0;@"}, "5"),
    ("不适用", {"num_format": '0;0;0;"x"'}, unseen("不适用")),
    (12.46, {"num_format": 2}, "12.46"), (12.46, {"num_format": 1}, other(12, 12.46)),
    (3, {"num_format": ";;;", "font_strikeout": True}, unseen(3)), (3, {"font_name": "Wingdings"}, unseen(3, SIGNS)),
    (3, {"font_name": "Symbol"}, unseen(3, SIGNS)), (3, {"font_name": "仿宋"}, "3"),
    (3, {"align": "fill"}, unseen(3, TIMES)),
    (1843, {"num_format": "*10"}, other(11843, 1843)), (1843, {"num_format": "0*0"}, other(18430, 1843)),
    ("行政许可", {"num_format": '@"（上年）"'}, "行政许可（上年）"),
    ("行政许可", {"num_format": '"2022年"@'}, "2022年行政许可"),
    ("行政许可", {"num_format": '0;0;0;"行政处罚"'}, "行政处罚"),
    ("5", {"num_format": '@"1"'}, unseen("5")),
]  # fmt: skip


def in_looks(book, sheet):
    for row, (value, looks, _) in enumerate(LOOKS):
        sheet.write(row, 0, value, book.add_format(looks)) if not isinstance(value, str) else sheet.write_string(
            row, 0, value, book.add_format(looks)
        )
    white, black = book.add_format({"font_color": "#FFFFFF"}), book.add_format({"font_color": "#000000"})
    sheet.write_rich_string(len(LOOKS), 0, white, "1", black, "2")
    sheet.write_formula(len(LOOKS) + 1, 0, '="9"&"1"', book.add_format({"font_strikeout": True}), "91")


READ = [text for _, _, text in LOOKS] + [unseen("12", ALIKE), "格里有删去线，不知哪些字算数：91"]


def texts(book):
    assert [] == book.faults
    return [cells[0] for _, cells in book.sheets[0].rows]


def opened(tmp_path, raw, name="form.xlsx"):
    path = tmp_path / name
    path.write_bytes(raw)
    return read_workbook(path)


def test_what_nobody_sees_of_a_cell_is_no_value(tmp_path):
    assert READ == texts(opened(tmp_path, made(in_looks)))


def test_an_xls_in_such_looks_is_read_as_an_xlsx():
    assert READ == texts(read_workbook(GOLDEN / "unseen.xls"))


@pytest.mark.browser
def test_libreoffice_saves_what_nobody_sees_so_that_it_is_read_alike(tmp_path):
    source = tmp_path / "form.xlsx"
    source.write_bytes(made(in_looks))
    for path in office.saved(source, tmp_path, ".ods", ".xlsx", ".xls"):
        assert READ == texts(read_workbook(path)), path.suffix


def with_zeros(book, sheet):
    hidden = book.add_format({"num_format": "#,###"})
    sheet.write_row(0, 0, [0, 5, 0])
    sheet.write_row(1, 0, [0, 6], hidden)
    sheet.set_row(1, 0)
    sheet.set_column(1, 1, 0)


def notes(book):
    return [(note.code, note.found) for note in book.notes]


def test_zeros_that_are_shown_as_nothing_are_said_and_rows_of_no_height(tmp_path):
    raw = made(with_zeros)
    assert [("I115", "第2行、B列是隐藏的"), ("I115", "A2存的是0，显示为空白")] == notes(opened(tmp_path, raw))
    flat = altered(
        raw, **{SHEET: lambda data: data.replace(b'hidden="1"', b"").replace(b'<row r="2"', b'<row ht="0" r="2"')}
    )
    assert ("I115", "第2行、B列是隐藏的") in notes(opened(tmp_path, flat))

    for height, is_low in (("0.5", True), ("9.5", False)):
        tall = altered(flat, **{SHEET: lambda data, height=height: data.replace(b'ht="0"', f'ht="{height}"'.encode())})
        assert any(found.startswith("第2行") for _, found in notes(opened(tmp_path, tall))) == is_low

    def without_zeros(book, sheet):
        sheet.hide_zero()
        with_zeros(book, sheet)

    book = opened(tmp_path, made(without_zeros))
    assert [["0", "5", "0"], ["0", "6", ""]] == [cells for _, cells in book.sheets[0].rows]
    assert ("I115", "A1、C1、A2存的是0，显示为空白") in notes(book)


def comments(book):
    return [(one.row, one.column, one.who, one.said) for sheet in book.sheets for one in sheet.comments]


def commented(book, sheet):
    sheet.write_row(0, 0, ["一、新收", 3])
    sheet.write_comment(0, 1, "据台账，\n不含补正2件", {"author": "张某"})
    sheet.write_comment(4, 3, "请核对", {"author": "李某"})


COMMENTS = [(0, 1, "张某", "据台账，\n不含补正2件"), (4, 3, "李某", "请核对")]


def test_comments_on_cells_are_known_with_their_cells_and_authors(tmp_path):
    book = opened(tmp_path, made(commented))
    assert (COMMENTS, [["一、新收", "3"]]) == (comments(book), [cells for _, cells in book.sheets[0].rows])


def test_comments_in_threads_are_known_once_with_all_that_was_answered(tmp_path):
    def threads(data):
        return (
            '<ThreadedComments><threadedComment ref="B1" personId="{1}"><text>待核</text></threadedComment>'
            '<threadedComment ref="B1" personId="{2}"><text>已核</text></threadedComment></ThreadedComments>'
        ).encode()

    def people(data):
        return '<personList><person id="{1}" displayName="甲"/><person id="{2}" displayName="乙"/></personList>'.encode()

    link = b'<Relationship Id="t" Type="x/threadedComment" Target="../threadedComments/a.xml"/></Relationships>'
    raw = altered(
        made(commented),
        **{
            "xl/threadedComments/a.xml": threads,
            "xl/persons/person.xml": people,
            "xl/worksheets/_rels/sheet1.xml.rels": lambda data: data.replace(b"</Relationships>", link),
            "xl/comments1.xml": lambda data: data.replace("张某".encode(), b"tc={1}"),
        },
    )
    assert [(0, 1, "乙", "已核"), (0, 1, "甲", "待核"), COMMENTS[1]] == comments(opened(tmp_path, raw))


def test_comments_of_an_ods_and_an_xls_are_known_as_those_of_an_xlsx(tmp_path):
    said = (
        "<office:annotation><dc:creator>张某</dc:creator><dc:date>2024-01-05</dc:date><text:p>据台账，</text:p>"
        "<text:p>不含<text:span>补正</text:span>2件</text:p></office:annotation>"
    )
    rows = f"<table:table-row><table:table-cell/><table:table-cell>{said}</table:table-cell></table:table-row>"
    raw = ods(rows.replace("<dc:creator>", '<dc:creator xmlns:dc="x">').replace("<dc:date>", '<dc:date xmlns:dc="x">'))
    assert COMMENTS[:1] == comments(opened(tmp_path, raw, "form.ods"))
    assert COMMENTS == [
        (row, column, who, said.strip()) for row, column, who, said in comments(read_workbook(GOLDEN / "notes.xls"))
    ]


@pytest.mark.browser
def test_libreoffice_saves_zeros_comments_and_flat_rows_so_that_they_are_read_alike(tmp_path):
    def put(book, sheet):
        sheet.hide_zero()
        with_zeros(book, sheet)
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.write_comment(4, 3, "请核对", {"author": "李某"})

    source = tmp_path / "form.xlsx"
    source.write_bytes(made(put))
    for path in office.saved(source, tmp_path, ".ods", ".xlsx", ".xls"):
        book = read_workbook(path)
        assert [("I115", "第2行、B列是隐藏的"), ("I115", "A1、C1、A2存的是0，显示为空白")] == notes(book), path.suffix
        assert [(4, 3, "请核对")] == [(row, column, said) for row, column, _, said in comments(book)], path.suffix


GROUNDS = [
    ({"pattern": 3, "fg_color": "#000000", "bg_color": "#000000"}, True), ({"pattern": 3, "fg_color": "#000000"}, True),
    ({"pattern": 4, "fg_color": "#000000", "bg_color": "#FFFFFF"}, False),
    ({"pattern": 4, "fg_color": "#FFFF00", "bg_color": "#FFFFFF", "font_color": "#FFFFFF"}, True),
    ({"pattern": 3, "fg_color": "#FFFF00"}, False),
]  # fmt: skip


def test_a_number_on_a_pattern_of_its_own_colour_is_no_value():
    def write(book, sheet):
        for row, (looks, _) in enumerate(GROUNDS):
            sheet.write(row, 0, 3, book.add_format(looks))

    read = read_workbook(Path("a.xlsx"), lambda _: made(write))
    assert texts(read) == [unseen(3, ALIKE) if is_hidden else "3" for _, is_hidden in GROUNDS]


@each(("stops", "is_hidden"), [(("FF000000", "FF000000"), True), (("FFFFFFFF", "FFDDEEFF"), False), (("FF000000",), True)])
def test_a_number_on_a_gradient_of_its_own_colour_is_no_value(stops, is_hidden):
    colours = "".join(f'<stop position="0"><color rgb="{one}"/></stop>' for one in stops)
    gradient = f"<gradientFill>{colours}</gradientFill>".encode()
    raw = made(lambda book, sheet: sheet.write(0, 0, 3, book.add_format({"pattern": 2, "fg_color": "#FF00FF"})))

    def turned(data):
        begin = data.index(b'<patternFill patternType="mediumGray">')
        return data[:begin] + gradient + data[data.index(b"</fill>", begin) :]

    read = read_workbook(Path("a.xlsx"), lambda _: altered(raw, **{"xl/styles.xml": turned}))
    assert texts(read) == [unseen(3, ALIKE) if is_hidden else "3"]


ROW = "<table:table-row><table:table-cell {about}>{shown}</table:table-cell></table:table-row>"


@each(
    ("about", "shown", "text"),
    [
        ('office:value-type="percentage" office:value="1843"', "1843", other("1843", "184300%")),
        ('office:value-type="percentage" office:value="0.4"', "40%", "40%"),
        ('office:value-type="percentage" office:value="0"', "0", "0"),
        ('office:value-type="currency" office:currency="USD" office:value="1843"', "1843", other("1843", "1843USD")),
        ('office:value-type="currency" office:value="1843"', "1843", other("1843", "1843货币")),
        ('office:value-type="currency" office:currency="CNY" office:value="91.6"', "¥91.6", "¥91.6"),
        ('office:value-type="float" office:value="1843"', "1843", "1843"),
    ],
)
def test_a_share_or_money_of_an_ods_that_is_shown_as_a_bare_number_is_none(about, shown, text):
    raw = ods(ROW.format(about=about, shown=f"<text:p>{shown}</text:p>"))
    assert texts(read_workbook(Path("a.ods"), lambda _: raw)) == [text]


TRACKED = (
    "<table:tracked-changes><table:cell-content-change{state}>"
    '<table:cell-address table:column="0" table:row="0" table:table="0"/><table:previous>'
    '<table:change-track-table-cell office:value-type="float" office:value="99"><text:p>99</text:p>'
    "</table:change-track-table-cell></table:previous></table:cell-content-change>"
    '<table:deletion table:type="row" table:position="4" table:table="0"{state}/></table:tracked-changes><table:table '
)


@each(("state", "is_open"), [("", True), ("pending", True), ("accepted", False), ("rejected", False)])
def test_a_cell_of_an_ods_whose_change_nobody_has_accepted_is_no_value(state, is_open):
    def tracked(data):
        said = f' table:acceptance-state="{state}"' if state else ""
        return data.replace(b"<table:table ", TRACKED.replace("{state}", said).encode(), 1)

    rows = ROW.format(about='office:value-type="float" office:value="1843"', shown="<text:p>1843</text:p>")
    raw = altered(ods(rows + rows), **{"content.xml": tracked})
    read = read_workbook(Path("a.ods"), lambda _: raw)
    assert texts(read) == ["格里有修订：1843（原为99）" if is_open else "1843", "1843"]
    assert notes(read) == ([("I115", "删除第5行，修订还没有接受")] if is_open else [])


HIDDEN = "数字格式不显示它"
STRUCK = "格里有删去线，不知哪些字算数：{}"


@pytest.mark.parametrize(
    "code", ['@"1"', "@@", '"1"@', '"-"@', "@%", '0;0;0;@"万"', '@"."', '@"百"', "[White]@", "@*1", '"x"@', "yy@"]
)
def test_a_format_that_adds_to_a_text_makes_no_value_of_it(code, tmp_path):
    book = made(lambda book, sheet: sheet.write_string(0, 0, "47", book.add_format({"num_format": code})))
    assert [unseen("47", HIDDEN)] == texts(opened(tmp_path, book))


@pytest.mark.parametrize("code", ["@", "General", "0;-0;0;@", '@" "', '@"件"', "_ @_ ", "[Red]@", "@* "])
def test_a_format_that_adds_nothing_that_counts_leaves_a_text_as_it_is(code, tmp_path):
    book = made(lambda book, sheet: sheet.write_string(0, 0, "47", book.add_format({"num_format": code})))
    assert ["47"] == texts(opened(tmp_path, book))


# The width of a text's column, its format, what stands beside it, whether a part of it is not seen.
WIDTHS = [
    (1.2, {}, "5", True), (2.5, {}, "5", True), (1.2, {}, "", False), (1.2, {"text_wrap": True}, "5", False),
    (1.2, {"shrink": True}, "5", False), (4, {}, "5", False), (None, {}, "5", False), (6, {"font_size": 36}, "5", True),
    (1.2, {"align": "right"}, "5", True),
]  # fmt: skip


@pytest.mark.parametrize(("width", "looks", "beside", "is_cut"), WIDTHS)
def test_a_text_that_its_column_cuts_off_is_no_value(width, looks, beside, is_cut, tmp_path):
    def write(book, sheet):
        sheet.set_column(0, 0, width)
        sheet.write_string(0, 0, "147", book.add_format(looks))
        sheet.write_string(0, 1, beside)

    assert [unseen("147", "这一栏太窄，只看得见一部分") if is_cut else "147"] == texts(opened(tmp_path, made(write)))


@pytest.mark.slow
def test_a_sheet_of_many_widths_and_texts_is_read_at_once(tmp_path):
    def write(_, sheet):
        for row in range(6_000):
            sheet.write_string(row, 198, "147")
            sheet.write_string(row, 199, "5")

    widths = "".join(f'<col min="{at}" max="{at}" width="1"/>' for at in range(201, 16_385))
    cols = f"<cols>{widths}</cols><sheetData>".encode()
    raw = altered(made(write), **{SHEET: lambda xml: xml.replace(b"<sheetData>", cols)})
    begun = process_time()
    opened(tmp_path, raw)
    assert process_time() - begun < 12  # a fifth of one; twice as much as 12, if each text looked for its width among all


@pytest.mark.parametrize(("kind", "is_struck"), [(1, True), (2, True), (3, True), (0, False)])
def test_a_line_from_corner_to_corner_strikes_a_number_and_no_head(kind, is_struck, tmp_path):
    looks = {"diag_type": kind, "diag_border": 5, "border": 1} if kind else {"border": 1}

    def write(book, sheet):
        sheet.write_row(0, 0, [47, "47", "项目／数量"], book.add_format(looks))

    read = opened(tmp_path, made(write)).sheets[0].rows[0][1]
    assert [*([STRUCK.format("47") if is_struck else "47"] * 2), "项目／数量"] == read


@pytest.mark.browser
def test_libreoffice_saves_such_lines_so_that_they_are_read_alike(tmp_path):
    def write(book, sheet):
        for row, kind in enumerate((1, 2, 3)):
            looks = book.add_format({"diag_type": kind, "diag_border": 1, "border": 1})
            sheet.write_row(row, 0, [47, "47", "项目／数量"], looks)
        sheet.write_row(3, 0, [47, "47", "项目／数量"], book.add_format({"border": 1}))

    source = tmp_path / "form.xlsx"
    source.write_bytes(made(write))
    for path in office.saved(source, tmp_path, ".ods", ".xls"):
        read = [cells for _, cells in read_workbook(path).sheets[0].rows]
        assert read == [[STRUCK.format("47")] * 2 + ["项目／数量"]] * 3 + [["47", "47", "项目／数量"]], path.suffix
