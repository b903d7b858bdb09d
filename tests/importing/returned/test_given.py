"""What its reviewer was given: what the folder has changed since stays."""

import json
import shutil

import pytest

from nianbao import api, likeness
from nianbao.importing import session
from nianbao.importing.flow import Paragraph
from nianbao.importing.returned import figures, given, returned
from reviewed import BUREAU, YEAR, began, changed, edited, forgotten, found, lines, merged, outputs, said


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
    assert asked[returned.NOTEBOOK] == ["笔记本算出的一句话，各县都有。"]

    text = paths.narrative_file.read_text("utf-8").replace("按月上网", "每月上网")
    paths.narrative_file.write_text(text, "utf-8")
    assert api.build(paths.params, bureaus=[BUREAU], years=[YEAR], to=("docx",)).is_good
    begun = began(paths, said("每十分钟", "每五分钟"))
    assert (len(changed(begun)[1]), begun.made.questions) == (1, {})

    made.write_bytes(older)
    begun = session.begin(paths, [made])
    assert ([one.count("每五分钟") for one in changed(begun)[1]], begun.made.questions) == ([1], {})


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


def rewritten(paths, *pairs):
    """Other words in narrative.md."""
    text = paths.narrative_file.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    paths.narrative_file.write_text(text, "utf-8")


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


def test_of_a_paragraph_that_both_have_changed_and_nobody_has_any_more_it_is_asked(paths):
    made = edited(paths, said("每十分钟", "每五分钟"), said("按月上网", "按周上网"), said("2025年1月21日", "2025年1月24日"))
    shutil.rmtree(outputs(paths))
    rewritten(paths, ("每十分钟", "每一刻钟"))
    yaml = paths.report_file.read_text("utf-8").replace("2025-01-21", "2025-01-22")
    paths.report_file.write_text(yaml, "utf-8")
    asked = session.begin(paths, [made]).made.questions
    day, words_ = sorted(asked.pop(returned.UNKNOWN), key=len)
    assert ("每一刻钟" in words_, "每五分钟" in words_, "22" in day, "24" in day) == (True,) * 4
    assert asked == {}


@pytest.mark.parametrize(("joined", "merges"), [(("（一）", "（二）"), False), (("（二）", "（三）"), True)])
def test_of_paragraphs_that_the_folder_has_joined_none_is_lost_where_it_was_built_again_since(paths, joined, merges):
    """The reviewer has changed a word of one: merged where most of the joined one is that, asked about in any case."""
    made = edited(paths, said("每十分钟", "每五分钟"))
    first, second = (next(one for one in lines(paths) if one.startswith(f"**{sign}")) for sign in joined)
    rewritten(paths, (f"{first}\n\n{second}", f"{first}{second.replace('**', '')}"))
    assert api.build(paths.params, bureaus=[BUREAU], years=[YEAR], to=("docx",), force=True).is_good
    now = paths.narrative_file.read_text("utf-8")
    begun = session.begin(paths, [made])
    assert merged(begun) == (now.replace("每十分钟", "每五分钟") if merges else now).split("\n")
    assert any("每五分钟" in one for some in begun.made.questions.values() for one in some)


@pytest.mark.parametrize(("here", "there"), [(True, False), (False, True)])
def test_what_one_has_taken_out_and_the_other_has_changed_is_asked_about_where_nobody_has_it_any_more(paths, here, there):
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
    asked = session.begin(paths, [made]).made.questions
    [about] = asked[returned.UNKNOWN]
    assert ("每五分钟" if here else "每一刻钟") in about


@pytest.mark.parametrize(("here", "there", "known"), [(200, 200, 200), (400, 200, None)])
def test_of_a_file_of_which_both_have_changed_much_few_paragraphs_are_compared(here, there, known):
    """As many as the file was given are all taken for them; of far more nobody knows which they were."""

    def some(name, count):
        return [Paragraph(f"{name}的第{number * number}段，{name}。", "") for number in range(count)]

    prints = [given.print_of(one) for one in some("当初印出", there)]
    likeness.of_texts.cache_clear()
    made = given.guessed(prints, some("科室改过", here), some("审稿人改过", there), {})
    compared = likeness.of_texts.cache_info()
    assert compared.hits + compared.misses <= likeness.MOST_PAIRS
    assert (None if made is None else len(made)) == known
