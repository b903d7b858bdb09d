"""The statutory formats: labels, order and counts are the notices', written out here independently of formats/*.yaml."""

import pickle
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import each
from making import FORMATS
from nianbao.statute import tree
from nianbao.statute.formats import OWN, library
from nianbao.statute.tree import labels_of, normalise

BOTH = ["2019", "2021"]
SECTIONS = """一、总体情况
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
六、其他需要报告的事项"""

TABLE2 = {
    "2019": """第二十条第（一）项 | 本年新制作数量 本年新公开数量 对外公开总数量 | 规章 规范性文件
第二十条第（五）项 | 上一年项目数量 本年增/减 处理决定数量 | 行政许可 其他对外管理服务事项
第二十条第（六）项 | 上一年项目数量 本年增/减 处理决定数量 | 行政处罚 行政强制
第二十条第（八）项 | 上一年项目数量 本年增/减 | 行政事业性收费
第二十条第（九）项 | 采购项目数量 采购总金额 | 政府集中采购""",
    "2021": """第二十条第（一）项 | 本年制发件数 本年废止件数 现行有效件数 | 规章 行政规范性文件
第二十条第（五）项 | 本年处理决定数量 | 行政许可
第二十条第（六）项 | 本年处理决定数量 | 行政处罚 行政强制
第二十条第（八）项 | 本年收费金额（单位：万元） | 行政事业性收费""",
}

APPLICANTS = """申请人情况 > 自然人
申请人情况 > 法人或其他组织 > 商业企业
申请人情况 > 法人或其他组织 > 科研机构
申请人情况 > 法人或其他组织 > 社会公益组织
申请人情况 > 法人或其他组织 > 法律服务机构
申请人情况 > 法人或其他组织 > 其他
申请人情况 > 总计"""

RESULTS = """一、本年新收政府信息公开申请数量
二、上年结转政府信息公开申请数量
三、本年度办理结果 > （一）予以公开
三、本年度办理结果 > （二）部分公开（区分处理的，只计这一情形，不计其他情形）
三、本年度办理结果 > （三）不予公开 > 1.属于国家秘密
三、本年度办理结果 > （三）不予公开 > 2.其他法律行政法规禁止公开
三、本年度办理结果 > （三）不予公开 > 3.危及“三安全一稳定”
三、本年度办理结果 > （三）不予公开 > 4.保护第三方合法权益
三、本年度办理结果 > （三）不予公开 > 5.属于三类内部事务信息
三、本年度办理结果 > （三）不予公开 > 6.属于四类过程性信息
三、本年度办理结果 > （三）不予公开 > 7.属于行政执法案卷
三、本年度办理结果 > （三）不予公开 > 8.属于行政查询事项
三、本年度办理结果 > （四）无法提供 > 1.本机关不掌握相关政府信息
三、本年度办理结果 > （四）无法提供 > 2.没有现成信息需要另行制作
三、本年度办理结果 > （四）无法提供 > 3.补正后申请内容仍不明确
三、本年度办理结果 > （五）不予处理 > 1.信访举报投诉类申请
三、本年度办理结果 > （五）不予处理 > 2.重复申请
三、本年度办理结果 > （五）不予处理 > 3.要求提供公开出版物
三、本年度办理结果 > （五）不予处理 > 4.无正当理由大量反复申请
三、本年度办理结果 > （五）不予处理 > 5.要求行政机关确认或重新出具已获取信息
{other}
三、本年度办理结果 > （七）总计
四、结转下年度继续办理"""
OTHER = {
    "2019": "三、本年度办理结果 > （六）其他处理",
    "2021": """三、本年度办理结果 > （六）其他处理 > 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
三、本年度办理结果 > （六）其他处理 > 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请
三、本年度办理结果 > （六）其他处理 > 3.其他""",
}
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def paths(chains):
    return [" > ".join(labels_of(chain)) for chain in chains]


@pytest.mark.parametrize("form", BOTH)
def test_sections_are_the_six_of_the_notice_in_order(form):
    sections = FORMATS[form].sections
    assert SECTIONS.splitlines() == [section.heading for section in sections]
    assert ["", "table2", "table3", "table4", "", ""] == [section.table for section in sections]
    assert list("一二三四五六") == [section.numeral for section in sections]
    assert ["一", "五"] == [section.numeral for section in sections if section.required]
    assert ["二", "三", "四"] == [section.numeral for section in sections if section.lead]


@pytest.mark.parametrize("form", BOTH)
def test_table_2_has_the_labels_of_the_notice(form):
    parts = FORMATS[form].tables["table2"].parts
    written = [
        f"{part.title} | {' '.join(paths(part.column_chains))} | {' '.join(paths(part.row_chains))}" for part in parts
    ]
    assert TABLE2[form].splitlines() == written
    assert {"信息内容"} == {part.stub for part in parts}


@pytest.mark.parametrize(("form", "rows"), [("2019", 23), ("2021", 25)])
def test_table_3_has_the_labels_of_the_notice(form, rows):
    (part,) = FORMATS[form].tables["table3"].parts
    assert APPLICANTS.splitlines() == paths(part.column_chains)
    assert RESULTS.format(other=OTHER[form]).splitlines() == paths(part.row_chains)
    assert "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）" == part.corner
    assert (rows, 7) == (len(part.row_chains), len(part.column_chains))


@pytest.mark.parametrize("form", BOTH)
def test_table_4_is_one_row_of_fifteen_numbers(form):
    (part,) = FORMATS[form].tables["table4"].parts
    groups = ["行政复议", "行政诉讼 > 未经复议直接起诉", "行政诉讼 > 复议后起诉"]
    assert [f"{group} > {outcome}" for group in groups for outcome in OUTCOMES] == paths(part.column_chains)
    assert [()] == part.row_chains


@pytest.mark.parametrize(("form", "cells"), [("2019", (22, 161, 15)), ("2021", (10, 175, 15))])
def test_the_number_of_cells_a_bureau_fills_in(form, cells):
    assert cells == tuple(len(table.cells) for table in FORMATS[form].tables.values())


@pytest.mark.parametrize("form", BOTH)
def test_captions_and_names(form):
    tables = FORMATS[form].tables.values()
    assert ["表二", "表三", "表四"] == [table.name for table in tables]
    assert [heading.partition("、")[2] for heading in SECTIONS.splitlines()[1:4]] == [table.caption for table in tables]


def test_a_decrease_is_allowed_in_change_columns_and_nowhere_else():
    kinds = {
        (form.id, column[-1].label): column[-1].kind
        for form in FORMATS.values()
        for table in form.tables.values()
        for _, column in table.cells.values()
    }
    assert {
        ("2019", "本年增/减"): "change",
        ("2019", "采购总金额"): "money",
        ("2021", "本年收费金额（单位：万元）"): "money",
    } == {where: kind for where, kind in kinds.items() if kind != "count"}


def test_the_unit_of_money_is_fixed_only_where_the_heading_says_so():
    units = {
        column[-1].label: column[-1].unit
        for form in FORMATS.values()
        for _, column in form.tables["table2"].cells.values()
        if column[-1].kind == "money"
    }
    assert {"采购总金额": "", "本年收费金额（单位：万元）": "万元"} == units


def test_the_identities_are_those_of_the_notices():
    table3 = ["E301 一 + 二 = 三（七） + 四", "E303 （一） + （二） + （三） + （四） + （五） + （六） = （七）"]
    table3 += ["E302 自然人 + 法人或其他组织 = 总计", "E304 上年.四 = 二"]
    table4 = ["E401 结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计"]
    table2 = {
        "2019": ["E212 上年.上一年项目数量 + 上年.本年增/减 = 上一年项目数量"],
        "2021": ["E211 上年.现行有效件数 + 本年制发件数 - 本年废止件数 = 现行有效件数"],
    }
    for form in BOTH:
        tables = FORMATS[form].tables.values()
        written = [[f"{one.kind.code} {one.text}" for one in table.identities] for table in tables]
        assert [table2[form], table3, table4] == written


@each(("year", "form"), [(2018, None), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021"), (2040, "2021")])
def test_each_report_year_has_its_default_format(year, form):
    found = library().default(year)
    assert form == (found and found.id)


def test_the_formats_name_their_notices_and_the_statutory_title():
    assert ["国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"] == [form.notice for form in FORMATS.values()]
    assert {"{机关}{年度}年政府信息公开工作年度报告"} == {form.title for form in FORMATS.values()}


@pytest.mark.parametrize("form", BOTH)
def test_labels_are_clean_text(form):
    """Printed as they are: no half-width brackets, straight quotes or stray spaces, in composed Unicode form."""
    for table in FORMATS[form].tables.values():
        for row, column in table.cells.values():
            for label in labels_of(row + column):
                assert unicodedata.normalize("NFC", label) == label
                assert not re.search(r"[()\"'\s,;:]", label), label


@each(
    ("label", "key"),
    [
        ("三、本年度办理结果", "三"),
        ("（七）总计", "（七）"),
        ("8.属于行政查询事项", "8"),
        ("总计", "总计"),
        ("规章", "规章"),
    ],
)
def test_a_heading_is_known_by_its_ordinal(label, key):
    assert key == tree.Node(label).key


@each(
    "seen",
    [
        '3.危及"三安全一稳定"',
        "3．危及“三安全一稳定”",
        " 3. 危及 “三安全一稳定”",
        "3.危及‘三安全一稳定’",
        "３.危及三安全一稳定",
    ],
)
def test_a_label_is_recognised_in_the_spellings_of_real_files(seen):
    assert normalise("3.危及“三安全一稳定”") == normalise(seen)


@given(
    st.text("甲乙一三（）()〔〕［］.．、,，0１9Ａaé￥", max_size=30),
    st.text(" \t\n\u3000\u00a0\u200b\ufeff“”\"'", max_size=3),
)
def test_normalising_is_idempotent_and_blind_to_spaces_and_quotes(text, noise):
    assert normalise(text) == normalise(normalise(text)) == normalise(noise + text + noise)


def test_declared_local_rows_come_last_in_their_part():
    form = FORMATS["2019"].with_rows({"table2": {"第二十条第（一）项": ["其他主动公开文件"]}})
    parts = form.tables["table2"].parts
    assert ["规章", "规范性文件", "其他主动公开文件"] == paths(parts[0].row_chains)
    assert paths(FORMATS["2019"].tables["table2"].parts[1].row_chains) == paths(parts[1].row_chains)
    assert FORMATS["2019"].tables["table3"] is form.tables["table3"]


def test_a_format_of_more_headings_than_any_statute_has_is_broken_at_once(tmp_path):
    own = (OWN / "2021.yaml").read_text("utf-8").replace('id: "2021"', 'id: "many"')
    many = "".join(f"          - 行{number}\n" for number in range(9_000))
    (tmp_path / "formats").mkdir()
    table = f"  table9:\n    name: 表九\n    caption: 甲\n    parts:\n      - columns: [甲]\n        rows:\n{many}"
    (tmp_path / "formats" / "many.yaml").write_text(f"{own}{table}", "utf-8")
    [fault] = library(tmp_path).broken["many"].faults
    assert ("F111", "有9000项", "最多300项") == (fault.code, fault.found, fault.expected)


def test_a_format_of_the_kit_is_pickled_by_its_name_and_any_other_as_it_is():
    """What is cached of the kit's own tables, in the process that reports are forked from, is of use in each of them."""
    form = library().formats["2021"]
    assert pickle.loads(pickle.dumps(form)) is form
    for other in (form.with_term("政务信息"), form.with_rows({"table2": {"": ["行政检查"]}})):
        again = pickle.loads(pickle.dumps(other))
        assert again is not form
        assert repr(again) == repr(other)


def test_a_format_without_local_rows_and_other_tables_is_the_same():
    form = library().formats["2021"]
    assert form.with_rows({}) is form.with_tables({}, {}) is form
