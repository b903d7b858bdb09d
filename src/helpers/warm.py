"""Imported once by the process from which each report's own is forked: loads what every job needs.

What is the same for all reports is done here: formats read, fonts' characters listed, the page template compiled. No
thread is started and nothing is compiled by Typst, for neither survives a fork.
"""

import nbformat

from helpers import document, engine, export, fonts, kernel, statute

__all__ = ["document", "engine", "export", "fonts", "kernel", "statute"]

nbformat.validate(nbformat.v4.new_notebook())  # compiles the notebook's JSON Schema
statute.formats()
fonts.covered(fonts.PINNED)
export.exporter().template  # noqa: B018  a property that compiles
