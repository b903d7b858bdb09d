"""Changes that Word has tracked and comments are asked about once, and until the folder has what they say."""

import re

import pytest
from docx.oxml import parse_xml

import words
from nianbao.importing import questions, session
from reviewed import began, edited, found, printed, with_lines


def tracked(old, new):
    """An edit: words of a paragraph are replaced by others, as Word tracks that; all of it stands in one line then."""

    def edit(document):
        one = found(document, old)
        before, after = one.text.replace("\n", "").split(old)
        for run in one.runs[1:]:
            run.text = ""
        one.runs[0].text = before
        parts = words.deleted(old), words.inserted(new) if new else "", words.run(after)
        for part in filter(None, parts):
            one._p.append(parse_xml(re.sub(r"^<w:(\w+)", rf"<w:\1 {words.W}", part)))

    return edit


def commented(document):
    one = found(document, "普查信息专业")
    document.add_comment(one.runs[-1:], text="要不要写人数？", author="审稿人")


def gone(said):
    """An edit: a paragraph is taken out whole, as Word tracks that."""

    def edit(document):
        one = found(document, said)
        text = one.text
        for run in one.runs:
            run._r.getparent().remove(run._r)
        one._p.append(parse_xml(words.deleted(text).replace("<w:del ", f"<w:del {words.W} ")))
        mark = f'<w:pPr {words.W}><w:rPr><w:del w:id="9" w:author="审稿人"/></w:rPr></w:pPr>'
        one._p.insert(0, parse_xml(mark))

    return edit


def of_file(begun):
    """What is asked about the changes and the comments of a file."""
    asked = (questions.TRACKED, questions.REMARKS["批注"])
    return [one.partition("）：")[2] for question in asked for one in begun.made.questions.get(question, ())]


@pytest.mark.slow
def test_a_file_that_was_merged_asks_about_no_change_again_that_the_folder_has(paths):
    edits = tracked("每十分钟", "每五分钟"), tracked("同时公开，", ""), commented
    begun = began(paths, *edits)
    assert of_file(begun) == ["删除“同时公开，”", "“每十分钟” → “每五分钟”", "要不要写人数？"]
    begun.keep()
    (paths.folder / "import.md").unlink()  # all of it is decided
    again = began(paths, *edits)
    assert again.made.questions == {}
    assert len(again.told) == 1
    assert "nothing is new" in again.told[0]


@pytest.mark.slow
def test_a_change_of_the_title_is_asked_about_once_though_it_is_printed_in_other_lines(paths):
    of_title = tracked("工作年度报告", "年度工作报告")
    begun = began(paths, of_title)
    assert of_file(begun) == ["“工作年度报告” → “年度工作报告”"]
    begun.keep()
    assert of_file(began(paths, of_title)) == []


@pytest.mark.slow
def test_a_change_that_somebody_has_taken_back_in_the_folder_is_asked_about_again(paths):
    edits = tracked("每十分钟", "每五分钟"), commented
    began(paths, *edits).keep()
    text = paths.narrative_file.read_text("utf-8")
    paths.narrative_file.write_text(text.replace("每五分钟", "每十分钟"), "utf-8")
    assert of_file(began(paths, *edits)) == ["“每十分钟” → “每五分钟”"]


@pytest.mark.slow
def test_a_comment_that_came_with_no_change_is_asked_about_once(paths):
    begun = began(paths, commented)
    assert of_file(begun) == ["要不要写人数？"]
    begun.keep()
    (paths.folder / "import.md").unlink()
    assert of_file(session.begin(paths, [edited(paths, commented)])) == []


@pytest.mark.slow
def test_a_paragraph_that_was_taken_out_whole_is_asked_about_until_it_is_gone(paths):
    begun = began(paths, gone("普查信息专业"))
    assert len(of_file(begun)) == 1
    begun.keep()
    assert of_file(began(paths, gone("普查信息专业"))) == []


def in_row(*cells, change=""):
    about = f'<w:trPr><w:{change} w:id="1" w:author="审稿人"/></w:trPr>' if change else ""
    return f"<w:tr>{about}{''.join(f'<w:tc>{words.paragraph(one)}</w:tc>' for one in cells)}</w:tr>"


def in_table(number, *made):
    """An edit: other rows in the place of one of the table of the text."""

    def edit(document):
        [rows] = [one._tbl.tr_lst for one in document.tables if "甲镇" in one._cells[-2].text]
        for one in reversed(made):
            rows[number].addnext(parse_xml(one.replace("<w:tr>", f"<w:tr {words.W}>", 1)))
        rows[number].getparent().remove(rows[number])

    return edit


@pytest.mark.slow
@pytest.mark.parametrize(
    "rows",
    [
        [in_row(words.deleted("甲镇") + words.inserted("乙镇"), "7")],
        [in_row("甲镇", "7"), in_row(words.inserted("乙镇"), words.inserted("8"), change="ins")],
        [in_row(words.deleted("甲镇"), words.deleted("7"), change="del")],
    ],
    ids=["cell", "row put in", "row taken out"],
)
def test_a_change_in_a_table_of_the_text_is_asked_about_once(paths, rows):
    paths.narrative_file.write_text(with_lines(paths, "| 镇 | 受理 |\n|---|---|\n| 丙镇 | 5 |\n| 甲镇 | 7 |\n\n"), "utf-8")
    printed(paths)
    begun = began(paths, in_table(2, *rows))
    assert len([one for some in begun.made.questions.values() for one in some]) == 1
    begun.keep()
    assert began(paths, in_table(2, *rows)).made.questions == {}


def restyled(said):
    """An edit: all words of a paragraph are struck, as Word tracks that."""
    change = f'<w:rPr {words.W}><w:strike/><w:rPrChange w:id="3" w:author="审稿人"><w:rPr/></w:rPrChange></w:rPr>'

    def edit(document):
        for run in found(document, said).runs:
            run._r.insert(0, parse_xml(change))

    return edit


def parted(document):
    """An edit: a paragraph is parted in two, as Word tracks that."""
    one = found(document, "普查信息专业")
    before, after = re.split("(?<=。)", one.text.replace("\n", ""), maxsplit=1)
    for run in one.runs:
        run._r.getparent().remove(run._r)
    first = '<w:rPr><w:ins w:id="9" w:author="审稿人"/></w:rPr>'
    one._p.addprevious(parse_xml(words.paragraph(before, properties=first).replace("<w:p>", f"<w:p {words.W}>", 1)))
    one.add_run(after)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edit", "said"), [(restyled("普查信息专业"), "划去“"), (parted, "插入段落标记")], ids=["struck", "parted"]
)
def test_a_paragraph_that_was_struck_or_parted_is_asked_about_once(paths, edit, said):
    begun = began(paths, edit)
    [told] = of_file(begun)
    assert told.startswith(said)
    begun.keep()
    assert of_file(began(paths, edit)) == []


def pasted(document):
    """An edit: a paragraph is cut out and put in elsewhere, as Word and LibreOffice track that where they track no moves."""
    text = found(document, "普查信息专业").text.replace("\n", "")
    gone("普查信息专业")(document)
    mark = '<w:rPr><w:ins w:id="9" w:author="审稿人"/></w:rPr>'
    new = words.paragraph(words.inserted(text), properties=mark).replace("<w:p>", f"<w:p {words.W}>", 1)
    found(document, "年内收到申请")._p.addprevious(parse_xml(new))


@pytest.mark.slow
def test_a_paragraph_that_was_cut_out_and_put_in_elsewhere_is_asked_about_once(paths):
    begun = began(paths, pasted)
    assert [one[:2] for one in of_file(begun)] == ["插入", "删除"]
    begun.keep()
    (paths.folder / "import.md").unlink()
    assert of_file(began(paths, pasted)) == []


TWICE = """全年开展业务培训3次。

每季度抽查一次，发现问题当场改正。

网站首页每天更新，每季度抽查一次。

"""
ELSEWHERE = "每天更新", "当场改正"


@pytest.fixture
def twice(paths):
    """A report of which some words stand in two paragraphs."""
    paths.narrative_file.write_text(with_lines(paths, TWICE) + "\n\n全年开展业务培训4次。\n", "utf-8")
    printed(paths)
    return paths


def of_two(paths, *edits):
    """What is asked about a file, and about the next one, when all that the first has asked is decided."""
    first, second = edits
    begun = began(paths, first)
    begun.keep()
    (paths.folder / "import.md").unlink()
    return of_file(begun), of_file(session.begin(paths, [edited(paths, second)]))


@pytest.mark.slow
def test_the_same_comment_on_another_paragraph_is_asked_about(twice):
    def commented(said):
        def edit(document):
            one, on = found(document, said), "每季度抽查一次"
            before, after = one.text.split(on)
            for run in one.runs:
                run.text = ""
            for text in (before, on, after):
                one.add_run(text)
            document.add_comment(one.runs[-2:-1], text="请核实", author="审稿人")

        return edit

    assert of_two(twice, *map(commented, ELSEWHERE)) == (["请核实"], ["请核实"])


@pytest.mark.slow
def test_formats_changed_in_another_paragraph_are_asked_about(twice):
    def highlighted(said):
        change = f'<w:rPr {words.W}><w:b/><w:rPrChange w:id="3" w:author="审稿人"><w:rPr/></w:rPrChange></w:rPr>'
        return lambda document: found(document, said).runs[0]._r.insert(0, parse_xml(change))

    asked = [f"字体、段落格式的改动，没有取用：“{one}”" for one in TWICE.split("\n\n")[2:0:-1]]
    assert of_two(twice, *map(highlighted, ELSEWHERE)) == ([asked[0]], [asked[1]])


@pytest.mark.slow
def test_a_change_is_asked_about_though_its_words_stand_elsewhere(twice):
    assert of_file(began(twice, tracked("培训3次", "培训4次"))) == ["“培训3次” → “培训4次”"]


@pytest.mark.slow
def test_one_of_two_paragraphs_that_are_alike_and_is_taken_out_is_asked_about_until_it_is_gone(twice):
    twice.narrative_file.write_text(with_lines(twice, "全年开展业务培训4次。\n\n"), "utf-8")
    printed(twice)
    assert len(of_file(began(twice, gone("培训4次")))) == 1
    began(twice, gone("培训4次")).keep()
    assert of_file(began(twice, gone("培训4次"))) == []
