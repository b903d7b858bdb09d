# ruff: noqa: E501  (sentences on one line)
"""What an attacker of the matcher wrote: true sentences without a finding, and the same with a wrong number, which are told."""

from prosing import other

PERIODS = ["报告期内", "统计期内", "本报告期内", "统计期间", "在2024年度报告期内"]
TRUE = [
    *(("three", f"{of}，收到申请130件，上年结转4件，合计134件。", "") for of in PERIODS),
    *(("one", f"{of}，我局新收130件，加上上年结转4件，共134件。", "") for of in PERIODS),
    ("three", "上年度报告期内，收到申请100件，办结96件。", ""),
]
FALSE = [
    *(("three", f"{of}，收到申请131件。", "E501") for of in PERIODS),
    *(("three", f"{of}，收到申请130件，上年结转4件，合计135件。", "E501") for of in PERIODS),
    ("three", "上年度报告期内，收到申请99件。", "E501"),
]


def test_true_sentences_are_not_questioned():
    assert [] == other(TRUE)


def test_false_sentences_are_told():
    assert [] == other(FALSE)
