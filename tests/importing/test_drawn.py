"""What a workbook draws over its cells (text boxes, shapes, buttons) is listed, and heard where it speaks of the tables."""

from pathlib import Path

import pytest

import imports
import office
from nianbao.importing.choosing import OF_ANOTHER, UNSURE
from nianbao.importing.outline import ASIDE
from nianbao.importing.questions import REMARKS
from nianbao.importing.said.leftout import OF_OTHERS
from nianbao.importing.workbooks.bookfile import COVERING
from nianbao.inputs.files.workbook import read_workbook
from workbooks import altered, made, ods

GOLDEN = Path(__file__).parents[1] / "golden"
PAGE = f"<h1>{imports.TITLE.format(2023)}</h1><p>一、总体情况</p><p>平稳。</p>"
LINES = {"本表为1-6月数", "请核对", "作废"}
CELL = (
    '<table:table-row><table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p>{}'
    "</table:table-cell></table:table-row>"
)
BOX = (
    "<draw:frame><draw:text-box><text:p>草稿</text:p><text:p>第二行</text:p></draw:text-box>"
    "<draw:desc>无</draw:desc></draw:frame>"
)
FIELDS = (
    "<draw:frame><draw:text-box><text:p>填报日期：<text:date>2023-07-05</text:date>，本表<text:span>作废</text:span></text:p>"
    "<text:h><text:title>统计表</text:title>停用</text:h></draw:text-box><draw:title>图</draw:title></draw:frame>"
    "<office:annotation><dc:date>2024-01-05T10:00:00</dc:date><text:p>于<text:date>1月5日</text:date>核对</text:p></office:annotation>"
)


def book(*boxes, button="", sheet="表二"):
    """A workbook with table two and text boxes over it, and a button; on another sheet the table has none."""

    def write(into, first):
        table = first if sheet == "表二" else into.add_worksheet("表二")
        for at, row in enumerate(imports.rows()):
            for column, cell in enumerate(row):
                table.write(at, column, int(cell) if cell.isdecimal() else cell)
        table.write_comment(6, 1, "核对过")
        for at, text in enumerate(boxes):
            first.insert_textbox(3 + 9 * at, 6, text)
        if button:
            first.insert_button(40, 6, {"caption": button})

    return made(write, sheet)


def made_of(tmp_path, raw):
    return imports.begin(tmp_path, ("a.html", PAGE), ("b.xlsx", raw)).made


def drawn(made_):
    return [(place, text) for place, text, why in made_.left_out if why == "文本框"]


@pytest.mark.parametrize(("title", "is_taken"), [("草稿（未核）", False), ("2022年处罚数", True)])
def test_the_title_of_a_chart_is_listed_and_heard_and_that_of_a_row_costs_no_table(title, is_taken, tmp_path):
    def write(into, first):
        for at, row in enumerate(imports.rows()):
            first.write_row(at, 0, row)
        chart = into.add_chart({"type": "column"})
        chart.add_series({"values": "=表二!$B$3:$B$4"})
        chart.set_title({"name": title})
        first.insert_chart("L2", chart)

    read = made_of(tmp_path, made(write, "表二"))
    assert [text for _, text in drawn(read)] == [title]
    assert title in str(read.questions)
    assert ("table2" in read.taken) == is_taken


@pytest.mark.parametrize(("boxes", "button"), [(["草稿"], ""), (["说明\n本表为1-6月数"], ""), ([], "作废")])
def test_what_is_drawn_on_the_sheet_of_a_table_is_listed_and_heard(boxes, button, tmp_path):
    made_ = made_of(tmp_path, book(*boxes, button=button))
    lines = [line for one in boxes for line in one.split("\n")] or [button]
    place = "b.xlsx 工作表“表二”G4格" if boxes else "b.xlsx 工作表“表二”G41格"
    assert drawn(made_) == [(place, line) for line in lines]
    assert [one.rpartition("：")[2] for one in made_.questions[OF_ANOTHER]] == lines[-1:]


def test_what_says_nothing_of_the_figures_is_listed_alone(tmp_path):
    made_ = made_of(tmp_path, book("2023年度", "示例市测试局", button="打印"))
    assert [text for _, text in drawn(made_)] == ["2023年度", "示例市测试局", "打印"]
    assert "table2" in made_.taken
    assert not {OF_ANOTHER, OF_OTHERS, UNSURE, ASIDE} & made_.questions.keys()


def test_what_is_drawn_on_a_sheet_beside_is_asked_about_where_it_speaks_of_the_tables(tmp_path):
    made_ = made_of(tmp_path, book("表二为上年数", sheet="说明"))
    assert made_.questions[OF_OTHERS] == ["b.xlsx 工作表“说明”G4格：表二为上年数"]
    assert "table2" in made_.taken


def test_a_figure_that_is_drawn_may_lie_over_one_of_the_table(tmp_path):
    figures = ["20", "128件", "合计：１２"]
    made_ = made_of(tmp_path, book(*figures, "2023年度", "附件2"))
    assert [one.rpartition("）：")[2] for one in made_.questions[REMARKS[COVERING]]] == figures
    assert "G4格" in made_.questions[REMARKS[COVERING]][0]


def test_an_xls_and_an_ods_say_what_they_draw():
    assert {one.said for one in read_workbook(GOLDEN / "drawn.xls").sheets[0].drawn} == LINES
    [sheet] = read_workbook(Path("a.ods"), lambda _: ods(CELL.format(BOX))).sheets
    assert [(one.row, one.column, one.said) for one in sheet.drawn] == [(0, 0, "草稿"), (0, 0, "第二行")]
    assert sheet.rows == [(1, ["5"])]


def test_what_stands_behind_a_field_in_a_box_or_a_comment_of_an_ods_is_kept():
    [sheet] = read_workbook(Path("a.ods"), lambda _: ods(CELL.format(FIELDS))).sheets
    assert [one.said for one in sheet.drawn] == ["填报日期：2023-07-05，本表作废", "统计表停用"]
    assert [(one.row, one.said) for one in sheet.comments] == [(0, "于1月5日核对")]


def test_the_drawing_of_an_old_program_need_not_be_sound_xml():
    [name] = ["xl/drawings/vmlDrawing1.vml"]
    raw = altered(book(button="作废"), **{name: lambda data: data.replace("作废".encode(), "作废<br>停用<font>".encode())})
    assert [one.said for one in read_workbook(Path("a.xlsx"), lambda _: raw).sheets[0].drawn] == ["作废", "停用"]


@pytest.mark.browser
def test_libreoffice_saves_what_is_drawn_so_that_it_is_read_alike(tmp_path):
    source = tmp_path / "form.xlsx"
    source.write_bytes(book("本表为1-6月数\n请核对", button="作废"))
    for path in office.saved(source, tmp_path, ".ods", ".xlsx", ".xls"):
        assert {one.said for one in read_workbook(path).sheets[0].drawn} == LINES, path.suffix
