"""No one's file is destroyed: what no manifest names stays, links lead nowhere, inputs and outputs keep apart."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import project as projects
from nianbao.digests import digest
from nianbao.errors import NianbaoError, UsageError
from nianbao.job_id import ReportId, RunId
from nianbao.run import seal
from nianbao.run.job import Verdict
from nianbao.run.manifest import Manifest, Output
from nianbao.run.store.local import LocalStore
from nianbao.run.store.place import keep_apart
from project import nianbao, states
from records import manifest

pytestmark = pytest.mark.slow  # the command, dozens of times

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
    assert publish(store) == [".kept/shili-jyj/2019/manifest.json"]
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


def test_the_empty_folder_of_a_notebook_that_could_not_be_run_is_no_strangers(store):
    store.drop(store.stage(RunId("sales", "North")))
    assert store.strangers() == []
    (store.root / "notebooks" / "mine.txt").write_text("mine", "utf-8")
    (store.root / "notebooks" / "sales" / "mine.txt").write_text("mine", "utf-8")
    assert store.strangers() == ["notebooks/mine.txt", "notebooks/sales"]


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


def left(store):
    return sorted(path.name for path in store.root.glob("*/.nianbao-*"))


class Unmovable:
    """Renaming what has this name fails, as it does for a mount, an immutable file, or what its user may not write."""

    def __init__(self, monkeypatch, name):
        rename = Path.rename

        def refuse(path, target):
            if path.name == name:
                raise PermissionError(13, "Permission denied", str(path))
            return rename(path, target)

        monkeypatch.setattr(Path, "rename", refuse)


def test_what_cannot_be_moved_fails_its_report_which_stays_published_whole(store, monkeypatch):
    publish(store, "before")
    folder = store.root / "shili-jyj" / "2019"
    for name in ("a.pdf", SLIP):
        (folder / name).write_text("mine", "utf-8")
    before = snapshot(folder)
    Unmovable(monkeypatch, SLIP)
    with pytest.raises(NianbaoError, match=SLIP):
        publish(store, "after")
    assert snapshot(folder) == before
    assert store.repair() == ["removed an unfinished shili-jyj/2019"]
    assert (snapshot(folder), left(store)) == (before, [])


@pytest.mark.parametrize("name", [".kept", "loop"])
def test_a_folder_for_what_is_put_aside_that_is_none_fails_only_what_needs_it(store, name):
    publish(store, "before")
    kept = store.root / ".kept"
    kept.symlink_to(".kept") if name == "loop" else kept.write_text("mine", "utf-8")
    publish(store, "nothing to put aside")
    folder = store.root / "shili-jyj" / "2019"
    (folder / "report.pdf").write_text("mine", "utf-8")
    before = snapshot(folder)
    with pytest.raises(NianbaoError):
        publish(store, "after", "report.pdf")
    assert snapshot(folder) == before


def test_repair_says_what_it_cannot_do_and_goes_on(store, monkeypatch):
    publish(store)
    folder = store.root / "shili-jyj" / "2019"
    old = folder.with_name(".nianbao-old-2019-abcdefgh")
    shutil.copytree(folder, old)
    (old / SLIP).write_text("mine", "utf-8")
    for odd in ("shili-jyj/.nianbao-old--abcdefgh", "shili-jyj/.nianbao-old-..-abcdefgh", ".nianbao-index.html.partial"):
        (store.root / odd).mkdir()
        (store.root / odd / "x").write_text("mine", "utf-8")
    gone = store.root / "shili-mzj" / ".nianbao-old-2019-abcdefgh"
    shutil.copytree(folder, gone)
    before = snapshot(store.root)
    with monkeypatch.context() as patched:
        Unmovable(patched, SLIP)
        said = store.repair()
    assert any("shili-jyj/.nianbao-old-2019-abcdefgh is left" in line for line in said)
    assert any("restored shili-mzj/2019" in line for line in said)
    after = {
        Path(str(path).replace("/2019/", "/.nianbao-old-2019-abcdefgh/")): raw for path, raw in snapshot(store.root).items()
    }
    assert set(map(str, after.values())) == set(map(str, before.values()))
    store.repair()
    assert (folder / SLIP).read_text("utf-8") == "mine"
    assert not old.exists()
    assert {".nianbao-old--abcdefgh", ".nianbao-old-..-abcdefgh"} <= {*left(store)}
    assert "shili-jyj/.nianbao-old--abcdefgh" in store.strangers()


@pytest.mark.parametrize("kind", ["folder", "file", "copy"])
def test_what_a_person_puts_in_the_place_of_a_published_report_does_not_cost_it(store, kind):
    """A build was killed between its two renames, and somebody made a folder of the same name before the next one."""
    publish(store, "published")
    folder = store.root / "shili-jyj" / "2019"
    folder.rename(folder.with_name(".nianbao-old-2019-abcdefgh"))
    if kind == "file":
        folder.write_text("mine", "utf-8")
    else:
        folder.mkdir()
        (folder / SLIP).write_text("mine", "utf-8")
        (folder / "report.html").write_text("my own page", "utf-8")
        (folder / "manifest.json").write_text("{}" if kind == "copy" else "mine", "utf-8")
    said = store.repair()
    assert said[1:] == ["restored shili-jyj/2019 from an interrupted run"]
    assert "is in .kept/shili-jyj/2019/" in said[0]
    assert (folder / "report.html").read_text("utf-8") == "published"
    assert store.manifest(ONE)
    texts = {path.read_text("utf-8") for path in store.root.rglob("*") if path.is_file()}
    assert {"mine"} <= texts if kind != "copy" else {"mine", "my own page", "{}"} <= texts
    assert left(store) == []


def test_a_file_that_a_manifest_names_is_not_for_that_the_kits(store):
    """Whoever can write a manifest can name a person's file in it."""
    publish(store)
    folder = store.root / "shili-jyj" / "2019"
    record = Manifest.from_json((folder / "manifest.json").read_bytes())
    slip = folder / SLIP
    slip.write_text("mine", "utf-8")
    named = {**record.outputs, SLIP: Output(sha256=digest(slip.read_bytes()), bytes=4)}
    (folder / "manifest.json").write_text(record.model_copy(update={"outputs": named}).to_json(), "utf-8")
    publish(store, "after")
    assert slip.read_text("utf-8") == "mine"


def test_a_file_that_a_notebook_makes_again_is_replaced_and_not_put_aside(store):
    for text in ("one", "two"):
        stage = store.stage(ONE)
        (stage / "report.html").write_text(text, "utf-8")
        (stage / "图.png").write_text(text, "utf-8")
        assert store.publish(stage, ONE, manifest(str(ONE))) == []
    assert (store.root / "shili-jyj/2019/图.png").read_text("utf-8") == "two"
    assert not (store.root / ".kept").exists()


LEAVES = {
    "hidden": "open('.hidden', 'w').write('x')",
    "backslash": r"open('a\\b.txt', 'w').write('x')",
    "folder": "import os; os.mkdir('sub')",
    "deep": "import os; os.makedirs('one/two'); open('one/two/three', 'w').close(); os.chmod('one', 0)",
    "cache": "open('mine.py', 'w').write('x = 1'); import mine; import os; os.remove('mine.py')",
    "pipe": "import os; os.mkfifo('pipe')",
    "link": "import os; os.symlink('/etc/hostname', 'link.txt')",
    "manifest": "open('manifest.json', 'w').write('{}')",
    "renamed": "import os; os.rename(os.getcwd(), os.getcwd() + '-moved')",
}


@pytest.mark.skipif(os.name == "nt", reason="names and pipes of Unix")
def test_what_a_notebook_leaves_and_no_manifest_can_list_is_left_out_with_a_warning(tmp_path):
    """And a plain file is published, listed, and found again. Without its folder no report can be made."""
    project = projects.make(tmp_path, years=(), bureaus=())
    cells = {f"shili-{name}": cell for name, cell in LEAVES.items()} | {"shili-plain": "open('图 1.csv', 'w').write('x')"}
    for bureau, cell in cells.items():
        folder = project / "params" / bureau
        shutil.copytree(projects.ROOT / "params/shili-jyj/2019", folder / "2019")
        shutil.copy(projects.ROOT / "params/shili-jyj/bureau.yaml", folder)
        about = re.sub("(?m)^notebook:.*\n", "", (folder / "bureau.yaml").read_text("utf-8"))
        (folder / "bureau.yaml").write_text(f"{about}\nnotebook: report.ipynb\n", "utf-8")
        projects.add_cell(project, cell, f"params/{bureau}/report.ipynb")
    out, _ = nianbao("build", "--to", "html", "--timeout", "120", cwd=project, code=1, PYTHONDONTWRITEBYTECODE="")
    assert states("plan", "--to", "html", cwd=project)["shili-plain/2019"] == "未变"
    told = (project / "outputs/findings.html").read_text("utf-8")  # the command prints the first of many
    for name in (".hidden", "a\\b.txt", "sub", "pipe", "link.txt", "manifest.json"):
        assert f"留下了“{name}”" in told
    assert "改名了自己运行的文件夹" in out
    assert "自身的错误" not in out
    made = {path.parts[-3]: path for path in project.glob("outputs/*/*/manifest.json")}
    assert {*made} == {*cells} - {"shili-renamed"}
    warned = {
        one
        for one, path in made.items()
        if any(found["code"] == "W507" for found in json.loads(path.read_text("utf-8"))["findings"])
    }
    assert warned == {*made} - {"shili-plain", "shili-cache"}
    for path in made.values():
        names = {one.name for one in path.parent.iterdir()} - {"图 1.csv"}
        assert names == {"manifest.json", "report.html", "report.ipynb", "report.json"}
    assert list(project.glob("outputs/*/.nianbao-*")) == []
    nianbao("verify", "--bureau", "shili-plain", cwd=project)


def test_a_lock_that_is_also_another_file_is_not_written_to(project):
    (project / "outputs").mkdir()
    about = project / "params/shili-jyj/bureau.yaml"
    before = about.read_bytes()
    lock = project / "outputs/.nianbao-lock"
    lock.hardlink_to(about)
    assert "不是 nianbao 的锁文件" in nianbao("build", cwd=project, code=2)[1]
    assert about.read_bytes() == before
    lock.unlink()
    lock.write_text("mine", "utf-8")
    nianbao("build", cwd=project, code=2)
    assert lock.read_text("utf-8") == "mine"
    lock.write_text("process 1", "utf-8")
    nianbao("build", "--to", "html", cwd=project)


@pytest.mark.parametrize("kind", ["large", "pipe", "folder", "loop"])
def test_an_index_that_no_build_has_written_is_left_alone_in_words(project, kind):
    index = project / "outputs" / "index.html"
    index.parent.mkdir()
    if kind == "large":
        with index.open("wb") as file:
            file.truncate(65 * 2**20)
    elif kind == "pipe":
        os.mkfifo(index)
    elif kind == "folder":
        index.mkdir()
    else:
        index.symlink_to("index.html")
    before = index.lstat()
    assert "index.html" in nianbao("build", "--to", "html", cwd=project, code=2)[1]
    assert (index.lstat().st_ino, index.lstat().st_size) == (before.st_ino, before.st_size)


def test_notes_in_our_index_are_kept_and_that_is_said(project):
    nianbao("build", "--to", "html", cwd=project)
    index = project / "outputs" / "index.html"
    text = index.read_text("utf-8")
    index.write_text(text.replace("<main>", "<main><p>批注</p>"), "utf-8")
    assert ".kept/index.html" in nianbao("build", "--to", "html", cwd=project)[1]
    assert "批注" in (project / "outputs/.kept/index.html").read_text("utf-8")
    assert index.read_text("utf-8") == text


ODD = ("mkdir -p outputs/notebooks/$'\\xff'/x", "mkdir -p 'outputs/notebooks/a\\b/c'", "ln -s .checked outputs/.checked",
       "ln -s .failed outputs/.failed", "ln -s .kept outputs/.kept", "touch outputs/$'\\xff'")  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="names of Unix")
@pytest.mark.parametrize("odd", ODD)
def test_one_odd_thing_in_outputs_stops_nothing(project, odd):
    subprocess.run(["bash", "-c", f"mkdir -p outputs; {odd}"], cwd=project, check=True)
    nianbao("build", "--to", "html", cwd=project)
    assert states("plan", "--to", "html", cwd=project) == {"shili-jyj/2019": "未变"}
    nianbao("verify", cwd=project)
    assert (project / "outputs/index.html").is_file()


@pytest.fixture(scope="module")
def two(once):
    """The built project of two bureaus; tests take copies of it."""

    def make(folder):
        nianbao("build", "--to", "html", cwd=projects.make(folder, ("2019",), ("shili-jyj", "shili-wlj")))

    return once("built-two", make)[0]


@pytest.fixture(scope="module")
def as_user():
    """An environment in which the command may do what its user may, and root no more than that."""
    with projects.housed("setpriv", "--bounding-set=-dac_override,-dac_read_search", AS_USER="1") as environment:
        yield environment


@pytest.mark.skipif(not shutil.which("setpriv"), reason="needs setpriv")
@pytest.mark.parametrize(
    ("odd", "mode", "code"),
    [
        ("shili-jyj/2019/扫描", 0o555, 1), ("shili-jyj/2019", 0o000, 1), ("shili-jyj/2019", 0o555, 1),
        ("shili-jyj", 0o000, 1),
        ("shili-jyj", 0o444, 1), (".failed", 0o000, 0), (".checked", 0o444, 0), ("private", 0o000, 0),
    ],
)  # fmt: skip
def test_a_folder_without_permissions_stops_its_own_report_only(two, as_user, tmp_path, odd, mode, code):
    project = shutil.copytree(two, tmp_path / "project")
    folder = project / "outputs" / odd
    folder.mkdir(exist_ok=True, parents=True)
    before = snapshot(project / "outputs/shili-jyj")
    folder.chmod(mode)

    def run(*words):
        ended, out, err = projects.ran(*words, cwd=project, **as_user)
        assert "自身的错误" not in err + out, (words, err)
        return ended, out

    try:
        for command in ("plan", "verify"):
            assert "shili-wlj/2019" in run(command, "--format", "json")[1]
        ended, out = run("build", "--to", "html", "--force")
        again, _ = run("build", "--to", "html")
    finally:
        folder.chmod(0o755)
    assert "已发布 1" in out or "已发布 2" in out
    assert ended == code, out
    assert again in {0, 1}
    if ended:
        assert snapshot(project / "outputs/shili-jyj") == before
    assert list(project.glob("outputs/*/.nianbao-old*")) == []


def test_outputs_that_are_a_bureaus_folder_under_another_name_are_refused(tmp_path, monkeypatch):
    """As a bind mount is: another path, the same folder."""
    (tmp_path / "params" / "shili-jyj").mkdir(parents=True)
    (tmp_path / "outputs").mkdir()
    same = Path.samefile
    names = {tmp_path / "params" / "shili-jyj", tmp_path / "outputs"}
    monkeypatch.setattr(Path, "samefile", lambda path, other: {path, other} <= names or same(path, other))
    with pytest.raises(UsageError):
        keep_apart(tmp_path / "params", LocalStore(tmp_path / "outputs"))


def test_what_git_needs_is_no_strangers(store):
    publish(store)
    for name in (".gitkeep", ".gitignore", "x"):
        (store.root / name).touch()
    assert store.strangers() == ["x"]


@pytest.mark.parametrize("title", [["x"], 5, None])
def test_a_verdict_of_other_types_is_none(store, title):
    store.root.mkdir()
    store.keep_verdict(Verdict(ONE, (), "标题"), "key")
    path = store.root / ".checked/shili-jyj/2019.json"
    plain = json.loads(path.read_text("utf-8")) | {"title": title, "seal": seal.BLANK}
    path.write_text(seal.sealed(json.dumps(plain), seal.JSON), "utf-8")
    assert store.verdict(ONE) is None


@pytest.mark.parametrize("where", ["above params", "outputs"])
def test_a_folder_whose_name_no_page_can_hold_is_refused(tmp_path, where):
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    try:
        odd.mkdir()
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    project = projects.make(odd if where == "above params" else tmp_path)
    words = ("--outputs", odd) if where == "outputs" else ()
    assert "不是 UTF-8" in nianbao("build", *words, cwd=project, code=2)[1]
    assert not (project / "outputs").exists()
