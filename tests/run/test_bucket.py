"""Params and outputs at addresses: the bytes of a folder, nothing trusted that is not whole, nothing lost, no key said."""

import contextlib
import json
import subprocess
import sys
import time

import pytest

import nianbao as kit
from nianbao.digests import digest
from nianbao.errors import BusyError, NianbaoError, StoreError, UsageError
from nianbao.job_id import ReportId
from nianbao.run.manifest import NAME
from nianbao.run.store import connection
from nianbao.run.store.address import Address, place_of
from nianbao.run.store.bucket import BucketStore
from nianbao.run.store.objects import Objects
from nianbao.run.store.store import INDEX
from nianbao.run.verify import against_manifests
from project import add_cell, make, nianbao, outputs, states
from records import manifest

pytestmark = pytest.mark.slow  # a real server, and requests by the hundred
ONE, OTHER = ReportId("shili-jyj", 2019), ReportId("shili-jyj", 2020)


@pytest.fixture(scope="module")
def built(once):
    """A project that has been built into a folder; to be read only."""
    return once("built", lambda folder: nianbao("build", cwd=make(folder)))[0]


@pytest.fixture
def store(bucket, tmp_path):
    return store_at(bucket, tmp_path / "work")


def store_at(bucket, work, lease=1, **more):
    return BucketStore(Objects(Address("s3", f"{bucket.name}/outputs")), work, lease=lease, **more)


def publish(store, job=ONE, text="一份报告", **more):
    stage = store.stage(job)
    (stage / "report.html").write_text(text, "utf-8")
    (stage / "report.json").write_text("{}", "utf-8")
    return store.publish(stage, job, manifest(str(job), formats=("html",), **more))


def test_what_is_published_at_an_address_is_what_is_published_in_a_folder(built, bucket):
    words = ("--outputs", bucket.address())
    assert set(states("build", *words, cwd=built).values()) == {"已发布"}
    assert bucket.published() == outputs(built)
    assert set(states("plan", *words, cwd=built).values()) == {"未变"}
    assert set(states("build", *words, cwd=built).values()) == {"未变"}
    assert set(states("verify", *words, cwd=built).values()) == {"一致"}
    assert bucket.published() == outputs(built)


def test_params_at_an_address_give_the_same_bytes_in_a_bucket_and_in_a_folder(built, bucket, tmp_path):
    for part in ("params", "notebooks"):
        bucket.copy_in(built / part, f"home/{part}")
    words = ("--params", bucket.address("home/params"))
    assert set(states("build", *words, cwd=tmp_path).values()) == {"已发布"}
    assert bucket.published("home/outputs") == outputs(built)
    assert set(states("verify", *words, cwd=tmp_path).values()) == {"一致"}
    assert set(states("build", *words, "--outputs", tmp_path / "outputs", cwd=tmp_path).values()) == {"已发布"}
    assert outputs(tmp_path) == outputs(built)
    found = json.loads(nianbao("check", *words, "--unbound", "--format", "json", cwd=tmp_path)[0])
    assert [one["name"] for one in found["reports"]] == ["shili-jyj/2019", "shili-jyj/2020"]
    notebook = f"{bucket.address('home')}/notebooks/trends.ipynb"
    assert states("build", *words, "--to", "html", "--notebook", notebook, cwd=tmp_path) == {
        "notebooks/trends/shili-jyj": "已发布"
    }
    for given in (words, ()):
        _, err = nianbao("build", *given, "--notebook", "s3://another/notebooks/x.ipynb", cwd=built, code=2)
        assert "笔记本 s3://another/notebooks/x.ipynb 不在参数旁边" in err


def test_a_file_address_is_a_folder(built, tmp_path):
    outside = tmp_path / "出处"
    words = ("--params", f"file://{built / 'params'}", "--outputs", f"file://{outside}", "--to", "html")
    assert set(states("build", *words, cwd=tmp_path).values()) == {"已发布"}
    assert (outside / "shili-jyj" / "2019" / "report.html").is_file()


def test_a_local_build_imports_nothing_that_addresses_need(tmp_path):
    project = make(tmp_path)
    far = ["fsspec", "s3fs", "aiobotocore", "aiohttp", "nianbao.run.store.bucket"]
    add_cell(project, f"import sys\nassert not {far} & sys.modules.keys()".replace("[", "{").replace("]", "}"))
    script = "import nianbao, sys; built = nianbao.build(to='html', years=2020)\n"
    script += f"print(built.is_good, sorted({{*{far}}} & {{*sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=False)
    assert done.stdout == "True []\n", done.stdout + done.stderr


# Addresses and errors.


@pytest.mark.parametrize(
    "address",
    ["s3://AKIA:geheim@bucket/x", "s3://geheim@bucket", "s3://bucket/x?sig=geheim", "az://a:geheim@b/c", "s3:/a:geheim@b"],
)
def test_an_address_with_a_key_in_it_is_refused_and_not_repeated(built, address):
    for option in ("--params", "--outputs"):
        for words in (("build",), ("plan",), ("verify",), ("check",)):
            out, err = nianbao(*words, option, address, cwd=built, code=2)
            assert "geheim" not in out + err
            assert "AWS_ACCESS_KEY_ID" in err
    out, err = nianbao("new", "shili-ceshi", "2024", "--params", address, cwd=built, code=2)
    assert "geheim" not in out + err


@pytest.mark.parametrize(
    "address", ["s3://", "s3:///a", "s3://b/../a", "s3://b//a", "s3://b/\n", "s3://b/a#b", "ftp://b/a", "http://b/a"]
)
def test_an_address_that_names_no_place_is_refused(address):
    with pytest.raises(UsageError):
        place_of(address)


def test_addresses_and_paths_are_told_apart(tmp_path):
    assert place_of("s3://bucket/a/b/") == Address("s3", "bucket/a/b")
    assert place_of("abfs://container@account.dfs.core.windows.net/a") == Address(
        "abfs", "container@account.dfs.core.windows.net/a"
    )
    assert [place_of(one) for one in ("outputs", "C:/a", "C:\\a", tmp_path)] == [
        type(tmp_path)(one) for one in ("outputs", "C:/a", "C:\\a", tmp_path)
    ]
    assert place_of(f"file://{tmp_path}") == tmp_path
    assert place_of(type(tmp_path)("s3://bucket/a")) == Address("s3", "bucket/a")


@pytest.mark.parametrize(("params", "outputs"), [("a/params", "a/params/outputs"), ("a/params", "a"), ("a", "a")])
def test_outputs_in_params_are_refused(bucket, params, outputs):
    with pytest.raises(UsageError, match="two folders, neither inside the other"):
        kit.plan(bucket.address(params), bucket.address(outputs))


def test_each_thing_that_can_be_wrong_is_one_sentence_without_keys(built, bucket, tmp_path):
    def said(*words, **environment):
        out, err = nianbao(*words, cwd=built, code=2, **bucket.environment | environment)
        for secret in (*bucket.environment.values(), "anders", "Traceback"):
            assert secret not in out + err or secret == bucket.environment["AWS_DEFAULT_REGION"]
        return err

    address = bucket.address()
    assert f"没有存储桶 {bucket.name}-x" in said("build", "--outputs", f"s3://{bucket.name}-x/outputs")
    assert "连接不上" in said("plan", "--outputs", address, AWS_ENDPOINT_URL="http://wer:anders@127.0.0.1:9")
    assert "pip install 'nianbao[gcs]'" in said("build", "--outputs", "gs://bucket/outputs")
    assert "之下没有对象" in said("build", "--params", bucket.address("nothing"))
    empty = {name: "" for name in bucket.environment if name != "AWS_ENDPOINT_URL"}
    nowhere = {"AWS_EC2_METADATA_DISABLED": "true", "HOME": str(tmp_path), "AWS_CONFIG_FILE": str(tmp_path / "none")}
    assert "没有权限" in said("build", "--outputs", address, **empty, **nowhere)


@pytest.mark.usefixtures("impatient")
def test_a_store_that_refuses_says_so(built, bucket, proxy):
    proxy.refused = 1.0
    with pytest.raises(UsageError, match="asked too much"):
        kit.plan(built / "params", bucket.address())


@pytest.mark.parametrize("method", ["HEAD", "GET", "PUT"])
def test_a_store_that_is_busy_for_more_than_the_library_waits_is_asked_again(impatient, store, bucket, proxy, method):
    """botocore asks twice."""
    bucket.put("outputs/note", b"there")
    asked = []

    def after(what, path, answer):
        asked.extend([path] * (what == method))
        return (503, [], b"") if what == method and len(asked) <= 2 else answer

    proxy.after = after
    one = store.objects
    given = {"HEAD": lambda: one.look("note").size, "GET": lambda: one.read("note"), "PUT": lambda: one.write("new", b"1")}
    assert given[method]() == {"HEAD": 5, "GET": b"there", "PUT": None}[method]
    assert len(asked) == 3


def test_an_upload_that_is_refused_fails_its_report_in_words_and_no_other_and_says_no_key(built, bucket, proxy, tmp_path):
    def after(method, path, answer):
        return (403, [], b"") if method == "PUT" and "2020/" in path and path.endswith("report.html") else answer

    proxy.after = after
    words = ("--outputs", bucket.address(), "--to", "html", "--events", tmp_path / "events.jsonl")
    out, err = nianbao("build", *words, cwd=built, code=1)
    assert "没有权限（403）" in out + err
    objects = bucket.objects()
    assert {f"{NAME}", "report.html"} <= {name.rpartition("/")[2] for name in objects if name.startswith("shili-jyj/2019/")}
    assert f"shili-jyj/2020/{NAME}" not in objects
    assert ".failed/shili-jyj/2020/traceback.txt" in objects
    said = [
        out,
        err,
        (tmp_path / "events.jsonl").read_text("utf-8"),
        *(raw.decode("utf-8", "replace") for raw in objects.values()),
    ]
    secrets = [value for name, value in bucket.environment.items() if "KEY" in name]
    assert [secret for secret in secrets for text in said if secret in text] == []
    proxy.after = lambda method, path, answer: answer
    assert set(states("build", *words[:4], cwd=built).values()) == {"已发布", "未变"}
    assert ".failed/shili-jyj/2020/traceback.txt" not in bucket.objects()


def test_what_fsspec_takes_from_its_own_variables_holds(built, bucket):
    elsewhere = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "FSSPEC_S3_ENDPOINT_URL": bucket.endpoint}
    words = ("plan", "--outputs", bucket.address())
    assert set(states(*words, cwd=built, **elsewhere).values()) == {"待核查"}


def test_a_large_file_goes_in_parts_of_which_nothing_is_trusted_when_they_break_off(store, bucket, proxy):
    def publish_large():
        stage = store.stage(ONE)
        with (stage / "large.bin").open("wb") as file:
            file.truncate(101 * 2**20)
        store.publish(stage, ONE, manifest(str(ONE)))

    with store.locked():
        publish(store)
        proxy.after = lambda method, path, answer: (403, [], b"") if "partNumber=2" in path else answer
        with pytest.raises(UsageError, match="no permission"):
            publish_large()
        found = store_at(bucket, store.work, holder=store.holder)
        assert [*found.manifest(ONE, deep=True).outputs] == ["report.html", "report.json"]
        assert not any("large.bin" in name for name in bucket.objects())
        assert {*found.repair()} == {"removed an unfinished shili-jyj/2019"}
        proxy.after = lambda method, path, answer: answer
        publish_large()
        assert store_at(bucket, store.work).manifest(ONE, deep=True)


# One listing for many reports.


def test_hundreds_of_reports_are_few_requests_and_not_one_after_the_other(bucket, proxy, tmp_path):
    jobs = [ReportId("shili-jyj" + f"-{number}", 2019) for number in range(600)]
    texts = {}
    for job in jobs:
        raw = manifest(str(job), formats=("html",)).to_json().encode()
        texts |= {f"{job}/{NAME}": raw, f"{job}/{digest(raw)[:16]}/{NAME}": raw}
    put = Objects(Address("s3", f"{bucket.name}/outputs"))
    from nianbao.run.store.objects import at_a_time

    at_a_time(lambda name: put.write(name, texts[name]), texts)
    proxy.asked.clear()
    proxy.delay, proxy.most = 0.05, 0  # on a busy machine the rest takes half as long as all delays in a row
    store, begin = store_at(bucket, tmp_path), time.monotonic()
    assert store.ids() == sorted(jobs)
    assert sum(store.record(job) is not None for job in jobs) == 600
    assert [store.manifest(job) for job in jobs] == [None] * 600  # They list no files.
    assert store.strangers() == []
    # 1,200 objects are listed in two pages.
    assert (proxy.count(listing=True), proxy.count(listing=False), proxy.count(method="HEAD")) == (2, 600, 0)
    assert proxy.most >= 8
    assert time.monotonic() - begin < 600 * proxy.delay


# What is published, and when.


def test_a_published_page_opens_in_a_browser(store, bucket):
    with store.locked():
        publish(store)
    kinds = {
        name.rpartition("/")[2]: bucket.system.info(name)["ContentType"]
        for name in bucket.system.find(f"{bucket.name}/outputs")
    }
    assert kinds["report.html"] == "text/html; charset=utf-8"
    assert kinds["report.json"] == kinds[NAME] == "application/json"


@pytest.mark.parametrize("first", [True, False])
def test_whoever_is_second_to_write_the_manifest_fails_in_words_and_changes_nothing(store, bucket, proxy, first):
    other = store_at(bucket, store.work, lease=9, holder=store.holder)
    done = []

    def before(method, path):
        # Another one publishes when the first has begun to upload.
        if method == "PUT" and "report.html" in path and not done:
            done.append(path)
            publish(other, text="另一份", title="另一份")

    with store.locked():
        if not first:
            publish(store)
        proxy.before = before
        with pytest.raises(NianbaoError, match="somebody else has published it meanwhile"):
            publish(store, text="第一份", title="第一份")
        assert done
        found = store_at(bucket, store.work, holder=store.holder)
        assert found.manifest(ONE, deep=True).title == "另一份"
        found.repair()
        assert found.manifest(ONE, deep=True).title == "另一份"
        assert len([name for name in bucket.objects() if name.startswith("shili-jyj/2019/")]) == 4


def test_a_listing_that_lacks_what_was_just_written_makes_nothing_lost(store, bucket, proxy):
    with store.locked():
        publish(store)
        folder = store.address(ONE, "report.html").rpartition("/")[0]
        proxy.hidden = {f"outputs/{ONE}/{NAME}"}
        late = store_at(bucket, store.work, holder=store.holder)
        assert late.manifest(ONE) is None
        assert late.repair() == []
        proxy.hidden = {f"outputs/{folder}/report.html"}
        late.repair()
        assert late.manifest(ONE) is None
        publish(late, text="另一份", title="另一份")
        proxy.hidden = set()
        assert store_at(bucket, store.work).manifest(ONE, deep=True).title == "另一份"


def test_an_answer_that_is_lost_is_no_write_of_somebody_else(store, bucket, proxy):
    """The store has written, and says 503 all the same: the write that follows stands in its own way."""
    lost = []

    def after(method, path, answer):
        if method == "PUT" and path.endswith(f"2019/{NAME}") and not lost:
            lost.append(path)
            return 503, [], b""
        return answer

    proxy.after = after
    with store.locked():
        publish(store)
    assert lost
    assert store_at(bucket, store.work).manifest(ONE, deep=True)


def test_what_is_published_is_no_failure_though_nothing_old_can_be_removed(store, bucket, proxy):
    def refusing(method, path, answer):
        return (403, [], b"") if method == "DELETE" or (method == "POST" and "delete" in path) else answer

    with store.locked():
        failing = store.stage(ONE)
        (failing / "output.log").write_text("一", "utf-8")
        store.fail(failing, ONE, "because")
        proxy.after, before = refusing, proxy.after
        assert publish(store) == []
        proxy.after = before
    assert store.manifest(ONE).title
    assert bucket.published()["shili-jyj/2019/report.html"] == "一份报告".encode()


def test_a_half_upload_is_removed_and_what_a_person_put_into_it_is_not(store, bucket):
    raw = manifest(str(ONE), formats=("html",)).to_json().encode()
    half = f"outputs/{ONE}/{digest(raw)[:16]}"
    bucket.put(f"{half}/{NAME}", raw)
    bucket.put(f"{half}/批注.txt", b"1")
    bucket.put(f"outputs/{ONE}/0123456789abcdef/{NAME}", b"{}")  # a person's, under such a name
    with store.locked():
        assert store.repair() == []
        assert {f"{ONE}/0123456789abcdef/{NAME}", f"{half[8:]}/批注.txt"} <= bucket.objects().keys()
        publish(store)
        store.repair()
        assert store.files(ONE) == sorted(["report.html", "report.json", "批注.txt"])
        assert f"{ONE}/0123456789abcdef/{NAME}" in bucket.objects()


def test_a_store_that_knows_no_conditions_is_refused(store, proxy, bucket):
    for unheard in ({"if-none-match"}, {"if-match"}):
        proxy.unheard = unheard
        with pytest.raises(UsageError, match="builds cannot be kept apart"), store.locked():
            pass


def test_a_lease_is_renewed_and_one_that_is_not_is_taken_over(store, bucket):
    with store.locked():
        time.sleep(2.5)
        with pytest.raises(BusyError, match="in use by another build"), store_at(bucket, store.work).locked():
            pass
        publish(store)
    dead = json.dumps({"holder": "gone", "seconds": 1.0, "renewal": 3}).encode()
    bucket.put("outputs/.nianbao-lock", dead)
    begin = time.monotonic()
    with store_at(bucket, store.work).locked():
        assert time.monotonic() - begin >= 1


FOREIGN = json.dumps({"holder": "other", "seconds": 9.0, "renewal": 0}).encode()


def test_who_has_lost_the_lease_publishes_nothing_more(store, bucket):
    lost = pytest.raises(UsageError, match="publishes nothing more")
    with lost, store.locked():
        stage = store.stage(ONE)
        (stage / "report.html").write_text("", "utf-8")
        bucket.put("outputs/.nianbao-lock", FOREIGN)
        with pytest.raises(UsageError, match="publishes nothing more"):
            store.publish(stage, ONE, manifest(str(ONE)))
        with pytest.raises(UsageError, match="publishes nothing more"):
            store.stage(ONE)
        with pytest.raises(UsageError, match="publishes nothing more"):
            store.write_index("")
        for keep in (lambda: store.fail(stage, ONE, "why"), lambda: store.lost(ONE, "why")):
            with pytest.raises(UsageError, match="publishes nothing more"):
                keep()
        assert f"{ONE}/{NAME}" not in bucket.objects()
        assert not any(name.startswith(".failed/") for name in bucket.objects())


@pytest.mark.parametrize("late", [False, True])
def test_who_has_lost_the_lease_removes_nothing_that_the_other_build_uploads(store, bucket, proxy, late):
    """Also when it loses the lease while it looks: no manifest names the other's files yet."""
    raw = manifest(str(ONE), formats=("html",)).to_json().encode()
    half = f"{ONE}/{digest(raw)[:16]}/{NAME}"

    def take_over():
        bucket.put(f"outputs/{half}", raw)
        bucket.put(f"outputs/{INDEX}", "<p>别的".encode())
        bucket.put("outputs/.nianbao-lock", FOREIGN)

    lost = pytest.raises(UsageError, match="publishes nothing more")
    with lost, store.locked():
        if late:
            proxy.before = lambda method, path: "list-type" in path and half not in bucket.objects() and take_over()
        else:
            take_over()
        assert store.repair() == []
        proxy.before = lambda method, path: None
        assert {half, INDEX} <= bucket.objects().keys()


def test_many_folders_of_earlier_builds_go_in_few_requests(store, bucket, proxy):
    jobs = [ReportId("shili-jyj", year) for year in range(2000, 2010)]
    with store.locked():
        for text in ("一", "二"):
            for job in jobs:
                publish(store, job, text, title=text)
        proxy.asked.clear()
        assert store.repair() == []
        deleted = [path for method, path in proxy.asked if method == "DELETE" or "delete" in path]
        assert (len(deleted), proxy.count(listing=True)) == (1, 1)
    assert len([name for name in bucket.objects() if name.startswith("shili-jyj/")]) == 10 * 4
    assert all(store_at(bucket, store.work).manifest(job, deep=True).title == "二" for job in jobs)


def test_what_a_connection_needs_is_read_before_processes_are_forked(bucket, monkeypatch):
    pytest.importorskip("s3fs")
    monkeypatch.setattr(connection, "_PREPARED", [])
    connection.prepare()
    [loader] = connection._PREPARED
    one = Objects(Address("s3", f"{bucket.name}/outputs"))
    one.write("a", b"1")
    assert one._system.session.get_component("data_loader") is loader
    assert one.read("a") == b"1"


def _other(raw):
    return manifest(str(OTHER), formats=("html",)).to_json().encode()


@pytest.mark.parametrize("where", ["pointer", "copy"])
@pytest.mark.parametrize(
    "damage", [lambda raw: raw[:-9], lambda raw: raw.replace(b"shili", b"shill"), lambda raw: b"", _other, None]
)
def test_a_manifest_of_which_either_copy_is_damaged_is_noticed_and_built_anew(store, bucket, where, damage):
    with store.locked():
        publish(store)
        good = bucket.published()
    pointer = f"{ONE}/{NAME}"
    name = pointer if where == "pointer" else f"{ONE}/{digest(bucket.objects()[pointer])[:16]}/{NAME}"
    if damage:
        bucket.put(f"outputs/{name}", damage(bucket.objects()[name]))
    else:
        bucket.system.rm_file(f"{bucket.name}/outputs/{name}")
    for deep in (False, True):
        assert store_at(bucket, store.work).manifest(ONE, deep) is None
    assert store_at(bucket, store.work).files(ONE) or (where == "pointer" and damage is None)
    [proof] = against_manifests(store_at(bucket, store.work), [ONE])
    said = "is missing" if damage is None else "is not as it was built"
    assert (f"{name} {said}" if where == "copy" else "manifest.json cannot be read") in proof.details[0]
    with store.locked():
        store.repair()
        publish(store)
        store.repair()
    assert bucket.published() == good
    assert store_at(bucket, store.work).manifest(ONE, deep=True)


@pytest.mark.parametrize(
    "words",
    [
        ("new", "shili-jyj", "2030", "--params", "{}/params"),
        ("explain", "E301", "--params", "{}/params"),
        ("import", "--bureau", "shili-jyj", "--year", "2030", "--params", "{}/params", "a.html"),
        ("import", "--bureau", "shili-jyj", "--year", "2030", "{}/a.html"),
        ("build", "--fonts", "{}/fonts"),
        ("build", "--notebook", "notebooks/trends.ipynb", "--set", "{}/rows.csv"),
        ("build", "--events", "{}/events.jsonl"),
    ],
)
def test_what_has_to_be_on_this_machine_is_said_with_what_to_do_and_nothing_is_written(built, words):
    before = sorted(built.rglob("*"))
    _, err = nianbao(*(word.format("s3://bucket/home") for word in words), cwd=built, code=2)
    assert "aws s3 cp" in err
    assert "s3:/" not in err
    assert sorted(built.rglob("*")) == before


def test_a_store_that_only_creates_under_a_condition_is_never_taken_over(bucket, tmp_path, monkeypatch):
    """As gs:// and az:// are: who holds the lock is known by the object being there, and its holder removes it."""
    monkeypatch.setattr(Objects, "is_conditional", False)
    store = store_at(bucket, tmp_path / "work")
    with store.locked():
        publish(store, text="一")
        publish(store, text="二")
        with pytest.raises(BusyError, match="delete the object"), store_at(bucket, store.work).locked():
            pass
    assert ".nianbao-lock" not in bucket.objects()
    for holder in ("", "a dead build"):
        bucket.put("outputs/.nianbao-lock", json.dumps({"holder": holder, "seconds": 1.0, "renewal": 0}).encode())
        with pytest.raises(BusyError, match="delete the object"), store.locked():
            pass
    bucket.system.rm_file(f"{bucket.name}/outputs/.nianbao-lock")
    with contextlib.ExitStack() as held:
        held.enter_context(store.locked())
        before = bucket.published()
        bucket.system.rm_file(f"{bucket.name}/outputs/.nianbao-lock")  # by a person, though a build runs
        with store_at(bucket, store.work).locked():
            with pytest.raises(StoreError, match="publishes nothing more"):
                publish(store, text="三")
            with pytest.raises(StoreError, match="publishes nothing more"):
                store.require_there(store.work)
            assert bucket.published() == before
            assert ".nianbao-lock" in bucket.objects()
        held.pop_all()
