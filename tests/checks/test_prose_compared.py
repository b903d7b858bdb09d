"""Words that compare, sums told twice, courses of lawsuits in a sentence of their own, fractions and times of answers."""

import pytest

from prosing import report, said

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
