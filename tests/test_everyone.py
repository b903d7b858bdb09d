"""What each format gives every reader: words for pictures, headings in order, names of attachments, labels of rows."""

import base64
import io
import re
import zipfile

import pytest
from pypdf import PdfReader

import imports
import paper
from cases import each
from making import BODY, BUREAU, REST, codes, findings, make, write
from nianbao.document.document import load
from nianbao.narrative.passages import compose
from nianbao.onpages import NAMELESS, UNDESCRIBED
from nianbao.render import formats
from nianbao.render.outputs import page_of
from nianbao.render.pdf import typeset
from nianbao.rowlabels import labelled
from paper import EM, LEFT
from pictures import SVG, png
from published import notebook, of, shown, squeezed, standard_page

FORMATS = ("html", "pdf", "docx", "fragment")
ADDRESS = f"data:image/png;base64,{png()}"
LINES = "政府信息公开工作有序开展，主动公开、依申请公开和平台建设都有新的进展，群众办事更加方便。"


def page_with(folder, narrative, **options):
    write(folder, narrative=narrative, **options)
    return standard_page(folder, BUREAU, 2024)


def blocks(page, name):
    return formats.find(name).read(formats.find(name).make(page, None)).blocks


def tags(made, kind):
    """The elements of a kind in a PDF's tags, in order."""
    found = []

    def visit(node):
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                visit(one)
        elif isinstance(node, dict):
            found.extend([node] if re.fullmatch(kind, str(node.get("/S"))) else [])
            visit(node["/K"]) if "/K" in node else None

    visit(PdfReader(io.BytesIO(made)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def word(page):
    return zipfile.ZipFile(io.BytesIO(formats.find("docx").make(page, None))).read("word/document.xml").decode()


# -- pictures


def with_picture(tmp_path, typed):
    narrative = BODY.replace("工作有序开展。", f"工作有序开展。\n\n{typed}")
    paths = write(tmp_path, narrative=narrative)
    (paths.folder / "流程.png").write_bytes(base64.b64decode(png()))
    return load(BUREAU, 2024, tmp_path)


@pytest.mark.parametrize("typed", ["![](流程.png)", "见图。\n![ ](流程.png)"])
def test_a_picture_without_words_is_a_warning_with_its_line(tmp_path, typed):
    found = [one for one in with_picture(tmp_path, typed).findings if one.kind is UNDESCRIBED]
    (one,) = found
    assert (one.place, str(one.source)) == ("一、总体情况 · 流程.png", f"narrative.md 第{5 + typed.count(chr(10))}行")
    assert "![装饰](" in one.action


@pytest.mark.parametrize("typed", ["![办理流程](流程.png)", "![装饰](流程.png)"])
def test_words_for_a_picture_are_none_the_worse(tmp_path, typed):
    assert not [one for one in with_picture(tmp_path, typed).findings if one.kind is UNDESCRIBED]


ALTERNATIVES = {"![办理流程]": "办理流程", "![]": "图", "![装饰]": ""}


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("typed", ALTERNATIVES)
def test_a_screen_reader_is_told_of_each_picture_but_of_ornaments(tmp_path, typed):
    said = ALTERNATIVES[typed]
    with_picture(tmp_path, f"{typed}(流程.png)")
    page = standard_page(tmp_path, BUREAU, 2024)
    for name in ("html", "fragment"):
        made = formats.find(name).make(page, None).decode()
        assert re.findall('<img[^>]* alt="([^"]*)"', made) == [said]
    assert [one.get("/Alt") for one in tags(typeset(page), "/Figure")] == [said] * bool(said)
    assert f'descr="{said}"' in word(page)
    assert ("adec:decorative" in word(page)) is not bool(said)


CELLS = {
    f"![]({ADDRESS})": (UNDESCRIBED, "图"),
    f"![甲]({ADDRESS})": (None, "甲"),
    f"![装饰]({ADDRESS})": (None, ""),
    f'<img src="{ADDRESS}" alt="">': (None, ""),
    f'<img src="{ADDRESS}">': (UNDESCRIBED, "图"),
    SVG: (NAMELESS, "图"),
    SVG.replace("<svg ", '<svg aria-hidden="true" '): (None, ""),
    SVG.replace("<rect", "<title>红框</title><rect"): (None, "红框"),
}


@each("cell", CELLS)
def test_pictures_of_a_notebooks_markdown_have_words_or_a_finding(cell):
    kind, said = CELLS[cell]
    for made in (notebook(), of("这是一段说明图片的文字。" * 20)):
        made.cells.append(of(cell).cells[0])
        page = page_of(made)
        assert [one.kind for one in page.findings] == [kind] * bool(kind)
        assert re.findall('<img[^>]* alt="([^"]*)"', page.body) == [said]
        assert all("第2个单元格" in one.place for one in page.findings)


def test_a_picture_of_an_output_has_its_words_or_a_note():
    cell = shown(png=png(), plain="<Figure size 640x480>")
    page = page_of(notebook(cell))
    assert [one.kind for one in page.findings] == [NAMELESS]
    cell.outputs[0].metadata = {"image/png": {"alt": "三年的申请"}}
    page = page_of(notebook(cell))
    assert (page.findings, 'alt="三年的申请"' in page.body) == ((), True)


# -- headings

DEEP = (
    "## 一、总体情况\n\n#### 甲\n\n文。\n\n#### 乙\n\n文。\n\n### 丙\n\n文。\n\n##### 丁\n\n{{ 表三 }}\n\n##### 戊\n\n文。\n"
)


def levels(page, name):
    if name in {"html", "fragment"}:  # above a fragment stands the title of its page
        return [
            int(one) - (name == "fragment") for one in re.findall("<h([1-6])", formats.find(name).make(page, None).decode())
        ]
    if name == "pdf":
        return [int(one["/S"][2:]) for one in tags(typeset(page), r"/H\d")]
    styles = {"Title": 1, "Heading1": 2, "Heading2": 3, "Heading3": 4, "Heading4": 5}
    return [styles[one] for one in re.findall('w:pStyle w:val="(Title|Heading[1-4])"', word(page))]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("name", FORMATS)
def test_headings_skip_no_level_and_those_of_a_level_stay_alike(tmp_path, name):
    page = page_with(tmp_path, DEEP + BODY.partition("\n\n")[2].partition("\n\n")[2])
    assert levels(page, name)[:7] == [1, 2, 3, 3, 3, 4, 4]


def test_headings_of_an_introduction_and_of_a_notebook_skip_no_level(tmp_path):
    page = page_with(tmp_path, f"#### 说明\n\n文。\n\n{BODY}")
    assert levels(page, "html")[:3] == [1, 2, 2]
    mixed = of("## 甲", "#### 乙", shown(html="<h5>丙</h5>"), "## 丁", "### 戊")
    assert levels(page_of(mixed), "html") == [2, 3, 4, 2, 3]


# -- attachments

NAMES = [
    "政府信息公开申请办理情况统计表",
    "示例市测试局主动公开基本目录和公开指南修订情况的说明以及与上年的比较",
    "规范性文件目录",
]
ATTACHED = "".join(f"\n## 附件{number}：{name}。\n\n甲。\n" for number, name in enumerate(NAMES, 1))
LISTED = [f"{'附件：' * (number == 1)}{number}.{name}" for number, name in enumerate(NAMES, 1)]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("name", FORMATS)
def test_the_attachments_are_listed_above_the_signature(tmp_path, name):
    found = list(map(squeezed, blocks(page_with(tmp_path, BODY + ATTACHED), name)))
    at = found.index("示例市测试局")
    assert (found[at - 4 : at], found[at + 1]) == (["逐项改进。", *LISTED], "2025年1月20日")


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("name", FORMATS)
def test_one_attachment_has_no_number_in_the_list(tmp_path, name):
    found = list(map(squeezed, blocks(page_with(tmp_path, f"{BODY}\n## 附件：统计表\n\n甲。\n"), name)))
    assert found[found.index("示例市测试局") - 1] == "附件：统计表"


@pytest.mark.parametrize("typed", ["附件：1.统计表\n2.目录", "附件：统计表", "附：统计表", "附件1：统计表"])
def test_a_list_that_a_bureau_has_typed_is_not_printed_twice(tmp_path, typed):
    page = page_with(tmp_path, f"{BODY}\n{typed}\n\n## 附件1：统计表\n\n甲。\n")
    [listed] = re.findall('<div class="attached">(.*?)</div>', page.body, re.S)
    assert "统计表" in listed
    assert "统计表" not in page.body.partition('<div class="attached">')[0]


def test_what_has_no_name_is_not_listed(tmp_path):
    assert 'class="attached"' not in page_with(tmp_path, f"{BODY}\n## 附件\n\n甲。\n").body


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("lines", range(0, 23, 2))
def test_on_paper_the_list_stands_one_line_below_the_text_and_names_below_one_another(tmp_path, lines):
    text = BODY.replace("逐项改进。", "\n\n".join([LINES] * lines + ["逐项改进。"]))
    sheets = paper.sheets(typeset(page_with(tmp_path, text + REST + ATTACHED)))
    (sheet,) = (sheet for sheet in sheets if any(line.text.startswith("附件：1.") for line in sheet.body))
    body = sheet.body
    at = next(at for at, line in enumerate(body) if line.text.startswith("附件："))
    first, second, more, third, name, _date = body[at : at + 6]
    assert body[at - 1].text == "逐项改进。"
    assert [first.slot - body[at - 1].slot, name.slot - third.slot] == pytest.approx([2, 2], abs=0.02)
    assert all(line.off < 0.15 for line in body)
    assert first.left - LEFT == pytest.approx(2 * EM, abs=0.3)
    assert second.left == pytest.approx(third.left, abs=0.3)
    assert second.left - LEFT == pytest.approx(5 * EM, abs=0.9)
    begin = [
        next(one.left for one in line.letters if one.char > "⺀" and one.char not in "附件：")
        for line in (first, second, third)
    ]
    assert [*begin, more.left] == pytest.approx([begin[0]] * 4, abs=0.6)


@pytest.mark.slow
def test_as_many_attachments_as_a_page_has_lines_are_listed_too(tmp_path):
    many = "".join(f"\n## 附件{number}：目录{number}\n\n甲。\n" for number in range(1, 30))
    page = page_with(tmp_path, BODY + many)
    for name in FORMATS:
        found = list(map(squeezed, blocks(page, name)))
        assert "29.目录29" in found[: found.index("示例市测试局")]


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("name", FORMATS)
def test_the_list_is_not_imported_as_text(tmp_path, name):
    page = page_with(tmp_path / "params", BODY + ATTACHED)
    file = tmp_path / f"report.{formats.suffix(name)}"
    file.write_bytes(formats.find(name).make(page, None))
    made = imports.imported(tmp_path / "new", file, year=2024).made
    text = made.files["narrative.md"]
    assert (text.count("附件"), text.count("规范性文件目录")) == (3, 1)


def test_the_check_reads_the_text_as_before():
    assert codes(make(narrative=BODY + REST + ATTACHED), "W2") == codes(make(narrative=BODY + REST), "W2")


# -- labels of rows

TABLE = "<table><thead><tr><th>{0}</th><th>件</th></tr></thead><tbody>{1}</tbody></table>"


def table(head, *labels):
    return TABLE.format(head, "".join(f"<tr><td>{one}</td><td>3</td></tr>" for one in labels))


@each(
    ("head", "labels"),
    [
        ("科室", ["办公室"]), ("科室", ["办公室", "办公室"]), ("科室", ["办公室", ""]),
        ("序号", ["1", "2"]), ("年", ["2023年", "2024年"]), ("序号", ["（一）", "（二）"]), ("数", ["12%", "3.5万"]),
        ("问题", ["一是不够及时。", "二是不够主动。"]),
    ],
)  # fmt: skip
def test_where_nobody_is_sure_the_first_column_holds_no_labels(head, labels):
    assert labelled(table(head, *labels)) == table(head, *labels)


@pytest.mark.parametrize("head", ["科室", ""])
def test_short_texts_that_differ_are_the_labels_of_their_rows_below_a_blank_corner_too(head):
    made = labelled(table(head, "办公室", "法规科"))
    assert re.findall(r'<th scope="row">(.*?)</th>', made) == ["办公室", "法规科"]


def test_prose_in_the_cells_of_ones_own_table_begins_at_the_left_unless_somebody_says_where_it_stands():
    def sides(columns, length, given=""):
        rows = (["短", "字" * length, *["短"] * (columns - 2)], ["短"] * columns)
        cells = "".join(f"<tr>{''.join(f'<td{given}>{text}</td>' for text in row)}</tr>" for row in rows)
        html = labelled(f"<table><thead><tr>{'<th>甲</th>' * columns}</tr></thead><tbody>{cells}</tbody></table>")
        return re.findall(r"<td([^>]*)>", html)

    def left(columns):
        return ([""] + [' style="text-align: left"'] + [""] * (columns - 2)) * 2

    assert [sides(2, length) == left(2) for length in (49, 50)] == [False, True]  # two lines of half the page
    assert [sides(4, length) == left(4) for length in (24, 25)] == [False, True]
    centred = ' style="text-align:center"'
    assert sides(2, 90, centred) == [centred] * 4


def labels_in(made):
    """How many headings of rows each table of a PDF has that has any, and in how many cells each of them is named."""
    found = []
    for table in tags(made, "/Table"):
        parts = [one.get_object() for one in table["/K"]]
        rows = [row.get_object() for part in parts if part["/S"] in {"/THead", "/TBody"} for row in part["/K"]]
        cells = [cell.get_object() for row in rows for cell in row["/K"]]
        about = [one["/A"][0] if isinstance(one["/A"], list) else one["/A"] for one in cells]
        labels = [str(cell["/ID"]) for cell, one in zip(cells, about, strict=True) if one.get("/Scope") == "/Row"]
        named = [str(name) for one in about for name in one.get("/Headers", ())]
        found += [[named.count(one) for one in labels]] if labels else []
    return found


MARKDOWN = "| 科室 | 件数 | 比例 |\n|---|--:|--:|\n| 办公室 | 3 | 30% |\n| 法规科 | 7 | 70% |\n"
WIDE = "| 科室 | " + " | ".join(f"第{one}项办理情况" for one in range(20)) + " |\n|" + "--|" * 21 + "\n"
WIDE += "".join(f"| {one} | " + " | ".join("123456789" * 2 for _ in range(20)) + " |\n" for one in ("办公室", "法规科"))


@pytest.mark.slow
def test_labels_of_ones_own_tables_are_headings_of_their_rows(tmp_path):
    """In each part of one that is too wide for its page too."""
    page = page_with(tmp_path, BODY.replace("工作有序开展。", f"有序。\n\n{MARKDOWN}\n文。\n\n{WIDE}\n又。\n\n{MARKDOWN}"))
    assert re.findall('<th scope="row"[^>]*>(办公室|法规科)<', page.body) == ["办公室", "法规科"] * 3
    own, none = labels_in(typeset(page)), labels_in(typeset(page_with(tmp_path, BODY)))
    first, *wide, last = own[: len(own) - len(none)]
    assert (first, last, own[len(own) - len(none) :]) == ([2, 2], [2, 2], none)
    assert (len(wide) > 1, [sum(one) for one in zip(*wide, strict=True)]) == (True, [20, 20])


def test_labels_in_a_notebooks_markdown_are_headings_too():
    page = page_of(of(f"# 题\n\n{MARKDOWN}"))
    assert re.findall('<th scope="row"[^>]*>(办公室|法规科)<', page.body) == ["办公室", "法规科"]
    assert labels_in(typeset(page)) == [[2, 2]]


def test_an_undescribed_picture_may_be_accepted():
    narrative = BODY.replace("工作有序开展。", f"有序。\n\n![]({ADDRESS})") + REST
    accepted = [{"code": "W508", "place": "一、总体情况 · data:image/png;base64", "reason": "图在正文里说了"}]
    assert [one.severity.code for one in findings(make(narrative=narrative), "W508")] == ["warning"]
    assert [one.severity.code for one in findings(make(narrative=narrative, accepted=accepted), "W508")] == ["note"]
    assert compose(make(narrative=narrative)).faults == ()
