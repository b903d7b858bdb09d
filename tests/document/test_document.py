"""What a notebook loads and shows, and the report as data."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from cases import each
from kinds import html
from making import BODY, BUREAU, REST, fact, make, write
from nianbao import sign
from nianbao.bundle import MIME
from nianbao.checks.check import check
from nianbao.document import data
from nianbao.document.document import Document, load
from nianbao.errors import DataError, UsageError
from nianbao.narrative.passages import compose
from nianbao.render.exporters import to_html
from nianbao.render.outputs import page_of
from nianbao.statute.names import locate
from published import body, of

SCHEMA = Path(data.__file__).with_name("report.schema.json")
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def shown(made):
    text = compose(made)
    return Document(made, text, check(made, text))


def test_load_reads_composes_and_checks_one_report(tmp_path):
    write(tmp_path, narrative=f"引言。\n\n{BODY}")
    loaded = load(BUREAU, 2024, tmp_path)
    assert not loaded.is_draft
    assert ["I104"] == [one.code for one in loaded.findings]
    assert '<div class="report"><p>引言。</p>\n</div>' == loaded.preamble._repr_html_()


def test_the_year_may_come_as_papermill_hands_it_over(tmp_path):
    write(tmp_path)
    assert load(BUREAU, 2024, tmp_path).bundle.to_json() == load(BUREAU, "2024", str(tmp_path)).bundle.to_json()


def test_all_faults_of_data_and_text_come_together_each_once(tmp_path):
    write(tmp_path, report="fact: {}\n", narrative=BODY + "\n{{ 事实.没有 }}\n")
    with pytest.raises(DataError) as error:
        load(BUREAU, 2024, tmp_path)
    assert ["F104"] == [fault.code for fault in error.value.faults]
    write(tmp_path, values={"表三": {("一", "自然人"): "若干"}}, narrative=BODY + "\n{{ 事实.没有 }}\n")
    with pytest.raises(DataError) as error:
        load(BUREAU, 2024, tmp_path)
    assert ["F202", "F302"] == [fault.code for fault in error.value.faults]
    assert "若干" in str(error.value)
    assert "事实.没有" in str(error.value)


FACTS = "facts: {甲: {value: 3, unit: 件}, 乙: {value: 4, unit: 条}}\n"
TEXT = """## 一、总体情况

工作动态{{ 事实.甲 }}，问题（待补充）。

【填写：情况】。收到申请7件。

## 五、存在的主要问题及改进情况

信息{{ 事实.乙 }}，收到申请{{ 表三["一"]["总计"] }}件。
"""
TYPO = TEXT.replace("事实.甲", "事实.丁")
LEVEL = "name: 示例市测试局\nshort: 市测试局\nlevel: "
SUM = ["E301", "E302"]  # of the total below, which is no sum
MARKS = ["E107", "E103"]


def told(root, narrative=TEXT, report=FACTS, values=None, edit=None, bureau=None):
    """The codes of faults and errors of a report with a wrong sum; ``edit`` replaces a text in one of its files."""
    paths = write(root, report=report, narrative=narrative + REST, values={"表三": {("一", "总计"): 35}} | (values or {}))
    if edit:
        name, before, after = edit
        text = (paths.folder / name).read_text("utf-8-sig")
        assert before in text
        (paths.folder / name).write_text(text.replace(before, after), "utf-8")
    if bureau:
        paths.bureau_file.write_text(bureau, "utf-8")
    with pytest.raises(DataError) as error:
        load(BUREAU, 2024, root)
    return [one.code for one in error.value.findings if one.severity.blocks]


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"narrative": TYPO, "report": "signatur: 局\n" + FACTS}, ["F104", "F302"]),
        ({"narrative": TYPO}, ["F302"]),
        ({"narrative": TYPO.replace("{{ 事实.乙 }}", "{{ 事实.乙 }")}, ["F302", "F301"]),
        ({"narrative": TYPO.replace("问题（", "{{ 事实.乙 }问题（")}, ["F301", "F302"]),
        ({"narrative": TYPO.replace("{{ 事实.乙 }}", "｛{ 事实.乙 }}")}, ["F302", "F301"]),
        ({"narrative": TYPO.replace("{{ 事实.乙 }}", "{{ 事实.乙 乙 }}{{ 事实.戊 }}")}, ["F302", "F301", "F302"]),
        ({"edit": ("report.yaml", "2025-01-20", "2024-01-20")}, ["F107"]),
        ({"edit": ("report.yaml", "2025-01-20", "2025-02-30")}, ["F106"]),
        ({"narrative": TYPO.replace("## 五、", "## 九、")}, ["F302", "F304"]),
        ({"edit": ("table2.csv", "规章", "规张")}, ["F201"]),
        ({"bureau": LEVEL + "市\ndeadlin: 1-20\n"}, ["F104"]),
        (
            {"bureau": LEVEL + "区\n", "narrative": "结合{{ 机关 }}情况。\n\n" + TEXT},
            ["F106"],
        ),
    ],
)
def test_all_faults_and_all_findings_of_what_can_be_read_are_told_at_once(given, expected, tmp_path):
    codes = told(tmp_path, **given)
    assert expected == [code for code in codes if code.startswith("F")]
    assert {*SUM, *MARKS} <= set(codes)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # a fact that could not be read is no misspelt name; nor are those below a misspelt key, or in a file with a slip
        ({"report": FACTS.replace("3", "约3")}, ["F106", *MARKS, *SUM]),
        ({"report": FACTS.replace("facts", "fact")}, ["F104", *MARKS, *SUM]),
        ({"report": FACTS + "\teditor: 办公室\n"}, ["F102", *MARKS, *SUM]),
        # a table that could not be read has no sums and no empty cells; a cell is in none
        ({"edit": ("table3.csv", "科研机构", "研究院所")}, ["F201", *MARKS]),
        ({"values": {"表三": {("一", "总计"): "3个左右", ("二", "总计"): 9}}}, ["F202", *MARKS, "E302"]),
        # which branch is printed nobody knows
        ({"narrative": TEXT.replace("问题（", "{% if 事实.丙 > 3 %}{{ 事实.戊 }}{% endif %}（")}, ["F302", "F302", *SUM]),
    ],
)
def test_what_only_follows_from_a_fault_is_not_told(given, expected, tmp_path):
    assert expected == told(tmp_path, **given)


@pytest.mark.parametrize(
    ("bureau", "year", "said"),
    [
        (f"{BUREAU}x", 2024, f"“{BUREAU}x”.*{BUREAU}"),
        ("示例市测试所", 2024, f"示例市测试局.*{BUREAU}"),
        (BUREAU, 2023, "2023.*2024"),
    ],
)
def test_a_report_that_is_not_there_is_said_with_the_nearest_that_is(tmp_path, bureau, year, said):
    write(tmp_path)
    with pytest.raises(UsageError, match=said):
        load(bureau, year, tmp_path)


def test_without_a_params_folder_the_operator_is_told(tmp_path):
    with pytest.raises(UsageError, match="params_dir"):
        load(BUREAU, 2024, tmp_path / "nowhere")


@each(
    ("title", "parts"),
    [
        ("", ["示例市测试局", "2024年政府信息公开工作年度报告"]),
        ("# 示例市测试局年报\n", ["示例市测试局", "年报"]),
        ("# 我局<2024>年报\n", ["我局&lt;2024&gt;年报"]),
    ],
)
def test_the_title_breaks_after_the_bureaus_name(title, parts):
    spans = "".join(f'<span class="title-part">{part}</span>' for part in parts)
    assert f"<h1>{spans}</h1>" == shown(make(narrative=title + BODY)).title.html


def test_a_section_is_shown_by_its_numeral_with_its_own_heading():
    made = shown(make(narrative=BODY.replace("改进情况", "改进<措施>")))
    assert "<h2>五、存在的主要问题及改进&lt;措施&gt;</h2>\n<p>逐项改进。</p>\n" == made.section("五").html
    assert "<h2>二、主动公开政府信息情况</h2>\n<p>2024年，" in made.section("二").html


def test_a_section_that_is_left_out_shows_nothing():
    assert ("", "", "") == (
        shown(make()).section("六").html,
        shown(make()).section("六")._repr_html_(),
        repr(shown(make()).section("六")),
    )


@each(
    ("call", "said"),
    [
        (lambda made: made.section("第一"), "一、二、三、四、五、六"),
        (lambda made: made.chapter("1"), "一、二、三、四、五、六"),
        (lambda made: made.chapters_after("末"), "一、二、三、四、五、六"),
        (lambda made: made.table("表5"), "表二、表三、表四"),
        (lambda made: made.table("table3"), "表三"),
    ],
)
def test_an_unknown_section_or_table_names_those_there_are(call, said):
    with pytest.raises(KeyError, match=said):
        call(shown(make()))


def test_a_value_has_the_names_that_placeholders_have_for_it(tmp_path):
    write(tmp_path, 2023, values={"表三": {("一", "总计"): "3"}})
    facts = "facts: {访问量: {value: 12.5, unit: 万次}, 培训: {value: 3, unit: 场}}\n"
    write(tmp_path, report=facts, values={"表三": {("一", "总计"): "5", ("一", "自然人"): "未知：台账遗失"}})
    made = load(BUREAU, 2024, tmp_path)
    assert made.value("表三", "一", "总计") == 5
    assert made.value("表三", "一", "自然人") is None
    assert made.value("事实", "访问量") == Decimal("12.5")
    assert made.value("上年", "表三", "一", "总计") == 3
    assert repr(made.value("表三", "一", "总计")) == "5"  # as a cell of a notebook shows it
    assert type(made.value("事实", "培训")) is Decimal  # next year it may be 3.5
    wrong = {
        ("表三", "一", "总记"): "总计", ("事实", "访问"): "访问量", ("表5",): "表5", ("表三",): "不是一个数",
        ("上年", "事实", "访问量"): "访问量", (): "没有", ("机关", "全称"): "机关", ("年度", "月"): "年度",
    }  # fmt: skip
    for names, said in wrong.items():
        with pytest.raises(KeyError, match=said):
            made.value(*names)


@each(
    ("params", "html"),
    [
        ({}, '<div class="signature"><p>示例市测试局</p><p>2025年1月20日</p></div>'),
        ({"date": None, "signature": None}, '<div class="signature"><p>（落款未填）</p><p>（日期未填）</p></div>'),
        ({"editor": "局办公室"}, '<div class="editor"><p>责任编辑：局办公室</p></div>'),
        ({"editor": "办公室：综合科"}, '<div class="editor"><p>责任编辑：办公室：综合科</p></div>'),
        ({"editor": "未知：未保留"}, '<div class="editor"><p>责任编辑：未知</p></div>'),
        ({"editor": "未知:未保留"}, '<div class="editor"><p>责任编辑：未知</p></div>'),
    ],
)
def test_signature_date_and_editor(params, html):
    assert html in shown(make(**params)).signature.html


@each(
    ("name", "date", "lines"),
    [
        ("示例市财政局", "2025-10-15", ["示例市财政局", "2025年10月15日"]),
        (" 示例市财政局、示例市税务局", date(2025, 1, 5), ["示例市财政局", "示例市税务局", "2025年1月5日"]),
        ("示例市财政局\n 示例市税务局\n", date(2025, 1, 5), ["示例市财政局", "示例市税务局", "2025年1月5日"]),
        ("示例市财政局、\u2028示例市税务局、", date(2025, 1, 5), ["示例市财政局", "示例市税务局", "2025年1月5日"]),
        ("示例市A&B处", "2025年1月5日", ["示例市A&amp;B处", "2025年1月5日"]),
    ],
)
def test_a_notebook_of_ones_own_is_signed_as_a_report_is(name, date, lines):
    made = sign(name, date)
    assert made.html == f'<div class="signature">{"".join(f"<p>{line}</p>" for line in lines)}</div>'
    assert made.html in body(to_html(page_of(of("# 三季度预算执行", "执行平稳。", html(made._repr_html_())))))


@pytest.mark.parametrize(
    ("name", "date", "said"),
    [
        (" ", "2025-10-15", "落款是空的"),
        ("\u200b、", "2025-10-15", "落款是空的"),
        (["甲局", "乙局"], "2025-10-15", "不是文字：写明署名的机关，几个机关之间用“、”"),
        ("甲局", "十月", "“十月”不是日期：.*2025-10-15"),
        ("甲局", None, "“None”不是日期：.*2025-10-15"),
        ("甲局", 20251015, "“20251015”不是日期：.*2025-10-15"),
    ],
)
def test_a_signature_without_a_name_or_a_day_is_refused(name, date, said):
    with pytest.raises(ValueError, match=said):
        sign(name, date)


@each(
    ("made", "draft", "said"),
    [
        (make(previous=make(2023)), False, "没有核查发现。"),
        (make(), False, "核查发现：提示 1。没有妨碍发布的错误。"),
        (make(date=None), True, "核查发现：错误 1，提示 1。有错误，不得发布；可以生成草稿。"),
    ],
)
def test_the_panel_says_at_once_whether_the_report_may_be_published(made, draft, said):
    bundle = shown(made)._repr_mimebundle_()
    assert said in bundle["text/html"]
    assert draft == bundle[MIME]["draft"]
    assert draft == ('<details class="findings" open>' in bundle["text/html"])


def test_the_panel_escapes_what_it_quotes_and_links_to_the_file_and_the_cell(tmp_path):
    write(tmp_path, narrative=BODY.replace("工作", "【填写：<b>填</b>】工作"), values={"表三": {("一", "自然人"): 1}})
    html = load(BUREAU, 2024, tmp_path)._repr_mimebundle_()["text/html"]
    assert "【填写：&lt;b&gt;填&lt;/b&gt;】" in html
    assert 'href="#table3-D4"' in html
    assert f'{BUREAU}/2024/narrative.md">narrative.md 第3行</a>' in html


def test_the_panel_leads_from_each_number_of_the_text_to_its_cell_and_the_published_page_has_none_of_it(tmp_path):
    text = BODY.replace("工作", '工作，收到申请{{ 表三["一"]["总计"] }}件，公开{{ 事实.公开信息 }}')
    write(tmp_path, narrative=text, report="facts: {公开信息: {value: 5, unit: 条}}\n")
    made = load(BUREAU, 2024, tmp_path)
    html = made._repr_mimebundle_()["text/html"]
    cell = made.report.cells["table3"][locate(made.report.format.tables["table3"], ("一", "总计"))[0]]
    assert "正文数字的来源：" in html
    assert f'2024年 表三“一”“总计” <a href="#{cell.source.anchor}">看这一格</a><br>' in html
    assert f'<td id="{cell.source.anchor}"' in made.table("表三").html
    assert "<b>5条</b> 2024年 事实“公开信息”（report.yaml" in html
    assert "来源" not in made.section("一").html + made.chapter("三").html


def test_the_bundle_tells_the_exporters_title_date_and_state():
    made = shown(make(date=None))
    assert {
        "title": "示例市测试局2024年政府信息公开工作年度报告",
        "bureau": "示例市测试局",
        "year": 2024,
        "date": None,
        "draft": True,
        "term": "政府信息",
    } == {key: value for key, value in made.bundle.to_json().items() if key != "findings"}
    assert [("E101", "error", "标题、日期或落款未填")] == [
        (one["code"], one["severity"], one["title"]) for one in made.bundle.to_json()["findings"] if one["code"][0] == "E"
    ]
    json.dumps(made.bundle.to_json())


def test_the_plain_text_of_a_report_without_findings_says_so():
    assert "没有核查发现" == shown(make(previous=make(2023)))._repr_mimebundle_()["text/plain"]


STATES = {("一", "自然人"): 3, ("一", "总计"): "未知：遗失", ("二", "总计"): "不适用", ("四", "总计"): "未填"}


@pytest.mark.parametrize("year", [2019, 2024])
def test_the_report_as_data_follows_its_schema_whatever_state_it_is_in(year):
    facts = {
        "量": fact("量", "15.670", "万次", 甲="1.50"),
        "率": fact("率", None, reason="未调查"),
        "场": fact("场", "0", 乙="3"),
    }
    made = shown(
        make(year, {"表三": STATES}, facts=facts, narrative=BODY + "{{ 事实.量 }}【填写：文】", date=None, signature=None)
    )
    data = json.loads(json.dumps(made.data.to_json()))
    VALIDATOR.validate(data)
    assert ("15.670", "万次", "数字", {"甲": "1.50"}) == tuple(
        data["facts"][0][key] for key in ("value", "unit", "state", "parts")
    )
    assert (0, {"乙": 3}) == tuple(data["facts"][2][key] for key in ("value", "parts"))
    assert (None, "未知", "未调查") == tuple(data["facts"][1][key] for key in ("value", "state", "reason"))
    assert data["draft"] is True


def test_each_cell_of_the_data_carries_value_unit_state_reason_and_source(tmp_path):
    written = {"表三": STATES, "表二": {("行政事业性收费", "本年收费金额（单位：万元）"): "8.50"}}
    write(tmp_path, values=written)
    data = load(BUREAU, 2024, tmp_path).data.to_json()
    VALIDATOR.validate(data)
    cells = {(one["row"], one["column"]): one for one in data["cells"] if one["table"] == "table3"}
    row, column = "一、本年新收政府信息公开申请数量", "申请人情况 > 总计"
    assert {
        "table": "table3", "row": row, "column": column, "value": None, "unit": "", "state": "未知", "reason": "遗失",
        "shown": None,
        "source": {"file": "table3.csv", "line": 4, "cell": "J4"},
    } == cells[row, column]  # fmt: skip
    assert [(3, "数字"), (None, "不适用"), (None, "未填")] == [
        (cells[key]["value"], cells[key]["state"])
        for key in (
            (row, "申请人情况 > 自然人"), ("二、上年结转政府信息公开申请数量", column), ("四、结转下年度继续办理", column)
        )
    ]  # fmt: skip
    money = next(one for one in data["cells"] if one["column"] == "本年收费金额（单位：万元）")
    assert ("8.50", "万元", "数字") == (money["value"], money["unit"], money["state"])
    assert 10 + 175 + 15 == len(data["cells"])


def test_the_data_hold_the_text_and_where_its_numbers_came_from():
    text = BODY.replace("工作", "<!-- 内部 -->{{ 事实.量 }}")
    data = shown(make(facts={"量": fact("量", 5, "件")}, narrative=text)).data.to_json()
    first = data["narrative"][1]
    assert {"heading": "一、总体情况", "text": "5件有序开展。", "own": True} == {
        key: first[key] for key in ("heading", "text", "own")
    }
    assert [{"text": "5件", "source": "2024年 事实“量”（report.yaml 第5行）"}] == first["values"]
    assert [False, True] == [data["narrative"][2]["own"], data["narrative"][5]["own"]]


def test_the_frame_holds_the_same_cells_as_the_data(tmp_path):
    write(tmp_path, values={"表三": STATES})
    loaded = load(BUREAU, 2024, tmp_path)
    frame, data = loaded.report.frame, loaded.data.to_json()["cells"]
    assert ["table", "row", "column", "value", "unit", "state", "source"] == list(frame.columns)
    assert [(one["table"], one["row"], one["column"], one["state"]) for one in data] == list(
        frame[["table", "row", "column", "state"]].itertuples(index=False, name=None)
    )
    assert "table3.csv 第4行 D4格" == frame[frame["value"] == 3]["source"].item()


def test_a_year_yet_to_come_is_an_ordinary_year(tmp_path):
    """The clock is never asked: the same inputs give the same report on any day."""
    write(tmp_path, 2040)
    assert 2040 == load(BUREAU, 2040, tmp_path).data.to_json()["year"]


def test_the_schema_that_ships_is_made_from_the_fields():
    """After a change of the fields: write `data.schema()` to it."""
    assert data.schema() == SCHEMA.read_text("utf-8")
    jsonschema.Draft202012Validator.check_schema(VALIDATOR.schema)
    assert 2 == VALIDATOR.schema["properties"]["schema"]["const"]
