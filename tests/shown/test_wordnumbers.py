"""The numbers of a Word document's lists are written as Word shows them."""

import words
from cases import each
from imports import imported
from nianbao.shown import wordnumbers

TITLE = "示例市测试局2023年政府信息公开工作年度报告"


@each(
    ("written", "made"),
    [
        ("decimal", "1 2 10 27"), ("decimalZero", "01 02 10 27"), ("decimalEnclosedCircle", "① ② ⑩ 27"),
        ("decimalFullWidth", "１ ２ １０ ２７"), ("upperLetter", "A B J AA"), ("lowerRoman", "i ii x xxvii"),
        ("chineseCountingThousand", "一 二 十 二十七"), ("japaneseCounting", "一 二 十 二十七"),
        ("ideographTraditional", "甲 乙 癸 27"), ("ideographDigital", "一 二 一〇 二七"), ("unknown", "1 2 10 27"),
        ("chineseLegalSimplified", "壹 贰 壹拾 贰拾柒"), ("ideographLegalTraditional", "壹 貳 壹拾 貳拾柒"),
        ("ideographZodiac", "子 丑 酉 27"), ("decimalFullWidth2", "１ ２ １０ ２７"),
    ],
)  # fmt: skip
def test_each_format_counts_as_word_does(written, made):
    assert [wordnumbers.shown(number, written) for number in (1, 2, 10, 27)] == made.split()


def numbering(*formats, overrides=""):
    """Lists 1, 2 … of a shape each, and list 9 of the first shape."""
    shapes = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:lvl w:ilvl="0"><w:numFmt w:val="{one}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        "</w:abstractNum>"
        for at, (one, text) in enumerate(formats, 1)
    )
    lists = "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(1, len(formats) + 1))
    last = f'<w:num w:numId="9"><w:abstractNumId w:val="1"/>{overrides}</w:num>'
    return f"<w:numbering {words.W}>{shapes}{lists}{last}</w:numbering>"


def item(number, text):
    return words.paragraph(text, properties=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')


def narrative(tmp_path, numbers, *items):
    made = words.document(*map(words.paragraph, (TITLE, "一、总体情况")), *items, numbering=numbers)
    return imported(tmp_path, ("编号.docx", made)).made.files["narrative.md"].split("## 一、总体情况\n\n")[1].strip()


def test_signs_and_letters_are_written_as_they_are_shown(tmp_path):
    shapes = numbering(("decimalEnclosedCircle", "%1"), ("upperLetter", "%1."), ("lowerRoman", "%1)"), ("decimal", "%1"))
    items = [item(at, f"第{at}种写法如此。") for at in (1, 1, 2, 3, 3, 4)]
    made = narrative(tmp_path, shapes, *items).split("\n\n")
    assert made == [
        "①第1种写法如此。",
        "②第1种写法如此。",
        "A.第2种写法如此。",
        "i)第3种写法如此。",
        "ii)第3种写法如此。",
        "1 第4种写法如此。",
    ]


def test_a_second_list_of_one_shape_goes_on_and_one_that_starts_anew_does_not(tmp_path):
    shape = ("chineseCounting", "%1是")
    items = item(1, "甲。"), item(1, "乙。"), item(9, "丙。")
    assert narrative(tmp_path, numbering(shape), *items).split("\n\n") == ["一是甲。", "二是乙。", "三是丙。"]
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    assert narrative(tmp_path, numbering(shape, overrides=again), *items).split("\n\n") == [
        "一是甲。",
        "二是乙。",
        "一是丙。",
    ]
