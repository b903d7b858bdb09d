"""What its reviewer was given: what the folder has changed since stays."""

import copy
import functools
import json
import shutil
from dataclasses import replace

import pytest
from docx.text.paragraph import Paragraph

from nianbao import api
from nianbao.importing import docxfile, session
from nianbao.importing.flow import LINK, Grid
from nianbao.importing.returned import comeback, figures, result
from reviewed import BUREAU, YEAR, began, changed, edited, forgotten, found, lines, merged, outputs, printed, said


@pytest.mark.slow
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


@pytest.mark.slow
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
        paths,
        forgotten,
        lambda document: found(document, "（二）景区").insert_paragraph_before("笔记本算出的一句话，各县都有。"),
    )
    asked = session.begin(paths, [made]).made.questions
    assert asked[comeback.NOTEBOOK] == ["笔记本算出的一句话，各县都有。"]

    text = paths.narrative_file.read_text("utf-8").replace("按月上网", "每月上网")
    paths.narrative_file.write_text(text, "utf-8")
    assert api.build(paths.params, bureaus=[BUREAU], years=[YEAR], to=("docx",)).is_good
    begun = began(paths, said("每十分钟", "每五分钟"))
    assert (len(changed(begun)[1]), begun.made.questions) == (1, {})

    made.write_bytes(older)
    begun = session.begin(paths, [made])
    assert ([one.count("每五分钟") for one in changed(begun)[1]], begun.made.questions) == ([1], {})


@pytest.mark.slow
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


def test_what_no_build_that_is_known_explains_is_asked_about(paths):
    """The folder's text was changed, and the build that the reviewer was given is gone."""
    made = edited(paths, forgotten, said("每十分钟", "每五分钟"))
    shutil.rmtree(outputs(paths))
    before = paths.narrative_file.read_text("utf-8")
    text = before.replace("按月上网", "每月上网").replace("## 五、", "后来补的一段，稿子里没有。\n\n## 五、")
    paths.narrative_file.write_text(text, "utf-8")
    asked = session.begin(paths, [made]).made.questions[comeback.UNSURE]
    pairs = (("每月上网", "按月上网"), ("每十分钟", "每五分钟"), ("后来补的一段", "稿子没有"))
    assert [all(one in line for one in pair) for line, pair in zip(asked, pairs, strict=True)] == [True] * 3


@pytest.mark.slow
def test_what_the_folder_says_otherwise_again_is_asked_about_where_the_build_is_not_known(paths):
    """The file says what was published last, and nobody knows whether its reviewer wrote that: the folder's words stay."""
    made = edited(paths, forgotten)
    text = paths.narrative_file.read_text("utf-8").replace("按月上网", "每月上网")
    paths.narrative_file.write_text(text, "utf-8")
    begun = session.begin(paths, [made])
    assert "每月上网" in "".join(merged(begun))
    [asked] = begun.made.questions[comeback.UNSURE]
    assert "每月上网" in asked
    assert "按月上网" in asked


def rewritten(paths, *pairs):
    """Other words in narrative.md."""
    text = paths.narrative_file.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    paths.narrative_file.write_text(text, "utf-8")


@pytest.mark.slow
def test_what_was_changed_in_the_folder_stays_where_it_was_built_again_since(paths):
    """Another reviewer's words, a paragraph of one's own, a cell: the file's digests tell what its reviewer was given."""
    made = edited(paths, said("周一不闭馆", "周一也开馆"), said("每十分钟", "每五分钟"))
    rewritten(paths, ("按月上网", "每月上网"), ("## 五、", "后来补的一段。\n\n## 五、"))
    table = paths.table_file("table2")
    table.write_text(table.read_text("utf-8").replace(",71", ",72"), "utf-8")
    assert api.build(paths.params, bureaus=[BUREAU], years=[YEAR], to=("docx",), draft=True).is_good
    begun = session.begin(paths, [made])
    old, new = changed(begun)
    assert new == [one.replace("周一不闭馆", "周一也开馆").replace("每十分钟", "每五分钟") for one in old]
    assert "后来补的一段。" in merged(begun)
    assert [*begun.made.questions] in ([], [figures.CELLS])


def test_the_document_says_what_it_was_printed_with_as_it_is_read(paths):
    """All that an import reads of it: texts, levels, bold type, items, tables, each as the document itself has it."""
    flow = docxfile.read((outputs(paths) / "report.docx").read_bytes())
    blocks = [replace(one, printed=()) if isinstance(one, Grid) else one for one in flow.blocks]
    assert flow.given == tuple((one, 0) for one in blocks if isinstance(one, Grid) or one.around in {"", LINK})
    assert sum(isinstance(one, Grid) for one in blocks) == 3


@pytest.mark.slow
def test_what_both_have_changed_in_one_paragraph_is_merged_though_nobody_else_has_it_any_more(paths):
    """Words, the day, and a number that the folder has put right: the document that came back says what was printed."""
    made = edited(paths, said("每十分钟", "每五分钟"), said("周一不闭馆", "周一也开馆"), said("按月上网", "按周上网"))
    shutil.rmtree(outputs(paths))
    rewritten(paths, ("每十分钟刷新", "每十分钟自动刷新"), ("周一不闭馆", "周一照常"))
    facts = paths.report_file.read_text("utf-8").replace("value: 11, unit: 家", "value: 12, unit: 家")
    paths.report_file.write_text(facts, "utf-8")
    begun = session.begin(paths, [made])
    old, new = changed(begun)
    words_ = ("每十分钟", "每五分钟"), ("周一照常", "周一也开馆"), ("按月上网", "按周上网")
    assert new == [functools.reduce(lambda text, pair: text.replace(*pair), words_, one) for one in old]
    [(question, [about])] = begun.made.questions.items()
    assert (question, "周一照常" in about, "周一也开馆" in about, "周一不闭馆" in about) == (result.BOTH, True, True, True)
    at = about.index("，写成了“")
    assert ("周一也开馆" in about[at:], "自动刷新" in about[at:], "每五分钟" in about[at:]) == (True, True, True)


@pytest.mark.slow
def test_a_clause_that_one_puts_in_where_the_other_has_changed_words_is_kept_and_asked_about_with_what_came_of_it(paths):
    made = edited(paths, said("余票每十分钟刷新", "余票均每十分钟刷新"))
    rewritten(paths, ("余票每十分钟刷新", "余票（含站票）每十分钟刷新"))
    [(question, [about])] = session.begin(paths, [made]).made.questions.items()
    assert question == result.MIXED
    assert "余票（含站票）均每十分钟刷新" in about.partition("写成了“")[2]


@pytest.mark.slow
def test_two_peoples_changes_of_one_word_are_the_reviewers_and_are_asked_about_once(paths):
    made = edited(paths, said("余票每十分钟刷新", "余票均每五分钟刷新"))
    rewritten(paths, ("余票每十分钟刷新", "余票现每十分钟刷新"))
    [(question, [about])] = session.begin(paths, [made]).made.questions.items()
    assert (question, "现每" in about, "均每" in about, "写成了" in about) == (result.BOTH, True, True, False)


def parted(document, words_, at):
    """The paragraph that has some words ends before others of it; the rest is one of its own."""
    one = found(document, words_)
    text = one.text
    for run in one.runs[1:]:
        run.text = ""
    rest = copy.deepcopy(one._p)
    one._p.addnext(rest)
    one.runs[0].text = text[: text.index(at)]
    Paragraph(rest, one._parent).runs[0].text = text[text.index(at) :]


@pytest.mark.slow
@pytest.mark.parametrize("by_us", [True, False])
def test_a_paragraph_that_one_has_parted_has_the_words_that_the_other_has_changed_on_either_side_of_it(paths, by_us):
    [line] = [one for one in lines(paths) if "（二）景区" in one]
    first, second = line.split("市博物馆", 1)
    both = ("每十分钟", "每五分钟"), ("周一不闭馆", "周一也开馆")
    if by_us:
        made = edited(paths, *(said(*one) for one in both))
        rewritten(paths, (line, f"{first}\n\n市博物馆{second}"))
        printed(paths)
    else:
        made = edited(paths, lambda document: parted(document, "（二）景区", "市博物馆"))
        rewritten(paths, *both)
    begun = session.begin(paths, [made])
    text = f"{first}\n\n市博物馆{second}".replace(*both[0]).replace(*both[1])
    assert text in "\n".join(merged(begun))
    assert ("".join(merged(begun)).count("市博物馆"), begun.made.questions) == (1, {})


@pytest.mark.slow
def test_a_comment_behind_the_last_sentence_of_a_paragraph_goes_with_it_where_the_reviewer_parts_that(paths):
    [line] = [one for one in lines(paths) if "（二）景区" in one]
    note = "<!-- 数由博物馆报 -->"
    rewritten(paths, (line, f"{line}{note}"))
    first, second = line.split("研学旅行", 1)
    begun = began(paths, lambda document: parted(document, "（二）景区", "研学旅行"))
    assert f"{first}\n\n研学旅行{second}{note}" in "\n".join(merged(begun))
    assert begun.made.questions == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("joined", "by_us"),
    [("（一）（二）", False), ("（二）（三）", False), ("（二）（三）", True), ("（一）（二）（三）", True)],
)
def test_paragraphs_that_one_has_joined_have_the_words_that_the_other_has_changed(paths, joined, by_us):
    """Where the folder was built again since too: none is lost, and nothing has to be asked."""
    some = [next(one for one in lines(paths) if one.startswith(f"**（{sign}）")) for sign in joined[1::3]]
    new = "".join(some)
    if by_us:
        made = edited(paths, said("每十分钟", "每五分钟"))
        rewritten(paths, ("\n\n".join(some), new))
        printed(paths)
    else:

        def edit(document):
            first, *others = (found(document, f"（{sign}）") for sign in joined[1::3])
            for one in others:
                for run in [*one.runs]:
                    first._p.append(run._r)
                one._p.getparent().remove(one._p)

        made = edited(paths, edit)
        rewritten(paths, ("每十分钟", "每五分钟"))
    begun = session.begin(paths, [made])
    assert new.replace("每十分钟", "每五分钟") in merged(begun)
    assert ("".join(merged(begun)).count("景区"), begun.made.questions) == ("".join(lines(paths)).count("景区"), {})


def with_cells(paths, *sources):
    """The report's own notebook shows more, before its end, and is built: the number of the first cell."""
    book = json.loads((paths.params.parent / "notebooks/annual_report.ipynb").read_text("utf-8"))
    at = next(number for number, one in enumerate(book["cells"]) if 'chapter("三")' in "".join(one["source"])) + 1
    cell = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
    book["cells"][at:at] = [{**cell, "id": f"own{number}", "source": one} for number, one in enumerate(sources)]
    (paths.bureau_file.parent / "own.ipynb").write_text(json.dumps(book), "utf-8")
    about = paths.bureau_file.read_text("utf-8")
    paths.bureau_file.write_text(f"{about}notebook: own.ipynb\n", "utf-8")
    assert api.build(paths.params, bureaus=[BUREAU], years=[YEAR], to=("docx",)).is_good
    return at + 1


TEXT = 'from IPython.display import Markdown\nMarkdown("各县的申请都已办结。")'
NOTED = 'Markdown("另有说明[^a]。\\n\\n[^a]: 不含撤回的申请。")'
FRAME = 'import pandas as pd\npd.DataFrame({"类别": ["自然人", "法人"], "件数": [31, 4]}).set_index("类别")'
FIGURE = 'import matplotlib.pyplot as plt\nplt.bar(["甲", "乙"], [1, 2])\nplt.title("新收申请");'


@pytest.mark.slow
def test_what_the_notebooks_own_cells_print_is_asked_about_by_cell_where_the_reviewer_has_changed_it(paths):
    """Text, the cell of a table, a picture, changed or taken out; of the rest, as a footnote, nothing is asked."""
    first = with_cells(paths, TEXT, FRAME, FIGURE, NOTED)
    begun = began(paths)
    assert (begun.made.questions, begun.made.revised) == ({}, [])

    def edit(document):
        [one] = [one for one in document.tables if one.rows[0].cells[-1].text == "件数"]
        one.rows[-2].cells[1].paragraphs[0].runs[0].text = "32"

    asked = began(paths, edit, said("都已办结", "均已办结")).made.questions
    assert asked == {
        comeback.NOTEBOOKS: [
            f"笔记本第{first}个单元格：印的是“各县的申请都已办结。”，稿子是“各县的申请均已办结。”",
            f"笔记本第{first + 1}个单元格：印的是“自然人 / 件数：31”，稿子是“32”",
        ]
    }

    def without(document):
        [one] = [one for one in document.tables if one.rows[0].cells[-1].text == "件数"]
        figure = next(one for one in document.paragraphs if one._p.xpath(".//w:drawing"))
        for gone in (one._tbl, found(document, "都已办结")._p, figure._p):
            gone.getparent().remove(gone)

    asked = began(paths, without).made.questions
    assert [*asked] == [comeback.NOTEBOOKS]
    whose = [one.partition("：")[0] for one in asked[comeback.NOTEBOOKS]]
    assert whose == [f"笔记本第{first + number}个单元格" for number in range(3)]
    assert all(one.endswith("稿子删去了") for one in asked[comeback.NOTEBOOKS])


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(("here", "there"), [(True, False), (False, True)])
def test_what_one_has_taken_out_and_the_other_has_changed_is_asked_about(paths, here, there):
    def edit(document):
        one = found(document, "（二）景区")
        if there:
            one._p.getparent().remove(one._p)
        else:
            said("每十分钟", "每五分钟")(document)

    made = edited(paths, edit)
    shutil.rmtree(outputs(paths))
    [line] = [one for one in lines(paths) if "（二）景区" in one]
    rewritten(paths, (f"{line}\n\n", "") if here else ("每十分钟", "每一刻钟"))
    [about] = session.begin(paths, [made]).made.questions[result.BY_HAND]
    assert all(one in about for one in (["每五分钟"] if here else ["（二）景区", "每十分钟", "每一刻钟"]))


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("did", ["rewritten", "joined to another"])
def test_a_paragraph_that_the_reviewer_has_taken_out_and_the_folder_has_otherwise_or_elsewhere_is_asked_about(paths, did):
    """The reviewer's wish stands nowhere in the folder: that is not what "nothing is new" means."""
    made = edited(paths, lambda document: found(document, "（三）")._p.getparent().remove(found(document, "（三）")._p))
    third, fifth = (next(one for one in lines(paths) if one.startswith(f"**（{sign}）")) for sign in "三五")
    new = "**（三）制度建设。**规范性文件统一编号，权力清单同步调整。"
    rewritten(paths, *([(third, new)] if did == "rewritten" else [(f"{third}\n\n", ""), (fifth, fifth + third)]))
    begun = session.begin(paths, [made])
    [about] = begun.made.questions[result.BY_HAND]
    assert ("（三）政策文件" in about, "权力清单同步调整" in about, begun.told) == (True, did == "rewritten", ())
