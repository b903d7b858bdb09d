"""Rendered files read back: what is lost, moved or added is found, with its place; sound files pass."""

import json
import re
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from kinds import MARKDOWN
from machine import in_turn
from making import BODY, BUREAU, write
from nianbao.document.document import load
from nianbao.errors import MisprintError
from nianbao.inputs.select import select
from nianbao.readback.compare import misprints
from nianbao.readback.expected import expected
from nianbao.readback.local import Machine
from nianbao.readback.readback import Made, read_back
from nianbao.render import formats
from nianbao.render.outputs import page_of
from nianbao.render.tidy import tidy
from nianbao.run.edition import _by_lines
from nianbao.state import State
from project import ROOT
from published import of, printed, shown, texts
from sheets import official, save

PAGES = ("html", "pdf", "docx")
HERE = Machine(("/home/wang/nianbao",), ("wang", "pc-office"))
LISTS = "\n- 第一项\n- 第二项\n\n1. 先登记。\n2. 后答复。\n"
NARRATIVE = f"{BODY}{LISTS}\n## 六、其他需要报告的事项\n\n无。\n\n## 附件：说明\n\n附件的话。\n"


@pytest.fixture(autouse=True, scope="module")
def _in_chinese():
    """The language in which a bureau reads what reading back says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "zh_CN.UTF-8")
        yield


def executed(document, *more):
    """The annual notebook as it ran for a report, and more cells behind chapter 二."""
    pieces = [document.title, document.preamble, document.chapter("一"), document.chapter("二"), *more]
    pieces += [document.chapter(numeral) for numeral in "三四五六"]
    pieces += [one for one in (document.chapters_after("六"), document.signature) if one]
    head = new_code_cell("document", outputs=[new_output("execute_result", document._repr_mimebundle_())])
    return of(head, *(one if hasattr(one, "cell_type") else shown(html=one._repr_html_()) for one in pieces))


def made_of(document, notebook=None, names=PAGES):
    notebook = notebook or executed(document)
    page = page_of(notebook)
    pages = {name: formats.find(name).make(page, None) for name in names}
    return Made("report", pages, tidy(notebook), _by_lines(document.data.to_json()), page)


def said(made, document, machine=HERE):
    """What reading back says of files that have to show a report, without what to do about it."""
    try:
        read_back(made, document, machine)
    except MisprintError as error:
        return [line for line in str(error).splitlines() if not line.startswith("这份报告没有发布")]
    return []


TORN = f"甲{'乙' * 20}`{'a' * 30}，`，{'丙' * 30}。"  # its code breaks nowhere, and ends with a mark beside another


def test_a_torn_line_of_a_pdf_is_told_with_its_page_and_its_words(tmp_path):
    root = tmp_path / "params"
    write(root, 2024, BODY)
    document = load(BUREAU, 2024, root)
    [found] = read_back(made_of(document, executed(document, new_markdown_cell(TORN)), ["pdf"]), document, HERE)
    assert (found.code, found.place, found.found) == ("W515", "PDF 第1页", f"“甲{'乙' * 20}”一行")
    assert read_back(made_of(document, names=["pdf"]), document, HERE) == []


def test_a_torn_line_is_told_of_the_format_that_it_stands_in(tmp_path, monkeypatch):
    root = tmp_path / "params"
    write(root, 2024, BODY)
    document, page = load(BUREAU, 2024, root), formats.find("html")
    torn = replace(page, name="ofd", label="版式文件", read=lambda made: replace(page.read(made), torn=((3, "甲"),)))
    monkeypatch.setitem(formats.OWN, "ofd", torn)
    [found] = read_back(made_of(document, names=["ofd"]), document, HERE)
    assert (found.code, found.place, "--fonts" in found.action) == ("W515", "版式文件 第3页", False)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A report in which no two cells look alike, with notes, number, editor and an attachment; its sums make it a draft."""
    root = tmp_path_factory.mktemp("params")
    paths = write(root, 2024, NARRATIVE, "editor: 甲科\nnumber: 示测〔2025〕3号\n")
    for count, table in enumerate(load(BUREAU, 2024, root).report.format.tables.values()):
        rows = official(table, 0)
        number = 1000 * count
        for row in rows:
            for column, text in enumerate(row):
                if text == "0":
                    number += 1
                    row[column] = str(number)
        save(paths.table_file(table.id), [*rows, [f"注：{table.name}的说明。"]])
    return load(BUREAU, 2024, root)


@pytest.fixture(scope="module")
def made(report):
    return made_of(report)


def html_of(made, **changes):
    """The changed page, without the other files."""
    return replace(made, pages={name: one.encode() for name, one in changes.items()})


def test_a_sound_report_passes_in_every_format(made, report):
    assert said(made, report) == []


@pytest.mark.parametrize("name", ["pdf", "docx"])
def test_a_finding_that_a_draft_on_paper_says_otherwise_is_found(name, made, report):
    other = replace(made.page, body=made.page.body.replace("<dt>实际", "<dt>现有"))
    broken = replace(made, pages={name: formats.find(name).make(other, None)})
    [found] = said(broken, report)
    assert re.match(f"report.{name}: 核查发现 第4段：应为“实际：.*”，实际“现有：", found)


SAMPLES = select(ROOT / "params").reports
NEWEST = {one.bureau: one for one in SAMPLES}.values()  # the others are read back when they are built, too
SOME = [one if one in NEWEST else pytest.param(one, marks=pytest.mark.slow) for one in SAMPLES]


@pytest.mark.by_turns(5)
@pytest.mark.parametrize("one", SOME, ids=lambda one: f"{one.bureau}-{one.year}")
def test_every_sample_passes(one):
    document = load(one.bureau, one.year, ROOT / "params")
    assert said(made_of(document), document) == []


DAMAGES = {
    "dropped row": (r'<tr><th id="table2-0r0-0".*?</tr>', "", "表二 行名“规章”：应为“规章”"),
    "changed digit": (r">2001<", ">2007<", "应为“2001”，实际“2007”"),
    "lost cell": (r'<td[^>]*>2001</td>', "", "应为“2001”"),
    "exchanged cells": (r"(<td[^>]*>)2001(</td>.*?<td[^>]*>)2002<", r"\g<1>2002\g<2>2001<", "应为“2001”，实际“2002”"),
    "moved cell": (r'<td([^>]*)>2001<', r'<td colspan="2"\1>2001<', "应为“2002"),
    "lost paragraph": ("<p>工作有序开展。</p>", "", "一、总体情况 第2段：应为“工作有序开展。”"),
    "lost glyph": ("工作有序开展", "工作有开展", "应为“工作有序开展。”，实际“工作有开展。”"),
    "other heading": ('<h2[^>]*>五、存在的主要问题及改进情况</h2>', "<h2>五、问题</h2>", "及改进情况 第1段"),
    "lost heading": ('<h2[^>]*>六、其他需要报告的事项</h2>', "", "六、其他需要报告的事项 第1段"),
    "lost title": ("<h1>.*?</h1>", "", "标题 第1段"),
    "lost number": ("<p>示测〔2025〕3号</p>", "", "标题 第2段：应为“示测〔2025〕3号”"),
    "lost signature": ('<div class="signature"><p>示例市测试局</p>', '<div class="signature">', "落款 第1段"),
    "other date": ("<p>2025年1月20日</p>", "<p>2025年1月21日</p>", "落款 第2段：应为“2025年1月20日”"),
    "lost editor": ("<p>责任编辑：甲科</p>", "", "落款 第3段"),
    "lost note": ("<p>注：表三的说明。</p>", "", "表三 注：应为“注：表三的说明。”"),
    "other caption": ("<caption>主动公开", "<caption>公开", "表二 名称"),
    "lost list item": ("<li>(?:<span[^>]*>)?第二(?:</span>)?项</li>", "", "五、存在的主要问题及改进情况 第"),
    "lost attachment": ("<p>附件的话。</p>", "", "附件：说明 第2段"),
    "text inside": ("<p>工作有序开展。</p>", "<p>多的话。</p><p>工作有序开展。</p>", "“工作有序开展。”，实际“多的话。”"),
    "other title of the file": ("<title>.*?</title>", "<title>未命名</title>", "文件自己的标题：应为“示例市测试局2024年"),
    "lost stamp": ('<div class="stamp".*?</div>', "", "是草稿，但没有处处标明“草稿”"),
    "a path": ("\n<main>\n", '<main title="/home/wang/nianbao/params">\n', "这台计算机的文件夹 /home/wang/nianbao"),
    "a traceback": ("</main>", "<pre>Traceback (most recent call last):</pre></main>", "出错记录"),
    "a prompt": ("</main>", "<div>In [3]:</div></main>", "单元格编号“In[3]:”"),
    "code": ("</main>", "<pre>document = load(bureau)</pre></main>", "单元格的代码“document = load(bureau)”"),
    "a user": ('content="nianbao"', 'content="wang"', "用户名或计算机名“wang”"),
}  # fmt: skip


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_to_the_page_is_found_and_its_place_is_named(damage, made, report):
    old, new, expected = DAMAGES[damage]
    page = made.pages["html"].decode()
    broken = re.sub(old, new, page, count=1, flags=re.S)
    assert broken != page
    cells = json.loads(made.notebook)
    cells["cells"].append({"cell_type": "code", "source": "document = load(bureau)", "outputs": []})
    found = said(replace(html_of(made, html=broken), notebook=json.dumps(cells)), report)
    assert expected in found[0]
    assert all(line.startswith("report.html") for line in found), "the other files are sound"


@pytest.mark.parametrize(
    ("locale", "place", "advice"),
    [
        ("C.UTF-8", "一、总体情况, paragraph 2: expected “工作有序开展。”", "please report it"),
        ("zh_CN.UTF-8", "一、总体情况 第2段：应为“工作有序开展。”", "请连同以上各行报告给维护者"),
    ],
)
def test_it_says_what_to_do_in_the_language_of_the_user(locale, place, advice, made, report, monkeypatch):
    monkeypatch.setenv("LC_ALL", locale)
    page = made.pages["html"].decode().replace("<p>工作有序开展。</p>", "")
    with pytest.raises(MisprintError) as raised:
        read_back(html_of(made, html=page), report, HERE)
    first, *_, last = str(raised.value).splitlines()
    assert place in first
    assert advice in last


def test_swapped_tables_are_found(made, report):
    page = made.pages["html"].decode()
    two, three = (
        re.search(rf'<table class="statutory" id="{name}".*?</table>', page, re.S)[0] for name in ("table2", "table3")
    )
    swapped = page.replace(two, "〇").replace(three, two).replace("〇", three)
    assert "表二 " in said(html_of(made, html=swapped), report)[0]


def test_swapped_chapters_are_found(made, report):
    page = made.pages["html"].decode()
    one, five = (re.search(rf'<div class="report"><h2[^>]*>{name}、.*?</div>', page, re.S)[0] for name in "一五")
    swapped = page.replace(one, "〇").replace(five, one).replace("〇", five)
    assert "在另一处" in said(html_of(made, html=swapped), report)[0]


NUMBERS = re.compile(r"<td[^>]*>(\d+)</td>")
TEXTS = re.compile(r">([^<>\s]+)<")
ROWS = re.compile(r"<tr>(?:(?!</tr>).)*</td></tr>", re.S)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_changed_digit_of_any_cell_is_found(made, report, data):
    page = made.pages["html"].decode()
    cell = data.draw(st.sampled_from(list(NUMBERS.finditer(page))))
    at = data.draw(st.integers(cell.start(1), cell.end(1) - 1))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != page[at]]))
    changed = page[cell.start(1) : at] + digit + page[at + 1 : cell.end(1)]
    [line] = said(html_of(made, html=page[:at] + digit + page[at + 1 :]), report)
    assert f"应为“{cell[1]}”，实际“{changed}”" in line


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_lost_row_of_any_table_is_found(made, report, data):
    page = made.pages["html"].decode()
    row = data.draw(st.sampled_from(list(ROWS.finditer(page))))
    assert said(html_of(made, html=page[: row.start()] + page[row.end() :]), report)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_two_exchanged_cells_are_found(made, report, data):
    page = made.pages["html"].decode()
    pairs = st.lists(st.sampled_from(list(NUMBERS.finditer(page))), min_size=2, max_size=2, unique=True)
    one, other = sorted(data.draw(pairs), key=lambda found: found.start())
    changed = page[: one.start(1)] + other[1] + page[one.end(1) : other.start(1)] + one[1] + page[other.end(1) :]
    first = said(html_of(made, html=changed), report)[0]
    assert f"应为“{one[1]}”，实际“{other[1]}”" in first


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_lost_character_of_the_text_is_found(made, report, data):
    page = made.pages["html"].decode()
    begin, end = page.index("<h1>"), page.index('<p class="tools">')
    text = data.draw(st.sampled_from(list(TEXTS.finditer(page, begin, end))))
    at = data.draw(st.integers(text.start(1), text.end(1) - 1))
    assert said(html_of(made, html=page[:at] + page[at + 1 :]), report)


def file_of(made, name, old, new):
    """The files with one in a format that was made from a changed page."""
    body = re.sub(old, new, made.page.body, count=1, flags=re.S)
    assert body != made.page.body
    return replace(made, pages={name: formats.find(name).make(replace(made.page, body=body), None)})


PRINTED = ["dropped row", "changed digit", "exchanged cells", "lost paragraph", "lost glyph", "other heading",
           "lost heading", "lost title", "lost number", "lost signature", "other date", "lost editor", "lost note",
           "other caption", "lost list item", "lost attachment", "text inside"]  # fmt: skip


@pytest.mark.by_turns(8)
@pytest.mark.parametrize(("damage", "name"), in_turn(PRINTED, ["pdf", "docx"]))
def test_damage_to_a_file_is_found_and_its_place_is_named(damage, name, made, report):
    old, new, expected = DAMAGES[damage]
    found = said(file_of(made, name, old, new), report)
    assert expected in found[0]
    assert all(line.startswith(f"report.{name}: ") for line in found)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("name", PAGES)
def test_a_stamp_where_none_belongs_and_a_lacking_one_are_found(name, made, report, tmp_path):
    write(tmp_path, 2024, NARRATIVE)
    sound = load(BUREAU, 2024, tmp_path)
    files = made_of(sound, names=[name])
    assert (report.is_draft, sound.is_draft, said(files, sound)) == (True, False, [])
    for document, one, said_ in ((sound, files, "不是草稿，却标着“草稿”"), (report, made, "是草稿，但没有处处标明“草稿”")):
        state = State.PUBLISHED if document.is_draft else State.DRAFT
        wrong = formats.find(name).make(replace(one.page, state=state), None)
        *_, last = told = said(replace(one, pages={name: wrong}), document)
        # What is no draft by its look has no page of findings either, which is told as well.
        assert (last, len(told)) == (f"report.{name}: {said_}", 1 + (document.is_draft and name != "html"))


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (printed("/home/wang/nianbao/params/shili/2024"), "文件夹 /home/wang/nianbao"),
        (printed("用户 wang 运行", "stderr"), "“wang”"),
        (shown(html="<p>在 pc-office 上运行</p>"), "“pc-office”"),
    ],
)
def test_what_is_of_this_machine_in_a_cell_is_found_in_notebook_and_pages(output, expected, report):
    found = said(made_of(report, executed(report, output), ["html"]), report)
    assert any(line.startswith("report.ipynb: ") and expected in line for line in found)


def test_what_a_bureau_wrote_itself_is_no_name_of_the_machine(tmp_path):
    write(tmp_path, 2024, NARRATIVE.replace("工作有序开展。", "联系 wang 。见 https://a.test/home/wang/nianbao 。"))
    document = load(BUREAU, 2024, tmp_path)
    assert said(made_of(document, names=["html"]), document) == []


def test_a_part_of_a_word_is_no_name_of_the_machine(report):
    notebook = executed(report, printed("shili-wang、wangwang"))
    assert said(made_of(report, notebook, ["html"]), report) == []


def test_a_relative_path_that_leads_through_a_folder_of_the_machine_is_no_path_of_it(report):
    notebook = executed(report, printed("../../../home/wang/nianbao/params"))
    assert said(made_of(report, notebook, ["html"]), report, Machine(HERE.folders, ())) == []


def test_a_damaged_notebook_is_found(made, report):
    text = made.notebook.replace(">2001<", ">2007<", 1)
    [line] = said(replace(made, notebook=text), report)
    assert line.startswith("report.ipynb: 表")


@pytest.mark.parametrize(
    ("old", "new"),
    [('"value": 2001', '"value": 2007'), ('"draft": true', '"draft": false'), ("测试局2024年", "测试局2023年")],
)
def test_a_damaged_report_json_is_found(old, new, made, report):
    assert old in made.data
    [line] = said(replace(made, data=made.data.replace(old, new, 1)), report)
    assert line.startswith("report.json: ")


@pytest.mark.slow
def test_other_content_may_stand_between_the_pieces(report):
    more = (shown(html="<p>本局自己的话。</p><table><tr><th>年</th></tr><tr><td>1</td></tr></table>"), report.table("表三"))
    assert said(made_of(report, executed(report, *more)), report) == []


@pytest.mark.slow
def test_formulas_lists_and_code_may_stand_beside_a_report(report):
    notebook = executed(report)
    pictures = ("picture", "`<svg>`")
    notebook.cells += [new_markdown_cell(one) for name, one in MARKDOWN.items() if not name.startswith(pictures)]
    assert said(made_of(report, notebook), report) == []


@pytest.mark.slow
def test_a_chapter_may_be_shown_as_its_text_and_its_table_apart(report):
    notebook = executed(report, report.section("三"), printed("合计"), report.table("表三"))
    del notebook.cells[8]
    assert said(made_of(report, notebook), report) == []


def test_a_notebook_that_leaves_a_chapter_out_is_no_report(report):
    notebook = executed(report)
    del notebook.cells[6]
    found = said(made_of(report, notebook), report)
    assert {*(f"report.{name}" for name in PAGES), "report.ipynb"} == {line.partition(":")[0] for line in found}
    assert "四、政府信息公开行政复议、行政诉讼情况 第1段" in found[0]


def test_any_other_notebook_is_searched_only(report):
    notebook = of(*executed(report).cells[:2], printed("/home/wang/nianbao"))
    found = said(made_of(report, notebook), None, Machine(HERE.folders, ()))
    assert [*PAGES, "ipynb"] == [line.partition(":")[0].removeprefix("report.") for line in found]
    assert all("这台计算机的文件夹" in line for line in found)


def test_on_a_page_without_a_report_a_name_of_the_machine_is_a_word_with_a_warning(report):
    made = made_of(report, of(printed("no name"), printed("Ms wang sells most")), ["html"])
    [warning] = read_back(made, None, HERE)
    assert (warning.code, warning.place) == ("W504", "第2个单元格")
    assert "“wang”" in warning.found


def test_a_title_of_another_report_is_found(report, tmp_path):
    write(tmp_path, 2023)
    other = new_code_cell("before", outputs=[new_output("execute_result", load(BUREAU, 2023, tmp_path)._repr_mimebundle_())])
    notebook = of(other, *executed(report).cells)
    assert "文件自己的标题：应为“示例市测试局2024年" in said(made_of(report, notebook, ["html"]), report)[0]


def test_much_that_is_wrong_is_told_by_its_beginning(made, report):
    page = re.sub(r">(\d+)</td>", r">9\1</td>", made.pages["html"].decode())
    found = said(html_of(made, html=re.sub("<p>.*?</p>", "", page)), report)
    assert len(found) <= 6


SPANS = {
    "rows": ('rowspan="8"', 'rowspan="7"', "表三"),
    "columns": ('colspan="5"([^>]*>)行政复议(</th>.*?)colspan="10"', r'colspan="4"\1行政复议\2colspan="11"', "表四"),
}


# Typst refuses the page whose rows are wrong.
@pytest.mark.by_turns(2)
@pytest.mark.parametrize(("spans", "name"), [("rows", "html"), ("rows", "docx"), *(("columns", one) for one in PAGES)])
def test_a_cell_below_another_heading_is_found(spans, name, made, report):
    """Every text is there and in order, and a browser, or Word, or a screen reader, shows it in other columns."""
    old, new, table = SPANS[spans]
    found = said(file_of(made, name, old, new), report)
    assert found
    assert all(line.startswith(f"report.{name}") for line in found)
    assert table in found[0]


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("lines", [6, 15, 24, 33])
def test_a_table_that_breaks_over_pages_anywhere_is_sound(lines, tmp_path):
    write(tmp_path, 2024, NARRATIVE.replace("工作有序开展。", "\n\n".join(["占一行的话。"] * lines)))
    document = load(BUREAU, 2024, tmp_path)
    made = made_of(document, names=["html", "pdf"])
    assert said(made, document) == []
    html, pdf = (formats.find(name).read(made.pages[name]) for name in ("html", "pdf"))
    texts = [[[slot.text for row in grid for slot in row if slot.text] for grid in one.grids] for one in (html, pdf)]
    assert texts[0] == texts[1]  # a label that a page says again is no text


FIRST = "\n\n## 三、收到和处理政府信息公开申请情况\n\n{{ 表三 }}\n\n%s\n\n## 五"


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("below", ["表后文字。", "注：表后说明。", "- 第一项\n- 第二项"])
def test_a_chapter_may_begin_with_its_table(below, tmp_path):
    write(tmp_path, 2024, BODY.replace("\n\n## 五", FIRST % below))
    document = load(BUREAU, 2024, tmp_path)
    made = made_of(document)
    assert said(made, document) == []
    shown = below.removeprefix("- ").partition("\n")[0]
    page = made.pages["html"].decode()
    assert shown in page
    assert said(html_of(made, html=page.replace(shown, "别的")), document)
    headless = re.sub("<h2[^>]*>三、收到和处理政府信息公开申请情况</h2>", "", page)
    assert headless != page
    assert said(html_of(made, html=headless), document)


LONG = "示例市发展和改革委员会互联网政务服务办理中心abcdefghijklmnopqrstuvwxyz"
WIDE = {
    "short": [[f"{word}{column}" for column in range(30)] for word in ("列", "甲", "乙")],
    "long": [[f"列{column}" for column in range(14)], [LONG, *map(str, range(13))], ["乙", "", *map(str, range(12))]],
    "alike": [["列"] * 24, ["0.0"] * 24, ["0.0"] * 24],
}


def as_markdown(rows):
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(["", head, "|---" * len(rows[0]) + "|", *body, ""])


AROUND = [("表前。", "表后。"), ("表5 宽表", "注：含甲。"), ("**表5：宽表**", "注：\n1. 甲\n2. 乙")]


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("case", [*product(WIDE, AROUND)], ids=str)
def test_a_table_of_the_text_that_is_parted_on_paper_is_read_as_one(case, tmp_path):
    kind, (above, below) = case
    write(tmp_path, 2024, BODY.replace("\n\n## 五", f"\n\n{above}\n{as_markdown(WIDE[kind])}\n{below}\n\n## 五", 1))
    document = load(BUREAU, 2024, tmp_path)
    made = made_of(document)
    assert said(made, document) == []


@pytest.mark.by_turns(5)
@pytest.mark.parametrize(
    "notes",
    [
        "注：\n1. 甲。\n2. 乙。",
        "注：\n\n1. 甲。\n2. 乙。",
        "注：\n\n- 甲。\n- 乙。",
        "注：甲。\n2. 乙。",
        "资料来源：局。\n\n- 甲。",
    ],
)
def test_notes_below_a_statutory_table_are_read_as_they_are_printed(notes, tmp_path):
    write(tmp_path, 2024, BODY.replace("\n\n## 五", f"\n\n{{{{ 表三 }}}}\n\n{notes}\n\n后文。\n\n## 五", 1))
    document = load(BUREAU, 2024, tmp_path)
    assert said(made_of(document), document) == []
    apart = [document.title, document.preamble, document.section("一"), document.table("表三")]
    apart += [document.chapter(numeral) for numeral in "二三四五"]
    notebook = of(
        new_code_cell("document", outputs=[new_output("execute_result", document._repr_mimebundle_())]),
        *(shown(html=one._repr_html_()) for one in [*apart, document.signature] if one),
    )
    assert said(made_of(document, notebook), document) == []


@pytest.mark.slow
def test_a_part_that_lacks_a_cell_is_found(tmp_path):
    write(tmp_path, 2024, BODY.replace("\n\n## 五", f"\n\n表前。\n{as_markdown(WIDE['short'])}\n表后。\n\n## 五", 1))
    document = load(BUREAU, 2024, tmp_path)
    made = made_of(document)
    assert "".join(texts(made.pages["pdf"])).count("甲0") > 1  # it is parted, and its labels are repeated
    seen = formats.find("pdf").read(made.pages["pdf"])
    for lost in ("列0", "甲19", "乙18", "乙0"):
        at = seen.blocks.index(lost)
        said = misprints(expected(document), replace(seen, blocks=seen.blocks[:at] + seen.blocks[at + 1 :]))
        assert said, lost


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("lines", [8, 10, 12, 14])
def test_a_table_that_goes_over_a_page_with_its_notes_below_it_is_as_it_is_expected(lines, tmp_path):
    """Labels that stand again on the next page have no text in the tags of a PDF, and no rows that they are of."""
    text = BODY.replace("## 五", "## 三、收到和处理政府信息公开申请情况\n\n{{ 表三 }}\n\n注：甲。\n\n## 五", 1)
    text = text.replace("\n\n", "\n\n" + "全年平稳。\n\n" * lines, 1)
    write(tmp_path, narrative=text)
    document = load(BUREAU, 2024, tmp_path)
    assert said(made_of(document, names=("html", "pdf")), document) == []
