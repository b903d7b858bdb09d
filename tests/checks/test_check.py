"""Findings: the identities hold or fail cell by cell, gaps are never passed, the implausible is a warning."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from making import FORMATS, cell, codes, fact, findings, make, write
from nianbao.inputs import folder
from nianbao.inputs.cells import place_of
from nianbao.statute.tree import labels_of

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
numbers = st.integers(0, 50)
forms = st.sampled_from(sorted(FORMATS))


def rows_of(form):
    return [labels_of(row) for row in FORMATS[form].tables["table3"].parts[0].row_chains]


@st.composite
def tables(draw, form):
    """表三 and 表四 as a careful bureau fills them in, reckoned here without any of the kit's sums."""
    results = [row for row in rows_of(form) if len(row) > 1 and row[-1] != "（七）总计"]
    table3, new, carried, total, out = {}, *[(name,) for name in ("一", "二", "三（七）", "四")]
    for applicant in APPLICANTS:
        counts = draw(st.lists(numbers, min_size=len(results), max_size=len(results)))
        table3 |= {(*row, applicant): count for row, count in zip(results, counts, strict=True)}
        open_ = draw(numbers)
        before = draw(st.integers(0, sum(counts) + open_))
        four = {new: sum(counts) + open_ - before, carried: before, total: sum(counts), out: open_}
        table3 |= {(*row, applicant): count for row, count in four.items()}
    for row in {steps[:-1] for steps in table3}:
        table3[*row, "总计"] = sum(table3[*row, applicant] for applicant in APPLICANTS)
    table4 = {}
    for group in (("行政复议",), ("行政诉讼", "未经复议直接起诉"), ("行政诉讼", "复议后起诉")):
        four = draw(st.lists(numbers, min_size=4, max_size=4))
        names = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
        table4 |= {(*group, name): count for name, count in zip(names, [*four, sum(four)], strict=True)}
    return {"表三": table3, "表四": table4}


@given(data=st.data(), form=forms)
@settings(max_examples=25, deadline=None)
def test_consistent_tables_give_no_error(data, form):
    made = make(2023 if form == "2021" else 2020, data.draw(tables(form)), form=form)
    assert [] == codes(made, "E")


@given(data=st.data(), form=forms)
@settings(max_examples=60, deadline=None)
def test_any_single_changed_number_is_found_and_placed(data, form):
    """Of equations that name a cell together, each finding names that cell; of one alone, its total."""
    made = make(2023 if form == "2021" else 2020, data.draw(tables(form)), form=form)
    table = data.draw(st.sampled_from(["table3", "table4"]))
    row, column = data.draw(st.sampled_from(sorted(made.cells[table])))
    old = made.cells[table][row, column].value
    made.cells[table][row, column] = cell(data.draw(st.integers(0, 200).filter(lambda new: new != old)))
    if table == "table4":
        expected = {("E401", f"表四 {'·'.join([*column[:-1], '总计'][-2:])}")}
    else:
        rules = {"E302"} | ({"E303"} if row[0].startswith("三") else set())
        rules |= {"E301"} if len(row) == 1 or row[-1] == "（七）总计" else set()
        place = place_of(made.format.tables[table], row, column)
        expected = {(code, place if len(rules) > 1 else f"表三 {row[-1]} / 申请人情况·总计") for code in rules}
    assert expected == {(one.code, one.place) for one in findings(made, "E")}


def test_a_finding_shows_both_sides_of_the_sum_and_the_rule():
    values = {"表三": {("一", "总计"): 5, ("三（七）", "总计"): 3, ("四", "总计"): 1, ("三（一）", "总计"): 3}}
    found = next(one for one in findings(make(values=values), "E301"))
    assert "一 5 + 二 0 ≠ 三（七） 3 + 四 1" == found.found
    assert "一 + 二 = 三（七） + 四" == found.expected


def test_the_finding_points_into_the_bureaus_own_file(tmp_path):
    """Row 4 of the file is 一、; column J is 总计."""
    made, faults = folder.read(write(tmp_path, values={"表三": {("一", "自然人"): 1}}))
    assert not faults
    found = {one.code: one.source for one in findings(made, "E")}
    assert {"E301": "table3.csv 第4行 D4格", "E302": "table3.csv 第4行 D4格"} == {
        code: str(source) for code, source in found.items()
    }


def test_a_sum_that_does_not_hold_names_all_its_cells_and_first_the_one_that_others_name_too(tmp_path):
    made, _ = folder.read(write(tmp_path, values={"表三": {("一", "自然人"): 7}}))
    by_code = {one.code: one for one in findings(made, "E")}
    assert "一 7（D4） + 二 0（D5） ≠ 三（七） 0（D27） + 四 0（D28）" == by_code["E301"].found
    assert "自然人 7（D4） + 法人或其他组织 0（E4、F4、G4、H4、I4） ≠ 总计 0（J4）" == by_code["E302"].found
    assert {"表三 一、本年新收政府信息公开申请数量 / 申请人情况·自然人"} == {one.place for one in by_code.values()}
    assert all("先看表三 一、" in one.action for one in by_code.values())


def of_two_applicants(**changed):
    """表三 with applications of two kinds, which agrees with itself but for the figures ``changed`` of 一."""
    first = {"自然人": 20, "商业企业": 2, "科研机构": 0, "总计": 22} | changed
    closed = {"自然人": 20, "商业企业": 2, "总计": 22}
    rows = {"一": first, "三（一）": closed, "三（七）": closed}
    return {"表三": {(row, column): value for row, cells in rows.items() for column, value in cells.items()}}


def test_two_figures_in_each_others_cells_are_named_where_exchanging_them_mends_all_sums():
    found = findings(make(values=of_two_applicants(商业企业=0, 科研机构=2)), "E")
    one, other = (f"表三 一、本年新收政府信息公开申请数量 / 法人或其他组织·{name}" for name in ("商业企业", "科研机构"))
    assert [("E301", one), ("E301", other)] == [(each.code, each.place) for each in found]
    assert all(f"先看{one}和{other}：两格的数互换" in each.action for each in found)


@pytest.mark.parametrize("changed", [{}, {"商业企业": 0, "科研机构": 3}, {"商业企业": 3}, {"自然人": 21, "商业企业": 1}])
def test_no_exchange_is_named_where_none_mends_all_sums(changed):
    assert not any("互换" in each.action for each in findings(make(values=of_two_applicants(**changed)), "E"))


@pytest.mark.slow
@given(data=st.data(), form=forms, state=st.sampled_from(["未知：遗失", "不适用", "未填"]))
@settings(max_examples=30, deadline=None)
def test_an_identity_that_touches_a_gap_is_not_checkable_and_never_passed(data, form, state):
    made = make(2023 if form == "2021" else 2020, data.draw(tables(form)), form=form)
    row, column = data.draw(st.sampled_from(sorted(made.cells["table3"])))
    made.cells["table3"][row, column] = cell(state)
    touched = {"表三 自然人 + 法人或其他组织 = 总计"}
    if row[0].startswith("三"):
        touched.add("表三 （一） + （二） + （三） + （四） + （五） + （六） = （七）")
    if len(row) == 1 or row[-1] == "（七）总计":
        touched.add("表三 一 + 二 = 三（七） + 四")
    assert touched == {one.place for one in findings(made, "I102")}
    assert not {"E301", "E302", "E303"} & set(codes(made))


def test_the_places_that_could_not_be_checked_are_counted_and_named_when_few():
    made = make(values={"表三": {("四", "自然人"): "未知：遗失"}, "表四": {("行政复议", "总计"): "不适用"}})
    said = {one.place: one.found for one in findings(made, "I102")}
    assert "1处涉及未知、不适用或未填的格子：自然人" == said["表三 一 + 二 = 三（七） + 四"]
    assert "1处涉及未知、不适用或未填的格子：四、结转下年度继续办理" == said["表三 自然人 + 法人或其他组织 = 总计"]
    assert "1处涉及未知、不适用或未填的格子：行政复议" == said["表四 结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计"]
    assert ["I102"] * 3 == [one.code for one in findings(make(fill="未知：遗失"), "I102")][:3]


@pytest.mark.parametrize(("as_zero", "expected"), [("是", ["E301", "E302"]), ("否", [])])
def test_not_applicable_counts_as_zero_only_when_declared(as_zero, expected):
    made = make(values={"表三": {("一", "自然人"): 1}}, fill="不适用", not_applicable={"as_zero": as_zero})
    assert expected == codes(made, "E")
    assert (as_zero == "否") == bool(codes(made, "I102"))


@pytest.mark.parametrize("year", [2020, 2021, 2022])
@pytest.mark.parametrize("applicant", ["自然人", "法律服务机构", "总计"])
def test_what_was_carried_out_last_year_is_carried_in_this_year_across_the_formats_too(year, applicant):
    last = make(year - 1, {"表三": {("四", applicant): 3}})
    good = make(year, {"表三": {("二", applicant): 3}}, previous=last)
    bad = make(year, {"表三": {("二", applicant): 2}}, previous=last)
    assert [] == codes(good, "E304")
    (found,) = findings(bad, "E304")
    assert found.place.startswith("表三 二、上年结转政府信息公开申请数量 / ")
    assert found.place.endswith(applicant)
    assert "上年四 3 ≠ 二 2；上年报告的这一格自己也不符（E301、E302）" == found.found
    assert "上年报告" in found.action


def test_last_years_number_that_is_wrong_in_its_own_table_is_no_error_of_this_year():
    """自然人 2 and 法人 1 made 总计 2: carried in are 3, and the table of last year would agree with itself so."""
    told = {("四", "自然人"): 2, ("四", "商业企业"): 1, ("一", "自然人"): 2, ("一", "商业企业"): 1, ("一", "总计"): 3}
    last = make(2023, {"表三": {**told, ("四", "总计"): 2}})
    named = {("二", "自然人"): 2, ("二", "商业企业"): 1, ("四", "自然人"): 2, ("四", "商业企业"): 1, ("四", "总计"): 3}
    right = make(2024, {"表三": {**named, ("二", "总计"): 3}}, previous=last)
    assert [] == codes(right, "E3")
    (found,) = findings(right, "W250")
    assert "上年四 2 ≠ 二 3；上年报告的这一格自己也不符（E301、E302），照今年的数就相符" == found.found
    copied = make(2024, {"表三": {**named, ("二", "总计"): 2}}, previous=last)
    assert ([], ["E301", "E302"]) == (codes(copied, "W250"), codes(copied, "E3"))
    other = make(2024, {"表三": {**named, ("二", "总计"): 4}}, previous=last)
    assert ([], True) == (codes(other, "W250"), "E304" in codes(other, "E3"))


def test_a_gap_in_last_years_report_leaves_carry_over_unchecked_not_passed():
    made = make(2021, previous=make(2020, {"表三": {("四", "总计"): "未知：遗失"}}))
    assert ["表三 上年.四 = 二"] == [one.place for one in findings(made, "I102")]


def test_without_last_years_report_carry_over_is_said_to_be_unchecked():
    made = make(values={"表三": {("二", "总计"): 9}})
    (found,) = findings(made, "I104")
    assert ("上年报告", "没有2023年度的报告") == (found.place, found.found)
    assert [] == codes(made, "E304")


@pytest.mark.parametrize(("in_force", "expected"), [(12, []), (11, ["E211"])])
def test_documents_in_force_are_carried_over_from_2022_on(in_force, expected):
    document = {
        ("行政规范性文件", "本年制发件数"): 4,
        ("行政规范性文件", "本年废止件数"): 2,
        ("行政规范性文件", "现行有效件数"): in_force,
    }
    last = {"表二": {("行政规范性文件", "现行有效件数"): 10}}
    assert expected == codes(make(2022, {"表二": document}, previous=make(2021, last)), "E2")
    assert [] == codes(make(2021, {"表二": document}, previous=make(2020, last, form="2021")), "E2")


@pytest.mark.parametrize(("count", "expected"), [(7, []), (10, ["E212"])])
def test_listed_items_are_carried_over_in_the_2019_format(count, expected):
    last = {"表二": {("行政许可", "上一年项目数量"): 10, ("行政许可", "本年增/减"): -3}}
    this = {"表二": {("行政许可", "上一年项目数量"): count}}
    assert expected == codes(make(2020, this, previous=make(2019, last)), "E2")
    assert expected == codes(make(2021, this, previous=make(2020, last), form="2019"), "E2")


def test_last_years_other_format_is_said_to_be_the_reason():
    (found,) = findings(make(2022, previous=make(2021, form="2019")), "I102")
    assert "2处在上年报告中没有对应的格子，上年采用另一种格式：规章、行政规范性文件" == found.found


def test_last_years_other_format_leaves_carry_over_unchecked_not_wrong():
    made = make(2022, previous=make(2021, form="2019"))
    assert [] == codes(made, "E")
    assert ["表二 上年.现行有效件数 + 本年制发件数 - 本年废止件数 = 现行有效件数"] == [
        one.place for one in findings(made, "I102")
    ]


@pytest.mark.slow
@given(st.lists(st.decimals(0, 999, places=2), min_size=1, max_size=5), st.decimals(-5, 5, places=2))
@settings(deadline=None, max_examples=40)
def test_a_list_adds_up_or_is_named(parts, error):
    total = sum(parts, Decimal(0)) + error
    one = fact("权责清单", total, "项", **{f"项{'甲乙丙丁戊'[i]}": part for i, part in enumerate(parts)})
    found = findings(make(facts={"权责清单": one}), "E201")
    assert bool(error) == bool(found)
    for finding in found:
        assert ("事实 · 权责清单", "report.yaml 第5行") == (finding.place, str(finding.source))
        assert f"总数 {total:f}，分项之和 {sum(parts, Decimal(0)):f}" in finding.found


def test_an_unknown_total_of_a_list_is_not_an_error():
    assert [] == codes(make(facts={"清单": fact("清单", None, reason="遗失", 许可="1")}), "E201")


def test_a_table_that_is_last_years_stands_before_the_errors_of_the_text_that_follow():
    values = {"表二": {
        ("行政许可", "本年处理决定数量"): 259, ("行政处罚", "本年处理决定数量"): 39,
        ("行政事业性收费", "本年收费金额（单位：万元）"): Decimal("102.5"),
    }}  # fmt: skip
    text = "## 一、总体情况\n\n全年作出行政许可301件。收费115.2万元。\n\n## 五、存在的主要问题及改进情况\n\n逐项改进。\n"
    order = codes(make(2024, values, make(2023, values), narrative=text))
    assert ["W215", "E501"] == order[:2]
