"""What a store says of what lies in it: links, leftovers, and who holds it."""

import os
import pickle
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from machine import POSIX
from nianbao.errors import BusyError, UsageError
from nianbao.job_id import ReportId
from nianbao.run import scratch
from nianbao.run.store.local import LocalStore
from nianbao.run.verify import Proven, against_manifests
from nianbao.starting import starter
from records import manifest

ONE = ReportId("shili-jyj", 2019)


@pytest.fixture
def store(tmp_path):
    return LocalStore(tmp_path / "outputs")


def publish(store):
    stage = store.stage(ONE)
    (stage / "report.html").write_text("文字", "utf-8")
    store.publish(stage, ONE, manifest(str(ONE)))


@pytest.mark.parametrize("linked", ["shili-jyj", "shili-jyj/2019"])
def test_a_folder_that_is_a_link_to_another_is_no_sound_report_and_is_called_a_link(store, tmp_path, linked):
    other = LocalStore(tmp_path / "other")
    publish(other)
    assert other.manifest(ONE)
    place = store.root / linked
    place.parent.mkdir(parents=True)
    place.symlink_to(other.root / linked)
    [proof] = against_manifests(store, [ONE])
    assert (Proven.DAMAGED, True) == (proof.state, "it is or lies in a link" in "".join(proof.details))
    assert store.manifest(ONE) is None


def test_what_a_killed_build_left_for_its_checks_is_nobody_elses(store):
    for name in (".nianbao-scratch-abcd1234", "c1-b10/.nianbao-stage-2024-abcd1234", "信函"):
        (store.root / name).mkdir(parents=True)
    assert ["信函"] == store.strangers()


def test_who_holds_a_store_is_said_in_words(store, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with store.locked():
        with pytest.raises(BusyError) as caught, LocalStore(store.root).locked():
            pass
        assert f"正由进程 {os.getpid()} 使用" in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_new_report_in_a_folder_where_nobody_may_write_is_a_clear_error(tmp_path):
    params = tmp_path / "params"
    params.mkdir(mode=0o500)
    with pytest.raises(UsageError, match="cannot write to"):
        starter.create(params, "shili-jyj", 2024)


def test_a_new_report_where_a_file_is_in_the_way_is_a_clear_error(tmp_path):
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "shili-jyj").write_text("", "utf-8")
    with pytest.raises(UsageError, match="cannot write to"):
        starter.create(tmp_path / "params", "shili-jyj", 2024)


def test_a_check_that_wakes_late_takes_nothing_from_who_reads_what_it_keeps(tmp_path):
    job = SimpleNamespace(read=tmp_path / "0", seal=b"seal")
    scratch.keep(job, ["first"])
    with job.read.open("rb") as reader:
        first = job.read.read_bytes()
        scratch.keep(job, ["second"])
        assert reader.read() == first
    assert list(tmp_path.iterdir()) == [job.read]
    assert pickle.loads(scratch.kept(job)) == ["second"]


@POSIX
@pytest.mark.parametrize(
    "put", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/dev/zero")], ids=["folder", "pipe", "zeros"]
)
def test_what_a_cell_puts_in_the_place_of_what_a_check_keeps_stops_neither_check_nor_build(tmp_path, put):
    job = SimpleNamespace(read=tmp_path / "0", seal=b"seal")
    put(job.read)
    assert scratch.kept(job) == b""
    scratch.keep(job, ["first"])
    assert scratch.kept(job) in {b"", pickle.dumps(["first"])}
