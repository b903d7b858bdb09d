"""narrative.md → title, preamble and sections: matching by numeral, overrides, comments, and faults with their lines."""

import base64

import pytest

from cases import each
from making import BODY, make, write
from nianbao import pictures
from nianbao.inputs import folder
from nianbao.narrative import passages
from pictures import png

HEADINGS = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]
HEADINGS += ["四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况"]


@pytest.fixture
def composed(tmp_path):
    """The narrative of a sound report with this text, and its faults."""

    def run(text, **more):
        return passages.compose(make(narrative=text, folder=tmp_path, **more))

    return run


def own(found):
    return {passage.heading: passage.markdown for passage in found.sections if passage.own}


def test_without_its_own_title_a_report_has_the_statutory_one(composed):
    assert "示例市测试局2024年政府信息公开工作年度报告" == composed(BODY).title


@each(
    "line",
    ["# 示例市测试局{{ 年度 }}年度工作报告", "#  示例市测试局2024年度工作报告 #", "#　示例市测试局{{ 年度 }}年度工作报告"],
)
def test_the_bureaus_own_title_is_printed_as_written(composed, line):
    found = composed(f"{line}\n\n引言。\n\n{BODY}")
    assert ("示例市测试局2024年度工作报告", 1) == (found.title, found.title_source.line)
    assert "引言。" == found.preamble.markdown


def test_what_stands_before_the_first_chapter_is_the_preamble(composed):
    found = composed(f"根据条例编制。\n\n{BODY}")
    assert "<p>根据条例编制。</p>\n" == found.preamble.html
    assert "" == found.preamble.heading


def test_all_five_required_chapters_are_printed_and_the_sixth_only_when_written(composed):
    assert HEADINGS == [passage.heading for passage in composed(BODY).sections]
    found = composed(f"{BODY}\n## 六、其他需要报告的事项\n\n未收取信息处理费。\n")
    assert [*HEADINGS, "六、其他需要报告的事项"] == [passage.heading for passage in found.sections]


def test_a_chapter_is_matched_by_its_numeral_and_printed_in_the_bureaus_words(composed):
    found = composed("## 一、2024年总体情况\n\n甲。\n\n## 五、存在的主要问题及改进措施\n\n乙。\n")
    assert {"一、2024年总体情况": "甲。", "五、存在的主要问题及改进措施": "乙。"} == own(found)


def test_chapters_are_printed_in_the_statutory_order_however_they_are_written(composed):
    found = composed("## 五、问题\n\n乙。\n\n## 一、情况\n\n甲。\n")
    assert ["一", "二", "三", "四", "五"] == [passage.numeral for passage in found.sections]
    assert {"一、情况": "甲。", "五、问题": "乙。"} == own(found)


@each("line", ["##　一、总体情况", "  ## 一、总体情况", "## 一、总体情况 ##", "##\t一、总体情况"])
def test_small_slips_around_the_number_signs_do_not_lose_a_chapter(composed, line):
    assert "甲。" == own(composed(f"{line}\n\n甲。\n\n## 五、问题\n\n乙。"))["一、总体情况"]


def test_own_words_replace_the_computed_sentence_and_empty_ones_do_not(composed):
    found = composed(f"{BODY}\n## 二、主动公开情况\n\n自拟。\n\n## 三、申请情况\n\n\n")
    assert "自拟。" == own(found)["二、主动公开情况"]
    third = next(passage for passage in found.sections if passage.numeral == "三")
    assert ("三、申请情况", False) == (third.heading, third.own)
    assert third.markdown.startswith("2024年，未收到政府信息公开申请")


@each(
    ("text", "line", "heading", "expected"),
    [
        (f"{BODY}\n## 附则\n\n甲。", 9, "附则", "六、其他需要报告的事项"),
        (f"{BODY}\n## \n\n甲。", 9, "", "六、其他需要报告的事项"),
        (f"{BODY}\n## 总体情况\n\n甲。", 9, "总体情况", "一、总体情况"),
        (f"{BODY}\n## 一、又一次\n\n甲。", 9, "一、又一次", "第1行已有"),
        (f"{BODY}\n# 又一个标题\n", 9, "又一个标题", "标题只写一次"),
        (f"# 标题\n# 又一个标题\n\n{BODY}", 2, "又一个标题", "标题只写一次"),
    ],
)
def test_a_heading_that_has_no_place_is_a_fault_with_its_line(composed, text, line, heading, expected):
    (fault,) = composed(text).faults
    assert ("F304", line, f"“{heading}”") == (fault.code, fault.source.line, fault.found)
    assert expected in fault.expected


def test_comments_are_the_bureaus_own_notes(composed):
    """Neither printed, nor published as data, nor read as headings or placeholders; the lines below keep their numbers."""
    text = (
        "<!-- 提醒：\n## 三、不是标题\n{{ 事实.没有 }}\n【记得改】 -->\n\n"
        + BODY.replace("工作", "<!-- 核实 -->工作")
        + "\n{{ 错"
    )
    found = composed(text)
    assert [("F301", 14)] == [(fault.code, fault.source.line) for fault in found.faults]
    good = composed(text.replace("{{ 错", ""))
    assert "工作有序开展。" == own(good)["一、总体情况"]
    assert not any("<!--" in passage.markdown + passage.html for passage in (good.preamble, *good.sections))


def test_placeholders_work_in_headings_too(composed):
    assert "一、2024年总体情况" in own(composed(BODY.replace("总体", "{{ 年度 }}年总体")))


def test_an_image_is_looked_for_in_the_reports_own_folder(tmp_path):
    paths = write(tmp_path, narrative=BODY.replace("工作", "![图](图.png)工作"))
    loaded, faults = folder.read(paths)
    assert not faults
    (fault,) = passages.compose(loaded).faults
    assert ("F305", "narrative.md", 3) == (fault.code, fault.source.file, fault.source.line)
    (paths.folder / "图.png").write_bytes(base64.b64decode(png()))
    assert not passages.compose(loaded).faults


@pytest.mark.slow
def test_the_pictures_of_all_chapters_have_a_bound_together(tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_MAX_MIB", "1")
    monkeypatch.setattr(pictures, "TIMES", 1)
    paths = write(tmp_path, narrative=BODY.replace("工作", "![图](图.png)工作").replace("逐项", "![图](图.png)逐项"))
    (paths.folder / "图.png").write_bytes(base64.b64decode(png()) + bytes(5 << 20))
    (fault,) = passages.compose(folder.read(paths)[0]).faults
    assert ("F305", 7) == (fault.code, fault.source.line)
    assert "连同之前的图片" in fault.found


def test_all_faults_of_a_text_are_told_at_once(composed):
    text = "# {{ 机 }}\n{{ 年 }}\n## 一、{{ 事 }}\n\n{{ 事实.甲 }}\n\n##三、连着\n\n"
    text += "## 五、问题\n\n{{ 表九 }}{% for x in 年度 %}{% endfor %}\n"
    found = composed(text).faults
    assert [("F302", 1), ("F302", 2), ("F302", 3), ("F302", 5), ("F305", 7), ("F302", 11), ("F301", 11)] == [
        (fault.code, fault.source.line) for fault in found
    ]


@each("text", ["", "\n\n", "只有一句。", "# 只有标题", "<!-- 只有注释 -->"])
def test_an_empty_narrative_composes_and_leaves_the_complaint_to_the_checks(composed, text):
    found = composed(text)
    assert not found.faults
    assert HEADINGS[1:4] == [passage.heading for passage in found.sections]
    assert [HEADINGS[0], HEADINGS[4]] == [section.heading for section in found.missing]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path):
    plain = passages.compose(folder.read(write(tmp_path / "a"))[0])
    paths = write(tmp_path / "b")
    paths.narrative_file.write_text(BODY, "utf-8-sig", newline="\r\n")
    assert plain.sections == passages.compose(folder.read(paths)[0]).sections


def test_a_text_in_another_encoding_is_read_as_it_is(tmp_path):
    paths = write(tmp_path)
    plain = passages.compose(folder.read(paths)[0])
    for encoding in ("gbk", "utf-16"):
        paths.narrative_file.write_bytes(BODY.encode(encoding))
        assert plain.sections == passages.compose(folder.read(paths)[0]).sections


@each(
    ("text", "code", "line"),
    [
        ('甲\n\n{{ "乙\\n\\n## 七、伪造\\n\\n丙" }}', "F110", 5),
        ('{{ "甲\\r乙" }}', "F110", 3),
        ('甲\n\n{{ "## 七、伪造" }}', "F305", 5),
        ('甲\n\n{{ "#" }}{{ "# 七、伪造" }}', "F305", 5),
        ("甲\n\n{% if 年度 %}## 七、伪造{% endif %}", "F305", 5),
        ('{{ "# 另一个标题" }}', "F305", 3),
    ],
)
def test_placeholders_make_no_chapters(composed, text, code, line):
    assert [(code, line)] == [(one.code, one.source.line) for one in composed(BODY.replace("工作有序开展。", text)).faults]


@each("text", ['甲{{ "#1" }}', "{% if 年度 %}\n### （一）甲\n{% endif %}", '甲{{ "## 乙" }}', '{{ "###" }} （一）乙'])
def test_what_placeholders_may_print_beside_text(composed, text):
    assert () == composed(BODY.replace("工作有序开展。", text)).faults
