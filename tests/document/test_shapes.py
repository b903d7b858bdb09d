"""Reports as bureaus really write them: every shape is printed as it stands, and stands in report.json."""

import json
import re

import pytest
from jsonschema import Draft202012Validator

from making import BODY, BUREAU, FORMATS, write
from nianbao.document import data
from nianbao.document.document import load
from nianbao.errors import DataError
from nianbao.markdown import plain_text
from nianbao.readback.compare import misprints
from nianbao.readback.expected import expected
from nianbao.shown.html import read_fragment
from nianbao.statute.names import locate
from sheets import official, save

VALIDATOR = Draft202012Validator(json.loads(data.schema()))
CHAPTERS = "一二三四五六七八"
SIX = BODY + "\n## 六、其他需要报告的事项\n\n无。\n"


def report(tmp_path, year=2024, about="", **more):
    """A report written as a folder, loaded; ``about`` is more of bureau.yaml."""
    paths = write(tmp_path, year, **more)
    if about:
        paths.bureau_file.write_text(paths.bureau_file.read_text("utf-8") + about, "utf-8")
    made = load(BUREAU, year, tmp_path)
    VALIDATOR.validate(made.data.to_json())
    assert misprints(expected(made), read_fragment(shown(made)._repr_html_())) == [], "it reads back as it is"
    return made


def shown(made):
    """The whole report as the notebook shows it."""
    pieces = made.title + made.preamble
    for numeral in "一二三四五六":
        pieces += made.chapter(numeral)
    after = made.chapters_after("六")
    return (pieces + after if after else pieces) + made.signature


def text(made):
    return plain_text(shown(made).html)


def codes(made):
    return [finding.code for finding in made.findings]


@pytest.mark.parametrize("where", ["bureau", "report"])
def test_without_leads_a_chapter_that_was_not_written_is_its_table_alone(where, tmp_path):
    made = report(
        tmp_path, about="lead: none\n" if where == "bureau" else "", report="lead: none\n" if where == "report" else ""
    )
    for numeral in "二三四":
        assert re.fullmatch(r"<h2>[^<]*</h2>\s*", made.section(numeral).html)
        assert "<table" in made.chapter(numeral).html
    assert not [code for code in codes(made) if code[0] == "E"]
    assert [""] * 3 == [one["text"] for one in made.data.to_json()["narrative"][2:5]]


def test_a_lead_may_be_switched_off_for_one_chapter(tmp_path):
    made = report(tmp_path, report="lead: {三: none}\n")
    assert "<p>" not in made.section("三").html
    assert "<p>" in made.section("二").html


@pytest.mark.parametrize("where", ["bureau", "report"])
def test_the_bureaus_own_term_is_used_throughout(where, tmp_path):
    term = "term: 政务信息\n"
    narrative = f"根据政府信息公开条例编制。\n\n{SIX}"
    made = report(tmp_path, about=term * (where == "bureau"), report=term * (where == "report"), narrative=narrative)
    captions = re.findall("<caption>(.*?)</caption>", shown(made).html)
    assert ["主动公开政务信息情况", "收到和处理政务信息公开申请情况", "政务信息公开行政复议、行政诉讼情况"] == captions
    words = re.sub("<table.*?</table>", "", shown(made).html, flags=re.S)
    assert "政府信息" not in words.replace("政府信息公开条例", "")
    assert "因政务信息公开引起行政复议" in words
    assert made.title.html.endswith("2024年政务信息公开工作年度报告</span></h1>")
    assert ("政务信息", "政务信息") == (made.bundle.term, made.data.term)


def test_a_label_in_the_bureaus_own_term_is_printed_so(tmp_path):
    label = "一、本年新收政务信息公开申请数量"
    paths = write(tmp_path, report="term: 政务信息\n")
    rows = official(FORMATS["2021"].tables["table3"])
    rows[3][0] = label
    save(paths.table_file("table3"), rows)
    made = load(BUREAU, 2024, tmp_path)
    assert label in made.table("表三").html
    [printed] = made.data.to_json()["tables"][1]["labels"]
    assert {"part": "", "heading": "一、本年新收政府信息公开申请数量", "printed": label} == printed


def test_an_explained_label_is_printed_as_typed(tmp_path):
    paths = write(tmp_path)
    rows = official(FORMATS["2021"].tables["table3"])
    rows[5][1], rows[2][5] = "（一）予以公开（含部分予以公开的）", "科研机构（含高校）"
    save(paths.table_file("table3"), rows)
    html = load(BUREAU, 2024, tmp_path).table("表三").html.replace("<wbr>", "")
    assert ">（一）予以公开（含部分予以公开的）</th>" in html
    assert ">科研机构（含高校）</th>" in html


PLACED = """
## 三、收到和处理政府信息公开申请情况

申请情况如下：

{{ 表三 }}

注：含上年结转。

备注：不含咨询。

以自然人申请为主。
"""


def test_text_may_stand_below_a_table_and_notes_are_set_as_such(tmp_path):
    made = report(tmp_path, narrative=BODY + PLACED)
    above, table, below = made.chapter("三").pieces
    assert "<p>申请情况如下：</p>" in above
    assert table.startswith('<div class="scroll')
    assert '<div class="note"><p>注：含上年结转。</p>\n<p>备注：不含咨询。</p></div>\n<p>以自然人申请为主。</p>\n' == below
    assert ["table3"] == made.data.to_json()["narrative"][3]["tables"]


def test_notes_of_the_file_and_of_report_yaml_stand_below_the_table(tmp_path):
    paths = write(tmp_path, report="table2: {notes: [注：二。, 注：三。]}\n")
    # A key of the table with nothing but notes leaves the table to its file.
    rows = official(FORMATS["2021"].tables["table2"])
    save(paths.table_file("table2"), [["续表"], ["填表人：某某"], *rows, ["注：一。"]])
    made = load(BUREAU, 2024, tmp_path)
    assert made.chapter("二").html.rstrip().endswith('<div class="note"><p>注：一。</p><p>注：二。</p><p>注：三。</p></div>')
    about = made.data.to_json()["tables"][0]
    assert (["注：一。", "注：二。", "注：三。"], ["续表"]) == (about["notes"], about["left_out"])
    assert "某某" not in shown(made).html


def test_a_table_may_stand_in_another_chapter_and_its_own_is_then_not_printed(tmp_path):
    made = report(tmp_path, narrative=BODY.replace("工作有序开展。", "工作有序开展。\n\n{{ 表二 }}\n\n{{ 表四 }}"))
    assert 2 == made.chapter("一").html.count("<table")
    assert ["一", "三", "五"] == [one.numeral for one in made.narrative.sections]


@pytest.mark.parametrize(
    ("line", "found"),
    [("见{{ 表三 }}。", "与其他文字写在一行"), ("{{ 表三 }}\n\n{{ 表三 }}", "表三放了2处"), ("{{ 上年.表三 }}", "印不出来")],
)
def test_a_table_out_of_place_is_a_fault(line, found, tmp_path):
    paths = write(tmp_path, 2024, narrative=BODY + PLACED.replace("{{ 表三 }}", line))
    write(tmp_path, 2023)
    with pytest.raises(DataError, match=found):
        load(BUREAU, 2024, tmp_path)
    assert paths.folder.is_dir()


def test_attachments_follow_the_signature_each_on_its_page(tmp_path):
    made = report(tmp_path, narrative=f"{BODY}\n## 附件1：办理统计\n\n甲。\n\n## 附件2\n\n|科室|件|\n|--|--|\n|办公室|3|\n")
    after = made.signature.pieces
    assert '<div class="signature">' in after[0]
    assert after[1].startswith(
        '<div class="attachment"><h2>附件1：<span class="title-part">办理统计</span></h2>\n<p>甲。</p>'
    )
    assert after[2].startswith('<div class="attachment"><h2>附件2</h2>\n')
    assert "<td>办公室</td>" in after[2]
    assert ["附件1：办理统计", "附件2"] == [
        one["heading"] for one in made.data.to_json()["narrative"] if one["kind"] == "attachment"
    ]


def test_number_and_date_may_stand_below_the_title(tmp_path):
    made = report(tmp_path, report="number: 示测〔2025〕3号\ndate_below_title: 是\n")
    assert made.title.html.endswith(
        '<div class="below-title"><p>示测〔2025〕3号</p><p class="day">（2025年1月20日）</p></div>'
    )
    assert '<div class="signature"><p>示例市测试局</p></div>' == made.signature.html
    assert "示测〔2025〕3号" == made.data.number


def test_further_chapters_are_printed_in_their_order(tmp_path):
    made = report(tmp_path, narrative=SIX + "\n## 七、附则\n\n由办公室解释。\n\n## 八、联系方式\n\n见网站。\n")
    assert list(CHAPTERS) == [one.numeral for one in made.narrative.sections]
    assert "<h2>七、附则</h2>\n<p>由办公室解释。</p>" in made.chapters_after("六").html
    assert not [code for code in codes(made) if code[0] in "FE"]


@pytest.mark.slow
def test_however_chapters_are_counted_each_is_shown_once_and_in_its_order(tmp_path):
    words = ("总体情况", "存在的主要问题及改进情况", "其他需要报告的事项")
    for number, numerals in enumerate(("一二三", "一二四", "一三四", "一五七", "一一二", "二五七")):
        chapters = "\n\n".join(f"## {one}、{name}\n\n正文。" for one, name in zip(numerals, words, strict=True))
        made = report(tmp_path / str(number), narrative=f"引言。\n\n{chapters}\n")
        order = [one.heading for one in made.narrative.sections]
        assert re.findall("<h2>(.*?)</h2>", shown(made).html) == order, numerals


ACCEPTED = "accepted:\n  - {code: E104, place: 一、总体情况, reason: 原报告没有这一章, who: 办公室, when: 2025-01-10}\n"


def test_a_report_without_chapter_one_is_an_error_that_can_be_accepted(tmp_path):
    narrative = BODY.partition("## 五")[1] + BODY.partition("## 五")[2]
    made = report(tmp_path, narrative=narrative)
    [error] = [finding for finding in made.findings if finding.severity == "错误"]
    assert ("E104", "一、总体情况") == (error.code, error.place)
    assert "一、" not in re.sub("<table.*?</table>", "", shown(made).html, flags=re.S)
    accepted = report(tmp_path, narrative=narrative, report=ACCEPTED)
    assert not accepted.is_draft
    [note] = [finding for finding in accepted.findings if finding.code == "E104"]
    assert ("提示", "没有这一章") == (note.severity, note.found)
    assert note.accepted == "原报告没有这一章，办公室，2025-01-10"
    assert note.id == error.id


def test_an_acceptance_of_nothing_is_a_warning_and_a_sum_cannot_be_accepted(tmp_path):
    made = report(tmp_path, report=ACCEPTED)
    assert ["一、总体情况" in finding.found for finding in made.findings if finding.code == "W206"] == [True]
    sheet = tmp_path / BUREAU / "2024" / "table3.csv"
    made = report(tmp_path, report=ACCEPTED.replace("E104, place: 一、总体情况", "E301"))
    assert [] == [finding for finding in made.findings if finding.code == "E301"]
    lines = sheet.read_text("utf-8-sig").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith("一"))
    lines[at] = lines[at].rpartition(",")[0] + ",99\n"
    sheet.write_text("".join(lines), "utf-8-sig")
    made = load(BUREAU, 2024, tmp_path)
    assert "E301" in [finding.code for finding in made.findings if finding.severity == "错误"]
    assert ["不能接受" in finding.found for finding in made.findings if finding.code == "W206"] == [True]


@pytest.mark.parametrize("code", ["E101", "e101"])
def test_a_missing_signature_that_is_accepted_is_left_out(tmp_path, code):
    paths = write(tmp_path, report=f"accepted: [{{code: {code}, place: 落款, reason: 网页未署名}}]\n")
    paths.report_file.write_text(paths.report_file.read_text("utf-8").replace("signature: 示例市测试局\n", ""), "utf-8")
    made = load(BUREAU, 2024, tmp_path)
    assert '<div class="signature"><p>2025年1月20日</p></div>' == made.signature.html
    assert not made.is_draft


def test_an_unknown_date_signature_or_number_is_printed_as_unknown_and_kept_with_its_reason(tmp_path):
    paths = write(tmp_path)
    paths.report_file.write_text(
        "date: 未知：网页未注明\nsignature: 未知：原件未署名\nnumber: 未知：未保留\neditor: 未知：未注明\n", "utf-8"
    )
    made = load(BUREAU, 2024, tmp_path)
    assert '<div class="signature"><p>未知</p><p>未知</p></div><div class="editor"><p>责任编辑：未知</p></div>' == (
        made.signature.html
    )
    assert '<div class="below-title"><p>未知</p></div>' in made.title.html
    assert not made.is_draft
    plain = made.data.to_json()
    VALIDATOR.validate(plain)
    assert [None] * 4 == [plain[key] for key in ("date", "signature", "number", "editor")]
    assert {"date": "网页未注明", "signature": "原件未署名", "number": "未保留", "editor": "未注明"} == plain["unknown"]
    assert made.bundle.date is None
    assert {"成文日期", "落款", "文号"} <= {finding.place for finding in made.findings if finding.code == "I101"}


@pytest.mark.parametrize(
    ("editor", "printed"),
    [
        ("责任编辑:局办公室", "责任编辑:局办公室"), ("责任编辑：局办公室", "责任编辑：局办公室"), ("局办公室",
        "责任编辑：局办公室"),
    ],
)  # fmt: skip
def test_the_editors_line_keeps_its_colon_as_typed(editor, printed, tmp_path):
    made = report(tmp_path, report=f'editor: "{editor}"\n')
    assert f'<div class="editor"><p>{printed}</p></div>' in made.signature.html


@pytest.mark.parametrize(
    ("marks", "seen"),
    [
        ("marks: print\n", ["/", "无", "+123", "减3", "零"]),
        ('marks: {"/": print, "+": print}\n', ["/", "不适用", "+123", "-3", "0"]),
        ('marks: {"/": 0 print, 无: print}\n', ["/", "无", "123", "-3", "0"]),
        ("", ["不适用", "不适用", "123", "-3", "0"]),
    ],
)
def test_marks_may_be_printed_as_typed(marks, seen, tmp_path):
    columns = (
        ("行政许可", "上一年项目数量"),
        ("行政许可", "处理决定数量"),
        ("行政许可", "本年增/减"),
        ("行政处罚", "本年增/减"),
    )
    columns += (("行政强制", "上一年项目数量"),)
    typed = dict(zip(columns, ["/", "无", "+123", "减3", "零"], strict=True))
    made = report(tmp_path, 2020, values={"表二": typed}, report=marks)
    table = made.report.format.tables["table2"]
    cells = [made.report.cells["table2"][locate(table, steps)[0]] for steps in columns]
    html = made.table("表二").html
    printed = [re.search(rf'id="table2-{cell.source.cell}"[^>]*>([^<]*)<', html)[1] for cell in cells]
    assert seen == printed
    assert (0 if "0 print" in marks else None) == cells[0].value
    shown_ = {(row["row"], row["column"]): row["shown"] for row in made.data.to_json()["cells"]}
    assert ("/" if marks else None) == shown_["行政许可", "上一年项目数量"]


def test_several_lines_of_procurement_are_printed_under_one_label_and_summed_in_the_text(tmp_path):
    paths = write(tmp_path, 2020)
    rows = official(FORMATS["2019"].tables["table2"])
    rows[-1:] = [["政府集中采购", "2", "160.5964万元"], ["政府集中采购", "1", "4万元"]]
    save(paths.table_file("table2"), rows)
    made = load(BUREAU, 2020, tmp_path)
    html = made.table("表二").html
    assert 1 == html.count("政府集中采购</th>")
    assert 'rowspan="2">政府集中采购' in html
    assert ["160.5964万元", "4万元"] == re.findall(">([0-9.]+万元)<", html)
    assert "公开政府集中采购项目3个" in made.section("二").html


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        (("160.5964万元", "79000.1元"), "采购总金额168.49641万元"), (("1.2亿元", "30万元"), "采购总金额1.203亿元"),
        (("0", "30万元"), "采购总金额30万元"),
    ],
)  # fmt: skip
def test_amounts_in_different_units_are_summed_in_one(amounts, said, tmp_path):
    paths = write(tmp_path, 2020)
    rows = official(FORMATS["2019"].tables["table2"])
    rows[-1:] = [["政府集中采购", "2", amounts[0]], ["政府集中采购", "1", amounts[1]]]
    save(paths.table_file("table2"), rows)
    assert said in load(BUREAU, 2020, tmp_path).section("二").html


def test_an_amount_without_a_unit_is_never_added_to_one_with_a_unit(tmp_path):
    paths = write(tmp_path, 2020)
    rows = official(FORMATS["2019"].tables["table2"])
    rows[-1:] = [["政府集中采购", "2", "160.5"], ["政府集中采购", "1", "3.5万元"]]
    save(paths.table_file("table2"), rows)
    with pytest.raises(DataError, match="单位不同，或有一个没有写明"):
        load(BUREAU, 2020, tmp_path)


def test_a_comparison_with_last_year_heeds_the_units(tmp_path):
    for year, amount in ((2019, "1605000元"), (2020, "160.5万元")):
        paths = write(tmp_path, year, narrative=BODY)
        rows = official(FORMATS["2019"].tables["table2"])
        rows[-1] = ["政府集中采购", "2", amount]
        save(paths.table_file("table2"), rows)
    cell = '表二["政府集中采购"]["采购总金额"]'
    text = f"{{{{ {cell}|同比(上年.{cell}) }}}}、{{{{ {cell}|占比(上年.{cell}) }}}}、"
    text += f"{{% if {cell} > 上年.{cell} %}}增{{% else %}}不增{{% endif %}}。"
    paths.narrative_file.write_text(BODY.replace("工作有序开展。", text), "utf-8")
    assert "与上年持平、100%、不增。" in load(BUREAU, 2020, tmp_path).section("一").html


def test_several_lines_of_procurement_may_be_written_in_report_yaml(tmp_path):
    lines = "[{采购项目数量: 2, 采购总金额: 3万元}, {采购项目数量: 1, 采购总金额: 5000元}]"
    made = report(tmp_path, 2020, report=f"table2:\n  政府集中采购: {lines}\n")
    seen = [cell.value for (row, _), cell in made.report.cells["table2"].items() if row[0] == "政府集中采购"]
    assert [2, 3, 1, 5000] == seen


def test_one_line_of_procurement_may_be_a_list_too(tmp_path):
    made = report(tmp_path, 2020, report="table2:\n  政府集中采购: [{采购项目数量: 2, 采购总金额: 3万元}]\n")
    assert [2, 3] == [cell.value for (row, _), cell in made.report.cells["table2"].items() if row == ("政府集中采购",)]


@pytest.mark.parametrize(
    "line", ["number: 示测〔2025〕【填写：几】号\n", "editor: 【填写：姓名】\n", "table2: {notes: 注：【核对：数字】}\n"]
)
def test_what_is_left_to_fill_in_outside_the_text_is_an_error_too(line, tmp_path):
    paths = write(tmp_path, report=line)
    save(paths.table_file("table2"), official(FORMATS["2021"].tables["table2"]))
    assert "E103" in codes(load(BUREAU, 2024, tmp_path))


def test_what_is_left_to_fill_in_in_an_attachment_is_an_error(tmp_path):
    assert "E103" in codes(report(tmp_path, narrative=f"{BODY}\n## 附件：表\n\n【填写：表】\n"))


def test_a_blank_may_be_printed_as_a_blank(tmp_path):
    made = report(tmp_path, values={"表二": {("规章", "本年制发件数"): ""}}, report='marks: {"": 不适用 print}\n')
    assert re.search(r'id="table2-B3"[^>]*></td>', made.table("表二").html)


@pytest.mark.parametrize("declared", [True, False])
def test_a_table_in_another_format_than_the_reports_is_kept_and_said(declared, tmp_path):
    paths = write(tmp_path, 2023, report='table2: {format: "2019"}\n' if declared else "")
    save(paths.table_file("table2"), official(FORMATS["2019"].tables["table2"], 1))
    made = load(BUREAU, 2023, tmp_path)
    assert "对外公开总数量" in made.table("表二").html
    assert "新制作规范性文件1件" in made.section("二").html
    assert ["2019", "2021", "2021"] == [one["format"] for one in made.data.to_json()["tables"]]
    [said] = [finding for finding in made.findings if finding.code in {"W205", "I112"}]
    assert ("I112" if declared else "W205") == said.code
    assert "2019年试行格式的表二" in said.found


def test_warnings_of_reading_and_of_an_acceptances_own_day_are_accepted_and_a_stale_one_is_not(tmp_path):
    known = "accepted:\n- {code: W205, reason: 上级要求}\n- {code: W218, place: W205, reason: 年底已核对}\n"
    known += "- {code: W216, reason: 上级要求}\n- {code: W206, reason: 不用管}\n"
    narrative = BODY.replace("## 五、", "## 九、")  # a number is left out
    paths = write(tmp_path, 2023, narrative, report=known.replace("求}", "求, when: 2023-12-28}", 1))
    save(paths.table_file("table2"), official(FORMATS["2019"].tables["table2"], 1))
    found = {one.code: one for one in load(BUREAU, 2023, tmp_path).findings if one.code in {"W205", "W206", "W216", "W218"}}
    assert [code for code, one in found.items() if not one.accepted] == ["W206"]
    assert found["W206"].found == "接受了W206，这一条不能接受"


def test_a_part_of_table_2_in_another_format_is_kept_and_checked_by_its_own_rules(tmp_path):
    paths = write(tmp_path, 2023, report="table2:\n  format: {第二十条第(五)项: '2019'}\n")
    rows = official(FORMATS["2021"].tables["table2"], 1)
    rows[5:7] = [["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"], ["行政许可", "4", "减1", "3"]]
    rows[7:7] = [["其他对外管理服务事项", "0", "0", "0"]]
    save(paths.table_file("table2"), rows)
    made = load(BUREAU, 2023, tmp_path)
    html = made.table("表二").html
    assert ("上一年项目数量" in html, "现行有效件数" in html) == (True, True)
    assert "<p>" not in made.section("二").html, "no lead speaks of a mixed table"
    assert {"第二十条第（五）项": "2019"} == made.data.to_json()["tables"][0]["parts"]
    assert "W203" in codes(made), "the other format's own bound"


@pytest.mark.parametrize(
    ("report_", "found"),
    [
        ('table2: {format: "2018"}\n', "“2018”"),
        ("table2: {format: {第二十条第（二）项: '2019'}}\n", "“第二十条第（二）项”"),
        ("table2: {notes: {甲: 乙}}\n", "一组值"),
        ("table2: {format: [2019]}\n", "一组值"),
        ("table2: {format: {第二十条第（五）项: [2019]}}\n", "一组值"),
        ("lead: {九: none}\n", "“九”"),
        ("lead: 无\n", "“无”"),
        ("term: '{甲}'\n", "“{甲}”"),
        ("signature: 未知\n", "须写明原因"),
        ("table3: {format: {甲: '2019'}}\n", "“甲”"),
        ("extra_rows: {table2: {第二十条第（五）项: [其他], 第二十条第（六）项: [其他]}}\n", "“其他”已是这张表的行"),
    ],
)
def test_what_stands_beside_a_table_and_cannot_be_is_a_fault(report_, found, tmp_path):
    paths = write(tmp_path, 2023)
    written = paths.report_file.read_text("utf-8")
    kept = [line for line in written.splitlines() if not line.startswith(report_.partition(":")[0])]
    paths.report_file.write_text("\n".join([*kept, report_]), "utf-8")
    save(paths.table_file("table2"), official(FORMATS["2021"].tables["table2"], 1))
    with pytest.raises(DataError, match=found):
        load(BUREAU, 2023, tmp_path)
