"""Warm up the fork server, which imports this module once: do the work that is the same for every report.

A blank report of the newest format is made, loaded, shown by a notebook that the kit's engine runs, and set as HTML, so
that modules, formats, templates and schemas are read and compiled only once. No notebook of the user's runs here, but the
modules that they import are imported when a trial has shown that they do no harm. No thread and no event loop is left, and
Typst compiles nothing, because none of these survives a fork.
"""

import contextlib
import gc
import hmac
import importlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# nbformat imports jsonschema, which takes a second to compile a grammar of international web addresses (format "iri") when
# rfc3987_syntax is installed, as it is with Jupyter. No notebook needs that grammar, so the package is hidden meanwhile.
if hidden := "rfc3987_syntax" not in sys.modules:
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # Python finds no module whose entry is None

# IPython and tornado import these modules only when a kernel is made.
import IPython.core.completerlib
import IPython.core.logger
import IPython.core.oinspect
import nbformat.v4
import tornado.platform.asyncio
from jupyter_core.utils import ensure_event_loop

from nianbao import figures, fonts
from nianbao.checks import lastyear
from nianbao.document import tables
from nianbao.document.added import added
from nianbao.document.document import load
from nianbao.engine import kernel, notebook, validation
from nianbao.errors import MisprintError
from nianbao.narrative import sandbox
from nianbao.readback import readback
from nianbao.readback.local import Machine
from nianbao.render import docx, exporters, outputs, pdf, tidy
from nianbao.run import fingerprint, memory, press, scratch, targets, trial
from nianbao.run.forking import WANTED
from nianbao.run.store import connection, local
from nianbao.shown import docx as shown_docx
from nianbao.shown import pdf as shown_pdf
from nianbao.starting import starter
from nianbao.statute import names
from nianbao.statute.formats import library

if hidden:
    del sys.modules["rfc3987_syntax"]

__all__ = ["IPython", "docx", "local", "press", "shown_docx", "shown_pdf", "targets", "tornado"]

CELLS = """
from nianbao import load
report = load(bureau, year, params_dir)
report
---
report.title
---
report.chapter("一")
---
report.chapter("三")
---
print(report.signature)
"""


def rehearse(folder: Path) -> None:
    """Create, load, run and render a blank report in a folder."""
    parameters = nbformat.v4.new_code_cell('bureau = ""\nyear = 2019\nparams_dir = ""', metadata={"tags": ["parameters"]})
    cells = [parameters, *map(nbformat.v4.new_code_cell, CELLS.split("---"))]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec}), folder / "rehearsal.ipynb")
    *_, form = library().formats.values()
    bureau, year = "warm-up", form.first_year or 2021
    params = folder / "params"  # The starter makes a notebook beside it.
    starter.create(params, bureau, year)
    given: dict[str, str | int] = {"bureau": bureau, "year": year, "params_dir": str(params)}
    with _undone(), trial.silent():
        ran = notebook.run(folder / "rehearsal.ipynb", given, folder / "rehearsed.ipynb", own_process=True)
    shown, document = nbformat.v4.reads(text := tidy.tidy(ran, folder)), load(bureau, year, params)
    own = outputs.own_texts(shown), outputs.own_tables(shown)
    page, _ = outputs.page_of(shown), tuple(added(document, "rehearsal.ipynb", own[0], tables=own[1]))
    files = readback.Made(
        "report", {"html": exporters.to_html(page).encode()}, text, json.dumps(document.data.to_json()), page
    )
    with contextlib.suppress(MisprintError):  # it shows a part of the report only
        readback.read_back(files, document, Machine.here(folder))
    for one in library().formats.values():
        for section in one.sections:
            sandbox.prepared(section.lead)
        for table in one.tables.values():
            names.prepare(table)
            tables.prepare(table)
            lastyear.neighbours(table)


@contextlib.contextmanager
def _undone() -> Iterator[None]:
    """Undo what a notebook does to its process."""
    environment, depth = dict(os.environ), sys.getrecursionlimit()
    try:
        yield
    finally:
        kernel.dissolve()
        sys.setrecursionlimit(depth)
        os.environ.clear()
        os.environ.update(environment)


# An error here would make all reports fail; in a report's own process the same error is reported.
with contextlib.suppress(Exception):
    validation.prepare()
with contextlib.suppress(Exception), tempfile.TemporaryDirectory() as name:
    rehearse(Path(name))
with contextlib.suppress(Exception):
    ensure_event_loop().close()
with contextlib.suppress(Exception), figures.apart():
    trial.load(os.environ.pop(WANTED, "").split())
with contextlib.suppress(Exception):
    connection.prepare()
for module in ("resource", "multiprocessing.popen_forkserver"):  # which a new process needs, and Windows has not
    with contextlib.suppress(ImportError):
        importlib.import_module(module)
with contextlib.suppress(Exception):
    hmac.digest(b"", b"", scratch.HASH)  # OpenSSL looks for what it has when it is first asked for it
    fonts.covered(fonts.PINNED)
    fingerprint.environment()
    pdf.compiler(None)
with contextlib.suppress(Exception):
    kernel.prepare()
# The garbage collector of a forked process skips frozen objects, and so their memory pages stay shared. What could be freed
# is frozen as well: to look for it takes a tenth of a second, and finds some hundred small objects.
gc.freeze()
memory.gather_in_time()
