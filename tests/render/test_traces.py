"""Traces of how a page was made, on a page that shows no report: warnings with their cells, and no more."""

import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from cases import each
from nianbao.onpages import TRACE
from nianbao.render.outputs import page_of
from pictures import png
from published import notebook, of, printed, shown

CODE = "total = frame.sum(axis=0)"


def test_what_ordinary_notebooks_cite_is_a_warning_with_the_cell():
    own = new_code_cell(CODE, outputs=[new_output("stream", text="Traceback (most recent call last):\nValueError: no")])
    cells = [new_markdown_cell("# Sales"), own, new_markdown_cell(f"As computed by `{CODE}`."), printed("Out[3]: 7")]
    removed = new_markdown_cell(CODE, metadata={"tags": ["remove-cell"]})
    found = [(one.place, one.found) for one in page_of(of(*cells, removed)).findings if one.kind == TRACE]
    assert found == [
        ("第2个单元格", "露出了出错记录"),
        ("第3个单元格", f"露出了单元格的代码“{CODE}”"),
        ("第4个单元格", "露出了单元格编号“Out[3]:”"),
    ]


def test_a_value_that_prints_as_it_is_written_is_no_trace():
    assert page_of(of(new_code_cell("[1, 2, 3, 4]", outputs=printed("[1, 2, 3, 4]").outputs))).findings == ()


def test_what_cells_print_into_a_report_and_empty_tables_are_warnings_with_the_cell():
    empty = pd.DataFrame({"年度": [], "件数": []})._repr_html_()
    removed = printed("调试")
    removed.metadata["tags"] = ["remove-output"]
    cells = [
        printed("调试\n"),
        printed("for the log", "stderr"),
        shown(plain="<Axes: >"),
        shown(html="<b>32</b>", plain="<Shown>"),
        shown(html=empty, plain="Empty DataFrame"),
        shown(html=pd.DataFrame({"件数": [0]})._repr_html_()),
        removed,
        printed(" \n"),
    ]
    found = [(one.code, one.place) for one in page_of(notebook(*cells)).findings]
    assert found == [("W509", "第2个单元格"), ("W509", "第4个单元格"), ("W510", "第6个单元格")]
    value = new_code_cell("24", outputs=[new_output("execute_result", {"text/plain": "Decimal('24')"}, execution_count=1)])
    [one] = page_of(notebook(value)).findings
    assert "最后一行的值是“Decimal('24')”" in one.found
    assert "加分号" in one.action


OBJECTS = [
    "<Axes: title={'center': 'T'}>",
    "<bound method NDFrame.head of    a  b\n0  1  x\n1  2  y>",
    "<pandas.api.typing.DataFrameGroupBy object at 0x0>",
    "<function __main__.<lambda>(x)>",
    "<function f.<locals>.<lambda> at 0x0>",
    "<generator object <genexpr> at 0x0>",
    "(array([1., 0.]), array([1., 2.]), <BarContainer object of 2 artists>)",
    "[<matplotlib.lines.Line2D at 0x0>]",
    "<class 'pandas.DataFrame'>\nRangeIndex: 2 entries, 0 to 1",
    "Text(0.5, 1.0, 'Lines')",
    "Timestamp('2024-01-05 00:00:00')",
    "Index(['a', 'b'], dtype='str')",
    "rows\nNone\n",
]
TEXTS = [
    "共12件，较上年增长20%。", "0    <NA>", "联系人：<Zhang San>", "List<String> 转换；应急 <I 级响应>", "F1(0.9, 0.8)",
    "24", "{'a': 1}", "[1, 2]", "(3, 2)", "array([1., 2.])", "0    None\n1       a",
    "<table><tr><td>x</td></tr></table>", "<Report><Name>x</Name></Report>", "a < b and c > d",
    "Sales(2024, all regions) rose", "收到申请：EMS(3件)。", "   a\n0  1",
]  # fmt: skip


def value_of(text):
    output = new_output("execute_result", {"text/plain": text}, execution_count=1)
    return new_code_cell("value", outputs=[output])


@each("text", OBJECTS)
def test_an_object_that_any_page_shows_is_a_warning_with_the_cell(text):
    for cell in (printed(text), value_of(text)):
        [one] = page_of(of("# Sales", cell)).findings
        assert (one.code, one.place) == ("W509", "第2个单元格")


@each("text", TEXTS)
def test_text_that_a_page_without_a_report_shows_is_no_warning(text):
    assert page_of(of("# Sales", printed(text), value_of(text))).findings == ()


def test_an_empty_table_is_a_warning_on_any_page():
    empty = [pd.DataFrame(), pd.DataFrame({"a": []}), pd.DataFrame({"a": []}).style]
    found = page_of(of(*(shown(html=one._repr_html_(), plain="Empty") for one in empty))).findings
    assert [(one.code, one.place) for one in found] == [("W510", f"第{cell}个单元格") for cell in (1, 2, 3)]
    assert page_of(of(shown(html=pd.DataFrame({"a": [0]})._repr_html_()))).findings == ()
    form = "<table><tr><th>姓名</th><td></td></tr></table>"  # no frame: it may be there to be filled in
    assert page_of(of(shown(html=form))).findings == ()


DRAWN = [
    "<Axes: title={'center': 'Lines > 3'}, xlabel='x'>",
    "<BarContainer object of 2 artists>",
    "<matplotlib.legend.Legend at 0x0>",
    "[<matplotlib.lines.Line2D at 0x0>,\n <matplotlib.lines.Line2D at 0x0>]",
    "(array([1., 0.]),\n array([1. , 1.2]),\n <BarContainer object of 2 artists>)",
    "(array([[1., 0.]]), array([1., 2.]), <a list of 2 BarContainer objects>)",
    "array([[<Axes: title={'center': 'a'}>]], dtype=object)",
    "([<matplotlib.axis.XTick at 0x0>], [Text(0, 0, '0'), Text(1, 0, \"it's 1\")])",
    "{'whiskers': [<matplotlib.lines.Line2D at 0x0>],\n 'means': []}",
    "<seaborn.axisgrid.FacetGrid at 0x0>",
    "Text(0.5, 1.0, 'Lines')",
    "<Axes3D: title={'center': 'T'}>",
]


@each("report", [of, notebook])
@each("text", DRAWN)
def test_what_a_drawing_call_gives_back_is_left_out_beside_its_figure(text, report):
    figure = new_output("display_data", {"image/png": png(), "text/plain": "<Figure size 640x480 with 1 Axes>"})
    value = value_of(text).outputs[0]
    page = page_of(report(new_code_cell("plot", outputs=[value, figure])))
    assert [one.code for one in page.findings] == ["I502"]
    assert "<pre>" not in page.body
    assert "<pre>" in page_of(of(value_of(text))).body  # without a figure
    assert [one.code for one in page_of(of(value_of(text))).findings] == ["W509"]


@each("text", ["{'total': 3, 'ax': <Axes: >}", "(3, <Axes: >)", "24", "array([1., 2.])", "<shili.Report at 0x0>"])
def test_a_value_with_anything_else_in_it_stands_beside_a_figure(text):
    figure = new_output("display_data", {"image/png": png(), "text/plain": "<Figure size 640x480 with 1 Axes>"})
    assert "<pre>" in page_of(of(new_code_cell("plot", outputs=[figure, value_of(text).outputs[0]]))).body


SETTING = [
    ("plt.xlim(0, 10)", "(0.0, 10.0)"),
    ("ax.set_ylim(0)", "(np.float64(0.0), np.float64(10.5))"),
    ("%matplotlib inline\nfig, ax = plt.subplots()\nax.axis('off')", "(0.0, 1.0, 0.0, 1.0)"),
    ("ax.set(\n    xlim=(0, 1), title='T'\n)", "[Text(0.5, 1.0, 'T'), (0.0, 1.0)]"),
    ("plt.setp(ax.get_xticklabels(), rotation=45)", "[None, None]"),
    ("axis([0, 1, 0, 1])", "(0.0, 1.0, 0.0, 1.0)"),
    ("w = (1\n  % 2)\nfiles = !ls\nplt.xlim(0, 10)", "(0.0, 10.0)"),
    (f"{'%time x' * 99}\nplt.xlim(0, 10)".replace("x%", "x\n%"), "(0.0, 10.0)"),
]


@each("report", [of, notebook])
@each(("code", "text"), SETTING)
def test_what_a_call_that_sets_something_gives_back_is_left_out_beside_its_figure_and_a_warning_without(code, text, report):
    figure = new_output("display_data", {"image/png": png(), "text/plain": "<Figure size 640x480 with 1 Axes>"})
    value = value_of(text).outputs[0]
    page = page_of(report(new_code_cell(code, outputs=[value, figure])))
    assert ([one.code for one in page.findings], "<pre>" in page.body) == (["I502"], False)
    page = page_of(report(new_code_cell(code, outputs=[value])))
    assert ([one.code for one in page.findings], "<pre>" in page.body) == (["W509"], True)


@each(("code", "text"), [("f.write('total')", "5"), ("locale.setlocale(locale.LC_ALL, '')", "'C'")])
def test_how_much_a_call_has_written_is_a_warning_on_any_page(code, text):
    [one] = page_of(of(new_code_cell(code, outputs=value_of(text).outputs))).findings
    assert one.code == "W509"


@each(
    ("code", "text"),
    [
        ("plt.xlim()", "(0.0, 10.0)"),
        ("limits = plt.xlim(0, 10)\nlimits", "(0.0, 10.0)"),
        ("set([1, 2])", "{1, 2}"),
        ("frame.sum(axis=0)", "(3, 2)"),
        ("plt.xlim(0, 10)\n(3, 2)", "(3, 2)"),
        ("not Python", "(3, 2)"),
    ],
)
def test_a_value_that_is_asked_for_stands(code, text):
    figure = new_output("display_data", {"image/png": png(), "text/plain": "<Figure size 640x480 with 1 Axes>"})
    page = page_of(of(new_code_cell(code, outputs=[figure, value_of(text).outputs[0]])))
    assert ("<pre>" in page.body, [one.code for one in page.findings]) == (True, ["I502"])


def test_what_stands_behind_the_signature_of_a_report_is_a_warning():
    signed = '<div class="report"><div class="signature"><p>示例市教育局</p><p>2024年1月18日</p></div></div>'
    before, behind = (shown(html="<p>各年申请量</p>") for _ in range(2))
    cells = [before, shown(html=signed), shown(html="<p> </p>"), new_markdown_cell("各年对比。"), behind]
    found = [(one.code, one.place) for one in page_of(notebook(*cells)).findings]
    assert found == [("W514", "第5个单元格")]
    assert page_of(notebook(*cells[:3])).findings == ()
    assert page_of(notebook(*cells, shown(html=signed))).findings == ()  # that of another report
    assert page_of(of(*cells)).findings == ()


TABLES = {
    "<table><tr><th>机关</th></tr><tr><th>示例市</th></tr></table>": False,
    "<table><tr><td>32<tr><td></table>": False,
    "<table><tr><td><table><tr><td></td></tr></table>第一季度</td></tr></table>": True,  # the one inside
    "<table><tr><td><table><tr><td>1</td></tr></table>第一季度</td></tr></table>": False,
    "<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>": False,
    "<table><tr><td><math><mi>x</mi></math></td></tr></table>": False,
    "<table><tr><td>&nbsp;</td><td><!-- 32 --></td></tr></table>": True,
    "<table><tr><th>一</th><td style='background-color: #f00'></td></tr></table>": False,
    "<table><tr><td><div style='width: 40px; background: #f00'></div></td></tr></table>": False,
    "<table><thead><tr><th>机关</th></tr></thead></table>": True,
    "<table><tr><th>机关</th><td></td></tr></table>": True,
    '<table><tr><td><input value="32"></td></tr></table>': True,  # no page has form fields
    "<table><tr><td><select><option>32</option></select></td></tr></table>": False,
    "<p><b>32</b></p>": False,
}


def test_a_table_is_empty_where_no_cell_of_it_on_the_page_is_filled():
    cells = [
        *(shown(html=html) for html in TABLES),
        new_markdown_cell("| 机关 |\n|---|\n"),
        new_markdown_cell("| 机关 |\n|---|\n| 1 |"),
    ]
    found = {one.place for one in page_of(notebook(*cells)).findings if one.code == "W510"}
    wanted = {f"第{number}个单元格" for number, is_empty in enumerate((*TABLES.values(), True, False), 2) if is_empty}
    assert found == wanted


def test_cells_that_did_not_run_behind_an_exit_are_a_warning_with_the_cell():
    ended = new_code_cell("sys.exit()", execution_count=1, outputs=[new_output("error", ename="SystemExit", evalue="")])
    [warning] = page_of(of(printed("1"), ended, new_code_cell("print(2)"))).findings
    assert (warning.code, warning.place) == ("W505", "第2个单元格")
    assert "第3个单元格起没有运行" in warning.found
    assert page_of(of(printed("1"), ended)).findings == ()
