"""Statutory tables as Typst markup: they say what the HTML says, and nobody else's table is taken for one."""

import re
from itertools import accumulate

import pytest

from cases import each
from nianbao.document.document import load
from nianbao.document.tables import to_html
from nianbao.render import forms, heights
from nianbao.render.clean import clean
from nianbao.render.statutory import CHANCE, taken_out
from project import ROOT

HEAD = '<div class="scroll kept"><table class="statutory" id="t"><caption>表</caption><colgroup><col style="width: 28.00%">'
TABLE = HEAD + '<col style="width: 72.00%"></colgroup><tbody><tr><th>甲</th><td>{}</td></tr></tbody></table></div>'


def markup_of(text):
    body, forms = taken_out(TABLE.format(text))
    assert body.startswith('<div data-file="table0.typ"')
    return forms["table0.typ"].placed(0)[0]


@pytest.mark.parametrize("year", [2019, 2021, 2024])
def test_each_table_of_a_report_is_a_file_with_all_its_cells_in_their_order(year):
    report = load("shili-jyj", year, ROOT / "params").report
    html = [clean(to_html(report, table)) for table in report.format.tables.values()]
    body, forms = taken_out(f"<p>前</p>{''.join(html)}<p>后</p>")
    assert re.sub(r'<div data-file="table\d\.typ"[^>]*></div>\s*', "", body) == "<p>前</p><p>后</p>"
    assert len(forms) == len(html)
    for one, form in zip(html, forms.values(), strict=True):
        wanted = [re.sub("<wbr>", "", text) for text in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", one)]
        grid = re.sub(r'"; \\\n#"', "", form.placed(0)[0].partition("align: ")[2])
        assert re.findall('"([^"]*)"', grid) == wanted


@each(
    ("text", "shown"),
    [
        ("12", '"12"'),
        ("12.5", '"12.5"'),
        ("12,345.60", '"12,345.60"'),
        ("a b", '"a b"'),
        ("a&amp;b &lt;c&gt; &quot;\\", '"a&b <c> \\"\\\\"'),
        ("甲<wbr>乙", '[#"甲"; \\\n#"乙";]'),
        ("www.shili.gov.cn", f'breakable("www.{CHANCE}shili.{CHANCE}gov.{CHANCE}cn")'),
        ("x" * 40, f'breakable("{"x" * 16}{CHANCE}{"x" * 16}{CHANCE}{"x" * 8}")'),
    ],
)
def test_a_text_is_printed_as_it_is_typed(text, shown):
    assert f'"甲", {shown},' in markup_of(text)


@each(
    "html",
    [
        TABLE.format("<b>1</b>"),
        TABLE.replace(' style="width: 28.00%"', "").format(1),
        TABLE.replace("statutory", "own").format(1),
        TABLE.replace("<caption>表</caption>", "").format(1),
        TABLE.replace("<tbody>", "<tbody></tbody><tbody>").format(1),
        TABLE.replace("<th>甲</th>", '<th colspan="3">甲</th>').format(1),
        TABLE.removesuffix("</div>").format(1) + "<p>乙</p></div>",
    ],
)
def test_a_table_that_is_not_as_the_kit_makes_it_is_left_to_pandoc(html):
    assert taken_out(html) == (html, {})


def test_nobody_else_can_name_a_file():
    assert "data-file" not in clean('<div data-file="../x.typ">1</div>')


def form_of(html):
    (form,) = taken_out(html)[1].values()
    return form


def test_the_label_of_many_rows_stands_in_their_middle():
    rows = TABLE.replace("<th>甲</th>", '<th rowspan="10" style="text-align: left">甲</th>')
    assert 'table.cell(align: center, rowspan: 10, "甲")' in form_of(rows.format(1)).placed(0)[0]


def test_a_table_whose_height_nobody_can_tell_runs_on():
    [unknown, known] = [form_of(TABLE.format(text)).fits for text in ("x" * 99, 1)]
    assert (unknown, known.least) == (None, 2)
    assert "#let shown = statutory-free.with(" in form_of(TABLE.format("x" * 99)).placed(0)[0]


@each(
    ("digits", "shown"),
    [
        (5, '"11111"'),
        (10, r'table\.cell\(inset: \(x: 1pt\), text\(size: [67]\.\d+pt, "1{10}"\)\)'),
        (13, r'\[#"11111"; \\\n#"11111"; \\\n#"111";\]'),
    ],
)
def test_a_number_wider_than_its_column_is_set_smaller_and_a_wider_one_is_broken(digits, shown):
    table = TABLE.replace("28.00%", "91.50%").replace("72.00%", "8.50%")
    form = form_of(table.format("1" * digits))
    assert re.search(f'"甲", {shown},', form.placed(0)[0])
    assert form.rows


def test_a_part_that_goes_over_a_page_has_its_head_on_every_page():
    rows = "<tr><td>1</td><td>2</td></tr>" * 60
    part = f'<tbody><tr><th colspan="2">项</th></tr><tr><th>甲</th><th>乙</th></tr>{rows}</tbody>'
    markup = form_of(re.sub("<tbody>.*</tbody>", part * 2, TABLE)).placed(0)[0]
    assert (markup.count("table.header("), "repeat: false" in markup) == (2, False)


GROUP = '<tr><th rowspan="{0}">{1}</th><th>甲</th></tr>' + "<tr><th>乙</th></tr>" * 29


def of_rows(rows):
    """A table of rows beside labels, longer than a page."""
    return form_of(re.sub("<tr>.*</tr>", f'{rows}<tr><td colspan="2">1</td></tr>', TABLE))


def test_a_table_longer_than_a_page_is_parted_between_its_groups_and_says_their_labels_again():
    markup = of_rows("".join(GROUP.format(30, name) for name in ("先", "后"))).placed(0)[0]
    assert "pdf.artifact" not in markup
    markup = of_rows(GROUP.replace("29", "59").format(60, "总") + "<tr><th>乙</th></tr>" * 30).placed(0)[0]
    assert ('"总"' in markup, 'pdf.artifact("总")' in markup) == (True, True)


def test_a_label_that_stands_again_behind_a_page_keeps_what_it_spells():
    label = '写作 id="甲" headers="乙" rowspan="3"'
    assert forms._again(f'<th id="x" headers="y" scope="row">{label}</th>', 5, 1) == f'<th id="x-5" scope="row">{label}</th>'
    assert forms._again(f'<th rowspan="4">{label}</th>', 5, 2) == f'<th rowspan="2">{label}</th>'


def test_a_table_longer_than_a_page_begins_where_it_stands_if_a_group_has_room():
    rests = of_rows("".join(GROUP.format(30, name) for name in ("先", "后"))).fits.rests
    fits = [line for line, ways in enumerate(rests) if ways]
    # A group of 30 rows takes 14 lines of 22.
    assert (fits[0], fits[-1], len(fits)) == (0, 8, 9)
    assert of_rows("<tr><th>甲</th><th>乙</th></tr>" * 60).placed(20)[0].count("pdf.artifact") == 0


@pytest.mark.slow
def test_a_table_of_many_cells_is_read_in_linear_time():
    many = TABLE.format("1</td><td>" * 50_000)
    assert len(taken_out(many)[1]) == 1
    assert taken_out(many.replace("</table>", "")) == (many.replace("</table>", ""), {})


@each("count", [48, 61, 100])
def test_the_rows_of_a_table_are_alike_on_all_of_its_pages(count):
    rows = heights.Rows((1,) * count, (), (0,) * count, (range(2),) * count, ())
    for line in range(heights.PAGE - 6):
        for space in (1.6, 2.4, 3.2):
            made, lines, _ = heights.filled(rows, heights.breaks_of(rows, line, space), line, space)
            assert max(made) < 1.11 * min(made), (line, space)
            assert 0 < lines <= heights.PAGE


def parts_of(*sizes):
    """A table of parts of some sizes, each with a head of two rows and rows of one line."""
    begins = [*accumulate(sizes, initial=0)]
    heads = [range(at, at + 2 * (row > 1)) for at, size in zip(begins, sizes, strict=False) for row in range(size)]
    return heights.Rows((1,) * sum(sizes), (), (0,) * sum(sizes), tuple(heads), tuple(begins[1:-1]))


def test_the_rows_of_a_table_are_alike_on_both_pages_and_fit_their_lines():
    for sizes in ((4, 3, 4, 3), (24, 3, 4, 3)):
        rows = parts_of(*sizes)
        ways = heights.ways_of(rows, "kept")
        assert len(ways) > 20
        for at, first, tall, lines, other, _ in ways:
            assert max(tall, other) < 1.101 * min(tall, other)
            below = sum(sizes) - at + len(rows.heads[at])
            assert 16 + at * tall == pytest.approx(first * heights.PITCH - 1, abs=0.3)  # its last rule is on the page
            assert below * other < lines * heights.PITCH - 13.2


def test_a_table_of_parts_goes_over_a_page_between_them_and_in_one_of_many_rows_and_seldom_leaves_a_single_row():
    """The last part of 表二 is a head with one row: it costs more than four empty lines, and less than five."""
    costs = dict(heights.breaks_in(parts_of(4, 3, 4, 3)))
    assert sorted(costs) == [4, 7, 11]
    assert max(costs[4], costs[7]) < 16 < costs[11] < 225
    costs = dict(heights.breaks_in(parts_of(4, 4, 4, 4)))
    assert (sorted(costs), costs[8]) == ([4, 8, 12], 0)  # two parts on either page cost least
    assert min(costs[4], costs[12]) > 0
    assert [at for at, _ in heights.breaks_in(parts_of(9, 3, 4, 3))] == [5, 6, 9, 12, 16]
    assert heights.breaks_in(heights.Rows((1,) * 9, (), (0,) * 9, (range(2),) * 9, ())) == ()


@pytest.mark.parametrize("count", [58, 61, 64, 70])
def test_printed_from_a_browser_the_last_rows_of_a_long_table_take_whole_lines(count):
    """Text below them stands on the grid."""
    rows = "<tr><td>甲</td><td>1</td></tr>" * count
    html = re.sub("<tbody>.*</tbody>", f"<tbody>{rows}</tbody>", TABLE).partition(">")[2].removesuffix("</div>")
    printed = forms.Printed.of("kept", html, 0)
    made = printed.made((0, 0, 0))
    usual, *_ = re.findall(r"--tall: ([\d.]+)pt", made)
    tall = [
        float(re.findall(r"--tall: ([\d.]+)pt", row)[0] if "--tall" in row else usual)
        for row in re.findall("<tr[^>]*>", made)
    ]
    stop = heights.breaks_of(printed.rows, 0)[-1]
    taken = (sum(tall[stop:]) + sum(tall[at] for at in printed.rows.heads[stop]) + 13.24) / heights.PITCH
    assert taken == pytest.approx(round(taken), abs=0.02)


def test_a_table_longer_than_a_page_may_end_on_several_lines():
    rows = heights.Rows((1,) * 60, (), (0,) * 60, (range(2),) * 60, ())
    ends = {lines: space for lines, _, space in heights.endings(rows, 4)}
    assert len(ends) > 2
    assert min(ends) + 4 < max(ends)
    assert sorted(ends, key=ends.get) == sorted(ends)  # the lower its rows, the fewer


def test_a_label_of_many_lines_is_parted_where_it_has_room_on_both_pages():
    """三、本年度办理结果 stands one character below another."""
    shared = (0, 2, 2, 0, *[1] * 20, 0)
    rows = [heights.Rows((1,) * 25, ((range(4, 24), lines),), shared, (range(3),) * 25, ()) for lines in (1, 9)]
    assert [[heights.parting_of(one, line) for line in (10, 16)] for one in rows] == [[(22,), (12,)], [(15,), ()]]


def test_many_rows_much_taller_than_those_of_other_tables_cost_more_than_a_few():
    (_, many), (_, few) = heights.fits_of([1] * 14, "kept"), heights.fits_of([1] * 3, "kept", 0.0)
    assert max(many) > 3 * max(few)
    assert min(many) == pytest.approx(min(few), abs=1)
