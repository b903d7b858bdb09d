"""Nothing that a person made is lost by an import, and the last one can be taken back."""

import os
import shutil
import signal
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path

import pytest

import imports
from halting import killed
from machine import POSIX
from nianbao.errors import UsageError
from nianbao.importing import keeping, record, session
from nianbao.inputs import interruption
from nianbao.paths import ReportPaths
from nianbao.starting import starter

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
PAGE = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>公开{{}}条。</p><p>示例市测试局</p><p>2024年1月20日</p>"


def everything(root):
    """Each file below params with its bytes, but for what the import keeps for itself."""
    found = (path for path in (root / "params").rglob("*") if path.is_file() and interruption.KEPT not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def begin(root, count):
    path = root / "报告.html"
    path.write_text(PAGE.format(count), "utf-8")
    return session.begin(ReportPaths(root / "params", imports.BUREAU, 2023), [path])


def begin_and_keep(root, count):
    begun = begin(root, count)
    begun.keep()
    return begun.paths


@pytest.fixture
def root(tmp_path):
    (tmp_path / "params").mkdir()
    return tmp_path


def test_an_import_is_taken_back_whole(root):
    begin(root, 5).keep()
    assert "params/shili-ceshi/2023/narrative.md" in everything(root)
    assert keeping.undo(ReportPaths(root / "params", imports.BUREAU, 2023))
    assert everything(root) == {}
    assert list((root / "params").iterdir()) == []


@pytest.mark.slow
def test_what_a_person_made_is_compared_and_comes_back(root):
    begin(root, 5).keep()
    narrative = root / "params" / imports.BUREAU / "2023" / "narrative.md"
    narrative.write_text("## 一、总体情况\n\n手写的。\n", "utf-8")
    before = everything(root)
    again = begin(root, 6)
    [difference] = again.differences
    assert difference.path == narrative
    assert "-手写的。" in difference.diff
    assert "+公开6条。" in difference.diff
    assert everything(root) == before
    again.keep()
    assert "公开6条。" in narrative.read_text("utf-8")
    keeping.undo(again.paths)
    assert everything(root) == before


def test_what_the_last_import_wrote_may_be_written_anew(root):
    begin(root, 5).keep()
    assert begin(root, 6).differences == ()


def test_what_was_changed_since_is_not_taken_back(root):
    begun = begin(root, 5)
    begun.keep()
    (begun.paths.folder / "narrative.md").write_text("## 一、总体情况\n\n改过。\n", "utf-8")
    before = everything(root)
    with pytest.raises(UsageError, match=r"narrative\.md"):
        keeping.undo(begun.paths)
    assert everything(root) == before


@pytest.mark.parametrize("kind", ["large", "folder"])
def test_what_is_there_and_cannot_be_read_is_not_written_over(root, kind):
    narrative = root / "params" / imports.BUREAU / "2023" / "narrative.md"
    narrative.parent.mkdir(parents=True)
    if kind == "large":
        narrative.write_text("字" * 1_000_000, "utf-8")
    else:
        narrative.mkdir()
    before = everything(root)
    with pytest.raises(UsageError, match=r"narrative\.md"):
        begin(root, 5).keep()
    assert everything(root) == before


def test_without_an_import_nothing_is_taken_back(root):
    with pytest.raises(UsageError):
        keeping.undo(ReportPaths(root / "params", imports.BUREAU, 2023))


def test_a_copy_of_a_folder_was_never_imported_into(root):
    begin(root, 5).keep()
    year = root / "params" / imports.BUREAU / "2023"
    shutil.copytree(year, year.with_name("2024"))
    before = everything(root)
    with pytest.raises(UsageError, match="no import"):
        keeping.undo(ReportPaths(root / "params", imports.BUREAU, 2024))
    assert everything(root) == before


def test_a_record_that_names_files_elsewhere_takes_nothing_back(root):
    begun = begin(root, 5)
    begun.keep()
    other = root / "params" / "other.md"
    other.write_text("x", "utf-8")
    kept = begun.paths.folder / interruption.KEPT / interruption.RECORD
    kept.write_text(kept.read_text("utf-8").replace("narrative.md", "../../other.md"), "utf-8")
    with pytest.raises(UsageError):
        keeping.undo(begun.paths)
    assert other.exists()


@pytest.mark.parametrize("name", ["../../..", "../../../../elsewhere", "../../../notebooks/more"])
def test_a_record_that_names_folders_elsewhere_takes_nothing_back(root, name):
    begun = begin(root, 5)
    begun.keep()
    other = begun.paths.folder / name
    other.mkdir(parents=True, exist_ok=True)
    kept = begun.paths.folder / interruption.KEPT / interruption.RECORD
    kept.write_text(kept.read_text("utf-8").replace('"folders": [', f'"folders": ["{name}", '), "utf-8")
    with pytest.raises(UsageError):
        keeping.undo(begun.paths)
    assert other.exists()


def test_what_cannot_be_taken_back_whole_is_as_it_was(root, monkeypatch):
    begin(root, 5).keep()
    narrative = root / "params" / imports.BUREAU / "2023" / "narrative.md"
    narrative.write_text("手写的。\n", "utf-8")
    again = begin(root, 6)
    again.keep()
    before = everything(root)
    write = Path.write_bytes

    def failing(self, data):
        if data == "手写的。\n".encode():
            raise OSError(28, "No space left on device")
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", failing)
    with pytest.raises(UsageError, match="No space left"):
        keeping.undo(again.paths)
    monkeypatch.undo()
    assert everything(root) == before
    assert not interruption.is_in(again.paths)
    assert keeping.undo(again.paths)


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("at", range(4))
def test_a_record_that_cannot_be_kept_when_an_import_is_taken_back_leaves_all_as_it_was(root, at, monkeypatch):
    begin(root, 5).keep()
    again = begin(root, 6)
    again.keep()
    before = everything(root)
    steps = count()

    def failing(step):
        def fails(self, *args, **options):
            if interruption.KEPT in self.parts and self.suffix == ".json" and next(steps) == at:
                raise OSError(28, "No space left on device")
            return step(self, *args, **options)

        return fails

    for name in ("write_bytes", "write_text", "replace", "unlink"):
        monkeypatch.setattr(Path, name, failing(getattr(Path, name)))
    with suppress(UsageError):
        keeping.undo(again.paths)
    monkeypatch.undo()
    assert not interruption.is_in(again.paths)
    if everything(root) == before:
        assert keeping.undo(again.paths)
    assert "公开5条" in again.paths.narrative_file.read_text("utf-8")


def test_a_bureau_with_other_years_keeps_its_file(root):
    begun = begin(root, 5)
    begun.keep()
    (begun.paths.last_year.folder).mkdir()
    keeping.undo(begun.paths)
    assert [*everything(root)] == ["params/shili-ceshi/bureau.yaml"]


@pytest.mark.by_turns(6)
@pytest.mark.parametrize("at", range(6))
def test_a_disk_that_fails_at_any_file_leaves_all_as_it_was(root, at, monkeypatch):
    begin(root, 5).keep()
    narrative = root / "params" / imports.BUREAU / "2023" / "narrative.md"
    narrative.write_text("手写的。\n", "utf-8")
    before = everything(root)
    replace, count = type(narrative).replace, iter(range(100))

    def failing(self, target):
        if next(count) == at:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    again = begin(root, 6)
    monkeypatch.setattr(type(narrative), "replace", failing)
    with pytest.raises(UsageError, match="No space left"):
        again.keep()
    monkeypatch.undo()
    assert everything(root) == before


def test_a_notebook_is_written_with_the_rest_and_taken_back_with_it(root):
    begun = begin(root, 5)
    begun.keep()
    assert (root / "notebooks" / "annual_report.ipynb").exists()
    keeping.undo(begun.paths)
    assert not (root / "notebooks").exists()


def test_a_notebook_that_another_bureau_uses_stays(root):
    begun = begin(root, 5)
    begun.keep()
    (root / "params" / "shili-yangben").mkdir()
    back = keeping.undo(begun.paths)
    assert (root / "notebooks" / "annual_report.ipynb").exists()
    assert begun.paths.bureau_file in back
    assert not begun.paths.bureau_file.exists()


def test_a_file_in_the_way_of_the_notebooks_leaves_all_as_it_was(root):
    begun = begin(root, 5)
    (root / "notebooks").write_text("x", "utf-8")
    with pytest.raises(UsageError):
        begun.keep()
    assert everything(root) == {}


def test_the_older_record_stays_where_the_new_one_cannot_be_kept(root, monkeypatch):
    begin(root, 5).keep()
    before = everything(root)
    replace = Path.replace

    def failing(self, target):
        if target.name == interruption.RECORD and self.name == interruption.RECORD:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    again = begin(root, 6)
    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(UsageError, match="No space left"):
        again.keep()
    monkeypatch.undo()
    assert everything(root) == before
    assert keeping.undo(again.paths)
    assert everything(root) == {}


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("is_older", [False, True])
def test_an_import_that_is_killed_at_any_step_is_taken_back_or_done_once_more(is_older, root):
    (root / "start" / "params").mkdir(parents=True)
    if is_older:
        narrative = begin_and_keep(root / "start", 5).folder / "narrative.md"
        narrative.write_text("手写的。\n", "utf-8")
    before = everything(root / "start")
    place, other = root / "place", root / "other"
    shutil.copytree(root / "start", place)
    begun, seen = begin(place, 6), []
    begun.keep()
    after = everything(place)
    for at in count():
        shutil.rmtree(place)
        shutil.copytree(root / "start", place)
        is_killed = killed(begun.keep, at)
        is_told = interruption.is_in(begun.paths)
        assert is_told or everything(place) in (before, after), at
        assert is_killed or not is_told, at
        about, state = record.read(begun.paths), everything(place)
        about.pop("kept", None)
        shutil.copytree(place, other)
        if state != before:
            keeping.undo(begun.paths)
        assert everything(place) == before, at
        if (state, about) in seen and is_killed:  # only what lies beside the record is otherwise
            shutil.rmtree(other)
            continue
        seen.append((state, about))
        again = begin(other, 6)
        assert {one.path.name for one in again.differences} <= ({"narrative.md"} if is_older else set()), at
        again.keep()
        assert len([*(again.paths.folder / interruption.KEPT).iterdir()]) == 2, at
        keeping.undo(again.paths)
        assert everything(other) == before, at
        shutil.rmtree(other)
        if not is_killed:
            break
    assert at > 20


@POSIX
@pytest.mark.slow
def test_an_undo_that_is_killed_at_any_step_is_done_once_more(root):
    narrative = begin_and_keep(root, 5).folder / "narrative.md"
    narrative.write_text("手写的。\n", "utf-8")
    before = everything(root)
    begin_and_keep(root, 6)
    after = everything(root)
    for at in count():
        place, other = root.with_name(f"killed-{at}"), root.with_name(f"other-{at}")
        shutil.copytree(root, place)
        paths = ReportPaths(place / "params", imports.BUREAU, 2023)
        is_killed = killed(partial(keeping.undo, paths), at)
        is_told = interruption.is_in(paths)
        assert is_told or everything(place) in (before, after), at
        assert is_killed or not is_told, at
        shutil.copytree(place, other)
        if is_told:
            with pytest.raises(UsageError, match="Run --undo once more"):
                begin(other, 7)
        else:
            keeping.undo(begin_and_keep(other, 7))
            assert everything(other) in (before, after), at
        with suppress(UsageError):
            keeping.undo(paths)
        assert everything(place) == before, at
        if not is_killed:
            break
    assert at > 5


@POSIX
def test_an_undo_for_which_the_disk_has_no_room_changes_nothing(root):
    resource = pytest.importorskip("resource")
    narrative = begin_and_keep(root, 5).folder / "narrative.md"
    narrative.write_text("手写的。" * 20, "utf-8")
    before = everything(root)
    paths = begin_and_keep(root, 6)
    after = everything(root)
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60, 60))
        with suppress(UsageError):
            keeping.undo(paths)
            os._exit(1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert everything(root) == after
    assert not interruption.is_in(paths)
    keeping.undo(paths)
    assert everything(root) == before


@POSIX
def test_a_bureau_folder_that_leads_elsewhere_is_not_written_to(root):
    (root / "elsewhere").mkdir()
    (root / "params" / imports.BUREAU).symlink_to(root / "elsewhere")
    with pytest.raises(UsageError):
        begin(root, 5).keep()
    assert list((root / "elsewhere").iterdir()) == []


def test_what_an_import_wrote_stays_nobodys_when_the_next_is_taken_back(root):
    begin(root, 5).keep()
    before = everything(root)
    begin(root, 6).keep()
    keeping.undo(ReportPaths(root / "params", imports.BUREAU, 2023))
    assert everything(root) == before
    assert begin(root, 7).differences == ()
    with pytest.raises(UsageError, match="no import"):
        keeping.undo(ReportPaths(root / "params", imports.BUREAU, 2023))
    assert everything(root) == before


@pytest.mark.slow
@pytest.mark.parametrize("workbook", [False, True])
def test_what_new_lays_out_stays_nobodys_when_an_import_is_taken_back(root, workbook):
    paths = ReportPaths(root / "params", imports.BUREAU, 2023)
    starter.create(paths.params, imports.BUREAU, 2023, workbook)
    before = everything(root)
    (root / "报告.html").write_text(PAGE.format(5), "utf-8")
    begun = begin(root, 5)
    assert begun.differences == ()
    begun.keep()
    (paths.params / imports.BUREAU / "2022").mkdir()
    (paths.bureau_file).write_text(paths.bureau_file.read_text("utf-8") + "\n# 联系电话以后补\n", "utf-8")
    keeping.undo(paths)
    assert before.keys() == everything(root).keys()
    assert begin(root, 6).differences == ()
    (paths.folder / "narrative.md").write_text("手写的。", "utf-8")
    assert [one.path.name for one in begin(root, 6).differences] == ["narrative.md"]


def test_what_an_earlier_import_wrote_stays_nobodys_behind_one_that_writes_other_files(root):
    begun = begin(root, 5)
    begun.keep()
    keeping.keep(begun.paths, {begun.paths.folder / "other.md": b"# 1\n"})
    keeping.keep(begun.paths, {begun.paths.folder / "other.md": b"# 2\n"})
    assert begin(root, 6).differences == ()
    keeping.undo(begun.paths)
    assert begin(root, 6).differences == ()
    begun.paths.narrative_file.write_text("手写的。", "utf-8")
    assert [one.path.name for one in begin(root, 6).differences] == ["narrative.md"]


@pytest.mark.parametrize("is_renamed", [False, True])
def test_an_import_that_changes_no_data_leaves_the_one_before_to_be_taken_back(is_renamed, root):
    begin(root, 5).keep()
    before = everything(root)
    begin(root, 6).keep()
    again = begin(root, 6)
    if is_renamed:
        again = session.begin(again.paths, [(root / "报告.html").rename(root / "副本.html")])
    again.keep()
    assert ("副本.html" in (again.paths.folder / "import.md").read_text("utf-8")) is is_renamed
    assert keeping.undo(again.paths)
    assert everything(root) == before
    assert begin(root, 7).differences == ()


def test_what_a_person_wrote_into_import_md_stays_where_an_import_that_changes_no_data_is_taken_back(root):
    begin(root, 5).keep()
    account = ReportPaths(root / "params", imports.BUREAU, 2023).folder / "import.md"
    account.write_text(account.read_text("utf-8") + "人写的\n", "utf-8")
    again = begin(root, 5)
    again.keep()
    with pytest.raises(UsageError, match=r"import\.md"):
        keeping.undo(again.paths)
    assert "人写的" in account.read_text("utf-8")
