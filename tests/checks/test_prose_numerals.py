"""A number says the same in Chinese numerals as in figures."""

import re

from cases import each
from prosing import report, said

_DIGITS = "零一二三四五六七八九"
_COUNT = re.compile(r"(?<![\d.])(\d{1,4})(件|条|份)")
# Some are right, some wrong, some of other matters.
TEXTS = [
    ("one", "行政许可1531件全部在7个工作日内公示。"),
    ("one", "作出行政许可决定1531件。"),
    ("one", "公示行政许可信息1531条。"),
    ("two", "作出行政处罚决定44件，公示44件。"),
    ("three", "新收政府信息公开申请132件。"),
    ("three", "共有132件申请。"),
    ("three", "新收政府信息公开申请130件，同比增加40件。"),
    ("three", "新收政府信息公开申请由99件增加到130件。"),
    ("three", "130件申请中，9件予以公开。"),
    ("three", "延期答复3件，办结128件，另有6件在20个工作日内答复。"),
    ("one", "主动公开公文31件、依申请公开公文9件、不予公开公文8件。"),
    ("four", "尚有2件行政复议未审结，另有行政诉讼7件。"),
    ("four", "行政复议9件，维持7件。"),
    ("three", "12人申请35件，收到申请130件。"),
]


def spelt(number):
    """A number below ten thousand in Chinese numerals."""
    signs = [
        (f"{_DIGITS[int(digit)]}{power}" if digit != "0" else "零")
        for digit, power in zip(f"{number:04}", "千百十 ", strict=True)
    ]
    return re.sub("零+", "零", "".join(signs).replace(" ", "")).strip("零").removeprefix("一" if 10 <= number < 20 else "")


@each(("where", "text"), TEXTS)
def test_chinese_numerals_find_what_figures_find(where, text):
    written = _COUNT.sub(lambda found: spelt(int(found[1])) + found[2], text)
    assert written != text
    assert [one.code for one in said(report(where, written))] == [one.code for one in said(report(where, text))]


def test_a_number_before_a_verb_of_publishing_is_compared_in_both_ways():
    assert ["W501"] == [one.code for one in said(report("one", "行政许可一千五百三十一件全部在七个工作日内公示。"))]
