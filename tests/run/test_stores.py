"""What every store promises, in a folder and at an address."""

import pickle

import pytest

from machine import ROOT_ON_LINUX
from nianbao.digests import digest
from nianbao.errors import BusyError, UsageError
from nianbao.job_id import ReportId, RunId
from nianbao.run import seal
from nianbao.run.job import Verdict
from nianbao.run.manifest import NAME
from nianbao.run.store.address import Address
from nianbao.run.store.bucket import BucketStore
from nianbao.run.store.local import LocalStore
from nianbao.run.store.lock import lock
from nianbao.run.store.objects import Objects
from nianbao.run.store.store import INDEX, LOG
from records import finding, manifest

ONE, OTHER, RUN = ReportId("shili-jyj", 2019), ReportId("shili-jyj", 2020), RunId("trends", "north [1]#")
FILES = {"report.html": "<p>一份报告</p>", "report.json": "{}"}
PAGE = f'<meta name="generator" content="nianbao">{{}}{seal.HTML}{seal.BLANK} -->\n'


class Folder:
    """A store in a folder, and how a person reaches what lies in it."""

    def __init__(self, root):
        self.store, self.root = LocalStore(root), root

    def again(self):
        return LocalStore(self.root)

    def elsewhere(self):
        for scratch in self.root.glob(".nianbao-scratch-*"):
            scratch.rmdir()
        return LocalStore(self.root)

    def own(self, job):
        return str(job)

    def put(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def remove(self, name):
        (self.root / name).unlink()

    def read(self, name):
        return (self.root / name).read_text("utf-8") if (self.root / name).is_file() else None


class Away:
    """A store at an address, likewise."""

    def __init__(self, bucket, work):
        self.bucket, self.work = bucket, work
        self.store = self.again()

    def again(self):
        return BucketStore(Objects(Address("s3", f"{self.bucket.name}/outputs")), self.work, lease=5, holder="the build")

    def elsewhere(self):
        return BucketStore(Objects(Address("s3", f"{self.bucket.name}/others")), self.work, holder="the build")

    def own(self, job):
        raw = self.bucket.objects()[f"{job}/{NAME}"]
        return f"{job}/{digest(raw)[:16]}"

    def put(self, name, text):
        self.bucket.put(f"outputs/{name}", text.encode())

    def remove(self, name):
        self.bucket.system.rm_file(f"{self.bucket.name}/outputs/{name}")

    def read(self, name):
        raw = self.bucket.objects().get(name)
        return None if raw is None else raw.decode()


@pytest.fixture(params=["folder", "address"])
def there(request, tmp_path):
    if request.param == "folder":
        return Folder(tmp_path / "outputs")
    return Away(request.getfixturevalue("bucket"), tmp_path / "work")


@pytest.fixture
def held(there):
    """The same, locked for the test."""
    with there.store.locked():
        yield there


def publish(store, job, files=FILES, **more):
    stage = store.stage(job)
    for name, text in files.items():
        (stage / name).write_text(text, "utf-8", newline="\n")
    about = {} if isinstance(job, ReportId) else {"name": str(job), "bureau": None, "bureau_name": None, "year": None}
    record = manifest(str(job) if isinstance(job, ReportId) else "shili-jyj/2019", formats=("html",), **more)
    return store.publish(stage, job, record.model_copy(update=about))


def test_what_is_published_is_there_whole_and_nothing_else_is(held):
    store = held.store
    assert (store.ids(), store.record(ONE), store.manifest(ONE)) == ([], None, None)
    for job in (ONE, RUN):
        assert publish(store, job) == []
    for one in (held.again(), pickle.loads(pickle.dumps(store))):
        assert one.ids() == [RUN, ONE]
        found = one.manifest(ONE, deep=True)
        assert {name: output.sha256 for name, output in found.outputs.items()} == {
            name: digest(text.encode()) for name, text in FILES.items()
        }
        assert one.record(ONE) == found
        assert one.files(ONE) == sorted(FILES)
        assert one.read(ONE, "report.html").decode() == FILES["report.html"]
        assert one.size(ONE, "report.json") == 2
        assert held.read(one.address(RUN, "report.html")) == FILES["report.html"]
        assert one.place(ONE, "report.html").endswith(one.address(ONE, "report.html"))
        assert (one.record(OTHER), one.manifest(OTHER), one.files(OTHER), one.strangers()) == (None, None, [], [])
        with pytest.raises(FileNotFoundError):
            one.read(OTHER, "report.html")


def test_a_machine_that_reaches_another_place_under_the_same_name_says_so(held):
    with held.store.scratch() as folder:
        pickle.loads(pickle.dumps(held.store)).require_reached(folder)
        with pytest.raises(UsageError, match="same"):
            held.elsewhere().require_reached(folder)


@pytest.mark.slow
def test_another_build_of_a_report_takes_the_place_of_the_first_in_whole(held):
    publish(held.store, ONE, FILES | {"old.csv": "1"})
    before = held.own(ONE)
    publish(held.store, ONE, FILES | {"report.html": "另一份"}, title="另一份")
    one = held.again()
    assert one.manifest(ONE, deep=True).title == "另一份"
    assert one.read(ONE, "report.html").decode() == "另一份"
    assert held.again().repair() == []
    assert held.again().manifest(ONE, deep=True)
    if held.own(ONE) != before:
        assert held.read(f"{before}/report.html") is None


@pytest.mark.by_turns(6)
@pytest.mark.parametrize("damage", ["missing", "longer", "changed"])
def test_a_folder_that_does_not_match_its_manifest_is_not_trusted(held, damage):
    publish(held.store, ONE)
    name = f"{held.own(ONE)}/report.html"
    if damage == "missing":
        held.remove(name)
    else:
        held.put(name, FILES["report.html"] + " " if damage == "longer" else FILES["report.html"].replace("一", "二"))
    one = held.again()
    assert one.record(ONE)
    assert (one.manifest(ONE) is None) == (damage != "changed")
    assert one.manifest(ONE, deep=True) is None
    publish(held.store, ONE)
    assert held.again().manifest(ONE, deep=True)


def test_a_manifest_that_was_changed_is_none(held):
    publish(held.store, ONE)
    for changed in ("", "{}", "not json", " "):
        held.put(f"{ONE}/{NAME}", changed)
        one = held.again()
        assert (one.record(ONE), one.manifest(ONE), one.ids()) == (None, None, [ONE]), changed
    publish(held.store, ONE)
    assert held.again().manifest(ONE)


def test_a_copy_of_another_reports_manifest_is_none(held):
    publish(held.store, ONE)
    held.put(f"{OTHER}/{NAME}", held.read(f"{ONE}/{NAME}"))
    assert held.again().record(OTHER) is None


def test_what_people_put_beside_a_report_is_kept_and_said_through_other_builds(held):
    publish(held.store, ONE)
    held.put(f"{held.own(ONE)}/批注.txt", "甲")
    assert held.again().files(ONE) == sorted([*FILES, "批注.txt"])
    publish(held.store, ONE, FILES | {"report.html": "另一份"})
    held.again().repair()
    one = held.again()
    assert one.files(ONE) == sorted([*FILES, "批注.txt"])
    assert one.read(ONE, "批注.txt").decode() == "甲"


@pytest.mark.slow
def test_what_people_put_under_a_name_that_a_report_needs_is_put_aside(held):
    publish(held.store, ONE)
    held.put(f"{held.own(ONE)}/more.csv", "甲")
    moved = publish(held.store, ONE, FILES | {"more.csv": "乙"})
    said = held.again().repair()
    [place] = moved or [line.rpartition(" is in ")[2].removesuffix(" now") for line in said]
    assert (place.startswith(".kept/"), held.read(place)) == (True, "甲")
    assert held.again().read(ONE, "more.csv").decode() == "乙"


@pytest.mark.slow
def test_a_published_file_that_somebody_has_changed_is_kept_and_that_is_said(held):
    """A reviewer's comments, say: whether the next build makes that file or not, and also where it is as long as it was."""
    publish(held.store, ONE, FILES | {"report.docx": "一二三", "report.txt": "一"})
    for name, text in (("report.docx", "一改三"), ("report.txt", "一，批注"), ("report.html", "长了的一份报告")):
        held.put(f"{held.own(ONE)}/{name}", text)
    moved = publish(held.again(), ONE, FILES | {"report.txt": "一，批注"})
    said = held.again().repair()
    places = moved or [line.rpartition(" is in ")[2].removesuffix(" now") for line in said]
    assert sorted(held.read(place) for place in places) == ["一改三", "长了的一份报告"]
    assert all(place.startswith(".kept/") for place in places)
    assert held.again().files(ONE) == sorted([*FILES, "report.txt"])
    assert (held.again().repair(), publish(held.again(), ONE)) == ([], [])


def test_of_a_failed_job_the_store_keeps_what_tells_why_until_it_succeeds(held):
    stage = held.store.stage(ONE)
    (stage / LOG).write_text("先前的话\n", "utf-8")
    assert held.store.fail(stage, ONE, "Traceback: 甲").endswith(str(ONE))
    one = held.again()
    assert held.read(one.failure(ONE)) == "Traceback: 甲"
    assert (one.failures(), one.log(ONE), one.failure(OTHER), one.ids()) == ([ONE], "先前的话\n", "", [])
    assert not stage.exists()
    publish(held.store, ONE)
    one = held.again()
    assert (one.failures(), one.failure(ONE), one.log(ONE)) == ([], "", "")


def test_what_a_lost_process_left_is_kept(held):
    stage = held.store.stage(ONE)
    (stage / LOG).write_text("先前的话\n", "utf-8")
    assert held.store.lost(ONE, "被杀\n").endswith(str(ONE))
    assert (held.again().log(ONE), held.store.lost(OTHER, "被杀")) == ("先前的话\n", "")


def test_the_log_of_a_good_report_goes_with_its_next_success(held):
    assert held.store.keep_log(ONE, "") == ""
    assert held.store.keep_log(ONE, "话").endswith(f"{ONE}.log")
    assert held.read(f".logs/{ONE}.log") == "话"
    assert held.store.keep_log(ONE, "") == ""
    assert held.read(f".logs/{ONE}.log") is None


def test_a_verdict_is_kept_under_its_key(held):
    verdict = Verdict(ONE, (finding("W201"),), "标题")
    held.store.keep_verdict(verdict, "key")
    one = held.again()
    assert one.verdict(ONE, "key").title == "标题"
    assert (one.verdict(ONE).title, one.verdict(ONE, "another"), one.verdict(OTHER)) == ("标题", None, None)
    name = f".checked/{ONE}.json"
    held.put(name, held.read(name).replace("标题", "别的"))
    assert held.again().verdict(ONE) is None


def test_where_nothing_has_been_built_a_check_leaves_nothing(there):
    there.store.keep_verdict(Verdict(ONE), "key")
    assert there.read(f".checked/{ONE}.json") is None


def test_the_index_is_written_in_whole_and_one_changed_by_hand_is_put_aside(held):
    text = seal.sealed(PAGE, seal.HTML)
    assert held.store.index() is None
    assert held.store.write_index(text).endswith(INDEX)
    assert held.again().index().decode() == text
    held.put(INDEX, text.replace("nianbao", "nianbao", 1) + "手写")
    with pytest.raises(UsageError, match="changed by hand"):
        held.store.write_index(text)
    [said] = held.again().repair()
    assert ".kept/index.html" in said
    assert (held.again().index(), held.read(".kept/index.html")) == (None, text + "手写")


def test_a_foreign_index_stops_a_build_before_it_begins(there):
    there.put(INDEX, "<p>别的网站</p>")
    with pytest.raises(UsageError, match="is not nianbao's"), there.store.locked():
        pass
    assert there.read(INDEX) == "<p>别的网站</p>"


def test_one_build_at_a_time(held):
    with pytest.raises(BusyError, match="in use by"), held.again().locked():
        pass
    publish(held.store, ONE)


def test_a_store_that_was_given_back_is_free_at_once(there):
    for _ in range(3):
        with there.again().locked():
            pass


def test_what_would_refuse_a_build_is_known_without_writing(there):
    assert there.again().refusals() == []
    assert there.read(".nianbao-lock") is None
    with there.store.locked():
        [why] = there.again().refusals()
        assert "is in use by" in why or "is locked by" in why
        there.store.write_index(seal.sealed(PAGE.format("一"), seal.HTML))
    assert there.again().refusals() == []
    there.put("index.html", "a page of somebody's")
    there.put(".nianbao-lock", "a text of somebody's")
    said = there.again().refusals()
    assert ["is not nianbao's lock" in one for one in said] == [True, False]
    assert "index.html is not nianbao's" in said[1]


def test_a_build_waits_for_who_only_looks_at_the_lock(tmp_path, monkeypatch):
    store = LocalStore(tmp_path)
    with store.locked():
        pass
    with (tmp_path / ".nianbao-lock").open("rb") as file:
        lock(file.fileno(), shared=True)
        monkeypatch.setattr("nianbao.run.store.lock.time.sleep", lambda seconds: file.close())  # has looked meanwhile
        with store.locked():
            pass


@ROOT_ON_LINUX
def test_a_folder_that_takes_nothing_is_known_without_writing(small_disk):
    root = small_disk("size=1m,ro")
    for folder in (root, root / "outputs"):
        assert LocalStore(folder).refusals() == [f"cannot write to {root}: Read-only file system"]


def test_a_file_where_outputs_should_be_is_known_without_writing(tmp_path):
    (tmp_path / "outputs").touch()
    assert "is no folder" in LocalStore(tmp_path / "outputs").refusals()[0]


def test_a_foreign_lock_is_refused(there):
    there.put(".nianbao-lock", "meins")
    with pytest.raises(UsageError, match="is not nianbao's lock"), there.store.locked():
        pass


def test_what_belongs_to_no_report_is_named_by_the_highest_folder_that_is_not(held):
    publish(held.store, ONE)
    publish(held.store, RUN)
    for name in (
        "信函.txt",
        "信函/甲/乙.txt",
        "shili-jyj/信函/甲.txt",
        "notebooks/trends/.甲/乙.txt",
    ):
        held.put(name, "甲")
    assert held.again().strangers() == ["notebooks/trends/.甲", "shili-jyj/信函", "信函", "信函.txt"]
