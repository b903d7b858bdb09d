"""A report comes back from its reviewer: which files are merged, and what is said of it."""

import shutil

import pytest
from docx.oxml import parse_xml

import project
import words
from nianbao import api, load
from nianbao.errors import UsageError
from nianbao.importing import keeping, session
from nianbao.importing.returned import comeback, figures, result
from nianbao.paths import ReportPaths
from reviewed import BUREAU, YEAR, began, changed, edited, found, lines, merged, outputs, printed, said


def test_a_document_in_which_nothing_was_changed_changes_nothing(paths):
    begun = began(paths)
    assert (begun.differences, begun.made.questions, begun.made.revised) == ((), {}, [])
    assert {path.name for path in begun.files} == {"import.md"}
    assert begun.told == ("reviewed.docx: nothing is otherwise than its reviewer was given it",)


@pytest.mark.slow
def test_a_file_that_is_merged_already_is_said_to_be_and_what_is_open_stays_where_it_was(paths):
    before, account = paths.narrative_file.read_bytes(), paths.folder / "import.md"
    edits = said("每十分钟", "每五分钟"), said("年内收到申请", "年内收到申请9")
    first = began(paths, *edits)
    first.keep()
    assert (first.made.questions != {}, first.is_asked_before) == (True, False)
    listed = account.read_bytes()
    again = began(paths, *edits)
    assert (again.differences, again.made.questions) == ((), {})
    new = "reviewed.docx: nothing is new: whatever its reviewer changed stands in the folder already"
    assert (again.told, again.is_asked_before) == ((new,), True)
    again.keep()
    assert account.read_bytes() == listed
    assert keeping.undo(paths)
    assert paths.narrative_file.read_bytes() == before


@pytest.mark.slow
def test_the_files_that_a_merge_changes_stay_a_persons_and_it_can_be_taken_back(paths):
    before = paths.narrative_file.read_bytes()
    begun = began(paths, said("每十分钟", "每五分钟"))
    assert [one.path.name for one in begun.differences] == ["narrative.md"]
    begun.keep()
    again = began(paths, said("每十分钟", "每分钟"))
    assert [one.path.name for one in again.differences] == ["narrative.md"]
    keeping.undo(paths)
    assert paths.narrative_file.read_bytes() == before


def test_the_command_shows_the_merge_writes_it_by_force_and_builds_what_the_reviewer_wrote(paths):
    made, root = edited(paths, said("每十分钟", "每五分钟")), paths.params.parent
    words_ = ("import", made.name, "--bureau", BUREAU, "--year", YEAR)
    shown, _ = project.nianbao(*words_, cwd=root, code=1)
    assert [line[:1] for line in shown.split("\n") if "余票每" in line] == ["-", "+"]
    assert "改动已合并进 narrative.md" in shown
    assert "替换" not in shown
    assert "narrative.md" in project.nianbao(*words_, "--force", cwd=root)[0]
    assert "余票每五分钟刷新" in (paths.folder / "import.md").read_text("utf-8")
    assert "余票每五分钟刷新" in load(BUREAU, YEAR, paths.params).chapter("一").html
    project.nianbao("import", "--bureau", BUREAU, "--year", YEAR, "--undo", cwd=root)
    assert "每十分钟" in paths.narrative_file.read_text("utf-8")


@pytest.mark.slow
def test_a_page_that_came_back_is_merged_as_well(paths):
    page = paths.params.parent / "back.html"
    made = (outputs(paths) / "report.html").read_text("utf-8").replace("每十分钟", "每五分钟")
    page.write_text(made, "utf-8")
    begun = session.begin(paths, [page])
    old, new = changed(begun)
    assert new == [one.replace("每十分钟", "每五分钟") for one in old]
    assert (len(new), [*begun.made.questions]) == (1, [comeback.UNSURE])  # a page does not say of which build it is


@pytest.mark.slow
def test_changes_that_word_has_tracked_are_merged_as_accepted_and_listed_without_their_authors(paths):
    def edit(document):
        one = found(document, "对应的安排")
        text = one.text
        for run in one.runs[1:]:
            run.text = ""
        one.runs[0].text = text.replace("请文博人员", "")
        one._p.append(parse_xml(f"<w:r {words.W}><w:t>再请文博人员。</w:t></w:r>"))
        one._p.append(parse_xml(words.inserted("另行通知。").replace("<w:ins ", f"<w:ins {words.W} ")))

    begun = began(paths, edit)
    _, [new] = changed(begun)
    assert new.endswith("再请文博人员。另行通知。")
    [asked] = [about for question, about in begun.made.questions.items() if "修订" in question]
    assert asked == ["修订（五、存在的主要问题及改进情况，“再请文博人员。”，本章第2段）：插入“另行通知。”"]


@pytest.mark.slow
def test_a_draft_that_came_back_where_no_build_lies_is_merged_as_well(paths):
    def edit(document):
        document.sections[0].header.is_linked_to_previous = False
        document.sections[0].header.paragraphs[0].text = "草稿"

    made = edited(paths, edit, said("每十分钟", "每五分钟"))
    shutil.rmtree(outputs(paths))
    begun = session.begin(paths, [made])
    assert (len(changed(begun)[1]), begun.made.questions) == (1, {})


@pytest.mark.slow
def test_of_a_draft_that_came_back_the_findings_are_no_text_and_what_was_written_among_them_is_asked_about(paths):
    project.edit(paths.report_file, "\nsignature:", "\n# signature:")
    api.build(paths.params, bureaus=[BUREAU], years=[YEAR], to=("docx",), draft=True)
    edits = said("每十分钟", "每五分钟"), said("发布机关的署名", "发布机关的署名（同意）")
    begun = began(paths, *edits, name="report-draft.docx")
    assert len(changed(begun)[1]) == 1
    [asked] = begun.made.questions.values()
    assert asked == ["批注（核查发现）：写在这一页上的话：应为：发布机关的署名（同意）"]


@pytest.mark.slow
def test_of_a_draft_that_came_back_each_changed_cell_is_asked_about_as_of_a_published_one(paths):
    """Its stamp says nothing of the tables, which are the folder's own."""

    def edit(document):
        cell = next(cell for row in document.tables[0].rows for cell in row.cells if cell.text == "71")
        cell.paragraphs[0].runs[0].text = "72"

    api.build(paths.params, bureaus=[BUREAU], years=[YEAR], to=("docx",), draft=True)
    begun = began(paths, edit, name="report-draft.docx")
    about = ["表二 行政许可 / 本年处理决定数量：稿子是72，table2.csv是71"]
    assert begun.made.questions == {figures.CELLS: about}
    assert began(paths, edit, name="report.docx").made.questions == {figures.CELLS: about}


@pytest.mark.slow
def test_another_report_of_the_body_is_imported_as_before(paths, tmp_path):
    page = tmp_path / "other.html"
    chapters = "".join(
        f"<h2>{one}</h2><p>别的一段话，和文件夹里的没有一处相同。</p>"
        for one in ("一、总体情况", "五、存在的主要问题及改进情况")
    )
    page.write_text(f"<h1>示例市文化和旅游局2024年政府信息公开工作年度报告</h1>{chapters}", "utf-8")
    begun = session.begin(paths, [page])
    assert {"narrative.md", "report.yaml"} <= {path.name for path in begun.files}
    assert "{{" not in "".join(one for one in merged(begun) if "{{ 表" not in one)


def test_a_folder_with_faults_is_not_merged_and_that_is_said(paths):
    paths.narrative_file.write_text(
        paths.narrative_file.read_text("utf-8").replace("事实.直连景区", "事实.直联景区"), "utf-8"
    )
    asked = began(paths).made.questions
    assert any("故障，不能和稿子合并" in question for question in asked)


@pytest.mark.slow
def test_line_ends_and_marks_of_the_files_stay(paths):
    raw = b"\xef\xbb\xbf" + paths.narrative_file.read_bytes().replace(b"\n", b"\r\n")
    paths.narrative_file.write_bytes(raw)
    begun = began(paths, said("每十分钟", "每五分钟"))
    assert begun.files[paths.narrative_file] == raw.replace("每十分钟".encode(), "每五分钟".encode())


@pytest.mark.slow
def test_that_nothing_was_changed_is_said(paths):
    begun = began(paths)
    assert any("nothing is otherwise" in one for one in begun.told)
    assert ([*begun.files], begun.differences) == ([paths.folder / "import.md"], ())
    assert not began(paths, said("每十分钟", "每五分钟")).told


@pytest.mark.slow
def test_a_report_that_was_only_imported_is_imported_again_whole_and_import_md_keeps_what_was_listed(paths, tmp_path):
    bare = ReportPaths(tmp_path / "q" / "params", BUREAU, YEAR)
    shutil.copytree(paths.params, bare.params)
    shutil.rmtree(bare.folder)
    shutil.copytree(outputs(paths), outputs(bare))

    def edit(document):
        document.tables[0].rows[6].cells[1].paragraphs[0].runs[0].text = "72"

    session.begin(bare, [edited(paths)]).keep()
    first = (bare.folder / "import.md").read_text("utf-8")
    begun = session.begin(bare, [edited(paths, edit)])
    assert (begun.differences, ",72" in begun.files[bare.table_file("table2")].decode()) == ((), True)
    begun.keep()
    assert not keeping.is_persons(bare, bare.narrative_file)
    kept = (bare.folder / "import.md").read_text("utf-8")
    assert kept.endswith(first[first.index("## 来源") :])


def test_a_text_with_placeholders_is_merged_whoever_wrote_it(paths):
    """As `nianbao new` lays it out of last year's, or as an import left it: the whole file would make numbers of them."""
    keeping.keep(paths, {paths.narrative_file: paths.narrative_file.read_bytes()})
    begun = began(paths, said("每十分钟", "每五分钟"))
    assert len(changed(begun)[1]) == 1


@pytest.mark.slow
def test_two_paragraphs_that_a_tracked_change_joins_are_one(paths):
    def edit(document):
        about = found(document, "普查信息专业")._p.get_or_add_pPr()
        about.append(parse_xml(f'<w:rPr {words.W}><w:del w:id="7" w:author="甲"/></w:rPr>'))

    begun = began(paths, edit)
    first, second = [one for one in lines(paths) if one.startswith(("普查信息专业", "对应的安排"))]
    assert f"{first}{second}" in merged(begun)
    [asked] = begun.made.questions.values()
    assert "段落标记" in asked[0]


@pytest.mark.slow
def test_the_day_of_a_report_with_an_attachment_may_be_taken_out_and_is_asked_about(paths):
    text = paths.narrative_file.read_text("utf-8") + "\n## 附件：公开查询点名录\n\n市区查阅室在和平路1号。\n"
    paths.narrative_file.write_text(text, "utf-8")
    printed(paths)

    def edit(document):
        day = found(document, "2025年1月21日")
        day._p.getparent().remove(day._p)

    begun = began(paths, edit)
    assert ({path.name for path in begun.files}, begun.made.questions) == (
        {"import.md"},
        {result.BY_HAND: ["成文日期：稿子没有"]},
    )


@pytest.mark.slow
def test_the_report_of_another_body_is_refused_where_a_person_has_written_the_text(paths, tmp_path):
    page = tmp_path / "other.html"
    body = "<h2>一、总体情况</h2><p>别的一段话，和文件夹里的没有一处相同。</p>"
    page.write_text(f"<h1>示例市教育局2024年政府信息公开工作年度报告</h1>{body}", "utf-8")
    with pytest.raises(UsageError, match="示例市教育局"):
        session.begin(paths, [page])


def taken_out(words_):
    def edit(document):
        one = found(document, words_)
        one._p.getparent().remove(one._p)

    return edit


def moved(document):
    one, other = found(document, "（二）景区"), found(document, "（三）政策")
    other._p.addnext(one._p)


def added(behind, words_):
    return lambda document: found(document, behind).insert_paragraph_before(words_)


@pytest.mark.slow
def test_what_an_earlier_file_brought_and_this_one_has_as_it_was_printed_is_asked_about(paths):
    """The second file takes back all changes of the first but one, and has one of its own."""
    first = [
        said("每十分钟", "每五分钟"),
        said("2025年1月21日", "2025年1月22日"),
        taken_out("所办申请"),
        added("（四）", "新段。"),
    ]
    began(paths, said("按月上网", "按周上网"), *first).keep()
    text = paths.narrative_file.read_text("utf-8")
    paths.narrative_file.write_text(text.replace("每五分钟", "每三分钟"), "utf-8")
    again = began(paths, said("按月上网", "按周上网"), said("对应的安排", "我们的安排"))
    asked = again.made.questions.pop(result.WITHDRAWN)
    date = "现在印“成文日期：2025年1月22日”，这一稿是“成文日期：2025年1月21日”"
    said_ = "每三分钟", "没有印“所办申请", date, "现在印“新段。”，这一稿没有"
    assert [word in one for one, word in zip(asked, said_, strict=True)] == [True] * 4
    assert ([len(some) for some in changed(again)], again.made.questions) == ([1, 1], {})

    paths.narrative_file.write_text(text, "utf-8")
    keeping.undo(paths)
    assert began(paths).made.questions == {}


@pytest.mark.slow
def test_a_file_as_it_was_printed_after_a_change_is_not_said_to_have_nothing_new(paths):
    began(paths, moved).keep()
    begun = began(paths)
    assert [*begun.made.questions] == [result.WITHDRAWN]
    assert begun.told == ()
    began(paths, moved).keep()
    assert began(paths, moved).made.questions == {}


def test_words_in_a_header_or_a_footer_are_one_question_and_say_nothing_of_the_tables(paths):
    def edit(document):
        document.sections[0].header.paragraphs[0].add_run("征求意见稿")
        document.sections[0].footer.paragraphs[0].add_run("内部资料3份")

    made = began(paths, edit).made
    assert made.questions == {comeback.LEFT_OUT: ["页脚：— 1 —内部资料3份", "页眉：征求意见稿"]}
    assert [why for _, _, why in made.left_out] == ["页脚", "页眉"]


@pytest.mark.slow
def test_a_file_of_a_build_that_prints_what_an_earlier_one_brought_has_withdrawn_nothing(paths):
    """The first reviewer's change is merged and built, then reworded by hand; the second one's file says nothing of it."""
    began(paths, said("每十分钟", "每五分钟"), said("按月上网", "按周上网")).keep()
    assert api.build(paths.params, bureaus=[BUREAU], years=[YEAR], to=("docx",)).is_good
    text = paths.narrative_file.read_text("utf-8")
    paths.narrative_file.write_text(text.replace("每五分钟", "每三分钟"), "utf-8")
    begun = began(paths, said("对应的安排", "我们的安排"))
    assert begun.made.questions == {}
    begun.keep()
    [(question, [about])] = began(paths).made.questions.items()
    assert (question, "我们的安排" in about) == (result.WITHDRAWN, True)  # that one was built without
