"""The numerals of chapters: whatever numeral a heading has, no statutory chapter is missing in print without an error."""

from itertools import combinations, product

import pytest

from making import make
from nianbao.checks import contents
from nianbao.narrative import passages

WORDS = {
    "一": "总体情况",
    "二": "主动公开政府信息情况",
    "三": "收到和处理政府信息公开申请情况",
    "四": "政府信息公开行政复议、行政诉讼情况",
    "五": "存在的主要问题及改进情况",
    "六": "其他需要报告的事项",
}
BASES = ["一五六", "一五", "一二五六", "一三四五", "一二三四五", "一二三四五六"]
STATUTORY = [f"{numeral}、{words}" for numeral, words in WORDS.items()]
DIGITS = dict(zip("123456789", "一二三四五六七八九", strict=True))


@pytest.fixture
def told(tmp_path):
    """What becomes of a text: its report, and the text as composed."""

    def run(text, **more):
        report = make(narrative=text, folder=tmp_path, **more)
        return report, passages.compose(report)

    return run


def written(base, changed=None):
    """A text with the chapters of ``base``; ``changed`` maps a chapter → its heading."""
    return "".join(f"## {(changed or {}).get(one, f'{one}、{WORDS[one]}')}\n\n{one}文。\n\n" for one in base)


def fault_of(base, changed, report, found):
    """What is wrong with what becomes of headings that have the words of their chapters; '' for nothing."""
    if found.faults:
        return "" if {fault.code for fault in found.faults} == {"F304"} else "another fault"
    expected = [one for one in "一二三四五六" if one in base or one not in "六"]
    missing = {one.place[:1] for one in contents.missing(report, found)}
    printed = [one.section.numeral for one in found.sections if one.section in report.format.sections]
    texts = {one.section.numeral: one.markdown for one in found.sections if one.own and one.line}
    if printed != [one for one in expected if one not in missing]:
        return f"printed {printed}, missing {missing}"
    if any(texts[one] != f"{one}文。" for one in base):
        return f"texts {texts}"
    numbers = [one.numeral for one in found.sections]
    codes = {note.code for note in found.notes}
    if numbers != sorted(set(numbers), key="一二三四五六七八九".index) and "W216" not in codes:
        return f"numerals {numbers} without a warning"
    wrong = any(one != DIGITS.get(sign, sign) for one, text in (changed or {}).items() for sign in text.strip("（")[:1])
    if wrong and not codes | missing:
        return "nothing said"
    return ""


def spellings(chapter, numeral):
    digit = {numeral: digit for digit, numeral in DIGITS.items()}[numeral]
    yield from (f"{mark}{WORDS[chapter]}" for mark in (f"{numeral}、", f"{digit}、", f"{digit}.", numeral, f"（{numeral}）"))


@pytest.mark.slow
@pytest.mark.parametrize("base", [*BASES[:1], *(pytest.param(one, marks=pytest.mark.slow) for one in BASES[1:])])
def test_a_heading_with_a_wrong_numeral_makes_no_chapter_disappear_unsaid(base, told):
    wrong = []
    for chapter, numeral in product(base, "一二三四五六七八九"):
        for heading in spellings(chapter, numeral):
            changed = {chapter: heading}
            if said := fault_of(base, changed, *told(written(base, changed))):
                wrong.append((heading, said))
    assert [] == wrong


@pytest.mark.parametrize("base", ["一五", *(pytest.param(one, marks=pytest.mark.slow) for one in BASES[1:])])
def test_two_headings_with_wrong_numerals_make_none_disappear_unsaid(base, told):
    wrong = []
    for (one, other), first, second in product(combinations(base, 2), "一二三四五六七", "一二三四五六七"):
        changed = {one: f"{first}、{WORDS[one]}", other: f"{second}、{WORDS[other]}"}
        if said := fault_of(base, changed, *told(written(base, changed))):
            wrong.append((changed, said))
    assert [] == wrong


@pytest.mark.parametrize(("five", "six"), [("五", "五"), ("六", "六"), ("五", "七"), ("七", "八")])
@pytest.mark.parametrize("mark", ["## ", "### ", "", "**"])
def test_a_slip_in_the_numeral_of_five_or_six_leaves_the_others_with_their_headings_and_tables(five, six, mark, told):
    end = "**" if mark == "**" else ""
    text = f"{written('一')}{mark}{five}、{WORDS['五']}{end}\n\n五文。\n\n{mark}{six}、{WORDS['六']}{end}\n\n六文。\n"
    report, found = told(text)
    headings = [*STATUTORY[:4], f"{five}、{WORDS['五']}", f"{six}、{WORDS['六']}"]
    assert headings == [one.heading for one in found.sections]
    assert [[], ["table2"], ["table3"], ["table4"], [], []] == [one.tables for one in found.sections]
    assert () == found.faults
    [warning] = [note for note in found.notes if note.code == "W216"]
    slips = [(numeral, one) for numeral, one in ((five, "五"), (six, "六")) if numeral != one]
    assert all(f"“{numeral}、{WORDS[one]}”按文字和次序认作“{one}、{WORDS[one]}”" in warning.found for numeral, one in slips)
    assert all(f"改写成“## {one}、{WORDS[one]}”" in warning.action for _, one in slips)
    assert [] == list(contents.missing(report, found))


def test_a_slip_is_told_at_the_line_of_its_heading_also_where_the_data_write_the_chapter(told):
    text = written("一二三四五").replace("四文。", "")
    slip = text.replace("## 四、", "## 三、")
    _, found = told(slip)
    [warning] = [note for note in found.notes if note.code == "W216"]
    assert slip.splitlines().index(f"## 三、{WORDS['四']}") + 1 == warning.source.line


def test_a_gap_before_a_chapter_of_the_bureaus_own_is_told(told):
    for text, lost in (
        (written("一二三四五") + "## 七、附则\n\n文。\n", "六"),
        (written("一二三四五六") + "## 八、附则\n\n文。\n", "七"),
        (written("一二三四五六") + "## 七、附则\n\n文。\n\n## 十、后记\n\n文。\n", "八、九"),
    ):
        _, found = told(text)
        [warning] = [note for note in found.notes if note.code == "W216"]
        assert f"之前没有序号“{lost}”" in warning.found
        assert text.splitlines().index(f"## {warning.found[1 : warning.found.index('”')]}") + 1 == warning.source.line
    _, found = told(written("一二三四五六") + "## 七、附则\n\n文。\n\n## 八、后记\n\n文。\n")
    assert "W216" not in [note.code for note in found.notes]


def test_a_numeral_that_two_chapters_of_the_bureaus_own_have_is_told_at_the_second(told):
    text = written("一二三四五六") + "## 七、附则\n\n文。\n\n## 七、说明\n\n文。\n\n## 八、后记\n\n文。\n"
    _, found = told(text)
    [warning] = [note for note in found.notes if note.code == "W216"]
    assert "“七、说明”的序号“七”印了两次" == warning.found
    assert text.splitlines().index("## 七、说明") + 1 == warning.source.line
    _, found = told(written("一二三四五六") + "## 附则\n\n文。\n\n## 说明\n\n文。\n")
    assert () == found.notes


def test_a_report_that_counts_its_chapters_otherwise_misses_those_without_a_place_which_is_an_error(told):
    report, found = told(written("一五", {"五": f"二、{WORDS['五']}"}))
    assert ["一、总体情况", f"二、{WORDS['五']}"] == [one.heading for one in found.sections]
    assert ["table2", "table3", "table4"] == found.sections[0].tables
    errors = [*contents.missing(report, found)]
    assert STATUTORY[1:4] == [one.place for one in errors]
    assert {("E104", True, True)} == {(one.code, one.severity.blocks, one.kind.acceptable) for one in errors}
    expected = "没有印出这一章，表二印在“一、总体情况”之中：序号“二”用在“二、存在的主要问题及改进情况”"
    assert (expected, 5) == (errors[0].found, errors[0].source.line)


def test_a_table_placed_in_another_chapter_takes_its_own_from_the_print_which_is_an_error(told):
    report, found = told(written("一二三四五").replace("一文。", "一文。\n\n{{ 表三 }}").replace("三文。", ""))
    assert "三" not in [one.numeral for one in found.sections]
    [error] = contents.missing(report, found)
    assert ("E104", STATUTORY[2], 1) == (error.code, error.place, error.source.line)
    report, found = told(written("一二三四五").replace("一文。", "一文。\n\n{{ 表三 }}"))
    assert [] == [*contents.missing(report, found)]
    assert "三" in [one.numeral for one in found.sections]


@pytest.mark.parametrize("line", ["五、其他需要报告的事项。", "一、存在的主要问题及改进情况", "### 三、其他需要报告的事项"])
def test_a_line_with_the_words_of_a_chapter_that_is_headed_is_text(line, told):
    _, found = told(written("一五六").replace("一文。", f"一文。\n\n{line}\n\n又。"))
    assert ((), ()) == (found.faults, found.notes)
    assert line in found.sections[0].markdown


OWN_LIST = "一、存在的主要问题\n\n不足。\n\n二、改进措施\n\n改。\n\n三、其他需要报告的事项\n\n无。"
IN_FIRST = "一、基本情况\n\n好。\n\n二、其他需要报告的事项\n\n无。"


@pytest.mark.parametrize("mark", ["", "### ", "**"])
@pytest.mark.parametrize(
    ("base", "chapter", "inner"), [("一五", "五", OWN_LIST), ("一二三四五", "五", OWN_LIST), ("一五", "一", IN_FIRST)]
)
def test_a_line_with_the_words_of_a_chapter_that_fits_no_order_stays_text_and_is_pointed_at(
    base, chapter, inner, mark, told
):
    end = "**" if mark == "**" else ""
    *_, line, last = inner.split("\n\n")
    _, found = told(written(base).replace(f"{chapter}文。", inner.replace(line, f"{mark}{line}{end}")))
    assert () == found.faults
    [text] = [one.markdown for one in found.sections if one.numeral == chapter]
    assert text.endswith(f"{mark}{line}{end}\n\n{last}")
    assert "六" not in [one.numeral for one in found.sections]
    [note] = found.notes
    assert ("I111", line) == (note.code, note.place)
    assert f"“{line}”没有 ##，序号与各章的次序不合，按正文印出" == note.found
    assert f"是一章的改写成“## 六、其他需要报告的事项”，不是的序号写作“（{line[0]}）”" in note.action


def test_of_lines_with_the_words_of_a_chapter_the_one_that_fits_the_order_is_its_heading(told):
    within = written("一五").replace("五文。", "一、其他需要报告的事项\n\n无。")
    _, found = told(f"{within}七、其他需要报告的事项\n\n六文。\n")
    assert () == found.faults
    assert ["五、存在的主要问题及改进情况", "七、其他需要报告的事项"] == [one.heading for one in found.sections[-2:]]
    assert ["一、其他需要报告的事项\n\n无。", "六文。"] == [one.markdown for one in found.sections[-2:]]


def test_a_line_with_the_words_of_a_chapter_and_another_numeral_is_text_of_an_attachment(told):
    _, found = told(written("一五") + f"## 附件：清单\n\n{OWN_LIST}\n")
    assert ((), ()) == (found.faults, found.notes)
    assert "三、其他需要报告的事项" in found.attachments[0].markdown


@pytest.mark.parametrize("line", ["五、其他需要报告的事项如下", "五、其他事项", "（五）其他需要报告的事项"])
def test_a_line_that_has_not_the_whole_words_of_a_chapter_or_counts_within_one_is_text(line, told):
    _, found = told(written("一五").replace("五文。", f"五文。\n\n{line}\n\n又。"))
    assert ((), ()) == (found.faults, found.notes)
    assert line in found.sections[-1].markdown


def test_chapters_of_the_bureaus_own_stand_by_their_numerals_and_warn_of_nothing(told):
    for more in ("## 七、附则\n\n七文。\n", "## 七、附则\n\n七文。\n\n## 八、说明\n\n八文。\n"):
        _, found = told(written("一五六") + more)
        assert list("一二三四五六七八")[: len(found.sections)] == [one.numeral for one in found.sections]
        assert ((), ()) == (found.faults, found.notes)
    _, found = told("## 七、附则\n\n七文。\n\n" + written("一五六"))
    assert "七、附则" == found.sections[-1].heading
