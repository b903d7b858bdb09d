"""A workbook with the report's text on some sheets and its tables on others, in whatever order they stand."""

import re
from itertools import product

import pytest

import imports
import office
from cases import each
from imports import TITLE, rows
from nianbao.importing.said import reviews
from nianbao.importing.workbooks import sheets as sheets_room
from nianbao.yamlfile import read_yaml
from reportbooks import HEADINGS, book
from workbooks import made as made_of

SAID = {"一": "全年平稳。", "二": "见表二。", "三": "见表三。", "四": "见表四。", "五": "不足。", "六": "没有。"}
KEYS = {"二": "table2", "三": "table3", "四": "table4"}
SIGNED = ["示例市测试局", "2024年1月22日"]
COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
OWN = [["类别", "件数"], ["网站", "91"], ["微信", "92"], ["合计", "183"]]


def lines(*texts):
    return [[one] for one in texts]


def text(said=SAID, signed=SIGNED):
    """The text of a report; chapters without a text are headings with nothing below."""
    chapters = [one for number, heading in HEADINGS.items() for one in (heading, said.get(number, ""))]
    return lines(TITLE.format(2023), *filter(None, chapters), *signed)


def table(number, heading=True):
    return [*(lines(HEADINGS[number]) if heading else []), *rows(KEYS[number])]


def tables(heading=True):
    return [(f"表{number}", table(number, heading)) for number in KEYS]


def imported(tmp_path, *sheets, **options):
    return imports.imported(tmp_path, ("a.xlsx", book(*sheets, **options)))


def shown(begun):
    """The text of narrative.md by chapters: the numeral of each → the blocks below it."""
    made = begun.made.files["narrative.md"]
    found = {part[0]: part.split("\n\n")[1:] for part in made.split("\n## ")[1:]}
    return {number: [one.strip() for one in blocks if one.strip()] for number, blocks in found.items()}


def about(begun):
    data = read_yaml(begun.paths.report_file).data
    return str(data.get("signature")), str(data.get("date"))


def all_read(begun):
    return {
        key: {int(cell.value) if cell.value is not None else None for cell in one.cells.values()}
        for key, one in begun.made.taken.items()
    } == {"table2": {3, 8}, "table3": {3}, "table4": {3}}


WHOLE = {number: [said] + [f"{{{{ 表{number} }}}}"] * (number in KEYS) for number, said in SAID.items()}
SIGN = ("示例市测试局", "2024-01-22")


@pytest.mark.by_turns(7)
@pytest.mark.parametrize("heading", [True, False])
@pytest.mark.parametrize("order", ["text first", "text last", "text between", "tables turned"])
def test_tables_on_sheets_go_to_their_chapters_and_the_text_stays_one_report(tmp_path, order, heading):
    made, whole = tables(heading), ("正文", text())
    sheets = {
        "text first": [whole, *made],
        "text last": [*made, whole],
        "text between": [made[0], whole, *made[1:]],
        "tables turned": [whole, *made[::-1]],
    }[order]
    begun = imported(tmp_path, *sheets)
    assert all_read(begun)
    assert shown(begun) == WHOLE
    assert about(begun) == SIGN
    assert begun.made.questions == {}
    captions = [(text, why) for _, text, why in begun.made.left_out]
    assert sorted(captions) == [
        (HEADINGS[one], "表题，印表时自动带上") for one in sorted(KEYS, key="二四三".index) if heading
    ] or ({one for one, _ in captions} == {HEADINGS[one] for one in KEYS if heading})


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("heading", [True, False])
@pytest.mark.parametrize("signed", [SIGNED, []])
def test_headings_with_nothing_below_keep_their_chapters(tmp_path, signed, heading):
    said = {number: one for number, one in SAID.items() if number not in KEYS}
    begun = imported(tmp_path, ("正文", text(said, signed)), *tables(heading), merged="正文")
    assert all_read(begun)
    assert shown(begun) == {number: one[number in KEYS :] for number, one in WHOLE.items()}
    assert begun.made.questions == {}
    assert about(begun) == SIGN or not signed


def test_the_text_on_a_sheet_a_chapter_is_read_in_its_order(tmp_path):
    def chapter(number):
        return (number, lines(HEADINGS[number], SAID[number]))

    sheets = [
        ("落款", lines(*SIGNED)), chapter("六"), *tables(), chapter("五"), ("封面", lines(TITLE.format(2023), *SIGNED)),
        ("目录", lines(*HEADINGS.values())), ("一、总体情况", lines("全年平稳。")), chapter("二"),
    ]  # fmt: skip
    begun = imported(tmp_path, *sheets)
    assert all_read(begun)
    assert shown(begun) == {one: WHOLE[one] for one in "一二五六"}
    assert about(begun) == SIGN
    assert begun.made.questions == {}
    assert [text for _, text, why in begun.made.left_out if why == "目录"] == [*HEADINGS.values()]


def test_a_table_of_contents_on_a_sheet_is_left_out_and_listed(tmp_path):
    begun = imported(tmp_path, ("正文", text()), ("目录", lines("目录", *HEADINGS.values())), *tables())
    assert shown(begun) == WHOLE
    assert [text for _, text, why in begun.made.left_out if why == "目录"] == ["目录", *HEADINGS.values()]


def test_a_numeral_in_a_cell_of_its_own_heads_a_chapter(tmp_path):
    split = [[one[0][:2], one[0][2:]] if one[0] in HEADINGS.values() else ["", *one] for one in text()]
    begun = imported(tmp_path, ("正文", split), *tables(heading=False))
    assert shown(begun) == WHOLE
    assert all_read(begun)


def test_a_row_of_figures_that_are_all_alike_is_no_line(tmp_path):
    begun = imported(tmp_path, ("表四", table("四")))
    assert {cell.value for cell in begun.made.taken["table4"].cells.values()} == {3}


BESIDE = {
    "养老科": [["科室", "收文", "办结"], ["养老科", "12", "11"], ["合计", "12", "11"]],
    "去年对比": [["指标", "2022年", "2023年", "增减"], ["新收", "9", "324", "1"]],
    "三公经费": lines("全年支出31万元。"),
}


@pytest.mark.by_turns(5)
@pytest.mark.parametrize("name", BESIDE)
@pytest.mark.parametrize("has_text", [True, False])
def test_a_sheet_that_belongs_to_no_chapter_is_asked_about_and_not_published(tmp_path, has_text, name):
    begun = imported(tmp_path, *([("正文", text())] if has_text else []), (name, BESIDE[name]), *tables())
    assert all_read(begun)
    assert BESIDE[name][-1][0] not in begun.made.files.get("narrative.md", "")
    [asked] = [one for question, some in begun.made.questions.items() if "不知属于哪一章" in question for one in some]
    assert all(cell in asked for row in BESIDE[name] for cell in row)
    assert any(name in place for place, _, _ in begun.made.left_out)


def test_a_sheet_of_one_line_is_asked_about_where_it_says_more_than_who_has_filled_in_a_form(tmp_path):
    said = {
        "修改意见": "行政处罚数先空着用去年的，等法规股报来再换",
        "Sheet4": "1月8日 总计尚未改过来",
        "备注说明": "请甲某联系法规股后再报送给办公室",
    }
    quiet = {"Sheet5": "填表人：甲某　2024年1月8日", "审核意见": "同意", "附表": "示例市测试局政府信息公开统计表"}
    sheets = [(name, lines(line)) for name, line in (said | quiet).items()]
    begun = imported(tmp_path, ("正文", text()), *sheets, *tables())
    asked = [one for some in begun.made.questions.values() for one in some]
    assert sorted(asked) == sorted(f"工作表“{name}”第1行：{line}" for name, line in said.items())
    assert {*said.values(), *quiet.values()} <= {told for _, told, _ in begun.made.left_out}


def test_a_record_of_names_days_and_consent_is_listed_and_one_with_a_word_about_figures_asked_about(tmp_path):
    checked = [["审核记录"], ["审核环节", "审核人", "审核意见", "日期"], ["科室负责人", "甲某", "同意", "2024-01-08"]]
    changed = [["日期", "修改内容", "修改人"], ["2024-01-10", "初次填报", "乙某某"]]
    odd = [["日期", "修改内容", "修改人"], ["2024-01-10", "处罚数改用去年的", "乙某某"]]
    begun = imported(tmp_path, ("正文", text()), ("审核记录", checked), ("修改记录", changed), ("修改记录2", odd), *tables())
    assert list(begun.made.questions) == [sheets_room.ASKED]
    [asked] = begun.made.questions[sheets_room.ASKED]
    assert "处罚数改用去年的" in asked
    assert len([why for _, _, why in begun.made.left_out if why == sheets_room.RECORD]) == 2


@each(
    ("heads", "row", "is_record"),
    [
        (["序号", "审核人", "审核意见", "审核时间"], ["1", "甲某", "同意，上报", "1月8日"], True),
        (["审核环节", "签字", "意见"], ["办公室", "乙某", "核对无误"], True),
        (["审核环节", "签字", "意见"], ["办公室", "乙某", "未核对"], False),
        (["审核环节", "签字", "意见"], ["未审核", "乙某", "同意"], False),
        (["审核环节", "签字", "意见"], ["办公室", "乙某", "同意，处罚数另报"], False),
        (["科室", "收文", "办结"], ["养老科", "12", "11"], False),
    ],
)
def test_what_is_a_record_of_nothing_but_consent(heads, row, is_record):
    assert reviews.is_record([heads, row]) == is_record
    assert not reviews.is_record([row])


@pytest.mark.slow
def test_a_guide_is_left_out_and_what_it_says_of_the_tables_is_asked_about(tmp_path):
    guide = lines("一、本表由各科室填写。", "二、没有发生的填0。", "三、申请情况按件统计。")
    begun = imported(tmp_path / "a", ("正文", text()), ("填表说明", guide), *tables())
    assert shown(begun) == WHOLE
    assert begun.made.questions == {}
    assert [text for _, text, why in begun.made.left_out if why == "填表说明"] == [one for [one] in guide]
    begun = imported(tmp_path / "b", ("正文", text()), ("填表说明", [*guide, ["本表数据为2022年度数据。"]]), *tables())
    assert [[one.rpartition("：")[2] for one in some] for some in begun.made.questions.values()] == [
        ["本表数据为2022年度数据。"]
    ]


def test_lines_around_the_tables_of_sheets(tmp_path):
    """Notes are the table's, its own tables and sentences are the chapter's, what tells who filled it in is listed."""
    third = [
        ["填报单位：示例市测试局", "", "单位：件"],
        *table("三"),
        ["注：含延续件。"],
        ["填表人：张三"],
        [""],
        ["渠道情况"],
        *OWN,
    ]
    made = [third if name == "表三" else one for name, one in tables()]
    begun = imported(tmp_path, ("正文", text()), *zip(("表二", "表三", "表四"), made, strict=True))
    assert all_read(begun)
    *before, line, own = shown(begun)["三"]
    assert [*before, line] == [*WHOLE["三"], "渠道情况"]
    assert [[cell.strip() for cell in row.strip("|").split("|")] for row in own.split("\n")][::2] == OWN[
        ::2
    ] or "| 网站 | 91 |" in own
    assert "注：含延续件。" in begun.made.files["table3.csv"]
    listed = [text for _, text, _ in begun.made.left_out]
    assert "填表人：张三" in listed
    assert begun.made.questions == {}


@pytest.mark.by_turns(6)
@pytest.mark.parametrize(
    ("where", "key", "between"),
    [*product(["above", "below"], ["二", "三", "四"], [0]), ("above", "二", 1), ("below", "三", 1)],
)
def test_an_own_table_on_the_sheet_of_a_statutory_one_takes_no_cell_along(tmp_path, where, key, between):
    parts = [[*lines("渠道情况"), *OWN], *([[[""]]] * between), table(key, heading=False)]
    filled = [row for part in (parts if where == "above" else parts[::-1]) for row in part]
    made = [(name, filled if name == f"表{key}" else one) for name, one in tables()]
    begun = imported(tmp_path, ("正文", text()), *made)
    assert all_read(begun)
    assert "| 网站 | 91 |" in "".join(shown(begun)[key])
    assert begun.made.questions == {}


@pytest.mark.slow
def test_sheets_of_another_year_and_the_same_chapters_again_are_left_out(tmp_path):
    again = text({**SAID, "一": "旧数77件。"})[1:]
    begun = imported(tmp_path / "a", ("正文", text()), ("正文旧", again), *tables())
    assert shown(begun) == WHOLE
    assert any("旧数77件。" in one for some in begun.made.questions.values() for one in some)
    last = ("表三", [*lines(TITLE.format(2022)), *table("三")])
    begun = imported(tmp_path / "b", ("正文", text()), *tables(), ("上年", last[1]))
    assert all_read(begun)
    assert any("另一份报告" in why for _, _, why in begun.made.left_out)


def test_a_sections_part_of_a_table_costs_no_cell_of_the_whole_one(tmp_path):
    part = [["行政处罚", "行政强制"], ["5", "7"]]
    begun = imported(tmp_path, ("正文", text()), *tables(), ("执法支队", part))
    assert all_read(begun)
    assert any("5，7" in text for _, text, _ in begun.made.left_out)


ASKED_OF = "用了法定表格的栏目|不知属于哪一章"
DETAILS = {  # each with whether its numbers are those of the table, None where nobody knows
    "行政台账": ([["类型", "件数"], ["行政处罚", "3"], ["行政强制", "3"]], True),
    "处罚强制": ([["行政强制", "5"], ["行政处罚", "7"]], False),
    "申请汇总": ([["结果", *COLUMNS], ["予以公开", *"333333"]], True),
    "结果汇总": ([["结果", *COLUMNS], ["予以公开", *"343333"]], False),
    "申请台账": ([["编号", "申请人", "类型", "处理结果"], ["1", "甲某", "自然人", "予以公开"]], None),
}


@pytest.mark.by_turns(9)
@pytest.mark.parametrize("where", [0, 2])
@pytest.mark.parametrize("name", DETAILS)
def test_a_sheet_of_details_costs_no_cell_of_the_whole_table_and_is_asked_about_where_it_differs(tmp_path, name, where):
    lines_, agrees = DETAILS[name]
    sheets = tables()
    begun = imported(tmp_path, *sheets[:where], (name, lines_), *sheets[where:])
    assert all_read(begun)
    asked = [one for question, some in begun.made.questions.items() if re.search(ASKED_OF, question) for one in some]
    assert [name in one for one in asked] == [True] * (agrees is not True)
    assert any(name in place for place, _, _ in begun.made.left_out)


def test_two_whole_tables_that_differ_are_in_doubt_beside_a_sheet_of_details_too(tmp_path):
    other = [[{"3": "4"}.get(cell, cell) for cell in row] for row in table("二")]
    begun = imported(tmp_path, *tables(), ("台账", DETAILS["行政台账"][0]), ("表二 改", other))
    assert "table2" not in begun.made.taken
    assert any("不同的几份" in one for one in begun.made.questions)


def computed(sheets, name, formulas):
    """A workbook of sheets, by name; the first figures of one are the results of formulas."""
    rest = iter(formulas)

    def write(into, first):
        for sheet_name, rows_ in sheets.items():
            sheet = first if sheet_name == first.get_name() else into.add_worksheet(sheet_name)
            for at, row in enumerate(rows_):
                for column, cell in enumerate(row):
                    formula = next(rest, "") if sheet_name == name and cell == "3" else ""
                    if formula:
                        sheet.write_formula(at, column, f"={formula}", None, int(cell))
                    else:
                        sheet.write(at, column, int(cell) if cell.isdecimal() else cell)

    return made_of(write, next(iter(sheets)))


@pytest.mark.by_turns(4)
@pytest.mark.parametrize(
    ("sign", "is_sum", "line"), [("+", True, ""), ("-", False, ""), ("+", True, "填报科室：{}"), ("+", True, "{}科")]
)
def test_a_table_that_adds_up_those_of_other_sheets_is_the_one_and_they_are_listed(tmp_path, sign, is_sum, line):
    others = {name: [[cell.replace("3", figure) for cell in row] for row in table("三")] for name, figure in ("甲1", "乙2")}
    sheets = {**others, **dict(tables())} if line else dict([*tables(), *others.items()])
    sheets |= {name: [[line.format(name)], *rows_[1:]] for name, rows_ in sheets.items() if line and name in others}
    begun = imports.imported(tmp_path, ("a.xlsx", computed(sheets, "表三", [f"甲!D5{sign}乙!D5"] * 175)))
    assert not is_sum or all_read(begun)
    assert ("table3" in begun.made.taken) == is_sum
    assert any("不同的几份" in one for one in begun.made.questions) == (not is_sum)
    why = next(why for place, _, why in begun.made.left_out if "甲" in place)
    assert why.endswith("明细") == is_sum


def test_a_sheet_whose_cells_the_formulas_of_a_table_take_is_listed_and_asked_about_only_where_it_differs(tmp_path):
    details = {
        "许可明细": [["事项", "件数"], ["排水许可", "3"]],
        "处罚台账": [["文号", "日期"], *([f"{at}号", f"2023-{at}-11"] for at in range(1, 13))],
        "收文": lines("2023-1-3", "2023-2-5"),
        "申请台账": DETAILS["申请台账"][0],
        "处罚强制": DETAILS["处罚强制"][0],
    }
    sheets = dict([*tables(), *details.items()])
    taken = ["许可明细!B2", "COUNTA(处罚台账!A2:A13)+收文!A1", "处罚强制!B1", "申请台账!A2"]
    begun = imports.imported(tmp_path / "a", ("a.xlsx", computed(sheets, "表二", taken)))
    assert all_read(begun)
    assert [about for question, some in begun.made.questions.items() if "名称" not in question for about in some] == [
        "表二（工作表“处罚强制”）：行政强制，5 / 行政处罚，7"
    ]
    assert {*details} <= {place.partition("“")[2].partition("”")[0] for place, _, _ in begun.made.left_out}
    begun = imported(tmp_path / "b", *sheets.items())  # no formula names them
    [asked] = [some for question, some in begun.made.questions.items() if "不知属于哪一章" in question]
    assert [one.partition("“")[2].partition("”")[0] for one in asked] == ["许可明细", "处罚台账", "收文", "收文", "申请台账"]
    assert "……共13行" in asked[1]
    assert not [question for question in begun.made.questions if "封面" in question]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("signed", [SIGNED, []])
@pytest.mark.parametrize("said", [SAID, {one: SAID[one] for one in "一五六"}])
def test_tables_that_follow_the_text_of_one_page_below_their_headings_again(tmp_path, said, signed):
    page = "".join(f"<p>{line}</p>" for [line] in text(said, signed))
    for number in KEYS:
        cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows(KEYS[number]))
        page += f"<p>{HEADINGS[number]}</p><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    begun = imports.imported(tmp_path, ("a.html", f"<h1>{TITLE.format(2023)}</h1>{page.partition('</p>')[2]}"))
    assert all_read(begun)
    assert shown(begun) == {number: one[number in KEYS and number not in said :] for number, one in WHOLE.items()}
    assert about(begun) == SIGN or not signed
    assert begun.made.questions == {}


def test_a_cell_with_several_paragraphs_is_several(tmp_path):
    told = {**SAID, "一": "（一）主动公开。全年公开5条。\n（二）其他。平稳。\n没有。"}
    begun = imported(tmp_path, ("正文", text(told)), *tables())
    assert shown(begun)["一"] == ["**（一）主动公开。**全年公开5条。", "**（二）其他。**平稳。", "没有。"]
    headed = [[HEADINGS["一"] + "\n" + SAID["一"]] if row == [HEADINGS["一"]] else row for row in text({**SAID, "一": ""})]
    begun = imported(tmp_path / "b", ("正文", headed), *tables())
    assert shown(begun) == WHOLE
    assert begun.made.questions == {}


def test_directions_below_a_table_are_left_out_and_sentences_are_text(tmp_path):
    made = [
        [[HEADINGS[number]], ["2023年的情况如下："], *rows(KEYS[number]), ["较多。"], ["填表说明："], ["1.按件统计。"]]
        for number in KEYS
    ]
    begun = imported(tmp_path, ("正文", text()), *zip(("表二", "表三", "表四"), made, strict=True))
    assert shown(begun)["三"] == ["见表三。", "2023年的情况如下：", "{{ 表三 }}", "较多。"]
    assert [text for _, text, why in begun.made.left_out if why == "填表说明"] == ["填表说明：", "1.按件统计。"] * 3


@pytest.mark.browser
def test_it_is_the_same_in_ods_and_xls(tmp_path):
    path = tmp_path / "a.xlsx"
    sheets = [*tables(), ("正文", text({one: SAID[one] for one in "一五六"})), ("养老科", BESIDE["养老科"])]
    path.write_bytes(book(*sheets, merged="正文"))
    for made in office.saved(path, tmp_path, ".ods", ".xls"):
        begun = imports.imported(tmp_path / made.suffix, made)
        assert all_read(begun)
        assert shown(begun) == {number: one[number in KEYS :] for number, one in WHOLE.items()}
        assert about(begun) == SIGN
        assert list(begun.made.questions) == [sheets_room.ASKED]
