"""A line break inside a paragraph stays one, wherever a reviewer has put it."""

from copy import deepcopy

import pytest

from nianbao.importing.returned import breaks
from reviewed import began, changed, found, lines, merged, printed, said, with_lines

BROKEN = "法规宣传每月一期。<br>宣传栏按季更换，由专人维护。\n\n志愿服务队每周到馆一次。\n\n"


@pytest.fixture
def broken(paths):
    """The folder of a report with a line break in a paragraph."""
    paths.narrative_file.write_text(with_lines(paths, BROKEN), "utf-8")
    printed(paths)
    return paths


def copied(document):
    found(document, "志愿服务队")._p.addnext(deepcopy(found(document, "宣传栏")._p))


def typed(words, *more):
    """An edit: a line break behind the words, and more lines."""

    def edit(document):
        run = found(document, words).runs[-1]
        for one in more:
            run.add_break()
            run.add_text(one)

    return edit


@pytest.mark.slow
def test_a_paragraph_that_was_copied_keeps_its_break(broken):
    begun = began(broken, copied)
    first, _, second = BROKEN.strip().split("\n")
    new = merged(begun)
    assert new[new.index(second) + 2] == first
    assert sorted(new) == sorted([*lines(broken), first, ""])
    assert begun.made.questions == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edits", "old", "new"),
    [
        ([typed("志愿服务队", "服务队已有三年。", "成员都经过培训。")], "志愿服务队每周到馆一次。",
         "志愿服务队每周到馆一次。<br>服务队已有三年。<br>成员都经过培训。"),
        ([typed("宣传栏", "栏目共四个。")], "法规宣传每月一期。<br>宣传栏按季更换，由专人维护。",
         "法规宣传每月一期。<br>宣传栏按季更换，由专人维护。<br>栏目共四个。"),
        ([said("志愿服务队每周", "志愿服务队每月"), typed("志愿服务队", "服务队已有三年。")], "志愿服务队每周到馆一次。",
         "志愿服务队每月到馆一次。<br>服务队已有三年。"),
    ],
)  # fmt: skip
def test_lines_that_were_typed_behind_a_paragraph_are_lines_of_it(broken, edits, old, new):
    begun = began(broken, *edits)
    assert changed(begun) == ([old], [new])
    assert begun.made.questions == {}


@pytest.mark.slow
def test_new_lines_of_a_new_paragraph_are_lines_of_it(broken):
    def edit(document):
        new = found(document, "志愿服务队").insert_paragraph_before("新增的一段。")
        new.runs[-1].add_break()
        new.runs[-1].add_text("接着的一行。")

    begun = began(broken, edit)
    assert changed(begun) == ([], ["新增的一段。<br>接着的一行。"])
    assert begun.made.questions == {}


def test_a_line_that_became_a_paragraph_is_asked_about(broken):
    def parted(document):
        first = found(document, "宣传栏")
        one, other = BROKEN.partition("\n")[0].split("<br>")
        new = first.insert_paragraph_before(one)
        first._p.addprevious(new._p)
        for run in first.runs[1:]:
            run._r.getparent().remove(run._r)
        first.runs[0].text = other

    begun = began(broken, parted)
    assert changed(begun) == ([], [])
    assert begun.made.questions == {breaks.ASKED: ["一、总体情况：“宣传栏按季更换，由专人维护。”"]}


@pytest.mark.slow
def test_a_break_that_the_folder_has_put_since_is_nothing_to_ask_about(broken):
    begun = began(broken, said("每周到馆", "每月到馆"))
    text = broken.narrative_file.read_text("utf-8")
    broken.narrative_file.write_text(text.replace("每月一期。<br>", "每月一期。\n\n"), "utf-8")
    again = began(broken, said("每周到馆", "每月到馆"))
    assert begun.made.questions == again.made.questions == {}
