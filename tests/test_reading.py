"""A text becomes a scalar only where its meaning is certain; no digit is dropped, added or picked out of text."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import each
from nianbao import reading

FULL_WIDTH = str.maketrans("0123456789,.-+", "０１２３４５６７８９，．－＋")
AROUND = st.sampled_from(["", " ", "\u00a0", "\u3000", "\t", "\n", "\u200b", "\ufeff", "\u2009"])
WHOLE = st.integers(0, 10**12)
NOT_NUMBERS = (
    *("", "无", "1,13", "1,1134", "11,13", "1,113,", ",113", "1.", ".5", "1.2.3", "1e3", "0x1F", "NaN", "Infinity", "+-3"),
    *("1***", "*", "14万余条", "2100余条", "约5", "5件", "5%", "10万", "五", "①", "3²", "½", "Ⅳ", "٣", "㈠", "12:30", "1/2"),
    *("2021-02-05", "2021年", "“十四五”规划2022年项目", "本年共办理3件，其中1件结转"),
)


@each(
    ("text", "expected"),
    [
        ("0", 0),
        (" 112", 112),
        ("\u00a0112\u00a0", 112),
        ("\u3000112", 112),
        ("\ufeff1\u200b12", 112),
        ("１１２", 112),
        ("1,113", 1113),
        ("１，１１３", 1113),
        ("12,345,678", 12345678),
        ("1\u00a0113", 1113),
        ("3.0", 3),
    ],
)
def test_a_count_is_read_through_separators_full_width_and_spaces(text, expected):
    assert expected == reading.count(text)


@each(
    ("text", "reason"),
    [
        ("-1", "带有正负号或增减字样"),
        ("+2", "带有正负号或增减字样"),
        ("减3", "带有正负号或增减字样"),
        ("1.5", "不是整数"),
        ("1 2", "数字中间有空格"),
        ("2\n0", "数字中间有空格"),
        ("1, 113", "数字中间有空格"),
        ("007", "以0开头，像是编号"),
        ("00", "以0开头，像是编号"),
        *((text, "不是数字") for text in NOT_NUMBERS),
    ],
)
def test_anything_but_a_whole_number_is_refused_with_the_reason(text, reason):
    with pytest.raises(ValueError, match=f"^{reason}$"):
        reading.count(text)


@given(WHOLE, AROUND, AROUND, st.booleans(), st.booleans())
def test_a_count_survives_every_way_of_writing_it(value, before, after, grouped, full_width):
    text = f"{value:,}" if grouped else str(value)
    text = text.translate(FULL_WIDTH) if full_width else text
    assert value == reading.count(before + text + after)


@given(st.text("0123456789０１２①²,，. \u00a0\u200b-+减增约万元件", max_size=12))
def test_no_digit_is_ever_lost_from_a_number_that_is_read(text):
    try:
        value = reading.decimal(text)
    except ValueError:
        return
    written = "".join(char for char in reading.plain(text) if char in "0123456789.")
    assert written == format(value, "f")
    assert {char for char in reading.plain(text) if char not in "0123456789.,"} == set()


@given(st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=3))
def test_a_decimal_keeps_the_digits_it_was_given_with(value):
    assert format(value, "f") == format(reading.decimal(format(value, "f")), "f")


@each(
    ("text", "expected"),
    [
        ("减3", -3),
        ("减11", -11),
        ("减少 3", -3),
        ("增2", 2),
        ("增加2", 2),
        ("+2", 2),
        ("＋2", 2),
        ("-1", -1),
        ("－8", -8),
        ("−8", -8),
        ("–8", -8),
        ("- 8", -8),
        ("5", 5),
        ("0", 0),
        ("减0", 0),
        ("-1,113", -1113),
    ],
)
def test_a_change_is_read_with_its_sign_or_word(text, expected):
    assert expected == reading.change(text)


@each("text", ["", "-", "减", "+-3", "减-3", "3减", "增减3", "-1.5", "减1***", "- 1 2", "减007"])
def test_an_unclear_change_is_refused(text):
    with pytest.raises(ValueError, match=r"不是|编号|空格|带有"):
        reading.change(text)


@given(st.integers(-(10**9), 10**9), st.sampled_from(["-－−–", "减"]))
def test_a_change_survives_every_way_of_writing_its_sign(value, signs):
    for sign in signs:
        assert value == reading.change(f"{sign}{-value}" if value < 0 else str(value))


@each(
    ("text", "amount", "unit"),
    [
        ("160.5964万元", "160.5964", "万元"),
        ("79000.1元", "79000.1", "元"),
        ("79,000.10元", "79000.10", "元"),
        ("1.2亿元", "1.2", "亿元"),
        ("８．５ 万元", "8.5", "万元"),
        ("8.5 万 元", "8.5", "万元"),
        ("8040", "8040", ""),
        ("0", "0", ""),
    ],
)
def test_money_is_read_with_its_unit_and_its_digits(text, amount, unit):
    value, found = reading.money(text)
    assert (amount, unit) == (format(value, "f"), found)


@each("text", ["", "元", "万元", "约8万元", "8万元余", "8.5万元（含税）", "-5万元", "8万元9"])
def test_unclear_money_is_refused(text):
    with pytest.raises(ValueError, match=r"不是数字|带有正负号"):
        reading.money(text)


@given(st.decimals(0, 10**15, places=4), st.sampled_from(list(reading.YUAN)), st.sampled_from(list(reading.YUAN)))
def test_a_converted_amount_is_exact_and_has_no_added_zeros(amount, unit, into):
    value = reading.converted(amount, unit, into)
    assert Fraction(amount) * 10 ** reading.YUAN[unit] == Fraction(value) * 10 ** reading.YUAN[into]
    assert not format(value, "f").rpartition(".")[2].endswith("0") or "." not in format(value, "f")


@each(("text", "expected"), [("79000.1", "7.90001"), ("80000", "8"), ("0", "0"), ("1" * 40, "1" * 36 + ".1111")])
def test_yuan_become_ten_thousands(text, expected):
    assert expected == format(reading.converted(Decimal(text), "元", "万元"), "f")


@each("text", ["2021-02-05", "2021年2月5日", "2021.2.5", "2021/2/5", "２０２１年２月５日", " 2021 年 2 月 5 日 "])
def test_a_date_is_read_in_every_usual_form(text):
    assert date(2021, 2, 5) == reading.day(text)


@each(
    ("text", "reason"),
    [
        ("2021-02-30", "没有这一天"),
        ("2021-13-01", "没有这一天"),
        ("0000-01-01", "没有这一天"),
        *(
            (text, "不是日期")
            for text in ("", "2021", "2021年2月", "20210205", "21-02-05", "2021-1 1-05", "2021-02-05 10:00", "007")
        ),
    ],
)
def test_an_impossible_or_partial_date_is_refused(text, reason):
    with pytest.raises(ValueError, match=f"^{reason}$"):
        reading.day(text)


@each("text", ["1-20", "01-20", "1月20日", "１月２０日", "1.20"])
def test_a_day_of_any_year(text):
    assert (1, 20) == reading.month_day(text)


@each("text", ["2-30", "13-1", "2022-1-20", "20", "1月", ""])
def test_no_day_of_any_year(text):
    with pytest.raises(ValueError, match=r"不是月和日|没有这一天"):
        reading.month_day(text)


@each(("text", "expected"), [("是", True), ("否", False), ("Yes", True), ("no", False), ("TRUE", True), (" 否 ", False)])
def test_yes_and_no(text, expected):
    assert expected is reading.yes(text)


@each("text", ["", "1", "0", "有", "y"])
def test_anything_but_yes_or_no_is_refused(text):
    with pytest.raises(ValueError, match="不是“是”或“否”"):
        reading.yes(text)


@each(
    ("text", "reason"),
    [
        ("未知：原件未保留", "原件未保留"),
        (" 未知 : 原件：2020年遗失", "原件：2020年遗失"),
        ("未知:12:30 之后的记录缺失", "12:30 之后的记录缺失"),
        ("未知数", None),
        ("5", None),
        ("", None),
    ],
)
def test_an_unknown_gives_its_reason_word_for_word(text, reason):
    assert (reading.Unknown(reason) if reason else None) == reading.unknown(text)


@each("text", ["未知", "未知：", " 未知 : "])
def test_a_bare_unknown_is_refused(text):
    with pytest.raises(ValueError, match="须写明原因"):
        reading.unknown(text)


@each("text", ["5", "-5", "减3", "- 5", "8 万元", "1,113", "8.5万元", "1 2", "007", "０"])
def test_a_lone_number_is_known_as_one(text):
    assert reading.is_figure(text)


@each("text", ["", "-", "规章", "1.属于国家秘密", "本年增/减", "（一）", "第3项", "1***", "总计5", "5-3", "2021-02-05"])
def test_a_label_is_not_taken_for_a_number(text):
    assert not reading.is_figure(text)


@each("text", ["9" * 16, f"0.{'1' * 11}", f"{'9' * 100_000}", "9,999,999,999,999,999"])
@each("read", [reading.decimal, reading.count, reading.change, lambda text: reading.money(f"{text}元")])
def test_a_number_longer_than_any_report_has_is_refused_with_the_limit(read, text):
    with pytest.raises(ValueError, match="最多15位整数和10位小数"):
        read(text)


@given(st.lists(st.decimals(0, 10**15 - 1, places=10), min_size=1, max_size=50))
def test_sums_of_the_longest_numbers_that_are_read_are_exact(values):
    read = [reading.decimal(format(value, "f")) for value in values]
    assert sum(map(Fraction, values)) == Fraction(sum(read, Decimal(0)))
