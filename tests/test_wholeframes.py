"""pandas' frames of a notebook that imports nianbao: all rows, columns, texts and digits; elsewhere a warning."""

import re
import subprocess
import sys
from decimal import Decimal

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from cases import each
from cells import written
from nianbao.render.outputs import page_of
from published import notebook, shown
from test_figures import RUN

TOWNS = "pd.DataFrame({'镇': [f'镇{n}' for n in range(100)], '件数': range(100)})"
WORDS = "pd.DataFrame({'镇': ['东镇'], '说明': ['甲乙丙丁戊己庚辛壬癸' * 9]})"
SUMS = "pd.DataFrame({'金额（元）': [123456789.12, 0.05, 1e6, -1e-9, -0.0, float('inf'), None]})"
OWN = """
import pandas as pd
pd.set_option("display.max_rows", 8)
pd.set_option("display.float_format", "{:.1e}".format)
import nianbao
"""
WIDE = "pd.DataFrame([list(range(50))])"
COUNTS = "pd.Series(['东镇', '西镇', '东镇'], name='镇').value_counts()"
PLAIN = "print(pd.DataFrame({'镇': ['东镇'], '面积': [1]}))"
FRAMES = {TOWNS: "100个镇", WORDS: "长说明", SUMS: "金额", WIDE: "50栏", COUNTS: "各镇", PLAIN: "打印"}


def seen(cell):
    return "".join(one.data.get("text/html", "") if "data" in one else one.text for one in cell.outputs)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """What each frame shows where nianbao is imported first, where pandas is, and where the notebook sets options.

    One process runs the notebooks: each finds nothing that another has loaded.
    """
    folder = tmp_path_factory.mktemp("frames")
    begins = {
        "nianbao first": "from nianbao import describe\nimport pandas as pd",
        "pandas first": "import pandas as pd\nfrom nianbao import describe",
        "own": OWN,
    }
    paths = [written(folder, begin, *FRAMES) for begin in begins.values()]
    subprocess.run([sys.executable, "-c", RUN, *(path.with_suffix("") for path in paths)], cwd=folder, check=True)
    shows = [map(seen, nbformat.read(path, 4).cells[-len(FRAMES) :]) for path in paths]
    return {name: dict(zip(FRAMES, some, strict=True)) for name, some in zip(begins, shows, strict=True)}


@pytest.mark.parametrize("name", ["nianbao first", "pandas first"])
def test_a_notebook_that_imports_nianbao_shows_frames_whole(outputs, name):
    made = outputs[name]
    assert all(f"镇{n}</td>" in made[TOWNS] for n in range(100))
    assert "甲乙丙丁戊己庚辛壬癸" * 9 in made[WORDS]
    assert re.findall("<td>(.*?)</td>", made[SUMS]) == ["123456789.12", "0.05", "1000000", "-0.000000001", "0", "inf", "NaN"]
    assert [f"<td>{n}</td>" in made[WIDE] for n in range(50)] == [True] * 50
    assert page_of(notebook(*(shown(html=one) for one in made.values()))).findings == ()


@pytest.mark.parametrize("name", ["nianbao first", "pandas first"])
def test_a_series_is_a_table_and_printed_columns_stand_below_their_heads(outputs, name):
    table = re.findall("<t[hd]>(.*?)</t[hd]>", outputs[name][COUNTS])
    assert [one for one in table if one] == ["count", "镇", "东镇", "2", "西镇", "1"]
    head, row = outputs[name][PLAIN].rstrip("\n").split("\n")
    assert (head, row) == ("     镇  面积", "0  东镇     1")


def test_what_a_notebook_sets_itself_stays(outputs):
    assert "镇50" not in outputs["own"][TOWNS]
    assert "1.2e+08" in outputs["own"][SUMS]


@each(
    ("frame", "said"),
    [
        (pd.DataFrame({"件数": range(100)}), "中间的行没有印"),
        (pd.DataFrame({"说明": ["甲乙丙丁戊己庚辛壬癸" * 9]}), "后面的字没有印"),
        (pd.DataFrame({"金额": [123456789.12, 0.05]}), "“1.234568e+08”：是科学记数法"),
        (pd.DataFrame({"金额": [Decimal("1E+8")]}), "“1E+8”：是科学记数法"),
        (pd.DataFrame({"金额": ["1e+08"]}), "“1e+08”：是科学记数法"),
        (pd.DataFrame({"编号": ["3E5", "2e10"]}), ""),
        (pd.DataFrame({"件数": range(60)}), ""),
        (pd.DataFrame({"说明": ["等……", "略...", "…"]}), ""),
        (pd.DataFrame({"金额": [123456.12, 0.05]}), ""),
    ],
)
def test_a_frame_that_is_cut_is_a_warning_with_the_cell(frame, said):
    found = [(one.code, one.place) for one in page_of(notebook(shown(html=frame._repr_html_()))).findings]
    assert found == [("W517", "第2个单元格")] * bool(said)
    assert all(said in one.found for one in page_of(notebook(shown(html=frame._repr_html_()))).findings)


def test_columns_that_are_left_out_are_a_warning():
    with pd.option_context("display.max_columns", 6):
        [found] = page_of(notebook(shown(html=pd.DataFrame([list(range(50))])._repr_html_()))).findings
    assert ("W517", True) == (found.code, "中间的栏没有印" in found.found)


def test_a_frame_that_is_cut_on_a_page_of_ones_own_is_a_warning_too():
    cut, digits = pd.DataFrame({f"c{n}": range(100) for n in range(30)}), pd.DataFrame({"value": [123456789.12, 0.05]})
    own = new_notebook(cells=[new_markdown_cell("# 三十列"), *(shown(html=one._repr_html_()) for one in (cut, digits))])
    [found] = page_of(own).findings
    assert ("W517", "第2个单元格") == (found.code, found.place)
