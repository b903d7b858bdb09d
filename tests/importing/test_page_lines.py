"""What stands on each page of a text, its number or its title: it cuts no table and is no figure of one."""

import random

import pytest

from importing.test_pieces_of_tables import FIVE, ONE, SIX, a_cell_a_line, figures, in_lines, laid_out, paragraphs
from importing.test_spaced import CHAPTERS, made_of
from imports import TITLE
from nianbao.importing.lines import strayrows
from nianbao.inputs.cells import NUMBER

NAME = "示例市测试局"
# What stands at the head and the foot of a page by its number, of several.
PAGES = {
    "number": lambda at, _: ([], [str(at)]),
    "number of all": lambda at, count: ([], [f"{at}/{count}"]),
    "number but on the first": lambda at, _: ([], [str(at)] if at > 1 else []),
    "number above": lambda at, _: ([str(at)], []),
    "title": lambda *_: ([f"{NAME}政府信息公开年报"], []),
    "title of the report": lambda *_: ([TITLE.format(2023)], []),
    "title and number": lambda at, _: ([f"{NAME}政府信息公开年报"], [str(at)]),
    "title with number": lambda at, _: ([], [f"{NAME}政府信息公开年报 {at}"]),
    "number with title": lambda at, _: ([f"{at} {NAME}2023年年度报告"], []),
}


def report(chance, form, laid):
    """The lines of a whole report, and the truth of its tables."""
    lines, truth = [TITLE.format(2023), "一、总体情况", *ONE], {}
    for key, heading in CHAPTERS.items():
        typed, truth[key] = figures(chance, form, key)
        lines += [heading, *laid(form, key, typed)]
    return [*lines, "五、存在的主要问题及改进情况", *FIVE, "六、其他需要报告的事项", *SIX], truth


def in_pages(lines, height, stands, feed):
    """The lines with what stands on each page; a form feed before each where programs write it."""
    some = [lines[at : at + height] for at in range(0, len(lines), height)]
    pages = []
    for at, page in enumerate(some, 1):
        head, foot = stands(at, len(some))
        pages.append("\n".join([*head, *page, *foot, ""]))
    return feed.join(pages)


def wrong(made, truth):
    return [
        (place, cell.value)
        for key, taken in made.taken.items()
        for place, cell in taken.cells.items()
        if cell.state == NUMBER and cell.value != truth[key][place]
    ]


def values(taken):
    return {place: cell.value for place, cell in taken.cells.items()}


@pytest.mark.slow
@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("laid", [in_lines, laid_out])
def test_what_stands_on_each_page_costs_no_cell_and_is_no_text(form, laid):
    chance = random.Random(f"{form} {laid.__name__}")
    lines, truth = report(chance, form, laid)
    plain = made_of("\n".join(lines), form)
    for kind in PAGES:
        said = in_pages(lines, chance.randint(20, 30), PAGES[kind], "\f")
        made = made_of(said, form)
        assert not wrong(made, truth), said
        assert {key: values(taken) for key, taken in made.taken.items()} == {
            key: values(taken) for key, taken in plain.taken.items()
        }, said
        assert paragraphs(made) == paragraphs(plain) == [*ONE, *FIVE, *SIX]


@pytest.mark.by_turns(9)
@pytest.mark.parametrize("kind", PAGES)
def test_no_number_of_a_page_is_a_cell_where_nothing_shows_the_pages_or_figures_are_lost(kind):
    for laid in (in_lines, a_cell_a_line, laid_out):
        chance = random.Random(f"{kind} {laid.__name__} 0 lost")
        form = chance.choice(["2019", "2021"])
        lines, truth = report(chance, form, laid)
        for _ in range(chance.choice([0, 1, 1, 4])):  # a cell that is blank leaves nothing
            at = chance.choice([at for at, line in enumerate(lines) if line.strip() and line.split()[-1].isdigit()])
            words = lines[at].split()
            left = chance.choice([at for at, word in enumerate(words) if word.isdigit()])
            lines[at] = " ".join([*words[:left], *words[left + 1 :]])
            lines = [line for line in lines if line]
        said = in_pages(lines, chance.randint(15, 60), PAGES[kind], chance.choice(["", "\f"]))
        made = made_of(said, form)
        assert not wrong(made, truth), said
        asked = " ".join(about for some in made.questions.values() for about in some)
        text = [*ONE, *FIVE, *SIX]
        assert not [one for one in paragraphs(made) if one not in text and one not in asked], said


def test_a_title_that_stands_once_between_lines_of_a_table_is_asked_about():
    lines, truth = report(random.Random(0), "2021", in_lines)
    at = next(at for at, line in enumerate(lines) if "重复申请" in line)
    made = made_of("\n".join([*lines[:at], f"{NAME}政府信息公开年报", *lines[at:]]))
    assert not wrong(made, truth)
    assert any("政府信息公开年报" in one for one in made.questions[strayrows.LEFT])
    assert paragraphs(made) == [*ONE, *FIVE, *SIX]


def test_figures_of_a_table_at_the_foot_of_pages_are_no_numbers_of_pages():
    """2 and 4, or 7 and 8, are cells."""
    for figures_ in (("2", "4"), ("7", "8")):
        parts = [
            "第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可",
            "第二十条第（六）项\n信息内容\n本年处理决定数量\n行政处罚",
        ]
        said = "".join(f"{part}\n{figure}\n\f" for part, figure in zip(parts, figures_, strict=True))
        head = f"{TITLE.format(2023)}\n一、总体情况\n平稳。\n二、主动公开政府信息情况\n"
        made = made_of(f"{head}{said}五、存在的主要问题及改进情况\n解读不够。\n")
        left_out = [text for _, text, why in made.left_out if "页" in why]
        assert not left_out
