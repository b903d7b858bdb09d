"""What the cells of a batch's notebooks import, so that the fork server loads it once."""

from __future__ import annotations

import ast
import json
import sys
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.inputfiles import read_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.run.executors.executor import Places
    from nianbao.run.job import Job
    from nianbao.run.process import Limits

KNOWN = sys.stdlib_module_names | {"nianbao"}


def preloading(limits: Limits, jobs: Sequence[Job], places: Places) -> Limits:
    """The limits with what the cells of the jobs' notebooks import added to ``preload``, unless there are too few jobs.

    Python's own modules are left to the jobs: most are loaded anyway, the others load in a moment, and for their sake a fork
    server that was started ahead would be ended.
    """
    if len(jobs) <= places.at_a_time(limits):
        return limits
    found = set(limits.preload).union(*(job.options.origin.modules for job in jobs[:1] if job.options.origin))
    for notebook in {job.target.notebook for job in jobs if job.target.notebook}:
        with suppress(Exception):  # A notebook that cannot be read is a matter of its own reports.
            cells = json.loads(read_file(notebook))["cells"]
            imported = set().union(*(_imported("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"))
            # Modules beside a notebook are that notebook's alone.
            own = KNOWN | {path.stem for path in notebook.parent.glob("*.py")}
            found |= {name for name in imported if name.partition(".")[0] not in own}
    return replace(limits, preload=tuple(sorted(found)))


def _imported(source: str) -> set[str]:
    """The modules that a cell imports; none for a cell with magics, whose imports happen in each job.

    pandas imports matplotlib when a frame is drawn.
    """
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    found = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    if any(isinstance(node, ast.Attribute) and node.attr == "plot" for node in nodes):
        found.add("matplotlib.pyplot")
    return found | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
