"""Where a report begins and ends on a page, and what of the page is none of it."""

from datetime import date

import pytest

import imports
import words
from cases import each
from machine import in_turn
from nianbao.importing import ending, outline, questions
from nianbao.importing.flow import Paragraph
from nianbao.importing.html import webpage

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
DISPUTED = "落款前后的下列内容像是网页的，没有取用：是正文的，补进 narrative.md"
BEGIN = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>平稳。</p><p>五、存在的主要问题及改进情况</p><p>一是解读不够。</p>"


def taken(tail, begin=BEGIN):
    made = imports.read(webpage.read((begin + tail).encode()))
    return {key: text for key, (text, _) in made.outline.values.items()}, made


def test_dates_of_other_pages_below_a_report_are_none_of_its_own():
    news = "<p><a>示例市样本局新闻</a></p><p>2024-02-01</p>"
    values, made = taken(f"<p>示例市测试局</p><p>2024年1月20日</p><p>相关链接</p>{news}")
    assert values == {"date": "2024年1月20日", "signature": "示例市测试局"}
    assert "新闻" not in made.files["narrative.md"]
    assert ("第10段", "2024-02-01", "落款之后的文字") in made.left_out


def test_without_a_day_the_page_below_is_left_out_all_the_same():
    values, made = taken("<p>示例市测试局</p><p>【打印本页】</p><p>版权所有：示例市人民政府</p>")
    assert values == {"signature": "示例市测试局"}
    assert made.files["narrative.md"].endswith("一是解读不够。\n")


@each("text", ["2024年元月20日", "二〇二四年元月二十日", "2024年 元月 20 日"])
def test_january_is_known_by_its_other_name(text):
    assert ending.day_in(text) == date(2024, 1, 20)


@each("day", ["二〇二四年一月三一日", "二〇二四年一二月一日", "二〇二四年十十月一日"])
def test_a_day_whose_numerals_are_no_number_is_none_and_stops_no_import(day):
    assert ending.day_in(day) is None
    values, made = taken(f"<p>示例市测试局</p><p>{day}</p>")
    assert "date" not in values
    assert day in "".join(made.files.values())


def test_name_and_day_may_stand_in_one_line_or_the_day_first():
    wanted = {"date": "2024年1月20日", "signature": "示例市测试局"}
    assert taken("<p>示例市测试局　　2024年1月20日</p>")[0] == wanted
    assert taken("<p>2024年1月20日</p><p>示例市测试局</p>")[0] == wanted


NO_NAMES = (
    "2023年度本机关没有收取信息处理费", "无其他需要报告的事项", "特此报告", "无", "没有召开新闻发布会", "三是办好政府网站",
    "本市没有其他需要说明之处", "办好市政府网站",
    "示例市测试局没有收取信息处理费", "市县各级均设立政务公开办公室",
    "公开场所为市政务服务中心", "联系示例市测试局办公室", "依托市政务服务中心和县区大厅", "我市政务公开办公室",
     "公开栏设在一楼大厅",
)  # fmt: skip


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("line", NO_NAMES)
def test_a_line_of_text_above_a_day_that_stands_alone_signs_nothing(line):
    tails = (f"<p>{line}</p><p>2024年1月20日</p>", f"<p>{line}</p><p>【打印本页】</p>", f"<p>{line}</p>")
    titles = (TITLE, "2023年政府信息公开工作年度报告")
    for title, tail in in_turn(titles, tails):
        values, made = taken(tail, BEGIN.replace(TITLE, title))
        assert "signature" not in values
        assert made.files["narrative.md"].endswith(f"一是解读不够。\n\n{line}\n")
        assert outline.UNSIGNED not in made.questions
    assert not ending.find([ending.Paragraph("2024年1月20日", ""), ending.Paragraph(line, "")]).values.keys() - {"date"}


@each(
    "line",
    [
        "示例市图书馆",
        "示例市政务服务大厅",
        "示例市人民检察院",
        "国家税务总局示例市税务局",
        "示例市政府信息公开查阅中心",
        "示例市政务服务局",
    ],
)
def test_another_bodys_name_above_a_day_is_text_and_signs_nothing(line):
    values, made = taken(f"<p>政府信息公开查阅点为：</p><p>{line}</p><p>2024年1月20日</p>")
    assert values == {"date": "2024年1月20日"}
    assert made.files["narrative.md"].endswith(f"\n\n{line}\n")
    assert outline.UNSIGNED not in made.questions


@each(
    "lines",
    [
        ("示例市教育局", "2024年1月20日"), ("示例市教育局",), ("示例市教育局", "示例市测试局", "2024年1月20日"),
        ("示例市测试局（草稿）", "2024年1月20日（初稿）"), ("示例市测试局", "2024年1月20日（初稿）"),
        ("示例市测试局", "2024年 月 日"), ("示例市测试局", "二〇二四年一月"),
    ],
)  # fmt: skip
def test_a_last_line_that_reads_like_another_signature_is_text_and_asked_about(lines):
    values, made = taken("".join(f"<p>{one}</p>" for one in lines))
    text = [one for one in lines if one not in values.values()]
    assert made.files["narrative.md"].endswith("\n\n".join(["一是解读不够。", *text]) + "\n")
    assert [one.partition("：")[2] for one in made.questions[outline.UNSIGNED]] == text


@pytest.mark.by_turns(4)
@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("定西市税务局", "国家税务总局定西市税务局"), ("定西市税务局", "甘肃省定西市税务局"),
        ("示例市测试局", "示例市测试局（盖章）"), ("示例市测试局", "测试局"), ("示例市测试局", "示例市测试局办公室"),
        ("示例市人民政府", "示例市人民政府办公室"), ("示例市广播电视台", "示例市广播电视台"), ("示例街道办事处", "示例街道"),
        ("示例市不动产登记中心", "不动产登记中心"), ("", "示例县甲镇人民政府"), ("", "未央区教育局"),
        ("示例市甲局、示例市乙局", "示例市甲局、示例市乙局"), ("示例市测试局", "示例市 测试局"),
        ("示例市测试局", "示 例 市 测 试 局"),
    ],
)  # fmt: skip
def test_a_bodys_name_above_a_day_signs_in_whole_or_in_short(body, line):
    begin = BEGIN.replace(TITLE, f"{body}2023年政府信息公开工作年度报告")
    values, made = taken(f"<p>{line}</p><p>2024年1月20日</p>", begin)
    assert values["signature"] == line
    assert made.files["narrative.md"].endswith("一是解读不够。\n")


@pytest.mark.parametrize(
    ("body", "lines", "signature"),
    [
        ("示例市甲局、示例市乙局", ("示例市甲局", "示例市乙局"), "示例市甲局、示例市乙局"),
        ("示例市人民政府办公室", ("示例市人民政府", "办公室"), "示例市人民政府办公室"),
        ("示例市甲局", ("示例市甲局", "示例市乙局", "示例市丙局"), "示例市甲局、示例市乙局、示例市丙局"),
        ("示例市甲局", ("示例市甲局、示例市乙局",), "示例市甲局、示例市乙局"),
    ],
)
def test_a_signature_may_stand_in_several_lines(body, lines, signature):
    begin = BEGIN.replace(TITLE, f"{body}2023年政府信息公开工作年度报告")
    values, made = taken("".join(f"<p>{line}</p>" for line in (*lines, "2024年1月20日")), begin)
    assert values["signature"] == signature
    assert made.files["narrative.md"].endswith("一是解读不够。\n")


@pytest.mark.parametrize("row", ["<td>{}</td>", "<td width=60%></td><td>{}</td>"])
def test_a_signature_may_stand_in_a_table(row):
    rows = "".join(f"<tr>{row.format(one)}</tr>" for one in ("示例市测试局", "2024年1月20日"))
    values, made = taken(f"<table>{rows}</table>")
    assert values == {"signature": "示例市测试局", "date": "2024年1月20日"}
    assert made.files["narrative.md"].endswith("一是解读不够。\n")


def test_a_body_above_the_signature_that_the_title_does_not_name_is_text():
    values, made = taken("<p>示例市教育局</p><p>示例市测试局</p><p>2024年1月20日</p>")
    assert values["signature"] == "示例市测试局"
    assert made.files["narrative.md"].endswith("示例市教育局\n")


def test_a_sentence_of_the_report_is_never_taken_for_the_pages():
    said = "微信扫码关注人数5人。", "网站浏览量：15.67万次，访问量上升。", "（一）打印、分享功能"
    _, made = taken("", BEGIN + "".join(f"<p>{one}</p>" for one in said))
    assert [one for one in said if one not in made.files["narrative.md"]] == []


def test_what_looks_like_the_pages_is_text_where_text_stands_around_it():
    lines = "政府网站访问量：15.67万次", "公开方式：网站、公报", "发布日期：每月5日前"
    channels = "<p>通过下列渠道公开：</p><ul><li>政府网站</li><li>微信</li><li>微博</li></ul>"
    text = channels + "".join(f"<p>{one}</p>" for one in lines)
    begin = BEGIN.replace("<p>平稳。</p>", text) + text + "<p>无。</p>"
    for tail in ("", "<p>示例市测试局</p><p>2024年1月20日</p>", "<p>示例市测试局</p><p>【打印本页】</p>"):
        _, made = taken(tail, begin)
        for one in (*lines, "微信", "微博"):
            assert made.files["narrative.md"].count(one) == 2
        assert made.files["narrative.md"].count("无。") == 1


def test_names_of_attachments_below_the_signature_go_above_it():
    end = "<p>示例市测试局</p><p>2024年1月20日</p>"
    for names in (["附件：1.示例目录"], ["附件：1.示例目录", "2.示例指南"], ["附件：示例目录"]):
        made = taken(end + "".join(f"<p>{one}</p>" for one in names))[1]
        assert made.files["narrative.md"].endswith("\n\n".join(["一是解读不够。", *names]) + "\n")
    made = taken(end + "<p>附件：示例目录</p><p>一、目录。</p>")[1]
    assert made.files["narrative.md"].endswith("## 附件：示例目录\n\n一、目录。\n")


def test_files_to_download_are_left_out():
    end = "<p>示例市测试局</p><p>2024年1月20日</p>"
    for tail in (
        "<p>附件下载：2023年年报.pdf</p>" + end,
        end + "<p>附件：</p><p>1.年报.docx</p>",
        end + "<p>附件：年报.pdf</p>",
    ):
        made = taken(tail)[1]
        assert "年报." not in made.files["narrative.md"]
        assert any("年报." in text for _, text, _ in made.left_out)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "tail",
    [
        ["附件：", "年报.docx", "相关文档", "政策解读"],
        ["附件下载：", "1.年报.pdf"],
        ["Produced By 示例网络 内容发布系统"],
        ["是否有用：有用 没用", "您的满意度评价：", "非常满意", "满意", "一般", "不满意", "智能机器人", "回到顶部"],
        ["政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开"],
        ["上一篇：示例市测试局2022年政府信息公开工作年度报告", "下一篇：没有了"],
    ],
)
@pytest.mark.parametrize("signed", ["", "示例市测试局\n2024年1月20日\n"])
def test_what_a_page_has_below_a_report_is_none_of_its_text(tail, signed, tmp_path):
    text = f"{TITLE}\n一、总体情况\n平稳。\n五、存在的主要问题及改进情况\n一是解读不够。\n{signed}"
    made = imports.begin(tmp_path, ("报告.txt", text + "\n".join(tail))).made
    assert made.files["narrative.md"].endswith("## 五、存在的主要问题及改进情况\n\n一是解读不够。\n")
    assert [one for one in tail if one not in [said for _, said, _ in made.left_out]] == []
    assert [one for one in made.questions if "没有找到" not in one] == []


@each(
    "lines",
    [
        ["本年度公开渠道", "政府信息公开专栏", "微信公众号5个", "收取信息处理费0元"],
        ["依申请公开", "网上3件"],
        ["政务服务大厅", "办理时间：2023年5月1日", "办理地点：服务大厅"],
        ["群众评价", "满意", "120人次", "一般", "3人次"],
        ["公开渠道包括：", "政府信息公开专栏", "微信"],
    ],
)
@each("page", [[], ["收费情况", "打印本页", "国家部委网站"]])
def test_words_that_a_page_and_a_report_say_end_no_text_without_a_day_where_text_stands_below(lines, page):
    cut = ending.find([Paragraph(one, "") for one in ("一是解读不够。", *lines, *page)])
    assert cut.begin == 1 + len(lines) + bool(page)


def test_a_figure_below_the_end_of_a_text_without_a_day_is_asked_about(tmp_path):
    text = f"{TITLE}\n一、总体情况\n平稳。\n五、存在的主要问题及改进情况\n一是解读不够。\n"
    page = ["主办：示例市人民政府 网站标识码：3400000001", "备案序号：皖ICP备05000001号", "电话：0300-1234567", "1.年报.pdf"]
    tail = ["扫码申请3件", "打印本页", "收取信息处理费0元", *page]
    made = imports.begin(tmp_path, ("报告.txt", text + "\n".join(tail))).made
    assert made.questions[DISPUTED] == ["第6行：扫码申请3件", "第8行：收取信息处理费0元"]
    signed = f"{text}示例市测试局\n2024年1月20日\n" + "\n".join(tail)
    assert DISPUTED not in imports.begin(tmp_path / "signed", ("报告.txt", signed)).made.questions


def test_links_in_a_list_below_a_report_are_the_pages():
    links = "".join(f"<li><a href='#'>{one}</a></li>" for one in ("网站地图", "联系我们", "示例市人民政府"))
    _, made = taken(f"<div><ul>{links}</ul></div>")
    assert made.files["narrative.md"].endswith("一是解读不够。\n")


@pytest.mark.parametrize(
    "lines",
    [
        ["【字体：", "大", "中", "小", "】"],
        ["字号：", "默认", "大", "超大", "】", "保护视力色："],
        ["A+ A A-"],
        ["信息提供日期：2024-01-20"],
    ],
)
def test_the_tools_of_a_page_below_a_title_are_none_of_its_text_and_not_asked_about(lines, tmp_path):
    text = "\n".join([TITLE, *lines, "现将情况报告如下：", "一、总体情况", "平稳。", "五、存在的主要问题及改进情况", "无。"])
    made = imports.begin(tmp_path, ("报告.txt", text)).made
    assert made.files["narrative.md"].startswith(f"# {TITLE}\n\n现将情况报告如下：\n\n## 一、总体情况")
    assert [one for one in made.questions if "没有找到" not in one] == []


def test_a_name_below_the_title_that_signs_in_the_same_words_is_not_asked_about(tmp_path):
    title = "2023年示范路街道政府信息公开工作年度报告"
    text = [title, "示范路街道办事处", "一、总体情况", "平稳。", "五、存在的主要问题及改进情况", "无。"]
    made = imports.begin(tmp_path, ("报告.txt", "\n".join([*text, "示范路街道办事处", "2024年1月20日"]))).made
    assert made.outline.values["signature"][0] == "示范路街道办事处"
    assert [one for one in made.questions if "没有找到" not in one] == []


def test_a_column_of_the_site_may_end_a_title(tmp_path):
    lines = ["示例市测试局", "2023年", "政府信息公开年报", "一、总体情况", "平稳。", "五、存在的主要问题及改进情况", "无。"]
    made = imports.begin(tmp_path, ("报告.txt", "\n".join(lines))).made
    assert made.title.text == "示例市测试局2023年政府信息公开年报"


def test_numbers_of_pages_and_buttons_among_text_are_left_out():
    _, made = taken("<p>- 3 -</p><p>【打印本页】</p><p>二是更新不够。</p><p>示例市测试局</p><p>2024年1月20日</p>")
    assert [text for _, text, _ in made.left_out] == ["- 3 -", "【打印本页】"]


def test_what_is_left_out_above_the_signature_is_asked_about():
    _, made = taken("<p>微信</p><p>示例市测试局</p><p>2024年1月20日</p>")
    assert ["第6段：微信"] in made.questions.values()


def test_every_paragraph_is_in_the_report_or_listed(tmp_path):
    tail = "<p>示例市测试局</p><p>2024年1月20日</p><p>责任编辑：办公室</p><p>附件：说明</p><p>见条例。</p><p>主办：甲</p>"
    path = tmp_path / "报告.html"
    path.write_text(f"<p>首页</p><p>发布时间：2024-01-21</p>{BEGIN}{tail}", "utf-8")
    made = imports.begin(tmp_path, path).made
    kept = made.files["narrative.md"] + made.files["report.yaml"] + "2024年1月20日"
    listed = [text for _, text, _ in made.left_out]
    texts = [
        "首页",
        "发布时间：2024-01-21",
        TITLE,
        "一、总体情况",
        "平稳。",
        "一是解读不够。",
        "示例市测试局",
        "附件：说明",
        "见条例。",
        "主办：甲",
    ]
    assert [text for text in texts if text not in kept and text not in listed] == []


CONTENTS = ("一、总体情况", "（一）主动公开", "（二）依申请公开", "二、主动公开政府信息情况", "五、存在的主要问题及改进情况")
BODY = (
    "<p>一、总体情况</p><p>（一）主动公开</p><p>平稳。</p><p>（二）依申请公开</p><p>没有。</p>"
    "<p>二、主动公开政府信息情况</p><p>无。</p>"
)
END = "<p>五、存在的主要问题及改进情况</p><p>一是解读不够。</p><p>示例市测试局</p><p>2024年1月20日</p>"


@pytest.mark.parametrize("page", ["", " {}", "……{}", "……………（{}）", "\u3000第{}页", "．．．．－ {} －", "{}"])
@pytest.mark.parametrize("entries", [CONTENTS, [one for one in CONTENTS if one[0] != "（"]], ids=["all", "chapters"])
def test_a_table_of_contents_heads_nothing_whatever_tells_its_pages(page, entries):
    listed = [one + page.format(at) for at, one in enumerate(entries, 1)]
    begin = f"<h1>{TITLE}</h1><p>目　录</p>" + "".join(f"<p>{one}</p>" for one in listed)
    values, made = taken(BODY + END, begin)
    text = made.files["narrative.md"].split("\n\n")
    assert text[:2] == [f"# {TITLE}", "## 一、总体情况"]
    assert [one for one in text if one.startswith("##")] == [
        "## 一、总体情况", "### （一）主动公开", "### （二）依申请公开",
        "## 二、主动公开政府信息情况", "## 五、存在的主要问题及改进情况",
    ]  # fmt: skip
    assert [text for _, text, _ in made.left_out] == ["目　录", *listed]
    assert values["signature"] == "示例市测试局"
    assert not [one for one in made.questions if "没有找到" not in one]


def test_the_contents_that_word_writes_head_nothing(tmp_path):
    entries = [words.paragraph(one, "<w:r><w:tab/></w:r>", str(at)) for at, one in enumerate(CONTENTS, 1)]
    lines = (*CONTENTS[:1], "平稳。", *CONTENTS[3:4], "无。", *CONTENTS[4:], "一是解读不够。")
    made = imports.imported(
        tmp_path, ("a.docx", words.document(words.paragraph(TITLE), *entries, *map(words.paragraph, lines)))
    )
    text = made.made.files["narrative.md"]
    assert (
        text
        == f"# {TITLE}\n\n## {CONTENTS[0]}\n\n平稳。\n\n## {CONTENTS[3]}\n\n无。\n\n## {CONTENTS[4]}\n\n一是解读不够。\n"
    )


@pytest.mark.parametrize("heading", ["二、主动公开政府信息情况表", "二、主动公开政府信息情况说明"])
def test_a_heading_that_goes_on_behind_the_statutory_words_is_one(heading):
    _, made = taken(f"<p>{heading}</p><p>无。</p>{END}", f"<h1>{TITLE}</h1><p>一、总体情况概述</p><p>平稳。</p>")
    text = made.files["narrative.md"].split("\n\n")
    assert text[1:5] == ["## 一、总体情况概述", "平稳。", f"## {heading}", "无。"]


def test_text_behind_a_heading_in_its_line_is_a_paragraph():
    for said in ("一、总体情况：平稳。", "一、总体情况平稳。", "一、总体情况　平稳。", "<b>一、总体情况</b>平稳有序"):
        _, made = taken(END, f"<h1>{TITLE}</h1><p>{said}</p>")
        assert made.files["narrative.md"].split("\n\n")[1:3][1].startswith("平稳"), said


def test_sentences_and_tables_below_the_signature_are_asked_about():
    end = "<p>示例市测试局</p><p>2024年1月20日</p>"
    table = "<table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>"
    _, made = taken(f"{end}<p>本报告另有说明。</p>{table}<p>某局新闻</p><p>2024-02-01</p>")
    [asked] = [about for question, about in made.questions.items() if "落款前后" in question]
    assert asked == ["第8段：本报告另有说明。", "第1个表格：甲，乙 / 1，2"]


def test_a_list_that_counts_further_than_the_chapters_heads_none():
    words = ("总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况")
    words = (*words, "存在的主要问题及改进情况", "其他需要报告的事项")
    heads = "".join(
        f"<p>{numeral}、{one}</p><p>全年主动公开信息{numeral}条。</p>"
        for numeral, one in zip("一二三四五六", words, strict=True)
    )
    listed = [f"{numeral}、{item}。" for numeral, item in zip("一二三四五六七", "甲乙丙丁戊己庚", strict=True)]
    end = "<p>示例市测试局</p><p>2024年1月25日</p>"
    _, made = taken("".join(f"<p>{one}</p>" for one in listed) + end, f"<h1>{TITLE}</h1>{heads}")
    text = made.files["narrative.md"]
    assert "## 七、" not in text
    assert all(f"\n{one}\n" in text for one in listed)
    _, made = taken(f"<p>七、附则</p><p>无。</p>{END}", f"<h1>{TITLE}</h1>{heads}")
    assert "## 七、附则" in made.files["narrative.md"]


def test_a_numeral_beyond_that_of_the_next_chapter_counts_in_its_own_chapter():
    tail = "<p>七、其他</p><p>另有两点。</p><p>六、其他需要报告的事项</p><p>无。</p>"
    text = taken(tail)[1].files["narrative.md"]
    assert "一是解读不够。\n\n七、其他\n\n另有两点。\n\n## 六、其他需要报告的事项\n\n无。" in text


SENTENCES = ("一、总体情况有待改善。", "一、总体情况的问题：公开不够，时效不强。")


@each("said", SENTENCES)
@each("at", ["平稳。", "一是解读不够。"])
def test_a_sentence_that_begins_with_a_chapters_words_heads_nothing_where_the_heading_stands_too(said, at):
    _, made = taken("", BEGIN.replace(f"<p>{at}</p>", f"<p>{at}</p><p>{said}</p>"))
    assert [one.heading.text for one in made.outline.chapters] == ["一、总体情况", "五、存在的主要问题及改进情况"]
    assert f"\n\n{at}\n\n{said}\n" in made.files["narrative.md"]
    assert not [question for question in made.questions if "没有隔开" in question]


@pytest.mark.parametrize("said", SENTENCES)
def test_words_right_behind_a_heading_in_its_line_are_parted_from_it_and_asked_about(said):
    _, made = taken(END, f"<h1>{TITLE}</h1><p>{said}</p>")
    assert f"## 一、总体情况\n\n{said.removeprefix('一、总体情况')}\n" in made.files["narrative.md"]
    [about] = [about for question, about in made.questions.items() if "没有隔开" in question]
    assert about == [f"第2段：{said}"]


def test_a_table_of_contents_does_not_keep_a_heading_with_its_text_behind_it_from_being_one():
    words = ("一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项")
    listed = "".join(f"<p>{one}</p>" for one in words)
    body = f"<p>{words[0]}平稳，有序。</p><p>{words[1]}</p><p>一是解读不够。</p><p>{words[2]}</p><p>无。</p>"
    _, made = taken("", f"<h1>{TITLE}</h1>{listed}{body}")
    assert [one.heading.text for one in made.outline.chapters] == list(words)


@each("tag", ["aside", "footer", "nav"])
@each(("said", "is_asked"), [("全年办理申请12件。", True), ("相关链接", False)])
def test_a_sentence_of_the_page_among_the_text_is_asked_about(tag, said, is_asked):
    part = f"<{tag}><p>{said}</p></{tag}>"
    _, made = taken(END, BEGIN.replace("<p>平稳。</p>", f"<p>平稳。</p>{part}"))
    asked = [question for question, about in made.questions.items() if about == [f"第4段：{said}"]]
    assert asked == [outline.ASIDE] * is_asked
    _, made = taken(f"<p>示例市测试局</p><p>2024年1月20日</p>{part}")
    assert outline.ASIDE not in made.questions


def test_two_days_on_which_the_same_body_signs_are_asked_about():
    first, second = "<p>示例市测试局 2024年1月5日</p>", "<p>示例市测试局</p><p>2024年1月25日</p>"
    values, made = taken(f"{first}<p>此后收费3件。</p>{second}")
    assert values["date"] == "2024年1月5日"
    assert ["第9段：2024年1月25日"] == made.questions[outline.SIGNED]
    _, made = taken(f"{first}<p>示例市测试局</p><p>2024-01-05</p><p>2024-02-01</p>")
    assert outline.SIGNED not in made.questions


def test_how_a_text_is_open_to_the_public_stands_above_its_day():
    values, made = taken("<p>公开方式：主动公开</p><p>2024年1月25日</p>")
    assert values == {"date": "2024年1月25日"}
    assert ("第6段", "公开方式：主动公开", "页面上的文字") in made.left_out
    assert not [question for question in made.questions if "落款" in question]


LISTS = {
    "a numeral of the next chapter": ["六、其他", "另有两点。"],
    "a numeral of the next chapter, as a sentence": ["六、其他。"],
    "a numeral of a chapter above": ["三、信息公开申请办理不规范", "另有两点。"],
    "words of chapters": ["一、总体情况不佳", "二、主动公开政府信息不够", "甲。", "三、收到和处理申请不规范", "乙。"],
    "more items than chapters": [f"{one}、问题{one}。" for one in "一二三四五六七八"],
}


@pytest.mark.parametrize("items", LISTS.values(), ids=LISTS)
def test_what_counts_in_a_chapter_heads_none_whose_own_heading_stands_elsewhere(items):
    words = ("总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况")
    words = (*words, "存在的主要问题及改进情况", "其他需要报告的事项")
    heads = [f"{numeral}、{one}" for numeral, one in zip("一二三四五六", words, strict=True)]
    said = {one: ["平稳。", *(items if one == heads[4] else [])] for one in heads}
    page = "".join(f"<p>{line}</p>" for head, lines in said.items() for line in (head, *lines))
    _, made = taken("<p>示例市测试局</p><p>2024年1月25日</p>", f"<h1>{TITLE}</h1>{page}")
    assert [(one.heading.text, [part.text for part in one.parts]) for one in made.outline.chapters] == [*said.items()]
    assert not [question for question in made.questions if "标题" in question]


def test_bare_tables_below_the_headings_of_their_chapters_need_no_title(tmp_path):
    line = "示例市测试局2023年度政府信息公开情况统计表"
    heading = "二、主动公开政府信息情况"
    sheet = "\n".join([line, heading, *(",".join(row) for row in imports.rows())])
    made = imports.begin(tmp_path, ("表二.csv", sheet)).made
    assert questions.NO_TITLE not in made.questions
    assert "narrative.md" not in made.files
    assert {text for _, text, _ in made.left_out} == {line, heading}
    said = "本年办理平稳有序，没有发生投诉举报的情形，群众满意。"
    with_text = imports.begin(tmp_path / "more", ("表二.csv", f"{sheet}\n{said}")).made
    assert questions.NO_TITLE in with_text.questions
