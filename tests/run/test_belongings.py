"""No one's file is destroyed: what no manifest names stays, links lead nowhere, inputs and outputs keep apart."""

import re
from pathlib import Path

import pytest

import project as projects
from nianbao.errors import UsageError
from nianbao.job_id import ReportId
from nianbao.run.store.local import LocalStore
from nianbao.run.store.place import keep_apart
from project import nianbao, states
from records import manifest

SLIP = "审签单.pdf"
ONE = ReportId("shili-jyj", 2019)


@pytest.fixture
def project(tmp_path):
    return projects.make(tmp_path, years=("2019",))


@pytest.fixture
def store(tmp_path):
    return LocalStore(tmp_path / "outputs")


def publish(store, text="文字", name="report.html", **about):
    stage = store.stage(ONE)
    (stage / name).write_text(text, "utf-8")
    return store.publish(stage, ONE, manifest(str(ONE), **about))


def snapshot(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("place", ["params", "params/shili-jyj", "params/shili-jyj/2019", ".", "link", "link/deep"])
@pytest.mark.parametrize("command", ["build", "check", "plan", "verify"])
def test_outputs_and_params_are_two_folders_apart(project, command, place):
    (project / "link").symlink_to("params", target_is_directory=True)
    before = snapshot(project)
    _, said = nianbao(command, "--outputs", place, cwd=project, code=2)
    assert "互不包含" in said
    assert snapshot(project) == before


def test_params_that_a_link_puts_inside_outputs_are_refused(tmp_path):
    (tmp_path / "outputs" / "in").mkdir(parents=True)
    (tmp_path / "params").symlink_to("outputs/in")
    with pytest.raises(UsageError):
        keep_apart(tmp_path / "params", LocalStore(tmp_path / "outputs"))
    keep_apart(tmp_path / "params", LocalStore(tmp_path / "elsewhere"))


def test_a_scanned_slip_beside_a_report_survives_every_rebuild_and_is_listed(project):
    nianbao("build", "--to", "html", cwd=project)
    folder = project / "outputs" / "shili-jyj" / "2019"
    (folder / SLIP).write_bytes(b"scanned")
    (folder / "附件").mkdir()
    (folder / "附件" / "盖章.jpg").write_bytes(b"sealed")
    assert states("plan", "--to", "html", cwd=project) == {"shili-jyj/2019": "未变"}
    assert f"{SLIP}，附件" in nianbao("plan", "--to", "html", cwd=project)[0]
    projects.edit(project / "params/shili-jyj/2019/report.yaml", "date: 2020-01", "date: 2020-02")
    nianbao("build", "--to", "html", cwd=project)
    nianbao("build", "--to", "html,pdf", "--force", cwd=project)
    assert (folder / SLIP).read_bytes() == b"scanned"
    assert (folder / "附件" / "盖章.jpg").read_bytes() == b"sealed"
    said, _ = nianbao("verify", cwd=project)
    assert f"{SLIP} 不是 nianbao 生成的" in said


def test_a_strange_file_whose_name_is_needed_is_moved_aside_and_the_build_says_so(store):
    publish(store)
    folder = store.root / "shili-jyj" / "2019"
    (folder / "report.pdf").write_bytes(b"typed by hand")
    moved = publish(store, name="report.pdf")
    assert moved == [".kept/shili-jyj/2019/report.pdf"]
    assert (store.root / moved[0]).read_bytes() == b"typed by hand"
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "report.pdf"]
    (folder / "manifest.json").write_text("[]")
    assert publish(store) == [".kept/shili-jyj/2019/manifest.json", ".kept/shili-jyj/2019/report.pdf"][:1]
    assert (folder / "report.pdf").is_file()  # nobody needs the name, and nothing says whose it is


def test_a_folder_without_a_manifest_is_a_persons(store):
    folder = store.root / "shili-jyj" / "2019"
    folder.mkdir(parents=True)
    (folder / "report.html").write_text("mine", "utf-8")
    (folder / "notes.txt").write_text("mine too", "utf-8")
    assert publish(store) == [".kept/shili-jyj/2019/report.html"]
    assert (folder / "notes.txt").read_text("utf-8") == "mine too"
    again = publish(store, "ours again")
    assert again == []
    assert (folder / "report.html").read_text("utf-8") == "ours again"


def test_a_second_file_of_the_same_name_replaces_none_that_was_moved_aside(store):
    for count in range(3):
        publish(store)
        (store.root / "shili-jyj/2019/report.pdf").write_text(str(count), "utf-8")
        publish(store, name="report.pdf")
    kept = sorted(path.read_text("utf-8") for path in (store.root / ".kept/shili-jyj/2019").iterdir())
    assert kept == ["0", "1", "2"]


def test_a_kill_between_swap_and_clearing_loses_nothing(store):
    publish(store)
    folder = store.root / "shili-jyj" / "2019"
    (folder / SLIP).write_bytes(b"scanned")
    old = folder.with_name(".nianbao-old-2019-abcdefgh")
    folder.rename(old)
    stage = store.stage(ONE)
    (stage / "report.html").write_text("new", "utf-8")
    (stage / "manifest.json").write_text(manifest(str(ONE)).with_outputs(stage).to_json(), "utf-8")
    stage.rename(folder)
    store.repair()
    assert (folder / SLIP).read_bytes() == b"scanned"
    assert not old.exists()
    assert store.manifest(ONE)


@pytest.mark.parametrize(
    "link", ["shili-jyj", "shili-jyj/2019", ".failed", ".checked", ".kept", "index.html", ".nianbao-lock"]
)
def test_a_link_in_outputs_leads_nobody_elsewhere(project, link):
    """Also where the link leads to the inputs of the same name."""
    elsewhere = project / "elsewhere"
    for folder in ("2019", "shili-jyj/2019"):
        (elsewhere / folder).mkdir(parents=True)
        (elsewhere / folder / "traceback.txt").write_text("mine", "utf-8")
        (elsewhere / folder / "report.yaml").write_text("mine", "utf-8")
    (elsewhere / "shili-jyj" / "2019.json").write_text("mine", "utf-8")
    place = project / "outputs" / link
    place.parent.mkdir(parents=True)
    file = link in {"index.html", ".nianbao-lock"}
    place.symlink_to(elsewhere / "shili-jyj" / "2019.json" if file else elsewhere)
    before = snapshot(elsewhere)
    done = 2 if file else 0 if link in {".kept", ".checked"} else 1
    nianbao("build", "--to", "html", cwd=project, code=done if link != ".failed" else 0)
    projects.add_cell(project, "1 / 0")
    nianbao("build", "--to", "html", cwd=project, code=2 if file else 1)
    nianbao("check", cwd=project)
    assert snapshot(elsewhere) == before


def test_an_index_that_is_not_ours_is_not_replaced(project):
    (project / "outputs").mkdir()
    index = project / "outputs" / "index.html"
    index.write_text("<h1>the bureau's own site</h1>", "utf-8")
    _, said = nianbao("build", cwd=project, code=2)
    assert "index.html 不是 nianbao 生成的" in said
    assert index.read_text("utf-8") == "<h1>the bureau's own site</h1>"
    index.write_text("", "utf-8")
    nianbao("build", "--to", "html", cwd=project)


def test_only_leftovers_of_nianbao_are_cleared_away(store):
    mine = [
        "download.partial",
        ".nianbao-notes",
        ".nianbao-stage-mine/x",
        "box/.nianbao-stage-2019/x",
        "box/.stage-2019-1/x",
    ]
    for name in mine:
        (store.root / name).parent.mkdir(parents=True, exist_ok=True)
        (store.root / name).write_text("mine", "utf-8")
    before = snapshot(store.root)
    left = store.stage(ONE)
    store.repair()
    assert not left.exists()
    assert snapshot(store.root) == before


def test_what_is_no_report_is_named(store):
    publish(store)
    for name in ("扫描件/1.pdf", "shili-jyj/2019旧/report.html", "shili-jyj/20190/x", "旧版.zip"):
        (store.root / name).parent.mkdir(parents=True, exist_ok=True)
        (store.root / name).write_text("mine", "utf-8")
    assert store.strangers() == ["shili-jyj/20190", "shili-jyj/2019旧", "扫描件", "旧版.zip"]


def test_the_empty_folder_of_a_bureau_that_could_not_be_built_is_no_strangers(store):
    publish(store)
    store.drop(store.stage(ReportId("shili-gxj", 2020)))
    assert store.strangers() == []


def test_an_error_of_any_length_is_said_in_bounds(project):
    projects.add_cell(project, "raise ValueError('x' * 3_000_000)")
    out, err = nianbao("build", "--to", "html", cwd=project, code=1)
    assert len(out + err) < 10_000
    assert (project / "outputs/.failed/shili-jyj/2019/traceback.txt").stat().st_size < 300_000


def test_of_a_failed_job_is_kept_what_tells_why_and_no_more(project):
    source = "open('big.bin', 'wb').write(bytes(60 * 2**20))", "print('x' * 3_000_000)", "1 / 0"
    projects.add_cell(project, "\n".join(source))
    out, _ = nianbao("build", "--to", "html", cwd=project, code=1)
    place = project / "outputs/.failed/shili-jyj/2019"
    assert (
        {"traceback.txt", "output.log"}
        <= {path.name for path in place.iterdir()}
        <= {"traceback.txt", "output.log", "report.ipynb"}
    )
    assert sum(path.stat().st_size for path in place.iterdir()) < 10 * 2**20
    assert re.search(r"ZeroDivisionError", out)


def test_a_link_to_a_traceback_shows_no_folder_of_this_machine(project):
    projects.add_cell(project, "import json; json.loads('{')")
    nianbao("build", "--to", "html", cwd=project, code=1)
    trace = (project / "outputs/.failed/shili-jyj/2019/traceback.txt").read_text("utf-8")
    assert "JSONDecodeError" in trace
    for folder in (str(project), f"{Path.home()}/", str(projects.ROOT)):
        assert folder not in trace
