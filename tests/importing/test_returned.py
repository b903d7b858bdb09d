"""A report comes back from its reviewer: what was not touched keeps its lines, and what was is merged or asked about."""

import html
import io
import json
import random
import re
import shutil
from copy import deepcopy

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import forms
import office
import project
import words
from nianbao import api, load
from nianbao.document import pieces
from nianbao.importing import keeping, session
from nianbao.importing.returned import merge, result, returned
from nianbao.inputs.form import book
from nianbao.paths import ReportPaths
from nianbao.shown.seen import squeezed

BUREAU, YEAR = "shili-wlj", 2024
FIRST = "**（一）文物普查进展。**"
NOTE = "<!-- 数由文物科报 -->"


@pytest.fixture(scope="module")
def built(once):
    """A project with one report that has been published, with a comment in its text and in report.yaml; to be read only."""

    def make(root):
        project.make(root, ["2023", "2024"], [BUREAU])
        paths = ReportPaths(root / "params", BUREAU, YEAR)
        text = paths.narrative_file.read_text("utf-8")
        paths.narrative_file.write_text(text.replace(FIRST, f"{FIRST}{NOTE}"), "utf-8")
        yaml = paths.report_file.read_text("utf-8").replace("signature:", "# 落款与公章一致\nsignature:")
        paths.report_file.write_text(yaml, "utf-8")
        assert api.build(root / "params", bureaus=[BUREAU], years=[YEAR], to=("html", "docx")).is_good

    return once("built-for-review", make)[0]


@pytest.fixture
def paths(built, tmp_path):
    """The report's folder in a project of one's own."""
    shutil.copytree(built, tmp_path / "p")
    return ReportPaths(tmp_path / "p" / "params", BUREAU, YEAR)


def outputs(paths):
    return paths.params.parent / "outputs" / BUREAU / str(YEAR)


def edited(paths, *edits, name="report.docx"):
    """The published document with edits, each of which gets it; where it lies."""
    document = docx.Document(io.BytesIO((outputs(paths) / name).read_bytes()))
    for edit in edits:
        edit(document)
    made = paths.params.parent / "reviewed.docx"
    document.save(made)
    return made


def said(old, new):
    """An edit: other words in the paragraph that has the old ones."""

    def edit(document):
        [one] = [one for one in document.paragraphs if old in one.text]
        text = one.text.replace(old, new)
        for run in one.runs[1:]:
            run.text = ""
        one.runs[0].text = text

    return edit


def forgotten(document):
    """An edit: the document has no properties of its own, as some programs save it."""
    for name, one in [*document.part.package.rels.items()]:
        if one.reltype.endswith("custom-properties"):
            document.part.package.rels.pop(name)


def found(document, words):
    return next(one for one in document.paragraphs if words in one.text)


def began(paths, *edits, **options):
    return session.begin(paths, [edited(paths, *edits, **options)])


def lines(paths):
    return paths.narrative_file.read_text("utf-8").split("\n")


def merged(begun):
    """The lines of narrative.md as it would be written; as it is where it would not."""
    paths = begun.paths
    return begun.files.get(paths.narrative_file, paths.narrative_file.read_bytes()).decode().split("\n")


def changed(begun):
    """The lines that go, and those that come, in their order."""
    old, new = lines(begun.paths), merged(begun)
    return [one for one in old if one not in new], [one for one in new if one not in old]


def test_a_document_in_which_nothing_was_changed_changes_nothing(paths):
    begun = began(paths)
    assert (begun.differences, begun.made.questions, begun.made.revised) == ((), {}, [])
    assert {path.name for path in begun.files} == {"import.md"}


def test_only_the_paragraph_that_was_changed_is_another_line_and_its_placeholders_stay(paths):
    begun = began(paths, said("余票每十分钟刷新", "余票每五分钟刷新"), said("按月上网", "按周上网"))
    old, new = changed(begun)
    assert new == [one.replace("每十分钟", "每五分钟").replace("按月上网", "按周上网") for one in old]
    assert "{{ 事实.直连景区 }}" in new[1]
    assert NOTE in new[0]
    assert begun.made.questions == {}


def test_the_files_that_a_merge_changes_stay_a_persons_and_it_can_be_taken_back(paths):
    before = paths.narrative_file.read_bytes()
    begun = began(paths, said("每十分钟", "每五分钟"))
    assert [one.path.name for one in begun.differences] == ["narrative.md"]
    begun.keep()
    again = began(paths, said("每十分钟", "每分钟"))
    assert [one.path.name for one in again.differences] == ["narrative.md"]
    keeping.undo(paths)
    assert paths.narrative_file.read_bytes() == before


def test_a_number_that_a_placeholder_prints_is_asked_about_where_the_reviewer_wrote_another(paths):
    begun = began(paths, said("年内收到申请1件", "年内收到申请37件"))
    [asked] = begun.made.questions.values()
    assert "【37】" in asked[0]
    assert "表三“一”“总计”" in asked[0]
    assert '{{ 表三["一"]["总计"] }}' in asked[0]
    _, [new] = changed(begun)
    assert "年内收到申请37件，{{ 表三" in new
    assert "{% if" in new


def test_a_figure_of_a_table_is_asked_about_with_both_values_and_never_written(paths):
    def edit(document):
        document.tables[0].rows[6].cells[1].paragraphs[0].runs[0].text = "72"

    begun = began(paths, edit)
    [asked] = begun.made.questions.values()
    assert asked == ["表二 行政许可 / 本年处理决定数量：稿子是72，table2.csv是71"]
    assert {path.name for path in begun.files} == {"import.md"}


def test_paragraphs_that_were_added_removed_and_moved(paths):
    def edit(document):
        found(document, "（二）景区").insert_paragraph_before("新增的一段，共3件*。")
        found(document, "（三）政策文件")._p.getparent().remove(found(document, "（三）政策文件")._p)
        last, first = found(document, "对应的安排"), found(document, "普查信息专业")
        first._p.addprevious(last._p)

    begun = began(paths, edit)
    old, new = lines(paths), merged(begun)
    [third] = [one for one in old if "（三）政策" in one]
    at = next(at for at, one in enumerate(new) if "（二）景区" in one)
    assert new[at - 2 : at] == ["新增的一段，共3件*。", ""]
    assert third not in new
    [moved] = [one for one in old if one.startswith("对应的安排")]
    assert new[new.index(moved) + 2].startswith("普查信息专业")
    assert sorted(filter(None, old)) == sorted([third, *(one for one in new if one and not one.startswith("新增的"))])
    assert {text for _, *some in begun.made.revised for text in some} >= {"（新增）", "（删去）", "（移动）"}


def test_a_paragraph_that_was_parted_keeps_its_placeholders_in_both_parts(paths):
    def edit(document):
        one = found(document, "（一）文物普查进展")
        head, _, tail = one.text.partition("全年复查")
        other = deepcopy(one._p)
        one._p.addnext(other)
        for paragraph, text in ((one, head), (docx.text.paragraph.Paragraph(other, one._parent), f"全年复查{tail}")):
            for run in paragraph.runs[1:]:
                run.text = ""
            paragraph.runs[0].text = text

    begun = began(paths, edit)
    _, new = changed(begun)
    assert "{{ 事实.复查文物点 }}" in "".join(new)
    assert "{{ 事实.新发现文物点 }}" in "".join(new)


def test_a_lead_that_was_changed_is_written_with_its_placeholders_and_the_others_stay_computed(paths):
    begun = began(paths, said("全年作出行政许可", "全年共作出行政许可"))
    _, new = changed(begun)
    assert new[0] == "## 二、主动公开政府信息情况"
    assert new[1].startswith("{{ 年度 }}年，制发行政规范性文件{{ 表二")
    assert "全年共作出{{ 列举(" in new[1]
    assert len(new) == 2
    [(question, _)] = begun.made.questions.items()
    assert "导语" in question


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


def test_a_chapter_that_was_added_and_a_heading_that_was_changed(paths):
    def edit(document):
        last = found(document, "所办申请达不到")
        for text in ("七、附则", "本报告由局办公室解释。"):
            made = deepcopy(last._p)
            paragraph = docx.text.paragraph.Paragraph(made, last._parent)
            for run in paragraph.runs[1:]:
                run.text = ""
            paragraph.runs[0].text = text
            (document.paragraphs[[one._p for one in document.paragraphs].index(last._p)])._p.addnext(made)
            last = paragraph

    begun = began(paths, edit, said("五、存在的主要问题及改进情况", "五、存在的问题及改进措施"))
    old, new = changed(begun)
    assert old == ["## 五、存在的主要问题及改进情况"]
    assert new == ["## 五、存在的问题及改进措施", "## 七、附则", "本报告由局办公室解释。"]


def test_what_was_changed_in_the_folder_since_stays(paths):
    """The table says 5 now and the text has a word more, which the document that the reviewer was given had not."""
    text = paths.narrative_file.read_text("utf-8").replace("每十分钟刷新", "每十分钟自动刷新")
    paths.narrative_file.write_text(text, "utf-8")
    facts = paths.report_file.read_text("utf-8").replace("value: 11, unit: 家", "value: 12, unit: 家")
    paths.report_file.write_text(facts, "utf-8")
    begun = began(paths, said("周一不闭馆", "周一也开馆"), said("按月上网", "按周上网"))
    old, new = changed(begun)
    assert new == [one.replace("周一不闭馆", "周一也开馆").replace("按月上网", "按周上网") for one in old]
    assert begun.made.questions == {}


def test_the_text_of_a_folder_with_a_form_is_merged_and_its_figures_are_compared(paths):
    read = load(BUREAU, YEAR, paths.params).report
    cells = {key: {place: cell.value for place, cell in some.items()} for key, some in read.cells.items()}
    forms.put(paths, book.made(read.format, read.bureau.name, YEAR, None, cells))

    def edit(document):
        document.tables[0].rows[6].cells[1].paragraphs[0].runs[0].text = "72"

    begun = began(paths, edit, said("每十分钟", "每五分钟"))
    [asked] = begun.made.questions.values()
    assert [one.partition("：")[2] for one in asked] == ["稿子是72，form.xlsx是71"]
    assert {path.name for path in begun.files} == {"import.md", "narrative.md"}


def test_the_command_shows_the_merge_writes_it_by_force_and_builds_what_the_reviewer_wrote(paths):
    made, root = edited(paths, said("每十分钟", "每五分钟")), paths.params.parent
    words_ = ("import", made.name, "--bureau", BUREAU, "--year", YEAR)
    shown, _ = project.nianbao(*words_, cwd=root, code=1)
    assert [line[:1] for line in shown.split("\n") if "余票每" in line] == ["-", "+"]
    assert "narrative.md" in project.nianbao(*words_, "--force", cwd=root)[0]
    assert "余票每五分钟刷新" in (paths.folder / "import.md").read_text("utf-8")
    assert "余票每五分钟刷新" in load(BUREAU, YEAR, paths.params).chapter("一").html
    project.nianbao("import", "--bureau", BUREAU, "--year", YEAR, "--undo", cwd=root)
    assert "每十分钟" in paths.narrative_file.read_text("utf-8")


def test_a_page_that_came_back_is_merged_as_well(paths):
    page = paths.params.parent / "back.html"
    made = (outputs(paths) / "report.html").read_text("utf-8").replace("每十分钟", "每五分钟")
    page.write_text(made, "utf-8")
    begun = session.begin(paths, [page])
    old, new = changed(begun)
    assert new == [one.replace("每十分钟", "每五分钟") for one in old]
    assert (len(new), [*begun.made.questions]) == (1, [returned.UNSURE])  # a page does not say of which build it is


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
    assert asked == ["修订（五、存在的主要问题及改进情况，第21段）：插入“另行通知。”"]


def test_a_draft_that_came_back_where_no_build_lies_is_merged_as_well(paths):
    def edit(document):
        document.sections[0].header.is_linked_to_previous = False
        document.sections[0].header.paragraphs[0].text = "草稿"

    made = edited(paths, edit, said("每十分钟", "每五分钟"))
    shutil.rmtree(outputs(paths))
    begun = session.begin(paths, [made])
    assert (len(changed(begun)[1]), begun.made.questions) == (1, {})


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


def test_line_ends_and_marks_of_the_files_stay(paths):
    raw = b"\xef\xbb\xbf" + paths.narrative_file.read_bytes().replace(b"\n", b"\r\n")
    paths.narrative_file.write_bytes(raw)
    begun = began(paths, said("每十分钟", "每五分钟"))
    assert begun.files[paths.narrative_file] == raw.replace("每十分钟".encode(), "每五分钟".encode())


def test_what_a_notebook_of_its_own_shows_is_none_of_the_text_and_an_older_build_is_told_from_the_one_that_lies_there(paths):
    """The file that was published shows it too; without one it is asked about. What a build has replaced is no base."""
    older = edited(paths, said("每十分钟", "每五分钟")).read_bytes()
    about = paths.bureau_file.read_text("utf-8")
    book = json.loads((paths.params.parent / "notebooks/annual_report.ipynb").read_text("utf-8"))
    source = 'from IPython.display import Markdown\nMarkdown("笔记本算出的一句话，各县都有。")'
    cell = {"cell_type": "code", "id": "own", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
    book["cells"].append(cell)
    (paths.bureau_file.parent / "own.ipynb").write_text(json.dumps(book), "utf-8")
    paths.bureau_file.write_text(f"{about}notebook: own.ipynb\n", "utf-8")
    made = edited(
        paths, lambda document: found(document, "（二）景区").insert_paragraph_before("笔记本算出的一句话，各县都有。")
    )
    asked = session.begin(paths, [made]).made.questions
    assert asked[returned.NOTEBOOK] == ["笔记本算出的一句话，各县都有。"]

    text = paths.narrative_file.read_text("utf-8").replace("按月上网", "每月上网")
    paths.narrative_file.write_text(text, "utf-8")
    assert api.build(paths.params, bureaus=[BUREAU], years=[YEAR], to=("docx",)).is_good
    begun = began(paths, said("每十分钟", "每五分钟"))
    assert (len(changed(begun)[1]), begun.made.questions) == (1, {})

    made.write_bytes(older)
    asked = session.begin(paths, [made]).made.questions[returned.UNSURE]
    assert sum("每月上网" in one and "按月上网" in one for one in asked) == 1
    assert sum("每十分钟" in one and "每五分钟" in one for one in asked) == 1


def test_a_published_file_that_was_changed_where_it_lies_is_merged_with_what_was_published(paths):
    """Its manifest tells that it is not as it was: it is no base, neither of itself nor of a copy of it."""
    made = edited(paths, said("每十分钟", "每五分钟"))
    there = outputs(paths) / "report.docx"
    shutil.copy(made, there)
    for given_, is_told in ((there, True), (made, False)):
        begun = session.begin(paths, [given_])
        assert [one.count("每五分钟") for one in changed(begun)[1]] == [1]
        assert begun.made.questions == {}
        assert any("somebody has changed it" in one for one in begun.told) == is_told


def test_that_nothing_was_changed_is_said(paths):
    assert any("nothing is otherwise" in one for one in began(paths).told)
    assert not began(paths, said("每十分钟", "每五分钟")).told


def test_what_no_build_that_is_known_explains_is_asked_about(paths):
    """The folder's text was changed, and the build that the reviewer was given is gone."""
    made = edited(paths, said("每十分钟", "每五分钟"))
    shutil.rmtree(outputs(paths))
    before = paths.narrative_file.read_text("utf-8")
    text = before.replace("按月上网", "每月上网").replace("## 五、", "后来补的一段，稿子里没有。\n\n## 五、")
    paths.narrative_file.write_text(text, "utf-8")
    asked = session.begin(paths, [made]).made.questions[returned.UNSURE]
    pairs = (("每月上网", "按月上网"), ("每十分钟", "每五分钟"), ("后来补的一段", "稿子没有"))
    assert [all(one in line for one in pair) for line, pair in zip(asked, pairs, strict=True)] == [True] * 3


def test_what_the_folder_says_otherwise_again_is_asked_about_where_the_build_is_not_known(paths):
    """The file says what was published last, and nobody knows whether its reviewer wrote that: the folder's words stay."""
    made = edited(paths, forgotten)
    text = paths.narrative_file.read_text("utf-8").replace("按月上网", "每月上网")
    paths.narrative_file.write_text(text, "utf-8")
    begun = session.begin(paths, [made])
    assert "每月上网" in "".join(merged(begun))
    [asked] = begun.made.questions[returned.UNSURE]
    assert "每月上网" in asked
    assert "按月上网" in asked


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


FIRST_WITHIN = "直连的景区另行公告，公告期三十天。"
IF = f"""{{% if 事实.直连景区 %}}
{FIRST_WITHIN}

公告期满后由景区办理票务。
{{% endif %}}

票务由专人维护，每周核对一次。

"""


def came_back(paths, text, *changes):
    """The report that a folder prints with another text in narrative.md, as a page with other words."""
    paths.narrative_file.write_text(text, "utf-8")
    shutil.rmtree(outputs(paths), ignore_errors=True)
    document = load(BUREAU, YEAR, paths.params)
    passages = (pieces.passage(document.report, one) for one in document.narrative.passages)
    shown = sum((document.title, *passages, document.signature), pieces.NOTHING)._repr_html_()
    for old, new in changes:
        assert shown.count(old) == 1
        shown = shown.replace(old, new)
    page = paths.params.parent / "back.html"
    page.write_text(f"<body>{shown}</body>", "utf-8")
    begun = session.begin(paths, [page])
    begun.made.questions.pop(returned.UNSURE, None)  # A page does not say of which build it is.
    return begun


def with_lines(paths, block):
    """The folder's text with lines at the end of its first chapter."""
    return paths.narrative_file.read_text("utf-8").replace("## 五、", f"{block}## 五、")


ORDER = "票务由专人维护，每周核对一次。\n\n景区停车场另有通告，节前张贴。\n\n"
SWAPPED = [
    ("票务由专人维护，每周核对一次。", "甲"),
    ("景区停车场另有通告，节前张贴。", "票务由专人维护，每周核对一次。"),
    ("<p>甲</p>", "<p>景区停车场另有通告，节前张贴。</p>"),
]


@pytest.mark.parametrize(
    ("broken", "does", "changes"),
    [
        ("_drop", lambda *_: None, [("<p>景区停车场另有通告，节前张贴。</p>", "")]),
        ("_keep", lambda self, *_: None, SWAPPED),
        ("_change", lambda self, *_: None, [("节前张贴", "节后张贴")]),
        ("_add", lambda self, *_: None, [("<p>景区停车场", "<p>新增的一段。</p><p>景区停车场")]),
    ],
)
def test_whatever_a_merge_does_wrong_its_print_is_unlike_the_file_and_asked_about(paths, monkeypatch, broken, does, changes):
    text = with_lines(paths, ORDER)
    assert came_back(paths, text, *changes).made.questions == {}
    monkeypatch.setattr(merge._Merging, broken, does)
    [(question, about)] = came_back(paths, text, *changes).made.questions.items()
    assert "与稿子不同" in question
    assert len(about) <= 2


def test_paragraphs_that_cannot_stand_in_the_files_order_are_asked_about(paths):
    """The last one of a condition's lines and the first one behind them have changed places."""
    begun = came_back(
        paths,
        with_lines(paths, IF),
        ("<p>公告期满后由景区办理票务。</p>", ""),
        ("每周核对一次。</p>", "每周核对一次。</p><p>公告期满后由景区办理票务。</p>"),
    )
    [(question, [about])] = begun.made.questions.items()
    assert "与稿子不同" in question
    assert "次序" in about


TITLE = "# 示例市文化和旅游局2024年政府信息公开工作年度报告（直连景区{{ 事实.直连景区 }}）<!-- 名称同上年 -->"


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


def test_a_title_that_the_folder_has_changed_since_keeps_both_changes(paths):
    title = TITLE.partition("（")[0]
    text = paths.narrative_file.read_text("utf-8").replace("每十分钟刷新", "每十分钟自动刷新")
    paths.narrative_file.write_text(f"{title.replace('2024年', '2024年度')}\n\n{text}", "utf-8")
    begun = began(paths, said("年政府信息公开工作年度报告", "年政府信息公开工作年报"))
    assert merged(begun)[0] == title.replace("2024年", "2024年度").replace("年度报告", "年报")
    assert begun.made.questions == {}


def test_what_is_new_behind_lines_of_a_condition_stands_behind_the_condition(paths):
    begun = came_back(paths, with_lines(paths, IF), ("<p>票务由专人", "<p>新增的一段。</p><p>票务由专人"))
    new = merged(begun)
    at = new.index("新增的一段。")
    assert new[at - 3 : at + 2] == ["公告期满后由景区办理票务。", "{% endif %}", "", "新增的一段。", ""]
    assert begun.made.questions == {}


@pytest.mark.parametrize(
    "changes",
    [
        [("公告期三十天", "公告期二十天")],
        [("<p>公告期满后由景区办理票务。</p>", "")],
        [(f"<p>{FIRST_WITHIN}</p>", ""), ("每周核对一次。</p>", f"每周核对一次。</p><p>{FIRST_WITHIN}</p>")],
    ],
)  # fmt: skip
def test_what_was_changed_removed_or_moved_in_lines_of_a_condition_is_asked_about(paths, changes):
    [(question, about)] = came_back(paths, with_lines(paths, IF), *changes).made.questions.items()
    assert "按条件" in question
    assert "{% if 事实.直连景区 %}" in about[0]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_exactly_the_paragraphs_that_were_changed_are_other_lines_and_print_what_was_written(paths, seed):
    _changed_at_random(paths, random.Random(seed), lambda file: file)


@pytest.mark.slow
@given(st.integers(0, 2**32 - 1))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_so_they_are_where_another_program_has_saved_the_document(paths, seed):
    (paths.params.parent / "saved").mkdir(exist_ok=True)
    _changed_at_random(paths, random.Random(seed), lambda file: office.resaved(paths.params.parent / "saved", file))


def _changed_at_random(paths, chance, saved):
    """Change some paragraphs of the document; each of them is another line, all other lines are the same."""
    document = docx.Document(io.BytesIO((outputs(paths) / "report.docx").read_bytes()))
    source = paths.narrative_file.read_text("utf-8")
    own = [one for one in document.paragraphs if len(one.text) > 40 and not re.match("20|（四）", one.text)]
    wrote = []
    for one in chance.sample(own, chance.randint(1, 3)):
        text, at = one.text, chance.randrange(12, len(one.text) - 4)
        text = text[:at] + chance.choice(["甚", "（新）", "*", "_", "{", "计3件"]) + text[at + chance.randint(0, 3) :]
        for run in one.runs[1:]:
            run.text = ""
        one.runs[0].text = text
        wrote.append(squeezed(text))
    made = paths.params.parent / "reviewed.docx"
    document.save(made)
    begun = session.begin(paths, [saved(made)])
    old, new = source.split("\n"), merged(begun)
    assert len(old) == len(new)
    assert sum(a != b for a, b in zip(old, new, strict=True)) == len(wrote)
    assert not {returned.OTHERWISE, result.BY_HAND} & set(begun.made.questions), begun.made.questions
    try:
        paths.narrative_file.write_bytes(begun.files[paths.narrative_file])
        printed = squeezed(
            re.sub("<[^>]*>", "", "".join(one.html for one in load(BUREAU, YEAR, paths.params).narrative.passages))
        )
        assert [one for one in wrote if one not in squeezed(html.unescape(printed))] == []
    finally:
        paths.narrative_file.write_text(source, "utf-8")


def test_a_chapter_that_was_moved_is_asked_about_and_a_paragraph_that_went_names_its_placeholders(paths):
    def edit(document):
        before = found(document, "五、存在的主要问题")
        for words_ in ("六、其他", "所办申请达不到"):
            before._p.addprevious(found(document, words_)._p)
        gone = found(document, "（二）景区")
        gone._p.getparent().remove(gone._p)

    begun = began(paths, edit)
    about = [one for some in begun.made.questions.values() for one in some]
    assert any("移了位置" in one and "六、其他" in one for one in about)
    placeholders = re.findall(r"\{\{.*?\}\}", "".join(set(lines(paths)) - set(merged(begun))))
    assert placeholders
    assert [one for one in placeholders if one not in "".join(about)] == []
