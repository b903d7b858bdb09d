"""Imported once by the process from which each report's own is forked: loads what every job needs.

What is the same for all reports is done here: formats read, fonts' characters listed, the page template compiled. No
thread is started and nothing is compiled by Typst, for neither survives a fork.
"""

from helpers import document, engine, export, kernel, statute

__all__ = ["document", "engine", "export", "kernel", "statute"]

statute.formats()
export.covered(export.PINNED_FONTS)
export.exporter().template  # noqa: B018  a property that compiles
