"""Nothing that a reviewer has done is dropped in silence, whatever the folder has done to the same words meanwhile."""

import functools
from dataclasses import replace

import pytest

from nianbao.importing.flow import Paragraph
from nianbao.importing.html import webpage
from nianbao.importing.imported import Imported
from nianbao.importing.outline import Chapter, Outline
from nianbao.importing.returned import proof, sentences
from nianbao.importing.returned.matching import item_of
from nianbao.importing.returned.merge import merge
from nianbao.importing.returned.printed import Base, Own
from nianbao.inputs import folder
from nianbao.narrative.passages import compose
from nianbao.paths import ReportPaths
from reviewed import BUREAU, YEAR

# What both change has two sentences; of each the folder has another wording.
FIRST, SECOND = "文件库按年份排列，失效的随时标注。", "读者可以订阅更新，邮件当天送达。"
OTHER, NEW = "规范性文件统一编号，权力清单同步调整。", "政策解读配了动画，短片每周发布。"
ABOVE = "渠道以网站为主，公众号每天推送三条。电子屏安在大厅入口，循环播放。"
BELOW = "窗口备有纸质目录，老年人可以借阅。意见簿每周翻看，答复贴在墙上。"
AFAR = "培训分春秋两期，新进人员必须参加。考试用案例题，成绩记入档案。"
LAST = "热线有两人轮值，记录逐条转交。夜间留言次日回复，节假日顺延。"
BOTH = FIRST + SECOND
KEYS = {"文件库", "订阅", "规范性"}  # of what the two are about


def paragraphs(*made):
    return [ABOVE, *made, LAST]


GIVEN = paragraphs(BOTH, BELOW, AFAR)
FOLDER = {
    "nothing": GIVEN,
    "taken out": paragraphs(BELOW, AFAR),
    "rewritten": paragraphs(OTHER, BELOW, AFAR),
    "reworded": paragraphs(BOTH.replace("随时", "及时"), BELOW, AFAR),
    "moved": paragraphs(BELOW, AFAR, BOTH),
    "joined": paragraphs(BOTH + BELOW, AFAR),
    "joined elsewhere": paragraphs(BELOW, AFAR + BOTH),
    "joined elsewhere and reworded": paragraphs(BELOW, AFAR + BOTH.replace("随时", "及时")),
    "parted": paragraphs(FIRST, SECOND, BELOW, AFAR),
    "half elsewhere": paragraphs(FIRST, BELOW, AFAR + SECOND),
    "half taken out": paragraphs(FIRST, BELOW, AFAR),
}
REVIEWER = {
    "taken out": paragraphs(BELOW, AFAR),
    "half taken out": paragraphs(FIRST, BELOW, AFAR),
    "rewritten": paragraphs(NEW, BELOW, AFAR),
    "reworded": paragraphs(BOTH.replace("随时", "马上"), BELOW, AFAR),
    "moved": paragraphs(BELOW, AFAR, BOTH),
    "moved up": [BOTH, ABOVE, BELOW, AFAR, LAST],
    "joined": paragraphs(BOTH + BELOW, AFAR),
    "parted": paragraphs(FIRST, SECOND, BELOW, AFAR),
}


def items(texts):
    """The same as items of a list."""
    return [" ".join(f"{number}. {one}\n" for number, one in enumerate(texts, 1)).replace("\n ", "\n").strip()]


def rows(texts):
    """The same as rows of a table: what stands in one paragraph is one row."""
    cells = [one.rstrip("。").split("。", 1) for one in texts]
    lines = [f"| {some[0]} | {''.join(some[1:]) or '无'} |" for some in cells]
    return ["\n".join(("| 事项 | 说明 |", "|---|---|", *lines))]


def is_so(does, text):
    """Whether a merged text has what the reviewer has done: what stands of what the two are about, and where."""
    lines = [one for one in text.split("\n") if one]
    about = [one for one in lines if any(key in one for key in KEYS)]
    at = [text.index(key) for key in KEYS if key in text]
    together = [{key for key in (*KEYS, "纸质", "公众号") if key in one} for one in lines]
    return {
        "taken out": not about,
        "half taken out": "订阅" not in text,
        "rewritten": not about and "动画" in text,
        "reworded": "马上" in text,
        "moved": bool(at) and text.index("春秋") < min(at) and max(at) < text.index("热线"),
        "moved up": bool(at) and max(at) < text.index("公众号"),
        "joined": any("纸质" in some and some & KEYS for some in together),
        "parted": bool(about) and not any({"文件库", "订阅"} <= some for some in together),
    }[does]


@pytest.fixture(scope="module")
def merged(built):
    """Merges three texts of one report: the merged text, and what is asked."""
    report = folder.read(ReportPaths(built / "params", BUREAU, YEAR))[0]
    flow = webpage.read(b"<body><p>1</p></body>")

    @functools.cache
    def read(text):
        """What a text prints, as it is read of a file."""
        own = [
            Chapter(Paragraph(one.heading, ""), [*webpage.read(f"<body>{one.html}</body>".encode()).blocks])
            for one in compose(replace(report, narrative=text)).passages
            if one.own
        ]
        above = [part for one in own if not one.heading.text for part in one.parts]
        below = [one for one in own if one.heading.text]
        return Imported(report.format, outline=Outline(preamble=above, chapters=below))

    def merge_(given, now, theirs):
        own = replace(report, narrative=now)
        base, ours, file = (read(one) for one in (given, now, theirs))
        result = merge(Own(own, compose(own), Base(ours, flow), now), base, file)
        made = proof.whole(read(result.text))
        asked = [one for some in result.asked.values() for one in some]
        asked += proof.otherwise(result.meant, made, result.apart)
        asked += [about for _, about in sentences.asked((*map(proof.whole, (base, ours, file)), made), [*asked])]
        return result.text, asked

    return merge_


def chapters(*some):
    return "".join(f"## {heading}\n\n" + "".join(f"{one}\n\n" for one in texts) for heading, texts in some).rstrip() + "\n"


@pytest.mark.by_turns(13)
@pytest.mark.parametrize("kind", [list, items, rows])
@pytest.mark.parametrize("does", REVIEWER)
def test_whatever_a_reviewer_has_done_is_so_in_the_merged_text_or_is_asked_about(merged, does, kind):
    """To paragraphs, items of a list and rows of a table; where only one has done anything, or both the same, all is so."""
    given, theirs = (chapters(("一、总体情况", kind(one))) for one in (GIVEN, REVIEWER[does]))
    for did, now in FOLDER.items():
        text, asked = merged(given, chapters(("一、总体情况", kind(now))), theirs)
        assert is_so(does, text) or any(key in one for one in asked for key in KEYS), (did, text, asked)
        if did == "nothing" or now == REVIEWER[does]:
            assert (text, asked) == (theirs, []), did


def headed(heading, *texts, moved=False):
    """Three chapters, of which one has a heading, or stands last; without a heading its text is the chapter's above."""
    above, last = ("渠道 {无}", [ABOVE]), ("培训 {无}", [AFAR])
    if not heading:
        return chapters((above[0], [ABOVE, *texts]), last)
    return chapters(*((above, last, (f"{heading} {{无}}", texts)) if moved else (above, (f"{heading} {{无}}", texts), last)))


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("theirs", "is_so"),
    [
        (headed("政策解读动画", BOTH), lambda text: "## 政策解读动画" in text and "规范性" not in text),
        (headed("", BOTH), lambda text: text.count("## ") == 2),
        (headed(""), lambda text: not any(key in text for key in KEYS)),
        (headed("查询与订阅", BOTH, moved=True), lambda text: text.index("## 培训") < text.index(FIRST)),
    ],
    ids=["renamed", "heading taken out", "taken out", "moved"],
)
def test_so_is_what_a_reviewer_has_done_to_a_chapter(merged, theirs, is_so):
    for now in (
        headed("查询与订阅", BOTH),
        headed("规范性文件的清单", BOTH),
        headed("查询和订阅", BOTH),
        headed("", BOTH),
        headed("规范性文件的清单", OTHER),
        headed("查询与订阅", BOTH, moved=True),
    ):
        text, asked = merged(headed("查询与订阅", BOTH), now, theirs)
        assert asked or is_so(text), (now, text)


def test_a_sentence_that_both_leave_once_and_the_merged_text_has_twice_is_asked_about(merged):
    """The reviewer has joined two paragraphs, of which the folder has joined one to a third."""
    now, theirs = paragraphs(BELOW, AFAR + BOTH), paragraphs(BOTH + BELOW, AFAR)
    text, asked = merged(*(chapters(("一、总体情况", one)) for one in (GIVEN, now, theirs)))
    assert [text.count(one) for one in (FIRST, SECOND)] == [2, 2]
    assert [f"一、总体情况：{one.rstrip('。')}" for one in (FIRST, SECOND)] == asked[-2:]


FIRST_OF_ALL = "目录全文见网站首页，随时可查。"


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("title", ["", "# 示例市文化和旅游局2024年政府信息公开工作年度报告"])
@pytest.mark.parametrize(
    ("given", "theirs"),
    [
        ([FIRST + BELOW], [FIRST, BELOW]),
        ([BOTH, BELOW], [FIRST_OF_ALL, BOTH, BELOW]),
        ([BOTH, BELOW], [BELOW, BOTH]),
    ],
    ids=["parted", "a new one first", "exchanged"],
)
def test_what_a_reviewer_puts_first_in_the_introduction_stands_first(merged, title, given, theirs):
    """Whether the folder has changed a word of each paragraph since or not."""

    def whole(texts):
        return "\n\n".join(filter(None, [title, *texts, chapters(("一、总体情况", [LAST]))]))

    for old, new in (("", ""), ("邮件当天", "邮件次日"), ("可以借阅", "可以借走")):
        now = [one.replace(old, new) for one in given]
        text, asked = merged(whole(given), whole(now), whole(theirs))
        assert (text, asked) == (whole([one.replace(old, new) for one in theirs]), []), (old, text, asked)


@pytest.mark.parametrize(
    ("theirs", "wrong"),
    [
        ([ABOVE, FIRST, SECOND, BELOW], [ABOVE, SECOND, FIRST, BELOW]),
        ([FIRST_OF_ALL, ABOVE, BOTH, BELOW], [ABOVE, BOTH, BELOW, FIRST_OF_ALL]),
        ([ABOVE, BOTH, BELOW, FIRST_OF_ALL], [ABOVE, FIRST_OF_ALL, BOTH, BELOW]),
    ],
    ids=["parted", "a new one first", "a new one last"],
)
def test_an_order_that_neither_has_is_asked_about_once(theirs, wrong):
    """Whatever has made the merged text so; nothing is asked where it has the reviewer's order and the folder's words."""

    def read(texts, words=""):
        some = [one if one == FIRST_OF_ALL else one.replace("。", f"{words}。") for one in texts]
        return [item_of(Paragraph(one, ""), "一、总体情况") for one in some]

    given = read([ABOVE, BOTH, BELOW]), read([ABOVE, BOTH, BELOW], "的")
    for made, number in ((theirs, 0), (wrong, 1)):
        assert len([*sentences.asked((*given, read(theirs), read(made, "的")), [])]) == number, made


def test_a_heading_that_both_have_changed_is_not_asked_about_again():
    """Its number in brackets is a part of it."""
    was, ours, theirs = "（一）主动公开工作", "（一）主动公开有关工作", "（一）主动公开情况"
    given, now, file = ([item_of(Paragraph(one, ""), "一、总体情况")] for one in (was, ours, theirs))
    known = f"一、总体情况：原来印“{was}”，现在印“{ours}”，稿子是“{theirs}”"
    assert [*sentences.asked((given, now, file, file), [])]
    assert [*sentences.asked((given, now, file, file), [known])] == []
