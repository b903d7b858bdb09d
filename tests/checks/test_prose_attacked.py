# ruff: noqa: E501  (sentences on one line)
"""What an attacker of the matcher wrote: true sentences without a finding, and the same with a wrong number, which are told."""

from prosing import other

PERIODS = ["报告期内", "统计期内", "本报告期内", "统计期间", "在2024年度报告期内"]
TRUE = [
    *(("three", f"{of}，收到申请130件，上年结转4件，合计134件。", "") for of in PERIODS),
    *(("one", f"{of}，我局新收130件，加上上年结转4件，共134件。", "") for of in PERIODS),
    ("three", "上年度报告期内，收到申请100件，办结96件。", ""),
    ("three", "128件答复中，予以公开50件，部分公开9件。", ""),
    ("three", "128件申请答复中，信息公开类59件。", ""),
    ("three", "130件申请的处理中，延期10件。", ""),
    ("three", "134件申请办理中，共召开协调会12次。", ""),
    ("three", "3件答复中均未引发行政复议、行政诉讼。", ""),
    ("three", "全年128件办结答复中，予以公开50件。", ""),
    ("four", "9件行政复议审理中，复议机关组织调解2次。", ""),
    ("three", "收到130件，已答复124件，6件办理中，均未超期。", ""),
]
FALSE = [
    *(("three", f"{of}，收到申请131件。", "E501") for of in PERIODS),
    *(("three", f"{of}，收到申请130件，上年结转4件，合计135件。", "E501") for of in PERIODS),
    ("three", "上年度报告期内，收到申请99件。", "E501"),
    ("three", "办结128件，5件办理中，均未超期。", "E501"),
    ("three", "办结128件，5件答复中，将于2月办结。", "E501"),
    ("four", "行政复议9件，3件审理中。", "E501"),
]


def test_true_sentences_are_not_questioned():
    assert [] == other(TRUE)


def test_false_sentences_are_told():
    assert [] == other(FALSE)
