"""Numbers in running text: Arabic and Chinese, exact and about, and what is no count at all."""

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from nianbao.checks.prose import counts
from nianbao.checks.prose.counts import numbers
from nianbao.reading import even, numeral, spoken

DIGITS = "零一二三四五六七八九"


def chinese(number):
    """A count below ten million as people write it; written here without the reader's own tables."""
    if number >= 10_000:
        rest = number % 10_000
        middle = "零" if rest and rest < 1000 else ""
        return f"{chinese(number // 10_000)}万{middle}{chinese(rest) if rest else ''}"
    text, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
        gap = not digit
    return text.removeprefix("一") if 10 <= number < 20 else text or "零"


def read(text):
    return [(one.value, one.unit, one.about) for one in numbers(even(text))]


@given(st.integers(0, 9_999_999))
def test_chinese_numerals_are_read_as_they_are_written(number):
    assert number == spoken(chinese(number)) == numeral(chinese(number))
    assert [(number, "件", "")] == read(f"收到{chinese(number)}件")


@given(st.integers(0, 10**12), st.sampled_from(["件", "条", "", "人次"]), st.booleans())
def test_arabic_numbers_are_read_in_both_widths_with_and_without_separators(number, unit, grouped):
    text = f"{number:,}" if grouped else str(number)
    wide = text.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)} | {ord(","): "，"})
    assert [(number, unit, "")] == read(f"共{text}{unit}。") == read(f"共{wide}{unit}。")


def test_a_number_in_bold_has_its_unit_and_is_as_exact_as_without():
    for bold in (
        "收到**13**件",
        "占**40**%",
        "访问**12.5**万人次",
        "约**13**余件",
        "近**13** 件",
        "升**5**个百分点",
        "**3**亿**20**万元",
        "收到*45*至*50*件",
        "至少 **5** 次",
    ):
        assert read(bold) == read(re.sub("[* ]", "", bold)), bold
        texts = [[one.text.replace(" ", "") for one in numbers(even(text))] for text in (bold, re.sub("[* ]", "", bold))]
        assert texts[0] == texts[1]


@given(st.decimals(0, 9999, places=2), st.sampled_from([("万", 10**4), ("亿", 10**8), ("", 1)]))
def test_a_number_in_wan_or_yi_is_worth_that_much_and_as_exact_as_its_last_digit(number, unit):
    name, worth = unit
    [found] = numbers(f"访问{number}{name}次")
    assert (number * worth, Decimal("0.01") * worth, "次") == (found.value, found.step, found.unit)
    assert found.agrees(number * worth)
    assert not found.agrees(number * worth + worth)


@each(
    ("text", "expected"),
    [
        ("1600余条", (1600, "条", "余")),
        ("100多件", (100, "件", "余")),
        ("5万余元", (50000, "元", "余")),
        ("3千余人", (3000, "人", "余")),
        ("近5000条", (5000, "条", "近")),
        ("不足10件", (10, "件", "不足")),
        ("超1995万次", (19950000, "次", "超")),
        ("约30件", (30, "件", "约")),
        ("30件左右", (30, "件", "约")),
        ("30 件", (30, "件", "")),
        ("8.5万元", (85000, "元", "")),
        ("12%", (12, "%", "")),
        ("１２．５％", (Decimal("12.5"), "%", "")),
        ("百分之二十三点五", (Decimal("23.5"), "%", "")),
        ("百分之30", (30, "%", "")),
        ("1.2个百分点", (Decimal("1.2"), "个百分点", "")),
        ("两件", (2, "件", "")),
        ("三点五万元", (35000, "元", "")),
        ("叁万伍仟元", (35000, "元", "")),
        ("3亿2000万元", (320_000_000, "元", "")),
        ("3万5000元", (35000, "元", "")),
        ("五成", (50, "%", "")),
        ("3成", (30, "%", "")),
        ("三成多", (30, "%", "余")),
        ("近五成", (50, "%", "近")),
        ("不超过200件", (200, "件", "至多")),
        ("200件以内", (200, "件", "至多")),
        ("不低于100件", (100, "件", "至少")),
        ("100件以上", (100, "件", "至少")),
        ("45至50件", (Decimal("47.5"), "件", "约")),
        ("四五十件", (45, "件", "约")),
        ("零件", (0, "件", "")),
        ("十二起", (12, "起", "")),
        ("2倍", (2, "倍", "")),
    ],
)
def test_a_number_has_its_unit_and_says_whether_it_is_exact(text, expected):
    assert [expected] == read(text)


@each("text", ["三分之二多数", "以三分之二多数通过", "百分之六十多数", "四分之三绝对多数"])
def test_the_more_behind_a_share_is_no_part_of_it_in_a_word_that_goes_on(text):
    share = next(numbers(even(f"{text}。")))
    assert (share.text, share.about) in {("三分之二", ""), ("百分之六十", ""), ("四分之三", "")}
    assert [one.text for one in numbers("三分之二多的申请，百分之六十多，十二余件。")] == [
        "三分之二多",
        "百分之六十多",
        "十二余件",
    ]


@each(
    "text",
    ["第一件", "十四五规划", "统一受理", "三公经费", "一律公开", "万众一心", "唯一一个", "数十件", "一成不变", "建成中心"],
)
def test_chinese_characters_that_count_nothing_are_no_numbers(text):
    assert [] == read(text)


@each("number", [18, 37, 103, 118, 1345, 35_600])
def test_chinese_numerals_of_two_characters_count_before_each_measure_word(number):
    measures = (*"件条份元篇次场期人家倍个项户册部名批班所位处株吨台辆页类种张座棵枚则幅组轮", "人次", "场次")
    found = {one: [*numbers(f"落实甲类事务{chinese(number)}{one}。")] for one in measures}
    read_as = {unit: [(one.value, one.unit, one.loose) for one in some] for unit, some in found.items()}
    assert {one: [(number, one, False)] for one in measures} == read_as


@each(
    ("text", "value", "unit"),
    [
        ("全年召开专题会议四次。", 4, "次"),
        ("举办培训五场、座谈三次", 5, "场"),
        ("存在问题三个，", 3, "个"),
        ("公众号发布图文九篇；", 9, "篇"),
        ("先后召开四次专题会议", 4, "次"),
        ("开展了五场培训", 5, "场"),
        ("培训通讯员**八**名。", 8, "名"),
        ("走访企业十余家", 10, "家"),
    ],
)
def test_one_numeral_alone_counts_at_the_end_of_a_clause_and_behind_a_verb_of_doing(text, value, unit):
    assert (value, unit, False) in [(one.value, one.unit, one.loose) for one in numbers(even(text))]


PHRASES = (
    "一次性告知，一站式服务，一部分群众，一方面抓好，一网通办，一窗受理，一个不落，一式三份",
    "两个维护，两个确立，两会期间，两手抓，两张皮问题，两不误，两批次之间",
    "三个清单，三张清单，三级联动，三公经费，三定规定，三审三校，三类主体信息，三农工作，做到三个一",
    "四个意识，四个自信，四好农村路，四次全会精神，四级同创，五位一体，五个一百，六个方面，七个有之",
    "八项规定，八个方面，九项任务，十大行动，十项重点，百家争鸣，千家万户，万户萧疏，十个一工程",
    "十四五期间，十四五规划，十三五时期，二十大报告，十九届六中全会，二十届三中全会，十二次党代会（第十二次全会）",
    "第一批、第二批和第三批次，第十二个，其一，双随机一公开，三三两两，三番五次，一分为二，一线三排",
    "三名同志被评为先进，两家单位被通报，两名干部专职负责，三个方面发力，两类问题突出，四种形态",
    "十五个工作日内，二十个工作日，三十个自然日，十二个月，二十四小时，十五分钟便民圈，三个季度，十四个五年规划",
    "十二项目标，三十部门联动，十二人大代表团，百分百，唯一一个，十二台账，二十一处室，十二位于城区",
    "统一受理，一律公开，万众一心，建成中心，数十个，几十项，三令五申，五湖四海，七嘴八舌，十有八九，千方百计",
)


@each("text", PHRASES)
def test_chinese_numerals_in_phrases_and_of_what_lasts_are_no_numbers_or_count_nothing_surely(text):
    sure = {one.text for one in numbers(even(text)) if not one.loose}
    assert sure <= {"三份", "十二次", "十二人"}, sure


@each(("text", "low", "high"), [("两三次", 2, 3), ("三五件", 3, 5), ("七八场", 7, 8)])
def test_two_numerals_side_by_side_are_a_range(text, low, high):
    [found] = numbers(text)
    assert [True, True, False] == [*map(found.agrees, (low, high, low * 10 + high))]


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_more_than_and_nearly_reach_one_step_and_no_further(number, value):
    [more], [nearly] = numbers(f"{number}余件"), numbers(f"近{number}件")
    step = 10 ** (len(str(number)) - len(str(number).rstrip("0")))
    assert more.agrees(value) == (number <= value < number + step)
    assert nearly.agrees(value) == (number - step <= value <= number)


@given(st.integers(0, 10**4), st.integers(1, 10**4), st.integers(0, 3))
def test_a_percentage_may_be_rounded_half_up_or_cut_off_at_the_printed_digit(part, whole, places):
    true = Decimal(part) * 100 / Decimal(whole)
    rounded = true.quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")
    cut = true.quantize(Decimal(1).scaleb(-places), "ROUND_DOWN")
    for written in {rounded, cut}:
        [found] = numbers(f"占{written:f}%")
        assert found.agrees(true)
        [wrong] = numbers(f"占{written + Decimal(2).scaleb(-places):f}%")
        assert not wrong.agrees(true)


@given(st.text(st.sampled_from("1234567890,，.．％%一二三十百千万亿点余多近件条元 （）:;｜|*_`\\Ａｚ"), max_size=60))
def test_an_even_text_keeps_every_character_at_its_place_and_every_number_inside_it(text):
    assert len(text) == len(even(text))
    last = 0
    for one in numbers(even(text)):
        assert last <= one.start < one.end <= len(text)
        assert even(text)[one.start : one.end].replace("  ", "") in {
            one.text,
            one.text[: counts.LONGEST] + even(text)[one.start + counts.LONGEST : one.end].replace("  ", ""),
        }
        last = one.end


def test_a_run_of_digits_longer_than_any_count_is_a_code():
    assert [(0, "", "")] == read("1" * 30)


@each(
    ("text", "found"),
    [
        ("行政事业性收费单位为万元。", []),
        ("万元", []),
        ("收费以万元计", []),
        ("收费近万元", [10_000]),
        ("上百件", [100]),
        ("百余件", [100]),
        ("万余条", [10_000]),
        ("三百件", [300]),
        ("十件", [10]),
    ],
)
def test_a_word_of_a_unit_alone_is_no_number(text, found):
    assert [one.value for one in numbers(even(text))] == found
