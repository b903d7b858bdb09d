"""Merged cells go as far as a browser lets them; a row whose figures stand under other heads is asked about."""

import pytest

import imports
from cases import each
from making import FORMATS
from nianbao.importing.html import webpage

TABLE = FORMATS["2021"].tables["table3"]
QUESTION = "下列行的数不在各自的栏名下面，按次序读：对照原件核对"
FIGURES = "<td>1<td>2<td>3<td>4<td>5<td>6<td>21"


def merged(tall=22, before=""):
    """Table three with its merged cells; the third label goes over so many rows, markup stands before the ninth row."""
    heads = "".join(f"<td>{one}" for one in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"))
    rows = [
        "<td colspan=3 rowspan=3><td colspan=7>申请人情况",
        "<td rowspan=2>自然人<td colspan=5>法人或其他组织<td rowspan=2>总计",
        heads,
    ]
    chains = [[node.label for node in chain] for chain in TABLE.parts[0].row_chains]
    seen = set()
    for chain in chains:
        labels = ""
        for depth, label in enumerate(chain):
            place = tuple(chain[: depth + 1])
            down = tall if depth == 0 and len(chain) > 1 else sum(tuple(one[: depth + 1]) == place for one in chains)
            across = 3 - depth if depth == len(chain) - 1 else 1
            labels += "" if place in seen else f"<td rowspan={down} colspan={across}>{label}"
            seen.add(place)
        rows.append(labels + FIGURES)
    return "<table>" + "".join(f"{before if at == 8 else ''}<tr>{row}" for at, row in enumerate(rows)) + "</table>"


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("table", "odd"),
    [
        (merged(), []),
        (merged(tall=23), ["表三：第1个表格第28行"]),
        (merged(tall=0), ["表三：第1个表格第28行"]),
        (merged(tall=21), ["表三：第1个表格第27行"]),
        (merged(before="<tbody>"), [f"表三：第1个表格第{'、'.join(map(str, range(9, 28)))}行"]),
    ],
    ids=["sound", "too tall", "to the end", "too low", "cut"],
)
def test_rows_whose_figures_stand_under_other_heads_are_read_in_order_and_asked_about(tmp_path, table, odd):
    made = imports.begin(
        tmp_path, ("a.html", f"<h1>{imports.TITLE}</h1><p>一、总体情况</p><p>好。</p>{table}".encode())
    ).made
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {1, 2, 3, 4, 5, 6, 21}
    assert list(made.questions.get(QUESTION, [])) == odd


SPANS = {
    "<td rowspan=2>a<td>b<tr><td>c": [("a", "b"), ("", "c")],
    "<td rowspan=9>a<td>b<tr><td>c": [("a", "b"), ("", "c")],
    "<td rowspan=0>a<td>b<tr><td>c": [("a", "b"), ("", "c")],
    "<td rowspan='2x'>a<td>b<tr><td>c": [("a", "b"), ("", "c")],
    "<td rowspan=' +2'>a<td>b<tr><td>c": [("a", "b"), ("", "c")],
    "<td rowspan='2.9'>a<td>b<tr><td>c": [("a", "b"), ("", "c")],
    "<td rowspan='-2'>a<td>b<tr><td>c": [("a", "b"), ("c", "")],
    "<td rowspan='x2'>a<td>b<tr><td>c": [("a", "b"), ("c", "")],
    "<td colspan=0>a<td>b<tr><td>c": [("a", "b"), ("c", "")],
    "<td colspan='2 1'>a<td>b<tr><td>c<td>d<td>e": [("a", "", "b"), ("c", "d", "e")],
    "<td rowspan=2>a<td>b<tbody><tr><td>c": [("a", "b"), ("c", "")],
    "<td rowspan=2>a<td>b<tr style='display:none'><td>x<tr><td>c": [("a", "b"), ("", "c")],
    "<td rowspan=3>a<td>b<tr><td>c<tr hidden><td>x<tfoot><tr><td>d": [("a", "b"), ("", "c"), ("d", "")],
}


def spanned(rows):
    return f"<body><table style='border-spacing:0'><tr>{rows}</table>"


@each("rows", SPANS)
def test_cells_stand_where_the_table_model_puts_them(rows):
    [grid] = webpage.read(spanned(rows).encode()).blocks
    assert list(grid.rows) == SPANS[rows]


@pytest.mark.browser
@pytest.mark.slow
def test_chromium_puts_cells_there(browser):
    with browser.new_page() as page:
        page.set_content(f"<style>td{{width:50px;height:30px;padding:0}}</style>{''.join(map(spanned, SPANS))}")
        tables = page.evaluate(
            "() => [...document.querySelectorAll('table')].map(table => { const t = table.getBoundingClientRect();"
            " const seen = [...table.querySelectorAll('td')].filter(d => d.offsetWidth);"
            " return seen.map(d => { const r = d.getBoundingClientRect();"
            " return [d.textContent, Math.round((r.y - t.y) / 30), Math.round((r.x - t.x) / 50)] }) })"
        )
    assert len(tables) == len(SPANS)
    for lines, places in zip(SPANS.values(), tables, strict=True):
        expected = {text: (row, column) for row, line in enumerate(lines) for column, text in enumerate(line) if text}
        assert {text: (row, column) for text, row, column in places} == expected


def test_cells_that_lie_over_each_other_are_doubtful():
    rows = "<td>甲<td rowspan=2>61<td>1<tr><td colspan=2>27<td>2"
    [grid] = webpage.read(spanned(rows).encode()).blocks
    assert set(grid.doubtful) == {(0, 1), (1, 0)}
