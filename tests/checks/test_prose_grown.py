# ruff: noqa: E501  (sentences on one line)
"""Changes of what this year's number is not told of, and the words that compare: the tables tell both numbers."""

from prosing import VALUES, other

LAST = {
    "表三": {
        ("一", "总计"): 100, ("一", "自然人"): 95, ("一", "商业企业"): 5, ("三（一）", "总计"): 45, ("三（二）", "总计"): 9,
        ("三（三）1", "总计"): 13, ("三（七）", "总计"): 96, ("四", "总计"): 4,
    },
    "表四": {
        ("行政复议", "总计"): 3, ("行政诉讼", "未经复议直接起诉", "总计"): 1, ("行政诉讼", "复议后起诉", "总计"): 1,
    },
    "表二": {
        ("行政规范性文件", "本年制发件数"): 4, ("行政规范性文件", "本年废止件数"): 3, ("行政规范性文件", "现行有效件数"): 32,
        ("行政许可", "本年处理决定数量"): 1800, ("行政处罚", "本年处理决定数量"): 50,
    },
}  # fmt: skip
# What is counted, last year's number of it, how it has changed, and how it has not.
GROWN = [
    ("three", "申请总量", 100, "增加30件", "增加50件"),
    ("three", "申请总量", 100, "有所增长", "有所下降"),
    ("three", "政府信息公开申请数量", 100, "增长30%", "增长50%"),
    ("three", "办结申请", 96, "增加32件", "增加40件"),
    ("three", "予以公开", 45, "增加5件", "增加15件"),
    ("three", "自然人申请", 95, "增加25件", "增加35件"),
    ("three", "结转下年度继续办理", 4, "增加2件", "增加5件"),
    ("four", "行政复议案件", 3, "增加6件", "增加9件"),
    ("four", "行政诉讼", 2, "增长150%", "增长200%"),
    ("two", "行政处罚", 50, "减少6件", "减少16件"),
    ("two", "行政许可决定", 1800, "下降15.9%", "下降25%"),
    ("two", "制发规范性文件", 4, "增加1件", "增加3件"),
]
BEFORE = ["较上年100件", "比上年100件", "对比上年100件", "同上年100件相比", "与2023年100件相比"]
# How this year is compared with last year, and the words that say that something rises or falls.
MARKS = [
    "相较于上年", "相较上年", "相比去年", "相比于去年", "对比上年", "与去年比较", "与上年相较，", "与2023年对比", "和上年比", "较之上年",
    "比起上年", "同比",
]  # fmt: skip
UP = ["净增加", "净增", "上涨", "递增", "增多", "升高", "涨幅", "涨幅为", "增长"]
DOWN = ["净减少", "递减", "下跌", "跌幅", "减低", "减少"]


def test_a_change_beside_last_years_number_alone_is_reckoned():
    right = [(where, f"{of}较上年的{last}件{true}。", "") for where, of, last, true, _ in GROWN]
    wrong = [(where, f"{of}较上年的{last}件{false}。", "E502") for where, of, last, _, false in GROWN]
    right += [("three", "申请总量在上年100件的基础上增加30件。", "")]
    wrong += [("three", "申请总量在上年100件的基础上增加50件。", "E502")]
    right += [("three", f"{mark}，收到申请增加30件。", "") for mark in BEFORE]
    wrong += [("three", f"{mark}，收到申请增加40件。", "E502") for mark in BEFORE]
    assert [] == other(right + wrong, last=LAST)


def test_last_years_number_before_what_has_changed_is_read_too():
    assert [] == other([("three", "较上年90件，收到申请增加30件。", "E501")], last=LAST)


def test_a_change_beside_last_years_number_of_something_else_is_not():
    others = [
        ("one", "网站访问量较上年的12万次增加3万次。"), ("one", "接听热线较上年的100次增加50次。"), ("one", "网上申请较上年的80件增加50件。"),
        ("two", "公示行政许可信息较上年的1800条减少100条。"), ("four", "办理行政复议案件较上年的30件增加9件。"),
        ("three", "收到申请130件，与外市比较增长40%。"),
    ]  # fmt: skip
    assert [] == other([(where, text, "") for where, text in others], last=LAST)


def test_words_that_compare():
    right = [("three", f"收到申请130件，{mark}增长30%。", "") for mark in MARKS]
    right += [("three", f"收到申请130件，较上年{verb}30%。", "") for verb in UP]
    right += [("two", f"行政处罚44件，较上年{verb}12%。", "") for verb in DOWN]
    wrong = [("three", f"收到申请130件，{mark}增长40%。", "E502") for mark in MARKS]
    wrong += [("three", f"收到申请130件，较上年{verb}40%。", "E502") for verb in UP]
    wrong += [("two", f"行政处罚44件，较上年{verb}32%。", "E502") for verb in DOWN]
    assert [] == other(right + wrong, last=LAST)


def test_a_change_of_the_applications_received_needs_no_number_of_them():
    true = [("three", "收到申请较上年增长30%。", ""), ("one", "收到社会救助申请较上年增长40%。", "")]
    assert [] == other([*true, ("three", "收到申请较上年增长40%。", "E502")], last=LAST)


def test_this_year_behind_last_year_counts_the_same():
    joined = ["增至", "增为", "增加到", "达", "为", ""]
    said = [
        ("three", "收到申请100件", 130, 140), ("three", "办结申请96件", 128, 138), ("four", "发生行政复议3件", 9, 8),
        ("four", "发生行政诉讼2件", 5, 6), ("two", "制发规范性文件4件", 5, 6), ("one", "收到政府信息公开申请100件", 130, 160),
    ]  # fmt: skip
    right = [(w, f"2023年{of}，2024年{by}{true}件。", "") for w, of, true, _ in said for by in joined]
    wrong = [(w, f"2023年{of}，2024年{by}{false}件。", "E501") for w, of, _, false in said for by in joined]
    right += [
        ("five", "2023年我局收到申请100件，2024年增加到130件，工作力量不足。", ""),
        ("two", "2023年作出行政处罚50件，2024年降至44件。", ""),
        ("three", "2023年收到申请100件、2024年130件，同比增长30%。", ""),
    ]
    wrong += [
        ("five", "2023年我局收到申请100件，2024年增加到160件，工作力量不足。", "W501"),
        ("two", "2023年作出行政处罚50件，2024年降至40件。", "E501"),
        ("three", "去年收到申请100件，今年140件。", "E501"),
    ]
    assert [] == other(right + wrong, last=LAST)


def test_this_year_behind_last_year_with_words_of_its_own_counts_something_else():
    others = [
        ("three", "2023年收到申请100件，2024年举办培训4次。"), ("one", "2023年培训3次，2024年5次。"),
        ("three", "2023年收到申请100件，2024年1月办结4件。"), ("three", "2023年收到申请100件，2024年上半年60件。"),
        ("one", "2023年收到申请100件，2024年公开信息200条。"),
    ]  # fmt: skip
    assert [] == other([(where, text, "") for where, text in others], last=LAST)


def test_changes_of_several_each_in_its_turn():
    right = [
        ("three", "新收申请和办结申请同比分别增长30%和33.3%。"), ("three", "予以公开、不予公开较上年分别增加5件、19件。"),
        ("three", "予以公开、不予公开分别较上年增加5件、19件。"), ("two", "制发、废止规范性文件较上年分别增加1件、9件。"),
        ("three", "自然人、商业企业申请较上年分别增加25件、2件。"), ("four", "行政复议、行政诉讼同比分别增长200%和150%。"),
        ("four", "行政复议9件、行政诉讼5件，同比增长200%和150%。"), ("four", "行政复议9件、行政诉讼5件，同比增加6件、3件。"),
        ("three", "收到申请130件，同比增长30%、增加30件。"), ("one", "微博、微信粉丝同比分别增长30%和50%。"),
        ("one", "举办、参加培训较上年分别增加1件、8件。"), ("two", "制发、解读文件较上年分别增加1件、8件。"),
    ]  # fmt: skip
    wrong = [
        ("three", "新收申请和办结申请同比分别增长30%和50%。"), ("three", "新收申请、办结申请同比分别增长40%和33.3%。"),
        ("three", "予以公开、不予公开较上年分别增加10件、19件。"), ("three", "予以公开、不予公开分别较上年增加5件、29件。"),
        ("two", "制发、废止规范性文件较上年分别增加1件、8件。"), ("two", "制发和废止规范性文件同比分别增加2件、9件。"),
        ("three", "自然人、商业企业申请较上年分别增加25件、7件。"), ("four", "行政复议、行政诉讼同比分别增长200%和250%。"),
        ("four", "行政复议9件、行政诉讼5件，同比增长200%和250%。"), ("four", "行政复议9件、行政诉讼5件，同比增加6件、4件。"),
    ]  # fmt: skip
    told = [(where, text, "") for where, text in right] + [(where, text, "E502") for where, text in wrong]
    assert [] == other(told, last=LAST)


PARTED = LAST | {"表三": LAST["表三"] | {("一", "自然人"): 92}, "表四": LAST["表四"] | {("行政复议", "结果维持"): 2}}
# Last year's numbers, this year's in the same words, and what the clauses may stand apart by.
TWO_YEARS = [
    ("three", "2023年收到申请100件，其中自然人92件，2024年增至{}件，其中自然人{}件。", (130, 120), (140, 120), (130, 125)),
    ("three", "2023年收到申请100件，其中自然人92件；2024年增至{}件，其中自然人{}件。", (130, 120), (140, 120), (130, 125)),
    ("three", "上年收到申请100件，其中自然人92件，今年增至{}件，其中自然人{}件。", (130, 120), (140, 120), (130, 125)),
    ("three", "2023年收到申请100件（自然人92件），2024年增至{}件（自然人{}件）。", (130, 120), (140, 120), (130, 125)),
    ("three", "2023年收到申请100件，办结96件，2024年增至{}件，办结{}件。", (130, 128), (140, 128), (130, 118)),
    ("four", "2023年行政复议3件，其中维持2件，2024年增至{}件，其中维持{}件。", (9, 6), (8, 6), (9, 7)),
    ("three", "2023年收到申请100件，引发行政复议3件，2024年增至{}件，引发行政复议{}件。", (130, 9), (140, 9), (130, 8)),
    ("three", "2023年办结96件，结转4件，2024年增至{}件，结转增至{}件。", (128, 6), (138, 6)),
]  # fmt: skip


def test_this_year_behind_several_numbers_of_last_year_counts_the_first():
    right = [(where, text.format(*true), "") for where, text, true, *_ in TWO_YEARS]
    wrong = [(where, text.format(*one), "E501") for where, text, _, *false in TWO_YEARS for one in false]
    right += [
        ("three", "2023年收到申请100件，办结96件，2024年128件。", ""),
        ("three", "2023年收到申请100件，其中网上70件，2024年增至130件，其中网上100件。", ""),
        ("three", "2023年收到申请100件、办结96件，2024年增至130件、128件。", ""),
    ]
    assert [] == other(right + wrong, last=PARTED)


# What narrows the first of several names, which narrows the next too; and what narrows nothing.
NARROWED = ["网上", "通过网站", "征地类申请", "信访", "征地拆迁"]
WHOLE = ["", "全年", "本局", "我局依法", "政府信息公开申请", "2024年"]


def test_what_narrows_the_first_of_several_narrows_the_next():
    right = [("three", f"{of}新收和办结同比分别增长20%和25%。", "") for of in NARROWED]
    right += [("three", f"{of}新收申请、办结申请分别比上年增加20件、25件。", "") for of in NARROWED]
    wrong = [("three", f"{of}新收和办结同比分别增长30%和25%。", "E502") for of in WHOLE]
    wrong += [("three", f"{of}新收、办结分别比上年增加30件、25件。", "E502") for of in WHOLE]
    assert [] == other(right + wrong, last=LAST)


def test_an_applicant_is_that_of_each_of_several():
    values = VALUES | {"表三": VALUES["表三"] | {("三（七）", "自然人"): 118}}
    told = [
        ("three", "自然人新收和办结同比分别增长26.3%和25%。", ""), ("three", "自然人新收和办结分别为120件、118件。", ""),
        ("three", "自然人新收和办结分别为120件、128件。", "W501"),
    ]  # fmt: skip
    assert [] == other(told, values, LAST)
