"""What the fork server loads besides for a batch: what its notebooks import, but for what is there or loads in a moment."""

from nianbao.run.executors.local import LOCAL
from nianbao.run.job import Options
from nianbao.run.plan import jobs_of
from nianbao.run.preloading import preloading
from nianbao.run.process import Limits
from nianbao.run.store.local import LocalStore
from nianbao.run.targets import targets_of
from project import add_cell, make

CELL = "import os, xml.dom.minidom, matplotlib.pyplot as plt\nfrom collections import abc\nimport own\nimport nianbao"


def test_what_is_pythons_own_or_lies_beside_the_notebook_is_not_loaded_ahead(tmp_path):
    """A fork server that was started ahead of the checks knows the former, and is ended where it lacks something."""
    project = make(tmp_path)
    add_cell(project, CELL)
    (project / "notebooks" / "own.py").touch()
    options = Options(params=project / "params", store=LocalStore(project / "outputs"), formats=("html",))
    jobs = jobs_of(targets_of(project / "params").targets, options)
    assert preloading(Limits(workers=1), jobs, LOCAL).preload == ("matplotlib.pyplot",)
    assert preloading(Limits(workers=2), jobs, LOCAL).preload == ()
