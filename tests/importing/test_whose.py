"""A table of another body is asked about, however that is said; the body itself and its offices are no question."""

import pytest

import imports
import tablefiles
from cases import each
from machine import in_turn
from nianbao.checks import bodies, whose
from nianbao.importing.choosing import OF_ANOTHER, OF_SECTION, SEVERAL

CHAPTER = "三、收到和处理政府信息公开申请情况"
PAGE = f"<h1>{imports.TITLE.format(2023)}</h1><p>一、总体情况</p><p>平稳。</p>"
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
OTHERS = [
    "填报单位：示例市第一水厂",
    "填报单位：自来水厂",
    "填报单位：示例市第二污水处理厂",
    "填报单位：粮库",
    "填报单位：示例市供水协会",
    "填报单位：示例灌区",
    "填报单位：示例社区居委会",
    "填报单位：红星村村民委员会",
    "填报单位：一中",
    "填报单位：示例市教育局　　填报人：王某",
    "单位名称：示例市第一水厂",
    "代示例市第一水厂填报",
    "代教育局填",
    "（学校填报）",
    "由学校填报",
    "学校统计",
    "示例市教育局统计数据：",
    "下表为示例市教育局统计数据。",
    "下表数据来自示例市教育局。",
    "以下数据由示例市教育局统计。",
    "以下是市教育局填报的表格：",
    "下表所列各项均系示例市教育局报来的数字。",
    "示例市教育局行政复议情况",
    "数据来源：示例市教育局",
    "制表：示例市教育局",
    "统计范围：示例市教育局",
    "收到申请情况（示例市教育局）",
    "（教育局）",
    "教育局",
    "第一水厂",
    "附：教育局数据",
    "经办人：教育局",
    "数据提供：示例市教育局",
]
OWN = [
    "填报单位：本机关",
    "填报单位：本局",
    "填报单位：市局",
    "填报单位（盖章）：示例市测试局",
    "填报单位：综合办",
    "单位名称：测试局",
    "示例市测试局统计数据：",
    "下表为本局统计数据。",
    "本表由各科室报送汇总",
    "本表由示例市测试局办公室汇总",
    "全市",
    "全局合计",
    "注：行政许可事项全部划转示例市行政审批局。",
    "注：许可事项已全部划入示例市行政审批局。",
    "注：行政处罚权已集中到示例市综合执法局",
    "说明：本表所列行政处罚由示例市综合行政执法局统一行使。",
    "上表中1件由示例市信访局转办。",
    "以上数据不含示例市教育局。",
    "各股室",
    "含局属单位",
    "本表为全局汇总数",
    "制表机关：国务院办公厅政府信息与政务公开办公室",
    "主管部门：示例省测试局",
    "审核单位：示例市政务公开办",
    "报送单位：示例市人民政府办公室",
    "主送：示例市人民政府办公室",
    "抄送：示例市教育局",
    "批准机关：国家统计局",
    "批准文号：国统制〔2021〕124号",
    "表号：政公开3表",
    "示例市人民政府办公室制",
    "复议机关为示例市人民政府。",
    "移送示例市教育局办理1件。",
    "转示例市教育局办理",
    "以上数据已报示例市人民政府办公室。",
    "按照示例省测试局要求填报下表",
    "数据来源：依申请公开系统",
    "其中学校1件",
    "公共场所",
]


def made_of(*parts, chapter=CHAPTER):
    return imports.made_of(*parts, chapter=chapter)


def rows():
    return imports.rows("table3")


def made_with(name):
    """What becomes of a page, and of a workbook whose one sheet has table three and a name."""
    page = imports.flow(imports.TITLE.format(2023), "一、总体情况", "平稳。")
    return imports.read(page, imports.flow(rows(), sheet=name))


@pytest.mark.by_turns(6)
@pytest.mark.parametrize("line", OTHERS)
def test_a_line_that_names_another_body_is_asked_about(line):
    made = made_of(line, rows())
    assert [one.partition("：")[2].split("　")[0] for one in made.questions[OF_ANOTHER]] == [line.split("　")[0]]
    assert "table3" not in made.taken


@pytest.mark.by_turns(8)
@pytest.mark.parametrize("line", OWN)
def test_the_body_its_offices_and_who_gets_its_tables_are_no_question(line):
    made = made_of(line, rows())
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {3}
    assert not {OF_ANOTHER, OF_SECTION} & made.questions.keys()


def test_another_body_in_the_corner_of_a_table_is_asked_about():
    made_rows = [[cell.replace(CORNER, f"{CORNER}示例市教育局") for cell in row] for row in rows()]
    assert made_rows != rows()
    made = made_of(made_rows)
    assert len(made.questions[OF_ANOTHER]) == 1
    assert "table3" not in made.taken


@pytest.mark.parametrize(
    "heading", ["三、示例市教育局收到和处理政府信息公开申请情况", "三、收到和处理政府信息公开申请情况（教育局）"]
)
def test_another_body_in_the_heading_of_the_chapter_is_asked_about(heading):
    made = made_of(rows(), chapter=heading)
    assert len(made.questions[OF_ANOTHER]) == 1
    assert "table3" not in made.taken


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "name", ["学校", "示例一中", "水厂", "表三（水厂）", "粮库", "灌区", "医院", "居委会", "水务公司", "二中"]
)
def test_a_sheet_of_another_body_is_asked_about(name):
    made = made_with(name)
    assert len(made.questions[OF_ANOTHER]) == 1
    assert "table3" not in made.taken


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("name", ["网站", "数据库", "公共场所", "科室汇总", "全局", "市局", "综合办", "测试局报表"])
def test_a_sheet_of_the_body_or_of_no_body_is_no_other_ones(name):
    made = made_with(name)
    assert OF_ANOTHER not in made.questions
    assert "table3" in made.taken


NAMES = {
    "示例县城关镇人民政府": "城关镇 镇政府 本镇 镇政府办公室 党政办 城关镇党政办 示例县城关镇",
    "示例市发展和改革委员会": "市发改委 发改委 市发展改革委 委办公室 委机关 全委",
    "示例经济开发区管理委员会": "管委会 开发区管委会 示例经开区管委会 开发区 管委会办公室 综合办",
    "示例县卫生健康局": "县卫健局 卫健局 局办公室 卫健委 县卫健局办公室",
    "示例县人民政府": "示例县 全县 县政府 县政府办 示例县人民政府办公室 政府办 示例县政务公开办",
    "示例县人民政府办公室": "县政府办 示例县政府办公室 本办 办公室 县政府",
    "示例县第一中学": "一中 示例一中 县一中 学校 本校 全校",
    "示例县人民医院": "县医院 医院 本院 示例县医院 各科室",
}


@each("name", NAMES)
def test_the_short_names_of_a_body_are_its_own(name):
    for short in NAMES[name].split():
        said = [f"填报单位：{short}", short, f"下表为{short}数据。", f"{short}统计数据：", f"情况（{short}）"]
        assert [one for one in said if whose.is_anothers(one, name)] == []
        assert [one for one in (short, f"表三（{short}）") if whose.is_anothers(one, name, True)] == []


def of_sheets(**sheets):
    """What becomes of table three on each sheet of a workbook: a figure, and a line below it."""
    counted = {
        name: [[str(3 * figure) if cell == "3" else cell for cell in row] for row in rows()]
        for name, (figure, _) in sheets.items()
    }
    books = (imports.flow([*counted[name], [line]], sheet=name) for name, (_, line) in sheets.items())
    return imports.read(imports.flow(imports.TITLE.format(2023), "一、总体情况", "平稳。"), *books)


@pytest.mark.by_turns(4)
@pytest.mark.parametrize(
    ("whole", "line"),
    in_turn(
        ["汇总", "合计", "本局", "全局汇总", "市测试局"],
        ["注：本表由各股室报表汇总。", "由各科室填报", "填报单位：各科室"],
    ),
)
def test_the_table_of_the_whole_body_is_taken_before_those_of_its_sections(whole, line):
    made = of_sheets(办公室=(1, ""), **{whole: (3, line)}, 执法支队=(4, "填报科室：执法支队"))
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {9}
    assert not {OF_ANOTHER, OF_SECTION, SEVERAL} & made.questions.keys()
    assert len([why for _, _, why in made.left_out if why == "科室或下属单位的表三，另有一份全机关的"]) == 2


def test_a_table_of_the_whole_body_that_is_not_taken_is_named_beside_those_of_its_sections():
    made = of_sheets(办公室=(1, ""), 法规科=(2, ""), 汇总=(3, "以上为上半年数据"))
    assert made.questions[SEVERAL]
    assert [one.partition("：")[2] for one in made.questions[OF_ANOTHER]] == ["以上为上半年数据"]


def test_a_file_that_is_named_after_a_section_is_called_a_file():
    page = imports.flow(imports.TITLE.format(2023), "一、总体情况", "平稳。")
    made = imports.read(page, imports.flow(rows(), file="法规科"))
    assert made.questions[OF_SECTION] == ["文件“法规科”：表三"]


OWN_ROW = ["填报单位：示例市测试局", "单位：件", "2023年"]
ELSEWHERE = "示例市青河县人民政府驻外省临江市办事处"


@each(
    ("line", "is_others"),
    [
        ("填报单位：示例市青河县人民政府", True),
        ("填报单位：青河县人民政府", True),
        ("填报单位：临江市人民政府", True),
        ("填报单位：示例市青河县教育局", True),
        (f"填报单位：{ELSEWHERE}", False),
        ("填报单位：青河县人民政府驻临江市办事处", False),
    ],
)
def test_a_table_of_an_office_in_another_place_is_neither_its_governments_nor_that_places(line, is_others):
    assert whose.is_anothers(line, ELSEWHERE) == is_others


def test_a_government_and_its_office_in_another_place_are_two_bodies():
    government = "示例市青河县人民政府"
    assert not bodies.may_be_same(ELSEWHERE, government)
    assert not bodies.may_be_same(government, ELSEWHERE)
    assert bodies.may_be_same("青河县人民政府", government)


@each(
    ("line", "is_others"),
    [
        ("经办人：李局", False),
        ("制表人：张委　审核人：王五", False),
        ("填表人：李院", False),
        ("制表：张局", False),
        ("经办人：教育局", True),
        ("填表人：县局", True),
        ("填报单位：法院", True),
    ],
)
def test_two_characters_behind_a_persons_label_are_a_persons_name(line, is_others):
    assert whose.is_anothers(line, "示例市测试局") == is_others


@pytest.mark.by_turns(4)
@pytest.mark.parametrize(
    ("key", "where", "kind"),
    in_turn(["table2", "table2", "table3", "table3"], [0, 99], ["html", "xlsx", "docx"]),
)
def test_each_of_three_texts_in_a_row_of_a_table_is_heard(key, where, kind, tmp_path):
    taken = []
    texts = ["填报单位：示例市教育局", "单位：件", "备注：无"], ["填报单位：示例市测试局", "单位：件", "2022年"], OWN_ROW
    for at, said in enumerate(texts):
        made = [[cell or "" for cell in row] for row in imports.rows(key)]
        made[where:where] = [said]
        taken.append(key in tablefiles.made_in(kind, tmp_path / str(at), key, made).taken)
    assert taken == [False, False, True]


def test_beside_an_amount_such_a_row_says_no_other_unit_than_its_head(tmp_path):
    made = tablefiles.made_in("html", tmp_path, "table2", [OWN_ROW, *imports.rows("table2")]).taken["table2"]
    assert not made.doubtful
