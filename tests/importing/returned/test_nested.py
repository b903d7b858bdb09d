"""Lists in lists that come back: what was put into them stands on the level that the file has it on."""

from copy import deepcopy

import docx
import pytest

from nianbao.importing import session
from nianbao.importing.returned import proof
from reviewed import began, came_back, edited, found, lines, merged, printed, said, with_lines

BULLETS = "- 甲类公开\n{0}- 甲一公示\n{0}- 甲二公示\n{0}{0}- 戊一公示\n{0}{0}- 戊二公示\n- 乙类公开\n\n"
MIXED = "1. 甲类公开\n   - 甲一公示\n   - 甲二公示\n     1. 戊一公示\n     2. 戊二公示\n2. 乙类公开\n\n"
OTHERS = "* 甲类公开\n    1. 甲一公示\n    2. 甲二公示\n\n        * 戊一公示\n\n        * 戊二公示\n* 乙类公开\n\n"
TEXTS = [BULLETS.format("  "), BULLETS.format("   "), BULLETS.format("    "), BULLETS.format("\t"), MIXED, OTHERS]


@pytest.fixture(params=TEXTS, ids=["two", "three", "four", "tab", "mixed", "others"])
def back(request, paths):
    """A report with such lists that comes back as a page with other words."""
    return lambda *changes: came_back(paths, with_lines(paths, request.param), *changes), request.param


def _line(text, words):
    return next(one for one in text.split("\n") if words in one)


ITEMS = {"甲类公开": 1, "甲二公示": 2, "甲一公示": 2, "戊一公示": 3, "戊二公示": 3, "乙类公开": 1}  # each with its level
PARENTS = ["甲类公开", "甲二公示"]


def _put(text, neighbour, is_before):
    """What to change in the page to have an item before or behind another; behind the list of one that has a list."""
    is_loose = "\n\n" in text[:-2]
    begin, end = ("<li>\n<p>", "</p>\n") if is_loose and ITEMS[neighbour] > 1 else ("<li>", "")
    new = f"<li>新增{neighbour}</li>"
    if is_before:
        return f"{begin}{neighbour}", f"{new}{begin}{neighbour}"
    old = f"{begin}{neighbour}{end}</li>"
    if neighbour in PARENTS:
        lists = ["戊二公示", "甲二公示"][: 3 - ITEMS[neighbour]]
        closed = "".join(f"\n</{'ol' if _is_numbered(text, one) else 'ul'}>\n</li>" for one in lists)
        old = ("戊二公示</p>\n</li>" if is_loose else "戊二公示</li>") + closed
    return old, f"{old}{new}"


@pytest.mark.by_turns(12)
@pytest.mark.parametrize("is_before", [True, False])
def test_an_item_that_was_put_before_or_behind_another_is_set_in_as_that(back, is_before):
    """At every depth, first, in the middle and last; behind an item with a list of its own, behind that list.

    One that begins a list in an item is set in as far as the text of that.
    """
    came, text = back
    begins = ("<li>乙类公开</li>", "<li>乙类公开<ul><li>新增内项</li></ul></li>")
    begun = came(*(_put(text, neighbour, is_before) for neighbour in ITEMS), begins)
    made = merged(begun)
    last = _line(text, "乙类公开")
    assert f"{' ' * (len(last) - len(last.lstrip('-*12. ')))}- 新增内项" in made
    for neighbour in ITEMS:
        own = _line(text, neighbour)
        lead, sign = own[: -len(own.lstrip())], own.lstrip()[0]
        new, after = (
            next(at for at, one in enumerate(made) if one.endswith(f"{words}{neighbour}")) for words in ("新增", " ")
        )
        beside = [at for at in range(min(new, after) + 1, max(new, after)) if made[at] and made[at].startswith(lead)]
        assert (made[new][: len(lead)], made[new][len(lead)].isspace()) == (lead, False)
        assert (made[new][len(lead)] == sign) or (made[new][len(lead)].isdigit() and sign.isdigit())
        assert not beside or (neighbour in {*PARENTS, "乙类公开"} and not is_before)
        assert (new < after) == is_before
    assert begun.made.questions == {}


def _is_numbered(text, words):
    return _line(text, words).lstrip()[0].isdigit()


@pytest.mark.slow
def test_a_list_whose_number_gets_a_digit_more_keeps_what_stands_in_its_items(paths):
    text = "".join(f"{number}. 第{number}项工作\n" for number in range(1, 10)) + "   - 内项\n     （1）其一\n\n"
    begun = came_back(paths, with_lines(paths, text), ("<li>第3项工作</li>", "<li>新增工作</li><li>第3项工作</li>"))
    assert "10. 第9项工作\n    - 内项\n      （1）其一\n" in "\n".join(merged(begun))
    assert begun.made.questions == {}


THREE = """1. 甲项工作抓好落实。
   （1）事前公开权责清单；
   （2）事中公示执法人员；
      ① 名单上墙；
      ② 证件上网。
2. 乙项工作稳步推进。

- 丙类公开
  - 丙一公示
  - 丙二公示
- 丁类公开

"""


@pytest.fixture
def three(paths):
    """A published report with a list of three levels and one in a list."""
    paths.narrative_file.write_text(with_lines(paths, THREE), "utf-8")
    printed(paths)
    return paths


def copied(words, text):
    """An edit: a paragraph like the one with these words behind it, as Enter makes it in Word."""

    def edit(document):
        one = found(document, words)
        new = deepcopy(one._p)
        one._p.addnext(new)
        docx.text.paragraph.Paragraph(new, one._parent).runs[0].text = text

    return edit


@pytest.mark.slow
def test_what_was_put_into_a_word_document_stands_on_its_level(three):
    edits = {
        said("执法人员；", "执法人员88人；"): "   （2）事中公示执法人员88人；",
        copied("（2）事中", "（3）事后公布结果；"): "   （3）事后公布结果；",
        said("名单上墙", "名单全部上墙"): "      ① 名单全部上墙；",
        copied("② 证件", "③ 电话公布。"): "      ③ 电话公布。",
        copied("丙一公示", "先增公示"): "  - 先增公示",
        copied("丙二公示", "后增公示"): "  - 后增公示",
        copied("丁类公开", "戊类公开"): "- 戊类公开",
    }
    begun, old = began(three, *edits), lines(three)
    assert ([one for one in merged(begun) if one and one not in old], begun.made.questions) == ([*edits.values()], {})
    around = merged(begun)[merged(begun).index("- 丙类公开") :]
    assert all(around[:7])


def below(words, *texts):
    """An edit: paragraphs of the text behind the one with these words."""

    def edit(document):
        one, other = found(document, words), found(document, "（一）文物普查进展")
        for text in reversed(texts):
            new = deepcopy(other._p)
            one._p.addnext(new)
            paragraph = docx.text.paragraph.Paragraph(new, one._parent)
            for run in paragraph.runs[1:]:
                new.remove(run._r)
            paragraph.runs[0].text, paragraph.runs[0].bold = text, None

    return edit


@pytest.mark.by_turns(5)
@pytest.mark.parametrize(
    ("words", "texts", "wanted"),
    [
        ("乙项工作", ["（1）新增公示；", "（2）又增公示。"], ["   （1）新增公示；", "   （2）又增公示。"]),
        ("乙项工作", ["①新增公示。"], ["   ①新增公示。"]),
        ("乙项工作", ["（2）新增公示。"], ["（2）新增公示。"]),
        ("乙项工作", ["新增公示。"], ["新增公示。"]),
        ("丁类公开", ["（1）新增公示。"], ["（1）新增公示。"]),
    ],
)
def test_a_first_number_below_the_last_item_of_a_numbered_list_stands_in_the_item(three, words, texts, wanted):
    begun = began(three, below(words, *texts))
    old = lines(three)
    assert [one for one in merged(begun) if one and one not in old] == wanted


@pytest.mark.slow
def test_an_item_on_another_level_than_the_file_has_it_on_is_asked_about(three):
    """And none that the folder has put on another level since."""

    def deeper(document):
        found(document, "丙二公示")._p.pPr.numPr.ilvl.val = 2

    [about] = began(three, deeper).made.questions[proof.LEVELS]
    assert about == "一、总体情况：“丙二公示”，稿子是第3层，印的是第2层"
    document = edited(three)
    text = three.narrative_file.read_text("utf-8").replace("  - 丙二公示", "- 丙二公示")
    three.narrative_file.write_text(text, "utf-8")
    assert session.begin(three, [document]).made.questions == {}
