"""What rebuilds a report, and what does not: its key changes with all that can change its bytes, and with nothing else."""

import copy
import json
import os
import shutil
import time
from importlib.metadata import EntryPoint

import pytest

from machine import POSIX
from nianbao import formatnames
from nianbao.document.document import load
from nianbao.paths import PACKAGE
from nianbao.run import fingerprint
from nianbao.run.job import Options
from nianbao.run.plan import jobs_of
from nianbao.run.store.local import LocalStore
from nianbao.run.targets import targets_of
from nianbao.statute import formats
from project import edit, make

BEFORE, AFTER = "shili-jyj/2020", "shili-jyj/2021"  # the last of the one format, the first of the other


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """A copy of the kit's own files, which the fingerprint reads in their place."""
    copy = tmp_path / "kit"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(fingerprint, "PACKAGE", copy)
    monkeypatch.setattr(formats, "OWN", copy / "statute")
    return copy


@pytest.fixture
def keys(tmp_path):
    """The keys of three reports, by name; a function, to be called before and after a change."""
    project = make(tmp_path / "project", years=("2020", "2021", "2022"))

    def keys(**options):
        given = {"store": LocalStore(project / "outputs"), "formats": ("html", "pdf")}
        asked = Options(project / "params", **given | options)
        return {str(job.id): job.key for job in jobs_of(targets_of(asked.params).targets, asked)}

    keys.project = project
    return keys


def changed(before, after):
    return [name for name in before if before[name] != after[name]]


@pytest.mark.by_turns(7)
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("command/build.py", "Build the reports", "Make the reports"),
        ("command/options.py", "Only these bureaus", "These bureaus alone"),
        ("checks/explanations.yaml", "多半是拼写错误", "可能是拼写错误"),
        ("checks/catalogue.py", "Every kind", "All kinds"),
        ("review/index.html", "<title>", "<title>新 "),
        ("review/index.py", "class", "klass"),
        ("run/pool.py", "from __future__", "# changed\nfrom __future__"),
        ("chinese/command.py", "没有报告", "没有任何报告"),
        ("run/batch.py", "CHUNK = 50", "CHUNK = 60"),
        ("starting/starter.py", "机关信息", "机关资料"),
        ("api.py", "import annotations", "import annotations  # changed"),
        ("__init__.py", '__version__ = "', '__version__ = "9'),
        ("statute/2021.yaml", "# 一个格式一个文件", "# 每个格式一个文件"),
        ("statute/2021.yaml", "why: 每一行", "why: 每行"),
        ("statute/2021.yaml", "【填写：主动公开情况】", "【填写：主动公开】"),
    ],
)
def test_nothing_is_rebuilt_for_what_cannot_change_a_byte(file, old, new, kit, keys):
    before = keys()
    edit(kit / file, old, new)
    assert changed(before, keys()) == []


@pytest.mark.by_turns(4)
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("document/tables.py", "28.0", "29.0"),
        ("checks/identities.py", "清单合计不符", "清单合计有误"),
        ("render/templates/report.css", "18px", "19px"),
        ("render/templates/report.typ", "a4", "a5"),
        ("checks/unfinished.yaml", "锟斤拷", "锟斤"),
        ("wording.py", "同比增长", "同比上升"),
        ("engine/wire.py", "0.0005", "0.0006"),
        ("run/edition.py", "ensure_ascii=False", "ensure_ascii=True"),
    ],
)
def test_all_is_rebuilt_for_a_changed_room_that_makes_bytes(file, old, new, kit, keys):
    before = keys()
    edit(kit / file, old, new)
    assert changed(before, keys()) == list(before)


@pytest.mark.parametrize(
    ("form", "rebuilt"), [("2019", [BEFORE, AFTER]), ("2021", [AFTER, "shili-jyj/2022"])]
)  # fmt: skip
def test_a_changed_format_rebuilds_its_own_reports_and_those_that_carry_over_from_them(form, rebuilt, kit, keys):
    before = keys()
    edit(kit / "statute" / f"{form}.yaml", "equation: 一 + 二 = 三（七） + 四", "equation: 一 + 二 = 四 + 三（七）")
    assert changed(before, keys()) == rebuilt


def test_a_report_that_names_another_format_is_keyed_by_that(kit, keys):
    report = keys.project / "params" / "shili-jyj" / "2022" / "report.yaml"
    report.write_text(report.read_text("utf-8") + 'format:   "2019"  # 旧表\n', "utf-8")
    before = keys()
    edit(kit / "statute" / "2019.yaml", "caption: 主动公开政府信息情况", "caption: 主动公开情况")
    assert changed(before, keys()) == [BEFORE, AFTER, "shili-jyj/2022"]


def test_a_new_format_rebuilds_nothing_unless_it_is_a_years_default(kit, keys):
    before = keys()
    own = (kit / "statute" / "2021.yaml").read_text("utf-8").replace('id: "2021"', 'id: "2030"')
    folder = keys.project / "params" / "formats"
    folder.mkdir()
    (folder / "2030.yaml").write_text(own.replace("first_year: 2021", "first_year: 2030"), "utf-8")
    assert changed(before, keys()) == []
    (folder / "2030.yaml").write_text(own.replace("first_year: 2021", "first_year: 2022"), "utf-8")
    assert changed(before, keys()) == ["shili-jyj/2022"]


def test_the_notebooks_outputs_and_counters_are_no_part_of_it(keys):
    before = keys()
    path = keys.project / "notebooks" / "annual_report.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"execution_count": 3, "outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}]}
    path.write_text(json.dumps(notebook), "utf-8")
    assert changed(before, keys()) == []
    edit(path, "document.preamble", "document.preamble  # 引言")
    assert changed(before, keys()) == list(before)


def test_what_nothing_reads_rebuilds_nothing(keys):
    """What an import has written beside the data, for people and the next import; what programs put beside an open file."""
    folder, before = keys.project / "params" / "shili-jyj" / "2020", keys()
    (folder / "import.md").write_text("批注", "utf-8")
    (folder / ".import").mkdir()
    (folder / ".import" / "record.json").write_text("{}", "utf-8")
    for name in (
        "~$form.xlsx",
        "narrative.md~",
        "narrative.md.bak",
        "form.xlsx.TMP",
        "Thumbs.db",
        "desktop.ini",
        ".~lock.table2.csv#",
    ):
        (folder / name).write_text("", "utf-8")
    assert changed(before, keys()) == []


def test_other_output_formats_and_fonts_are(keys, tmp_path):
    before = keys()
    assert changed(before, keys(formats=("html",))) == list(before)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.ttf").write_bytes(b"1")
    assert changed(before, keys(fonts=tmp_path / "fonts")) == list(before)


def test_an_output_format_of_another_package_is_keyed_by_all_its_modules(keys, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    source = "import text_words\nfrom nianbao import OutputFormat\ntxt = OutputFormat('txt', '字', text_words.make)\n"
    (tmp_path / "text_format.py").write_text(source, "utf-8")
    (tmp_path / "text_words.py").write_text("def make(page, fonts):\n    return b''\n", "utf-8")
    monkeypatch.setattr(formatnames, "entries", lambda: {"txt": EntryPoint("txt", "text_format:txt", formatnames.GROUP)})
    before = keys(formats=("txt",))
    for room, old, new in (("text_format", "'字'", "'文'"), ("text_words", "b''", "b'1'")):
        edit(tmp_path / f"{room}.py", old, new)
        after = keys(formats=("txt",))
        assert changed(before, after) == list(before)
        before = after


def inputs_of(project):
    asked = Options(project / "params", store=LocalStore(project / "outputs"), formats=("html",))
    return {str(job.id): job for job in jobs_of(targets_of(asked.params).targets, asked)}


@POSIX
def test_what_cannot_be_read_has_a_word_in_the_place_of_its_hash_and_nothing_hangs(keys):
    """The plan is made in one process: a pipe, a device, 3 GB or a secret harm no other report."""
    folder = keys.project / "params" / "shili-jyj" / "2022"
    before = keys()
    odd = {
        "管道.bin": "no regular file",
        "设备": "link out of params",
        "外面": "link out of params",
        "大.bin": "too large",
        "链接到自己": "unreadable",
        "里面/管道.md": "no regular file",
        "report.yaml": "no regular file",
        os.fsdecode(b"\xff.bin"): "no regular file",
    }
    (folder / "里面").mkdir()
    (folder / "report.yaml").unlink()
    for name in ("管道.bin", "里面/管道.md", "report.yaml", os.fsdecode(b"\xff.bin")):
        os.mkfifo(folder / name)
    (folder / "设备").symlink_to("/dev/zero")
    (folder / "外面").symlink_to("/etc")
    (folder / "链接到自己").symlink_to("链接到自己")
    with (folder / "大.bin").open("wb") as file:
        file.truncate(3 << 30)
    os.mkfifo(keys.project / "params" / "formats.yaml")
    (keys.project / "params" / "formats").mkdir()
    os.mkfifo(keys.project / "params" / "formats" / "管道.yaml")
    (keys.project / "params" / "shili-pipe").mkdir()
    os.mkfifo(keys.project / "params" / "shili-pipe" / "bureau.yaml")
    begun = time.process_time()
    jobs = inputs_of(keys.project)
    assert time.process_time() - begun < 30
    told = {name: one for name, one in jobs["shili-jyj/2022"].inputs.items() if len(one) != 64}
    assert {f"shili-jyj/2022/{name}": why for name, why in odd.items() if why and name.isprintable()} == {
        name: one for name, one in told.items() if "\ufffd" not in name and "〔" not in name
    }
    assert "shili-jyj/2022/〔U+DCFF〕.bin" in told
    assert changed(before, keys()) == ["shili-jyj/2022"]
    json.dumps(jobs["shili-jyj/2022"].inputs, ensure_ascii=False).encode()


def test_a_stray_small_file_is_hashed_as_a_notebook_may_read_it(keys):
    before = keys()
    (keys.project / "params" / "shili-jyj" / "2022" / "数据.bin").write_bytes(b"1")
    assert changed(before, keys()) == ["shili-jyj/2022"]


def test_a_file_that_a_higher_cap_lets_in_is_due_again(keys, monkeypatch):
    path = keys.project / "params" / "shili-jyj" / "2022" / "narrative.md"
    path.write_bytes(path.read_bytes() + b"\n" * (3 << 20))
    before = inputs_of(keys.project)["shili-jyj/2022"]
    monkeypatch.setenv("NIANBAO_MAX_MIB", "4")
    after = inputs_of(keys.project)["shili-jyj/2022"]
    assert "too large" == before.inputs["shili-jyj/2022/narrative.md"]
    assert before.check_key != after.check_key


def test_a_document_read_what_its_plan_hashed(keys):
    job = inputs_of(keys.project)["shili-jyj/2022"]
    read = load("shili-jyj", 2022, keys.project / "params").read
    assert read.items() <= job.inputs.items()
    assert {*job.inputs} == {*read}


@POSIX
@pytest.mark.parametrize("odd", ["pipe", "large", "closed"])
def test_a_notebook_that_cannot_be_read_is_keyed_by_why(odd, tmp_path):
    path = tmp_path / "a.ipynb"
    if odd == "pipe":
        os.mkfifo(path)
    elif odd == "large":
        with path.open("wb") as file:
            file.truncate(1 << 30)
    assert {"pipe": "no regular file", "large": "too large", "closed": "missing"}[odd] == fingerprint.sources(path)


PLAIN = {"cell_type": "code", "source": "from lib.plots import bars\nimport os", "metadata": {}, "outputs": []}
SHOWN = {"cell_type": "markdown", "source": "![](./a%20b.png) ![](<pics/甲 乙.svg>) [x](other.png)", "metadata": {}}


def _file(name):
    def change(home, notebook):
        (home / name).write_bytes(b"2")

    return change


def _title(home, notebook):
    notebook["metadata"]["title"] = "二"


def _language(home, notebook):
    notebook["metadata"]["lang"] = "en"


def _kind(home, notebook):
    notebook["cells"][2]["metadata"]["raw_mimetype"] = "text/plain"


def _removed(home, notebook):
    notebook["cells"][0]["metadata"]["transient"] = {"remove_source": True}


def _saved(home, notebook):
    notebook["metadata"] |= {"language_info": {"version": "3.14"}, "widgets": {}}
    notebook["cells"][0]["metadata"] |= {"execution": {"iopub.execute_input": "2024"}, "collapsed": True}


def test_a_picture_that_stands_in_a_cell_as_text_costs_no_time(tmp_path):
    drawn = "![](data:image/png;base64," + "A/b+" * 250_000 + ") a.png"
    path = tmp_path / "mine.ipynb"
    path.write_text(json.dumps({"cells": [PLAIN | {"source": drawn}], "metadata": {}}), "utf-8")
    begun = time.process_time()
    fingerprint.sources(path)
    assert time.process_time() - begun < 30  # hours, where each character begins an address


@pytest.mark.parametrize(
    ("change", "is_other"),
    [
        (_file("a b.png"), True),
        (_file("pics/甲 乙.svg"), True),
        (_file("lib/plots/bars.py"), True),
        (_file("package/more/one.py"), True),
        (_title, True),
        (_language, True),
        (_kind, True),
        (_removed, True),
        (_file("unnamed.png"), False),
        (_file("unnamed/deep/one.py"), False),
        (_saved, False),
    ],
)
def test_what_a_notebooks_page_depends_on_besides_its_sources_is_part_of_its_key(change, is_other, tmp_path):
    home = tmp_path / "notebooks"
    for name in ("a b.png", "pics/甲 乙.svg", "lib/plots/bars.py", "package/more/one.py", "package/__init__.py"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(b"1")
    (home / "unnamed/deep").mkdir(parents=True)
    (tmp_path / "other.png").write_bytes(b"1")
    raw = {"cell_type": "raw", "source": "<b>1</b>", "metadata": {"raw_mimetype": "text/html"}}
    notebook = copy.deepcopy({"cells": [PLAIN, SHOWN, raw], "metadata": {"title": "一"}, "nbformat": 4, "nbformat_minor": 5})
    path = home / "mine.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")
    before = fingerprint.sources(path)
    change(home, notebook)
    path.write_text(json.dumps(notebook), "utf-8")
    assert (fingerprint.sources(path) != before) is is_other
