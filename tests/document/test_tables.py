"""Tables → HTML: a full grid without overlap, every figure under its own headings, every state visible."""

import re
from html.parser import HTMLParser

import pytest

from cases import each
from making import FORMATS, cell, make, write
from nianbao.document import tables
from nianbao.findings import Source
from nianbao.inputs import folder
from nianbao.statute.tree import Node, Part, Table, labels_of

FORM_TABLES = [(form, name) for form in FORMATS for name in FORMATS[form].tables]


class Grid(HTMLParser):
    """The cells of one HTML table in their places: (row, column) → [(tag, attributes, text)], row groups apart."""

    def __init__(self, html):
        super().__init__()
        self.places, self.cells, self.groups, self.row, self.columns = {}, [], [], -1, 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in {"thead", "tbody"}:
            self.groups.append(self.row + 1)
        elif tag == "col":
            self.columns += 1
        elif tag == "tr":
            self.row += 1
        elif tag in {"th", "td"}:
            column = next(i for i in range(1000) if (self.row, i) not in self.places)
            one = {"tag": tag, "row": self.row, "column": column, "text": "", "group": len(self.groups), **attrs}
            self.cells.append(one)
            for down in range(int(attrs.get("rowspan", 1))):
                for right in range(int(attrs.get("colspan", 1))):
                    self.places.setdefault((self.row + down, column + right), []).append(one)

    def handle_data(self, data):
        if self.cells:
            self.cells[-1]["text"] += data.strip()


def grid_of(form, name, **more):
    made = make(2023 if form == "2021" else 2020, form=form, **more)
    return made, Grid(tables.to_html(made, made.format.tables[name]))


@each(("form", "name"), FORM_TABLES)
def test_cells_fill_the_grid_without_gap_or_overlap(form, name):
    _, grid = grid_of(form, name)
    assert {(row, column) for row in range(grid.row + 1) for column in range(grid.columns)} == set(grid.places)
    assert {1} == {len(found) for found in grid.places.values()}


@each(("form", "name"), FORM_TABLES)
def test_no_cell_spans_out_of_its_row_group(form, name):
    _, grid = grid_of(form, name)
    ends = [*grid.groups[1:], grid.row + 1]
    for one in grid.cells:
        assert one["row"] + int(one.get("rowspan", 1)) <= ends[one["group"] - 1]


@each(("form", "name"), FORM_TABLES)
def test_every_figure_names_the_headings_that_really_head_it(form, name):
    """Part, row and column labels in order; each above the figure in its column, or left of it in its row."""
    made, grid = grid_of(form, name)
    heads = {one["id"]: one for one in grid.cells if one["tag"] == "th" and "id" in one}
    figures = [one for one in grid.cells if one["tag"] == "td"]
    expected = [
        [*filter(None, [part.title]), *labels_of(row), *labels_of(column)]
        for part in made.format.tables[name].parts
        for row in part.row_chains
        for column in part.column_chains
    ]
    assert expected == [[heads[id_]["text"] for id_ in one["headers"].split()] for one in figures]
    for one in figures:
        for head in (heads[id_] for id_ in one["headers"].split()):
            covered = {place for place, found in grid.places.items() if head in found}
            above = any(row < one["row"] and column == one["column"] for row, column in covered)
            left = any(row == one["row"] and column < one["column"] for row, column in covered)
            assert above != left


@pytest.mark.parametrize("form", FORMATS)
def test_ids_are_unique_over_the_whole_report(form, tmp_path):
    made, faults = folder.read(write(tmp_path, 2023 if form == "2021" else 2020))
    assert not faults
    cells = [one for table in made.format.tables.values() for one in Grid(tables.to_html(made, table)).cells]
    ids = [one["id"] for one in cells if "id" in one]
    assert len(set(ids)) == len(ids)


@each(("form", "name"), FORM_TABLES)
def test_headings_tell_their_scope(form, name):
    _, grid = grid_of(form, name)
    for one in (one for one in grid.cells if one["tag"] == "th"):
        wide, high = int(one.get("colspan", 1)), int(one.get("rowspan", 1))
        assert one["scope"] in {"row", "col", "rowgroup", "colgroup"}
        if one["scope"] == "row":
            assert high == 1
        elif one["scope"] == "rowgroup":
            assert high > 1 or wide == grid.columns


@each(("form", "name"), FORM_TABLES)
def test_the_columns_widths_add_up_to_the_page(form, name):
    html = tables.to_html(make(form=form), FORMATS[form].tables[name])
    shares = [float(part.partition("%")[0]) for part in html.split('<col style="width: ')[1:]]
    assert 99.5 < sum(shares) < 100.5


def with_row(tmp_path, label):
    """A report with one more row in the first part of table 2."""
    paths = write(tmp_path, report=f"extra_rows: {{table2: {{第二十条第（一）项: [{label}]}}}}\n")
    path = paths.table_file("table2")
    path.write_text(
        path.read_text("utf-8").replace("第二十条第（五）项", f"{label},7,8,9\r\n第二十条第（五）项"), "utf-8", newline=""
    )
    made, faults = folder.read(paths)
    assert not faults
    return made


@pytest.mark.parametrize(("length", "share"), [(4, 28.0), (13, 28.0), (16, 34.2), (40, 46.0)])
def test_the_column_of_labels_is_wider_where_a_label_is_long(tmp_path, length, share):
    made = with_row(tmp_path, "甲" * length)
    html = tables.to_html(made, made.format.tables["table2"])
    shares = [float(part.partition("%")[0]) for part in html.split('<col style="width: ')[1:]]
    assert (shares[0], sum(shares)) == (pytest.approx(share, abs=0.3), pytest.approx(100, abs=0.1))


def test_a_declared_local_row_is_printed_in_its_part(tmp_path):
    made = with_row(tmp_path, "其他主动公开文件")
    grid = Grid(tables.to_html(made, made.format.tables["table2"]))
    assert {(row, column) for row in range(grid.row + 1) for column in range(grid.columns)} == set(grid.places)
    line = next(one["row"] for one in grid.cells if one["text"] == "其他主动公开文件")
    assert ["7", "8", "9"] == [one["text"] for one in grid.cells if one["tag"] == "td" and one["row"] == line]


@each(
    ("value", "shown", "class_"),
    [
        (0, "0", "n"),
        (1234, "1234", "n"),
        ("不适用", "不适用", "na"),
        ("未填", "未填", "unfilled"),
        ("未知：遗失", "未知", "unknown"),
    ],
)
def test_each_state_is_seen_in_words_and_not_by_colour_alone(value, shown, class_):
    made = make(values={"表三": {("一", "自然人"): value}})
    figure = next(one for one in Grid(tables.to_html(made, made.format.tables["table3"])).cells if one["tag"] == "td")
    assert (shown, class_) == (figure["text"], figure["class"])


def test_not_applicable_is_printed_as_the_bureau_declares():
    made = make(fill="不适用", not_applicable={"print": "/"})
    texts = {one["text"] for one in Grid(tables.to_html(made, made.format.tables["table4"])).cells if one["tag"] == "td"}
    assert {"/"} == texts


@pytest.mark.parametrize(
    ("written", "shown"), [("8.50万元", "8.50万元"), ("79000.1元", "79000.1元"), ("8040", "8040"), ("0", "0")]
)
def test_money_keeps_its_unit_where_the_heading_has_none(tmp_path, written, shown):
    made, _ = folder.read(write(tmp_path, 2020, values={"表二": {("政府集中采购", "采购总金额"): written}}))
    grid = Grid(tables.to_html(made, made.format.tables["table2"]))
    assert shown == grid.cells[-1]["text"]


def test_money_under_a_heading_that_names_the_unit_is_a_bare_number(tmp_path):
    values = {"表二": {("行政事业性收费", "本年收费金额（单位：万元）"): "79000.1元"}}
    made, _ = folder.read(write(tmp_path, 2023, values=values))
    assert "7.90001" == Grid(tables.to_html(made, made.format.tables["table2"])).cells[-1]["text"]


def test_labels_and_texts_are_escaped():
    table = Table("table2", "表二", "A<B", (Part((Node("甲&乙"),), (Node("<b>"),), title="“<i>”", stub="<s>"),))
    made = make(not_applicable={"print": "<hr>"})
    made.cells["table2"] = {key: cell("不适用") for key in table.cells}
    html = tables.to_html(made, table)
    assert [] == [raw for raw in ("<b>", "<i>", "<s>", "A<B", "甲&乙", "<hr>") if raw in html]
    assert "&lt;hr&gt;</td>" in html


def test_a_small_table_looks_like_this(golden):
    """Spans, ids, headers and scope of one table with two levels of headings either way."""
    columns = (Node("申请人", (Node("自然人"), Node("组织", (Node("企业"), Node("其他"))))), Node("总计"))
    rows = (Node("一、新收"), Node("三、结果", (Node("（一）公开"), Node("（二）其他", (Node("1.撤回"),)))))
    table = Table("table3", "表三", "申请情况", (Part(columns, rows, corner="（勾稽关系）"),))
    made = make()
    values = iter([1, "不适用", 0, 1, "未知：遗失", 2, 3, "未填", 4, 5, 6, 15])
    made.cells["table3"] = {key: cell(next(values)) for key in table.cells}
    first = next(iter(made.cells["table3"]))
    made.cells["table3"][first] = type(cell(1))("数字", 1, source=Source("table3.csv", 4, "D4"))
    golden("table.html", tables.to_html(made, table).replace("<t", "\n<t"))


def test_a_label_too_long_for_its_column_on_paper_may_break_where_no_character_is_left_alone():
    """After its ordinal, or in the middle; what fits, and what runs over the whole width, has no such place."""
    html = tables.to_html(make(2024), FORMATS["2021"].tables["table3"])
    labels = re.findall(r"<th[^>]*>([^<]*<wbr>[^<]*)</th>", html)
    assert "（三）<wbr>不予公开" in labels
    assert "社会公<wbr>益组织" in labels or "社会<wbr>公益组织" in labels
    assert all(len(part) > 1 for label in labels for part in label.split("<wbr>"))
    assert ">总计</th>" in html
    assert ">一、本年新收政府信息公开申请数量</th>" in html


@each(("name", "kind"), [("table2", "kept"), ("table3", "dense"), ("table4", "kept")])
def test_a_long_table_is_set_closer_on_paper_and_a_short_one_stays_whole(name, kind):
    assert tables.to_html(make(2024), FORMATS["2021"].tables[name]).startswith(f'<div class="scroll {kind}">')
