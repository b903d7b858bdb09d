"""One door: what params names is a regular file of a bounded size inside params, or it is not read, and nothing hangs."""

import base64
import hashlib
import os
import socket
from pathlib import Path

import pytest

from machine import LINUX, POSIX
from making import BUREAU, write
from nianbao.document.document import load
from nianbao.errors import DataError, UsageError
from nianbao.inputfiles import VARIABLE, InputFiles, NotRead, Why, read_file
from nianbao.inputs.folder import read
from pictures import png

PNG = base64.b64decode(png(2, 2))
ODD = {
    "a pipe": lambda path: os.mkfifo(path),
    "a socket": lambda path: socket.socket(socket.AF_UNIX).bind(str(path)),
    "a folder": lambda path: path.mkdir(),
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to a secret": lambda path: path.symlink_to("/etc/hostname"),
    "a link to nothing outside": lambda path: path.symlink_to("/nothing/there"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "3 GB": lambda path: truncate(path, 3 << 30),
}
NAMES = ("report.yaml", "narrative.md", "table2.csv", "../bureau.yaml", "图.png")


def truncate(path, size):
    with path.open("wb") as file:
        file.truncate(size)


def report(root):
    return write(root, narrative="## 一、总体情况\n\n![图](图.png)\n\n## 五、存在的主要问题及改进情况\n\n改进。\n")


@pytest.fixture
def paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the name of a socket is short
    made = report(Path("params"))
    (made.folder / "图.png").write_bytes(PNG)
    return made


@pytest.mark.by_turns(7)
@POSIX
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("odd", ODD)
def test_in_the_place_of_any_input_it_is_a_fault_of_the_report(paths, odd, name):
    (paths.folder / name).unlink()
    ODD[odd](paths.folder / name)
    with pytest.raises(DataError) as error:
        load(BUREAU, 2024, paths.params)
    [fault] = [one for one in error.value.faults if one.source.file.endswith(Path(name).name) or name in one.found]
    assert ("F305" if name == "图.png" else "F101") == fault.code
    assert fault.action


@POSIX
@pytest.mark.parametrize("odd", [one for one in ODD if one not in {"a folder", "a link to itself"}])
def test_beside_the_inputs_it_is_named_once_and_the_report_is_built(paths, odd):
    ODD[odd](paths.folder / "旁边.bin")
    (paths.folder / "里面").mkdir()
    ODD[odd](paths.folder / "里面" / "旁边.bin")
    ODD[odd](paths.folder.parent / "旁边.bin")
    notes = [one for one in load(BUREAU, 2024, paths.params).findings if one.code == "I113"]
    assert ["../旁边.bin", "旁边.bin", "里面/旁边.bin"] == sorted(note.source.file for note in notes)


@POSIX
@pytest.mark.parametrize("linked", ["report.yaml", "narrative.md", "table2.csv", "../bureau.yaml", "图.png", ".", ".."])
def test_a_link_that_leaves_params_is_refused_for_every_input(paths, linked, tmp_path):
    inside = (paths.folder / linked).resolve()
    outside = tmp_path / "secret" / inside.name
    outside.parent.mkdir()
    inside.rename(outside)
    inside.symlink_to(outside)
    with pytest.raises(DataError) as error:
        load(BUREAU, 2024, paths.params)
    assert any("指向 params/ 之外的链接" in fault.found for fault in error.value.faults)


@pytest.mark.by_turns(2)
@POSIX
@pytest.mark.parametrize("linked", ["report.yaml", "narrative.md", "table2.csv", "../bureau.yaml", "图.png", ".", ".."])
def test_a_link_inside_params_is_fine_and_params_itself_may_be_one(paths, linked, tmp_path):
    inside = (paths.folder / linked).resolve()
    kept = tmp_path / "params" / "_kept" / inside.name
    kept.parent.mkdir()
    inside.rename(kept)
    inside.symlink_to(os.path.relpath(kept, inside.parent))
    (tmp_path / "linked").symlink_to("params")
    before = load(BUREAU, 2024, "params").read
    assert before == load(BUREAU, 2024, "linked").read
    assert {Path(name).name for name in before} >= {"bureau.yaml", "report.yaml", "narrative.md", "table2.csv", "图.png"}


def test_a_document_knows_the_hash_of_all_it_was_made_from(tmp_path):
    root = tmp_path / "params"
    write(root, 2023)
    paths = report(root)
    (paths.folder / "图.png").write_bytes(PNG)
    (paths.folder / "别的.bin").write_bytes(b"1")
    names = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file() and path.name != "别的.bin"]
    expected = {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in names}
    assert expected == load(BUREAU, 2024, root).read
    assert {"shili-ceshi/2023/table3.csv", "shili-ceshi/2024/图.png", "shili-ceshi/bureau.yaml"} <= {*expected}


@pytest.mark.parametrize(("name", "limit"), [("report.yaml", 2), ("narrative.md", 2), ("table2.csv", 2), ("图.png", 16)])
def test_a_file_beyond_the_cap_is_refused_with_the_cap_and_how_to_move_it(tmp_path, name, limit, monkeypatch):
    path = tmp_path / name
    truncate(path, limit << 20)
    assert len(read_file(path)) == limit << 20
    truncate(path, (limit << 20) + 1)
    with pytest.raises(NotRead) as error:
        read_file(path)
    assert (Why.LARGE, f"有 {limit}.0 MiB，超过上限 {limit} MiB") == (error.value.why, error.value.found)
    assert VARIABLE in error.value.action
    monkeypatch.setenv(VARIABLE, "3")
    assert len(read_file(path)) == (limit << 20) + 1
    monkeypatch.setenv(VARIABLE, "1")
    truncate(path, (limit << 19) + 1)
    assert InputFiles(tmp_path).digest(path) == Why.LARGE
    assert [(path, Why.LARGE)] == list(InputFiles(tmp_path).walk(tmp_path))


@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "9999", "９"])
def test_a_cap_that_is_no_number_is_the_operators_mistake(value, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, value)
    truncate(tmp_path / "a.yaml", 3 << 20)
    with pytest.raises(UsageError, match=VARIABLE):
        read_file(tmp_path / "a.yaml")
    with pytest.raises(UsageError, match=VARIABLE):
        InputFiles(tmp_path)  # before any file is read


@LINUX
def test_a_file_without_an_end_is_read_no_further_than_the_cap():
    """What says that it has no bytes may have any number of them."""
    with pytest.raises(NotRead):
        read_file(Path("/proc/self/pagemap"))


@POSIX
def test_a_path_that_leads_up_stays_inside(tmp_path):
    root = tmp_path / "params"
    root.mkdir()
    (tmp_path / "secret").write_text("x")
    (root / "own").write_text("y")
    files = InputFiles(root)
    with pytest.raises(NotRead):
        files.read(root / ".." / "secret")
    assert files.read(root / ".." / "params" / "own") == b"y"


@POSIX
def test_folders_that_link_to_each_other_are_walked_once(tmp_path):
    for name, other in (("a", "b"), ("b", "a")):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(name)
        (tmp_path / name / "other").symlink_to(f"../{other}")
        (tmp_path / name / "self").symlink_to(".")
        (tmp_path / name / "up").symlink_to("..")
    found = [path.relative_to(tmp_path).as_posix() for path, why in InputFiles(tmp_path).walk(tmp_path / "a")]
    assert ["a/a.txt", "a/other/b.txt"] == found


@LINUX
def test_what_its_owner_has_closed_is_named_and_harms_its_own_report_alone(tmp_path):
    if os.geteuid() == 0:
        tmp_path.chmod(0o755)
        for folder in tmp_path.parents[:3]:  # each process of pytest-xdist has a folder of its own
            folder.chmod(0o755)
    paths = report(tmp_path / "params")
    (paths.folder / "图.png").write_bytes(PNG)
    write(tmp_path / "params", bureau="shili-other")
    (paths.folder / "图.png").chmod(0)
    (paths.folder / "旁边.bin").write_bytes(b"1")
    (paths.folder / "旁边.bin").chmod(0)
    (paths.folder / "里面").mkdir(mode=0)
    was = os.geteuid()
    try:
        os.seteuid(65534 if was == 0 else was)
        files = InputFiles(paths.params)
        found = {path.name: why for path, why in files.walk(paths.folder) if why}
        assert {"图.png": Why.DENIED, "旁边.bin": Why.DENIED, "里面": Why.DENIED} == found
        assert files.digest(paths.folder / "图.png") == "unreadable"
        with pytest.raises(DataError, match="没有读取权限"):
            load(BUREAU, 2024, paths.params)
        assert read(write_paths(paths, "shili-other"))[1] == ()
    finally:
        os.seteuid(was)


def write_paths(paths, bureau):
    return type(paths)(paths.params, bureau, paths.year)
