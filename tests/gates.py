"""Reports that wait for a test: the order of two things is told by a file, and not by seconds."""

import os
import time
from pathlib import Path

from project import add_cell

# Only in a build that is given the folder.
CELL = """\
import os, pathlib, time
if "GATE" in os.environ:
    gate = pathlib.Path(os.environ["GATE"], f"{year}.open")
    gate.with_suffix(".begun").touch()
    while not gate.exists():
        time.sleep(0.05)"""
LONGEST = 600  # seconds for which a test waits on a machine that does much else


class Gate:
    """A folder by which the reports of a project say that they have begun, and are let on."""

    def __init__(self, project, folder):
        self.folder, self.environment = Path(folder), {"GATE": os.fspath(folder)}
        self.folder.mkdir(exist_ok=True)
        self.shut()
        add_cell(project, CELL)

    def shut(self):
        """Let no report on, as if none had begun."""
        for path in self.folder.iterdir():
            path.unlink()

    def open(self, *years):
        for year in years:
            (self.folder / f"{year}.open").touch()

    def wait_for(self, year, process):
        """Wait until the report of a year has begun, in what a process builds."""
        wait_for((self.folder / f"{year}.begun").exists, process)


def wait_for(what, process):
    """Wait until something is true while a process runs."""
    until = time.monotonic() + LONGEST
    while not what():
        assert process.poll() is None, "it has ended"
        assert time.monotonic() < until
        time.sleep(0.05)
