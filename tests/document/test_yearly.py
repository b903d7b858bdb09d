"""A bureau's years, and the sentences about its figures over the years: what they say is so, and a gap is never 0."""

import re
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import write
from nianbao import trend, years
from nianbao.errors import UsageError

COUNTS = st.lists(st.none() | st.integers(0, 10**7) | st.decimals(0, 1000, places=2), min_size=1, max_size=8)


def said(*values, first=2019, **options):
    index = range(first, first + len(values))
    return trend(pd.Series(values, index=index, dtype=object), "收到申请", "件", **options)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((18, 23, 19), "2019年至2021年收到申请合计60件，最多的是2020年（23件），最少的是2019年（18件）；"
                       "2021年为19件，同比下降17.39%。"),
        ((2, None, 3, 5), "2019年、2021年、2022年收到申请合计10件，最多的是2022年（5件），最少的是2019年（2件）；"
                          "2022年为5件，同比增长66.67%。2020年没有数据，不计在内。"),
        ((4, None, 3), "2019年、2021年收到申请合计7件，最多的是2019年（4件），最少的是2021年（3件）；2021年为3件。"
                       "2020年没有数据，不计在内。"),
        ((0, 0), "2019年、2020年收到申请均为0件。"),
        ((None, 7), "2020年收到申请7件。2019年没有数据，不计在内。"),
        ((None,), "2019年收到申请没有数据。"),
        ((0, 3), "2019年、2020年收到申请合计3件，最多的是2020年（3件），最少的是2019年（0件）；2020年为3件，"
                 "上年为0。"),
    ],
    ids=["rise and fall", "gap", "gap before the last", "equal", "one", "none", "from zero"],
)  # fmt: skip
def test_a_sentence_says_sum_highest_lowest_and_change(values, sentence):
    assert said(*values) == sentence


def test_a_stock_is_not_summed_up():
    assert said(21, 20, total=False) == (
        "2019年、2020年收到申请最多的是2019年（21件），最少的是2020年（20件）；2020年为20件，同比下降4.76%。"
    )


@pytest.mark.slow
@given(COUNTS)
def test_what_a_sentence_says_is_so(values):
    known = {2019 + at: Decimal(value) for at, value in enumerate(values) if value is not None}
    text = said(*values)
    amounts = list(map(Decimal, re.findall(r"([\d.]+)件", text)))
    assert set(amounts) <= {*known.values(), sum(known.values())}
    if summed := re.search(r"合计([\d.]+)件", text):
        assert Decimal(summed[1]) == sum(known.values())
    for word, best in (("最多", max), ("最少", min)):
        if found := re.search(rf"{word}的是(.*?)（([\d.]+)件）", text):
            assert Decimal(found[2]) == best(known.values())
            assert spelt(found[1]) == {year for year, value in known.items() if value == best(known.values())}
    gaps = re.search("([^。]*?)(?:收到申请)?没有数据", text)
    assert (spelt(gaps[1]) if gaps else set()) == {2019 + at for at in range(len(values))} - {*known}


def spelt(text):
    """The years that a text names."""
    spans = [list(map(int, re.findall(r"\d{4}", one))) for one in text.split("、")]
    return {year for one in spans for year in range(one[0], one[-1] + 1)}


def test_the_years_are_those_of_the_bureaus_folders(tmp_path):
    for year in (2019, 2021, 2022):
        write(tmp_path, year)
    assert years("shili-ceshi", tmp_path) == [2019, 2021, 2022]
    assert years("示例市测试局", tmp_path, first=2020) == [2021, 2022]
    assert years("shili-ceshi", tmp_path, last=2021) == [2019, 2021]
    with pytest.raises(UsageError):
        years("shili-ceshi", tmp_path, first=2023)
