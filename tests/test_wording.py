"""From a scalar to Chinese text; every rounding is checked against exact fractions."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from nianbao import wording

AMOUNTS = st.decimals(-(10**9), 10**9, places=4)
COUNTS = st.integers(0, 10**12)


def half_up(value, digits=2):
    """Rounded half away from zero, by fractions alone."""
    scaled = floor(abs(Fraction(value)) * 10**digits + Fraction(1, 2))
    return Fraction(scaled, 10**digits) * (-1 if value < 0 else 1)


@each("text", ["0", "15.67", "59.10", "100", "0.0000", "79000.1", "12345678901234567890.10"])
def test_a_number_keeps_the_digits_it_was_given_with(text):
    assert text == wording.number(Decimal(text))


def test_a_number_never_shows_an_exponent_or_a_separator():
    assert [wording.number(Decimal("8E+4")), wording.number(1234567)] == ["80000", "1234567"]


@given(AMOUNTS)
def test_rounding_is_half_up_without_trailing_zeros(value):
    text = wording.rounded(value)
    assert half_up(value) == Fraction(text)
    assert "." not in text or text[-1] not in "0."
    assert text != "-0"


@each(
    ("value", "expected"),
    [
        (156700, "15.67万"),
        (10000, "1万"),
        (12345678, "1234.57万"),
        (50, "0.01万"),
        (49, "49"),
        (0, "0"),
        (-1, "-1"),
        (Decimal("3.5"), "3.5"),
    ],
)
def test_ten_thousands_and_what_is_too_small_for_them(value, expected):
    assert expected == wording.wan(value)


@given(st.integers(1, 10**12))
def test_a_count_in_ten_thousands_is_never_printed_as_nothing(value):
    text = wording.wan(value)
    assert (half_up(Fraction(value, 10000)) or value) == Fraction(text.removesuffix("万"))


@each(
    ("part", "whole", "expected"),
    [
        (1, 3, "33.33%"),
        (2, 3, "66.67%"),
        (1, 8, "12.5%"),
        (5, 5, "100%"),
        (0, 5, "0%"),
        (1, 800, "0.13%"),
        (1, 10**6, "不足0.01%"),
        (5, 0, "无从计算"),
    ],
)
def test_a_share(part, whole, expected):
    assert expected == wording.percent(part, whole)


@each(
    ("this", "last", "expected"),
    [
        (1162, 803, "同比增长44.71%"),
        (3, 6, "同比下降50%"),
        (0, 6, "同比下降100%"),
        (6, 3, "同比增长100%"),
        (18758, 18557, "同比增长1.08%"),
        (7, 7, "与上年持平"),
        (0, 0, "与上年持平"),
        (5, 0, "上年为0"),
        (1000001, 1000000, "同比增长不足0.01%"),
        (999999, 1000000, "同比下降不足0.01%"),
        (Decimal("15.67"), Decimal("15.670"), "与上年持平"),
    ],
)
def test_year_on_year(this, last, expected):
    assert expected == wording.year_on_year(this, last)


@given(COUNTS, COUNTS.filter(bool))
def test_a_year_on_year_percentage_is_the_exact_one_rounded_half_up(this, last):
    text = wording.year_on_year(this, last)
    change = Fraction(abs(this - last) * 100, last)
    shown = text.removeprefix("同比增长").removeprefix("同比下降").removesuffix("%")
    if this == last:
        assert text == "与上年持平"
    elif half_up(change) == 0:
        assert shown == "不足0.01"
    else:
        assert half_up(change) == Fraction(shown)
    assert text.startswith("同比增长") == (this > last)


def test_a_day_is_written_without_padding():
    assert wording.day(date(2021, 2, 5)) == "2021年2月5日"


@each(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")])
def test_a_column_is_named_as_spreadsheets_do(index, letters):
    assert letters == wording.column_letter(index)


@each(
    ("written", "read"),
    [("二〇二三年", "2023年"), ("二○一零年", "2010年"), ("二零二四年度", "2024年度"), ("二〇二三人", "二〇二三人")],
)
def test_a_year_in_chinese_figures_is_the_year(written, read):
    assert f"自{read}起" == wording.years_in_figures(f"自{written}起")
