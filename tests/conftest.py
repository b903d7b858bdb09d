"""Shared by all tests: golden files, and small reports made to measure."""

import gc
import importlib
import os
import pickle
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from nianbao.findings import Finding

# How long an example takes depends on what else the machine does. The gate tries the same each time; what nobody has tried
# yet is tried with --hypothesis-profile=seek.
UNTIMED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("seek", **UNTIMED)
settings.register_profile("same", derandomize=True, **UNTIMED)
settings.load_profile("same")

# jsonschema takes seconds to compile a grammar of international web addresses, which no test needs (see run/warm.py).
sys.modules.setdefault("rfc3987_syntax", None)
importlib.import_module("jsonschema")
if sys.modules["rfc3987_syntax"] is None:
    del sys.modules["rfc3987_syntax"]

# The tests write and remove thousands of files, for which a disk lets them wait: where memory has room, they lie there.
MEMORY, ROOM = Path("/dev/shm"), 4 << 30  # bytes
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    os.environ.setdefault("TMPDIR", str(MEMORY))
    tempfile.tempdir = None  # asked before

TESTS = Path(__file__).parent
PARAMS = TESTS.parent / "params"


@pytest.fixture(scope="session", autouse=True)
def _no_finding_expects_what_it_found():
    """Every finding that any test makes in this process says something else under 应为 than under 实际."""
    make = Finding.__init__

    def checked(self, kind, place, source, found, expected="", action="", accepted=""):
        make(self, kind, place, source, found, expected, action, accepted)
        assert not expected or found.strip("“”。 ") != expected.strip("“”。 "), self

    Finding.__init__ = checked
    yield
    Finding.__init__ = make


@pytest.fixture(autouse=True)
def _environment_as_before():
    """What a notebook that runs in this process does to its environment ends with the test.

    Otherwise no later test could use the processes that last for the environment the tests began with (project.py).
    """
    before = dict(os.environ)
    yield
    for name in os.environ.keys() - before.keys():
        del os.environ[name]
    os.environ.update(before)


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """``once(name, make)``: a folder to be read only, and the result of ``make(folder)``, which runs in one process."""
    root = tmp_path_factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root

    def shared(name, make):
        folder, made = root / name, root / f"{name}.made"
        deadline = time.monotonic() + 1800
        while not made.exists():
            try:
                folder.mkdir()
            except FileExistsError:  # another process makes it
                assert time.monotonic() < deadline
                time.sleep(0.1)
                continue
            try:
                half = made.with_suffix(".half")
                half.write_bytes(pickle.dumps(make(folder)))
                half.rename(made)
            except BaseException:
                shutil.rmtree(folder)
                raise
        return folder, pickle.loads(made.read_bytes())

    return shared


@pytest.fixture
def temporary():
    """An empty folder for temporary files; its path is short, as the fork server listens at one below it (108 bytes)."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def small_disk(tmp_path):
    """Mount a disk of so many kilobytes as the outputs folder; mount options can be changed later."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(options):
        remount = "remount," if folder.is_mount() else ""
        subprocess.run(["mount", "-t", "tmpfs", "-o", remount + options, "tmpfs", folder], check=True)
        return folder

    yield mount
    if folder.is_mount():
        subprocess.run(["umount", folder], check=True)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Of a test's cases that go by turns, the first of so many are for every run, and the others for the gate.

    What takes long begins first: at the end one of pytest's processes would go on with it, beside others without work."""
    seen = Counter()
    for item in items:
        if mark := item.get_closest_marker("by_turns"):
            of_gate = seen[item.parent.nodeid, item.originalname] % mark.args[0]
            seen[item.parent.nodeid, item.originalname] += 1
            if of_gate:
                item.add_marker(pytest.mark.slow)
    result = yield
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    return result


def pytest_collection_finish():
    """Let the garbage collector pass over the ten thousand tests, in this process and in all that are forked from it.

    It begins after 50,000 new objects and not after 700, which saves a twentieth of the CPU.

    Where a test has loaded matplotlib, each forked notebook would load what draws with it (half a second).
    """
    if "matplotlib" in sys.modules:
        importlib.import_module("matplotlib_inline.backend_inline")
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture
def counted(record_property):
    """``counted("kills: 90, broken: 0")``: a line that is printed when all tests have run."""
    return lambda line: record_property("counted", line)


def pytest_terminal_summary(terminalreporter):
    for report in (*terminalreporter.stats.get("passed", ()), *terminalreporter.stats.get("failed", ())):
        for name, line in report.user_properties if report.when == "call" else ():
            if name == "counted":
                terminalreporter.write_line(line)


def pytest_addoption(parser):
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew instead of comparing with them")


@pytest.fixture
def golden(request):
    """``golden("name.html", text)``: the text is what tests/golden/name.html holds, byte for byte."""

    def compare(name, text):
        path = TESTS / "golden" / name
        if request.config.getoption("--regenerate"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8", newline="")
        assert path.read_bytes().decode() == text

    return compare


@pytest.fixture(scope="session")
def s3():
    """The address of an object store in a process of its own, for which a process of the command lasts as well."""
    from buckets import reaching, serving
    from project import housed

    with serving() as endpoint, housed(**reaching(endpoint)):
        yield endpoint


@pytest.fixture
def bucket(s3):
    """A bucket of its own for a test, which is also reached from the test's process."""
    from buckets import Bucket, named

    one = Bucket(s3, f"test-{secrets.token_hex(6)}")
    with named(one.environment):
        yield one


@pytest.fixture
def proxy(bucket):
    """What stands between the test's processes and its bucket."""
    from buckets import named, proxied

    with proxied(bucket.endpoint) as one, named({"AWS_ENDPOINT_URL": one.endpoint}):
        yield one


@pytest.fixture
def impatient():
    from buckets import IMPATIENT, named

    with named(IMPATIENT):
        yield


@pytest.fixture(scope="session")
def browser(once):
    from looking import chromium
    from typefaces import make_small

    with chromium(FONTCONFIG_FILE=once("typefaces", make_small)[1]) as browser:
        yield browser


@pytest.fixture(scope="session")
def visit(browser):
    """``visit(path, viewport)``: a page that keeps what it ``asked`` for, and what the browser ``said`` against it.

    It is there until the next one is asked for.
    """
    from looking import SCREEN, Tabs

    tabs = Tabs(browser)
    return lambda path, viewport=SCREEN: tabs.show(path, viewport)
