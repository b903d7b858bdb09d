"""bureau.yaml's references: the bureau above and the notebook, both of which have to be there."""

import pytest

from machine import POSIX
from nianbao.inputfiles import InputFiles
from nianbao.inputs import bureau as bureaus

ABOUT = "name: 示例市某局\nshort: 市某局\nlevel: 市\n"


@pytest.fixture
def params(tmp_path):
    for name in ("shili-szf", "shili-jyj", "shili-jyk"):
        (tmp_path / "params" / name).mkdir(parents=True)
        (tmp_path / "params" / name / "bureau.yaml").write_text(ABOUT, "utf-8")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "elsewhere.ipynb").touch()
    (tmp_path / "notebooks" / "annual_report.ipynb").touch()
    (tmp_path / "params" / "shili-jyj" / "own.ipynb").touch()
    return tmp_path / "params"


def faults(params, more):
    (params / "shili-jyj" / "bureau.yaml").write_text(ABOUT + more, "utf-8")
    _, found = bureaus.read(InputFiles(params), "shili-jyj")
    return [(fault.code, fault.place, str(fault.source), fault.found) for fault in found]


@pytest.mark.parametrize("written", ["own.ipynb", "../../notebooks/annual_report.ipynb", "../shili-jyj/own.ipynb"])
def test_a_notebook_in_params_or_notebooks_is_taken(params, written):
    assert faults(params, f"notebook: {written}\n") == []
    assert bureaus.links_of(params, "shili-jyj").notebook.resolve() == (params / "shili-jyj" / written).resolve()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("none.ipynb", "“none.ipynb”不存在"),
        ("../../elsewhere.ipynb", "“../../elsewhere.ipynb”在 params/ 和 notebooks/ 之外"),
        ("/etc/passwd", "“/etc/passwd”在 params/ 和 notebooks/ 之外"),
        ("bureau.yaml", "“bureau.yaml”不是笔记本文件"),
        (".", "“.”不是笔记本文件"),
    ],
)
def test_any_other_is_a_fault_at_its_line(params, written, said):
    assert faults(params, f"notebook: {written}\n") == [("F106", "笔记本", "bureau.yaml 第4行", said)]
    links = bureaus.links_of(params, "shili-jyj")
    assert (links.notebook, links.names_notebook) == (None, True)


@POSIX
def test_a_link_that_leads_outside_is_a_fault(params):
    (params / "shili-jyj" / "link.ipynb").symlink_to(params.parent / "elsewhere.ipynb")
    assert faults(params, "notebook: link.ipynb\n")[0][3] == "“link.ipynb”在 params/ 和 notebooks/ 之外"


def test_a_parent_has_to_be_there(params):
    assert faults(params, "parent: shili-szf\n") == []
    assert bureaus.links_of(params, "shili-jyj").parent == "shili-szf"
    expected = ("F106", "上级机关", "bureau.yaml 第4行", "“shili-szg”不在 params/ 中，是否为“shili-szf”？")
    assert faults(params, "parent: shili-szg\n") == [expected]


@pytest.mark.parametrize("written", ["../..", "../elsewhere", "/etc", "Shili", "."])
def test_a_parent_is_an_id(params, written):
    ((_, place, _, found),) = faults(params, f"parent: {written}\n")
    assert (place, found.startswith(f"“{written}”不在 params/ 中")) == ("上级机关", True)
    assert bureaus.links_of(params, "shili-jyj").parent == ""


@pytest.mark.parametrize(
    "text",
    ["\ufeffnotebook: own.ipynb\n" + ABOUT, "{name: 甲, short: 甲, level: 市, notebook: own.ipynb}\n",
     '"notebook" : own.ipynb\n' + ABOUT,
     "  name: 甲\n  short: 甲\n  level: 市\n  notebook: own.ipynb\n"],
)  # fmt: skip
def test_however_it_is_written_it_is_seen(params, text):
    (params / "shili-jyj" / "bureau.yaml").write_text(text, "utf-8")
    about, found = bureaus.read(InputFiles(params), "shili-jyj")
    assert (about.notebook, found) == ("own.ipynb", [])
    assert bureaus.links_of(params, "shili-jyj").notebook == params / "shili-jyj" / "own.ipynb"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_in_whatever_encoding_it_is_seen(params, encoding):
    (params / "shili-jyj" / "bureau.yaml").write_bytes((ABOUT + "# 上级\nparent: shili-szf\n").encode(encoding))
    assert bureaus.links_of(params, "shili-jyj").parent == "shili-szf"


def test_bureaus_in_a_circle_are_a_fault(params):
    (params / "shili-szf" / "bureau.yaml").write_text(ABOUT + "parent: shili-jyj\n", "utf-8")
    (found,) = faults(params, "parent: shili-szf\n")
    assert found[3] == "shili-jyj → shili-szf → shili-jyj，上级关系成了循环"
    (own,) = faults(params, "parent: shili-jyj\n")
    assert own[3] == "shili-jyj → shili-jyj，上级关系成了循环"


def test_all_below_an_authority_are_found_once():
    parents = {"shili-jyj": "shili-szf", "shili-jyk": "shili-jyj", "shili-szf": "", "shili-wlj": "shili-szf"}
    assert bureaus.below("shili-szf", parents) == ["shili-szf", "shili-jyj", "shili-wlj", "shili-jyk"]
    assert bureaus.below("shili-szf", parents | {"shili-szf": "shili-jyj"}) == [
        "shili-szf",
        "shili-jyj",
        "shili-wlj",
        "shili-jyk",
    ]
