"""Every error the kit raises on purpose.

The class says who has to act and which exit code the command ends with; the message says what is wrong, where, what was
expected and what to do next. A module that uses a library turns the library's errors into these.
"""

from __future__ import annotations

import traceback
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao.findings import Finding

_KIT, _IPYTHON = Path(__file__).parent, "IPython"


class NianbaoError(Exception):
    """Base of all errors the kit raises on purpose."""

    exit_code = 1

    def _render_traceback_(self) -> list[str]:
        """What IPython shows of it in a notebook: the lines of its author that led to the kit, and its message."""
        frames = traceback.extract_tb(self.__traceback__)
        begin = max((at + 1 for at, frame in enumerate(frames) if _IPYTHON in Path(frame.filename).parts), default=0)
        own = takewhile(lambda frame: _KIT not in Path(frame.filename).parents, frames[begin:])
        return [*(f"→ {frame.line}" for frame in own if frame.line), f"{type(self).__name__}: {self}"]


class UsageError(NianbaoError):
    """The operator asked for something impossible: a bad option, an unreadable folder, an empty selection."""

    exit_code = 2


class BusyError(NianbaoError):
    """Another build is at work in the same place; it is no one's mistake, and the same command can be tried again later.

    The exit code is that of sysexits.h for it, EX_TEMPFAIL.
    """

    exit_code = 75


class StoreError(UsageError):
    """The place of the outputs cannot be used: it is gone, refuses what is asked, or is another build's now.

    One that is lost while a batch runs ends it: what was published before is kept, and the next build does the rest.
    """


class DataError(NianbaoError):
    """The data owner has to act: the report's inputs have faults and cannot be rendered, not even as a draft.

    Parameters
    ----------
    findings : tuple of Finding
        All faults, in reading order, then all findings of what could be read.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The faults among the findings."""
        return tuple(one for one in self.findings if one.severity.code == "fault")

    def __str__(self) -> str:
        return "\n\n".join(str(one) for one in self.findings)


class NotebookError(NianbaoError):
    """The notebook's author has to act: a cell failed, or the notebook breaks a rule the kit relies on."""


class RenderError(NianbaoError):
    """The page could not be typeset: no font has a character, or Typst or pandoc refuses the markup."""


class MisprintError(NianbaoError):
    """A rendered file does not show what the report holds, or shows what is local to this machine; it is not published."""


class ClusterError(NianbaoError):
    """The cluster that ran the batch is gone; what was published before is kept, and the next build does the rest."""
