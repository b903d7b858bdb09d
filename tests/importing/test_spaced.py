"""Tables of a text whose cells blanks part, or nothing, as it is copied from a PDF."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import imports
from making import FORMATS
from nianbao.importing import importer, plainfile
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
    "table3": "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况\n自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他",
    "table4": "行政复议 行政诉讼\n结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉\n结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计",
}
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


@settings(max_examples=400, deadline=None, phases=[Phase.generate])
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
