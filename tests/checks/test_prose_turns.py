# ruff: noqa: E501  (sentences on one line)
"""Last year's numbers behind as many of this year's, and the whole of a share that the text gives with its number."""

from prosing import other

# Last year's numbers in their turn, the second of them right and wrong.
PAST = [
    "收到申请130件，办结128件，比上年的100件、{}件均有增长。", "收到申请130件、办结128件，较上年的100件和{}件均有上升。",
    "新收130件、办结128件，上年为100件、{}件。", "新收申请130件、办结128件，上年分别为100件、{}件。",
    "新收申请130件、办结128件（上年分别为100件、{}件）。", "新收申请130件、办结128件，分别较上年的100件、{}件增长30%、33.3%。",
]  # fmt: skip


def told(text):
    """The chapter of a sentence, with it and no code."""
    return "four" if "行政" in text else "three", text, ""


def test_last_years_numbers_are_in_their_turn():
    assert [] == other([told(text.format(96)) for text in PAST])
    assert [] == [text for text in PAST if not other([told(text.format(97))])]
    assert [] == other([told("新收130件、行政复议9件，较上年的100件、3件均有上升。")])


def test_changes_behind_last_years_numbers_are_in_their_turn():
    text = "新收申请130件、办结128件，分别较上年的100件、96件增长30%、{}。"
    assert [] == other([told(text.format("33.3%")), ("three", text.format("43.3%"), "W501")])


def test_the_whole_of_a_share_may_be_anothers():
    whole = ["占全市申请总量2600件的5%", "占全县申请总数650件的20%", "占全国总量13000件的1%"]
    right = [told(f"收到申请130件，{one}。") for one in whole]
    right += [
        told("行政复议9件，占全市复议总数90件的10%。"), told("予以公开50件，占可公开申请59件的84.7%。"),
        told("自然人申请占总数130件的92.3%，企业占5.4%，其他占2.3%。"), told("自然人申请120件，占申请总数130件的92.3%。"),
    ]  # fmt: skip
    wrong = [
        ("three", "自然人申请120件，占申请总数131件的91.6%。", "E501"),
        ("three", "自然人申请120件，占新收申请131件的91.6%。", "E501"),
    ]
    assert [] == other(right + wrong)


def test_no_case_of_the_kind_that_a_part_of_the_sentence_names():
    right = [
        told(f"行政复议案件9件，纠正率11.1%；行政诉讼案件5件，{none}。") for none in ("纠正率为零", "没有纠正的", "无败诉")
    ]
    right += [told("行政复议9件；行政诉讼5件，没有纠正的。")]
    assert [] == other([*right, ("four", "行政诉讼5件；行政复议9件，没有纠正的。", "E501")])


def test_the_new_ones_of_those_concluded():
    right = ["办结当年新收申请124件、上年结转申请4件。", "办结新收申请124件，占新收总数的95.4%。", "办结本年新收申请124件。"]
    assert [] == other([*map(told, right), ("three", "办结新收申请129件。", "W501")])


def test_no_result_of_the_tables_own_name():
    none = ["无结果纠正", "没有结果纠正的", "未出现结果纠正情形"]
    assert [] == other([("four", f"行政复议9件，结果维持6件，{one}，尚未审结2件。", "E501") for one in none])
    assert [] == other([("four", f"行政诉讼5件，{one}。", "") for one in none])
