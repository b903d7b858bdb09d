"""What a web page shows beside its letters: formulas, pictures and what is set in, merged cells, its encoding."""

import csv
import io

import pytest

import imports
from cases import each
from making import FORMATS
from nianbao.errors import UsageError
from nianbao.importing.furniture import has_figure
from nianbao.importing.html import webpage
from nianbao.inputs.csvlayout import to_csv

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
TABLE = FORMATS["2021"].tables["table2"]
ROWS = list(csv.reader(io.StringIO(to_csv(TABLE, dict.fromkeys(TABLE.cells, 0)))))


def page(cell="0", text="平稳。"):
    rows = [list(row) for row in ROWS]
    rows[6][1] = cell
    shown = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in rows)
    chapters = f"<p>一、总体情况</p><p>{text}</p><p>二、主动公开政府信息情况</p><table>{shown}</table>"
    return f"<h1>{TITLE}</h1>{chapters}<p>五、存在的主要问题及改进情况</p><p>无。</p>"


ONE, TWO = "<mn>1</mn>", "<mrow><mn>2</mn></mrow>"
FORMULAS = [
    f"<mfrac>{ONE}{TWO}</mfrac>", f"<msup>{ONE}{TWO}</msup>", f"<msub>{ONE}<!-- -->{TWO}</msub>",
    f"<msubsup>{ONE}{TWO}</msubsup>",
    f"<msqrt>{ONE}{TWO}</msqrt>", f"<mroot>{ONE}{TWO}</mroot>", f"<mover>{ONE}{TWO}</mover>", f"<munder>{ONE}{TWO}</munder>",
    f"<mfenced>{ONE}{TWO}</mfenced>", f"<menclose notation='updiagonalstrike'>{ONE}{TWO}</menclose>",
    f"<mtable><mtr><mtd>{ONE}</mtd></mtr><mtr><mtd>{TWO}</mtd></mtr></mtable>",
]  # fmt: skip


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("formula", FORMULAS)
def test_a_figure_that_is_a_formula_is_not_taken(tmp_path, formula):
    made = imports.begin(tmp_path, ("a.html", page(f"<math>{formula}</math>"))).made
    [doubt] = made.taken["table2"].doubts
    assert (doubt.found.replace(" ", ""), doubt.rule) == ("12", "格里有上标、下标或注音")


def test_what_a_formula_only_keeps_room_for_is_not_taken(tmp_path):
    made = imports.begin(tmp_path, ("a.html", page("<math><mphantom><mn>1</mn></mphantom><mn>2</mn></math>"))).made
    assert [(one.found, one.rule) for one in made.taken["table2"].doubts] == [("2", "格里有隐藏的文字")]


def test_a_figure_in_a_formulas_line_is_one_and_its_source_is_not_shown(tmp_path):
    source = "<annotation encoding='application/x-tex'>3</annotation>"
    made = imports.begin(tmp_path, ("a.html", page(f"<math><semantics>{ONE}{source}</semantics></math>"))).made
    assert made.taken["table2"].doubts == []
    assert 1 in [cell.value for cell in made.taken["table2"].cells.values()]


def test_formulas_in_the_text_are_raised_and_lowered_as_they_stand(tmp_path):
    text = f"占比<math><mfrac>{ONE}{TWO}</mfrac></math>，面积<math><msup>{ONE}{TWO}</msup></math>平方米。"
    made = imports.begin(tmp_path, ("a.html", page(text=text))).made
    assert "占比<sup>1</sup><sub>2</sub>，面积1<sup>2</sup>平方米。" in made.files["narrative.md"]
    assert [about for question, about in made.questions.items() if "上标" in question]


def test_pictures_that_are_loaded_late_and_what_is_set_in_are_listed(tmp_path):
    shown = (
        "<p><img data-src='/a/表三.png'><img data-original='/b/c.png'><img srcset='d.png 1x, e.png 2x'></p>"
        "<iframe src='/f/报告.pdf'></iframe><embed src='g.pdf'><object data='h.pdf'></object><canvas></canvas>"
        "<svg><text>1</text></svg><svg><path d='M0 0'/></svg>"
    )
    made = imports.begin(tmp_path, ("a.html", page() + shown)).made
    assert [text for _, text, why in made.left_out if why == "图片"] == ["表三.png", "c.png", "d.png"]
    assert [text for _, text, why in made.left_out if why == "嵌入的内容"] == ["报告.pdf", "g.pdf", "h.pdf", "canvas", "svg"]


def test_a_page_with_the_report_in_pictures_and_files_set_in_is_refused_with_their_names(tmp_path):
    shown = f"<h1>{TITLE}</h1><iframe src='/f/报告.pdf'></iframe><p><img src='/a/表三.png'></p>"
    with pytest.raises(UsageError, match=r"表三\.png、报告\.pdf"):
        imports.imported(tmp_path, ("a.html", shown))


def test_no_cell_reaches_below_its_part_of_a_table():
    head = "<thead><tr><th rowspan=3>甲</th><th>乙</th></tr><tr><th>丙</th></tr></thead>"
    [grid] = webpage.read(f"<table>{head}<tbody><tr><td>丁</td><td>1</td></tr></tbody></table>".encode()).blocks
    assert grid.rows == (("甲", "乙"), ("", "丙"), ("丁", "1"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_encoding_of_a_script_is_not_the_pages(encoding):
    script = '<script charset="gb2312" src="a.js"></script>' if encoding == "utf-8" else '<script charset="utf-8"></script>'
    made = webpage.read(
        f'<html><head>{script}<meta charset="{encoding}"></head><body>公开信息</body></html>'.encode(encoding)
    )
    assert [one.text for one in made.blocks] == ["公开信息"]


def test_a_table_in_which_nothing_is_seen_is_none(tmp_path):
    unseen = "<table><tr><td>\u00ad</td><td>\u200e</td></tr></table>"
    made = imports.begin(tmp_path, ("a.html", page(text=f"平稳。{unseen}"))).made
    assert "|" not in made.files["narrative.md"]
    assert [what[:6] for _, what, why in made.said if "看不见" in why] == ["U+00AD", "U+200E"]


@pytest.mark.parametrize(
    "line", ["<ul><li>公开{}条。</li></ul>", "<div>公开<b>{}</b>条。</div>", "<section>公开{}条。</section>"]
)
@pytest.mark.parametrize("written", ["<input value='184'>", "<script>document.write(184)</script>"])
def test_a_number_in_a_box_or_by_a_script_is_asked_about_in_every_line(tmp_path, line, written):
    made = imports.begin(tmp_path, ("a.html", page(text=f"平稳。</p>{line.format(written)}<p>乙。"))).made
    [asked] = made.questions["正文里的数字，读者看到的可能不是这样：对照原件核对"]
    assert asked in {"输入框（）：184", "脚本写的字（）：公开条。"}


def test_boxes_and_scripts_of_the_page_are_no_question_and_a_box_alone_is_listed(tmp_path):
    own = (
        "<div><p>甲。</p><script>document.write('x')</script><p>乙。</p></div><div>跳转到<input value='2'>页</div>"
        "<div>今天是<script>document.write(Date())</script></div><div><input value='2023'></div>"
    )
    made = imports.begin(tmp_path, ("a.html", page(text=f"平稳。</p>{own}<p>丙。"))).made
    assert not [one for one in made.questions if "读者看到" in one]
    assert ("2023", "表单") in [one[1:] for one in made.left_out]


def test_an_unknown_value_comes_back_with_its_reason_and_an_editor_without_one_is_asked_about(tmp_path):
    end = "<p>示例市测试局</p><p>2024年1月20日</p><p>责任编辑：未知</p>"
    made = imports.begin(tmp_path, ("a.html", page(cell="未知：原件未保留") + end)).made
    assert "行政许可,未知：原件未保留\n" in made.files["table2.csv"].replace("\r", "")
    assert "editor" not in made.files["report.yaml"]
    assert ["责任编辑（第9段）：“责任编辑：未知”"] == made.questions["下列内容没有写进 report.yaml：补上，或写“未知：原因”"]


TRADITIONAL = "政府信息公開工作年度報告，本機關全年收到申請12件，主動公開規章、規範性文件，現行有效件數。"


@each(("encoding", "kind"), [("big5", "网页（Big5）"), ("gb18030", "网页"), ("utf-8", "网页")])
def test_traditional_text_is_read_in_its_own_encoding_and_big5_is_told(encoding, kind):
    made = webpage.read(f"<body><p>{TRADITIONAL}</p></body>".encode(encoding))
    assert ([TRADITIONAL], kind) == ([one.text for one in made.blocks], made.kind)
    named = webpage.read(f'<meta charset="{encoding}"><body><p>{TRADITIONAL}</p></body>'.encode(encoding))
    assert ([TRADITIONAL], "网页") == ([one.text for one in named.blocks], named.kind)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("said", "is_asked"),
    [
        ("\u202e1843\u202c", True),
        ("\u2067-18\u2069", True),
        ("18\u316443", True),
        ("18\u200b43", False),
        ("1843\u200e", False),
    ],
)
def test_digits_of_the_text_that_an_unseen_character_turns_or_parts_are_asked_about(tmp_path, said, is_asked):
    made = imports.begin(tmp_path, ("a.html", page(text=f"公开{said}条。"))).made
    asked = [about for question, about in made.questions.items() if "读者看到的" in question]
    assert len(asked) == is_asked
    assert len(made.taken["table2"].doubts) == 0
    made = imports.begin(tmp_path / "b", ("a.html", page(cell=said))).made
    assert bool(made.taken["table2"].doubts) == (said != "18\u200b43")


def test_the_number_of_a_form_and_the_time_of_a_day_are_no_figures():
    plain = ["编号：2022-03", "流水号：00123", "打印时间：2024-01-05 10:11:12", "导出时间：2024/1/5 9:30"]
    assert [one for one in plain if has_figure(one)] == []
    told = ["填表人：张三 18件", "编号：3，共18件", "比例3：10", "打印时间：2024-01-05，共18件"]
    assert [one for one in told if not has_figure(one)] == []


def test_the_numbers_under_which_a_site_is_on_record_are_no_figures_of_a_report():
    foot = ["网站标识码：6210000012　示ICP备05000001号-1　示公网安备 62010002000001号", "ICP备案号：示ICP备05000001号-12"]
    plain = [*foot, "公安机关备案号：62010002000001", "备案序号:示ICP备案05000001号", "示ICP证030173号－1"]
    assert [one for one in plain if has_figure(one)] == []
    told = ["示ICP备05000001号-18件", "网站标识码：6210000012 申请3件", "备案号：3，共18件"]
    assert [one for one in told if not has_figure(one)] == []


def test_the_heading_of_a_list_of_links_to_other_pages_is_none_of_a_reports_text(tmp_path):
    made = imports.begin(tmp_path, ("a.html", f"{page()}<div>关联稿件：</div><div>关联附件</div>")).made
    assert "关联" not in made.files["narrative.md"]


SPACES = {
    "<div style='white-space:pre-line'>{}</div>": True, "<pre>{}</pre>": True,
    "<style>.a{{white-space:pre-wrap}}</style><div class=a><span>{}</span></div>": True,
    "<div style='white-space-collapse:preserve-breaks'>{}</div>": True, "<div>{}</div>": False,
    "<div style='white-space:pre'><p style='white-space:normal'>{}</p></div>": False,
    "<pre style='white-space:nowrap'>{}</pre>": False,
}  # fmt: skip


@each("shape", SPACES)
def test_line_breaks_of_the_file_end_lines_where_a_browser_breaks_them(shape):
    lines = [one.text for one in webpage.read(shape.format("一、总体情况\r\n　　平稳。\n\n五、问题").encode()).blocks]
    assert lines == (["一、总体情况", "平稳。", "五、问题"] if SPACES[shape] else ["一、总体情况　　平稳。五、问题"])


VEILS = ("style='visibility: hidden; opacity: 0'", "style='display:none'", "class=veil", "hidden")


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("veil", VEILS)
def test_a_report_that_a_page_hides_until_a_script_shows_it_is_read_and_said(tmp_path, veil):
    text = page().replace(f"<h1>{TITLE}</h1>", "")
    sheet = "<style>.veil{visibility:hidden!important}</style>"
    whole = f"{sheet}<h1>{TITLE}</h1><p>示例测试</p><div><div {veil}>{text}</div></div><p>阅读原文</p>"
    made = imports.begin(tmp_path / "a", ("a.html", whole)).made
    assert {cell.value for cell in made.taken["table2"].cells.values()} == {0}
    assert [what for _, what, _ in made.said if "藏起" in what] == ["网页自己藏起的正文"]
    # Beside a report that is seen nothing is unveiled.
    other = f"<div {veil}>{page('7', '去年。' * 500)}</div>"
    made = imports.begin(tmp_path / "b", ("a.html", f"{sheet}{page()}{other}")).made
    assert {cell.value for cell in made.taken["table2"].cells.values()} == {0}
    assert "去年" not in made.files["narrative.md"]
