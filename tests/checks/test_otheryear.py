"""A sentence within a paragraph that tells another year's work, and one in a notebook's own cell."""

import pytest

from cases import each
from making import BODY, findings, make, write
from nianbao.document.added import added
from nianbao.document.document import load

OPENING = "工作有序开展。"


def quotes(text):
    narrative = BODY.replace(OPENING, f"{OPENING}{text}", 1)
    return [one.found for one in findings(make(2021, narrative=narrative), "W217")]


@each(
    ("text", "is_wrong"),
    [
        ("2020年，我局共举办培训班4期。", True),
        ("2020年，示例市测试局认真贯彻落实《条例》，推进政府信息公开。", True),
        ("2020年度，全局主动公开水库安全信息17条，全部经过审查。", True),
        ("截至2020年12月31日，县政府网站水务专栏设栏目6个。", True),
        ("二〇二〇年，全年未收取信息处理费。", True),
        ("2020年共发布信息12条，培训3次。2021年，我局进一步完善制度。", True),
        ("2022年，我局共举办培训班4期。", True),
        ("截至2022年12月31日，网站设栏目6个。", True),
        ("2022年按月公开水质信息12条。", True),
        ("2020年，我局共举办培训班4期。2021年，我局共举办培训班6期。", False),
        ("2021年，我局共举办培训班6期。2020年，我局共举办培训班4期。", False),
        ("2020年，我局共举办培训班4期。今年增加到6期。", False),
        ("2020年，我局共举办培训班4期。同比增加2期。", False),
        ("2020年，我局建成公开专区。", False),
        ("2020年，国务院办公厅印发通知。", False),
        ("2020年结转申请2件，均已答复。", False),
        ("2020年提起的1件行政诉讼已经审结。", False),
        ("2020年，我局被评为先进单位，全市仅5家。", False),
        ("2019年，我局共举办培训班4期。", False),
        ("去年，我局共举办培训班4期。", False),
        ("2022年，我局将举办培训班4期。", False),
        ("2022年，重点抓好3项工作。", False),
        ("2022年1月，我局报送信息3条。", False),
        ("2022年，我局认真落实《条例》。", False),
    ],
)
def test_a_sentence_within_a_paragraph_of_the_year_before_or_behind_is_a_warning(text, is_wrong):
    assert [text[:6]] * is_wrong == [one.removeprefix("“")[:6] for one in quotes(text)]


def test_a_plan_in_the_chapter_of_improvements_is_none():
    narrative = BODY.replace("逐项改进。", "逐项改进。2022年，举办培训班4期。2022年，我局开展检查3次。")
    assert [] == findings(make(2021, narrative=narrative), "W217")


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("2025年按月公开水质信息12条，达标率99%。", True),
        ("按月公开水质信息。2025年，我局公开水质信息12条。", True),
        ("2023年，我局公开水质信息12条。", True),
        ("2024年按月公开水质信息12条。", False),
        ("2025年，我局将按月公开水质信息12条。", False),
        ("2023年公开水质信息10条，2024年公开12条。", False),
    ],
)
def test_a_notebooks_own_cell_of_another_year_is_a_warning(tmp_path, text, is_wrong):
    paths = write(tmp_path / "params", narrative=BODY)
    told = added(load(paths.bureau, 2024, paths.params), "mine.ipynb", [(4, text)])
    found = [(one.code, one.place) for one in told if one.code == "W217"]
    assert found == [("W217", "笔记本第4个单元格")] * is_wrong
