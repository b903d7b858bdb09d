"""Text that is copied from a PDF: its lines become paragraphs, the numbers of its pages cut nothing."""

import pytest

import imports
from cases import each
from nianbao.importing import plainfile
from nianbao.importing.lines.brokenlines import JOINED, UNCERTAIN, _together

BEGIN = f"{imports.TITLE.format(2023)}\n一、总体情况\n"
END = "五、存在的主要问题及改进情况\n解读不够。\n"
LINES = [
    "（一）主动公开情况。本年度测试局网站主动公开各类政府信息",
    "五千五百余条，全年新增公开规范性文件一件、测试局及测试局办",
    "公室政策性文件十一件，公开工作平稳有序，各项任务按时完成。",
    "（二）依申请公开情况。定期对政府信息公开申请集中的领域和",
    "热点问题进行研判，探索从源头上解决实际问题。",
]
JOINT = ["**" + line.replace("情况。", "情况。**", 1) for line in ("".join(LINES[:3]), "".join(LINES[3:]))]


def made_of(*lines):
    return imports.read(plainfile.read((BEGIN + "\n".join(lines) + "\n" + END).encode()))


def text_of(made):
    written = made.files["narrative.md"].partition("## 一、总体情况\n\n")[2].partition("\n\n## 五")[0]
    return written.split("\n\n")


@each("indent", ["", "    ", "　　"])
def test_broken_lines_are_paragraphs_and_said_once(indent):
    lines = [indent + line if line.startswith("（") else line for line in LINES]
    made = made_of(*lines)
    assert text_of(made) == JOINT
    assert [what for what in made.said if what[2] == JOINED] == [("第2行至第9行", "3处折行", JOINED)]
    assert UNCERTAIN not in made.questions


@each("number", ["-4-", "- 4 -", "— 4 —", "第4页 共9页", "P. 4", "Page 4 - 某局的报告"])
def test_the_number_of_a_page_cuts_no_paragraph(number):
    made = made_of(*LINES[:2], "", number, "", *LINES[2:])
    assert text_of(made) == JOINT
    assert (number, "页面上的文字") in [one[1:] for one in made.left_out]


def test_where_it_is_uncertain_one_question_names_the_lines_and_nothing_is_a_heading():
    """A wide line that ends with a stop may end its paragraph; half a sentence behind （一） is none."""
    lines = [*LINES[:2], "公室政策性文件十一件，公开工作平稳有序，任务全部按时完成。", "网站访问量比上年度有所增加。"]
    made = made_of(*lines, "（二）依申请公开的信息", "", "都按时答复了申请人。")
    assert made.questions[UNCERTAIN] == ["第5行：…件，公开工作平稳有序，任务全部按时完成。"]
    assert text_of(made)[1] == lines[3]


def test_a_number_that_two_lines_may_share_is_not_joined():
    lines = [
        "（一）主动公开情况。本年度测试局网站主动公开政府信息共12",
        "34条，全年新增公开规范性文件一件、测试局及测试局办公室的",
        *LINES[2:],
    ]
    made = made_of(*lines)
    assert text_of(made)[0].endswith("共12")
    assert made.questions[UNCERTAIN] == ["第3行：…。本年度测试局网站主动公开政府信息共12"]


@pytest.mark.parametrize(("end", "begin"), [("公开政府信息合计1,", "113条，"), ("公开经费合计达到15.", "67万元，")])
def test_a_number_that_is_cut_at_its_comma_or_point_is_not_joined_with_a_blank(end, begin):
    lines = [
        f"（一）主动公开情况。本年度测试局网站主{end}",
        f"{begin}全年新增公开规范性文件一件、测试局及测试局",
        *LINES[2:],
    ]
    made = made_of(*lines)
    assert text_of(made)[0].endswith(end)
    assert len(made.questions[UNCERTAIN]) == 1


def test_digits_in_the_names_of_files_number_no_line(tmp_path):
    """Line 9 of 2023.txt and line 10 are next to each other."""
    text = BEGIN + "\n".join([*["公开工作平稳有序，没有变化。"] * 6, *LINES]) + "\n" + END
    alone = imports.begin(tmp_path / "1", ("2023.txt", text)).made
    both = imports.begin(tmp_path / "2", ("2023.txt", text), ("表.html", imports_table())).made
    assert text_of(both) == text_of(alone)
    assert both.questions.keys() & {UNCERTAIN} == alone.questions.keys() & {UNCERTAIN}


def imports_table():
    return "<table>" + "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in imports.rows("table4")) + "</table>"


def test_half_a_sentence_is_no_heading():
    made = made_of(*LINES[:3], "（三）加强政府信息管理，在网站和公报发布信息", "", "时坚持先审查、后公开。")
    assert "###" not in made.files["narrative.md"]


@each(
    "lines",
    [
        ["全年公开信息5条。", "公开指南更新了一次。"],
        ["本年度" + "公开政府信息工作平稳有序" * 8, "下一年度" + "继续做好政府信息公开工作" * 8],
        ["公开指南", "公开目录", "公开年报"],
    ],
)
def test_paragraphs_of_a_line_each_stay_as_they_are(lines):
    made = made_of(*lines)
    assert text_of(made) == lines
    assert JOINED not in str(made.said)


def test_few_wide_lines_without_a_stop_are_asked_about():
    """As a short text has them, whose other lines are paragraphs."""
    others = ["（二）依申请公开。专人登记、专人答复，没有超期。", "（三）平台建设。全年更新专栏十四次，没有差错。"] * 4
    made = made_of(*LINES[:3], *others)
    assert text_of(made)[:2] == ["**" + LINES[0].replace("情况。", "情况。**", 1), LINES[1]]
    assert made.questions[UNCERTAIN] == [f"第{at}行：…{LINES[at - 3][-20:]}" for at in (3, 4)]


def test_a_chapter_s_heading_is_no_line_of_a_paragraph():
    last = "热点问题进行研判，探索从源头上解决群众的实际问题和困难。"
    lines = ["  " + LINES[0], *LINES[1:3], "  " + LINES[3], last, "六、其他需要报告的事项"]
    made = made_of(*lines, "本年度没有收费。")
    assert "\n## 六、其他需要报告的事项\n" in made.files["narrative.md"]


def test_a_web_page_s_paragraphs_are_never_joined(tmp_path):
    page = f"<h1>{imports.TITLE.format(2023)}</h1><p>一、总体情况</p>{''.join(f'<p>{line}</p>' for line in LINES)}"
    made = imports.begin(tmp_path, ("a.html", page)).made
    assert JOINED not in str(made.said)


@each(
    ("line", "below", "meant"),
    [
        ("网站（http:/", "/www.shili.gov.cn）下载", "网站（http://www.shili.gov.cn）下载"),
        ("网站htt", "p://www.shili.gov.cn下载", "网站http://www.shili.gov.cn下载"),
        ("邮箱shili@shi", "li.gov.cn，电话", "邮箱shili@shili.gov.cn，电话"),
        ("网址www.shili.gov.cn", "/zfxxgk/2023.html", "网址www.shili.gov.cn/zfxxgk/2023.html"),
        ("网址www.shili.gov.cn", "QQ群", "网址www.shili.gov.cn QQ群"),
        ("使用Word", "XP系统", "使用Word XP系统"),
        ("微信公众号", "和微博", "微信公众号和微博"),
        ("网址https://www.shili.gov.cn/zw", "gk/index.html，电话", "网址https://www.shili.gov.cn/zwgk/index.html，电话"),
        ("网址https://www.shili.gov.cn/art_", "12.html", "网址https://www.shili.gov.cn/art_12.html"),
        ("网址http://", "www.shili.gov.cn，", "网址http://www.shili.gov.cn，"),
        ("网址https://www.shili.gov.cn/zwgk", "12条信息", None),
        ("网址https://www.shili.gov.cn/zwgk/", "12.5万条信息", None),
        ("网址https://www.shili.gov.cn/zwgk", "2023-2024年", None),
        ("网址https://www.shili.gov.cn/zwgk", "QQ群", None),
        ("网址https://www.shili.gov.cn/zwgk", "www.shili.cn", None),
    ],
)
def test_an_address_that_a_lines_end_cuts_has_no_blank(line, below, meant):
    assert _together(line, below) == meant


def test_a_line_that_may_end_with_its_address_is_not_joined_and_asked_about():
    cut = [
        "（三）平台建设。全文见公开网址：https://www.shili.gov.cn/zwgk",
        "12条信息由办公室发布，各科室都在期限之内作了更新，没有差错。",
    ]
    made = made_of(*LINES, *cut)
    assert text_of(made)[-1] == cut[1]
    assert made.questions[UNCERTAIN] == [f"第8行：…{cut[0][-20:]}"]
