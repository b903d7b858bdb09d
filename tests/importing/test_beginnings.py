"""What published reports lose and what pages put around them: titles, heads of pages, numerals of chapters, empty tables."""

import pytest

import imports
from cases import each
from nianbao.importing import furniture, kinds, titles
from nianbao.inputs.persons import without_persons

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
CHAPTERS = ("一、总体情况", "平稳。", "五、存在的主要问题及改进情况", "一是解读不够。", "六、其他需要报告的事项", "无。")


def made_of(tmp_path, *lines, name="报告.txt", year=2023):
    """What becomes of lines of text."""
    return imports.begin(tmp_path, (name, "\n\n".join(lines)), year=year).made


def asked(made):
    """What has to be decided, but for tables that are not there, in one text."""
    told = {question: about for question, about in made.questions.items() if "没有找到，各格未填" not in question}
    return "\n".join("\n".join([question, *about]) for question, about in told.items())


def left_out(made):
    """{text: why it was left out}."""
    return {text: why for _, text, why in made.left_out}


def head_of(made):
    """What stands above the first chapter."""
    return made.files["narrative.md"].partition("## ")[0].split()


# A heading whose numeral is lost.

LOST = (
    "、主动公开政府信息情况",
    "主动公开政府信息情况",
    "?、主动公开情况",
    "第部分 主动公开政府信息情况",
    "、 主动公开政府信息情况：",
    "1、 主动公开政府信息情况",
)
NUMBERED = ("一、总体情况", "平稳。", "{}", "本年制发2件。", "三、收到和处理政府信息公开申请情况", "没有申请。")


@pytest.mark.parametrize("heading", LOST)
def test_a_heading_that_has_lost_its_numeral_heads_its_chapter_and_is_asked_about(tmp_path, heading):
    made = made_of(tmp_path, TITLE, *(line.format(heading) for line in NUMBERED))
    assert [one.heading.text for one in made.outline.chapters] == [NUMBERED[0], heading, NUMBERED[4]]
    assert [one.text for one in made.outline.chapters[1].parts] == ["本年制发2件。"]
    assert f"下列章的标题没有序号，按文字和次序认作这一章：核对，补上序号\n第7行：{heading}" in asked(made)
    line = next(one for one in made.files["narrative.md"].split("\n") if heading in one)
    assert line.startswith(f"## {heading}")
    assert "{无}" not in line


def test_a_heading_without_its_numeral_stands_above_its_table(tmp_path):
    page = "".join(f"<p>{one}</p>" for one in ("一、总体情况", "平稳。", "、主动公开政府信息情况"))
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in imports.rows())
    page = f"<h1>{TITLE}</h1>{page}<table>{rows}</table><p>三、收到和处理政府信息公开申请情况</p>"
    made = imports.begin(tmp_path, ("a.html", page)).made
    assert "平稳。\n\n## 、主动公开政府信息情况\n\n{{ 表二 }}" in made.files["narrative.md"]
    assert "表题" not in "".join(left_out(made).values())


def test_a_heading_whose_numeral_became_that_of_a_list_heads_its_chapter(tmp_path):
    listed = "<p>平稳。</p><ol start=2><li>主动公开政府信息情况</li></ol><p>甲。</p>"
    heads = f"<p>一、总体情况</p>{listed}<p>三、收到和处理政府信息公开申请情况</p>"
    made = imports.begin(tmp_path, ("a.html", f"<h1>{TITLE}</h1>{heads}")).made
    assert [one.heading.text for one in made.outline.chapters][1] == "主动公开政府信息情况"
    assert "没有序号" in asked(made)


@pytest.mark.parametrize("sign", ["", "、", "第部分 "])
def test_chapters_that_have_all_lost_their_numerals_are_chapters(tmp_path, sign):
    names = ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "其他需要报告的事项"]
    made = made_of(tmp_path, TITLE, *(text for name in names for text in (f"{sign}{name}", f"{name}平稳。")))
    assert [one.heading.text for one in made.outline.chapters] == [f"{sign}{name}" for name in names]
    assert [[part.text for part in one.parts] for one in made.outline.chapters] == [[f"{name}平稳。"] for name in names]
    assert all(f"：{sign}{name}" in asked(made) for name in names)


def test_captions_of_tables_alone_are_no_chapters(tmp_path):
    text = "".join(
        f"<p>{one}</p>"
        for one in ("主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况")
    )
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in imports.rows())
    made = imports.begin(tmp_path, ("a.html", f"{text}<table>{rows}</table>")).made
    assert made.outline is None


@pytest.mark.parametrize(
    "lines",
    [
        ("一、总体情况", "主动公开情况", "平稳。", "三、收到和处理政府信息公开申请情况"),
        ("一、总体情况", "1、主动公开情况", "平稳。", "三、收到和处理政府信息公开申请情况"),
        ("一、总体情况", "二、主动公开政府信息情况", "主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"),
        (
            "一、总体情况",
            "二、统计数据",
            "主动公开政府信息情况",
            "收到和处理政府信息公开申请情况",
            "三、存在的主要问题及改进情况",
        ),
    ],
)
def test_a_line_that_is_no_lost_heading_stays_where_it_stands(tmp_path, lines):
    made = made_of(tmp_path, TITLE, *lines)
    assert [one.heading.text for one in made.outline.chapters] == [one for one in lines if one[1] == "、" and one[0] != "1"]
    assert "没有序号" not in asked(made)


# Lines of the page between title and text.

OF_PAGE = (
    "来自:示例市测试局 时间:2024-01-13",
    "2024年01月26日来源:示例市测试局",
    "2024-01-26 15:50 来源：示例市测试局",
    "示例市测试局 发布时间:2024-01-13",
    "发布日期 2024-01-13",
    "来源 示例市测试局",
    "2024-01-13 10:22:05",
    "2024年1月13日 星期六",
    "{{ title }}",
    "瀏覽次數：126",
    "發佈時間：2024-01-13",
    "信息來源：示例市測試局",
    "【字號：大 中 小】",
    "打印本頁 關閉窗口",
    "您現在的位置：首頁 > 政務公開",
    "索引號：123",
    "发布机构 示例市测试局",
    "关键词 发布机构 示例市政务服务局",
    "目 錄",
)  # fmt: skip


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("line", OF_PAGE)
def test_a_line_of_the_page_below_the_title_is_left_out_and_listed(tmp_path, line):
    made = made_of(tmp_path, TITLE, line, "现将情况报告如下：", *CHAPTERS)
    assert head_of(made) == ["#", TITLE, "现将情况报告如下："]
    assert left_out(made)[line] == "页面上的文字"
    assert asked(made) == ""


@pytest.mark.parametrize(
    "line",
    [
        "统计时间：2023年1月1日至12月31日",
        "数据来源：示例市测试局",
        "本报告的数据来源于台账。",
        "{{ 表二 }}",
        "示例市政务办：",
    ],
)
def test_a_line_of_text_below_the_title_is_kept(tmp_path, line):
    made = made_of(tmp_path, TITLE, line, *CHAPTERS)
    assert made.outline.preamble[0].text == line
    assert line not in left_out(made)


def test_a_pages_labels_and_values_may_stand_in_lines_or_cells_of_their_own(tmp_path):
    lines = ("来源", "示例市测试局", "发布时间：", "2024-01-13", "有效性", "索引号")
    made = made_of(tmp_path, TITLE, *lines, "现将情况报告如下：", *CHAPTERS)
    assert head_of(made) == ["#", TITLE, "现将情况报告如下："]
    assert [left_out(made)[one] for one in lines] == ["页面上的文字"] * len(lines)
    cells = "<table><tr><td>来源：示例市</td><td>时间：2024-01-13</td></tr></table>"
    page = f"<h1>{TITLE}</h1>{cells}{''.join(f'<p>{one}</p>' for one in CHAPTERS)}"
    made = made_of(tmp_path, page, name="a.html", year=2023)
    assert head_of(made) == ["#", TITLE]
    assert asked(made) == ""


BYLINES = "标题下的下列机关名称和日期没有取用：是正文的，补进 narrative.md；是落款的，写进 report.yaml"


@pytest.mark.parametrize(
    "line", ["测试局", "示例市测试局", "示例市卫健局", "示例市测试局 2024年1月26日", "2024-01-26 市卫健局"]
)
def test_a_bodys_name_below_the_title_is_left_out_and_asked_about(tmp_path, line):
    made = made_of(tmp_path, TITLE, line, "2024年1月20日", *CHAPTERS)
    assert head_of(made) == ["#", TITLE]
    assert left_out(made)[line] == "标题下的机关名称"
    assert asked(made) == f"{BYLINES}\n第3行：{line}"
    assert made.outline.values["date"][0] == "2024年1月20日"


def test_a_bodys_own_name_below_the_title_is_not_asked_about_where_it_signs_too(tmp_path):
    made = made_of(tmp_path, TITLE, "测试局", *CHAPTERS, "示例市测试局", "2024年1月20日")
    assert left_out(made)["测试局"] == "标题下的机关名称"
    assert asked(made) == ""


def test_what_a_page_says_of_itself_without_colons_is_none_of_the_text(tmp_path):
    page = ["索 引 号 123456789/2024-00047 发文字号 无", f"名 称 {TITLE}", "是否有效 有效"]
    lines = "".join(f"<p>{line}</p>" for line in (TITLE, *page, *CHAPTERS))
    made = imports.begin(tmp_path, ("a.html", lines)).made
    assert head_of(made) == ["#", TITLE]
    assert [left_out(made)[line] for line in page] == ["页面上的文字"] * 3


@pytest.mark.parametrize("line", ["名称 变更情况：无", "有效性 清理规范性文件 12 件", "责任部门 落实专人负责"])
def test_a_line_that_begins_as_a_pages_label_is_text_at_the_end_and_alone_below_the_title(tmp_path, line):
    made = made_of(tmp_path, TITLE, line, *CHAPTERS, line)
    assert line in [one.text for one in made.outline.chapters[-1].parts]
    assert made.outline.preamble[0].text == line
    assert line not in left_out(made)


@pytest.mark.parametrize("line", ["2024年1月", "二〇二四年一月", "（2024年1月）", "（2024年元月）"])
def test_a_month_below_the_title_is_no_text_and_asked_about_where_no_day_stands_below(tmp_path, line):
    made = made_of(tmp_path / "dated", TITLE, line, *CHAPTERS, "示例市测试局", "2024年1月20日")
    assert head_of(made) == ["#", TITLE]
    assert left_out(made)[line] == "标题下的日期"
    assert asked(made) == ""
    assert asked(made_of(tmp_path / "undated", TITLE, line, *CHAPTERS)) == f"{BYLINES}\n第3行：{line}"


@pytest.mark.parametrize(
    "line", ["抄送：县政府办公室。", "主送：市政府。", "（共印20份）", "示例市测试局办公室2024年1月20日印发。"]
)
def test_who_gets_a_report_is_no_question_below_its_day(tmp_path, line):
    made = made_of(tmp_path, TITLE, *CHAPTERS, "示例市测试局", "2024年1月20日", line)
    assert left_out(made)[line] == "落款之后的文字"
    assert asked(made) == ""


def test_a_bodys_name_below_the_first_sentence_is_text(tmp_path):
    made = made_of(tmp_path, TITLE, "查阅点为：", "示例市卫健局", *CHAPTERS)
    assert [one.text for one in made.outline.preamble] == ["查阅点为：", "示例市卫健局"]


def test_words_of_a_page_are_known_in_traditional_characters_wherever_they_stand(tmp_path):
    tail = (
        "示例市測試局",
        "2024年1月20日",
        "責任編輯：某某",
        "【打印本頁】【關閉窗口】",
        "主辦：示例市人民政府",
        "附錄：名單",
    )
    made = made_of(tmp_path, TITLE.replace("测试", "測試"), *CHAPTERS, *tail)
    assert made.outline.values["editor"][0] == "責任編輯：某某"
    assert {left_out(made)[one] for one in tail[3:5]} == {"页面上的文字"}
    assert without_persons("填報人：某某 聯繫電話：0932-8212345") == ("", "填報人：某某 聯繫電話：0932-8212345")
    assert furniture.is_hint("請填寫本年情況")


# Titles.


@each(
    ("text", "name"),
    [
        ("示例区甲镇人民政府2021年信息公开年度报告", "示例区甲镇人民政府"),
        ("示例市测试局2021年度信息公开工作年度报告", "示例市测试局"),
        ("示例市测试局关于2021年信息公开情况的年度报告", "示例市测试局"),
        ("2021年示例区甲镇信息公开年度报告", "示例区甲镇"),
        ("示例大学信息公开2021年年度报告", "示例大学"),
        ("示例市测试局信息公开工作年度报告（2021年）", "示例市测试局"),
        ("示例区甲镇人民政府信息公开年度报告（2021年）", "示例区甲镇人民政府"),
    ],
)
def test_a_plain_title_is_one(text, name):
    assert titles.parse(text) == (name, 2021)


@each(
    "text",
    [
        "2021年信息公开年度报告",
        "示例市企业2021年信息公开年度报告",
        "示例市测试局2021年预算信息公开报告",
        "示例市测试局信息公开年度报告",
    ],
)
def test_a_plain_line_without_body_or_year_is_no_title(text):
    assert titles.parse(text) is None


@pytest.mark.parametrize("page", ["报告.txt", "报告.html"])
def test_a_report_with_a_plain_title_has_it(tmp_path, page):
    title = "示例区甲镇人民政府2023年信息公开年度报告"
    lines = [title, "来源:示例区甲镇人民政府 发布时间:2024-01-17 15:50", *CHAPTERS]
    if page.endswith("html"):
        lines = [f"<h1>{title}</h1>", *(f"<p>{one}</p>" for one in lines[1:])]
    made = made_of(tmp_path, *lines, name=page)
    assert head_of(made) == ["#", title]
    assert made.name == "示例区甲镇人民政府"
    assert asked(made) == ""


def page_of(*lines, title):
    return f"<html><head><title>{title}</title></head><body>{''.join(f'<p>{one}</p>' for one in lines)}</body></html>"


@pytest.mark.parametrize("title", [TITLE, f"{TITLE}_示例市人民政府", f"政府信息公开 - {TITLE} - 示例市"])
def test_a_title_that_only_the_pages_title_bar_has_is_taken_and_listed(tmp_path, title):
    made = made_of(tmp_path, page_of("首页", *CHAPTERS, title=title), name="a.html")
    assert head_of(made) == ["#", TITLE]
    assert ("网页", TITLE, "标题：正文里没有，取自网页的标题栏") in made.said
    assert made.name == "示例市测试局"
    assert asked(made) == ""


@pytest.mark.parametrize("title", [TITLE.replace("2023", "2022"), "政府信息公开年报_示例市人民政府"])
def test_a_title_bar_that_is_none_of_this_year_is_named_in_the_question(tmp_path, title):
    made = made_of(tmp_path, page_of(*CHAPTERS, title=title), name="a.html")
    assert head_of(made) == []
    assert f"没有找到标题：核对是哪个机关哪一年的报告\n印出的是按格式生成的标题\n网页的标题栏：{title}（没有取用）" in asked(
        made
    )


def test_what_stands_above_a_title_that_is_not_known_is_none_of_the_text(tmp_path):
    head = "示例县人民政府 The People's Government of Shili County, 2024"
    clock = "示例市示例区人民政府 2024年12月3日星期二无障碍 无障碍 简体 | 繁体 长者模式 长者模式"
    like, text = "示例县甲镇2023年政府信息公开 工作告年度报", "根据《条例》，现将2023年政府信息公开情况报告如下："
    made = made_of(tmp_path, head, "网站公告：本站已改版。", clock, "政府信息公开", like, text, *CHAPTERS)
    assert head_of(made) == [text]
    assert left_out(made).keys() == {head, "网站公告：本站已改版。", clock, "政府信息公开", like}
    said = "没有标题的文件开头的下列内容没有取用：是正文的，补进 narrative.md"
    assert f"{said}\n第1行：{head}\n第3行：网站公告：本站已改版。" in asked(made)
    assert f"印出的是按格式生成的标题\n第9行：{like}（像标题，没有取用）" in asked(made)


def test_a_title_bar_that_names_another_body_than_the_one_that_signs_is_named_in_the_question(tmp_path):
    title = TITLE.replace("测试局", "教育局")
    made = made_of(tmp_path, page_of(*CHAPTERS, "示例市测试局", "2024年1月20日", title=title), name="a.html")
    assert head_of(made) == []
    assert made.name == made.outline.values["signature"][0] == "示例市测试局"
    assert f"网页的标题栏：{title}（没有取用）" in asked(made)


# A template's braces are no JSON.


def test_a_page_whose_script_has_not_run_is_read(tmp_path):
    made = made_of(tmp_path, "{{ title }}", "{{ errorMessage }}", TITLE, *CHAPTERS)
    assert head_of(made) == ["#", TITLE]
    assert left_out(made).keys() == {"{{ title }}", "{{ errorMessage }}"}


@each(("raw", "is_json"), [(b"\xef\xbb\xbf {}", True), (b'{\n "a"', True), (b"{", True), (b"{{ a }}", False)])
def test_only_an_object_is_json(raw, is_json):
    assert kinds._is_kit(raw) is is_json


# The labels of an empty table.

ROWS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
EMPTY = ("行政复议", "行政诉讼", *ROWS, "未经复议直接起诉", "复议后起诉", *ROWS, *ROWS)
FORM = ("第二十条第（一）项", "信息内容", "本年制发件数", "本年", "废止件数", "现行有效件数", "规章", "0", "行政规范性文件")


@pytest.mark.parametrize("labels", [EMPTY, FORM])
def test_labels_of_an_empty_table_are_no_text(tmp_path, labels):
    chapter = "四、政府信息公开行政复议、行政诉讼情况"
    made = made_of(tmp_path, TITLE, *CHAPTERS[:2], chapter, "见下表。", *labels, *CHAPTERS[2:])
    assert [one.text for one in made.outline.chapters[1].parts] == ["见下表。"]
    assert [text for _, text, why in made.left_out if "栏目" in why] == list(labels)
    assert "、".join(labels) in asked(made)


def test_a_few_words_that_are_labels_too_are_text(tmp_path):
    made = made_of(tmp_path, TITLE, "一、总体情况", "公开了下列事项：", "行政许可", "行政处罚", "行政强制", *CHAPTERS[2:])
    assert [one.text for one in made.outline.chapters[0].parts][1:] == ["行政许可", "行政处罚", "行政强制"]
    assert asked(made) == ""


# Half a head.


def heads(*names):
    return [[names[(at - 1) % 3] if cell.startswith(("本年新", "对外")) and at else cell for at, cell in enumerate(row)]
            for row in imports.rows(form="2019", money="8万元")]  # fmt: skip


def test_a_half_head_that_stands_twice_is_known_by_its_place():
    made = imports.made_of(heads("本年新", "本年新", "对外公开总数量"), year=2020)
    assert "规章,3,3,3" in made.files["table2.csv"]
    assert asked(made) == ""


def test_a_whole_head_that_stands_twice_with_the_same_figures_is_in_doubt():
    made = imports.made_of(heads("本年新制作数量", "本年新制作数量", "对外公开总数量"), year=2020)
    assert "两栏名称和数字都相同" in asked(made)
