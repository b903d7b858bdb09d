"""What a page shows in a list or on a button above a table, or says of it in an attribute, is read as a line there."""

import pytest

import imports
from nianbao.importing.choosing import OF_ANOTHER
from nianbao.importing.html import webpage

TITLE = imports.TITLE.format(2023)
ROWS = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in imports.rows("table3"))


def chosen(*options):
    """A list; the option with a star is chosen."""
    made = (f"<option{' selected' if one[0] == '*' else ''}>{one.lstrip('*')}</option>" for one in options)
    return f"<select>{''.join(made)}</select>"


def made_of(above, attribute=""):
    page = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>平稳。</p><p>三、收到和处理政府信息公开申请情况</p>"
    return imports.read(webpage.read(f"{page}{above}<table{attribute}>{ROWS}</table>".encode()))


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "above",
    [
        chosen("2023年度", "*2022年度"),
        chosen("2022年度", "2023年度"),
        f"<form>{chosen('2023', '*2022')}</form>",
        f"<p>年度：{chosen('2023年', '*2022年')}</p>",
        chosen("全年", "*上半年"),
        chosen("全部", "*示例县教育局"),
        "<button>2022年度</button>",
        "<p><img src=a.png alt=2022年度统计></p>",
        "<details open><summary>2022年度</summary></details>",
    ],
)
def test_another_year_or_body_on_a_control_above_a_table_is_asked_about(above):
    made = made_of(above)
    assert len(made.questions[OF_ANOTHER]) == 1
    assert "table3" not in made.taken


@pytest.mark.parametrize("attribute", [" title=2022年度申请情况", " summary=2022年度", " aria-label=二〇二二年度"])
def test_another_year_in_an_attribute_of_a_table_is_asked_about(attribute):
    assert len(made_of("", attribute).questions[OF_ANOTHER]) == 1


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(
    "above",
    [
        chosen("*2023年度", "2022年度"),
        f"<script>go()</script>{chosen('2022年度', '2023年度')}",
        "<select onchange=go()><option>2022年度</option><option>2023年度</option></select>",
        chosen("示例县教育局", "*示例市测试局"),
        "<button>2023年度</button><button>2022年度</button>",
        "<button>查看2022年年报</button>",
        "<p><img src=a.png alt=2023年图解></p>",
    ],
)
def test_the_years_that_a_page_offers_are_no_question(above):
    made = made_of(above)
    assert {cell.value for cell in made.taken["table3"].cells.values()} == {3}
    assert OF_ANOTHER not in made.questions


def test_what_a_page_offers_chooses_no_table():
    other = f"<table>{ROWS.replace('>3<', '>4<')}</table>"
    made = made_of(f"<button>2023年</button><button>2022年</button>{other}")
    assert "table3" not in made.taken
