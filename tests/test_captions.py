"""What authors write beside tables and pictures: names and notes, in every output format."""

import base64
import io

import pypdfium2
import pytest
from docx import Document
from pypdfium2 import raw

import paper
from cases import each
from nianbao import formatnames, markdown, names
from nianbao.asides import without_asides
from nianbao.render import formats
from nianbao.render.clean import clean
from nianbao.render.page import Page
from nianbao.state import State
from pictures import png
from readers import READERS

TABLE = "表5 各镇情况\n\n|镇|件|\n|--|--|\n|甲镇|3{}|\n|乙镇|4|\n\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(base64.b64decode(png(300, 150)))
    return tmp_path


def html(text, folder="."):
    made, faults = markdown.to_html(text, "narrative.md", 1, folder)
    assert not faults
    return made


def page(made):
    return Page("标题", "示例市", "2025-01-20", State.PUBLISHED, clean(f'<div class="report">{made}</div>'))


def below(text, sign=""):
    """The notes below a table, and the text below these."""
    rest = html(TABLE.format(sign) + text).rpartition("</table></div>\n")[2]
    notes, _, text = rest.rpartition("</div></div>\n") if rest.startswith('<div class="note">') else ("", "", rest)
    return [
        one.removesuffix("</p>") for one in notes.removeprefix('<div class="note"><p>').split("</p>\n<p>") if one
    ], text.strip()


@each(
    ("text", "notes"),
    [
        ("注：1.含甲。\n2.不含乙。\n3、丙。", ["注：1.含甲。", "2.不含乙。", "3、丙。"]),
        ("注：1. 含甲。\n\n2. 不含乙。\n\n3. 丙。", ["注：1. 含甲。", "2. 不含乙。", "3. 丙。"]),
        ("注：1.含甲；2.含乙。\n3.含丙。", ["注：1.含甲；2.含乙。", "3.含丙。"]),
        ("　　注：（1）含甲；\n　　（2）含乙。", ["注：（1）含甲；", "（2）含乙。"]),
        ("注：①含甲；\n②含乙。", ["注：①含甲；", "②含乙。"]),
        ("注：\n1. 含甲。\n2. 不含乙。", ["注：", "1. 含甲。", "2. 不含乙。"]),
        ("注：\n\n1. 含甲。\n\n2. 不含乙。", ["注：", "1. 含甲。", "2. 不含乙。"]),
        ("注：\n1.含甲。\n2.不含乙。", ["注：", "1.含甲。", "2.不含乙。"]),
        ("注：\n\n- 甲\n- 乙", ["注：", "• 甲", "• 乙"]),
        ("注：\n\n含甲。", ["注：", "含甲。"]),
        ("**注：** 甲。", ["<strong>注：</strong> 甲。"]),
        ("说明：甲。\n\n备注：乙。", ["说明：甲。", "备注：乙。"]),
        ("资料来源：示例市统计局。", ["资料来源：示例市统计局。"]),
        ("注：甲。\n数据来源：示例市局。", ["注：甲。", "数据来源：示例市局。"]),
        ("*数据截至12月31日。", ["*数据截至12月31日。"]),
        ("* 数据截至12月31日。", ["* 数据截至12月31日。"]),
        ("注：甲。\n\n* 数据截至12月31日。", ["注：甲。", "* 数据截至12月31日。"]),
        ("注：\n1. 甲\n2. 乙\n\n* 数据截至12月31日。", ["注：", "1. 甲", "2. 乙", "* 数据截至12月31日。"]),
        ("\\*数据截至12月31日。\n\n\\*\\*不含甲。", ["*数据截至12月31日。", "**不含甲。"]),
        ("※含甲。", ["※含甲。"]),
        ("带*号的含甲。", ["带*号的含甲。"]),
    ],
)
def test_notes_below_a_table_are_its_notes_however_many_lines_they_take(text, notes):
    assert below(text) == (notes, "")
    assert below(f"{text}\n\n下一步加强。") == (notes, "<p>下一步加强。</p>")


@each(
    "note",
    [
        "资料来源：市统计局",
        "注：数据截至12月31日",
        "注：甲。\n资料来源：示例市统计局",
        "　　说明：含甲",
        "注：1.含甲\n2.含乙",
    ],
)
@each("text", ["全年公开信息平稳有序，没有发生泄密。", "下一步加强工作。", "下一步加强。逐项\n改进。"])
def test_a_sentence_below_a_note_without_a_stop_is_text(note, text):
    assert below(f"{note}\n{text}") == below(f"{note}\n\n{text}")
    assert below(f"{note}\n{text}")[1]


@each(
    "lines",
    [
        ("注：本表数据由各镇人民政府和县直各部门报送，", "不含垂直管理的单位。"),
        ("注：本表数据由各镇人民政府和县直各部门在次年一月报送并经县统计局逐", "项核对，不含垂直管理的单位。"),
        ("资料来源：市统计局、", "市公安局。"),
        ("资料来源：市统计局", "市公安局"),
        ("资料来源：市统计局", "《2023年统计年鉴》。"),
    ],
)
def test_a_note_in_two_lines_stays_one(lines):
    assert below("\n".join(lines)) == (["".join(lines)], "")


@each("unit", ["单位：件", "（单位：件）", "　　单位: 件、人", "计量单位：件", "金额单位：万元"])
@each("between", ["\n", "\n\n"])
@each("name", ["表5 各镇情况", "**表5：各镇情况**"])
def test_a_unit_between_a_table_and_its_name_stands_behind_the_name(unit, between, name):
    made = html(between.join(["全年平稳", name, unit, "|镇|\n|--|\n|甲|"]))
    caption = f"{name.strip('*')}（{unit.strip('（）　')}）"
    assert made.startswith(f'<p>全年平稳</p>\n<div class="scroll"><table><caption>{caption}</caption>\n')


@each(
    ("unit", "shown"),
    [
        ("2024年　　单位：件", "2024年　　单位：件"), ("单位：件  2024年度", "单位：件  2024年度"),
        ("截至2024年12月31日 （单位：件）", "截至2024年12月31日 单位：件"), ("（2024年 单位：件）", ""),
        ("2024年情况　单位：件", ""), ("2024单位：件", ""),
    ],
)  # fmt: skip
def test_a_unit_beside_its_day_stands_behind_the_name(unit, shown):
    for lines in (["表5 各镇情况", unit], [unit, "表5 各镇情况"]):
        made = html("\n\n".join(["全年平稳。", *lines, "|镇|\n|--|\n|甲|"]))
        assert (f"<caption>表5 各镇情况（{shown}）</caption>" in made) == bool(shown)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_unit_above_the_name_of_a_table_stands_behind_the_name(between):
    made = html(between.join(["全年平稳", "单位：件", "表5 各镇情况", "|镇|\n|--|\n|甲|"]))
    assert made.startswith('<p>全年平稳</p>\n<div class="scroll"><table><caption>表5 各镇情况（单位：件）</caption>\n')


@each(
    ("line", "shown"),
    [
        ("2024 年", "2024 年"),
        ("单位：件（次）", "单位：件（次）"),
        ("（单位：件（次））", "单位：件（次）"),
        ("单位（件）", "单位（件）"),
        ("2024年（单位：件）", "2024年　单位：件"),
        ("币种：人民币　单位：万元", "币种：人民币　单位：万元"),
        ("填表日期：2025年1月10日", "填表日期：2025年1月10日"),
    ],
)
@each("between", ["\n", "\n\n"])
def test_a_line_between_a_name_and_its_table_stands_behind_the_name(between, line, shown):
    name = f"表5 各镇情况（{shown}）"
    assert f"<caption>{name}</caption>" in html(between.join(["表5 各镇情况", line, "|镇|\n|--|\n|甲|"]))
    assert without_asides(name) == "表5 各镇情况"


def test_a_name_of_a_table_may_be_long_but_is_no_two_sentences():
    for name, is_one in (("各镇情况" * 20, True), ("各镇平稳。各镇情况", False)):
        assert (f"<caption>表5 {name}</caption>" in html(f"表5 {name}\n\n|镇|\n|--|\n|甲|")) == is_one


@each(
    "name",
    ["表5各镇情况", "（表5）各镇情况", "(表5) 各镇情况", "**表5**　各镇情况", "**表5** **各镇情况**", "表5-1各镇情况",
     "表五各镇情况", "续表5", "续表5 各镇情况", "（续）表5", "表5（续）", "表5（续） 各镇情况", "续表", "附表1各镇情况",
     "（表5）", "表（5）各镇情况", "（表5 各镇情况）", "表5 各镇情况：", "表5 谁来公开？", "表5 各镇情况①",
     "表5“一网通办”情况", "表5A类学校情况", "表5月度情况", "表5和谐校园创建情况", "表5及时公开情况",
     "表5为民办学校公示情况", "表5展示活动情况",
     "表5中小学公示情况", "表5已办结申请情况", "表5未成年人保护信息（2024年）", "表5在职人员名单", "表5显示屏安装情况"],
)  # fmt: skip
@each("between", ["\n", "\n\n"])
def test_a_name_may_be_written_in_many_ways(name, between):
    made = html(between.join(["全年平稳。", name, "单位：件", "|镇|\n|--|\n|甲|"]))
    caption = f"<caption>{name.replace('**', '')}（单位：件）</caption>"
    assert made.startswith(f'<p>全年平稳。</p>\n<div class="scroll"><table>{caption}\n')


@each(
    "text",
    [
        "表5反映各镇情况",
        "表5直观地反映各镇情况",
        "表5中数据来自市局",
        "表5数据来自市局",
        "表5、表6合计120件",
        "表5和表6的情况",
        "表5另行公布",
        "表5已在网站公布",
        "表5由市局绘制",
        "表5见附件",
        "表5（见附件）",
        "表5如下",
        "表5略",
        "表5按行政区划排列",
        "表5第2列为合计",
        "表5 各镇情况，",
        "表5列出各镇情况",
        "表5份",
        "图3幅",
        "表7日内报送",
        "表3月报送",
        "表一般情况",
        "表5是各镇情况",
        "图书3册",
    ],
)
def test_words_that_count_or_say_are_no_name(text):
    assert "<caption>" not in html(f"{text}\n\n|镇|\n|--|\n|甲|")


@each(
    ("text", "caption"),
    [
        ("*表5 各镇情况*", "表5 各镇情况"),
        ("<b>表5</b> 各*镇*情况", "表5 各镇情况"),
        ("表5 各镇情况<sup>①</sup>", "表5 各镇情况<sup>①</sup>"),
        ("表5 CO<sub>2</sub>排放：", "表5 CO<sub>2</sub>排放："),
        ("表5 <u>各镇</u>", "表5 <u>各镇</u>"),
        ("表5 [各镇](https://a.cn/b)", '表5 <a href="https://a.cn/b">各镇</a>'),
        ("表5<br>各镇情况", "表5<br>各镇情况"),
        ("表5  \n各镇情况", "表5<br>\n各镇情况"),
        ("表5 A&B公司<br>", "表5 A&amp;B公司"),
    ],
)
def test_a_name_keeps_its_marks_but_for_bold_and_italic_type(text, caption):
    assert f"<table><caption>{caption}</caption>\n" in html(f"全年平稳。\n\n{text}\n\n|镇|\n|--|\n|甲|")


@each("text", ["表5" + " " * 20_000 + "甲。", "表5 " + "<sup></sup>" * 200 + "。", "表5已" + "情况（" * 6_000])
def test_a_long_line_is_soon_known_to_be_no_name(text):
    assert not names.is_name(text)


def test_a_sentence_below_a_name_is_a_paragraph_of_its_own(folder):
    below = "<p>表5 各镇情况</p>\n<p>全年平稳。</p>"
    assert html("表5 各镇情况\n全年平稳。").strip() == below
    assert html("|镇|\n|--|\n|甲|\n\n表5 各镇情况\n全年平稳。").strip().endswith(below)
    assert shown("![各镇](a.png)\n\n图1 各镇情况\n全年平稳。", folder) == f"{BELOW}\n<p>全年平稳。</p>"
    assert shown("![各镇](a.png) 图1 各镇情况\n全年平稳。", folder) == f"{BELOW}\n<p>全年平稳。</p>"
    for text in ("表5各镇公开情况表现在多个方面", "表5 各镇情况，", "表5 各镇情况和"):
        assert html(f"{text}\n平稳。").strip() == f"<p>{text}平稳。</p>"


@each("text", ["单位：件", "表5 各镇情况\n\n单位：件\n\n平稳。", "表5 各镇情况\n\n单位：各镇都有。"])
def test_a_unit_elsewhere_is_text(text):
    assert "<caption>" not in html(f"{text}\n\n|镇|\n|--|\n|甲|")


def test_a_sign_of_the_table_opens_a_note():
    assert (["① 含甲。", "② 含乙。"], "<p>下一步。</p>") == below("① 含甲。\n② 含乙。\n\n下一步。", "①")
    assert (["* 甲", "* 乙"], "<p>下一步。</p>") == below("* 甲\n* 乙\n\n下一步。", "*")


@each(
    "text",
    [
        "1.加强领导。\n\n2.完善制度。",
        "1. 加强领导\n2. 完善制度",
        "① 加强领导。",
        "- 甲\n- 乙",
        "* 甲\n* 乙",
        "（一）加强领导\n\n逐项改进。",
        "来源广泛，渠道畅通。",
        "*试行*办法已经公布。",
    ],
)
def test_text_below_a_table_is_none(text):
    assert below(text)[0] == []
    notes, rest = below(f"注：甲。\n\n{text}")
    assert (notes, rest) == (["注：甲。"], below(text)[1])


PICTURE = '<img src="DATA" alt="各镇">'
BELOW = f"<figure>{PICTURE}<figcaption>图1 各镇情况</figcaption></figure>"
ABOVE = f'<figure class="named"><figcaption class="above">图1 各镇情况</figcaption>{PICTURE}</figure>'


def shown(text, folder):
    return html(text, folder).replace(f"data:image/png;base64,{png(300, 150)}", "DATA").strip()


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("![各镇](a.png)\n\n图1 各镇情况", BELOW),
        ("![各镇](a.png)\n图1 各镇情况", BELOW),
        ("![各镇](a.png)\n\n**图1 各镇情况**", BELOW),
        ("图1 各镇情况\n\n![各镇](a.png)", ABOVE),
        ("图1 各镇情况\n![各镇](a.png)", ABOVE),
        ("![各镇](a.png)\n图 1：各镇情况", BELOW.replace("图1 各", "图 1：各")),
        ("![各镇](a.png)\n\n图一　各镇情况", BELOW.replace("图1 各", "图一　各")),
        ("![各镇](a.png)\n\n图：各镇情况", BELOW.replace("图1 各", "图：各")),
        ("![各镇](a.png)\n\n附图1-2 各镇情况", BELOW.replace("图1 各", "附图1-2 各")),
        ("![各镇](a.png)![各镇](b.png)\n\n图1 各镇情况", BELOW.replace(PICTURE, PICTURE * 2)),
        (
            "![各镇](a.png)\n\n图1 各镇情况\n\n资料来源：示例局。",
            f'{BELOW}\n<div class="note"><p>资料来源：示例局。</p></div>',
        ),
        ("![各镇](a.png)\n\n图1 " + "各镇情况" * 20, BELOW.replace("各镇情况", "各镇情况" * 20)),
        ("![各镇](a.png)\n\n图1各镇情况", BELOW.replace("图1 各", "图1各")),
        ("![各镇](a.png)\n\n（图1）各镇情况", BELOW.replace("图1 各", "（图1）各")),
        ("![各镇](a.png)\n\n**图1**　各镇情况", BELOW.replace("图1 各", "图1　各")),
        ("（图1） 各镇情况\n\n![各镇](a.png)", ABOVE.replace("图1 各", "（图1） 各")),
        ("![各镇](a.png) 图1 各镇情况", BELOW),
        ("![各镇](a.png)<br>图1 各镇情况", BELOW),
        ("![各镇](a.png)  \n图1 各镇情况", BELOW),
        ("![各镇](a.png)\n\n*图1 各镇情况*", BELOW),
        ("![各镇](a.png)\n\n图1 各镇情况：", BELOW.replace("情况", "情况：")),
        ("![各镇](a.png)\n\n（图1 各镇情况）", BELOW.replace("图1 各镇情况", "（图1 各镇情况）")),
        ("![各镇](a.png)\n\n▲图1 各镇情况", BELOW.replace("图1 各", "▲图1 各")),
        ("![各镇](a.png)\n\n图1 各镇情况<sup>①</sup>", BELOW.replace("情况", "情况<sup>①</sup>")),
        ("![各镇](a.png)\n\n图1由市局绘制", f"<p>{PICTURE}</p>\n<p>图1由市局绘制</p>"),
        (
            "图1由市局绘制\n\n![各镇](a.png)\n\n图1 各镇情况",
            f"<p>图1由市局绘制</p>\n{BELOW}",
        ),
        ("图1 各镇情况 ![各镇](a.png)", ABOVE),
        (
            "![各镇](a.png) ![各镇](b.png)\n\n图1 甲　图2 乙",
            BELOW.replace(PICTURE, f"{PICTURE} {PICTURE}").replace("图1 各镇情况", "图1 甲　图2 乙"),
        ),
        ("![各镇](a.png)\n\n资料来源：局\n\n图1 各镇情况", f'{BELOW}\n<div class="note"><p>资料来源：局</p></div>'),
        ("![各镇](a.png)\n资料来源：局\n图1 各镇情况", f'{BELOW}\n<div class="note"><p>资料来源：局</p></div>'),
        (
            "![各镇](a.png)\n\n资料来源：局\n\n图1 各镇情况\n\n![各镇](b.png)",
            f"<p>{PICTURE}</p>\n<p>资料来源：局</p>\n{ABOVE}",
        ),
        (
            "![各镇](a.png)\n\n![各镇](b.png)\n\n图1 各镇情况\n\n图2 各镇情况",
            f"{BELOW}\n{BELOW.replace('图1', '图2')}",
        ),
        (
            "图1 各镇情况\n\n图2 各镇情况\n\n![各镇](a.png)\n\n![各镇](b.png)",
            f"{ABOVE}\n{ABOVE.replace('图1', '图2')}",
        ),
        (
            "![各镇](a.png)\n\n![各镇](b.png)\n\n图1 各镇情况",
            f"<p>{PICTURE}</p>\n{BELOW}",
        ),
        ("![各镇](a.png)\n\n单位：件\n\n图1 各镇情况", BELOW.replace("情况<", "情况（单位：件）<")),
        ("图1 各镇情况\n2024年\n单位：件\n![各镇](a.png)", ABOVE.replace("情况<", "情况（2024年　单位：件）<")),
        ("![各镇](a.png)\n\n平稳\n\n图1 各镇情况", f"<p>{PICTURE}</p>\n<p>平稳</p>\n<p>图1 各镇情况</p>"),
        ("![各镇](a.png)\n\n图1显示，各镇平稳。", f"<p>{PICTURE}</p>\n<p>图1显示，各镇平稳。</p>"),
        ("![各镇](a.png)\n\n图1 各镇平稳。", f"<p>{PICTURE}</p>\n<p>图1 各镇平稳。</p>"),
        ("平稳![各镇](a.png)。\n\n图1 各镇情况", f"<p>平稳{PICTURE}。</p>\n<p>图1 各镇情况</p>"),
    ],
)
def test_a_line_beside_a_picture_is_its_name(text, made, folder):
    assert made == shown(text, folder)
    assert f"<p>全年平稳</p>\n{made}\n<p>下一步加强</p>" == shown(f"全年平稳\n\n{text}\n\n下一步加强", folder)
    if made in (BELOW, ABOVE) and "\n\n" not in text:
        assert f"<p>全年平稳</p>\n{made}\n<p>下一步加强</p>" == shown(f"全年平稳\n{text}\n下一步加强", folder)


def test_each_picture_has_its_own_name(folder):
    names = [f"图{number} 第{number}镇" for number in (1, 2)]
    for lines in (
        (names[0], "![各镇](a.png)", names[1], "![各镇](b.png)"),
        ("![各镇](a.png)", names[0], "![各镇](b.png)", names[1]),
    ):
        for between in "\n", "\n\n":
            assert shown(between.join(lines), folder).count("<figure") == 2


@pytest.mark.parametrize("name", formatnames.names())
def test_names_and_notes_stand_in_their_place_in_every_format(name, folder):
    text = (
        "甲。\n\n![各镇](a.png)\n\n图1 各镇\n\n图2 各乡\n\n![各乡](b.png)\n\n资料来源：局。\n\n"
        + TABLE.format("")
        + "注：\n1. 含甲。\n2. 含乙。\n\n丙。"
    )
    said = READERS[name](formats.find(name).make(page(html(text, folder)), None))
    found = [one.strip() for one in said.splitlines() if one.strip()]
    assert found[:4] == ["甲。", "图1 各镇", "图2 各乡", "资料来源：局。"]
    assert found[4:] == ["表5 各镇情况", "镇", "件", "甲镇", "3", "乙镇", "4", "注：", "1. 含甲。", "2. 含乙。", "丙。"]


@pytest.mark.parametrize("name", formatnames.names())
def test_marks_in_names_come_out_in_every_format(name, folder):
    text = "".join(
        f"{one}\n\n|镇|\n|--|\n|子|\n\n"
        for one in ("表5 甲<sup>①</sup>", "表6 CO<sub>2</sub>：", "*表7 <u>丙</u>*", "表8 [丁](https://a.cn/b)")
    )
    text += "![各镇](a.png)\n\n▲图1 PM<sub>2.5</sub>"
    said = "".join(READERS[name](formats.find(name).make(page(html(text, folder)), None)).split())
    assert said == "表5甲①镇子表6CO2：镇子表7丙镇子表8丁镇子▲图1PM2.5"


@pytest.mark.slow
def test_a_picture_stays_with_its_name_and_source_on_paper(folder):
    """However far the page is full: the name, above or below, and the source stand on the picture's page."""
    for lines in range(8, 22):
        filler = "\n\n".join(["全年平稳。"] * lines)
        for text in ("![各镇](a.png)\n\n图1 各镇\n\n资料来源：局。", "图1 各镇\n\n![各镇](a.png)\n\n资料来源：局。"):
            made = formats.find("pdf").make(page(html(f"{filler}\n\n{text}", folder)), None)
            with pypdfium2.PdfDocument(made) as document:
                [at] = [number for number, one in enumerate(document, 1) if [*one.get_objects([raw.FPDF_PAGEOBJ_IMAGE])]]
            beside = [
                one for sheet in paper.sheets(made) for one in sheet.lines if one.text in {"图1各镇", "资料来源：局。"}
            ]
            assert [one.page for one in beside] == [at, at]
            [name] = [one for one in beside if one.text == "图1各镇"]
            assert abs((name.left + name.right) - (paper.LEFT + paper.RIGHT)) < 1
            assert name.size == paper.CAPTION


def test_a_small_table_with_a_line_end_in_a_cell_stays_small_on_paper():
    [sheet] = paper.sheets(formats.find("pdf").make(page(html("|甲|乙|\n|--|--|\n|子<br>丑|寅|\n\n字。")), None))
    [head] = [one for one in sheet.lines if one.text == "甲乙"]
    assert head.right - head.left < 20
    assert abs(head.left + head.right - paper.LEFT - paper.RIGHT) < 4


def test_in_word_a_picture_is_kept_with_its_name_and_source(folder):
    text = "图1 甲\n\n![各镇](a.png)\n\n乙。\n\n![各镇](a.png)\n\n图2 丙\n\n资料来源：局。"
    made = formats.find("docx").make(page(html(text, folder)), None)
    styles = [
        (one.style.name, "keepNext" in one._p.xml or "keepNext" in one.style.element.xml)
        for one in Document(io.BytesIO(made)).paragraphs
    ]
    assert styles == [("图上题", True), ("图片", False), ("Normal", False), ("图片", True), ("图题", True), ("表注", False)]
