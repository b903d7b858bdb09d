"""What a notebook's own cells say of the report is proved as its text is, with the cell as place."""

import json
import re
from dataclasses import replace

import nbformat
import nbformat.v4 as v4
import pandas as pd
import pytest

import published
from cases import each
from making import BODY, REST, write
from nianbao.document.added import added
from nianbao.document.document import load
from nianbao.document.pieces import Shown
from nianbao.document.reread import reread
from nianbao.onpages import EMPTY, LEFT, PRINTED, TORN, TRACE
from nianbao.render.outputs import own_tables, own_texts, page_of
from nianbao.render.printed import without_objects
from project import add_cell, edit, make, nianbao, states
from records import finding

VALUES = {"表三": {("一", "总计"): 12, ("一", "自然人"): 12, ("三（一）", "总计"): 12, ("三（七）", "总计"): 12}}
ON_PAGE = [
    ("W509", "第3个单元格", PRINTED),
    ("W509", "第4个单元格", PRINTED),
    ("W510", "第5个单元格", EMPTY),
    ("W507", "笔记本", LEFT),
]
WRONG = "全年新收政府信息公开申请13件。"


def document(tmp_path, report=""):
    paths = write(tmp_path / "params", narrative=BODY + REST, values=VALUES, report=report)
    return load(paths.bureau, 2024, paths.params)


def said(made, text):
    return [(one.code, one.place, str(one.source), str(one.severity)) for one in added(made, "mine.ipynb", [(4, text)])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (WRONG, [("E501", "笔记本第4个单元格 · 新收13件", "mine.ipynb", "错误")]),
        ("新收申请13件。", [("W501", "笔记本第4个单元格 · 新收13件", "mine.ipynb", "警告")]),
        ("全年新收政府信息公开申请12件。", []),
        ("2022年新收政府信息公开申请80件，全市共3000件。", []),
        ("访问量17万次。", []),
    ],
)
def test_a_cell_that_contradicts_the_tables_is_found(tmp_path, text, found):
    assert found == said(document(tmp_path), text)


def test_an_acceptance_of_a_cells_sentence_is_of_no_other_and_a_stale_one_is_said(tmp_path):
    known = "accepted:\n- {code: E501, place: 笔记本第4个单元格 · 新收13件, reason: 含转办}\n"
    made = document(tmp_path, known)
    assert [] == [one for one in made.findings if one.code == "W206"]  # the check sees no notebook
    assert [("E501", "提示")] == [(code, severity) for code, _, _, severity in said(made, WRONG)]
    assert ["E501", "W206"] == [code for code, *_ in said(made, WRONG.replace("13", "14"))]
    assert ["W206"] == [one.code for one in added(made, "mine.ipynb", [])]


def test_an_acceptance_of_another_notebooks_cell_names_the_notebook(tmp_path):
    there = "笔记本“mine.ipynb”第4个单元格 · 新收13件"
    known = f"accepted:\n- {{code: E501, place: {there}, reason: 含转办}}\n"
    known += "- {code: E501, place: 笔记本第9个单元格, reason: 同上}\n"
    made = document(tmp_path, known)
    [one] = added(made, "mine.ipynb", [(4, WRONG)], is_own=False)
    assert ("E501", there, "提示") == (one.code, one.place, str(one.severity))
    assert ["W206"] == [one.code for one in added(made, "mine.ipynb", [], is_own=False)]
    assert [] == [*added(made, "other.ipynb", [], is_own=False)]
    assert ["E501", "W206"] == [code for code, *_ in said(made, WRONG)]


def test_what_its_page_shows_is_accepted_as_other_warnings_are(tmp_path):
    known = "accepted:\n- {code: W509, place: 笔记本第3个单元格, reason: 要公开}\n- {code: W510, reason: 本年没有}\n"
    made = document(tmp_path, known)
    assert [] == [one for one in made.findings if one.code == "W206"]  # the check sees no page
    shown = [replace(finding(code, place), kind=kind) for code, place, kind in ON_PAGE]
    found = [(one.code, one.place, str(one.severity)) for one in added(made, "mine.ipynb", [], shown=shown)]
    assert found == [
        ("W509", "笔记本第3个单元格", "提示"),
        ("W509", "笔记本第4个单元格", "警告"),
        ("W510", "笔记本第5个单元格", "提示"),
        ("W507", "笔记本", "警告"),
    ]
    assert ["W206", "W206"] == [one.code for one in added(made, "mine.ipynb", [])]
    assert [] == [*added(made, "other.ipynb", [], is_own=False)]


@pytest.mark.parametrize(
    ("place", "is_own"),
    [("第3个单元格", True), ("笔记本的第3个单元格", True), ("笔记本“mine.ipynb”，第3个单元格", False)],
)
def test_an_acceptance_whose_place_nothing_has_is_said_where_such_places_are_known(tmp_path, place, is_own):
    made = document(tmp_path, f"accepted:\n- {{code: W509, place: {place}, reason: 要公开}}\n")
    shown = [replace(finding("W509", "笔记本第3个单元格"), kind=PRINTED)]
    assert "W206" not in [one.code for one in made.findings]
    assert [one.code for one in added(made, "mine.ipynb", [], is_own=not is_own, shown=shown)] == ["W509"]
    found, stale = added(made, "mine.ipynb", [], is_own=is_own, shown=shown)
    assert (stale.code, found.place in stale.expected) == ("W206", True)


def test_what_reading_back_finds_is_accepted_too_and_without_a_pdf_none_of_its_lines_is_called_stale(tmp_path):
    known = "accepted:\n- {code: W515, place: PDF 第1页, reason: 网址不能断}\n- {code: W515, place: 第2页, reason: 同上}\n"
    known += "- {code: W515, place: 笔记本“mine.ipynb”PDF 第1页, reason: 同上}\n"
    known += "- {code: W504, place: 笔记本“mine.ipynb”第2个单元格, reason: 是产品名}\n"
    made = document(tmp_path, known)
    assert [] == [one for one in made.findings if one.code == "W206"]  # the check sees no file
    assert [] == [*added(made, "mine.ipynb", [])] == [*added(made, "mine.ipynb", [], is_own=False, is_all=False)]
    torn = replace(finding("W515", "PDF 第1页"), kind=TORN)
    for notebook, is_own in (("annual.ipynb", True), ("mine.ipynb", False)):
        for found in ([torn], [replace(torn, place="PDF 第3页")], []):
            said = [(one.code, str(one.severity)) for one in reread(made, notebook, found, is_own, {"网页", "PDF"})]
            shown = [("W515", "提示" if found[0] is torn else "警告")] if found else []
            assert said == shown + [("W206", "警告")] * (is_own + (found != [torn])), (notebook, found)
        assert reread(made, notebook, [], is_own, {"网页"}) == []
    [word] = reread(made, "mine.ipynb", [replace(finding("W504", "第2个单元格"), kind=TRACE)], is_own=False, made={"网页"})
    assert (word.place, str(word.severity)) == ("笔记本“mine.ipynb”第2个单元格", "提示")


@pytest.mark.parametrize("notebook", ["", "笔记本“mine.ipynb”"])
def test_an_acceptance_of_a_torn_line_is_stale_only_where_its_own_format_was_made(tmp_path, notebook):
    made = document(tmp_path, f"accepted:\n- {{code: W515, place: {notebook}版式文件 第3页, reason: 网址不能断}}\n")
    said = {
        formats: [one.code for one in reread(made, "mine.ipynb", [], not notebook, formats)]
        for formats in (("PDF",), ("网页", "Word"), ("版式文件",), ("PDF", "版式文件"))
    }
    assert [*said.values()] == [[], [], ["W206"], ["W206"]]
    torn = replace(finding("W515", "版式文件 第3页"), kind=TORN)
    assert [str(one.severity) for one in reread(made, "mine.ipynb", [torn], not notebook, ["版式文件"])] == ["提示"]


@pytest.mark.slow
def test_a_build_takes_what_is_accepted_of_the_pdf_and_of_a_page_without_the_report(tmp_path):
    folder, arguments = make(tmp_path), ("--bureau", "shili-jyj", "--year", "2020")
    report = folder / "params" / "shili-jyj" / "2020"
    torn = f"from IPython.display import Markdown\nMarkdown('甲{'乙' * 20}`{'a' * 30}，`，{'丙' * 30}。')"
    add_cell(folder, torn)  # its code breaks nowhere, and ends with a mark beside another
    loose = v4.new_notebook(cells=[
        v4.new_code_cell("bureau = 'a'\nyear = 2024\nparams_dir = 'params'", metadata={"tags": ["parameters"]}),
        v4.new_code_cell("import nianbao"), v4.new_markdown_cell("# 试算\n\n写的是 import nianbao 一行。"),
    ])  # fmt: skip
    (folder / "notebooks" / "mine.ipynb").write_text(nbformat.writes(loose), "utf-8")
    accepted = "accepted:\n- {code: W515, reason: 代码不能断}\n"
    accepted += "- {code: W504, place: 笔记本“mine.ipynb”第3个单元格, reason: 要公开}\n"
    with (report / "report.yaml").open("a", encoding="utf-8") as file:
        file.write(accepted)
    for words in (("check",), ("build", "--to", "html"), ("build",), ("build", "--notebook", "notebooks/mine.ipynb")):
        out, _ = nianbao(*words, *arguments, cwd=folder)
        assert not re.findall("警告 (?:W206|W504|W515)", out), (words, out)
    edit(report / "report.yaml", "- {code: W515,", "- {code: W515, place: PDF 第99页,")
    out, _ = nianbao("build", *arguments, cwd=folder)
    assert {*re.findall("警告 (W206|W515)", out)} == {"W206", "W515"}


@pytest.mark.slow
def test_cells_are_proved_of_any_notebook_that_shows_the_whole_report(tmp_path):
    folder, arguments = make(tmp_path), ("--bureau", "shili-jyj", "--year", "2020")
    shown = "from IPython.display import Markdown\nMarkdown('全年新收政府信息公开申请999件。')"
    mine = add_cell(folder, shown, "notebooks/mine.ipynb")
    out, _ = nianbao("build", "--notebook", "notebooks/mine.ipynb", *arguments, cwd=folder, code=1)
    assert "笔记本“mine.ipynb”第4个单元格 · 新收999件（mine.ipynb）" in out
    loose = v4.new_notebook(cells=[
        v4.new_code_cell("bureau = 'a'\nyear = 2024\nparams_dir = 'params'", metadata={"tags": ["parameters"]}),
        v4.new_code_cell("from nianbao import load\nload(bureau, year, params_dir).report.year"),
        v4.new_markdown_cell("# 试算\n\n若全年新收政府信息公开申请999件。"),
    ])  # fmt: skip
    mine.write_text(nbformat.writes(loose), "utf-8")
    nianbao("build", "--notebook", "notebooks/mine.ipynb", *arguments, cwd=folder)


def test_a_character_of_a_cell_that_no_font_has_is_found_once(tmp_path):
    made = document(tmp_path)
    found = list(added(made, "mine.ipynb", [], "本机关𠮷祥，𠮷祥如意。"))
    assert [("E111", "笔记本单元格", "mine.ipynb")] == [(one.code, one.place, str(one.source)) for one in found]
    assert "“𠮷”（U+20BB7" in found[0].found
    made = replace(made, findings=(*made.findings, found[0]))
    assert [] == list(added(made, "mine.ipynb", [], "本机关𠮷祥如意。"))


def test_the_texts_of_cells_are_their_markdown_and_prints_counted_as_their_author_sees_them():
    shown = v4.new_output("display_data", {"text/markdown": "显示的。", "text/plain": "<Markdown>"})
    pieces = v4.new_output("display_data", {"text/html": "<p>报告。</p>", "text/markdown": "报告。"})
    cells = [
        v4.new_code_cell("bureau = 1", metadata={"tags": ["injected-parameters"]}),
        v4.new_markdown_cell("写下的。"),
        v4.new_markdown_cell("说明。", metadata={"tags": ["remove-cell"]}),
        v4.new_code_cell("Markdown(…)", outputs=[shown, v4.new_output("stream", name="stdout", text="印出的。\n")]),
        v4.new_code_cell("document.title", outputs=[pieces]),
        v4.new_code_cell("Markdown(…)", outputs=[shown], metadata={"tags": ["remove-output"]}),
        v4.new_markdown_cell("English only, 12 cases."),
        v4.new_code_cell("print(…)", outputs=[stream("新收\x1b[31m9"), stream("件\x1b[0m。旧的一行\r新的一行")]),
        v4.new_code_cell("'…'", outputs=[v4.new_output("execute_result", data={"text/plain": "'新收9件'"})]),
    ]
    notebook = v4.new_notebook(cells=cells)
    seen = [(1, "写下的。"), (3, "显示的。"), (3, "印出的。\n"), (7, "新的一行"), (8, "'新收9件'")]
    assert seen == list(own_texts(notebook))


FRAME = pd.DataFrame({"类别": ["规划", "用地"], "件数": [31, 4]})
TOTAL = pd.DataFrame({"类别": ["合计"], "件数": [36]})


def frames():
    """A frame with a total as authors make it: below an index of numbers, of names, of names with a head."""
    whole = pd.concat([FRAME, TOTAL])
    named = whole.set_index("类别")
    return [whole, named.rename_axis(None), named, named.style.set_caption("受理情况（单位：件）")]


def test_two_units_and_another_year_beside_a_table_of_a_cell_are_told(tmp_path):
    text = "表5 各镇（单位：户）\n\n2023年　单位：件\n\n|镇|数|\n|--|--|\n|甲|3|"
    found = [("W248", "笔记本第4个单元格", "mine.ipynb", "警告"), ("W217", "笔记本第4个单元格", "mine.ipynb", "警告")]
    assert said(document(tmp_path), text) == found
    assert said(document(tmp_path / "right"), text.replace("户", "件").replace("2023", "2024")) == []


def shown(frame):
    data = {"text/html": frame._repr_html_(), "text/plain": "…"}
    return v4.new_code_cell("frame", outputs=[v4.new_output("execute_result", data=data)])


def test_a_total_in_a_frame_that_a_cell_shows_is_proved_and_what_a_cell_says_of_it(tmp_path):
    of_report = Shown((FRAME.to_html(),))
    pieces = v4.new_output("display_data", {"text/html": of_report._repr_html_(), "text/plain": repr(of_report)})
    hidden = shown(FRAME)
    hidden.metadata["tags"] = ["remove-cell"]
    notebook = v4.new_notebook(cells=[*map(shown, frames()), v4.new_code_cell("document", outputs=[pieces]), hidden])
    tables = list(own_tables(notebook))
    assert [number for number, _ in tables] == [1, 2, 3, 4]
    made = document(tmp_path)
    found = list(added(made, "mine.ipynb", [(6, "规划件数13件，用地件数4件。")], tables=tables))
    assert [(one.code, one.place, one.expected) for one in found] == [
        *(("W511", f"笔记本第{at}个单元格 · 合计 / 件数 36", "35") for at in (1, 2, 3, 4)),
        ("W513", "笔记本第6个单元格 · 规划 / 件数 13件", "31（表中 规划 / 件数）"),
    ]


def test_of_tables_over_several_places_or_in_one_another_nothing_is_read():
    wide = FRAME.assign(地区="市区").pivot_table(index="类别", columns=["地区"], values=["件数"]).to_html()
    nested = f"<table><thead><tr><th>外</th></tr></thead><tbody><tr><td>{FRAME.to_html()}</td></tr></tbody></table>"
    outputs = [v4.new_output("display_data", {"text/html": html}) for html in (wide, nested)]
    texts = [text for _, text in own_tables(v4.new_notebook(cells=[v4.new_code_cell("…", outputs=outputs)]))]
    assert [text for text in texts if "外" in text or "地区" in text] == []


def stream(text):
    return v4.new_output("stream", name="stdout", text=text)


@pytest.mark.slow
def test_a_false_cell_keeps_a_report_from_being_published_and_a_draft_says_why(tmp_path):
    folder, arguments = make(tmp_path), ("--bureau", "shili-jyj", "--year", "2020")
    add_cell(folder, "from IPython.display import Markdown\nMarkdown('全年新收政府信息公开申请999件。')")
    out, _ = nianbao("build", *arguments, cwd=folder, code=1)
    assert "笔记本第4个单元格 · 新收999件（annual_report.ipynb）" in out
    assert not (folder / "outputs/shili-jyj/2020/report.html").exists()
    assert ["草稿"] == [*states("build", "--draft", *arguments, cwd=folder).values()]
    drafted = folder / "outputs/shili-jyj/2020"
    data = json.loads((drafted / "report-draft.json").read_text("utf-8"))
    assert data["draft"]
    assert "E501" in [one["code"] for one in data["findings"]]
    html = (drafted / "report-draft.html").read_text("utf-8")
    assert [to for to in re.findall('href="([^"#]+)"', html) if "://" not in to and not (drafted / to).exists()] == []
    page = re.sub("<[^>]*>", "", html)  # numbers stand in an element of theirs
    assert "草稿" in page
    assert "核查发现：" in page
    assert "笔记本第4个单元格 · 新收999件" in page
    again = json.loads(nianbao("build", "--draft", "--format", "json", *arguments, cwd=folder)[0])["reports"]
    assert [("current", True)] == [(one["state"], "E501" in [it["code"] for it in one["findings"]]) for one in again]
    assert ["一致"] == [*states("verify", *arguments, cwd=folder).values()]
    narrative = folder / "params/shili-jyj/2020/narrative.md"
    before = narrative.read_text("utf-8")
    narrative.write_text(before + "\n本机关𠮷祥如意。\n", "utf-8")
    edit(folder / "notebooks/annual_report.ipynb", "Markdown('", "Markdown('\\ud83e\\udd80。")
    out, _ = nianbao("build", "--draft", "--format", "json", *arguments, cwd=folder)
    assert ["E111", "E111", "E501"] == sorted(
        one["code"] for one in json.loads(out)["reports"][0]["findings"] if one["severity"] == "error"
    )
    narrative.write_text(before, "utf-8")
    edit(folder / "notebooks/annual_report.ipynb", "\\ud83e\\udd80。", "")
    edit(folder / "notebooks/annual_report.ipynb", "999", "3")
    assert ["已发布"] == [*states("build", *arguments, cwd=folder).values()]


@pytest.mark.slow
def test_what_the_text_shows_wrongly_is_told_once_and_not_of_its_notebook_too(tmp_path):
    root = make(tmp_path / "p", ["2023", "2024"], ["shili-wlj"])
    edit(root / "params" / "shili-wlj" / "2024" / "narrative.md", "## 五、", "表1 各镇情况\n\n## 五、")
    out = nianbao("build", "--year", "2024", "--to", "html", "--format", "json", cwd=root)[0]
    said = json.loads(out)["reports"][0]["findings"]
    assert [one["place"] for one in said if one["code"] == "W228"] == ["一、总体情况"]


@each("text", ["收到申请：EMS(3件)、网络(9件)，共12件。", "Total(2024): 12件", "APP(12, 另3个)上线"])
def test_a_name_with_figures_behind_it_is_no_object(text):
    assert text == without_objects(text)


@pytest.mark.parametrize(
    "object_",
    [
        "<Axes: title={'center': '全年新收政府信息公开申请13件'}, xlabel='年度'>",
        "Text(0.5, 1.0, '全年新收政府信息公开申请13件')",
        "<bound method DataFrame.sum of    年度  新收政府信息公开申请\n0  2024  13件>",
        "<_io.TextIOWrapper name='全年新收申请13件.txt' mode='r' encoding='UTF-8'>",
        "<shili.Report object at 0x7f00> 各年<Figure size 640x480 with 1 Axes>",
    ],
)
def test_an_object_that_a_cell_prints_says_nothing_of_the_report_but_is_told_as_printed(tmp_path, object_):
    cells = [published.printed(f"{object_}\n全年新收政府信息公开申请12件。\n"), published.shown(plain=object_)]
    made = document(tmp_path)
    assert [] == [*added(made, "mine.ipynb", own_texts(published.of(*cells)))]
    assert ["W509", "W509"] == [one.code for one in page_of(published.notebook(*cells)).findings if one.code == "W509"]
    [(cell, text)] = own_texts(published.of(published.printed(f"{object_}\n{WRONG}\n")))
    assert [("E501", f"笔记本第{cell}个单元格 · 新收13件")] == [
        (one.code, one.place) for one in added(made, "mine.ipynb", [(cell, text)])
    ]
