"""What the notices ask of a report's form is a warning: date, length, the aspects, the measures."""

from dataclasses import replace

from cases import each
from making import BODY, REST, findings, make
from nianbao.checks import form
from nianbao.narrative.passages import compose

NAMED = {"name": "示例市测试局", "short": "市测试局", "level": "市"}


def warned(code, year=2021, narrative=BODY + REST, bureau=None, **params):
    made = make(year, narrative=narrative, **params)
    about = type(made.bureau).model_validate({**NAMED, **(bureau or {})})
    return findings(replace(made, bureau=about), code)


@each(
    ("date", "bureau", "is_late"),
    [
        ("2022-01-31", {}, False),
        ("2022-02-01", {}, True),
        ("2022-03-31", {"name": "示例市人民政府"}, False),
        ("2022-03-31", {"name": "示例市人民政府办公室"}, False),
        ("2022-04-01", {"name": "示例市人民政府"}, True),
        ("2022-02-01", {"name": "示例镇人民政府", "level": "乡"}, True),
        ("2022-01-21", {"deadline": "1-20"}, True),
        ("2022-01-20", {"deadline": "1月20日"}, False),
        ("2022-03-10", {"deadline": "3-15"}, False),
        ("未知：页面没有日期", {}, False),
    ],
)
def test_a_date_after_the_deadline_is_a_warning(date, bureau, is_late):
    found = warned("W208", bureau=bureau, date=date)
    assert ["成文日期"] * is_late == [one.place for one in found]


@each(("day", "code"), [("2026-12-31", "W208"), ("2027-01-01", "E120"), ("2525-01-20", "E120")])
def test_a_date_years_after_the_reports_own_is_an_error(day, code):
    made = make(2024, date=day)
    assert [code] == [one.code for one in form.late(made, compose(made))]


@each(("cap", "length", "is_warned"), [(None, 2000, False), ("1000", 1000, False), ("1000", 1001, True)])
def test_chapter_one_over_the_cap_is_a_warning(cap, length, is_warned):
    text = BODY.replace("工作有序开展。", f"**（一）主动公开。** {'字' * (length - 8)}\n")
    found = warned("W209", narrative=text, bureau={"cap": cap} if cap else {})
    assert [f"{length}字"] * is_warned == [one.found for one in found]


FIVE = {
    "主动公开": "公开内容：主动公开信息五百条。",
    "依申请公开": "依申请公开情况：收到申请三件，均已答复。",
    "政府信息管理": "信息管理：健全审核制度，清理文件。",
    "政府信息公开平台建设": "平台建设：改版网站，管好公众号。",
    "监督保障": "监督保障：开展培训、考核和评议。",
}
HEADS = {
    "block": lambda number, text: f"### （{number}）{text.replace('：', chr(10) * 2)}",
    "run-in": lambda number, text: f"**（{number}）{text.replace('：', '。**')}",
    "plain": lambda number, text: f"（{number}）{text.replace('：', '。')}",
    "listed": lambda number, text: f"{number}是{text.replace('：', '。')}",
    "free": lambda number, text: text.partition("：")[2],
}


def five(style, without=()):
    kept = [text for name, text in FIVE.items() if name not in without]
    return "\n\n".join(HEADS[style](number, text) for number, text in zip("一二三四五", kept, strict=False))


@each("style", HEADS)
def test_five_aspects_in_any_style_give_no_warning(style):
    assert [] == warned("W210", narrative=BODY.replace("工作有序开展。", five(style)))


@each("style", HEADS)
@each("aspect", FIVE)
def test_an_aspect_that_is_missing_is_named(style, aspect):
    if style == "free" and aspect == "主动公开":
        return  # Any text on disclosure speaks of it.
    (found,) = warned("W210", narrative=BODY.replace("工作有序开展。", five(style, [aspect])))
    written = "、".join(one for one in FIVE if one != aspect)
    assert ("一、总体情况", f"写到了{written}，没有写{aspect}") == (found.place, found.found)


def test_a_heading_in_other_words_may_be_the_aspect_that_is_missing():
    text = five("run-in", ["监督保障"]) + "\n\n**（五）从严从实抓好落实。**开展考核。"
    assert [] == warned("W210", narrative=BODY.replace("工作有序开展。", text))


def test_the_2019_format_asks_for_no_aspects_and_a_short_chapter_is_not_judged():
    assert [] == warned("W210", 2020, BODY.replace("工作有序开展。", five("block", ["监督保障"])))
    assert [] == warned("W210", narrative=BODY)


@each(
    ("text", "is_warned"),
    [
        ("一是公开内容不够全面；二是更新不及时。", True),
        ("一是主动性有待加强；二是解读质量有待进一步提高。", True),
        ("存在的问题：更新不及时。下一步，加强审核。", False),
        ("更新不及时的，由办公室逐月提醒并拟于次年通报。", False),
        ("逐项改进。", False),
    ],
)
def test_a_chapter_of_problems_alone_is_a_warning(text, is_warned):
    for year in (2020, 2021):
        found = warned("W211", year, BODY.replace("逐项改进。", text))
        assert ["五、存在的主要问题及改进情况"] * is_warned == [one.place for one in found]
