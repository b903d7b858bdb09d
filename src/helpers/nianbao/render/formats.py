"""The output formats that a page can be published in. Other modules know the formats through this one only.

A package adds one by an entry point of the group ``nianbao.formats`` whose object is an `OutputFormat`. This module imports
fast: the code that makes the bytes is imported when they are made.
"""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.findings import nearest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nianbao.render.page import Page

GROUP = "nianbao.formats"


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """One way to publish a page.

    Parameters
    ----------
    name : str
        The name for ``--to``; also the suffix of its file, ``report.<name>``.
    label : str
        The text of the index's link to the file.
    make : callable
        Takes the page and the folder of official fonts (or ``None``), gives the file's bytes. The same page must give the
        same bytes on any machine.
    pressed : bool
        Whether the press makes it (see `nianbao.run.press`), because only its first page is slow.
    let_go : callable
        The press calls it after a report's pages, to free the memory they took.
    """

    name: str
    label: str
    make: Callable[[Page, Path | None], bytes]
    pressed: bool = False
    let_go: Callable[[], None] = lambda: None


def _html(page: Page, fonts: Path | None) -> bytes:
    from nianbao.render.exporters import to_html

    return to_html(page).encode()


def _pdf(page: Page, fonts: Path | None) -> bytes:
    from nianbao.render.pdf import typeset

    return typeset(page, fonts)


def _forget() -> None:
    from nianbao.render.pdf import forget

    forget()


OWN = {
    one.name: one
    for one in (OutputFormat("html", "网页", _html), OutputFormat("pdf", "PDF", _pdf, pressed=True, let_go=_forget))
}
DEFAULT = tuple(OWN)


@lru_cache(maxsize=1)
def known() -> dict[str, OutputFormat]:
    """All formats by name: the kit's own, then those that installed packages add."""
    added = {entry.name: entry for entry in importlib.metadata.entry_points(group=GROUP)}
    return OWN | {name: added[name].load() for name in sorted(added) if name not in OWN}


def find(name: str) -> OutputFormat:
    """The format of a name.

    Raises
    ------
    UsageError
        When there is none; the message names the formats there are.
    """
    if name in OWN:
        return OWN[name]
    if name not in known():
        raise UsageError(f"unknown format “{name}”{nearest(name, known())}; there are {', '.join(known())}")
    return known()[name]


def label(name: str) -> str:
    """The text of a link to a file of this format; its name in capitals when no installed package makes it."""
    one = OWN.get(name) or known().get(name)
    return one.label if one else name.upper()
