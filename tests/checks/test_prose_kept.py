"""A number without a source that last year's report has in the same sentence is named with its line there."""

import pytest

from making import REST, findings, make

LAST = "## 一、总体情况\n\n全年公开信息86条。\n\n网站专栏设栏目6个，全年更新86条。2022年举办培训班12期，参训1,205人次。\n"
SAME = "；与上年同一句的数相同："


def noted(text, last=LAST):
    past = make(2022, narrative=f"{last}{REST}")
    [note] = findings(make(2023, None, past, f"## 一、总体情况\n\n{text}\n{REST}"), "I501")
    return note.found.partition(SAME)[2]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("全年公开信息92条。\n\n网站专栏设栏目6个，全年更新86条。", "86条（上年第5行）"),
        ("网站专栏设栏目7个，全年更新**86条**。", "86条（上年第5行）"),
        ("网站专栏设栏目６个，全年更新８６条。", "８６条（上年第5行）"),
        ("2023年举办培训班12期，参训1205人次。", "12期（上年第5行）、1205人次（上年第5行）"),
        ("2023年举办培训班12期，参训1,205人次。", "12期（上年第5行）、1,205人次（上年第5行）"),
        ("全年公开信息86条。", "86条（上年第3行）"),
        ("网站专栏设栏目6个，全年更新92条。", ""),
        ("网站栏目更新86条。", ""),
        ("全年更新86条，网站专栏设栏目6个。", ""),
        ("网站专栏设栏目6个，全年更新6条。", ""),
    ],
)
def test_a_number_that_stands_in_the_same_sentence_of_last_year_is_named(text, told):
    assert told == noted(text)


def test_a_number_that_a_placeholder_printed_last_year_is_none():
    assert "" == noted(
        "网站专栏设栏目6个，全年更新86条。", "## 一、总体情况\n\n网站专栏设栏目6个，全年更新{{ 事实.更新 }}条。\n"
    )


def test_each_of_several_sentences_of_the_same_words_is_looked_for():
    last = "## 一、总体情况\n\n印发手册1205册。印发手册1300册。\n"
    assert "1205册（上年第3行）" == noted("印发手册1205册。印发手册1400册。", last)
    assert "1300册（上年第3行）" == noted("印发手册1400册。印发手册1300册。", last)


def test_the_label_of_a_paragraph_is_no_part_of_its_sentence():
    last = "## 一、总体情况\n\n**印发手册：** 全年印发公开手册1205册。\n"
    assert "1205册（上年第3行）" == noted("**印发手册：** 全年印发公开手册1205册。", last)
    assert "1205册（上年第3行）" == noted("全年印发公开手册1205册。", last)


@pytest.mark.parametrize(
    ("now", "last", "told"),
    [
        ("全年召开会议十二次。", "全年召开会议十二次。", "十二次（上年第3行）"),
        ("全年召开会议十二次，参训120人次。", "全年召开会议十三次，参训120人次。", "120人次（上年第3行）"),
        ("全年召开会议三次，参训120人次。", "全年召开会议三次，参训120人次。", "120人次（上年第3行）"),
        ("网站访问12.5万次，更新86条。", "网站访问125000次，更新86条。", "86条（上年第3行）"),
        ("满意率98.5%。", "满意率98.5%。", "98.5%（上年第3行）"),
        ("满意率98.5%。", "满意率97.5%。", ""),
    ],
)
def test_a_number_in_chinese_numerals_and_a_share_are_kept_as_any_other(now, last, told):
    assert told == noted(now, f"## 一、总体情况\n\n{last}\n")
