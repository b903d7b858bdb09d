"""Tracked changes of paragraphs, rows and looks: what is read is what Word shows when they are accepted, each told once."""

import re

import pytest

import words
from imports import imported
from nianbao.importing import docxfile, questions

P = words.paragraph
LEVELS = "".join(
    f'<w:abstractNum w:abstractNumId="{one}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
    f'<w:lvlText w:val="{shape}"/></w:lvl></w:abstractNum>'
    for one, kind, shape in ((1, "decimal", "%1."), (2, "chineseCounting", "（%1）"))
)
NUMS = "".join(f'<w:num w:numId="{one}"><w:abstractNumId w:val="{one}"/></w:num>' for one in (1, 2))
LISTS = f"<w:numbering {words.W}>{LEVELS}{NUMS}</w:numbering>"
STRUCK = f'<w:styles {words.W}><w:style w:type="character" w:styleId="S"><w:rPr><w:strike/></w:rPr></w:style></w:styles>'


def of(*marks, list_=0):
    """The properties of a paragraph that a list numbers, and whose end has tracked changes."""
    ends = "".join(f'<w:{one} w:id="1" w:author="审稿人"/>' for one in marks)
    number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_}"/></w:numPr>' if list_ else ""
    return f"{number}<w:rPr>{ends}</w:rPr>"


def restyled(text, now, was=""):
    """A run whose looks were changed while changes were tracked."""
    return words.run(text, f'{now}<w:rPrChange w:id="3" w:author="审稿人"><w:rPr>{was}</w:rPr></w:rPrChange>')


def moved(text, step):
    inner = words.run(text)
    return f'<w:{step} w:id="1" w:author="审稿人">{inner}</w:{step}>'


def read(*blocks):
    """What is read of a document, and what its tracked changes are told as."""
    flow = docxfile.read(words.document(*blocks, numbering=LISTS, styles=STRUCK))
    shown = [getattr(one, "rows", None) or (one.mark, one.text) for one in flow.blocks if not getattr(one, "around", "")]
    return shown, [one.said for one in flow.remarks]


def item(*words_, marks=(), list_=1):
    return P(*words_, properties=of(*marks, list_=list_))


def row(*cells, change=""):
    about = f'<w:trPr><w:{change} w:id="1" w:author="审稿人"/></w:trPr>' if change else ""
    return f"<w:tr>{about}{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def table(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


IN_CELL = [row(item("", list_=2), P(one)) for one in ("甲", "丙")]
COUNTED = {
    "deleted": (
        [item("甲"), item(words.deleted("乙"), marks=["del"]), item("丙")],
        [item("甲"), item("丙")],
    ),
    "deleted of a list whose numbers are text": (
        [item("甲", list_=2), item(words.deleted("乙"), marks=["del"], list_=2), item("丙", list_=2)],
        [item("甲", list_=2), item("丙", list_=2)],
    ),
    "moved": (
        [item(moved("甲", "moveFrom"), marks=["moveFrom"]), item("乙"), item(moved("甲", "moveTo"), marks=["moveTo"])],
        [item("乙"), item("甲")],
    ),
    "put in and deleted": (
        [item("甲"), item(words.deleted("乙"), marks=["ins", "del"]), item("丙")],
        [item("甲"), item("丙")],
    ),
    "joined": ([item("甲", marks=["del"]), item("乙"), item("丙")], [item("甲乙"), item("丙")]),
    "joined of a list whose numbers are text": (
        [item("甲", marks=["del"], list_=2), item("乙", list_=2), item("丙", list_=2)],
        [item("甲乙", list_=2), item("丙", list_=2)],
    ),
    "row": (
        [table(IN_CELL[0], row(item("", list_=2), P("乙"), change="del"), IN_CELL[1]), item("丁", list_=2)],
        [table(IN_CELL[0], row(P(""), P("乙"), change="del"), IN_CELL[1]), item("丁", list_=2)],
    ),
}


@pytest.mark.parametrize(("tracked", "accepted"), COUNTED.values(), ids=COUNTED)
def test_what_is_taken_out_is_not_counted_in_its_list(tracked, accepted):
    assert read(*tracked)[0] == read(*accepted)[0]


SPLITS = {
    "one": (["甲。", "乙。"], ["ins", ""], 1),
    "two": (["甲。", "乙。", "丙。"], ["ins", "ins", ""], 2),
    "with a paragraph put in between": (["甲。", words.inserted("新。"), "乙。"], ["ins", "ins", ""], 1),
    "a paragraph put in behind": (["甲。", words.inserted("新。"), "乙。"], ["ins", "", ""], 0),
    "a paragraph put in before": ([words.inserted("新。"), "甲。"], ["ins", ""], 0),
    "a blank one put in": (["甲。", "", "乙。"], ["ins", "", ""], 0),
    "none": (["甲。", "乙。"], ["", ""], 0),
}


@pytest.mark.parametrize(("texts", "ends", "count"), SPLITS.values(), ids=SPLITS)
def test_a_paragraph_that_was_parted_is_told_as_one_that_was_joined_is(texts, ends, count):
    _, told = read(*(P(text, properties=of(*filter(None, [end]))) for text, end in zip(texts, ends, strict=True)))
    assert [one for one in told if "段落标记" in one] == ["插入段落标记，与下一段分为两段"] * count


LOOKS = "字体、段落格式的改动，没有取用："
STRIKES = {
    "all": ([restyled("甲乙。", "<w:strike/>")], [], ["划去“甲乙。”"]),
    "some": (["甲", restyled("乙", "<w:dstrike/>"), "。"], [("", "甲。")], ["划去“乙”"]),
    "in two runs": (["甲", restyled("乙", "<w:strike/>"), restyled("丙", "<w:b/><w:strike/>"), "。"], [("", "甲。")],
                    ["划去“乙丙”"]),
    "no more": (["甲", restyled("乙", "", "<w:strike/>"), "。"], [("", "甲乙。")], ["不再划去“乙”"]),
    "by a style": (["甲", restyled("乙", '<w:rStyle w:val="S"/>'), "。"], [("", "甲。")], ["划去“乙”"]),
    "bold": ([restyled("甲乙。", "<w:b/>")], [("", "甲乙。")], [f"{LOOKS}“甲乙。”"]),
    "struck as before": (["甲", restyled("乙", "<w:strike/><w:b/>", "<w:strike/>")], [("", "甲")], [f"{LOOKS}“甲乙”"]),
}  # fmt: skip


@pytest.mark.parametrize(("runs", "shown", "told"), STRIKES.values(), ids=STRIKES)
def test_words_that_a_tracked_change_strikes_are_taken_out_and_told_as_that(runs, shown, told):
    assert read(P(*runs)) == (shown, told)


def test_a_paragraph_that_is_struck_to_its_end_is_told_once():
    end = '<w:rPr><w:strike/><w:rPrChange w:id="4" w:author="审稿人"><w:rPr/></w:rPrChange></w:rPr>'
    assert read(P(restyled("甲。", "<w:strike/>"), properties=end)) == ([], ["划去“甲。”"])


OWN = [row(P("镇"), P("受理"), P("办结")), row(P("甲镇"), P("5"), P("4"))]
TITLE = "示例市测试局2023年政府信息公开工作年度报告"


def asked(tmp_path, *rows):
    """What is asked about a table of the text, without the place."""
    made = words.document(P(TITLE), P("一、总体情况"), P("平稳。"), table(*OWN, *rows))
    asked = imported(tmp_path, ("稿.docx", made)).made.questions
    told = [one for question, some in asked.items() if "读不准" in question or question == questions.TRACKED for one in some]
    return [re.sub("，?第1个表格第3行(?:，审稿人)?", "", one) for one in told]


def test_a_changed_cell_of_a_table_of_the_text_is_asked_about_once_with_its_cells_apart(tmp_path):
    cell = P(words.deleted("河东镇"), words.inserted("河西镇"))
    told = asked(tmp_path, row(cell, P("7"), P("6")))
    assert told == ["修订（一、总体情况，“河西镇｜7｜6”）：“河东镇” → “河西镇”"]


@pytest.mark.parametrize(("change", "said"), [("del", "删除一行"), ("ins", "插入一行")])
def test_a_row_that_was_put_in_or_taken_out_is_asked_about_once_with_its_cells_apart(change, said, tmp_path):
    inside = words.deleted if change == "del" else words.inserted
    told = asked(tmp_path, row(*(P(inside(one)) for one in ("河东镇", "7", "6")), change=change))
    assert told == [f"修订（一、总体情况）：{said}：河东镇｜7｜6"]


def test_a_row_that_was_put_in_is_told_without_what_was_taken_out_of_it(tmp_path):
    told = asked(tmp_path, row(P(words.inserted("河"), words.deleted("东"), "镇"), P("7"), P("6"), change="ins"))
    assert told == ["修订（一、总体情况）：插入一行：河镇｜7｜6"]


def test_a_row_whose_cells_were_changed_is_asked_about_cell_by_cell(tmp_path):
    cell = P("7")
    made = row(P("河东镇"), cell, P("6")).replace(
        f"<w:tc>{cell}", f'<w:tc><w:tcPr><w:cellDel w:id="1" w:author="审稿人"/></w:tcPr>{cell}'
    )
    told = asked(tmp_path, made)
    assert told[-1] == "修订（一、总体情况）：有删除格的一行：河东镇｜7｜6"
    assert len(told) == 4
    assert all("行里有修订增删、合并的格" in one for one in told[:3])
