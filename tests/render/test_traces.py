"""Traces of how a page was made, on a page that shows no report: warnings with their cells, and no more."""

import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from nianbao.onpages import TRACE
from nianbao.render.outputs import page_of
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
    assert page_of(of(*cells)).findings == ()  # which shows no report
    value = new_code_cell("24", outputs=[new_output("execute_result", {"text/plain": "Decimal('24')"}, execution_count=1)])
    [one] = page_of(notebook(value)).findings
    assert "最后一行的值是“Decimal('24')”" in one.found
    assert "加分号" in one.action


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
