"""Parts of a year: which months words name, and what is said of these months only."""

from cases import each
from nianbao.periods import part
from prosing import other

TABLE = "{}受理情况如下。\n\n| 项目 | 数量 |\n|---|---|\n| 收到申请（件） | 33 |\n| 办结（件） | 30 |"


@each(
    ("text", "first", "last"),
    [
        ("前三季度", 1, 9), ("前三个季度", 1, 9), ("第三季度", 7, 9), ("四季度", 10, 12), ("前9个月", 1, 9),
        ("上半年", 1, 6),
        ("1至9月", 1, 9), ("1—11月", 1, 11), ("1月1日至6月30日", 1, 6), ("7月1日至12月31日", 7, 12), ("十一月", 11, 11),
        ("2024年1月1日至2024年11月30日", 1, 11), ("3月15日", 3, 3), ("13至5月", 5, 5),
        ("截至11月底", 1, 11), ("年初至9月", 1, 9), ("截至2月底", 2, 2), ("截至2024年2月", 1, 2),
        ("截至12月20日", 1, 12), ("1月5件、12月10件", 1, 1),
    ],
)  # fmt: skip
def test_the_months_of_a_part_of_a_year_are_those_that_words_name(text, first, last):
    assert part(text).months == range(first, last + 1)


@each("text", ["各季度", "本季度", "四个季度", "近半年", "历年", "各月", "2019年以来"])
def test_another_time_than_the_year_may_be_one_whose_months_cannot_be_counted(text):
    assert part(text).months == range(0)


@each(
    "text", ["", "全年", "1月1日至12月31日", "2024年1月1日至2024年12月31日", "1-12月", "截至12月31日", "月亮湾", "今年以来"]
)
def test_all_of_a_year_is_no_part_of_it(text):
    assert part(text) is None


def test_a_table_below_another_time_is_not_that_of_the_year():
    of_some = ["各季度", "本季度", "近半年", "前三季度", "第四季度", "1月1日至6月30日", "1至9月", "下半年"]
    assert other(("three", TABLE.format(one), "") for one in of_some) == []
    assert other(("three", TABLE.format(one), "E501") for one in ("", "1月1日至12月31日", "2024年1月至12月")) == []


def test_months_that_make_up_the_year_are_parts_of_its_number_and_overlapping_ones_are_not():
    true = [
        "前三季度收到90件、第四季度收到40件，全年共130件。",
        "第一季度收到20件、第二季度30件、前三季度90件、第四季度40件，全年共130件。",
        "1月1日至6月30日收到60件，7月1日至12月31日收到70件，全年共130件。",
        "前9个月收到90件，10至12月收到40件，全年共130件。",
        "截至9月底收到90件，第四季度收到40件，全年共130件。",
    ]
    assert other(("three", one, "") for one in true) == []
    wrong = [
        "前三季度收到95件、第四季度收到40件，全年共130件。",
        "截至9月底收到95件，第四季度收到40件，全年共130件。",
        "前9个月收到90件，10至12月收到45件，全年共130件。",
    ]
    assert other(("three", one, "W501") for one in wrong) == []


def test_what_is_told_up_to_the_end_of_december_is_of_all_of_the_year():
    true = ["截至12月底，我局收到申请130件。", "截至12月底，尚有6件在法定期限内办理。", "128件在法定期限内办理。"]
    assert other(("three", one, "") for one in true) == []
    assert other([("three", "截至12月底，我局收到申请50件。", "E501")]) == []
    assert other([("three", "截至12月底，尚有7件在法定期限内办理。", "W501")]) == []
    # Up to an earlier day it is W240, and no second finding.
    assert other([("three", "截至12月20日，我局收到申请50件。", "")]) == []
