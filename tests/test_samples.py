"""The sample data under params/: sound, reconciled, each report its own text, and the real one true to its facts."""

import json
import re
from datetime import date
from decimal import Decimal

import jsonschema
import pytest

from conftest import PARAMS
from nianbao.document import data
from nianbao.document.document import load
from nianbao.inputs.select import select

REAL = ("dingxi-nyncj", 2020)
CITY, BUREAUS, YEARS = "shili-szf", ("shili-jyj", "shili-wlj", "shili-zrzyj"), range(2019, 2025)


@pytest.fixture(scope="module")
def samples():
    return {(one.bureau, one.year): load(one.bureau, one.year, PARAMS) for one in select(PARAMS).reports}


def prose(document):
    """The bureau's own words, as printed."""
    passages = (document.narrative.preamble, *document.narrative.sections)
    return "\n".join(passage.markdown for passage in passages if passage.own)


def leads(document):
    return {passage.numeral: passage.markdown for passage in document.narrative.sections if not passage.own}


def test_the_samples_are_four_fictional_bodies_over_six_years_and_one_real_report(samples):
    fictional = {(bureau, year) for bureau in (CITY, *BUREAUS) for year in YEARS}
    assert fictional | {REAL} == set(samples)
    assert all("示例市" in document.report.bureau.name for key, document in samples.items() if key != REAL)


def test_every_sample_may_be_published_and_exactly_one_has_a_warning_beside_the_real_ones_late_date(samples):
    """The real report is dated 5 February; the law says 31 January."""
    graver = [(key, one.code) for key, document in samples.items() for one in document.findings if one.code[0] in "FEW"]
    assert [(REAL, "W208"), (("shili-wlj", 2024), "W201")] == graver


def test_notes_tell_only_of_missing_earlier_reports_and_the_real_ones_unknowns(samples):
    notes = {key: [one.code for one in document.findings if one.code[0] == "I"] for key, document in samples.items()}
    first = {(bureau, 2019): ["I104"] for bureau in (CITY, *BUREAUS)}
    assert first == {key: codes for key, codes in notes.items() if codes and key != REAL}
    assert {"I101": 4, "I102": 4, "I104": 1, "I501": 1} == {
        code: notes[REAL].count(code) for code in sorted(set(notes[REAL]))
    }


@pytest.mark.parametrize("year", YEARS)
def test_the_citys_figures_are_the_sums_of_its_bureaus(samples, year):
    whole = samples[CITY, year].report
    parts = [samples[bureau, year].report for bureau in BUREAUS]
    for table, cells in whole.cells.items():
        assert {key: one.value for key, one in cells.items()} == {
            key: sum(part.cells[table][key].value for part in parts) for key in cells
        }
    assert {part.bureau.parent for part in parts} == {CITY}


def test_the_formats_change_over_between_2020_and_2021(samples):
    assert {2019: "2019", 2020: "2019", 2021: "2021", 2022: "2021", 2023: "2021", 2024: "2021"} == {
        year: document.report.format.id for (bureau, year), document in samples.items() if bureau == CITY
    }
    notices = {"2019": "〔2019〕60号", "2021": "〔2021〕30号"}
    for document in samples.values():
        other = next(notice for form, notice in notices.items() if form != document.report.format.id)
        assert other not in prose(document)


def test_reports_are_dated_within_the_legal_deadline(samples):
    for (bureau, year), document in samples.items():
        last = date(year + 1, 3, 31) if bureau == CITY else date(year + 1, 1, 31)
        if (bureau, year) != REAL:
            assert date(year + 1, 1, 1) <= document.report.params.date <= last, (bureau, year)


def test_no_two_reports_share_a_sentence(samples):
    """Article 47 holds an authority to account for copied reports; figures alone do not make a sentence new."""
    seen = {}
    for key, document in samples.items():
        for sentence in re.split(r"[。；！？\n]", prose(document)):
            bare = re.sub(r"[\d.\s#*，：、“”（）]+", "", sentence)
            if len(bare) >= 8:
                assert key == seen.setdefault(bare, key), sentence


def test_reports_print_at_least_half_of_their_facts(samples):
    for key, document in samples.items():
        printed = {one.origin for passage in document.narrative.sections for one in passage.values}
        named = {name: f"{key[1]}年 事实“{name}" for name in document.report.facts}
        used = [name for name, begin in named.items() if any(one.startswith((f"{begin}”", f"{begin}.")) for one in printed)]
        assert 2 * len(used) >= len(document.report.facts), key


def test_the_data_of_every_sample_follow_the_schema_with_unit_state_and_source(samples):
    validator = jsonschema.Draft202012Validator(json.loads(data.schema()))
    for document in samples.values():
        made = json.loads(json.dumps(document.data.to_json()))
        validator.validate(made)
        for one in made["cells"]:
            assert {"value", "unit", "state", "reason", "source"} < set(one)
            assert one["source"]["file"] in {"report.yaml", f"{one['table']}.csv"}


@pytest.mark.parametrize(
    ("sample", "numeral", "said"),
    [
        (("shili-jyj", 2019), "三", "未收到政府信息公开申请，没有上年结转"),
        (("shili-wlj", 2022), "三", "未收到政府信息公开申请（上年收到3件），没有上年结转"),
        (("shili-jyj", 2021), "三", "未收到新的政府信息公开申请（上年收到3件），继续办理上年结转的申请1件。"),
        (("shili-zrzyj", 2019), "三", "新收政府信息公开申请18件；上年结转2件。"),
        (("shili-zrzyj", 2023), "三", "新收政府信息公开申请27件，同比增长42.11%；上年结转1件。"),
        (("shili-zrzyj", 2024), "三", "新收政府信息公开申请24件，同比下降11.11%；上年结转2件。"),
        (("shili-wlj", 2024), "三", "新收政府信息公开申请1件，与上年持平，没有上年结转的申请。"),
        (("shili-jyj", 2022), "三", "新收政府信息公开申请4件（上年没有新收申请），没有上年结转的申请。"),
        (("shili-wlj", 2019), "三", "全年办结2件，均予以公开；"),
        (("shili-jyj", 2021), "三", "全年办结1件，部分公开；没有结转下年度继续办理的申请。"),
        (("shili-zrzyj", 2023), "三", "结转下年度继续办理2件。"),
        (("shili-jyj", 2019), "四", "没有因政府信息公开引起行政复议和行政诉讼。"),
        (("shili-zrzyj", 2021), "四", "没有因政府信息公开引起的行政复议；被提起行政诉讼1件（未经复议直接起诉），尚未审结。"),
        (
            ("shili-zrzyj", 2022),
            "四",
            "因政府信息公开被申请行政复议1件，尚未审结；被提起行政诉讼1件（未经复议直接起诉），结果维持。",
        ),
        (("shili-zrzyj", 2024), "四", "被提起行政诉讼1件（复议后起诉），结果维持。"),
        (("shili-wlj", 2020), "二", "未新制作、未新公开规范性文件，对外公开总数7件。"),
        (("shili-wlj", 2023), "二", "未制发、未废止行政规范性文件，年末没有现行有效的行政规范性文件。"),
        (("shili-zrzyj", 2022), "二", "制发行政规范性文件1件、废止3件，年末现行有效19件。"),
        (("shili-jyj", 2020), "二", "公开政府集中采购项目5个，采购总金额96.03万元。"),
        (("shili-jyj", 2022), "二", "行政事业性收费金额11.86万元。"),
        (("shili-wlj", 2024), "二", "没有行政事业性收费。"),
    ],
)
def test_a_named_sample_walks_each_branch_of_the_computed_sentences(samples, sample, numeral, said):
    assert said in leads(samples[sample])[numeral]


def test_the_kinds_of_sections_and_headings_are_all_there(samples):
    """Own title, section 六 left out, own words for computed chapters, run-in and block headings."""
    sections = {
        key: {passage.numeral: passage for passage in document.narrative.sections} for key, document in samples.items()
    }
    assert "六" not in sections[REAL]
    assert any("六" not in found for key, found in sections.items() if key != REAL)
    assert any(document.narrative.title_source.line for key, document in samples.items() if key != REAL)
    assert any(found["三"].own for key, found in sections.items() if key != REAL)
    html = [found["一"].html for found in sections.values()]
    assert any("run-in" in one for one in html)
    assert any("<h3>" in one for one in html)


# The facts of the published report, as transcribed; its sentences here are the project's own.
FACTS = {
    "权责清单": ("237", "项"), "种子生产许可": ("13", "件"), "按时办结率": ("100", "%"), "信用公示": ("15", "条"),
    "网站访问量": ("15.67", "万次"), "网页浏览量": ("59.09", "万次"), "网站发布": ("475", "条"),
    "上年微信关注": ("803", "人"), "微信关注": ("1162", "人"), "微信当年发布": ("247", "条"),
}  # fmt: skip
POWERS = {"行政许可": 1, "行政处罚": 220, "行政强制": 14, "行政监督": 1, "其他行政权力": 1}
SAID = [
    "一名副局长分管", "局办公室统筹", "财务情况每年公开两次，年初、年末各一次", "局网站和公示栏", "权责清单共237项",
    "行政许可1项、行政处罚220项、行政强制14项、行政监督1项、其他行政权力1项", "农作物种子生产经营许可13件", "按时办结率100%",
    "政务服务大厅网上受理", "“信用甘肃”网站公示信息15条", "IP访问15.67万次", "页面浏览59.09万次", "发布政务信息475条",
    "按月检查、按季通报、半年汇报、年终考核", "由上年的803人增加到1162人", "累计发布信息1600余条，其中2020年发布247条",
    "“甘肃•定西农业”", "定政办发〔2020〕115号",
]  # fmt: skip


def test_the_real_report_holds_exactly_its_facts(samples):
    facts = samples[REAL].report.facts
    assert FACTS == {name: (format(one.value, "f"), one.unit) for name, one in facts.items()}
    assert POWERS == facts["权责清单"].parts
    assert 237 == sum(POWERS.values()) == facts["权责清单"].value
    assert Decimal("15.67") == facts["网站访问量"].value


def test_the_real_report_says_each_of_its_facts_and_no_other_number(samples):
    text = prose(samples[REAL])
    assert [] == [one for one in SAID if one not in text]
    numbers = {value for value, _ in FACTS.values()} | {str(value) for value in POWERS.values()} | {"1600", "2020", "115"}
    assert numbers == set(re.findall(r"\d+(?:\.\d+)?", text))


def test_the_real_report_has_the_title_headings_and_signature_as_published(samples):
    document = samples[REAL]
    assert "定西市农业农村局2020年度政务信息公开年度工作报告" == document.narrative.title
    headings = [passage.heading for passage in document.narrative.sections]
    assert ["一、总体情况", "五、存在的主要问题及改进措施"] == [headings[0], headings[-1]]
    assert ["二", "三", "四"] == [heading[0] for heading in headings[1:-1]]
    assert all("政务信息" in heading for heading in headings[1:-1])
    assert "<p>定西市农业农村局</p><p>2021年2月5日</p>" in document.signature.html
    assert "责任编辑：未知" in document.signature.html
    assert 5 == document.section("一").html.count('class="run-in"')
    assert ("定西市农业农村局", "市农业农村局") == (document.report.bureau.name, document.report.bureau.short)


def test_the_real_report_speaks_of_administrative_information_but_for_the_names_of_documents(samples):
    text = prose(samples[REAL]).replace("政府信息公开条例", "").replace("政府信息公开工作年度报告的通知", "")
    assert "政府信息" not in text


def test_the_real_reports_problems_and_measures_are_six_and_four(samples):
    problems, measures = samples[REAL].narrative.sections[-1].markdown.split("\n\n")
    assert ["一是", "二是", "三是", "四是", "五是", "六是"] == re.findall("[一二三四五六七]是", problems)
    assert ["一是", "二是", "三是", "四是"] == re.findall("[一二三四五六七]是", measures)


def test_the_real_reports_lost_tables_are_unknown_in_every_cell_and_it_says_so(samples):
    document = samples[REAL]
    cells = [one for table in document.report.cells.values() for one in table.values()]
    assert {("未知", None, "原公布页面的表格没有保存下来")} == {(one.state, one.value, one.reason) for one in cells}
    assert 22 + 161 + 15 == len(cells)
    for numeral, table in zip("二三四", ("表二", "表三", "表四"), strict=True):
        assert "未知" in document.section(numeral).html
        assert {"unknown"} == set(re.findall(r'<td[^>]*class="(\w+)"', document.table(table).html))
