"""What Word demands of a file, or does with it, and LibreOffice does not. No test has Word: each says where that stands."""

import io
import posixpath
import zipfile

from lxml import etree

from nianbao.render import docx
from nianbao.render.clean import clean
from nianbao.render.page import Page
from nianbao.render.word.styles import LINE
from nianbao.state import State
from pictures import png

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def simple(body, **about):
    return Page("标题", "示例市", "2025-01-20", about.pop("state", State.PUBLISHED), clean(body), **about)


def part(made, name):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read(f"word/{name}.xml"))


def values(node, *path):
    """The values of what lies on a path below a node."""
    return [one.get(f"{W}val") for one in node.iterfind("/".join(f"{W}{step}" for step in path))]


def test_each_family_has_one_other_name_which_word_takes_for_one():
    """MS-OI29500, 17.8.3.1: Word parts it at no comma, and takes 31 characters at most."""
    fonts = part(docx.make(simple("<p>甲</p>")), "fontTable")
    others = {font.get(f"{W}name"): values(font, "altName") for font in fonts}
    assert others["仿宋_GB2312"] == ["仿宋"]
    assert others["楷体_GB2312"] == ["楷体"]
    assert {len(one) for one in others.values()} == {1}
    assert not [one for (one,) in others.values() if "," in one or ";" in one or len(one) > 31]
    assert all(len(one) <= 31 for one in others)


def test_what_stands_off_the_grid_is_not_fitted_to_its_characters():
    """17.3.1.1, 17.3.2.34: Word moves the right edge of a line to whole characters, and sets all of any size closer."""
    styles = part(docx.make(simple("<p>甲</p>")), "styles")
    loose = {}
    for style in styles.iter(f"{W}style"):
        name = style.get(f"{W}styleId")
        if values(style, "pPr", "snapToGrid") == ["0"]:
            loose[name] = values(style, "pPr", "adjustRightInd")
        if (sizes := values(style, "rPr", "sz")) and sizes != ["32"] and name != "CodeText":
            assert values(style, "rPr", "snapToGrid") == ["0"], name
    assert {"Title", "TableText", "TableNote", "FolioOdd", "Signature"} <= loose.keys()
    assert {*map(tuple, loose.values())} == {("0",)}


def test_lines_of_the_text_are_as_tall_as_the_grids_whatever_font_stands_in_them():
    """17.6.5, 17.3.1.33: on the grid a line takes two of its lines as soon as a font is taller than one, as Noto's are."""
    styles = {}
    for style in part(docx.make(simple("<p>甲</p>")), "styles").iter(f"{W}style"):
        for spacing in style.iterfind(f"{W}pPr/{W}spacing"):
            styles[style.get(f"{W}styleId")] = spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")
    assert styles["Normal"] == (str(LINE), "exact")
    assert {one for one, line in styles.items() if line == ("240", "auto")} == {"Picture", "Formula", "Box", "Stamp"}
    [plain] = part(docx.make(simple("<p>a</p>", language="en")), "styles").findall(f"{W}style[@{W}default='1']/{W}pPr")
    assert plain.find(f"{W}spacing").get(f"{W}lineRule") == "auto"


def test_quotation_marks_of_a_chinese_page_are_chinese_ones():
    """17.3.2.26: without a hint “ ”, — and … are Latin in Word."""
    for language, hint in (("zh-CN", "eastAsia"), ("en", None)):
        styles = part(docx.make(simple("<p>“甲”</p>", language=language)), "styles")
        assert {one.get(f"{W}hint") for one in styles.iter(f"{W}rFonts")} == {hint}


def test_the_large_letters_of_a_stamp_are_pale_in_readers_that_know_no_opacity_too():
    """OnlyOffice leaves that of a text of VML (19.1.2.5) out, and draws it over half of the page's words in full colour."""
    for side in ("odd", "even"):
        [shape] = part(docx.make(simple("<p>甲</p>", state=State.DRAFT)), f"header-{side}").iter(
            "{urn:schemas-microsoft-com:vml}shape"
        )
        assert min(bytes.fromhex(shape.get("fillcolor")[1:])) > 220
        assert not [one for one in shape.iter() if one.get("opacity")]


def faults(made):
    """What Word would repair in a document, or lead nowhere: parts and their relationships, ids, links, tables."""
    packed = zipfile.ZipFile(io.BytesIO(made))
    names, targets = packed.namelist(), set()
    types = etree.fromstring(packed.read("[Content_Types].xml"))
    typed = {one.get("PartName") for one in types if one.get("PartName")}
    typed |= {f"/{name}" for name in names if name.endswith((".rels", ".png", ".jpeg"))}
    yield from (f"no type: {name}" for name in names[1:] if f"/{name}" not in typed)
    for name in [one for one in names if one.endswith(".rels")]:
        rels = etree.fromstring(packed.read(name))
        folder = posixpath.dirname(posixpath.dirname(name))
        inside = {posixpath.join(folder, one.get("Target")) for one in rels if one.get("TargetMode") != "External"}
        yield from (f"no part: {one}" for one in inside - {*names})
        yield from repeated("relationship", [one.get("Id") for one in rels])
        targets |= inside
    yield from (f"led to by nothing: {name}" for name in names[1:] if not name.endswith(".rels") and name not in targets)
    document = part(made, "document")
    marks = [one.get(f"{W}name") for one in document.iter(f"{W}bookmarkStart")]
    yield from repeated("bookmark", marks)
    yield from repeated("bookmark's id", [one.get(f"{W}id") for one in document.iter(f"{W}bookmarkStart")])
    anchors = {one.get(f"{W}anchor") for one in document.iter(f"{W}hyperlink")} - {None}
    yield from (f"leads nowhere: {one}" for one in anchors - {*marks})
    yield from repeated("drawing", [one.get("id") for one in document.iter("{*}docPr")])
    numbers = {one.get(f"{W}numId") for one in part(made, "numbering").iter(f"{W}num")}
    yield from (f"no list: {one}" for one in {one.get(f"{W}val") for one in document.iter(f"{W}numId")} - numbers)
    styles = {one.get(f"{W}styleId") for one in part(made, "styles").iter(f"{W}style")}
    used = {one.get(f"{W}val") for kind in ("pStyle", "rStyle", "tblStyle") for one in document.iter(f"{W}{kind}")}
    yield from (f"no style: {one}" for one in used - styles)
    for table in document.iter(f"{W}tbl"):
        yield from faults_of_table(table)
        yield "tables touch" if table.getnext() is not None and table.getnext().tag == table.tag else ""


def faults_of_table(table):
    grid = [int(one.get(f"{W}w")) for one in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    rows = table.findall(f"{W}tr")
    yield "" if rows and len(grid) <= 63 else f"table of {len(rows)} rows, {len(grid)} columns"
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    yield "" if heads == sorted(heads, reverse=True) else "a head below rows"
    above = {}  # of merged cells their spans by their first column
    for row in rows:
        at, merged = 0, {}
        for cell in row.iterchildren(f"{W}tc"):
            span = int((values(cell, "tcPr", "gridSpan") or [1])[0])
            width = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w"))
            yield "" if width == sum(grid[at : at + span]) else "a cell is as wide as no columns"
            if found := values(cell, "tcPr", "vMerge"):
                merged[at] = span
                yield "" if found == ["restart"] or above.get(at) == span else "a merged cell goes on with none"
            yield "" if cell[-1].tag == f"{W}p" else "a cell ends with no paragraph"
            at += span
        yield "" if at == len(grid) else f"a row of {at} columns in {len(grid)}"
        above = merged


def repeated(kind, ids):
    yield from (f"{kind} twice: {one}" for one in {*ids} if ids.count(one) > 1)


NO_ROW = "<table><caption>甲</caption><thead></thead><tbody></tbody></table>"
PLACES = (
    '<h1 id="a">题</h1><p><a href="#b">乙</a><a href="#c">丙</a><a href="#d">丁</a><a href="#e">戊</a><a href="#f">己</a>'
    '<a href="#g">庚</a><a href="#a">甲</a></p><table id="b"><caption id="c">表</caption><tr id="d"><th>1</th>'
    '<td id="e"></td></tr></table><div class="signature"><p id="f">局</p><p>2025年1月2日</p></div><p id="g"></p>'
)
SPANS = (
    "<table><tr><td colspan=3 rowspan=2>1</td><td>2</td></tr><tr><td rowspan=9>3</td></tr><tr><td>4</td><td colspan=9>5</td>"
    "</tr><tr></tr><tr><td><ul><li>6</li></ul></td><td><table><tr><td>7</td></tr></table></td></tr></table>"
)


def test_an_empty_row_is_one_where_cells_reach_into_it_and_no_head_takes_its_place():
    """Otherwise the cells below it stand under other heads."""
    table = (
        "<table><thead><tr></tr><tr><th>子</th><th>丑</th></tr></thead>"
        "<tr><td rowspan=2>1</td><td rowspan=2>2</td></tr><tr></tr><tr><td>3</td><td>4</td></tr></table>"
    )
    [made] = part(docx.make(simple(table)), "document").iter(f"{W}tbl")
    rows = [["".join(cell.itertext()) for cell in row.iterfind(f"{W}tc")] for row in made.iterfind(f"{W}tr")]
    assert rows == [["子", "丑"], ["1", "2"], ["", ""], ["3", "4"]]
    assert [len(row.findall(f"{W}trPr/{W}tblHeader")) for row in made.iterfind(f"{W}tr")] == [1, 0, 0, 0]


def test_a_list_that_word_cannot_count_has_its_numbers_as_text():
    """Word counts to 32767."""
    made = part(
        docx.make(simple('<ol start="20241231"><li>甲</li><li></li></ol><ol start="32760"><li>乙</li></ol>')), "document"
    )
    texts = ["".join(one.itertext()) for one in made.iter(f"{W}p")]
    assert texts == ["20241231. 甲", "20241232.", "乙"]
    assert [len(values(one, "pPr", "numPr", "numId")) for one in made.iter(f"{W}p")] == [0, 0, 1]


SHOWN = f'<img src="data:image/png;base64,{png(300, 200)}" alt="图">'


def test_no_picture_and_no_formula_is_cut_off_by_the_height_of_its_line():
    """17.3.1.33: a line of exact height shows no more than that. Where one stands in it, that is its least height."""
    formula = "<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>"
    note = f"<div class='note'><p>注：{formula}</p></div>"
    table = f"<table><caption>表{SHOWN}</caption><tr><th>甲{formula}</th><td>{SHOWN}</td><td>1</td></tr></table>"
    named = f"<figure>{SHOWN}<figcaption>图{formula}</figcaption></figure>{note}<p>后。</p>"
    made = docx.make(simple(f"<h1>题{SHOWN}</h1><p>文{SHOWN}</p><div class='scroll'>{table}</div>{note}{named}"))
    rules = {}
    for one in part(made, "document").iter(f"{W}p"):
        if [*one.iter("{*}drawing", "{*}oMath")]:
            found = one.find(f"{W}pPr/{W}spacing")
            rules.setdefault(values(one, "pPr", "pStyle")[0], set()).add(found is None or found.get(f"{W}lineRule"))
    exact = ("Title", "Caption", "TableHead", "TableText", "TableNote", "PictureName")
    assert rules == {"Picture": {True}} | {one: {"atLeast"} for one in ("Normal", *exact)}
    spacings = [len(one.findall(f"{W}pPr/{W}spacing")) for one in part(made, "document").iter(f"{W}p")]
    assert max(spacings) == 1


def margins(table):
    found = table.find(f"{W}tblPr/{W}tblCellMar")
    return [] if found is None else [int(one.get(f"{W}w")) for one in found]


def test_a_table_of_ones_own_has_room_beside_and_above_its_texts_where_its_page_has_some():
    """As in the PDF: 8 pt at each side at most, and in the rows what is left of the table's lines."""
    row = "<tr><th>甲</th><td>1</td></tr>"
    [small] = part(docx.make(simple(f"<table>{row * 4}</table><p>后。</p>")), "document").iter(f"{W}tbl")
    top, left, bottom, right = margins(small)
    assert (left, right, top) == (160, 160, bottom)
    assert 36 < top <= 86
    tall = 4 * (240 + 2 * top + 10) + 100
    assert 0 <= -tall % LINE - 20 < 8  # what is left of its lines is less than its rows could share
    [wide] = part(docx.make(simple(f"<table><tr>{'<td>一二三四五六</td>' * 8}</tr></table>")), "document").iter(f"{W}tbl")
    assert 52 <= margins(wide)[1] < 70
    grid = [int(one.get(f"{W}w")) for one in wide.iterfind(f"{W}tblGrid/{W}gridCol")]
    assert 8600 < sum(grid) <= 8845
    prose = f"<table><tr><td>{'长' * 60}</td><td>1</td></tr></table>"
    [full] = part(docx.make(simple(prose)), "document").iter(f"{W}tbl")
    assert not margins(full) or margins(full)[1] == 52
    [plain] = part(docx.make(simple(f"<table>{row * 4}</table>", language="en")), "document").iter(f"{W}tbl")
    assert margins(plain) == [36, 160, 36, 160]


def test_a_picture_in_a_cell_is_no_wider_than_that_and_its_row_is_reckoned_with_it():
    row = f"<tr><th>甲</th><td>{SHOWN}</td><td>{'长' * 40}</td></tr>"
    made = part(docx.make(simple(f"<p>文。</p><table>{row * 9}</table>")), "document")
    cell = next(one for one in made.iter(f"{W}tc") if [*one.iter("{*}drawing")])
    width = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w"))
    across, along = (int(next(cell.iter("{*}extent")).get(one)) / 635 for one in ("cx", "cy"))
    assert 4 * 180 < across <= width - 104
    assert 1.4 < across / along < 1.6
    [tall] = part(
        docx.make(simple(f"<table><tr><td>{SHOWN.replace('<img', '<img width=80')}</td></tr></table>")), "document"
    ).iter(f"{W}tbl")
    assert int(next(tall.iter("{*}extent")).get("cx")) == 80 * 9525
    kept = [
        values(one, "tc", "p", "pPr", "keepNext")[0]
        for one in made.iter(f"{W}tr")
        if values(one, "tc", "p", "pPr", "keepNext")
    ]
    assert kept == ["0"] * 9  # the rows are tall, so none has to stay with the next


def test_the_lines_of_a_cell_are_counted_and_a_list_in_it_begins_at_its_side():
    def made(inside):
        row = f"<tr><th>甲</th><td>{inside}</td></tr>"
        return part(docx.make(simple(f"<table>{row * 2}</table><p>后。</p>")), "document")

    several = ("1<br>2<br>3", "<p>1</p>\n<p>2</p>\n<p>3</p>", "<div>1</div>2<br/>3")
    for inside in (*several, "<ul><li>1</li><li>2</li><li>3</li></ul>"):
        [table] = made(inside).iter(f"{W}tbl")
        tall = 2 * (3 * 240 + 2 * (margins(table) or [36])[0] + 10) + 100
        assert -(tall + 20) % LINE < 4, inside  # its rows share what is left of its lines
    [table] = made("<ul><li>甲</li><li>乙<ol><li>丙</li></ol></li></ul>").iter(f"{W}tbl")
    indents = [one.get(f"{W}left") for one in table.iter(f"{W}ind")]
    assert indents == ["0", "0", "180"] * 2
    assert int(table.findall(f"{W}tblGrid/{W}gridCol")[1].get(f"{W}w")) > 3 * 180


def test_a_table_says_its_name_and_which_of_its_rows_and_columns_are_headings():
    """For who hears it: 17.4.56, 17.4.41."""
    head = "<thead><tr><th>项</th><th>数</th></tr></thead>"
    rows = ("<tr><th>甲</th><td>1</td></tr>", "<tr><td>甲</td><td>1</td></tr>")
    for above, row, marked, hexed in (
        (head, rows[0], "11", "06A0"),
        (head, rows[1], "10", "0620"),
        ("", rows[1], "00", "0600"),
    ):
        [table] = part(docx.make(simple(f"<table><caption>表5 <b>情况</b></caption>{above}{row}</table>")), "document").iter(
            f"{W}tbl"
        )
        look = table.find(f"{W}tblPr/{W}tblLook")
        assert look.get(f"{W}firstRow") + look.get(f"{W}firstColumn") == marked
        assert look.get(f"{W}val") == hexed
        assert values(table, "tblPr", "tblCaption") == ["表5 情况"]


def test_a_picture_in_a_link_leads_there():
    made = part(
        docx.make(simple(f'<p><a href="https://a.test">甲{SHOWN}</a></p><p><a href="https://b.test">{SHOWN}</a></p>')),
        "document",
    )
    assert [len([*one.iter("{*}drawing")]) for one in made.iter(f"{W}hyperlink")] == [0, 1, 1]
    assert [values(one, "pPr", "pStyle") for one in made.iter(f"{W}p")] == [["Normal"], ["Picture"]]


def test_of_several_names_below_a_text_the_first_has_an_empty_line_above_it():
    """In the style, as nothing else is known of the place of a signature."""
    made = docx.make(simple('<p>文。</p><div class="signature"><p>甲局</p><p>乙局</p><p>2025年1月2日</p></div>'))
    *_, style = (one for one in part(made, "styles").iter(f"{W}style") if one.get(f"{W}styleId") == "Signature")
    assert style.find(f"{W}pPr/{W}spacing").get(f"{W}before") == "579"
    assert style.find(f"{W}pPr/{W}contextualSpacing") is not None
    given = {one.tag for paragraph in part(made, "document").iter(f"{W}pPr") for one in paragraph}
    assert given == {f"{W}{one}" for one in ("pStyle", "keepNext", "ind")}


def test_word_repairs_nothing_in_a_document_and_every_link_leads_somewhere():
    shown = f'<p><a href="https://a.test"><img src="data:image/png;base64,{png()}" alt="图"></a></p>' * 2
    below = PLACES.replace("<p id", "<table><tr><td>1</td></tr></table><p id")
    lists = '<ul><li><p>甲</p><table><tr><td>乙</td></tr></table></li></ul><ol start="0"><li></li></ol>'
    for body in ("", f"<p>文。</p>{NO_ROW}", NO_ROW * 2, PLACES, below, SPANS * 2, shown, lists):  # fmt: skip
        for state in (State.PUBLISHED, State.DRAFT):
            assert not [one for one in faults(docx.make(simple(body, state=state))) if one], body
