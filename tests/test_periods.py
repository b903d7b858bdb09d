"""Every time that is written in any spelling is read back as it was written, and is to a report what it is."""

from calendar import monthrange

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from nianbao.periods import FIRST, LAST, Which, read
from nianbao.reading import even

YEARS = st.integers(2015, 2035)
DAYS = st.dates().map(lambda day: (day.month, day.day)).filter(lambda day: day != (2, 29))
_HAN = "〇一二三四五六七八九"
TENS = ["", *"一二三四五六七八九十", *(f"十{one}" for one in "一二三四五六七八九"), "二十"]
TENS += [*(f"二十{one}" for one in "一二三四五六七八九"), "三十", "三十一"]


def han(year):
    return "".join(_HAN[int(digit)] for digit in str(year))


def wide(text):
    return text.translate(str.maketrans("0123456789./", "０１２３４５６７８９．／"))


# How a day is written, by its year, month and day.
SPELT = [
    lambda year, month, day: f"{year}年{month}月{day}日",
    lambda year, month, day: f"{year} 年 {month} 月 {day} 日",
    lambda year, month, day: f"{year}年{month:02}月{day:02}日",
    lambda year, month, day: f"{han(year)}年{TENS[month]}月{TENS[day]}日",
    lambda year, month, day: wide(f"{year}年{month}月{day}日"),
    lambda year, month, day: f"{year}.{month}.{day}",
    lambda year, month, day: f"{year}-{month:02}-{day:02}",
    lambda year, month, day: wide(f"{year}/{month}/{day}"),
    lambda year, month, day: f"{year}{month:02}{day:02}",
]
SPANS = [("", "至"), ("自", "起至"), ("从", "到"), ("", "—"), ("", "——"), ("", "～")]
AROUND = st.sampled_from(["", "统计期限：", "我局", "（"]), st.sampled_from(["", "，", "。", "）", "，收到申请5件"])


@given(st.sampled_from(SPELT), st.sampled_from(SPANS), YEARS, DAYS, YEARS, DAYS, *AROUND)
def test_a_span_of_days_is_read_as_it_is_written(spelt, joined, year, begins, until, ends, before, after):
    lead, to = joined
    said = f"{spelt(year, *begins)}{to}{spelt(until, *ends)}"
    [found] = read(even(f"{before}{lead}{said}{after}"))
    assert (found.begins, found.ends, found.named) == (begins, ends, (year, until))
    assert found.span == (len(before + lead), len(before + lead + said))


@given(st.sampled_from(SPELT), YEARS, DAYS, st.sampled_from(["", "截至", "截止到"]), *AROUND)
def test_a_day_and_the_time_until_it_is_read_as_it_is_written(spelt, year, day, by, before, after):
    [found] = read(even(f"{before}{by}{spelt(year, *day)}{after}"))
    begins = FIRST if by or day == LAST else day
    assert (found.begins, found.ends, found.named, found.until) == (begins, day, (year,), bool(by))


@given(YEARS, st.integers(1, 12), st.integers(1, 12), st.booleans(), st.sampled_from("至到—～-"))
def test_months_are_read_as_they_are_written(year, first, last, in_figures, to):
    first, last = sorted((first, last))
    words = f"{year}年{first}月{to}{last}月" if first < last else f"{year}年{last}月"
    [found] = read(f"{year}.{first:02}—{year}.{last:02}" if in_figures else words)
    assert (found.months, {*found.named}) == (range(first, last + 1), {year})
    assert monthrange(year, last)[1] <= found.ends[1]


WHICH = {
    Which.OWN: [
        *(
            "2024年",
            "本年度",
            "今年",
            "2024年底",
            "截至2024年12月31日24时",
            "2024.1.1—12.31",
            "2024年1—12月",
            "20240101-20241231",
        ),
        *("2024年报告期内", "2024全年", "1月1日至12月31日", "今年以来"),
    ],
    Which.LAST: [
        "2023年",
        "上年",
        "去年全年",
        "上一报告期",
        "截至2023年底",
        "二〇二三年",
        "2023.1-12",
        "2023年度统计期限内",
        "前一年末",
    ],
    Which.OTHER: ["2022年", "截至2025年底", "下年度", "2022.1.1—2022.12.31", "明年"],
    Which.YEARS: [
        "2023年至2024年",
        "2023-2024年度",
        "2022年底至2024年底",
        "2023.1.1—2024.12.31",
        "2019年以来",
        "去年1月至今年12月",
    ],
    Which.PART: [
        *(
            "上半年",
            "2024年第三季度",
            "1—6月",
            "截至2024年11月30日",
            "2023年7月1日至2024年6月30日",
            "截至2025.1.10",
            "2024年2月",
        ),
        *("前三季度", "2024.1-6", "今年1至3月", "近半年", "9月1日至次年8月31日", "2024年1月15日至12月31日"),
    ],
}


@each(("which", "text"), [(which, text) for which, texts in WHICH.items() for text in texts])
def test_what_a_time_is_to_the_report_of_2024(which, text):
    assert [(one.which(2024), one.span) for one in read(text)] == [(which, (0, len(text)))]


@each(
    "text",
    [
        "2023件",
        "收费2024.5万元",
        "月亮湾",
        "第2024号",
        "比例为2023.1:1",
        "2023.13.1",
        "13800000000",
        "20235件",
        "以上年度数据",
    ],
)
def test_what_is_no_time_is_read_as_none(text):
    assert [*read(text)] == []
