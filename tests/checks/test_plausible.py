"""What cannot be right, and what seldom is: bounds in a report, slips of magnitude, column and file beside last year's."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import each
from making import FORMATS, cell, codes, findings, make, write
from nianbao.inputs import folder
from nianbao.statute.tree import labels_of

BESIDE = {"W212", "W213", "W214", "W215"}


@each(
    ("form", "cells", "expected"),
    [
        (
            "2021",
            {
                ("行政规范性文件", "本年制发件数"): 3,
                ("行政规范性文件", "本年废止件数"): 1,
                ("行政规范性文件", "现行有效件数"): 2,
            },
            ["W201"],
        ),
        ("2021", {("行政规范性文件", "本年制发件数"): 2, ("行政规范性文件", "现行有效件数"): 2}, []),
        ("2021", {("行政规范性文件", "本年制发件数"): 3, ("行政规范性文件", "现行有效件数"): "不适用"}, []),
        ("2019", {("规范性文件", "本年新制作数量"): 3, ("规范性文件", "对外公开总数量"): 2}, ["W201"]),
        (
            "2019",
            {("行政处罚", "上一年项目数量"): 5, ("行政处罚", "本年增/减"): -1, ("行政处罚", "处理决定数量"): 4},
            ["W203"],
        ),
        ("2019", {("行政处罚", "上一年项目数量"): 5, ("行政处罚", "处理决定数量"): 4}, []),
    ],
)
def test_what_is_implausible_is_a_warning(form, cells, expected):
    assert expected == codes(make(2023 if form == "2021" else 2020, {"表二": cells}, form=form), "W")


@each(("issues", "expected"), [({"规章": "否"}, ["W202"]), ({"规章": "是"}, []), ({}, ["W202"])])
def test_regulations_from_a_citys_department_are_a_warning_unless_its_file_gives_it_the_power(issues, expected):
    made = make(values={"表二": {("规章", "现行有效件数"): 1}})
    made.bureau.issues.update({key: value == "是" for key, value in issues.items()})
    assert expected == codes(made, "W")


@pytest.mark.parametrize("level", ["县", "乡"])
def test_a_county_or_township_has_no_power_to_make_regulations_unless_its_file_says_so(level):
    made = make(values={"表二": {("规章", "现行有效件数"): 1}})
    told = {}
    for said in (None, False, True):
        issues = {"行政规范性文件": True} | ({} if said is None else {"规章": said})
        bureau = made.bureau.model_copy(update={"level": level, "issues": issues})
        told[said] = [one.action for one in findings(replace(made, bureau=bureau), "W")]
    assert told == {
        None: [f"核对；{level}级机关没有规章制定权；确有的，在 bureau.yaml 写 issues: {{规章: 是}}"],
        False: ["核对；bureau.yaml 写明本机关不制定规章"],
        True: [],
    }


def test_the_government_of_a_city_has_the_power():
    made = make(values={"表二": {("规章", "现行有效件数"): 1}})
    for name, expected in {"示例市人民政府": [], "示例市人民政府办公室": [], "示例市教育局": ["W202"]}.items():
        bureau = made.bureau.model_copy(update={"name": name})
        assert expected == codes(replace(made, bureau=bureau), "W")


@each(
    ("issued", "repealed", "in_force", "expected"),
    [(5, 2, 3, []), (5, 2, 2, ["E119"]), (5, 6, 0, []), (0, 0, 0, []), (5, "不适用", 2, []), (5, 0, "未知：遗失", [])],
)
def test_what_was_issued_and_not_repealed_is_in_force(issued, repealed, in_force, expected):
    names = ("本年制发件数", "本年废止件数", "现行有效件数")
    row = {("行政规范性文件", name): value for name, value in zip(names, (issued, repealed, in_force), strict=True)}
    found = findings(make(values={"表二": row}), "E1")
    assert expected == [one.code for one in found]
    # What is impossible is not also said to be seldom right.
    assert not (expected and codes(make(values={"表二": row}), "W201"))
    for one in found:
        assert "表二 行政规范性文件 / 现行有效件数" == one.place
        assert "不可能 本年制发件数 - 本年废止件数 > 现行有效件数" == one.expected


def beside(this, last, year=2023, form=None, **params):
    """What is found in a report beside its last year's, of the codes that compare the two."""
    before = make(year - 1, last, form=form)
    return [one for one in findings(make(year, this, previous=before, form=form, **params)) if one.code in BESIDE]


FEE = ("行政事业性收费", "本年收费金额（单位：万元）")
PERMITS, PENALTIES = ("行政许可", "本年处理决定数量"), ("行政处罚", "本年处理决定数量")


@each(
    ("name", "last", "this", "said"),
    [
        (FEE, "12.5", "118000", "上年的10000倍"),
        (FEE, "118000", "12.5", "上年的10000分之一"),
        (FEE, "88.03", "880.3", "上年的10倍"),
        (FEE, "8", "80", "上年的10倍"),
        (FEE, "880.3", "8.803", "上年的100分之一"),
        (PERMITS, 174, 1740, "上年的10倍"),
        (PERMITS, 174, 1702, "上年的10倍"),
        (PERMITS, 17400, 174, "上年的100分之一"),
        (PERMITS, 21, 210000, "上年的10000倍"),
        (PERMITS, 174, 174000, "上年的1000倍"),
        (PERMITS, 9, 9000000, "为上年的一万倍以上"),
        (PERMITS, 10, 10**30, "为上年的一万倍以上"),
        (PERMITS, 9000000, 8, "不到上年的一万分之一"),
        (PERMITS, 17, 178, "约为上年的10倍"),
        (PERMITS, 17, 181, ""),
        (FEE, "7.90001", "82", "上年的10倍"),
        (FEE, "8.2", "0.79", "上年的10分之一"),
        (FEE, "8.2", "101", ""),
        (PENALTIES, 38, 4100, "上年的100倍"),
        (PENALTIES, 4100, 41, "上年的100分之一"),
        (PENALTIES, 38, 3300, ""),
        (PENALTIES, 38, 400, ""),
        (FEE, "12.5", "13.1", ""),
        (FEE, "12.5", "60", ""),
        (FEE, "0", "60", ""),
        (PERMITS, 3, 30, ""),
        (PERMITS, 21, 206, ""),
        (PERMITS, 174, 1400, ""),
        (PERMITS, 0, 5000, ""),
    ],
)
def test_a_figure_ten_a_hundred_ten_thousand_times_last_years_or_more_is_a_warning(name, last, this, said):
    last, this = (Decimal(one) if isinstance(one, str) else one for one in (last, this))
    found = beside({"表二": {name: this}}, {"表二": {name: last}})
    assert [bool(said)] * bool(said) == [said in one.found and one.code == "W212" for one in found]


def test_money_is_compared_in_one_unit():
    """52.6 万元 and 526000 元 are the same amount."""
    made, before = make(2020), make(2019)
    key = (("政府集中采购",), ("采购总金额",))
    before.cells["table2"][key] = replace(cell(Decimal("52.6")), unit="万元")
    made.cells["table2"][key] = replace(cell(Decimal("530000")), unit="元")
    assert not BESIDE & set(codes(replace(made, previous=before), "W"))
    made.cells["table2"][key] = replace(cell(Decimal("530000")), unit="万元")
    assert "W212" in codes(replace(made, previous=before), "W")


@each(("last", "this", "expected"), [(120, 0, ["W213"]), (99, 0, []), (120, 1, []), (120, "不适用", [])])
def test_hundreds_that_are_gone_are_a_warning(last, this, expected):
    found = beside({"表二": {PERMITS: this}}, {"表二": {PERMITS: last}})
    assert expected == [one.code for one in found]
    assert all("行政许可 / 本年处理决定数量" in one.place for one in found)


def test_several_cells_of_a_table_are_one_finding():
    found = beside({"表二": {PERMITS: 0, PENALTIES: 0}}, {"表二": {PERMITS: 300, PENALTIES: 200}})
    assert ["W213"] == [one.code for one in found]
    assert "行政许可 / 本年处理决定数量 本年 0，上年 300；行政处罚 / 本年处理决定数量 本年 0，上年 200" == found[0].found


def applications(one, other):
    """表三 with so many applications of 自然人 and of 商业企业, all granted."""
    return {
        "表三": {
            (*row.split(), name): count
            for row in ("一", "三（一）", "三（七）")
            for name, count in (("自然人", one), ("商业企业", other), ("总计", one + other))
        }
    }


@each(
    ("last", "this", "expected"),
    [
        ((95, 12), (14, 103), ["W214"]),
        ((12, 95), (103, 14), ["W214"]),
        ((199, 44), (27, 141), ["W214"]),
        ((199, 44), (60, 14), []),
        ((95, 12), (103, 14), []),
        ((95, 60), (58, 99), []),
        ((9, 1), (1, 9), []),
        ((95, 12), (14, 40), []),
    ],
)
def test_columns_that_are_exchanged_are_a_warning(last, this, expected):
    found = beside(applications(*this), applications(*last))
    assert expected == [one.code for one in found]
    assert all("自然人" in one.place and "商业企业" in one.place for one in found)


@each(
    ("figures", "expected"),
    [
        ({PERMITS: 259, PENALTIES: 39, FEE: Decimal("102.5")}, ["W215"]),
        ({PERMITS: 21, PENALTIES: 4, FEE: Decimal("12.5")}, ["W215"]),
        ({PERMITS: 5, PENALTIES: 3, FEE: Decimal("1.2")}, []),
        ({PERMITS: 259, PENALTIES: 259}, []),
        ({("行政规范性文件", "现行有效件数"): 123456, PERMITS: 5}, []),
        ({}, []),
    ],
)
def test_a_table_that_equals_last_years_is_a_warning_unless_it_may_by_chance(figures, expected):
    """Documents in force are carried over: that they stay says nothing."""
    found = beside({"表二": figures}, {"表二": figures})
    assert expected == [one.code for one in found]
    assert ["表二"] * len(found) == [one.place for one in found]


def test_lists_of_items_that_stay_as_they_were_are_not_the_same_table():
    items = {("行政许可", "上一年项目数量"): 9123, ("行政处罚", "上一年项目数量"): 4812, ("行政强制", "上一年项目数量"): 312}
    assert [] == beside({"表二": items}, {"表二": items}, 2020)


def test_without_last_year_nothing_is_compared_and_with_its_other_format_what_both_count():
    assert not BESIDE & set(codes(make(values={"表二": {PERMITS: 5000}})))
    before = make(2020, {"表二": {("行政许可", "处理决定数量"): 5, ("行政处罚", "上一年项目数量"): 7}})
    made = make(2021, {"表二": {PERMITS: 50000, PENALTIES: 70000}}, previous=before)
    [found] = [one for one in findings(made) if one.code in BESIDE]
    assert ("W212", False) == (found.code, "行政处罚" in found.found)


def test_what_is_carried_over_may_fall_to_nothing():
    assert not beside(left_open(0), left_open(465))


def left_open(count):
    """A table in which a count of applications is carried over to the next year."""
    return {"表三": {(row, column): count for row in ("二", "四") for column in ("自然人", "总计")}}


@pytest.mark.parametrize(
    ("last", "this"),
    [
        ({"未经复议直接起诉": 40, "复议后起诉": 3}, {"未经复议直接起诉": 4, "复议后起诉": 38}),
        ({"行政许可": 300, "行政处罚": 20}, {"行政许可": 22, "行政处罚": 280}),
    ],
)
def test_groups_of_columns_and_rows_that_are_exchanged_are_a_warning(last, this):
    """The two heads that were exchanged are named."""

    def values(counts):
        if "行政许可" in counts:
            return {"表二": {(row, "本年处理决定数量"): count for row, count in counts.items()}}
        return {
            "表四": {("行政诉讼", group, label): count for group, count in counts.items() for label in ("结果维持", "总计")}
        }

    [found] = [one for one in beside(values(this), values(last)) if one.code == "W214"]
    assert all(head in found.place for head in last)


def test_a_fee_under_a_head_without_unit_is_a_warning(tmp_path):
    paths = write(tmp_path, values={"表二": {FEE: "12.5"}})
    file = paths.table_file("table2")
    assert "W204" not in codes(folder.read(paths)[0])
    bare = file.read_text("utf-8-sig").replace("本年收费金额（单位：万元）", "本年收费金额")
    file.write_text(bare, "utf-8-sig", newline="")
    made, faults = folder.read(paths)
    assert not faults
    assert "W204" in codes(made)


APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")


def grown(rng, value):
    """A figure of the next year: usually a third more or less, at times twice or half."""
    return max(0, round(value * rng.lognormvariate(0, 0.45)))


def two_years(seed):
    """The reconciled tables of two years of one bureau, small or large, in the 2021 format."""
    rng = random.Random(seed)
    rows = [labels_of(row) for row in FORMATS["2021"].tables["table3"].parts[0].row_chains]
    results = [row for row in rows if len(row) > 1 and row[-1] != "（七）总计"]
    size = 10 ** rng.uniform(0, 3)
    shares = {row: rng.random() ** 4 for row in results}
    people = dict(zip(APPLICANTS, (8, 1.5, 0.1, 0.1, 0.5, 0.3), strict=True))
    whole = sum(shares.values()) * sum(people.values())
    counts = {(row, name): round(size * shares[row] * people[name] / whole) for row in results for name in people}
    decisions = {key: round(10 ** rng.uniform(0, 4)) for key in (PERMITS, PENALTIES, ("行政强制", "本年处理决定数量"))}
    fee, in_force, out, years = 10 ** rng.uniform(0, 3), rng.randint(0, 40), dict.fromkeys(people, 0), []
    for _ in range(2):
        counts = {key: grown(rng, value) for key, value in counts.items()}
        decisions = {key: grown(rng, value) for key, value in decisions.items()}
        fee *= rng.lognormvariate(0, 0.45)
        issued, repealed = rng.randint(0, 5), rng.randint(0, min(in_force, 4))
        in_force += issued - repealed
        table, carried = {}, out
        out = {name: round(sum(counts[row, name] for row in results) * rng.uniform(0, 0.1)) for name in people}
        for name in people:
            table |= {(*row, name): counts[row, name] for row in results}
            total = sum(counts[row, name] for row in results)
            new = total + out[name] - carried[name]
            if new < 0:  # more was carried over than was done; done this year
                table["三（一）", name] = table.pop(("三、本年度办理结果", "（一）予以公开", name)) - new
                total, new = total - new, 0
            table |= {("一", name): new, ("二", name): carried[name], ("三（七）", name): total, ("四", name): out[name]}
        for steps in list({key[:-1] for key in table}):
            table[*steps, "总计"] = sum(table[*steps, name] for name in people)
        documents = {"本年制发件数": issued, "本年废止件数": repealed, "现行有效件数": in_force}
        second = {("行政规范性文件", name): value for name, value in documents.items()}
        years.append({"表二": second | decisions | {FEE: Decimal(f"{fee:.2f}")}, "表三": table})
    return years


def alarms(seed):
    last, this = two_years(seed)
    found = codes(make(2023, this, previous=make(2022, last)))
    assert [] == [code for code in found if code[0] == "E"]
    return BESIDE & set(found)


@pytest.mark.slow
def test_of_fifty_clean_reports_at_most_one_has_a_warning():
    assert sum(bool(alarms(seed)) for seed in range(50)) <= 1


@pytest.mark.slow
def test_a_thousand_clean_reports_give_at_most_five_warnings_and_their_first_two_hundred_one():
    warned = [seed for seed in range(1000) if alarms(seed)]
    assert len(warned) <= 5
    assert len([seed for seed in warned if seed < 200]) <= 1


@given(st.integers(0, 10**6), st.sampled_from([10_000, 8_000, 13_000]))
@settings(max_examples=20, deadline=None)
def test_a_fee_in_yuan_is_found_in_any_report(seed, times):
    last, this = two_years(seed)
    this["表二"][FEE] *= times
    assert "W212" in {one.code for one in beside(this, last)}
