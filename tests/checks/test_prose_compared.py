"""Words that compare, sums told twice, courses of lawsuits in a sentence of their own, fractions and times of answers."""

import pytest

from prosing import other, report, said

GROWS = [
    "相较于上年增长{}%",
    "相较上年增长{}%",
    "相比去年增长{}%",
    "对比上年增长{}%",
    "与去年比较增长{}%",
    "与2023年对比增长{}%",
    "较上年净增加{}件",
    "同比净增加{}件",
    "较上年上涨{}%",
    "较上年递增{}%",
    "较上年涨幅{}%",
    "同比增多{}件",
    "同比升高{}%",
]
TRUE = [
    ("three", "收到申请较上年增长30%。"),
    ("three", "收到申请130件，是上年的1.3倍。"),
    ("three", "政府信息公开申请达130件。"),
    ("four", "行政诉讼5件。其中：直接起诉3件，维持3件；复议后起诉2件，维持1件，未审结1件。"),
    ("four", "行政诉讼5件。其中，复议后起诉2件，维持1件，未审结1件；直接起诉3件，维持3件。"),
    ("four", "行政诉讼5件，直接起诉3件，复议后起诉2件，共计5件。"),
    ("four", "行政复议、诉讼14件，行政复议9件，行政诉讼5件，合计14件。"),
    ("three", "申请总量同比增长约三分之一。"),
    ("three", "申请总量同比增长近三分之一。"),
    ("three", "申请总量同比增长超四分之一。"),
    ("three", "上年结转的4件已于一季度全部答复。"),
]
WRONG = [
    ("three", "收到申请较上年增长40%。", "E502"),
    ("three", "收到申请130件，是上年的1.5倍。", "E502"),
    ("three", "政府信息公开申请达133件。", "W501"),
    ("three", "依申请公开数量达133件。", "W501"),
    ("three", "依申请公开总数为160件。", "W501"),
    ("four", "行政诉讼5件。其中：直接起诉3件，维持2件；复议后起诉2件，维持1件，未审结1件。", "E501"),
    ("four", "行政诉讼5件。其中维持3件。", "E501"),
    ("four", "行政诉讼5件，直接起诉3件，复议后起诉2件，共计6件。", "E501"),
    ("three", "申请总量同比增长近二分之一。", "E502"),
    ("three", "上年结转的5件已于一季度全部答复。", "E501"),
]


@pytest.mark.parametrize("words", GROWS)
def test_a_change_is_read_in_these_words(words):
    def codes(number):
        return {one.code for one in said(report("three", f"收到申请130件，{words.format(number)}。"))}

    assert [codes(30), codes(40)] == [set(), {"E502"}]


@pytest.mark.parametrize(("where", "text"), TRUE)
def test_a_true_sentence_is_not_told(where, text):
    assert not said(report(where, text))


@pytest.mark.parametrize(("where", "text", "code"), WRONG)
def test_a_false_one_is_told(where, text, code):
    assert code in {one.code for one in said(report(where, text))}


# What a clause between a number and a comparison tells, which the comparison is of.
BETWEEN = [
    "按期答复率100%", "平均办理时限12天", "群众满意度98%", "未收取费用", "均由网上提交", "申请内容集中在征地拆迁",
    "占全市的5%", "占比较高", "办理质量稳步提升",
]  # fmt: skip
LEVEL = ["与上年持平", "与上年一致", "与上年相同", "与上年基本持平", "同比持平"]
# What tells nothing else: 收到申请130件（含…），总体来看，与上年持平.
NOTHING = ["", "总体来看，", "经统计，", "数量", "总量", "按期答复率100%，数量"]


def test_as_last_year_is_of_the_clause_before():
    true = [("three", f"收到申请130件，{one}，{level}。", "") for one in BETWEEN for level in LEVEL]
    true += [
        ("three", "办结128件，全部在法定期限内答复，与上年持平。", ""),
        ("three", "予以公开50件，占39.1%，与上年（38.5%）基本持平。", ""),
        ("four", "行政复议9件，维持率66.7%，与上年持平。", ""),
        ("three", "自然人申请120件，占比92.3%，较上年的92%基本持平。", ""),
    ]  # fmt: skip
    wrong = [("three", f"收到申请130件，{one}与上年持平。", "E502") for one in NOTHING]
    wrong += [("four", "行政复议9件（维持6件），与上年持平。", "E502")]
    assert [] == other(true + wrong)
