"""Numbers that paragraphs begin with, and that neither folder nor reviewer has so, are asked about."""

import pytest

from cases import each
from nianbao.importing.flow import Paragraph
from nianbao.importing.returned import ordinals
from nianbao.importing.returned.matching import item_of


def read(texts, chapter="一、总体情况"):
    return [item_of(Paragraph(one, ""), chapter) for one in texts.split("|")]


@each(
    ("text", "style", "number"),
    [
        ("2．建立台账。", "1．", 2),
        ("12、建立台账。", "1、", 12),
        ("（三）平台建设。", "（一）", 3),
        ("(３)平台建设。", "(1)", 3),
        ("十二、附则", "一、", 12),
        ("二十是明确时限。", "一是", 20),
        ("第二，明确时限。", "第一，", 2),
        ("④ 明确时限。", "①", 4),
        ("2023年，新收申请27件。", None, 0),
        ("3.5万件。", None, 0),
        ("一般公共预算按时公开。", None, 0),
        ("二〇二三年", None, 0),
        ("五四、国庆前后集中公开。", None, 0),
    ],
)
def test_the_number_of_a_paragraph_is_known_by_its_style(text, style, number):
    found = ordinals.of(text)
    assert (found and found.style, found.number if found else 0) == (style, number)


GIVEN = "1．甲。|2．乙。|3．丙。"


@pytest.mark.parametrize(
    ("ours", "file", "merged", "asked"),
    [
        (
            "1．甲。|2．新。|3．乙。",
            "1．甲。|2．另。|3．乙。",
            "1．甲。|2．新。|2．另。|3．乙。",
            "“2．”印了两次，“2．新。”，“2．另。”",
        ),
        (GIVEN, "1．甲。|2．丙。", "1．甲。|2．乙改。|2．丙。", "“2．”印了两次，“2．乙改。”，“2．丙。”"),
        ("1．甲。|2．丙。", "1．乙。|2．丙。", "2．丙。", "“2．”前没有别的编号，“2．丙。”"),
        ("一是甲。|二是丙。", "一是甲。|二是乙。|三是丁。", "一是甲。|三是丁。", "“一是甲。”后面是“三是丁。”"),
        ("1．甲。|3．乙。", GIVEN, "1．甲。|3．乙。", ""),
        (GIVEN, "1．甲。|2．乙。|1．丙。", "1．甲。|2．乙。|1．丙。", ""),
        ("2021．甲。|5．乙。", "2021．甲。|5．乙。", "2021．甲。|5．乙。", ""),
    ],
    ids=["both put in", "renumbered", "first gone", "one gone", "as the folder", "as the file", "not from 1"],
)
def test_only_numbers_that_neither_has_so_are_asked_about(ours, file, merged, asked):
    told = [said for said, *_ in ordinals.asked(*map(read, (ours, file, merged)))]
    assert told == ([f"一、总体情况：{asked}"] if asked else [])


def test_each_chapter_counts_by_itself_and_the_numbers_of_chapters_are_one_count():
    some = [*read("1．甲。|2．乙。"), *read("1．丙。|2．丁。", "五、存在的主要问题")]
    assert [*ordinals.asked(some, some, some)] == []
    other = [*read("1．甲。"), *read("2．丁。", "五、存在的主要问题")]
    assert [said for said, *_ in ordinals.asked(some, some, other)] == ["五、存在的主要问题：“2．”前没有别的编号，“2．丁。”"]
