"""A line of the text that reads as a report's title cuts nothing off."""

import pytest

import imports
from nianbao.errors import UsageError

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
LINE = "示例市测试局2022年政府信息公开工作年度报告"
LINES = [
    TITLE, "一、总体情况", "平稳。", "三、收到和处理政府信息公开申请情况", "无。", "五、存在的主要问题及改进情况",
    "一是人少。", "二是队伍不稳定。", "六、其他需要报告的事项", "没有。", "示例市测试局", "2024年1月20日",
]  # fmt: skip


@pytest.mark.parametrize("at", range(2, 10))
def test_what_stands_below_such_a_line_is_in_the_text(tmp_path, at):
    lines = [*LINES[:at], "下列报告已经公开：", LINE, *LINES[at:]]
    made = imports.begin(tmp_path, ("a.html", "".join(f"<p>{one}</p>" for one in lines))).made
    assert made.title.text == TITLE
    for one in LINES[1:10]:
        assert one in made.files["narrative.md"]
    assert LINE in made.files["narrative.md"]
    assert "date: 2024-01-20" in made.files["report.yaml"]
    assert "示例市测试局" in made.files["report.yaml"]


LIKE = "示例市测试局2023年政府信息公开工作报告"
CHAPTERS = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "五、存在的主要问题及改进情况"]


def page_of(*lines):
    return "".join(f"<p>{one}</p>" for one in lines)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("items", [1, 2, 3, 4])
@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_list_below_such_a_line_heads_no_chapters(tmp_path, at, items):
    listed = [
        LIKE,
        *(one for number in "一二三四"[:items] for one in (f"{number}、抓好第{number}项", f"第{number}项已办。")),
    ]
    chapters = [[one, "平稳。", *(listed if number == at else [])] for number, one in enumerate(CHAPTERS, 1)]
    above = [] if at else ["现报告如下。", *listed]
    made = imports.begin(tmp_path, ("a.html", page_of(TITLE, *above, *(one for some in chapters for one in some)))).made
    assert made.title.text == TITLE
    # Behind 三 nobody can tell a fourth item from the chapter 四 that is not there.
    doubtful = ["四、抓好第四项"] if (at, items) == (3, 4) else []
    assert [one.heading.text for one in made.outline.chapters] == [*CHAPTERS[:3], *doubtful, *CHAPTERS[3:]]
    assert [one[1:8] for one in made.written.disputed] == doubtful
    assert all(one in made.files["narrative.md"] for one in (LIKE, "第一项已办。"))


@pytest.mark.parametrize("first", ["一、总体情况", "一、加强领导"])
def test_another_report_below_is_refused_and_not_blended(tmp_path, first):
    lines = [TITLE, *CHAPTERS, "没有。", "样本市教育局2023年政府信息公开工作报告", first, "平稳。", "二、做好公开", "平稳。"]
    with pytest.raises(UsageError, match="2"):
        imports.imported(tmp_path, ("a.html", page_of(*lines)))


TABLE = "<table><tr><td>渠道</td><td>条</td></tr><tr><td>网站</td><td>90</td></tr></table>"
SIGNED = ("示例市测试局", "2024年1月20日")


def bold(*lines):
    return "".join(f"<p><b>{one}</b></p>" for one in lines)


@pytest.mark.parametrize("line", [TITLE, LIKE, LINE])
def test_what_stands_below_the_title_once_more_is_in_the_report(tmp_path, line):
    last = bold("其他需要报告的事项") + page_of("收费77元。")
    plain = (
        page_of(TITLE)
        + bold("总体情况")
        + page_of("公开184条。")
        + bold("存在的主要问题及改进情况")
        + page_of("不足。")
        + TABLE
    )
    numbered = page_of(TITLE, "一、总体情况", "公开184条。", "二、主动公开政府信息情况", "无。", CHAPTERS[3], "不足。")
    for at, page in enumerate((plain + page_of(line) + last, numbered + page_of(line, "一、补充说明", "收费77元。"))):
        if at and line == LINE:
            continue  # that is another report
        made = imports.begin(tmp_path / str(at), ("a.html", page + page_of(*SIGNED))).made
        assert "收费77元。" in made.files["narrative.md"]
        assert "date: 2024-01-20" in made.files["report.yaml"]
        listed = [why for _, text, why in made.left_out if text == line]
        assert listed == ([] if line == LINE else ["标题又出现一次"])
        assert (line == LINE) == (f"\n{line}\n" in made.files["narrative.md"])


@pytest.mark.parametrize("title", ["样本市教育局2023年政府信息公开工作报告", LINE])
def test_a_short_report_below_is_refused_or_left_out_and_not_blended(tmp_path, title):
    lines = [TITLE, *CHAPTERS, "没有。", title, "一、总体情况", "平稳77。"]
    if title != LINE:
        with pytest.raises(UsageError, match="2"):
            imports.imported(tmp_path, ("a.html", page_of(*lines)))
        return
    made = imports.begin(tmp_path, ("a.html", page_of(*lines))).made
    assert "77" not in made.files["narrative.md"]
    assert [why for _, text, why in made.left_out if text == title] == ["文件里的另一份报告，全部没有取用"]


def test_a_cover_is_of_the_report_below_it(tmp_path):
    lines = [TITLE, *CHAPTERS, "没有。", LINE, "二〇二三年一月", LINE, *CHAPTERS[:2], "去年的。"]
    made = imports.begin(tmp_path, ("a.html", page_of(*lines))).made
    assert made.files["narrative.md"].endswith("没有。\n")


COVER = ("示例市测试局", "2023年政府信息公开工作年度报告", "二〇二四年一月")
SAID = "本报告的数据统计期限自2023年1月1日起至2023年12月31日止。"
PAGES = [f"{one}……{at}" for at, one in enumerate(CHAPTERS, 1)]
LISTED = "".join(f"<tr><td>{one}</td><td>{at}</td></tr>" for at, one in enumerate(CHAPTERS, 1))
TOLD = "".join(page_of(one, f"公开了{at}条。") for at, one in enumerate(CHAPTERS, 180))
SIGNS = "<table><tr><td>编制单位</td><td>示例市测试局</td></tr><tr><td>编制日期</td><td>2024年1月20日</td></tr></table>"
COVERS = {
    "pages": page_of(*COVER, "目　录", *PAGES, TITLE),
    "no pages": page_of(*COVER, *CHAPTERS, TITLE),
    "a title without a name": page_of(*COVER, "目录", *PAGES, COVER[1]),
    "a sentence above": page_of(*COVER, "编制说明", SAID, "目录", *CHAPTERS, TITLE),
    "a sentence below": page_of(*COVER, "目录", *CHAPTERS, "编制说明", SAID, TITLE),
    "a table of contents": f"{page_of(*COVER, '目录')}<table>{LISTED}</table>{page_of(TITLE)}",
    "a table of who made it": page_of(*COVER) + SIGNS + page_of(TITLE),
    "a title among the contents": page_of(*COVER, f"{TITLE}……1", *PAGES, TITLE),
    "another cover behind": page_of(*COVER, "目录", *PAGES, *COVER, TITLE),
}


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("cover", COVERS)
def test_a_cover_and_a_table_of_contents_make_no_report_of_their_own(tmp_path, cover):
    page = COVERS[cover] + TOLD + page_of(*SIGNED)
    made = imports.begin(tmp_path, ("a.html", page)).made
    assert made.title.text in {TITLE, COVER[1]}
    assert [one.heading.text for one in made.outline.chapters] == CHAPTERS
    assert made.files["narrative.md"].count("公开了18") == len(CHAPTERS)
    assert "目录" not in made.files["narrative.md"]
    with pytest.raises(UsageError, match="2"):  # two such reports are two
        imports.imported(tmp_path / "two", ("a.html", page + page))


def test_a_table_of_contents_or_of_who_made_it_below_the_title_is_no_text(tmp_path):
    page = page_of(TITLE) + SIGNS + f"<table>{LISTED}</table>" + TOLD + page_of(*SIGNED)
    made = imports.begin(tmp_path, ("a.html", page)).made
    assert "|" not in made.files["narrative.md"]
    assert [why for place, _, why in made.left_out if "表格" in place] == ["封面、目录"] * 2
    assert [one for some in made.questions.values() for one in some if "编制单位" in one]
