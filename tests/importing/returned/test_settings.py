"""Title, day and signature that a reviewer has changed."""

import pytest

from cases import each
from nianbao import yamlkey
from nianbao.importing.returned.result import BOTH, SIGNED
from nianbao.paths import ACCOUNT
from reviewed import began, came_back, found, lines, merged, said


@pytest.mark.slow
def test_title_signature_and_day_are_changed_in_their_places_and_comments_stay(paths):
    begun = began(
        paths,
        said("2024年政府信息公开工作年度报告", "2024年度政府信息公开工作年度报告"),
        said("2025年1月21日", "2025年1月24日"),
    )
    before = paths.report_file.read_text("utf-8")
    assert begun.files[paths.report_file].decode() == before.replace("2025-01-21", "2025-01-24")
    assert merged(begun)[0] == "# 示例市文化和旅游局2024年度政府信息公开工作年度报告"
    assert merged(begun)[2:] == lines(paths)
    assert begun.made.revised[1:] == [("成文日期", "2025年1月21日", "2025年1月24日")]
    assert "| 成文日期 | 2025年1月21日 | 2025年1月24日 |" in begun.files[paths.folder / ACCOUNT].decode()


@pytest.mark.by_turns(4)
@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        ("示例市文化和旅游体育局", True), ("市文化和旅游局", False), ("示例市文化和旅游局办公室", True),
        ("市文化和旅游局政务公开办公室", True),
    ],
)  # fmt: skip
def test_a_signature_that_is_not_the_bureaus_name_is_written_and_asked_about(paths, name, is_asked):
    def sign(document):
        (one,) = [one for one in document.paragraphs if one.text == "示例市文化和旅游局"]
        one.runs[0].text = name

    begun = began(paths, sign)
    assert f"\nsignature: {name}\n" in begun.files[paths.report_file].decode()
    assert begun.made.questions.get(SIGNED, []) == [f"落款：印的是“示例市文化和旅游局”，稿子是“{name}”"] * is_asked
    assert is_asked == bool(begun.made.questions)
    assert begun.made.revised == [("落款", "示例市文化和旅游局", name)]


def test_an_editor_that_a_reviewer_has_put_in_is_listed(paths):
    def name(document):
        day = found(document, "2025年1月21日")
        day.insert_paragraph_before(day.text)
        day.runs[0].text = "责任编辑：信息中心"

    begun = began(paths, name)
    assert 'editor: "信息中心"' in begun.files[paths.report_file].decode()
    assert begun.made.revised == [("责任编辑", "没有", "责任编辑：信息中心")]


@each(
    ("was", "name", "becomes"),
    [
        ("甲局", "乙局", "乙局"),
        ("甲局  # 同公章", "乙局", "乙局  # 同公章"),
        ("'甲局'", "乙局", "'乙局'"),
        ('"甲局"', "乙局", '"乙局"'),
        ("甲局", "乙: 局", '"乙: 局"'),
        ("甲局", "乙 #局", '"乙 #局"'),
    ],
)
def test_a_value_of_report_yaml_keeps_its_way_of_writing_where_it_says_the_same_so(was, name, becomes):
    assert yamlkey.written(f"date: 2025-01-21\nsignature: {was}\n", "signature", f'"{name}"') == (
        f"date: 2025-01-21\nsignature: {becomes}\n"
    )


TITLE = "# 示例市文化和旅游局2024年政府信息公开工作年度报告（直连景区{{ 事实.直连景区 }}）<!-- 名称同上年 -->"


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(
    ("old", "new", "line", "asked"),
    [
        ("工作年度报告（", "工作年报（", TITLE.replace("工作年度报告", "工作年报"), []),
        ("直连景区11家）", "直连景区12家）", TITLE.replace("{{ 事实.直连景区 }}", "12家"), ["{{ 事实.直连景区 }}"]),
    ],
)
def test_a_title_keeps_its_placeholders_and_comments_and_a_number_in_it_is_asked_about(paths, old, new, line, asked):
    begun = came_back(paths, f"{TITLE}\n\n{paths.narrative_file.read_text('utf-8')}", (old, new))
    assert (merged(begun)[0], merged(begun)[2:]) == (line, lines(paths)[2:])
    about = [one for some in begun.made.questions.values() for one in some]
    assert [source for source in asked if source in about[0]] == asked
    assert len(about) == len(asked)
    assert begun.made.revised[0][0] == "标题"


@pytest.mark.slow
def test_a_title_that_the_folder_has_changed_since_keeps_both_changes(paths):
    title = TITLE.partition("（")[0]
    text = paths.narrative_file.read_text("utf-8").replace("每十分钟刷新", "每十分钟自动刷新")
    paths.narrative_file.write_text(f"{title.replace('2024年', '2024年度')}\n\n{text}", "utf-8")
    begun = began(paths, said("年政府信息公开工作年度报告", "年政府信息公开工作年报"))
    assert merged(begun)[0] == title.replace("2024年", "2024年度").replace("年度报告", "年报")
    assert begun.made.questions == {}


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("folders", "reviewers", "asked"),
    [
        ("27", "26", ["成文日期：原来印“2025年1月21日”，现在印“2025年1月27日”，稿子是“2025年1月26日”，已照稿子写"]),
        ("26", "26", []),
        ("27", "21", []),
    ],
)
def test_a_day_that_both_have_changed_is_the_reviewers_and_asked_about_with_all_three(paths, folders, reviewers, asked):
    yaml = paths.report_file.read_text("utf-8")
    paths.report_file.write_text(yaml.replace("2025-01-21", f"2025-01-{folders}"), "utf-8")
    begun = began(paths, said("2025年1月21日", f"2025年1月{reviewers}日"))
    becomes = begun.files.get(paths.report_file, paths.report_file.read_bytes()).decode()
    assert becomes == yaml.replace("2025-01-21", f"2025-01-{reviewers if asked else folders}")
    assert begun.made.questions == ({BOTH: asked} if asked else {})
    assert begun.made.revised == ([("成文日期", "2025年1月21日", "2025年1月26日")] if asked else [])
