"""A Word document that came back from review: its changes and comments are listed, and what they touch is not taken."""

import csv
import io
import zipfile

import pytest

import words
from imports import begin, imported
from making import FORMATS
from nianbao.importing import docxfile, outline, questions
from nianbao.inputs.csvlayout import to_csv

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
TABLE = FORMATS["2021"].tables["table2"]
ROWS = list(csv.reader(io.StringIO(to_csv(TABLE, dict.fromkeys(TABLE.cells, 0)))))
P = words.paragraph


def blocks(made):
    return [(one.text, one.level, one.mark) for one in docxfile.read(made).blocks]


def test_changes_are_listed_with_their_places_and_the_text_is_the_accepted_one(tmp_path):
    text = P("全年公开信息", words.deleted("5"), words.inserted("15"), "条。")
    made = words.document(P(TITLE), P("一、总体情况"), text, P("二、主动公开政府信息情况"), words.table(ROWS))
    begun = imported(tmp_path, ("回稿.docx", made))
    assert "全年公开信息15条。" in begun.made.files["narrative.md"]
    [asked] = [about for question, about in begun.made.questions.items() if "修订" in question]
    assert asked == ["修订（一、总体情况，“全年公开信息15条。”，本章第1段，审稿人）：“5” → “15”"]


def test_a_change_is_placed_by_its_sentence_and_by_its_paragraph_as_word_has_it(tmp_path):
    title = P("示例市测试局", "<w:r><w:br/></w:r>", TITLE.removeprefix("示例市测试局"))
    broken = P("全年平稳。", "<w:r><w:br/></w:r>", "人员稳定。")
    bold = words.inserted("9").replace("<w:r>", "<w:r><w:rPr><w:b/></w:rPr>")
    text = P("收到申请3件。", "公开信息", words.deleted("8"), words.deleted("6"), bold, words.inserted("5"), "条；按时。")
    others = P("清理文件", words.deleted("2件"), "。", words.inserted("修改1件。"), words.inserted("乙", "另一人"))
    made = words.document(title, P("一、总体情况"), broken, text, others)
    begun = imported(tmp_path, ("回稿.docx", made))
    assert begun.made.questions[questions.TRACKED] == [
        "修订（一、总体情况，“公开信息95条；”，本章第2段，审稿人）：“86” → “95”",
        "修订（一、总体情况，“清理文件。”，本章第3段，审稿人）：删除“2件”",
        "修订（一、总体情况，“清理文件。”，本章第3段，审稿人）：插入“修改1件。”",
        "修订（一、总体情况，“修改1件。”，本章第3段，另一人）：插入“乙”",
    ]


def test_words_that_were_moved_and_those_put_in_and_taken_out_again_are_told_as_such(tmp_path):
    gone, came = (words.inserted("按时办结。").replace("w:ins", f"w:move{way}") for way in ("From", "To"))
    again = words.inserted("又改").replace("</w:ins>", f"{words.deleted('错字')}</w:ins>")
    made = words.document(P(TITLE), P("一、总体情况"), P("收到3件。", gone), P("平稳。", came, again))
    begun = imported(tmp_path, ("回稿.docx", made))
    assert "平稳。按时办结。又改" in begun.made.files["narrative.md"]
    assert [one.partition("）：")[2] for one in begun.made.questions[questions.TRACKED]] == [
        "移走“按时办结。”",
        "移来“按时办结。”",
        "插入“又改”",
        "删除“错字”",
    ]


def test_a_figure_with_a_tracked_change_is_not_taken(tmp_path):
    rows = [list(row) for row in ROWS]
    rows[6][1] = words.deleted("168") + words.inserted("186")
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), words.table(rows))
    begun = imported(tmp_path, ("回稿.docx", made))
    assert "行政许可,未填\n" in begun.made.files["table2.csv"].replace("\r", "")
    [doubt] = begun.made.taken["table2"].doubts
    assert (doubt.found, doubt.rule) == ("186", "格里有修订")
    [asked] = [one for some in begun.made.questions.values() for one in some if "186" in one]
    assert asked.endswith("：原文“186”，格里有修订：“168” → “186”（审稿人）")
    assert questions.TRACKED not in begun.made.questions


def test_comments_are_listed_with_their_chapter_and_the_words_they_hang_on(tmp_path):
    anchor = '<w:commentRangeStart w:id="7"/>'
    end = '<w:commentRangeEnd w:id="7"/>'
    comment = (
        f'<w:comments {words.W}><w:comment w:id="7" w:author="审稿人">{P("应为12")}{P("3处都改")}</w:comment></w:comments>'
    )
    made = words.document(
        P(TITLE),
        P("一、总体情况"),
        P("全年", anchor, "公开信息", end, "5条。"),
        P("五、存在的主要问题及改进情况"),
        comments=comment,
    )
    begun = imported(tmp_path, ("回稿.docx", made))
    assert begun.made.questions["文件里有批注，没有取用：逐条决定"] == [
        "批注（一、总体情况，“公开信息”，本章第1段，审稿人）：应为12 3处都改"
    ]


def test_a_heading_that_word_numbers_has_its_number():
    shape = (
        f'<w:numbering {words.W}><w:abstractNum w:abstractNumId="1">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )

    def numbered(text, level):
        return P(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')

    made = words.document(
        numbered("总体情况", 0), numbered("主动公开", 1), numbered("依申请公开", 1), numbered("主动公开政府信息情况", 0),
        numbered("甲", 1), numbering=shape,
    )  # fmt: skip
    assert [text for text, _, _ in blocks(made)] == [
        "一、总体情况", "（一）主动公开", "（二）依申请公开", "二、主动公开政府信息情况", "（一）甲",
    ]  # fmt: skip


def test_hidden_text_and_text_boxes_are_set_aside():
    box = f"<w:r><w:pict><w:txbxContent>{P('框里的话')}</w:txbxContent></w:pict></w:r>"
    made = words.document(P("看得见", words.run("看不见", "<w:vanish/>")), P(box, "正文"))
    found = [(one.text, one.around) for one in docxfile.read(made).blocks]
    assert found == [("看得见", ""), ("看不见", "隐藏的文字"), ("正文", ""), ("框里的话", "文本框")]


def boxed(text):
    return P(f"<w:r><w:pict><w:txbxContent>{P(text)}</w:txbxContent></w:pict></w:r>")


def test_headings_and_a_signature_in_boxes_are_asked_about_and_other_words_are_listed(tmp_path):
    lines = ("一、总体情况", "平稳。", "五、存在的主要问题及改进情况", "不足。", "示例市测试局", "2024年1月20日", "公开专栏")
    told = [P(one) if "。" in one else boxed(one) for one in lines]
    made = begin(tmp_path, ("a.docx", words.document(P(TITLE), words.table(ROWS), *told))).made
    asked = [one.partition("：")[2] for one in made.questions[outline.ASIDE]]
    assert asked == [one for one in lines if "。" not in one][:-1]
    assert "公开专栏" in [text for _, text, why in made.left_out if why == "文本框"]


def test_the_words_of_a_diagram_are_listed():
    text = "<a:p><a:r><a:t>受理</a:t></a:r><a:r><a:t>3件</a:t></a:r></a:p>"
    data = f'<d:m xmlns:d="d" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{text}</d:m>'
    made = words.document(P("正文"), **{"diagrams/data1": data})
    assert [(one.text, one.around) for one in docxfile.read(made).blocks] == [("正文", ""), ("受理3件", "文本框")]


def test_a_box_on_a_figure_is_set_aside_once_and_the_figure_is_not_taken(tmp_path):
    """Word writes a text box twice: once for programs that know no boxes."""
    choice = f'<mc:Choice Requires="wps"><w:txbxContent>{P("3")}</w:txbxContent></mc:Choice>'
    fallback = f"<mc:Fallback><w:txbxContent>{P('3')}</w:txbxContent></mc:Fallback>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    rows = [list(row) for row in ROWS]
    rows[6][1] = words.run("12") + f"<w:r><mc:AlternateContent {space}>{choice}{fallback}</mc:AlternateContent></w:r>"
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), words.table(rows))
    begun = begin(tmp_path, ("a.docx", made)).made
    assert [(one.found, one.rule) for one in begun.taken["table2"].doubts] == [("12", "格里有文本框")]
    assert [text for _, text, why in begun.left_out if why == "文本框"] == ["3"]


def test_what_is_read_above_words_is_raised(tmp_path):
    ruby = f"<w:r><w:ruby><w:rt>{words.run('3')}</w:rt><w:rubyBase>{words.run('12')}</w:rubyBase></w:ruby></w:r>"
    made = words.document(P(TITLE), P("一、总体情况"), P("受理", ruby, "件。"), P("五、存在的主要问题及改进情况"))
    begun = begin(tmp_path, ("a.docx", made)).made
    assert "受理12<sup>3</sup>件。" in begun.files["narrative.md"]
    assert [about for question, about in begun.questions.items() if "注音" in question]


def test_a_raised_figure_in_a_cell_is_not_taken(tmp_path):
    rows = [list(row) for row in ROWS]
    rows[6][1] = words.run("3") + words.run("2", '<w:vertAlign w:val="superscript"/>')
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), words.table(rows))
    [doubt] = begin(tmp_path, ("a.docx", made)).made.taken["table2"].doubts
    assert (doubt.found, doubt.rule) == ("32", "格里有上标、下标或注音")


def style(name, looks="", kind="character", based=""):
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{base}<w:rPr>{looks}</w:rPr></w:style>'


STYLES = "".join(
    (
        f"<w:styles {words.W}>",
        style("note", '<w:vertAlign w:val="superscript"/>'),
        style("old", "<w:strike/>"),
        style("older", "<w:b/>", based="old"),
        style("gone", "<w:vanish/>"),
        style("OldLine", "<w:strike/>", "paragraph"),
        "</w:styles>",
    )
)


def named(name):
    return f'<w:rStyle w:val="{name}"/>'


SPOILT = {
    "raised by a style": (words.run("2") + words.run("1", named("note")), "21", "格里有上标、下标或注音"),
    "struck by a style": (words.run("12", named("old")) + words.run("13"), "1213", "格里有删去的文字"),
    "struck by the style of its style": (words.run("12", named("older")) + words.run("13"), "1213", "格里有删去的文字"),
    "hidden by a style": (words.run("9", named("gone")) + words.run("13"), "13", "格里有隐藏的文字"),
    "hidden": (words.run("9", "<w:vanish/>") + words.run("13"), "13", "格里有隐藏的文字"),
    "hidden on the web": (words.run("9", "<w:webHidden/>") + words.run("13"), "13", "格里有隐藏的文字"),
    "raised by its position": (
        words.run("2") + words.run("1", '<w:position w:val="10"/>'), "21", "格里有上标、下标或注音"
    ),
    "struck by its paragraph's style": (words.run("1213"), "1213", "格里有删去的文字"),
}  # fmt: skip


@pytest.mark.parametrize("how", SPOILT)
def test_a_figure_that_looks_otherwise_by_a_style_is_not_taken(how, tmp_path):
    cell, found, why = SPOILT[how]
    rows = [list(row) for row in ROWS]
    rows[6][1] = cell
    table = words.table(rows)
    if "paragraph" in how:
        table = table.replace(f"<w:pPr></w:pPr>{cell}", f'<w:pPr><w:pStyle w:val="OldLine"/></w:pPr>{cell}')
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), table, styles=STYLES)
    [doubt] = begin(tmp_path, ("a.docx", made)).made.taken["table2"].doubts
    assert (doubt.found, doubt.rule) == (found, why)


def test_a_run_that_says_so_itself_looks_otherwise_than_its_style(tmp_path):
    rows = [list(row) for row in ROWS]
    plain = '<w:strike w:val="0"/><w:vertAlign w:val="baseline"/>'
    rows[6][1] = words.run("1", named("old") + plain) + words.run("2", named("note") + plain)
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), words.table(rows), styles=STYLES)
    assert begin(tmp_path, ("a.docx", made)).made.taken["table2"].doubts == []


def test_figures_of_the_text_beside_struck_and_raised_ones_are_asked_about(tmp_path):
    text = P(
        "受理",
        words.run("12", named("old")),
        "13件，浏览10",
        words.run("4", named("note")),
        "次，",
        words.run("略", "<w:strike/>"),
    )
    made = words.document(P(TITLE), P("一、总体情况"), text, P("五、存在的主要问题及改进情况"), styles=STYLES)
    begun = imported(tmp_path, ("a.docx", made))
    assert "受理13件，浏览10<sup>4</sup>次，\n" in begun.made.files["narrative.md"]
    [asked] = [about for question, about in begun.made.questions.items() if "删去的文字" in question]
    assert [line.partition("（")[0] for line in asked] == ["删去的文字", "上标、下标或注音"]
    assert [(text, why) for _, text, why in begun.made.left_out if why == "删去的文字"] == [
        ("12", "删去的文字"), ("略", "删去的文字"),
    ]  # fmt: skip


def math(inner):
    return f'<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{inner}</m:oMath>'


def said(text):
    return f"<m:r><m:t>{text}</m:t></m:r>"


FORMULAS = {
    "a fraction": f"<m:f><m:num>{said('1')}</m:num><m:den>{said('2')}</m:den></m:f>",
    "a power": f"<m:sSup><m:e>{said('1')}</m:e><m:sup>{said('2')}</m:sup></m:sSup>",
    "an index": f"<m:sSub><m:e>{said('1')}</m:e><m:sub>{said('2')}</m:sub></m:sSub>",
    "a root": f"<m:rad><m:deg/><m:e>{said('12')}</m:e></m:rad>",
    "brackets": f"<m:d><m:e>{said('12')}</m:e></m:d>",
}


@pytest.mark.parametrize("how", FORMULAS)
def test_a_figure_that_is_a_formula_is_not_taken(tmp_path, how):
    rows = [list(row) for row in ROWS]
    rows[6][1] = math(FORMULAS[how])
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), words.table(rows))
    [doubt] = begin(tmp_path, ("a.docx", made)).made.taken["table2"].doubts
    assert (doubt.found, doubt.rule) == ("12", "格里有上标、下标或注音")


def test_a_figure_that_stands_in_a_formulas_line_is_one(tmp_path):
    rows = [list(row) for row in ROWS]
    rows[6][1] = math(said("12"))
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), words.table(rows))
    assert begin(tmp_path, ("a.docx", made)).made.taken["table2"].doubts == []


def test_formulas_in_the_text_are_raised_and_lowered_as_they_stand(tmp_path):
    text = P("占比", math(FORMULAS["a fraction"]), "，面积10", math(FORMULAS["a power"]), "平方米。")
    made = words.document(P(TITLE), P("一、总体情况"), text, P("五、存在的主要问题及改进情况"))
    begun = begin(tmp_path, ("a.docx", made)).made
    assert "占比<sup>1</sup><sub>2</sub>，面积101<sup>2</sup>平方米。" in begun.files["narrative.md"]
    assert [about for question, about in begun.questions.items() if "上标" in question]


def test_what_was_inserted_and_deleted_is_gone(tmp_path):
    both = f'<w:del w:id="2" w:author="审稿人"><w:ins w:id="1" w:author="作者">{words.run("5")}</w:ins></w:del>'
    made = words.document(P(TITLE), P("一、总体情况"), P("全年公开", both, "6条。"), P("五、存在的主要问题及改进情况"))
    assert "全年公开6条。" in begin(tmp_path, ("a.docx", made)).made.files["narrative.md"]


def test_a_row_that_was_inserted_is_listed_with_its_author(tmp_path):
    table = words.table(ROWS).replace("<w:tr>", '<w:tr><w:trPr><w:ins w:id="1" w:author="审稿人"/></w:trPr>', 1)
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), table)
    [asked] = [about for question, about in begin(tmp_path, ("a.docx", made)).made.questions.items() if "修订" in question]
    assert asked[0].startswith("修订（二、主动公开政府信息情况，第1个表格第1行，审稿人）：插入一行")


def test_a_row_of_a_table_of_the_text_that_a_tracked_change_took_out_is_gone_and_one_of_a_statutory_table_is_not(tmp_path):
    gone = '<w:tr><w:trPr><w:del w:id="1" w:author="审稿人"/></w:trPr>'

    def without(rows, number):
        return gone.join(words.table(rows).rsplit("<w:tr>", number))

    own = without([["片区", "件数"], ["城东", "20"], ["城西", "32"]], 1)
    made = words.document(P(TITLE), P("一、总体情况"), own, P("二、主动公开政府信息情况"), without(ROWS, 1))
    begun = begin(tmp_path, ("a.docx", made)).made
    assert "| 城东 | 20 |" in begun.files["narrative.md"]
    assert "城西" not in begun.files["narrative.md"]
    assert "表格里有读不准" not in "".join(begun.questions)
    [asked] = [about for question, about in begun.questions.items() if "修订" in question]
    assert ["城西" in one for one in asked] == [True, False]


CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = [
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (RELATED, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
]


def renamed(made, strict=False):
    """A document whose parts have names of their own, as some programs give them, and as ISO 29500 Strict if asked."""
    related = {
        "_rels/.rels": [("officeDocument", "/文稿/正文2.xml")],
        "文稿/_rels/正文2.xml.rels": [("comments", "注.xml"), ("styles", "../样式.xml"), ("footnotes", "脚.xml")],
    }
    names = {"document": "文稿/正文2.xml", "comments": "文稿/注.xml", "styles": "样式.xml", "footnotes": "文稿/脚.xml"}
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {
            names[name.removeprefix("word/").removesuffix(".xml")]: old.read(name).decode()
            for name in old.namelist() if name.startswith("word/")
        }  # fmt: skip
        parts["[Content_Types].xml"] = f'<Types><Override PartName="/文稿/正文2.xml" ContentType="{CONTENT}"/></Types>'
        for name, some in related.items():
            links = "".join(
                f'<Relationship Id="r{at}" Type="{RELATED}/{kind}" Target="{to}"/>' for at, (kind, to) in enumerate(some)
            )
            parts[name] = f"<Relationships>{links}</Relationships>"
        for name, text in parts.items():
            for usual, other in STRICT * strict:
                text = text.replace(usual, other)
            new.writestr(name, text)
    return into.getvalue()


@pytest.mark.parametrize("strict", [False, True])
def test_a_document_whose_parts_have_other_names_is_read_as_any(strict, tmp_path):
    style = (
        f'<w:styles {words.W}><w:style w:styleId="s"><w:name w:val="hidden"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    comment = f'<w:comments {words.W}><w:comment w:id="7" w:author="审稿人">{P("请核对")}</w:comment></w:comments>'
    note = f'<w:footnotes {words.W}><w:footnote w:id="3">{P("据台账")}</w:footnote></w:footnotes>'
    hidden = P("隐藏的话。", properties='<w:pStyle w:val="s"/>')
    text = P('<w:commentRangeStart w:id="7"/>', "全年公开信息5条。")
    made = words.document(P(TITLE), P("一、总体情况"), text, hidden, styles=style, comments=comment, footnotes=note)
    begun = imported(tmp_path, ("回稿.docx", renamed(made, strict)))
    assert "全年公开信息5条。" in begun.made.files["narrative.md"]
    assert "隐藏的话。" not in begun.made.files["narrative.md"]
    assert ["批注（一、总体情况，本章第1段，审稿人）：请核对"] == begun.made.questions["文件里有批注，没有取用：逐条决定"]
    assert ["脚注（位置不明）：据台账"] == begun.made.questions["文件里有脚注或尾注，没有取用：逐条决定"]


WHITE, TINY = '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'


def test_words_in_the_colour_of_their_ground_are_no_text_and_no_certain_figure(tmp_path):
    shaded = '<w:shd w:val="clear" w:fill="1F4E79"/>'
    rows = [list(row) for row in ROWS]
    rows[2][1] = words.run("9", WHITE) + words.run("3")
    rows[2][2] = words.run("4", TINY) + words.run("5")
    rows[2][3] = words.run("6", WHITE + shaded)
    rows[1][0] = words.run("信息内容", WHITE)  # on the ground of a style of tables, which nobody knows
    text = P("公开5条", words.run("，旧稿", WHITE), words.run("（细字）", TINY), "。")
    shown = P(words.run("蓝底白字的话。", WHITE), properties=shaded)
    made = words.document(P(TITLE), P("一、总体情况"), text, shown, P("二、主动公开政府信息情况"), words.table(rows))
    begun = imported(tmp_path, ("回稿.docx", made))
    assert "公开5条。\n\n蓝底白字的话。" in begun.made.files["narrative.md"]
    assert [("，旧稿", "与底色相同的文字"), ("（细字）", "字小得看不见的文字")] == [one[1:] for one in begun.made.left_out]
    assert "规章,未填,未填,6\n" in begun.made.files["table2.csv"].replace("\r", "")


PICTURE = "<w:r><w:drawing/></w:r>"
SQUEEZED = '<w:w w:val="1"/>'
ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
LIST = (
    f'<w:numbering {words.W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)


def test_a_picture_a_lists_number_or_squeezed_digits_beside_a_figure_and_rows_of_no_height_are_asked_about(tmp_path):
    rows = [list(row) for row in ROWS]
    rows[2][1], rows[2][2] = f"{PICTURE}<w:r><w:t>3</w:t></w:r>", words.run("9", SQUEEZED) + words.run("4")
    table = words.table(rows).replace(P("0"), P("0", properties=ITEM), 1)
    at = table.index("行政强制")
    begin = table.rindex("<w:tr>", 0, at) + len("<w:tr>")
    table = f'{table[:begin]}<w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>{table[begin:]}'
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), table, numbering=LIST)
    begun = imported(tmp_path, ("回稿.docx", made))
    why = {one.rule for one in begun.made.taken["table2"].doubts}
    assert {"格里有图片", "格里有字小得看不见的文字", "格里有列表的编号或符号", "看不见的行"} == why
    assert "行政强制,未填\n" in begun.made.files["table2.csv"].replace("\r", "")
    assert any("行政强制" in one for one in begun.made.questions["表格里有看不见的行，没有取用：核对"])


BULLETS = LIST.replace('w:val="decimal"', 'w:val="bullet"').replace('w:val="%1."', 'w:val="-"')
CHOICE = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList/></w:ffData></w:fldChar></w:r>'


def test_a_sign_of_a_list_and_a_dropdown_beside_a_figure_and_a_deleted_cell_are_asked_about(tmp_path):
    rows = [list(row) for row in ROWS]
    rows[2][1] = f"{CHOICE}<w:r><w:t>3</w:t></w:r>"
    table = words.table(rows).replace(P("0"), P("3", properties=ITEM), 1)
    at = table.index("<w:tc>", table.index("行政强制"))
    table = f'{table[:at]}<w:tc><w:tcPr><w:cellDel w:id="1" w:author="审稿人"/></w:tcPr>{table[at + len("<w:tc>") :]}'
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), table, numbering=BULLETS)
    begun = imported(tmp_path, ("回稿.docx", made))
    why = {one.rule for one in begun.made.taken["table2"].doubts}
    assert {"格里有下拉框", "格里有列表的编号或符号", "行里有修订增删、合并的格"} == why
    [asked] = [about for question, about in begun.made.questions.items() if "修订" in question]
    assert "有删除格的一行" in asked[0]


def test_cells_that_are_merged_beside_each_other_are_one(tmp_path):
    """Programs that keep Word 97's form write hMerge where others write gridSpan."""
    merged = '<w:tc><w:tcPr><w:hMerge w:val="{}"/></w:tcPr>{}</w:tc>'
    rows = [f"<w:tr>{''.join(f'<w:tc>{P(cell)}</w:tc>' for cell in row)}</w:tr>" for row in ROWS]
    cells = [f"<w:tc>{P('规章')}</w:tc>", merged.format("restart", P("7")), merged.format("continue", P(""))]
    rows[2] = f"<w:tr>{''.join(cells)}<w:tc>{P('3')}</w:tc></w:tr>"
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), f"<w:tbl>{''.join(rows)}</w:tbl>")
    taken = begin(tmp_path, ("a.docx", made)).made.taken["table2"]
    assert 7 not in [cell.value for cell in taken.cells.values()]
    assert ["合并的单元格，不知属于哪一栏"] == [one.found for one in taken.faults]


def test_an_area_that_is_merged_both_ways_has_its_columns_once():
    def row(*cells):
        made = (f"<w:tc><w:tcPr>{about}</w:tcPr>{P(text)}</w:tc>" for text, about in cells)
        return f"<w:tr>{''.join(made)}</w:tr>"

    down, on, right, beside = (
        f'<w:{merge} w:val="{how}"/>' for merge in ("vMerge", "hMerge") for how in ("restart", "continue")
    )
    rows = row(("甲", down + right), ("", down + beside), ("1", "")), row(("", on + right), ("", on + beside), ("2", ""))
    [grid] = docxfile.read(words.document(f"<w:tbl>{''.join(rows)}</w:tbl>")).blocks
    assert grid.rows == (("甲", "", "1"), ("", "", "2"))
    assert grid.merged == {(0, 1): (0, 0), (1, 0): (0, 0), (1, 1): (0, 0)}


def test_a_cell_with_nothing_but_the_number_of_a_list_shows_it(tmp_path):
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = (
        f'<w:numbering {words.W}><w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    number = P("", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    own = words.table([["序号", "培训班", "人数"], ["@", "甲", "5"]]).replace(P("@"), number)
    rows = [list(row) for row in ROWS]
    rows[6][1] = "@"
    statutory = words.table(rows).replace(P("@"), number)
    heads = P("一、总体情况"), own, P("二、主动公开政府信息情况"), statutory, P("五、存在的主要问题及改进情况"), P("无。")
    made = begin(tmp_path, ("a.docx", words.document(P(TITLE), *heads, numbering=numbering))).made
    assert "| 1. | 甲 | 5 |" in made.files["narrative.md"]
    assert [("2.", "格里只有列表的编号")] == [(one.found, one.rule) for one in made.taken["table2"].doubts]
    assert not [one for one in made.questions if "正文的表格" in one]


W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def filled(inner):
    return f"<w14:textFill {W14}>{inner}</w14:textFill>"


def field(code, result=None):
    """A field as Word writes it, with its code and its saved result."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    told = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return f"{marks[0]}{told}{marks[2]}" if result is None else f"{marks[0]}{told}{marks[1]}{words.run(result)}{marks[2]}"


def control(text):
    return f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{words.run(text)}</w:sdtContent></w:sdt>"


FOUR = words.run("184")
ODD = {
    f'<w:bdo w:val="rtl">{words.run("1843")}</w:bdo>': "从右往左排的文字",
    FOUR + field(r" EQ \o(3)"): "域算出来的文字",
    f"{FOUR}{field(' SEQ x ')}": "域算出来的文字",
    f'{FOUR}<w:fldSimple w:instr=" = 1+2 "/>': "域算出来的文字",
    field(f" = </w:instrText></w:r>{words.run('12')}<w:r><w:instrText> * 2", "24"): "域算出来的文字",
    control("0"): "占位的文字",
    words.run("184") + words.run("3", filled("<w14:noFill/>")): "没有填色的文字",
    words.run("184") + words.run("3", filled('<w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill>')): (
        "与底色相同的文字"
    ),
    words.run("184") + words.run("3", filled('<w14:solidFill><w14:schemeClr w14:val="bg1"/></w14:solidFill>')): (
        "与底色相同的文字"
    ),
    words.run("1843", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'): "符号字体的文字",
    words.run("1843", '<w:spacing w:val="-120"/>'): "挤在一起的文字",
    words.run("1843", '<w:eastAsianLayout w:combine="1"/>'): "双行合一或横排的文字",
    f"{FOUR}<w:r><w:pgNum/></w:r>": "域算出来的文字",
}
PLAIN = [
    f'<w:bdo w:val="ltr">{words.run("1843")}</w:bdo>',
    f"{field(' XE &quot;许可&quot; ')}{words.run('1843')}",
    field(" = SUM(ABOVE) ", "1843"),
    f'<w:fldSimple w:instr=" = SUM(ABOVE) ">{words.run("1843")}</w:fldSimple>',
    words.run("1843", filled('<w14:solidFill><w14:srgbClr w14:val="000000"/></w14:solidFill>')),
    words.run("1843", '<w:rFonts w:ascii="Symbol" w:eastAsia="仿宋"/><w:spacing w:val="-10"/>'),
    f"<w:sdt><w:sdtPr/><w:sdtContent>{words.run('1843')}</w:sdtContent></w:sdt>",
]


def of_licences(tmp_path, content):
    rows = [list(row) for row in ROWS]
    rows[6][1] = content
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), words.table(rows))
    return begin(tmp_path, ("a.docx", made)).made


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("content", ODD)
def test_a_figure_that_word_shows_otherwise_is_not_taken(tmp_path, content):
    made = of_licences(tmp_path, content)
    assert [one.rule for one in made.taken["table2"].doubts] == [f"格里有{ODD[content]}"]
    assert "行政许可,未填\n" in made.files["table2.csv"].replace("\r", "")


@pytest.mark.parametrize("content", PLAIN)
def test_a_figure_that_word_shows_as_it_stands_is_taken(tmp_path, content):
    made = of_licences(tmp_path, content)
    assert not made.taken["table2"].doubts
    assert "行政许可,1843\n" in made.files["table2.csv"].replace("\r", "")


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("content", ODD)
def test_a_figure_of_the_text_that_word_shows_otherwise_is_asked_about_or_listed(tmp_path, content):
    made = words.document(P(TITLE), P("一、总体情况"), P("受理", content, "件。"), P("五、存在的主要问题及改进情况"))
    made = begin(tmp_path, ("a.docx", made)).made
    asked = "".join(one for about in made.questions.values() for one in about)
    assert ODD[content] in asked or ODD[content] in [why for _, _, why in made.left_out]


def test_a_cell_of_a_content_control_that_nobody_has_filled_in_and_a_row_that_is_switched_on(tmp_path):
    table = words.table([list(row) for row in ROWS])
    at = table.index("<w:tc>", table.index("行政强制"))
    end = table.index("</w:tc>", at) + len("</w:tc>")
    cell = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{table[at:end]}</w:sdtContent></w:sdt>"
    table = table[:at] + cell + table[end:]
    inside = table.rindex("<w:tr>", 0, table.index("行政许可")) + len("<w:tr>")
    shown = '<w:trPr><w:hidden w:val="0"/><w:trHeight w:val="400" w:hRule="exact"/></w:trPr>'
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), f"{table[:inside]}{shown}{table[inside:]}")
    made = begin(tmp_path, ("a.docx", made)).made
    [doubt] = made.taken["table2"].doubts
    assert (doubt.cell, doubt.rule) == ("表二 行政强制 / 本年处理决定数量", "格里有占位的文字")


@pytest.mark.parametrize(("name", "is_asked"), [("kx9", True), ("方正小标宋简体", False)])
def test_a_figure_in_a_font_that_the_document_brings_along_is_not_taken(tmp_path, name, is_asked):
    rows = [list(row) for row in ROWS]
    rows[6][1] = words.run("1843", f'<w:rFonts w:ascii="{name}"/>')
    fonts = f'<w:fonts {words.W}><w:font w:name="{name}"><w:embedRegular/></w:font></w:fonts>'
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), words.table(rows), fontTable=fonts)
    made = begin(tmp_path, ("a.docx", made)).made
    assert [one.rule for one in made.taken["table2"].doubts] == ["格里有自带字体的文字"] * is_asked


def test_a_row_without_words_may_be_as_flat_as_it_likes(tmp_path):
    flat = '<w:tr><w:trPr><w:trHeight w:val="20" w:hRule="exact"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
    table = words.table([list(row) for row in ROWS]).replace("</w:tbl>", flat)
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), table)
    assert not [one for one in begin(tmp_path, ("a.docx", made)).made.questions if "看不见" in one]


FLAT, OUT = '<w:spacing w:line="20" w:lineRule="exact"/>', '<w:ind w:left="-900"/>'
ABOUT = {
    FLAT: "格里有行高太小的文字",
    OUT: "格里有缩进到格外的文字",
    '<w:ind w:left="0" w:hanging="900"/>': "格里有缩进到格外的文字",
    '<w:spacing w:line="320" w:lineRule="exact"/>': "",
    '<w:ind w:left="-105" w:right="-105"/>': "",
    '<w:ind w:left="900" w:hanging="900"/>': "",
}


@pytest.mark.parametrize("about", ABOUT)
def test_a_figure_in_a_line_that_is_cut_or_stands_outside_of_its_cell_is_not_taken(tmp_path, about):
    table = words.table([list(row) for row in ROWS])
    at = table.index("<w:p>", table.index("行政许可"))
    inside = table.index("<w:pPr>", at) + len("<w:pPr>")
    made = words.document(P(TITLE), P("二、主动公开政府信息情况"), f"{table[:inside]}{about}{table[inside:]}")
    made = begin(tmp_path, ("a.docx", made)).made
    assert [one.rule for one in made.taken["table2"].doubts] == ([ABOUT[about]] if ABOUT[about] else [])


def test_digits_of_a_flat_line_of_the_text_are_asked_about_and_a_blank_one_is_not(tmp_path):
    for said, is_asked in (("受理12件。", True), ("", False)):
        body = P("平稳。"), P(*([said] if said else []), properties=FLAT), P("受理3件。", properties=OUT)
        made = words.document(P(TITLE), P("一、总体情况"), *body)
        asked = begin(tmp_path / str(is_asked), ("a.docx", made)).made.questions
        assert any("行高太小" in one for about in asked.values() for one in about) == is_asked


def sign(face, number):
    return f'<w:r><w:sym w:font="{face}" w:char="{number}"/></w:r>'


def test_signs_of_a_font_of_signs_are_the_characters_that_a_reader_sees():
    signs = [("Wingdings", "F0FE"), ("Wingdings", "F0FC"), ("wingdings", "00FB"), ("Wingdings", "F0A8"), ("Symbol", "F0AE")]
    signs += [("Symbol", "F06D"), ("Wingdings 2", "F052"), ("Wingdings 3", "F07D"), ("Webdings", "F061")]
    signs += [("MS Gothic", "2612")]
    read = docxfile.read(words.document(P("是", *(sign(*one) for one in signs))))
    assert [one.text for one in read.blocks] == ["是☑✓✗□→μ☑▸✔☒"]
    assert read.remarks == ()


def test_a_sign_that_nobody_knows_is_asked_about(tmp_path):
    typed = P("结果为", '<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>þ 公开</w:t></w:r>', "。")
    unknown = P("办结", sign("Wingdings", "F021"), sign("方正符号", "F041"), sign("Wingdings", "?"), "。")
    begun = imported(tmp_path, ("a.docx", words.document(P(TITLE), P("一、总体情况"), unknown, typed)))
    assert "办结□□□。" in begun.made.files["narrative.md"]
    assert begun.made.questions[questions.OF_SIGNS] == [
        "不认识的符号（一、总体情况，本章第1段）：办结【□□□】。",
        "符号字体的文字（一、总体情况，本章第2段）：结果为【þ 公开】。",
    ]


def test_a_paragraph_that_is_taken_out_whole_is_listed_in_its_own_chapter(tmp_path):
    mark = '<w:rPr><w:del w:id="3" w:author="审稿人"/></w:rPr>'
    gone = P(words.deleted("最后一段。"), properties=mark)
    made = words.document(P(TITLE), P("一、总体情况"), P("平稳。"), gone, P("五、存在的主要问题及改进情况"), P("人少。"))
    begun = imported(tmp_path, ("回稿.docx", made))
    assert begun.made.questions[questions.TRACKED] == ["修订（一、总体情况，本章第1段，审稿人）：删除“最后一段。”"]
    assert "\n## 五、存在的主要问题及改进情况\n\n人少。" in begun.made.files["narrative.md"]
