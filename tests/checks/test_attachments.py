"""Attachments: their numbers, the list that a bureau has typed, where the text points, headings without ``##`` or name."""

from cases import each
from making import BODY, REST, findings, make
from nianbao.document.pieces import attachments, listed
from nianbao.narrative.passages import compose


def made(text="", *headings):
    attached = "".join(f"\n## {heading}\n\n内容如下。\n" for heading in headings)
    return make(narrative=f"{REST.lstrip()}\n{BODY}\n{text}\n{attached}")


def said(prefix, text="", *headings):
    return [(one.source.line, one.found) for one in findings(made(text, *headings), prefix)]


def names(*headings):
    return pieces_of(compose(made("", *headings)))


def pieces_of(narrative):
    page = listed(narrative)
    return page.replace('<div class="attached"><p>附件：', "").replace("</p></div>", "").split("</p>\n<p>")


@each(
    ("headings", "found"),
    [
        (["附件2：乙", "附件1：甲"], "附件2（第23行）、附件1（第27行）：次序颠倒"),
        (["附件1：甲", "附件3：丙"], "附件1（第23行）、附件3（第27行）：缺附件2"),
        (["附件1：甲", "附件１ 丙"], "附件1（第23行）、附件１（第27行）：附件1重号"),
        (["附件一：甲", "附件三、丙"], "附件一（第23行）、附件三（第27行）：缺附件2"),
        (["附件：甲", "附件：乙"], "附件（第23行）、附件（第27行）：都没有序号"),
        (["附件1：甲", "附件：乙"], "附件1（第23行）、附件（第27行）：有的没有序号"),
        (["附件2：甲"], "附件2（第23行）"),
        (["附件1：甲"], "附件1（第23行）"),
        (["附件一"], "附件一（第23行）"),
        (["附表1：甲", "附表3：乙"], "附表1（第23行）、附表3（第27行）：缺附表2"),
        (["附件1：甲", "附表2：乙"], "附件1（第23行）、附表2（第27行）：名目不一"),
    ],
)
def test_numbers_out_of_order_with_a_gap_or_twice_are_named_with_their_lines(headings, found):
    assert [text for _, text in said("W224", "", *headings)] == [found]


@each(
    "headings",
    [
        [],
        ["附件：甲"],
        ["附件"],
        ["附表1：甲", "附表2：乙"],
        ["附件1：甲", "附件2"],
        ["附件一 甲", "附件二 乙"],
        ["附件1-1：甲", "附件1-2：乙"],
        ["附件2024年统计表"],
        ["附件一览表"],
        ["附件一般公共预算公开表"],
        ["附件三公经费表"],
        ["附件一次性告知单"],
        ["附件十四五规划"],
        ["附录一", "附录二"],
    ],
)
def test_numbers_in_order_are_passed(headings):
    assert [] == said("W224", "", *headings)


def test_a_single_attachment_is_to_have_no_number():
    """GB/T 9704-2012 numbers attachments where there are several; the list of one has no number either."""
    [one] = findings(made("", "附件1：甲"), "W224")
    assert "不编序号" in one.expected
    assert names("附件1：甲") == ["甲"]


@each(
    ("text", "headings", "listed"),
    [
        ("附件：1.甲\n2.乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件：1. 甲\n      2. 乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件：\n\n1. 甲\n2. 乙\n", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件：1.甲；2.乙。", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件1：甲\n附件2：乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件1 甲\n附件2 乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件1.甲\n附件2.乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件清单：1.甲 2.乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件：附表1：甲\n附表2：乙", ["附表1：甲", "附表2：乙"], [(1, "甲"), (2, "乙")]),
        ("附表：1.甲 2.乙", ["附表1：甲", "附表2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件：1.甲", ["附件：甲"], ["甲"]),
        ("附：甲", ["附件：甲"], ["甲"]),
        ("附件：甲，含乙", ["附件：甲，含乙"], ["甲，含乙"]),
        ("附件：1. 甲\n2. 乙", [], [(1, "甲"), (2, "乙")]),
        ("附件：\n\n- 甲\n- 乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件：\n• 甲\n• 乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件：\n①甲\n②乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件：\n（1）甲\n（2）乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件：\n1）甲\n2）乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件（共2个）：1.甲\n2.乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件(2份)：\n- 甲\n- 乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件共两件：\n1.甲\n2.乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("**附件：**1.甲\n2.乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("**附件**：1.甲\n2.乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("**附件：**\n\n- 甲\n- 乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件：**1.甲**\n**2.乙**", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件：\n甲\n乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件：甲\n乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件：一、甲\n二、乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
        ("附件：甲、乙", ["附件1：甲", "附件2：乙"], [(1, "甲"), (2, "乙")]),
    ],
)
def test_a_list_typed_at_the_end_of_the_text_is_printed_once_as_the_standard_has_it(text, headings, listed):
    narrative = compose(made(f"全年平稳。\n\n{text}", *headings))
    number = '<span class="number">{}. </span>{}'.format
    assert pieces_of(narrative) == [one if isinstance(one, str) else number(*one) for one in listed]
    assert narrative.sections[-1].html.strip().endswith("<p>全年平稳。</p>")
    assert narrative.sections[-1].markdown.endswith(text.strip())


@each(
    "text",
    ["附件：1.甲\n2.乙\n\n特此报告。", "附件：1.[甲](https://example.com/1)\n2.乙", "附件：[甲](https://example.com/1)"],
)
def test_a_list_typed_elsewhere_or_with_links_stays_and_is_the_only_one(text):
    narrative = compose(made(text, "附件1：甲", "附件2：乙"))
    assert (pieces_of(narrative), narrative.listed) == ([""], ())
    assert "附件：" in narrative.sections[-1].html


def test_lines_of_a_list_in_the_text_are_lines_of_their_own():
    assert "<p>附件1：甲</p>\n<p>附件2：乙</p>" in compose(made("附件1：甲\n附件2：乙\n\n特此报告。")).sections[-1].html


def test_a_table_as_an_attachment_is_listed_by_its_name():
    number = '<span class="number">{}. </span>{}'.format
    assert names("附表1：甲", "附表2：乙") == [number(1, "甲"), number(2, "乙")]
    assert names("附表：甲") == ["甲"]
    assert "附表1：" in (page := attachments(made("", "附表1：甲"), compose(made("", "附表1：甲"))).html)
    assert '<span class="title-part">甲</span>' in page


def test_the_list_shows_the_numbers_of_the_pages():
    number = '<span class="number">{}. </span>{}'.format
    assert [number(2, "乙"), number(1, "甲")] == names("附件2：乙", "附件1：甲")
    assert [number(1, "甲"), number(3, "丙")] == names("附件1：甲", "附件3：丙")
    assert [number(1, "甲"), number(2, "乙")] == names("附件一：甲", "附件二：乙") == names("附件：甲", "附件：乙")
    assert [number(1, "附件1-1：甲"), number(2, "附件1-2：乙")] == names("附件1-1：甲", "附件1-2：乙")
    assert ["附件一览表"] == names("附件一览表")


@each(
    ("headings", "marks"),
    [
        (["附件（1）：甲", "附件（2）：乙"], ["附件（1）：", "附件（2）："]),
        (["附件(一) 甲", "附件(二) 乙"], ["附件(一) ", "附件(二) "]),
        (["附件【1】甲", "附件【2】乙"], ["附件【1】", "附件【2】"]),
        (["附件Ⅰ：甲", "附件Ⅱ：乙"], ["附件Ⅰ：", "附件Ⅱ："]),
        (["附件I：甲", "附件II：乙"], ["附件I：", "附件II："]),
        (["附件A：甲", "附件B：乙"], ["附件A：", "附件B："]),
        (["附录Ａ 甲", "附录Ｂ 乙"], ["附录Ａ ", "附录Ｂ "]),
        (["附件1-甲", "附件2-乙"], ["附件1：", "附件2："]),
        (["附件1——甲", "附件2——乙"], ["附件1：", "附件2："]),
        (["附件1，甲", "附件2，乙"], ["附件1：", "附件2："]),
        (["附件1：甲。", "附件2：乙；"], ["附件1：", "附件2："]),
        (["附件1、甲", "附件2．乙"], ["附件1、", "附件2．"]),
    ],
)
def test_a_number_is_known_however_it_is_written_and_listed_once(headings, marks):
    number = '<span class="number">{}. </span>{}'.format
    assert [number(1, "甲"), number(2, "乙")] == names(*headings)
    page = attachments(made("", *headings), compose(made("", *headings))).html
    titles = [f'<h2>{mark}<span class="title-part">{name}</span></h2>' for mark, name in zip(marks, "甲乙", strict=True)]
    assert all(one in page for one in titles)
    assert [] == said("W22", "", *headings)


@each("heading", ["附件A类名单", "附件APP目录", "附件（2024年）目录", "附件（清单）", "附件VR展厅"])
def test_other_words_behind_the_word_for_attachments_are_no_number(heading):
    assert [heading] == names(heading)


ROWS = "|镇|件|\n|--|--|\n|甲|3|"


@each("heading", ["附件1", "附件1：", "附件（1）", "附件一", "附表"])
@each("below", ["{}\n\n" + ROWS, "\n　　{}\n" + ROWS, "### {}\n\n共3件。", "**{}**\n\n共3件。"])
def test_a_title_on_a_line_of_its_own_below_the_heading_is_the_attachments(heading, below):
    text = f"{REST.lstrip()}\n{BODY}\n平稳，见图3。\n\n## {heading}\n{below.format('各镇情况')}\n\n见图4。\n"
    [one] = (narrative := compose(make(narrative=text))).attachments
    assert ["各镇情况"] == pieces_of(narrative)
    assert f"{heading.rstrip('：')}：各镇情况" == one.heading
    assert "各镇情况" not in one.markdown
    lost = [found.source.line for found in findings(make(narrative=text), "W228")]
    assert [text[: text.index(f"见图{number}")].count("\n") + 1 for number in (3, 4)] == lost


def test_a_title_on_two_lines_is_one():
    text = f"{REST.lstrip()}\n{BODY}\n## 附件1\n\n示例市政务公开\n重点任务清单\n\n{ROWS}\n\n## 附件2：目录\n\n共3件。\n"
    number = '<span class="number">{}. </span>{}'.format
    assert [number(1, "示例市政务公开重点任务清单"), number(2, "目录")] == pieces_of(compose(make(narrative=text)))


@each(
    "below",
    [
        ROWS, "全年3件。", "全年平稳",
        "单位：件\n\n" + ROWS, "表5 各镇情况\n\n" + ROWS, "注：含县级\n\n" + ROWS, "（2024年）\n\n" + ROWS,
        "2024年3月1日\n\n平稳。", "一、目标任务\n\n平稳。", "### （一）目标\n\n平稳。",
        "### 东区\n\n平稳。\n\n### 西区\n\n平稳。",
        "- 甲\n- 乙\n\n平稳。", "1. 甲\n2. 乙\n\n平稳。", "为做好工作，制定方案\n\n平稳。", "甲\n乙\n丙\n\n平稳。",
        "![图](a.png)\n\n平稳。",
        "> 引文\n\n平稳。", "清单\n共3件。\n\n平稳。",
    ],
)  # fmt: skip
def test_other_lines_below_a_heading_without_a_title_stay_text(below):
    [one] = compose(make(narrative=f"{REST.lstrip()}\n{BODY}\n## 附件1\n\n{below}\n")).attachments
    assert ("附件1", below) == (one.heading, one.markdown)


@each(
    ("text", "headings", "found"),
    [
        ("附件：1.重点任务\n2.解读", ["附件1：重点任务完成情况", "附件2：解读"], "1. 重点任务、2. 解读"),
        ("附件：1. 甲\n2. 丙\n3. 丁", ["附件1：甲"], "1. 甲、2. 丙、3. 丁"),
        ("附件：1. 甲", ["附件1：甲", "附件2：乙"], "1. 甲"),
        ("附件：1. 甲\n      2. 乙", [], "1. 甲、2. 乙"),
        ("附件：1.甲；2.乙", [], "1. 甲、2. 乙"),
        ("附件：\n\n1. 甲\n2. 乙", ["附件1：甲"], "1. 甲、2. 乙"),
        ("附件：1.乙\n\n　　　2.甲", ["附件1：甲", "附件2：乙"], "1. 乙、2. 甲"),
        ("附件：统计表", ["附件：目录"], "1. 统计表"),
        ("附件1：甲\n附件2：乙", ["附件1：甲", "附件2：丙"], "1. 甲、2. 乙"),
    ],
)
def test_a_typed_list_that_differs_from_the_attachments_is_a_warning(text, headings, found):
    assert [(21, f"正文列出“{found}”")] == said("W225", text, *headings)
    [one] = findings(made(text, *headings), "W225")
    assert all(heading.rpartition("：")[2] in one.expected for heading in headings)
    assert not headings or "行）" in one.expected


AGREEING = [
    ("附件：1. 重点任务完成情况\n2. 政策解读清单", ["附件1：重点任务完成情况", "附件2：政策解读清单"]),
    ("附件：1.《甲》；2.乙（2024年）。", ["附件1：甲", "附件2：乙(2024年)"]),
    ("附件：\n\n1. 甲\n2. 丙", ["附件1：甲", "附件2：丙"]),
    ("附件：甲、乙", ["附件1：甲", "附件2：乙"]),
    ("附件：一、甲\n二、乙", ["附件1：甲", "附件2：乙"]),
    ("附件：甲\n乙\n\n特此报告。", ["附件1：甲", "附件2：乙"]),
    ("附件1：甲\n\n附件2：乙", ["附件1：甲", "附件2：乙"]),
    ("附：名单", ["附件：名单"]),
    ("附件：统计表", ["附件"]),
    ("附件：[统计表](https://example.com/1.xlsx)", []),
    ("附件：无。", []),
    ("附件：详见网站。", ["附件1：甲", "附件2：乙"]),
    ("附件：请见本网站专栏", []),
    ("附件：另附", []),
    ("附件：见网站", []),
    ("详见附件2，另见附件。", ["附件1：甲", "附件2：乙"]),
    ("详见附件1。", ["附件：甲"]),
    ("详见附件2。\n\n附件：1.甲 2.乙", ["附件1：甲", "附件2：乙"]),
    ("见附表2。\n\n附表2 各镇情况\n\n|镇|件|\n|--|--|\n|甲|3|", []),
    ("[详见附件3](https://example.com/3.pdf)", []),
    ("各单位意见附件3份，常见附件打不开等问题。", []),
    ("按照《办法》附件3的要求办理。", []),
    ("下载附件3次，附件3个，共上传附件3份（附件3份）。", []),
    ("《通知》附件3要求，示府办〔2023〕5号文附件3的格式，省局通知的附件3。", []),
    ("按国办秘书局来文附件3填报，来文附件3是格式，上级附件3，邮件附件3，按附件5格式填报。", []),
    ("如附件3打不开，请来电；附件一键下载，附件一共3个，附件一式两份，附件（2份）。", []),
    ("详见附件1-1、附件1-2。", ["附件1-1：甲", "附件1-2：乙"]),
    ("详见附件1-2。", ["附件1：甲", "附件2：乙"]),
    ("详见附录二。", ["附录一", "附录二"]),
    ("详见附录B，如附录 A所示。", ["附录A 甲", "附录B：乙"]),
    ("见附录Ａ，见《办法》附录C，见附件APP。", ["附录A 甲"]),
    ("名单附后。", ["附件：甲"]),
    ("名单附后。\n\n附件：1. 甲", ["附件：甲"]),
    ("名单附后。\n\n|镇|件|\n|--|--|\n|甲|3|", []),
    ("申请材料不附后果说明，详见后附表格。", []),
    ("材料交附后勤中心，附后续整改情况，（附后台数据）。", []),
    ("表1、表2附后。", []),
    ("清单见附件。", ["附件：甲"]),
    ("清单见附件。\n\n附件：1. 甲", ["附件：甲"]),
    ("意见附件齐全，常见附件，可见附件下载按钮，见附件封面，见附件下载区，参见附件下载栏。", []),
    ("[见附件](https://example.com/3.pdf)，来信称“见附件。”", []),
    ("《办法》（见附件）已印发。", []),
    ("公布《清单（见附件）》。", []),
]


def test_a_list_and_words_that_agree_with_the_attachments_are_passed():
    told = [(text, said("W22", text, *headings)) for text, headings in AGREEING]
    assert [] == [one for one in told if one[1]]


@each(
    ("text", "headings", "found"),
    [
        ("平稳，详见附件3。", [], "附件3"),
        ("平稳（见附件２）。", ["附件1：甲"], "附件2"),
        ("平稳（附件2）。", ["附件：甲"], "附件2"),
        ("情况详见附件。", [], "附件"),
        ("数据见附表二。", ["附件：甲"], "附表2"),
        ("平稳，详见附件1、附件3。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("平稳，详见附件1至附件3。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("平稳，见附件一至附件三。", ["附件一：甲", "附件二：乙"], "附件3"),
        ("平稳，详见附件1-3。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("平稳，详见附件1—附件3。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("平稳，详见附件（3）。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("附件3列出清单。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("附件1、2、3分别是甲、乙、丙。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("平稳，如附件3所示。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("平稳，见本报告后附件3。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("平稳（附件1、附件3）。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("平稳，见附件1和附表3。", ["附件1：甲", "附件2：乙"], "附表3"),
        ("平稳，见附件3-1。", ["附件1：甲", "附件2：乙"], "附件3-1"),
        ("平稳，见附件1-3。", ["附件1-1：甲", "附件1-2：乙"], "附件1-3"),
        ("平稳，见附录三。", ["附录一", "附录二"], "附录3"),
        ("（附件3）", ["附件1：甲", "附件2：乙"], "附件3"),
        ("请查看附件3。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("请下载附件3。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("另附附件3。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("随附附件3。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("清单作为附件3。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("清单列入附件3。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("名单列于附件3。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("名单在附件3中列出。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("名单附在附件3。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("详见报告后的附件3。", ["附件1：甲", "附件2：乙"], "附件3"),
        ("平稳，见附录B。", ["附录A 甲"], "附录B"),
        ("平稳（附件Ｂ）。", [], "附件B"),
        ("平稳，如附录 C所示。", ["附录A 甲", "附录B 乙"], "附录C"),
        ("详见文后附件。", [], "附件"),
        ("平稳，详见附录。", ["附件：甲"], "附录"),
        ("清单见附件。", [], "附件"),
        ("清单见“附件”。", [], "附件"),
        ("清单见本报告附件。", [], "附件"),
        ("清单见文后附件。", [], "附件"),
        ("清单见报告所附附件", [], "附件"),
        ("清单列于附件，已公布。", [], "附件"),
        ("清单载于附录。", ["附件：甲"], "附录"),
        ("情况如附件所示。", [], "附件"),
        ("情况见附件中的清单。", [], "附件"),
        ("清单见【附件3】。", ["附件1：甲", "附件2：乙"], "附件3"),
    ],
)
def test_words_that_point_to_no_attachment_are_a_warning(text, headings, found):
    assert [(21, f"正文指向{found}，没有{found}")] == said("W225", text, *headings)


@each("text", ["清单附后。", "清单（附后）已公布。", "名单和方案附后。"])
def test_a_list_that_is_said_to_be_attached_is_no_statutory_table(text):
    narrative = BODY.replace("工作有序开展。", text) + REST
    assert ["正文说“附后”，后面没有附件、表格和图片"] == [one.found for one in findings(make(narrative=narrative), "W225")]
    assert [] == findings(make(narrative=f"{narrative}\n## 附件：清单\n\n全年3件。\n"), "W225")


def test_tables_that_are_said_to_be_attached_may_be_the_statutory_ones():
    narrative = BODY.replace("工作有序开展。", "各项统计附后，有关数据附后。") + REST
    assert [] == findings(make(narrative=narrative), "W225")


def test_a_table_of_the_text_may_be_the_annexed_one():
    text = "情况详见附表。\n\n附表 各镇情况\n\n|镇|件|\n|--|--|\n|甲|3|"
    assert [] == findings(make(narrative=BODY.replace("工作有序开展。", text) + REST), "W225")
    lost = findings(make(narrative=BODY.replace("工作有序开展。", text.replace("附表 各", "各")) + REST), "W225")
    assert ["正文指向附表，没有附表"] == [one.found for one in lost]


def test_the_statutory_tables_may_be_the_annexed_ones_each_in_its_chapter():
    narrative = BODY + REST
    for number in ("1", "二", "3"):
        narrative = narrative.replace("见下表。", f"（见附表{number}）", 1)
    assert [] == findings(make(narrative=narrative), "W225")
    lost = findings(make(narrative=narrative.replace("附表1", "附表3")), "W225")
    assert ["正文指向附表3，没有附表3"] == [one.found for one in lost]


@each("text", ["名单附后。", "平稳，详见附后。", "具体名单（附后）由市局保存。"])
def test_words_that_say_that_something_is_attached_with_nothing_behind_them_are_a_warning(text):
    assert [(21, "正文说“附后”，后面没有附件、表格和图片")] == said("W225", text)


@each(
    "line",
    [
        "附件1：统计表",
        "附件1 统计表",
        "附件1",
        "**附件1：统计表**",
        "### 附件1：统计表",
        "附件：统计表",
        "附表1：统计表",
        "附录二 目录",
        "附件",
        "**附件**",
        "### 附表",
    ],
)
def test_an_attachment_without_number_signs_is_a_warning(line):
    shown = line.strip("#* ")
    [one] = findings(made(f"{line}\n\n下表是各镇情况。\n\n|镇|件|\n|--|--|\n|甲|3|"), "W22")
    assert ("W226", 21, shown) == (one.code, one.source.line, one.place)
    assert f"## {shown}" in one.action


@each(
    ("line", "heading"),
    [
        ("附件1统计表", "附件1统计表"),
        ("附件 统计表", "附件：统计表"),
        ("附件（1）统计表", "附件1：统计表"),
        ("（附件）统计表", "附件：统计表"),
        ("（附件1）统计表", "附件1：统计表"),
        ("附 件\n\n统计表", "附件"),
        ("附　件：统计表", "附件：统计表"),
        ("附件1：\n\n统计表", "附件1："),
        ("附：统计表", "附件：统计表"),
        ("附1：统计表", "附件1：统计表"),
    ],
)
def test_an_attachment_is_known_however_its_heading_is_written(line, heading):
    [one] = findings(made(f"{line}\n\n下表是各镇情况。\n\n|镇|件|\n|--|--|\n|甲|3|"), "W22")
    assert ("W226", 21) == (one.code, one.source.line)
    assert f"“## {heading}”" in one.action


@each("line", ["附件数量有所增加", "附件上传流程", "附件1份", "附件 3份", "附件下载量", "附件：详见网站", "附注：统计口径"])
def test_other_lines_about_attachments_are_passed(line):
    assert [] == said("W22", f"{line}\n\n平稳。")


@each(
    "text",
    [
        "市政府办公室印发《工作要点》（见附件3）。",
        "并按国办发〔2019〕14号（附件1）编写。",
        "申请人在邮件中写“详见附件”，但未附材料。",
        "答复书载明见附表1，来信（附件6）已回复，已将（附件2）退回申请人。",
        "在全市通报（附件5）中排名第一。",
    ],
)
def test_attachments_of_others_are_none_of_the_report(text):
    assert [] == said("W225", text)


def test_a_table_at_the_end_of_the_last_chapter_under_the_word_for_annex_is_a_warning():
    table = "\n\n|镇|件|\n|--|--|\n|甲|3|\n\n{}"
    for line in ("附表：统计表", "附表", "附件：统计表"):
        for between in ("", "\n\n单位：件"):
            [one] = findings(made(f"{line}{between}{table.format('')}注：甲。"), "W226")
            assert (21, line) == (one.source.line, one.place)
    assert [] == findings(made("附表：统计表" + table.format("下一步加强。")), "W226")
    assert [] == findings(made("见附表1。\n\n附表1 统计表" + table.format("")), "W22")
    assert [] == findings(made("附表：统计表\n\n单位：件" + table.format("下一步加强。")), "W22")


@each(
    ("text", "headings"),
    [
        ("附件\n\n1. 甲\n2. 乙", ["附件1：甲", "附件2：乙"]),
        ("附件\n1.甲\n2.乙", ["附件1：甲", "附件2：乙"]),
        ("附件\n甲\n乙", ["附件1：甲", "附件2：乙"]),
        ("附件\n\n[统计表](https://example.com/1.xlsx)", []),
        ("附件\n\n无", []),
        ("附件\n\n详见网站。", []),
        ("平稳。\n\n附件", []),
    ],
)
def test_the_word_for_attachments_may_head_a_list(text, headings):
    assert [] == said("W22", text, *headings)


def test_two_attachments_without_number_signs_are_two_warnings():
    assert [21, 25] == [line for line, _ in said("W22", "附件1：统计表\n\n乙。\n\n附件2：清单\n\n丙。")]


@each("heading", ["附件2：", "附件2:", "附件二、", "附件2 ：。"])
def test_an_attachment_with_a_colon_and_no_name_is_an_error_and_prints_no_lone_colon(heading):
    [one] = findings(made("", "附件1：甲", heading), "E109")
    assert (27, heading) == (one.source.line, one.place)
    assert "名称" in one.action
    assert names("附件1：甲", heading)[1].startswith('<span class="number">2. </span>附件')
    assert [] == said("E109", "", "附件1", "附件2")
