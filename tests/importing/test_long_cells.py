"""A long cell, or a table in a row of its own, makes no page of a table: its cells and their doubts stay."""

import pytest

import imports
from cases import each
from imports import TITLE, rows
from machine import in_turn
from nianbao.importing.html import webpage

LONG = "本表数据说明很长，" * 40
NOTES = {
    "short": "<td colspan=4>注：短。</td>",
    "long": f"<td colspan=4>注：{LONG}</td>",
    "several": f"<td colspan=4><p>注：1.{LONG}</p><p>2.其余。</p></td>",
    "nested": "<td colspan=4><table><tr><td>填表人：</td><td>张三</td></tr></table></td>",
}
ODD = (
    "3<img src=a.png>",
    "3<s>5</s>",
    "<span style='transform:scaleX(-1)'>31</span>",
    "3<span style='display:none'>5</span>",
    "3<sup>5</sup>",
)


def row(cells):
    return "<tr>" + "".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in cells) + "</tr>"


def made_of(body):
    end = "<p>五、存在的主要问题及改进情况</p><p>不足。</p>"
    head = f"<h1>{TITLE.format(2023)}</h1><p>一、总体情况</p><p>平稳。</p><p>二、主动公开政府信息情况</p>"
    return imports.read(webpage.read((head + body + end).encode()))


@pytest.mark.parametrize(("note", "odd"), in_turn(NOTES, ODD))
def test_the_doubts_of_cells_stay_whatever_stands_in_another_row(note, odd):
    table = [[*one] for one in rows("table2")]
    table[2][1] = odd
    made = made_of(f"<table>{''.join(map(row, table))}{row([NOTES[note]])}</table>")
    [asked] = [about for question, about in made.questions.items() if question.startswith("下列单元格读不准")]
    assert len(asked) == 1
    values = [cell.value for cell in made.taken["table2"].cells.values()]
    assert values[0] is None
    assert {*map(int, values[1:])} == {3, 8}


@each("long", [LONG, f"<p>{LONG}</p><p>其余。</p>", f"一是{LONG}<br>二是其余。"])
def test_a_long_cell_beside_short_ones_is_one_of_its_table(long):
    table = [["序号", "存在问题", "整改数"], ["1", long, "12"], ["2", "其余。", "77"]]
    made = made_of(f"<table>{''.join(map(row, table))}</table>")
    lines = [one for one in made.files["narrative.md"].split("\n") if one.startswith("|")]
    assert [line.strip("|").split(" | ")[-1].strip() for line in lines[:1] + lines[2:]] == ["整改数", "12", "77"]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "layout",
    [
        "<table><tr><td>导航</td><td>{}</td></tr></table>",
        "<table><tr><td>{}</td></tr></table>",
        "<table><tr><td>首页</td><td>搜索</td></tr><tr><td colspan=2>{}</td></tr><tr><td>版权所有</td></tr></table>",
        "<table><tr><td>首页</td><td>2023</td></tr><tr><td colspan=2>{}</td></tr></table>",
    ],
)
@pytest.mark.parametrize("more", ["", f"<p>{LONG}</p>"])
def test_a_table_that_lays_out_a_page_is_none(layout, more, tmp_path):
    table = f"<table>{''.join(map(row, rows('table2')))}</table>"
    text = f"<h1>{TITLE.format(2023)}</h1><p>一、总体情况</p><p>平稳。</p>{more}<p>二、主动公开政府信息情况</p>{table}"
    page = layout.format(f"{text}<p>五、存在的主要问题及改进情况</p><p>不足。</p>")
    made = imports.begin(tmp_path, ("a.html", page)).made
    assert "{{ 表二 }}\n\n## 五、存在的主要问题及改进情况\n\n不足。" in made.files["narrative.md"]
    assert {int(cell.value) for cell in made.taken["table2"].cells.values()} == {3, 8}


def test_a_long_text_below_the_head_of_a_page_is_a_paragraph():
    made = made_of(f"<table>{row(['发布日期', '2023-01-02'])}{row([f'<td colspan=2>{LONG}</td>'])}</table>")
    assert f"\n{LONG}\n" in made.files["narrative.md"]
