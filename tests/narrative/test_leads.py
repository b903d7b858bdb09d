"""The computed sentences of chapters 二, 三 and 四: every branch, read as the public will read it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import each
from making import BODY, make
from nianbao.narrative import passages

YEARS = {"2019": 2020, "2021": 2023}
NO_RELIEF = "没有因政府信息公开引起的行政"


def leads(year=2023, values=None, last=None, **more):
    """Numeral → computed sentence; ``last`` is last year's values, with nothing in other cells."""
    previous = None if last is None else make(year - 1, last)
    found = passages.compose(make(year, values, previous=previous, narrative=BODY, **more))
    assert not found.faults
    return {passage.numeral: passage.markdown for passage in found.sections if not passage.own}


def applications(new=0, carried=0, out=0, **results):
    """表三 with these totals; ``results`` by the ordinal of the result, the rest granted."""
    named = {("三" + key, "总计"): value for key, value in results.items()}
    done = new + carried - out
    totals = {("一", "总计"): new, ("二", "总计"): carried, ("四", "总计"): out, ("三（七）", "总计"): done}
    granted = {("三（一）", "总计"): done - sum(results.values())}
    return {"表三": totals | granted | named}


def relief(reviews=(0, 0, 0, 0), direct=(0, 0, 0, 0), after=(0, 0, 0, 0)):
    """表四: upheld, corrected, other, pending of each group."""
    groups = {("行政复议",): reviews, ("行政诉讼", "未经复议直接起诉"): direct, ("行政诉讼", "复议后起诉"): after}
    names = ("结果维持", "结果纠正", "其他结果", "尚未审结")
    cells = {(*group, name): value for group, four in groups.items() for name, value in zip(names, four, strict=True)}
    return {"表四": cells | {(*group, "总计"): sum(four) for group, four in groups.items()}}


NOTHING_OUT, NOTHING_IN = "没有结转下年度继续办理的申请。", "没有上年结转的申请。"


@each("form", YEARS)
@each(
    ("this", "last", "sentence"),
    [
        ((0, 0, 0), None, "未收到政府信息公开申请，没有上年结转的申请，也没有结转下年度继续办理的申请。"),
        ((0, 0, 0), 0, "未收到政府信息公开申请，没有上年结转的申请，也没有结转下年度继续办理的申请。"),
        ((0, 0, 0), 3, "未收到政府信息公开申请（上年收到3件），没有上年结转的申请，也没有结转下年度继续办理的申请。"),
        ((0, 1, 0), None, f"未收到新的政府信息公开申请，继续办理上年结转的申请1件。全年办结1件，予以公开；{NOTHING_OUT}"),
        (
            (0, 2, 1),
            3,
            "未收到新的政府信息公开申请（上年收到3件），继续办理上年结转的申请2件。"
            "全年办结1件，予以公开；结转下年度继续办理1件。",
        ),
        ((4, 0, 0), None, f"新收政府信息公开申请4件，{NOTHING_IN}全年办结4件，均予以公开；{NOTHING_OUT}"),
        ((4, 0, 0), 0, f"新收政府信息公开申请4件（上年没有新收申请），{NOTHING_IN}全年办结4件，均予以公开；{NOTHING_OUT}"),
        ((4, 1, 0), 0, f"新收政府信息公开申请4件（上年没有新收申请）；上年结转1件。全年办结5件，均予以公开；{NOTHING_OUT}"),
        ((4, 0, 0), 4, f"新收政府信息公开申请4件，与上年持平，{NOTHING_IN}全年办结4件，均予以公开；{NOTHING_OUT}"),
        (
            (6, 2, 1),
            4,
            "新收政府信息公开申请6件，同比增长50%；上年结转2件。全年办结7件，均予以公开；结转下年度继续办理1件。",
        ),
        ((1, 0, 1), 3, f"新收政府信息公开申请1件，同比下降66.67%，{NOTHING_IN}当年尚无办结的申请，结转下年度继续办理1件。"),
        (
            (0, 1, 1),
            None,
            "未收到新的政府信息公开申请，继续办理上年结转的申请1件。当年尚无办结的申请，结转下年度继续办理1件。",
        ),
    ],
)
def test_applications(form, this, last, sentence):
    year, before = YEARS[form], None if last is None else applications(last)
    assert f"{year}年，{sentence}" == leads(year, applications(*this), before)["三"]


@each("form", YEARS)
@each(
    ("results", "said"),
    [
        ({}, "9件，均予以公开；"),
        ({"（二）": 9}, "9件，均部分公开；"),
        ({"（六）": 9}, "9件，均作其他处理；"),
        ({"（二）": 4}, "9件，其中予以公开5件、部分公开4件；"),
        (
            {"（二）": 1, "（三）": 2, "（四）": 1, "（五）": 2, "（六）": 1},
            "9件，其中予以公开2件、部分公开1件、不予公开2件、无法提供1件、不予处理2件、作其他处理1件；",
        ),
    ],
)
def test_results_name_what_happened_and_nothing_else(form, results, said):
    sentence = leads(YEARS[form], applications(9, **results))["三"]
    assert f"全年办结{said}{NOTHING_OUT}" in sentence


@each("form", YEARS)
@each(
    ("cases", "sentence"),
    [
        ({}, "没有因政府信息公开引起行政复议和行政诉讼。"),
        ({"reviews": (0, 0, 0, 1)}, f"因政府信息公开被申请行政复议1件，尚未审结；{NO_RELIEF}诉讼。"),
        ({"reviews": (2, 0, 0, 0)}, f"因政府信息公开被申请行政复议2件，均为结果维持；{NO_RELIEF}诉讼。"),
        (
            {"reviews": (1, 1, 1, 1)},
            f"因政府信息公开被申请行政复议4件，其中结果维持1件、结果纠正1件、其他结果1件、尚未审结1件；{NO_RELIEF}诉讼。",
        ),
        ({"direct": (0, 0, 0, 1)}, f"{NO_RELIEF}复议；被提起行政诉讼1件（未经复议直接起诉），尚未审结。"),
        ({"after": (1, 0, 0, 1)}, f"{NO_RELIEF}复议；被提起行政诉讼2件（均为复议后起诉），其中结果维持1件、尚未审结1件。"),
        (
            {"direct": (1, 0, 0, 0), "after": (0, 1, 0, 0)},
            f"{NO_RELIEF}复议；被提起行政诉讼2件（未经复议直接起诉1件、复议后起诉1件），其中结果维持1件、结果纠正1件。",
        ),
        (
            {"reviews": (0, 1, 0, 0), "direct": (0, 0, 0, 3)},
            "因政府信息公开被申请行政复议1件，结果纠正；被提起行政诉讼3件（均为未经复议直接起诉），均为尚未审结。",
        ),
    ],
)
def test_reviews_and_lawsuits(form, cases, sentence):
    year = YEARS[form]
    assert f"{year}年，{sentence}" == leads(year, relief(**cases))["四"]


@each(
    ("cells", "sentence"),
    [
        (
            {},
            "未制发、未废止行政规范性文件，年末没有现行有效的行政规范性文件。"
            "全年未作出行政许可、行政处罚和行政强制决定。没有行政事业性收费。",
        ),
        (
            {("行政规范性文件", "现行有效件数"): 12, ("行政许可", "本年处理决定数量"): 71},
            "未制发、未废止行政规范性文件，年末现行有效12件。全年作出行政许可决定71件。没有行政事业性收费。",
        ),
        (
            {
                ("行政规范性文件", "本年制发件数"): 2,
                ("行政规范性文件", "现行有效件数"): 12,
                ("规章", "现行有效件数"): 1,
                ("行政处罚", "本年处理决定数量"): 3,
                ("行政强制", "本年处理决定数量"): 1,
                ("行政事业性收费", "本年收费金额（单位：万元）"): 12,
            },
            "制发行政规范性文件2件、废止0件，年末现行有效12件；制发规章0件、废止0件，年末现行有效1件。"
            "全年作出行政处罚决定3件、行政强制决定1件。行政事业性收费金额12万元。",
        ),
        (
            {("行政规范性文件", "本年废止件数"): 1},
            "制发行政规范性文件0件、废止1件，年末没有现行有效的行政规范性文件。"
            "全年未作出行政许可、行政处罚和行政强制决定。没有行政事业性收费。",
        ),
    ],
)
def test_disclosure_in_the_2021_format(cells, sentence):
    assert f"2023年，{sentence}" == leads(2023, {"表二": cells})["二"]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            {},
            "未新制作、未新公开规范性文件，对外公开总数0件。"
            "全年未作出行政许可、其他对外管理服务事项、行政处罚和行政强制处理决定。没有政府集中采购项目。",
        ),
        (
            {
                ("规范性文件", "本年新制作数量"): 2,
                ("规范性文件", "本年新公开数量"): 1,
                ("规范性文件", "对外公开总数量"): 9,
                ("规章", "对外公开总数量"): 1,
                ("行政许可", "处理决定数量"): 23,
                ("其他对外管理服务事项", "处理决定数量"): 15,
                ("政府集中采购", "采购项目数量"): 7,
                ("政府集中采购", "采购总金额"): 148,
            },
            "新制作规范性文件2件、新公开1件，对外公开总数9件；新制作规章0件、新公开0件，对外公开总数1件。"
            "全年作出行政许可决定23件、其他对外管理服务事项处理决定15件。公开政府集中采购项目7个，采购总金额148。",
        ),
    ],
)
def test_disclosure_in_the_2019_format(cells, sentence):
    assert f"2020年，{sentence}" == leads(2020, {"表二": cells})["二"]


GENERAL = {
    "二": "主动公开政府信息的法定统计数据见下表。",
    "三": "收到和处理政府信息公开申请的法定统计数据见下表。",
    "四": "因政府信息公开被申请行政复议、提起行政诉讼的法定统计数据见下表。",
}


@each("form", YEARS)
@each("state", ["未知：没有保存", "不适用", "未填"])
def test_a_table_with_gaps_is_not_put_into_figures(form, state):
    """Nothing is said that a missing number could make wrong; only an unknown is mentioned, being printed in the table."""
    year = YEARS[form]
    more = "表中标注“未知”的数据目前无从取得，未作推算。" if state.startswith("未知") else ""
    assert {key: f"{year}年{text}{more}" for key, text in GENERAL.items()} == leads(year, fill=state)


def test_not_applicable_declared_as_zero_is_put_into_figures():
    found = leads(fill="不适用", not_applicable={"as_zero": "是"})
    assert all(GENERAL[key] not in found[key] for key in GENERAL)


def test_a_gap_in_last_years_table_takes_away_the_comparison_only():
    last = applications(4)
    last["表三"] |= {("一", "自然人"): "未知：遗失"}
    assert leads(2023, applications(6), last)["三"].startswith(f"2023年，新收政府信息公开申请6件，{NOTHING_IN}")


@pytest.mark.slow
@given(
    form=st.sampled_from(sorted(YEARS)),
    this=st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)),
    last=st.none() | st.integers(0, 3),
    cases=st.lists(st.integers(0, 2), min_size=12, max_size=12),
)
@settings(max_examples=40, deadline=None)
def test_every_sentence_is_whole(form, this, last, cases):
    """Each sentence ends with one full stop, and no combination of numbers leaves stray or doubled punctuation."""
    year = YEARS[form]
    values = applications(*this) | relief(cases[:4], cases[4:8], cases[8:])
    for text in leads(year, values, None if last is None else applications(last)).values():
        assert text.startswith(f"{year}年")
        assert text.endswith("。")
        assert not re.search(r"[，。；、：（][，。；、：）]|\s|\{|其中[；。]|（）", text), text
        assert "\n" not in text


def test_a_zero_figure_is_not_enumerated():
    assert not re.search(r"(?<!\d)0件", leads(2023, applications(9, **{"（二）": 4}) | relief((1, 0, 0, 1)))["三"])
