"""Tables of a text whose cells blanks part, or nothing, as it is copied from a PDF."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import imports
from cases import each
from making import FORMATS
from nianbao.importing import importer, plainfile
from nianbao.importing.lines import grids, spaced
from nianbao.inputs.cells import NUMBER
from nianbao.statute import tree
from nianbao.statute.formats import library
from nianbao.wording import UNFILLED

CHAPTERS = {
    "table2": "二、主动公开政府信息情况",
    "table3": "三、收到和处理政府信息公开申请情况",
    "table4": "四、政府信息公开行政复议、行政诉讼情况",
}
HEADS = {
    "table3": "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况\n"
    "自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他",
    "table4": "行政复议 行政诉讼\n结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉\n"
    "结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计",
}
UNFOUND = "下列表格没有找到，各格未填"
LOST = "下列行在表格里，不知是哪一行，没有取用：对照原件填上"
UNREAD = "下列单元格读不准，没有填：对照原件填上"


def written(form, key, typed):
    """A table as text; ``typed`` is what stands for the figures of a row, by its labels."""
    lines = [HEADS[key]] if key in HEADS else []
    for part in FORMATS[form].tables[key].parts:
        if part.title:
            lines += [part.title, " ".join([part.stub, *(chain[-1].label for chain in part.column_chains)])]
        said = set()
        for chain in part.row_chains:
            names = [node.label for node in chain if node.label not in said]
            said |= set(names)
            lines.append(" ".join(names) + typed[tree.labels_of(chain)])
    return "\n".join(lines)


def text(*tables, form="2021"):
    """A whole report with tables, (key, text)."""
    said = dict(tables)
    chapters = [f"{heading}\n{said.get(key, '')}" for key, heading in CHAPTERS.items()]
    begin = f"{imports.TITLE.format(2023)}\n一、总体情况\n全年公开信息5条。\n"
    return begin + "\n".join(chapters) + "\n五、存在的主要问题及改进情况\n解读不够。\n"


def made_of(said, form="2021"):
    return importer.import_flows([plainfile.read(said.encode())], 2023, FORMATS[form], library())


NUMBERS = st.one_of(st.integers(0, 9), st.integers(0, 400), st.integers(1000, 1999), st.integers(100_000, 3_000_000))
SHOWN = st.sampled_from([str, "{:,}".format, lambda number: f"{number:,}".replace(",", " ")])
CHANGED = st.sampled_from(["-{}", "减{}", "- {}", "－{}"])
BLANK = st.sampled_from(["", "", "", "/", "-", "—"])


@st.composite
def tables(draw):
    """A table as it is and as a text that has lost blanks, has numbers with blanks in them, or glues its cells."""
    form, key = draw(st.sampled_from(["2019", "2021"])), draw(st.sampled_from(list(CHAPTERS)))
    blanks, show, sums = draw(st.sampled_from([0, 0, 1, 4])), draw(SHOWN), draw(st.booleans())
    between, behind = draw(st.sampled_from([" ", " ", " ", ""])), draw(st.sampled_from([" ", " ", " ", ""]))
    show = show if between else str
    truth, typed = {}, {}
    for (row, column), (_, chain) in FORMATS[form].tables[key].cells.items():
        number = None if draw(st.integers(0, 9)) < blanks else draw(NUMBERS)
        if chain[-1].label == "总计" and key == "table3" and sums and number is not None:
            number = sum(truth[one] or 0 for one in truth if one[0] == row)
        shown = draw(BLANK) if number is None else draw(st.sampled_from([show, str]))(number)
        if chain[-1].kind == "change" and number and draw(st.booleans()):
            number, shown = -number, draw(CHANGED).format(shown)
        truth[row, column] = number
        typed.setdefault(row, []).append(shown)
    said = {row: behind + between.join(filter(None, some)) for row, some in typed.items()}
    return form, key, truth, written(form, key, said)


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(tables())
def test_a_cell_is_right_or_unfilled_whatever_a_row_has_lost(drawn):
    form, key, truth, said = drawn
    made = made_of(text((key, said)), form)
    if key in made.taken:
        wrong = {
            cell: (found.value, truth[cell]) for cell, found in made.taken[key].cells.items()
            if found.state != UNFILLED and (found.value if found.state == NUMBER else None) != truth[cell]
        }  # fmt: skip
        assert not wrong, said
    if sum(number is not None for number in truth.values()) < 9:
        return
    lines = [line for line in made.files["narrative.md"].split("\n") if line and line[:2] not in {"# ", "##", "{{"}]
    assert lines == ["全年公开信息5条。", "解读不够。"], said + "\n\n" + "\n".join(lines)


CELLS = FORMATS["2021"].tables["table2"].cells
ROWS = dict.fromkeys((row for row, _ in FORMATS["2021"].tables["table3"].cells), " 1 0 0 2 0 0 3")


def table3(**changed):
    """Table three as text, each row 1 0 0 2 0 0 3 but for some, by words of their labels."""
    return written("2021", "table3", ROWS | {row_of(words): said for words, said in changed.items()})


def row_of(words):
    return next(row for row in ROWS if words in row[-1])


def values(made, words):
    return [cell.value for (row, _), cell in made.taken["table3"].cells.items() if words in row[-1]]


@pytest.mark.by_turns(5)
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" 12 0 0 5 1 0 18", [12, 0, 0, 5, 1, 0, 18]),
        (" 1,113 0 0 5 1 0 1,119", [1113, 0, 0, 5, 1, 0, 1119]),
        (" 746 12 0 0 10 1 769", [746, 12, 0, 0, 10, 1, 769]),  # 1 769 may be one number: the sum says that it is none
        (" 746 12 0 0 10 1 770", None),
        (" 1 113 0 0 5 1 0", None),
        (" 2 3 4", None),
        (" 12 0 0 5 1 0 18 4", None),
        (" 0 0 0 0 0 0", None),
        ("000", None),
        ("1 0 0 2 0 0 3", None),
        ("0000000", None),
        (" 0000000", None),
        (" 2 件 0 0 0 0 0 2", None),
        (" 1 0 0 - 2 0 3", None),
        (" 1 0 0 -2 0 0 3", None),
        (" 1018/68431329", None),
    ],
)
def test_a_row_is_read_where_it_has_a_figure_for_each_column_and_else_stays_with_its_text(typed, read):
    made = made_of(text(("table3", table3(重复申请=typed))))
    assert values(made, "重复申请") == (read or [None] * 7)
    assert values(made, "信访") == [1, 0, 0, 2, 0, 0, 3]
    asked = made.questions.get(UNREAD, [])
    assert len(asked) == (not read)
    assert all(typed.strip() in one and "重复申请" in one for one in asked)
    assert not any(word in made.files["narrative.md"] for word in ("###", "重复申请"))
    assert [place for place, _, what in made.said if what == spaced.READ] == ["第7行至第34行"]


@pytest.mark.parametrize(
    ("form", "row", "typed", "other", "read"),
    [
        ("2019", "行政许可", " 31 -2 5575", " 1 0 3", [31, -2, 5575]),
        ("2019", "行政许可", " 31 -2 55", " 1 - 3", None),  # a dash stands for an empty cell there
        ("2019", "规章", " 31 -2 5575", " 1 0 3", None),
        ("2021", "规章", " 31 -2 5575", " 1 0 3", None),
        ("2021", "行政许可", "\n3", " 4", None),  # it may be the number of a page
    ],
)
def test_a_dash_that_ran_into_a_figure_and_the_number_of_a_page_are_no_certain_figures(form, row, typed, other, read):
    table = FORMATS[form].tables["table2"]
    own = {labels: sum(one == labels for one, _ in table.cells) for labels, _ in table.cells}
    said = {labels: other if count == other.count(" ") else " 4" * count for labels, count in own.items()}
    made = made_of(text(("table2", written(form, "table2", said | {(row,): typed})), form=form), form)
    there = [cell.value for (labels, _), cell in made.taken["table2"].cells.items() if labels == (row,)]
    assert there == (read or [None] * own[row,])
    assert read or any(row in one for one in made.questions[UNREAD])


def test_sums_tell_nothing_where_another_row_has_lost_a_blank():
    made = made_of(text(("table3", table3(重复申请=" 746 12 0 0 10 1 769", 信访举报=" 1 0 0"))))
    assert values(made, "重复申请") == [None] * 7


@pytest.mark.parametrize("cut", ["-4-", "- 4 -", "第4页", "P. 4", "Page 4 - 示例市测试局2023年政府信息公开工作年度报告"])
def test_the_number_of_a_page_cuts_no_table(cut):
    lines = table3().split("\n")
    made = made_of(text(("table3", "\n".join([*lines[:12], "", cut, "", *lines[12:]]))))
    assert values(made, "重复申请") == values(made, "属于国家秘密") == [1, 0, 0, 2, 0, 0, 3]
    assert not made.taken["table3"].faults
    assert "###" not in made.files["narrative.md"]
    assert made.questions.keys() <= {UNFOUND}


@pytest.mark.parametrize("cut", ["-4-", "第4页"])
def test_the_number_of_a_page_cuts_no_table_of_one_cell_a_line(cut):
    lines = table3().replace(" ", "\n").split("\n")
    made = made_of(text(("table3", "\n".join([*lines[:90], cut, *lines[90:]]))))
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {0, 1, 2, 3}
    assert made.questions.keys() <= {UNFOUND}


def test_labels_in_pieces_are_put_together():
    """As a PDF's lines have them: groups beside their rows in pieces, a label above and below its figures."""
    said = table3().replace("（三）不予公开 1.", "三、\n本\n年\n（三）不\n予公开\n1.").replace(
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形） 1 0 0 2 0 0 3",
        "（二）部分公开（区分处理的，只计这一情\n1 0 0 2 0 0 3\n形，不计其他情形）",
    ).replace("5.要求行政机关确认或重新出具已获取信息 1", "5.要求行政机关确认或重新出\n具已获取信息\n1")  # fmt: skip
    made = made_of(text(("table3", said)))
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {0, 1, 2, 3}
    assert not made.taken["table3"].faults
    assert made.questions.keys() <= {UNFOUND}


def test_figures_whose_row_is_lost_are_asked_about():
    """One label more or less, and a line of figures alone is anybody's."""
    made = made_of(
        text(("table3", table3().replace("2.重复申请 1 0 0 2 0 0 3", "1 0 0 2 0 0 3").replace("3.其他 1 0 0 2 0 0 3", "")))
    )
    assert values(made, "重复申请") == [None] * 7
    assert made.questions[LOST] == ["第26行：1 0 0 2 0 0 3"]


def test_glued_rows_stay_out_of_the_text():
    said = "第二十条第（一）项\n信息内容本年制发件数本年废止件数现行有效件数\n规章000\n行政规范性文件314\n"
    said += "第二十条第（五）项\n信息内容本年处理决定数量\n行政许可0"
    made = made_of(text(("table2", said), ("table4", HEADS["table4"].replace(" ", "") + "\n000001000000000")))
    assert [one.partition("原文")[2] for one in made.questions[UNREAD]] == [
        f"“{found}”，{grids.UNSURE}" for found in ("000", "314", "0", "000001000000000")
    ]
    assert all(word not in made.files["narrative.md"] for word in ("规章", "行政许可", "结果", "000"))


def test_sentences_and_lists_of_a_chapter_are_no_table():
    said = "行政许可 168 件，行政处罚 29 件。\n规章 0 件\n行政规范性文件 3 件\n（一）行政复议\n无 0"
    made = made_of(text(("table2", said)))
    assert "table2" not in made.taken
    assert all(line in made.files["narrative.md"] for line in said.split("\n")[:3])


def test_a_local_row_of_a_table_of_lines_is_declared():
    rows = {
        row: " 1" * len([one for other, one in FORMATS["2021"].tables["table2"].cells if other == row])
        for row, _ in FORMATS["2021"].tables["table2"].cells
    }
    said = written("2021", "table2", rows).replace("行政规范性文件 1 1 1", "行政规范性文件 1 1 1\n其他主动公开文件 2 0 11")
    made = made_of(text(("table2", said)))
    assert made.taken["table2"].local == {"第二十条第（一）项": ["其他主动公开文件"]}


@pytest.mark.parametrize("licences", ["1 843", "1843"])
def test_digits_without_a_blank_beside_thousands_with_one_are_no_certain_figure(tmp_path, licences):
    lines = [
        "二、主动公开政府信息情况", "第二十条第（一）项", "信息内容 本年制发件数 本年废止件数 现行有效件数", "规章 0 0 0",
        "行政规范性文件 1 2345 678", "第二十条第（五）项", "信息内容 本年处理决定数量", f"行政许可 {licences}",
    ]  # fmt: skip
    said = "\n".join(["示例市测试局2023年政府信息公开工作年度报告", "一、总体情况", "平稳有序。", *lines])
    made = imports.begin(tmp_path, ("a.txt", said)).made
    row = next(one for one in made.files["table2.csv"].replace("\r", "").split("\n") if one.startswith("行政规范性文件"))
    assert row == ("行政规范性文件,1,2345,678" if licences == "1843" else "行政规范性文件,未填,未填,未填")


def wrapped(said, *cuts):
    """A table as text whose labels go over lines: (what stands before the cut, what behind it)."""
    for before, behind in cuts:
        assert said.count(before + behind) == 1, before
        said = said.replace(before + behind, f"{before}\n{behind}")
    return said


@st.composite
def cut_anywhere(draw):
    """Table three in the order of its cells, the words of each row over lines of any length."""
    truth, typed = {}, {}
    for row, column in FORMATS["2021"].tables["table3"].cells:
        truth[row, column] = draw(st.integers(0, 99))
        typed.setdefault(row, []).append(str(truth[row, column]))
    lines = []
    for line in written("2021", "table3", {row: " " + " ".join(some) for row, some in typed.items()}).split("\n"):
        words = line.rstrip("0123456789 ").split(" ")
        for word in words:
            places = [at for at in range(1, len(word)) if word[at] not in "、.，：）”" and word[at - 1] not in "（“"]
            cuts = draw(st.lists(st.sampled_from(places), max_size=3, unique=True).map(sorted))
            lines += [word[begin:end] for begin, end in pairwise((0, *cuts, len(word)))]
        figures = line[len(" ".join(words)) :]
        if figures and draw(st.integers(0, 3)):
            lines[-1] += figures
        elif figures:
            lines.append(figures.strip())
    return truth, "\n".join(lines)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(cut_anywhere())
def test_labels_may_be_cut_anywhere_over_several_lines(drawn):
    assert_read_whole(*drawn)


def assert_read_whole(truth, said):
    made = made_of(text(("table3", said)))
    assert {key: cell.value for key, cell in made.taken["table3"].cells.items()} == truth, said
    lines = [line for line in made.files["narrative.md"].split("\n") if line and line[:2] not in {"# ", "##", "{{"}]
    assert lines == ["全年公开信息5条。", "解读不够。"], said


@pytest.mark.slow
def test_the_end_of_a_label_is_no_other_row_s():
    """公开 ends four labels: what stands above says whose it is, and nobody knows where nothing does."""
    said = wrapped(table3(予以公开=" 7 0 0 0 0 0 7", 禁止公开=" 9 0 0 0 0 0 9"), ("禁止", "公开"), ("（一）予以公", "开"))
    made = made_of(text(("table3", said)))
    assert values(made, "（一）予以公开") == [7, 0, 0, 0, 0, 0, 7]
    assert values(made, "禁止公开") == [9, 0, 0, 0, 0, 0, 9]
    lost = (
        said.replace("2.其他法律行政法规禁止\n", "")
        .replace("（一）予以公\n开 7 0 0 0 0 0 7", "")
        .replace("3.其他 1 0 0 2 0 0 3", "")
    )
    made = made_of(text(("table3", lost)))
    assert values(made, "（一）予以公开") == values(made, "禁止公开") == [None] * 7
    assert any("9 0 0 0 0 0 9" in one for one in made.questions[LOST])


FIRST = "第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n1 1 5\n规章\n4 3 27\n行政规范性文件\n"
SECOND = "第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 318\n"
SECOND += "第二十条第（六）项\n信息内容 本年处理决定数量\n行政处罚 46\n行政强制 5"


@pytest.mark.parametrize("between", [" ", "\n"])
def test_figures_above_their_labels_are_not_those_of_the_label_above_them(between):
    """As a PDF's text has them where figures stand a little higher in their row."""
    made = made_of(text(("table2", (FIRST + SECOND).replace(" ", between))))
    cells = {} if "table2" not in made.taken else made.taken["table2"].cells
    told = {
        row[-1]: cell.value for (row, column), cell in cells.items() if cell.value is not None and column[-1][:2] == "本年"
    }
    assert not told.keys() & {"规章", "行政规范性文件"}
    lines = table3().split("\n")
    lines[-3:] = ["0 0 0 0 0 1 1", "3.其他", "16 3 0 0 1 1 21", "（七）总计", "1 0 0 0 0 0 1", "四、结转下年度继续办理"]
    for some in (lines, [line for line in lines if "信访" not in line]):
        made = made_of(text(("table3", "\n".join(some))))
        assert values(made, "3.其他") in ([None] * 7, [0, 0, 0, 0, 0, 1, 1])
        assert values(made, "（七）总计") in ([None] * 7, [16, 3, 0, 0, 1, 1, 21])
        assert values(made, "四、结转") in ([None] * 7, [1, 0, 0, 0, 0, 0, 1])


@each("cut", range(1, 9))
def test_the_title_of_a_part_may_be_cut(cut):
    """第二十条第（一） above 项, as a narrow table has it."""
    rows = {row: " 3" * len([one for one in CELLS if one[0] == row]) for row, _ in CELLS}
    said = written("2021", "table2", rows)
    for part in FORMATS["2021"].tables["table2"].parts:
        said = said.replace(part.title, f"{part.title[:cut]}\n{part.title[cut:]}")
    made = made_of(text(("table2", said)))
    assert {cell.value for cell in made.taken["table2"].cells.values()} == {3}
    assert not made.taken["table2"].faults
    assert made.questions.keys() <= {UNFOUND}


@st.composite
def broken(draw):
    """Table three with figures alone in a line below, above or among the lines of their label, and one thing amiss."""
    truth, rows = {}, []
    place = draw(st.sampled_from(["below", "above", "among"]))
    part = FORMATS["2021"].tables["table3"].parts[0]
    said = set()
    for chain in part.row_chains:
        names = [node.label for node in chain if id(node) not in said]
        said |= {id(node) for node in chain}
        numbers = [draw(st.integers(0, 30)) for _ in range(6)]
        row = tree.labels_of(chain)
        for column, number in zip(part.column_chains, [*numbers, sum(numbers)], strict=True):
            truth[row, tree.labels_of(column)] = number
        figures = " ".join(map(str, [*numbers, sum(numbers)]))
        *groups, label = names
        lines = [label]
        if len(label) > 6 and draw(st.booleans()):
            at = draw(st.integers(4, len(label) - 2))
            lines = [label[:at], label[at:]]
        if draw(st.booleans()):
            lines[-1] += f" {figures}"
        else:
            lines.insert({"below": len(lines), "above": 0, "among": 1}[place], figures)
        rows += [*groups, *lines]
    for _ in range(draw(st.integers(0, 1))):
        at = draw(st.integers(0, len(rows) - 1))
        what = draw(st.sampled_from(["lost", "page", "stray", "parted"]))
        if what == "lost":
            del rows[at]
        elif what == "parted" and rows[at][-1].isdigit():
            cut = rows[at].rfind(" ", 0, -2)
            rows[at : at + 1] = [rows[at][:cut].strip(), rows[at][cut:].strip()] if cut > 0 else [rows[at]]
        elif what == "page":
            rows.insert(at, "7")
        elif place == "below" and rows[at][-1].isdigit():
            rows.insert(at + 1, "1 2 3 4 5 6 21")
    return truth, "\n".join([HEADS["table3"], *rows])


def test_a_lost_row_and_a_stray_one_shift_none():
    """As many lines of figures as rows, though one is another's."""
    below = {row: f" {at} 0 0 0 0 0 {at}" for at, row in enumerate(ROWS)}
    said = written("2021", "table3", below)
    for row, figures in below.items():
        said = said.replace(f"{row[-1]}{figures}", f"{row[-1]}\n{figures.strip()}")
    lines = said.split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("4.保护"))
    lines[at : at + 2] = ["4.保护"]
    lines.insert(at + 5, "1 2 3 4 5 6 21")
    made = made_of(text(("table3", "\n".join(lines))))
    cells = made.taken["table3"].cells if "table3" in made.taken else {}
    first = {row: cell.value for (row, column), cell in cells.items() if column[-1] == "自然人" and cell.value is not None}
    assert first.items() <= {row: at for at, row in enumerate(ROWS)}.items()


def test_figures_among_the_lines_of_a_label_and_others_below_it_are_both_asked_about():
    below = "5.要求行政机关确认\n9 0 0 0 0 0 9\n或重新出具已获取信息\n1 0 0 2 0 0 3"
    said = table3().replace("5.要求行政机关确认或重新出具已获取信息 1 0 0 2 0 0 3", below)
    made = made_of(text(("table3", said)))
    assert values(made, "已获取信息") == [None] * 7
    assert values(made, "重复申请") == [1, 0, 0, 2, 0, 0, 3]


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(broken())
def test_no_row_takes_the_figures_of_another_where_something_is_amiss(drawn):
    truth, said = drawn
    made = made_of(text(("table3", said)))
    cells = made.taken["table3"].cells if "table3" in made.taken else {}
    assert not {key: (cell.value, truth[key]) for key, cell in cells.items() if cell.value not in {None, truth.get(key)}}, (
        said
    )
    assert not [line for line in made.files["narrative.md"].split("\n") if line and line[0].isdigit()], said
