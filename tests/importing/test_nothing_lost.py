"""Whatever stands on a page in whatever order: each of its figures is in the report, or asked about."""

import random
import re
from itertools import pairwise

import pytest

import imports
from imports import TITLE, rows
from reportbooks import HEADINGS, Numbered

CHAPTERS = [*HEADINGS.values()]
# What heads a report's own tables and stands in their first column: words of the statutory tables among others.
HEADS = [
    "项目",
    "数量",
    "金额",
    "公开渠道",
    "其他",
    "总计",
    "申请人",
    "件数",
    "指标",
    "单位",
    "本年",
    "2022年",
    "2023年",
    "备注",
]
LABELS = [
    ["网站", "微信", "其他", "总计"],
    ["行政许可", "行政处罚", "行政强制", "合计"],
    ["自然人", "商业企业", "科研机构", "其他"],
    ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "合计"],
    ["规章", "行政规范性文件", "结果维持", "培训班"],
]
LONG = "情况说明很长，" * 50


def as_html(made):
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>' for row in made)}</table>"


def own(chance, figure):
    """A table of the text: heads, then rows with a label and figures."""
    width, labels = chance.randint(1, 3), chance.choice(LABELS)
    body = [[label, *(figure() for _ in range(width))] for label in labels[: chance.randint(1, 4)]]
    body[0][0] += LONG * (chance.random() < 0.2)
    return as_html([chance.sample(HEADS, width + 1), *body])


TEXT = (
    "<p>全年公开{}条。</p>",
    "<p>（一）主要做法</p><p>办结{}件。</p>",
    "<ul><li>网站{}条</li><li>微信{}条</li></ul>",
    "<p>注：另有{}件。</p>",
    "<p>情况如下：</p>",
    "<div>收到<b>{}</b>件</div>",
    f"<p>{TITLE.format(2023)}</p><p>补充{{}}条。</p>",
    f"<p>{TITLE.format(2022)}</p><p>附带{{}}条。</p>",
)


def block(chance, figure):
    if chance.random() < 0.4:
        return own(chance, figure)
    return re.sub("{}", lambda _: figure(), chance.choice(TEXT))


def statutory(chance, figure, key):
    table = [[figure() if cell in {"3", "8"} else cell for cell in row] for row in rows(key)]
    note = chance.choice(["", "", f"注：{LONG}", "填表人：张三"])
    return as_html([*table, *([[note]] if note else [])])


def page(chance):
    """A page, its last figure, and what statutory tables it has."""
    figure = Numbered()
    keys = {key for key in ("table2", "table3", "table4") if chance.random() < 0.6}
    parts, is_numbered = [f"<h1>{TITLE.format(2023)}</h1>"], chance.random() < 0.7
    for number, heading in enumerate(CHAPTERS, 1):
        shown = heading if is_numbered else f"<b>{heading[2:]}</b>"
        parts += [f"<p>{shown}</p>", *(block(chance, figure) for _ in range(chance.randint(0, 2)))]
        if f"table{number}" in keys:
            parts.append(statutory(chance, figure, f"table{number}"))
            parts += [block(chance, figure) for _ in range(chance.randint(0, 1))]
    signed = "<p>示例市测试局</p><p>2024年1月20日</p>" * (chance.random() < 0.5)
    return "".join(parts) + signed, figure.last, keys


# Each of these has found a fault.
@pytest.mark.by_turns(5)
@pytest.mark.parametrize(
    "seed", [8, 14, 32, 51, 55, 70, 189, 193, *(pytest.param(one, marks=pytest.mark.slow) for one in range(71, 90))]
)
def test_each_figure_of_a_page_is_in_the_report_or_asked_about(tmp_path, seed):
    text, last, keys = page(random.Random(seed))
    made = imports.begin(tmp_path, ("a.html", text)).made
    as_it_was = [one.whole for one in made.taken.values() if one.faults]  # stands in import.md
    said = "\n".join([*made.files.values(), *as_it_was, *(one for about in made.questions.values() for one in about)])
    if any("另一份报告" in why for *_, why in made.left_out):
        said += text.rpartition(TITLE.format(2022))[2]  # named as a whole
    lost = [str(one) for one in range(10_001, last + 1) if not re.search(rf"(?<![0-9]){one}(?![0-9])", said)]
    assert lost == [], [one for one in made.left_out if any(figure in one[1] for figure in lost)]
    assert {*made.taken} <= keys


HARMLESS = [
    "（一）有关情况",
    "单位：件",
    "情况如下：",
    "注：含延续{}件。",
    "全年另有{}件。",
    "数据截至2023年12月31日",
    "示例市测试局",
]
# Of which rows of table two a line speaks that stands above its third part.
SAID = {
    "以下为上半年数据：": {"行政处罚", "行政强制", "行政事业性收费"},
    "示例市殡仪馆": {"行政处罚", "行政强制", "行政事业性收费"},
    "1—6月份处罚、强制如下。": {"行政处罚", "行政强制"},
    "行政强制数量为上年数，待更新。": {"行政处罚", "行政强制"},
    "执法大队的处罚情况如下：": {"行政处罚", "行政强制"},
}


@pytest.mark.by_turns(5)
@pytest.mark.parametrize("line", ["", *SAID])
@pytest.mark.parametrize("seed", [1, 2, pytest.param(3, marks=pytest.mark.slow), pytest.param(4, marks=pytest.mark.slow)])
def test_each_figure_of_parts_with_lines_between_is_taken_or_asked_about(seed, line, tmp_path):
    chance, figure = random.Random(seed), Numbered()
    table = [[figure() if cell in {"3", "8"} else cell for cell in row] for row in rows("table2")]
    begins = [*(at for at, row in enumerate(table) if row[0].startswith("第")), len(table)]
    parts = [f"<h1>{TITLE.format(2023)}</h1><p>{CHAPTERS[0]}</p><p>平稳。</p><p>{CHAPTERS[1]}</p>"]
    for at, (begin, end) in enumerate(pairwise(begins)):
        said = [re.sub("{}", lambda _: figure(), one) for one in chance.sample(HARMLESS, chance.randint(0, 2))]
        parts += [f"<p>{one}</p>" for one in [*said, *([line] if line and at == 2 else [])]]
        parts.append(as_html(table[begin:end]))
    made = imports.begin(tmp_path, ("a.html", "".join(parts))).made
    taken = made.taken["table2"]
    names = {key: taken.table.cells[key][0][-1].label for key in taken.cells}
    assert {names[key] for key, cell in taken.cells.items() if cell.value is None} == SAID.get(line, set())
    said = "\n".join([*made.files.values(), *(one for about in made.questions.values() for one in about)])
    assert [str(one) for one in range(10_001, figure.last + 1) if str(one) not in said] == []
