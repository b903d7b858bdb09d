"""The fork server: what is the same for every report is done before a process is forked for one."""

import json
import platform
import subprocess
import sys
from pathlib import Path

import pytest

WARMED = """
import json, os, sys, tempfile
from pathlib import Path
from nianbao.document import tables
from nianbao.run import memory
memory.FORKS = 2
from nianbao.run import warm
from nianbao.statute import names
from nianbao.statute.formats import library
from nbformat import validator

def forked():
    # The KiB of large pages after a fork.
    os.fork() or os._exit(0)
    os.wait()
    return sum(int(line.split()[1]) for line in open("/proc/self/smaps_rollup") if line.startswith("AnonHuge"))

every = [one for form in library().formats.values() for one in form.tables.values()]
found = {
    "validator": type(validator.get_validator(4, 5)).__name__,
    "modules": sorted({"multiprocessing.popen_forkserver", "resource"} & {*sys.modules}),
    "names": [names._by_first_step.cache_info().currsize, len(every)],
    "rows": [tables._body_rows.cache_info().currsize, sum(len(one.parts) for one in every)],
    "gathered": [forked(), forked()] if sys.platform == "linux" else [],
}
before = {*sys.modules}
with tempfile.TemporaryDirectory() as folder:
    warm.rehearse(Path(folder))
print(json.dumps(found | {"later": sorted({*sys.modules} - before)}))
"""


@pytest.fixture(scope="module")
def warmed():
    """What a process holds that has done what the fork server does; its rehearsal is done once more, and may not fail."""
    done = subprocess.run([sys.executable, "-c", WARMED], capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
def test_notebooks_are_validated_quickly(warmed):
    assert warmed["validator"] == "PartValidator"


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is forked there")
def test_what_a_new_process_needs_is_loaded_and_a_second_report_loads_nothing(warmed):
    assert warmed["modules"] == ["multiprocessing.popen_forkserver", "resource"]
    assert warmed["later"] == []


def test_the_names_and_rows_of_all_tables_are_worked_out(warmed):
    for known, tables in (warmed["names"], warmed["rows"]):
        assert known == tables


def gathers():
    """Whether this machine's Linux gathers memory in large pages when it is asked to."""
    allowed = Path("/sys/kernel/mm/transparent_hugepage/enabled")
    release = [int(part) for part in platform.release().split(".")[:2] if part.isdecimal()]
    return sys.platform == "linux" and release >= [6, 1] and allowed.exists() and "[never]" not in allowed.read_text("ascii")


@pytest.mark.skipif(not gathers(), reason="this machine has no large pages to gather memory in")
def test_the_memory_that_many_forks_share_lies_in_large_pages(warmed):
    before, after = warmed["gathered"]
    assert after - before > 2**15  # KiB, of about 100 MiB
