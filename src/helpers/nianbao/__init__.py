"""nianbao turns a bureau's data of one year into its statutory annual report.

The names in ``__all__`` are public; everything else is internal and may change with any version.
"""

from __future__ import annotations

import builtins
import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nianbao.api import build, check, diff, outcomes, plan, verify
    from nianbao.document.document import Document, load
    from nianbao.document.pieces import sign
    from nianbao.document.yearly import trend, years
    from nianbao.errors import BusyError, DataError, NianbaoError, NotebookError, RenderError, UsageError
    from nianbao.figures import describe
    from nianbao.findings import Finding, Severity, Source
    from nianbao.job_id import ReportId, RunId
    from nianbao.render.formats import OutputFormat
    from nianbao.render.page import Page
    from nianbao.review.compared import Compared, Differing
    from nianbao.review.difference import Difference, How, What
    from nianbao.run.executors.dask import Dask
    from nianbao.run.executors.executor import Executor
    from nianbao.run.job import Outcome, Verdict
    from nianbao.run.plan import Orphan, Step
    from nianbao.run.process import Limits
    from nianbao.run.results import Built, Checked, Planned, Proved
    from nianbao.run.store.store import Store
    from nianbao.run.verify import Proof, Proven
    from nianbao.run.watch import Watch
    from nianbao.shown.seen import Seen, squeezed
    from nianbao.state import State

__version__ = "0.2.0"

# The module that defines each public name. It is imported at first use, so that a command starts fast.
_HOMES = {
    "nianbao.api": ("build", "check", "diff", "outcomes", "plan", "verify"),
    "nianbao.document.document": ("load", "Document"),
    "nianbao.document.pieces": ("sign",),
    "nianbao.document.yearly": ("trend", "years"),
    "nianbao.errors": ("NianbaoError", "UsageError", "BusyError", "DataError", "NotebookError", "RenderError"),
    "nianbao.figures": ("describe",),
    "nianbao.findings": ("Finding", "Severity", "Source"),
    "nianbao.job_id": ("ReportId", "RunId"),
    "nianbao.render.formats": ("OutputFormat",),
    "nianbao.render.page": ("Page",),
    "nianbao.review.compared": ("Compared", "Differing"),
    "nianbao.review.difference": ("Difference", "How", "What"),
    "nianbao.run.executors.dask": ("Dask",),
    "nianbao.run.executors.executor": ("Executor",),
    "nianbao.shown.seen": ("Seen", "squeezed"),
    "nianbao.run.job": ("Outcome", "Verdict"),
    "nianbao.run.plan": ("Orphan", "Step"),
    "nianbao.run.process": ("Limits",),
    "nianbao.run.results": ("Built", "Checked", "Planned", "Proved"),
    "nianbao.run.store.store": ("Store",),
    "nianbao.run.verify": ("Proof", "Proven"),
    "nianbao.run.watch": ("Watch",),
    "nianbao.state": ("State",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Built",
    "BusyError",
    "Checked",
    "Compared",
    "Dask",
    "DataError",
    "Difference",
    "Differing",
    "Document",
    "Executor",
    "Finding",
    "How",
    "Limits",
    "NianbaoError",
    "NotebookError",
    "Orphan",
    "Outcome",
    "OutputFormat",
    "Page",
    "Planned",
    "Proof",
    "Proved",
    "Proven",
    "RenderError",
    "ReportId",
    "RunId",
    "Seen",
    "Severity",
    "Source",
    "State",
    "Step",
    "Store",
    "UsageError",
    "Verdict",
    "Watch",
    "What",
    "__version__",
    "build",
    "check",
    "describe",
    "diff",
    "load",
    "outcomes",
    "plan",
    "sign",
    "squeezed",
    "trend",
    "verify",
    "years",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'nianbao' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return __all__


def _prepare() -> None:
    """In a notebook's cell, see that figures get the report's look and frames are whole; elsewhere nothing happens."""
    if shell := getattr(builtins, "get_ipython", None):  # IPython puts it there while a cell runs
        for room in ("figures", "wholeframes"):
            importlib.import_module(f"nianbao.{room}").prepare(shell())


_prepare()
