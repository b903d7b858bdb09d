"""What is said of several numbers at once: the share of their sum (共占), or of each a change (分别增加)."""

from prosing import report, said

TRUE = [
    ("three", "予以公开50件、部分公开9件，共占46.1%。"),
    ("three", "予以公开50件、部分公开9件，合占46.1%。"),
    ("three", "予以公开50件，部分公开9件，两项合计占46.1%。"),
    ("three", "予以公开50件，占39.1%，部分公开9件，占7.0%，两项共占46.1%。"),
    ("three", "予以公开50件、部分公开9件，占46.1%。"),
    ("three", "予以公开50件、部分公开9件，占7.0%。"),
    ("three", "予以公开50件、部分公开9件，分别占39.1%、7.0%。"),
    ("three", "自然人申请120件、企业7件，占97.7%。"),
    ("three", "网络申请98件、信函32件，占100%。"),
    ("four", "行政复议9件，行政诉讼5件，分别较上年增加6件、5件。"),
    ("four", "行政复议9件，行政诉讼5件，分别较上年增加6件、5件，共增加11件。"),
    ("three", "新收申请130件、办结128件，分别增长30%、33.3%。"),
    ("three", "申请均由自然人或企业提出，共127件。"),
    ("three", "收到申请130件，其中征地45件、补偿30件、社保20件，前两项合计占57.7%。"),
    ("three", "收到申请130件，其中征地45件、补偿30件、社保20件，后两类共占38.5%。"),
    ("three", "收到申请130件，其中征地45件、补偿30件、社保20件，三项合计占73.1%。"),
]
WRONG = [
    ("three", "予以公开50件、部分公开9件，共占48.1%。", ["E502"]),
    ("three", "予以公开50件、部分公开9件，合占7.0%。", ["E502"]),
    ("three", "予以公开50件、部分公开9件，占48.1%。", ["W501"]),
    ("three", "予以公开50件（占39.1%）、部分公开9件，占46.1%。", ["E502"]),
    ("three", "自然人申请120件、企业7件，占98.7%。", ["W501"]),
    ("four", "行政复议9件，行政诉讼5件，分别较上年增加6件、4件。", ["E502"]),
    ("four", "行政复议9件，行政诉讼5件，分别较上年增加5件、6件。", ["E502", "E502"]),
    ("three", "申请均由自然人或企业提出，共计130件。", ["W501"]),
    ("three", "收到申请130件，其中征地45件、补偿30件、社保20件，前两项合计占47.7%。", ["E502"]),
    ("three", "收到申请130件，其中征地45件、补偿30件、社保20件，后两类共占57.7%。", ["E502"]),
]


def test_a_sentence_about_several_numbers_is_right_for_their_sum_or_for_each():
    assert [] == [(text, found) for where, text in TRUE if (found := [str(one) for one in said(report(where, text))])]


def test_a_wrong_share_of_a_sum_and_a_wrong_change_of_one_of_them_are_told():
    told = [(text, [one.code for one in said(report(where, text))], codes) for where, text, codes in WRONG]
    assert [] == [(text, found, codes) for text, found, codes in told if found != codes]
    [sum_] = said(report("three", "全部申请均由自然人或企业提出，共计130件。"))
    assert "取错了格" not in sum_.found
