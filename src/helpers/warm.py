"""Imported once by the process from which each report's own is forked: does what is the same for all of them.

A blank report of every format is made, loaded and set as HTML, so that modules, formats, templates and schemas are read and
compiled here. No notebook runs, no thread is started and Typst compiles nothing, for none of these survives a fork.
"""

import gc
import sys
import tempfile
from pathlib import Path

# jsonschema, which nbformat imports, takes a second to compile a grammar of international web addresses (format "iri") when
# its package is there, as Jupyter's are; no notebook is checked for it.
if hidden := "rfc3987_syntax" not in sys.modules:
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

# What IPython and tornado import only when a kernel is made.
import IPython.core.completerlib
import IPython.core.logger
import IPython.core.oinspect
import nbformat
import tornado.platform.asyncio

from helpers import document, engine, export, fonts, sandbox, starter, statute

if hidden:
    del sys.modules["rfc3987_syntax"]

__all__ = ["IPython", "engine", "tornado"]

with tempfile.TemporaryDirectory() as folder:
    for form in statute.formats().values():
        starter.create(Path(folder), f"warm-up{form.id}", form.first_year)
        loaded = document.load(f"warm-up{form.id}", form.first_year, folder)
        shown = [loaded.title, loaded.signature, *(loaded.table(table.name) for table in form.tables.values())]
        for section in form.sections:
            sandbox.prepared(section.lead)
nbformat.validate(nbformat.v4.new_notebook())
export.html(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("预热")]))
fonts.covered(fonts.PINNED)
# What is here stays: the collector of a forked process need not look at it, and so does not copy its pages.
gc.collect()
gc.freeze()
