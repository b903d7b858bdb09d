"""What import.md says of an import, beside what has to be decided."""

import html
import io
import zipfile

from markdown_it import MarkdownIt

import words
from imports import begin, imported, rows
from nianbao.importing import account
from nianbao.inputfiles import InputFiles
from nianbao.inputs import questions

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
FEES = (
    "<tr><td>第二十条第（八）项</td></tr><tr><td>信息内容</td><td>本年收费金额（单位：{unit}）</td></tr>"
    "<tr><td>行政事业性收费</td><td>{sum}</td></tr>"
)


def test_a_fee_in_another_unit_than_the_statutory_one_is_said(tmp_path):
    page = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>平稳。</p><table>{FEES}</table>"
    made = begin(tmp_path, ("元.html", page.format(unit="元", sum="864000"))).made
    assert [text for _, text, what in made.said if "单位" in what] == [
        "表二 行政事业性收费 / 本年收费金额（单位：万元）：864000元"
    ]
    (tmp_path / "2").mkdir()
    made = begin(tmp_path / "2", ("万元.html", page.format(unit="万元", sum="86.4"))).made
    assert [text for _, text, what in made.said if "单位" in what] == []


def test_a_footnote_is_asked_about_as_a_footnote(tmp_path):
    note = f'<w:footnotes {words.W}><w:footnote w:id="1">{words.paragraph("数据截至12月。")}</w:footnote></w:footnotes>'
    text = words.paragraph("公开5条。", '<w:r><w:footnoteReference w:id="1"/></w:r>')
    made = words.document(*map(words.paragraph, (TITLE, "一、总体情况")), text, footnotes=note)
    asked = begin(tmp_path, ("脚注.docx", made)).made.questions
    assert asked["文件里有脚注或尾注，没有取用：逐条决定"] == ["脚注（一、总体情况，本章第1段）：数据截至12月。"]


def test_what_an_import_asks_is_told_until_it_is_decided_and_cells_until_they_are_filled(tmp_path):
    """Blank cells are errors themselves, and who has filled one has decided."""
    note = f'<w:footnotes {words.W}><w:footnote w:id="1">{words.paragraph("数据截至12月。")}</w:footnote></w:footnotes>'
    text = words.paragraph("公开5条。", '<w:r><w:footnoteReference w:id="1"/></w:r>')
    made = words.document(*map(words.paragraph, (TITLE, "一、总体情况")), text, footnotes=note)
    begun = imported(tmp_path, ("年报.docx", made))
    assert questions.NO_TABLE in begun.made.questions
    (one,) = told(begun)
    path = begun.paths.folder / "import.md"
    lines = path.read_text("utf-8").split("\n")
    assert one.found.startswith("1件，")
    assert "数据截至12月。" in lines[one.source.line - 1]
    path.write_text("\n".join([*lines[: one.source.line - 1], *lines[one.source.line :]]), "utf-8")
    assert told(begun) == []


def test_no_cell_that_is_left_blank_is_told_twice(tmp_path):
    table = rows("table3")
    table[8][-1] = ""
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in table)
    page = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>公开5条。</p><table>{cells}</table>"
    begun = imported(tmp_path, ("表三.html", page))
    assert {questions.BLANK, questions.BESIDE_ZEROS} & begun.made.questions.keys()
    assert told(begun) == []


def told(begun):
    return questions.findings(begun.paths, InputFiles(begun.paths.params))


def listed(made, *reasons):
    return [text for _, text, why in made.left_out if why in reasons]


def test_pictures_of_a_page_are_listed(tmp_path):
    pictures = '<p><img src="/a/%E5%9B%BE.png"><img alt="统计图" src="data:x"></p>'
    page = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>公开5条。</p>{pictures}"
    made = begin(tmp_path, ("图.html", page)).made
    assert listed(made, "图片") == ["图.png", "统计图"]


def test_pictures_headers_and_footers_of_a_document_are_listed(tmp_path):
    drawing = '<wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" name="图 1"/>'
    picture = f"<w:p><w:r><w:drawing>{drawing}</w:drawing></w:r></w:p>"
    made = words.document(
        *map(words.paragraph, (TITLE, "一、总体情况", "公开5条。")),
        picture,
        header1=f"<w:hdr {words.W}>{words.paragraph('内部资料')}</w:hdr>",
        footer1=f"<w:ftr {words.W}>{words.paragraph('— 1 —')}{words.paragraph('示例市测试局编')}</w:ftr>",
    )
    kinds = "".join(f'<Relationship Id="{one}" Type="x/{one[:6]}" Target="{one}.xml"/>' for one in ("header1", "footer1"))
    into = io.BytesIO(made)
    with zipfile.ZipFile(into, "a") as package:
        package.writestr("word/_rels/document.xml.rels", f"<Relationships>{kinds}</Relationships>")
    made = begin(tmp_path, ("图.docx", into.getvalue())).made
    assert listed(made, "图片", "页眉", "页脚") == ["图 1", "示例市测试局编", "内部资料"]


def test_who_filled_a_table_in_is_none_of_the_text(tmp_path):
    below = "<p>填表人：甲　审核人：乙</p><p>填报日期：1月5日</p><p>审核：这一段照登。</p>"
    chapters = f"<p>一、总体情况</p><p>平稳。</p><p>二、主动公开政府信息情况</p><table>{FEES}</table>{below}<p>无。</p>"
    page = f"<h1>{TITLE}</h1>{chapters}"
    made = begin(tmp_path, ("表.html", page.format(unit="万元", sum="1"))).made
    assert listed(made, "表格上下的文字") == ["填表人：甲　审核人：乙", "填报日期：1月5日"]
    assert "审核：这一段照登。" in made.files["narrative.md"]


def test_why_a_table_was_not_read_comes_before_its_rows_which_are_named_in_few_words(tmp_path):
    table = rows("table3", 商业企业="商业机关")
    begun = imported(tmp_path, ("a.csv", "\r\n".join(",".join(row) for row in table)))
    questions = [*begun.made.questions.items()]
    assert ["下列表格对不上法定格式：对照原件核对", "下列单元格读不准，没有填：对照原件填上"] == [
        one for one, _ in questions
    ]
    assert "商业机关" in questions[0][1][0]
    assert len(questions[1][1]) == 1
    assert questions[1][1][0].endswith("第4行至第28行）：这一行或这一部分对不上栏目；原文见 import.md 的“原件的表三”")
    account = next(text.decode() for path, text in begun.files.items() if path.name == "import.md")
    assert "## 原件的表三" in account


def test_an_import_keeps_below_it_what_earlier_ones_listed(tmp_path):
    made = begin(tmp_path, ("a.html", f"<h1>{TITLE}</h1><p>一、总体情况</p><p>平稳。</p>")).made
    texts = [account.write([account.Origin(f"{name}.docx", "Word 文档", name)], made) for name in "甲乙丙"]
    body = [text[text.index("## 来源") :] for text in texts]
    second = account.write([account.Origin("乙.docx", "Word 文档", "乙")], made, texts[0])
    assert second == f"{texts[1]}\n# 之前的导入\n\n{body[0]}"
    third = account.write([account.Origin("丙.docx", "Word 文档", "丙")], made, second)
    assert third == f"{texts[2]}\n# 之前的导入\n\n{body[1]}\n{body[0]}"
    assert account.write([account.Origin("丙.docx", "Word 文档", "丙")], made, third) == third
    noted = account.write([account.Origin("甲.docx", "Word 文档", "甲")], made, "人写的\n")
    assert noted == f"{texts[0]}\n# 之前的导入\n\n人写的\n"


def test_an_import_that_asks_nothing_says_that_an_earlier_one_has_asked(tmp_path):
    made = begin(tmp_path, ("a.html", f"<h1>{TITLE}</h1><p>一、总体情况</p><p>平稳。</p>")).made
    made.questions.clear()
    origins = [account.Origin("a.html", "网页", "a")]
    made.ask("核对", "某处")
    first = account.write(origins, made)
    made.questions.clear()
    second = account.write(origins, made, first)
    assert "## 待决定\n\n没有新的。之前的导入列出的在下面，仍要看。\n" in second
    assert second.endswith(first[first.index("## 来源") :])
    assert account.write(origins, made, second) == second
    assert "## 待决定\n\n没有。\n" in account.write(origins, made)


def test_what_narrative_md_has_to_have_letter_by_letter_can_be_copied_and_all_else_is_text(tmp_path):
    """Also in a table, in which only a bar parts cells; with a backtick in it a placeholder would end too early."""
    made = begin(tmp_path, ("a.html", f"<h1>{TITLE}</h1><p>一、总体情况</p><p>平稳。</p>")).made
    made.questions.clear()
    sources = ('{{ 表三["一"]["总计"] }}', "{% if 上年.表三 %}", "<!-- 数由*科*报 -->", "{{ 事实.a_b|万 }}")
    for source in sources:
        made.ask("补上", f"[一]：写“*5*件”，是“7”（{source}）")
    made.ask("补上", "{{ 'a`<b>' }}")
    made.revised.append(("一、总体情况", sources[-1], "_5_|6"))
    text = account.write([], made)
    assert [one for one in text.split("\n") if one.startswith("- ")] == [
        *(rf"- \[一\]：写“\*5\*件”，是“7”（`{source}`）" for source in sources), r"- {{ 'a\`\<b\>' }}",
    ]  # fmt: skip
    assert r"| 一、总体情况 | `{{ 事实.a_b\|万 }}` | \_5\_\|6 |" in text
    shown = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert [f"<code>{html.escape(one)}</code>" in shown for one in sources] == [True] * 4
    assert "<b>" not in shown
