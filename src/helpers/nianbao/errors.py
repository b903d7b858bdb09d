"""Every error the kit raises, on one page.

The class says who has to act and which exit code the command ends with; the message says what is wrong, where, what was
expected and what to do next. Foreign errors are translated into these at the edge of the room that knows them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao.findings import Finding


class NianbaoError(Exception):
    """Base of all errors the kit raises on purpose."""

    exit_code = 1


class UsageError(NianbaoError):
    """The operator asked for something that cannot be: bad option, unreadable folder, empty selection."""

    exit_code = 2


class DataError(NianbaoError):
    """The data owner has to act: the report's inputs have faults and cannot be rendered, not even as a draft.

    Parameters
    ----------
    faults : tuple of Finding
        All faults found, in reading order.
    """

    def __init__(self, faults: tuple[Finding, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n\n".join(str(fault) for fault in self.faults)


class NotebookError(NianbaoError):
    """The notebook's author has to act: a cell failed, or the notebook breaks a rule the kit relies on."""


class RenderError(NianbaoError):
    """The page could not be set: a character without a glyph, markup Typst or pandoc refuses."""
