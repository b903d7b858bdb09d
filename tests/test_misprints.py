"""End to end: a report whose files do not show it fails by itself, and what is published stays."""

import json
import os

import pytest

from nianbao.run.store.local import LocalStore
from nianbao.run.verify import against_manifests
from project import edit, make, nianbao, outputs

pytestmark = pytest.mark.slow  # the command, a dozen times

READER = """import re
from nianbao import OutputFormat, Seen, squeezed

def make(page, fonts):
    lines = [re.sub("<[^>]*>", "", one) for one in re.split("</?(?:p|h[1-6]|li|td|th|caption|div|[uo]l)[^>]*>", page.body)]
    if "2020年" in page.title:
        lines.remove("二、主动公开政府信息情况")
    return "\\n".join(lines).encode()

def read(made):
    blocks = (squeezed(line) for line in made.decode().split("\\n"))
    return Seen(tuple(filter(None, blocks)), (False,))

text = OutputFormat("txt", "纯文本", make, read=read)
"""


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


@pytest.fixture
def plugin(tmp_path):
    """A format that loses a heading of 2020, as an installed package, with its reader."""
    about = tmp_path / "site" / "lossy_text-1.0.dist-info"
    about.mkdir(parents=True)
    (about.parent / "lossy_text.py").write_text(READER, "utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: lossy-text\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text("[nianbao.formats]\ntxt = lossy_text:text\n", "utf-8")
    return {"PYTHONPATH": os.pathsep.join([str(about.parent), os.environ.get("PYTHONPATH", "")])}


BROKEN = """from IPython.display import HTML
import re
shown = document.chapter("二")._repr_html_()
HTML(re.sub("<tr><th[^>]*>规章.*?</tr>", "", shown) if year == 2020 else shown)"""


def put(project, source):
    """Another cell in the place of chapter 二's."""
    old, new = (json.dumps(one, ensure_ascii=False) for one in ('document.chapter("二")', source))
    edit(project / "notebooks" / "annual_report.ipynb", old, new)


def test_a_notebook_that_breaks_the_page_stops_its_own_report_and_what_is_published_stays(project):
    nianbao("build", "--to", "html", cwd=project)
    before = outputs(project)
    put(project, BROKEN)
    out, err = nianbao("build", "--to", "html", cwd=project, code=1)
    said = "report.html: 表二 行名“规章”：应为“规章”"
    assert said in out + err
    after = outputs(project)
    assert {name: one for name, one in after.items() if "/2020/" in name} == {
        name: one for name, one in before.items() if "/2020/" in name
    }
    assert before["shili-jyj/2019/manifest.json"] != after["shili-jyj/2019/manifest.json"]
    trace = (project / "outputs" / ".failed" / "shili-jyj" / "2020" / "traceback.txt").read_text("utf-8")
    assert said in trace
    store = LocalStore(project / "outputs")
    assert {()} == {proof.details for proof in against_manifests(store, store.ids())}


def test_a_format_that_loses_a_heading_stops_its_own_report(project, plugin):
    out, err = nianbao("build", "--to", "html,txt", "--format", "json", cwd=project, code=1, **plugin)
    made = {report["name"]: report["label"] for report in json.loads(out)["reports"]}
    assert {"shili-jyj/2019": "已发布", "shili-jyj/2020": "失败"} == made
    assert "report.txt: 二、主动公开政府信息情况 第1段" in out
    assert "没有回读核对" not in err, "it has a reader"


def test_a_traceback_that_a_cell_prints_is_not_published_in_the_notebook_either(project):
    put(
        project,
        'import traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    traceback.print_exc()\ndocument.chapter("二")',
    )
    out, err = nianbao("build", "--to", "html", "--year", 2020, cwd=project, code=1)
    assert "report.ipynb: 露出了出错记录" in out + err


def test_a_path_that_a_cell_prints_is_not_published(project):
    put(project, 'from pathlib import Path\nprint(Path(params_dir).resolve())\ndocument.chapter("二")')
    out, err = nianbao("build", "--to", "html", "--year", 2020, cwd=project, code=1)
    assert f"report.html: 露出了这台计算机的文件夹 {project.resolve()}" in out + err
    assert f"report.ipynb: 露出了这台计算机的文件夹 {project.resolve()}" in out + err


CHANGES = """from dataclasses import replace
table = document.report.cells["table3"]
for place in table:
    table[place] = replace(table[place], value=99)
document.chapter("三")"""


def test_a_cell_that_changes_what_it_has_loaded_stops_its_report(project):
    old, new = (json.dumps(one, ensure_ascii=False) for one in ('document.chapter("三")', CHANGES))
    edit(project / "notebooks" / "annual_report.ipynb", old, new)
    out, err = nianbao("build", "--to", "html", "--year", 2020, cwd=project, code=1)
    assert "report.html: 表三" in out + err
    assert "实际“99”" in out + err
